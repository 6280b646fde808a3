"""`ask: backprop`: the forward values and the slopes of a graph as a table, some cells of which are blank.

    given: z = w*x + b; a = sigmoid(z); L = (a - y)^2
    at: {w: 0.5, x: 2, b: -0.3, y: 1}
    blank: [a, dL/da, dL/dz, dL/dw]

Without `at` the slopes are asked for in letters. The loss is the last line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from tutor.derivation.adjoints import Adjoint, Adjoints
from tutor.derivation.forward import Number, number_in
from tutor.derivation.graph import Graph, graph_of
from tutor.errors import TutorError
from tutor.expression.parse import parse
from tutor.expression.text import Text
from tutor.expression.tree import Expression, add, multiply, name, postorder, replace
from tutor.judge.wrong_slopes import wrong_slopes
from tutor.lesson.tolerance import Tolerance
from tutor.lesson.worksheet import Cell, Made, Worksheet
from tutor.oracle.verdict import Oracle
from tutor.rules.rule import Rule

FORWARD, BACKWARD = "forward", "backward"
"""The two parts of the table."""

AT_NUMBERS, IN_LETTERS = "numbers", "letters"
"""The forms in which the chain rule on a graph is met."""


class BadCell(TutorError):
    """A cell under `blank` that the table does not have or that is there twice. place: which one, from 0."""

    def __init__(self, place: int, message: str) -> None:
        super().__init__(message)
        self.place = place


def backprop_sheet(graph: Graph, at: Mapping[str, Expression], blank: Sequence[str], within: Tolerance | None = None,
                   own: Sequence[Rule] = ()) -> Worksheet:
    """The table of a graph. at: what the inputs stand for, nothing where the answers are in letters; blank: the cells
    to be filled; own: misconceptions of a lesson's own.

    Raises TutorError if there is no such table, BadCell for a cell that it does not have.
    """
    loss = loss_of(graph)
    asked = [cell_named(place, written, graph, numeric=bool(at)) for place, written in enumerate(blank)]
    for place, key in enumerate(asked):
        if key in asked[:place]:
            raise BadCell(place, f"{key} is there twice.")
    wanted = tuple(key.removeprefix(f"d{loss}/d") for key in asked if key not in graph.lines)
    adjoints = Adjoints(graph, loss, tuple(map(graph.part, wanted or (loss,))))
    cells = (*_forward(graph), *[_slope(adjoints, letter, own) for letter in adjoints.order])
    by_key = {cell.key: cell for cell in cells}
    sheet = Worksheet(_numbers(graph, at, adjoints), cells, tuple(by_key[key] for key in asked), bool(at), within,
                      AT_NUMBERS if at else IN_LETTERS, _HOW, tidy=adjoints.tidy)
    _ = sheet.right  # what has no value is said now
    return sheet


_HOW = ("The lines are worked out from the top down. Then the slope of the loss by each name is worked out from the "
        "bottom up: multiply along a path, and add where paths meet.")


def loss_of(graph: Graph) -> str:
    """The last line, to which all others have to lead. Raises TutorError for one that does not."""
    loss = list(graph.lines)[-1]
    reaching = graph.reaching(loss)
    idle = next((line for line in graph.lines if line not in reaching), "")
    if idle:
        raise TutorError(f"{loss}, the last line, does not depend on {idle}. The last line has to be the loss, and all "
                         "others have to lead to it.")
    return loss


def graph_from(given: Expression) -> Graph:
    """The graph of an item. Raises TutorError if it is none."""
    return graph_of(given.args if given.head == "statements" else (given,), str(given))


# -- cells ------------------------------------------------------------------------------------------------------------


_SLOPE = re.compile(r"\s*[d∂]\s*(?P<above>[^/\s]+)\s*/\s*[d∂]\s*(?P<below>\S+)\s*")


def cell_named(place: int, written: str, graph: Graph, numeric: bool) -> str:
    """The key of a cell as an author names it. place: which one of those that are named; numeric: whether the inputs
    have numbers. Raises BadCell."""
    loss = list(graph.lines)[-1]
    slope = _SLOPE.fullmatch(written)
    letters = [_letter(place, part, written) for part in ((slope["above"], slope["below"]) if slope else (written,))]
    known = [*graph.lines, *graph.inputs]
    strange = next((letter for letter in letters if letter not in known), "")
    if strange:
        raise BadCell(place, f"There is no cell {written.strip()}: {strange} is on none of the lines. There are "
                             f"{', '.join(known)}.")
    listed = next((letter for letter in letters if letter in graph.shapes), "")
    if listed:
        raise BadCell(place, f"{listed} is a list, and a cell has one value. Type the slope by a letter that is a "
                             "number.")
    if slope:
        if letters[0] != loss:
            raise BadCell(place, f"The cells are slopes of {loss}, the last line: type d{loss}/d{letters[1]}.")
        return f"d{loss}/d{letters[1]}"
    if letters[0] not in graph.lines:
        raise BadCell(place, f"{written.strip()} is an input, and its number is given. Type d{loss}/d{letters[0]} for "
                             "the slope by it.")
    if not numeric:
        raise BadCell(place, f"{written.strip()} is a line, and without at: nothing about it is to be worked out. Only "
                             f"slopes can be blank, such as d{loss}/d{letters[0]}.")
    return letters[0]


def _letter(place: int, part: str, written: str) -> str:
    try:
        found = parse(part)
    except TutorError:
        found = None
    if found is None or found.head != "name":
        raise BadCell(place, f"{written.strip()} names no cell. A cell is a line, such as z, or a slope, such as "
                             "dL/dz.")
    return str(found.value)


def _numbers(graph: Graph, at: Mapping[str, Expression], adjoints: Adjoints) -> dict[str, Number]:
    """The numbers of the inputs. Raises TutorError if one of them has none."""
    oracle = Oracle()
    strange = next((letter for letter in at if letter not in graph.inputs), "")
    if strange:
        raise TutorError(f"{strange} has a line, which says what it is, so it needs no number."
                         if strange in graph.lines else f"{strange} stands on none of the lines.")
    missing = [letter for letter in graph.inputs if letter not in at] if at else []
    if missing:
        raise TutorError(f"at: has no number for {', '.join(missing)}.")
    return {letter: number_in(at[letter], {}, adjoints.tidy, oracle, f"{letter} has no value")
            for letter in graph.inputs if at}


def _forward(graph: Graph) -> Iterator[Cell]:
    for line, right in graph.lines.items():
        yield Cell(name(line), (line,), (right,), FORWARD, right, hints=partial(_hints_forward, line, right))


def _slope(adjoints: Adjoints, letter: str, own: Sequence[Rule]) -> Cell:
    adjoint = adjoints.adjoint(letter)
    found = (rule for slope in adjoint.slopes for rules in slope.derivation.rules_of_lines for rule in rules)
    rules = dict.fromkeys((adjoint.instance.rule.name, *[rule.name for rule in found if "derivative" in rule.tags
                                                          and "linear" not in rule.tags]))
    is_start = letter == adjoints.loss
    return Cell(adjoint.rate, (str(adjoint.rate),), (by_keys(adjoint.result),), BACKWARD,
                rule=None if is_start else adjoint.instance.rule, rules=() if is_start else tuple(rules),
                opened=_opened(adjoints, adjoint),
                made=partial(_made, adjoints, letter, own), hints=partial(_hints_backward, adjoints, adjoint))


def _opened(adjoints: Adjoints, adjoint: Adjoint) -> Expression:
    """What the rule says, without dL/dL, which is 1."""
    terms = adjoint.instance.after
    return add(*[multiply(*[factor for factor in (term.args if term.head == "product" else (term,))
                            if factor is not adjoints.start])
                 for term in (terms.args if terms.head == "sum" else (terms,))])


def by_keys(expression: Expression) -> Expression:
    """An expression with the slopes in it, such as dL/da, under the names of their cells."""
    rates = {part: name(str(part)) for part in postorder([expression]) if part.head == "rate"}
    return replace(expression, rates)


def _made(adjoints: Adjoints, letter: str, own: Sequence[Rule]) -> Iterator[Made]:
    for wrong in wrong_slopes(adjoints, letter, own):
        where = None if wrong.line is None else Text("Look at {slope}, on the line of {line}.", {
            "slope": wrong.line, "line": wrong.line.args[0]})
        yield Made(wrong.mistake, (by_keys(wrong.joined),), where)


# -- hints ------------------------------------------------------------------------------------------------------------


def _hints_forward(line: str, right: Expression) -> tuple[Text, Text]:
    letters = sorted(right.free)
    slots = {f"letter{place}": name(letter) for place, letter in enumerate(letters)}
    named = " and ".join(filter(None, (", ".join(f"{{{slot}}}" for slot in list(slots)[:-1]),
                                       *[f"{{{slot}}}" for slot in list(slots)[-1:]])))
    first = Text(f"Put the numbers of {named} into the line of {{line}}.", {**slots, "line": name(line)})
    return first, Text("{line} = {right}", {"line": name(line), "right": right})


def _hints_backward(adjoints: Adjoints, adjoint: Adjoint) -> tuple[Text, Text]:
    """Which lines use the name; the rule with these lines in it."""
    letter, loss, rule = adjoint.rate.args[1], name(adjoints.loss), adjoint.instance.rule
    lines = [slope.rate.args[0] for slope in adjoint.slopes]
    slots = {"letter": letter, "loss": loss, **{f"line{place}": line for place, line in enumerate(lines)}}
    *before, last = [f"{{line{place}}}" for place in range(len(lines))] or [""]
    if not lines:
        first = Text("Look for {letter} on the lines below its own: is there any?", slots) if (
            letter is not loss) else Text("How fast does {loss} change with itself?", slots)
    elif not before and lines[0] is loss:
        first = Text("{letter} stands on the line of {loss} itself. Differentiate that line by {letter}; every other "
                     "name on it is a constant.", slots)
    elif not before:
        first = Text(f"{{letter}} acts only through the line of {last}. What is known of {last} already, and what does "
                     "{letter} do on that line?", slots)
    else:
        first = Text(f"{{letter}} stands on the lines of {', '.join(before)} and {last}, so there are {len(lines)} "
                     "paths to {loss}. What comes along each of them?", slots)
    opened = _opened(adjoints, adjoint)
    return first, Text(f"{rule.title}: {{rate}} = {{opened}}", {"rate": adjoint.rate, "opened": opened})
