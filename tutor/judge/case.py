"""One answer to one problem, and everything that is worked out about it, each thing when it is first needed.

    case = Case(parse("d/dx sin(x^2)"), parse("cos(x^2)"))
    case.equivalence.verdict        # "different"
    case.expected                   # 2*x*cos(x^2)
    len(case.turns)                 # how many wrong turns there are
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import islice

from tutor.algebra.decide import Tidy
from tutor.algebra.terms import Style
from tutor.derivation.antiderivatives import is_indefinite
from tutor.derivation.derivation import Derivation, derive, derive_if_possible, derived_in_part
from tutor.errors import TutorError
from tutor.expression.tree import (
    INFINITY,
    OPEN,
    ZERO,
    Expression,
    derivative,
    has_head,
    outermost,
    postorder,
    substitute,
)
from tutor.judge.equivalence import Equivalence, equivalent
from tutor.judge.wrong_turns import Replay, WrongTurn
from tutor.oracle.screen import Screen
from tutor.oracle.verdict import Oracle
from tutor.rules.rule import Rule

MOST_DIAGNOSED = 1_500
"""The largest problem, result and answer, as sizes together, whose wrong answers are explained."""

MOST_WORK = 500_000
"""How much is tried for one answer, as the sizes of all candidates together: once with one wrong turn, once with
two."""


def is_infinite(expression: Expression) -> bool:
    """Whether an expression is infinity or minus infinity, which is no number that could be compared with others."""
    return expression is INFINITY or (expression.head == "negation" and expression.args[0] is INFINITY)


@dataclass
class Case:
    """See the head of this module. form: the one that was asked for, or ""; own: misconceptions of a lesson's own;
    letters: those that are known besides the problem's; method: how the problem is meant to be solved, "" for the usual
    way."""

    problem: Expression
    answer: Expression
    form: str = ""
    own: tuple[Rule, ...] = ()
    letters: frozenset[str] = frozenset()
    method: str = ""

    @cached_property
    def prepared(self) -> Prepared:
        return prepared(self.problem, self.own)

    @property
    def oracle(self) -> Oracle:
        return self.prepared.oracle

    @property
    def derivation(self) -> Derivation | None:
        """None where the rulebook has no way or the problem is too large: it can still be judged by value."""
        return self.prepared.derivation if self.problem.size <= MOST_DIAGNOSED else None

    @cached_property
    def taught(self) -> Derivation | None:
        """The derivation that a learner is told of: by the method that is meant, if there is one."""
        usual = self.derivation
        return usual if usual is None or not self.method else derive(self.problem, method=self.method)

    @cached_property
    def expected(self) -> Expression:
        """The right result, or the problem itself if there is no better form."""
        return self.problem if self.derivation is None else self.derivation.result

    @cached_property
    def equivalence(self) -> Equivalence:
        self.oracle.suggest(self.problem, self.expected)
        return equivalent(self.problem, self.answer, self.oracle)

    @property
    def asks_for_antiderivative(self) -> bool:
        return is_indefinite(self.problem)

    @property
    def asks_for_integral(self) -> bool:
        """Whether the problem is an integral, or is made up of one and a factor, a term or the like."""
        return self.problem.head not in ("derivative", "at") and any(
            part.head == "integral" for part in outermost(self.problem, OPEN))

    @cached_property
    def can_be_explained(self) -> bool:
        problem = self.problem  # an integral is explained without a rule that solves it
        known = self.derivation is not None or "integral" in (problem.head, *[arg.head for arg in problem.args])
        return known and self.size <= MOST_DIAGNOSED

    @cached_property
    def size(self) -> int:
        return self.problem.size + self.expected.size + self.answer.size

    @cached_property
    def tidy(self) -> Tidy:
        return Tidy(Style())

    def comparable(self, answer: Expression) -> Expression:
        """What is compared: the answer, or the derivative of an antiderivative, which is determined only up to a
        constant."""
        return derivative(answer, self.problem.args[1]) if self.asks_for_antiderivative else answer

    @cached_property
    def compared(self) -> Expression:
        return self.comparable(self.answer)

    @cached_property
    def compared_by_rules(self) -> Expression:
        """The same, worked out where that can be done: the constant of integration is gone."""
        try:
            return derive(self.compared).result if self.asks_for_antiderivative else self.answer
        except TutorError:
            return self.compared

    @cached_property
    def constants_of_integration(self) -> frozenset[str]:
        """Letters of the answer that are called as constants of integration usually are, and that are added to it."""
        return frozenset(letter for letter in self.answer.free - self.problem.free if letter in "CcKk" and
                         letter not in self.compared_by_rules.free) if self.asks_for_antiderivative else frozenset()

    @cached_property
    def expected_without_constant(self) -> Expression:
        """The right result without the constant of integration."""
        if not self.asks_for_antiderivative:
            return self.expected
        without = self.expected
        for letter in self.expected.free - self.problem.free:
            without = substitute(without, letter, ZERO)
        return self.tidy(without)

    @cached_property
    def wanted(self) -> Expression:
        """What `compared` should be equal to."""
        return self.problem.args[0] if self.asks_for_antiderivative else self.expected

    @cached_property
    def tidy_answer(self) -> Expression:
        return self.tidy(self.answer)

    @cached_property
    def screen(self) -> Screen:
        return Screen(self.compared, self.compared if is_infinite(self.wanted) else self.wanted, self.oracle)

    @property
    def replay(self) -> Replay:
        return self.prepared.replay

    @cached_property
    def turns(self) -> list[WrongTurn]:
        return self.prepared.first_turns(MOST_WORK // self.size)

    @property
    def own_turns(self) -> list[WrongTurn]:
        return self.prepared.own_turns


class Prepared:
    """What is the same for every answer to a problem.

    Everything is asked of one oracle, so that what the answers, and the candidates that might explain them, have in
    common is evaluated once.
    """

    def __init__(self, problem: Expression, own: tuple[Rule, ...]) -> None:
        self.problem, self.own = problem, own
        self.turns: list[WrongTurn] = []
        self._without_integrals: set[Expression] = set()

    @cached_property
    def derivation(self) -> Derivation | None:
        """None where the rulebook has no way."""
        return derive_if_possible(self.problem)

    @cached_property
    def oracle(self) -> Oracle:
        """That of the derivation, which knows the problem already."""
        derivation = self.derivation if self.problem.size <= MOST_DIAGNOSED else None
        return Oracle() if derivation is None else derivation.oracle

    @cached_property
    def replay(self) -> Replay:
        return Replay(self.derivation or derived_in_part(self.problem), self.own)

    @cached_property
    def _more(self) -> Iterator[WrongTurn]:
        return self.replay.wrong_turns()

    def first_turns(self, count: int) -> list[WrongTurn]:
        """The first wrong turns, as many as are wanted; those that were found before are not looked for again."""
        self.turns += islice(self._more, max(0, count - len(self.turns)))
        return self.turns[:count]

    @cached_property
    def own_turns(self) -> list[WrongTurn]:
        """The wrong turns of a lesson's own misconceptions."""
        return list(self.replay.wrong_turns({rule.name for rule in self.own}))

    def is_left_open(self, made: Expression) -> bool:
        """Whether what wrong turns lead to still contains an indefinite integral."""
        return has_head("integral", made, self._without_integrals) and any(
            is_indefinite(part) for part in postorder([made]))


@lru_cache(maxsize=4)
def prepared(problem: Expression, own: tuple[Rule, ...] = ()) -> Prepared:
    """Kept for the last few problems: a learner answers the same one again, and the author's check does so often."""
    return Prepared(problem, own)
