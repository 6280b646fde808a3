"""Letters that a problem does not have, for what rules put in.

    next(new_letters([parse("u + v")]))        # w
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tutor.expression.tree import Expression, name, postorder

_PREFERRED = "uvwstrqkmnyzabcdghjlop"


def new_letters(roots: Iterable[Expression]) -> Iterator[Expression]:
    """Letters that occur nowhere in the expressions, neither as names nor as functions, without an end."""
    return unused(letters_in(roots))


def unused(used: set[str]) -> Iterator[Expression]:
    """Letters other than these: those that books use for substitutions first, then u1, u2 and so on."""
    yield from (name(letter) for letter in _PREFERRED if letter not in used)
    index = 0
    while True:
        index += 1
        if f"u{index}" not in used:
            yield name(f"u{index}")


def letters_in(roots: Iterable[Expression]) -> set[str]:
    """The names, lists and functions that occur in the expressions, bound names too."""
    found: set[str] = set()
    for part in postorder(roots):
        if part.head in ("name", "indexed"):
            found.add(part.value)
        elif part.head == "application":
            found.add(part.value[0])
        elif part.head == "defined":
            found.add(part.value.name)
    return found
