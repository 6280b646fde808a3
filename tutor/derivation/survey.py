"""What one look over a problem tells before it is solved.

    holding, used, style = survey(parse("d/dx [2*x] + y"))
    used                                    # {"x", "y"}
    fresh_letter(parse("u + v"))            # w
"""

from __future__ import annotations

from tutor.algebra.terms import Style
from tutor.expression.new_letters import new_letters
from tutor.expression.tree import OPEN, Expression, postorder


def fresh_letter(problem: Expression) -> Expression:
    """A letter that does not occur in a problem, for what rules put in."""
    return next(new_letters([problem]))


def survey(problem: Expression) -> tuple[set[Expression], set[str], Style]:
    """What one look over a problem tells: every node that holds something open, the letters that are used, and how the
    problem is written."""
    holding: set[Expression] = set()
    used: set[str] = set()
    exp = decimals = False
    for part in postorder([problem]):
        head = part.head
        if head == "name":
            used.add(part.value)
        elif head == "number":
            decimals = decimals or part.value.__class__ is not int
        elif head in OPEN:
            holding.add(part)
        else:
            if head == "exp":
                exp = True
            elif head == "application":
                used.add(part.value[0])
            elif head == "defined":
                used.add(part.value.name)
            elif head == "indexed":
                used.add(part.value)
            if holding and not holding.isdisjoint(part.args):
                holding.add(part)
    return holding, used, Style(exp, decimals)
