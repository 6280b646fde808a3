"""Every code has a lesson file that earns it, and is told where."""

from __future__ import annotations

from pathlib import Path

import pytest

from tutor.lesson import check
from tutor.lesson.check import examine_lesson
from tutor.lesson.codes import CODES
from tutor.lesson.course import load_course
from tutor.lesson.findings import LessonErrors
from tutor.lesson.judging import Judgement, JudgementOutcome
from tutor.lesson.reader import read_lesson, read_source

BAD = Path(__file__).parent / "bad"

PLACES = {
    "L002": [(1, 26)], "L003": [(6, 13)], "L004": [(5, 11)], "L005": [(6, 5)], "L006": [(4, 9), (5, 10), (6, 9)],
    "L007": [(4, 1)], "L008": [(4, 16)], "L101": [(7, 5)], "L102": [(5, 5)], "L103": [(6, 10)], "L104": [(6, 21)],
    "L105": [(4, 24), (6, 17)], "L106": [(4, 18)], "L107": [(7, 12)], "L108": [(10, 18)], "L109": [(6, 5)],
    "L110": [(7, 14)], "L111": [(6, 15)], "L112": [(6, 46)], "L113": [(5, 12)],
    "L114": [(5, 3), (6, 3), (7, 12), (8, 3), (9, 3), (10, 12), (12, 3)],
    "L115": [(7, 5), (9, 5), (10, 5), (15, 5), (18, 5), (19, 5)], "L116": [(4, 12)],
    "L117": [(9, 7), (10, 10), (15, 10), (16, 10), (21, 11), (21, 21)],
    "L118": [(7, 31), (7, 44), (8, 53), (9, 38), (14, 9), (15, 9), (15, 46)],
    "L119": [(7, 15), (12, 15)],
    "L124": [(9, 16), (9, 26), (9, 33), (9, 36), (9, 43), (13, 13), (19, 13)], "L201": [(6, 11)], "L203": [(8, 9)],
    "L206": [(6, 5)], "L207": [(6, 14)], "L209": [(6, 4), (11, 22)], "L301": [(6, 12)], "L303": [(6, 12)],
    "L304": [(4, 12), (6, 9), (11, 29), (12, 16)], "L305": [(5, 12), (8, 13), (11, 9)],
    "L306": [(6, 12)], "L307": [(6, 11)],
    "L308": [(4, 22)], "L309": [(6, 11), (8, 30)], "L310": [(4, 20)], "L311": [(4, 7)],
}

MIXED = {"L208": ["L208", "L208", "L208", "L208", "L208", "L201"]}
"""Codes beside which another one has to stand."""

FOLDERS = {"L120": ["one.yaml:4:9"], "L121": ["a.yaml:4:1"], "L122": ["two.yaml:2:5"],
           "L123": ["a.yaml:3:17", "b.yaml:3:11"], "L130": ["course.yaml:3:9"], "L131": ["course.yaml:3:9"]}

WARNED = {"L330"}
"""Codes of which a folder earns a warning only: tests/lesson/test_course.py."""

ELSEWHERE = {"L001", "L202", "L204", "L205", "L302"}
"""Codes that no file can earn by itself: they are tested below."""


@pytest.mark.parametrize(("code", "places"), PLACES.items())
def test_a_bad_file(code: str, places: list[tuple[int, int]]) -> None:
    problems = examine_lesson(read_source(BAD / f"{code}.yaml")).problems
    assert [(problem.code, problem.line, problem.column) for problem in problems] == [(code, *at) for at in places]
    lines = (BAD / f"{code}.yaml").read_text(encoding="utf-8").splitlines()
    assert all(problem.text == lines[problem.line - 1] for problem in problems)


@pytest.mark.parametrize(("code", "places"), FOLDERS.items())
def test_a_bad_course(code: str, places: list[str]) -> None:
    with pytest.raises(LessonErrors) as caught:
        load_course(BAD / code)
    assert [f"{Path(each.file).name}:{each.line}:{each.column}" for each in caught.value.found] == places
    assert {each.code for each in caught.value.found} == {code}


@pytest.mark.parametrize(("file", "codes"), MIXED.items())
def test_a_bad_file_with_several_codes(file: str, codes: list[str]) -> None:
    assert [problem.code for problem in examine_lesson(read_source(BAD / f"{file}.yaml")).problems] == codes


def test_every_code_is_tested() -> None:
    assert {*PLACES, *MIXED, *FOLDERS, *WARNED, *ELSEWHERE} == set(CODES)
    assert {file.stem for file in BAD.iterdir()} == {*PLACES, *MIXED, *FOLDERS, *WARNED}


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "latin.yaml").write_bytes(b"title: caf\xe9\n")
    for name, finding in (("latin.yaml", "Byte 11 is not UTF-8 text."), ("none.yaml", "No such file or directory.")):
        (problem,) = read_source(tmp_path / name).problems
        assert (problem.code, problem.message) == ("L001", finding)


def test_errors_are_raised_with_everything(tmp_path: Path) -> None:
    with pytest.raises(LessonErrors) as caught:
        read_lesson(BAD / "L105.yaml")
    assert len(caught.value.found) == 2
    assert "L105.yaml:4:24: L105 a formula that cannot be read: This ( is never closed" in str(caught.value)


def test_a_warning_stands_in_nobodys_way(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("format: 1\nid: a\ntitle: A\ntext: Item # 3\n", encoding="utf-8")
    assert [problem.code for problem in read_source(tmp_path / "a.yaml").problems] == ["L304"]
    assert read_lesson(tmp_path / "a.yaml").text == "Item"
    assert [lesson.id for lesson in load_course(tmp_path)] == ["a"]


def test_a_long_circle_is_told_by_its_beginning(tmp_path: Path) -> None:
    for number in range(40):
        (tmp_path / f"a{number}.yaml").write_text(
            f"format: 1\nid: a{number}\ntitle: A\ntext: a\nneeds: [a{(number + 1) % 40}]\n", encoding="utf-8")
    with pytest.raises(LessonErrors) as caught:
        load_course(tmp_path)
    (problem,) = caught.value.found
    assert problem.message == ("a0 needs a1 needs a2 needs a3 needs a4 needs a5, and so on through 40 lessons back to "
                               "a0.")


@pytest.mark.parametrize(("line", "said"), [
    ("form: simplifed", "Type one of simplified, expanded, factored, exact. Did you mean simplified?"),
    ("vary: {a: {b: c}}", "A single text or a list of texts is expected here."),
    ("vary: {a: [[2], 3]}", "A text is expected here, not a list or a mapping. In YAML [ ] is a list and { } a "
     "mapping: put quotes around a formula that has them."),
])
def test_what_is_said_of_a_wrong_type(line: str, said: str, tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text(f"format: 1\nid: a\ntitle: A\nitems:\n  - given: a*x\n    with_respect_to: x\n    {line}\n",
                    encoding="utf-8")
    assert [(problem.code, problem.message) for problem in read_source(file).problems] == [("L103", said)]


def codes_of(text: str, tmp_path: Path) -> list[str]:
    file = tmp_path / "lesson.yaml"
    file.write_text(text, encoding="utf-8")
    return [problem.code for problem in examine_lesson(read_source(file)).problems]


SOUND = "format: 1\nid: sound\ntitle: Sound\nteaches: [power, product]\nitems:\n  - given: x^2*sin(x)\n"


def test_a_sound_lesson(tmp_path: Path) -> None:
    assert codes_of(SOUND, tmp_path) == []


def judged(outcome: JudgementOutcome) -> object:
    return lambda exercise, answer: Judgement(outcome, (), answer)


def test_a_judge_who_is_too_strict(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "judge_expression", judged("wrong"))
    assert set(codes_of(SOUND, tmp_path)) == {"L202"}


def test_a_judge_who_is_too_kind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "judge_expression", judged("right"))
    assert set(codes_of(SOUND, tmp_path)) == {"L204"}


def test_a_mistake_that_is_not_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tutor.judge import diagnose

    questions = diagnose._QUESTIONS
    monkeypatch.setattr(diagnose, "_QUESTIONS", questions[:questions.index(diagnose._undecided) + 1])
    assert set(codes_of(SOUND, tmp_path)) == {"L302"}


@pytest.mark.usefixtures("broken_product_rule")
def test_a_solution_that_is_refuted(tmp_path: Path) -> None:
    assert "L205" in codes_of(SOUND, tmp_path)
