"""Mistakes told in sentences: each kind once, and those that were made together as two things.

    told([mistake])             # "The inner derivative is missing. ..."
    statement([one, other])     # "Two things are missing: the inner derivative, and the factor in front."
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from tutor.judge.diagnosis import Mistake, Text

EITHER = Text("Either of two mistakes would give exactly this answer.", {})
"""Said where two mistakes are as likely as each other."""


_LACKING = re.compile("The (.+) (?:is missing|was lost|was dropped|was forgotten|was left out)")


def statement(mistakes: Sequence[Mistake]) -> str:
    """One sentence for mistakes that were made together: what is wrong, or which two things are.

    A title says what is missing or what was done. If every title says what is missing, the missing things are listed;
    otherwise the titles are quoted.
    """
    times = Counter(mistake.rule.title for mistake in mistakes)
    if len(times) == 1:
        return f"{mistakes[0].rule.title}."
    again = {title: _AGAIN if count > 1 else "" for title, count in times.items()}
    lacking = [(_LACKING.fullmatch(title), again[title]) for title in times]
    if all(found for found, _ in lacking):
        first, *others = [f"the {found[1]}{places}" for found, places in lacking if found]
        these = "These are missing" if any(again.values()) else "Two things are missing"
        return f"{these}: {', and '.join([first, *others])}."
    made = " and ".join(f"“{title}”{places}" for title, places in again.items())
    return f"{'Mistakes of two kinds' if any(again.values()) else 'Two mistakes'} were made together: {made}."


_AGAIN = " in more than one place"


def told(mistakes: Sequence[Mistake]) -> tuple[Text, ...]:
    """The sentences for mistakes that were made together: each kind is named once, and two kinds are introduced as two
    things."""
    kinds: dict[str, list[Mistake]] = {}
    for mistake in mistakes:
        kinds.setdefault(mistake.rule.name, []).append(mistake)
    texts = [Text("There are two things to look at.", {})] if len(kinds) > 1 else []
    for first, *others in kinds.values():
        texts.append(first.sentence)
        if others:
            slots = {f"place{number}": each.before for number, each in enumerate(others) if each.inside is None}
            places = ", ".join(f"{{{slot}}}" for slot in slots) or "another place"
            texts.append(Text(f"The same goes for {places}.", slots))
    return tuple(texts)
