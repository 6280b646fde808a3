"""`make bench`: every measurement, as one table."""

from __future__ import annotations

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


def main() -> None:
    rows, cases = corpus(), teacher()
    tables: list[tuple[str, Callable[[], list[tuple[str, str]]]]] = []
    if rows:
        derivations = cache(partial(derived, rows))  # after their making was measured, and only once
        tables += [("Speed, beside SymPy", lambda: speed.compare(rows)),
                   ("Size", lambda: size.compare(rows, derivations())),
                   ("Right", lambda: checks.compare(rows, derivations())),
                   ("Telling", lambda: telling.compare(derivations())),
                   ("Equivalence, beside SymPy", lambda: equivalence.compare(rows, derivations()))]
    if cases:
        tables.append(("Beside a teacher", lambda: size.compare_with_teacher(cases)))
    if sample := integrals.sample():
        tables.append(("Integrals, beside SymPy's integral_steps", lambda: integrals.compare(sample)))
    tables += [("Kinks and near-misses", edges.compare),
               ("Diagnosis", lambda: diagnosis.compare() + question_banks.compare()),
               ("Practice, from Enter to feedback", feedback.compare),
               ("Start of the command", start.compare), ("Growth", growth.compare)]
    for title, compare in tables:
        print(f"\n{title}")
        for what, figure in compare():
            print(f"  {what:<75} {figure}", flush=True)


if __name__ == "__main__":
    main()
