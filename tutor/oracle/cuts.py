"""The lines of a graph at points: what each is worth, and how one of them changes with another. No rule is used.

    cuts = Cuts({"z": parse("w*x"), "L": parse("z^2")})
    cuts.compare(parse("dL/dw"), parse("dL/dz*x"), (), Oracle().points()).outcome       # "checked"

dL/dz is what it means: the graph is cut at z, z + ε is fed into the lines below it, and L is read. The lines stay
lines: nothing is written out, so a graph in which every line uses the one above it twice takes no longer than a chain.

To cut a graph at each of its names takes as many passes as it has names. One pass is enough to see that numbers are all
of its slopes: it is cut at all names at once, with another ε at each, and L has to change by the sum of what they say.
Where it does not, each name is cut by itself. What cannot be settled here is left to `Oracle.compare`, which is given
the lines written out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple
from zlib import crc32

from tutor.expression.tree import Expression, derivative, name, postorder, replace
from tutor.oracle.apart import holds, relative
from tutor.oracle.evaluate import value_of
from tutor.oracle.heads import ARITHMETIC, Handler
from tutor.oracle.jets import Jet, Value, derivative_of_jet
from tutor.oracle.numbers import REAL
from tutor.oracle.pieces import TooManyPlaces, kinks
from tutor.oracle.points import Point
from tutor.oracle.table import Table, Undefined, lowest_table
from tutor.oracle.verdict import AGREEMENT, ENOUGH, Check

MOST_WORK = 10_000_000
"""Operations for all questions about one graph. Cut at every name by itself, 500 lines need about half of it."""

_MOST_POINTS = 60
"""Points that are looked at before a question is left to others."""

_ENOUGH_WITH_KINKS = 24
"""Points of agreement that are enough where each kink was seen from both sides."""

_BOTH_SIDES = "both sides agree at {} points, before and after every kink"

_CLOSE = 1e-9
"""The difference up to which the last line changes by what slopes say, where each of them has a share of about 1."""


class Cuts:
    """lines: the name of each line and its right side, in their order; every right side uses names of earlier lines.

    is_plain: whether all of them are made of arithmetic and functions alone, so that they can be cut here; kinks: of
    their parts that have some, what is 0 there; work: the operations that all questions have taken so far.
    """

    def __init__(self, lines: Mapping[str, Expression]) -> None:
        self.lines = lines
        parts = list(postorder(lines.values()))
        self._kinks: dict[Expression, tuple[Expression, ...] | None] = {}
        self.is_plain = all(map(_is_plain, parts)) and None not in map(self._kinks_at, parts)
        self.kinks = {part: places for part in parts if (places := self._kinks_at(part))}
        self.work = 0
        self.operations = list(_operations(lines)) if self.is_plain else []
        self.inputs = [part for part in parts if part.head == "name" and part.value not in lines]
        self._affected: dict[str, list[_Operation]] = {}
        self._points: dict[Point, LinesAtPoint] = {}

    def affected(self, letter: str) -> list[_Operation]:
        """The operations whose results change where a name does, each after those that it needs."""
        if letter not in self._affected:
            changed, found = {name(letter)}, list[_Operation]()
            for operation in self.operations:
                if not changed.isdisjoint(operation.args) and operation.part not in changed:
                    changed.add(operation.part)
                    found.append(operation)
            self._affected[letter] = found
        return self._affected[letter]

    def compare(self, left: Expression, right: Expression, assumptions: tuple[Expression, ...],
                points: Iterable[Point]) -> Check | None:
        """Whether two expressions in names of lines and slopes such as dL/dz and ∂z/∂w agree at enough points: where
        there are kinks, at more of them, and on both sides of each. None if that could not be settled here."""
        parts = list(postorder((left, right, *assumptions))) if self.is_plain else []
        if not left.free | right.free or not parts or not all(map(_is_plain, parts)) or (
                None in map(self._kinks_at, parts)):
            return None
        rates = [part for part in parts if part.head == "rate"]
        places = self._kinks_of(parts, rates)
        letters = {rate: name(str(rate)) for rate in rates}
        sides = [replace(side, letters) for side in (left, right)]
        assumed = [replace(each, letters) for each in assumptions]
        agreed, largest, all_zero = 0, 0.0, True
        enough = _ENOUGH_WITH_KINKS if places else ENOUGH
        seen: set[tuple[Expression, bool]] = set()
        for _, point in zip(range(_MOST_POINTS), points, strict=False):
            if self.work > MOST_WORK:
                return None
            if point not in self._points:
                self._points[point] = LinesAtPoint(self, point.number_of)
            lines = self._points[point]
            try:
                if not lines.has_rates(letters) or not all(holds(lines.table, each) for each in assumed):
                    continue
                one, other = [value_of(lines.table, side) for side in sides]
                seen |= {(place, value_of(lines.table, place) > 0) for place in places}
            except Undefined:
                continue
            difference = relative(one, other)
            if difference > AGREEMENT:
                return None
            agreed, largest, all_zero = agreed + 1, max(largest, difference), all_zero and one == 0
            if agreed >= (2 * enough if all_zero else enough) and len(seen) == 2 * len(places):
                return Check("checked", agreed, largest, finding=_BOTH_SIDES.format(agreed) if places else "")
        return None

    def _kinks_at(self, part: Expression) -> tuple[Expression, ...] | None:
        """What is 0 at the kinks of one part; None if these are too many."""
        if part not in self._kinks:
            try:
                self._kinks[part] = kinks(part)
            except TooManyPlaces:
                self._kinks[part] = None
        return self._kinks[part]

    def _kinks_of(self, parts: Iterable[Expression], rates: Iterable[Expression]) -> set[Expression]:
        """What is 0 at the kinks that a question may meet: its own, and those on all lines that change where what the
        loss is differentiated by does."""
        own = {place for part in parts for place in self._kinks_at(part) or ()}
        if not self.kinks:
            return own
        varying = {rate.args[1].value for rate in rates if rate.value == "d"}
        below = [operation.part for letter in varying for operation in self.affected(letter)]
        met = {*below, *postorder([self.lines[rate.args[0].value] for rate in rates if rate.value == "∂"])}
        return own.union(*[places for part, places in self.kinks.items() if part in met])


class _Operation(NamedTuple):
    """How the value of a part of a line, or of the name of a line, follows from the values of others."""

    part: Expression
    handler: Handler
    args: tuple[Expression, ...]


def _operations(lines: Mapping[str, Expression]) -> Iterator[_Operation]:
    """All that is to be done, in order. A part that stands on several lines is worked out once."""
    done: set[Expression] = set()
    for line, right in lines.items():
        for part in postorder([right]):
            if part.head != "name" and part not in done:
                done.add(part)
                yield _Operation(part, ARITHMETIC[part.head], part.args)
        yield _Operation(name(line), _as_it_is, (right,))


def _as_it_is(table: Table, part: Expression, inputs: list[Value]) -> Value:
    """The value of the name of a line: that of its right side."""
    return inputs[0]


def _is_plain(part: Expression) -> bool:
    """Whether the value of a part follows from the values of its args."""
    return part.head == "name" or part.head in ARITHMETIC


class LinesAtPoint:
    """The lines of a graph where each of its inputs has the number that `number_of` gives."""

    def __init__(self, cuts: Cuts, number_of: Callable[[str], Any]) -> None:
        self.cuts, self.number_of = cuts, number_of
        self.table = lowest_table(REAL, self._number)
        self._rates: dict[str, float | None] = {}
        self._slopes: dict[str, Mapping[Expression, float]] = {}
        self._values: dict[Expression, Value] = {
            each: REAL.convert(number) for each in cuts.inputs if (number := number_of(each.value)) is not None}
        for part, handler, args in cuts.operations:
            try:
                value = handler(self.table, part, [self._values[arg] for arg in args])
            except _NO_VALUE:
                continue  # and neither has what is made of it
            if REAL.finite(value):
                self._values[part] = value

    def _number(self, letter: str) -> Any:
        """The number of an input, of a line, or of a slope by what it is called."""
        if letter in self._rates:
            return self._rates[letter]
        return self._values.get(name(letter)) if letter in self.cuts.lines else self.number_of(letter)

    def has_rates(self, letters: Mapping[Expression, Expression]) -> bool:
        """Whether slopes have values here, which are found and kept under the letters by which they are called."""
        for rate, letter in letters.items():
            if letter.value not in self._rates:
                above, variable = rate.args
                self._rates[letter.value] = self.slope(above.value, variable.value) if rate.value == "d" else (
                    value_of(self.table, derivative(self.cuts.lines[above.value], variable)))
        return all(self._rates[letter.value] is not None for letter in letters.values())

    def slope(self, above: str, letter: str) -> float | None:
        """How a line changes with a name, itself or one above it; None if no single slope was found here."""
        if above == letter:
            return 1.0
        if above not in self._slopes:
            found = self._guessed(above)
            self._slopes[above] = found if self._are_slopes(above, found) else {}
        found_before = self._slopes[above].get(name(letter))
        return self._by_one_cut(above, letter) if found_before is None else found_before

    def _guessed(self, above: str) -> dict[Expression, float]:
        """Numbers that may be the slopes of a line by all names and parts that it is made of; {} if there are none."""
        slopes = {name(above): 1.0}
        for part, handler, args in reversed(self.cuts.operations):
            if part not in slopes:
                continue
            self.cuts.work += len(args) if part.head in _LINEAR else len(args) ** 2
            if self.cuts.work > MOST_WORK:
                return {}
            try:
                inputs = [self._values[arg] for arg in args]
                for place, arg in enumerate(args):
                    if arg.free:
                        moved = inputs if part.head in _LINEAR else [
                            *inputs[:place], Jet(1, (inputs[place], 1.0)), *inputs[place + 1:]]
                        local = 1.0 if part.head in _LINEAR else derivative_of_jet(
                            handler(self.table, part, moved), 1, 1, 0, 0.0)
                        slopes[arg] = slopes.get(arg, 0.0) + slopes[part] * local
            except _NO_VALUE:
                return {}
        return slopes

    def _are_slopes(self, above: str, slopes: Mapping[Expression, float]) -> bool:
        """Whether numbers are all slopes of a line: it is cut at all names at once, and each is moved so far that the
        line changes by a number that was chosen for it."""
        chosen = {part: 0.5 + crc32(part.value.encode()) / 2**32 for part in slopes
                  if part.head == "name" and part.value != above}
        moves = {part: share / slopes[part] if slopes[part] else share for part, share in chosen.items()}
        values = dict(self._values)
        self.cuts.work += len(self.cuts.operations)
        try:
            values |= {part: Jet(1, (values[part], move)) for part, move in moves.items()
                       if part.value not in self.cuts.lines}
            for part, handler, args in self.cuts.operations:
                if part in slopes:
                    value = handler(self.table, part, [values[arg] for arg in args])
                    values[part] = value + Jet(1, (0.0, moves[part])) if part in moves else value
            changed = derivative_of_jet(values[name(above)], 1, 1, 0, 0.0)
        except _NO_VALUE:
            return False
        expected = sum([share for part, share in chosen.items() if slopes[part]])
        return bool(abs(changed - expected) <= _CLOSE)

    def _by_one_cut(self, above: str, letter: str) -> float | None:
        """The slope of a line by one name, with the graph cut at that name alone."""
        values, affected, root = dict(self._values), self.cuts.affected(letter), name(letter)
        self.cuts.work += len(affected)
        try:
            values[root] = Jet(1, (values[root], 1.0))
            for part, handler, args in affected:
                values[part] = handler(self.table, part, [values[arg] for arg in args])
            slope = derivative_of_jet(values[name(above)], 1, 1, 0, 0.0)
        except _NO_VALUE:
            return None
        return float(slope) if REAL.finite(slope) else None


_LINEAR = ("sum", "name")
"""Heads of which a part changes as much as each of what it is made of."""

_NO_VALUE = (Undefined, ArithmeticError, ValueError, KeyError)
"""What is raised where a part has no value: KeyError where one that it needs has none."""
