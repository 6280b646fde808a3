"""The rulebook on the screen: all rules in a list, or one rule with everything that is known of it.

    show_rules(Console(), rulebook())
    show_rule(Console(), rulebook()["product"])
"""

from __future__ import annotations

from collections.abc import Mapping

from rich.console import Console

from tutor.derivation.derivation import derive
from tutor.rules.rule import Rule
from tutor.views.page import STRONG, TITLE, Page
from tutor.views.steps import statement
from tutor.views.terminal import show_derivation
from tutor.views.tree import MARGIN

_SECTIONS = {
    "Derivatives": ("derivative", "higher"),
    "Derivatives of functions": ("table",),
    "Second methods, taken when asked for: tutor explain --method NAME": ("method",),
    "Results": ("combine",),
    "Tidying a result": ("tidy",),
}
_OTHERS = "Other rules"


def show_rules(console: Console, rules: Mapping[str, Rule]) -> None:
    """Every rule with its name, its title and its statement, by what it is for."""
    page = Page(console)
    sections: dict[str, list[Rule]] = {section: [] for section in (*_SECTIONS, _OTHERS)}
    for rule in rules.values():
        sections[_section(rule)].append(rule)
    told = [(section, members) for section, members in sections.items() if members]
    for number, (section, members) in enumerate(told):
        if number:
            page.blank()
        page.words(MARGIN, section, STRONG)
        page.blank()
        column = max(len(rule.name) for rule in members) + 2
        for rule in members:
            page.words(MARGIN, rule.title, lead=(rule.name.ljust(column), TITLE))
            page.math(MARGIN + " " * column, statement(page, rule))
    page.blank()
    page.words(MARGIN, "tutor rules NAME shows one of them with its conditions and a worked example.")
    page.flush()


def _section(rule: Rule) -> str:
    fitting = [section for section, tags in _SECTIONS.items() if set(tags) & set(rule.tags)]
    return fitting[-1] if fitting else _OTHERS


def show_rule(console: Console, rule: Rule) -> None:
    """One rule: statement, letters, conditions, sentence, where it stands, and its worked examples."""
    page = Page(console)
    page.words(MARGIN, rule.title, TITLE)
    page.blank()
    page.math(MARGIN + MARGIN, statement(page, rule), STRONG)
    page.blank()
    for words in _conditions(page, rule):
        page.words(MARGIN, words)
    if rule.say:
        page.words(MARGIN, rule.say.replace("{", "").replace("}", ""))
    page.blank()
    page.words(MARGIN, f"name    {rule.name}")
    page.words(MARGIN, f"file    {rule.file}:{rule.line}")
    if rule.source:
        page.words(MARGIN, rule.source, lead=("source  ", ""))
    page.flush()
    method = rule.name if "method" in rule.tags else ""
    for example in rule.examples:
        page.blank()
        page.words(MARGIN, "Example", TITLE)
        page.blank()
        page.flush()
        show_derivation(console, derive(example, method=method))


def _conditions(page: Page, rule: Rule) -> list[str]:
    """What the letters may be, and when the rule holds, in words."""
    kinds: dict[str, list[str]] = {}
    for letter, sort in rule.letters.items():
        kinds.setdefault(sort, []).append(letter)
    told = [f"{', '.join(letters)}: {_KIND[sort][len(letters) > 1]}" for sort, letters in kinds.items()]
    told += [f"where {condition}" for condition in rule.where]
    told += [f"with {letter} = {page.text(value)}" for letter, value in rule.definitions]
    told += [f"provided {page.text(relation)}" for relation in rule.provided]
    if rule.computed:
        told.append("The statement shows the pattern; what comes out is computed.")
    return told


_KIND = {
    "variable": ("the variable", "variables"),
    "expression": ("any expression", "any expressions"),
    "constant": ("a constant, free of the variable", "constants, free of the variable"),
    "function": ("a function", "functions"),
    "unknown function": ("an unknown function", "unknown functions"),
}
