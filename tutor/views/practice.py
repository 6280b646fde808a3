"""Practice on the screen: an exercise, what is said of an answer, a hint, how it went. Plain rows, nothing is redrawn.

    show_item(page, exercise, lines=())
    #   Differentiate with respect to x:
    #
    #       (3x + 2)⁴
"""

from __future__ import annotations

from collections.abc import Sequence

from tutor.derivation.derivation import shown_bindings
from tutor.expression.tree import Expression
from tutor.judge.diagnosis import Text
from tutor.judge.lines import RIGHT, LineJudgement
from tutor.lesson.choosing import LETTERS
from tutor.lesson.exercise import Exercise
from tutor.lesson.judging import Judgement
from tutor.lesson.schema import Lesson
from tutor.rules.rule import Rule
from tutor.views.judgement import said
from tutor.views.lesson import show_question, show_text
from tutor.views.page import BAD, DOUBT, GOOD, GUIDE, STRONG, TITLE, Page, Piece
from tutor.views.signs import note as note_in_signs
from tutor.views.signs import words
from tutor.views.steps import in_own_letters, statement
from tutor.views.tree import MARGIN

PROMPTS = {"answer": "  answer> ", "line": "  line>   ", "rule": "  rule>   ", "enter": "  Enter goes on. ",
           "lesson": "  Enter to read it, s to go straight to the exercises. "}
"""What stands before a line that is typed: plain ASCII, so that every terminal counts its cells alike."""

_INSET = " " * len(PROMPTS["answer"])

_COMMANDS = (
    ("?", "a hint, the next one each time"),
    ("why", "more about your last answer"),
    ("show", "give up, and see the solution"),
    ("lines", "answer line by line"),
    ("skip", "go on to another one"),
    ("back", "return to the one before"),
    ("quit", "end; everything is kept"),
)


def show_heading(page: Page, title: str, place: str, facts: str) -> None:
    """Where in the session this is. title: "" where it would give the rule away."""
    page.blank()
    bullet = f" {page.signs.bullet} "
    page.words(MARGIN, bullet.join(part for part in (title, place, facts) if part), TITLE)
    page.flush()


def welcome(page: Page) -> None:
    """A word to someone who was never here before."""
    page.blank()
    page.words(MARGIN, "Welcome. Type your answer to each exercise and press Enter; the first attempt counts, and you "
                       "can go on trying. Whatever ends the session, everything is kept.")
    page.flush()


def tell_of_lesson(page: Page, lesson: Lesson) -> None:
    """That a lesson begins."""
    page.blank()
    page.words(MARGIN, f"A new lesson: {lesson.title}.", TITLE)
    page.flush()


def show_commands(page: Page) -> None:
    """What can be typed in place of an answer."""
    page.blank()
    for name, meaning in _COMMANDS:
        page.words(MARGIN, meaning, lead=(f"{name:<8}", STRONG))
    page.words(MARGIN, "Anything else is an answer.")
    page.blank()
    page.flush()


def show_item(page: Page, exercise: Exercise, lines: Sequence[Expression]) -> None:
    """The question, and the lines of its solution that are done already."""
    page.blank()
    show_question(page, exercise)
    if lines:
        page.blank()
        page.words(MARGIN, "It begins like this; finish it:")
        for number, line in enumerate(lines):
            page.math(f"{MARGIN}    {'= ' if number else '  '}", page.text(line), follow=f"{MARGIN}      ")
    page.blank()
    page.flush()


def show_judgement(page: Page, judgement: Judgement, praise: Rule | None, exercise: Exercise) -> None:
    """How an answer was read, whether it is right, and one or two lines of why.

    praise: the rule that was used rightly, while it is still being learned.
    """
    if judgement.reading is not None and judgement.reading.args:
        page.math(f"{_INSET}read as ", page.text(judgement.reading), follow=_INSET)
    for note in judgement.notes:
        page.words(_INSET, note_in_signs(note.message, page.signs), DOUBT)
    sign, label = verdict(page, judgement.outcome)
    texts = [said(page, text) for text in judgement.texts]
    if judgement.outcome == "right" and judgement.reading is not None:
        texts = [used(page, exercise, praise)] if praise is not None else []
    page.words(MARGIN, " ".join([f"{label}.", *texts]), lead=(f"{sign[0]} ", sign[1]))
    page.flush()


def verdict(page: Page, outcome: str) -> tuple[Piece, str]:
    """The sign of an outcome, and two words."""
    return {
        "right": ((page.signs.yes, GOOD), "yes"), "nearly": ((page.signs.yes, DOUBT), "nearly"),
        "wrong": ((page.signs.no, BAD), "not yet"), "undecided": ((page.signs.unsure, DOUBT), "undecided"),
        "unreadable": ((page.signs.unsure, DOUBT), "not judged"),
    }[outcome]


def used(page: Page, exercise: Exercise, rule: Rule) -> str:
    """The rule of an exercise and what its letters stand for there: "Chain rule: outside F(u) = u⁴, inside g = 3x"."""
    leading = exercise.leading
    parts: list[str] = []
    if leading is not None:
        _, parts = in_own_letters(page, rule, shown_bindings(rule, leading.bindings), leading.problem)
    return words(f"{rule.title}: {', '.join(parts)}." if parts else f"{rule.title}.", page.signs)


def show_line(page: Page, line: LineJudgement) -> None:
    """One line of a learner's own derivation."""
    if line.expression is not None:
        page.math(f"{_INSET}read as ", page.text(line.expression), follow=_INSET)
    style = GOOD if line.outcome in RIGHT else BAD if line.outcome == "wrong" else DOUBT
    sign = page.signs.yes if style is GOOD else page.signs.no if style is BAD else page.signs.unsure
    texts = [line.message, *(line.diagnosis.texts if line.diagnosis is not None else ())]
    page.words(MARGIN, " ".join(said(page, text) for text in texts), lead=(f"{sign} ", style))
    page.flush()


def show_hint(page: Page, level: int, text: Text) -> None:
    """A hint with its number."""
    show_text(page, text, MARGIN, lead=(f"hint {level}  ", TITLE))
    page.flush()


def show_rules_to_choose(page: Page, rules: Sequence[Rule], stated: bool = False) -> None:
    """The question which rule that was; stated: with what each of them says."""
    page.words(MARGIN, "Which rule was that?")
    for letter, rule in zip(LETTERS, rules, strict=False):
        page.words(MARGIN, rule.title, lead=(f"{letter}  ", STRONG))
        if stated:
            page.math(MARGIN + "   ", statement(page, rule))
    page.flush()


def show_named_rule(page: Page, exercise: Exercise, rule: Rule, named: bool) -> None:
    """The rule of an exercise, after the question which one it was."""
    sign = (page.signs.yes, GOOD) if named else (page.signs.unsure, DOUBT)
    sentence = used(page, exercise, rule)
    page.words(MARGIN, sentence if named else f"It was this one. {sentence}", lead=(f"{sign[0]} ", sign[1]))
    page.flush()


def tell(page: Page, sentence: str, style: str = "") -> None:
    """A sentence of the session itself."""
    page.words(MARGIN, sentence, style)
    page.flush()


def show_summary(page: Page, finished: int, unaided: int, standings: Sequence[tuple[str, str]],
                 lessons: Sequence[tuple[str, int, int]], later: str) -> None:
    """How a session went.

    standings: titles of rules with how they stand; lessons: titles, with how many items were met of how many; later:
    when to come back.
    """
    page.blank()
    if not finished:
        tell(page, "Nothing was finished this time." + (f" {later}" if later else ""))
        return
    page.words(MARGIN, f"{finished} finished, {unaided} of them at the first attempt and unaided.", STRONG)
    width = max((len(title) for title, _ in standings), default=0)
    for title, known in standings:
        page.row((MARGIN, ""), (title.ljust(width) + "   ", TITLE), (known, ""))
    for title, met, items in lessons:
        page.words(MARGIN, f"{title}: {met} of {items} exercises met.")
    if later:
        page.words(MARGIN, later)
    page.flush()


_BAR = 10


def bar(page: Page, share: float) -> str:
    """A share as ten signs."""
    full, empty = ("█", "░") if page.signs.yes == "✓" else ("#", ".")
    filled = round(share * _BAR)
    return full * filled + empty * (_BAR - filled)


Skills = Sequence[tuple[str, str]]
"""Forms in which something was met, each with when it is due again, in words."""


def show_progress(page: Page, rows: Sequence[tuple[str, float, str, bool, Skills]], others: Skills, due: str) -> None:
    """How every rule stands: its title, the share of successes, the same in words, whether it is mastered, its skills.

    others: what was asked in words and takes no rule; due: what is due at all.
    """
    width = max((len(title) for title, *_ in rows), default=0)
    page.blank()
    for title, share, known, mastered, skills in rows:
        sign = page.signs.yes if mastered else " " * len(page.signs.yes)
        page.row((MARGIN, ""), (f"{sign} ", GOOD), (title.ljust(width) + "   ", TITLE), (bar(page, share), GUIDE),
                 (f"   {known}", ""))
        _show_skills(page, skills)
    if others:
        page.blank()
        page.words(MARGIN + MARGIN, "Questions in words", TITLE)
        _show_skills(page, others)
    if rows or others:
        page.blank()
    page.words(MARGIN, due)
    page.flush()


def _show_skills(page: Page, skills: Skills) -> None:
    """Each skill with when it is due, what is due at the same time together."""
    together: dict[str, list[str]] = {}
    for form, due in skills:
        together.setdefault(due, []).append(form)
    for due, forms in together.items():
        page.words(MARGIN + "    ", f" {page.signs.bullet} ".join(forms), lead=(f"due {due}: ", GUIDE))


def show_course(page: Page, rows: Sequence[tuple[str, str, str, str]]) -> None:
    """The lessons: name, title, what they need, how far the learner is."""
    width = max((len(name) for name, *_ in rows), default=0)
    page.blank()
    for name, title, needs, progress in rows:
        page.words(MARGIN, f"{title} {page.signs.bullet} {progress}", lead=(name.ljust(width) + "   ", STRONG))
        if needs:
            page.words(MARGIN + " " * (width + 3), f"after {needs}", GUIDE)
    page.flush()


def show_statistics(page: Page, items: Sequence[tuple[str, int, int]], answers: Sequence[tuple[str, int, str]]) -> None:
    """How the items do, for an author. items: name, times asked, times right; answers: exercise, times, as read."""
    page.blank()
    if not items:
        tell(page, "Nothing was practised yet on this machine, so there is nothing to tell.")
        return
    width = max(len(name) for name, *_ in items)
    for name, asked, right in items:
        page.row((MARGIN, ""), (name.ljust(width) + "   ", TITLE), (bar(page, right / asked), GUIDE),
                 (f"   {right} of {asked} right at the first attempt", BAD if not right else ""))
    page.blank()
    heading = "Wrong answers that nothing explains, by value:" if answers else "Every wrong answer was explained."
    page.words(MARGIN, heading, STRONG)
    for exercise, times, readings in answers:
        page.words(MARGIN, readings, lead=(f"{times:>3} ×  {exercise}   ", TITLE))
    page.flush()
