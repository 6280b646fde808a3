"""What the look at a lesson's contents finds, and what it has nothing to say of."""

from __future__ import annotations

import pytest

from tutor.lesson.contents import contents
from tutor.lesson.document import read_document
from tutor.lesson.schema import Lesson


def found(text: str) -> list[tuple[str, str]]:
    """Codes and messages for a lesson with these lines."""
    return [(finding.code, finding.message) for finding in contents(read_document(f"id: a\n{text}"))]


def of_item(text: str) -> list[tuple[str, str]]:
    """The same for an item with these keys, in braces."""
    return found(f"items: [{{{text}}}]")


@pytest.mark.parametrize(("item", "code", "said"), [
    ("given: y = x^2", "L105", "Type only the value, given: x^2."),
    ("given: x^2, at: x = 3", "L105", "Type only the value, at: 3."),
    ("given: x^2 > 3", "L105", "not a comparison with >"),
    ("given: f(x) = x^2; f'(3)", "L105", "several statements"),
    ("given: y'", "L105", "no definition"),
    ("ask: number, text: a, answer: y = 3", "L105", "answer: 3."),
    ("ask: number, text: a, answer: 3, within: x < 1", "L105", "comparison"),
    ("given: x^2, expect: [{y = 2x: right}]", "L105", "Type only 2*x."),
    ("given: x^2, with_respect_to: x^2", "L103", "One letter is expected here"),
    ("given: x^2, with_respect_to: z", "L104", "z does not occur in x^2"),
    ("given: x^2, within: 1", "L115", "within means nothing for ask: differentiate, only for number."),
    ("given: 1/2x", "L305", "(1/2)"),
    ("given: 'a*x', vary: {a: []}", "L111", "a has no values"),
    ("given: 'a*x', vary: {a: }", "L111", "a has no values"),
    ("given: 'a*x', vary: {a: 2-5}", "L111", "Did you mean 2..5?"),
    ("given: 'α*x', vary: {α: 2..5, alpha: 3}", "L111", "the same letter as α"),
    ("given: x^2, vary: {x: 2..5}", "L111", "x is the letter by which x^2"),
    ("given: 'd/dx [x^2]', vary: {x: 2..5}", "L111", "x is the letter by which"),
    ("given: t^2, with_respect_to: t, vary: {t: 2..5}", "L111", "t is the letter by which"),
    ("given: f(2x), vary: {f: ['sin(x)']}", "L104", "The whole expression can: given: g"),
    ("given: x^2, hints: ['  ']", "L102", "only blanks"),
    ("given: '  '", "L102", "only blanks"),
    ("given: x^2, expect: [{}]", "L102", "An answer is missing"),
])
def test_what_is_said(item: str, code: str, said: str) -> None:
    (finding,) = of_item(item)
    assert finding[0] == code
    assert said in finding[1]


@pytest.mark.parametrize("item", [
    "given: 'α*x', vary: {α: 2..5}, require: α != 3", "given: f'(x)", "given: pi^2, with_respect_to: x",
    "given: c, vary: {c: 2..9}", "given: x^2, vary: {x: [t, 2t]}", "given: g, vary: {g: ['sin(x)', e^x]}",
    "given: 'f', vary: {f: [t^2]}, with_respect_to: t", "given: x^2, at: p, vary: {p: 1..3}", "ask: [a], given: x^2",
    "ask: unknown, given: x^2, at: 3", "given: x^2, hints: ['', 'b']",
])
def test_what_nothing_is_said_of(item: str) -> None:
    assert of_item(item) == []


def test_a_lesson_of_nothing() -> None:
    assert [code for code, _ in found("title: A")] == ["L102"]
    assert found("text: A") == found("items: [{given: x}]") == []


def test_names_in_wrong_rules_that_cannot_be_read_are_no_strangers() -> None:
    (finding,) = found('misconceptions: |\n  misconception doubled "D" unlike chain\n      d/dx [x^2] = 2\n'
                       "items:\n  - given: x^2\n    expect:\n      - x: doubled\n")
    assert finding[0] == "L108"
    assert "x is a variable" in finding[1]


def test_letters_that_vary_are_named_as_in_formulas() -> None:
    lesson = Lesson.model_validate({"format": "1", "id": "a", "title": "A", "items": [
        {"given": "α*x", "vary": {"α": "2..5"}}]})
    assert lesson.items[0].vary == {"alpha": "2..5"}
