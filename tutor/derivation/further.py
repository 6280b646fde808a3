"""Further goals beside those of a derivation: what wrong rules leave open is solved by the sound ones.

    further = FurtherGoals(derivation.problem, derivation.goals, derivation.tidy.for_mistakes())
    further.goal(parse("d/dx [cos(x)]")).result         # -sin(x)
"""

from __future__ import annotations

from collections.abc import Mapping

from tutor.algebra.tidy import Tidy
from tutor.derivation.derivation import STANDARD
from tutor.derivation.goal import Goal, left_open
from tutor.derivation.solve import Solver
from tutor.expression.tree import Expression


class FurtherGoals:
    """Goals of any problems in the letters of a first one.

    problem: the first one; known: goals that there are already, which are left as they are; tidy: how results are
    tidied, if not anew; fresh: the letter of substitutions.
    """

    def __init__(self, problem: Expression, known: Mapping[Expression, Goal], tidy: Tidy | None = None) -> None:
        self._known = dict(known)
        self._solver = Solver(problem, STANDARD, known=known.values(), tidy=tidy)
        self.fresh, self.tidy = self._solver.fresh, self._solver.tidy

    def goal(self, problem: Expression) -> Goal:
        """The goal of a problem, kept; an integral is left open. Raises TutorError if it cannot be solved."""
        if problem not in self._known:
            self._known[problem] = left_open(problem) if problem.head == "integral" else self._solver.solve(problem)
        return self._known[problem]
