"""Critical points: where a function can have a minimum or a maximum, and what it has there.

    found = critical_points("x^3 - 3*x")
    [(str(each.at["x"]), each.kind) for each in found.points]       # [("-1", "maximum"), ("1", "minimum")]
    found.complete                                                  # True: there are surely no others

The slope is derived by the rules and set to zero, and the equation is solved by rules (`equations.py`). Places without
a slope, the ends of the domain and those of an interval are critical as well.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

from tutor.derivation.critical_problem import CriticalProblem, read_critical
from tutor.derivation.derivation import Derivation
from tutor.derivation.equation_systems import Split, Substituted, SystemStep, WithoutSums
from tutor.derivation.equations import EquationStep, How, SolvedEquation, checked
from tutor.expression.relations import related
from tutor.expression.text import Text
from tutor.expression.tree import INFINITY, ZERO, Expression, negate, postorder

if TYPE_CHECKING:
    from tutor.derivation.critical_formula import OneFormula
    from tutor.derivation.matrices import MatrixReading

Kind = Literal["minimum", "maximum", "saddle", "neither", "undecided"]

Convexity = Literal["convex", "concave", ""]

Place = Literal["slope 0", "no slope", "another formula", "end of the interval", "end of the domain", "jump"]
"""Why a point is looked at. Where another formula begins the slope may be the same."""


class CriticalPoint(NamedTuple):
    """One critical point, or a family of them.

    at: the value of each letter; value: that of the function, None where it is not known; because: how the kind was
    found; place: why the point is looked at; is_global: whether it is proved to be the smallest or largest value of
    all; every: letters in it that stand for every whole number, or, for those of the function itself, for any number;
    how: by what the place was found; conditions: where the kind depends on letters, under which relation it is which;
    exact: whether the place is exact, and not rounded; assuming: relations between letters without which it is not
    there.
    """

    at: Mapping[str, Expression]
    value: Expression | None
    kind: Kind
    because: Text
    place: Place = "slope 0"
    is_global: bool = False
    every: tuple[Expression, ...] = ()
    how: How = "rules"
    conditions: tuple[tuple[Expression, Kind], ...] = ()
    exact: bool = True
    assuming: tuple[Expression, ...] = ()


class Branch(NamedTuple):
    """A part of the domain in which the function has one formula, and where its slope is 0 there; lower, upper: its
    ends, None where there is only one part."""

    formula: Expression
    slope: Derivation
    solved: SolvedEquation
    lower: Expression | None = None
    upper: Expression | None = None


class WholeEquation(NamedTuple):
    """Both sides of an equation for every part of a list, read in whole lists; right: None where it is 0."""

    left: MatrixReading
    right: MatrixReading | None

    @property
    def equation(self) -> Expression:
        return related(self.left.matrix, "=", ZERO if self.right is None else self.right.matrix)


class ListEquation(NamedTuple):
    """One slope set to zero. unknown: the part w_k by which it is, or a number; steps: how it was rewritten; equation:
    where they lead; solved: of a number, how the equation is solved for it; reading: the equation in whole lists."""

    unknown: Expression
    slope: Derivation
    steps: tuple[EquationStep, ...]
    equation: Expression
    solved: SolvedEquation | None = None
    reading: WholeEquation | None = None


class AlongLines(NamedTuple):
    """What a function does along the lines through a place. t: the distance from it; directions: the letter that varies
    -> how fast it does along a line; second: the second derivative by t; positive: what has to be positive for it to be
    never negative; definite: whether it is positive then in every direction; is_quadratic: whether it is the same
    everywhere on a line; is_convex: whether it is never negative."""

    t: Expression
    directions: dict[str, Expression]
    second: Derivation
    positive: tuple[Expression, ...]
    definite: bool
    is_quadratic: bool
    is_convex: bool


class WholeLists(NamedTuple):
    """What was found of a function of whole lists.

    equations: the slopes set to zero; along: what the function does along lines, None where it may lack slopes;
    second: the slope by one part and another one, and how it is read in whole lists; solution: the list at which the
    slopes are 0, where what it is multiplied by can be inverted.
    """

    equations: tuple[ListEquation, ...]
    along: AlongLines | None
    second: tuple[Derivation, MatrixReading | None] | None
    solution: Expression | None


class End(NamedTuple):
    """An open end of the domain: infinity, a gap, or an end that does not belong to the interval.

    side: "+" where it is approached from larger numbers, "-" from smaller ones; limit: how the limit there was found,
    None where the rules do not reach so far; value: the limit, which may be infinite, None where there is none or none
    that is sure; along: of several letters, the line along which it is approached, as (x, 0).
    """

    place: Expression
    side: str
    limit: Derivation | None = None
    value: Expression | None = None
    along: Expression | None = None

    @property
    def is_far(self) -> bool:
        """Whether it is towards infinity."""
        return self.place in (INFINITY, negate(INFINITY))


class Extreme(NamedTuple):
    """What is known of the smallest, or of the largest, of all values.

    outcome: "reached" at a point; "unbounded" where the values grow without bound towards some ends; "approached" where
    they only come as close to a number as you like; value: that number; ends: the ends towards which they do.
    """

    outcome: Literal["reached", "unbounded", "approached", "unknown"] = "unknown"
    value: Expression | None = None
    ends: tuple[End, ...] = ()


class Part(NamedTuple):
    """A simpler function that was looked at by itself, and under which heading that is told."""

    heading: str
    found: CriticalPoints


class CriticalPoints:
    """What was found of a function.

    branches: of one letter, the formulas with their slopes; slopes: those by each letter; steps: how the equations for
    several letters were solved; second: the second derivatives, row by row; points: from left to right; everywhere:
    whether every point is critical, since the function is constant; complete: whether there are surely no other
    points; why: if not, why not; sentences: what else was proved, such as that the function is convex; convexity:
    "convex", "concave" or ""; assumptions: relations between letters that were taken for granted; ends: the open ends
    of the domain that were looked at; smallest, largest: what is known of these values; parts: what was found of
    simpler functions, from which the points were put together; said: how; lists: of a function of whole lists, what was
    found of it; formula: the place of the minimum in one formula, where letters decide on which side of a kink it lies.
    """

    def __init__(self, problem: CriticalProblem, slopes: tuple[Derivation, ...], points: tuple[CriticalPoint, ...],
                 branches: tuple[Branch, ...] = (), steps: tuple[SystemStep, ...] = (),
                 second: tuple[tuple[Expression, ...], ...] = (), everywhere: bool = False, complete: bool = True,
                 why: tuple[str, ...] = (), sentences: tuple[Text, ...] = (),
                 convexity: Convexity = "", assumptions: tuple[Expression, ...] = (),
                 ends: tuple[End, ...] = (), smallest: Extreme | None = None, largest: Extreme | None = None,
                 parts: tuple[Part, ...] = (), said: Text | None = None, lists: WholeLists | None = None,
                 formula: OneFormula | None = None) -> None:
        self.problem, self.slopes, self.points, self.branches = problem, slopes, points, branches
        self.steps, self.second, self.everywhere, self.complete = steps, second, everywhere, complete
        self.why, self.sentences, self.convexity = why, sentences, convexity
        self.assumptions, self.ends, self.parts, self.said = assumptions, ends, parts, said
        self.lists, self.formula = lists, formula
        self.smallest = smallest or self._reached("minimum")
        self.largest = largest or self._reached("maximum")

    def _reached(self, wanted: Kind) -> Extreme:
        """What the points say of the smallest or the largest value."""
        best = next((each for each in self.points if each.kind == wanted and each.is_global), None)
        return Extreme() if best is None else Extreme("reached", best.value)

    @property
    def equations(self) -> tuple[SolvedEquation | WithoutSums, ...]:
        """All equations that were solved or rewritten by rules, in reading order."""
        return (*[equation for part in self.parts for equation in part.found.equations],
                *[branch.solved for branch in self.branches],
                *[step for step in self.steps if isinstance(step, SolvedEquation | WithoutSums)])

    @cached_property
    def checked(self) -> bool | None:
        """True if all slopes and all steps of the equations were found right by numbers that know no rules, False if
        one was refuted, None if one could not be decided."""
        found = {slope.checked for each in (self, *[part.found for part in self.parts]) for slope in each.slopes}
        found |= {checked(each.steps) for each in self.equations}
        if self.lists is not None:
            found |= {each.checked for each in (self.lists.along and self.lists.along.second,
                                                self.lists.second and self.lists.second[0]) if each is not None}
        if self.formula is not None:
            found.add(_OUTCOMES[self.formula.check.outcome])
        found |= {_OUTCOMES[step.check.outcome] for step in self.steps if isinstance(step, Substituted | Split)}
        return False if False in found else None if None in found else True

    @property
    def best_fit(self) -> CriticalPoint | None:
        """Where the loss of what is fitted to points is proved to be smallest; it may stand for many points."""
        best = [each for each in self.points if each.is_global and each.kind == "minimum"]
        return best[0] if self.problem.fit is not None and len(best) == 1 else None


_OUTCOMES = {"checked": True, "refuted": False, "undecided": None}


def critical_points(text: str, by: str = "", without_steps: bool = False) -> CriticalPoints:
    """The critical points of the function in a text, such as "x^3 - 3x on [0, 2]". by: the letters that vary, if not
    all; without_steps: whether SymPy is asked where no rule reaches. Raises TutorError if the text cannot be read or a
    bound is met."""
    return found_of(read_critical(text, by)._replace(without_steps=without_steps))


def found_of(problem: CriticalProblem) -> CriticalPoints:
    """The same of a problem that was read."""
    if any(each.head == "indexed" and each.value in problem.letters for each in postorder([problem.function])):
        from tutor.derivation.critical_lists import of_lists

        return of_lists(problem)
    from tutor.derivation.critical_cases import written_out

    problem = problem._replace(function=written_out(problem.function))
    if len(problem.letters) == 1:
        from tutor.derivation.critical_one import of_one_letter

        return of_one_letter(problem)
    from tutor.derivation.critical_several import of_several_letters

    return of_several_letters(problem)


