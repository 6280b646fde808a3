"""What cannot be meant where lists are used, told with its place.

    refuse_misused_lists(parse("sum_i (x_i + W_{ij})"), "sum_i (x_i + W_{ij})")
    # The index j is unknown here: no sum runs over it. ...

A shape error is an index error: the terms of one equation have the same free indices, and a list has one size.
"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.errors import NotationError, Problem
from tutor.expression.characters import usual
from tutor.expression.lexemes import SUBSCRIPTED
from tutor.expression.lists import Clash, clash_of_sizes, free_indices, occurrences_of_lists, size_letters
from tutor.expression.names import DELTA, GREEK
from tutor.expression.subscripts import Subscript, subscript_of
from tutor.expression.sum_bounds import place_of_sum
from tutor.expression.tree import ONE, Expression, postorder, replace


def refuse_misused_lists(root: Expression, text: str) -> None:
    """Raise NotationError for a list that has one index here and two there, a letter that is a list and a number, an
    index that belongs to no sum, and a list with two sizes."""
    _refuse_other_ranks(root, text)
    _refuse_lists_as_numbers(root, text)
    for statement in root.args if root.head == "statements" else (root,):
        _refuse_unknown_indices(statement, size_letters(root), text)
    clash = clash_of_sizes(root)
    if clash is not None:
        raise _refused_sizes(clash, text)


def _refuse_other_ranks(root: Expression, text: str) -> None:
    ranks: dict[str, Expression] = {}
    for part in occurrences_of_lists(root):
        first = ranks.setdefault(part.value, part)
        if len(part.args) != len(first.args):
            raise NotationError(text, [Problem(
                f"{part.value} has {_counted(len(first.args))} in one place and {_counted(len(part.args))} in another. "
                "Give one of the two another letter.", *_place_of(text, part))])


def _counted(indices: int) -> str:
    return "one index" if indices == 1 else f"{indices} indices"


def _refuse_lists_as_numbers(root: Expression, text: str) -> None:
    lists = {part.value: part for part in occurrences_of_lists(root)}
    indices = {index for part in postorder([root]) if part.head in ("indexed", "same") for index in part.args}
    for part in postorder([root]):
        if part.head == "name" and part.value in lists and part not in indices:
            example = lists[part.value]
            raise NotationError(text, [Problem(
                f"{part.value} stands here without an index, but it is a list elsewhere. Type one of its parts, such "
                f"as {_shown(example)}, or give the number another letter.", *_place_of_letter(text, part.value))])


def _refuse_unknown_indices(statement: Expression, sizes: set[str], text: str) -> None:
    """An index outside a sum has to be that of the left side, that of the letter by which is differentiated, or one
    that every term has of what is differentiated with respect to part of a list, as in d/dz_k [e^(z_i)/sum_j e^(z_j)].
    A term may have no index at all, as in z_i - ln(sum_j e^(z_j)), unless a sum over the same letter may have ended too
    early, as in sum_i x_i^2 + x_i. By a letter, as in d/dT [e^(z_i/T)/sum_j e^(z_j/T)], the index has to stand outside
    every sum too: inside one it may be a slip for the index of the sum."""
    is_line = statement.head == "relation" and statement.args[0].head in ("indexed", "same")
    known = {index.value for part in postorder([statement]) if part.head in ("derivative", "rate")
             for letter in part.args[:2] if letter.head == "indexed" for index in letter.args}
    for part in postorder([statement]):
        if part.head == "derivative":
            body = part.args[0]
            terms = body.args if body.head == "sum" else (body,)
            sums = [inner for inner in postorder([body]) if inner.head == "finite_sum"]
            found = set.intersection(*[each for term in terms if free_indices([term])
                                       for each in _indices_of_terms(term)] or [set()])
            found -= {total.args[1].value for total in sums}
            if part.args[1].head == "indexed":
                known |= found | set.intersection(*_indices_of_terms(body))
            else:
                known |= found & free_indices([replace(body, dict.fromkeys(sums, ONE))])
    if is_line:
        known.update(index.value for index in statement.args[0].args)
    for index in sorted(free_indices([statement]) - known - sizes):
        part = _outside_its_sum(statement, index)
        if is_line:
            left = ", ".join(str(each) for each in statement.args[0].args)
            message = f"The left side has the index {left}, and this term has {index}."
        else:
            message = f"The index {index} is unknown here: no sum runs over it."
        raise NotationError(text, [Problem(f"{message} {_advice(statement, index)}", *_place_of(text, part))])


def _indices_of_terms(body: Expression) -> Iterator[set[str]]:
    """The free indices of everything that is added up, in sums with an index too."""
    stack: list[tuple[Expression, frozenset[str]]] = [(body, frozenset())]
    while stack:
        part, bound = stack.pop()
        if part.head == "finite_sum":
            stack.append((part.args[0], bound | {part.args[1].value}))
        elif part.head in ("sum", "negation"):
            stack += [(arg, bound) for arg in part.args]
        else:
            yield free_indices([part]) - bound


def _outside_its_sum(statement: Expression, index: str) -> Expression:
    """The first part with a free index."""
    stack = [statement]
    while stack:
        part = stack.pop()
        if part.head in ("indexed", "same") and any(each.value == index for each in part.args):
            return part
        if part.head == "finite_sum" and part.args[1].value == index:
            stack.extend(reversed(part.args[2:]))
        else:
            stack.extend(reversed(part.args))
    return statement


def _advice(statement: Expression, index: str) -> str:
    """A sum over the index may have ended too early: it ends at a plus."""
    if any(part.head == "finite_sum" and part.args[1].value == index for part in postorder([statement])):
        return f"A sum ends at the next + or -: put all that is added up in brackets, as in sum_{index} (... + ...)."
    advice = f"Type sum_{index} in front of it, or use an index that there is."
    if statement.head == "derivative" and statement.args[1].head == "name":
        letter = statement.args[1].value
        advice += f" For one part alone, give it a line: p_{index} = ...; dp_{index}/d{letter}."
    elif all(part.head not in ("derivative", "relation") for part in postorder([statement])):
        letter, other = _outside_its_sum(statement, index).value, "l" if index == "k" else "k"
        if letter:
            advice = (f"For the slope of one part, type d/d{letter}_{other} [...]; to add up all parts, put "
                      f"sum_{index} in front of it.")
    return advice


def _refused_sizes(clash: Clash, text: str) -> NotationError:
    return NotationError(text, [Problem(
        f"{clash.letter} would have {clash.first} parts by one sum and {clash.second} by another. Give both sums the "
        "same upper bound, or the two lists different letters.", *place_of_sum(text, clash.runs))])


# -- places ----------------------------------------------------------------------------------------------------------


def _shown(part: Expression) -> str:
    indices = [str(index.value) for index in part.args]
    return f"{part.value}_{indices[0]}" if len(indices) == 1 else f"{part.value}_{{{','.join(indices)}}}"


def _uses(text: str) -> Iterator[tuple[str, tuple[str, ...], int, int]]:
    """The letters with something below them in a text: the letter, the indices, and where they stand."""
    for match in SUBSCRIPTED.finditer(usual(text)):
        if not match["name"]:
            continue
        below = Subscript(tuple(match["run"]), "run") if match["run"] else subscript_of(match["subscript"])
        if below is not None:
            yield GREEK.get(match["name"], match["name"]), below.indices, match.start(), match.end()


def _place_of(text: str, part: Expression) -> tuple[int, int]:
    """Where part of a list stands in a text; the whole text if that is not found, as in LaTeX."""
    wanted = part.value or DELTA, tuple(str(index.value) for index in part.args)
    return next(((start, end) for letter, indices, start, end in _uses(text) if (letter, indices) == wanted),
                (0, max(1, len(text))))


def _place_of_letter(text: str, letter: str) -> tuple[int, int]:
    """Where a letter stands in a text without anything below it."""
    taken = [range(start, end) for _, _, start, end in _uses(text)]
    place = -1
    while (place := usual(text).find(letter, place + 1)) >= 0:
        if not any(place in each for each in taken):
            return place, place + len(letter)
    return 0, max(1, len(text))
