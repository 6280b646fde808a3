"""Solving: a worklist of goals with a memo and an explicit stack.

A goal is an expression with something open in it: a derivative, an `at`, or an expression that holds some. A rule
opens further goals; they are pushed, never searched for; when all are done the rule's right side is put together and
tidied. Every goal keeps its rule and bindings, and that is the log: steps are told from it afterwards.

    goal = Solver(problem, strategy).solve(problem)
    goal.result
"""

from __future__ import annotations

from collections.abc import Iterable

from tutor import limits
from tutor.algebra.decide import Tidy
from tutor.algebra.terms import Style
from tutor.derivation.assumptions import relations_below
from tutor.derivation.points import STAYS_OPEN, Ending, ending_of, with_points
from tutor.derivation.strategy import Strategy
from tutor.errors import LimitError, NoProgress
from tutor.expression.tree import OPEN, Expression, derivative, name, postorder, replace, substitute
from tutor.rules.match import Bindings, CompiledRule

_SHORT = 40
_FRESH_LETTERS = "uvwstrqkmnyzabcdghjlop"


class Goal:
    """An open problem and how it was solved.

    problem: the expression; rule, bindings: the rule that took it apart (None where its parts were merely solved);
    parts: the goals that had to be solved first; joined: the right side with their results in it;
    continued: the goal of the same value that goes on where this one stops; result: the tidy end;
    ending: how a goal with a point in it ends where its value is not simply put in (see `points`).
    """

    __slots__ = ("bindings", "continued", "ending", "joined", "opened", "parts", "problem", "result", "rule")

    def __init__(self, problem: Expression) -> None:
        self.problem = problem
        self.rule: CompiledRule | None = None
        self.bindings: Bindings = {}
        self.parts: list[Goal] = []
        self.joined: Expression | None = None
        self.continued: Goal | None = None
        self.result: Expression | None = None
        self.opened = False
        self.ending: Ending = ""


class Solver:
    """Solves the goals of one derivation; equal goals are solved once.

    both_sides: what a problem asks for at a point is looked at from both sides before its value is put in. That is not
    wanted where wrong rules are followed.
    """

    def __init__(self, problem: Expression, strategy: Strategy, both_sides: bool = False) -> None:
        self.strategy = strategy
        self.open, self.fresh, style = _survey(problem)
        self.points = with_points(problem) if both_sides else frozenset()
        self.tidy = Tidy(style, limits.TIDYING + limits.TIDYING_OF_A_SIGN * problem.size)
        self.goals: dict[Expression, Goal] = {}
        self.opened = self.factors = 0

    def solve(self, problem: Expression) -> Goal:
        """The solved goal of `problem`. Raises NoProgress where no rule applies, LimitError if it grows too large."""
        first = self.goal(problem)
        stack = [first]
        while stack:
            goal = stack[-1]
            if goal.result is not None:
                stack.pop()
                continue
            if not goal.opened:
                goal.opened = True
                self.opened += 1
                if self.opened > limits.STEPS:
                    raise LimitError(f"This derivation needs more than {limits.STEPS:,} derivatives. "
                                     "Try a lower order or a shorter expression.")
                self.open_goal(goal)
                waiting = [part for part in goal.parts if part.result is None]
                if waiting:
                    waiting.reverse()
                    stack.extend(waiting)
                    continue
            self.close_goal(goal)
            if goal.continued is not None and goal.continued.result is None:
                stack.append(goal.continued)
                continue
            stack.pop()
        return first

    def goal(self, problem: Expression) -> Goal:
        found = self.goals.get(problem)
        if found is None:
            found = self.goals[problem] = Goal(problem)
        return found

    def is_open(self, part: Expression) -> bool:
        return part.head in OPEN or part in self.open

    def open_goal(self, goal: Goal) -> None:
        """Choose what to do with a goal, and which goals come first."""
        problem = goal.problem
        head = problem.head
        if head == "derivative" and not self.is_open(problem.args[0]):
            self.take_apart(goal)
        elif head == "integral":
            raise NoProgress(f"Integrals cannot be worked out yet, so {problem} stays as it is. An answer to it can be "
                             f'checked: tutor check "{problem}" "...".',
                             str(problem), self.opened)
        elif head in ("derivative", "at"):
            goal.parts = [self.goal(part) for part in problem.args if self.is_open(part)]
        else:
            goal.parts = [self.goal(part) for part in self.open_parts(problem)]

    def take_apart(self, goal: Goal) -> None:
        choice = self.strategy(goal.problem, self.fresh)
        if choice is None:
            raise NoProgress(f"No rule of the rulebook applies to {goal.problem}.", str(goal.problem), self.opened)
        goal.rule, goal.bindings = choice
        self.factors += len(goal.problem.args[0].args)
        if self.factors > limits.FACTORS:
            raise LimitError(f"The derivatives in this derivation have more than {limits.FACTORS:,} factors and terms "
                             "in all. Try fewer factors or a shorter expression.")
        for letter, build in goal.rule.definitions:
            goal.bindings[letter] = self.tidy(build(goal.bindings, None))
        goal.parts = [self.goal(part) for part in goal.rule.subgoals(goal.bindings)]

    def close_goal(self, goal: Goal) -> None:
        """All parts are solved: put them together and tidy, or go on with what came out."""
        if goal.continued is not None:
            goal.result = goal.continued.result
            return
        problem = goal.problem
        if any(part.ending in STAYS_OPEN for part in goal.parts):
            self.leave_open(goal, next(part.ending for part in goal.parts if part.ending in STAYS_OPEN))
            return
        results = {part.problem: part.result for part in goal.parts if part.result is not None}
        if goal.rule is not None:
            goal.joined = goal.rule.joined(goal.bindings, results)
        elif problem.head == "at":
            body, variable, point = (results.get(part, part) for part in problem.args)
            goal.joined = substitute(body, variable.value, point)
        elif problem.head == "derivative":
            body, variable, order = problem.args
            goal.joined = derivative(results[body], variable, order, problem.value)
            goal.continued = self.goal(goal.joined)
            goal.result = goal.continued.result
            return
        else:
            goal.joined = replace(problem, results)
        self.refuse_if_long(goal, goal.joined)
        goal.result = self.tidy(goal.joined)
        self.refuse_if_long(goal, goal.result)
        if problem in self.points:
            self.look_from_both_sides(goal)

    def look_from_both_sides(self, goal: Goal) -> None:
        """Remove or replace the result of a goal with a point in it, if substituting the value is not valid there."""
        assert goal.result is not None
        goal.ending, seen = ending_of(goal.problem, goal.result, relations_below(goal))
        if goal.ending in STAYS_OPEN:
            self.leave_open(goal, goal.ending)
        elif seen is not None:
            goal.joined = goal.result = seen

    def leave_open(self, goal: Goal, ending: Ending) -> None:
        """A goal without a value: it stays what it is."""
        goal.ending = ending
        goal.joined = goal.result = goal.problem

    def refuse_if_long(self, goal: Goal, made: Expression) -> None:
        """Raise LimitError if the result would be too long to write out."""
        if made.size > limits.SIGNS:
            asked = goal.problem
            where = f"of {asked}" if asked.size <= _SHORT else "of a part of the problem"
            raise LimitError(f"The result {where} would have more than {limits.SIGNS:,} symbols. Try a lower order, or "
                             "fewer nested functions and factors.")

    def open_parts(self, problem: Expression) -> list[Expression]:
        """The outermost open parts of an expression, in written order."""
        found: dict[Expression, None] = {}
        stack = list(reversed(problem.args))
        while stack:
            part = stack.pop()
            if part.head in OPEN:
                found[part] = None
            elif part in self.open:
                stack.extend(reversed(part.args))
        return list(found)


def _survey(problem: Expression) -> tuple[set[Expression], Expression, Style]:
    """What one look over a problem tells: every node that holds something open, a letter that occurs nowhere,
    and how the problem is written."""
    holding: set[Expression] = set()
    used: set[str] = set()
    exp = decimals = False
    for part in postorder([problem]):
        head = part.head
        if head == "name":
            used.add(part.value)
        elif head == "number":
            decimals = decimals or part.value.__class__ is not int
        elif head in OPEN:
            holding.add(part)
        else:
            if head == "exp":
                exp = True
            elif head == "application":
                used.add(part.value[0])
            elif head == "defined":
                used.add(part.value.name)
            if holding and not holding.isdisjoint(part.args):
                holding.add(part)
    letters: Iterable[str] = (*_FRESH_LETTERS, *(f"u{index}" for index in range(1, len(used) + 2)))
    fresh = name(next(letter for letter in letters if letter not in used))
    return holding, fresh, Style(exp, decimals)
