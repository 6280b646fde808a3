"""What is told of equations: a line that touches a curve, and a rate that follows from an equation.

    told_tangent(tutor.explain("tangent to x^2 at 3"), "normal", findings).result.formula        # y = 6*x - 9
"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.derivation.approximation import Approximation, approximation_of
from tutor.derivation.curve_tangents import CurveTangent
from tutor.derivation.derivation import Derivation
from tutor.derivation.implicit import ImplicitRate
from tutor.derivation.newton import NewtonStep
from tutor.derivation.rate_problem import is_line
from tutor.derivation.step import Block
from tutor.derivation.tangent_planes import TangentPlane
from tutor.derivation.tangents import Tangent
from tutor.expression.relations import related
from tutor.expression.text import Text
from tutor.expression.tree import TWO, ZERO, Expression, call, derivative, node, replace, substitute
from tutor.expression.write import write
from tutor.oracle.digits import digits_apart, in_tree
from tutor.oracle.existence import has_no_value
from tutor.telling.document import (
    Column,
    Detail,
    Part,
    ReadingNote,
    Result,
    SimpleBlock,
    Solution,
    Table,
    Words,
    assumed,
    finding_of,
    words,
)
from tutor.telling.tree import told_tree


def told_of_equation(found: Derivation, detail: Detail, findings: tuple[Words, ...]) -> Solution:
    """A derivation whose result is an equation, or comes from one. findings: of the check."""
    if isinstance(found, CurveTangent):
        return told_curve_tangent(found, detail, findings)
    if isinstance(found, ImplicitRate):
        return told_rate(found, detail, findings)
    if isinstance(found, NewtonStep):
        return told_newton_step(found, detail, findings)
    if isinstance(found, TangentPlane):
        return told_plane(found, detail, findings)
    assert isinstance(found, Tangent)
    return told_tangent(found, detail, findings)


def told_rate(found: ImplicitRate, detail: Detail, findings: tuple[Words, ...]) -> Solution:
    """A rate from the equations to what it is; findings: of the check."""
    asked = found.asked
    problem = found.problem.args[-1]
    places = tuple(related(letter, "=", value) for letter, value in asked.places.items())
    if len(places) > 1:
        places = (node("statements", places),)
    known = tuple(related(rate, "=", value) for rate, value in asked.known.items())
    before = tuple(ReadingNote(note) for note in found.notes if not note.usual)
    parts = tuple(told_tree(item, detail) for item in found.block.items if isinstance(item, Block))
    items = parts[0].items if len(parts) == 1 else parts
    why = found.without_slope
    wanted = found.equation_found.args[0]
    what = write(wanted) if wanted.head == "rate" else "second derivative"
    result = Result(found.equation_found, findings) if why is None else _no_result(found.has_no_slope, what, why)
    return Solution(found.equation_found.args[0], "tree", detail, Part(problem, found.result, items), result,
                    (*asked.equations, *known, *places), before, tuple(_remarks_on_rate(found)))


def _no_result(is_sure: bool, what: str, why: Text) -> Result:
    """What is shown in the place of a result where there is none, or where that is not decided. what: what was asked
    for."""
    return Result(None, (words("checked", sign="yes"),), f"no {what} here", why) if is_sure else Result(
        None, (), "not decided", why)


def _remarks_on_rate(found: ImplicitRate) -> Iterator[SimpleBlock]:
    if found.assumptions:
        yield Words((assumed(found.assumptions, found.problem.free | found.result.free),), "doubt")
    if found.without_slope is None and not found.is_seen:
        slots = {"equation": found.asked.equations[0], "factor": found.isolated[0].factor}
        yield Words((Text("A search with numbers found no point where {equation} is true and {factor} is not 0. "
                          "Without one, this says nothing.", slots),), "doubt")
    for letter in found.without_value:
        needed = not all(map(is_line, found.asked.equations))
        yield Words((Text("No value is given for {letter}, so it stays in the result." + (
            " It has to be one that makes the equation true." if needed else ""), {"letter": letter}),), "doubt")
    for rate in found.left_open if found.asked.known else ():
        constant = related(rate, "=", ZERO)
        yield Words((Text("{letter} is taken to change with {by}. If it does not, add {constant}.",
                          {"letter": rate.args[0], "by": rate.args[1], "constant": constant}),))
    yield from (ReadingNote(note) for note in found.notes if note.usual)


def told_curve_tangent(found: CurveTangent, detail: Detail, findings: tuple[Words, ...]) -> Solution:
    """A tangent or a normal from the equation of the curve to its own; findings: of the check."""
    line = found.line
    what = "normal" if line.is_normal else "tangent"
    asked = Text(f"The {what} where {{x}} and {{y}}", {
        "x": related(line.across, "=", line.place), "y": related(line.up, "=", line.height)})
    before: list[SimpleBlock] = [ReadingNote(note) for note in found.notes if not note.usual]
    before.append(Words((asked,)))
    (part,) = [told_tree(item, detail) for item in found.block.items if isinstance(item, Block)]
    if found.unsolved is not None:
        result = Result(None, findings if found.undefined else (),
                        f"no {what} here" if found.undefined else "not decided", found.unsolved)
    else:
        result = Result(found.result, (finding_of(found.check),) if found.upright is not None else findings)
    root = Part(line.equation, found.result, part.items)
    return Solution(line.equation, "tree", detail, root, result, (), tuple(before),
                    tuple(_remarks_on_curve_tangent(found)))


def _remarks_on_curve_tangent(found: CurveTangent) -> Iterator[SimpleBlock]:
    if found.of_point is not None:
        yield Words((Text("taking it for granted that the point is on the curve: {there}", {"there": found.of_point}),),
                    "doubt")
    if found.assumptions:
        yield Words((assumed(found.assumptions, found.problem.free | found.result.free),), "doubt")
    yield from (ReadingNote(note) for note in found.notes if note.usual)


def told_newton_step(found: NewtonStep, detail: Detail, findings: tuple[Words, ...]) -> Solution:
    """A step of Newton's method, and where further ones lead; findings: of the check."""
    asked = found.asked
    before: list[SimpleBlock] = [ReadingNote(note) for note in found.notes if not note.usual]
    before.append(Words((Text("One step of Newton's method from {x} = {a}", {"x": asked.variable, "a": asked.place}),)))
    steps = found if found.value is not None else found.slope
    root = told_tree(steps.block, detail) if steps is not None and steps.steps else Part(found.problem, found.result)
    why = found.why_none
    result = Result(found.result, findings) if why is None else _no_result(bool(found.undefined), "step from", why)
    after: list[SimpleBlock] = []
    if found.assumptions:
        after.append(Words((assumed(found.assumptions, found.problem.free),), "doubt"))
    if len(found.iterates) > 1:
        after.append(Words((Text("Further steps, by numbers:", {}),)))
        after.append(_iterates(found))
    return Solution(related(asked.function, "=", ZERO), "tree", detail, root, result, (), tuple(before), tuple(after))


def told_plane(found: TangentPlane, detail: Detail, findings: tuple[Words, ...]) -> Solution:
    """A plane from the function to its equation; findings: of the check."""
    asked = found.asked
    what = "tangent plane" if len(asked.places) == 2 else "linear approximation"
    places, target = (node("statements", tuple(related(*pair) for pair in (
        (letter, "=", value) for letter, value in some))) if some else None for some in (asked.places, asked.target))
    assert places is not None
    said = Text(f"The {what} at {{places}}", {"places": places})
    if target is not None:
        said = Text(f"{said.template}, and its height at {{target}}", {**said.slots, "target": target})
    before: list[SimpleBlock] = [ReadingNote(note) for note in found.notes if not note.usual]
    root = told_tree(found.block, detail) if found.steps else Part(found.problem, found.result)
    why = found.unsolved
    result = Result(found.result, findings) if why is None else _no_result(bool(found.undefined), what, why)
    after: list[SimpleBlock] = []
    if found.assumptions:
        after.append(Words((assumed(found.assumptions, found.problem.free),), "doubt"))
    if why is None and asked.target:
        after += _beside_function(found)
    after += [ReadingNote(note) for note in found.notes if note.usual]
    return Solution(related(asked.height, "=", asked.function), "tree", detail, root, result, (),
                    (*before, Words((said,))), tuple(after))


def _beside_function(found: TangentPlane) -> Iterator[Words]:
    """How far the height that is asked for is from the value of the function there, by numbers."""
    there = replace(found.asked.function, dict(found.asked.target))
    own, value = (found.oracle.value(each, {}) if not each.free else None for each in (found.result, there))
    if not isinstance(own, float) or not isinstance(value, float):
        return
    if own == value:
        yield Words((Text("The function has this value, too.", {}),))
        return
    digits = digits_apart(own, value) + 2
    side = "above" if own > value else "below"
    yield Words((Text(f"The function has the value {{value}} there: this is {{error}} {side} it.", {
        "value": related(there, "≈", in_tree(value, digits)), "error": in_tree(abs(own - value), 3)}),))


def _iterates(found: NewtonStep) -> Table:
    """The places to which steps lead, with the heights there."""
    asked = found.asked
    columns = (Column(Text("step", {})), Column(Text.of(asked.variable)), Column(Text.of(asked.function)))
    rows = []
    for number, place in enumerate(found.iterates):
        height = found.oracle.value(asked.function, {asked.variable.value: place})
        shown = Text.of(in_tree(height, 4)) if isinstance(height, float) else Text("none", {})
        rows.append((Text(str(number), {}), Text.of(in_tree(place, 12)), shown))
    return Table(columns, tuple(rows))


def told_tangent(found: Tangent, detail: Detail, findings: tuple[Words, ...]) -> Solution:
    """A tangent or a normal from the curve to its equation; findings: of the check."""
    line = found.line
    what = "normal" if line.is_normal else "tangent"
    slots = {"x": line.variable, "a": line.point}
    asked = Text(f"The {what} at {{x}} = {{a}}", slots)
    if line.target is not None:
        asked = Text(f"{asked.template}, and its height at {{x}} = {{b}}", {**slots, "b": line.target})
    root = told_tree(found.block, detail) if found.steps else Part(found.problem, found.result)
    notes: list[SimpleBlock] = [ReadingNote(note) for note in found.notes if not note.usual]
    return Solution(related(line.height, "=", line.curve), "tree", detail, root,
                    _result(found, findings), (), (*notes, Words((asked,))), tuple(_remarks(found)))


def _result(found: Tangent, findings: tuple[Words, ...]) -> Result:
    why = found.unsolved
    if why is None:
        return Result(found.result, (finding_of(found.check),) if found.existence is not None else findings)
    what = "normal" if found.line.is_normal else "tangent"
    return Result(None, findings, f"no {what} here" if found.undefined else "not decided", why)


def _remarks(found: Tangent) -> Iterator[SimpleBlock]:
    if found.assumptions:
        yield Words((assumed(found.assumptions, found.problem.free),), "doubt")
    error = approximation_of(found)
    if error is not None:
        yield from _about_error(found, error)
    elif found.line.target is not None and found.unsolved is None:
        there = substitute(found.line.curve, found.line.variable.value, found.line.target)
        if not there.free and has_no_value(there):
            yield Words((Text("The curve has no height there: {there} has no real value. The line says nothing about "
                              "it.", {"there": there}),), "doubt")
    yield from (ReadingNote(note) for note in found.notes if note.usual)


def _about_error(found: Tangent, error: Approximation) -> Iterator[Words]:
    """How far the line is from the curve, and a bound on that if one was proved."""
    line = found.line
    assert line.target is not None
    slots: dict[str, Expression] = {
        "there": substitute(line.curve, line.variable.value, line.target), "a": line.point, "b": line.target}
    if error.error == 0:
        yield Words((Text("The curve has this height, too: {there}, as far as numbers tell.", slots),))
        return
    digits = digits_apart(error.line, error.curve) + 2
    slots |= {"curve": related(slots["there"], "≈", in_tree(error.curve, digits)),
              "error": in_tree(abs(error.error), 3)}
    side = "above" if error.error > 0 else "below"
    there = Text("The line has {height} there, and the curve {curve}: ", {
        **slots, "height": in_tree(error.line, digits)})
    yield Words((Text(f"{there.template}the line is {{error}} {side} it.", there.slots),))
    if error.bend is None or error.bound is None:
        return
    second = call("abs", derivative(line.curve, line.variable, TWO))
    slots |= {"bend": related(second, "<=", in_tree(error.bend, 3)), "bound": in_tree(error.bound, 3)}
    yield Words((Text("It cannot be further off than {bound}: {bend} between {a} and {b}, and the error is at most "
                      "half of that times the square of the distance between these two.", slots),))
