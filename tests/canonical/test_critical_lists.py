"""The canonical critical points of whole lists: least squares and ridge with many weights, and the soft threshold.

Of each the equation in whole lists, the rules that lead to it in order, the check of every step, and NumPy's own
solution of least squares, also where the matrix has fewer rows than columns.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any, NamedTuple

import numpy as np
import pytest

from tests.canonical.in_whole_lists import value_of
from tutor.derivation.critical_points import CriticalPoints, critical_points
from tutor.oracle import Oracle

Numbers = dict[str, Any]

RESIDUALS = "sum_i (sum_j X_{ij}*w_j - y_i)^2"


class Derivation(NamedTuple):
    """function; equation, solution: in whole lists; rules: of all steps, in order; reading: those by which the equation
    is read; positive: the conditions under which the function is convex; definite: whether there is one solution then;
    ridge: how much longer the lists of least squares are, as a factor of the unit matrix."""

    function: str
    equation: str
    solution: str
    rules: str
    reading: str
    positive: tuple[str, ...] = ()
    definite: bool = False
    ridge: Callable[[Numbers], float] = lambda at: 0.0


READING = "transposed matrix_times_list"
APART = "multiply_out sum_of_sums constant_over"
CANONICAL = {
    "9 least squares": Derivation(
        RESIDUALS, "X^T*X*w = X^T*y", "(X^T*X)^-1*X^T*y", f"divide_by_factor {APART}", READING),
    "9 the mean of the squares": Derivation(
        f"1/n*{RESIDUALS}", "X^T*X*w = X^T*y", "(X^T*X)^-1*X^T*y", f"divide_by_factor {APART}", READING),
    "9 from y to the line": Derivation(
        "1/2*sum_i (y_i - sum_j X_{ij}*w_j)^2", "X^T*X*w = X^T*y", "(X^T*X)^-1*X^T*y", "", READING),
    "10 ridge": Derivation(
        f"{RESIDUALS} + lambda*sum_j w_j^2", "(X^T*X + lambda*I)*w = X^T*y", "(X^T*X + lambda*I)^-1*X^T*y",
        f"factored_equation divide_by_factor {APART}", f"{READING} number_as_matrix", ("lambda > 0",), True,
        lambda at: at["lambda"]),
    "10 ridge, the condition typed": Derivation(
        f"{RESIDUALS} + mu*sum_j w_j^2 assuming mu > 0", "(X^T*X + mu*I)*w = X^T*y", "(X^T*X + mu*I)^-1*X^T*y",
        f"factored_equation divide_by_factor {APART}", f"{READING} number_as_matrix", (), True, lambda at: at["mu"]),
    "10 ridge of a mean": Derivation(
        f"1/n*{RESIDUALS} + c*sum_j w_j^2", "(X^T*X + c*n*I)*w = X^T*y", "(X^T*X + c*n*I)^-1*X^T*y",
        f"factored_equation zero_quotient divide_by_factor {APART}", f"{READING} number_as_matrix", ("c > 0",), True,
        lambda at: at["c"] * at["n"]),
}


@pytest.fixture(params=CANONICAL)
def canonical(request: pytest.FixtureRequest) -> Derivation:
    return CANONICAL[request.param]


def found_of(canonical: Derivation) -> CriticalPoints:
    return critical_points(canonical.function, "w_k")


def numbers(rows: int, columns: int, random: Random) -> Numbers:
    draw = np.random.default_rng(random.randrange(10**6)).normal
    return {"X": draw(size=(rows, columns)), "y": draw(size=rows), "w": draw(size=columns), "n": float(rows),
            **{letter: random.uniform(0.3, 2.0) for letter in ("lambda", "mu", "c")}}


def test_the_equation_its_steps_and_their_check(canonical: Derivation) -> None:
    found = found_of(canonical)
    assert found.lists is not None
    (equation,) = found.lists.equations
    assert equation.reading is not None
    assert str(equation.reading.equation) == canonical.equation
    if canonical.rules:
        assert [step.rule.name for step in equation.steps] == canonical.rules.split()
    assert {rule.name for rule in equation.reading.left.rules} == set(canonical.reading.split())
    assert found.checked
    assert str(found.lists.solution) == canonical.solution


def test_what_makes_it_the_minimum(canonical: Derivation) -> None:
    found = found_of(canonical)
    assert found.lists is not None
    along = found.lists.along
    assert along is not None
    assert (along.is_convex, along.is_quadratic, tuple(map(str, along.positive)), along.definite) == (
        True, True, canonical.positive, canonical.definite)
    assert along.second.checked
    wanted = (canonical.solution, "minimum", True, canonical.positive)
    assert [(str(point.at["w"]), point.kind, point.is_global, tuple(map(str, point.assuming)))
            for point in found.points] == [wanted] * canonical.definite
    words = " ".join(sentence.written() for sentence in found.sentences)
    assert ("the columns of X are independent" in words) is not canonical.definite


@pytest.mark.parametrize(("rows", "columns"), [(5, 3), (3, 3), (2, 1), (2, 4)])
def test_numpy_finds_the_same_place(canonical: Derivation, rows: int, columns: int) -> None:
    lists = found_of(canonical).lists
    assert lists is not None
    reading = lists.equations[0].reading
    assert reading is not None
    assert reading.right is not None
    at = numbers(rows, columns, Random(rows * 10 + columns))
    longer = np.vstack([at["X"], np.sqrt(canonical.ridge(at)) * np.eye(columns)])
    at["w"] = np.linalg.lstsq(longer, np.append(at["y"], np.zeros(columns)), rcond=None)[0]
    assert value_of(reading.left.matrix, at) == pytest.approx(value_of(reading.right.matrix, at), abs=1e-9)
    if rows >= columns or canonical.definite:
        assert lists.solution is not None
        assert value_of(lists.solution, at) == pytest.approx(at["w"], rel=1e-6)


SOFT = {
    "told": ("1/2*(w - a)^2 + lambda*abs(w), lambda > 0", ()),
    "not told": ("1/2*(w - a)^2 + t*abs(w)", ("t >= 0",)),
    "for every part of a list": ("1/2*sum_j (w_j - a_j)^2 + mu*sum_j abs(w_j) with mu > 0", ()),
}


@pytest.mark.parametrize("given", SOFT)
def test_the_soft_threshold(given: str) -> None:
    function, assumed = SOFT[given]
    found = critical_points(function, "w")
    assert found.formula is not None
    letter = next(each for each in ("lambda", "mu", "t") if each in function)
    middle = "a_[k]" if "sum" in function else "a"
    assert str(found.formula.formula) == f"sign({middle})*max(abs({middle}) - {letter}, 0)"
    assert (found.formula.rule.name, found.formula.check.outcome) == ("soft_threshold", "checked")
    assert tuple(map(str, found.formula.assumed)) == assumed
    assert found.checked
    assert [point.is_global for point in found.points] == [not assumed] * 3


@pytest.mark.parametrize("a", [-3.0, -1.0, -0.4, 0.0, 0.25, 1.0, 2.5])
def test_no_place_is_lower_than_the_soft_threshold(a: float) -> None:
    found = critical_points("1/2*(w - a)^2 + t*abs(w), t > 0", "w")
    assert found.formula is not None
    place = Oracle().value(found.formula.formula, {"a": a, "t": 1.0})
    assert isinstance(place, float)
    weights = np.append(np.linspace(-4, 4, 1601), place)
    values = (weights - a) ** 2 / 2 + np.abs(weights)
    assert values[-1] == pytest.approx(values.min(), abs=1e-12)
