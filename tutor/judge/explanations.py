"""Which wrong rules give exactly this answer? One, at one place or wherever it fits; or two at once.

    case = Case(parse("d/dx sin(x^2)"), parse("cos(x^2)"))
    [[turn.rule.rule.name for turn in turns] for turns in by_one(case, case.turns)]
    # [["chain_inner_forgotten"]]

Every candidate is put together, nearly all are ruled out by their value at one point, and the oracle compares the rest
with the answer. An answer that says too little to tell a mistake from an accident is not explained.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations, islice

from tutor.derivation.antiderivatives import comparable
from tutor.derivation.derivation import shown_bindings
from tutor.derivation.step import Step
from tutor.expression.tree import ZERO, Expression
from tutor.judge.case import MOST_WORK, Case
from tutor.judge.diagnosis import Mistake
from tutor.judge.wrong_turns import WrongTurn, wherever_they_fit
from tutor.oracle.closer import agree
from tutor.oracle.screen import Screen
from tutor.rules.rulebook import rulebook

Turns = tuple[WrongTurn, ...]
"""Wrong turns that were taken together."""

MOST_PAIRS = 1_500
"""Pairs of wrong turns that are tried for one answer."""

MOST_EXPLANATIONS = 3

_TELLS_TWO, _SMALL = 4, 3
"""Sizes: many mistakes lead to 1 or to x, so an answer has to say enough to tell them from an accident. Two at once
need an answer of four numbers, names and operators if both are frequent, else of five; a single letter or number other
than 0 tells something where the result is short itself, where the mistake is a frequent one, or where it was made with
the problem as a whole."""


def by_one(case: Case, turns: list[WrongTurn]) -> list[Turns]:
    """The likeliest explanations by one misconception, at most MOST_EXPLANATIONS; none if nothing fits.

    turns: those that are tried, one by one and all of a misconception together.
    """
    return _likeliest(case, _once_or_always(case, turns)) if case.can_be_explained else []


def by_two(case: Case) -> list[Turns]:
    """The same by two misconceptions at once, one of them a frequent one."""
    if not case.can_be_explained or case.tidy_answer.size < _TELLS_TWO:
        return []
    showing = [turn for turn in case.turns if turn.only_in is None and _shows(case, turn)]
    showing.sort(key=lambda turn: not turn.is_frequent)  # those of a frequent one first: the others are guesses
    short = case.tidy_answer.size == _TELLS_TWO
    pairs = (pair for pair in combinations(showing, 2) if pair[0].goal is not pair[1].goal
             and pair[0].is_frequent and (pair[1].is_frequent or not short))
    tried = islice(pairs, min(MOST_PAIRS, MOST_WORK // case.size))
    return _likeliest(case, ((pair, case.replay.answer(pair)) for pair in tried))


def mistakes(case: Case, turns: Turns) -> tuple[Mistake, ...]:
    """An explanation as it is shown: each wrong turn with its rules, its place and what the letters stand for."""
    steps: dict[Expression, Step] = {}
    for step in case.derivation.steps if case.derivation is not None else ():
        steps.setdefault(step.before, step)
    everywhere = len({turn.rule.rule.name for turn in turns}) < len(turns)
    return tuple(
        Mistake(turn.rule.rule, rulebook()[turn.rule.rule.unlike], shown_bindings(turn.rule.rule, turn.bindings),
                turn.redex, turn.after, steps.get(turn.goal.problem), everywhere, _inside(case, turn))
        for turn in turns)


def _inside(case: Case, turn: WrongTurn) -> tuple[str, Expression] | None:
    """The letter of a substitution and what it stands for, where the wrong turn was made on the outside alone."""
    fresh = case.replay.solver.fresh
    parents = case.replay.parents.get(turn.goal, [])
    if turn.goal.problem.args[1:2] != (fresh,) or len(parents) != 1:
        return None
    inside = parents[0].bindings.get("g")
    return (fresh.value, inside) if isinstance(inside, Expression) else None


# -- candidates ------------------------------------------------------------------------------------------------------


def _once_or_always(case: Case, turns: list[WrongTurn]) -> Iterator[tuple[Turns, Expression]]:
    """Each wrong rule at one place, and wherever it fits, with what the problem then comes to."""
    replay = case.replay
    tells = case.tidy_answer.size > 1 or case.tidy_answer is ZERO or case.expected.size <= _SMALL
    for turn in turns:
        if tells or turn.is_frequent or turn.goal is replay.root:
            yield (turn,), replay.answer((turn,))
    again = any(goal.continued is not None for goal in replay.parents)
    for together in wherever_they_fit(turns).values():
        if len(together) > 1:
            yield together, replay.answer(together)
        made = replay.followed_throughout(together[0].rule) if again and together[0].outcome is None else None
        if made is not None:
            yield together, made


def _shows(case: Case, turn: WrongTurn) -> bool:
    """Whether the wrong turn changes the value at all."""
    return case.screen.differs(case.comparable(case.replay.answer([turn])), case.wanted)


def _is_the_answer(case: Case, turns: Turns, made: Expression) -> bool:
    """Whether the answer is what came of these wrong turns."""
    if case.prepared.is_left_open(made):
        if not all(case.replay.is_main(turn.goal) for turn in turns):
            return False  # an integral that is differentiated again is no integral any more
        made, answer = comparable(made, case.answer, case.problem.args[1] if case.asks_for_antiderivative else None)
        return Screen(answer, made, case.oracle).may_equal(made) and agree(case.oracle, made, answer)
    made = case.comparable(made)
    return case.screen.may_equal(made) and agree(case.oracle, made, case.compared)


# -- the likeliest -------------------------------------------------------------------------------------------------


def _likeliest(case: Case, candidates: Iterable[tuple[Turns, Expression]]) -> list[Turns]:
    """Of the candidates that give exactly this answer: frequent errors, then one for each sound rule missed."""
    found: dict[frozenset[str], Turns] = {}
    for turns, made in candidates:
        names = frozenset(turn.rule.rule.name for turn in turns)
        if names not in found and _is_the_answer(case, turns, made):
            found[names] = turns
    ranked = sorted(_read_as_written(list(found.values())), key=_rank)
    missed: dict[str, Turns] = {}
    for turns in ranked:
        missed.setdefault(turns[0].rule.rule.unlike, turns)
    first = [turns for turns in ranked if turns[0].is_frequent]
    if len(first) > MOST_EXPLANATIONS:
        first = [turns for turns in first if turns in missed.values()]
    chosen = first + [turns for turns in missed.values() if turns not in first]
    chosen += [turns for turns in ranked if turns not in chosen]
    return sorted(chosen[:MOST_EXPLANATIONS], key=_rank)


def _read_as_written(found: list[Turns]) -> list[Turns]:
    """The explanations without those that swap factors or terms where one that takes them as written says as much.

    The first term of the product rule is missing, or the second one: which it is depends on what is called f alone.
    """
    written = {(turns[0].goal, turns[0].rule.rule.unlike) for turns in found if not turns[0].is_turned}
    return [turns for turns in found
            if not turns[0].is_turned or (turns[0].goal, turns[0].rule.rule.unlike) not in written]


def _rank(turns: Turns) -> tuple[bool, bool, bool, int]:
    """The likelier, the lower: fewer kinds of mistake, a frequent one, calculus before algebra, the more special."""
    kinds = {turn.rule.rule.name for turn in turns}
    rule = turns[0].rule.rule
    return len(kinds) > 1, not turns[0].is_frequent, turns[0].outcome is not None, -rule.left.size
