"""The formulas of an author, with values put in for their letters.

    formula("(a*x + b)^n", {"a": parse("1"), "b": parse("-2"), "n": parse("4")})      # (x - 2)^4
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from tutor.algebra.filling import filled
from tutor.expression.functions import Defined, Functions
from tutor.expression.parse import parse, without_rates
from tutor.expression.tree import Expression, postorder


def formula(text: str, values: Mapping[str, Expression] | None = None,
            functions: Functions | None = None) -> Expression:
    """What an author wrote, with its letters replaced by their values. Raises TutorError if it cannot be read.

    functions: those that it may have besides the known ones.
    """
    written = _read(text, frozenset((functions or {}).items()))
    return filled(written, values) if values else written


@lru_cache(maxsize=1024)
def _read(text: str, functions: frozenset[tuple[str, Defined]]) -> Expression:
    """Kept, since every variant of an item is made from the same text."""
    return without_rates(parse(text, dict(functions)))


def element_of(variable: Expression, given: Expression) -> bool:
    """Whether a letter with an index, such as z_k, is an element of a list in an expression, such as sum_j e^(z_j)."""
    base, index_sign, _ = str(variable.value).partition("_")
    return bool(index_sign) and variable.value not in given.free and any(
        part.head == "indexed" and part.value == base for part in postorder([given]))
