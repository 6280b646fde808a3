"""The result of a derivation in its box, with what the check found beside it where there is room.

    show_result(page, told_solution(tutor.explain("d/dx x^2")).result)
    #  ╭────╮
    #  │ 2x │   ✓ 1 step, checked
    #  ╰────╯
"""

from __future__ import annotations

from tutor.telling.document import Formula, Result
from tutor.views.boxes import Box, apart
from tutor.views.page import GUIDE, MARGIN, STRONG, Page, StyledText
from tutor.views.prose import said, styled_sign
from tutor.views.shorten import LONGEST_RESULT


def show_result(page: Page, result: Result) -> None:
    """The box, what the oracle found, and why there is no result where there is none."""
    room = page.width - len(MARGIN) - 4
    why = said(page, result.why) if result.why is not None else ""
    if result.formula is None:
        boxes = [Box((result.missing,), 0)]
    else:
        rows = result.formula.args if result.formula.head == "statements" else (result.formula,)
        boxes = [box for row in rows for box in page.boxes(Formula(row), room, room, LONGEST_RESULT)]
    inside = max(box.width for box in boxes)
    findings = [(*styled_sign(page, each.sign), said(page, each.texts[0])) for each in result.findings if each.sign]
    free = room - inside - 3
    tail: tuple[StyledText, ...] = ()
    if why and len(why) <= free:
        tail, why = (("   ", ""), (why, STRONG)), ""
    elif result.formula is not None and len(boxes) == len(findings) == 1:
        [(sign, style, found)] = findings
        if len(sign + found) <= free:
            tail, findings = (("   ", ""), (sign, style), (found, style)), []
    _show_box(page, boxes, inside, tail)
    if why:
        page.words(MARGIN, why, STRONG)
    for sign, style, found in findings:
        page.words(MARGIN, found, style, lead=(sign, style))


def _show_box(page: Page, boxes: list[Box], inside: int, tail: tuple[StyledText, ...]) -> None:
    """Boxes in a frame. tail: what stands behind it, beside the first of them."""
    signs = page.signs
    top_left, top_right, bottom_left, bottom_right = signs.corners
    bar = signs.horizontal * (inside + 2)
    page.row((MARGIN, ""), (top_left + bar + top_right, GUIDE))
    for number, box in enumerate(boxes):
        if number and apart(boxes[number - 1], box):
            page.row((MARGIN + signs.vertical, GUIDE), (" " * (inside + 2), ""), (signs.vertical, GUIDE))
        for place, row in enumerate(box.rows):
            beside = tail if number == 0 and place == box.baseline else ()
            page.row((MARGIN + signs.vertical, GUIDE), (f" {row.ljust(inside)} ", STRONG), (signs.vertical, GUIDE),
                     *beside)
    page.row((MARGIN, ""), (bottom_left + bar + bottom_right, GUIDE))
