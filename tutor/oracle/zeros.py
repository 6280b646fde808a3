"""Where an expression may be 0 or have a pole along the line of one letter, exactly where that can be had.

    zeros_of(parse("x^2 - 2"), "x", {}, near=Fraction(0))           # two intervals, round -1.414... and 1.414...
    zeros_of(parse("3*e^(2*x) - 6"), "x", {}, near=Fraction(0))     # one, round ln(2)/2
    zeros_of(parse("sin(x) + x"), "x", {}, near=Fraction(0))        # None: it has to be searched

For a quotient of polynomials the roots of both are found. For one in e^(ax + b), ln(ax + b) or another function that
takes no value twice, the values of that function are found first, and x from them by its inverse.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from tutor.expression.tree import E, Expression, name, postorder, replace
from tutor.oracle.evaluate import value_of
from tutor.oracle.functions import KNOWN
from tutor.oracle.numbers import precise
from tutor.oracle.polynomial import IsolatingInterval
from tutor.oracle.ratio import DIGITS, Ratios, exact
from tutor.oracle.table import Undefined, lowest_table

_VALUE = name("t_{of}")  # a name that nobody types
_INVERSE: dict[str, Expression] = {
    function: known.inverse(_VALUE) for function, known in KNOWN.items() if known.inverse is not None}


def zeros_of(argument: Expression, letter: str, others: Mapping[str, Fraction], near: Fraction,
             ratios: Ratios | None = None) -> list[IsolatingInterval] | None:
    """The places, each in an interval of its own; None where they cannot be found exactly.

    others: the values of all other names; near: where the kinks in the argument are resolved; ratios: what is known of
    other arguments along the same line.
    """
    ratios = ratios or Ratios(letter, others)
    ratio = ratios.of(argument, near)
    if ratio is not None:
        return ratios.zeros(ratio)
    inner = [part for part in postorder([argument]) if letter in part.free and _function(part) in _INVERSE]
    if len(inner) != 1:
        return None
    outside = replace(argument, {inner[0]: _VALUE})
    in_values = Ratios(_VALUE.value, others)
    ratio, inside = in_values.of(outside, near), ratios.of(inner[0].args[-1], near)
    if letter in outside.free or ratio is None or inside is None or len(inside.below) != 1 or len(inside.above) != 2:
        return None
    shift, slope = inside.above[0] / inside.below[0], inside.above[1] / inside.below[0]
    found = [Fraction(0), *_inverses(_function(inner[0]), in_values.zeros(ratio))]  # at 0 it may begin
    return [IsolatingInterval(place, place) for place in sorted({(value - shift) / slope for value in found})]


def _function(part: Expression) -> str:
    """The function that a node applies: of e^u the exponential one."""
    return "exp" if part.head == "power" and part.args[0] is E else part.head


def _inverses(function: str, values: list[IsolatingInterval]) -> list[Fraction]:
    """What has to stand inside the function for it to take these values."""
    found = []
    for value in values:
        table = lowest_table(precise(DIGITS, real=True), {_VALUE.value: (value.lower + value.upper) / 2}.get)
        try:
            found.append(exact(value_of(table, _INVERSE[function])))
        except Undefined:
            continue  # the function does not take this value
    return found
