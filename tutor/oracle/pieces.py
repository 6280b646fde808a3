"""Where the parts of an expression may break, and a place in every piece between.

|x - 3| is x - 3 on one side of 3 and 3 - x on the other one. Two expressions that agree at many points may still
differ on a piece that no point fell into, so the breaks are searched for, and not left to chance:

    sites = sites_of([parse("max(x^2, 9)"), parse("9 + relu(x^2 - 9)")], kinks)
    line = cut([site.argument for site in sites], "x", {})
    line.breaks             # -3 and 3, each as an interval
    line.complete           # True: no other break is possible
    line.pieces             # a few numbers in each of the three pieces

Where an argument is a quotient of polynomials, also in e^(ax + b) and the like, its zeros are found exactly; kinks
inside it are resolved piece by piece. Other arguments are searched for changes of sign, which may miss some: then the
line is not complete.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations, pairwise
from math import comb, floor, log10
from typing import NamedTuple

from tutor.expression.exponents import odd_root
from tutor.expression.piecewise import PIECEWISE, cases_in
from tutor.expression.tree import E, Expression, add, multiply, name, negate, number, postorder, power, substitute
from tutor.oracle.bounds import bounds_of
from tutor.oracle.conditions import joints_of
from tutor.oracle.evaluate import value_of
from tutor.oracle.functions import KNOWN
from tutor.oracle.losses import JOINED, joints
from tutor.oracle.numbers import REAL
from tutor.oracle.points import Point
from tutor.oracle.polynomial import IsolatingInterval
from tutor.oracle.ratio import Ratios
from tutor.oracle.table import Undefined, lowest_table
from tutor.oracle.zeros import zeros_of

KINKS_NOT_FOUND = "it has kinks, and not all of them could be found"

MOST_SITES = 60
"""Arguments that are looked at for one question; more are not searched."""

MOST_BREAKS = 60
"""Breaks on one line."""

MOST_WORK_ON_A_LINE = 250_000
"""Operations with fractions after which no more breaks of a line are looked for."""

APART = Fraction(1, 10**40)
"""Breaks that are nearer to each other than this, relatively, are one: sqrt(2) and the like are not known further."""


class Site(NamedTuple):
    """A node that may break, and what is 0 where it does, in the letters of the whole expression."""

    node: Expression
    argument: Expression


class TooManyPlaces(Exception):
    """There are too many places to look at."""


Arguments = Callable[[Expression], tuple[Expression, ...]]
"""What is 0 where a node breaks: `kinks` or `breaks`. Raises TooManyPlaces."""


def kinks(part: Expression) -> tuple[Expression, ...]:
    """The arguments of a node with a kink or a jump. Raises TooManyPlaces."""
    known = KNOWN.get(part.head)
    if known is not None and known.kinks:
        low, high = bounds_of(part.args[0])
        return tuple([_beyond(part.args[0], place) for place in known.kinks
                      if low < place < high or (known.jumps and place in (low, high))])
    if part.head in ("min", "max"):
        different = dict.fromkeys(part.args)
        if comb(len(different), 2) > MOST_SITES:
            raise TooManyPlaces
        return tuple([add(one, negate(other)) for one, other in combinations(different, 2)])
    if part.head in JOINED and known is None:
        return joints(part.head, part.args)
    if part.head == PIECEWISE:
        places = dict.fromkeys(joint for case in cases_in(part) for relation in case.relations
                               for joint in joints_of(relation))
        if len(places) > MOST_SITES:
            raise TooManyPlaces
        return tuple(places)
    if part.head == "power" and odd_root(part.args[1]) is not None:
        return (part.args[0],)
    if part.head == "sqrt" and part.args[0].head == "power" and _is_positive_integer(part.args[0].args[1]):
        return (part.args[0].args[0],)  # sqrt(g^2) is |g|
    return ()


def has_kink(part: Expression) -> bool:
    """Whether a node has a kink or a jump."""
    try:
        return bool(kinks(part))
    except TooManyPlaces:
        return True


def _beyond(argument: Expression, place: int) -> Expression:
    """What is 0 where the argument is at a place."""
    if place == 0:
        return argument
    return add(argument, negate(number(place)) if place > 0 else number(-place))


def breaks(part: Expression) -> tuple[Expression, ...]:
    """The same, and where a node begins to have a value, has a pole, or comes to another branch."""
    head, known = part.head, KNOWN.get(part.head)
    if known is not None and known.edges:
        return tuple([_beyond(part.args[0], place) for place in known.edges])
    if head == "log":
        return part.args
    if head == "quotient":
        return (part.args[1],)
    if head == "power" and part.args[0] is not E and not _is_positive_integer(part.args[1]):
        return (part.args[0],)
    return kinks(part)


def _is_positive_integer(exponent: Expression) -> bool:
    return exponent.head == "number" and exponent.value.__class__ is int


def sites_of(roots_: Sequence[Expression], arguments: Arguments) -> list[Site]:
    """Every place of the expressions that may break, inner ones first, each once. Raises TooManyPlaces.

    What is bound (the u of an `at`, the variable of a definite integral or of a defined function) is replaced by what
    it stands for; of an integral by both ends, because between them a kink is only integrated over.
    """
    found: dict[Expression, dict[Site, None]] = {}
    nothing: dict[Site, None] = {}
    for part in postorder(roots_):
        inside = nothing
        for replaced in _opened(part, found, arguments):
            if replaced:
                inside = {**inside, **replaced} if inside else replaced
        own = {Site(part, argument): None for argument in arguments(part)}
        if own:
            inside = {**inside, **own}
        if len(inside) > MOST_SITES:
            raise TooManyPlaces
        found[part] = inside
    return list(dict.fromkeys(site for root in roots_ for site in found[root]))


def _opened(part: Expression, found: Mapping[Expression, dict[Site, None]],
            arguments: Arguments) -> Iterator[dict[Site, None]]:
    """The places inside a node, in letters that are free in it."""
    bound = name(part.value.variable) if part.head == "defined" else part.args[1] if (
        part.head == "at" or (part.head == "integral" and len(part.args) == 4)) else None
    if bound is None:
        yield from (found[arg] for arg in part.args)
        return
    if part.head == "defined":
        yield found[part.args[0]]
        body, values = dict.fromkeys(sites_of([part.value.body], arguments)), part.args
    else:
        values = part.args[2:]
        yield from (found[arg] for arg in values)
        body = found[part.args[0]]
    for value in values:
        yield {Site(site.node, substitute(site.argument, bound.value, value)): None for site in body}


# -- the line of one letter --------------------------------------------------------------------------------------------


class Line(NamedTuple):
    """The values of one letter, cut at the breaks.

    breaks: from left to right; pieces: some numbers in each of the pieces between; complete: whether there can be no
    others; work: about how many operations with fractions were needed.
    """

    letter: str
    breaks: tuple[IsolatingInterval, ...]
    pieces: tuple[tuple[Fraction, ...], ...]
    complete: bool
    work: int


def cut(arguments: Iterable[Expression], letter: str, others: Mapping[str, Fraction], search: bool = True,
        ratios: Ratios | None = None) -> Line:
    """The line of a letter, cut where one of the arguments is 0 or has a pole.

    arguments: inner ones first, as `sites_of` has them; others: the values of all other names; search: whether to
    search for the zeros that cannot be found exactly, which takes far longer; ratios: what is known of the arguments of
    other questions along the same line.
    """
    known: list[IsolatingInterval] = []
    complete = True
    ratios = ratios or Ratios(letter, others)
    before = ratios.work
    samples: dict[tuple[End, End], Fraction] = {}
    for argument in dict.fromkeys(factor for each in arguments for factor in vanishing(each, ratios.rootless)):
        if letter not in argument.free:
            continue
        found: list[IsolatingInterval] = []
        for lower, upper in _pieces(known):
            if (lower, upper) not in samples:
                samples[lower, upper] = numbers_in(lower, upper)[0]
            if ratios.work - before > MOST_WORK_ON_A_LINE:
                complete = False
                break
            zeros = zeros_of(argument, letter, others, samples[lower, upper], ratios)
            if zeros is None:
                complete = False
                zeros = _searched(argument, letter, others, lower, upper) if search else []
            found += [zero for zero in zeros if (lower is None or lower < zero.lower)
                      and (upper is None or zero.upper < upper)]
        known = _merged([*known, *found])
        if len(known) > MOST_BREAKS:
            known, complete = known[:MOST_BREAKS], False
            break
    return Line(letter, tuple(known), tuple(tuple(numbers_in(*ends)) for ends in _pieces(known)), complete,
                ratios.work - before)


def vanishing(argument: Expression, rootless: set[Expression] | None = None) -> Iterator[Expression]:
    """Expressions one of which is 0 or has a pole wherever the argument does: of cbrt(x^(2/5)/(x - 1)) x and x - 1.

    They are 0, too, where the argument begins to have a value, so that it has values all over a piece or nowhere in it.
    rootless: parts without a square root; what is found to be one is added.
    """
    rootless = set() if rootless is None else rootless
    stack = [argument]
    while stack:
        part = stack.pop()
        known = KNOWN.get(part.head)
        if known is not None and known.zeros is not None:
            places = dict.fromkeys((*known.zeros, *known.edges))
            stack.extend([_beyond(part.args[0], place) for place in places])
        elif part.head in ("negation", "product", "quotient"):
            stack.extend(reversed(part.args))
        elif part.head == "power":
            stack.extend(part.args[:1] if part.args[0] is not E else ())
        elif part.head == "sum" and (norm := _norm(part, rootless)) is not None:
            stack.extend(norm)
        else:
            yield part


def _norm(total: Expression, rootless: set[Expression]) -> tuple[Expression, Expression] | None:
    """For p + q*sqrt(r), what vanishes wherever it does, p^2 - q^2*r, and r, where it begins to have values; None if
    there is no root, or more than one."""
    rooted: list[Expression] = []
    plain: list[Expression] = []
    roots: set[Expression] = set()
    for term in total.args:
        inner = term.args[0] if term.head == "negation" else term
        factors = inner.args if inner.head == "product" else (inner,)
        own = [factor for factor in factors if factor.head == "sqrt" and factor.args[0].free]
        if any(_has_root(factor, rootless) for factor in factors if factor not in own):
            return None
        if not own:
            plain.append(term)
            continue
        roots.update(own)
        others = [factor for factor in factors if factor not in own]
        rooted.append(negate(multiply(*others)) if inner is not term else multiply(*others))
    if len(roots) != 1 or not plain:
        return None
    (root,) = roots
    inside = root.args[0]
    return add(_square(add(*plain)), negate(multiply(_square(add(*rooted)), inside))), inside


def _has_root(root: Expression, rootless: set[Expression]) -> bool:
    """Whether a square root with letters occurs in an expression."""
    stack, seen = [root], {root}
    while stack:
        part = stack.pop()
        if part.head == "sqrt" and part.args[0].free:
            return True
        fresh = [arg for arg in part.args if arg.free and arg not in seen and arg not in rootless]
        seen.update(fresh)
        stack += fresh
    rootless |= seen
    return False


def _square(part: Expression) -> Expression:
    """part^2, without the root where it is one, or a product with one."""
    if part.head == "negation":
        return _square(part.args[0])
    if part.head == "sqrt":
        return part.args[0]
    if part.head == "product":
        return multiply(*map(_square, part.args))
    return power(part, number(2))


End = Fraction | None


def _pieces(known: Sequence[IsolatingInterval]) -> Iterator[tuple[End, End]]:
    """The open intervals between the breaks, None standing for infinity."""
    ends: list[tuple[End, End]] = [(None, None), *[(each.lower, each.upper) for each in known], (None, None)]
    for left, right in pairwise(ends):
        yield left[1], right[0]


def _merged(intervals: list[IsolatingInterval]) -> list[IsolatingInterval]:
    """In order; those that are too near to each other to be told apart as one."""
    result: list[IsolatingInterval] = []
    for each in sorted(intervals):
        last = result[-1] if result else None
        if last is not None and each.lower - last.upper <= APART * max(Fraction(1), abs(each.lower)):
            result[-1] = IsolatingInterval(last.lower, max(last.upper, each.upper))
        else:
            result.append(each)
    return result


def numbers_in(lower: End, upper: End) -> list[Fraction]:
    """Numbers with few digits inside a piece: near its middle, and nearer to its ends."""
    if lower is None and upper is None:
        return [Fraction(7, 10), Fraction(-17, 10), Fraction(217, 10)]
    if lower is None or upper is None:
        end = upper if lower is None else lower
        assert end is not None
        away = max(Fraction(1), abs(end)) * (-1 if lower is None else 1)
        return [_short(end + away * near, end + away * far) for near, far in
                ((Fraction(2, 5), Fraction(4, 5)), (Fraction(3), Fraction(5)), (Fraction(1, 1000), Fraction(1, 500)))]
    width = upper - lower
    return [_short(lower + width * near, lower + width * far) for near, far in
            ((Fraction(2, 5), Fraction(3, 5)), (Fraction(1, 100), Fraction(1, 50)), (Fraction(4, 5), Fraction(9, 10)))]


def _short(one: Fraction, other: Fraction) -> Fraction:
    """A short decimal between two numbers that ends in 7 (in 3 below 0): no whole number, and no half."""
    lower, upper = min(one, other), max(one, other)
    width = upper - lower  # possibly too large for a float
    tens = Fraction(10) ** -floor(log10(width.numerator) - log10(width.denominator))
    while True:
        number = (floor(lower * tens) * 10 + 7) / (tens * 10)
        if lower < number < upper:
            return number
        number += 1 / tens
        if lower < number < upper:
            return number
        tens *= 10


# -- a search where nothing is exact -----------------------------------------------------------------------------------

_STEPS, _BISECTIONS = 120, 60


def _searched(argument: Expression, letter: str, others: Mapping[str, Fraction], lower: End, upper: End,
              ) -> list[IsolatingInterval]:
    """Places where an argument changes its sign or ceases to have a value, as far as a search shows."""
    values = {text: float(value) for text, value in others.items()}

    def side(place: float) -> int | None:
        try:
            value = value_of(lowest_table(REAL, {**values, letter: place}.get), argument)
        except Undefined:
            return None
        return int(value > 0) - int(value < 0)

    places = _looked_at(None if lower is None else float(lower), None if upper is None else float(upper),
                        scales((argument,)))
    found = []
    for one, other in pairwise(places):
        before, after = side(one), side(other)
        if before == after:
            continue
        for _ in range(_BISECTIONS):
            middle = (one + other) / 2
            if side(middle) == before:
                one = middle
            else:
                other = middle
        found.append(IsolatingInterval(Fraction(other), Fraction(other)))
    return found


def _looked_at(lower: float | None, upper: float | None, following: Iterable[float]) -> list[float]:
    """Places between two ends: evenly spaced near 0, ever wider apart far out, and as far as the numbers suggest."""
    far = [10 ** (each / 8) for each in range(-16, 33)]
    even = [each / 8 for each in range(-_STEPS, _STEPS + 1)]
    scaled = [scale * each / 4 for scale in following for each in range(1, 41)]
    places = sorted({*even, *far, *[-each for each in far], *scaled, *[-each for each in scaled]})
    if lower is not None and upper is not None:
        width = upper - lower
        places = sorted({*places, *[lower + width * each / 40 for each in range(1, 40)]})
    return [place for place in places if (lower is None or place > lower) and (upper is None or place < upper)]


MOST_SCALES = 6


def scales(roots_: Sequence[Expression]) -> list[float]:
    """How far out or how close to 0 something may happen, going by the numbers that stand in expressions.

    sin(x/3000) comes back after 3000 times 2π, and tanh(10^12·x) rises within 10^-12 of 0.
    """
    table = lowest_table(REAL, lambda text: None)
    found: dict[float, None] = {}
    together = 1.0
    for part in postorder(roots_):
        if part.free or part.head not in ("number", "quotient", "power", "product", "constant"):
            continue
        try:
            value = abs(float(value_of(table, part)))
        except Undefined:
            continue
        if value and not 0.2 < value < 20:
            together *= value if part.head == "number" else 1
            for each in (value, together):
                if 1e-200 < each < 1e200:
                    found[each] = found[1 / each] = None
    return sorted(found, key=lambda each: -abs(log10(each)))[:2 * MOST_SCALES]


# -- all letters -------------------------------------------------------------------------------------------------------

MOST_LETTERS = 3
"""Letters along whose lines the breaks are looked for."""


class Places(NamedTuple):
    """Points in the pieces between all breaks, piece by piece; complete: whether there are no other pieces."""

    pieces: list[list[Point]]
    sites: list[Site]
    complete: bool

    @property
    def places(self) -> list[Point]:
        """All of the points."""
        return [place for piece in self.pieces for place in piece]


def _line_through(point: Point, arguments_: tuple[Expression, ...], letter: str, free: frozenset[str],
                  search: bool) -> Line:
    """The line of a letter, the others having the numbers of a point; kept, since steps share most of their kinks."""
    key = arguments_, letter, search
    found: Line | None = point.lines.get(key)
    if found is None:
        others = {text: Fraction(point.number_of(text).real) for text in free if text != letter}
        ratios: Ratios = point.lines.setdefault(letter, Ratios(letter, {}))
        ratios.others.update(others)
        found = point.lines[key] = cut(arguments_, letter, others, search, ratios)
        point.effort.work += found.work
    return found


_NARROW = Fraction(1, 10**9)


def _is_narrow(piece: Sequence[Fraction]) -> bool:
    """Whether the numbers of a piece can hardly be told apart by doubles."""
    return max(piece) - min(piece) < _NARROW * max(Fraction(1), abs(piece[0]))


def places_between(left: Expression, right: Expression, arguments: Arguments, points: Sequence[Point],
                   search: bool = True) -> Places:
    """Points in every piece of both sides: along the line of each letter, the others having the numbers of a point.

    Where one letter decides about all breaks its line is all there is; of several letters the lines are a sample.
    search: as in `cut`. Raises TooManyPlaces.
    """
    free = left.free | right.free
    sites = sites_of((left, right), arguments)
    letters = sorted(free & {letter for site in sites for letter in site.argument.free})
    complete = len(letters) <= 1
    pieces: list[list[Point]] = []
    for letter in letters[:MOST_LETTERS]:
        for point in points[:1 if len(free) == 1 else 2]:
            line = _line_through(point, tuple(dict.fromkeys(site.argument for site in sites)), letter, free, search)
            complete = complete and line.complete
            pieces += [[point.moved(letter, number, _is_narrow(piece)) for number in piece] for piece in line.pieces]
    return Places(pieces, sites, complete)
