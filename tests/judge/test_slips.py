"""Small errors that no wrong rule explains."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.algebra.decide import Tidy
from tutor.algebra.terms import Style
from tutor.expression.parse import parse
from tutor.judge.diagnosis import Slip
from tutor.judge.slips import find_slip, other_slips, signs_and_terms
from tutor.oracle.verdict import Oracle


def slip_between(expected: str, answer: str) -> Slip | None:
    """The sign first, as a diagnosis asks."""
    sides = parse(expected), parse(answer)
    found = (find_slip(*sides, Oracle(), Tidy(Style()), kinds) for kinds in (signs_and_terms, other_slips))
    return next((slip for slip in found if slip is not None), None)


@pytest.mark.parametrize(("expected", "answer", "kind", "yours"), [
    ("2*x*sin(x)", "-2x sin(x)", "sign", "-2*x*sin(x)"),
    ("x^2 - 3*x", "x^2 + 3x", "sign", "3*x"),
    ("x^2 - 3*x", "3x - x^2", "sign", "3*x - x^2"),
    ("sin(x^2 - 1)", "sin(x^2 + 1)", "sign", "1"),
    ("4", "-4", "sign", "-4"),
    ("6*x", "3x", "factor", "3*x"),
    ("6*x", "-4x", "factor", "-4*x"),
    ("2*x*sin(x) + x^2*cos(x)", "2x sin(x) + 3x^2 cos(x)", "factor", "3*x^2*cos(x)"),
    ("2*x", "2x + 5", "constant", "5"),
    ("2*x + 5", "2x + 7", "constant", "2"),
    ("2*x", "2x - 1/2", "constant", "-1/2"),
    ("3*x^2", "3x^3", "exponent", "x^3"),
    ("sin(x)/x^3", "sin(x)/x^2", "exponent", "x^2"),
])
def test_a_slip_is_named(expected: str, answer: str, kind: str, yours: str) -> None:
    slip = slip_between(expected, answer)
    assert slip is not None
    assert (slip.kind, str(slip.yours)) == (kind, yours)


@pytest.mark.parametrize(("expected", "answer"), [
    ("4", "7"), ("4", "8"), ("4", "0"), ("2*a", "0"),  # any number is another one times, or plus, a number
    ("6*x", "0"), ("2*x", "x^3"), ("2*x", "sin(x)"), ("2*x", "2x + y"), ("2*x", "pi*x"),
    ("x^2 - 3*x + 1", "-x^2 - 3x - 1"), ("x", "1"), ("2*x", "1/0"), ("2*x", "infinity"), ("2*x", "i"),
    ("sin(x)", "1001sin(x)"),
])
def test_anything_else_is_no_slip(expected: str, answer: str) -> None:
    assert slip_between(expected, answer) is None


@pytest.mark.parametrize(("expected", "answer"), [
    ("2*x*sin(x)", "-2x sin(x)"), ("6*x", "3x"), ("x^2 - 3*x", "x^2 + 3x"), ("3*x^2", "3x^3"), ("2*x + 5", "2x + 7"),
])
def test_the_sentence_does_not_give_the_right_result_away(expected: str, answer: str) -> None:
    slip = slip_between(expected, answer)
    assert slip is not None
    said = [*slip.sentence.slots.values()]
    assert parse(expected) not in said
    assert slip.expected not in said
    assert "{" not in slip.sentence.written()


EXPECTED = st.sampled_from(["2*x*cos(x)", "x^2 + sin(x)", "e^x*(x + 1)", "ln(x) + 1", "1/(1 + x^2)", "a*x + b"])
FACTORS = st.fractions(-50, 50, max_denominator=20).filter(lambda factor: factor not in (-1, 0, 1))


@settings(deadline=None)
@given(EXPECTED, FACTORS)
def test_every_simple_factor_and_constant_is_found(expected: str, number: Fraction) -> None:
    factor = slip_between(expected, f"({expected})*({number})")
    constant = slip_between(expected, f"{expected} + ({number})")
    assert factor is not None
    assert factor.kind == "factor"
    assert constant is not None
    assert constant.kind in ("constant", "factor", "sign")  # ln(x) + 1 - 2 is ln(x) - 1
