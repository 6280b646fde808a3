"""Order and brackets: what stands in another order, or in brackets that change nothing, is the same arrangement.

    arrangements = Arrangements()
    arrangements.of(parse("x + (y + 1)")) == arrangements.of(parse("1 + x + y"))      # True
    arrangements.of(parse("x + x")) == arrangements.of(parse("2*x"))                  # False
"""

from __future__ import annotations

from typing import Any

from tutor.expression.tree import Expression

_UNORDERED = frozenset(("sum", "product", "min", "max"))
_NESTED = frozenset(("sum", "product"))


class Arrangements:
    """Numbers the arrangements that it has met: two expressions have one number if only order and brackets differ."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, Any, tuple[int, ...]], int] = {}
        self._parts: dict[int, tuple[int, ...]] = {}
        self._heads: dict[int, str] = {}
        self._known: dict[Expression, int] = {}

    def of(self, root: Expression) -> int:
        """The number of the arrangement of `root`."""
        known = self._known
        stack = [root]
        while stack:
            current = stack[-1]
            if current in known:
                stack.pop()
                continue
            waiting = [arg for arg in current.args if arg not in known]
            if waiting:
                stack.extend(waiting)
                continue
            stack.pop()
            known[current] = self._number(current)
        return known[root]

    def _number(self, current: Expression) -> int:
        head = current.head
        parts = [self._known[arg] for arg in current.args]
        if head in _NESTED:
            parts = [inner for part in parts
                     for inner in (self._parts[part] if self._heads[part] == head else (part,))]
        if head in _UNORDERED:
            parts.sort()
        key = head, current.value, tuple(parts)
        number = self._numbers.setdefault(key, len(self._numbers))
        self._parts[number], self._heads[number] = key[2], head
        return number
