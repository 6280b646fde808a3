"""The canonical form of a term: a rational coefficient times powers of bases.

    views = Views(Style())
    view = views.of(parse("6*x^2/(2*x + 2)"))
    view.coefficient, view.powers             # 3, {x: 2, x + 1: -1}
    written(view, views)                      # 3*x^2/(x + 1), see writing.py

A sum is a base in primitive form, with its common number and its sign taken out: 2x + 2 is 2·(x + 1), and where x - 1
was met before, 1 - x is -1·(x - 1). So x - 1 and 1 - x are one base. How a sum was written is remembered as its *face*,
and it is written like that again unless a sign or a number disappears otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import NamedTuple

from tutor import limits
from tutor.algebra.decision import Kind
from tutor.algebra.terms import Exponent, Rational, Style, content, magnitude, reduced, scaled, split
from tutor.expression.exponents import integer_root, odd_root, square_out_of_root
from tutor.expression.known_functions import FUNCTIONS
from tutor.expression.tree import ONE, E, Expression, add, node, rational
from tutor.rules.conditions import is_real, rational_value

_HALF, _MINUS_HALF = Fraction(1, 2), Fraction(-1, 2)
_BITS = limits.COMPUTED_DIGITS * 10 // 3
_POWER_BITS, _LARGEST_POWER = 42, 5
"""Powers of numbers stay as they are, 10^20, where both the number that they make and the exponent are larger."""
OPENS = frozenset(("product", "quotient", "negation", "power", "sqrt", "number", "exp"))
"""Heads that a view looks into."""
_MAY_JOIN = OPENS | {"sum", "same"}

_ODD = frozenset(name for name, function in FUNCTIONS.items() if function.parity == "odd")
_WITH_PARITY = frozenset(name for name, function in FUNCTIONS.items() if function.parity)


class View:
    """coefficient * the product of base^exponent, in the order in which they were met.

    faces: base -> how it was written; under: bases with a symbolic exponent that were met below a line; below: all that
    were met below one; rooted: bases of roots that were undone; kind: what joined its parts; undefined: there is a
    division by zero; joined: powers of one base met, so that something may have to be opened again; key: what like
    terms have in common; form: the node of this view, once it was written.
    """

    __slots__ = ("below", "coefficient", "faces", "form", "joined", "key", "kind", "powers", "rooted", "undefined",
                 "under")

    def __init__(self) -> None:
        self.coefficient: Rational = 1
        self.powers: dict[Expression, Exponent] = {}
        self.faces: dict[Expression, Expression] = {}
        self.under: list[Expression] = []
        self.below: list[Expression] = []
        self.rooted: list[Expression] = []
        self.kind: Kind = "other"
        self.undefined = False
        self.joined = False
        self.key: object = None
        self.form: Expression | None = None

    def gone(self) -> tuple[Expression, ...]:
        """Bases that are no longer in the denominator: they must still not be zero."""
        gone = [base for base in self.below if base.free and not is_below(self.powers.get(base, 0))]
        return tuple(dict.fromkeys([self.faces.get(base, base) for base in gone]))


def _raised(value: Rational, times: int) -> Rational:
    return value if value == 1 else value**times if times > 0 else Fraction(value) ** times


def is_below(exponent: Exponent) -> bool:
    """Whether a power may stand below the line."""
    return exponent.__class__ is Expression or exponent.numerator < 0  # type: ignore[union-attr]  # faster than < 0


def is_too_large(value: Rational, exponent: Rational, bits: int = _BITS) -> bool:
    return max(value.numerator.bit_length(), value.denominator.bit_length()) * magnitude(exponent) > bits


def stays_power(value: Rational, exponent: Rational) -> bool:
    """Whether a power of a number is too large to be worked out."""
    return value not in (0, 1) and (is_too_large(value, exponent) or (
        magnitude(exponent) > _LARGEST_POWER and is_too_large(value, exponent, _POWER_BITS)))


_REMEMBERED = 4096
_shared: dict[Style, dict[Expression, View]] = {}
"""Views without sums, which are the same in every derivation: the same few terms come again and again."""


class Terms(NamedTuple):
    """What is known of the terms of a sum: their views, what divides all of them, and whether one of them is undefined
    or a fraction."""

    seen: tuple[View, ...]
    shared: dict[Expression, Exponent]
    undefined: bool
    has_fractions: bool


class Views:
    """Makes and joins the views of one derivation; each node is looked at once.

    What others find out about sums: terms: their terms; in_one_letter: as polynomials; polynomials: the degrees of
    terms; expanded: terms -> up to which length they were multiplied out, and the result; fractions: over one
    denominator; apart: pairs whose product is longer. has_indices: whether there was a sum with an index. work: how
    many factors were taken into views and written.
    """

    def __init__(self, style: Style) -> None:
        self.style = style
        self.known: dict[Expression, View] = {}
        self.shared = _shared.setdefault(style, {})
        self.keys: dict[Expression, tuple[Expression, Rational]] = {}
        self.terms: dict[Expression, Terms] = {}
        self.fractions: dict[Expression, View | None] = {}
        self.apart: set[tuple[Expression, Expression]] = set()
        self.in_one_letter: dict[Expression, tuple[Expression, tuple[Rational, ...]] | None] = {}
        self.expanded: dict[tuple[Expression, ...], tuple[int, Expression | None]] = {}
        self.polynomials: dict[Expression, list[int] | None] = {}
        self.signless: dict[frozenset[tuple[Expression, Rational]], tuple[Expression, int]] = {}
        self.has_indices = False
        self.work = 0

    def of(self, root: Expression) -> View:
        """The view of a node whose parts are tidy. It is kept, so do not change it."""
        found = self.known.get(root)
        if found is None:
            found = self.shared.get(root)
            if found is None:
                found = View()
                self._open(found, [(root, 1)])
                if not found.faces:
                    if len(self.shared) >= _REMEMBERED:
                        self.shared.clear()
                    self.shared[root] = found
            self.known[root] = found
        return found

    def product(self, parts: Iterable[tuple[View, int]]) -> View:
        """The product of views, each with a whole exponent."""
        made = View()
        powers, coefficient = made.powers, made.coefficient
        for view, times in parts:
            made.undefined = made.undefined or view.undefined
            if view.faces:
                for base, face in view.faces.items():
                    _show(made, base, face, view.powers.get(base, 0), times)
            if view.under:
                made.under += [base for base in view.under if base not in made.under]
            made.rooted += view.rooted
            if times < 0 and not view.coefficient:
                made.undefined = True
            elif times != 1:
                coefficient *= _raised(view.coefficient, times)
                for base, exponent in view.powers.items():
                    raised = self.multiple(exponent, times)
                    if self._is_undone(exponent, raised):
                        made.rooted.append(base)
                    self._put(made, base, raised)
            else:
                coefficient *= view.coefficient
                for base, exponent in view.powers.items():
                    if base in powers:
                        self._put(made, base, exponent)
                        continue
                    powers[base] = exponent
                    if base.head in _MAY_JOIN:
                        made.joined = True
                    if exponent.__class__ is not Expression and exponent.numerator < 0:  # type: ignore[union-attr]
                        made.below.append(base)
        made.coefficient = coefficient if coefficient.__class__ is int else reduced(coefficient)
        self.work += len(powers)
        if made.joined:
            self._finish(made)
        return made

    def without(self, view: View, powers: dict[Expression, Exponent], times: int = 1) -> View:
        """A view divided by powers of some of its bases, and multiplied by a number."""
        made = View()
        made.coefficient = view.coefficient if times == 1 else reduced(view.coefficient * times)
        if view.faces:
            made.faces = dict(view.faces)
        if view.under:
            made.under = list(view.under)
        left = made.powers = dict(view.powers)
        for base, exponent in powers.items():
            if exponent.__class__ is int and left.get(base) == exponent:
                del left[base]
                made.joined = True
            else:
                self._put(made, base, self.multiple(exponent, -1))
        made.below = [base for base, exponent in left.items() if is_below(exponent)]
        if made.joined:
            self._finish(made)
        return made

    def base(self, base: Expression, exponent: Exponent = 1) -> View:
        """The view of one power."""
        made = View()
        self._add(made, base, exponent)
        if made.joined:
            self._finish(made)
        return made

    def like(self, view: View) -> object:
        """What like terms have in common."""
        if view.key is None:
            view.key = frozenset(view.powers.items())
        return view.key

    # -- opening a node ----------------------------------------------------------------------------------------------

    def _open(self, view: View, stack: list[tuple[Expression, int]]) -> None:
        above = below = 1
        opened = 0
        while stack:
            current, times = stack.pop()
            opened += 1
            head = current.head
            if head == "product":
                stack.extend([(arg, times) for arg in reversed(current.args)])
            elif head == "number":
                value = current.value
                if times == 1 or times == -1:
                    if value == 0 and times < 0:
                        view.undefined = True
                        continue
                    up, down = (value.numerator, value.denominator)[::times]
                    if above.bit_length() + up.bit_length() > _BITS or below.bit_length() + down.bit_length() > _BITS:
                        self._put(view, current, times)
                        continue
                    above, below = above * up, below * down
                elif stays_power(value, times):
                    self._put(view, current, times)
                elif value == 0 and times < 0:
                    view.undefined = True
                else:
                    raised = Fraction(value) ** times
                    above, below = above * raised.numerator, below * raised.denominator
            elif head == "quotient":
                if times <= 0:
                    view.below.append(current.args[1])  # 1/(1/x) has no value at 0
                stack.append((current.args[1], -times))
                stack.append((current.args[0], times))
            elif head == "negation":
                if times % 2:
                    above = -above
                stack.append((current.args[0], times))
            elif head == "power":
                sign = self._power(view, stack, current, times)
                above *= sign
            elif head == "sqrt":
                self._raise(view, stack, current.args[0],
                            _HALF if times == 1 else _MINUS_HALF if times == -1 else _HALF * times)
            elif head == "exp":
                value = rational_value(current.args[0])
                if value is None:
                    self._symbolic(view, E, current.args[0], times)
                else:
                    self._put(view, E, value * times)
            else:
                self._add(view, current, times)
        self.work += opened
        value = above if below == 1 else reduced(Fraction(above, below))
        view.coefficient = value if view.coefficient == 1 else reduced(view.coefficient * value)
        if view.joined:
            self._finish(view)

    def _power(self, view: View, stack: list[tuple[Expression, int]], current: Expression, times: int) -> int:
        """Put a power into a view, or what it is a power of on the stack; the sign that comes in front."""
        base, raised = current.args
        exponent = rational_value(raised)
        sign = 1
        if exponent is not None and exponent < 0 and times < 0:
            view.below.append(base)  # nor has (x^-1)^-1
        if exponent is None:
            self._symbolic(view, base, raised, times)
        elif exponent.denominator != 1:
            if base.head == "negation" and odd_root(raised) is not None:
                sign = -1 if exponent.numerator * times % 2 else 1
                base = base.args[0]
            self._raise(view, stack, base, exponent if times == 1 else exponent * times, odd_root(raised) is not None)
        elif base is E or base.head not in OPENS:
            if base.head == "sum":
                self._add(view, base, exponent * times)
            elif exponent == 0 and base.free:
                view.below.append(base)  # x^0 has no value at 0
            else:
                self._put(view, base, exponent * times)
        elif base.head == "number" and stays_power(base.value, exponent * times):
            self._put(view, base, exponent * times)
        elif base.head == "number" and base.value == 0 and exponent <= 0:
            view.undefined = True
        else:
            if exponent == 0:
                view.below.append(base)  # nor has (2*x)^0
            stack.append((base, int(exponent) * times))
        return sign

    def _symbolic(self, view: View, base: Expression, exponent: Expression, times: int) -> None:
        """A power whose exponent is no number."""
        if base is ONE:
            return
        if times < 0 and base not in view.under:
            view.under.append(base)
        self._put(view, base, self.multiple(exponent, times))

    def _raise(self, view: View, stack: list[tuple[Expression, int]], base: Expression, total: Rational,
               is_odd: bool = False) -> None:
        """base^total from a root: whole again, it is opened like any factor; otherwise it stays closed, since
        (a*b)^(1/2) is a^(1/2)*b^(1/2) only where both are positive. is_odd: a negative number has this root, too."""
        if total.denominator == 1:
            if not is_odd:
                view.rooted.append(base)
            stack.append((base, int(total)))
        elif base.head == "number" or (base.head == "quotient" and rational_value(base) is not None):
            value = Fraction(rational_value(base) or 0)
            above = integer_root(value.numerator, total.denominator)
            below = integer_root(value.denominator, total.denominator)
            if above is None or below is None or (above == 0 and total < 0) or is_too_large(value, total.numerator):
                parts = square_out_of_root(value) if abs(total) == _HALF else None
                if parts is None:
                    self._put(view, base, total)
                    return
                view.kind, (size, inner), sign = "known_value", parts, 1 if total > 0 else -1
                view.coefficient = reduced(view.coefficient * size**sign)
                turned = inner.numerator == 1  # the root of 1/12 is 1/(2*3^(1/2))
                self._put(view, rational(1 / inner if turned else inner), -total if turned else total)
            else:
                view.kind = "known_value"
                view.coefficient = reduced(view.coefficient * Fraction(above, below) ** total.numerator)
        elif base.head == "power" and base.args[0] is E and rational_value(base.args[1]) is None and is_real(base):
            self._put(view, E, self.multiple(base.args[1], total))
        else:
            self._put(view, base, total)

    def _add(self, view: View, base: Expression, exponent: Exponent) -> None:
        """A factor with a whole exponent: a sum, or a function of one, in the form in which equal ones are one base."""
        if not isinstance(exponent, int) or not (
                base.head == "sum" or (base.args and base.args[0].head == "sum" and base.head in _WITH_PARITY)):
            self._put(view, base, exponent)
            return
        key, factor = self.key(base)
        if factor != 1:
            if is_too_large(factor, exponent):
                self._put(view, base, exponent)
                return
            if factor == -1:
                view.coefficient = -view.coefficient if exponent % 2 else view.coefficient
            else:
                view.coefficient = reduced(view.coefficient * _raised(factor, exponent))
        _show(view, key, base, exponent)
        self._put(view, key, exponent)

    def _put(self, view: View, base: Expression, exponent: Exponent) -> None:
        powers = view.powers
        if exponent.__class__ is not Expression and exponent.numerator < 0:  # type: ignore[union-attr]
            view.below.append(base)
        known = powers.get(base)
        if known is None:
            powers[base] = exponent
            if exponent == 0 or base.head in _MAY_JOIN:
                view.joined = True
            return
        view.joined = True
        if isinstance(exponent, Expression) or isinstance(known, Expression):
            symbolic = powers[base] = self.sum_of_exponents(known, exponent)
            if not isinstance(symbolic, Expression) and base.free:
                view.below.append(base)  # x^n*x^-n has no value at 0
            return
        if (known.numerator > 0) != (exponent.numerator > 0):
            view.kind = "cancel"
        if known.__class__ is int and exponent.__class__ is int:
            powers[base] = known + exponent
            return
        total = powers[base] = reduced(known + exponent)
        if self._is_undone(known, total):
            view.rooted.append(base)

    def _is_undone(self, exponent: Exponent, whole: Exponent) -> bool:
        """Whether a power had no value where its base is negative, and the whole number that is now its exponent
        hides that. A decimal says nothing of roots: (-1)^0.2 has no value."""
        return whole.__class__ is int and not isinstance(exponent, Expression) and exponent.denominator != 1 and (
            exponent.denominator % 2 == 0 or self.style.decimals)

    def _finish(self, view: View) -> None:
        """Drop exponents 0, and open what has a whole exponent again."""
        view.joined = False
        powers = view.powers
        reopened: list[tuple[Expression, int]] = []
        rooted: list[Expression] = []
        for base, exponent in powers.items():
            head = base.head
            if exponent.__class__ is int:
                if exponent == 0:
                    reopened.append((base, 0))
                elif head == "same":
                    powers[base] = min(exponent, 1)  # it is 1 or 0
                elif head in _MAY_JOIN and (
                        base not in view.faces and not is_too_large(self.key(base)[1], exponent) if head == "sum"
                        else head != "number" or not stays_power(base.value, exponent)):
                    reopened.append((base, exponent))
            elif head == "sum":
                rooted.append(base)
        if not reopened and not rooted:
            return
        for base, _ in reopened:
            del powers[base]
        reopened = [(base, exponent) for base, exponent in reopened if exponent]
        for base in rooted:  # with (2x + 2)^(1/2) beside it, x + 1 is (2x + 2)/2
            key, factor = self.key(base)
            times = powers.get(key)
            if key is not base and isinstance(times, int) and not is_too_large(factor, times):
                del powers[key]
                view.coefficient = reduced(view.coefficient * Fraction(factor) ** -times)
                self._put(view, base, times)
                self._finish(view)
        if reopened:
            self._open(view, reopened)

    def multiple(self, exponent: Exponent, times: Rational) -> Exponent:
        """times * exponent"""
        if exponent is ONE:
            return reduced(times)
        if times == 1:
            return exponent
        if times == 0:
            return 0
        if not isinstance(exponent, Expression):
            return reduced(-exponent if times == -1 else exponent * times)
        value, core = split(exponent)
        if core.head == "sum":
            terms = [(value * times * inner, rest) for inner, rest in map(split, core.args)]
            return add(*[scaled(rest, reduced(inner), self.style) for inner, rest in terms])
        return scaled(core, reduced(value * times), self.style)

    def sum_of_exponents(self, left: Exponent, right: Exponent) -> Exponent:
        """The exponents of one base added up, like terms collected."""
        totals: dict[Expression, Rational] = {}
        for exponent in (left, right):
            term = exponent if isinstance(exponent, Expression) else rational(exponent)
            for part in term.args if term.head == "sum" else (term,):
                value, core = split(part)
                inner = [(value * each, rest) for each, rest in map(split, core.args)] if core.head == "sum" else [
                    (value, core)]
                for each, rest in inner:
                    totals[rest] = totals.get(rest, 0) + each
        total = add(*[scaled(core, reduced(value), self.style) for core, value in totals.items() if value])
        known = rational_value(total)
        return total if known is None else known

    # -- sums as bases -------------------------------------------------------------------------------------------------

    def key(self, base: Expression) -> tuple[Expression, Rational]:
        """The base that stands for this sum, or function of a sum, and the number that it is multiplied by."""
        found = self.keys.get(base)
        if found is None:
            if base.head == "sum":
                found = self._key_of_sum(base)
            else:
                inner, sign = self._without_sign(base.args[0])
                found = base if inner is base.args[0] else node(base.head, (inner,)), sign if base.head in _ODD else 1
            self.keys[base] = found
        return found

    def _key_of_sum(self, total: Expression) -> tuple[Expression, Rational]:
        terms = [split(term) for term in total.args]
        shared = content([value for value, _ in terms])
        if shared == 1:
            return self._without_sign(total)
        if not shared:
            return total, 1
        terms = [(reduced(Fraction(value) / shared), core) for value, core in terms]
        key, sign = self._without_sign(add(*[scaled(core, value, self.style) for value, core in terms]))
        return key, shared * sign

    def _without_sign(self, total: Expression) -> tuple[Expression, int]:
        """x - 1 for 1 - x as well, whichever was met first, and the sign."""
        terms = [split(term) for term in total.args]
        identity = frozenset([(core, value) for value, core in terms])
        found = self.signless.get(identity)
        if found is None:
            found = self.signless[identity] = total, 1
            self.signless[frozenset([(core, -value) for value, core in terms])] = total, -1
        return found


def _show(view: View, base: Expression, face: Expression, exponent: Exponent, times: int = 1) -> None:
    """Note how a base was written: the first time, unless that is what now cancels."""
    known = view.powers.get(base, 0)
    if base not in view.faces:
        view.faces[base] = face
    elif isinstance(known, int) and isinstance(exponent, int):
        added = exponent * times
        if known * added < 0 and abs(added) > abs(known):
            view.faces[base] = face
