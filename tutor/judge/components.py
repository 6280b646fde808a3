"""Answers that are lists, such as gradients, and slopes along the lines of a graph: each component is judged by itself.

    diagnose("grad x^2*y", "(2xy, x)").component         # (2,): the second one is wrong
    diagnose("z = w*x; L = z^2; grad L", "(2z*x, 2z*w)").outcome         # "right"

An answer to a graph may use the names of its lines: what they say is put in before the two are compared.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from tutor.derivation.backward import BackwardPass, as_tuple, solved_on_graph
from tutor.expression.tree import Expression, add, node, postorder
from tutor.judge.diagnosis import Diagnosis, DiagnosisOutcome, Text
from tutor.judge.equivalence import Equivalence, equivalent
from tutor.judge.wrong_slopes import wrong_slopes
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
            return Diagnosis("right", problem, answer, texts=(Text(f"{all_of_them} components are right.", {}),))
        return _about(problem, answer, found, place)
    if len(found) <= MOST_IN_ANOTHER_ORDER and _in_another_order(parts, given):
        return Diagnosis("unexplained", problem, answer, texts=(Text(
            "The components are right, but in another order. The first one has to be {first}.", {"first": parts[0]}),))
    return _about(problem, answer, found, wrong[0])


def _parts(expression: Expression) -> tuple[Expression, ...]:
    return expression.args if expression.head == "tuple" else (expression,)


def _of_another_length(problem: Expression, answer: Expression) -> Text:
    asked = f"a list of {len(problem.args)} components" if problem.head == "tuple" else "one value"
    yours = f"a list of {len(answer.args)}" if answer.head == "tuple" else "one value"
    example = ". Type it in brackets, with commas, such as (2x, 1)" if answer.head != "tuple" else ""
    return Text(f"The answer is {asked}, and yours is {yours}{example}.", {})


def _about(problem: Expression, answer: Expression, found: Sequence[Diagnosis], place: int) -> Diagnosis:
    """What was found of one component, as said of the whole list."""
    of_component = found[place]
    return replace(of_component, problem=problem, answer=answer, component=(place + 1, *of_component.component))


def _in_another_order(parts: Sequence[Expression], given: Sequence[Expression]) -> bool:
    oracle, left = Oracle(), list(given)
    for part in parts:
        match = next((each for each in left if equivalent(part, each, oracle).verdict == "equal"), None)
        if match is None:
            return False
        left.remove(match)
    return True


# -- graphs ------------------------------------------------------------------------------------------------------------


def diagnose_on_graph(problem: Expression, answer: Expression) -> Diagnosis:
    """What is to be said of an answer about the lines of a graph."""
    found = solved_on_graph(problem)
    rates = tuple(found.adjoints.adjoint(letter).rate for letter in found.wanted)
    asked = as_tuple(rates)

    def judge(rate: Expression, given: Expression) -> Diagnosis:
        return _diagnose_slope(found, rate, given)

    judged = diagnose_list(asked, answer, judge) if "tuple" in (asked.head, answer.head) else judge(asked, answer)
    return replace(judged, problem=problem)


def _diagnose_slope(found: BackwardPass, rate: Expression, given: Expression) -> Diagnosis:
    if any(part.head in ("derivative", "rate") for part in postorder([given])):
        return Diagnosis("undecided", rate, given, texts=(Text(
            "Another slope is left in it. Put in what that slope is.", {}),), equivalence=Equivalence(
                "undecided", reason="another slope is left in it; put in what that slope is"))
    compared = _compared(found, rate, given)
    if compared.verdict == "equal":
        return Diagnosis("right", rate, given, equivalence=compared, texts=(Text("Right.", {}),))
    if compared.verdict == "undecided":
        return Diagnosis("undecided", rate, given, equivalence=compared)
    wrong = next((each for each in wrong_slopes(found.adjoints, rate.args[1].value)
                  if _compared(found, each.joined, given).verdict == "equal"), None)
    if wrong is None:
        return Diagnosis("unexplained", rate, given, equivalence=compared)
    return Diagnosis("misconception", rate, given, equivalence=compared, texts=(wrong.mistake.sentence,),
                     explanations=((wrong.mistake,),), likely=1)


def _compared(found: BackwardPass, rate: Expression, given: Expression) -> Equivalence:
    left, right = found.graph.meaning((rate, given))
    for letter, value in found.places.items():
        left, right = node("at", (left, letter, value)), node("at", (right, letter, value))
    return equivalent(left, right, found.oracle)
