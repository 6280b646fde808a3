"""(b) How long the command takes to start, beside `import sympy` alone, and its first screen beside a derivation: whole
processes in pairs."""

from __future__ import annotations

import subprocess
import sys
from statistics import median
from time import perf_counter

PAIRS = 9
OURS = [sys.executable, "-m", "tutor.cli.main", "explain", "d/dx x^2*sin(x)"]
FIRST_SCREEN = OURS[:3]
THEIRS = [sys.executable, "-c", "import sympy"]


def seconds(command: list[str]) -> float:
    start = perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return perf_counter() - start


def compare() -> list[tuple[str, str]]:
    for command in (OURS, FIRST_SCREEN, THEIRS):
        seconds(command)
    ours, theirs = zip(*((seconds(OURS), seconds(THEIRS)) for _ in range(PAIRS)), strict=True)
    first_screens = [seconds(FIRST_SCREEN) / seconds(OURS) for _ in range(PAIRS)]
    ratios = [one / other for one, other in zip(ours, theirs, strict=True)]
    return [
        ("tutor explain / import sympy, whole process, median of pairs", f"{median(ratios):.2f}"),
        ("tutor alone / tutor explain, whole process, median of pairs", f"{median(first_screens):.2f}"),
        ("median of ours and of SymPy's import", f"{median(ours) * 1e3:.0f} ms, {median(theirs) * 1e3:.0f} ms"),
    ]
