"""Runs of letters: a run is a known word, or it is cut into the names in it, or it is refused as a word of English.

`xsinx` is cut into x, sin and x; at each place the longest name of a function or of a Greek letter is taken.
"""

from __future__ import annotations

from tutor import limits
from tutor.expression import lexemes, names
from tutor.expression.calculus import begins_calculus, read_at, read_calculus, read_integral, refuse_word_below
from tutor.expression.calls import (
    misspelled,
    read_function,
    read_function_elsewhere,
    read_noted_function,
    read_unknown_function,
    refuse,
)
from tutor.expression.case_by_case import WORDS_OF_CASES, read_word_of_cases
from tutor.expression.doubts import note_run, note_subscript
from tutor.expression.lexemes import DIGITS, LATIN, MAY_FOLLOW_NAME, PIECE, SPACES
from tutor.expression.limit import ends_limit, read_limit
from tutor.expression.operands import add_leaf
from tutor.expression.spelling import about_character, about_word, looks_like_function, nearest_function
from tutor.expression.state import State
from tutor.expression.summation import part_below, read_sum
from tutor.expression.words import is_listed, run_could_be_word

_INTEGRAL_WORDS = ("int", "integral")
_LIMIT_WORDS = ("lim", "Lim")
_SUM_WORDS = ("sum", "Sum")
_BEHIND_LIMITS = ("as", "at", "when", "for")
_SOME_FUNCTIONS = "sin, cos, tan, exp, ln, sqrt, abs, sigmoid, relu, min, max and others"
_GREEK_FUNCTIONS = {"sigma": ("sigmoid", "the sigmoid function"),
                    "Phi": ("normal_cdf", "the distribution function of the standard normal distribution")}
"""Greek letters that are functions before a bracket -> the function, and how it is called."""
_LONGEST_PRODUCT = 4
"""Letters of a run that somebody may have meant as a product although it looks like a word."""


def read_word(state: State, raw: str, start: int, end: int) -> int:
    """A run of letters: one name or word of the notation, or several to be cut apart, or nothing that can be read."""
    if len(raw) == 1 and raw not in "d∂":
        return _read_name(state, raw, start, end, True)
    if state.text[end:end + 1] in DIGITS:
        code = lexemes.CODE_NAME.match(state.text, start)
        if code is not None:
            name, end = code["name"], code.end("name")
            return refuse(state, f"There is no function {name}: type {names.CODE_NAMES[name]}.", name, True, start, end)
    if state.text[end:end + 1] == "_":
        underscored = lexemes.UNDERSCORED_NAME.match(state.text, start)
        if underscored is not None:
            return read_function(state, names.UNDERSCORED[underscored[0].lower()], start, underscored.end())
    function = names.FUNCTION_WORDS.get(raw)
    if function is not None:
        return read_function(state, function, start, end)
    if raw in names.GREEK_LETTER or raw in names.CONSTANT_WORDS:
        return _read_name(state, raw, start, end, True)
    if state.frame.bracket.holds_cases and raw.lower() in WORDS_OF_CASES:
        return read_word_of_cases(state, raw, start, end)
    if len(raw) > limits.JOINED_LETTERS:
        state.problem(f"{len(raw):,} letters in a row cannot be read; put * between the factors.", start, end)
        return add_leaf(state, "NAME", "x", start, end)
    if raw[:3] in _LIMIT_WORDS:
        after = read_limit(state, start)
        if after is not None:
            return after
    if raw in _BEHIND_LIMITS:
        after = ends_limit(state, start, end)
        if after is not None:
            return after
    if raw in _INTEGRAL_WORDS:
        return read_integral(state, raw, start, end)
    if raw in _SUM_WORDS:
        after = read_sum(state, start, end)
        if after is not None:
            return after
    if raw == "at":
        value = lexemes.AT_VALUE.match(state.text, end)
        if value is not None:
            return read_at(state, bool(value["open"]), start, end)
        if state.operand and state.text[start - 1] not in LATIN | DIGITS and lexemes.ARGUMENT.match(state.text, end):
            state.problem("at is followed by a letter and its value, as in at x = 2.", start, end)
            state.operand = False
            return end
    if raw in state.functions and (state.functions is not names.EVERY_NAME or lexemes.OPENING.match(state.text, end)):
        return _read_defined_function(state, raw, start, end)
    after = read_function_elsewhere(state, raw, start, end)
    if after is not None:
        return after
    called = lexemes.OPENING.match(state.text, end) is not None
    about = about_word(raw)
    if about is not None:
        return refuse(state, about, raw, called, start, end)
    argued = called or (looks_like_function(raw) and lexemes.ARGUMENT.match(state.text, end))
    if argued and misspelled(state, raw, start, end):
        return end
    if _is_word(state, raw, called, start, end):
        return _refuse_word(state, raw, called, start, end)
    return _read_run(state, raw, start, end)


def _read_defined_function(state: State, raw: str, start: int, end: int) -> int:
    """The name of a function that somebody defined and that is a word."""
    match = lexemes.AFTER_NAME.match(state.text, end)
    assert match is not None  # all of its parts may be absent
    if match["open"] is None or match["subscript"]:
        state.problem(f"{raw} needs something in brackets to act on, as in {raw}(x).", start, end)
        return add_leaf(state, "NAME", "x", start, end)
    return _read_name_with_tail(state, raw, start, end)


def _is_word(state: State, raw: str, called: bool, start: int, end: int) -> bool:
    """Whether a run is not to be cut into letters. What has its own meaning at its end is not looked at: the e of
    `axe^x`, the f of `abf(x)`, the dx of an integral."""
    run = raw
    for place in range(start, end):
        if state.text[place] in "d∂" and begins_calculus(state, place, end):
            run, called = raw[:place - start], False
            break
    else:
        raised = raw[-1] == "e" and lexemes.POWER.match(state.text, end)
        applied = raw[-1] in state.functions and (called or state.text[end:end + 1] in lexemes.PRIME_MARKS)
        if raised or (applied and not is_listed(raw)):
            run = raw[:-1]
    return run_could_be_word(run, called)


def _refuse_word(state: State, raw: str, called: bool, start: int, end: int) -> int:
    """Report a word, and say what to type for what it may be meant as."""
    shown = state.quote(start, end)
    if called:
        nearest = nearest_function(raw)
        meant = f"Did you mean {nearest}?" if nearest else f"There are {_SOME_FUNCTIONS}."
        return refuse(state, f"There is no function {shown}. {meant}", raw, called, start, end)
    first = start
    before = state.remarks.problems[-1] if state.remarks.problems else None
    if before is not None and before is state.remarks.last_word and not state.text[before.end:start].strip(SPACES):
        first = state.remarks.problems.pop().start  # several words in a row are one problem
    function = _joined_function(raw)
    if function:
        message = (f"{shown} is not part of the notation: for the function, type {function}; for a product, "
                   f"type {'*'.join(raw)}.")
    elif first < start:
        message = (f"{state.quote(first, end)}: words are not part of the notation. Type only mathematics, as in "
                   "x^2 + 1.")
    elif len(raw) > _LONGEST_PRODUCT:
        message = (f"{shown}: words are not part of the notation, and a product of so many letters needs * "
                   "between them.")
    else:
        message = (f"{shown} is not part of the notation: a quantity is called by one letter, with a subscript if you "
                   f"like, as in {raw[0]}_1. For a product, type {'*'.join(raw)}.")
    state.problem(message, first, end)
    state.remarks.last_word = state.remarks.problems[-1]
    return add_leaf(state, "NAME", "x", start, end)


def _read_run(state: State, raw: str, start: int, end: int) -> int:
    """Cut a run up to its first function, derivative or dx, or to its end."""
    text, position = state.text, start
    pieces: list[str] = []
    while position < end:
        if text[position] in "d∂":
            after = read_calculus(state, position, end)
            if after is not None:
                return after
        piece = PIECE.match(text, position, end)
        letter = piece[0] if piece else text[position]
        if letter == "∂":
            state.problem("∂ is used only in ∂/∂x: for a partial derivative, type ∂/∂x [...].", position, position + 1)
        pieces.append(letter)
        position += len(letter)
        if letter in names.FUNCTION_WORDS:
            note_run(state, raw, pieces, start, end)
            return read_function(state, names.FUNCTION_WORDS[letter], position - len(letter), position)
        if letter in names.ELSEWHERE:
            return read_noted_function(state, names.ELSEWHERE[letter], position - len(letter), position)
        position = _read_name(state, letter, position - len(letter), position, position == end)
    note_run(state, raw, pieces, start, end)
    return position


def _read_name(state: State, letter: str, start: int, stop: int, last: bool) -> int:
    """One name; the last of a run may carry digits, a subscript or primes, or be called."""
    constant = names.CONSTANT_WORDS.get(letter)
    if letter == "i" and last and lexemes.NUMBER_BELOW.match(state.text, stop):  # an input, beside h1 and o1
        return _read_name_with_tail(state, letter, start, stop)
    if constant is not None and letter not in state.bound:
        if letter == "e" and last and state.text.startswith("(", stop):
            state.note("e-before-bracket",
                       "e(...) is read as the product e·(...); for a power, type e^(...).", start, stop + 1,
                       [(stop, stop, "^")])
        return add_leaf(state, "CONSTANT", constant, start, stop)
    if letter == "Σ":
        after = read_sum(state, start, stop) if last else None
        if after is not None:
            return after
        if state.is_problem and lexemes.SUMMED.match(state.text, stop):
            state.problem(about_character("∑"), start, stop)
    name = names.GREEK.get(letter, letter)
    follower = state.text[stop:stop + 1] if last else ""
    if follower in MAY_FOLLOW_NAME or (follower and follower in SPACES and name in state.functions):
        return _read_name_with_tail(state, letter, start, stop)
    return add_leaf(state, "NAME", name, start, stop)


def _read_name_with_tail(state: State, letter: str, start: int, stop: int) -> int:
    """A name together with its subscript and its primes; it is a function if it is one that a bracket can call."""
    text = state.text
    match = lexemes.AFTER_NAME.match(text, stop)
    assert match is not None  # all of its parts may be absent
    subscript, primes, opening = match["subscript"] or "", match["primes"] or "", match["open"]
    part = part_below(state, letter, subscript, start, stop)
    if part is not None:
        if part.end == stop + len(subscript):
            note_subscript(state, letter, subscript, start, part.end)
        return add_leaf(state, "PART", part.value, start, part.end)
    if subscript:
        stop += len(subscript)
        end = refuse_word_below(state, letter, subscript, stop)
        if end is not None:
            return add_leaf(state, "NAME", letter, start, end)
        if subscript[0] in DIGITS and text.startswith("d/d", max(0, start - 2)):
            state.problem(f"d/d{state.quote(stop - len(subscript), stop)}: a derivative is taken with respect to a "
                          f"letter, as in d/dx; for a quotient, use brackets: d/({letter}{subscript}).",
                          start - 2, stop)
        note_subscript(state, letter, subscript, start, stop)
    name = names.canonical_name(letter, subscript)
    in_slot = state.slot is not None and state.slot.kind != "argument"  # sin^n (x): the bracket is the argument
    calls = opening is not None and (bool(primes) or name in state.functions) and not in_slot
    if primes and calls and name == "sigma" and name not in state.functions:
        state.problem(f"σ(...) is the sigmoid function, and its derivative is typed d/dx [sigmoid(x)]; for another "
                      f"function first type {letter}(x) = ... ;", start, stop + len(primes))
    if primes and not in_slot:
        return read_unknown_function(state, name, primes, calls, start, stop)
    if calls:
        if match["gap"]:
            state.note("unknown-function",
                       f"{name} (...) is read as {name} applied to what is in the brackets; for a product, type "
                       f"{name}*(...).", start, match.end(), [(stop, stop, "*")])
        return read_unknown_function(state, name, "", True, start, stop)
    if opening and text[start - 1:start] == "1" and misspelled(state, letter, start, stop):
        return stop
    if opening and not match["gap"] and not in_slot:
        if name in _GREEK_FUNCTIONS:
            function, called = _GREEK_FUNCTIONS[name]
            sign = names.GREEK_LETTER[name]
            state.note(name, f"{sign}(...) is read as {called}; for a factor {sign}, type {sign}*(...).", start, stop,
                       [(stop, stop, "*")])
            return read_function(state, function, start, stop)
        alone = lexemes.IN_BRACKETS.match(text, stop)
        if alone and alone["name"] != letter:
            state.note("letter-before-bracket",
                       f"{name}({alone['name']}) is read as the product {name}·{alone['name']}; to make {name} a "
                       f"function, first type {name}({alone['name']}) = ... ;", start, alone.end())
    return add_leaf(state, "NAME", name, start, stop)


def _joined_function(run: str) -> str:
    """The call that a run is probably meant for: sen(x) for `senx`; "" if for none."""
    small = run.lower()
    for cut in (len(run) - 1, len(run) - 2):
        function, argument = small[:cut], run[cut:]
        known = cut > 1 and (function in names.ELSEWHERE or function in names.FUNCTION_WORDS)
        if known and _ARGUMENT.issuperset(argument.lower()):
            return f"{function}({'*'.join(argument)})"
    return ""


_ARGUMENT = frozenset("atuvwxyz")
