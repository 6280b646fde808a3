"""The value of an expression at a point, without any rule of calculus.

A `Table` holds the values of expressions at one place. Tables are stacked: the lowest gives every name a number; one
above it makes one name vary (a direction: x becomes x + ε, values become jets) or binds it (u becomes the value of the
point of an `at`, the variable of an integral a sample). A table holds only the nodes that depend on its own name; for
the others its parent is asked. So d/dx [body] is looked up in the x-direction of the table at hand, and all derivatives
of all steps share that direction.

    table = lowest_table(REAL, {"x": 2.0}.get)
    value_of(table, parse("d/dx x^3"))              # 12.0

A node without a value is `Undefined`, and so is every node that contains it. Nothing recurses over the tree; Python's
stack grows only where a derivative, `at` or integral stands inside another, and that is bounded.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from fractions import Fraction
from zlib import crc32

from tutor.expression.names import DIAGONAL
from tutor.expression.piecewise import PIECEWISE, Case, cases_in
from tutor.expression.relations import COMPARISONS
from tutor.expression.tree import INFINITY, Expression, name
from tutor.oracle.functions import apply, is_blank, side
from tutor.oracle.heads import ARITHMETIC
from tutor.oracle.jets import Jet, Value, derivative_of_jet, levels
from tutor.oracle.quadrature import NotConverged
from tutor.oracle.table import MOST_COEFFICIENTS, Reason, Table, Undefined

MOST_NESTED = 50
"""Tables in use at one time: derivatives, `at` and integrals inside each other."""

MOST_SAMPLES = 12_000
"""Evaluations of integrands for one value; of an integral in an integral eight times, in mpmath's numbers ten times."""

MOST_SAMPLING, _PRECISE_SAMPLE, _OUTER_SAMPLE = 4_000_000, 40, 8
"""Evaluations of integrands for one question, each counted by its digits, and more if it is not inside another one."""


def value_of(table: Table, node: Expression) -> Value:
    """The value of `node`, in terms of the directions of `table`. Raises Undefined."""
    while table.parent is not None and table.variable not in node.free:
        table = table.parent
    found = table.values.get(node)
    if found is None:
        effort = table.effort
        if effort.nested == 0:
            effort.samples = 0
        effort.nested += 1
        try:
            found = _fill(table, node)
        finally:
            effort.nested -= 1
    if found.__class__ is Undefined:
        raise Undefined(found.reason)
    return found


NO_VALUE_YET = "a sum or a list has a value only when it is written out, with numbers for its bounds and sizes"

MOST_WORK = 2_500_000
"""Operations for one question, each counted by the coefficients and the digits of its values."""

_CHEAP = 16
"""Arguments that are multiplied or added in the time that entering a value takes."""

# Where the args begin that are evaluated in the table at hand; those before are names and bodies, or the cases of a
# piecewise node, of which only the one that counts needs a value.
_FIRST_OPERAND = {"derivative": 3, "at": 2, "integral": 2, "limit": 3, "finite_sum": 4, "indexed": 4, "same": 2,
                  PIECEWISE: sys.maxsize}


def _operands(node: Expression, first: int) -> tuple[Expression, ...]:
    """What is evaluated before a node: its args without names and bodies, and without infinity as an end of a range."""
    return tuple([arg for arg in node.args[first:] if not (node.head == "integral" and infinite_side(arg))])


def infinite_side(end: Expression) -> int:
    """1 for infinity, -1 for minus infinity, 0 for everything else."""
    if end is INFINITY:
        return 1
    return -1 if end.head == "negation" and end.args[0] is INFINITY else 0


def _fill(table: Table, root: Expression) -> Value:
    """Enter the values of `root` and of all that it needs into the table."""
    values, parent, variable = table.values, table.parent, table.variable
    finite, noise = table.numbers.finite, table.numbers.noise
    effort, cost, long = table.effort, table.cost, table.coefficients > 2
    stack = [root]
    opened: list[Expression] = []  # nodes that wait for their args: exactly the ancestors of the current one
    node = root
    try:
        if effort.nested > MOST_NESTED:
            raise Undefined("derivatives, integrals and substitutions are nested too deeply")
        while stack:
            node = stack[-1]
            if node in values:
                stack.pop()
                continue
            inputs: list[Value] = []
            waits = False
            first = _FIRST_OPERAND.get(node.head)
            for arg in node.args if first is None else _operands(node, first):
                found = values.get(arg)
                if found is None:
                    if parent is None or variable in arg.free:
                        waits = True
                        stack.append(arg)
                        continue
                    found = parent.values.get(arg)
                    if found is None:
                        found = value_of(parent, arg)
                if found.__class__ is Undefined:
                    raise Undefined(found.reason)
                inputs.append(found)
            if waits:
                opened.append(node)
                continue
            if long:  # series: a function of one takes a series of products of series
                effort.work += cost * (table.coefficients if len(inputs) == 1 else len(inputs) + 1)
            else:
                effort.work += cost + len(inputs) * cost // _CHEAP
            if effort.work > MOST_WORK:
                raise Undefined("the expressions are too large to be evaluated at enough points")
            value = _HANDLERS[node.head](table, node, inputs)
            if value.__class__ is float:
                if value - value != 0.0:  # infinite or nan; faster than isfinite
                    raise OverflowError
            elif value.__class__ is not Jet and not finite(value):
                raise OverflowError
            if noise and node.args:
                value = value * (1 + noise * (len(values) % 1000))
            values[node] = value
            stack.pop()
            if opened and opened[-1] is node:
                opened.pop()
    except (Undefined, ArithmeticError, ValueError) as error:
        nothing = Undefined(error.reason if isinstance(error, Undefined) else "")
        for each in (*opened, node):
            values[each] = nothing
    return values[root]


def again(table: Table, node: Expression, inputs: list[Value]) -> Value:
    """What the value of a node would be if its args had these values."""
    return _HANDLERS[node.head](table, node, inputs)


def _name(table: Table, node: Expression, inputs: list[Value]) -> Value:
    number = table.number_of(node.value)
    if number is None:
        raise Undefined(f"{node.value} has no value")
    return table.numbers.convert(number)


def _application(table: Table, node: Expression, inputs: list[Value]) -> Value:
    """An unknown function: a·sin(b·t + c) + d·t² + 2, with constants that depend on its name alone."""
    letter, primes = node.value
    if not inputs:
        raise Undefined(f"{letter}{chr(39) * primes} is an unknown function")
    if table.coefficients * (primes + 1) > MOST_COEFFICIENTS:
        raise Undefined("derivatives are nested too deeply")
    numbers, argument = table.numbers, inputs[0]
    zero = numbers.convert(0)
    if primes:
        argument = Jet(table.level + 1, (argument, numbers.convert(1), *[zero] * (primes - 1)))
    code = crc32(letter.encode())
    a, b, c, d = [numbers.convert(Fraction(300 + (code >> shift) % 900, 1000)) for shift in (0, 7, 14, 21)]
    value = a * apply(numbers, "sin", b * argument + c) + d * argument * argument + 2
    return derivative_of_jet(value, table.level + 1, primes, 0, zero) if primes else value


def _defined(table: Table, node: Expression, inputs: list[Value]) -> Value:
    """A defined function: the value of what it stands for, never of what somebody says its slope is."""
    return value_of(table.bind(name(node.value.variable), inputs[0]), node.value.body)


def _direction(table: Table, variable: Expression, order: int) -> Table:
    """The table above this one in which `variable` is its value here plus ε, up to the power `order` of ε."""
    key = (variable.value, order)
    found = table.directions.get(key)
    if found is None:
        here = value_of(table, variable)
        found = Table(table.numbers, table, variable.value, order)
        one, zero = table.numbers.convert(1), table.numbers.convert(0)
        found.values[variable] = Jet(found.level, (here, one, *[zero] * (order - 1)))
        table.directions[key] = found
    return found


def order_of(order: Expression) -> int:
    """How often is differentiated. Raises Undefined where that is no number, as in d^n/dx^n."""
    if order.head != "number" or order.value.__class__ is not int:
        raise Undefined("the order of a derivative is not a number")
    return int(order.value)


def _derivative(table: Table, node: Expression, inputs: list[Value]) -> Value:
    body, variable, order = node.args
    times, zero = order_of(order), table.numbers.convert(0)
    if times == 0:
        return value_of(table, body)
    if table.order and table.variable == variable.value and table.parent is not None:
        # already in this direction: the same series, known further, moved down
        value = value_of(_direction(table.parent, variable, table.order + times), body)
        return derivative_of_jet(value, table.level, times, table.order, zero)
    value = value_of(_direction(table, variable, times), body)
    return derivative_of_jet(value, table.level + 1, times, 0, zero)


def _at(table: Table, node: Expression, inputs: list[Value]) -> Value:
    body, variable, _ = node.args
    return value_of(table.bind(variable, inputs[0]), body)


def _piecewise(table: Table, node: Expression, inputs: list[Value]) -> Value:
    """The value of the case that counts. Where no case does there is none."""
    case = case_that_counts(table, node)
    if case is None:
        raise ValueError("no case holds")
    return value_of(table, case.value)


def case_that_counts(table: Table, node: Expression) -> Case | None:
    """The first case of a piecewise node whose condition holds. Raises ValueError for a jet at a joint, whose two sides
    may differ, and Undefined where a side of a condition has no value."""
    for case in cases_in(node):
        if all(_holds(table, relation) for relation in case.relations):
            return case
    return None


def _holds(table: Table, relation: Expression) -> bool:
    left, right = [value_of(table, arg) for arg in relation.args]
    gap = left - right
    if is_blank(gap):
        raise Undefined(Reason.ALL_TERMS_ZERO)
    return COMPARISONS[relation.value](side(table.numbers, "a comparison", gap), 0)


def _integral(table: Table, node: Expression, inputs: list[Value]) -> Value:
    """A definite integral by quadrature; an indefinite one is known up to a constant, which is nan.

    So where its variable varies it is a jet that begins with nan, and all that does not depend on the constant, its
    derivative above all, comes out as a number.
    """
    body, variable = node.args[:2]
    if len(node.args) == 4:
        from tutor.oracle.definite import definite_integral  # which needs the values of this module

        return definite_integral(table, node, inputs)
    place = value_of(table, variable)
    others = [value_of(table, name(letter)) for letter in body.free if letter != variable.value]
    if place.__class__ is not Jet:
        if table.level and not any(value.__class__ is Jet for value in others):  # as at relu(x) left of 0
            return table.numbers.convert(float("nan"))
        raise Undefined("an indefinite integral has a value only up to a constant")
    taken = {level for value in others for level in levels(value)}
    return _antiderivative(value_of(table, body), place, taken, table.numbers.convert(float("nan")))


def _antiderivative(rate: Value, place: Value, taken: set[int], unknown: Value) -> Value:
    """The jet of an antiderivative at `place`, given the jet of its integrand there.

    taken: directions in which something else in the integrand varies; if the place varies in one of them, too, the
    derivative of the integral is not its integrand times that of the place.
    """
    of_rate, of_place = (value.level if value.__class__ is Jet else 0 for value in (rate, place))
    if of_place < of_rate:
        return Jet(of_rate, tuple([_antiderivative(each, place, taken, unknown) for each in rate.coefficients]))
    if not of_place:
        return unknown
    if of_place in taken:
        raise Undefined("the integrand depends on what is put in for its variable")
    moved = place.coefficients
    known = rate.coefficients if of_rate == of_place else (rate, *[0 * rate] * (len(moved) - 1))
    start = _antiderivative(known[0], moved[0], taken, unknown)
    return Jet(of_place, (start, *[sum([j * moved[j] * known[k - j] for j in range(1, k + 1)]) / k
                                   for k in range(1, len(moved))]))


def _limit(table: Table, node: Expression, inputs: list[Value]) -> Value:
    raise Undefined("the value of a limit could not be found")


def _of_lists(table: Table, node: Expression, inputs: list[Value]) -> Value:
    raise Undefined(NO_VALUE_YET)


def sampled(table: Table, body: Expression, variable: Expression, sample: Value) -> Value:
    """The integrand at `sample`. Raises ValueError outside its domain, which an integral may touch at its ends."""
    effort = table.effort
    effort.samples += 1
    if effort.samples > MOST_SAMPLES * (10 if table.numbers.digits > 15 else 8 if effort.integrals else 1):
        raise NotConverged
    weight = _PRECISE_SAMPLE if table.numbers.digits > 15 else 1
    effort.sampling += weight * (1 if effort.integrals else _OUTER_SAMPLE)
    if effort.sampling > MOST_SAMPLING:
        raise Undefined(Reason.TOO_MANY_SAMPLES)
    effort.integrals += 1
    try:
        return value_of(table.bind(variable, sample), body)
    except Undefined as error:
        if error.reason:
            raise
        raise ValueError("outside the domain of the integrand") from None
    finally:
        effort.integrals -= 1


_HANDLERS: dict[str, Callable[[Table, Expression, list[Value]], Value]] = {
    **ARITHMETIC,
    "name": _name, "application": _application, "defined": _defined, "derivative": _derivative, "at": _at,
    "integral": _integral, "limit": _limit, "finite_sum": _of_lists, "indexed": _of_lists, "same": _of_lists,
    "entrywise": _of_lists, DIAGONAL: _of_lists,
    PIECEWISE: _piecewise,
}  # fmt: skip
