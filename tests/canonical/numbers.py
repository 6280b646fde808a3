"""Slopes by automatic differentiation in NumPy, at random points, beside the values of a formula of ours."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from random import Random
from typing import Any

import autograd
import autograd.numpy as anp
import pytest

from tutor.expression.tree import Expression
from tutor.oracle import Oracle

POINTS = 40

Function = Callable[..., Any]
"""A function of letters by their names, made of the operations of `autograd.numpy`."""

FUNCTIONS: dict[str, Any] = {
    "exp": anp.exp, "log": anp.log, "abs": anp.abs, "tanh": anp.tanh, "where": anp.where, "sqrt": anp.sqrt,
    "maximum": anp.maximum, "pi": anp.pi,
}


def points(letters: Iterator[str] | list[str], ranges: Mapping[str, tuple[float, float]]) -> Iterator[dict[str, float]]:
    """Random numbers for letters, the same ones each time."""
    random = Random(7)
    names = list(letters)
    for _ in range(POINTS):
        yield {name: random.uniform(*ranges.get(name, (-3.0, 3.0))) for name in names}


def agrees(formula: Expression, function: Function, by: str, letters: list[str],
           ranges: Mapping[str, tuple[float, float]] | None = None) -> None:
    """Assert that a formula has the slope of a function by one of its letters at all points."""
    slope = autograd.grad(function, letters.index(by))
    oracle = Oracle()
    for at in points(letters, ranges or {}):
        wanted = float(slope(*[at[letter] for letter in letters]))
        assert oracle.value(formula, at) == pytest.approx(wanted, rel=1e-9, abs=1e-12), at
