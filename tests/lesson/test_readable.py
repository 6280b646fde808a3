"""Lines as a person would write them."""

from __future__ import annotations

import pytest

from tutor.expression.parse import parse
from tutor.lesson.readable import without_at


@pytest.mark.parametrize(("line", "shown", "beside"), [
    ("d/du [u^4] at (u = 3x + 2) * d/dx [3x + 2]", "d/du [u^4]*d/dx [3*x + 2]", "u = 3*x + 2"),
    ("(6u^5)*d/dx [(2x)*y]", "6*u^5*d/dx [2*x*y]", None), ("3*((2*x)*sin(x) + 1)", "3*(2*x*sin(x) + 1)", None),
    ("2x", "2*x", None), ("d/dx [x^2] at (x = 3)", "d/dx [x^2] at (x = 3)", None),
    ("sin(x^2) + (d/du [u^2] at (u = sin(x)))", "sin(x^2) + d/du [u^2]", "u = sin(x)"),
])
def test_where_stands_beside_the_line(line: str, shown: str, beside: str | None) -> None:
    found = without_at(parse(line))
    assert found is not None
    assert (str(found[0]), None if found[1] is None else str(found[1])) == (shown, beside)


@pytest.mark.parametrize("line", [
    "(d/du [u^2] at (u = x)) + (d/du [u^3] at (u = x^2))", "d/dx [cos(u) at (u = x^2)] + 1",
    "u*(d/du [u^2] at (u = x))", "1 + (d/du [u^2] at (u = (d/dv [v^2] at (v = x))))",
])
def test_what_cannot_be_written_so(line: str) -> None:
    assert without_at(parse(line)) is None
