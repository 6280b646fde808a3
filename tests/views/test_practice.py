"""Practice on a terminal: the question and the answer are drawn as in a book, what was typed stays on one line."""

from __future__ import annotations

import pytest

from tests.practice.played import Played
from tutor.lesson.schema import Lesson
from tutor.views.practice import page_prompt


def played(*typed: str, terminal: bool = True, **item: object) -> str:
    lesson = Lesson.model_validate({"format": "1", "id": "quotients", "title": "Quotients", "teaches": ["quotient"],
                                    "items": [{"id": "only", **item}]})
    return Played(list(typed), [lesson], items=1, terminal=terminal).text


def test_the_question_is_drawn_as_in_a_book() -> None:
    assert """
  Differentiate with respect to x:

        x
      ─────
      x + 1

  answer> quit
""" in played("quit", given="x/(x + 1)")


def test_how_an_answer_was_read_stays_on_one_line() -> None:
    text = played("1/2x", "quit", given="x/(x + 1)")
    assert "\n          read as (1/2)·x\n" in text


@pytest.mark.parametrize(("terminal", "shown"), [
    (True, "\n                  a\n  The answer is ─────.\n                b + 1\n"),
    (False, "\n  The answer is a/(b + 1).\n"),
])
def test_the_right_answer_is_part_of_a_sentence(terminal: bool, shown: str) -> None:
    assert shown in played("show", terminal=terminal, ask="expression", text="What is it?", answer="a/(b + 1)")


@pytest.mark.parametrize(("width", "prompts"), [
    (80, ["  page 1 of 2 - Enter for more, skip to leave out the rest: ", "  page 2 of 2 - Enter to practise: "]),
    (50, ["  page 1 of 2, Enter: ", "  page 2 of 2 - Enter to practise: "]),
    (24, ["  page 1 of 2, Enter: ", "  page 2 of 2, Enter: "]),
])
def test_the_line_that_turns_a_page_has_one_row(width: int, prompts: list[str]) -> None:
    assert [page_prompt(number, 2, "to practise", width) for number in (1, 2)] == prompts
