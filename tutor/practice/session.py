"""The inner loop of practice: one exercise after another is asked, answered, helped with and judged.

    Session(lessons, store, page, read, clock, random, items=10).run()

Choosing the exercise is up to `schedule`. The page, the function that reads a line, the clock and the random source
are passed in, so that a session can be recorded and replayed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random
from typing import Literal

from tutor.errors import TutorError
from tutor.expression.latex_lines import pasted_lines
from tutor.judge.lines import RIGHT_OUTCOMES, LineJudgement, judge_lines_of
from tutor.lesson.choosing import LETTERS
from tutor.lesson.judging import judge
from tutor.lesson.outline import outline_of
from tutor.lesson.readable import without_at
from tutor.lesson.schema import Lesson
from tutor.practice.asking import command_named, command_nearly
from tutor.practice.filling import fill
from tutor.practice.progress import LAST, Progress
from tutor.practice.question import question
from tutor.practice.reading import Read, other_examples, read_through, show_again, show_introduction
from tutor.practice.renamed import under_present_names
from tutor.practice.repetition import news, without_repetition
from tutor.practice.schedule import Picked, pick
from tutor.practice.settings import DEFAULT, Settings
from tutor.practice.store import Attempt, AttemptOutcome, Store, StoreError, memory_only
from tutor.practice.today import today
from tutor.practice.turn import Turn, has_lines, leads_away, open_turn, results_of
from tutor.practice.words import how_it_went
from tutor.rules.rule import Rule
from tutor.rules.rulebook import title_of
from tutor.telling.exercise import told_exercise
from tutor.telling.judgement import told_why
from tutor.views.errors import show_error
from tutor.views.page import STRONG, Page
from tutor.views.practice import (
    PROMPTS,
    show_answer,
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
    welcome,
)
from tutor.views.prose import show_text
from tutor.views.terminal import show

Navigation = Literal["next", "back", "quit"]


@dataclass
class Session:
    """One sitting. Raises StoreError if the log cannot be read.

    items, minutes: when it ends; None for no limit; paged: someone sits at a screen, so long texts are shown page by
    page, while in a pipe nobody turns pages; uncounted: ids of lessons that are kept out of the log.
    """

    lessons: Sequence[Lesson]
    store: Store
    page: Page
    read: Read
    clock: Callable[[], datetime]
    random: Random
    items: int | None = None
    minutes: float | None = None
    settings: Settings = DEFAULT
    paged: bool = False
    uncounted: frozenset[str] = frozenset()
    turns: list[Turn] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        self.progress = Progress(under_present_names(self.store.attempts(), outline_of(self.lessons)), self.settings)
        self.begun = self.clock()
        self.name = self.begun.isoformat()
        self.typed_before, self.typed_already = "", ""
        self.notes_told: set[str] = set()

    # -- exercise after exercise -------------------------------------------------------------------------------------

    def run(self) -> None:
        """Ask until the items or the time are used up, or the learner ends it; then say how it went."""
        try:
            self._ask_all()
        except (EOFError, KeyboardInterrupt):
            self.page.blank()  # what comes stands below the line that was being typed
        self._sum_up()

    def _ask_all(self) -> None:
        place = 0
        while True:
            if place == len(self.turns):
                if self._is_over():
                    return
                picked = pick(self.lessons, self.progress, self.clock(), self.random)
                if picked is None:
                    tell(self.page, "These lessons have no exercises.")
                    return
                self.turns.append(self._open(picked))
            move = self._ask(self.turns[place])
            if move == "quit":
                return
            place += 1 if move == "next" else -1

    def _is_over(self) -> bool:
        enough = self.items is not None and len(self.turns) >= self.items
        return enough or (self.minutes is not None and self.clock() - self.begun >= timedelta(minutes=self.minutes))

    def _open(self, picked: Picked) -> Turn:
        """An exercise to begin with, or to go on with where it was left."""
        before = self.progress.opened if picked.why == "unfinished" else []
        return open_turn(picked, len(self.turns) + 1, self.name, self.clock(), before)

    def _begin(self, turn: Turn) -> Navigation | None:
        """What comes before an exercise: its lesson if that is new, an example if its rule is. Then it is asked."""
        if leads_away(turn) is None:
            turn.waits = self._introduce(turn) or turn.waits
        move = leads_away(turn)
        if move is not None:
            return move
        self._show_place(turn)
        turn.begun = self.clock()
        self.log(replace(turn.asked, at=turn.begun))
        return None

    def _introduce(self, turn: Turn) -> str:
        """The words of a new lesson with a worked example, or the example of a new rule. Returns what was typed."""
        lesson, example = self._lesson_of(turn), turn.picked.example
        new = bool(lesson.text) and not any(known == lesson.id for known, _ in self.progress.items)
        if new and example is None:
            example = next(iter(other_examples(lesson, turn.exercise)), None)
        first = self.progress.last is None and lesson.id not in self.uncounted  # it says that everything is kept
        if new or example is not None:
            return self._read_through(
                lambda: show_introduction(self.page, lesson if new else None, example, first),
                "begins the exercise", is_lesson=new)
        if first:
            welcome(self.page)
        return ""

    def _lesson_of(self, turn: Turn) -> Lesson:
        return next(lesson for lesson in self.lessons if lesson.id == turn.exercise.lesson)

    def _read_through(self, show: Callable[[], None], last: str, is_lesson: bool = True) -> str:
        """Show what `show` prints, page by page at a screen. Returns what was typed there, "" if it was only about
        reading."""
        if self.paged:
            return read_through(self.page, self.read, show, last, is_lesson)
        show()
        return ""

    def _show_place(self, turn: Turn) -> None:
        titles = {lesson.title for lesson in self.lessons}
        of = f" of {self.items}" if self.items is not None else ""
        now = self.clock()
        facts = f"new today {self.progress.new_on(now.date())}, due {len(self.progress.due(now))}"
        left = " (you left this one open)" if turn.picked.why == "unfinished" else ""
        show_heading(self.page, next(iter(titles)) if len(titles) == 1 else "", f"item {turn.number}{of}{left}", facts)
        if turn.number == 1:
            tell(self.page, "? hint  why  show  lesson  lines  skip  back  quit  help")

    # -- one exercise ------------------------------------------------------------------------------------------------

    def _ask(self, turn: Turn) -> Navigation:
        """Ask one exercise until it ends. Returns where to go from there."""
        turn.waits, self.typed_before = self.typed_before, ""
        if turn.begun is None:
            move = self._begin(turn)
            if move is not None:
                return move
        elif turn.ended is not None:
            tell(self.page, f"Item {turn.number} again; what you do here no longer counts.")
        else:
            tell(self.page, f"Back at item {turn.number}.")
        self._show_item(turn)
        move = self._take_up(turn)
        while move is None:
            text = self._line("answer" if turn.cell is None else turn.cell.key)
            if not text and turn.cell is not None:
                self._show_item(turn)
            move = self._react(turn, text) if text else None
        return move

    def _take_up(self, turn: Turn) -> Navigation | None:
        """What was typed before the exercise was shown: a command is done, an answer is kept to be sent or changed."""
        text, turn.waits = turn.waits, ""
        if not text or self._command(turn, text) is not None:
            return self._react(turn, text) if text else None
        tell(self.page, "Your answer is kept: press Enter to send it.")
        self.typed_already = text
        return None

    def _show_item(self, turn: Turn) -> None:
        show_item(self.page, turn.exercise, [without_at(line) or (line, None) for line in turn.lines], turn.filled,
                  turn.cell)

    def _line(self, prompt: str) -> str:
        """One line from the learner, without spaces around it."""
        already, self.typed_already = self.typed_already, ""
        return self.read(PROMPTS.get(prompt, f"  {prompt}> "), already).strip()

    def _react(self, turn: Turn, text: str) -> Navigation | None:
        try:
            command = self._command(turn, text)
            return command(self, turn) if command is not None else self._answer(turn, text)
        except StoreError:
            raise
        except TutorError as error:
            show_error(self.page, error)
            return None

    def _command(self, turn: Turn, text: str) -> Callable[[Session, Turn], Navigation | None] | None:
        """The command that was typed, if it is none of the choices and no answer."""
        word = text.casefold()
        if len(word) == 1 and word.isalpha() and (turn.exercise.choices or word in turn.exercise.letters):
            return None
        return _COMMANDS.get(command_named(text))

    def _is_misspelt(self, turn: Turn, text: str) -> bool:
        """Whether this is a slip from a command and no answer; then that is said."""
        nearly = command_nearly(text)
        if not nearly or turn.is_an_answer(text):
            return False
        tell(self.page, f"Did you mean {nearly}? Nothing was judged.")
        return True

    def _answer(self, turn: Turn, text: str) -> Navigation | None:
        """Judge an answer; the first one decides."""
        if turn.cell is not None:
            return None if self._is_misspelt(turn, text) else fill(self, turn, text)
        pasted = pasted_lines(text)
        if len(pasted) > 1:
            return self._several(turn, pasted)
        text = "".join(pasted) or text
        if self._is_misspelt(turn, text):
            return None
        before = turn.judgement
        judgement = turn.judgement = judge(turn.exercise, text)
        reading = "" if judgement.reading is None else str(judgement.reading)
        self.note(turn, judgement.outcome, text, reading, judgement.misconceptions)
        turn.last_hint = None
        if judgement.error is not None:
            show_error(self.page, judgement.error)
            return None
        if before is not None:
            judgement = without_repetition(judgement, before)
        praise = self._praise(turn)
        asks = judgement.outcome == "right" and self._wants_to_know(turn, praise)
        notes = news(judgement, self.notes_told)
        show_judgement(self.page, judgement, text, notes, None if asks else praise, turn.exercise)
        if judgement.outcome != "right":
            return None
        return (self._which_rule(turn) if asks else None) or "next"

    def _several(self, turn: Turn, lines: Sequence[str]) -> Navigation | None:
        """Lines that were pasted together: those of a derivation are taken one by one; elsewhere the last is kept."""
        if has_lines(turn.exercise):
            tell(self.page, f"You pasted {len(lines)} lines: here is each of them in turn.")
            return self._lines(turn, lines)
        tell(self.page, f"You pasted {len(lines)} lines, but one answer is asked for. The last line is kept: press "
                        "Enter to send it.")
        self.typed_already = lines[-1]
        return None

    def _wants_to_know(self, turn: Turn, rule: Rule | None) -> bool:
        """Whether to ask which rule it was: now and then, while it is learned, and where somebody sits."""
        return (self.paged and rule is not None and turn.has_a_name
                and self.random.random() < self.settings.explain_share)

    def _praise(self, turn: Turn) -> Rule | None:
        """The leading rule while it is being learned; once it is mastered, a plain yes is enough."""
        rule = turn.exercise.rule
        return None if rule is None or self.progress.standing(rule.name).mastered else rule

    def _which_rule(self, turn: Turn) -> Navigation | None:
        """Let the learner name the rule that was used: explaining an answer helps to use the rule elsewhere."""
        right = turn.exercise.rule
        assert right is not None
        beside = turn.exercise.rules_beside
        met = [name for name, known in self.progress.rules.items() if known.turns]
        shown = turn.rules_to_choose(met, self.random)
        show_rules_to_choose(self.page, shown)
        by_title = {rule.title.casefold(): rule for rule in (*beside, *shown)}
        known = by_title | dict(zip(LETTERS, shown, strict=False))
        while True:
            typed = self._line("rule")
            chosen = known.get(typed.casefold().removeprefix("the ").rstrip(".) "))
            command = command_named(typed)
            if chosen is not None or not typed or command == "skip":
                break
            if not command and turn.ended is None:  # the question came after a hint, and this is the answer to try next
                return self._answer(turn, typed)
            move = self._beside_the_rules(turn, command, typed, shown)
            if move is not None:
                return move
        if chosen in beside:
            self.note(turn, "explained", typed)
        elif chosen is not None:
            self.note(turn, "misexplained", typed, chosen.title)
        if chosen is not None and chosen is not right and chosen in beside:
            tell(self.page, f"{chosen.title}: that one is used here, too.")
        show_named_rule(self.page, turn.exercise, right, named=chosen in beside)
        return None

    def _beside_the_rules(self, turn: Turn, command: str, typed: str, shown: Sequence[Rule]) -> Navigation | None:
        """React to what was typed instead of a rule when the question was which rule it was."""
        if command == "hint":
            show_rules_to_choose(self.page, shown, stated=True)
        elif command == "why":
            tell(self.page, "You are asked which rule does the main step. If you can name it, you will spot it in "
                            "other problems, too. Type a letter, or press Enter to go on; this does not count.")
        elif command == "lesson":
            further = self._read_through(
                lambda: show_again(self.page, self._lesson_of(turn), turn.exercise), "goes back to the question")
            if further:
                self.typed_already = further
            show_rules_to_choose(self.page, shown)
        elif command:
            return self._react(turn, typed)
        else:
            nearly = command_nearly(typed)
            tell(self.page, f"Did you mean {nearly}?" if nearly else
                 "That is none of them. Type a letter or the name of a rule. ? shows what each rule says; press Enter "
                 "to go on.")
        return None

    # -- commands ----------------------------------------------------------------------------------------------------

    def _hint(self, turn: Turn) -> Navigation | None:
        """The next hint; the same one again if it is asked for faster than anyone can read."""
        now = self.clock()
        hasty = turn.last_hint is not None and (now - turn.last_hint).total_seconds() <= self.settings.repeat_seconds
        opened = turn.hints if hasty else min(turn.hints + 1, len(turn.texts))
        new, turn.hints, turn.last_hint = opened > turn.hints, opened, now
        if new:
            self.note(turn, "hint", "?")
        if hasty:
            tell(self.page, f"Hint {turn.hints} again; the next one is ready in a moment.")
        show_hint(self.page, turn.hints, turn.texts[turn.hints - 1])
        return self._which_rule(turn) if new and turn.hints == len(turn.texts) and turn.has_a_name else None

    def _why(self, turn: Turn) -> Navigation | None:
        """What the question asks; once there is an answer, everything that is known about that answer."""
        judgement = turn.judgement
        if judgement is not None and judgement.diagnosis is not None and judgement.diagnosis.explanations:
            self.page.blank()
            show(self.page, told_why(judgement.diagnosis))
            self.page.blank()
            return None
        if judgement is not None and judgement.outcome not in ("unreadable", "right"):
            tell(self.page, "There is no more to say about your answer; ? gives a hint.")
        page = self.page
        for text in question(turn.exercise):
            show_text(page, text, "  ")
        page.flush()
        return None

    def _show(self, turn: Turn) -> Navigation:
        self.note(turn, "shown", "show")
        solution = told_exercise(turn.exercise)
        self.typed_before = self._read_through(
            lambda: show_answer(self.page, turn.exercise, turn.explanation, solution), "", is_lesson=False)
        return "next"

    def _lesson(self, turn: Turn) -> Navigation | None:
        """The lesson again, from the beginning."""
        lesson = self._lesson_of(turn)
        if not lesson.text and not other_examples(lesson, turn.exercise):
            tell(self.page, "There is nothing to read in this lesson; ? gives a hint.")
            return None
        typed = self._read_through(
            lambda: show_again(self.page, lesson, turn.exercise), "goes back to the exercise")
        self._show_item(turn)
        return self._react(turn, typed) if typed else None

    def _skip(self, turn: Turn) -> Navigation:
        self.note(turn, "skipped", "skip")
        return "next"

    def _back(self, turn: Turn) -> Navigation | None:
        if turn.number == 1:
            tell(self.page, "This is the first exercise.")
            return None
        return "back"

    def _quit(self, turn: Turn) -> Navigation:
        return "quit"

    def _help(self, turn: Turn) -> None:
        show_commands(self.page)

    def _lines(self, turn: Turn, pasted: Sequence[str] = ()) -> Navigation | None:
        """Take the answer line by line. A line that is wrong or cannot be read is taken back, to be tried again."""
        derivation, own = turn.exercise.derivation, turn.exercise.own
        if derivation is None or not has_lines(turn.exercise):
            tell(self.page, "This one cannot be answered line by line: type the answer.")
            return None
        if not pasted:
            tell(self.page, "Type one line at a time; an empty line goes back to a single answer.")
        typed, waiting = [str(line) for line in turn.lines[1:]], list(pasted)
        known = len(judge_lines_of(derivation, typed, own).lines)
        while True:
            text = waiting.pop(0) if waiting else self._line("line")
            if not text:
                return None
            pasted = pasted_lines(text)
            if len(pasted) > 1:
                waiting = [*pasted, *waiting]
                continue
            text = "".join(pasted) or text
            if self._command(turn, text) not in (None, Session._lines):
                move = self._react(turn, text)
                if move is not None:
                    return move
                continue
            if self._is_misspelt(turn, text):
                continue
            judged = judge_lines_of(derivation, [*typed, text], own)
            news = judged.lines[known:]
            finished = judged.finished and bool(news)
            for line in news:
                self._judged_line(turn, line, finished and line is news[-1])
            if all(line.outcome in RIGHT_OUTCOMES for line in news):
                typed.append(text)
                known = len(judged.lines)
            if finished:
                return "next"

    def _judged_line(self, turn: Turn, line: LineJudgement, last: bool) -> None:
        outcome: AttemptOutcome = ("right" if last else "line") if line.outcome in RIGHT_OUTCOMES else (
            line.outcome if line.outcome in ("unreadable", "undecided") else "wrong")
        self.note(turn, outcome, line.text, "" if line.expression is None else str(line.expression),
                   () if line.diagnosis is None else line.diagnosis.misconceptions)
        if line.error is not None:
            show_error(self.page, line.error)
        else:
            show_line(self.page, line)

    # -- what is kept ------------------------------------------------------------------------------------------------

    def note(self, turn: Turn, outcome: AttemptOutcome, text: str, reading: str = "",
              misconceptions: tuple[str, ...] = ()) -> None:
        """Log what happened, with a grade if this is the attempt that decides: the first one that can."""
        now = self.clock()
        attempt = replace(turn.asked, at=now, text=text, reading=reading, outcome=outcome, hints=turn.hints,
                          misconceptions=misconceptions, seconds=(now - (turn.begun or now)).total_seconds())
        if not turn.decided and turn.ended is None:
            attempt = self.progress.grade(attempt)
        if attempt.grade:
            turn.decided, turn.decision = True, attempt
        if outcome in LAST and turn.ended in (None, "skipped"):
            turn.ended = outcome
        self.log(attempt)

    def log(self, attempt: Attempt) -> None:
        """Append to the log; where that cannot be done any more, say so and remember until the session ends."""
        try:
            if attempt.lesson not in self.uncounted:
                self.store.append(attempt)
        except StoreError as error:
            show_error(self.page, error)
            tell(self.page, "You can go on, but from here on your work will be lost when the session ends.", STRONG)
            self.store = memory_only()
            self.store.append(attempt)
        self.progress.add(attempt)

    def _sum_up(self) -> None:
        results = results_of(self.turns)
        sentence = how_it_went(results) if results else "You did not finish an exercise this time."
        rules = dict.fromkeys(turn.decision.rule for turn in self.turns if turn.decision is not None)
        standings = [(title_of(rule), self.progress.rules[rule].words) for rule in rules if rule]
        ahead = today(self.progress, outline_of(self.lessons), self.clock()).sentences
        show_summary(self.page, sentence, standings, " ".join(ahead) if self.turns else "")


_COMMANDS: dict[str, Callable[[Session, Turn], Navigation | None]] = {
    "hint": Session._hint, "why": Session._why, "show": Session._show, "skip": Session._skip, "back": Session._back,
    "lines": Session._lines, "quit": Session._quit, "help": Session._help, "lesson": Session._lesson,
}
