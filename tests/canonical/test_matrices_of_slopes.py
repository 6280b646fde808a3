"""The canonical derivations that end in a matrix: Hessians of losses, and the slopes of one list by another.

Of each the component that is shown, the matrix it is read as, the check of every step, and the values of automatic
differentiation at random points, with more rows than columns.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import Any, NamedTuple

import autograd
import pytest
from autograd import numpy as np

import tutor
from tests.canonical.test_sums import Numbers, value
from tutor.derivation.matrices import MatrixReading, derivative_as_matrices
from tutor.derivation.named import NamedDerivation
from tutor.expression.lists import shapes
from tutor.expression.tree import Expression
from tutor.oracle.matrices import component_of

ROWS, COLUMNS = 3, 2


class Derivation(NamedTuple):
    """problem; shown: one component; matrix: all of them, "" where it is not read; function: the loss, or the list, in
    NumPy; by: the list of the variable; sizes: of each list, () for a number."""

    problem: str
    shown: str
    matrix: str
    function: Callable[[Numbers], Any]
    by: str
    sizes: dict[str, tuple[int, ...]]


def sigmoid(z: Any) -> Any:
    return 1 / (1 + np.exp(-z))


def softmax(z: Any) -> Any:
    return np.exp(z) / np.sum(np.exp(z))


def log_sum_exp(at: Numbers) -> Any:
    return np.log(np.sum(np.exp(at["z"])))


def quadratic(at: Numbers) -> Any:
    return np.dot(at["x"], np.dot(at["A"], at["x"]))


def residuals(at: Numbers) -> Any:
    return np.sum((np.dot(at["X"], at["w"]) - at["y"]) ** 2)


def ridge(at: Numbers) -> Any:
    return residuals(at) + at["lambda"] * np.sum(at["w"] ** 2)


def logistic(at: Numbers) -> Any:
    a = sigmoid(np.dot(at["X"], at["w"]))
    return np.mean(-at["y"] * np.log(a) - (1 - at["y"]) * np.log(1 - a))


def normalised(at: Numbers) -> Any:
    centred = at["u"] - np.mean(at["u"])
    return centred / np.sqrt(np.mean(centred**2) + at["epsilon"])


EXAMPLES = {"X": (ROWS, COLUMNS), "w": (COLUMNS,), "y": (ROWS,)}
SOFTMAX = "p_i = e^(z_i)/sum_{j=1}^{n} e^(z_j)"
LOGISTIC = ("z_i = sum_{j=1}^{m} X_{ij}*w_j; a_i = sigmoid(z_i); "
            "L = 1/n*sum_{i=1}^{n} (-y_i*ln(a_i) - (1 - y_i)*ln(1 - a_i))")
RESIDUALS = "sum_{i=1}^{n} (sum_{j=1}^{m} X_{ij}*w_j - y_i)^2"
FORM = "sum_{i=1}^{n} sum_{j=1}^{n} A_{ij}*x_i*x_j"

CANONICAL = {
    "14 the Hessian of logistic regression": Derivation(
        f"{LOGISTIC}; hessian_w L", "1/n*sum_{i=1}^{n} X_{ik}*X_{il}*a_i*(1 - a_i)",
        "X^T*diag(a ⊙ (1 - a))*X/n", logistic, "w", EXAMPLES),
    "14 the same, typed as a mixed derivative": Derivation(
        f"{LOGISTIC}; d^2L/dw_k dw_l", "1/n*sum_{i=1}^{n} X_{ik}*X_{il}*a_i*(1 - a_i)",
        "X^T*diag(a ⊙ (1 - a))*X/n", logistic, "w", EXAMPLES),
    "14 the slopes of the probabilities": Derivation(
        "z_i = sum_{j=1}^{m} X_{ij}*w_j; a_i = sigmoid(z_i); da_i/dw_k", "X_[i,k]*a_[i]*(1 - a_[i])",
        "diag(a ⊙ (1 - a))*X", lambda at: sigmoid(np.dot(at["X"], at["w"])), "w", EXAMPLES),
    "9 the Hessian of least squares": Derivation(
        f"hessian_w [{RESIDUALS}]", "2*sum_{i=1}^{n} X_{ik}*X_{il}", "2*X^T*X", residuals, "w", EXAMPLES),
    "10 the Hessian of ridge regression": Derivation(
        f"L = {RESIDUALS} + lambda*sum_{{j=1}}^{{m}} w_j^2; d/dw_l [d/dw_k [L]]",
        "2*sum_{i=1}^{n} X_{ik}*X_{il} + 2*lambda*delta_{kl}", "2*X^T*X + 2*lambda*I", ridge, "w",
        {**EXAMPLES, "lambda": ()}),
    "16 softmax": Derivation(
        f"{SOFTMAX}; dp_i/dz_k", "p_[i]*(delta_[i,k] - p_[k])", "diag(p) - p*p^T", lambda at: softmax(at["z"]), "z",
        {"z": (ROWS,)}),
    "15 the Hessian of log-sum-exp": Derivation(
        f"{SOFTMAX}; L = ln(sum_{{j=1}}^{{n}} e^(z_j)); hessian_z L", "p_[k]*(delta_[k,l] - p_[l])",
        "diag(p) - p*p^T", log_sum_exp, "z", {"z": (ROWS,)}),
    "24 the Hessian of a quadratic form": Derivation(
        f"d^2/dx_k dx_l [{FORM}]", "A_[l,k] + A_[k,l]", "A + A^T", quadratic, "x",
        {"A": (ROWS, ROWS), "x": (ROWS,)}),
    "25 the slopes of batch norm": Derivation(
        "m_0 = 1/n*sum_{i=1}^{n} u_i; v = 1/n*sum_{i=1}^{n} (u_i - m_0)^2; s = sqrt(v + epsilon); "
        "h_i = (u_i - m_0)/s; dh_i/du_k", "(n*delta_[i,k] - 1 - h_[i]*h_[k])/(n*s)", "", normalised, "u",
        {"u": (ROWS,), "epsilon": ()}),
}


@pytest.fixture(params=CANONICAL)
def canonical(request: pytest.FixtureRequest) -> Derivation:
    return CANONICAL[request.param]


def test_the_formula_its_matrix_and_the_check_of_every_step(canonical: Derivation) -> None:
    found = tutor.explain(canonical.problem)
    assert str(found.result) == canonical.shown
    assert found.checked is True
    reading = _read(found)
    assert ("" if reading is None else str(reading.matrix)) == canonical.matrix


def test_the_values_of_automatic_differentiation(canonical: Derivation) -> None:
    found = tutor.explain(canonical.problem)
    reading = _read(found)
    variables = [index.value for variable in _variables(found.problem) for index in variable.args]
    random = np.random.RandomState(5)
    for _ in range(3):
        at: Numbers = {letter: random.uniform(0.3, 0.9, size=size) if size else float(random.uniform(0.3, 0.9))
                       for letter, size in canonical.sizes.items()}
        slopes = autograd.jacobian if len(variables) == 1 else autograd.hessian
        wanted = slopes(lambda moved, at=at: canonical.function({**at, canonical.by: moved}))(at[canonical.by])
        rows, columns = wanted.shape
        for row, column in product(range(rows), range(columns)):
            places = dict(zip((["i", *variables] if len(variables) == 1 else variables), (row + 1, column + 1),
                              strict=True))
            numbers = {**at, **places, "n": ROWS, "m": COLUMNS}
            formulas = [found.result]
            if reading is not None:
                formulas.append(component_of(reading.matrix, reading.indices, reading.shapes, reading.sizes))
            for formula in formulas:
                written = found.graph.written_out(formula) if isinstance(found, NamedDerivation) else formula
                assert value(written, numbers) == pytest.approx(float(wanted[row, column]), rel=1e-8, abs=1e-10)


def _read(found: Any) -> MatrixReading | None:
    sizes = found.graph.shapes if isinstance(found, NamedDerivation) else shapes(found.problem)
    return derivative_as_matrices(found.problem, found.result, sizes)


def _variables(problem: Expression) -> list[Expression]:
    """What is differentiated by, the first one first."""
    found: list[Expression] = []
    while problem.head == "derivative":
        found.insert(0, problem.args[1])
        problem = problem.args[0]
    return found
