"""The rulebook told: all rules in a list, or one rule with everything that is known of it.

    told_rules(list(rulebook().values()), [("tutor rules chain", "one rule, with an example")])
    told_rule(rulebook()["product"])
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from tutor.derivation.explained import explained
from tutor.derivation.soundness import instance, is_executed, solved_example
from tutor.expression.relations import related
from tutor.expression.text import Text
from tutor.expression.tree import E, Expression, name
from tutor.rules.conditions import refers_to
from tutor.rules.rule import Condition, Rule, Sort
from tutor.rules.rulebook import rulebook
from tutor.telling.derivation import told_solution
from tutor.telling.document import (
    Document,
    DocumentBlock,
    Formula,
    Heading,
    Labelled,
    SimpleBlock,
    Words,
    finding_of,
    listed,
    plain,
    words,
)
from tutor.telling.equations import told_steps


class _Section(NamedTuple):
    """Rules that are listed together. tags: a rule that has one of them belongs here; remark: what the heading adds."""

    topic: str
    tags: frozenset[str] = frozenset()
    remark: str = ""


_SECTIONS = (
    _Section("Derivatives", frozenset(("derivative", "higher"))),
    _Section("Limits", frozenset(("limit",))),
    _Section("Integrals", frozenset(("integral",)), ", up to a constant"),
    _Section("Backpropagation along the lines of a graph", frozenset(("graph",))),
    _Section("Solving equations", frozenset(("equation",))),
    _Section("Tangents and implicit differentiation", frozenset(("curve", "dependent"))),
    _Section("Derivatives of functions", frozenset(("table",))),
    _Section("Other methods", frozenset(("method", "restoring")), ", for tutor explain --method"),
    _Section("Results", frozenset(("combine",))),
    _Section("Tidying a result", frozenset(("tidy",))),
    _Section("Sums with an index", frozenset(("index",))),
    _Section("Parts of lists as whole lists", frozenset(("reading",))),
    _Section("Gradient descent", frozenset(("descent",))),
    _Section("A minimum in one formula", frozenset(("one_formula",))),
    _Section("Integrals without a formula", frozenset(("no_formula",))),
)
_OTHERS = _Section("Other rules")
_MISCONCEPTIONS = _Section("Misconceptions", remark=": wrong rules that learners are known to use")

Command = tuple[str, str]
"""What can be typed, and what it shows."""


def told_rules(rules: Sequence[Rule], closing: Sequence[Command]) -> Document:
    """Rules by what they are for, each with its title and its statement. closing: what else can be seen."""
    sections: dict[_Section, list[Labelled]] = {each: [] for each in (*_SECTIONS, _OTHERS, _MISCONCEPTIONS)}
    for rule in rules:
        sections[_section(rule)].append(Labelled(rule.title, Formula(_statement(rule), shape="line"), ""))
    return _listed(((section.topic + section.remark, rows) for section, rows in sections.items()), closing)


def told_names(rules: Sequence[Rule]) -> Document:
    """The names of rules, as lessons have them, each with its title."""
    return _listed(((heading, [Labelled(rule.name, words(rule.title), "strong") for rule in members])
                    for heading, members in _by_kind(rules, "Rules")), ())


def told_also(rules: Sequence[Rule], closing: Sequence[Command]) -> Document:
    """What else has to do with a rule that was told, one line each. closing: as for a list."""
    return _listed(((heading, [words(rule.title) for rule in members])
                    for heading, members in _by_kind(rules, "See also")), closing)


def _by_kind(rules: Sequence[Rule], heading: str) -> Iterator[tuple[str, list[Rule]]]:
    """Sound rules under this heading, and misconceptions."""
    yield heading, [rule for rule in rules if rule.kind == "rule"]
    yield "Misconceptions", [rule for rule in rules if rule.kind == "misconception"]


def _listed(sections: Iterable[tuple[str, Sequence[SimpleBlock]]], closing: Sequence[Command]) -> Document:
    """Those sections that have something in them, each under its heading, and what can be typed."""
    groups: list[tuple[SimpleBlock, ...]] = []
    for heading, blocks in sections:
        if blocks:
            groups += [(Heading(heading),), tuple(blocks)]
    groups.append(tuple(Labelled(typed, words(shows, "quiet"), "strong") for typed, shows in closing))
    return Document(tuple(group for group in groups if group))


def topic(rule: Rule) -> str:
    """What a rule is about, in a word or two."""
    return _section(rule).topic


def _section(rule: Rule) -> _Section:
    if rule.kind == "misconception":
        return _MISCONCEPTIONS
    fitting = [section for section in _SECTIONS if not section.tags.isdisjoint(rule.tags)]
    return fitting[-1] if fitting else _OTHERS


def _statement(rule: Rule) -> Expression:
    right = rule.right.args[0] if rule.solves and len(rule.right.args) == 1 else rule.right
    return related(rule.left, rule.sign, right)


def told_rule(rule: Rule) -> Document:
    """One rule: statement, sentence, letters and conditions, where it stands, and its worked examples.

    A misconception has the sound rule beside it, and its examples say where the oracle found it wrong.
    """
    groups: list[tuple[DocumentBlock, ...]] = [(Heading(rule.title),), (_displayed(_statement(rule)),)]
    if rule.unlike:
        sound = rulebook()[rule.unlike]
        groups.append((words(f"This is wrong. The right rule is {sound.name}, {sound.title}:"),))
        groups.append((_displayed(_statement(sound)),))
    if rule.say:
        groups.append((Words((Text(rule.say, {letter: name(letter) for letter in rule.letters}),)),))
    groups.append(tuple(Words((text,)) for text in _conditions(rule)))
    known = [("name", rule.name), ("file", f"{rule.file}:{rule.line}"), ("source", rule.source)]
    groups.append(tuple(Labelled(label, words(value), "quiet") for label, value in known if value))
    for example in rule.examples:
        groups.append((Heading("Example"),))
        if rule.solves:
            solved = solved_example(example)
            groups.append((_displayed(example), *told_steps(solved, "normal", 1)))
            checks = [step.check for step in solved.steps]
            doubted = next((check for check in checks if check.outcome != "checked"), None)
            counted = "1 step" if len(checks) == 1 else f"{len(checks)} steps, each"
            groups.append((words(f"{counted} checked", sign="yes") if doubted is None else finding_of(doubted),))
        elif is_executed(rule):
            derivation = explained(example, method=rule.name if "method" in rule.tags else "")
            named = any(rule in line for line in derivation.rules_of_lines)
            groups.append((told_solution(derivation, detail="normal" if named else "full"),))
        else:
            groups += _told_instance(rule, example)
    return Document(tuple(group for group in groups if group))


def _displayed(formula: Expression) -> Formula:
    return Formula(formula, shape="display")


def _told_instance(rule: Rule, example: Expression) -> Iterator[tuple[SimpleBlock, ...]]:
    """What a rule that is never executed makes of its example, and whether the oracle agrees."""
    found = instance(rule, example)
    assert found is not None, f"The rule {rule.name} cannot be used on its own example."
    yield (_displayed(example if found.left is found.right else related(found.left, "=", found.right)),)
    if found.compared != (found.left, found.right):
        left, right = found.compared
        yield (words("Part by part, that is:" if "reading" in rule.tags else "Up to a constant, that is:"),)
        yield (_displayed(related(left, "=", right)),)
    if found.assumptions:
        yield (Words((listed(found.assumptions, "assuming "),)),)
    yield (finding_of(found.check),)


def _conditions(rule: Rule) -> Iterator[Text]:
    """What the letters may be, and when the rule holds."""
    kinds: dict[Sort, list[Expression]] = {}
    for letter, sort in rule.letters.items():
        kinds.setdefault(sort, []).append(name(letter))
    for sort, letters in kinds.items():
        yield listed(letters, after=f": {_KINDS[sort][len(letters) > 1]}")
    for condition in rule.where:
        yield _condition(rule, condition)
    for letter, value in rule.definitions:
        yield listed([related(name(letter), "=", value)], "with ")
    if rule.uses is not None:
        yield plain(str(rule.uses))
    if rule.place:
        yield plain(f"in place {', '.join(rule.place)}")
    for relation in rule.given:
        yield listed([relation], "given ")
    for relation, only in zip(rule.provided, rule.only_where or (None,) * len(rule.provided), strict=True):
        provided = listed([relation], "provided ")
        if only is not None:
            provided = Text.of(provided, " ", _condition(rule, only))
        yield provided
    if rule.computed:
        yield Text("The statement shows the pattern; the result is computed.", {})


def _condition(rule: Rule, condition: Condition) -> Text:
    """A condition on shape: "where g is not x", "where f is free of x", "where n is a number"."""
    what = refers_to(condition.what) or condition.what
    before = condition.what.removesuffix(what)
    slots = {condition.letter: name(condition.letter)}
    if what == E.value or what in rule.letters:
        slots[what] = E if what == E.value else name(what)
        what = f"{{{what}}}"
    return Text(f"where {{{condition.letter}}} is {'not ' if condition.negated else ''}{before}{what}", slots)


_KINDS: dict[Sort, tuple[str, str]] = {
    "variable": ("the variable", "variables"),
    "expression": ("any expression", "any expressions"),
    "constant": ("a constant, free of the variable", "constants, free of the variable"),
    "function": ("a function", "functions"),
    "unknown function": ("an unknown function", "unknown functions"),
    "new variable": ("a new variable", "new variables"),
    "condition": ("any conditions", "any conditions"),
    "index": ("an index", "indices"),
    "list": ("a list", "lists"),
    "new index": ("a new index", "new indices"),
}
"""What a letter stands for -> in words, for one letter and for several."""
