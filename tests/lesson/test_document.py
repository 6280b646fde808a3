"""YAML, read strictly."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor import limits
from tutor.lesson.document import Place, read_document

SCALARS = ["no", "010", "0.1", "1_000", "1:30", "2..5", "~", "null", "1e3", "2026-01-01", "0x10", "n*(a*x+b)^(n-1)"]


@pytest.mark.parametrize("text", SCALARS)
def test_every_scalar_is_text(text: str) -> None:
    assert read_document(f"a: {text}\nb: [{text}]\n").data == {"a": text, "b": [text]}


@pytest.mark.parametrize(("text", "path", "offset", "place"), [
    ("a: xyz", ("a",), 1, (1, 5)),
    ("a: 'xyz'", ("a",), 1, (1, 6)),
    ("a: |\n  first\n  second\n", ("a",), 8, (3, 5)),
    ("a:\n  - b: 1\n    c: {d: [2, 3]}\n", ("a", 0, "c", "d", 1), 0, (3, 16)),
    ("a: 1\n", ("b",), 0, (1, 1)),
])
def test_places(text: str, path: tuple[str | int, ...], offset: int, place: Place) -> None:
    assert read_document(text).place(path, offset) == place


@pytest.mark.parametrize(("text", "code"), [
    ("a: &x 1\nb: *x\n", "L006"), ("a: !!python/object:os.system {}\n", "L006"), ("a: 1\n---\na: 2\n", "L007"),
    ("a:\t1\n", "L004"), ("a: \x1b[2J\n", "L008"), ("a: b\u200bc\n", "L008"), ("'': c\n", "L103"),
    ("a: [1\n", "L003"), ("", "L102"),
    ("a: " + "[" * 100_000, "L002"), ("- " * 100_000, "L002"), ("x" * (limits.LESSON_CHARACTERS + 1), "L002"),
    ("? [a, b]\n: 3\n", "L103"),
])
def test_refused(text: str, code: str) -> None:
    assert {finding.code for finding in read_document(text).findings} == {code}


@pytest.mark.parametrize(("text", "columns"), [
    ("a: Item # 3\n", [9]), ("a: Item #3\n", [9]), ("a: Item  # 3\n", []), ("a: 'Item' # 3\n", []),
    ("a: # 3\n", [4]), ("a:  # 3\nb: 1\n", []), ("a: |\n  ## Title\n  b # c\n", []), ("- a # b\n- c#d\n", [5]),
    ("a: [b, c # d\n  ]\n", [10]), ("a: b\n  c # d\n", [5]), ("a: # keys follow\n  b: c\n", []),
])
def test_a_comment_that_may_be_text(text: str, columns: list[int]) -> None:
    findings = read_document(text).findings
    assert [(finding.code, finding.place.column) for finding in findings] == [("L304", each) for each in columns]


def test_every_kind_of_space_is_one() -> None:
    document = read_document("a:\u00a0b\u202fc # d\n")
    assert document.data == {"a": "b c"}
    assert document.findings[0].place == (1, 8)


def test_an_empty_value_stands_at_its_key() -> None:
    document = read_document("a:\n\nb: {c: , d: 1}\n")
    assert document.place(("a",)) == (1, 1)
    assert document.place(("b", "c")) == (3, 5)


def test_the_first_of_two_keys_stays_and_the_second_is_told() -> None:
    document = read_document("a: 1\nb:\n  c: 2\n  c: 3\n")
    assert document.data == {"a": "1", "b": {"c": "2"}}
    assert [(finding.place, finding.code) for finding in document.findings] == [((4, 3), "L005")]


@given(st.text(alphabet=st.sampled_from("ab:{}[]- \n'\"|>&*!#%?,\t\x1bé"), max_size=60))
def test_nothing_is_raised_and_every_place_exists(text: str) -> None:
    document = read_document(text)
    assert document.data is not None or document.findings
    for (line, column), _, message in document.findings:
        assert 1 <= line <= len(document.lines) + 1
        assert column >= 1
        assert message
