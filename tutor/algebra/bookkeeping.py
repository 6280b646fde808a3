"""Bookkeeping: one tree for all the ways of writing that differ only in what nobody counts as a step.

Flat sums and products in one fixed order, numbers worked out, written zeros and ones gone, signs in front, roots and
exp as powers; a quotient stays a quotient. Rules are matched on these trees. Nodes are interned, so that two
expressions are the same up to bookkeeping exactly if their trees are one object:

    books = Bookkeeping()
    books.of(parse("3*x*(-y)*2")) is books.of(parse("-6*y*x"))      # True
    books.of(parse("x/y*z")) is books.of(parse("x*z/y"))            # False: that is a rule for fractions

A tree is not for reading: a number in it may be any rational, and stands in front of a product, never in a quotient;
brackets in a product begin with a plus, or as they did when they were first met. `intermediate.py` makes expressions of
it again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from zlib import crc32

from tutor import limits
from tutor.algebra.terms import Rational, reduced
from tutor.expression.tree import ONE, ZERO, E, Expression, is_terminating, node, postorder, rational

HALF = node("number", (), Fraction(1, 2))
_BITS = limits.COMPUTED_DIGITS * 10 // 3

Key = tuple[int, str, str, int]


def rational_node(value: Rational) -> Expression:
    """A number of such a tree, which may be negative or a fraction."""
    return node("number", (), reduced(value))


def coefficient_and_core(tree: Expression) -> tuple[Rational, Expression]:
    """The number in front of a tree and what it multiplies; the core of a number is 1."""
    if tree.head == "number":
        return tree.value, ONE
    if tree.head == "product" and tree.args[0].head == "number":
        rest = tree.args[1:]
        return tree.args[0].value, rest[0] if len(rest) == 1 else node("product", rest)
    return 1, tree


def factors_of(tree: Expression) -> tuple[Expression, ...]:
    """The factors of a tree, the number among them if there is one; none of 1."""
    if tree is ONE:
        return ()
    return tree.args if tree.head == "product" else (tree,)


def terms_of(tree: Expression) -> tuple[Expression, ...]:
    return tree.args if tree.head == "sum" else (tree,)


class Bookkeeping:
    """Makes trees and remembers them, for one derivation. decimals: whether there are decimals in it."""

    def __init__(self, decimals: bool = False) -> None:
        self.decimals = decimals
        self.trees: dict[Expression, Expression] = {}
        self.keys: dict[Expression, Key] = {}
        self.minus_first: dict[Expression, bool] = {}

    def fraction(self, tree: Expression) -> Expression:
        """A number as it is written: as a fraction, unless it is a decimal."""
        value = tree.value
        if tree.head != "number" or value.denominator == 1 or (self.decimals and is_terminating(value)):
            return tree
        return rational(value)

    def meet(self, expression: Expression) -> None:
        """Note which way round the brackets of an expression are written: those that begin with a plus there count as
        such from now on, 1 - x as well as x - 1."""
        for part in postorder([expression]):
            if part.head == "sum" and part.args[0].head != "negation":
                self.keep_plus_first(self.of(part))

    def keep_plus_first(self, tree: Expression) -> None:
        """Count a sum as one that begins with a plus, unless it is known already which way round it is."""
        if tree.head == "sum" and tree not in self.minus_first:
            turned = self.negated_sum(tree)
            if turned not in self.minus_first:
                self.minus_first[tree], self.minus_first[turned] = False, True

    def of(self, root: Expression) -> Expression:
        """The tree of an expression, or of a tree in which parts were replaced."""
        trees = self.trees
        stack = [root]
        while stack:
            current = stack[-1]
            if current in trees:
                stack.pop()
                continue
            waiting = [arg for arg in current.args if arg not in trees]
            if waiting:
                stack.extend(waiting)
                continue
            stack.pop()
            trees[current] = self.make(current.head, tuple([trees[arg] for arg in current.args]), current.value)
        return trees[root]

    def make(self, head: str, args: tuple[Expression, ...], value: object = None) -> Expression:
        """The tree of a node whose parts are trees."""
        if head == "product":
            made = self.product(args)
        elif head == "sum":
            made = self.sum(args)
        elif head == "quotient":
            made = self.quotient(*args)
        elif head == "negation":
            made = self.scaled(args[0], -1)
        elif head == "power":
            made = self.power(*args)
        elif head == "sqrt":
            made = self.power(args[0], HALF)
        elif head == "exp":
            made = self.power(E, args[0])
        else:
            made = node(head, args, value)
        self.trees[made] = made
        return made

    # -- the operations ----------------------------------------------------------------------------------------------

    def sum(self, terms: Iterable[Expression]) -> Expression:
        constant: Rational = 0
        kept: list[Expression] = []
        for term in terms:
            for part in terms_of(term):
                if part.head == "number":
                    constant += part.value
                else:
                    kept.append(part)
        if constant:
            kept.append(rational_node(constant))
        if len(kept) < 2:
            return kept[0] if kept else ZERO
        return node("sum", tuple(self.in_order(kept)))

    def product(self, factors: Iterable[Expression]) -> Expression:
        number: Rational = 1
        kept: list[Expression] = []
        for factor in factors:
            for part in factors_of(factor):
                if part.head == "number":
                    number *= part.value
                else:
                    kept.append(part)
        if number == 0:
            return ZERO
        if len(kept) == 1:
            return self._number_times(number, kept[0])
        for index, part in enumerate(kept):
            if part.head == "sum" and self.begins_with_minus(part):
                kept[index] = self.negated_sum(part)
                number = -number
        return self._number_times(number, node("product", tuple(self.in_order(kept))) if kept else ONE)

    def _number_times(self, number: Rational, core: Expression) -> Expression:
        if core is ONE:
            return rational_node(number)
        if core.head == "sum":
            if number not in (1, -1) and self.begins_with_minus(core):
                core, number = self.negated_sum(core), -number
            if number == -1:
                return self.negated_sum(core)
        if number == 1:
            return core
        return node("product", (rational_node(number), *factors_of(core)))

    def quotient(self, above: Expression, below: Expression) -> Expression:
        first, top = self.number_in_front(above)
        second, bottom = self.number_in_front(below)
        if second == 0:
            return node("quotient", (above, below))
        if first == 0:
            return ZERO
        number = reduced(Fraction(first) / Fraction(second))
        return self._number_times(number, top if bottom is ONE else node("quotient", (top, bottom)))

    def power(self, base: Expression, exponent: Expression) -> Expression:
        if exponent is ONE or base is ONE:
            return base
        if base.head == "number" and exponent.head == "number" and exponent.value.__class__ is int:
            value, times = Fraction(base.value), exponent.value
            if (value or times > 0) and _bits(value) * abs(times) <= _BITS:
                return rational_node(value**times)
        return node("power", (base, exponent))

    def scaled(self, tree: Expression, number: Rational) -> Expression:
        """number * tree."""
        return self.product((rational_node(number), tree))

    def negated_sum(self, total: Expression) -> Expression:
        return node("sum", tuple(self.in_order([self.scaled(term, -1) for term in total.args])))

    def number_in_front(self, tree: Expression) -> tuple[Rational, Expression]:
        """Like `coefficient_and_core`; of a sum that begins with a minus, that is -1 and the sum turned round."""
        if tree.head == "sum" and self.begins_with_minus(tree):
            return -1, self.negated_sum(tree)
        return coefficient_and_core(tree)

    # -- the order -----------------------------------------------------------------------------------------------------

    def in_order(self, parts: list[Expression]) -> list[Expression]:
        return sorted(parts, key=self.key)

    def begins_with_minus(self, total: Expression) -> bool:
        """Whether a sum is counted as another one turned round: x - 1 and 1 - x are one and a sign. Where neither was
        met, the one whose largest term that is no number has a minus is."""
        found = self.minus_first.get(total)
        if found is None:
            found = self.minus_first[total] = self.has_large_minus(total)
        return found

    def has_large_minus(self, total: Expression) -> bool:
        totals: dict[Expression, Rational] = {}
        for number, core in map(coefficient_and_core, total.args):
            totals[core] = totals.get(core, 0) + number
        leading = max((core for core, number in totals.items() if number),
                      key=lambda core: (core is not ONE, self.key(core)), default=ONE)
        return totals.get(leading, 0) < 0

    def key(self, tree: Expression) -> Key:
        """By size first; a number that is computed from the whole of the tree tells apart what is left."""
        key = self.keys.get(tree)
        if key is None:
            for part in _without_keys(tree, self.keys):
                text = _text(part)
                digest = hash((crc32(part.head.encode()), crc32(text.encode()),
                               *[self.keys[arg][3] for arg in part.args]))
                key = self.keys[part] = part.size, part.head, text, digest
        assert key is not None
        return key


def _without_keys(root: Expression, keys: dict[Expression, Key]) -> Iterator[Expression]:
    stack = [root]
    while stack:
        current = stack[-1]
        if current in keys:
            stack.pop()
            continue
        waiting = [arg for arg in current.args if arg not in keys]
        if waiting:
            stack.extend(waiting)
        else:
            stack.pop()
            yield current


def _text(part: Expression) -> str:
    value = part.value
    if part.head == "number":  # in hexadecimal, since Python writes no decimals of more than some thousand digits
        return f"{value.numerator:x}/{value.denominator:x}"
    return "" if value is None else value.name if part.head == "defined" else str(value)


def _bits(value: Fraction) -> int:
    return max(value.numerator.bit_length(), value.denominator.bit_length())
