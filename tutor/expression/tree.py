"""The tree: one immutable node class for everything that the notation can say.

A node has a `head` ("sum", "sin", "derivative", ...), its `args`, and for leaves a `value`. Nodes are interned
weakly, so two equal trees are one object and equality is `is`:

    x = name("x")
    add(x, number(1)) is add(x, number(1))        # True

The tree keeps what was typed. A number is a non-negative terminating decimal (1/3 is a quotient, -2 a negation);
sums and products are n-ary in written order; `a - b` is the sum of a and the negation of b; nested brackets survive
as nesting. No function here recurses, so depth is bounded by memory alone.

Heads and their args:
    number                      value int or Fraction
    name                        value text: a letter, a Greek name, x1, w_2
    constant                    value "e", "pi", "i", "infinity"
    sum, product                two or more
    entrywise                   two or more: lists that are multiplied part by part, ⊙
    negation                    one
    quotient, power             numerator, denominator; base, exponent
    the names of functions      their arguments; log is (argument, base)
    diag                        a list: the matrix with that on its diagonal
    application                 an unknown function; value (name, number of primes); one arg, or none as in y'
    defined                     a function that somebody defined, see functions.py; value a Defined; one arg
    derivative                  body, variable, order; value "d" or "∂"
    rate                        dL/dx: two names; value "d" or "∂". What L is, the lines of a graph say
    integral                    body, variable and, if definite, lower and upper bound
    at                          body, variable, point
    limit                       body, variable, target; value the side: "", "+" or "-"
    piecewise                   values and sides of conditions, see piecewise.py; value the signs of each case
    tuple                       two or more: the components of a gradient, or the coordinates of a point
    indexed                     one part of a list, x_i or W_{ij}: one to four indices, each a name or a whole number;
                                value the letter of the list
    finite_sum                  body, index (a name, bound in the body), lower and upper bound
    same                        two indices: 1 if they are the same and 0 if not, shown as δ with both below
    relation                    left, right; value one of = != < <= > >=
    alternatives                equations of which one has to be true; none where there is no solution
    statements                  what `;` separates
    ellipsis                    the "..." of a rule
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Set
from fractions import Fraction
from functools import partial
from typing import Any, cast
from weakref import ref

from tutor.expression import known_functions
from tutor.limits import SIGNS
from tutor.notebook import Displayed

ARGUMENT_COUNTS: dict[str, tuple[int, int]] = {
    name: function.arguments for name, function in known_functions.FUNCTIONS.items()}
"""Function -> fewest and most arguments; what else is known of it stands in `known_functions`."""

_SECOND = {name: function.second for name, function in known_functions.FUNCTIONS.items() if function.second}

PARTLY_REAL = frozenset(name for name, function in known_functions.FUNCTIONS.items() if function.has_gaps)
"""Functions that have no real value for whole intervals of numbers."""

Path = tuple[int, ...]
"""A place in a tree: which of the args to go to at each node. Equal parts are one object in several places."""

OPEN = frozenset(("derivative", "at", "integral", "limit"))
"""Heads of what is still to be worked out."""

_NOTHING: frozenset[str] = frozenset()


class _Slots:
    """A node while it is being made: it becomes an Expression, which cannot be changed, by changing its class."""

    __slots__ = ("__weakref__", "args", "free", "head", "size", "value")

    head: str
    args: tuple[Expression, ...]
    value: Any
    free: frozenset[str]
    size: int


class Expression(_Slots, Displayed):
    """A node of the tree; made by the functions of this module and never changed.

    head: what it is; args: its parts, in written order; value: what a leaf or a marked node carries;
    free: the names its value depends on; size: numbers, names and operators, brackets and `*` not counted.
    `str(node)` is text that parses back to the very same node.
    """

    __slots__ = ()

    def __init__(self) -> None:
        raise TypeError("expressions are made by tutor.parse and by the functions of tutor.expression.tree")

    def __setattr__(self, attribute: str, value: object) -> None:
        raise AttributeError("expressions are immutable")

    def __str__(self) -> str:
        from tutor.expression.write import write

        return write(self)

    def __repr__(self) -> str:
        if self.size > SIGNS:
            return f"<Expression of {self.size:,} symbols>"
        text = str(self)
        return f"<Expression {text if len(text) <= 200 else text[:197] + '...'}>"

    def __reduce__(self) -> tuple[Callable[[str], Expression], tuple[str]]:
        from tutor.expression.parse import read_back

        return read_back, (str(self),)

    def __copy__(self) -> Expression:
        return self

    def __deepcopy__(self, memo: object) -> Expression:
        return self


# (head, value, args) -> weak reference. A dead entry stays until the next sweep, and its key holds what the node was
# made of. Sweeping when the table has doubled costs a constant time per node and, unlike a callback per reference,
# nothing while nodes are made and dropped.
_table: dict[tuple[str, Any, tuple[Expression, ...]], ref[Expression]] = {}

_FEWEST = 20_000  # entries made between two sweeps
_LARGE = 10_000  # size of a node whose death is heard of


class _NextSweep:
    """When to sweep: as soon as the table has so many entries."""

    def __init__(self) -> None:
        self.after(0)

    def after(self, alive: int) -> None:
        """A sweep has left so many."""
        self.entries, self.soonest = alive + max(_FEWEST, alive), alive + max(_FEWEST, alive // 16)

    def lose(self, size: int, _: ref[Expression]) -> None:
        """A large node has died, and with it much of what the last sweep found alive: sweep sooner."""
        self.entries = max(self.soonest, self.entries - 2 * size)


_next_sweep = _NextSweep()


def _sweep() -> None:
    while len(dead := [key for key, reference in _table.items() if reference() is None]) > len(_table) // 8:
        alive = {key: reference for key, reference in _table.items() if reference() is not None}
        dead.clear()
        _table.clear()
        _table.update(alive)  # unlike deleting, this gives back the room
    while dead:  # few, but perhaps one below the other
        key = dead.pop()
        reference = _table.get(key)
        if reference is not None and reference() is None:
            del _table[key]
            # The key of a dead parent held its children alive: they may be dead as soon as it is gone.
            dead.extend([(child.head, child.value, child.args) for child in key[2]])
    _next_sweep.after(len(_table))


def node(head: str, args: tuple[Expression, ...], value: Any = None) -> Expression:
    """The node with this head, these args and this value: the one that exists, or a new one."""
    key = (head, value, args)
    reference = _table.get(key)
    if reference is not None:
        found = reference()
        if found is not None:
            return found
    blank = _Slots()
    blank.head, blank.args, blank.value = head, args, value
    size = _OPERATOR_SIZE.get(head, 1)
    if args:
        free = args[0].free if head != "indexed" else args[0].free | {value}
        for arg in args:
            size += arg.size
            if arg.free is not free and not arg.free <= free:
                free = free | arg.free
        if head == "sum":
            size += len(args) - 1
            for arg in args[1:]:
                if arg.head == "negation":  # "a - b" is one operator, not two
                    size -= 1
        elif head in _BINDERS:
            free = _free_of_binder(head, args)
    else:
        free = frozenset((value,)) if head == "name" else _NOTHING
    blank.free, blank.size = free, size
    blank.__class__ = Expression
    made = cast(Expression, blank)
    if len(_table) >= _next_sweep.entries:
        _sweep()
    _table[key] = ref(made) if size < _LARGE else ref(made, partial(_next_sweep.lose, size))
    return made


_OPERATOR_SIZE = {"product": 0, "sum": 0}
_BINDERS = {"integral", "at", "application", "limit", "finite_sum"}


def _free_of_binder(head: str, args: tuple[Expression, ...]) -> frozenset[str]:
    if head == "application":
        return args[0].free
    if head in ("at", "limit"):
        body, variable, point = args
        return (body.free - variable.free) | point.free
    free = args[0].free
    if len(args) == 4 or head == "finite_sum":
        return (free - args[1].free).union(*[bound.free for bound in args[2:]])
    return free | args[1].free


_names: dict[str, Expression] = {}


def name(text: str) -> Expression:
    """The name `text`, such as x, theta or w_2. `e`, `pi` and `i` are constants, not names."""
    found = _names.get(text)
    if found is None:
        found = node("name", (), sys.intern(text))
        if len(text) <= 6 and len(_names) < 1000:  # names are few and wanted for ever
            _names[text] = found
    return found


def number(value: int | Fraction) -> Expression:
    """The number `value` >= 0, an integer or a fraction whose decimals end (its denominator has only 2 and 5 in it)."""
    if value.__class__ is not int and value.denominator == 1:
        value = value.numerator
    return node("number", (), value)


def constant(text: str) -> Expression:
    return node("constant", (), text)


ZERO, ONE, TWO = number(0), number(1), number(2)
E, PI, I, INFINITY = constant("e"), constant("pi"), constant("i"), constant("infinity")  # noqa: E741


def is_terminating(value: Fraction) -> bool:
    """Whether the decimals of `value` end, so that it can be written as one number."""
    denominator = value.denominator
    for prime in (2, 5):
        while denominator % prime == 0:
            denominator //= prime
    return denominator == 1


def rational(value: int | Fraction) -> Expression:
    """`value` as the notation writes it: a number, a quotient of two, or the negation of either."""
    if value < 0:
        return node("negation", (rational(-value),))
    if value.denominator == 1:
        return node("number", (), int(value))
    return node("quotient", (node("number", (), value.numerator), node("number", (), value.denominator)))


def decimal(value: float) -> Expression:
    """A float as the decimal that Python prints for it, negative ones as negations: 0.1 is 0.1."""
    size = number(Fraction(repr(abs(value))))
    return node("negation", (size,)) if value < 0 else size


def add(*terms: Expression) -> Expression:
    """The sum of the terms as one n-ary node; of one term that term, of none 0."""
    return node("sum", terms) if len(terms) > 1 else terms[0] if terms else ZERO


def multiply(*factors: Expression) -> Expression:
    """The product of the factors as one n-ary node; of one factor that factor, of none 1."""
    return node("product", factors) if len(factors) > 1 else factors[0] if factors else ONE


def negate(operand: Expression) -> Expression:
    return node("negation", (operand,))


def divide(numerator: Expression, denominator: Expression) -> Expression:
    return node("quotient", (numerator, denominator))


def power(base: Expression, exponent: Expression) -> Expression:
    return node("power", (base, exponent))


def call(function: str, *args: Expression) -> Expression:
    """A known function applied; `log` of one argument is `ln`, and `huber` of one has the usual second one."""
    if function == "log" and len(args) == 1:
        function = "ln"
    elif len(args) == 1 and function in _SECOND:
        args = (*args, number(Fraction(_SECOND[function])))
    return node(function, args)


def indexed(letter: str, *indices: Expression) -> Expression:
    """One part of the list `letter`: x_i with one index, W_{ij} with two."""
    return node("indexed", indices, sys.intern(letter))


def finite_sum(body: Expression, index: Expression, lower: Expression, upper: Expression) -> Expression:
    """The sum of the body over index = lower, lower + 1, ..., upper; 0 if upper is below lower."""
    return node("finite_sum", (body, index, lower, upper))


def same(left: Expression, right: Expression) -> Expression:
    """1 if two indices are the same and 0 if not: Kronecker's delta."""
    return node("same", (left, right))


def derivative(body: Expression, variable: Expression, order: Expression = ONE, symbol: str = "d") -> Expression:
    return node("derivative", (body, variable, order), symbol)


def as_tuple(parts: Iterable[Expression]) -> Expression:
    """The one part, or all of them as a tuple."""
    first, *others = parts
    return node("tuple", (first, *others)) if others else first


def rebuilt(old: Expression, args: tuple[Expression, ...]) -> Expression:
    """`old` with other args: `old` itself if they are the same."""
    return old if args == old.args else node(old.head, args, old.value)


def postorder(roots: Iterable[Expression]) -> Iterator[Expression]:
    """Every node below the roots once, args before the node that has them."""
    seen: set[Expression] = set()
    for root in roots:
        stack: list[Any] = [root]  # nodes, and a None upon each node that is ready when its turn comes again
        while stack:
            current = stack.pop()
            if current is None:
                yield stack.pop()
            elif current not in seen:
                seen.add(current)
                if current.args:
                    stack += (current, None)
                    stack += current.args[::-1]
                else:
                    yield current


def names_in_order(root: Expression) -> list[Expression]:
    """The free names of an expression, each once, in the order in which they first stand in it."""
    found: dict[Expression, None] = {}
    seen: set[Expression] = set()
    stack = [root]
    while stack:
        part = stack.pop()
        if part in seen:
            continue
        seen.add(part)
        if part.head == "name" and part.value in root.free:
            found[part] = None
        stack.extend(reversed(part.args))
    return list(found)


def occurs(wanted: Expression, root: Expression, without: set[Expression]) -> bool:
    """Whether a node is a part of `root`. without: parts in which it is not; what is found to be one is added."""
    return _has(lambda part: part is wanted, root, without)


def has_head(head: str, root: Expression, without: set[Expression]) -> bool:
    """Whether a part of `root` has this head; `without` as for `occurs`."""
    return _has(lambda part: part.head == head, root, without)


def _has(fits: Callable[[Expression], bool], root: Expression, without: set[Expression]) -> bool:
    if root in without:
        return False
    stack, seen = [root], {root}
    while stack:
        part = stack.pop()
        if fits(part):
            return True
        fresh = [arg for arg in part.args if arg not in seen and arg not in without]
        seen.update(fresh)
        stack += fresh
    without |= seen
    return False


def outermost(root: Expression, heads: frozenset[str]) -> list[Expression]:
    """The parts of `root` with one of these heads that stand in no other such part, in written order, each once."""
    found: dict[Expression, None] = {}
    seen: set[Expression] = set()
    stack = [root]
    while stack:
        current = stack.pop()
        if current in seen:
            continue
        seen.add(current)
        if current.head in heads:
            found[current] = None
        else:
            stack.extend(reversed(current.args))
    return list(found)


def replace(root: Expression, changes: Mapping[Expression, Expression]) -> Expression:
    """`root` with every node that is a key of `changes` replaced, outermost first; nothing is replaced inside."""
    done: dict[Expression, Expression] = dict(changes)
    stack = [root]
    while stack:
        current = stack[-1]
        if current in done:
            stack.pop()
            continue
        waiting = [arg for arg in current.args if arg not in done]
        if waiting:
            stack.extend(waiting)
            continue
        stack.pop()
        done[current] = rebuilt(current, tuple([done[arg] for arg in current.args]))
    return done[root]


def substitute(root: Expression, text: str, value: Expression) -> Expression:
    """`root` with the free name `text` replaced by `value`; parts without that name are not visited.

    A name that is bound (`at (u = ...)`, the variable of a limit or of a definite integral, the index of a sum) is left
    alone. Where the value has the letter of an index in it, that index gets another name first: with k for i,
    sum_k x_i*y_k becomes sum_j x_k*y_j. Nothing takes the place of the letter of a list.
    """
    if text not in root.free:
        return root
    variable = name(text)
    done: dict[Expression, Expression] = {variable: value}
    stack = [root]
    while stack:
        current = stack[-1]
        if current in done:
            stack.pop()
            continue
        if _captures(current, variable, value):
            other = with_other_index(current, value.free)
            if other not in done:
                stack.append(other)
            else:
                done[current] = done[other]
            continue
        bound = _bound_positions(current, variable)
        waiting = [
            arg for index, arg in enumerate(current.args)
            if index not in bound and text in arg.free and arg not in done
        ]
        if waiting:
            stack.extend(waiting)
            continue
        stack.pop()
        done[current] = rebuilt(
            current,
            tuple([arg if index in bound else done.get(arg, arg) for index, arg in enumerate(current.args)]),
        )
    return done[root]


def _captures(current: Expression, variable: Expression, value: Expression) -> bool:
    """Whether the index of a sum would bind a letter of the value that is put in for a variable."""
    return current.head == "finite_sum" and current.args[1] is not variable and (
        current.args[1].value in value.free and variable.value in current.args[0].free)


INDICES = "ijklpqrsm"
"""What books call an index, in the order in which they take them; m last, since it is more often a size."""


def unused_index(taken: Container[str]) -> Expression:
    """A letter for an index that is not taken: i, j, k and so on."""
    number = 0
    while True:
        for letter in INDICES:
            found = f"{letter}{number or ''}"
            if found not in taken:
                return name(found)
        number += 1


def with_other_index(total: Expression, avoided: Set[str]) -> Expression:
    """A finite sum with its index called by a letter that occurs neither in it nor among those to be avoided."""
    body, index, lower, upper = total.args
    taken = {part.value for part in postorder(total.args) if part.head in ("name", "indexed")} | avoided
    other = unused_index(taken)
    return finite_sum(substitute(body, index.value, other), other, lower, upper)


def _bound_positions(current: Expression, variable: Expression) -> tuple[int, ...]:
    if current.head in ("at", "limit") and current.args[1] is variable:
        return (0, 1)
    binds = current.head == "finite_sum" or (current.head == "integral" and len(current.args) == 4)
    if binds and current.args[1] is variable:
        return (0, 1)
    return ()
