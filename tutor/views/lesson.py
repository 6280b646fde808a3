"""A lesson on the screen: its words with its worked examples, and the question of an exercise.

    show_question(page, exercise)

What an author wrote is shown as it is: no markup, and control characters made visible.
"""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console

from tutor.derivation.derivation import Derivation
from tutor.judge.diagnosis import Text
from tutor.lesson.choosing import LETTERS
from tutor.lesson.exercise import Exercise
from tutor.lesson.schema import Lesson
from tutor.lesson.texts import text_of
from tutor.views.judgement import said
from tutor.views.markdown import show_markdown
from tutor.views.page import STRONG, TITLE, Page, Piece
from tutor.views.terminal import show_derivation
from tutor.views.tree import MARGIN


def show_question(page: Page, exercise: Exercise) -> None:
    """The words of an exercise, its expression, and what can be chosen."""
    show_text(page, exercise.prompt, MARGIN)
    if exercise.shown is not None:
        page.blank()
        page.math(MARGIN + "    ", page.text(exercise.shown), STRONG)
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


def show_lesson(console: Console, lesson: Lesson, examples: Iterable[Derivation]) -> None:
    """The words of a lesson, and below them its worked examples, or some of these."""
    show_lesson_text(Page(console), lesson)
    for example in examples:
        console.print()
        show_derivation(console, example, methods=False)


def show_text(page: Page, text: Text, prefix: str, *, lead: Piece = ("", "")) -> None:
    """A text, as Markdown if an author wrote it."""
    if text.markdown:
        show_markdown(page, text, prefix, lead=lead)
    else:
        page.words(prefix, said(page, text), lead=lead)
