"""Brackets: the value stays, and what is taken apart does not come apart again."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.algebra.coefficients import Style
from tutor.algebra.factoring import factored, multiplied
from tutor.expression.parse import parse
from tutor.oracle.verdict import Oracle

FACTORS = st.sampled_from(
    ["x", "2", "-3", "(x + 1)", "(x - y)", "(2*x + 3)", "y^2", "e^x", "sin(x)", "(e^x - 1)", "sqrt(x)", "1/x", "x^n",
     "1/2", "(x^2 - 1)", "2^x", "x^(n + 1)"])
TERMS = st.lists(FACTORS, min_size=1, max_size=3).map("*".join)


@settings(max_examples=200, deadline=None)
@given(st.lists(TERMS, min_size=2, max_size=4))
def test_a_product_has_the_value_of_the_sum(terms: list[str]) -> None:
    total = parse(" + ".join(terms))
    product = factored(total, Style())
    if product is not None:
        assert Oracle().compare(total, product).outcome != "refuted", str(product)
        factors = product.args if product.head == "product" else (product,)  # of a power the args are none
        sums = [part for part in factors if part.head == "sum"]
        assert [part for part in sums if factored(part, Style()) is not None] == []


def test_multiplying_out_is_bounded() -> None:
    assert str(multiplied(parse("(x + 1)*(x - 1)"), Style())) == "x^2 - 1"
    assert multiplied(parse("(a + b + c)^6"), Style()) is None
    assert multiplied(parse("2*x"), Style()) is None
