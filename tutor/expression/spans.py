"""How far an operand or a sum reaches, counted in tokens.

    tokens = tokenize("2 + sin x^2*y").tokens       # 2 + sin ( x ^ 2 ) * y
    last_of_operand(tokens, 2)                      # 7, the place of the )
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tutor.expression.state import Token

OPENING, CLOSING = frozenset(("LPAR", "LSQB", "LBAR")), frozenset(("RPAR", "RSQB", "RBAR"))
_LEADS = frozenset(("FUNCTION", "UNKNOWN", "DERIVATIVE", "INTEGRAL"))
_ENDS_A_SUM = frozenset(("COMMA", "SEMICOLON", "RELATION", "AT", "AT_END"))


def last_of_operand(tokens: Sequence[Token], index: int) -> int:
    """The place of the last token of the operand that begins at a place: a sign, a name, a call or a bracket, and its
    powers."""
    last = len(tokens) - 1
    while index < last:
        kind = tokens[index].type
        if kind == "LOGARITHM":
            index = last_of_group(tokens, index + 1) + 1
        elif kind in _LEADS and tokens[index + 1].type != "CIRCUMFLEX":
            index += 1
        elif kind in _LEADS:
            index = last_of_group(tokens, index + 2) + 1  # sin^2 (x)
        elif tokens[index].value == "-":
            index += 1
        else:
            index = last_of_group(tokens, index)
            if index + 2 > last or tokens[index + 1].type != "CIRCUMFLEX":
                break
            index += 2
    return min(index, last)


def last_of_group(tokens: Sequence[Token], index: int) -> int:
    """The place of the bracket that closes the one that opens here; of anything else its own."""
    depth = 0
    for place in range(index, len(tokens)):
        depth += (tokens[place].type in OPENING) - (tokens[place].type in CLOSING)
        if depth <= 0:
            return place
    return len(tokens) - 1


def end_of_operand(tokens: Sequence[Token], index: int) -> int:
    """Where in the text the operand ends whose first token, but for closing brackets and a `*`, is tokens[index]."""
    while index < len(tokens) - 1 and (tokens[index].type in CLOSING or tokens[index].type == "TIMES_DIVIDE"):
        index += 1
    return tokens[last_of_operand(tokens, index)].end_pos


def end_of_sum(tokens: Sequence[Token], index: int) -> int:
    """Where in the text a sum ends, of which tokens[index] is a + or - but for closing brackets before it."""
    while index < len(tokens) - 1 and tokens[index].type in CLOSING:
        index += 1
    depth, end = 0, tokens[index].start_pos
    for token in tokens[index:]:
        depth += (token.type in OPENING) - (token.type in CLOSING)
        if depth < 0 or (depth == 0 and token.type in _ENDS_A_SUM):
            break
        end = token.end_pos
    return end
