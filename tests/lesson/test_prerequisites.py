"""What lessons need of each other, and what is kept of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tutor.files import data_folder
from tutor.lesson import reader
from tutor.lesson.addresses import yaml_files
from tutor.lesson.prerequisites import header_in_product, header_of, header_of_file
from tutor.lesson.reader import read_source

FILE = data_folder("lessons") / "chain-rule.yaml"


def test_what_is_kept_of_a_lesson_of_the_product_is_what_its_file_says() -> None:
    found = header_in_product(FILE.read_bytes(), str(FILE))
    assert found is not None
    assert found == header_of(read_source(FILE))
    assert (found.id, found.at_id.text) == ("chain-rule", "id: chain-rule")


def test_a_lesson_of_the_product_is_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    assert all(header_of_file(file) is not None for file in yaml_files(data_folder("lessons")))
    monkeypatch.setattr(reader, "read_source", None)
    assert all(header_of_file(file) is not None for file in yaml_files(data_folder("lessons")))


def test_a_file_that_was_changed_is_read(tmp_path: Path) -> None:
    file = tmp_path / FILE.name
    content = FILE.read_bytes().replace(b"id: chain-rule\n", b"id: changed\n", 1)
    assert header_in_product(content, str(file)) is None
    file.write_bytes(content)
    found = header_of_file(file)
    assert found is not None
    assert (found.id, found.file) == ("changed", str(file))


def test_what_is_no_lesson_has_no_header(tmp_path: Path) -> None:
    assert header_of_file(tmp_path / "nowhere.yaml") is None
    assert header_of_file(tmp_path) is None
