"""`tutor author try`: a lesson practised as learners will, with nothing written down.

    tutor author try my-lesson.yaml
    tutor author try my-lesson.yaml/a-power --items 3
"""

from __future__ import annotations

import click

from tutor.cli.author.statuses import refused


@click.command("try")
@click.argument("place", metavar="FILE|FOLDER|FILE/ITEM")
@click.option("--items", type=click.IntRange(1), help="How many exercises; by default, one per item.")
@click.pass_context
def try_it(context: click.Context, place: str, items: int | None) -> None:
    """Practise a lesson as someone new to it would. Nothing is written to the log.

    \b
    tutor author try my-lesson.yaml
    tutor author try my-lesson.yaml/a-power --items 3

    Exit status: 0 done, 2 there is no such lesson or it cannot be used.
    """
    from tutor.cli.practice import play
    from tutor.errors import TutorError
    from tutor.lesson.course import chosen_lessons
    from tutor.practice.store import memory_only

    try:
        lessons = chosen_lessons([place]).lessons
        ids = frozenset(lesson.id for lesson in lessons)
        with memory_only() as store:
            play(lessons, store, items or sum(len(lesson.items) for lesson in lessons) or None, uncounted=ids,
                 opening="This is a trial: nothing is recorded.")
    except TutorError as error:
        context.exit(refused(error))
