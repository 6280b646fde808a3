"""The author's check of many lessons at once: quick for what has not changed, and on every core for what has.

    with Examining([Wanted(Path("lessons/chain-rule.yaml"))]) as examining:
        for wanted, examination in examining.run():
            examination.problems

What is known is looked up twice, by the content of a file and by that of each of its pieces (`check.pieces`), in
`results.py`. What a lesson needs of others is compared anew every time. Nothing that takes long is imported before
there is something to do.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from tutor.lesson.addresses import COURSE_FILE, content_of, neighbours, yaml_files
from tutor.lesson.findings import Examination, LessonProblem
from tutor.lesson.prerequisites import Header, Spot, needs_problems
from tutor.lesson.results import keep, kept, key_of, trim

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor
    from multiprocessing.process import BaseProcess

    from tutor.lesson.check import Remark
    from tutor.lesson.reader import Source
    from tutor.lesson.schema import Lesson

_WORTH_A_PROCESS = 60
"""Variants from which on it pays to start further processes, each of which takes half a second to begin."""


class Wanted(NamedTuple):
    """A file that is to be checked, and one item of it, or "" for all."""

    file: Path
    item: str = ""


Findings = tuple[int, "list[Remark]"]
"""How many variants were looked at, and what is to be said."""


@dataclass
class _Job:
    """A piece of a lesson to be checked: the key of its result, and the result, or the process that works on it."""

    piece: Lesson
    key: str
    variants: int
    found: Findings | None = None
    future: Future[Findings] | None = None


@dataclass
class _Plan:
    """What is to be done for a file. shift: the place of its first item among those of the lesson."""

    wanted: Wanted
    source: Source
    key: str
    jobs: list[_Job]
    shift: int


@dataclass
class Examining:
    """A check of several files. advance: is told how many more variants have been looked at."""

    wanted: Sequence[Wanted]
    advance: Callable[[int], None] = lambda variants: None
    processes: int = field(default_factory=lambda: os.cpu_count() or 1)
    total: int = 0
    _plans: dict[Wanted, _Plan] = field(default_factory=dict)
    _known: dict[Wanted, Examination] = field(default_factory=dict)
    _headers: dict[Path, Header | None] = field(default_factory=dict)
    _pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Examining:
        """Look up what is known. `total`: how many variants are left to look at."""
        for wanted in self.wanted:
            self._prepare(wanted)
        jobs = [job for plan in self._plans.values() for job in plan.jobs if job.found is None]
        self.total = sum(job.variants for job in jobs)
        if self.total >= _WORTH_A_PROCESS and self.processes > 1 and len(jobs) > 1:
            self._share(jobs)
        return self

    def __exit__(self, *error: object) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=error[0] is None, cancel_futures=True)
        if self._plans:
            trim()

    def run(self) -> Iterator[tuple[Wanted, Examination]]:
        """What is found, file by file, in the order in which they were named. Raises TutorError for an item that a
        lesson does not have."""
        needs = self._needs()
        for wanted in self.wanted:
            plan = self._plans.get(wanted)
            found = self._known[wanted] if plan is None else self._finish(plan)
            yield wanted, found.with_problems(problem for problem in needs if problem.file == str(wanted.file))

    def _share(self, jobs: Sequence[_Job]) -> None:
        """Give the jobs to further processes; where there can be none, they are done in this one."""
        try:
            self._pool = _pool(min(self.processes, len(jobs)))
            for job in jobs:
                job.future = self._pool.submit(work, job.piece.model_dump(exclude_defaults=True))
                job.future.add_done_callback(partial(self._done, job))
        except (OSError, ImportError):  # the system allows no more processes, or no semaphores
            self._pool = None

    def _done(self, job: _Job, future: Future[Findings]) -> None:
        """Keep what another process found at once, so that it is not lost when someone stops the check."""
        if not future.cancelled() and future.exception() is None:
            keep(job.key, future.result())
            self.advance(job.variants)

    # -- what is known -----------------------------------------------------------------------------------------------

    def _prepare(self, wanted: Wanted) -> None:
        """Find what is known of a file, or what is to be done."""
        if wanted.file.name == COURSE_FILE:
            self._known[wanted] = self._course(wanted.file)
            return
        content = _content(wanted.file)
        key = "" if content is None else key_of("lesson", wanted.item, content)
        data = kept(key) if key else None
        if data is not None:
            self._known[wanted] = _examination(data, str(wanted.file))
            self._header(wanted.file, content)
            return
        self._read(wanted, key, content)

    def _read(self, wanted: Wanted, key: str, content: bytes | None) -> None:
        """Read a file, and plan what is to be done for it."""
        from tutor.lesson.check import count_variants, pieces
        from tutor.lesson.reader import read_source

        source = read_source(wanted.file, content)
        self._header(wanted.file, content, source)
        if source.lesson is None:
            found = self._known[wanted] = Examination(source.file, 0, 0, source.problems)
            if key and _stands_alone(source):
                keep(key, _examination_as_data(replace(found, lesson="")))
            return
        frame, *items = pieces(source.lesson)
        shift = 0
        if wanted.item:
            shift = source.lesson.items.index(source.lesson.item(wanted.item))
            frame, items = items[shift], []
            source = _about(source, shift)
        jobs = []
        for piece in (frame, *items):
            piece_key = key_of("piece", piece.model_dump_json())
            data = kept(piece_key)
            jobs.append(_Job(piece, piece_key, count_variants(piece), None if data is None else _findings(data)))
        self._plans[wanted] = _Plan(wanted, source, key, jobs, shift)

    def _header(self, file: Path, content: bytes | None, source: Source | None = None) -> Header | None:
        """The names of a lesson and of what it needs; None for a file that is no lesson. source: the file, if it was
        read already."""
        if file in self._headers:
            return self._headers[file]
        key = "" if content is None else key_of("header", content)
        data = kept(key) if key else None
        if data is None:
            from tutor.lesson.prerequisites import header_of
            from tutor.lesson.reader import read_source

            source = source or read_source(file, content)
            found = header_of(source)
            if key and found is not None and source.lesson is not None:  # else it may change when a picture is added
                keep(key, [found.id, found.needs, found.formerly, found.at_id, found.at_needs, found.at_each,
                           found.at_formerly])
        else:
            found = _header_from(data, str(file))
        self._headers[file] = found
        return found

    def _course(self, file: Path) -> Examination:
        """What is found about the file of a course."""
        from tutor.lesson.course_file import order_problems, read_course_file

        source = read_course_file(file)
        if source.course is None:
            return Examination(str(file), 0, 0, source.problems, lessons=0)
        headers = [self._header(each, _content(each)) for each in yaml_files(file.absolute().parent)]
        found = Examination(source.course.title, 0, 0, source.problems, lessons=len(source.course.order))
        return found.with_problems(order_problems(source, [each for each in headers if each is not None]))

    def _needs(self) -> list[LessonProblem]:
        """Problems with the lessons that these lessons need: among themselves, beside them, or in the product."""
        files = [wanted.file for wanted in self.wanted if wanted.file.name != COURSE_FILE]
        given = [self._headers.get(file) for file in dict.fromkeys(files)]
        others = [self._header(file, _content(file)) for file in neighbours(files)]
        return needs_problems([each for each in given if each], [each for each in others if each])

    # -- what is to be done ------------------------------------------------------------------------------------------

    def _finish(self, plan: _Plan) -> Examination:
        """The examination of a file, when all of its pieces are done."""
        from tutor.lesson.check import examination, in_lesson

        variants, remarks = 0, list["Remark"]()
        for place, job in enumerate(plan.jobs):
            found_of_piece = self._found(job)
            variants += found_of_piece[0]
            remarks += [in_lesson(remark, plan.shift + max(place - 1, 0)) for remark in found_of_piece[1]]
        found = examination(plan.source, variants, list(dict.fromkeys(remarks)))
        if plan.wanted.item:
            found = replace(found, lesson=f"{found.lesson}/{plan.wanted.item}", items=1)
        if plan.key and _stands_alone(plan.source):
            keep(plan.key, _examination_as_data(found))
        return found

    def _found(self, job: _Job) -> Findings:
        """What is found about a piece: by the process that works on it, or else here."""
        from concurrent.futures.process import BrokenProcessPool

        from tutor.lesson.check import findings

        if job.found is None and job.future is not None:
            with suppress(BrokenProcessPool):  # a process was ended from outside: then it is done here
                job.found = job.future.result()
        if job.found is None:
            job.found = findings(job.piece, self.advance)
            keep(job.key, job.found)
        return job.found


def _about(source: Source, index: int) -> Source:
    """The file with the problems of one item only. All of them are warnings: with an error there would be no lesson."""
    first = source.document.place(("items", index)).line
    after = source.document.place(("items", index + 1)).line if (
        ("items", index + 1) in source.document.values) else len(source.document.lines) + 1
    return replace(source, problems=tuple(each for each in source.problems if first <= each.line < after))


def _stands_alone(source: Source) -> bool:
    """Whether what is found depends on the content of the file alone. Pictures are separate files, which come and
    go."""
    return "![" not in str(source.document.data)


def _content(file: Path) -> bytes | None:
    try:
        return content_of(file)
    except OSError:
        return None


# -- further processes -----------------------------------------------------------------------------------------------


def _pool(processes: int) -> ProcessPoolExecutor:
    """Processes that start afresh: the fork of a process with threads could hang."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    return ProcessPoolExecutor(processes, mp_context=get_context("spawn"), initializer=_begin)


def _begin() -> None:
    """What a further process does first: it ends at once with Ctrl-C, and with the process that began it."""
    import signal
    from multiprocessing import parent_process
    from threading import Thread

    signal.signal(signal.SIGINT, signal.SIG_DFL)
    parent = parent_process()
    if parent is not None:
        Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)


def work(written: dict[str, Any]) -> Findings:
    """Check a piece that comes as plain data."""
    from tutor.lesson.check import findings
    from tutor.lesson.schema import Lesson

    return findings(Lesson.model_validate(written))


# -- as plain data ---------------------------------------------------------------------------------------------------


def _findings(data: Any) -> Findings:
    from tutor.lesson.check import restored

    return data[0], list(map(restored, data[1]))


def _examination_as_data(found: Examination) -> Any:
    return [found.lesson, found.items, found.variants, [
        [each.line, each.column, each.code, each.message, each.text] for each in found.problems]]


def _examination(data: Any, file: str) -> Examination:
    lesson, items, variants, problems = data
    return Examination(lesson or file, items, variants, tuple(LessonProblem(file, *each) for each in problems))


def _header_from(data: Iterable[Any], file: str) -> Header:
    name, needs, formerly, at_id, at_needs, at_each, at_formerly = data
    return Header(file, name, tuple(needs), tuple(formerly), Spot(*at_id), Spot(*at_needs),
                  tuple(Spot(*each) for each in at_each), tuple(Spot(*each) for each in at_formerly))
