"""Equations in an author's words that are false although they are said to be true.

    [found.equation for found in untrue("The slope of the sine: $d/dx [sin(x)] = -cos(x)$.")]

Not every equation claims something. `f(x) = x^2` and `z = 3x` say what a name stands for, `2x - 6 = 0` is there to be
solved, and after "do not write" an equation is meant to be false, as it is anywhere when it is struck through:
`~~$d/dx [sin(x)] = -cos(x)$~~`. What claims something is put to the oracle. Where it is not clear whether an equation
is a claim or a condition, it is doubted and not called false.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from tutor.expression.functions import Defined, Functions, with_functions
from tutor.expression.tree import OPEN, ZERO, Expression, add, derivative, name, negate, node, postorder, substitute
from tutor.lesson.fill import formula
from tutor.lesson.texts import WrittenFormula, formulas
from tutor.lesson.vary import Values
from tutor.oracle.pieces import TooManyPlaces, kinks, sites_of
from tutor.oracle.verdict import Oracle


class Untrue(NamedTuple):
    """An equation that the oracle refutes.

    start: where its formula begins in the words; sentence: what the oracle found; surely: whether it is false whatever
    it may be meant for, or only not true for all values.
    """

    start: int
    equation: Expression
    sentence: str
    surely: bool


def untrue(words: str, values: Values | None = None, functions: Functions | None = None,
           oracle: Oracle | None = None) -> Iterator[Untrue]:
    """Every equation of a text that claims something and is refuted.

    values: what letters stand for; functions: those that formulas may have besides the known ones; oracle: one that
    has looked at these expressions before. Raises TutorError for a formula that cannot be read.
    """
    places = list(formulas(words))
    read = [formula(place.text, values, functions) for place in places]
    around = _Surroundings(words, places)
    domains = _Domains(words, read)
    meanings = _Meanings([each for each in read if _is_equation(each) and _names(each.args[0])])
    for place, equation in zip(places, read, strict=True):
        if (_is_equation(equation) and (not _names(equation.args[0]) or meanings.settles(equation.args[0]))
                and not around.speak_against(place)):
            untruth = _untruth(equation, meanings, domains, oracle or Oracle())
            if untruth is not None:
                sentence, surely = untruth
                yield Untrue(place.start, equation, sentence, surely)


def asks_for_what_is_wrong(question: str) -> bool:
    """Whether a question asks which of several things is not so."""
    return _DENIED.search(question) is not None


def _is_equation(expression: Expression) -> bool:
    return expression.head == "relation" and expression.value == "="


# -- what stands around an equation ----------------------------------------------------------------------------------

_DENIED = re.compile(
    r"\b(not|never|nobody|wrong(ly)?|false(ly)?|incorrect(ly)?|untrue|mistakes?n?|errors?|slips?|traps?|misconceptions?|"
    r"instead of|rather than|avoid|tempt(ed|ing)|would|cannot|pretend|as if|thinks?|believes?|confus\w+|careless(ly)?|"
    r"(some|many|others|people|learners|students|beginners) (\w+ )?(write|say|answer|type))\b|n['’]t\b", re.IGNORECASE)
"""Words in a sentence that say that the equation to which they lead is not true."""

_CONTRAST = re.compile(r"\b(but|instead(?! of)|whereas|then)\b|;", re.IGNORECASE)
"""What ends the part of a sentence that is denied, or that is a condition."""

_CONDITIONAL = re.compile(
    r"\b((if|when(ever)?|where(ver)?|which|unless|until|provided|suppose|assum(e|ing)|let|set(ting)?|solv(e|es|ing)|"
    r"equations?|conditions?|constraint|requires?|such that|roots?|solutions?|zeros?|curve|circle|ellipse|"
    r"cross|meets?|intersect|touch|equate|nearly|roughly|approximately|about|almost)"
    r"\b(\W+\w+){0,2}|with|from|given)\W*$", re.IGNORECASE)
"""Words just before an equation by which it becomes a condition, or something to be solved."""

_TAKEN_BACK = re.compile(
    r"[^\w.!?;:]*(only\s+)?((nearly|almost|roughly|approximately|about|or so)\b|ha(s|ve)\b|"
    r"(at|for|if|when|where)\b(?!\s+(all|any|every|each)\b)|"
    r"holds? (only|at|if|when)\b|fails?\b|do(es)? not|cannot|(is|do(es)?)n['’]t\b|"
    r"(is|are|was|would be)( also| simply| just)? (solved|met|not|never|wrong|false|incorrect|untrue|"
    r"an? (\w+ )?(mistake|slip|error|trap|misconception|equation|condition))\b)", re.IGNORECASE)
"""Words just after an equation that limit it, or say that it is not true."""

_SENTENCE_ENDS = re.compile(r"[.!?]+[\"'”’)*_]*(?=\s|$)|(?<!:)\n\s*\n|\n\s*(?:[-*+]|\d+[.)])\s")


class _Surroundings:
    """What the words around a formula say of it."""

    def __init__(self, words: str, places: Sequence[WrittenFormula]) -> None:
        signs = list(words)
        for place in places:  # signs in formulas end no sentence
            signs[place.begin:place.end] = "F" * (place.end - place.begin)
        self.words = "".join(signs)
        self.ends = list(_SENTENCE_ENDS.finditer(self.words))
        self.struck = [found.span() for found in re.finditer(r"~~[^~]+~~", self.words)]

    def speak_against(self, place: WrittenFormula) -> bool:
        """Whether they say that a formula is false, a condition or a question, or strike it through."""
        index = bisect_left(self.ends, place.end, key=lambda found: found.start())
        before = self.words[self.ends[index - 1].end() if index else 0:place.begin]
        asked = index < len(self.ends) and "?" in self.ends[index][0]
        after = self.words[place.end:self.ends[index].start() if index < len(self.ends) else len(self.words)]
        lead = _CONTRAST.split(before)[-1]
        struck = any(begin < place.begin and place.end < end for begin, end in self.struck)
        return asked or struck or bool(
            _DENIED.search(lead) or _CONDITIONAL.search(lead.rpartition(",")[2]) or _TAKEN_BACK.match(after))


# -- what names stand for --------------------------------------------------------------------------------------------


def _names(side: Expression) -> bool:
    """Whether a side is a name, or a function or its slope at a name: then the other side says what it stands for."""
    if side.head == "derivative":
        side = side.args[0]
    return side.head == "name" or (side.head in ("application", "defined") and all(
        arg.head in ("name", "number", "constant") for arg in side.args))


_MOST_MEANINGS = 12
"""Meanings of a letter with which an equation is tried: no text that is meant to be understood has more."""


class _Meanings:
    """What the equations of a text that define something say: the values of letters, and of functions."""

    def __init__(self, definitions: Sequence[Expression]) -> None:
        self.letters: list[tuple[str, Expression]] = []
        said: Counter[str] = Counter()
        self.functions: dict[str, Defined] = {}
        unclear: set[str] = set()
        for left, right in (definition.args for definition in dict.fromkeys(definitions)):
            if left.head == "name" and left.value not in right.free:
                said[left.value] += 1
                if said[left.value] <= _MOST_MEANINGS:
                    self.letters.append((left.value, right))
            elif left.head == "application" and left.value[1] == 0 and left.args and left.args[0].head == "name":
                variable = left.args[0].value
                if right.free <= {variable} and not _unknown(right):
                    function = Defined(left.value[0], variable, right)
                    if self.functions.setdefault(function.name, function) != function:
                        unclear.add(function.name)
        for each in unclear:  # one name for two functions: nobody can tell which one is meant
            del self.functions[each]

    def settles(self, side: Expression) -> bool:
        """Whether a side is the slope of something of which the text says what it is, or a value of it such as f(3):
        then it is not up to the author."""
        if side.head == "application":
            is_at_a_number = bool(side.args) and not any(arg.free for arg in side.args)
            return side.value[0] in self.functions and (side.value[1] > 0 or is_at_a_number)
        body = side.args[0] if side.head == "derivative" else side
        return body is not side and (body.value in dict(self.letters) if body.head == "name" else (
            body.head == "application" and body.value[0] in self.functions))

    def readings(self, equation: Expression) -> Iterator[Expression]:
        """The equation, and what it becomes with each meaning that it may have in this text."""
        equation = with_functions(equation, self.functions)
        yield equation
        bound = {part.args[1].value for part in postorder([equation]) if part.head in OPEN}
        everything = equation
        for letter, value in reversed(self.letters):  # what was said last is said in terms of what came before
            if letter in equation.free - bound:
                yield substitute(equation, letter, value)
            elif letter in bound and not value.free:  # at w = 3: d/dw [w^2] = 6
                left, right = (node("at", (side, name(letter), value)) for side in equation.args)
                yield node("relation", (left, right), "=")
            if letter in everything.free - bound:
                everything = substitute(everything, letter, value)
        yield everything


def _unknown(expression: Expression) -> set[str]:
    """The names of the functions that nobody defined."""
    return {part.value[0] for part in postorder([expression]) if part.head == "application"}


# -- where it is said to hold ----------------------------------------------------------------------------------------

_SIDES = {
    ">": re.compile(r"\b(positive|right)\b", re.IGNORECASE), "<": re.compile(r"\b(negative|left)\b", re.IGNORECASE),
}
"""How a word compares letters with 0: "where x is positive", "to the left of the corner"."""

_MOST_CONDITIONS = 6


class _Domains:
    """The conditions that a text names anywhere: an equation need not hold elsewhere."""

    def __init__(self, words: str, read: Sequence[Expression]) -> None:
        relations = [each for each in read if each.head == "relation" and each.value != "=" and each.free]
        self.relations = list(dict.fromkeys(relations))[:_MOST_CONDITIONS]
        self.sides = [sign for sign, words_for_it in _SIDES.items() if words_for_it.search(words)]

    def may_save(self, left: Expression, right: Expression, oracle: Oracle) -> bool:
        """Whether a refuted equation holds under one of the conditions, or under all of them together."""
        letters = left.free | right.free
        known = [each for each in self.relations if each.free <= letters]
        by_words = [[node("relation", (name(letter), ZERO), sign) for letter in sorted(letters)] for sign in self.sides]
        alone = [[each] for conditions in (known, *by_words) for each in conditions]
        return any(oracle.compare(left, right, conditions).outcome == "checked"
                   for conditions in (*alone, known, *by_words) if conditions)


def _holds_on_one_side(left: Expression, right: Expression, oracle: Oracle) -> bool:
    """Whether an equation holds on one side of a kink, as d/dx [relu(x)] = 1 does: a text can say in many ways on
    which."""
    try:
        sites = sites_of((left, right), kinks)[:_MOST_CONDITIONS]
    except TooManyPlaces:
        return True
    return any(oracle.compare(left, right, [node("relation", (site.argument, ZERO), sign)]).outcome == "checked"
               for site in sites for sign in _SIDES)


# -- what the oracle finds -------------------------------------------------------------------------------------------


def _untruth(equation: Expression, meanings: _Meanings, domains: _Domains, oracle: Oracle) -> tuple[str, bool] | None:
    """What refutes an equation in every reading, and whether it is false for sure; None for one to be left alone."""
    found: tuple[str, bool] | None = None
    for reading in dict.fromkeys(meanings.readings(equation)):
        if _depends_on_what_is_not_said(reading):
            continue
        left, right = _without_integrals(reading)
        check = oracle.compare(left, right)
        if check.outcome != "refuted" or _is_rounded(reading, oracle) or domains.may_save(left, right, oracle):
            return None
        severity = _severity(reading, left, right, oracle)
        if severity is None:
            return None
        severity = severity and not _holds_on_one_side(left, right, oracle)
        if found is None:
            found = check.sentence, severity
    return found


def _severity(equation: Expression, left: Expression, right: Expression, oracle: Oracle) -> bool | None:
    """Whether a refuted equation is false for sure (True), or only doubtful (False), or no claim (None)."""
    with_calculus = [any(part.head in OPEN for part in postorder([side])) for side in equation.args]
    if not any(with_calculus):
        return False if _looks_like_an_identity(left, right, oracle) else None
    worked_out, result = equation.args if with_calculus[0] else equation.args[::-1]
    shown = right if with_calculus[0] else left
    more = [letter for letter in result.free - worked_out.free
            if oracle.compare(derivative(shown, name(letter)), ZERO).outcome != "checked"]
    if (more or _unknown(worked_out) != _unknown(result)
            or (result.head == "name" and not result.free <= worked_out.free)):
        return None
    is_claim = (left not in equation.args or result.free or _unknown(result)
                or _differ_by_a_constant(left, right, oracle))
    return True if is_claim else None if result is ZERO else False


def _depends_on_what_is_not_said(equation: Expression) -> bool:
    """Whether it has a slope of a letter that must depend on another one: y', dy/dx, or d/dx [u^2]."""
    for part in postorder([equation]):
        if part.head == "application" and not part.args:
            return True
        if part.head == "derivative" and part.args[0].free and part.args[1].value not in part.args[0].free:
            return True
        if part.head == "derivative" and part.args[0].head == "name" and part.args[0] is not part.args[1]:
            return True
    return False


def _looks_like_an_identity(left: Expression, right: Expression, oracle: Oracle) -> bool:
    """Whether an equation without calculus claims to hold for all values: there are no letters in it, or no value could
    make it true, or it rewrites a function, or opens a bracket, in the same letters."""
    if _unknown(left) or _unknown(right):
        return False  # a property of this one function, such as f(-x) = f(x)
    if not left.free | right.free or _differ_by_a_constant(left, right, oracle):
        return True
    if left.free != right.free:
        return False
    functions = _functions_in(left)
    if functions:
        return functions == _functions_in(right) and left.head != "sum"
    return right.head == "sum" and left.head in ("power", "product", "quotient", "sqrt") and any(
        arg.head == "sum" and arg.free for arg in left.args)


_OPERATIONS = frozenset((
    "name", "number", "constant", "sum", "product", "quotient", "negation", "power", "sqrt", "cbrt"))


def _functions_in(side: Expression) -> set[str]:
    return {part.head for part in postorder([side]) if part.head not in _OPERATIONS}


def _differ_by_a_constant(left: Expression, right: Expression, oracle: Oracle) -> bool:
    """Whether the difference of two sides that are not equal is everywhere the same: then they are equal nowhere."""
    difference = add(left, negate(right))
    return all(oracle.compare(derivative(difference, name(letter)), ZERO).outcome == "checked"
               for letter in sorted(difference.free))


def _without_integrals(equation: Expression) -> tuple[Expression, Expression]:
    """Two sides that are equal if the equation holds: those of one with an integral, which says nothing of a constant,
    are differentiated."""
    left, right = equation.args
    integral = next((part for part in postorder([equation]) if part.head == "integral" and len(part.args) == 2), None)
    if integral is None:
        return left, right
    return derivative(left, integral.args[1]), derivative(right, integral.args[1])


def _is_rounded(equation: Expression, oracle: Oracle) -> bool:
    """Whether one side is a decimal to which the other one, a number, can be rounded."""
    for side, other in (equation.args, equation.args[::-1]):
        decimal = side.args[0] if side.head == "negation" else side
        if decimal.head == "number" and isinstance(decimal.value, Fraction) and not other.free:
            value = oracle.value(other, {})
            shown = decimal.value * (-1 if side is not decimal else 1)
            if isinstance(value, float):
                return bool(abs(Fraction(value) - shown) * 2 * 10 ** _decimals(shown) <= 1 + _NOISE)
    return False


_NOISE = Fraction(1, 10**6)
"""What a value in floating point may be off, as a share of the last digit that is shown."""


def _decimals(value: Fraction) -> int:
    """How many digits after the point a terminating decimal has."""
    places = 0
    while value.denominator != 1:
        value, places = value * 10, places + 1
    return places
