"""The goals of a derivation: every problem that had to be solved on the way, and how it was solved.

They are made by the solver, never changed, and everything that is told of a derivation or asked about it is read off
them.

    goal = derive(parse("d/dx [x^2*sin(x)]")).goal
    goal.rule.name                              # "product"
    [str(part.problem) for part in goal.parts]  # ["d/dx [x^2]", "d/dx [sin(x)]"]
    [part.result for part in below(goal)]       # the results of this goal and of all that it rests on
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tutor.algebra.terms import PartOf
from tutor.derivation.points import Ending, without_places
from tutor.expression.tree import INFINITY, Expression, node, occurs, postorder, rebuilt, replace
from tutor.rules.building import Bindings
from tutor.rules.instance import RuleInstance
from tutor.rules.rule import Rule

if TYPE_CHECKING:
    from tutor.integration.definite import NoValue


@dataclass(frozen=True, eq=False, slots=True)
class Goal:
    """An open problem and how it was solved. One that nobody solved, such as an integral, comes to itself.

    problem: the expression; result: what it came to; joined: the same, before it was tidied; instance: the rule that
    took the problem apart, with what its letters stand for (None where its parts were merely solved); parts: the goals
    that had to be solved first; continued: the goal of the same value that goes on where this one stops; restored: the
    rule that wrote the tidy end of another method with the function that it began with; ending: how a goal with a
    point in it ends where its value is not simply put in (see `points`), or a definite integral that has none; because:
    why that integral has no value; part_of: what the result of a derivative goes into, so that it was tidied
    for that.
    """

    problem: Expression
    result: Expression
    joined: Expression
    instance: RuleInstance | None = None
    parts: tuple[Goal, ...] = ()
    continued: Goal | None = None
    restored: RuleInstance | None = None
    ending: Ending = ""
    because: NoValue | None = None
    part_of: PartOf = ""

    @property
    def rule(self) -> Rule | None:
        return None if self.instance is None else self.instance.rule

    @property
    def bindings(self) -> Bindings:
        """What the letters of the rule stand for."""
        return {} if self.instance is None else self.instance.bindings

    @property
    def opened(self) -> Expression:
        """What the rule makes of the problem, before its parts are found; without a rule, the problem."""
        return self.problem if self.instance is None else self.instance.after

    def is_infinite(self, finite: set[Expression]) -> bool:
        """Whether infinity stands in its value before that is worked out: tidying cannot calculate with it.

        finite: expressions in which it does not; what is found to be one is added.
        """
        return self.continued is None and occurs(INFINITY, self.joined, finite)

    @property
    def meets_cases(self) -> bool:
        """Whether it was looked at where the cases of a derivative meet, before anything was tidied."""
        return self.restored is not None and self.rule is not None and "cases" in self.rule.tags

    @property
    def is_made_ready(self) -> bool:
        """Whether it goes on with the same problem, made ready: tidied, or with the results of its parts in it."""
        return self.continued is not None and (self.problem.head in ("integral", "limit") or not self.parts)

    @property
    def rests_on(self) -> tuple[Goal, ...]:
        """The goals whose results it needs."""
        return self.parts if self.continued is None else (*self.parts, self.continued)

    def substitutions(self, part: Goal) -> list[tuple[Expression, Expression]]:
        """The letters of a part that stand for something else, seen from here, and what they stand for, in the order in
        which these are put in.

        Of d/dx [sin(x^2)] and its part d/du [sin(u)] that is u and x^2. It is the same where an integral was written
        with another letter, and of an `at` these are the variables and the points.
        """
        if self.instance is None and self.problem.head == "at":
            body, places = without_places(self.problem)
            return places if part.problem is body else []
        found = self.substitution(part)
        return [] if found is None else [found]

    def substitution(self, part: Goal) -> tuple[Expression, Expression] | None:
        """The same where it is one letter, or the first one; else None."""
        if self.instance is None:
            return next(iter(self.substitutions(part)), None) if self.problem.head == "at" else None
        fresh, inside = self.bindings["fresh"], self.instance.in_role("inside")
        for place in postorder([self.instance.after]) if part.problem.head == "integral" else ():
            if place.head == "at" and place.args[0] is part.problem:
                return place.args[1], place.args[2]
        by_fresh = part.problem.head == "derivative" and part.problem.args[1] is fresh
        return (fresh, inside) if by_fresh and inside is not None else None

    def put_together(self, results: Mapping[Expression, Expression]) -> Expression:
        """What the problem comes to, not tidied, if its parts come to these results."""
        problem = self.problem
        if self.continued is not None and self.is_made_ready:
            found = {part.problem: results[part.problem] for part in self.parts}
            changed = replace(problem, found) if found else self.joined
            return results[self.continued.problem] if changed is self.joined else changed
        if self.continued is not None:
            body = results.get(problem.args[0], problem.args[0])
            if body is self.continued.problem.args[0]:
                return results[self.continued.problem]
            return rebuilt(problem, (body, *problem.args[1:]))  # another body: its derivative stays open
        if self.instance is not None:
            return self.instance.put_together(results)
        if problem.head == "at":
            body, places = without_places(problem)
            joined = results.get(body, body)
            for letter, point in places:
                joined = node("at", (joined, letter, results.get(point, point)))
            return joined
        return replace(problem, results)


def below(root: Goal) -> dict[Goal, list[Goal]]:
    """The goal and all that it rests on, each with the goals that rest directly on it; these come first."""
    parents: dict[Goal, list[Goal]] = {root: []}
    waiting = [root]
    for goal in waiting:  # grows while it is walked
        for part in goal.rests_on:
            if part not in parents:
                parents[part] = []
                waiting.append(part)
            if goal not in parents[part]:
                parents[part].append(goal)
    return parents


def insides(root: Goal) -> list[Expression]:
    """What the letters of the substitutions on the way stand for, each once."""
    return list(dict.fromkeys(value for goal in below(root) for part in goal.parts
                              for _, value in goal.substitutions(part)))
