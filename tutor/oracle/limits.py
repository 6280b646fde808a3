"""Comparing where limits and infinity occur: by numbers that come closer and closer to the place.

    compared(parse("lim_(x->0) sin(x)/x"), parse("1"), points, ()).outcome      # "checked"

Each side is worked out from the inside: limits by `approach`, and what is made of them by arithmetic, in which infinity
is where something goes that grows beyond all bounds: 3 + infinity is infinity, 1/infinity is 0, and infinity - infinity
is nothing that could be known.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from tutor.expression.relations import COMPARISONS
from tutor.expression.text import Text
from tutor.expression.tree import INFINITY, Expression, name, negate, node, number, postorder
from tutor.oracle.approach import DIGITS, NO_VALUES, UNKNOWN, WANDERS, Approach, Samples, approach
from tutor.oracle.balls import balls
from tutor.oracle.evaluate import value_of
from tutor.oracle.numbers import REAL, Numbers, precise
from tutor.oracle.points import Point
from tutor.oracle.table import Effort, Undefined, lowest_table

ENOUGH_OF_LIMITS, MOST_POINTS = 2, 8
"""Points at which both sides were worked out that settle a question with letters; points that are tried."""

LARGEST = 400
"""Size of a side: each of its values is taken with hundreds of digits, many times."""

_EXTREME = Fraction(2) ** 50
"""Numbers beyond this, or closer to 0 than its reciprocal, may decide only further out than is looked."""

_FURTHEST = 2**100
"""The same for numbers that are worked out, such as e^400: it is looked as far as about 2^128."""

_FEW_DIGITS = 30
_INFINITE = (INFINITY, negate(INFINITY))
_APART, _SAME = 1e-9, 1e-10
"""Relative differences: beyond the first the sides differ, below the second they agree."""

CLOSER = "both sides agree, by numbers closer and closer to the place"
TOO_SLOW = "the values neither settle nor grow clearly enough near the place"
TOO_LARGE = "the expression is too large to be followed closer and closer to a place"


def has_limit(expression: Expression, without: set[Expression] | None = None) -> bool:
    """Whether a limit occurs in an expression, or something is calculated with infinity.

    Infinity alone is no number, and neither is it one as a limit of an integral. without: parts in which there is
    nothing of the kind; what is found to be one is added.
    """
    without = set() if without is None else without
    if expression in _INFINITE:
        return False
    stack, seen = [expression], {expression}
    while stack:
        part = stack.pop()
        if part.head == "limit" or part is INFINITY:
            return True
        if part.head != "integral":
            fresh = [arg for arg in part.args if (arg.args or arg is INFINITY) and arg not in seen
                     and arg not in without]
            seen.update(fresh)
            stack += fresh
    without.update(seen)
    return False


class Seen:
    """What was found of two sides. verdict: "same", "apart" or "unknown"; left, right: what each comes to."""

    def __init__(self, left: Approach, right: Approach) -> None:
        self.left, self.right = left, right
        self.verdict = _verdict(left, right)

    def text(self, at: Sequence[Expression]) -> Text:
        """How the sides differ, in words; at: the numbers of the letters."""
        place = [part for each in at for part in (", ", each)]
        where = ["at ", *place[1:], " "] if place else []
        words = [Text.of("comes to ", _words(side)) if side.kind != "none" else finding(side)
                 for side in (self.left, self.right)]
        return Text.of(*where, "the left side ", words[0], ", the right side ", words[1])


def _verdict(left: Approach, right: Approach) -> str:
    kinds = {left.kind, right.kind}
    if kinds == {"none"} and left is right:
        return "same"  # also where both never settle
    if kinds == {"none"} and left.sides is not None and right.sides is not None:
        both = [_verdict(*pair) for pair in zip(left.sides, right.sides, strict=True)]
        return both[0] if both[0] == both[1] else "apart" if "apart" in both else "unknown"
    if "unknown" in kinds or kinds == {"none"}:
        return "unknown"
    if left.kind != right.kind or left.sign != right.sign:
        return "apart"
    if left.kind == "infinite":
        return "same"
    gap, size = abs(left.value - right.value), max(abs(left.value), abs(right.value))
    error = left.error + right.error
    if gap <= max(10 * error, _SAME * size):
        return "same"
    return "apart" if gap > 1000 * error and gap > _APART * size else "unknown"


def seen_at(left: Expression, right: Expression, number_of: Callable[[str], Any]) -> Seen:
    """What both sides come to with these numbers for their letters."""
    numbers = {text: _exact(number_of(text)) for text in left.free | right.free}
    seen = approached(left, numbers)
    return Seen(seen, seen if left is right else approached(right, numbers))


def holds_in_limits(relation: Expression, number_of: Callable[[str], Any]) -> bool:
    """Whether an = or != with a limit in it is seen to hold with these numbers for its letters."""
    left, right = relation.args
    return seen_at(left, right, number_of).verdict == ("same" if relation.value == "=" else "apart")


def compared_limits(left: Expression, right: Expression, assumptions: Sequence[Expression] = ()) -> str:
    """What numbers say of two sides at the first points where the assumptions hold: "same", "apart" or "unknown"."""
    for index in range(MOST_POINTS if left.free | right.free else 1):
        point = Point(index, real=True)
        try:
            if not all(_holds(point, each) for each in assumptions):
                continue
            seen = seen_at(left, right, point.number_of)
        except Undefined as undefined:
            if undefined.reason:
                return "unknown"
            continue
        if seen.verdict != "unknown":
            return seen.verdict
    return "unknown"


def _holds(point: Point, relation: Expression) -> bool:
    left, right = [value_of(point.table(REAL), side) for side in relation.args]
    return COMPARISONS[relation.value](left, right)


def has_no_values_near(limit: Expression) -> bool:
    """Whether the body of a limit has no real value at any place close to its target that was looked at, for none of
    the numbers that its other letters were given."""
    points = MOST_POINTS if limit.free else 1
    for index in range(points):
        point = Point(index, real=True)
        try:
            numbers = {text: _exact(point.number_of(text)) for text in limit.free}
            if _limit(limit, numbers, Effort()) is not NO_VALUES:
                return False
        except Undefined:
            return False
    return True


def _exact(value: Any) -> Fraction:
    if value.__class__ is complex:
        raise Undefined("limits are looked at for real numbers only")
    return Fraction(value)


def approached(expression: Expression, numbers: Mapping[str, Fraction]) -> Approach:
    """What an expression comes to, with limits and infinity in it. Raises Undefined with a reason."""
    if expression.size > LARGEST:
        raise Undefined(TOO_LARGE)
    effort = Effort()
    found: dict[Expression, Approach] = {}
    finite = lowest_table(precise(DIGITS, True), numbers.get, effort)
    stack = [expression]
    while stack:
        part = stack[-1]
        if part in found:
            stack.pop()
            continue
        waiting = [arg for arg in part.args if arg not in found] if _is_outer(part) else []
        if waiting:
            stack += waiting
            continue
        stack.pop()
        found[part] = seen = _of(part, [found.get(arg, UNKNOWN) for arg in part.args], numbers, effort, finite)
        if seen.kind == "finite":
            finite.values[part] = seen.value
    return found[expression]


def _is_outer(part: Expression) -> bool:
    """Whether a part has to be put together from its args: a limit or infinity stands in one of them."""
    return part.head not in ("limit", "at", "derivative", "integral") and bool(part.args) and any(
        arg in _INFINITE or has_limit(arg) for arg in part.args)


def _of(part: Expression, args: Sequence[Approach], numbers: Mapping[str, Fraction], effort: Effort,
        finite: Any) -> Approach:
    if part.head == "limit":
        return _limit(part, numbers, effort)
    if part is INFINITY:
        return Approach("infinite", sign=1)
    if not _is_outer(part) or all(arg.kind == "finite" for arg in args):
        try:
            value = value_of(finite, part)
        except Undefined as undefined:
            if undefined.reason:
                raise
            return UNKNOWN
        if not _is_outer(part):
            return Approach("finite", value, 0)
        if not _is_steady(part, args, value, effort):
            return UNKNOWN
        return Approach("finite", value, 1000 * sum(arg.error for arg in args))
    if any(arg.kind in ("unknown", "none") for arg in args):
        return _without_limit(part, args)
    infinite = [arg for arg in args if arg.kind == "infinite"]
    if len(infinite) == 1:
        return _far_out(part, args, effort)
    if part.head == "sum":
        return infinite[0] if len({arg.sign for arg in infinite}) == 1 else UNKNOWN
    if part.head == "product" and all(arg.kind == "infinite" or arg.value != 0 for arg in args):
        sign = 1
        for arg in args:
            sign *= arg.sign if arg.kind == "infinite" else 1 if arg.value > 0 else -1
        return Approach("infinite", sign=sign)
    if part.head == "power" and args[0].sign > 0:
        return Approach("infinite", sign=1) if args[1].sign > 0 else Approach("finite", finite.numbers.convert(0))
    return UNKNOWN


def _is_steady(part: Expression, args: Sequence[Approach], value: Any, effort: Effort) -> bool:
    """Whether what an operation comes to hardly changes within the errors of its args, as ln does not if its arg is
    known to be larger than 0, and not only to be as good as 0."""
    letters = [name(f"v_{index}") for index in range(len(args))]
    varied = node(part.head, tuple(letters), part.value)
    known = {letter.value: arg.value for letter, arg in zip(letters, args, strict=True)}
    numbers = precise(DIGITS, True)
    for letter, arg in zip(letters, args, strict=True):
        for error in (arg.error, -arg.error) if arg.error else ():
            here = {**known, letter.value: arg.value + error}
            try:
                changed = value_of(lowest_table(numbers, here.get, effort), varied)
            except Undefined:
                return False
            if abs(changed - value) > _APART * max(1, abs(value)):
                return False
    return True


def _without_limit(part: Expression, args: Sequence[Approach]) -> Approach:
    """A sum of something without a limit and numbers has none, nor has a multiple; of anything else nothing is said."""
    kinds = sorted(arg.kind for arg in args)
    if not set(kinds) <= {"finite", "none"} or kinds.count("none") != 1:
        return UNKNOWN
    place = next(index for index, arg in enumerate(args) if arg.kind == "none")
    is_multiple = part.head == "product" or (part.head == "quotient" and place == 0)
    others = [arg.value for arg in args if arg.kind == "finite"]
    if part.head not in ("sum", "negation") and not (is_multiple and all(others)):
        return UNKNOWN
    if args[place].sides is None:
        return WANDERS
    left, right = [_with_others(part.head, side, others) for side in args[place].sides or ()]
    return Approach("none", sides=(left, right))


def _with_others(head: str, side: Approach, others: Sequence[Any]) -> Approach:
    """What becomes of one side where numbers are added to it, or it is multiplied or divided by them."""
    if head == "sum":
        return side._replace(value=side.value + sum(others)) if side.kind == "finite" else side
    factor = -1 if head == "negation" else math.prod(others)
    if side.kind == "finite":
        return side._replace(value=side.value / factor if head == "quotient" else side.value * factor)
    return side._replace(sign=side.sign if factor > 0 else -side.sign)


def _far_out(part: Expression, args: Sequence[Approach], effort: Effort) -> Approach:
    """What an operation comes to when one of its args grows beyond all bounds and the others are numbers."""
    letters = [name(f"v_{index}") for index in range(len(args))]
    varied = node(part.head, tuple(letters), part.value)
    place = next(index for index, arg in enumerate(args) if arg.kind == "infinite")
    known = {letters[index].value: arg.value for index, arg in enumerate(args) if index != place}
    if any(abs(value) >= _FURTHEST for value in known.values()):
        raise Undefined(TOO_SLOW)

    def sample(value: Any, digits: int) -> Any:
        here = {**known, letters[place].value: value}
        return value_of(lowest_table(precise(digits, True), here.get, effort), varied)

    return approach(Samples(sample), INFINITY if args[place].sign > 0 else negate(INFINITY), "")


def _limit(limit: Expression, numbers: Mapping[str, Fraction], effort: Effort) -> Approach:
    body, variable, target = limit.args
    if variable.value in target.free:
        raise Undefined(Text("{x} cannot approach a place that moves with {x}", {"x": variable}).written())
    if any(part.head == "number" and part.value and not 1 / _EXTREME < part.value < _EXTREME
           for part in postorder([limit])):
        raise Undefined(TOO_SLOW)
    has_integral = any(part.head == "integral" for part in postorder([body]))
    others = {text: value for text, value in numbers.items() if text != variable.value}
    if any(not 1 / _FURTHEST < size < _FURTHEST for size in _sizes(_without(variable, limit), others)):
        raise Undefined(TOO_SLOW)

    def sample(place: Any, digits: int, kinds: Callable[[int, bool], Numbers] = precise) -> Any:
        kind = REAL if has_integral else kinds(digits, True)
        if isinstance(place, Fraction):
            value = kind.convert(place)
        else:
            start, step = place
            value = start(kind) + kind.convert(step)
        table = lowest_table(kind, others.get, effort).bind(variable, value)
        effort.work = effort.sampling = 0
        return value_of(table, body)

    def far(place: Any, digits: int) -> Any:
        ball = sample(place, digits, balls)
        return ball.middle, ball.radius

    samples = Samples(sample, None if has_integral else far, is_rough=has_integral)
    if target in (INFINITY, negate(INFINITY)):
        return approach(samples, target, "")
    exact = _rational(target, others)
    return approach(samples, _Place(target, others) if exact is None else exact, limit.value)


class _Place:
    """A target that is no fraction, such as pi/2, in the numbers of each precision; less or more a step."""

    def __init__(self, target: Expression, others: Mapping[str, Fraction], step: Fraction = Fraction(0)) -> None:
        self.target, self.others, self.step = target, others, step

    def __add__(self, step: Fraction) -> tuple[Callable[[Any], Any], Fraction]:
        return self._start, step

    def __sub__(self, step: Fraction) -> tuple[Callable[[Any], Any], Fraction]:
        return self._start, -step

    def _start(self, kind: Any) -> Any:
        return value_of(lowest_table(kind, self.others.get), self.target)


def _rational(target: Expression, others: Mapping[str, Fraction]) -> Fraction | None:
    if target.head == "number":
        return Fraction(target.value)
    if target.head == "name":
        return others[target.value]
    if target.head == "negation":
        inner = _rational(target.args[0], others)
        return None if inner is None else -inner
    return None


def _without(variable: Expression, root: Expression) -> set[Expression]:
    """The largest parts of an expression that do not change with a letter, as e^400 in x + e^400."""
    return {arg for part in postorder([root]) if variable.value in part.free for arg in part.args
            if arg.args and variable.value not in arg.free}


def _sizes(parts: Iterable[Expression], others: Mapping[str, Any]) -> Iterator[Any]:
    """How large those parts are that have a value other than 0. others: the numbers of letters.

    What is 0 comes out as a tiny number, which another number of digits makes another one.
    """
    for part in parts:
        try:
            size, again = (abs(value_of(lowest_table(precise(digits, True), others.get), part))
                           for digits in (_FEW_DIGITS, 2*_FEW_DIGITS))
        except (Undefined, OverflowError):
            continue  # what has no value is no number that could be too large
        if size and abs(size - again) < size / 2:
            yield size


def finding(seen: Approach) -> Text:
    """What a side comes to that has no limit, in words."""
    if seen.sides is None:
        return Text("never settles", {})
    return Text.of("comes to ", _words(seen.sides[0]), " from the left and to ", _words(seen.sides[1]),
                   " from the right")


def _words(seen: Approach) -> Text:
    if seen.kind == "infinite":
        return Text.of(INFINITY if seen.sign > 0 else negate(INFINITY))
    if not math.isfinite(float(seen.value)):
        return Text("a number that is too large to be shown", {})
    return Text.of(_shown(seen.value))


def _shown(value: Any) -> Expression:
    rounded = Fraction(f"{float(value):.6g}") if abs(value) > 1e-12 else Fraction(0)
    return negate(number(-rounded)) if rounded < 0 else number(rounded)
