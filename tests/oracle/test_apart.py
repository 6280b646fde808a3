"""What is called different is proved to be, and told with its true digits."""

from __future__ import annotations

import pytest

from tutor.expression.parse import parse
from tutor.oracle import Oracle
from tutor.oracle.apart import different_values, has_real_value
from tutor.oracle.closer import look_closer, refutation


@pytest.mark.parametrize(("left", "right"), [
    ("x^200", "tan(atan(x^200))"), ("x^200 + tan(atan(x^200))", "2*x^200"),
    ("x^470", "x^470 + tan(atan(x^470)) - x^470"),
    ("10^200", "tan(atan(10^200))"), ("1/tan(atan(x^200))", "x^(-200)"), ("d/dx [tan(atan(x^90))]", "90*x^89"),
    ("i*tan(atan(10^100))", "10^100*i"), ("10^90", "int_0^1 tan(atan(10^90)) dt"),
    ("x^200", "cot(atan(x^(-200)))"), ("x^400*tan(atan(x^200))", "x^600"),
    ("d/dx [10^200*x] at x = 1", "tan(atan(10^200))"), ("d/dx [x*tan(atan(10^100))] at x = 1", "10^100"),
    ("10^130/(2 - tanh(300))", "10^130*tanh(300)"),
])
def test_what_only_rounding_tells_apart_is_never_refuted(left: str, right: str) -> None:
    sides = parse(left), parse(right)
    oracle = Oracle()
    assert oracle.compare(*sides).outcome != "refuted"
    assert look_closer(oracle, *sides).outcome != "refuted"
    assert all(refutation(place, *sides) is None for place in (*oracle.points()[:12], *oracle.points(extremes=True)))


@pytest.mark.parametrize("text", ["acos(1 + 10^-40)", "acosh(1 - 10^-30)", "(-2)^(2 + 10^-40)", "asin(1 + 10^-35)"])
def test_what_lies_just_outside_a_domain_is_given_no_value(text: str) -> None:
    sides = parse(f"x + {text}"), parse("x + 5")
    assert Oracle().compare(*sides).outcome != "refuted"
    assert look_closer(Oracle(), *sides).outcome != "refuted"
    assert different_values(Oracle().points()[0], *sides, real=True) is None


@pytest.mark.parametrize("text", ["acos(3*(1/3))", "(-2)^(4/2)", "asin(sqrt(2)^2/2)"])
def test_what_lies_at_the_end_of_a_domain_but_for_rounding_has_its_value(text: str) -> None:
    assert different_values(Oracle().points()[0], parse(f"x + {text}"), parse("x + 5"), real=True) is not None


@pytest.mark.parametrize(("left", "right"), [
    ("x^200", "2*x^200"), ("x^200*(1 + 10^-9)", "x^200"), ("tan(atan(x^20))", "x^20 + 1"), ("1/(1 - tanh(x))", "x"),
    ("d/dx [(x - 1)^2 + 2*abs(x)]", "2*(x - 1) + 2"), ("d/dx [x^(4/2)]", "3*x"), ("int_0^x sin(t) dt", "1 + cos(x)"),
    ("x*(cosh(x)^2 - sinh(x)^2)", "2*x"), ("e^(i*x)", "cos(x) + 2*i*sin(x)"), ("sqrt(abs(sin(pi)))", "1"),
    ("d/dx [atanh(sqrt(x^2 + 5))]", "x/sqrt(x^2 + 5)"), ("10^200*2", "tan(atan(10^200))"),
])
def test_what_differs_is_refuted(left: str, right: str) -> None:
    assert Oracle().compare(parse(left), parse(right)).outcome == "refuted"


@pytest.mark.parametrize(("left", "right", "values"), [
    ("sin(pi)", "pi", (0, 3.141592653589793)), ("1 - tanh(200)", "0", (3.8303391934280114e-174, 0)),
    ("tan(atan(10^200))", "1", (1e200, 1)), ("int_0^1 x^2 dx", "1", (1 / 3, 1)),
])
def test_values_are_told_as_they_are(left: str, right: str, values: tuple[float, float]) -> None:
    told = different_values(Oracle().points()[0], parse(left), parse(right), real=True)
    assert told == pytest.approx(values, rel=1e-12, abs=0)


@pytest.mark.parametrize(("text", "real"), [
    ("atanh(tanh(101))", True), ("ln(1 - tanh(101))", True), ("atanh(1.1)", False), ("sqrt(-1/3)", False),
])
def test_a_real_value_is_seen_though_doubles_have_none(text: str, real: bool) -> None:
    assert has_real_value(Oracle().points()[0], parse(text)) is real
