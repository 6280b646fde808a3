"""Numbers: 2, 0.5, 1e-3, and fractions in one character, such as ½ and 2½."""

from __future__ import annotations

import unicodedata

from tutor import limits
from tutor.expression.lexemes import DIGITS, FRACTION_BAR, SUPERSCRIPTS
from tutor.expression.operands import add_leaf, before_operand, end_operand
from tutor.expression.state import State, Token


def read_number(state: State, raw: str, start: int, end: int) -> int:
    """A number as it is typed; right behind another operand it is a factor, and there is doubt."""
    if state.operand:
        last = state.tokens[-1]
        if last.type == "NUMBER":
            _after_number(state, last, raw, start, end)
        else:
            left, right = state.quote(state.atom, last.end_pos), state.quote(start, end)
            state.note("number-beside-number",
                       f"{state.quote(state.atom, end)} is read as {left}·{right}; for a power, type {left}^{right}.",
                       state.atom, end, [(last.end_pos, start, "^")])
    if len(raw) > limits.LITERAL_EXPONENT_DIGITS:
        mantissa, _, exponent = raw.replace("E", "e").partition("e")
        if len(mantissa) > limits.LITERAL_DIGITS or len(exponent.lstrip("+-0")) > limits.LITERAL_EXPONENT_DIGITS:
            state.problem(f"This number is too long: a number has at most {limits.LITERAL_DIGITS:,} digits, and "
                          f"{limits.LITERAL_EXPONENT_DIGITS} after an e.", start, end)
    if ("e-" in raw or "e+" in raw) and len(raw) < 20:
        mantissa, _, exponent = raw.partition("e")
        sum_with_e = f"{mantissa}*e {exponent[0]} {exponent[1:]}"
        state.note("scientific-number",
                   f"{raw} is read as one number, {mantissa}·10^{exponent.lstrip('+')}; for the constant e, type "
                   f"{sum_with_e}.", start, end, [(start, end, sum_with_e)])
    return add_leaf(state, "NUMBER", raw, start, end)


def _after_number(state: State, last: Token, raw: str, start: int, end: int) -> None:
    """Two numbers in a row are a product where the first is an exponent; else nobody knows."""
    done, typed = state.text[last.start_pos:last.end_pos], state.quote(last.start_pos, end)
    if _is_raised(state) and (last.end_pos < start or done[-1:] in SUPERSCRIPTS):
        if done[-1:] not in SUPERSCRIPTS:
            power = state.quote(max(state.frame.power, 0), last.end_pos)
            state.note("number-after-power",
                       f"{power} {raw} is read as {power}·{raw}.", max(state.frame.power, 0), end, usual=True)
        return
    bar = FRACTION_BAR.match(state.text, end)
    message = "There are two numbers side by side: put an operator between them, as in 2*3."
    if last.end_pos < start and DIGITS.issuperset(done + raw) and len(typed) < 20:
        if bar is not None:
            fraction = f"{raw}/{bar['below']}"
            start, end = last.start_pos, bar.end()
            message = (f"{done} {fraction} can mean two things: for the mixed number, type ({done} + {fraction}); "
                       f"for a product, type {done}*{fraction}.")
        elif len(raw) == 3:
            message = (f"There are two numbers side by side: for one number, type {done}{raw}; for a product, type "
                       f"{done}*{raw}.")
    state.problem(message, start, end)


def _is_raised(state: State) -> bool:
    """Whether the last token is a whole exponent, with its sign or without."""
    before = state.tokens[-3:-1]
    if before and before[-1].value == "-":
        before.pop()
    return bool(before) and before[-1].type == "CIRCUMFLEX"


def read_fraction(state: State, raw: str, start: int, end: int) -> int:
    """`½`, and the mixed number `2½`."""
    above, below = unicodedata.normalize("NFKC", raw).split("⁄")
    last = state.tokens[-1] if state.tokens else None
    begin, whole = start, ""
    if (last is not None and state.operand and last.type == "NUMBER" and last.end_pos > last.start_pos
            and state.text[last.start_pos] not in SUPERSCRIPTS and not (_is_raised(state) and last.end_pos < start)):
        begin, whole = last.start_pos, state.tokens.pop().value
        state.note("mixed-number",
                   f"{state.quote(begin, end)} is read as {whole} + {above}/{below}.", begin, end, usual=True)
        if not DIGITS.issuperset(whole):
            state.problem("There are two numbers side by side: put an operator between them, as in 2*3.", start, end)
    else:
        before_operand(state, "name", start, end)
    state.emit("LPAR", "(", begin, begin)
    if whole:
        state.emit("NUMBER", whole, begin, start)
        state.emit("PLUS_MINUS", "+", start, start)
    for kind, value in (("NUMBER", above), ("TIMES_DIVIDE", "/"), ("NUMBER", below)):
        state.emit(kind, value, start, end)
    state.emit("RPAR", ")", end, end)
    end_operand(state, begin, end)
    return end
