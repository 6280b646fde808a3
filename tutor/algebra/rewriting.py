"""Single steps from one tree of bookkeeping to another: what the rules make of an expression, and of a part of it.

    rewriting = Rewriting(books, decided, value)
    rewriting.next_directed(tree, frozenset(), set())   # the first place where a directed rule fits, from inside out
    rewriting.fitting("choice", tree)                   # what else could be done at the top of it
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cache, lru_cache
from itertools import islice
from math import lcm
from typing import Any, NamedTuple

from tutor.algebra.bookkeeping import Bookkeeping, coefficient_and_core, factors_of, rational_node
from tutor.algebra.matching import Bound, Matcher, heads_at_top, may_fit, without
from tutor.algebra.terms import Rational, reduced
from tutor.expression.tree import ARGUMENT_COUNTS, ONE, Expression, postorder
from tutor.rules.rule import Rule
from tutor.rules.rulebook import rulebook

MOST_CHOICES = 24
"""Choices that are tried at one place."""


class Rewrite(NamedTuple):
    """What makes one whole tree into another: a part of it, the redex, becomes another one by a rule."""

    rule: Rule
    bindings: Bound
    redex: Expression
    contractum: Expression
    before: Expression
    after: Expression
    assumptions: tuple[Expression, ...] = ()

    @property
    def turned(self) -> Rewrite:
        """The same, read from right to left under the name of the rule that says so."""
        rule, bindings = self.rule if self.rule.computed else partner_of(self.rule), self.bindings
        if rule is None:
            rule, bindings = rulebook()["calculation"], {}
        return Rewrite(rule, bindings, self.contractum, self.redex, self.after, self.before, self.assumptions)


Way = tuple[Rewrite, ...]


def calculation(before: Expression, after: Expression) -> Rewrite:
    """What no rule explains."""
    return Rewrite(rulebook()["calculation"], {}, before, after, before, after)


@cache
def partner_of(rule: Rule) -> Rule | None:
    """The rule that says the same from right to left, if there is one."""
    return next((other for other in rulebook().values()
                 if other.left is rule.right and other.right is rule.left and "tidy" in other.tags), None)


@cache
def _by_head(tag: str) -> Mapping[str, list[tuple[Rule, frozenset[str]]]]:
    """The rules with a tag for each head that they fit, each with the heads that have to occur below.

    A directed rule is no choice, even if it names a line as a choice does.
    """
    found: dict[str, list[tuple[Rule, frozenset[str]]]] = {}
    for rule in rulebook().values():
        if tag in rule.tags and not rule.computed and (tag == "directed" or {"directed", "backwards"}.isdisjoint(
                rule.tags)):
            below = frozenset(part.head for arg in rule.left.args for part in postorder([arg])
                              if part.head in ARGUMENT_COUNTS and part.head != "sqrt")
            for head in heads_at_top(rule.left):
                found.setdefault(head, []).append((rule, below))
    return found


class Rewriting:
    """What rules do in one derivation.

    decided: whether a relation of trees holds, None where that is not plain; value: the value of a tree, if known.
    """

    def __init__(self, books: Bookkeeping, decided: Callable[[Expression], bool | None],
                 value: Callable[[Expression], Expression | None]) -> None:
        self.books, self.value = books, value
        self.matcher = Matcher(books, decided)
        self.known: dict[tuple[str, Expression], Way] = {}
        self.factorings: dict[tuple[Expression, Expression], Way] = {}

    # -- one rule ------------------------------------------------------------------------------------------------------

    def by_rule(self, name: str, tree: Expression) -> Iterator[Rewrite]:
        """What a rule makes of the top of a tree."""
        for found in self.matcher.instances(rulebook()[name], tree):
            yield Rewrite(found.rule, found.bindings, found.redex, found.contractum, found.before, found.after,
                       found.assumptions)

    def fitting(self, tag: str, tree: Expression) -> Way:
        """What the rules with a tag make of the top of a tree; of directed ones, what the first that fits does."""
        found = self.known.get((tag, tree))
        if found is None:
            rules = [rule for rule, below in _by_head(tag).get(tree.head, ())
                     if below <= _heads_near(tree) and may_fit(rule.left, tree, self.books)]
            moves = (move for rule in rules for move in self.by_rule(rule.name, tree))
            found = self.known[tag, tree] = tuple(islice(moves, 1 if tag == "directed" else MOST_CHOICES))
        return found

    def filled(self, name: str, *values: Any) -> Rewrite | None:
        """A rule with its letters filled in, in the order in which its statement has them; None where it does not hold.
        """
        rule = rulebook()[name]
        bindings = rule.bound(*values)
        assumptions = self.matcher.assumed(rule, bindings)
        if assumptions is None:
            return None
        redex, contractum = self.matcher.sides(rule, bindings, self.matcher.filled(rule.left, rule, bindings))
        return Rewrite(rule, bindings, redex, contractum, redex, contractum, assumptions)

    def within(self, move: Rewrite, whole: Expression) -> Rewrite:
        """A move on a part of a tree as one on the whole."""
        if move.before is whole:
            return move
        changed = self.exchanged(whole, move.before, move.after)
        if changed is whole and move.before.head == "sum":  # below a line or in a product it may stand turned round
            changed = self.exchanged(whole, self.books.negated_sum(move.before), self.books.scaled(move.after, -1))
        return move._replace(before=whole, after=changed)

    def exchanged(self, root: Expression, old: Expression, new: Expression) -> Expression:
        """A tree with a part of it exchanged; what is too small to hold that part is not looked into.

        A sum that has changed begins with a plus if it did so before.
        """
        done = {old: self.same_way_round(old, new)}
        stack = [root]
        while stack:
            current = stack[-1]
            if current in done:
                stack.pop()
                continue
            waiting = [arg for arg in current.args if arg.size >= old.size and arg.args and arg not in done]
            if waiting:
                stack.extend(waiting)
                continue
            stack.pop()
            args = tuple([done.get(arg, arg) for arg in current.args])
            done[current] = current if args == current.args else self.same_way_round(
                current, self.books.make(current.head, args, current.value))
        return done[root]

    def same_way_round(self, before: Expression, after: Expression) -> Expression:
        if self.books.minus_first.get(before) is False:
            self.books.keep_plus_first(after)
        return after

    def all_within(self, way: Way, whole: Expression) -> Way:
        """Steps on a part of a tree, one after another, as steps on the whole."""
        moves: list[Rewrite] = []
        for move in way:
            moves.append(self.within(move, whole))
            whole = moves[-1].after
        return tuple(moves)

    # -- directed rules ------------------------------------------------------------------------------------------------

    def next_directed(self, whole: Expression, frozen: frozenset[Expression], normal: set[Expression],
                      numbers_out: bool = True) -> Rewrite | None:
        """The first place, from inside out, at which a directed rule fits, and what comes of it.

        frozen: parts that are left alone; normal: parts in which none fits, which is added to; numbers_out: whether the
        number that all terms of brackets share is taken out of all of them, or only where that makes brackets that are
        there already: 2*x + 2 beside x + 1.
        """
        brackets = None if numbers_out else {self.books.number_in_front(part)[1] for part in postorder([whole])
                                             if part.head == "sum"}
        stack = [(whole, False)]
        while stack:
            tree, ready = stack.pop()
            if tree in normal or tree in frozen or not tree.args:
                continue
            if not ready:
                stack.append((tree, True))
                stack.extend([(arg, False) for arg in reversed(tree.args)])
                continue
            move = next(self.directed(tree, frozen, brackets), None)
            if move is not None:
                return self.within(move, whole)
            normal.add(tree)
        return None if whole in frozen else next(self.number_into_brackets(whole), None)

    def directed(self, tree: Expression, frozen: frozenset[Expression],
                 brackets: set[Expression] | None) -> Iterator[Rewrite]:
        """What the directed rules make of the top of a tree, and of numbers that its brackets share. brackets: those
        that may be made by taking out a number, None for any."""
        value = self.value(tree)
        if value is not None:
            known = tree.head != "power" or value.head == "number"
            rule = rulebook()["known_value" if known else "square_out_of_root"]
            yield Rewrite(rule, {}, tree, value, tree, value)
        yield from self.fitting("directed", tree)
        is_product = tree.head in ("product", "quotient")
        has_factors = is_product or (tree.head == "power" and is_whole(tree.args[1]))
        for part in tree.args[:1] if tree.head == "power" else tree.args:
            if part in frozen:
                continue
            if part.head == "sum":
                if has_factors and not _is_number_times_sum(tree):
                    for move in self.by_rule("take_out_number", part):
                        if brackets is None or coefficient_and_core(move.contractum)[1] in brackets:
                            yield self.within(move, tree)
            elif not is_product and tree.head != "power":
                for move in self.number_into_brackets(part):
                    yield self.within(move, tree)

    def number_into_brackets(self, tree: Expression) -> Iterator[Rewrite]:
        """A sum with nothing but a number before it, multiplied out."""
        if _is_number_times_sum(tree):
            yield from self.by_rule("split_fraction" if tree.args[0].value.numerator == 1 else "multiply_out", tree)

    # -- several rules that belong together ----------------------------------------------------------------------------

    def taken_across(self, fraction: Expression) -> Way:
        """What all terms of a sum share with the other side of the line taken out of it, as far as it cancels there."""
        for side, other in (fraction.args, fraction.args[::-1]):
            across = powers_in(factors_of(other))
            raised = {power.args[0] for power in across if power.head == "power"}  # e^(2*x) is across from e^x
            for part in factors_of(side):
                if part.head == "sum":
                    least = {base: min(exponent, across.get(base, 1))
                             for base, exponent in least_powers(part.args).items()
                             if base in across or (base.head == "power" and base.args[0] in raised)}
                    way = self.common_powers_out(part, least)
                    if way:
                        return self.all_within(way, fraction)
        return ()

    def common_powers_out(self, total: Expression, powers: Mapping[Expression, Rational] | None = None) -> Way:
        """What all terms have as a factor taken out, or these powers alone; powers are split first, so that each term
        has the smallest."""
        least = least_powers(total.args) if powers is None else powers
        if not least:
            return ()
        moves: list[Rewrite] = []
        for base, exponent in least.items():
            for power in dict.fromkeys(factor for term in total.args for factor in _numerator(term)):
                if power.head == "power" and power.args[0] is base and is_rational(power.args[1]) and (
                        power.args[1].value > exponent):
                    rest = rational_node(reduced(Fraction(power.args[1].value) - exponent))
                    split = self.filled("split_power", base, rational_node(exponent), rest)
                    if split is None:
                        return ()
                    total = self.added(moves, split, total)
        shared = self.books.product([self.books.power(base, rational_node(value)) for base, value in least.items()])
        for term in total.args:
            core = coefficient_and_core(term)[1]
            if core.head == "quotient":
                others = without(factors_of(core.args[0]), factors_of(shared))
                if others is None:
                    return ()
                apart = self.filled("fraction_as_product", shared, self.books.product(others), core.args[1])
                if apart is not None and apart.redex is core:
                    total = self.added(moves, apart, total)
        if powers is None:
            taken = next(self.by_rule("take_out_common_factor", total), None)
            return () if taken is None else (*moves, taken)
        rests = [without(factors_of(term), factors_of(shared)) for term in total.args]
        left = tuple([self.books.product(rest) for rest in rests if rest is not None])
        taken = self.filled("take_out_common_factor", shared, left) if len(left) == len(rests) else None
        return () if taken is None or taken.redex is not total else (*moves, taken)

    def common_divisors_out(self, total: Expression) -> Way:
        """What all terms are divided by made one denominator of the whole: a/(x*y) + b/x becomes (a/y + b)/x."""
        below = [_denominator(term) for term in total.args]
        shared = below[0][1]
        for _, powers in below[1:]:
            shared = {base: min(exponent, powers[base]) for base, exponent in shared.items() if base in powers}
        if not shared:
            return ()
        number = lcm(*[divisor for divisor, _ in below])
        divisor = self.books.product([self.books.power(base, rational_node(value)) for base, value in shared.items()])
        moves: list[Rewrite] = []
        for power in dict.fromkeys(factor for term in total.args for factor in _below(term)):
            if power.head == "power" and is_rational(power.args[1]) and (
                    power.args[1].value > shared.get(power.args[0], power.args[1].value)):
                least = shared[power.args[0]]
                rest = rational_node(reduced(Fraction(power.args[1].value) - least))
                split = self.filled("split_power", power.args[0], rational_node(least), rest)
                if split is None or not any(part is power for part in postorder([total])):
                    return ()
                total = self.added(moves, split, total)
        for term in total.args:
            core = coefficient_and_core(term)[1]
            if core.head != "quotient" or core.args[1] is divisor:
                continue
            others = without(factors_of(core.args[1]), factors_of(divisor))
            apart = self.filled("split_denominator", core.args[0], self.books.product(others or ()), divisor)
            if others is None or apart is None or apart.redex is not core:
                return ()
            total = self.added(moves, apart, total)
        above = tuple([self.numerator_over(term, number) for term in total.args])
        joined = self.filled("add_fractions", above, self.books.product((rational_node(number), divisor)))
        return (*moves, joined) if joined is not None and joined.redex is total else ()

    def added(self, moves: list[Rewrite], move: Rewrite, whole: Expression) -> Expression:
        """The whole after one more move on a part of it."""
        moves.append(self.within(move, whole))
        return moves[-1].after

    def one_denominator(self, total: Expression) -> Way:
        """The terms of a sum over their least common denominator: one fraction takes in the other terms, several are
        expanded and then added."""
        if sum(bool(_denominator(term)[1]) for term in total.args) == 1:
            joined = next((move for move in self.by_rule("whole_and_fraction", total) if move.redex is total), None)
            if joined is not None:
                return (joined,)
        number, powers = 1, dict[Expression, Rational]()
        for term in total.args:
            divisor, below = _denominator(term)
            number = lcm(number, divisor)
            for base, exponent in below.items():
                powers[base] = max(powers.get(base, 0), exponent)
        if not powers:
            return ()
        moves: list[Rewrite] = []
        for term in total.args:
            value, current = coefficient_and_core(term)
            for base, exponent in powers.items():
                have = _denominator(current)[1].get(base, 0)
                if have == exponent:
                    continue
                top, bottom = current.args if current.head == "quotient" else (current, ONE)
                if have:
                    rest = [factor for factor in factors_of(bottom) if factor is not base and not (
                        factor.head == "power" and factor.args[0] is base)]
                    more = rational_node(reduced(Fraction(exponent) - have))
                    move = self.filled("expand_fraction_by_power", top, base, rational_node(exponent), more,
                                       self.books.product(rest))
                else:
                    factor = self.books.power(base, rational_node(exponent))
                    move = self.filled("expand_fraction", top, bottom, factor)
                if move is None or move.redex is not current:
                    return ()
                terms = [self.books.scaled(move.after, value) if each is self.books.scaled(current, value) else each
                         for each in total.args]
                moves.append(move._replace(before=total, after=self.books.sum(terms)))
                total, current = moves[-1].after, move.after
        denominator = self.books.product([rational_node(number), *[
            self.books.power(base, rational_node(exponent)) for base, exponent in powers.items()]])
        above = tuple([self.numerator_over(term, number) for term in total.args])
        joined = self.filled("add_fractions", above, denominator)
        return (*moves, joined) if joined is not None and joined.redex is total else ()

    def numerator_over(self, term: Expression, number: int) -> Expression:
        """The numerator of a term whose denominator is brought to this number."""
        value, core = coefficient_and_core(term)
        return self.books.scaled(core.args[0] if core.head == "quotient" else core, reduced(Fraction(value) * number))


def is_whole(exponent: Expression) -> bool:
    return exponent.head == "number" and exponent.value.__class__ is int


def is_rational(exponent: Expression) -> bool:
    return exponent.head == "number"


def _is_number_times_sum(tree: Expression) -> bool:
    return tree.head == "product" and len(tree.args) == 2 and tree.args[0].head == "number" and (
        tree.args[1].head == "sum")


def _numerator(term: Expression) -> tuple[Expression, ...]:
    """The factors of a term, of a fraction those above the line, without the number."""
    core = coefficient_and_core(term)[1]
    return factors_of(core.args[0] if core.head == "quotient" else core)


def _below(term: Expression) -> tuple[Expression, ...]:
    """The factors below the line of a term."""
    core = coefficient_and_core(term)[1]
    return factors_of(core.args[1]) if core.head == "quotient" else ()


def _denominator(term: Expression) -> tuple[int, dict[Expression, Rational]]:
    """The number below the line, and the powers there: base -> exponent, 1 for a power whose exponent is no number."""
    value, core = coefficient_and_core(term)
    powers: dict[Expression, Rational] = {}
    for factor in factors_of(core.args[1]) if core.head == "quotient" else ():
        base, exponent = factor.args if factor.head == "power" else (factor, ONE)
        if is_rational(exponent):
            powers[base] = powers.get(base, 0) + exponent.value
        else:
            powers[factor] = 1
    return Fraction(value).denominator, powers


def least_powers(terms: Sequence[Expression]) -> dict[Expression, Rational]:
    """Bases that occur in every term, above the line, each with the smallest of its exponents."""
    least: dict[Expression, Rational] | None = None
    for term in terms:
        powers = powers_in(_numerator(term))
        least = powers if least is None else {
            base: min(exponent, powers[base]) for base, exponent in least.items() if base in powers}
    return least or {}


def powers_in(factors: Iterable[Expression]) -> dict[Expression, Rational]:
    """base -> exponent for the factors with positive exponents; a power whose exponent is no number is its own base."""
    powers: dict[Expression, Rational] = {}
    for factor in factors:
        base, exponent = factor.args if factor.head == "power" else (factor, ONE)
        if not is_rational(exponent):
            powers[factor] = 1
        elif exponent.value > 0:
            powers[base] = exponent.value
    return powers


@lru_cache(1000)
def _heads_near(tree: Expression) -> frozenset[str]:
    """The heads in a tree down to four levels: factors of terms of fractions, and what they are powers of."""
    found: set[str] = set()
    level: Sequence[Expression] = tree.args
    for _ in range(4):
        found.update(part.head for part in level)
        level = [inner for part in level for inner in part.args]
    return frozenset(found)
