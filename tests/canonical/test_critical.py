"""The canonical critical points with sums over lists: least squares in one and two letters, ridge, the mean.

Of each the point, the rules that lead to it in order, the check of every step, and that no other values of NumPy's own
solution of least squares are found.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any, NamedTuple

import numpy as np
import pytest

from tests.canonical.test_sums import Numbers, value
from tutor.derivation.critical_points import CriticalPoints, critical_points
from tutor.expression.tree import Expression

SIZE, POINTS = 4, 5


class Derivation(NamedTuple):
    """function; by; at: each letter of the point; rules: of all steps of solving; solution: the same by NumPy."""

    function: str
    by: str
    at: dict[str, str]
    rules: str
    kind: str
    assuming: tuple[str, ...]
    solution: Callable[[Numbers], list[float]]
    is_global: bool = True


def line(at: Numbers) -> list[float]:
    found = np.linalg.lstsq(np.stack([at["x"], np.ones(SIZE)], axis=1), at["y"], rcond=None)[0]
    return [float(each) for each in found]


def weight(at: Numbers) -> list[float]:
    return [float(np.linalg.lstsq(at["x"][:, None], at["y"], rcond=None)[0][0])]


def ridge(at: Numbers) -> list[float]:
    longer = np.append(at["x"], np.sqrt(at["lambda"]))[:, None]  # one more row stands for the term with lambda
    return [float(np.linalg.lstsq(longer, np.append(at["y"], 0.0), rcond=None)[0][0])]


def mean(at: Numbers) -> list[float]:
    return [float(np.mean(at["x"]))]


SPREAD = "n*sum_{i=1}^{n} x_i^2 - (sum_{i=1}^{n} x_i)^2"
APART = "sum_of_sums constant_out_of_sum"
CANONICAL = {
    "8 the line through points": Derivation(
        "1/n*sum_i (w*x_i + b - y_i)^2", "w,b",
        {"w": f"(n*sum_{{i=1}}^{{n}} x_i*y_i - (sum_{{i=1}}^{{n}} x_i)*sum_{{i=1}}^{{n}} y_i)/({SPREAD})",
         "b": "((sum_{i=1}^{n} y_i)*sum_{i=1}^{n} x_i^2 - (sum_{i=1}^{n} x_i)*sum_{i=1}^{n} x_i*y_i)"
              f"/({SPREAD})"},
        f"divide_by_factor multiply_out {APART} divide_by_factor {APART} count linear_equation linear_equation",
        "minimum", (f"{SPREAD} != 0",), line),
    "8 one weight": Derivation(
        "sum_i (w*x_i - y_i)^2", "w", {"w": "(sum_{i=1}^{n} x_i*y_i)/(sum_{i=1}^{n} x_i^2)"},
        f"divide_by_factor multiply_out {APART} linear_equation", "minimum", ("sum_{i=1}^{n} x_i^2 != 0",), weight),
    "10 ridge with one weight": Derivation(
        "sum_i (w*x_i - y_i)^2 + lambda*w^2", "w", {"w": "(sum_{i=1}^{n} x_i*y_i)/(sum_{i=1}^{n} x_i^2 + lambda)"},
        f"multiply_out {APART} multiply_out linear_equation", "undecided", ("sum_{i=1}^{n} x_i^2 + lambda != 0",),
        ridge, is_global=False),
    "the mean": Derivation(
        "sum_i (x_i - w)^2", "w", {"w": "1/n*sum_{i=1}^{n} x_i"},
        "divide_by_factor sum_of_sums count linear_equation", "minimum", (), mean),
    "normal likelihood by the mean": Derivation(
        "sum_{i=1}^{n} (-ln(s) - (x_i - mu)^2/(2*s^2))", "mu", {"mu": "1/n*sum_{i=1}^{n} x_i"},
        "divide_by_factor sum_of_sums count linear_equation", "maximum", (), mean),
}


@pytest.fixture(params=CANONICAL)
def canonical(request: pytest.FixtureRequest) -> Derivation:
    return CANONICAL[request.param]


def found_of(canonical: Derivation) -> CriticalPoints:
    return critical_points(canonical.function, canonical.by)


def test_the_point_its_steps_and_their_check(canonical: Derivation) -> None:
    found = found_of(canonical)
    (point,) = found.points
    assert {letter: str(place) for letter, place in point.at.items()} == canonical.at
    assert [step.rule.name for solved in found.equations for step in solved.steps] == canonical.rules.split()
    assert found.checked
    assert found.complete
    assert (point.kind, tuple(map(str, point.assuming)), point.is_global) == (
        canonical.kind, canonical.assuming, canonical.is_global)


def test_numpy_finds_the_same_point(canonical: Derivation) -> None:
    (point,) = found_of(canonical).points
    random = Random(7)
    for _ in range(POINTS):
        at: Numbers = {"n": SIZE, "lambda": random.uniform(0.3, 2.0)}
        at |= {letter: np.array([random.uniform(-2.0, 2.0) for _ in range(SIZE)]) for letter in "xy"}
        assert [_number(place, at) for place in point.at.values()] == pytest.approx(canonical.solution(at), rel=1e-9)


def _number(place: Expression, at: Numbers) -> Any:
    return float(value(place, at))


def test_what_the_condition_of_the_line_means() -> None:
    (sentence,) = found_of(CANONICAL["8 the line through points"]).sentences
    assert sentence.written() == f"{SPREAD} is positive, unless all x_i are the same: then it is 0."


def test_a_condition_decides_what_ridge_finds() -> None:
    (point,) = found_of(CANONICAL["10 ridge with one weight"]).points
    assert [(str(relation), kind) for relation, kind in point.conditions] == [
        ("sum_{i=1}^{n} x_i^2 + lambda > 0", "minimum"), ("sum_{i=1}^{n} x_i^2 + lambda < 0", "maximum")]
