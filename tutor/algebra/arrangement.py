"""Order and brackets: what stands in another order, or in brackets that change nothing, is the same arrangement.

    arrangements = Arrangements()
    arrangements.of(parse("x + (y + 1)")) == arrangements.of(parse("1 + x + y"))      # True
    arrangements.of(parse("x + x")) == arrangements.of(parse("2*x"))                  # False
"""

from __future__ import annotations

from tutor.expression.tree import Expression, rebuilt

_UNORDERED = frozenset(("sum", "product", "min", "max"))
_NESTED = frozenset(("sum", "product"))


class Arrangements:
    """Numbers the arrangements that it has met: two expressions have one number if only order and brackets differ."""

    def __init__(self) -> None:
        self._arranged: dict[Expression, Expression] = {}
        self._numbers: dict[Expression, int] = {}

    def of(self, root: Expression) -> int:
        """The number of the arrangement of `root`."""
        arranged = self._arranged
        stack = [root]
        while stack:
            current = stack[-1]
            if current in arranged:
                stack.pop()
                continue
            waiting = [arg for arg in current.args if arg not in arranged]
            if waiting:
                stack.extend(waiting)
                continue
            stack.pop()
            made = arranged[current] = self._arrange(current)
            self._numbers.setdefault(made, len(self._numbers))
        return self._numbers[arranged[root]]

    def _arrange(self, current: Expression) -> Expression:
        """The expression without brackets in sums and products, their parts in the order in which they were met."""
        head = current.head
        parts = [self._arranged[arg] for arg in current.args]
        if head in _NESTED:
            parts = [inner for part in parts for inner in (part.args if part.head == head else (part,))]
        if head in _UNORDERED:
            parts.sort(key=self._numbers.__getitem__)
        return rebuilt(current, tuple(parts))
