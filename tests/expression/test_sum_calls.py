"""Sums as computer algebra systems write them: the index stands behind what is added up."""

from __future__ import annotations

import pytest

from tutor.errors import NotationError
from tutor.expression.parse import parse, read


@pytest.mark.parametrize(("typed", "usual"), [
    ("sum(x_i, i=1..n)", "sum_{i=1}^{n} x_i"), ("sum( x_i , i = 1 ... n )", "sum_{i=1}^{n} x_i"),
    ("Sum(x_i, (i, 1, n))", "sum_{i=1}^{n} x_i"), ("sum(x_i, i, 1, n)", "sum_{i=1}^{n} x_i"),
    ("sum(x_i, i=1 to n)", "sum_{i=1}^{n} x_i"), ("∑(x_i, i=1…n)", "sum_{i=1}^{n} x_i"),
    ("sum(x_i, i from 1 to n)", "sum_{i=1}^{n} x_i"), ("sum(x_i, i in 2..n-1)", "sum_{i=2}^{n-1} x_i"),
    ("sum(x_i, i)", "sum_i x_i"), ("sum(W_{ij}*x_j, j)", "sum_j W_{ij}*x_j"), ("sum(k^2, k=1..3)", "sum_{k=1}^{3} k^2"),
    ("2sum(x_i + 1, i=1..n)^2 - 1", "2*(sum_{i=1}^{n} (x_i + 1))^2 - 1"),
    ("sum(x_i, i=1..n)*sum(y_i, i=1..n)", "(sum_{i=1}^{n} x_i)*(sum_{i=1}^{n} y_i)"),
    ("sum((sum(X_{ij}*w_j, j) - y_i)^2, i=1..n)", "sum_{i=1}^{n} (sum_j X_{ij}*w_j - y_i)^2"),
    ("sum(W_{i,j}, j)", "sum_j W_{i,j}"), ("-sum(y_i*ln(softmax(z)_i), i)", "-sum_i y_i*ln(softmax(z)_i)"),
])
def test_the_index_may_stand_behind(typed: str, usual: str) -> None:
    assert parse(typed) is parse(usual)


def test_a_note_says_how_it_is_read() -> None:
    text = "1 + sum(x_i^2, i=1..n)"
    found = read(text).notes[0]
    assert (found.kind, found.message) == ("index-behind-sum", "sum(x_i^2, i=1..n) is read as sum_{i=1}^{n} (x_i^2).")
    assert text[found.start:found.end] == "sum(x_i^2, i=1..n)"


@pytest.mark.parametrize(("text", "place", "message"), [
    ("sum(a, b)", "sum", "sum is not part of the notation"), ("sum(y, i)", "sum", "sum is not part of the notation"),
    ("sum(x_i, y=2)", "sum", "sum is not part of"), ("sum(x_i, i=1..n", "sum", "sum is not part of the notation"),
    ("sum(2 % x_i, i=1..n)", "%", "% is not part of the notation"), ("sum(x_i, i=1..n) + 2)", ")", "There is one )"),
    ("sum(" * 20_000 + "x_i" + ", i)" * 20_000, None, "This has more than 500 sums. Try fewer."),
])
def test_what_is_wrong_is_said_with_its_place(text: str, place: str | None, message: str) -> None:
    with pytest.raises(NotationError) as caught:
        parse(text)
    assert str(caught.value).startswith(message)
    start, end = caught.value.position or (0, 0)
    assert place is None or text[start:end] == place
