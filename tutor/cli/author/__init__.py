"""`tutor author`: the workbench of someone who writes lessons. One file a subcommand.

    tutor author new my-lesson
    tutor author check my-lesson.yaml
    tutor author preview my-lesson.yaml/a-power --seed 17
    tutor author try my-lesson.yaml
    tutor author stats
"""

from __future__ import annotations

import click

from tutor.cli.author.check import check
from tutor.cli.author.new import new
from tutor.cli.author.preview import preview
from tutor.cli.author.schema import schema
from tutor.cli.author.stats import stats
from tutor.cli.author.trying import try_it


@click.group()
def author() -> None:
    """Write lessons: give an expression, and the exercise, its answer and its hints are made from it.

    \b
    tutor author new my-lesson                          start a lesson
    tutor author check my-lesson.yaml                   test every exercise in it
    tutor author check --watch lessons                  test a folder whenever something is saved
    tutor author preview my-lesson.yaml/power --all     see everything that learners can see
    tutor author try my-lesson.yaml                     practise it; nothing is recorded
    tutor author schema > lesson.schema.json            for completion in an editor
    tutor author stats                                  how learners do, from the local log

    Name a lesson by its file, by its folder, or by its id if it belongs to the course; add /ITEM for one item of it.
    """


for command in (new, check, preview, try_it, schema, stats):
    author.add_command(command)
