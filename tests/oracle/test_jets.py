"""Jets against numerical differentiation, which knows nothing of series."""

import math
from typing import Any

import mpmath
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.expression.parse import parse
from tutor.expression.tree import Expression, add, call, divide, multiply, name, negate, number, power
from tutor.oracle.evaluate import value_of
from tutor.oracle.functions import ELEMENTARY, KNOWN, Elementary, apply
from tutor.oracle.functions import power as jet_power
from tutor.oracle.jets import Jet
from tutor.oracle.numbers import COMPLEX, REAL, Numbers, precise
from tutor.oracle.table import Undefined, lowest_table


def series(value: Jet) -> list[float]:
    return [float(c) for c in value.coefficients]


def test_arithmetic() -> None:
    x, y = Jet(1, (2.0, 1.0, 0.0)), Jet(1, (3.0, 0.0, 1.0))
    assert series(x + y) == [5, 1, 1]
    assert series(1 - x) == [-1, -1, 0]
    assert series(x * y) == [6, 3, 2]
    assert series(x * y / y) == pytest.approx([2, 1, 0])
    assert series(1 / Jet(1, (1.0, -1.0, 0.0))) == [1, 1, 1]


def test_levels_nest() -> None:
    x, y = Jet(1, (2.0, 1.0)), Jet(2, (3.0, 1.0))
    for product in (x * y, y * x):
        assert product.level == 2
        value, slope = product.coefficients
        assert series(value) == [6, 3]  # x·y and its change with x
        assert series(slope) == [2, 1]
    assert series((x / y).coefficients[0]) == pytest.approx([2 / 3, 1 / 3])
    assert series((x + y).coefficients[0]) == [5, 1]


def test_power_of_zero_with_whole_exponent() -> None:
    assert series(jet_power(REAL, Jet(1, (0.0, 1.0, 0.0)), 2.0)) == [0, 0, 1]
    with pytest.raises(ValueError, match="math domain"):
        jet_power(REAL, Jet(1, (0.0, 1.0)), 0.5)


def value_with(numbers: Numbers, function: str, value: object) -> Any:
    """A function of a number or of a jet."""
    known = KNOWN[function].value if function in KNOWN else ELEMENTARY[function]
    return apply(numbers, function, value) if isinstance(known, Elementary) else known(numbers, value)


SMOOTH = sorted({*ELEMENTARY, *[function for function, known in KNOWN.items() if known.sides is None]})


@pytest.mark.parametrize("function", SMOOTH)
def test_every_function_against_finite_differences(function: str) -> None:
    numbers = precise(150, True)
    apart = 2.3 if function in ("acosh", "acoth", "asec", "acsc") else 0.4

    def evaluate(value: object) -> Any:
        return value_with(numbers, function, value)

    jet = evaluate(Jet(1, tuple(numbers.convert(c) for c in (apart, 1, 0, 0, 0))))
    for k, coefficient in enumerate(jet.coefficients):
        by_differences = mpmath.diff(lambda t: mpmath.mpf(evaluate(numbers.convert(0) + t)), mpmath.mpf(apart), k)
        assert float(coefficient * math.factorial(k)) == pytest.approx(float(by_differences), rel=1e-10)


REAL_ONLY = {function for function, known in ELEMENTARY.items() if known.complex is None}


@pytest.mark.parametrize("function", [
    function for function in SMOOTH if function not in REAL_ONLY and not (function in KNOWN and KNOWN[function].kinks)])
def test_doubles_complex_and_mpmath_say_the_same(function: str) -> None:
    has_cut_at_real = function in ("acosh", "asech", "acoth", "asec", "acsc")
    for sample in (0.3 + 0.4j, -1.2 + 0.7j, 0.6 + (0.1j if has_cut_at_real else 0j)):
        found = []
        for numbers in (COMPLEX, precise(30, False)):
            jet = Jet(1, (numbers.convert(sample), numbers.convert(1)))
            value = value_with(numbers, function, jet)
            found.append([complex(c) for c in value.coefficients])
        assert found[0] == pytest.approx(found[1], rel=1e-10)


@pytest.mark.parametrize(("text", "value"), [("sigmoid(x)", 1), ("tanh(x)", 1), ("softplus(x)", 800), ("sech(x)", 0)])
def test_no_overflow(text: str, value: float) -> None:
    jet = value_with(REAL, text[:-3], Jet(1, (800.0, 1.0)))
    assert jet.coefficients[0] == pytest.approx(value)
    assert math.isfinite(jet.coefficients[1])


def test_slopes_far_out_keep_their_digits() -> None:
    tiny = math.exp(-40)
    assert value_with(REAL, "sigmoid", Jet(1, (40.0, 1.0))).coefficients[1] == pytest.approx(tiny, rel=1e-12)
    assert value_with(REAL, "tanh", Jet(1, (20.0, 1.0))).coefficients[1] == pytest.approx(4 * tiny, rel=1e-12)
    assert value_with(REAL, "tanh", Jet(1, (1e-9, 1.0))).coefficients[0] == pytest.approx(1e-9, rel=1e-12)


def _expressions() -> st.SearchStrategy[Expression]:
    leaves = st.sampled_from([name("x"), number(2), number(3), call("sin", name("x"))])
    calls = ("sin", "cos", "exp", "atan", "asinh", "tanh", "sigmoid", "softplus", "erf", "sqrt", "ln", "asin", "cbrt")

    def grown(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
        return (
            st.builds(add, inner, inner)
            | st.builds(multiply, inner, inner)
            | st.builds(divide, inner, inner)
            | st.builds(negate, inner)
            | st.builds(call, st.sampled_from(calls), inner)
            | st.builds(lambda base, exponent: power(base, number(exponent)), inner, st.integers(2, 4))
            | st.builds(lambda base: power(base, divide(number(1), number(3))), inner)
        )

    return st.recursive(leaves, grown, max_leaves=6)


@settings(max_examples=120, deadline=None, derandomize=True)
@given(_expressions(), st.sampled_from([0.37, 1.61]), st.integers(1, 3))
def test_derivatives_of_random_expressions(expression: Expression, x: float, order: int) -> None:
    """The order-0 evaluation, differenced with many digits, against the jets in doubles."""
    many = precise(200, True)

    def at(t: object) -> object:
        return mpmath.mpf(value_of(lowest_table(many, lambda _: many.convert(0) + t), expression))

    by_jets = parse(f"d^{order}/dx^{order} [{expression}]")
    try:
        found = value_of(lowest_table(REAL, lambda _: x), by_jets)
        exact = float(value_of(lowest_table(many, lambda _: x), by_jets))
        by_differences = float(mpmath.diff(at, mpmath.mpf(x), order))
    except (Undefined, OverflowError):
        return
    assert exact == pytest.approx(by_differences, rel=1e-8, abs=1e-12)
    assert found == pytest.approx(exact, rel=1e-6, abs=1e-6)
