"""Assumptions as they are shown."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tutor
from tutor.algebra.decide import Tidy
from tutor.algebra.terms import Style
from tutor.derivation.simplified import simplified
from tutor.expression.parse import parse
from tutor.oracle.existence import holds_there

SHORT = [
    ("2*x^2 != 0; sqrt(x) != 0", "x != 0"), ("x > 0; x != 0; 3x^2 > 0", "x > 0"), ("x^2 > 0", "x != 0"),
    ("-3x > 0", "x < 0"), ("x^3 > 0", "x > 0"), ("2x + 4 != 0", "x + 2 != 0"), ("x*(x - 1) != 0", "x != 0; x - 1 != 0"),
    ("x^2 + x != 0", "x != 0; x + 1 != 0"), ("x^2 + 1 != 0", ""), ("e^x*x > 0", "x > 0"), ("cosh(x) != 0", ""),
    ("2 + cos(x) != 0", ""), ("x^2 + x + 1 > 0", ""), ("x^2 - 3x + 1 > 0", "x^2 - 3*x + 1 > 0"), ("5 > 0; pi != 0", ""),
    ("|x| < 1; 1 - x^2 > 0; 1 - x^2 != 0", "abs(x) < 1"), ("|x| > 1; x != 0", "abs(x) > 1"), ("x > 1; x > 0", "x > 1"),
    ("ln(x) > 0; x > 0", "x > 1"), ("x^2 + 1 > 1", "x != 0"), ("abs(x - 1) > 0", "x - 1 != 0"),
    ("cbrt(x) != 0", "x != 0"), ("acosh(x) > 0", "x != 1"), ("sec(x) != 0", ""), ("asin(x) > 0", "x > 0"),
    ("abs(x) < 0", "abs(x) < 0"), ("-sqrt(-12a) > 0", "-sqrt(-12*a) > 0"), ("-x^2 > 0", "-x^2 > 0"),
    ("step(x) != 0", "x > 0"),
    ("sinh(2x) != 0", "x != 0"), ("1/x > 0", "x > 0"), ("cos(x) != 0; cos(x)^2 != 0", "cos(x) != 0"),
    ("sec(x) + tan(x) != 0; tan(x) + sec(x) > 0", "sec(x) + tan(x) > 0"), ("1 - x != 0; x - 1 != 0", "1 - x != 0"),
    ("x^2 - 1 != 0; 1 - x^2 > 0", "1 - x^2 > 0"), ("x >= 0; y > 0; x != 0", "x > 0; y > 0"),
    ("x != 0; -x >= 0", "-x > 0"), ("x != 1; x >= 0", "x != 1; x >= 0"),
    ("x > 0; x + 1 != 0; x^2 + x > 0", "x > 0"), ("sin(1) != 0; x != 0", "x != 0"), ("-x^2 - 1 < 0", ""),
]  # fmt: skip


@pytest.mark.parametrize(("given_ones", "shown"), SHORT)
def test_shortens(given_ones: str, shown: str) -> None:
    found = simplified([parse(each) for each in given_ones.split("; ")], Tidy(Style()))
    assert "; ".join(map(str, found)) == shown


@pytest.mark.parametrize(("problem", "assumptions"), [
    ("d/dx ln(x)", "x > 0"), ("d/dx ln(x^2)", "x != 0"), ("d/dx ln(x^2 + 1)", ""), ("d/dx ln(sin(x))", "sin(x) > 0"),
    ("d/dx sqrt(1 - x)", "1 - x > 0"), ("d/dx asin(2x)", "abs(2*x) < 1"), ("d/dx acosh(x)", "x > 1"),
    ("d/dx atanh(x)", "abs(x) < 1"), ("d/dx tan(3x)", "cos(3*x) != 0"), ("d/dx cot(x)", "sin(x) != 0"),
    ("d/dx asech(x)", "x > 0; x < 1"), ("d/dx cbrt(x + 2)", "x + 2 != 0"), ("d/dx log(x, 3)", "x > 0"),
    ("d/dx x^-3", "x != 0"), ("d/dx x^(1/2)", "x > 0"), ("d/dx x^(1/3)", "x != 0"), ("d/dx x^(4/3)", ""),
    ("d/dx x^0.3", "x > 0"), ("d/dx x^5", ""), ("d/dx ln|x|", "x != 0"), ("d/dx e^x/(e^x + 1)", ""),
    ("d/dx 1/(x^2*(x + 3))", "x != 0; x + 3 != 0"), ("d/dx sqrt(x)/x^2", "x > 0"), ("d/dx x^x", "x > 0"),
])  # fmt: skip
def test_every_function_says_what_it_takes_for_granted(problem: str, assumptions: str) -> None:
    derivation = tutor.explain(problem)
    assert "; ".join(map(str, derivation.assumptions)) == assumptions
    assert derivation.checked


RELATIONS = st.sampled_from([
    "2x^2 - 2x != 0", "x > 0", "-x > 0", "x^3 - x > 0", "sqrt(x) != 0", "|x - 1| > 0", "x^2 > 0", "x - 2 < 0",
    "|x| < 1",
    "x^2 + x + 1 > 0", "1/x > 0", "ln(x) != 0", "x > 1", "3 - x != 0", "(x + 1)/(x - 2) != 0", "-(x - 1)^2 < 0",
    "x^(1/3) > 0", "x^(-2/3) != 0", "ln(x) > 0", "2 - sin(x) > 0", "x + 2 > 2", "relu(x) != 0", "x*(x - 1)*(x + 1) > 0",
])  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(st.lists(RELATIONS, min_size=1, max_size=4),
       st.sampled_from(("-2", "-1", "-1/2", "0", "1/2", "1", "3/2", "2", "3")))
def test_the_short_ones_hold_together_where_the_long_ones_do(chosen: list[str], point: str) -> None:
    from tutor.expression.tree import substitute

    def all_hold(relations: list[tutor.Expression]) -> bool | None:
        """None where something has no value."""
        found = [holds_there(substitute(each, "x", parse(point))) for each in relations]
        return None if None in found else all(found)

    long = [parse(each) for each in chosen]
    before = all_hold(long)
    if before is not None:
        assert all_hold(list(simplified(long, Tidy(Style())))) is before
