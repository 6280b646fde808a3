"""The backward pass over a graph: the slopes of a loss from the last line up to the inputs, as a derivation.

    found = slopes_of("z = w*x + b; a = sigmoid(z); L = (a - y)^2; grad_{w,b} L")
    found.result                    # (2*a*x*(1 - a)*(a - y), 2*a*(1 - a)*(a - y))
    found.checked                   # True: numbers agree with every step, see `Graph.meaning`
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace as replace_fields
from functools import cached_property
from itertools import count

from tutor.algebra.telling import Teller
from tutor.derivation.adjoints import Adjoint, Adjoints, LocalSlope
from tutor.derivation.blocks import tidying_told
from tutor.derivation.derivation import Derivation, derive_if_possible
from tutor.derivation.goal import Goal
from tutor.derivation.graph import graph_of
from tutor.derivation.points import without_places
from tutor.derivation.problem import read_problem
from tutor.derivation.simplified import simplified
from tutor.derivation.step import Block, Step
from tutor.errors import TutorError
from tutor.expression.notes import Note
from tutor.expression.tree import ONE, Expression, as_tuple, derivative, name, node, postorder, replace
from tutor.oracle.components import compare_components
from tutor.oracle.existence import empty_table, existence_of, holds_there
from tutor.oracle.verdict import Check
from tutor.rules.instance import chosen_instance
from tutor.rules.restate import shown_bindings
from tutor.rules.rule import Rule
from tutor.rules.rulebook import rulebook


class BackwardPass(Derivation):
    """How the slopes of a line of a graph were found, by the names that were asked for.

    places: what letters of the graph stand for, if the slopes are asked for at a point.
    """

    is_backward_pass = True

    def __init__(self, adjoints: Adjoints, places: Sequence[tuple[Expression, Expression]] = (),
                 notes: tuple[Note, ...] = ()) -> None:
        self.adjoints, self.graph, self.wanted = adjoints, adjoints.graph, adjoints.wanted
        self.places, self.tidy = dict(places), adjoints.tidy
        goals = {letter: self._goal(adjoints.adjoint(letter)) for letter in adjoints.order}
        problem = as_tuple(self._at_point(adjoints.adjoint(letter).rate) for letter in self.wanted)
        result = as_tuple(map(self.value, self.wanted))
        goal = Goal(problem, result, result, parts=tuple(goals.values()))
        super().__init__(problem, adjoints.solver, goal, notes, "")
        self.asked = as_tuple(adjoints.adjoint(letter).rate for letter in self.wanted)

    def _goal(self, adjoint: Adjoint) -> Goal:
        return Goal(adjoint.rate, adjoint.result, adjoint.joined, adjoint.instance,
                    tuple(slope.derivation.goal for slope in adjoint.slopes))

    def value(self, letter: str) -> Expression:
        """The slope of the loss by one name, at the places of its letters if these are given."""
        slope = self.adjoints.slope(letter)
        return self.tidy(self.with_values(slope)) if self.places else slope

    def _at_point(self, expression: Expression) -> Expression:
        for letter, value in self.places.items():
            expression = node("at", (expression, letter, value))
        return expression

    def with_values(self, expression: Expression) -> Expression:
        """An expression with the lines written out and the places of its letters put in."""
        return replace(self.graph.written_out(expression), self.places)

    # -- the steps -------------------------------------------------------------------------------------------------

    @cached_property
    def block(self) -> Block:
        """One block for each name, and one for each slope that is asked, with the slopes that it rests on put in."""
        numbers = count(1)
        blocks = [self._block(self.adjoints.adjoint(letter), next(numbers)) for letter in self.adjoints.order]
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
        if self.adjoints.start in postorder([instance.after]):
            found = (*found, (self.adjoints.start, ONE))
        if found:
            items.append(self._step(rulebook()["put_together"], instance.after, adjoint.joined, {}, found))
        items += self._tidying(adjoint.joined)
        return Block(adjoint.rate, tuple(items), adjoint.result)

    def _local_block(self, slope: LocalSlope) -> Block:
        """How the slope on one line was found: its steps belong to the line of the step that needs it."""
        line, variable = slope.rate.args
        right = self.graph.lines[line.value]
        rule = rulebook()["on_its_line"]
        ((letter, _),) = rule.definitions
        by_letter = rule.left.args[1].value
        looked = chosen_instance(rule, {rule.role("line"): line, by_letter: variable, letter: right}, self.fresh)
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
        ((called, says),) = rule.definitions
        for form, line in self.adjoints.names.items():
            named = replace(expression, {form: line})
            if named is not expression:
                step = self._step(rule, form, line, {says.value: form, called: line})
                yield replace_fields(step, within=(expression, named))
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
        adjoint, slope = self.adjoints.adjoint(letter), self.adjoints.slope(letter)
        if slope is not adjoint.result:
            found = {rate: value for rate, value in self.adjoints.found.items() if rate in postorder([adjoint.result])}
            items = list(self._filled(adjoint, found, next(numbers)))
            items += self._naming(items[-1].change[1])
            yield Block(adjoint.rate, tuple(items), slope)
        if self.places:
            problem = self._at_point(adjoint.rate)
            yield Block(problem, tuple(self._evaluated(problem, slope, next(numbers))), self.value(letter))

    def _filled(self, adjoint: Adjoint, found: Mapping[Expression, Expression], number: int) -> Iterator[Step]:
        joined = replace(adjoint.result, found)
        self.tidy(joined)
        rule = rulebook()["put_together"]
        yield replace_fields(self._step(rule, adjoint.rate, joined, {}, tuple(found.items())),
                             number=number, names=(rule,))
        yield from self._tidying(joined)

    def _evaluated(self, problem: Expression, slope: Expression, number: int) -> Iterator[Step]:
        filled = self.with_values(slope)
        self.tidy(filled)
        rule = rulebook()["evaluate_at" if len(self.places) == 1 else "evaluate_at_several"]
        yield replace_fields(self._step(rule, problem, filled, {
            rule.role("point"): as_tuple(self.places.values()), rule.letter("variable"): as_tuple(self.places)}),
            number=number, names=(rule,))
        yield from self._tidying(filled)

    def _step(self, rule: Rule, before: Expression, after: Expression, bindings: Mapping[str, Expression],
              replacements: tuple[tuple[Expression, Expression], ...] = (),
              assumptions: tuple[Expression, ...] = ()) -> Step:
        def compare(step: Step) -> Check:
            return self.compare_in_step(step.before, step.after, step.assumptions)

        return Step(rule, before, after, bindings, assumptions, compare, replacements=replacements)

    @cached_property
    def assumptions(self) -> tuple[Expression, ...]:
        """What was taken for granted where the slopes on the lines were found."""
        found = [relation for letter in self.adjoints.order for slope in self.adjoints.adjoint(letter).slopes
                 for relation in slope.derivation.assumptions]
        return simplified(found, self.tidy)

    @property
    def other_methods(self) -> tuple[str, ...]:
        """None: a graph is followed in one way."""
        return ()

    # -- the check -------------------------------------------------------------------------------------------------

    def compare(self, left: Expression, right: Expression, assumptions: tuple[Expression, ...] = ()) -> Check:
        """Ask numbers, which know no rules, whether two expressions agree; slopes are found by cutting the graph."""
        first, second, *assumed = self.graph.meaning((left, right, *assumptions))
        return compare_components(self.oracle.compare, first, second, tuple(assumed))

    @cached_property
    def check(self) -> Check:
        """What numbers found for the whole, and for the same slopes derived from the loss written out in one line."""
        found = self.compare(self.problem, self.result)
        for letter in self.wanted if found.outcome == "checked" else ():
            other = None if letter in self.graph.lines else derive_if_possible(
                derivative(self.graph.filled[name(self.adjoints.loss)], name(letter)))
            if other is not None and found.outcome == "checked":
                found = self.compare(other.result, self.adjoints.slope(letter))
        return found


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
    """The backward pass over the lines of a text: to the letters that its last statement asks for, as in grad_{w,b} L,
    or from its last line to every letter that no line defines. Raises TutorError if it cannot be read or solved."""
    reading = read_problem(text, of_graph=True)
    if reading.expression.head != "statements":
        raise TutorError("This is not a graph. Its lines have names, as in z = w*x + b; L = (z - y)^2.", text=text)
    return solved_on_graph(reading.expression, reading.notes)


def solved_on_graph(problem: Expression, notes: tuple[Note, ...] = (), method: str = "") -> BackwardPass:
    """A problem with lines before it, solved along these. Raises TutorError if a line cannot be differentiated."""
    if method:
        raise TutorError(f"The method {method} does not apply to the lines of a graph. Ask for a derivative on one of "
                         "them.")
    *lines, asked = problem.args
    targets = [without_places(each) for each in (asked.args if asked.head == "tuple" else (asked,))]
    rates = [rate for rate, _ in targets]
    adjoints = Adjoints(graph_of(lines, str(problem)), rates[0].args[0].value,
                        tuple(rate.args[1].value for rate in rates), [value for _, value in targets[0][1]])
    found = BackwardPass(adjoints, targets[0][1], notes)
    if found.places:
        _refuse_without_slope(found)
    return found


def _refuse_without_slope(found: BackwardPass) -> None:
    """Raise TutorError where there is no slope at the place that was given, which formulas alone do not show."""
    (asked,) = found.graph.meaning((found.problem,))
    for slope in asked.args if asked.head == "tuple" else (asked,):
        existence = None if slope.free else existence_of(slope)
        if existence is not None and existence.outcome != "exists":
            what = "There is no slope there" if existence.outcome == "missing" else "It could not be decided whether " \
                "there is a slope there"
            raise TutorError(f"{what}: {existence.text.written()}.")
    for relation in found.assumptions:
        there = found.with_values(relation)
        if holds_there(there, empty_table()) is False:
            raise TutorError(f"There the rules say nothing: they need {relation}, and that does not hold.")
