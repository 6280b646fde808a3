"""The backward pass over a graph: the slope of a loss by every name, from the last line up to the inputs.

    found = slopes_of("z = w*x + b; a = sigmoid(z); L = (a - y)^2; grad_{w,b} L")
    found.adjoint("z").result       # dL/da*a*(1 - a): in the slope by a, as a person writes it
    found.slope("z")                # 2*a*(1 - a)*(a - y): with that put in
    found.checked                   # True: numbers agree with every line

Each name has one goal, dL/dx. A rule of `graph.rules` opens it into the slopes by the lines that use x, which are found
already, and the slopes on those lines, which the solver finds like any other derivative.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace as replace_fields
from functools import cached_property
from itertools import count
from typing import NamedTuple

from tutor import limits
from tutor.algebra.telling import Teller
from tutor.derivation.blocks import tidying_told
from tutor.derivation.derivation import STANDARD, Derivation, derive, derive_if_possible
from tutor.derivation.graph import Graph, graph_of
from tutor.derivation.simplified import simplified
from tutor.derivation.problem import read_problem
from tutor.derivation.several import without_places
from tutor.derivation.solve import Solver
from tutor.derivation.step import Block, Step
from tutor.errors import TutorError
from tutor.expression.notes import Note
from tutor.expression.tree import ONE, Expression, derivative, name, node, postorder, replace
from tutor.notebook import Displayed
from tutor.oracle.verdict import Check, Oracle
from tutor.rules.instance import RuleInstance, chosen_instance
from tutor.rules.restate import shown_bindings
from tutor.rules.rule import Rule
from tutor.rules.rulebook import rulebook


class LocalSlope(NamedTuple):
    """∂v/∂x: what x does on the line of v. derivation: of the right side; result: with the names of lines for what they
    say."""

    rate: Expression
    derivation: Derivation
    result: Expression


class Adjoint(NamedTuple):
    """The slope of the loss by one name, dL/dx.

    instance: the rule that opens it; slopes: those on the lines that use x; joined: the right side with these in it;
    result: the same in tidy form. The slopes by the lines, such as dL/dz, stay open in both.
    """

    rate: Expression
    instance: RuleInstance
    slopes: tuple[LocalSlope, ...]
    joined: Expression
    result: Expression


class BackwardPass(Displayed):
    """The slopes of a loss, a line of the graph, by the names that are wanted.

    places: what letters of the graph stand for, if the slopes are asked for at a point; notes: how doubtful things in
    the text were read.
    """

    def __init__(self, graph: Graph, loss: str, wanted: tuple[str, ...],
                 places: Sequence[tuple[Expression, Expression]] = (), notes: tuple[Note, ...] = ()) -> None:
        self.graph, self.loss, self.wanted = graph, loss, wanted
        self.places, self.notes = dict(places), notes
        self.solver = Solver(node("statements", (*graph.statements, *self.places.values())), STANDARD)
        self.tidy = self.solver.tidy
        self.names = {form: name(line) for line, right in graph.lines.items() if right.args
                      for form in (right, self.tidy(right))}
        self._adjoints: dict[str, Adjoint] = {}
        self._slopes: dict[str, Expression] = {}
        self._oracle = Oracle()

    # -- the slopes ------------------------------------------------------------------------------------------------

    @cached_property
    def order(self) -> tuple[str, ...]:
        """The names by which slopes are found: the loss, the lines between it and what is wanted, and that."""
        between = [line for line in reversed(self.graph.lines)
                   if line in self.graph.reaching(self.loss)
                   and not self.graph.reaching(line).isdisjoint(self.wanted)]
        return tuple(dict.fromkeys((self.loss, *between, *self.wanted)))

    def adjoint(self, letter: str) -> Adjoint:
        """The slope of the loss by one name, in the slopes by the lines that use it."""
        if letter not in self._adjoints:
            self._adjoints[letter] = self._adjoint(letter)
        return self._adjoints[letter]

    def _adjoint(self, letter: str) -> Adjoint:
        rate = node("rate", (name(self.loss), name(letter)), "d")
        if letter == self.loss:
            start = chosen_instance(rulebook()["starts_at_one"], {"L": name(letter)}, self.solver.fresh)
            return Adjoint(rate, start, (), start.after, start.after)
        users = self.graph.users(letter, self.loss)
        rule = next(rule for rule in rulebook().values() if rule.uses is not None and rule.uses.fits(len(users)))
        lines = tuple(map(name, users))
        by_lines = {rule.uses.letter: lines[0] if rule.uses.how_many == "the only" else lines} if lines else {}
        opened = chosen_instance(rule, {"x": name(letter), "L": name(self.loss), **by_lines}, self.solver.fresh)
        slopes = tuple(self._local_slope(line, name(letter)) for line in lines)
        joined = replace(opened.after, {slope.rate: slope.result for slope in slopes} | {self._start: ONE})
        return Adjoint(rate, opened, slopes, joined, self.tidy(joined))

    @cached_property
    def _start(self) -> Expression:
        """dL/dL, which is 1."""
        return node("rate", (name(self.loss), name(self.loss)), "d")

    def without_start(self, expression: Expression) -> Expression:
        """An expression with 1 for dL/dL."""
        return replace(expression, {self._start: ONE})

    def _local_slope(self, line: Expression, variable: Expression) -> LocalSlope:
        problem = derivative(self.graph.lines[line.value], variable, symbol="∂")
        derivation = Derivation(problem, self.solver, self.solver.solve(problem), (), "")
        return LocalSlope(node("rate", (line, variable), "∂"), derivation, replace(derivation.result, self.names))

    def slope(self, letter: str) -> Expression:
        """The slope of the loss by one name, written with the names of lines and inputs only."""
        for each in self.order:
            if each not in self._slopes:
                found = self.adjoint(each)
                self._slopes[each] = replace(self.tidy(replace(found.result, self._found)), self.names)
            if each == letter:
                break
        return self._slopes[letter]

    @property
    def _found(self) -> dict[Expression, Expression]:
        """The slopes found so far, by what they are called."""
        return {self._adjoints[letter].rate: slope for letter, slope in self._slopes.items()}

    @cached_property
    def problem(self) -> Expression:
        """What is asked: the one slope, or all of them as a tuple."""
        return self.listed(self._at_point(self.adjoint(letter).rate) for letter in self.wanted)

    @cached_property
    def asked(self) -> Expression:
        """The same without the places of the letters."""
        return self.listed(self.adjoint(letter).rate for letter in self.wanted)

    @cached_property
    def result(self) -> Expression:
        """What was found for it."""
        return self.listed(map(self.value, self.wanted))

    def value(self, letter: str) -> Expression:
        """The slope of the loss by one name, at the places of its letters if these are given."""
        slope = self.slope(letter)
        return self.tidy(self._with_values(slope)) if self.places else slope

    @staticmethod
    def listed(parts: Iterable[Expression]) -> Expression:
        """The one part, or all of them as a tuple."""
        first, *others = parts
        return node("tuple", (first, *others)) if others else first

    def _at_point(self, expression: Expression) -> Expression:
        for letter, value in self.places.items():
            expression = node("at", (expression, letter, value))
        return expression

    def _with_values(self, expression: Expression) -> Expression:
        """An expression with the lines written out and the places of its letters put in."""
        return replace(self.graph.written_out(expression), self.places)

    # -- the steps -------------------------------------------------------------------------------------------------

    @cached_property
    def block(self) -> Block:
        """One block for each name, and one for each slope that is asked, with the slopes that it rests on put in."""
        numbers = count(1)
        blocks = [self._block(self.adjoint(letter), next(numbers)) for letter in self.order]
        blocks += [ending for letter in self.wanted for ending in self._endings(letter, numbers)]
        return Block(self.problem, tuple(blocks), self.result)

    def _block(self, adjoint: Adjoint, number: int) -> Block:
        instance = adjoint.instance
        used = (rule for slope in adjoint.slopes for rules in slope.derivation.rules_of_lines for rule in rules)
        names = (instance.rule, *dict.fromkeys(
            rule for rule in used if "derivative" in rule.tags and "linear" not in rule.tags))
        items: list[Step | Block] = [replace_fields(
            self._step(instance.rule, adjoint.rate, instance.after, shown_bindings(instance.rule, instance.bindings)),
            number=number, names=names)]
        items += [self._local_block(slope) for slope in adjoint.slopes]
        found = tuple((slope.rate, slope.result) for slope in adjoint.slopes)
        if self._start in postorder([instance.after]):
            found = (*found, (self._start, ONE))
        if found:
            items.append(self._step(rulebook()["put_together"], instance.after, adjoint.joined, {}, found))
        items += self._tidying(adjoint.joined)
        return Block(adjoint.rate, tuple(items), adjoint.result)

    def _local_block(self, slope: LocalSlope) -> Block:
        """How the slope on one line was found: its steps belong to the line of the step that needs it."""
        line, variable = slope.rate.args
        right = self.graph.lines[line.value]
        looked = chosen_instance(rulebook()["on_its_line"], {"v": line, "x": variable, "f": right}, self.solver.fresh)
        items: list[Step | Block] = [self._step(looked.rule, slope.rate, looked.after,
                                                shown_bindings(looked.rule, looked.bindings))]
        items.append(replace_fields(_unnumbered(slope.derivation.block), folded=True))
        found = slope.derivation.result
        items.append(self._step(rulebook()["put_together"], looked.after, found, {}, ((looked.after, found),)))
        items += self._naming(found)
        return Block(slope.rate, tuple(items), slope.result, folded=True)

    def _naming(self, expression: Expression) -> Iterator[Step]:
        """The steps that call what lines say by the names of the lines."""
        rule = rulebook()["by_its_name"]
        for form, line in self.names.items():
            named = replace(expression, {form: line})
            if named is not expression:
                yield replace_fields(self._step(rule, form, line, {"f": form, "v": line}), within=(expression, named))
                expression = named

    def _tidying(self, start: Expression) -> Iterator[Step]:
        for told in tidying_told(start, self.tidy, self._algebra):
            whole = told.whole_before, told.whole_after
            yield replace_fields(self._step(told.rule, told.before, told.after, told.bindings, (), told.assumptions),
                                 within=None if whole == (told.before, told.after) else whole)

    @cached_property
    def _algebra(self) -> Teller:
        return Teller(self.tidy.style)

    def _endings(self, letter: str, numbers: Iterator[int]) -> Iterator[Block]:
        """The slopes by the lines put into one that is asked for, and then the places of the letters."""
        adjoint, slope = self.adjoint(letter), self.slope(letter)
        if slope is not adjoint.result:
            found = {rate: value for rate, value in self._found.items() if rate in postorder([adjoint.result])}
            items = list(self._filled(adjoint.result, found, next(numbers)))
            items += self._naming(items[-1].change[1])
            yield Block(adjoint.rate, tuple(items), slope)
        if self.places:
            yield Block(self._at_point(adjoint.rate), tuple(self._evaluated(slope, next(numbers))), self.value(letter))

    def _filled(self, before: Expression, found: Mapping[Expression, Expression], number: int) -> Iterator[Step]:
        joined = replace(before, found)
        self.tidy(joined)
        rule = rulebook()["put_together"]
        yield replace_fields(self._step(rule, before, joined, {}, tuple(found.items())), number=number, names=(rule,))
        yield from self._tidying(joined)

    def _evaluated(self, slope: Expression, number: int) -> Iterator[Step]:
        filled = self._with_values(slope)
        self.tidy(filled)
        rule = rulebook()["evaluate_at"]
        yield replace_fields(self._step(rule, self._at_point(slope), filled, {}), number=number, names=(rule,))
        yield from self._tidying(filled)

    def _step(self, rule: Rule, before: Expression, after: Expression, bindings: Mapping[str, Expression],
              replacements: tuple[tuple[Expression, Expression], ...] = (),
              assumptions: tuple[Expression, ...] = ()) -> Step:
        return Step(rule, before, after, bindings, assumptions,
                    lambda step: self.compare(step.before, step.after, step.assumptions), replacements=replacements)

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """All steps in reading order."""
        found: list[Step] = []
        stack: list[Step | Block] = [self.block]
        while stack:
            item = stack.pop()
            if isinstance(item, Step):
                found.append(item)
            elif not item.again:
                stack.extend(reversed(item.items))
        return tuple(found)

    @cached_property
    def assumptions(self) -> tuple[Expression, ...]:
        """What was taken for granted where the slopes on the lines were found."""
        found = [relation for letter in self.order for slope in self.adjoint(letter).slopes
                 for relation in slope.derivation.assumptions]
        return simplified(found, self.tidy)

    @property
    def too_long(self) -> str:
        """Why the steps are not told, in a sentence; "" where they are."""
        if len(self.steps) <= limits.STEPS_TOLD:
            return ""
        return (f"There are more than {limits.STEPS_TOLD:,} steps, too many to show and check one by one. Try a "
                "smaller graph to see them.")

    @property
    def rules_of_lines(self) -> tuple[tuple[Rule, ...], ...]:
        """The rules that name each numbered line, in the order of the lines."""
        return tuple(step.names for step in self.steps if step.names)

    @property
    def count(self) -> int:
        """How many lines are numbered."""
        return sum(1 for step in self.steps if step.number is not None)

    # -- the check -------------------------------------------------------------------------------------------------

    def compare(self, left: Expression, right: Expression, assumptions: tuple[Expression, ...] = ()) -> Check:
        """Ask numbers, which know no rules, whether two expressions agree; slopes are found by cutting the graph."""
        first, second, *assumed = self.graph.meaning((left, right, *assumptions))
        sides = [each.args if each.head == "tuple" else (each,) for each in (first, second)]
        checks = [self._oracle.compare(*each, assumed) for each in zip(*sides, strict=True)]
        return next((check for check in checks if check.outcome != "checked"), checks[0])

    @cached_property
    def check(self) -> Check:
        """What numbers found for the whole, and for the same slopes derived from the loss written out in one line."""
        found = self.compare(self.problem, self.result)
        for letter in self.wanted if found.outcome == "checked" else ():
            other = None if letter in self.graph.lines else derive_if_possible(
                derivative(self.graph.filled[name(self.loss)], name(letter)))
            if other is not None and found.outcome == "checked":
                found = self.compare(other.result, self.slope(letter))
        return found

    @property
    def checked(self) -> bool | None:
        """True if the whole and every step were found right, False if one was refuted, None if one is undecided."""
        outcomes = {self.check.outcome, *(step.check.outcome for step in self.steps)}
        return False if "refuted" in outcomes else None if "undecided" in outcomes else True


def _unnumbered(root: Block) -> Block:
    """A block whose steps are those of a line that has its number already."""
    made: dict[Block, Block] = {}
    stack = [root]
    while stack:
        block = stack[-1]
        waiting = [item for item in block.items if isinstance(item, Block) and item not in made]
        if waiting:
            stack.extend(waiting)
            continue
        stack.pop()
        made[block] = replace_fields(block, items=tuple([
            made[item] if isinstance(item, Block) else replace_fields(item, number=None, place=None, names=())
            for item in block.items]))
    return made[root]


def slopes_of(text: str) -> BackwardPass:
    """The backward pass over the lines of a text: to what its last statement asks for, as grad_{w,b} L does, or from its
    last line to every letter that no line defines. Raises TutorError if it cannot be read or solved."""
    reading = read_problem(text, of_graph=True)
    found = solved(reading.expression, reading.notes)
    if isinstance(found, BackwardPass):
        return found
    raise TutorError("This is not a graph. Its lines have names, as in z = w*x + b; L = (z - y)^2.", text=text)


def solved(problem: Expression, notes: tuple[Note, ...] = (), method: str = "") -> Derivation | BackwardPass:
    """A problem solved by the rules: on a graph, if it has lines, else as one derivation. Raises what `derive` does."""
    if problem.head != "statements":
        return derive(problem, notes, method)
    if method:
        raise TutorError(f"The method {method} does not apply to the lines of a graph. Ask for the derivative on one of "
                         "them.")
    *lines, asked = problem.args
    targets = [without_places(each) for each in (asked.args if asked.head == "tuple" else (asked,))]
    rates = [rate for rate, _ in targets]
    return BackwardPass(graph_of(lines, str(problem)), rates[0].args[0].value,
                        tuple(rate.args[1].value for rate in rates), targets[0][1], notes)
