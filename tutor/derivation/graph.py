"""A computation as named lines, each of which may use those above it, and what a slope means in it.

    graph = graph_of(parse("z = w*x + b; a = sigmoid(z); L = (a - y)^2").args, "")
    graph.inputs                            # ("w", "x", "b", "y")
    graph.users("z", "L")                   # ("a",): the lines on the way to L that use z
    graph.meaning((parse("dL/dz"),))        # d/dz [(sigmoid(z) - y)^2] at (z = w*x + b)

d follows every path and ∂ looks at one line: dL/dx is the whole effect of x on L, ∂v/∂x what stands on the line of v.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from tutor import limits
from tutor.errors import LimitError, refused
from tutor.expression.relations import related
from tutor.expression.tree import Expression, derivative, name, names_in_order, node, postorder, replace


class Graph:
    """lines: the name of each line and its right side, in their order; every right side uses names of earlier lines
    and inputs only."""

    def __init__(self, lines: Mapping[str, Expression]) -> None:
        self.lines = lines

    @property
    def statements(self) -> tuple[Expression, ...]:
        """The lines as equations: z = w*x + b."""
        return tuple([related(name(line), "=", right) for line, right in self.lines.items()])

    @cached_property
    def inputs(self) -> tuple[str, ...]:
        """The letters that no line defines, in the order in which they first stand in the text."""
        found = (part.value for line in self.lines.values() for part in names_in_order(line))
        return tuple(dict.fromkeys(letter for letter in found if letter not in self.lines))

    def reaching(self, loss: str) -> frozenset[str]:
        """The names on which a line depends, itself included."""
        found, waiting = {loss}, [loss]
        while waiting:
            for letter in self.lines[waiting.pop()].free - found:
                found.add(letter)
                if letter in self.lines:
                    waiting.append(letter)
        return frozenset(found)

    def users(self, letter: str, loss: str) -> tuple[str, ...]:
        """The lines on the way to the loss that use a letter, in their order."""
        on_the_way = self.reaching(loss)
        return tuple(line for line, right in self.lines.items() if line in on_the_way and letter in right.free)

    @cached_property
    def filled(self) -> Mapping[Expression, Expression]:
        """The name of each line and what it says, written in the inputs. Shared parts stay shared."""
        return self._filled()

    def _filled(self, without: str = "") -> dict[Expression, Expression]:
        """The same with the graph cut at one name, which stays."""
        made: dict[Expression, Expression] = {}
        for line, right in self.lines.items():
            if line != without:
                made[name(line)] = replace(right, made)
        return made

    def written_out(self, expression: Expression) -> Expression:
        """An expression with every name of a line replaced by what the line says, down to the inputs."""
        return replace(expression, self.filled)

    def meaning(self, equation: tuple[Expression, ...]) -> tuple[Expression, ...]:
        """What the sides of an equation with names of lines and slopes such as dL/dz and ∂z/∂w say, without these.

        dL/dz: the graph is cut at z, and L differentiated by the loose end. ∂z/∂w: the line of z is differentiated. An
        equation about one line alone holds whatever its names stand for, so they stay; in any other one, a name is
        what its line says. No rule is used, so that numbers can check what the rules say.
        """
        parts = list(postorder(equation))
        rates = [part for part in parts if part.head == "rate"]
        on_one_line = {rate: derivative(self.lines[rate.args[0].value], rate.args[1])
                       for rate in rates if rate.value == "∂"}
        has_slope = bool(on_one_line) or any(part.head == "derivative" for part in parts)
        if has_slope and len(on_one_line) == len(rates):
            return tuple([replace(side, on_one_line) for side in equation])
        slopes = {rate: self._with_values(on_one_line[rate]) if rate in on_one_line else self._whole_slope(*rate.args)
                  for rate in rates}
        return tuple([replace(side, {**self.filled, **slopes}) for side in equation])

    def cut(self, expressions: tuple[Expression, ...], letter: str) -> tuple[Expression, ...]:
        """Expressions with every name of a line replaced by what it says down to one name, which stays, and the
        inputs."""
        made = self._filled(without=letter)
        return tuple([replace(each, made) for each in expressions])

    def _whole_slope(self, above: Expression, variable: Expression) -> Expression:
        """The slope of a line by a name: as a function of that name alone, where the name has its value."""
        found = derivative(replace(above, self._filled(without=variable.value)), variable)
        return node("at", (found, variable, self.filled[variable])) if variable in self.filled else found

    def _with_values(self, slope: Expression) -> Expression:
        """A slope on one line where every name of another line has its value: put in afterwards if it moves with the
        variable, which it must not do here."""
        body, variable = slope.args[:2]
        values = {letter: self.filled[letter] for letter in map(name, sorted(body.free | {variable.value}))
                  if letter in self.filled}
        fixed = {letter: value for letter, value in values.items()
                 if letter is not variable and variable.value not in value.free}
        slope = node("derivative", (replace(body, fixed), *slope.args[1:]), slope.value)
        for letter, value in values.items():
            if letter not in fixed:
                slope = node("at", (slope, letter, value))
        return slope


def graph_of(statements: Iterable[Expression], text: str) -> Graph:
    """The graph of lines such as z = w*x + b; `text` is where they stand, for what is said of an error.

    Raises NotationError for a line without a name, a name that is defined twice or used before its line; LimitError
    for too many lines.
    """
    lines: dict[str, Expression] = {}
    used: dict[str, str] = {}
    for statement in statements:
        if statement.head != "relation" or statement.value != "=" or statement.args[0].head != "name":
            raise refused(text, f"{statement} is no line of a graph. A line begins with its name, as in z = w*x + b.")
        left, right = statement.args
        line = left.value
        if line in lines:
            raise refused(text, f"{line} has two lines. Give the second one another name.")
        if line in right.free:
            raise refused(text, f"The line of {line} uses {line} itself. A line can use only what stands above it.")
        if line in used:
            raise refused(text, f"The line of {used[line]} uses {line} before {line} is defined. Put the line of "
                                 f"{line} above it.")
        for letter in right.free - lines.keys():
            used.setdefault(letter, line)
        lines[line] = right
        if len(lines) > limits.LINES_OF_A_GRAPH:
            raise LimitError(f"A graph can have {limits.LINES_OF_A_GRAPH} lines, and that of {line} is one more. Find "
                             "the slopes of a part of it.")
    return Graph(lines)
