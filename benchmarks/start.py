"""(b) How long a command takes from start to end, beside `import sympy` alone: whole processes, in rounds of one each.

    python -m benchmarks.start
"""

from __future__ import annotations

import os
import subprocess
import sys
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

ROUNDS = 15
TUTOR = [sys.executable, "-m", "tutor.cli.main"]
THEIRS = [sys.executable, "-c", "import sympy"]
OURS = {
    'tutor "d/dx x^2*sin(x^2)"': [*TUTOR, "d/dx x^2*sin(x^2)"],
    'tutor check "d/dx sin(x^2)" "cos(x^2)"': [*TUTOR, "check", "d/dx sin(x^2)", "cos(x^2)"],
    "tutor": TUTOR,
    "tutor --help": [*TUTOR, "--help"],
    "tutor rules": [*TUTOR, "rules"],
    "tutor lessons": [*TUTOR, "lessons"],
    'python -c "import tutor"': [sys.executable, "-c", "import tutor"],
}


def seconds(command: list[str], home: str) -> float:
    """The time of one process, with a learner's log of its own and as Python starts without settings."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    start = perf_counter()
    subprocess.run(command, env=environment | {"TUTOR_HOME": home}, stdout=subprocess.DEVNULL, check=False)
    return perf_counter() - start


def compare() -> list[tuple[str, str]]:
    with TemporaryDirectory() as home:
        for command in (THEIRS, *OURS.values()):
            seconds(command, home)  # what is compiled once is compiled now
        theirs: list[float] = []
        ours: dict[str, list[float]] = {name: [] for name in OURS}
        for _ in range(ROUNDS):
            theirs.append(seconds(THEIRS, home))
            for name, command in OURS.items():
                ours[name].append(seconds(command, home))
    rows = []
    for name, times in ours.items():
        ratio = median(one / other for one, other in zip(times, theirs, strict=True))
        rows.append((f"{name} / import sympy, median of pairs", f"{ratio:.2f}, {median(times) * 1e3:.0f} ms"))
    return [*rows, ("import sympy, median", f"{median(theirs) * 1e3:.0f} ms")]


if __name__ == "__main__":
    for what, figure in compare():
        print(f"{what:<75} {figure}")
