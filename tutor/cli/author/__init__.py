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
    """Write lessons: an expression is an exercise, and everything else follows from it.

    \b
    tutor author new my-lesson                          begin one
    tutor author check my-lesson.yaml                   try every exercise of it
    tutor author check --watch lessons                  the same for a folder, whenever something is saved
    tutor author preview my-lesson.yaml/power --all     see all that learners can see
    tutor author try my-lesson.yaml                     practise it; nothing is written down
    tutor author schema > lesson.schema.json            for completion in an editor
    tutor author stats                                  how the items do, from the local log

    A lesson is named by its file, by its folder, or by its id if it belongs to the course; /ITEM picks one item of it.
    """


for command in (new, check, preview, try_it, schema, stats):
    author.add_command(command)
