"""Are two expressions equal? Numbers are asked first, then algebra for a proof.

    equivalent(parse("sin(2x)"), parse("2 sin x cos x")).sentence     # "The two are equal: algebra proves it."
    equivalent(parse("d/dx x^2"), parse("x")).counterexample          # {"x": 1.0}
    equivalent(parse("ln(x^2)"), parse("2 ln x")).domain      # "Where x = -1, ln(x^2) has a value and ... none."

Equal means: the same value wherever both have one, and they have one somewhere. One counterexample decides that two
expressions are different, and it is confirmed with 60 digits before it is believed. Agreement is a proof only if
`normal_form` finds one; without a proof the agreement is confirmed with 60 digits, too, far out and close to 0.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache, partial
from itertools import islice, product
from math import floor, log10
from typing import Any, Literal

from tutor.derivation.antiderivatives import is_indefinite
from tutor.errors import TutorError
from tutor.expression.exponents import odd_root
from tutor.expression.functions import written_out
from tutor.expression.known_functions import FUNCTIONS, Function, Interval
from tutor.expression.text import Text
from tutor.expression.tree import PARTLY_REAL, ZERO, E, Expression, call, decimal, derivative, name, node, postorder
from tutor.judge.counterexample import easier_to_read, round_places
from tutor.oracle.apart import different_values, has_real_value, plain, relative
from tutor.oracle.closer import look_closer
from tutor.oracle.digits import alike, place_in_words, told_apart
from tutor.oracle.evaluate import value_of
from tutor.oracle.existence import gap, has_point, is_left_alone, sure_value
from tutor.oracle.limits import has_limit
from tutor.oracle.numbers import COMPLEX, REAL
from tutor.oracle.pieces import TooManyPlaces, breaks, cut, kinks, places_between, sites_of
from tutor.oracle.points import Point
from tutor.oracle.table import Undefined
from tutor.oracle.verdict import Check, Oracle, without_complex
from tutor.rules.conditions import is_integer

MOST_NODES = 4_000
"""Nodes and links between them on both sides together; more is not compared."""

DOMAIN_POINTS = 12
"""Points of the list at which the domains of both sides are compared; the extreme ones come after."""


_NOTHING = Text("", {})


@dataclass(frozen=True)
class Equivalence:
    """What was found about two expressions.

    proved: by algebra, not by numbers alone; points: where both had a value and were compared; digits: how many digits
    agree there; counterexample: a number for every name, with the values `left` and `right` there; reason, parts: why
    it is undecided, or different without a counterexample, as a sentence with {slots}, and the expressions in them;
    gap: a sentence on where only one side has a real value, or where the sides differ at single places, or an empty
    one; up_to_constant: they are antiderivatives, and their derivatives were compared; jump: where an antiderivative
    jumps, such as x = 0, so that it is not one across that place.
    """

    verdict: Literal["equal", "different", "undecided"]
    proved: bool = False
    points: int = 0
    digits: int = 0
    counterexample: Mapping[str, float | complex] = field(default_factory=dict)
    left: float | complex | None = None
    right: float | complex | None = None
    reason: str = ""
    gap: Text = _NOTHING
    up_to_constant: bool = False
    jump: Expression | None = None
    parts: Mapping[str, Expression] = field(default_factory=dict)

    @property
    def why(self) -> Text:
        """The reason as a sentence without a full stop, or an empty one."""
        return Text(self.reason, self.parts)

    @property
    def sentence(self) -> str:
        """The finding as a person reads it."""
        return " ".join(part for part in (self.finding.written(), self.domain) if part)

    @property
    def domain(self) -> str:
        """Where one side has a real value and the other has none, as a sentence; or ""."""
        return self.gap.written()

    @property
    def finding(self) -> Text:
        """The same without what is said of domains."""
        if self.verdict == "undecided":
            return Text(f"It could not be decided: {self.reason}.", self.parts)
        constant = " up to a constant" if self.up_to_constant else ""
        if self.verdict == "equal":
            if self.proved:
                return Text(f"The two are equal{constant}: algebra proves it.", {})
            places = "" if self.points == 1 else f" at {self.points} points"
            return Text(f"The two are equal{constant}, as far as numbers can tell: they agree{places} to {self.digits} "
                        "digits.", {})
        if self.jump is not None:
            return Text(f"They are different{constant}: at {{jump}} the answer jumps, and an antiderivative cannot.",
                        {"jump": self.jump})
        if self.left is None or self.right is None:
            return Text(f"They are different{constant}: {self.reason}.", self.parts)
        place = place_in_words(self.counterexample)
        where = f"At {place} the" if place else "The"
        what = "derivative of the first" if self.up_to_constant else "first"
        other = "that of the second" if self.up_to_constant else "the second"
        left, right = told_apart(self.left, self.right)
        apart = Text(f"{other} is {right}", {}) if left != right else alike(left, other)
        shown = ": algebra shows it" if self.proved else ""
        return Text(f"They are different{constant}{shown}. {where} {what} is {left}, {apart.template}.",
                    apart.slots)


def equivalent(left: Expression, right: Expression, oracle: Oracle | None = None) -> Equivalence:
    """Whether two expressions are equal wherever both have a value; indefinite integrals: up to a constant.

    oracle: one that has been asked about parts of them before, which saves time. Never raises: what cannot be
    compared is undecided, with the reason.
    """
    oracle = oracle or Oracle()
    if refused := _refusal(left, right):
        return Equivalence("undecided", reason=refused)
    variable = _variable_of_integration(left, right)
    if variable is not None:
        return _compared(rate(left, variable), rate(right, variable), oracle, up_to_constant=True)
    return _compared(left, right, oracle)


def rate(expression: Expression, variable: Expression) -> Expression:
    """What the derivative of an expression is: of an indefinite integral its integrand."""
    if is_indefinite(expression) and expression.args[1] is variable:
        return expression.args[0]
    return derivative(expression, variable)


_OUTCOMES: dict[str, Any] = {"checked": "equal", "refuted": "different", "undecided": "undecided"}
_NO_VALUES = {"relation": "an equation or inequality", "statements": "a list of statements", "ellipsis": "..."}


def _refusal(left: Expression, right: Expression) -> str:
    """Why the sides cannot be compared at all, or ""."""
    count = 0
    for part in postorder((left, right)):
        if part.head in _NO_VALUES:
            return f"{_NO_VALUES[part.head]} has no value"
        count += 1 + len(part.args)
        if count > MOST_NODES:
            return "the expressions are too large to compare"
    return ""


def _variable_of_integration(left: Expression, right: Expression) -> Expression | None:
    """The variable of the indefinite integrals that stand in either side outside derivatives, if there is one."""
    found: dict[Expression, None] = {}
    stack, seen = [left, right], {left, right}
    while stack:
        part = stack.pop()
        if part.head == "derivative":
            continue
        if is_indefinite(part):
            found[part.args[1]] = None
        fresh = [arg for arg in part.args if arg not in seen]
        seen.update(fresh)
        stack.extend(fresh)
    return next(iter(found)) if len(found) == 1 else None


def _compared(left: Expression, right: Expression, oracle: Oracle, up_to_constant: bool = False) -> Equivalence:
    found = partial(Equivalence, up_to_constant=up_to_constant)
    left, right = written_out(left), written_out(right)  # a stated derivative may be wrong, so it proves nothing
    check = oracle.compare(left, right)
    if has_limit(left) or has_limit(right):
        return found(_OUTCOMES[check.outcome], False, check.points, 15, reason=check.finding or check.reason,
                     parts=check.parts)
    beside = _beside(left, right, oracle, check)
    hidden = _hidden_zero(left, right, oracle, check.real) if beside is not None else _NOTHING
    if hidden.template:
        return found("undecided", reason=hidden.template, parts=hidden.slots)

    def concluded(verdict: Literal["equal", "different"], proved: bool, check: Check) -> Equivalence:
        gap = _NOTHING if up_to_constant else _domains(left, right, oracle)
        if verdict == "equal":
            if not up_to_constant:
                exceptions = _exceptions(left, right, oracle)
                gap = exceptions if exceptions.template else gap
            return found("equal", proved, check.points, _digits(check.largest_difference), gap=gap)
        check = easier_to_read(left, right, oracle, without_complex(check, left, right))
        return found("different", proved, check.points, 0, check.counterexample or {}, check.left, check.right,
                     check.finding, gap)

    if check.outcome == "refuted":
        return concluded("different", False, check)
    if check.outcome == "checked" and beside is None and (has_point(left) or has_point(right)):  # from both sides
        return concluded("equal", _proved(left, right, check.real), check)
    if beside is not None and _proved(left, right, check.real):
        return concluded("equal", True, check)
    if beside is not None and _proved_different(left, right, check.real):
        return concluded("different", True, _surely_beside(left, right, oracle, check.real) or beside)
    if check.outcome == "checked":
        closer = look_closer(oracle, left, right, check.real)
        if closer.outcome == "refuted":
            return concluded("different", False, closer)
        repeating = _repeating(left, right)
        if closer.outcome == "checked" and repeating is None:
            return concluded("equal", False, closer)
        why = closer.why if closer.reason or repeating is None else Text(_BRANCHES_NOT_CHECKED, {"part": repeating})
        check = Check("undecided", check.points, reason=why.template, parts=why.slots)
    return found("undecided", points=check.points, reason=check.reason, parts=check.parts)


_BRANCHES_NOT_CHECKED = "{part} changes its branch again and again, and not every branch was checked"


def _beside(left: Expression, right: Expression, oracle: Oracle, check: Check) -> Check | None:
    """Both values at some place, for a refutation by algebra alone; None if there is no such place."""
    for place in oracle.points():
        values = _value(place, left, check.real), _value(place, right, check.real)
        if values[0] is not None and values[1] is not None:
            return Check("refuted", 1, 0.0, place.place(left.free | right.free), plain(values[0]), plain(values[1]))
    return None


def _surely_beside(left: Expression, right: Expression, oracle: Oracle, real: bool) -> Check | None:
    """Both values at some place where their digits are known: doubles make 1 - tanh(200) a 0, which it is not."""
    for place in oracle.points()[:DOMAIN_POINTS]:
        told = different_values(place, left, right, real)
        if told is not None:
            return Check("refuted", 1, 0.0, place.place(left.free | right.free), *told)
    return None


def _repeating(left: Expression, right: Expression) -> Expression | None:
    """A part such as asin(sin(x)), which is x only up to π/2; digits cannot tell what it is further out."""
    for part in postorder((left, right)):
        if part.head in _INVERSE and any(each.head in _PERIODIC and each.free for each in postorder(part.args)):
            return part
    return None


_PERIODIC = frozenset(name for name, function in FUNCTIONS.items() if function.period)
_INVERSE = frozenset(FUNCTIONS[name].inverse for name in _PERIODIC)


def _digits(difference: float) -> int:
    """To how many digits two numbers agree that are relatively this far apart."""
    return min(floor(-log10(difference)), 60) if difference else 15


# -- a proof ---------------------------------------------------------------------------------------------------


def _proved_different(left: Expression, right: Expression, real: bool) -> bool:
    from tutor.judge.proof.independence import proves_different

    return proves_different(solved(left), solved(right), real)


def _proved(left: Expression, right: Expression, real: bool) -> bool:
    from tutor.judge.proof.normal_form import proves_equal

    if left is right:
        return True
    if right.size < left.size or (right.size == left.size and str(right) < str(left)):
        # the same work, and so the same answer, for either order of the sides
        left, right = right, left
    return proves_equal(solved(left), solved(right), real)


MOST_SOLVED, MOST_ORDER = 300, 4
"""Size of an expression whose derivatives are worked out by the rules before a proof is tried, and their order."""


@lru_cache(maxsize=8)
def solved(root: Expression) -> Expression:
    """`root` with its derivatives found by the rules, where that is cheap and the rules suffice.

    Kept for the last few: one problem has many answers.
    """
    orders = [part.args[2].value if part.head == "derivative" else 1
              for part in postorder([root]) if part.head in ("derivative", "at")]
    if not orders or root.size > MOST_SOLVED or not all(order.__class__ is int and order <= MOST_ORDER
                                                        for order in orders):
        return root
    from tutor.derivation.derivation import derive

    try:
        return derive(root).result
    except TutorError:  # no rule applies: the derivative stays a function of which nothing is known
        return root


# -- where there are values ------------------------------------------------------------------------------------

SUSPICIOUS = 1e-9
"""A part with values as small as this at several points may be 0 everywhere, except for rounding."""

ENOUGH_SMALL = 4
"""How many such points are enough."""


def _hidden_zero(left: Expression, right: Expression, oracle: Oracle, real: bool) -> Text:
    """A reason that names a divisor or the like that is 0 everywhere; an empty one if there is none.

    Rounding keeps sin(x)^2 + cos(x)^2 - 1 and cos(pi/2) from being exactly 0, so that their quotients seem to have
    values, and sign and step of them seem to be 1.
    """
    for part in postorder((left, right)):
        suspect = _suspect(part)
        if suspect is None or suspect.head in ("number", "name", "constant"):
            continue
        values = (_value(place, suspect, real) for place in oracle.points()[:DOMAIN_POINTS])
        sizes = [abs(value) for value in islice((value for value in values if value is not None), ENOUGH_SMALL)]
        if sizes and max(sizes) < SUSPICIOUS and look_closer(oracle, suspect, ZERO, real).outcome == "checked":
            outcome = "jumps" if part.head in FUNCTIONS and FUNCTIONS[part.head].jumps else "has no value"
            return Text(f"{{zero}} is 0 everywhere, and there {{part}} {outcome}", {"zero": suspect, "part": part})
    return _NOTHING


def _suspect(part: Expression) -> Expression | None:
    """What a node divides by or takes the logarithm or sign of, if it does."""
    if part.head == "quotient":
        return part.args[1]
    if part.head == "power":
        return part.args[0] if part.args[1].head == "negation" else None
    function = FUNCTIONS.get(part.head)
    if function is not None and function.poles_at_zeros_of:
        return call(function.poles_at_zeros_of, part.args[0])
    return part.args[0] if part.head in _NOT_AT_ZERO else None


def _breaks_at_zero(function: Function) -> bool:
    """Whether a function jumps at 0, or has no value there though it has some beside it or on both sides."""
    whole = Interval(function.domain[0].low, function.domain[-1].high, True, True)
    return "0" in function.jumps or (whole.has_zero and not any(part.has_zero for part in function.domain))


_NOT_AT_ZERO = frozenset(name for name, function in FUNCTIONS.items() if _breaks_at_zero(function))


def _value(place: Point, expression: Expression, real: bool = True) -> complex | None:
    try:
        return complex(value_of(place.table(REAL if real else COMPLEX), expression))
    except (Undefined, OverflowError):
        return None


def _domains(left: Expression, right: Expression, oracle: Oracle) -> Text:
    """Where only one side has a real value, as a sentence; empty if there is no such place."""
    if left is right:
        return _NOTHING
    missing = domain_gap(left, right, oracle)
    return missing if missing.template else domain_gap(right, left, oracle)


def _exceptions(left: Expression, right: Expression, oracle: Oracle) -> Text:
    """A sentence on a place where two sides that count as equal differ; empty if there is none."""
    if left is right:
        return _NOTHING
    below = _below_zero(left, right, oracle)
    return below if below.template else _on_a_jump(left, right, oracle)


_HAS_VALUE_AT_JUMP = frozenset(name for name, function in FUNCTIONS.items()
                               if function.jumps and any(part.has_zero for part in function.domain))


def _on_a_jump(left: Expression, right: Expression, oracle: Oracle) -> Text:
    """Where both sides have values and differ though they agree all round, as a sentence; empty if nowhere.

    sign(x)^2 is 1, except at x = 0, where it is 0. Looked for where arguments are 0 exactly.
    """
    if not any(part.head in _HAS_VALUE_AT_JUMP for part in postorder((left, right))) or (
            is_left_alone(left) or is_left_alone(right)):
        return _NOTHING
    try:
        sites = sites_of((left, right), kinks)
    except TooManyPlaces:
        return _NOTHING
    point, free = oracle.points()[0], left.free | right.free
    for letter in sorted(free)[:MOST_JUMPING_LETTERS]:
        others = {text: Fraction(point.number_of(text).real) for text in free if text != letter}
        found = cut([site.argument for site in sites], letter, others, search=False).breaks
        for number in dict.fromkeys((Fraction(0), *[each.lower for each in found if each.lower == each.upper])):
            values = [sure_value(side, {**others, letter: number}.get) for side in (left, right)]
            if values[0] is not None and values[1] is not None and gap(*values) > 0:
                where = place_as_text({text: float({**others, letter: number}[text]) for text in sorted(free)})
                one, other = [_short(float(value)) for value in values]
                return Text(f"But where {where.template}, the first is {{one}} and the second is {{other}}.",
                            {**where.slots, "one": one, "other": other})
    return _NOTHING


MOST_JUMPING_LETTERS = 3
"""Letters along whose lines jumps are looked for."""


def domain_gap(wide: Expression, narrow: Expression, oracle: Oracle) -> Text:
    """Where `wide` has a real value and `narrow` has none, as a sentence; empty if no such point is plain to see."""
    place, part = next(gaps(wide, narrow, oracle), (None, narrow))
    if place is None:
        return _NOTHING
    where = place_as_text(place.place(wide.free | part.free))
    lead = f"Where {where.template}, " if where.template else ""
    return Text(lead + "{wide} has a value and {narrow} has none.", {"wide": wide, "narrow": narrow, **where.slots})


def place_as_text(place: Mapping[str, float | complex], between: str = ", ") -> Text:
    """Where a point is, as in x = -1.327, y = 0.7207: relations with `between` them."""
    slots = {f"at{number}": node("relation", (name(letter), _short(value)), "=")
             for number, (letter, value) in enumerate(place.items())}
    return Text(between.join(f"{{{slot}}}" for slot in slots), slots)


def _short(value: float | complex) -> Expression:
    """A real value with six digits."""
    return decimal(float(f"{complex(value).real:.6g}"))


def gaps(wide: Expression, narrow: Expression, oracle: Oracle) -> Iterator[tuple[Point, Expression]]:
    """Points where `wide` has a real value and `narrow` plainly has none, with the part that has none.

    Round numbers, points of the list, far ones, and some in every piece between the ends of the domains.
    """
    partly_real = {part for part in postorder([narrow]) if _may_be_imaginary(part)}
    if partly_real <= set(postorder([wide])):
        return  # wherever `wide` has a value, all of its parts have one
    try:
        between = places_between(narrow, narrow, breaks, oracle.points(), search=False).places
    except TooManyPlaces:
        between = []
    listed = *oracle.points()[:DOMAIN_POINTS], *oracle.points(extremes=True)
    for place in (*round_places(wide.free | narrow.free, oracle), *listed, *between):
        part = _not_real(place, narrow) if _value(place, wide) is not None else None
        if part is not None:
            yield place, part


_EXPONENTS = (Fraction(2), Fraction(1, 2), Fraction(3), Fraction(-1))


def _below_zero(left: Expression, right: Expression, oracle: Oracle) -> Text:
    """Where two powers with letters in their exponents differ, as a sentence; an empty one if they do not.

    a^b with any b is a power of a positive a; but (a^2)^(1/2) is |a|, and a^(2·1/2) is a.
    """
    powers = [part for part in postorder((left, right)) if part.head == "power" and part.args[1].free]
    exponents = sorted({letter for part in powers for letter in part.args[1].free})[:MOST_EXPONENT_LETTERS]
    bases = sorted({letter for part in powers for letter in part.args[0].free} - set(exponents))
    if not exponents or not bases:
        return _NOTHING
    for values in product(_EXPONENTS, repeat=len(exponents)):
        place = oracle.points()[0]
        for letter, number in (*dict.fromkeys(bases, Fraction(-2)).items(), *zip(exponents, values, strict=True)):
            place = place.moved(letter, number)
        one, other = _value(place, left), _value(place, right)
        if one is not None and other is not None and relative(one, other) > SUSPICIOUS:
            where = place_as_text(place.place({*bases, *exponents}))
            positive = {f"base{number}": node("relation", (name(letter), ZERO), ">")
                        for number, letter in enumerate(bases)}
            return Text(
                f"This holds where {' and '.join(f'{{{slot}}}' for slot in positive)}, but where {where.template}, "
                "{left} is {one} and {right} is {other}.",
                {"left": left, "right": right, "one": _short(one), "other": _short(other), **positive, **where.slots})
    return _NOTHING


MOST_EXPONENT_LETTERS = 3
"""Letters in exponents for which whole numbers and halves are tried."""


def _not_real(place: Point, expression: Expression) -> Expression | None:
    """The part because of which the expression has no real value at the point; None if there is no plain one.

    Overflow is no reason, nor rounding: sqrt(sin(x)^2 + cos(x)^2 - 1) may be the root of -1e-17, and tanh(100) is less
    than 1, though no double shows it.
    """
    if _value(place, expression) is not None:
        return None
    values = place.table(REAL).values
    for part in postorder([expression]):
        if _may_be_imaginary(part) and isinstance(values.get(part), Undefined) and all(
                _value(place, arg) is not None for arg in part.args):
            value = _value(place, part, real=False)
            plain_to_see = value is not None and abs(value.imag) > 1e-6 * max(abs(value), 1)
            return part if plain_to_see and not has_real_value(place, part) else None
    return None


def _may_be_imaginary(part: Expression) -> bool:
    """Whether the head of a node has no real value for some real arguments."""
    if part.head == "power":
        return part.args[0] is not E and not is_integer(part.args[1]) and odd_root(part.args[1]) is None
    return part.head in PARTLY_REAL
