from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.integration.proposed import integrand_of, is_true, proposals
from tutor.integration.trigonometric_substitution import short_trigonometric_substitution, trigonometric_substitution

SUBSTITUTIONS = [
    # the integrand, what the angle is, and what is left
    ("x^2/sqrt(9 - x^2)", "asin(x/3)", "9*sin(u)^2"),
    ("1/(x^2*sqrt(x^2 + 4))", "atan(x/2)", "csc(u)*cot(u)/4"),
    ("sqrt(x^2 - 16)/x", "atan(sqrt(x^2 - 16)/4)", "4*tan(u)^2"),
    ("1/(9 - 4*x^2)^(3/2)", "asin(2*x/3)", "1/(18*cos(u)^2)"),
    ("sqrt(3 - 2*x - x^2)", "asin((x + 1)/2)", "4*cos(u)^2"),
    ("1/(x^2 + 2)^(3/2)", "atan(x/sqrt(2))", "1/(2*sec(u))"),
]


@pytest.mark.parametrize(("text", "angle", "left"), SUBSTITUTIONS)
def test_the_root_goes_away(text: str, angle: str, left: str) -> None:
    integrand = integrand_of(text)
    (proposal,) = proposals(trigonometric_substitution, integrand)
    integral, _, inside = proposal.after.args
    assert (str(inside), str(integral.args[0])) == (angle, left)
    assert is_true(integrand, proposal)


@pytest.mark.parametrize("text", [
    "sqrt(x^2 - 4)", "1/sqrt(x^2 - 4)",  # even: right on one side of 0 only
    "sqrt(-1 - x^2)", "sqrt(x^3 + 1)", "sqrt(x + 1)", "x^2 + 1", "sqrt(x^2 + a)", "1/x + sqrt(1 - x^2)",
])
def test_nothing_is_proposed(text: str) -> None:
    assert not proposals(trigonometric_substitution, integrand_of(text))


@pytest.mark.parametrize(("text", "is_first"), [
    ("sqrt(4 - x^2)", True), ("x^2/sqrt(9 - x^2)", True), ("1/(x^2*sqrt(x^2 + 4))", True), ("1/(x^2 + 4)^(3/2)", True),
    ("sqrt(x^2 + 1)", False),  # sec^3 is long
    ("(4 - x^2)^(7/2)", False), ("sqrt(3 - 2*x - x^2)", False), ("1/((x + 1)*sqrt(4 - x^2))", False),
])
def test_it_is_the_first_choice_where_it_is_short(text: str, is_first: bool) -> None:
    assert bool(proposals(short_trigonometric_substitution, integrand_of(text))) == is_first


@given(st.sampled_from(["a^2 - x^2", "9 - x^2", "4 - 3*x^2", "x^2 + 2", "x^2 + a^2", "4*x^2 + 9", "x^2 - 5",
                        "9*x^2 - 4", "2*x - x^2", "x^2 + 2*x + 5", "x^2 - 4*x"]),
       st.integers(-3, 3), st.sampled_from([-3, -1, 1, 3]))
def test_what_is_proposed_is_true(quadratic: str, power: int, halves: int) -> None:
    integrand = integrand_of(f"x^({power})*({quadratic})^({halves}/2)")
    assert all(is_true(integrand, proposal) for proposal in proposals(trigonometric_substitution, integrand))
