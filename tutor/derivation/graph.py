"""A computation as named lines, each of which may use those above it, and what a slope means in it.

    graph = graph_of(parse("z = w*x + b; a = sigmoid(z); L = (a - y)^2").args, "")
    graph.inputs                            # ("w", "x", "b", "y")
    graph.users("z", "L")                   # ("a",): the lines on the way to L that use z
    graph.meaning((parse("dL/dz"),))        # d/dz [(sigmoid(z) - y)^2] at (z = w*x + b)

d follows every path and ∂ looks at one line: dL/dx is the whole effect of x on L, ∂v/∂x what stands on the line of v.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import product
from types import MappingProxyType

from tutor import limits
from tutor.errors import LimitError, NotationError, Problem, refused
from tutor.expression.lists import shapes
from tutor.expression.new_letters import letters_in
from tutor.expression.relations import related
from tutor.expression.tree import (
    ONE,
    Expression,
    derivative,
    finite_sum,
    indexed,
    multiply,
    name,
    node,
    postorder,
    replace,
    substitute,
    unused_index,
)
from tutor.oracle.components import Compare
from tutor.oracle.expansion import in_every_case, whole_number, written_with
from tutor.oracle.verdict import Check, Oracle

Indices = tuple[Expression, ...]


class Graph:
    """lines: the name of each line and its right side, in their order; every right side uses names of earlier lines
    and inputs only. indices: of each line that is a list, as they stand below its name: (i,) for z_i = w_i + b;
    given: what is said of sums of its lists, such as sum_{i=1}^{n} y_i = 1."""

    def __init__(self, lines: Mapping[str, Expression], indices: Mapping[str, Indices] = MappingProxyType({}),
                 given: tuple[Expression, ...] = ()) -> None:
        self.lines, self.indices, self.given = lines, indices, given
        self._in_numbers: dict[tuple[tuple[str, int], ...], Graph] = {}
        self._reaching: dict[str, frozenset[str]] = {}

    @cached_property
    def shapes(self) -> Mapping[str, tuple[Expression, ...]]:
        """The sizes of every list: {"W": (n, m)}."""
        return shapes(node("statements", self.statements)) if self.has_lists else {}

    @cached_property
    def has_lists(self) -> bool:
        """Whether a list or a sum with an index stands in it."""
        return bool(self.indices) or any(
            part.head in ("indexed", "finite_sum") for part in postorder(self.lines.values()))

    def part(self, letter: str) -> Expression:
        """A name by which there is a slope: a letter or, of a list, one part, with the indices that the list has on
        the left of its line, or where it first stands, and other ones where A_{ii} or A_{i1} are all that stands."""
        if letter in self.lines:
            own = self.indices.get(letter)
            return indexed(letter, *own) if own else name(letter)
        if not self.has_lists:
            return name(letter)
        parts = [part for part in postorder(self.lines.values()) if part.head == "indexed" and part.value == letter]
        for part in parts:
            if len({*part.args}) == len(part.args) and all(index.head == "name" for index in part.args):
                return part
        taken = letters_in(self.lines.values()) | {size.value for sizes in self.shapes.values() for size in sizes}
        found: list[Expression] = []
        for index in parts[0].args if parts else ():
            if index.head != "name" or index in found:
                index = unused_index(taken | {each.value for each in found})
            found.append(index)
        return indexed(letter, *found) if found else name(letter)

    @property
    def statements(self) -> tuple[Expression, ...]:
        """The lines as equations: z = w*x + b."""
        return (*[related(self.part(line), "=", right) for line, right in self.lines.items()], *self.given)

    @cached_property
    def inputs(self) -> tuple[str, ...]:
        """The letters that no line defines, in the order in which they first stand in the text, those of lists too.
        Indices, and the sizes of lists, do not vary."""
        fixed = {size.value for sizes in self.shapes.values() for size in sizes}
        found: dict[str, None] = {}
        for line, right in self.lines.items():
            own = {index.value for index in self.indices.get(line, ())}
            found |= dict.fromkeys(letter for letter in _letters_in_order(right) if letter not in own)
        return tuple([letter for letter in found if letter not in self.lines and letter not in fixed])

    def says(self, place: Expression) -> Expression:
        """What a line says at one place: for p_k what stands on the line of p_i, with k for i."""
        right = self.lines[place.value]
        return right if place.head == "name" else with_indices(right, self.indices[place.value], place.args)

    def reaching(self, loss: str) -> frozenset[str]:
        """The names on which a line depends, itself included."""
        if loss not in self._reaching:
            found, waiting = {loss}, [loss]
            while waiting:
                for letter in self.lines[waiting.pop()].free - found:
                    found.add(letter)
                    if letter in self.lines:
                        waiting.append(letter)
            self._reaching[loss] = frozenset(found)
        return self._reaching[loss]

    def users(self, letter: str, loss: str) -> tuple[str, ...]:
        """The lines on the way to the loss that use a letter, in their order."""
        on_the_way = self.reaching(loss)
        return tuple(line for line, right in self.lines.items() if line in on_the_way and letter in right.free)

    @cached_property
    def filled(self) -> Mapping[Expression, Expression]:
        """The name of each line that is no list and what it says, written in the inputs. Shared parts stay shared."""
        if self.has_lists:
            return {name(line): self.written_out(name(line)) for line in self.lines if line not in self.indices}
        return self._filled()

    def _filled(self, without: str = "") -> dict[Expression, Expression]:
        """The same with the graph cut at one name, which stays."""
        made: dict[Expression, Expression] = {}
        for line, right in self.lines.items():
            if line != without:
                made[name(line)] = replace(right, made)
        return made

    def written_out(self, expression: Expression, down_to: str = "") -> Expression:
        """An expression with every name of a line replaced by what the line says, down to the inputs, or to a line with
        this name."""
        if not self.has_lists and not down_to:
            return replace(expression, self.filled)
        for line in reversed([*self.lines]):
            if line in expression.free and line != down_to:
                expression = replace(expression, {part: self.says(part) for part in postorder([expression])
                                                  if part.head in ("name", "indexed") and part.value == line})
        return expression

    def in_numbers(self, case: Mapping[str, int]) -> Graph:
        """The graph where sizes are these numbers: every part of a list is a line of its own, such as z_1."""
        key = tuple(sorted(case.items()))
        if key not in self._in_numbers:
            self._in_numbers[key] = self._written_in(case)
        return self._in_numbers[key]

    def _written_in(self, case: Mapping[str, int]) -> Graph:
        lines: dict[str, Expression] = {}
        for line in self.lines:
            own = self.indices.get(line, ())
            for places in product(*(range(1, whole_number(size, case) + 1) for size in self.shapes.get(line, ()))):
                values = dict(zip((index.value for index in own), places, strict=True))
                lines[written_with(self.part(line), {**case, **values}).value] = written_with(
                    self.lines[line], {**case, **values})
        return Graph(lines)

    def compare(self, compare: Compare, equation: Sequence[Expression]) -> Check:
        """What numbers find of the two sides of an equation with slopes and names of lines, and perhaps of assumptions
        behind them. A graph with lists is written out for several sizes."""
        if not self.has_lists:
            left, right, *assumed = self.meaning(tuple(equation))
            return compare(left, right, tuple(assumed))
        left, right, *assumed = [self.over_parts(each) for each in equation]
        return in_every_case(compare, left, right, tuple(assumed), self.shapes, self.in_case)

    def in_case(self, expressions: Sequence[Expression], case: Mapping[str, int]) -> Sequence[Expression]:
        """What expressions with slopes and names of lists say where sizes and free indices are these numbers."""
        sizes = {size.value for each in self.shapes.values() for size in each if size.head == "name"}
        written = tuple([written_with(self.over_parts(each), case) for each in expressions])
        return self.in_numbers({letter: case[letter] for letter in sizes}).meaning(written)

    def over_parts(self, expression: Expression) -> Expression:
        """An expression with dL/dv*∂v/∂x for whole lists v as what it means: the sum over all parts of v."""
        def is_whole(part: Expression) -> bool:
            return part.head == "rate" and any(arg.head == "name" and arg.value in self.indices for arg in part.args)

        found: dict[Expression, Expression] = {}
        sizes = {letter for each in self.shapes.values() for size in each for letter in size.free}
        for part in postorder([expression]):
            if part.head == "product" and len(part.args) == 2 and all(map(is_whole, part.args)) and (
                    part.args[0].args[1] is part.args[1].args[0]):
                above, below = part.args
                line = above.args[1].value
                taken = part.free | below.args[1].free | sizes
                own: list[Expression] = []
                for _ in self.indices[line]:
                    own.append(unused_index(taken | {index.value for index in own}))
                total = multiply(node("rate", (above.args[0], indexed(line, *own)), above.value),
                                 node("rate", (indexed(line, *own), below.args[1]), below.value))
                for index, size in zip(reversed(own), reversed(self.shapes[line]), strict=True):
                    total = finite_sum(total, index, ONE, size)
                found[part] = total
        return replace(expression, found)

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
        slopes |= {part: self._with_values(part) if part.value == "∂" else self._whole_slope(*part.args)
                   for part in parts if part.head == "derivative" and part.args[1] in self.filled}
        return tuple([replace(side, {**self.filled, **slopes}) for side in equation])

    def cut(self, expressions: tuple[Expression, ...], letter: str) -> tuple[Expression, ...]:
        """Expressions with every name of a line replaced by what it says down to one name, which stays, and the
        inputs."""
        made = self._filled(without=letter)
        return tuple([replace(each, made) for each in expressions])

    def _whole_slope(self, above: Expression, variable: Expression, order: Expression = ONE) -> Expression:
        """The slope of a line by a name: as a function of that name alone, where the name has its value."""
        found = derivative(replace(above, self._filled(without=variable.value)), variable, order)
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


def _letters_in_order(root: Expression) -> list[str]:
    """The free names and lists of an expression, each once, in the order in which they first stand in it."""
    found: dict[str, None] = {}
    stack, seen = [root], set[Expression]()
    while stack:
        part = stack.pop()
        if part in seen:
            continue
        seen.add(part)
        if part.head in ("name", "indexed") and part.value in root.free:
            found[part.value] = None
        stack.extend(reversed(part.args))
    return list(found)


def with_indices(root: Expression, old: Indices, new: Indices) -> Expression:
    """An expression with other indices in place of these, all at once: of x_i*y_j with j, i for i, j it is x_j*y_i."""
    between = [name(f"?{place}") for place in range(len(old))]
    for index, other in (*zip(old, between, strict=True), *zip(between, new, strict=True)):
        root = substitute(root, index.value, other)
    return root


def is_given(statement: Expression) -> bool:
    """Whether a statement says what a sum of a list is, as for probabilities: sum_{i=1}^{n} y_i = 1."""
    return statement.head == "relation" and statement.value == "=" and statement.args[0].head == "finite_sum"


def graph_of(statements: Iterable[Expression], text: str) -> Graph:
    """The graph of lines such as z = w*x + b; `text` is where they stand, for what is said of an error.

    Raises NotationError for a line without a name, a name that is defined twice or used before its line; LimitError
    for too many lines.
    """
    lines: dict[str, Expression] = {}
    indices: dict[str, Indices] = {}
    given: list[Expression] = []
    used: dict[str, str] = {}
    for statement in statements:
        if is_given(statement):
            given.append(statement)
            continue
        if statement.head != "relation" or statement.value != "=" or statement.args[0].head not in (
                "name", "indexed"):
            raise refused(text, f"{statement} is no line of a graph. A line begins with its name, as in z = w*x + b.")
        left, right = statement.args
        line = left.value
        own = left.args if left.head == "indexed" else ()
        if len({*own}) < len(own) or any(index.head != "name" for index in own):
            raise refused(text, f"{line} is a list, and a line says what all of its parts are: with a letter of its "
                                "own for each index, as in z_i = ... or V_{ij} = ...")
        if line in lines:
            raise _refused_at(text, line, f"{line} has two lines. Give the second one another name.", last=True)
        if line in right.free:
            raise _refused_at(text, line, f"The line of {line} uses {line} itself. A line can use only what stands "
                                          "above it.")
        if line in used:
            user = used[line]
            if user in Graph({**lines, line: right}).reaching(line):
                raise _refused_at(text, user, f"The lines of {user} and {line} go round in a circle: each of them "
                                              "rests on the other. A line can use only what stands above it.")
            raise _refused_at(text, user, f"The line of {user} uses {line} before {line} is defined. Put the line of "
                                          f"{line} above it.")
        for letter in right.free - lines.keys():
            used.setdefault(letter, line)
        lines[line] = right
        if own:
            indices[line] = own
        if len(lines) > limits.LINES_OF_A_GRAPH:
            raise LimitError(f"A graph can have {limits.LINES_OF_A_GRAPH} lines, and the line of {line} is one more. "
                             "Put some lines into one another, or find the slopes of the last part of it first.")
    return Graph(lines, indices, _without_contradictions(given, lines, indices, text))


def _refused_at(text: str, line: str, message: str, last: bool = False) -> NotationError:
    """What is wrong with a line, at its place in the text if its name is found there. last: where it stands last."""
    places = [match.span("line") for match in re.finditer(
        rf"(?:^|[;\n,])\s*(?P<line>{re.escape(line)}\s*=[^;\n]*)", text)]
    if not places:
        return refused(text, message)
    start, end = places[-1 if last else 0]
    return NotationError(text, [Problem(message, start, end)])


def _without_contradictions(given: Iterable[Expression], lines: Mapping[str, Expression],
                            indices: Mapping[str, Indices], text: str) -> tuple[Expression, ...]:
    """What is given of sums, without what follows from the lines. Raises NotationError for what cannot hold."""
    letters = {letter for right in lines.values() for letter in right.free} | lines.keys()
    kept: dict[tuple[Expression, ...], Expression] = {}
    for statement in given:
        total, value = statement.args
        if not value.free.isdisjoint(letters):
            raise refused(text, f"{statement}: a sum can be given only as a number, and {value} stands on a line.")
        if not total.free.isdisjoint(lines):
            found = Graph(lines, indices).compare(Oracle().compare, statement.args)
            if found.outcome != "checked":
                surely = "do not say so" if found.outcome == "refuted" else "may not say so"
                raise refused(text, f"{statement} is about a list that has a line, and the lines {surely}. Only of a "
                                    "list without a line can a sum be given.")
            continue
        body, index, *bounds = total.args
        other = kept.setdefault((substitute(body, index.value, name("?")), *bounds), statement)
        if other.args[1] is not value:
            raise refused(text, f"Both {other} and {statement} are given, and only one of them can hold.")
    return tuple(kept.values())
