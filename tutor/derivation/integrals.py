"""What decides about the integrals of a derivation: the search, with the derivative rules and the oracle at its hand.

The search lies below the solver and knows neither it nor the oracle; they are brought together here.

    Integrals(problem, tidy).instance(parse("int 2*x*cos(x^2) dx"), name("u")).rule.name      # "substitution"
"""

from __future__ import annotations

from functools import cached_property

from tutor import limits
from tutor.algebra.decide import Tidy
from tutor.derivation.antiderivatives import is_indefinite
from tutor.derivation.solve import Solver
from tutor.derivation.strategy import by_shape, first_of
from tutor.expression.tree import Expression, derivative, name, postorder
from tutor.integration.report import report_on
from tutor.integration.search import Search
from tutor.oracle.verdict import Oracle
from tutor.rules.instance import RuleInstance, instance_of
from tutor.rules.rulebook import rulebook


class Integrals:
    """The decisions for the integrals of one derivation."""

    def __init__(self, problem: Expression, tidy: Tidy) -> None:
        self.problem = problem
        self.tidy = tidy.with_limit(limits.TIDYING_OF_INTEGRALS)
        self.oracle = Oracle()

    def instance(self, problem: Expression, fresh: Expression) -> RuleInstance | None:
        """The rule for an integral with a tidy integrand; None if none was found."""
        if is_indefinite(problem):
            return self.search.instance(problem, fresh)
        return instance_of(rulebook()["fundamental_theorem"], problem, fresh)

    def report(self, problem: Expression) -> list[str]:
        """What to say of an integral for which no rule was found, in sentences."""
        return report_on(self.search, problem) if is_indefinite(problem) else []

    @cached_property
    def search(self) -> Search:
        integrals = (part.args[1] for part in postorder([self.problem]) if part.head == "integral")
        variable = next(integrals, name("x"))
        return Search(variable, self.tidy, self.work_out, self.agrees)

    @cached_property
    def _solver(self) -> Solver:
        return Solver(self.problem, first_of(by_shape("derivative"), by_shape("higher")), tidy=self.tidy)

    def work_out(self, problem: Expression) -> Expression:
        """What an open problem comes to. Raises TutorError if there is no way."""
        return self._solver.solve(problem).result

    def differentiate(self, body: Expression, variable: Expression) -> Expression:
        """The tidy derivative."""
        return self.work_out(derivative(body, variable))

    def agrees(self, left: Expression, right: Expression) -> bool | None:
        """Whether two expressions are equal, as numbers say; None where that is not known."""
        return {"checked": True, "refuted": False}.get(self.oracle.compare(left, right).outcome)
