"""The lines of a learner who finds a gradient: whole lists, or one component after the other.

    judged = judge_lines("grad x^2*y", ["∂f/∂x = 2xy", "∂f/∂y = x^2"])
    [line.outcome for line in judged.lines]        # ["expected", "expected"]
    judged.finished                                # True: both components are found
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from tutor.derivation.derivation import Derivation, derive
from tutor.derivation.points import without_places
from tutor.errors import TutorError
from tutor.expression.parse import parse
from tutor.expression.relations import related
from tutor.expression.tree import Expression
from tutor.judge.answer import sides
from tutor.judge.lines import LineByLine, LineJudgement, LinesJudgement
from tutor.rules.rule import Rule


@dataclass(frozen=True)
class LinesOfList(LinesJudgement):
    """A whole derivation of a list. complete: whether every component is found, one by one."""

    complete: bool = False

    @property
    def finished(self) -> bool:
        """Whether every component is found, or the last line is all of them."""
        return self.complete or super().finished

    @property
    def ending(self) -> str:
        """What is said of one that is finished."""
        return "every component is found" if self.complete else super().ending


class ListLineByLine(LineByLine):
    """Reads and judges the lines for a list of derivatives by different letters, each of which may be asked about by
    itself.

    components: a judge for each letter; found: the lines on each so far; current: the letter of the last line.
    """

    def __init__(self, derivation: Derivation, defined: Callable[[Expression], Expression],
                 own: Sequence[Rule] = ()) -> None:
        super().__init__(derivation, defined, own)
        slopes = {part: without_places(part)[0] for part in self.problem.args}
        by_letter = {slope.args[1].value: part for part, slope in slopes.items() if slope.head == "derivative"}
        if len(by_letter) < len(self.problem.args):  # as in a matrix, where a letter says too little
            by_letter = {}
        self.components = {letter: LineByLine(derive(part), defined, own) for letter, part in by_letter.items()}
        self.found: dict[str, list[LineJudgement]] = {letter: [] for letter in by_letter}
        self.current = ""

    def row(self, number: int, text: str) -> Iterator[LineJudgement]:
        """What is to be said of one row, which is about one component if its left side says so."""
        first, *others = sides(text)
        letter = self.letter_of(first) if others else ""
        if others and not first.strip() and not _is_list(others[0]):
            letter = self.current
        self.current = letter
        if not letter:
            yield from super().row(number, text)
            return
        left = self.components[letter].problem if not first.strip() else parse(first)
        for judged in self.components[letter].row(number, f"={'='.join(others)}"):
            self.found[letter].append(judged)
            yield judged if judged.expression is None else replace(
                judged, expression=related(left, "=", judged.expression))

    def letter_of(self, text: str) -> str:
        """The letter of ∂f/∂x or ∂/∂x [x^2*y] where it stands on the left; "" for anything else."""
        try:
            left = parse(text)
        except TutorError:
            return ""
        left, _ = without_places(left)
        if left.head not in ("rate", "derivative") or left.args[1].value not in self.components:
            return ""
        return str(left.args[1].value)

    def whole(self, judged: tuple[LineJudgement, ...]) -> LinesJudgement:
        """All of it."""
        complete = bool(self.components) and all(
            judge.whole(tuple(self.found[letter])).finished for letter, judge in self.components.items())
        return LinesOfList(self.problem, self.derivation, judged, complete)


def _is_list(text: str) -> bool:
    try:
        return parse(text).head == "tuple"
    except TutorError:
        return False
