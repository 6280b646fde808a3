"""The rulebook on the screen."""

import io

import pytest
from rich.console import Console

from tutor.rules.rulebook import rulebook
from tutor.views.rules import show_rule, show_rules


def shown(view, what, width=80):
    stream = io.StringIO()
    view(Console(width=width, file=stream, color_system=None, force_terminal=False), what)
    return stream.getvalue()


@pytest.mark.parametrize("width", [60, 80])
def test_the_list_has_every_rule(width):
    text = shown(show_rules, rulebook(), width)
    rows = text.split("\n")
    assert max(map(len, rows)) <= width
    assert set(rulebook()) <= {row.split()[0] for row in rows if row.strip()}
    assert "Other rules" not in text


@pytest.mark.parametrize("name", list(rulebook()))
def test_a_rule_shows_what_is_known_of_it(name):
    rule = rulebook()[name]
    text = shown(show_rule, rule)
    assert max(map(len, text.split("\n"))) <= 80
    assert text.startswith(f"  {rule.title}\n")
    assert f"{rule.file}:{rule.line}" in text
    assert text.count("\n  Example\n") == len(rule.examples)
    assert text.count(" checked\n") == len(rule.examples)
    example = text.partition("\n  Example\n")[2]
    assert rule.title in " ".join(example.split())


def test_conditions_are_said_in_words():
    assert "  provided g ≠ 0\n" in shown(show_rule, rulebook()["quotient"])
    assert "  where g is not x\n" in shown(show_rule, rulebook()["chain"])
