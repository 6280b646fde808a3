"""The verdict on an answer, on the screen.

    show_diagnosis(Console(), tutor.diagnose("d/dx sin(x^2)", "cos(x^2)"))
    #   you wrote    cos(x²)
    #   ✗ not yet    at x = 1 yours is 0.5403, the derivative is 1.081
    #
    #   The inner derivative is missing.
    #   The derivative of the outer function sin(u) is right. The inner function x² changes at its own rate: ...
    #
    #   hint         What is done to x last? The sine of something is taken.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from rich.console import Console

from tutor.expression.tokens import Note
from tutor.expression.tree import postorder
from tutor.expression.write import PRETTY
from tutor.judge.diagnose import EITHER, told
from tutor.judge.diagnose import statement as statement_of
from tutor.judge.diagnosis import Diagnosis, Mistake, Text
from tutor.judge.equivalence import Equivalence
from tutor.oracle.verdict import alike_in_words, place_in_words, told_apart
from tutor.rules.conditions import rational_value
from tutor.views.errors import show_error
from tutor.views.markdown import in_one_line
from tutor.views.page import BAD, DOUBT, GOOD, GUIDE, MARGIN, STRONG, TITLE, Page, Piece
from tutor.views.signs import note as note_in_signs
from tutor.views.signs import words
from tutor.views.steps import in_own_letters

if TYPE_CHECKING:
    from tutor.judge.lines import LinesJudgement

_INSET = MARGIN + "   "
_LABEL = 13
"""Cells of "you wrote" and "✗ not yet", so that what follows stands in one column."""

_WIDEST_LABEL = 30

_WANTS_A_HINT = frozenset(("misconception", "one_of", "slip", "unexplained"))


def show_diagnosis(console: Console, diagnosis: Diagnosis, *, everything: bool = False, more: str = "") -> None:
    """Print the verdict, the most likely mistake in a sentence, and what to look at.

    everything: also the problem as it was read, the rules of every mistake that would explain the answer, and what the
    comparison found; more: the command that shows all this, told where there is more.
    """
    if diagnosis.error is not None:
        show_error(console, diagnosis.error)
        return
    page = Page(console)
    if diagnosis.outcome in _GOOD and not everything:
        _show_good(page, diagnosis)
    else:
        _show_question(page, diagnosis, everything)
        _show_verdict(page, diagnosis)
        _show_reasons(page, diagnosis, everything)
        if more and diagnosis.explanations and not everything:
            page.words(MARGIN, more, GUIDE, lead=("more".ljust(_LABEL), GUIDE))
    page.flush()


_GOOD = frozenset(("right", "right_on_part", "right_other_form", "constant_missing"))
"""Outcomes of answers with the right value: the sentence about the answer is all that is shown."""


def show_why(console: Console, diagnosis: Diagnosis) -> None:
    """Print everything about the likeliest mistakes, but not the right answer: for someone who will try again."""
    page = Page(console)
    _show_reasons(page, replace(diagnosis, explanations=diagnosis.explanations[:diagnosis.likely]), True)
    page.flush()


def _show_good(page: Page, diagnosis: Diagnosis) -> None:
    """That the value is right, by which rules or what is still to be done, where that is so, and how it was read."""
    sign, label = _verdict(page, diagnosis)
    lead = f"{sign[0]} {label}".ljust(_LABEL), sign[1]
    page.words(MARGIN, " ".join(said(page, text) for text in diagnosis.texts), lead=lead)
    inset = MARGIN + " " * _LABEL
    if diagnosis.equivalence is not None and diagnosis.outcome != "right_on_part":
        gap = said(page, diagnosis.equivalence.gap)
        if gap:
            page.words(inset, gap)
    _show_notes(page, inset, [*diagnosis.problem_notes, *diagnosis.notes])


def _show_notes(page: Page, inset: str, notes: Sequence[Note]) -> None:
    """How doubtful things were read, each told once."""
    for message in dict.fromkeys(note.message for note in notes):
        page.words(inset, note_in_signs(message, page.signs), lead=("Note: ", DOUBT))


def _show_reasons(page: Page, diagnosis: Diagnosis, everything: bool, *, numbered: bool = True) -> None:
    """Why the answer is not right, as far as that is known, and what to look at.

    numbered: places are named by the steps of the derivation; beside a learner's own lines that would confuse.
    """
    if diagnosis.outcome == "undecided":
        return  # the reason is shown beside the sign
    page.blank()
    if not diagnosis.explanations:
        for text in diagnosis.texts:
            page.words(MARGIN, said(page, text))
    elif everything:
        _show_explanations(page, diagnosis, numbered)
    else:
        _show_likeliest(page, diagnosis)
    if diagnosis.outcome in _WANTS_A_HINT and diagnosis.hint.template:
        page.blank()
        page.words(MARGIN, said(page, diagnosis.hint), lead=("hint".ljust(_LABEL), TITLE))


def _show_likeliest(page: Page, diagnosis: Diagnosis) -> None:
    """The most likely mistake, or two that were made together, in one statement; or both of two that are as likely."""
    likely = diagnosis.explanations[:diagnosis.likely]
    if len(likely) > 1:
        page.words(MARGIN, said(page, EITHER), STRONG)
        for letter, mistakes in zip("ab", likely, strict=False):
            page.words(MARGIN, statement_of(mistakes), lead=(f"{letter}  ", STRONG))
        _show_test(page, diagnosis)
        return
    page.words(MARGIN, statement_of(likely[0]), STRONG)
    if len({mistake.rule.name for mistake in likely[0]}) == 1:
        for text in told(likely[0]):
            page.words(MARGIN, said(page, text))


def _show_test(page: Page, diagnosis: Diagnosis) -> None:
    """A problem whose answer tells the mistakes apart, if there is one."""
    if diagnosis.question is not None:
        page.blank()
        page.math(MARGIN + "Which one? Try ", page.text(diagnosis.question), STRONG)


def show_lines_judged(console: Console, judged: LinesJudgement, *, everything: bool = False, more: str = "") -> None:
    """Print every line of a learner's derivation with what is to be said of it, and whether it is finished.

    everything, more: as for one answer.
    """
    page = Page(console)
    page.math(MARGIN, page.text(judged.problem), STRONG)
    digits = len(str(max([line.number for line in judged.lines], default=0)))
    for line in judged.lines:
        sign = _LINE_SIGNS.get(line.outcome, ("no", BAD))
        lead = f"{line.number:>{digits}}  "
        inner = MARGIN + " " * (len(lead) + 2)
        page.blank()
        written = words(line.text.strip(), page.signs) if line.expression is None else page.text(line.expression)
        page.math(MARGIN + lead + "= ", written, STRONG, follow=inner)
        page.words(inner, said(page, line.message), lead=(f"{getattr(page.signs, sign[0])} ", sign[1]))
        if line.diagnosis is not None:
            page.words(inner, _in_numbers(page, line.diagnosis))
            _show_reasons(page, line.diagnosis, everything, numbered=False)
    page.blank()
    page.words(MARGIN, _end(judged), STRONG)
    if more and not everything and any(line.diagnosis and line.diagnosis.explanations for line in judged.lines):
        page.words(MARGIN, more, GUIDE, lead=("more".ljust(_LABEL), GUIDE))
    page.flush()


_LINE_SIGNS = {
    **dict.fromkeys(("expected", "detour", "several_steps", "unchanged", "off_the_way"), ("yes", GOOD)),
    **dict.fromkeys(("undecided", "unreadable"), ("unsure", DOUBT)),
}


def _end(judged: LinesJudgement) -> str:
    if judged.finished:
        return "Finished: the last line is the answer."
    if judged.broke_at is not None:
        return f"It goes wrong at line {judged.broke_at}."
    return "Not finished yet."


def said(page: Page, text: Text) -> str:
    """A sentence with its expressions written in the signs of the page."""
    if text.markdown:
        return in_one_line(page, text)
    return words(text.written(page.signs.style), page.signs)


def _show_question(page: Page, diagnosis: Diagnosis, everything: bool) -> None:
    """How both were read. The problem stands just above, as it was typed: it is repeated where a note speaks of it."""
    if everything or diagnosis.problem_notes:
        page.math(MARGIN, page.text(diagnosis.problem), STRONG)
        _show_notes(page, MARGIN, diagnosis.problem_notes)
        page.blank()
    if diagnosis.answer is None:
        page.words(MARGIN, diagnosis.words, STRONG, lead=("you wrote".ljust(_LABEL), STRONG))
    else:
        page.math(MARGIN + "you wrote".ljust(_LABEL), page.text(diagnosis.answer), STRONG,
                  follow=MARGIN + " " * _LABEL)
    told_already = {note.message for note in diagnosis.problem_notes}
    _show_notes(page, MARGIN + " " * _LABEL, [note for note in diagnosis.notes if note.message not in told_already])


def _show_verdict(page: Page, diagnosis: Diagnosis) -> None:
    sign, label = _verdict(page, diagnosis)
    lead = f"{sign[0]} {label}"
    page.words(MARGIN, _in_numbers(page, diagnosis), lead=(lead.ljust(_LABEL), sign[1]))


def _verdict(page: Page, diagnosis: Diagnosis) -> tuple[Piece, str]:
    """The sign of the outcome with its style, and two words."""
    if diagnosis.outcome in ("right", "right_on_part"):
        return (page.signs.yes, GOOD), "yes"
    if diagnosis.outcome in ("right_other_form", "constant_missing"):
        return (page.signs.yes, DOUBT), "nearly"
    if diagnosis.outcome == "undecided":
        return (page.signs.unsure, DOUBT), "undecided"
    return (page.signs.no, BAD), "not yet"


def _in_numbers(page: Page, diagnosis: Diagnosis) -> str:
    """What the numbers say: where the two values differ, or that they agree."""
    found = diagnosis.equivalence
    if found is None or (diagnosis.derivation is not None and diagnosis.derivation.undefined):
        return ""  # where there is no derivative the sentence below says all
    if found.verdict == "different" and found.left is not None and found.right is not None:
        numbers = _apart(page, diagnosis, found, found.left, found.right)
        return words(numbers.replace("-", "−") if page.signs.style is PRETTY else numbers, page.signs)
    if found.jump is not None or (found.verdict == "equal" and diagnosis.outcome in ("unexplained", "right_on_part")):
        return ""  # it jumps, or is equal on a part only: the sentence below says where
    return f"{said(page, found.finding)} {said(page, found.gap)}".strip()


def _apart(page: Page, diagnosis: Diagnosis, found: Equivalence, left: float | complex,
           right: float | complex) -> str:
    """Where the two are apart. An antiderivative is compared by its derivative, an unknown function by an example."""
    right_value, own_value = told_apart(left, right)
    if right_value == own_value:
        right_value, own_value = _exactly(page, diagnosis) or (right_value, own_value)
    at = [f"at {place}"] if (place := place_in_words(found.counterexample)) else []
    functions = _unknown_functions(diagnosis)
    if functions:
        at.append(f"for one choice of {', '.join(functions)}")
    what = {"derivative": "the derivative", "integral": "the integral"}.get(diagnosis.problem.head, "the right value")
    yours = "yours"
    if found.up_to_constant:
        yours, what = "the derivative of yours", "the integrand"
    other = f"{what} is {right_value}" if right_value != own_value else alike_in_words(own_value, what)
    return f"{' and '.join(at)} {yours} is {own_value}, {other}".lstrip()


def _exactly(page: Page, diagnosis: Diagnosis) -> tuple[str, str] | None:
    """The right value and the answer with all their digits, where both are exact numbers."""
    if diagnosis.derivation is None or diagnosis.answer is None:
        return None
    both = diagnosis.derivation.result, diagnosis.answer
    if any(rational_value(each) is None for each in both):
        return None
    return page.text(both[0]), page.text(both[1])


def _unknown_functions(diagnosis: Diagnosis) -> list[str]:
    assert diagnosis.answer is not None
    parts = postorder((diagnosis.problem, diagnosis.answer))
    return sorted({part.value[0] for part in parts if part.head == "application"})


def _show_explanations(page: Page, diagnosis: Diagnosis, numbered: bool) -> None:
    several = len(diagnosis.explanations) > 1
    if several:
        page.words(MARGIN, "More than one mistake would give exactly this answer.", STRONG)
    for number, mistakes in enumerate(diagnosis.explanations):
        if several:
            page.blank()
        kinds = {mistake.rule.name: mistake for mistake in reversed(mistakes)}
        for count, mistake in enumerate(reversed(kinds.values())):
            if count:
                page.blank()
            lead = f"{'abc'[number]}  " if several and not count else ""
            _show_mistake(page, mistake, lead, numbered)
    _show_test(page, diagnosis)


def _show_mistake(page: Page, mistake: Mistake, lead: str, numbered: bool) -> None:
    """The mistake in a sentence, the wrong rule beside the right one, and the parts at hand."""
    page.words(MARGIN, f"{mistake.rule.title}.", STRONG, lead=(lead, STRONG))
    page.words(_INSET, said(page, mistake.sentence))
    done, known = in_own_letters(page, mistake.rule, mistake.bindings, mistake.before, mistake.sound)
    sound, _ = in_own_letters(page, mistake.sound, mistake.bindings, mistake.before, mistake.rule)
    rows = [("what you did", done), (mistake.sound.title, sound)]
    if known:
        rows.append(("here", "   ".join(known)))
    step = mistake.step.number if mistake.step is not None and numbered else None
    place = "this way" if step is None else f"at step {step}"
    rows.append((place, f"{page.text(mistake.before)} became {page.text(mistake.after)}"))
    column = min(max(len(label) for label, _ in rows), _WIDEST_LABEL, page.width // 3)
    for label, text in rows:
        if len(label) > column:
            page.words(_INSET, label, TITLE)
            page.math(_INSET + " " * (column + 3), text)
        else:
            page.math(_INSET + label.ljust(column) + "   ", text, follow=_INSET + " " * (column + 3))
    if mistake.everywhere:
        page.words(_INSET, "You did the same everywhere this rule fits.")
