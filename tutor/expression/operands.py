"""Where an operand begins and ends: the `*` before it, the argument that it begins, the slot that it fills.

    add_leaf(state, "NAME", "x", 1, 2)      # after the 2 of 2x: the tokens are now 2 * x
"""

from __future__ import annotations

from tutor.expression.closing import close_opened, open_integral
from tutor.expression.doubts import note_divisor, note_exponent, note_short_limit
from tutor.expression.lexemes import LATIN
from tutor.expression.names import INVERSE
from tutor.expression.remarks import Behind
from tutor.expression.state import CLOSING_BRACKET, Frame, Slot, State, Token

_ROOTS = {"√", "∛", "∜", "sqrt", "cbrt"}


def before_operand(state: State, kind: str, start: int, end: int) -> None:
    """An operand begins, typed as text[start:end]: open the argument that it starts, or put a `*` before it.

    kind: "name" (a number too), "group" (a bracket or bar), or "function" (also d/dx and the integral sign).
    """
    if state.slot is not None:
        _into_slot(state, state.slot, kind, start, end)
    if not state.operand:
        return
    while state.frame.kind == "argument" and not _goes_on(state, state.frame, kind, start):
        close_opened(state)
    frame, last = state.frame, state.tokens[-1]
    if frame.slash >= 0:
        if last.end_pos == start or last.start_pos == last.end_pos:
            note_divisor(state, frame, kind, start, end)
    elif frame.power >= 0 and last.end_pos == start:
        note_exponent(state, frame, last, kind, start, end)
    state.next_factor()
    state.emit("TIMES_DIVIDE", "*", start, start)


def _goes_on(state: State, frame: Frame, kind: str, start: int) -> bool:
    """Whether a bracketless argument takes the operand that begins at `start` too."""
    last = state.tokens[-1]
    if kind == "function" or last.type == "RBAR":
        return False  # sin x cos x; ln|x| y
    if kind == "name":
        if last.end_pos < start if last.type != "NUMBER" else _ROOTS.intersection((frame.word, frame.word[-1])):
            frame.doubt, frame.doubt_sign = last.end_pos, "*"  # sin x y; √2x
        return True
    if last.type != "NUMBER":
        frame.doubt, frame.doubt_sign = last.end_pos, "(...)"  # sin x(x + 1)
    return last.type == "NUMBER"


def _into_slot(state: State, slot: Slot, kind: str, start: int, end: int) -> None:
    """The operand at `start` is for a slot: it begins a function's argument; any other slot takes no function."""
    if slot.kind == "argument":
        state.slot = None
        state.emit("LPAR", "(", start, start)
        frame = state.push("argument", slot.start, start)
        frame.function, frame.word = slot.function, slot.word
        frame.joined = start == slot.end and kind == "name" and state.text[start - 1] in LATIN  # sinx, sin2x
    elif slot.kind == "caret" or kind == "function":
        report_slot(state, slot, start, end)


def add_leaf(state: State, kind: str, value: str, start: int, end: int) -> int:
    """A number or a name, typed as text[start:end]. Returns where the text goes on."""
    if state.operand or state.slot is not None:
        before_operand(state, "name", start, end)
    state.tokens.append(Token(kind, value, start, end))
    end_operand(state, start, end)
    return end


def end_operand(state: State, atom: int, end: int) -> None:
    """The operand that begins at `atom` has ended; if it fills a slot, set what comes next."""
    slot, state.slot = state.slot, None
    state.atom, state.operand = atom, slot is None
    if slot is None:
        return
    if slot.kind == "exponent":
        _invert(state, slot, end)
    if slot.kind in ("exponent", "base"):
        slot.raised = slot.kind == "exponent"
        slot.kind, slot.word, slot.end = "argument", state.quote(slot.start, end), end
        state.slot = slot
    elif slot.kind == "lower":
        slot.kind, slot.end = "caret", end
        state.slot = slot
    else:
        state.emit("RPAR", ")", end, end)
        open_integral(state, slot.start, end)
        note_short_limit(state, slot, end)


def _invert(state: State, slot: Slot, end: int) -> None:
    """`sin^-1`: the inverse function."""
    exponent = [token.value for token in state.tokens[slot.index + 1:slot.index + 7]
                if token.type not in ("CIRCUMFLEX", "LPAR", "RPAR")]
    if exponent != ["-", "1"]:
        return
    word = slot.word
    if slot.function in INVERSE:
        del state.tokens[slot.index:]
        state.emit("FUNCTION", INVERSE[slot.function], slot.start, end)
        state.note("inverse-function",
                   f"{word}^-1 is read as the inverse function, arc{word}; for 1/{word}, type 1/{word}(x).",
                   slot.start, end, [(slot.start, slot.start, "(1/"), (slot.end, end, ""), Behind(slot.index, ")")])
    else:
        state.note("reciprocal-of-function",
                   f"{word}^-1 is read as a power, 1/{word}(...).", slot.start, end, usual=True)


def complete(state: State, sign: str, start: int, end: int) -> None:
    """`sign` stands at text[start:end] ("" for the end of the text): say so if what comes before is unfinished."""
    if state.slot is not None:
        report_slot(state, state.slot, start, end)
    elif not state.operand:
        _report_missing(state, sign, start, end)
    if not state.operand:
        state.assume_operand(start)


def report_slot(state: State, slot: Slot, start: int, end: int) -> None:
    """What is at `start` cannot fill the slot; say what can, and go on as if it were filled."""
    state.slot = None
    state.assume_operand(start)
    if slot.kind == "argument":
        state.problem(f"{slot.word} needs something to act on, as in {slot.word}(x).", slot.end, slot.end + 1)
    elif slot.kind == "exponent":
        state.problem(f"The exponent of {slot.word} is a number, a name or something in brackets, as in "
                      f"{slot.word}^2(x).", start, end)
    elif slot.kind == "base":
        state.problem("The base of log is a number, a name or something in brackets, as in log_2(x).", start, end)
    else:
        if slot.kind == "caret" and state.text[start:start + 1] not in "/*+-":
            state.problem("An integral with a lower limit needs an upper one, as in int_0^1 x^2 dx.",
                          slot.start, slot.end)
        else:
            state.problem("An integral's limit is a number, a name or something in brackets, as in "
                          "int_0^(pi/2) x dx.", start, end)
        open_integral(state, slot.start, slot.end)


def _report_missing(state: State, sign: str, start: int, end: int) -> None:
    """Report that no operand stands where one has to."""
    frame = state.frame
    if len(state.tokens) > frame.first:
        last = state.tokens[-1]
        left = "at" if last.type in ("AT", "AT_END") else str(last.value)
        if sign and sign not in ")]}|,;=":
            state.problem(f"Something is missing between {left} and {sign}.", last.start_pos, end)
        else:
            state.problem(f"Something is missing after {left}: a number, a name or a bracket.",
                          last.end_pos, last.end_pos + 1)
    elif frame.kind == "derivative":
        operator = state.quote(frame.start, frame.end)
        state.problem(f"{operator} needs something to differentiate, as in {operator} [x^2].", frame.end, frame.end + 1)
    elif frame.kind in ("limit", "limit of"):
        operator = state.quote(frame.start, frame.end)
        state.problem(f"{operator} needs something to take the limit of, as in {operator} x^2.", frame.end,
                      frame.end + 1)
    elif frame.kind == "summation":
        operator = state.quote(frame.start, frame.end)
        state.problem(f"{operator} needs something to add up, as in {operator} x_{frame.variable}.", frame.end,
                      frame.end + 1)
    elif frame.kind == "integral" and sign in ("/", "*", "^"):
        state.problem("An integral's limit is a number, a name or something in brackets, as in int_0^(pi/2) x dx.",
                      start, end)
    elif frame.kind in CLOSING_BRACKET and sign in (")", "]", "}"):
        state.problem("There is nothing between these brackets.", frame.start, end)
    elif sign:
        state.problem(f"Something is missing before {sign}: a number, a name or a bracket.", start, end)
    elif frame.kind == "text":
        state.problem("There is nothing to read. Type a problem, such as d/dx x^2.", 0, 1)
