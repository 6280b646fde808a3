"""(a) Parse, derive, log and tidy, beside SymPy's parse_expr and bare diff, row by row in one run.

SymPy's caches stay on; every expression is seen for the first time by both. The two take turns to be first.
"""

from __future__ import annotations

import re
from statistics import median, quantiles
from time import process_time

from benchmarks.corpus import Row


def sympy_derivative(row: Row) -> object:
    """What a user would write with SymPy."""
    import sympy
    from sympy.parsing.sympy_parser import convert_xor, parse_expr, standard_transformations

    names = {word: sympy.Symbol(word) for word in re.findall(r"[A-Za-z]\w*", row.body) if len(word) == 1}
    names |= {"e": sympy.E, "i": sympy.I, "ln": sympy.log}
    parsed = parse_expr(row.body, local_dict=names, transformations=(*standard_transformations, convert_xor))
    return sympy.diff(parsed, sympy.Symbol(row.variable), row.order)


def compare(rows: list[Row]) -> list[tuple[str, str]]:
    """Lines of the table: the ratios of our time to SymPy's."""
    import tutor

    warm = Row("", "x^2*sin(x)/x", "x", 1, None, None)
    tutor.explain(warm.problem), sympy_derivative(warm)
    ratios, told, ours, theirs = [], [], [], []
    for index, row in enumerate(rows):
        spent = {}
        for first in (index % 2 == 0, index % 2 == 1):
            start = process_time()
            if first:
                derivation = tutor.explain(row.problem)
            else:
                sympy_derivative(row)
            spent[first] = process_time() - start
        start = process_time()
        assert derivation.steps
        told.append((spent[True] + process_time() - start) / spent[False])
        ratios.append(spent[True] / spent[False])
        ours.append(spent[True])
        theirs.append(spent[False])
    return [
        ("parse + derive + log + tidy / SymPy, median of ratios", f"{median(ratios):.3f}"),
        ("the same, 90th percentile", f"{quantiles(ratios, n=10)[-1]:.3f}"),
        ("the same with every step told as an object, median", f"{median(told):.3f}"),
        ("median time of ours and of SymPy's", f"{median(ours) * 1e3:.2f} ms, {median(theirs) * 1e3:.2f} ms"),
        ("total time of ours and of SymPy's", f"{sum(ours):.1f} s, {sum(theirs):.1f} s"),
    ]
