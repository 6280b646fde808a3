"""Which conditions of a step say something that its two ends do not show themselves.

That x is not 0 goes without saying where x stands below a line, before the step and after it: there is no value to be
wrong about. It has to be said where the line is gone:

    needed = Needed(books)
    needed.of([x_is_not_0], books.of(parse("x^-2")), books.of(parse("1/x^2")))       # []
    needed.of([x_is_not_0], books.of(parse("x^2/x")), books.of(parse("x")))          # [x != 0]
    needed.lost(like_terms_of_1_over_x, books.of(parse("1/x - 1/x")), ZERO)          # [x != 0]
"""

from __future__ import annotations

from collections.abc import Iterable

from tutor.algebra.bookkeeping import Bookkeeping, coefficient_and_core, factors_of
from tutor.algebra.rewriting import Rewrite
from tutor.expression.tree import ONE, ZERO, E, Expression, node, postorder
from tutor.rules.conditions import PREDICATES

Shown = tuple[Expression, str]
"""A tree and what it is compared with 0 by: "!=" or ">="."""

_POLES = {"tan": "cos", "sec": "cos", "cot": "sin", "csc": "sin", "coth": "sinh", "csch": "sinh"}
"""Function -> the one that is not 0 where it has a value."""


class Needed:
    """Looks at the trees of one derivation."""

    def __init__(self, books: Bookkeeping) -> None:
        self.books = books
        self.known: dict[Expression, frozenset[Shown]] = {}

    def of(self, relations: Iterable[Expression], first: Expression, last: Expression) -> list[Expression]:
        """The relations that do not hold already wherever both trees have a value."""
        relations = list(dict.fromkeys(relations))
        if not relations:
            return []
        shown = self.shown_by(first) & self.shown_by(last)
        return [relation for relation in relations if not self.follows(relation, shown)]

    def lost(self, move: Rewrite, first: Expression, last: Expression) -> list[Expression]:
        """What goes without saying up to this move on the way from first to last, and no longer after it: of terms that
        have cancelled, and of roots that are gone."""
        if "directed" not in move.rule.tags:
            return []
        gone = self.shown_by(move.redex) & self.shown_by(first)
        gone -= self.shown_by(move.after) | self.shown_by(last)
        return [node("relation", (base, ZERO), sign) for base, sign in sorted(gone, key=str)
                if base.free and (sign == ">=" or move.redex.head == "sum")]

    def follows(self, relation: Expression, shown: frozenset[Shown]) -> bool:
        left, right = relation.args
        if right is not ZERO:
            return False
        if relation.value == "!=":
            return all((self.unsigned(base), "!=") in shown for base in _bases(left))
        signs = {">": ("!=", ">="), ">=": (">=",)}.get(relation.value)
        return signs is not None and all((self.unsigned(left) if sign == "!=" else left, sign) in shown
                                         for sign in signs)

    def shown_by(self, tree: Expression) -> frozenset[Shown]:
        """What is true wherever a tree has a value: bases that are not 0, and those that are not negative."""
        if tree not in self.known:
            self.known[tree] = frozenset(self.looked_at(tree))
        return self.known[tree]

    def looked_at(self, tree: Expression) -> set[Shown]:
        found: set[Shown] = set()
        for part in postorder([tree]):
            if part.head == "quotient":
                found.update((self.unsigned(base), "!=") for base in _bases(part.args[1]))
            elif part.head == "power":
                base, exponent = part.args
                if base is E or base.head == "number":
                    continue
                if exponent.head != "number" or exponent.value < 0:
                    found.add((self.unsigned(base), "!="))
                if exponent.head != "number" or PREDICATES["an even root or a decimal"](exponent):
                    found.add((base, ">="))
            elif part.head in _POLES:
                found.add((node(_POLES[part.head], part.args), "!="))
            elif part.head == "ln":
                found.update(((self.unsigned(part.args[0]), "!="), (part.args[0], ">=")))
        return found

    def unsigned(self, base: Expression) -> Expression:
        """A base, and the one of two brackets x - 1 and 1 - x that stands for both."""
        return self.books.number_in_front(base)[1]


def _bases(tree: Expression) -> list[Expression]:
    """What the factors of a tree are powers of, without numbers."""
    core = coefficient_and_core(tree)[1]
    sides = core.args if core.head == "quotient" else (core,)
    return [factor.args[0] if factor.head == "power" else factor for side in sides for factor in factors_of(side)
            if factor is not ONE]
