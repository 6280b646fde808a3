"""A lesson as its author sees it before learners do: its text, and every exercise with all that belongs to it.

    show_exercise(page, exercise, hints(exercise), told_derivation(exercise.derivation), responses(lesson, exercise))
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tutor.expression.text import Text
from tutor.lesson.choosing import letters_in_words
from tutor.lesson.exercise import Exercise
from tutor.lesson.responses import Response
from tutor.telling.document import Document, Formula
from tutor.telling.lesson import told_question
from tutor.views.blocks import show_blocks
from tutor.views.page import BAD, DOUBT, GOOD, GUIDE, MARGIN, STRONG, TITLE, Page, StyledText
from tutor.views.prose import said, show_text
from tutor.views.terminal import show


def show_exercise(page: Page, exercise: Exercise, hints: Iterable[Text], solution: Document | None,
                  responses: Iterable[Response], given: Iterable[Sequence[Formula]] = ()) -> None:
    """One exercise: the question, what is given at first, hints, solution, and what is said of answers.

    given: the lines that stand there already while the rule is new, and then the fewer lines that do.
    """
    page.words("", exercise.name, TITLE)
    page.blank()
    show(page, told_question(exercise))
    for number, lines in enumerate([each for each in given if each]):
        _heading(page, "Lines given later" if number else "Lines given while the rule is new")
        show_blocks(page, MARGIN, lines)
    _heading(page, "Hints")
    for level, text in enumerate(hints, 1):
        show_text(page, text, MARGIN, lead=(f"{level}  ", STRONG))
    _show_solution(page, exercise, solution)
    first = True
    for response in responses:
        if first:
            _heading(page, "Replies to answers")
            first = False
        _show_response(page, response)
    page.blank()
    page.flush()


def _show_solution(page: Page, exercise: Exercise, solution: Document | None) -> None:
    derivation, answers = exercise.derivation, exercise.answers
    if exercise.right:
        page.blank()
        right = letters_in_words(exercise.right_choices) if exercise.choices else (
            f"line {exercise.right}" if exercise.lines else f"row {exercise.right}")
        page.words("", f"The answer is {right}.", STRONG)
    if exercise.listed is not None:
        _heading(page, "Answer")
        show_text(page, exercise.listed.told, MARGIN, STRONG)
    if solution is not None:
        _heading(page, "Solution")
        show(page, solution)
    if answers and not exercise.right and (derivation is None or answers[0] is not derivation.result):
        _heading(page, "Answer")
        page.math(MARGIN, " or ".join(map(page.text, answers)), STRONG)


def _heading(page: Page, words: str) -> None:
    page.blank()
    page.words("", words, STRONG)
    page.blank()


def _show_response(page: Page, response: Response) -> None:
    """An answer with its sign and where it comes from, and below it what is said of it."""
    outcome = response.judgement.outcome
    label = f"   {response.label}" if response.label else ""
    answer = said(page, response.answer)
    if len(MARGIN) + 2 + len(answer) + len(label) <= page.width:
        page.row((MARGIN, ""), _sign(page, outcome), (answer, STRONG), (label, GUIDE))
    else:
        sign = _sign(page, outcome)[0]
        page.math(MARGIN + sign, answer, STRONG, follow=MARGIN + " " * len(sign))
        page.words(MARGIN + "   ", response.label, GUIDE)
    for text in response.judgement.texts:
        if text.written() != response.answer.written():  # of a right choice no more is said than what it says
            show_text(page, text, MARGIN + "   ")
    page.flush()


def _sign(page: Page, outcome: str) -> StyledText:
    signs = page.signs
    sign, style = {"right": (signs.yes, GOOD), "wrong": (signs.no, BAD)}.get(outcome, (signs.unsure, DOUBT))
    return f"{sign} ", style
