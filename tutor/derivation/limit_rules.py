"""The rules that may take a limit apart, in the order in which a teacher tries them.

    next(candidates(parse("lim_(x->2) x^2"), plans)).rule.name         # "put_in_target"

First the value is put in; then come known limits, sums and factors; then other ways to write what the limit is taken
of; then comparisons and L'Hôpital's rule; last the two sides. Whether a rule leads to a value is seen by `limit_plans`.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import cache

from tutor import limits
from tutor.algebra.signs import sign_of
from tutor.derivation import limit_rewriting as rewriting
from tutor.derivation.continuity import has_value_at
from tutor.derivation.infinity import (
    INFINITE,
    MINUS_INFINITY,
    Signed,
    assumed_sign,
    is_zero,
    limits_of_function,
    sign_near,
)
from tutor.derivation.limit_growth import BOUNDED, GrowthOf
from tutor.derivation.limit_plans import Found, LimitPlans
from tutor.expression.tree import (
    INFINITY,
    ONE,
    ZERO,
    E,
    Expression,
    add,
    divide,
    multiply,
    negate,
    node,
    postorder,
    rational,
    substitute,
)
from tutor.rules.conditions import rational_value
from tutor.rules.instance import RuleInstance, computed_instance, instance_of
from tutor.rules.rulebook import rulebook


def candidates(problem: Expression, plans: LimitPlans) -> Iterator[RuleInstance]:
    body, variable, _ = problem.args
    if variable.value not in body.free:
        yield from _by_rule(problem, plans, "limit_of_constant")
        return
    if body is variable:
        yield from _by_rule(problem, plans, "limit_of_variable")
        return
    yield from _put_in(problem, plans)
    yield from _one_side_only(problem, plans)
    yield from _by_rule(problem, plans, *_known_limits())
    yield from _by_rule(problem, plans, "limit_of_negative", "limit_of_multiple", "limit_of_multiple_above",
                        "limit_of_multiple_below")
    if body.head == "sum":
        yield from _by_rule(problem, plans, "limit_of_sum")
    yield from _rewritten_for_known(problem, plans)
    yield from _bars(problem, plans)
    yield from _kept(problem, plans, "difference_of_logarithms", rewriting.logarithms_together(body, variable.value))
    yield from _by_rule(problem, plans, "limit_of_product", "limit_of_quotient")
    for instance in _by_rule(problem, plans, "limit_of_function"):
        yield _with_positive_bases(instance, problem)
    yield from _by_rule(problem, plans, "logarithm_at_0")
    yield from _at_end_of_domain(problem, plans)
    yield from _shrinking(problem, plans)
    yield from _never_settling(problem, plans)
    yield from _grown(problem, plans)
    yield from _ratios(problem, plans)
    yield from _pole(problem, plans)
    yield from _squeezed(problem, plans)
    yield from _mirrored(problem, plans)
    if rewriting.has_reciprocal_exponent(problem.args[0], problem.args[1].value):
        yield from _reciprocal(problem, plans)  # L'Hôpital's rule only makes it worse
    yield from _rewritten(problem, plans)
    yield from _lhopital(problem, plans)
    yield from _as_quotient(problem, plans)
    yield from _as_exponential(problem, plans)
    yield from _largest_out(problem, plans)
    yield from _reciprocal(problem, plans)
    yield from _both_sides(problem, plans)


@cache
def _known_limits() -> tuple[str, ...]:
    """The rules that say at once what a limit is, in the order of their file."""
    return tuple([name for name, rule in rulebook().items() if "known" in rule.tags])


def _by_rule(problem: Expression, plans: LimitPlans, *names: str) -> Iterator[RuleInstance]:
    for each in names:
        found = instance_of(rulebook()[each], problem, plans.fresh)
        if found is not None and not plans.contradicts(found.relations):
            yield found


def _computed(problem: Expression, plans: LimitPlans, rule: str, after: Expression,
              opens: tuple[Expression, ...] | None = None) -> Iterator[RuleInstance]:
    """A computed rule; opens: the limits that it rests on, where they are not those of its right side."""
    found = computed_instance(rulebook()[rule], problem, after, plans.fresh, _made(rulebook()[rule].right, after))
    if found is None:
        return
    if opens is not None:
        compiled = found.compiled._replace(subgoals=lambda _: list(opens), joined=lambda _, results: after)
        found = found._replace(compiled=compiled)
    yield found


def _made(right: Expression, after: Expression) -> dict[str, Expression]:
    """What the letters stand for that only the right side of a computed rule has: h of `lim f/g = h`, and g of
    `lim_(x->infinity) g`."""
    pairs = [(right, after)]
    if right.head == after.head == "limit":
        pairs = list(zip(right.args, after.args, strict=True))
    return {letter.value: value for letter, value in pairs if letter.head == "name"}


def _with_body(problem: Expression, body: Expression, side: str | None = None) -> Expression:
    return node("limit", (body, *problem.args[1:]), problem.value if side is None else side)


def _kept(problem: Expression, plans: LimitPlans, rule: str, body: Expression | None) -> Iterator[RuleInstance]:
    """A rule that writes the body in a way that is not to be tidied away."""
    if body is None or body is problem.args[0]:
        return
    after = _with_body(problem, body)
    if after in plans.open:
        return
    plans.kept.add(after)
    yield from _computed(problem, plans, rule, after)


# -- values put in -----------------------------------------------------------------------------------------------------


def _put_in(problem: Expression, plans: LimitPlans) -> Iterator[RuleInstance]:
    body, variable, target = problem.args
    if target in INFINITE or not has_value_at(body, variable, target, problem.value, plans.tidy):
        return
    for instance in _computed(problem, plans, "put_in_target", node("at", (body, variable, target))):
        yield _with_positive_bases(instance, problem)


def _with_positive_bases(instance: RuleInstance, problem: Expression) -> RuleInstance:
    """The same, where a > 0 is assumed of a^x: with a negative a it has no real values close to any x."""
    body, variable, _ = problem.args
    return instance.assuming([node("relation", (part.args[0], ZERO), ">") for part in postorder([body])
                              if part.head == "power" and variable.value in part.args[1].free - part.args[0].free])


def _one_side_only(problem: Expression, plans: LimitPlans) -> Iterator[RuleInstance]:
    """The limit from the one side on which there are real values."""
    body, variable, target = problem.args
    if problem.value or target in INFINITE:
        return
    insides = [part.args[0] for part in postorder([body])
               if part.head in ("sqrt", "ln", "log") and variable.value in part.free]
    without = {side for side in "-+" for inside in insides if sign_near(inside, variable, target, side) == -1}
    if len(without) == 1:
        side = "+" if "-" in without else "-"
        yield from _computed(problem, plans, "one_side_only", _with_body(problem, body, side))


# -- writing it in another way -----------------------------------------------------------------------------------------


def _rewritten_for_known(problem: Expression, plans: LimitPlans) -> Iterator[RuleInstance]:
    body, variable, target = problem.args
    if not is_zero(target):
        return
    for rule, rewritten in (("split_off_exponential", rewriting.split_exponential),
                            ("addition_theorem", rewriting.added_angles),
                            ("difference_of_logarithms", rewriting.one_logarithm)):
        yield from _kept(problem, plans, rule, rewritten(body, variable.value, plans.tidy))


def _bars(problem: Expression, plans: LimitPlans) -> Iterator[RuleInstance]:
    """|g| as g or -g, and sign(g) as 1 or -1, on the side from which the variable comes."""
    body, variable, _ = problem.args
    of_cases = rewriting.with_cases(body, variable.value, lambda joint: _sign_on_side(joint, problem))
    if of_cases is not body:
        yield from _computed(problem, plans, "case_nearby", _with_body(problem, of_cases))
    if not problem.value and any(_changes_sign(part, problem) for part in postorder([body])):
        yield from _both_sides(problem, plans)
    for rule, inside in (("sign_on_a_side", rewriting.inside_bars), ("root_of_square", rewriting.under_square)):
        signs: dict[Expression, int] = {}
        for part in postorder([body]):
            barred = inside(part) if variable.value in part.free else None
            sign = None if barred is None else _sign_on_side(barred, problem)
            if sign:
                signs[part] = sign
        if signs:
            after = _with_body(problem, rewriting.with_signs(body, signs))
            yield from _computed(problem, plans, rule, after)


def _changes_sign(part: Expression, problem: Expression) -> bool:
    """Whether a part is the absolute value or the sign of something that is negative on one side of the target."""
    _, variable, target = problem.args
    inside = rewriting.inside_bars(part) or rewriting.under_square(part)
    if inside is None or variable.value not in inside.free:
        return False
    return {sign_near(inside, variable, target, side) for side in "-+"} == {-1, 1}


def _sign_on_side(expression: Expression, problem: Expression) -> int | None:
    """The sign close to the target from all sides that are asked for; None where it changes or is not known."""
    _, variable, target = problem.args
    sides = problem.value or ("+" if target in INFINITE else "-+")
    found = {sign_near(expression, variable, target, side) for side in sides}
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
        if body.head in ("sum", "product"):
            yield from _conjugate(problem, plans)
        yield from _by_rule(problem, plans, "roots_together")
        return
    if body.head == "quotient":
        multiplied = rewriting.expanded(body, plans.tidy.style)
        if multiplied is not None:
            after = _with_body(problem, multiplied)
            if plans.tidy(after) is not problem:
                yield from _computed(problem, plans, "expand_in_limit", after)
        yield from _conjugate(problem, plans)
        yield from _by_rule(problem, plans, "roots_together")
        above = rewriting.one_fraction(body.args[0])
        if above is not None:
            whole = divide(above.args[0], node("product", (above.args[1], body.args[1])))
            yield from _computed_body(problem, plans, "one_fraction_in_limit", whole)
    if body.head == "sum":
        yield from _computed_body(problem, plans, "one_fraction_in_limit", rewriting.one_fraction(body))


def _computed_body(problem: Expression, plans: LimitPlans, rule: str,
                   body: Expression | None) -> Iterator[RuleInstance]:
    if body is not None:
        yield from _computed(problem, plans, rule, _with_body(problem, body))


def _conjugate(problem: Expression, plans: LimitPlans) -> Iterator[RuleInstance]:
    other = rewriting.conjugated(problem.args[0], problem.args[1].value)
    if other is not None:
        yield from _computed(problem, plans, "conjugate", _with_body(problem, other))


def _ratios(problem: Expression, plans: LimitPlans) -> Iterator[RuleInstance]:
    """The tangent and its kin as quotients of sine and cosine."""
    body, variable, _ = problem.args
    yield from _kept(problem, plans, "tangent_in_limit", rewriting.with_sine_and_cosine(body, variable.value))


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


# -- growth ------------------------------------------------------------------------------------------------------------


def _grown(problem: Expression, plans: LimitPlans) -> Iterator[RuleInstance]:
    """What exponentials, powers and logarithms come to beside each other."""
    body, variable, target = problem.args
    if target is not INFINITY or any(part.head == "quotient" and is_zero(part.args[1]) for part in postorder([body])):
        return
    equal = instance_of(rulebook()["equal_exponents"], problem, plans.fresh)
    if equal is not None and equal.after not in plans.open:
        plans.kept.add(equal.after)
        yield equal
    growth_of = GrowthOf(variable, plans.tidy, plans.known)
    found = growth_of(body)
    parts = [growth_of(part) for part in body.args] if body.head in ("quotient", "product") else [found]
    if found is None or all(part is None or part.is_plain for part in parts):
        return
    leading = growth_of.leading(found.rates)
    if leading is not None and leading.sign:
        signed = Signed(0) if leading.sign < 0 else growth_of.sign(body)
        if signed is not None and bool(signed.sign) is (leading.sign > 0):
            after = (MINUS_INFINITY, ZERO, INFINITY)[signed.sign + 1]
            rule = "growth_of_product" if body.head != "quotient" else (
                "slower_over_faster" if leading.sign < 0 else "faster_over_slower")
            for instance in _computed(problem, plans, rule, after, ()):
                yield instance.assuming((*found.assumed, *leading.assumed, *signed.assumed))
    elif leading is not None and body.head == "quotient":
        below = body.args[1]
        largest = growth_of.largest(below) if below.head == "sum" else (below, ())
        if largest is not None:
            sides = [add(*[plans.tidy(divide(term, largest[0])) for term in rewriting.terms_of(side)])
                     for side in body.args]
            for instance in _kept(problem, plans, "divide_by_largest", divide(*sides)):
                yield instance.assuming(largest[1])


def _reciprocal(problem: Expression, plans: LimitPlans) -> Iterator[RuleInstance]:
    """1/x in the place of x that goes to 0 from one side, where exponentials or logarithms meet powers."""
    body, variable, target = problem.args
    if not problem.value or not is_zero(target) or not rewriting.has_exponential_or_logarithm(body, variable.value):
        return
    inside = divide(ONE if problem.value == "+" else negate(ONE), variable)
    after = node("limit", (plans.tidy(substitute(body, variable.value, inside)), variable, INFINITY), "")
    yield from _computed(problem, plans, "reciprocal_variable", after)


# -- comparing ---------------------------------------------------------------------------------------------------------


def _at_end_of_domain(problem: Expression, plans: LimitPlans) -> Iterator[RuleInstance]:
    body, variable, target = problem.args
    ends = {end: value for end, value in limits_of_function(body.head).items() if end[1]}
    if not ends or target in INFINITE or variable.value not in body.free:
        return
    inside = _with_body(problem, body.args[0])
    found = plans.value(inside)
    if not isinstance(found, Expression) or found in INFINITE:
        return
    side = _sign_on_side(add(body.args[0], negate(found)), problem)
    value = ends.get((found, {1: "+", -1: "-"}.get(side or 0, "")))
    if value is not None:
        yield from _computed(problem, plans, "function_at_end", value, (inside,))


def _shrinking(problem: Expression, plans: LimitPlans) -> Iterator[RuleInstance]:
    """An integral between limits that come together, with an integrand that is continuous there."""
    body, variable, _ = problem.args
    if body.head != "integral" or len(body.args) != 4 or variable.value in body.args[0].free:
        return
    ends = [_with_body(problem, end) for end in body.args[2:]]
    found = [plans.value(end) for end in ends]
    if not isinstance(found[0], Expression) or found[0] is not found[1] or found[0] in INFINITE:
        return
    if has_value_at(body.args[0], body.args[1], found[0], "", plans.tidy):
        yield from _computed(problem, plans, "shrinking_interval", ZERO, tuple(ends))


def _never_settling(problem: Expression, plans: LimitPlans) -> Iterator[RuleInstance]:
    body = problem.args[0]
    if body.head in ("sin", "cos"):
        insides = _without_end(body, problem, plans)
        if insides:
            yield from _computed(problem, plans, "never_settles", problem, tuple(insides))
    if body.head != "product":
        return
    for factor in body.args:
        rest = _with_body(problem, multiply(*[other for other in body.args if other is not factor]))
        if factor.head in ("sin", "cos") and (insides := _without_end(factor, problem, plans)):
            if plans.value(rest) in INFINITE:
                yield from _computed(problem, plans, "swings_ever_wider", problem, (*insides, rest))
        elif factor.head == "sum" and _is_bounded(factor, problem.args[1].value) and _is_kept_from_zero(factor):
            found = plans.value(rest)
            if isinstance(found, Expression) and found in INFINITE:
                yield from _computed(problem, plans, "at_least_a_multiple", found, (rest,))


def _without_end(wave: Expression, problem: Expression, plans: LimitPlans) -> list[Expression]:
    """The limits of what stands inside a sine or a cosine, if it grows beyond all bounds; else nothing."""
    sides = [problem.value] if problem.value or problem.args[2] in INFINITE else ["-", "+"]
    insides = [_with_body(problem, wave.args[0], side) for side in sides]
    return insides if all(plans.value(inside) in INFINITE for inside in insides) else []


def _is_kept_from_zero(total: Expression) -> bool:
    """Whether a sum is plainly larger than a positive number all over, as 2 + sin(x) is larger than 1/2."""
    return sign_of(add(*total.args, negate(rational(_A_LITTLE)))) == "+"


_A_LITTLE = Fraction(1, 1000)


def _pole(problem: Expression, plans: LimitPlans) -> Iterator[RuleInstance]:
    body, _, target = problem.args
    if body.head != "quotient" or target in INFINITE:
        return
    above, below = _forms(problem, plans)
    if not isinstance(above, Expression) or not isinstance(below, Expression) or below in INFINITE:
        return
    sign = Signed(1 if above is INFINITY else -1) if above in INFINITE else assumed_sign(above, plans.known)
    if sign is None or not sign.sign or not is_zero(below):
        return
    near = _sign_on_side(body.args[1], problem)
    if near is None and not problem.value:
        yield from _both_sides(problem, plans)
    if near:
        opens = tuple(_with_body(problem, part) for part in body.args)
        for instance in _computed(problem, plans, "pole", INFINITY if sign.sign == near else MINUS_INFINITY, opens):
            yield instance.assuming(sign.assumed)


def _is_bounded(expression: Expression, variable: str) -> bool:
    """Whether all values of an expression plainly lie between two bounds, whatever the variable is."""
    if variable not in expression.free or expression.head in BOUNDED:
        return True
    if expression.head == "power":
        base, exponent = expression.args
        value = rational_value(exponent)
        if base is E:
            return _is_bounded(exponent, variable)
        return value is not None and value > 0 and value.denominator == 1 and _is_bounded(base, variable)
    if expression.head in ("sum", "product", "negation", "abs"):
        return all(_is_bounded(arg, variable) for arg in expression.args)
    return False


def _squeezed(problem: Expression, plans: LimitPlans) -> Iterator[RuleInstance]:
    body, variable, _ = problem.args
    above, below = body.args if body.head == "quotient" else (body, ONE)
    factors = rewriting.factors_of(above)
    bounded = [factor for factor in factors if variable.value in factor.free and _is_bounded(factor, variable.value)]
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
    if body.head != "quotient" or plans.lhopitals >= limits.LHOPITALS or not plans.uses_derivatives:
        return
    above, below = _forms(problem, plans)
    if not isinstance(above, Expression) or not isinstance(below, Expression):
        return
    if above in INFINITE and below in INFINITE:
        rule = "lhopital_at_infinity"
    elif above not in INFINITE and below not in INFINITE and is_zero(above) and is_zero(below):
        rule = "lhopital"
    else:
        return
    slopes = [node("derivative", (part, variable, ONE), "d") for part in body.args]
    plans.lhopitals += 1
    try:
        yield from _computed(problem, plans, rule, _with_body(problem, divide(*slopes)))
    finally:
        plans.lhopitals -= 1


def _both_sides(problem: Expression, plans: LimitPlans) -> Iterator[RuleInstance]:
    if problem.value or problem.args[2] in INFINITE:
        return
    left, right = (_with_body(problem, problem.args[0], side) for side in "-+")
    for found in _computed(problem, plans, "from_both_sides", right, (left, right)):
        yield found._replace(compiled=found.compiled._replace(joined=lambda _, results: results[right]))
    yield from _computed(problem, plans, "sides_differ", problem, (left, right))
