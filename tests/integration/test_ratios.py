"""Quotients of polynomials in atoms: read, put in, split by a root, and written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.narrowed import not_none
from tutor.algebra.multivariate import atom, plus
from tutor.expression.parse import parse
from tutor.expression.tree import multiply, name, substitute
from tutor.integration.ratios import Ratio, cancelled, parts_by_root, put_in, ratio_of, solution, without, written
from tutor.oracle.verdict import Oracle

X, U = name("x"), name("u")
RATIOS = ["x", "1/x", "(x^2 + a)/(x - 1)", "x/(x^2 + 1)^2", "a*x - 1/2", "(x + a)^3/x^2", "sqrt(2)*x/(x + sqrt(2))"]


def read(text: str) -> Ratio:
    return not_none(ratio_of(parse(text), ""))


@given(st.sampled_from(RATIOS), st.sampled_from(RATIOS))
def test_one_ratio_is_put_into_another(text: str, value: str) -> None:
    found = put_in(read(text), X, read(value))
    assert Oracle().compare(written(found), substitute(parse(text), "x", parse(f"({value})"))).outcome == "checked"


@given(st.sampled_from(RATIOS), st.sampled_from(RATIOS))
def test_a_ratio_is_split_by_a_root(text: str, other: str) -> None:
    root = parse("sqrt(x^2 + 1)")
    whole = read(text) + read(other) * Ratio(atom(root))
    free, beside = parts_by_root(whole * (1 / whole) * whole, root, read("x^2 + 1"))
    assert (free, beside) == (read(text), read(other))
    assert Oracle().compare(multiply(written(beside), root), parse(f"({other})*sqrt(x^2 + 1)")).outcome == "checked"


@pytest.mark.parametrize(("text", "shorter"), [
    ("(x^2 - 1)/(x^3 - 1)", "(x + 1)/(x^2 + x + 1)"), ("(2*x^2 + 2*x)/(4*x)", "(x + 1)/2"), ("1/(x + a)", "1/(a + x)"),
    ("0*x/(x + 1)", "0")])
def test_what_divides_both_parts_is_cancelled(text: str, shorter: str) -> None:
    assert str(written(cancelled(read(text), X))) == shorter


def test_a_divisor_is_cancelled_as_often_as_it_can_be() -> None:
    quadratic = plus(atom(X, 2), read("1").above)
    assert without(read("(x^4 - 1)/(x^2 + 1)^2"), quadratic) == read("(x^2 - 1)/(x^2 + 1)")


def test_powers_of_one_atom_are_written_together() -> None:
    assert str(written(read("(a*u^2 + b*u^2 + u - a)/(u + a)"), U)) == "((a + b)*u^2 + u - a)/(u + a)"


def test_coefficients_are_compared() -> None:
    found = not_none(solution([read("x + a").above, read("x - a").above], read("x").above, X))
    assert found == [read("1/2"), read("1/2")]
    assert solution([read("x").above], read("1").above, X) is None
