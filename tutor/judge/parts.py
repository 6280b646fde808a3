"""Answers that are right on a part: for positive a, or only where x is positive.

    found = right_on_part(parse("d/dx asin(x/a)"), parse("1/sqrt(a^2-x^2)"), Oracle())
    found.where                 # a > 0, which the problem does not say
    missing(parse("d/dx |x|"), parse("-1+0*ln(-x)"), Oracle())
    # the point x = 1.207: the derivative has a value there, and the answer has none

Letters other than the variable are often taken to be positive without saying so; an answer that is right then counts as
right. An answer that has no value on a part of the line where the derivative has one is not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import NamedTuple

from tutor.expression.functions import written_out
from tutor.expression.relations import related
from tutor.expression.tree import E, Expression, name, postorder, power, substitute
from tutor.judge.domains import gaps
from tutor.judge.equivalence import Equivalence, equivalent
from tutor.oracle.apart import relative
from tutor.oracle.evaluate import value_of
from tutor.oracle.numbers import REAL
from tutor.oracle.points import Point
from tutor.oracle.table import Undefined
from tutor.oracle.verdict import AGREEMENT, Oracle

MOST_LETTERS = 4
"""Letters that are tried."""

FEWEST_POINTS = 3
"""Points with positive letters at which a problem and an answer have to agree before they are compared closely."""


class PartialAnswer(NamedTuple):
    """where: relations such as a > 0 that make an answer right; equivalence: the finding where they hold."""

    where: tuple[Expression, ...]
    equivalence: Equivalence


def right_on_part(problem: Expression, answer: Expression, oracle: Oracle) -> PartialAnswer | None:
    """The letters, other than the variables, that make an answer right if they are positive; None if there are none.

    Only positive ones: with a < 0, too, an answer with the wrong sign would be right somewhere.
    """
    letters = sorted((problem.free | answer.free) - variables_of(problem))[:MOST_LETTERS]
    for positive in _likely(problem, answer, letters, oracle):
        sides = _with_positive(problem, positive), _with_positive(answer, positive)
        found = equivalent(*sides)
        if found.verdict == "equal" and missing(*sides, Oracle()) is None:
            return PartialAnswer(tuple(related(name(letter), ">") for letter in positive), found)
    return None


def missing(problem: Expression, answer: Expression, oracle: Oracle) -> Point | None:
    """A point where the problem has a real value and the answer has none; None if there is no such point to be seen."""
    return next((place for place, _ in gaps(problem, answer, oracle)), None)


def variables_of(problem: Expression) -> frozenset[str]:
    """The letters by which a problem differentiates or integrates."""
    return frozenset(part.args[1].value for part in postorder([problem]) if part.head in ("derivative", "integral"))


def _likely(problem: Expression, answer: Expression, letters: list[str], oracle: Oracle) -> Iterator[tuple[str, ...]]:
    """One letter, two, or all, so that both sides agree at every point of the list where these are positive."""
    if not letters:
        return
    problem, answer = written_out(problem), written_out(answer)

    def are_positive(chosen: Iterable[str], point: Point) -> bool:
        return all(number.real > 0 for number in point.place(chosen).values())

    compared: list[tuple[Point, bool]] = []
    for point in sorted(oracle.points(), key=lambda each: not are_positive(letters, each)):
        table = point.table(REAL)
        try:
            same = relative(value_of(table, problem), value_of(table, answer)) <= AGREEMENT
        except Undefined:
            continue
        if not same and are_positive(letters, point):
            return  # so no choice will do
        compared.append((point, same))
    for count in dict.fromkeys([*range(1, min(3, len(letters) + 1)), len(letters)]):
        for chosen in combinations(letters, count):
            here = [same for point, same in compared if are_positive(chosen, point)]
            if len(here) >= FEWEST_POINTS and all(here):
                yield chosen


def _with_positive(root: Expression, letters: Iterable[str]) -> Expression:
    """An expression in which letters are positive by the way they are written: a is e^a."""
    for letter in letters:
        root = substitute(root, letter, power(E, name(letter)))
    return root
