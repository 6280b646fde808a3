"""The rulebook on the screen: all rules in a list, or one rule with everything that is known of it.

    show_rules(Console(), list(rulebook().values()), [])
    show_rule(Console(), rulebook()["product"])
"""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console

from tutor.derivation.derivation import derive
from tutor.derivation.soundness import instance, is_executed
from tutor.expression.tree import Expression
from tutor.rules.rule import Rule
from tutor.rules.rulebook import rulebook
from tutor.views.outcome import finding
from tutor.views.page import GUIDE, MARGIN, STRONG, TITLE, Page
from tutor.views.steps import statement
from tutor.views.terminal import show_derivation

_SECTIONS = {
    "Derivatives": ("derivative", "higher"),
    "Derivatives of functions": ("table",),
    "Other methods, for tutor explain --method": ("method",),
    "Results": ("combine",),
    "Tidying a result": ("tidy",),
    "Integrals, up to a constant; tutor explain does not use them yet": ("integral",),
}
_OTHERS = "Other rules"
_MISCONCEPTIONS = "Misconceptions: wrong rules that learners are known to use"

_WIDEST_TITLE = 40


def show_rules(console: Console, rules: Sequence[Rule], closing: Sequence[tuple[str, str]]) -> None:
    """Rules by what they are for, each with its title and its statement. closing: commands, and what they show."""
    page = Page(console)
    sections: dict[str, list[Rule]] = {each: [] for each in (*_SECTIONS, _OTHERS, _MISCONCEPTIONS)}
    for rule in rules:
        sections[_section(rule)].append(rule)
    for name, members in sections.items():
        if members:
            page.words(MARGIN, name, TITLE)
            page.blank()
            _show_titles(page, members)
            page.blank()
    _show_commands(page, closing)
    page.flush()


def show_names(console: Console, rules: Sequence[Rule]) -> None:
    """The names of rules, as lessons have them, each with its title."""
    page = Page(console)
    column = min(max(len(rule.name) for rule in rules) + _APART, page.width // 2)
    for kind, heading in (("rule", "Rules"), ("misconception", "Misconceptions")):
        members = [rule for rule in rules if rule.kind == kind]
        if members:
            page.words(MARGIN, heading, TITLE)
            page.blank()
        for rule in members:
            beside = len(rule.name) + _APART <= column
            if not beside:
                page.row((MARGIN, ""), (rule.name, STRONG))
            page.words(MARGIN, rule.title, lead=((rule.name if beside else "").ljust(column), STRONG))
        if members:
            page.blank()
    page.flush()


def show_also(console: Console, rules: Sequence[Rule], closing: Sequence[tuple[str, str]]) -> None:
    """What else has to do with a rule that was shown, one line each. closing: as for a list."""
    page = Page(console)
    for heading, kind in (("See also", "rule"), ("Misconceptions", "misconception")):
        members = [rule for rule in rules if rule.kind == kind]
        if members:
            page.blank()
            page.words(MARGIN, heading, TITLE)
            page.blank()
        for rule in members:
            page.words(MARGIN, rule.title)
    page.blank()
    _show_commands(page, closing)
    page.flush()


def _show_titles(page: Page, rules: Sequence[Rule]) -> None:
    """Titles and statements in two columns; where one is too long the statement stands below its title."""
    column = min(max(len(rule.title) for rule in rules), _WIDEST_TITLE, page.width // 2 - len(MARGIN)) + _APART
    inset = MARGIN + " " * column
    for rule in rules:
        line = statement(page, rule)
        fits = len(inset) + len(line) <= page.width
        if len(rule.title) <= column - _APART and fits:
            page.row((MARGIN, ""), (rule.title.ljust(column), ""), (line, STRONG))
        else:
            page.words(MARGIN, rule.title)
            page.math(inset if fits else MARGIN + MARGIN, line, STRONG)


_APART = 2


def _show_commands(page: Page, commands: Sequence[tuple[str, str]]) -> None:
    column = max((len(command) for command, _ in commands), default=0) + _APART
    beside = len(MARGIN) + column + max((len(shows) for _, shows in commands), default=0) <= page.width
    for command, shows in commands:
        if beside:
            page.row((MARGIN, ""), (command.ljust(column), STRONG), (shows, GUIDE))
        else:
            page.words(MARGIN, command, STRONG)
            page.words(MARGIN + MARGIN, shows, GUIDE)


def topic(rule: Rule) -> str:
    """What a rule belongs to, in a word or two: the heading under which it is listed, without what is added to it."""
    return _section(rule).partition(",")[0].partition(":")[0]


def _section(rule: Rule) -> str:
    """The heading under which a rule is listed."""
    if rule.kind == "misconception":
        return _MISCONCEPTIONS
    fitting = [name for name, tags in _SECTIONS.items() if set(tags) & set(rule.tags)]
    return fitting[-1] if fitting else _OTHERS


def show_rule(console: Console, rule: Rule) -> None:
    """One rule: statement, letters, conditions, sentence, where it stands, and its worked examples.

    A misconception has the sound rule beside it, and its examples say where the oracle found it wrong.
    """
    page = Page(console)
    page.words(MARGIN, rule.title, TITLE)
    page.blank()
    page.math(MARGIN + MARGIN, statement(page, rule), STRONG)
    page.blank()
    if rule.unlike:
        sound = rulebook()[rule.unlike]
        page.words(MARGIN, f"This is wrong. The right rule is {sound.name}, {sound.title}:")
        page.blank()
        page.math(MARGIN + MARGIN, statement(page, sound), STRONG)
        page.blank()
    if rule.say:
        page.words(MARGIN, rule.say.replace("{", "").replace("}", ""))
        page.blank()
    for words in _conditions(page, rule):
        page.words(MARGIN, words)
    page.blank()
    page.words(MARGIN, f"name    {rule.name}")
    page.words(MARGIN, f"file    {rule.file}:{rule.line}")
    if rule.source:
        page.words(MARGIN, rule.source, lead=("source  ", ""))
    for example in rule.examples:
        page.blank()
        page.words(MARGIN, "Example", TITLE)
        page.blank()
        if is_executed(rule):
            page.flush()
            show_derivation(console, derive(example, method=rule.name if "method" in rule.tags else ""))
        else:
            _show_instance(page, rule, example)
    page.flush()


def _show_instance(page: Page, rule: Rule, example: Expression) -> None:
    """What a rule that is never executed makes of its example, and whether the oracle agrees."""
    found = instance(rule, example)
    assert found is not None, f"The rule {rule.name} cannot be used on its own example."
    _show_equation(page, found.left, found.right)
    if found.compared != (found.left, found.right):
        page.words(MARGIN, "Up to a constant, that is:")
        _show_equation(page, *found.compared)
    if found.assumptions:
        page.words(MARGIN, "assuming " + ", ".join(page.text(relation) for relation in found.assumptions))
    sign, sentence = finding(page, found.check)
    page.words(MARGIN, sentence, lead=sign)


def _show_equation(page: Page, left: Expression, right: Expression) -> None:
    page.math(MARGIN + MARGIN, f"{page.text(left)} = {page.text(right)}", STRONG)


def _conditions(page: Page, rule: Rule) -> list[str]:
    """What the letters may be, and when the rule holds, in words."""
    kinds: dict[str, list[str]] = {}
    for letter, sort in rule.letters.items():
        kinds.setdefault(sort, []).append(letter)
    told = [f"{', '.join(letters)}: {_KIND[sort][len(letters) > 1]}" for sort, letters in kinds.items()]
    told += [f"where {condition}" for condition in rule.where]
    told += [f"with {letter} = {page.text(value)}" for letter, value in rule.definitions]
    told += [f"provided {page.text(relation)}{only}" for relation, only in rule.provisos]
    if rule.computed:
        told.append("The statement shows the pattern; the result is computed.")
    return told


_KIND = {
    "variable": ("the variable", "variables"),
    "expression": ("any expression", "any expressions"),
    "constant": ("a constant, free of the variable", "constants, free of the variable"),
    "function": ("a function", "functions"),
    "unknown function": ("an unknown function", "unknown functions"),
}
