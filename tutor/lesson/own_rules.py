"""The misconceptions that a lesson brings along, beside those of the rulebook.

    (rule,) = own_misconceptions(lesson)
    misconception_named(rule.name, [rule]) is rule          # True
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from tutor.errors import TutorError
from tutor.expression.functions import Defined
from tutor.lesson.schema import Lesson
from tutor.rules.reader import read_rulebook
from tutor.rules.rule import Rule
from tutor.rules.rulebook import misconceptions, rulebook


@lru_cache(maxsize=64)
def _own(text: str, file: str, functions: frozenset[tuple[str, Defined]]) -> tuple[Rule, ...]:
    return tuple(read_rulebook(text, file, {**rulebook(), **misconceptions()}, dict(functions)))


def own_misconceptions(lesson: Lesson) -> tuple[Rule, ...]:
    """The wrong rules that a lesson brings along. Raises RulebookError if one of them cannot be read."""
    if not lesson.misconceptions:
        return ()
    return _own(lesson.misconceptions, lesson.id, frozenset(lesson.defined.items()))


def misconception_named(name: str, own: Sequence[Rule]) -> Rule:
    """A misconception of the rulebook or of the lesson itself. Raises TutorError if there is none of this name."""
    for rule in own:
        if rule.name == name:
            return rule
    if name not in misconceptions():
        raise TutorError(f"There is no misconception {name}.")
    return misconceptions()[name]
