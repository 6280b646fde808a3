"""The values of formulas in whole lists by NumPy: a list is a column, T exchanges rows and columns.

    value_of(parse("(X^T*X)^(-1)*X^T*y"), {"X": array, "y": array})
"""

from __future__ import annotations

from functools import reduce
from typing import Any

import numpy as np

from tutor.expression.tree import Expression, postorder


def value_of(formula: Expression, at: dict[str, Any]) -> Any:
    """at: a number, a list or a matrix for each letter."""
    done: dict[Expression, Any] = {}
    for part in postorder([formula]):
        done[part] = _value(part, done, at)
    return done[formula]


def _value(part: Expression, done: dict[Expression, Any], at: dict[str, Any]) -> Any:
    args = [done[arg] for arg in part.args]
    match part.head:
        case "number":
            return float(part.value)
        case "name":
            return at.get(part.value, part.value)
        case "negation":
            return _times(-1.0, args[0])
        case "sum":
            sizes = [len(arg) for arg in args if np.ndim(arg) == 2]
            return sum(arg * np.eye(sizes[0]) if isinstance(arg, _Unit) else arg for arg in args)
        case "product":
            return reduce(_times, args)
        case "quotient":
            return args[0] / args[1]
        case "power" if isinstance(args[1], str):
            return args[0].T
        case "power":
            return np.linalg.inv(args[0])
    raise AssertionError(f"{part.head} has no meaning here")


class _Unit(float):
    """A number times the unit matrix, whatever its size."""


def _times(left: Any, right: Any) -> Any:
    if isinstance(right, str | _Unit):
        return _Unit(left if isinstance(right, str) else left * right)
    return left @ right if np.ndim(left) and np.ndim(right) else left * right
