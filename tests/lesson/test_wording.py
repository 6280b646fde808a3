"""Whether the words of an item ask what the item asks."""

from __future__ import annotations

from typing import Any

import pytest

from tests.lesson.lessons import lesson
from tutor.lesson.course import load_course
from tutor.lesson.wording import other_question


def said(item: dict[str, Any]) -> str:
    """What is said of an item, or nothing."""
    made = lesson(item)
    found = other_question(made.items[0], made)
    return "" if found is None else found[1]


@pytest.mark.parametrize(("item", "words"), [
    ({"given": "x^2", "ask": "integrate", "text": "Differentiate $x^2$."}, "asks to differentiate"),
    ({"given": "x^2", "text": "Find the integral of $x^2$."}, "asks to integrate"),
    ({"given": "x^2 + x^2", "text": "Simplify this."}, "asks to simplify"),
    ({"given": "x^2", "ask": "simplify", "text": "What is the slope of this?"}, "asks to differentiate"),
    ({"given": "2^3", "ask": "evaluate", "text": "Give the antiderivative."}, "asks to integrate"),
    ({"given": "x^2", "text": "Find the slope of $x^2$ at $x = 3$."}, "Type at: 3"),
    ({"given": "x^2", "text": "How steep is it at x = 3?"}, "the slope at x = 3"),
    ({"given": "w*b", "with_respect_to": "w", "text": "Differentiate with respect to $b$."}, "with respect to b"),
])
def test_another_question(item: dict[str, Any], words: str) -> None:
    assert words in said(item)


@pytest.mark.parametrize("item", [
    {"given": "x^2"}, {"given": "x^2", "text": "The integral is $x^2$. Differentiate it."},
    {"given": "x^2", "at": "3", "text": "Find the slope of $x^2$ at $x = 3$."},
    {"given": "sqrt(x)", "text": "It begins steeply at $x = 0$. Differentiate."},
    {"given": "abs(x)", "text": "Find the slope, everywhere but at $x = 0$."},
    {"given": "d/dx [x^2]", "ask": "evaluate", "text": "Find the derivative."},
    {"given": "2x + 3x", "ask": "evaluate", "text": "Simplify."},
    {"ask": "number", "text": "Find the slope of $x^2$ at $x = 3$.", "answer": "6"},
    {"given": "w*b", "with_respect_to": "w", "text": "Differentiate with respect to the weight."},
    {"given": "α*b", "with_respect_to": "α", "text": "Differentiate with respect to $alpha$."},
])
def test_the_same_question(item: dict[str, Any]) -> None:
    assert said(item) == ""


def test_nothing_is_said_of_the_course() -> None:
    assert [item.name for each in load_course() for item in each.items if other_question(item, each)] == []
