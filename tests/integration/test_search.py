"""The search decides, remembers, and stops."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tutor.algebra.decide import Tidy
from tutor.algebra.terms import Style
from tutor.derivation.derivation import derive
from tutor.derivation.integrals import Integrals
from tutor.errors import LimitError, NoProgress, TutorError
from tutor.expression.parse import parse
from tutor.expression.tree import Expression, name
from tutor.integration.integrand import Integrand, Method, Refusal
from tutor.integration.methods import METHODS
from tutor.integration.search import IntegrationSearch
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


def search(closely: Callable[[Expression, Expression], bool | None] = lambda *_: True,
           quickly: Callable[[Expression, Expression], bool | None] = lambda *_: True,
           methods: tuple[tuple[str, Method], ...] = METHODS) -> IntegrationSearch:
    """A search in which no derivatives can be worked out."""
    def work_out(problem: Expression) -> Expression:
        raise TutorError(f"There is no way to find {problem}.")

    return IntegrationSearch(name("x"), Tidy(Style()), work_out, closely, quickly, methods)


def test_only_the_answer_to_the_whole_is_looked_at_closely() -> None:
    closely, quickly = [], []

    def look_closely(_: Expression, integrand: Expression) -> bool:
        closely.append(str(integrand))
        return True

    def look_quickly(_: Expression, integrand: Expression) -> bool:
        quickly.append(str(integrand))
        return True

    found = search(look_closely, look_quickly).antiderivative(parse("int sin(x) + e^x dx"))
    assert found is parse("e^x - cos(x)")
    assert closely == ["sin(x) + e^x"]
    assert quickly == ["sin(x)", "e^x"]


def test_what_is_refuted_is_not_used() -> None:
    refuting = search(closely=lambda *_: False)
    assert refuting.antiderivative(parse("int sin(x) dx")) is None
    assert "The derivative of what it leads to is not the integrand." in [each.sentence for each in refuting.tried]


def test_what_a_bound_has_cut_short_is_not_remembered_as_not_found() -> None:
    def too_long(_: Integrand) -> Iterator[RuleInstance | Refusal]:
        raise LimitError("Too long.")
        yield

    cut_short, at_its_end = search(methods=(("Too long", too_long),)), search(methods=())
    problem = parse("int sin(x) dx")
    assert cut_short.antiderivative(problem) is None
    assert at_its_end.antiderivative(problem) is None
    assert (cut_short.exhausted, cut_short.failed) == (True, set())
    assert (at_its_end.exhausted, at_its_end.failed) == (False, {problem})


@pytest.mark.parametrize("problem", ["int x^x dx", "int sin(sin(x)) dx"])
def test_what_is_not_found_is_refused_with_words(problem: str) -> None:
    with pytest.raises(NoProgress, match=r"No antiderivative of .* was found\."):
        derive(parse(problem))
