"""The log read under the names that lessons and items have today.

    Progress(under_present_names(store.attempts(), outline()))

Nothing in the log is changed: what was renamed says `formerly:` in its lesson.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from tutor.lesson.outline import Entry
from tutor.lesson.renamed import PresentNames
from tutor.practice.store import Attempt


def under_present_names(attempts: Iterable[Attempt], course: Sequence[Entry]) -> Iterator[Attempt]:
    """The attempts, those of renamed lessons and items under the names of today."""
    present = PresentNames(course)
    for attempt in attempts:
        lesson, item = present.of(attempt.lesson, attempt.item)
        if (lesson, item) == (attempt.lesson, attempt.item):
            yield attempt
            continue
        # A question without a rule is a skill of its own, which has the name of its item.
        own = f"{attempt.lesson}/{attempt.item}"
        form = f"{lesson}/{item}" if attempt.form == own else attempt.form
        yield replace(attempt, lesson=lesson, item=item, form=form)
