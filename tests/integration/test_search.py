"""The search decides, remembers, and stops."""

from __future__ import annotations

import pytest

from tutor.derivation.derivation import derive
from tutor.derivation.integrals import Integrals
from tutor.errors import NoProgress
from tutor.expression.parse import parse
from tutor.expression.tree import name
from tutor.rules.instance import RuleInstance

SOLVED = [
    # problem, its antiderivatives, the rules that fire
    ("int 3*x^2 + 2 dx", "x^3 + 2*x + C", "integral_of_sum"),
    ("int t^5 dt", "t^6/6 + C", "integral_of_power"),
    ("int C*x dx", "C*x^2/2 + K", "integral_of_constant_multiple"),
    ("int x*cos(x) dx", "x*sin(x) + cos(x) + C", "parts"),
]


@pytest.mark.parametrize(("problem", "result", "rule"), SOLVED)
def test_finds_an_antiderivative_with_checked_steps(problem: str, result: str, rule: str) -> None:
    derivation = derive(parse(problem))
    assert str(derivation.result) == result
    assert derivation.goal.rule is not None
    assert derivation.goal.rule.name == rule
    assert derivation.checked


def test_a_letter_of_the_variable_makes_no_other_problem() -> None:
    problem = parse("int x*cos(x) dx")
    integrals = Integrals(problem, derive(problem).tidy)
    assert integrals.instance(problem, name("u")) is not None
    looked_at = integrals.search.count
    other = integrals.instance(parse("int w*cos(w) dw"), name("v"))
    assert isinstance(other, RuleInstance)
    assert other.before is parse("int w*cos(w) dw")
    assert integrals.search.count == looked_at


@pytest.mark.parametrize("problem", ["int x^x dx", "int sin(sin(x)) dx"])
def test_what_is_not_found_is_refused_with_words(problem: str) -> None:
    with pytest.raises(NoProgress, match=r"No antiderivative of .* was found\."):
        derive(parse(problem))
