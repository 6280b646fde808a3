"""Answers on activations and losses: by cases, with steps and signs, and the errors that are common with them."""

from __future__ import annotations

import pytest

from tutor.judge.diagnose import diagnose

RIGHT = [
    ("d/dx {x^2 if x < 1; 2x - 1 otherwise}", ["{2x if x < 1; 2 otherwise}", "{2, x >= 1; 2x, x < 1}", "min(2x, 2)",
                                               r"\begin{cases} 2x & x < 1 \\ 2 & \text{otherwise} \end{cases}"]),
    ("d/dz relu(z)", ["step(z)", "{1 if z > 0; 0 if z < 0}", "{1 if z > 0; 0 otherwise}"]),
    ("d/dz leaky_relu(z, 0.1)", ["{1 if z > 0; 0.1 if z < 0}", "0.1 + 0.9*step(z)"]),
    ("d/dw hinge(y*w)", ["{-y if y*w < 1; 0 otherwise}", "-y*step(1 - y*w)"]),
    ("d/dt huber(t, d)", ["{t if |t| <= d; d*sign(t) otherwise}", "{t if -d < t < d; d*sign(t) otherwise}",
                             "max(-d, min(t, d))"]),
    ("d/dt huber(t)", ["{t if |t| < 1; sign(t) otherwise}", "max(-1, min(t, 1))"]),
    ("d/dp bce(p, y)", ["-y/p + (1-y)/(1-p)", "(p-y)/(p(1-p))"]),
    ("d/da logsumexp(a, b)", ["e^a/(e^a+e^b)", "sigmoid(a-b)", "1/(1+e^(b-a))"]),
    ("d/dz gelu(z)", ["Phi(z) + z*e^(-z^2/2)/sqrt(2pi)", "gelu(z)/z + z*e^(-z^2/2)/sqrt(2pi)"]),
]

WRONG = [
    ("d/dz leaky_relu(z, 0.1)", "step(z)", "leaky_relu_as_relu"),
    ("d/dz leaky_relu(z, 0.1)", "{0.1 if z > 0; 1 if z < 0}", "leaky_relu_slopes_swapped"),
    ("d/dz elu(z, 1)", "e^z", "elu_exponential_everywhere"),
    ("d/dz silu(z)", "sigmoid(z)", "silu_only_sigmoid"),
    ("d/dz silu(z)", "z*sigmoid(z)*(1 - sigmoid(z))", "silu_only_slope_of_sigmoid"),
    ("d/dz gelu(z)", "Phi(z)", "gelu_only_distribution"),
    ("d/dz Phi(3z)", "3*Phi(3z)*(1 - Phi(3z))", "normal_cdf_as_sigmoid"),
    ("d/dp logit(p)", "p*(1-p)", "logit_as_sigmoid"),
    ("d/dw hinge(y*w)", "{y if y*w < 1; 0 otherwise}", "hinge_sign_lost"),
    ("d/dw hinge(y*w)", "{-y if y*w < 0; 0 otherwise}", "hinge_at_zero"),
    ("d/dw hinge(y*w)", "-y", "hinge_active_everywhere"),
    ("d/dt huber(t, 2)", "t", "huber_as_square"),
    ("d/dt huber(t, 2)", "2sign(t)", "huber_as_absolute"),
    ("d/dp bce(p, y)", "-y/p - (1-y)/(1-p)", "cross_entropy_inner_minus_lost"),
    ("d/dp bce(p, y)", "y/p - (1-y)/(1-p)", "cross_entropy_sign"),
    ("d/da logsumexp(a, b)", "1", "logsumexp_as_linear"),
    ("d/dx {x^2 if x < 1; 5x otherwise}", "{x if x < 1; 5 otherwise}", "power_lost_coefficient"),
]


@pytest.mark.parametrize(("problem", "answer"), [(problem, answer) for problem, answers in RIGHT for answer in answers])
def test_a_right_answer_in_any_form_is_right(problem: str, answer: str) -> None:
    found = diagnose(problem, answer)
    assert found.outcome == "right", found.message


@pytest.mark.parametrize(("problem", "answer", "misconception"), WRONG)
def test_a_common_error_is_named(problem: str, answer: str, misconception: str) -> None:
    found = diagnose(problem, answer)
    assert misconception in found.misconceptions, found


@pytest.mark.parametrize(("problem", "answer"), [
    ("d/dx {x^2 if x < 1; 2x - 1 otherwise}", "2x"),
    ("d/dx {x^2 if x < 1; 2x - 1 otherwise}", "{2x if x < 2; 2 otherwise}"),
    ("d/dt huber(t)", "t"), ("d/dz relu(z)", "{1 if z > 1; 0 otherwise}"),
])
def test_an_answer_that_is_right_in_one_piece_only_is_wrong(problem: str, answer: str) -> None:
    assert diagnose(problem, answer).outcome not in ("right", "undecided")
