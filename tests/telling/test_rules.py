"""The rulebook as a document: words and formulas apart, and everything derived and checked."""

from typing import TypeVar

import pytest

from tests.narrowed import of_kind
from tutor.derivation.soundness import is_executed
from tutor.expression.parse import parse
from tutor.expression.text import Text
from tutor.expression.tree import Expression
from tutor.rules.rule import Rule
from tutor.rules.rulebook import misconceptions, rulebook
from tutor.telling.document import Document, Formula, Heading, Labelled, Solution, Words
from tutor.telling.rules import told_also, told_names, told_rule, told_rules, topic

ALL = [*rulebook().values(), *misconceptions().values()]


Kind = TypeVar("Kind")


def blocks(document: Document, kind: type[Kind]) -> list[Kind]:
    return [block for group in document.groups for block in group if isinstance(block, kind)]


def sentences(document: Document) -> list[Text]:
    return [text for block in blocks(document, Words) for text in block.texts]


@pytest.mark.parametrize(("rule", "sentence", "formulas"), [
    ("chain", "where g is not x", ["g", "x"]),
    ("power_by_logarithm", "where f is not free of x", ["f", "x"]),
    ("derivative_of_integral", "where g is free of t", ["g", "t"]),
    ("power_on_general_exponential", "where a is not e", ["a", "e"]),
    ("quotient", "provided g != 0", ["g != 0"]),
    ("power", "provided x != 0 where n is negative", ["x != 0", "n"]),
    ("product", "f, g: any expressions", ["f", "g"]),
])
def test_words_and_formulas_are_apart(rule: str, sentence: str, formulas: list[str]) -> None:
    document = told_rule({**rulebook(), **misconceptions()}[rule])
    (text,) = [text for text in sentences(document) if text.written() == sentence]
    assert [part for part in text.parts if isinstance(part, Expression)] == [parse(formula) for formula in formulas]


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.name)
def test_every_rule_tells_all_its_conditions_and_fills_all_its_slots(rule: Rule) -> None:
    derives = is_executed(rule) or rule.solves  # its examples are derivations, which have no sentences of the rule
    texts = sentences(told_rule(rule._replace(examples=()) if derives else rule))
    assert not any("{" in part for text in texts for part in text.parts if isinstance(part, str))
    conditions = [text for text in texts if text.template.startswith(("where ", "provided ", "with "))]
    assert len(conditions) == len(rule.where) + len(rule.provided) + len(rule.definitions)


@pytest.mark.parametrize("name", ["product", "quotient", "chain", "quotient_by_logarithm"])
def test_examples_are_derived_by_the_rule_and_checked(name: str) -> None:
    rule = rulebook()[name]
    solutions = blocks(told_rule(rule), Solution)
    assert [solution.problem for solution in solutions] == list(rule.examples)
    for solution in solutions:
        assert any(step.rule is rule for item in solution.root.items for step in getattr(item, "steps", ()))
        assert solution.result.formula is not None
        assert [finding.sign for finding in solution.result.findings] == ["yes"]


@pytest.mark.parametrize("name", ["cos_sign", "quotient_plus", "power_no_division"])
def test_a_misconception_has_the_sound_rule_beside_it_and_is_refuted(name: str) -> None:
    rule = misconceptions()[name]
    sound = rulebook()[rule.unlike]
    document = told_rule(rule)
    sides = [formula.expression.args for formula in blocks(document, Formula)]
    assert sides[:2] == [(rule.left, rule.right), (sound.left, sound.right)]
    assert f"This is wrong. The right rule is {sound.name}, {sound.title}:" in map(str, sentences(document))
    assert [block.sign for block in blocks(document, Words) if block.sign] == ["no"] * len(rule.examples)
    assert not blocks(document, Solution)


def test_where_a_rule_stands() -> None:
    rule = rulebook()["product"]
    rows = {row.label: str(of_kind(Words, row.body).texts[0]) for row in blocks(told_rule(rule), Labelled)}
    assert rows == {"name": "product", "file": f"{rule.file}:{rule.line}"}


def test_a_list_has_every_rule_once_on_one_line() -> None:
    document = told_rules(ALL, [("tutor rules chain", "one rule")])
    *rows, command = blocks(document, Labelled)
    assert sorted(row.label for row in rows) == sorted(rule.title for rule in ALL)
    assert {of_kind(Formula, row.body).shape for row in rows} == {"line"}
    assert (command.label, str(of_kind(Words, command.body).texts[0])) == ("tutor rules chain", "one rule")


def test_a_rule_is_told_without_misconceptions_where_there_are_none() -> None:
    rules = [rulebook()["product"], rulebook()["chain"]]
    assert [heading.text for heading in blocks(told_also(rules, ()), Heading)] == ["See also"]
    assert [row.label for row in blocks(told_names(rules), Labelled)] == ["product", "chain"]


@pytest.mark.parametrize(("name", "words"), [
    ("integral_of_power", "Integrals"), ("product", "Derivatives"), ("quotient_by_logarithm", "Other methods"),
    ("cos_sign", "Misconceptions"),
])
def test_the_topic_that_a_search_looks_at(name: str, words: str) -> None:
    (rule,) = [rule for rule in ALL if rule.name == name]
    assert topic(rule) == words
