"""What is said of an answer, in the terminal.

The transcripts in golden/ were read by a person. After a change that is meant: UPDATE_GOLDEN=1 pytest tests/views,
and read the difference.
"""

import io
import os
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from tutor.judge.diagnose import diagnose
from tutor.judge.lines import judge_lines
from tutor.telling.document import Document
from tutor.telling.judgement import told_diagnosis, told_lines_judged, told_why
from tutor.views.page import Page
from tutor.views.terminal import show

GOLDEN = Path(__file__).parent / "golden"


def text_of(document: Document, width: int = 80, terminal: bool = False, **how: bool) -> str:
    file = io.StringIO()
    show(Page(Console(width=width, file=file, color_system=None, force_terminal=terminal), **how), document)
    return file.getvalue()


def shown(problem: str, answer: str, form: str = "", width: int = 80, everything: bool = False, **how: bool) -> str:
    document = told_diagnosis(diagnose(problem, answer, form), everything, "the same with --all")
    return text_of(document, width, **how)


def lines_shown(problem: str, *lines: str, width: int = 80, everything: bool = False, **how: bool) -> str:
    return text_of(told_lines_judged(judge_lines(problem, lines), everything), width, **how)


def compare_with_golden(name: str, text: str) -> None:
    golden = GOLDEN / f"{name}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize(("problem", "answer", "said"), [
    ("d/dx [x^3] at x = 1", "3.0000000000000000000001", "yours is 3.0000000000000000000001, the right value is 3"),
    ("d/dx [e^x] at x = 1", "e + 10^-30", "and the right value differs from it only beyond the 16th digit"),
    ("d/dx |tanh(10^12 x)|", "0", "at x = −1.327 yours is 0, and the derivative differs from it by less than 10⁻³⁰⁰"),
    ("d/dx [x^3] at x = 1", "4", "yours is 4, the right value is 3"),
])
def test_values_that_differ_are_seen_to_differ(problem: str, answer: str, said: str) -> None:
    assert said in " ".join(shown(problem, answer).split())


@pytest.mark.parametrize(("problem", "answer", "said"), [
    ("int 1/x dx", "ln x + C", "Where x = −1, 1/x has a value and ln(x) + C has none."),
    ("int 1/sqrt|x| dx", "2 sqrt x + C", "Where x = −1, 1/√(|x|) has a value and 2√x + C has none."),
])
def test_domains_are_told_in_the_signs_of_the_page(problem: str, answer: str, said: str) -> None:
    assert said in " ".join(shown(problem, answer).split())


def test_a_value_that_is_missing_is_not_called_a_derivative() -> None:
    assert "There is no value here: 1/x has no value at x = 0." in shown("1/x at x = 0", "0")
    assert "Right: there is no value here." in shown("1/x at x = 0", "undefined")


@pytest.mark.parametrize(("problem", "answer", "said"), [
    ("d/dx |x|", "-1 + 0*ln(-x)", "It is right only in some places: where x = 1 it has no real value, but"),
    ("int 2x dx", "x^2 + step(x) + C", "Its derivative is right, but it jumps at x = 0"),
])
def test_where_an_answer_falls_short_is_said_once(problem: str, answer: str, said: str) -> None:
    text = " ".join(shown(problem, answer).split())
    assert said in text
    assert text.count("x = ") == 1


def test_two_mistakes_and_one_that_was_made_everywhere_are_shown_once_each() -> None:
    text = shown("d/dx [sin(3x) + cos(5x)]", "cos(3x) + sin(5x)", everything=True)
    assert text.count("The inner derivative is missing.") == 1
    assert text.count("The minus sign in the derivative of the cosine was lost.") == 1
    assert text.count("You did the same everywhere this rule fits.") == 1


@pytest.mark.parametrize(("name", "problem", "answer", "form"), [
    ("two_mistakes", "d/dx cos(3x)", "sin(3x)", ""),
    ("two_mistakes_of_two_kinds", "d/dx x^2*sin(x^2)", "2x cos(x^2)", ""),
    ("reading", "d/dx x^2 + 3x", "2x + 3", ""),
    ("domain", "int 1/x dx", "ln x", ""),
    ("right", "d/dx x^2*sin(x)", "x(2sin(x) + x cos(x))", ""),
    ("other_form", "d/dx (x+1)^2", "2(x+1)", "expanded"),
    ("misconception", "d/dx sin(x^2)", "cos(x^2)", ""),
    ("one_of", "d/dx x*e^x", "x e^x", ""),
    ("slip", "d/dx x^2*sin(x)", "2x sin(x) + 3x^2 cos(x)", ""),
    ("unexplained", "d/dx x^2*sin(x)", "2x sin(x) + x^2 cos(2x)", ""),
    ("undecided", "d/dx x^2", "1/0", ""),
])
def test_transcript(name: str, problem: str, answer: str, form: str) -> None:
    asked = f" --form {form}" if form else ""
    command = f"$ tutor check {problem!r} {answer!r}{asked}"
    compare_with_golden(f"check.{name}", f"{command}\n\n{shown(problem, answer, form)}")


@pytest.mark.parametrize(("name", "problem", "answer"), [
    ("misconception", "d/dx sin(x^2)", "cos(x^2)"), ("one_of", "d/dx x^2", "x"), ("right", "d/dx x^2", "2x"),
    ("two_mistakes", "d/dx cos(3x)", "sin(3x)"),
])
def test_transcript_of_everything(name: str, problem: str, answer: str) -> None:
    text = shown(problem, answer, everything=True)
    compare_with_golden(f"check.{name}.all", f"$ tutor check --all {problem!r} {answer!r}\n\n{text}")


# Problem, answer, the one statement that is made of it.
STATEMENTS = [
    ("d/dx cos(3x)", "sin(3x)", "Two things are missing: the inner derivative, and the minus sign in the derivative"),
    ("d/dx x^2*sin(x^2)", "2x cos(x^2)", "Two mistakes were made together: “The derivatives were multiplied” and “The"),
    ("d/dx sin(2x)", "cos(2x)", "The inner derivative is missing. The derivative of the outer function"),
    ("d/dx [sin(3x) + cos(5x)]", "cos(3x) + sin(5x)",
     "These are missing: the inner derivative in more than one place, and the minus sign"),
    ("d/dx [5*cos(3x)]", "sin(3x)", "These are missing: the constant factor in more than one place, and the minus"),
    ("d/dx [x^3 - 5x^2]", "x^2 - x", "Mistakes of two kinds were made together: “The exponent was not brought down” "
                                     "in more than one place and “The constant factor was dropped”."),
    ("d/dx [sin(3x) + sin(5x)]", "cos(3x) + cos(5x)", "The same goes for"),
    ("d/dx x^2", "x", "The exponent was not brought down."),
]


@pytest.mark.parametrize(("problem", "answer", "statement"), STATEMENTS)
def test_one_thing_is_said_first(problem: str, answer: str, statement: str) -> None:
    text = shown(problem, answer)
    assert statement in " ".join(text.split())
    assert len(text.splitlines()) <= 11
    assert text.endswith("  more         the same with --all\n")
    assert "what you did" not in text
    assert "what you did" in shown(problem, answer, everything=True)


@pytest.mark.parametrize(("problem", "answer"), [
    ("d/dx x^2", "2x"), ("d/dx x^2", "3x"), ("d/dx sin(x)", "tan(x)^3"), ("d/dx x^2", "2t"), ("d/dx x^2", "1/0"),
    ("d/dx x^2", "In(x)"),
])
def test_more_is_offered_only_where_there_is_more(problem: str, answer: str) -> None:
    assert "--all" not in shown(problem, answer)


def test_two_mistakes_that_are_as_likely_are_both_named_and_told_apart() -> None:
    text = shown("d/dx x*e^x", "x e^x")
    assert "a  The first term of the product rule is missing." in text
    assert "b  Nothing was differentiated." in text
    assert "c  " not in text
    assert "Which one? Try" in text


@pytest.mark.parametrize(("problem", "answer", "blocks"), [
    ("d/dx e^(2x)", "e^(2x)", 1), ("d/dx x*e^x", "x e^x", 2), ("d/dx sin(x^2)", "cos(x^2)", 1),
])
def test_why_shows_all_of_the_likeliest_mistakes(problem: str, answer: str, blocks: int) -> None:
    text = text_of(told_why(diagnose(problem, answer)))
    assert text.count("what you did ") == blocks
    assert ("More than one mistake" in text) == (blocks > 1)
    assert "yours is" not in text


@pytest.mark.parametrize(("problem", "answer"), [
    ("d/dx x^2 + 3x", "2x + 3"), ("d/dx x^2 + 3x", "2x"), ("1/2x", "1/2x"), ("d/dx x^2 + 3x", "d/dx x^2 + 3x"),
])
def test_a_reading_is_told_once(problem: str, answer: str) -> None:
    text = " ".join(shown(problem, answer).split())
    notes = [part.partition(".")[0] for part in text.split("Note: ")[1:]]
    assert notes
    assert len(notes) == len(set(notes))


def test_transcript_of_lines() -> None:
    text = lines_shown("d/dx x^2*sin(x^2)", "d/dx [x^2]*sin(x^2) + x^2*d/dx [sin(x^2)]", "= 2x sin(x^2) + x^2*cos(x^2)",
                       "In(x)", "= x(2sin(x^2) + x cos(x^2))")
    compare_with_golden("check.lines", text)


# -- in two dimensions ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "problem", "answer", "everything"), [
    ("quotient", "d/dx sin(x)/x", "(x cos(x) + sin(x))/x^2", False),
    ("quotient.all", "d/dx sin(x)/x", "(x cos(x) + sin(x))/x^2", True),
    ("root.all", "d/dx sqrt(x^2 + 1)", "1/(2sqrt(x^2 + 1))", True),
])
def test_transcript_on_a_terminal(name: str, problem: str, answer: str, everything: bool) -> None:
    text = shown(problem, answer, width=60, everything=everything, terminal=True)
    compare_with_golden(f"check.{name}.terminal", text)


def test_transcript_of_lines_on_a_terminal() -> None:
    lines = ["(x*d/dx sin(x) - sin(x)*d/dx x)/x^2", "(x cos x - sin x)/x^2"] + ["(cos x - sin x)/x"] * 8
    text = lines_shown("d/dx sin(x)/x", *lines, width=60, terminal=True)
    compare_with_golden("check.lines.terminal", text)


def test_a_label_stands_on_the_baseline_of_its_formula() -> None:
    text = shown("d/dx sin(x)/x", "(x cos(x) + sin(x))/x^2", everything=True, terminal=True)
    for label in ("you wrote", "what you did", "Quotient rule", "at step 1", "became"):
        (row,) = [row for row in text.split("\n") if row.strip().startswith(label)]
        assert "──" in row
    assert "──" not in shown("d/dx sin(x)/x", "(x cos(x) + sin(x))/x^2", everything=True, terminal=True, flat=True)


# -- width and signs --------------------------------------------------------------------------------------------------

ANSWERS = ["2x", "cos(x^2)", "2x*cos(x^2)", "cos(x)", "-2x*cos(x^2)", "2t*cos(t^2)", "1/0", "d/dx [sin(x^2)]", "In(x)",
           "x\x1b[2J", "+".join(f"{k}*x^{k}*sin({k}x)" for k in range(60)), "sin(" * 60 + "x" + ")" * 60, "f(x)*x"]


@pytest.mark.parametrize("width", [40, 60, 80, 120])
@pytest.mark.parametrize("answer", ANSWERS)
def test_nothing_is_wider_than_the_screen_or_not_printable(answer: str, width: int) -> None:
    texts = [draw(width=width, everything=everything, terminal=terminal)
             for draw in (partial(shown, "d/dx sin(x^2)", answer), partial(lines_shown, "d/dx sin(x^2)", answer, "2x"))
             for everything in (True, False) for terminal in (True, False)]
    for text in texts:
        rows = text.split("\n")
        assert max(map(len, rows)) <= width
        assert all(row == row.rstrip() and (not row or row.isprintable()) for row in rows)


PARTS = st.sampled_from(["x", "2x", "cos(x^2)", "sin(x)", "x^2", "3", "y", "e^(2x)", "1/x", "sqrt(x)", "d/dx [x^2]"])
NARROW_ANSWERS = st.lists(st.lists(PARTS, min_size=1, max_size=3).map("*".join), min_size=1, max_size=4).map(" + ".join)


@settings(max_examples=60, deadline=None)
@given(NARROW_ANSWERS, st.integers(40, 90))
def test_no_diagnosis_is_wider_than_the_screen(answer: str, width: int) -> None:
    assert max(map(len, shown("d/dx x^2*sin(x^2)", answer, width=width).split("\n"))) <= width


def test_a_narrow_screen_still_says_everything() -> None:
    words = " ".join(shown("d/dx sin(x^2)", "cos(x^2)", width=40, everything=True).split())
    for part in ("The inner derivative is missing.", "does it contribute?", "Chain rule", "What is done to x last?"):
        assert part in words


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "cp437"])
def test_a_stream_that_knows_no_box_drawing_gets_ascii(encoding: str) -> None:
    for answer in ANSWERS:
        raw = io.BytesIO()
        stream = io.TextIOWrapper(raw, encoding=encoding, errors="strict")
        page = Page(Console(width=80, file=stream))
        show(page, told_diagnosis(diagnose("d/dx sin(x^2)", answer)))
        show(page, told_lines_judged(judge_lines("d/dx sin(x^2)", [answer])))
        stream.flush()
        assert raw.getvalue().decode(encoding).isascii()


def test_colours_only_where_the_terminal_has_them() -> None:
    for codes in (False, True):
        file = io.StringIO()
        console = Console(width=80, file=file, force_terminal=True, color_system="256" if codes else None)
        show(Page(console), told_diagnosis(diagnose("d/dx sin(x^2)", "cos(x^2)")))
        assert ("\x1b[" in file.getvalue()) == codes


# -- truth ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("problem", "answer", "sign"), [
    ("d/dx x^2", "2x", "✓ yes"), ("d/dx x^2", "d/dx [x^2]", "✓ nearly"), ("d/dx x^2", "3x", "✗ not yet"),
    ("d/dx x^2", "1/0", "? undecided"), ("d/dx x^2", "2t", "✗ not yet"),
])
def test_the_sign_says_the_verdict(problem: str, answer: str, sign: str) -> None:
    text = shown(problem, answer)
    assert sign in text
    assert sum(text.count(mark) for mark in "✓✗") == (sign[0] != "?")


def test_the_number_of_an_unknown_function_is_not_passed_off_as_its_value() -> None:
    assert "for one choice of f yours is" in " ".join(shown("d/dx [f(x)*x]", "f'(x)").split())
    assert "choice" not in shown("d/dx x^2", "3x")


def test_why_it_is_undecided_is_said_once() -> None:
    assert shown("d/dx x^2", "1/0").count("could not be decided") == 1


def test_a_question_stands_where_several_mistakes_fit() -> None:
    assert "Which one? Try d/dx [x⁵]" in shown("d/dx x^2", "x", everything=True)
    assert "Which one?" not in shown("d/dx sin(x^2)", "cos(x^2)")


@pytest.mark.parametrize(("lines", "end"), [
    (["cos(x^2)*2x"], "Finished: the last line is the answer."), (["cos(x^2)*d/dx [x^2]"], "Not finished yet."),
    (["cos(x^2)*d/dx [x^2]", "cos(x^2)"], "It goes wrong at line 2."), ([], "Not finished yet."),
])
def test_the_last_words_of_lines(lines: list[str], end: str) -> None:
    assert lines_shown("d/dx sin(x^2)", *lines).endswith(f"  {end}\n")
