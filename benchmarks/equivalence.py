"""(e) Is an answer right? Our verdicts beside SymPy's `simplify(a - b) == 0`, on the same pairs in one run.

Three kinds of pairs: what SymPy prints for the derivative of a row beside the form of the corpus, which is right; the
same with one sign turned, which is wrong; and a table of right and wrong answers to short problems. Pairs are left out
if both sides are read as the same expression, or if their difference is 0 as soon as SymPy has written it down: there
is nothing to be decided. Both sides read the texts before the clock runs. A simplify that takes 10 seconds is stopped;
while its timer runs, the clock of a process has coarse ticks, so that times are those of the thread.
"""

from __future__ import annotations

import re
import signal
from collections import Counter
from collections.abc import Iterator
from statistics import median, quantiles
from time import thread_time
from types import FrameType
from typing import TYPE_CHECKING, Any, NamedTuple

from benchmarks.corpus import Row
from benchmarks.size import sympys

if TYPE_CHECKING:
    from tutor.derivation.derivation import Derivation
    from tutor.expression.tree import Expression

SAMPLE = 80
"""Rows of the corpus about which both are asked, spread evenly; a sum gives a right and a wrong pair."""

LARGEST = 100
"""Size of both sides together in a pair of the sample; simplify takes minutes on larger ones."""

SECONDS = 10
"""Processor time after which simplify is stopped."""


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
    import tutor

    pairs = [Pair(row.published or row.equal_to or "", str(derivation.result), True)
             for row, derivation in zip(rows, derivations, strict=True)]
    tutor.equivalent("sqrt(1-cos(x)^2)", "abs(sin(x))")  # imports what is imported only when needed
    verdicts, spent = Counter[str](), []
    for pair in pairs:
        read = tutor.parse(pair.left), tutor.parse(pair.right)
        start = thread_time()
        found = tutor.equivalent(*read)
        spent.append(thread_time() - start)
        verdicts["proved" if found.proved else found.verdict] += 1
    ratios, ours, theirs = [], [], []
    right, wrong, simplified = Counter[str](), Counter[str](), Counter[str]()
    for pair in [*_of_rows(rows), *TABLE]:
        read = tutor.parse(pair.left), tutor.parse(pair.right)
        difference: Any = sympy_reads(pair.left) - sympy_reads(pair.right)  # type: ignore[operator]
        if read[0] is read[1] or difference == 0:
            continue
        start = thread_time()
        found = tutor.equivalent(*read)
        ours.append(thread_time() - start)
        verdict, seconds = _simplified(difference)
        simplified["in time" if verdict is None else "right" if verdict == pair.equal else "wrong"] += 1
        theirs.append(seconds)
        ratios.append(ours[-1] / theirs[-1])
        (right if pair.equal else wrong)[found.verdict] += 1
    return [
        (f"results of the corpus beside ours, of {len(pairs):,}", _counted(verdicts)),
        ("time of one verdict there: median, 99th percentile, most",
         f"{median(spent) * 1e3:.1f} ms, {quantiles(spent, n=100)[-1] * 1e3:.0f} ms, {max(spent) * 1e3:.0f} ms"),
        (f"verdict / SymPy's simplify, median of ratios, {len(ratios)} pairs of size up to {LARGEST}",
         f"{median(ratios):.3f}"),
        ("the same, 10th and 90th percentile",
         f"{quantiles(ratios, n=10)[0]:.3f}, {quantiles(ratios, n=10)[-1]:.3f}"),
        ("median time of ours and of SymPy's", f"{median(ours) * 1e3:.2f} ms, {median(theirs) * 1e3:.2f} ms"),
        ("total time of ours and of SymPy's", f"{sum(ours):.1f} s, {sum(theirs):.1f} s"),
        (f"right pairs of these, {right.total()}", _counted(right)),
        (f"wrong pairs of these, {wrong.total()}", _counted(wrong)),
        ("simplify on these", f"{simplified['right']} right, {simplified['wrong']} wrong, "
                              f"{simplified['in time']} not done in {SECONDS} s"),
    ]


def _of_rows(rows: list[Row]) -> Iterator[Pair]:
    """What SymPy prints for a row beside the form of the corpus, and, for a sum, beside the same with a sign turned."""
    import tutor

    small = [row for row in rows if tutor.parse(row.published or row.equal_to or "").size <= LARGEST // 2]
    for row in small[:: max(1, len(small) // SAMPLE)][:SAMPLE]:
        expected, printed = tutor.parse(row.published or row.equal_to or ""), sympys(row)
        if printed is not None and printed.size + expected.size <= LARGEST:
            yield Pair(str(printed), str(expected), True)
            if expected.head == "sum":
                yield Pair(str(printed), str(_with_a_sign_turned(expected)), False)


def _with_a_sign_turned(total: Expression) -> Expression:
    """A sum with the other sign in front of its last term."""
    from tutor.expression.tree import add, negate

    *others, last = total.args
    return add(*others, last.args[0] if last.head == "negation" else negate(last))


class _Stopped(BaseException):
    """Simplify has taken too long; not an Exception, which SymPy might catch."""


def _simplified(difference: Any) -> tuple[bool | None, float]:
    """Whether SymPy simplifies a difference to 0, None if that takes too long, and the time."""
    import sympy

    def stop(number: int, frame: FrameType | None) -> None:
        raise _Stopped

    before = signal.signal(signal.SIGPROF, stop)
    start = thread_time()
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        return sympy.simplify(difference) == 0, thread_time() - start
    except _Stopped:
        return None, SECONDS
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _counted(verdicts: Counter[str]) -> str:
    return ", ".join(f"{verdicts[each]:,} {each}" for each in ("proved", "equal", "undecided", "different")
                     if verdicts[each] or each != "proved")


if __name__ == "__main__":
    from benchmarks.corpus import corpus, derived

    if found := corpus():
        for what, figure in compare(found, derived(found)):
            print(f"  {what:<75} {figure}")
