"""The canonical derivations with sums over lists: regression, softmax and its losses, quadratic forms, likelihoods.

Of each the formula that is shown, the rules of its numbered steps in order, the check of every step, and the values of
automatic differentiation at random points, for lists of three parts and every value of the free indices.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import product
from random import Random
from typing import Any, NamedTuple

import autograd
import pytest
from autograd import numpy as np

import tutor
from tutor.expression.lists import free_indices
from tutor.expression.tree import Expression

SIZE, POINTS = 3, 10

Numbers = dict[str, Any]
"""A number for each letter, an array for each list."""


class Derivation(NamedTuple):
    """problem; shown: the result as it is written; rules: of its numbered steps, in order; function: the same in NumPy,
    of a mapping from letters to numbers and arrays; by: the letter of the variable; lists: their dimensions;
    assumptions: what is taken for granted; indices: of the variable, if it is part of a list."""

    problem: str
    shown: str
    rules: str
    function: Callable[[Numbers], Any]
    by: str
    lists: Mapping[str, int]
    assumptions: tuple[str, ...] = ()
    indices: str = "k"


def softmax(z: Any) -> Any:
    return np.exp(z) / np.sum(np.exp(z))


LINE = "1/n*sum_{i=1}^{n} (w*x_i + b - y_i)^2"
RESIDUALS = "sum_{i=1}^{n} (sum_{j=1}^{m} X_{ij}*w_j - y_i)^2"
OF_ROW = "sigmoid(sum_{j=1}^{m} X_{ij}*w_j)"
NORMAL = "sum_{i=1}^{n} (-ln(s) - (x_i - mu)^2/(2*s^2))"


def line(at: Numbers) -> Any:
    return np.mean((at["w"] * at["x"] + at["b"] - at["y"]) ** 2)


def residuals(at: Numbers) -> Any:
    return np.sum((np.dot(at["X"], at["w"]) - at["y"]) ** 2)


def cross_entropy(at: Numbers) -> Any:
    a = 1 / (1 + np.exp(-np.dot(at["X"], at["w"])))
    return -np.mean(at["y"] * np.log(a) + (1 - at["y"]) * np.log(1 - a))


def normal(at: Numbers) -> Any:
    return np.sum(-np.log(at["s"]) - (at["x"] - at["mu"]) ** 2 / (2 * at["s"] ** 2))


def slope_of(function: Callable[[Numbers], Any], letter: str) -> Callable[[Numbers], Any]:
    """The component k of the slopes by a list."""
    return lambda at: autograd.grad(lambda moved: function({**at, letter: moved}))(at[letter])[at["k"] - 1]


CANONICAL = {
    "7 squared errors by the slope of a line": Derivation(
        f"d/dw [{LINE}]", "2/n*sum_{i=1}^{n} x_i*(w*x_i + b - y_i)",
        "constant_multiple sum_termwise chain power sum constant_multiple variable constant constant "
        "constant_out_of_sum", line, "w", {"x": 1, "y": 1}),
    "7 squared errors by the height of a line": Derivation(
        f"d/db [{LINE}]", "2/n*sum_{i=1}^{n} (w*x_i + b - y_i)",
        "constant_multiple sum_termwise chain power sum constant variable constant constant_out_of_sum",
        line, "b", {"x": 1, "y": 1}),
    "9 least squares": Derivation(
        f"d/dw_k [{RESIDUALS}]", "2*sum_{i=1}^{n} X_{ik}*(sum_{j=1}^{m} X_{ij}*w_j - y_i)",
        "sum_termwise chain power sum sum_termwise constant_multiple component pick constant constant_out_of_sum",
        residuals, "w", {"X": 2, "w": 1, "y": 1}),
    "10 ridge": Derivation(
        f"d/dw_k [{RESIDUALS} + lambda*sum_{{j=1}}^{{m}} w_j^2]",
        "2*sum_{i=1}^{n} X_{ik}*(sum_{j=1}^{m} X_{ij}*w_j - y_i) + 2*lambda*w_k",
        "sum sum_termwise chain power sum sum_termwise constant_multiple component pick constant constant_out_of_sum "
        "constant_multiple sum_termwise chain pick",
        lambda at: residuals(at) + at["lambda"] * np.sum(at["w"] ** 2), "w", {"X": 2, "w": 1, "y": 1}),
    "14 logistic regression, in one expression": Derivation(
        f"d/dw_k [-1/n*sum_{{i=1}}^{{n}} (y_i*ln({OF_ROW}) + (1 - y_i)*ln(1 - {OF_ROW}))]",
        f"1/n*sum_{{i=1}}^{{n}} X_{{ik}}*({OF_ROW} - y_i)",
        "negative constant_multiple sum_termwise sum constant_multiple chain derivative_of_ln chain "
        "derivative_of_sigmoid sum_termwise constant_multiple component pick cancel constant_multiple chain sum "
        "constant cancel take_out_common_factor multiply_out multiply_out like_terms",
        cross_entropy, "w", {"X": 2, "w": 1, "y": 1}),
    "14 second slopes of logistic regression": Derivation(
        f"d/dw_l [1/n*sum_{{i=1}}^{{n}} X_{{ik}}*({OF_ROW} - y_i)]",
        f"1/n*sum_{{i=1}}^{{n}} X_{{ik}}*X_{{il}}*{OF_ROW}*(1 - {OF_ROW})",
        "constant_multiple sum_termwise constant_multiple sum constant chain derivative_of_sigmoid sum_termwise "
        "constant_multiple component pick",
        slope_of(cross_entropy, "w"), "w", {"X": 2, "w": 1, "y": 1}, indices="l"),
    "15 log-sum-exp": Derivation(
        "d/dz_k [ln(sum_{j=1}^{n} e^(z_j))]", "e^z_k/(sum_{j=1}^{n} e^z_j)",
        "chain derivative_of_ln sum_termwise chain exponential component pick",
        lambda at: np.log(np.sum(np.exp(at["z"]))), "z", {"z": 1}),
    "16 softmax": Derivation(
        "d/dz_k [e^(z_i)/sum_{j=1}^{n} e^(z_j)]",
        "e^z_i*(delta_{ik}*sum_{j=1}^{n} e^z_j - e^z_k)/(sum_{j=1}^{n} e^z_j)^2",
        "quotient chain exponential component sum_termwise chain component pick take_out_common_factor",
        lambda at: softmax(at["z"])[at["i"] - 1], "z", {"z": 1}),
    "17 softmax with cross-entropy, in one expression": Derivation(
        "d/dz_k [-sum_{i=1}^{n} y_i*ln(e^(z_i)/sum_{j=1}^{n} e^(z_j))]",
        "e^z_k/(sum_{j=1}^{n} e^z_j)*sum_{i=1}^{n} y_i - y_k",
        "negative sum_termwise constant_multiple chain derivative_of_ln quotient chain exponential component "
        "sum_termwise chain component pick take_out_common_factor cancel_powers_below cancel multiply_out "
        "split_fraction sum_of_sums cancel pick constant_out_of_sum",
        lambda at: -np.sum(at["y"] * np.log(softmax(at["z"]))), "z", {"z": 1, "y": 1}),
    "15 log-sum-exp by name": Derivation(
        "d/dz_k [logsumexp(z)]", "e^z_k/(sum_{i=1}^{n} e^z_i)",
        "chain derivative_of_ln sum_termwise chain exponential component pick",
        lambda at: np.log(np.sum(np.exp(at["z"]))), "z", {"z": 1}),
    "16 softmax by name": Derivation(
        "d/dz_k [softmax(z)_i]", "e^z_i*(delta_{ik}*sum_{j=1}^{n} e^z_j - e^z_k)/(sum_{j=1}^{n} e^z_j)^2",
        "quotient chain exponential component sum_termwise chain component pick take_out_common_factor",
        lambda at: softmax(at["z"])[at["i"] - 1], "z", {"z": 1}),
    "16 softmax of scaled scores, by the scale": Derivation(
        "d/db [softmax(b*z)_2]",
        "(z_2*sum_{i=1}^{n} e^(b*z_i) - sum_{i=1}^{n} z_i*e^(b*z_i))*e^(b*z_2)/(sum_{i=1}^{n} e^(b*z_i))^2",
        "quotient chain constant_multiple variable exponential sum_termwise chain constant_multiple "
        "take_out_common_factor",
        lambda at: softmax(at["b"] * at["z"])[1], "b", {"z": 1}),
    "16 the logarithm of softmax by name": Derivation(
        "d/dz_k [log_softmax(z)_i]", "delta_{ik} - e^z_k/(sum_{j=1}^{n} e^z_j)",
        "sum component chain derivative_of_ln sum_termwise chain exponential component pick",
        lambda at: np.log(softmax(at["z"]))[at["i"] - 1], "z", {"z": 1}),
    "16 softmax along the rows of a matrix": Derivation(
        "d/dX_{kl} [softmax(X)_{2i}]",
        "delta_[k,2]*e^X_{2,i}*(delta_{il}*sum_{j=1}^{m} e^X_{2,j} - e^X_{2,l})/(sum_{j=1}^{m} e^X_{2,j})^2",
        "quotient chain exponential component_of_matrix sum_termwise chain component_of_matrix pick "
        "take_out_common_factor",
        lambda at: softmax(at["X"][1])[at["i"] - 1], "X", {"X": 2}, indices="kl"),
    "17 softmax with cross-entropy by name, in one expression": Derivation(
        "L = -sum_i y_i*ln(softmax(z)_i); dL/dz_k",
        "e^z_k/(sum_{j=1}^{n} e^z_j)*sum_{i=1}^{n} y_i - y_k",
        "negative sum_termwise constant_multiple chain derivative_of_ln quotient chain exponential component "
        "sum_termwise chain component pick take_out_common_factor cancel_powers_below cancel multiply_out "
        "split_fraction sum_of_sums cancel pick constant_out_of_sum",
        lambda at: -np.sum(at["y"] * np.log(softmax(at["z"]))), "z", {"z": 1, "y": 1}),
    "24 quadratic form": Derivation(
        "d/dx_k [sum_{i=1}^{n} sum_{j=1}^{n} A_{ij}*x_i*x_j + sum_{i=1}^{n} c_i*x_i]",
        "sum_{j=1}^{n} A_{kj}*x_j + sum_{i=1}^{n} A_{ik}*x_i + c_k",
        "sum sum_termwise sum_termwise constant_multiple product component component multiply_out sum_of_sums "
        "constant_out_of_sum pick sum_of_sums pick sum_termwise constant_multiple pick",
        lambda at: np.dot(at["x"], np.dot(at["A"], at["x"])) + np.dot(at["c"], at["x"]), "x", {"A": 2, "x": 1, "c": 1}),
    "second slopes of least squares": Derivation(
        f"d/dw_l d/dw_k [{RESIDUALS}]", "2*sum_{i=1}^{n} X_{ik}*X_{il}",
        "sum_termwise chain power sum sum_termwise constant_multiple component pick constant constant_out_of_sum "
        "constant_multiple sum_termwise constant_multiple sum sum_termwise constant_multiple component pick constant",
        slope_of(residuals, "w"), "w", {"X": 2, "w": 1, "y": 1}, indices="l"),
    "second slopes of log-sum-exp": Derivation(
        "d/dz_l d/dz_k [ln(sum_{j=1}^{n} e^(z_j))]",
        "e^z_k*(delta_{kl}*sum_{j=1}^{n} e^z_j - e^z_l)/(sum_{j=1}^{n} e^z_j)^2",
        "chain derivative_of_ln sum_termwise chain exponential component pick quotient chain component sum_termwise "
        "chain component pick take_out_common_factor",
        slope_of(lambda at: np.log(np.sum(np.exp(at["z"]))), "z"), "z", {"z": 1}, indices="l"),
    "dot product": Derivation(
        "d/dw_k [sum_{i=1}^{n} w_i*x_i]", "x_[k]", "sum_termwise constant_multiple component pick",
        lambda at: np.dot(at["w"], at["x"]), "w", {"w": 1, "x": 1}),
    "linear layer by its weights": Derivation(
        "d/dW_{k,l} [sum_{j=1}^{m} W_{ij}*x_j]", "x_[l]*delta_[i,k]",
        "sum_termwise constant_multiple component_of_matrix pick",
        lambda at: np.dot(at["W"], at["x"])[at["i"] - 1], "W", {"W": 2, "x": 1}, indices="kl"),
    "Kullback-Leibler divergence": Derivation(
        "d/dp_k [sum_{i=1}^{n} p_i*ln(p_i/q_i)]", "ln(p_[k]/q_[k]) + 1",
        "sum_termwise product component chain derivative_of_ln constant_divisor cancel cancel sum_of_sums pick pick",
        lambda at: np.sum(at["p"] * np.log(at["p"] / at["q"])), "p", {"p": 1, "q": 1},
        ("p_[i] != 0", "q_[i] != 0", "p_[i]*q_[i] > 0")),
    "normal likelihood by the mean": Derivation(
        f"d/dmu [{NORMAL}]", "1/s^2*sum_{i=1}^{n} (x_i - mu)",
        "sum_termwise sum constant constant_divisor chain power sum constant variable divisor_out_of_sum",
        normal, "mu", {"x": 1}, ("s != 0",)),
    "normal likelihood by the deviation": Derivation(
        f"d/ds [{NORMAL}]", "1/s^3*sum_{i=1}^{n} (x_i - mu)^2 - n/s",
        "sum_termwise sum derivative_of_ln constants_of_a_fraction one_over_power_as_power power sum_of_sums "
        "divisor_out_of_sum count", normal, "s", {"x": 1}, ("s > 0",)),
}


@pytest.fixture(params=CANONICAL)
def canonical(request: pytest.FixtureRequest) -> Derivation:
    return CANONICAL[request.param]


def test_the_formula_its_steps_and_their_check(canonical: Derivation) -> None:
    found = tutor.explain(canonical.problem)
    assert str(found.result) == canonical.shown
    assert [step.rule.name for step in found.steps if step.number is not None] == canonical.rules.split()
    assert {step.check.outcome for step in found.steps} == {"checked"}
    assert found.check.outcome == "checked"
    assert tuple(map(str, found.assumptions)) == canonical.assumptions


def test_the_values_of_automatic_differentiation(canonical: Derivation) -> None:
    result = tutor.explain(canonical.problem).result
    for at in points(canonical):
        slopes = autograd.grad(lambda moved, at=at: canonical.function({**at, canonical.by: moved}))(at[canonical.by])
        wanted = slopes if np.ndim(slopes) == 0 else slopes[tuple(at[index] - 1 for index in canonical.indices)]
        assert value(result, at) == pytest.approx(float(wanted), rel=1e-9, abs=1e-12)


def points(canonical: Derivation) -> Iterator[Numbers]:
    """Positive random numbers, the same ones each time, with every value of the indices that are free."""
    random = Random(7)
    for _ in range(POINTS):
        at: Numbers = {letter: random.uniform(0.3, 2.0) for letter in ("w", "b", "s", "mu", "lambda")}
        at |= {letter: np.array([random.uniform(0.3, 2.0) for _ in range(SIZE**rank)]).reshape((SIZE,) * rank)
               for letter, rank in canonical.lists.items()}
        for indices in product(range(1, SIZE + 1), repeat=3):
            yield {**at, "n": SIZE, "m": SIZE, **dict(zip("ikl", indices, strict=True))}


OPERATIONS: dict[str, Callable[..., Any]] = {
    "sum": lambda *terms: sum(terms), "product": lambda *factors: np.prod(factors), "negation": lambda term: -term,
    "quotient": lambda top, bottom: top / bottom, "power": lambda base, exponent: base**exponent, "ln": np.log,
    "sqrt": np.sqrt, "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
    "same": lambda one, other: float(one == other),
}


def value(expression: Expression, at: Numbers) -> Any:
    """What an expression comes to by the definition of a sum, without any help of the oracle."""
    head, args = expression.head, expression.args
    if head == "number":
        return float(expression.value)
    if head == "constant":
        return np.e
    if head == "name":
        return at[expression.value]
    if head == "indexed":
        return at[expression.value][tuple(int(value(index, at)) - 1 for index in args)]
    if head == "finite_sum":
        body, index, lower, upper = args
        return sum(value(body, {**at, index.value: place})
                   for place in range(int(value(lower, at)), int(value(upper, at)) + 1))
    return OPERATIONS[head](*[value(arg, at) for arg in args])


def test_the_values_see_a_lost_delta() -> None:
    at: Numbers = {"x": np.array([2.0, 3.0, 5.0]), "n": SIZE, "k": 2}
    assert value(tutor.parse("sum_{i=1}^{n} x_i*delta_{ik}"), at) == 3
    assert value(tutor.parse("sum_{i=1}^{n} x_i"), at) == 10
    assert free_indices([tutor.parse("sum_{i=1}^{n} x_i*delta_{ik}")]) == {"k"}
