"""The check of many lessons at once: the same findings as one by one, and nothing looked at twice."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tutor.errors import TutorError
from tutor.lesson import check, examining, reader
from tutor.lesson.addresses import lesson_files
from tutor.lesson.check import examine_lesson
from tutor.lesson.examining import Examining, Wanted
from tutor.lesson.findings import Examination
from tutor.lesson.reader import read_source

BAD = [Path(__file__).parent / "bad" / f"{code}.yaml" for code in (
    "L003", "L105", "L112", "L113", "L114", "L201", "L203", "L206", "L207", "L208", "L209", "L301", "L305")]

LESSON = """format: 1
id: mine
title: Mine
needs: [chain-rule]
teaches: [power, chain]
functions:
  bump(x): x^2 + 1
misconceptions: |
  letters
      x is a variable
      n is a constant
  misconception mine_doubled "Doubled" unlike power
      d/dx [x^n] = 2*n*x^(n - 1)
      say "That is twice as much as there is."
      source "common"
      example d/dx [x^5]
text: Words about $x^2$.
examples: ["d/dx [x^3]"]
items:
  - given: (x + 5)^3
    id: blind
  - given: a*x^5
    id: varied
    vary: {a: 2..4}
  - given: bump(x)
    id: own
"""

UNNAMED = """format: 1
id: mine
title: Mine
items:
  - given: x^7
  - given: x^8
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TUTOR_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def looked_at(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the items that are really looked at; "" for what a lesson says apart from them."""
    seen: list[str] = []
    findings = check.findings

    def watched(lesson: Any, *more: Any) -> Any:
        seen.append(" ".join(item.name for item in lesson.items))
        return findings(lesson, *more)

    monkeypatch.setattr(check, "findings", watched)
    return seen


def examined(*wanted: Wanted, processes: int = 1) -> list[Examination]:
    with Examining(wanted, processes=processes) as found:
        return [each for _, each in found.run()]


def lesson(text: str = LESSON) -> Wanted:
    Path("mine.yaml").write_text(text, encoding="utf-8")
    return Wanted(Path("mine.yaml"))


@pytest.mark.parametrize("file", BAD, ids=[file.stem for file in BAD])
def test_it_finds_what_the_check_of_the_whole_finds(file: Path) -> None:
    whole = examine_lesson(read_source(file))
    for _ in range(2):  # the second time from what was kept
        (found,) = examined(Wanted(file))
        assert (found.lesson, found.items, found.variants) == (whole.lesson, whole.items, whole.variants)
        assert [each for each in found.problems if each.code != "L122"] == list(whole.problems)


def test_what_is_known_is_not_looked_at_again(looked_at: list[str]) -> None:
    (first,) = examined(lesson())
    assert looked_at == ["", "blind", "varied", "own"]
    assert [each.code for each in first.problems] == ["L301"]
    assert examined(lesson()) == [first]
    assert len(looked_at) == 4


@pytest.mark.parametrize(("old", "new", "again"), [
    ("x^5\n    id: varied", "x^6\n    id: varied", ["varied"]),
    ("Words about", "More words about", [""]),
    ('["d/dx [x^3]"]', '["d/dx [x^4]"]', [""]),
    ("title: Mine", "title: Yours", [""]),
    ("teaches: [power, chain]", "teaches: [power]", ["", "blind", "varied", "own"]),
    ("bump(x): x^2 + 1", "bump(x): x^2 + 2", ["", "blind", "varied", "own"]),
    ("2*n*x^(n - 1)", "3*n*x^(n - 1)", ["", "blind", "varied", "own"]),
    ("id: mine", "id: yours", ["", "blind", "varied", "own"]),
    ("items:", "# a remark\nitems:", []),
])
def test_only_what_hangs_on_a_change_is_looked_at_again(old: str, new: str, again: list[str],
                                                        looked_at: list[str]) -> None:
    examined(lesson())
    looked_at.clear()
    assert old in LESSON
    examined(lesson(LESSON.replace(old, new, 1)))
    assert looked_at == again


def test_problems_move_with_their_lines() -> None:
    (before,) = examined(lesson())
    (after,) = examined(lesson(LESSON.replace("title: Mine\n", "title: Mine\n# a\n# b\n")))
    assert [each.line + 2 for each in before.problems] == [each.line for each in after.problems]


def test_what_is_needed_is_compared_every_time(looked_at: list[str]) -> None:
    text = LESSON.replace("[chain-rule]", "[other]")
    (found,) = examined(lesson(text))
    assert [each.code for each in found.problems] == ["L120", "L301"]
    Path("other.yaml").write_text("format: 1\nid: other\ntitle: A\ntext: a\n", encoding="utf-8")
    looked_at.clear()
    (found,) = examined(lesson(text))
    assert [each.code for each in found.problems] == ["L301"]
    Path("other.yaml").write_text("format: 1\nid: another\ntitle: A\ntext: a\n", encoding="utf-8")
    (found,) = examined(lesson(text))
    assert [each.code for each in found.problems] == ["L120", "L301"]
    assert looked_at == []


def test_a_lesson_with_errors_is_still_there_for_those_that_need_it() -> None:
    text = LESSON.replace("[chain-rule]", "[other]")
    other = "format: 1\nid: other\ntitle: A\ntext: Words ![a curve](late.png)\n"
    for content, codes in ((other, ["L301"]), (other.replace("title: A", "titel: A"), ["L301"]),
                           (other.replace("id: other", "id: another"), ["L120", "L301"]), (other, ["L301"])):
        Path("other.yaml").write_text(content, encoding="utf-8")
        (found,) = examined(lesson(text))
        assert [each.code for each in found.problems] == codes
    Path("late.png").write_bytes(b"a picture")
    Path("other.yaml").write_text(other.replace("text", "needs: [mine]\ntext"), encoding="utf-8")
    (found,) = examined(lesson(text))
    assert "L121" in [each.code for each in found.problems]


def test_one_item(looked_at: list[str]) -> None:
    file = lesson(LESSON.replace("x^5\n", "x/2x\n")).file
    (found,) = examined(Wanted(file, "own"))
    assert (found.lesson, found.items, found.variants, found.problems) == ("mine/own", 1, 1, ())
    assert looked_at == ["own"]
    (found,) = examined(Wanted(file, "varied"))
    assert (found.variants, {each.code for each in found.problems}) == (3, {"L305"})
    looked_at.clear()
    whole, one = examined(Wanted(file), Wanted(file, "blind"))
    assert looked_at == ["", "blind", "blind"] or looked_at == ["", "blind"]
    assert [each for each in whole.problems if each.code == "L301"] == list(one.problems)
    with pytest.raises(TutorError, match="has no item nothing"):
        examined(Wanted(file, "nothing"))


def test_a_broken_lesson_is_told_again(looked_at: list[str]) -> None:
    text = LESSON.replace("a*x^5", "a*x^(")
    (first,) = examined(lesson(text))
    assert examined(lesson(text)) == [first]
    assert (first.lesson, first.passed) == ("mine.yaml", False)
    Path("moved.yaml").write_text(text, encoding="utf-8")
    (moved,) = examined(Wanted(Path("moved.yaml")))
    assert {each.file for each in moved.problems} == {"moved.yaml"}
    assert looked_at == []


def test_a_lesson_with_pictures_is_read_every_time(monkeypatch: pytest.MonkeyPatch, looked_at: list[str]) -> None:
    reads: list[Path] = []

    def watched(file: Path, content: bytes | None = None) -> Any:
        reads.append(file)
        return read_source(file, content)

    monkeypatch.setattr(reader, "read_source", watched)
    plain = LESSON.replace("[chain-rule]", "[]")
    Path("curve.png").write_bytes(b"a picture")
    for text, times in ((plain, 1), (plain.replace("Words", "Words ![a curve](curve.png)"), 2)):
        reads.clear()
        examined(lesson(text))
        examined(lesson(text))
        assert reads.count(Path("mine.yaml")) == times
    assert len(looked_at) == 5


def test_a_damaged_result_is_made_anew(folder: Path, looked_at: list[str]) -> None:
    (first,) = examined(lesson())
    for file in (folder / "home" / "cache" / "checks").iterdir():
        file.write_bytes(file.read_bytes()[:-2])
    assert examined(lesson()) == [first]
    assert len(looked_at) == 8


@pytest.mark.long
def test_further_processes_find_the_same(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (alone,) = examined(lesson())
    monkeypatch.setattr(examining, "_WORTH_A_PROCESS", 1)
    monkeypatch.setenv("TUTOR_HOME", str(tmp_path / "other"))
    counted: list[int] = []
    with Examining([lesson()], counted.append, processes=2) as found:
        assert [each for _, each in found.run()] == [alone]
    assert sum(counted) == found.total == 5
    assert examined(lesson()) == [alone]


def test_an_item_without_an_id_reaches_another_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(examining, "_WORTH_A_PROCESS", 1)
    monkeypatch.setattr(examining, "_pool", ThreadPoolExecutor)
    (found,) = examined(lesson(UNNAMED), processes=2)
    assert (found.items, found.variants, found.problems) == (2, 2, ())


def test_where_no_process_can_be_begun_it_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(processes: int) -> None:
        raise OSError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(examining, "_WORTH_A_PROCESS", 1)
    monkeypatch.setattr(examining, "_pool", refuse)
    (found,) = examined(lesson(), processes=2)
    assert [each.code for each in found.problems] == ["L301"]


@pytest.mark.parametrize("broken", ["items: [{given: x^}]", "items: [", "format: 1"])
def test_a_lesson_with_an_error_is_there_all_the_same(broken: str) -> None:
    Path("first.yaml").write_text(f"format: 1\nid: first\ntitle: A\n{broken}\n", encoding="utf-8")
    Path("second.yaml").write_text("format: 1\nid: second\ntitle: B\nneeds: [first]\ntext: b\n", encoding="utf-8")
    Path("course.yaml").write_text("format: 1\ntitle: C\norder: [first, second]\n", encoding="utf-8")
    files = [Path("first.yaml"), Path("second.yaml"), Path("course.yaml")]
    for _ in range(2):  # the second time it is known
        first, second, course = examined(*[Wanted(file) for file in files])
        assert first.problems
        assert (second.problems, course.problems) == ((), ())


def test_the_lessons_of_a_folder() -> None:
    lesson()
    Path("second.yaml").write_text("format: 1\nid: mine\ntitle: A\ntext: a\n", encoding="utf-8")
    first, second = examined(*[Wanted(file) for file in lesson_files(Path())])
    assert [each.code for each in first.problems] == ["L301"]
    assert [each.code for each in second.problems] == ["L122"]
