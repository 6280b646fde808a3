"""Where an expression is 0: exactly where it can be had, and none is missed."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.algebra.decide import Tidy
from tutor.algebra.terms import Style
from tutor.expression.parse import parse
from tutor.expression.tree import multiply, name
from tutor.integration.equations import Between, number_of
from tutor.integration.intervals import value_at
from tutor.integration.zeros import Zeros, exact_zeros, symbolic_zeros, zeros

X = name("x")
INF = math.inf

EXACT = [
    # expression, between, its zeros
    ("x^2 - 2", -3, 3, ["-sqrt(2)", "sqrt(2)"]),
    ("x^2 - x - 1", -3, 3, ["(1 - sqrt(5))/2", "(1 + sqrt(5))/2"]),
    ("x^4 - 5*x^2 + 6", 0, 9, ["sqrt(2)", "sqrt(3)"]),
    ("x^3 - 8", -9, 9, ["2"]),
    ("x^3 + 2", -9, 9, ["-2^(1/3)"]),
    ("(x - 3)^2", 2, 4, ["3"]),
    ("x^2 + x + 1", -INF, INF, []),
    ("x - 1", -INF, INF, ["1"]),
    ("x*(x - 1)/(x + 5)", -1, 1, ["0", "1"]),
    ("1/x - 2", 0, 3, ["1/2"]),
    ("sqrt(x) - 2", 0, 9, ["4"]),
    ("cbrt(x) + 2", -9, 9, ["-8"]),
    ("abs(x - 1) - 2", -9, 9, ["-1", "3"]),
    ("ln(x) - 1", 0.1, 9, ["e"]),
    ("e^(2*x) - 2", 0, 1, ["ln(2)/2"]),
    ("e^x - e^(-x)", -1, 1, ["0"]),
    ("2^x - 8", 0, 9, ["3"]),
    ("2*cos(x) - 1", 0, 7, ["pi/3", "5*pi/3"]),
    ("cos(x)^2 - 1/4", 0, 4, ["pi/3", "2*pi/3"]),
    ("cos(x) - 1", 0, 7, ["0", "2*pi"]),
    ("2 + cos(x)", 0, 7, []),
    ("sin(x^2)", 0, 3, ["0", "sqrt(pi)", "sqrt(2*pi)"]),
    ("tan(x/2) - 1", 0, 7, ["pi/2"]),
    ("1 + tan(x)", 0, 3, ["3*pi/4"]),
    ("sec(x) - 2", 0, 2, ["pi/3"]),
    ("sin(x) - cos(x)", 0, math.pi, ["pi/4"]),
    ("sin(2*x) - sin(x)", 0, math.pi, ["0", "pi/3", "pi"]),
    ("sin(2*x) - cos(x)", 0, 2, ["pi/6", "pi/2"]),
    ("atan(x) - pi/4", -9, 9, ["1"]),
    ("tanh(x)", -9, 9, ["0"]),
    ("sqrt(1 - x^2)", -1, 1, ["-1", "1"]),
]

SEARCHED = [
    ("cos(x) - x", 0, 1, [0.7390851332]),
    ("x^5 - x - 1", -2, 2, [1.1673039783]),
    ("x^3 - 3*x + 1", -3, 3, [-1.8793852416, 0.3472963553, 1.5320888862]),
    ("e^x + x", -2, 2, [-0.5671432904]),
    ("x + sin(x)", -5, 5, [0.0]),
]


def found(text: str, low: float, high: float) -> Zeros:
    tidy = Tidy(Style())
    return zeros(tidy(parse(text)), X, Between(low, high), tidy)


@pytest.mark.parametrize(("text", "low", "high", "places"), EXACT)
def test_exact_places(text: str, low: float, high: float, places: list[str]) -> None:
    result = found(text, low, high)
    assert result.complete
    assert all(place.exact for place in result.places)
    assert [place.value for place in result.places] == pytest.approx([number_of(parse(each)) for each in places])


@pytest.mark.parametrize(("text", "low", "high", "places"), SEARCHED)
def test_places_that_are_only_known_as_numbers(text: str, low: float, high: float, places: list[float]) -> None:
    result = found(text, low, high)
    assert result.complete
    assert not any(place.exact for place in result.places)
    assert [place.value for place in result.places] == pytest.approx(places, abs=1e-9)
    tidy = Tidy(Style())
    assert exact_zeros(tidy(parse(text)), X, Between(low, high), tidy) is None


@pytest.mark.parametrize(("text", "low", "high"), [
    ("sin(1/x)", 0, 1), ("cos(x) - x^2 + e^x", -INF, INF), ("sin(x)", -INF, INF), ("x - a", 0, 1),
    ("sin(1000*x)", 0, 9),
])
def test_what_may_be_missed_is_said(text: str, low: float, high: float) -> None:
    assert not found(text, low, high).complete


@given(st.lists(st.integers(-6, 6), min_size=1, max_size=4), st.integers(-5, 0), st.integers(1, 5))
def test_the_roots_of_a_product_are_found(roots: list[int], low: int, high: int) -> None:
    tidy = Tidy(Style())
    root = tidy(multiply(*[parse(f"x - {each}" if each >= 0 else f"x + {-each}") for each in roots]))
    result = zeros(root, X, Between(low, high), tidy)
    assert [place.value for place in result.places] == sorted({each for each in roots if low <= each <= high})


@given(st.sampled_from(["sin({a}*x) - {b}/7", "e^({a}*x) - {b}", "{a}*x^2 - {b}", "ln({a}*x + 9) - {b}/5",
                        "x^3 + {a}*x - {b}", "cos(x) - {a}*x/{b}"]), st.integers(1, 4), st.integers(1, 4))
def test_no_change_of_sign_is_missed(family: str, a: int, b: int) -> None:
    text = family.replace("{a}", str(a)).replace("{b}", str(b))
    low, high = -1.9, 2.1
    result = found(text, low, high)
    steps = [low + (high - low) * step / 60 for step in range(61)]
    values = [value_at(parse(text), X, Fraction(step)) for step in steps]
    for (left, before), (right, after) in pairwise(zip(steps, values, strict=True)):
        if before is not None and after is not None and before * after < 0:
            assert any(left <= place.value <= right for place in result.places)


def test_with_letters_only_a_linear_argument_has_known_zeros() -> None:
    tidy = Tidy(Style())
    assert symbolic_zeros(tidy(parse("2*x - a")), X, tidy) == [parse("a/2")]
    assert symbolic_zeros(tidy(parse("x^2 + a")), X, tidy) is None
    assert symbolic_zeros(tidy(parse("x^2 + 1")), X, tidy) == []
