"""What is proved of gradient descent on a quadratic loss, in sentences.

    theorem(loss, descent, rate, momentum, quadratic(loss))
    # The slope is 2x - 6, so every step multiplies the distance to 3 by 1 - rate*2 = -0.8: each step lands ...

A step takes x to x - rate*slope, and the slope is the eigenvalue times the distance to the point where it is 0. So the
distance is multiplied by 1 - rate*eigenvalue, along every eigenvector of the matrix of second derivatives.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import floor, log10

from tutor.derivation.descent import Descent
from tutor.derivation.descent_problem import Amount, Loss, is_exact
from tutor.derivation.quadratic_loss import Quadratic, compared
from tutor.expression.text import Text
from tutor.expression.tree import Expression, multiply, name, negate, number, power
from tutor.oracle.digits import exactly, in_tree
from tutor.oracle.polynomial import IsolatingInterval
from tutor.oracle.program import Number
from tutor.telling.document import joined, plain

_DIGITS = 4

_MOST_LISTED = 4
"""Eigenvalues and coordinates up to which all of them are told."""

_TOO_LONG = 10**8
"""The numerator or denominator from which on a fraction is rounded."""


def theorem(loss: Loss, descent: Descent, rate: Amount, momentum: Amount, known: Quadratic | None) -> list[Text]:
    """What is proved of where it goes; nothing where nothing is."""
    start = descent.rows[0] if descent.rows else None
    if start is None or start.slopes is None or (known is None and not is_exact(start.slopes)):
        return []
    if not any(start.slopes):
        return [plain("The slope is 0 at the start, so nothing moves." if len(loss.letters) == 1 else
                      "All slopes are 0 at the start, so nothing moves.")]
    if known is None:
        return []
    if momentum.number:
        return list(_with_momentum(rate, momentum, known))
    if known.is_diagonal:
        return [*_for_each_letter(loss, start.slopes, rate, known), *_limit(known, "come closer" if len(
            loss.letters) == 1 else "converge")]
    return [*_along_eigenvectors(rate, known), *_limit(known, "converge")]


def short_theorem(descent: Descent, rate: Amount, momentum: Amount, known: Quadratic | None) -> Text | None:
    """The same in a few words; None where nothing is proved."""
    start = descent.rows[0] if descent.rows else None
    if known is None or momentum.number or start is None or start.slopes is None:
        return None
    if not any(start.slopes):
        return plain("stays at the start")
    one = len(known.hessian) == 1
    factor = Text.of(", factor ", _factor(known.eigenvalues[0], rate)) if one else plain("")
    if known.eigenvalues[0].lower < 0:
        return Text.of("moves away", factor) if one else plain("moves away, from nearly every start")
    if known.eigenvalues[0].upper == 0:
        return plain("moves on by the same change") if one else None
    beside = compared(known.eigenvalues[-1], rate, 2)
    if beside is None or (not one and (beside == 0 or not known.is_bowl)):
        return None
    if one:
        side = compared(known.eigenvalues[0], rate, 1)
        if side is None:
            return None
        return Text.of(_SHORTLY[side, beside], factor)
    return plain("comes closer" if beside < 0 else "grows, from nearly every start")


_SHORTLY = {(-1, -1): "comes closer", (0, -1): "lands on the lowest point", (1, -1): "comes closer from both sides",
            (1, 0): "jumps between two points", (1, 1): "moves further away"}

_CLAUSES = {(-1, -1): "each step comes closer, on the same side", (0, -1): "the first step lands on it",
            (1, -1): "each step lands on the other side, closer",
            (1, 0): "each step lands on the other side, just as far away, so it jumps between two points for ever",
            (1, 1): "each step lands on the other side, further away"}
"""How rate*eigenvalue compares with 1 and with 2 -> what each step does."""


def _for_each_letter(loss: Loss, slopes: tuple[Number, ...], rate: Amount, known: Quadratic) -> Iterator[Text]:
    """A sentence for each letter, where each moves for itself."""
    for index, letter in enumerate(loss.letters):
        one = len(loss.letters) == 1
        begin = Text.of("The slope is ", loss.slopes[index].result, ", so every step ") if one else (
            Text.of("For ", name(letter), ", every step "))
        entry = known.hessian[index][index]
        eigenvalue = IsolatingInterval(entry, entry)
        if not slopes[index]:
            yield Text.of(name(letter), " stays where it starts, because its slope is 0 there.")
            continue
        if not entry:
            yield Text.of(begin, "changes ", name(letter), " by ", _number(-rate.number * slopes[index]),
                          ", for ever: the slope is the same everywhere.")
            continue
        flat = None if known.flat is None else known.flat[index]
        lowest = "lowest" if entry > 0 else "highest"
        place = plain(f"the {lowest} point") if flat is None else Text.of(_number(flat))
        whose = plain("") if one else Text.of("of ", name(letter), " ")
        said = Text.of(begin, "multiplies the distance ", whose, "to ", place, " by ", _factor_shown(eigenvalue, rate),
                       ": ")
        if entry < 0:
            yield Text.of(said, "it moves away. There the loss is highest, not lowest, and no rate comes closer.")
            continue
        side, beside = compared(eigenvalue, rate, 1), compared(eigenvalue, rate, 2)
        if side is None or beside is None:
            yield Text.of(said, "whether that is closer could not be decided.")
        else:
            yield Text.of(said, _CLAUSES[side, beside], ".")


def _along_eigenvectors(rate: Amount, known: Quadratic) -> Iterator[Text]:
    """What happens along the eigenvectors of the matrix of second derivatives."""
    count = len(known.eigenvalues)
    told = known.eigenvalues if count <= _MOST_LISTED else (known.eigenvalues[0], known.eigenvalues[-1])
    between = " to " if len(told) < count else " and " if count == 2 else ", "
    before = f"{count} different eigenvalues, from " if len(told) < count else "the eigenvalues " if count > 1 else (
        "the eigenvalue ")
    matrix = joined([Text.of(_eigenvalue(each)) for each in told],
                    f"The matrix of the second derivatives has {before}", between)
    if known.has_flat is False:
        yield Text.of(matrix, ". There is no point where all slopes are 0, so it never comes to rest.")
        return
    place = plain("the point where all slopes are 0") if (
        known.flat is None or None in known.flat or len(known.flat) > _MOST_LISTED) else joined(
        [Text.of(_number(each)) for each in known.flat if each is not None], "(", after=")")
    factors = joined([_factor_shown(each, rate) for each in told], "numbers from " if len(told) < count else "",
                     between)
    yield Text.of(matrix, ", so every step multiplies the distance to ", place, ", along ",
                  "their directions" if count > 1 else "its direction", ", by ", factors, ".")
    smallest, largest = known.eigenvalues[0], known.eigenvalues[-1]
    beside = compared(largest, rate, 2)
    if smallest.lower < 0:
        yield plain("An eigenvalue is negative: in its direction the loss falls without end, and it moves away from "
                    "nearly every start.")
    elif beside is None:
        yield plain("Whether it converges could not be decided.")
    elif beside < 0:
        yield plain("All of these are between −1 and 1, so it converges." if smallest.lower > 0 else
                    "Those that are not 1 are between −1 and 1, so it converges; where the factor is 1 the loss is "
                    "flat and nothing changes.")
    elif beside == 0:
        yield plain("With the factor −1 it ends up jumping between two points, unless it starts without a part in that "
                    "direction.")
    else:
        yield plain("A factor is below −1, so it grows, unless it starts without a part in that direction.")


def _limit(known: Quadratic, what: str) -> Iterator[Text]:
    """Which rates converge from every start."""
    if not (known.is_bowl or (known.has_flat and known.eigenvalues[0].lower >= 0)) or known.eigenvalues[-1].upper <= 0:
        return
    if known.limit is not None:
        yield Text.of("Rates below ", _number(known.limit), f" {what}.")
    else:
        yield Text.of("Rates below 2/", _eigenvalue(known.eigenvalues[-1]), ", about ",
                      rounded(float(2 / known.eigenvalues[-1].upper)), f", {what}.")


def _with_momentum(rate: Amount, momentum: Amount, known: Quadratic) -> Iterator[Text]:
    """The rates that converge with momentum on a loss that rises in every direction."""
    if not known.is_bowl or known.limit is None or not isinstance(momentum.number, Fraction):
        return
    limit = known.limit * (1 + momentum.number)
    text = Text.of("The loss is quadratic, so with this momentum rates below ", _number(limit), " converge: that is ",
                   "2·(1 + momentum)/", _number(2 / known.limit))
    if not isinstance(rate.number, Fraction):
        yield Text.of(text, ".")
    elif rate.number < limit:
        yield Text.of(text, ". This rate is one of them.")
    else:
        yield Text.of(text, ". This rate is not below it: from nearly every start it does not converge.")


# -- numbers -------------------------------------------------------------------------------------------------------


def _number(value: Number) -> Expression:
    """A number exactly if it is short, else rounded."""
    if not isinstance(value, Fraction) or max(abs(value.numerator), value.denominator) > _TOO_LONG:
        return rounded(float(value))
    return exactly(value)


def rounded(value: float) -> Expression:
    """A number with four digits, or as a whole number if it is larger; with a power of 10 if it is very large."""
    if abs(value) < _VERY_LARGE:
        return in_tree(value, _DIGITS)
    sign, size = (negate, -value) if value < 0 else (lambda positive: positive, value)
    exponent = floor(log10(size))
    mantissa = number(Fraction(f"{size / 10.0**exponent:.{_DIGITS}g}"))
    return sign(multiply(mantissa, power(number(10), number(exponent))))


_VERY_LARGE = 10**6




def _eigenvalue(eigenvalue: IsolatingInterval) -> Expression:
    exact = eigenvalue.lower == eigenvalue.upper
    return _number(eigenvalue.lower if exact else float(eigenvalue.lower))


def _factor(eigenvalue: IsolatingInterval, rate: Amount) -> Expression:
    if isinstance(rate.number, Fraction) and eigenvalue.lower == eigenvalue.upper:
        return _number(1 - rate.number * eigenvalue.lower)
    return _number(1 - float(rate.number) * float(eigenvalue.lower))


def _factor_shown(eigenvalue: IsolatingInterval, rate: Amount) -> Text:
    """1 - rate*2 = -0.8"""
    value = Text.of(_eigenvalue(eigenvalue))
    bracketed = value if eigenvalue.lower >= 0 else Text.of("(", value, ")")
    return Text.of("1 − rate·", bracketed, " = ", _factor(eigenvalue, rate))
