"""Where two cases meet: whether the function has a slope there.

    slopes = parse("{2x if x < 1; 3 otherwise}")
    joints = at_the_joints(parse("d/dx [{x^2 if x < 1; 3x - 2 otherwise}]"), slopes, tidy, u)
    joints.after                        # {2x if x < 1; 3 if x > 1}
    joints.working[0].sentence          # "At {at} both cases have the value {v}, but the slope ..."

The rule for cases says what the slope is inside of them. At a joint the values of both cases are compared, and then
their slopes; where these differ there is no slope, and the result leaves the place out. Where the joints are numbers,
every stretch between two of them has one case. With letters in them, only two cases that meet in one comparison are
looked at; of others it is assumed that the place is no joint.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from tutor.algebra.decide import Tidy
from tutor.expression.piecewise import Case, cases_in, piecewise
from tutor.expression.relations import related
from tutor.expression.tree import ONE, ZERO, Expression, add, derivative, divide, negate, node, rational, substitute
from tutor.oracle.evaluate import case_that_counts
from tutor.oracle.existence import existence_of
from tutor.oracle.numbers import REAL
from tutor.oracle.pieces import TooManyPlaces, cut, kinks
from tutor.oracle.table import Undefined, lowest_table
from tutor.oracle.verdict import Oracle
from tutor.rules.conditions import is_linear
from tutor.rules.instance import RuleInstance, Working, computed_instance
from tutor.rules.rulebook import rulebook

MOST_JOINTS = 12
"""Joints that are told one by one; where there are more, all of them are left out."""


class _Seen(NamedTuple):
    """What was seen: the slopes with conditions that leave out the places without one, and what is said of these."""

    after: Expression
    working: tuple[Working, ...]


def at_the_joints(problem: Expression, slopes: Expression, tidy: Tidy, fresh: Expression) -> RuleInstance | None:
    """The rule that says what holds where the cases of a derivative meet; None where they meet nowhere.

    problem: the derivative; slopes: its cases with the slope of each.
    """
    body, variable, _ = problem.args
    tidy(slopes)  # what that takes for granted is asked for later
    meeting = dict.fromkeys(node("relation", relation.args, "!=") for case in cases_in(body)
                            for relation in case.relations if variable.value in relation.free)
    if not meeting:
        return None
    rule = rulebook()["slopes_where_cases_meet"]
    seen = _at_numbers(problem, slopes, tidy) or _with_letters(problem, slopes, tidy)
    if seen is None:
        found = computed_instance(rule, slopes, slopes, fresh)
        return None if found is None else found.assuming(tuple(meeting))
    if seen.after is slopes and not seen.working:
        return None
    return computed_instance(rule, slopes, seen.after, fresh, working=seen.working)


def _slots(place: Expression, variable: Expression, values: Sequence[Expression],
           slopes: Sequence[Expression]) -> dict[str, Expression]:
    return {"at": related(variable, "=", place), "v": values[0], "w": values[1], "l": slopes[0], "r": slopes[1]}


# -- joints that are numbers -------------------------------------------------------------------------------------------

_SMOOTH = "At {at} both cases have the value {v} and the slope {r}, so {r} is the slope there."
_KINK = ("At {at} both cases have the value {v}, but the slope is {l} from the left and {r} from the right: there is "
         "no slope.")
_JUMP = "At {at} the value is {v} from the left and {w} from the right: it jumps, and there is no slope."
_HOLE = "At {at} the value comes to {v} from both sides, but it is {there}: it jumps, and there is no slope."
_END = "At {at} there is no slope, because on one side of it no case counts."


def _at_numbers(problem: Expression, slopes: Expression, tidy: Tidy) -> _Seen | None:
    """What is seen at joints that are numbers; None where there are other letters, or places that are no fractions."""
    body, variable, _ = problem.args
    if any(side.free - variable.free for case in cases_in(body) for side in case.sides):
        return None
    try:
        line = cut(kinks(body), variable.value, {}, search=False)
        if not line.complete or len(line.breaks) > MOST_JOINTS or any(lower != upper for lower, upper in line.breaks):
            return None
        places = [lower for lower, _ in line.breaks]
        counting = [_counting(body, variable, samples[0]) for samples in line.pieces]
        on_places = [_counting(body, variable, place) for place in places]
    except (TooManyPlaces, Undefined):
        return None
    working: list[Working] = []
    smooth: list[bool] = []
    for place, left, right, there in zip(places, counting, counting[1:], on_places, strict=False):
        if left == right == there:
            smooth.append(left is not None)
            continue
        found = _at_number(problem, slopes, rational(place), (left, right), tidy)
        if found is None:
            return None
        smooth.append(found[0])
        working += found[1]
    after = slopes if all(smooth) else _by_stretches(slopes, variable, places, counting, smooth)
    return _Seen(after, tuple(working))


def _counting(body: Expression, variable: Expression, place: Fraction) -> int | None:
    """The number of the case that counts at a place; None where none does."""
    table = lowest_table(REAL, lambda letter: float(place) if letter == variable.value else None)
    case = case_that_counts(table, body)
    return None if case is None else cases_in(body).index(case)


def _at_number(problem: Expression, slopes: Expression, place: Expression, sides: tuple[int | None, int | None],
               tidy: Tidy) -> tuple[bool, list[Working]] | None:
    """Whether there is a slope at a place, and what is said of it; None where that is not clear."""
    body, variable, _ = problem.args
    left, right = sides
    if left is None or right is None:
        other = left if right is None else right
        if other is None:
            return False, []
        return False, [_work(_END, cases_in(slopes)[other].value, variable, place, tidy, {
            "at": related(variable, "=", place)})]
    listed, own = cases_in(body), cases_in(slopes)
    values = [tidy(substitute(listed[side].value, variable.value, place)) for side in (left, right)]
    found = [tidy(substitute(own[side].value, variable.value, place)) for side in (left, right)]
    slots = _slots(place, variable, values, found)
    asked = node("at", (derivative(body, variable, symbol=problem.value), variable, place))
    existence = existence_of(asked)
    if existence.outcome == "exists" and existence.agrees(found[0]) and existence.agrees(found[1]):
        return True, [Working(_SMOOTH, related(asked, "=", found[1]), slots, told_in_words=True)]
    if existence.outcome != "missing" or existence.finding is None:
        return None
    if existence.finding.kind == "kink":
        return False, [_work(_KINK, own[left].value, variable, place, tidy, slots)]
    if existence.finding.kind == "jump":
        is_hole = values[0] is values[1]
        slots["there"] = tidy(substitute(body, variable.value, place))
        return False, [_work(_HOLE if is_hole else _JUMP, listed[left].value, variable, place, tidy, slots)]
    return False, []


def _work(sentence: str, part: Expression, variable: Expression, place: Expression, tidy: Tidy,
          slots: dict[str, Expression]) -> Working:
    """A sentence on a place, with the equation by which a value in it was found."""
    value = tidy(substitute(part, variable.value, place))
    return Working(sentence, related(node("at", (part, variable, place)), "=", value), slots, told_in_words=True)


def _by_stretches(slopes: Expression, variable: Expression, places: Sequence[Fraction], counting: Sequence[int | None],
                  smooth: Sequence[bool]) -> Expression:
    """The slopes from stretch to stretch, without the places where there is none."""
    listed, found = cases_in(slopes), []
    start: Fraction | None = None
    from_start = ""
    for number, case in enumerate(counting):
        is_last = number == len(places)
        if not is_last and smooth[number] and counting[number + 1] == case:
            continue  # it goes on behind the place
        up_to_end = "" if is_last else "<=" if smooth[number] else "<"
        if case is not None and not from_start and not up_to_end:
            found.append(Case(listed[case].value))
        elif case is not None and start is not None and not up_to_end:
            found.append(Case(listed[case].value, (variable, rational(start)), (">" + from_start[1:],)))
        elif case is not None:
            begin = ((rational(start),), (from_start,)) if start is not None else ((), ())
            found.append(Case(listed[case].value, (*begin[0], variable, rational(places[number])),
                              (*begin[1], up_to_end)))
        if not is_last:
            start, from_start = places[number], "<"
    return piecewise(found)


# -- two cases with letters --------------------------------------------------------------------------------------------

_SMOOTH_WITH_LETTERS = "The cases meet at {at}. Both have the value {v} and the slope {l} there, so {l} is the slope."
_KINK_WITH_LETTERS = ("The cases meet at {at}. Both have the value {v} there, but their slopes are {l} and {r}: where "
                      "these differ there is a kink, and no slope.")
_UNDECIDED = ("The cases meet at {at}, where their values are {v} and {w}, and their slopes {l} and {r}. The place is "
              "left out.")
_NOT_SOLVED = "Where {meeting} the cases meet. These places are left out: the slopes on both sides were not compared."
_STRICT = {"<": ("<", ">"), "<=": ("<", ">"), ">": (">", "<"), ">=": (">", "<")}


def _with_letters(problem: Expression, slopes: Expression, tidy: Tidy) -> _Seen | None:
    """What is seen where {f if l < r; g otherwise} changes; None for other cases."""
    body, variable, _ = problem.args
    cases = cases_in(body)
    if len(cases) != 2 or len(cases[0].signs) != 1 or not _is_the_rest(cases[0], cases[1]):
        return None
    (relation,) = cases[0].relations
    if relation.value not in _STRICT:
        return None
    first, second = cases_in(slopes)
    working: list[Working] = []
    smooth: list[bool] = []
    for place in _where_equal(relation, variable, tidy):
        sides = [tidy(substitute(side, variable.value, place)) for side in relation.args]
        meeting = [] if sides[0] is sides[1] else [related(sides[0], "=", sides[1])]
        values = [tidy(substitute(case.value, variable.value, place)) for case in cases]
        found = [tidy(substitute(case.value, variable.value, place)) for case in (first, second)]
        same_values, same_slopes = (
            Oracle().compare(left, right, meeting).outcome for left, right in (values, found))
        smooth.append(same_values == same_slopes == "checked")
        is_kink = same_values == "checked" and same_slopes == "refuted"
        sentence = _SMOOTH_WITH_LETTERS if smooth[-1] else _KINK_WITH_LETTERS if is_kink else _UNDECIDED
        working.append(_work(sentence, first.value, variable, place, tidy, _slots(place, variable, values, found)))
    if not working:
        working.append(Working(_NOT_SOLVED, related(first.value, "=", first.value), {
            "meeting": related(relation.args[0], "=", relation.args[1])}, told_in_words=True))
    if smooth and all(smooth):
        return _Seen(slopes, tuple(working))
    signs = _STRICT[relation.value]
    return _Seen(piecewise([Case(case.value, relation.args, (sign,))
                            for case, sign in zip((first, second), signs, strict=True)]), tuple(working))


def _is_the_rest(first: Case, second: Case) -> bool:
    """Whether the second case is for all that the first one is not for, but perhaps for the joint."""
    if not second.signs:
        return True
    return second.sides == first.sides and second.signs[0][0] in "<>" and second.signs[0][0] != first.signs[0][0]


def _where_equal(relation: Expression, variable: Expression, tidy: Tidy) -> Iterator[Expression]:
    """Where both sides of a comparison are the same: if they are linear in the variable, or one is the |...| of it."""
    left, right = relation.args
    if left.head == "abs" and variable.value not in right.free:
        for side in (right, negate(right)):
            yield from _where_equal(related(left.args[0], "=", side), variable, tidy)
        return
    gap = add(left, negate(right))
    if is_linear(gap, variable.value):
        start = tidy(substitute(gap, variable.value, ZERO))
        slope = tidy(add(substitute(gap, variable.value, ONE), negate(start)))
        yield tidy(divide(negate(start), slope))
