"""Signs: + - * / ^, brackets, bars, and what separates."""

from __future__ import annotations

from tutor.expression.case_by_case import close_cases, open_cases, separate_cases
from tutor.expression.closing import check_arguments, end_arguments, end_statement, end_term, report_unclosed
from tutor.expression.doubts import note_divided_power, note_lost_exponent, note_not_called, note_sum_after_derivative
from tutor.expression.lexemes import BEHIND_TUPLE, PIECE, SPACES
from tutor.expression.names import FUNCTION_WORDS
from tutor.expression.operands import before_operand, complete, end_operand
from tutor.expression.state import CLOSING_BRACKET, Frame, State, Token

_SEPARATORS = {",": "COMMA", ";": "SEMICOLON"}


def plus_minus(state: State, sign: str, start: int, end: int) -> int:
    """A plus or minus between two terms, or a sign before an operand."""
    if state.operand:
        if state.frame.kind != "text":
            end_arguments(state)
            if state.frame.kind in ("derivative", "limit", "summation"):
                note_sum_after_derivative(state, state.frame, sign, start, end)
            end_term(state)
        state.frame.has_sum = True
        state.next_term(end)
        state.tokens.append(Token("PLUS_MINUS", sign, start, end))
        return end
    begins = state.slot is not None or (
        state.frame.kind in ("derivative", "limit", "summation") and len(state.tokens) == state.frame.first)
    if sign == "+":  # a plus that adds to nothing says nothing
        if begins:
            complete(state, "+", start, end)
            plus_minus(state, sign, start, end)
        return end
    if state.slot is not None:
        note_lost_exponent(state, state.slot, start, end)
        before_operand(state, "name", start, start)
        if state.slot is not None and state.slot.kind == "base":
            complete(state, sign, start, end)
        if state.frame.kind == "argument" and state.text[end:end + 1] in SPACES:
            state.frame.joined = True  # sin - x
    state.emit("MINUS", "-", start, end)
    return end


def times(state: State, sign: str, start: int, end: int) -> int:
    """A `*`, `/` or `⊙`."""
    complete(state, sign, start, end)
    frame = state.frame
    if frame.kind == "argument":
        if (sign == "/" or state.tokens[-1].type == "NUMBER") and _joined(state, start, end):
            frame.doubt, frame.doubt_sign = state.tokens[-1].end_pos, f"{sign}..."  # sin x/2, sin 2*x
        end_arguments(state)
        frame = state.frame
    if sign == "/":
        if frame.slash >= 0:
            done = state.quote(frame.term, start)
            state.note("divided-twice",
                       f"{done}/... is read from the left, as ({done})/...", frame.term, end, usual=True)
        elif frame.power >= 0:
            note_divided_power(state, frame, start, end)
        frame.slash = start
    else:
        frame.slash = -1
    frame.power = -1
    state.operand = False
    state.tokens.append(Token("TIMES_DIVIDE", sign, start, end))
    return end


def _joined(state: State, start: int, end: int) -> bool:
    """Whether no space stands on either side of text[start:end], and no function follows."""
    if state.tokens[-1].end_pos != start:
        return False
    following = PIECE.match(state.text, end)
    after = state.text[end:end + 1]
    return after != "" and after not in SPACES and not (following and following[0] in FUNCTION_WORDS)


def raise_to(state: State, sign: str, start: int, end: int) -> int:
    """A `^`, which may also stand behind a function or between the limits of an integral."""
    slot, frame = state.slot, state.frame
    if slot is not None and slot.kind == "argument" and not slot.raised:
        slot.kind = "exponent"
    elif slot is not None and slot.kind == "caret":
        state.emit("COMMA", ",", start, end)
        slot.kind, slot.end = "upper", end
        return end
    else:
        complete(state, sign, start, end)
        if frame.kind == "argument":
            frame.doubt, frame.doubt_sign = start, ""
        if frame.power < 0:
            frame.power, frame.caret, frame.exponent = state.atom, start, end
    state.operand = False
    state.tokens.append(Token("CIRCUMFLEX", sign, start, end))
    return end


def separate(state: State, sign: str, start: int, end: int) -> int:
    """A comma, a semicolon, or the sign of a relation."""
    if state.frame.bracket.holds_cases:
        return separate_cases(state, sign, start, end)
    complete(state, sign, start, end)
    end_term(state)
    frame = state.frame
    if sign == ",":
        if frame.function:
            frame.commas += 1
        elif frame.holds_equation:
            state.next_term(end)
        elif _may_be_tuple(state, frame):
            frame.is_tuple = True
        elif frame.word:
            state.problem(f"{frame.word} takes one argument.", start, end)
        elif frame.kind == "(" and frame.parent.holds_equation:
            state.problem("A letter has one number behind at, as in at x = 1, y = 2. Numbers for lists stand behind "
                          "the whole problem, as in at x = (1, 2, 3).", start, end)
        else:
            state.problem("A comma separates arguments, as in max(a, b); decimal numbers have a point, as in 2.5.",
                          start, end)
    elif sign == ";":
        end_statement(state)
        state.frame.first, state.frame.holds_equation = len(state.tokens) + 1, False
    elif frame.kind in ("integral", "limit of"):
        report_unclosed(state)
    elif frame.kind in CLOSING_BRACKET and not frame.holds_equation:
        state.problem(f"{sign} cannot be used inside brackets, except in at (x = 2).", start, end)
    state.next_term(end)
    state.frame.has_sum = False
    state.emit(_SEPARATORS.get(sign, "RELATION"), sign, start, end)
    return end


def _may_be_tuple(state: State, frame: Frame) -> bool:
    """Whether a round bracket begins a statement, or a component of a tuple: then commas separate its components."""
    if frame.kind != "(" or frame.slot is not None:
        return False
    outer, before = frame.parent, state.tokens[frame.first - 2].type if frame.first > 1 else ""
    if outer.kind == "text":
        return before in ("", "SEMICOLON")
    return outer.kind == "(" and before in ("LPAR", "COMMA") and not outer.function and _may_be_tuple(state, outer)


def open_bracket(state: State, sign: str, start: int, end: int) -> int:
    """A bracket opens: that of a function's arguments, of d/dx [...], of at (x = 2), or one that groups."""
    out, slot = state.tokens, state.slot
    if slot is not None and slot.kind == "argument":
        state.slot = None
        out.append(Token("LPAR", "(", start, end))
        frame = state.push(sign, start, end)
        frame.function, frame.word, frame.atom = slot.function, slot.word, slot.start
        return end
    last = out[-1].type if out else ""
    if sign == "[" and last == "DERIVATIVE":
        out.append(Token("LSQB", "[", start, end))
        frame = state.push(sign, start, end)
        frame.of_derivative, frame.atom = True, out[-2].start_pos
        return end
    if sign == "{" and start in state.facts.cases:
        return open_cases(state, start, end)
    if sign != "(":
        note_not_called(state, start, end)
    before_operand(state, "group", start, end)
    out.append(Token("LPAR", "(", start, end))
    frame = state.push(sign, start, end)
    frame.slot, state.slot = state.slot, None
    if last == "AT":
        frame.holds_equation, frame.atom = True, state.atom
    state.operand = False
    return end


def close_bracket(state: State, sign: str, start: int, end: int) -> int:
    """A bracket closes. Returns where the text goes on."""
    empty = bool(state.tokens) and state.tokens[-1].type == "LPAR"
    if state.frame.bracket.holds_cases:
        return close_cases(state, sign, start, end)
    if state.frame.bracket.kind != "text":
        if state.slot is not None or not state.operand:
            complete(state, sign, start, end)
        end_term(state)
        while state.frame.kind in ("integral", "|", "limit of"):
            report_unclosed(state)
            end_term(state)
    if state.frame.bracket.kind == "text":
        state.problem(f"There is one {sign} too many: no bracket is open here.", start, end)
        if not state.operand and state.slot is None:
            state.assume_operand(end)
        return end
    frame = state.pop()
    if CLOSING_BRACKET[frame.kind] != sign:
        state.problem(f"{frame.kind} has to be closed by {CLOSING_BRACKET[frame.kind]}, not by {sign}.", start, end)
    if frame.function and not empty:
        check_arguments(state, frame)
    state.tokens.append(Token("RSQB" if frame.of_derivative else "RPAR", ")", start, end))
    if state.frame.kind == "derivative" and frame.first == state.frame.first + 1:
        state.frame.group_end = len(state.tokens)
    end = max(end, frame.after)
    _end_bracketed(state, frame, end)
    if frame.is_tuple and BEHIND_TUPLE.match(state.text, end) is None:
        listed = state.quote(frame.start, end)
        state.problem(f"{listed} is a list of values, and nothing can be calculated with a list. A decimal number has "
                      "a point, as in 2.5.", frame.start, end)
    return end


def _end_bracketed(state: State, frame: Frame, end: int) -> None:
    """A typed bracket or bar has closed: it is an operand."""
    state.slot = frame.slot
    end_operand(state, frame.atom, end)


def read_bar(state: State, sign: str, start: int, end: int) -> int:
    """A bar closes if an operand precedes it and the innermost open bracket is a bar; otherwise, or where bars
    inside bars make more sense, it opens."""
    bars = state.facts.bars
    opens = bars is not None and start in bars.opening
    if state.operand and state.slot is None and state.frame.bracket.kind == "|" and not opens:
        end_term(state)
        while state.frame.kind in ("integral", "limit of"):
            report_unclosed(state)
            end_term(state)
        frame = state.pop()
        inner = frame.last_bars
        if inner is not None and (inner.start, inner.after) == (frame.start + 1, start):
            state.problem(f"{state.quote(frame.start, end)} is a norm. For a number, type |x|; for a list, write "
                          "out its parts, as in sqrt(a^2 + b^2) or sqrt(sum_i w_i^2).", frame.start, end)
        frame.after, state.frame.last_bars = end, frame
        state.emit("RBAR", "|", start, end)
        _end_bracketed(state, frame, end)
        return end
    before_operand(state, "group", start, end)
    state.emit("LBAR", "|", start, end)
    frame = state.push("|", start, end)
    frame.slot, state.slot = state.slot, None
    state.operand = False
    return end
