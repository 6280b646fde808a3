"""What can be typed for gradient descent, and what is answered to the rest."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest

from tutor.derivation.descent_problem import (
    read_loss,
    read_momentum,
    read_rate,
    read_rates,
    read_start,
    read_steps,
)
from tutor.errors import TutorError


@pytest.mark.parametrize(("text", "loss", "letters", "slopes"), [
    ("(x-3)^2", "(x - 3)^2", ("x",), ["2*x - 6"]),
    ("y + x*y", "y + x*y", ("y", "x"), ["x + 1", "y"]),
    ("L = (x-3)^2", "(x - 3)^2", ("x",), ["2*x - 6"]),
    ("f(u) = u^2; f(x - 3)", "(x - 3)^2", ("x",), ["2*x - 6"]),
    ("z = 2x; L = (z - 3)^2", "(2*x - 3)^2", ("x",), ["8*x - 12"]),
    ("\\frac{x^2}{2}", "x^2/2", ("x",), ["x"]),
])
def test_losses(text: str, loss: str, letters: tuple[str, ...], slopes: list[str]) -> None:
    found = read_loss(text)
    assert (str(found.expression), found.letters) == (loss, letters)
    assert [str(each.result) for each in found.slopes] == slopes


@pytest.mark.parametrize(("text", "answer"), [
    ("d/dx (x-3)^2", "a slope already"), ("(x^2)'", "A prime follows a letter"), ("int x dx", "integral"),
    ("x^2 = 4", "not a loss"), ("5", "no letter"),
    ("f(x) + 1", "f(x) is not defined"), ("x^2 + i", "not a real number"),
    ("x + infinity", "not a real number"), ("x^2; y^2", "one loss at a time"), ("x + 1/0", "no real value"),
    ("x + ln(-1)", "no real value"), ("x +", "missing after +"), ("a+b+c+d+f+g+h+j+k+l+m+n+o", "up to 12"),
    ("", "nothing to read"),
    ("sum_i (w*x_i - y_i)^2", "parts of lists have no numbers here"),
])
def test_what_is_no_loss_is_answered(text: str, answer: str) -> None:
    with pytest.raises(TutorError) as refused:
        read_loss(text)
    assert answer in str(refused.value)


@pytest.mark.parametrize(("text", "start"), [
    ("x=1,y=2", (1, 2)), ("y = 2; x = 1", (1, 2)), ("x=1/3,y=-0.5", (Fraction(1, 3), Fraction(-1, 2))),
    ("x=sqrt(2),y=0", (math.sqrt(2), 0)),
])
def test_starts(text: str, start: tuple[float, ...]) -> None:
    assert read_start(text, read_loss("x + y")) == start
    assert read_start("-2", read_loss("h^2")) == (-2,)


@pytest.mark.parametrize(("text", "answer"), [
    ("", "No start is given for x and y. Type --from x=0,y=0"), ("x=1", "No start is given for y"),
    ("x=1,z=2,y=3", "There is no z in the loss: it has x and y"), ("x=1,x=2", "x is given two starts"),
    ("3", "Which letter starts at 3: x or y?"), ("x=y,y=1", "has to be a number"), ("x<1,y=1", "does not say"),
    ("x=ln(-1),y=1", "no real value"), ("x=10^400,y=1", "too large"), ("x=i,y=1", "not a number"),
    ("x=((3^64)^64)^64,y=1", "too large"),
    ("x=1/0,y=1", "no real value"), ("x=,y=1", "missing after ="),
])
def test_starts_that_cannot_be_read(text: str, answer: str) -> None:
    with pytest.raises(TutorError) as refused:
        read_start(text, read_loss("x + y"))
    assert answer in str(refused.value)


def test_numbers() -> None:
    assert read_rate("0.1").number == Fraction(1, 10)
    assert read_rate("2*sqrt(2)").number == pytest.approx(8 ** 0.5)
    assert [each.number for each in read_rates("0.1, 1/2,1.1")] == [Fraction(1, 10), Fraction(1, 2), Fraction(11, 10)]
    assert read_momentum("0.9").number == Fraction(9, 10)
    assert read_steps("1,000,000") == 1_000_000


@pytest.mark.parametrize(("read", "text", "answer"), [
    (read_rate, "0", "more than 0"), (read_rate, "-1", "more than 0"), (read_rate, "a", "has to be a number"),
    (read_rate, "", "has to be a number"), (read_rates, ",", "--compare 0.1,0.5,1.1"), (read_rates, "0.1,x", "number"),
    (read_rates, ",".join(["1"] * 21), "Up to 20"), (read_momentum, "1", "less than 1"),
    (read_momentum, "-0.1", "at least 0"), (read_steps, "ten", "a whole number from 1 to 1,000,000"),
    (read_steps, "0", "a whole number"), (read_steps, "1000001", "a whole number"), (read_steps, "2.5", "a whole"),
])
def test_numbers_that_cannot_be_read(read: object, text: str, answer: str) -> None:
    assert callable(read)
    with pytest.raises(TutorError) as refused:
        read(text)
    assert answer in str(refused.value)
