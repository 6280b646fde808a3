"""How integrals read: what is put for u, what is found again, and what else could be done."""

from __future__ import annotations

import pytest

import tutor
from tutor.telling.steps import lowered


def lines_of_work(problem: str) -> list[str]:
    return [line.told().written() for step in tutor.explain(problem).steps for line in step.working]


@pytest.mark.parametrize(("problem", "line"), [
    ("int sin(x)^5*cos(x)^2 dx", "Let u = cos(x), so du = -sin(x) dx."),
    ("int tan(x)^2*sec(x)^4 dx", "Let u = tan(x), so du = sec(x)^2 dx."),
    ("int 1/(5 + 3*cos(x)) dx", "Let u = tan(x/2), so du = (u^2 + 1)/2 dx."),
    ("int x^2/sqrt(9 - x^2) dx", "Let x = 3*sin(u), so dx = 3*cos(u) du."),
    ("int 1/(x^2 + 6x + 10) dx", "Let u = x + 3, so du = dx."),
    ("int e^x*cos(x) dx", "With I on the left side alone: 2*I = e^x*(sin(x) + cos(x))"),
])
def test_the_letter_is_named(problem: str, line: str) -> None:
    assert line in lines_of_work(problem)


@pytest.mark.parametrize(("problem", "answer"), [
    ("int cos(x)^2 dx", "x/2 + sin(2*x)/4 + C"), ("int x^3/(x^2 + 4) dx", "x^2/2 - 2*ln(x^2 + 4) + C"),
    ("int x*e^(2x) dx", "(2*x - 1)*e^(2*x)/4 + C"),
    ("int 1/(x^2 - 5) dx", "ln(abs((x - sqrt(5))/(x + sqrt(5))))/(2*sqrt(5)) + C"),
    ("int 1/sqrt(18 - x^2) dx", "asin(x/(3*sqrt(2))) + C"),
])  # fmt: skip
def test_the_answer_is_that_of_a_book(problem: str, answer: str) -> None:
    assert str(tutor.explain(problem).result) == answer


def test_a_proper_name_keeps_its_capital() -> None:
    assert lowered("Euler's substitution") == "Euler's substitution"
    assert lowered("Partial fractions") == "partial fractions"


def test_two_minus_signs_never_stand_in_an_exponent() -> None:
    assert all("(-(-" not in str(step.after) for step in tutor.explain("lim_(t->inf) t^2*e^(-t)").steps)
