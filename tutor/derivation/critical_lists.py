"""Where a function of whole lists has slopes 0: least squares with many weights, and what is like it.

    found = of_lists(read_critical("sum_i (sum_j X_{ij}*w_j - y_i)^2", "w"))
    found.lists.equations[0].reading.equation       # X^T*X*w = X^T*y
    found.lists.along.second.result                 # 2*sum_{i=1}^{n} (sum_{j=1}^{m} X_{ij}*v_j)^2

The slope by one part w_k stands for the slopes by all of them. It is derived by the rules, set to zero, taken apart by
rules, and read in whole lists. What kind of place it is can be seen along lines: at w + t*v the function depends on t
alone, and if its second derivative by t is never negative, whatever v is, then the function is convex.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from tutor.algebra.decide import Tidy
from tutor.algebra.factoring import factored
from tutor.algebra.signs import holds, sign_of
from tutor.algebra.terms import Style
from tutor.derivation.critical_kinds import derived, shorter
from tutor.derivation.critical_one import of_one_letter
from tutor.derivation.critical_points import (
    AlongLines,
    Convexity,
    CriticalPoint,
    CriticalPoints,
    ListEquation,
    WholeEquation,
    WholeLists,
)
from tutor.derivation.critical_problem import CriticalProblem
from tutor.derivation.derivation import Derivation
from tutor.derivation.equation_systems import WithoutSums
from tutor.derivation.equations import EquationStep, SolvedEquation, divided_by_factor, solve
from tutor.derivation.equations_with_sums import terms_apart
from tutor.derivation.matrices import MatrixReading, as_matrices, slope_as_matrices
from tutor.errors import TutorError
from tutor.expression.lists import Sizes, shapes, size_letters
from tutor.expression.names import TRANSPOSED
from tutor.expression.new_letters import letters_in, unused
from tutor.expression.relations import related
from tutor.expression.text import Text
from tutor.expression.tree import (
    ONE,
    ZERO,
    Expression,
    add,
    divide,
    indexed,
    multiply,
    name,
    negate,
    number,
    postorder,
    power,
    replace,
    substitute,
)
from tutor.integration.sites import sites
from tutor.rules.factors import factors_of, joined_factors
from tutor.rules.instance import RuleInstance, computed_instance, instance_of
from tutor.rules.rulebook import rulebook

MOST_STEPS = 20
"""Steps of one equation before it is left as it is."""


def of_lists(problem: CriticalProblem) -> CriticalPoints:
    """All that is found of a function of lists, and perhaps of numbers as well."""
    alone = _by_one_part(problem)
    if alone is not None:
        return alone
    known_sizes = shapes(problem.function)
    variables = _variables(problem, known_sizes)
    tidy = Tidy(Style())
    slopes = tuple(derived(problem.function, variable, "∂") for variable in variables)
    along = _along_lines(problem, known_sizes, tidy)
    equations = tuple(_equation(slope, variable, along, known_sizes, tidy)
                      for slope, variable in zip(slopes, variables, strict=True))
    second = _second(slopes[0], variables[0], known_sizes) if len(slopes) == 1 else None
    convexity: Convexity = "convex" if along is not None and along.is_convex and not along.positive else ""
    solution = _solution(equations, along)
    points = () if solution is None or along is None or not along.definite else (CriticalPoint(
        {problem.letters[0]: solution}, None, "minimum", Text("the function is convex", {}), is_global=True,
        assuming=along.positive),)
    why = []
    if along is None:
        why.append(_NO_SLOPES)
    elif not along.is_quadratic:
        why.append(_NOT_LINEAR)
    sentences = () if along is None else tuple(_sentences(problem, known_sizes, along, solution, points != ()))
    return CriticalPoints(
        problem, slopes, points, sentences=sentences, complete=bool(points),
        steps=tuple(step for each in equations for step in _told(each)),
        why=tuple(why), convexity=convexity, assumptions=tuple(dict.fromkeys(
            shorter(each, tidy) for slope in slopes for each in slope.assumptions)),
        lists=WholeLists(equations, along, second, solution))


_NO_SLOPES = "Places where the function has no slope, or another formula begins, were not looked at."
_NOT_LINEAR = ("These equations are not linear, and no rule here solves them. With numbers for the data, tutor descend "
               "goes down the function step by step.")


def _told(equation: ListEquation) -> tuple[WithoutSums | SolvedEquation, ...]:
    steps = (WithoutSums(related(equation.slope.result, "="), equation.steps),) if equation.steps else ()
    return (*steps, *([equation.solved] if equation.solved is not None else []))


# -- lists whose parts do not meet -------------------------------------------------------------------------------------


def _by_one_part(problem: CriticalProblem) -> CriticalPoints | None:
    """The points of the terms with one part of a list, where no term has two of its parts: then each part is a letter
    of its own. None of other functions."""
    if len(problem.letters) != 1:
        return None
    (letter,) = problem.letters
    (variable,) = _variables(problem, shapes(problem.function))
    terms: list[Expression] = []
    for is_negative, term in _terms(problem.function):
        if letter not in term.free:
            continue
        factors = [factor.part for factor in factors_of(term) if letter in factor.part.free]
        if len(factors) != 1 or factors[0].head != "finite_sum" or len(variable.args) != 1:
            return None
        body, index, lower, _ = factors[0].args
        parts = {part for part in postorder([body]) if part.head == "indexed" and part.value == letter}
        if parts != {indexed(letter, index)} or lower is not ONE or any(
                letter in inner.free for inner in postorder([body]) if inner.head == "finite_sum"):
            return None
        own = replace(term, {factors[0]: substitute(body, index.value, variable.args[0])})
        terms.append(negate(own) if is_negative else own)
    if not terms:
        return None
    part = name(f"{letter}_{variable.args[0]}")
    function = replace(add(*terms), {variable: part})
    own_problem = problem._replace(
        function=function, letters=(part.value,), parameters=tuple(sorted(function.free - {part.value})),
        sizes=frozenset(size_letters(problem.function)),
        note=f"Every term has one part of {letter} alone, so each part can be found by itself. This is what "
             f"{part} adds to the function.")
    return of_one_letter(own_problem)


def _terms(root: Expression) -> list[tuple[bool, Expression]]:
    """The terms of a sum, with whether there is a minus before them."""
    terms = root.args if root.head == "sum" else (root,)
    return [(True, term.args[0]) if term.head == "negation" else (False, term) for term in terms]


# -- slopes ------------------------------------------------------------------------------------------------------------


def _variables(problem: CriticalProblem, sizes: Sizes) -> tuple[Expression, ...]:
    """Each letter that varies: a number as it is, of a list one part with an index that stands nowhere else."""
    taken = letters_in([problem.function])
    found = []
    for letter in problem.letters:
        chosen = problem.indices.get(letter, ())
        places = len(sizes.get(letter, ()))
        own = [name(each) for each in chosen if each in _INDICES and each not in taken]
        indices = own if len(own) == places else islice(unused(taken, _INDICES), places)
        found.append(indexed(letter, *indices) if places else name(letter))
    return tuple(found)


_INDICES = "kljpqrsabcdfgh"
"""What indices of parts are called, the first ones first: i is that of the data in most losses."""


def _second(slope: Derivation, variable: Expression, sizes: Sizes) -> tuple[Derivation, MatrixReading | None] | None:
    """The slope of the slope by one part of a list, by another one, and how it is read."""
    if len(variable.args) != 1:
        return None
    taken = letters_in([slope.problem, slope.result])
    other = next(unused(taken, "lmpqrsabcdfghjk"))
    try:
        second = derived(slope.result, indexed(variable.value, other), "∂")
    except TutorError:
        return None
    size = sizes[variable.value][0]
    return second, as_matrices(second.result, (variable.args[0], other), sizes, (size, size))


# -- the equations -----------------------------------------------------------------------------------------------------


def _equation(slope: Derivation, unknown: Expression, along: AlongLines | None, sizes: Sizes,
              tidy: Tidy) -> ListEquation:
    """One slope set to zero, and rewritten if it is linear."""
    start = related(slope.result, "=")
    if along is None or not along.is_quadratic:
        return ListEquation(unknown, slope, (), start, reading=_in_whole_lists(start, unknown, sizes))
    if unknown.head == "name":
        solved = solve(start, unknown)
        return ListEquation(unknown, slope, (), start, solved)
    steps = _steps(start, unknown, tidy)
    equation = steps[-1].after[0] if steps else start
    return ListEquation(unknown, slope, tuple(steps), equation, reading=_in_whole_lists(equation, unknown, sizes))


def _steps(start: Expression, unknown: Expression, tidy: Tidy) -> list[EquationStep]:
    """The steps that bring what has no unknown to the right side, and a constant factor away."""
    steps: list[EquationStep] = []
    equation = start
    for change in (_without_factor, _without_sizes_below, _terms_apart, _constants_over, _alone):
        made = change(equation, unknown, tidy)
        steps += made
        equation = steps[-1].after[0] if steps else start
    return steps


def _without_factor(equation: Expression, unknown: Expression, tidy: Tidy) -> list[EquationStep]:
    divided = divided_by_factor(equation, unknown)
    if divided is not None:
        return [divided]
    product = factored(equation.args[0], tidy.style) if equation.args[0].head == "sum" else None
    if product is None or product.head not in ("product", "quotient"):
        return []
    after = related(product, "=")
    instance = computed_instance(rulebook()["factored_equation"], equation, after, name("u"))
    if instance is None:
        return []
    steps = [_step(instance, equation, after, unknown)]
    if product.head == "quotient":
        above = instance_of(rulebook()["zero_quotient"], after, name("u"), unknown=name(unknown.value))
        sizes = {name(letter): "+" for letter in size_letters(product)}
        if above is None or sign_of(product.args[1], sizes) != "+":
            return []
        steps.append(_step(above, after, above.after.args[0], unknown))
    divided = divided_by_factor(steps[-1].after[0], unknown)
    return [*steps, divided] if divided is not None else steps if product.head == "quotient" else []


def _without_sizes_below(equation: Expression, unknown: Expression, tidy: Tidy) -> list[EquationStep]:
    """The step that multiplies by the sizes of lists in denominators, as of a mean among other terms."""
    terms = equation.args[0].args if equation.args[0].head == "sum" else ()
    below = {factor.part for term in terms for factor in factors_of(term) if factor.is_below}
    sizes = [name(letter) for letter in sorted(size_letters(equation)) if name(letter) in below]
    after = related(tidy(add(*[multiply(*sizes, term) for term in terms])), "=") if sizes else equation
    instance = computed_instance(rulebook()["without_denominators"], equation, after, name("u")) if sizes else None
    if instance is None:
        return []
    return [_step(instance, equation, after, unknown), *_without_factor(after, unknown, tidy)]


def _terms_apart(equation: Expression, unknown: Expression, tidy: Tidy) -> list[EquationStep]:
    return [EquationStep(rule, before, (after,), bindings, assumed, unknown)
            for rule, before, after, bindings, assumed in terms_apart(equation, unknown, tidy)]


def _constants_over(equation: Expression, unknown: Expression, tidy: Tidy) -> list[EquationStep]:
    left = equation.args[0]
    if left.head != "sum" or all(unknown.value in term.free for term in left.args):
        return []
    instance = instance_of(rulebook()["constant_over"], equation, name("u"), unknown=name(unknown.value))
    if instance is None:
        return []
    varying, constant = instance.after.args[0].args
    return [_step(instance, equation, related(tidy(varying), "=", tidy(constant)), unknown)]


def _alone(equation: Expression, unknown: Expression, tidy: Tidy) -> list[EquationStep]:
    """The step that divides by what one part of a list is multiplied by, where no other part of it stands there."""
    left, right = equation.args
    factors = factors_of(left)
    others = [factor for factor in factors if factor.part is not unknown]
    if len(others) != len(factors) - 1 or not others or any(unknown.value in factor.part.free for factor in others):
        return []
    rule = rulebook()["divide_by_factor"]
    instance = instance_of(rule, equation, name("u"), unknown=name(unknown.value))
    if instance is None:
        return []
    sizes = {name(letter): "+" for letter in size_letters(left)}
    made = _step(instance, equation, related(unknown, "=", tidy(divide(right, joined_factors(others)))), unknown)
    return [made._replace(assumptions=tuple(each for each in instance.relations if holds(
        related(tidy(each.args[0]), each.value, each.args[1]), sizes) is None))]


def _step(instance: RuleInstance, before: Expression, after: Expression, unknown: Expression) -> EquationStep:
    bindings = {letter: bound for letter, bound in instance.bindings.items()
                if letter in instance.rule.letters and isinstance(bound, Expression)}
    return EquationStep(instance.rule, before, (after,), bindings, (), unknown)


def _in_whole_lists(equation: Expression, unknown: Expression, sizes: Sizes) -> WholeEquation | None:
    """Both sides read in whole lists; None where the rules do not say how one is read."""
    left, right = [None if side is ZERO else slope_as_matrices(unknown, side, sizes) for side in equation.args]
    if left is None or (right is None and equation.args[1] is not ZERO):
        return None
    return WholeEquation(left, right)


def _solution(equations: Sequence[ListEquation], along: AlongLines | None) -> Expression | None:
    """A^(-1)*b, where A*w = b; None where the equations have another form."""
    if len(equations) != 1 or along is None or not along.is_quadratic:
        return None
    (equation,) = equations
    if equation.reading is None:
        return None
    left, right = equation.reading.left.matrix, equation.reading.right
    if left.head != "product" or left.args[-1] is not name(equation.unknown.value):
        return None
    if equation.unknown.value in multiply(*left.args[:-1]).free:
        return None
    inverse = power(multiply(*left.args[:-1]), negate(ONE))
    if right is None:
        return ZERO
    known = right.matrix
    if known.head == "negation":
        return negate(multiply(inverse, *(known.args[0].args if known.args[0].head == "product" else known.args)))
    return multiply(inverse, *(known.args if known.head == "product" else (known,)))


# -- what follows from what it does along lines ------------------------------------------------------------------------


def _sentences(problem: CriticalProblem, sizes: Sizes, along: AlongLines, solution: Expression | None,
               is_invertible: bool) -> Iterator[Text]:
    """What the second derivative along lines says of the places with slope 0, and of how many there are."""
    directions = list(along.directions.values())
    if along.second.result is ZERO:
        yield Text("The slopes are the same everywhere, so they are 0 either at every place or at none.", {})
        return
    zero = Text.of(*_between(directions, " and "), " = 0" if len(directions) == 1 else " all 0")
    where = Text.of("Where ", *_between(along.positive, " and "), ", the second derivative along every line ") if (
        along.positive) else Text("The second derivative along every line ", {})
    if not along.is_convex:
        if along.is_quadratic:
            yield Text.of("If the second derivative along lines is positive unless ", zero, ", a place with slope 0 is "
                          "a minimum, and its value is the smallest of all. If it is negative unless ", zero,
                          ", that is the largest. If it can be both, it is a saddle.")
            if solution is not None:
                yield Text.of("If ", _inverted(solution), " can be inverted, exactly one place has slope 0: ",
                              _at_solution(problem, solution), ".")
        return
    if along.definite:
        yield Text.of(where, "is positive unless ", zero, ", so the function is convex: where its slope is 0, its "
                      "value is the smallest of all, and there is at most one such place.")
        if is_invertible and solution is not None:
            yield Text.of("Then ", _inverted(solution), " can be inverted, so there is one: ",
                          _at_solution(problem, solution), ".")
        return
    yield Text.of(where, "is never negative, so the function is convex: where its slope is 0, its value is the "
                  "smallest of all.")
    if not along.is_quadratic:
        return
    otherwise = "infinitely many have" if sign_of(problem.function, problem.known) in ("+", "0+") else (
        "none has or infinitely many have")
    independent = _independent(along, sizes)
    if independent is None:
        only_if = Text.of("If it is 0 only for ", zero, ", then")
    else:
        only_if = Text.of("It is 0 only where ", multiply(independent, *directions), " is 0. If the columns of ",
                          independent, " are independent, that is only for ", zero, ": then")
    if solution is None:
        yield Text.of(only_if, " exactly one place has slope 0. If not, ", otherwise, ".")
    else:
        yield Text.of(only_if, " ", _inverted(solution), " can be inverted, and exactly one place has slope 0: ",
                      _at_solution(problem, solution), ". If not, ", otherwise, ".")


def _between(parts: Sequence[Expression], word: str) -> list[Expression | str]:
    return [each for part in parts for each in (word, part)][1:]


def _inverted(solution: Expression) -> Expression:
    """The matrix A of A^(-1)*b."""
    inside = solution.args[0] if solution.head == "negation" else solution
    return inside.args[0].args[0]


def _at_solution(problem: CriticalProblem, solution: Expression) -> Expression:
    return related(name(problem.letters[0]), "=", solution)


def _independent(along: AlongLines, sizes: Sizes) -> Expression | None:
    """The matrix X where the second derivative is a positive number times the sum of the squares of all parts of X*v:
    that is 0 only for v = 0 if the columns of X are independent. None of other functions."""
    coefficient, square = _apart(along.second.result, along.directions)
    if sign_of(coefficient, {name(letter): "+" for letter in size_letters(square)}) != "+":
        return None
    over, inside = _summed(square)
    if inside.head != "power" or inside.args[1] is not number(2):
        return None
    indices, body = _summed(inside.args[0])
    if len(indices) != 1 or body.head != "product" or len(body.args) != 2:
        return None
    directions = {each.value for each in along.directions.values()}
    matrix, vector = sorted(body.args, key=lambda part: part.value in directions)
    (index,) = indices
    if matrix.head != "indexed" or vector.head != "indexed" or vector.value not in directions or (
            vector.args[0] is not index or len(matrix.args) != 2):
        return None
    is_by_rows = matrix.args[1] is index
    other = matrix.args[0 if is_by_rows else 1]
    uppers = over | indices
    if index not in matrix.args or other is index or over.keys() != {other, *vector.args[1:]} or tuple(
            [uppers[each] for each in matrix.args]) != sizes.get(matrix.value):
        return None
    whole = name(matrix.value)
    return whole if is_by_rows else power(whole, name(TRANSPOSED))


def _summed(body: Expression) -> tuple[dict[Expression, Expression], Expression]:
    """The indices of sums inside each other that begin at 1, with their last values, and what is summed up."""
    over: dict[Expression, Expression] = {}
    while body.head == "finite_sum" and body.args[2] is ONE:
        over[body.args[1]] = body.args[3]
        body = body.args[0]
    return over, body


# -- along lines -------------------------------------------------------------------------------------------------------


def _along_lines(problem: CriticalProblem, sizes: Sizes, tidy: Tidy) -> AlongLines | None:
    """What the function does along every line; None where it may lack slopes on one, or no formula is found."""
    taken = letters_in([problem.function])
    free = unused(taken, "tvuzsrdhgpqabcfkxy")
    t = next(free)
    directions = {letter: next(free) for letter in problem.letters}
    changes: dict[Expression, Expression] = {}
    for part in postorder([problem.function]):
        if part.head in ("name", "indexed") and part.value in directions:
            own = directions[part.value]
            step = indexed(own.value, *part.args) if part.head == "indexed" else own
            changes[part] = add(part, multiply(t, step))
    body, known = replace(problem.function, changes), problem.known
    if any(sign_of(site.argument, known) != "+" for site in sites(body, t)):
        return None
    try:
        second = derived(derived(body, t).result, t)
    except TutorError:
        return None
    found = second.result
    if any(sign_of(site.argument, known) != "+" for site in sites(found, t)):
        return None
    positive: list[Expression] = []
    covered: set[str] = set()
    is_convex = True
    for term in (found.args if found.head == "sum" else (found,)):
        coefficient, square = _apart(term, directions)
        sign, sign_before = sign_of(term, known), sign_of(coefficient, known)
        if sign not in ("+", "0+", "0"):
            if sign_before or sign_of(square, known) not in ("+", "0+"):
                is_convex = False
                break
            positive.append(shorter(related(coefficient, ">"), tidy))
        if sign_before in ("+", ""):
            covered |= _covered(square, directions, sizes)
    is_quadratic = found.free.isdisjoint({t.value, *problem.letters})
    return AlongLines(t, directions, second, tuple(dict.fromkeys(positive)) if is_convex else (),
                      is_convex and covered == set(directions), is_quadratic, is_convex)


def _apart(term: Expression, directions: Mapping[str, Expression]) -> tuple[Expression, Expression]:
    """A term as what does not depend on the direction of a line, times what does."""
    letters = {each.value for each in directions.values()}
    is_negative, inside = (True, term.args[0]) if term.head == "negation" else (False, term)
    factors = factors_of(inside)
    varying = joined_factors([factor for factor in factors if letters & factor.part.free])
    constant = joined_factors([factor for factor in factors if not letters & factor.part.free])
    return negate(constant) if is_negative else constant, varying


def _covered(square: Expression, directions: Mapping[str, Expression], sizes: Sizes) -> set[str]:
    """The letters whose direction has to be 0 where this is 0: it is the sum of the squares of all its parts."""
    indices, body = _summed(square)
    if body.head != "power" or body.args[1] is not number(2):
        return set()
    part = body.args[0]
    return {letter for letter, direction in directions.items()
            if part.value == direction.value and part.head in ("name", "indexed")
            and set(part.args) == indices.keys() and len(part.args) == len(indices)
            and tuple([indices[index] for index in part.args]) == sizes.get(letter, ())}
