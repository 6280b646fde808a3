"""What stands out on one line is the part at its place, also where an equal part stands before it."""

from __future__ import annotations

import pytest

from tutor.expression.parse import parse
from tutor.expression.write import PRETTY
from tutor.views.marks import write_marked


@pytest.mark.parametrize(("typed", "place", "start", "end"), [
    ("d/dx [x]", (0,), 6, 7), ("d/dx [x]", (1,), 3, 4), ("sum_{i=1}^{n} i", (0,), 6, 7),
    ("sum_{i=1}^{n} x_i^2", (0, 0), 6, 8), ("d/dx_[k] [x_[k]]", (0,), 7, 9),
])
def test_marks(typed: str, place: tuple[int, ...], start: int, end: int) -> None:
    assert write_marked(parse(typed), {place}, PRETTY)[1] == [(start, end)]
