"""Activations and losses by name: the names they are read under, and what is said where they are read differently."""

from __future__ import annotations

import re

import pytest

from tutor.errors import NotationError
from tutor.expression.latex import latex
from tutor.expression.parse import parse, read
from tutor.expression.write import PRETTY, write

READ = [
    ("leaky_relu(x, a)", "leaky_relu(x, a)", []), ("LeakyReLU(x, a)", "leaky_relu(x, a)", []),
    ("Leaky_ReLU(x)", "leaky_relu(x, 0.01)", ["second-argument-left-out"]), ("elu(x)", "elu(x, 1)",
                                                                           ["second-argument-left-out"]),
    ("huber(x)", "huber(x, 1)", ["second-argument-left-out"]), ("huber(w*x - y, d)", "huber(w*x - y, d)", []),
    ("silu(x)", "silu(x)", []), ("SiLU(x)", "silu(x)", []), ("swish(x)", "silu(x)", ["function-elsewhere-usually"]),
    ("Silu(x)", "silu(x)", ["function-elsewhere-usually"]), ("GELU(x)", "gelu(x)", []), ("gelu x", "gelu(x)", []),
    ("Phi(z)", "normal_cdf(z)", ["Phi"]), ("Φ(z)", "normal_cdf(z)", ["Phi"]), ("normal_cdf(z)", "normal_cdf(z)", []),
    ("Phi*z", "Phi*z", []), ("Φ z", "Phi*z", []), ("logit p", "logit(p)", []), ("hinge(y*x)", "hinge(y*x)", []),
    ("LogSumExp(a, b, c)", "logsumexp(a, b, c)", []), ("log_sum_exp(a, b)", "logsumexp(a, b)", []),
    ("bce(p, y)", "binary_cross_entropy(p, y)", ["function-elsewhere-usually"]),
    ("BCE(p, y)", "binary_cross_entropy(p, y)", ["function-elsewhere-usually"]),
    ("binary_cross_entropy(p, y)", "binary_cross_entropy(p, y)", []), ("log_2(8)", "log(8, 2)", []),
]


@pytest.mark.parametrize(("text", "tree", "notes"), READ)
def test_names(text: str, tree: str, notes: list[str]) -> None:
    found = read(text)
    assert str(found.expression) == tree
    assert [note.kind for note in found.notes] == notes
    assert parse(tree) is parse(latex(found.expression)) is found.expression


@pytest.mark.parametrize(("text", "message"), [
    ("bce(p)", "bce takes two arguments, but here it has 1."), ("huber(1, 2, 3)", "huber takes one or two arguments"),
    ("logsumexp(2)", "logsumexp is of a whole list, as in logsumexp(z), and in logsumexp(2) there is none."),
    ("leaky(x)", "There is no function leaky."),
])
def test_what_is_wrong_is_said(text: str, message: str) -> None:
    with pytest.raises(NotationError, match=re.escape(message)):
        parse(text)


def test_the_normal_distribution_function_has_a_sign() -> None:
    assert write(parse("normal_cdf(z)"), PRETTY) == "Φ(z)"
    assert latex(parse("normal_cdf(z)")) == r"\Phi(z)"
