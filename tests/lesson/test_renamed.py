"""Former names of lessons and items."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from tests.lesson.lessons import lesson
from tutor.lesson.outline import outline_of
from tutor.lesson.renamed import PresentNames
from tutor.lesson.schema import Lesson, json_schema
from tutor.rules.rulebook import misconceptions, rulebook

RENAMED = lesson({"id": "power", "formerly": ["powers", "x-2-03b9"], "given": "x^2"}, {"id": "kept", "given": "x^3"},
                 id="powers-and-sums", formerly="power-rule")


@pytest.mark.parametrize(("before", "today"), [
    (("power-rule", "powers"), ("powers-and-sums", "power")),
    (("powers-and-sums", "x-2-03b9"), ("powers-and-sums", "power")),
    (("power-rule", "kept"), ("powers-and-sums", "kept")), (("powers-and-sums", "power"), ("powers-and-sums", "power")),
    (("another", "powers"), ("another", "powers")),
])
def test_names_of_today(before: tuple[str, str], today: tuple[str, str]) -> None:
    assert PresentNames(outline_of([RENAMED])).of(*before) == today


def test_a_name_of_today_is_no_former_one() -> None:
    clash = lesson({"id": "one", "formerly": "two", "given": "x^2"}, {"id": "two", "given": "x^3"}, formerly="other")
    other = lesson(id="other", text="Words.")
    assert PresentNames(outline_of([clash, other])).of("made", "two") == ("made", "two")
    assert PresentNames(outline_of([clash, other])).of("other", "two") == ("other", "two")


def test_one_name_or_a_list() -> None:
    assert RENAMED.formerly == ("power-rule",)
    assert Lesson.model_validate(RENAMED.model_dump()) == RENAMED
    with pytest.raises(ValidationError):
        lesson({"given": "x", "formerly": "Not A Name"})


def test_the_schema_knows_the_names() -> None:
    schema = json_schema()
    item = schema["$defs"]["Item"]["properties"]
    assert schema["properties"]["teaches"]["items"]["enum"] == sorted(rulebook())
    assert item["misconception"]["anyOf"][0]["enum"] == sorted(misconceptions())
    expected = item["expect"]["items"]["additionalProperties"]["anyOf"][0]["enum"]
    assert {"right", "wrong", "nearly", *misconceptions()} == set(expected)
