"""A table with cells to fill, one after the other, each judged with what the learner filled in before.

    sheet = backprop_sheet(exercise)            # the forward values and the slopes of a graph, some of them blank
    sheet.judge(sheet.blanks[1], parse("2*(a - y)"), {"a": (0.7,)}).outcome          # "followed": right with that a

A cell says how it is worked out from the cells before it. What it comes to is computed twice: with the right values,
and with the learner's own ones, so that who made one mistake and went on rightly is told of one mistake. Values are
numbers, or expressions where the letters have no numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Literal, NamedTuple

from tutor.algebra.decide import Tidy
from tutor.algebra.terms import Style
from tutor.derivation.forward import Number, number_in
from tutor.errors import TutorError
from tutor.expression.text import Text
from tutor.expression.tree import Expression, decimal, name, number, postorder, rational, replace
from tutor.judge.diagnosis import Mistake
from tutor.judge.equivalence import equivalent
from tutor.lesson.skill import Skill
from tutor.lesson.tolerance import Tolerance
from tutor.oracle.verdict import Oracle
from tutor.rules.rule import Rule

Value = Number | Expression

CellOutcome = Literal["right", "followed", "wrong", "undecided"]
"""What is found of a cell: "followed" is right with the learner's own values before it, one of which is wrong."""

NEAR_ENOUGH = Tolerance(number(Fraction(1, 2)), relative=True)
"""How far a number may be off where the author says nothing: half a percent, as numbers are rounded on the way."""

_EXACTLY = Tolerance(number(Fraction(1, 1000)), relative=True)
_FOUR_DECIMALS = 10_000

_SAME_MISTAKE = Tolerance(number(Fraction(1, 5)), relative=True)
"""How near a number has to be to what a mistake gives, to be explained by it."""

_NOTHING = 1e-9
"""The size up to which a difference is rounding."""


class Made(NamedTuple):
    """A mistake and what it makes of the parts of a cell, in the names of other cells. where: where to look, if the
    mistake was made on the way to the cell, in a slope that is not in the table."""

    mistake: Mistake
    formulas: tuple[Expression, ...]
    where: Text | None = None

    @property
    def told(self) -> tuple[Text, ...]:
        """What is said of it."""
        return (self.mistake.sentence,) if self.where is None else (self.where, self.mistake.sentence)


_NO_HINT = Text("", {})


@dataclass(frozen=True, eq=False)
class Cell:
    """One cell. A cell has one part, or several where it is a point.

    asked: how it is called on the page, such as dL/da; keys: the name of each part, by which other cells use it;
    formulas: what each part comes to, in the names of other cells; equation: what stands on its line beside it, None
    for nothing; rule: the rule behind it, None where something is only worked out; rules: the names of all of them;
    opened: what the rule says here; made: the mistakes that can be made in it; hints: two, before the one that gives
    the value; part: in which part of the table it is; letters: of a point, its coordinates; aliases: other names by
    which it can be typed.
    """

    asked: Expression
    keys: tuple[str, ...]
    formulas: tuple[Expression, ...]
    part: str
    equation: Expression | None = None
    rule: Rule | None = None
    rules: tuple[str, ...] = ()
    opened: Expression | None = None
    made: Callable[[], Iterator[Made]] = field(default=lambda: iter(()))
    hints: Callable[[], tuple[Text, Text]] = field(default=lambda: (_NO_HINT, _NO_HINT))
    letters: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What a learner types to name it."""
        return str(self.asked)


class CellJudgement(NamedTuple):
    """What was found of one cell. value: of each part of what was typed; texts: what is said of it; mistakes: what
    explains it if it is wrong."""

    cell: Cell
    outcome: CellOutcome
    value: tuple[Value, ...]
    texts: tuple[Text, ...] = ()
    mistakes: tuple[Mistake, ...] = ()

    @property
    def misconceptions(self) -> tuple[str, ...]:
        """The names of the misconceptions that explain it."""
        return tuple(dict.fromkeys(mistake.rule.name for mistake in self.mistakes))


Own = Mapping[str, tuple[Value, ...]]
"""The key of a cell -> what the learner filled in."""


@dataclass(frozen=True, eq=False)
class Worksheet:
    """A table.

    given: letters with their numbers, none where it is filled in letters; cells: all of them in the order in which they
    are worked out; blanks: those to be filled, in the order in which they are asked; within: how far a number may be
    off; form: in which form the rules are met here; says_how: a sentence on how it is worked out, for `why`.
    """

    given: Mapping[str, Number]
    cells: tuple[Cell, ...]
    blanks: tuple[Cell, ...]
    numeric: bool
    within: Tolerance | None = None
    form: str = ""
    says_how: str = ""
    oracle: Oracle = field(default_factory=Oracle)
    tidy: Callable[[Expression], Expression] = field(default_factory=lambda: Tidy(Style()))

    def cell(self, key: str) -> Cell:
        """The cell with this key. Raises KeyError."""
        return self._by_key[key]

    @cached_property
    def _by_key(self) -> dict[str, Cell]:
        return {cell.key: cell for cell in self.cells}

    # -- values ----------------------------------------------------------------------------------------------------

    @cached_property
    def right(self) -> Own:
        """The right value of every cell. Raises TutorError if one of them has none."""
        found: dict[str, tuple[Value, ...]] = {}
        known: dict[str, Value] = dict(self.given)
        for cell in self.cells:
            found[cell.key] = tuple(self.worked_out(formula, known, f"{cell.asked} has no value") for formula in
                                    cell.formulas)
            known |= zip(cell.keys, found[cell.key], strict=True)
        return found

    def known(self, own: Own) -> dict[str, Value]:
        """What every name stands for to a learner who has filled in these cells: of a blank cell their own value, if
        there is one; of the others what stands in the table."""
        found: dict[str, Value] = dict(self.given)
        for cell in self.cells:
            if cell not in self.blanks or cell.key in own:
                found |= zip(cell.keys, own.get(cell.key, self.right[cell.key]), strict=True)
        return found

    def followed(self, cell: Cell, own: Own) -> tuple[Value, ...] | None:
        """What a cell comes to with the learner's own values before it; None if it comes to nothing then."""
        try:
            return tuple(self.worked_out(formula, self._all_known(own), "") for formula in cell.formulas)
        except TutorError:
            return None

    def _all_known(self, own: Own) -> dict[str, Value]:
        """The same as `known`, with the right value where a blank cell was passed over."""
        right = {key: value for cell in self.cells for key, value in zip(cell.keys, self.right[cell.key], strict=True)}
        return {**right, **self.known(own)}

    def worked_out(self, formula: Expression, known: Mapping[str, Value], complaint: str) -> Value:
        """What a formula comes to where these names stand for these values. Raises TutorError for no value."""
        if not self.numeric:
            return self.tidy(replace(formula, {name(key): value for key, value in known.items()
                                               if isinstance(value, Expression)}))
        numbers = {key: value for key, value in known.items() if not isinstance(value, Expression)}
        return number_in(formula, numbers, self.tidy, self.oracle, complaint)

    def read(self, typed: Expression, own: Own) -> Value:
        """The value of what was typed. Raises TutorError if a name in it stands for nothing yet."""
        known, inputs = self.known(own), self.inputs
        for letter in sorted(typed.free - known.keys() - inputs):
            waiting = next((cell for cell in self.blanks if letter in cell.keys), None)
            if waiting is not None:
                raise TutorError(f"{letter} is not filled in yet, so it cannot be used here.")
            raise TutorError(f"There is no {letter} in this table.")
        return self.worked_out(typed, known, "This has no value")

    @property
    def inputs(self) -> frozenset[str]:
        """The letters that no cell works out."""
        keys = {key for cell in self.cells for key in cell.keys}
        return frozenset(letter for cell in self.cells for formula in cell.formulas for letter in formula.free) - keys

    # -- judging ---------------------------------------------------------------------------------------------------

    def judge(self, cell: Cell, value: Sequence[Value], own: Own) -> CellJudgement:
        """What is to be said of what a learner filled in. own: what the learner filled in before."""
        value = tuple(value)
        if self.is_near(value, self.right[cell.key]):
            return CellJudgement(cell, "right", value)
        followed = self.followed(cell, own)
        wrong = [self.cell(key) for key in own
                 if self.is_used(key, cell) and not self.is_near(own[key], self.right[key])]
        if followed is not None and self.is_near(value, followed):
            if not wrong:  # it is only that numbers were rounded on the way
                return CellJudgement(cell, "right", value)
            used = {letter for formula in cell.formulas for letter in formula.free}
            nearest = [each for each in wrong if not used.isdisjoint(each.keys)]
            return CellJudgement(cell, "followed", value, (_with_yours([each.asked for each in nearest or wrong]),))
        expected = self.right[cell.key] if followed is None else followed
        if not self.numeric and any(equivalent(mine, right, self.oracle).verdict == "undecided" for mine, right in zip(
                value, expected, strict=True) if isinstance(mine, Expression) and isinstance(right, Expression)):
            return CellJudgement(cell, "undecided", value)
        mistakes = self._mistakes(cell, value, own, expected)
        slip = self._slip(value, expected)
        if slip is not None and (not mistakes or mistakes[0].where is not None):
            return CellJudgement(cell, "wrong", value, (slip,))
        return CellJudgement(cell, "wrong", value, _told(mistakes), tuple(made.mistake for made in mistakes))

    def is_used(self, key: str, cell: Cell) -> bool:
        """Whether a cell is worked out from another one, at once or by way of blank cells between."""
        waiting, seen = [cell], {cell}
        for each in waiting:
            for part in self.cells:
                if part not in seen and any(name_of in formula.free for name_of in part.keys
                                            for formula in each.formulas):
                    if part.key == key:
                        return True
                    seen.add(part)
                    if part not in self.blanks:
                        continue
                    waiting.append(part)
        return False

    def is_near(self, one: Sequence[Value], other: Sequence[Value]) -> bool:
        """Whether the parts of one value are those of another one, or near enough to them."""
        return len(one) == len(other) and all(self.near(mine, right, self.within or _usual(right))
                                              for mine, right in zip(one, other, strict=True))

    def near(self, mine: Value, right: Value, tolerance: Tolerance) -> bool:
        """Whether a value is another one, or near enough to it."""
        if isinstance(mine, Expression) or isinstance(right, Expression):
            return isinstance(mine, Expression) and isinstance(right, Expression) and (
                equivalent(mine, right, self.oracle).verdict == "equal")
        if abs(float(mine) - float(right)) <= _NOTHING * max(1e-6, abs(float(right))):
            return True
        return tolerance.reaches(in_tree(mine), in_tree(right), self.oracle) is True

    def _slip(self, value: tuple[Value, ...], expected: tuple[Value, ...]) -> Text | None:
        """What is said where only a sign is wrong."""
        if not self.numeric or len(value) != 1:
            return None
        (mine,), (right,) = value, expected
        assert not isinstance(mine, Expression)
        assert not isinstance(right, Expression)
        return _SIGN if right and self.near(-mine, right, _SAME_MISTAKE) else None

    def gives(self, made: Made, cell: Cell) -> bool:
        """Whether a mistake in a cell gives its right value all the same."""
        value = self.wrong_value(made, {})
        return value is not None and self.is_near(value, self.right[cell.key])

    def wrong_value(self, made: Made, own: Own) -> tuple[Value, ...] | None:
        """What a mistake makes of a cell with the learner's own values before it; None if that is nothing."""
        try:
            return tuple(self.worked_out(formula, self._all_known(own), "") for formula in made.formulas)
        except TutorError:
            return None

    def _mistakes(self, cell: Cell, value: tuple[Value, ...], own: Own,
                  expected: tuple[Value, ...]) -> tuple[Made, ...]:
        """The mistakes that give this value, at most two: the frequent ones, if there are any, and of these the ones in
        the cell itself rather than those on the way to it."""
        found: dict[str, Made] = {}
        for made in cell.made():
            wrong = self.wrong_value(made, own)
            if wrong is None or self.is_near(wrong, expected) or len(wrong) != len(value):
                continue
            is_frequent = "frequent" in made.mistake.rule.tags
            if self.numeric and made.where is not None and _is_plain(value) and not is_frequent:
                continue
            if all(self.near(mine, other, _SAME_MISTAKE) for mine, other in zip(value, wrong, strict=True)):
                found.setdefault(made.mistake.rule.name, made)
        for here, is_frequent in ((True, True), (False, True), (True, False), (False, False)):
            likely = [made for made in found.values() if (made.where is None) is here
                      and ("frequent" in made.mistake.rule.tags) is is_frequent]
            if likely:
                return tuple(likely[:2])
        return ()

    # -- what it trains --------------------------------------------------------------------------------------------

    def skill(self, cell: Cell) -> Skill | None:
        """What filling a cell trains; None where it is only worked out."""
        return None if cell.rule is None else Skill(cell.rule.name, self.form)

    @cached_property
    def skills(self) -> tuple[Skill, ...]:
        """What filling the blank cells trains, each skill once: that of the last one first."""
        found = [self.skill(cell) for cell in reversed(self.blanks)]
        return tuple(dict.fromkeys(skill for skill in found if skill is not None))

    @property
    def rules(self) -> tuple[str, ...]:
        """The names of the rules that the blank cells need."""
        return tuple(dict.fromkeys(rule for cell in self.blanks for rule in cell.rules))


def _usual(right: Value) -> Tolerance:
    """How near a number has to be where the author says nothing: a short one can be written exactly."""
    is_short = isinstance(right, Fraction) and (right * _FOUR_DECIMALS).denominator == 1
    return _EXACTLY if is_short else NEAR_ENOUGH


def _is_plain(value: Sequence[Value]) -> bool:
    """Whether a value is a whole number, which many a mistake on a single line gives by chance."""
    return all(isinstance(each, Fraction) and each.denominator == 1 for each in value)


_SIGN = Text("Everything is there except for a sign.", {})
EITHER = Text("Either of two mistakes would give this.", {})


def _told(mistakes: Sequence[Made]) -> tuple[Text, ...]:
    said = tuple(text for made in mistakes for text in made.told)
    return (EITHER, *said) if len(mistakes) > 1 else said


def _with_yours(asked: Sequence[Expression]) -> Text:
    """That a cell is right with the learner's own values of others."""
    slots = {f"cell{place}": each for place, each in enumerate(asked)}
    *before, last = [f"{{{slot}}}" for slot in slots]
    named = f"{', '.join(before)} and {last}" if before else last
    return Text(f"Right with your value{'s' if before else ''} of {named}.", slots)


def in_tree(value: Value) -> Expression:
    """A value as an expression."""
    if isinstance(value, Expression):
        return value
    return rational(value) if isinstance(value, Fraction) else decimal(value)


def slopes_by_key(typed: Expression) -> Expression:
    """What was typed, with the slopes in it, such as dL/da, under the names of their cells."""
    rates = {part: name(f"d{part.args[0]}/d{part.args[1]}") for part in postorder([typed])
             if part.head in ("derivative", "rate") and part.args[0].head == "name"}
    return replace(typed, rates)
