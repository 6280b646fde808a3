"""Integrals that one rule of the rulebook takes apart or finds at once: linearity, the table, a linear inside, and a
substitution that can be seen.

    next(linear_rules(integrand)).rule.name      # of int 3*x^2/2 dx: "integral_of_constant_multiple"
    next(table(integrand)).rule.name             # of int cos(x) dx: "integral_of_cos"
    next(linear_inside(integrand)).rule.name     # of int 1/(5*x + 22) dx: "linear_inside"
    next(substitution(integrand)).rule.name      # of int x*cos(x^2) dx: "substitution"
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from functools import cache

from tutor.algebra.signs import sign_of
from tutor.expression.tree import (
    ONE,
    TWO,
    E,
    Expression,
    add,
    call,
    divide,
    multiply,
    negate,
    node,
    postorder,
    power,
    replace,
)
from tutor.integration.integrand import Integrand, Refusal
from tutor.rules.conditions import is_linear
from tutor.rules.factors import MINUS, factors_of, joined_factors
from tutor.rules.instance import RuleInstance, instance_of
from tutor.rules.rule import Rule
from tutor.rules.rulebook import rulebook


def linear_rules(integrand: Integrand) -> Iterator[RuleInstance | Refusal]:
    """What is always right and never has to be taken back: constants, sums, and constant factors in front."""
    body = integrand.body
    if not integrand.varies(body):
        proposal = integrand.by_rule("integral_of_constant")
    elif body.head == "sum":
        proposal = integrand.by_rule("integral_of_sum")
    elif body.head in ("max", "min"):
        proposal = integrand.by_rule("integral_of_maximum" if body.head == "max" else "integral_of_minimum")
    else:
        proposal = _constant_in_front(integrand)
    if proposal is not None:
        yield proposal


def _constant_in_front(integrand: Integrand) -> RuleInstance | None:
    """All constant factors taken out in front, together: 3/2 of 3*x/(2*(x^2 + 1)), and a divisor alone as a divisor."""
    factors = factors_of(integrand.body)
    constants = [factor for factor in factors if not integrand.varies(factor.part)]
    if not constants:
        return None
    rest = joined_factors([factor for factor in factors if integrand.varies(factor.part)])
    has_minus = constants.count(MINUS) % 2 == 1
    constants = [factor for factor in constants if factor != MINUS]
    constant = joined_factors(constants)
    if has_minus:
        if not constants:
            return integrand.chosen("integral_of_negative", rest)
        constant = negate(constant)
    elif all(factor.is_below for factor in constants):
        return integrand.chosen("integral_of_constant_divisor", rest, multiply(*[part for part, _ in constants]))
    return integrand.chosen("integral_of_constant_multiple", constant, rest)


def table(integrand: Integrand) -> Iterator[RuleInstance | Refusal]:
    """The entry of the table that fits."""
    found = _entry(integrand.problem, integrand.fresh) or _bell_curve(integrand)
    if found is not None:
        yield found


def _entry(problem: Expression, fresh: Expression) -> RuleInstance | None:
    fitting = (instance_of(rule, problem, fresh) for rule in _entries(problem.args[0].head))
    return next(filter(None, fitting), None)


@cache
def _entries(head: str) -> tuple[Rule, ...]:
    """The rules that say at once what the integral of a body with this head is."""
    return tuple([rule for rule in rulebook().values() if "integral" in rule.tags and not rule.computed
                  and rule.left.head == "integral" and len(rule.left.args) == 2 and rule.left.args[0].head == head
                  and "trigonometric" not in rule.tags  # their methods say which of them comes first
                  and not rule.definitions and not _has_open_part(rule)])


def _has_open_part(rule: Rule) -> bool:
    return any(part.head in ("integral", "derivative") for part in postorder([rule.left.args[0], rule.right]))


def _bell_curve(integrand: Integrand) -> RuleInstance | None:
    """e^(-a*x^2), however a is written."""
    body, tidy = integrand.body, integrand.tidy
    if body.head != "power" or body.args[0] is not E:
        return None
    factor = tidy(divide(negate(body.args[1]), power(integrand.variable, TWO)))
    if integrand.varies(factor) or sign_of(factor) in ("-", "0-", "0"):
        return None
    if factor is ONE:
        return integrand.by_rule("integral_of_gaussian")
    if factor.head == "quotient" and factor.args[0] is ONE:
        return integrand.chosen("integral_of_wide_gaussian", factor.args[1])
    return integrand.chosen("integral_of_narrow_gaussian", factor)


def antiderivative_at_once(integrand: Integrand, depth: int = 4) -> Expression | None:
    """The antiderivative, tidy, if a constant in front, a linear inside and an entry of the table lead to it."""
    for method in (linear_rules, table, linear_inside):
        for proposal in method(integrand):
            if not isinstance(proposal, RuleInstance):
                continue
            instance = proposal.worked_out(lambda part: integrand.differentiate(*part.args[:2]))
            results: dict[Expression, Expression] = {}
            for part in instance.opens:
                body, variable = integrand.tidy(part.args[0]), part.args[1]
                fresh = integrand.fresh if variable is integrand.variable else integrand.variable
                inner = dataclasses.replace(integrand, body=body, variable=variable, fresh=fresh)
                found = antiderivative_at_once(inner, depth - 1) if depth else None
                if found is None:
                    return None
                results[part] = found
            return integrand.tidy(instance.put_together(results))
    return None


def linear_inside(integrand: Integrand) -> Iterator[RuleInstance | Refusal]:
    """The whole integrand as a function of one linear part, where the variable occurs nowhere else."""
    found = (integrand.by_rule("shifted_inside") or integrand.by_rule("linear_inside") or _of_linear_part(integrand)
             or _of_scaled_square(integrand) or _of_multiple(integrand))
    if found is not None:
        yield integrand.with_letter_named(found)


def _of_linear_part(integrand: Integrand) -> RuleInstance | None:
    """1/(5*x + 22) as a function of 5*x + 22."""
    variable = integrand.variable
    insides = set(_outermost(integrand.body, variable, lambda part: is_linear(part, variable.value)))
    if len(insides) != 1:
        return None
    (inside,) = insides
    if inside in (variable, integrand.body):
        return None
    return _as_function_of(integrand, inside, {inside: integrand.fresh})


def _of_scaled_square(integrand: Integrand) -> RuleInstance | None:
    """1/(9*x^2 + 4) as a function of 3*x, if it is then in the table."""
    variable, square = integrand.variable, power(integrand.variable, TWO)
    insides = set(_outermost(integrand.body, variable, lambda part: (
        part.head != "negation" and _is_multiple(part, square, variable))))
    if len(insides) != 1:
        return None
    (inside,) = insides
    factor = integrand.tidy(divide(inside, square))
    if integrand.varies(factor) or factor is ONE or sign_of(factor) != "+":
        return None
    changes = {inside: power(integrand.fresh, TWO)}
    if _entry(node("integral", (replace(integrand.body, changes), integrand.fresh)), variable) is None:
        return None
    return _as_function_of(integrand, integrand.tidy(multiply(call("sqrt", factor), variable)), changes)


def _of_multiple(integrand: Integrand) -> RuleInstance | None:
    """sin(3*x)/x as a function of 3*x, if it is then in the table."""
    variable, fresh = integrand.variable, integrand.fresh
    insides = set(_outermost(integrand.body, variable, lambda part: _is_multiple(part, variable, variable)))
    if variable not in insides or len(insides) != len((variable, fresh)):
        return None
    (inside,) = insides - {variable}
    factor = integrand.tidy(divide(inside, variable))
    if integrand.varies(factor):
        return None
    changes = {inside: fresh, variable: divide(fresh, factor)}
    factors = factors_of(integrand.tidy(replace(integrand.body, changes)))
    body = joined_factors([factor for factor in factors if fresh.value in factor.part.free])
    if _entry(node("integral", (body, fresh)), variable) is None:
        return None
    return _as_function_of(integrand, inside, changes)


def _is_multiple(part: Expression, power_of_it: Expression, variable: Expression) -> bool:
    """Whether a part is x^2, or whatever power is given, perhaps times and over constants."""
    varying = [factor for factor in factors_of(part) if variable.value in factor.part.free]
    return len(varying) == 1 and varying[0].part is power_of_it and not varying[0].is_below


def _outermost(root: Expression, variable: Expression, accepted: Callable[[Expression], bool]) -> Iterator[Expression]:
    """The outermost parts that are accepted, and the variable where it stands outside of them."""
    stack = [root]
    while stack:
        part = stack.pop()
        if part is variable or (variable.value in part.free and accepted(part)):
            yield part
        else:
            stack.extend([arg for arg in part.args if variable.value in arg.free])


def _as_function_of(integrand: Integrand, inside: Expression,
                    changes: Mapping[Expression, Expression]) -> RuleInstance | None:
    """The rule of the linear inside for the integrand with these changes, as a function of the fresh letter."""
    outside = replace(integrand.body, changes)
    if inside.head == "sum" and integrand.slope(inside) is ONE:
        shift = add(*[term for term in inside.args if not integrand.varies(term)])
        found = integrand.chosen("shifted_inside", shift, outside=(outside, integrand.fresh))
        if found is not None:
            return found
    return integrand.chosen("linear_inside", outside=(outside, integrand.fresh), inside=inside)


def substitution(integrand: Integrand) -> Iterator[RuleInstance | Refusal]:
    """The substitutions that one line of the rulebook says: a factor is a multiple of the derivative of an inside."""
    for name in ("logarithm_of_denominator", "substitution"):
        found = integrand.by_rule(name)
        if found is not None:  # the logarithm of a denominator needs no letter for it
            yield integrand.with_letter_named(found) if name == "substitution" else found
