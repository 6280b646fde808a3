"""What an expression in whole lists says of one place."""

from __future__ import annotations

import pytest
from autograd import numpy as np

from tutor.expression.parse import parse
from tutor.expression.tree import name
from tutor.oracle.expansion import written_with
from tutor.oracle.matrices import ShapeError, component_of, has_whole_lists
from tutor.oracle.verdict import Oracle

N, M = name("n"), name("m")
SHAPES = {"X": (N, M), "w": (M,), "y": (N,), "A": (N, N), "h": (M,), "T3": (N, N, N)}
I_, K = name("i"), name("k")


@pytest.mark.parametrize(("whole", "indices", "component"), [
    ("X*w", "i", "sum_{k=1}^{m} X_{ik}*w_k"),
    ("X^T*y", "k", "sum_{i=1}^{n} X_{ik}*y_i"),
    ("y^T*y", "", "sum_{i=1}^{n} y_i*y_i"),
    ("y*w^T", "ik", "y_[i]*w_[k]"),
    ("w ⊙ h", "k", "w_[k]*h_[k]"),
    ("1 - h", "k", "1 - h_[k]"),
    ("diag(y)*X", "ik", "sum_{j=1}^{n} delta_{ij}*y_i*X_{jk}"),
    ("I", "ik", "delta_[i,k]"),
    ("sigmoid(X*w)", "i", "sigmoid(sum_{k=1}^{m} X_{ik}*w_k)"),
    ("2*y/n", "i", "2*y_[i]/n"),
    ("2*X/n", "ik", "2*X_[i,k]/n"),
    ("X/n", "ik", "X_[i,k]/n"),
    ("X/(y^T*y)", "ik", "X_[i,k]/(sum_{j=1}^{n} y_j*y_j)"),
    ("y/(y^T*X*w)^2", "i", "y_[i]/(sum_{j=1}^{n} y_j*sum_{k=1}^{m} X_{jk}*w_k)^2"),
    ("e^(y^T*y)*y", "i", "e^(sum_{j=1}^{n} y_j*y_j)*y_[i]"),
    ("A^2*y", "i", None), ("e^A*y", "i", None), ("X*y", "i", None), ("X*w + w", "i", None), ("X + 1", "ik", None),
    ("X/y", "ik", None), ("diag(X)*y", "i", None), ("X", "i", None), ("T3*y", "i", None),
])
def test_what_stands_at_a_place(whole: str, indices: str, component: str | None) -> None:
    places = [name(index) for index in indices]
    sizes = {"": (), "i": (N,), "k": (M,), "ik": (N, M)}[indices] if whole != "I" else (N, N)
    if component is None:
        with pytest.raises(ShapeError):
            component_of(parse(whole), places, SHAPES, sizes)
        return
    found = component_of(parse(whole), places, SHAPES, sizes)
    assert Oracle().compare(found, parse(component, lists=SHAPES)).outcome == "checked"


def test_a_column_is_no_row() -> None:
    with pytest.raises(ShapeError, match="m rows and n columns, and not n rows and m columns"):
        component_of(parse("w*y^T"), (I_, K), SHAPES, (N, M))


def test_numbers_are_no_whole_lists() -> None:
    assert not has_whole_lists(parse("2*x_[i]*t"), SHAPES)
    assert has_whole_lists(parse("2*w"), SHAPES)


def test_products_are_those_of_numerical_libraries() -> None:
    values = {"X": np.arange(1.0, 7.0).reshape(3, 2), "w": np.array([0.5, -2.0]), "y": np.array([1.0, 2.0, -1.0])}
    wanted = values["X"].T @ (values["X"] @ values["w"] - values["y"])
    found = component_of(parse("X^T*(X*w - y)"), (K,), SHAPES)
    numbers = {"w_1": 0.5, "w_2": -2.0, "y_1": 1.0, "y_2": 2.0, "y_3": -1.0}
    numbers |= {f"X_{{{row + 1},{column + 1}}}": float(entry) for (row, column), entry in np.ndenumerate(values["X"])}
    got = [Oracle().value(written_with(found, {"n": 3, "m": 2, "k": place}), numbers) for place in (1, 2)]
    assert got == pytest.approx(list(wanted))
