"""What the slope of a loss by one name of a graph comes to with one mistake: about the paths, or on a single line.

    found = solved_on_graph(parse("z = w*x; L = (z - 1)^2; dL/dz"))
    [(wrong.mistake.rule.name, str(wrong.joined)) for wrong in wrong_slopes(found.adjoints, "z")]
    # [("mse_factor_two_lost", "1*(z - 1)"), ("chain_inner_forgotten", "1*(2*z - 2)"), ...]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tutor.derivation.adjoints import Adjoints
from tutor.derivation.wrong_paths import wrong_paths
from tutor.errors import TutorError
from tutor.expression.tree import ONE, Expression, replace
from tutor.judge.diagnosis import Mistake
from tutor.judge.wrong_turns import Replay
from tutor.rules.restate import shown_bindings
from tutor.rules.rule import Rule
from tutor.rules.rulebook import misconceptions, rulebook

_MOST_TURNS = 60
"""Wrong turns that are tried on one line."""


class WrongSlope(NamedTuple):
    """A mistake and what it makes of a slope, in which the slopes by the lines, such as dL/dz, stay open. line: the
    slope on one line in which it was made, such as ∂a/∂z; None if it is about the paths."""

    mistake: Mistake
    joined: Expression
    line: Expression | None = None


def wrong_slopes(adjoints: Adjoints, letter: str, own: Sequence[Rule] = ()) -> Iterator[WrongSlope]:
    """Mistakes in the slope by one name, those about the paths first. own: misconceptions of a lesson's own."""
    adjoint = adjoints.adjoint(letter)
    for wrong in wrong_paths(adjoints, letter, (*own, *misconceptions().values())):
        rule, bindings = wrong.rule, shown_bindings(wrong.rule, wrong.instance.bindings)
        yield WrongSlope(Mistake(rule, rulebook()[rule.unlike], bindings, adjoint.rate, wrong.instance.after, None,
                                 everywhere=False), wrong.joined)
    right = {slope.rate: slope.result for slope in adjoint.slopes}
    for slope in adjoint.slopes:
        replay = Replay(slope.derivation, own)
        for number, turn in enumerate(replay.wrong_turns()):
            if number == _MOST_TURNS:
                break
            try:
                answer = replay.tidy(replay.answer([turn]))
            except TutorError:
                continue  # with some wrong rules there is no way to an end
            joined = replace(adjoint.opened, {**right, slope.rate: answer, adjoints.start: ONE})
            mistake = Mistake(turn.rule, rulebook()[turn.rule.unlike],
                              shown_bindings(turn.rule, turn.instance.bindings), turn.redex, turn.after, None,
                              everywhere=False)
            yield WrongSlope(mistake, joined, slope.rate)
