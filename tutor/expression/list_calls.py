"""Where functions of whole lists stand in a text, and what they are of.

    call = next(calls_in("2*softmax(z/T)_i", ()))
    call.function, call.inside, call.indices        # "softmax", ((10, 13),), ("i",)
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

from tutor import limits
from tutor.errors import LimitError
from tutor.expression.brackets import outside_brackets
from tutor.expression.facts import Facts
from tutor.expression.known_functions import OF_LISTS
from tutor.expression.lexemes import LIST_CALL, LIST_INDEX
from tutor.expression.names import LIST_WORDS
from tutor.expression.subscripts import subscript_of

Indices = tuple[str, ...]

MOST_NESTED = 8
"""Functions of lists one in the other: each of them stands twice in its definition."""


class Call(NamedTuple):
    """A function of a list where it is used. end: behind the index; inside: the place of each argument; indices: what
    says which part is meant, () if nothing does."""

    function: str
    start: int
    end: int
    inside: tuple[tuple[int, int], ...]
    indices: Indices


def calls_in(text: str, functions: Collection[str]) -> Iterator[Call]:
    """The functions of lists in the text. Raises LimitError for too many, and for too many one in the other."""
    closing = Facts(text).closing
    ends: list[int] = []  # of the functions in which one stands
    count = 0
    for found in LIST_CALL.pattern.finditer(text):
        close = closing.get(found.end() - 1)
        function = LIST_WORDS[found["word"]]
        if close is None or found["word"] in functions:
            continue
        inside = tuple(_between(text, ",", found.end(), close))
        if len(inside) > 1 and not OF_LISTS[function].gives_list:
            continue  # logsumexp(a, b) is a function of numbers
        ends = [end for end in ends if end > close] + [close]
        count += 1
        if len(ends) > MOST_NESTED:
            raise LimitError(f"More than {MOST_NESTED} functions of lists stand one in the other here. Give some of "
                             "them lines of their own.")
        if count > limits.SUMS_WITH_INDEX:
            raise LimitError(f"This has more than {limits.SUMS_WITH_INDEX} functions of lists. Try fewer.")
        behind = None if found["below"] else LIST_INDEX.match(text, close + 1)
        typed = found["below"] or (behind and (behind["run"] or behind["below"] or behind["square"])) or ""
        yield Call(function, found.start(), close + 1 if behind is None else behind.end(), inside, _indices(typed))


def statements(text: str) -> Iterator[tuple[int, int]]:
    """The places of the statements that semicolons separate, without those in brackets."""
    return _between(text, ";", 0, len(text) + 1)


def _between(text: str, separator: str, begins: int, ends: int) -> Iterator[tuple[int, int]]:
    """The places of what a sign separates that stands in no bracket."""
    for place, sign in outside_brackets(text, begins, ends):
        if sign == separator:
            yield begins, place
            begins = place + 1
    yield begins, ends


def _indices(typed: str) -> Indices:
    """What stands behind softmax(z) as indices: _i, _{ij}, _ij, ᵢ, _[i] or [i]."""
    if typed.startswith("["):
        typed = f"_{typed}"
    elif typed.startswith("_") and len(typed) == 3:
        typed = f"_{{{typed[1:]}}}"
    subscript = subscript_of("".join(typed.split()))
    return subscript.indices if subscript is not None else ()


def below(indices: Indices) -> str:
    """Indices as they are typed."""
    return f"_{indices[0]}" if len(indices) == 1 else f"_{{{','.join(indices)}}}" if indices else ""
