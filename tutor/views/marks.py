"""A formula on one line, and the spans in it that are to stand out.

    write_marked(parse("x + 2x"), frozenset({(1,)}), PRETTY)        # ("x + 2x", [(4, 6)])
"""

from __future__ import annotations

from collections.abc import Collection

from tutor.expression.tree import Expression, Path
from tutor.expression.write import ATOM, STATEMENTS, STRENGTH, WritingStyle, pieces_of, write

Span = tuple[int, int]


def write_marked(root: Expression, changed: Collection[Path], style: WritingStyle) -> tuple[str, list[Span]]:
    """`root` written as `write` does, and the spans of its parts at these places."""
    on_the_way = {path[:length] for path in changed for length in range(len(path))}
    out: list[str] = []
    spans: list[Span] = []
    length = 0
    stack: list[str | tuple[Expression, int, Path]] = [(root, STATEMENTS, ())]
    while stack:
        item = stack.pop()
        if not isinstance(item, str):
            current, context, path = item
            bracketed = STRENGTH.get(current.head, ATOM) < context
            pieces = _pieces(current, path, style) if path in on_the_way and path not in changed else None
            if pieces is not None and _covers(pieces, path, changed):
                stack.extend(reversed(["(", *pieces, ")"] if bracketed else pieces))
                continue
            text = f"({write(current, style)})" if bracketed else write(current, style)
            if path in changed or path in on_the_way:
                spans.append((length, length + len(text)))
            item = text
        out.append(item)
        length += len(item)
    text = "".join(out)
    return text, _joined(text, spans)


def _pieces(current: Expression, path: Path, style: WritingStyle) -> list[str | tuple[Expression, int, Path]]:
    """The pieces of an expression, each part with its place."""
    waiting = list(enumerate(current.args))
    written = pieces_of(current, style)
    if current.head in ("derivative", "finite_sum") and sum(not isinstance(piece, str) for piece in written) > 1:
        waiting = [*waiting[1:], waiting[0]]  # in d/dx [x] and in a sum of i the body comes last
    pieces: list[str | tuple[Expression, int, Path]] = []
    for piece in written:
        if isinstance(piece, str):
            pieces.append(piece)
            continue
        part, context = piece
        for position, (place, arg) in enumerate(waiting):
            if arg is part:
                pieces.append((part, context, (*path, place)))
            elif arg.head == "negation" and arg.args[0] is part:  # "a − b": the sign is the operator
                pieces.append((part, context, (*path, place, 0)))
            else:
                continue
            del waiting[position]
            break
    return pieces


def _covers(pieces: list[str | tuple[Expression, int, Path]], path: Path, changed: Collection[Path]) -> bool:
    """Whether everything new below a place lies in one of its pieces. A raised exponent does not, nor the sign of a
    term."""
    shown = {piece[2] for piece in pieces if not isinstance(piece, str)}
    below = {each[:len(path) + 1] for each in changed if each[:len(path)] == path and len(each) > len(path)}
    return all(place in shown or (place not in changed and (*place, 0) in shown) for place in below)


def _joined(text: str, spans: list[Span]) -> list[Span]:
    """Neighbours with nothing but an operator between them as one span."""
    joined: list[Span] = []
    for start, end in spans:
        if joined and text[joined[-1][1]:start].strip() in ("", "+", "−", "-", "·", "*"):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined
