"""Three checks that every rule has to pass; nobody has to write a test for it.

It fires on its examples; its statement prints back to itself; it is sound, also with its letters replaced by other
expressions that obey its conditions. A misconception has to be wrong instead: the oracle refutes each of its examples.
Here, above both, the rules meet the oracle, which knows none of them.

    [verdict.passed for verdict in check_rule(rulebook()["product"])]
    instance(misconceptions()["cos_sign"], parse("d/dx [cos(x)]")).check.sentence
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice, product
from typing import TYPE_CHECKING, NamedTuple

from tutor.algebra.decide import Tidy
from tutor.algebra.signs import holds
from tutor.algebra.telling import Teller, instance_in
from tutor.algebra.terms import Style
from tutor.derivation.antiderivatives import comparable
from tutor.derivation.backward import solved_on_graph
from tutor.derivation.derivation import derive
from tutor.derivation.explained import explained
from tutor.derivation.matrices import as_matrices
from tutor.derivation.ratio import ratio, work_out
from tutor.derivation.survey import fresh_letter
from tutor.derivation.updates import compared
from tutor.derivation.wrong_paths import wrong_paths
from tutor.errors import TutorError
from tutor.expression.functions import functions_of, with_functions
from tutor.expression.lists import free_indices, shapes
from tutor.expression.parse import parse, read_back
from tutor.expression.tree import (
    ONE,
    E,
    Expression,
    add,
    indexed,
    multiply,
    name,
    names_in_order,
    negate,
    node,
    number,
    postorder,
    substitute,
)
from tutor.expression.write import write
from tutor.oracle.matrices import component_of
from tutor.oracle.verdict import Check, Oracle
from tutor.rules.building import Bindings, listed_letter
from tutor.rules.conditions import refers_to
from tutor.rules.instance import instance_of
from tutor.rules.match import CompiledRule, compile_rule
from tutor.rules.restate import bounds_of
from tutor.rules.rule import Rule

if TYPE_CHECKING:
    from tutor.derivation.equations import SolvedEquation

INSTANCES = 12
"""Random instances per rule."""

# What letters are replaced by. They are varied, so that a missing condition, a lost sign or swapped letters show.
_EXPRESSIONS = [parse(text) for text in (
    "x^2 + 1", "sin(x)", "e^x + 2", "3*x - 4", "sqrt(x^2 + 2)", "x", "x^3 - x", "ln(x^2 + 3)", "1/(x^2 + 1)", "5", "-x",
    "x*cos(x)", "x/3 + 2",
)]
_CONSTANTS = [parse(text) for text in ("2", "3", "a", "1/2", "5", "-2", "a + 1", "4", "-1/3", "2/5")]
_NUMBERS = [number(value) for value in (2, 3, 4)]
_CASES = [parse("{x if x < 1; 2 if 1 < x <= 2; 3 otherwise}"), parse("{x if x^2 > 3; 1 if a < x; 5 if x < a}")]
"""Of these only the conditions count."""
_SCHEMAS = [(parse(text), 0) for text in ("sin(x)", "x^3", "ln(x)", "sqrt(x)", "exp(x)", "atan(x)")] + [
    (parse("2^x"), 1), (parse("e^x"), 1), (parse("a^x"), 1)]


class Verdict(NamedTuple):
    """One answer: which question, on what, whether it is right (None: undecided), and what was found."""

    question: str
    subject: str
    passed: bool | None
    finding: str


class Instance(NamedTuple):
    """What a rule says of a part of an example, and what the oracle found about it.

    left, right: the rule with its letters filled in; assumptions: the relations that it takes for granted; compared:
    the two sides as the oracle had them, which are derivatives where the equation holds up to a constant.
    """

    left: Expression
    right: Expression
    assumptions: tuple[Expression, ...]
    compared: tuple[Expression, Expression]
    check: Check


def questions(rule: Rule) -> tuple[str, str, str]:
    """The questions that a rule of this kind has to answer."""
    return ("fires", "prints back", "refuted" if rule.kind == "misconception" else "sound")


def is_executed(rule: Rule) -> bool:
    """Whether its examples are problems that are solved with it.

    Those of misconceptions, of integrals (other than the computed rules), and of rules that restore a function at the
    end of another method, or only say what is known, are not; of algebra, an example is an expression that the rule
    fits, or an equation that it tells.
    """
    if rule.kind != "rule" or rule.solves or is_algebra(rule) or not {
            "restoring", "no_formula", "reading", "descent", "one_formula"}.isdisjoint(rule.tags):
        return False
    return rule.computed or "integral" not in rule.tags


def is_algebra(rule: Rule) -> bool:
    return "tidy" in rule.tags and (not rule.computed or "calculation" in rule.tags)


def check_rule(rule: Rule) -> Iterator[Verdict]:
    """Every answer of one rule."""
    if "descent" in rule.tags:
        yield from _of_a_step(rule)
        return
    for example in rule.examples:
        yield fires(rule, example)
    yield prints_back(rule)
    if rule.kind == "misconception":
        for example in rule.examples:
            yield refuted(rule, example)
    else:
        yield from sound(rule)


def _of_a_step(rule: Rule) -> Iterator[Verdict]:
    """A rule for a step of descent is compared with the steps that are made by numbers alone."""
    yield prints_back(rule)
    for example in rule.examples:
        yield Verdict("fires", str(example), True, "")
        found = compared(rule, example)
        is_same = found.made == found.computed
        if rule.kind == "misconception":
            words = "the left side " + ("is the right side" if is_same else "is not the right side")
            yield Verdict("refuted", str(found.equation), not is_same, words)
        else:
            yield Verdict("sound", str(found.equation), is_same, "")


def passed(rule: Rule, verdicts: Sequence[Verdict]) -> bool | None:
    """False if an answer is wrong, None if a question has no answer that is right, else True."""
    if any(verdict.passed is False for verdict in verdicts):
        return False
    answered = {verdict.question for verdict in verdicts if verdict.passed}
    return True if answered == set(questions(rule)) else None


def fires(rule: Rule, example: Expression) -> Verdict:
    """Whether the rule is executed when its example is solved; for one that is not used: whether it fits there."""
    if rule.solves:
        fired = any(step.rule.name == rule.name for step in solved_example(example).steps)
        return Verdict("fires", str(example), fired, "" if fired else "the rule was not used")
    if not is_executed(rule):
        fitted = instance(rule, example) is not None
        return Verdict("fires", str(example), fitted, "" if fitted else "the left side does not match anything in it")
    try:
        derivation = explained(example, method=rule.name if "method" in rule.tags else "")
    except TutorError as error:
        return Verdict("fires", str(example), False, str(error))
    fired = any(step.rule.name == rule.name for step in derivation.steps)
    return Verdict("fires", str(example), fired, "" if fired else "the rule was not used")


def solved_example(example: Expression) -> SolvedEquation:
    """The example of a rule for equations, solved for its x, or else for its first letter."""
    from tutor.derivation.equations import solve  # derivatives do without

    return solve(example, name("x") if "x" in example.free else names_in_order(example)[0])


def refuted(rule: Rule, example: Expression) -> Verdict:
    """Whether the oracle says that a misconception is wrong on its example."""
    found = instance(rule, example)
    if found is None:
        return Verdict("refuted", str(example), False, "the left side does not match anything in it")
    passed = {"refuted": True, "checked": False}.get(found.check.outcome)
    return Verdict("refuted", "{} = {}".format(*found.compared), passed, found.check.sentence)


def instance(rule: Rule, example: Expression) -> Instance | None:
    """The rule applied to the innermost part of the example that it fits, or None if it fits nowhere."""
    if rule.given:
        from tutor.derivation.newton import wrong_newton
        from tutor.derivation.tangent_planes import wrong_plane
        from tutor.derivation.tangents import wrong_tangent
        from tutor.derivation.wrong_rates import wrong_rate

        if example.head == "statements":
            left, right, check = wrong_rate(rule, example)
        else:
            left, right, check = (wrong_newton(rule, example) or wrong_plane(rule, example)
                                  or wrong_tangent(rule, example))
        return Instance(left, right, (), (left, right), check)
    if rule.kind == "misconception" and (rule.uses is not None or "lists" in rule.tags):
        return _on_its_graph(rule, example)
    if "reading" in rule.tags:
        return _as_matrix(rule, example)
    if "descent" in rule.tags:
        return _in_descent(rule, example)
    if is_algebra(rule):
        told = instance_in(rule, example)
        if told is None:
            return None
        sides = told.before, told.after
        return Instance(*sides, told.assumptions, sides, Oracle().compare(*sides, told.assumptions))
    for part in postorder([example]):
        found = instance_of(rule, part, fresh_letter(example), ratio)
        if found is not None:
            found = found.worked_out(work_out)
            right = found.after
            assumptions = tuple(relation for relation in found.relations if holds(relation) is None)
            compared = comparable(part, right)
            return Instance(part, right, assumptions, compared, Oracle().compare(*compared, assumptions))
    return None


def _as_matrix(rule: Rule, example: Expression) -> Instance | None:
    """How an example is read as a matrix with this rule, and what that means at the place of the example."""
    indices = tuple([name(letter) for letter in sorted(free_indices([example]))])
    known = shapes(example)
    reading = as_matrices(example, indices, known, _sizes_in_place(example, indices))
    if reading is None or rule not in reading.rules:
        return None
    sides = example, component_of(reading.matrix, indices, known, _sizes_in_place(example, indices))
    return Instance(example, reading.matrix, (), sides, Oracle().compare(*sides))


def _sizes_in_place(component: Expression, indices: tuple[Expression, ...]) -> tuple[Expression, ...]:
    """How many rows and columns a matrix has that has this component at these indices."""
    known = shapes(component)
    sizes = {index: known[part.value][place] for part in postorder([component]) if part.head == "indexed"
             for place, index in enumerate(part.args)}
    return tuple([sizes.get(index, name("n")) for index in indices])


def _in_descent(rule: Rule, example: Expression) -> Instance:
    """Where a rule for one step leads on an example after a few, beside what is computed by numbers alone."""
    found = compared(rule, example)
    made, computed = found.equation.args
    slots = {"made": made, "computed": computed}
    check = Check("refuted", 1, finding="after three steps the rule has led to {made}, and descent to {computed}",
                  parts={letter: side.args[0] if len(side.args) == 1 else side for letter, side in slots.items()})
    if found.made == found.computed:
        check = Check("checked", 1, finding="both sides agree after three steps")
    return Instance(example, example, (), (example, example), check)


def _on_its_graph(rule: Rule, example: Expression) -> Instance | None:
    """A wrong rule about the lines of a graph, applied to the slope that its example asks for."""
    found = solved_on_graph(example)
    for letter in found.wanted:
        for wrong in wrong_paths(found.adjoints, letter, [rule]):
            left, right = found.adjoints.adjoint(letter).rate, wrong.instance.after
            if found.graph.has_lists:
                return Instance(left, right, (), (left, right), found.graph.compare(
                    Oracle().compare, (left, wrong.joined)))
            asked, made = found.graph.meaning((left, wrong.joined))
            return Instance(left, right, (), (asked, made), Oracle().compare(asked, made))
    return None


def prints_back(rule: Rule) -> Verdict:
    """Whether the statement, written and read again, is the same tree."""
    known = functions_of(rule.left, rule.right)
    stated = (rule.left, *(rule.right.args if rule.solves else (rule.right,)))
    sides = [side for side in stated if all(arg.head != "ellipsis" for arg in postorder([side]))]
    passed = all(with_functions(read_back(write(side)), known) is side for side in sides)
    return Verdict("prints back", rule.statement, passed, "" if passed else "it reads as something else")


def sound(rule: Rule) -> Iterator[Verdict]:
    """What the oracle says of instances of the rule."""
    if rule.solves:
        for example in rule.examples:
            for equation in (step for step in solved_example(example).steps if step.rule.name == rule.name):
                check = equation.check
                yield Verdict("sound", f"{equation.before} <=> {equation.alternatives}", _passed(check), check.sentence)
        return
    if is_executed(rule) and not {"integral", "graph", "curve"}.isdisjoint(rule.tags):  # steps know what to ask
        for example in rule.examples:
            for step in explained(example, method=rule.name if "method" in rule.tags else "").steps:
                if step.rule.name == rule.name:
                    yield Verdict("sound", f"{step.before} = {step.after}", _passed(step.check), step.check.sentence)
        return
    oracle = Oracle()
    if "reading" in rule.tags:
        indices = tuple(map(name, rule.place))
        component = component_of(rule.right, indices, shapes(rule.left), _sizes_in_place(rule.left, indices))
        check = oracle.compare(rule.left, component)
        yield Verdict("sound", f"{rule.left} = {component}", _passed(check), check.sentence)
        return
    for before, after, assumptions in islice(_instances(rule), INSTANCES):
        left, right = comparable(before, after)
        check = oracle.compare(left, right, assumptions)
        yield Verdict("sound", f"{left} = {right}", _passed(check), check.sentence)


def _passed(check: Check) -> bool | None:
    return {"checked": True, "refuted": False}.get(check.outcome)


def _instances(rule: Rule) -> Iterator[tuple[Expression, Expression, tuple[Expression, ...]]]:
    """Equations that the rule asserts: its two sides with letters replaced, or, for a computed one, what it made."""
    if not rule.computed:
        compiled = compile_rule(rule)
        for bindings in _bindings(compiled):
            yield (compiled.stated(bindings), compiled.opened(bindings),
                   tuple(build(bindings, None) for build in compiled.provided))
        return
    for example in rule.examples:
        if is_algebra(rule):
            found = instance(rule, example)
            if found is not None:
                yield found.left, found.right, found.assumptions
            continue
        for step in derive(example, method=rule.name if "method" in rule.tags else "").steps:
            if step.rule.name == rule.name:
                yield step.before, step.after, step.assumptions
    if "tidy" in rule.tags and not is_algebra(rule):
        compiled = compile_rule(rule)
        for bindings in _bindings(compiled):
            tidy, teller = Tidy(Style()), Teller(Style())
            start = compiled.stated(bindings)
            tidy(start)
            for before, decision in tidy.steps(start):
                for told in teller.tell(before, decision.after):
                    if told.rule == rule:
                        yield told.before, told.after, told.assumptions


def _bindings(compiled: CompiledRule) -> Iterator[Bindings]:
    """Bindings that obey the rule's `where`, spread over the pools by a fixed stride."""
    rule = compiled.rule
    worked_out = dict(compiled.definitions)
    letters = [letter for letter, sort in rule.letters.items()
               if letter not in worked_out and not sort.startswith("new ")]
    choices = [_choices(rule, letter) for letter in letters]
    combinations = list(islice(product(*(range(len(pool)) for pool in choices)), 20_000))
    stride = 7919  # a prime far from the pool sizes: neighbours differ in every letter
    for index in range(len(combinations)):
        picked = combinations[index * stride % len(combinations)]
        bindings: Bindings = {"symbol": "d", "side": "", "fresh": parse("u")}
        bindings |= {letter: pool[place] for letter, pool, place in zip(letters, choices, picked, strict=True)}
        if len({id(bound) for bound in bindings.values()}) < len(bindings):
            continue  # different letters, different values: a swapped letter must show
        for letter, build in compiled.definitions:
            value = build(bindings, None)
            bindings[letter] = derive(value).result if value.head == "derivative" else Tidy(Style())(value)
        for relation, build in zip(rule.provided, compiled.provided, strict=True):
            if relation.value == "=" and relation.args[0].head == "name":  # chance would hardly make it true
                bindings[relation.args[0].value] = build(bindings, None).args[1]
            if relation.value == "=" and relation.args[0].head == "limit":  # g - g(2) goes to 0 as x goes to 2
                part, variable, target = (bindings[arg.value] for arg in relation.args[0].args)
                bindings[relation.args[0].args[0].value] = add(part, negate(substitute(part, variable.value, target)))
        if all(condition(bindings) for condition in compiled.conditions):
            yield bindings


def _choices(rule: Rule, letter: str) -> list[object]:
    sort = rule.letters[letter]
    if sort in ("variable", "list"):
        return [_own(rule, letter)]
    numeric = any(condition == (letter, False, "a number") for condition in rule.where)
    if sort == "index":
        return list(_NUMBERS) if numeric else [name(letter)]
    if letter in bounds_of(rule.left):
        return [name(letter), *_NUMBERS[:2]]
    if sort == "constant":
        numbers = _NUMBERS if numeric else _CONSTANTS
        return [tuple(numbers[:3]), tuple(numbers[1:])] if letter == listed_letter(rule) else list(numbers)
    if sort == "function":
        return list(_SCHEMAS)
    if sort == "unknown function":
        return [("f", 0), ("g", 1)]
    variables = [other for other, kind in rule.letters.items() if kind == "variable"] or ["x"]
    if sort == "condition":
        return [substitute(each, "x", name(variables[0])) for each in _CASES]
    pool = [substitute(each, "x", _own(rule, other)) for other in variables for each in _EXPRESSIONS]
    index = next((part.args[1] for part in postorder([rule.left]) if part.head == "finite_sum"), None)
    if index is not None:  # what is summed up differs from term to term
        pool = [multiply(indexed("y", index), each) for each in pool]
    if letter == listed_letter(rule) and "condition" in rule.letters.values():
        return [tuple(pool[:3]), (pool[4], ONE, pool[3])]
    if letter == listed_letter(rule):
        first, second, third, fourth, fifth, *_ = pool
        return [(first, second, third), (fourth, node("negation", (second,))), (ONE, fifth)]
    if any(condition.letter == letter and condition.what == "e" for condition in rule.where):
        return [E]
    return list(pool)


def _own(rule: Rule, letter: str) -> Expression:
    """The letter itself; one part of a list for a variable that has to have an index in it."""
    index = next((refers_to(condition.what) for condition in rule.where if condition.letter == letter
                  and condition.negated and rule.letters.get(refers_to(condition.what)) == "index"), "")
    return indexed(letter, name(index)) if index else name(letter)
