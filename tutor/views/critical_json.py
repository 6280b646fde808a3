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
    assumptions     relations between letters that were taken for granted
    sentences       what else was proved
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
        "limits": [{"to": str(end.place), "from": "right" if end.side == "+" else "left",
                    "value": None if end.value is None else _number(end.value),
                    "exact": None if end.value is None else str(end.value)} for end in found.ends],
        "smallest": _extreme(found.smallest), "largest": _extreme(found.largest),
        "sentences": [sentence.written() for sentence in found.sentences],
        "steps": [{"rule": step.rule.name, "title": step.rule.title, "before": str(step.before),
                   "after": [str(each) for each in step.after], "outcome": step.check.outcome}
                  for solved in found.equations for step in solved.steps],
        "checked": found.checked,
    }


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
