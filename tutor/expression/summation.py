"""Sums with an index, `sum_{i=1}^{n} x_i^2` and `sum_i x_i`, and the parts of lists that stand in them.

    sum_{i=1}^{n} w_i*x_i + b   arrives as   sum ( 1 , n ) [ w_i * x_i ] + b

What follows `sum_i` belongs to the sum up to the next plus or minus, as it does after d/dx, ∫ and lim.
"""

from __future__ import annotations

from typing import NamedTuple

from tutor.errors import NotationError
from tutor.expression import lexemes
from tutor.expression.lexemes import DIGITS, LATIN, is_short_number
from tutor.expression.names import CONSTANT_WORDS, canonical_name
from tutor.expression.operands import before_operand
from tutor.expression.state import State, Token
from tutor.expression.subscripts import MOST_INDICES, Part, Subscript, is_part, subscript_of
from tutor.expression.sum_header import Bound, header_at

_EXAMPLE = "as in sum_{i=1}^{n} x_i"


def read_sum(state: State, start: int, end: int) -> int | None:
    """A sum whose sign stands at text[start:end]; None if it has no index below it."""
    header = header_at(state.text, end, state.facts.closing)
    if header is None:
        below = lexemes.SUM_BELOW.match(state.text, end)
        if below is None:
            return None
        closing = state.facts.closing.get(below.end() - 1) if below["open"] else None
        stop = closing + 1 if closing is not None else below.end()
        inner = below["small"] or state.text[below.end():stop - 1]
        if state.text[start] == "Σ" and not below["index"] and inner.isalnum():
            return None  # the letter Sigma, as in Σ_{12}
        state.problem(f"A sum needs a letter that runs from one whole number to another, {_EXAMPLE}.", start, stop)
        state.assume_operand(stop)
        return stop
    for index in header.indices:
        if index in CONSTANT_WORDS and index != "i":
            state.problem(f"{index} is a constant and cannot be an index; choose another letter.", start, header.end)
    if header.lower is not None and header.upper is None:
        state.problem(f"This sum does not say how far {header.indices[0]} runs: an upper bound is missing, {_EXAMPLE}.",
                      start, header.end)
    if len(header.indices) > 1:
        every = " ".join(f"sum_{index}" for index in header.indices)
        state.note("several-indices", f"{state.quote(start, header.end)} is read as {every}, one sum in the other.",
                   start, header.end, usual=True)
    if header.lower is None and header.upper is None and state.text[header.end:header.end + 1] in LATIN | DIGITS and (
            state.text[header.end - 1] in LATIN):
        state.note("sum-joined", f"{state.quote(start, header.end + 1)} is read as a sum over "
                   f"{header.indices[0]} alone; type a space behind its index.", start, header.end + 1, usual=True)
    before_operand(state, "function", start, end)
    bounds: list[Token] = []
    if header.upper is None:
        state.has_open_sum = True
    else:
        lower = _bound(state, header.lower) if header.lower is not None else [Token("NUMBER", "1", end, end)]
        bounds = [Token("LPAR", "(", end, end), *lower, Token("COMMA", ",", end, end), *_bound(state, header.upper),
                  Token("RPAR", ")", end, end)]
    for index in header.indices:
        state.emit("SUMMATION", index, start, end)
        state.tokens += bounds
        state.emit("LSQB", "[", header.end, header.end)
        state.push("summation", start, header.end).variable = index
        state.bound.append(index)
    state.operand = False
    return header.end


def _bound(state: State, bound: Bound) -> list[Token]:
    """The tokens of a bound, which stands in the text apart from what is added up."""
    from tutor.expression.tokens import tokenize  # the pass as a whole: a bound is a text of its own

    text, nothing = bound.text.strip(), [Token("NUMBER", "1", bound.start, bound.end)]
    if is_short_number(text):
        return [Token("NUMBER", text, bound.start, bound.end)]
    if text in LATIN and text not in CONSTANT_WORDS:
        return [Token("NAME", text, bound.start, bound.end)]
    if not text:
        state.problem(f"A bound of this sum is missing, {_EXAMPLE}.", bound.start, bound.end)
        return nothing
    same_size = len(bound.text) == bound.end - bound.start
    try:
        made, _, is_open = tokenize(bound.text, state.functions, outer=state)
    except NotationError as error:
        for problem in error.problems:
            state.problem(problem.message, bound.start + problem.start, bound.start + problem.end)
        return nothing
    state.has_open_sum |= is_open
    if any(token.type in _NO_BOUND for token in made):
        state.problem(f"The bounds of a sum are whole numbers or letters for them, {_EXAMPLE}.", bound.start, bound.end)
        return nothing
    if same_size:
        return [Token(token.type, token.value, bound.start + token.start_pos, bound.start + token.end_pos)
                for token in made]
    return [Token(token.type, token.value, bound.start, bound.end) for token in made]


_NO_BOUND = frozenset(("LIMIT", "RELATION", "SEMICOLON", "AT", "AT_END", "DERIVATIVE", "INTEGRAL"))


class PartBelow(NamedTuple):
    """Part of a list, and where in the text its subscript ends."""

    value: Part
    end: int


def part_below(state: State, letter: str, typed: str, start: int, stop: int) -> PartBelow | None:
    """A letter at text[start:stop] with a subscript, if it is part of a list or Kronecker's delta."""
    if not typed:
        _refuse_calculated(state, letter, start, stop)
        return None
    lists = state.facts.lists
    if typed[0] in DIGITS or ("," not in typed and "[" not in typed and not lists.indices and not lists.letters):
        return None
    subscript, end = subscript_of(typed), stop + len(typed)
    if subscript is None:
        return None
    name = canonical_name(letter)
    run = lexemes.LETTERS.match(state.text, end - 1) if subscript.form == "single" else None
    if run is not None and 1 < len(run[0]) <= MOST_INDICES and (
            name in lists.letters and lists.indices.issuperset(run[0])):
        subscript, end = Subscript(tuple(run[0]), "run"), run.end()
        state.note("joined-indices", f"{letter}_{run[0]} is read as {letter}_{{{run[0]}}}, with {len(run[0])} indices; "
                   f"for a product, type {letter}_{run[0][0]}*{'*'.join(run[0][1:])}.", start, end,
                   [(end - len(run[0]) + 1, end - len(run[0]) + 1, "*")])
    elif len(subscript.indices) == 1 and lists.ranks.get(name) == len(subscript.indices[0]) > 1:
        subscript = Subscript(tuple(subscript.indices[0]), "joined")  # W_{12}
    shown = state.quote(start, end)
    if not is_part(name, subscript, lists):
        if subscript.form != "listed":
            return None
        index = next(iter(subscript.letters), "i")
        state.problem(f"{shown} is read as part of a list, but there is no sum that makes {index} an index. Type "
                      f"sum_{index} in front of what is added up.", start, end)
    if len(subscript.indices) > MOST_INDICES:
        state.problem(f"{shown} has {len(subscript.indices)} indices; a letter can have at most {MOST_INDICES}.", start,
                      end)
    for index in subscript.indices:
        if index in CONSTANT_WORDS and index != "i":
            state.problem(f"{index} is a constant and cannot be an index; choose another letter.", start, end)
    return PartBelow(Part(f"{name}_{{{','.join(subscript.indices)}}}"), end)


def _refuse_calculated(state: State, letter: str, start: int, stop: int) -> None:
    """Report `x_{i+1}`, the index of which has to be worked out."""
    if not state.text.startswith(("_{", "_("), stop):
        return
    closing = state.facts.closing.get(stop + 1)
    end = closing + 1 if closing is not None else stop + 2
    state.problem(f"{state.quote(start, end)}: an index is a letter or a whole number, as in {letter}_i or {letter}_2. "
                  "Nothing can be calculated in it.", start, end)
