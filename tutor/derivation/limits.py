"""Limits: which rule comes next, decided by looking ahead, and the limit itself for whoever needs it.

    limit_of(parse("sin(x)/x"), name("x"), ZERO).value          # 1
    limit_of(parse("abs(x)/x"), name("x"), ZERO).outcome        # "none"

A limit can often be taken apart in several ways, of which most lead nowhere: the quotient rule says nothing about 0/0.
So the rules are tried in the order in which a teacher would, each limit that one opens is found in the same way, and
the first rule that leads to a value is the one that the solver then uses. What has been found is kept; the number of
limits that are looked at, their depth and their size are bounded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Literal, NamedTuple

from tutor import limits
from tutor.algebra.decide import Tidy
from tutor.derivation import limit_rewriting as rewriting
from tutor.derivation.infinity import (
    INFINITE,
    MINUS_INFINITY,
    has_infinity,
    is_zero,
    number_sign,
    sign_near,
    true_of_numbers,
    with_infinity,
)
from tutor.errors import TutorError
from tutor.expression.known_functions import FUNCTIONS
from tutor.expression.relations import related
from tutor.expression.text import Text
from tutor.expression.tree import (
    INFINITY,
    ONE,
    OPEN,
    ZERO,
    Expression,
    divide,
    negate,
    node,
    postorder,
    replace,
    substitute,
)
from tutor.oracle.limits import compared_limits
from tutor.rules.conditions import rational_value
from tutor.rules.instance import RuleInstance, computed_instance, instance_of
from tutor.rules.rulebook import rulebook

if TYPE_CHECKING:
    from tutor.derivation.goal import Goal


class Approached(NamedTuple):
    """What became of a limit.

    outcome: "value", "none" where there is no limit, "undecided" where the rules do not tell; value: the limit, which
    may be infinity or -infinity; reason: for the other two, a sentence; goal: how it was found, None if undecided.
    """

    outcome: Literal["value", "none", "undecided"]
    value: Expression | None = None
    reason: Text = Text("", {})
    goal: Goal | None = None


def limit_of(body: Expression, variable: Expression, target: Expression,
             side: Literal["", "+", "-"] = "") -> Approached:
    """The limit of `body` as `variable` goes to `target`, which may be infinity or -infinity, from one side or both."""
    from tutor.derivation.derivation import derive  # which is made of this

    problem = node("limit", (body, variable, target), side)
    try:
        derivation = derive(problem)
    except TutorError as error:
        return Approached("undecided", reason=Text.of(str(error).replace("{", "(").replace("}", ")")))
    if derivation.unsolved is not None:
        return Approached("none", reason=derivation.unsolved, goal=derivation.goal)
    return Approached("value", derivation.result, goal=derivation.goal)


class NoLimit(NamedTuple):
    """That a limit does not exist, and why."""

    why: Text


Found = Expression | NoLimit | None
"""A value, no limit, or nothing that is known."""


class Plan(NamedTuple):
    """The rule that takes a limit apart, and what the limit comes to."""

    instance: RuleInstance
    found: Expression | NoLimit


class LimitPlans:
    """What is known of the limits of one derivation.

    tidy: brings expressions to textbook form; differentiate: the derivative of an expression by a name, or TutorError;
    fresh: a letter that the problem does not have. kept: limits that stay as a rule has written them, untidied.
    """

    def __init__(self, tidy: Tidy, differentiate: Callable[[Expression], Expression], fresh: Expression) -> None:
        self.tidy, self.differentiate, self.fresh = tidy, differentiate, fresh
        self.plans: dict[Expression, Plan | None] = {}
        self.kept: set[Expression] = set()
        self.open: list[Expression] = []
        self.looked_at = self.lhopitals = 0
        self.cut = 0

    # -- looking ahead ----------------------------------------------------------------------------------------------

    def plan(self, problem: Expression) -> Plan | None:
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

    def _plans(self, problem: Expression) -> Iterator[Plan]:
        for instance in _candidates(problem, self):
            found = self.outcome(problem, instance)
            if found is None:
                continue
            if not isinstance(found, NoLimit) and _is_refuted(problem, found, instance):
                continue
            yield Plan(instance, found)

    def value(self, problem: Expression) -> Found:
        """What a limit comes to; derivatives in it are found, and it is tidied."""
        normal = self.normal(problem)
        if normal is None:
            return None
        plan = self.plan(normal)
        return None if plan is None else plan.found

    def normal(self, problem: Expression) -> Expression | None:
        """A limit as the solver goes on with it."""
        open_parts = [part for part in postorder(problem.args[:1]) if part.head in OPEN]
        try:
            results = {part: self.differentiate(part) for part in open_parts if part.head == "derivative"}
        except TutorError:
            return None
        if len(results) < len(open_parts):
            return None
        filled = replace(problem, results)
        return filled if filled in self.kept else self.tidy(filled)

    def outcome(self, problem: Expression, instance: RuleInstance) -> Found:
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
            decided = instance.rule.name not in _NEEDS_ALL or (
                len(without) == 1 and "linear" in instance.rule.tags
                and not any(result in INFINITE for result in results.values()))
            return without[0] if decided else None
        return self.joined(problem, instance, results)

    def joined(self, problem: Expression, instance: RuleInstance, results: Mapping[Expression, Expression]) -> Found:
        """The value that the results of the parts make."""
        if instance.rule.name == "never_settles":
            return NoLimit(Text.of(problem.args[0], " never settles: its inside grows beyond all bounds"))
        if instance.rule.name == "from_both_sides":
            left, right = (results[part] for part in instance.opens)
            if left is right or is_same(left, right):
                return right
            return NoLimit(Text.of("from the left the limit is ", left, ", from the right it is ", right))
        made = instance.put_together(results)
        for relation in instance.relations:
            if relation.args[0].head == "limit" and not self._holds(relation):
                return None
        if has_infinity(made):
            return with_infinity(made, self.tidy)
        if any(part.head == "quotient" and is_zero(part.args[1]) for part in postorder([made])):
            return None
        if instance.rule.name in ("limit_of_function", "limit_of_power") and not _is_continuous(made, self.tidy):
            return None
        value = self.tidy(made)
        return None if any(part.head in OPEN for part in postorder([value])) else value

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

    def as_it_goes_on(self, problem: Expression) -> Expression:
        """A limit with nothing open in it, tidied, unless a rule has written it as it has to be."""
        return problem if problem in self.kept else self.tidy(problem)


_NEEDS_ALL = frozenset(("limit_of_sum", "limit_of_negative", "limit_of_multiple", "limit_of_product",
                        "limit_of_quotient", "limit_of_function", "lhopital", "lhopital_at_infinity", "squeeze",
                        "from_both_sides"))
"""Rules that say nothing if one of their limits does not exist; of a sum, more than one."""


def is_same(left: Expression, right: Expression) -> bool:
    return left not in INFINITE and right not in INFINITE and true_of_numbers(related(left, "=", right)) is True


def _is_refuted(problem: Expression, found: Expression, instance: RuleInstance) -> bool:
    """Whether numbers closer and closer to the place come to something else: a safeguard against a rule that was used
    where it does not hold."""
    return instance.rule.name in _LOOKED_AT and compared_limits(problem, found) == "apart"


_LOOKED_AT = frozenset(("put_in_target", "pole", "lhopital", "lhopital_at_infinity", "squeeze", "limit_of_function",
                        "divide_by_highest_power", "from_both_sides"))


# -- the rules, in the order in which a teacher tries them ---------------------------------------------------------------


def _candidates(problem: Expression, plans: LimitPlans) -> Iterator[RuleInstance]:
    body, variable, _ = problem.args
    if variable.value not in body.free:
        yield from _by_rule(problem, plans, "limit_of_constant")
        return
    if body is variable:
        yield from _by_rule(problem, plans, "limit_of_variable")
        return
    yield from _put_in(problem, plans)
    yield from _by_rule(problem, plans, *_KNOWN)
    yield from _by_rule(problem, plans, "limit_of_negative", "limit_of_multiple")
    if body.head == "sum":
        yield from _by_rule(problem, plans, "limit_of_sum")
    yield from _rewritten_for_known(problem, plans)
    yield from _bars(problem, plans)
    yield from _by_rule(problem, plans, "limit_of_product", "limit_of_quotient", "limit_of_function",
                        "logarithm_at_0")
    yield from _never_settling(problem, plans)
    yield from _pole(problem, plans)
    yield from _squeezed(problem, plans)
    yield from _rewritten(problem, plans)
    yield from _lhopital(problem, plans)
    yield from _as_quotient(problem, plans)
    yield from _as_exponential(problem, plans)
    yield from _largest_out(problem, plans)
    yield from _mirrored(problem, plans)
    yield from _both_sides(problem, plans)


_KNOWN = tuple(rule_name for rule_name in (
    "sine_over_angle", "sine_of_multiple", "angle_over_sine", "tangent_over_angle", "cosine_below_one",
    "cosine_minus_one", "cosine_over_square", "slope_of_exponential_at_0", "slope_of_power_at_0",
    "slope_of_logarithm_at_1", "slope_of_logarithm", "number_e"))


def _by_rule(problem: Expression, plans: LimitPlans, *names: str) -> Iterator[RuleInstance]:
    for each in names:
        found = instance_of(rulebook()[each], problem, plans.fresh)
        if found is not None:
            yield found


def _computed(problem: Expression, plans: LimitPlans, name: str, after: Expression,
              opens: tuple[Expression, ...] | None = None) -> Iterator[RuleInstance]:
    """A computed rule; opens: the limits that it rests on, where they are not those of its right side."""
    found = computed_instance(rulebook()[name], problem, after, plans.fresh)
    if found is None:
        return
    if opens is not None:
        compiled = found.compiled._replace(subgoals=lambda _: list(opens), joined=lambda _, results: after)
        found = found._replace(compiled=compiled)
    yield found


def _with_body(problem: Expression, body: Expression, side: str | None = None) -> Expression:
    return node("limit", (body, *problem.args[1:]), problem.value if side is None else side)


def _kept(problem: Expression, plans: LimitPlans, name: str, body: Expression | None) -> Iterator[RuleInstance]:
    """A rule that writes the body in a way that is not to be tidied away."""
    if body is None or body is problem.args[0]:
        return
    after = _with_body(problem, body)
    if after in plans.open:
        return
    plans.kept.add(after)
    yield from _computed(problem, plans, name, after)


# -- values put in -----------------------------------------------------------------------------------------------------


def _put_in(problem: Expression, plans: LimitPlans) -> Iterator[RuleInstance]:
    body, variable, target = problem.args
    if target in INFINITE or not _has_value(body, variable, target, problem.value, plans.tidy):
        return
    yield from _computed(problem, plans, "put_in_target", node("at", (body, variable, target)))


_CONTINUOUS = frozenset(("sum", "product", "negation", "number", "name", "constant", "abs", "relu", "max", "min"))


def _has_value(body: Expression, variable: Expression, target: Expression, side: str, tidy: Tidy) -> bool:
    """Whether a body is continuous where the variable has the value of the target, or from the side that is meant."""
    for part in postorder([body]):
        if variable.value in part.free and not _is_continuous_there(
                part, [substitute(arg, variable.value, target) for arg in part.args], tidy,
                lambda arg: bool(side) and sign_near(arg, variable, target, side) == 1):
            return False
    return True


def _is_continuous(filled: Expression, tidy: Tidy) -> bool:
    """Whether the outermost operation of an expression without its variable is continuous at its args."""
    return _is_continuous_there(filled, list(filled.args), tidy, lambda arg: False)


def _is_continuous_there(part: Expression, there: list[Expression], tidy: Tidy,
                         is_positive_near: Callable[[Expression], bool]) -> bool:
    """Whether an operation is continuous at what its args become there. What cannot be known for letters is assumed."""
    head = part.head
    if head in _CONTINUOUS:
        return True
    args = [tidy(arg) for arg in there]
    if any(part_of_arg.head == "quotient" and is_zero(part_of_arg.args[1])
           for part_of_arg in postorder(args)):
        return False
    if head == "quotient":
        return not is_zero(args[1]) and true_of_numbers(related(args[1], "!=")) is not False
    if head == "power":
        base, exponent = args
        value = rational_value(exponent)
        if value is not None and value.denominator == 1:
            return value > 0 or (value < 0 and not is_zero(base)) or (value == 0 and not is_zero(base))
        if is_zero(base):
            return number_sign(exponent) == 1 and is_positive_near(part.args[0])
        return true_of_numbers(related(base, ">")) is not False
    if head in ("sqrt", "ln", "log", "acosh"):
        inside = args[0]
        if head == "sqrt" and is_zero(inside):
            return is_positive_near(part.args[0])
        return not is_zero(inside) and true_of_numbers(related(inside, ">")) is not False
    if head in ("sign", "step"):
        return not is_zero(args[0]) and number_sign(args[0]) is not None
    if head in ("tan", "sec"):
        return not is_zero(node("cos", (args[0],)))
    if head in ("cot", "csc"):
        return not is_zero(node("sin", (args[0],)))
    if head in ("application", "defined", *OPEN) or head not in FUNCTIONS:
        return False
    if head in ("asin", "acos", "atanh"):
        return all(true_of_numbers(related(args[0], sign, end)) is True
                   for sign, end in (("<", ONE), (">", negate(ONE))))
    if FUNCTIONS[head].has_value_everywhere:
        return True
    return number_sign(args[0]) in (1, -1) and not FUNCTIONS[head].has_gaps


# -- writing it in another way -----------------------------------------------------------------------------------------


def _rewritten_for_known(problem: Expression, plans: LimitPlans) -> Iterator[RuleInstance]:
    body, variable, target = problem.args
    if not is_zero(target):
        return
    yield from _kept(problem, plans, "split_off_exponential", rewriting.split_exponential(body, variable.value))
    yield from _kept(problem, plans, "addition_theorem", rewriting.added_angles(body, variable.value))
    yield from _kept(problem, plans, "difference_of_logarithms", rewriting.one_logarithm(body, variable.value))


def _bars(problem: Expression, plans: LimitPlans) -> Iterator[RuleInstance]:
    """|g| as g or -g, and sign(g) as 1 or -1, on the side from which the variable comes."""
    body, variable, target = problem.args
    signs: dict[Expression, int] = {}
    for part in postorder([body]):
        if part.head in ("abs", "sign", "step") and variable.value in part.free:
            sign = _sign_on_side(part.args[0], problem)
            if sign:
                signs[part] = sign
    if signs:
        after = _with_body(problem, rewriting.with_signs(body, signs))
        yield from _computed(problem, plans, "sign_on_a_side", after)


def _sign_on_side(expression: Expression, problem: Expression) -> int | None:
    """The sign close to the target from all sides that are asked for; None where it changes or is not known."""
    _, variable, target = problem.args
    found = {sign_near(expression, variable, target, side) for side in (problem.value or "-+")}
    return found.pop() if len(found) == 1 else None


def _forms(problem: Expression, plans: LimitPlans) -> tuple[Found, Found]:
    """What stands above and below comes to."""
    above, below = problem.args[0].args
    return plans.value(_with_body(problem, above)), plans.value(_with_body(problem, below))


def _rewritten(problem: Expression, plans: LimitPlans) -> Iterator[RuleInstance]:
    body, variable, target = problem.args
    if target in INFINITE:
        if target is INFINITY:
            yield from _kept(problem, plans, "divide_by_highest_power",
                             rewriting.divided_by_highest_power(body, variable))
        if body.head == "sum":
            yield from _conjugate(problem, plans)
        return
    if body.head == "quotient":
        multiplied = rewriting.expanded(body, plans.tidy.style)
        if multiplied is not None:
            after = _with_body(problem, multiplied)
            if plans.tidy(after) is not problem:
                yield from _computed(problem, plans, "expand_in_limit", after)
        yield from _conjugate(problem, plans)


def _conjugate(problem: Expression, plans: LimitPlans) -> Iterator[RuleInstance]:
    other = rewriting.conjugated(problem.args[0], problem.args[1].value)
    if other is not None:
        yield from _computed(problem, plans, "conjugate", _with_body(problem, other))


def _mirrored(problem: Expression, plans: LimitPlans) -> Iterator[RuleInstance]:
    body, variable, target = problem.args
    if target is MINUS_INFINITY:
        turned = substitute(body, variable.value, negate(variable))
        yield from _computed(problem, plans, "mirror_infinity", node("limit", (turned, variable, INFINITY), ""))


def _as_quotient(problem: Expression, plans: LimitPlans) -> Iterator[RuleInstance]:
    body, variable, _ = problem.args
    if body.head == "quotient":
        above = body.args[0]
        if above.head != "product":
            return
        factors = [*above.args, divide(ONE, body.args[1])]
        body = node("product", tuple(factors))
    if body.head == "product":
        for other in rewriting.as_quotients(body, variable.value):
            yield from _kept(problem, plans, "product_as_quotient", other)


def _as_exponential(problem: Expression, plans: LimitPlans) -> Iterator[RuleInstance]:
    body, variable, _ = problem.args
    if body.head == "power" and all(variable.value in arg.free for arg in body.args):
        base, exponent = body.args
        inside = plans.tidy(node("product", (exponent, node("ln", (base,)))))
        after = _with_body(problem, node("power", (node("constant", (), "e"), inside)))
        plans.kept.add(after)
        yield from _computed(problem, plans, "power_as_exponential", after)


def _largest_out(problem: Expression, plans: LimitPlans) -> Iterator[RuleInstance]:
    body, _, _ = problem.args
    if body.head != "sum":
        return
    infinite = [term for term in body.args if plans.value(_with_body(problem, term)) in INFINITE]
    for largest in infinite:
        rest = {term: plans.tidy(divide(term, largest)) for term in body.args if term is not largest}
        yield from _kept(problem, plans, "factor_out_largest", rewriting.without_largest(body, largest, rest))


# -- comparing ---------------------------------------------------------------------------------------------------------


def _never_settling(problem: Expression, plans: LimitPlans) -> Iterator[RuleInstance]:
    body = problem.args[0]
    if body.head in ("sin", "cos"):
        inside = _with_body(problem, body.args[0])
        if plans.value(inside) in INFINITE:
            yield from _computed(problem, plans, "never_settles", problem.args[0], (inside,))


def _pole(problem: Expression, plans: LimitPlans) -> Iterator[RuleInstance]:
    body, _, target = problem.args
    if body.head != "quotient" or target in INFINITE:
        return
    above, below = _forms(problem, plans)
    if not isinstance(above, Expression) or not isinstance(below, Expression) or below in INFINITE:
        return
    sign = (1 if above is INFINITY else -1) if above in INFINITE else number_sign(above)
    near = _sign_on_side(body.args[1], problem) if is_zero(below) and sign else None
    if sign and near:
        opens = tuple(_with_body(problem, part) for part in body.args)
        yield from _computed(problem, plans, "pole", INFINITY if sign == near else MINUS_INFINITY, opens)


_BOUNDED = frozenset(("sin", "cos", "atan", "tanh", "erf", "sigmoid", "sign", "step", "acos", "asin", "sech"))


def _is_bounded(expression: Expression) -> bool:
    """Whether all values of an expression plainly lie between two bounds."""
    if not expression.free or expression.head in _BOUNDED:
        return True
    if expression.head == "power":
        value = rational_value(expression.args[1])
        return value is not None and value > 0 and value.denominator == 1 and _is_bounded(expression.args[0])
    if expression.head in ("sum", "product", "negation", "abs"):
        return all(map(_is_bounded, expression.args))
    return False


def _squeezed(problem: Expression, plans: LimitPlans) -> Iterator[RuleInstance]:
    body, variable, _ = problem.args
    above, below = body.args if body.head == "quotient" else (body, ONE)
    factors = rewriting.factors_of(above)
    bounded = [factor for factor in factors if variable.value in factor.free and _is_bounded(factor)]
    rest = [factor for factor in factors if factor not in bounded]
    if not bounded or (not rest and below is ONE):
        return
    small = plans.tidy(divide(node("product", tuple(rest)) if len(rest) > 1 else rest[0] if rest else ONE, below))
    goal = _with_body(problem, small)
    found = plans.value(goal)
    if isinstance(found, Expression) and found not in INFINITE and is_zero(found):
        yield from _computed(problem, plans, "squeeze", ZERO, (goal,))


def _lhopital(problem: Expression, plans: LimitPlans) -> Iterator[RuleInstance]:
    body, variable, _ = problem.args
    if body.head != "quotient" or plans.lhopitals >= limits.LHOPITALS:
        return
    above, below = _forms(problem, plans)
    if not isinstance(above, Expression) or not isinstance(below, Expression):
        return
    if above in INFINITE and below in INFINITE:
        name = "lhopital_at_infinity"
    elif above not in INFINITE and below not in INFINITE and is_zero(above) and is_zero(below):
        name = "lhopital"
    else:
        return
    slopes = [node("derivative", (part, variable, ONE), "d") for part in body.args]
    plans.lhopitals += 1
    try:
        yield from _computed(problem, plans, name, _with_body(problem, divide(*slopes)))
    finally:
        plans.lhopitals -= 1


def _both_sides(problem: Expression, plans: LimitPlans) -> Iterator[RuleInstance]:
    if problem.value or problem.args[2] in INFINITE:
        return
    left, right = (_with_body(problem, problem.args[0], side) for side in "-+")
    for found in _computed(problem, plans, "from_both_sides", right, (left, right)):
        yield found._replace(compiled=found.compiled._replace(joined=lambda _, results: results[right]))
