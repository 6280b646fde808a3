"""Functions that somebody defined: a name, what it stands for, and perhaps its slope.

    swish = Defined("swish", "x", parse("x*sigmoid(x)"))
    with_functions(read("swish(3x)", frozenset(["swish"])).expression, {"swish": swish})      # defined, of 3*x
    written_out(that)                                                                       # 3*x*sigmoid(3*x)

The function stands in the tree itself, as the value of a node with the head "defined", so code that finds the node
knows what it means, and no table of functions has to be passed around.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from tutor import limits
from tutor.errors import TutorError
from tutor.expression.tree import Expression, derivative, name, node, number, postorder, rebuilt, substitute


class Defined(NamedTuple):
    """A function of one variable.

    body: what it is equal to; slope: its derivative, if somebody states one, in which the function itself stands as an
    application, since it cannot contain itself.
    """

    name: str
    variable: str
    body: Expression
    slope: Expression | None = None

    def of(self, argument: Expression) -> Expression:
        """The function of an argument, as a node that keeps its name."""
        return node("defined", (argument,), self)


Functions = Mapping[str, Defined]
"""Name -> function."""


def with_functions(expression: Expression, functions: Functions) -> Expression:
    """`expression` with every call of one of these functions, also with primes, made one that knows what it means.

    Raises LimitError for more primes than a derivative may have.
    """
    if not functions:
        return expression
    done: dict[Expression, Expression] = {}
    for part in postorder([expression]):
        args = tuple([done[arg] for arg in part.args])
        known = functions.get(part.value[0]) if part.head == "application" else None
        if known is None:
            done[part] = rebuilt(part, args)
        else:
            done[part] = applied(args, part.value[1], known.variable, known.of(name(known.variable)))
    return done[expression]


def applied(args: tuple[Expression, ...], primes: int, variable: str, body: Expression) -> Expression:
    """A function, given by its variable and its body, of the args of a call (none in y'), with so many primes.

    Raises TutorError for more primes than a derivative may have.
    """
    argument = args[0] if args else name(variable)
    if primes == 0:
        return substitute(body, variable, argument)
    if primes > limits.DERIVATIVE_ORDER:
        raise TutorError(f"A function can have at most {limits.DERIVATIVE_ORDER} primes, and this one has {primes}.")
    opened = derivative(body, name(variable), number(primes))
    return opened if argument is name(variable) else node("at", (opened, name(variable), argument))


def functions_of(*expressions: Expression) -> dict[str, Defined]:
    """The defined functions that occur in expressions, by name."""
    return {part.value.name: part.value for part in postorder(expressions) if part.head == "defined"}


def written_out(expression: Expression) -> Expression:
    """`expression` with every defined function replaced by what it stands for."""
    if not functions_of(expression):
        return expression
    done: dict[Expression, Expression] = {}
    for part in postorder([expression]):
        args = tuple([done[arg] for arg in part.args])
        done[part] = rebuilt(part, args)
        if part.head == "defined":
            done[part] = written_out(substitute(part.value.body, part.value.variable, args[0]))
    return done[expression]


def size_written_out(expression: Expression) -> int:
    """The size that `written_out` would give an expression at least, without making it.

    An argument is counted as often as the letter of the function stands in what the function stands for.
    """
    sizes: dict[Expression, int] = {}
    for part in postorder([expression]):
        sizes[part] = part.size + sum(sizes[arg] - arg.size for arg in part.args)
        if part.head == "defined":
            inner = sizes[part.args[0]]
            sizes[part] = _size(part.value) + _times(part.value) * (inner - 1)
    return sizes[expression]


@lru_cache(maxsize=1000)
def _size(function: Defined) -> int:
    return size_written_out(function.body)


@lru_cache(maxsize=1000)
def _times(function: Defined) -> int:
    """How often the letter of a function stands in what the function stands for, written out."""
    times: dict[Expression, int] = {}
    for part in postorder([function.body]):
        is_letter = part.head == "name" and part.value == function.variable
        times[part] = is_letter + sum(times[arg] for arg in part.args)
        if part.head == "defined":
            times[part] = _times(part.value) * times[part.args[0]]
    return times[function.body]
