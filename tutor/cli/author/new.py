"""`tutor author new`: a lesson to start from, with completion in the editor.

    tutor author new my-lesson          # my-lesson.yaml, and beside it lesson.schema.json
"""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click

from tutor.cli.author.statuses import refused

SCHEMA_FILE = "lesson.schema.json"

SCAFFOLD = """\
# yaml-language-server: $schema={schema}
format: 1
id: {name}
title: {title}
needs: []
teaches: [power]
text: |
  What is it good for? Write a few sentences, with formulas between dollar signs, as in $x^2$.
examples:
  - d/dx [x^3]
items:
  - given: x^5

  - id: a-power
    given: a*x^n
    vary: {{a: 2..5, n: 3..6}}
    require: a != n
    expect:
      - a*n*x^(n-1): right
      - a*x^(n-1): power_lost_coefficient

  - id: a-table
    ask: backprop
    given: u = x^3; L = a*u
    at: {{x: 2}}
    vary: {{a: 2..5}}
    blank: [u, dL/du, dL/dx]
"""


@click.command()
@click.argument("name")
@click.pass_context
def new(context: click.Context, name: str) -> None:
    """Create NAME.yaml, a small lesson to start from that passes the check. Existing files are not overwritten.

    \b
    tutor author new my-lesson

    Its first line tells editors where the schema is, so that they can complete keys and mark mistakes. The schema is
    written beside the lesson if it is not there yet.
    """
    file = Path(name if name.endswith(".yaml") else f"{name}.yaml")
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", file.stem):
        meant = "-".join(re.findall(r"[a-z0-9]+", file.stem.lower()))
        context.exit(refused(f"{file.stem} is not a valid lesson name. Use lower-case letters and digits, with hyphens "
                             "between words." + (f" Type tutor author new {meant}" if meant else "")))
    words = file.stem.replace("-", " ")
    try:
        with file.open("x", encoding="utf-8") as stream:
            stream.write(SCAFFOLD.format(name=file.stem, title=words[:1].upper() + words[1:], schema=SCHEMA_FILE))
        outdated = _write_schema(file.parent / SCHEMA_FILE)
    except FileExistsError:
        context.exit(refused(f"{file} already exists. Nothing was written."))
    except OSError as error:
        context.exit(refused(f"{error.filename or file} cannot be written: {error.strerror or error}."))
    typed = shlex.quote(str(file))
    click.echo(f"Created {file}. Next:\n")
    purposes = {"check": "test every exercise", "preview": "see what learners will see", "try": "practise it yourself"}
    commands = [f"tutor author {name} {typed}" for name in purposes]
    for command, purpose in zip(commands, purposes.values(), strict=True):
        click.echo(f"  {command.ljust(max(map(len, commands)))}   {purpose}")
    if outdated:
        schema = shlex.quote(str(file.parent / SCHEMA_FILE))
        click.echo(f"\nThe schema beside it is from another version of the tutor. To update it: tutor author schema "
                   f"> {schema}")


def _write_schema(file: Path) -> bool:
    """Write the schema if there is none. Returns whether there is one that differs. Raises OSError."""
    import json

    from tutor.lesson.schema import json_schema

    text = json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"
    try:
        with file.open("x", encoding="utf-8") as stream:
            stream.write(text)
    except FileExistsError:
        return file.read_bytes() != text.encode()
    return False
