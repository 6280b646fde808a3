"""Letters that are lists although no sum says so: a slope by one part, of something in which another part stands.

    with_explicit_indices("d/dx_k [x_i^2]", read("d/dx_k [x_i^2]").expression).text         # "d/dx_[k] [x_[i]^2]"
    with_explicit_indices("d/dx_1 [x_1*x_2]", read("d/dx_1 [x_1*x_2]").expression)          # None: two numbers

Read as two numbers, x_i would not change with x_k. But k may be i, so the slope is that of parts of one list.
"""

from __future__ import annotations

import re

from tutor.expression.notes import Change, Note
from tutor.expression.rewritten import Rewritten, rewritten
from tutor.expression.tree import Expression, postorder

_INDICES = "ijkl"
"""Letters that stand for an index below another letter; others, such as p, are used as labels as well."""

_SMALL = dict(zip("ᵢⱼₖₗ", _INDICES, strict=True))
_PART = re.compile(rf"(.+)_([{_INDICES}])$")


def with_explicit_indices(text: str, stated: Expression) -> Rewritten | None:
    """The text with x_[i] for x_i wherever x has to be a list; None where there is no such letter."""
    lists = _lists(stated)
    if not lists:
        return None
    letters = "|".join(map(re.escape, sorted(lists, key=len, reverse=True)))
    typed = re.compile(rf"({letters})(?:_([{_INDICES}])|_\{{([{_INDICES}])\}}|([{''.join(_SMALL)}]))(?![A-Za-z0-9_])")
    changes: list[Change] = []
    for found in typed.finditer(text):
        index = found[2] or found[3] or _SMALL[found[4]]
        changes.append((found.start(), found.end(), f"{found[1]}_[{index}]"))
    are_lists = "is read as a list" if len(lists) == 1 else "are read as lists"
    said = Note(f"{' and '.join(sorted(lists))} {are_lists}: parts with different indices may be the same one.",
                0, len(text), usual=True, kind="letter-of-list")
    return rewritten(text, changes, [said]) if changes else None


def _lists(stated: Expression) -> set[str]:
    """The letters by one part of which is differentiated, while a part with another index occurs."""
    parts = {part.value: found for part in postorder([stated]) if part.head == "name"
             for found in [_PART.match(part.value)] if found is not None}
    by = {part.args[1].value for part in postorder([stated]) if part.head in ("derivative", "rate")}
    return {parts[letter][1] for letter in by if letter in parts and any(
        other[1] == parts[letter][1] and other[2] != parts[letter][2] for other in parts.values())}
