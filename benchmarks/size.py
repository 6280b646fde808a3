"""How long results are, beside what a book prints and beside SymPy's diff: numbers, names and operators counted.

    python -m benchmarks.size        # with the ten worst, and the teacher's cases that are missed
"""

from __future__ import annotations

from statistics import median, quantiles
from typing import TYPE_CHECKING

from benchmarks.corpus import Case, Row, corpus, derived, teacher

if TYPE_CHECKING:
    from tutor.derivation.derivation import Derivation
    from tutor.expression.tree import Expression

BESIDE_SYMPY = 3
"""Of so many rows without a published form one is held against SymPy's diff, which takes longer than all else here."""

AS_THE_BOOK = 1.1
"""A result has the form of the book if it is equal in value and at most this much longer."""


def sympys(row: Row) -> Expression | None:
    """What SymPy prints, read in our notation; None where it prints a function that we do not read."""
    import tutor
    from benchmarks.speed import sympy_derivative

    printed = str(sympy_derivative(row)).replace("**", "^").replace("log(", "ln(").replace("E", "e").replace("I", "i")
    try:
        return tutor.parse(printed)
    except tutor.TutorError:
        return None


def compare(rows: list[Row], derivations: list[Derivation], worst: int = 0) -> list[tuple[str, str]]:
    import tutor

    published, others, unread = [], [], 0
    for index, (row, derivation) in enumerate(zip(rows, derivations, strict=True)):
        result = derivation.result
        if row.published:
            published.append((result.size / tutor.parse(row.published).size, row, str(result)))
            continue
        if index % BESIDE_SYMPY:
            continue
        printed = sympys(row)
        if printed is None:
            unread += 1
        else:
            others.append(result.size / printed.size)
    published.sort(key=lambda entry: entry[0])
    for ratio, row, written in reversed(published[len(published) - worst:]):
        print(f"{ratio:5.2f}  {row.problem}\n       ours: {written}\n       book: {row.published}")
    ratios = [ratio for ratio, _, _ in published]
    table = [
        (f"size of result / size in the book, median of {len(ratios)}", f"{median(ratios):.2f}"),
        ("the same, 95th percentile", f"{quantiles(ratios, n=20)[-1]:.2f}"),
        ("results at most 10 % longer than in the book",
         f"{100 * sum(ratio <= AS_THE_BOOK for ratio in ratios) / len(ratios):.1f} %"),
        (f"size of result / size of SymPy's diff, median of {len(others)}", f"{median(others):.2f}"),
        ("the same, 95th percentile", f"{quantiles(others, n=20)[-1]:.2f}"),
    ]
    return [*table, ("SymPy results that our notation does not read", str(unread))] if unread else table


def compare_with_teacher(cases: list[Case], show: bool = False) -> list[tuple[str, str]]:
    """How many results are in the form of the book, and how many derivations have no more steps than a teacher's."""
    import tutor

    in_form = in_steps = 0
    for case in cases:
        derivation, book = tutor.explain(case.problem), tutor.parse(case.book)
        outcome = derivation.compare(derivation.result, book).outcome
        as_the_book = outcome == "checked" and derivation.result.size <= AS_THE_BOOK * book.size
        within = case.steps is not None and derivation.count <= case.steps
        in_form += as_the_book
        in_steps += within
        if show and not (as_the_book and (within or case.steps is None)):
            print(f"{case.problem}\n       ours: {derivation.result} ({outcome}), {derivation.count} steps\n"
                  f"       book: {case.book}, {case.steps or 'any number of'} steps")
    with_steps = sum(case.steps is not None for case in cases)
    return [("teacher's cases in the form of the book", f"{in_form} of {len(cases)}"),
            ("teacher's cases within their number of steps", f"{in_steps} of {with_steps}")]


if __name__ == "__main__":
    table = compare(found, derived(found), worst=10) if (found := corpus()) else []
    table += compare_with_teacher(cases, show=True) if (cases := teacher()) else []
    for what, figure in table:
        print(f"{what}: {figure}")
