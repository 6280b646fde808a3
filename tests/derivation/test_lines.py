"""Numbered lines: what a teacher writes in one go has one number, and the names of its rules."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tutor
from tests.narrowed import not_none
from tutor.derivation.derivation import Derivation
from tutor.derivation.step import Block
from tutor.expression.tree import postorder
from tutor.telling.derivation import told_solution
from tutor.telling.document import DerivationView, Detail, Part, ToldStep
from tutor.telling.steps import look_of, names_of

LINES = [
    # a linear inside is read off
    ("(3x+2)^4", ["Chain rule, power rule"]),
    ("d/dw (y - w*x)^2", ["Chain rule, power rule"]),
    ("sin(5x)", ["Chain rule", "Derivative of sine"]),
    ("e^(-x)", ["Chain rule", "Derivative of the exponential function"]),
    ("ln(a*x + b)", ["Chain rule", "Derivative of the natural logarithm"]),
    ("sin(x)^2", ["Chain rule", "Power rule", "Derivative of sine"]),
    ("x*e^x", ["Product rule", "Derivative of the exponential function"]),
    ("(x + 1)*(x - 2)", ["Product rule", "Collect like terms"]),
    ("(x + 1)*sin(x)", ["Product rule", "Derivative of sine"]),
    # sums of a few simple terms
    ("3x^2 + 5x - 7", ["Sum rule, constant multiple rule, power rule"]),
    ("5x", ["Constant multiple rule"]),
    ("x^2", ["Power rule"]),
    ("x^2 + sin(x) - e^x", ["Sum rule, power rule, derivative of sine, derivative of the exponential function"]),
    ("3x^2 + 1/x", ["Sum rule, constant multiple rule, power rule"]),
    ("x^6 + x^5 + x^4 + x^3 + x^2",
     ["Sum rule", "Power rule", "Power rule", "Power rule", "Power rule", "Power rule"]),
    ("sin(x^2 + 1)", ["Chain rule", "Derivative of sine", "Sum rule, power rule"]),
    ("x^2 + sin(x^2)", ["Sum rule", "Power rule", "Chain rule", "Derivative of sine"]),
    # fractions with a constant above the line
    ("5/x^3", ["Write division by a power as a power", "Constant multiple rule, power rule"]),
    ("2/x^5", ["Write division by a power as a power", "Constant multiple rule, power rule"]),
    ("1/x", ["Write one over the variable as a power", "Power rule"]),
    ("1/sqrt(x)", ["Write one over a square root as a power", "Power rule"]),
    ("4/cbrt(x)", ["Write division by a cube root as a power", "Constant multiple rule, power rule"]),
    ("1/(2x+1)^3", ["Write one over a power as a power", "Chain rule, power rule"]),
    ("3/(4x^2)", ["Constant factors of a fraction, power rule"]),
    ("1/sin(x)", ["Reciprocal rule", "Derivative of sine"]),
    ("3/(x^2 + 1)", ["Constant numerator rule", "Reciprocal rule", "Sum rule, power rule"]),
    # algebra is named by what it was done for
    ("x/(x+1)^2", ["Quotient rule", "Chain rule, power rule", "Cancel a power"]),
    ("e^x/(x+1)^2", ["Quotient rule", "Derivative of the exponential function", "Chain rule, power rule",
                     "Cancel a power"]),
    ("((x+1)/(x-1))^2", ["Chain rule", "Power rule", "Quotient rule", "Collect like terms"]),
    ("(x^2-1)/(x^2+2x-3)", ["Quotient rule", "Sum rule, power rule", "Sum rule, power rule, constant multiple rule",
                            "Multiply out and collect like terms", "Cancel"]),
    ("sin(x)/(1+cos(x))", ["Quotient rule", "Derivative of sine", "Sum rule, derivative of cosine", "Multiply out",
                           "Pythagoras and cancel a power"]),
    ("ln(x+sqrt(x^2+1))", ["Chain rule", "Derivative of the natural logarithm", "Sum rule", "Chain rule",
                           "Derivative of the square root", "Sum rule, power rule",
                           "Write as one fraction and cancel"]),
    ("e^(ln x)", ["Chain rule", "Derivative of the exponential function", "Derivative of the natural logarithm",
                  "Exponential of a logarithm and cancel"]),
    ("(x^2+1)/(x-3)", ["Quotient rule", "Sum rule, power rule", "Multiply out and collect like terms"]),
    ("(x+1)^2*(x-1)^2", ["Product rule", "Chain rule, power rule", "Chain rule, power rule",
                         "Take out a common factor"]),
    ("(5 - 2x)^2", ["Chain rule, power rule"]),
    # other rules
    ("ln|x|", ["Derivative of the logarithm of the absolute value"]),
    ("ln|x - 1|", ["Derivative of the logarithm of an absolute value"]),
    ("x^2*e^x", ["Product rule", "Power rule", "Derivative of the exponential function", "Take out a common factor"]),
    ("d/dx [x^3] at x = 2", ["Power rule", "Substitute the value"]),
]


def titles(problem: str) -> list[str]:
    return [names_of(rules) for rules in tutor.explain(problem).rules_of_lines]


@pytest.mark.parametrize(("problem", "expected"), LINES, ids=[problem for problem, _ in LINES])
def test_numbered_lines(problem: str, expected: list[str]) -> None:
    derivation = tutor.explain(problem)
    assert titles(problem) == expected
    assert derivation.count == len(expected)
    assert derivation.checked is True


MOST = [
    ("(5x - 1)^3", 3), ("7/x^2", 3), ("3/sqrt(x)", 3), ("1/(3x - 1)^2", 4), ("x^3*e^x", 5), ("cos(x)^2", 4),
    ("(2 - x)*e^x", 6), ("d/dw (w*x + b - y)^2", 5), ("e^(2x + 1)", 3), ("sqrt(4x + 1)", 4), ("ln(3x)", 3),
    ("x*ln(x)", 5), ("x^2*sin(x)", 5), ("sin(x)/x", 6), ("x^4 - 3x^2 + 2", 2), ("2x^3 - 5x", 2), ("tan(3x)", 3),
    ("1/x^4 + x", 3), ("(x^2 + 1)^5", 4), ("e^(x^2)", 4), ("a*x^2 + b*x + c", 2), ("x*(x + 1)", 3), ("-4/x", 4),
    ("sin(x) + cos(x)", 2), ("2^x", 1), ("6/(2x - 3)", 5), ("d/dt [g*t^2/2]", 2), ("x^(1/3)", 2),
    ("sigmoid(w*x + b)", 4), ("sin(2x)*cos(2x)", 6),
]


@pytest.mark.parametrize(("problem", "most"), MOST, ids=[problem for problem, _ in MOST])
def test_no_more_lines_than_a_teacher_writes(problem: str, most: int) -> None:
    assert tutor.explain(problem if "d/d" in problem else f"d/dx [{problem}]").count <= most


def test_each_step_of_a_line_is_checked_and_has_a_place() -> None:
    derivation = tutor.explain("d/dw [(y - w*x)^2]")
    first = [step for step in derivation.steps if step.number == 1]
    assert [step.label for step in first] == [f"1.{place}" for place in range(1, len(first) + 1)]
    assert first[0].rule.name == "chain"
    read_off = {"sum", "constant", "constant_multiple", "variable", "negative"}
    assert {step.rule.name for step in first[1:]} <= read_off | {"power"}
    assert all(step.check.outcome == "checked" for step in derivation.steps)
    alone = tutor.explain("d/dx [sin(5x)]").steps
    assert [step.label for step in alone if step.place is None and step.number] == ["2"]


def test_bookkeeping_has_no_number() -> None:
    steps = tutor.explain("d/dx [x^2*sin(x^2)]").steps
    assert {step.rule.name for step in steps if step.number is None} >= {"put_together", "multiply_powers"}
    assert all((step.number is None) is ("minor" in step.rule.tags) for step in steps)


def test_a_number_is_multiplied_into_a_bracket_without_a_number() -> None:
    """2(2x + 3)*2 = 8x + 12 is the end of the chain rule; x(x + 1) = x^2 + x is a thing of its own."""
    steps = tutor.explain("d/dx [(2x + 3)^2]").steps
    assert [step.number for step in steps if step.rule.name == "multiply_out"] == [None]
    steps = tutor.explain("d/dx [(x^2 + 1)/(x - 3)]").steps
    assert None not in [step.number for step in steps if step.rule.name == "multiply_out"]


def test_a_substitution_inside_another_one_has_a_letter_of_its_own() -> None:
    derivation = tutor.explain("d/dx sigmoid(3x)", method="sigmoid_as_quotient")
    points = {(part.args[1], part.args[2]) for step in derivation.steps for part in postorder([step.before, step.after])
              if part.head == "at"}
    assert {(str(letter), str(point)) for letter, point in points} == {("u", "3*x"), ("v", "-u")}
    used = tutor.explain("d/dx (u + sigmoid(v*x))", method="sigmoid_as_quotient")
    assert {part.args[1].value for step in used.steps for part in postorder([step.after]) if part.head == "at"} == {
        "w", "s"}


def test_algebra_in_one_place_is_one_line() -> None:
    assert titles("(4 + 3x)*e^x")[-1] in ("Multiply out and take out a common factor", "Take out a common factor")
    steps = tutor.explain("(4 + 3x)*e^x").steps
    last = [step for step in steps if step.number == 3]
    assert all("tidy" in step.rule.tags for step in last)


def test_a_rule_shown_in_another_part_is_read_off_only_once() -> None:
    derivation = tutor.explain("(3x + 2)*sin(3x + 2)")
    assert titles("(3x + 2)*sin(3x + 2)")[:3] == ["Product rule", "Chain rule", "Derivative of sine"]
    told = [item for item in walked(told_solution(derivation).root) if isinstance(item, Part) and item.again]
    assert told == []


# -- what the views tell ---------------------------------------------------------------------------------------------


def walked(root: Part) -> list[ToldStep | Part]:
    """The items of a part in reading order, with those of its parts."""
    found: list[ToldStep | Part] = []
    stack: list[ToldStep | Part] = list(reversed(root.items))
    while stack:
        item = stack.pop()
        found.append(item)
        if isinstance(item, Part):
            if item.short is not None and not item.again:
                found.append(item.short)
            stack.extend(reversed(item.items))
    return found


def told(derivation: Derivation, view: DerivationView, detail: Detail) -> list[ToldStep]:
    return [item for item in walked(told_solution(derivation, view, detail).root) if isinstance(item, ToldStep)]


@pytest.mark.parametrize("problem", ["x/(x+1)^2", "e^x/(x+1)^2", "(x^2-1)/(x-1)", "x*e^(2x)", "x^3/(x+1)^2", "3(x+1)^2",
                                     "x/(2x - 1)", "(x + 1)*sin(x)", "1/(1 + 1/x)"])
def test_no_line_is_told_twice(problem: str) -> None:
    derivation = tutor.explain(f"d/dx [{problem}]")
    for detail in ("brief", "normal"):
        steps = told(derivation, "lines", detail)
        lines = [look_of(derivation.problem)] + [
            look_of(formula.expression) for step in steps for formula in (step.through, step.line) if formula]
        assert len(lines) == len(set(lines)), lines


PARTS = st.sampled_from(["x", "3x", "x^2", "4x^3", "7", "a", "sin(2x + 1)", "(x - 1)^4", "1/x", "3/x^2", "e^(-3x)",
                         "x*e^x", "ln(x)", "x/(x + 1)", "2/(5 - x)"])
SHAPES = st.sampled_from(["{}", "({})^3", "x*({})", "sin({})", "1/({})^2", "e^({})"])


@settings(max_examples=40, deadline=None)
@given(st.lists(PARTS, min_size=1, max_size=4).map(" + ".join), SHAPES)
def test_numbers_are_consecutive_and_all_views_tell_the_same_steps(body: str, shape: str) -> None:
    derivation = tutor.explain(f"d/dx [{shape.format(body)}]")
    counted = [step for step in derivation.steps if step.number is not None]
    assert [step.number for step in counted if step.names] == list(range(1, derivation.count + 1))
    assert all(not_none(second.number) - not_none(first.number) in (0, 1) for first, second in pairwise(counted))
    for line in range(1, derivation.count + 1):
        places = [step.place for step in counted if step.number == line]
        assert places == ([None] if len(places) == 1 else list(range(1, len(places) + 1)))
    everything = [step.rule.name for step in derivation.steps]
    labels = [step.label for step in counted]
    full = told(derivation, "tree", "full")
    assert [step.label for step in full if step.label] == labels
    for view in ("tree", "lines"):
        for detail in ("brief", "normal", "full"):
            shown = told(derivation, view, detail)
            assert [step.rule.name for each in shown for step in each.steps] == everything
            if view == "tree" and detail != "full":
                numbers = [each.label for each in shown if each.label.strip()]
                assert numbers == [str(number) for number in range(1, derivation.count + 1)]


def test_what_is_wrong_in_a_line_is_told_by_itself() -> None:
    derivation = tutor.explain("d/dx [3x^2 + 5x]")
    block = derivation.block
    inside = next(item for item in block.items if isinstance(item, Block))
    assert inside.folded
    wrong = next(item for item in derivation.steps if item.rule.name == "power")
    object.__setattr__(wrong, "after", tutor.parse("7x"))  # before its check is read
    found = told(derivation, "tree", "normal")
    assert wrong.label in [each.label for each in found]
    assert wrong.check.outcome == "refuted"
