"""What a learner who left out brackets may have meant: other readings of a text, one of which may be right.

    meant("e^-2x", parse("e^(-2x)"))            # "e^(-2x)"

On paper, spacing or a fraction bar shows what belongs together; on one line, only brackets do.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from tutor.errors import TutorError
from tutor.expression.spans import CLOSING, OPENING, last_of_operand
from tutor.expression.tokens import Token, tokenize
from tutor.expression.tree import Expression
from tutor.judge.answer import read_answer
from tutor.judge.equivalence import equivalent
from tutor.oracle.verdict import Oracle

MOST_READINGS = 12
"""Readings that are tried for one answer."""

LONGEST = 300
"""The longest answer, in characters, for which this is tried; longer ones are not copied from paper."""

Span = tuple[int, int]
"""Where a bracket opens and where it closes, in a text."""


def meant(text: str, problem: Expression, oracle: Oracle) -> str | None:
    """The text with brackets that would make it equal to the problem; None if no bracket does."""
    if len(text) > LONGEST:
        return None
    for other in islice(dict.fromkeys(_others(text)), MOST_READINGS):
        try:
            reading = read_answer(other, problem).expression
        except TutorError:
            continue
        if equivalent(problem, reading, oracle).verdict == "equal":
            return other
    return None


def _others(text: str) -> list[str]:
    """The text with brackets that may be missing, the likeliest first; not as it is."""
    whole = [text, *[_with_brackets(text, spans(_tokens(text))) for spans in (_joined, _exponents, _arguments)]]
    whole.append(_with_brackets(whole[2], _joined(_tokens(whole[2]))))
    found = [*whole, *[_with_brackets(each, [span]) for each in whole for span in _numerators(_tokens(each))],
             *[_with_brackets(text, [span]) for span in _subtracted(_tokens(text))]]
    return [other for other in found if other != text]


def _tokens(text: str) -> Sequence[Token]:
    try:
        return tokenize(text).tokens
    except TutorError:
        return []


def _with_brackets(text: str, spans: Sequence[Span]) -> str:
    signs = sorted([(start, 1, "(") for start, _ in spans] + [(end, 0, ")") for _, end in spans], reverse=True)
    for place, _, sign in signs:
        text = text[:place] + sign + text[place:]
    return text


def _is_joined(tokens: Sequence[Token], index: int) -> bool:
    """Whether a `*` was not typed, and there is no gap where it would stand."""
    token = tokens[index]
    return (token.value == "*" and token.start_pos == token.end_pos
            and tokens[index - 1].end_pos == tokens[index + 1].start_pos)


def _joined(tokens: Sequence[Token]) -> list[Span]:
    """1/2x as 1/(2x), and e^-2x as e^(-2x)."""
    found: list[Span] = []
    for index, token in enumerate(tokens):
        if token.value not in ("/", "^") or token.end_pos <= (found[-1][1] if found else 0):
            continue
        last, grew = last_of_operand(tokens, index + 1), False
        while last + 2 < len(tokens) and _is_joined(tokens, last + 1):
            last, grew = last_of_operand(tokens, last + 2), True
        if grew:
            found.append((tokens[index + 1].start_pos, tokens[last].end_pos))
    return found


def _exponents(tokens: Sequence[Token]) -> list[Span]:
    """x^-1/2 as x^(-1/2)."""
    found = []
    for index, token in enumerate(tokens):
        first = index + 1
        top = first + 1 if first < len(tokens) and tokens[first].value == "-" else first
        if (token.value == "^" and top + 2 < len(tokens) and tokens[top + 1].value == "/"
                and tokens[top].type == tokens[top + 2].type == "NUMBER"):
            found.append((tokens[first].start_pos, tokens[top + 2].end_pos))
    return found


def _arguments(tokens: Sequence[Token]) -> list[Span]:
    """cos x x^2 as cos(x) x^2."""
    return [(tokens[index + 2].start_pos, tokens[index + 2].end_pos) for index, token in enumerate(tokens[:-3])
            if token.type == "FUNCTION" and tokens[index + 1].start_pos == tokens[index + 1].end_pos
            and tokens[index + 2].type == "NAME" and tokens[index + 3].value == "*"]


def _numerators(tokens: Sequence[Token]) -> Iterator[Span]:
    """a - b / c as (a - b)/c, outside all brackets."""
    depth = sums = 0
    for index, token in enumerate(tokens):
        depth += (token.type in OPENING) - (token.type in CLOSING)
        sums += depth == 0 and token.type == "PLUS_MINUS"
        if token.value == "/" and depth == 0 and sums:
            yield tokens[0].start_pos, tokens[index - 1].end_pos


def _subtracted(tokens: Sequence[Token]) -> Iterator[Span]:
    """a - b + c as a - (b + c): up to where the bracket round it closes."""
    for index, token in enumerate(tokens[:-1]):
        if token.value != "-":
            continue
        depth, place, sums = 0, index + 1, False
        while place < len(tokens):
            depth += (tokens[place].type in OPENING) - (tokens[place].type in CLOSING)
            if depth < 0:
                break
            sums = sums or (depth == 0 and tokens[place].type == "PLUS_MINUS")
            place += 1
        if sums:
            yield tokens[index + 1].start_pos, tokens[place - 1].end_pos
