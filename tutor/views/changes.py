"""What one line has that the line before had not: the places of its new parts, or the spans of its text that are new.

    changed_places(parse("x + d/dx [x^2]"), parse("x + 2x"))               # {(1,)}: the second term
    write_changed(parse("x + d/dx [x^2]"), parse("x + 2x"), PRETTY)        # ("x + 2x", [(4, 6)])

Both trees are walked side by side; equal parts are one object, so what did not change is passed over at once.
"""

from __future__ import annotations

from tutor.expression.layout import Path
from tutor.expression.tree import Expression, node
from tutor.expression.write import ATOM, STATEMENTS, STRENGTH, Style, pieces_of, write

Span = tuple[int, int]

_NOTHING = node("ellipsis", ())  # stands in for a counterpart that is not there


def changed_places(old: Expression, new: Expression) -> frozenset[Path]:
    """The places in `new` of the parts that `old` does not have in the same place."""
    places: list[Path] = []
    stack: list[tuple[Path, Expression, Expression]] = [((), new, old)]
    while stack:
        place, current, before = stack.pop()
        if current is before:
            continue
        counterparts = _counterparts(current, before)
        if counterparts is None:
            places.append(place)
            continue
        stack += [((*place, index), arg, counterpart)
                  for index, (arg, counterpart) in enumerate(zip(current.args, counterparts, strict=True))
                  if arg is not counterpart]
    return frozenset(places)


def write_changed(old: Expression, new: Expression, style: Style) -> tuple[str, list[Span]]:
    """`new` written as `write` does, and the spans of its parts that `old` does not have in the same place."""
    out: list[str] = []
    spans: list[Span] = []
    length = 0
    stack: list[str | tuple[Expression, int, Expression]] = [(new, STATEMENTS, old)]
    while stack:
        item = stack.pop()
        pieces: list[str | tuple[Expression, int, Expression]] | None = None
        if not isinstance(item, str):
            current, context, before = item
            bracketed = STRENGTH.get(current.head, ATOM) < context
            pieces = None if before is current else _paired(current, before, style)
            if pieces is not None:
                stack.extend(reversed(["(", *pieces, ")"] if bracketed else pieces))
                continue
            text = f"({write(current, style)})" if bracketed else write(current, style)
            if before is not current:
                spans.append((length, length + len(text)))
            item = text
        out.append(item)
        length += len(item)
    return "".join(out), _joined("".join(out), spans)


def _paired(
        current: Expression, before: Expression, style: Style) -> list[str | tuple[Expression, int, Expression]] | None:
    """The pieces of `current`, each part with its counterpart in `before`; None if the two cannot be compared."""
    counterparts = _counterparts(current, before)
    if counterparts is None:
        return None
    waiting = list(zip(current.args, counterparts, strict=True))
    pieces: list[str | tuple[Expression, int, Expression]] = []
    for piece in pieces_of(current, style):
        if isinstance(piece, str):
            pieces.append(piece)
            continue
        part, context = piece
        for place, (arg, counterpart) in enumerate(waiting):
            if arg is part:
                pieces.append((part, context, counterpart))
            elif arg.head == "negation" and arg.args[0] is part:  # "a − b": the sign is the operator
                if counterpart.head != "negation":
                    return None
                pieces.append((part, context, counterpart.args[0]))
            else:
                continue
            del waiting[place]
            break
        else:
            return None
    # What is not a piece of its own, such as a small exponent, is part of the text between the pieces.
    return pieces if all(arg is counterpart for arg, counterpart in waiting) else None


def _counterparts(current: Expression, before: Expression) -> list[Expression] | None:
    """For each part of `current` the one of `before` in its place; a part that is new has none."""
    if current.head != before.head or current.value != before.value or not current.args:
        return None
    new, old = current.args, before.args
    if len(new) == len(old):
        return list(old)
    if current.head not in ("sum", "product"):
        return None
    old = tuple(inner for arg in old for inner in (arg.args if arg.head == current.head else (arg,)))
    if len(new) == len(old):
        return list(old)  # brackets fell away
    first = 0
    while first < min(len(new), len(old)) and new[first] is old[first]:
        first += 1
    last = 0
    while last < min(len(new), len(old)) - first and new[-1 - last] is old[-1 - last]:
        last += 1
    if first + last == len(new):
        return None  # something is gone and nothing new
    return [*new[:first], *[_NOTHING] * (len(new) - first - last), *new[len(new) - last:]]


def _joined(text: str, spans: list[Span]) -> list[Span]:
    """Neighbours with nothing but an operator between them as one span."""
    joined: list[Span] = []
    for start, end in spans:
        if joined and text[joined[-1][1]:start].strip() in ("", "+", "−", "-", "·", "*"):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined
