"""The canonical derivations whose lines are lists: softmax with cross-entropy, layers, logistic regression, batch norm.

Of each the formula that is shown, how it is read in whole lists, the check of every step, and the values of automatic
differentiation at random points.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import partial
from random import Random
from typing import Any, NamedTuple

import autograd
import pytest
from autograd import numpy as np

from tutor.derivation.backward import slopes_of
from tutor.derivation.forward import at_numbers
from tutor.derivation.lists_at_numbers import parts_at
from tutor.derivation.matrices import slope_as_matrices
from tutor.derivation.problem import read_problem
from tutor.expression.tree import Expression, node, rational

Numbers = dict[str, Any]


class Derivation(NamedTuple):
    """graph: with the slopes that are asked for; shown: each slope; whole: how it is read in whole lists, "" where it
    is not; loss: the same in NumPy; sizes: of each input, () for a number."""

    graph: str
    shown: dict[str, str]
    whole: dict[str, str]
    loss: Callable[[Numbers], Any]
    sizes: dict[str, tuple[int, ...]]


def softmax(z: Any) -> Any:
    return np.exp(z) / np.sum(np.exp(z))


def sigmoid(z: Any) -> Any:
    return 1 / (1 + np.exp(-z))


def cross_entropy(at: Numbers) -> Any:
    return -np.sum(at["y"] * np.log(softmax(at["z"])))


def network(at: Numbers) -> Any:
    hidden = sigmoid(np.dot(at["V"], at["x"]) + at["c"])
    return -np.sum(at["y"] * np.log(softmax(np.dot(at["W"], hidden) + at["b"])))


def logistic(at: Numbers) -> Any:
    a = sigmoid(np.dot(at["X"], at["w"]))
    return np.mean(-at["y"] * np.log(a) - (1 - at["y"]) * np.log(1 - a))


def layer(at: Numbers) -> Any:
    return np.sum(at["G"] * (np.dot(at["X"], at["W"]) + at["b"]))


def batch_norm(at: Numbers) -> Any:
    mean = np.mean(at["u"])
    scale = np.sqrt(np.mean((at["u"] - mean) ** 2) + at["epsilon"])
    return np.sum(at["g"] * (at["gamma"] * (at["u"] - mean) / scale + at["beta"]))


SOFTMAX = "p_i = e^(z_i)/sum_{j=1}^{n} e^(z_j); L = -sum_{i=1}^{n} y_i*ln(p_i)"
NETWORK = ("u_j = sum_{l=1}^{q} V_{jl}*x_l + c_j; h_j = sigmoid(u_j); z_i = sum_{j=1}^{m} W_{ij}*h_j + b_i; "
           "p_i = e^(z_i)/sum_{j=1}^{n} e^(z_j); L = -sum_{i=1}^{n} y_i*ln(p_i)")
BEHIND = "sum_{i=1}^{n} W_{ij}*(p_i - y_i)"

CANONICAL = {
    "14 logistic regression over many examples": Derivation(
        "z_i = sum_{j=1}^{m} X_{ij}*w_j; a_i = sigmoid(z_i); "
        "L = 1/n*sum_{i=1}^{n} (-y_i*ln(a_i) - (1 - y_i)*ln(1 - a_i)); dL/dw_k",
        {"w": "1/n*sum_{i=1}^{n} X_{ik}*(a_i - y_i)"}, {"w": "X^T*(a - y)/n"}, logistic,
        {"X": (3, 2), "w": (2,), "y": (3,)}),
    "17 softmax with cross-entropy": Derivation(
        f"{SOFTMAX}; grad_z L", {"z": "p_i*sum_{k=1}^{n} y_k - y_i"}, {"z": ""}, cross_entropy, {"z": (3,), "y": (3,)}),
    "17 the same for targets that add up to 1": Derivation(
        f"{SOFTMAX}; sum_{{i=1}}^{{n}} y_i = 1; dL/dz_k", {"z": "p_[k] - y_[k]"}, {"z": "p - y"}, cross_entropy,
        {"z": (3,), "y": (3,)}),
    "17 softmax by name, of scores with a temperature": Derivation(
        "p = softmax(z/T); L = -sum_i y_i*ln(p_i); sum_i y_i = 1; grad_{z,T} L",
        {"z": "(p_[i] - y_[i])/T", "T": "1/T*sum_{i=1}^{n} u_i*(y_i - p_i)"}, {"z": "(p - y)/T", "T": ""},
        lambda at: -np.sum(at["y"] * np.log(softmax(at["z"] / at["T"]))), {"z": (3,), "y": (3,), "T": ()}),
    "17 softmax by name, inside the loss of a layer": Derivation(
        "z_i = sum_j W_{ij}*x_j + b_i; L = -sum_i y_i*ln(softmax(z)_i); sum_i y_i = 1; grad_{W,b} L",
        {"W": "x_[j]*(e^z_i/(sum_{k=1}^{n} e^z_k) - y_i)", "b": "e^z_i/(sum_{k=1}^{n} e^z_k) - y_i"},
        {"W": "", "b": ""},
        lambda at: -np.sum(at["y"] * np.log(softmax(np.dot(at["W"], at["x"]) + at["b"]))),
        {"W": (3, 2), "x": (2,), "b": (3,), "y": (3,)}),
    "15 log-sum-exp by name, of a layer": Derivation(
        "z_i = sum_j W_{ij}*x_j; L = logsumexp(z); grad_W L", {"W": "x_[j]*e^z_i/(sum_{k=1}^{n} e^z_k)"},
        {"W": ""},
        lambda at: np.log(np.sum(np.exp(np.dot(at["W"], at["x"])))), {"W": (3, 2), "x": (2,)}),
    "22 a network with one hidden layer": Derivation(
        f"{NETWORK}; sum_{{i=1}}^{{n}} y_i = 1; grad_{{W,b,V,c,x}} L",
        {"W": "h_[j]*(p_[i] - y_[i])", "b": "p_[i] - y_[i]", "V": f"h_j*x_[l]*(1 - h_j)*{BEHIND}",
         "c": f"h_j*(1 - h_j)*{BEHIND}", "x": f"sum_{{j=1}}^{{m}} V_{{jl}}*h_j*(1 - h_j)*{BEHIND}"},
        {"W": "(p - y)*h^T", "b": "p - y", "V": "(h ⊙ (1 - h) ⊙ (W^T*(p - y)))*x^T", "c": "h ⊙ (1 - h) ⊙ (W^T*(p - y))",
         "x": "V^T*(h ⊙ (1 - h) ⊙ (W^T*(p - y)))"}, network,
        {"V": (2, 2), "x": (2,), "c": (2,), "W": (3, 2), "b": (3,), "y": (3,)}),
    "23 a layer over many examples": Derivation(
        "Y_{ij} = sum_{k=1}^{m} X_{ik}*W_{kj} + b_j; L = sum_{i=1}^{n} sum_{j=1}^{q} G_{ij}*Y_{ij}; grad_{X,W,b} L",
        {"X": "sum_{j=1}^{q} G_{ij}*W_{kj}", "W": "sum_{i=1}^{n} G_{ij}*X_{ik}", "b": "sum_{i=1}^{n} G_{ij}"},
        {"X": "G*W^T", "W": "X^T*G", "b": ""}, layer, {"X": (3, 2), "W": (2, 2), "b": (2,), "G": (3, 2)}),
    "25 batch norm": Derivation(
        "m = 1/n*sum_{i=1}^{n} u_i; v = 1/n*sum_{i=1}^{n} (u_i - m)^2; s = sqrt(v + epsilon); h_i = (u_i - m)/s; "
        "r_i = gamma*h_i + beta; L = sum_{i=1}^{n} g_i*r_i; grad_{u,gamma,beta} L",
        {"u": "gamma*(g_i*n - sum_{i=1}^{n} g_i - h_i*sum_{i=1}^{n} g_i*h_i)/(n*s)",
         "gamma": "sum_{i=1}^{n} g_i*h_i", "beta": "sum_{i=1}^{n} g_i"}, {"u": ""}, batch_norm,
        {"u": (3,), "epsilon": (), "gamma": (), "beta": (), "g": (3,)}),
}


LOG_LOSS = "along_one_line negative sum_termwise constant_multiple chain derivative_of_ln component pick"
SOFTMAX_LINE = ("along_one_line over_every_part quotient chain exponential component sum_termwise chain component pick "
                "take_out_common_factor")
OF_LAYER = "along_one_line over_every_part sum sum_termwise constant_multiple component pick constant"
OF_WEIGHTS = "along_one_line over_every_part sum sum_termwise constant_multiple component_of_matrix pick constant"
OF_BIAS = "along_one_line over_every_part sum constant component"
IN_ONE_LOSS = ("along_one_line negative sum_termwise constant_multiple chain derivative_of_ln quotient chain "
               "exponential component sum_termwise chain component pick take_out_common_factor cancel_powers_below "
               "cancel multiply_out split_fraction sum_of_sums cancel pick constant_out_of_sum")
OF_SIGMOID = "along_one_line over_every_part chain derivative_of_sigmoid component"
OF_ENTRIES = "along_one_line over_every_entry sum sum_termwise constant_multiple component_of_matrix pick constant"

RULES = {
    "14 logistic regression over many examples": {
        "L": "starts_at_one",
        "a": "along_one_line constant_multiple sum_termwise sum constant_multiple chain derivative_of_ln component "
             "constant_multiple chain sum constant take_out_common_factor add_fractions multiply_out multiply_out "
             "like_terms pick",
        "z": OF_SIGMOID,
        "w": "along_one_line over_every_part sum_termwise constant_multiple component pick"},
    "17 softmax with cross-entropy": {"L": "starts_at_one", "p": LOG_LOSS, "z": SOFTMAX_LINE},
    "17 the same for targets that add up to 1": {"L": "starts_at_one", "p": LOG_LOSS, "z": SOFTMAX_LINE},
    "17 softmax by name, of scores with a temperature": {
        "L": "starts_at_one", "p": LOG_LOSS, "u": SOFTMAX_LINE,
        "z": "along_one_line over_every_part constant_divisor component",
        "T": "along_one_line over_every_part constant_over_variable_as_power constant_multiple power"},
    "17 softmax by name, inside the loss of a layer": {
        "L": "starts_at_one", "z": IN_ONE_LOSS,
        "W": "along_one_line over_every_part sum sum_termwise constant_multiple component_of_matrix pick constant",
        "b": "along_one_line over_every_part sum constant component"},
    "15 log-sum-exp by name, of a layer": {
        "L": "starts_at_one",
        "z": "along_one_line chain derivative_of_ln sum_termwise chain exponential component pick",
        "W": "along_one_line over_every_part sum_termwise constant_multiple component_of_matrix pick"},
    "22 a network with one hidden layer": {
        "L": "starts_at_one", "p": LOG_LOSS, "z": SOFTMAX_LINE, "h": OF_LAYER, "u": OF_SIGMOID, "W": OF_WEIGHTS,
        "b": OF_BIAS, "V": OF_WEIGHTS, "c": OF_BIAS, "x": OF_LAYER},
    "23 a layer over many examples": {
        "L": "starts_at_one",
        "Y": "along_one_line sum_termwise sum_termwise constant_multiple component_of_matrix pick pick",
        "X": OF_ENTRIES, "W": OF_ENTRIES, "b": "along_one_line over_every_entry sum constant component"},
    "25 batch norm": {
        "L": "starts_at_one",
        "r": "along_one_line sum_termwise constant_multiple component pick",
        "h": "along_one_line over_every_part sum constant_multiple component constant",
        "s": "along_one_line over_every_part constant_over_variable_as_power constant_multiple power",
        "v": "along_one_line chain sum variable constant derivative_of_sqrt",
        "m": "along_every_path over_every_part constant_multiple sum_termwise chain power sum constant variable "
             "constant_out_of_sum constant_divisor sum constant variable",
        "u": "along_every_path over_every_part constant_multiple sum_termwise component pick constant_multiple "
             "sum_termwise chain power sum component constant pick constant_divisor sum component constant",
        "gamma": "along_one_line over_every_part sum constant_multiple variable constant",
        "beta": "along_one_line over_every_part sum constant variable"},
}


@pytest.mark.parametrize("title", CANONICAL)
def test_the_rules_that_open_each_slope(title: str) -> None:
    """For each letter on the way: how it acts through the lines that use it, then what it does on each of them."""
    found = slopes_of(CANONICAL[title].graph)
    used: dict[str, str] = {}
    for letter in found.adjoints.order:
        adjoint = found.adjoints.adjoint(letter)
        opening = [adjoint.instance.rule.name, *[each.rule.name for each in adjoint.over_parts][:1]]
        on_lines = [step.rule.name for slope in adjoint.slopes for step in slope.derivation.steps
                    if step.number is not None]
        used[letter] = " ".join([*opening, *on_lines])
    assert used == RULES[title]


def test_the_slope_of_softmax_in_its_own_values() -> None:
    """16: p_i*(delta_{ik} - p_k), by the names of the lines."""
    (slope,) = slopes_of(f"{SOFTMAX}; dL/dz_k").adjoints.adjoint("z").slopes
    assert (str(slope.rate), str(slope.result)) == ("∂p_[i]/∂z_[k]", "p_[i]*(delta_[i,k] - p_[k])")


@pytest.mark.parametrize("case", CANONICAL.values(), ids=CANONICAL)
def test_the_formulas_are_those_of_books_and_every_step_is_checked(case: Derivation) -> None:
    found = slopes_of(case.graph)
    assert {letter: str(found.adjoints.slope(letter)) for letter in found.wanted} == case.shown
    assert found.checked is True
    for letter, whole in case.whole.items():
        reading = slope_as_matrices(found.adjoints.part(letter), found.value(letter), found.graph.shapes)
        assert ("" if reading is None else str(reading.matrix)) == whole


@pytest.mark.parametrize("case", CANONICAL.values(), ids=CANONICAL)
def test_the_slopes_are_those_of_automatic_differentiation(case: Derivation) -> None:
    random = Random(len(case.graph))
    found = slopes_of(case.graph)
    for _ in range(3):
        at: Numbers = {letter: _numbers(shape, random) for letter, shape in case.sizes.items()}
        if found.graph.given:
            at["y"] = at["y"] / np.sum(at["y"])
        passed, places = parts_at(found, {letter: _typed(value) for letter, value in at.items()})
        numbers = at_numbers(passed, places)
        assert all(numbers.confirmed.values())
        for letter in found.wanted:
            slopes = np.atleast_1d(autograd.grad(partial(_loss_by, case, at, letter))(at[letter])).ravel()
            names = [name for name in passed.wanted if name == letter or name.startswith(f"{letter}_")]
            assert [float(numbers.slopes[name]) for name in names] == pytest.approx(list(slopes), rel=1e-9, abs=1e-12)


@pytest.mark.parametrize(("named", "defined"), [
    (f"p = softmax(z); {SOFTMAX.partition('; ')[2]}; grad_z L", f"{SOFTMAX}; grad_z L"),
    (f"p_i = softmax(z)_i; {SOFTMAX.partition('; ')[2]}; dL/dz_k", f"{SOFTMAX}; dL/dz_k"),
    ("p = softmax(z)".join(NETWORK.split("p_i = e^(z_i)/sum_{j=1}^{n} e^(z_j)")).replace("sum_{j=1}^{n} e", "sum_j e"),
     NETWORK.replace("sum_{j=1}^{n} e^(z_j)", "sum_{k=1}^{n} e^(z_k)")),
])
def test_softmax_by_name_is_the_same_graph(named: str, defined: str) -> None:
    assert read_problem(named, of_graph=True).expression is read_problem(defined, of_graph=True).expression


def _loss_by(case: Derivation, at: Numbers, letter: str, value: Any) -> Any:
    return case.loss({**at, letter: value})


def _numbers(shape: tuple[int, ...], random: Random) -> Any:
    values = np.array([random.uniform(0.2, 0.9) for _ in range(int(np.prod(shape)))])
    return values.reshape(shape) if shape else float(values[0])


def _typed(value: Any) -> Expression:
    if np.ndim(value) == 0:
        return rational(Fraction(float(value)))
    return node("tuple", tuple(map(_typed, value)))
