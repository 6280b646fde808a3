"""A question whose answer tells several explanations of one mistake apart.

    telling_apart([[misconceptions()["exp_negative_sign"]], [misconceptions()["chain_inner_forgotten"]]])

It is the first example of the rulebook on which each explanation leads to different wrong answers, so that the
learner's answer shows which one it was.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from tutor.derivation.antiderivatives import comparable
from tutor.derivation.derivation import derive
from tutor.errors import TutorError
from tutor.expression.tree import Expression
from tutor.judge.wrong_turns import Replay, wherever_they_fit
from tutor.oracle.verdict import Oracle
from tutor.rules.rule import Rule
from tutor.rules.rulebook import misconceptions, rulebook

Explanation = Sequence[Rule]
"""The misconceptions that together explain an answer."""

MOST_TRIED = 40
"""Problems that are tried; the likely ones come first."""


def telling_apart(explanations: Sequence[Explanation]) -> Expression | None:
    """The first problem on which the explanations lead to the most different answers; None if all agree on all."""
    if len(explanations) < 2:
        return None
    best, most = None, 1
    for problem in islice(dict.fromkeys(_examples(explanations)), MOST_TRIED):
        try:
            replay = Replay(derive(problem))
        except TutorError:
            continue  # an integral, or what else the engine cannot solve
        apart = _apart([_answers(replay, explanation) for explanation in explanations])
        if apart > most:
            best, most = problem, apart
            if apart == len(explanations):
                break
    return best


def _examples(explanations: Sequence[Explanation]) -> Iterator[Expression]:
    """Problems to try, the likely ones first: of the misconceptions, of the rules they are unlike, of all others."""
    involved = [rule for explanation in explanations for rule in explanation]
    for rule in (*involved, *[rulebook()[rule.unlike] for rule in involved], *misconceptions().values()):
        if not rule.given and rule.uses is None:  # those are about equations and lines of graphs
            yield from rule.examples


def _answers(replay: Replay, explanation: Explanation) -> list[Expression]:
    """What may come out when these misconceptions are followed: wherever they fit, or at one place.

    The right result if they fit nowhere.
    """
    turns = list(replay.wrong_turns({rule.name for rule in explanation}))
    followed = [[turn] for turn in turns]
    everywhere = [turn for found in wherever_they_fit(turns).values() for turn in found]
    return list(dict.fromkeys(replay.answer(each) for each in (everywhere, *followed)))


def _apart(answers: Sequence[Sequence[Expression]]) -> int:
    """How many of the explanations have no answer in common with another one that was counted."""
    oracle = Oracle()
    kinds: list[Sequence[Expression]] = []
    for some in answers:
        if all(oracle.compare(*comparable(one, other)).outcome == "refuted"
               for others in kinds for other in others for one in some):
            kinds.append(some)
    return len(kinds)
