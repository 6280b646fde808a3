"""The slope of a loss by every name of a graph, each in the slopes by the lines that use that name.

    found = Adjoints(graph_of(parse("z = w*x; a = sigmoid(z); L = (a - y)^2").args, ""), "L", (name("w"),))
    found.adjoint("z").result       # dL/da*a*(1 - a), as a person writes it
    found.slope("z")                # 2*a*(1 - a)*(a - y), with that put in

A rule of `graph.rules` opens dL/dx into the slopes by the lines that use x, which are found already, and the slopes on
those lines, which the solver finds like any other derivative. The slope by a list is that by one part of it, dL/dz_k,
and holds for every k.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from tutor.derivation.derivation import STANDARD, Derivation
from tutor.derivation.graph import Graph, Indices, with_indices
from tutor.derivation.line_names import LineNames, alike
from tutor.derivation.solve import Solver
from tutor.derivation.strategy import by_shape, first_of
from tutor.expression.new_letters import letters_in
from tutor.expression.tree import ONE, Expression, derivative, indexed, name, node, postorder, replace, unused_index
from tutor.oracle.verdict import Oracle
from tutor.rules.building import Bindings
from tutor.rules.instance import RuleInstance, chosen_instance
from tutor.rules.rulebook import rulebook

_LONGEST = 200
"""The size up to which a slope is written without the slopes that it rests on."""

_MANY = 8
"""Terms of a line without a name from which on it is said once of all of them that they stay the same."""


def _with_many_terms(goal: Expression, fresh: Expression) -> RuleInstance | None:
    """The rule for a long sum most of which stays the same: a loss of 500 terms has 500 slopes on its line."""
    body, variable = goal.args[:2]
    if body.head != "sum" or sum(variable.value not in term.free for term in body.args) < _MANY:
        return None
    return by_shape("many_terms")(goal, fresh)


_ON_A_LINE = first_of(_with_many_terms, STANDARD)


class LocalSlope(NamedTuple):
    """∂v/∂x: what x does on the line of v. derivation: of the right side; result: with the names of lines for what they
    say."""

    rate: Expression
    derivation: Derivation
    result: Expression


class Adjoint(NamedTuple):
    """The slope of the loss by one name, dL/dx.

    instance: the rule that opens it; over_parts: those that say what it means for the lines that are lists; slopes:
    those on the lines that use x; opened: what the rules make of it; joined: the same with these in it; result: that in
    tidy form. The slopes by the lines, such as dL/dz, stay open in all of them.
    """

    rate: Expression
    instance: RuleInstance
    over_parts: tuple[RuleInstance, ...]
    slopes: tuple[LocalSlope, ...]
    opened: Expression
    joined: Expression
    result: Expression


class Adjoints:
    """The slopes of one line of a graph, the loss, by the names that are wanted and by all lines between.

    wanted: names, or parts of lists such as W_{ij}; names: what the lines say -> their names; order: the letters by
    which slopes are found, each after those that it rests on.
    """

    def __init__(self, graph: Graph, loss: str, wanted: tuple[Expression, ...],
                 places: Sequence[Expression] = ()) -> None:
        self.graph, self.loss = graph, loss
        self.wanted = tuple([part.value for part in wanted])
        self.parts = {part.value: part for part in wanted}
        self.solver = Solver(node("statements", (*graph.statements, *places)), _ON_A_LINE)
        self.tidy, self.oracle = self.solver.tidy, Oracle()  # one for all lines, which have their parts in common
        self.names = LineNames(graph, graph.reaching(loss), self.tidy)
        on_the_way = graph.reaching(loss)
        between = [line for line in reversed([*graph.lines])
                   if line in on_the_way and not graph.reaching(line).isdisjoint(self.wanted)]
        self.order = tuple(dict.fromkeys((loss, *between, *self.wanted)))
        self._adjoints: dict[str, Adjoint] = {}
        self._slopes: dict[str, Expression] = {}
        self._before_given: dict[str, Expression] = {}

    def part(self, letter: str) -> Expression:
        """The name by which a slope is found: a letter, or one part of a list."""
        return self.parts.get(letter) or self.graph.part(letter)

    def adjoint(self, letter: str) -> Adjoint:
        """The slope of the loss by one name, in the slopes by the lines that use it."""
        if letter not in self._adjoints:
            self._adjoints[letter] = self._adjoint(letter)
        return self._adjoints[letter]

    def _adjoint(self, letter: str) -> Adjoint:
        variable = self.part(letter)
        rate = node("rate", (name(self.loss), variable), "d")
        if letter == self.loss:
            rule = rulebook()["starts_at_one"]
            start = chosen_instance(rule, {rule.role("loss"): name(letter)}, self.solver.fresh)
            return Adjoint(rate, start, (), (), start.after, start.after, start.after)
        users = self.graph.users(letter, self.loss)
        lines = tuple(map(name, users))
        rule, uses = next((rule, uses) for rule in rulebook().values()
                          if (uses := rule.uses) is not None and uses.fits(len(users)))
        bindings: Bindings = {uses.of: variable, rule.role("loss"): name(self.loss)}
        if lines:
            bindings[uses.letter] = lines if uses.how_many == "each" else lines[0]
        instance = chosen_instance(rule, bindings, self.solver.fresh)
        own = {line: self._indices_beside(line, variable) for line in users}
        over_parts = tuple([self._over_parts(line, own[line], variable) for line in users if own[line]])
        opened = replace(instance.after, {each.before: each.after for each in over_parts})
        slopes = tuple([self._local_slope(indexed(line, *own[line]) if own[line] else name(line), variable)
                        for line in users])
        joined = replace(opened, {slope.rate: slope.result for slope in slopes} | {self.start: ONE})
        return Adjoint(rate, instance, over_parts, slopes, opened, joined, self.tidy(joined))

    def _indices_beside(self, line: str, variable: Expression) -> Indices:
        """Indices for all parts of a line, none of which stands in the variable or is the size of a list."""
        found: list[Expression] = []
        sizes = {letter for each in self.graph.shapes.values() for size in each for letter in size.free}
        for index in self.graph.indices.get(line, ()):
            taken = variable.free | {each.value for each in (*found, *self.graph.indices[line]) if each is not index}
            if index.value in taken:
                index = unused_index(taken | sizes | letters_in([self.graph.lines[line]]))
            found.append(index)
        return tuple(found)

    def _over_parts(self, line: str, own: Indices, variable: Expression) -> RuleInstance:
        rule = rulebook()["over_every_part" if len(own) == 1 else "over_every_entry"]
        letters = iter([letter for letter, sort in rule.letters.items() if sort == "new index"])
        above, below = rule.left.args
        return chosen_instance(rule, {
            **{next(letters): index for index in own},
            **dict(zip((rule.role("size"), rule.role("width")), self.graph.shapes[line], strict=False)),
            rule.letter("list"): name(line), above.args[0].value: name(self.loss), below.args[1].value: variable,
        }, self.solver.fresh)

    @cached_property
    def start(self) -> Expression:
        """dL/dL, which is 1."""
        return node("rate", (name(self.loss), name(self.loss)), "d")

    def without_start(self, expression: Expression) -> Expression:
        """An expression with 1 for dL/dL."""
        return replace(expression, {self.start: ONE})

    def _local_slope(self, line: Expression, variable: Expression) -> LocalSlope:
        problem = derivative(self.graph.says(line), variable, symbol="∂")
        derivation = Derivation(problem, self.solver, self.solver.solve(problem), (), "")
        derivation.oracle = self.oracle
        return LocalSlope(node("rate", (line, variable), "∂"), derivation, self.names.put_in(derivation.result))

    def slope(self, letter: str) -> Expression:
        """The slope of the loss by one name, written with the names of lines and inputs only, unless that is long."""
        for each in self.order:
            if each not in self._slopes:
                result = self.adjoint(each).result
                written = replace(result, self.found_in(result))
                self._before_given[each] = result if written.size > _LONGEST else self._named(written)
                self._slopes[each] = self.as_given(self._before_given[each])
            if each == letter:
                break
        return self._slopes[letter]

    def before_given(self, letter: str) -> Expression:
        """The same where nothing is given of sums."""
        self.slope(letter)
        return self._before_given[letter]

    def _named(self, slope: Expression) -> Expression:
        """A slope in tidy form, with the names of lines for what they say, which may make it shorter once more."""
        tidied = self.tidy(slope)
        named = self.names.put_in(tidied)
        return tidied if named is tidied else self.tidy(named)

    def as_given(self, expression: Expression) -> Expression:
        """An expression with what is given put in."""
        found = self.given_in(expression)
        return self.tidy(replace(expression, found)) if found else expression

    def given_in(self, expression: Expression) -> dict[Expression, Expression]:
        """The sums in an expression whose values are given."""
        return {part: given.args[1] for part in postorder([expression]) if part.head == "finite_sum"
                for given in self.graph.given if alike(part, given.args[0])}

    def found_in(self, expression: Expression) -> dict[Expression, Expression]:
        """The slopes in an expression that were found before, by what they are called there."""
        found: dict[Expression, Expression] = {}
        for part in postorder([expression]):
            if part.head == "rate" and part.args[1].value in self._slopes:
                variable = part.args[1]
                slope, known = self._slopes[variable.value], self.part(variable.value)
                found[part] = slope if variable is known else with_indices(slope, known.args, variable.args)
        return found
