"""Which rule takes a limit apart, decided by looking ahead.

A limit can often be taken apart in several ways, of which most lead nowhere: the quotient rule says nothing about 0/0.
So the rules are tried in the order in which a teacher would, each limit that one opens is found in the same way, and
the first rule that leads to a value is the one that the solver then uses. What has been found is kept; the number of
limits that are looked at, their depth and their size are bounded.

    plans.plan(parse("lim_(x->0) sin(x)/x")).instance.rule.name       # "sine_over_angle"
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from tutor import limits
from tutor.algebra.decide import Tidy
from tutor.algebra.signs import holds
from tutor.derivation.continuity import is_continuous
from tutor.derivation.infinity import (
    INFINITE,
    WorkedOut,
    has_infinity,
    is_zero,
    true_of_numbers,
    with_infinity,
)
from tutor.errors import TutorError
from tutor.expression.relations import related
from tutor.expression.text import Text
from tutor.expression.tree import OPEN, ZERO, Expression, negate, outermost, postorder, replace
from tutor.oracle.limits import compared_limits
from tutor.rules.instance import RuleInstance


class NoLimit(NamedTuple):
    """That there is no limit, and why."""

    why: Text


Found = Expression | NoLimit | None
"""A value, no limit, or nothing that is known."""


class LimitPlan(NamedTuple):
    """The rule that takes a limit apart, what the limit comes to, and what has to be assumed for that."""

    instance: RuleInstance
    found: Expression | NoLimit
    assumed: tuple[Expression, ...] = ()


class LimitPlans:
    """What is known of the limits of one derivation.

    candidates: the rules that may be used on a limit, best first; tidy: brings expressions to textbook form;
    differentiate: the derivative of an expression, or TutorError; fresh: a letter that the problem does not have. kept:
    limits that stay as a rule has written them, untidied; why: why there is no limit, once that was found;
    uses_derivatives: whether L'Hôpital's rule may be used, which it may not where a derivative is to be found from its
    definition; known: signs that were assumed for the limits that are found, and hold for those that follow.
    """

    def __init__(self, tidy: Tidy, differentiate: Callable[[Expression], Expression], fresh: Expression,
                 candidates: Callable[[Expression, LimitPlans], Iterator[RuleInstance]]) -> None:
        self.candidates = candidates
        self.tidy, self.differentiate, self.fresh = tidy, differentiate, fresh
        self.plans: dict[Expression, LimitPlan | None] = {}
        self.kept: set[Expression] = set()
        self.open: list[Expression] = []
        self.looked_at = self.lhopitals = 0
        self.cut = 0
        self.why = Text("", {})
        self.uses_derivatives = True
        self.known: dict[Expression, str] = {}

    # -- looking ahead ----------------------------------------------------------------------------------------------

    def plan(self, problem: Expression) -> LimitPlan | None:
        """The plan of a limit in which nothing else is open, and which is tidy or kept; None if none was found."""
        if problem in self.plans:
            return self.plans[problem]
        if problem in self.open or len(self.open) >= limits.LIMITS_DEPTH or (
                self.looked_at >= limits.LIMITS_LOOKED_AT or problem.size > limits.LIMITS_SIZE):
            self.cut += 1
            return None
        self.looked_at += 1
        self.open.append(problem)
        cut = self.cut
        try:
            found = next(self._plans(problem), None)
        finally:
            self.open.pop()
        if found is not None or cut == self.cut:
            self.plans[problem] = found
        return found

    def _plans(self, problem: Expression) -> Iterator[LimitPlan]:
        for instance in self.candidates(problem, self):
            found = self.outcome(problem, instance)
            if isinstance(found, NoLimit):
                yield LimitPlan(instance, found)
            elif found is not None:
                assumed = self._assumed(problem, instance, found)
                if not _is_refuted(problem, found.value, instance, assumed):
                    yield LimitPlan(instance, found.value, assumed)

    def _assumed(self, problem: Expression, instance: RuleInstance, found: WorkedOut) -> tuple[Expression, ...]:
        """What a limit rests on, and the limits that it opens; of its own variable everything holds close by."""
        below = [self.plans.get(normal) for part in instance.opens if (normal := self.normal(part)) is not None]
        relations = [*instance.relations, *found.assumed,
                     *[relation for plan in below if plan is not None for relation in plan.assumed]]
        return tuple(dict.fromkeys([each for each in relations if each.args[0].head != "limit"
                                    and problem.args[1].value not in each.free]))

    def value(self, problem: Expression) -> Found:
        """What a limit comes to; derivatives in it are found, and it is tidied."""
        normal = self.normal(problem)
        if normal is None:
            return None
        plan = self.plan(normal)
        return None if plan is None else plan.found

    def normal(self, problem: Expression) -> Expression | None:
        """A limit as the solver goes on with it."""
        opened, followed = self.open_in(problem)
        try:
            results = {part: self.differentiate(part) for part in opened}
            filled = replace(problem, results)
            found = filled if filled in self.kept else self.tidy(filled)
            if not followed or self.plan(found) is not None:
                return found
            return self.tidy(replace(found, {part: self.differentiate(part) for part in self.open_in(found)[1]}))
        except TutorError:
            return None

    def outcome(self, problem: Expression, instance: RuleInstance) -> WorkedOut | NoLimit | None:
        """What a limit comes to if this rule takes it apart."""
        results: dict[Expression, Expression] = {}
        without: list[NoLimit] = []
        for part in instance.opens:
            found = self.value(part)
            if found is None:
                return None
            if isinstance(found, NoLimit):
                without.append(found)
            else:
                results[part] = found
        if without:
            decided = "needs_all" not in instance.rule.tags or (
                len(without) == 1 and "linear" in instance.rule.tags
                and not any(result in INFINITE for result in results.values()))
            return without[0] if decided else None
        return self.joined(problem, instance, results)

    def joined(self, problem: Expression, instance: RuleInstance,
               results: Mapping[Expression, Expression]) -> WorkedOut | NoLimit | None:
        """The value that the results of the parts make."""
        if instance.rule.name == "swings_ever_wider":
            return NoLimit(Text.of(problem.args[0], " swings ever wider"))
        if instance.rule.name == "never_settles":
            return NoLimit(Text.of(problem.args[0], " never settles: its inside grows beyond all bounds"))
        if instance.rule.name in ("from_both_sides", "sides_differ"):
            left, right = (results[part] for part in instance.opens)
            if (left is right or is_same(left, right)) is not (instance.rule.name == "from_both_sides"):
                return None
            if instance.rule.name == "from_both_sides":
                return WorkedOut(right)
            return NoLimit(Text.of("from the left the limit is ", left, ", from the right it is ", right))
        made = instance.put_together(results)
        for relation in instance.relations:
            if relation.args[0].head == "limit" and not self._holds(relation):
                return None
        if has_infinity(made):
            return with_infinity(made, self.tidy, self.known)
        if any(part.head == "quotient" and is_zero(part.args[1]) for part in postorder([made])):
            return None
        if "continuous" in instance.rule.tags and not is_continuous(made, self.tidy):
            return None
        value = self.tidy(made)
        return None if any(part.head in OPEN for part in postorder([value])) else WorkedOut(value)

    def _holds(self, relation: Expression) -> bool:
        """Whether the condition of a rule on a limit holds, as lim g != 0 does."""
        found = self.value(relation.args[0])
        if found is None or isinstance(found, NoLimit):
            return False
        if found in INFINITE:
            return bool(relation.value == "!=")
        return true_of_numbers(related(found, relation.value, relation.args[1])) is not False and (
            relation.value != "=" or is_zero(found))

    # -- for the solver -----------------------------------------------------------------------------------------------

    def assume(self, relations: Iterable[Expression]) -> None:
        """Keep in mind what a limit that was found rests on: what follows may not assume the opposite."""
        for relation in relations:
            left, right = relation.args
            if right is ZERO and relation.value in ("<", ">"):
                sign = "+" if relation.value == ">" else "-"
                self.known[left] = sign
                self.known[self.tidy(negate(left))] = "-" if sign == "+" else "+"

    def contradicts(self, relations: Iterable[Expression]) -> bool:
        """Whether one of the relations is false under what was assumed before."""
        return any(relation.args[0].head != "limit" and holds(relation, self.known) is False for relation in relations)

    @staticmethod
    def open_in(problem: Expression) -> tuple[list[Expression], list[Expression]]:
        """What is open in the body of a limit: what has to be found first, and integrals up to a place that moves. The
        limits of those may be seen without an antiderivative."""
        opened: list[Expression] = []
        followed: list[Expression] = []
        letter = problem.args[1].value
        for part in outermost(problem.args[0], OPEN):
            moves = part.head == "integral" and len(part.args) == 4 and letter in part.free and (
                letter not in part.args[0].free - part.args[1].free)
            (followed if moves and not _open_inside(part) else opened).append(part)
        return opened, followed

    def as_it_goes_on(self, problem: Expression) -> Expression:
        """A limit with nothing open in it, tidied, unless a rule has written it as it has to be."""
        return problem if problem in self.kept else self.tidy(problem)


def _open_inside(part: Expression) -> list[Expression]:
    """What is open inside an expression that is open itself."""
    return [inner for arg in part.args for inner in outermost(arg, OPEN)]


def is_same(left: Expression, right: Expression) -> bool:
    return left not in INFINITE and right not in INFINITE and true_of_numbers(related(left, "=", right)) is True


def _is_refuted(problem: Expression, found: Expression, instance: RuleInstance,
                assumed: tuple[Expression, ...]) -> bool:
    """Whether numbers closer and closer to the place come to something else: a safeguard against a rule that was used
    where it does not hold."""
    return "confirmed" in instance.rule.tags and compared_limits(problem, found, assumed) == "apart"
