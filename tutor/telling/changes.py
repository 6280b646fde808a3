"""What is new in a line compared with the line before it: the places of the new parts.

    changed_places(parse("x + d/dx [x^2]"), parse("x + 2x"))        # frozenset({(1,)}): the second term

Both trees are walked side by side; equal parts are one object, so what did not change is passed over at once.
"""

from __future__ import annotations

from tutor.expression.tree import Expression, Path, node

_NOTHING = node("ellipsis", ())  # stands in for a counterpart that is not there


def changed_places(old: Expression, new: Expression) -> frozenset[Path]:
    """The places of the parts of `new` that `old` does not have in the same place; () stands for all of it."""
    changed: set[Path] = set()
    stack: list[tuple[Expression, Expression, Path]] = [(new, old, ())]
    while stack:
        current, before, path = stack.pop()
        if current is before:
            continue
        counterparts = _counterparts(current, before)
        if counterparts is None:
            changed.add(path)
            continue
        pairs = list(zip(current.args, counterparts, strict=True))
        if current.head in ("sum", "product") and all(_is_new(*pair) for pair in pairs):
            changed.add(path)
            continue
        stack.extend((arg, counterpart, (*path, place)) for place, (arg, counterpart) in enumerate(pairs))
    return frozenset(changed)


def _is_new(current: Expression, before: Expression) -> bool:
    return current is not before and _counterparts(current, before) is None


def _counterparts(current: Expression, before: Expression) -> list[Expression] | None:
    """For each part of `current`, the part of `before` in its place; None if nothing corresponds."""
    if current.head != before.head or current.value != before.value or not current.args:
        return None
    new, old = current.args, before.args
    if len(new) == len(old):
        return list(old)
    if current.head not in ("sum", "product"):
        return None
    old = tuple(inner for arg in old for inner in (arg.args if arg.head == current.head else (arg,)))
    if len(new) == len(old):
        return list(old)  # only brackets were removed
    first = 0
    while first < min(len(new), len(old)) and new[first] is old[first]:
        first += 1
    last = 0
    while last < min(len(new), len(old)) - first and new[-1 - last] is old[-1 - last]:
        last += 1
    if first + last == len(new):
        return None  # something was removed and nothing added
    return [*new[:first], *[_NOTHING] * (len(new) - first - last), *new[len(new) - last:]]
