"""Limits of expressions that are given case by case: the case that counts nearby, from one side or from both."""

from __future__ import annotations

import pytest

import tutor
from tutor.errors import TutorError


@pytest.mark.parametrize(("problem", "result"), [
    ("lim x->1- {x if x < 1; 2 otherwise}", "1"), ("lim x->1+ {x if x < 1; 2 otherwise}", "2"),
    ("lim x->0 {x^2 if x < 1; 2 otherwise}", "0"), ("lim x->0 {sin(x)/x if x != 0; 5 otherwise}", "1"),
    ("lim x->infinity {x if x < 1; 1/x otherwise}", "0"), ("lim x->1 {x if x < 1; x^2 otherwise}", "1"),
    ("lim x->2+ {x if |x| < 2; 3 otherwise}", "3"),
])
def test_the_case_that_counts_nearby_is_taken(problem: str, result: str) -> None:
    found = tutor.explain(problem)
    assert str(found.result) == result
    assert found.checked
    assert "case_nearby" in {step.rule.name for step in found.steps}


def test_where_the_sides_differ_there_is_none() -> None:
    found = tutor.explain("lim x->1 {x if x < 1; 2 otherwise}")
    assert found.undefined
    assert found.unsolved is not None
    assert found.unsolved.written() == "from the left the limit is 1, from the right it is 2"


@pytest.mark.parametrize("problem", ["lim x->1 {x if x < a; 2 otherwise}", "lim x->1+ {x if x < 1}"])
def test_where_it_is_not_known_which_case_counts_it_is_said(problem: str) -> None:
    with pytest.raises(TutorError, match="The rules for limits do not tell"):
        tutor.explain(problem)
