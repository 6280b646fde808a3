"""What an expression in whole lists means, by the definitions of the operations alone: what stands at each place.

    component_of(parse("X^T*r"), (name("k"),), {"X": (n, m), "r": (n,)})        # sum_{i=1}^{n} X_{ik}*r_i

A list is a column. The reading of components as matrices is compared with this, and it is what a typed matrix means.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from tutor.expression.lists import Sizes
from tutor.expression.names import DIAGONAL, TRANSPOSED, UNIT_MATRIX
from tutor.expression.new_letters import letters_in
from tutor.expression.tree import (
    ARGUMENT_COUNTS,
    ONE,
    Expression,
    divide,
    finite_sum,
    indexed,
    multiply,
    name,
    node,
    postorder,
    rebuilt,
    same,
    unused_index,
)


class ShapeError(ValueError):
    """Sizes that do not fit each other. The text says where."""


class _Whole(NamedTuple):
    """shape: how many rows and columns, () for a number; at: what stands in a row and a column."""

    shape: tuple[Expression, ...]
    at: Callable[[Expression, Expression], Expression]


def has_whole_lists(root: Expression, shapes: Sizes) -> bool:
    """Whether the letter of a list stands alone somewhere, and so means all of it."""
    return any(part.head in ("entrywise", DIAGONAL) or (part.head == "name" and part.value in shapes)
               for part in postorder([root]))


def component_of(root: Expression, indices: Sequence[Expression], shapes: Sizes,
                 sizes: Sequence[Expression] = (), numbers: Collection[str] = ()) -> Expression:
    """What stands at the place with these indices of an expression in the letters of lists.

    sizes: how many rows and columns it has to have, where that is known; numbers: letters that stand for numbers, so
    that an I among them is no unit matrix. Raises ShapeError where it has others, where
    those of its parts do not fit each other, or where an operation means nothing for lists.
    """
    whole = _whole_of(root, indices, shapes, sizes, numbers)
    wanted = (*sizes, ONE)[:2] if sizes else whole.shape
    if whole.shape and (len([size for size in whole.shape if size is not ONE]) > len(indices) or whole.shape != wanted):
        is_list_asked = wanted != whole.shape and wanted != (ONE, ONE)
        raise ShapeError(f"This has {_described(whole.shape)}, and not {_described(wanted)}." if is_list_asked
                         else f"This has {_described(whole.shape)}, and is no number.")
    row, column = (*indices, ONE, ONE)[:2]
    return whole.at(row, column)


def shape_of(root: Expression, shapes: Sizes, numbers: Collection[str] = ()) -> tuple[Expression, ...]:
    """How many rows and columns an expression in the letters of lists has; () for a number. Raises ShapeError as
    `component_of` does."""
    return _whole_of(root, (), shapes, (), numbers).shape


def _whole_of(root: Expression, indices: Sequence[Expression], shapes: Sizes, sizes: Sequence[Expression],
              numbers: Collection[str]) -> _Whole:
    taken = letters_in([root, *indices]) | set(shapes) | {
        letter for each in shapes.values() for size in each for letter in size.free}
    done: dict[Expression, _Whole] = {}
    for part in postorder([root]):
        done[part] = _whole(part, done, shapes, taken, () if UNIT_MATRIX in numbers else sizes)
    return done[root]


def _described(shape: Sequence[Expression]) -> str:
    rows, columns = shape
    counted = "one row" if rows is ONE else f"{rows} rows"
    return f"{counted} and {columns} columns" if columns is not ONE else f"{counted} and one column"


def _whole(part: Expression, done: Mapping[Expression, _Whole], shapes: Sizes, taken: set[str],
           sizes: Sequence[Expression]) -> _Whole:
    if part.head == "name" and part.value in shapes:
        return _list(part.value, shapes[part.value])
    if part is name(UNIT_MATRIX) and sizes:
        return _Whole((sizes[0], sizes[0]), same)
    args = [done[arg] for arg in part.args]
    if part.head == "power" and part.args[1] is name(TRANSPOSED) and args[0].shape:
        rows, columns = args[0].shape
        return _Whole((columns, rows), lambda row, column: args[0].at(column, row))
    if not any(arg.shape for arg in args):
        return _Whole((), lambda row, column: rebuilt(part, tuple([arg.at(ONE, ONE) for arg in args])))
    if part.head == DIAGONAL:
        return _on_the_diagonal(args[0])
    if part.head == "product":
        whole = args[0]
        for factor in args[1:]:
            whole = _multiplied(whole, factor, taken)
        return whole
    if part.head == "quotient" and not args[1].shape:
        return _Whole(args[0].shape, lambda row, column: divide(args[0].at(row, column), args[1].at(ONE, ONE)))
    head = _OF_EACH_PART.get(part.head) or (part.head if part.head in ARGUMENT_COUNTS else "")
    if head and (part.head in ("sum", "negation", "entrywise") or not any(_is_matrix(arg) for arg in args)):
        return _of_each_part(part, args, head)
    raise ShapeError(f"{part} means nothing for lists.")


_OF_EACH_PART = {"sum": "sum", "negation": "negation", "entrywise": "product", "quotient": "quotient", "power": "power"}


def _is_matrix(whole: _Whole) -> bool:
    """Whether it has several rows and columns: then e^A and A^2 mean something else than part by part."""
    return bool(whole.shape) and ONE not in whole.shape


def _list(letter: str, shape: tuple[Expression, ...]) -> _Whole:
    if len(shape) == 1:
        return _Whole((shape[0], ONE), lambda row, column: indexed(letter, row))
    if len(shape) == 2:
        return _Whole(shape, lambda row, column: indexed(letter, row, column))
    raise ShapeError(f"{letter} has {len(shape)} indices, so it is neither a list nor a matrix.")


def _on_the_diagonal(whole: _Whole) -> _Whole:
    if whole.shape[1:] != (ONE,):
        raise ShapeError("Only a list can stand on the diagonal of a matrix.")
    return _Whole((whole.shape[0], whole.shape[0]),
                  lambda row, column: multiply(same(row, column), whole.at(row, ONE)))


def _multiplied(left: _Whole, right: _Whole, taken: set[str]) -> _Whole:
    if not left.shape or not right.shape:
        return _Whole(left.shape or right.shape,
                      lambda row, column: multiply(left.at(row, column), right.at(row, column)))
    (rows, between), (also_between, columns) = left.shape, right.shape
    if between is not also_between:
        meant = " Part by part, a product is typed v ⊙ w, and the sum of these products v^T*w."
        raise ShapeError(f"These cannot be multiplied: the left one has {_described(left.shape)}, and the right one "
                         f"{_described(right.shape)}.{meant if left.shape == right.shape and columns is ONE else ''}")
    index = unused_index(taken)
    taken.add(index.value)

    def at(row: Expression, column: Expression) -> Expression:
        if between is ONE:
            return multiply(left.at(row, ONE), right.at(ONE, column))
        return finite_sum(multiply(left.at(row, index), right.at(index, column)), index, ONE, between)

    return _Whole(() if rows is columns is ONE else (rows, columns), at)


def _of_each_part(part: Expression, args: Iterable[_Whole], head: str) -> _Whole:
    """An operation that is done in every place by itself; a number is the same in each place of a list."""
    args = list(args)
    shapes = list(dict.fromkeys(arg.shape for arg in args if arg.shape))
    if len(shapes) > 1:
        raise ShapeError(f"{part}: one part has {_described(shapes[0])}, and another {_described(shapes[1])}.")
    if ONE not in shapes[0] and not all(arg.shape for arg in args):
        raise ShapeError(f"{part}: a number and a matrix cannot be joined like this.")
    return _Whole(shapes[0], lambda row, column: node(head, tuple([arg.at(row, column) for arg in args]), part.value))
