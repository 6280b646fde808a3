"""Matching a rule of algebra on one level, whatever the order of terms and factors.

Rules are matched on trees of bookkeeping. Their letters are read as a book reads them: an exponent or a factor that is
not written is 1 (f^m fits x, a*f fits x), and a sign goes into the first letter that it meets. A letter that is a
factor above and below a line, or in every term of a sum, takes all that is shared; other letters of a product take
what is left. What is left over of a whole sum or product stands beside the instance:

    matcher = Matcher(books, holds)
    found = next(matcher.instances(rulebook()["multiply_powers"], books.of(parse("y*x^2*x^3"))))
    found.redex, found.contractum, found.after      # x^2*x^3, x^(2 + 3), y*x^5 as trees
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cache
from math import gcd, lcm
from typing import NamedTuple

from tutor.algebra.bookkeeping import Bookkeeping, coefficient_and_core, factors_of, rational_node
from tutor.algebra.terms import Rational, reduced
from tutor.expression.exponents import integer_root
from tutor.expression.tree import ONE, Expression, node, postorder
from tutor.rules.building import listed_letter
from tutor.rules.conditions import applies, refers_to
from tutor.rules.rule import Condition, Rule

Bound = Mapping[str, "Expression | tuple[Expression, ...]"]
"""Letter -> tree; the letter of `f + ...` -> the tuple of what it stands for in each term."""

MINUS_ONE = rational_node(-1)

MOST_PARTS = 400
"""Terms or factors of a node that rules are matched on."""


class Match(NamedTuple):
    """A rule with its letters filled in: redex = contractum makes `before`, the whole node, into `after`."""

    rule: Rule
    bindings: Bound
    redex: Expression
    contractum: Expression
    before: Expression
    after: Expression
    assumptions: tuple[Expression, ...] = ()


class Matcher:
    """Finds instances of rules. decided: whether a relation between trees holds, None where that is not plain."""

    def __init__(self, books: Bookkeeping, decided: Callable[[Expression], bool | None]) -> None:
        self.books, self.decided = books, decided

    def instances(self, rule: Rule, whole: Expression) -> Iterator[Match]:
        """Every instance of the rule at the top of a tree, the most natural one first."""
        pattern = rule.left
        if not fits_head(pattern, whole) or len(whole.args) > MOST_PARTS:
            return
        found = self.below_top(pattern, whole, _Reading(rule, self.books))
        for bindings, rest in found:
            if not all(self.applies(condition, bindings) for condition in rule.where if refers_to(condition.what)):
                continue
            assumptions = self.assumed(rule, bindings)
            if assumptions is None:
                continue
            redex, contractum = self.sides(rule, bindings, whole)
            if redex is contractum:
                continue
            after = contractum
            if rest:
                after = self.books.make(whole.head, (*rest, contractum))
            yield Match(rule, bindings, redex, contractum, whole, after, assumptions)

    def below_top(self, pattern: Expression, whole: Expression,
                  reading: _Reading) -> Iterator[tuple[Bound, list[Expression]]]:
        """Bindings, each with the terms or factors that are left over beside the instance."""
        if pattern.head == "sum":
            yield from reading.in_sum(pattern, whole, {}, beside=True)
        elif pattern.head == "product":
            yield from reading.in_product(list(pattern.args), list(factors_of(whole)), {}, beside=True)
        else:
            for bindings in reading.match(pattern, whole, {}):
                yield bindings, []

    def applies(self, condition: Condition, bindings: Bound) -> bool:
        return condition_holds(condition, bindings, self.books)

    def assumed(self, rule: Rule, bindings: Bound) -> tuple[Expression, ...] | None:
        """The conditions of a rule that have to be assumed here; None if one of them is plainly false, or if it is not
        plainly true and the rule is for where it is."""
        assumptions = []
        only_where = rule.only_where or (None,) * len(rule.provided)
        for relation, only in zip(rule.provided, only_where, strict=True):
            if only is not None and not self.applies(only, bindings):
                continue
            filled = node("relation", tuple([self.filled(side, rule, bindings) for side in relation.args]),
                          relation.value)
            holds = self.decided(filled)
            if holds is False or (holds is None and "plainly" in rule.tags):
                return None
            if holds is None:
                assumptions.append(filled)
        return tuple(assumptions)

    def sides(self, rule: Rule, bindings: Bound, whole: Expression) -> tuple[Expression, Expression]:
        """Both sides with the letters filled in; brackets that come of a sum that begins with a plus do so, too."""
        if rule.left.head == "sum" and self.books.minus_first.get(whole) is False:
            for part in postorder([rule.right]):
                if part.head == "sum":
                    self.books.keep_plus_first(self.filled(part, rule, bindings))
        return self.filled(rule.left, rule, bindings), self.filled(rule.right, rule, bindings)

    def filled(self, template: Expression, rule: Rule, bindings: Bound) -> Expression:
        """The tree of one side of a rule with its letters filled in."""
        head, args = template.head, template.args
        if head == "name":
            bound = bindings.get(template.value, template)
            assert isinstance(bound, Expression)
            return bound
        if head == "sum" and args[-1].head == "ellipsis":
            letter = listed_letter(rule)
            each = bindings[letter]
            assert isinstance(each, tuple)
            return self.books.sum([self.filled(args[0], rule, {**bindings, letter: one}) for one in each])
        return self.books.make(head, tuple([self.filled(arg, rule, bindings) for arg in args]), template.value)


def condition_holds(condition: Condition, bindings: Bound, books: Bookkeeping) -> bool:
    """Whether a condition holds of what the letters stand for, with numbers as they are written."""
    bound = bindings[condition.letter]
    if isinstance(bound, Expression) and bound.head == "number" and bound.value.__class__ is not int:
        bindings = {**bindings, condition.letter: books.fraction(bound)}
    return applies(condition, bindings)


@cache
def heads_at_top(pattern: Expression) -> frozenset[str]:
    """The heads of the trees on which a pattern is tried: x/2 is a product of 1/2 and x."""
    return frozenset(("quotient", "product") if pattern.head == "quotient" else (pattern.head,))


def fits_head(pattern: Expression, whole: Expression) -> bool:
    return whole.head in heads_at_top(pattern)


def may_fit(pattern: Expression, tree: Expression, books: Bookkeeping) -> bool:
    """A quick look before matching: letters that a pattern has as a base twice ask for two equal bases."""
    if pattern.head == "quotient":
        if _bases(pattern.args[0], books).isdisjoint(_bases(pattern.args[1], books)):
            return True
        core = coefficient_and_core(tree)[1]
        return core.head == "quotient" and not _bases(core.args[0], books).isdisjoint(_bases(core.args[1], books))
    if pattern.head == "product" and all(arg.head == "power" and arg.args[0] is pattern.args[0].args[0]
                                         for arg in pattern.args):
        return len(_bases(tree, books)) < len(tree.args) - (tree.args[0].head == "number")
    return True


def _bases(tree: Expression, books: Bookkeeping) -> set[Expression]:
    """What the factors are powers of; x - 1 for 1 - x, too."""
    bases = [factor.args[0] if factor.head == "power" else factor for factor in factors_of(tree)
             if factor.head != "number"]
    return {books.number_in_front(base)[1] if base.head == "sum" else base for base in bases}


class _Reading:
    """How the letters of one rule are read while it is matched."""

    def __init__(self, rule: Rule, books: Bookkeeping) -> None:
        self.rule, self.books, self.listed = rule, books, listed_letter(rule)
        self.where: dict[str, list[Condition]] = {}
        for condition in rule.where:
            if not refers_to(condition.what):
                self.where.setdefault(condition.letter, []).append(condition)
        self.numbers = {condition.letter for condition in rule.where if condition.what == "a number"}

    def bind(self, letter: str, tree: Expression, bindings: Bound) -> Iterator[Bound]:
        bound = bindings.get(letter)
        if bound is None:
            extended = {**bindings, letter: tree}
            if all(condition_holds(condition, extended, self.books) for condition in self.where.get(letter, ())):
                yield extended
        elif bound is tree:
            yield bindings

    def is_free(self, pattern: Expression, bindings: Bound) -> bool:
        return pattern.head == "name" and pattern.value in self.rule.letters and pattern.value not in bindings

    def match(self, pattern: Expression, tree: Expression, bindings: Bound) -> Iterator[Bound]:
        """Bindings with which a part of a rule is this whole tree."""
        head, args = pattern.head, pattern.args
        if head == "name" and pattern.value in self.rule.letters:
            yield from self.bind(pattern.value, tree, bindings)
        elif not args:
            if self.books.of(pattern) is tree:
                yield bindings
        elif head == "negation":
            if not self.is_free(args[0], bindings) or self.has_minus(tree):
                yield from self.match(args[0], self.books.scaled(tree, -1), bindings)
        elif head == "power":
            yield from self.in_power(args[0], args[1], tree, bindings)
        elif head == "quotient":
            yield from self.in_quotient(args[0], args[1], tree, bindings)
        elif head == "product":
            for found, _ in self.in_product(list(args), list(factors_of(tree)), bindings):
                yield found
        elif head == "sum":
            for found, _ in self.in_sum(pattern, tree, bindings):
                yield found
        elif head == tree.head and pattern.value == tree.value and len(args) == len(tree.args):
            found_so_far: list[Bound] = [bindings]
            for inner, part in zip(args, tree.args, strict=True):
                found_so_far = [found for each in found_so_far for found in self.match(inner, part, each)]
            yield from found_so_far

    def has_minus(self, tree: Expression) -> bool:
        return self.books.number_in_front(tree)[0] < 0

    def in_power(self, base: Expression, exponent: Expression, tree: Expression, bindings: Bound) -> Iterator[Bound]:
        if tree.head == "power":
            for found in self.match(base, tree.args[0], bindings):
                yield from self.match(exponent, tree.args[1], found)
        elif tree.head == "number":
            times = exponent.value
            if exponent.head == "number" and times.__class__ is int and times > 1 and tree.value.__class__ is int and (
                    tree.value > 0):
                root = integer_root(tree.value, times)
                if root is not None:
                    yield from self.match(base, rational_node(root), bindings)
        elif exponent.head == "name":  # an exponent that is not written is 1
            for found in self.match(base, tree, bindings):
                yield from self.match(exponent, ONE, found)

    def in_quotient(self, above: Expression, below: Expression, tree: Expression, bindings: Bound) -> Iterator[Bound]:
        number, core = coefficient_and_core(tree)
        top, bottom = core.args if core.head == "quotient" else (core, ONE)
        value = Fraction(number)
        if core.head == "number" or (bottom is ONE and value.denominator == 1):
            return
        top = self.books.scaled(top, value.numerator)
        bottom = self.books.scaled(bottom, value.denominator)
        if above.head == "product" and below.head == "product":
            shared = [each for each in above.args if each in below.args and self.is_free(each, bindings)]
            if shared:
                common = self.books.product(list((Counter(factors_of(top)) & Counter(factors_of(bottom))).elements()))
                if common is ONE:
                    return
                for found in self.bind(shared[0].value, common, bindings):
                    yield from self.both(above, top, below, bottom, found)
                return
        yield from self.both(above, top, below, bottom, bindings)

    def both(self, above: Expression, top: Expression, below: Expression, bottom: Expression,
             bindings: Bound) -> Iterator[Bound]:
        """First the side that has more to say than letters."""
        sides = [(above, top), (below, bottom)]
        if self.says_more(below) and not self.says_more(above):
            sides.reverse()
        for found in self.match(*sides[0], bindings):
            yield from self.match(*sides[1], found)

    def says_more(self, pattern: Expression) -> bool:
        return any(item.head not in ("name", "power") for item in factors_of(pattern))

    # -- products ------------------------------------------------------------------------------------------------------

    def in_product(self, items: Sequence[Expression], parts: Sequence[Expression], bindings: Bound,
                   beside: bool = False) -> Iterator[tuple[Bound, list[Expression]]]:
        """Bindings and the factors that are left over; none may be unless that is allowed beside the rule."""
        item = self.next_item(items, bindings)
        if item is None:
            if beside or not parts:
                yield bindings, list(parts)
            return
        others = [other for other in items if other is not item]
        if item.head == "name" and item.value in self.rule.letters:
            bound = bindings.get(item.value)
            if isinstance(bound, Expression):
                remaining = without(parts, factors_of(bound))
                if remaining is not None:
                    yield from self.in_product(others, remaining, bindings, beside)
                return
            if not others:
                rest = self.books.product(parts)
                if rest is not ONE or not beside:
                    for found in self.bind(item.value, rest, bindings):
                        yield found, []
                return
            if item.value in self.numbers:  # of the number in front
                number, core = coefficient_and_core(self.books.product(parts))
                for found in self.bind(item.value, rational_node(number), bindings):
                    yield from self.in_product(others, list(factors_of(core)), found, beside)
                return
        tried = set()
        for index, part in enumerate(parts):
            if part in tried or (part.head == "number" and item.head != "name"):
                continue
            tried.add(part)
            left = [*parts[:index], *parts[index + 1:]]
            for found in self.match(item, part, bindings):
                yield from self.in_product(others, left, found, beside)
            if part.head == "sum" and item.head == "power":  # brackets turned round, and the sign beside them
                for found in self.match(item, self.books.negated_sum(part), bindings):
                    yield from self.in_product(others, [*left, MINUS_ONE], found, beside)

    def next_item(self, items: Sequence[Expression], bindings: Bound) -> Expression | None:
        """What to match first: what has most to say, then letters that are known, then numbers, then any letter."""
        def rank(item: Expression) -> int:
            if item.head != "name" or item.value not in self.rule.letters:
                return -1
            return 0 if item.value in bindings else 1 if item.value in self.numbers else 2

        return min(items, key=rank, default=None)

    # -- sums ----------------------------------------------------------------------------------------------------------

    def in_sum(self, pattern: Expression, tree: Expression, bindings: Bound,
               beside: bool = False) -> Iterator[tuple[Bound, list[Expression]]]:
        if tree.head != "sum":
            return
        if pattern.args[-1].head == "ellipsis":
            yield from self.every_term(pattern.args[0], tree, bindings, beside)
        else:
            yield from self.some_terms(list(pattern.args), list(tree.args), bindings, beside)

    def some_terms(self, items: Sequence[Expression], parts: Sequence[Expression], bindings: Bound,
                   beside: bool) -> Iterator[tuple[Bound, list[Expression]]]:
        item = self.next_item(items, bindings)
        if item is None:
            if beside or not parts:
                yield bindings, list(parts)
            return
        others = [other for other in items if other is not item]
        if not others and self.is_free(item, bindings) and not beside:
            for found in self.bind(item.value, self.books.sum(parts), bindings):
                yield found, []
            return
        tried = set()
        for index, part in enumerate(parts):
            if part in tried:
                continue
            tried.add(part)
            for found in self.match(item, part, bindings):
                yield from self.some_terms(others, [*parts[:index], *parts[index + 1:]], found, beside)

    def every_term(self, item: Expression, tree: Expression, bindings: Bound,
                   beside: bool) -> Iterator[tuple[Bound, list[Expression]]]:
        """Each term, or at the top as many as fit, at least two: with the letters that they share bound first."""
        terms = tree.args
        if item.head == "name" and item.value == self.listed:
            yield {**bindings, self.listed: terms}, []
            return
        free = [part for part in item.args if self.is_free(part, bindings) and part.value != self.listed]
        if item.head == "product" and len(free) == 1 and self.listed not in self.numbers:
            number = free[0].value in self.numbers
            common = rational_node(content_of(terms)) if number else self.common_factor(terms)
            if common is ONE:
                return
            bindings = {**bindings, free[0].value: common}
        groups: dict[tuple[object, ...], tuple[Bound, dict[int, Expression]]] = {}
        for place, term in enumerate(terms):
            for found in self.match(item, term, bindings):
                shared: Bound = {letter: bound for letter, bound in found.items() if letter != self.listed}
                one = found[self.listed]
                assert isinstance(one, Expression)
                groups.setdefault(tuple(shared.values()), (shared, {}))[1].setdefault(place, one)
        for shared, each in groups.values():
            rest = [term for place, term in enumerate(terms) if place not in each]
            if len(each) > 1 and (beside or not rest):
                yield {**shared, self.listed: tuple(each.values())}, rest

    def common_factor(self, terms: Sequence[Expression]) -> Expression:
        shared = Counter(factors_of(coefficient_and_core(terms[0])[1]))
        for term in terms[1:]:
            shared &= Counter(factors_of(coefficient_and_core(term)[1]))
        return self.books.product((rational_node(content_of(terms)), *shared.elements()))


def content_of(terms: Sequence[Expression]) -> Rational:
    """The largest number > 0 of which the number in front of every term is a whole multiple."""
    numbers = [coefficient_and_core(term)[0] for term in terms]
    return reduced(Fraction(gcd(*[number.numerator for number in numbers]),
                            lcm(*[number.denominator for number in numbers])))


def without(parts: Iterable[Expression], gone: Sequence[Expression]) -> list[Expression] | None:
    """The parts without some of them; None if these are not all there."""
    left = list(parts)
    for part in gone:
        if part.head == "number":
            index = next((place for place, other in enumerate(left) if other.head == "number"), None)
            number = rational_node(reduced(Fraction(1 if index is None else left[index].value) / part.value))
            if index is not None:
                del left[index]
            if number is not ONE:
                left.insert(0, number)
        elif part in left:
            left.remove(part)
        else:
            return None
    return left
