"""Notes on what a person could have meant otherwise; each function looks at one kind of place.

    "1/2x"      read as (1/2)·x; for the other reading, type 1/(2x)

Nothing here decides how a text is read. Most notes carry the changes of the text that give the other reading.
"""

from __future__ import annotations

from math import gcd

from tutor.expression import lexemes
from tutor.expression.bars import Pairs
from tutor.expression.leading import note_where_it_ends
from tutor.expression.lexemes import DIGITS, LATIN, LEXEME, OPERATORS, SPACES, SUPERSCRIPTS, is_short_number
from tutor.expression.names import FUNCTION_WORDS, INVERSE
from tutor.expression.notes import Change
from tutor.expression.remarks import Behind
from tutor.expression.spelling import looks_like_function, printable
from tutor.expression.state import CLOSING_BRACKET, Frame, Slot, State, Token


def note_argument(state: State, frame: Frame, at: int) -> None:
    """What a bracketless argument took in, if a person could doubt it."""
    word, start, inside = frame.word, frame.start, frame.end
    if frame.doubt < 0 and not frame.joined:
        return
    argument = state.quote(inside, at)
    if frame.doubt < 0:
        state.note("argument-as-written",
                   f"{state.quote(start, at)} is read as {word}({argument}).", start, at, usual=True)
    elif frame.doubt < at:  # it took more than it might have
        rest = state.quote(frame.doubt, at)
        state.note("argument", f"{state.quote(start, at)} is read as {word}({argument}); for the other reading, type "
                   f"{word}({state.quote(inside, frame.doubt)}){frame.doubt_sign}{rest}.", start, at,
                   [(inside, inside, "("), (frame.doubt, frame.doubt, ")" + frame.doubt_sign.strip("(.)"))])
    else:  # it ended where it might have gone on
        more = frame.doubt_sign
        times = "*" if more == "(...)" else ""
        state.note("argument-ends",
                   f"{state.quote(start, at)}{more} is read as {word}({argument}){times}{more}; for the other "
                   f"reading, type {word}({argument}{more}).", start, at,
                   [(inside, inside, "("), Behind(len(state.tokens), ")")])


def note_group(state: State, frame: Frame, at: int) -> None:
    """`d/dx (x^2)*3`: the brackets do not end the derivative."""
    operator, body = state.quote(frame.start, frame.end), state.quote(frame.end, at)
    start, end = state.tokens[frame.first].start_pos, state.tokens[frame.group_end - 1].end_pos
    if lexemes.EXPONENT_ALONE.fullmatch(state.text, end, at):
        return  # nobody reads d/dx (x + 1)^2 as the square of a derivative
    message = (f"{operator} {body} is read as {operator} [{body}]; to differentiate only the brackets, type "
               f"{operator} [...].")
    changes = [(start, start, "["), (end, end, "]")]
    note_where_it_ends(state, frame, "group-after-derivative", message, frame.start, at, changes, usual=True)


def note_sum_after_derivative(state: State, frame: Frame, sign: str, start: int, end: int) -> None:
    """`d/dx x^2 + 3x`: the derivative, limit or sum ends before the plus. Whoever goes on with another knows that."""
    gap = lexemes.GAP.match(state.text, end)
    another, whole = _GOES_ON_WITH[frame.kind]
    if gap is None or not another.match(state.text, gap.end()):
        operator, body = state.quote(frame.start, frame.end), state.quote(frame.end, start)
        first = state.remarks.skip_spaces(frame.end)
        if frame.kind == "summation":
            if _is_plainly_behind(state, frame, start, end):
                return
            message = (f"{operator} {body} {sign} ... is read as ({operator} {body}) {sign} ...; to {whole}, type "
                       f"{operator} ({body} {sign} ...).")
            state.note("sum-behind-sum", message, frame.start, end,
                       [(first, first, "("), Behind(len(state.tokens), ")", of_sum=True)], usual=True)
            return
        message = (f"{operator} {body} {sign} ... is read as {operator} [{body}] {sign} ...; to "
                   f"{whole}, type {operator} [{body} {sign} ...].")
        changes = [(first, first, "["), Behind(len(state.tokens), "]", of_sum=True)]
        note_where_it_ends(state, frame, "sum-behind-derivative", message, frame.start, end, changes)


def _is_plainly_behind(state: State, frame: Frame, start: int, end: int) -> bool:
    """Whether nobody would add up what follows the sign, too: what is added up has brackets of its own, or what follows
    has other indices, as in sum_j W_{ij}*x_j + b_i."""
    first = state.remarks.skip_spaces(frame.end)
    closing = state.facts.closing.get(first)
    if closing is not None and (state.remarks.skip_spaces(closing + 1) >= start
                                or lexemes.EXPONENT_ALONE.fullmatch(state.text, closing + 1, start)):
        return True
    rest = state.text[end:]
    stop = next((place for place, sign in enumerate(rest) if sign in ";=\n"), len(rest))
    lists, below = state.facts.lists, list[str]()
    for match in lexemes.SUBSCRIPTED.finditer(rest[:stop]):
        if match["name"] in lists.letters:
            typed = match["run"] or match["subscript"]
            below += [letter for letter in typed if letter in lists.indices]
    return bool(below) and frame.variable not in below


_GOES_ON_WITH = {"derivative": (lexemes.DERIVATIVE, "differentiate the whole sum"),
                 "limit": (lexemes.LIMIT_WORD, "take the limit of the whole sum"),
                 "summation": (lexemes.SUM_SIGN, "add up all of it")}
"""Kind of frame -> what follows the plus of somebody who knows where it ends, and what others may want."""


def note_divisor(state: State, frame: Frame, kind: str, start: int, end: int) -> None:
    """Note `1/2x`: what is joined to a divisor does not belong to the denominator."""
    done, piece = state.quote(frame.term, state.tokens[-1].end_pos), _piece(state, kind, start, end)
    top, bottom = state.quote(frame.term, frame.slash), state.quote(frame.slash + 1, start)
    gap = " " if state.tokens[-1].end_pos < start else ""
    state.note("product-in-derivative",
               f"{done}{gap}{piece} is read as ({done})·{piece}; for the other reading, type "
               f"{top}/({bottom}{gap}{piece}).", frame.term, end, _bracketed(state, frame.slash + 1))


def note_exponent(state: State, frame: Frame, last: Token, kind: str, start: int, end: int) -> None:
    """Note `e^2x`, where what is joined to an exponent does not belong to it, and `f^2(x)`."""
    done, piece = state.quote(frame.power, start), _piece(state, kind, start, end)
    base, exponent = state.quote(frame.power, frame.caret), state.quote(frame.exponent, start)
    if kind == "name" and last.type in ("NUMBER", "NAME", "CONSTANT") and piece != "e":
        state.note("lost-exponent", f"{done}{piece} is read as ({done})·{piece}; for the other reading, type "
                   f"{base}^({exponent}{piece}).", frame.power, end, _bracketed(state, frame.exponent))
    elif kind == "group" and base.rstrip("'") in state.functions:
        state.note("lost-exponent-of-base",
                   f"{done}{piece} is read as the product {done}·{piece}; for a power of what {base} gives, type "
                   f"{base}(x)^{exponent}.", frame.power, end,
                   [(frame.caret, start, ""), Behind(len(state.tokens), f"^{exponent}")])


def _bracketed(state: State, start: int) -> list[Change | Behind]:
    """The changes that put text[start:] in brackets, up to where the next operand ends."""
    start = state.remarks.skip_spaces(start)
    return [(start, start, "("), Behind(len(state.tokens), ")")]


def _piece(state: State, kind: str, start: int, end: int) -> str:
    """An operand as a note shows it when only its beginning has been read."""
    typed = state.quote(start, end)
    if kind == "group":
        return f"{typed}...{CLOSING_BRACKET[typed]}"
    return f"{typed}(...)" if kind == "function" else typed


def note_divided_power(state: State, frame: Frame, start: int, end: int) -> None:
    """`x^-1/2` and `x^1/2`: the exponent ends before the bar. Nobody means x^1 by x^3/3."""
    last, divisor = state.tokens[-1], lexemes.DIVISOR.match(state.text, end)
    if last.end_pos != start or last.type not in ("NUMBER", "NAME", "CONSTANT") or divisor is None:
        return
    exponent = state.quote(frame.exponent, start)
    below = divisor[0]
    negative = OPERATORS.get(exponent[0]) == "-"
    fraction = is_short_number(exponent) and is_short_number(below) and (
        int(below) > 1 and gcd(int(exponent), int(below)) == 1)
    if negative or fraction:
        base = state.quote(frame.power, frame.caret)
        shown = state.quote(divisor.start(), divisor.end())
        state.note("divided-power",
                   f"{base}^{exponent}/{shown} is read as ({base}^{exponent})/{shown}; for a fraction in the "
                   f"exponent, type {base}^({exponent}/{shown}).", frame.power, divisor.end(),
                   [(frame.exponent, frame.exponent, "("), (divisor.end(), divisor.end(), ")")])


def note_lost_exponent(state: State, slot: Slot, start: int, end: int) -> None:
    """`sin-1 x`: the -1 stood raised before it was copied from somewhere."""
    if slot.function in INVERSE and slot.end == start and lexemes.ONE.match(state.text, end):
        word = slot.word
        state.note("minus-one", f"{word}-1 is read as {word}(-1...); for the inverse function, type {word}^-1.",
                   slot.start, end + 1, [(start, start, "^")])


def note_short_limit(state: State, slot: Slot, end: int) -> None:
    """`int_0^2pi`: only the 2 is the limit."""
    following = LEXEME.match(state.text, end)
    if following is None or state.text[end - 1] in SUPERSCRIPTS:
        return
    piece = following[0]
    if piece == "π" or (piece[0] not in SPACES and following.lastgroup in ("word", "number")
                        and piece not in FUNCTION_WORDS):
        limit, more = state.quote(slot.end, end), state.quote(end, following.end())
        state.note("upper-limit",
                   f"{limit} is read as the upper limit, and {more} as part of the integrand; for a longer "
                   f"limit, type ^({limit}{more}).", slot.start, following.end(),
                   [(slot.end, slot.end, "("), (following.end(), following.end(), ")")])


def note_run(state: State, raw: str, pieces: list[str], start: int, end: int) -> None:
    """A run that is neither a word nor one or two letters could have been meant as something else."""
    shown = state.quote(start, end)
    product = "·".join(pieces[:20]) + ("..." if len(pieces) > 20 else "")
    function = looks_like_function(raw)
    if function is not None:
        state.note("letters-as-product",
                   f"{shown} is read as the product {product}; for the function, type {function}(...).", start, end)
    elif len(raw) == 2 and raw[0] == "d" and len(pieces) == 2:
        state.note("letters-without-integral",
                   f"{shown} is read as the product {product}, because no integral is open here; an integral begins "
                   f"with int, as in int x^2 {shown}.", start, end)
    elif len(pieces) > 2 or (len(pieces) == 2 and len(raw) > 2 and pieces[-1] not in FUNCTION_WORDS):
        state.note("letters-as-product-usually", f"{shown} is read as the product {product}.", start, end, usual=True)


def note_subscript(state: State, letter: str, subscript: str, start: int, stop: int) -> None:
    """`x_ab`, of which only the a is a subscript, and `x2`, which is one name and no product or power."""
    follower = state.text[stop:stop + 1]
    if subscript[0] == "_":
        if follower in LATIN and subscript[1] in LATIN:
            state.note("subscript-ends",
                       f"{letter}{subscript}{follower} is read as {letter}{subscript}·{follower}; for one subscript"
                       f", type {letter}_{{{subscript[1]}{follower}}}.", start, stop + 1,
                       [(stop - 1, stop - 1, "{"), (stop + 1, stop + 1, "}")])
    elif subscript[0] in DIGITS:
        previous = state.tokens[-1] if state.tokens else None
        is_constant = letter == "i" and ";" not in state.text  # lines have i1 for an input, as they have h1
        if is_constant or follower in LATIN or (
                previous and previous.type == "NUMBER" and previous.end_pos == start):
            digits = state.quote(stop - len(subscript), stop)
            first = stop - len(subscript)
            state.note("name-with-number",
                       f"{letter}{digits} is read as one name, {letter} with the number {digits}; for a power, type "
                       f"{letter}^{digits}, and for a product {letter}*{digits}.", start, stop,
                       [(first, first, "^")], [(first, first, "*")])


def note_not_called(state: State, start: int, end: int) -> None:
    """`f[x]` and `f{(x)}`: only round brackets hold the argument of a function that is a letter."""
    last = state.tokens[-1] if state.tokens else None
    closing = state.facts.closing.get(start)
    if (last is not None and closing is not None and state.operand and last.type == "NAME"
            and last.value in state.functions):
        name, inside = state.quote(last.start_pos, last.end_pos), state.quote(start, closing + 1)
        state.note("not-called", f"{name}{inside} is read as a product; for the function {name}, type {name}(...).",
                   last.start_pos, closing + 1, [(start, end, "("), (closing, closing + 1, ")")])


def note_bars(state: State) -> None:
    """Bars inside bars, if there is another way to pair them."""
    bars = state.facts.bars
    if bars is None or (bars.plain and not bars.other):
        return
    start, end = bars.pairs[0][0], max(end for _, end in bars.pairs) + 1
    shown = state.quote(start, end)
    read = _quoted_with_abs(state, bars.pairs, start, end)
    if not bars.plain:
        state.note("read-as-usually", f"{shown} is read as {read}.", start, end, usual=True)
    else:
        other = _quoted_with_abs(state, bars.other, start, end)
        state.note("read-as", f"{shown} is read as {read}; for the other reading, type {other}.", start, end,
                   _with_abs(state, bars.other))


def _with_abs(state: State, pairs: Pairs) -> list[Change]:
    """The changes that write bars as abs(...)."""
    opening = [(place, place + 1, " abs(" if state.text[place - 1:place] in LATIN else "abs(") for place, _ in pairs]
    return sorted(opening + [(place, place + 1, ")") for _, place in pairs])


def _quoted_with_abs(state: State, pairs: Pairs, start: int, end: int) -> str:
    """A part of the text with its bars written as abs(...)."""
    out, done = "", start
    for place, stop, instead in _with_abs(state, pairs):
        out, done = out + state.text[done:place] + instead, stop
    return printable(" ".join((out + state.text[done:end]).split()))
