"""Parts of lists as text: x_i where the rest of the expression says that x is a list, else x_[i].

    part_text(part, lists_of(parse("sum_{i=1}^{n} x_i")))       # "x_i"
"""

from __future__ import annotations

from tutor.expression.names import DELTA
from tutor.expression.subscripts import NOTHING_KNOWN, Lists, Subscript, lists_among
from tutor.expression.tree import Expression, postorder


def lists_of(root: Expression) -> Lists:
    """The lists that a reader finds in what is written for an expression, if all parts are written as x_i."""
    sums: set[str] = set()
    sizes: set[str] = set()
    uses = []
    for part in postorder([root]):
        if part.head == "finite_sum":
            sums.add(part.args[1].value)
            sizes.update(bound.value for bound in part.args[3:] if bound.head == "name")
        elif part.head in ("indexed", "same"):
            indices = tuple(str(index.value) for index in part.args)
            form = "single" if len(indices) == 1 else "joined" if _are_letters(indices) else "listed"
            uses.append((part.value or DELTA, Subscript(indices, form)))
    return lists_among(sums, sizes, uses, NOTHING_KNOWN)


def part_text(part: Expression, lists: Lists) -> str:
    """Part of a list, or Kronecker's delta, so that it reads back as what it is."""
    letter = part.value or DELTA
    indices = tuple(str(index.value) for index in part.args)
    letters = [index for index in indices if index[0].isalpha()]
    if len(indices) == 1 and letter in lists.letters:
        return f"{letter}_{indices[0]}"
    are_indices = bool(letters) and lists.indices.issuperset(letters)
    if are_indices and _are_letters(indices) and (part.head == "same" or letter in lists.letters):
        return f"{letter}_{{{''.join(indices)}}}"
    if len(indices) > 1 and (letter in lists.letters or are_indices):
        return f"{letter}_{{{','.join(indices)}}}"
    return f"{letter}_[{','.join(indices)}]"


def _are_letters(indices: tuple[str, ...]) -> bool:
    return all(len(index) == 1 and index.isalpha() for index in indices)
