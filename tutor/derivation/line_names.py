"""What the lines of a graph say, called by the names of the lines.

    names = LineNames(graph, {"p", "z", "L"}, tidy)         # p_i = e^(z_i)/sum_j e^(z_j)
    names.put_in(parse("y_k*e^(z_k)/sum_j e^(z_j)"))        # y_k*p_k
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping
from itertools import permutations
from typing import NamedTuple

from tutor.derivation.graph import Graph
from tutor.expression.tree import (
    ONE,
    Expression,
    indexed,
    multiply,
    name,
    negate,
    number,
    postorder,
    power,
    rebuilt,
    replace,
    substitute,
)
from tutor.rules.rule import Rule
from tutor.rules.rulebook import rulebook

_MOST_INDICES = 8
"""Indices of an expression up to which it is seen whether it is part of a line that is a list."""


class Naming(NamedTuple):
    """rule: which rule says it; bindings: what its letters stand for; form: what stands there; named: what takes its
    place; after: what the whole comes to."""

    rule: Rule
    bindings: Mapping[str, Expression]
    form: Expression
    named: Expression
    after: Expression


class LineNames:
    """graph: whose lines; on_the_way: the names of those that count; tidy: of the derivation; varying: the line that is
    differentiated by, and so is not what its line says."""

    def __init__(self, graph: Graph, on_the_way: Container[str], tidy: Callable[[Expression], Expression],
                 varying: str = "") -> None:
        self.graph, self.tidy, self.varying = graph, tidy, varying
        self.lines = [line for line in graph.lines if line in on_the_way and line != varying]
        self.scalars = {form: name(line) for line in self.lines if line not in graph.indices and graph.lines[line].args
                        for form in (graph.lines[line], tidy(graph.lines[line]))}
        self._forms: dict[Expression, tuple[Expression, ...]] = {}

    def put_in(self, expression: Expression) -> Expression:
        """An expression with the names of lines for what they say."""
        for naming in self.namings(expression):
            expression = naming.after
        return expression

    def namings(self, expression: Expression) -> Iterator[Naming]:
        """What is called by a name, one thing after the other."""
        if expression.size == 1:
            return
        parts = set(postorder([expression]))
        for form, scalar in self.scalars.items():
            if form in parts:
                named = replace(expression, {form: scalar})
                yield _by_its_name(form, scalar, named)
                expression, parts = named, set(postorder([named]))
        for naming in self._radicands(expression):
            yield naming
            expression = naming.after
        for line in self.lines:
            if line not in self.graph.indices:
                continue
            for form, place in self._whole(expression, line):
                if (named := replace(expression, {form: place})) is not expression:
                    yield _by_its_name(form, place, named)
                    expression = named
            for naming in self._numerators(expression, line):
                yield naming
                expression = naming.after
        for naming in self._numbers(expression):
            if naming.after.size < expression.size:
                yield naming
                expression = naming.after

    def _whole(self, expression: Expression, line: str) -> Iterator[tuple[Expression, Expression]]:
        """The parts of an expression that are what a list says at some place, and that place."""
        heads = {form.head for form in self._forms_at(self.graph.part(line))}
        for part in list(postorder([expression])):
            if part.head in heads:
                for place in _places(part, line, len(self.graph.indices[line])):
                    if any(alike(part, form) for form in self._forms_at(place)):
                        yield part, place

    def _numerators(self, expression: Expression, line: str) -> list[Naming]:
        """The parts of an expression that are, perhaps with the other sign, the numerator of a list that is a
        fraction, if the whole is shorter with its name."""
        if self.tidy(self.graph.lines[line]).head != "quotient":
            return []
        found: dict[Expression, tuple[str, Expression]] = {}
        for part in postorder([self._without_denominators(expression, line)]):
            for place in _places(part, line, len(self.graph.indices[line])) if part.args else ():
                above, below = self.tidy(self.graph.says(place)).args
                if alike(part, above):
                    found[part] = "by_its_numerator", multiply(place, below)
                elif alike(part, self.tidy(negate(above))):
                    found[part] = "by_its_numerator_turned", negate(multiply(place, below))
        after = self.tidy(replace(expression, {form: named for form, (_, named) in found.items()}))
        if after.size >= expression.size:
            return []
        namings: list[Naming] = []
        for form, (rule_name, named) in found.items():
            expression = after if len(namings) == len(found) - 1 else replace(expression, {form: named})
            namings.append(_by_numerator(rule_name, form, named, expression))
        return namings

    def _without_denominators(self, expression: Expression, line: str) -> Expression:
        """An expression without the parts that are the denominator of a list that is a fraction: their own parts are no
        numerators."""
        below = self.tidy(self.graph.lines[line]).args[1]
        own = {index.value for index in self.graph.indices[line]}
        return expression if not below.free.isdisjoint(own) else replace(
            expression, {part: ONE for part in postorder([expression]) if alike(part, below)})

    def _radicands(self, expression: Expression) -> list[Naming]:
        """The parts of an expression that are what stands below the root of a line, or a power of that, if the whole is
        shorter with its name."""
        namings: list[Naming] = []
        for form, scalar in self.scalars.items():
            below = form.args[0] if form.head == "sqrt" else None
            if below is None or not below.args or not below.free <= expression.free:
                continue
            found: dict[Expression, tuple[str, Expression]] = {}
            for part in postorder([expression]):
                if part.head == "power" and part.args[0] is below and part.args[1].head in ("number", "quotient"):
                    found[part] = "by_its_root", self.tidy(power(scalar, multiply(number(2), part.args[1])))
            found[below] = "by_its_square", power(scalar, number(2))
            after = self.tidy(replace(expression, {part: named for part, (_, named) in found.items()}))
            if after.size >= expression.size:
                continue
            for part, (rule_name, named) in found.items():
                if (whole := replace(expression, {part: named})) is not expression:
                    rule = rulebook()[rule_name]
                    ((called, says),) = rule.definitions
                    letters = {says.args[0].value: below, called: scalar}
                    if rule.left.head == "power":
                        letters[rule.left.args[1].value] = part.args[1]
                    namings.append(Naming(rule, letters, part, named, whole))
                    expression = whole
            namings[-1] = namings[-1]._replace(after=after)
            expression = after
        return namings

    def _numbers(self, expression: Expression) -> Iterator[Naming]:
        """The sums over lists of the graph that are one number whatever its inputs are: deviations from a mean add up
        to 0."""
        rule = rulebook()["as_the_lines_say"]
        ((called, says),) = rule.definitions
        for part in list(postorder([expression])):
            if part.head == "finite_sum" and not part.args[0].free.isdisjoint(self.lines):
                value = self.tidy(self.graph.written_out(part, self.varying))
                if value.head == "number":
                    yield Naming(rule, {says.value: part, called: value}, part, value,
                                 self.tidy(replace(expression, {part: value})))

    def _forms_at(self, place: Expression) -> tuple[Expression, ...]:
        if place not in self._forms:
            says = self.graph.says(place)
            self._forms[place] = tuple(form for form in (says, self.tidy(says)) if form.args)
        return self._forms[place]


def _by_its_name(form: Expression, place: Expression, after: Expression) -> Naming:
    rule = rulebook()["by_its_name"]
    ((called, says),) = rule.definitions
    return Naming(rule, {says.value: form, called: place}, form, place, after)


def _by_numerator(rule_name: str, form: Expression, named: Expression, after: Expression) -> Naming:
    rule = rulebook()[rule_name]
    ((called, says),) = rule.definitions
    place, below = (named.args[0] if named.head == "negation" else named).args
    above = says.args[0].args[0] if says.args[0].head == "negation" else says.args[0]
    return Naming(rule, {above.value: form, called: place, says.args[1].value: below}, form, named, after)


def _places(part: Expression, line: str, count: int) -> Iterator[Expression]:
    """The places of a list at which an expression could be what it says: its own indices stand in the expression."""
    indices = dict.fromkeys(index for each in postorder([part]) if each.head == "indexed" for index in each.args
                            if index.head == "number" or index.value in part.free)
    if count <= len(indices) <= _MOST_INDICES:
        for some in permutations(indices, count):
            yield indexed(line, *some)


def alike(one: Expression, other: Expression) -> bool:
    """Whether two expressions are the same but for what the indices of their sums are called."""
    return one is other or (one.head == other.head and one.size == other.size and one.free == other.free and
                            _numbered(one) is _numbered(other))


def _numbered(root: Expression) -> Expression:
    """An expression with numbers for the indices of its sums, from the inside out."""
    done: dict[Expression, tuple[Expression, int]] = {}
    for part in postorder([root]):
        args = [done[arg] for arg in part.args]
        depth = max((each for _, each in args), default=0)
        made = rebuilt(part, tuple([arg for arg, _ in args]))
        if part.head == "finite_sum":
            depth += 1
            body, index, lower, upper = made.args
            other = name(f"?{depth}")
            made = rebuilt(made, (substitute(body, index.value, other), other, lower, upper))
        done[part] = made, depth
    return done[root][0]
