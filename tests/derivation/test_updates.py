"""The rules for a step of descent, in the letters of a loss."""

from __future__ import annotations

import pytest

from tutor.derivation.descent_problem import read_loss
from tutor.derivation.updates import StepOf, compared
from tutor.expression.parse import parse
from tutor.expression.tree import name
from tutor.rules.rulebook import misconceptions, rulebook

RULES = {**rulebook(), **misconceptions()}
OLD, NEW = {letter: name(letter) for letter in "xy"}, {"x": parse("c"), "y": parse("d")}


@pytest.mark.parametrize(("rule", "made"), [
    ("step_downhill", "x - 0.1*(2*x*y)"), ("ascent_sign", "x + 0.1*(2*x*y)"), ("step_without_rate", "x - 2*x*y"),
    ("change_for_the_point", "-0.1*(2*x*y)"), ("value_for_the_slope", "x - 0.1*(x^2*y)"),
])
def test_what_a_rule_makes_of_the_first_letter(rule: str, made: str) -> None:
    assert str(StepOf(read_loss("x^2*y"), parse("0.1")).formula(RULES[rule], 0, [OLD])) == made


def test_a_letter_that_is_updated_before_the_others() -> None:
    step = StepOf(read_loss("x^2*y"), parse("0.1"))
    assert str(step.formula(RULES["sequential_update"], 1, [OLD])) == "y - 0.1*(x - 0.1*(2*x*y))^2"


def test_momentum_needs_a_step_before() -> None:
    step = StepOf(read_loss("x^2*y"), parse("0.1"), parse("0.5"))
    assert str(step.formula(step.rule, 0, [OLD])) == "x + 0.5*0 - 0.1*(2*x*y)"
    assert str(step.formula(step.rule, 0, [OLD, NEW])) == "c + 0.5*(c - x) - 0.1*(2*c*d)"


@pytest.mark.parametrize("rule", [rule.name for rule in RULES.values() if "descent" in rule.tags])
def test_only_sound_rules_lead_where_descent_leads(rule: str) -> None:
    found = compared(RULES[rule], RULES[rule].examples[0])
    assert (found.made == found.computed) is (RULES[rule].kind == "rule")
