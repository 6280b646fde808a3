"""Writing an expression with a new letter: every place at which the old variable occurs becomes a power of what the
letter stands for, or something that follows from it.

    x, u = name("x"), name("u")
    found = in_terms_of(parse("x^4*sqrt(x^4 + 7)/4"), parse("x^4 + 7"), u, x, tidy)
    found.body          # sqrt(u)*(u - 7)/4
    found.facts         # ((x^4, u - 7),): what was used of what u stands for

What is known at the beginning is only g = u. From it follow, one after the other: the parts of g (x^4 = u - 7), powers
of them (e^(3x) is the third power of e^x), and what the rules tagged `identity` say of its functions (where u is
sin(x), cos(x)^2 is 1 - u^2). No root is taken of anything, so a part that has two branches, such as the x of x^4, is
never solved for, and sqrt(u^2) never arises: where u is sqrt(b), each power of b becomes a power of u.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from fractions import Fraction
from functools import cache
from typing import NamedTuple

from tutor.algebra.decide import Tidy
from tutor.algebra.signs import sign_of
from tutor.algebra.terms import Rational, magnitude, split
from tutor.expression.exponents import integer_root
from tutor.expression.tree import (
    ARGUMENT_COUNTS,
    ONE,
    ZERO,
    E,
    Expression,
    add,
    divide,
    multiply,
    negate,
    node,
    postorder,
    power,
    rational,
    rebuilt,
    substitute,
)
from tutor.rules.conditions import rational_value
from tutor.rules.rule import Rule
from tutor.rules.rulebook import rulebook

MINUS_ONE = rational(-1)
LARGEST_POWER = 24
"""A hidden power of a higher exponent is not written out."""


class InTerms(NamedTuple):
    """An expression in which the old variable no longer occurs, and what was used to write it so: pairs of a part in
    the old variable and what it is in the new letter."""

    body: Expression
    facts: tuple[tuple[Expression, Expression], ...]


def in_terms_of(expression: Expression, inside: Expression, letter: Expression, variable: Expression,
                tidy: Tidy) -> InTerms | None:
    """`expression` written with a letter that stands for `inside`; None if some of the variable would be left.

    Both are tidy. The answer is equal to the expression wherever `inside` has a value.
    """
    knowledge = Knowledge(letter, variable, tidy, {part.head for part in postorder([expression])})
    knowledge.learn(inside, letter)
    found = knowledge.written(expression)
    if found is None or sign_of(inside) not in ("+", "0+"):
        return found
    return found._replace(body=tidy(knowledge.out_of_roots(found.body)))


class _Fact(NamedTuple):
    """base^exponent = value, where the base is factor times the key under which this is found. without_roots: the value
    is a power of a root, whose own roots would need a sign."""

    exponent: Fraction
    value: Expression
    factor: Rational
    base: Expression
    without_roots: bool


class _Together(NamedTuple):
    """What is known of several parts together: a sum of terms, each with its number; a product of bases, each with its
    exponent; or an exponential, with the terms of its exponent. rest: what is added to the sum or exponent and does not
    vary."""

    whole: Expression
    value: Expression
    parts: Mapping[Expression, Rational]
    rest: Expression = ZERO
    base: Expression = ONE


class _Written(NamedTuple):
    """A node in the new letter: which facts were used for it, and which parts of it were written to make it."""

    value: Expression
    facts: tuple[tuple[Expression, Expression], ...] = ()
    parts: tuple[Expression, ...] = ()


class Knowledge:
    """What is known of the parts of an expression in terms of one letter. heads: the heads that occur in it; identities
    of other functions are left out."""

    def __init__(self, letter: Expression, variable: Expression, tidy: Tidy, heads: Set[str]) -> None:
        self.letter, self.variable, self.tidy, self.heads = letter, variable, tidy, heads
        self.whole: dict[Expression, Expression] = {}
        self.powers: dict[Expression, list[_Fact]] = {}
        self.sums: list[_Together] = []
        self.products: list[_Together] = []
        self.exponentials: list[_Together] = []

    def varies(self, part: Expression) -> bool:
        return self.variable.value in part.free

    # -- learning ------------------------------------------------------------------------------------------------------

    def learn(self, part: Expression, value: Expression, exponent: Fraction = Fraction(1)) -> None:
        """Note that part^exponent is `value`, and all that follows from it."""
        of_root = False
        while True:
            value = self.tidy(value)
            head = part.head
            inner = base_and_exponent(part)
            if inner is not None and self.varies(inner[0]):
                self.note(part, value, exponent)
                part, exponent = inner[0], exponent * inner[1]
                continue
            if abs(exponent.numerator) == 1 and exponent != 1:
                self.note(part, value, exponent)
                of_root = exponent.denominator != 1
                value, exponent = power(value, rational(1 / exponent)), Fraction(1)
                continue
            self.note(part, value, exponent, of_root)
            of_root = False
            if exponent != 1:
                break
            if head == "negation":
                part, value = part.args[0], negate(value)
            elif head == "sum":
                following = self.learned_of_sum(part, value)
                if following is None:
                    return
                part, value = following
            elif head in ("product", "quotient"):
                following = self.learned_of_product(part, value)
                if following is None:
                    return
                part, value = following
            else:
                break
        self.learned_of_exponential(part, value, exponent)
        self.learned_by_identities(part)

    def note(self, part: Expression, value: Expression, exponent: Fraction, without_roots: bool = False) -> None:
        if exponent == 1:
            self.whole.setdefault(part, value)
        base, factor = self.tidy.views.key(part) if part.head == "sum" else (part, 1)
        self.powers.setdefault(base, []).append(_Fact(exponent, value, factor, part, without_roots))

    def learned_of_sum(self, part: Expression, value: Expression) -> tuple[Expression, Expression] | None:
        """The one term of a sum that varies, and what it is; None if there are several."""
        terms, rest = self.terms(part)
        if len(terms) > 1:
            self.sums.append(_Together(part, value, terms, rest))
            return None
        (core, factor), = terms.items()
        left = add(value, negate(rest)) if factor > 0 else add(rest, negate(value))
        return core, divide(left, rational(magnitude(factor)))

    def learned_of_product(self, part: Expression, value: Expression) -> tuple[Expression, Expression] | None:
        """The one factor of a product or fraction that varies, or the one part that is above and below a fraction."""
        if part.head == "quotient" and all(self.varies(each) for each in part.args):
            solved = self.solved_fraction(part, value)
            if solved is not None:
                return solved
        if part.head == "product":
            varying = [each for each in part.args if self.varies(each)]
            if len(varying) == 1:
                rest = multiply(*[each for each in part.args if each is not varying[0]])
                return varying[0], divide(value, rest)
        elif not self.varies(part.args[1]):
            return part.args[0], multiply(value, part.args[1])
        elif not self.varies(part.args[0]):
            return part.args[1], divide(part.args[0], value)
        self.products.append(_Together(part, value, self.bases(part)))
        return None

    def solved_fraction(self, part: Expression, value: Expression) -> tuple[Expression, Expression] | None:
        """(a*v + b)/(c*v + d) = u solved for v: that has one solution."""
        (above, b), (below, d) = (self.terms(each) for each in part.args)
        if len(above) != 1 or above.keys() != below.keys():
            return None
        (core, a), = above.items()
        c = below[core]
        return core, divide(add(multiply(d, value), negate(b)), add(rational(a), negate(multiply(rational(c), value))))

    def learned_of_exponential(self, part: Expression, value: Expression, exponent: Fraction) -> None:
        """e^(3x) = u: what the exponent is, for its multiples."""
        found = exponential(part)
        if exponent == 1 and found is not None and not self.varies(found[0]) and self.varies(found[1]):
            terms, rest = self.terms(found[1])
            self.exponentials.append(_Together(part, value, terms, rest, found[0]))

    def learned_by_identities(self, part: Expression) -> None:
        """What the identities say of a function of which this is a power."""
        for rule, pattern in identities().get(part.head, ()):
            if not functions_of(rule.left) <= self.heads:
                continue
            left, right = [substitute(side, pattern.args[0].value, part.args[0]) for side in (rule.left, rule.right)]
            left, written = self.tidy(left), self.written(right)
            if written is None:
                continue
            base, times = base_and_exponent(left) or (left, Fraction(1))
            if left is part.args[0]:  # what undoes a function
                self.learn(left, written.body)
            else:
                self.note(base, written.body, times)

    # -- writing -------------------------------------------------------------------------------------------------------

    def written(self, root: Expression) -> InTerms | None:
        """An expression in the new letter; None if some of the old variable would be left."""
        done: dict[Expression, _Written | None] = {}
        for part in postorder([root]):
            done[part] = self.written_part(part, done)
        made = done[root]
        if made is None:
            return None
        facts: dict[Expression, Expression] = {}
        stack, seen = [root], {root}
        while stack:
            written = done[stack.pop()]
            if written is not None:
                facts |= dict(written.facts)
                stack += [each for each in written.parts if each not in seen]
                seen.update(written.parts)
        return InTerms(self.tidy(made.value), tuple(facts.items()))

    def written_part(self, part: Expression, done: Mapping[Expression, _Written | None]) -> _Written | None:
        """One node whose parts were looked at: by what is known of it, or put together from its parts."""
        if not self.varies(part):
            return _Written(part)
        known = self.whole.get(part)
        if known is not None:
            return _Written(known, self.as_fact(part, known))
        if not part.args or part.head in ("integral", "derivative", "at"):
            return None
        base, exponent = base_and_exponent(part) or (part, Fraction(1))
        found = self.power_of(base, exponent)
        if found is None and exponent.denominator != 1 and any(
                fact.without_roots for fact in self.powers.get(base, ())):
            return None
        if found is None:
            found = self.power_of_exponential(part, done)
        if found is None and part.head == "sum":
            found = self.part_of_sum(part, done)
        if found is None and part.head in ("product", "quotient"):
            found = self.part_of_product(part, done)
        if found is not None:
            return found
        args = [written for arg in part.args if (written := done[arg]) is not None]
        if len(args) < len(part.args):
            return None
        return _Written(rebuilt(part, tuple([arg.value for arg in args])), (), part.args)

    def as_fact(self, part: Expression, value: Expression) -> tuple[tuple[Expression, Expression], ...]:
        return () if value is self.letter else ((part, value),)

    def power_of(self, base: Expression, exponent: Fraction) -> _Written | None:
        """A power of something of which a power is known."""
        key, factor = self.tidy.views.key(base) if base.head == "sum" else (base, 1)
        for fact in self.powers.get(key, ()):
            times, ratio = exponent / fact.exponent, Fraction(factor) / fact.factor
            needs_root = times.denominator != 1
            if (needs_root and (fact.exponent != 1 or fact.without_roots)) or abs(times) > LARGEST_POWER:
                continue
            if ratio < 0 and exponent.denominator != 1:
                continue
            found = power_of(fact.value, times)
            if ratio != 1:
                found = multiply(power_of(rational(ratio), exponent), found)
            return _Written(found, self.as_fact(power_of(fact.base, fact.exponent), fact.value))
        return None

    def power_of_exponential(self, part: Expression, done: Mapping[Expression, _Written | None]) -> _Written | None:
        """e^(6x + ln(x)) where e^(3x) is known, and ln(x)."""
        found = exponential(part)
        if found is None or self.varies(found[0]):
            return None
        base, exponent = found
        for known in self.exponentials:
            terms, rest = self.terms(exponent)
            same = base_ratio(base, known.base)
            others = {core: done.get(core) for core in terms if core not in known.parts}
            if same is None or not known.parts.keys() <= terms.keys() or None in others.values():
                continue
            times = proportion({core: terms[core] for core in known.parts}, known.parts)
            if times is None or (times * same).denominator != 1 or abs(times * same) > LARGEST_POWER:
                continue
            left = self.tidy(add(rest, negate(multiply(rational(times), known.rest)), *[
                multiply(rational(terms[core]), written.value) for core, written in others.items() if written]))
            made = power_of(known.value, times * same)
            return _Written(made if left is ZERO else multiply(power(base, left), made),
                            self.as_fact(known.whole, known.value), tuple(others))
        return None

    def part_of_sum(self, part: Expression, done: Mapping[Expression, _Written | None]) -> _Written | None:
        """2x^2 + 2x + 7 where x^2 + x is known."""
        for known in self.sums:
            terms, rest = self.terms(part)
            if not known.parts.keys() <= terms.keys():
                continue
            times = proportion({core: terms[core] for core in known.parts}, known.parts)
            others = {core: done.get(core) for core in terms if core not in known.parts}
            if times is None or None in others.values():
                continue
            total = add(multiply(rational(times), add(known.value, negate(known.rest))), rest, *[
                multiply(rational(terms[core]), written.value) for core, written in others.items() if written])
            return _Written(total, self.as_fact(known.whole, known.value), tuple(others))
        return None

    def part_of_product(self, part: Expression, done: Mapping[Expression, _Written | None]) -> _Written | None:
        """x^2*e^(2x) where x*e^x is known."""
        for known in self.products:
            bases = self.bases(part)
            if not known.parts.keys() <= bases.keys():
                continue
            times = proportion({base: bases[base] for base in known.parts}, known.parts)
            others = [self.power_of_base(base, Fraction(exponent), done)
                      for base, exponent in bases.items() if base not in known.parts]
            if times is None or times.denominator != 1 or None in others:
                continue
            written = [each for each in others if each is not None]
            facts = [*self.as_fact(known.whole, known.value), *[fact for each in written for fact in each.facts]]
            return _Written(multiply(power_of(known.value, times), *[each.value for each in written]), tuple(facts),
                            tuple([each for other in written for each in other.parts]))
        return None

    def power_of_base(self, base: Expression, exponent: Fraction,
                      done: Mapping[Expression, _Written | None]) -> _Written | None:
        if not self.varies(base):
            return _Written(power_of(base, exponent))
        inner = done.get(base)
        known = self.power_of(base, exponent)
        return known if known is not None or inner is None else _Written(power_of(inner.value, exponent), (), (base,))

    def out_of_roots(self, root: Expression) -> Expression:
        """u*sqrt(1 + u) for sqrt(u^2 + u^3), where u is not negative."""
        done: dict[Expression, Expression] = {}
        for part in postorder([root]):
            made = done[part] = rebuilt(part, tuple([done[arg] for arg in part.args]))
            raised = base_and_exponent(part)
            if raised is None or raised[1].denominator == 1 or part.args[0].head != "sum":
                continue
            terms, (_, exponent) = made.args[0].args, raised
            shared = min(Fraction(self.bases(term).get(self.letter, 0)) for term in terms)
            times = shared // exponent.denominator * exponent.denominator
            if times > 0:
                rest = add(*[divide(term, power_of(self.letter, times)) for term in terms])
                done[part] = multiply(power_of(self.letter, times * exponent), power_of(self.tidy(rest), exponent))
        return done[root]

    # -- parts ---------------------------------------------------------------------------------------------------------

    def terms(self, total: Expression) -> tuple[dict[Expression, Rational], Expression]:
        """The terms of a sum that vary, each with its number, and the sum of the others."""
        found: dict[Expression, Rational] = {}
        others: list[Expression] = []
        for term in total.args if total.head == "sum" else (total,):
            if self.varies(term):
                factor, core = split(term)
                found[core] = found.get(core, 0) + factor
            else:
                others.append(term)
        return found, add(*others)

    def bases(self, whole: Expression) -> dict[Expression, Rational]:
        """The factors of products and fractions, each with its exponent; e^x is the base of e^(3x)."""
        found: dict[Expression, Rational] = {}
        stack = [(whole, Fraction(1))]
        while stack:
            part, times = stack.pop()
            inner = base_and_exponent(part)
            exponent = exponential(part)
            if part.head == "product":
                stack += [(arg, times) for arg in part.args]
            elif part.head == "quotient":
                stack += [(part.args[0], times), (part.args[1], -times)]
            elif part.head == "negation" and part is not MINUS_ONE:
                stack += [(part.args[0], times), (MINUS_ONE, times)]
            elif inner is not None:
                stack.append((inner[0], inner[1] * times))
            elif exponent is not None and not self.varies(exponent[0]) and exponent[1].head != "sum":
                factor, core = split(exponent[1])
                base = power(exponent[0], core)
                found[base] = found.get(base, 0) + times * Fraction(factor)
            else:
                found[part] = found.get(part, 0) + times
        return {base: exponent for base, exponent in found.items() if exponent}


def base_and_exponent(part: Expression) -> tuple[Expression, Fraction] | None:
    """Of a power with a number in its exponent, or of a root: what it is a power of."""
    if part.head == "sqrt":
        return part.args[0], Fraction(1, 2)
    if part.head == "cbrt":
        return part.args[0], Fraction(1, 3)
    if part.head != "power":
        return None
    base, exponent = part.args
    value = rational_value(exponent)
    if value is not None:
        return (base, Fraction(value)) if value else None
    factor, core = split(exponent)  # x^(2n) is a power of x^n
    return (power(base, core), Fraction(factor)) if factor != 1 and base.free else None


def exponential(part: Expression) -> tuple[Expression, Expression] | None:
    """Base and exponent of a power, e for exp."""
    if part.head == "exp":
        return E, part.args[0]
    return (part.args[0], part.args[1]) if part.head == "power" else None


def power_of(base: Expression, exponent: Rational) -> Expression:
    """base^exponent, with square and cube roots as such."""
    if exponent == 1:
        return base
    if exponent == 0:
        return ONE
    if exponent < 0:
        return divide(ONE, power_of(base, -exponent))
    return node("sqrt", (base,)) if exponent == Fraction(1, 2) else power(base, rational(exponent))


def proportion(left: Mapping[Expression, Rational], right: Mapping[Expression, Rational]) -> Fraction | None:
    """The number by which all the numbers on the right are multiplied to give those on the left, if there is one."""
    if left.keys() != right.keys():
        return None
    found = {Fraction(left[each]) / Fraction(right[each]) for each in left}
    return found.pop() if len(found) == 1 else None


def base_ratio(base: Expression, other: Expression) -> Fraction | None:
    """2 for the bases 9 and 3: 9^x is 3^(2x)."""
    if base is other:
        return Fraction(1)
    values = rational_value(base), rational_value(other)
    if not all(value.__class__ is int and value > 1 for value in values if value is not None) or None in values:
        return None
    first, second = int(values[0] or 0), int(values[1] or 0)
    for degree in range(2, 11):
        if integer_root(first, degree) == second:
            return Fraction(degree)
        if integer_root(second, degree) == first:
            return Fraction(1, degree)
    return None


@cache
def identities() -> Mapping[str, list[tuple[Rule, Expression]]]:
    """The rules tagged `identity` by the function that their right sides are written with, and that function."""
    found: dict[str, list[tuple[Rule, Expression]]] = {}
    for rule in rulebook().values():
        if "identity" in rule.tags:
            pattern = innermost_function(rule.right)
            found.setdefault(pattern.head, []).append((rule, pattern))
    return found


@cache
def functions_of(side: Expression) -> frozenset[str]:
    """The functions in a side of an identity, roots left out."""
    return frozenset(part.head for part in postorder([side]) if part.head in ARGUMENT_COUNTS and part.head != "sqrt")


def innermost_function(side: Expression) -> Expression:
    """The function of a letter in the right side of an identity."""
    return next(part for part in postorder([side]) if part.head in functions_of(side) and part.args[0].head == "name")
