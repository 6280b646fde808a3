"""Critical points: what is found, of which kind it is, and what is claimed only where it is proved."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tutor
from tests.narrowed import not_none
from tutor.derivation.critical_points import CriticalPoints, Extreme
from tutor.errors import TutorError
from tutor.expression.parse import parse
from tutor.expression.relations import related
from tutor.expression.tree import ONE, Expression, substitute
from tutor.integration.equations import number_of
from tutor.oracle.existence import holds_there
from tutor.oracle.verdict import Oracle

Row = tuple[str, str, str]
"""A place, the value there, and the kind; a proved smallest or largest value has a ! behind the kind."""


def rows(found: CriticalPoints) -> list[Row]:
    return [(", ".join(str(value) for value in point.at.values()), str(point.value),
             point.kind + "!" * point.is_global) for point in found.points]


ONE_LETTER: list[tuple[str, list[Row]]] = [
    ("x^3 - 3*x", [("-1", "2", "maximum"), ("1", "-2", "minimum")]),
    ("x^2", [("0", "0", "minimum!")]),
    ("x^4", [("0", "0", "minimum!")]),
    ("x^3", [("0", "0", "neither")]),
    ("e^x", []),
    ("x", []),
    ("tanh(x)", []),
    ("tan(x)", []),
    ("1/x", []),
    ("x^(2/3)", [("0", "0", "minimum!")]),
    ("x^(1/3)", [("0", "0", "neither")]),
    ("abs(x)", [("0", "0", "minimum!")]),
    ("abs(x^2 - 1)", [("-1", "0", "minimum!"), ("0", "1", "maximum"), ("1", "0", "minimum!")]),
    ("x*abs(x)", [("0", "0", "neither")]),
    ("max(x, 1 - x)", [("1/2", "1/2", "minimum!")]),
    ("x^2 - 4*abs(x - 1)", [("-2", "-8", "minimum!"), ("1", "1", "maximum"), ("2", "0", "minimum")]),
    ("sqrt(x)", [("0", "0", "minimum!")]),
    ("sqrt(sqrt(x))", [("0", "0", "minimum!")]),
    ("x*sqrt(1 - x^2)", [("-1", "0", "maximum"), ("-sqrt(2)/2", "-1/2", "minimum!"), ("sqrt(2)/2", "1/2", "maximum!"),
                         ("1", "0", "minimum")]),
    ("ln(x)/x", [("e", "1/e", "maximum!")]),
    ("x*e^(-x)", [("1", "1/e", "maximum!")]),
    ("x^2*ln(x)", [("1/sqrt(e)", "-1/(2*e)", "minimum!")]),
    ("x + 1/x", [("-1", "-2", "maximum"), ("1", "2", "minimum")]),
    ("x^x", [("1/e", "(1/e)^(1/e)", "minimum!")]),
    ("x/(x^2 + 1)", [("-1", "-1/2", "minimum!"), ("1", "1/2", "maximum!")]),
    ("sin(x)", [("pi/2 + 2*pi*k", "1", "maximum!"), ("3*pi/2 + 2*pi*k", "-1", "minimum!")]),
    ("sin(x)^2", [("pi*k", "0", "minimum!"), ("pi/2 + pi*k", "1", "maximum!")]),
    ("x + sin(x)", [("pi + 2*pi*k", "pi + 2*pi*k", "neither")]),
    ("abs(sin(x))", [("pi*k", "0", "minimum!"), ("pi/2 + pi*k", "1", "maximum")]),
    ("1/sin(x)", [("pi/2 + 2*pi*k", "1", "minimum"), ("3*pi/2 + 2*pi*k", "-1", "maximum")]),
    ("x^1000000", [("0", "0", "minimum!")]),
    ("cos(x) - x^2", [("0", "1", "maximum!")]),
    # on an interval
    ("x^3 - 3*x on [0, 2]", [("0", "0", "maximum"), ("1", "-2", "minimum!"), ("2", "2", "maximum!")]),
    ("x^3 - 3*x on (0, 2)", [("1", "-2", "minimum!")]),
    ("x^2 on (0, 1)", []),
    ("x^2 on [0, infinity)", [("0", "0", "minimum!")]),
    ("1/x on [1, 2]", [("1", "1", "maximum!"), ("2", "1/2", "minimum!")]),
    ("1/x on [-1, 1]", [("-1", "-1", "maximum"), ("1", "1", "minimum")]),
    ("sin(x) on [0, 2*pi)", [("0", "0", "minimum"), ("pi/2", "1", "maximum!"), ("3*pi/2", "-1", "minimum!")]),
    ("sign(x)*e^(-x) on [0, 3]", [("0", "0", "undecided"), ("3", "1/e^3", "minimum")]),
    ("ln(x) on [1, e]", [("1", "0", "minimum!"), ("e", "1", "maximum!")]),
    ("(x - 3)^2 on [0, 2]", [("0", "9", "maximum!"), ("2", "1", "minimum!")]),
    # a jump at the end, though it rises or falls towards that
    ("{x if x < 1; 0 otherwise} on [0, 1]", [("0", "0", "minimum"), ("1", "0", "undecided")]),
    ("{1/x if x > 0; 0 otherwise} on [0, 1]", [("0", "0", "undecided"), ("1", "1", "minimum")]),
    ("{x if x <= 1; 0 otherwise} on [0, 1]", [("0", "0", "minimum!"), ("1", "1", "maximum!")]),
    ("{x^2 if x < 2; -x otherwise} on [1, 2]", [("1", "1", "minimum"), ("2", "-2", "undecided")]),
    # another formula begins where what stands in the bars jumps over 0
    ("abs(x/(x - 1))", [("0", "0", "minimum!")]),
    ("abs((x^2 - 4)/(x - 1)) on [-3, 3]", [("-3", "5/4", "maximum"), ("-2", "0", "minimum!"), ("2", "0", "minimum!"),
                                           ("3", "5/2", "maximum")]),
]


@pytest.mark.parametrize(("function", "expected"), ONE_LETTER, ids=[each[0] for each in ONE_LETTER])
def test_one_letter(function: str, expected: list[Row]) -> None:
    found = tutor.critical_points(function)
    assert rows(found) == expected
    assert found.complete
    assert found.checked is not False


EXTREMES = [
    ("x^3 - 3*x", "unbounded", "unbounded"),
    ("x^4 - 2*x^2", "reached -1", "unbounded"),
    ("x^2*(x^2 - 1)*(x^2 + 2*x - 1)", "reached -12.083702", "unbounded"),
    ("x^6 - 3*x^2 - 6*x", "reached -8.5617170", "unbounded"),
    ("x^8 - 3*x^4 - x^2", "reached -3.5139050", "unbounded"),
    ("x*e^(-x)", "unbounded", "reached 1/e"),
    ("x^2/(x^2 + 1)", "reached 0", "approached 1"),
    ("x/(x^2 + 1)", "reached -1/2", "reached 1/2"),
    ("atan(x)", "approached -pi/2", "approached pi/2"),
    ("e^x", "approached 0", "unbounded"),
    ("1/x", "unbounded", "unbounded"),
    ("1/x^2", "approached 0", "unbounded"),
    ("e^(1/x)", "approached 0", "unbounded"),
    ("(x^2 - 1)/(x - 1)", "unbounded", "unbounded"),
    ("sin(x)/x", "unknown", "unknown"),
    ("tan(x)", "unbounded", "unbounded"),
    ("x*sin(x)", "unknown", "unknown"),
    ("x + sin(x)", "unbounded", "unbounded"),
    ("sin(x)", "reached -1", "reached 1"),
    ("relu(x)", "reached 0", "unbounded"),
    ("sign(x)", "unknown", "unknown"),
    ("abs(x)/x", "unknown", "unknown"),
    ("ln(x)", "unbounded", "unbounded"),
    ("x^2 on (0, 1)", "approached 0", "approached 1"),
    ("x^2 on [0, 1)", "reached 0", "approached 1"),
    ("x^3 - 3*x on [0, infinity)", "reached -2", "unbounded"),
    ("x^3 - 3*x on (0, 2)", "reached -2", "approached 2"),
    ("x^3 - 3*x on (-2, 2)", "reached -2", "reached 2"),
    ("{x if x < 1; 0 otherwise} on (0, 1)", "approached 0", "approached 1"),
    ("{x if x < 1; 0 otherwise} on (0, 1]", "unknown", "unknown"),
    ("(w - a)^2 by w", "reached 0", "unknown"),
    ("x^3 - 3*x + y^2", "unbounded", "unbounded"),
    ("x^4 - 2*x^2 + y^2", "reached -1", "unbounded"),
    ("x*y", "unbounded", "unbounded"),
    ("abs(x) + abs(y)", "reached 0", "unbounded"),
    ("(x + y - 3)^2 + 2*abs(x) + abs(y)", "reached 11/4", "unbounded"),
    ("e^(-x^2 - y^2)", "unknown", "unknown"),
]


@pytest.mark.parametrize(("function", "smallest", "largest"), EXTREMES, ids=[each[0] for each in EXTREMES])
def test_the_smallest_and_the_largest_value(function: str, smallest: str, largest: str) -> None:
    found = tutor.critical_points(function)
    assert [_told(found.smallest), _told(found.largest)] == [smallest, largest]


def _told(extreme: Extreme) -> str:
    value = "" if extreme.value is None else str(extreme.value)
    return f"{extreme.outcome} {value[:10]}".strip()


def test_limits_are_looked_at_from_the_sides_on_which_there_are_values() -> None:
    def ends(function: str) -> list[tuple[str, str, str]]:
        return [(str(end.place), end.side, str(end.value)) for end in tutor.critical_points(function).ends]

    assert ends("ln(x)") == [("0", "+", "-infinity"), ("infinity", "-", "infinity")]
    assert ends("1/(x - 1) on (1, 3]") == [("1", "+", "infinity")]
    assert ends("x^2 on [0, 1]") == []
    assert ends("1/(x^2 - 2) on [0, 2]") == [("sqrt(2)", "-", "-infinity"), ("sqrt(2)", "+", "infinity")]


@pytest.mark.parametrize(("function", "formula", "expected"), [
    ("abs(x - 2)/(x^2 + 1) on [2, infinity)", "(x - 2)/(x^2 + 1)",
     [("2", "0", "minimum!"), ("2 + sqrt(5)", "sqrt(5)/(10 + 4*sqrt(5))", "maximum!")]),
    ("abs(x) + x^2 on (0, 1]", "x^2 + x", [("1", "2", "maximum!")]),
    ("{-2*x if x <= 0; 3 + 4*x otherwise} on [2, 3]", "4*x + 3", [("2", "11", "minimum!"), ("3", "15", "maximum!")]),
    ("abs(x^2 + 1)", "x^2 + 1", [("0", "1", "minimum!")]),
])
def test_an_interval_without_a_kink_has_one_formula(function: str, formula: str, expected: list[Row]) -> None:
    found = tutor.critical_points(function)
    assert [str(branch.formula) for branch in found.branches] == [formula]
    assert (rows(found), found.complete) == (expected, True)


def test_a_function_can_be_constant_on_an_interval() -> None:
    assert tutor.critical_points("relu(x) on [-2, -1]").everywhere
    assert not tutor.critical_points("step(x) on [-2, 0]").everywhere
    assert _told(tutor.critical_points("relu(x) on [-2, -1]").largest) == "reached 0"


def test_a_gap_that_is_not_found_leaves_the_piece_open() -> None:
    (point,) = tutor.critical_points("e^x/(4*x^0 + 4*x^2)").points
    assert (point.kind, point.is_global) == ("undecided", False)


SEVERAL: list[tuple[str, list[Row]]] = [
    ("x^2 + y^2", [("0, 0", "0", "minimum!")]),
    ("x^3 - 3*x + y^2", [("-1, 0", "2", "saddle"), ("1, 0", "-2", "minimum")]),
    ("x*y", [("0, 0", "0", "saddle")]),
    ("x^4 + y^4", [("0, 0", "0", "minimum!")]),
    ("x^3 - 3*x*y^2", [("0, 0", "0", "saddle")]),
    ("x^2*y + y^2 + x^4", [("0, 0", "0", "undecided")]),
    ("x^4 + y^4 - 4*x*y", [("-1, -1", "-2", "minimum"), ("0, 0", "0", "saddle"), ("1, 1", "-2", "minimum")]),
    ("x*y*(1 - x - y)", [("0, 0", "0", "saddle"), ("0, 1", "0", "saddle"), ("1/3, 1/3", "1/27", "maximum"),
                         ("1, 0", "0", "saddle")]),
    ("(1 - x)^2 + 100*(y - x^2)^2", [("1, 1", "0", "minimum!")]),
    ("ln(x) + ln(y) - x - y", [("1, 1", "-2", "maximum!")]),
    ("x^2 + y^2 + z^2 - x*y - 2*z", [("0, 0, 1", "-1", "minimum!")]),
    ("x^2 - y^2 - z^2", [("0, 0, 0", "0", "saddle")]),
    ("(w*v - 1)^2", [("0, 0", "1", "saddle"), ("1/v, v", "0", "minimum!")]),
    ("ln(x) + x + x*y^2", []),
    ("2*x + 3*y", []),
    ("x^2 by x, y", [("0, y", "0", "minimum!")]),
    ("x^2 + 2*x*y + y^2", [("-y, y", "0", "minimum!")]),
    ("x^2*y^2", [("0, y", "0", "minimum!"), ("x, 0", "0", "minimum!")]),
    ("sin(x) + cos(y)", [("pi/2 + 2*pi*k, 2*pi*n", "2", "maximum!"), ("pi/2 + 2*pi*k, pi + 2*pi*n", "0", "saddle"),
                         ("3*pi/2 + 2*pi*k, 2*pi*n", "0", "saddle"),
                         ("3*pi/2 + 2*pi*k, pi + 2*pi*n", "-2", "minimum!")]),
    ("(w*1 + b - 2)^2 + (w*2 + b - 3)^2 + (w*3 + b - 5)^2", [("3/2, 1/3", "1/6", "minimum!")]),
    ("(2*w - 3)^2 + (3*w - 5)^2", [("21/13", "1/13", "minimum!")]),
    # with kinks: sums with one letter in each part, and bars around single letters in a convex function
    ("abs(x) + abs(y)", [("0, 0", "0", "minimum!")]),
    ("x^2 - abs(y)", [("0, 0", "0", "saddle")]),
    ("abs(x - 1) + y^3", [("1, 0", "0", "neither")]),
    ("(x - 3)^2/2 + 2*abs(x) + (y - 1)^2/2 + 2*abs(y)", [("0, 0", "5", "neither"), ("1, 0", "9/2", "minimum!")]),
    ("huber(x, 1) + huber(y - 1, 1)", [("0, 1", "0", "minimum!")]),
    ("(x + 2*y - 3)^2 + (x - y)^2 + 2*abs(x) + 2*abs(y)", [("5/9, 8/9", "31/9", "minimum!")]),
    ("(x + y - 3)^2 + 2*abs(x) + abs(y)", [("0, 5/2", "11/4", "minimum!")]),
    ("(x - 1)^2 + (x - y)^2 + 5*abs(x) + 5*abs(y)", [("0, 0", "1", "minimum!")]),
    ("(x - 2*y)^2 + 3*abs(x - 1) + x^2", [("1, 1/2", "1", "minimum!")]),
    ("x/y + y/x", [("y, y", "2", "undecided"), ("-y, y", "-2", "undecided")]),
]


@pytest.mark.parametrize(("function", "expected"), SEVERAL, ids=[each[0] for each in SEVERAL])
def test_several_letters(function: str, expected: list[Row]) -> None:
    found = tutor.critical_points(function)
    assert rows(found) == expected
    assert found.complete
    assert found.checked


@pytest.mark.parametrize("function", [
    "sign(x)", "sign(x) on [0, 1]", "{1 if x < 2; 3 otherwise} on [0, 2]", "atan(x) + atan(1/x)", "abs(x)/x on [-1, 3]",
])
def test_a_function_with_the_slope_0_need_not_be_constant(function: str) -> None:
    found = tutor.critical_points(function)
    assert not found.everywhere
    assert not found.complete
    assert not any(point.is_global for point in found.points)


@pytest.mark.parametrize("function", [
    "{e^(-1/x^2) if x != 0; 5 if x = 0}", "{sqrt(x) if x > 0; 3 if x = 0}", "{x if x^5 - x < 1; 0 otherwise}",
    "huber((x^2 - 5*x)^3, 2) on [-3, 1]"])
def test_where_a_function_may_jump_or_bend_nothing_is_claimed(function: str) -> None:
    found = tutor.critical_points(function)
    assert {point.kind for point in found.points} == {"undecided"}


def test_a_root_that_is_rounded_is_no_place_with_a_huge_value() -> None:
    for function in ("1/elu(x^2 - 2, 1)", "((x^2 - 1)*(x^2 + 2*x - 1))^(-2) on [-4, -2]"):
        values = [point.value for point in tutor.critical_points(function).points]
        assert all(abs(number_of(not_none(value)) or 0) < 1e4 for value in values)


def test_where_numbers_are_too_large_the_sides_of_a_place_are_not_called_empty() -> None:
    (point,) = tutor.critical_points("x^99999999999").points
    assert point.because.written() == "the slope beside it was not decided"
    assert [point.kind for point in tutor.critical_points("tanh((x^3)^4) on [3, 6]").points] == ["undecided"] * 2


def test_a_letter_that_is_not_negative_and_not_0_is_positive() -> None:
    (point,) = tutor.critical_points("w^2*abs(a)", by="w").points
    assert (point.kind, [str(each) for each in point.assuming]) == ("minimum", ["abs(a) != 0"])


def test_a_family_of_points_says_where_the_function_has_no_value() -> None:
    for point in tutor.critical_points("x/y + y/x").points:
        assert [str(each) for each in point.assuming] == ["y != 0"]


def test_a_constant_function_is_critical_everywhere() -> None:
    for function in ("x - x", "5 + 0*x", "sin(x)^2 + cos(x)^2", "x - x + 0*y by x, y"):
        found = tutor.critical_points(function)
        assert (found.everywhere, found.points) == (True, ())


@pytest.mark.parametrize(("function", "expected"), [
    ("relu(x)", [("0", "0", "minimum!")]), ("sign(x)", [("0", "0", "undecided")]), ("step(x)", []),
    ("abs(x - 1) + abs(x + 1)", [("-1", "2", "minimum!"), ("1", "2", "minimum!")])])
def test_where_a_function_is_level_every_point_is_critical_and_that_is_said(function: str, expected: list[Row]) -> None:
    found = tutor.critical_points(function)
    assert rows(found) == expected
    assert (found.complete, found.why) == (False, (
        "Where the function is level every point is critical; these are not listed.",))


@pytest.mark.parametrize(("function", "conditions"), [
    ("(w - a)^2 + k*w^2 by w", [("k + 1 > 0", "minimum"), ("k + 1 < 0", "maximum")]),
    ("a*x^2 + b*x + c by x", [("a > 0", "minimum"), ("a < 0", "maximum")]),
    ("x^2 + x*y + k*y^2 by x, y", [("4*k - 1 > 0", "minimum"), ("4*k - 1 < 0", "saddle")]),
    ("a*x^2 + y^2 by x, y", [("a > 0", "minimum"), ("a < 0", "saddle")]),
])
def test_with_letters_the_kind_has_conditions(function: str, conditions: list[tuple[str, str]]) -> None:
    (point,) = tutor.critical_points(function).points
    assert point.kind == "undecided"
    assert [(str(relation), kind) for relation, kind in point.conditions] == conditions


def test_with_letters_nothing_is_claimed_that_holds_for_some_only() -> None:
    found = tutor.critical_points("x^3 + a*x by x")
    assert [(each.kind, list(map(str, each.assuming))) for each in found.points] == [("undecided", ["a <= 0"])] * 2
    assert not any(each.is_global for each in found.points)
    (point,) = tutor.critical_points("abs(x - y) by x").points
    assert (point.place, point.kind) == ("no slope", "undecided")


def test_a_convex_function_of_letters_has_its_minimum_whatever_they_are() -> None:
    found = tutor.critical_points("(w - a)^2 + (w - b)^2 by w")
    assert found.convexity == "convex"
    assert rows(found) == [("(a + b)/2", "(b - a)^2/2", "minimum!")]


def test_what_is_not_listed_is_said() -> None:
    found = tutor.critical_points("x*sin(x)")
    assert not found.complete
    assert "further out there may be more solutions" in found.why[0]
    assert not any(each.is_global for each in found.points)
    found = tutor.critical_points("sqrt(x^2 + y^2)")
    assert (found.points, found.complete) == ((), False)
    found = tutor.critical_points("cos(x*y)")
    assert not found.complete


def test_points_on_a_kink_are_no_saddles() -> None:
    for function in ("(x + y - 3)^2 + abs(x) + abs(y)", "abs(x + y) + x^2 + y^2", "x^2 + y^2 - 3*abs(x)*y"):
        found = tutor.critical_points(function)  # all points of a line, bars around both letters, a product with bars
        assert (found.points, found.complete) == ((), False)
    found = tutor.critical_points("e^(x*y) + abs(y)")
    assert (found.points, found.complete) == ((), False)
    (point,) = tutor.critical_points("x^2 + abs(y)").points
    assert (point.place, point.kind, point.is_global) == ("no slope", "minimum", True)


def test_a_family_in_an_interval_is_limited_to_it() -> None:
    found = tutor.critical_points("sin(x) on [0, infinity)")
    assert [sentence.written() for sentence in found.sentences] == [
        "Of x = pi/2 + pi*k only those in the interval count."]


@pytest.mark.parametrize(("function", "kinds"), [
    ("1/(x^2 + 1) + 1/((x - 3)^2 + 1)", ["maximum", "minimum", "maximum"]),
    ("(x - 1)*(x - 2)*(x - 3)*(x - 4)*(x - 5)*(x - 6)*(x - 7)", ["maximum", "minimum"] * 3),
    ("ln(1 + e^(-x)) + x^2/10", ["minimum!"]),
    ("ln(1 + e^(-3*w)) + ln(1 + e^(2*w - 1)) + w^2", ["minimum!"]),
])
def test_all_points_are_found_without_a_formula(function: str, kinds: list[str]) -> None:
    found = tutor.critical_points(function)
    assert [each.kind + "!" * each.is_global for each in found.points] == kinds
    assert found.complete


def test_the_entropy_of_a_coin_is_largest_for_a_fair_one() -> None:
    found = tutor.critical_points("-x*ln(x) - (1 - x)*ln(1 - x)")
    assert rows(found) == [("1/2", "ln(2)", "maximum!")]
    assert found.complete
    assert [step.rule.name for step in found.branches[0].solved.steps] == ["equal_logarithms", "linear_equation"]


def test_a_polynomial_without_rational_roots() -> None:
    found = tutor.critical_points("x^6 - 3*x^2 - 6*x")
    assert [each.how for each in found.points] == ["closed in"]
    assert [each.kind + "!" * each.is_global for each in found.points] == ["minimum!"]
    assert found.complete


@pytest.mark.parametrize(("function", "convexity"), [
    ("x^2", "convex"), ("-x^4", "concave"), ("e^x", "convex"), ("ln(x)", "concave"), ("x^3", ""),
    ("x^3 on [0, 1]", "convex"), ("1/x", ""), ("1/x on [1, 2]", "convex"), ("abs(x)", ""), ("x^2 + y^2", "convex"),
    ("x*y", ""), ("e^(x + y)", "convex"), ("x^(2/3)", ""), ("ln(1 + e^x)", "convex")])
def test_convexity_is_claimed_where_the_second_derivative_keeps_its_sign(function: str, convexity: str) -> None:
    assert tutor.critical_points(function).convexity == convexity


@pytest.mark.parametrize(("function", "said"), [
    ("5", "no letter"), ("x = 2", "An equation is not a function"), ("x^2 on [2, 1]", "give the smaller end first"),
    ("x^2 on [1, 1]", "at most one number"), ("x^2 on [a, b]", "is no number"), ("x^2 on [1]", "two ends"),
    ("sqrt(x) on [-2, -1]", "No place was found"), ("sqrt(-1 - x^2)", "No place was found"),
    ("x^2 by y", "There is no y"), ("x*y on [0, 1]", "An interval is for one letter"),
    ("d/dx x^2", "There is a derivative"), ("int x dx", "There is an integral"), ("f(x)", "without a definition"),
    ("i*x", "not a real number"), ("x^2; y^2", "one function at a time"),
    ("a*b*c*d*f*g*h", "up to 6"), ("x +", "missing after"), ("*".join(["(x + 1)^2"] * 80), "too many to look")])
def test_bad_input(function: str, said: str) -> None:
    with pytest.raises(TutorError, match=said):
        tutor.critical_points(function)


def test_other_types_are_refused() -> None:
    with pytest.raises(TypeError, match="has to be a text"):
        tutor.critical_points(parse("x^2"))  # type: ignore[arg-type]


@settings(max_examples=25, deadline=None)
@given(st.integers(-6, 6), st.integers(-6, 6), st.integers(-6, 6), st.integers(-4, 4), st.integers(-4, 4))
def test_a_quadratic_has_the_kind_that_its_eigenvalues_say(a: int, b: int, c: int, p: int, q: int) -> None:
    if 4 * a * c == b * b or not (a or b) or not (b or c):
        return
    found = tutor.critical_points(f"({a})*(x - ({p}))^2 + ({b})*(x - ({p}))*(y - ({q})) + ({c})*(y - ({q}))^2 by x, y")
    (point,) = found.points
    assert [number_of(point.at[letter]) for letter in ("x", "y")] == [p, q]
    middle, spread = a + c, ((a - c) ** 2 + b * b) ** 0.5
    signs = {middle - spread > 0, middle + spread > 0}
    assert point.kind == ("saddle" if len(signs) == 2 else "minimum" if signs == {True} else "maximum")
    assert point.is_global is (len(signs) == 1)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(-5, 5), min_size=1, max_size=3, unique=True), st.sampled_from([-2, -1, 1, 3]))
def test_a_polynomial_turns_where_its_slope_has_a_simple_root(known: list[int], factor: int) -> None:
    slope = f"{factor}*" + "*".join(f"(x - ({each}))" for each in known)
    function = str(tutor.explain(f"int {slope} dx").result).replace(" + C", "")
    found = tutor.critical_points(function)
    assert [number_of(each.at["x"]) for each in found.points] == sorted(known)
    rising = factor > 0
    expected = ["minimum" if rising is (place % 2 == 0) else "maximum" for place in range(len(known))][::-1]
    assert [each.kind for each in found.points] == expected


def test_the_points_are_those_that_sympy_finds() -> None:
    import sympy

    x = sympy.Symbol("x", real=True)
    for function in ("x^4 - 8*x^2 + 3", "(x^2 - 1)*e^x", "x^2/(x^2 + 3)", "x^5 - 5*x^4", "x^3*e^(-x)"):
        written = sympy.sympify(function.replace("^", "**").replace("e**", "E**"), locals={"x": x})
        expected = sorted(float(each) for each in sympy.solveset(sympy.diff(written, x), x, sympy.S.Reals))
        found = [number_of(each.at["x"]) for each in tutor.critical_points(function).points]
        assert found == pytest.approx(expected)


def test_sympy_is_asked_only_where_somebody_wants_it_and_its_solutions_are_marked() -> None:
    function = "2^x/ln(2) - 3^(x + 1)/ln(3)"
    assert [each.how for each in tutor.critical_points(function).points] == ["searched"]
    found = tutor.critical_points(function, without_steps=True)
    (point,) = found.points
    assert (point.how, point.exact, point.kind, found.complete) == ("SymPy", True, "maximum", False)
    assert number_of(point.at["x"]) == pytest.approx(-2.7095112914)
    assert "that SymPy lists was not checked" in found.why[0]


LASSO = "(w - a)^2/2 + k*abs(w) by w"


@pytest.mark.parametrize(("problem", "expected"), [
    (LASSO, [("a + k", "minimum", [], ["a + k < 0"]),
             ("0", "undecided", ["-a - k <= 0 <= k - a", "-a - k > 0 > k - a"], []),
             ("a - k", "minimum", [], ["a - k > 0"])]),
    ("a*relu(w) + w^2 by w", [("0", "undecided", ["0 <= a"], []), ("-a/2", "minimum", [], ["a < 0"])]),
    ("abs(w) + a by w", [("0", "minimum", [], [])]),
    ("a*sign(w) + w^2 by w", [("0", "undecided", [], [])]),
    ("a*w*abs(w) by w", [("0", "undecided", [], [])]),
])
def test_kinks_of_functions_with_letters(problem: str, expected: list[tuple[str, str, list[str], list[str]]]) -> None:
    found = tutor.critical_points(problem)
    assert [(str(point.at["w"]), point.kind, [str(relation) for relation, _ in point.conditions],
             [str(relation) for relation in point.assuming]) for point in found.points] == expected


@pytest.mark.parametrize("a", ["-3", "-1", "-2/5", "0", "1/4", "1", "5/2"])
def test_the_conditions_of_the_lasso_choose_its_minimum(a: str) -> None:
    """At sign(a)*max(abs(a) - k, 0), here for k = 1: of the points with letters, the one whose conditions are true."""
    def at_numbers(expression: Expression) -> Expression:
        return substitute(substitute(expression, "a", parse(a)), "k", ONE)

    def is_true(relation: Expression) -> bool:
        left, right = relation.args
        both = [related(left, relation.value, right.args[0]), right] if right.head == "relation" else [relation]
        return all(holds_there(at_numbers(each)) for each in both)

    chosen = [point for point in tutor.critical_points(LASSO).points
              if all(map(is_true, point.assuming)) and (point.kind == "minimum" or is_true(point.conditions[0][0]))]
    best = [point for point in tutor.critical_points(f"(w - ({a}))^2/2 + abs(w) by w").points if point.is_global]
    places = [Oracle().value(at_numbers(point.at["w"]), {}) for point in (*chosen, *best)]
    number = float(Fraction(a))
    assert places == pytest.approx([math.copysign(max(abs(number) - 1, 0), number)] * 2)


def test_with_letters_a_point_counts_only_inside_the_interval() -> None:
    found = tutor.critical_points("(w - a)^2 on [0, 1] by w")
    (point,) = found.points
    assert list(map(str, point.assuming)) == ["a >= 0", "a - 1 <= 0"]
    assert not found.complete


@pytest.mark.parametrize("function", [
    "(x - 10^400)^2", "x^2 + 10^400", "(x - 10^200)^2 + x*y + y^2", "abs(x - 10^400)"])
def test_what_is_too_large_for_the_numbers_is_not_denied(function: str) -> None:
    found = tutor.critical_points(function)
    assert found.points or not found.complete
    assert not any("no value" in sentence.written() for sentence in found.sentences)
