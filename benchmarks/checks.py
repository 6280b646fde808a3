"""Whether everything is right: each result against the corpus, each step by the oracle."""

from __future__ import annotations

from collections import Counter
from time import process_time
from typing import TYPE_CHECKING

from benchmarks.corpus import Row

if TYPE_CHECKING:
    from tutor.derivation.derivation import Derivation


def compare(rows: list[Row], derivations: list[Derivation]) -> list[tuple[str, str]]:
    import tutor

    values, wholes, steps = Counter[str](), Counter[str](), Counter[str]()
    start = process_time()
    for row, derivation in zip(rows, derivations, strict=True):
        expected = tutor.parse(row.published or row.equal_to or "")
        values[derivation.compare(derivation.result, expected).outcome] += 1
        wholes[derivation.check.outcome] += 1
        steps.update(step.check.outcome for step in derivation.steps)
    spent = process_time() - start
    return [
        (f"results equal in value to the corpus, of {len(rows):,}", _counted(values)),
        ("problem against result, by the oracle", _counted(wholes)),
        (f"steps checked by the oracle, of {steps.total():,}", _counted(steps)),
        ("tell and check, per step", f"{spent / max(steps.total(), 1) * 1e6:.0f} µs"),
    ]


def _counted(outcomes: Counter[str]) -> str:
    return ", ".join(f"{outcomes[outcome]:,} {outcome}" for outcome in ("checked", "undecided", "refuted"))
