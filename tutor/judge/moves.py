"""How one line of a derivation leads to the next: which rules were used between them.

Both lines have the same value. The open derivatives show which rules were used: one that is no longer open has been
worked out, by the rule that the tutor would use or by another sound rule that leaves open what the second line has.

    moves = Moves(derivation)
    moves.between(parse("d/dx sin(x^2)"), parse("cos(x^2)*d/dx [x^2]"))      # Move("expected", (chain,))
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Literal, NamedTuple

from tutor.algebra.arrangement import Arrangements
from tutor.algebra.decide import Tidy
from tutor.algebra.factoring import opened
from tutor.derivation.derivation import Derivation, derive
from tutor.derivation.step import Block, Step
from tutor.derivation.strategy import candidates, named
from tutor.errors import TutorError
from tutor.expression.tree import Expression, add, derivative, multiply, name, node, postorder, substitute
from tutor.judge.form import style_of
from tutor.rules.rule import Rule
from tutor.rules.rulebook import rulebook

MOST_PARTS = 20
"""Open parts of one line on which other rules are tried."""

MOST_GROUPED = 8
"""Factors or terms that are tried in other groups."""

_STEPS = ("derivative", "higher", "method")
"""Tags of the rules that take an open derivative apart."""

_INNER = name("u_{inner}")
"""Stands for every letter that the problem does not have: the u of the chain rule, or what a learner calls it."""

Open = Counter[Expression]
"""Open parts, each with how often it stands in a line."""


class Move(NamedTuple):
    """What was done between two lines, and by which rules, each once, in the order of reading."""

    outcome: Literal["expected", "detour", "several_steps", "unchanged", "off_the_way"]
    rules: tuple[Rule, ...] = ()


class _Use(NamedTuple):
    """A rule that was used; after: it needed the result of another one that was used."""

    rule: Rule
    after: bool


class _Visit(NamedTuple):
    """A part that is looked at while it is found out which ones were worked.

    waits: it needs a result of a rule that was used; counts: its own rule is told; first: it stands in the first line;
    unless_met: it comes after parts of which it needs the results, and this many had been met before those.
    """

    part: Expression
    waits: bool = False
    counts: bool = True
    first: bool = False
    unless_met: int | None = None


class Moves:
    """The moves of one derivation; what was worked out for one line is kept for the next."""

    def __init__(self, derivation: Derivation) -> None:
        self.fresh = derivation.solver.fresh
        self.letters = {part.value for part in postorder([derivation.problem]) if part.head == "name"}
        self.tidy = Tidy(style_of(derivation.problem))
        self.arrangements = Arrangements()
        self.blocks: dict[Expression, Block | None] = {}
        self.remember(derivation.block)

    def between(self, before: Expression, after: Expression) -> Move:
        """What leads from one line to another of equal value."""
        if self.arrangements.of(before) == self.arrangements.of(after):
            return Move("unchanged")
        opened_before, opened_after = open_parts(before), open_parts(after, innermost=True)
        for key, alone in ((self.as_written, True), (self.as_tidied, False)):
            uses = self.worked(opened_before, opened_after, key)
            if uses is not None:
                uses += self.put_in(before, after, bool(uses))
                return _told(uses) if uses else self.rewritten(before, after)
            found = self.by_another_rule(opened_before, opened_after, key, alone)
            if found is not None:
                return found
        return Move("off_the_way")

    # -- open parts ------------------------------------------------------------------------------------------------

    def as_written(self, part: Expression) -> int:
        """Open parts are the same if only order and brackets differ."""
        body, variable, order = part.args
        if variable.value not in self.letters:
            body, variable = substitute(body, variable.value, _INNER), _INNER
        return self.arrangements.of(derivative(body, variable, order))

    def as_tidied(self, part: Expression) -> int:
        """Open parts are the same if tidying makes them so."""
        return self.as_written(self.tidy(part))

    def block(self, part: Expression) -> Block | None:
        """The derivation of an open part; None where the rulebook has none."""
        if part not in self.blocks:
            try:
                self.remember(derive(part).block)
            except TutorError:
                self.blocks[part] = None
        return self.blocks[part]

    def remember(self, block: Block) -> None:
        stack = [block]
        while stack:
            told = stack.pop()
            if not told.again and told.problem not in self.blocks:
                self.blocks[told.problem] = told
                stack.extend(_inside(told))

    # -- derivatives that were worked --------------------------------------------------------------------------------

    def worked(self, before: Open, after: Open, key: Callable[[Expression], int],
               inner: frozenset[Expression] = frozenset()) -> list[_Use] | None:
        """The rules by which the open parts of one line become those of the next; None if they do not.

        inner: parts that belong to a step already counted, as d/du [F(u)] belongs to the chain rule.
        """
        had, left = Counter[int](), Counter[int]()
        for counted, parts in ((had, before), (left, after)):
            for part, times in parts.items():
                counted[key(part)] += times
        uses: list[_Use] = []
        met: list[int] = []
        seen: set[Expression] = set()
        stack = [_Visit(part, counts=part not in inner, first=True) for part in reversed(before)]
        while stack:
            visit = stack.pop()
            part = visit.part
            if visit.unless_met is not None and len(met) > visit.unless_met:
                continue
            if self.stays(visit, had, left, key, met) or part in seen:
                continue
            seen.add(part)
            block = self.block(part)
            if block is None:
                return None
            rule = _first_rule(block)
            if rule is not None and visit.counts:
                uses.append(_Use(rule, visit.waits))
            waits = visit.waits or (rule is not None and "higher" not in rule.tags)
            opened = [inner_block.problem for inner_block in _inside(block)]
            if rule is None and part.head == "derivative":  # the last one goes on with what the others came to
                stack.append(_Visit(opened.pop(), True, visit.counts, unless_met=len(met)))
            stack.extend(_Visit(inside, waits, visit.counts and _same_variable(part, inside))
                         for inside in reversed(opened))
        return uses if left.keys() <= set(met) else None

    def stays(self, visit: _Visit, had: Counter[int], left: Counter[int], key: Callable[[Expression], int],
              met: list[int]) -> bool:
        """Whether a part stands in the next line as it is; if it is met there at all, that is noted."""
        if visit.part.head != "derivative":
            return False
        number = key(visit.part)
        if number not in left:
            return False
        met.append(number)
        return not visit.first or left[number] >= had[number]

    def by_another_rule(self, before: Open, after: Open, key: Callable[[Expression], int],
                        alone: bool) -> Move | None:
        """A sound rule that the tutor would not have used here, or with its parts grouped in another way.

        alone: nothing else may have been done with it.
        """
        left = {key(part) for part in after}
        gone = [part for part in before if key(part) not in left][:MOST_PARTS]
        for part in gone:
            for goal in _regrouped(part):
                for rule, parts in self.openings(goal):
                    rest = Counter({other: times for other, times in before.items() if other is not part})
                    rest.update(parts)
                    inner = frozenset(opened for opened in parts if not _same_variable(part, opened))
                    uses = self.worked(rest, after, key, inner)
                    if uses is not None and not (alone and uses):
                        block = self.block(part)
                        usual = block is not None and _first_rule(block) is rule
                        return _told([_Use(rule, False), *uses], "expected" if usual else "detour")
        return None

    def openings(self, goal: Expression) -> Iterator[tuple[Rule, Open]]:
        """Every sound rule that takes a derivative apart, with what it leaves open."""
        for tag in _STEPS:
            for candidate in candidates(tag, goal.args[0].head):
                choice = named(candidate.rule.name)(goal, self.fresh)
                if choice is not None:
                    rule, bindings = choice
                    for letter, build in rule.definitions:
                        bindings[letter] = self.tidy(build(bindings, None))
                    yield rule.rule, open_parts(rule.opened(bindings))

    # -- everything else ---------------------------------------------------------------------------------------------

    def put_in(self, before: Expression, after: Expression, worked: bool) -> list[_Use]:
        """Whether values were put in. For a letter that is not the problem's own that is part of the chain rule."""
        gone = self.places(before) - self.places(after)
        own = any(letter in self.letters for letter, _ in gone)
        return [_Use(rulebook()["evaluate_at"], False)] if own or (gone and not worked) else []

    def places(self, line: Expression) -> set[tuple[str, int]]:
        """The letters for which a value is still to be put in, each with that value."""
        return {(part.args[1].value, self.arrangements.of(self.tidy(part.args[2])))
                for part in postorder([line]) if part.head == "at"}

    def rewritten(self, before: Expression, after: Expression) -> Move:
        """The same things stand open: was it tidied, or was a bracket opened or made?"""
        if self.arrangements.of(self.tidy(before)) == self.arrangements.of(self.tidy(after)):
            ahead, behind = self.tidying(before), self.tidying(after)
            if ahead - behind:
                return Move("expected", _telling(ahead - behind))
            return Move("detour", _telling(behind - ahead))
        flat = [opened(line, self.tidy.style) for line in (before, after)]
        if self.arrangements.of(flat[0]) != self.arrangements.of(flat[1]):
            return Move("off_the_way")
        is_flat = self.arrangements.of(self.tidy(after)) == self.arrangements.of(flat[1])
        return Move("detour", (rulebook()["multiply_out" if is_flat else "take_out_common_factor"],))

    def tidying(self, line: Expression) -> Counter[str]:
        self.tidy(line)
        return Counter(decision.rule for _, decision in self.tidy.steps(line))


def open_parts(line: Expression, innermost: bool = False) -> Open:
    """The outermost derivatives of a line in written order, or, of one in another, the innermost."""
    order = list(postorder([line]))
    holding: set[Expression] = set()
    for part in order:
        if part.head == "derivative" or not holding.isdisjoint(part.args):
            holding.add(part)
    times = Counter({line: 1})
    found = []
    for part in reversed(order):  # every node after all that have it
        if part not in holding or not times[part]:
            continue
        if part.head == "derivative" and not (innermost and part.args[0] in holding):
            found.append(part)
            continue
        for arg in part.args:
            times[arg] += times[part]
    return Counter({part: times[part] for part in reversed(found)})


def _inside(block: Block) -> list[Block]:
    return [item for item in block.items if isinstance(item, Block)]


def _first_rule(block: Block) -> Rule | None:
    """The rule that takes the problem of a block apart; None where its parts are merely solved."""
    first = block.items[0] if block.items else None
    return first.rule if isinstance(first, Step) and any(tag in _STEPS for tag in first.rule.tags) else None


def _same_variable(outer: Expression, inner: Expression) -> bool:
    return outer.head != "derivative" or inner.head != "derivative" or outer.args[1] is inner.args[1]


def _regrouped(part: Expression) -> Iterator[Expression]:
    """The derivative of a sum or product, then of the same in other groups of two."""
    yield part
    body, *rest = part.args
    join = {"sum": add, "product": multiply}.get(body.head)
    if join is None or not 2 < len(body.args) <= MOST_GROUPED:
        return
    args = body.args
    cuts = [(args[:cut], args[cut:]) for cut in range(1, len(args))]
    singles = [((arg,), args[:index] + args[index + 1:]) for index, arg in enumerate(args)]
    for first, second in dict.fromkeys([*cuts, *singles]):
        yield node("derivative", (join(join(*first), join(*second)), *rest), part.value)


def _told(uses: list[_Use], single: Literal["expected", "detour"] = "expected") -> Move:
    """Using one rule, in one place or in independent ones, is one step; unfolding a second derivative is not a step."""
    counted = [use for use in uses if "higher" not in use.rule.tags] or uses
    rules = tuple({use.rule.name: use.rule for use in counted}.values())
    one = len(counted) == 1 or (len(rules) == 1 and not any(use.after for use in counted))
    return Move(single if one else "several_steps", rules)


def _telling(names: Iterable[str]) -> tuple[Rule, ...]:
    """The rules of these names; small bookkeeping only where there is nothing else to tell."""
    rules = [rulebook()[each] for each in names]
    return tuple([rule for rule in rules if "minor" not in rule.tags] or rules)
