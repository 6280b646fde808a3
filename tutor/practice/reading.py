"""Reading inside practice: a lesson and its worked examples, page by page where they are longer than the screen.

    read_through(page, read, lambda: show_again(page, lesson, exercise), "goes back to the exercise")

    rows = rows_drawn(page, lambda: show(page, told_lesson(lesson)))
    pages(rows, 20)                         # [(0, 18), (19, 37), (38, 41)]
    page_of(rows, pages(rows, 12), 4)       # 2: where a reader of four paragraphs goes on in a smaller window
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from itertools import pairwise

from tutor.derivation.derivation import Derivation
from tutor.lesson.exercise import Exercise, worked_examples
from tutor.lesson.schema import Lesson
from tutor.practice.asking import command_named, command_nearly
from tutor.telling.derivation import told_derivation
from tutor.telling.lesson import told_lesson
from tutor.views.page import Page
from tutor.views.practice import page_prompt, show_commands, tell, welcome
from tutor.views.terminal import show

Read = Callable[[str, str], str]
"""Shows a prompt, and behind it the line as far as it is typed already, to be edited or sent; returns the line. Raises
EOFError if there are no more lines."""

_AROUND_A_PAGE = 3
"""Rows of the screen that a page leaves free: for an empty one, the line that turns it, and what was typed there."""


def rows_drawn(page: Page, show: Callable[[], None]) -> list[str]:
    """The rows that `show` prints on a console, with their colours, without empty ones at the end."""
    with page.console.capture() as captured:
        show()
        page.flush()
    return captured.get().rstrip("\n").split("\n")


def _drawn_with_formulas(page: Page, show: Callable[[], None]) -> tuple[list[str], frozenset[int]]:
    """The same, and which of the rows go on with a formula of the row before."""
    first = page.rows
    rows = rows_drawn(page, show)
    return rows, frozenset(row - first for row in page.joined if row > first)


def pages(rows: Sequence[str], height: int, joined: Collection[int] = ()) -> list[tuple[int, int]]:
    """Where each page begins and ends: at an empty row if one is near, so that a paragraph stays whole and a heading
    is not the last thing on a page. joined: rows that are not to be parted from the row before, if they fit."""
    found, begins = [], 0
    while begins < len(rows):
        ends = min(begins + max(height, 1), len(rows))
        if ends < len(rows):
            empty = [row for row in range(begins + max(height, 1) // 2, ends + 1)
                     if row > begins and not rows[row].strip() and not _is_heading(rows, row - 1)]
            whole = [row for row in range(begins + 1, ends + 1) if row not in joined]
            ends = empty[-1] if empty else whole[-1] if whole else ends
        found.append((begins, ends))
        begins = ends
        while begins < len(rows) and not rows[begins].strip():
            begins += 1
    return found


_COLOURS = re.compile(r"\x1b\[[0-9;]*m")


def _is_heading(rows: Sequence[str], row: int) -> bool:
    """Whether a row stands alone and is no sentence, or announces what comes below it."""
    text = _COLOURS.sub("", rows[row]).strip()
    return bool(text) and text[-1] not in ".!?" and (row == 0 or not rows[row - 1].strip())


def paragraph(rows: Sequence[str], row: int) -> int:
    """How many paragraphs end above a row: a place that is the same however wide the screen is."""
    return sum(bool(above.strip()) and not below.strip() for above, below in pairwise(rows[:row + 1]))


def page_of(rows: Sequence[str], found: Sequence[tuple[int, int]], paragraphs: int) -> int:
    """The first page with the beginning of what comes after so many paragraphs."""
    return next((number for number, (begins, _) in reversed(list(enumerate(found)))
                 if paragraph(rows, begins) <= paragraphs), 0)


def read_through(page: Page, read: Read, show: Callable[[], None], last: str, is_lesson: bool = True) -> str:
    """What `show` prints, page by page.

    last: what Enter does at the end of it, "" if nobody waits there; is_lesson: `lesson` begins it again.

    Returns "" when everything was read, or what was typed if it has nothing to do with reading.
    """
    (rows, joined), size, number, turned = _drawn_with_formulas(page, show), page.console.size, 0, True
    while True:
        found = pages(rows, size.height - _AROUND_A_PAGE, joined)
        if page.console.size != size:  # the window was made larger or smaller
            place = paragraph(rows, found[number][0])
            (rows, joined), size = _drawn_with_formulas(page, show), page.console.size
            found = pages(rows, size.height - _AROUND_A_PAGE, joined)
            number = page_of(rows, found, place)
        if turned:
            at_the_end = not last and number + 1 == len(found)
            page.console.out("\n".join([*rows[slice(*found[number])], *([] if at_the_end else [""])]), highlight=False)
            if at_the_end:
                return ""
        typed = read(page_prompt(number + 1, len(found), last, page.width), "").strip()
        command, turned = command_named(typed), True
        if command == "skip" or typed.casefold() == "s" or (not typed and number + 1 == len(found)):
            return ""
        if not typed:
            number += 1
        elif command == "back" and number:
            number -= 1
        elif command == "lesson" and is_lesson:
            number = 0
        elif command == "help":
            turned = False
            show_commands(page, reading=True)
        elif not command and command_nearly(typed):
            turned = False
            tell(page, f"Did you mean {command_nearly(typed)}?")
        else:
            return typed


def other_examples(lesson: Lesson, exercise: Exercise) -> list[Derivation]:
    """The worked examples of a lesson, but for one that is the exercise itself."""
    return [derivation for derivation in worked_examples(lesson) if derivation.problem is not exercise.problem]


def show_introduction(page: Page, lesson: Lesson | None, example: Derivation | None, first: bool) -> None:
    """What comes before an exercise: the text of its lesson, if the lesson is new, and an example of a new rule.

    first: the learner practises for the first time.
    """
    if first:
        welcome(page)
    if lesson is not None:
        page.blank()
        show(page, told_lesson(lesson, heading=f"A new lesson: {lesson.title}."))
    if example is not None:
        page.blank()
        tell(page, "This is new. Here is an example, worked out:" if lesson is None else
             "Here is an example, worked out:")
        page.blank()
        show(page, told_derivation(example))


def show_again(page: Page, lesson: Lesson, exercise: Exercise) -> None:
    """A lesson again, with all its examples but the exercise itself."""
    page.blank()
    show(page, told_lesson(lesson, other_examples(lesson, exercise)))
