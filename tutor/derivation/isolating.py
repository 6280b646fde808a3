"""An equation of rates solved for one of them: multiplied out, sorted, divided.

    found = isolated(equation, rate, sides, differentiated, tidy)
    found.moved, found.value            # 2*y*dy/dx = -2*x, and -x/y
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tutor.algebra.decide import Tidy
from tutor.derivation.derivation import Derivation
from tutor.errors import TutorError
from tutor.expression.relations import related
from tutor.expression.tree import (
    ONE,
    ZERO,
    Expression,
    add,
    divide,
    multiply,
    negate,
    postorder,
    rebuilt,
    replace,
)


class Isolated(NamedTuple):
    """A rate found from an equation. sides: how both sides were differentiated; differentiated: the equation of their
    rates; opened: the same with its brackets multiplied out where the rate stands in one, and its terms swapped so that
    the rate is on the left; moved: with all other terms on the right; gathered: with one factor in front of the rate;
    factor: that factor; divided: what the rate is, and value: the same in tidy form."""

    equation: Expression
    rate: Expression
    sides: tuple[Derivation, Derivation]
    differentiated: Expression
    opened: Expression
    moved: Expression
    gathered: Expression
    factor: Expression
    divided: Expression
    value: Expression


def isolated(equation: Expression, rate: Expression, sides: tuple[Derivation, Derivation], differentiated: Expression,
             tidy: Tidy) -> Isolated:
    """The equation of the rates solved for one of them. Raises TutorError if that one drops out."""
    first, second = differentiated.args
    if not has_rate(first, rate):
        first, second = second, first
    first, second = _opened(first, rate, tidy), _opened(second, rate, tidy)
    with_rate = [term for term in terms(first) if has_rate(term, rate)]
    with_rate += [negate(term) for term in terms(second) if has_rate(term, rate)]
    others = [term for term in terms(second) if not has_rate(term, rate)]
    others += [negate(term) for term in terms(first) if not has_rate(term, rate)]
    moved = related(add(*map(_without_two_signs, with_rate)), "=", rates_last(tidy(add(*others))))
    factor = tidy(add(*[part for term in with_rate if (part := _coefficient(term, rate)) is not None]))
    if factor is ZERO:
        raise TutorError(f"{rate} drops out of {differentiated}, so the equation does not say what it is.")
    gathered = related(_times(factor, rate), "=", moved.args[1])
    divided = gathered.args[1] if factor is ONE else divide(gathered.args[1], factor)
    opened = related(first, "=", second)
    return Isolated(equation, rate, sides, differentiated, opened, moved, gathered, factor, divided,
                    rates_last(tidy(divided)))


def _opened(side: Expression, rate: Expression, tidy: Tidy) -> Expression:
    """A side of an equation where the rate stands in no bracket: 2(x + y)(1 + dy/dx) is multiplied out."""
    return add(*[inner for term in terms(side) for inner in _opened_term(term, rate, tidy)])


def _opened_term(term: Expression, rate: Expression, tidy: Tidy) -> Sequence[Expression]:
    if not has_rate(term, rate) or _coefficient(term, rate) is not None:
        return (term,)
    without = tidy(replace(term, {rate: ZERO}))
    factor = tidy(add(replace(term, {rate: ONE}), negate(without)))
    product = _times(factor, rate)
    return (product,) if without is ZERO else (product, *terms(without))


def terms(side: Expression) -> tuple[Expression, ...]:
    return side.args if side.head == "sum" else () if side is ZERO else (side,)


def has_rate(expression: Expression, rate: Expression) -> bool:
    return any(part is rate for part in postorder([expression]))


def _coefficient(term: Expression, rate: Expression) -> Expression | None:
    """What a rate is multiplied by in a term that is a product with it; None for any other term."""
    if term is rate:
        return ONE
    if term.head == "negation":
        inner = _coefficient(term.args[0], rate)
        return None if inner is None else negate(inner)
    if term.head == "quotient" and not has_rate(term.args[1], rate):
        inner = _coefficient(term.args[0], rate)
        return None if inner is None else divide(inner, term.args[1])
    if term.head == "product" and term.args.count(rate) == 1:
        rest = [factor for factor in term.args if factor is not rate]
        return None if any(has_rate(factor, rate) for factor in rest) else multiply(*rest)
    return None


def _times(factor: Expression, rate: Expression) -> Expression:
    """A factor times a rate, as a person writes it."""
    if factor is ONE:
        return rate
    if factor.head == "negation":
        return negate(_times(factor.args[0], rate))
    return multiply(*(factor.args if factor.head == "product" else (factor,)), rate)


def _without_two_signs(term: Expression) -> Expression:
    """The term a for -(-a)."""
    return term.args[0].args[0] if term.head == "negation" and term.args[0].head == "negation" else term


def rates_last(expression: Expression) -> Expression:
    """An expression in whose products the rates stand at the end: 2y·dy/dx."""
    made: dict[Expression, Expression] = {}
    for part in postorder([expression]):
        args = tuple([made[arg] for arg in part.args])
        if part.head == "product":
            args = (*[arg for arg in args if arg.head != "rate"], *[arg for arg in args if arg.head == "rate"])
        made[part] = rebuilt(part, args)
    return made[expression]
