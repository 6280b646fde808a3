"""How one gets from an expression to its tidy form: a chain of rules of the rulebook with their letters filled in.

Deciding what the tidy form is and telling how to get there are two things. A teller knows nothing of how it was
decided; it explains one `before -> after` when someone wants to read it, and what no chain of rules explains within
bounds it tells as a bare calculation:

    told = Teller(Style()).tell(parse("x^2*(2*x)"), parse("2*x^3"))
    [(each.rule.name, str(each.before), str(each.after)) for each in told]     # [("multiply_powers", "x*x^2", "x^3")]
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from tutor import limits
from tutor.algebra import indices
from tutor.algebra.bookkeeping import Bookkeeping, coefficient_and_core
from tutor.algebra.cancelling import in_letter, polynomial
from tutor.algebra.chains import Factoring, Search
from tutor.algebra.decide import Tidy
from tutor.algebra.decision import Kind
from tutor.algebra.factoring import factored
from tutor.algebra.functions import value_of
from tutor.algebra.intermediate import Writer
from tutor.algebra.needed import Needed
from tutor.algebra.polynomials import exact_quotient
from tutor.algebra.rewriting import Rewrite, Rewriting, Way
from tutor.algebra.signs import holds, sign_of
from tutor.algebra.terms import Style, negated
from tutor.algebra.view import Views
from tutor.expression.exponents import integer_root, square_out_of_root
from tutor.expression.tree import (
    ARGUMENT_COUNTS,
    ONE,
    ZERO,
    Expression,
    add,
    has_head,
    negate,
    node,
    postorder,
    replace,
)
from tutor.rules.building import listed_letter
from tutor.rules.conditions import rational_value
from tutor.rules.restate import shown_bindings
from tutor.rules.rule import Rule
from tutor.rules.rulebook import rulebook

MOST_SIZE = 1_500
"""Size of what is explained; longer expressions are told as calculations."""

_LARGEST_FACTORED, _LARGEST_ARGUMENT = 40, 8


_OF_CASES: dict[Kind, str] = {"cases": "case_that_counts", "into_cases": "into_each_case"}
"""What is decided of cases -> the rule that it is told as."""


class Told(NamedTuple):
    """One rule that was used: `before` = `after` by it, which makes the whole from `whole_before` to `whole_after`."""

    rule: Rule
    bindings: Mapping[str, Expression]
    before: Expression
    after: Expression
    whole_before: Expression
    whole_after: Expression
    assumptions: tuple[Expression, ...] = ()


class Teller:
    """Tells the steps of one derivation; what was found once is kept."""

    def __init__(self, style: Style) -> None:
        self.style, self.views = style, Views(style)
        self.books = Bookkeeping(style.decimals)
        self.writer = Writer(self.books, self.views)
        self.needed = Needed(self.books)
        self.rewriting = Rewriting(self.books, self.decided, self.value)
        self.factoring = Factoring(self.as_product, self.divided)
        self.normal: set[Expression] = set()
        self.products: dict[Expression, Expression | None] = {}
        self.told: dict[tuple[Expression, Expression], tuple[Told, ...]] = {}
        self.most_steps = limits.STEPS_TOLD

    def tell(self, before: Expression, after: Expression, kind: Kind = "other") -> tuple[Told, ...]:
        """The rules that lead from one expression to another of equal value, which is not the same. kind: what was
        decided: it says where to look first."""
        found = self.told.get((before, after))
        if found is None:
            found = self.told[before, after] = tuple(self.found(before, after, kind))
            self.most_steps -= len(found)
        return found

    def found(self, before: Expression, after: Expression, kind: Kind) -> Iterator[Told]:
        if max(before.size, after.size) > MOST_SIZE or self.most_steps < 0:  # nobody reads so many
            yield Told(rulebook()["calculation"], {}, before, after, before, after)
            return
        if kind in _OF_CASES:
            yield Told(rulebook()[_OF_CASES[kind]], {}, before, after, before, after)
        has_indices = before.head == "same" or has_head("finite_sum", before, set())
        moves = indices.moves_to(after, before, self.views) if has_indices else ()
        if moves:
            yield from self.index_moves(moves)
            return
        self.books.meet(before)
        self.books.meet(after)
        first, last = self.books.of(before), self.books.of(after)
        if first is last:
            yield _bookkeeping(before, after)
            return
        self.writer.met.clear()
        self.writer.meet(before)
        self.writer.meet(after)
        self.writer.note(after)
        self.writer.note(before, parts_only=True)
        way = self.way(first, last, kind)
        if way is None:
            yield Told(rulebook()["calculation"], {}, before, after, before, after)
            return
        whole = before
        needed = self.needed.of([relation for move in way for relation in move.assumptions], first, last)
        for move in way:
            lost = [relation for relation in self.needed.lost(move, first, last)
                    if self.decided(relation) is None]
            move = move._replace(assumptions=(*[each for each in move.assumptions if each in needed], *lost))
            self.place_terms(move)
            next_whole = after if move.after is last else self.writer.written(move.after)
            yield self.written(move, whole, next_whole)
            whole = next_whole

    def index_moves(self, moves: Sequence[indices.Move]) -> Iterator[Told]:
        """What is done at a sum with an index, or at a δ."""
        for move in moves:
            if move.instance is None:
                for told in self.tell(move.before, move.after, "multiply_out"):
                    around = [replace(move.whole_before, {move.before: whole})
                              for whole in (told.whole_before, told.whole_after)]
                    yield told._replace(whole_before=around[0], whole_after=around[1])
            else:
                rule = move.instance.rule
                yield Told(rule, shown_bindings(rule, move.instance.bindings), move.before, move.after,
                           move.whole_before, move.whole_after, move.assumed)

    def written(self, move: Rewrite, whole: Expression, next_whole: Expression) -> Told:
        """A move as a person reads it. whole, next_whole: how the trees before and after it are written."""
        write = self.writer.written
        bindings = {}
        for letter in move.rule.letters_met:
            bound = move.bindings.get(letter)
            if isinstance(bound, tuple):
                bindings[letter] = self.writer.listed(bound)
            elif bound is not None:
                bindings[letter] = write(bound)
        before = whole if move.redex is move.before else write(move.redex)
        after = next_whole if move.contractum is move.after else write(move.contractum)
        assumptions = tuple([node("relation", tuple(map(write, each.args)), each.value)
                             for each in dict.fromkeys(move.assumptions)])
        return Told(move.rule, bindings, before, after, whole, next_whole, assumptions)

    def place_terms(self, move: Rewrite) -> None:
        """Put the terms that a move makes in the place and in the order of those that they come from."""
        rule, met = move.rule, self.writer.met
        listed = listed_letter(rule)
        ones = move.bindings.get(listed)
        if isinstance(ones, tuple):
            left, right = (next(part.args[0] for part in postorder([side]) if part.head == "sum" and
                                part.args[-1].head == "ellipsis") for side in (rule.left, rule.right))
            fill = self.rewriting.matcher.filled
            for one in ones:
                old, new = (fill(side, rule, {**move.bindings, listed: one}) for side in (left, right))
                met.setdefault(coefficient_and_core(new)[1], self.writer.place(old))
        self.writer.follow(move.before, move.after)

    def way(self, first: Expression, last: Expression, kind: Kind) -> Way | None:
        """A way from one tree to another: at first straight on, then from both ends, at first without touching what
        both have in common."""
        goals = frozenset(part for part in postorder([last]) if part.args)
        for numbers_out in (False, True):
            search = Search(self.rewriting, self.factoring, goals, set(), last, numbers_out)
            found = search.towards(first, last, kind)
            if found is not None:
                return found
        common = goals.intersection(postorder([first])) - {first, last}
        frozen = frozenset(part for part in common if self.is_rewritten(part))
        for kept in dict.fromkeys((frozen, frozenset())):
            search = Search(self.rewriting, self.factoring, kept, set() if kept else self.normal)
            found = search.between(first, last)
            if found is not None:
                return found
        return None

    def is_rewritten(self, tree: Expression) -> bool:
        """Whether a directed rule fits somewhere in a tree."""
        return self.rewriting.next_directed(tree, frozenset(), self.normal) is not None

    # -- what is known of expressions ----------------------------------------------------------------------------------

    def decided(self, relation: Expression) -> bool | None:
        """Whether a relation of trees holds, None where that is not plain."""
        left, right = map(self.writer.written, relation.args)
        if relation.value == ">=" and right is ZERO and sign_of(left) in ("+", "0+", "0"):
            return True
        return holds(node("relation", (left, right), relation.value))

    def value(self, tree: Expression) -> Expression | None:
        """The exact value of a function or a root of numbers, where it is known."""
        if tree.head == "power":
            base, exponent = tree.args
            if base.head != "number" or exponent.head != "number" or exponent.value.__class__ is int or base.value <= 0:
                return None
            degree = exponent.value.denominator
            above, below = (integer_root(part, degree) for part in (base.value.numerator, base.value.denominator))
            if above is None or below is None:
                return self.without_square(base, exponent)
            root = self.books.quotient(node("number", (), above), node("number", (), below))
            return self.books.power(root, node("number", (), exponent.value.numerator))
        if tree.head not in ARGUMENT_COUNTS or tree.args[0].size > _LARGEST_ARGUMENT:
            return None
        call = node(tree.head, tuple(map(self.writer.written, tree.args)), tree.value)
        found = value_of(call, self.views)
        return None if found is None or found[0] != "known_value" or tree.free else self.books.of(found[1])

    def without_square(self, base: Expression, exponent: Expression) -> Expression | None:
        """The square root of a number with the largest square that is in it taken out: 2*sqrt(3) for sqrt(12)."""
        parts = square_out_of_root(base.value)
        if parts is None or exponent.value != Fraction(1, 2):
            return None
        size, inner = parts
        above, below = [
            self.books.product([node("number", (), front), self.books.power(node("number", (), under), exponent)])
            for front, under in ((size.numerator, inner.numerator), (size.denominator, inner.denominator))]
        return self.books.quotient(above, below)

    def as_product(self, total: Expression) -> Expression | None:
        """A short polynomial in one letter as a product; None where it is none."""
        if total not in self.products:
            better = None
            if total.size <= _LARGEST_FACTORED and len(total.free) == 1:
                better = factored(self.writer.written(total), self.style)
            product = None if better is None else self.books.of(better)
            self.products[total] = None if product is total or (product and product.head == "sum") else product
        return self.products[total]


    def divided(self, total: Expression, divisor: Expression) -> Expression | None:
        """A polynomial as a product with another one in the same letter that divides it; None if it does not."""
        if total.size > _LARGEST_FACTORED or divisor.size > _LARGEST_FACTORED:
            return None
        parts = [polynomial(self.writer.written(each), self.views) for each in (total, divisor)]
        if parts[0] is None or parts[1] is None or parts[0][0] is not parts[1][0]:
            return None
        quotient = exact_quotient(parts[0][1], parts[1][1])
        if quotient is None or len(quotient) < 2:
            return None
        return self.books.product((divisor, self.books.of(in_letter(quotient, parts[0][0], self.views))))


def instance_in(rule: Rule, example: Expression) -> Told | None:
    """The rule used on an example: on a part of it that it fits, or on the way that an equation tells."""
    teller = Teller(Style())
    if example.head == "relation":
        before, after = example.args
        return next((told for told in teller.tell(before, after) if told.rule == rule), None)
    if "index" in rule.tags:
        tidy = Tidy(Style())
        tidy(example)
        return next((told for before, decision in tidy.steps(example)
                     for told in teller.tell(before, decision.after, decision.kind) if told.rule == rule), None)
    teller.writer.note(example)
    for part in postorder([teller.books.of(example)]):
        for move in teller.rewriting.by_rule(rule.name, part):
            return teller.written(move, teller.writer.written(move.before), teller.writer.written(move.after))
    return None


# -- steps that are no rules -------------------------------------------------------------------------------------------


def _bookkeeping(before: Expression, after: Expression) -> Told:
    """A change that is only one of writing, under the name that says best what it is."""
    head, args = before.head, before.args
    if head == "power" and after.head == "sqrt" and args[0] is after.args[0]:
        return _rewritten("power_as_square_root", before, after, args[0])
    first_power = next((part for part in (before, *args) if part.head == "power" and part.args[1] is ONE), None)
    if first_power is not None:
        base = first_power.args[0]
        rule = rulebook()["first_power"]
        return Told(rule, rule.bound(base), first_power, base, before, after)
    if head == "negation" and args[0].head == "negation":
        return _rewritten("two_minus_signs", before, after, args[0].args[0])
    if head == "negation" and after.head == "negation":
        return _bookkeeping(args[0], after.args[0])._replace(whole_before=before, whole_after=after)
    if head == "quotient" and after.head == "quotient":
        changed = [(old, new) for old, new in zip(args, after.args, strict=True) if old is not new]
        if len(changed) == 1:
            return _bookkeeping(*changed[0])._replace(whole_before=before, whole_after=after)
    added = head == "sum" and sum(rational_value(term) not in (None, 0) for term in args) > 1
    if added or _numbers(before) != _numbers(after):
        return _rewritten("arithmetic", before, after)
    if head == "quotient" and after.head == "negation":
        for name, side in (("minus_out_of_numerator", 0), ("minus_out_of_denominator", 1)):
            if args[side].head == "negation" and args[1 - side].head != "negation":
                sides = [arg.args[0] if arg.head == "negation" else arg for arg in args]
                return _rewritten(name, before, after, *sides)
    if head == "negation" and args[0].head == "product" and after.head == "product":
        factors = args[0].args
        difference = next((factor for factor in factors if _is_difference(factor)
                           and add(factor.args[1].args[0], negated(factor.args[0])) in after.args), None)
        if difference is not None:
            others = list(factors)
            others.remove(difference)
            return _rewritten("minus_into_factor", before, after, _joined("product", others), difference.args[0],
                              difference.args[1].args[0])
    if head == "negation" and args[0].head in ("product", "quotient"):
        told = _minus_into_bracket(before, after)
        if told is not None:
            return told
    if head == "sum":
        bracket = next((term for term in args if term.head == "negation" and term.args[0].head == "sum"), None)
        if bracket is not None:
            rule, total = rulebook()["minus_into_brackets"], bracket.args[0]
            return Told(rule, rule.bound(total), bracket, add(*map(negated, total.args)), before, after)
    for whole, number, name in (("product", ONE, "times_one"), ("product", ZERO, "times_zero"),
                                ("sum", ZERO, "plus_zero")):
        if head == whole and number in args:
            others = list(args)
            others.remove(number)
            return _rewritten(name, before, after, _joined(head, others))
    if head == "product":
        fractions = sorted([arg for arg in args if arg.head == "quotient"], key=lambda arg: not arg.free)
        fraction = fractions[0] if fractions else None
        if fraction is not None and (after.args[0] if after.head == "negation" else after).head == "quotient":
            others = list(args)
            others.remove(fraction)
            return _rewritten("factor_into_fraction", before, after, _joined(head, others), *fraction.args)
        minus = next((arg for arg in args if arg.head == "negation"), None)
        if minus is not None:
            others = list(args)
            others.remove(minus)
            return _rewritten("minus_out_of_product", before, after, _joined(head, others), minus.args[0])
        return _reordered("reorder_factors", before, after)
    if head == "sum":
        return _reordered("reorder_terms", before, after)
    if head == "negation" and args[0].head == "sum":
        return _rewritten("minus_into_brackets", before, after, args[0])
    return _rewritten("arithmetic", before, after)


def _rewritten(name: str, before: Expression, after: Expression, *values: Expression) -> Told:
    """A change that a rule makes; values: what its letters stand for, in the order in which its statement has them;
    none where the step shows no statement."""
    rule = rulebook()[name]
    return Told(rule, rule.bound(*values) if values else {}, before, after, before, after)


def _minus_into_bracket(before: Expression, after: Expression) -> Told | None:
    """A minus in front that turns the signs in brackets above the line: -(x - y)/z = (y - x)/z."""
    old, new = [_factors_above(whole) for whole in (before.args[0], after)]
    for total in old:
        if total.head == "sum":
            terms = frozenset(map(negated, total.args))
            turned = next((each for each in new if each.head == "sum" and frozenset(each.args) == terms), None)
            if turned is not None:
                rule = rulebook()["minus_into_brackets"]
                return Told(rule, rule.bound(total), negate(total), turned, before, after)
    return None


def _factors_above(whole: Expression) -> tuple[Expression, ...]:
    top = whole.args[0] if whole.head == "quotient" else whole
    return top.args if top.head == "product" else (top,)


def _reordered(name: str, before: Expression, after: Expression) -> Told:
    """Factors or terms in another order: of those that do not stay at the beginning or at the end, some change places
    with the others; or only brackets that go."""
    head = before.head
    old, new = [[inner for part in (whole.args if whole.head == head else (whole,))
                 for inner in (part.args if part.head == head else (part,))] for whole in (before, after)]
    inside = next((part for part in before.args if part.head == head), None)
    if old == new and inside is not None:
        others = list(before.args)
        others.remove(inside)
        return _rewritten("factors_in_brackets" if head == "product" else "terms_in_brackets", before, after,
                          _joined(head, others), inside.args[0], _joined(head, inside.args[1:]))
    if old == new or sorted(old, key=id) != sorted(new, key=id):
        gone, come = [part for part in old if part not in new], [part for part in new if part not in old]
        if len(gone) == len(come) == 1 and gone[0].args and gone[0].head == come[0].head:
            return _bookkeeping(gone[0], come[0])._replace(whole_before=before, whole_after=after)
        return _rewritten("arithmetic", before, after)
    while old[0] is new[0]:
        del old[0], new[0]
    while old[-1] is new[-1]:
        del old[-1], new[-1]
    place = old.index(new[0])
    rule, (front, back) = rulebook()[name], [_joined(head, part) for part in (old[:place], old[place:])]
    return Told(rule, rule.bound(front, back), _joined(head, old), _joined(head, new), before, after)


def _is_difference(total: Expression) -> bool:
    return total.head == "sum" and len(total.args) == 2 and total.args[1].head == "negation"


def _joined(head: str, parts: Sequence[Expression]) -> Expression:
    return parts[0] if len(parts) == 1 else node(head, tuple(parts))


def _numbers(root: Expression) -> list[Expression]:
    """The numbers in an expression that are not 0 or 1."""
    found, stack = [], [root]
    while stack:
        part = stack.pop()
        if part.head == "number" and part not in (ZERO, ONE):
            found.append(part)
        stack.extend(part.args)
    return sorted(found, key=id)
