"""Differences that algebra shows, and those that nobody knows."""

from __future__ import annotations

import pytest

from tutor.expression.parse import parse
from tutor.judge.proof.independence import proves_different
from tutor.judge.proof.normal_form import proves_equal


@pytest.mark.parametrize(("left", "right"), [
    ("2^200 + 1", "2^200"), ("e^150 + 1", "e^150"), ("x*(1 + 10^(-50))", "x"), ("sqrt(2) + sqrt(3)", "sqrt(5)"),
    ("sin(x) + 10^(-60)*cos(x)", "sin(x)"), ("e^x", "e^(2x)"), ("pi", "3"),
])
def test_shows_that_sides_differ(left: str, right: str) -> None:
    assert proves_different(parse(left), parse(right))
    assert not proves_equal(parse(left), parse(right))


@pytest.mark.parametrize(("left", "right"), [
    ("sin(x)^2 + cos(x)^2", "1"), ("sqrt(5 + 2*sqrt(6))", "sqrt(2) + sqrt(3)"), ("|x|", "x"), ("atan(x)", "asin(x)"),
    ("e*pi", "8.539734222673567"), ("x", "x"), ("f(x)", "g(x)"), ("ln(x)", "ln(y)"), ("1/0", "1"),
])
def test_does_not_show_what_is_not_so_or_not_known(left: str, right: str) -> None:
    assert not proves_different(parse(left), parse(right))
