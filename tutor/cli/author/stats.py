"""`tutor author stats`: how the items do, from the local log.

    tutor author stats
    tutor author stats my-lesson.yaml
"""

from __future__ import annotations

import click

from tutor.cli.author.statuses import refused


@click.command()
@click.argument("places", nargs=-1, metavar="[FILE|FOLDER|FILE/ITEM]...")
@click.option("--json", "as_json", is_flag=True, help="Everything as JSON.")
@click.pass_context
def stats(context: click.Context, places: tuple[str, ...], as_json: bool) -> None:
    """Show how often each item is answered right, and which wrong answers have no explanation, from the local log.

    \b
    tutor author stats
    tutor author stats my-lesson.yaml

    For all lessons of the course, or for those you name. An answer that you reply to under expect counts as explained;
    name the file of your own lesson, so that this can be looked up.

    Exit status: 0 done, 2 the log cannot be read.
    """
    from tutor.cli.screen import new_page
    from tutor.errors import TutorError
    from tutor.lesson.course import chosen_lessons
    from tutor.lesson.outline import outline_of
    from tutor.practice.renamed import under_present_names
    from tutor.practice.statistics import item_statistics, unexplained
    from tutor.practice.store import FILE, StoreError, home, open_store
    from tutor.views.errors import show_error
    from tutor.views.practice import show_statistics

    try:
        lessons = chosen_lessons(places).lessons
        with open_store(home() / FILE) as store:
            if store.notice:
                show_error(new_page(stderr=True), StoreError(store.notice))
            attempts = list(under_present_names(store.attempts(), outline_of(lessons)))
    except TutorError as error:
        context.exit(refused(error))
    if places:
        meant = {(lesson.id, item.name) for lesson in lessons for item in lesson.items}
        attempts = [attempt for attempt in attempts if (attempt.lesson, attempt.item) in meant]
    items, answers = item_statistics(attempts), unexplained(attempts, lessons)
    if as_json:
        import json

        click.echo(json.dumps({"format": 1, "items": [each._asdict() for each in items],
                               "unexplained": [each._asdict() for each in answers]}, indent=2))
        return

    show_statistics(new_page(), [(f"{each.lesson}/{each.item}", each.asked, each.right) for each in items],
                    [(each.exercise, each.times, ", ".join(each.answers)) for each in answers])
