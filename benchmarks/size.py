"""How long results are, beside what a book prints and beside SymPy's diff: numbers, names and operators counted.

    python -m benchmarks.size        # with the ten worst
"""

from __future__ import annotations

from statistics import median, quantiles

from benchmarks.corpus import Row, corpus


def sympy_size(row: Row) -> int | None:
    """The size of what SymPy prints, read in our notation; None where it prints a function that we do not read."""
    import tutor
    from benchmarks.speed import sympy_derivative

    printed = str(sympy_derivative(row)).replace("**", "^").replace("log(", "ln(").replace("E", "e").replace("I", "i")
    try:
        return tutor.parse(printed).size
    except tutor.TutorError:
        return None


def compare(rows: list[Row], worst: int = 0) -> list[tuple[str, str]]:
    import tutor

    published, others, unread = [], [], 0
    for row in rows:
        result = tutor.explain(row.problem).result
        if row.published:
            published.append((result.size / tutor.parse(row.published).size, row, str(result)))
            continue
        size = sympy_size(row)
        if size is None:
            unread += 1
        else:
            others.append(result.size / size)
    published.sort(key=lambda entry: entry[0])
    for ratio, row, written in reversed(published[len(published) - worst:]):
        print(f"{ratio:5.2f}  {row.problem}\n       ours: {written}\n       book: {row.published}")
    ratios = [ratio for ratio, _, _ in published]
    table = [
        (f"size of result / size in the book, median of {len(ratios)}", f"{median(ratios):.2f}"),
        ("the same, 95th percentile", f"{quantiles(ratios, n=20)[-1]:.2f}"),
        (f"size of result / size of SymPy's diff, median of {len(others)}", f"{median(others):.2f}"),
        ("the same, 95th percentile", f"{quantiles(others, n=20)[-1]:.2f}"),
    ]
    return [*table, ("SymPy results that our notation does not read", str(unread))] if unread else table


if __name__ == "__main__":
    for what, figure in compare(corpus(), worst=10):
        print(f"{what}: {figure}")
