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
from tutor.derivation.points import Ending
from tutor.expression.tree import INFINITY, Expression, occurs, postorder, rebuilt, replace
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

    def substitution(self, part: Goal) -> tuple[Expression, Expression] | None:
        """The letter of a part that stands for something else, seen from here, and what it stands for; or None.

        Of d/dx [sin(x^2)] and its part d/du [sin(u)] that is u and x^2. It is the same where an integral was written
        with another letter, and of an `at` it is the variable and the point.
        """
        if self.instance is None:
            is_body = self.problem.head == "at" and part.problem is self.problem.args[0]
            return (self.problem.args[1], self.problem.args[2]) if is_body else None
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
            return rebuilt(problem, tuple([results.get(part, part) for part in problem.args]))
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
    return list(dict.fromkeys(found[1] for goal in below(root) for part in goal.parts
                              if (found := goal.substitution(part)) is not None))
