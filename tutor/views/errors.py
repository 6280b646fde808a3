"""A text that cannot be read: the text, a mark under the place, and what to do, for every problem that was found.

    show_error(page, error)
    #   d/dx In(x) + sin
    #        ‾‾
    #   There is no function In. Did you mean ln, the natural logarithm?
"""

from __future__ import annotations

from rich.cells import cell_len

from tutor.errors import NoProgress, TutorError
from tutor.views.page import BAD, MARGIN, STRONG, TITLE, Page
from tutor.views.signs import in_signs


def show_error(page: Page, error: TutorError, place: str = "") -> None:
    """Print an error. place: where the text comes from, such as "homework.txt, line 3"."""
    if place:
        page.words(MARGIN, f"{place}:", STRONG)
    if not error.problems or not error.text:
        for line in str(error).split("\n"):  # one for each thing that is wrong with a lesson
            page.words(MARGIN, line)
        for sentence in error.report if isinstance(error, NoProgress) else ():
            page.words(MARGIN, sentence, lead=("- ", ""))
    for number, problem in enumerate(error.problems if error.text else ()):
        if number:
            page.blank()
        text, before, marked = window(page, error.text, problem.start, problem.end, page.width - 2 * len(MARGIN))
        page.row((MARGIN, ""), (text, STRONG))
        page.row((MARGIN + " " * before, ""), (page.signs.under * marked, BAD))
        page.words(MARGIN, problem.message)
    page.flush()


def show_usage(page: Page, message: str, example: str, help: str) -> None:
    """Print why a command line cannot be followed, one that can, and the command that tells more."""
    page.words(MARGIN, message)
    page.blank()
    for label, command in (("Try", example), ("Help", help)):
        if command:
            page.words(MARGIN, command, STRONG, lead=(label.ljust(6), TITLE))
    page.flush()


def window(page: Page, text: str, start: int, end: int, room: int) -> tuple[str, int, int]:
    """The part of `text` around a position that fits in the room, the cells before the position, and the cells of it.

    Only characters near the position are looked at, so the length of the text does not matter.
    """
    start = min(max(start, 0), len(text))
    spread = max(end - start, 1)
    first = max(0, start - room)
    chars = [in_signs(char, page.signs) for char in text[first:start + room]]  # one by one: positions stay
    cells = [cell_len(char) for char in chars[start - first:]]
    after = _fitting(cells, room * 2 // 3)
    left = [cell_len(char) for char in reversed(chars[:start - first])]
    before = _fitting(left, room - sum(cells[:after]))
    if before == start:  # nothing is cut on the left, so there may be more room on the right
        after = _fitting(cells, room - sum(left[:before]))
    cut = page.signs.cut
    head, tail = before < start, start + after < len(text)
    if head:
        before = max(0, _fitting(left, sum(left[:before]) - len(cut)))
    if tail:
        after = max(1, _fitting(cells, room - sum(left[:before]) - len(cut) * (head + tail)))
    shown = "".join(chars[start - first - before:start - first + after])
    offset = sum(left[:before]) + len(cut) * head
    marked = max(1, sum(cells[:min(spread, after)]))
    return f"{cut if head else ''}{shown}{cut if tail else ''}", offset, marked


def _fitting(cells: list[int], room: int) -> int:
    """How many of these characters fit in so many cells."""
    total = 0
    for count, width in enumerate(cells):
        total += width
        if total > room:
            return count
    return len(cells)
