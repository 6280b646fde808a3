"""Three questions that every rule has to answer, without anyone writing a test for it.

It fires on its examples; it is sound, also with its letters replaced by other expressions that obey its conditions;
its statement prints back to itself. Here, above both, the rules meet the oracle, which knows none of them.

    [verdict.outcome for verdict in examine(rulebook()["product"])]
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, product
from typing import NamedTuple

from tutor.derivation.coefficients import Style
from tutor.derivation.derivation import derive
from tutor.derivation.tidy import Tidy
from tutor.errors import TutorError
from tutor.expression.parse import parse, read
from tutor.expression.tree import ONE, Expression, node, number
from tutor.expression.write import write
from tutor.oracle.verdict import Check, Oracle
from tutor.rules.match import Bindings, CompiledRule, compile_rule
from tutor.rules.reader import FRESH
from tutor.rules.rule import Rule

INSTANCES = 12
"""Random instances per rule."""

# What a letter is replaced by. Mixed so that a missing condition, a lost sign or a swapped letter shows.
_EXPRESSIONS = [parse(text) for text in (
    "x^2 + 1", "sin(x)", "e^x + 2", "3*x - 4", "sqrt(x^2 + 2)", "x", "x^3 - x", "ln(x^2 + 3)", "1/(x^2 + 1)", "5", "-x",
    "x*cos(x)", "x/3 + 2",
)]
_CONSTANTS = [parse(text) for text in ("2", "3", "a", "1/2", "5", "-2", "a + 1", "4", "-1/3")]
_NUMBERS = [number(value) for value in (2, 3, 4)]
_SCHEMAS = [(parse(text), 0) for text in ("sin(x)", "x^3", "ln(x)", "sqrt(x)", "exp(x)", "atan(x)")] + [
    (parse("2^x"), 1), (parse("e^x"), 1), (parse("a^x"), 1)]


class Verdict(NamedTuple):
    """One answer: which question, on what, whether it is right (None: undecided), and what was found."""

    question: str
    subject: str
    passed: bool | None
    finding: str


def examine(rule: Rule) -> Iterator[Verdict]:
    """Every answer of one rule."""
    for example in rule.examples:
        yield fires(rule, example)
    yield prints_back(rule)
    yield from sound(rule)


def fires(rule: Rule, example: Expression) -> Verdict:
    """Whether the rule is executed when its example is solved."""
    try:
        derivation = derive(example, method=rule.name if "method" in rule.tags else "")
    except TutorError as error:
        return Verdict("fires", str(example), False, str(error))
    fired = any(step.rule.name == rule.name for step in derivation.steps)
    return Verdict("fires", str(example), fired, "" if fired else "the rule was not used")


def prints_back(rule: Rule) -> Verdict:
    """Whether the statement, written and read again, is the same tree."""
    calling = frozenset(letter for letter, sort in rule.letters.items() if "function" in sort)
    sides = [side for side in (rule.left, rule.right) if all(arg.head != "ellipsis" for arg in _everything(side))]
    passed = all(read(write(side), calling).expression is side for side in sides)
    return Verdict("prints back", rule.statement, passed, "" if passed else "it reads as something else")


def _everything(root: Expression) -> Iterator[Expression]:
    stack = [root]
    while stack:
        part = stack.pop()
        yield part
        stack.extend(part.args)


def sound(rule: Rule) -> Iterator[Verdict]:
    """What the oracle says of instances of the rule."""
    oracle = Oracle()
    for before, after, assumptions in islice(_instances(rule), INSTANCES):
        check = oracle.compare(before, after, assumptions)
        yield Verdict("sound", f"{before} = {after}", _passed(check), check.sentence)


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
        for step in derive(example, method=rule.name if "method" in rule.tags else "").steps:
            if step.rule.name == rule.name:
                yield step.before, step.after, step.assumptions
    if "tidy" in rule.tags:
        compiled = compile_rule(rule)
        for bindings in _bindings(compiled):
            tidy = Tidy(Style())
            start = compiled.stated(bindings)
            tidy(start)
            for before, decision in tidy.steps(start):
                if decision.rule == rule.name:
                    nonzero = (node("relation", (base, number(0)), "!=") for base in decision.nonzero)
                    yield before, decision.after, tuple(nonzero)


def _bindings(compiled: CompiledRule) -> Iterator[Bindings]:
    """Bindings that obey the rule's `where`, spread over the pools by a fixed stride."""
    rule = compiled.rule
    letters = list(rule.letters)
    choices = [_choices(rule, letter) for letter in letters]
    combinations = list(islice(product(*(range(len(pool)) for pool in choices)), 20_000))
    stride = 7919  # a prime far from the pool sizes: neighbours differ in every letter
    for index in range(len(combinations)):
        picked = combinations[index * stride % len(combinations)]
        bindings: Bindings = {"symbol": "d", FRESH: parse("u")}
        bindings |= {letter: pool[place] for letter, pool, place in zip(letters, choices, picked, strict=True)}
        if len({id(bound) for bound in bindings.values()}) < len(bindings):
            continue  # different letters, different values: a swapped letter must show
        for letter, build in compiled.definitions:
            bindings[letter] = Tidy(Style())(build(bindings, None))
        if all(holds(bindings) for holds in compiled.conditions):
            yield bindings


def _choices(rule: Rule, letter: str) -> list[object]:
    sort = rule.letters[letter]
    if sort == "variable":
        return [parse("x")]
    if sort == "constant":
        numeric = any(condition.letter == letter and condition.what == "a number" for condition in rule.where)
        return list(_NUMBERS) if numeric else list(_CONSTANTS)
    if sort == "function":
        return list(_SCHEMAS)
    if sort == "unknown function":
        return [("f", 0), ("g", 1)]
    if _is_listed(rule.left, letter):
        first, second, third, fourth, fifth, *_ = _EXPRESSIONS
        return [(first, second, third), (fourth, node("negation", (second,))), (ONE, fifth)]
    return list(_EXPRESSIONS)


def _is_listed(left: Expression, letter: str) -> bool:
    """Whether the letter stands for the terms of `f + ...`."""
    return any(part.head == "sum" and part.args[-1].head == "ellipsis" and part.args[0].value == letter
               for part in _everything(left))
