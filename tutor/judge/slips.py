"""Small errors that no wrong rule explains: a sign, a missing term, a factor, a constant, an exponent off by one.

    find_slip(parse("2*x*sin(x)"), parse("-2*x*sin(x)"), oracle, tidy, signs_and_terms).kind      # "sign"
    find_slip(parse("x^2 + x"), parse("x^2 + C"), oracle, tidy, signs_and_terms, name("x")).kind  # "term"

Slips are found by value and accepted only if the oracle agrees, so the form of the answer does not matter.
Antiderivatives are compared by their derivatives, so the constant of integration does not matter either.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

from tutor.algebra.decide import Tidy
from tutor.expression.tree import (
    ZERO,
    Expression,
    add,
    derivative,
    multiply,
    negate,
    node,
    postorder,
    power,
    rational,
    replace,
)
from tutor.judge.diagnosis import Slip, Text
from tutor.oracle.closer import agree
from tutor.oracle.screen import Screen
from tutor.oracle.verdict import Oracle
from tutor.rules.conditions import rational_value

_LARGEST = 1000
"""Largest numerator and denominator of a factor or a constant that counts as a slip."""


Compared = Callable[[Expression], Expression]
"""What is compared of an expression: itself, or its derivative where antiderivatives are compared."""

Kinds = Callable[[Expression, Screen, Compared], Iterator[tuple[Slip, Expression]]]
"""Slips of some kinds that may explain an answer, each with the whole answer that it leads to, larger parts first."""


def find_slip(expected: Expression, answer: Expression, oracle: Oracle, tidy: Tidy, kinds: Kinds,
              variable: Expression | None = None) -> Slip | None:
    """The one small error that makes `answer` out of `expected`, or None.

    expected: the right result; tidy: how a changed result is written; kinds: `signs_and_terms` or `other_slips`;
    variable: that of the integral, if both are antiderivatives, which are compared up to a constant. The answer is
    known to be wrong.
    """
    def compared(expression: Expression) -> Expression:
        return expression if variable is None else derivative(expression, variable)

    screen = Screen(compared(answer), compared(expected), oracle)
    if not screen.places:
        return None
    for slip, made in kinds(expected, screen, compared):
        if screen.may_equal(compared(made)) and agree(oracle, compared(tidy(made)), compared(tidy(answer))):
            yours = tidy(slip.yours)
            sentence = Text(slip.sentence.template, {**slip.sentence.slots, "yours": yours})
            return Slip(slip.kind, yours, slip.expected, sentence)
    return None


def signs_and_terms(expected: Expression, screen: Screen, compared: Compared) -> Iterator[tuple[Slip, Expression]]:
    """The whole, or one term of any sum in it, with the other sign; one term of the whole missing."""
    yield _sign(expected), negate(expected)
    for place in _places(expected):
        for number, term in enumerate(place.args if place.head == "sum" else ()):
            turned = node("sum", (*place.args[:number], negate(term), *place.args[number + 1:]))
            yield _sign(term), replace(expected, {place: turned})
    for number, term in enumerate(expected.args if expected.head == "sum" else ()):
        sentence = Text("A term is missing.", {})
        yield Slip("term", ZERO, term, sentence), add(*expected.args[:number], *expected.args[number + 1:])


def other_slips(expected: Expression, screen: Screen, compared: Compared) -> Iterator[tuple[Slip, Expression]]:
    """A factor, a constant, an exponent that is off by one."""
    yield from _factors(expected, screen, compared)
    if compared(expected) is expected:
        yield from _constants(expected, screen)
    for place in _places(expected):
        exponent = rational_value(place.args[1]) if place.head == "power" else None
        for near in (exponent + 1, exponent - 1) if exponent is not None else ():
            made = power(place.args[0], rational(near))
            sentence = Text("One exponent of {base} is off by one.", {"base": place.args[0]})
            yield Slip("exponent", made, place, sentence), replace(expected, {place: made})


def _places(expected: Expression) -> list[Expression]:
    """The parts of a result, the outer ones first."""
    return list(reversed(list(postorder([expected]))))


def _sign(term: Expression) -> Slip:
    return Slip("sign", negate(term), term, Text("Look at the sign of {yours}.", {}))


def _factors(expected: Expression, screen: Screen, compared: Compared) -> Iterator[tuple[Slip, Expression]]:
    """The whole, or one term of it, times a number. Numbers are left out: any number is a multiple of any other."""
    for part in (expected, *(expected.args if expected.head == "sum" else ())):
        if not part.free:
            continue
        others = [term for term in expected.args if term is not part] if part is not expected else []
        rest = add(*others)
        values = zip(screen.targets, screen.values(compared(part)), screen.values(compared(rest)), strict=True)
        factor = _rational([(target - (other or 0)) / own for target, own, other in values if own])
        if factor is None or factor in (0, 1):
            continue
        yours = multiply(rational(factor), part)
        sentence = Text("Look at the number in front: {yours} is {factor} times what it should be.",
                        {"factor": rational(factor)})
        yield Slip("factor", yours, part, sentence), add(*others, yours)


def _constants(expected: Expression, screen: Screen) -> Iterator[tuple[Slip, Expression]]:
    """The whole plus a number, unless the whole is itself a number."""
    if not expected.free:
        return
    pairs = zip(screen.targets, screen.values(expected), strict=True)
    gaps = [target - own for target, own in pairs if own is not None]
    gap = _rational(gaps)
    if gap is not None and gap != 0:
        constant = rational(gap)
        side = "large" if gap > 0 else "small"
        sentence = Text(f"Your answer is {{gap}} too {side} everywhere.", {"gap": rational(abs(gap))})
        yield Slip("constant", constant, rational(0), sentence), add(expected, constant)


def _rational(values: list[complex]) -> Fraction | None:
    """The one simple fraction that all these values are, or None."""
    if len(values) < 2 or any(abs(value.imag) > 1e-9 * abs(value) or abs(value) > _LARGEST for value in values):
        return None
    found = Fraction(values[0].real).limit_denominator(_LARGEST)
    near = all(abs(value - float(found)) <= 1e-8 * max(1.0, abs(value)) for value in values)
    return found if near and abs(found.numerator) <= _LARGEST else None

