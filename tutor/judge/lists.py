"""Answers that are more than one value: numbers in any order, a point, an interval.

    right = read_listed("numbers", "{-1, 1}", parse)
    judge_listed(right, read_listed("numbers", "x = 1 or x = -1", parse), same).outcome        # "right"
    read_listed("interval", "0 <= x < 2", parse).pieces         # from 0, which belongs to it, to 2, which does not
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple

from tutor.errors import refused
from tutor.expression.brackets import cut_outside, is_in_brackets
from tutor.expression.text import Text
from tutor.expression.tree import INFINITY, Expression, negate, node
from tutor.judge.answer import sides

Kind = Literal["numbers", "point", "interval"]

Read = Callable[[str], Expression]
"""Reads one value. Raises TutorError."""

Same = Callable[[Expression, Expression], bool]
"""Whether two values are the same."""

MOST_VALUES = 12


class Piece(NamedTuple):
    """An interval. has_lower, has_upper: whether its ends belong to it."""

    lower: Expression
    upper: Expression
    has_lower: bool
    has_upper: bool

    def __str__(self) -> str:
        return f"{'[' if self.has_lower else '('}{self.lower}, {self.upper}{']' if self.has_upper else ')'}"


class Listed(NamedTuple):
    """An answer. values: the numbers, or the points as tuples where letters name their coordinates, or the coordinates
    of the one point; letters: the names of coordinates, where they are given; pieces: of an interval, or of several
    that do not meet."""

    kind: Kind
    values: tuple[Expression, ...] = ()
    letters: tuple[str, ...] = ()
    pieces: tuple[Piece, ...] = ()

    @property
    def told(self) -> Text:
        """The answer as one writes it."""
        if self.kind == "point":
            return Text.of(node("tuple", self.values))
        if self.kind == "numbers":
            inside = [part for value in self.values for part in (", ", value)][1:]
            return Text.of(*inside) if inside else Text("none", {})
        parts: list[str | Expression] = []
        for piece in self.pieces:
            parts += [" or " if parts else "", "[" if piece.has_lower else "(", piece.lower, ", ", piece.upper,
                      "]" if piece.has_upper else ")"]
        return Text.of(*parts)


class ListedJudgement(NamedTuple):
    """What is found of an answer; "line" is right so far: some of the numbers are missing. strange: a number or a point
    that does not belong to the answer."""

    outcome: Literal["right", "wrong", "line"]
    text: Text
    strange: Expression | None = None


# -- reading ----------------------------------------------------------------------------------------------------------


def read_listed(kind: Kind, text: str, read: Read, letters: Sequence[str] = ()) -> Listed:
    """An answer of a kind. letters: those of the coordinates, if a set of points and not of numbers is asked for.
    Raises TutorError if a text is none."""
    if not text.strip():
        raise refused(text, f"There is no answer. Type {_EXAMPLES[kind]}.")
    if kind == "numbers" and letters:
        return _points(text, read, letters)
    if kind == "numbers":
        return _numbers(text, read)
    if kind == "point":
        return _point(text, read)
    pieces = tuple(_piece(each, text, read) for each in _UNION.split(text.strip()))
    return Listed("interval", pieces=pieces)


_EXAMPLES = {"numbers": "the numbers with commas between them, as in -1, 1", "point": "a point as (3, 4)",
             "interval": "an interval as [0, 2), or as 0 <= x < 2"}

_NONE = frozenset(("none", "{}", "∅", "no solution", "no solutions", "there are none", "there is none", "empty"))
_JOINED = re.compile(r"\s*(?:\bor\b|\band\b|;)\s*")
_UNION = re.compile(r"\s*(?:\bor\b|∪|\bU\b)\s*")


def _numbers(text: str, read: Read) -> Listed:
    plain = text.strip().rstrip(".")
    if plain.casefold() in _NONE:
        return Listed("numbers")
    if (plain[:1] + plain[-1:]) in ("{}", "[]") or is_in_brackets(plain):
        plain = plain[1:-1]
    pieces = [piece for part in _JOINED.split(plain) for piece in cut_outside(part, ",") if piece.strip()]
    values: list[Expression] = []
    for piece in pieces:
        value = sides(piece)[-1]
        for sign in ("+", "-") if "±" in value else ("",):
            values.append(read(value.replace("±", sign)))
    if len(values) > MOST_VALUES:
        raise refused(text, f"These are {len(values)} numbers; up to {MOST_VALUES} are taken.")
    return Listed("numbers", tuple(values))


def _points(text: str, read: Read, letters: Sequence[str]) -> Listed:
    """Points as (1, 0), (-1, 0), or as x = 1, y = 0 or x = -1, y = 0: coordinates that are in no brackets are counted
    off, as many for each point as it has letters."""
    plain = text.strip().rstrip(".")
    if plain.casefold() in _NONE:
        return Listed("numbers", letters=tuple(letters))
    if plain[:1] + plain[-1:] in ("{}", "[]"):
        plain = plain[1:-1]
    groups: list[str] = []
    loose: list[str] = []
    for piece in (piece.strip() for part in _JOINED.split(plain) for piece in cut_outside(part, ",") if piece.strip()):
        value = sides(piece)[-1].strip()
        if is_in_brackets(value) and len(cut_outside(value[1:-1], ",")) > 1:
            groups.append(value)
            continue
        loose.append(piece)
        if len(loose) == len(letters):
            groups.append(", ".join(loose))
            loose = []
    how = f"as in ({', '.join('10'[place % 2] for place, _ in enumerate(letters))})"
    wrong_number = f"Each point has {len(letters)} coordinates, {' and '.join(letters)}: type it {how}."
    if loose:
        raise refused(text, wrong_number)
    if any(group.count("±") > 1 for group in groups):
        raise refused(text, f"It is not clear which signs belong together. Type each point by itself, {how}.")
    found: list[Expression] = []
    for group in groups:
        for sign in ("+", "-") if "±" in group else ("",):
            point = _point(group.replace("±", sign), read)
            if len(point.values) != len(letters) or (point.letters and set(point.letters) != set(letters)):
                raise refused(text, wrong_number)
            named = dict(zip(point.letters or letters, point.values, strict=True))
            found.append(node("tuple", tuple(named[letter] for letter in letters)))
    if len(found) > MOST_VALUES:
        raise refused(text, f"These are {len(found)} points; up to {MOST_VALUES} are taken.")
    return Listed("numbers", tuple(found), tuple(letters))


def _point(text: str, read: Read) -> Listed:
    plain = text.strip().rstrip(".")
    if is_in_brackets(plain):
        plain = plain[1:-1]
    parts = [sides(part) for piece in _JOINED.split(plain) for part in cut_outside(piece, ",")]
    named = [each for each in parts if len(each) > 1]
    if named and len(named) != len(parts):
        raise refused(text, "Name all coordinates or none of them, as in x = 3, y = 4 or (3, 4).")
    letters = tuple(each[0].strip() for each in named)
    if len(set(letters)) < len(letters):
        raise refused(text, f"{letters[0]} has two values here.")
    return Listed("point", tuple(read(each[-1]) for each in parts), letters)


_BRACKETS = re.compile(r"(?P<left>[\[(\]])(?P<inside>.+)(?P<right>[\])\[])")
_COMPARED = re.compile(r"(<=|>=|≤|≥|<|>)")
_LETTER = re.compile(r"\s*[A-Za-zα-ω](?:_\w+)?\s*")


def _piece(part: str, text: str, read: Read) -> Piece:
    """One interval, in brackets or as a comparison."""
    found = _BRACKETS.fullmatch(part.strip())
    inside = [] if found is None else cut_outside(found["inside"].replace(";", ","), ",")
    if found is not None and len(inside) == 2:
        return Piece(_end(inside[0], read), _end(inside[1], read), found["left"] == "[", found["right"] == "]")
    pieces = _COMPARED.split(part)
    letters = [place for place in range(0, len(pieces), 2) if _LETTER.fullmatch(pieces[place])]
    if len(pieces) == 3 and len(letters) == 1:
        return _half_line(pieces, letters[0] == 0, read)
    signs = {_PLAIN.get(sign, sign)[0] for sign in pieces[1::2]}
    if len(pieces) == 5 and 2 in letters and len(signs) == 1:
        first, second = (_PLAIN.get(sign, sign) for sign in pieces[1::2])
        lower, upper = read(pieces[0]), read(pieces[4])
        if signs == {">"}:
            return Piece(upper, lower, "=" in second, "=" in first)
        return Piece(lower, upper, "=" in first, "=" in second)
    raise refused(text, f"This is no interval. Type {_EXAMPLES['interval']}.")


_PLAIN = {"≤": "<=", "≥": ">="}


def _half_line(pieces: Sequence[str], letter_first: bool, read: Read) -> Piece:
    """x < 2, or 2 > x."""
    sign = _PLAIN.get(pieces[1], pieces[1])
    bound = read(pieces[2] if letter_first else pieces[0])
    if (sign[0] == "<") is letter_first:
        return Piece(negate(INFINITY), bound, False, "=" in sign)
    return Piece(bound, INFINITY, "=" in sign, False)


_INFINITE = re.compile(r"\s*(?P<sign>[-−+]?)\s*(?:infinity|inf|oo|∞)\s*", re.IGNORECASE)


def _end(text: str, read: Read) -> Expression:
    infinite = _INFINITE.fullmatch(text)
    if infinite is None:
        return read(text)
    return negate(INFINITY) if infinite["sign"] in ("-", "−") else INFINITY


def in_brackets(text: str, problem: Expression) -> str:
    """What was typed where a list such as a gradient is asked for, as one list: 4, 1 and x = 4, y = 1 are (4, 1).

    Anything else is left as it is, for whoever reads it to complain.
    """
    asked = problem.args[-1] if problem.head == "statements" else problem
    parts = cut_outside(text, ",")
    if asked.head != "tuple" or len(parts) < 2:
        return text
    named = [sides(part) for part in parts]
    if all(len(each) == 1 for each in named):
        return f"({text})"
    found = {each[0].strip().rpartition("/")[2].lstrip("d∂"): each[-1].strip() for each in named if len(each) == 2}
    letters = [_variable(part) for part in asked.args]
    if len(found) < len(parts) or set(found) != set(letters):
        return text
    return f"({', '.join(found[letter] for letter in letters)})"


def _variable(part: Expression) -> str:
    """The letter of a slope, as text."""
    while part.head == "at":
        part = part.args[0]
    return str(part.args[1]) if part.head in ("derivative", "rate") else ""


# -- judging ----------------------------------------------------------------------------------------------------------


def judge_listed(right: Listed, typed: Listed, same: Same) -> ListedJudgement:
    """What is to be said of an answer."""
    if right.kind == "numbers":
        return _judge_numbers(right.values, typed.values, _in_every_coordinate(same) if right.letters else same)
    if right.kind == "point":
        return _judge_point(right, typed, same)
    return _judge_pieces(right.pieces, typed.pieces, same)


def _judge_numbers(right: Sequence[Expression], typed: Sequence[Expression], same: Same) -> ListedJudgement:
    strange = [value for value in typed if not any(same(value, each) for each in right)]
    missing = [each for each in right if not any(same(value, each) for value in typed)]
    if not typed and right:
        return ListedJudgement("wrong", Text("There is at least one.", {}))
    if strange:
        kept = len(typed) - len(strange)
        others = "" if not kept else " The other one is right." if kept == 1 else " The others are right."
        return ListedJudgement("wrong", Text("{value} is none of them." + others, {"value": strange[0]}), strange[0])
    if missing:
        return ListedJudgement("line", Text("These are not all yet.", {}))
    return ListedJudgement("right", Text("That is all of them." if len(right) > 1 else "That is it.", {}))


def _in_every_coordinate(same: Same) -> Same:
    """Whether two points are the same."""
    return lambda mine, his: all(same(*each) for each in zip(mine.args, his.args, strict=True))


_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth")


def _judge_point(right: Listed, typed: Listed, same: Same) -> ListedJudgement:
    values = typed.values
    if typed.letters and right.letters:
        if set(typed.letters) != set(right.letters):
            return ListedJudgement("wrong", Text(f"The coordinates are called {', '.join(right.letters)}.", {}))
        by_name = dict(zip(typed.letters, values, strict=True))
        values = tuple(by_name[letter] for letter in right.letters)
    if len(values) != len(right.values):
        return ListedJudgement("wrong", Text(f"The point has {len(right.values)} coordinates, and yours has "
                                             f"{len(values)}.", {}))
    wrong = [place for place, (mine, his) in enumerate(zip(values, right.values, strict=True)) if not same(mine, his)]
    if not wrong:
        return ListedJudgement("right", Text("Every coordinate is right.", {}))
    if all(same(mine, his) for mine, his in zip(reversed(values), right.values, strict=True)):
        return ListedJudgement("wrong", Text("These are the right numbers in another order.", {}))
    if len(wrong) == len(values):
        return ListedJudgement("wrong", Text("No coordinate is right yet.", {}))
    called = right.letters[wrong[0]] if right.letters else f"the {_ORDINALS[min(wrong[0], 5)]} coordinate"
    return ListedJudgement("wrong", Text(f"Look again at {called}.", {}))


def _judge_pieces(right: Sequence[Piece], typed: Sequence[Piece], same: Same) -> ListedJudgement:
    left, ends = list(right), 0
    for piece in typed:
        match = next((each for each in left if _same_end(piece.lower, each.lower, same)
                      and _same_end(piece.upper, each.upper, same)), None)
        if match is None:
            near = any(_same_end(piece.lower, each.lower, same) or _same_end(piece.upper, each.upper, same)
                       for each in right)
            return ListedJudgement("wrong", Text("One end is right, and one is not." if near else
                                                 "Look again at where it begins and ends.", {}))
        left.remove(match)
        if piece[2:] != match[2:]:
            ends += 1
            wrong_end = match.lower if piece.has_lower is not match.has_lower else match.upper
    if ends:
        return ListedJudgement("wrong", Text("The ends are right, but does {end} belong to it?", {"end": wrong_end}))
    if left:
        return ListedJudgement("line", Text("A part is still missing.", {}))
    return ListedJudgement("right", Text("That is it.", {}))


def _same_end(mine: Expression, his: Expression, same: Same) -> bool:
    infinite = [end in (INFINITY, negate(INFINITY)) for end in (mine, his)]
    return mine is his if any(infinite) else same(mine, his)
