"""The canonical derivations in one variable: activations, losses of one example, and what losses are made of.

Of each the formula that is shown, the rules of its numbered steps, other ways to write the result that have to be
judged right, and the values of automatic differentiation at random points.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

import pytest
from autograd import numpy as np

import tutor
from tests.canonical.numbers import Function, agrees
from tutor.derivation.problem import read_problem
from tutor.expression.parse import parse
from tutor.judge.equivalence import equivalent


class Derivation(NamedTuple):
    """problem; shown: the result as it is written; also: other right answers; rules: those that have to be named;
    function: the same in NumPy, of these letters; method: another way to it."""

    problem: str
    shown: str
    also: tuple[str, ...]
    rules: tuple[str, ...]
    function: Function
    letters: str
    ranges: Mapping[str, tuple[float, float]] = MappingProxyType({})
    method: str = ""


def sigmoid(z: Any) -> Any:
    return 1 / (1 + np.exp(-z))


def huber(e: Any, d: Any) -> Any:
    return np.where(np.abs(e) <= d, e**2 / 2, d * (np.abs(e) - d / 2))


CANONICAL = {
    "1 sigmoid": Derivation(
        "d/dz sigmoid(z)", "sigmoid(z)*(1 - sigmoid(z))", ("e^-z/(1 + e^-z)^2", "sigmoid(z)*sigmoid(-z)"),
        ("sigmoid_as_quotient", "reciprocal", "chain", "exponential", "sigmoid_restored"), sigmoid, "z",
        method="sigmoid_as_quotient"),
    "2 tanh": Derivation(
        "d/dz tanh(z)", "1/cosh(z)^2", ("1 - tanh(z)^2", "sech(z)^2", "4/(e^z + e^-z)^2"),
        ("tanh_as_quotient", "quotient", "hyperbolic_pythagoras"), np.tanh, "z", method="tanh_as_quotient"),
    "3 relu": Derivation(
        "d/dz relu(z)", "step(z)", ("{1 if z > 0; 0 if z < 0}", "(1 + sign(z))/2"), ("derivative_of_relu",),
        lambda z: np.maximum(z, 0.0), "z"),
    "3 leaky as a maximum": Derivation(
        "d/dz max(0.01z, z)", "0.01*step(-z) + step(z)", ("{1 if z > 0; 0.01 if z < 0}",), ("maximum",),
        lambda z: np.maximum(0.01 * z, z), "z"),
    "3 leaky by name": Derivation(
        "d/dz leaky_relu(z)", "{1 if z > 0; 0.01 if z < 0}", ("{1 if z > 0; 0.01 otherwise}", "0.01 + 0.99*step(z)"),
        ("derivative_of_leaky_relu",), lambda z: np.maximum(0.01 * z, z), "z"),
    "4 softplus written out": Derivation(
        "d/dz ln(1 + e^z)", "e^z/(1 + e^z)", ("sigmoid(z)", "1/(1 + e^-z)"),
        ("chain", "derivative_of_ln", "sum", "exponential"), lambda z: np.log(1 + np.exp(z)), "z"),
    "4 softplus": Derivation(
        "d/dz softplus(z)", "sigmoid(z)", ("e^z/(1 + e^z)",), ("derivative_of_softplus",),
        lambda z: np.log(1 + np.exp(z)), "z"),
    "5 SiLU written out": Derivation(
        "d/dz z*sigmoid(z)", "sigmoid(z) + z*sigmoid(z)*(1 - sigmoid(z))",
        ("sigmoid(z)*(1 + z*(1 - sigmoid(z)))", "d/dz silu(z)"), ("product", "derivative_of_sigmoid"),
        lambda z: z * sigmoid(z), "z"),
    "5 GELU written out": Derivation(
        "d/dz z*Phi(z)", "normal_cdf(z) + z*e^-(z^2/2)/sqrt(2*pi)",
        ("(1 + erf(z/sqrt(2)))/2 + z*e^(-z^2/2)/sqrt(2*pi)", "d/dz gelu(z)"),
        ("product", "derivative_of_normal_cdf"), lambda z: z * normal_cdf(z), "z"),
    "6 squared error": Derivation(
        "d/dw (w*x - y)^2", "2*x*(w*x - y)", ("2*(w*x - y)*x", "2*w*x^2 - 2*x*y"), ("chain", "power"),
        lambda w, x, y: (w * x - y)**2, "wxy"),
    "11 a weight with L1": Derivation(
        "d/dw [1/2*(w - a)^2 + l*abs(w)]", "w - a + l*sign(w)",
        ("{w - a + l if w > 0; w - a - l if w < 0}",), ("sum", "constant_multiple", "chain", "derivative_of_abs"),
        lambda w, a, m: (w - a)**2 / 2 + m * np.abs(w), "wal"),
    "18 hinge by w": Derivation(
        "d/dw hinge(y*(w*x + b))", "{-x*y if y*(w*x + b) < 1; 0 if y*(w*x + b) > 1}",
        ("{-y*x if y*(w*x + b) < 1; 0 otherwise}", "-x*y*step(1 - y*(w*x + b))"),
        ("chain", "derivative_of_hinge", "into_each_case"),
        lambda w, x, b, y: np.maximum(0.0, 1 - y * (w * x + b)), "wxby"),
    "18 hinge as a maximum, by b": Derivation(
        "d/db max(0, 1 - y*(w*x + b))", "-y*step(1 - y*(w*x + b))", ("{-y if y*(w*x + b) < 1; 0 otherwise}",),
        ("maximum",), lambda w, x, b, y: np.maximum(0.0, 1 - y * (w * x + b)), "wxby"),
    "19 Huber": Derivation(
        "d/dt huber(t, d)", "{t if abs(t) <= d; d*sign(t) otherwise}",
        ("{t if -d <= t <= d; d*sign(t) otherwise}", "{-d if t < -d; t if t <= d; d otherwise}"),
        ("derivative_of_huber",), huber, "td", {"d": (0.1, 2.0)}),
    "19 Huber of an error": Derivation(
        "d/dw huber(w*x - y, d)", "x*{w*x - y if abs(w*x - y) <= d; d*sign(w*x - y) otherwise}",
        ("{-d*x if w*x - y < -d; x*(w*x - y) if w*x - y <= d; d*x otherwise}",), ("chain", "derivative_of_huber"),
        lambda w, x, y, d: huber(w * x - y, d), "wxyd", {"d": (0.1, 2.0)}),
    "19 absolute error": Derivation(
        "d/dt abs(t)", "sign(t)", ("{1 if t > 0; -1 if t < 0}", "t/abs(t)"), ("derivative_of_abs",), np.abs, "t"),
}

MADE_OF_PARTS = {
    "L2": Derivation("d/dw l*w^2", "2*l*w", ("l*2*w",), ("constant_multiple", "power"), lambda w, m: m * w**2, "wl"),
    "L1": Derivation(
        "d/dw [l*abs(w)]", "l*sign(w)", ("{l if w > 0; -l if w < 0}", "l*w/abs(w)"),
        ("constant_multiple", "derivative_of_abs"), lambda w, m: m * np.abs(w), "wl"),
    "elastic net": Derivation(
        "d/dw [l*(a*abs(w) + (1 - a)/2*w^2)]", "l*(a*sign(w) + w*(1 - a))",
        ("{l*(a + (1 - a)*w) if w > 0; l*((1 - a)*w - a) if w < 0}",),
        ("constant_multiple", "sum", "derivative_of_abs", "power"),
        lambda w, m, a: m * (a * np.abs(w) + (1 - a) / 2 * w**2), "wla"),
    "Kullback-Leibler divergence of two outcomes": Derivation(
        "d/dp [p*ln(p/q) + (1 - p)*ln((1 - p)/(1 - q))]", "ln(p/q) - ln((1 - p)/(1 - q))",
        ("logit(p) - logit(q)", "ln(p*(1 - q)/(q*(1 - p)))"), ("sum", "product", "chain"),
        lambda p, q: p * np.log(p / q) + (1 - p) * np.log((1 - p) / (1 - q)), "pq", {"p": (0.1, 0.9), "q": (0.1, 0.9)}),
    "cross-entropy by p": Derivation(
        "d/dp bce(p, y)", "(p - y)/(p*(1 - p))", ("-y/p + (1 - y)/(1 - p)",), ("binary_cross_entropy_by_definition",),
        lambda p, y: -(y * np.log(p) + (1 - y) * np.log(1 - p)), "py", {"p": (0.1, 0.9), "y": (0.0, 1.0)}),
    "log-sum-exp": Derivation(
        "d/da logsumexp(a, b, c)", "e^a/(e^a + e^b + e^c)", ("e^(a - logsumexp(a, b, c))",),
        ("logsumexp_by_definition",),
        lambda a, b, c: np.log(np.exp(a) + np.exp(b) + np.exp(c)), "abc"),
    "ELU": Derivation(
        "d/dz elu(z, a)", "{1 if z > 0; a*e^z if z < 0}", ("{1 if z > 0; elu(z, a) + a otherwise}",),
        ("derivative_of_elu",),
        lambda z, a: np.where(z > 0, z, a * (np.exp(z) - 1)), "za"),
    "ELU by its scale": Derivation(
        "d/da elu(z, a)", "{0 if z > 0; e^z - 1 otherwise}", ("min(0, e^z - 1)",), ("elu_by_its_scale",),
        lambda z, a: np.where(z > 0, z, a * (np.exp(z) - 1)), "za"),
    "leaky ReLU by its slope": Derivation(
        "d/da leaky_relu(z, a)", "min(0, z)", ("{z if z < 0; 0 otherwise}",), ("leaky_relu_by_its_slope",),
        lambda z, a: np.where(z > 0, z, a * z), "za"),
    "logit": Derivation(
        "d/dp logit(p)", "1/(p*(1 - p))", ("1/p + 1/(1 - p)",), ("derivative_of_logit",),
        lambda p: np.log(p / (1 - p)), "p", {"p": (0.1, 0.9)}),
}
EVERY_ONE = {**CANONICAL, **MADE_OF_PARTS}


def normal_cdf(z: Any) -> Any:
    """By a series of its own, since the error function of autograd needs SciPy: z·φ(z)·(1 + z²/3 + z⁴/15 + ...)."""
    total = term = z * np.exp(-(z**2) / 2) / np.sqrt(2 * np.pi)
    for k in range(1, 60):
        term = term * z**2 / (2 * k + 1)
        total = total + term
    return 0.5 + total


def explained(case: Derivation) -> Any:
    return tutor.explain(case.problem, method=case.method) if case.method else tutor.explain(case.problem)


@pytest.mark.parametrize("case", EVERY_ONE.values(), ids=EVERY_ONE)
def test_the_formula_and_its_steps(case: Derivation) -> None:
    found = explained(case)
    assert found.checked
    assert str(found.result) == case.shown
    named = {step.rule.name for step in found.steps}
    assert named.issuperset(case.rules), named


@pytest.mark.parametrize("case", EVERY_ONE.values(), ids=EVERY_ONE)
def test_other_ways_to_write_it_are_right(case: Derivation) -> None:
    problem = read_problem(case.problem).expression
    for other in case.also:
        assert equivalent(problem, parse(other)).verdict == "equal", other


@pytest.mark.parametrize("case", EVERY_ONE.values(), ids=EVERY_ONE)
def test_automatic_differentiation_says_the_same(case: Derivation) -> None:
    by = case.problem[3]
    agrees(explained(case).result, case.function, by, list(case.letters), case.ranges)

