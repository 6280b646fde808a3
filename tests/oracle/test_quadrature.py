"""Definite integrals with known values, and some that have none."""

import math
from collections.abc import Callable

import pytest

from tutor.oracle.jets import Jet
from tutor.oracle.numbers import REAL, Numbers, precise
from tutor.oracle.quadrature import NotConverged, integrate


@pytest.mark.parametrize(
    ("function", "lower", "upper", "value"),
    [
        (lambda x: x * x, 0.0, 1.0, 1 / 3),
        (lambda x: x * x, 1.0, 0.0, -1 / 3),
        (lambda x: 7.0, 2.0, 2.0, 0.0),
        (math.sin, 0.0, 300.0, 1 - math.cos(300)),
        (lambda x: math.exp(-50 * x * x), -3.0, 5.0, math.sqrt(math.pi / 50)),
        (math.log, 0.0, 1.0, -1.0),
        (abs, -1.0, 2.0, 2.5),
        (lambda x: float(x > 0.3), -1.0, 2.0, 1.7),
        (lambda x: math.sqrt(abs(x - 1 / 3)), 0.0, 1.0, 2 / 3 * ((1 / 3) ** 1.5 + (2 / 3) ** 1.5)),
    ],
)
def test_value(function: Callable[[float], float], lower: float, upper: float, value: float) -> None:
    assert integrate(function, lower, upper, REAL) == pytest.approx(value, rel=1e-9)


def test_singular_upper_end_gains_digits_with_precision() -> None:
    def error(numbers: Numbers) -> float:
        root = numbers.functions["sqrt"]
        found = integrate(lambda x: 1 / root(1 - x), numbers.convert(0), numbers.convert(1), numbers)
        return float(abs(found - 2))

    errors = [error(numbers) for numbers in (REAL, precise(30, True), precise(60, True))]
    assert errors[0] < 1e-6
    assert errors[1] < 1e-13
    assert errors[2] < 1e-28


@pytest.mark.parametrize(
    ("function", "lower", "upper"),
    [(lambda x: 1 / x, 0.0, 1.0), (lambda x: 1 / x, -1.0, 2.0), (lambda x: x**-2, -1.0, 2.0), (math.tan, 0.0, 2.0)],
)
def test_divergent(function: Callable[[float], float], lower: float, upper: float) -> None:
    with pytest.raises(NotConverged):
        integrate(function, lower, upper, REAL)


def test_bounds_and_integrand_may_vary() -> None:
    x = Jet(1, (2.0, 1.0, 0.0))
    found = integrate(lambda t: t * x, 0.0, x, REAL)  # x³/2
    assert found.coefficients == pytest.approx((4.0, 6.0, 3.0))
