"""A derivation replayed with wrong rules: what would the result have been?

    replay = Replay(derivation)
    for turn in replay.wrong_turns():
        replay.answer([turn])          # where this wrong rule at this place would have led

A wrong turn of calculus takes the place of a goal's sound rule; one of algebra changes an expression that a goal has
on the way: its body before it is differentiated, what was put together, or its result. Everything else stays sound.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import permutations

from tutor.derivation.derivation import Derivation, derivation_of, derived_with
from tutor.derivation.goal import Goal, left_open, parents_below, walk
from tutor.derivation.solve import fresh_letter
from tutor.errors import TutorError
from tutor.expression.tree import OPEN, Expression, node, postorder, rebuilt, replace
from tutor.judge.known_integrals import is_known
from tutor.oracle.verdict import Oracle
from tutor.rules.instance import RuleInstance, instance_of
from tutor.rules.rule import Rule
from tutor.rules.rulebook import misconceptions, rulebook

MOST_TURNS = 2_000
"""Wrong turns that are tried for one answer."""

_MOST_TURNED = 6
"""Orders in which one sum or product is read."""

_TURNING = frozenset(("sum", "product"))

OF_A_PLACE = frozenset(("whole", "part"))
"""Tags of wrong rules that fit any expression: which one is meant depends on the place."""


@dataclass(frozen=True, eq=False)
class WrongTurn:
    """One wrong rule at one place of a derivation.

    instance: the misconception and what its letters stand for; goal: the goal whose outcome it changes;
    redex, after: the place as the rule reads it, and what the rule makes of it; outcome: what the goal comes to, for
    one of algebra (None for one of calculus, which depends on the goals that it opens); only_in: the one goal that
    is misled, where several have use of this one.
    """

    instance: RuleInstance
    goal: Goal
    redex: Expression
    after: Expression
    outcome: Expression | None = None
    only_in: Goal | None = None

    @property
    def rule(self) -> Rule:
        """The misconception itself."""
        return self.instance.rule

    @property
    def is_frequent(self) -> bool:
        """Whether the rulebook calls this one of the most frequent errors."""
        return "frequent" in self.rule.tags

    @property
    def is_turned(self) -> bool:
        """Whether the rule fits only with the terms or factors of the goal in another order."""
        return self.outcome is None and self.redex is not self.goal.problem


class Replay:
    """The goals of a derivation, to be put together again with wrong turns in them.

    own: misconceptions that are no part of the rulebook, such as a lesson's; they come first; root: the goal of the
    problem; parents: all goals, each with those that rest directly on it.
    """

    def __init__(self, derivation: Derivation, own: Sequence[Rule] = ()) -> None:
        self.derivation, self.own, self.oracle = derivation, own, Oracle()
        self.root, self.fresh, self.tidy = derivation.goal, derivation.fresh, derivation.tidy.for_mistakes()
        self.answers: dict[tuple[WrongTurn, ...], Expression] = {}
        self.followed: dict[tuple[Rule, Expression | None], Expression | None] = {}
        self.parents = parents_below(self.root)

    def is_main(self, goal: Goal) -> bool:
        """Whether on the way to this goal only terms, signs and constant factors were taken apart."""
        waiting = [goal]
        for each in waiting:  # grows while it is walked, up to the root
            for parent in self.parents[each]:
                if parent.rule is not None and "linear" not in parent.rule.tags:
                    return False
                if parent.continued not in (None, each):  # what it comes to is differentiated again
                    return False
                waiting.append(parent)
        return True

    # -- which wrong turns there are ---------------------------------------------------------------------------

    def wrong_turns(self, rules: Collection[str] = ()) -> Iterator[WrongTurn]:
        """Every wrong turn of the derivation, those of calculus first; at most MOST_TURNS.

        rules: names of the misconceptions that are wanted, if not all are.
        """
        found = 0
        for make in (self._of_calculus, self._of_algebra):
            seen: set[tuple[Goal, str, Expression]] = set()
            for goal, parents in self.parents.items():
                for turn in make(goal, rules):
                    key = (goal, turn.rule.name, turn.outcome or turn.after)
                    if key in seen:
                        continue
                    seen.add(key)
                    yield turn
                    found += 1
                    if len(parents) > 1:
                        yield from [dataclasses.replace(turn, only_in=parent) for parent in parents]
                        found += len(parents)
                    if found >= MOST_TURNS:
                        return

    def _fitting(self, wanted: Collection[str], head: str, body: str = "") -> Sequence[Rule]:
        """The wanted rules that may fit, those of its own first."""
        found: Sequence[Rule] = _fitting(head, body)
        if self.own:
            found = [*[rule for rule in self.own if _may_fit(rule, head, body)], *found]
        return [rule for rule in found if rule.name in wanted] if wanted else found

    def _of_calculus(self, goal: Goal, wanted: Collection[str]) -> Iterator[WrongTurn]:
        if goal.problem.head not in OPEN:
            return
        for rule in self._fitting(wanted, goal.problem.head, goal.problem.args[0].head):
            if not fits_the_place(rule, goal.problem, self.root.problem):
                continue
            for redex in _read_in_other_orders(goal.problem):
                instance = instance_of(rule, redex, self.fresh)
                if instance is not None and self._can_be_solved(instance) and self._may_be_meant(instance):
                    yield WrongTurn(instance, goal, redex, instance.after)

    def _can_be_solved(self, instance: RuleInstance) -> bool:
        """Whether all that the wrong rule opens can be solved by sound ones."""
        try:
            for problem in instance.worked_out(self.tidy).opens:
                self.derivation.further(problem)
        except TutorError:
            return False
        return True

    def _may_be_meant(self, instance: RuleInstance) -> bool:
        """Whether the equations that the wrong rule takes for granted hold: `provided h = d/dx [g]` names a shape."""
        return all(self.oracle.compare(relation.args[0], relation.args[1]).outcome == "checked"
                   for relation in instance.relations if relation.value == "=")

    def _of_algebra(self, goal: Goal, wanted: Collection[str]) -> Iterator[WrongTurn]:
        problem = goal.problem
        inside_a_substitution = problem.head == "derivative" and problem.args[1] is self.fresh
        if inside_a_substitution:
            return
        if problem.head == "derivative" and not any(part.head in OPEN for part in postorder(problem.args[:1])):
            for turn in self._changes(goal, problem.args[0], wanted):
                assert turn.outcome is not None
                derivative = rebuilt(problem, (turn.outcome, *problem.args[1:]))
                yield dataclasses.replace(turn, outcome=derivative)
        for whole in dict.fromkeys((goal.joined, goal.result)):
            if whole is not problem:
                yield from self._changes(goal, whole, wanted)

    def _changes(self, goal: Goal, whole: Expression, wanted: Collection[str]) -> Iterator[WrongTurn]:
        """Wrong rules of algebra anywhere inside `whole`, which is all that the goal has at some time."""
        for part in postorder([whole]):
            for rule in self._fitting(wanted, part.head):
                if not OF_A_PLACE.isdisjoint(rule.tags):
                    continue
                for redex, rest in _places(part, rule):
                    instance = instance_of(rule, redex, self.fresh)
                    if instance is not None:
                        after = instance.after
                        changed = node(part.head, (after, *rest)) if rest else after
                        yield WrongTurn(instance, goal, redex, after, replace(whole, {part: changed}))

    # -- where they lead ---------------------------------------------------------------------------------------

    def answer(self, turns: Sequence[WrongTurn]) -> Expression:
        """What the derivation comes to with these wrong turns, put together but not tidied; kept."""
        found = self.answers.get(tuple(turns))
        if found is None:
            found = self.answers[tuple(turns)] = self._answer(turns)
        return found

    def _answer(self, turns: Sequence[WrongTurn]) -> Expression:
        everywhere = {turn.goal: turn for turn in turns if turn.only_in is None}
        somewhere: dict[tuple[Goal | None, Goal], WrongTurn] = {
            (turn.only_in, turn.goal): turn for turn in turns if turn.only_in is not None}
        misled = self._misled(turns)
        values: dict[Goal, Expression] = {}
        for goal in reversed([goal for goal in self.parents if goal in misled]):
            self._put_together(goal, everywhere, somewhere, misled, values)
        return values[self.root]

    def _put_together(self, root: Goal, everywhere: dict[Goal, WrongTurn],
                      somewhere: dict[tuple[Goal | None, Goal], WrongTurn], misled: set[Goal],
                      values: dict[Goal, Expression]) -> None:
        stack = [root]
        while stack:
            goal = stack[-1]
            if goal in values:
                stack.pop()
                continue
            turn = everywhere.get(goal)
            parts = goal.rests_on if turn is None else self._opened_by(turn)
            wrong_parts = {part for part in parts if self._is_misled(part, goal, misled)}
            waiting = [part for part in parts if part in wrong_parts and part not in values]
            if waiting:
                stack.extend(waiting)
                continue
            stack.pop()
            results = {part.problem: values[part] if part in wrong_parts else part.result for part in parts}
            for part in parts:
                wrong = somewhere.get((goal, part))
                if wrong is not None:
                    results[part.problem] = self._outcome(wrong, {each.problem: each.result
                                                                  for each in self._opened_by(wrong)})
            values[goal] = goal.put_together(results) if turn is None else self._outcome(turn, results)

    def _is_misled(self, part: Goal, parent: Goal, misled: set[Goal]) -> bool:
        """Whether a goal that another one opens comes out wrong.

        What only a wrong rule opens may have use of misled goals too, but then of its own parent as well, as in
        d/dx [x/x] turned upside down: there the sound result is taken, or there would be no end.
        """
        if part in self.parents:
            return part in misled and (part in parent.rests_on or parent not in walk(part))
        below = walk(part)
        return parent not in below and not below.isdisjoint(misled)

    def is_differentiated_again(self) -> bool:
        """Whether some derivative of the problem is itself differentiated."""
        return any(goal.continued is not None for goal in self.parents)

    def followed_throughout(self, rule: Rule, place: Expression | None = None) -> Expression | None:
        """What the problem comes to if a wrong rule of calculus is used wherever it fits, also on what came of it.

        That is more than its wrong turns together where a derivative is differentiated again. None if there is no way.
        place: the one goal at which it is used, as often as it comes up; without it any.
        """
        if (rule, place) not in self.followed:
            self.followed[rule, place] = self._followed(rule, place)
        return self.followed[rule, place]

    def _followed(self, rule: Rule, place: Expression | None) -> Expression | None:
        def wrongly(goal: Expression, fresh: Expression) -> RuleInstance | None:
            found = instance_of(rule, goal, fresh) if place in (None, goal) else None
            if found is None or any(each.size >= goal.size for each in found.opens):
                return None  # goals that grow might never come to an end
            return found

        try:
            return derived_with(wrongly, self.root.problem, self.tidy).result
        except TutorError:
            return None

    def _outcome(self, turn: WrongTurn, results: dict[Expression, Expression]) -> Expression:
        if turn.outcome is not None:
            return turn.outcome
        if any(problem.head == "integral" for problem in results):
            return turn.after  # nothing can be put into an integral that stays open
        return turn.instance.put_together(results)

    def _opened_by(self, turn: WrongTurn) -> list[Goal]:
        return [] if turn.outcome is not None else list(map(self.derivation.further, turn.instance.opens))

    def _misled(self, turns: Iterable[WrongTurn]) -> set[Goal]:
        """The goals that come out anew: those with a wrong turn, and all that have use of them up to the root."""
        waiting = [turn.only_in or turn.goal for turn in turns]
        misled = {self.root, *waiting}
        for goal in waiting:
            for parent in self.parents[goal]:
                if parent not in misled:
                    misled.add(parent)
                    waiting.append(parent)
        return misled


def replay_of_integral(problem: Expression, own: Sequence[Rule] = ()) -> Replay:
    """An integral, taken apart into terms without their constant factors, which stay open; of a term with a linear
    inside the outside does."""
    fresh = fresh_letter(problem)
    linear = [rule for rule in rulebook().values()
              if "integral" in rule.tags and ("linear" in rule.tags or rule.role("factor"))]
    instances: dict[Expression, RuleInstance] = {}
    waiting = [problem]
    for each in waiting:  # grows while it is walked
        for rule in linear:
            instance = instance_of(rule, each, fresh)
            if instance is not None and ("linear" in rule.tags or is_known(each, fresh)):
                instances[each] = instance
                waiting += instance.opens
                break
    goals: dict[Expression, Goal] = {}
    for each in reversed(waiting):  # what a goal rests on comes before it
        if each not in goals:
            found = instances.get(each)
            goals[each] = left_open(each, found, [goals[part] for part in (found.opens if found is not None else ())])
    return Replay(derivation_of(problem, goals), own)


def fits_the_place(rule: Rule, goal: Expression, problem: Expression) -> bool:
    """Whether a wrong rule is about a goal of this size: one tagged `whole` about all of the problem, one tagged `part`
    about less than that, any other one about both.

    The derivative of all that is differentiated, at a point or once more, is neither: other rules are about those.
    """
    if "whole" in rule.tags:
        return goal is problem
    if "part" in rule.tags:
        body = problem
        while body.head in OPEN:
            body = body.args[0]
        return goal.args[0] is not body and goal is not problem
    return True


# -- which rules may fit where -------------------------------------------------------------------------------------


@cache
def _fitting(head: str, body: str) -> tuple[Rule, ...]:
    """The misconceptions of the rulebook that may fit a problem with this head, and for calculus a body with that."""
    return tuple([rule for rule in misconceptions().values() if _may_fit(rule, head, body)])


def _may_fit(rule: Rule, head: str, body: str) -> bool:
    if rule.left.head != head and (rule.left.head != "application" or head in OPEN):
        return False
    return not body or rule.left.args[0].head in ("name", "application", body)


def _places(part: Expression, rule: Rule) -> Iterator[tuple[Expression, tuple[Expression, ...]]]:
    """The redexes that a node offers to a rule of algebra, each with what stands beside it in the same node."""
    pattern = rule.left
    yield from ((redex, ()) for redex in _read_in_other_orders(part))
    if part.head not in _TURNING or pattern.args[-1].head == "ellipsis" or len(part.args) <= len(pattern.args):
        return
    for number, chosen in enumerate(permutations(range(len(part.args)), len(pattern.args))):
        if number == _MOST_TURNED ** 2:
            return
        rest = tuple(arg for place, arg in enumerate(part.args) if place not in chosen)
        yield node(part.head, tuple(part.args[place] for place in chosen)), rest


def _read_in_other_orders(redex: Expression) -> Iterator[Expression]:
    """The redex, and the redex with the terms or factors of one of its outer nodes in other orders.

    Sums and products are matched in written order, but we cannot know which factor a learner calls f.
    """
    yield redex
    first = redex.args[0] if redex.args else redex
    for outer in dict.fromkeys((redex, first)):
        if outer.head in _TURNING:
            for shift in range(1, min(len(outer.args), _MOST_TURNED)):
                turned = node(outer.head, outer.args[shift:] + outer.args[:shift])
                yield turned if outer is redex else rebuilt(redex, (turned, *redex.args[1:]))


def wherever_they_fit(turns: Iterable[WrongTurn]) -> dict[str, tuple[WrongTurn, ...]]:
    """For each misconception its turns at all places, one for each goal, since a rule is believed everywhere."""
    by_rule: dict[str, dict[Goal, WrongTurn]] = {}
    for turn in turns:
        if turn.only_in is None:
            by_rule.setdefault(turn.rule.name, {}).setdefault(turn.goal, turn)
    return {rule: tuple(found.values()) for rule, found in by_rule.items()}
