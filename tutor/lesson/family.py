"""The form in which a rule is met, in a few words: exercises of one family train the same thing.

    form_family(rulebook()["chain"], parse("d/dx (3x + 2)^4"), bindings)        # "u^n, u linear"
"""

from __future__ import annotations

from tutor.derivation.derivation import shown_bindings
from tutor.expression.tree import Expression, name, postorder, rebuilt
from tutor.rules.conditions import rational_value
from tutor.rules.match import Bindings
from tutor.rules.rule import Rule


def form_family(rule: Rule, problem: Expression, bindings: Bindings) -> str:
    """The kinds of what the rule's letters stand for; a function with its numbers written n."""
    variable = problem.args[1].value
    shown = sorted(shown_bindings(rule, bindings).items())
    inside = "u " if any(letter.endswith("(u)") for letter, _ in shown) else ""
    described = []
    for letter, bound in shown:
        if letter.endswith("(u)"):
            described.append(str(_without_numbers(bound)))
        elif letter != rule.left.args[1].value:
            described.append((inside if variable in bound.free else "") + kind(bound, variable))
    return ", ".join(described) or kind(problem.args[0], variable)


def kind(part: Expression, variable: str) -> str:
    """What an expression is, for a variable, in a word or two."""
    if variable not in part.free:
        value = rational_value(part)
        if value is None:
            return "constant"
        return ("negative " if value < 0 else "") + ("integer" if value.denominator == 1 else "fraction")
    if part.head == "name":
        return "variable"
    heads = {each.head for each in postorder([part]) if variable in each.free}
    if heads <= {"name", "sum", "negation", "product", "power", "quotient"}:
        degree = _degree(part, variable)
        if degree is not None:
            return {1: "linear", 2: "quadratic"}.get(degree, "polynomial")
    return part.value.name if part.head == "defined" else part.head


def _degree(root: Expression, variable: str) -> int | None:
    """The degree of a polynomial as it is written; None for what is none."""
    degrees: dict[Expression, int | None] = {}
    for part in postorder([root]):
        below = [degrees[arg] for arg in part.args]
        if variable not in part.free:
            degrees[part] = 0
        elif part.head == "name":
            degrees[part] = 1
        elif None in below:
            degrees[part] = None
        else:
            degrees[part] = _combined(part, [degree for degree in below if degree is not None])
    return degrees[root]


def _combined(part: Expression, below: list[int]) -> int | None:
    if part.head in ("sum", "negation"):
        return max(below)
    if part.head == "product":
        return sum(below)
    if part.head == "quotient":
        return below[0] if below[1] == 0 else None
    exponent = rational_value(part.args[1])
    return below[0] * exponent if isinstance(exponent, int) and exponent > 0 else None


def _without_numbers(outside: Expression) -> Expression:
    """The function with every number in it, e apart, written n."""
    done: dict[Expression, Expression] = {}
    for part in postorder([outside]):
        done[part] = name("n") if rational_value(part) is not None else rebuilt(
            part, tuple([done[arg] for arg in part.args]))
    return done[outside]
