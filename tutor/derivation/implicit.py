"""Rates from equations: implicit differentiation, and rates that depend on each other.

    found = tutor.explain("x^2 + y^2 = 25; dy/dx")
    found.result                        # -x/y
    tutor.explain("x^2 + y^2 = 25; dx/dt = 2; dy/dt at x = 3, y = 4").result       # -3/2

Both sides of an equation are differentiated by the usual rules, where each letter that depends on another one is an
unknown function of it; then the equation is solved for the rate that is asked for. Numbers check every equation on the
way without a rule: they put in the rate that keeps the difference of the two sides as it is, found from how that
difference changes with each letter alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace as replace_fields
from functools import cached_property
from typing import NamedTuple

from tutor.algebra.telling import Teller, Told
from tutor.derivation.blocks import tidying_told
from tutor.derivation.derivation import STANDARD, Derivation
from tutor.derivation.goal import Goal
from tutor.derivation.isolating import Isolated, has_rate, isolated, rates_last, terms
from tutor.derivation.points_of_curves import is_rate_seen, points_with_rate
from tutor.derivation.rate_problem import (
    RateAsked,
    is_line,
    rate_asked,
    refuse_other_points,
    replace_letters,
    second_rate_asked,
)
from tutor.derivation.simplified import simplified
from tutor.derivation.solve import Solver
from tutor.derivation.step import Block, Step
from tutor.derivation.strategy import by_shape, first_of
from tutor.errors import TutorError, refused
from tutor.expression.lists import has_lists
from tutor.expression.notes import Note
from tutor.expression.relations import not_zero, related
from tutor.expression.text import Text
from tutor.expression.tree import (
    ONE,
    ZERO,
    Expression,
    add,
    derivative,
    divide,
    multiply,
    name,
    negate,
    node,
    postorder,
    rebuilt,
    replace,
)
from tutor.oracle.existence import holds_there
from tutor.oracle.verdict import Check
from tutor.rules.rule import Rule
from tutor.rules.rulebook import rulebook


class Failure(NamedTuple):
    """Why no rate is found. kind: "steep" where the factor of the rate alone is 0, "singular" where the other side may
    be 0 as well, "empty" where the equation is never true, "rules" where a rule does not apply."""

    kind: str
    why: Text


class ImplicitRate(Derivation):
    """How a rate was found from equations.

    isolated: the rates that were found, each after those that it rests on; formula: what the rate is in letters;
    result: the same with the values that are given.
    """

    is_of_equation = True
    is_second = False
    """Whether the second derivative is asked for, see `second_rates.py`."""

    def __init__(self, asked: RateAsked, text: str, notes: tuple[Note, ...] = ()) -> None:
        self.asked = asked
        solver = Solver(asked.problem, STANDARD)
        super().__init__(asked.problem, solver, Goal(asked.rate, asked.rate, asked.rate), notes, "")
        self.isolated = tuple(self._isolated(text))
        own = {each.rate: each.value for each in self.isolated}
        self.formula = own[asked.rate]
        found: dict[Expression, Expression] = {}
        for each in self.isolated:
            found[each.rate] = rates_last(self.tidy(replace(each.value, found)))
        self.put_in = replace(self.formula, {rate: value for rate, value in found.items() if rate is not asked.rate})
        self.joined = found[asked.rate]
        refuse_other_points(asked, text)
        has_values = bool(asked.places or asked.known) and self.without_slope is None
        self.result = rates_last(self.tidy(self._filled(self.joined))) if has_values else self.joined
        self.goal = replace_fields(self.goal, result=self.result, joined=self.result)

    # -- solving ---------------------------------------------------------------------------------------------------

    def _isolated(self, text: str) -> Iterator[Isolated]:
        """The rates that are needed, in the order in which they can be found."""
        used: list[Expression] = []
        order: list[tuple[Expression, str]] = []

        def need(letter: str) -> None:
            equation = self._equation_for(letter, used)
            if equation is None:
                return
            used.append(equation)
            for other in sorted(equation.free & self.asked.depending - {letter}):
                if self.asked.rate_of(other) not in self.asked.known:
                    need(other)
            order.append((equation, letter))

        wanted = self.asked.rate.args[0].value
        need(wanted)
        if not order:
            raise refused(text, f"No equation has {wanted} in it, so nothing says how it changes.")
        for equation in self.asked.equations:
            if equation not in used:
                raise refused(text, f"{equation} is not needed for {self.asked.rate}, or says something else than the "
                                    "other equations. Leave it out.")
        for equation, letter in order:
            yield self._solved(equation, self.asked.rate_of(letter))

    def _equation_for(self, letter: str, used: Sequence[Expression]) -> Expression | None:
        """The equation that says how a letter changes: the one that says what it is, or else the first one with it."""
        fitting = [each for each in self.asked.equations if each not in used and letter in each.free]
        own = (each for each in fitting if is_line(each) and each.args[0].value == letter)
        return next(own, fitting[0] if fitting else None)

    def _solved(self, equation: Expression, rate: Expression) -> Isolated:
        left, right = sides = self._differentiated(equation.args[0]), self._differentiated(equation.args[1])
        differentiated = related(self.shown(left.result), "=", self.shown(right.result))
        return isolated(equation, rate, sides, differentiated, self.tidy)

    def _differentiated(self, side: Expression) -> Derivation:
        """The derivation of one side, where letters that depend on the one below the line are functions of it."""
        by = self.asked.by
        functions = {name(letter): node("application", (by,), (letter, 0)) for letter in self.asked.depending}
        problem = derivative(replace(side, functions), by)
        solver = Solver(problem, first_of(by_shape("dependent"), STANDARD))
        return Derivation(problem, solver, solver.solve(problem), (), "")

    def shown(self, expression: Expression) -> Expression:
        """An expression with y for y(x), and dy/dx for y'(x), as a person writes it."""
        made: dict[Expression, Expression] = {}
        for part in postorder([expression]):
            if part.head == "application" and part.value[0] in self.asked.depending:
                letter, primes = part.value
                made[part] = self.asked.rate_of(letter) if primes else name(letter)
            else:
                made[part] = rebuilt(part, tuple([made[arg] for arg in part.args]))
        return rates_last(made[expression])

    # -- values ----------------------------------------------------------------------------------------------------

    @cached_property
    def _lines_put_in(self) -> dict[Expression, Expression]:
        """Letters that have no value of their own, and what their equations say they are, where others have values."""
        return {each.args[0]: each.args[1] for each in self.asked.equations if self.asked.places and is_line(each)
                and each.args[0] not in self.asked.places}

    def _filled(self, expression: Expression) -> Expression:
        """An expression with all values put in: those of rates, and then those of letters, all at once."""
        expression = replace(expression, self.asked.known)
        for _ in self._lines_put_in:
            expression = replace_letters(expression, self._lines_put_in)
        return replace_letters(expression, self.asked.places)

    @cached_property
    def without_value(self) -> tuple[Expression, ...]:
        """Letters of the result that have no value, though others have."""
        if not self.asked.places or self.without_slope is not None:
            return ()
        return tuple([name(letter) for letter in sorted(self.result.free & self.asked.depending)])

    @property
    def left_open(self) -> tuple[Expression, ...]:
        """Rates of other letters that are left in the result."""
        return tuple(dict.fromkeys(part for part in postorder([self.result]) if part.head == "rate"))

    @property
    def without_slope(self) -> Text | None:
        """Why no rate is found at the place that is given, though the equation is true there; None where one is."""
        return None if self.failure is None else self.failure.why

    @property
    def has_no_slope(self) -> bool:
        """Whether there is surely no rate there; where a rule is no help, there may be one all the same."""
        return self.failure is not None and self.failure.kind in ("steep", "empty")

    @cached_property
    def failure(self) -> Failure | None:
        """What fails at the place; None where a rate is found."""
        for each in self.isolated:
            slots = {"equation": each.equation, "rate": each.rate, "factor": each.factor,
                     "above": each.gathered.args[1]}
            proved = points_with_rate(each.equation, each.factor, self.tidy)
            if proved == "none":
                return Failure("empty", Text("{equation} is true for no real numbers, so there is no curve and no "
                                             "{rate}", slots))
            if not self.asked.places:
                if proved == "no rate":
                    return Failure("rules", Text("{equation} is true only where the factor {factor} of {rate} is 0, so "
                                                 "it does not say what {rate} is", slots))
                continue
            for relation in dict.fromkeys(self.shown(taken) for side in each.sides for taken in side.assumptions):
                if holds_there(self._filled(relation)) is False:
                    return Failure("rules", Text("the rules need {relation}, which is not so there, so they do not say "
                                                 "what {rate} is", {**slots, "relation": relation}))
            factor, above = (self.tidy(self._filled(part)) for part in (each.factor, each.gathered.args[1]))
            if factor is not ZERO and holds_there(related(factor, "=")) is not True:
                continue
            if above is ZERO or holds_there(related(above, "=")) is not False:
                return Failure("singular", Text("the factor {factor} of {rate} is 0 there, and so is the other side, "
                                                "so the equation does not say what {rate} is", slots))
            vertical = ": the tangent is vertical" if not self.asked.known else ""
            return Failure("steep", Text("the factor {factor} of {rate} is 0 there, and the other side is not, so "
                                         f"there is no {{rate}}{vertical}", slots))
        return None

    @cached_property
    def is_seen(self) -> bool:
        """Whether a point of the curve is known where the rate can be found, given or found with numbers. Only a curve
        between letters that has one equation is searched."""
        if self.asked.places or self.asked.known or len(self.isolated) > 1 or has_lists(self.problem):
            return True
        (each,) = self.isolated
        return is_rate_seen(each.equation, each.factor, each.rate.args[0].value, self.oracle)

    @property
    def unsolved(self) -> Text | None:
        return self.without_slope

    @property
    def undefined(self) -> str:
        return self.without_slope.written() if self.without_slope is not None and self.has_no_slope else ""

    @cached_property
    def assumptions(self) -> tuple[Expression, ...]:
        """What was taken for granted: of the rules, and that nothing was divided by 0."""
        if self.without_slope is not None:
            return ()
        found = [self.shown(relation) for each in self.isolated for side in each.sides for relation in side.assumptions]
        found += [not_zero(each.factor) for each in self.isolated if each.factor is not ONE]
        return simplified([self._filled(each) for each in found], self.tidy)

    @property
    def other_methods(self) -> tuple[str, ...]:
        """None: an equation is differentiated in one way."""
        return ()

    # -- the steps -------------------------------------------------------------------------------------------------

    @property
    def equation_found(self) -> Expression:
        """The equation to which the steps lead."""
        return related(self.asked.rate, "=", self.result)

    @cached_property
    def block(self) -> Block:
        """One block for each equation that is solved, then what is put in."""
        count = 0
        blocks: list[Step | Block] = []
        found = self.equation_found
        for each in self.isolated:
            items, count = self._block(each, count)
            ending = list(self.ending(count)) if each is self.isolated[-1] else []
            if len(self.isolated) == 1:
                return Block(self.problem, (Block(each.equation, (*items, *ending), found),), self.result)
            blocks.append(Block(each.equation, tuple(items), related(each.rate, "=", each.value)))
            if ending:
                blocks.append(Block(related(each.rate, "=", each.value), tuple(ending), found))
        return Block(self.problem, tuple(blocks), self.result)

    def _block(self, each: Isolated, count: int) -> tuple[list[Step | Block], int]:
        """The steps that find a rate from its equation, and the number of the last of them."""
        rate = each.rate
        opening = related(self.shown(each.sides[0].problem), "=", self.shown(each.sides[1].problem))
        items: list[Step | Block] = [self.equation_step("differentiate_both_sides", each.equation, opening, count + 1)]
        count += 1
        for side in each.sides:
            items.append(self._side(side, count))
            count += side.count
        found = tuple((self.shown(side.problem), self.shown(side.result)) for side in each.sides)
        items.append(self._step(rulebook()["put_together"], opening, each.differentiated, found))
        line = each.differentiated
        if not has_rate(line.args[0], rate):
            swapped = related(line.args[1], "=", line.args[0])
            items.append(self.equation_step("swap_sides", line, swapped, None))
            line = swapped
        for before, after in zip(line.args, each.opened.args, strict=True):
            if before is not after:
                count += 1
                items.append(self._step(rulebook()["multiply_out"], before, after, (), count))
        if each.moved is not each.opened:
            count += 1
            items.append(self.equation_step("move_terms", each.opened, each.moved, count))
        if each.gathered.args[0] is not each.moved.args[0]:
            before, after = each.moved.args[0], each.gathered.args[0]
            several = before.head == "sum"
            count += several
            items.append(self._step(rulebook()["take_out_common_factor" if several else "reorder_factors"], before,
                                    after, (), count if several else None))
        if each.factor is not ONE:
            count += 1
            items.append(self.equation_step("divide_both_sides", each.gathered, related(rate, "=", each.divided),
                                             count))
        items += self.tidying(each.divided)
        return items, count

    def _side(self, side: Derivation, count: int) -> Block:
        """How one side was differentiated, in the letters of the equation, with numbers that go on."""
        made: dict[Block, Block] = {}
        stack = [side.block]
        while stack:
            block = stack[-1]
            waiting = [item for item in block.items if isinstance(item, Block) and item not in made]
            if waiting:
                stack.extend(waiting)
                continue
            stack.pop()
            shown = [made[item] if isinstance(item, Block) else self._shown_step(item, count) for item in block.items]
            items = tuple([item for item in shown if isinstance(item, Block) or item.before is not item.after])
            made[block] = replace_fields(block, problem=self.shown(block.problem), items=items,
                                         result=self.shown(block.result))
        return made[side.block]

    def _shown_step(self, step: Step, count: int) -> Step:
        """A step in the letters of the equation. What numbers say of it stays what they say of unknown functions."""
        within = None if step.within is None else (self.shown(step.within[0]), self.shown(step.within[1]))
        return replace_fields(
            step, before=self.shown(step.before), after=self.shown(step.after), within=within,
            bindings={letter: self.shown(bound) for letter, bound in step.bindings.items()},
            assumptions=tuple(map(self.shown, step.assumptions)),
            replacements=tuple((self.shown(one), self.shown(other)) for one, other in step.replacements),
            number=None if step.number is None else step.number + count, compare=lambda _: step.check)

    def ending(self, count: int) -> Iterator[Step | Block]:
        """The rates that were found put into the one that is asked for, and then the values."""
        rate, line = self.asked.rate, related(self.asked.rate, "=", self.formula)
        if self.put_in is not self.formula:
            count += 1
            after = related(rate, "=", self.put_in)
            yield self.equation_step("rates_put_in", line, after, count)
            yield from self.tidying(self.put_in)
            line = related(rate, "=", self.joined)
        if (self.asked.places or self.asked.known) and self.without_slope is None:
            filled = self._filled(self.joined)
            if filled is not self.joined:
                yield self.equation_step("values_put_in", line, related(rate, "=", filled), count + 1)
                yield from self.tidying(filled)

    def tidying(self, start: Expression) -> Iterator[Step]:
        """The steps from an expression to its tidy form."""
        self.tidy(start)
        yield from self.told(tidying_told(start, self.tidy, self._algebra))

    def told(self, chain: Iterable[Told]) -> Iterator[Step]:
        """What is told of algebra, as steps."""
        for told in chain:
            before, after, *whole = map(rates_last, (told.before, told.after, told.whole_before, told.whole_after))
            if whole[0] is not whole[1]:  # else only rates were moved, which stand at the end here
                step = self._step(told.rule, before, after, ())
                yield replace_fields(step, bindings=told.bindings, assumptions=told.assumptions,
                                     within=None if whole == [before, after] else (whole[0], whole[1]))

    @cached_property
    def _algebra(self) -> Teller:
        return Teller(self.tidy.style)

    def equation_step(self, rule: str, before: Expression, after: Expression, number: int | None) -> Step:
        """A step from one equation to the next."""
        return self._step(rulebook()[rule], before, after, (), number)

    def _step(self, rule: Rule, before: Expression, after: Expression,
              replacements: tuple[tuple[Expression, Expression], ...], number: int | None = None) -> Step:
        def compare(step: Step) -> Check:
            if step.after.head != "relation":
                return self.compare_in_step(step.ready, step.after, step.assumptions)
            left, right = step.after.args
            if step.rule is rulebook()["values_put_in"]:
                return self.oracle.compare(self.at_values(left), self.at_values(right), step.assumptions)
            return self.compare_in_step(left, right, step.assumptions)

        bindings = bindings_of(rule, before, after, self.asked.by)
        return Step(rule, before, after, bindings, (), compare, number=number,
                    names=() if number is None else (rule,), replacements=replacements)

    # -- the check -------------------------------------------------------------------------------------------------

    @cached_property
    def meanings(self) -> dict[Expression, Expression]:
        """What each rate is, without a rule: where the two sides of an equation differ by D, and D stays as it is while
        the letters change, the rate of one of them follows from how D changes with each letter alone."""
        found: dict[Expression, Expression] = {}
        for each in self.isolated:
            left, right = each.equation.args
            apart = add(left, negate(right))
            changes: list[Expression] = []
            for letter in sorted(each.equation.free & (self.asked.depending | {self.asked.by.value})):
                rate = self.asked.rate_of(letter)
                if rate is not each.rate:
                    own = ONE if letter == self.asked.by.value else found.get(rate, _as_letter(rate))
                    changes.append(multiply(derivative(apart, name(letter)), own))
            found[each.rate] = divide(negate(add(*changes)), derivative(apart, each.rate.args[0]))
        return found

    def meaning(self, expression: Expression) -> Expression:
        """An expression with what its rates are; a rate that is given is a letter like any other."""
        for part in [part for part in postorder([expression]) if part.head == "derivative"]:
            body, by, _ = part.args
            if by is self.asked.by:  # along the equation, where other letters change, too
                along = [multiply(derivative(body, name(letter)), self.asked.rate_of(letter))
                         for letter in sorted(body.free & self.asked.depending)]
                expression = replace(expression, {part: add(part, *along)})
        changes = {part: self.meanings.get(part, _as_letter(part)) for part in postorder([expression])
                   if part.head == "rate"}
        return replace(expression, changes) if changes else expression

    def at_values(self, expression: Expression) -> Expression:
        """What an expression means where the letters and the rates have their values."""
        made = self.meaning(expression)
        known = {_as_letter(rate): self.meaning(value) for rate, value in self.asked.known.items()}
        places = {**known, **self.asked.places}
        for letter, value in (*reversed(self._lines_put_in.items()), *places.items()):
            made = node("at", (made, letter, value))
        return made

    def compare(self, left: Expression, right: Expression, assumptions: tuple[Expression, ...] = ()) -> Check:
        return self.oracle.compare(self.meaning(left), self.meaning(right), tuple(map(self.meaning, assumptions)))

    @cached_property
    def check(self) -> Check:
        """What numbers found for the rate as a whole."""
        if self.without_slope is not None:
            why = self.without_slope
            if self.has_no_slope:
                return Check("checked", 1, finding=why.template, parts=why.slots)
            return Check("undecided", 0, reason=why.template, parts=why.slots)
        return self.oracle.compare(self.at_values(self.asked.rate), self.at_values(self.result), self.assumptions)


def _as_letter(rate: Expression) -> Expression:
    """A letter for a rate that is given, or left as it is."""
    return name(str(rate))


def bindings_of(rule: Rule, before: Expression, after: Expression, by: Expression) -> dict[str, Expression]:
    """What the letters of a rule about an equation stand for, as far as its sentence names them."""
    if rule.name == "differentiate_both_sides":
        return dict(zip(rule.letters_met, (before.args[0], by, before.args[1]), strict=True))
    if rule.name == "divide_both_sides":
        rate, quotient = after.args
        return dict(zip(rule.letters_met, (rate, *quotient.args), strict=True))
    if rule.name == "move_terms":
        left, right = before.args
        moved = [term for term in terms(left) if term not in terms(after.args[0])]
        return dict(zip(rule.letters_met, (after.args[0], right, add(*moved)), strict=True))
    return {}


def solved_rate(problem: Expression, notes: tuple[Note, ...] = (), method: str = "") -> ImplicitRate | None:
    """The rate for which the statements of a problem ask; None where they are the lines of a graph. Raises TutorError
    where it cannot be found."""
    asked, second = rate_asked(problem), second_rate_asked(problem)
    if asked is None and second is None:
        return None
    if method:
        raise TutorError(f"The method {method} does not apply to an equation. Ask for the derivative of one side.")
    if second is not None:
        from tutor.derivation.second_rates import SecondRate  # first derivatives do without

        return SecondRate(second, str(problem), notes)
    assert asked is not None
    return ImplicitRate(asked, str(problem), notes)
