"""Numbered lines: which steps a teacher writes in one go, and which rules name them.

    numbering = numbered(goal, Folding(told))
    numbering.places[step]             # PlaceInLines(line=1, number=None, names=(chain,))

Tags of rules decide. Bookkeeping (`minor`) never has a number; it belongs to the line before it. What is read off, such
as the derivative of 3x + 2, belongs to the line of the rule that asked for it, and so does the power rule for the
outside of a chain whose inside is read off. A sum of a few simple terms is one line. What is done to a result in one go
is one line, named by what it was done for: brackets are multiplied out and like terms collected, a common factor is
taken out and cancelled.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple, Protocol

from tutor.derivation.goal import Goal
from tutor.derivation.step import Step
from tutor.rules.rule import Rule

_MOST_FOUND_DIRECTLY = 4
"""Derivatives of powers and of single functions that are found in one line."""

_MOST_IN_ONE = 24
"""Rules that are used in one line."""


class StepsOfGoals(Protocol):
    """The steps of each goal: the rule that takes it apart, what is done once its parts are found, and what closes the
    whole."""

    def opening(self, goal: Goal) -> Step | None: ...

    def ending(self, goal: Goal) -> list[Step]: ...

    def closing(self, goal: Goal) -> Step | None: ...


class PlaceInLines(NamedTuple):
    """Where a counted step stands: the number of its line, its own in that line (None where it is the only counted
    one), and for the first one the rules that name the line."""

    line: int
    number: int | None
    names: tuple[Rule, ...]


class Numbering(NamedTuple):
    """places: of the steps that are counted; owners: every goal in reading order, with the goal under which it is
    told."""

    places: dict[Step, PlaceInLines]
    owners: dict[Goal, Goal]


class _Line(NamedTuple):
    """The counted steps of a line; goal: the one that it began in; used: its rules, with those of parts that were found
    before; names_all: whether all of these name it."""

    goal: Goal
    steps: list[Step]
    used: list[Rule]
    names_all: bool


class Folding:
    """Which goals need no line of their own; what was found for one goal is kept."""

    def __init__(self, told: StepsOfGoals) -> None:
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
        if goal.continued is None or goal.is_made_ready:
            yield from self.told.ending(goal)
        if goal.continued is not None:
            yield goal.continued
        closing = self.told.closing(goal)
        if closing is not None:
            yield closing

    def _parts_of(self, goal: Goal) -> Iterable[Goal]:
        if goal.rule is None:
            return ()
        if "linear" in goal.rule.tags and self._is_simple([goal], _MOST_FOUND_DIRECTLY):
            return goal.parts
        read_off = [part for part in goal.parts if self._is_simple([part], 0)]
        others = [part for part in goal.parts if part not in read_off]
        if read_off and all(self._is_familiar(goal, part) for part in others):
            return goal.parts
        return read_off

    def _is_familiar(self, goal: Goal, part: Goal) -> bool:
        """Whether a part is the outside of a function of a function, and every learner knows its derivative."""
        return (goal.substitution(part) is not None and part.rule is not None and "familiar" in part.rule.tags
                and not part.parts)

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
                plain = ("number", "name") if "limit" in rule.tags else ("number",)  # the limit of x is its target
                is_read_off = rule.right.head in plain and not rule.provided and "known" not in rule.tags
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
    stack: list[tuple[Goal | Step, Goal, bool]] = [(root, root, False)]
    while stack:  # in reading order
        item, goal, joins = stack.pop()
        if isinstance(item, Step):
            if not item.minor:
                if not (joins or (lines and _goes_on(lines[-1], goal, item))):
                    lines.append(_Line(goal, [], [],
                                       "linear" in item.rule.tags and folding.parts(goal) >= set(goal.parts)))
                lines[-1].steps.append(item)
                lines[-1].used.append(item.rule)
        elif item not in owners:
            owners[item] = goal
            joins = joins or (item is not goal and item in folding.parts(goal))
            stack.extend([(part, item, joins) for part in reversed(list(folding.outline(item)))])
        elif item.rule is not None and lines and (joins or item in folding.parts(goal)):
            lines[-1].used.append(item.rule)
    places = {step: PlaceInLines(number, place if len(line.steps) > 1 else None, _names(line) if place == 1 else ())
              for number, line in enumerate(lines, 1) for place, step in enumerate(line.steps, 1)}
    return Numbering(places, owners)


# -- what is done to a result ------------------------------------------------------------------------------------------

StepKind = Literal["opens", "collects", "factors", "one fraction", "cancels", "rewrites", "alone", "calculation"]
"""What a rule of algebra does to the form of an expression. One that only writes a function by others "rewrites", and
belongs to what it is done for; rules that stand for themselves are "alone"."""

_MAY_FOLLOW: dict[StepKind, frozenset[StepKind]] = {
    "opens": frozenset(("opens", "collects")),
    "collects": frozenset(("opens", "collects", "factors", "one fraction", "cancels", "alone")),
    "factors": frozenset(("collects", "factors", "cancels")),
    "one fraction": frozenset(("collects", "one fraction")),
    "cancels": frozenset(("collects", "factors", "one fraction", "cancels", "alone")),
    "rewrites": frozenset(("collects", "factors", "one fraction", "cancels", "alone")),
    "alone": frozenset(),
    "calculation": frozenset(),
}
"""What a step does -> what a line may consist of that the step belongs to, apart from what rewrites."""


def kind_of(rule: Rule) -> StepKind:
    """What a rule of algebra does, as its tags and its statement show."""
    left, right = rule.left.head, rule.right.head
    if "calculation" in rule.tags:
        return "calculation"
    if "choice" not in rule.tags:
        return "rewrites" if {"backwards", "ratio"}.intersection(rule.tags) else "alone"
    if "opens" in rule.tags or (right == "sum" and left != "sum"):
        return "opens"
    if left == "quotient":
        return "cancels"
    if "directed" in rule.tags:
        return "collects"
    return "one fraction" if right == "quotient" else "factors"


def _goes_on(line: _Line, goal: Goal, step: Step) -> bool:
    """Whether a step is algebra that a teacher does together with that of a line: in the same goal, and to one end."""
    rules = [each.rule for each in line.steps]
    if line.goal is not goal or any("tidy" not in rule.tags for rule in (*rules, step.rule)):
        return False
    kinds = {*map(kind_of, rules)} - {"rewrites"}
    return all(rule is step.rule for rule in rules) or kinds <= _MAY_FOLLOW[kind_of(step.rule)]


def turning_point(rules: Sequence[Rule]) -> int | None:
    """The place of the rule for which those before it made ready: where like terms are collected after brackets were
    multiplied out, and where something is cancelled. None where there is no such place."""
    kinds = [kind_of(rule) for rule in rules]
    if "opens" in kinds:
        last = len(kinds) - kinds[::-1].index("opens")
        return last if last < len(kinds) else None
    place = kinds.index("cancels") if "cancels" in kinds else 0
    return place if place and not {"collects"}.issuperset(kinds[:place]) else None


def _names(line: _Line) -> tuple[Rule, ...]:
    """The rules that name a line, each once."""
    rules = [step.rule for step in line.steps]
    if "tidy" in rules[0].tags:
        return _names_of_algebra(rules)
    if line.names_all:
        named = [rule for rule in line.used
                 if not {"tidy", "rewriting"}.intersection(rule.tags) and rule.right.head != "number"]
        if named:
            return tuple(dict.fromkeys(named))
    return tuple(dict.fromkeys([rules[0], *(rule for rule in line.used if "familiar" in rule.tags)]))


def _names_of_algebra(rules: Sequence[Rule]) -> tuple[Rule, ...]:
    """The first rule of each kind, without those that only make ready for others or clear up after them: a factor is
    taken out in order to cancel it, and terms are collected in what was taken out of."""
    first: dict[StepKind, Rule] = {}
    for rule in rules:
        kind = kind_of(rule)
        if kind not in first or kind == "rewrites":  # of these the last one counts: it says how the result is written
            first.pop(kind, None)
            first[kind] = rule
    if "cancels" in first:
        made_ready = [kind_of(rule) for rule in rules].index("cancels") > 0
        if made_ready and len(first) > 1:
            first.pop("factors", None)
    if len(first) > 1 and "opens" not in first:
        first.pop("collects", None)
    if len(first) > 1 and kind_of(rules[-1]) != "rewrites":
        first.pop("rewrites", None)
    return tuple(first.values())
