"""Are two expressions equal? Numbers are asked first, then algebra for a proof.

    equivalent(parse("sin(2x)"), parse("2 sin x cos x")).sentence     # "The two are equal: algebra proves it."
    equivalent(parse("d/dx x^2"), parse("x")).counterexample          # {"x": 1.0}
    equivalent(parse("ln(x^2)"), parse("2 ln x")).domain      # "Where x = -1, ln(x^2) has a value and ... none."

Equal means: the same value wherever both have one, and they have one somewhere. One counterexample decides that two
expressions are different, and it is confirmed with 60 digits before it is believed. Agreement is a proof only if
`normal_form` finds one; without a proof the agreement is confirmed with 60 digits, too, far out and close to 0.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from math import floor, log10
from typing import Any, Literal

from tutor.derivation.antiderivatives import is_indefinite
from tutor.errors import TutorError
from tutor.expression.functions import written_out
from tutor.expression.known_functions import FUNCTIONS
from tutor.expression.lists import has_lists
from tutor.expression.text import Text
from tutor.expression.tree import Expression, derivative, postorder
from tutor.judge.counterexample import easier_to_read
from tutor.judge.domains import DOMAIN_POINTS, NOTHING, gap_of_either, hidden_zero, value_at, where_they_differ
from tutor.oracle.apart import different_values, plain
from tutor.oracle.closer import look_closer
from tutor.oracle.complex_values import without_complex
from tutor.oracle.digits import alike, place_in_words, told_apart
from tutor.oracle.existence import has_point
from tutor.oracle.limits import has_limit
from tutor.oracle.points import Point
from tutor.oracle.verdict import UNCLEAR, Check, Oracle

MOST_NODES = 4_000
"""Nodes and links between them on both sides together; more is not compared."""


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
    gap: Text = NOTHING
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
    if has_lists(left) or has_lists(right):
        return _compared_in_cases(left, right, oracle)
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
    hidden = hidden_zero(left, right, oracle, check.real) if beside is not None else NOTHING
    if hidden.template:
        return found("undecided", reason=hidden.template, parts=hidden.slots)

    def concluded(verdict: Literal["equal", "different"], proved: bool, check: Check) -> Equivalence:
        gap = NOTHING if up_to_constant else gap_of_either(left, right, oracle)
        if verdict == "equal":
            if not up_to_constant:
                differing = where_they_differ(left, right, oracle)
                gap = differing if differing.template else gap
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


def _compared_in_cases(left: Expression, right: Expression, oracle: Oracle) -> Equivalence:
    """The same of sides with sums over an index: for several sizes, and more closely for one of them."""
    from tutor.judge.sizes import in_one_case

    check = oracle.compare(left, right)
    if check.outcome == "undecided":
        return Equivalence("undecided", points=check.points, reason=check.reason, parts=check.parts)
    first, second, case = in_one_case(left, right, check)
    found = _compared(first, second, oracle)
    if found.verdict == "equal" and check.outcome == "checked":
        return replace(found, proved=False, points=check.points, digits=found.digits or 15)
    if found.verdict == "different":
        return replace(found, counterexample={**case, **found.counterexample})
    return replace(found, verdict="undecided", reason=found.reason or UNCLEAR)


_BRANCHES_NOT_CHECKED = "{part} changes its branch again and again, and not every branch was checked"


def _beside(left: Expression, right: Expression, oracle: Oracle, check: Check) -> Check | None:
    """Both values at some place, for a refutation by algebra alone; None if there is no such place."""
    for place in _places(left, right, oracle):
        values = value_at(place, left, check.real), value_at(place, right, check.real)
        if values[0] is not None and values[1] is not None:
            return Check("refuted", 1, 0.0, place.place(left.free | right.free), plain(values[0]), plain(values[1]))
    return None


def _places(left: Expression, right: Expression, oracle: Oracle) -> Sequence[Point]:
    """Where both sides are looked at: without letters they have the same values everywhere."""
    places = oracle.points()
    return places if left.free or right.free else places[:1]


def _surely_beside(left: Expression, right: Expression, oracle: Oracle, real: bool) -> Check | None:
    """Both values at some place where their digits are known: doubles make 1 - tanh(200) a 0, which it is not."""
    for place in _places(left, right, oracle)[:DOMAIN_POINTS]:
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
