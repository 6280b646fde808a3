"""Answers that are lists, such as gradients, and slopes along the lines of a graph: each component is judged by itself.

    diagnose("grad x^2*y", "(2xy, x)").component         # (2,): the second one is wrong
    diagnose("z = w*x; L = z^2; grad L", "(2z*x, 2z*w)").outcome         # "right"

An answer to a graph may use the names of its lines: what they say is put in before the two are compared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from tutor.derivation.backward import BackwardPass, solved_on_graph
from tutor.expression.tree import Expression, add, as_tuple, multiply, node, postorder
from tutor.judge.diagnosis import Diagnosis, DiagnosisOutcome, Text
from tutor.judge.equivalence import Equivalence, equivalent
from tutor.oracle.verdict import Oracle

MOST_IN_ANOTHER_ORDER = 6
"""Components up to which it is seen that only their order is wrong."""

Judge = Callable[[Expression, Expression], Diagnosis]

_ORDER: tuple[DiagnosisOutcome, ...] = ("undecided", "constant_missing", "right_other_form", "right_on_part", "right")
"""Of components none of which is wrong the first of these outcomes is that of the whole."""


def diagnose_list(problem: Expression, answer: Expression, judge: Judge) -> Diagnosis:
    """What is to be said of an answer where the problem or the answer is a list; judge: of one component."""
    parts, given = _parts(problem), _parts(answer)
    if problem.head != "tuple" or answer.head != "tuple" or len(parts) != len(given):
        return Diagnosis("unexplained", problem, answer, texts=(_of_another_length(problem, answer),))
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
    outcomes: dict[str, DiagnosisOutcome] = {"equal": "right", "undecided": "undecided"}
    outcome = outcomes.get(compared.verdict, "unexplained")
    said = {"right": (Text("Right.", {}),), "unexplained": tuple(_paths(found, rate, given))}.get(outcome, ())
    return Diagnosis(outcome, rate, given, equivalence=compared, texts=said)


def _compared(found: BackwardPass, rate: Expression, given: Expression) -> Equivalence:
    left, right = found.graph.meaning((rate, given))
    for letter, value in found.places.items():
        left, right = node("at", (left, letter, value)), node("at", (right, letter, value))
    return equivalent(left, right, found.oracle)


def _paths(found: BackwardPass, rate: Expression, given: Expression) -> Iterator[Text]:
    """What was done with the paths, if that is what went wrong."""
    adjoint = found.adjoints.adjoint(rate.args[1].value)
    lines = [slope.rate.args[0] for slope in adjoint.slopes]
    if not 1 < len(lines) <= MOST_IN_ANOTHER_ORDER:
        return
    terms = [multiply(node("rate", (rate.args[0], slope.rate.args[0]), "d"), slope.rate) for slope in adjoint.slopes]
    slots = {"letter": rate.args[1], **{f"line{place}": line for place, line in enumerate(lines)}}
    through = " and ".join(f"{{line{place}}}" for place in range(len(lines)))
    if _compared(found, multiply(*terms), given).verdict == "equal":
        yield Text(f"The paths were multiplied. {{letter}} acts through the lines of {through}: multiply along each "
                   "path, then add.", slots)
        return
    for some in combinations(range(len(lines)), len(lines) - 1):
        if _compared(found, add(*[terms[place] for place in some]), given).verdict == "equal":
            (missing,) = set(range(len(lines))).difference(some)
            yield Text(f"A path is missing: {{letter}} acts through the lines of {through}, and the path through "
                       f"{{line{missing}}} was left out.", slots)
            return
