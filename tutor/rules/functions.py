"""The rule for a defined function: its derivative, if one is stated, or else its definition.

    rule_of(Defined("swish", "x", parse("x*sigmoid(x)"))).statement
    # "d/dx [swish(x)] = d/dx [x*sigmoid(x)]"
"""

from __future__ import annotations

from functools import lru_cache

from tutor.expression.functions import Defined, with_functions
from tutor.expression.tree import derivative, name
from tutor.rules.rule import Rule


@lru_cache(maxsize=1024)
def rule_of(function: Defined) -> Rule:
    """How a function is differentiated, as a rule like those of the table. A stated one may be wrong."""
    variable = name(function.variable)
    call = function.of(variable)
    stated = function.slope is not None
    return Rule(
        name=f"{'derivative' if stated else 'definition'}_of_{function.name}",
        title=f"{'Derivative' if stated else 'Definition'} of {function.name}",
        kind="rule", tags=("derivative", "table"),
        left=derivative(call, variable),
        right=derivative(function.body, variable) if function.slope is None
        else with_functions(function.slope, {function.name: function}),
        letters={function.variable: "variable"},
        say=f"The derivative of {function.name} is given together with its definition." if stated
        else f"By definition, {function.name} is short for the right side.",
        examples=(derivative(call, variable),),
    )
