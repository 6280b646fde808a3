"""Functions that are defined in cases, such as the Huber loss, written out so that their joints can be looked at.

    written_out(parse("huber(x, 1)"))           # {x^2/2 if abs(x) <= 1; abs(x) - 1/2 otherwise}
    written_out(parse("hinge(2*x)"))            # relu(1 - 2*x)
"""

from __future__ import annotations

from tutor.expression.known_functions import FUNCTIONS
from tutor.expression.parse import parse
from tutor.expression.tree import ONE, Expression, multiply, name, postorder, rebuilt, replace, substitute
from tutor.integration.sites import CHANGING
from tutor.rules.conditions import rational_value
from tutor.rules.instance import chosen_instance
from tutor.rules.rulebook import rulebook

_BY_RULE = {"leaky_relu", "elu", "huber"}
"""Functions with a bound or a slope as a second argument, whose definitions are rules."""


def written_out(root: Expression) -> Expression:
    """The same function with the definitions of those that have joints; where a bound is no number, or one for which
    there is no such function, it is left."""
    made: dict[Expression, Expression] = {}
    for part in postorder([root]):
        args = tuple([made[arg] for arg in part.args])
        made[part] = rebuilt(part, args)
        if part.head in _BY_RULE:
            bound = rational_value(args[1])
            if bound is not None and (bound > 0 or part.head != "huber"):
                made[part] = _by_rule(part.head, args)
        elif part.head in FUNCTIONS and FUNCTIONS[part.head].kinks and part.head not in CHANGING:
            definition = FUNCTIONS[part.head].definition
            if definition:
                made[part] = substitute(parse(definition), "x", args[0])
    return made[root]


def _by_rule(function: str, args: tuple[Expression, ...]) -> Expression:
    """What the rule about the derivative of a function says that the function is."""
    rule = rulebook()[f"{function}_by_definition"]
    called, variable = rule.left.args[0], rule.left.args[1]
    letters = [each.value for each in called.args]
    bindings = dict(zip(letters, args, strict=True))
    instance = chosen_instance(rule, {**bindings, variable.value: name("x")}, name("u"))
    cases = instance.after.args[0]
    return replace(cases, {part: multiply(*[arg for arg in part.args if arg is not ONE]) for part in postorder([cases])
                           if part.head == "product" and ONE in part.args})
