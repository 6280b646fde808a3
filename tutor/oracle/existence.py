"""Does a derivative exist at a point? The answer comes from numbers on both sides, without any rules.

    existence_of(parse("d/dx [abs(x)] at x = 0")).finding       # kind "kink", left -1, right 1
    existence_of(parse("d/dx [x*abs(x)] at x = 0")).values      # [0]

A function has a derivative at a point where it has a real value there and on both sides, where it does not jump, and
where its slopes on both sides are the same number. `germs` says what it does on either side.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import lru_cache, partial
from typing import Any, Literal, NamedTuple

from tutor.expression.piecewise import PIECEWISE
from tutor.expression.relations import COMPARISONS
from tutor.expression.text import Text
from tutor.expression.tree import ONE, Expression, I, derivative, node, number, postorder, substitute
from tutor.oracle.evaluate import MOST_NESTED, case_that_counts, order_of, value_of
from tutor.oracle.finding import Finding, unknown_functions
from tutor.oracle.germs import GERMS, Germ, Ramified, variable_at
from tutor.oracle.points import EXTREME_POINTS, REAL_POINTS, Point
from tutor.oracle.sure import Twin, recognized, sign
from tutor.oracle.table import Reason, Table, Undefined, lowest_table

PLACES = 24
"""Points of the list at which the other letters are given numbers; those far out and close to 0 come after."""

ENOUGH = 4
"""So many of them where there is a derivative are compared."""

MOST_TERMS, MOST_DEGREE, MOST_WORK = 40, 24, 300_000
"""Terms of a series over its degree; the degree, which roots raise; multiplications of terms for one problem."""

TOO_LARGE = "the expression is too large to be examined from both sides"


class Existence(NamedTuple):
    """What was found about a problem with points in it.

    outcome: with letters, "exists" if it does for some numbers; so is what nothing speaks against, then without values;
    finding: for "missing"; reason: for "undecided", in words; values: for "exists", the value of the problem at
    places where there is one; numbers: the numbers of its letters there.
    """

    outcome: Literal["exists", "missing", "undecided"]
    finding: Finding | None = None
    reason: str = ""
    values: tuple[Any, ...] = ()
    numbers: tuple[Callable[[str], Any], ...] = ()

    @property
    def text(self) -> Text:
        """Why there is no value, or why that could not be decided; without a full stop."""
        return Text(self.reason, {}) if self.finding is None else self.finding.text

    @property
    def value(self) -> Fraction | None:
        """The value of the problem where it is one fraction."""
        found = {recognized(value) for value in self.values}
        return found.pop() if len(found) == 1 else None

    def others(self, expression: Expression) -> list[Any] | None:
        """The values of an expression at the same places; None if it has none at one of them."""
        found = [sure_value(expression, number_of) for number_of in self.numbers]
        return None if any(value is None for value in found) else found

    def agrees(self, expression: Expression) -> bool:
        """Whether an expression has the value of the problem at all places, and there are some."""
        others = self.others(expression)
        return bool(others) and others is not None and all(
            gap(value, other) == 0 for value, other in zip(self.values, others, strict=True))


def sure_value(expression: Expression, number_of: Callable[[str], Any]) -> Any:
    """The value with these numbers, fractions, for its letters; None where it has none, or none that is sure."""
    try:
        return _Examination(expression).value(lowest_table(GERMS, number_of))
    except (Undefined, _Missing):
        return None


def empty_table() -> Table:
    """A table for numbers alone, in which no letter has a value."""
    return lowest_table(GERMS, lambda name: None)


def has_no_value(expression: Expression) -> bool:
    """Whether an expression without letters surely has no real value; False also where that is not clear."""
    try:
        value_of(empty_table(), expression)
    except Undefined as undefined:
        return not undefined.reason
    return False


def holds_there(relation: Expression, table: Table | None = None) -> bool | None:
    """Whether a relation between numbers holds; None where it has letters, or a side has no value that is known.

    table: an `empty_table` that was used for others, which saves time where relations share their parts.
    """
    if relation.free or unknown_functions(relation):
        return None
    table = table or empty_table()
    try:
        left, right = [_Examination(side).value(table) for side in relation.args]
        found = sign(left - right)
    except (Undefined, _Missing):
        return None
    return COMPARISONS[relation.value](found, 0)


def tends_to_its_value(function: Expression, variable: Expression, point: Expression, side: int) -> bool | None:
    """Whether a function of one letter tends to its value at a point from the left (-1) or from the right (1): it does
    not where it jumps. None where it has no values on that side, or where this is not known."""
    table = empty_table()
    try:
        here = table.bind(variable, value_of(table, point))
        tends = _limit(_Examination(function).side(here, function, variable, point, side, 0)[0])
        return tends is not None and sign(tends - value_of(here, function)) == 0
    except (Undefined, _Missing):
        return None


def gap(value: Any, other: Any) -> float:
    """How far two numbers are apart, measured by the first one if that is large; 0 if they are the same."""
    try:
        return 0.0 if sign(value - other) == 0 else abs(float(value - other)) / max(abs(float(value)), 1.0)
    except (Undefined, OverflowError):
        return float("nan")


class _Missing(Exception):
    def __init__(self, finding: Finding) -> None:
        super().__init__(finding)
        self.finding = finding


def has_point(expression: Expression, without: set[Expression] | None = None) -> bool:
    """Whether something in an expression is asked for at a point that is a number.

    without: parts in which nothing is; what is found to be one is added.
    """
    without = set() if without is None else without
    stack, seen = [expression], {expression}
    while stack:
        part = stack.pop()
        if part.head == "at" and not part.args[2].free:
            return True
        fresh = [arg for arg in part.args if arg.args and arg not in seen and arg not in without]
        seen.update(fresh)
        stack.extend(fresh)
    without |= seen
    return False


def is_left_alone(expression: Expression) -> bool:
    """Whether there are integrals or complex numbers in it, of which nothing is found here."""
    return any(part.head in ("integral", "ellipsis") or part is I for part in postorder([expression]))


@lru_cache(maxsize=256)
def existence_of(problem: Expression) -> Existence:
    """Whether every derivative at a point that the problem asks for exists, and with it a value of the whole.

    Integrals and complex numbers are left alone.
    """
    if is_left_alone(problem):
        return Existence("exists")
    reason = ""
    missing: list[Finding] = []
    values: list[Any] = []
    numbers: list[Callable[[str], Any]] = []
    examination = _Examination(problem)
    for number_of in _places(problem):
        try:
            value = examination.value(lowest_table(GERMS, number_of))
        except _Missing as found:
            missing.append(found.finding)
            continue
        except Undefined as undecided:
            reason = undecided.reason
            if len(values) + len(missing) == 0:
                break  # another place would do no better
            continue
        values.append(value)
        numbers.append(number_of)
        if len(values) == ENOUGH:
            break
    if values:
        return Existence("exists", values=tuple(values), numbers=tuple(numbers))
    if missing and not reason:
        telling = [finding for finding in missing if finding.kind != "no_value"] or missing
        plain = next((each for each in (*telling, *missing) if not each.is_general), None)
        finding = plain or _in_general(telling)
        if finding.is_general and finding.kind in ("no_value", "one_side"):
            return Existence("exists")  # as far as is known: for other numbers there may be a value
        functions = unknown_functions(finding.part)
        if functions:
            return Existence("undecided", reason=f"nothing is known about {', '.join(functions)} there")
        return Existence("missing", finding)
    return Existence("undecided", reason=reason)


def _places(problem: Expression) -> Iterator[Callable[[str], Any]]:
    """Numbers for the letters of the problem; one place is enough where there are none."""
    indices = (*range(PLACES), *range(REAL_POINTS, REAL_POINTS + EXTREME_POINTS))
    for index in indices if problem.free else indices[:1]:
        yield partial(_number_at, Point(index, True))


def _number_at(place: Point, name: str) -> Fraction:
    return Fraction(str(place.number_of(name)))


def _in_general(findings: list[Finding]) -> Finding:
    """One finding for all places: without the numbers that differ from place to place."""
    first = findings[0]
    for other in findings[1:]:
        if (other.left, other.right) != (first.left, first.right):
            return first._replace(left=None, right=None)
    return first


class _Examination:
    """A look at a problem, with numbers for its letters; `work` counts what all looks at it took.

    Every derivative at a point is examined, innermost first; its value is entered into the table that would be asked
    for it, so that what stands around it is computed from what was seen from both sides.
    """

    def __init__(self, problem: Expression) -> None:
        self.problem = problem
        self.work = self.nested = 0

    def value(self, table: Table) -> Any:
        self.nested = 0
        self.settle(table, self.problem, {})
        return self.defined(table, self.problem, None, {})

    def settle(self, table: Table, root: Expression, points: dict[str, Expression]) -> None:
        """Examine what stands in `root`. points: the letters that have a point here, and these points."""
        self.nested += 1
        if self.nested > MOST_NESTED:
            raise Undefined("derivatives, integrals and substitutions are nested too deeply")
        self.settle_parts(table, root, points)
        self.nested -= 1

    def settle_parts(self, table: Table, root: Expression, points: dict[str, Expression]) -> None:
        for part in _outermost(root):
            home = _home(table, part)
            if part.head == "derivative":
                if part.args[1].value in points:
                    home.values[part] = self.slope(table, part, points)
                else:
                    self.settle(table, part.args[0], points)
                continue
            body, variable, point = part.args
            self.settle(table, point, points)
            there = point
            for letter, known in points.items():
                there = substitute(there, letter, known)
            inner = table.bind(variable, self.defined(table, point, None, points))
            within = {**points, variable.value: there}
            self.settle(inner, body, within)
            home.values[part] = self.defined(inner, body, variable, within)

    def defined(self, table: Table, expression: Expression, variable: Expression | None,
                points: dict[str, Expression]) -> Any:
        """The value of an expression. Raises _Missing if it has none."""
        try:
            return value_of(table, expression)
        except Undefined as nothing:
            if nothing.reason:
                raise
        part = _without_value(table, expression)
        if variable is None or variable.value not in part.free:
            named = next((letter for letter in points if letter in part.free), None)
            if named is None:
                raise _Missing(Finding("no_value", part))
            variable = next(each for each in postorder([part]) if each.head == "name" and each.value == named)
        raise _Missing(Finding("no_value", part, variable, points[variable.value]))

    def slope(self, table: Table, asked: Expression, points: dict[str, Expression]) -> Any:
        """The derivative of any order at the point of its variable, seen from both sides."""
        body, variable, order = asked.args
        times = order_of(order)
        while body.head == "derivative" and body.args[1] is variable:
            times, body = times + order_of(body.args[2]), body.args[0]
        self.settle(table, body, points)
        here = self.defined(table, body, variable, points)
        point = points[variable.value]
        sides = [self.side(table, body, variable, point, side, times) for side in (-1, 1)]
        for done in range(times):
            function = derivative(body, variable, number(done)) if done else body
            found = partial(Finding, part=function, variable=variable, point=point)
            limits = [_limit(germ) for germ, _ in sides]
            if any(limit is None or sign(limit - here) for limit in limits):
                raise _Missing(found("jump", left=_plain(limits[0]), right=_plain(limits[1])))
            left, right = [_slope(germ, degree, side) for (germ, degree), side in zip(sides, (-1, 1), strict=True)]
            if left is None or right is None:
                raise _Missing(found("steep"))
            if sign(left - right):
                raise _Missing(found("kink", left=_plain(left), right=_plain(right)))
            here = right
            sides = [(germ.slope(side, degree) if isinstance(germ, Germ) else Fraction(0), degree)
                     for (germ, degree), side in zip(sides, (-1, 1), strict=True)]
        return here

    def side(self, table: Table, function: Expression, variable: Expression, point: Expression, side: int,
             times: int) -> tuple[Any, int]:
        """What the function is on one side, known well enough to be differentiated so often, and the degree of t."""
        degree, terms, here = 1, times + 3, value_of(table, variable)
        while True:
            self.work += _weight(function) * (terms * degree) ** 2
            if self.work > MOST_WORK:
                raise Undefined(TOO_LARGE)
            beside = table.bind(variable, variable_at(here, side, degree, terms * degree))
            try:
                germ = value_of(beside, function)
            except Ramified as root:
                degree *= root.degree
                if degree > MOST_DEGREE:
                    raise Undefined("it has too many nested roots") from None
                continue
            except Undefined as nothing:
                if not nothing.reason:
                    raise _Missing(Finding("one_side", _without_value(beside, function), variable, point,
                                           "left" if side < 0 else "right")) from None
                if nothing.reason is not Reason.ALL_TERMS_ZERO:
                    raise
            else:
                if not isinstance(germ, Germ) or germ.end > times * degree or (germ.terms and germ.order < 0):
                    return germ, degree
            terms *= 3
            if terms > max(MOST_TERMS, 3 * (times + 3)):
                raise Undefined(Reason.ALL_TERMS_ZERO)


def _limit(germ: Any) -> Any:
    """What a germ tends to at the point; None if it grows without bound."""
    if not isinstance(germ, Germ):
        return germ
    return None if germ.terms and germ.order < 0 else germ.coefficient(0)


def _slope(germ: Any, degree: int, side: int) -> Any:
    """The slope of a germ at the point; None if it grows without bound."""
    if not isinstance(germ, Germ):
        return Fraction(0)
    steep = any(sign(germ.coefficient(power)) for power in range(1, degree))
    return None if steep else germ.coefficient(degree) * side


def _weight(function: Expression) -> int:
    """How much work the value of a function is: derivatives in it are series of series."""
    weight = function.size
    for part in postorder([function]):
        if part.head == "derivative":
            weight *= (order_of(part.args[2]) + 1) ** 3
    return weight


def _home(table: Table, node: Expression) -> Table:
    """The table that is asked for a node."""
    while table.parent is not None and table.variable not in node.free:
        table = table.parent
    return table


def _outermost(root: Expression) -> Iterator[Expression]:
    """Derivatives and `at` that stand in no other one."""
    stack, seen = [root], {root}
    while stack:
        part = stack.pop()
        if part.head in ("derivative", "at"):
            yield part
            continue
        fresh = [arg for arg in part.args if arg not in seen]
        seen.update(fresh)
        stack.extend(reversed(fresh))


def _without_value(table: Table, root: Expression) -> Expression:
    """The smallest part because of which an expression has no value.

    Of x/a with a = 0 it is 1/a: that holds for every x.
    """
    part = root
    while part.head != "at":
        without = None
        for arg in _looked_at(table, part):
            try:
                value_of(table, arg)
            except Undefined as nothing:
                if not nothing.reason:
                    without = arg
                    break
            except Ramified:  # a root has its series when it is asked for again, finer
                continue
        if without is None:
            top, bottom = part.args if part.head == "quotient" else (part, part)
            return node("quotient", (ONE, bottom)) if top.free - bottom.free else part
        part = without
    return part


def _looked_at(table: Table, part: Expression) -> tuple[Expression, ...]:
    """The args of a node that it needs: of a derivative the body, of cases the one that counts."""
    if part.head == "derivative":
        return part.args[:1]
    if part.head != PIECEWISE:
        return part.args
    case = case_that_counts(table, part)
    return () if case is None else (case.value,)


def _plain(value: Any) -> Fraction | float | None:
    if value is None:
        return None
    fraction = recognized(value)
    return float(value) if fraction is None and isinstance(value, Twin) else fraction
