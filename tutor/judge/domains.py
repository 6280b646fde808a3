"""Where only one of two expressions has a real value, and where two that are equal differ after all.

    domain_gap(parse("ln(x^2)"), parse("2 ln x"), Oracle()).written()
    # "Where x = -1, ln(x^2) has a value and 2*ln(x) has none."
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import islice, product

from tutor.expression.exponents import odd_root
from tutor.expression.known_functions import FUNCTIONS, Function, Interval
from tutor.expression.text import Text
from tutor.expression.tree import PARTLY_REAL, ZERO, E, Expression, call, decimal, name, node, postorder
from tutor.judge.counterexample import round_places
from tutor.oracle.apart import has_real_value, relative
from tutor.oracle.closer import look_closer
from tutor.oracle.evaluate import value_of
from tutor.oracle.existence import gap, is_left_alone, sure_value
from tutor.oracle.numbers import COMPLEX, REAL
from tutor.oracle.pieces import TooManyPlaces, breaks, cut, kinks, places_between, sites_of
from tutor.oracle.points import Point
from tutor.oracle.table import Undefined
from tutor.oracle.verdict import Oracle
from tutor.rules.conditions import is_integer

DOMAIN_POINTS = 12
"""Points of the list at which the domains of both sides are compared; the extreme ones come after."""

NOTHING = Text("", {})

SUSPICIOUS = 1e-9
"""A part with values as small as this at several points may be 0 everywhere, except for rounding."""

ENOUGH_SMALL = 4
"""How many such points are enough."""


def hidden_zero(left: Expression, right: Expression, oracle: Oracle, real: bool) -> Text:
    """A reason that names a divisor or the like that is 0 everywhere; an empty one if there is none.

    Rounding keeps sin(x)^2 + cos(x)^2 - 1 and cos(pi/2) from being exactly 0, so that their quotients seem to have
    values, and sign and step of them seem to be 1.
    """
    for part in postorder((left, right)):
        suspect = _suspect(part)
        if suspect is None or suspect.head in ("number", "name", "constant"):
            continue
        values = (value_at(place, suspect, real) for place in oracle.points()[:DOMAIN_POINTS])
        sizes = [abs(value) for value in islice((value for value in values if value is not None), ENOUGH_SMALL)]
        if sizes and max(sizes) < SUSPICIOUS and look_closer(oracle, suspect, ZERO, real).outcome == "checked":
            outcome = "jumps" if part.head in FUNCTIONS and FUNCTIONS[part.head].jumps else "has no value"
            return Text(f"{{zero}} is 0 everywhere, and there {{part}} {outcome}", {"zero": suspect, "part": part})
    return NOTHING


def _suspect(part: Expression) -> Expression | None:
    """What a node divides by or takes the logarithm or sign of, if it does."""
    if part.head == "quotient":
        return part.args[1]
    if part.head == "power":
        return part.args[0] if part.args[1].head == "negation" else None
    function = FUNCTIONS.get(part.head)
    if function is not None and function.poles_at_zeros_of:
        return call(function.poles_at_zeros_of, part.args[0])
    return part.args[0] if part.head in _NOT_AT_ZERO else None


def _breaks_at_zero(function: Function) -> bool:
    """Whether a function jumps at 0, or has no value there though it has some beside it or on both sides."""
    whole = Interval(function.domain[0].low, function.domain[-1].high, True, True)
    return "0" in function.jumps or (whole.has_zero and not any(part.has_zero for part in function.domain))


_NOT_AT_ZERO = frozenset(name for name, function in FUNCTIONS.items() if _breaks_at_zero(function))


def value_at(place: Point, expression: Expression, real: bool = True) -> complex | None:
    try:
        return complex(value_of(place.table(REAL if real else COMPLEX), expression))
    except (Undefined, OverflowError):
        return None


def gap_of_either(left: Expression, right: Expression, oracle: Oracle) -> Text:
    """Where only one side has a real value, as a sentence; empty if there is no such place."""
    if left is right:
        return NOTHING
    missing = domain_gap(left, right, oracle)
    return missing if missing.template else domain_gap(right, left, oracle)


def where_they_differ(left: Expression, right: Expression, oracle: Oracle) -> Text:
    """A sentence on a place where two sides that count as equal differ; empty if there is none."""
    if left is right:
        return NOTHING
    below = _below_zero(left, right, oracle)
    return below if below.template else _on_a_jump(left, right, oracle)


_HAS_VALUE_AT_JUMP = frozenset(name for name, function in FUNCTIONS.items()
                               if function.jumps and any(part.has_zero for part in function.domain))


def _on_a_jump(left: Expression, right: Expression, oracle: Oracle) -> Text:
    """Where both sides have values and differ though they agree all round, as a sentence; empty if nowhere.

    sign(x)^2 is 1, except at x = 0, where it is 0. Looked for where arguments are 0 exactly.
    """
    if not any(part.head in _HAS_VALUE_AT_JUMP for part in postorder((left, right))) or (
            is_left_alone(left) or is_left_alone(right)):
        return NOTHING
    try:
        sites = sites_of((left, right), kinks)
    except TooManyPlaces:
        return NOTHING
    point, free = oracle.points()[0], left.free | right.free
    for letter in sorted(free)[:MOST_JUMPING_LETTERS]:
        others = {text: Fraction(point.number_of(text).real) for text in free if text != letter}
        found = cut([site.argument for site in sites], letter, others, search=False).breaks
        for number in dict.fromkeys((Fraction(0), *[each.lower for each in found if each.lower == each.upper])):
            values = [sure_value(side, {**others, letter: number}.get) for side in (left, right)]
            if values[0] is not None and values[1] is not None and gap(*values) > 0:
                where = place_as_text({text: float({**others, letter: number}[text]) for text in sorted(free)})
                one, other = [_short(float(value)) for value in values]
                return Text(f"But where {where.template}, the first is {{one}} and the second is {{other}}.",
                            {**where.slots, "one": one, "other": other})
    return NOTHING


MOST_JUMPING_LETTERS = 3
"""Letters along whose lines jumps are looked for."""


def domain_gap(wide: Expression, narrow: Expression, oracle: Oracle) -> Text:
    """Where `wide` has a real value and `narrow` has none, as a sentence; empty if no such point is plain to see."""
    place, part = next(gaps(wide, narrow, oracle), (None, narrow))
    if place is None:
        return NOTHING
    where = place_as_text(place.place(wide.free | part.free))
    lead = f"Where {where.template}, " if where.template else ""
    return Text(lead + "{wide} has a value and {narrow} has none.", {"wide": wide, "narrow": narrow, **where.slots})


def place_as_text(place: Mapping[str, float | complex], between: str = ", ") -> Text:
    """Where a point is, as in x = -1.327, y = 0.7207: relations with `between` them."""
    slots = {f"at{number}": node("relation", (name(letter), _short(value)), "=")
             for number, (letter, value) in enumerate(place.items())}
    return Text(between.join(f"{{{slot}}}" for slot in slots), slots)


def _short(value: float | complex) -> Expression:
    """A real value with six digits."""
    return decimal(float(f"{complex(value).real:.6g}"))


def gaps(wide: Expression, narrow: Expression, oracle: Oracle) -> Iterator[tuple[Point, Expression]]:
    """Points where `wide` has a real value and `narrow` plainly has none, with the part that has none.

    Round numbers, points of the list, far ones, and some in every piece between the ends of the domains.
    """
    partly_real = {part for part in postorder([narrow]) if _may_be_imaginary(part)}
    if partly_real <= set(postorder([wide])):
        return  # wherever `wide` has a value, all of its parts have one
    try:
        between = places_between(narrow, narrow, breaks, oracle.points(), search=False).places
    except TooManyPlaces:
        between = []
    listed = *oracle.points()[:DOMAIN_POINTS], *oracle.points(extremes=True)
    for place in (*round_places(wide.free | narrow.free, oracle), *listed, *between):
        part = _not_real(place, narrow) if value_at(place, wide) is not None else None
        if part is not None:
            yield place, part


_EXPONENTS = (Fraction(2), Fraction(1, 2), Fraction(3), Fraction(-1))


def _below_zero(left: Expression, right: Expression, oracle: Oracle) -> Text:
    """Where two powers with letters in their exponents differ, as a sentence; an empty one if they do not.

    a^b with any b is a power of a positive a; but (a^2)^(1/2) is |a|, and a^(2·1/2) is a.
    """
    powers = [part for part in postorder((left, right)) if part.head == "power" and part.args[1].free]
    exponents = sorted({letter for part in powers for letter in part.args[1].free})[:MOST_EXPONENT_LETTERS]
    bases = sorted({letter for part in powers for letter in part.args[0].free} - set(exponents))
    if not exponents or not bases:
        return NOTHING
    for values in product(_EXPONENTS, repeat=len(exponents)):
        place = oracle.points()[0]
        for letter, number in (*dict.fromkeys(bases, Fraction(-2)).items(), *zip(exponents, values, strict=True)):
            place = place.moved(letter, number)
        one, other = value_at(place, left), value_at(place, right)
        if one is not None and other is not None and relative(one, other) > SUSPICIOUS:
            where = place_as_text(place.place({*bases, *exponents}))
            positive = {f"base{number}": node("relation", (name(letter), ZERO), ">")
                        for number, letter in enumerate(bases)}
            return Text(
                f"This holds where {' and '.join(f'{{{slot}}}' for slot in positive)}, but where {where.template}, "
                "{left} is {one} and {right} is {other}.",
                {"left": left, "right": right, "one": _short(one), "other": _short(other), **positive, **where.slots})
    return NOTHING


MOST_EXPONENT_LETTERS = 3
"""Letters in exponents for which whole numbers and halves are tried."""


def _not_real(place: Point, expression: Expression) -> Expression | None:
    """The part because of which the expression has no real value at the point; None if there is no plain one.

    Overflow is no reason, nor rounding: sqrt(sin(x)^2 + cos(x)^2 - 1) may be the root of -1e-17, and tanh(100) is less
    than 1, though no double shows it.
    """
    if value_at(place, expression) is not None:
        return None
    values = place.table(REAL).values
    for part in postorder([expression]):
        if _may_be_imaginary(part) and isinstance(values.get(part), Undefined) and all(
                value_at(place, arg) is not None for arg in part.args):
            value = value_at(place, part, real=False)
            plain_to_see = value is not None and abs(value.imag) > 1e-6 * max(abs(value), 1)
            return part if plain_to_see and not has_real_value(place, part) else None
    return None


def _may_be_imaginary(part: Expression) -> bool:
    """Whether the head of a node has no real value for some real arguments."""
    if part.head == "power":
        return part.args[0] is not E and not is_integer(part.args[1]) and odd_root(part.args[1]) is None
    return part.head in PARTLY_REAL
