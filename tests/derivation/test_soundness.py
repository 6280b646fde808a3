"""The questions put to every rule notice what is wrong."""

from __future__ import annotations

import pytest

from tutor.derivation.soundness import check_rule, instance
from tutor.expression.parse import parse
from tutor.rules.reader import read_rulebook
from tutor.rules.rule import Rule
from tutor.rules.rulebook import misconceptions, rulebook

LETTERS = ("letters\n    x, t are variables\n    f, g, h are expressions\n    a, b, c are constants\n"
           "    F is a function\n    u is a new variable\n\n")


def rule(body: str) -> Rule:
    (found,) = read_rulebook(LETTERS + body, "my.rules", dict(rulebook()))
    return found


def answers(body: str) -> dict[str, set[bool | None]]:
    found: dict[str, set[bool | None]] = {}
    for verdict in check_rule(rule(body)):
        found.setdefault(verdict.question, set()).add(verdict.passed)
    return found


def test_a_misconception_that_is_right_fails() -> None:
    body = 'misconception m "M" unlike sum\n    d/dx [f + g] = d/dx [g] + d/dx [f]\n    example d/dx [x^2 + sin(x)]\n'
    assert answers(body)["refuted"] == {False}


def test_a_misconception_that_is_right_on_one_example_fails() -> None:
    body = ('misconception m "M" unlike chain\n    d/dx [F(g)] = d/du [F(u)] at (u = g)\n'
            "    example d/dx [sin(x^2)]\n    example d/dx [sin(x + 1)]\n")
    assert answers(body)["refuted"] == {True, False}


def test_a_misconception_whose_right_side_has_no_value_is_undecided() -> None:
    body = 'misconception m "M" unlike integral_of_power\n    int 1/x dx = x^0/0\n    example int 1/x dx\n'
    assert answers(body)["refuted"] == {None}


@pytest.mark.parametrize("kind", ["misconception m \"M\" unlike sum", "rule r \"R\" [integral]"])
def test_an_example_on_which_it_does_not_fit_is_noticed(kind: str) -> None:
    found = answers(f"{kind}\n    int sin(f) dx = cos(f)\n    example int cos(x) dx\n")
    assert found["fires"] == {False}


@pytest.mark.parametrize(("statement", "example"), [
    ("int x^a dx = x^(a + 1)", "int x^3 dx"),
    ("int F(a*x) dx = (int F(u) du) at (u = a*x)", "int cos(2*x) dx"),
    ("int_a^b f dx = int_b^a f dx", "int_0^1 x^2 dx"),
    ("d/dx [int_a^g f dt] = f at (t = g)", "d/dx [int_0^(x^2) sin(t) dt]"),
])
def test_a_wrong_rule_for_integrals_is_not_sound(statement: str, example: str) -> None:
    found = answers(f'rule r "R" [integral]\n    {statement}\n    example {example}\n')
    assert found["fires"] == {True}
    assert False in found["sound"]


@pytest.mark.parametrize(("name", "example", "left", "right"), [
    ("power_of_sum", "d/dx [(x + 3)^2*sin(x)]", "(x + 3)^2", "x^2 + 3^2"),
    ("cos_sign", "2*d/dt [cos(t)]", "d/dt [cos(t)]", "sin(t)"),
    ("chain_inner_forgotten", "d/du [sin(u^2)]", "d/du [sin(u^2)]", "d/dv [sin(v)] at (v = u^2)"),
])
def test_a_rule_is_applied_where_it_fits(name: str, example: str, left: str, right: str) -> None:
    found = instance(misconceptions()[name], parse(example))
    assert found is not None
    assert (str(found.left), str(found.right)) == (left, right)
    assert found.check.outcome == "refuted"


def test_a_rule_that_fits_nowhere_has_no_instance() -> None:
    assert instance(misconceptions()["cos_sign"], parse("d/dx [sin(x)]")) is None
