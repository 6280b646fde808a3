"""Partial fractions: the decomposition is equal to the fraction, and every line that leads to it is true."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.integration.proposed import integrand_of, is_true
from tests.narrowed import not_none
from tutor.algebra.polynomials import plus, times, trimmed
from tutor.expression.parse import parse
from tutor.expression.tree import Expression, name, postorder, substitute
from tutor.integration.partial_fractions import apart, taken_apart
from tutor.integration.rational_functions import (
    Polynomial,
    RationalFunction,
    piece_of,
    product_of,
    rational_function,
    written_fraction,
)
from tutor.oracle.verdict import Oracle
from tutor.rules.instance import RuleInstance

X = name("x")

LINES = [
    # integrand, and the lines of work in the order in which a teacher writes them
    ("(3*x + 5)/(x^2 - 1)", [
        "x^2 - 1 = (x - 1)*(x + 1)",
        "(3*x + 5)/(x^2 - 1) = A/(x - 1) + B/(x + 1)",
        "3*x + 5 = A*(x + 1) + B*(x - 1)",
        "A = 4",
        "B = -1",
        "(3*x + 5)/(x^2 - 1) = 4/(x - 1) - 1/(x + 1)"]),
    ("1/((x - 1)*(x^2 + 4))", [
        "1/((x - 1)*(x^2 + 4)) = A/(x - 1) + (B*x + C)/(x^2 + 4)",
        "1 = A*(x^2 + 4) + (B*x + C)*(x - 1)",
        "A = 1/5",
        "B = -1/5",
        "C = -1/5",
        "1/((x - 1)*(x^2 + 4)) = 1/(5*(x - 1)) - (x + 1)/(5*(x^2 + 4))"]),
    ("1/(x*(x^2 + 1)^2)", [
        "1/(x*(x^2 + 1)^2) = A/x + (B*x + C)/(x^2 + 1) + (D*x + F)/(x^2 + 1)^2",
        "1 = A*(x^2 + 1)^2 + (B*x + C)*x*(x^2 + 1) + (D*x + F)*x",
        "A = 1", "B = -1", "C = 0", "D = -1", "F = 0",
        "1/(x*(x^2 + 1)^2) = 1/x - x/(x^2 + 1) - x/(x^2 + 1)^2"]),
    ("1/((x^2 + 1)*(x^2 + x + 1))", [
        "1/((x^2 + 1)*(x^2 + x + 1)) = (A*x + B)/(x^2 + 1) + (C*x + D)/(x^2 + x + 1)",
        "1 = (A*x + B)*(x^2 + x + 1) + (C*x + D)*(x^2 + 1)",
        "A + C = 0", "A + B + D = 0", "A + B + C = 0", "B + D = 1",
        "A = -1", "B = 0", "C = 1", "D = 1",
        "1/((x^2 + 1)*(x^2 + x + 1)) = -x/(x^2 + 1) + (x + 1)/(x^2 + x + 1)"]),
    ("A/((x - A)*(x - B))", [
        "A/((x - A)*(x - B)) = C/(x - A) + D/(x - B)",
        "A = C*(x - B) + D*(x - A)",
        "C = A/(A - B)",
        "D = -A/(A - B)",
        "A/((x - A)*(x - B)) = A/((A - B)*(x - A)) - A/((A - B)*(x - B))"]),
]


def function_of(text: str) -> RationalFunction:
    return not_none(rational_function(parse(text), X))


def proposal_for(text: str) -> RuleInstance:
    function = function_of(text)
    whole = None if function.is_factored else parse(text).args[1]
    return not_none(taken_apart(integrand_of(text), function, whole))


@pytest.mark.parametrize(("text", "lines"), LINES)
def test_the_lines_of_work(text: str, lines: list[str]) -> None:
    proposal = proposal_for(text)
    assert [str(line.relation) for line in proposal.working] == lines
    assert is_true(integrand_of(text), proposal)


def test_a_sentence_says_how_each_coefficient_is_found() -> None:
    told = [line.told().written() for line in proposal_for("1/((x - 1)*(x^2 + 4))").working]
    assert "Put in x = 1, where all other terms are 0: 5*A = 1, so A = 1/5" in told
    assert "Compare the coefficients of x^2: A + B = 0, so B = -1/5" in told
    assert "Multiply both sides by (x - 1)*(x^2 + 4): 1 = A*(x^2 + 4) + (B*x + C)*(x - 1)" in told


def test_the_case_in_which_letters_are_equal_is_assumed_away() -> None:
    assert proposal_for("1/((x - a)*(x - b))").relations == [parse("a - b != 0")]
    assert proposal_for("1/((x - 1)*(x - 2))").relations == []


def test_another_name_of_the_variable_changes_nothing_else() -> None:
    w = name("w")
    for text in ("(3*x + 5)/(x^2 - 1)", "x/((x - a)*(x^2 + b))", "1/(x^3 - a^3)"):
        here, there = function_of(text), not_none(rational_function(substitute(parse(text), "x", w), w))
        assert [substitute(each, "x", w) for each in fractions(here, X)] == fractions(there, w)


def fractions(function: RationalFunction, variable: Expression) -> list[Expression]:
    return [piece_of(function._replace(factors={part.factor: part.power}), part.numerator, variable).fraction
            for part in apart(function) if part.numerator]


_LINEAR = st.tuples(st.integers(-4, 4), st.integers(1, 3))
_QUADRATIC = st.sampled_from([(1, 0, 1), (4, 0, 1), (1, 1, 1), (5, 2, 1), (3, 0, 2), (-2, 0, 1)])
_FACTORS = st.lists(st.tuples(st.one_of(_LINEAR, _QUADRATIC), st.integers(1, 2)), min_size=1, max_size=3)
_NUMERATOR = st.lists(st.integers(-5, 5), min_size=1, max_size=3)


def fraction_of(factors: list[tuple[tuple[int, ...], int]], numerator: list[int]) -> Expression | None:
    below: dict[Polynomial, int] = {}
    for factor, often in factors:
        below[trimmed([Fraction(each) for each in factor])] = often
    above = trimmed([Fraction(each) for each in numerator])
    if not above or len(above) >= len(product_of(below)):
        return None
    return written_fraction(function_of("x")._replace(numerator=above, factors=below), X)


@given(_FACTORS, _NUMERATOR)
def test_the_parts_add_up_to_the_fraction(factors: list[tuple[tuple[int, ...], int]], numerator: list[int]) -> None:
    body = fraction_of(factors, numerator)
    function = None if body is None else rational_function(body, X)
    if function is None or not function.factors:
        return
    total: Polynomial = ()
    for part in apart(function):
        assert len(part.numerator) < len(part.factor)
        rest = {each: often - (part.power if each == part.factor else 0) for each, often in function.factors.items()}
        total = plus(total, times(part.numerator, product_of(rest)))
    assert total == function.numerator


@given(_FACTORS, _NUMERATOR)
def test_every_line_is_an_identity(factors: list[tuple[tuple[int, ...], int]], numerator: list[int]) -> None:
    body = fraction_of(factors, numerator)
    function = None if body is None else rational_function(body, X)
    if body is None or function is None or not function.factors:
        return
    proposal = not_none(taken_apart(integrand_of(str(body)), function, None))
    oracle = Oracle()
    for line in proposal.working:
        left, right = line.filled_in.args
        assert oracle.compare(left, right).outcome == "checked"
        told = [shown for shown in line.slots.values() if shown.head == "relation"]
        letters = dict(pair for each in proposal.working for pair in each.values.items())
        for equation in told:
            sides = [filled(side, letters) for side in equation.args]
            assert oracle.compare(sides[0], sides[1]).outcome == "checked"


def filled(side: Expression, letters: dict[Expression, Expression]) -> Expression:
    for letter in set(postorder([side])) & letters.keys():
        side = substitute(side, letter.value, letters[letter])
    return side
