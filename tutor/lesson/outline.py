"""What a lesson says of its place among others: its id and what it needs, and where that stands in its file.

    outline = outline_of(read_source(Path("lessons/chain-rule.yaml")))
    outline.id, outline.needs               # "chain-rule", ("quotients",)

That is little, so it can be kept, and the lessons of a whole folder compared without reading any of them again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, NamedTuple

from tutor.lesson.findings import LessonProblem

if TYPE_CHECKING:
    from tutor.lesson.document import Place
    from tutor.lesson.reader import Source


class Spot(NamedTuple):
    """Line and column, from 1, and the line itself."""

    line: int
    column: int
    text: str


@dataclass(frozen=True)
class Outline:
    """id, needs: of the lesson; at_id, at_needs: where these stand; at_each: where each of the needs stands."""

    file: str
    id: str
    needs: tuple[str, ...]
    at_id: Spot
    at_needs: Spot
    at_each: tuple[Spot, ...]

    def problem(self, spot: Spot, code: str, message: str) -> LessonProblem:
        """A problem of this file."""
        return LessonProblem(self.file, spot.line, spot.column, code, message, spot.text)


def outline_of(source: Source) -> Outline | None:
    """The outline of a file; None if there is no lesson in it."""
    lesson, document = source.lesson, source.document
    if lesson is None:
        return None

    def spot(place: Place) -> Spot:
        found = source.problem(place, "L120", "")
        return Spot(found.line, found.column, found.text)

    return Outline(source.file, lesson.id, lesson.needs, spot(document.place(("id",))),
                   spot(document.key_place(("needs",))),
                   tuple(spot(document.place(("needs", index))) for index in range(len(lesson.needs))))


def prerequisites(outlines: Sequence[Outline]) -> Iterator[LessonProblem]:
    """Ids that two lessons have, needs that no lesson meets, and lessons that need each other."""
    first: dict[str, Outline] = {}
    for outline in outlines:
        earlier = first.setdefault(outline.id, outline)
        if earlier is not outline:
            yield outline.problem(outline.at_id, "L122", f"{earlier.file} has the id {outline.id} too.")
    for outline in first.values():
        for need, spot in zip(outline.needs, outline.at_each, strict=True):
            if need not in first:
                near = get_close_matches(need, first, 1, cutoff=0.6)
                guess = f" Did you mean {near[0]}?" if near else ""
                yield outline.problem(spot, "L120", f"There is no lesson {need}.{guess}")
    for circle in _circles({name: [need for need in outline.needs if need in first]
                            for name, outline in first.items()}):
        outline = first[circle[0]]
        yield outline.problem(outline.at_needs, "L121", _circle_in_words(circle))


def needs_problems(given: Sequence[Outline], others: Sequence[Outline]) -> list[LessonProblem]:
    """What is wrong with the needs of the given lessons. Among the others one whose id is taken does not matter."""
    taken = {outline.id for outline in given}
    return list(prerequisites([*given, *(outline for outline in others if outline.id not in taken)]))


_NAMED = 6
"""Lessons of a circle that are named; a longer one is told by its beginning."""


def _circle_in_words(circle: Sequence[str]) -> str:
    if len(circle) <= _NAMED:
        return f"{' needs '.join([*circle, circle[0]])}."
    return f"{' needs '.join(circle[:_NAMED])}, and so on through {len(circle)} lessons back to {circle[0]}."


def _circles(needs: dict[str, list[str]]) -> Iterator[list[str]]:
    """Each way of needs that comes back to where it began, once, from its first lesson by name."""
    left = dict(sorted(needs.items()))
    while left:
        free = [name for name, needed in left.items() if left.keys().isdisjoint(needed)]
        for name in free:
            del left[name]
        if not free:
            circle = [next(iter(left))]
            while (following := next(need for need in left[circle[-1]] if need in left)) not in circle:
                circle.append(following)
            circle = circle[circle.index(following):]
            yield circle
            for name in circle:
                del left[name]
