"""Solving: a worklist of goals with a memo and an explicit stack.

A goal is an expression with something open in it: a derivative, an integral, an `at`, or an expression that holds some.
A rule opens further goals; when all are done the rule's right side is put together and tidied. Which rule takes an
indefinite integral apart is searched for (`tutor.integration.search`); whatever was decided is then executed here like
any other rule. Every goal keeps the instance of its rule, and that is the log: steps are told from it afterwards.

    goal = Solver(problem, strategy).solve(problem)
    goal.result
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from tutor import limits
from tutor.algebra.decide import Tidy
from tutor.algebra.terms import PartOf
from tutor.derivation.antiderivatives import is_indefinite, tidy_for
from tutor.derivation.assumptions import relations_below
from tutor.derivation.goal import Goal
from tutor.derivation.infinity import WorkedOut, has_infinity, with_infinity
from tutor.derivation.points import STAYS_OPEN, Ending, ending_of, parts_of_places, with_points, with_values
from tutor.derivation.strategy import Strategy, first_match, why_no_rule
from tutor.derivation.survey import survey
from tutor.derivation.unfit import why_unfit
from tutor.errors import LimitError, NoProgress, TutorError
from tutor.expression.new_letters import unused
from tutor.expression.tree import (
    OPEN,
    ZERO,
    Expression,
    derivative,
    has_head,
    outermost,
    postorder,
    rebuilt,
    replace,
    substitute,
)
from tutor.rules.building import listed_letter
from tutor.rules.conditions import rational_value
from tutor.rules.instance import RuleInstance, computed_instance
from tutor.rules.rulebook import rulebook

if TYPE_CHECKING:
    from tutor.derivation.integrals import Integrals
    from tutor.derivation.limit_plans import LimitPlans
    from tutor.integration.definite import NoValue

_SHORT = 40
"""The largest size of a problem that an error quotes; a larger one would fill the screen."""


class _Work:
    """A goal while it is being solved.

    instance: the rule that takes its problem apart; defines: whether letters that the rule defines have to be solved
    before it opens the rest; parts: what has to be solved first; joined: the right side with the results of the parts
    in it; continued: what goes on where this one stops; restored: the rule that changes the tidy end once more, such as
    writing it with the function that it began with; part_of: what a derivative goes into; goal: itself, once solved.
    """

    __slots__ = ("continued", "defines", "goal", "instance", "joined", "opened", "part_of", "parts", "problem",
                 "restored")

    def __init__(self, problem: Expression, goal: Goal | None = None) -> None:
        self.problem, self.goal = problem, goal
        self.instance: RuleInstance | None = None
        self.parts: list[_Work] = []
        self.joined = problem
        self.continued: _Work | None = None
        self.restored: RuleInstance | None = None
        self.opened = self.defines = False
        self.part_of: PartOf = ""


class Solver:
    """Solves the goals of one derivation; equal goals are solved once.

    both_sides: what a problem asks for at a point is looked at from both sides before its value is put in. That is not
    wanted where wrong rules are followed. known: goals that are solved already; tidy: how results are tidied, if not
    in the way in which the problem is written; method: a second method for integrals, used where it first fits;
    guessing: for what wrong rules lead to: an integral for which nothing is found, after less work than usual, stays
    open.
    """

    def __init__(self, problem: Expression, strategy: Strategy, both_sides: bool = False,
                 known: Iterable[Goal] = (), tidy: Tidy | None = None, method: str = "",
                 guessing: bool = False, taken: frozenset[str] = frozenset()) -> None:
        self.problem, self.strategy, self.method, self.guessing = problem, strategy, method, guessing
        self.open, used, style = survey(problem)
        self.letters = tuple(islice(unused(used | taken), _LETTERS))
        self.fresh = self.letters[0]
        self.points = with_points(problem) if both_sides else frozenset()
        self.tidy = tidy or Tidy(style, limits.TIDYING + limits.TIDYING_OF_A_SIGN * problem.size)
        self.works = {goal.problem: _Work(goal.problem, goal) for goal in known}
        self.opened = self.factors = 0
        self.without_sums: set[Expression] = set()

    @property
    def goals(self) -> dict[Expression, Goal]:
        """The solved goals by their problems, in the order in which these came up."""
        return {problem: work.goal for problem, work in self.works.items() if work.goal is not None}

    def solve(self, problem: Expression) -> Goal:
        """The solved goal of `problem`. Raises NoProgress where no rule applies, LimitError if it grows too large."""
        try:
            return self.solved(self.work(problem))
        except TutorError:  # what was begun and not finished is begun anew if it comes up again
            self.works = {problem: work for problem, work in self.works.items() if work.goal is not None}
            raise

    def solved(self, first: _Work) -> Goal:
        stack = [first]
        while stack:
            work = stack[-1]
            if work.goal is not None:
                stack.pop()
                continue
            if not work.opened:
                work.opened = True
                self.opened += 1
                if self.opened > limits.STEPS:
                    raise LimitError(f"This derivation needs more than {limits.STEPS:,} derivatives. "
                                     "Try a lower order or a shorter expression.")
                self.open_goal(work)
                if self.wait_for_parts(work, stack):
                    continue
            if work.defines:
                self.define(work)
                if self.wait_for_parts(work, stack):
                    continue
            if work.continued is None and work.goal is None:
                self.close_goal(work)
            if work.continued is not None:
                went_on = work.continued.goal
                if went_on is not None and went_on.ending in STAYS_OPEN:
                    self.finish(work, work.problem, went_on.ending)
                elif went_on is not None:
                    self.finish(work, went_on.result)
                elif work.continued.opened:  # it is being solved, further up: an integral that comes back
                    self.finish(work, work.continued.problem)
                else:
                    stack.append(work.continued)
                    continue
            stack.pop()
        assert first.goal is not None
        return first.goal

    def wait_for_parts(self, work: _Work, stack: list[_Work]) -> bool:
        """Push the parts that are not solved; whether there are any. A part that is itself being solved stays open."""
        waiting = [part for part in work.parts if part.goal is None and not part.opened]
        waiting.reverse()
        stack.extend(waiting)
        return bool(waiting)

    def work(self, problem: Expression) -> _Work:
        found = self.works.get(problem)
        if found is None:
            found = self.works[problem] = _Work(problem)
        return found

    def is_open(self, part: Expression) -> bool:
        return part.head in OPEN or part in self.open

    def open_goal(self, work: _Work) -> None:
        """Choose what to do with a goal, and which goals come first."""
        problem = work.problem
        head = problem.head
        if head == "derivative" and (not self.is_open(problem.args[0]) or self.is_derivative_of_integral(problem)):
            self.take_apart(work)
        elif head == "integral":
            self.open_integral(work)
        elif head == "limit":
            self.open_limit(work)
        elif head == "derivative":
            work.parts = [self.work(part) for part in problem.args if self.is_open(part)]
        elif head == "at":
            work.parts = [self.work(part) for part in parts_of_places(problem) if self.is_open(part)]
        else:
            work.parts = [self.work(part) for part in self.open_parts(problem)]

    def is_derivative_of_integral(self, problem: Expression) -> bool:
        """Whether a rule says what the derivative of an integral is, so that the integral need not be found."""
        return problem.args[0].head == "integral" and self.strategy(problem, self.fresh_for(problem)) is not None

    def open_integral(self, work: _Work) -> None:
        """What is open in an integrand or a limit comes first, then the integral of the tidy integrand."""
        problem = work.problem
        parts = self.open_parts(problem)
        inner = next((part for part in parts if is_indefinite(part)), None)
        if inner is not None:
            raise NoProgress(f"{inner} is known only up to a constant, which may depend on every other letter, so what "
                             "is made of it cannot be integrated. Give it limits, or integrate in two steps.",
                             str(problem), self.opened)
        work.parts = [self.work(part) for part in parts]
        if not work.parts:
            tidied = self.tidy(problem)
            if tidied is problem:
                self.take_apart(work)
            else:
                work.continued = self.work(tidied)

    def fresh_for(self, problem: Expression) -> Expression:
        """A letter for what a rule puts in that does not occur here, also inside the substitution of another one."""
        used = problem.free if problem.head != "integral" else problem.free | {problem.args[1].value}
        return next(letter for letter in self.letters if letter.value not in used)

    def open_limit(self, work: _Work) -> None:
        """First what is open in it is found, then it is tidied, then a rule takes it apart."""
        problem = work.problem
        filled = _with_values_put_in(problem)
        if filled is not problem:  # [G] from a to t: both values are put in at once
            work.joined = filled
            work.continued = self.work(self.limits.as_it_goes_on(filled))
            return
        opened, followed = self.limits.open_in(problem)
        work.parts = [self.work(part) for part in opened]
        if work.parts:
            return
        tidied = self.limits.as_it_goes_on(problem)
        if tidied is not problem:
            work.continued = self.work(tidied)
            return
        plan = self.limits.plan(problem)
        if plan is None and followed:
            work.parts = [self.work(part) for part in followed]
            return
        if plan is None:
            raise NoProgress(f"The rules for limits do not tell what {problem} is.", str(problem), self.opened)
        work.instance = plan.instance
        work.parts = [self.work(part) for part in work.instance.opens]

    @cached_property
    def limits(self) -> LimitPlans:
        """What is known of the limits that came up."""
        from tutor.derivation.limit_plans import LimitPlans
        from tutor.derivation.limit_rules import candidates

        return LimitPlans(self.tidy, self.differentiate, self.fresh, candidates)

    def differentiate(self, slope: Expression) -> Expression:
        """A derivative found by the usual rules, apart from the derivation."""
        return Solver(slope, self.strategy, tidy=self.tidy).solve(slope).result

    def close_limit(self, work: _Work, results: Mapping[Expression, Expression]) -> None:
        """The parts of a limit are found: go on with what it has become, or put its value together."""
        from tutor.derivation.limit_plans import NoLimit

        problem, instance = work.problem, work.instance
        if instance is None:
            work.joined = replace(problem, results)
            work.continued = self.work(self.limits.as_it_goes_on(work.joined))
            return
        found = self.limits.joined(problem, instance, results)
        if isinstance(found, NoLimit):
            self.limits.why = found.why
        if found is None or isinstance(found, NoLimit):
            self.finish(work, problem, "undecided" if found is None else "missing")
            return
        work.joined = instance.put_together(results)
        self.limits.assume(instance.relations)
        if has_infinity(work.joined) and work.joined is not found.value:
            self.calculate_with_infinity(work, found)
        self.finish(work, found.value)

    def calculate_with_infinity(self, work: _Work, found: WorkedOut) -> None:
        """Let the step that works out what stands with infinity, and what that assumes of letters, be told."""
        instance = computed_instance(rulebook()["arithmetic_of_infinity"], work.joined, found.value, self.fresh)
        assert instance is not None
        work.restored = instance.assuming(found.assumed)
        self.limits.assume(found.assumed)

    def close_with_infinity(self, work: _Work) -> None:
        """Limits that are infinite stand among other things, as in 2 + lim x^2."""
        outside = next((part for part in postorder([work.problem]) if part.head == "limit"
                        and part.args[1].value in work.problem.free), None)
        if outside is not None:
            letter = outside.args[1]
            raise NoProgress(f"The {letter} outside of {outside} is not the {letter} in it. If the limit of all of it "
                             "is meant, put brackets round it.", str(work.problem), self.opened)
        found = with_infinity(work.joined, self.tidy, self.limits.known)
        if found is None:
            raise NoProgress(f"With the limits put in, this is {work.joined}, and that says nothing: each of them has "
                             "to be a number.", str(work.problem), self.opened)
        if found.value is not work.joined:
            self.calculate_with_infinity(work, found)
        self.finish(work, found.value)

    def take_apart(self, work: _Work) -> None:
        problem = work.problem
        fresh = self.fresh_for(problem)
        instance = self.strategy(problem, fresh)
        if instance is None and problem.head == "integral":
            from tutor.integration.definite import NoValue  # derivatives do without

            found = self.integrals.instance(problem, fresh)
            if isinstance(found, NoValue):
                self.finish(work, problem, "missing", found)
                return
            instance = found
            if instance is None and self.guessing:
                self.finish(work, problem)
                return
        if instance is None:
            raise self.no_rule(problem)
        self.factors += len(problem.args[0].args)
        if self.factors > limits.FACTORS:
            raise LimitError(f"The derivatives in this derivation have more than {limits.FACTORS:,} factors and terms "
                             "in all. Try fewer factors or a shorter expression.")
        work.instance = instance
        work.parts = [self.work(part) for part in instance.defined.values() if self.is_open(part)]
        work.defines = bool(work.parts)
        if not work.parts:
            self.open_rest(work, instance.worked_out(self.tidy))

    def define(self, work: _Work) -> None:
        """The letters that a rule defines are solved: open the rest."""
        assert work.instance is not None
        work.defines = False
        found = {part.problem: part.goal.result for part in work.parts if part.goal is not None}
        self.open_rest(work, work.instance.worked_out(lambda part: found[part] if part in found else self.tidy(part)))

    def open_rest(self, work: _Work, instance: RuleInstance) -> None:
        work.instance = instance
        opened = [self.work(part) for part in instance.opens]
        work.parts += opened
        if work.problem.head == "derivative":
            whole = self.whole_of_parts(work, instance)
            for part in opened:
                if part.problem.head == "derivative" and not part.opened:
                    part.part_of = whole

    def whole_of_parts(self, work: _Work, instance: RuleInstance) -> PartOf:
        """What the results of the parts of a derivative go into."""
        if "linear" not in instance.rule.tags:
            return "" if "cases" in instance.rule.tags else "product"
        return "sum" if listed_letter(instance.rule) else work.part_of or "product"

    @cached_property
    def integrals(self) -> Integrals:
        """What decides about the integrals of this derivation."""
        from tutor.derivation.integrals import Integrals

        bound = limits.SUB_INTEGRALS_OF_MISTAKES if self.guessing else limits.SUB_INTEGRALS
        return Integrals(self.problem, self.tidy, self.method, bound)

    def no_rule(self, problem: Expression) -> NoProgress:
        """The error that no rule applies."""
        if problem.head == "integral":
            from tutor.integration.report import known_of

            known = known_of(*problem.args[:2]) or "This does not mean that there is none."
            missing = f"value of {problem}" if problem in self.integrals.remarks else (
                f"antiderivative of {problem.args[0]}")
            return NoProgress(f"No {missing} was found. {known}", str(problem), self.opened,
                              tuple(self.integrals.report(problem)))
        return NoProgress(why_unfit(problem) or why_no_rule(problem), str(problem), self.opened)

    def close_goal(self, work: _Work) -> None:
        """All parts are solved: put them together and tidy, or go on with what came out."""
        problem = work.problem
        results: dict[Expression, Expression] = {}
        for index, part in enumerate(work.parts):
            if part.goal is None:  # it is being solved, further up: an integral that comes back
                results[part.problem] = part.problem
                continue
            if part.goal.ending in STAYS_OPEN:
                is_missing = part.problem.head == "limit" and part.goal.ending != "undecided"
                because = _diverging(work.instance, None) if is_missing else None
                del work.parts[index + 1:]  # after a part without a value, the others do not matter
                self.finish(work, problem, part.goal.ending, because)
                return
            results[part.problem] = part.goal.result
        if problem.head == "limit":
            self.close_limit(work, results)
            return
        if self.inside_is_constant(work, results):
            work.instance, work.parts = None, []
            work.continued = self.work(self.tidy(problem))
            return
        if work.instance is not None:
            work.joined = work.instance.put_together(results)
        elif problem.head == "at":
            work.joined = with_values(problem, results)
        elif problem.head == "derivative":
            body, variable, order = problem.args
            work.joined = derivative(results[body], variable, order, problem.value)
            work.continued = self.work(work.joined)
            return
        elif problem.head == "integral":
            work.joined = replace(problem, results)
            work.continued = self.work(self.tidy(work.joined))
            return
        else:
            work.joined = replace(problem, results)
            if has_infinity(work.joined):
                self.close_with_infinity(work)
                return
        self.refuse_if_long(work, work.joined)
        if work.part_of and not has_head("sum", work.joined, self.without_sums):
            work.part_of = ""  # without brackets a part is tidied like a whole, and what is known of wholes is used
        tidy = tidy_for(problem, self.tidy, work.part_of)
        if work.instance is not None and "cases" in work.instance.rule.tags:
            from tutor.derivation.joints import at_the_joints

            work.restored = at_the_joints(problem, work.joined, tidy, self.fresh)
        result = tidy(work.joined if work.restored is None else work.restored.after)
        self.refuse_if_long(work, result)
        if problem.head == "integral" and problem in outermost(result, OPEN):
            result = self.solve_for(work, result)
        because = _diverging(work.instance, result)
        if because is not None:
            self.finish(work, problem, "missing", because)
            return
        if problem.head == "derivative" and work.instance is not None and "method" in work.instance.rule.tags:
            work.restored = first_match("restoring", result, self.fresh)
            if work.restored is not None:
                result = tidy(work.restored.after)
                self.refuse_if_long(work, result)
        goal = self.finish(work, result)
        if problem in self.points:
            self.look_from_both_sides(work, goal)

    def inside_is_constant(self, work: _Work, results: Mapping[Expression, Expression]) -> bool:
        """Whether the inside of a function has turned out to be a constant, as x - x is in |x - x|, and the whole a
        number: the function may have no slope there, though the whole has one."""
        inside = None if work.instance is None else work.instance.in_role("inside")
        if inside is None or work.problem.head != "derivative":
            return False
        variable = work.problem.args[1]
        return any(part.head == "derivative" and part.args[0] is inside and part.args[1] is variable and result is ZERO
                   for part, result in results.items()) and rational_value(self.tidy(work.problem.args[0])) is not None

    def solve_for(self, work: _Work, result: Expression) -> Expression:
        """An integral came back in its own result: solve the equation for it."""
        from tutor.integration.search import solved_for

        work.restored = solved_for(work.problem, result, self.tidy, self.integrals.differentiate)
        if work.restored is None:
            raise self.no_rule(work.problem)
        for problem, other in list(self.works.items()):  # what was found while it was open has it in its result
            if other.goal is not None and work.problem in outermost(other.goal.result, OPEN):
                del self.works[problem]
        return self.tidy.apart(work.restored.after)

    def finish(self, work: _Work, result: Expression, ending: Ending = "", because: NoValue | None = None) -> Goal:
        """Make the goal. With an ending of its own, its result was not put together from those of its parts."""
        if ending:
            work.joined = result
        parts = tuple([part.goal for part in work.parts if part.goal is not None])
        continued = None if work.continued is None else work.continued.goal
        work.goal = Goal(work.problem, result, work.joined, work.instance, parts, continued, work.restored, ending,
                         because, work.part_of)
        return work.goal

    def look_from_both_sides(self, work: _Work, goal: Goal) -> None:
        """Remove or replace the result of a goal with a point in it, if substituting the value is not valid there."""
        ending, seen = ending_of(goal.problem, goal.result, relations_below(goal))
        if ending:
            self.finish(work, goal.problem if seen is None else seen, ending)

    def refuse_if_long(self, work: _Work, made: Expression) -> None:
        """Raise LimitError if the result would be too long to write out."""
        if made.size > limits.SIGNS:
            asked = work.problem
            where = f"of {asked}" if asked.size <= _SHORT else "of a part of the problem"
            raise LimitError(f"The result {where} would have more than {limits.SIGNS:,} symbols. Try a lower order, or "
                             "fewer nested functions and factors.")

    def open_parts(self, problem: Expression) -> list[Expression]:
        """The outermost open parts of an expression, in written order."""
        return list(dict.fromkeys([found for arg in problem.args for found in outermost(arg, OPEN)]))


def _with_values_put_in(problem: Expression) -> Expression:
    """A problem with each `at` in it filled in, if nothing else is open in it; else the problem itself."""
    found = outermost(problem.args[0], OPEN)
    if not found or any(part.head != "at" or outermost(part.args[0], OPEN) for part in found):
        return problem
    body = replace(problem.args[0], {
        part: substitute(part.args[0], part.args[1].value, part.args[2]) for part in found})
    return rebuilt(problem, (body, *problem.args[1:]))


_LETTERS = 40
"""More letters than there can be substitutions inside each other."""


def _diverging(instance: RuleInstance | None, limit: Expression | None) -> NoValue | None:
    """That an integral diverges which a rule takes apart, if its limit is infinite or missing (None); else None."""
    if instance is None or instance.before.head != "integral":
        return None
    from tutor.integration.definite import diverging

    return diverging(instance, limit)
