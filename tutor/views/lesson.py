"""A lesson on the screen: its words with its worked examples, and the question of an exercise.

    show_question(page, exercise)

What an author wrote is shown as it is: no markup, and control characters made visible.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tutor.derivation.derivation import Derivation
from tutor.expression.tree import Expression
from tutor.judge.diagnosis import Text
from tutor.lesson.choosing import LETTERS
from tutor.lesson.exercise import Exercise
from tutor.lesson.schema import Lesson
from tutor.lesson.texts import text_of
from tutor.telling.derivation import told_derivation
from tutor.telling.document import Formula
from tutor.views.markdown import show_markdown
from tutor.views.page import MARGIN, STRONG, TITLE, Page, Piece
from tutor.views.prose import said
from tutor.views.terminal import show


def show_question(page: Page, exercise: Exercise) -> None:
    """The words of an exercise, its expression, and what can be chosen."""
    show_text(page, exercise.prompt, MARGIN)
    if exercise.shown is not None:
        page.blank()
        page.formula(MARGIN + "    ", Formula(exercise.shown))
    was_high = False
    for number, line in enumerate(exercise.lines, 1):
        leads = ((f"{number}  " + ("  " if number == 1 else ""), STRONG),)
        formula = Formula(line.expression, continues=number > 1)
        was_high = _apart(page, MARGIN, formula, was_high)
        page.formula(MARGIN, formula, leads=leads)
    if exercise.choices:
        page.blank()
    for letter, choice in zip(LETTERS, exercise.choices, strict=False):
        show_text(page, choice, MARGIN, lead=(f"{letter}  ", STRONG))


def show_given_lines(page: Page, prefix: str, lines: Sequence[tuple[Expression, Expression | None]]) -> None:
    """The lines of a solution that are given, each with what its letter stands for where that has to be said."""
    told, was_high = None, False
    for number, (line, beside) in enumerate(lines):
        leads = () if number else (("  ", ""),)
        formula = Formula(line, continues=number > 0, tone="")
        was_high = _apart(page, prefix, formula, was_high)
        where = f"where {page.text(beside)}" if beside is not None and beside is not told else ""
        block = page.box(formula, page.width - len(prefix) - len("     ") - len(where)) if where else None
        if block is not None:
            page.place(prefix, block, leads=leads, tail=((f"   {where}", ""),))
        else:
            page.formula(prefix, formula, leads=leads)
            if where:
                page.math(prefix + "  ", where)
        told = beside


def _apart(page: Page, prefix: str, line: Formula, was_high: bool) -> bool:
    """An empty row before a line where two high ones would touch. Returns whether it is a high one."""
    is_high = page.is_high(line, len(prefix) + 2)
    if is_high and was_high:
        page.blank()
    return is_high


def show_lesson_text(page: Page, lesson: Lesson, heading: str = "") -> None:
    """The words of a lesson under its title, or under another heading."""
    page.words(MARGIN, heading or lesson.title, TITLE)
    if lesson.text:
        page.blank()
        show_markdown(page, text_of(lesson.text, functions=lesson.defined), MARGIN)
    page.flush()


def show_lesson(page: Page, lesson: Lesson, examples: Iterable[Derivation]) -> None:
    """The words of a lesson, and below them its worked examples, or some of these."""
    show_lesson_text(page, lesson)
    for example in examples:
        page.blank()
        show(page, told_derivation(example))


def show_text(page: Page, text: Text, prefix: str, *, lead: Piece = ("", "")) -> None:
    """A text, as Markdown if an author wrote it."""
    if text.markdown:
        show_markdown(page, text, prefix, lead=lead)
    else:
        page.words(prefix, said(page, text), lead=lead)
