"""Random expressions for the laws of algebra."""

from __future__ import annotations

from hypothesis import strategies as st

from tutor.expression.parse import parse
from tutor.expression.tree import Expression, call, divide, multiply, name, negate, node, number, power

LETTERS = st.sampled_from([name("x"), name("y"), name("a")])
LEAVES = st.one_of(LETTERS, LETTERS, st.integers(0, 12).map(number), st.just(parse("1/2")), st.just(parse("e")))


def grow(parts: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    some = st.lists(parts, min_size=2, max_size=3).map(tuple)
    exponents = st.sampled_from([parse(text) for text in ("2", "3", "-1", "-2", "1/2", "3/2", "x", "0", "1", "n")])
    return st.one_of(
        some.map(lambda args: node("sum", args)),
        some.map(lambda args: node("product", args)),
        st.tuples(parts, parts).map(lambda pair: divide(*pair)),
        parts.map(negate),
        st.tuples(parts, exponents).map(lambda pair: power(*pair)),
        st.tuples(st.sampled_from([
            "sin", "cos", "tan", "ln", "sqrt", "exp", "abs", "sign", "sinh", "cosh", "asin", "atan", "sigmoid", "sec",
            "cbrt",
        ]), parts).map(
            lambda pair: call(*pair)),
        st.tuples(parts, parts).map(lambda pair: multiply(pair[0], divide(number(1), pair[1]))),
    )


EXPRESSIONS = st.recursive(LEAVES, grow, max_leaves=10)


def grow_fraction(parts: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    some = st.lists(parts, min_size=2, max_size=3).map(tuple)
    return st.one_of(
        some.map(lambda args: node("sum", args)),
        some.map(lambda args: node("product", args)),
        st.tuples(parts, parts).map(lambda pair: divide(*pair)),
        parts.map(negate),
    )


FRACTIONS = st.recursive(st.one_of(LETTERS, st.integers(1, 4).map(number)), grow_fraction, max_leaves=10)
"""Sums, products, quotients and minus signs in each other: where brackets turn round and fractions join."""
