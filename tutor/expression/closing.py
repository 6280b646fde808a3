"""Closing what is open: what the pass opened itself ends here, and what somebody left open is reported.

    end_term(state)     # before the + of `sin 2x + 1`: the tokens are now sin ( 2 * x )
"""

from __future__ import annotations

from tutor import limits
from tutor.expression.doubts import note_argument, note_group
from tutor.expression.known_functions import FUNCTIONS
from tutor.expression.leading import end_leading
from tutor.expression.state import CLOSING_BRACKET, Frame, State
from tutor.expression.tree import ARGUMENT_COUNTS

OPENED = ("argument", "derivative", "divided", "limit", "summation")
"""Kinds of frames that the pass opens itself, and that end with the product they stand in."""

UNREAD = "?"
"""The function that stands where a word cannot be read: it takes any arguments."""


def end_arguments(state: State) -> None:
    """Close the bracketless arguments that end here: before `*`, `/` and the next function."""
    while state.frame.kind == "argument":
        close_opened(state)


def end_term(state: State) -> None:
    """Close what ends with the product it stands in: bracketless arguments, `d/dx ...`, `∫ dx/x`, `lim ...`, sums."""
    while state.frame.kind in OPENED:
        close_opened(state)


def end_factor(state: State) -> None:
    """Close the same, except limits: `at (x = 2)` in one belongs to the factor before it."""
    while state.frame.kind in ("argument", "derivative", "divided"):
        close_opened(state)


def close_opened(state: State) -> None:
    """Close the innermost frame, one that the pass opened itself."""
    frame, at = state.pop(), state.tokens[-1].end_pos
    if frame.kind == "argument":
        state.emit("RPAR", ")", at, at)
        check_arguments(state, frame)
        note_argument(state, frame, at)
    else:
        if 0 < frame.group_end < len(state.tokens):
            note_group(state, frame, at)
        if frame.leading and state.leading is not None:
            state.leading.end = at
            state.leading.close = len(state.tokens) if state.leading.close < 0 else state.leading.close
            state.leading.brackets += 1
        state.emit("RSQB", "]", at, at)
        if frame.kind == "summation":
            state.bound.remove(frame.variable)
        if frame.kind == "divided":
            state.emit("DX", frame.variable, at, at)
    state.atom, state.operand = frame.start, True


def check_arguments(state: State, frame: Frame) -> None:
    """Check that a known function has the right number of arguments."""
    if frame.function == UNREAD:
        return
    fewest, most = ARGUMENT_COUNTS.get(frame.function, (1, 1))
    given = frame.commas + 1
    if not fewest <= given <= most:
        several = "two or more arguments" if given < fewest else f"at most {most:,} arguments"
        wanted = "two arguments" if fewest == most == 2 else {
            1: "one argument", 2: "one or two arguments"}.get(most, several)
        state.problem(f"{frame.word} takes {wanted}, but here it has {given}.",
                      frame.atom, frame.atom + len(frame.word))
    elif frame.function == "log" and given == 1:
        end = frame.atom + len(frame.word)
        state.note("logarithm-without-base",
                   "log without a base is read as the natural logarithm, ln; for another base, type log_10(x).",
                   frame.atom, end, [(frame.atom, end, "log_10 ")])
    elif given == 1 and frame.function in FUNCTIONS and FUNCTIONS[frame.function].second:
        second = FUNCTIONS[frame.function].second
        state.note("second-argument-left-out",
                   f"{frame.word} of one argument is read with the usual second one, {second}; for another, type "
                   f"{frame.word}(x, a).", frame.atom, frame.atom + len(frame.word), usual=True)


def open_integral(state: State, start: int, end: int) -> None:
    """Open an integrand, which its dx will close."""
    state.emit("LSQB", "[", end, end)
    state.push("integral", start, end)
    state.operand = False


def end_integral(state: State, variable: str, start: int, end: int) -> None:
    """Close the integral that is the innermost frame."""
    frame = state.pop()
    state.emit("RSQB", "]", start, start)
    state.emit("DX", variable, start, end)
    state.atom, state.operand = frame.start, True


def close_limit(state: State, at: int) -> None:
    """Close `limit of sin(x)/x`, the innermost frame, at the words that say where x goes."""
    frame = state.pop()
    state.emit("RSQB", "]", at, at)
    state.atom, state.operand = frame.start, True


def report_unclosed(state: State) -> None:
    """Close the innermost frame and report that it should have been closed."""
    frame = state.pop()
    if frame.kind == "limit of":
        state.problem("Where the variable goes comes last, as in limit of sin(x)/x as x -> 0.", frame.start, frame.end)
    elif frame.kind == "integral":
        state.problem("This integral has no dx; end it with dx, as in int x^2 dx.", frame.start, frame.end)
    elif frame.kind == "|":
        state.problem("This | is never closed: another | is missing. For bars inside bars, type abs(...).",
                      frame.start, frame.start + 1)
    elif frame.kind in CLOSING_BRACKET:
        state.problem(f"This {frame.kind} is never closed: a {CLOSING_BRACKET[frame.kind]} is missing.",
                      frame.start, frame.start + 1)


def end_statement(state: State) -> None:
    """Close everything that is open, and report what should have been closed."""
    while state.frame.depth and len(state.remarks.problems) < limits.ERRORS_SHOWN:
        if state.frame.kind in OPENED:
            close_opened(state)
        else:
            report_unclosed(state)
    end_leading(state)
