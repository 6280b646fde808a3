"""The rulebook on the screen."""

import io

import pytest
from rich.console import Console

from tutor.derivation.soundness import is_executed
from tutor.rules.rulebook import misconceptions, rulebook
from tutor.views.rules import show_rule, show_rules


def shown(view, what, width=80):
    stream = io.StringIO()
    view(Console(width=width, file=stream, color_system=None, force_terminal=False), what)
    return stream.getvalue()


@pytest.mark.parametrize("width", [60, 80])
def test_the_list_has_every_rule(width):
    rules = {**rulebook(), **misconceptions()}
    text = shown(show_rules, rules, width)
    rows = text.split("\n")
    assert max(map(len, rows)) <= width
    assert set(rules) <= {row.split()[0] for row in rows if row.strip()}
    assert "Other rules" not in text
    sound, _, wrong = text.partition("Misconceptions: ")
    assert "  product_of_derivatives " in wrong
    assert "  product " in sound
    assert "explain does not use them yet" in " ".join(sound.split())


@pytest.mark.parametrize("name", list(rulebook()))
def test_a_rule_shows_what_is_known_of_it(name):
    rule = rulebook()[name]
    text = shown(show_rule, rule)
    assert max(map(len, text.split("\n"))) <= 80
    assert text.startswith(f"  {rule.title}\n")
    assert f"{rule.file}:{rule.line}" in text
    assert text.count("\n  Example\n") == len(rule.examples)
    example = text.partition("\n  Example\n")[2]
    if is_executed(rule):
        assert text.count(" checked\n") == len(rule.examples)
        assert rule.title in " ".join(example.split())
    else:
        assert example.count("✓ both sides agree at ") == len(rule.examples)


@pytest.mark.parametrize("name", list(misconceptions()))
def test_a_misconception_shows_the_sound_rule_and_a_counterexample(name):
    rule = misconceptions()[name]
    text = shown(show_rule, rule)
    assert max(map(len, text.split("\n"))) <= 80
    words = " ".join(text.split())
    assert words.startswith(rule.title)
    assert f"This is wrong. The sound rule is {rule.unlike}, {rulebook()[rule.unlike].title}:" in words
    assert f"source {rule.source}" in words
    assert words.count("✗ refuted: ") == len(rule.examples)


def test_what_holds_up_to_a_constant_shows_what_was_compared():
    text = shown(show_rule, misconceptions()["power_no_division"])
    told = "∫ x³ dx = x³⁺¹\n  Up to a constant, that is:\n    d/dx [∫ x³ dx] = d/dx [x³⁺¹]\n  ✗ refuted: at x = "
    assert told in text


def test_conditions_are_said_in_words():
    assert "  provided g ≠ 0\n" in shown(show_rule, rulebook()["quotient"])
    assert "  where g is not x\n" in shown(show_rule, rulebook()["chain"])
