"""What a lesson says of its place among others: its id and what it needs, and where that stands in its file.

    header = header_of(read_source(Path("lessons/chain-rule.yaml")))
    header.id, header.needs               # "chain-rule", ("quotients",)

That is little, so it can be kept, and the lessons of a whole folder compared without reading any of them again. The
headers of the product are kept with its tables: every lesson of one's own is compared with all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from tutor.compiled import HEADERS, kept, packed, unpacked
from tutor.files import data_folder
from tutor.lesson.addresses import content_of, yaml_files
from tutor.lesson.findings import LessonProblem
from tutor.lesson.keys import did_you_mean

if TYPE_CHECKING:
    from tutor.lesson.document import Place
    from tutor.lesson.reader import Source


class Spot(NamedTuple):
    """Line and column, from 1, and the line itself."""

    line: int
    column: int
    text: str


@dataclass(frozen=True)
class Header:
    """id, needs, formerly: of the lesson; at_id, at_needs: where these stand; at_each, at_formerly: where each of the
    needs and of the former ids stands."""

    file: str
    id: str
    needs: tuple[str, ...]
    formerly: tuple[str, ...]
    at_id: Spot
    at_needs: Spot
    at_each: tuple[Spot, ...]
    at_formerly: tuple[Spot, ...]

    def problem(self, spot: Spot, code: str, message: str) -> LessonProblem:
        """A problem of this file."""
        return LessonProblem(self.file, spot.line, spot.column, code, message, spot.text)


def header_of(source: Source) -> Header | None:
    """The header of a file; None if there is no lesson in it.

    Of a lesson with an error only the id is known, so that nobody is told that there is no such lesson.
    """
    lesson, document = source.lesson, source.document
    if lesson is None:
        return _header_by_its_id(source)

    def spot(place: Place) -> Spot:
        found = source.problem(place, "L120", "")
        return Spot(found.line, found.column, found.text)

    def each(key: str, count: int) -> tuple[Spot, ...]:
        return tuple(spot(document.place((key, index))) for index in range(count))

    return Header(source.file, lesson.id, lesson.needs, lesson.formerly, spot(document.place(("id",))),
                  spot(document.key_place(("needs",))), each("needs", len(lesson.needs)),
                  each("formerly", len(lesson.formerly)))


def _header_by_its_id(source: Source) -> Header | None:
    """What the line with the id says, whatever is wrong elsewhere in the file."""
    for number, text in enumerate(source.document.lines, 1):
        found = _ID.fullmatch(text)
        if found is not None:
            at_id = Spot(number, found.start(1) + 1, text.rstrip())
            return Header(source.file, found[1], (), (), at_id, at_id, (), ())
    return None


_ID = re.compile(r"""id:\s+["']?([a-z0-9]+(?:-[a-z0-9]+)*)["']?\s*""")


# -- what is kept ----------------------------------------------------------------------------------------------------


def header_of_file(file: Path) -> Header | None:
    """The header of a file; None if there is no lesson in it. A lesson of the product is not read again."""
    from tutor.lesson.reader import read_source

    try:
        content = content_of(file)
    except OSError:  # reading it tells what is wrong
        return header_of(read_source(file))
    return header_in_product(content, str(file)) or header_of(read_source(file, content))


def header_in_product(content: bytes, file: str) -> Header | None:
    """The header of a file that has exactly the content of a lesson of the product; None for any other."""
    data = _headers_of_product().get(sha256(content).hexdigest())
    return None if data is None else restored(data, file)


@lru_cache(maxsize=1)
def _headers_of_product() -> dict[str, Any]:
    return kept(HEADERS, headers_of_product, packed, unpacked)


def headers_of_product() -> dict[str, Any]:
    """The digest of each lesson file of the product -> its header, as plain data."""
    from tutor.lesson.reader import read_source

    found = {}
    for file in yaml_files(data_folder("lessons")):
        content = content_of(file)
        source = read_source(file, content)
        header = header_of(source)
        if header is not None and source.lesson is not None:  # else it may change when a picture is added
            found[sha256(content).hexdigest()] = as_data(header)
    return found


def as_data(header: Header) -> list[Any]:
    """A header as plain data, without the name of its file."""
    return [header.id, header.needs, header.formerly, tuple(header.at_id), tuple(header.at_needs),
            tuple(map(tuple, header.at_each)), tuple(map(tuple, header.at_formerly))]


def restored(data: Iterable[Any], file: str) -> Header:
    """Undo `as_data`."""
    name, needs, formerly, at_id, at_needs, at_each, at_formerly = data
    return Header(file, name, tuple(needs), tuple(formerly), Spot(*at_id), Spot(*at_needs),
                  tuple(Spot(*each) for each in at_each), tuple(Spot(*each) for each in at_formerly))


# -- what is wrong with them -----------------------------------------------------------------------------------------


def prerequisites(headers: Sequence[Header]) -> Iterator[LessonProblem]:
    """Ids that two lessons have or had, needs that no lesson meets, and lessons that need each other."""
    first: dict[str, Header] = {}
    for header in headers:
        earlier = first.setdefault(header.id, header)
        if earlier is not header:
            yield header.problem(header.at_id, "L122", f"{earlier.file} has the id {header.id} too.")
    yield from _former_ids(first)
    for header in first.values():
        for need, spot in zip(header.needs, header.at_each, strict=True):
            if need not in first:
                yield header.problem(spot, "L120", f"There is no lesson {need}.{did_you_mean(need, first)}")
    for circle in _circles({name: [need for need in header.needs if need in first]
                            for name, header in first.items()}):
        header = first[circle[0]]
        yield header.problem(header.at_needs, "L121", _circle_in_words(circle))


def _former_ids(headers: Mapping[str, Header]) -> Iterator[LessonProblem]:
    """Former ids that another lesson has, or had."""
    claimed: dict[str, Header] = {}
    for header in headers.values():
        for former, spot in zip(header.formerly, header.at_formerly, strict=True):
            other = headers.get(former) or claimed.setdefault(former, header)
            if other is not header or former in headers:
                has = "has" if former in headers else "had"
                yield header.problem(spot, "L123", f"{other.file} {has} the id {former}.")


def needs_problems(given: Sequence[Header], others: Sequence[Header]) -> list[LessonProblem]:
    """What is wrong with the needs of the given lessons. Another lesson with the id of a given one is ignored."""
    taken = {header.id for header in given}
    return list(prerequisites([*given, *(header for header in others if header.id not in taken)]))


_NAMED = 6
"""How many lessons of a cycle are named; of a longer one the first."""


def _circle_in_words(circle: Sequence[str]) -> str:
    if len(circle) <= _NAMED:
        return f"{' needs '.join([*circle, circle[0]])}."
    return f"{' needs '.join(circle[:_NAMED])}, and so on through {len(circle)} lessons back to {circle[0]}."


def _circles(needs: dict[str, list[str]]) -> Iterator[list[str]]:
    """Each cycle of lessons that need each other, once, beginning with the lesson that is first by name."""
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
