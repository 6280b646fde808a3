"""Answers in whole lists: what is right in them, and what is nearly right."""

from __future__ import annotations

import pytest

import tutor

SQUARES = "d/dw_k [sum_{i=1}^{n} (sum_{j=1}^{m} X_{ij}*w_j - y_i)^2]"
FORM = "d/dx_k [sum_{i=1}^{n} sum_{j=1}^{n} x_i*A_{ij}*x_j]"
LINE = "d/dw [sum_{i=1}^{n} (w*x_i - y_i)^2]"
LAYER = "z_i = sum_{j=1}^{m} W_{ij}*x_j + b_i; L = sum_{i=1}^{n} (z_i - y_i)^2"
SQUARE_LAYER = "z_i = sum_{j=1}^{n} W_{ij}*x_j; L = sum_{i=1}^{n} (z_i - y_i)^2"
NEURONS = "u_i = sum_{j=1}^{m} W_{ij}*x_j; h_i = sigmoid(u_i); L = 1/2*sum_{i=1}^{n} (h_i - y_i)^2"

HESSIAN = ("z_i = sum_{j=1}^{m} X_{ij}*w_j; a_i = sigmoid(z_i); "
           "L = 1/n*sum_{i=1}^{n} (-y_i*ln(a_i) - (1 - y_i)*ln(1 - a_i)); hessian_w L")
SOFTMAX = "p_i = e^(z_i)/sum_{j=1}^{n} e^(z_j); dp_i/dz_k"
SECOND = "d^2/dx_k dx_l [sum_i sum_j A_{ij}*x_i*x_j]"


@pytest.mark.parametrize(("problem", "answer"), [
    (SQUARES, "2X^T(Xw - y)"),
    (SQUARES, "2*(X^T*X*w - X^T*y)"),
    (SQUARES, "(2*(X*w - y)^T*X)^T"),
    (SQUARES, r"2X^\top\left(Xw-y\right)"),
    (SQUARES, r"2X^{\intercal}(Xw-y)"),
    (FORM, "(A + A^T)*x"),
    (FORM, "A*x + (x^T*A)^T"),
    (LINE, "2*x^T*(w*x - y)"),
    (f"{SQUARE_LAYER}; dL/dW_{{ji}}", "2*(z - y)*x^T"),
    (f"{SQUARE_LAYER}; dL/dW_{{ji}}", "2*(z_j - y_j)*x_i"),
    (f"{NEURONS}; dL/dW_{{ij}}", "diag(h)*diag(1 - h)*(h - y)*x^T"),
    (f"{NEURONS}; dL/dW_{{ij}}", r"\left((h-y)\odot h\odot(1-h)\right)x^\top"),
    (f"{NEURONS}; dL/dx_j", "W^T*((h - y)⊙h⊙(1 - h))"),
    (f"{NEURONS}; dL/dx_j", "W^T*(h⊙(1 - h)⊙(h - y))"),
    ("h_j = sum_i V_{ji}*x_i; L = sum_j h_j*y_j; dL/dx", "V^T*y"),
    ("L = sum_i sum_j h_i*A_{ij}*y_j; dL/dA", "h(y)^T"),  # a list h is multiplied, and not called
    ("d/dx_k [sum_{i=1}^{n} I*x_i^2]", "2*I*x"),  # a number of the problem, and no unit matrix
    ("d/dx_k [sum_{i=1}^{n} x_i^2]", "2*I*x"),
    (HESSIAN, "X^T*diag(a⊙(1 - a))*X/n"),
    (HESSIAN, "1/n*X^T*diag(a)*diag(1 - a)*X"),
    (HESSIAN, "1/n*sum_i X_{ik}*X_{il}*a_i*(1 - a_i)"),
    (SOFTMAX, "p_i*(delta_{ik} - p_k)"),
    (SOFTMAX, "diag(p) - p*p^T"),
    (SOFTMAX, "p_k*(delta_{ki} - p_i)"),
    (SECOND, "A + A^T"),
    (SECOND, "A_{kl} + A_{lk}"),
    ("hessian_x [sum_{i=1}^{n} x_i^2]", "2*I"),
    ("hessian_x [sum_{i=1}^{n} x_i^2]", "2*delta_{kl}"),
    ("d/dA_{kl} [sum_i sum_j A_{ij}^2]", "2*A_{kl}"),
])
def test_right(problem: str, answer: str) -> None:
    assert tutor.diagnose(problem, answer).outcome == "right"


@pytest.mark.parametrize(("problem", "answer", "said"), [
    (SQUARES, "2*X*(X*w - y)", "cannot be multiplied"),
    (SQUARES, "2*(X*w - y)^T*X", "one row"),
    (SQUARES, "2*X*X^T*w - 2*X^T*y", "cannot be multiplied"),
    (FORM, "2*A*x", ""),  # right for A = A^T alone
    (FORM, "A*x + x^T*A", ""),
    (f"{SQUARE_LAYER}; dL/dW_{{ij}}", "2*x*(z - y)^T", ""),  # rows and columns changed, and of the same number
    (f"{SQUARE_LAYER}; dL/dW_{{ji}}", "2*(z_i - y_i)*x_j", ""),
    (f"{SQUARE_LAYER}; dL/dx_j", "2*W*(z - y)", ""),
    (f"{NEURONS}; dL/dx_j", "W^T*(h - y)⊙h⊙(1 - h)", ""),
    (f"{LAYER}; dL/db_2", "2*(z - y)", "only one of them is asked for"),
    ("d/dA_{kk} [sum_{i=1}^{n} sum_{j=1}^{n} A_{ij}^2]", "2*A", "only one of them is asked for"),
    (LINE, "2*x*(w*x - y)", "Part by part, a product is typed v ⊙ w, and the sum of these products v^T*w."),
    (f"{NEURONS}; dL/dW_{{ij}}", "((h - y)⊙h(1 - h))*x^T", "Part by part, a product is typed v ⊙ w"),
    (HESSIAN, "X*diag(a⊙(1 - a))*X^T/n", "cannot be multiplied"),
    (HESSIAN, "X^T*X/n", ""),
    (SOFTMAX, "p*p^T", ""),
    (SOFTMAX, "diag(p)", ""),
    (SOFTMAX, "p_i*(1 - p_k)", ""),
    (SECOND, "2*A", ""),
    (SECOND, "A*x", "one column"),
    ("hessian_x [sum_{i=1}^{n} x_i^2]", "I", ""),
    (LINE, "2*(w*x - y)", "is no number"),
    ("d/dx_k [sum_{i=1}^{n} I*x_i^2]", "2*x", ""),
])
def test_nearly_right(problem: str, answer: str, said: str) -> None:
    found = tutor.diagnose(problem, answer)
    assert found.outcome in ("unexplained", "misconception", "slip", "one_of")
    assert said in found.message


def test_the_index_of_a_sum_outside_it() -> None:
    found = tutor.diagnose("d/dx_k [sum_{i=1}^{n} x_i^2]", "2*x_i")
    assert found.message == ("The index i belongs to a sum of the problem and means nothing outside it. Outside, the "
                             "problem has k.")
