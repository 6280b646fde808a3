"""The search for an antiderivative: which rule fires for each open integral. It decides; the solver executes.

The methods propose instances of rules for one integral, best first. The search tries them: it solves what an instance
opens, puts the results together, and asks the oracle whether the derivative is the integrand. The first instance that
leads to an answer wins and is remembered, and so are integrals that cannot be found. An integral is known by its
integrand in one letter, so the u of one substitution and the v of another are the same question. All bounds count
work; nothing depends on a clock.

    search = IntegrationSearch(name("x"), tidy, work_out, agrees, seems_to_agree)
    search.instance(parse("int 2*x*cos(x^2) dx"), name("u")).rule.name      # "substitution"
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from tutor import limits
from tutor.algebra.decide import Tidy
from tutor.errors import LimitError, TutorError
from tutor.expression.new_letters import new_letters
from tutor.expression.tree import (
    ONE,
    OPEN,
    ZERO,
    Expression,
    add,
    derivative,
    multiply,
    name,
    negate,
    node,
    outermost,
    replace,
)
from tutor.integration.integrand import Integrand, Method, Refusal
from tutor.integration.methods import METHODS
from tutor.integration.second_methods import SECOND_METHODS
from tutor.rules.instance import RuleInstance, Working, chosen_instance
from tutor.rules.rulebook import rulebook


class IntegrationPlan(NamedTuple):
    """What was decided for an integral: the rule that fires, the antiderivative to which it leads, and the integrals
    that were still being looked for when it was found and are left in that answer."""

    instance: RuleInstance
    result: Expression
    left_open: frozenset[Expression]


class Tried(NamedTuple):
    """One thing that was tried on an integral, and why it did not work, in a sentence."""

    problem: Expression
    title: str
    sentence: str


class _NotFoundError(Exception):
    """An attempt that came to nothing; its text is a sentence."""


class IntegrationSearch:
    """The decisions for the integrals of one derivation, kept.

    variable: the letter in which integrands are remembered; tidy: brings results to textbook form; work_out: what
    a derivative, or another open problem that is no indefinite integral, comes to (it raises TutorError where there is
    no way); agrees: whether two expressions are equal, None where that could not be decided.
    """

    def __init__(self, variable: Expression, tidy: Tidy, work_out: Callable[[Expression], Expression],
                 agrees: Callable[[Expression, Expression], bool | None],
                 seems_to_agree: Callable[[Expression, Expression], bool | None],
                 methods: tuple[tuple[str, Method], ...] = METHODS, most: int = limits.SUB_INTEGRALS) -> None:
        self.variable, self.tidy, self.work_out = variable, tidy, work_out
        self.agrees, self.seems_to_agree = agrees, seems_to_agree
        self.methods, self.most = methods, most
        self.plans: dict[Expression, IntegrationPlan] = {}
        self.while_open: dict[Expression, IntegrationPlan] = {}
        self.failed: set[Expression] = set()
        self.tried: list[Tried] = []
        self.open: list[Expression] = []
        self.same_letter = 0  # how many of the open integrals lie before the last substitution
        self.count = self.cuts = self.longest = 0
        self.exhausted = False  # whether a bound cut a search short

    def instance(self, problem: Expression, fresh: Expression) -> RuleInstance | None:
        """The rule for an indefinite integral with a tidy integrand, in its own letters; None if none was found.

        fresh: the letter for a substitution, which the problem does not have.
        """
        key = self.key(problem)
        plan = self.plans.get(key) or self.while_open.get(key)
        if plan is None:
            self.count, self.longest = 0, limits.GROWTH_OF_INTEGRANDS * problem.size + limits.ROOM_FOR_INTEGRANDS
            plan = self.solve(key)
        return None if plan is None else _in_letters(plan.instance, key, problem, fresh)

    def by_method(self, method: str, problem: Expression, fresh: Expression) -> RuleInstance | None:
        """The instance of a second method for an indefinite integral with a tidy integrand; None where it leads to
        nothing, or is what is done anyway."""
        usual = self.instance(problem, fresh)
        if usual is not None and "linear" in usual.rule.tags:
            return None
        key = self.key(problem)
        integrand = Integrand(key.args[0], key.args[1], next(new_letters([key])), self.tidy, self.differentiate)
        self.count, self.longest = 0, limits.GROWTH_OF_INTEGRANDS * problem.size + limits.ROOM_FOR_INTEGRANDS
        for proposal in self.proposals(SECOND_METHODS[method], integrand):
            if isinstance(proposal, Refusal) or proposal.rule.name != method:
                continue
            self.open.append(key)
            try:
                found = _in_letters(self.attempt(key, proposal).instance, key, problem, fresh)
            except (_NotFoundError, TutorError):
                continue
            finally:
                self.open.pop()
            if usual is None or not _is_same(found, usual):
                return found
        return None

    def antiderivative(self, problem: Expression) -> Expression | None:
        """What an indefinite integral with a tidy integrand comes to, without a constant; None if none was found."""
        if self.instance(problem, next(new_letters([problem]))) is None:
            return None
        key = self.key(problem)
        plan = self.plans.get(key)
        return None if plan is None else replace(plan.result, {key.args[1]: problem.args[1]})

    def key(self, problem: Expression) -> Expression:
        """The integral with its variable called by the one letter in which integrands are remembered."""
        body, variable = problem.args
        if variable is self.variable or self.variable.value in body.free:
            return problem
        return node("integral", (replace(body, {variable: self.variable}), self.variable))

    def solve(self, problem: Expression) -> IntegrationPlan | None:
        """The plan for an integral in the letter of the search; None if none was found."""
        found = self.plans.get(problem)
        if found is not None or problem in self.failed:
            return found
        if self.count >= self.most or len(self.open) >= limits.DEPTH_OF_INTEGRALS:
            self.cuts, self.exhausted = self.cuts + 1, True
            return None
        self.count += 1
        cuts = self.cuts
        self.open.append(problem)
        try:
            found = self._first_that_works(problem)
        finally:
            self.open.pop()
        if found is None:
            if self.cuts == cuts:  # what was cut short may be found when it is asked for by itself
                self.failed.add(problem)
        elif found.left_open:
            self.while_open[problem] = found
        else:
            self.plans[problem] = found
        return found

    def _first_that_works(self, problem: Expression) -> IntegrationPlan | None:
        body, variable = problem.args
        integrand = Integrand(body, variable, next(new_letters([problem])), self.tidy, self.differentiate)
        for title, method in self.methods:
            for proposal in self.proposals(method, integrand):
                if isinstance(proposal, Refusal):
                    self.tried.append(Tried(problem, title, proposal.sentence))
                    continue
                try:
                    return self.attempt(problem, proposal)
                except (_NotFoundError, TutorError) as refusal:
                    self.note(refusal)
                    self.tried.append(Tried(problem, proposal.rule.title, str(refusal)))
        return None

    def proposals(self, method: Method, integrand: Integrand) -> Iterator[RuleInstance | Refusal]:
        """What a method proposes, up to where something has no derivative or grows too large for it."""
        proposals = iter(method(integrand))
        while True:
            try:
                proposal = next(proposals, None)
            except TutorError as refusal:
                self.note(refusal)
                return
            if proposal is None:
                return
            yield proposal

    def note(self, refusal: Exception) -> None:
        """What a bound has cut short may be found when it is asked for by itself."""
        if isinstance(refusal, LimitError):
            self.cuts, self.exhausted = self.cuts + 1, True

    def attempt(self, problem: Expression, instance: RuleInstance) -> IntegrationPlan:
        """The plan that begins with this instance. Raises _NotFoundError where it leads to nothing or to something
        wrong, TutorError where something in it cannot be worked out."""
        left_open: set[Expression] = set()
        instance = instance.worked_out(lambda part: self.tidy(self.filled_in(part, left_open)))
        results = {part: self.value(part, left_open) for part in instance.opens}
        result = self.tidy.apart(instance.put_together(results))
        if result.size > limits.GROWTH_OF_INTEGRANDS * self.longest:
            raise _NotFoundError("The result would be too long.")
        if problem in left_open:
            left_open.discard(problem)
            solved = solved_for(problem, result, self.tidy, self.differentiate)
            if solved is None:
                raise _NotFoundError("It leads back to the same integral, and the equation says nothing about it.")
            result = self.tidy.apart(solved.after)
        # the derivative is left to numbers: our own rules might lose what is wrong with the result
        agrees = self.agrees if len(self.open) == 1 else self.seems_to_agree
        if not left_open and agrees(derivative(result, problem.args[1]), problem.args[0]) is False:
            raise _NotFoundError("The derivative of what it leads to is not the integrand.")
        return IntegrationPlan(instance, result, frozenset(left_open))

    def value(self, part: Expression, left_open: set[Expression]) -> Expression:
        """What an open part of the right side of a rule comes to."""
        if part.head != "integral" or len(part.args) != 2:
            return self.work_out(part)
        body, variable = part.args
        problem = self.tidy(node("integral", (self.filled_in(body, left_open), variable)))
        if problem.size > self.longest:
            raise _NotFoundError("The integrand would get too long.")
        key = self.key(problem)
        if key in self.open:
            self.cuts += 1
            if key is not problem or key not in self.open[self.same_letter:]:
                raise _NotFoundError("It leads back to the same integral.")
            left_open.add(key)
            return problem
        before = self.same_letter
        if key is not problem:
            self.same_letter = len(self.open)
        try:
            plan = self.solve(key)
        finally:
            self.same_letter = before
        if plan is None:
            raise _NotFoundError(f"It leads to {problem}, for which nothing was found.")
        left_open |= plan.left_open
        return replace(plan.result, {key.args[1]: variable})

    def filled_in(self, root: Expression, left_open: set[Expression]) -> Expression:
        """An expression with what is open in it replaced by what it comes to."""
        parts = outermost(root, OPEN)
        return replace(root, {part: self.value(part, left_open) for part in parts}) if parts else root

    def differentiate(self, body: Expression, variable: Expression) -> Expression:
        """The tidy derivative."""
        return self.work_out(derivative(body, variable))


def _is_same(found: RuleInstance, usual: RuleInstance) -> bool:
    """Whether two instances do the same to an integral: give a letter to the same part of it, for example."""
    if found.after is usual.after:
        return True
    return found.inside is not None and found.inside in (usual.inside, usual.in_role("inside"))


def _in_letters(instance: RuleInstance, key: Expression, problem: Expression, fresh: Expression) -> RuleInstance:
    """An instance for the integral in the letter of the search, in the letters of the problem."""
    return instance.renamed({key.args[1]: problem.args[1], instance.bindings["fresh"]: fresh})


def solved_for(problem: Expression, result: Expression, tidy: Callable[[Expression], Expression],
               differentiate: Callable[[Expression, Expression], Expression]) -> RuleInstance | None:
    """The rule that solves I = g + c*I for an integral I that stands in its own result; None where c is 1, or where the
    equation is not of this form."""
    rule = rulebook()["solve_for_integral"]
    letter = next(new_letters([result, problem]))
    equation = replace(result, {problem: letter})
    factor = differentiate(equation, letter)
    if letter.value in factor.free or problem.args[1].value in factor.free or factor is ONE:
        return None
    rest = tidy(replace(equation, {letter: ZERO}))
    bindings = {"x": problem.args[1], "f": problem.args[0], "g": rest, "c": factor}
    found = chosen_instance(rule, bindings, letter)
    return found._replace(working=tuple(_solving(found.after, rest, factor, tidy)))


def _solving(integral: Expression, rest: Expression, factor: Expression,
             tidy: Callable[[Expression], Expression]) -> Iterator[Working]:
    """How an integral I is found where it comes back in I = g + c*I."""
    letter = next(each for each in map(name, ("I", "J", "K", "L")) if each.value not in integral.free)
    known = {letter: integral}
    again = add(rest, tidy(multiply(factor, letter)))
    yield Working("Call the integral {I}. Then", node("relation", (letter, again), "="), {"I": letter}, known)
    yield Working("With {I} on the left side alone:",
                  node("relation", (tidy(multiply(add(ONE, negate(factor)), letter)), rest), "="), {"I": letter}, known)
