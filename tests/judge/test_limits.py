"""Answers to limits are judged by numbers that come closer and closer to the place."""

from __future__ import annotations

import pytest

from tutor.judge.diagnose import diagnose


@pytest.mark.parametrize(("problem", "answer", "outcome"), [
    ("lim_(x->0) sin(x)/x", "1", "right"), ("lim_(x->0) 1/x^2", "inf", "right"),
    ("lim_(h->0) ((x+h)^2 - x^2)/h", "2x", "right"), ("lim_(x->inf) (1+1/x)^x", "e", "right"),
    ("lim_(x->inf) ln(x)", "3", "unexplained"), ("lim_(x->0) 1/ln(x)", "0", "right"),
    ("lim_(x->inf) ln(ln(x))", "inf", "undecided"),
])
def test_an_answer(problem: str, answer: str, outcome: str) -> None:
    assert diagnose(problem, answer).outcome == outcome


@pytest.mark.parametrize(("problem", "answer", "name"), [
    # forms that decide nothing
    ("lim_(x->5) (x^2 - 25)/(x - 5)", "0", "zero_over_zero_is_zero"),
    ("lim_(h->0) ((x+h)^3 - x^3)/h", "0", "zero_over_zero_is_zero"),
    ("lim_(x->0) (e^(5x) - 1)/x", "1", "zero_over_zero_is_one"),
    ("lim_(x->5) (x^2 - 25)/(x - 5)", "inf", "zero_below_is_infinity"),
    ("lim_(x->inf) (4x^2 - 1)/(2x^2 + x)", "1", "infinity_over_infinity_is_one"),
    ("lim_(x->inf) (4x^2 - 1)/(2x^2 + x)", "inf", "only_numerator_grows"),
    ("lim_(x->inf) (4x^2 - 1)/(2x^2 + x)", "0", "only_denominator_grows"),
    ("lim_(x->inf) (sqrt(x^2 + 3x) - x)", "0", "infinity_minus_infinity_is_zero"),
    ("lim_(x->inf) (x^3 - x)", "0", "infinity_minus_infinity_is_zero"),
    ("lim_(x->inf) (1 + 3/x)^x", "1", "one_to_infinity_is_one"),
    ("lim_(x->inf) (1 + 3/x)^x", "e", "growth_factor_ignored"),
    # known limits, factors, L'Hôpital
    ("lim_(x->0) sin(4x)/x", "1", "sine_of_multiple_is_one"),
    ("lim_(x->inf) sin(x)/x", "1", "sine_over_angle_far_out"),
    ("lim_(x->0) sin(4x)/(3x)", "4", "limit_constant_divisor_dropped"),
    ("lim_(x->inf) 5*atan(x)", "pi/2", "limit_constant_factor_dropped"),
    ("lim_(x->1) (x^2 + 2)/(x + 2)", "2", "lhopital_without_its_condition"),
    ("lim_(x->2) (x^2 - 4)/(x^3 - 8)", "-1/12", "lhopital_by_quotient_rule"),
    # where it goes
    ("lim_(x->4-) 1/(x - 4)", "inf", "right_side_instead_of_left"),
    ("lim_(x->4+) 1/(x - 4)", "-inf", "left_side_instead_of_right"),
    ("lim_(x->0-) |x|/x", "1", "right_side_instead_of_left"),
    ("lim_(x->0+) ln(x)", "inf", "infinite_with_wrong_sign"),
    ("lim_(x->inf) ln(x)", "-inf", "infinite_with_wrong_sign"),
    ("lim_(x->0+) ln(x)", "0", "logarithm_of_zero_is_zero"),
    ("lim_(x->-inf) e^(2x)", "inf", "other_end"),
    ("lim_(x->inf) e^(-2x)", "inf", "decay_taken_for_growth"),
    ("lim_(x->inf) 3/x^2", "inf", "reciprocal_of_large_is_large"),
    ("lim_(x->1) 1/(x - 1)^2", "0", "reciprocal_of_small_is_small"),
    ("lim_(h->0) ((x+h)^2 - x^2)/h", "2x + h", "limit_not_taken"),
    ("lim_(x->2) (3x + 1)", "3x + 1", "limit_not_taken"),
])
def test_a_mistake_is_named(problem: str, answer: str, name: str) -> None:
    found = diagnose(problem, answer)
    assert name in found.misconceptions
    assert len(found.misconceptions) <= 3
    assert "{" not in found.message


@pytest.mark.parametrize(("problem", "answer"), [
    ("lim_(x->5) (x^2 - 25)/(x - 5)", "7"), ("lim_(x->inf) (4x^2 - 1)/(2x^2 + x)", "-3"),
    ("lim_(x->2) (3x + 1)", "5"), ("lim_(x->2) (x^2 - 4)/(x^2 - 3x + 2)", "2"), ("lim_(x->inf) 1/x", "1"),
])
def test_nothing_is_guessed(problem: str, answer: str) -> None:
    assert not diagnose(problem, answer).explanations


def test_the_hint_asks_what_happens_when_the_value_is_put_in() -> None:
    hint = diagnose("lim_(x->0) sin(x)/x", "0").hint
    assert "Put the value in first" in str(hint)


@pytest.mark.parametrize(("problem", "outcome"), [
    ("lim_(x->3) |x - 3|/(x - 3)", "right"),
    ("lim_(x->0) cos(1/x)", "right"),
    ("lim_(x->0) (1 - cos(x))/x", "unexplained"),
])
def test_that_there_is_no_limit_is_an_answer(problem: str, outcome: str) -> None:
    assert diagnose(problem, "does not exist").outcome == outcome


def test_a_constant_is_the_derivative_only_where_it_is_that_constant() -> None:
    assert diagnose("int 4x + 6 dx", "4").outcome == "misconception"
    assert diagnose("int 4x + 6 dx", "3").outcome != "misconception"
