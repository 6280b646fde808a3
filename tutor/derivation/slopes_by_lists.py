"""Slopes by a whole list, as people write them: dL/dW is read as the slope by every part, dL/dW_{ij}.

    read_problem("L = sum_i z_i^2; dL/dz").expression       # asks for dL/dz_i
    read_problem("p = softmax(z); dp/dz").expression        # asks for dp_i/dz_k
"""

from __future__ import annotations

from collections.abc import Sequence

from tutor.derivation.points import without_places
from tutor.expression.lists import occurrences_of_lists
from tutor.expression.new_letters import letters_in
from tutor.expression.notes import Note
from tutor.expression.tree import INDICES, ONE, Expression, derivative, indexed, name, postorder, rebuilt, replace

_OF_VARIABLES = "klpqrsijm"
"""Letters for the indices of the list by which is differentiated, where i and j stand in what is differentiated."""


def by_parts(root: Expression, text: str, notes: list[Note]) -> Expression:
    """A problem whose lists have indices, with parts of lists where it asks for a first derivative by a whole list."""
    *before, last = root.args if root.head == "statements" else (root,)
    asked = without_places(last)[0]
    if asked.head != "derivative" or asked.args[1].head != "name" or asked.args[2] is not ONE:
        return root
    parts: dict[str, Expression] = {}
    for part in occurrences_of_lists(root):
        parts.setdefault(part.value, part)
    body, variable, order = asked.args
    if variable.value not in parts:
        return root
    numbers = letters_in([root]) - {index.value for part in postorder([root]) for index in _indices(part)}
    if body.head == "name" and body.value in parts:
        body = _with_letters(parts[body.value], INDICES, numbers)
    inside = {index.value for part in postorder([body]) for index in _indices(part)}
    by = _with_letters(parts[variable.value], _OF_VARIABLES, numbers | inside)
    notes.append(Note(f"{_typed(asked.args[0], variable, asked.value)} is read as {_typed(body, by, asked.value)}, for "
                      f"every part of {variable}.", 0, len(text), usual=True, kind="slope-by-list"))
    last = replace(last, {asked: derivative(body, by, order, asked.value)})
    return rebuilt(root, (*before, last)) if before else last


def slope_to_ask_for(lines: Sequence[Expression]) -> str:
    """What can be asked behind lines with lists, in their own letters: a slope of the last one."""
    named = [line.args[0] for line in lines if line.args[0].head in ("name", "indexed")]
    own = {left.value for left in named}
    listed = [part for line in lines for part in postorder(line.args[1:]) if part.head == "indexed"]
    inputs = [part for part in listed if part.value not in own]
    if not named or not listed:
        return "Ask for a slope, such as dL/dz_k or dp_i/dz_k."
    by = (inputs or listed)[0].value
    of = next((left.value for left in reversed(named) if left.value != by), named[-1].value)
    return f"Ask for a slope, such as d{of}/d{by}."


def _indices(part: Expression) -> tuple[Expression, ...]:
    """The letters that are indices in a part of a list, Kronecker's delta or the head of a sum."""
    if part.head in ("indexed", "same"):
        return tuple([index for index in part.args if index.head == "name"])
    return (part.args[1],) if part.head == "finite_sum" else ()


def _with_letters(part: Expression, letters: str, taken: set[str]) -> Expression:
    """A part of a list with its own indices, and with others where these are numbers, twice the same, or taken."""
    found: list[Expression] = []
    for index in part.args:
        avoided = taken | {each.value for each in found}
        if index.head != "name" or index.value in avoided:
            index = name(next(letter for letter in (*letters, *(f"{letters[0]}{place}" for place in range(1, 99)))
                              if letter not in avoided))
        found.append(index)
    return indexed(part.value, *found)


def _typed(body: Expression, by: Expression, symbol: str) -> str:
    """How a slope is typed: dL/dW_{ij}, or d/dz_k where what is differentiated has no name."""
    return f"{symbol}{_named(body)}/{symbol}{_named(by)}"


def _named(letter: Expression) -> str:
    """A letter or part of a list, as it is typed; "" for anything else."""
    if letter.head == "indexed":
        below = "".join(map(str, letter.args))
        return f"{letter.value}_{below}" if len(below) == 1 else f"{letter.value}_{{{below}}}"
    return str(letter) if letter.head == "name" else ""
