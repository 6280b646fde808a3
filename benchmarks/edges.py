"""(g) Wrong answers that few points tell from right ones: kinks in the wrong place, and near-misses.

The grid: each function with a kink, its derivative, and the same derivative with the kink somewhere else, for small and
large whole numbers. Which answers are right is known by construction. The near-misses are pairs that differ by
construction, too, but only far out, by very little, or where no digit shows it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from math import isqrt
from random import Random
from statistics import median
from time import process_time
from typing import NamedTuple

PLACES = (-1000, -20, -5, -2, -1, 1, 2, 3, 9, 40, 777)
NEAR_MISSES = 400


class Judged(NamedTuple):
    """Two texts, and whether they are equal."""

    left: str
    right: str
    equal: bool


def grid() -> Iterator[Judged]:
    """Problems with kinks, each with the right derivative and with every one that has its kink elsewhere."""
    for place in PLACES:
        for typed in PLACES:
            same = place == typed
            yield Judged(f"d/dx |x - ({place})|", f"sign(x - ({typed}))", same)
            yield Judged(f"d/dx relu({place}*x + 3)", f"{place}*step({typed}*x + 3)", same)
            yield Judged(f"d/dx relu(2x + ({place}))", f"2 step(2x + ({typed}))", same)
            yield Judged(f"d/dx [(x - ({place}))*|x - ({place})|]", f"2|x - ({typed})|", same)
            yield Judged(f"d/dx max(x, {place})", f"step(x - ({typed}))", same)
            if place > 0 and typed > 0:
                yield Judged(f"d/dx |x^2 - {place}|", f"2x sign(x^2 - {typed})", same)
                yield Judged(f"d/dx min(x^2, {place})", f"2x step({typed} - x^2)", same)
                yield Judged(f"d/dx max(-{place}, min(x, {place}))", f"step(x + {typed}) - step(x - {typed})", same)


def near_misses(seed: int = 1) -> Iterator[Judged]:
    """Pairs that are different, however well numbers agree."""
    random = Random(seed)
    smooth = ["sin(x)", "x^2", "e^x", "ln(x^2 + 1)", "atan(x)", "x*cos(x)", "1/(1 + x^2)", "sqrt(x^2 + 3)"]
    for _ in range(NEAR_MISSES):
        body, other = random.sample(smooth, 2)
        size, place, small = random.randint(8, 40), random.randint(20, 5000), random.randint(46, 90)
        place += isqrt(place) ** 2 == place  # its root has to be irrational
        yield from random.sample([
            Judged(f"{body} + relu(x - {place})", f"{body} + relu(x - {place + random.randint(1, 3)})", False),
            Judged(f"{body} + |x + {place}|", f"{body} + x + {place}", False),
            Judged(f"{body}*sign(x)", f"{body}*tanh(10^{size}*x)", False),
            Judged(f"{body} + step(x)", f"{body} + sigmoid(10^{size}*x)", False),
            Judged(body, f"{body} + 10^(-{small})*{other}", False),
            Judged(f"10^{size + 40} + {body}", f"10^{size + 40} + {body} + 1", False),
            Judged(f"{body} + x/{place}", f"{body} + asin(sin(x/{place}))", False),
            Judged(f"{body} + |x|/{place}", f"{body} + acos(cos(x/{place}))", False),
            Judged(f"{body} + step(x - sqrt({place}))", f"{body} + step(x - {place**0.5:.12f})", False),
            Judged(f"{body} + |sin(x/{place})|", f"{body} + sin(x/{place})*sign(x)", False),
        ], 1)


def compare() -> list[tuple[str, str]]:
    """Lines of the table."""
    import tutor

    tutor.equivalent("|x|", "x*sign(x)")  # imports what is imported only when needed
    wrong, right, missed = Counter[str](), Counter[str](), Counter[str]()
    spent = []
    for pair in grid():
        start = process_time()
        found = tutor.equivalent(pair.left, pair.right).verdict
        spent.append(process_time() - start)
        (right if pair.equal else wrong)[found] += 1
    for pair in near_misses():
        missed[tutor.equivalent(pair.left, pair.right).verdict] += 1
    return [
        (f"answers with their kink in the wrong place, of {wrong.total():,} called equal", f"{wrong['equal']:,}"),
        ("the same, undecided", f"{wrong['undecided']:,}"),
        (f"answers with their kink in the right place, of {right.total():,} not called equal",
         f"{right.total() - right['equal']:,}"),
        (f"near-misses, of {missed.total():,} called equal", f"{missed['equal']:,}"),
        ("the same, undecided", f"{missed['undecided']:,}"),
        ("time of one verdict on a kink: median, most", f"{median(spent) * 1e3:.1f} ms, {max(spent) * 1e3:.0f} ms"),
    ]


if __name__ == "__main__":
    for what, figure in compare():
        print(f"  {what:<75} {figure}")
