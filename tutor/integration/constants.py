"""Exact constants with letters and roots in them, with which polynomials can be divided and split.

    field = Field("x", ("a",))
    a = field.constant(parse("a"))
    1/(a*a - 1)                                               # 1/(a^2 - 1)
    field.root(8)                                             # 2*sqrt(2), whose square is 8

A constant is a polynomial in atoms over a product of such polynomials. Atoms are letters, roots of prime numbers, and
whatever else is free of the variable, such as ln(3); only of the roots is more known than that they are not zero.
Sums are put over the least common denominator and fractions are cancelled by dividing, so that 0 is always seen as 0.
Numbers are fractions as long as nothing else comes in, and both kinds can be mixed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import zip_longest
from math import gcd, isqrt, lcm, prod, sqrt

from tutor.expression.tree import Expression, add, call, divide, multiply, name, negate, node, number, postorder, power
from tutor.expression.tree import rational as written_number
from tutor.rules.conditions import rational_value

Monomial = tuple[int, ...]
"""The exponent of each atom, without zeros at the end."""

Terms = dict[Monomial, Fraction]
"""A polynomial in the atoms; {} is zero."""

Below = dict[tuple[tuple[Monomial, Fraction], ...], int]
"""Polynomials below the line, each as its sorted terms, and how often."""

MOST_ATOMS, MOST_TERMS, LARGEST_ROOT = 6, 60, 10**6
"""Constants with more letters, or with longer polynomials, and roots of larger numbers are refused."""


class TooMuchError(ArithmeticError):
    """The constants of this problem are too long for a person, or are not constants."""


class Field:
    """The atoms of one problem."""

    def __init__(self, varying: str, letters: Iterable[str] = ()) -> None:
        self.varying = varying
        self.atoms: list[Expression] = []
        self.squares: dict[int, int] = {}  # place of a root -> the prime number that is its square
        for letter in sorted(letters):  # so that a - b and not b - a is what stands below a line
            self.atom(name(letter))

    def constant(self, expression: Expression) -> Constant:
        """An expression without the variable."""
        done: dict[Expression, Constant] = {}
        for part in postorder([expression]):
            done[part] = self._constant(part, [done[arg] for arg in part.args])
        return done[expression]

    def _constant(self, part: Expression, args: list[Constant]) -> Constant:
        head = part.head
        value = rational_value(part)
        if value is not None:
            return Fraction(value)
        if head == "sum":
            total: Constant = Fraction(0)
            for arg in args:
                total = total + arg
            return total
        if head == "product":
            found: Constant = Fraction(1)
            for arg in args:
                found = found * arg
            return found
        if head == "negation":
            return -args[0]
        if head == "quotient" and args[1]:
            return args[0] / args[1]
        if head == "power":
            exponent = rational_value(part.args[1])
            if exponent is not None and exponent.denominator == 1 and abs(int(exponent)) <= MOST_TERMS and args[0]:
                return raised(args[0], int(exponent))
        if head == "sqrt":
            inside = args[0]
            if isinstance(inside, Fraction) and inside > 0:
                return self.root(inside)
        if part.head == "constant" and part.value in ("i", "infinity"):
            raise TooMuchError
        return self.atom(part)

    def atom(self, expression: Expression) -> Symbolic:
        if expression not in self.atoms:
            if self.varying in expression.free or len(self.atoms) == MOST_ATOMS:
                raise TooMuchError
            self.atoms.append(expression)
        return Symbolic(self, {(0,) * self.atoms.index(expression) + (1,): Fraction(1)})

    def root(self, value: Fraction) -> Constant:
        """The square root of a positive number: a number times roots of prime numbers."""
        whole = value.numerator * value.denominator
        if whole > LARGEST_ROOT:
            raise TooMuchError
        found: Constant = Fraction(1, value.denominator)
        for prime in range(2, isqrt(whole) + 1):
            while whole % (prime * prime) == 0:
                whole //= prime * prime
                found = found * prime
            if whole % prime == 0:
                whole //= prime
                found = found * self._root_of_prime(prime)
        return found if whole == 1 else found * self._root_of_prime(whole)

    def _root_of_prime(self, prime: int) -> Symbolic:
        made = self.atom(call("sqrt", number(prime)))
        self.squares[self.atoms.index(call("sqrt", number(prime)))] = prime
        return made


class Symbolic:
    """A constant in which there are atoms: `above` divided by the factors `below`; see the head of this module."""

    __slots__ = ("above", "below", "field")

    def __init__(self, field: Field, above: Terms, below: Below | None = None) -> None:
        self.field, self.above = field, above
        self.below: Below = {}
        if above:
            for factor, times in (below or {}).items():
                for _ in range(times):
                    quotient = _exact_quotient(self.above, dict(factor))
                    if quotient is None:
                        self.below[factor] = self.below.get(factor, 0) + 1
                    else:
                        self.above = quotient
        if len(self.above) > MOST_TERMS:
            raise TooMuchError

    def __bool__(self) -> bool:
        return bool(self.above)

    def __hash__(self) -> int:
        return hash((frozenset(self.above.items()), frozenset(self.below.items())))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, (Symbolic, Fraction, int)) and not self - other

    def __neg__(self) -> Symbolic:
        return self * -1

    def __add__(self, other: Constant | int) -> Symbolic:
        other = self._symbolic(other)
        below = {factor: max(self.below.get(factor, 0), other.below.get(factor, 0))
                 for factor in {**self.below, **other.below}}
        return Symbolic(self.field, _plus(self.over(below), other.over(below)), below)

    def __sub__(self, other: Constant | int) -> Symbolic:
        return self + self._symbolic(other) * -1

    def __mul__(self, other: Constant | int) -> Symbolic:
        other = self._symbolic(other)
        below = {factor: self.below.get(factor, 0) + other.below.get(factor, 0)
                 for factor in {**self.below, **other.below}}
        return Symbolic(self.field, _times(self.above, other.above, self.field.squares), below)

    def __truediv__(self, other: Constant | int) -> Symbolic:
        return self * self._symbolic(other).inverse()

    def __rsub__(self, other: Constant | int) -> Symbolic:
        return self * -1 + other

    def __rtruediv__(self, other: Constant | int) -> Symbolic:
        return self.inverse() * other

    __radd__, __rmul__ = __add__, __mul__

    def _symbolic(self, other: Constant | int) -> Symbolic:
        if isinstance(other, Symbolic):
            return other
        return Symbolic(self.field, {(): Fraction(other)} if other else {})

    def over(self, below: Below) -> Terms:
        """What stands above the line if this stands below it."""
        found = self.above
        for factor, times in below.items():
            for _ in range(times - self.below.get(factor, 0)):
                found = _times(found, dict(factor), self.field.squares)
        return found

    def inverse(self) -> Symbolic:
        """1 divided by it: roots are brought above the line by multiplying with the same sum, the sign of one root
        turned."""
        if not self.above:
            raise ZeroDivisionError
        squares = self.field.squares
        above: Terms = {(): Fraction(1)}
        for factor, times in self.below.items():
            for _ in range(times):
                above = _times(above, dict(factor), squares)
        divisor = self.above
        for place in squares:
            if any(_exponent(row, place) for row in divisor):
                turned = {row: -value if _exponent(row, place) else value for row, value in divisor.items()}
                above, divisor = _times(above, turned, squares), _times(divisor, turned, squares)
        shared = Fraction(gcd(*[value.numerator for value in divisor.values()]),
                          lcm(*[value.denominator for value in divisor.values()]))
        if divisor[max(divisor)] < 0:
            shared = -shared
        lowest = [min(_exponent(row, place) for row in divisor) for place in range(max(map(len, divisor)))]
        rest = {_trimmed([_exponent(row, place) - least for place, least in enumerate(lowest)]): value / shared
                for row, value in divisor.items()}
        below: Below = {_key({(0,) * place + (1,): Fraction(1)}): times for place, times in enumerate(lowest) if times}
        if len(rest) > 1:
            half = _root_of_terms(rest)
            below[_key(rest if half is None else half)] = 1 if half is None else 2
        return Symbolic(self.field, {row: value / shared for row, value in above.items()}, below)

    def assumed(self) -> list[Expression]:
        """What must not be zero for it to have a value."""
        return [_written(dict(factor), self.field) for factor in self.below]

    def sign(self) -> int:
        """1, -1, or 0 where letters decide it or where it is too close to zero for floating point."""
        field = self.field
        sides = (self.above, *[dict(factor) for factor, times in self.below.items() if times % 2])
        found = 1
        for terms in sides:
            total = size = 0.0
            for row, value in terms.items():
                if any(exponent and place not in field.squares for place, exponent in enumerate(row)):
                    return 0
                inside = prod([field.squares[place] for place, exponent in enumerate(row) if exponent])
                term = float(value) * sqrt(inside)
                total, size = total + term, size + abs(term)
            if abs(total) <= 1e-9 * size:
                return 0
            found = found if total > 0 else -found
        return found

    @property
    def value(self) -> Fraction | None:
        """Its value if no atom is left."""
        if not self.above:
            return Fraction(0)
        return self.above.get(()) if len(self.above) == 1 and not self.below else None


Constant = Fraction | Symbolic


def raised(base: Constant, exponent: int) -> Constant:
    found: Constant = Fraction(1)
    for _ in range(abs(exponent)):
        found = found * base
    return 1 / found if exponent < 0 else found


def shared_factor(constants: Sequence[Symbolic]) -> Symbolic:
    """The number, letters and roots in all of them, with all that stands below the line in any of them, and the sign of
    the last one."""
    field = constants[-1].field
    below: Below = {}
    for each in constants:
        for factor, times in each.below.items():
            below[factor] = max(below.get(factor, 0), times)
    tops = [each.over(below) for each in constants if each]
    values = [value for top in tops for value in top.values()]
    number_in_all = Fraction(gcd(*[value.numerator for value in values]), lcm(*[value.denominator for value in values]))
    if tops[-1][max(tops[-1])] < 0:
        number_in_all = -number_in_all
    rows = [row for top in tops for row in top]
    least = [min(_exponent(row, place) for row in rows) for place in range(max(map(len, rows)))]
    return Symbolic(field, {_trimmed(least): number_in_all}, below)


def square_root(constant: Constant, field: Field) -> Constant | None:
    """The root of a constant that is a square wherever its letters have values, with the root of a positive number
    in it if need be; None of any other: of a^2*b^2/2 it is a*b*sqrt(2)/2, whose sign depends on the letters."""
    if isinstance(constant, Symbolic) and constant.value is not None:
        constant = constant.value
    if isinstance(constant, Fraction):
        return field.root(constant) if constant > 0 else None
    below: Constant = Fraction(1)
    for factor, times in constant.below.items():
        if times % 2:
            return None
        below = below * raised(Symbolic(field, dict(factor)), times // 2)
    leading = constant.above[max(constant.above)]
    if leading < 0 or any(_exponent(row, place) for row in constant.above for place in field.squares):
        return None
    above = _root_of_terms({row: each / leading for row, each in constant.above.items()})
    return None if above is None else field.root(leading) * Symbolic(field, above) / below


def _root_of_terms(terms: Terms) -> Terms | None:
    """The root of a polynomial with 1 as its leading coefficient that is a square, found from its leading term
    downwards."""
    leading = max(terms)
    if terms[leading] != 1 or any(exponent % 2 for exponent in leading):
        return None
    first = _trimmed([exponent // 2 for exponent in leading])
    found: Terms = {first: Fraction(1)}
    for _ in range(len(terms)):
        rest = _plus(terms, _times(found, found, {}), -1)
        if not rest:
            return found
        highest = max(rest)
        row = [one - two for one, two in zip_longest(highest, first, fillvalue=0)]
        if min(row, default=0) < 0 or _trimmed(list(row)) in found:
            return None
        found[_trimmed(row)] = rest[highest] / 2
    return None


def expression_of(constant: Constant) -> Expression:
    """A constant as a person writes it."""
    if isinstance(constant, Fraction):
        return written_number(constant)
    if not constant.above:
        return number(0)
    field = constant.field
    shared = lcm(*[value.denominator for value in constant.above.values()])
    above = _written({row: value * shared for row, value in constant.above.items()}, field)
    below = [_power(_written(dict(factor), field), times) for factor, times in constant.below.items()]
    below.sort(key=lambda each: (each.size, str(each)))
    if shared != 1:
        below.insert(0, number(shared))
    if above.head == "negation" and below:
        return negate(divide(above.args[0], multiply(*below)))
    return divide(above, multiply(*below)) if below else above


def _written(terms: Terms, field: Field) -> Expression:
    """A polynomial whose coefficients are whole, roots first in each term, letters by their names."""
    made = []
    names = sorted(range(len(field.atoms)), key=lambda place: (place in field.squares, str(field.atoms[place])))
    for row in sorted(terms, key=lambda row: [_exponent(row, place) for place in names], reverse=True):
        size = abs(terms[row])
        inside = prod([field.squares.get(place, 1) for place, exponent in enumerate(row) if exponent])
        letters = [(field.atoms[place], exponent) for place, exponent in enumerate(row)
                   if exponent and place not in field.squares]
        factors = [_power(atom, exponent) for atom, exponent in sorted(letters, key=lambda each: str(each[0]))]
        if inside != 1:
            factors.insert(0, call("sqrt", number(inside)))
        if size != 1 or not factors:
            factors.insert(0, number(size))
        made.append((terms[row] < 0, multiply(*factors)))
    if all(negative for negative, _ in made):
        return negate(add(*[term for _, term in made]))
    made.sort(key=lambda each: each[0])  # a sum does not begin with a minus sign if that can be helped
    return add(*[negate(term) if negative else term for negative, term in made])


def _power(base: Expression, exponent: int) -> Expression:
    if base.head == "power":  # a root that a problem is measured in: (2^(1/3))^2 is 2^(2/3)
        raised_to = rational_value(base.args[1])
        if raised_to is not None and base.args[0].head != "power":
            return power(base.args[0], written_number(Fraction(raised_to) * exponent))
    return base if exponent == 1 else power(base, node("number", (), exponent))


def _exponent(row: Monomial, place: int) -> int:
    return row[place] if place < len(row) else 0


def _trimmed(row: list[int]) -> Monomial:
    while row and not row[-1]:
        row.pop()
    return tuple(row)


def _key(terms: Terms) -> tuple[tuple[Monomial, Fraction], ...]:
    return tuple(sorted(terms.items()))


def _plus(left: Terms, right: Terms, factor: int = 1) -> Terms:
    found = dict(left)
    for row, value in right.items():
        total = found.get(row, 0) + factor * value
        if total:
            found[row] = Fraction(total)
        else:
            del found[row]
    return found


def _times(left: Terms, right: Terms, squares: dict[int, int]) -> Terms:
    if len(left) * len(right) > MOST_TERMS**2:
        raise TooMuchError
    found: Terms = {}
    for one, value in left.items():
        for two, other in right.items():
            row = [first + second for first, second in zip_longest(one, two, fillvalue=0)]
            product = value * other
            for place, square in squares.items():
                if _exponent(tuple(row), place) > 1:
                    row[place] -= 2
                    product *= square
            key = _trimmed(row)
            total = found.get(key, 0) + product
            if total:
                found[key] = Fraction(total)
            else:
                found.pop(key, None)
    return found


def _exact_quotient(dividend: Terms, divisor: Terms) -> Terms | None:
    """The quotient if nothing remains; terms in the order of a dictionary, the highest first."""
    leading = max(divisor)
    rest = dividend
    quotient: Terms = {}
    for _ in range(2 * MOST_TERMS):
        if not rest:
            return quotient
        highest = max(rest)
        row = [one - two for one, two in zip_longest(highest, leading, fillvalue=0)]
        if min(row, default=0) < 0:
            return None
        factor = {_trimmed(row): rest[highest] / divisor[leading]}
        quotient |= factor
        rest = _plus(rest, _times(factor, divisor, {}), -1)
    return None
