"""Tables of graphs: what is right in a cell, what follows from an earlier mistake, and which mistake was made."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.lesson.lessons import exercise
from tests.lesson.worksheets import judged
from tutor.errors import TutorError
from tutor.expression.parse import parse
from tutor.expression.tree import Expression
from tutor.lesson.backprop import BadCell, backprop_sheet, graph_from
from tutor.lesson.hints import hints
from tutor.lesson.judging import judge
from tutor.lesson.worksheet import CellJudgement, Value, Worksheet

NEURON = "z = w*x + b; a = sigmoid(z); L = (a - y)^2"
AT = {"w": "0.5", "x": "2", "b": "-0.3", "y": "1"}
PATHS = "u = x^2; v = x*u; L = v + sin(u)"
SLOPES = ("dL/da", "dL/dz", "dL/dw")


def sheet_of(graph: str, at: dict[str, str], blank: tuple[str, ...]) -> Worksheet:
    return backprop_sheet(graph_from(parse(graph)), {letter: parse(value) for letter, value in at.items()}, blank)


FILLED = [
    # graph, numbers, cells, what is typed; outcomes; what is said of the last one
    (NEURON, AT, ("a", *SLOPES), "0.6682; -0.6636; -0.1471; -0.2943", "right right right right", ""),
    (NEURON, AT, ("a", *SLOPES), "sigmoid(0.7), 2(a - y), dL/da*a*(1 - a), dL/dz*x", "right right right right", ""),
    (NEURON, AT, ("a", *SLOPES), "0.6682, -0.6636, -0.6636*0.2217, dL/dw = 2*dL/dz", "right right right right", ""),
    (NEURON, AT, ("a", *SLOPES), "0.7; -0.6; -0.126; -0.252", "wrong followed followed followed",
     "Right with your value of dL/dz."),
    (NEURON, AT, ("a", *SLOPES), "0.7; -0.6; -0.6*0.21", "wrong followed followed",
     "Right with your values of a and dL/da."),
    (NEURON, AT, ("a", *SLOPES), "0.7; -0.6636; -0.1471", "wrong right right", ""),
    (NEURON, AT, SLOPES, "-0.6636; -0.6636; -1.3272", "right wrong followed", "Right with your value of dL/dz."),
    (NEURON, AT, SLOPES, "0.6636", "wrong", "Everything is there except for a sign."),
    (NEURON, AT, SLOPES, "-0.6636; 0.2217", "right wrong", "This is what z does on the line of a alone."),
    (NEURON, AT, SLOPES, "-0.6636; -0.6636", "right wrong", "This is the slope by a, unchanged."),
    (NEURON, AT, SLOPES, "-0.6636; -0.4419", "right wrong", "Slopes along one path are multiplied."),
    (NEURON, AT, SLOPES, "-0.6636; -0.6636*sigmoid(a)*(1 - sigmoid(a))", "right wrong",
     "The slope on the line of a belongs to the value of z"),
    (NEURON, AT, SLOPES, "-0.3318", "wrong", "Look at ∂L/∂a, on the line of L. The exponent was lowered"),
    (NEURON, AT, SLOPES, "17.5", "wrong", ""),
    (PATHS, {"x": "1.5"}, ("dL/du", "dL/dx"), "0.8718; 4.865", "right right", ""),
    (PATHS, {"x": "1.5"}, ("dL/du", "dL/dx"), "0.8718; 2.25", "right wrong", "Only the path through v was followed"),
    (PATHS, {"x": "1.5"}, ("dL/du", "dL/dx"), "0.8718; 3*dL/du*u", "right wrong", "The paths from x to L were"),
    (PATHS, {"x": "1.5"}, ("dL/du", "dL/dx"), "0.8718; 1.8718", "right wrong", "The slopes of L from above were added"),
    (PATHS, {}, ("dL/du", "dL/dx"), "x + cos(u); 2x*dL/du + u", "right right", ""),
    (PATHS, {}, ("dL/du", "dL/dx"), "x + cos(x^2); 3x^2 + 2x*cos(x^2)", "right right", ""),
    (PATHS, {}, ("dL/du", "dL/dx"), "cos(u); 2x*cos(u) + u", "wrong followed", "Right with your value of dL/du."),
    (PATHS, {}, ("dL/du", "dL/dx"), "x + cos(u); 2x*(x + cos(u))*u", "right wrong", "The paths from x to L"),
]


@pytest.mark.parametrize(("graph", "at", "blank", "typed", "outcomes", "said"), FILLED)
def test_what_is_found_of_cells(graph: str, at: dict[str, str], blank: tuple[str, ...], typed: str, outcomes: str,
                                said: str) -> None:
    found = judged(sheet_of(graph, at, blank), typed)
    assert [each.outcome for each in found] == outcomes.split()
    assert " ".join(text.written() for text in found[-1].texts).startswith(said)
    assert bool(found[-1].texts) == bool(said)


@pytest.mark.parametrize(("typed", "said"), [
    ("dL/dq = 1", "There is no cell dL/dq in this table. The blank cells are a, dL/da, dL/dz, dL/dw."),
    ("z = 0.7", "z is given already."), ("q*3", "There is no q in this table."),
    ("dL/dz*x", "dL/dz is not filled in yet"), ("(1, 2)", "One value is asked for here"),
    ("1; 2; 3; 4; 5", "There are more values than cells that are blank."), ("2x+", "Something is missing after +"),
    ("ln(-1)", "This has no value"),
])
def test_what_cannot_be_read(typed: str, said: str) -> None:
    with pytest.raises(TutorError) as caught:
        judged(sheet_of(NEURON, AT, ("a", *SLOPES)), typed)
    assert str(caught.value).startswith(said)


@pytest.mark.parametrize(("graph", "at", "blank", "said"), [
    (NEURON, AT, ("q",), "There is no cell q"), (NEURON, AT, ("a", "a"), "a is there twice."),
    (NEURON, AT, ("x",), "x is an input"), (NEURON, AT, ("da/dz",), "The cells are slopes of L"),
    (NEURON, {}, ("a",), "a is a line"), (NEURON, {"w": "1"}, ("a",), "at: has no number for x, b, y."),
    (NEURON, {**AT, "z": "1"}, ("a",), "z has a line"), (NEURON, {**AT, "q": "1"}, ("a",), "q stands on none"),
    ("z = ln(x); L = z^2", {"x": "-1"}, ("z",), "z has no value"),
    ("z = w*x; L = x^2", {}, ("dL/dx",), "L, the last line, does not depend on z."),
    ("z = w*x; z = 2", {}, ("dz/dx",), "z has two lines."),
])
def test_a_table_that_cannot_be_made(graph: str, at: dict[str, str], blank: tuple[str, ...], said: str) -> None:
    with pytest.raises(TutorError) as caught:
        sheet_of(graph, at, blank)
    assert str(caught.value).startswith(said)


def test_a_bad_cell_says_which_one_it_is() -> None:
    with pytest.raises(BadCell) as caught:
        sheet_of(NEURON, AT, ("a", "dL/da", "q"))
    assert caught.value.place == 2


ITEM = {"ask": "backprop", "given": NEURON, "at": AT, "blank": ["a", *SLOPES], "within": "0.001"}


@pytest.mark.parametrize(("typed", "outcome", "misconceptions"), [
    ("0.6682; -0.6636; -0.1471; -0.2943", "right", ()), ("0.6682", "line", ()),
    ("a = 0.7; -0.6; -0.126; -0.252", "wrong", ()),
    ("dL/dz = -0.6636", "wrong", ("slope_on_the_line_forgotten",)), ("2x+", "unreadable", ()),
])
def test_a_whole_table_in_one_line(typed: str, outcome: str, misconceptions: tuple[str, ...]) -> None:
    found = judge(exercise(ITEM), typed)
    assert (found.outcome, found.misconceptions) == (outcome, misconceptions)


def test_what_it_trains() -> None:
    made = exercise(ITEM)
    assert made.skills == (("along_one_line", "numbers"),)
    assert made.rules == ("along_one_line", "chain", "power", "derivative_of_sigmoid")
    paths = exercise({"ask": "backprop", "given": PATHS, "blank": ["dL/dv", "dL/du", "dL/dx"]})
    assert paths.skills == (("along_every_path", "letters"), ("along_one_line", "letters"))
    forward = exercise({**ITEM, "blank": ["z", "a"]})
    assert forward.skill == ("", "made/" + forward.item)


def test_hints_come_from_the_backward_pass() -> None:
    texts = [text.written() for text in hints(exercise({**ITEM, "blank": ["dL/dz"]}))]
    assert texts == [
        "z acts only through the line of a. What is known of a already, and what does z do on that line?",
        "Chain rule along one line: dL/dz = dL/da*∂a/∂z", "dL/dz = dL/da*a*(1 - a)"]


def test_numbers_may_be_drawn() -> None:
    item = {"ask": "backprop", "given": "z = w*x; L = z^2", "at": {"w": "p", "x": "3"}, "vary": {"p": "2..5"},
            "blank": ["dL/dw"]}
    assert [str(exercise(item, seed).sheet.right["dL/dw"][0]) for seed in range(4)] == [  # type: ignore[union-attr]
        str(18 * int(exercise(item, seed).values["p"].value)) for seed in range(4)]


# -- a wrong cell to find ----------------------------------------------------------------------------------------------

WRONG = {"ask": "which-cell-is-wrong", "given": PATHS, "at": {"x": "1.5"}, "use": "only_one_path"}


@pytest.mark.parametrize(("typed", "outcome", "said"), [
    ("3", "wrong", "L is right."), ("dL/dL", "wrong", "dL/dL is right."),
    ("99", "unreadable", "Type the number of a row"), ("x", "unreadable", "Type the number of a row"),
])
def test_a_cell_that_is_not_the_wrong_one(typed: str, outcome: str, said: str) -> None:
    found = judge(exercise(WRONG), typed)
    assert found.outcome == outcome
    assert found.texts[0].written().startswith(said)


@pytest.mark.parametrize("seed", range(4))
def test_the_wrong_cell_is_the_first_that_differs(seed: int) -> None:
    made = exercise(WRONG, seed)
    assert made.sheet is not None
    differing = [number for number, cell in enumerate(made.sheet.cells, 1)
                 if not made.sheet.is_near(made.wrong[cell.key], made.sheet.right[cell.key])]
    assert differing[0] == made.right
    assert judge(made, str(made.right)).outcome == "right"
    assert judge(made, made.sheet.cells[made.right - 1].key).outcome == "right"
    for number in differing[1:]:
        assert "follows rightly" in judge(made, str(number)).texts[0].written()


def test_a_misconception_that_makes_nothing_wrong_is_refused() -> None:
    with pytest.raises(TutorError, match="makes no cell of this table wrong"):
        exercise({**WRONG, "given": "z = 2*x; L = z^2"})


# -- laws --------------------------------------------------------------------------------------------------------------

FORMS = ["{0}*{1}", "{0} + {1}", "{0}^2", "{0}*{1} + {0}", "sin({0})", "{0} - 2*{1}", "{0}^2*{1}"]


@st.composite
def sheets(draw: st.DrawFn) -> Worksheet:
    """A small graph at small numbers with every slope blank."""
    names, lines = ["x", "y"], []
    for line in "uvL":
        names_used = [names[-1], draw(st.sampled_from(names))]
        lines.append(f"{line} = {draw(st.sampled_from(FORMS)).format(*names_used)}")
        names.append(line)
    graph = graph_from(parse("; ".join(lines)))
    at = {letter: parse(str(draw(st.integers(2, 5)))) for letter in graph.inputs}
    blank = ["u", "v", "L", "dL/dv", "dL/du", *[f"dL/d{letter}" for letter in graph.inputs]]
    return backprop_sheet(graph, at, blank)


def filled_right(sheet: Worksheet) -> Iterator[CellJudgement]:
    own: dict[str, tuple[Value, ...]] = {}
    for cell in sheet.blanks:
        yield sheet.judge(cell, sheet.right[cell.key], own)
        own[cell.key] = sheet.right[cell.key]


@settings(max_examples=25, deadline=None)
@given(sheets())
def test_who_fills_everything_right_is_told_so(sheet: Worksheet) -> None:
    assert {each.outcome for each in filled_right(sheet)} == {"right"}


@settings(max_examples=25, deadline=None)
@given(sheets(), st.data())
def test_one_slip_followed_on_consistently_is_one_mistake(sheet: Worksheet, data: st.DataObject) -> None:
    slip = data.draw(st.sampled_from(sheet.blanks))
    own: dict[str, tuple[Value, ...]] = {}
    found = {}
    for cell in sheet.blanks:
        value = sheet.followed(cell, own)
        assert value is not None
        if cell is slip:
            value = tuple(each * 3 + 1 for each in value if not isinstance(each, Expression))
        found[cell.key] = sheet.judge(cell, value, own).outcome
        own[cell.key] = value
    if sheet.is_near(own[slip.key], sheet.right[slip.key]):
        return  # three times -1/2 and 1 is -1/2 again
    assert [key for key, outcome in found.items() if outcome == "wrong"] == [slip.key]
    assert set(found.values()) <= {"wrong", "right", "followed"}
