"""(c) How the cost grows: time per node for long sums and deep nests, garbage collection paused as in use.

Nested brackets have a short derivative. That of n nested sines is a product of n factors of up to n sines each: the
answer itself grows with the square of n, and so does the work; its cost is given per node of problem and answer. The
brackets come after the sums, in one process: what a long sum leaves behind must not make them slower.
"""

from __future__ import annotations

from time import process_time

SUMS = (1_000, 4_000, 16_000, 64_000)
BRACKETS = (100, 1_000, 10_000)
SINES = (100, 400, 1_000)


def long_sum(terms: int) -> str:
    return "d/dx [" + " + ".join(f"{index % 9 + 2}*x^{index}" for index in range(2, terms + 2)) + "]"


def deep_brackets(depth: int) -> str:
    return "d/dx [" + "(2 - " * depth + "x" + ")" * depth + "]"


def deep_sines(depth: int) -> str:
    return "d/dx [" + "sin(" * depth + "x" + ")" * depth + "]"


def per_node(problem: str) -> float:
    """Seconds for each node of problem and result: the best of a few runs, since the machine has other things to do."""
    import tutor

    best = float("inf")
    for _ in range(3):
        start = process_time()
        derivation = tutor.explain(problem)
        spent = process_time() - start
        best = min(best, spent / (derivation.problem.size + derivation.result.size))
        del derivation
    return best


def compare() -> list[tuple[str, str]]:
    table = []
    for what, sizes, make in (("sum of n terms", SUMS, long_sum),
                              ("brackets n deep after these", BRACKETS, deep_brackets),
                              ("sines n deep", SINES, deep_sines)):
        costs = [per_node(make(size)) for size in sizes]
        figures = ", ".join(f"{size:,}: {cost * 1e6:.1f}" for size, cost in zip(sizes, costs, strict=True))
        table.append((f"{what}, µs per node of problem and result", figures))
        table.append((f"{what}, largest over smallest", f"{max(costs) / min(costs):.2f}"))
    return table
