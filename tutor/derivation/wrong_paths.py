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
from tutor.expression.tree import ONE, Expression, name, postorder, rebuilt, substitute
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
    for rule in misconceptions().values() if rules is None else rules:
        if rule.uses is None or not lines or not rule.uses.fits(len(lines)):
            continue
        for bound in _bound(rule.uses.how_many, lines):
            bindings: Bindings = {rule.uses.of: name(letter), rule.role("loss"): name(adjoints.loss),
                                  rule.uses.letter: bound}
            instance = chosen_instance(rule, bindings, adjoints.solver.fresh)
            yield WrongPath(instance, _joined(instance.after, adjoint, adjoints))


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
