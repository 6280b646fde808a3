"""Gradients and matrices of derivatives: how they are read, and what they come to."""

from __future__ import annotations

import pytest

import tutor
from tutor.derivation.problem import read_problem
from tutor.errors import NotationError, TutorError

READINGS = [
    ("grad x^2*y", "(∂/∂x [x^2*y], ∂/∂y [x^2*y])"),
    ("grad(x^2*y)", "(∂/∂x [x^2*y], ∂/∂y [x^2*y])"),
    ("∇(x^2*y)", "(∂/∂x [x^2*y], ∂/∂y [x^2*y])"),
    (r"\nabla (x^2 y)", "(∂/∂x [x^2*y], ∂/∂y [x^2*y])"),
    ("find the gradient of y*x", "(∂/∂y [y*x], ∂/∂x [y*x])"),
    ("grad_{y,x} x^2*y", "(∂/∂y [x^2*y], ∂/∂x [x^2*y])"),
    ("grad_y x^2*y", "d/dy [x^2*y]"),
    ("grad x^2", "d/dx [x^2]"),
    ("f(x) = x^2; grad f(x)", "d/dx [x^2]"),
    ("z = x*y; grad z^2", "(∂/∂x [(x*y)^2], ∂/∂y [(x*y)^2])"),
    ("grad (x^2*y) at x = 1, y = 2",
     "(∂/∂x [x^2*y] at (x = 1) at (y = 2), ∂/∂y [x^2*y] at (x = 1) at (y = 2))"),
    ("grad (x^2*y) at (x = 1, y = 2)",
     "(∂/∂x [x^2*y] at (x = 1) at (y = 2), ∂/∂y [x^2*y] at (x = 1) at (y = 2))"),
    ("hessian x*y^2", "((∂^2/∂x^2 [x*y^2], ∂/∂x [∂/∂y [x*y^2]]), (∂/∂y [∂/∂x [x*y^2]], ∂^2/∂y^2 [x*y^2]))"),
    ("jacobian (r*t, r + t)", "((∂/∂r [r*t], ∂/∂t [r*t]), (∂/∂r [r + t], ∂/∂t [r + t]))"),
    ("z = w*x; L = z^2; grad L", "z = w*x; L = z^2; (dL/dw, dL/dx)"),
    ("z = w*x; L = z^2; grad_{w} L", "z = w*x; L = z^2; dL/dw"),
    ("z = w*x; L = z^2; dL/dz", "z = w*x; L = z^2; dL/dz"),
    ("z = w*x; L = z^2; ∂L/∂z", "∂/∂z [z^2]"),
    ("z = w*x; L = z^2; dL/dw", "d/dw [(w*x)^2]"),  # no line is used twice: put in
    ("u = x^2; L = u + u*x; dL/dx", "u = x^2; L = u + u*x; dL/dx"),
    (r"\nabla_{\theta} (\theta^2 + 3\theta)", "d/dtheta [theta^2 + 3*theta]"),
    (r"\nabla_\theta \theta^2", "d/dtheta [theta^2]"),
    (r"\nabla_{\theta, b} (b\theta)", "(∂/∂theta [b*theta], ∂/∂b [b*theta])"),
    ("∇θ (θ² + 3θ)", "d/dtheta [theta^2 + 3*theta]"),
    ("∇x(x + 1)", "d/dx [x*(x + 1)]"),
    ("L = (w*x − y)²; ∂L⁄∂w", "∂/∂w [(w*x - y)^2]"),
    ("gradient of x^2 at 3", "d/dx [x^2] at (x = 3)"),
    ("hessian_x [sum_i sum_j A_{ij}*x_i*x_j]", "∂/∂x_l [∂/∂x_k [sum_{i=1}^{n} sum_{j=1}^{n} A_{ij}*x_i*x_j]]"),
    ("hessian_{x_k} [sum_i x_i^2*y_i]", "∂/∂x_l [∂/∂x_k [sum_{i=1}^{n} x_i^2*y_i]]"),
    ("hessian of sum_i x_i^2*y_i with respect to x", "∂/∂x_l [∂/∂x_k [sum_{i=1}^{n} x_i^2*y_i]]"),
    ("hessian [sum_i z_i^3]", "∂/∂z_l [∂/∂z_k [sum_{i=1}^{n} z_i^3]]"),
    ("hessian [1/n*sum_i (w*x_i + b)]", "((∂^2/∂w^2 [1/n*sum_{i=1}^{n} (w*x_i + b)], "
     "∂/∂w [∂/∂b [1/n*sum_{i=1}^{n} (w*x_i + b)]]), (∂/∂b [∂/∂w [1/n*sum_{i=1}^{n} (w*x_i + b)]], "
     "∂^2/∂b^2 [1/n*sum_{i=1}^{n} (w*x_i + b)]))"),
    ("L = sum_i z_i^2; hessian L", "∂/∂z_l [∂/∂z_k [sum_{i=1}^{n} z_i^2]]"),
    ("L = sum_i t*z_i^2; hessian_t L", "∂^2/∂t^2 [sum_{i=1}^{n} t*z_i^2]"),
    ("L = sum_k z_k^2; hessian L", "∂/∂z_p [∂/∂z_l [sum_{k=1}^{n} z_k^2]]"),
    ("L = sum_i z_i^2; d^2L/dz_k dz_l", "d/dz_k [d/dz_l [sum_{i=1}^{n} z_i^2]]"),
    ("f = x^2*y; d^2f/dxdy", "d/dx [d/dy [x^2*y]]"),
    ("grad (sum_i a*x_i^2)", "L = sum_{i=1}^{n} a*x_i^2; (dL/da, dL/dx_i)"),
    ("∇(sum_i x_i^2)", "L = sum_{i=1}^{n} x_i^2; dL/dx_i"),
    ("gradient of sum_{i=1}^{3} x_i^2", "L = sum_{i=1}^{3} x_i^2; dL/dx_i"),
    ("gradient of sum_i (w_i*x_i - y)^2 with respect to w", "L = sum_{i=1}^{n} (w_i*x_i - y)^2; dL/dw_i"),
    ("gradient of sum_i (w_i*x_i - y)^2 with respect to w at y = 2",
     "L = sum_{i=1}^{n} (w_i*x_i - y)^2; dL/dw_i at (y = 2)"),
    ("grad_{y,w} (sum_i (w_i*x_i - y)^2)", "L = sum_{i=1}^{n} (w_i*x_i - y)^2; (dL/dy, dL/dw_i)"),
    ("grad_{w,b} (sum_i (w*x_i + b))", "(∂/∂w [sum_{i=1}^{n} (w*x_i + b)], ∂/∂b [sum_{i=1}^{n} (w*x_i + b)])"),
    ("grad (L*sum_i x_i)", "J = L*sum_{i=1}^{n} x_i; (dJ/dL, dJ/dx_i)"),
    ("s = sum_i x_i; grad (s^2)", "L = (sum_{i=1}^{n} x_i)^2; dL/dx_i"),
    ("z_i = w_i*x_i; grad (sum_i z_i^2)", "z_i = w_i*x_i; L = sum_{i=1}^{n} z_i^2; (dL/dw_i, dL/dx_i)"),
    ("L = sum_i w_i*x_i^2; gradient of L with respect to x", "L = sum_{i=1}^{n} w_i*x_i^2; dL/dx_i"),
    ("grad (sum_i x_i^2) at x = (1, 2)", "L = x_1^2 + x_2^2; (dL/dx_1 at (x_1 = 1) at (x_2 = 2), "
     "dL/dx_2 at (x_1 = 1) at (x_2 = 2))"),
]


@pytest.mark.parametrize(("text", "problem"), READINGS)
def test_readings(text: str, problem: str) -> None:
    assert str(read_problem(text).expression) == problem


@pytest.mark.parametrize(("text", "result"), [
    ("grad x^2*y", "(2*x*y, x^2)"),
    ("grad (x^2*y) at x = 1, y = 2", "(4, 1)"),
    ("hessian x^2*y", "((2*y, 2*x), (2*x, 0))"),
    ("grad (lambda*(alpha*sum_j |w_j| + (1-alpha)/2*sum_j w_j^2))",
     "(alpha*sum_{j=1}^{n} abs(w_j) + (1 - alpha)/2*sum_{j=1}^{n} w_j^2, "
     "lambda*(2*sum_{j=1}^{n} abs(w_j) - sum_{j=1}^{n} w_j^2)/2, lambda*(alpha*sign(w_j) + w_j*(1 - alpha)))"),
    ("grad (sum_i x_i^2) at x = (1, 2, 3)", "(2, 4, 6)"),
    ("jacobian (r*cos(t), r*sin(t))", "((cos(t), -r*sin(t)), (sin(t), r*cos(t)))"),
])
def test_results(text: str, result: str) -> None:
    found = tutor.explain(text)
    assert str(found.result) == result
    assert found.checked


@pytest.mark.parametrize(("text", "message"), [
    ("grad 5", "There is no letter in 5"),
    ("z = w*x; L = z^2; grad q", "q is the name of none of the lines"),
    ("grad (x, y)", "A gradient is that of one expression."),
    ("hessian (x, y)", "A matrix of second derivatives is that of one expression."),
    ("e = x + 1; L = e^2; grad L", "e is a constant"),
    ("z = x; L = z^2; grad_q L", "q stands on none of the lines."),
])
def test_refusals(text: str, message: str) -> None:
    with pytest.raises(NotationError, match=message):
        read_problem(text)


@pytest.mark.parametrize(("text", "said"), [
    ("jacobian (sum_i x_i^2, sum_i x_i)", r"x is a list, so a row.*grad \(sum_\{i=1\}"),
    ("hessian [sum_i x_i^2*y_i]", "By which of x, y are the second slopes asked for?.*hessian_x"),
    ("L = sum_i x_i*y_i; hessian L", "By which of x, y"),
    ("z_i = 2*x_i; L = sum_i z_i^2; hessian_z L", "z does not vary here. Name one of x"),
    ("z_i = 2*x_i; L = sum_i z_i; hessian L^2", "hessian is followed by the name of a line"),
    ("hessian_W [sum_i sum_j W_{ij}^2]", "W has 2 indices, so its second slopes have 4"),
    ("sum_i y_i", "Which part of y varies"),
    ("sum_{i=1}^{10} i^2", "There is no variable here"),
])
def test_where_no_number_varies(text: str, said: str) -> None:
    with pytest.raises(TutorError, match=said):
        read_problem(text)


def test_lists_beside_the_only_letter_stay_as_they_are() -> None:
    (note,) = [note for note in read_problem("grad_w [sum_{i=1}^{n} w*x_i^3]").notes if "varies" in note.message]
    assert note.message.startswith("Only w varies; the parts of x stay as they are")


def test_what_a_matrix_of_slopes_leaves_as_it_is_is_told() -> None:
    (note,) = [note for note in read_problem("hessian [sum_i (w*x_i + b - y_i)^2]").notes if "vary" in note.message]
    assert note.message == "Only w, b vary; the parts of x and y stay as they are."
