"""Shape errors are index errors, each a sentence with its place."""

from __future__ import annotations

import pytest

from tutor.errors import NotationError
from tutor.expression.list_errors import refuse_misused_lists
from tutor.expression.parse import read_as_typed


@pytest.mark.parametrize(("typed", "part", "words"), [
    ("z_k/sum_j z_j", "z_k", "For the slope of one part, type d/dz_l [...]; to add up all parts, put sum_k in"),
    ("d/dT [T*sum_j (z_j - y_i)^2*sum_i y_i]", "y_i", "A sum ends at the next + or -"),
    ("d/dT [sum_j (T*z_j - y_i)^2 + sum_j y_j]", "y_i", "For one part alone, give it a line: p_i = ...; dp_i/dT."),
    ("d/dT [z_i*T*sum_i z_i]", "z_i", "A sum ends at the next + or -"),
    ("d/dx_k sum_i (x_i + W_{ij})", "W_{ij}", "The index j is unknown here: no sum runs over it. Type sum_j"),
    ("d/dx_k [sum_i x_i + y_i]", "y_i", "A sum ends at the next + or -"),
    ("d/dx_k [sum_i x_i*x]", "x", "x stands here without an index, but it is a list elsewhere"),
    ("d/dx_k [sum_{i=1}^{n} x_i + sum_{j=1}^{m} x_j^2]", "sum_{j=1}^{m}", "x would have n parts by one sum and m"),
    ("d/dx_k [sum_{i=1}^{3} x_i + sum_{j=1}^{4} x_j^2]", "sum_{j=1}^{4}", "x would have 3 parts by one sum and 4"),
    ("d/dw_k [sum_i sum_j w_{ij} + sum_i w_i]", "w_i", "w has 2 indices in one place and one index in another"),
    ("d/dw_k [sum_i (w_i + w_{i,1})]", "w_{i,1}", "one index in one place and 2 indices in another"),
    ("z_i = sum_j W_{ij}*x_j + b_j", "b_j", "The left side has the index i, and this term has j"),
    ("z_i = v_i + w_j + sum_i sum_j v_i*w_j", "w_j", "The left side has the index i, and this term has j"),
    ("d/dt_k [sum_i (t_i + delta_{im})]", "delta_{im}", "The index m is unknown"),
])
def test_refused(typed: str, part: str, words: str) -> None:
    with pytest.raises(NotationError) as caught:
        refuse_misused_lists(read_as_typed(typed, is_problem=True).expression, typed)
    (problem,) = caught.value.problems
    assert words in problem.message
    assert typed[problem.start:problem.end] == part


@pytest.mark.parametrize("typed", [
    "d/dT [e^(z_i/T)/sum_j e^(z_j/T)]", "d/dT [z_i/T - ln(sum_j e^(z_j/T))]", "d/dT [z_i/T*sum_j z_j]",
    "d/dx_k [sum_i x_i^2]", "d/dW_{kl} [sum_i (sum_j W_{ij}*x_j - y_i)^2]", "d/dw [sum_i (w*x_i)^2 + l*w^2]",
    "z_i = sum_j W_{ij}*x_j + b_i; p_i = e^z_i/sum_j e^z_j; L = -sum_i y_i*ln(p_i); dL/dz_k",
    "d/dz_k [z_i - ln(sum_j e^(z_j)) + 1]", "d/dx_k [sum_{i=1}^{n - 1} x_i*x_n + sum_{i=1}^{n} x_i + x_2]", "x^2 + x_1",
])
def test_fine(typed: str) -> None:
    refuse_misused_lists(read_as_typed(typed, is_problem=True).expression, typed)
