"""The author's check, and that the lessons of the product pass it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.lesson.lessons import exercise
from tutor.expression.parse import parse
from tutor.expression.tree import Expression
from tutor.files import data_folder
from tutor.judge.equivalence import equivalent
from tutor.lesson import check
from tutor.lesson.addresses import lesson_files
from tutor.lesson.check import count_variants, examine_lesson, right_forms, wrong_answers
from tutor.lesson.course import load_course
from tutor.lesson.exercise import Exercise
from tutor.lesson.hints import hints
from tutor.lesson.judging import judge_expression
from tutor.lesson.reader import read_source
from tutor.lesson.schema import Item, Lesson, json_schema
from tutor.lesson.variants import exercises
from tutor.rules.rulebook import rulebook

COURSE = load_course()
ITEMS = [(lesson, item) for lesson in COURSE for item in lesson.items]


@pytest.mark.parametrize(("lesson", "item"), ITEMS, ids=[f"{lesson.id}/{item.name}" for lesson, item in ITEMS])
def test_every_item_of_the_course(lesson: Lesson, item: Item) -> None:
    made = exercises(lesson, item).variant(2026)
    assert made.prompt.written()
    assert len(hints(made)) == 3
    names = [rule.title.lower() for rule in rulebook().values() if "tidy" not in rule.tags]
    assert not any(name in made.prompt.written().lower() for name in names), "a prompt never names the rule"


LESSONS = lesson_files(data_folder("lessons"))


@pytest.mark.long
@pytest.mark.parametrize("file", LESSONS, ids=[file.stem for file in LESSONS])
def test_every_lesson_of_the_course_passes(file: Path) -> None:
    counted: list[int] = []
    source = read_source(file)
    found = examine_lesson(source, counted.append)
    assert found.problems == ()
    assert source.lesson is not None
    assert found.variants == sum(counted) <= count_variants(source.lesson)


@pytest.mark.parametrize("lesson", COURSE, ids=[lesson.id for lesson in COURSE])
def test_words_of_the_course(lesson: Lesson) -> None:
    assert len(lesson.text.split("\n\n")) >= 2


@pytest.mark.parametrize("given", ["x^2*sin(x)", "(x + 1)*(x - 2)", "1/(x^2 + 1)", "x^3 - x", "e^(2x)"])
def test_right_forms_are_right(given: str) -> None:
    made = exercise({"given": given})
    forms = list(right_forms(made))
    assert len(forms) >= 3
    for form in forms:
        assert made.problem is not None
        assert equivalent(made.problem, form).verdict == "equal"


@pytest.mark.parametrize("given", ["grad x^2*y", "hessian (x^2*y)", "jacobian (r*cos(t), r*sin(t))"])
def test_right_forms_of_several_slopes_are_right(given: str) -> None:
    made = exercise({"given": given})
    forms = list(right_forms(made))
    assert len(forms) >= 3
    assert [judge_expression(made, form).outcome for form in forms] == ["right"] * len(forms)


def test_wrong_answers() -> None:
    made = exercise({"given": "sin(x^2)"})
    found = dict(wrong_answers(made, {"chain_inner_forgotten", "chain_inside_replaced"}))
    assert found == {"chain_inner_forgotten": parse("cos(x^2)"), "chain_inside_replaced": parse("cos(2*x)")}


VARIED = "format: 1\nid: a\ntitle: A\nteaches: [{rule}]\nitems:\n  - {{given: {given}, vary: {{a: {values}}}}}\n"


@pytest.mark.parametrize(("given", "values", "tried"), [
    ("x^a*sin(x)", "3..9", 2),  # all alike
    ("x^a*sin(x)", "2..9", 3),  # the derivative of x^2 has no power
    ("a*sin(x)", "[-4, -3, 3, 4]", 4),  # a sign is no part of a number
])
def test_wrong_answers_are_tried_where_not_only_the_numbers_differ(
        given: str, values: str, tried: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []

    def watched(exercise: Exercise, names: set[str]) -> Iterator[tuple[str, Expression]]:
        seen.append(exercise.name)
        return wrong_answers(exercise, names)

    monkeypatch.setattr(check, "wrong_answers", watched)
    found = examine_lesson(read_source(written(tmp_path, VARIED.format(rule="product", given=given, values=values))))
    assert (found.problems, len(seen)) == ((), tried)


def test_warnings_do_not_fail(tmp_path: Path) -> None:
    file = tmp_path / "lesson.yaml"
    file.write_text("format: 1\nid: a\ntitle: A\nteaches: [chain]\nitems:\n  - given: (x + 5)^3\n", encoding="utf-8")
    found = examine_lesson(read_source(file))
    assert [problem.code for problem in found.problems] == ["L301"]
    assert found.passed


LANGUAGE = """
format: 1
id: language
title: Language
teaches: [power]
items:
  - id: words-and-derived-letters
    ask: number
    text: "The {thing} after $t$ years is $m*t$. How fast does the {thing} change, times $a$?"
    vary: {thing: [height, mass], a: 2..4, b: 3..4}
    let: {m: a*b, p: m*a}
    require: [m > 6, p != 64]
    answer: p
    within: 1%
    hints: ["", "{Thing} over time: $m$."]
    expect:
      - p + p/200: right
      - p + p/50: wrong
      - m: "That is how fast the {thing} changes."
  - id: stationary
    ask: number
    text: Name a place where $x^3 - 3x$ is flat.
    answer: 1
    expect: [-1: right, 0: wrong, 1.0: right]
  - id: places
    ask: choose
    text: Where is $x^3 - 3x$ flat?
    choices: [$x = 1$, $x = -1$, $x = 0$]
    answer: $x = 1$
    expect: [$x = -1$: right, $x = 0$: wrong]
  - id: rounded
    ask: number
    text: How much is a third?
    answer: 1/3
    within: 0.0001
    expect: [0.33: nearly, 0.3333: right, 0.3: wrong]
  - id: partial
    given: (w*x + b)^2
    with_respect_to: w
    expect: [2x(w*x + b): right, 2(w*x + b): chain_inner_forgotten]
  - id: element
    given: ln(sum_{j=1}^{n} e^(z_j))
    with_respect_to: z_k
    expect:
      - e^(z_k)/sum_{j=1}^{n} e^(z_j): right
      - 1/sum_{j=1}^{n} e^(z_j): chain_inner_forgotten
  - id: flat
    ask: critical-points
    given: x^3 - 3a^2*x
    vary: {a: 2..3}
    expect: ["-a, a": right, a: wrong, a^2: "That is $x^2$."]
"""


def written(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "lesson.yaml"
    file.write_text(text.lstrip(), encoding="utf-8")
    return file


def problems_of(text: str, tmp_path: Path) -> list[tuple[str, int, str]]:
    found = examine_lesson(read_source(written(tmp_path, text)))
    return [(problem.code, problem.line, problem.message) for problem in found.problems]


def test_a_lesson_with_everything_that_varies(tmp_path: Path) -> None:
    assert problems_of(LANGUAGE, tmp_path) == []


@pytest.mark.parametrize(("before", "after", "code"), [
    ("-1: right, 0: wrong", "-1: wrong, 0: wrong, -1.0: right", "L203"),  # wrong and right at once
    ("-1: right, 0: wrong", "-1: right, 0: right, x: right", "L208"),
    ("$x = 0$: wrong", "$x = 0$: right", "L201"), ("0.33: nearly", "0.33: right", ""),
    ("0.33: nearly", "0.33: wrong", "L203"), ("2(w*x + b): chain_inner_forgotten", "2(w*x + b): right", "L203"),
    ("p + p/200: right", "p + p/50: nearly", "L203"),
    ("with_respect_to: z_k", "with_respect_to: y_k", "L104"), ('"-a, a": right', '"a, a": right', "L203"),
    ("given: x^3 - 3a^2*x", "given: sqrt(x + a)", "L201"),
    ("require: [m > 6, p != 64]", "require: m > 60", "L201"), ("p: m*a", "p: m*a/(b - b)", "L201"),
])
def test_a_lesson_with_one_thing_wrong(before: str, after: str, code: str, tmp_path: Path) -> None:
    assert before in LANGUAGE
    assert [found for found, _, _ in problems_of(LANGUAGE.replace(before, after), tmp_path)] == ([code] if code else [])


@pytest.mark.parametrize(("within", "said"), [
    ("0%", "above 0"), ("120%", "use less than 100%"), ("-1", "above 0"), ("a - a", "above 0"),
])
def test_a_distance_that_is_none(within: str, said: str, tmp_path: Path) -> None:
    (problem,) = problems_of(LANGUAGE.replace("within: 1%", f"within: {within}"), tmp_path)
    assert problem[:2] == ("L208", 13)
    assert said in problem[2]


@pytest.mark.parametrize(("item", "said"), [
    ("ask: iterate, given: (w - 2)^2, from: w = 0, rate: 0.1, steps: 9", "a whole number from 1 to 6"),
    ("ask: iterate, given: (w - 2)^2, from: w = 0, rate: -1, steps: 2", "it has to be more than 0"),
    ("ask: iterate, given: (w - 2)^2, from: w = 0, rate: 1, steps: 2, momentum: 1", "less than 1"),
    ("ask: iterate, given: (w - b)^2, from: w = 0, rate: 1, steps: 2", "does not say where b starts"),
    ("ask: iterate, given: (w - 2)^2, from: 'w = 0, q = 1', rate: 1, steps: 2", "There is no q in"),
    ("ask: critical-points, given: x^3 - 3x, on: [2, 0]", "give the smaller end first"),
])
def test_a_value_that_cannot_be_used_is_said_of_its_key(item: str, said: str, tmp_path: Path) -> None:
    (problem,) = problems_of(f"format: 1\nid: a\ntitle: A\nitems:\n  - {{{item}}}\n", tmp_path)
    assert problem[:2] == ("L103", 5)  # that no exercise can be made would be L201, of the whole item
    assert said in problem[2]


def test_what_cannot_be_right_is_shown_where_it_stands(tmp_path: Path) -> None:
    text = "id: a\ntitle: A\nformat: 1\nitems:\n  - {ask: number, text: b, answer: 3, expect: [2: wrong, x: right]}\n"
    (problem,) = examine_lesson(read_source(written(tmp_path, text))).problems
    assert (problem.code, problem.line, problem.column) == ("L208", 5, 58)
    assert "x contains the letter x" in problem.message


def test_the_order_of_the_course() -> None:
    for place, lesson in enumerate(COURSE):
        assert {earlier.id for earlier in COURSE[:place]}.issuperset(lesson.needs)


def test_the_schema_speaks_to_editors() -> None:
    schema = json_schema()
    item = schema["$defs"]["Item"]
    assert schema["properties"]["format"]["const"] == 1
    assert item["properties"]["given"]["type"] == ["string", "number"]
    assert "differentiate" in item["properties"]["ask"]["enum"]
    assert item["additionalProperties"] is False


def test_the_lesson_of_the_readme(tmp_path: Path) -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    (shown,) = re.findall(r"```yaml\n(functions:.*?)```", readme, re.DOTALL)
    (tmp_path / "shown.yaml").write_text(f"format: 1\nid: shown\ntitle: Shown\nteaches: [chain]\n{shown}")
    assert examine_lesson(read_source(tmp_path / "shown.yaml")).problems == ()
