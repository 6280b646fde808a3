"""A line that touches a curve told: the curve and the point, the steps, and its equation.

    told_line(tutor.explain("tangent to x^2 at 3"), "normal", findings).result.formula        # y = 6*x - 9
"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.derivation.approximation import Approximation, approximation_of
from tutor.derivation.derivation import Derivation
from tutor.derivation.tangents import TangentLine
from tutor.expression.relations import related
from tutor.expression.text import Text
from tutor.expression.tree import TWO, Expression, call, derivative, substitute
from tutor.oracle.digits import digits_apart, in_tree
from tutor.telling.document import Detail, Part, ReadingNote, Result, SimpleBlock, Solution, Words, assumed, finding_of
from tutor.telling.tree import told_tree


def told_of_equation(found: Derivation, detail: Detail, findings: tuple[Words, ...]) -> Solution:
    """A derivation whose result is an equation, or comes from one. findings: of the check."""
    assert isinstance(found, TangentLine)
    return told_line(found, detail, findings)


def told_line(found: TangentLine, detail: Detail, findings: tuple[Words, ...]) -> Solution:
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


def _result(found: TangentLine, findings: tuple[Words, ...]) -> Result:
    why = found.unsolved
    if why is None:
        return Result(found.result, (finding_of(found.check),) if found.existence is not None else findings)
    what = "normal" if found.line.is_normal else "tangent"
    return Result(None, findings, f"no {what} here" if found.undefined else "not decided", why)


def _remarks(found: TangentLine) -> Iterator[SimpleBlock]:
    if found.assumptions:
        yield Words((assumed(found.assumptions, found.problem.free),), "doubt")
    error = approximation_of(found)
    if error is not None:
        yield from _about_error(found, error)
    yield from (ReadingNote(note) for note in found.notes if note.usual)


def _about_error(found: TangentLine, error: Approximation) -> Iterator[Words]:
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
