"""Solving an equation in one letter, step by step, by the rules in `equations.rules`.

    solved = solve(parse("x^3 - 3*x = 0"), name("x"))
    [str(root.value) for root in solved.roots]          # ["0", "sqrt(3)", "-sqrt(3)"]
    [step.rule.name for step in solved.steps]           # ["factored_equation", "zero_product", "pure_quadratic"]
    solve(parse("sin(x) = 0"), name("x")).roots[0]      # pi*k, for every whole number k

Each rule turns an equation into others that have the same solutions together. A solution that does not fit the first
equation, such as one at which something has no value, is thrown out. Where no rule reaches, the zeros of a polynomial
are closed in exactly, and those of anything else are searched for; these are marked, and so is what stays open.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType
from typing import Literal, NamedTuple

from tutor.algebra.decide import Tidy
from tutor.algebra.signs import holds, sign_of
from tutor.algebra.terms import Style
from tutor.derivation.equation_coefficients import BY_VALUES, Place, with_plain_roots
from tutor.derivation.equations_closed_in import closed_in
from tutor.errors import LimitError
from tutor.expression.lists import size_letters
from tutor.expression.relations import related
from tutor.expression.text import Text
from tutor.expression.tree import (
    ZERO,
    Expression,
    add,
    decimal,
    has_head,
    multiply,
    name,
    negate,
    node,
    postorder,
    rational,
    substitute,
)
from tutor.integration.equations import Between
from tutor.integration.intervals import value_at
from tutor.integration.zeros import zeros
from tutor.oracle.existence import has_no_value, holds_there
from tutor.oracle.solutions import same_solutions
from tutor.oracle.verdict import Check, Oracle
from tutor.rules.factors import Factor, factors_of
from tutor.rules.instance import RuleInstance, instance_of
from tutor.rules.restate import slots_of
from tutor.rules.rule import Rule
from tutor.rules.rulebook import rulebook

MOST_STEPS = 60
"""Steps of one equation; what is left then counts as not solved."""

LARGEST = 400
"""The size of the largest equation that is worked on."""

SEARCHED = 10.0
"""How far from 0 is searched where no interval is given and no rule reaches."""

LOOKS = 2_500
"""Parts of that interval that are looked at: a sum of two bells needs a thousand."""

REAL_LINE = Between(-math.inf, math.inf)

How = Literal["rules", "closed in", "searched", "SymPy"]


class Root(NamedTuple):
    """A solution. every: the letter in it that stands for every whole number, None where it is one number; how: by what
    it was found; between: the fractions between which a number lies that is not exact; assuming: relations between
    other letters on which it rests."""

    value: Expression
    every: Expression | None = None
    how: How = "rules"
    between: tuple[Fraction, Fraction] | None = None
    assuming: tuple[Expression, ...] = ()

    @property
    def exact(self) -> bool:
        return self.between is None

    def members(self, numbers: range = range(-2, 3)) -> list[Expression]:
        """The solution, or those for some whole numbers."""
        if self.every is None:
            return [self.value]
        return [substitute(self.value, self.every.value, rational(each)) for each in numbers]


class Rejected(NamedTuple):
    """What the steps lead to although it is no solution, and why not."""

    value: Expression
    why: Text


class EquationStep(NamedTuple):
    """One equation, and those that have the same solutions together: none where there is no solution.

    bindings: what the letters of the rule stand for; assumptions: what was taken for granted of letters; unknown: what
    it is solved for; check: what numbers, which know no rules, find.
    """

    rule: Rule
    before: Expression
    after: tuple[Expression, ...]
    bindings: dict[str, Expression]
    assumptions: tuple[Expression, ...]
    unknown: Expression

    @property
    def sentence(self) -> Text:
        return Text(self.rule.say, slots_of(self.bindings))

    @property
    def alternatives(self) -> Expression:
        return node("alternatives", self.after)

    @property
    def check(self) -> Check:
        if self.unknown.head == "indexed":
            from tutor.derivation.equations_with_sums import same_for_all_parts  # few unknowns are parts of lists

            return same_for_all_parts(self.before, self.after[0], self.unknown)
        if not self.rule.solves:  # it changes the left side, and not what it is worth
            return Oracle().compare(self.before.args[0], self.after[0].args[0])
        letters = frozenset(letter for each in self.after for letter in each.free) - self.before.free
        return same_solutions(self.before, self.after, self.unknown, tuple(map(name, sorted(letters))))


class SolvedEquation(NamedTuple):
    """An equation and what was found of it.

    always: whether every number is a solution; roots: the others; complete: whether there are surely no further ones;
    why: where it is not complete, why not; unsolved: the equations that no rule could take further.
    """

    equation: Expression
    unknown: Expression
    steps: tuple[EquationStep, ...] = ()
    roots: tuple[Root, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    always: bool = False
    complete: bool = True
    why: str = ""
    unsolved: tuple[Expression, ...] = ()
    assumptions: tuple[Expression, ...] = ()


def solve(equation: Expression, unknown: Expression, between: Between = REAL_LINE,
          without_steps: bool = False, known: Mapping[Expression, str] = MappingProxyType({})) -> SolvedEquation:
    """All that the rules, and after them exact and numerical methods, find of an equation.

    between: where solutions are wanted; others may be left out if the equation has to be searched; without_steps:
    whether SymPy is asked where no rule reaches; known: signs of other letters that are taken for granted. Raises
    LimitError where it is too large.
    """
    if equation.size > LARGEST:
        raise LimitError(f"This equation has more than {LARGEST} symbols, too many to be solved.")
    return _Solving(equation, unknown, between, without_steps, known).solved()


class _Solving:
    def __init__(self, equation: Expression, unknown: Expression, between: Between, without_steps: bool,
                 known: Mapping[Expression, str] = MappingProxyType({})) -> None:
        self.equation, self.unknown, self.between, self.asks_sympy = equation, unknown, between, without_steps
        self.tidy = Tidy(Style())
        self.steps: list[EquationStep] = []
        self.found: list[Root] = []
        self.unsolved: list[Expression] = []
        self.always = False
        used = {part.value for part in postorder([equation]) if part.head == "name"}
        self.letters = (name(letter) for letter in ("k", "n", "m", "j", *[f"k_{index}" for index in range(1, 40)])
                        if letter not in used)
        self.fresh = next(self.letters)
        self.positive = signs_of_sizes(equation)
        self.known = {**known, **self.positive}

    def solved(self) -> SolvedEquation:
        first = related(self.tidy(self.equation.args[0]), "=", self.tidy(self.equation.args[1]))
        waiting: list[tuple[Expression, tuple[Expression, ...], frozenset[Expression]]] = [(first, (), frozenset())]
        while waiting:
            equation, assumed, before = waiting.pop()
            if self.is_settled(equation, assumed):
                continue
            apart = self.apart(equation)
            if apart:
                self.steps += apart
                assumed = (*assumed, *[each for step in apart for each in step.assumptions])
                waiting.append((apart[-1].after[0], assumed, before))
                continue
            before |= {equation}
            step = self.step(equation, before) if len(self.steps) < MOST_STEPS else None
            if step is None:
                self.unsolved.append(equation)
                continue
            self.steps.append(step)
            waiting += [(each, (*assumed, *step.assumptions), before) for each in reversed(step.after)]
            if any(self.fresh.value in each.free for each in step.after):
                self.fresh = next(self.letters)
        self.forget_vain_steps()
        complete, whys = True, []
        for equation in self.unsolved:
            reached, why = self.without_rules(equation)
            complete = complete and reached
            whys += [why] if why else []
        roots, rejected = self.tried()
        assumptions = dict.fromkeys(each for step in self.steps for each in step.assumptions)
        return SolvedEquation(self.equation, self.unknown, tuple(self.steps), tuple(roots), tuple(rejected),
                              self.always, complete, " ".join(dict.fromkeys(whys)), tuple(self.unsolved),
                              tuple(assumptions))

    def forget_vain_steps(self) -> None:
        """Take back steps that only lead to equations that no rule could take further."""
        for step in reversed(list(self.steps)):
            if step.after and set(step.after) <= set(self.unsolved):
                self.steps.remove(step)
                place = self.unsolved.index(step.after[0])
                self.unsolved = [each for each in self.unsolved if each not in step.after]
                self.unsolved.insert(place, step.before)

    def is_settled(self, equation: Expression, assumed: tuple[Expression, ...]) -> bool:
        """Whether an equation says what the unknown is, or is true or false whatever it is."""
        left, right = equation.args
        letter = self.unknown.value
        if left is self.unknown and letter not in right.free:
            every = next((name(each) for each in sorted(right.free - self.equation.free)), None)
            self.found.append(Root(right, every, assuming=assumed))
            return True
        if letter in equation.free:
            return False
        difference = self.tidy(add(left, negate(right)))
        if difference is ZERO or holds_there(related(difference, "=")) is True:
            self.always = True
            return True
        return bool(sign_of(difference) in ("+", "-", "!") or holds_there(related(difference, "!=")))

    # -- by the rules --------------------------------------------------------------------------------------------------

    def step(self, equation: Expression, before: frozenset[Expression]) -> EquationStep | None:
        """What the first rule that applies makes of an equation. before: the equations on the way to it, to which
        nothing may lead back."""
        for rule in rulebook().values():
            if not rule.solves:
                continue
            for instance in self.instances(rule, equation):
                assumed = self.assumed(instance)
                if assumed is None:
                    continue
                made = self.made(rule, instance, equation, assumed)
                if before.isdisjoint(made.after):
                    return made
        return None

    def made(self, rule: Rule, instance: RuleInstance, equation: Expression,
             assumed: tuple[Expression, ...] = ()) -> EquationStep:
        bindings = {letter: bound for letter, bound in instance.bindings.items()
                    if letter in rule.letters and isinstance(bound, Expression)}
        for letter, sort in rule.letters.items():
            if sort == "new variable":
                bindings[letter] = self.fresh
        return EquationStep(rule, equation, self.after(rule, instance), bindings, assumed, self.unknown)

    def apart(self, equation: Expression) -> tuple[EquationStep, ...]:
        """The steps that bring the unknown out of sums with an index."""
        return without_sums(equation, (self.unknown,), self.tidy)

    def divided(self, equation: Expression) -> EquationStep | None:
        """The step that divides by a constant factor that is not 0, and nothing else."""
        rule = rulebook()["divide_by_factor"]
        found = instance_of(rule, equation, self.fresh, unknown=self.unknown)
        return None if found is None or self.assumed(found) != () else self.made(rule, found, equation)

    def instances(self, rule: Rule, equation: Expression) -> Iterator[RuleInstance]:
        by_values = BY_VALUES.get(rule.name)
        if by_values is not None:
            found = by_values(Place(self.unknown, self.tidy, self.fresh), rule, equation)
        else:
            found = instance_of(rule, equation, self.fresh, unknown=self.unknown)
            if found is not None and not self.goes_on(found):
                found = None
        if found is not None:
            yield found

    def goes_on(self, instance: RuleInstance) -> bool:
        """Whether what is to be solved further still has the unknown, and the right side has not."""
        letter = self.unknown.value
        return all(letter in each.args[0].free or not each.args[0].free for each in instance.after.args) and not (
            any(instance.bindings[each].free and letter in instance.bindings[each].free
                for each, sort in instance.rule.letters.items() if sort == "constant"))

    def assumed(self, instance: RuleInstance) -> tuple[Expression, ...] | None:
        """What has to be assumed for a rule; None where it does not apply. What depends on the unknown is looked at
        when its values are known."""
        found: list[Expression] = []
        for relation in instance.relations:
            relation = self.times_sizes(related(self.tidy(relation.args[0]), relation.value,
                                                self.tidy(relation.args[1])))
            decided = self.holds(relation)
            if decided is False:
                return None
            if decided is None:
                if "plainly" in instance.rule.tags:
                    return None
                if self.unknown.value not in relation.free:
                    found.append(relation)
        return tuple(found)

    def times_sizes(self, relation: Expression) -> Expression:
        """A relation to 0 without the sizes of lists in its denominators, which are positive."""
        left, right = relation.args
        terms = left.args if left.head == "sum" else ()
        sizes = [part for part in self.positive if any(factor == Factor(part, True) for term in terms
                                                       for factor in factors_of(term))]
        if right is not ZERO or not sizes:
            return relation
        return related(self.tidy(add(*[multiply(term, *sizes) for term in terms])), relation.value)

    def holds(self, relation: Expression) -> bool | None:
        if not relation.free:
            return holds_there(relation)
        difference = self.tidy(add(relation.args[0], negate(relation.args[1])))
        return holds(related(difference, relation.value), self.known)

    def after(self, rule: Rule, instance: RuleInstance) -> tuple[Expression, ...]:
        """What an instance leads to. A left side that stood in the equation before stays as it is: tidying would
        multiply factors out."""
        found: list[Expression] = []
        templates = rule.right.args if not rule.computed else instance.after.args
        for template, made in zip(templates, instance.after.args, strict=True):
            left, right = made.args
            is_kept = rule.computed or template.args[0].head == "name"
            each = related(left if is_kept else self.tidy(left), "=", with_plain_roots(self.tidy(right)))
            again = instance_of(rule, each, self.fresh, unknown=self.unknown) if "repeated" in rule.tags else None
            found += [each] if again is None else self.after(rule, again)
        return tuple(found)

    # -- where no rule reaches -----------------------------------------------------------------------------------------

    def without_rules(self, equation: Expression) -> tuple[bool, str]:
        """Add what can be found of an equation that no rule takes further: whether that is all, and why not."""
        root = self.tidy(add(equation.args[0], negate(equation.args[1])))
        if root.free != self.unknown.free:
            return False, "With its letters, the equation could not be solved."
        isolated = closed_in(root, self.unknown, self.tidy)
        if isolated is not None:
            for each in isolated:
                middle = (each.lower + each.upper) / 2
                self.found.append(Root(_rounded(middle), None, "closed in", (each.lower, each.upper)))
            return True, ""
        by_sympy = self.by_sympy(root) if self.asks_sympy else []
        if by_sympy:
            self.found += by_sympy
            return False, _BY_SYMPY
        near = Between(max(self.between.low, -SEARCHED), min(self.between.high, SEARCHED))
        if not near.low < near.high:
            near = self.between
        places = zeros(root, self.unknown, near, self.tidy, LOOKS)
        for place in places.places:
            width = Fraction(1, 10**9)
            middle = Fraction(place.value)
            is_exact = holds_there(related(substitute(root, self.unknown.value, place.number), "=")) is True
            ends = None if is_exact else (middle - width, middle + width)
            self.found.append(Root(place.number, None, "searched", ends))
        if not places.complete:
            return False, _INCOMPLETE
        if near != self.between:
            return False, _SEARCHED
        return True, ""

    def by_sympy(self, root: Expression) -> list[Root]:
        """What SymPy lists, if numbers confirm all of it."""
        from tutor.derivation.without_steps import roots_without_steps  # a process of its own, and seldom asked for

        found = roots_without_steps(root, self.unknown) or []
        confirmed = all(holds_there(related(substitute(root, self.unknown.value, each), "=")) for each in found)
        return [Root(self.tidy(each), None, "SymPy") for each in found] if confirmed else []

    def tried(self) -> tuple[list[Root], list[Rejected]]:
        """The roots that fit the equation, each once, and those that do not."""
        roots: list[Root] = []
        rejected: list[Rejected] = []
        for root in self.found:
            if any(is_same(root, other, self.tidy) for other in roots):
                continue
            why = self.misfit(root)
            if why is None:
                roots.append(root)
            elif all(each.value is not root.value for each in rejected):
                rejected.append(Rejected(root.value, why))
        return roots, rejected

    def misfit(self, root: Root) -> Text | None:
        """Why a value is no solution of the first equation; None where it fits, as far as is known."""
        if root.between is not None:
            return self.does_not_meet(root.between)
        left, right = self.equation.args
        for value in root.members():
            there = [substitute(side, self.unknown.value, value) for side in (left, right)]
            if there[0].free | there[1].free:
                return None
            if holds_there(related(there[0], "=", there[1])) is True:
                return None
        missing = next((side for side, put in zip((left, right), there, strict=True) if has_no_value(put)), None)
        if missing is not None:
            return Text.of(missing, " has no value there")
        if holds_there(related(there[0], "!=", there[1])):
            return Text.of(self.equation, " is not true there")
        return None

    def does_not_meet(self, between: tuple[Fraction, Fraction]) -> Text | None:
        """Why there is no solution between two numbers: with many digits, one side is the larger one all over.

        Where both sides only touch, one is the larger one at both ends as well, but there they come much closer in
        between. The ends are moved apart first, so that even such a small difference has digits that are right.
        """
        left, right = self.equation.args
        if self.equation.free != self.unknown.free:
            return None
        middle = (between[0] + between[1]) / 2
        apart = max((between[1] - between[0]) / 2, _APART * max(Fraction(1), abs(middle)))
        low, inside, high = [value_at(add(left, negate(right)), self.unknown, place)
                             for place in (middle - apart, middle, middle + apart)]
        if low is None or inside is None or high is None or low * high <= 0:
            return None
        if abs(inside) < min(abs(low), abs(high)) / 2:
            return None
        return Text("with more digits the two sides do not meet there", {})


_APART = Fraction(1, 10**12)
"""How far from a number, relatively, it is looked on which side of another one a function is."""


def without_sums(equation: Expression, unknowns: Sequence[Expression], tidy: Tidy) -> tuple[EquationStep, ...]:
    """The steps that bring unknowns out of sums with an index; none where none is in one."""
    if not has_head("finite_sum", equation, set()):
        return ()
    from tutor.derivation.equations_with_sums import steps_apart  # few equations have sums

    inside = [each for each in unknowns if each.value in equation.free]
    divided = _Solving(equation, inside[0], REAL_LINE, False).divided(equation) if inside else None
    if divided is not None and divided.after[0].args[0].head not in ("sum", "finite_sum"):
        divided = None
    start = equation if divided is None else divided.after[0]
    steps = [EquationStep(rule, before, (after,), bindings, assumed, inside[0])
             for rule, before, after, bindings, assumed in steps_apart(start, inside, tidy)]
    return (() if divided is None or not steps else (divided,)) + tuple(steps)


def divided_by_factor(equation: Expression, unknown: Expression) -> EquationStep | None:
    """The step that divides an equation for every part of a list by a constant factor that is not 0."""
    found = _Solving(equation, name(unknown.value), REAL_LINE, False).divided(equation)
    return None if found is None else found._replace(unknown=unknown)


def signs_of_sizes(*roots: Expression) -> dict[Expression, str]:
    """The letters that sums run to: a list has a part at least, so these are positive."""
    return {name(letter): "+" for root in roots for letter in size_letters(root)}


_BY_SYMPY = "That there are no other solutions than those that SymPy lists was not checked."
_INCOMPLETE = "No rule solves this equation, and a search with numbers may have missed solutions."
_SEARCHED = (f"No rule solves this equation. It was searched with numbers up to {SEARCHED:g} on both sides of 0; "
             "further out there may be more solutions.")


def _rounded(value: Fraction) -> Expression:
    return decimal(float(f"{float(value):.10g}"))


def is_same(one: Root, other: Root, tidy: Tidy) -> bool:
    """Whether two solutions are the same number, or the same numbers."""
    if one.value is other.value:
        return True
    if one.every is not None and other.every is not None:
        return tidy(substitute(other.value, other.every.value, one.every)) is one.value
    if one.every is not None or other.every is not None:
        return False
    return tidy(add(one.value, negate(other.value))) is ZERO or (
        not (one.value.free | other.value.free) and holds_there(related(one.value, "=", other.value)) is True)


def checked(steps: Sequence[EquationStep]) -> bool | None:
    """Whether numbers confirm all steps: True, False if one is refuted, None if one could not be decided."""
    outcomes = {step.check.outcome for step in steps}
    return False if "refuted" in outcomes else None if "undecided" in outcomes else True
