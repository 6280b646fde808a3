"""Derivatives and integrals: `d/dx`, `dy/dx`, `int ... dx` and `at`."""

from __future__ import annotations

import re

from tutor import limits
from tutor.expression import lexemes
from tutor.expression.closing import end_factor, end_integral, end_statement, end_term, open_integral
from tutor.expression.leading import leads, note_at_factor, other_derivative
from tutor.expression.lexemes import DIGITS, SPACES, SUPERSCRIPTS
from tutor.expression.names import CONSTANT_WORDS, FUNCTION_WORDS, GREEK_LETTER, canonical_name
from tutor.expression.numbers import read_number
from tutor.expression.operands import before_operand, complete, report_slot
from tutor.expression.state import CLOSING_BRACKET, Frame, Slot, State
from tutor.expression.summation import part_below
from tutor.expression.words import run_could_be_word

_LIMITS = ("lower", "caret", "upper")

Variables = tuple[tuple[str, str], ...]
"""What is differentiated by, each with its order: of d^2/dx^2 x and 2."""


def read_calculus(state: State, start: int, end: int) -> int | None:
    """`d/dx`, `dy/dx` or the `dx` of an integral, in a run that ends at `end`; None if it is a letter d."""
    match = lexemes.DERIVATIVE.match(state.text, start)
    if match is not None:
        return _read_derivative(state, match)
    if state.is_problem and (bare := lexemes.WITHOUT_LETTER.match(state.text, start)):
        state.problem(f"{state.quote(start, bare.end())} needs a variable, as in d/dx [x^2].", start, bare.end())
    around = lexemes.DIFFERENTIAL_OF.match(state.text, start) if start + 1 == end else None
    closing = state.facts.closing.get(around.start("open")) if around else None
    below = lexemes.BELOW.match(state.text, closing + 1) if closing is not None else None
    if around and below:
        return _read_derivative_around(state, around, below)
    if not lexemes.DIFFERENTIAL.fullmatch(state.text, start, end):
        return None
    if state.slot is not None and state.slot.kind in _LIMITS:
        report_slot(state, state.slot, start, end)
    if state.frame.waiting is not None:
        return _read_differential(state, state.frame.waiting, start, end)
    last = state.tokens[-1] if state.tokens else None
    if last is not None and last.value == "/":
        raw = state.text[start:end]
        state.problem(f"What is differentiated comes after d/{raw}, as in d/{raw} [x^2].", last.start_pos, end)
    return None


def begins_calculus(state: State, start: int, end: int) -> bool:
    """Whether the d at `start`, in a run that ends at `end`, is that of a derivative or of an integral's dx."""
    waiting = state.frame.waiting is not None or (state.slot is not None and state.slot.kind in _LIMITS)
    return bool(lexemes.DERIVATIVE.match(state.text, start)
                or (waiting and lexemes.DIFFERENTIAL.fullmatch(state.text, start, end)))


def _read_derivative(state: State, match: re.Match[str]) -> int:
    start, end = match.span()
    symbol, of = match["symbol"], match["of"] and canonical_name(match["of"], match["of_subscript"] or "")
    part = part_below(state, match["of"], match["of_subscript"] or "", *match.span("of")) if of else None
    of = part.value if part is not None else of
    variables, end = _operator_of(state, match, match, of, start, end)
    variable = variables[0][0]
    if match["subscript"] and match["subscript"][0] in DIGITS:
        digits = match.start("subscript")
        state.note("indexed-variable",
                   f"{state.quote(start, end)} is read as the derivative with respect to {variable}; for "
                   f"d/d{match['variable']}, put a space before the number.", start, end, [(digits, digits, " ")])
    elif match["apart"]:
        state.note("differential-apart",
                   f"{state.quote(start, end)} is read as {symbol}/{symbol}{variable}.", start, end, usual=True)
    if of and part is None and state.is_problem and of not in state.facts.defined and all(
            of != each for each, _ in variables) and of not in state.facts.lists.letters:
        state.problem(f"{of} is not defined here: type {symbol}/{symbol}{variable} [...], or begin with {of} = ...;",
                      start, end)
    if len(variables) == 1:
        end = max(end, refuse_word_below(
            state, match["variable"], match["subscript"] or "", match.end("subscript")) or 0)
    leading = leads(state, of, start, end)
    before_operand(state, "function", start, end)
    if of:
        state.emit("DERIVATIVE_OF", (symbol, variables, of), start, end)
        state.atom, state.operand = start, True
        return end
    state.emit("DERIVATIVE", (symbol, variables), start, end)
    state.operand = False
    if not lexemes.OPENING_SQUARE.match(state.text, end):
        state.emit("LSQB", "[", end, end)
        state.push("derivative", start, end).leading = leading
    return end


def refuse_word_below(state: State, letter: str, subscript: str, end: int) -> int | None:
    """Report a subscript that is a word, of which only the first letter would be read: `y_hat`, `w_new`. Where the
    word ends; None if it is none."""
    word = lexemes.LETTERS.match(state.text, end - 1)
    if word is None or not subscript.startswith("_") or len(word[0]) < 3:
        return None
    run = word[0]
    if run not in FUNCTION_WORDS and run not in GREEK_LETTER and not run_could_be_word(run):
        return None
    state.problem(f"{letter}_{run}: put a subscript of several letters in braces, as in {letter}_{{{run}}}.",
                  end - 2 - len(letter), word.end())
    return word.end()


def _operator_of(state: State, top: re.Match[str], bottom: re.Match[str], of: str | None, start: int,
                 end: int) -> tuple[Variables, int]:
    """The variables of a derivative with their orders, examined, and where it ends: of ∂²/∂x∂y both with the order 1,
    the one that is differentiated by last in front."""
    variable, end = _variable_below(state, bottom, end)
    above, below = _order(top["order"]), _order(bottom["order_below"])
    variables = [(variable, below)]
    while above != below and (another := lexemes.NEXT_VARIABLE.match(state.text, end)) is not None:
        variable, end = _variable_below(state, another, another.end())
        variables.append((variable, _order(another["order_below"])))
    orders = [order for _, order in variables]
    if len(variables) == 1:
        if above != below:
            state.problem(f"The orders differ: {above} above and {below} below. Type d^2/dx^2.", start, end)
    elif not all(order[0] in DIGITS and len(order) < 4 for order in (above, *orders)):
        state.problem("A mixed derivative has numbers for its orders, as in ∂^3/∂x^2∂y.", start, end)
    elif int(above) != sum(map(int, orders)):
        state.problem(f"The orders differ: {above} above, and {' + '.join(orders)} below. Type ∂^2/∂x∂y.", start, end)
    if above[0] in DIGITS and not (len(above) < 4 and 1 <= int(above) <= limits.DERIVATIVE_ORDER):
        state.problem(f"The order of a derivative has to be a number from 1 to {limits.DERIVATIVE_ORDER}.", start, end)
    for letter in (*[variable for variable, _ in variables], of):
        if letter in CONSTANT_WORDS:
            state.problem(f"{letter} is a constant and cannot be used in a derivative; choose another letter.",
                          start, end)
    return tuple(variables), end


def _variable_below(state: State, bottom: re.Match[str], end: int) -> tuple[str, int]:
    """A letter, or part of a list, that stands below in a derivative, and where that ends, if not at the end given."""
    part = part_below(state, bottom["variable"], bottom["subscript"] or "", *bottom.span("variable"))
    if part is not None:
        return part.value, max(end, part.end)
    return canonical_name(bottom["variable"], bottom["subscript"] or ""), end


def _read_derivative_around(state: State, top: re.Match[str], bottom: re.Match[str]) -> int:
    """`d(x^2)/dx`: what is differentiated stands in the numerator."""
    start = top.start()
    variables, end = _operator_of(state, top, bottom, None, start, bottom.start("more"))
    other_derivative(state)
    before_operand(state, "function", start, top.end())
    state.emit("DERIVATIVE", (top["symbol"], variables), start, top.start("open"))
    state.emit("LSQB", "[", top.start("open"), top.end())
    frame = state.push(top["open"], top.start("open"), top.end())
    frame.of_derivative, frame.atom, frame.after = True, start, end
    state.operand = False
    return top.end()


def read_integral(state: State, sign: str, start: int, end: int) -> int:
    """An integral sign, with or without limits, opens an integrand that waits for its dx."""
    before_operand(state, "function", start, end)
    state.emit("INTEGRAL", "int", start, end)
    state.operand = False
    match = lexemes.LIMITS.match(state.text, end)
    if match is None:
        open_integral(state, start, end)
        return end
    state.emit("LPAR", "(", end, end)
    state.slot = Slot("lower", "int", "", start, match.end(), len(state.tokens))
    if match["digits"]:
        return read_number(state, canonical_name("", match["digits"])[1:], match.start("digits"), match.end())
    return match.end()


def _read_differential(state: State, integral: Frame, start: int, end: int) -> int:
    """The dx of `integral`, the innermost one that waits for it."""
    subscript = lexemes.SUBSCRIPT.match(state.text, end)
    tail = subscript[0] if subscript else ""
    variable = canonical_name(state.text[start + 1:end], tail)
    if variable in CONSTANT_WORDS:
        state.problem(f"{variable} is a constant and cannot be integrated over; choose another letter.", start, end)
    divided = lexemes.DIVIDED.match(state.text, end + len(tail))
    if len(state.tokens) == integral.first or (divided and not state.operand and state.tokens[-1].value == "*"):
        state.emit("NUMBER", "1", start, start)  # ∫ dx, ∫ 2*dx/x
        state.operand = True
    complete(state, state.text[start:end], start, end)
    end_term(state)
    if divided:  # ∫ dx/x: the rest of the product is still under the integral
        integral.kind, integral.variable = "divided", variable
        integral.waiting = integral.parent.waiting
    else:
        end_integral(state, variable, start, end + len(tail))
    return end + len(tail)


def read_at(state: State, in_brackets: bool, start: int, end: int) -> int:
    """`at (x = 2)` belongs to what stands before it, `at x = 2` to the whole statement."""
    complete(state, "at", start, end)
    (end_factor if in_brackets else end_term)(state)
    if in_brackets:
        frame = state.frame
        if frame.power >= 0:
            state.atom = frame.power
        before = state.text[max(frame.term, state.atom - 20):state.atom]
        if frame.has_sum or before.strip(SPACES + "-−"):
            note_at_factor(state, start, end)
        state.emit("AT", "at", start, end)
    else:
        if state.frame.kind in CLOSING_BRACKET:
            state.problem("Inside brackets, at needs brackets of its own, as in at (x = 2).", start, end)
            state.frame.holds_equation = True
        else:
            end_statement(state)
            state.frame.holds_equation = True
        state.emit("AT_END", "at", start, end)
    state.next_term(end)
    return end


def _order(typed: str | None) -> str:
    """The order of a derivative: digits or a name."""
    if not typed:
        return "1"
    if typed[0] != "^":
        return "".join(SUPERSCRIPTS[letter] for letter in typed)
    order = typed[1:].strip(SPACES)
    if order[0] in "({":
        order = order[1:-1].strip(SPACES)
    name = lexemes.INDEXED.fullmatch(order)
    return canonical_name(name["name"], name["subscript"] or "") if name else order
