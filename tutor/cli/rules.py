"""`tutor rules`: the rulebook with its misconceptions, one rule of it, or its check.

    tutor rules
    tutor rules product
    tutor rules --check
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tutor.rules.rule import Rule

FAILED, BAD_INPUT, UNDECIDED = 1, 2, 3
"""The exit statuses, besides 0."""


@click.command()
@click.argument("name", required=False)
@click.option("--check", is_flag=True, help="Examine: does it fire, is it sound (or refuted), does it print back?")
@click.option("--json", "as_json", is_flag=True, help="The same as JSON.")
@click.pass_context
def rules(context: click.Context, name: str | None, check: bool, as_json: bool) -> None:
    """List the rules and misconceptions, or show the one called NAME with its conditions and a worked example.

    \b
    tutor rules
    tutor rules product
    tutor rules "chain rule"      its title does as well
    tutor rules --check           examine every rule

    Exit status: 0 done, 1 a rule failed its check, 2 there is no such rule, 3 a check could not decide.
    """
    from tutor.rules.rulebook import misconceptions, rulebook

    known = {**rulebook(), **misconceptions()}
    chosen = list(known.values())
    if name is not None:
        rule = _find(name, chosen)
        if rule is None:
            context.exit(BAD_INPUT)
        chosen = [rule]
    if check:
        context.exit(_check(chosen, as_json))
    if as_json:
        import json

        from tutor.views.json import rule_as_data

        data = [rule_as_data(rule) for rule in chosen]
        click.echo(json.dumps(data if name is None else data[0], indent=2))
        return
    from tutor.cli.screen import screen
    from tutor.views.rules import show_rule, show_rules

    if name is None:
        show_rules(screen(), known)
    else:
        show_rule(screen(), chosen[0])


def _find(name: str, known: list[Rule]) -> Rule | None:
    """The rule with this name or title; if there is none, says so and what it may have been."""
    names = {_plain(rule.title): rule for rule in known} | {_plain(rule.name): rule for rule in known}
    found = names.get(_plain(name))
    if found is None:
        from difflib import get_close_matches

        from tutor.cli.screen import screen
        from tutor.errors import TutorError
        from tutor.views.errors import show_error

        near = dict.fromkeys(names[each].name for each in get_close_matches(_plain(name), names, n=4, cutoff=0.5))
        guess = f" Did you mean {' or '.join(near)}?" if near else " tutor rules lists them all."
        show_error(screen(stderr=True), TutorError(f"There is no rule {name}.{guess}"))
    return found


def _plain(name: str) -> str:
    return name.strip().lower().replace(" ", "_").replace("-", "_")


def _check(chosen: Iterable[Rule], as_json: bool) -> int:
    """Examine these rules and say what was found. Returns the exit status."""
    import json

    from tutor.cli.screen import screen
    from tutor.derivation.soundness import examine
    from tutor.views.page import Page
    from tutor.views.soundness import passed, show_examination, show_summary

    page, outcomes, data = Page(screen()), [], {}
    for rule in chosen:
        verdicts = list(examine(rule))
        outcomes.append(passed(rule, verdicts))
        data[rule.name] = [verdict._asdict() for verdict in verdicts]
        if not as_json:
            show_examination(page, rule, verdicts)
            page.flush()
    if as_json:
        click.echo(json.dumps(data, indent=2))
    else:
        show_summary(page, outcomes)
    return FAILED if False in outcomes else UNDECIDED if None in outcomes else 0
