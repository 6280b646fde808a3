"""Integrals of functions that change their formula: the pieces meet, and the derivative is the integrand."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.integration.proposed import integrand_of, proposals, refusals
from tutor.derivation.derivation import derive
from tutor.errors import NoProgress
from tutor.expression.parse import parse
from tutor.expression.tree import name
from tutor.integration.intervals import value_at
from tutor.integration.kinks import kinks

ANTIDERIVATIVES = [
    # integrand, antiderivative, the rule that makes its pieces meet
    ("e^abs(x)", "sign(x)*(e^abs(x) - 1)", "distance_from_kink"),
    ("abs(x)*e^abs(x)", "sign(x)*(e^abs(x)*(abs(x) - 1) + 1)", "distance_from_kink"),
    ("ln(1 + abs(x))", "sign(x)*(ln(abs(x) + 1)*(abs(x) + 1) - abs(x))", "distance_from_kink"),
    ("sqrt(abs(x - 1))", "2*sign(x - 1)*abs(x - 1)^(3/2)/3", "distance_from_kink"),
    ("e^(-a*abs(x))", "sign(x)*(1 - e^-(a*abs(x)))/a", "distance_from_kink"),
    ("x/(1 + abs(x))", "abs(x) - ln(abs(x) + 1)", "opposite_on_both_sides"),
    ("x*sign(x - 1)", "x^2*sign(x - 1)/2 - sign(x - 1)/2", "sign_in_front"),
    ("sign(x)*e^x", "e^x*sign(x) - sign(x)", "sign_in_front"),
    ("x*abs(x - a)", "(2*x^3 - 3*a*x^2)*sign(x - a)/6 + a^3*sign(x - a)/6", "sign_in_front"),
    ("abs(x^2 - 1)", "(x^3 - 3*x)*sign(x^2 - 1)/3 + 2*sign(x + 1)/3 + 2*sign(x - 1)/3", "sign_in_front"),
    ("max(x, 1)^2", "x + relu(x - 1)^3/3 + relu(x - 1)^2", "pieces_that_meet"),
    ("x*relu(x - 1)", "relu(x - 1)^3/3 + relu(x - 1)^2/2", "pieces_that_meet"),
    ("step(x - 1)*x", "relu(x - 1)^2/2 + relu(x - 1)", "pieces_that_meet"),
    ("e^relu(x)", "x + e^relu(x) - relu(x)", "pieces_that_meet"),
    ("sqrt(x^3)", "2*x^(5/2)/5", "root_of_power_as_power"),
    ("cbrt(x^2)", "3*x^(5/3)/5", "root_of_power_as_power"),
    ("sqrt(x^4)", "x^3/3", "root_of_power_as_power"),
    ("1/sqrt(x^3)", "-2/sqrt(x)", "root_of_power_as_power"),
]


@pytest.mark.parametrize(("body", "result", "rule"), ANTIDERIVATIVES)
def test_the_pieces_meet(body: str, result: str, rule: str) -> None:
    derivation = derive(parse(f"int {body} dx"))
    assert str(derivation.result) == f"{result} + C"
    assert derivation.checked
    assert rule in {step.rule.name for step in derivation.steps}


KINKED = st.sampled_from(["abs(x - {a})", "relu(x - {a})", "max(x, {a})", "min(x, {a})", "sign(x - {a})",
                          "step(x - {a})", "abs(x^2 - {a})", "abs(x - {a})*abs(x + {b})"])
SMOOTH = st.sampled_from(["1", "x", "x^2", "e^x", "cos(x)", "(x + {b})^2"])


@settings(max_examples=40)
@given(KINKED, SMOOTH, st.integers(-2, 3), st.integers(1, 3))
def test_every_antiderivative_is_continuous_and_has_the_integrand_as_its_slope(kinked: str, smooth: str, a: int,
                                                                              b: int) -> None:
    body = parse(f"({kinked})*({smooth})".format(a=a, b=b))
    try:
        result = derive(parse(f"int {body} dx")).goal.result
    except NoProgress:
        return
    x, step = name("x"), Fraction(1, 10**9)
    for place in (*range(-4, 5), Fraction(1, 3), Fraction(7, 5)):
        before, here, after = [value_at(result, x, place + side * step) for side in (-1, 0, 1)]
        assert before is not None
        assert here is not None
        assert after is not None
        assert abs(after - here) < 1e-5  # no jump
        assert abs(before - here) < 1e-5
        rate = value_at(body, x, Fraction(place) + step)
        later = value_at(result, x, place + 1001 * step)
        assert rate is not None
        assert later is not None
        assert (later - after) * 10**6 == pytest.approx(rate, rel=1e-3, abs=1e-3)


@pytest.mark.parametrize("text", ["abs(sin(x))", "sign(cos(x))", "abs(x + cos(x))"])
def test_kinks_that_cannot_be_listed(text: str) -> None:
    assert refusals(kinks, text) == [
        "Where it changes its formula could not be found exactly, or there are too many such places."]


@pytest.mark.parametrize("text", ["ln(abs(x))", "x^2*ln(abs(x))", "cos(x)", "sqrt(x^2)", "abs(a)*x", "sqrt(x)"])
def test_there_is_nothing_to_make_meet(text: str) -> None:
    assert proposals(kinks, integrand_of(text)) == []
