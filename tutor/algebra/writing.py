"""Writing a view back as books do: 2·x·(x + 1)·√x·e^x·sin(x) and x^2 + 2·x + 1.

    views = Views(Style())
    written(views.of(parse("sin(x)*x*2")), views)                # 2*x*sin(x)
    in_book_order([parse("1"), parse("x")], views)               # x + 1
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from math import gcd

from tutor.algebra.terms import Exponent, Rational, fraction_before_sums, magnitude, negated, reduced, scaled, split
from tutor.algebra.view import View, Views
from tutor.expression.tree import (
    ARGUMENT_COUNTS,
    ONE,
    ZERO,
    E,
    Expression,
    add,
    divide,
    is_terminating,
    multiply,
    node,
    number,
    rational,
)

LETTERS = frozenset(("name", "indexed"))
"""Heads of what stands for a number that is not known: a letter, or one part of a list."""

# -- the order of terms -----------------------------------------------------------------------------------------------


def degrees(total: Expression, views: Views) -> list[int] | None:
    """The exponents of the one letter that a polynomial has, term by term; None of any other sum."""
    if total not in views.polynomials:
        views.polynomials[total] = _degrees(total)
    return views.polynomials[total]


def _degrees(total: Expression) -> list[int] | None:
    if len(total.free) != 1:
        return None
    found = []
    for term in total.args:
        core = split(term)[1]
        if core is ONE:
            if term is ZERO:
                return None
            found.append(0)
        elif core.head == "name":
            found.append(1)
        elif core.head == "power" and core.args[0].head == "name" and core.args[1].head == "number" and (
                core.args[1].value.__class__ is int):
            found.append(core.args[1].value)
        else:
            return None
    return found


def in_book_order(terms: list[Expression], views: Views) -> Expression:
    """The sum with its terms in the order of books; see `terms_in_order`."""
    return add(*terms_in_order(terms, views))


def terms_in_order(terms: list[Expression], views: Views) -> list[Expression]:
    """The terms with descending powers of the one letter that they have, or ascending ones where only then a positive
    term comes first; others keep their order but for a positive term in front."""
    found = degrees(node("sum", tuple(terms)), views) if len(terms) > 1 else None
    if found is None:
        return positive_first(terms)
    places = sorted(range(len(terms)), key=found.__getitem__, reverse=True)
    if terms[places[0]].head == "negation" and terms[places[-1]].head != "negation":
        places.reverse()
    return [terms[place] for place in places]

# -- writing ----------------------------------------------------------------------------------------------------------


def written(view: View, views: Views) -> Expression:
    """The node of a view, which is kept with it: at most one minus in front, one line of a fraction, a number first,
    then readable order."""
    form = view.form
    if form is None:
        form = view.form = write(view, views)
        if not view.below and not view.rooted:  # else the 1 that x/x came to would be taken for one divided by x
            views.known.setdefault(form, view)
    return form


def write(view: View, views: Views, numbers_apart: bool = False) -> Expression:
    """`written` afresh. numbers_apart: a number is not multiplied into a bracket."""
    value = view.coefficient
    if value == 0:
        return ZERO
    powers, faces, shown = view.powers, view.faces, _AS_THEY_ARE
    views.work += len(powers)
    if faces:
        value, shown = _faces(view, views)
    above: list[Expression] = []
    below: list[Expression] = []
    for base, exponent in powers.items():
        if shown:
            base = shown.get(base, base)
        if exponent.__class__ is int and base is not E:
            if exponent == 1:
                above.append(base)
            elif exponent == -1:
                below.append(base)
            elif exponent > 0:
                above.append(node("power", (base, node("number", (), exponent))))
            else:
                below.append(node("power", (base, node("number", (), -exponent))))
        elif isinstance(exponent, Expression):
            if len(powers) > 1 and base in view.under and split(exponent)[0] < 0 and exponent.head != "sum":
                below.append(_raised(base, views.multiple(exponent, -1), views))
            else:
                above.append(_raised(base, exponent, views))
        elif exponent.numerator > 0:
            above.append(_raised(base, exponent, views))
        else:
            below.append(_raised(base, -exponent, views))
    if value < 0:
        value = -value
        minus = True
        if faces and not views.style.part_of:
            minus = not (turned(above, True, views) or turned(below, False, views))
    else:
        minus = False
    if len(above) > 1:
        in_order(above)
    has_sums = bool(above) and above[-1].head == "finite_sum"
    if len(below) > 1:
        in_order(below)
    has_number = value != 1 or (minus and not views.style.part_of)
    if not below and len(above) == 1 and above[0].head == "sum" and has_number and not numbers_apart:
        made = _number_times_sum(-value if minus else value, above[0], views)
        if made is not None:
            return made
    top, bottom = value.numerator, value.denominator
    if bottom != 1 and views.style.decimals and is_terminating(Fraction(value)):
        above.insert(0, number(value))
    else:
        if top != 1 or not above:
            above.insert(0, node("number", (), top))
        if bottom != 1:
            below.insert(0, node("number", (), bottom))
    made = _product_of(above, views) if not numbers_apart else multiply(*above)
    if below:
        under = _product_of(below, views)
        made = fraction_before_sums(made, under) if has_sums else node("quotient", (made, under))
    return node("negation", (made,)) if minus else made


def _product_of(factors: list[Expression], views: Views) -> Expression:
    """The product of factors in order; a number goes into a bracket that is its only other factor and gets shorter."""
    if len(factors) == 1:
        return factors[0]
    made = node("product", tuple(factors))
    if len(factors) == 2 and factors[1].head == "sum" and factors[0].head == "number":
        opened = add(*[scaled(core, reduced(each * factors[0].value), views.style)
                       for each, core in map(split, factors[1].args)])
        return opened if opened.size < made.size else made
    return made


_REMEMBERED = 4096
"""How many parts are cached: the same few come again and again."""

_AS_THEY_ARE: dict[Expression, Expression] = {}


def _faces(view: View, views: Views) -> tuple[Rational, dict[Expression, Expression]]:
    """How each sum among the bases is written, and the number that is left for the rest."""
    value, shown = view.coefficient, dict[Expression, Expression]()
    for key, face in view.faces.items():
        exponent = view.powers.get(key)
        if exponent.__class__ is not int:
            continue
        factor = 1 if face is key else views.key(face)[1]
        if factor == 1 and (face.head != "sum" or face.args[0].head != "negation"):
            if face is not key:
                shown[key] = face
            continue
        if face.head == "sum":
            size = magnitude(factor)
            if size != 1:
                with_face = Fraction(value) / size**exponent if exponent > 0 else Fraction(value) * size**-exponent
                if _should_reduce(with_face, size, exponent, len(view.powers), views):
                    face = add(*[scaled(core, reduced(each / Fraction(size)), views.style)
                                 for each, core in map(split, face.args)])
                else:
                    value = reduced(with_face)
            if exponent % 2 == 0 or all(term.head == "negation" for term in face.args):
                turned = add(*[negated(term) for term in face.args])
                if turned.size < face.size:
                    face, factor = turned, -factor
        if factor < 0 and exponent % 2:
            value = -value
        shown[key] = face
    return value, shown


def _should_reduce(value: Fraction, size: Rational, exponent: int, bases: int, views: Views) -> bool:
    """Whether the number that all terms of a sum share has to be taken out, so that it can be cancelled."""
    if size.denominator != 1:
        return not views.style.decimals and (exponent < 0 or bases > 1 or value.denominator != 1)
    across, beside = (value.denominator, value.numerator)[::1 if exponent > 0 else -1]
    return gcd(size.numerator, across) > 1 or (bases > 1 and exponent in (1, -1) and abs(beside) != 1)


def turned(factors: list[Expression], are_above: bool, views: Views) -> bool:
    """Whether a minus could be put into a bracket: into 1 - x, which becomes x - 1, and above a line into any
    other difference."""
    for index, factor in enumerate(factors):
        total = factor.args[0] if factor.head == "power" else factor
        if total.head != "sum" or (factor is not total and not _is_odd(factor.args[1])):
            continue
        found = degrees(total, views)
        if found is None:
            if not are_above or factor is not total:
                continue
        elif split(total.args[found.index(max(found))])[0] > 0:
            continue
        other = in_book_order([negated(term) for term in total.args], views)
        if other.size <= total.size:
            factors[index] = other if factor is total else node("power", (other, factor.args[1]))
            return True
    return False


def _number_times_sum(value: Rational, total: Expression, views: Views) -> Expression | None:
    """A number times a sum with every term multiplied, where that is not longer than a bracket."""
    if views.style.decimals and is_terminating(Fraction(value)):
        above, below = value, 1
    else:
        above, below = reduced(Fraction(value.numerator)), value.denominator
    size = magnitude(above)
    if size != 1:
        opened = add(*[scaled(core, reduced(each * size), views.style) for each, core in map(split, total.args)])
        if opened.size > total.size + (not views.style.part_of):
            return None
        total = opened
    if above < 0 and not (views.style.part_of and below != 1):
        turned = in_book_order([negated(term) for term in total.args], views)
        if turned.size <= total.size:
            total, above = turned, -above
    made = total if below == 1 else divide(total, number(below))
    return node("negation", (made,)) if above < 0 else made


def _raised(base: Expression, exponent: Exponent, views: Views) -> Expression:
    style = views.style
    if isinstance(exponent, Expression):
        return node("exp", (exponent,)) if base is E and style.exp else node("power", (base, exponent))
    if exponent == 1:
        return base
    if exponent.denominator == 2 and exponent.numerator == 1:
        return node("sqrt", (base,))
    decimal = exponent.denominator != 1 and style.decimals and is_terminating(Fraction(exponent))
    above = number(exponent) if decimal else rational(exponent)
    return node("exp", (above,)) if base is E and style.exp else node("power", (base, above))


def _is_odd(exponent: Expression) -> bool:
    return exponent.head == "number" and exponent.value % 2 == 1


@lru_cache(maxsize=_REMEMBERED)
def is_monomial(term: Expression) -> bool:
    """A number times letters with whole positive exponents, divided by a number at most."""
    if term.head == "negation":
        term = term.args[0]
    if term.head == "quotient" and term.args[1].head == "number":
        term = term.args[0]
    for part in term.args if term.head == "product" else (term,):
        if part.head == "power":
            base, exponent = part.args
            if base.head not in LETTERS or exponent.head != "number" or exponent.value.__class__ is not int:
                return False
        elif part.head not in LETTERS and part.head not in ("number", "constant"):
            return False
    return True


def positive_first(terms: list[Expression]) -> list[Expression]:
    """The terms with a positive one in front, if there is one."""
    if terms[0].head == "negation":
        first = next((index for index, term in enumerate(terms) if term.head != "negation"), 0)
        return [terms[first], *terms[:first], *terms[first + 1:]]
    return terms


# -- the order of factors ---------------------------------------------------------------------------------------------

_RANK = {"rate": -1, "number": 0, "constant": 1, "name": 2, "indexed": 2, "same": 3, "exp": 6, "finite_sum": 9}
_FUNCTION_RANK, _SUM_RANK, _SUM_OF_FUNCTIONS_RANK = 7, 4, 8
_FIRST_FUNCTIONS = ("sin", "cos", "sec", "csc", "tan", "cot")
_PLACES = {name: place for place, name in enumerate(dict.fromkeys((*_FIRST_FUNCTIONS, *ARGUMENT_COUNTS)))}
"""sin before cos, but sec before tan, as everybody writes them."""


def in_order(factors: list[Expression]) -> None:
    """Put the factors of a product in readable order."""
    keys = [_order_key(factor) for factor in factors]
    for index in range(len(keys) - 1):
        if keys[index] >= keys[index + 1]:
            break
    else:
        return
    if len(set(keys)) < len(keys):  # equal keys are ordered by text; only these have to be written out
        several = {key for key in keys if keys.count(key) > 1}
        factors.sort(key=lambda factor: (key := _order_key(factor), _text(factor) if key in several else ""))
    else:
        factors.sort(key=_order_key)


@lru_cache(maxsize=_REMEMBERED)
def _text(factor: Expression) -> str:
    return str(factor)


def are_in_order(factors: tuple[Expression, ...]) -> bool:
    """Whether factors stand in readable order; False also where only their texts could tell."""
    last = _order_key(factors[0])
    for factor in factors[1:]:
        key = _order_key(factor)
        if key <= last:
            return False
        last = key
    return True


@lru_cache(maxsize=_REMEMBERED)
def _order_key(factor: Expression) -> tuple[int, int, int, str]:
    """Numbers, constants, letters, brackets, roots, exponentials, functions, brackets with functions in them; small
    before large: 2*x*(x + 1)*sin(x), but e^x*(sin(x) + cos(x))."""
    base = factor.args[0] if factor.head in ("power", "sqrt") else factor
    if base.head == "sum":
        rank = _SUM_RANK if base.size < 4 or not any(map(_is_function, base.args)) else _SUM_OF_FUNCTIONS_RANK
    else:
        rank = _RANK.get(base.head, _FUNCTION_RANK)
    if factor.head == "sqrt" and rank > 1:
        rank = 5
    elif base is E or (factor.head == "power" and factor.args[1].free):
        rank = 6
    place = _PLACES.get(base.head, 0)
    return rank, 0 if rank == 2 else factor.size, place, base.value if rank == 2 else base.head


def _is_function(term: Expression) -> bool:
    """Whether a term is, or has as a factor, a function or an exponential; only two levels are examined."""
    if term.head == "negation":
        term = term.args[0]
    for part in term.args if term.head in ("product", "quotient") else (term,):
        base = part.args[0] if part.head == "power" else part
        if base is E or base.head in _FUNCTIONS:
            return True
    return False


_FUNCTIONS = frozenset(ARGUMENT_COUNTS) - {"sqrt", "cbrt"} | {"application", "defined"}
