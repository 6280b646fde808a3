"""What is too long for anyone to read, with an ellipsis in place of its inner parts.

    write(shortened(parse("sin(sin(...2,000 times...))")), PRETTY)      # sin(sin(sin(...)))

Only giants are touched: LONG is some twenty rows of a terminal. The work is bounded by what is kept, so the views of a
derivation that nests thousands deep stay linear.
"""

from __future__ import annotations

from tutor.expression.tree import Expression, node, rebuilt

LONG = 400
"""The size up to which an expression is shown whole."""

LONGEST_RESULT = 20_000
"""The same for the result of a derivation."""

LEFT_OUT = ("Where an expression says ... inside, a part too long to read is left out; with --json, everything "
            "is there.")
"""What is said below a derivation in which something was shortened."""

_KEPT = 60
"""About how many nodes remain of a longer one."""

_MOST_PARTS = 12

_ELLIPSIS = node("ellipsis", ())


def shortened(root: Expression, limit: int = LONG) -> Expression:
    """`root` itself if its size is at most `limit`; else its outer parts, with "..." where something is left out."""
    if root.size <= limit:
        return root
    # Places, not nodes: a part that comes twice is written twice. The first part of place n is at first[n].
    places = [root]
    first: list[int | None] = []
    counts: list[int] = []
    for current in places:  # grows while it is walked: the outermost parts come first
        args = current.args
        if not args or len(places) > _KEPT:
            first.append(None)
            counts.append(0)
            continue
        if len(args) > _MOST_PARTS:
            args = (*args[:_MOST_PARTS - 2], _ELLIPSIS, args[-1])
        first.append(len(places))
        counts.append(len(args))
        places.extend(args)
    for number in range(len(places) - 1, -1, -1):
        start = first[number]
        if start is not None:
            places[number] = rebuilt(places[number], tuple(places[start:start + counts[number]]))
        elif places[number].args:
            places[number] = _ELLIPSIS
    return places[0]


def without_depth(root: Expression, deepest: int) -> Expression:
    """`root` itself if it nests at most so deep; else what is on the outer levels, with "..." below them."""
    levels: list[set[Expression]] = [{root}]
    while levels[-1] and len(levels) <= deepest:
        levels.append({arg for each in levels[-1] for arg in each.args})
    if not levels[-1]:
        return root
    below: dict[Expression, Expression] = {}  # the parts of the level below, as they are shown
    for level in reversed(levels):
        shown = {each: rebuilt(each, tuple(below[arg] for arg in each.args)) if below else (
            _ELLIPSIS if each.args else each) for each in level}
        below = shown
    return below[root]
