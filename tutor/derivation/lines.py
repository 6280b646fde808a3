"""Numbered lines: which steps a teacher writes in one go, and which rules name them.

    numbering = numbered(goal, told)
    numbering.places[step]             # Place(line=1, number=None, names=(chain,))

Tags of rules decide. Bookkeeping (`minor`) never has a number; it belongs to the line before it. What is read off, such
as the derivative of 3x + 2, belongs to the line of the rule that asked for it, and a sum of a few simple terms is one
line. Algebra in one place is one line, named by what was chosen there (`choice`) or done; and so is one rule used
several times in a row.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple, Protocol

from tutor.derivation.goal import Goal
from tutor.derivation.step import Step
from tutor.rules.rule import Rule

_MOST_FOUND_DIRECTLY = 4
"""Derivatives of powers and of single functions that are found in one line."""

_MOST_IN_ONE = 24
"""Rules that are used in one line."""


class Told(Protocol):
    """The steps of each goal: the rule that takes it apart, and what is done once its parts are found."""

    def opening(self, goal: Goal) -> Step | None: ...

    def ending(self, goal: Goal) -> list[Step]: ...


class Place(NamedTuple):
    """Where a counted step stands: the number of its line, its own in that line (None where it is the only counted
    one), and for the first one the rules that name the line."""

    line: int
    number: int | None
    names: tuple[Rule, ...]


class Numbering(NamedTuple):
    """places: of the steps that are counted; owners: every goal in reading order, with the goal under which it is
    told."""

    places: dict[Step, Place]
    owners: dict[Goal, Goal]


class _Line(NamedTuple):
    """The counted steps of a line; goal: the one that it began in; names_all: whether all its rules name it."""

    goal: Goal
    steps: list[Step]
    names_all: bool


class Folding:
    """Which goals need no line of their own; what was found for one goal is kept."""

    def __init__(self, told: Told) -> None:
        self.told = told
        self._folded: dict[Goal, frozenset[Goal]] = {}

    def parts(self, goal: Goal) -> frozenset[Goal]:
        """The parts of a goal whose steps belong to the line of the step that opened them."""
        found = self._folded.get(goal)
        if found is None:
            found = self._folded[goal] = frozenset(self._parts_of(goal))
        return found

    def outline(self, goal: Goal) -> Iterator[Step | Goal]:
        """The steps of a goal, with the goals that they open between them; first those that are folded."""
        opening = self.told.opening(goal)
        if opening is not None:
            yield opening
        folded = self.parts(goal)
        parts = dict.fromkeys(goal.parts)
        yield from (part for part in parts if part in folded)
        yield from (part for part in parts if part not in folded)
        if goal.continued is not None:
            yield goal.continued
        yield from self.told.ending(goal)

    def _parts_of(self, goal: Goal) -> Iterable[Goal]:
        if goal.rule is None:
            return ()
        if "linear" in goal.rule.tags and self._is_simple([goal], _MOST_FOUND_DIRECTLY):
            return goal.parts
        return [part for part in goal.parts if self._is_simple([part], 0)]

    def _is_simple(self, goals: list[Goal], most: int) -> bool:
        """Whether what is found by these goals takes only linear rules, rules whose right side is a number, and at most
        so many rules that find a derivative directly; what is tidied in the first of them does not matter."""
        stack, used, direct = list(goals), 0, 0
        while stack:
            goal = stack.pop()
            used += 1
            if goal.rule is None or used > _MOST_IN_ONE:
                return False
            rule = goal.rule
            if not {"linear", "rewriting"}.intersection(rule.tags):
                is_read_off = rule.right.head == "number" and not rule.provided
                direct += not is_read_off
                if goal.parts or direct > most:
                    return False
            is_inner = goal not in goals or not most
            if is_inner and any("choice" in step.rule.tags for step in self.told.ending(goal)):
                return False
            stack.extend(goal.parts)
        return True


def numbered(root: Goal, folding: Folding) -> Numbering:
    """The lines of a solved goal; iterative, since goals nest as deep as expressions do."""
    lines: list[_Line] = []
    owners: dict[Goal, Goal] = {}
    previous: Step | None = None
    stack: list[tuple[Goal | Step, Goal, bool]] = [(root, root, False)]
    while stack:  # in reading order
        item, goal, joins = stack.pop()
        if isinstance(item, Step):
            if not item.minor:
                if not (joins or (lines and _goes_on(lines[-1], goal, item, previous))):
                    lines.append(_Line(goal, [], "linear" in item.rule.tags and folding.parts(goal) >= set(goal.parts)))
                lines[-1].steps.append(item)
            previous = item
        elif item not in owners:
            owners[item] = goal
            joins = joins or (item is not goal and item in folding.parts(goal))
            stack.extend([(part, item, joins) for part in reversed(list(folding.outline(item)))])
    places = {step: Place(number, place if len(line.steps) > 1 else None, _names(line) if place == 1 else ())
              for number, line in enumerate(lines, 1) for place, step in enumerate(line.steps, 1)}
    return Numbering(places, owners)


def _goes_on(line: _Line, goal: Goal, step: Step, previous: Step | None) -> bool:
    """Whether a step is algebra in the place of the step before it, or the same rule once more."""
    last = line.steps[-1].rule
    if line.goal is not goal or previous is None or not {"tidy"} <= {*step.rule.tags} & {*last.tags}:
        return False
    return step.rule is last or step.before is previous.after


def _names(line: _Line) -> tuple[Rule, ...]:
    """The rules that name a line, each once.

    A rule that is chosen to make way for another one is not named: a factor is taken out in order to cancel it.
    """
    rules = [step.rule for step in line.steps]
    if "tidy" in rules[0].tags:
        named = [rule for rule, after in zip(rules, [*rules[1:], rules[-1]], strict=True)
                 if "choice" not in rule.tags or "choice" in after.tags]
    elif line.names_all:
        named = [rule for rule in rules
                 if not {"tidy", "rewriting"}.intersection(rule.tags) and rule.right.head != "number"]
    else:
        named = []
    return tuple(dict.fromkeys(named or rules[:1]))
