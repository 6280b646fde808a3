"""(e) Is an answer right? Our verdicts beside SymPy's `simplify(a - b) == 0`, on the same pairs in one run.

Two kinds of pairs: results of the corpus beside our own (all of them right), and a table of right and wrong answers
to short problems. SymPy's simplify can take minutes, so it sees a sample of rows that are not too large; both sides
read the texts before the clock runs.
"""

from __future__ import annotations

import re
from collections import Counter
from statistics import median, quantiles
from time import process_time
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.corpus import Row

if TYPE_CHECKING:
    from tutor.derivation.derivation import Derivation

SAMPLE = 120
"""Rows of the corpus that both are asked about, spread evenly."""

LARGEST = 100
"""Size of both sides together in a row of the sample; simplify takes minutes on larger ones."""


class Pair(NamedTuple):
    """Two texts, and whether they are equal."""

    left: str
    right: str
    equal: bool


TABLE = [
    Pair("sin(2*x)", "2*sin(x)*cos(x)", True), Pair("sin(x)^2+cos(x)^2", "1", True),
    Pair("(x+1)^2", "x^2+2*x+1", True), Pair("(x^2-1)/(x-1)", "x+1", True), Pair("1/x+1/y", "(x+y)/(x*y)", True),
    Pair("tan(x)^2+1", "1/cos(x)^2", True), Pair("exp(2*x)", "exp(x)^2", True), Pair("x^n*x", "x^(n+1)", True),
    Pair("cos(x)^2", "(1+cos(2*x))/2", True), Pair("x/sqrt(x)", "sqrt(x)", True), Pair("ln(exp(x))", "x", True),
    Pair("cosh(x)^2-sinh(x)^2", "1", True), Pair("2*x*sin(x^2)+2*x^3*cos(x^2)", "2*x*(sin(x^2)+x^2*cos(x^2))", True),
    Pair("1/(1+exp(-x))", "exp(x)/(1+exp(x))", True), Pair("asin(x)+acos(x)", "pi/2", True),
    Pair("tan(x/2)", "sin(x)/(1+cos(x))", True), Pair("1/(sqrt(2)-1)", "sqrt(2)+1", True),
    Pair("tanh(x)", "(exp(2*x)-1)/(exp(2*x)+1)", True), Pair("2^x*3^x", "6^x", True), Pair("abs(x)^2", "x^2", True),
    Pair("cos(x^2)", "2*x*cos(x^2)", False), Pair("2*x*cos(x)", "2*x*sin(x)+x^2*cos(x)", False),
    Pair("sin(x)^2", "sin(x^2)", False), Pair("exp(2*x)", "2*exp(2*x)", False), Pair("sqrt(x^2)", "x", False),
    Pair("ln(x+y)", "ln(x)+ln(y)", False), Pair("(x+1)^2", "x^2+1", False), Pair("1/(2*x)", "1/x", False),
    Pair("-sin(x)", "sin(x)", False), Pair("0.333333333333", "1/3", False), Pair("n*x^n", "n*x^(n-1)", False),
    Pair("sec(x)^2", "tan(x)^2", False), Pair("(x*cos(x)-sin(x))/x^2", "cos(x)/x", False),
    Pair("x*exp(x)", "exp(x)+x*exp(x)", False), Pair("1/(1+x^2)", "1/sqrt(1-x^2)", False),
    Pair("exp(x)/(1+exp(x))", "exp(x)/(1+exp(x))^2", False), Pair("3*(2*x+1)^2", "6*(2*x+1)^2", False),
]  # fmt: skip


def sympy_reads(text: str) -> object:
    """The text as SymPy's parser has it, all names real."""
    import sympy
    from sympy.parsing.sympy_parser import convert_xor, parse_expr, rationalize, standard_transformations

    names = {word: sympy.Symbol(word, real=True) for word in re.findall(r"[A-Za-z]\w*", text) if len(word) == 1}
    names |= {"e": sympy.E, "i": sympy.I, "ln": sympy.log}
    return parse_expr(text, local_dict=names, transformations=(*standard_transformations, convert_xor, rationalize))


def compare(rows: list[Row], derivations: list[Derivation]) -> list[tuple[str, str]]:
    """Lines of the table: verdicts over the whole corpus and the table, times beside SymPy's over the sample."""
    import sympy

    import tutor

    pairs = [Pair(row.published or row.equal_to or "", str(derivation.result), True)
             for row, derivation in zip(rows, derivations, strict=True)]
    tutor.equivalent("sqrt(1-cos(x)^2)", "abs(sin(x))")  # imports what is imported only when needed
    verdicts, spent = Counter[str](), []
    for pair in pairs:
        read = tutor.parse(pair.left), tutor.parse(pair.right)
        start = process_time()
        found = tutor.equivalent(*read)
        spent.append(process_time() - start)
        verdicts["proved" if found.proved else found.verdict] += 1
    small = [pair for pair in pairs if tutor.parse(pair.left).size + tutor.parse(pair.right).size <= LARGEST]
    sample = small[:: max(1, len(small) // SAMPLE)][:SAMPLE] + TABLE
    ratios, ours, theirs = [], [], []
    right, wrong, simplified = Counter[str](), Counter[str](), Counter[bool]()
    for pair in sample:
        read = tutor.parse(pair.left), tutor.parse(pair.right)
        beside = sympy_reads(pair.left), sympy_reads(pair.right)
        start = process_time()
        found = tutor.equivalent(*read)
        ours.append(process_time() - start)
        start = process_time()
        simplified[(sympy.simplify(beside[0] - beside[1]) == 0) == pair.equal] += 1  # type: ignore[operator]
        theirs.append(process_time() - start)
        ratios.append(ours[-1] / theirs[-1])
        (right if pair.equal else wrong)[found.verdict] += 1
    return [
        (f"results of the corpus beside ours, of {len(pairs):,}", _counted(verdicts)),
        ("time of one verdict there: median, 99th percentile, most",
         f"{median(spent) * 1e3:.1f} ms, {quantiles(spent, n=100)[-1] * 1e3:.0f} ms, {max(spent) * 1e3:.0f} ms"),
        (f"verdict / SymPy's simplify, median of ratios, {len(sample)} pairs of size up to {LARGEST}",
         f"{median(ratios):.3f}"),
        ("the same, 90th percentile", f"{quantiles(ratios, n=10)[-1]:.3f}"),
        ("median time of ours and of SymPy's", f"{median(ours) * 1e3:.2f} ms, {median(theirs) * 1e3:.2f} ms"),
        (f"right pairs of these, {right.total()}", _counted(right)),
        (f"wrong pairs of these, {wrong.total()}", _counted(wrong)),
        ("pairs of these on which simplify is right", f"{simplified[True]} of {len(sample)}"),
    ]


def _counted(verdicts: Counter[str]) -> str:
    return ", ".join(f"{verdicts[each]:,} {each}" for each in ("proved", "equal", "undecided", "different")
                     if verdicts[each] or each != "proved")


if __name__ == "__main__":
    from benchmarks.corpus import corpus, derived

    if found := corpus():
        for what, figure in compare(found, derived(found)):
            print(f"  {what:<75} {figure}")
