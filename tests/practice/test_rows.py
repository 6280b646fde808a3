"""A row of the log that cannot be read stays where it is and locks out nothing."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from click.testing import CliRunner

from tutor.cli.main import main
from tutor.lesson.skill import Skill
from tutor.practice.progress import Progress
from tutor.practice.statistics import when
from tutor.practice.store import FILE, Attempt, Grade, StoreError, home, open_store

ROW = Attempt(datetime(2025, 3, 3, 18, tzinfo=UTC), "s", 1, "powers", "cube", 1, "x^3", "power", "x^n",
              outcome="right", grade="good")
SKILL = Skill("power", "x^n")

BAD = {
    "no date": ("at", "yesterday"), "no offset": ("at", "2025-03-03T18:00:00"),
    "the year is 9999": ("at", "9999-12-31T23:59:59-05:00"), "the year 1": ("at", "0001-01-01T00:00:00+05:00"),
    "no grade": ("grade", "splendid"), "no outcome": ("outcome", "won"), "no text": ("text", b"\xff\xfe"),
    "no number": ("seconds", "long"), "no turn": ("turn", "first"), "endless": ("seconds", float("inf")),
}


def damaged(path: Path, column: str, value: object) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TRIGGER attempts_are_not_changed")
        changed = "CAST(? AS TEXT)" if isinstance(value, bytes) else "?"
        connection.execute(f"UPDATE attempts SET {column} = {changed} WHERE id = 2", (value,))
        connection.commit()


@pytest.mark.parametrize(("column", "value"), BAD.values(), ids=BAD)
def test_the_other_rows_count(tmp_path: Path, column: str, value: object) -> None:
    with open_store(tmp_path / FILE) as store:
        for turn in (1, 2, 3):
            store.append(replace(ROW, turn=turn))
    damaged(tmp_path / FILE, column, value)
    with open_store(tmp_path / FILE) as store:
        assert [attempt.turn for attempt in store.attempts()] == [1, 3]
        assert "1 row with a date, a grade or a text that cannot be read" in store.notice
        store.append(replace(ROW, turn=4))
        assert Progress(store.attempts()).cards.keys() == {SKILL}
    with closing(sqlite3.connect(tmp_path / FILE)) as connection:
        assert connection.execute("SELECT count(*) FROM attempts").fetchone() == (4,)
    told = CliRunner().invoke(main, ["progress"], env={"TUTOR_HOME": str(tmp_path)})
    assert told.exit_code == 0
    assert "cannot be" in told.stderr


def test_a_clock_in_another_age_is_told_before_anything_is_written(tmp_path: Path) -> None:
    with open_store(tmp_path / FILE) as store:
        with pytest.raises(StoreError, match="the year is 9999"):
            store.append(replace(ROW, at=datetime(9999, 12, 31, tzinfo=UTC)))
        assert list(store.attempts()) == []


@pytest.mark.parametrize("where", ["~no-such-person-here/x", "/dev/null", "n" * 5000, "/proc/nothing/here"])
def test_an_odd_home_is_told_in_words(where: str) -> None:
    for command in (["progress"], ["author", "stats"]):
        told = CliRunner().invoke(main, command, env={"TUTOR_HOME": where})
        assert told.exit_code == 2
        assert isinstance(told.exception, SystemExit)
        assert told.stderr.strip()


def test_an_empty_home_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TUTOR_HOME", "")
    assert home().is_absolute()


# -- by the day ------------------------------------------------------------------------------------------------------

SUMMER, WINTER = timezone(timedelta(hours=2)), timezone(timedelta(hours=1))


def test_what_was_learned_in_the_evening_is_due_in_the_morning() -> None:
    progress = Progress([ROW])
    due = progress.cards[SKILL].due
    for hour in (0, 7, 23):
        assert progress.due(due.replace(hour=hour, minute=30)) == [SKILL]
        assert when(due, due.replace(hour=hour)) == "now"
    assert progress.due(due - timedelta(minutes=1)) == []


@pytest.mark.parametrize("hour", [0, 9, 23])
@pytest.mark.parametrize("grade", ["again", "hard", "good", "easy"])
def test_two_sessions_in_a_day_make_nothing_due_twice(hour: int, grade: Grade) -> None:
    progress = Progress([replace(ROW, at=ROW.at.replace(hour=hour), grade=grade)])
    assert progress.due(ROW.at.replace(hour=23, minute=59)) == []


def test_a_day_of_25_hours_is_one_day() -> None:
    early = replace(ROW, at=datetime(2025, 10, 26, 0, 10, tzinfo=SUMMER), grade="again")
    progress = Progress([early])
    assert progress.due(datetime(2025, 10, 26, 23, 50, tzinfo=WINTER)) == []
    assert progress.due(datetime(2025, 10, 27, 0, 5, tzinfo=WINTER)) == [SKILL]


def test_from_evening_to_morning_is_a_day_for_the_schedule() -> None:
    evening = replace(ROW, at=datetime(2025, 3, 3, 23, tzinfo=UTC), grade="again")
    mornings = [replace(ROW, at=datetime(2025, 3, 4, hour, tzinfo=UTC)) for hour in (7, 23)]
    first, second = (Progress([evening, morning]).cards[SKILL].due for morning in mornings)
    assert first == second
