"""Critical points of a function of several letters: where all its slopes are 0, and what its second derivatives say.

    of_several_letters(read_critical("x^3 - 3*x + y^2")).points     # (1, 0) a minimum, (-1, 0) a saddle

The matrix of second derivatives decides by the signs of its eigenvalues, which are counted exactly by the signs of the
coefficients of its characteristic polynomial: all its roots are real, so Descartes' rule is exact.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations, pairwise, product

from tutor.algebra.decide import Tidy
from tutor.algebra.factoring import opened
from tutor.algebra.signs import holds, sign_of
from tutor.algebra.terms import Style
from tutor.derivation.critical_bars import of_bars
from tutor.derivation.critical_kinds import Conditions, derived, plainly, shorter, shortest, sign_in_factors, spreads
from tutor.derivation.critical_points import Convexity, CriticalPoint, CriticalPoints, Extreme, Kind
from tutor.derivation.critical_problem import CriticalProblem
from tutor.derivation.critical_separable import extremes_of, of_parts, parts_of, without_bound
from tutor.derivation.equation_systems import Solution, solve_system
from tutor.derivation.equations import Root
from tutor.derivation.periods import MOST_PARTS, period_of, split_family, steps_by
from tutor.errors import TutorError
from tutor.expression.relations import related
from tutor.expression.text import Text
from tutor.expression.tree import (
    ONE,
    ZERO,
    Expression,
    add,
    divide,
    multiply,
    name,
    negate,
    node,
    rational,
    substitute,
)
from tutor.integration.equations import number_of, vanishing_factors
from tutor.integration.sites import sites
from tutor.oracle.digits import in_tree
from tutor.oracle.existence import has_no_value, holds_there
from tutor.rules.conditions import is_polynomial

Matrix = tuple[tuple[Expression, ...], ...]

_HIGHEST = 8
"""The highest power that is looked at along a line through a point."""


def of_several_letters(problem: CriticalProblem) -> CriticalPoints:
    """All that is found of a function of several letters."""
    tidy = Tidy(Style())
    slopes = tuple(derived(problem.function, variable, "∂") for variable in problem.variables)
    if all(slope.result is ZERO for slope in slopes):
        return CriticalPoints(problem, slopes, (), everywhere=True)
    parts = parts_of(problem)
    if _may_lack_slopes(problem, [slope.result for slope in slopes]):
        with_bars = of_parts(problem, slopes, parts) if parts else of_bars(problem, slopes)
        if with_bars is not None:
            return with_bars
    found = solve_system([related(slope.result, "=") for slope in slopes], problem.variables)
    second = _second(problem, [slope.result for slope in slopes])
    known = _domain(problem)
    convexity: Convexity = "" if second is None or known is None else _convexity(
        second, {**known, **problem.known}, tidy)
    why = list(found.why)
    if _may_lack_slopes(problem, [slope.result for slope in slopes]):
        why.append(_NO_SLOPES)
        convexity = ""
    kinks = [site.argument for variable in problem.variables for body in (problem.function, *[
        slope.result for slope in slopes]) for site in sites(body, variable)]
    points: list[CriticalPoint] = []
    sentences: list[Text] = []
    for solution in found.solutions:
        for each in _apart(problem, solution, tidy):
            there = _with(problem.function, each.values)
            if not there.free and number_of(there) is None:
                is_sure = has_no_value(there)
                sentences.append(Text.of("At ", _at(each), " the function has no value." if is_sure else
                                         " the slopes are 0, but the value of the function could not be computed."))
                why += [] if is_sure else [_NO_NUMBER]
                continue
            point = _point(problem, each, second, tidy)
            needed = [there for kink in kinks for there in [_put(kink, each.values, tidy)]
                      if sign_of(there) not in ("+", "-", "!") and not holds_there(related(there, "!="))]
            has_slope = all(there.free and there is not ZERO for there in needed)  # but where these happen to be 0
            if has_slope or point.is_global:
                assuming = [shorter(related(factor, "!="), tidy) for there in needed
                            for factor in vanishing_factors(there)] if has_slope else []
                points.append(point._replace(
                    place="slope 0" if has_slope else "no slope",
                    assuming=tuple(dict.fromkeys([*point.assuming, *assuming]))))
            else:
                sentences.append(Text.of("At ", _at(each), " the function has no slope, or none was found."))
                why += [_NO_SLOPES] * (not all(holds_there(related(there, "=")) for there in needed))
    if convexity:
        kind: Kind = "minimum" if convexity == "convex" else "maximum"
        points = [each._replace(kind=kind, is_global=True, conditions=(), because=each.because if each.kind == kind
                                else Text(f"the function is {convexity}", {})) for each in points]
    sentences += spreads(points)
    extremes = extremes_of(parts, tidy) if parts and not convexity else (Extreme(), Extreme())
    points = [each._replace(is_global=each.is_global or any(
        extreme.outcome == "reached" and each.kind == kind and each.value is extreme.value
        for kind, extreme in zip(_WANTED, extremes, strict=True))) for each in points]
    if not convexity and any(extreme.outcome == "reached" for extreme in extremes):
        sentences.append(Text("Each part of this sum has one letter, so its smallest value is the sum of theirs, and "
                              "its largest value as well, where these exist.", {}))
    smallest, largest = (extreme if extreme.outcome == "unbounded" else None if convexity else without_bound(
        problem, kind, tidy) for kind, extreme in zip(_WANTED, extremes, strict=True))
    assumptions = tuple(dict.fromkeys(shorter(each, tidy) for slope in slopes for each in slope.assumptions
                                      if not each.free & set(problem.letters)))
    return CriticalPoints(problem, slopes, tuple(_in_order(points)), steps=found.steps, second=second or (),
                          complete=not why, why=tuple(dict.fromkeys(why)), sentences=tuple(sentences),
                          convexity=convexity, assumptions=assumptions, smallest=smallest, largest=largest)


_WANTED: tuple[Kind, Kind] = ("minimum", "maximum")
_NO_NUMBER = "Points at which the value of the function could not be computed are not listed."
_NO_SLOPES = "Places where the function has a value but no slope were not looked at."


def _domain(problem: CriticalProblem) -> dict[Expression, str] | None:
    """The letters that have to be positive, if that is all that limits where the function has a value, or what it says
    there; None if there is more."""
    known: dict[Expression, str] = {}
    for variable in problem.variables:
        for site in sites(problem.function, variable):
            if site.argument is variable and site.need == "positive":
                known[variable] = "+"
            elif sign_of(site.argument) != "+":
                return None
    return known


def _may_lack_slopes(problem: CriticalProblem, slopes: Sequence[Expression]) -> bool:
    """Whether there may be places where the function has a value and no slope, as far as its parts show."""
    without_value: set[Expression] = set()
    for variable in problem.variables:
        for site in sites(problem.function, variable):
            if site.need in ("positive", "not zero"):
                without_value.add(site.argument)
            elif sign_of(site.argument) != "+":
                return True
    return any(sign_of(site.argument) not in ("+", "-", "!") and site.argument not in without_value
               for variable in problem.variables for slope in slopes for site in sites(slope, variable)
               if not _is_power_of_one(site.argument, without_value))


def _is_power_of_one(argument: Expression, known: set[Expression]) -> bool:
    """Whether it is 0 only where one of these is: as x^2 where x is."""
    return all(part in known or sign_of(part) in ("+", "-", "!") for part in vanishing_factors(argument))


def _apart(problem: CriticalProblem, solution: Solution, tidy: Tidy) -> list[Solution]:
    """Infinitely many solutions as several families whose members are all alike, where the function repeats itself."""
    if not solution.every:
        return [solution]
    parts: dict[str, list[Expression]] = {}
    for letter, value in solution.values.items():
        every = [each for each in solution.every if each.value in value.free]
        if len(every) > 1:
            return [solution]
        root = Root(value, every[0] if every else None)
        period = period_of(problem.function, name(letter), tidy) if every else None
        if every and period is None:
            return [solution]
        parts[letter] = [each.value for each in split_family(root, period, tidy)]
    made = [solution._replace(values=dict(zip(parts, values, strict=True))) for values in product(*parts.values())]
    return made if len(made) <= MOST_PARTS else [solution]


def _at(solution: Solution) -> Expression:
    """Where a solution is, as x = 1; y = 2."""
    relations = [related(name(letter), "=", value) for letter, value in solution.values.items()
                 if value is not name(letter)]
    return node("statements", tuple(relations)) if len(relations) > 1 else relations[0]


def _in_order(points: Sequence[CriticalPoint]) -> list[CriticalPoint]:
    """From left to right, where that is known."""
    def place(point: CriticalPoint) -> tuple[float, ...]:
        return tuple([number_of(value) or 0.0 for value in point.at.values()])

    return sorted(points, key=place) if all(not value.free for point in points for value in point.at.values()) else (
        list(points))


def _second(problem: CriticalProblem, slopes: Sequence[Expression]) -> Matrix | None:
    """The matrix of the second derivatives; None where one has no formula."""
    try:
        return tuple(tuple(derived(slope, variable, "∂").result for variable in problem.variables) for slope in slopes)
    except TutorError:
        return None


def _put(body: Expression, at: Mapping[str, Expression], tidy: Tidy) -> Expression:
    return tidy(_with(body, at))


def _with(body: Expression, at: Mapping[str, Expression]) -> Expression:
    """An expression with values for its letters, all put in at once."""
    for letter in at:
        body = substitute(body, letter, name(f"{letter}_{{there}}"))
    for letter, value in at.items():
        body = substitute(body, f"{letter}_{{there}}", value)
    return body


def _point(problem: CriticalProblem, solution: Solution, second: Matrix | None, tidy: Tidy) -> CriticalPoint:
    at = dict(solution.values)
    first = {letter: _first_of(value, solution.every, problem, letter, tidy) for letter, value in at.items()}
    value = _put(problem.function, first, tidy)
    value = shortest(value, tidy) if value.free else plainly(value, tidy)
    if not solution.exact:
        size = number_of(value)
        value = value if size is None else in_tree(size, 10)
    kind: Kind = "undecided"
    because = Text("the second derivatives were not found", {})
    conditions: Conditions = ()
    if second is not None:
        there = tuple(tuple(_put(entry, first, tidy) for entry in row) for row in second)
        kind, because, conditions = kind_of(there, problem.letters, tidy, solution.exact)
    point = CriticalPoint(at, value, kind, because, every=(*solution.free, *solution.every), exact=solution.exact,
                          how="rules" if solution.exact else "closed in", conditions=conditions,
                          assuming=tuple(dict.fromkeys(
                              shorter(each, tidy) for each in solution.assuming
                              if not _holds_for_all(each, solution.every) and not holds(each, problem.known))))
    return _by_value(problem, point, tidy) if kind in ("undecided", "minimum", "maximum") else point


def _holds_for_all(relation: Expression, every: Sequence[Expression]) -> bool:
    """Whether a relation holds for some whole numbers in the place of letters that stand for all, without exception."""
    letters = [each.value for each in every if each.value in relation.free]
    if not letters or len(letters) != len(relation.free):
        return False
    for numbers in product(range(-2, 3), repeat=len(letters)):
        there = relation
        for letter, value in zip(letters, numbers, strict=True):
            there = substitute(there, letter, rational(value))
        if holds_there(there) is not True:
            return False
    return True


def _first_of(value: Expression, every: Sequence[Expression], problem: CriticalProblem, letter: str,
              tidy: Tidy) -> Expression:
    """The first member of a family, where the function is the same at all of them; else the family."""
    found = [each for each in every if each.value in value.free]
    if len(found) != 1:
        return value
    root, period = Root(value, found[0]), period_of(problem.function, name(letter), tidy)
    is_whole = period is not None and len(split_family(root, period, tidy)) == 1 and steps_by(root, period, tidy)
    return tidy(substitute(value, found[0].value, ZERO)) if is_whole else value


def _by_value(problem: CriticalProblem, point: CriticalPoint, tidy: Tidy) -> CriticalPoint:
    """The point with what can be seen of the function without derivatives: that no value is smaller, or that it rises
    and falls along a line."""
    if point.value is None or not point.exact:
        return point
    sign = sign_of(tidy(add(problem.function, negate(point.value))))
    for signs, kind, said in ((("0+", "+", "0"), "minimum", "negative"), (("0-", "-"), "maximum", "positive")):
        if sign in signs and kind in (point.kind, "minimum" if point.kind == "undecided" else "", "maximum" if (
                point.kind == "undecided") else ""):
            because = point.because if point.kind == kind else Text.of(
                "the second derivatives do not decide, but ", add(problem.function, negate(point.value))
                if point.value is not ZERO else problem.function, f" is never {said}")
            return point._replace(kind="minimum" if kind == "minimum" else "maximum", is_global=True, because=because,
                                  conditions=())
    if point.kind == "undecided" and not problem.parameters and not point.every:
        line = _rising_line(problem, point, tidy)
        if line is not None:
            return point._replace(kind="saddle", because=line)
    return point


def _rising_line(problem: CriticalProblem, point: CriticalPoint, tidy: Tidy) -> Text | None:
    """A line through the point along which the function takes smaller and larger values, as the lowest power of the
    distance t says; or two lines, along one of which it rises, and along the other of which it falls."""
    if not all(is_polynomial(problem.function, letter) for letter in problem.letters):
        return None
    t = name("t") if "t" not in problem.function.free else name("t_{1}")
    seen: dict[str, Expression] = {}
    for direction in product((0, 1, -1), repeat=len(problem.letters)):
        if next((each for each in direction if each), 0) != 1:
            continue
        at = {letter: tidy(add(point.at[letter], multiply(rational(step), t))) if step else point.at[letter]
              for letter, step in zip(problem.letters, direction, strict=True)}
        along = opened(tidy(add(_put(problem.function, at, tidy), negate(point.value or ZERO))), tidy.style)
        power, leading = _lowest(along, t, tidy)
        if leading is None:
            continue
        where = Text.of("along ", _line(problem.letters, at), " it is ", along if point.value is ZERO else add(
            point.value or ZERO, along))
        if power % 2:
            return Text.of(where, ", which is smaller on one side and larger on the other")
        sign = "+" if holds_there(related(leading, ">")) else "-" if holds_there(related(leading, "<")) else ""
        if sign:
            seen.setdefault(sign, _line(problem.letters, at))
    if len(seen) == 2:
        return Text.of("it rises along ", seen["+"], " and falls along ", seen["-"])
    return None


def _line(letters: Sequence[str], at: Mapping[str, Expression]) -> Expression:
    return node("tuple", tuple([at[letter] for letter in letters]))


def _lowest(along: Expression, t: Expression, tidy: Tidy) -> tuple[int, Expression | None]:
    """The lowest power of t in a polynomial, and its coefficient; None where it is 0, or the power too high."""
    rest = along
    for degree in range(_HIGHEST + 1):
        there = tidy(substitute(rest, t.value, ZERO))
        if there is not ZERO:
            return degree, there
        if rest is ZERO:
            return 0, None
        terms = rest.args if rest.head == "sum" else (rest,)
        rest = tidy(add(*[tidy(divide(term, t)) for term in terms]))
    return 0, None


# -- the matrix of second derivatives ----------------------------------------------------------------------------------


def determinant(matrix: Sequence[Sequence[Expression]], tidy: Tidy) -> Expression:
    """By the first row; matrices are small."""
    if len(matrix) == 1:
        return matrix[0][0]
    terms = []
    for place, entry in enumerate(matrix[0]):
        if entry is ZERO:
            continue
        rest = [[*row[:place], *row[place + 1:]] for row in matrix[1:]]
        minor = multiply(entry, determinant(rest, tidy))
        terms.append(negate(minor) if place % 2 else minor)
    return tidy(add(*terms)) if terms else ZERO


def kind_of(matrix: Matrix, letters: Sequence[str], tidy: Tidy, exact: bool) -> tuple[Kind, Text, Conditions]:
    """The kind of a point by its second derivatives."""
    if any(has_no_value(entry) for row in matrix for entry in row if not entry.free):
        return "undecided", Text("the second derivatives have no value there", {}), ()
    whole, first = determinant(matrix, tidy), matrix[0][0]
    if whole.free or first.free or not exact:
        return _kind_with_letters(matrix, whole, first, letters, tidy)
    signs = _signs_of_eigenvalues(matrix, tidy)
    if signs is None:
        return "undecided", Text("the signs of the second derivatives were not decided", {}), ()
    plus, minus, zero = signs
    told = _told(whole, first, letters)
    if plus and minus:
        return "saddle", told if len(matrix) == 2 else Text(
            f"the matrix of second derivatives has {plus} positive and {minus} negative eigenvalue"
            f"{'s' if minus > 1 else ''}", {}), ()
    if zero:
        return "undecided", Text("determinant 0, so the test does not decide", {}), ()
    kind: Kind = "minimum" if plus else "maximum"
    return kind, told if len(matrix) == 2 else Text(
        f"all eigenvalues of the second derivatives are {'positive' if plus else 'negative'}", {}), ()


def _told(whole: Expression, first: Expression, letters: Sequence[str]) -> Text:
    """Determinant and first second derivative with their signs."""
    below, above = related(whole, "<"), related(whole, ">")
    if holds_there(below):
        return Text.of("determinant ", below)
    sign = ">" if holds_there(related(first, ">")) else "<"
    return Text.of("determinant ", above, f" and second derivative by {letters[0]} ", related(first, sign))


def _kind_with_letters(matrix: Matrix, whole: Expression, first: Expression, letters: Sequence[str],
                       tidy: Tidy) -> tuple[Kind, Text, Conditions]:
    """The same where letters are left, or values are rounded, for two letters."""
    if len(matrix) != 2:
        return "undecided", Text("the signs of the second derivatives depend on letters", {}), ()
    sign = sign_of(whole)
    first, leading_letter = next(((row[place], letters[place]) for place, row in enumerate(matrix)
                                  if sign_of(row[place]) in ("+", "-")), (first, letters[0]))
    leading = sign_of(first)
    if sign == "-":
        return "saddle", Text.of("determinant ", related(whole, "<")), ()
    if sign == "+" and leading in ("+", "-"):
        relation = related(first, ">" if leading == "+" else "<")
        return ("minimum" if leading == "+" else "maximum"), Text.of(
            "determinant ", related(whole, ">"), f" and second derivative by {leading_letter} ", relation), ()
    if not (whole.free or first.free):
        values = number_of(whole), number_of(first)
        if None not in values and abs(values[0] or 0) > _CLEAR and abs(values[1] or 0) > _CLEAR:
            if (values[0] or 0) < 0:
                return "saddle", Text("determinant negative", {}), ()
            return ("minimum" if (values[1] or 0) > 0 else "maximum"), Text("determinant positive", {}), ()
        return "undecided", Text("the determinant is too close to 0", {}), ()
    below, above = shorter(related(whole, "<"), tidy), shorter(related(whole, ">"), tidy)
    if sign == "0":
        return "undecided", Text("determinant 0, so the test does not decide", {}), ()
    conditions: Conditions = ((below, "saddle"),) if sign not in ("+", "0+") else ()
    said = Text.of("saddle if ", below) if conditions else Text("", {})
    if leading in ("+", "-"):
        kind: Kind = "minimum" if leading == "+" else "maximum"
        conditions = ((above, kind), *conditions)
        said = Text.of(f"{kind} if ", above, ", ", said) if said.template else Text.of(f"{kind} if ", above)
    return "undecided", said if said.template else Text("the determinant depends on letters", {}), conditions


_CLEAR = 1e-6
"""From here on the sign of a rounded value is sure enough."""


def _signs_of_eigenvalues(matrix: Matrix, tidy: Tidy) -> tuple[int, int, int] | None:
    """How many eigenvalues are positive, negative and 0; None where that could not be decided."""
    size = len(matrix)
    coefficients: list[int] = []
    for degree in range(size + 1):  # of (-λ)^degree: the sum of the principal minors of the other rows
        minors = [determinant([[matrix[i][j] for j in rows] for i in rows], tidy)
                  for rows in combinations(range(size), size - degree)] if degree < size else [ONE]
        total = tidy(add(*minors))
        sign = 1 if holds_there(related(total, ">")) else -1 if holds_there(related(total, "<")) else 0
        if not sign and holds_there(related(total, "=")) is not True:
            return None
        coefficients.append(sign)
    zero = next(place for place, each in enumerate(coefficients) if each)
    plus = _changes([each * (-1) ** place for place, each in enumerate(coefficients)])
    return plus, size - zero - plus, zero


def _changes(signs: Sequence[int]) -> int:
    return sum(one != other for one, other in pairwise([each for each in signs if each]))


def _convexity(second: Matrix, known: Mapping[Expression, str], tidy: Tidy) -> Convexity:
    """Whether everywhere all principal minors have the signs of a matrix without negative (or positive) eigenvalues.

    known: signs of letters all over the domain.
    """
    size = len(second)
    if size > 3:
        return ""
    for sign, found in ((1, "convex"), (-1, "concave")):
        minors = [(len(rows), determinant([[second[i][j] for j in rows] for i in rows], tidy))
                  for count in range(1, size + 1) for rows in combinations(range(size), count)]
        wanted = [("+", "0+", "0") if sign > 0 or count % 2 == 0 else ("-", "0-", "0") for count, _ in minors]
        if all(sign_in_factors(minor, known, tidy) in signs for (_, minor), signs in zip(minors, wanted, strict=True)):
            return "convex" if found == "convex" else "concave"
    return ""
