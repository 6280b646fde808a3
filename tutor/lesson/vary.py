"""What an item may vary: letters with their values, the conditions on them, and one combination for every seed.

    choices = Choices({"a": "2..5", "n": ["3", "5"]}, "a != n")
    len(choices)            # 8 combinations; some may break the condition
    choices[17]             # {"a": <Expression 4>, "n": <Expression 5>}: the same on every machine, for ever
    choices.allowed(choices[17])

Seeds 0, 1, 2, ... up to the number of combinations meet each one once, in an order that mixes them; larger seeds
begin again.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from math import gcd, prod

from tutor import limits
from tutor.errors import TutorError
from tutor.expression.functions import Functions
from tutor.expression.parse import parse
from tutor.expression.tree import Expression, rational
from tutor.lesson.fill import filled
from tutor.oracle.verdict import Oracle

Values = Mapping[str, Expression]

_RANGE = re.compile(r"\s*([-−]?\d{1,6})\s*\.\.\s*([-−]?\d{1,6})\s*$")
_GOLDEN = 618_033_988_749_895, 10**15
_WORD = 2**64 - 1


class Choices:
    """The combinations of the values of an item's letters. Raises TutorError for what cannot be read.

    functions: those that values and conditions may have besides the known ones.
    """

    def __init__(self, vary: Mapping[str, str | Sequence[str]], require: str | Sequence[str] = (),
                 functions: Functions | None = None) -> None:
        self.values = {letter: values_of(written, functions) for letter, written in vary.items()}
        self.conditions = [Condition(text, functions) for text in ([require] if isinstance(require, str) else require)]
        self.count = prod(len(values) for values in self.values.values())
        stride = max(1, self.count * _GOLDEN[0] // _GOLDEN[1])
        while gcd(stride, self.count) != 1:
            stride += 1
        self.stride = stride

    def __len__(self) -> int:
        return self.count

    def __getitem__(self, seed: int) -> dict[str, Expression]:
        place = seed * self.stride % self.count
        picked = {}
        for letter, values in self.values.items():
            place, index = divmod(place, len(values))
            picked[letter] = values[index]
        return picked

    def allowed(self, picked: Values) -> bool:
        """Whether these values obey every condition."""
        return all(condition.holds(picked) for condition in self.conditions)


def values_of(written: str | Sequence[str], functions: Functions | None = None) -> tuple[Expression, ...]:
    """The values of one letter: a range 2..5, one expression, or a list of them."""
    if not isinstance(written, str):
        return tuple(parse(text, functions) for text in written)
    match = _RANGE.match(written)
    if match is None:
        return (parse(written, functions),)
    first, last = (int(bound.replace("−", "-")) for bound in match.groups())
    if last < first:
        raise TutorError(f"The range {written.strip()} is empty: the smaller number comes first.")
    if last - first >= limits.VALUES_OF_A_LETTER:
        raise TutorError(f"The range {written.strip()} has more than {limits.VALUES_OF_A_LETTER:,} numbers.")
    return tuple(rational(value) for value in range(first, last + 1))


class Condition:
    """A line of `require`: comparisons joined by commas, `or` and `and`; `and` binds closest, the comma least."""

    def __init__(self, text: str, functions: Functions | None = None) -> None:
        self.alternatives = [[[_comparison(part, functions) for part in re.split(r"\band\b", way)]
                              for way in re.split(r"\bor\b", each)] for each in _split_at_commas(text)]

    @property
    def letters(self) -> frozenset[str]:
        """The letters of which it speaks."""
        return frozenset().union(*(each.free for ways in self.alternatives for way in ways for each in way))

    def holds(self, picked: Values) -> bool:
        """Whether these values obey it. Raises TutorError if two values cannot be compared."""
        return all(any(all(_holds(each, picked) for each in way) for way in ways) for ways in self.alternatives)


def _split_at_commas(text: str) -> list[str]:
    """The text cut at its commas, those inside brackets left alone."""
    parts, depth = [""], 0
    for char in text:
        depth += (char in "([{") - (char in ")]}")
        if char == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += char
    return parts


def _comparison(text: str, functions: Functions | None) -> Expression:
    relation = parse(text.strip(), functions)
    if relation.head != "relation":
        raise TutorError(f"{text.strip()} is no comparison: type, for example, a != b.")
    return relation


def _holds(relation: Expression, picked: Values) -> bool:
    left, right = (filled(side, picked) for side in relation.args)
    outcome = Oracle().compare(left, right).outcome
    if outcome == "undecided":
        raise TutorError(f"{left} {relation.value} {right} cannot be decided.")
    same = outcome == "checked"
    if relation.value in ("=", "!="):
        return same is (relation.value == "=")
    first, second = (Oracle().value(side, {}) for side in (left, right))
    if left.free | right.free or not isinstance(first, float) or not isinstance(second, float):
        raise TutorError(f"{left} {relation.value} {right} cannot be decided: only numbers have an order.")
    if same:
        return relation.value in ("<=", ">=")
    return first < second if relation.value in ("<", "<=") else first > second


def scrambled(seed: int) -> int:
    """64 bits that look random, from a number: the mixing of splitmix64, which every machine does alike."""
    mixed = (seed + 0x9E3779B97F4A7C15) & _WORD
    mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9 & _WORD
    mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB & _WORD
    return mixed ^ (mixed >> 31)


def shuffled(things: Sequence[str], key: str) -> list[str]:
    """The things in an order that the key decides, on every machine alike."""
    return sorted(things, key=lambda thing: hashlib.sha256(f"{key} {thing}".encode()).digest())
