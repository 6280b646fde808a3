"""Tables that are kept: every version of Python reads them, and a damaged one is made anew."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

from tutor import compiled
from tutor.expression import automaton
from tutor.rules import rulebook


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(compiled, "compiled_folder", lambda: tmp_path)
    monkeypatch.setattr(compiled, "is_checkout", lambda: True)
    return tmp_path


def squares() -> dict[int, Fraction]:
    return {1: Fraction(1, 3)}


def kept() -> dict[int, Fraction]:
    return compiled.kept("squares", squares, compiled.packed, compiled.unpacked)


def test_a_table_is_kept_and_found_again(folder: Path) -> None:
    assert kept() == squares()
    file = folder / compiled.file_name("squares")
    assert compiled.unsealed(file.read_bytes()) == compiled.packed(squares())
    file.write_bytes(compiled.sealed(compiled.packed({2: 4})))
    assert kept() == {2: 4}


@pytest.mark.parametrize("damaged", [
    b"", b"tutor table 1\n", b"cut", lambda content: content[:-1], lambda content: content + b"x",
    lambda content: content.replace(b"table 1", b"table 9"), lambda content: content[:60] + b"\x00" + content[61:],
    lambda content: pickle.dumps({1: 2}),
])
def test_a_damaged_table_is_made_anew(folder: Path, damaged: bytes | Callable[[bytes], bytes]) -> None:
    kept()
    file = folder / compiled.file_name("squares")
    whole = file.read_bytes()
    file.write_bytes(damaged if isinstance(damaged, bytes) else damaged(whole))
    assert kept() == squares()
    assert file.read_bytes() == whole


def test_a_folder_in_the_place_of_a_table_does_no_harm(folder: Path) -> None:
    (folder / compiled.file_name("squares")).mkdir()
    assert kept() == squares()


def test_nothing_but_plain_data_is_read() -> None:
    with pytest.raises(pickle.UnpicklingError, match="no plain data"):
        compiled.unpacked(pickle.dumps(Path("x")))


def test_the_tables_are_plain_data_for_every_python() -> None:
    table = automaton.load_table()
    assert automaton.restore(automaton.dump(table)) == table
    rules = dict(rulebook.rulebook())
    data = rulebook.dump(rules)
    assert rulebook.restore(data) == rules
    for each in (data, automaton.dump(table)):
        assert each[:2] == b"\x80\x04"  # protocol 4, which all of them know


def test_the_name_of_a_table_does_not_hang_on_the_version_of_python(monkeypatch: pytest.MonkeyPatch) -> None:
    before = compiled.file_name("rules")
    compiled.digest.cache_clear()
    monkeypatch.setattr("sys.version_info", (3, 99, 0))
    assert compiled.file_name("rules") == before
