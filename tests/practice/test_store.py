"""The attempt log: what is written stays, and what goes wrong is said."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.practice.store import FILE, VERSION, Attempt, StoreError, home, memory_only, open_store, read_only

AT = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
ATTEMPT = Attempt(AT, "s", 1, "chain-rule", "power-of-linear", 17, "d/dx [(3*x + 2)^4]", "chain", "power,linear",
                  ("chain", "power"), 1, "4(3x+2)^3", "4*(3*x + 2)^3", "wrong", ("chain_inner_forgotten",), 2, 12.5,
                  "again", "the first answer was wrong")

VERSION_1 = """
CREATE TABLE attempts (
    id INTEGER PRIMARY KEY, at TEXT NOT NULL, session TEXT NOT NULL, turn INTEGER NOT NULL, lesson TEXT NOT NULL,
    item TEXT NOT NULL, seed INTEGER NOT NULL, exercise TEXT NOT NULL, rule TEXT NOT NULL, form TEXT NOT NULL,
    rules TEXT NOT NULL, given INTEGER NOT NULL, text TEXT NOT NULL, reading TEXT NOT NULL, outcome TEXT NOT NULL,
    misconceptions TEXT NOT NULL, hints INTEGER NOT NULL, seconds REAL NOT NULL, grade TEXT NOT NULL,
    reason TEXT NOT NULL
);
INSERT INTO attempts VALUES (1, '2026-03-01T12:00:00+00:00', 's', 1, 'chain-rule', 'power-of-linear', 17,
    'd/dx [(3*x + 2)^4]', 'chain', 'u^n, u linear', 'chain power', 1, '4(3x+2)^3', '4*(3*x + 2)^3', 'wrong',
    'chain_inner_forgotten', 2, 12.5, 'again', 'the first answer was wrong');
PRAGMA user_version = 1;
"""
"""A file as the first version wrote it. It is never changed: such files exist."""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "tutor" / FILE


def test_what_is_written_is_read_again(file: Path) -> None:
    with open_store(file) as store:
        store.append(ATTEMPT)
        store.append(replace(ATTEMPT, outcome="right", at=AT + timedelta(seconds=3)))
    with open_store(file) as store:
        assert list(store.attempts()) == [ATTEMPT, replace(ATTEMPT, outcome="right", at=AT + timedelta(seconds=3))]
        assert store.notice == ""


@given(text=st.text(st.characters()), seconds=st.floats(0, 1e6))
def test_whatever_was_typed_is_kept(text: str, seconds: float) -> None:
    with memory_only() as store:
        store.append(replace(ATTEMPT, text=text, seconds=seconds))
        (found,) = store.attempts()
    assert found.text == text.encode("utf-8", "replace").decode("utf-8")
    assert found.seconds == seconds


def test_the_clock_of_the_learner_is_kept() -> None:
    late = datetime.fromisoformat("2026-03-01T23:30:00+09:00")
    with memory_only() as store:
        store.append(replace(ATTEMPT, at=late))
        (found,) = store.attempts()
    assert (found.at, found.at.date()) == (late, late.date())


def test_a_file_of_version_1_is_opened_for_ever(file: Path) -> None:
    file.parent.mkdir()
    old = sqlite3.connect(file)
    old.executescript(VERSION_1)
    old.close()
    with open_store(file) as store:
        assert list(store.attempts()) == [ATTEMPT]
        store.append(ATTEMPT)
        assert store.connection.execute("PRAGMA user_version").fetchone() == (VERSION,)


@pytest.mark.parametrize("statement", ["UPDATE attempts SET text = ''", "DELETE FROM attempts"])
def test_nothing_in_the_log_is_changed(file: Path, statement: str) -> None:
    with open_store(file) as store:
        store.append(ATTEMPT)
        with pytest.raises(sqlite3.DatabaseError, match="only appended"):
            store.connection.execute(statement)
        assert list(store.attempts()) == [ATTEMPT]


# -- what goes wrong -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("content", [b"this is no database at all" * 40, b"SQLite format 3\x00" + b"\xff" * 5000])
def test_a_damaged_file_is_set_aside(file: Path, content: bytes) -> None:
    file.parent.mkdir()
    for number in (1, 2):
        file.write_bytes(content)
        with open_store(file) as store:
            assert f"progress-damaged-{number}.db" in store.notice
            store.append(ATTEMPT)
        assert (file.parent / f"progress-damaged-{number}.db").read_bytes() == content


def test_damage_in_the_middle_is_found(file: Path) -> None:
    with open_store(file) as store:
        for turn in range(300):
            store.append(replace(ATTEMPT, turn=turn))
    content = bytearray(file.read_bytes())
    content[8192:16384] = b"\xa5" * 8192
    file.write_bytes(content)
    with open_store(file) as store:
        assert "is damaged" in store.notice
        assert list(store.attempts()) == []
    assert (file.parent / "progress-damaged-1.db").read_bytes() == content


def test_a_file_of_a_newer_version_is_left_alone(file: Path) -> None:
    with open_store(file) as store:
        store.append(ATTEMPT)
        store.connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    before = file.read_bytes()
    with pytest.raises(StoreError, match="newer version"):
        open_store(file)
    assert file.read_bytes() == before


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    with pytest.raises(StoreError, match=r"could not be created.*TUTOR_HOME"):
        open_store(tmp_path / "taken" / "tutor" / FILE)


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is read-only to root")
def test_a_folder_that_is_read_only(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(StoreError, match="cannot be"):
            open_store(tmp_path / FILE)
    finally:
        tmp_path.chmod(0o700)


def test_a_copy_of_a_log_that_may_not_be_written_to(file: Path) -> None:
    with open_store(file) as store:
        store.append(ATTEMPT)
    before = file.read_bytes()
    with read_only(file) as copy:
        assert list(copy.attempts()) == [ATTEMPT]
        assert "cannot be written to" in copy.notice
        copy.append(ATTEMPT)
        assert len(list(copy.attempts())) == 2
    assert file.read_bytes() == before


def test_what_is_no_log_cannot_be_read_either(file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(b"no database" * 100)
    with pytest.raises(StoreError):
        read_only(file)


def test_a_full_disk(file: Path) -> None:
    with open_store(file) as store:
        store.append(ATTEMPT)
        pages = store.connection.execute("PRAGMA page_count").fetchone()[0]
        store.connection.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(StoreError, match="the disk is full"):
            store.append(replace(ATTEMPT, text="x" * 100_000))
        store.connection.execute("PRAGMA max_page_count = 100000")
        store.append(ATTEMPT)
        assert list(store.attempts()) == [ATTEMPT, ATTEMPT]


def test_a_file_that_another_process_holds(file: Path) -> None:
    with open_store(file, patience=0) as mine, open_store(file) as other:
        other.connection.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="another program is using it"):
            mine.append(ATTEMPT)
        other.connection.execute("ROLLBACK")
        mine.append(ATTEMPT)
        assert list(other.attempts()) == [ATTEMPT]


# -- several processes -----------------------------------------------------------------------------------------------

WRITER = """
import sys
from dataclasses import replace
from pathlib import Path
from tests_attempt import ATTEMPT
from tutor.practice.store import open_store

with open_store(Path(sys.argv[1])) as store:
    for turn in range(int(sys.argv[3])):
        store.append(replace(ATTEMPT, session=sys.argv[2], turn=turn))
        print(turn, flush=True)
"""


@pytest.fixture
def writer(tmp_path: Path) -> list[str]:
    """The command of a process that writes: file, session and number of attempts are to be added."""
    (tmp_path / "tests_attempt.py").write_text(
        f"import datetime\nfrom tutor.practice.store import Attempt\nATTEMPT = {ATTEMPT!r}\n")
    return [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n{WRITER}"]


def test_two_terminals_at_once_lose_nothing(file: Path, writer: list[str]) -> None:
    running = [subprocess.Popen([*writer, str(file), name, "40"], stdout=subprocess.DEVNULL) for name in "ab"]
    assert [process.wait(60) for process in running] == [0, 0]
    with open_store(file) as store:
        found = [(attempt.session, attempt.turn) for attempt in store.attempts()]
    assert sorted(found) == [(name, turn) for name in "ab" for turn in range(40)]


def test_a_process_that_is_killed_keeps_what_it_had_said(file: Path, writer: list[str]) -> None:
    process = subprocess.Popen([*writer, str(file), "killed", "100000"], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    said = [process.stdout.readline() for _ in range(25)]
    process.send_signal(signal.SIGKILL)
    process.communicate()
    with open_store(file) as store:
        turns = [attempt.turn for attempt in store.attempts()]
        store.append(ATTEMPT)
    assert turns[:25] == [int(line) for line in said]
    assert turns == list(range(len(turns)))


# -- where it is -----------------------------------------------------------------------------------------------------


def test_the_folder_can_be_chosen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TUTOR_HOME", str(tmp_path))
    assert home() == tmp_path
    monkeypatch.delenv("TUTOR_HOME")
    assert home() != tmp_path
    assert home().is_absolute()
