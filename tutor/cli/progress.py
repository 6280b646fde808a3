"""`tutor progress`: what the attempt log says, rule by rule.

    tutor progress
    tutor progress --json
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from datetime import datetime

    from tutor.practice.progress import Progress
    from tutor.practice.statistics import RuleStatistics, SkillStatistics

DONE, BAD_INPUT = 0, 2
"""The exit statuses."""


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Everything as JSON.")
@click.option("--csv", "as_csv", is_flag=True, help="One row per rule, for a spreadsheet.")
@click.pass_context
def progress(context: click.Context, as_json: bool, as_csv: bool) -> None:
    """Show what to do today, how well you know each rule, and when each skill is due again.

    You have mastered a rule when you have used it without help, at the first attempt, in several forms and on several
    days.

    \b
    tutor progress
    tutor progress --csv > progress.csv

    Exit status: 0 done, 2 the log cannot be read.
    """
    from datetime import datetime

    from tutor.cli.screen import new_page
    from tutor.lesson.outline import course_outline
    from tutor.practice.progress import Progress
    from tutor.practice.renamed import under_present_names
    from tutor.practice.statistics import rule_statistics, skill_statistics
    from tutor.practice.store import FILE, StoreError, home, open_store
    from tutor.views.errors import show_error

    if as_json and as_csv:
        raise click.UsageError("Give --json or --csv, not both.", context)
    now = datetime.now().astimezone()
    try:
        with open_store(home() / FILE) as store:
            if store.notice:
                show_error(new_page(stderr=True), StoreError(store.notice))
            known = Progress(under_present_names(store.attempts(), course_outline()))
    except StoreError as error:
        show_error(new_page(stderr=True), error)
        context.exit(BAD_INPUT)
    rows = rule_statistics(known, now)
    if as_json:
        _print_json(rows, skill_statistics(known))
    elif as_csv:
        _print_csv(rows)
    else:
        _print(known, now)


def _print(known: Progress, now: datetime) -> None:
    """What to do today, then every rule: what is due first, then what is being learned, then what is mastered."""
    from tutor.cli.screen import new_page
    from tutor.lesson.course import load_course
    from tutor.lesson.outline import outline_of
    from tutor.practice.statistics import rule_statistics
    from tutor.practice.today import today
    from tutor.rules.rulebook import title_of
    from tutor.views.home import show_today
    from tutor.views.practice import RuleRow, show_progress

    page = new_page()
    course = load_course()
    page.blank()
    show_today(page, today(known, outline_of(course), now).sentences)
    skills = _skills_by_rule(known, now)
    rows = [(each, RuleRow(each.title, each.share, known.rules[each.rule].tally, skills.pop(each.rule, [])))
            for each in rule_statistics(known, now)]
    titles = {lesson.id: lesson.title for lesson in course}
    others = [RuleRow(titles.get(name, name), 0, "", due) for name, due in _questions_by_lesson(known, now).items()]
    begun = [RuleRow(title_of(rule), 0, "", due) for rule, due in skills.items()]
    show_progress(page, {
        "due": [row for each, row in rows if each.due],
        "learning": [row for each, row in rows if not each.due and not each.mastered] + begun,
        "mastered": [row for each, row in rows if not each.due and each.mastered],
        "questions": others,
    })


_Due = list[tuple[str, list[str]]]
"""When something is due, and the skills in words that are due then."""


def _skills_by_rule(known: Progress, now: datetime) -> dict[str, _Due]:
    """Rule -> its skills, those that are due at the same time together."""
    from tutor.practice.statistics import skill_statistics, when
    from tutor.practice.words import skill_in_words

    found: dict[str, _Due] = {}
    for skill in skill_statistics(known):
        if not skill.rule:
            continue
        due, groups = f"due {when(skill.due, now)}", found.setdefault(skill.rule, [])
        if not groups or groups[-1][0] != due:
            groups.append((due, []))
        words = skill_in_words(skill.rule, skill.form)
        if words:
            groups[-1][1].append(words)
    return found


def _questions_by_lesson(known: Progress, now: datetime) -> dict[str, _Due]:
    """Lesson -> how many of its questions that take no rule are due when."""
    from collections import Counter

    from tutor.practice.statistics import skill_statistics, when

    counts: dict[str, Counter[str]] = {}
    for skill in skill_statistics(known):
        if not skill.rule:
            counts.setdefault(skill.form.partition("/")[0], Counter())[f"due {when(skill.due, now)}"] += 1
    return {lesson: [(due, [f"{count} question{'' if count == 1 else 's'}"]) for due, count in each.items()]
            for lesson, each in counts.items()}


def _print_json(rows: list[RuleStatistics], skills: list[SkillStatistics]) -> None:
    import json

    from tutor.practice.words import skill_in_words
    from tutor.rules.rulebook import title_of

    dated = [skill._asdict() | {
        "due": skill.due.isoformat(), "last": skill.last.isoformat(), "words": skill_in_words(skill.rule, skill.form),
        "title": title_of(skill.rule) if skill.rule else ""} for skill in skills]
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
