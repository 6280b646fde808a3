"""Wrong rules on the lines of a graph: what the slope by a name would be if one of them were followed.

    found = solved_on_graph(parse("u = x^2; v = x*u; L = v + sin(u); dL/dx"))
    [(wrong.rule.name, str(wrong.joined)) for wrong in wrong_paths(found.adjoints, "x")]
    # [("paths_multiplied", "(dL/du*(2*x))*(dL/dv*u)"), ("only_one_path", "dL/du*(2*x)"), ...]
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import NamedTuple

from tutor.derivation.adjoints import Adjoint, Adjoints
from tutor.derivation.graph import with_indices
from tutor.expression.tree import (
    ONE,
    Expression,
    indexed,
    name,
    node,
    postorder,
    rebuilt,
    replace,
    substitute,
)
from tutor.rules.building import Bindings
from tutor.rules.instance import RuleInstance, chosen_instance
from tutor.rules.rule import Rule
from tutor.rules.rulebook import misconceptions


class WrongPath(NamedTuple):
    """A wrong rule about the slope by one name. instance: the rule and what its letters stand for; joined: its right
    side with the slopes on the lines put in, while those by lines, such as dL/dz, stay open."""

    instance: RuleInstance
    joined: Expression

    @property
    def rule(self) -> Rule:
        """The misconception itself."""
        return self.instance.rule


def wrong_paths(adjoints: Adjoints, letter: str, rules: Iterable[Rule] | None = None) -> Iterator[WrongPath]:
    """What wrong rules make of the slope by a name; rules: those that are tried, if not all of the rulebook."""
    adjoint = adjoints.adjoint(letter)
    lines = tuple(slope.rate.args[0] for slope in adjoint.slopes)
    if [line.value for line in lines] == [adjoints.loss]:
        return  # nothing comes from above there, and a mistake can only be one on the line itself
    names = tuple([name(line.value) for line in lines])
    for rule in misconceptions().values() if rules is None else rules:
        if rule.uses is None and "lists" in rule.tags:
            yield from _over_too_few_parts(rule, adjoint, adjoints)
        if rule.uses is None or not lines or not rule.uses.fits(len(lines)):
            continue
        for bound in _bound(rule.uses.how_many, names):
            bindings: Bindings = {rule.uses.of: adjoints.part(letter), rule.role("loss"): name(adjoints.loss),
                                  rule.uses.letter: bound}
            instance = chosen_instance(rule, bindings, adjoints.solver.fresh)
            over_parts = {each.before: each.after for each in adjoint.over_parts}
            after = replace(instance.after, over_parts) if over_parts else instance.after
            if not _has_whole_lists(after, adjoints):
                yield WrongPath(instance, _joined(after, adjoint, adjoints))


def _over_too_few_parts(rule: Rule, adjoint: Adjoint, adjoints: Adjoints) -> Iterator[WrongPath]:
    """What a wrong rule makes of the sum over all parts of a list: it looks at one of them only."""
    variable = adjoint.rate.args[1]
    for right in adjoint.over_parts:
        line = right.before.args[0].args[1]
        if len(adjoints.graph.indices[line.value]) != 1 or len(variable.args) != 1 or (
                adjoints.graph.shapes[line.value] != adjoints.graph.shapes[variable.value]):
            continue
        above, below = rule.left.args
        part = below.args[1]
        instance = chosen_instance(rule, {
            above.args[0].value: name(adjoints.loss), above.args[1].value: line, part.value: name(variable.value),
            part.args[0].value: variable.args[0]}, adjoints.solver.fresh)
        after = replace(adjoint.opened, {right.after: instance.after})
        slopes = {}
        for slope in adjoint.slopes:
            own = slope.rate.args[0]
            place = indexed(own.value, *variable.args)
            if own.value == line.value:
                slopes[node("rate", (place, variable), slope.rate.value)] = with_indices(
                    slope.result, own.args, place.args)
            slopes[slope.rate] = slope.result
        yield WrongPath(instance, replace(after, {**slopes, adjoints.start: ONE}))


def _has_whole_lists(expression: Expression, adjoints: Adjoints) -> bool:
    """Whether the letter of a list stands alone somewhere, so that a rule about numbers says nothing of it."""
    return any(part.head == "name" and part.value in adjoints.graph.shapes for part in postorder([expression]))


def _bound(how_many: str, lines: tuple[Expression, ...]) -> list[tuple[Expression, ...]] | list[Expression]:
    """What the letter for the lines can stand for: all of them, all but one, or each single one."""
    if how_many == "each":
        return [lines]
    return [*combinations(lines, len(lines) - 1)] if how_many == "all but one" else [*lines]


def _joined(after: Expression, adjoint: Adjoint, adjoints: Adjoints) -> Expression:
    """The right side with the slopes on the lines for ∂v/∂x. They are written in inputs, as one of them may be taken at
    another value, and only then with the names of lines."""
    done: dict[Expression, Expression] = {slope.rate: slope.derivation.result for slope in adjoint.slopes}
    done[adjoints.start] = ONE
    for part in postorder([after]):
        if part not in done:
            args = tuple([done.get(arg, arg) for arg in part.args])
            done[part] = substitute(args[0], args[1].value, args[2]) if part.head == "at" else rebuilt(part, args)
    return done[after]
