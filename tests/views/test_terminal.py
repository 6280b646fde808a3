"""What a derivation looks like in the terminal.

The transcripts in golden/ were read by a person. After a change that is meant: UPDATE_GOLDEN=1 pytest tests/views,
and read the difference.
"""

import dataclasses
import io
import itertools
import os
import re
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

import tutor
from tests.narrowed import not_none, of_kind
from tutor.derivation.derivation import Derivation, derive
from tutor.derivation.step import Block, Step
from tutor.oracle.verdict import Check
from tutor.telling.derivation import told_derivation
from tutor.telling.document import DerivationView, Detail
from tutor.views.page import Page
from tutor.views.terminal import show


def shown(derivation: Derivation, view: DerivationView = "tree", detail: Detail = "normal", width: int = 80,
          stacked: bool = False) -> str:
    """What appears on a plain screen; stacked: on a terminal, where formulas are drawn in two dimensions."""
    stream = io.StringIO()
    screen = Console(width=width, file=stream, color_system=None, force_terminal=stacked)
    show(Page(screen), told_derivation(derivation, view, detail, methods=True))
    return stream.getvalue()


GOLDEN = Path(__file__).parent / "golden"

TRANSCRIPTS = [
    ("product_and_chain", "d/dx x^2*sin(x^2)", "tree", "normal", ""),
    ("product_and_chain", "d/dx x^2*sin(x^2)", "tree", "brief", ""),
    ("product_and_chain", "d/dx x^2*sin(x^2)", "tree", "full", ""),
    ("product_and_chain", "d/dx x^2*sin(x^2)", "lines", "normal", ""),
    ("product_and_chain", "d/dx x^2*sin(x^2)", "lines", "brief", ""),
    ("product_and_chain", "d/dx x^2*sin(x^2)", "lines", "full", ""),
    ("quotient", "d/dx sin(x)/x", "tree", "full", ""),
    ("polynomial", "x^3 - 2x^2 + 7", "tree", "normal", ""),
    ("value", "d/dx [x^3] at x = 2", "tree", "normal", ""),
    ("second_derivative", "d^2/dx^2 [x^3]", "tree", "normal", ""),
    ("definition", "f(x) = sin(x^2); f'(x)", "lines", "normal", ""),
    ("method", "d/dx tan(x)", "tree", "normal", "tangent_as_quotient"),
    ("kink", "d/dx abs(x)*e^(2x)", "tree", "normal", ""),
    ("no_derivative", "d/dx [x*|x - 1|] at x = 1", "tree", "normal", ""),
    ("no_derivative", "d/dx [x*|x - 1|] at x = 1", "lines", "brief", ""),
    ("both_sides", "d/dx [x*|x|] at x = 0", "tree", "full", ""),
    ("definite", "int_0^2 x^2 dx", "tree", "normal", ""),
    ("definite", "int_0^2 x^2 dx", "lines", "normal", ""),
    ("definite_split", "int_-1^2 |x| dx", "tree", "normal", ""),
    ("definite_substitution", "int_0^2 2x*cos(x^2) dx", "tree", "normal", "definite_substitution"),
    ("improper", "int_0^1 1/sqrt(x) dx", "tree", "brief", ""),
    ("diverges", "int_-1^1 1/x^2 dx", "tree", "brief", ""),
    ("not_real", "int_-1^1 sqrt(x) dx", "tree", "normal", ""),
    ("area", "area between x^2 and x + 2", "tree", "normal", ""),
    ("two_paths", "u = x^2; v = x*u; L = v + sin(u); dL/dx", "tree", "normal", ""),
    ("two_paths", "u = x^2; v = x*u; L = v + sin(u); dL/dx", "tree", "full", ""),
    ("gradient", "grad (x^2*y)", "tree", "normal", ""),
]


@pytest.mark.parametrize(("name", "problem", "view", "detail", "method"), TRANSCRIPTS)
def test_transcript(name: str, problem: str, view: DerivationView, detail: Detail, method: str) -> None:
    text = f"$ tutor explain {problem!r}\n\n{shown(tutor.explain(problem, method), view, detail)}"
    golden = GOLDEN / f"{name}.{view}.{detail}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


STACKED = [
    ("product_and_chain", "d/dx x^2*sin(x^2)", "tree"),
    ("quotient", "d/dx [(x^2+1)/(x-3)]", "tree"),
    ("quotient", "d/dx [(x^2+1)/(x-3)]", "lines"),
    ("nested_fraction", "d/dx [1/(1+1/x)]", "tree"),
    ("root_over_fraction", "d/dx sqrt(x/(x+1))", "tree"),
    ("value", "f(x) = x^3/(x+1); f'(2)", "tree"),
    ("sum_of_fractions", "d/dx [x/(x+1) + x^2/(x+2) - (x+5)/(x^3-1)]", "lines"),
    ("definite", "int_0^(pi/2) cos(x) dx", "tree"),
]


@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize(("name", "problem", "view"), STACKED)
def test_on_a_terminal_formulas_are_drawn_in_two_dimensions(name: str, problem: str, view: DerivationView,
                                                            width: int) -> None:
    text = f"$ tutor explain {problem!r}\n\n{shown(tutor.explain(problem), view, 'normal', width, stacked=True)}"
    golden = GOLDEN / "stacked" / f"{name}.{view}.{width}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize(("problem", "never"), [
    ("d/dx [ln(-1 - x^2)]", "−x² − 1 > 0"), ("d/dx [sqrt(-x^4)]", "−x⁴ > 0"), ("d/dx [sqrt(x^2)]", ""),
    ("d/dx [ln(1 - x^2)]", ""),
])
def test_an_assumption_that_holds_nowhere_is_called_that(problem: str, never: str) -> None:
    text = " ".join(shown(tutor.explain(problem), "tree", "normal", 100).split())
    assert ("never true" in text) is bool(never)
    assert f"{never} is never true, so the rules used here hold nowhere" in text or not never


# -- width ----------------------------------------------------------------------------------------------------------

LONG_ONES = [
    "d/dx " + "+".join(f"{k}sin({k}x^{k})" for k in range(1, 21)),
    "d/dx " + "sin(" * 15 + "x" + ")" * 15,
    "d/dx [" + "*".join(f"(x^{k} + {k})" for k in range(2, 9)) + "]",
    "d/dx [x^12345678901234567890123456789012345678901234567890123456789012345678901234567890123456789]",
    "d/dx exp(sin(x)^2)/(x+1)/(alpha + beta_12*x)",
    "d/dx ln(abs(acsch(sqrt(1 + x^2)))) * max(x, x^2, 3x)",
]


@cache
def explained(problem: str) -> Derivation:
    """A derivation that is shown many times."""
    return tutor.explain(problem)


@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize("detail", ["brief", "normal", "full"])
@pytest.mark.parametrize("view", ["tree", "lines"])
@pytest.mark.parametrize("problem", LONG_ONES)
def test_nothing_is_wider_than_the_screen(problem: str, view: DerivationView, detail: Detail,
                                                        width: int) -> None:
    assert widest(shown(explained(problem), view, detail, width)) <= width


FACTORS = st.sampled_from(["x^2", "sin(x)", "e^(2x)", "ln(x^2+1)", "sqrt(x+a)", "(3x - 4)", "atan(x)/x", "7", "x^-3"])
PROBLEMS = st.lists(st.lists(FACTORS, min_size=1, max_size=4).map("*".join), min_size=1, max_size=5).map(" + ".join)


@settings(max_examples=40, deadline=None)
@given(PROBLEMS, st.sampled_from(["tree", "lines"]), st.sampled_from(["brief", "normal", "full"]), st.integers(60, 100),
       st.booleans())
def test_no_derivation_is_wider_than_the_screen(problem: str, view: DerivationView, detail: Detail, width: int,
                                                    stacked: bool) -> None:
    text = shown(tutor.explain(f"d/dx [{problem}]"), view, detail, width, stacked)
    assert widest(text) <= width
    assert all(row == row.rstrip() for row in text.split("\n"))


@pytest.mark.parametrize("width", [10, 18, 23, 24, 25, 27, 31, 36, 45])
@pytest.mark.parametrize("problem", ["f(x) = x^3/(x + 1); f'(2)", "d/dx [sqrt(x/(x + 1)) + 1/(x + 2)]", *LONG_ONES[:2]])
def test_a_terminal_has_room_for_what_is_drawn_in_two_dimensions(problem: str, width: int) -> None:
    """It would break wider rows anywhere, which words survive and drawings do not."""
    text = shown(explained(problem), "tree", "full", width, stacked=True)
    rows = text.split("\n")
    if width < 20:
        assert not [row for row in rows if set(row) & set("⎡⎢⎣⎤⎥⎦⎛⎜⎝⎞⎟⎠")]
    else:
        assert max([len(row) for row in rows if set(row) & set("─⎡⎢⎣⎤⎥⎦⎛⎜⎝⎞⎟⎠│")], default=0) <= width


def widest(text: str) -> int:
    return max(map(len, text.split("\n")))


# -- giants ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("view", ["tree", "lines"])
def test_a_thousand_terms(view: DerivationView) -> None:
    problem = "d/dx [" + " + ".join(f"sin({k}x)" for k in range(1, 1001)) + "]"
    text = shown(tutor.explain(problem), view, "brief")
    assert widest(text) <= 80
    assert "steps, each checked" in text


def test_two_hundred_levels() -> None:
    derivation = tutor.explain("d/dx " + "sin(" * 200 + "x" + ")" * 200)
    tree, lines = shown(derivation, "tree", "brief"), shown(derivation, "lines", "brief")
    for text in (tree, lines):
        assert widest(text) <= 80
        assert "left out" in text
    assert "level 199:" in tree


def test_what_is_not_a_giant_is_shown_whole() -> None:
    problem = "d/dx [" + " + ".join(f"x^{k}" for k in range(1, 45)) + "]"
    text = shown(tutor.explain(problem), "lines", "normal")
    assert "left out" not in text
    assert "44x⁴³" in text


# -- truth ----------------------------------------------------------------------------------------------------------


def test_a_folded_step_shows_the_line_after_its_bookkeeping() -> None:
    text = shown(tutor.explain("d/dx x^2"))
    assert "= 2x\n" in text
    assert "2 − 1" not in text
    assert "2x¹" not in text
    assert "Arithmetic" in shown(tutor.explain("d/dx x^2"), detail="full")


def test_bookkeeping_alone_is_shown() -> None:
    assert "  ·  Arithmetic\n     = 5\n" in shown(derive(tutor.parse("2 + 3")))


def retold(problem: str, *items: Step) -> Derivation:
    """The derivation of a problem, with other steps told."""
    derivation = tutor.explain(problem)
    derivation.__dict__["block"] = Block(derivation.problem, items, derivation.result)
    return derivation


@pytest.mark.parametrize("detail", ["brief", "normal", "full"])
@pytest.mark.parametrize("view", ["tree", "lines"])
def test_a_refuted_step_is_shown_as_refuted(view: DerivationView, detail: Detail) -> None:
    wrong = dataclasses.replace(tutor.explain("d/dx x^2").steps[0], after=tutor.parse("3*x"), number=1)
    text = shown(retold("d/dx x^2", wrong), view, detail)
    assert text.count("✗") == 2
    assert "✗ refuted: at x = " in text
    assert "✗ step 1 refuted: at x = " in text
    assert "checked" not in text


def test_a_refuted_minor_step_is_named_where_it_is_folded() -> None:
    first, second, *_ = tutor.explain("d/dx x^2").steps
    wrong = dataclasses.replace(second, after=tutor.parse("5"))
    text = shown(retold("d/dx x^2", first, wrong))
    assert f"the minor step “{wrong.rule.title}” refuted" in text
    assert text.count("✗") == 2


def test_an_undecided_step_says_so_and_why() -> None:
    first, *minor = tutor.explain("d/dx x^2").steps
    unsure = dataclasses.replace(first, compare=lambda step: Check("undecided", 0, reason="there were no points"))
    text = shown(retold("d/dx x^2", unsure, *minor))
    assert "? step 1 could not be decided: there were no points" in text
    assert "checked" not in text


def test_what_was_assumed_is_shown_in_every_detail() -> None:
    derivation = tutor.explain("d/dx sin(x)/x")
    for detail in ("brief", "normal", "full"):
        assert "  assuming x ≠ 0\n" in shown(derivation, detail=detail)
    assert shown(derivation, detail="full").count("assuming x ≠ 0") == 2


# -- one voice in one column ------------------------------------------------------------------------------------------


@settings(max_examples=30, deadline=None)
@given(PROBLEMS, st.sampled_from(["tree", "lines"]), st.sampled_from(["normal", "full"]),
       st.sampled_from([60, 80, 100]))
def test_every_result_begins_under_the_name_of_its_rule(problem: str, view: DerivationView, detail: Detail,
                                                        width: int) -> None:
    column: int | None = None
    columns: set[int] = set()
    for row in shown(tutor.explain(f"d/dx [{problem}]"), view, detail, width).split("\n"):
        step = re.match(r"[ │├└─]*(?:[\d.–]+|·) +(?=[A-Z])", row)
        if step:
            column = step.end()
            columns.add(column)
        elif re.match(r"[ │]*= ", row):
            place = row.index("=")
            assert place in columns or place >= not_none(column) + 4  # what goes on from the row above is set in
            column = min(not_none(column), place)  # after a part, that which it is a part of goes on


@pytest.mark.parametrize("view", ["tree", "lines"])
@pytest.mark.parametrize("detail", ["brief", "normal", "full"])
def test_rules_speak_of_the_variable_of_the_problem(view: DerivationView, detail: Detail) -> None:
    text = shown(tutor.explain("d/dw [(3w + 1)^2*sin(w)]"), view, detail)
    assert "d/dx" not in text
    assert not re.search(r"\bx\b", text)


def test_a_rule_that_says_what_the_step_says_is_one_row() -> None:
    assert "  2  Derivative of an unknown function   d/dx [f(x)] = f'(x)\n     = f" in shown(tutor.explain("x*f(x)"))


def test_a_plain_part_is_one_row_and_unfolds_in_full() -> None:
    derivation = tutor.explain("d/dx [sin(x^2 + 5x)]")
    row = "  3  Sum rule, power rule, constant multiple rule   d/dx [x² + 5x] = 2x + 5\n"
    assert row in shown(derivation, width=90)
    assert "3 steps, each checked" in shown(derivation)
    full = shown(derivation, detail="full")
    assert "  3.1  Sum rule" in full
    assert "  3.4  Derivative of the variable" in full


def test_what_is_read_off_is_in_the_line_and_unfolds_in_full() -> None:
    derivation = tutor.explain("d/dw [(y - w*x)^2]")
    for view in ("tree", "lines"):
        assert "     = 2(y − w·x)·(−x)\n     = 2x·(w·x − y)\n" in shown(derivation, view)
    assert "1 step, checked" in shown(derivation)
    full = shown(derivation, detail="full")
    for part in ("  1.1  Chain rule", "  1.2  Power rule", "  1.3  Sum rule"):
        assert part in full
    derivation = tutor.explain("d/dx [sin(5x)]")
    assert "     = d/du [sin(u)] at (u = 5x) · 5\n" in shown(derivation)
    assert "     = d/du [sin(u)] at (u = 5x) · 5\n" in shown(derivation, "lines")


@pytest.mark.parametrize("view", ["tree", "lines"])
@pytest.mark.parametrize("detail", ["brief", "normal", "full"])
def test_a_refuted_small_step_of_a_plain_part_is_shown(view: DerivationView, detail: Detail) -> None:
    derivation = tutor.explain("d/dx sin(3x + 2)")
    root = derivation.block
    plain = next(item for item in root.items if isinstance(item, Block) and item.folded)
    wrong = dataclasses.replace(of_kind(Step, plain.items[0]), after=tutor.parse("d/dx [3*x]*5"))
    changed = dataclasses.replace(plain, items=(wrong, *plain.items[1:]))
    retold = tutor.explain("d/dx sin(3x + 2)")
    retold.__dict__["block"] = dataclasses.replace(
        root, items=tuple(changed if item is plain else item for item in root.items))
    text = shown(retold, view, detail)
    assert "  1.2  " in text
    assert "✗ refuted: at x = " in text
    assert "✗ step 1.2 refuted: at x = " in text
    assert "each checked" not in text


@settings(max_examples=40, deadline=None)
@given(PROBLEMS, st.sampled_from(["brief", "normal", "full"]))
def test_no_line_stays_as_it_is(problem: str, detail: Detail) -> None:
    rows = shown(tutor.explain(f"d/dx [{problem}]"), "lines", detail, 5000).split("\n")  # wide: no line is broken
    lines = [re.sub(r"  .*|[()\[\]]", "", row[row.index("= "):]) for row in rows if re.match(r"[\d.–· ]*= ", row)]
    assert all(before != after for before, after in itertools.pairwise(lines))


def test_what_was_found_is_put_in_without_a_name() -> None:
    for view in ("tree", "lines"):
        text = shown(tutor.explain("d/dx x^2*sin(x^2)"), view)
        assert "Put together" not in text
        assert re.findall(r"^[ │├└─]*(\d) +[A-Z]", text, re.MULTILINE) == ["1", "2", "3", "4"]
        assert re.search(r"= 2x·sin\(x²\) \+ x²·2x·cos\(x²\)\n[ ‾]*\n?     = 2x·sin\(x²\) \+ 2x³·cos\(x²\)\n", text)


def test_the_line_before_its_bookkeeping_is_shown_where_that_is_much() -> None:
    assert "     = 4(3x + 2)³·3\n     = 12(3x + 2)³\n" in shown(tutor.explain("d/dx (3x+2)^4"))
    assert "     d/dx [x⁻¹] = (−1)·x^(−1 − 1)\n" not in shown(tutor.explain("d/dx 1/x"))
    assert "     = (−1)·x^(−1 − 1)\n     = −1/x²\n" in shown(tutor.explain("d/dx 1/x"))
    assert "− 1" not in shown(tutor.explain("d/dx x^5"))
    assert "x^(" not in shown(tutor.explain("d/dx 1/x"), detail="brief")


@pytest.mark.parametrize(("problem", "meaning"), [
    ("d/dx |x^2 - 1|", "sign(u) is −1 where u is negative, and 1 where it is positive."),
    ("d/dx relu(3x)", "step(u) is 0 where u is negative, and 1 where it is positive."),
    ("d/du |u|", "sign(v) is −1 where v is negative, and 1 where it is positive."),
])
def test_sign_and_step_are_explained_where_a_result_has_them(problem: str, meaning: str) -> None:
    assert meaning in " ".join(shown(tutor.explain(problem)).split())
    assert "is negative" not in shown(tutor.explain("d/dx x^2"))


# -- notes ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("problem", "note"), [
    ("d/dx x^2 + 3x", "Note: d/dx x^2 + 3x is read as d/dx [x² + 3x]; for the other reading, type d/dx [x^2] + 3x."),
    ("x^2 + 1", "Note: Read as its derivative, d/dx [...]."),
])
def test_a_note_on_the_usual_reading_waits_for_the_result(problem: str, note: str) -> None:
    text = " ".join(shown(tutor.explain(problem)).split())
    assert text.count("Note: ") == 1
    assert text.index(note) > text.index("╯")


@pytest.mark.parametrize("problem", ["1/2x", "e^2x", "sin x^2"])
def test_a_note_on_a_real_doubt_comes_first(problem: str) -> None:
    text = shown(tutor.explain(problem))
    assert text.index(" is read as ") < text.index("╭")


@pytest.mark.parametrize("problem", ["d/dx (wx+b)^2", "d/dw (y - w*x)^2", "d/dx (x+1)²", "d/dx (x+1)^n"])
def test_a_power_of_a_bracket_needs_no_note(problem: str) -> None:
    assert "Note" not in shown(tutor.explain(problem))


def test_other_ways_are_named_with_what_to_type() -> None:
    text = shown(tutor.explain("d/dx tan(x)"))
    assert "  Another way:\n  --method tangent_as_quotient  write the tangent as a quotient\n" in text


@pytest.mark.parametrize("width", [40, 60])
def test_why_there_is_no_derivative_stands_below_the_box_where_it_has_no_room_beside(width: int) -> None:
    text = shown(tutor.explain("d/dx [x*|x - 1|] at x = 1"), width=width)
    assert "  │ no derivative here │\n" in text
    assert "x·|x − 1| has slope −1 on the left of 1 and 1 on the right" in " ".join(text.split())


# -- terminals ------------------------------------------------------------------------------------------------------


def test_a_pipe_gets_no_escape_codes() -> None:
    assert "\x1b" not in shown(tutor.explain("d/dx x^2*sin(x^2)"), "lines", "full")


def test_what_changed_is_marked_with_and_without_styles() -> None:
    derivation = tutor.explain("d/dx [x^2*sin(x)]")
    plain = shown(derivation, "lines").split("\n")
    row = next(index for index, text in enumerate(plain) if text.strip() == "= 2x·sin(x) + x²·d/dx [sin(x)]")
    assert plain[row + 1] == "       ‾‾"
    stream = io.StringIO()
    screen = Console(width=80, file=stream, force_terminal=True, color_system="256")
    show(Page(screen), told_derivation(derivation, "lines"))
    assert "\x1b[1;4m2x" in stream.getvalue()
    assert "‾" not in stream.getvalue()


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "cp437"])
def test_a_stream_that_knows_no_box_drawing_gets_ascii(encoding: str) -> None:
    derivation = tutor.explain("d/dx sqrt(x^2)*sin(theta*x)/x")
    for view in ("tree", "lines"):
        for detail in ("brief", "normal", "full"):
            raw = io.BytesIO()
            stream = io.TextIOWrapper(raw, encoding=encoding, errors="strict")
            show(Page(Console(width=80, file=stream)), told_derivation(derivation, view, detail))
            stream.flush()
            text = raw.getvalue().decode(encoding)
            assert text.isascii()
            assert widest(text) <= 80
            assert "[ok] " in text


def test_a_narrow_screen_still_shows_everything() -> None:
    text = shown(tutor.explain("d/dx x^2*sin(x^2)"), width=30)
    assert widest(text) <= 30
    assert "4 steps, each checked" in text


@pytest.mark.parametrize("problem", ["d/dx [(x^2+1)/(x-3)]", "d/dx 1/(1+1/x)", "d/dx sqrt(x/(x+1))"])
def test_a_screen_of_twenty_columns_is_not_overrun(problem: str) -> None:
    text = shown(tutor.explain(problem), width=20, stacked=True)
    assert all(len(row) <= 20 for row in text.split("\n") if "─" in row or "⎢" in row)  # or the drawing falls apart
    assert "quotient_as_produc\n  t\n    write the" in text or "x-3" not in problem


def test_a_result_of_several_high_rows_has_room_between_them() -> None:
    text = shown(tutor.explain("d/dx 1/(x+1) + 1/(x+2) + 1/(x+3)"), width=36, stacked=True)
    assert text[text.index("  ╭"):].split("\n")[1:8] == [
        "  │      1          1     │",
        "  │ − ──────── − ──────── │",
        "  │   (x + 1)²   (x + 2)² │",
        "  │                       │",
        "  │      1                │",
        "  │ − ────────            │",
        "  │   (x + 3)²            │",
    ]


def test_a_high_part_in_a_high_part_has_an_empty_row_above_it() -> None:
    text = shown(tutor.explain("d^2/dx^2 1/x"), detail="full", stacked=True)
    assert """
  └─ ── ⎢ ── ⎢ ─ ⎥ ⎥
     dx ⎣ dx ⎣ x ⎦ ⎦
     │
     │  d  ⎡ 1 ⎤
     ├─ ── ⎢ ─ ⎥
     │  dx ⎣ x ⎦
""" in text


@pytest.mark.parametrize("width", [24, 40, 80])
def test_a_rule_for_fractions_of_fractions_is_told_on_one_line_at_every_width(width: int) -> None:
    problem = "d/dx [1/(1 + 1/x)]"
    step = next(step for step in tutor.explain(problem).steps if step.rule.name == "fraction_over")
    rule = step.rule._replace(tags=("tidy",))
    counted = dataclasses.replace(step, rule=rule, number=1, names=(rule,))
    text = " ".join(shown(retold(problem, counted), width=width, stacked=True).split())
    assert re.search(r"\((f|1)/g\)/h = (f|1)/\(g·h\)", text)
