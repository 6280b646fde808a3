"""`tutor author schema`: what editors complete and check lesson files by.

    tutor author schema > lesson.schema.json
    tutor author schema course > course.schema.json
"""

from __future__ import annotations

import click


@click.command()
@click.argument("kind", type=click.Choice(["lesson", "course"]), default="lesson")
def schema(kind: str) -> None:
    """Print the JSON Schema of lesson files, or of course.yaml, with which an editor can complete and check them.

    \b
    tutor author schema > lesson.schema.json
    tutor author schema course > course.schema.json

    Editors find it through the first line of a lesson: # yaml-language-server: $schema=lesson.schema.json
    """
    import json

    from tutor.lesson.course_file import course_schema
    from tutor.lesson.schema import json_schema

    click.echo(json.dumps(course_schema() if kind == "course" else json_schema(), indent=2, ensure_ascii=False))
