"""`tutor rules`: the rulebook with its misconceptions, one rule of it, a search in it, or its check.

    tutor rules
    tutor rules product
    tutor rules tan
    tutor rules --check
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tutor.cli.arguments import in_quotes
from tutor.cli.options import drawing_options
from tutor.cli.output import Output, WithOutput, output_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tutor.rules.rule import Rule
    from tutor.rules.search import SearchResult

FAILED, BAD_INPUT, UNDECIDED = 1, 2, 3
"""The exit statuses, besides 0."""


@click.command(cls=WithOutput)
@click.argument("words", nargs=-1, metavar="[WORD]...")
@click.option("--check", is_flag=True, help="Test the rules: can each be used, is it true (a misconception: false), "
                                            "does it read back?")
@click.option("--names", is_flag=True, help="List the names that lessons use for rules and misconceptions.")
@click.option("--json", "as_json", is_flag=True, help="The same as JSON.")
@drawing_options
@click.pass_context
def rules(context: click.Context, words: tuple[str, ...], check: bool, names: bool, as_json: bool) -> None:
    """List the rules, show the rule called WORD with a worked example, or find the rules in which WORD occurs.

    \b
    tutor rules
    tutor rules product           one rule, by its name or its title
    tutor rules tan               every rule that mentions it in its name, title or statement
    tutor rules "e^x"             mathematics, in quotes
    tutor rules misconceptions    wrong rules that learners are known to use
    tutor rules --check           test every rule

    Exit status: 0 done, 1 a rule failed a test, 2 there is no such rule, 3 a test could not decide.
    """
    from tutor.rules.rulebook import misconceptions, rulebook
    from tutor.rules.search import SearchResult, search
    from tutor.telling.rules import topic

    output = output_of(context, as_json)
    if output.latex and (check or names):
        raise click.UsageError("--check and --names print text. Leave out --format and --output.", context)
    known = [*rulebook().values(), *misconceptions().values()]
    query = " ".join(words).strip()
    found = search(query, known, topic) if query else SearchResult([], known)
    if not found.exact and not found.others:
        context.exit(_not_found(query, known))
    chosen = found.exact or found.others
    if check:
        context.exit(_check(chosen, as_json))
    if as_json:
        import json

        from tutor.views.json import rule_as_data

        data = [rule_as_data(rule) for rule in chosen]
        click.echo(json.dumps(data[0] if len(found.exact) == 1 else data, indent=2))
        return
    if names:
        from tutor.telling.rules import told_names

        output.put(told_names(chosen), by_page=True)
        return
    _show(query, found, output)
    output.finish("Rules")


def _show(query: str, found: SearchResult, output: Output) -> None:
    """One rule and what else there is, or the list of those that were found. On paper there are no commands to try."""
    from tutor.telling.rules import told_also, told_rule, told_rules

    if found.exact or len(found.others) == 1:
        first, *others = [*found.exact, *found.others]
        output.put(told_rule(first))
        if others and not output.latex:
            output.put(told_also(others, [_one_of(others)]), apart=True)
        return
    rules, closing = found.others, [_one_of(found.others)]
    if not query:
        sound = [rule for rule in found.others if rule.kind == "rule"]
        rules = sorted(sound, key=lambda rule: "basic" not in rule.tags)
        wrong = len(found.others) - len(rules)
        closing = [("tutor rules chain", "one rule, with an example"),
                   ("tutor rules tan", "the rules about the tangent"),
                   ("tutor rules misconceptions", f"{wrong} wrong rules that learners use")]
    output.put(told_rules(rules, [] if output.latex else closing), by_page=True)


def _one_of(rules: list[Rule]) -> tuple[str, str]:
    """The command that shows the first of some rules."""
    return f"tutor rules {in_quotes(rules[0].title)}", "one of them, with an example"


def _not_found(query: str, known: list[Rule]) -> int:
    """Say that no rule has to do with this, and what may have been meant. Returns the exit status."""
    from tutor.cli.screen import new_page
    from tutor.errors import TutorError
    from tutor.rules.search import near
    from tutor.views.errors import show_error

    meant = " or ".join(near(query, known))
    guess = f" Did you mean {meant}?" if meant else " tutor rules lists them all."
    show_error(new_page(stderr=True), TutorError(f"There is no rule {query}.{guess}"))
    return BAD_INPUT


def _check(chosen: Iterable[Rule], as_json: bool) -> int:
    """Examine these rules and say what was found. Returns the exit status."""
    import json

    from tutor.cli.screen import new_page
    from tutor.derivation.soundness import check_rule, passed
    from tutor.views.soundness import show_rule_check, show_rules_checked

    page, outcomes, data = new_page(), [], {}
    for rule in chosen:
        verdicts = list(check_rule(rule))
        outcomes.append(passed(rule, verdicts))
        data[rule.name] = [verdict._asdict() for verdict in verdicts]
        if not as_json:
            show_rule_check(page, rule, verdicts)
            page.flush()
    if as_json:
        click.echo(json.dumps(data, indent=2))
    else:
        show_rules_checked(page, outcomes)
    return FAILED if False in outcomes else UNDECIDED if None in outcomes else 0
