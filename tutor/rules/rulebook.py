"""The rulebook of the product: every rule by its name, and the index by which the engine finds them.

    rulebook()["chain"].statement
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from tutor.compiled import load_rules
from tutor.errors import RulebookError
from tutor.files import rulebook_files
from tutor.rules.reader import read_rulebook
from tutor.rules.rule import Rule


@lru_cache(maxsize=1)
def rulebook() -> Mapping[str, Rule]:
    """All rules of the product by name, in the order of the files."""
    return MappingProxyType(dict(load_rules(read_all)))


def read_all() -> dict[str, Rule]:
    """The rules, read from the files anew. Raises RulebookError where one of them says something wrong."""
    rules: dict[str, Rule] = {}
    for file in rulebook_files():
        rules |= load(file, rules)
    return rules


def load(file: Path, known: Mapping[str, Rule]) -> dict[str, Rule]:
    """The rules of one file by name. Raises RulebookError if it cannot be read or says something wrong."""
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise RulebookError(str(file), 1, 1, f"the rulebook cannot be read: {error}") from None
    return {rule.name: rule for rule in read_rulebook(text, file.name, dict(known))}
