"""Answers with sums over an index are judged for several sizes."""

from __future__ import annotations

import pytest

from tutor.expression.parse import parse
from tutor.judge.diagnose import diagnose
from tutor.judge.equivalence import equivalent
from tutor.judge.sizes import sizes_of

LOSS = "d/dw [1/n*sum_i (w*x_i + b - y_i)^2]"


@pytest.mark.parametrize(("problem", "answer"), [
    (LOSS, "2/n*sum_i x_i*(w*x_i + b - y_i)"), (LOSS, "2/n*sum_k x_k*(w*x_k + b - y_k)"),
    (LOSS, "1/n*sum_{i=1}^{n} (2w*x_i^2 + 2b*x_i - 2x_i*y_i)"),
    ("d/dx_k sum_i x_i^2", "2x_k"), ("d/dx_k sum_i x_i*y_i", "y_k"),
    ("d/dx_k sum_i x_i^2", r"2\,x_{k}"), ("d/dx_k sum_i x_i", "sum_{i=1}^{n} delta_{ik}"),
    ("d/dx_2 sum_i x_i^2", "2*x_2"), ("d/dx sum_{i=1}^{3} x^i", "1 + 2x + 3x^2"),
])
def test_right(problem: str, answer: str) -> None:
    assert diagnose(problem, answer).equivalence.verdict == "equal"  # type: ignore[union-attr]


@pytest.mark.parametrize(("problem", "answer", "place"), [
    (LOSS, "2*sum_i x_i*(w*x_i + b - y_i)", {"n": 2}), ("d/dx_k sum_i x_i^2", "2*sum_i x_i", {"n": 2, "k": 1}),
    ("d/dx_k sum_i x_i^2", "x_k", {"n": 1, "k": 1}), ("d/dx_k sum_i x_i*y_i", "x_k", {"n": 1, "k": 1}),
    ("d/dx_k sum_i x_i", "n", {"n": 2}),
])
def test_wrong(problem: str, answer: str, place: dict[str, int]) -> None:
    found = diagnose(problem, answer)
    assert found.outcome not in ("right", "undecided")
    numbers = found.equivalence.counterexample  # type: ignore[union-attr]
    assert {letter: numbers[letter] for letter in place} == place


def test_another_letter_for_the_size_is_noted() -> None:
    found = diagnose(LOSS, "2/N*sum_{j=1}^{N} x_j*(w*x_j + b - y_j)")
    assert found.equivalence.verdict == "equal"  # type: ignore[union-attr]
    assert [note.message for note in found.notes] == ["N is read as n, the size of x in the problem."]


@pytest.mark.parametrize(("answer", "words"), [
    ("2x_j", "The index j does not occur in the problem. The problem has k."),
    ("2x_{k+1}", "an index is a letter or a whole number"),
])
def test_unreadable(answer: str, words: str) -> None:
    found = diagnose("d/dx_k sum_i x_i^2", answer)
    assert found.outcome == "unreadable"
    assert words in str(found.error)


def test_equivalent() -> None:
    found = equivalent(parse("(sum_{i=1}^{n} x_i)^2"), parse("sum_{i=1}^{n} x_i^2"))
    assert found.verdict == "different"
    assert found.sentence == "They are different. At n = 2, x_1 = 1, x_2 = 2 the first is 9, the second is 5."
    assert equivalent(parse("sum_{i=1}^{n} i"), parse("n*(n + 1)/2")).verdict == "equal"
    assert equivalent(parse("sum_{i=1}^{n/2} i"), parse("n")).verdict == "undecided"


def test_sizes_of_a_problem() -> None:
    assert sizes_of(parse("d/dx [x^2]")) is None
    assert [*map(str, (sizes_of(parse(LOSS)) or {})["x"])] == ["n"]
