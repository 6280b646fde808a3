"""Answers to an indefinite integral: are they right up to a constant, and is the constant there?

    found = judge_antiderivative(parse("int x^2 dx"), parse("x^3/3"))
    found.equivalence.verdict       # "equal": the derivative of the answer is the integrand
    found.constant                  # "missing"
    found.sentence                  # "The constant of integration is missing: add + C."

The constant may have any name that the problem does not use, and may be absorbed, as k is in ln|k x|.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from tutor.algebra.decide import Tidy
from tutor.derivation.gaps import gap_of
from tutor.errors import TutorError
from tutor.expression.relations import related
from tutor.expression.text import Text
from tutor.expression.tree import ZERO, Expression, add, decimal, derivative, multiply, name, negate, rational
from tutor.judge.domains import NOTHING, domain_gap
from tutor.judge.equivalence import Equivalence, equivalent
from tutor.judge.form import style_of
from tutor.oracle.jumps import jumps
from tutor.oracle.pieces import KINKS_NOT_FOUND, TooManyPlaces
from tutor.oracle.verdict import Oracle

_SIMPLE = 1_000
"""Largest denominator of a place that is told as a fraction."""

_PLACES = 4
"""Numbers that other letters are given: with some of them there may be no value at the jump."""

ConstantOfIntegration = Literal["present", "missing", "fixed", "restricted"]


@dataclass(frozen=True)
class Antiderivative:
    """What was found about an answer to an indefinite integral.

    equivalence: the derivative of the answer beside the integrand, and where only the integrand has values; constant:
    "present" if a free constant gives every antiderivative, "fixed" if a number stands in its place, "restricted" if
    a letter is there that cannot take every value, as in C^2 or e^C; letter: that letter, or "".
    """

    equivalence: Equivalence
    constant: ConstantOfIntegration
    letter: str = ""

    @property
    def right(self) -> bool:
        """Whether nothing is missing."""
        return self.equivalence.verdict == "equal" and self.constant in ("present", "restricted")

    @property
    def sentence(self) -> str:
        """What to say of the constant, or "" if there is nothing to say."""
        return {
            "present": "",
            "missing": "The constant of integration is missing: add + C.",
            "fixed": "This is one antiderivative, with a fixed constant. To give all of them, write + C.",
            "restricted": f"There is a constant, but in this form it cannot take every value. Write + {self.letter}.",
        }[self.constant]


def judge_antiderivative(problem: Expression, answer: Expression, oracle: Oracle | None = None) -> Antiderivative:
    """Judge `answer` to `problem`, an indefinite integral. Raises TutorError if it is not one."""
    if problem.head != "integral" or len(problem.args) != 2:
        raise TutorError(f"{problem} is not an indefinite integral.")
    oracle = oracle or Oracle()
    equivalence = equivalent(problem, answer, oracle)
    if equivalence.verdict == "equal":
        equivalence = _if_continuous(problem, answer, equivalence, oracle)
    if equivalence.verdict != "undecided":
        gap = domain_gap(problem.args[0], answer, oracle)
        if equivalence.verdict == "equal" and not gap.template:
            gap = _jump(problem, answer)
        equivalence = replace(equivalence, gap=gap)
    return Antiderivative(equivalence, *_constant(problem, answer, oracle))


def _jump(problem: Expression, answer: Expression) -> Text:
    """Where an answer that is right on both sides of a place jumps there, as a sentence; empty if nowhere."""
    integrand, variable = problem.args
    place = gap_of(answer, integrand, variable, Tidy(style_of(answer)))
    return NOTHING if place is None else Text(
        "It jumps at {x} = {place}, where the integrand has a value. So it is an antiderivative on each side of this "
        "place, but not across it.", {"x": variable, "place": place})


def _if_continuous(problem: Expression, answer: Expression, found: Equivalence, oracle: Oracle) -> Equivalence:
    """The same finding, unless the answer jumps where the integrand has a value: x² + step(x) is no antiderivative of
    2x."""
    integrand, variable = problem.args
    others = answer.free - {variable.value}
    complete = True
    for point in oracle.points()[:_PLACES if others else 1]:
        try:
            across = jumps(answer, integrand, variable.value, point)
        except TooManyPlaces:
            return Equivalence("undecided", reason=KINKS_NOT_FOUND)
        complete = complete and across.complete
        if across.places:
            exact = across.places[0]
            shown = rational(exact) if exact.denominator <= _SIMPLE else decimal(round(float(exact), 6))
            place = related(variable, "=", shown)
            return replace(found, verdict="different", proved=False, jump=place)
    return found if complete else Equivalence("undecided", reason=KINKS_NOT_FOUND)


def _constant(problem: Expression, answer: Expression, oracle: Oracle) -> tuple[ConstantOfIntegration, str]:
    """What the answer has as its constant, and the letter of it."""
    restricted = ""
    for letter in sorted(answer.free - problem.free):
        rate = derivative(answer, name(letter))
        if oracle.compare(rate, ZERO).outcome != "refuted":
            continue  # the answer does not depend on it
        if any(oracle.compare(derivative(each, name(letter)), ZERO).outcome == "checked"
               for each in (rate, multiply(name(letter), rate))):
            return "present", letter  # a·C or a·ln|C|: takes every value
        restricted = restricted or letter
    if restricted:
        return "restricted", restricted
    variable = problem.args[1].value
    fixed = add(*[term for term in _terms(answer) if variable not in term.free])
    return ("fixed" if oracle.compare(fixed, ZERO).outcome == "refuted" else "missing"), ""


def _terms(root: Expression) -> list[Expression]:
    """The terms of a sum with their signs, those of sums inside it too; of anything else itself."""
    found: list[Expression] = []
    stack = [(root, False)]
    while stack:
        term, negative = stack.pop()
        if term.head == "negation":
            stack.append((term.args[0], not negative))
        elif term.head == "sum":
            stack.extend((arg, negative) for arg in reversed(term.args))
        else:
            found.append(negate(term) if negative else term)
    return found
