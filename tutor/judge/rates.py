"""Answers to a rate that is asked for by equations, such as dy/dx where x^2 + y^2 = 25.

    diagnose("x*y = 1; dy/dx", "-y/x").outcome              # "right"
    diagnose("x*y = 1; dy/dx", "-1/x^2").outcome            # "right": where x*y is 1, this is the same

Two formulas for a rate may differ elsewhere and be the same where the equation holds, so they are compared there: at
points that are found with numbers alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from tutor.derivation.implicit import ImplicitRate, solved_rate
from tutor.derivation.isolating import rates_last
from tutor.derivation.wrong_rates import wrong_instance
from tutor.expression.relations import related
from tutor.expression.tree import ONE, Expression, add, divide, name, negate, node, postorder, replace
from tutor.judge.diagnosis import Diagnosis, Mistake, Text
from tutor.judge.equivalence import Equivalence, equivalent
from tutor.oracle.curve_points import Numbers, points_where
from tutor.rules.rulebook import misconceptions, rulebook

MOST_POINTS = 6
"""Points of the curve at which two formulas are compared."""

_FEWEST, _MOST_TRIED = 3, 24
_CLOSE = 1e-7


def diagnose_rate(problem: Expression, answer: Expression) -> Diagnosis | None:
    """What is to be said of an answer about a rate; None where the statements are the lines of a graph."""
    found = solved_rate(problem)
    if found is None:
        return None
    given = _with_rates(answer, found)
    if found.without_slope is not None and not found.has_no_slope:
        return _not_decided(found, answer)
    if found.without_slope is not None:
        return Diagnosis("unexplained", problem, answer, found, texts=(
            Text.of("There is no such rate here: ", found.without_slope, "."),))
    compared, is_part = _compared(found, given)
    if compared.verdict == "equal":
        twice = ", and that differentiated once more" if found.is_second else ""
        return Diagnosis("right", problem, answer, found, equivalence=compared, texts=(Text(
            f"Right: both sides differentiated, and solved for {{rate}}{twice}.", {"rate": found.asked.rate}),))
    if compared.verdict == "undecided":
        return Diagnosis("undecided", problem, answer, found, equivalence=compared, texts=(
            Text.of("This could not be decided: ", compared.why, "."),))
    if is_part:
        return Diagnosis("unexplained", problem, answer, found, equivalence=compared, texts=(Text(
            "This is right only on a part of the curve. With {letter} in it, one formula holds on all of it.",
            {"letter": found.asked.rate.args[0]}),))
    mistake = None if found.is_second else mistake_in_rate(found, given)
    if mistake is not None:
        return Diagnosis("misconception", problem, answer, found, equivalence=compared, texts=(mistake.sentence,),
                         explanations=((mistake,),), likely=1)
    return Diagnosis("unexplained", problem, answer, found, equivalence=compared, texts=tuple(_hints(found, given)))


def diagnose_no_rate(problem: Expression, words: str) -> Diagnosis | None:
    """What is to be said where the answer says in words that there is no such rate."""
    found = solved_rate(problem)
    if found is None:
        return None
    if found.without_slope is None:
        return Diagnosis("unexplained", problem, None, found, texts=(Text("There is a rate here: it can be worked out.",
                                                                          {}),), words=words)
    if not found.has_no_slope:
        return _not_decided(found, None, words)
    return Diagnosis("right", problem, None, found, texts=(Text.of("Right: ", found.without_slope, "."),), words=words)


def _not_decided(found: ImplicitRate, answer: Expression | None, words: str = "") -> Diagnosis:
    """What is to be said where the rules do not say whether there is a rate at the place."""
    assert found.without_slope is not None
    return Diagnosis("undecided", found.problem, answer, found, texts=(
        Text.of("This could not be decided: ", found.without_slope, "."),), words=words)


def _with_rates(answer: Expression, found: ImplicitRate) -> Expression:
    """An answer in which dr/dt is the rate of r."""
    rates = {part: node("rate", part.args[:2], "d") for part in postorder([answer])
             if part.head == "derivative" and part.args[0].head == "name" and part.args[1] is found.asked.by}
    return rates_last(replace(answer, rates))


def _compared(found: ImplicitRate, answer: Expression) -> tuple[Equivalence, bool]:
    """Whether an answer is the rate that is asked for, wherever the equations hold; and whether it is only in some of
    these places."""
    right, given = found.at_values(found.result), found.at_values(answer)
    compared = equivalent(right, given, found.oracle)
    if compared.verdict != "different" or not (right.free | given.free):
        return compared, False
    met, apart = 0, None
    for point in islice(_points(found), _MOST_TRIED):
        values = [found.oracle.value(side, point) for side in (right, given)]
        if not all(isinstance(value, float) for value in values):
            continue
        left, other = (float(value.real) for value in values if value is not None)
        if abs(left - other) > _CLOSE * max(1.0, abs(left), abs(other)):
            own = {letter: value for letter, value in point.items() if letter in right.free | given.free}
            apart = apart or Equivalence("different", counterexample=own, left=left, right=other)
        else:
            met += 1
        if met >= MOST_POINTS or (apart is not None and met):
            break
    if apart is not None:
        return apart, met > 0
    return (Equivalence("equal", points=met) if met >= _FEWEST else compared), False


def _points(found: ImplicitRate) -> Iterator[Numbers]:
    """Points where the equation of the rate holds, with numbers for everything else; only where there is one
    equation."""
    if len(found.isolated) != 1:
        return
    equation, rate = found.isolated[0].equation, found.asked.rate
    places = {letter.value: found.oracle.value(value, {}) for letter, value in found.asked.places.items()}
    unknown = rate.args[0].value
    if unknown in places or not all(isinstance(value, float) for value in places.values()):
        return
    known = {letter: value for letter, value in places.items() if isinstance(value, float)}
    others = sorted((equation.free | _free_letters(found)) - {unknown} - known.keys())
    gap = add(equation.args[0], negate(equation.args[1]))
    yield from points_where(found.oracle, gap, unknown, others, known)


def _free_letters(found: ImplicitRate) -> frozenset[str]:
    return found.at_values(found.result).free


def mistake_in_rate(found: ImplicitRate, rate: Expression) -> Mistake | None:
    """A wrong rule that leads to this rate; None if none does."""
    return next(_mistakes(found, rate), None)


def _mistakes(found: ImplicitRate, answer: Expression) -> Iterator[Mistake]:
    """The wrong rules that lead to this answer, where the last equation was solved."""
    last = found.isolated[-1]
    for rule in misconceptions().values():
        made = wrong_instance(rule, last) if rule.given else None
        if made is None:
            continue
        right = made.after if made.before is last.rate else divide(made.after, last.factor)
        if _same(found, right, answer):
            bindings = {letter: bound for letter, bound in made.bindings.items() if letter in rule.letters}
            before = last.gathered if made.before is last.rate else last.opened
            yield Mistake(rule, rulebook()[rule.unlike], bindings, before, related(made.before, "=", made.after), None,
                          False)


def _same(found: ImplicitRate, wrong: Expression, answer: Expression) -> bool:
    return equivalent(found.at_values(wrong), found.at_values(answer), found.oracle).verdict == "equal"


def _hints(found: ImplicitRate, answer: Expression) -> Iterator[Text]:
    """What can be said of an answer that no wrong rule explains."""
    rate = found.asked.rate
    slots = {"rate": rate, "letter": rate.args[0], "by": rate.args[1], "answer": answer,
             "equation": found.isolated[-1].differentiated}
    if found.is_second:
        yield _hint_to_second(found, answer)
        return
    for other in dict.fromkeys((*found.asked.known, *found.left_open)):
        without = replace(found.joined, {other: name("u")})
        if without is not found.joined and _same(found, replace(without, {name("u"): ONE}), answer):
            yield Text("The rate {other} is missing: what changes with {inner} changes as fast as {inner} does.",
                       {"other": other, "inner": other.args[0]})
            return
    yield Text("Differentiating both sides gives {equation}. Is that what you have solved for {rate}?", slots)


def _hint_to_second(found: ImplicitRate, answer: Expression) -> Text:
    """What can be said of an answer that is not the second derivative."""
    rate = found.asked.rate
    slots = {"rate": rate, "letter": rate.args[0], "by": rate.args[1],
             "first": related(rate, "=", found.formula)}
    if _same(found, found.formula, answer):
        return Text("This is {rate}. Differentiate it once more.", slots)
    if _same(found, found.differentiate(found.formula, rate.args[1]), answer):  # which takes the letter for a constant
        return Text("The rate {rate} is missing: {letter} changes with {by}, also when you differentiate once more.",
                    slots)
    return Text("Is {first} what you have differentiated once more? Where {letter} stands in it, that changes, too.",
                slots)
