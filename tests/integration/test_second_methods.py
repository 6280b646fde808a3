from __future__ import annotations

import pytest

from tutor.derivation.derivation import derive
from tutor.errors import TutorError
from tutor.expression.parse import parse
from tutor.expression.tree import name
from tutor.integration.second_methods import SECOND_METHODS
from tutor.rules.rulebook import rulebook

OFFERED = [
    # the integral, and methods that a teacher would also show
    ("int x*(x^2 + 1)^3 dx", {"expand_integrand"}),
    ("int (x + 1)^3 dx", {"expand_integrand"}),
    ("int sin(x)^3*cos(x)^3 dx", {"substitution_in_whole"}),
    ("int 3*sin(x)*cos(x) dx", {"substitution_in_whole"}),
    ("int x^2*e^x dx", {"tabular_parts", "exponential_ansatz"}),
    ("int x/(x^2 - 1) dx", {"partial_fractions"}),
    ("int x^3/(x^2 + 1) dx", {"divide_first"}),
    ("int sqrt(4 - x^2) dx", {"root_ansatz"}),
    ("int sqrt(x^2 + 1) dx", {"trigonometric_substitution"}),
    ("int 1/(1 + e^x) dx", {"substitution_in_whole"}),
    ("int 1/cos(x)^4 dx", {"tangent_for_u"}),
    ("int 1/(1 + cos(x)^2) dx", {"half_angle"}),
    ("int x*cos(x) + sqrt(x^2 + 4) dx", {"tabular_parts", "trigonometric_substitution"}),
]


@pytest.mark.parametrize(("problem", "methods"), OFFERED)
def test_all_methods_that_are_offered_agree_up_to_a_constant(problem: str, methods: set[str]) -> None:
    usual = derive(parse(problem))
    assert methods <= set(usual.other_methods)
    for method in usual.other_methods:
        other = derive(parse(problem), method=method)
        assert method in {step.rule.name for step in other.steps}
        assert other.check.outcome == "checked"
        assert other.checked is not False
        assert other.constant is not None
        assert usual.constant is not None
        assert other.constant.rule is usual.constant.rule
        assert str(other.result).endswith(" + C")
        assert method not in other.other_methods


@pytest.mark.parametrize(("problem", "methods"), [
    ("int e^(-x)*x^2 dx", {"parts", "parts_cyclic"}), ("int sin(x)^4 dx", {"half_angle", "tangent_for_u"}),
    ("int sqrt(x^2 + 2x) dx", {"root_ansatz"}), ("int e^x*cos(x) dx", {"parts", "parts_cyclic"}),
])
def test_what_was_done_or_is_of_no_use_is_not_offered(problem: str, methods: set[str]) -> None:
    assert not methods & set(derive(parse(problem)).other_methods)


@pytest.mark.parametrize("problem", ["int x^2 dx", "int cos(x) dx", "int_0^1 x*(x^2 + 1)^3 dx"])
def test_nothing_is_offered_where_there_is_no_choice(problem: str) -> None:
    assert not set(derive(parse(problem)).other_methods) & SECOND_METHODS.keys()


@pytest.mark.parametrize(("problem", "method"), [
    ("int ln(x) dx", "half_angle"), ("int x^2 dx", "trigonometric_substitution"),
    ("int_0^1 x*(x^2 + 1)^3 dx", "expand_integrand"), ("d/dx x^2", "partial_fractions"),
])
def test_a_method_that_does_not_apply_is_refused(problem: str, method: str) -> None:
    with pytest.raises(TutorError, match=f"The method {method} does not apply anywhere in"):
        derive(parse(problem), method=method)


def test_every_second_method_is_a_rule_with_the_tag() -> None:
    assert all({"method", "integral"} <= set(rulebook()[method].tags) for method in SECOND_METHODS)


def test_a_method_is_used_once() -> None:
    other = derive(parse("int x*(x^2 + 1)^3 + x*(x^2 + 2)^3 dx"), method="expand_integrand")
    assert [step.rule.name for step in other.steps].count("expand_integrand") == 1


def test_letters_in_the_lines_of_working_are_those_of_the_problem() -> None:
    other = derive(parse("int sin(x)*cos(x) dx"), method="half_angle")
    assert name("x").value in other.result.free
    assert all(step.check.outcome == "checked" for step in other.steps)
