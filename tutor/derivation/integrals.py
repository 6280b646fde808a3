"""What decides about the integrals of a derivation: the search, with the derivative rules and the oracle at its hand.

The search lies below the solver and knows neither it nor the oracle; they are brought together here.

    Integrals(problem, tidy).instance(parse("int 2*x*cos(x^2) dx"), name("u")).rule.name      # "substitution"
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from tutor import limits
from tutor.algebra.decide import Tidy
from tutor.derivation.antiderivatives import is_indefinite
from tutor.derivation.assumptions import about_letters
from tutor.derivation.solve import Solver
from tutor.derivation.strategy import by_shape, first_of
from tutor.expression.tree import Expression, derivative, name, node, postorder
from tutor.integration.definite import DEFINITE_METHODS, Definite, NoValue
from tutor.integration.report import report_on
from tutor.integration.search import IntegrationSearch
from tutor.integration.second_methods import SECOND_METHODS
from tutor.oracle.jumps import jumps
from tutor.oracle.pieces import TooManyPlaces, has_kink
from tutor.oracle.verdict import Check, Oracle
from tutor.rules.instance import RuleInstance


class Integrals:
    """The decisions for the integrals of one derivation.

    method: the name of a second method, to be used for the first integral that it fits; most: sub-integrals that are
    looked at for one integral.
    """

    def __init__(self, problem: Expression, tidy: Tidy, method: str = "", most: int = limits.SUB_INTEGRALS) -> None:
        self.problem, self.method, self.most = problem, method, most
        self.tidy = tidy.with_limit(
            limits.TIDYING_OF_INTEGRALS + limits.TIDYING_OF_A_SIGN_OF_INTEGRALS * problem.size)
        self.oracle = Oracle()

    def instance(self, problem: Expression, fresh: Expression) -> RuleInstance | NoValue | None:
        """The rule for an integral with a tidy integrand, or that it has no value; None if nothing was found."""
        if is_indefinite(problem):
            return self.by_second_method(problem, fresh) or self.search.instance(problem, fresh)
        if self.method in DEFINITE_METHODS:
            found = self.definite.by_method(self.method, problem, fresh)
            if found is not None:
                self.method = ""
                return found
        return self.definite.decide(problem, fresh)

    def by_second_method(self, problem: Expression, fresh: Expression) -> RuleInstance | None:
        """The instance of the method that was asked for, where it first leads to an antiderivative."""
        if self.method not in SECOND_METHODS or self.is_definite:
            return None
        found = self.search.by_method(self.method, problem, fresh)
        if found is not None:
            self.method = ""
        return found

    @cached_property
    def is_definite(self) -> bool:
        """Whether there is a definite integral in the problem. Its value was decided on with the usual antiderivative,
        and another one may jump where that does not."""
        return any(part.head == "integral" and not is_indefinite(part) for part in postorder([self.problem]))

    @cached_property
    def definite(self) -> Definite:
        return Definite(self.tidy, self.search.antiderivative, self.agrees, self.search.instance)

    @property
    def remarks(self) -> Mapping[Expression, str]:
        """Why some definite integrals have no value here although an antiderivative was found or not needed."""
        return self.definite.remarks

    def report(self, problem: Expression) -> list[str]:
        """What to say of an integral for which no rule was found, in sentences."""
        body, variable, *limits = problem.args
        found = report_on(self.search, node("integral", (body, variable)))
        if problem in self.remarks:
            found.append(self.remarks[problem])
        value = self.oracle.value(problem, {}) if limits else None
        if isinstance(value, float):
            found.append(f"Numbers alone give about {value:.6g} for {problem}.")
        return found

    @cached_property
    def search(self) -> IntegrationSearch:
        integrals = (part.args[1] for part in postorder([self.problem]) if part.head == "integral")
        variable = next(integrals, name("x"))
        return IntegrationSearch(variable, self.tidy, self.work_out, self.agrees, self.seems_to_agree, most=self.most)

    @cached_property
    def _solver(self) -> Solver:
        return Solver(self.problem, first_of(by_shape("derivative"), by_shape("higher")), tidy=self.tidy)

    def work_out(self, problem: Expression) -> Expression:
        """What an open problem comes to. Raises TutorError if there is no way."""
        return self._solver.solve(problem).result

    def differentiate(self, body: Expression, variable: Expression) -> Expression:
        """The tidy derivative."""
        return self.work_out(derivative(body, variable))

    def agrees(self, left: Expression, right: Expression, assumed: Sequence[Expression] = ()) -> bool | None:
        """Whether two expressions are equal where relations hold, as numbers say; None where that is not known. Two
        that are equal only as complex numbers are not: the antiderivative would have no real value anywhere. Nor is an
        antiderivative one that jumps at a kink, as sign(x)*e^|x| does at 0, although its slope is right on both
        sides."""
        found = _agreement(self.oracle.compare(left, right, about_letters(assumed, left, right)))
        if found and left.head == "derivative" and self.jumps(left.args[0], right, left.args[1]):
            return False
        return found

    def jumps(self, formula: Expression, integrand: Expression, variable: Expression) -> bool:
        """Whether a formula jumps at one of its kinks, where the integrand has values on both sides."""
        if not any(map(has_kink, postorder([formula]))):
            return False
        try:
            return bool(jumps(formula, integrand, variable.value, self.oracle.points()[0]).places)
        except TooManyPlaces:
            return False

    def seems_to_agree(self, left: Expression, right: Expression) -> bool | None:
        """The same at a few points, without a look at what is between them."""
        return _agreement(self.oracle.compare_at_points(left, right))


def _agreement(check: Check) -> bool | None:
    if check.outcome == "checked":
        return check.real
    return False if check.outcome == "refuted" else None
