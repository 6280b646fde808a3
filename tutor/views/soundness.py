"""The check of the rulebook on the screen: one row a rule, and below it what is not right.

    show_rule_check(page, rule, list(check_rule(rule)))
"""

from __future__ import annotations

from collections.abc import Sequence

from tutor.derivation.soundness import Verdict, passed, questions
from tutor.rules.rule import Rule
from tutor.views.page import BAD, DOUBT, GOOD, MARGIN, Page

_MOST_NAMED = 3


def show_rule_check(page: Page, rule: Rule, verdicts: Sequence[Verdict]) -> None:
    """A row with the count of right answers to each question, and the wrong answers."""
    outcome = passed(rule, verdicts)
    signs = {True: (page.signs.yes, GOOD), False: (page.signs.no, BAD), None: (page.signs.unsure, DOUBT)}
    counts = []
    for question in questions(rule):
        asked = [verdict for verdict in verdicts if verdict.question == question]
        right = sum(verdict.passed is True for verdict in asked)
        counts.append(f"{question} {right}/{len(asked)}")
    page.row((MARGIN, ""), signs[outcome], (f" {rule.name:<34} {'  '.join(counts)}", ""))
    wrong = [verdict for verdict in verdicts if not verdict.passed] if outcome is not True else []
    for verdict in wrong[:_MOST_NAMED]:
        page.words(MARGIN + "    ", f"{verdict.question}: {verdict.subject}: {verdict.finding}", signs[outcome][1])


def show_rules_checked(page: Page, outcomes: Sequence[bool | None]) -> None:
    """How many rules passed."""
    right, wrong = outcomes.count(True), outcomes.count(False)
    page.blank()
    tail = "".join(f", {count} {what}" for count, what in (
        (wrong, "failed"), (len(outcomes) - right - wrong, "undecided")) if count)
    rules = "1 rule" if len(outcomes) == 1 else f"{len(outcomes)} rules"
    page.words(MARGIN, f"{rules}: {right} passed{tail}", BAD if wrong else GOOD)
    page.flush()
