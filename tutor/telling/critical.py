"""Critical points told: the slope, the equation that it leads to, and a table of what is where.

    told_critical_points(tutor.critical_points("x^3 - 3x"))
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from tutor.derivation.critical_points import Branch, CriticalPoint, CriticalPoints, End
from tutor.derivation.derivation import Derivation
from tutor.expression.relations import related
from tutor.expression.text import Text
from tutor.expression.tree import INFINITY, ZERO, Expression, derivative, name, negate, node, number
from tutor.integration.equations import number_of
from tutor.integration.sites import sites
from tutor.telling.document import (
    Column,
    Detail,
    Document,
    DocumentBlock,
    Formula,
    Heading,
    Inset,
    Labelled,
    Sign,
    SimpleBlock,
    Table,
    Words,
    finding_of,
    joined,
    listed,
    plain,
    words,
)
from tutor.telling.equations import count_of, told_steps, told_system

_LONGEST_COMMAND = 45
_LONG = 60
"""From this size on a value is not repeated in a sentence."""


def told_critical_points(found: CriticalPoints, detail: Detail = "normal") -> Document:
    """The whole, from the slopes to what was proved. detail: brief leaves the steps out, full has their sentences."""
    if found.said is not None:
        return Document(tuple(group for group in _of_parts(found, detail) if group))
    groups: list[tuple[DocumentBlock, ...]] = [tuple(_head(found))]
    if found.lists is not None:
        from tutor.telling.critical_lists import told_lists  # few functions have lists that vary

        groups += [tuple(group) for group in told_lists(found, detail)]
    else:
        if detail != "brief" and not found.everywhere:
            groups += [tuple(group) for group in _solving(found, detail)]
        groups += [tuple(group) for group in _points(found)]
        groups.append(tuple(_in_one_formula(found, detail)))
        groups.append(tuple(_ends(found)))
    groups.append(tuple(_conclusions(found)))
    return Document(tuple(group for group in groups if group))


def _of_parts(found: CriticalPoints, detail: Detail) -> Iterator[tuple[DocumentBlock, ...]]:
    """Simpler functions one after the other, then the points that they lead to together."""
    note = (words(found.problem.note, "quiet"),) if found.problem.note else ()
    yield (*note, *((Words((found.said,)),) if found.said is not None else ()))
    for heading, part in found.parts:
        yield (Heading(heading), Formula(part.problem.function))
        yield tuple(_head(part))
        if detail != "brief" and not part.everywhere:
            yield from (tuple(group) for group in _solving(part, detail))
        yield from (tuple(group) for group in _points(part))
        yield tuple(_ends(part))
    yield (Heading("All letters together"),)
    yield from (tuple(group) for group in _points(found, heading=False))
    yield tuple(_conclusions(found))


# -- slopes and equations --------------------------------------------------------------------------------------------


def _head(found: CriticalPoints) -> Iterator[SimpleBlock]:
    if found.problem.note:
        yield words(found.problem.note, "quiet")
    fit = found.problem.fit
    if fit is not None:
        yield Labelled("model", Formula(related(fit.response, "=", fit.model), tone=""))
        yield Labelled("loss", Formula(found.problem.function, tone=""))
    if len(found.branches) == 1 and found.branches[0].formula is not found.problem.function:
        equation = Text.of(related(found.problem.function, "=", found.branches[0].formula))
        yield Labelled("function", Words((Text.of(equation, " for ", _where(found, found.branches[0])) if (
            _has_interval(found)) else equation,)))
    if len(found.branches) > 1:
        yield Labelled("function", Formula(found.problem.function, tone=""))
        for place, branch in enumerate(found.branches):
            yield Labelled("" if place else "slope", Words((Text.of(
                _equation(branch.slope), " for ", _where(found, branch)),)))
    else:
        label = "slope" if len(found.slopes) == 1 else "slopes"
        for place, slope in enumerate(found.slopes):
            yield Labelled("" if place else label, Formula(_equation(slope), tone=""))
    checks = {slope.checked for slope in found.slopes}
    sign: Sign = "no" if False in checks else "unsure" if None in checks else "yes"
    said = {"yes": "checked", "unsure": "not decided", "no": "refuted"}[sign]
    yield Labelled(said, words(_counted(found.slopes), sign=sign), "")


def _equation(slope: Derivation) -> Expression:
    return related(slope.problem, "=", slope.result)


def _counted(slopes: tuple[Derivation, ...]) -> str:
    steps = sum(slope.count for slope in slopes)
    counted = "1 step" if steps == 1 else f"{steps} steps"
    problem = str(slopes[0].problem)
    return f'{counted}: tutor "{problem}"' if len(slopes) == 1 and len(problem) <= _LONGEST_COMMAND else counted


def _where(found: CriticalPoints, branch: Branch) -> Expression:
    """Which numbers a branch is about, as -1 < x < 1 or x < 2."""
    (variable,) = found.problem.variables
    lower, upper = branch.lower, branch.upper
    assert lower is not None
    assert upper is not None
    if lower is negate(INFINITY):
        return related(variable, "<", upper)
    if upper is INFINITY:
        return related(variable, ">", lower)
    return related(lower, "<", related(variable, "<", upper))


def _solving(found: CriticalPoints, detail: Detail) -> Iterator[list[SimpleBlock]]:
    if found.steps:
        yield [Heading("Where are all slopes 0?"),
               *[Formula(related(slope.result, "=")) for slope in found.slopes]]
        yield list(told_system(found.steps, detail))
        return
    first = 1
    heading = False
    for branch in found.branches:
        if branch.solved.always:
            continue
        told: list[SimpleBlock] = [] if heading else [Heading("Where is the slope 0?")]
        heading = True
        if len(found.branches) > 1:
            told.append(Words((Text.of("For ", _where(found, branch), ":"),)))
        told.append(Formula(branch.solved.equation))
        if not branch.solved.equation.free:
            told.append(Words((plain("This is never true."),)))
        told += told_steps(branch.solved, detail, first)
        told += _outside(found, branch)
        first += count_of(branch.solved)
        yield told


def _outside(found: CriticalPoints, branch: Branch) -> Iterator[SimpleBlock]:
    """Which solutions are none of the points, since they lie outside of the interval, or of this part of it."""
    if found.problem.parameters:
        return
    between = found.problem.interval.between
    low = between.low if branch.lower is None else number_of(branch.lower) or 0.0
    high = between.high if branch.upper is None else number_of(branch.upper) or 0.0
    numbers = [(root, number_of(root.value)) for root in branch.solved.roots if root.every is None]
    outside = [root for root, value in numbers if value is not None and not low <= value <= high]
    if outside:
        yield Words((joined([Text.of(related(branch.solved.unknown, "=" if root.exact else "≈", root.value))
                             for root in outside], between=" and ",
                            after=f" {'lies' if len(outside) == 1 else 'lie'} outside, and "
                                  f"{'does' if len(outside) == 1 else 'do'} not count."),))


# -- the points --------------------------------------------------------------------------------------------------------


def _points(found: CriticalPoints, heading: bool = True) -> Iterator[list[SimpleBlock]]:
    if not found.points:
        return
    if heading:
        yield [Heading("What is there?"), *_second(found)]
    letters = [Column(Text.of(variable)) for variable in found.problem.variables]
    columns = (*letters, Column(plain("value")), Column(plain("kind"), "words"))
    rows = tuple(_row(found, point) for point in found.points)
    yield [Table(columns, rows)]
    every = dict.fromkeys(each for point in found.points for each in point.every)
    whole = [each for each in every if each.value not in found.problem.letters]
    free = [each for each in every if each.value in found.problem.letters]
    said: list[SimpleBlock] = []
    if whole:
        said.append(Words((listed(whole, after=" stands for every whole number." if len(whole) == 1 else
                                  " stand for every whole number, each on its own."),)))
    if free:
        said.append(Words((listed(free, after=" may be any number there."),)))
    if said:
        yield said


def _second(found: CriticalPoints) -> Iterator[SimpleBlock]:
    if not any(point.place == "slope 0" for point in found.points):
        return
    if len(found.second) == 1:
        (variable,) = found.problem.variables
        asked = derivative(found.problem.function, variable, number(2))
        yield Labelled("second derivative", Formula(related(asked, "=", found.second[0][0]), tone=""))
    elif found.second:
        letters = found.problem.letters
        for place, row in enumerate(found.second):
            matrix = node("tuple", row)
            yield Labelled("second derivatives" if not place else "", Words((Text.of(
                f"of the slope by {letters[place]}: ", matrix),)))


def _row(found: CriticalPoints, point: CriticalPoint) -> tuple[Text, ...]:
    at = [Text.of(point.at[letter]) for letter in found.problem.letters]
    value = plain("") if point.value is None else Text.of(point.value)
    return (*at, value, _kind(point))


def _kind(point: CriticalPoint) -> Text:
    """What is there, and how that is known."""
    kind = {"undecided": "not decided", "neither": "neither minimum nor maximum"}.get(point.kind, point.kind)
    place = "" if point.place in ("slope 0", "jump") else f", {point.place}"
    said = Text.of(f"{kind}{place}: ", point.because)
    return Text.of(said, "; only if ", listed(point.assuming, between=" and ")) if point.assuming else said


def _in_one_formula(found: CriticalPoints, detail: Detail) -> Iterator[SimpleBlock]:
    """The place of the minimum in one formula, unless numbers refute it."""
    formula = found.formula
    if formula is None or formula.check.outcome == "refuted":
        return
    (variable,) = found.problem.variables
    holds = "exactly one of these places is there, and its value is the smallest of all. In one formula:"
    yield Words((listed(formula.assumed, "Where ", " and ", f", {holds}") if formula.assumed else plain(
        holds[:1].upper() + holds[1:]),))
    yield Formula(related(variable, "=", formula.cases), tone="")
    yield Formula(formula.formula, continues=True)
    yield words(formula.rule.title, "quiet")
    if detail == "full":
        yield Inset((Words((formula.sentence,)),))
    yield finding_of(formula.check)


# -- what is said of all ---------------------------------------------------------------------------------------------


def _conclusions(found: CriticalPoints) -> Iterator[SimpleBlock]:
    function = found.problem.function
    if found.everywhere:
        where = ("on this interval", " there") if _has_interval(found) else ("everywhere", "")
        yield Words((Text.of(f"The slope is 0 {where[0]}: ", function, f" is constant{where[1]}, so every point is "
                             "critical, and a minimum and a maximum at once."),))
        return
    yield from (Words((sentence,)) for sentence in found.sentences)
    if found.convexity and found.lists is None:
        yield Words((_bent(found),))
    if not found.points and found.lists is None:
        if found.complete:
            yield Words((plain("There is no critical point."),))
        else:
            yield words("No critical point was found.", sign="unsure")
    if found.formula is None:
        yield from _extremes(found)
    yield from _fitted(found)
    yield from (words(why, sign="unsure") for why in found.why)
    assumptions = tuple(dict.fromkeys((*found.problem.given, *found.assumptions)))
    if assumptions:
        yield Words((listed(assumptions, "Assuming ", after="."),), "doubt")
    count = sum(len(each.steps) for each in found.equations)
    if count:
        counted = "1 step of solving" if count == 1 else f"{count} steps of solving"
        if found.checked:
            yield words(f"{counted}, {'each ' if count > 1 else ''}checked by numbers that know no rules", sign="yes")
        elif found.checked is None:
            yield words(f"{counted}, and numbers could not decide all of them", sign="unsure")
        else:
            yield words(f"{counted}, and numbers refute one of them", sign="no")


def _fitted(found: CriticalPoints) -> Iterator[SimpleBlock]:
    """The curve that fits best, where it was found."""
    fit, best = found.problem.fit, found.best_fit
    if fit is None or best is None:
        return
    if best.every:
        yield Words((plain("More than one curve fits these points equally well."),))
        return
    curve = related(fit.response, "=" if best.exact else "≈", fit.with_letters(best.at))
    exactly = " It goes through every point." if best.value is ZERO else ""
    yield Words((Text.of("The best fit is ", curve, f".{exactly}"),))


def _extremes(found: CriticalPoints) -> Iterator[SimpleBlock]:
    """What is the smallest and the largest of all values, and why there is none."""
    known = (("smallest", "minimum", found.smallest), ("largest", "maximum", found.largest))
    for said, kind, extreme in known:
        if extreme.outcome == "reached" and extreme.value is not None:
            where = joined([_place(each) for each in found.points if each.kind == kind and each.is_global],
                           between=" and ")
            if len(found.points) == 1 and extreme.value.size > _LONG:
                yield Words((plain(f"This is the {said} of all values."),))
            else:
                smaller = "smaller" if said == "smallest" else "larger"
                beyond = f". Towards the open ends the values do not become {smaller}." if found.ends else "."
                yield Words((Text.of(f"The {said} of all values is ", extreme.value, ", at ", where, beyond),))
        elif extreme.outcome == "unbounded":
            how = "fall below every number" if said == "smallest" else "grow beyond every number"
            yield Words((Text.of(f"There is no {said} value: as ", _towards(found, extreme.ends),
                                 f", the values {how}."),))
        elif extreme.outcome == "approached" and extreme.value is not None:
            beyond = "larger" if said == "smallest" else "smaller"
            yield Words((Text.of(f"There is no {said} value: as ", _towards(found, extreme.ends), ", the values come "
                                 "as close to ", extreme.value, f" as you like, and all of them are {beyond}."),))
    unknown = [said for said, _, extreme in known if extreme.outcome == "unknown"]
    if unknown and any(each.kind in ("minimum", "maximum") for each in found.points):
        if len(unknown) == 2:
            yield words("Whether one of these values is the smallest or largest of all was not proved.", "quiet")
        elif found.ends or found.why or (len(found.problem.letters) > 1 and not found.convexity):
            yield words(f"Whether there is a {unknown[0]} value was not decided.", "quiet")


def _towards(found: CriticalPoints, ends: tuple[End, ...]) -> Text:
    """Where the variable goes, as "x goes to 0 from the right"."""
    limits = {end: end.limit.problem.args[1] for end in ends if end.limit is not None}
    variable = limits[ends[0]]
    sides = {"+": " from the right", "-": " from the left"}
    places = [Text.of(end.place, "" if end.is_far else sides[end.side]) for end in limits
              if limits[end] is variable][:2]
    said = Text.of(variable, " goes to ", joined(places, between=" or to "))
    if ends[0].along is not None:
        return Text.of(said, " along the line ", ends[0].along)
    return said if len(found.problem.letters) == 1 else Text.of(said, " and nothing else changes")


def _ends(found: CriticalPoints) -> Iterator[SimpleBlock]:
    """The limits at the open ends of the domain."""
    limits = [end for end in found.ends if end.limit is not None]
    if not limits:
        return
    yield Heading("What happens towards the open ends?")
    for end in limits:
        assert end.limit is not None
        if end.value is not None:
            yield Formula(related(end.limit.problem, "=", end.value))
        elif end.limit.unsolved is not None and end.limit.goal.ending == "missing":
            yield Words((Text.of(end.limit.problem, ": no limit, since ", end.limit.unsolved, "."),))
        else:
            yield Words((Text.of(end.limit.problem, ": this limit was not decided."),), sign="unsure")
    known = [end.limit for end in limits if end.limit is not None and end.value is not None]
    if known:
        command = f'tutor "{known[0].problem}"'
        counted = "1 limit" if len(known) == 1 else f"{len(known)} limits"
        yield Labelled("checked", words(f"{counted}: {command}" if len(command) <= _LONGEST_COMMAND else counted,
                                        sign="yes"), "")


def _bent(found: CriticalPoints) -> Text:
    kind, opposite = ("convex", "negative") if found.convexity == "convex" else ("concave", "positive")
    if len(found.second) != 1:
        return plain(f"The function is {kind}: the matrix of its second derivatives nowhere has an eigenvalue that is "
                     f"{opposite}.")
    second = found.second[0][0]
    if not second.free:
        return Text.of(f"The function is {kind}: its second derivative is ", second, ".")
    if _has_interval(found):
        return Text.of(f"The function is {kind} on this interval: there its second derivative ", second,
                       f" is never {opposite}.")
    limited = any(True for _ in sites(found.problem.function, found.problem.variables[0]))
    return Text.of(f"The function is {kind}: its second derivative ", second, f" is never {opposite}",
                   " where the function has a value." if limited else ".")


def _has_interval(found: CriticalPoints) -> bool:
    between = found.problem.interval.between
    return math.isfinite(between.low) or math.isfinite(between.high)


def _place(point: CriticalPoint) -> Text:
    relations = [related(name(letter), "=" if point.exact else "≈", value) for letter, value in point.at.items()
                 if value is not name(letter)]
    return listed(relations or [related(ZERO, "=")])
