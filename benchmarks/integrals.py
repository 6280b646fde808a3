"""Antiderivatives with every step, beside SymPy's `integral_steps` and beside Alkahest where it is installed.

Each row goes to each of them in a process of its own, which has 10 seconds of processor time for it; a process that
takes longer is replaced. While its timer runs, the clock of a process has coarse ticks, so that times are those of the
thread. We have solved a row if the derivation is complete and the oracle has checked every step of it, which counts
towards the 10 seconds; SymPy has if there is no DontKnowRule in its tree of steps; Alkahest has if it gives an answer.
Theirs are asked for the antiderivative also where the row is a definite integral.

    python -m benchmarks.integrals                               # the whole corpus, which takes a while
    python -m benchmarks.integrals stewart apostol --every 3     # every third row of two suites
    python -m benchmarks.integrals moses --only ours --list unsolved --list wrong --list long --list slow
"""

from __future__ import annotations

import argparse
import math
import re
import signal
from collections.abc import Callable, Iterable, Iterator
from importlib.util import find_spec
from multiprocessing import get_context
from multiprocessing.connection import Connection
from statistics import median
from time import thread_time
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.corpus import Integral, integrals
from benchmarks.speed import alkahest_text

if TYPE_CHECKING:
    from tutor.expression.tree import Expression

SECONDS = 10
"""Processor time for one row."""

_SECONDS_OF_WAITING = 120
"""A process that has not answered for so long does not use the processor, and is replaced."""

_WARM = Integral("", "", "x*cos(x)", "x", None, None, None)


class Outcome(NamedTuple):
    """What became of a row: "solved", "undecided" (not all of it could be checked), "refuted", "unsolved", "late" or
    "failed" (an error that is ours)."""

    outcome: str
    seconds: float
    size: int | None = None
    text: str = ""


# -- the engines ---------------------------------------------------------------------------------------------------

def ours(row: Integral) -> Outcome:
    import tutor

    start = thread_time()
    try:
        derivation = tutor.explain(row.problem)
    except tutor.TutorError as error:
        return Outcome("unsolved", thread_time() - start, text=str(error))
    seconds = thread_time() - start
    outcome = {True: "solved", False: "refuted", None: "undecided"}[derivation.checked]
    if row.lower is None:
        found = derivation.goal.result  # without the constant of integration
        return Outcome(outcome, seconds, size_of(found), str(found))
    if row.published is not None and outcome == "solved":
        values = derivation.compare(derivation.result, tutor.parse(row.published))
        outcome = {"checked": "solved"}.get(values.outcome, values.outcome)
    return Outcome(outcome, seconds, text=derivation.undefined or str(derivation.result))


def sympys(row: Integral) -> Outcome:
    """What a user would write with SymPy to see steps."""
    import sympy
    from sympy.integrals.manualintegrate import integral_steps
    from sympy.parsing.sympy_parser import convert_xor, parse_expr, standard_transformations

    import tutor

    letters = tutor.parse(row.body).free | {row.variable}
    names = {letter: sympy.Symbol(letter) for letter in letters} | {"e": sympy.E, "ln": sympy.log, "abs": sympy.Abs}
    start = thread_time()
    try:
        parsed = parse_expr(row.body, local_dict=names, transformations=(*standard_transformations, convert_xor))
        steps = integral_steps(parsed, sympy.Symbol(row.variable))
    except Exception as error:  # it raises many kinds of errors; each is a row that it has not solved
        return Outcome("unsolved", thread_time() - start, text=f"{type(error).__name__}: {error}")
    return Outcome("unsolved" if steps.contains_dont_know() else "solved", thread_time() - start)


def alkahests(row: Integral) -> Outcome:
    """What a user would write with Alkahest; what it gives is checked by our oracle where we can read it."""
    import alkahest

    import tutor
    from tutor.expression.tree import derivative, name
    from tutor.oracle.verdict import Oracle

    text = alkahest_text(row.body)
    letters = tutor.parse(row.body).free | {row.variable}
    pool = alkahest.ExprPool()
    symbols = {letter: pool.symbol(letter) for letter in letters}
    start = thread_time()
    try:
        found = alkahest.integrate(alkahest.parse(text, pool, symbols), symbols[row.variable])
    except (alkahest.AlkahestError, ValueError) as error:
        return Outcome("unsolved", thread_time() - start, text=str(error))
    seconds = thread_time() - start
    written = re.sub(r"\blog\(", "ln(", str(found.value))
    try:
        answer = tutor.parse(written)
    except tutor.TutorError:  # it has functions that we do not know, and is believed
        return Outcome("solved", seconds, text=written)
    check = Oracle().compare(derivative(answer, name(row.variable)), tutor.parse(row.body))
    return Outcome("refuted" if check.outcome == "refuted" else "solved", seconds, size_of(answer), written)


ENGINES: dict[str, Callable[[Integral], Outcome]] = {"ours": ours, "SymPy": sympys, "Alkahest": alkahests}


def size_of(answer: Expression) -> int:
    """The size of an antiderivative; bars do not count, since many books leave them out."""
    from tutor.expression.tree import postorder, rebuilt

    without: dict[Expression, Expression] = {}
    for part in postorder([answer]):
        args = tuple(without[arg] for arg in part.args)
        without[part] = args[0] if part.head == "abs" else rebuilt(part, args)
    return without[answer].size


# -- a process for each --------------------------------------------------------------------------------------------

class Worker:
    """A process in which one engine solves row after row; it is begun anew when it was stopped."""

    def __init__(self, engine: str) -> None:
        self.engine = engine
        self.begin()

    def begin(self) -> None:
        context = get_context("spawn")
        self.connection, other = context.Pipe()
        self.process = context.Process(target=_serve, args=(self.engine, other), daemon=True)
        self.process.start()
        other.close()
        self.connection.recv()  # it has imported what it needs

    def solve(self, row: Integral) -> Outcome:
        try:
            self.connection.send(row)
            if self.connection.poll(_SECONDS_OF_WAITING):
                found: Outcome = self.connection.recv()
                return found
        except (EOFError, ConnectionError):
            self.process.join()
        how = "late" if self.process.exitcode in (None, -signal.SIGPROF) else "failed"
        self.end()
        self.begin()
        return Outcome(how, SECONDS)

    def end(self) -> None:
        self.process.kill()
        self.process.join()
        self.connection.close()


def _serve(engine: str, connection: Connection) -> None:
    solve = ENGINES[engine]
    connection.send(solve(_WARM))
    while True:
        try:
            row = connection.recv()
        except EOFError:
            return
        signal.setitimer(signal.ITIMER_PROF, SECONDS)  # nothing handles its signal, so that the process ends
        found = solve(row)
        signal.setitimer(signal.ITIMER_PROF, 0)
        connection.send(found)


def measured(rows: Iterable[Integral], engines: Iterable[str]) -> Iterator[tuple[Integral, dict[str, Outcome]]]:
    """Each row with what became of it."""
    workers = [Worker(engine) for engine in engines]
    try:
        for row in rows:
            yield row, {worker.engine: worker.solve(row) for worker in workers}
    finally:
        for worker in workers:
            worker.end()


def installed() -> list[str]:
    """The engines that are there."""
    return [engine for engine in ENGINES if engine != "Alkahest" or find_spec("alkahest") is not None]


# -- the table -----------------------------------------------------------------------------------------------------

Measured = list[tuple[Integral, dict[str, Outcome]]]

SAMPLE = {"stewart": 7, "apostol": 4, "hearn": 12, "moses": 5, "timofeev": 18, "openstax": 3}
"""Of so many rows of a suite `make bench` looks at one."""


def sample() -> list[Integral]:
    """The rows at which `make bench` looks."""
    rows = integrals()
    return [row for suite, every in SAMPLE.items() for row in [each for each in rows if each.suite == suite][::every]]


def compare(rows: list[Integral]) -> list[tuple[str, str]]:
    """Lines of the table."""
    return table(list(measured(rows, installed())))


def table(found: Measured) -> list[tuple[str, str]]:
    lines = []
    for suite in dict.fromkeys(row.suite for row, _ in found):
        of_suite = [(row, outcomes) for row, outcomes in found if row.suite == suite and row.published is not None]
        if of_suite:
            lines += _lines_of(suite, of_suite)
    everything = [outcomes["ours"] for _, outcomes in found]
    refused = sorted(each.seconds for each in everything if each.outcome == "unsolved")
    without = [outcomes for row, outcomes in found if row.published is None]
    counted = [sum(each.outcome == outcome for each in everything)
               for outcome in ("undecided", "refuted", "late", "failed")]
    lines.append(("all: undecided, refuted, out of time, failed", ", ".join(map(str, counted))))
    if len(refused) > 1:
        high = refused[math.ceil(0.95 * len(refused)) - 1]
        lines.append((f"all: time of {len(refused)} refusals, median, 95th percentile, most",
                      f"{median(refused):.2f} s, {high:.2f} s, {refused[-1]:.2f} s"))
    if without:
        lines.append((f"rows without an elementary antiderivative, of {len(without)} answered with other functions",
                      ", ".join(f"{_shown(engine)}{sum(each[engine].outcome == 'solved' for each in without)}"
                                for engine in without[0])))
    return lines


def _lines_of(suite: str, found: Measured) -> list[tuple[str, str]]:
    engines = list(found[0][1])
    shares, times = [], []
    for engine in engines:
        outcomes = [each[engine] for _, each in found]
        solved = sum(outcome.outcome == "solved" for outcome in outcomes)
        shares.append(f"{_shown(engine)}{100 * solved / len(found):.0f} %")
        times.append(f"{_shown(engine)}{_milliseconds(median(outcome.seconds for outcome in outcomes))}")
    lines = [(f"{suite}: solved, ours with every step checked, of {len(found)}", ", ".join(shares)),
             (f"{suite}: median time", ", ".join(times))]
    ratios = sorted(ratio for row, each in found if (ratio := size_ratio(row, each["ours"])) is not None)
    if len(ratios) > 1:
        lines.append((f"{suite}: size / published, median and 95th percentile of {len(ratios)}",
                      f"{median(ratios):.2f}, {ratios[math.ceil(0.95 * len(ratios)) - 1]:.2f}"))
    return lines


def size_ratio(row: Integral, found: Outcome) -> float | None:
    """Our size by that of the published answer, for an antiderivative that was found."""
    import tutor

    if found.outcome != "solved" or found.size is None or row.published is None:
        return None
    return found.size / size_of(tutor.parse(row.published))


def _shown(engine: str) -> str:
    return "" if engine == "ours" else f"{engine} "


def _milliseconds(seconds: float) -> str:
    return f"{seconds * 1e3:.{max(0, 1 - math.floor(math.log10(max(seconds * 1e3, 1e-3))))}f} ms"  # two figures


# -- by hand -------------------------------------------------------------------------------------------------------

def _listed(found: Measured, what: str) -> Iterator[str]:
    mine = [(row, outcomes["ours"]) for row, outcomes in found]
    if what == "unsolved":
        for row, each in mine:
            if each.outcome in ("unsolved", "late", "undecided", "failed"):
                yield f"{row.name}  {each.outcome}, {each.seconds:.2f} s  {row.problem}\n    {each.text}"
    elif what == "wrong":
        for row, outcomes in found:
            for engine, each in outcomes.items():
                if each.outcome == "refuted":
                    yield f"{row.name}  {engine}  {row.problem}\n    {each.text}\n    published: {row.published}"
    elif what == "long":
        ratios = [(ratio, row, each) for row, each in mine if (ratio := size_ratio(row, each)) is not None]
        for ratio, row, each in sorted(ratios, key=lambda entry: -entry[0])[:10]:
            yield f"{row.name}  {ratio:.2f}  {row.problem}\n    {each.text}\n    published: {row.published}"
    else:
        for row, each in sorted(mine, key=lambda entry: -entry[1].seconds)[:max(10, len(mine) // 10)]:
            yield f"{row.name}  {each.seconds:.2f} s  {each.outcome}  {row.problem}"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.integrals", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("suites", nargs="*", metavar="suite", help="the suites to measure; all, if there are none")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="take every Nth row of each suite")
    parser.add_argument("--only", action="append", choices=ENGINES, metavar="ENGINE",
                        help="ours, SymPy or Alkahest; ours is always measured")
    parser.add_argument("--list", action="append", default=[], dest="lists",
                        choices=["unsolved", "wrong", "long", "slow"], help="list such rows after the table")
    asked = parser.parse_args()
    corpus = integrals()
    suites = list(dict.fromkeys(row.suite for row in corpus))
    unknown = [suite for suite in asked.suites if suite not in suites]
    if corpus and unknown:
        parser.error(f"there is no suite {unknown[0]}; there are {', '.join(suites)}")
    rows = [row for suite in asked.suites or suites
            for row in [each for each in corpus if each.suite == suite][::max(asked.every, 1)]]
    engines = [engine for engine in installed() if asked.only is None or engine in ("ours", *asked.only)]
    found: Measured = []
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        for each in measured(rows, engines):
            found.append(each)
    except KeyboardInterrupt:
        print(f"Stopped after {len(found)} of {len(rows)} rows.")
    if found:
        for line, figure in table(found):
            print(f"{line:<75} {figure}")
    for what in asked.lists:
        print(f"\n{what.capitalize()}")
        for line in _listed(found, what):
            print(f"  {line}")


if __name__ == "__main__":
    main()
