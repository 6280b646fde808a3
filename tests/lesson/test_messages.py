"""Mistakes that authors make, and what they are told: what happened, where, and what to type."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest
from pydantic import BaseModel

from tests.lesson.lessons import exercise
from tutor.lesson.check import examine_lesson
from tutor.lesson.hints import hints
from tutor.lesson.judging import judge
from tutor.lesson.keys import about_key, expected, meant_value
from tutor.lesson.reader import read_source
from tutor.lesson.schema import Item, Lesson

NUMBER = "ask: number\n    text: How much?\n    "
CHOOSE = "ask: choose\n    text: Which?\n    choices: [2x, 3x]\n    "

MISTAKES = [
    # keys and values of other formats
    (NUMBER + "answer: 3\n    tolerance: 0.1", "8:5", "L101", "Type within: to say how far an answer may be off."),
    ("question: Differentiate\n    given: x^2", "5:5", "L101", "Type text: for the question in words."),
    ("given: x^2\n    solution: 2x", "6:5", "L101", "The engine works out the answer itself"),
    ("given: x^2\n    hint: Think", "6:5", "L101", "Type hints: a list"),
    ("given: x^2\n    feedback: Good", "6:5", "L101", "is written under expect"),
    ("given: x^2\n    variables: {a: 2}", "6:5", "L101", "Type vary:"),
    ("given: x^2\n    points: 3", "6:5", "L101", "Exercises have no marks"),
    ("given: x^2\n    hnits: [a]", "6:5", "L101", "Did you mean hints?"),
    ("given: x^2\n    colour: red", "6:5", "L101", "To see the keys there are, use tutor author schema."),
    ("given: x^2\n    ask: derive", "6:10", "L103", "Did you mean differentiate?"),
    ("given: x^2\n    ask: Integrate", "6:10", "L103", "Did you mean integrate?"),
    ("given: x^2\n    form: simplify", "6:11", "L103", "Did you mean simplified?"),
    ("given: x^2\n    id: My Item", "6:9", "L103", "such as my-item."),
    # tables
    ("ask: backprop\n    given: L = x^2", "5:5", "L102", "ask: backprop needs blank: the cells to fill"),
    ("ask: backprop\n    given: L = x^2\n    at: 3\n    blank: [dL/dx]", "5:5", "L102", "such as at: {w: 0.5, x: 2}"),
    ("given: x^2\n    at: {x: 2}", "5:5", "L102", "needs one point under at:, such as at: 2"),
    ("ask: iterate\n    given: w^2\n    from: w = 1", "5:5", "L102", "needs rate: such as 0.1 and steps: such as 2"),
    ("ask: which-cell-is-wrong\n    given: L = x^2", "5:5", "L102", "ask: which-cell-is-wrong needs at:"),
    ("ask: backprop\n    given: L = x^2*y\n    at: {x: 1}\n    blank: [L]", "7:5", "L102", "There is no number for y."),
    ("ask: backprop\n    given: L = x^2\n    at: {x: 1, z: 1}\n    blank: [L]", "7:16", "L104", "z stands on none of"),
    ("ask: backprop\n    given: L = x^2\n    at: {L: 1, x: 1}\n    blank: [L]", "7:10", "L104", "L has a line"),
    ("ask: backprop\n    given: L = (x\n    blank: [dL/dx]", "6:16", "L105", "This ( is never closed"),
    ("ask: backprop\n    given: L = x^2\n    at: {x: 2*}\n    blank: [L]", "7:15", "L105", "missing after *"),
    ("ask: backprop\n    given: L = ln(x)\n    at: {x: -1}\n    blank: [L]", "7:9", "L201", "L has no value"),
    ("ask: backprop\n    given: L = x^2\n    blank: [dL/dx]\n    hints: [a]", "8:5", "L115", "hints has no meaning"),
    ("ask: which-cell-is-wrong\n    given: L = x^2\n    at: {x: 1}\n    use: only_path", "8:10", "L107",
     "only_one_path?"),
    ("ask: which-cell-is-wrong\n    given: z = 2*x; L = z^2\n    at: {x: 1}\n    use: only_one_path", "8:10", "L201",
     "makes no cell of this table wrong"),
    ("ask: iterate\n    given: w^2\n    from: w = (1\n    rate: 1\n    steps: 1", "7:15", "L105", "never closed"),
    ("ask: iterate\n    given: w^2\n    from: w = 1\n    rate: 0\n    steps: 1", "8:11", "L103",
     "has to be more than 0"),
    ("given: x^2\n    steps: 3", "6:5", "L115", "steps has no meaning for ask: differentiate, only for iterate."),
    # lists and mappings
    ("given: {x}", "5:12", "L103", "put quotes around a formula that has them."),
    ("given: x^2\n    expect: 2x", "6:13", "L103", "such as - 2x: right."),
    ("given: x^2\n    expect:\n      - 2x right", "7:9", "L103", "such as 2x: right."),
    ("given: x^2\n    expect:\n      - input: 2x\n        verdict: right", "7:9", "L103", "such as 2x: right."),
    ("given: x^2\n    hints: auto", "6:12", "L103", "such as hints: ["),
    ("given: a*x\n    vary: a 2..5", "6:11", "L103", "such as vary: {a: 2..5}."),
    ("given: a*x\n    vary:\n      - a: 2..5", "7:7", "L103", "Leave the dashes out."),
    # LaTeX in double quotes
    ('given: "\\frac{x}{2}"', "5:13", "L003", "so \\frac is spoiled. For LaTeX use single quotes"),
    ('given: "x + \\theta"', "5:17", "L003", "so \\theta is spoiled."),
    ('given: "\\nu^2"', "5:13", "L003", "so \\nu is spoiled."),
    ('given: "\\sin x"', "5:13", "L003", "so \\sin is spoiled."),
    ('given: x\n    text: "One line,\\nand $\\rho$"', "6:28", "L003", "so \\rho is spoiled."),
    # what YAML takes for something else
    ("given: |x|", "5:12", "L003", "Put quotes around it: given: '|x|'."),
    ("given: a*x\n    vary: {a: 2..5}\n    require: > 2", "7:14", "L003", "require: '> 2'."),
    ("given: x\n    text: Note: this", "6:15", "L003", "Put quotes around the text: text: 'Note: this'."),
    ("given: x\n      text: b", "6:7", "L003", "begin in the same column"),
    ("given: x\n   text: b", "6:4", "L003", "begin in the same column"),
    ("given: 'x^2", "5:12", "L003", "This quote is never closed."),
    ("given: [x + 1]*3", "5:19", "L003", "given: '[x + 1]*3'."),
    ("given: [x + 1", "5:12", "L003", "This bracket is not closed"),
    ("text: %5\n    given: x", "5:11", "L003", "text: '%5'."),
    ("given: *x + 3", "5:12", "L003", "given: '*x + 3'."),
    ("given: *x", "5:12", "L006", "*x is an alias in YAML."),
    ("given: x\n    hints: [Look: at this]", "6:13", "L103", "Put quotes around the text: 'Look: at this'."),
    ("given: a*x\n    vary: a: 2..5", "6:12", "L003", "need braces around them: vary: {a: 2..5}."),
    ("given:x^2", "5:5", "L103", "A space is missing after the colon: given: x^2."),
    # formulas and texts
    ("given: piecewise(x, x^2)", "5:12", "L105", "cases stand in braces, as in {x^2 if x < 1; 2x otherwise}"),
    ("given: \\foo x", "5:12", "L105", "is a LaTeX command that the tutor does not know"),
    ("given: 0,5x", "5:13", "L105", "decimal numbers have a point"),
    ("given: x\n    text: It costs $5 or $6.", "6:20", "L105", "A price is written \\$5."),
    ("given: x\n    text: So $$x^2 is", "6:14", "L105", "There is nothing between these dollar signs."),
    ("given: x\n    picture: x.png", "6:5", "L101", "as in ![a parabola](parabola.png)"),
    ("given: x\n    text: How steep is \\(x\\)?", "6:24", "L310", "Write formulas between dollar signs"),
    ("given: w*b\n    with_respect_to: d/dw", "6:22", "L103", "Type with_respect_to: w."),
    ("given: a*x\n    vary: {a: 2:5}", "6:15", "L111", "Type a range such as 2..5"),
    ("given: a*x\n    vary: {a: 2,3}", "6:17", "L111", "are a list, such as a: [2, 3, 5]."),
    ("given: a*x\n    vary: {a: 2...5}", "6:15", "L111", "A range has two dots: 2..5."),
    ("given: a*x^2\n    vary: {x: 2..5}", "6:12", "L111", "For slopes at several points, type at: p and let p vary."),
    ("given: x^2\n    text: So $2 + 2 = 5$.", "6:15", "L308", "2 + 2 = 5 is not true: the left side is 4"),
    # answers
    (CHOOSE + "answer: x^2", "8:13", "L103", "The answer x^2 is not one of the choices."),
    (CHOOSE + "answer: 2X", "8:13", "L103", "exactly as it is in the list: answer: 2x."),
    (CHOOSE + "answer: b", "8:13", "L103", "exactly as it is in the list: answer: 3x."),
    ("ask: number\n    text: How much?", "5:5", "L102", "ask: number needs answer: the right one."),
    ("ask: number\n    answer: 3", "5:5", "L102", "ask: number needs text: the question."),
    ("given: x^2\n    expect:\n      - 2x: correct", "7:13", "L107", "Did you mean right?"),
    (NUMBER + "answer: 3\n    within: 0", "8:13", "L208", "within has to be a number above 0"),
    ("given: ln(x)\n    at: 0", "6:9", "L208", "ln(x) has no real value at x = 0."),
    ("given: a*x\n    text: Differentiate $a*x$.\n    vary: {a: 0..0}", "7:11", "L201", "No variant is left"),
    ("given: a*x\n    vary: {a: 2..5}\n    require: a > 7", "7:14", "L201", "require allows no combination"),
    ("given: a*x^2\n    vary: {a: 3..3}\n    expect:\n      - a*x: right", "8:9", "L203",
     "The answer here is 3*x. The right answer is 6*x. (In a/a-x-2-"),
    ("given: x^2\n    ask: find-the-wrong-line\n    misconception: chain_inner_forgotten", "7:20", "L201",
     "exactly one wrong line"),
    ("given: sin(x^2)\n    ask: find-the-wrong-line\n    misconception: chain_inner_forgotten", "7:20", "L201",
     "has only 2 lines, so there is nothing to find. Add a term, such as x^3."),
    ("given: a*b", "5:12", "L113", "Which letter is the variable: a, b?"),
]


@pytest.mark.parametrize(("item", "place", "code", "said"), MISTAKES, ids=[item for item, *_ in MISTAKES])
def test_what_an_author_is_told(item: str, place: str, code: str, said: str, tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text(f"format: 1\nid: a\ntitle: A\nitems:\n  - {item}\n", encoding="utf-8")
    first = examine_lesson(read_source(file)).problems[0]
    assert (f"{first.line}:{first.column}", first.code) == (place, code)
    assert said in first.message


def test_the_values_of_the_variant_are_told(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text("format: 1\nid: a\ntitle: A\nitems:\n  - id: b\n    given: a*x^2\n    vary: {a: 3..3}\n"
                    "    expect: [{a*x: right}]\n", encoding="utf-8")
    (problem,) = examine_lesson(read_source(file)).problems
    assert problem.message.endswith("(In a/b@0, where a = 3.)")


@pytest.mark.parametrize("answer", ["d/dx [x^2] at (x = 3)", "d/dx [x^2] at x = 3"])
def test_a_slope_at_a_point_is_a_number(answer: str, tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text(f"format: 1\nid: a\ntitle: A\nitems:\n  - ask: number\n    text: How steep?\n    answer: {answer}\n"
                    "    expect: [{6: right}, {5: wrong}]\n",
                    encoding="utf-8")
    assert examine_lesson(read_source(file)).problems == ()


def test_a_slope_at_points_that_vary_is_a_number() -> None:
    made = exercise({"ask": "number", "text": "How steep at $x = p$?", "answer": "d/dx [x^2] at (x = p)",
                     "vary": {"p": "3..3"}, "within": "0.1"})
    assert judge(made, "6").texts[0].written() == "Right: within 0.1 of 6."
    assert hints(made)[2].written() == "It is 6."
    assert judge(exercise({"ask": "number", "text": "How steep?", "answer": "d/dx [x^2] at (x = 3)"}),
                 "d/dx [x^2] at (x = 3)").outcome == "nearly"


def test_a_letter_by_which_an_answer_is_differentiated_cannot_vary(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text("format: 1\nid: a\ntitle: A\nitems:\n  - ask: number\n    text: How steep?\n"
                    "    answer: d/dx [x^2] at (x = 3)\n    vary: {x: 2..5}\n", encoding="utf-8")
    (problem,) = read_source(file).problems
    assert "d/dx [x^2] at (x = 3) is differentiated or integrated with respect to x, so x cannot" in problem.message


def test_no_advice_is_a_key_that_there_is() -> None:
    models: dict[Literal["item", "lesson"], type[BaseModel]] = {"item": Item, "lesson": Lesson}
    for owner, model in models.items():
        for key in model.model_fields:
            assert "tutor author schema" not in about_key(key, model.model_fields, owner)
            assert f"Did you mean {key}?" in about_key(key, model.model_fields, owner)


def test_words_for_what_is_expected() -> None:
    assert expected("list", ("teaches",), "chain") == "A list is expected here, such as teaches: [chain, product]."
    assert expected("keys", (), ["a"]) == (
        "Keys with values are expected here, such as format: 1. Leave the dashes out.")
    assert meant_value("true", ("right", "wrong")) == "right"
    assert meant_value("purple", ("right", "wrong")) == ""
