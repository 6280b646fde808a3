"""`tutor progress`: what the attempt log says, rule by rule.

    tutor progress
    tutor progress --json
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from tutor.practice.statistics import RuleStatistics, SkillStatistics

DONE, BAD_INPUT = 0, 2
"""The exit statuses."""


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Everything as JSON.")
@click.option("--csv", "as_csv", is_flag=True, help="One row a rule, for a spreadsheet.")
@click.pass_context
def progress(context: click.Context, as_json: bool, as_csv: bool) -> None:
    """Show how well each rule is known, and when each form in which it was met is due again.

    A rule is mastered when it was used unaided, at the first attempt, in several forms and on several days.

    \b
    tutor progress
    tutor progress --csv > progress.csv

    Exit status: 0 done, 2 the log cannot be read.
    """
    from datetime import datetime

    from tutor.cli.screen import screen
    from tutor.lesson.outline import outline
    from tutor.practice.progress import Progress
    from tutor.practice.renamed import under_present_names
    from tutor.practice.statistics import rule_statistics, skill_statistics, when, when_due
    from tutor.practice.store import FILE, StoreError, home, open_store
    from tutor.views.errors import show_error

    if as_json and as_csv:
        raise click.UsageError("Give --json or --csv, not both.", context)
    now = datetime.now().astimezone()
    try:
        with open_store(home() / FILE) as store:
            if store.notice:
                show_error(screen(stderr=True), StoreError(store.notice))
            known = Progress(under_present_names(store.attempts(), outline()))
    except StoreError as error:
        show_error(screen(stderr=True), error)
        context.exit(BAD_INPUT)
    rows = rule_statistics(known, now)
    if as_json:
        _print_json(rows, skill_statistics(known))
    elif as_csv:
        _print_csv(rows)
    else:
        from tutor.views.page import Page
        from tutor.views.practice import show_progress

        skills = [(skill.rule, skill.form, when(skill.due, now)) for skill in skill_statistics(known)]
        show_progress(Page(screen()), [(row.title, row.share, row.words, row.mastered, [
            (form, due) for rule, form, due in skills if rule == row.rule]) for row in rows],
            [(form, due) for rule, form, due in skills if not rule],
                      when_due(known, now) or "Nothing was practised yet. tutor practice begins.")


def _print_json(rows: list[RuleStatistics], skills: list[SkillStatistics]) -> None:
    import json

    dated = [skill._asdict() | {"due": skill.due.isoformat(), "last": skill.last.isoformat()} for skill in skills]
    click.echo(json.dumps({"format": 1, "rules": [_as_data(row) for row in rows], "skills": dated}, indent=2))


def _print_csv(rows: list[RuleStatistics]) -> None:
    import csv
    import io

    from tutor.practice.statistics import RuleStatistics

    text = io.StringIO()
    writer = csv.DictWriter(text, RuleStatistics._fields, lineterminator="\n")
    writer.writeheader()
    writer.writerows(map(_as_data, rows))
    click.echo(text.getvalue(), nl=False)


def _as_data(row: RuleStatistics) -> dict[str, object]:
    return row._asdict() | {"next_due": None if row.next_due is None else row.next_due.isoformat()}
