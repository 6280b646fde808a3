"""Answers that are picked from a list: a choice by its letter or by what it says, a line by its number.

    judge_counted(exercise, "b")            # True, and what is said: Text("it has none there")
    judge_counted(exercise, "it has none there")

Choices have letters because a number could be meant as an answer: the slope of 5 is 0, whichever choice that is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from string import ascii_lowercase

from tutor.errors import TutorError
from tutor.expression.parse import parse
from tutor.expression.relations import related
from tutor.expression.tree import Expression
from tutor.judge.diagnosis import Text
from tutor.lesson.exercise import Exercise
from tutor.lesson.schema import is_sentence
from tutor.rules.rulebook import rulebook

LETTERS = ascii_lowercase
"""The letters shown before the choices."""

_DIGITS, _FEWEST_LETTERS = 4, 3
_U_IS = re.compile(r"^\s*u\s*=\s*")


def judge_counted(exercise: Exercise, text: str) -> tuple[bool | None, Text]:
    """Whether a choice or a line is the right one (None if it is neither a choice nor a line), and what to say."""
    if exercise.sheet is not None:
        from tutor.lesson.wrong_cell import judge_cell  # which makes exercises with the engine of derivatives

        return judge_cell(exercise, text)
    typed = _line(exercise, text) if exercise.lines else _choice(exercise, text)
    if typed is None:
        count = len(exercise.lines)
        return None, Text(f"Type the number of a line, from 1 to {count}." if exercise.lines else
                          f"Type the letter of a choice, a to {LETTERS[len(exercise.choices) - 1]}.", {})
    if typed in exercise.right_choices:
        return True, _why_right(exercise, typed)
    return False, _why_wrong(exercise, typed)


def _line(exercise: Exercise, text: str) -> int | None:
    """The number of the line that was typed."""
    plain = text.strip().casefold().removeprefix("line").strip(" .)")
    if plain.isdecimal() and plain.isascii() and len(plain) <= _DIGITS and 1 <= int(plain) <= len(exercise.lines):
        return int(plain)
    return None


def _choice(exercise: Exercise, text: str) -> int | None:
    """The number of the choice that was meant: by its text, its letter, or a part of the text that no other choice
    has."""
    if exercise.ask == "choose-u":
        text = _U_IS.sub("", text)
    plain = _plain(text)
    said = [_plain(choice.written()) for choice in exercise.choices]
    if plain in said:
        return said.index(plain) + 1
    letter = plain.rstrip(")")
    if len(letter) == 1 and letter in LETTERS[:len(said)]:
        return LETTERS.index(letter) + 1
    same = _of_the_same_value(exercise, text)
    if same is not None:
        return same
    holding = [number for number, each in enumerate(said, 1) if plain in each]
    return holding[0] if len(plain) >= _FEWEST_LETTERS and len(holding) == 1 else None


def _plain(text: str) -> str:
    return " ".join(text.casefold().split()).removeprefix("the ").removesuffix(".")


def _of_the_same_value(exercise: Exercise, text: str) -> int | None:
    """The number of the only choice whose formula has the value that was typed."""
    try:
        typed = parse(text, exercise.functions)
    except TutorError:
        return None
    formulas = [(number, formula_of(choice)) for number, choice in enumerate(exercise.choices, 1)]
    equal = [number for number, formula in formulas
             if formula is not None and exercise.oracle.compare(formula, typed).outcome == "checked"]
    return equal[0] if len(equal) == 1 else None


def formula_of(choice: Text) -> Expression | None:
    """The formula of a choice that consists of a formula alone."""
    slots = list(choice.slots)
    return choice.slots[slots[0]] if len(slots) == 1 and choice.template == f"{{{slots[0]}}}" else None


def letters_in_words(numbers: Sequence[int]) -> str:
    """The letters of the choices with these numbers: "b", "a or c"."""
    return " or ".join(LETTERS[number - 1] for number in numbers)


def foreseen(exercise: Exercise) -> Iterator[tuple[str, Text]]:
    """The wrong answers in `expect` to which the author has written a reply."""
    for entry in exercise.written.expect:
        for key, verdict in entry.items():
            if is_sentence(verdict):
                yield key, exercise.text(verdict)


def _why_right(exercise: Exercise, typed: int) -> Text:
    if exercise.lines:
        wrong = exercise.lines[exercise.right - 1]
        return Text("Right: {before} does not become {line}.", {
            "before": exercise.lines[exercise.right - 2].expression, "line": wrong.expression})
    if exercise.ask == "choose-u":
        return _of_part(exercise, typed)
    return exercise.choices[typed - 1]


def _of_part(exercise: Exercise, typed: int) -> Text:
    from tutor.lesson.choosing_u import said_of  # which needs the engine of integration

    return said_of(exercise, exercise.choices[typed - 1].slots["part"])


NOT_THAT_ONE = Text("Not that one. ? gives a hint.", {})


def _why_wrong(exercise: Exercise, typed: int) -> Text:
    if exercise.lines:
        if typed == 1:
            return Text("Line 1 is the problem itself.", {})
        return Text(f"Line {typed} is right: it follows from the line before it.", {})
    chosen = exercise.choices[typed - 1]
    for key, words in foreseen(exercise):
        if exercise.text(key).written() == chosen.written():
            return words
    if exercise.ask == "choose-u":
        return _of_part(exercise, typed)
    rule = next((rule for rule in rulebook().values() if rule.title == chosen.template), None)
    if exercise.ask == "name-the-rule" and rule is not None:
        return Text("That rule says {equation}. Does its left side fit here?",
                    {"equation": related(rule.left, "=", rule.right)})
    return NOT_THAT_ONE
