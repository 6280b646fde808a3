"""Every rule of the product answers for itself; nobody lists them here."""

from __future__ import annotations

import pytest

import tutor
from tutor.derivation.soundness import check_rule, questions
from tutor.expression.tree import ARGUMENT_COUNTS
from tutor.rules.rulebook import misconceptions, rulebook

EVERY_RULE = {**rulebook(), **misconceptions()}


@pytest.mark.parametrize("name", EVERY_RULE)
def test_answers_its_three_questions(name: str) -> None:
    rule = EVERY_RULE[name]
    verdicts = list(check_rule(rule))
    wrong = [verdict for verdict in verdicts if verdict.passed is False]
    assert not wrong
    assert {verdict.question for verdict in verdicts if verdict.passed} == set(questions(rule))


@pytest.mark.parametrize("name", EVERY_RULE)
def test_says_what_it_does(name: str) -> None:
    rule = EVERY_RULE[name]
    assert rule.say.endswith((".", "?"))
    assert rule.title[0].isupper()


@pytest.mark.parametrize("name", misconceptions())
def test_a_misconception_is_refuted_on_each_of_its_examples(name: str) -> None:
    rule = misconceptions()[name]
    found = [verdict for verdict in check_rule(rule) if verdict.question == "refuted"]
    assert len(found) == len(rule.examples)
    for verdict in found:
        assert verdict.passed
        assert "the left side " in verdict.finding


@pytest.mark.parametrize("name", misconceptions())
def test_a_misconception_stands_beside_a_sound_rule_and_says_where_it_is_known_from(name: str) -> None:
    rule = misconceptions()[name]
    assert rule.unlike in rulebook()
    assert rule.source


def test_the_rulebook_is_sound_and_the_misconceptions_are_many() -> None:
    assert {rule.kind for rule in rulebook().values()} == {"rule"}
    assert {rule.kind for rule in misconceptions().values()} == {"misconception"}
    assert sum(rule.source != "common" for rule in misconceptions().values()) >= 60
    assert len(misconceptions()) >= 130


def test_no_two_rules_share_a_title() -> None:
    titles = [rule.title for rule in misconceptions().values()]
    assert len(set(titles)) == len(titles)


def test_sound_rules_that_share_a_title_are_the_same_step_on_other_shapes() -> None:
    by_title: dict[str, set[tuple[str, bool, bool]]] = {}
    for rule in rulebook().values():
        kind = rule.left.head == "integral", rule.left.head == "limit"
        by_title.setdefault(rule.title, set()).add(("method" if "method" in rule.tags else "", *kind))
    assert not [title for title, kinds in by_title.items() if len(kinds) > 1]


def test_every_function_of_the_notation_has_a_derivative() -> None:
    for function, (fewest, _) in ARGUMENT_COUNTS.items():
        arguments = {1: "x", 2: "x, 2"}[max(fewest, 2 if function == "log" else 1)]
        derivation = tutor.explain(f"d/dx [{function}({arguments})]")
        assert derivation.checked, function
