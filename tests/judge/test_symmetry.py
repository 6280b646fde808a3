"""Answers that are right if a matrix is symmetric."""

from __future__ import annotations

import pytest

import tutor

FORM = "d/dv_k [sum_{i=1}^{n} sum_{j=1}^{n} v_i*S_{ij}*v_j]"
LINEAR = "d/dv_k [sum_{i=1}^{n} sum_{j=1}^{n} v_i*S_{ij}*u_j]"
TWO_FORMS = "d/dv_k [sum_{i=1}^{n} sum_{j=1}^{n} (v_i*S_{ij}*v_j + v_i*R_{ij}*v_j)]"
ON_LINES = "g_i = sum_{j=1}^{n} S_{ij}*v_j; E = sum_{i=1}^{n} v_i*g_i"
FOURTH_POWER = "d/dv_k [(sum_{i=1}^{n} sum_{j=1}^{n} v_i*S_{ij}*v_j)^2]"


@pytest.mark.parametrize(("problem", "answer", "matrices"), [
    (FORM, "2*S*v", "S is symmetric"),
    (FORM, "2*S^T*v", "S is symmetric"),
    (FORM, "2*sum_{j=1}^{n} S_{kj}*v_j", "S is symmetric"),
    (FORM.replace("d/dv_k", "hessian_v"), "2*S", "S is symmetric"),
    (TWO_FORMS, "2*S*v + (R + R^T)*v", "S is symmetric"),
    (TWO_FORMS, "2*S*v + 2*R*v", "S and R are symmetric"),
    (FOURTH_POWER, "4*(v^T*S*v)*S*v", "S is symmetric"),
    (f"{ON_LINES}; dE/dv_k", "2*S*v", "S is symmetric"),
    (f"{ON_LINES}; dE/dv_k", "2*g_k", "S is symmetric"),
    (f"{ON_LINES}; grad_v E", "2*g", "S is symmetric"),
])
def test_right_if_a_matrix_is_symmetric(problem: str, answer: str, matrices: str) -> None:
    found = tutor.diagnose(problem, answer)
    assert found.outcome == "slip"
    assert found.slip is not None
    assert found.slip.kind == "symmetry"
    assert found.equivalence is not None
    assert found.equivalence.verdict == "different"
    assert found.message.startswith(f"This is right if {matrices}, but nothing says so here.")


@pytest.mark.parametrize(("problem", "answer", "outcome"), [
    (FORM, "S*v + S^T*v", "right"),
    (FORM, "3*S*v", ""),  # wrong for symmetric matrices too
    (FORM, "2*v", ""),
    (f"{ON_LINES}; dE/dv_k", "g_k + sum_{i=1}^{n} S_{ik}*v_i", "right"),
    (f"{ON_LINES}; dE/dv_k", "3*g_k", ""),
    (LINEAR, "S^T*u", "order"),  # transposed where it must not be
    ("d/dv_k [sum_{i=1}^{n} (sum_{j=1}^{m} X_{ij}*v_j)^2]", "2*X*X*v", ""),  # no matrix of this shape is symmetric
    ("d/dS_{kl} [sum_{i=1}^{n} sum_{j=1}^{n} v_i*S_{ij}*S_{ji}]", "v_k*S_{lk}", ""),  # its entries are what varies
])
def test_not_told_of_what_is_right_or_wrong_anyway(problem: str, answer: str, outcome: str) -> None:
    found = tutor.diagnose(problem, answer)
    assert outcome in ("", found.outcome, found.slip.kind if found.slip is not None else "")
    assert (found.outcome == "right") == (outcome == "right")
    assert found.slip is None or found.slip.kind != "symmetry"
