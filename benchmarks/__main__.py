"""`make bench`: every measurement, as one table; or the parts that are named.

    python -m benchmarks                        # all of them
    python -m benchmarks start growth           # two of them; --help names them
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from functools import cache, partial

from benchmarks import (
    checks,
    diagnosis,
    edges,
    equivalence,
    feedback,
    growth,
    integrals,
    question_banks,
    size,
    speed,
    start,
    telling,
)
from benchmarks.corpus import corpus, derived, teacher

Lines = list[tuple[str, str]]

rows = cache(corpus)
derivations = cache(lambda: derived(rows()))  # once, and not while their making is measured

WITH_CORPUS: dict[str, tuple[str, Callable[[], Lines]]] = {
    "speed": ("Speed, beside SymPy", lambda: speed.compare(rows())),
    "size": ("Size", lambda: size.compare(rows(), derivations())),
    "right": ("Right", lambda: checks.compare(rows(), derivations())),
    "telling": ("Telling", lambda: telling.compare(derivations())),
    "equivalence": ("Equivalence, beside SymPy", lambda: equivalence.compare(rows(), derivations())),
}
WITHOUT: dict[str, tuple[str, Callable[[], Lines]]] = {
    "edges": ("Kinks and near-misses", edges.compare),
    "diagnosis": ("Diagnosis", lambda: diagnosis.compare() + question_banks.compare()),
    "practice": ("Practice, from Enter to feedback", feedback.compare),
    "start": ("Start of the command", start.compare),
    "growth": ("Growth", growth.compare),
}


def tables(asked: list[str]) -> list[tuple[str, Callable[[], Lines]]]:
    """What is to be measured, in order; what needs a file that does not exist is left out, and a word says so."""
    found = []
    if not {*WITH_CORPUS}.isdisjoint(asked) and rows():
        found += [table for name, table in WITH_CORPUS.items() if name in asked]
    if "teacher" in asked and (cases := teacher()):
        found.append(("Beside a teacher", partial(size.compare_with_teacher, cases)))
    if "integrals" in asked and (sample := integrals.sample()):
        found.append(("Integrals, beside SymPy's integral_steps", partial(integrals.compare, sample)))
    return found + [table for name, table in WITHOUT.items() if name in asked]


def main() -> None:
    parts = [*WITH_CORPUS, "teacher", "integrals", *WITHOUT]
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("parts", nargs="*", metavar="part", help=f"what to measure: {', '.join(parts)}; all, if none")
    asked = parser.parse_args().parts
    unknown = [part for part in asked if part not in parts]
    if unknown:
        parser.error(f"there is no part {unknown[0]}; there are {', '.join(parts)}")
    for title, compare in tables(asked or parts):
        print(f"\n{title}")
        for what, figure in compare():
            print(f"  {what:<75} {figure}", flush=True)


if __name__ == "__main__":
    main()
