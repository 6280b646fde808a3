"""Answers that are lists, such as gradients: each component is judged by itself.

    diagnose("grad x^2*y", "(2xy, x)").component         # (2,): the second one is wrong
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from tutor.expression.tree import Expression, add, node
from tutor.judge.diagnosis import Diagnosis, DiagnosisOutcome, Text
from tutor.judge.equivalence import Equivalence, equivalent
from tutor.judge.rounding import LEAST_DIGITS
from tutor.oracle.components import pairs_of
from tutor.oracle.verdict import Oracle

MOST_IN_ANOTHER_ORDER = 6
"""Components up to which it is seen that only their order is wrong."""

Judge = Callable[[Expression, Expression], Diagnosis]

_GOOD = frozenset(("right", "right_other_form", "right_on_part"))

_ADDED = Text("The components were added. A gradient is a list, with one slope for each letter: type them in brackets, "
              "with commas, such as (2x, 1).", {})

_ORDER: tuple[DiagnosisOutcome, ...] = ("undecided", "constant_missing", "right_other_form", "right_on_part", "right")
"""Of components none of which is wrong the first of these outcomes is that of the whole."""


def diagnose_list(problem: Expression, answer: Expression, judge: Judge) -> Diagnosis:
    """What is to be said of an answer where the problem or the answer is a list; judge: of one component."""
    answer = _in_one_row(problem, answer)
    parts, given = _parts(problem), _parts(answer)
    if problem.head != "tuple" or answer.head != "tuple" or len(parts) != len(given):
        said = _of_another_length(problem, answer)
        if answer.head != "tuple" and judge(add(*parts), answer).outcome in _GOOD:
            said = _ADDED
        return Diagnosis("unexplained", problem, answer, texts=(said,))
    found = [judge(*pair) for pair in zip(parts, given, strict=True)]
    wrong = [place for place, each in enumerate(found) if each.outcome not in _ORDER]
    if not wrong:
        outcome = next(each for each in _ORDER if any(one.outcome == each for one in found))
        place = next(place for place, each in enumerate(found) if each.outcome == outcome)
        if outcome == "right":
            all_of_them = "Both" if len(found) == 2 else f"All {len(found)}"
            rounded = any(each.equivalence is not None and each.equivalence.verdict != "equal" for each in found)
            digits = f", to at least {LEAST_DIGITS} digits" if rounded else ""
            return Diagnosis("right", problem, answer, texts=(
                Text(f"{all_of_them} {_called(problem)} are right{digits}.", {}),))
        return _about(problem, answer, found, place)
    if len(found) <= MOST_IN_ANOTHER_ORDER and _in_another_order(parts, given):
        return Diagnosis("unexplained", problem, answer, texts=(Text(
            f"The {_called(problem)} are right, but in another order. The first one has to be {{first}}.",
            {"first": parts[0]}),))
    return _about(problem, answer, found, wrong[0])


def equivalent_lists(left: Expression, right: Expression, oracle: Oracle) -> Equivalence:
    """What is found of the first components that are not equal, else of the last ones; lists in lists are opened."""
    pairs = pairs_of(left, right)
    if pairs is None:
        return Equivalence("different", reason="the two are not lists of the same length")
    found = Equivalence("equal")
    for pair in pairs:
        found = equivalent(*pair, oracle)
        if found.verdict != "equal":
            break
    return found


def _in_one_row(problem: Expression, answer: Expression) -> Expression:
    """An answer with its rows one after the other, where the problem lists all of their parts so: ((1, 2), (3, 4)) for
    the four slopes by the entries of a matrix."""
    if problem.head != "tuple" or answer.head != "tuple" or any(part.head == "tuple" for part in problem.args):
        return answer
    found, waiting = [], [answer]
    while waiting:
        part = waiting.pop()
        if part.head == "tuple":
            waiting.extend(reversed(part.args))
        else:
            found.append(part)
    return node("tuple", tuple(found)) if len(found) == len(problem.args) else answer


def _parts(expression: Expression) -> tuple[Expression, ...]:
    return expression.args if expression.head == "tuple" else (expression,)


def _of_another_length(problem: Expression, answer: Expression) -> Text:
    asked = f"a list of {len(problem.args)} {_called(problem)}" if problem.head == "tuple" else "one value"
    yours = f"a list of {len(answer.args)}" if answer.head == "tuple" else "one value"
    example = ". Type it in brackets, with commas, such as (2x, 1)" if answer.head != "tuple" else ""
    return Text(f"The answer is {asked}, and yours is {yours}{example}.", {})


def _about(problem: Expression, answer: Expression, found: Sequence[Diagnosis], place: int) -> Diagnosis:
    """What was found of one component, as said of the whole list."""
    of_component = found[place]
    return replace(of_component, problem=problem, answer=answer, component=(place + 1, *of_component.component))


def _called(problem: Expression) -> str:
    """What the parts of a list are called: those of a matrix are its rows."""
    return "rows" if problem.head == "tuple" and problem.args[0].head == "tuple" else "components"


def named_component(component: tuple[int, ...], problem: Expression) -> str:
    """Which component of a list, or of a row of it, is meant, or which row."""
    *row, place = component
    called = "row" if not row and _called(problem) == "rows" else "component"
    return f"{called} {place}" + (f" of row {row[0]}" if row else "")


def _in_another_order(parts: Sequence[Expression], given: Sequence[Expression]) -> bool:
    oracle, left = Oracle(), list(given)
    for part in parts:
        match = next((each for each in left if equivalent(part, each, oracle).verdict == "equal"), None)
        if match is None:
            return False
        left.remove(match)
    return True
