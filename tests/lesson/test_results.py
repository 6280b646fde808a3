"""Results that are kept by content."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tutor.files import cache_folder
from tutor.lesson import results
from tutor.lesson.results import keep, kept, key_of, trim


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TUTOR_HOME", str(tmp_path))
    return tmp_path / "cache" / "checks"


def test_what_is_kept_is_found_again(folder: Path) -> None:
    key = key_of("piece", "x^2")
    assert kept(key) is None
    keep(key, [1, ["a", "é"]])
    assert kept(key) == [1, ["a", "é"]]
    assert [file.name for file in folder.iterdir()] == [key]


def test_a_key_hangs_on_every_part_and_on_the_code(monkeypatch: pytest.MonkeyPatch) -> None:
    keys = [key_of("piece", "ab", "c"), key_of("piece", "a", "bc"), key_of("lesson", "ab", "c"), key_of("piece", "ab")]
    monkeypatch.setattr(results, "code_digest", lambda: "of another version")
    keys.append(key_of("piece", "ab", "c"))
    assert len(set(keys)) == len(keys)


def test_the_digest_of_the_code_sees_every_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(results, "PACKAGE", tmp_path)
    found = []
    for name, text in (("a.py", "1"), ("a.py", "2"), ("b.rules", ""), ("deep/c.py", ""), ("notes.txt", "")):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
        found.append(results.code_digest.__wrapped__())
    assert len(set(found)) == 4
    assert found[-1] == found[-2]


@pytest.mark.parametrize("damage", [
    lambda content: b"", lambda content: content[:-1], lambda content: content + b" ",
    lambda content: content[:-3] + b"9" + content[-2:],
])
def test_a_damaged_result_is_not_trusted(damage: Callable[[bytes], bytes], folder: Path) -> None:
    key = key_of("piece")
    keep(key, [1, 2, 3])
    file = folder / key
    file.write_bytes(damage(file.read_bytes()))
    assert kept(key) is None


def test_without_a_place_nothing_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "taken").write_text("", encoding="utf-8")
    for home in (str(tmp_path / "taken"), "~nobody-of-this-name/tutor"):
        monkeypatch.setenv("TUTOR_HOME", home)
        keep(key_of("piece"), [1])
        trim()
        assert kept(key_of("piece")) is None


def test_a_full_disk_leaves_nothing_behind(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(file: Path, data: bytes) -> int:
        with file.open("wb") as stream:
            stream.write(data[:5])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    keep(key_of("piece"), [1])
    assert list(folder.iterdir()) == []


def test_the_oldest_results_go(folder: Path) -> None:
    keys = [key_of("piece", str(number)) for number in range(10)]
    for age, key in enumerate(keys):
        keep(key, [age])
        os.utime(folder / key, (age, age))
    trim(10 * 4096)
    assert len(list(folder.iterdir())) == 10
    trim(9 * 4096)
    assert [key for key in keys if kept(key) is not None] == keys[-4:]


def test_the_cache_of_the_system_is_the_place(monkeypatch: pytest.MonkeyPatch) -> None:
    import platformdirs

    monkeypatch.delenv("TUTOR_HOME")
    monkeypatch.setattr(platformdirs, "user_cache_path", lambda name, appauthor: Path("/caches") / name)
    assert cache_folder("checks") == Path("/caches/derivation-tutor/checks")
