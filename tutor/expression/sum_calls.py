"""Sums as computer algebra systems write them, behind what is added up: read as sums with an index.

    with_indices_below("2*sum(x_i, i=1..n)").text       # 2*(sum_{i=1}^{n} (x_i))
    with_indices_below("sum(w_i*x_i, i)").text          # (sum_{i} (w_i*x_i))
"""

from __future__ import annotations

import re

from tutor import limits
from tutor.errors import refused
from tutor.expression.brackets import first_commas
from tutor.expression.characters import usual
from tutor.expression.facts import Facts
from tutor.expression.lexemes import SUM_CALL, SUM_RUNS
from tutor.expression.notes import Change, Note
from tutor.expression.remarks import Remarks
from tutor.expression.rewritten import Rewritten, rewritten


def with_indices_below(text: str) -> Rewritten | None:
    """A text with sum_{i=1}^{n} (x_i) for sum(x_i, i=1..n); None where there is no such sum."""
    if len(text) > limits.INPUT_CHARACTERS or SUM_CALL.search(text) is None:
        return None
    text = usual(text)
    closing, remarks, commas = Facts(text).closing, Remarks(text), first_commas(text)
    changes: list[Change] = []
    notes: list[Note] = []
    for number, found in enumerate(SUM_CALL.pattern.finditer(text)):
        if number >= limits.SUMS_WITH_INDEX:
            raise refused(text, f"This has more than {limits.SUMS_WITH_INDEX} sums. Try fewer.")
        close = closing.get(found.end() - 1)
        comma = commas.get(found.end() - 1) if close is not None else None
        runs = SUM_RUNS.fullmatch(text, comma + 1, close) if comma is not None and close is not None else None
        if comma is None or close is None or runs is None:
            continue
        index, lower, upper = runs["index"], runs["lower"], runs["upper"]
        if lower is None and not re.search(rf"_(?:{index}|[{{\[][^{{}}\[\]]*{index})", text[found.end():comma]):
            continue  # sum(a, b) may be a sum of numbers
        header = f"sum_{{{index}={lower.strip()}}}^{{{upper.strip()}}}" if lower is not None else f"sum_{index}"
        changes += [(found.start(), found.end(), f"({header} ("), (comma, close + 1, "))")]
        message = (f"{remarks.quote(found.start(), close + 1)} is read as {header} "
                   f"({remarks.quote(found.end(), comma)}).")
        notes.append(Note(message, found.start(), close + 1, usual=True, doubtful=False, kind="index-behind-sum"))
    return rewritten(text, sorted(changes), notes) if changes else None

