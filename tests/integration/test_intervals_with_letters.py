"""What has to be assumed of letters so that an integrand breaks nowhere between the limits."""

from __future__ import annotations

import pytest

from tutor.algebra.decide import Tidy
from tutor.algebra.terms import Style
from tutor.derivation.derivation import derive
from tutor.expression.parse import parse
from tutor.expression.tree import INFINITY, Expression, name, negate
from tutor.integration.intervals import behaviour
from tutor.integration.intervals_with_letters import is_monotonic, is_never_below_its_ends
from tutor.integration.sites import Behaviour

X = name("x")


def limit(text: str) -> Expression:
    return {"inf": INFINITY, "-inf": negate(INFINITY)}.get(text) or parse(text)


def look(body: str, lower: str, upper: str) -> Behaviour:
    tidy = Tidy(Style())
    return behaviour(tidy(parse(body)), X, limit(lower), limit(upper), tidy)


ASSUMED = [
    # poles of a function that repeats: the next ones on both sides of the limit that is known
    ("tan(x)", "0", "a", ["a > -pi/2", "a < pi/2"]),
    ("sec(x)^2", "pi", "a", ["a > pi/2", "a < 3*pi/2"]),
    ("cot(x)", "b", "1", ["b > 0", "b < pi"]),
    ("tan(k*x)", "0", "1", ["k > -pi/2", "k < pi/2"]),
    ("tan(-2*k*x)", "0", "1", ["k > -pi/4", "k < pi/4"]),
    ("tan(x)", "a", "b", ["cos(x) != 0"]),
    ("tan(a*x)", "1", "2", ["cos(a*x) != 0"]),
    # zeros that are numbers, and one limit that is not
    ("1/(x^2 - 9)", "0", "b", ["b > -3", "b < 3"]),
    ("1/(x^2 - 9)", "5", "b", ["b > 3"]),
    ("1/(x^2 - 40000)", "0", "b", ["b > -200", "b < 200"]),
    ("1/(x^3 - 8)", "a", "inf", ["a > 2"]),
    # something that only grows has to have the same sign at both limits
    ("1/(e^x - k)", "0", "1", ["1 - k > 0"]),
    ("1/(1 + k*x)", "0", "2", ["2*k + 1 > 0"]),
    ("1/(x - k)^2", "3", "4", ["3 - k > 0"]),
    # otherwise it is said of every number between
    ("1/(x^2 - k^2)", "0", "1", ["x^2 - k^2 != 0"]),
    ("1/((x - k)*(x + k))", "-1", "1", ["x - k != 0", "x + k != 0"]),
    ("1/(k + sin(x))", "0", "pi", ["k + sin(x) != 0"]),
    ("sqrt(x^2 - k)", "0", "1", ["x^2 - k >= 0"]),
    ("ln(x^2 + k*x + 1)", "0", "1", ["x^2 + k*x + 1 > 0"]),
    # what bends down is nowhere smaller than at both ends
    ("sqrt(k^2 - x^2)", "0", "1", ["k^2 - 1 >= 0"]),
    ("1/sqrt(k^2 - x^2)", "0", "k", []),
    ("sqrt(k - x^2)", "-1", "1", ["k - 1 >= 0"]),
    ("1/sqrt(k^2 - x^2)", "k^2", "-1", ["k^2 - k^4 >= 0", "k^2 - 1 >= 0"]),  # k is 1 or -1
    # nothing has to be assumed where it is plain
    ("1/(x^2 + k^2 + 1)", "0", "1", []),
    ("k/(1 + e^x)", "0", "1", []),
    ("sec(x)*k", "0", "1", []),
]


@pytest.mark.parametrize(("body", "lower", "upper", "assumed"), ASSUMED)
def test_what_is_assumed(body: str, lower: str, upper: str, assumed: list[str]) -> None:
    found = look(body, lower, upper)
    assert [str(each) for each in found.assumed] == assumed
    assert found.breaks == ()


@pytest.mark.parametrize(("body", "lower", "upper", "places"), [
    ("k/(x - 1)", "0", "2", ["1"]), ("k/(x^2 - 2)", "0", "2", ["sqrt(2)"]), ("1/x", "-a^2 - 1", "1", ["0"]),
    ("k*tan(x)", "0", "2", ["pi/2"]),
])
def test_poles_between_the_limits_that_the_letters_do_not_move(body: str, lower: str, upper: str,
                                                               places: list[str]) -> None:
    found = look(body, lower, upper)
    assert [str(each.place.number) for each in found.breaks] == places
    assert found.assumed == ()


@pytest.mark.parametrize(("problem", "assumed"), [
    ("int_0^a tan(x) dx", ["a > -pi/2", "a < pi/2"]),
    ("int_2^1 1/(x^2 - a^2) dx", ["a != 0", "x^2 - a^2 != 0"]),
    ("int_0^b 1/(2+cos(x)) dx", ["b > -pi", "b < pi"]),
    ("int_0^1 1/(2+cos(k*x)) dx", ["k > -pi", "k < pi", "k != 0"]),
    ("int_a^b 1/(2+cos(x)) dx", ["cos(x/2) != 0"]),
])
def test_the_derivation_says_it(problem: str, assumed: list[str]) -> None:
    derivation = derive(parse(problem))
    assert sorted(str(each) for each in derivation.assumptions) == sorted(assumed)


@pytest.mark.parametrize(("part", "monotonic", "above"), [
    ("3*x - a", True, True), ("e^(2*x) - a", True, True), ("ln(x/3)", True, True), ("x^3 + 1", True, True),
    ("a^2 - x^2", False, True), ("4 - 3*x^2 + x", False, True), ("x^2 - a", False, False), ("a/x", False, False),
    ("sin(x)", False, False), ("a/x - x^2", False, False), ("x*e^x", False, False), ("b - a*x^2", False, False),
    ("x - e^x", False, False), ("tan(x)", False, False), ("atan(x)", True, True), ("x^2", False, False),
])
def test_what_only_grows_or_falls_and_what_bends_down(part: str, monotonic: bool, above: bool) -> None:
    tidied = Tidy(Style())(parse(part))
    assert (is_monotonic(tidied, X), is_never_below_its_ends(tidied, X)) == (monotonic, above)
