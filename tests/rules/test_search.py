"""Rules are found by name, title and statement."""

from __future__ import annotations

import pytest

from tutor.rules.rule import Rule
from tutor.rules.rulebook import misconceptions, rulebook
from tutor.rules.search import named, near, search

RULES = [*rulebook().values(), *misconceptions().values()]


def topic(rule: Rule) -> str:
    return "Integrals" if "integral" in rule.tags else ""


def names(query: str) -> tuple[list[str], list[str]]:
    found = search(query, RULES, topic)
    return [rule.name for rule in found.exact], [rule.name for rule in found.others]


@pytest.mark.parametrize(("query", "exact"), [
    ("chain", "chain"), ("Chain rule", "chain"), ("chain-rule", "chain"), (" PRODUCT ", "product"),
    ("derivative_of_tan", "derivative_of_tan"), ("The inner derivative is missing", "chain_inner_forgotten"),
    ("exponential", "exponential"),
])
def test_a_name_or_title_is_found_first(query: str, exact: str) -> None:
    assert names(query)[0][0] == exact


def test_every_rule_is_found_by_its_name() -> None:
    for rule in RULES:
        assert named(rule.name, RULES) == [rule]


@pytest.mark.parametrize(("query", "first", "also", "not_found"), [
    ("tan", "derivative_of_tan", ["tangent_as_quotient", "derivative_of_tanh"], ["derivative_of_sin"]),
    ("tangent", "derivative_of_tan", ["tangent_as_quotient"], ["derivative_of_cot"]),
    ("e^x", "exponential", ["integral_of_exponential"], ["power"]),
    ("ln(x)", "derivative_of_ln", [], ["derivative_of_sin"]),
    ("inner derivative", "chain_inner_forgotten", [], ["chain", "derivative_of_sin"]),
    ("f·g", "product", ["product_of_derivatives"], ["sum"]),
    ("integrals", "integral_of_variable", ["substitution"], ["power"]),
])
def test_what_a_search_finds(query: str, first: str, also: list[str], not_found: list[str]) -> None:
    exact, others = names(query)
    assert not exact
    assert others[0] == first
    assert set(also) <= set(others)
    assert not set(not_found) & set(others)


@pytest.mark.parametrize("query", ["nonsense", "", " ", "\x1b[2J", "(" * 1_000, "[", "\\"])
def test_what_finds_nothing(query: str) -> None:
    assert names(query) == ([], [])


def test_a_rule_is_found_by_its_statement() -> None:
    for rule in RULES[::13]:  # to search all of them for each of them takes a minute
        assert rule in search(rule.statement, RULES).others


def test_topics_are_searched_too() -> None:
    found = search("charts", RULES, lambda rule: "Chart of slopes" if "table" in rule.tags else "")
    assert [rule.name for rule in found.others] == [rule.name for rule in RULES if "table" in rule.tags]


@pytest.mark.parametrize(("query", "meant"), [
    ("prodct", "product"), ("quotent rule", "quotient"), ("tangnt", "tangent"),
])
def test_slips(query: str, meant: str) -> None:
    assert near(query, RULES)[0].startswith(meant)
    assert near("zzz", RULES) == []
