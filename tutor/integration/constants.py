"""Constants: the coefficients of polynomials in the variable of an integral.

    a = constant_of(parse("a^2/2"), "x")
    square_root(a)                                            # sqrt(2)*a/2, whose sign depends on a

A constant is a number as long as nothing else comes in, and else a ratio (see `ratios.py`); both kinds can be mixed.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from tutor.algebra.multivariate import atoms_in, content, leading, plain, shared_product, square_of
from tutor.algebra.multivariate import square_root as root_of_sum
from tutor.expression.tree import Expression
from tutor.integration.ratios import Constant, Ratio, common_multiple, nested_root, ratio_of, root


def constant_of(expression: Expression, variable: str) -> Constant:
    """An expression without the variable. Raises TooLarge."""
    found = ratio_of(expression, variable)
    assert found is not None, "only what varies, and what has no value, is no ratio"
    return simplest(found)


def number_in(constant: Constant) -> Fraction | None:
    """Its value if there are neither letters nor roots in it."""
    return constant.value if isinstance(constant, Ratio) else Fraction(constant)


def simplest(constant: Constant) -> Constant:
    """A constant as a number if it is one: numbers are many times faster."""
    number = number_in(constant)
    return constant if number is None else number


def sign_of(constant: Constant) -> int:
    """1, -1, or 0 where it is 0, where letters decide it or where it is too close to zero for floating point."""
    return constant.sign() if isinstance(constant, Ratio) else (constant > 0) - (constant < 0)


def roots_in(*constants: Constant) -> set[Expression]:
    """The roots of numbers in them."""
    return {part for each in constants if isinstance(each, Ratio)
            for part in atoms_in(each.above) if square_of(part) is not None}


def shared_factor(constants: Sequence[Constant]) -> Constant:
    """The number, letters and roots in all of them, with all that stands below the line in any of them, and the sign of
    the last one."""
    ratios = [each if isinstance(each, Ratio) else Ratio(plain(each)) for each in constants if each]
    below = common_multiple(ratios)
    tops = [each.over(below) for each in ratios]
    size = content(tops)
    return simplest(Ratio({shared_product(tops): size if tops[-1][leading(tops[-1])] > 0 else -size}, below))


def square_root(constant: Constant) -> Constant | None:
    """The root of a constant that is a square wherever its letters have values, with the root of a positive number
    in it if need be; None of any other: of a^2*b^2/2 it is a*b*sqrt(2)/2, whose sign depends on the letters."""
    value = number_in(constant)
    if value is not None:
        return simplest(root(value)) if value > 0 else None
    assert isinstance(constant, Ratio)
    roots = roots_in(constant)
    if roots:
        return nested_root(constant) if roots == atoms_in(constant.above) else None
    first = constant.above[leading(constant.above)]
    if first < 0 or any(often % 2 for often in constant.factors.values()):
        return None
    above = root_of_sum({product: Fraction(value) / first for product, value in constant.above.items()})
    below = {factor: often // 2 for factor, often in constant.factors.items()}
    return None if above is None else root(first) * Ratio(above, below)
