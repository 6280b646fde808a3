"""Results with the lines of a graph put in, called by the names of the lines at the end."""

from __future__ import annotations

import pytest

import tutor
from tutor.derivation.named import NamedDerivation
from tutor.derivation.problem import read_problem

SOFTMAX = "p_i = e^(z_i)/sum_{j=1}^{n} e^(z_j)"


@pytest.mark.parametrize(("problem", "written_out", "result"), [
    (f"{SOFTMAX}; dp_i/dz_k", "e^z_i*(delta_{ik}*sum_{j=1}^{n} e^z_j - e^z_k)/(sum_{j=1}^{n} e^z_j)^2",
     "p_[i]*(delta_[i,k] - p_[k])"),
    ("z_i = sum_j W_{ij}*x_j; a_i = tanh(z_i); da_i/dx_k", "W_{ik}*sech(sum_{j=1}^{m} W_{ij}*x_j)^2",
     "W_[i,k]*sech(z_[i])^2"),
    ("s = sqrt(sum_{i=1}^{n} z_i^2); r_i = z_i/s; dr_i/dz_k",
     "(delta_{ik}*sum_{i=1}^{n} z_i^2 - z_i*z_k)/(sum_{i=1}^{n} z_i^2)^(3/2)", "(delta_[i,k] - r_[i]*r_[k])/s"),
    # by a line, which then is not what its line says
    ("z_i = sum_j W_{ij}*x_j; h_i = z_i*sum_j W_{ij}*x_j; dh_i/dz_k", "delta_{ik}*sum_{j=1}^{m} W_{ij}*x_j",
     "delta_{ik}*sum_{j=1}^{m} W_{ij}*x_j"),
    ("p_i = e^(z_i)/sum_j e^(z_j); q_i = p_i/sum_j p_j; dq_i/dp_k",
     "(delta_{ik}*sum_{j=1}^{n} p_j - p_i)/(sum_{j=1}^{n} p_j)^2", "(delta_[i,k] - q_[i])/(sum_{j=1}^{n} p_j)"),
    ("v = sum_{i=1}^{n} z_i^2; r_i = z_i/sqrt(v); dr_i/dz_k",
     "(delta_{ik}*sum_{i=1}^{n} z_i^2 - z_i*z_k)/(sum_{i=1}^{n} z_i^2)^(3/2)",
     "(delta_[i,k] - r_[i]*r_[k])/sqrt(v)"),
])
def test_lists_are_called_by_their_names(problem: str, written_out: str, result: str) -> None:
    found = tutor.explain(problem)
    assert isinstance(found, NamedDerivation)
    assert str(found.written_out) == written_out
    assert str(found.result) == result
    assert found.checked is True


def test_the_last_line_has_the_names() -> None:
    found = tutor.explain(f"{SOFTMAX}; dp_i/dz_k")
    last = [step for step in found.steps if step.number is not None][-1]
    assert (last.number, last.rule.name, last.minor) == (found.count, "by_its_numerator", False)
    lines = [str(line) for _, line in found.lines()]
    assert lines[-1] == "p_[i]*(delta_[i,k] - p_[k])"
    assert {step.check.outcome for step in found.steps} == {"checked"}


def test_a_rule_puts_in_no_letter_that_names_a_line() -> None:
    found = tutor.explain("u = sum_{i=1}^{n} z_i; v_i = sin(z_i/u); dv_i/dz_k")
    assert found.fresh.value not in ("u", "v")
    assert found.checked is True


@pytest.mark.parametrize(("problem", "result", "in_names"), [
    ("a = sigmoid(z); da/dz", "sigmoid(z)*(1 - sigmoid(z))", "a*(1 - a)"),
    ("s = sqrt(x^2 + 1); ds/dx", "x/sqrt(x^2 + 1)", "x/s"),
    ("s = sqrt(x^2 + 1); d^2s/dx^2", "1/(x^2 + 1)^(3/2)", "1/s^3"),
    ("z = w*x + b; a = sigmoid(z); L = (a - y)^2; dL/dw",
     "2*x*sigmoid(w*x + b)*(1 - sigmoid(w*x + b))*(sigmoid(w*x + b) - y)", "2*a*x*(1 - a)*(a - y)"),
    ("u = x^2*y; d^2/dxdy [sin(u)]", "2*x*cos(x^2*y) - 2*x^3*y*sin(x^2*y)", "2*x*cos(u) - 2*x^3*y*sin(u)"),
])
def test_numbers_stay_in_the_letters_of_the_problem(problem: str, result: str, in_names: str) -> None:
    found = tutor.explain(problem)
    assert (str(found.result), str(found.in_names)) == (result, in_names)


@pytest.mark.parametrize("problem", [
    "y = x^2; dy/dx", "y = e^x; y'", "f(x) = e^x + x; f'(x)", "a = sigmoid(z); da/dz at z = 0",
    "y = |x|; dy/dx at x = 0", "a = 1/(1 + e^(-z)); da/dz",
])
def test_where_the_names_say_nothing_shorter(problem: str) -> None:
    assert tutor.explain(problem).in_names is None


def test_lines_that_are_used_as_lines_are_not_put_in() -> None:
    assert read_problem("z = w*x; L = z^2; grad L").lines == ()
    assert read_problem("a = sigmoid(z); da/dz").names == {"a"}
