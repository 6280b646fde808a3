"""Equations in a text: which are called false, which are doubted, and which are no claims."""

from __future__ import annotations

from pathlib import Path

import pytest

from tutor.expression.parse import parse
from tutor.lesson.check import examine_lesson
from tutor.lesson.claims import asks_for_what_is_wrong, untrue
from tutor.lesson.course import load_course
from tutor.lesson.reader import read_source
from tutor.lesson.schema import Lesson

FALSE = [
    "$d/dx [sin(x)] = -cos(x)$", "The slope: $d/dx [x^n] = n*x^n$.", "$cos(x) = d/dx [cos(x)]$", "$int x dx = x^2$",
    "$int x dx = x^2 + C$", "$int_0^1 x dx = 1$", "$d/dx [x^2] at (x = 3) = 5$", "$d/dx [3x + 2] = 2$",
    "$d/dx [f(x)*g(x)] = f'(x)*g'(x)$", "With the chain rule $d/dx [sin(2x)] = cos(2x)$.",
    "Then $$d/dx [sin(2x)] = cos(2x)$$.", "With $u = x^2$ it is clear that $d/dx [sin(u)] = cos(u)$.",
    "Let $f(x) = x^2$. Then $d/dx [f(x)*x] = 2x^2$.", "For all x $d/dx [e^x] = x*e^(x - 1)$ for all x.",
    "It is not $d/dx [sin(x)] = -cos(x)$ but $d/dx [sin(x)] = sin(x)$.",
    "If $x > 0$ then $d/dx [ln(x)] = 1/x^2$.", "Is it hard? No: $d/dx [sin(x)] = -cos(x)$.",
    "For $x > 0$, $d/dx [ln(x)] = ln(x)$; for $x < 0$ there is no slope.", "For positive $x$, $d/dx [ln(x)] = 1/x^2$.",
    "$f(x) = x^2$ has $f'(x) = 3x$.", "$L = (w*x - y)^2$, so $dL/dw = 2*(w*x - y)$.",
    "From $z = w*x$ and $L = (z - y)^2$ it follows: $dL/dw = 2*(z - y)$.",
    "$d/dx [sin(x)] = -cos(x)$. Do not forget it.",
    "- Do not hurry.\n- $d/dx [sin(x)] = -cos(x)$", "![$d/dx [x^2] = x$](slope.png)",
]

DOUBTFUL = [
    "$sin(x)^2 + cos(x)^2 = 2$", "$(a + b)^2 = a^2 + b^2$", "$ln(a + b) = ln(a) + ln(b)$", "$sin(2x) = 2sin(x)$",
    "$1/(a + b) = 1/a + 1/b$", "$e^(a + b) = e^a + e^b$", "$2 + 2 = 5$", "$sqrt(a^2 + b^2) = a + b$", "$12/4 = 4$",
    "$f(x) = x^2$, so $f(3) = 6$.", "Once the unit is active, $d/dz [relu(z)] = 1$.",
    "Above $2$, $d/dx [abs(x - 2)] = 1$.",
    "$d/dx [x^2] = 2$", "$ln(x^2) = ln(x)^2$", "$(x + 1)^2 = x^2 + 1$", "$sin(0) = 1$", "$e^2 = 7.3$",
]

NO_CLAIMS = [
    "$f(x) = x^2$", "$y = w*x + b$", "$z = 3x$", "$x = 2$", "$x^2 = 4$", "$2x - 6 = 0$", "$ln(x) = 2$", "$x^2 = 2x$",
    "$e^x = 3x + 2$", "$cos(x) = x$", "$x^2 + y^2 = 25$", "$x^3 + y^3 = 6*x*y$", "$dL/dw = 2w$", "$y' = 2x$",
    "$d/dx [x^2 - 4x] = 0$", "$d/dx [x^2 + b*x] = m$", "$int x dx = F$", "where $d/dx [x^2] = 2$", "$x^2 > 0$",
    "Do not write $d/dx [sin(x)] = -cos(x)$.", "Do not say of $sin(x)$ that $d/dx [sin(x)] = -cos(x)$.",
    "~~$d/dx [sin(x)] = -cos(x)$~~", "Is $d/dx [sin(x)] = -cos(x)$?", "$(a + b)^2 = a^2 + b^2$ is a frequent mistake.",
    "A frequent mistake:\n\n$$(a + b)^2 = a^2 + b^2$$\n", "$d/dx [x^2] = 4$ at $x = 2$", "Solve $sin(2x) = sin(x)$.",
    "Let $u = x^2$. Then $d/dx [sin(u)] = cos(u)*2x$.", "$d/dx [u^2] = 2u*u'$", "$f(x) = x^2$ has $f'(x) = 2x$.",
    "Let $f(x) = x^2$. Then $d/dx [f(x)*x] = 3x^2$.", "$d/dx [x^2 + y^2] = 2x + 2y*dy/dx$",
    "$L = (w*x - y)^2$, so $dL/dw = 2*(w*x - y)*x$.", "$L = z^2$ with $dL/dw = 2z*dz/dw$.",
    "From $z = w*x$ and $L = (z - y)^2$ it follows: $dL/dw = 2*(z - y)*x$.",
    "From $z = w*x$ and $L = (z - y)^2$ it follows: $dL/dw = dL/dz*dz/dw$.",
    "With $f(x) = x^2$ once and $f(x) = x^3$ later, $f'(x) = 3x^2$.",
    "At $w = 3$ the slope is $d/dw [w^2] = 6$.", "They cross: $(x - 1)^2 = x + 1$.",
    "Many learners write $d/dx [e^(2x)] = e^(2x)$.", "A frequent slip is $d/dx [x^n] = x^(n - 1)$.",
    "If $x > 0$, $d/dx [relu(x)] = 1$.", "When $x < 0$ the ReLU is $0$, so $d/dx [relu(x)] = 0$.",
    "For $x < 1$, $d/dx [abs(x - 1)] = -1$; for $x > 1$, $d/dx [abs(x - 1)] = 1$.",
    "Where $x$ is positive, $relu(x) = x$ and $d/dx [relu(x)] = 1$.",
    "If $a > 0$ and $b > 0$ then $sqrt(a^2*b^2) = a*b$.",
    "To the right of the corner $d/dx [abs(x)] = 1$, to the left $d/dx [abs(x)] = -1$.",
    "For positive $a$ and $b$, $d/dx [abs(a*b*x)] = a*b*sign(x)$.", "For small $h$, $(x + h)^2 = x^2 + 2x*h$ nearly.",
    "Let $f(x) = x^2$. Then $f(3) = 9$ and $f(-3) = f(3)$.", "Where is $f(x) = 4$, if $f(x) = x^2$?",
    "$f(-x) = f(x)$", "$f(x + h) = f(x) + h*f'(x)$", "$(f(x + h) - f(x))/h = f'(x)$",
    "$a = 2$ gives $d/dx [a*x] = 2$.", "Nobody writes ~~$x$ or $d/dx [x] = 2$~~.",
]

TRUE = [
    "$d/dx [sin(x)] = cos(x)$", "$int x dx = x^2/2 + C$", "$int x*e^x dx = x*e^x - int e^x dx$", "$pi = 3.14$",
    "$e^2 = 7.39$", "$1/3 = 0.33$", "$d/dx [sin(x)] at (x = 1) = 0.54$", "$-e^2 = -7.39$", "$ln(a*b) = ln(a) + ln(b)$",
]


@pytest.mark.parametrize("words", FALSE)
def test_false(words: str) -> None:
    assert [found.surely for found in untrue(words)] == [True]


@pytest.mark.parametrize("words", DOUBTFUL)
def test_doubtful(words: str) -> None:
    assert [found.surely for found in untrue(words)] == [False]


@pytest.mark.parametrize("words", [*NO_CLAIMS, *TRUE])
def test_nothing_to_say(words: str) -> None:
    assert list(untrue(words)) == []


def test_places_and_values() -> None:
    words = "A price is \\$5, and $d/dx [x^a] = a*x^a$ is said."
    (found,) = untrue(words, {"a": parse("3")})
    assert words[found.start:].startswith("d/dx [x^a]")
    assert str(found.equation) == "d/dx [x^3] = 3*x^3"
    assert found.sentence.startswith("at x = ")


@pytest.mark.parametrize("lesson", load_course(), ids=lambda lesson: lesson.id)
def test_nothing_is_said_of_the_words_of_the_course(lesson: Lesson) -> None:
    assert list(untrue(lesson.text, functions=lesson.defined)) == []


def test_questions_for_what_is_wrong() -> None:
    assert asks_for_what_is_wrong("Which of these is false?")
    assert not asks_for_what_is_wrong("Which of these is true?")


WHERE = """\
format: 1
id: a
title: A
text: Read $d/dx [sin(x)] = -cos(x)$ aloud.
items:
  - ask: choose
    text: Since $d/dx [e^x] = x$, look twice. Which is true?
    choices: ["$d/dx [x^2] = 2x$", "$d/dx [x^2] = x*x$"]
    answer: "$d/dx [x^2] = x*x$"
  - given: x^2
    hints: ["", "Take $d/dx [x^3] = 3x$."]
    expect:
      - x: It is true that $d/dx [x^2] = 3x$.
  - ask: choose
    text: Which is false?
    choices: ["$d/dx [x^2] = 2x$", "$d/dx [x^2] = x*x$"]
    answer: "$d/dx [x^2] = x*x$"
"""


def test_every_text_in_which_something_is_claimed_is_looked_at(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text(WHERE, encoding="utf-8")
    problems = examine_lesson(read_source(file)).problems
    assert [(each.code, each.line, each.column) for each in problems] == [
        ("L209", 4, 13), ("L209", 7, 18), ("L209", 8, 38), ("L209", 11, 24), ("L209", 13, 29)]
