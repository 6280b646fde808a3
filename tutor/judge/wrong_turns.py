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

from tutor import limits
from tutor.algebra.signs import holds
from tutor.derivation.antiderivatives import is_indefinite
from tutor.derivation.derivation import Derivation, derived_with
from tutor.derivation.goal import Goal, below
from tutor.derivation.ratio import ratio
from tutor.errors import TutorError
from tutor.expression.tree import OPEN, Expression, has_head, node, outermost, postorder, rebuilt, replace
from tutor.integration.integrand import Integrand
from tutor.integration.search import solved_for
from tutor.integration.table import antiderivative_at_once
from tutor.oracle.verdict import Oracle
from tutor.rules.instance import RuleInstance, instance_of
from tutor.rules.rule import Rule
from tutor.rules.rulebook import misconceptions

MOST_TURNS = 2_000
"""Wrong turns that are tried for one answer."""

_MOST_TURNED = 6
"""Orders in which one sum or product is read."""

_TURNING = frozenset(("sum", "product"))

_NEEDED = {"=": "checked", "!=": "refuted"}
"""What the oracle has to find of the two sides of a condition."""

OF_A_PLACE = frozenset(("whole", "part"))
"""Tags of wrong rules that fit any expression: which one is meant depends on the place."""


@dataclass(frozen=True, eq=False)
class WrongTurn:
    """One wrong rule at one place of a derivation.

    instance: the misconception and what its letters stand for; goal: the goal that comes out wrong; redex, after: the
    expression to which the rule was applied, with its terms and factors in the order in which the rule fits, and what
    the rule makes of it; outcome: what the goal comes to, if the rule is one of algebra (None for calculus, where it
    depends on the goals that the rule opens); only_in: the one goal that goes on with the wrong result, although others
    rest on this goal too (None if all of them do).
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
        self.root, self.fresh = derivation.goal, derivation.fresh
        self.tidy = derivation.tidy.with_limit(limits.TIDYING_OF_MISTAKES)
        self.answers: dict[tuple[WrongTurn, ...], Expression] = {}
        self.followed: dict[tuple[Rule, Expression | None], Expression | None] = {}
        self.parents = below(self.root)
        self.without_integrals: set[Expression] = set()  # parts in which there is none
        self.at_once: dict[Expression, Goal] = {}

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
        fresh = self.derivation.fresh_for(goal.problem)
        for rule in self._fitting(wanted, goal.problem.head, goal.problem.args[0].head):
            if not fits_the_place(rule, goal.problem, self.root.problem):
                continue
            for redex in _read_in_other_orders(goal.problem):
                found = instance_of(rule, redex, fresh, ratio)
                instance = None if found is None else self._worked_out(found)
                if instance is not None and may_be_meant(instance, self.oracle):
                    yield WrongTurn(instance, goal, redex, instance.after)

    def _worked_out(self, found: RuleInstance) -> RuleInstance | None:
        """The instance of a wrong rule with what it defines; None if not all that it opens can be solved by sound
        ones."""
        try:
            instance = found.worked_out(self._solved)
            for problem in instance.opens:
                self.derivation.further(problem)
        except TutorError:
            return None
        return instance

    def _solved(self, part: Expression) -> Expression:
        """What something comes to by the usual rules. Raises TutorError if there is no way."""
        return self.derivation.further(part).result if outermost(part, OPEN) else self.tidy(part)

    def _of_algebra(self, goal: Goal, wanted: Collection[str]) -> Iterator[WrongTurn]:
        problem = goal.problem
        inside_a_substitution = problem.head == "derivative" and problem.args[1] is self.fresh
        if inside_a_substitution:
            return
        is_asked = problem.head == "derivative" or (problem.head == "integral" and (
            len(problem.args) == 4 or self.is_main(goal)))
        if is_asked and not any(part.head in OPEN for part in postorder(problem.args[:1])):
            for turn in self._changes(goal, problem.args[0], wanted):
                assert turn.outcome is not None
                yield dataclasses.replace(turn, outcome=rebuilt(problem, (turn.outcome, *problem.args[1:])))
        if goal.continued is not None and problem.head != "derivative":
            return  # its result is changed in the goal that continues it
        for whole in dict.fromkeys((goal.joined, goal.result)):
            if whole is not problem:
                yield from self._changes(goal, whole, wanted)

    def _changes(self, goal: Goal, whole: Expression, wanted: Collection[str]) -> Iterator[WrongTurn]:
        """Wrong rules of algebra anywhere inside `whole`, which is all that the goal has at some time."""
        for part in postorder([whole]):
            for rule in self._fitting(wanted, part.head) if part.head not in OPEN else ():
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
        if tuple(turns) in self.answers:
            return self.answers[tuple(turns)]
        everywhere = {turn.goal: turn for turn in turns if turn.only_in is None}
        somewhere: dict[tuple[Goal | None, Goal], WrongTurn] = {
            (turn.only_in, turn.goal): turn for turn in turns if turn.only_in is not None}
        misled = self._misled(turns)
        values: dict[Goal, Expression] = {}
        for goal in reversed([goal for goal in self.parents if goal in misled]):
            self._put_together(goal, everywhere, somewhere, misled, values)
        self.answers[tuple(turns)] = values[self.root]
        return values[self.root]

    def _put_together(self, root: Goal, everywhere: dict[Goal, WrongTurn],
                      somewhere: dict[tuple[Goal | None, Goal], WrongTurn], misled: set[Goal],
                      values: dict[Goal, Expression]) -> None:
        stack = [root]
        begun: set[Goal] = set()
        while stack:
            goal = stack[-1]
            if goal in values:
                stack.pop()
                continue
            begun.add(goal)
            turn = everywhere.get(goal)
            parts = list(goal.rests_on) if turn is None else self._opened_by(turn)
            wrong_parts = {part for part in parts if self._is_misled(part, goal, misled)
                           and (part in values or part not in begun)}  # one that waits for this goal is taken as right
            waiting = [part for part in parts if part in wrong_parts and part not in values]
            if waiting:
                stack.extend(waiting)
                continue
            stack.pop()
            results = {part.problem: values[part] if part in wrong_parts else part.result for part in parts}
            for part in parts:
                wrong = somewhere.get((goal, part))
                if wrong is not None:
                    results[part.problem] = self._joined(part, wrong, {
                        each.problem: each.result for each in self._opened_by(wrong)})
                elif self._comes_back(part, goal):
                    results[part.problem] = part.problem
            values[goal] = self._joined(goal, turn, results)

    def _comes_back(self, part: Goal, goal: Goal) -> bool:
        """Whether a part that a wrong rule opens is an integral that is still being looked for: then it stays as it is,
        and the equation is solved for it further up."""
        return (part.problem.head == "integral" and part in self.parents and part not in goal.rests_on
                and goal in below(part))

    def _joined(self, goal: Goal, turn: WrongTurn | None, results: dict[Expression, Expression]) -> Expression:
        """What a goal comes to with a wrong turn, or with wrong results of its parts."""
        if turn is not None and turn.outcome is not None:
            return turn.outcome
        instance = goal.instance if turn is None else turn.instance
        if instance is None or (turn is None and goal.continued is not None):
            made = goal.put_together(results)
        else:
            made = self._with_results(instance, results)
        if goal.problem.head != "integral":
            return made
        if goal.problem in outermost(made, OPEN):
            equation = solved_for(goal.problem, self.tidy(made), self.tidy, self.derivation.differentiate)
            return made if equation is None else equation.after
        is_another = goal.continued is not None and made.head == "integral"
        return self._solved_if_possible(made) if is_another else made

    def _with_results(self, instance: RuleInstance, results: dict[Expression, Expression]) -> Expression:
        """The right side of a rule with these results in it. Where what one of its letters stands for came out wrong,
        that letter stands for something else, and the rule opens something else as well."""
        if any(problem in results and results[problem] is not instance.bindings[letter]
               for letter, problem in instance.defined.items()):
            results = {part: self.tidy(result) for part, result in results.items()}
            instance = instance.worked_out(
                lambda part: results[part] if part in results else self._solved_if_possible(part))
        opened = {part: results[part] if part in results else self._solved_if_possible(part)
                  for part in instance.opens}
        if any(has_head("integral", made, self.without_integrals) for made in opened.values()):
            return replace(instance.after, opened)  # nothing can be put into an integral that stays open
        return instance.put_together(opened)

    def _solved_if_possible(self, part: Expression) -> Expression:
        try:
            return self._solved(part)
        except TutorError:
            return part

    def _is_misled(self, part: Goal, parent: Goal, misled: set[Goal]) -> bool:
        """Whether a part comes out wrong, seen from the goal that opens it.

        A part that only a wrong rule opens may rest on misled goals too, even on the goal that opens it: so it is with
        d/dx [x/x] turned upside down. Then the part's right result is taken, since going on would never end.
        """
        if part in self.parents:
            return part in misled and (part in parent.rests_on or parent not in below(part))
        found = below(part)
        return parent not in found and not misled.isdisjoint(found)

    def is_differentiated_again(self) -> bool:
        """Whether some derivative of the problem is itself differentiated."""
        return any(goal.continued is not None and goal.problem.head == "derivative" for goal in self.parents)

    def is_built_upon(self, goal: Goal) -> bool:
        """Whether another goal of the problem is made with what this one comes to, as the second integral of
        integration by parts is."""
        return any(parent.instance is not None and goal.problem in parent.instance.defined.values()
                   for parent in self.parents[goal])

    def followed_throughout(self, rule: Rule, place: Expression | None = None) -> Expression | None:
        """What the problem comes to if a wrong rule of calculus is used wherever it fits, also on what came of it.

        That is more than all of its wrong turns together if a derivative is differentiated again. None if no rule leads
        to an end. place: the only problem on which it is used, as often as that comes up.
        """
        if (rule, place) in self.followed:
            return self.followed[rule, place]

        def wrongly(goal: Expression, fresh: Expression) -> RuleInstance | None:
            fits = place in (None, goal) and fits_the_place(rule, goal, self.root.problem)
            found = instance_of(rule, goal, fresh) if fits else None
            if found is None or any(each.size >= goal.size or (each.head, goal.head) == ("integral", "derivative")
                                    for each in found.worked_out(self.tidy).opens):
                return None  # goals that grow might never come to an end, nor integrals found by wrong derivatives
            return found

        try:
            self.followed[rule, place] = derived_with(wrongly, self.root.problem, self.tidy).result
        except TutorError:
            self.followed[rule, place] = None
        return self.followed[rule, place]

    def _opened_by(self, turn: WrongTurn) -> list[Goal]:
        """The goals on which a wrong turn rests, beginning with those that say what a letter of its rule stands for."""
        if turn.outcome is not None:
            return []
        defined = [part for part in turn.instance.defined.values() if part.head in OPEN]
        goals = list(map(self.derivation.further, [*defined, *turn.instance.opens]))
        if turn.goal.problem.head == "integral" or self.is_main(turn.goal):
            return goals  # an open integral is a term of the whole then, and compared with the answer up to a constant
        return list(map(self._found_at_once, goals))

    def _found_at_once(self, goal: Goal) -> Goal:
        """The goal of an indefinite integral that was left open, solved if the table says what it comes to, with
        constant factors, terms and a linear inside at most; else as it is. Nothing is searched."""
        if not is_indefinite(goal.result):
            return goal
        if goal.problem not in self.at_once:
            body, variable = goal.result.args
            fresh, differentiate = self.derivation.fresh_for(goal.result), self.derivation.differentiate
            try:
                found = antiderivative_at_once(Integrand(self.tidy(body), variable, fresh, self.tidy, differentiate))
            except TutorError:  # a part of it has no derivative, or grows too large
                found = None
            self.at_once[goal.problem] = goal if found is None else Goal(goal.problem, found, found)
        return self.at_once[goal.problem]

    def _misled(self, turns: Iterable[WrongTurn]) -> set[Goal]:
        """The goals that may come out wrong: those with a wrong turn, and all that rest on them, up to the root."""
        waiting = [turn.only_in or turn.goal for turn in turns]
        misled = {self.root, *waiting}
        for goal in waiting:
            for parent in self.parents[goal]:
                if parent not in misled:
                    misled.add(parent)
                    waiting.append(parent)
        return misled


def may_be_meant(instance: RuleInstance, oracle: Oracle) -> bool:
    """Whether what a wrong rule takes for granted holds: `provided h = d/dx [g]` names a shape, which has to be there;
    something that has to be larger or smaller must not be plainly otherwise."""
    return all(oracle.compare(relation.args[0], relation.args[1]).outcome == _NEEDED[relation.value]
               if relation.value in _NEEDED else holds(relation) is not False for relation in instance.relations)


def fits_the_place(rule: Rule, goal: Expression, problem: Expression) -> bool:
    """Whether a wrong rule may be used on a goal. One tagged `whole` is for the whole problem only, one tagged `part`
    for anything less, and any other rule for both.

    Nobody does the wrong operation altogether to a derivative that an integral only needs on the way, or to one term of
    an integral of which only a number is seen in the end. Neither tag is for the inner derivative of a problem such as
    d/dx [x^2] at (x = 2) or d/dx [d/dx [x^2]], which is not the whole, but has all that is differentiated in it: there
    are other rules for those.
    """
    if "whole" in rule.tags:
        return goal is problem or (goal.head == problem.head == "integral" and goal.args == problem.args[:2])
    if "part" in rule.tags:
        body = problem
        if problem.head == "integral" and (goal.head == "derivative" or len(problem.args) == 4):
            return False
        while body.head in OPEN:
            body = body.args[0]
        return goal.args[0] is not body and goal is not problem
    return True


# -- which rules may fit where -------------------------------------------------------------------------------------


@cache
def _fitting(head: str, body: str) -> tuple[Rule, ...]:
    """The misconceptions of the rulebook that are worth matching with an expression, as seen from its head.

    body: the head of what is differentiated or integrated, if the expression is a derivative or an integral; else "".
    """
    return tuple([rule for rule in misconceptions().values()
                  if "descent" not in rule.tags and _may_fit(rule, head, body)])


def _may_fit(rule: Rule, head: str, body: str) -> bool:
    if rule.given:  # a rule about an equation
        return False
    if rule.left.head != head and (rule.left.head != "application" or head in OPEN):
        return False
    pattern = rule.left.args[0] if body else rule.left
    by_value = head == "integral" and any(part.head == "derivative" for part in pattern.args)  # that may be a constant
    return not body or by_value or pattern.head in ("name", "application", body)


def _places(part: Expression, rule: Rule) -> Iterator[tuple[Expression, tuple[Expression, ...]]]:
    """The expressions that a rule of algebra may be applied to at a node: the node itself, or some of its terms or
    factors, each with the terms or factors that are left over."""
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
    """An expression, and the same with its terms or factors, or those of its first part, in other orders.

    Rules are matched in written order, but which factor of a product a learner calls f cannot be known.
    """
    yield redex
    first = redex.args[0] if redex.args else redex
    for outer in dict.fromkeys((redex, first)):
        if outer.head in _TURNING:
            for shift in range(1, min(len(outer.args), _MOST_TURNED)):
                turned = node(outer.head, outer.args[shift:] + outer.args[:shift])
                yield turned if outer is redex else rebuilt(redex, (turned, *redex.args[1:]))


def wherever_they_fit(turns: Iterable[WrongTurn]) -> dict[str, tuple[WrongTurn, ...]]:
    """For each misconception its turns at all goals, one for each: who believes a wrong rule uses it everywhere."""
    by_rule: dict[str, dict[Goal, WrongTurn]] = {}
    for turn in turns:
        if turn.only_in is None:
            by_rule.setdefault(turn.rule.name, {}).setdefault(turn.goal, turn)
    return {rule: tuple(found.values()) for rule, found in by_rule.items()}
