"""What there is to do today."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.practice.course import NOW, attempt
from tutor.lesson.outline import Entry
from tutor.practice.progress import Progress
from tutor.practice.today import today

COURSE = (Entry("powers", "Powers", ("a", "b")), Entry("chain", "The chain rule", ("c",)))


def done(lesson: str, item: str, form: str) -> list:
    asked = replace(attempt("asked", lesson=lesson, item=item, form=form), at=NOW)
    return [asked, replace(asked, outcome="right", grade="good")]


A, B, C = done("powers", "a", "one"), done("powers", "b", "two"), done("chain", "c", "three")


@pytest.mark.parametrize(("attempts", "days", "sentences"), [
    ([], 0, ["Begin with the first lesson: Powers (1 of 2)."]),
    (A, 0, ["Go on with Powers (1 of 2).", "Nothing is due today; the next review comes in "]),
    (A, 90, ["1 skill is due, then go on with Powers (1 of 2)."]),
    (A + B, 0, ["The next lesson: The chain rule (2 of 2).", "Nothing is due today; the next review comes in "]),
    (A + B, 90, ["2 skills are due, then the next lesson: The chain rule (2 of 2)."]),
    (A + B + C, 0, ["You have seen every lesson of the course.", "Nothing is due today; the next review comes in "]),
    (A + B + C, 90, ["3 skills are due."]),
    (A[:1], 0, ["Go on with Powers (1 of 2).", "Nothing is due."]),
])
def test_in_words(attempts, days, sentences):
    found = today(Progress(attempts), COURSE, NOW + timedelta(days=days)).sentences
    assert len(found) == len(sentences)
    assert all(one.startswith(other) for one, other in zip(found, sentences, strict=True)), found
