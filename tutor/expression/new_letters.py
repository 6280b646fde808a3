"""Letters that a problem does not have, for what rules put in.

    next(new_letters([parse("u + v")]))        # w
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tutor.expression.tree import Expression, name, postorder

_OF_SUBSTITUTIONS = "uvwstrqkmnyzabcdghjlop"


def new_letters(roots: Iterable[Expression]) -> Iterator[Expression]:
    """Letters that occur nowhere in the expressions, neither as names nor as functions, without an end."""
    return unused(letters_in(roots))


def unused(used: set[str], preferred: str = _OF_SUBSTITUTIONS) -> Iterator[Expression]:
    """Letters other than these: the preferred ones in their order, then the first of them with numbers, as u1, u2 and
    so on. By default, those that books use for substitutions are preferred."""
    yield from (name(letter) for letter in preferred if letter not in used)
    index = 0
    while True:
        index += 1
        if used.isdisjoint((f"{preferred[0]}{index}", f"{preferred[0]}_{index}")):  # u1 and u_1 look alike
            yield name(f"{preferred[0]}{index}")


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
