"""Lines of a derivation as a person would write them on paper: with "where u = 3x + 2" at the end.

    shown, beside = without_at(line)    # d/du [u^4]*d/dx [3x + 2], and u = 3x + 2 to be said beside it
"""

from __future__ import annotations

from tutor.expression.relations import related
from tutor.expression.tree import Expression, postorder, rebuilt, replace


def without_at(line: Expression) -> tuple[Expression, Expression | None] | None:
    """A line without `at (u = g)` or a product in a product inside, and the equation to be said beside it, if any.

    The point at which a whole line is taken stays. None where more than one equation would have to be said, or where
    the letter would stand in something that is still to be differentiated.
    """
    body = line.args[0] if line.head == "at" else line
    points = [part for part in postorder([body]) if part.head == "at"]
    if not points:
        return _without_inner_products(line), None
    where = {related(part.args[1], "=", part.args[2]) for part in points}
    letter, value = points[0].args[1:]
    inside = any(part.head == "derivative" and any(each.head == "at" for each in postorder([part.args[0]]))
                 for part in postorder([body]))
    if inside or len(where) > 1 or letter.value in line.free or any(part.head == "at" for part in postorder([value])):
        return None
    return _without_inner_products(replace(line, {part: part.args[0] for part in points})), where.pop()


def _without_inner_products(line: Expression) -> Expression:
    """6u^5*d/dx [x] for (6u^5)*d/dx [x]: the brackets show what a step has put in, and are no part of the line."""
    written: dict[Expression, Expression] = {}
    for part in postorder([line]):
        args = [written[arg] for arg in part.args]
        if part.head == "product":
            args = [factor for arg in args for factor in (arg.args if arg.head == "product" else (arg,))]
        written[part] = rebuilt(part, tuple(args))
    return written[line]
