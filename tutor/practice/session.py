"""The inner loop of practice: one exercise after another is asked, answered, helped with and judged.

    Session(lessons, store, console, read, clock, random, items=10).run()

It picks nothing: `schedule` does. The console, the function that reads a line, the clock and the source of chance are
given to it, so that a session can be written down and played again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cached_property
from random import Random
from typing import Literal

from rich.console import Console

from tutor.derivation.step import Step
from tutor.errors import TutorError
from tutor.expression.tree import Expression
from tutor.judge.diagnosis import Text
from tutor.judge.lines import RIGHT, LineJudgement, judge_lines_of
from tutor.lesson.choosing import LETTERS
from tutor.lesson.exercise import Exercise, well_known
from tutor.lesson.hints import hints
from tutor.lesson.judging import Judgement, judge
from tutor.lesson.outline import outline_of
from tutor.lesson.schema import Lesson
from tutor.practice.asking import asks_for_help
from tutor.practice.progress import LAST, Progress
from tutor.practice.renamed import under_present_names
from tutor.practice.schedule import Picked, pick, skill_of, text_of
from tutor.practice.settings import DEFAULT, Settings
from tutor.practice.statistics import when_due
from tutor.practice.store import Attempt, Outcome, Store, StoreError, memory_only
from tutor.rules.rule import Rule
from tutor.rules.rulebook import rulebook, title_of
from tutor.views.errors import show_error
from tutor.views.judgement import show_why
from tutor.views.lesson import show_lesson_text
from tutor.views.page import STRONG, Page
from tutor.views.practice import (
    PROMPTS,
    show_commands,
    show_heading,
    show_hint,
    show_item,
    show_judgement,
    show_line,
    show_named_rule,
    show_rules_to_choose,
    show_summary,
    tell,
    tell_of_lesson,
    welcome,
)
from tutor.views.terminal import show_derivation

Move = Literal["next", "back", "quit"]

Read = Callable[[str], str]
"""Shows what stands before a line and returns the line. Raises EOFError where there are no more."""

_HINTS, _LINES_GIVEN = 3, 5
_RULES_TO_CHOOSE, _RULES_LIKELY = 3, 8


@dataclass
class _Turn:
    """An exercise of this session.

    decided: its first attempt was graded; ended: nothing is left to do in it; skipped: and nothing was done.
    """

    picked: Picked
    number: int
    begun: datetime
    asked: Attempt
    lines: tuple[Expression, ...] = ()
    hints: int = 0
    last_hint: datetime | None = None
    decided: bool = False
    ended: bool = False
    skipped: bool = False
    judgement: Judgement | None = None

    @property
    def exercise(self) -> Exercise:
        return self.picked.exercise

    @cached_property
    def texts(self) -> tuple[Text, Text, Text]:
        return hints(self.exercise)


@dataclass
class Session:
    """One sitting. items, minutes: when it ends; None for no such end; uncounted: ids of lessons that the log is not to
    know of. Raises StoreError if the log cannot be read."""

    lessons: Sequence[Lesson]
    store: Store
    console: Console
    read: Read
    clock: Callable[[], datetime]
    random: Random
    items: int | None = None
    minutes: float | None = None
    settings: Settings = DEFAULT
    uncounted: frozenset[str] = frozenset()
    turns: list[_Turn] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        self.progress = Progress(under_present_names(self.store.attempts(), outline_of(self.lessons)), self.settings)
        self.begun = self.clock()
        self.name = self.begun.isoformat()
        self.graded: list[Attempt] = []

    @property
    def page(self) -> Page:
        """A page of the terminal as wide as it is now."""
        return Page(self.console)

    # -- exercise after exercise -------------------------------------------------------------------------------------

    def run(self) -> None:
        """Ask until the items or the time are used up, or the learner ends it; then say how it went."""
        try:
            self._ask_all()
        except (EOFError, KeyboardInterrupt):
            self.console.print()  # what comes stands below the line that was being typed
        self._sum_up()

    def _ask_all(self) -> None:
        place = 0
        while True:
            if place == len(self.turns):
                if self._is_over():
                    return
                picked = pick(self.lessons, self.progress, self.clock(), self.random)
                if picked is None:
                    tell(self.page, "There is nothing to practise in these lessons.")
                    return
                self.turns.append(self._open(picked))
            move = self._ask(self.turns[place])
            if move == "quit":
                return
            place += 1 if move == "next" else -1

    def _is_over(self) -> bool:
        if self.items is not None and len(self.turns) >= self.items:
            return True
        return self.minutes is not None and self.clock() - self.begun >= timedelta(minutes=self.minutes)

    def _open(self, picked: Picked) -> _Turn:
        """Begin with an exercise: note that it was asked, or go on where it was left."""
        exercise, now, number = picked.exercise, self.clock(), len(self.turns) + 1
        lines = _first_lines(exercise, picked.left)
        before = self.progress.opened if picked.why == "left open" else []
        rule, form = skill_of(exercise)
        asked = Attempt(now, self.name, number, exercise.lesson, exercise.item, exercise.seed, text_of(exercise), rule,
                        form, exercise.rules, given=len(lines))
        turn = _Turn(picked, number, now, asked, lines, max([attempt.hints for attempt in before], default=0),
                     decided=any(attempt.grade for attempt in before))
        if self.progress.last is None and not self.uncounted.issuperset(lesson.id for lesson in self.lessons):
            welcome(self.page)  # it says that everything is kept
        self._introduce(exercise.lesson)
        self._show_place(turn)
        if picked.example is not None:
            tell(self.page, "This is new. Here is one that is worked out:")
            self.console.print()
            show_derivation(self.console, picked.example, methods=False)
            self.console.print()
            self._pause(PROMPTS["enter"])
        turn.begun = self.clock()
        self._log(replace(asked, at=turn.begun))
        return turn

    def _introduce(self, name: str) -> None:
        """The words of a lesson before its first exercise, for those who want to read them."""
        lesson = next(lesson for lesson in self.lessons if lesson.id == name)
        if not lesson.text or any(known == name for known, _ in self.progress.items):
            return
        tell_of_lesson(self.page, lesson)
        if self._pause(PROMPTS["lesson"]).casefold() not in ("s", "skip"):
            self.console.print()
            show_lesson_text(self.page, lesson)
            self.console.print()
            self._pause(PROMPTS["enter"])

    def _pause(self, prompt: str) -> str:
        """Wait for Enter. Raises EOFError to end the session, as the end of input does."""
        while True:
            typed = self.read(prompt).strip()
            command = _COMMANDS.get(typed.casefold())
            if command is Session._quit:
                raise EOFError
            if command is not Session._help:
                return typed
            show_commands(self.page)

    def _show_place(self, turn: _Turn) -> None:
        titles = {lesson.title for lesson in self.lessons}
        of = f" of {self.items}" if self.items is not None else ""
        due = len(self.progress.due(self.clock()))
        facts = f"new today {self.progress.new_on(self.clock().date())}, due {due}"
        left = " (you left this one open)" if turn.picked.why == "left open" else ""
        show_heading(self.page, next(iter(titles)) if len(titles) == 1 else "", f"item {turn.number}{of}{left}", facts)
        if turn.number == 1:
            tell(self.page, "? hint   why   show   lines   skip   back   quit   help")

    # -- one exercise ------------------------------------------------------------------------------------------------

    def _ask(self, turn: _Turn) -> Move:
        """Ask one exercise until something ends it. Returns where to go from there."""
        if turn.ended:
            tell(self.page, f"Item {turn.number} again; what you do here does not count any more.")
        show_item(self.page, turn.exercise, turn.lines)
        while True:
            text = self.read(PROMPTS["answer"]).strip()
            if text:
                move = self._react(turn, text)
                if move is not None:
                    return move

    def _react(self, turn: _Turn, text: str) -> Move | None:
        command = self._command(turn, text)
        try:
            return command(self, turn) if command is not None else self._answer(turn, text)
        except StoreError:
            raise
        except TutorError as error:
            show_error(self.console, error)
            return None

    def _command(self, turn: _Turn, text: str) -> Callable[[Session, _Turn], Move | None] | None:
        """The command that was typed, if it is none of the choices and no answer."""
        word = text.casefold()
        if len(word) == 1 and word.isalpha() and (turn.exercise.choices or word in turn.exercise.letters):
            return None
        return Session._hint if asks_for_help(word) else _COMMANDS.get(word)

    def _answer(self, turn: _Turn, text: str) -> Move | None:
        """Judge an answer; the first one decides."""
        judgement = turn.judgement = judge(turn.exercise, text)
        reading = "" if judgement.reading is None else str(judgement.reading)
        self._note(turn, judgement.outcome, text, reading, judgement.misconceptions)
        turn.last_hint = None
        if judgement.error is not None:
            show_error(self.console, judgement.error)
            return None
        praise = self._praise(turn)
        asks = judgement.outcome == "right" and self._wants_to_know(turn, praise)
        show_judgement(self.page, judgement, None if asks else praise, turn.exercise)
        if judgement.outcome != "right":
            return None
        return (self._which_rule(turn) if asks else None) or "next"

    def _wants_to_know(self, turn: _Turn, rule: Rule | None) -> bool:
        """Whether to ask which rule it was: now and then, while it is learned."""
        return (rule is not None and _has_a_name(turn.exercise)
                and self.random.random() < self.settings.explain_share)

    def _praise(self, turn: _Turn) -> Rule | None:
        """The leading rule while it is being learned; once it is mastered, yes says enough."""
        rule = turn.exercise.rule
        return None if rule is None or self.progress.standing(rule.name).mastered else rule

    def _which_rule(self, turn: _Turn) -> Move | None:
        """Let the learner name the rule that was used: saying why helps to see it again elsewhere."""
        right = turn.exercise.rule
        assert right is not None
        met = [name for name, known in self.progress.rules.items() if known.turns and name in rulebook()]
        beside = turn.exercise.rules_beside
        others = [rulebook()[name] for name in dict.fromkeys((*met, *well_known())) if rulebook()[name] not in beside]
        shown = [right, *self.random.sample(others[:_RULES_LIKELY], _RULES_TO_CHOOSE - 1)]
        self.random.shuffle(shown)
        show_rules_to_choose(self.page, shown)
        typed = self.read(PROMPTS["rule"]).strip()
        if self._command(turn, typed) is Session._hint:
            show_rules_to_choose(self.page, shown, stated=True)
            typed = self.read(PROMPTS["rule"]).strip()
        if self._command(turn, typed) is Session._quit:
            return "quit"
        by_title = {rule.title.casefold(): rule for rule in (*beside, *shown)}
        known = by_title | dict(zip(LETTERS, shown, strict=False))
        chosen = known.get(typed.casefold().removeprefix("the "))
        if chosen in beside:
            self._note(turn, "explained", typed)
        elif chosen is not None:
            self._note(turn, "misexplained", typed, chosen.title)
        if chosen is not None and chosen is not right and chosen in beside:
            tell(self.page, f"{chosen.title}: that one is used here too.")
        show_named_rule(self.page, turn.exercise, right, named=chosen in beside)
        return None

    # -- commands ----------------------------------------------------------------------------------------------------

    def _hint(self, turn: _Turn) -> Move | None:
        """The next hint; the same one again if it is asked for faster than anyone can read."""
        now = self.clock()
        hasty = turn.last_hint is not None and (now - turn.last_hint).total_seconds() <= self.settings.repeat_seconds
        opened = turn.hints if hasty else min(turn.hints + 1, _HINTS)
        new, turn.hints, turn.last_hint = opened > turn.hints, opened, now
        if new:
            self._note(turn, "hint", "?")
        if hasty:
            tell(self.page, f"Hint {turn.hints} again; the next one opens in a moment.")
        show_hint(self.page, turn.hints, turn.texts[turn.hints - 1])
        return self._which_rule(turn) if new and turn.hints == _HINTS and _has_a_name(turn.exercise) else None

    def _why(self, turn: _Turn) -> Move | None:
        """All that is known of the last answer; before one, the solution of the exercise before."""
        judgement, earlier = turn.judgement, self.turns[:turn.number - 1]
        if judgement is not None and judgement.diagnosis is not None and judgement.diagnosis.explanations:
            show_why(self.console, judgement.diagnosis)
        elif judgement is not None:
            tell(self.page, "There is no more to say of it; ? gives a hint.")
        elif earlier and earlier[-1].exercise.derivation is not None:
            tell(self.page, "The exercise before this one, worked out:")
            self.console.print()
            show_derivation(self.console, earlier[-1].exercise.derivation, methods=False)
        else:
            tell(self.page, "Answer first, or type ? for a hint.")
        self.console.print()
        return None

    def _show(self, turn: _Turn) -> Move:
        self._note(turn, "shown", "show")
        exercise = turn.exercise
        if exercise.derivation is not None and not exercise.right:
            self.console.print()
            show_derivation(self.console, exercise.derivation, methods=False)
        else:
            show_hint(self.page, _HINTS, turn.texts[-1])
        return "next"

    def _skip(self, turn: _Turn) -> Move:
        self._note(turn, "skipped", "skip")
        return "next"

    def _back(self, turn: _Turn) -> Move | None:
        if turn.number == 1:
            tell(self.page, "This is the first one.")
            return None
        return "back"

    def _quit(self, turn: _Turn) -> Move:
        return "quit"

    def _help(self, turn: _Turn) -> None:
        show_commands(self.page)

    def _lines(self, turn: _Turn) -> Move | None:
        """Take the answer line by line. A line that is wrong or cannot be read is taken back, to be tried again."""
        derivation, own = turn.exercise.derivation, turn.exercise.own
        if derivation is None or turn.exercise.right or turn.exercise.form:
            tell(self.page, "This one has no lines: type the answer.")
            return None
        tell(self.page, "Line by line; an empty line goes back to a single answer.")
        typed = [str(line) for line in turn.lines[1:]]
        known = len(judge_lines_of(derivation, typed, own).lines)
        while True:
            text = self.read(PROMPTS["line"]).strip()
            if not text:
                return None
            if self._command(turn, text) not in (None, Session._lines):
                move = self._react(turn, text)
                if move is not None:
                    return move
                continue
            judged = judge_lines_of(derivation, [*typed, text], own)
            news = judged.lines[known:]
            finished = judged.finished and bool(news)
            for line in news:
                self._judged_line(turn, line, finished and line is news[-1])
            if all(line.outcome in RIGHT for line in news):
                typed.append(text)
                known = len(judged.lines)
            if finished:
                return "next"

    def _judged_line(self, turn: _Turn, line: LineJudgement, last: bool) -> None:
        outcome: Outcome = ("right" if last else "line") if line.outcome in RIGHT else (
            line.outcome if line.outcome in ("unreadable", "undecided") else "wrong")
        self._note(turn, outcome, line.text, "" if line.expression is None else str(line.expression),
                   () if line.diagnosis is None else line.diagnosis.misconceptions)
        if line.error is not None:
            show_error(self.console, line.error)
        else:
            show_line(self.page, line)

    # -- what is kept ------------------------------------------------------------------------------------------------

    def _note(self, turn: _Turn, outcome: Outcome, text: str, reading: str = "",
              misconceptions: tuple[str, ...] = ()) -> None:
        """Write down what happened, with a grade if it decides: the first thing that can."""
        now = self.clock()
        attempt = replace(turn.asked, at=now, text=text, reading=reading, outcome=outcome, hints=turn.hints,
                          misconceptions=misconceptions, seconds=(now - turn.begun).total_seconds())
        if not turn.decided and not turn.ended:
            attempt = self.progress.grade(attempt)
        if attempt.grade:
            turn.decided = True
            self.graded.append(attempt)
        if outcome in LAST:
            turn.skipped = outcome == "skipped" and (turn.skipped or not turn.ended)
            turn.ended = True
        self._log(attempt)

    def _log(self, attempt: Attempt) -> None:
        """Append to the log; where that cannot be done any more, say so and remember until the session ends."""
        try:
            if attempt.lesson not in self.uncounted:
                self.store.append(attempt)
        except StoreError as error:
            show_error(self.console, error)
            tell(self.page, "You can go on, but what you do from here on is forgotten when the session ends.", STRONG)
            self.store = memory_only()
            self.store.append(attempt)
        self.progress.add(attempt)

    def _sum_up(self) -> None:
        finished = [turn for turn in self.turns if turn.ended and not turn.skipped]
        unaided = [attempt for attempt in self.graded if attempt.outcome == "right" and not (
            attempt.hints or attempt.given)]
        rules = dict.fromkeys(attempt.rule for attempt in self.graded if attempt.rule)
        standings = [(title_of(rule), self.progress.rules[rule].words) for rule in rules]
        show_summary(self.page, len(finished), len(unaided), standings, self._lessons_touched(),
                     when_due(self.progress, self.clock()))

    def _lessons_touched(self) -> list[tuple[str, int, int]]:
        """The lessons of this session with how many of their items were met, and how many there are."""
        touched = {turn.exercise.lesson for turn in self.turns}
        return [(lesson.title, sum((lesson.id, item.name) in self.progress.items for item in lesson.items),
                 len(lesson.items)) for lesson in self.lessons if lesson.id in touched]


_COMMANDS: dict[str, Callable[[Session, _Turn], Move | None]] = {
    "hint": Session._hint, "why": Session._why, "show": Session._show, "skip": Session._skip, "back": Session._back,
    "lines": Session._lines, "quit": Session._quit, "help": Session._help,
    "next": Session._skip, "solution": Session._show, "exit": Session._quit, "q": Session._quit,
}


def _has_a_name(exercise: Exercise) -> bool:
    """Whether it makes sense to ask which rule leads an exercise: one with a name of its own, which was not asked."""
    return exercise.rule is not None and "basic" in exercise.rule.tags and not exercise.choices


def _first_lines(exercise: Exercise, left: int | None) -> tuple[Expression, ...]:
    """The whole lines of a solution that come before the last `left` steps worth asking for; none where one remains."""
    if left is None or exercise.derivation is None:
        return ()
    lines, asked = [exercise.derivation.problem], []
    for step, line in exercise.derivation.lines():
        if _is_worth_asking(step):
            asked.append(len(lines))
        if step.number is None:  # a small step belongs to the one before
            lines[-1] = line
        elif line is not lines[-1]:
            lines.append(line)
    given = lines[:asked[-left]] if len(asked) > left else []
    return tuple(given if len(given) <= _LINES_GIVEN else [given[0], *given[1 - _LINES_GIVEN:]])


def _is_worth_asking(step: Step) -> bool:
    """Whether there is something to know in a step: no sum, no constant, no tidying."""
    if step.before.head != "derivative" or "linear" in step.rule.tags:
        return False
    body, variable = step.before.args[:2]
    return variable.value in body.free and body is not variable
