"""Components read as matrices, and what is not read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.derivation.matrices import as_matrices, indices_with_sizes, slope_as_matrices
from tutor.expression.lists import shapes
from tutor.expression.parse import parse
from tutor.expression.tree import Expression, add, finite_sum, indexed, multiply, name, number
from tutor.oracle.matrices import component_of
from tutor.oracle.verdict import Oracle

N, M, ONE = name("n"), name("m"), number(1)
SHAPES = {"X": (N, M), "w": (M,), "y": (N,), "a": (N,), "p": (N,), "h": (M,), "W": (N, M), "A": (N, N), "x": (N,)}


@pytest.mark.parametrize(("component", "indices", "matrix"), [
    ("sum_{i=1}^{n} X_{ik}*(sum_{j=1}^{m} X_{ij}*w_j - y_i)", "k", "X^T*(X*w - y)"),
    ("2*sum_{i=1}^{n} X_{ik}*y_i + 2*t*w_k", "k", "2*X^T*y + 2*t*w"),
    ("sum_{i=1}^{n} x_i*y_i", "", "x^T*y"),
    ("sum_{i=1}^{n} sum_{j=1}^{n} x_i*A_{ij}*x_j", "", "x^T*A*x"),
    ("sum_{j=1}^{n} (A_{kj} + A_{jk})*x_j", "k", "(A + A^T)*x"),
    ("sum_{i=1}^{n} X_{ij}*X_{ik}*a_i*(1 - a_i)", "jk", "X^T*diag(a ⊙ (1 - a))*X"),
    ("(sum_{i=1}^{n} W_{ij}*(p_i - y_i))*h_j*(1 - h_j)", "j", "(W^T*(p - y)) ⊙ h ⊙ (1 - h)"),
    ("(p_[i] - y_[i])*h_[j]", "ij", "(p - y)*h^T"),
    ("p_[i]*(delta_[i,k] - p_[k])", "ik", "diag(p) - p*p^T"),
    ("sigmoid(sum_{j=1}^{m} W_{ij}*h_j + y_i)", "i", "sigmoid(W*h + y)"),
    ("-y_[i]/p_[i]", "i", "-y/p"),
    ("sum_{j=1}^{m} X_{ij}*W_{kj}", "ik", "X*W^T"),
    ("sum_{j=1}^{m} X_{ij}*W_{kj}", "ki", "W*X^T"),
    ("sum_{i=1}^{n} X_{ik}*W_{ik}*X_{il}*W_{il}*a_i", "kl", "(X ⊙ W)^T*diag(a)*(X ⊙ W)"),
    ("sum_{i=1}^{n} X_{ik}*X_{il}*e^(a_i)/(1 + y_i^2)", "kl", "X^T*diag(e^a/(1 + y^2))*X"),
    ("X_[i,k]/(y_[i]*w_[k])", "ik", "diag(1/y)*X*diag(1/w)"),
    ("delta_[i,k]/y_[i]", "ik", "diag(1/y)"),
    ("sum_{i=1}^{n} X_{ik}*y_i/(sum_{i=1}^{n} a_i*y_i)^2", "k", "X^T*y/(a^T*y)^2"),
    ("e^(x_[k])*y_[k]", "k", "e^x ⊙ y"),
    # not read: a sum of parts alone, a part of a sum, a power of a matrix, a number in every place of a matrix
    ("sum_{i=1}^{n} x_i", "", None),
    ("sum_{j=1}^{3} X_{ij}*w_j", "i", None),
    ("sum_{j=2}^{m} X_{ij}*w_j", "i", None),
    ("A_[i,k]^2", "ik", None),
    ("A_[i,k] + 1", "ik", None),
    ("X_[i,k]/W_[i,k]", "ik", None),
    ("e^A_[i,k]", "ik", None),
    ("e^(x_[k])/sum_{j=1}^{n} e^(x_j)", "k", None),
    # the same in every place, which would be read as a number
    ("sum_{i=1}^{n} x_i*y_i", "k", None),
    ("sum_{j=1}^{m} X_{ij}*w_j", "ik", None),
    # T and I are numbers here
    ("T*p_[i]*h_[j]", "ij", None),
    ("I*A_[i,j] + delta_[i,j]", "ij", None),
    ("T*I*x_[k]", "k", "T*I*x"),
])
def test_how_a_component_is_read(component: str, indices: str, matrix: str | None) -> None:
    root, places = parse(component, lists=SHAPES), tuple(map(name, indices))
    found = as_matrices(root, places, SHAPES)
    assert (None if found is None else str(found.matrix)) == matrix
    if found is not None:
        assert Oracle().compare(root, component_of(found.matrix, places, SHAPES)).outcome == "checked"


@pytest.mark.parametrize(("component", "sizes", "matrix"), [
    ("sum_{j=1}^{n} A_{kj}*x_j + sum_{j=1}^{n} A_{jk}*x_j", (), "(A + A^T)*x"),
    ("sum_{j=1}^{n} A_{kj}*x_j + 3*t*x_k", (N,), "(A + 3*t*I)*x"),
    ("x_k - 2*sum_{j=1}^{n} A_{kj}*x_j", (N,), "(-2*A + I)*x"),
    ("2/n*sum_{j=1}^{n} A_{kj}*x_j - t*x_k", (N,), "(2*A/n - t*I)*x"),
    # not taken out: another list, a size that was not said, a number that is a sum over lists
    ("sum_{j=1}^{n} A_{kj}*x_j + t*y_k", (N,), "A*x + t*y"),
    ("sum_{j=1}^{n} A_{kj}*x_j + t*x_k", (), "A*x + t*x"),
    ("sum_{j=1}^{n} A_{kj}*x_j + (sum_{j=1}^{n} x_j*y_j)*x_k", (N,), "A*x + x^T*y*x"),
    ("I*sum_{j=1}^{n} A_{kj}*x_j + t*x_k", (N,), None),
])
def test_the_same_list_is_taken_out_of_a_sum(component: str, sizes: tuple[Expression, ...], matrix: str | None) -> None:
    root, places = parse(component, lists=SHAPES), (name("k"),)
    found = as_matrices(root, places, SHAPES, sizes)
    assert (None if found is None else str(found.matrix)) == matrix
    if found is not None:
        assert Oracle().compare(root, component_of(found.matrix, places, SHAPES, sizes)).outcome == "checked"


def test_the_unit_matrix_is_as_large_as_what_it_is_read_of() -> None:
    found = slope_as_matrices(parse("A_[i,j]"), parse("delta_[i,j] + 2*A_[i,j]"), SHAPES)
    assert found is not None
    assert str(found.matrix) == "I + 2*A"
    read = component_of(found.matrix, found.indices, found.shapes, found.sizes)
    assert Oracle().compare(found.component, read).outcome == "checked"


@pytest.mark.parametrize(("problem", "places"), [
    ("d/dx_k [sum_{i=1}^{n} x_i^2]", [("k", "n")]),
    ("d/dW_{kl} [sum_{i=1}^{n} sum_{j=1}^{m} W_{ij}^2]", [("k", "n"), ("l", "m")]),
    ("d/dw_k [sum_{j=1}^{m} X_{ij}*w_j]", [("i", "n"), ("k", "m")]),
    ("d/dw_l [d/dw_k [sum_{j=1}^{m} w_j^2]]", [("k", "m"), ("l", "m")]),
    ("d/dw_k [d/dy_l [sum_{i=1}^{n} y_i*sum_{j=1}^{m} X_{ij}*w_j]]", [("k", "m"), ("l", "n")]),
    ("d/dx_k [x_k^2*sum_{i=1}^{n} x_i]", [("k", "n")]),
    # one of them, one on the diagonal, one that has too many indices
    ("d/dx_1 [sum_{i=1}^{n} x_i^2]", []),
    ("d^2/dx_k^2 [sum_{i=1}^{n} x_i^2]", []),
    ("d/dA_{kk} [sum_{i=1}^{n} sum_{j=1}^{n} A_{ij}^2]", []),
    ("d/dx_k [d/dx_k [sum_{i=1}^{n} x_i^2]]", []),
    ("d/dx_l [d/dx_k [x_k*x_l*sum_{i=1}^{n} x_i]]", []),
    ("d/dW_{kl} [sum_{j=1}^{m} W_{ij}*w_j]", []),
])
def test_which_places_a_derivative_has(problem: str, places: list[tuple[str, str]]) -> None:
    asked = parse(problem)
    assert [(str(index), str(size)) for index, size in indices_with_sizes(asked, shapes(asked))] == places


def test_a_slope_by_the_diagonal_is_not_read() -> None:
    assert slope_as_matrices(parse("A_[k,k]"), parse("2*A_[k,k]"), SHAPES) is None


def test_a_slope_by_one_part_with_a_number_is_not_read() -> None:
    assert slope_as_matrices(parse("w_[2]"), parse("w_[2]"), SHAPES) is None
    assert slope_as_matrices(parse("t"), parse("w_[k]"), SHAPES) is None


_I, _J = name("i"), name("j")
_LISTS = st.sampled_from([indexed("x", _J), indexed("y", _J), indexed("a", _J)])
_MATRICES = st.sampled_from([indexed("A", _I, _J), indexed("A", _J, _I)])


@given(st.lists(_LISTS, min_size=1, max_size=3), st.lists(_MATRICES, min_size=1, max_size=2), st.booleans())
def test_what_is_read_means_the_same(lists: list[Expression], matrices: list[Expression], doubled: bool) -> None:
    total = finite_sum(multiply(*matrices, add(*lists)), _J, ONE, N)
    root = multiply(number(2), indexed("p", _I), total) if doubled else total
    found = as_matrices(root, (_I,), SHAPES)
    assert found is not None
    assert Oracle().compare(root, component_of(found.matrix, (_I,), SHAPES)).outcome == "checked"
