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
from types import MappingProxyType

from tutor import limits
from tutor.algebra.signs import holds
from tutor.algebra.telling import Teller
from tutor.derivation.adjoints import Adjoint, Adjoints, LocalSlope
from tutor.derivation.blocks import tidying_told
from tutor.derivation.derivation import Derivation, derive_if_possible
from tutor.derivation.goal import Goal
from tutor.derivation.graph import graph_of, with_indices
from tutor.derivation.line_names import Naming
from tutor.derivation.named import naming_steps
from tutor.derivation.points import without_places
from tutor.derivation.problem import read_problem
from tutor.derivation.several import GRAPH, WRITTEN_OUT
from tutor.derivation.simplified import simplified
from tutor.derivation.step import Block, Step
from tutor.errors import TutorError, refused
from tutor.expression.notes import Note
from tutor.expression.relations import related
from tutor.expression.tree import ONE, Expression, as_tuple, derivative, name, node, postorder, replace
from tutor.oracle.components import compare_components
from tutor.oracle.cuts import Cuts
from tutor.oracle.existence import empty_table, existence_of, holds_there
from tutor.oracle.verdict import Check
from tutor.rules.instance import chosen_instance
from tutor.rules.restate import shown_bindings
from tutor.rules.rule import Rule
from tutor.rules.rulebook import rulebook

_DERIVED_TWICE = 5_000
"""The size of the loss written out, for all slopes, up to which they are also derived without the graph."""


_FEW_KINKS = 4
"""Parts with kinks up to which a graph is looked at in every piece between them; of more there are too many pieces."""


class BackwardPass(Derivation):
    """How the slopes of a line of a graph were found, by the names that were asked for.

    places: what letters of the graph stand for, if the slopes are asked for at a point; lists: where every part of a
    list has a line or an input of its own, the lists with the names of their parts: x = (x_1, x_2).
    """

    is_backward_pass = True
    most_steps = limits.STEPS_OF_A_GRAPH

    def __init__(self, adjoints: Adjoints, places: Sequence[tuple[Expression, Expression]] = (),
                 notes: tuple[Note, ...] = (), lists: Mapping[str, Expression] = MappingProxyType({})) -> None:
        self.lists = lists
        self.adjoints, self.graph, self.wanted = adjoints, adjoints.graph, adjoints.wanted
        self.places, self.tidy = dict(places), adjoints.tidy
        goals = {letter: self._goal(adjoints.adjoint(letter)) for letter in adjoints.order}
        problem = as_tuple(self._at_point(adjoints.adjoint(letter).rate) for letter in self.wanted)
        result = as_tuple(map(self.value, self.wanted))
        goal = Goal(problem, result, result, parts=tuple(goals.values()))
        super().__init__(problem, adjoints.solver, goal, notes, "")
        self.oracle = adjoints.oracle
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
        blocks += [ending for letter in self.adjoints.order if letter in self.wanted or self._rests_on_given(letter)
                   for ending in self._endings(letter, numbers)]
        return Block(self.problem, tuple(blocks), self.result)

    def _block(self, adjoint: Adjoint, number: int) -> Block:
        instance = adjoint.instance
        used = (rule for slope in adjoint.slopes for rules in slope.derivation.rules_of_lines for rule in rules)
        names = (instance.rule, *dict.fromkeys(each.rule for each in adjoint.over_parts), *dict.fromkeys(
            rule for rule in used if "derivative" in rule.tags and "linear" not in rule.tags))
        items: list[Step | Block] = [replace_fields(
            self._step(instance.rule, adjoint.rate, instance.after, shown_bindings(instance.rule, instance.bindings)),
            number=number, names=names)]
        items += self._over_parts(adjoint)
        items += [self._local_block(slope) for slope in adjoint.slopes]
        found = tuple((slope.rate, slope.result) for slope in adjoint.slopes)
        if self.adjoints.start in postorder([adjoint.opened]):
            found = (*found, (self.adjoints.start, ONE))
        if found:
            items.append(self._step(rulebook()["put_together"], adjoint.opened, adjoint.joined, {}, found))
        items += self._tidying(adjoint.joined)
        return Block(adjoint.rate, tuple(items), adjoint.result)

    def _over_parts(self, adjoint: Adjoint) -> Iterator[Step]:
        """The steps that say what the chain rule means for lines that are lists."""
        whole = adjoint.instance.after
        for each in adjoint.over_parts:
            opened = replace(whole, {each.before: each.after})
            step = self._step(each.rule, each.before, each.after, shown_bindings(each.rule, each.bindings))
            yield replace_fields(step, within=None if whole is each.before else (whole, opened))
            whole = opened

    def _local_block(self, slope: LocalSlope) -> Block:
        """How the slope on one line was found: its steps belong to the line of the step that needs it."""
        line, variable = slope.rate.args
        right = self.graph.says(line)
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
        def step(naming: Naming) -> Step:
            return self._step(naming.rule, naming.form, naming.named, naming.bindings)

        return naming_steps(self.adjoints.names.namings(expression), expression, step, self._tidying)

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
            found = self.adjoints.found_in(adjoint.result)
            items = list(self._filled(adjoint, found, next(numbers)))
            items += self._naming(items[-1].change[1])
            items += self._tidying(items[-1].change[1])
            items += self._given(items[-1].change[1])
            yield Block(adjoint.rate, tuple(items), slope)
        if self.places and letter in self.wanted:
            problem = self._at_point(adjoint.rate)
            yield Block(problem, tuple(self._evaluated(problem, slope, next(numbers))), self.value(letter))

    def _rests_on_given(self, letter: str) -> bool:
        """Whether what is given is needed for the slope by one name itself, so that it has to be told."""
        return bool(self.graph.given and self.adjoints.given_in(self.adjoints.before_given(letter)))

    def _given(self, expression: Expression) -> Iterator[Step]:
        """The steps that put in what is given."""
        rule = rulebook()["as_given"]
        for form, value in self.adjoints.given_in(expression).items():
            put_in = replace(expression, {form: value})
            letters = dict(zip((rule.left.value, rule.right.value), (form, value), strict=True))
            yield replace_fields(self._step(rule, form, value, letters, (), (related(form, "=", value),)),
                                 within=None if form is expression else (expression, put_in))
            expression = put_in
        yield from self._tidying(expression)

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
        """What was taken for granted where the slopes on the lines were found, unless the lines show that it holds, as
        for the logarithm of what softmax gives."""
        found = [relation for letter in self.adjoints.order for slope in self.adjoints.adjoint(letter).slopes
                 for relation in slope.derivation.assumptions]
        return (*dict.fromkeys(self._in_own_indices(relation) for relation in simplified(found, self.tidy)
                               if holds(self.graph.written_out(relation)) is not True), *self.given)

    def _in_own_indices(self, relation: Expression) -> Expression:
        """What is said of every part of a list, with the index that the list has on the lines."""
        part = next((each for each in postorder([relation]) if each.head == "indexed"), None)
        own = () if part is None else self.graph.part(part.value).args
        if part is None or len({*part.args}) < len(own) or any(index.head != "name" for index in part.args) or not (
                relation.free.isdisjoint({index.value for index in own} - {index.value for index in part.args})):
            return relation
        return with_indices(relation, part.args, own)

    @cached_property
    def given(self) -> tuple[Expression, ...]:
        """What is given of sums and was made use of."""
        return self.graph.given if any(map(self._rests_on_given, self.adjoints.order)) else ()

    @property
    def other_methods(self) -> tuple[str, ...]:
        """The lines can be put into one another, unless they are lists or it is the slope by one of them that is
        asked for."""
        return () if self.graph.has_lists or self.graph.lines.keys() & set(self.wanted) else (WRITTEN_OUT,)

    # -- the check -------------------------------------------------------------------------------------------------

    def compare(self, left: Expression, right: Expression, assumptions: tuple[Expression, ...] = ()) -> Check:
        """Ask numbers, which know no rules, whether two expressions agree; slopes are found by cutting the graph."""
        def in_graph(first: Expression, second: Expression, assumed: tuple[Expression, ...]) -> Check:
            at_points = self.cuts.compare(first, second, assumed, self.oracle.points())
            if at_points is not None and not 0 < len(self.cuts.kinks) <= _FEW_KINKS:
                return at_points
            everywhere = self.graph.compare(self.oracle.compare, (first, second, *assumed))
            return at_points if at_points is not None and everywhere.outcome == "undecided" else everywhere

        found = compare_components(in_graph, left, right, assumptions)
        if self.graph.given and found.outcome != "checked":  # what holds anyway does not need what is given
            found = compare_components(in_graph, left, right, (*assumptions, *self.graph.given))
        return found

    @cached_property
    def cuts(self) -> Cuts:
        """The lines on the way to the loss, to be cut at points where nothing has to be written out."""
        on_the_way = self.graph.reaching(self.adjoints.loss)
        return Cuts({line: right for line, right in self.graph.lines.items() if line in on_the_way})

    @cached_property
    def check(self) -> Check:
        """What numbers found for the whole, and for the same slopes derived from the loss written out in one line,
        where that is short and has few kinks."""
        found = self.compare(self.problem, self.result)
        size = self.graph.filled[name(self.adjoints.loss)].size * len(self.wanted)
        is_short = size <= _DERIVED_TWICE and len(self.cuts.kinks) <= _FEW_KINKS
        for letter in self.wanted if found.outcome == "checked" and is_short else ():
            other = None if letter in self.graph.lines else derive_if_possible(
                derivative(self.graph.filled[name(self.adjoints.loss)], self.adjoints.part(letter)))
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
    reading = read_problem(text, of_graph=True, method=GRAPH)
    if reading.expression.head != "statements":  # ∂L/∂w on one line is the derivative of that line
        raise refused(text, "∂ looks at one line alone. For the slope along all lines, type d in place of ∂.")
    return solved_on_graph(reading.expression, reading.notes)


def solved_on_graph(problem: Expression, notes: tuple[Note, ...] = (), method: str = "") -> BackwardPass:
    """A problem with lines before it, solved along these. Raises TutorError if a line cannot be differentiated."""
    if method:
        raise TutorError(f"The method {method} does not apply to the lines of a graph. Ask for a derivative on one of "
                         "them.")
    *lines, asked = problem.args
    targets = [without_places(each) for each in (asked.args if asked.head == "tuple" else (asked,))]
    rates = [rate for rate, _ in targets]
    graph = graph_of(lines, str(problem))
    for letter in [rate.args[1].value for rate in rates]:
        if letter not in graph.lines and letter not in graph.inputs:
            raise TutorError(f"{letter} stands on none of the lines, so there is no slope to find by it.")
    adjoints = Adjoints(graph, rates[0].args[0].value, tuple(rate.args[1] for rate in rates),
                        [value for _, value in targets[0][1]])
    found = BackwardPass(adjoints, targets[0][1], notes)
    if found.places:
        _refuse_without_slope(found)
    return found


class NoSlope(TutorError):
    """There is no slope at the place that is asked for."""


def _refuse_without_slope(found: BackwardPass) -> None:
    """Raise NoSlope where there is no slope at the place that was given, which formulas alone do not show; TutorError
    if that cannot be decided."""
    (asked,) = found.graph.meaning((found.problem,))
    for slope in asked.args if asked.head == "tuple" else (asked,):
        existence = None if slope.free else existence_of(slope)
        if existence is not None and existence.outcome != "exists":
            if existence.outcome == "missing":
                raise NoSlope(f"There is no slope there: {existence.text.written()}.")
            raise TutorError(f"It could not be decided whether there is a slope there: {existence.text.written()}.")
    for relation in found.assumptions:
        there = found.with_values(relation)
        if holds_there(there, empty_table()) is False:
            raise TutorError(f"There the rules say nothing: they need {relation}, and that does not hold.")
