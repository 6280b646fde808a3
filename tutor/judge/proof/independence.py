"""A proof that two expressions differ: what is left of their difference is made of independent parts, and is not zero.

    proves_different(parse("e^150 + 1"), parse("e^150"))        # True, though the first 60 digits agree
    proves_different(parse("x*(1 + 10^(-50))"), parse("x"))     # True
"""

from __future__ import annotations

from tutor.expression.tree import Expression
from tutor.judge.proof.field import Field, GiveUp, Terms
from tutor.judge.proof.normal_form import NormalForm


def proves_different(left: Expression, right: Expression, real: bool = True) -> bool:
    """Whether algebra shows that left - right is 0 nowhere, or only at single points.

    That is so if what remains is not zero and has no generators but those that are independent of each other: names,
    roots of integers, exponentials of products of names, and one of e and pi. False means only that nothing was shown.
    """
    field = Field()
    form = NormalForm(field, real)
    try:
        difference = field.cleared(field.plus(form.value(left), form.value(right), -1), common=False)[0]
    except GiveUp:
        return False
    return bool(difference) and _independent(difference, field)


def _independent(terms: Terms, field: Field) -> bool:
    """Whether a polynomial in the generators of `terms` is zero only if all its coefficients are.

    Products of fractional powers of primes are independent over the rational numbers (Besicovitch 1940), e and pi are
    transcendental (whether they are independent of each other nobody knows), and e^m1, e^m2, ... are independent
    functions for different monomials m1, m2, ... in the names.
    """
    generators = field.generators
    names = {number for key, number in field.found.items() if isinstance(key, tuple) and key[0] == "name"}
    used = {number for monomial in terms for number, _ in monomial}
    constants = {number for number in used if number == field.found.get("pi")
                 or (generators[number].kind == "exponential" and not generators[number].exponent)}
    if len(constants) > 1:
        return False
    for number in used - constants:
        made = generators[number]
        if made.kind == "exponential":
            inside = {each for each, _ in made.exponent}
            if names.isdisjoint(inside) or not all(
                    each in names or generators[each].kind == "unit" for each in inside):
                return False
        elif made.kind not in ("unit", "root") and number not in names:
            return False
    return True
