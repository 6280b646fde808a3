"""Functions: known ones under all their names, with bases and exponents, and unknown ones such as `f(x)` and `y'`."""

from __future__ import annotations

import re

from tutor import limits
from tutor.expression import lexemes, names
from tutor.expression.closing import UNREAD
from tutor.expression.known_functions import FUNCTIONS
from tutor.expression.leading import other_derivative
from tutor.expression.lexemes import LATIN
from tutor.expression.numbers import read_number
from tutor.expression.operands import add_leaf, before_operand
from tutor.expression.remarks import Behind
from tutor.expression.spelling import looks_like_function, nearest_function
from tutor.expression.state import Slot, State, Token


def read_function(state: State, function: str, start: int, end: int) -> int:
    """A known function: its exponent, base or argument comes next."""
    text, word = state.text, state.text[start:end]
    before_operand(state, "function", start, end)  # in `ln sin x` the second is the argument of the first
    state.operand = False
    slot = state.slot = Slot("argument", word, function, start, end, len(state.tokens))
    if function == "log":
        base = lexemes.LOGARITHM_BASE.match(text, end)
        if base is not None:
            return _read_logarithm(state, base, slot, start, end)
    state.tokens.append(Token("FUNCTION", function, start, end))
    return end


def _read_logarithm(state: State, base: re.Match[str], slot: Slot, start: int, end: int) -> int:
    """A logarithm with a base: `log_2 x`, `log₂ x`, and `log2(x)`, `log10 x`, names in programming languages."""
    state.emit("LOGARITHM", "log", start, end)
    slot.kind, slot.function, slot.end = "base", "", base.end()
    kind = base.lastgroup
    if kind is None:
        return base.end()
    digits = names.canonical_name("", base[kind]).strip("_")
    if kind == "joined":
        state.note("logarithm-with-digits",
                   f"log{digits} is read as the logarithm to base {digits}; for the natural one, type "
                   f"ln({digits}...).", start, base.end(), [(start, end, "ln("), Behind(len(state.tokens) - 1, ")")])
    return read_number(state, digits, base.start(kind), base.end())


def read_unknown_function(state: State, name: str, primes: str, calls: bool, start: int, stop: int) -> int:
    """`f(x)`, `f'(x)` or `y'`."""
    end = stop + len(primes)
    order = sum(lexemes.PRIME_MARKS[mark] for mark in primes)
    if order > limits.DERIVATIVE_ORDER:
        state.problem(f"A function can have at most {limits.DERIVATIVE_ORDER} primes.", stop, end)
    if order:
        other_derivative(state)
    before_operand(state, "function", start, stop)
    if calls:
        state.emit("UNKNOWN", (name, order), start, end)
        state.slot, state.operand = Slot("argument", name, "", start, end, len(state.tokens) - 1, raised=True), False
    else:
        state.emit("PRIMED", (name, order), start, end)
        state.atom, state.operand = start, True
    return end


def read_function_elsewhere(state: State, raw: str, start: int, end: int) -> int | None:
    """A function as another country or another keyboard writes it: `ctg x`, `sh(x)`, `SIN x`, `arc sin x`."""
    small = raw.lower()
    function = names.ELSEWHERE.get(raw) or names.ELSEWHERE.get(small) or names.FUNCTION_WORDS.get(small)
    if function is None and raw in ("arc", "ar"):
        match = lexemes.ARC.match(state.text, end)
        if match is not None:
            function, end = names.INVERSE[match["base"]], match.end()
    if function is None:
        return None
    if (len(raw) == 2 or small in names.ALSO_WORDS) and not lexemes.ARGUMENT.match(state.text, end):
        return None
    if small in ("sh", "ch", "th") and ("h" not in state.functions or state.facts.calls_h):
        return None
    return read_noted_function(state, function, start, end)


def read_noted_function(state: State, function: str, start: int, end: int) -> int:
    """A function under a name of another country: read, and said so."""
    shown = state.quote(start, end)
    if len(shown) == 2 and shown in names.ELSEWHERE and shown != "tg":
        product = f"{shown[0]}*{shown[1]}"
        state.note("function-elsewhere",
                   f"{shown} is read as {names.shown_name(function)}; for a product, type {product}.", start, end,
                   [(start, end, product)])
    else:
        state.note("function-elsewhere-usually",
                   f"{shown} is read as {names.shown_name(function)}.", start, end, usual=True)
    if function in FUNCTIONS:
        return read_function(state, function, start, end)
    base = function.partition("_")[2]
    before_operand(state, "function", start, end)
    state.operand = False
    state.slot = Slot("base", shown, "", start, end, len(state.tokens))
    state.emit("LOGARITHM", "log", start, end)
    return add_leaf(state, "NUMBER", base, start, end)


def misspelled(state: State, raw: str, start: int, end: int) -> bool:
    """Report a run before `(` that is one slip from a function's name, ones in it taken for l: `1n(x)`."""
    text, begin = state.text, start
    while begin > max(0, start - 8) and (text[begin - 1] == "1" or text[begin - 1] in LATIN):
        begin -= 1
    typed = text[begin:end]
    suggestion = looks_like_function(typed)
    if suggestion is None:
        typed, begin = raw, start
        if any(raw.endswith(word) for word in names.WORDS_BY_LENGTH if word not in names.GREEK_LETTER):
            return False  # xsin(x) is a product
        suggestion = nearest_function(raw)
    if suggestion is None:
        return False
    meaning = ", the natural logarithm (small L, small N)" if suggestion == "ln" else ""
    state.problem(f"There is no function {typed}. Did you mean {suggestion}{meaning}?", begin, end)
    read_function(state, names.FUNCTION_WORDS[suggestion], start, end)
    return True


def refuse(state: State, message: str, raw: str, called: bool, start: int, end: int) -> int:
    """A word that cannot be read; what follows is read on, as its argument if it stands in brackets."""
    state.problem(message, start, end)
    if called:
        return read_function(state, UNREAD, start, end)
    return add_leaf(state, "NAME", raw, start, end)
