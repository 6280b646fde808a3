"""The log in words that a person would use: a skill, and how a session went.

    skill_in_words("chain", "trigonometric,nonlinear")
    # "sine, cosine or tangent of something longer, such as x²"
    how_it_went(attempts)       # "2 exercises: 1 right at once, 1 right at once with 2 lines given."
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from tutor.judge.hints import SPOKEN
from tutor.practice.store import Attempt
from tutor.rules.rulebook import rulebook

# -- skills ----------------------------------------------------------------------------------------------------------

_OUTSIDES = {
    "power": "a power of {}", "exponential": "e to the power of {}",
    "general_exponential": "a number such as 2, to the power of {}",
    "trigonometric": "sine, cosine or tangent of {}",
    "inverse_trigonometric": "arcsine, arccosine or arctangent of {}",
    "hyperbolic": "a hyperbolic function of {}", "activation": "tanh, sigmoid or ReLU of {}",
    "logarithm": "a logarithm of {}", "root": "a root of {}", "unknown_function": "an unknown function of {}",
}
"""The code of an outer function, as `form_family` gives it -> its words, with a place for the inside."""

_INSIDES = {"linear": "something like 3x + 2", "nonlinear": "something longer, such as x²"}

_KINDS = {"polynomial": "a polynomial", "function": "a function such as sin(x)"}
_JOINED = {"product": "{} times {}", "quotient": "{} over {}"}

_CONSTANTS = {
    "exponent": {"integer": "whole exponents", "negative_integer": "negative exponents",
              "fraction": "fractions as exponents", "negative_fraction": "negative fractions as exponents",
              "constant": "letters as exponents"},
    "base": {"integer": "a whole number as base", "fraction": "a fraction as base", "constant": "a letter as base"},
}
"""Role of a constant in its rule -> its kinds in words."""


_ON_A_GRAPH = {"numbers": "in numbers", "letters": "in letters"}
"""How the chain rule on the lines of a graph, or a step of descent, was met -> in words."""


def skill_in_words(rule: str, form: str) -> str:
    """A skill of the schedule in words, without the title of its rule; "" where the title says everything."""
    if form in _ON_A_GRAPH:
        return _ON_A_GRAPH[form]
    if not rule:
        return form.rpartition("/")[2].replace("-", " ")
    outside, _, inside = form.rpartition(",")
    if inside in _INSIDES:
        return _OUTSIDES.get(outside, _called(outside)).format(_INSIDES[inside])
    known = rulebook().get(rule)
    for role, kinds in _CONSTANTS.items():
        if known is not None and known.role(role) and form in kinds:
            return kinds[form]
    parts = form.split(",")
    head = known.left.args[0].head if known is not None and known.left.args else ""
    joined = _JOINED.get(head, "")
    if len(set(parts)) == 1 and len(parts) == 2 and parts[0] in _KINDS and joined:
        return joined.format(_KINDS[parts[0]], "another")
    if all(part in _KINDS for part in parts):
        if len(parts) == 2 and joined:
            if head == "product":
                parts.sort(reverse=True)  # factors have no order: the polynomial is usually written first
            return joined.format(*[_KINDS[part] for part in parts])
        return " and ".join(_KINDS[part] for part in parts)
    return "" if form in SPOKEN or form == "name" else form


def _called(outside: str) -> str:
    """A function that is spoken of by its own name."""
    return f"the {SPOKEN[outside]} of {{}}" if outside in SPOKEN else f"{outside.removesuffix('(u)')} of {{}}"


# -- a session -------------------------------------------------------------------------------------------------------


def how_it_went(attempts: Iterable[Attempt]) -> str:
    """A session in a sentence. attempts: those that decided, one of each exercise that was finished."""
    kinds = Counter(map(_kind, attempts))
    total = sum(kinds.values())
    if total == 1:
        return f"1 exercise: {next(iter(kinds))[1]}."
    if len(kinds) == 1:
        return f"{total} exercises, {'both' if total == 2 else 'all'} {next(iter(kinds))[1]}."
    parts = [f"{count} {kind}" for (_, kind), count in sorted(kinds.items())]
    return f"{total} exercises: {', '.join(parts)}."


def _kind(attempt: Attempt) -> tuple[int, str]:
    """How an exercise was done, in words, behind its rank: the lowest is the best."""
    given = ""
    if attempt.given:
        given = f" with {_NUMBERS.get(attempt.given, str(attempt.given))} line{'' if attempt.given == 1 else 's'} given"
    if attempt.outcome == "shown":
        return 90, "looked up"
    if attempt.outcome == "skipped":
        return 95, "tried and skipped"
    if attempt.grade == "again" or attempt.outcome == "nearly":
        return 80, "right in the end"
    if attempt.hints:
        hints = "a hint" if attempt.hints == 1 else f"{_NUMBERS.get(attempt.hints, str(attempt.hints))} hints"
        return 40 + attempt.hints, f"right after {hints}{given}"
    return attempt.given, f"right at once{',' if given else ''}{given}"


_NUMBERS = {1: "one", 2: "two", 3: "three", 4: "four", 5: "five"}
