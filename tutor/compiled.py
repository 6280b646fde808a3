"""Parse tables and rules, worked out once: with the wheel, or in the checkout's ignored build folder.

Building a LALR table and reading a hundred rules at every start is slow. What comes of it is kept in a file whose name
is the digest of everything that it depends on: grammars, rulebooks, the code that reads them, and Python. A stale
file is never found; where none is found the work is done in memory, and kept only where the project keeps such files.

    table = load_table()
    rules = load_rules()
"""

from __future__ import annotations

import os
import pickle
import sys
from collections.abc import Callable, Mapping
from dataclasses import fields
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

from tutor.expression.automaton import ParseTable
from tutor.files import compiled_folder, data_folder, is_checkout, rulebook_files, sources
from tutor.rules.rule import Rule

Made = TypeVar("Made")


@lru_cache(maxsize=1)
def digest() -> str:
    """The digest of everything that the tables depend on."""
    found = sha256(f"{sys.version_info[:2]}".encode())
    for file in (*sorted(data_folder("grammar").glob("*.lark")), *rulebook_files(), *sources("expression", "rules")):
        found.update(file.name.encode() + file.read_bytes())
    return found.hexdigest()[:20]


def write_tables(folder: Path) -> list[Path]:
    """Write both tables to a folder, for a wheel to carry; returns the files."""
    from tutor.rules.rulebook import read_all

    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for kind, data in (("grammar", pickle.dumps(_make_table())), ("rules", _dump_rules(read_all()))):
        file = folder / file_name(kind)
        file.write_bytes(data)
        files.append(file)
    return files


def file_name(kind: str) -> str:
    return f"{kind}-{digest()}.table"


def kept(kind: str, make: Callable[[], Made], dump: Callable[[Made], bytes], load: Callable[[bytes], Made]) -> Made:
    """What was kept under this kind and today's digest, or what `make` makes."""
    file = compiled_folder() / file_name(kind)
    try:
        data = file.read_bytes()
    except OSError:
        made = make()
        if is_checkout():
            _store(file, dump(made))
        return made
    return load(data)


def _store(file: Path, data: bytes) -> None:
    """Write `file` whole or not at all, and remove its stale forerunners; without a place to write, do without."""
    temporary = file.with_name(f"{file.name}.{os.getpid()}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        for stale in file.parent.glob(f"{file.name.partition('-')[0]}-*"):
            stale.unlink(missing_ok=True)
        temporary.write_bytes(data)
        temporary.replace(file)
    except OSError:
        return  # nothing is lost: the table is in memory, and the next start makes it again


# -- the parse table -----------------------------------------------------------------------------------------------


def load_table() -> ParseTable:
    """The parse table of both grammars."""
    table: ParseTable = kept("grammar", _make_table, pickle.dumps, pickle.loads)
    return table


def _make_table() -> ParseTable:
    from tutor.expression.grammar import make_table  # imports Lark, which a start with a kept table does without

    return make_table()


# -- the rules -----------------------------------------------------------------------------------------------------


def load_rules(read: Callable[[], Mapping[str, Rule]]) -> Mapping[str, Rule]:
    """The rules that `read` reads, by name."""
    return kept("rules", read, _dump_rules, _load_rules)


_TREES, _LISTS_OF_TREES = ("left", "right"), ("provided", "examples")


def _dump_rules(rules: Mapping[str, Rule]) -> bytes:
    """Rules as plain data: every node once, args before the node that has them; rules name nodes by their places."""
    from tutor.expression.tree import Expression, postorder

    roots = [root for rule in rules.values() for root in
             (rule.left, rule.right, *rule.provided, *rule.examples, *(body for _, body in rule.definitions))]
    place: dict[Expression, int] = {}
    nodes: list[tuple[str, tuple[int, ...], Any]] = []
    for part in postorder(roots):
        if part not in place:
            place[part] = len(nodes)
            nodes.append((part.head, tuple(place[arg] for arg in part.args), part.value))
    records = []
    for rule in rules.values():
        record = {field.name: getattr(rule, field.name) for field in fields(rule)}
        record["letters"] = dict(rule.letters)
        for name in _TREES:
            record[name] = place[record[name]]
        for name in _LISTS_OF_TREES:
            record[name] = tuple(place[tree] for tree in record[name])
        record["definitions"] = tuple((letter, place[body]) for letter, body in rule.definitions)
        records.append(record)
    return pickle.dumps((nodes, records), protocol=pickle.HIGHEST_PROTOCOL)


def _load_rules(data: bytes) -> Mapping[str, Rule]:
    from tutor.expression.tree import Expression, node

    nodes, records = pickle.loads(data)
    made: list[Expression] = []
    for head, args, value in nodes:
        made.append(node(head, tuple([made[arg] for arg in args]), value))
    rules = {}
    for record in records:
        for name in _TREES:
            record[name] = made[record[name]]
        for name in _LISTS_OF_TREES:
            record[name] = tuple(made[place] for place in record[name])
        record["definitions"] = tuple((letter, made[place]) for letter, place in record["definitions"])
        rules[record["name"]] = Rule(**record)
    return rules
