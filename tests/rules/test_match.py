"""Matching: left to right, constants together, the last item takes the rest."""

from __future__ import annotations

import pytest

from tutor.expression.parse import parse
from tutor.expression.tree import Expression
from tutor.rules.match import compile_rule
from tutor.rules.rulebook import rulebook

FRESH = parse("u")

MATCHES = [
    # rule, problem, what its letters stand for (None: it does not match)
    ("product", "d/dx [x^2*sin(x)*e^x]", {"f": "x^2", "g": "sin(x)*e^x"}),
    ("constant_multiple", "d/dx [2*x*a*sin(x)]", {"c": "2*a", "f": "x*sin(x)"}),
    ("constant_multiple", "d/dx [x*sin(x)]", None),
    ("constant_multiple", "d/dx [2*a]", None),
    ("constant", "d/dx [a^2]", {"c": "a^2"}),
    ("constant", "d/da [a^2]", None),
    ("power", "d/dx [x^n]", {"n": "n"}),
    ("power", "d/dx [x^x]", None),
    ("power", "d/dx [a^x]", None),
    ("general_exponential", "d/dx [a^x]", {"a": "a"}),
    ("quotient", "d/dx [x/sin(x)]", {"f": "x", "g": "sin(x)"}),
    ("reciprocal", "d/dx [x/sin(x)]", None),
    ("reciprocal", "d/dx [3/sin(x)]", {"c": "3", "g": "sin(x)"}),
    ("chain", "d/dx [sin(x)]", None),
    ("chain", "d/dx [sin(x^2)]", {"g": "x^2"}),
    ("chain", "d/dx [x*sin(x)]", None),
    ("chain", "d/dx [x^x]", None),
    ("chain", "d/dx [2^(3*x)]", {"g": "3*x"}),
    ("general_exponential", "d/dx [(-2)^x]", None),  # provided a > 0 is plainly false
    ("higher_derivative", "d^3/dx^3 [x^5]", {"f": "x^5", "n": "3"}),
    ("higher_derivative", "d/dx [x^5]", None),
    ("maximum", "d/dx [max(x, x^2, 1)]", {"f": "x", "g": "max(x^2, 1)"}),
]


@pytest.mark.parametrize(("name", "problem", "expected"), MATCHES)
def test_binds(name: str, problem: str, expected: dict[str, str] | None) -> None:
    bindings = compile_rule(rulebook()[name]).match(parse(problem), FRESH)
    if expected is None:
        assert bindings is None
    else:
        assert bindings is not None
        found = {letter: str(bound) for letter, bound in bindings.items() if isinstance(bound, Expression)}
        assert {letter: found[letter] for letter in expected} == expected


def test_the_chain_rule_opens_an_outside_and_an_inside() -> None:
    chain = compile_rule(rulebook()["chain"])
    bindings = chain.match(parse("d/dx [(3*x + 2)^4]"), FRESH)
    assert bindings is not None
    assert [str(goal) for goal in chain.subgoals(bindings)] == ["d/du [u^4]", "d/dx [3*x + 2]"]
    assert str(chain.opened(bindings)) == "d/du [u^4] at (u = 3*x + 2)*d/dx [3*x + 2]"


def test_the_sum_rule_keeps_signs_and_takes_any_number_of_terms() -> None:
    rule = compile_rule(rulebook()["sum"])
    bindings = rule.match(parse("d/dx [x^2 - sin(x) + 3 - x]"), FRESH)
    assert bindings is not None
    assert str(rule.opened(bindings)) == "d/dx [x^2] - d/dx [sin(x)] + d/dx [3] - d/dx [x]"


def test_a_partial_derivative_stays_one() -> None:
    rule = compile_rule(rulebook()["product"])
    bindings = rule.match(parse("∂/∂x [x*sin(x)]"), FRESH)
    assert bindings is not None
    assert str(rule.opened(bindings)) == "∂/∂x [x]*sin(x) + x*∂/∂x [sin(x)]"
