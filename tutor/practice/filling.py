"""Practice with a table: its cells are filled one after the other, or several at once, and each is judged at once.

    fill(session, turn, "0.6682")           # fills the cell that is asked for now
    fill(session, turn, "dL/dz = -0.1471")  # fills the one that is named

A wrong cell can be corrected or left for later. Those after it are judged with the learner's own value; when it is put
right, cells that were worked out from it change with it. Each skill that the cells train is graded once: at the first
mistake, or when the last of its cells is filled.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from tutor.errors import TutorError
from tutor.lesson.filling_in import filled_in, pieces
from tutor.lesson.worksheet import Cell, CellJudgement, Value, Worksheet
from tutor.practice.progress import LAST
from tutor.practice.store import AttemptOutcome
from tutor.practice.turn import Turn
from tutor.telling.document import Words, plain, words
from tutor.telling.worksheet import told_carried, told_cell
from tutor.views.errors import show_error
from tutor.views.page import MARGIN
from tutor.views.prose import show_remark

if TYPE_CHECKING:
    from tutor.practice.session import Session


def fill(session: Session, turn: Turn, text: str) -> Literal["next"] | None:
    """Judge what was typed for one cell or several. Returns "next" when the table is complete."""
    sheet = turn.exercise.sheet
    assert sheet is not None
    own = {key: judged.value for key, judged in turn.filled.items()}
    was_named = "=" in text
    try:
        typed = []
        for cell, value in filled_in(sheet, text, own, turn.cell):
            typed.append((cell, value))
            own[cell.key] = value
    except TutorError as error:
        session.note(turn, "unreadable", text)
        show_error(session.page, error)
        return None
    for (cell, value), piece in zip(typed, pieces(sheet, text), strict=True):
        own = {key: judged.value for key, judged in turn.filled.items() if key != cell.key}
        judged = sheet.judge(cell, value, own)
        if judged.outcome == "wrong" and cell.key in turn.filled and len(typed) == 1 and not was_named:
            judged = _meant_for_the_next(sheet, turn, judged) or judged
        _take(session, turn, judged, piece, named=len(typed) > 1 or judged.cell is not cell)
    if all(_is_settled(turn, cell) for cell in sheet.blanks):
        _end(session, turn)
        return "next"
    if len(typed) > 1 or any(judged.outcome == "wrong" for judged in turn.filled.values()):
        _say_what_is_left(session, turn, sheet)
    return None


def _meant_for_the_next(sheet: Worksheet, turn: Turn, judged: CellJudgement) -> CellJudgement | None:
    """The judgement of a value as that of the first empty cell, where it fits there and not the cell that was wrong
    before: the learner has gone on."""
    own = {key: each.value for key, each in turn.filled.items()}
    empty = next((cell for cell in sheet.blanks if cell.key not in turn.filled), None)
    if empty is None:
        return None
    found = sheet.judge(empty, judged.value, own)
    return found if found.outcome in ("right", "followed") else None


def _take(session: Session, turn: Turn, judged: CellJudgement, text: str, named: bool) -> None:
    """Keep, log and tell one judgement, and carry on what was worked out from a value that is right now."""
    sheet, cell = turn.exercise.sheet, judged.cell
    assert sheet is not None
    before = turn.filled.get(cell.key)
    turn.filled[cell.key], turn.last_filled = judged, cell.key
    if judged.outcome == "wrong" and cell.key not in turn.mistaken:
        turn.mistaken.append(cell.key)
    is_put_right = before is not None and before.outcome == "wrong" and judged.outcome in ("right", "followed")
    carried = list(_carried(turn, sheet, cell)) if is_put_right else []
    _log(session, turn, sheet, judged, text, is_first=before is None)
    praise = cell.rule is not None and not session.progress.standing(cell.rule.name).mastered
    show_remark(session.page, MARGIN, told_cell(judged, named=named, praise=praise))
    if judged.outcome in ("right", "followed"):
        turn.hints, turn.last_hint = 0, None
    if carried:
        show_remark(session.page, MARGIN, Words((told_carried(carried),)))
    session.page.flush()


def _carried(turn: Turn, sheet: Worksheet, cell: Cell) -> Iterator[tuple[Cell, tuple[Value, ...]]]:
    """The cells that followed from a wrong value of a cell, worked out in the same way from the right one."""
    for each in sheet.blanks:
        follower = turn.filled.get(each.key)
        if follower is None or follower.outcome != "followed" or each is cell:
            continue
        own = {key: other.value for key, other in turn.filled.items() if key != each.key}
        value = sheet.followed(each, own)
        if value is not None:
            turn.filled[each.key] = sheet.judge(each, value, own)
            yield each, value


def _is_settled(turn: Turn, cell: Cell) -> bool:
    judged = turn.filled.get(cell.key)
    return judged is not None and judged.outcome == "right"


def _say_what_is_left(session: Session, turn: Turn, sheet: Worksheet) -> None:
    """Which cells are wrong, and, once, that they can wait."""
    wrong = [cell for cell in sheet.blanks
             if cell.key in turn.filled and turn.filled[cell.key].outcome in ("wrong", "undecided")]
    empty = [cell for cell in sheet.blanks if cell.key not in turn.filled]
    if wrong and empty and not turn.told_to_go_on:
        turn.told_to_go_on = True
        show_remark(session.page, MARGIN, words(
            f"Correct it, or go on with {empty[0].key} and come back to it later: what follows is judged with your "
            "value."))
    elif wrong and not empty and turn.filled[turn.last_filled].outcome != "wrong":
        named = " and ".join(cell.key for cell in wrong)
        show_remark(session.page, MARGIN, words(f"Left to correct: {named}."))
    session.page.flush()


def _end(session: Session, turn: Turn) -> None:
    """Say how it went, where there was a mistake."""
    count = len(turn.mistaken)
    if count:
        where = f"in {turn.mistaken[0]}" if count == 1 else f"{count} of them, in {' and '.join(turn.mistaken)}"
        said = f"The table is complete, after one mistake, {where}." if count == 1 else (
            f"The table is complete, after mistakes: {where}.")
        show_remark(session.page, MARGIN, Words((plain(said),)))
        session.page.flush()


# -- what is kept -----------------------------------------------------------------------------------------------------


def _log(session: Session, turn: Turn, sheet: Worksheet, judged: CellJudgement, text: str, is_first: bool) -> None:
    """Log a cell under the skill that it trains; that is graded at its first mistake, or with the last of its cells."""
    is_last = all(_is_settled(turn, cell) for cell in sheet.blanks)
    good = judged.outcome in ("right", "followed")
    outcome: AttemptOutcome = "right" if is_last else "cell" if good else (
        "undecided" if judged.outcome == "undecided" else "wrong")
    skill = sheet.skill(judged.cell) or (None if sheet.skills else turn.exercise.skill)
    asked = turn.asked if skill is None else replace(
        turn.asked, rule=skill.rule, form=skill.form, rules=judged.cell.rules)
    others = [cell for cell in sheet.blanks if cell.key not in turn.filled and sheet.skill(cell) == skill]
    is_decided = skill in turn.graded or (turn.decided and skill == turn.exercise.skill)
    counts = skill is not None and not is_decided and is_first and (not good or not others)
    now, since = session.clock(), turn.cell_begun or turn.begun
    typed = text if "=" in text else f"{judged.cell.key} = {text}"
    seconds = 0.0 if since is None else (now - since).total_seconds()
    attempt = replace(asked, at=now, text=typed, outcome=outcome, hints=turn.hints, seconds=seconds,
                      misconceptions=judged.misconceptions)
    if counts and turn.ended is None:
        attempt = session.progress.grade(attempt)
    turn.cell_begun = now
    if outcome in LAST and turn.ended in (None, "skipped"):
        turn.ended = outcome
    session.log(attempt)
    if skill is not None and attempt.grade:
        turn.graded.add(skill)
        turn.decided = turn.decided or skill == turn.exercise.skill
    if turn.mistaken:
        turn.decision = replace(attempt, grade="again")
    elif attempt.grade or turn.decision is None:
        turn.decision = attempt if attempt.grade else replace(attempt, grade="good")
