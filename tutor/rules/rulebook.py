"""The rulebook of the product: every rule by its name, read once and kept; misconceptions in a book of their own.

    rulebook()["chain"].statement
    misconceptions()["chain_inner_forgotten"].unlike       # "chain"
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from tutor.compiled import kept, packed, unpacked
from tutor.errors import RulebookError
from tutor.expression.tree import Expression, node, postorder
from tutor.files import rulebook_files
from tutor.rules.reader import read_rulebook
from tutor.rules.rule import Condition, Rule, Uses


@lru_cache(maxsize=1)
def rulebook() -> Mapping[str, Rule]:
    """All sound rules of the product by name, in the order of the files."""
    rules: dict[str, Rule] = kept("rules", lambda: of_kind("rule"), dump, restore)
    return MappingProxyType(rules)


@lru_cache(maxsize=1)
def misconceptions() -> Mapping[str, Rule]:
    """All wrong rules of the product by name, in the order of the files: apart, so that no derivation meets one."""
    rules: dict[str, Rule] = kept("misconceptions", lambda: of_kind("misconception"), dump, restore)
    return MappingProxyType(rules)


def title_of(name: str) -> str:
    """How a rule is called, also one that only a lesson knows, such as derivative_of_swish."""
    known = rulebook().get(name)
    return name.replace("_", " ").capitalize() if known is None else known.title


def of_kind(kind: str) -> dict[str, Rule]:
    """The rules of one kind, read from the files anew. Raises RulebookError where one of them says something wrong."""
    rules: dict[str, Rule] = {}
    for file in rulebook_files():
        rules |= load(file, rules)
    return {name: rule for name, rule in rules.items() if rule.kind == kind}


def load(file: Path, known: Mapping[str, Rule]) -> dict[str, Rule]:
    """The rules of one file by name. Raises RulebookError if it cannot be read or says something wrong."""
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise RulebookError(str(file), 1, 1, f"the rulebook cannot be read: {error}") from None
    return {rule.name: rule for rule in read_rulebook(text, file.name, dict(known))}


# -- kept as plain data ----------------------------------------------------------------------------------------------

_TREES, _LISTS_OF_TREES = ("left", "right"), ("provided", "given", "examples")


def dump(rules: dict[str, Rule]) -> bytes:
    """Rules as plain data: every node once, args before the node that has them; rules name nodes by their places."""
    roots = [root for rule in rules.values() for root in
             (rule.left, rule.right, *rule.provided, *rule.given, *rule.examples,
              *(body for _, body in rule.definitions))]
    place: dict[Expression, int] = {}
    nodes: list[tuple[str, tuple[int, ...], Any]] = []
    for part in postorder(roots):
        if part not in place:
            place[part] = len(nodes)
            nodes.append((part.head, tuple(place[arg] for arg in part.args), part.value))
    records = []
    for rule in rules.values():
        record = rule._asdict()
        record["where"] = [tuple(condition) for condition in rule.where]
        record["only_where"] = [condition and tuple(condition) for condition in rule.only_where]
        record["uses"] = rule.uses and tuple(rule.uses)
        record["letters"], record["roles"] = dict(rule.letters), dict(rule.roles)
        for name in _TREES:
            record[name] = place[record[name]]
        for name in _LISTS_OF_TREES:
            record[name] = tuple(place[tree] for tree in record[name])
        record["definitions"] = tuple((letter, place[body]) for letter, body in rule.definitions)
        records.append(record)
    return packed((nodes, records))


def restore(data: bytes) -> dict[str, Rule]:
    """Undo `dump`."""
    nodes, records = unpacked(data)
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
        record["where"] = tuple(Condition(*condition) for condition in record["where"])
        record["only_where"] = tuple(condition and Condition(*condition) for condition in record["only_where"])
        record["uses"] = record["uses"] and Uses(*record["uses"])
        rules[record["name"]] = Rule(**record)
    return rules
