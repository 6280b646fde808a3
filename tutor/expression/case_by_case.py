"""The token pass inside the braces of cases: {x^2 if x < 1; 2x - 1 otherwise}, {x^2, x < 1; 2x - 1, x >= 1}.

    [token.type for token in tokenize("{x if x < 1; 1 otherwise}").tokens]
    # LBRACE NAME IF NAME RELATION NUMBER SEMICOLON NUMBER OTHERWISE RBRACE

Braces that hold a `;`, a `,` or one of the words below are cases; all others group, as in e^{2x}. Between a value and
its condition stands `if`, or a comma; between two cases a `;`, or a comma behind a condition. As in Python,
`{x^2 if x < 1 else 2x}` is read too.
"""

from __future__ import annotations

from tutor.expression.closing import end_term, report_unclosed
from tutor.expression.lexemes import WORD_OF_CASES
from tutor.expression.operands import before_operand, complete, end_operand
from tutor.expression.state import CLOSING_BRACKET, Frame, State

_REST = ("otherwise", "else")
WORDS_OF_CASES = frozenset(("if", "when", "for", "where", *_REST, "and", "or"))
"""Words that are read inside the braces of cases, and nowhere else."""

_FORM = "Each case is a value and its condition, as in {x^2 if x < 1; 2x otherwise}."


def open_cases(state: State, start: int, end: int) -> int:
    """The brace that opens the cases."""
    before_operand(state, "group", start, end)
    state.emit("LBRACE", "{", start, end)
    frame = state.push("{", start, end)
    frame.slot, state.slot = state.slot, None
    frame.holds_cases = True
    state.operand = False
    return end


def close_cases(state: State, sign: str, start: int, end: int) -> int:
    """A bracket closes, and the cases are what is open. Returns where the text goes on."""
    if state.tokens[-1].type == "SEMICOLON":
        state.tokens.pop()  # a ; at the end separates nothing
        frame = state.frame
    else:
        frame = _end_part(state, sign, start, end)
        _end_case(state, frame, start)
    state.pop()
    if sign != CLOSING_BRACKET["{"]:
        state.problem(f"{{ has to be closed by }}, not by {sign}.", start, end)
    state.emit("RBRACE", "}", start, end)
    state.slot = frame.slot
    end_operand(state, frame.atom, end)
    return end


def separate_cases(state: State, sign: str, start: int, end: int) -> int:
    """A comma, a semicolon, or the sign of a relation inside the braces. Returns where the text goes on."""
    frame = _end_part(state, sign, start, end)
    if sign == "," and not frame.in_condition and not frame.is_rest:
        if WORD_OF_CASES.match(state.text, end) is None:  # in {x^2, if x < 1; ...} the comma says nothing
            _begin_condition(state, frame, start, end)
    elif sign in ",;":
        if sign == ";" or WORD_OF_CASES.match(state.text, end) is None:  # nor in {x^2 if x < 1, else 2x}
            _end_case(state, frame, start)
            state.emit("SEMICOLON", ";", start, end)
            state.next_term(end)
    else:
        if not frame.in_condition:
            state.problem(f"{sign} cannot stand in the value of a case. {_FORM}", start, end)
        frame.comparisons += 1
        state.emit("RELATION", sign, start, end)
        state.next_term(end)
    frame.has_sum = False
    return end


def read_word_of_cases(state: State, raw: str, start: int, end: int) -> int:
    """`if` before a condition, or `otherwise`. Returns where the text goes on."""
    word, frame = raw.lower(), state.frame.bracket
    if word in _REST and state.tokens[-1].type in ("SEMICOLON", "LBRACE"):  # {...; otherwise 2x}
        frame.is_rest = True
        return end
    _end_part(state, raw, start, end)
    if word in ("and", "or"):
        instead = "two conditions are written as one, 0 < x < 1" if word == "and" else "write one case for each of them"
        state.problem(f"{raw} cannot be read here: {instead}.", start, end)
        state.next_term(end)
        frame.comparisons = 0
    elif word in _REST and frame.in_condition:  # {x^2 if x < 1 else 2x}
        _end_case(state, frame, start)
        state.emit("SEMICOLON", ";", start, start)
        state.next_term(end)
        frame.is_rest = True
    elif word in _REST:
        frame.is_rest = True
    else:
        if frame.in_condition or frame.is_rest:
            state.problem(f"This case has two conditions. {_FORM}", start, end)
        _begin_condition(state, frame, start, end)
    return end


def _end_part(state: State, sign: str, start: int, end: int) -> Frame:
    """Close what the pass opened itself in a value or a side of a condition, and report what is unfinished."""
    complete(state, sign, start, end)
    end_term(state)
    while state.frame is not state.frame.bracket:
        report_unclosed(state)
        end_term(state)
    return state.frame


def _begin_condition(state: State, frame: Frame, start: int, end: int) -> None:
    state.emit("IF", "if", start, end)
    frame.in_condition, frame.comparisons = True, 0
    state.next_term(end)


def _end_case(state: State, frame: Frame, at: int) -> None:
    """A case ends; report one without a condition, or with one that compares too much."""
    if frame.is_rest:
        state.emit("OTHERWISE", "otherwise", at, at)
    elif not frame.in_condition and state.tokens[-1].type != "ELLIPSIS":
        state.problem(f"This case has no condition. {_FORM}", frame.term, at)
    elif frame.comparisons > 2:
        state.problem("A condition compares two expressions, or three as in 0 < x < 1.", frame.term, at)
    frame.in_condition = frame.is_rest = False
