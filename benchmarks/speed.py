"""(a) Parse, derive, log and tidy, beside SymPy's parse_expr and bare diff, row by row in one run.

SymPy's caches stay on; every expression is seen for the first time by both. The two take turns to be first. So does
Alkahest, a computer algebra system in Rust that logs what it does, where it is installed (`pip install alkahest`): it
is compared on the rows that it can derive.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from importlib.util import find_spec
from statistics import median, quantiles
from time import process_time
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from benchmarks.corpus import Row

if TYPE_CHECKING:
    from tutor.expression.tree import Expression

TOLD = 5
"""Of so many rows one is told as well. It shares no factor with the number of turns, so each is first as often."""

_WARM = Row("", "x^2*sin(x)/x", "x", 1, None, None)


def sympy_derivative(row: Row) -> object:
    """What a user would write with SymPy."""
    import sympy
    from sympy.parsing.sympy_parser import convert_xor, parse_expr, standard_transformations

    names = {word: sympy.Symbol(word) for word in re.findall(r"[A-Za-z]\w*", row.body) if len(word) == 1}
    names |= {"e": sympy.E, "i": sympy.I, "ln": sympy.log}
    parsed = parse_expr(row.body, local_dict=names, transformations=(*standard_transformations, convert_xor))
    return sympy.diff(parsed, sympy.Symbol(row.variable), row.order)


def alkahest_text(text: str) -> str:
    """An expression as Alkahest reads it: it has log for ln, and needs exp(x) for e^x."""
    import tutor
    from tutor.expression.tree import E, call, postorder, rebuilt

    body = tutor.parse(text)
    done: dict[tutor.Expression, tutor.Expression] = {}
    for part in postorder([body]):
        args = tuple(done[arg] for arg in part.args)
        done[part] = call("exp", args[1]) if part.head == "power" and args[0] is E else rebuilt(part, args)
    return str(done[body]).replace("ln(", "log(")


def alkahest_derivative(text: str, row: Row) -> object:
    """What a user would write with Alkahest, its log included; None where it cannot derive that."""
    import alkahest

    pool = alkahest.ExprPool()
    variable = pool.symbol(row.variable)
    try:
        found = alkahest.parse(text, pool, {row.variable: variable})
        for _ in range(row.order):
            found = alkahest.diff(found, variable)
    except (alkahest.ParseError, alkahest.DiffError):  # it does not know many functions, nor most exponents
        return None
    return found.value, found.steps


def compare(rows: list[Row]) -> list[tuple[str, str]]:
    """Lines of the table: the ratios of our time to SymPy's and Alkahest's, and what tidying and telling take."""
    import tutor

    with_alkahest = find_spec("alkahest") is not None
    ours, sympys, alkahests, tidied, telling = [], [], [], [], []
    for index, row in enumerate([_WARM, *rows]):
        turns: list[Callable[[], Any]] = [partial(tutor.explain, row.problem), partial(sympy_derivative, row)]
        if with_alkahest:
            turns.append(partial(alkahest_derivative, alkahest_text(row.body), row))
        found: dict[int, Any] = {}
        spent: dict[int, float] = {}
        with tidying_timed() as tidying:
            for turn in range(len(turns)):
                which = (index + turn) % len(turns)
                start = process_time()
                found[which] = turns[which]()
                spent[which] = process_time() - start
        if row is _WARM:
            assert found[0].steps
            continue
        if index % TOLD == 0:
            start = process_time()
            assert found[0].steps
            telling.append((process_time() - start, spent[0], spent[1]))
        ours.append(spent[0])
        sympys.append(spent[1])
        alkahests.append(spent[2] if found.get(2) else None)
        tidied.append(sum(tidying))
    ratios = [one / other for one, other in zip(ours, sympys, strict=True)]
    return [
        ("parse + derive + log + tidy / SymPy, median of ratios", f"{median(ratios):.3f}"),
        ("the same, 90th percentile", f"{quantiles(ratios, n=10)[-1]:.3f}"),
        (f"the same with every step told as an object, median of {len(telling)}",
         f"{median((derived + told) / sympy for told, derived, sympy in telling):.3f}"),
        ("median time of ours and of SymPy's", f"{median(ours) * 1e3:.2f} ms, {median(sympys) * 1e3:.2f} ms"),
        ("total time of ours and of SymPy's", f"{sum(ours):.1f} s, {sum(sympys):.1f} s"),
        ("tidying by itself: total, median, 95th percentile", f"{sum(tidied):.2f} s, {_milliseconds(tidied)}"),
        ("telling by itself: median, 95th percentile", _milliseconds([told for told, _, _ in telling])),
        ("telling / parse + derive + log + tidy, median of ratios",
         f"{median(told / derived for told, derived, _ in telling):.2f}"),
        *(_beside_alkahest(ours, alkahests) if with_alkahest
          else [("parse + derive + log + tidy / Alkahest", "not installed: pip install alkahest")]),
    ]


def _beside_alkahest(ours: list[float], theirs: list[float | None]) -> list[tuple[str, str]]:
    ratios = [one / other for one, other in zip(ours, theirs, strict=True) if other is not None]
    return [
        ("rows that Alkahest can derive", f"{100 * len(ratios) / len(ours):.0f} %"),
        ("parse + derive + log + tidy / Alkahest's parse + diff + log, median", f"{median(ratios):.1f}"),
        ("the same, 90th percentile", f"{quantiles(ratios, n=10)[-1]:.1f}"),
    ]


def _milliseconds(times: list[float]) -> str:
    return f"{median(times) * 1e3:.2f} ms, {quantiles(times, n=20)[-1] * 1e3:.2f} ms"


@contextmanager
def tidying_timed() -> Iterator[list[float]]:
    """The seconds of each time that something is tidied meanwhile."""
    from tutor.algebra.decide import Tidy

    times: list[float] = []
    tidy = Tidy.__call__

    def timed(self: Tidy, root: Expression) -> Expression:
        start = process_time()
        try:
            return tidy(self, root)
        finally:
            times.append(process_time() - start)

    with patch.object(Tidy, "__call__", timed):
        yield times


if __name__ == "__main__":
    from benchmarks.corpus import corpus

    if found := corpus():
        for what, figure in compare(found):
            print(f"{what:<75} {figure}")
