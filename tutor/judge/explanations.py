"""Which wrong rules give exactly this answer? One, at one place or wherever it fits; or two at once.

    case = Case(parse("d/dx sin(x^2)"), parse("cos(x^2)"))
    [[turn.rule.name for turn in turns] for turns in by_one(case, case.turns)]
    # [["chain_inner_forgotten"]]

Every candidate is put together, nearly all are ruled out by their value at one point, and the oracle compares the rest
with the answer. An answer that says too little to tell a mistake from an accident is not explained.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import combinations, islice

from tutor.derivation.antiderivatives import comparable
from tutor.derivation.ratio import ratio
from tutor.derivation.step import Step
from tutor.expression.tree import ZERO, Expression, postorder, substitute
from tutor.judge.case import MOST_WORK, Case, is_infinite
from tutor.judge.diagnosis import Mistake
from tutor.judge.wrong_turns import OF_A_PLACE, WrongTurn, wherever_they_fit
from tutor.oracle.closer import agree
from tutor.oracle.screen import Screen
from tutor.rules.instance import instance_of
from tutor.rules.restate import shown_bindings
from tutor.rules.rule import Rule
from tutor.rules.rulebook import rulebook

Turns = tuple[WrongTurn, ...]
"""Wrong turns that were taken together."""

MOST_PAIRS = 1_500
"""Pairs of wrong turns that are tried for one answer."""

_SOLVED_ANEW = 50
"""How much more work it is to solve the problem again for a candidate than to try it."""

_MOST_INTEGRATED_ANEW = 12
"""Misconceptions with which an integral is solved again: that is a search."""

MOST_EXPLANATIONS = 3

_TELLS_TWO, _SMALL = 4, 3
"""Sizes: many mistakes lead to 1 or to x, so an answer has to say enough to tell them from an accident. Two at once
need an answer of four numbers, names and operators if both are frequent, else of five; a shorter one tells enough if a
function of the result stands in it, as sin(3x) in −3sin(3x). A single letter or number other than 0 tells something
where the result is short itself, where the mistake is a frequent one, or where it was made with the problem as a
whole."""

_PLAIN = frozenset(("number", "name", "constant", "sum", "product", "quotient", "negation"))
"""Heads that many results have in common."""


def by_one(case: Case, turns: list[WrongTurn]) -> list[Turns]:
    """The likeliest explanations by one misconception, at most MOST_EXPLANATIONS; none if nothing fits.

    turns: those that are tried, one by one and all of a misconception together.
    """
    return _likeliest(case, _once_or_always(case, turns)) if case.can_be_explained else []


def by_one_again(case: Case) -> list[Turns]:
    """The same where what came out wrong was worked with again, and was wrong each time: in a second derivative, or in
    integration by parts, where the integral that is left depends on the one found first."""
    if not case.can_be_explained or not says_enough(case):
        return []
    fitting = [turn for turn in case.turns if turn.outcome is None and turn.only_in is None and not turn.is_turned]
    places: list[tuple[WrongTurn, Expression | None]]
    if case.asks_for_integral:
        followed = {turn.rule: turn for turn in fitting if case.replay.is_built_upon(turn.goal)
                    and (turn.is_frequent or turn.rule.left.head == "integral")}  # others make the search run on
        likeliest = sorted(followed.values(), key=lambda turn: not turn.is_frequent)
        places = [(turn, None) for turn in likeliest[:_MOST_INTEGRATED_ANEW]]
    elif case.replay.is_differentiated_again():
        places = [(turn, turn.goal.problem) for turn in fitting[:MOST_WORK // (case.size * _SOLVED_ANEW)]]
    else:
        return []
    solved = (((turn,), case.replay.followed_throughout(turn.rule, place)) for turn, place in places)
    return _likeliest(case, ((turns, made) for turns, made in solved if made is not None))


def by_two(case: Case) -> list[Turns]:
    """The same by two misconceptions at once, one of them a frequent one; both if the answer is short."""
    short = case.tidy_answer.size <= _TELLS_TWO
    if not case.can_be_explained or (case.tidy_answer.size < _TELLS_TWO and not _has_a_function_of_the_result(case)):
        return []
    showing = [turn for turn in case.turns
               if turn.only_in is None and not _is_on_the_way(case, turn) and _shows(case, turn)]
    showing.sort(key=lambda turn: not turn.is_frequent)  # those of a frequent one first: the others are guesses
    pairs = [pair for pair in combinations(showing, 2) if pair[0].goal is not pair[1].goal
             and pair[0].is_frequent and (pair[1].is_frequent or not short)]
    tried = islice([*_both_everywhere(showing), *pairs], min(MOST_PAIRS, MOST_WORK // case.size))
    found = _likeliest(case, ((turns, case.replay.answer(turns)) for turns in tried))
    return _without_a_common_half(found)


def _has_a_function_of_the_result(case: Case) -> bool:
    parts = {part for part in postorder([case.expected]) if part.head not in _PLAIN}
    return not parts.isdisjoint(postorder([case.tidy_answer]))


def _both_everywhere(showing: list[WrongTurn]) -> Iterator[Turns]:
    """Two frequent misconceptions at once, each wherever it fits and at several places in all."""
    frequent = wherever_they_fit(turn for turn in showing if turn.is_frequent)
    for first, second in combinations(frequent.values(), 2):
        goals = {turn.goal for turn in first}
        if len(first) + len(second) > 2 and not any(turn.goal in goals for turn in second):
            yield *first, *second


def _without_a_common_half(found: list[Turns]) -> list[Turns]:
    """The explanations without those that differ from a likelier one in one of two misconceptions only."""
    kept: list[Turns] = []
    for turns in found:
        names = {turn.rule.name for turn in turns}
        if not any(names & {turn.rule.name for turn in likelier} for likelier in kept):
            kept.append(turns)
    return kept


def mistakes(case: Case, turns: Turns) -> tuple[Mistake, ...]:
    """An explanation as it is shown: each wrong turn with its rules, its place and what the letters stand for."""
    steps: dict[Expression, Step] = {}
    for step in case.derivation.steps if case.derivation is not None else ():
        steps.setdefault(step.before, step)
    times = Counter(turn.rule.name for turn in turns)
    return tuple(
        Mistake(turn.rule, _sound(case, turn), shown_bindings(turn.rule, turn.instance.bindings), turn.redex,
                turn.after, steps.get(turn.goal.problem), times[turn.rule.name] > 1, _inside(case, turn),
                _is_on_the_way(case, turn))
        for turn in turns)


def _sound(case: Case, turn: WrongTurn) -> Rule:
    """The sound rule to be shown beside a wrong one: what fits a wrong operation depends on what it was done to."""
    rule, goal = turn.rule, turn.goal
    if OF_A_PLACE.isdisjoint(rule.tags):
        return rulebook()[rule.unlike]
    while goal.rule is not None and "rewriting" in goal.rule.tags:
        goal = goal.parts[0]
    if goal.rule is not None:
        return goal.rule
    fitting = (sound for sound in rulebook().values() if "integral" in sound.tags
               and instance_of(sound, goal.problem, case.replay.fresh, ratio) is not None)
    found = next(fitting, None) if goal.problem.head == "integral" else None
    return found or rulebook()[rule.unlike]


def _inside(case: Case, turn: WrongTurn) -> tuple[str, Expression] | None:
    """The letter of a substitution and what it stands for, where the wrong turn was made on the outside alone."""
    parents = case.replay.parents.get(turn.goal, [])
    found = parents[0].substitution(turn.goal) if len(parents) == 1 else None
    return None if found is None or found[0] is not case.replay.fresh else (found[0].value, found[1])


# -- candidates ------------------------------------------------------------------------------------------------------


def _once_or_always(case: Case, turns: list[WrongTurn]) -> Iterator[tuple[Turns, Expression]]:
    """Each wrong rule at one place, and wherever it fits, with what the problem then comes to."""
    replay = case.replay
    tells = says_enough(case)
    constant = case.asks_for_antiderivative and case.compared_by_rules is ZERO  # a wrong rule often cancels everything
    turns = [turn for turn in turns if not _is_an_accident(case, turn)]
    for turn in turns:
        if (not constant and (tells or turn.is_frequent)) or turn.goal is replay.root:
            yield (turn,), replay.answer((turn,))
    if constant:
        return
    again = replay.is_differentiated_again()
    for together in wherever_they_fit(turns).values():
        if len(together) > 1:
            yield together, replay.answer(together)
        made = replay.followed_throughout(together[0].rule) if again and together[0].outcome is None else None
        if made is not None:
            yield together, made


def says_enough(case: Case) -> bool:
    """Whether an answer is specific enough for a mistake: a single letter or number may come about in many ways."""
    return case.tidy_answer.size > 1 or case.tidy_answer is ZERO or case.expected.size <= _SMALL


def _is_an_accident(case: Case, turn: WrongTurn) -> bool:
    """Whether what a turn gives tells too little: many mistakes of algebra among numbers lead to the same number."""
    return turn.outcome is not None and not turn.is_frequent and not case.expected.free and (
        case.asks_for_integral or case.problem.head == "limit")


def _shows(case: Case, turn: WrongTurn) -> bool:
    """Whether the wrong turn changes the value at all."""
    return case.screen.differs(case.comparable(case.replay.answer([turn])), case.wanted)


def _is_the_answer(case: Case, turns: Turns, made: Expression) -> bool:
    """Whether these wrong turns lead to exactly the answer."""
    if case.prepared.is_left_open(made):
        if not all(case.replay.is_main(turn.goal) for turn in turns):
            return False  # an integral that is differentiated again is no integral any more
        made, answer = comparable(made, case.answer, case.problem.args[1] if case.asks_for_antiderivative else None)
        return Screen(answer, made, case.oracle).may_equal(made) and _agree(case, made, answer)
    if is_infinite(case.answer):
        return case.tidy(made) is case.tidy_answer
    if case.asks_for_antiderivative and case.problem.args[1].value not in case.answer.free:
        without = case.answer  # all constants are equal up to a constant, so they have to be the same apart from + C
        for letter in case.answer.free - case.problem.free:
            without = substitute(without, letter, ZERO)
        constant = case.tidy(made)
        return case.problem.args[1].value not in constant.free and _agree(case, constant, without)
    compared = case.comparable(made)
    return case.screen.may_equal(compared) and _agree(case, compared, case.compared) and not (
        case.asks_for_antiderivative and "whole" not in turns[0].rule.tags and _leaves_a_constant(case, made))


def _leaves_a_constant(case: Case, made: Expression) -> bool:
    """Whether wrong turns lead to an antiderivative with a number as one of its terms, and the answer has none: who did
    not integrate 5 writes + 5, and who wrote nothing for it did something else."""
    return _has_constant(case, made) and not _has_constant(case, case.answer)


def _has_constant(case: Case, root: Expression) -> bool:
    root = case.tidy(root)
    return any(not term.free for term in (root.args if root.head == "sum" else (root,)))


def _agree(case: Case, made: Expression, answer: Expression) -> bool:
    """Whether both agree to as many digits as the verdict looks at. Often they are the same once they are tidy."""
    return agree(case.oracle, case.tidy(made), case.tidy(answer))


# -- the likeliest -------------------------------------------------------------------------------------------------


def _likeliest(case: Case, candidates: Iterable[tuple[Turns, Expression]]) -> list[Turns]:
    """Of the candidates that give exactly this answer: frequent errors, then one for each sound rule missed."""
    found: dict[frozenset[str], Turns] = {}
    with_constant: list[Turns] = []
    for turns, made in candidates:
        names = frozenset(turn.rule.name for turn in turns)
        if names not in found and _is_the_answer(case, turns, made):
            found[names] = turns
            if case.asks_for_antiderivative and _has_constant(case, made):
                with_constant.append(turns)
    rank = partial(_rank, case)
    ranked = sorted(_of_the_whole(_read_as_written(with_constant or list(found.values()))), key=rank)
    missed: dict[str, Turns] = {}
    for turns in ranked:
        missed.setdefault(turns[0].rule.unlike, turns)
    first = [turns for turns in ranked if turns[0].is_frequent and not _is_on_the_way(case, turns[0])]
    if len(first) > MOST_EXPLANATIONS:
        first = [turns for turns in first if turns in missed.values()]
    chosen = first + [turns for turns in missed.values() if turns not in first]
    chosen += [turns for turns in ranked if turns not in chosen]
    return sorted(chosen[:MOST_EXPLANATIONS], key=rank)


def believable(case: Case, found: list[Turns]) -> list[Turns]:
    """The likeliest explanations that a learner would find plausible, two at most.

    A second one is worth naming only if it is as likely a kind of mistake as the first: as frequent, of calculus or of
    algebra like it, and made in the same operation. Who left out the inner derivative of sin(2x) need not be told that
    the 2 may have got lost in d/dx [2x].
    """
    def likelihood(turns: Turns) -> tuple[object, ...]:
        *likelihood, _ = _rank(case, turns)
        return tuple(likelihood)

    return [turns for turns in found if likelihood(turns) == likelihood(found[0])][:_MOST_BELIEVABLE]


_MOST_BELIEVABLE = 2


def _read_as_written(found: list[Turns]) -> list[Turns]:
    """The explanations without those that swap factors or terms where one that takes them as written says as much.

    The first term of the product rule is missing, or the second one: which it is depends on what is called f alone.
    """
    written = {(turns[0].goal, turns[0].rule.unlike) for turns in found if not turns[0].is_turned}
    return [turns for turns in found
            if not turns[0].is_turned or (turns[0].goal, turns[0].rule.unlike) not in written]


def _of_the_whole(found: list[Turns]) -> list[Turns]:
    """The explanations without those by a part, where a wrong operation was done to the whole: it is the same there."""
    if not any("whole" in turns[0].rule.tags for turns in found):
        return found
    return [turns for turns in found if "part" not in turns[0].rule.tags]


def _is_on_the_way(case: Case, turn: WrongTurn) -> bool:
    """Whether a wrong turn was taken in a derivative that an integral needs on the way."""
    return turn.rule.left.head == "derivative" and case.asks_for_integral


def _depth(case: Case, turn: WrongTurn) -> int:
    """How many goals stand between the wrong turn and the whole problem."""
    depth, goal = 0, turn.goal
    while parents := case.replay.parents.get(goal):
        depth, goal = depth + 1, parents[0]
    return depth


def _rank(case: Case, turns: Turns) -> tuple[bool, bool, bool, bool, bool, int, int]:
    """The likelier, the lower: fewer kinds of mistake, calculus before algebra, in what is asked for rather than in a
    derivative that an integral needs on the way, a frequent one, one that is more than the wrong operation done to one
    part, one in the last operation rather than in a part of it, the more special."""
    kinds = {turn.rule.name for turn in turns}
    first = turns[0]
    return (len(kinds) > 1, first.outcome is not None, _is_on_the_way(case, first), not first.is_frequent,
            "part" in first.rule.tags, _depth(case, first), -first.rule.left.size)
