"""The pictures are what the commands print now, and the README shows them with their alternative texts."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

pytest.importorskip("termios", reason="the pictures are made on a terminal as Unix systems have it")

from docs.pictures import FOLDER, Picture, pictures

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
SHOWN = re.findall(r"!\[([^\]]*)\]\((docs/pictures/[^)]*)\)", README)
"""The alternative text and the file of each picture in the README."""

ALL = pictures()


@pytest.mark.parametrize("picture", ALL, ids=lambda picture: picture.name)
def test_is_what_the_command_prints(picture: Picture) -> None:
    kept = picture.file.read_text(encoding="utf-8") if picture.file.exists() else ""
    if picture.drawn() != kept:
        pytest.fail(f"docs/pictures/{picture.file.name} is not what {picture.command} shows now. Run make docs, and "
                    "look at the picture.", pytrace=False)


@pytest.mark.parametrize("name", ["practice", "quotient"])
def test_whoever_runs_it_makes_no_difference(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    (picture,) = [picture for picture in ALL if picture.name == name]
    drawn = picture.drawn()
    for variable, value in {"NO_COLOR": "1", "COLUMNS": "30", "TERM": "dumb", "LANG": "C", "TUTOR_FLAT": "1",
                            "HOME": "/nonexistent"}.items():
        monkeypatch.setenv(variable, value)
    assert picture.drawn() == drawn


def test_a_command_that_fails_gives_no_picture() -> None:
    with pytest.raises(ValueError, match="ended with status 2, not 0"):
        Picture(name="none", shows="Nothing.", command='tutor explain "d/dx ("').drawn()


def test_there_is_one_file_for_each_picture() -> None:
    assert sorted(picture.file for picture in ALL) == sorted(FOLDER.glob("*.svg")), "Run make docs."


def test_the_readme_shows_them_with_their_alternative_texts() -> None:
    assert sorted(SHOWN) == sorted((picture.shows, f"docs/pictures/{picture.file.name}") for picture in ALL)
