"""The d/dx that begins a problem: it takes all of the statement, as in `d/dx x^2 + 3x`, unless its end is clear.

While the text is read it ends at the plus, as any other derivative without brackets; when the statement ends, its
closing bracket is moved.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from tutor.expression.lexemes import EXPONENT_ALONE, OPENING_SQUARE
from tutor.expression.spans import CLOSING, OPENING

if TYPE_CHECKING:
    from tutor.expression.state import Frame, State


@dataclass
class Leading:
    """A `d/dx` (or several in a row) that begins a problem.

    start, body: where it begins in the text, and what it takes; close: the place among the tokens where its brackets
    were closed before a + or -; brackets: how many; end: where in the text; doubts: notes on a derivative that ends
    there, which are said if it does; stays: it ends there.
    """

    start: int
    body: int
    close: int = -1
    brackets: int = 0
    end: int = -1
    doubts: list[Callable[[], None]] = field(default_factory=list)
    stays: bool = False


def leads(state: State, of: str | None, start: int, end: int) -> bool:
    """Whether a derivative begins a problem, or follows the d/dx that does; one elsewhere ends that at its plus."""
    closed = of or OPENING_SQUARE.match(state.text, end)
    frame = state.frame
    if state.is_problem and not closed and not state.operand and state.slot is None:
        if frame.kind == "text" and len(state.tokens) == frame.first:
            state.leading = Leading(start, end)
            return True
        if frame.leading and len(state.tokens) == frame.first and state.leading is not None:
            state.leading.body = end
            return True
    other_derivative(state)
    return False


def other_derivative(state: State) -> None:
    """There is another derivative, at the level of the one that begins the problem if it is in no bracket."""
    if state.leading is not None and state.frame.bracket.kind == "text":
        state.leading.stays = True


def note_where_it_ends(state: State, frame: Frame, *note: Any, usual: bool = False) -> None:
    """Note where a derivative ends; for one that begins a problem, only if it turns out to end there."""
    if frame.leading and state.leading is not None:
        state.leading.doubts.append(partial(state.note, *note, usual=usual))
    else:
        state.note(*note, usual=usual)


def note_at_factor(state: State, start: int, end: int) -> None:
    """Note that `at (...)` belongs to one factor; where a d/dx begins the problem, only if that does not take all."""
    note = partial(state.note, "at-factor", "at (...) applies only to the factor right before it; to include more, "
                   "put that in brackets.", start, end)
    if state.leading is None:
        note()
    else:
        state.leading.doubts.append(note)


def end_leading(state: State) -> None:
    """A d/dx that begins a problem takes all of the statement, up to `at x = ...`."""
    leading, state.leading = state.leading, None
    if leading is None:
        return
    end = _end_of_leading(state, leading)
    if end < 0:
        for say in leading.doubts:
            say()
        return
    out = state.tokens
    brackets = out[leading.close:leading.close + leading.brackets]
    out[leading.close:end] = out[leading.close + leading.brackets:end] + brackets
    last = out[end - leading.brackets - 1].end_pos
    operator, body = state.quote(leading.start, leading.body), state.quote(leading.body, last)
    first, rest = state.quote(leading.body, leading.end), state.quote(leading.end, last)
    begins = state.remarks.skip_spaces(leading.body)
    if EXPONENT_ALONE.fullmatch(state.text, leading.end, last):
        return  # nobody reads d/dx (x + 1)^2 as the square of a derivative
    state.note("sum-after-derivative",
               f"{operator} {body} is read as {operator} [{body}]; for the other reading, type "
               f"{operator} [{first}] {rest}.", leading.start, last,
               [(begins, begins, "["), (leading.end, leading.end, "]")], usual=True)


def _end_of_leading(state: State, leading: Leading) -> int:
    """The place among the tokens up to which it takes all; -1 if it ends where it was closed."""
    if leading.stays or leading.close < 0:
        return -1
    out, place = state.tokens, leading.close + leading.brackets
    end, depth = len(out), 0
    while place < len(out):  # a point counts only at the end; anything after it would be left over
        kind = out[place].type
        if depth == 0 and kind == "AT":
            end = min(end, place)
        elif depth == 0 and (kind == "RELATION" or (end < place and kind in ("PLUS_MINUS", "TIMES_DIVIDE"))):
            return -1
        depth += (kind in OPENING) - (kind in CLOSING)
        place += 1
    return end if end > leading.close + leading.brackets else -1
