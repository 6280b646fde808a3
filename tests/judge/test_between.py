"""Values between limits as learners write them."""

from __future__ import annotations

import pytest

import tutor
from tutor.expression.parse import parse
from tutor.judge.between import between_limits, occurs, variable_between
from tutor.judge.lines import judge_lines


@pytest.mark.parametrize("text", [
    "[x^3/3]_0^2", "[x^3/3]_{0}^{2}", "[x^3/3]_(0)^(2)", "[x^3/3]^2_0", "[x^3/3] from 0 to 2", "x^3/3 |_0^2",
    "= x^3/3|_0^2", "[x^3/3]_{x=0}^{x=2}", r"\left[\frac{x^3}{3}\right]_0^2", r"\left.\frac{x^3}{3}\right|_0^2",
    r"\left. \frac{x^3}{3} \right|_{0}^{2}", r"\Big[\frac{x^3}{3}\Big]_0^2", r"\left[\frac{x^3}{3}\right]^{2}_{0}",
])
def test_every_way_of_writing_has_the_value(text: str) -> None:
    found = tutor.diagnose("int_0^2 x^2 dx", text)
    assert found.outcome == "right_other_form"
    judged = judge_lines("int_0^2 x^2 dx", [text, "8/3"])
    assert [line.outcome for line in judged.lines] == ["several_steps", "expected"]


@pytest.mark.parametrize("text", ["x^2 + 1", "2*[x + 1]", "|x|", "|x - 1| + |x|", "[x]_0", r"\frac{x}{2}", "|_0^2", ""])
def test_anything_else_stays_as_it_is(text: str) -> None:
    assert between_limits(text, lambda body: "x") == text


def test_the_letter_is_that_of_the_integral_in_the_brackets() -> None:
    letter_of = variable_between(parse("int_0^1 int_0^2 x*t dt dx"))
    assert between_limits("[t^2/2]_0^2", letter_of) == "(((t^2/2) at (t = 2)) - ((t^2/2) at (t = 0)))"
    assert letter_of("3") == letter_of("5")


@pytest.mark.parametrize(("letter", "text", "expected"), [
    ("x", "2x", True), ("x", "x_1", True), ("x", "exp(3)", False), ("u", r"\sqrt{u}", True), ("u", "", False),
])
def test_a_letter_by_itself(letter: str, text: str, expected: bool) -> None:
    assert occurs(letter, text) == expected


@pytest.mark.parametrize("text", [
    "[x^3/3 +]_0^2", "[x^3/3]_0^", "[x^3/3]_^2", "]_0^2", "x^3/3 |_0", "[]_0^2", "[[x]_0^2",
])
def test_what_cannot_be_read_is_said(text: str) -> None:
    assert tutor.diagnose("int_0^2 x^2 dx", text).outcome == "unreadable"


def test_a_substitution_with_limits() -> None:
    lines = ["u = x^2 + 1, du = 2x dx", "int_1^5 u^3 du", "[u^4/4]_1^5", "156"]
    judged = judge_lines("int_0^2 2x*(x^2 + 1)^3 dx", lines)
    assert [line.outcome for line in judged.lines] == ["detour", "several_steps", "expected"]


def test_putting_the_inside_back_is_a_step() -> None:
    judged = judge_lines("int 2x*cos(x^2) dx", ["u = x^2", "int cos(u) du", "sin(u) + C", "sin(x^2) + C"])
    last = judged.lines[-1]
    assert (last.outcome, last.message.written()) == ("expected", "Right: x^2 is put back in place of u.")
    assert judged.finished
