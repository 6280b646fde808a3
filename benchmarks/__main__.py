"""`make bench`: every measurement, as one table."""

from __future__ import annotations

from benchmarks import checks, diagnosis, edges, equivalence, feedback, growth, question_banks, size, speed, start
from benchmarks.corpus import corpus, teacher


def main() -> None:
    rows, cases = corpus(), teacher()
    tables = [("Speed, beside SymPy", speed.compare(rows)), ("Size", size.compare(rows)),
              ("Right", checks.compare(rows)), ("Equivalence, beside SymPy", equivalence.compare(rows))] if rows else []
    tables += [("Beside a teacher", size.compare_with_teacher(cases))] if cases else []
    tables += [("Kinks and near-misses", edges.compare())]
    tables += [("Diagnosis", diagnosis.compare() + question_banks.compare()),
               ("Practice, from Enter to feedback", feedback.compare())]
    tables += [("Start of the command", start.compare()), ("Growth", growth.compare())]
    for title, table in tables:
        print(f"\n{title}")
        for what, figure in table:
            print(f"  {what:<75} {figure}")


if __name__ == "__main__":
    main()
