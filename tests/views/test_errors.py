"""What cannot be read, and the mark under it."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

import tutor
from tutor.errors import NotationError, Problem
from tutor.views.errors import show_error
from tutor.views.page import Page


def shown(error: tutor.TutorError, width: int = 80, place: str = "") -> str:
    stream = io.StringIO()
    show_error(Page(Console(width=width, file=stream, color_system=None, force_terminal=False)), error, place)
    return stream.getvalue()


def of(text: str) -> tutor.TutorError:
    with pytest.raises(tutor.TutorError) as caught:
        tutor.explain(text)
    return caught.value


def test_every_problem_has_its_own_mark() -> None:
    error = NotationError("d/dx In(x) + sin", [Problem("There is no function In.", 5, 7), Problem("Of what?", 16, 17)])
    assert shown(error) == (
        "  d/dx In(x) + sin\n"
        "       ‾‾\n"
        "  There is no function In.\n"
        "\n"
        "  d/dx In(x) + sin\n"
        "                  ‾\n"
        "  Of what?\n"
    )


def test_the_place_of_a_text_is_named() -> None:
    assert shown(of("In(x)"), place="homework.txt, line 3").startswith("  homework.txt, line 3:\n  In(x)\n  ‾‾\n")


def test_an_error_without_a_text_is_its_message() -> None:
    assert shown(tutor.TutorError("There is no method x.")) == "  There is no method x.\n"


def test_a_long_text_is_shown_around_the_place() -> None:
    text = "+".join(["x"] * 500) + ")" + "+x" * 500
    rows = shown(of(text)).split("\n")
    assert rows[0].startswith("  …x+x") or rows[0].startswith("  …+x+")
    assert rows[0].endswith("…")
    assert len(rows[0]) <= 80
    assert rows[0][rows[1].index("‾")] == ")"


def test_wide_characters_align() -> None:
    rows = shown(NotationError("漢字 + In(x)", [Problem("?", 5, 7)])).split("\n")
    assert rows[0] == "  漢字 + In(x)"
    assert rows[1] == "         ‾‾"
    rows = shown(NotationError("漢字 + x", [Problem("?", 1, 2)])).split("\n")
    assert rows[1] == "    ‾‾"


def test_control_characters_never_reach_the_screen() -> None:
    text = shown(of("x + \x1b[31m\x00 \u202e \ud800 In(\x9b2J)"))
    assert all(char.isprintable() for char in text.replace("\n", ""))
    assert "␛[31m␀" in text
    message = shown(tutor.TutorError("no method \x1b]0;title\x07"))
    assert "\x1b" not in message
    assert "\x07" not in message


def test_markup_is_shown_as_it_is() -> None:
    assert "[bold]x[/bold]" in shown(NotationError("[bold]x[/bold]", [Problem("no [red]markup[/red]", 0, 1)]))
    assert "[red]" in shown(NotationError("x", [Problem("no [red]markup[/red]", 0, 1)]))


def test_a_stream_without_unicode_still_shows_the_place() -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="ascii", errors="strict")
    error = NotationError("x²³ + 漢 In(x)", [Problem("Not “this” ≤ x²³.", 9, 11)])
    show_error(Page(Console(file=stream, width=80)), error)
    stream.flush()
    rows = raw.getvalue().decode("ascii").split("\n")
    assert rows[0][rows[1].index("^"):].startswith("n(") or rows[0][rows[1].index("^"):].startswith("In(")


@given(st.text(max_size=300), st.integers(0, 300), st.integers(0, 20), st.integers(30, 100))
def test_any_text_fits_with_its_mark(text: str, start: int, length: int, width: int) -> None:
    start = min(start, len(text))
    error = NotationError(text or "x", [Problem("message", start, min(start + length, len(text)))])
    rows = shown(error, width).split("\n")
    assert all(cell_len(row) <= width for row in rows)
    assert set(rows[1].strip()) == {"‾"}
    assert len(rows[1]) <= width
