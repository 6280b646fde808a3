"""Zeros of quotients of polynomials, closed in between fractions."""

from __future__ import annotations

import pytest

from tests.narrowed import not_none
from tutor.algebra.decide import Tidy
from tutor.algebra.terms import Style
from tutor.derivation.equations_closed_in import closed_in
from tutor.expression.parse import parse
from tutor.expression.tree import name


@pytest.mark.parametrize(("root", "expected"), [
    ("1/(x^2 + 1) - x/2", [1.0]),
    ("-2*x/(x^2 + 1)^2 - (2*x - 6)/((x - 3)^2 + 1)^2", [0.0308754603, 1.5, 2.9691245397]),
    ("(x - 1)*(x - 2)*(x - 3)*(x - 4)*(x - 5)*(x - 6) - 1/10", [0.99916825, 2.00418569, 2.99168897]),
    ("x^30 - x - 1", [-0.91946135, 1.0237771]),
    ("x^2 + 1", []),
    ("1/x", []),
])
def test_all_zeros_are_closed_in(root: str, expected: list[float]) -> None:
    tidy = Tidy(Style())
    found = not_none(closed_in(tidy(parse(root)), name("x"), tidy))
    assert [float(each.lower) for each in found][:3] == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize("root", ["abs(x) - x^2", "e^x - x", "x^2*sqrt(x) - 1", "(x^2 - 1)/(x - 1)"])
def test_what_is_no_such_quotient_or_may_have_no_value_there(root: str) -> None:
    assert closed_in(parse(root), name("x"), Tidy(Style())) is None
