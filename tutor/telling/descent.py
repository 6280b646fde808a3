"""Gradient descent told: the slope and how it was found, the table of points, and what is known of where it goes.

    told_descent(Run(loss, descent, rate, momentum, quadratic(loss)))

What is said of a quadratic loss is a theorem, and was decided exactly. Of every other loss only what was computed is
said.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from tutor.derivation.descent import FIRST_SHOWN, LAST_SHOWN, MOST_SHOWN, Descent, Observation, Row
from tutor.derivation.descent_problem import Amount, Loss
from tutor.derivation.quadratic_loss import Quadratic
from tutor.expression.relations import related
from tutor.expression.text import Text
from tutor.expression.tree import name
from tutor.oracle.digits import exactly
from tutor.oracle.program import Number
from tutor.telling.convergence import rounded, short_theorem, theorem
from tutor.telling.document import (
    Column,
    Document,
    DocumentBlock,
    Formula,
    Labelled,
    Sign,
    Table,
    Words,
    joined,
    plain,
    words,
)

_SHORT = 8
"""Characters up to which a number is shown exactly."""


_ROUNDED = "Numbers are rounded; --json has all digits."


class Run(NamedTuple):
    """One run of descent with what was asked for. known: what is known beforehand; None where the loss is not
    quadratic."""

    loss: Loss
    descent: Descent
    rate: Amount
    momentum: Amount
    known: Quadratic | None


def told_descent(run: Run) -> Document:
    """The slope, the table, and the sentences on it."""
    shown = _shown(run.descent.rows)
    exact = _is_short(shown)
    below: list[DocumentBlock] = [Words((sentence,)) for sentence in sentences(run)]
    below += [words(_ROUNDED, "quiet")] if not exact else []
    table = ((_table(run, shown, exact),),) if shown else ()
    return Document((_head(run.loss, run.rate, run.momentum), *table, tuple(below)))


def told_comparison(runs: Sequence[Run], with_head: bool = True) -> Document:
    """Where several rates lead, a row for each. with_head: also what the loss and its slope are."""
    loss = runs[0].loss
    letters = [Column(Text.of(name(letter))) for letter in loss.letters]
    columns = (Column(plain("rate")), Column(plain("steps")), *letters, Column(plain("loss")),
               Column(plain("what happened"), "words"))
    ends = [run.descent.last for run in runs]
    exact = all(end is None or _row_is_short(end) for end in ends)
    rows = []
    for run, end in zip(runs, ends, strict=True):
        point = [plain("")] * len(loss.letters) if end is None else [_told(each, exact) for each in end.point]
        value = plain("") if end is None or end.value is None else _told(end.value, exact)
        rows.append((Text.of(run.rate.expression), plain(f"{run.descent.step:,}"), *point, value, happened(run)))
    groups: list[tuple[DocumentBlock, ...]] = [_head(loss, None, runs[0].momentum)] if with_head else []
    below = () if exact else (words(_ROUNDED, "quiet"),)
    return Document((*groups, (Table(columns, tuple(rows)),), *([below] if below else [])))


# -- the head --------------------------------------------------------------------------------------------------------


def _head(loss: Loss, rate: Amount | None, momentum: Amount) -> tuple[DocumentBlock, ...]:
    several = len(loss.letters) > 1
    label = "slopes" if several else "slope"
    blocks: list[DocumentBlock] = [
        Labelled("" if index else label, Formula(related(found.problem, "=", found.result), tone=""))
        for index, found in enumerate(loss.slopes)]
    checks = {found.checked for found in loss.slopes}
    sign: Sign = "no" if False in checks else "unsure" if None in checks else "yes"
    said = {"yes": "checked", "unsure": "not decided", "no": "refuted"}[sign]
    steps = sum(found.count for found in loss.slopes)
    blocks.append(Labelled(said, words(_steps_in_words(steps, loss), sign=sign), ""))
    rate_told = plain("rate") if rate is None else _factor(rate)
    letter = name(loss.letters[0])
    if momentum.number:
        each = Text.of("v ← ", _factor(momentum), "·v − ", rate_told, "·slope, then ", letter, " ← ", letter,
                       " + v, with v = 0 at the start")
    else:
        each = Text.of(letter, " ← ", letter, " − ", rate_told, "·slope")
    if several:
        each = Text.of(each, "; so for every letter, with all slopes at the old point")
    blocks.append(Labelled("each step", Words((each,))))
    return tuple(blocks)


def _factor(amount: Amount) -> Text:
    """A number in front of a multiplication sign."""
    told = Text.of(amount.expression)
    return Text.of("(", told, ")") if amount.expression.head in ("sum", "negation") else told


def _steps_in_words(steps: int, loss: Loss) -> str:
    counted = "1 step" if steps == 1 else f"{steps} steps"
    problem = str(loss.slopes[0].problem)
    return f'{counted}: tutor "{problem}"' if len(loss.slopes) == 1 and len(problem) <= _LONGEST_COMMAND else counted


_LONGEST_COMMAND = 45


# -- the table -----------------------------------------------------------------------------------------------------


def _shown(rows: Sequence[Row]) -> list[Row | None]:
    """The rows that are shown, with None for those that are left out."""
    if not rows or rows[-1].step < MOST_SHOWN:
        return list(rows)
    return [*rows[:FIRST_SHOWN], None, *rows[-LAST_SHOWN:]]


def _table(run: Run, shown: Sequence[Row | None], exact: bool) -> Table:
    letters = run.loss.letters
    several = len(letters) > 1
    titles = [Text.of("slope ", name(letter)) for letter in letters] if several else [plain("slope")]
    changes = [Text.of("change ", name(letter)) for letter in letters] if several else [plain("change")]
    columns = (Column(plain("step")), *[Column(Text.of(name(letter))) for letter in letters], Column(plain("loss")),
               *[Column(title, spare=1) for title in titles], *[Column(title, spare=2) for title in changes])
    following = {row.step: row for row in run.descent.rows}
    rows: list[tuple[Text, ...]] = []
    for row in shown:
        if row is None:
            rows.append(())
            continue
        after = following.get(row.step + 1)
        none = [plain("none"), *[plain("")] * (len(letters) - 1)]
        slopes = none if row.slopes is None else [_told(each, exact) for each in row.slopes]
        moved = [plain("")] * len(letters) if after is None else [_told(each, exact) for each in after.arrived]
        value = plain("none") if row.value is None else _told(row.value, exact)
        rows.append((plain(f"{row.step:,}"), *[_told(each, exact) for each in row.point], value, *slopes, *moved))
    return Table(columns, tuple(rows))


def _is_short(shown: Sequence[Row | None]) -> bool:
    """Whether all numbers of a table are fractions that are short enough to be shown exactly."""
    return all(row is None or _row_is_short(row) for row in shown)


def _row_is_short(row: Row) -> bool:
    numbers = [*row.point, *row.arrived, *([] if row.value is None else [row.value]), *(row.slopes or ())]
    return all(isinstance(each, Fraction) and len(str(exactly(each))) <= _SHORT for each in numbers)


def _told(value: Number, exact: bool) -> Text:
    return Text.of(exactly(value) if exact and isinstance(value, Fraction) else rounded(float(value)))


# -- what is said of it --------------------------------------------------------------------------------------------


def sentences(run: Run) -> tuple[Text, ...]:
    """What is known, or was seen, of where it goes, and why it ended if it ended early."""
    found: list[Text] = []
    ending = run.descent.ending
    proved = theorem(run.loss, run.descent, run.rate, run.momentum, run.known)
    found += proved
    if ending is not None:
        found.append(ending.why)
    if ending is not None and ending.kind == "overflow":
        seen = run.descent.seen()
        found += _observed(run.descent, seen) if seen.kind == "growing" and not proved else ()
    elif (not proved or (run.momentum.number and run.known is not None)) and (
            ending is None or ending.kind == "interrupted"):
        found += _observed(run.descent, run.descent.seen())
        found += [plain("This was seen in the steps that were computed; it is not a proof.")]
    return tuple(found)


def _observed(descent: Descent, seen: Observation) -> Iterator[Text]:
    """What was seen of the points that were computed."""
    last, first = descent.last, descent.rows[0] if descent.rows else None
    if last is None or first is None or last.value is None or first.value is None or last.slopes is None:
        return
    one = len(last.slopes) == 1
    slopes = Text.of("the slope is " if one else "the slopes are ", _point(last.slopes, brackets=False))
    steps = f"{seen.steps:,} steps"
    match seen.kind:
        case "settled":
            yield Text.of(f"From step {seen.steps:,} on, nothing changes in the digits that are computed; ", slopes,
                          " there.")
        case "flat":
            yield Text.of("At the last point ", slopes, ", so next to nothing changes." if any(last.slopes) else
                          ", so nothing changes any more.")
        case "cycle":
            rows = [_point(row.point) for row in descent.rows[-4:]]
            yield Text.of(joined(rows, "The last four points are "), ": it goes back and forth between two points.")
        case "growing":
            yield Text.of("The loss grew in the last step." if seen.steps == 1 else
                          f"The loss grew in each of the last {steps}.")
        case "falling":
            yield Text.of("The loss never rose: it went from ", _told(first.value, False), " to ",
                          _told(last.value, False), " in 1 step." if seen.steps == 1 else f" in {steps}.")
        case "mixed":
            value, step = descent.lowest
            yield Text.of("The loss rose and fell; it was smallest at ", f"step {step:,}: ", _told(value, False), ".")
        case "started":
            return


def _point(numbers: Sequence[Number], brackets: bool = True) -> Text:
    told = joined([_told(each, False) for each in numbers])
    return Text.of("(", told, ")") if brackets and len(numbers) > 1 else told


_SHORTLY = {"flat": "the slope is near 0", "cycle": "back and forth between two points", "growing": "the loss grows",
            "falling": "the loss falls", "mixed": "the loss rises and falls", "started": ""}

_ENDED = {"overflow": "left the numbers", "no value": "came to a point without a value",
          "no slope": "came to a point without a slope", "undecided": "came to a point where no slope was found",
          "interrupted": "stopped"}


def happened(run: Run) -> Text:
    """What happened in a run, in a few words."""
    ending = run.descent.ending
    if ending is not None and ending.kind != "overflow":
        return plain(f"{_ENDED[ending.kind]} at step {ending.step:,}")
    known = short_theorem(run.descent, run.rate, run.momentum, run.known)
    if ending is not None:
        end = plain(f"{_ENDED[ending.kind]} at step {ending.step:,}")
        return end if known is None else Text.of(known, "; ", end)
    if known is not None:
        return known
    seen = run.descent.seen()
    return plain(f"no change from step {seen.steps:,} on" if seen.kind == "settled" else _SHORTLY[seen.kind])
