"""What an author sees: the problems of a lesson under its own lines, and its exercises with all that belongs to them.

    show_examination(page, examination)
    #   lessons/chain-rule.yaml:14:21: L104 a letter that is not in the item
    #      14 │     vary: {a: 2..5, m: 3..5}
    #         │                     ^ m does not occur in (a*x + b)^n. Did you mean n?

What an author wrote is shown as it is: no markup, and control characters made visible.
"""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console

from tutor.judge.diagnosis import Text
from tutor.lesson.check import Examination
from tutor.lesson.choosing import LETTERS
from tutor.lesson.codes import CODES
from tutor.lesson.exercise import Exercise
from tutor.lesson.hints import hints
from tutor.lesson.judging import Judgement
from tutor.lesson.reader import LessonProblem
from tutor.lesson.schema import Lesson
from tutor.lesson.texts import text_of
from tutor.views.errors import window
from tutor.views.judgement import said
from tutor.views.markdown import show_markdown
from tutor.views.page import BAD, DOUBT, GOOD, GUIDE, STRONG, TITLE, Page, Piece
from tutor.views.signs import clean
from tutor.views.terminal import show_derivation
from tutor.views.tree import MARGIN

_DIGITS = 5
_LEAST_ROOM = 24
"""Cells beside a mark in which its message may stand; with fewer it stands below."""


def show_examination(page: Page, examination: Examination) -> None:
    """Every problem of a lesson, and a line that sums it up."""
    for problem in examination.problems:
        _show_problem(page, problem)
    if examination.problems:
        page.blank()
    good = (page.signs.yes, GOOD) if examination.passed else (page.signs.no, BAD)
    page.words("", _summary(examination), STRONG, lead=(f"{good[0]} ", good[1]))
    page.flush()


def _summary(examination: Examination) -> str:
    return (f"{examination.lesson}: {_counted(examination.items, 'item')}, "
            f"{_counted(examination.variants, 'variant')} checked, {_counted(len(examination.problems), 'problem')}")


def _counted(number: int, what: str) -> str:
    return f"{number or 'no'} {what}{'' if number == 1 else 's'}"


def _show_problem(page: Page, problem: LessonProblem) -> None:
    """Where, what, the line itself, and what to do about it."""
    style = DOUBT if problem.is_warning else BAD
    code = CODES[problem.code]
    page.words("", code.meaning, STRONG,
               lead=(f"{clean(problem.file)}:{problem.line}:{problem.column}: {problem.code} ", style))
    bar = f" {page.signs.vertical} "
    message = f"{problem.message} {code.repair}"
    if not problem.text:
        page.words(" " * _DIGITS + bar, message)
        return
    start = min(problem.column - 1, max(len(problem.text) - 1, 0))
    text, before, _ = window(page, problem.text, start, start + 1, page.width - _DIGITS - len(bar))
    page.row((f"{problem.line:>{_DIGITS}}{bar}", GUIDE), (text, ""))
    prefix = " " * _DIGITS + bar
    if page.width - len(prefix) - before - 2 >= _LEAST_ROOM:
        page.words(prefix + " " * before, message, lead=("^ ", style))
    else:
        page.row((prefix + " " * before, GUIDE), ("^", style))
        page.words(prefix, message)


def show_preview(console: Console, lesson: Lesson, exercise: Exercise,
                 mistakes: Sequence[tuple[str, Judgement]]) -> None:
    """One exercise as its author wants to see it: the question, the solution, the hints, and what mistakes are told.

    mistakes: names of misconceptions, each with what is said of the answer to which it leads.
    """
    page = Page(console)
    page.words("", exercise.name, TITLE)
    page.blank()
    show_question(page, exercise)
    derivation, answer = exercise.derivation, exercise.answer
    if exercise.right:
        _heading(page, f"The answer is {LETTERS[exercise.right - 1] if exercise.choices else exercise.right}.")
    if derivation is not None and not exercise.lines and exercise.ask != "choose":
        _heading(page, "Solution")
        page.flush()
        show_derivation(console, derivation, methods=False)
    if answer is not None and not exercise.right and (derivation is None or answer is not derivation.result):
        _heading(page, "Answer")
        page.math(MARGIN, page.text(answer), STRONG)
    _heading(page, "Hints")
    for number, text in enumerate(hints(exercise), 1):
        show_text(page, text, MARGIN, lead=(f"{number}  ", STRONG))
    if mistakes:
        _heading(page, "Mistakes")
    for name, judgement in mistakes:
        assert judgement.reading is not None
        page.words(MARGIN, f"{page.text(judgement.reading)}", lead=(f"{name}: ", STRONG))
        for text in judgement.texts:
            page.words(MARGIN + "   ", said(page, text))
    page.blank()
    page.flush()


def _heading(page: Page, words: str) -> None:
    page.blank()
    page.words("", words, STRONG)
    page.blank()


def show_question(page: Page, exercise: Exercise) -> None:
    """The words of an exercise, its expression, and what can be chosen."""
    show_text(page, exercise.prompt, MARGIN)
    if exercise.given is not None:
        page.blank()
        page.math(MARGIN + "    ", page.text(exercise.given), STRONG)
    for number, line in enumerate(exercise.lines, 1):
        equals = "= " if number > 1 else "  "
        page.math(f"{MARGIN}{number}  {equals}", page.text(line.expression), STRONG, follow=f"{MARGIN}     ")
    if exercise.choices:
        page.blank()
    for letter, choice in zip(LETTERS, exercise.choices, strict=False):
        show_text(page, choice, MARGIN, lead=(f"{letter}  ", STRONG))


def show_lesson_text(page: Page, lesson: Lesson, heading: str = "") -> None:
    """The words of a lesson under its title, or under another heading."""
    page.words(MARGIN, heading or lesson.title, TITLE)
    if lesson.text:
        page.blank()
        show_markdown(page, text_of(lesson.text, functions=lesson.defined), MARGIN)
    page.flush()


def show_text(page: Page, text: Text, prefix: str, *, lead: Piece = ("", "")) -> None:
    """A text, as Markdown if an author wrote it."""
    if text.markdown:
        show_markdown(page, text, prefix, lead=lead)
    else:
        page.words(prefix, said(page, text), lead=lead)
