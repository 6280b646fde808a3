"""Another unit, and another beginning, for the variable."""

from __future__ import annotations

import pytest

from tests.integration.proposed import integrand_of, is_true, proposals
from tutor.integration.rational import rational

SCALED = [
    ("1/(x^4 + a^4)", "1/a^3*(int 1/(u^4 + 1) du) at (u = x/a)", "x = a*u"),
    ("x^2/(x^4 + a^4)", "1/a*(int u^2/(u^4 + 1) du) at (u = x/a)", "x = a*u"),
    ("1/(x^4 + 2)", "2^(1/4)/2*(int 1/(u^4 + 1) du) at (u = x/2^(1/4))", "x = 2^(1/4)*u"),
    ("(x^2 + 1)/(x^3 + 2)", "2^(1/3)/2*(int (2^(2/3)*u^2 + 1)/(u^3 + 1) du) at (u = x/2^(1/3))", "x = 2^(1/3)*u"),
    ("1/(x*(x^4 + 2))", "1/2*(int 1/(u*(u^4 + 1)) du) at (u = x/2^(1/4))", "x = 2^(1/4)*u"),
]


@pytest.mark.parametrize(("text", "right", "line"), SCALED)
def test_letters_and_roots_leave_the_denominator(text: str, right: str, line: str) -> None:
    integrand = integrand_of(text)
    (found,) = proposals(rational, integrand)
    assert found.rule.name == "scale_the_variable"
    assert str(found.after) == right
    assert [str(each.relation) for each in found.working] == [line]
    assert is_true(integrand, found)


@pytest.mark.parametrize("text", ["1/(x^4 + 1)", "1/(x^3 + 8)", "1/(x^2 + 2)", "1/((x - a)*(x - 2*a))"])
def test_plain_numbers_need_no_other_unit(text: str) -> None:
    assert "scale_the_variable" not in [found.rule.name for found in proposals(rational, integrand_of(text))]
