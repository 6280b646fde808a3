"""Lessons together: a folder with a course.yaml, and what a person named."""

from __future__ import annotations

import re
from pathlib import Path
from random import seed

import pytest

from tutor.errors import TutorError
from tutor.files import data_folder
from tutor.lesson.course import chosen_lessons, load_course
from tutor.lesson.course_file import course_schema, read_course_file
from tutor.lesson.examining import Examining, Wanted
from tutor.lesson.findings import Examination, LessonErrors
from tutor.lesson.schema import Lesson

BAD = Path(__file__).parent / "bad"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(name: str, needs: str = "", course: str = "") -> None:
    file = Path(name)
    file.parent.mkdir(exist_ok=True)
    file.write_text(f"format: 1\nid: {file.stem}\ntitle: A\nneeds: [{needs}]\nitems:\n  - given: x^5\n  - given: x^6\n"
                    "    id: six\n", encoding="utf-8")


def write_course(text: str, folder: str = "mine") -> Path:
    file = Path(folder) / "course.yaml"
    file.write_text(f"format: 1\ntitle: Mine\n{text}\n", encoding="utf-8")
    return file


def names(*typed: str) -> list[str]:
    return [lesson.id for lesson in chosen_lessons(typed).lessons]


def test_the_course_of_the_product() -> None:
    file = data_folder("lessons") / "course.yaml"
    course = read_course_file(file).course
    assert course is not None
    assert course.title == "Calculus for machine learning"
    assert course.order == tuple(lesson.id for lesson in load_course())
    ((_, found),) = _examined(file)
    assert (found.problems, found.lessons) == ((), len(course.order))


@pytest.mark.parametrize("lesson", load_course(), ids=lambda lesson: lesson.id)
def test_every_lesson_of_the_product_can_be_done_in_a_few_sessions_and_its_drawings_fit_a_narrow_screen(
        lesson: Lesson) -> None:
    assert 8 <= len(lesson.items) <= 15
    for text in (lesson.text, *(item.text for item in lesson.items)):
        drawings = re.findall(r"^```\n(.*?)^```$", text or "", re.MULTILINE | re.DOTALL)
        assert all(len(line) <= 56 for drawing in drawings for line in drawing.splitlines())


def test_the_course_leads_from_powers_to_a_network() -> None:
    needs = {lesson.id: lesson.needs for lesson in load_course()}
    way: set[str] = set()
    ahead = ["a-small-network"]
    while ahead:
        way.add(name := ahead.pop())
        ahead += needs[name]
    assert way >= {"powers-and-sums", "first-steps-downhill", "chain-rule", "partial-derivatives", "gradient-descent",
                   "backpropagation-by-hand", "softmax-and-cross-entropy", "descent-in-two-variables"}


def test_the_network_in_the_lesson_learns(capsys: pytest.CaptureFixture[str]) -> None:
    (lesson,) = chosen_lessons(["a-small-network"]).lessons
    (program,) = re.findall(r"^```\n(from math .*?)^```$", lesson.text, re.MULTILINE | re.DOTALL)
    seed(1)
    exec(program, {})
    losses = [float(line.split()[1]) for line in capsys.readouterr().out.splitlines()]
    assert losses[0] > 1
    assert losses[-1] < 1e-6


def _examined(file: Path) -> list[tuple[Wanted, Examination]]:
    with Examining([Wanted(file)]) as examining:
        return list(examining.run())


def test_a_course_has_the_order_that_its_file_says() -> None:
    for name in ("mine/a.yaml", "mine/b.yaml", "mine/draft.yaml"):
        write(name)
    assert [lesson.id for lesson in load_course(Path("mine"))] == ["a", "b", "draft"]
    write_course("order: [b, a]")
    assert [lesson.id for lesson in load_course(Path("mine"))] == ["b", "a"]
    assert names("mine") == ["b", "a"]


def test_what_belongs_to_no_course_is_not_counted() -> None:
    for name in ("mine/a.yaml", "mine/draft.yaml"):
        write(name)
    assert chosen_lessons(["mine"]).uncounted == {"a", "draft"}
    write_course("order: [a]")
    assert chosen_lessons(["mine"]).uncounted == frozenset()
    assert chosen_lessons(["mine/a.yaml", "mine/draft.yaml"]).uncounted == {"draft"}
    assert chosen_lessons(["mine/draft.yaml", "products"]).uncounted == {"draft"}
    assert chosen_lessons([]).uncounted == chosen_lessons(["chain-rule"]).uncounted == frozenset()


def test_the_file_of_a_lesson_of_the_product_counts() -> None:
    assert chosen_lessons([str(data_folder("lessons") / "products.yaml")]).uncounted == frozenset()


def test_one_item() -> None:
    write("mine/a.yaml")
    (lesson,) = chosen_lessons(["mine/a.yaml/six"]).lessons
    assert [item.name for item in lesson.items] == ["six"]
    (lesson,) = chosen_lessons(["chain-rule/sine-of-square"]).lessons
    assert [item.name for item in lesson.items] == ["sine-of-square"]
    for typed in ("mine/a.yaml/seven", "chain-rule/seven"):
        with pytest.raises(TutorError, match="has no item seven"):
            chosen_lessons([typed])


def test_a_lesson_by_its_number() -> None:
    assert [chosen_lessons([str(number)]).lessons for number in (1, 6)] == [(load_course()[0],), (load_course()[5],)]
    assert chosen_lessons(["6", "1"]).lessons == (load_course()[0], load_course()[5])
    for number in ("0", "99", "9" * 5000):
        with pytest.raises(TutorError, match=f"There is no lesson {number}."):
            chosen_lessons([number])


def test_two_lessons_with_one_id_are_not_mixed() -> None:
    write("mine/products.yaml")
    with pytest.raises(TutorError, match="Two of these lessons have the id products"):
        chosen_lessons(["products", "mine/products.yaml"])


def test_a_left_out_lesson_is_a_warning() -> None:
    assert [lesson.id for lesson in load_course(BAD / "L330")] == ["limits"]
    ((_, found),) = _examined(BAD / "L330" / "course.yaml")
    (problem,) = found.problems
    assert (problem.code, problem.line, problem.column, problem.is_warning) == ("L330", 3, 1, True)
    assert problem.message.startswith("draft (draft.yaml)")


@pytest.mark.parametrize(("order", "said"), [
    ("order: [c, a]", "No lesson of this folder has the id c. Did you mean"),
    ("order: [b, a]", "b needs a, which comes after it."),
    ("order: [b]", "b needs a, which the order leaves out."),
    ("order: [a, b, a]", "a is already in the order."),
    ("order: []", "This list needs at least one entry"),
    ("order: a", "A list is expected here"),
    ("ordre: [a]", "A course has no key ordre. Did you mean order?"),
    ("order: [A b]", "Names are lower-case letters"),
    ("", "order: is missing."),
])
def test_what_is_wrong_with_a_course(order: str, said: str) -> None:
    write("mine/a.yaml")
    write("mine/b.yaml", needs="a")
    write("mine/cc.yaml")
    file = write_course(order)
    for load in (lambda: load_course(Path("mine")), lambda: chosen_lessons(["mine"])):
        with pytest.raises(LessonErrors) as caught:
            load()
        assert said in str(caught.value)
        assert str(file) in str(caught.value)


def test_a_course_may_need_lessons_of_the_product() -> None:
    write("mine/a.yaml", needs="chain-rule")
    write_course("order: [a]")
    assert names("mine") == ["a"]


def test_a_course_that_is_no_file(tmp_path: Path) -> None:
    write("mine/a.yaml")
    (tmp_path / "mine" / "course.yaml").mkdir()
    with pytest.raises(LessonErrors, match="this is a folder"):
        chosen_lessons(["mine"])


def test_the_schema_of_a_course() -> None:
    schema = course_schema()
    assert schema["title"] == "Course"
    assert schema["required"] == ["format", "title", "order"]
    assert schema["additionalProperties"] is False
    course = read_course_file(data_folder("lessons") / "course.yaml").course
    assert course is not None
    assert set(course.model_dump()) == set(schema["properties"])
