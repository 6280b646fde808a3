"""What the author's check found: each problem under its own line, and a line that sums it up.

    show_examination(page, examination)
    #   lessons/chain-rule.yaml:14:21: L104 a letter that is not in the item
    #      14 │     vary: {a: 2..5, m: 3..5}
    #         │                     ^ m does not occur in (a*x + b)^n. Did you mean n?
"""

from __future__ import annotations

from tutor.lesson.codes import CODES
from tutor.lesson.findings import Examination, LessonProblem
from tutor.views.errors import window
from tutor.views.page import BAD, DOUBT, GOOD, GUIDE, STRONG, Page

_DIGITS = 5
_LEAST_ROOM = 24
"""Cells beside a mark in which its message may stand; with fewer it stands below."""


def show_examination(page: Page, examination: Examination) -> None:
    """Every problem of a lesson, and a line that sums it up: with a sign for nothing to say, warnings, or errors."""
    for problem in examination.problems:
        _show_problem(page, problem)
    if examination.problems:
        page.blank()
    sign, style = ((page.signs.yes, GOOD) if not examination.problems else ("!", DOUBT) if examination.passed else
                   (page.signs.no, BAD))
    page.words("", _summary(examination), STRONG, lead=(f"{sign} ", style))
    page.flush()


def _summary(examination: Examination) -> str:
    warnings = examination.warnings
    errors = len(examination.problems) - warnings
    parts = []
    if examination.lessons is not None:
        parts.append(f"{_counted(examination.lessons, 'lesson')} in order")
    elif examination.items or not errors:
        parts += [_counted(examination.items, "item"), f"{_counted(examination.variants, 'variant')} checked"]
    parts += [_counted(number, what) for number, what in ((errors, "error"), (warnings, "warning")) if number]
    return f"{examination.lesson}: {', '.join(parts)}{'' if examination.problems else ', no problems'}"


def _counted(number: int, what: str) -> str:
    return f"{number or 'no'} {what}{'' if number == 1 else 's'}"


def _show_problem(page: Page, problem: LessonProblem) -> None:
    """Where, what, the line itself, and what to do about it."""
    style = DOUBT if problem.is_warning else BAD
    code = CODES[problem.code]
    page.words("", code.meaning, STRONG,
               lead=(f"{problem.file}:{problem.line}:{problem.column}: {problem.code} ", style))
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
