"""Pictures in an author's words."""

from __future__ import annotations

from pathlib import Path

import pytest

from tutor.lesson.document import read_document
from tutor.lesson.pictures import missing_pictures, pictures


def codes(words: str, folder: Path) -> list[str]:
    """What is found in a lesson in this folder with these words."""
    return [finding.code for finding in missing_pictures(read_document(f"text: |\n  {words}\n"), folder)]


def test_what_is_read() -> None:
    words = 'a ![one *two*](a/b.png "title") and ![$x^2$]( <c.png> ), \\![no](d.png) [nor](e.png)'
    assert [(each.words, each.file, words[each.start]) for each in pictures(words)] == [
        ("one *two*", "a/b.png", "!"), ("$x^2$", "c.png", "!")]


@pytest.mark.parametrize(("words", "found"), [
    ("![a](here.png)", []), ("![a](img/two%20words.png)", []), ("![a](./here.png)", []),
    ("![a](https://example.org/none.png)", []), ("![a](data:image/png;base64,AAAA)", []),
    ("![a](none.png)", ["L116"]), ("![a](img)", ["L116"]), ("![a](/etc/hostname)", ["L116"]),
    ("![a](C:/here.png)", ["L116"]), ("![](here.png)", ["L311"]), ("![ ](none.png)", ["L311", "L116"]),
    (f"![a]({'x' * 5000}.png)", ["L116"]), ("![a](a%00b.png)", ["L116"]),
])
def test_what_is_found(words: str, found: list[str], tmp_path: Path) -> None:
    (tmp_path / "img").mkdir()
    for name in ("here.png", "img/two words.png"):
        (tmp_path / name).touch()
    assert codes(words, tmp_path) == found
