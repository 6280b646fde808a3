"""Answers to limits are judged by numbers that come closer and closer to the place."""

from __future__ import annotations

import pytest

from tutor.judge.diagnose import diagnose


@pytest.mark.parametrize(("problem", "answer", "outcome"), [
    ("lim_(x->0) sin(x)/x", "1", "right"), ("lim_(x->0) 1/x^2", "inf", "right"),
    ("lim_(h->0) ((x+h)^2 - x^2)/h", "2x", "right"), ("lim_(x->inf) (1+1/x)^x", "e", "right"),
    ("lim_(x->0) sin(x)/x", "0", "unexplained"), ("lim_(h->0) ((x+h)^2 - x^2)/h", "2x + h", "unexplained"),
    ("lim_(x->inf) ln(x)", "-inf", "unexplained"), ("lim_(x->0) 1/ln(x)", "0", "right"),
        ("lim_(x->inf) ln(ln(x))", "inf", "undecided"),
])
def test_an_answer(problem: str, answer: str, outcome: str) -> None:
    assert diagnose(problem, answer).outcome == outcome


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
