"""The place of a minimum in one formula, where it lies on the left of a kink, on its right, or at it.

    found = in_one_formula(parse("a + t"), parse("a - t"), ZERO, {name("t"): "+"}, (), tidy)
    found.formula               # sign(a)*max(abs(a) - t, 0), where 1/2*(w - a)^2 + t*abs(w) is smallest
    found.rule.name             # soft_threshold

Both formulas of the function have slopes that only rise, and each is 0 at one place. If the place of the left formula
is not to the left of that of the right one, then exactly one of three things is the case: the first place lies left of
the kink, or the second lies right of it, or neither does. There the function turns from falling to rising, and nowhere
else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, product
from typing import NamedTuple

from tutor.algebra.decide import Tidy
from tutor.algebra.signs import holds
from tutor.derivation.critical_kinds import shorter
from tutor.expression.relations import related
from tutor.expression.text import Text
from tutor.expression.tree import (
    ONE,
    ZERO,
    Expression,
    add,
    divide,
    name,
    negate,
    number,
    postorder,
    rational,
    replace,
)
from tutor.oracle.existence import holds_there
from tutor.oracle.verdict import Check, Oracle
from tutor.rules.instance import RuleInstance, chosen_instance
from tutor.rules.restate import slots_of
from tutor.rules.rule import Rule
from tutor.rules.rulebook import rulebook

CHOICES = 4
"""Choices of numbers for all letters but one with which a formula is checked."""


class OneFormula(NamedTuple):
    """cases: the place of the minimum, case by case; formula: the same by a rule; assumed: what has to be true of
    letters for it; sentence: what the rule says; check: what numbers find, which know no rules."""

    rule: Rule
    cases: Expression
    formula: Expression
    assumed: tuple[Expression, ...]
    sentence: Text
    check: Check


def in_one_formula(left: Expression, right: Expression, kink: Expression, known: Mapping[Expression, str],
                   given: Sequence[Expression], tidy: Tidy) -> OneFormula | None:
    """The place of the minimum. left, right: where the slope of the formula on that side of the kink is 0; known: signs
    of letters; given: conditions on them, for the check. None where the place on the left is the smaller one."""
    found = None
    if kink is ZERO:
        middle, shift = [tidy(divide(each, number(2))) for each in (add(left, right), add(left, negate(right)))]
        if middle.size + shift.size <= left.size + right.size:
            found = _instance("soft_threshold", middle=middle, shift=shift)
    found = found or _instance("left_right_or_joint", left=left, right=right, joint=kink)
    relations = [shorter(related(tidy(add(each.args[0], negate(each.args[1]))), each.value), tidy)
                 for each in found.relations]
    decided = [holds(each, known) for each in relations]
    if False in decided:
        return None
    assumed = tuple(each for each, is_known in zip(relations, decided, strict=True) if not is_known)
    formula = tidy(found.after)
    check = _check(found.before, formula, (*assumed, *given))
    bindings = {letter: bound for letter, bound in found.bindings.items() if letter in found.rule.letters}
    return None if check is None else OneFormula(found.rule, found.before, formula, assumed,
                                                 Text(found.rule.say, slots_of(bindings)), check)


def _instance(rule_name: str, **places: Expression) -> RuleInstance:
    rule = rulebook()[rule_name]
    return chosen_instance(rule, {rule.role(role): place for role, place in places.items()}, name("u"))


def _check(cases: Expression, formula: Expression, conditions: Sequence[Expression]) -> Check | None:
    """Whether both are the same: with numbers for all letters but one, so that every kink is a number. None where no
    numbers fit the conditions, which may contradict each other."""
    parts = {part: name(f"{part.value}_{{part{place}}}") for place, part in enumerate(postorder([cases, formula]))
             if part.head == "indexed"}
    left, right, *given = [replace(each, parts) for each in (cases, formula, *conditions)]
    found = None
    letters = sorted(left.free | right.free, key=lambda letter: any(letter in each.free for each in given))
    for values in islice(_choices(letters[1:], given), CHOICES):
        numbers = {name(letter): value for letter, value in values.items()}
        found = Oracle().compare(replace(left, numbers), replace(right, numbers),
                                 tuple(replace(each, numbers) for each in given))
        if found.outcome != "checked":
            return found
    return found


def _choices(letters: Sequence[str], given: Sequence[Expression]) -> Iterator[dict[str, Expression]]:
    """Numbers for letters with which the conditions on these alone hold."""
    for values in product(_NUMBERS, repeat=len(letters)):
        chosen = dict(zip(letters, values, strict=True))
        numbers = {name(letter): value for letter, value in chosen.items()}
        if all(holds_there(replace(each, numbers)) for each in given if each.free <= set(letters)):
            yield chosen


_NUMBERS = (rational(1), number(3), divide(ONE, number(2)), number(2), negate(ONE), negate(number(2)))
"""Numbers that letters stand for, one after the other."""
