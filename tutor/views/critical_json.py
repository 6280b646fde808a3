"""Critical points as data, for `tutor critical --json`.

    critical_as_data(tutor.critical_points("x^2"))["points"][0]["kind"]         # "minimum"

The shape:
    format          1
    function        the function in the learner's notation
    letters         those that vary; parameters: the others
    interval        null, or {lower, upper, has_lower, has_upper}; an infinite end is null
    slopes          {letter: the slope in the learner's notation}
    points          [{at {letter: number}, exact {letter: text}, value, value_exact, kind, place, because, global,
                    for_every, conditions, assuming, found_by}]; numbers are null where other letters are in them, and
                    exact ones are null where they are rounded. kind is "minimum", "maximum", "saddle", "neither" or
                    "undecided"; conditions are [{if, kind}] where the kind depends on letters; for_every are letters
                    that stand for every whole number, or, for those of the function, for any number
    everywhere      whether every point is critical
    complete        whether there are surely no other points; why: sentences on why not
    convexity       "convex", "concave" or null
    limits          [{to, from, value, exact}] at the open ends of the domain; to is a text such as "0" or "infinity",
                    from is "left" or "right"; exact is the limit as text, which may be "infinity", or null where there
                    is none or none was decided; value is its number, null where it is infinite as well
    smallest        {outcome, value}, what is known of the smallest of all values: outcome is "reached" at a point,
                    "unbounded", "approached" where the values come as close to the number as you like and stay larger,
                    or "unknown"; largest: the same
    assumptions     relations between letters that were taken for granted; given: those that were typed
    lists           null, or for letters that are lists {equations [{by, slope, equation, whole_lists}], second,
                    second_whole_lists, along, positive, definite, solution}. equations: slopes set to zero, by the part
                    of a list and, where they can be read so, in whole lists; second: the second derivative by two
                    parts; along: that along a line, which is never negative where those in positive are positive, or
                    null; definite: whether it is 0 in no direction then; solution: where the slopes are 0 if the matrix
                    in it can be inverted
    formula         null, or {rule, cases, formula, where, outcome}: the place of the minimum in one formula
    sentences       what else was proved
    fit             null, or {response, model, best} where a curve is fitted to points; best is the model with its best
                    letters, null where there is not exactly one, or where they are rounded
    steps           [{rule, title, before, after, outcome}], after being a list of equations
    checked         whether numbers that know no rules agree with every step: true, false, or null if not decided
"""

from __future__ import annotations

import math
from typing import Any

from tutor.derivation.critical_points import CriticalPoint, CriticalPoints, Extreme
from tutor.expression.tree import Expression
from tutor.integration.equations import number_of

Data = dict[str, Any]


def critical_as_data(found: CriticalPoints) -> Data:
    """What was found, as an object for JSON."""
    problem = found.problem
    between = problem.interval.between
    interval = None if not (math.isfinite(between.low) or math.isfinite(between.high)) else {
        "lower": _finite(between.low), "upper": _finite(between.high),
        "has_lower": problem.interval.has_lower, "has_upper": problem.interval.has_upper}
    slopes = {slope.problem.args[1].value: str(slope.result) for slope in reversed(found.slopes)}
    return {
        "format": 1, "function": str(problem.function), "letters": list(problem.letters),
        "parameters": list(problem.parameters), "interval": interval,
        "slopes": {letter: slopes[letter] for letter in problem.letters if letter in slopes},
        "points": [_point(point) for point in found.points],
        "everywhere": found.everywhere, "complete": found.complete, "why": list(found.why),
        "convexity": found.convexity or None, "assumptions": [str(each) for each in found.assumptions],
        "given": [str(each) for each in problem.given], "lists": _lists(found), "formula": _formula(found),
        "limits": [{"to": str(end.place), "from": "right" if end.side == "+" else "left",
                    "value": None if end.value is None else _number(end.value),
                    "exact": None if end.value is None else str(end.value)} for end in found.ends],
        "smallest": _extreme(found.smallest), "largest": _extreme(found.largest),
        "sentences": [sentence.written() for sentence in found.sentences],
        "fit": _fit(found),
        "steps": [{"rule": step.rule.name, "title": step.rule.title, "before": str(step.before),
                   "after": [str(each) for each in step.after], "outcome": step.check.outcome}
                  for solved in found.equations for step in solved.steps],
        "checked": found.checked,
    }


def _fit(found: CriticalPoints) -> Data | None:
    fit, best = found.problem.fit, found.best_fit
    if fit is None:
        return None
    known = best is not None and best.exact and not best.every
    return {"response": str(fit.response), "model": str(fit.model),
            "best": str(fit.with_letters(best.at)) if best is not None and known else None}


def _lists(found: CriticalPoints) -> Data | None:
    lists = found.lists
    if lists is None:
        return None
    second, reading = lists.second or (None, None)
    along = lists.along
    return {
        "equations": [{"by": str(each.unknown), "slope": str(each.slope.result), "equation": str(each.equation),
                       "whole_lists": None if each.reading is None else str(each.reading.equation)}
                      for each in lists.equations],
        "second": None if second is None else str(second.result),
        "second_whole_lists": None if reading is None else str(reading.matrix),
        "along": None if along is None or not along.is_convex else str(along.second.result),
        "positive": [] if along is None else [str(each) for each in along.positive],
        "definite": along is not None and along.definite,
        "solution": None if lists.solution is None else str(lists.solution),
    }


def _formula(found: CriticalPoints) -> Data | None:
    formula = found.formula
    return None if formula is None else {
        "rule": formula.rule.name, "cases": str(formula.cases), "formula": str(formula.formula),
        "where": [str(each) for each in formula.assumed], "outcome": formula.check.outcome}


def _point(point: CriticalPoint) -> Data:
    return {
        "at": {letter: _number(value) for letter, value in point.at.items()},
        "exact": {letter: str(value) if point.exact else None for letter, value in point.at.items()},
        "value": None if point.value is None else _number(point.value),
        "value_exact": str(point.value) if point.exact and point.value is not None else None,
        "kind": point.kind, "place": point.place, "because": point.because.written(), "global": point.is_global,
        "for_every": [each.value for each in point.every],
        "conditions": [{"if": str(relation), "kind": kind} for relation, kind in point.conditions],
        "assuming": [str(each) for each in point.assuming], "found_by": point.how,
    }


def _extreme(extreme: Extreme) -> Data:
    return {"outcome": extreme.outcome, "value": None if extreme.value is None else _number(extreme.value)}


def _number(value: Expression) -> float | None:
    found = None if value.free else number_of(value)
    return None if found is None else _finite(found)


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None
