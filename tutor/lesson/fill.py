"""The formulas of an author, with values put in for their letters.

    formula("(a*x + b)^n", {"a": parse("1"), "b": parse("-2"), "n": parse("4")})      # (x - 2)^4
    formula("grad (x^2*y)")                                                           # (∂/∂x [x^2*y], ∂/∂y [x^2*y])
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from tutor.algebra.filling import filled
from tutor.expression.functions import Defined, Functions
from tutor.expression.parse import parse, without_rates
from tutor.expression.tree import OPEN, Expression, postorder


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
    if asks_of_lines(text):
        from tutor.lesson.with_lines import lines_of  # few items have lines

        return lines_of(text, dict(functions))
    if asks_for_several(text):
        from tutor.derivation.problem import read_problem  # the words of problems are needed for few items

        return read_problem(text, dict(functions)).expression
    return without_rates(parse(text, dict(functions)))


_SEVERAL = re.compile(r"\s*(?:(?:grad|gradient|hessian|jacobian)(?![A-Za-z])|∇)")


def asks_for_several(text: str) -> bool:
    """Whether a text asks for several slopes at once, as grad x^2*y does."""
    return _SEVERAL.match(text) is not None


_OF_LINES = re.compile(r"[^;=]+=[^;]*;(?:.*;)?[^;=]*(?:\sat\s[^;]*)?$", re.DOTALL)


def asks_of_lines(text: str) -> bool:
    """Whether a text asks for something behind lines, as z = w*x; L = z^2; dL/dw does."""
    return ";" in text and _OF_LINES.match(text) is not None


def says_what_to_do(given: Expression) -> bool:
    """Whether an expression says itself what is to be worked out: it is a derivative, an integral or a limit, or a list
    of slopes, perhaps behind lines."""
    return given.head in OPEN or given.head in ("tuple", "statements")


def element_of(variable: Expression, given: Expression) -> bool:
    """Whether a letter with an index, such as z_k, is an element of a list in an expression, such as sum_j e^(z_j)."""
    base, index_sign, _ = str(variable.value).partition("_")
    return bool(index_sign) and variable.value not in given.free and any(
        part.head == "indexed" and part.value == base for part in postorder([given]))
