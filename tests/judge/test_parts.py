"""Answers that are right on a part: of letters that have to be positive, and of the line."""

from __future__ import annotations

import pytest

import tutor
from tutor.expression.parse import parse
from tutor.judge.parts import missing, right_on_part
from tutor.oracle import Oracle

FOR_POSITIVE_LETTERS = [
    ("d/dx acos(x/b)", "-1/sqrt(b^2 - x^2)", ["b > 0"]),
    ("d/dx sqrt(k^2*x)", "k/(2sqrt(x))", ["k > 0"]),
    ("d/dx sqrt(a*b*x)", "sqrt(a)*sqrt(b)/(2sqrt(x))", ["a > 0", "b > 0"]),
    ("d/dx |c*x|", "c*sign(x)", ["c > 0"]),
    ("d/dw ln(w^2 + s^2)", "2w/(w^2 + |s|*s)", ["s > 0"]),
]


@pytest.mark.parametrize(("problem", "answer", "where"), FOR_POSITIVE_LETTERS)
def test_right_if_letters_are_positive(problem: str, answer: str, where: list[str]) -> None:
    found = right_on_part(parse(problem), parse(answer), Oracle())
    assert found is not None
    assert [str(each) for each in found.where] == where
    diagnosis = tutor.diagnose(problem, answer)
    assert diagnosis.outcome == "right_on_part"
    assert [str(each) for each in diagnosis.part] == where
    assert all(each in diagnosis.message for each in where)


@pytest.mark.parametrize(("problem", "answer"), [
    ("d/dx asin(x/a)", "-1/sqrt(a^2 - x^2)"),   # right for negative a only, which nobody assumes
    ("d/dx asin(x/a)", "2/sqrt(a^2 - x^2)"),
    ("d/dx |x|", "1"),                          # x is the variable
    ("d/dx sqrt(x^2)", "1"),
    ("d/dx |a*x|", "a"),
    ("d/dx [x^2 + a]", "2x*a/|a|*sign(x)"),
])
def test_not_right_even_so(problem: str, answer: str) -> None:
    assert right_on_part(parse(problem), parse(answer), Oracle()) is None
    assert tutor.diagnose(problem, answer).outcome not in ("right", "right_on_part", "undecided")


@pytest.mark.parametrize(("problem", "answer"), [
    ("d/dx |x|", "1 + 0*sqrt(x)"), ("d/dx x^3", "3*sqrt(x)^4"), ("d/dx [x^2*ln(x^2)]", "4x ln x + 2x"),
    ("d/dx x^2", "2x + ln(x - 50) - ln(x - 50)"), ("d/dx |x - 3|", "sqrt(x - 3)/sqrt(x - 3)"),
])
def test_an_answer_without_values_on_a_part_is_not_right(problem: str, answer: str) -> None:
    assert missing(parse(problem), parse(answer), Oracle()) is not None
    diagnosis = tutor.diagnose(problem, answer)
    assert diagnosis.outcome not in ("right", "right_on_part")


@pytest.mark.parametrize(("problem", "answer"), [
    ("d/dx ln(x)", "1/x"), ("d/dx sqrt(x)", "1/(2sqrt(x))"), ("d/dx x^2", "2x^2/x"), ("d/dx x^x", "x^x*(ln(x) + 1)"),
    ("d/dx ln|x|", "1/x"), ("d/dx x^n", "n*x^(n-1)"),
])
def test_an_answer_may_have_values_where_the_problem_has_none(problem: str, answer: str) -> None:
    assert missing(parse(problem), parse(answer), Oracle()) is None
    assert tutor.diagnose(problem, answer).outcome == "right"


@pytest.mark.parametrize(("left", "right", "where"), [
    ("(x^m)^n", "x^(m*n)", "x > 0"), ("(y^2)^k", "y^(2k)", "y > 0"), ("sqrt(z^n)", "z^(n/2)", "z > 0"),
])
def test_powers_with_letters_are_equal_where_it_is_said(left: str, right: str, where: str) -> None:
    found = tutor.equivalent(left, right)
    assert found.verdict == "equal"
    assert where in found.domain


@pytest.mark.parametrize(("left", "right"), [("x^a*x^b", "x^(a+b)"), ("x^n/x", "x^(n-1)"), ("(x*y)^2", "x^2*y^2")])
def test_nothing_is_said_of_powers_that_always_agree(left: str, right: str) -> None:
    found = tutor.equivalent(left, right)
    assert (found.verdict, found.domain) == ("equal", "")
