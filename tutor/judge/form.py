"""Whether an answer of the right value has the form that was asked for, and what still has to be done.

    form_finding(parse("2x + 3x"), "simplified").written()   # "Collect like terms: 2*x + 3*x can be written as 5*x."
    form_finding(parse("x^2 + x"), "factored").written()     # "x^2 + x can be written as x*(x + 1)."
    form_finding(parse("5x"), "simplified")                  # None: it is
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from fractions import Fraction

from tutor.algebra.arrangement import Arrangements
from tutor.algebra.decide import Tidy
from tutor.algebra.factoring import factored, multiplied
from tutor.algebra.telling import Teller
from tutor.algebra.terms import Style
from tutor.errors import TutorError
from tutor.expression.tree import ONE, OPEN, Expression, postorder, rational, rebuilt
from tutor.judge.diagnosis import Text
from tutor.rules.conditions import is_integer, rational_value
from tutor.rules.rule import Rule


def form_finding(answer: Expression, form: str = "", problem: Expression | None = None) -> Text | None:
    """What is still to be done to an answer of the right value, or None if it is in the form that was asked for.

    form: one of FORMS, or "" for any; an open derivative, `at` or integral is a finding in every form. problem: what
    was asked; where it has decimals an exact answer may have them too. Raises TutorError if there is no such form.
    """
    check_form(form)
    unfinished = next((part for part in postorder([answer]) if part.head in OPEN), None)
    if unfinished is not None:
        return Text("{part} still has to be worked out.", {"part": unfinished})
    if not form or (form == "exact" and problem is not None and style_of(problem).decimals):
        return None
    return FORMS[form](answer)


def check_form(form: str) -> None:
    """Raises TutorError if there is no such form; "" is any."""
    if form and form not in FORMS:
        near = get_close_matches(form, FORMS, 1)
        meant = f" Did you mean {near[0]}?" if near else ""
        raise TutorError(f"There is no form {form}. Forms: {', '.join(FORMS)}.{meant}")


def style_of(expression: Expression) -> Style:
    """How an expression is written: with exp(x) or e^x, with decimals or fractions."""
    parts = list(postorder([expression]))
    return Style(any(part.head == "exp" for part in parts), any(map(_is_decimal, parts)))


def _is_decimal(part: Expression) -> bool:
    return part.head == "number" and not isinstance(part.value, int)


def _can_be_written(part: Expression, better: Expression, title: str = "") -> Text:
    before = f"{title}: " if title else ""
    return Text(before + "{part} can be written as {better}.", {"part": part, "better": better})


# -- simplified ------------------------------------------------------------------------------------------------------

def _always_simplifies(rule: Rule) -> bool:
    """Whether a rule simplifies wherever it is used. The others count only if they make the answer shorter."""
    return rule.name in _ALWAYS or ("directed" in rule.tags and "minor" not in rule.tags)


_ALWAYS = frozenset(("arithmetic", "times_one", "times_zero", "plus_zero", "known_value", "multiply_powers",
                     "power_of_power", "power_of_product", "power_of_quotient"))


def _simplified(answer: Expression) -> Text | None:
    """What Tidy would still do to the answer: not for order or brackets, and not between x^(1/2) and sqrt(x)."""
    tidy, arrangements = Tidy(style_of(answer)), Arrangements()
    teller = Teller(tidy.style)
    tidy(answer)
    lengths: dict[Expression, int] = {}
    parts = list(postorder([answer]))
    subtracted = {term for part in parts if part.head == "sum" for term in part.args if term.head == "negation"}
    for part in parts:
        if part in subtracted:  # its minus is the sign between two terms
            continue
        rules, kinds, better = _worked_out(part, tidy, teller)
        if not rules or arrangements.of(part) == arrangements.of(better):
            continue
        before = min(_length(part, lengths), _length(_with_tidy_parts(part, tidy), lengths))
        if any(map(_always_simplifies, rules)) or _length(better, lengths) < before:
            telling = min(rules, key=lambda rule: (rule.name not in kinds, not _always_simplifies(rule),
                                                   "minor" in rule.tags))
            return _can_be_written(part, better, telling.title)
    return None


def _worked_out(part: Expression, tidy: Tidy, teller: Teller) -> tuple[list[Rule], set[str], Expression]:
    """The rules by which Tidy goes on at this place, its parts being tidy, what is done, and where it leads.

    It stops where a bracket would be made or a product of brackets opened: which is simpler is a matter of taste.
    """
    rules: list[Rule] = []
    kinds: set[str] = set()
    while True:
        tidy(part)
        part, decision = tidy.at(part)
        if decision is None or decision.kind == "take_out_common_factor" or (
                decision.kind == "multiply_out" and part.head != "sum"):
            return rules, kinds, part
        kinds.add(decision.kind)
        rules += [told.rule for told in teller.tell(part, decision.after)]
        part = decision.after


def _with_tidy_parts(part: Expression, tidy: Tidy) -> Expression:
    return rebuilt(part, tuple([tidy(arg) for arg in part.args]))


def _length(root: Expression, known: dict[Expression, int]) -> int:
    """Numbers, names and operators, a power with a number as its exponent counted like a root: x^(-1/2) is no longer
    than 1/sqrt(x)."""
    stack = [root]
    while stack:
        current = stack[-1]
        waiting = [arg for arg in current.args if arg not in known]
        if waiting:
            stack.extend(waiting)
            continue
        stack.pop()
        spared = sum(arg.size - known[arg] for arg in current.args)
        if current.head == "power" and rational_value(current.args[1]) is not None:
            spared = current.args[1].size + current.args[0].size - known[current.args[0]]
        elif current.head == "quotient" and current.args[0] is ONE:
            spared += 1
        known[current] = current.size - spared
    return known[root]


# -- expanded, factored, exact ---------------------------------------------------------------------------------------


def _expanded(answer: Expression) -> Text | None:
    """An innermost bracket above the line that is not multiplied out; what functions act on is left alone."""
    for part in reversed(list(_reached(answer, _ABOVE_THE_LINE))):
        if _has_bracket(part):
            tidy = Tidy(style_of(answer))
            better = multiplied(_with_tidy_parts(part, tidy), tidy.style)
            return Text("Multiply out {part}.", {"part": part}) if better is None else _can_be_written(part, better)
    return None


def _has_bracket(part: Expression) -> bool:
    if part.head == "power":
        base, exponent = part.args
        return base.head == "sum" and exponent.head == "number" and exponent.value > 1 and is_integer(exponent)
    return part.head in ("product", "negation") and any(arg.head == "sum" for arg in part.args)


def _factored(answer: Expression) -> Text | None:
    """The first sum among the factors that is a product over the rational numbers."""
    style = style_of(answer)
    for part in _reached(answer, _FACTORS):
        if part.head == "sum":
            better = factored(part, style)
            if better is not None:
                return _can_be_written(part, better)
    return None


def _exact(answer: Expression) -> Text | None:
    decimal = next(filter(_is_decimal, postorder([answer])), None)
    if decimal is None:
        return None
    return Text("{part} is a decimal; the exact value is {better}.",
                {"part": decimal, "better": rational(Fraction(decimal.value))})


_ALL, _FIRST = slice(None), slice(1)
_ABOVE_THE_LINE = {"sum": _ALL, "product": _ALL, "negation": _ALL, "quotient": _FIRST}
_FACTORS = {"product": _ALL, "negation": _ALL, "quotient": _ALL, "power": _FIRST}
"""Head -> the parts to go on to."""


def _reached(root: Expression, ways: Mapping[str, slice]) -> Iterator[Expression]:
    """The parts that are reached through the heads of `ways`, in reading order."""
    stack = [root]
    while stack:
        current = stack.pop()
        yield current
        if current.head in ways:
            stack.extend(reversed(current.args[ways[current.head]]))


FORMS: dict[str, Callable[[Expression], Text | None]] = {
    "simplified": _simplified,
    "expanded": _expanded,
    "factored": _factored,
    "exact": _exact,
}
"""The forms that can be asked for, and what finds that an answer is not in one."""
