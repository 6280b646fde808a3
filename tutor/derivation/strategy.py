"""Which rule comes next: small strategies that can be combined and contain no mathematics.

A strategy takes an open problem and the fresh letter of the derivation, and returns the rule that fires with its
bindings, or None.

    strategy = first_of(once(named("tangent_as_quotient")), by_shape("derivative"))
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from tutor.algebra.decide import Tidy
from tutor.algebra.factoring import multiplied
from tutor.algebra.signs import holds
from tutor.algebra.terms import Style
from tutor.derivation.limits import difference_quotient
from tutor.expression.functions import Defined
from tutor.expression.tree import Expression, node
from tutor.rules.building import Bindings
from tutor.rules.functions import rule_of
from tutor.rules.instance import RuleInstance, computed_instance, instance_of
from tutor.rules.match import NOT_A_STEP, VARIABLES, CompiledRule, compile_rule
from tutor.rules.rulebook import rulebook

Strategy = Callable[[Expression, Expression], "RuleInstance | None"]


def first_of(*strategies: Strategy) -> Strategy:
    """The first of the strategies that has a rule."""

    def choose(goal: Expression, fresh: Expression) -> RuleInstance | None:
        for strategy in strategies:
            choice = strategy(goal, fresh)
            if choice is not None:
                return choice
        return None

    return choose


def once(strategy: Strategy) -> Strategy:
    """The strategy, until it has found something for one goal; it goes on finding that for the same goal."""
    taken: list[Expression] = []

    def choose(goal: Expression, fresh: Expression) -> RuleInstance | None:
        if taken and taken[0] is not goal:
            return None
        choice = strategy(goal, fresh)
        if choice is not None and not taken:
            taken.append(goal)
        return choice

    return choose


def only_at(place: Expression, instance: RuleInstance) -> Strategy:
    """This rule at this one goal, and nothing anywhere else."""
    return lambda goal, fresh: instance if goal is place else None


def named(name: str) -> Strategy:
    """One rule by its name; the right side of a computed one is made by the function of that name."""
    make = COMPUTED.get(name)

    def choose(goal: Expression, fresh: Expression) -> RuleInstance | None:
        if make is None:
            return instance_of(rulebook()[name], goal, fresh)
        after = make(goal)
        return None if after is None else computed_instance(rulebook()[name], goal, after, fresh)

    return choose


def expand_first(goal: Expression) -> Expression | None:
    """d/dx of a product -> d/dx of the same multiplied out, as far as products of sums go."""
    style = Style()
    body = multiplied(Tidy(style)(goal.args[0]), style)
    return None if body is None else node("derivative", (body, *goal.args[1:]), goal.value)


COMPUTED: dict[str, Callable[[Expression], Expression | None]] = {"expand_first": expand_first,
                                                                "first_principles": difference_quotient}


def by_shape(tag: str) -> Strategy:
    """The first rule with a tag, in file order, that fires; rules are found by the head of the derivative's body."""

    def choose(goal: Expression, fresh: Expression) -> RuleInstance | None:
        body = goal.args[0]
        for rule in candidates(tag, body.head, body.value if body.head == "defined" else None):
            bindings = rule.match(goal, fresh)
            if bindings is not None:
                return RuleInstance(rule, bindings)
        return None

    return choose


def why_no_rule(goal: Expression) -> str:
    """Why no rule takes a derivative apart: because of a condition that plainly fails, where there is one."""
    for rule in candidates("derivative", goal.args[0].head) if goal.head == "derivative" else ():
        bindings: Bindings = {"fresh": goal.args[1], "symbol": goal.value, "side": "", "ratio": None}
        if not rule.rule.provided or not rule.matcher(goal, bindings):
            continue
        for stated, build in zip(rule.rule.provided, rule.provided, strict=True):
            relation = build(bindings, None)
            if holds(relation) is False:
                return (f"The rule “{rule.rule.title}” is for {stated}, and here that would be {relation}. So it tells "
                        f"nothing of {goal}.")
    return f"No rule of the rulebook applies to {goal}."


def first_match(tag: str, expression: Expression, fresh: Expression) -> RuleInstance | None:
    """The first rule with a tag that matches an expression in which nothing is open."""
    tagged = (rule for rule in rulebook().values() if tag in rule.tags)
    return next(filter(None, (instance_of(rule, expression, fresh) for rule in tagged)), None)


@cache
def candidates(tag: str, head: str, function: Defined | None = None) -> tuple[CompiledRule, ...]:
    """The rules with a tag whose left side has a body with this head, or with any head, in file order.

    function: the one that the body is a call of, if it is defined; it brings its own rule along, which comes first.
    """
    fitting = []
    if function is not None and tag in rule_of(function).tags:
        fitting.append(compile_rule(rule_of(function)))
    for rule in rulebook().values():
        if tag in rule.tags and not rule.computed:  # what code makes is asked for by name
            body = rule.left.args[0]
            any_head = body.head == "name" and rule.letters.get(body.value) != "variable"
            is_variable = body.head == "name" and not any_head
            if body.head == "application" and rule.letters[body.value[0]] == "function":
                any_head = head not in NOT_A_STEP
            if any_head or body.head == head or (is_variable and head in VARIABLES):
                fitting.append(compile_rule(rule))
    return tuple(fitting)
