"""Matrices of LaTeX are read as lists, rows within brackets."""

from __future__ import annotations

import pytest

from tutor.errors import NotationError
from tutor.expression.from_latex import as_notation
from tutor.expression.parse import parse


@pytest.mark.parametrize(("latex", "meant"), [
    (r"\begin{pmatrix} 2xy \\ x^2 \end{pmatrix}", "(2*x*y, x^2)"),
    (r"\begin{pmatrix} 2xy \\ x^2 \\ \end{pmatrix}", "(2*x*y, x^2)"),
    (r"\begin{bmatrix} 2xy & x^2 \end{bmatrix}", "(2*x*y, x^2)"),
    (r"\begin{pmatrix} 2xy & x^2 \end{pmatrix}^T", "(2*x*y, x^2)"),
    (r"\begin{pmatrix} 2xy & x^2 \end{pmatrix}^{\top}", "(2*x*y, x^2)"),
    (r"\left(\begin{matrix} 2 x y\\x^{2}\end{matrix}\right)", "(2*x*y, x^2)"),
    (r"\begin{bmatrix} 2y & 2x \\ 2x & 0 \end{bmatrix}", "((2*y, 2*x), (2*x, 0))"),
    (r"\left(\begin{array}{c|c} \frac{y}{2} & x+1 \\ x & -1\end{array}\right)", "((y/2, x + 1), (x, -1))"),
])
def test_matrices_are_lists(latex: str, meant: str) -> None:
    assert parse(latex) is parse(meant)


@pytest.mark.parametrize(("latex", "message"), [
    (r"\begin{pmatrix} x \\ y", r"This \\begin has no \\end."),
    (r"x \end{pmatrix}", r"There is no \\begin that this \\end closes."),
    (r"\begin{pmatrix} x \\ & y \end{pmatrix}", "Something is missing"),
    (r"\begin{bmatrix} y & x \\ x & 0 \end{bmatrix}^T", "nothing can be calculated with a list"),
])
def test_mistakes(latex: str, message: str) -> None:
    with pytest.raises(NotationError, match=message):
        parse(latex)


def test_nested_ones_take_time_in_proportion() -> None:
    depth = 1000
    text = r"\begin{pmatrix} x \\ " * depth + "y" + r" \end{pmatrix}" * depth
    assert as_notation(text).text.count("(") == depth
