"""The field of quotients of polynomials in several atoms: sin(x) and cos(x), a new variable, the letters of a problem.

    ratio = ratio_of(parse("(a^2 - b^2)/(a - b)"), "x")
    written(ratio)                                            # a + b
    root(8)                                                   # 2*sqrt(2), whose square is 8

What stands below the line is kept in factors. Sums are put over the least common multiple of these, and a factor is
cancelled wherever it divides what is above the line, so that 0 is always seen as 0. A root of a number below the line
is brought above it. Of atoms, only of roots of numbers more is known than that they are not zero.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import reduce
from math import isqrt, lcm, prod, sqrt
from operator import add as total_of
from operator import mul as product_of
from operator import truediv as quotient_of

from tutor.algebra import polynomials
from tutor.algebra.linear_equations import solution_of
from tutor.algebra.multivariate import (
    CONSTANT,
    MOST_DEGREE,
    NOTHING,
    UNIT,
    Product,
    Sum,
    TooLarge,
    atom,
    atoms_in,
    by_powers,
    content,
    exact_quotient,
    is_nested,
    leading,
    only_number,
    order,
    over_product,
    plain,
    plus,
    renamed,
    shared_product,
    square_of,
    square_root,
    times,
)
from tutor.algebra.terms import Rational, magnitude, reduced
from tutor.expression.tree import Expression, add, call, divide, multiply, negate, number, power
from tutor.expression.tree import rational as written_number
from tutor.rules.conditions import rational_value

Factor = tuple[tuple[Product, Rational], ...]
Factors = Mapping[Factor, int]
"""Polynomials below the line, each as its sorted terms, and how often; they are primitive, their first terms positive
and without roots of numbers."""

LARGEST_ROOT = 10**10
"""Roots of larger numbers are not taken apart."""


class Ratio:
    """`above` divided by the product of the factors below; a factor that divides `above` is cancelled."""

    __slots__ = ("above", "factors")

    def __init__(self, above: Sum, factors: Factors | None = None) -> None:
        self.above = above
        self.factors: dict[Factor, int] = {}
        if above:
            for factor, often in (factors or {}).items():
                while often and (quotient := exact_quotient(self.above, dict(factor))) is not None:
                    self.above, often = quotient, often - 1
                if often:
                    self.factors[factor] = often

    @property
    def below(self) -> Sum:
        """The product of what is below the line. Raises TooLarge."""
        return _times_factors(UNIT, self.factors)

    @property
    def value(self) -> Fraction | None:
        """Its value if no atom is left."""
        found = None if self.factors else only_number(self.above)
        return None if found is None else Fraction(found)

    def __bool__(self) -> bool:
        return bool(self.above)

    def __hash__(self) -> int:
        value = self.value
        return hash((frozenset(self.above.items()), frozenset(self.factors.items())) if value is None else value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, (Ratio, Fraction, int)) and not self - other

    def __neg__(self) -> Ratio:
        return self * -1

    def __add__(self, other: Constant | int) -> Ratio:
        return self._plus(_ratio(other), 1)

    def __sub__(self, other: Constant | int) -> Ratio:
        return self._plus(_ratio(other), -1)

    def __rsub__(self, other: Constant | int) -> Ratio:
        return _ratio(other)._plus(self, -1)

    def _plus(self, other: Ratio, sign: int) -> Ratio:
        if self.factors == other.factors:
            return Ratio(plus(self.above, other.above, sign), self.factors)
        below = common_multiple((self, other))
        return Ratio(plus(self.over(below), other.over(below), sign), below)

    def __mul__(self, other: Constant | int) -> Ratio:
        other = _ratio(other)
        if not other.factors:
            return Ratio(times(self.above, other.above), self.factors)
        below = {factor: self.factors.get(factor, 0) + other.factors.get(factor, 0)
                 for factor in {**self.factors, **other.factors}}
        return Ratio(times(self.above, other.above), below)

    def __truediv__(self, other: Constant | int) -> Ratio:
        return self * _ratio(other).inverse()

    def __rtruediv__(self, other: Constant | int) -> Ratio:
        return self.inverse() * other

    def __pow__(self, exponent: int) -> Ratio:
        if abs(exponent) > MOST_DEGREE:
            raise TooLarge
        found = Ratio(UNIT)
        for _ in range(abs(exponent)):
            found = found * self
        return found.inverse() if exponent < 0 else found

    __radd__, __rmul__ = __add__, __mul__

    def over(self, factors: Factors) -> Sum:
        """What stands above the line if these factors, all of its own among them, stand below it."""
        return _times_factors(self.above, {factor: often - self.factors.get(factor, 0)
                                           for factor, often in factors.items()})

    def inverse(self) -> Ratio:
        """1 divided by it: roots are brought above the line by multiplying with the same sum, the sign of one root
        turned."""
        if not self.above:
            raise ZeroDivisionError("a ratio that is zero stands below the line")
        above, divisor = self.below, self.above
        while roots := [part for part in atoms_in(divisor) if square_of(part)]:
            root_below = min(roots, key=_outermost_first)
            by_root = by_powers(divisor, root_below)
            turned = plus(by_root.get(0, NOTHING), times(by_root[1], atom(root_below)), -1)
            above, divisor = times(above, turned), times(divisor, turned)
        size = content([divisor]) if divisor[leading(divisor)] > 0 else -content([divisor])
        alone = shared_product([divisor])
        rest = over_product({product: value / Fraction(size) for product, value in divisor.items()}, alone) or UNIT
        factors = {_factor(atom(part)): often for part, often in sorted(alone, key=str)}
        if len(rest) > 1:
            half = square_root(rest)
            factors[_factor(rest if half is None else half)] = 1 if half is None else 2
        return Ratio({product: value / Fraction(size) for product, value in above.items()}, factors)

    def renamed(self, old: Expression, new: Expression) -> Ratio:
        """The same with an atom that does not occur in it in the place of another one."""
        factors = {_factor(renamed(dict(factor), old, new)): often for factor, often in self.factors.items()}
        return Ratio(renamed(self.above, old, new), factors)

    def assumed(self) -> list[Expression]:
        """What must not be zero for it to have a value."""
        return [_sum_written(dict(factor)) for factor in self.factors]

    def sign(self) -> int:
        """1, -1, or 0 where letters decide it or where it is too close to zero for floating point."""
        found = 1
        for terms in (self.above, *[dict(factor) for factor, often in self.factors.items() if often % 2]):
            total = size = 0.0
            for product, value in terms.items():
                roots = [_size(part) for part, _ in product]
                if None in roots:
                    return 0
                term = float(value) * prod([each or 0 for each in roots])
                total, size = total + term, size + abs(term)
            if abs(total) <= 1e-9 * size:
                return 0
            found = found if total > 0 else -found
        return found


Constant = Fraction | Ratio
"""A number, or a ratio in which the variable does not occur."""


def _ratio(value: Constant | int) -> Ratio:
    return value if isinstance(value, Ratio) else Ratio(plain(value))


def _outermost_first(root: Expression) -> tuple[int, str]:
    return -root.size, str(root)


def _size(part: Expression) -> float | None:
    """The value of an atom that is a root of numbers, to the precision of floating point; None of other atoms."""
    square, total = square_of(part), 0.0
    for product, value in (square or {}).items():
        total += float(value) * prod([_size(inner) or 0 for inner, _ in product])
    return None if square is None else sqrt(total)


def over(above: Sum, below: Sum) -> Ratio:
    """The quotient of two polynomials. Raises ZeroDivisionError."""
    return Ratio(above) / Ratio(below)


def _factor(total: Sum) -> Factor:
    return tuple(sorted(total.items(), key=lambda term: order(term[0])))


def _times_factors(total: Sum, factors: Factors) -> Sum:
    for factor, often in factors.items():
        for _ in range(often):
            total = times(total, dict(factor))
    return total


def common_multiple(ratios: Sequence[Ratio]) -> dict[Factor, int]:
    """What is below the line in any of them, as often as it is in one."""
    below: dict[Factor, int] = {}
    for each in ratios:
        for factor, often in each.factors.items():
            below[factor] = max(below.get(factor, 0), often)
    return below


# -- reading -----------------------------------------------------------------------------------------------------------

_OPERATIONS: dict[str, Callable[[Ratio, Ratio], Ratio]] = {
    "sum": total_of, "product": product_of, "quotient": quotient_of}


def ratio_of(whole: Expression, variable: str, known: Callable[[Expression], Ratio | None] = lambda _: None
             ) -> Ratio | None:
    """An expression as a ratio, None if it is none.

    known: what a part is to be read as, None for parts that are looked into. Parts in which the variable does not
    occur, and which are not rational, are atoms. Raises TooLarge, and ZeroDivisionError.
    """
    done: dict[Expression, Ratio | None] = {}
    stack = [whole]
    while stack:
        part = stack[-1]
        if part in done:
            stack.pop()
            continue
        found = known(part)
        if found is not None:
            done[part] = found
        elif (value := rational_value(part)) is not None:
            done[part] = Ratio(plain(value))
        elif waiting := [arg for arg in part.args if arg not in done] if part.head in _LOOKED_INTO else []:
            stack += waiting
        else:
            done[part] = _joined(part, [done.get(arg) for arg in part.args], variable)
    return done[whole]


_LOOKED_INTO = frozenset(("sum", "product", "quotient", "negation", "power", "sqrt"))


def _joined(part: Expression, args: list[Ratio | None], variable: str) -> Ratio | None:
    """The ratio for a part whose own parts were read."""
    head = part.head
    if head in _OPERATIONS or head == "negation":
        read = [arg for arg in args if arg is not None]
        if len(read) < len(args):
            return None
        return -read[0] if head == "negation" else reduce(_OPERATIONS[head], read)
    base = args[0] if args else None
    if head == "power" and base is not None:
        exponent = rational_value(part.args[1])
        if exponent is not None and exponent.denominator == 1:
            return base ** int(exponent)
    if head == "sqrt" and base is not None:
        found = root(base.value) if base.value is not None and base.value > 0 else nested_root(base)
        if found is not None:
            return found
    if head == "constant" and part.value in ("i", "infinity"):
        return None
    return None if variable in part.free else Ratio(atom(part))


def root(value: Rational) -> Ratio:
    """The square root of a positive number: a number times roots of prime numbers. Raises TooLarge."""
    whole = value.numerator * value.denominator
    if whole > LARGEST_ROOT:
        raise TooLarge
    outside, primes = Fraction(1, value.denominator), []
    for prime in range(2, isqrt(whole) + 1):
        while whole % (prime * prime) == 0:
            whole //= prime * prime
            outside *= prime
        if whole % prime == 0:
            whole //= prime
            primes.append(prime)
    primes += [whole] if whole > 1 else []
    return Ratio({frozenset([(call("sqrt", number(prime)), 1) for prime in primes]): outside})


def nested_root(value: Ratio) -> Ratio | None:
    """The square root of a positive p + q*sqrt(d), where p, q and d are numbers: a sum of two plain roots if it is
    one, as sqrt(3 + 2*sqrt(2)) is 1 + sqrt(2), or else a new atom, over a number. None of anything else.

    Such an atom is no sum of plain roots. Between two of them there may be relations, which are not known of.
    """
    irrational = {product: each for product, each in value.above.items() if product}
    if value.factors or len(irrational) != 1 or value.sign() <= 0:
        return None
    (product, q), = irrational.items()
    p = Fraction(value.above.get(CONSTANT, 0))
    if any(is_nested(part) for part, _ in product):
        return None
    conjugate = p * p - only_number(times({product: q}, {product: q}))  # type: ignore[operator]  # roots of numbers
    n = root(conjugate).value if conjugate > 0 else None
    if n is not None:  # sqrt((p + n)/2) and sqrt((p - n)/2), the square of whose sum is p + sqrt(p^2 - n^2)
        return root((p + n) / 2) + (1 if q > 0 else -1) * root((p - n) / 2)
    below = lcm(p.denominator, q.denominator)
    inside = {each: reduced(number * below * below) for each, number in value.above.items()}
    outside = max(each for each in range(1, 100) if all(number % (each * each) == 0 for number in inside.values()))
    inside = {each: reduced(Fraction(number) / outside**2) for each, number in inside.items()}
    return Ratio(plus(NOTHING, atom(call("sqrt", written(Ratio(inside)))), Fraction(outside, below)))


# -- one atom replaced, and roots as atoms -----------------------------------------------------------------------------


def put_in(ratio: Ratio | Sum, part: Expression, value: Ratio) -> Ratio:
    """A ratio with another one put in for one of its atoms. Raises ZeroDivisionError where it has no value."""
    if isinstance(ratio, Ratio):
        return put_in(ratio.above, part, value) / put_in(ratio.below, part, value)
    made = Ratio(NOTHING)
    for exponent, rest in by_powers(ratio, part).items():
        made += value ** exponent * Ratio(rest)
    return made


def parts_by_root(ratio: Ratio, root: Expression, square: Ratio) -> tuple[Ratio, Ratio]:
    """A and B where the ratio is A + B · root, and the root, an atom whose square is known, occurs in neither."""
    (a, b), (c, d) = _split(ratio.above, root, square), _split(ratio.below, root, square)
    if not d:
        return a / c, b / c
    if not c:
        return b / d, a / (d * square)
    below = c * c - d * d * square  # (a + b r)/(c + d r) = (a + b r)(c - d r)/(c² - d² r²)
    return (a * c - b * d * square) / below, (b * c - a * d) / below


def _split(total: Sum, root: Expression, square: Ratio) -> tuple[Ratio, Ratio]:
    """a and b of a sum a + b · root, whose higher powers are replaced."""
    halves = [Ratio(NOTHING), Ratio(NOTHING)]
    for exponent, rest in by_powers(total, root).items():
        halves[exponent % 2] += Ratio(rest) * square ** (exponent // 2)
    return halves[0], halves[1]


# -- with one atom as the variable of polynomials ----------------------------------------------------------------------


def cancelled(ratio: Ratio, part: Expression) -> Ratio:
    """Without the greatest common divisor of what is above and below the line, where one atom alone occurs."""
    below = ratio.below
    if not ratio.factors or not atoms_in(ratio.above, below) <= {part}:
        return ratio
    first, second = coefficients(ratio.above, part), coefficients(below, part)
    shared = polynomials.greatest_common_divisor(first, second)
    if len(shared) < 2:
        return ratio
    quotients = [polynomials.exact_quotient(each, shared) for each in (first, second)]
    return over(*[from_coefficients(each or (), part) for each in quotients])


def without(ratio: Ratio, divisor: Sum) -> Ratio:
    """The ratio with a divisor cancelled as often as it divides both parts."""
    while (above := exact_quotient(ratio.above, divisor)) and (below := exact_quotient(ratio.below, divisor)):
        ratio = over(above, below)
    return ratio


def coefficients(total: Sum, part: Expression) -> polynomials.Polynomial:
    """A sum in which one atom alone occurs as a polynomial."""
    values = {exponent: rest[CONSTANT] for exponent, rest in by_powers(total, part).items()}
    return polynomials.trimmed([values.get(exponent, 0) for exponent in range(max(values, default=0) + 1)])


def from_coefficients(polynomial: polynomials.Polynomial, part: Expression) -> Sum:
    return {frozenset([(part, exponent)] if exponent else []): value
            for exponent, value in enumerate(polynomial) if value}


def solution(columns: Sequence[Sum], right: Sum, part: Expression) -> list[Ratio] | None:
    """The ratios by which sums in one atom have to be multiplied to add up to another; None if there are none, or not
    enough equations to find them."""
    by_column = [by_powers(column, part) for column in (*columns, right)]
    exponents = sorted({each for powers in by_column for each in powers}, reverse=True)
    found = solution_of([[Ratio(powers.get(exponent, NOTHING)) for powers in by_column] for exponent in exponents],
                        size=lambda ratio: len(ratio.above) + len(ratio.factors))
    return None if found is None or None in found else [each for each in found if each is not None]


# -- as expressions ----------------------------------------------------------------------------------------------------


def written(constant: Constant, part: Expression | None = None) -> Expression:
    """A ratio as a person writes it: in descending powers of one atom, if one is given."""
    if not isinstance(constant, Ratio):
        return written_number(constant)
    if not constant.above:
        return number(0)
    shared = lcm(*[value.denominator for value in constant.above.values()])
    above = _sum_written({product: value * shared for product, value in constant.above.items()}, part)
    below = [_power(_sum_written(dict(factor), part), often) for factor, often in constant.factors.items()]
    below.sort(key=lambda each: (each.size, str(each)))
    if shared != 1:
        below.insert(0, number(shared))
    if above.head == "negation" and below:
        return negate(divide(above.args[0], multiply(*below)))
    return divide(above, multiply(*below)) if below else above


def _sum_written(total: Sum, part: Expression | None = None) -> Expression:
    """A polynomial whose coefficients are whole: (a + b)*u^2 + a in powers of u, else a*u^2 + a + b*u^2."""
    if part is None:
        products = sorted(total, key=order)
        if all(square_of(each) for each in atoms_in(total)):  # 4 + sqrt(10), but a + 4
            products.sort(key=bool)
        made = [_term(product, total[product]) for product in products]
    else:
        made = []
        for exponent, rest in sorted(by_powers(total, part).items(), reverse=True):
            if len(rest) == 1 or not exponent:
                made += [_term(product, rest[product], (part, exponent)) for product in sorted(rest, key=order)]
            else:
                made.append((False, multiply(_sum_written(rest), _power(part, exponent))))
    if all(negative for negative, _ in made):
        return negate(add(*[term for _, term in made]))
    if part is None:
        made.sort(key=lambda each: each[0])  # a sum does not begin with a minus sign if that can be helped
    return add(*[negate(term) if negative else term for negative, term in made])


def _term(product: Product, value: Rational, last: tuple[Expression, int] | None = None) -> tuple[bool, Expression]:
    """Whether a term is negative, and how it is written without its sign: roots first, letters by their names."""
    numbers = [part.args[0].value for part, _ in product if square_of(part) and not is_nested(part)]
    letters = sorted([pair for pair in product if square_of(pair[0]) is None or is_nested(pair[0])],
                     key=lambda pair: str(pair[0]))
    factors = [_power(part, exponent) for part, exponent in (*letters, *([last] if last and last[1] else []))]
    if numbers:
        factors.insert(0, call("sqrt", number(prod(numbers))))
    if magnitude(value) != 1 or not factors:
        factors.insert(0, written_number(magnitude(value)))
    return value < 0, multiply(*factors)


def _power(base: Expression, exponent: int) -> Expression:
    if base.head == "power":  # a root that a problem is measured in: (2^(1/3))^2 is 2^(2/3)
        raised_to = rational_value(base.args[1])
        if raised_to is not None and base.args[0].head != "power":
            return power(base.args[0], written_number(Fraction(raised_to) * exponent))
    return base if exponent == 1 else power(base, number(exponent))
