"""What was found with the lines of a graph put in, called by the names of these lines at the end.

    found = tutor.explain("p_i = e^(z_i)/sum_{j=1}^{n} e^(z_j); dp_i/dz_k")
    found.written_out               # e^z_i*(delta_{ik}*sum_{j=1}^{n} e^z_j - e^z_k)/(sum_{j=1}^{n} e^z_j)^2
    found.result                    # p_i*(delta_{ik} - p_k)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace as replace_fields
from functools import cached_property

from tutor.algebra.telling import Teller
from tutor.derivation.blocks import tidying_told
from tutor.derivation.derivation import Derivation
from tutor.derivation.graph import Graph, graph_of
from tutor.derivation.line_names import LineNames, Naming
from tutor.derivation.step import Block, Step
from tutor.expression.tree import Expression, replace
from tutor.oracle.verdict import Check

MOST_LINES = 30
"""Lines up to which their names are looked for in a result."""


class NamedDerivation(Derivation):
    """A derivation with the lines of a graph put in, and its result with their names.

    written_out: the result before that, in the inputs of the graph.
    """

    def __init__(self, derivation: Derivation, graph: Graph) -> None:
        super().__init__(derivation.problem, derivation.solver, derivation.goal, derivation.notes, derivation.method)
        self.graph, self.written_out = graph, self.result
        self.varying = _varying(self.problem)
        self.names = LineNames(graph, graph.lines, self.tidy, self.varying)
        self.named = self.names.put_in(self.written_out)
        self.result = self.written_out if self.named is self.written_out else self.tidy(self.named)

    @cached_property
    def block(self) -> Block:
        """The derivation with one more line, in which the names are put in."""
        found = super().block
        if self.result is self.written_out:
            return found
        steps = [*naming_steps(self.names.namings(self.written_out), self.written_out, self._step, self._tidying),
                 *self._tidying(self.named)]
        last = max([step.number or 0 for step in _steps_of(found)], default=0)
        steps[0] = replace_fields(steps[0], number=last + 1, names=(steps[0].rule,))
        return Block(found.problem, (*found.items, *steps), self.result)

    def _step(self, naming: Naming) -> Step:
        return Step(naming.rule, naming.form, naming.named, naming.bindings, (), self._compare_step)

    def _tidying(self, start: Expression) -> Iterator[Step]:
        self.tidy(start)
        for told in tidying_told(start, self.tidy, Teller(self.tidy.style)):
            whole = told.whole_before, told.whole_after
            yield Step(told.rule, told.before, told.after, told.bindings, told.assumptions, self._compare_step,
                       within=None if whole == (told.before, told.after) else whole)

    def _compare_step(self, step: Step) -> Check:
        return self.compare_in_step(self._put_in(step.ready), self._put_in(step.after),
                                    tuple(map(self._put_in, step.assumptions)))

    @cached_property
    def check(self) -> Check:
        """What the oracle found for the whole, with what the lines say for their names."""
        return self.compare_named(self.problem, self.result, self.assumptions)

    def compare_named(self, left: Expression, right: Expression, assumptions: tuple[Expression, ...] = ()) -> Check:
        """Ask numbers, which know no rules, whether two expressions agree; names of lines are what the lines say."""
        return self.compare(self._put_in(left), self._put_in(right), tuple(map(self._put_in, assumptions)))

    def _put_in(self, expression: Expression) -> Expression:
        """An expression with what the lines say, but not the line that is differentiated by."""
        return self.graph.written_out(expression, self.varying)


def _varying(problem: Expression) -> str:
    """The letter that a problem is differentiated by; "" where there is not one."""
    while problem.head == "at":
        problem = problem.args[0]
    return problem.args[1].value if problem.head == "derivative" else ""


def with_names(derivation: Derivation, lines: tuple[Expression, ...]) -> Derivation:
    """A derivation with the names of the lines for what they say: lists are called so in its result; where all lines
    are numbers, the result stays in the letters of the problem, and `in_names` has it with the names."""
    if derivation.unsolved is not None or not derivation.result.free or len(lines) > MOST_LINES:
        return derivation
    graph = graph_of(lines, "")
    named = NamedDerivation(derivation, graph)
    if graph.has_lists:
        return named
    if named.result.head != "name" and named.result.size < named.written_out.size and named.compare_named(
            named.written_out, named.result).outcome == "checked":
        derivation.in_names = named.result
    return derivation


def naming_steps(namings: Iterable[Naming], expression: Expression, step: Callable[[Naming], Step],
                 tidying: Callable[[Expression], Iterable[Step]]) -> Iterator[Step]:
    """The steps that call what lines say by the names of the lines. step: of one naming; tidying: the steps that tidy
    an expression."""
    for naming in namings:
        named = replace(expression, {naming.form: naming.named})
        yield replace_fields(step(naming), within=None if expression is naming.form else (expression, named))
        if naming.after is not named:
            yield from tidying(named)
        expression = naming.after


def _steps_of(root: Block) -> Iterator[Step]:
    stack: list[Step | Block] = [root]
    while stack:
        item = stack.pop()
        if isinstance(item, Step):
            yield item
        else:
            stack.extend(item.items)
