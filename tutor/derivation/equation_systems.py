"""Several equations in several letters, solved by putting what one of them says of a letter into the others.

    found = solve_system([parse("2*x + y = 0"), parse("x + 2*y = 3")], [name("x"), name("y")])
    found.solutions[0]              # {x: -1, y: 2}, and no letter that may be anything
    [type(step).__name__ for step in found.steps]       # SolvedEquation, Substituted, SolvedEquation, Solution

An equation in one letter is solved first, by the rules in `equations.rules`. Else a letter is looked for that stands
linearly in an equation, and a product that is 0 is taken apart. Each solution is put into all equations in the end.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tutor.algebra.decide import Tidy
from tutor.algebra.factoring import factored, opened
from tutor.algebra.signs import sign_of
from tutor.algebra.terms import Style
from tutor.derivation.equations import EquationStep, SolvedEquation, signs_of_sizes, solve, without_sums
from tutor.expression.relations import related
from tutor.expression.tree import ZERO, Expression, add, name, negate, postorder, substitute
from tutor.integration.equations import linear, vanishing_factors
from tutor.oracle.existence import has_no_value, holds_there
from tutor.oracle.solutions import same_solutions
from tutor.oracle.verdict import Check, Oracle

MOST_BRANCHES = 60
"""Ways that are followed: each solution for a letter is one, and so is each factor of a product."""


class WithoutSums(NamedTuple):
    """The unknowns are brought out of the sums in an equation, so that the rules for equations can be used."""

    equation: Expression
    steps: tuple[EquationStep, ...]


class Substituted(NamedTuple):
    """What was found for a letter is put into the other equations. where: that, as x = 2*y; after: what these say then,
    without those that are true anyway; made: each left side with the value in it, and what it was tidied to."""

    where: Expression
    after: tuple[Expression, ...]
    made: tuple[tuple[Expression, Expression], ...]

    @property
    def check(self) -> Check:
        """What numbers find of the tidying."""
        found = [Oracle().compare(*each) for each in self.made]
        return next((each for each in found if each.outcome != "checked"), found[0])


class Split(NamedTuple):
    """A product is 0 where a factor is. before: the equation; after: one equation for each factor."""

    before: Expression
    after: tuple[Expression, ...]
    unknowns: tuple[Expression, ...]

    @property
    def check(self) -> Check:
        """Whether numbers find the same solutions, seen as an equation in each of its unknowns."""
        found = [same_solutions(self.before, self.after, each) for each in self.unknowns if each.value in
                 self.before.free]
        return next((each for each in found if each.outcome != "checked"), found[0])


class Solution(NamedTuple):
    """The value of each letter; free: letters that may be anything, which the values of others may have in them;
    every: letters that stand for every whole number; exact: whether no value is rounded; assuming: as of a root."""

    values: Mapping[str, Expression]
    free: tuple[Expression, ...] = ()
    every: tuple[Expression, ...] = ()
    exact: bool = True
    assuming: tuple[Expression, ...] = ()


class Impossible(NamedTuple):
    """An equation that is never true, so that this way leads to no solution; or what was found for a letter, at which
    the left side of another equation has no value."""

    equation: Expression
    without_value: Expression | None = None


SystemStep = WithoutSums | SolvedEquation | Substituted | Split | Impossible | Solution


class SolvedSystem(NamedTuple):
    """solutions: of all equations together; complete: whether there are surely no others; why: if not, why not."""

    steps: tuple[SystemStep, ...]
    solutions: tuple[Solution, ...]
    complete: bool
    why: tuple[str, ...]


def solve_system(equations: Sequence[Expression], unknowns: Sequence[Expression]) -> SolvedSystem:
    """The solutions that equations have in common. Raises LimitError where one is too large."""
    return _System(equations, unknowns).solved()


class _Branch(NamedTuple):
    """What is left to be solved after some choices, and what is known by then."""

    left: tuple[Expression, ...]
    unknowns: tuple[Expression, ...]
    known: dict[Expression, Expression]
    every: tuple[Expression, ...] = ()
    exact: bool = True
    assuming: tuple[Expression, ...] = ()


class _System:
    def __init__(self, equations: Sequence[Expression], unknowns: Sequence[Expression]) -> None:
        self.tidy = Tidy(Style())
        self.equations = [self.tidy(add(left, negate(right)) if right is not ZERO else left)
                          for left, right in (each.args for each in equations)]
        self.unknowns = tuple(unknowns)
        self.steps: list[SystemStep] = []
        self.solutions: list[Solution] = []
        self.why: list[str] = []
        self.branches = 0
        used = {letter for each in self.equations for letter in each.free}
        self.positive = signs_of_sizes(*self.equations)
        self.assuming: list[Expression] = []
        self.letters = [name(each) for each in ("k", "n", "m", "j", "k_1", "k_2", "k_3", "k_4") if each not in used]

    def solved(self) -> SolvedSystem:
        left = tuple(map(self.without_sums, self.equations))
        waiting = [_Branch(left, self.unknowns, {}, assuming=tuple(self.assuming))]
        while waiting:
            branch = waiting.pop()
            self.branches += 1
            if self.branches > MOST_BRANCHES:
                self.why.append(f"There are more than {MOST_BRANCHES} cases, and the rest of them was left out.")
                break
            waiting += reversed(self.further(branch))
        return SolvedSystem(tuple(self.steps), tuple(self.solutions), not self.why, tuple(dict.fromkeys(self.why)))

    def without_sums(self, left: Expression) -> Expression:
        """The left side of an equation with the unknowns outside of sums, as far as that can be reached."""
        equation = related(left, "=")
        steps = without_sums(equation, self.unknowns, self.tidy)
        if not steps:
            return left
        self.steps.append(WithoutSums(equation, steps))
        self.assuming += [each for step in steps for each in step.assumptions]
        return steps[-1].after[0].args[0]

    def further(self, branch: _Branch) -> list[_Branch]:
        """What one choice leads to; a solution is noted, and leads to nothing more."""
        left = [each for each in dict.fromkeys(branch.left) if each is not ZERO]
        letters = {each.value for each in branch.unknowns}
        never = next((each for each in left if sign_of(each) in ("+", "-", "!") or (
            not each.free and holds_there(related(each, "!=")))), None)
        if never is not None:
            self.steps.append(Impossible(related(never, "=")))
            return []
        open_ones = [each for each in left if letters & each.free]
        if len(open_ones) < len(left):
            self.why.append("Whether two of the equations agree depends on letters that are constant here.")
            return []
        if not open_ones:
            self.take(branch)
            return []
        choice = self.in_one_letter(open_ones, branch) or self.linear_letter(open_ones, branch)
        if choice is not None:
            return self.substituted(*choice, branch)
        parts = self.split(open_ones, branch)
        if parts is not None:
            return parts
        choice = self.any_letter(open_ones, branch)
        if choice is not None:
            return self.substituted(*choice, branch)
        self.why.append(f"The rules do not solve {related(open_ones[0], '=')} together with the other equations.")
        return []

    # -- which equation, for which letter ------------------------------------------------------------------------------

    def in_one_letter(self, left: Sequence[Expression], branch: _Branch) -> tuple[Expression, SolvedEquation] | None:
        """The first equation with one unknown."""
        for equation in sorted(left, key=lambda each: each.size):
            unknown = [each for each in branch.unknowns if each.value in equation.free]
            if len(unknown) == 1:
                return equation, solve(related(equation, "="), unknown[0])
        return None

    def linear_letter(self, left: Sequence[Expression], branch: _Branch) -> tuple[Expression, SolvedEquation] | None:
        """An equation in which a letter stands linearly, with a factor free of the unknowns that is surely not 0."""
        letters = {each.value for each in branch.unknowns}
        found = []
        for equation in left:
            for unknown in branch.unknowns:
                shift, slope = linear(equation, unknown, self.tidy)
                if shift is not None and slope is not None and not letters & slope.free:
                    is_open = sign_of(slope, self.positive) not in ("+", "-", "!")
                    found.append((is_open, bool(slope.free), slope.size + shift.size, equation, unknown))
        if not found:
            return None
        *_, equation, unknown = min(found, key=lambda each: each[:3])
        return equation, solve(related(equation, "="), unknown)

    def split(self, left: Sequence[Expression], branch: _Branch) -> list[_Branch] | None:
        """One branch for each factor of an equation that is a product."""
        letters = {each.value for each in branch.unknowns}
        for equation in left:
            product = (factored(equation, self.tidy.style) if equation.head == "sum" else equation) or equation
            parts = [part for part in dict.fromkeys(vanishing_factors(product)) if letters & part.free][::-1]
            if len(parts) < 2:
                if len(parts) == 1 and parts[0] is not equation and parts[0].size < equation.size:
                    return [branch._replace(left=(parts[0], *[each for each in branch.left if each is not equation]))]
                continue
            others = tuple(each for each in branch.left if each is not equation)
            zeros = tuple([related(part, "=") for part in parts])
            self.steps.append(Split(related(equation, "="), zeros, branch.unknowns))
            return [branch._replace(left=(part, *others)) for part in parts]
        return None

    def any_letter(self, left: Sequence[Expression], branch: _Branch) -> tuple[Expression, SolvedEquation] | None:
        """An equation that the rules solve for a letter although others are left in it."""
        for equation in left:
            for unknown in branch.unknowns:
                if unknown.value not in equation.free:
                    continue
                solved = solve(related(equation, "="), unknown)
                shift, slope = linear(equation, unknown, self.tidy)
                if slope is not None and shift is not None and sign_of(shift) in ("+", "-", "!"):
                    return equation, solved  # where its factor is 0, the equation is not true
                rests = {letter for each in solved.assumptions for letter in each.free}
                if solved.complete and solved.roots and not rests & {each.value for each in branch.unknowns}:
                    return equation, solved
        return None

    # -- what it leads to ----------------------------------------------------------------------------------------------

    def substituted(self, equation: Expression, solved: SolvedEquation, branch: _Branch) -> list[_Branch]:
        self.steps.append(solved)
        if not solved.complete:
            self.why.append(solved.why)
        found = []
        for root in solved.roots:
            letter = solved.unknown.value
            if root.every is not None:
                every = next(each for each in self.letters if each not in branch.every)
                root = root._replace(value=substitute(root.value, root.every.value, every), every=every)
            others = [each for each in branch.left if each is not equation and each is not ZERO]
            plain = [substitute(each, letter, root.value) for each in others]
            missing = next((each for each, there in zip(others, plain, strict=True) if _lacks_value(there)), None)
            if missing is not None:
                self.steps.append(Impossible(related(solved.unknown, "=", root.value), missing))
                continue
            put = [self.as_linear(each, branch.unknowns) for each in map(self.tidy, plain)]
            after = tuple([related(each, "=") for each in put if each is not ZERO])
            if any(letter in each.free for each in others):
                self.steps.append(Substituted(related(solved.unknown, "=", root.value), after,
                                              tuple(zip(plain, put, strict=True))))
            known = {unknown: self.tidy(substitute(value, letter, root.value))
                     for unknown, value in branch.known.items()}
            known[solved.unknown] = root.value
            found.append(_Branch(
                tuple(put), tuple([each for each in branch.unknowns if each is not solved.unknown]), known,
                branch.every if root.every is None else (*branch.every, root.every),
                branch.exact and root.exact, (*branch.assuming, *root.assuming)))
        return found

    def as_linear(self, left: Expression, unknowns: Sequence[Expression]) -> Expression:
        """The left side with brackets multiplied out, if an unknown stands linearly in it only then."""
        inside = [each for each in unknowns if each.value in left.free]
        if any(linear(left, each, self.tidy)[1] is not None for each in inside):
            return left
        made = opened(left, self.tidy.style)
        return made if any(linear(made, each, self.tidy)[1] is not None for each in inside) else left

    def take(self, branch: _Branch) -> None:
        """Note a solution that fits all equations."""
        values = {each.value: branch.known.get(each, each) for each in self.unknowns}
        free = tuple(each for each in self.unknowns if each not in branch.known)
        for equation in self.equations if branch.exact else ():
            there = equation
            for letter, value in values.items():
                there = substitute(there, letter, value) if value is not name(letter) else there
            if not there.free and (has_no_value(there) or holds_there(related(there, "!="))):
                return
        solution = Solution(values, free, branch.every, branch.exact, tuple(dict.fromkeys(branch.assuming)))
        if not any(self.is_same(solution, other) for other in self.solutions):
            self.solutions.append(solution)
            self.steps.append(solution)

    def is_same(self, one: Solution, other: Solution) -> bool:
        return all(self.tidy(add(value, negate(other.values[letter]))) is ZERO for letter, value in one.values.items())


def _lacks_value(root: Expression) -> bool:
    """Whether a part without letters has no value, such as 1/0, so that the whole has none."""
    return any(not part.free and part.head in ("quotient", "power", "ln", "log") and has_no_value(part)
               for part in postorder([root]))
