"""Answers to indefinite integrals: their derivative, their constant, their domain."""

from __future__ import annotations

import pytest

from tutor.errors import TutorError
from tutor.expression.parse import parse
from tutor.judge.antiderivative import judge_antiderivative

ANSWERS = [
    # problem, answer, verdict, constant, letter
    ("int x^2 dx", "x^3/3 + C", "equal", "present", "C"),
    ("int x^2 dx", "x^3/3 + k", "equal", "present", "k"),
    ("int x^2 dx", "C - (-x^3/3)", "equal", "present", "C"),
    ("int x^2 dx", "x^3/3 + 2c + 5", "equal", "present", "c"),
    ("int x^2 dx", "(x^3 + C)/3", "equal", "present", "C"),
    ("int e^x dx", "e^x + A + B", "equal", "present", "A"),
    ("int 1/x dx", "ln|k x|", "equal", "present", "k"),
    ("int 1/x dx", "ln|x| + ln|c|", "equal", "present", "c"),
    ("int a x dx", "a x^2/2 + C", "equal", "present", "C"),
    ("int sin x cos x dx", "-cos(2x)/4 + C", "equal", "present", "C"),
    ("int sin x cos x dx", "sin(x)^2/2 + C", "equal", "present", "C"),
    ("int 1/(1+x^2) dx", "-atan(1/x) + C", "equal", "present", "C"),
    ("int u dx", "u x + C", "equal", "present", "C"),
    ("int x^2 dx", "x^3/3", "equal", "missing", ""),
    ("int x dx", "(x+1)^2/2 - x", "equal", "missing", ""),
    ("int x dx", "x^2/2 + C - C", "equal", "missing", ""),
    ("int x dx", "x^2/2 + 1 - 1", "equal", "missing", ""),
    ("int 0 dx", "0", "equal", "missing", ""),
    ("int x^2 dx", "x^3/3 + 1", "equal", "fixed", ""),
    ("int x^2 dx", "-(2 - x^3/3)", "equal", "fixed", ""),
    ("int x^2 dx", "x^3/3 + pi", "equal", "fixed", ""),
    ("int a x dx", "a x^2/2 + a", "equal", "fixed", ""),  # a is given: it is no free constant
    ("int x^2 dx", "x^3/3 + C^2", "equal", "restricted", "C"),
    ("int x^2 dx", "x^3/3 + e^C", "equal", "restricted", "C"),
    ("int x^2 dx", "x^3/3 + C^2 + K", "equal", "present", "K"),
    ("int x^2 dx", "x^3 + C", "different", "present", "C"),
    ("int x^2 dx", "2x", "different", "missing", ""),
    ("int e^x dx", "e^(x+C)", "different", "restricted", "C"),
    ("int x dx", "C x^2/2", "different", "present", "C"),
    ("int 2x dx", "x^2 + step(x) + C", "different", "present", "C"),    # it jumps
    ("int 5e^(5x + 55) dx", "e^(5x + 55) - step(x + 1) + C", "different", "present", "C"),
    ("int a*cos(x)/(2sqrt(a*sin(x))) dx", "sqrt(a*sin(x)) + sign(x + 5) + C", "different", "present", "C"),
    ("int cos(x)/sin(x)^(2/3) dx", "3sin(x)^(1/3) + C", "equal", "present", "C"),
    ("int cos(x) dx", "sin(x) + |e^x - 2|/(e^x - 2) + C", "different", "present", "C"),
    ("int 3 dx", "3x + sign(x - 200) + C", "different", "present", "C"),
    ("int x dx", "x^2/2 + step(sin(x) + 2 + e^x) + C", "equal", "present", "C"),
    ("int sign(x - 4) dx", "|x - 4| + C", "equal", "present", "C"),
    ("int step(x) dx", "relu(x) + C", "equal", "present", "C"),
    ("int 1/x dx", "ln|x| + step(x) + C", "equal", "present", "C"),     # one constant on each side of the pole
    ("int x dx", "y = x^2/2", "undecided", "missing", ""),
]  # fmt: skip


@pytest.mark.parametrize(("problem", "answer", "verdict", "constant", "letter"), ANSWERS)
def test_judges(problem: str, answer: str, verdict: str, constant: str, letter: str) -> None:
    found = judge_antiderivative(parse(problem), parse(answer))
    assert (found.equivalence.verdict, found.constant, found.letter) == (verdict, constant, letter)
    assert found.right == (verdict == "equal" and constant in ("present", "restricted"))
    assert bool(found.sentence) == (constant != "present")


@pytest.mark.parametrize(("answer", "domain"), [
    ("ln x + C", "Where x = -1, 1/x has a value and ln(x) + C has none."),
    ("ln|x| + C", ""),
    ("ln(x^2)/2 + C", ""),
])
def test_says_where_only_the_integrand_has_values(answer: str, domain: str) -> None:
    assert judge_antiderivative(parse("int 1/x dx"), parse(answer)).equivalence.domain == domain


def test_an_answer_with_more_values_than_the_integrand_is_no_matter() -> None:
    assert judge_antiderivative(parse("int x/sqrt(x)^2 dx"), parse("x + C")).equivalence.domain == ""


@pytest.mark.parametrize("problem", ["x^2", "d/dx x^2", "int_0^1 x dx"])
def test_refuses_what_is_no_indefinite_integral(problem: str) -> None:
    with pytest.raises(TutorError, match="is not an indefinite integral"):
        judge_antiderivative(parse(problem), parse("x"))


@pytest.mark.parametrize(("problem", "answer", "said"), [
    ("int 1/(2 + cos(x)) dx", "2*atan(tan(x/2)/sqrt(3))/sqrt(3) + C", "It jumps at x = pi, where"),
    ("int sqrt(1 + sin(x)) dx", "-2*cos(x)/sqrt(1 + sin(x)) + C", "It jumps at x = -pi/2, where"),
    ("int 1/x^2 dx", "-1/x + C", ""),
])
def test_a_right_formula_that_jumps_is_right_on_each_side_only(problem: str, answer: str, said: str) -> None:
    found = judge_antiderivative(parse(problem), parse(answer)).equivalence
    assert found.verdict == "equal"
    assert found.gap.written().startswith(said)
    assert bool(found.gap.written()) is bool(said)
