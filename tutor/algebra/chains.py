"""Finding the chain of rules that leads from one tree of bookkeeping to another of equal value.

Both ends are rewritten by the directed rules until none fits. Where they are alike then, the chain is the one way down
and the other way back up. Else choices are made from both ends: one at a time at first, then everything at once that
may bring them together (factoring, one denominator, multiplying out), and then a second choice. All of it is bounded by
the size of what is looked at.

    Search(rewriting, factoring, frozenset(), set()).between(first, last)      # the moves, or None
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice, product
from typing import Literal, NamedTuple

from tutor.algebra.bookkeeping import factors_of, rational_node
from tutor.algebra.decision import Kind
from tutor.algebra.rewriting import (
    MOST_CHOICES,
    Rewrite,
    Rewriting,
    Way,
    calculation,
    is_whole,
    least_powers,
    powers_in,
)
from tutor.expression.tree import Expression, postorder

MOST_MOVES = 60
"""Rules that are used one after another on the way from one end."""

Stage = Literal["choice", "taken across", "powers taken out", "divisors taken out", "taken out", "factored across",
                "factored", "one fraction", "opened", "opened in sums", "by sine and cosine"]
"""What is tried in a search: one choice at any place, or one kind of choice wherever there is a place for it."""

MOST_WORK: dict[Stage | Literal[""], int] = {
    "": 1_500, "choice": 700, "taken across": 700, "powers taken out": 1_000, "divisors taken out": 1_000,
    "taken out": 1_000, "factored across": 700, "factored": 700, "one fraction": 1_500, "opened": 1_000,
    "opened in sums": 1_000, "by sine and cosine": 1_000,
}
"""Sizes, added up, of the trees that are looked at: on the way down from both ends, and then at each stage of a search
from each end."""

LONGEST_CHAIN = 16
"""The rules of a chain that anyone wants to read; a longer one is told as a calculation."""

LARGEST_POWER = 5
"""The exponent up to which powers of brackets are multiplied out."""

LONGEST_FACTORING = 2
"""The rules that the factoring of a polynomial may take where it is done in one go."""

LONGEST_GROUPING = 8
"""The rules that it may take to split its terms and to take out of them what they share; more is a calculation."""

_CALCULATION = 20
"""How many rules a bare calculation counts as."""

STAGES: tuple[tuple[Stage, ...], ...] = (
    ("by sine and cosine",), ("taken across",), ("choice",), ("powers taken out", "taken out"), ("factored",),
    ("one fraction",), ("opened",))
"""What is tried one after another where the directed rules do not reach the goal."""

FIRST_STAGES: dict[Kind, tuple[tuple[Stage, ...], ...]] = {
    "cancel": (("by sine and cosine", "taken across"), ("factored across", "factored"),
               ("powers taken out", "taken out"), ("one fraction",)),
    "take_out_common_factor": (("powers taken out", "taken out", "divisors taken out"),),
    "common_denominator": (("one fraction",),),
    "multiply_out": (("opened in sums", "opened"),),
}
"""The kind of a decision -> what is tried first, since it is most likely what a teacher would do there; of what stands
together the shorter way is taken."""


class Factoring(NamedTuple):
    """A sum as a product, and as a product with another sum; None where it is none."""

    product: Callable[[Expression], Expression | None]
    by: Callable[[Expression, Expression], Expression | None]


class Search:
    """The search for one chain.

    factoring: how sums are written as products; frozen: parts that are left alone; normal: parts in which no
    directed rule fits, which is added to; goal: a tree at which to stop; numbers_out: whether the number that all terms
    of brackets share is taken out of all of them.
    """

    def __init__(self, rewriting: Rewriting, factoring: Factoring, frozen: frozenset[Expression],
                 normal: set[Expression], goal: Expression | None = None, numbers_out: bool = True) -> None:
        self.rewriting, self.factors, self.frozen, self.normal = rewriting, factoring, frozen, normal
        self.goal, self.numbers_out = goal, numbers_out
        self.work, self.most_work = 0, MOST_WORK[""]

    def towards(self, first: Expression, last: Expression, kind: Kind) -> Way | None:
        """A way that never goes on past its goal: parts of the goal are left alone as soon as they are there.

        kind: of the decision, which says what to try first.
        """
        down = self.normalised(first, ())
        if down is not None and down[0] is last:
            return down[1]
        starts = [(first, ())] if down is None or not down[1] else [(first, ()), down]
        found: list[Way] = []
        tried = set()
        for stages in (*FIRST_STAGES.get(kind, ()), *(STAGES if self.numbers_out else ())):
            for stage, start in product(stages, starts):
                if (stage, start[0]) in tried:
                    continue
                tried.add((stage, start[0]))
                known: dict[Expression, Way] = {}
                self.work, self.most_work = 0, MOST_WORK[stage]
                if stage == "choice":
                    self.one_choice_further([start], known)
                else:
                    self.all_at_once(stage, start, known)
                if last in known:
                    found.append(without_detours(first, known[last]))
                    tried.update((stage, other[0]) for other in starts)
            found = [way for way in found if len(way) <= LONGEST_CHAIN and not calculations(way)]
            if found:
                return min(found, key=_length)
        return None

    def between(self, first: Expression, last: Expression) -> Way | None:
        down, up = self.normalised(first, ()), self.normalised(last, ())
        if down is None or up is None:
            return None
        ends: tuple[dict[Expression, Way], ...] = ({first: (), down[0]: down[1]}, {last: (), up[0]: up[1]})
        fresh = [[down], [up]]
        best = _meeting(*ends)
        for stage in ("by sine and cosine", "choice", "taken out", "one fraction"):
            for side in (0, 1):
                if best is not None and not calculations(best):
                    break
                self.work, self.most_work = 0, MOST_WORK[stage]
                if stage == "choice":
                    fresh[side] = self.one_choice_further(fresh[side], ends[side])
                else:
                    self.all_at_once(stage, (down, up)[side], ends[side])
                best = min(filter(None, (best, _meeting(*ends))), key=_length, default=None)
        way = None if best is None else without_detours(first, best)
        return None if way is None or len(way) > LONGEST_CHAIN else way

    @property
    def is_exhausted(self) -> bool:
        return self.work > self.most_work

    def normalised(self, tree: Expression, way: Way) -> tuple[Expression, Way] | None:
        """A tree rewritten by the directed rules, and the way there; None if that does not end soon."""
        for _ in range(MOST_MOVES):
            self.work += tree.size
            if self.is_exhausted:
                return None
            move = None if tree is self.goal else self.rewriting.next_directed(tree, self.frozen, self.normal,
                                                                               self.numbers_out)
            if move is None:
                return tree, way
            tree, way = move.after, (*way, move)
        return None

    # -- one choice ----------------------------------------------------------------------------------------------------

    def one_choice_further(self, places: Iterable[tuple[Expression, Way]],
                           known: dict[Expression, Way]) -> list[tuple[Expression, Way]]:
        """All that one choice and the directed rules after it lead to."""
        reached: list[tuple[Expression, Way]] = []
        for tree, way in places:
            for choice in islice(self.choices(tree), MOST_CHOICES):
                if self.is_exhausted:
                    return reached
                after, further = choice[-1].after, (*way, *choice)
                if after in known:
                    continue
                known[after] = further
                end = self.normalised(after, further)
                if end is not None and (end[0] not in known or end[0] is after):
                    known[end[0]] = end[1]
                    reached.append(end)
        return reached[:MOST_CHOICES]

    def choices(self, whole: Expression) -> Iterator[Way]:
        """What could be done that is no simplification in itself, at every place: common factors first."""
        places = self.places(whole)
        for tree in places:
            if tree.head == "sum":
                way = self.rewriting.common_powers_out(tree)
                if way:
                    yield self.rewriting.all_within(way, whole)
        for tree in places:
            for move in self.rewriting.fitting("choice", tree):
                yield (self.rewriting.within(move, whole),)

    def places(self, whole: Expression) -> list[Expression]:
        return [tree for tree in postorder([whole]) if tree.args and tree not in self.frozen]

    # -- everything at once --------------------------------------------------------------------------------------------

    def all_at_once(self, stage: Stage, start: tuple[Expression, Way], known: dict[Expression, Way]) -> None:
        """Go on as long as there is a place for a kind of choice, and note where that leads."""
        tree, way = start
        passed = set()
        while tree not in passed and len(way) < MOST_MOVES and tree is not self.goal:
            passed.add(tree)
            further = self.next_of(stage, tree) if not stage.endswith("taken out") or way is start[1] else ()
            if not further and stage in ("powers taken out", "divisors taken out", "taken out", "one fraction"):
                further = self.next_of("opened in sums", tree)
            if not further:
                return
            end = self.normalised(further[-1].after, (*way, *further))
            if end is None:
                return
            tree, way = end
            known.setdefault(tree, way)

    def next_of(self, stage: Stage, whole: Expression) -> Way:
        for tree in self.places(whole):
            way: Way = ()
            if stage == "factored across":
                way = self.factoring_across(tree) if tree.head == "quotient" else ()
            elif stage == "factored":
                way = self.factored(tree, whole) if tree.head == "sum" else ()
            elif stage == "taken out":
                way = self.rewriting.common_powers_out(tree) if tree.head == "sum" else ()
            elif stage == "powers taken out":
                way = self.rewriting.common_powers_out(tree, least_powers(tree.args)) if tree.head == "sum" else ()
            elif stage == "divisors taken out":
                way = (tree.head == "sum" and (self.rewriting.common_divisors_out(tree) or
                                              self.rewriting.common_powers_out(tree, least_powers(tree.args)))) or ()
            elif stage == "taken across":
                way = self.rewriting.taken_across(tree) if tree.head == "quotient" else tuple(
                    islice(self.rewriting.by_rule("power_below_the_line", tree), tree.head == "product"))
            elif stage == "by sine and cosine":
                way = self.rewriting.fitting("ratio", tree)[:1]
            elif stage == "opened in sums":
                way = self.opened_term(tree) if tree.head == "sum" else ()
            elif stage == "one fraction":
                way = self.rewriting.one_denominator(tree) if tree.head == "sum" else ()
            else:
                way = self.opened(tree)
            if way:
                return self.rewriting.all_within(way, whole)
        return ()

    def opened_term(self, total: Expression) -> Way:
        """A term of a sum that has brackets in it, with those opened."""
        ways = (self.opened(term) for term in total.args if term not in self.frozen)
        return next((self.rewriting.all_within(way, total) for way in ways if way), ())

    def opened(self, tree: Expression) -> Way:
        """The first brackets or fraction at the top of a tree taken apart."""
        return self.opened_power(tree) or next(
            ((move,) for move in self.rewriting.fitting("choice", tree) if "opens" in move.rule.tags), ())

    def opened_power(self, tree: Expression) -> Way:
        """One factor taken off a power of a bracket, and the rest multiplied out: a*(a^2 + 2*a*b + b^2)."""
        if tree.head != "power" or not is_whole(tree.args[1]) or tree.args[1].value > LARGEST_POWER:
            return ()
        first = next(self.rewriting.by_rule("power_as_product", tree), None)
        if first is None or tree.args[1].value == 2:
            return ()
        power = self.rewriting.books.power(tree.args[0], rational_node(tree.args[1].value - 1))
        search = Search(self.rewriting, self.factors, self.frozen, self.normal)
        ends: dict[Expression, Way] = {}
        search.all_at_once("opened", (power, ()), ends)
        self.work += search.work
        inner = next(reversed(ends.values()), ())
        return (first, *self.rewriting.all_within(inner, first.after)) if inner else ()

    def factored(self, total: Expression, whole: Expression) -> Way:
        """A polynomial in a product or fraction as a product; one that stands alone only as its goal says it."""
        if total is not whole:
            return self.told_factoring(total, self.factors.product(total))
        way = self.told_factoring(total, self.goal) if self.goal and self.goal.head in ("product", "power") else ()
        return () if calculations(way) else way

    def factoring_across(self, fraction: Expression) -> Way:
        """A polynomial on one side of the line as a product with one on the other."""
        for side, other in (fraction.args, fraction.args[::-1]):
            for total, base in product(factors_of(side), powers_in(factors_of(other))):
                if total.head == "sum" and base.head == "sum":
                    way = self.told_factoring(total, self.factors.by(total, base))
                    if way:
                        return self.rewriting.all_within(way, fraction)
        return ()

    def told_factoring(self, total: Expression, factors: Expression | None) -> Way:
        """A polynomial as a product, told as the way back from the product multiplied out."""
        if factors is None:
            return ()
        known = self.rewriting.factorings
        if (total, factors) not in known:
            known[total, factors] = self.way_to_factors(total, factors)
        return known[total, factors]

    def way_to_factors(self, total: Expression, factors: Expression) -> Way:
        search = Search(self.rewriting, self.factors, frozenset(), set(), total)
        for move in self.rewriting.fitting("choice", factors):
            end = search.normalised(move.after, (move,))
            if end is not None and end[0] is total and len(end[1]) <= LONGEST_FACTORING:
                return tuple(step.turned for step in reversed(end[1]))
        opened: dict[Expression, Way] = {}
        search.work, search.most_work = 0, MOST_WORK["opened"]
        search.all_at_once("opened", (factors, ()), opened)
        way = opened.get(total, ())
        if way and len(way) <= LONGEST_GROUPING:
            return tuple(step.turned for step in reversed(way))
        return (calculation(total, factors),)


def _meeting(down: Mapping[Expression, Way], up: Mapping[Expression, Way]) -> Way | None:
    """The shortest way down to a tree that both sides have reached and up again."""
    ways = ((*down[tree], *[move.turned for move in reversed(up[tree])]) for tree in down if tree in up)
    return min(ways, key=_length, default=None)


def calculations(way: Way) -> int:
    return sum("calculation" in move.rule.tags for move in way)


def _length(way: Way) -> int:
    return len(way) + _CALCULATION * calculations(way)


def without_detours(first: Expression, way: Way) -> Way:
    """The way without what leads back to where it has been."""
    places = {first: 0}
    kept: list[Rewrite] = []
    for move in way:
        if move.after in places:
            del kept[places[move.after]:]
            places = {tree: place for tree, place in places.items() if place <= len(kept)}
        else:
            kept.append(move)
            places[move.after] = len(kept)
    return tuple(kept)
