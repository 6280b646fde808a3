"""What a line gives a name to: new variables, their differentials, the factors of parts, antiderivatives."""

import pytest

from tutor.expression.parse import parse
from tutor.judge.naming import NamesInDerivation
from tutor.oracle.verdict import Oracle


def names(problem: str) -> NamesInDerivation:
    return NamesInDerivation(parse(problem), parse, Oracle())


@pytest.mark.parametrize(("problem", "lines"), [
    ("int 2*x*cos(x^2) dx", ["u = x^2", "du = 2x dx"]),
    ("int 2*x*cos(x^2) dx", ["u = x^2, du/dx = 2x"]),
    ("int 2*x*cos(x^2) dx", ["du = 2x dx", "u = x^2 + 1"]),
    ("int x*cos(x) dx", ["u = x, dv = cos(x) dx", "du = dx; v = sin(x)"]),
    ("int x*cos(x) dx", ["u = x and dv = cos(x)*dx."]),
    ("int_0^2 x^2 dx", ["F(x) = x^3/3 + 5"]),
])
def test_right_names(problem: str, lines: list[str]) -> None:
    known = names(problem)
    assert [known.take(line) for line in lines] == [()] * len(lines)


@pytest.mark.parametrize(("problem", "lines", "said"), [
    ("int 2*x*cos(x^2) dx", ["u = x^2", "du = x dx"], "This is not the derivative of x^2."),
    ("int x*cos(x) dx", ["dv = cos(x) dx", "v = -sin(x)"], "The derivative of -sin(x) is not cos(x)."),
    ("int_0^2 x^2 dx", ["F(x) = x^3"], "The derivative of x^3 is not x^2."),
])
def test_wrong_names(problem: str, lines: list[str], said: str) -> None:
    known = names(problem)
    *before, last = map(known.take, lines)
    assert before == [()] * len(before)
    assert last is not None
    assert [text.written() for text in last] == [said]


@pytest.mark.parametrize("line", [
    "", "x^2/2 + C", "= x", "x = 3", "u = 5", "u = int x dx", "u = ", "u = )", "du = 2x dt", "dx = 2 dx",
    "u = x^2, x + 1", "F(t) = t",
    "int cos(u) du",
])
def test_other_lines_name_nothing(line: str) -> None:
    known = names("int 2*x*cos(x^2) dx")
    assert known.take(line) is None
    assert not known.inside
    assert not known.antiderivatives


def test_of_a_derivative_nothing_is_named() -> None:
    assert names("d/dx sin(x^2)").take("u = x^2") is None


@pytest.mark.parametrize(("named", "line", "written"), [
    ("u = x^2", "[x^3/3]_0^2", "(((x^3/3) at (x = 2)) - ((x^3/3) at (x = 0)))"),
    ("u = x^2", "[sin(u)/2]_0^(pi/2)", "(((sin(u)/2) at (u = (pi/2))) - ((sin(u)/2) at (u = 0)))"),
    ("F(x) = x^3/3", "F(2) - F(0)", "((x^3/3) at (x = 2)) - ((x^3/3) at (x = 0))"),
    ("u = x^2", "d/dx [x^2]", "d/dx [x^2]"),
])
def test_values_at_limits(named: str, line: str, written: str) -> None:
    known = names("int_0^2 x^2 dx")
    known.take(named)
    assert known.written_out(line) == written
    parse(written)
