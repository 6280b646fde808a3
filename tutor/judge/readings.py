"""Other readings of a problem and its answer: those that the notes on how they were read offer, and no others.

    offered = readings_offered("d/dx e^2x", read_problem("d/dx e^2x"), "2e^(2x)", answer)
    next(offered).problem           # d/dx [e^(2*x)]

The note tells a learner that the text was understood in another way, so an answer that is right as they meant it counts
as right.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from tutor.derivation.problem import read_problem
from tutor.errors import TutorError
from tutor.expression.notes import other_texts
from tutor.expression.parse import Reading
from tutor.expression.tree import Expression
from tutor.judge.answer import read_answer
from tutor.judge.diagnosis import Text

MOST_PAIRS = 40
"""Pairs of a reading of the problem and one of the answer that are tried."""


@dataclass(frozen=True)
class OtherReading:
    """A problem and an answer, at least one of them read in another way than it was; sentence: in which."""

    problem: Expression
    answer: Expression
    sentence: Text


def answers_offered(answer: str, reading: Reading, problem: Expression) -> Iterator[Expression]:
    """An answer in the other ways to read it that its notes offer."""
    yield from _read_otherwise(answer, reading, lambda text: read_answer(text, problem).expression)


def readings_offered(problem: str, asked: Reading, answer: str, reading: Reading) -> Iterator[OtherReading]:
    """A problem and an answer in the other ways to read them: first the problem as it was read."""
    return islice(_pairs(problem, asked, answer, reading), MOST_PAIRS)


def _pairs(problem: str, asked: Reading, answer: str, reading: Reading) -> Iterator[OtherReading]:
    for given in answers_offered(answer, reading, asked.expression):
        yield OtherReading(asked.expression, given, as_read(given))
    for meant in _read_otherwise(problem, asked, lambda text: read_problem(text).expression):
        said = Text("It is right if the problem is read as {problem}.", {"problem": meant})
        try:
            again = read_answer(answer, meant)
        except TutorError:
            continue
        yield OtherReading(meant, again.expression, said)
        for given in answers_offered(answer, again, meant):
            both = Text("It is right if the problem is read as {problem} and your answer as {answer}.",
                        {"problem": meant, "answer": given})
            yield OtherReading(meant, given, both)


def as_read(answer: Expression) -> Text:
    """What to say of an answer that is right in another reading than the first."""
    return Text("It is right if your answer is read as {answer}.", {"answer": answer})


def _read_otherwise(text: str, reading: Reading, read: Callable[[str], Expression]) -> Iterator[Expression]:
    seen = {reading.expression}
    for other in other_texts(text, reading.notes):
        try:
            expression = read(other)
        except TutorError:  # with these brackets it is no text of the notation
            continue
        if expression not in seen:
            seen.add(expression)
            yield expression
