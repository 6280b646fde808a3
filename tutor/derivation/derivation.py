"""A derivation: the log of a solved problem, told as steps.

The solver keeps goals, rules and bindings; everything here is computed from them on demand.

    derivation = derive(parse("d/dx x^2*sin(x)"))
    derivation.result                       # 2*x*sin(x) + x^2*cos(x)
    [step.rule.name for step in derivation.steps]
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace as replace_fields
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from tutor import limits
from tutor.algebra.decide import Tidy
from tutor.algebra.signs import holds
from tutor.derivation.antiderivatives import (
    Constants,
    comparable,
    constants_in,
    has_definite_integral,
    is_indefinite,
    tidy_for,
)
from tutor.derivation.assumptions import about_letters, relations_below
from tutor.derivation.blocks import block_of
from tutor.derivation.goal import Goal, below
from tutor.derivation.other_ways import other_way
from tutor.derivation.points import STAYS_OPEN
from tutor.derivation.several import METHODS
from tutor.derivation.simplified import simplified
from tutor.derivation.solve import Solver
from tutor.derivation.step import Block, Step
from tutor.derivation.strategy import Strategy, by_shape, first_of, named, once
from tutor.derivation.whole_lines import whole_lines
from tutor.errors import NoProgress, TutorError
from tutor.expression.new_letters import unused
from tutor.expression.notes import Note
from tutor.expression.parse import collector_paused
from tutor.expression.text import Text
from tutor.expression.tree import INFINITY, OPEN, ZERO, Expression, add, node, outermost, postorder
from tutor.notebook import Displayed
from tutor.oracle.existence import Existence, empty_table, existence_of, holds_there
from tutor.oracle.limits import has_limit
from tutor.oracle.verdict import Check
from tutor.rules.instance import RuleInstance, instance_of
from tutor.rules.rule import Rule
from tutor.rules.rulebook import rulebook

if TYPE_CHECKING:
    from tutor.integration.definite import NoValue
    from tutor.oracle.verdict import Oracle

STANDARD = first_of(by_shape("derivative"), by_shape("higher"))
"""The strategy of the textbook: the first rule of the rulebook that fits."""


class Derivation(Displayed):
    """How a problem was solved.

    problem, result: expressions of equal value, or of an indefinite integral one with all its antiderivatives; notes:
    how doubtful things in the text were read;
    method: the name of the second method that was asked for, or ""; goal: how the problem was solved, with the goals
    that it rests on; fresh: the letter of substitutions, which the
    problem does not have; tidy: brings results to the form of a textbook, in the way the problem is written; constant:
    the rule that adds the constant of integration at the end of an indefinite integral, else None.
    """

    is_backward_pass = False
    """Whether it goes along the lines of a graph, see `backward.py`."""

    most_steps = limits.STEPS_TOLD
    """How many steps are told and checked one by one."""

    is_of_equation = False
    """Whether its result is an equation, or comes from one, see `tangents.py` and `implicit.py`."""

    in_names: Expression | None = None
    """The result with the names of lines that were put into the problem, if it is shorter, see `named.py`."""

    def __init__(self, problem: Expression, solver: Solver, goal: Goal, notes: tuple[Note, ...], method: str) -> None:
        self.constant = _constant_of(problem, goal, _constants_in(problem, solver).integrals)
        self.problem, self.notes, self.method = problem, notes, method
        self.result = goal.result if self.constant is None else with_constant(self.constant)
        self.solver, self.goal, self.fresh, self.tidy = solver, goal, solver.fresh, solver.tidy
        self._work_on_steps = 0

    @property
    def goals(self) -> Mapping[Expression, Goal]:  # all that were solved, by their problems
        return self.solver.goals

    # -- the log, told -----------------------------------------------------------------------------------------

    @cached_property
    def block(self) -> Block:
        """The derivation as a tree: every open derivative has its own short derivation."""
        return block_of(self)

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """All steps in reading order, minor ones included; a part that comes again is told once."""
        found: list[Step] = []
        stack: list[Step | Block] = [self.block]
        while stack:
            item = stack.pop()
            if isinstance(item, Step):
                found.append(item)
            elif not item.again:
                stack.extend(reversed(item.items))
        return tuple(found)

    @cached_property
    def rules_of_lines(self) -> tuple[tuple[Rule, ...], ...]:
        """The rules that name each numbered line, in the order of the lines."""
        return tuple(step.names for step in self.steps if step.names)

    @property
    def count(self) -> int:
        """How many lines are numbered."""
        return len(self.rules_of_lines)

    @cached_property
    def too_long(self) -> str:
        """Why the steps are neither told nor checked one by one, in a sentence; "" where they are."""
        most = self.most_steps
        if self.solver.opened <= most and not self._is_tidied_at_length and len(self.steps) <= most:
            return ""
        return f"There are more than {most:,} steps, too many to show and check one by one. Try a shorter problem."

    @property
    def _is_tidied_at_length(self) -> bool:
        """Whether tidying alone takes too many steps; they are counted, not told, and no further than that."""
        if self.solver.opened <= _FEW_OPENED:
            return False
        decisions = (decision for goal in below(self.goal) if goal.continued is None
                     for decision in tidy_for(goal.problem, self.tidy, goal.part_of).steps(goal.joined))
        return next(islice(decisions, self.most_steps, None), None) is not None

    def lines(self) -> Iterator[tuple[Step, Expression]]:
        """The derivation as a chain of whole lines: each step with the whole expression after it.

        Where the whole has no value, what was found at a point is left out of it: 1/(...) does not become 1/0.
        """
        return whole_lines(self)

    @cached_property
    def assumptions(self) -> tuple[Expression, ...]:
        """What was taken for granted and is not plainly true, as short relations in the letters of the problem."""
        if self.goal.ending in STAYS_OPEN and (self.goal.ending == "undecided" or self.existence is not None):
            return ()  # but that there is no limit may depend on the sign of a letter
        found = relations_below(self.goal, self.tidy)
        if self.existence is not None and self.existence.values:  # found from both sides, although an assumption fails
            table = empty_table()
            found = (each for each in found if holds_there(each, table) is not False)
        return simplified(found, self.tidy)

    @cached_property
    def gap(self) -> Expression | None:
        """Where the antiderivative that was found jumps although the integrand has a value; None if nowhere."""
        if self.constant is None:
            return None
        body, variable = self.problem.args
        from tutor.derivation.gaps import gap_of  # derivatives do without

        return gap_of(self.goal.result, body, variable, self.tidy)

    @property
    def never_true(self) -> tuple[Expression, ...]:
        """Those of the assumptions that plainly hold nowhere, as -1 - x^2 > 0: there the rules say nothing."""
        return tuple(relation for relation in self.assumptions if holds(relation) is False)

    # -- where a derivative is asked for at a point ------------------------------------------------------------------

    @cached_property
    def existence(self) -> Existence | None:
        """What was found of the derivatives at the points of the problem; None where there are none."""
        return existence_of(self.problem) if self.problem in self.solver.points else None

    @property
    def unsolved(self) -> Text | None:
        """Why the problem has no result: there is none, or that could not be decided; None where it has one."""
        if self.goal.ending not in STAYS_OPEN:
            return None
        if self.no_value is not None:
            return self.no_value.why
        return self.solver.limits.why if self.existence is None else self.existence.text

    @cached_property
    def no_value(self) -> NoValue | None:
        """What was found of the definite integral because of which the problem has no value; None where it has one."""
        found = (goal.because for goal in below(self.goal) if goal.because is not None)
        return next(found, None) if self.goal.ending in STAYS_OPEN else None

    @property
    def undefined(self) -> str:
        """Why there is no derivative at the point, as one sentence without a full stop; "" where there is one."""
        return self.unsolved.written() if self.unsolved is not None and self.goal.ending == "missing" else ""

    @property
    def other_methods(self) -> tuple[str, ...]:
        """Names of second methods that a teacher would show."""
        return tuple(self.other_ways)

    @cached_property
    def other_ways(self) -> dict[str, RuleInstance]:
        """The second methods that apply where this derivation chose its first rule that is not linear, with the first
        instance of each. The rule that was chosen there is one of them only if something else is put for u; `rare`
        ones, and those that a teacher would not show for such an integrand, are not among them."""
        goals = [goal for goal in self.main_goals() if goal.problem.args[1].value in goal.problem.args[0].free]
        names = [rule.name for rule in rulebook().values()
                 if "method" in rule.tags and "rare" not in rule.tags and rule.name != self.method]
        found: dict[str, RuleInstance] = {}
        insides: set[Expression | None] = set()
        for method in names:
            instances = [instance for goal in goals if (instance := other_way(self, method, goal)) is not None]
            substituted = {instance.inside for instance in instances} - {None}
            if instances and not (substituted and substituted <= insides):  # a substitution is offered under one name
                found[method] = instances[0]
                insides |= substituted
        return found

    def by_method(self, method: str, problem: Expression) -> RuleInstance | None:
        """The instance of a second method for a problem, None where it does not fit."""
        if "integral" not in rulebook()[method].tags:
            return named(method)(problem, self.fresh)
        if problem.head != "integral":
            return None
        from tutor.integration.definite import DEFINITE_METHODS

        if is_indefinite(problem) == (method in DEFINITE_METHODS):
            return None
        integrals = self.solver.integrals
        if method in DEFINITE_METHODS:
            return integrals.definite.by_method(method, problem, self.fresh)
        return None if integrals.is_definite else integrals.search.by_method(method, problem, self.fresh)

    def fresh_for(self, problem: Expression) -> Expression:
        """A letter for what a rule puts in that does not occur in a part of this problem."""
        return self.solver.fresh_for(problem)

    def differentiate(self, body: Expression, variable: Expression) -> Expression:
        """The tidy derivative. Raises TutorError where there is none."""
        return self.solver.integrals.differentiate(body, variable)

    def main_goals(self) -> list[Goal]:
        """The derivatives and integrals that are left once sums and constant factors are taken apart."""
        found: list[Goal] = []
        stack = [self.goal]
        while stack and len(found) < _MAIN_GOALS:
            goal = stack.pop()
            if goal.rule is not None and PASSED_OVER.isdisjoint(goal.rule.tags):
                found.append(goal)
            else:
                goes_on = goal.problem.head == "integral"  # the same integral, only rewritten
                stack.extend(reversed(goal.rests_on if goes_on else goal.parts))
        return found

    def further(self, problem: Expression) -> Goal:
        """The goal of another problem in the same letters, such as what a wrong rule leaves open, solved by the usual
        rules. The derivation stays as it is. Raises TutorError if there is no way.

        An integral for which nothing is found soon is left open, and so is every integral where the problem has none:
        then it can only be the whole or a term, and numbers compare it as it is.
        """
        if problem.head == "integral" and not self._has_integral:
            return Goal(problem, problem, problem)
        return self._further.solve(problem)

    @cached_property
    def _further(self) -> Solver:
        tidy = self.tidy.with_limit(limits.TIDYING_OF_MISTAKES)
        return Solver(self.problem, STANDARD, known=self.goals.values(), tidy=tidy, guessing=True)

    @cached_property
    def without_bars(self) -> Expression | None:
        """Of the integral of |f|, which is an area, what the integral of f comes to if that is not the same."""
        problem = self.problem
        if problem.head != "integral" or len(problem.args) != 4 or problem.args[0].head != "abs" or self.unsolved:
            return None
        other = derive_if_possible(node("integral", (problem.args[0].args[0], *problem.args[1:])))
        if other is None or other.unsolved is not None or other.check.outcome != "checked":
            return None
        return other.result if self.compare(self.result, other.result).outcome == "refuted" else None

    # -- the check ---------------------------------------------------------------------------------------------

    @cached_property
    def oracle(self) -> Oracle:
        """The one that everything about this derivation is asked of; what it has worked out it keeps."""
        from tutor.oracle.verdict import Oracle

        return Oracle()

    def compare(self, left: Expression, right: Expression, assumptions: tuple[Expression, ...] = ()) -> Check:
        """Ask the oracle, which knows no rules, whether two expressions agree; where there is an indefinite integral in
        them, up to a constant."""
        if left is right and INFINITY in (left, *left.args):  # what is infinite is no number to compare
            return Check("checked", 1, finding="both sides are the same")
        if self._has_integral:
            assumptions = tuple(about_letters(assumptions, left, right))
            left, right = comparable(left, right)
        if "tuple" in (left.head, right.head):
            from tutor.oracle.components import compare_components

            return compare_components(self.oracle.compare, left, right, assumptions)
        return self.oracle.compare(left, right, assumptions)

    def compare_in_step(self, left: Expression, right: Expression, assumptions: tuple[Expression, ...] = ()) -> Check:
        """The same for a step. When all steps together have cost too much, the rest of them stay undecided.

        What a limit comes to, and so the next rule, may rest on the signs that were assumed of letters.
        """
        if has_limit(left) or has_limit(right):
            assumptions = (*assumptions, *[each for each in self.assumptions if each.free <= left.free | right.free])
        if self._work_on_steps > limits.WORK_ON_STEPS:
            return Check("undecided", 0, reason=_TOO_MUCH_WORK)
        before = self.oracle.work
        found = self.compare(left, right, assumptions)
        self._work_on_steps += self.oracle.work - before
        return found

    @cached_property
    def _has_integral(self) -> bool:
        return any(part.head == "integral" for part in postorder([self.problem]))

    @cached_property
    def check(self) -> Check:
        """What the oracle found for the whole: the problem against the result, or that it has no value."""
        if self.no_value is not None:
            return Check("checked", 1, finding=self.no_value.why.template, parts=self.no_value.why.slots)
        if self.undefined and self.existence is None:
            found = self.compare(self.problem, self.problem)
            return replace_fields(found, finding="numbers closer and closer to the place do not come to one value") if (
                found.outcome == "checked") else found
        if self.undefined:
            why = self.unsolved
            assert why is not None
            return Check("checked", 1, finding=f"seen from both sides: {why.template}", parts=why.slots)
        found = self.compare(self.problem, self.result, self.assumptions)
        return found if found.outcome != "undecided" else self._check_of_parts() or found

    def _check_of_parts(self) -> Check | None:
        """What the oracle found for the parts of which a definite integral was made, if all of them are right; else
        None. Parts that cancel leave the whole no digits to be compared by, and integrals deep inside each other take
        too many values."""
        return self._checked_by_parts(self.goal) if has_definite_integral(self.problem) else None

    def _checked_by_parts(self, goal: Goal) -> Check | None:
        """The same of a goal: the integrals in its integrand, and what it became with their values; or its parts, if it
        is a sum of them."""
        if goal.problem.head != "integral" or goal.ending:
            return None
        if goal.continued is not None:
            parts = (*goal.parts, goal.continued)
        elif goal.rule is not None and "splitting" in goal.rule.tags:
            parts = goal.parts
        else:
            return None
        checks = []
        for part in parts:
            assumed = tuple(relations_below(part, self.tidy))
            if any(goal.problem.args[1].value in relation.free for relation in assumed):
                return None  # that may fail between the limits
            found = self.compare(part.problem, part.result, assumed)
            if found.outcome == "undecided":
                found = self._checked_by_parts(part) or found
            checks.append(found)
        return checks[0] if all(check.outcome == "checked" for check in checks) else None

    @cached_property
    def checked(self) -> bool | None:
        """True if the whole and every step were found right, False if one was refuted, None if one is undecided.

        Also None where the steps are too many to be checked.
        """
        whole = "checked" if self.undefined and self.existence is not None else self.check.outcome
        if self.too_long:
            return False if whole == "refuted" else None
        outcomes = {whole, *(step.check.outcome for step in self.steps)}
        return False if "refuted" in outcomes else None if "undecided" in outcomes else True


def _constant_of(problem: Expression, goal: Goal, integrals: tuple[Expression, ...]) -> RuleInstance | None:
    """The rule that adds the constant of integration: once, where the problem is an indefinite integral that was found,
    or a sum with such integrals, perhaps with constant factors."""
    if not integrals or any(each in outermost(goal.result, OPEN) for each in integrals):
        return None
    letter = next(unused({*problem.free}, "CK"))
    found = instance_of(rulebook()["constant_of_integration"], integrals[0], letter)
    terms = goal.result.args if goal.result.head == "sum" else (goal.result,)
    letter_of_all = integrals[0].args[1].value
    varying = add(*[term for term in terms if letter_of_all in term.free])  # a constant term is a part of C
    return None if found is None else found.worked_out(lambda _: varying)


def _constants_in(problem: Expression, solver: Solver) -> Constants:
    """How the constants of indefinite integrals stand in a problem; most have none, and are not searched."""
    if problem.head in ("relation", "statements") or not any(map(is_indefinite, solver.open)):
        return Constants()
    return constants_in(problem)


def with_constant(instance: RuleInstance) -> Expression:
    """All antiderivatives, as the rule of the constant of integration has them: g + C, and of 0 only C."""
    return add(*[term for term in instance.put_together({}).args if term is not ZERO])


_TOO_MUCH_WORK = "checking the other steps has already taken as much work as the steps of one problem may"

_MAIN_GOALS, _FEW_OPENED = 20, 100
PASSED_OVER = frozenset(("linear", "higher", "rewriting"))
"""Tags of rules that only take apart what the main thing is made of."""


def derive(problem: Expression, notes: tuple[Note, ...] = (), method: str = "",
           taken: frozenset[str] = frozenset()) -> Derivation:
    """Solve `problem` by the rules of the rulebook.

    method: the name of a second method to use at the first place where it applies; taken: letters that rules do not
    put in. Raises NoProgress where no rule applies, TutorError if there is no such method or it applies nowhere.
    """
    strategy = STANDARD
    if method:
        rule = rulebook().get(method)
        if rule is None or "method" not in rule.tags:
            known = ", ".join([*(rule.name for rule in rulebook().values() if "method" in rule.tags), *METHODS])
            raise TutorError(f"There is no method {method}. Methods: {known}.")
        if "integral" not in rule.tags:
            strategy = first_of(once(named(method)), STANDARD)
    if problem.head == "statements":
        raise TutorError("What is asked of a graph or an equation is judged as one answer, and not line by line.")
    with collector_paused():
        solver = Solver(problem, strategy, both_sides=True, method=method, taken=taken)
        misplaced = _constants_in(problem, solver).misplaced
        if misplaced is not None:
            raise NoProgress("An indefinite integral is known only up to a constant, and in "
                             f"{misplaced} that would not simply be added. Give the integral limits, or work it out "
                             "first, with + C.", str(problem), 0)
        if has_limit(problem):
            from tutor.derivation.limits import refuse_limits_without_values  # derivatives do without

            refuse_limits_without_values(problem)
        if method and "definition" in rulebook()[method].tags:
            solver.limits.uses_derivatives = False
        try:
            goal = solver.solve(problem)
        except NoProgress:
            if problem not in solver.points or existence_of(problem).outcome != "missing":
                raise
            # no rule applies, and none has to, because there is no derivative
            goal = solver.finish(solver.work(problem), problem, "missing")
    derivation = Derivation(problem, solver, goal, notes, method)
    if any(part.head == "quotient" and part.args[1] is ZERO for part in postorder([derivation.result])):
        raise TutorError(f"The rules give no result for {problem}: they lead to a division by 0.")
    if method and not any(goal.rule is not None and goal.rule.name == method for goal in derivation.goals.values()):
        raise TutorError(f"The method {method} does not apply anywhere in {problem}.")
    return derivation


def derived_in_part(problem: Expression) -> Derivation:
    """The same as far as there is a way: integrals for which nothing is found stay open, and where anything else cannot
    be solved, the problem comes to itself."""
    solver = Solver(problem, STANDARD, guessing=True)
    try:
        goal = solver.solve(problem)
    except TutorError:
        goal = Goal(problem, problem, problem)
    return Derivation(problem, solver, goal, (), "")


def derived_with(strategy: Strategy, problem: Expression, tidy: Tidy | None = None) -> Derivation:
    """The same with another strategy in front of the usual one, such as a wrong rule; points are not looked at from
    both sides. tidy: how results are tidied, if not anew. Raises TutorError if there is no way."""
    solver = Solver(problem, first_of(strategy, STANDARD), tidy=tidy)
    return Derivation(problem, solver, solver.solve(problem), (), "")


def derive_if_possible(problem: Expression) -> Derivation | None:
    """The same; None where the rulebook has no way."""
    try:
        return derive(problem)
    except TutorError:
        return None
