"""Which exercise comes next: what is due and what is new take turns, then the weakest; known rules are mixed.

    picked = pick(lessons, progress, now, random)
    picked.exercise.name, picked.left         # "chain-rule/power-of-linear@17", 1: only the last step is left to do

It does not judge. The same log, clock and random source give the same exercise.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain
from random import Random
from typing import Literal, NamedTuple

from tutor.derivation.derivation import Derivation
from tutor.errors import TutorError
from tutor.lesson.exercise import Exercise, worked_examples
from tutor.lesson.schema import Item, Lesson
from tutor.lesson.skill import Skill
from tutor.lesson.variants import exercises
from tutor.practice.progress import ItemHistory, Progress
from tutor.practice.store import Attempt

Why = Literal["again", "due", "new", "weak", "unfinished"]

_LEFT = {0: 1, 1: 2}
"""Level of a rule -> steps of its exercises that are left to the learner; from the next level on, all."""

_ONES_OWN_WORK = frozenset(("differentiate", "integrate", "evaluate"))
"""What is asked in exercises whose steps can be shown one by one."""

_SEEDS = 10**6


@dataclass(frozen=True)
class Picked:
    """An exercise, and how much help comes with it.

    why: its skill went wrong today, or is due; its item is new, or is practised again; it was left unfinished;
    example: a worked derivation to be shown before; left: how many of the last steps are left to the learner, None for
    all.
    """

    exercise: Exercise
    why: Why
    example: Derivation | None = None
    left: int | None = None


class _Place(NamedTuple):
    """An item of a lesson, with what is known of it."""

    lesson: Lesson
    item: Item
    seen: ItemHistory | None


def exercise_text(exercise: Exercise) -> str:
    """An exercise as a text: two with the same one are the same to a learner."""
    shown = [each for each in (exercise.given, *(line.expression for line in exercise.lines)) if each is not None]
    given = () if exercise.sheet is None else exercise.sheet.given.items()
    return " ".join([*exercise.prompt.written().split(), *map(str, shown),
                     *[f"{letter} = {value}" for letter, value in given]])


def pick(lessons: Sequence[Lesson], progress: Progress, now: datetime, random: Random) -> Picked | None:
    """The next exercise of these lessons, which are in the order of the course; None if they have none.

    What was left unfinished comes first. Then no two exercises in a row have the same leading rule, once it has had its
    first few, as long as there is another.
    """
    unfinished = _left_open(lessons, progress)
    if unfinished is not None:
        return Picked(unfinished, "unfinished", None, _steps_left(unfinished, progress))
    second: tuple[Exercise, Why] | None = None
    for draw, (place, why, wanted) in enumerate(_candidates(lessons, progress, now, random)):
        exercise = _drawn(place, wanted, progress, random)
        if exercise is None:
            continue
        if not _too_much_of_one(exercise, progress, now):
            return _with_help(place.lesson, exercise, why, progress)
        second = second or (exercise, why)
        if draw + 1 == progress.settings.draws:
            break
    if second is None:
        return None
    lesson = next(lesson for lesson in lessons if lesson.id == second[0].lesson)
    return _with_help(lesson, *second, progress)


# -- what could come -------------------------------------------------------------------------------------------------

_Candidate = tuple[_Place, Why, Skill | None]
"""An item, why it could come, and the skill that it has to train, if it is a certain one."""


def _candidates(lessons: Sequence[Lesson], progress: Progress, now: datetime, random: Random) -> list[_Candidate]:
    """The items worth asking, best first.

    What went wrong today comes back in another exercise after a few others. What is due and what is new take turns, so
    that reviews do not crowd out new exercises, even after many mistakes. Everything else is for days on which nothing
    is due or new.
    """
    places = [_Place(lesson, item, progress.items.get((lesson.id, item.name)))
              for lesson in lessons for item in lesson.items]
    today = now.date()
    due = _for_skills("due", progress.due(now), places)
    fresh: list[_Candidate] = [(place, "new", None) for place in _new(lessons, places, progress)]
    weak = sorted((place for place in places if place.seen is not None), key=_weakness(progress, random))
    found = [
        *_for_skills("again", progress.owed(today), [place for place in places if place.item.vary]),
        *([*fresh, *due] if _was_review(progress, today) else [*due, *fresh]),
        *((place, "weak", None) for place in weak),
    ]
    return sorted(found, key=lambda each: _repeats(each[0], progress, now))


def _repeats(place: _Place, progress: Progress, now: datetime) -> tuple[bool, int, bool]:
    """How repetitive it would be to ask an item now: whether it was asked last; how often it was asked today, where a
    question without a rule counts more; whether it trains only the rule that led the last exercise."""
    last = _just_before(progress, now)
    if place.seen is None or last is None:
        return False, 0, False
    times = sum((each.lesson, each.item) == (place.lesson.id, place.item.name)
                for each in progress.asked_on(now.date()))
    rules = {rule for rule, _ in place.seen.skills}
    often = times // (progress.settings.most_of_one_item if rules != {""} else 1)
    is_last = (place.lesson.id, place.item.name) == (last.lesson, last.item)
    return is_last, often, rules == {last.rule} and _had_its_first(last.rule, progress)


def _for_skills(why: Why, skills: Sequence[Skill], places: Sequence[_Place]) -> list[_Candidate]:
    return [(place, why, skill) for skill in skills for place in _best_for(skill, places)]


def _was_review(progress: Progress, today: date) -> bool:
    """Whether the last exercise of today was of an item that had been asked before."""
    asked = progress.asked_on(today)
    return bool(asked) and progress.items[asked[-1].lesson, asked[-1].item].turns > 1


def _best_for(skill: Skill, places: Sequence[_Place]) -> list[_Place]:
    """The items that have trained a skill: those that vary first, and the one that was asked longest ago."""
    fitting = [place for place in places if place.seen is not None and skill in place.seen.skills]
    return sorted(fitting, key=lambda place: (not place.item.vary, place.seen.last if place.seen else None))


def _new(lessons: Sequence[Lesson], places: Sequence[_Place], progress: Progress) -> list[_Place]:
    """The items never asked of the first lesson that has some. Wrong lines come where the right rule was met, or where
    nothing else is left, as when one was asked for by its name."""
    unseen = [place for place in places if place.seen is None]
    for lesson in lessons:
        met = any(rule in progress.rules and progress.rules[rule].turns for rule in lesson.teaches)
        found = [place for place in unseen
                 if place.lesson is lesson and (met or place.item.ask != "find-the-wrong-line")]
        if found:
            return found
    return unseen


def _weakness(progress: Progress, random: Random) -> Callable[[_Place], tuple[float, int, float]]:
    """The order in which items come: the least known first, then those asked least often, then by chance."""
    def key(place: _Place) -> tuple[float, int, float]:
        assert place.seen is not None
        shares = [progress.rules[rule].share for rule, _ in place.seen.skills if rule in progress.rules]
        return min(shares, default=1.0), place.seen.turns, random.random()

    return key


# -- one exercise ----------------------------------------------------------------------------------------------------


def _left_open(lessons: Sequence[Lesson], progress: Progress) -> Exercise | None:
    """The exercise that was asked and not finished, if it still exists."""
    if not progress.opened:
        return None
    asked = progress.opened[0]
    for lesson in lessons:
        for item in lesson.items:
            if (lesson.id, item.name) == (asked.lesson, asked.item):
                exercise = _made(lesson, item, asked.seed)
                return exercise if exercise is not None and exercise_text(exercise) == asked.exercise else None
    return None


def _made(lesson: Lesson, item: Item, seed: int) -> Exercise | None:
    """The exercise; None for an item of which nothing can be asked: the author's check reports it, a learner cannot."""
    try:
        return exercises(lesson, item).variant(seed)
    except TutorError:
        return None


def _drawn(place: _Place, wanted: Skill | None, progress: Progress, random: Random) -> Exercise | None:
    """A variant that was not asked before if a few draws find one; None if none of them has the wanted skill."""
    seed = random.randrange(_SEEDS) if place.seen is None else place.seen.seed + 1
    known = None
    for offset in range(progress.settings.draws if place.item.vary else 1):
        exercise = _made(place.lesson, place.item, seed + offset)
        if exercise is None:
            return None
        if wanted is not None and wanted not in exercise.skills:
            continue
        if place.seen is None or exercise_text(exercise) not in place.seen.exercises:
            return exercise
        known = known or exercise
    return known


def _too_much_of_one(exercise: Exercise, progress: Progress, now: datetime) -> bool:
    """Whether an exercise has the same leading rule as the last one, though that rule has had its first exercises."""
    rule, last = exercise.skill.rule, _just_before(progress, now)
    return last is not None and last.rule == rule and _had_its_first(rule, progress)


def _just_before(progress: Progress, now: datetime) -> Attempt | None:
    """The last attempt, if it was made today: what was done on another day can be repeated at once."""
    last = progress.last
    return last if last is not None and last.at.date() == now.date() else None


def _had_its_first(rule: str, progress: Progress) -> bool:
    """Whether a rule has already led as many exercises as may follow each other while it is new."""
    return rule in progress.rules and progress.rules[rule].turns >= progress.settings.first_items


def _with_help(lesson: Lesson, exercise: Exercise, why: Why, progress: Progress) -> Picked:
    """The exercise with a worked example if its rule is new, and with the first steps done until it is known."""
    rule = exercise.skill.rule
    if not rule or exercise.ask not in _ONES_OWN_WORK or exercise.derivation is None:
        return Picked(exercise, why)
    met = rule in progress.rules and progress.rules[rule].turns
    return Picked(exercise, why, None if met else _example(lesson, exercise), _steps_left(exercise, progress))


def steps_left_at_first(exercise: Exercise) -> tuple[int, ...]:
    """How many of the last steps are left to someone to whom the leading rule is new, and then how many, and so on."""
    if not exercise.skill.rule or exercise.ask not in _ONES_OWN_WORK or exercise.derivation is None:
        return ()
    return tuple(_LEFT.values())


def _steps_left(exercise: Exercise, progress: Progress) -> int | None:
    rule = exercise.skill.rule
    if not steps_left_at_first(exercise):
        return None
    return _LEFT.get(progress.rules[rule].level if rule in progress.rules else 0)


def _example(lesson: Lesson, exercise: Exercise) -> Derivation | None:
    """A derivation that uses the rule of an exercise and is not its own: an example of the lesson, or a sibling's."""
    examples = worked_examples(lesson)
    sibling = _made(lesson, lesson.item(exercise.item), exercise.seed + 1)
    for derivation in chain(examples, [None if sibling is None else sibling.derivation]):
        if derivation is None or derivation.problem is exercise.problem:
            continue
        if any(step.rule.name == exercise.skill.rule for step in derivation.steps):
            return derivation
    return None
