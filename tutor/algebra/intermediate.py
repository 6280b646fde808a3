"""Trees of bookkeeping written again as a person writes: the order of books, and signs in front.

    books = Bookkeeping()
    Writer(books, Views(Style())).written(books.of(parse("y*(-x)*2/z")))      # -2*x*y/z

What was written by a person, or decided to be the best way of writing, is kept: `note` it first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from tutor.algebra.bookkeeping import HALF, Bookkeeping, coefficient_and_core, factors_of
from tutor.algebra.terms import Rational, magnitude
from tutor.algebra.view import Views
from tutor.algebra.writing import in_book_order, in_order, terms_in_order
from tutor.expression.tree import (
    ONE,
    E,
    Expression,
    divide,
    is_terminating,
    multiply,
    negate,
    node,
    number,
    rational,
)


class Writer:
    """Writes the trees of one derivation."""

    def __init__(self, books: Bookkeeping, views: Views) -> None:
        self.books, self.views, self.style = books, views, views.style
        self.known: dict[Expression, Expression] = {}
        self.met: dict[Expression, tuple[int, ...]] = {}

    def note(self, expression: Expression, parts_only: bool = False) -> None:
        """From now on the trees of an expression and of its parts are written as they are in it.

        parts_only: not what stands at its top, which has still to be put in order.
        """
        stack = list(expression.args) if parts_only else [expression]
        while stack:
            part = stack.pop()
            tree = self.books.of(part)
            if self.known.get(tree) is part:
                continue
            self.known.setdefault(tree, part)
            stack.extend(reversed(part.args))

    def meet(self, expression: Expression) -> None:
        """From now on terms stand in the order in which they are met, these after those that were met before."""
        stack = [expression]
        while stack:
            part = stack.pop()
            tree = self.books.of(part)
            for each in (tree, coefficient_and_core(tree)[1]):
                self.met.setdefault(each, (len(self.met),))
            stack.extend(reversed(part.args))

    def place(self, term: Expression) -> tuple[int, ...]:
        """Where a term stands: where it was met itself, or else one like it."""
        return self.met.get(term) or self.met.get(coefficient_and_core(term)[1], (len(self.met),))

    def follow(self, before: Expression, after: Expression) -> None:
        """Terms that replace others in a sum stand where those stood."""
        stack = [(before, after)]
        while stack:
            old, new = stack.pop()
            if old is new or old.head != new.head:
                continue
            pairs = list(zip(old.args, new.args, strict=False)) if len(old.args) == len(new.args) else []
            if old.head in ("sum", "product"):
                gone = [part for part in old.args if part not in new.args]
                come = [part for part in new.args if part not in old.args]
                pairs = [(gone[0], come[0])] if len(gone) == len(come) == 1 else []
                if old.head == "sum" and gone:
                    place = min(map(self.place, gone))
                    for number, part in enumerate(sorted(come, key=self.place)):
                        self.met.setdefault(coefficient_and_core(part)[1], (*place, number))
                        self.met[part] = (*place, number)
            stack.extend(pairs)

    def written(self, root: Expression) -> Expression:
        known = self.known
        made: dict[Expression, Expression] = {}
        stack = [root]
        while stack:
            current = stack[-1]
            if current in made:
                stack.pop()
                continue
            found = known.get(current)
            if found is not None:
                made[current] = found
                continue
            waiting = [part for part in self.parts(current) if part not in made]
            if waiting:
                stack.extend(waiting)
                continue
            made[current] = self.assembled(current, made)
        return made[root]

    def parts(self, tree: Expression) -> Iterable[Expression]:
        """What has to be written before a tree can be."""
        if tree.head == "number":
            return ()
        if tree.head != "product":
            return tree.args
        return [part for factor in self.turned(tree)[1] for part in (
            (*factors_of(factor.args[0]), *factors_of(factor.args[1])) if _is_fraction(factor) else (factor,))]

    def turned(self, tree: Expression) -> tuple[Rational, tuple[Expression, ...]]:
        """The number before a product and its other factors, with brackets turned round as they are known, or where
        that saves a minus in front."""
        value, core = coefficient_and_core(tree)
        one_fraction = _is_fraction(core)
        sides = [list(factors_of(side)) for side in core.args] if one_fraction else [list(factors_of(core))]
        for saving in (False, True):
            for side in sides:
                for index, bracket in enumerate(side):
                    other = self.other_way_round(bracket)
                    if other is None or (bracket in self.known or value > 0 if saving else
                                         bracket in self.known or other not in self.known):
                        continue
                    side[index], value = other, -value
        if not one_fraction:
            return value, tuple(sides[0])
        top, bottom = [node("product", tuple(side)) if len(side) > 1 else side[0] if side else ONE for side in sides]
        return value, (node("quotient", (top, bottom)),)

    def other_way_round(self, bracket: Expression) -> Expression | None:
        """The brackets x - 1 for 1 - x: None for what is no sum."""
        return self.books.negated_sum(bracket) if bracket.head == "sum" else None

    def assembled(self, tree: Expression, made: dict[Expression, Expression]) -> Expression:
        head = tree.head
        if head == "number":
            return self.number(tree)
        if head == "sum":
            return self.sum(tree, made)
        if head == "product":
            return self.product(tree, made)
        if head == "quotient":
            return divide(made[tree.args[0]], made[tree.args[1]])
        if head == "power":
            base, exponent = tree.args
            if exponent is HALF:
                return node("sqrt", (made[base],))
            if base is E and self.style.exp:
                return node("exp", (made[exponent],))
        return node(head, tuple([made[arg] for arg in tree.args]), tree.value)

    def number(self, tree: Expression) -> Expression:
        value: Rational = tree.value
        if value.denominator != 1 and self.style.decimals and is_terminating(Fraction(value)):
            return number(value) if value > 0 else negate(number(-value))
        return rational(value)

    def product(self, tree: Expression, made: dict[Expression, Expression]) -> Expression:
        """At most one minus in front; where there is one fraction line and nothing beside it, the number joins it."""
        value, factors = self.turned(tree)
        size = magnitude(value)
        above, below = [], []
        if self.style.decimals and size.denominator != 1 and is_terminating(Fraction(size)):
            above.append(number(size))
        else:
            above += [] if size.numerator == 1 else [number(size.numerator)]
            below += [] if size.denominator == 1 else [number(size.denominator)]
        if len(factors) == 1 and _is_fraction(factors[0]):
            top, bottom = factors[0].args
            above += _ordered(made[factor] for factor in factors_of(top))
            below += _ordered(made[factor] for factor in factors_of(bottom))
        else:
            above += _ordered(made.get(factor) or self.fraction(factor, made) for factor in factors)
        whole = _joined(above)
        if below:
            whole = divide(whole, _joined(below))
        return negate(whole) if value < 0 else whole

    def fraction(self, tree: Expression, made: dict[Expression, Expression]) -> Expression:
        top, bottom = tree.args
        return divide(_joined(_ordered(made[factor] for factor in factors_of(top))),
                      _joined(_ordered(made[factor] for factor in factors_of(bottom))))

    def sum(self, tree: Expression, made: Mapping[Expression, Expression]) -> Expression:
        return in_book_order([made[term] for term in sorted(tree.args, key=self.place)], self.views)

    def listed(self, terms: Iterable[Expression]) -> Expression:
        """A sum of these terms, one each, even if there is only one or if one of them is a sum."""
        written = [self.written(term) for term in sorted(terms, key=self.place)]
        return node("sum", tuple(terms_in_order(written, self.views)))


def _is_fraction(tree: Expression) -> bool:
    return tree.head == "quotient" and tree.args[1].value != 0


def _joined(factors: list[Expression]) -> Expression:
    return multiply(*[part for factor in factors for part in (factor.args if factor.head == "product" else (factor,))])


def _ordered(factors: Iterable[Expression]) -> list[Expression]:
    found = [factor for factor in factors if factor is not ONE]
    if len(found) > 1:
        in_order(found)
    return found
