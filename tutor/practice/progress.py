"""What the attempt log says about a learner: schedules, mastery, statistics. All of it can be recomputed from the log.

    progress = Progress(store.attempts())
    progress.rules["chain"].mastered, progress.rules["chain"].words     # True, "7 of the last 8 right without help"
    progress.cards[Skill("chain", "power,linear")].due                       # when the schedule wants this skill again
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, NamedTuple

from tutor.lesson.skill import Skill
from tutor.practice.settings import DEFAULT, Settings
from tutor.practice.store import Attempt, Grade
from tutor.rules.rulebook import misconceptions

if TYPE_CHECKING:
    from fsrs import Card as Memory

LAST = frozenset(("right", "shown", "skipped"))
"""The outcomes that end an exercise."""

_HIGHEST_LEVEL = 4
"""The highest level of a rule, so high that after one slip no steps are given yet."""


class Grading(NamedTuple):
    """A grade of the schedule, and why it was given."""

    grade: Grade
    reason: str


def graded(attempt: Attempt, was_fast: bool, settings: Settings = DEFAULT) -> Grading | None:
    """The grade of an attempt; None for one that decides nothing.

    was_fast: whether the skill was right and fast the last time too. An answer that cannot be read or decided is not
    the learner's fault, and skipping an exercise shows nothing.
    """
    if attempt.outcome == "wrong":
        return Grading("again", "the first answer was wrong")
    if attempt.outcome == "shown":
        return Grading("again", "the solution was shown")
    if attempt.hints >= settings.hint_that_tells:
        return Grading("again", "a hint gave the step away")
    if attempt.outcome == "nearly":
        return Grading("hard", "the value was right, but not the form")
    if attempt.outcome not in ("right", "cell"):
        return None
    if attempt.hints:
        return Grading("hard", "right after a hint")
    if attempt.given:
        return Grading("hard", "right, but with steps given")
    if attempt.seconds >= settings.slow_seconds:
        return Grading("hard", "right, but slow")
    if attempt.seconds <= settings.fast_seconds and was_fast:
        return Grading("easy", "right, and fast for the second time")
    return Grading("good", "right at the first attempt")


@dataclass
class Card:
    """A skill in the schedule: when it is due again, when it was reviewed, and whether that was right and fast.

    due: the beginning of a day of the learner, since reviews fall due by the day and not by the hour.
    """

    due: datetime
    last: datetime
    fast: bool
    memory: Memory


class Use(NamedTuple):
    """One graded attempt, as evidence about a rule.

    unaided: right at the first attempt, without a hint; form: what tells two kinds of use apart.
    """

    unaided: bool
    form: tuple[str, ...]
    day: date


@dataclass
class Standing:
    """How well a rule is known.

    level: how much of a solution can be left out, from 0, the last step alone; turns: exercises that it led.
    """

    rule: str
    settings: Settings
    uses: list[Use] = field(default_factory=list)
    level: int = 0
    turns: int = 0

    @property
    def share(self) -> float:
        """The share of unaided successes, the last ones counting most; 0 before the first attempt."""
        weights = [self.settings.recent_weight ** age for age in range(len(self.uses))]
        reached = [weight for weight, use in zip(weights, reversed(self.uses), strict=True) if use.unaided]
        return sum(reached) / sum(weights) if weights else 0.0

    @property
    def mastered(self) -> bool:
        """Used without help at the first attempt, in several forms and on several days, and mostly so in recent
        attempts."""
        unaided = [use for use in self.uses if use.unaided]
        return (self.share >= self.settings.mastery_share
                and len({use.form for use in unaided}) >= self.settings.mastery_forms
                and len({use.day for use in unaided}) >= self.settings.mastery_days)

    @property
    def tally(self) -> str:
        """How many of the latest uses were unaided successes, such as "7 of the last 8"; "" before the first."""
        last = self.uses[-self.settings.recent:]
        those = "the last " if len(self.uses) > len(last) else ""
        return f"{sum(use.unaided for use in last)} of {those}{len(last)}" if last else ""

    @property
    def words(self) -> str:
        """Such as "7 of the last 8 right without help"."""
        if not self.uses:
            return "not yet tried alone" if self.turns else "not yet tried"
        return f"{self.tally} right without help"

    def follow(self, right: bool, quick: bool) -> None:
        """Update the level after a decided attempt at an exercise led by this rule: a slip lowers it by one."""
        change = (2 if quick else 1) if right else -1
        self.level = min(max(0, self.level + change), _HIGHEST_LEVEL)


@dataclass
class ItemHistory:
    """What is known of an item. seed: the last one; exercises: their texts; skills: what they trained."""

    seed: int
    turns: int = 0
    last: datetime | None = None
    exercises: set[str] = field(default_factory=set)
    skills: dict[Skill, None] = field(default_factory=dict)


class Progress:
    """Everything that follows from a log; `add` takes one attempt more into account.

    rules, cards, items: what is known of each rule, skill, and (lesson, item); last: the last attempt; today: the
    attempts of the last day that has some; opened: those of the exercise that is not finished yet.
    """

    def __init__(self, attempts: Iterable[Attempt] = (), settings: Settings = DEFAULT) -> None:
        from fsrs import Scheduler

        self.settings = settings
        # No steps within a day: what went wrong comes back in the same session anyway.
        self.scheduler = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
        self.rules: dict[str, Standing] = {}
        self.cards: dict[Skill, Card] = {}
        self.items: dict[tuple[str, str], ItemHistory] = {}
        self.new: dict[Skill, date] = {}
        self.last: Attempt | None = None
        self.today: list[Attempt] = []
        self.opened: list[Attempt] = []
        for attempt in attempts:
            self.add(attempt)

    def add(self, attempt: Attempt) -> None:
        """Take one attempt more into account."""
        if attempt.outcome == "asked":
            self._asked(attempt)
        elif self.opened and (attempt.session, attempt.turn) == (self.opened[0].session, self.opened[0].turn):
            self.opened = [] if attempt.outcome in LAST else [*self.opened, attempt]
        if attempt.grade:
            self._decided(attempt)
        if self.last is None or self.last.at.date() != attempt.at.date():
            self.today = []
        self.today.append(attempt)
        self.last = attempt

    def grade(self, attempt: Attempt) -> Attempt:
        """The attempt with its grade, if it is one that decides."""
        card = self.cards.get(attempt.skill)
        found = graded(attempt, card is not None and card.fast, self.settings)
        return attempt if found is None else replace(attempt, grade=found.grade, reason=found.reason)

    def standing(self, rule: str) -> Standing:
        """What is known of a rule."""
        return self.rules.setdefault(rule, Standing(rule, self.settings))

    def due(self, now: datetime) -> list[Skill]:
        """The skills whose day has come, the longest overdue first."""
        return sorted((skill for skill, card in self.cards.items() if is_due(card.due, now)),
                      key=lambda skill: (self.cards[skill].due, skill))

    def asked_on(self, day: date) -> list[Attempt]:
        """What was asked on a day, if it is the last one of the log."""
        return [attempt for attempt in self.today if attempt.outcome == "asked" and attempt.at.date() == day]

    def owed(self, day: date) -> list[Skill]:
        """The skills that went wrong on this day, the last one of the log, and should come back now."""
        owed: dict[Skill, int] = {}
        times: Counter[Skill] = Counter()
        turns = 0
        for attempt in self.today if self.today and self.today[0].at.date() == day else []:
            skill = attempt.skill
            turns += attempt.outcome == "asked"
            if attempt.grade == "again":
                times[skill] += 1
                owed[skill] = turns
            elif attempt.grade:
                owed.pop(skill, None)
        return [skill for skill, turn in owed.items()
                if turns - turn >= self.settings.return_after and times[skill] <= self.settings.returns]

    def new_on(self, day: date) -> int:
        """How many skills were met for the first time on a day."""
        return sum(each == day for each in self.new.values())

    def _asked(self, attempt: Attempt) -> None:
        self.opened = [attempt]
        seen = self.items.setdefault((attempt.lesson, attempt.item), ItemHistory(attempt.seed))
        seen.seed, seen.turns, seen.last = attempt.seed, seen.turns + 1, attempt.at
        seen.exercises.add(attempt.exercise)
        seen.skills[attempt.skill] = None
        self.new.setdefault(attempt.skill, attempt.at.date())
        if attempt.rule:
            self.standing(attempt.rule).turns += 1

    def _decided(self, attempt: Attempt) -> None:
        """A graded attempt: the schedule of its skill, and the standing of every rule on which it bears."""
        alone = attempt.outcome in ("right", "cell") and not attempt.hints
        quick = alone and attempt.seconds <= self.settings.fast_seconds
        self._review(attempt, quick and not attempt.given)
        if (attempt.lesson, attempt.item) in self.items:  # a cell of a table may train another skill than the table
            self.items[attempt.lesson, attempt.item].skills[attempt.skill] = None
        use = Use(alone, (attempt.rule, attempt.form, attempt.item), attempt.at.date())
        if attempt.rule:
            self.standing(attempt.rule).follow(attempt.grade != "again", quick)
        if attempt.given and attempt.grade != "again":
            return  # an answer with given steps does not show what the learner can do alone
        for rule in _bears_on(attempt):
            self.standing(rule).uses.append(use)

    def _review(self, attempt: Attempt, fast: bool) -> None:
        from fsrs import Card as Memory
        from fsrs import Rating

        rating = {"again": Rating.Again, "hard": Rating.Hard, "good": Rating.Good, "easy": Rating.Easy}[attempt.grade]
        # The schedule counts the learner's days: from this evening to tomorrow morning is one day.
        at = datetime.combine(attempt.at.date(), time(12), UTC)
        known = self.cards.get(attempt.skill)
        memory = known.memory if known is not None else Memory(card_id=len(self.cards) + 1, due=at)
        memory, _ = self.scheduler.review_card(memory, rating, at)
        due = datetime.combine(memory.due.date(), time(), attempt.at.tzinfo)
        self.cards[attempt.skill] = Card(due, attempt.at, fast, memory)


def is_due(due: datetime, now: datetime) -> bool:
    """Whether the day of `due` has come. Each time is read by the learner's clock at that time, so that the change to
    summer time makes no day longer."""
    return due.date() <= now.date()


def _bears_on(attempt: Attempt) -> list[str]:
    """The rules that an attempt is evidence about: all that it used if it was right, else the one that was broken.

    Only a rule on the way can have been broken. Where several mistakes would explain an answer, the first is likeliest.
    """
    on_the_way = [rule for rule in dict.fromkeys((attempt.rule, *attempt.rules)) if rule]
    if attempt.grade != "again":
        return on_the_way
    broken = [rule.unlike for name in attempt.misconceptions if (rule := misconceptions().get(name)) is not None]
    return [*(rule for rule in broken if rule in on_the_way), *on_the_way][:1]
