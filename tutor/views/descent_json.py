"""Gradient descent as data, for `tutor descend --json`.

    descent_as_data(run)["rows"][0]         # {"step": 0, "point": {"x": 0.0}, "value": 9.0, "slope": -6.0}

The shape:
    format          1
    loss            the loss in the learner's notation
    slopes          {letter: the slope in the learner's notation}
    checked         whether the oracle agrees with every step of the slopes: true, false, or null if it could not decide
    rate, momentum  numbers
    steps           how many were made
    rows            [{step, point {letter: number}, value, slope}]; slope is a number for one letter and an object
                    {letter: number} for several; value or slope is null where there is none
    left_out        how many rows are left out between the first and the last ones of a long run
    outcome         "done", or why it ended early: "overflow", "no value", "no slope", "undecided", "interrupted"
    ended_at        the step at which it ended early, else null
    seen            of the points: "flat", "settled", "cycle", "growing", "falling", "mixed" or "started"
    eigenvalues     of the second derivatives of a quadratic loss, else null
    factor          by which each step multiplies the distance to the point with slope 0, for a quadratic loss with one
                    letter and without momentum, else null
    limit           the rate below which descent without momentum converges, where that is known, else null
    sentence        what is said of it

With --compare there are `runs`, a list of such objects, and the rows in each are its first and its last one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tutor.derivation.descent import Row
from tutor.derivation.quadratic_loss import Quadratic
from tutor.telling.descent import Run, sentences

Data = dict[str, Any]


def descent_as_data(run: Run, few: bool = False) -> Data:
    """One run. few: only its first and its last row."""
    loss, descent = run.loss, run.descent
    rows = descent.rows
    if few and len(rows) > 2:
        rows = [rows[0], rows[-1]]
    checks = {found.checked for found in loss.slopes}
    ending = descent.ending
    return {
        "format": 1, "loss": str(loss.expression),
        "slopes": {letter: str(found.result) for letter, found in zip(loss.letters, loss.slopes, strict=True)},
        "checked": False if False in checks else None if None in checks else True,
        "rate": float(run.rate.number), "momentum": float(run.momentum.number), "steps": descent.step,
        "rows": [_row(loss.letters, row) for row in rows],
        "left_out": 0 if not rows else rows[-1].step + 1 - len(rows),
        "outcome": "done" if ending is None else ending.kind, "ended_at": None if ending is None else ending.step,
        "seen": descent.seen().kind, **_known(run, run.known),
        "sentence": " ".join(sentence.written() for sentence in sentences(run)),
    }


def comparison_as_data(runs: Sequence[Run]) -> Data:
    """Several runs with different rates."""
    return {"format": 1, "runs": [descent_as_data(run, few=True) for run in runs]}


def _row(letters: Sequence[str], row: Row) -> Data:
    slope: Any = None
    if row.slopes is not None:
        slope = float(row.slopes[0]) if len(letters) == 1 else _by_letter(letters, row.slopes)
    return {"step": row.step, "point": _by_letter(letters, row.point),
            "value": None if row.value is None else float(row.value), "slope": slope}


def _by_letter(letters: Sequence[str], numbers: Sequence[Any]) -> dict[str, float]:
    return {letter: float(each) for letter, each in zip(letters, numbers, strict=True)}


def _known(run: Run, known: Quadratic | None) -> Data:
    if known is None:
        return {"eigenvalues": None, "factor": None, "limit": None}
    values = [float(each.lower) for each in known.eigenvalues]
    one = len(run.loss.letters) == 1
    factor = float(1 - run.rate.number * known.eigenvalues[0].lower) if one and not run.momentum.number else None
    return {"eigenvalues": values, "factor": factor, "limit": None if known.limit is None else float(known.limit)}
