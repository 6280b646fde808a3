"""The attempt log: everything a learner did, appended to a file in the user's data folder and never changed.

    with open_store(home() / FILE) as store:
        store.append(attempt)
        list(store.attempts())

Nothing else is stored. Each attempt is committed before the learner sees a reply, so that a process that is killed
loses no more than the line being typed, and two terminals can write at once.
"""

from __future__ import annotations

import math
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import astuple, dataclass, fields
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, get_args

from tutor.errors import TutorError
from tutor.lesson.family import current_form
from tutor.lesson.skill import Skill

FILE = "progress.db"

PATIENCE = 5.0
"""How many seconds to wait while another process has the file locked."""

AttemptOutcome = Literal["asked", "hint", "right", "line", "cell", "nearly", "wrong", "unreadable", "undecided",
                         "shown", "skipped", "explained", "misexplained"]
"""What happened: "line" is a right line on the way to an answer, "cell" a right cell of a table; "explained", the rule
was named when asked for."""

Grade = Literal["", "again", "hard", "good", "easy"]


class StoreError(TutorError):
    """The log cannot be read or written; the message says why and what to do."""


@dataclass(frozen=True)
class Attempt:
    """One thing that happened: an exercise was asked, a hint was read, an answer was given.

    at: when, with the offset of the learner's clock; session, turn: which session, and which exercise of it; lesson,
    item, seed: by which the exercise is made again; exercise: its text; rule, form: the skill it trains; rules: the
    rules on the way to its answer; given: lines of the solution that were shown with it; text, reading: what was typed
    and how it was read; misconceptions: what explains a wrong answer; hints: the highest hint seen by then; seconds:
    since the exercise was shown; grade: for the attempt that decides, with the reason for it.
    """

    at: datetime
    session: str
    turn: int
    lesson: str
    item: str
    seed: int
    exercise: str
    rule: str
    form: str
    rules: tuple[str, ...] = ()
    given: int = 0
    text: str = ""
    reading: str = ""
    outcome: AttemptOutcome = "asked"
    misconceptions: tuple[str, ...] = ()
    hints: int = 0
    seconds: float = 0.0
    grade: Grade = ""
    reason: str = ""

    @property
    def skill(self) -> Skill:
        """The skill that the exercise trains."""
        return Skill(self.rule, self.form)


YEARS = range(1970, 3000)
"""The years in which somebody practises; any other year means that a clock was wrong."""

_PAUSE = 0.01

_COLUMNS = tuple(field.name for field in fields(Attempt))
_TUPLES = ("rules", "misconceptions")

_MIGRATIONS = (
    """
    CREATE TABLE attempts (
        id INTEGER PRIMARY KEY, at TEXT NOT NULL, session TEXT NOT NULL, turn INTEGER NOT NULL, lesson TEXT NOT NULL,
        item TEXT NOT NULL, seed INTEGER NOT NULL, exercise TEXT NOT NULL, rule TEXT NOT NULL, form TEXT NOT NULL,
        rules TEXT NOT NULL, given INTEGER NOT NULL, text TEXT NOT NULL, reading TEXT NOT NULL, outcome TEXT NOT NULL,
        misconceptions TEXT NOT NULL, hints INTEGER NOT NULL, seconds REAL NOT NULL, grade TEXT NOT NULL,
        reason TEXT NOT NULL
    );
    CREATE TRIGGER attempts_are_not_changed BEFORE UPDATE ON attempts
        BEGIN SELECT RAISE(ABORT, 'attempts are only appended'); END;
    CREATE TRIGGER attempts_are_not_deleted BEFORE DELETE ON attempts
        BEGIN SELECT RAISE(ABORT, 'attempts are only appended'); END;
    """,
)
"""What makes version n + 1 of a file of version n. Entries are added, never changed: such files exist."""

VERSION = len(_MIGRATIONS)

_NOT_OURS = frozenset((sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM))
_DAMAGE = frozenset((sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB))

_WORDS = {
    sqlite3.SQLITE_FULL: "the disk is full. Free some space on it",
    sqlite3.SQLITE_READONLY: "you are not allowed to write to it",
    sqlite3.SQLITE_PERM: "you are not allowed to write to it",
    sqlite3.SQLITE_CANTOPEN: "it cannot be opened. Check that it is a file that you may read and write",
    sqlite3.SQLITE_BUSY: "another program is using it. Close that program and try again",
    sqlite3.SQLITE_LOCKED: "another program is using it. Close that program and try again",
    sqlite3.SQLITE_IOERR: "the disk reported an error",
}


def home() -> Path:
    """The folder of the log: TUTOR_HOME, or the place where this system keeps the data of its users."""
    chosen = os.environ.get("TUTOR_HOME")
    if chosen:
        try:
            return Path(chosen).expanduser()
        except RuntimeError as error:
            raise StoreError(f"TUTOR_HOME is {chosen}, and there is no such home folder.") from error
    from platformdirs import user_data_path

    return user_data_path("derivation-tutor", appauthor=False)


def open_store(path: Path, patience: float = PATIENCE) -> Store:
    """The log in a file, which is made if there is none.

    A damaged file is set aside under a new name and a new one is begun; of one that may not be written to a copy in
    memory is used; rows that cannot be read stay where they are and are not counted. `notice` then says so. Raises
    StoreError if there can be no log here.
    """
    store = _found(path, patience)
    unreadable = store.unreadable()
    if unreadable:
        rows = "1 row" if unreadable == 1 else f"{unreadable:,} rows"
        store.notice = f"{store.notice} ".lstrip() + (
            f"The file {path} has {rows} with a date, a grade or a text that cannot be read. "
            "They stay in the file but do not count; everything else does.")
    return store


def _found(path: Path, patience: float) -> Store:
    """The log in a file, whatever its rows say."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"The folder {path.parent} could not be created: {error.strerror}. "
                         "To use another one, set TUTOR_HOME.") from error
    try:
        return _opened(path, patience)
    except sqlite3.DatabaseError as error:
        if _code(error) in _NOT_OURS and path.exists():
            return read_only(path)
        if _code(error) not in _DAMAGE:
            raise _in_words(error, path) from error
    aside = _set_aside(path)
    try:
        store = _opened(path, patience)
    except sqlite3.DatabaseError as error:
        raise _in_words(error, path) from error
    store.notice = (f"The file {path} is damaged. It is kept as {aside.name}, and a new file was started: what "
                    "is in the old one no longer counts.")
    return store


def _opened(path: Path, patience: float) -> Store:
    """The log. While another process is creating the file, SQLite refuses at once to open it, so the waiting is done
    here."""
    end = time.monotonic() + patience
    while True:
        try:
            return Store(path, patience)
        except sqlite3.OperationalError as error:
            if _code(error) != sqlite3.SQLITE_BUSY or time.monotonic() >= end:
                raise
        time.sleep(_PAUSE)


def read_only(path: Path) -> Store:
    """A copy in memory of a log that may not be written to. Raises StoreError if it cannot be read either."""
    store = memory_only()
    where = path.absolute().as_uri()
    for how in ("mode=ro", "mode=ro&immutable=1"):  # the second: on a disk that allows no locks
        try:
            with closing(sqlite3.connect(f"{where}?{how}", uri=True)) as source:
                source.backup(store.connection)
        except sqlite3.DatabaseError as error:
            failed = error
            continue
        store.notice = (f"The file {path} cannot be written to. What is in it counts, but what you do now is lost "
                        "when the session ends. To use another folder, set TUTOR_HOME.")
        return store
    raise _in_words(failed, path) from failed


def memory_only() -> Store:
    """A log that is forgotten when the process ends, for when there is no place for another."""
    return Store(None, PATIENCE)


class Store:
    """An open log. path: None for one in memory; notice: what the learner has to be told about it, or ""."""

    def __init__(self, path: Path | None, patience: float) -> None:
        self.path, self.notice = path, ""
        self.connection = sqlite3.connect(path or ":memory:", timeout=patience, isolation_level=None)
        self.connection.text_factory = _text
        try:
            self._prepare()
        except BaseException:
            self.connection.close()
            raise

    def _prepare(self) -> None:
        run = self.connection.execute
        run("PRAGMA journal_mode = WAL")
        run("PRAGMA synchronous = FULL")
        if self._version() < VERSION:
            run("BEGIN IMMEDIATE")  # look again now that the file is locked: another process may have been faster
            for number in range(self._version(), VERSION):
                for statement in _statements(_MIGRATIONS[number]):
                    run(statement)
            run(f"PRAGMA user_version = {VERSION}")
            run("COMMIT")
        if self._version() > VERSION:
            raise StoreError(f"The file {self.path} was written by a newer version of the tutor. It was not changed; "
                             "update the tutor, or set TUTOR_HOME to another folder.")
        if run("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            damage = sqlite3.DatabaseError("the file is damaged")
            damage.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
            raise damage

    def _version(self) -> int:
        return int(self.connection.execute("PRAGMA user_version").fetchone()[0])

    def append(self, attempt: Attempt) -> None:
        """Write one attempt to the disk. Raises StoreError if that cannot be done; then nothing was written."""
        if attempt.at.year not in YEARS:
            raise StoreError(f"The clock of this computer says that the year is {attempt.at.year}. Please correct it: "
                             "the tutor needs the date to plan your reviews.")
        marks = ", ".join("?" * len(_COLUMNS))
        row = [_stored(value) for value in astuple(attempt)]
        try:
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                self.connection.execute(f"INSERT INTO attempts ({', '.join(_COLUMNS)}) VALUES ({marks})", row)
                self.connection.execute("COMMIT")
            finally:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
        except sqlite3.DatabaseError as error:
            raise _in_words(error, self.path) from error

    def attempts(self) -> Iterator[Attempt]:
        """Everything in the log that can be read, in the order in which it was written.

        Raises StoreError if the file as a whole cannot be read.
        """
        return (attempt for attempt in self._rows() if attempt is not None)

    def unreadable(self) -> int:
        """How many rows cannot be read. Raises StoreError."""
        return sum(attempt is None for attempt in self._rows())

    def _rows(self) -> Iterator[Attempt | None]:
        try:
            for row in self.connection.execute(f"SELECT {', '.join(_COLUMNS)} FROM attempts ORDER BY id"):
                yield _attempt(dict(zip(_COLUMNS, row, strict=True)))
        except sqlite3.DatabaseError as error:
            raise _in_words(error, self.path) from error

    def close(self) -> None:
        """Close the file. Nothing is left to save: every attempt was saved when it was made."""
        self.connection.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        self.close()


def _text(data: bytes) -> str | bytes:
    """A text of the table; its bytes if it is not UTF-8."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data


def _attempt(values: dict[str, Any]) -> Attempt | None:
    """The attempt of a row; None where a field is not what it should be."""
    if not all(isinstance(value, _TYPES[name]) for name, value in values.items()):
        return None
    if values["outcome"] not in get_args(AttemptOutcome) or values["grade"] not in get_args(Grade):
        return None
    try:
        values["at"] = datetime.fromisoformat(values["at"])
    except ValueError:
        return None
    if values["at"].tzinfo is None or values["at"].year not in YEARS or not math.isfinite(values["seconds"]):
        return None
    for name in _TUPLES:
        values[name] = tuple(values[name].split())
    values["form"] = current_form(values["form"])
    return Attempt(**values)


_TYPES: dict[str, type | tuple[type, ...]] = {
    **dict.fromkeys(_COLUMNS, str), **dict.fromkeys(("turn", "seed", "given", "hints"), int), "seconds": (int, float)}
"""What the table has in each column."""


def _stored(value: object) -> object:
    """A field as the table has it."""
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, tuple):
        return " ".join(value)
    # What a terminal sent that is no text arrives as lone surrogates, which no file can hold.
    return value.encode("utf-8", "replace").decode("utf-8") if isinstance(value, str) else value


def _statements(script: str) -> Iterator[str]:
    """The statements of a script one by one, so that all of them can stand in one transaction."""
    waiting = ""
    for part in script.split(";"):
        waiting += part + ";"
        if sqlite3.complete_statement(waiting):
            yield waiting
            waiting = ""


def _code(error: sqlite3.DatabaseError) -> int:
    """The primary result code of an error, without the extended part; -1 if it has none."""
    code = getattr(error, "sqlite_errorcode", None)
    return -1 if code is None else code & 0xFF


def _in_words(error: sqlite3.DatabaseError, path: Path | None) -> StoreError:
    why = "it is damaged" if _code(error) in _DAMAGE else _WORDS.get(_code(error), str(error))
    return StoreError(f"The practice log {path or 'of this session'} cannot be used: {why}.")


def _set_aside(path: Path) -> Path:
    """Rename a damaged file, and the files that SQLite keeps beside it, to a name that is free. Raises StoreError."""
    number = 1
    while (aside := path.with_name(f"{path.stem}-damaged-{number}{path.suffix}")).exists():
        number += 1
    try:
        for tail in ("-wal", "-shm", ""):
            part = path.with_name(path.name + tail)
            if part.exists():
                part.rename(aside.with_name(aside.name + tail))
    except OSError as error:
        raise StoreError(f"The file {path} is damaged, and it cannot be renamed: {error.strerror}.") from error
    return aside
