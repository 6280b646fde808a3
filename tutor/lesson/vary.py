"""What an item may vary: letters with their values, the conditions on them, and one combination for every seed.

    choices = Choices({"a": "2..5", "n": ["3", "5"]}, "a != n", let={"m": "a*n"})
    len(choices)            # 8 combinations; some may break the condition
    choices[17]             # {"a": <Expression 4>, "n": <Expression 5>, "m": <Expression 20>}: always the same
    choices.allowed(choices[17])
    Choices({"w": ["height", "mass"]}, words={"w"}).words(0)        # {"w": "height"}
    list(choices.allowed_seeds(200))    # the first 200 seeds whose combination the condition allows

Seeds 0, 1, 2, ... up to the number of combinations meet each one once, in an order that mixes them; larger seeds
begin again.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from fractions import Fraction
from math import gcd, prod
from typing import TypeVar

from tutor import limits
from tutor.algebra.filling import filled
from tutor.derivation.derivation import derive
from tutor.errors import TutorError
from tutor.expression.brackets import cut_outside
from tutor.expression.functions import Functions
from tutor.expression.parse import parse
from tutor.expression.tree import OPEN, Expression, postorder, rational
from tutor.lesson.fill import formula
from tutor.oracle.verdict import Oracle
from tutor.rules.conditions import rational_value

Values = Mapping[str, Expression]

_RANGE = re.compile(r"\s*([-−]?\d{1,6})\s*(?:\.\.|…)\s*([-−]?\d{1,6})\s*$")
_DASH = re.compile(r"\s*(\d{1,6})\s*[-–—−]\s*(\d{1,6})\s*$")
_GOLDEN = 618_033_988_749_895, 10**15
_WORD = 2**64 - 1


class NoDerivedValue(TutorError):
    """A derived letter that has no value for these values of the letters that it is made of."""


class Choices:
    """The combinations of the values of an item's letters. Raises TutorError for what cannot be read.

    functions: those that values and conditions may have besides the known ones; let: letters that are derived from
    the others, each from those before it; words: the names of `vary` whose values are words and no mathematics.
    """

    def __init__(self, vary: Mapping[str, str | Sequence[str]], require: str | Sequence[str] = (),
                 functions: Functions | None = None, let: Mapping[str, str] | None = None,
                 words: Collection[str] = ()) -> None:
        letters = by_letter({name: name for name in vary if name not in words})
        self.values = {letter: values_of(vary[name], functions) for letter, name in letters.items()}
        self.lists = {name: words_of(name, written) for name, written in vary.items() if name in words}
        named = {name: letter for letter, name in letters.items()}
        self.sizes = [(named[name], len(self.values[named[name]])) if name in named else (name, len(self.lists[name]))
                      for name in vary]
        self.let, self.functions = by_letter(let or {}), functions
        lines = [require] if isinstance(require, str) else require
        self.requirements = [Requirement(text, functions) for text in lines]
        self.count = prod(size for _, size in self.sizes)
        self._asks_what_is_derived = any(not each.letters.isdisjoint(self.let) for each in self.requirements)
        stride = max(1, self.count * _GOLDEN[0] // _GOLDEN[1])
        while gcd(stride, self.count) != 1:
            stride += 1
        self.stride = stride

    def __len__(self) -> int:
        return self.count

    def __getitem__(self, seed: int) -> dict[str, Expression]:
        """The values of the letters, the derived ones too. Raises NoDerivedValue if one of those has none."""
        picked = self._drawn(seed)
        for letter, text in self.let.items():
            picked[letter] = worked_out(letter, text, formula(text, picked, self.functions))
        return picked

    def words(self, seed: int) -> dict[str, str]:
        """The words that stand in the texts."""
        return {name: self.lists[name][index] for name, index in self._indices(seed) if name in self.lists}

    def _drawn(self, seed: int) -> dict[str, Expression]:
        """The values of the letters that vary, without those that are derived."""
        return {name: self.values[name][index] for name, index in self._indices(seed) if name in self.values}

    def _indices(self, seed: int) -> Iterator[tuple[str, int]]:
        """Every name of `vary` with the place of its value in this combination."""
        place = seed * self.stride % self.count
        for name, size in self.sizes:
            place, index = divmod(place, size)
            yield name, index

    def allowed(self, picked: Values) -> bool:
        """Whether these values obey every condition."""
        return all(requirement.holds(picked) for requirement in self.requirements)

    @property
    def looked_at(self) -> int:
        """How many combinations `allowed_seeds` looks at: all of them, unless there are too many."""
        return min(self.count, limits.COMBINATIONS_LOOKED_AT)

    def allowed_seeds(self, limit: int, start: int = 0) -> Iterator[int]:
        """The seeds from `start` on whose combinations obey every condition, at most `limit`; each combination once.

        Combinations are looked at, not made into exercises, so that a strict condition finds what it allows. With none
        found among `looked_at` seeds, and `looked_at` less than `len()`, there may still be one.
        """
        left = limit
        for seed in range(start, start + self.looked_at):
            if left <= 0:
                return
            if self._may_be_drawn(seed):
                left -= 1
                yield seed

    def _may_be_drawn(self, seed: int) -> bool:
        """Whether the combination of a seed obeys every condition, and each letter that they ask of has a value."""
        try:
            return self.allowed(self[seed] if self._asks_what_is_derived else self._drawn(seed))
        except NoDerivedValue:
            return False


Vary = TypeVar("Vary")


def by_letter(vary: Mapping[str, Vary]) -> dict[str, Vary]:
    """The same with every letter as formulas have it: α is alpha. Raises TutorError for what is no letter, or twice."""
    found: dict[str, Vary] = {}
    for written, values in vary.items():
        letter = letter_of(written)
        if letter in found:
            raise TutorError(f"{written} is in vary twice.")
        found[letter] = values
    return found


def letter_of(written: str) -> str:
    """The name of a letter as formulas have it. Raises TutorError for what is no letter."""
    try:
        read = parse(written)
    except TutorError:
        read = None
    if read is None or read.head != "name":
        raise TutorError(f"{written} is not a letter, so it cannot vary.")
    return str(read.value)


def values_of(written: str | Sequence[str], functions: Functions | None = None) -> tuple[Expression, ...]:
    """The values of one letter, each once: a range 2..5, one expression, or a list of them."""
    if not isinstance(written, str):
        if not written:
            raise TutorError("There is no value in this list.")
        return tuple(dict.fromkeys(_value(text, functions) for text in written))
    match = _RANGE.match(written)
    if match is None:
        return (_value(written, functions, alone=True),)
    first, last = (int(bound.replace("−", "-")) for bound in match.groups())
    if last < first:
        raise TutorError(f"The range {written.strip()} is empty: put the smaller number first.")
    if last - first >= limits.VALUES_OF_A_LETTER:
        raise TutorError(f"The range {written.strip()} has more than {limits.VALUES_OF_A_LETTER:,} numbers.")
    return tuple(rational(value) for value in range(first, last + 1))


def _value(written: str, functions: Functions | None, alone: bool = False) -> Expression:
    """One value. alone: it is no entry of a list, so that a range may be meant."""
    if not written.strip():
        raise TutorError("There is no value here.")
    if _RANGE.match(written) or re.search(r"(?<!\.)\.\.(?!\.)|…", written):
        raise TutorError("A range goes from one whole number to another, such as 2..5, and cannot be part of a list. "
                         "Type other values as a list, such as [0.1, 0.3, 0.5].")
    value, bounds = parse(written, functions), _DASH.match(written)
    if alone and bounds is not None:
        first, second = int(bounds[1]), int(bounds[2])
        raise TutorError(f"{written.strip()} is one value, {rational(first - second)}. "
                         f"Did you mean {min(first, second)}..{max(first, second)}?")
    if value.head in ("relation", "statements"):
        raise TutorError(f"{written.strip()} is not an expression, and only an expression can replace a letter.")
    return value


def words_of(name: str, written: str | Sequence[str]) -> tuple[str, ...]:
    """The values of a name that stands in braces in a text, each once. Raises TutorError for what is no word."""
    found = dict.fromkeys(" ".join(each.split()) for each in ([written] if isinstance(written, str) else written))
    for word in found:
        if _RANGE.match(word) or not any(char.isalpha() for char in word):
            raise TutorError(f"{word or 'A space'} is not a word, and {{{name}}} is replaced by words. For a number "
                             f"in a text, type ${name}$.")
        if set(word) & set("${}\\"):
            raise TutorError(f"{word} is put into a text unchanged, so it cannot contain $, {{, }} or \\.")
    if not found:
        raise TutorError("There is no word in this list.")
    return tuple(found)


def worked_out(letter: str, text: str, value: Expression) -> Expression:
    """The value of a derived letter, exactly: a number, or what is left where the letters stand for formulas.

    text: what it is derived from. Raises NoDerivedValue if it has none.
    """
    if rational_value(value) is not None:
        return value
    if any(part.head in OPEN for part in postorder([value])) or not value.free:
        try:
            derivation = derive(value)
        except TutorError as error:
            raise NoDerivedValue(f"{letter} = {text} has no value here: {error}") from error
        if derivation.unsolved is not None:
            raise NoDerivedValue(f"{letter} = {text} has no value here: {derivation.unsolved.written()}")
        value = derivation.result
    if not value.free and not isinstance(Oracle().value(value, {}), float):
        raise NoDerivedValue(f"{letter} = {value} has no real value")
    return value


class Requirement:
    """A line of `require`: comparisons joined by commas, `or` and `and`; `and` binds closest, the comma least."""

    def __init__(self, text: str, functions: Functions | None = None) -> None:
        self.alternatives = [[[_comparison(part, functions) for part in re.split(r"\band\b", way)]
                              for way in re.split(r"\bor\b", each)] for each in cut_outside(text, ",")]

    @property
    def letters(self) -> frozenset[str]:
        """The letters of which it speaks."""
        return frozenset().union(*(each.free for ways in self.alternatives for way in ways for each in way))

    def holds(self, picked: Values) -> bool:
        """Whether these values obey it. Raises TutorError if two values cannot be compared."""
        return all(any(all(_holds(each, picked) for each in way) for way in ways) for ways in self.alternatives)


def _comparison(text: str, functions: Functions | None) -> Expression:
    relation = parse(text.strip(), functions)
    if relation.head != "relation":
        raise TutorError(f"{text.strip()} is not a comparison, such as a != b.")
    return relation


def _holds(relation: Expression, picked: Values) -> bool:
    left, right = (filled(side, picked) for side in relation.args)
    numbers = rational_value(left), rational_value(right)
    if numbers[0] is not None and numbers[1] is not None:
        return _compared(Fraction(numbers[0]), Fraction(numbers[1]), relation.value)
    outcome = Oracle().compare(left, right).outcome
    if outcome == "undecided":
        raise TutorError(f"{left} {relation.value} {right} cannot be decided.")
    same = outcome == "checked"
    if relation.value in ("=", "!="):
        return same is (relation.value == "=")
    first, second = (Oracle().value(side, {}) for side in (left, right))
    if left.free | right.free or not isinstance(first, float) or not isinstance(second, float):
        raise TutorError(f"{left} {relation.value} {right} cannot be decided: only numbers can be ordered.")
    return _compared(0 if same else first - second, 0, relation.value)


def _compared(left: Fraction | float, right: Fraction | float, relation: str) -> bool:
    """Whether two numbers are in this relation."""
    if relation in ("=", "!="):
        return (left == right) is (relation == "=")
    if left == right:
        return relation in ("<=", ">=")
    return (left < right) is (relation in ("<", "<="))


def scrambled(seed: int) -> int:
    """64 bits that look random, from a number: the mixing of splitmix64, which every machine does alike."""
    mixed = (seed + 0x9E3779B97F4A7C15) & _WORD
    mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9 & _WORD
    mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB & _WORD
    return mixed ^ (mixed >> 31)


def shuffled(things: Sequence[str], key: str) -> list[str]:
    """The things in an order that the key decides, on every machine alike."""
    return sorted(things, key=lambda thing: hashlib.sha256(f"{key} {thing}".encode()).digest())
