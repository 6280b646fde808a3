"""Tidying: named, sound, idempotent, and of the form that a textbook prints."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from tests.algebra.expressions import EXPRESSIONS
from tutor.algebra import products
from tutor.algebra.coefficients import Style
from tutor.algebra.plain import is_plain
from tutor.algebra.tidy import Tidy
from tutor.expression.parse import parse
from tutor.expression.tree import Expression, postorder, replace
from tutor.oracle.verdict import Oracle

FORMS = [
    # typed, tidy, rules that fire (minor ones too)
    ("2 + 3", "5", "arithmetic"),
    ("5 - 2*3", "-1", "arithmetic arithmetic"),
    ("x^2*(2*x)", "2*x^3", "multiply_powers"),
    ("x*(-y)", "-x*y", "signs"),
    ("sin(x)*x", "x*sin(x)", "order"),
    ("x^-2", "1/x^2", "powers_as_quotients"),
    ("x^(1/2)", "sqrt(x)", "powers_as_quotients"),
    ("x/y*z", "x*z/y", "fractions"),
    ("1/(2*sqrt(1 - x^2))*(-2*x)", "-x/sqrt(1 - x^2)", "fractions"),
    ("(x^2)^3", "x^6", "power_of_power"),
    ("(2*x)^3", "8*x^3", "power_of_product"),
    ("x*y/(x*z)", "y/z", "cancel"),
    ("(x^2 + x)/x", "x + 1", "cancel"),
    ("(4*x - 12)/2", "2*x - 6", "cancel"),
    ("2*x + 3*x", "5*x", "like_terms"),
    ("x - x", "0", "like_terms"),
    ("a - (b - c)", "a - b + c", "remove_brackets"),
    ("2*(x + 1)", "2*x + 2", "multiply_out"),
    ("x*(2*x + 1) + x^2", "3*x^2 + x", "multiply_out"),
    ("2*x*e^x + x^2*e^x", "x*(2 + x)*e^x", "take_out_common_factor"),
    ("x*e^x + e^x", "x*e^x + e^x", ""),  # a bracket would gain too little
    ("1/(1 + 1/x)", "x/(x + 1)", "common_denominator"),
    ("sin(x)^2 + cos(x)^2", "1", "pythagoras"),
    ("3*sin(2*x)^2 + x + 3*cos(2*x)^2", "3 + x", "pythagoras"),
    ("ln(e^x)", "x", "logarithm_of_power"),
    ("8^(1/3)", "2", "known_value"),
    ("(-27)^(1/3)", "-3", "known_value"),
    ("(-27)^(2/3)", "9", "known_value"),
    ("(-8)^(-1/3)", "-1/2", "known_value"),
    ("(-x)^(2/5)", "x^(2/5)", "signs"),
    ("(8/27)^(1/3)", "2/3", "known_value"),
    ("cbrt(-27/8)", "-3/2", "known_value"),
    ("sqrt(9/4)", "3/2", "known_value"),
    ("sin(pi/6)", "1/2", "known_value"),
    ("0.5*x", "0.5*x", ""),
    ("exp(x)*exp(2*x)", "exp(3*x)", "multiply_powers"),
    # what stays as it is
    ("2*x*sin(x^2) + 2*x^3*cos(x^2)", "2*x*sin(x^2) + 2*x^3*cos(x^2)", ""),
    ("12*(3*x + 2)^3", "12*(3*x + 2)^3", ""),
    ("12*x^3 + 24*x^2 - 36*x", "12*x^3 + 24*x^2 - 36*x", ""),
    ("sqrt(x^2)", "sqrt(x^2)", ""),  # |x|, not x
    ("x/0", "x/0", ""),  # no rule is true of it
    ("0^0", "0^0", ""),
    ("9^9^9^9", "9^9^387420489", "arithmetic"),  # larger ones stay as they are
    ("sqrt(8)", "sqrt(8)", ""),
]


def style_of(text: str) -> Style:
    return Style(exp="exp" in text, decimals="." in text)


@pytest.mark.parametrize(("typed", "expected", "rules"), FORMS)
def test_textbook_form(typed: str, expected: str, rules: str) -> None:
    tidy, start = Tidy(style_of(typed)), parse(typed)
    result = tidy(start)
    fired = [decision.rule for _, decision in tidy.steps(start)]
    assert str(result) == expected
    assert fired == rules.split()


@settings(max_examples=400, deadline=None)
@given(EXPRESSIONS)
def test_every_decision_is_sound_and_the_end_is_tidy(start: Expression) -> None:
    style = Style(exp=any(part.head == "exp" for part in postorder([start])))
    tidy, oracle = Tidy(style), Oracle()
    result = tidy(start)
    for before, decision in tidy.steps(start):
        check = oracle.compare(before, decision.after)
        assert check.outcome != "refuted", f"{decision.rule}: {before} -> {decision.after}: {check.sentence}"
    assert oracle.compare(start, result).outcome != "refuted"
    assert tidy(result) is result
    assert Tidy(style)(result) is result


@settings(max_examples=400, deadline=None)
@given(EXPRESSIONS)
def test_a_quick_look_never_overlooks_a_step(start: Expression) -> None:
    style = Style(exp=any(part.head == "exp" for part in postorder([start])))
    tidy = Tidy(style)
    tidy(start)
    for part in list(tidy.done):
        if all(tidy.done.get(arg) is arg for arg in part.args) and is_plain(part, style):
            assert products.decide_closely(part, style) is None, str(part)


@settings(max_examples=200, deadline=None)
@given(EXPRESSIONS)
def test_steps_lead_from_the_start_to_the_end(start: Expression) -> None:
    tidy = Tidy(Style(exp=any(part.head == "exp" for part in postorder([start]))))
    result, line = tidy(start), start
    for before, decision in tidy.steps(start):
        line = replace(line, {before: decision.after})
    assert line is result
