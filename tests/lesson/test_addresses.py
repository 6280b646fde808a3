"""What a person types to name lessons."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tutor.errors import TutorError
from tutor.files import data_folder
from tutor.lesson.addresses import address_of, content_of, lesson_files, near_file
from tutor.lesson.course import load_course

COURSE = data_folder("lessons")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "mine").mkdir()
    (tmp_path / "empty").mkdir()
    (tmp_path / "products").mkdir()
    for name in ("mine/b.yaml", "mine/a.yml", "mine/course.yaml", "mine/.hidden.yaml", "mine/notes.txt", "one.yaml",
                 "my own.yaml", "products/c.yaml"):
        (tmp_path / name).write_text("", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(("typed", "files", "item"), [
    ("one.yaml", ["one.yaml"], ""),
    ("./one.yaml", ["one.yaml"], ""),
    ("one.yaml/a-power", ["one.yaml"], "a-power"),
    ("one.yaml/", ["one.yaml"], ""),
    ("my own.yaml/a", ["my own.yaml"], "a"),
    ("mine", ["mine/a.yml", "mine/b.yaml"], ""),
    ("mine/", ["mine/a.yml", "mine/b.yaml"], ""),
    ("mine/b.yaml/x", ["mine/b.yaml"], "x"),
    ("mine/notes.txt", ["mine/notes.txt"], ""),
    (".", ["my own.yaml", "one.yaml"], ""),
    ("nowhere.yaml", ["nowhere.yaml"], ""),
    ("nowhere.yaml/a", ["nowhere.yaml"], "a"),
    ("./products", ["products/c.yaml"], ""),
    ("mine/course.yaml", ["mine/course.yaml"], ""),
])
def test_files_folders_and_items(typed: str, files: list[str], item: str) -> None:
    address = address_of(typed)
    assert ([str(file) for file in address.files], address.item, address.is_name) == (files, item, False)


@pytest.mark.parametrize(("typed", "item"), [("products", ""), ("chain-rule/sine-of-square", "sine-of-square")])
def test_lessons_of_the_course_come_first(typed: str, item: str) -> None:
    address = address_of(typed)
    assert (address.files, address.item) == ((COURSE / f"{typed.partition('/')[0]}.yaml",), item)
    assert address.is_name


def test_a_lesson_of_the_course_is_in_a_file_of_its_name() -> None:
    assert [lesson.id for lesson in load_course() if address_of(lesson.id).files[0].stem != lesson.id] == []


@pytest.mark.parametrize(("typed", "said"), [
    ("chain-rul", "There is no lesson chain-rul. Did you mean chain-rule?"),
    ("xyz", "To see those of the course, use tutor lessons"),
    ("./xyz", "There is no file or folder ./xyz."),
    ("mine/bb", "Did you mean mine/b.yaml?"),
    ("one/a-power", "Did you mean one.yaml/a-power?"),
    ("mine/a/b", "Did you mean mine/a.yml/b?"),
    ("empty", "There are no lessons in empty"),
    ("", "is missing"),
    ("chain-rule/a/b", "There is no file or folder chain-rule/a/b."),
])
def test_what_there_is_not(typed: str, said: str) -> None:
    with pytest.raises(TutorError) as caught:
        address_of(typed)
    assert said in str(caught.value)


@pytest.mark.parametrize(("missing", "near"), [
    ("one.yml", "one.yaml"), ("mine/bb.yaml", "mine/b.yaml"), ("xyz.yaml", ""), ("nowhere/one.yaml", ""),
])
def test_a_file_that_may_have_been_meant(missing: str, near: str) -> None:
    assert near_file(Path(missing)) == near


def test_a_folder_that_may_not_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(folder: object) -> list[str]:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "listdir", refuse)
    with pytest.raises(TutorError, match="The folder mine cannot be read: Permission denied"):
        lesson_files(Path("mine"))


def test_an_address_can_be_typed_again() -> None:
    assert address_of("my own.yaml").quoted == "'my own.yaml'"
    assert address_of("one.yaml").quoted == "one.yaml"


@pytest.mark.parametrize("name", ["mine", "nowhere", "a\0b"])
def test_what_has_no_content(name: str) -> None:
    with pytest.raises(OSError, match=r"folder|No such file|null"):
        content_of(Path(name))
