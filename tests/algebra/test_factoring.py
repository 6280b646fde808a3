"""Brackets: the value stays, and what is taken apart does not come apart again."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.algebra.arrangement import Arrangements
from tutor.algebra.factoring import factored, multiplied
from tutor.algebra.terms import Style
from tutor.expression.parse import parse
from tutor.oracle.verdict import Oracle

FACTORS = st.sampled_from(
    ["x", "2", "-3", "(x + 1)", "(x - y)", "(2*x + 3)", "y^2", "e^x", "sin(x)", "(e^x - 1)", "sqrt(x)", "1/x", "x^n",
     "1/2", "(x^2 - 1)", "2^x", "x^(n + 1)", "1/(4*x - 4)", "1/(6 + 2*e^x)"])
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


@pytest.mark.parametrize(("total", "product"), [
    ("2*x^2 - 8", "2*(x - 2)*(x + 2)"),
    ("x^2 - 2*x + 1", "(x - 1)^2"),
    ("1 - x^2", "-(x - 1)*(x + 1)"),
    ("x^4 + 4*y^4", "(x^2 - 2*x*y + 2*y^2)*(x^2 + 2*x*y + 2*y^2)"),
    ("a^2*x^2 - 1", "(a*x - 1)*(a*x + 1)"),
    ("x^4 - y^2", "(x^2 - y)*(x^2 + y)"),
    ("e^(2*x) - 1", "(e^x - 1)*(e^x + 1)"),
    ("sqrt(x) - x", "(1 - sqrt(x))*sqrt(x)"),
    ("a*b - a - b + 1", "(a - 1)*(b - 1)"),
    ("x^2 + 1", None),
    ("x^1000000 - 1", None),
])
def test_examples(total: str, product: str | None) -> None:
    found = factored(parse(total), Style())
    if found is None or product is None:
        assert (found, product) == (None, None)
    else:
        arrangements = Arrangements()
        assert arrangements.of(found) == arrangements.of(parse(product)), str(found)


def test_one_monomial_needs_no_sympy() -> None:
    code = ("import sys; from tutor.algebra.terms import Style; from tutor.algebra.factoring import factored;"
            "from tutor.expression.parse import parse;"
            "split = [factored(parse(each), Style()) is not None for each in ('x^3 - 1', 'x^2 - y^2', 'a^2*x^2 - 1')];"
            "print('sympy' in sys.modules, *split)")
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "False True True True"


def test_multiplying_out_is_bounded() -> None:
    assert str(multiplied(parse("(x + 1)*(x - 1)"), Style())) == "x^2 - 1"
    assert multiplied(parse("(a + b + c)^6"), Style()) is None
    assert multiplied(parse("2*x"), Style()) is None
