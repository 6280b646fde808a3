"""The rulebook on the screen."""

import io

import pytest
from rich.console import Console

from tutor.derivation.soundness import is_executed
from tutor.rules.rulebook import misconceptions, rulebook
from tutor.telling.document import Document
from tutor.telling.rules import told_also, told_rule, told_rules
from tutor.views.page import Page
from tutor.views.terminal import show

CLOSING = [("tutor rules chain", "one of them, with an example")]


def shown(document: Document, width: int = 80, *, terminal: bool = False, ascii: bool = False) -> str:
    stream = io.StringIO()
    console = Console(width=width, file=stream, color_system=None, force_terminal=terminal, _environ={})
    show(Page(console, ascii=ascii), document)
    return stream.getvalue()


@pytest.mark.parametrize("width", [60, 80])
def test_the_list_has_every_rule(width: int) -> None:
    rules = [*rulebook().values(), *misconceptions().values()]
    text = shown(told_rules(rules, CLOSING), width)
    rows = text.split("\n")
    assert max(map(len, rows)) <= width
    assert all(row == row.rstrip() for row in rows)
    assert "Other rules" not in text
    sound, _, wrong = text.partition("Misconceptions: ")
    sound_words, wrong_words = " ".join(sound.split()), " ".join(wrong.split())
    for rule in rules:
        assert rule.title in (sound_words if rule.kind == "rule" else wrong_words)


def test_titles_and_statements_stand_in_columns() -> None:
    names = ("constant", "power", "product", "general_power")
    assert shown(told_rules([rulebook()[name] for name in names], CLOSING)) == """\
  Derivatives

  Constant rule                 d/dx [c] = 0
  Power rule                    d/dx [xⁿ] = n·xⁿ⁻¹
  Product rule                  d/dx [f·g] = d/dx [f]·g + f·d/dx [g]
  Power with variable exponent  d/dx [f^g] = f^g·d/dx [g·ln(f)]

  tutor rules chain  one of them, with an example
"""


def test_what_does_not_fit_beside_its_title_stands_below() -> None:
    assert shown(told_rules([rulebook()[name] for name in ("power", "chain")], CLOSING), 40) == """\
  Derivatives

  Power rule   d/dx [xⁿ] = n·xⁿ⁻¹
  Chain rule
    d/dx [F(g)] = d/du [F(u)] at (u = g)
        · d/dx [g]

  tutor rules chain  one of them, with
                     an example
"""


def test_see_also() -> None:
    rules = [rulebook()["constant_multiple"], misconceptions()["constant_not_zero"]]
    assert shown(told_also(rules, CLOSING)) == """\
  See also

  Constant multiple rule

  Misconceptions

  A constant was kept

  tutor rules chain  one of them, with an example
"""


@pytest.mark.parametrize("name", list(rulebook()))
def test_a_rule_shows_what_is_known_of_it(name: str) -> None:
    rule = rulebook()[name]
    text = shown(told_rule(rule))
    assert max(map(len, text.split("\n"))) <= 80
    assert text.startswith(f"  {rule.title}\n")
    assert f"{rule.file}:{rule.line}" in text
    assert text.count("\n  Example\n") == len(rule.examples)
    example = text.partition("\n  Example\n")[2]
    if is_executed(rule) or rule.solves:
        assert text.count(" checked\n") + text.count("\n  ✓ the ") == len(rule.examples)  # "the slope grows ..."
        assert rule.title.lower() in " ".join(example.split()).lower()
    else:
        assert example.count("✓ both sides agree ") == len(rule.examples)


@pytest.mark.parametrize("name", list(misconceptions()))
def test_a_misconception_shows_the_sound_rule_and_a_counterexample(name: str) -> None:
    rule = misconceptions()[name]
    text = shown(told_rule(rule))
    assert max(map(len, text.split("\n"))) <= 80
    words = " ".join(text.split())
    assert words.startswith(rule.title)
    assert f"This is wrong. The right rule is {rule.unlike}, {rulebook()[rule.unlike].title}:" in words
    assert f"source {rule.source}" in words
    assert words.count("✗ refuted: ") == len(rule.examples)


def test_what_holds_up_to_a_constant_shows_what_was_compared() -> None:
    text = shown(told_rule(misconceptions()["power_no_division"]))
    assert """
      ∫ x³ dx = x³⁺¹

  Up to a constant, that is:

      d/dx [∫ x³ dx] = d/dx [x³⁺¹]

  ✗ refuted: at x = """ in text


def test_conditions_are_said_in_words() -> None:
    assert "  provided g ≠ 0\n" in shown(told_rule(rulebook()["quotient"]))
    assert "  where g is not x\n" in shown(told_rule(rulebook()["chain"]))


def test_a_rule_alone_is_drawn_in_two_dimensions_and_in_a_list_stays_on_one_line() -> None:
    quotient = rulebook()["quotient"]
    assert """
      d  ⎡ f ⎤   d/dx [f]·g − f·d/dx [g]
      ── ⎢ ─ ⎥ = ───────────────────────
      dx ⎣ g ⎦             g²
""" in shown(told_rule(quotient), terminal=True)
    assert "  Quotient rule  d/dx [f/g] = (d/dx [f]·g − f·d/dx [g])/g²\n" in shown(
        told_rules([quotient], CLOSING), terminal=True)


@pytest.mark.parametrize("terminal", [False, True])
def test_plain_ascii(terminal: bool) -> None:
    assert shown(told_rule(rulebook()["quotient"]), terminal=terminal, ascii=True).isascii()
