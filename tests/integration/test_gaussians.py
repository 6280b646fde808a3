"""Bell curves: with the width as a letter, and away from 0."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.integration.proposed import integrand_of, is_true, proposals
from tutor.derivation.derivation import derive
from tutor.expression.parse import parse
from tutor.integration.gaussians import bell_curve

PROPOSED = [
    ("e^(-x^2/s^2)", "sqrt(pi)/2*s*erf(x/s)"),
    ("e^(-x^2/(2*s^2))", "sqrt(2*pi)/2*s*erf(x/(sqrt(2)*s))"),
    ("x*e^(-(x - m)^2)", "(int (u + m)*e^-u^2 du) at (u = x - m)"),
]


@pytest.mark.parametrize(("text", "after"), PROPOSED, ids=[text for text, _ in PROPOSED])
def test_the_width_is_taken_as_it_is_written_and_the_middle_away(text: str, after: str) -> None:
    integrand = integrand_of(text)
    found, = proposals(bell_curve, integrand)
    assert str(found.after) == after
    assert is_true(integrand, found)


@pytest.mark.parametrize("text", ["e^(-x^2)", "e^(-a*x^2)", "e^(x^2/s^2)", "e^(-x^4/s^2)", "2^(-x^2/s^2)"])
def test_other_integrands_are_left_alone(text: str) -> None:
    assert not proposals(bell_curve, integrand_of(text))


@given(st.sampled_from(["", "3*", "pi*"]), st.sampled_from(["s^2", "s^2*t^2", "t^2"]),
       st.sampled_from(["x", "x^2", "1"]), st.sampled_from(["x", "(x - m)", "(x + 2)"]))
def test_what_is_proposed_is_an_antiderivative(number: str, scale: str, factor: str, inside: str) -> None:
    integrand = integrand_of(f"{factor}*e^(-{inside}^2/({number}{scale}))")
    assert all(is_true(integrand, proposal) for proposal in proposals(bell_curve, integrand))


DENSITY = "1/(s*sqrt(2*pi))*e^(-(x - m)^2/(2*s^2))"


@pytest.mark.parametrize(("factor", "value"), [("1", "1"), ("x", "m"), ("(x - m)^2", "s^2")])
def test_a_normal_density_has_the_area_1_and_its_mean_and_its_variance(factor: str, value: str) -> None:
    derivation = derive(parse(f"int_(-infinity)^infinity {factor}*{DENSITY} dx"))
    assert derivation.result is parse(value)
    assert [str(relation) for relation in derivation.assumptions] == ["s > 0"]
    assert derivation.checked
