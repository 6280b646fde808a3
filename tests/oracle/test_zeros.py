"""Zeros by inverse functions, and what has to be searched for."""

from __future__ import annotations

from fractions import Fraction
from math import asinh, atanh, e, isclose, log, pi, tan

import pytest

from tests.narrowed import not_none
from tutor.expression.parse import parse
from tutor.oracle.zeros import zeros_of


@pytest.mark.parametrize(("text", "places"), [
    ("x^2 - 4", [-2, 2]), ("(x - 1)/(x + 3)", [-3, 1]), ("e^x - 2", [log(2)]), ("3*e^(2x) - 6", [log(2) / 2]),
    ("exp(-x + 1) - 5", [1 - log(5)]), ("ln(x)", [1]), ("ln(3x - 1) - 1", [(1 + e) / 3]), ("sqrt(x) - 3", [9]),
    ("sigmoid(x) - 1/4", [-log(3)]), ("tanh(x/2) - 1/2", [2 * atanh(0.5)]), ("atan(x) - pi/5", [tan(pi / 5)]),
    ("sinh(x) - 2", [asinh(2)]), ("softplus(x) - 1", [log(e - 1)]), ("e^(2*x) + 1", []), ("1/(e^x - 1)", [0]),
    ("(e^x)^2 - 3*e^x + 2", [0, log(2)]), ("cbrt(x) - 2", [8]), ("e^x + 1", []),
])  # fmt: skip
def test_finds_them(text: str, places: list[float]) -> None:
    found = zeros_of(parse(text), "x", {}, Fraction(1))
    assert found is not None
    assert all(any(isclose(float(each.lower), place, abs_tol=1e-12) for each in found) for place in places)
    assert len(found) <= len(places) + 1  # where the inside of the function is 0 is one of them


@pytest.mark.parametrize("text", ["sin(x) - 1/2", "e^x + x", "e^(x^2) - 2", "ln(x) + sqrt(x)", "erf(x) - 1/2"])
def test_says_what_it_cannot_find(text: str) -> None:
    assert zeros_of(parse(text), "x", {}, Fraction(1)) is None


def test_other_letters_have_their_values() -> None:
    (_, place) = not_none(zeros_of(parse("e^(a*x) - b"), "x", {"a": Fraction(2), "b": Fraction(9)}, Fraction(0)))
    assert isclose(float(place.lower), log(9) / 2)
