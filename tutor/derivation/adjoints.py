"""The slope of a loss by every name of a graph, each in the slopes by the lines that use that name.

    found = Adjoints(graph_of(parse("z = w*x; a = sigmoid(z); L = (a - y)^2").args, ""), "L", ("w",))
    found.adjoint("z").result       # dL/da*a*(1 - a), as a person writes it
    found.slope("z")                # 2*a*(1 - a)*(a - y), with that put in

A rule of `graph.rules` opens dL/dx into the slopes by the lines that use x, which are found already, and the slopes on
those lines, which the solver finds like any other derivative.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from tutor.derivation.derivation import STANDARD, Derivation
from tutor.derivation.graph import Graph
from tutor.derivation.solve import Solver
from tutor.expression.tree import ONE, Expression, derivative, name, node, replace
from tutor.rules.building import Bindings
from tutor.rules.instance import RuleInstance, chosen_instance
from tutor.rules.rulebook import rulebook

_LONGEST = 200
"""The size up to which a slope is written without the slopes that it rests on."""


class LocalSlope(NamedTuple):
    """∂v/∂x: what x does on the line of v. derivation: of the right side; result: with the names of lines for what they
    say."""

    rate: Expression
    derivation: Derivation
    result: Expression


class Adjoint(NamedTuple):
    """The slope of the loss by one name, dL/dx.

    instance: the rule that opens it; slopes: those on the lines that use x; joined: the right side with these in it;
    result: the same in tidy form. The slopes by the lines, such as dL/dz, stay open in both.
    """

    rate: Expression
    instance: RuleInstance
    slopes: tuple[LocalSlope, ...]
    joined: Expression
    result: Expression


class Adjoints:
    """The slopes of one line of a graph, the loss, by the names that are wanted and by all lines between.

    names: what a line says -> its name; order: the names by which slopes are found, each after those that it rests on.
    """

    def __init__(self, graph: Graph, loss: str, wanted: tuple[str, ...], places: Sequence[Expression] = ()) -> None:
        self.graph, self.loss, self.wanted = graph, loss, wanted
        self.solver = Solver(node("statements", (*graph.statements, *places)), STANDARD)
        self.tidy = self.solver.tidy
        on_the_way = graph.reaching(loss)
        self.names = {form: name(line) for line, right in graph.lines.items() if line in on_the_way and right.args
                      for form in (right, self.tidy(right))}
        between = [line for line in reversed([*graph.lines])
                   if line in on_the_way and not graph.reaching(line).isdisjoint(wanted)]
        self.order = tuple(dict.fromkeys((loss, *between, *wanted)))
        self._adjoints: dict[str, Adjoint] = {}
        self._slopes: dict[str, Expression] = {}

    def adjoint(self, letter: str) -> Adjoint:
        """The slope of the loss by one name, in the slopes by the lines that use it."""
        if letter not in self._adjoints:
            self._adjoints[letter] = self._adjoint(letter)
        return self._adjoints[letter]

    def _adjoint(self, letter: str) -> Adjoint:
        rate = node("rate", (name(self.loss), name(letter)), "d")
        if letter == self.loss:
            rule = rulebook()["starts_at_one"]
            start = chosen_instance(rule, {rule.role("loss"): name(letter)}, self.solver.fresh)
            return Adjoint(rate, start, (), start.after, start.after)
        users = self.graph.users(letter, self.loss)
        lines = tuple(map(name, users))
        rule, uses = next((rule, uses) for rule in rulebook().values()
                          if (uses := rule.uses) is not None and uses.fits(len(users)))
        bindings: Bindings = {uses.of: name(letter), rule.role("loss"): name(self.loss)}
        if lines:
            bindings[uses.letter] = lines if uses.how_many == "each" else lines[0]
        opened = chosen_instance(rule, bindings, self.solver.fresh)
        slopes = tuple(self._local_slope(line, name(letter)) for line in lines)
        joined = replace(opened.after, {slope.rate: slope.result for slope in slopes} | {self.start: ONE})
        return Adjoint(rate, opened, slopes, joined, self.tidy(joined))

    @cached_property
    def start(self) -> Expression:
        """dL/dL, which is 1."""
        return node("rate", (name(self.loss), name(self.loss)), "d")

    def without_start(self, expression: Expression) -> Expression:
        """An expression with 1 for dL/dL."""
        return replace(expression, {self.start: ONE})

    def _local_slope(self, line: Expression, variable: Expression) -> LocalSlope:
        problem = derivative(self.graph.lines[line.value], variable, symbol="∂")
        derivation = Derivation(problem, self.solver, self.solver.solve(problem), (), "")
        return LocalSlope(node("rate", (line, variable), "∂"), derivation, replace(derivation.result, self.names))

    def slope(self, letter: str) -> Expression:
        """The slope of the loss by one name, written with the names of lines and inputs only, unless that is long."""
        for each in self.order:
            if each not in self._slopes:
                result = self.adjoint(each).result
                written = replace(result, self.found)
                self._slopes[each] = result if written.size > _LONGEST else self._named(written)
            if each == letter:
                break
        return self._slopes[letter]

    def _named(self, slope: Expression) -> Expression:
        """A slope in tidy form, with the names of lines for what they say, which may make it shorter once more."""
        tidied = self.tidy(slope)
        named = replace(tidied, self.names)
        return tidied if named is tidied else self.tidy(named)

    @property
    def found(self) -> dict[Expression, Expression]:
        """The slopes found so far, by what they are called."""
        return {self._adjoints[letter].rate: slope for letter, slope in self._slopes.items()}
