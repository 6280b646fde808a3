"""Second derivatives from an equation, such as d^2y/dx^2 where x^2 + y^2 = 25.

    found = tutor.explain("x^2 + y^2 = 25; d^2y/dx^2")
    found.formula, found.result             # -x/y, and -25/y^3

The first derivative is differentiated once more, then what was found for it is put in. Where the result is a quotient
of polynomials, it is shortened by the equation itself: on the circle, x^2 + y^2 is 25. That step is true only on the
curve, so numbers check it at points of the curve.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace as replace_fields
from fractions import Fraction
from functools import cached_property
from itertools import chain, islice

from tutor.algebra.multivariate import (
    UNIT,
    Product,
    Sum,
    TooLarge,
    exact_quotient,
    order,
    plus,
    times,
)
from tutor.algebra.terms import reduced
from tutor.derivation.implicit import ImplicitRate
from tutor.derivation.rate_problem import RateAsked, second_rate, second_rate_problem
from tutor.derivation.step import Block, Step
from tutor.expression.notes import Note
from tutor.expression.relations import related
from tutor.expression.tree import (
    Expression,
    add,
    derivative,
    multiply,
    name,
    negate,
    postorder,
    replace,
)
from tutor.integration.ratios import Ratio, over, ratio_of, written
from tutor.oracle.curve_points import points_where
from tutor.oracle.verdict import Check
from tutor.rules.rulebook import rulebook

_POINTS, _FEWEST = 6, 3
"""Points of the curve at which a step is compared that is true only there, and how many have to be found."""

_CLOSE = 1e-7

_MOST_REPLACED = 40
"""Terms that are replaced, one after the other, before a numerator is left as it is."""


class SecondRate(ImplicitRate):
    """How a second derivative was found from an equation.

    second: the derivative that is asked for; again: how the first one was differentiated; in_first: what that gives,
    with the first derivative in it; with_first: the same with what was found for it, and reached: that in tidy form;
    whole: as one fraction, if that or what the equation makes of it is shorter; in_letters: the second derivative in
    letters.
    """

    is_second = True

    def __init__(self, asked: RateAsked, text: str, notes: tuple[Note, ...] = ()) -> None:
        super().__init__(asked, text, notes)
        self.problem, self.second = second_rate_problem(asked), second_rate(asked)
        self.again = self._differentiated(self.formula)
        self.in_first = self.shown(self.again.result)
        self.with_first = replace(self.in_first, {asked.rate: self.formula})
        self.reached = self.tidy(self.with_first)
        self.whole, self.in_letters = self._as_fraction() or (self.reached, self.reached)
        has_values = bool(asked.places) and self.without_slope is None
        self.result = self.tidy(self._filled(self.in_letters)) if has_values else self.in_letters
        self.goal = replace_fields(self.goal, result=self.result, joined=self.result)

    def _as_fraction(self) -> tuple[Expression, Expression] | None:
        """The second derivative as one fraction, and what the equation makes of that; None where neither is shorter."""
        left, right = self.isolated[0].equation.args
        try:
            found, curve, divisor = (ratio_of(each, "") for each in (
                self.reached, add(left, negate(right)), self.isolated[0].factor))
            if found is None or curve is None or divisor is None:
                return None
            found = in_powers(found, divisor)
            tried = [Ratio(reduced, found.factors) for product in sorted(curve.above, key=order) if product
                     if (reduced := remainder(found.above, curve.above, product)) is not None]
            whole, *others = [self.tidy(written(each)) for each in (found, *tried)]
        except (TooLarge, ZeroDivisionError):
            return None
        shortest = min((whole, *others), key=lambda each: each.size)
        if shortest.size >= self.reached.size:
            return None
        return (shortest if shortest is whole else written(found)), shortest

    @property
    def equation_found(self) -> Expression:
        return related(self.second, "=", self.result)

    def ending(self, count: int) -> Iterator[Step | Block]:
        """The first derivative differentiated once more, and put in."""
        rate, second = self.asked.rate, self.second
        line = related(rate, "=", self.formula)
        opened = related(second, "=", derivative(self.formula, self.asked.by))
        count += 1
        yield self.equation_step("differentiate_once_more", line, opened, count)
        yield self._side(self.again, count)
        count += self.again.count
        line = related(second, "=", self.in_first)
        yield self._step(rulebook()["put_together"], opened, line,
                         ((self.shown(self.again.problem), self.in_first),))
        if self.with_first is not self.in_first:
            count += 1
            yield self.equation_step("rates_put_in", line, related(second, "=", self.with_first), count)
            yield from self.tidying(self.with_first)
        line = related(second, "=", self.reached)
        if self.whole is not self.reached:
            yield from self.told(self._algebra.tell(self.reached, self.whole))
            line = related(second, "=", self.whole)
        if self.in_letters is not self.whole:
            count += 1
            shorter = related(second, "=", self.in_letters)
            step = self.equation_step("equation_put_in", line, shorter, count)
            yield replace_fields(step, compare=lambda _: self._on_curve(self.whole, self.in_letters))
            line = shorter
        if self.asked.places and self.without_slope is None:
            filled = self._filled(self.in_letters)
            if filled is not self.in_letters:
                yield self.equation_step("values_put_in", line, related(second, "=", filled), count + 1)
                yield from self.tidying(filled)

    # -- the check -------------------------------------------------------------------------------------------------

    def meaning(self, expression: Expression) -> Expression:
        """As for the first derivative; the second one is how that changes along the curve."""
        if self.second not in postorder([expression]):
            return super().meaning(expression)
        stand_in = name("d2")
        made = super().meaning(replace(expression, {self.second: stand_in}))
        first, by = self.meanings[self.asked.rate], self.asked.by
        along = add(derivative(first, by), multiply(derivative(first, self.asked.rate.args[0]), first))
        return replace(made, {stand_in: along})

    @cached_property
    def check(self) -> Check:
        """What numbers found for the second derivative as a whole."""
        if self.without_slope is not None:
            return super().check
        if self.asked.places:
            return self.oracle.compare(self.at_values(self.second), self.at_values(self.result), self.assumptions)
        if self.in_letters is self.whole:
            return self.compare(self.second, self.result, self.assumptions)
        return self._on_curve(self.meaning(self.second), self.result)

    def _on_curve(self, left: Expression, right: Expression) -> Check:
        """What numbers find of two expressions at points of the curve."""
        (each,) = self.isolated
        one, other = each.equation.args
        gap, letters = add(one, negate(other)), each.equation.free | left.free | right.free
        met, largest = 0, 0.0
        points = (islice(points_where(self.oracle, gap, letter.value, sorted(letters - {letter.value})), _POINTS)
                  for letter in each.rate.args)
        for point in chain.from_iterable(points):
            values = [self.oracle.value(side, point) for side in (left, right)]
            if not all(isinstance(value, float) for value in values):
                continue
            first, second = (float(value.real) for value in values if value is not None)
            apart = abs(first - second) / max(1.0, abs(first), abs(second))
            if apart > _CLOSE:
                return Check("refuted", met, counterexample=point, left=first, right=second)
            met, largest = met + 1, max(largest, apart)
        if met < _FEWEST:
            return Check("undecided", met, reason="too few points of the curve were found by numbers")
        return Check("checked", met, largest, finding=f"both sides agree at {met} points of the curve")


def in_powers(ratio: Ratio, divisor: Ratio) -> Ratio:
    """The same with what is below the line as powers of the parts of another one, where these divide it."""
    parts = [dict(part) for part in divisor.inverse().factors]
    found = Ratio(ratio.above)
    for factor, often in ratio.factors.items():
        rest: Sum = dict(factor)
        for part in parts:
            while (quotient := exact_quotient(rest, part)) is not None:
                rest = quotient
                found = found * over(UNIT, part) ** often
        found = found * over(UNIT, rest) ** often
    return found


def remainder(total: Sum, curve: Sum, product: Product) -> Sum | None:
    """What is left of a polynomial if one term of the polynomial of a curve is replaced by its other terms wherever its
    letters stand; None where that changes nothing, or comes to no end."""
    rest = {each: reduced(-value / Fraction(curve[product])) for each, value in curve.items() if each != product}
    divisor = dict(product)
    found = total
    for _ in range(_MOST_REPLACED):
        place = next((each for each in sorted(found, key=order)
                      if all(dict(each).get(part, 0) >= exponent for part, exponent in divisor.items())), None)
        if place is None:
            return None if found is total else found
        left = frozenset((part, more) for part, exponent in place if (more := exponent - divisor.get(part, 0)))
        kept = {each: value for each, value in found.items() if each != place}
        try:
            found = plus(kept, times({left: found[place]}, rest))
        except TooLarge:  # its powers only grow
            return None
    return None
