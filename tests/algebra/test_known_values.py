"""Exact values of functions, however the argument is written, and functions that undo each other."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.algebra.known_values import known_value, undone
from tutor.expression.known_functions import FUNCTIONS
from tutor.expression.parse import parse
from tutor.expression.tree import PI, call, multiply, rational
from tutor.oracle.existence import has_no_value, holds_there
from tutor.oracle.table import Undefined


@pytest.mark.parametrize(("call_", "value"), [
    ("sin(7*pi/6)", "-1/2"), ("sin(pi*1/6)", "1/2"), ("cos(100*pi)", "1"), ("tan(-pi/3)", "-sqrt(3)"),
    ("tan(0.25*pi)", "1"), ("csc(7*pi/6)", "-2"), ("sec(-pi/3)", "2"), ("sin(0*pi)", "0"), ("cos(pi - pi)", None),
    ("asin(-1/sqrt(2))", "-pi/4"), ("asin(sqrt(1/2))", "pi/4"), ("asin(1/2^0.5)", "pi/4"), ("atan(sqrt(3)/3)", "pi/6"),
    ("acos(-sqrt(3)/2)", "5*pi/6"), ("ln(e)", "1"), ("exp(1)", "e"), ("softplus(0)", "ln(2)"), ("sigmoid(0)", "1/2"),
    ("sin(pi^2)", None), ("sin(pi*sqrt(2))", None), ("sin(1)", None), ("tan(pi/2)", None), ("sin(x)", None),
    ("asin(2)", None), ("ln(0)", None), ("acot(0)", None), ("max(1, 2)", None), ("sin(1/0)", None), ("x + 1", None),
])  # fmt: skip
def test_known_values(call_: str, value: str | None) -> None:
    found = known_value(parse(call_))
    assert found is (None if value is None else parse(value))


@given(st.sampled_from(sorted(function for function, block in FUNCTIONS.items() if block.period)),
       st.integers(-60, 60), st.sampled_from((1, 2, 3, 4, 6)))
def test_values_at_angles_are_right_all_round(function: str, above: int, below: int) -> None:
    root = call(function, multiply(rational(Fraction(above, below)), PI))
    found = known_value(root)
    if found is None:
        assert has_no_value(root)
    else:
        assert holds_there(parse(f"{root} = {found}"))


@pytest.mark.parametrize(("text", "inside", "relations"), [
    ("sin(asin(x/2))", "x/2", "abs(x/2) <= 1"), ("asin(sin(x))", "x", "abs(x) <= pi/2"),
    ("cot(acot(x))", "x", "x != 0"),
    ("acot(cot(x))", "x", "abs(x) < pi/2; x != 0"), ("sec(asec(x))", "x", "abs(x) >= 1"), ("exp(ln(x))", "x", "x > 0"),
    ("ln(exp(x))", "x", ""), ("cosh(acosh(x))", "x", "x >= 1"), ("acos(cos(x))", "x", "x >= 0; x <= pi"),
    ("asec(sec(x))", "x", "x >= 0; x <= pi; x != pi/2"), ("coth(acoth(x))", "x", "abs(x) > 1"),
    ("sech(asech(x))", "x", "x > 0; x <= 1"), ("tanh(atanh(x))", "x", "abs(x) < 1"),
])  # fmt: skip
def test_what_undoes_what_and_where(text: str, inside: str, relations: str) -> None:
    found = undone(parse(text))
    assert found is not None
    assert (found[0], "; ".join(map(str, found[1]))) == (parse(inside), relations)


@pytest.mark.parametrize("text", ["sin(cos(x))", "sin(x)", "sinh(asin(x))", "x^2", "log(exp(x), 2)", "exp(exp(x))"])
def test_what_does_not_undo(text: str) -> None:
    assert undone(parse(text)) is None


def test_where_each_inverse_undoes_its_function() -> None:
    """At numbers where the relations hold, both sides are the same; and where one of them fails they are not."""
    checked = 0
    for function, block in FUNCTIONS.items():
        for outer, inner in ((function, block.inverse), (block.inverse, function)) if block.inverse else ():
            for place in ("-7/2", "-1", "-1/2", "1/3", "1", "5/2", "6"):
                found = undone(parse(f"{outer}({inner}({place}))"))
                assert found is not None
                holds = [holds_there(relation) for relation in found[1]]
                try:
                    same = holds_there(parse(f"{outer}({inner}({place})) = {place}"))
                except Undefined:
                    same = None
                if all(holds):
                    assert same is not False, (outer, inner, place)
                    checked += same is True
                else:
                    assert same is not True, (outer, inner, place)
    assert checked > 100
