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
    ("given: 'd/dw_k sum_i (w_i - 1)^2 +'", "L105", "Something is missing after +"),
    ("given: tangent to x^2 at 3", "L105", "Only one expression can stand here."),
    ("given: dy/dx if x*y = 1", "L105", "needs ask: expression"),
    ("ask: backprop, given: 'z_i = w*x_i; L = sum_i z_i^2', blank: [dL/dz]", "L124", "z is a list"),
    ("ask: backprop, given: 'z_i = w*x_i; L = sum_i z_i^2', at: {w: 2}, blank: [dL/dw]", "L103", "z is a list"),
    ("ask: which-cell-is-wrong, given: 'z_i = w*x_i; L = sum_i z_i^2', at: {w: 2}", "L103", "z is a list"),
    ("given: y'", "L105", "is not defined: write out the function"),
    ("ask: number, text: a, answer: y = 3", "L105", "answer: 3."),
    ("ask: number, text: a, answer: 3, within: x < 1", "L105", "comparison"),
    ("given: x^2, expect: [{y = 2x: right}]", "L105", "Type only 2*x."),
    ("given: x^2, with_respect_to: x^2", "L103", "One letter is expected here"),
    ("given: x^2, with_respect_to: z", "L104", "z does not occur in x^2"),
    ("given: x^2, within: 1", "L115",
     "within has no meaning for ask: differentiate, only for backprop, critical-points, iterate, number, numbers and "
     "point."),
    ("given: 1/2x", "L305", "(1/2)"),
    ("given: 'a*x', vary: {a: []}", "L111", "a has no values"),
    ("given: 'a*x', vary: {a: }", "L111", "a has no values"),
    ("given: 'a*x', vary: {a: 2-5}", "L111", "Did you mean 2..5?"),
    ("given: 'α*x', vary: {α: 2..5, alpha: 3}", "L111", "the same letter as α"),
    ("given: x^2, vary: {x: 2..5}", "L111", "x^2 is differentiated or integrated with respect to x, so x cannot vary"),
    ("given: 'd/dx [x^2]', vary: {x: 2..5}", "L111", "with respect to x, so x cannot vary"),
    ("given: t^2, with_respect_to: t, vary: {t: 2..5}", "L111", "with respect to t, so t cannot vary"),
    ("given: f(2x), vary: {f: ['sin(x)']}", "L104", "To vary the whole expression, type given: g"),
    ("given: x^2, hints: ['  ']", "L102", "only spaces"),
    ("given: '  '", "L102", "only spaces"),
    ("given: x^2, expect: [{}]", "L102", "An answer is missing"),
    ("ask: number, text: a, answer: 3, within: 1%, form: exact", "L115", "form has no meaning together with within"),
    ("ask: number, text: a, answer: 3, within: '%'", "L105", "before the percent sign, as in 1%"),
    ("ask: number, text: a, answer: 3, within: '2%%'", "L105", "% is not part of the notation"),
    ("given: 'a*x', vary: {a: [height]}", "L111", "If these are words, type {a} in the text."),
    ("given: x, text: 'Of {w}.', vary: {w: [a, 3]}", "L118", "3 is not a word, and {w} is replaced by words. For a "
                                                             "number"),
    ("given: x, text: 'Of {w}.', vary: {w: 2..5}", "L118", "type $w$"),
    ("given: x, text: 'Of {w}.', vary: {w: []}", "L118", "A space is not a word"),
    ("given: x, text: 'Of {w}.', vary: {w: ['$x$']}", "L118", "cannot contain $"),
    ("given: x, text: 'Of {w}.'", "L118", "Add w to vary"),
    ("given: 'a*x', text: 'Of {a}.', vary: {a: 2..5}", "L118", "type $a$ for its value"),
    ("given: x, vary: {mass: [a]}", "L111", "For words, type {mass} in the text."),
    ("given: 'm*a*x', vary: {a: 2..5}, let: {m: 2b}", "L117", "b is neither in vary nor further up in let."),
    ("given: 'm*x', vary: {a: 2..5}, let: {m: 2a, k: 3}", "L104", "k is not used anywhere in the item."),
    ("given: 'm*x', vary: {a: 2..5}, let: {m: 2a}, require: a > k", "L110", "k is neither in vary nor in let."),
    ("given: 'm*x', vary: {a: 2..5}, let: {m: '2a('}", "L105", "never closed"),
    ("given: 'm*x', vary: {a: 2..5}, let: {m: a = 2}", "L105", "not an equation"),
    ("given: 'f*m', vary: {a: 2..5, f: ['m*x']}, let: {m: 2a}", "L111", "m has values of its own"),
    ("given: 'w*x', with_respect_to: w, vary: {a: 2..5}, let: {w: 2a}", "L117", "with respect to w, so w cannot"),
])
def test_what_is_said(item: str, code: str, said: str) -> None:
    (finding,) = of_item(item)
    assert finding[0] == code
    assert said in finding[1]


def test_a_name_that_is_typed_in_two_ways() -> None:
    assert [said for _, said in of_item("given: x, text: 'Of {mas} and {wealth}.', vary: {mass: [a, b]}")] == [
        "mass is not a letter, so it cannot vary. For words, type {mass} in the text.",
        "There are no words for {mas}. Did you mean {mass}?",
        "There are no words for {wealth}. Add wealth to vary, with a list of words; for a plain brace, type "
        "\\{."]


@pytest.mark.parametrize("item", [
    r"given: '\frac{x}{2}', expect: [{'\tfrac12': right}]", r'given: "x\\cdot x"',
    "given: 'α*x', vary: {α: 2..5}, require: α != 3", "given: f'(x)", "given: pi^2, with_respect_to: x",
    "given: c, vary: {c: 2..9}", "given: x^2, vary: {x: [t, 2t]}", "given: g, vary: {g: ['sin(x)', e^x]}",
    "given: 'f', vary: {f: [t^2]}, with_respect_to: t", "given: x^2, at: p, vary: {p: 1..3}", "ask: [a], given: x^2",
    "ask: unknown, given: x^2, at: 3", "given: x^2, hints: ['', 'b']",
    "given: x^2, text: 'The {w}, \\{w} of {1, 2} and $x_{n}$. {W}', vary: {w: [height, 'mass of a car']}",
    "given: 'm*x', vary: {a: 2..5}, let: {m: 2a}", "given: 'α*x', vary: {a: 2..5}, let: {alpha: 2a}",
    "given: 'k*x', vary: {a: 2..5}, let: {m: 2a, k: m + 1}", "given: g^2, vary: {a: 2..5}, let: {g: 'a*x + 1'}",
    "given: 'a*x', vary: {a: 2..5}, let: {m: 2a}, require: m > 4",
    "given: 'a*x', vary: {a: 2..5}, let: {m: 2a, k: 3}, expect: [{m: wrong}, {2x: 'No, $k$.'}]",
    "given: x^2, let: [a]", "given: x^2, let: {m: [3]}",
    "ask: choose, text: '{w}?', choices: ['the {w}', 'no'], answer: 'the {w}', vary: {w: [mass]}",
    "ask: number, text: a, answer: 3, within: 1%", "ask: number, text: $a$, answer: a, within: a %, vary: {a: 2..5}",
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
    assert lesson.items[0].letters == {"alpha"}
