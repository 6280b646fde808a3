"""What was found about an answer, told: the verdict, the most likely mistake in a sentence, and what to look at.

    document = told_diagnosis(tutor.diagnose("d/dx sin(x^2)", "cos(x^2)"))
    document.groups[0]          # Labelled "you wrote" cos(x^2), Labelled "not yet" at x = 1 yours is 0.5403, ...
    document.groups[1]          # Words "The inner derivative is missing.", ...

What is true of the answer comes first, then one thing that explains it, then one hint.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from tutor.expression.notes import Note
from tutor.expression.text import Text
from tutor.expression.tree import Expression, name, postorder
from tutor.judge.components import named_component
from tutor.judge.diagnosis import Diagnosis, Mistake
from tutor.judge.equivalence import Equivalence
from tutor.judge.told import EITHER, statement, told
from tutor.oracle.digits import alike, digits_apart, in_digits, in_tree, numbers_at
from tutor.rules.conditions import rational_value
from tutor.telling.document import (
    Document,
    Formula,
    Inset,
    Labelled,
    ReadingNote,
    Sign,
    SimpleBlock,
    Words,
    joined,
    words,
)
from tutor.telling.steps import statement_of

if TYPE_CHECKING:
    from tutor.judge.lines import LinesJudgement

BlockGroup = tuple[SimpleBlock, ...]

_VERDICTS: dict[str, tuple[Sign, str]] = {
    **dict.fromkeys(("right", "right_on_part"), ("yes", "yes")),
    **dict.fromkeys(("nearly", "right_other_form", "constant_missing"), ("nearly", "nearly")),
    "line": ("nearly", "right so far"), "undecided": ("unsure", "undecided"), "unreadable": ("unsure", "not judged"),
}

_GOOD = frozenset(("right", "right_on_part", "right_other_form", "constant_missing"))
"""Outcomes of answers with the right value: the sentence about the answer is all that is told."""

_WANTS_A_HINT = frozenset(("misconception", "one_of", "slip", "unexplained"))


def verdict(outcome: str) -> tuple[Sign, str]:
    """An outcome as a sign and two words; those that are not named are wrong."""
    return _VERDICTS.get(outcome, ("no", "not yet"))


def told_diagnosis(diagnosis: Diagnosis, everything: bool = False, more: str = "") -> Document:
    """The verdict, the most likely mistake in a sentence, and what to look at.

    everything: also the problem as it was read, the rules of every mistake that would explain the answer, and what the
    comparison found; more: the command that shows all this, told where there is more.
    """
    if diagnosis.error is not None:
        return Document(((Words(diagnosis.texts),),))
    if diagnosis.outcome in _GOOD and not everything:
        return Document((_good(diagnosis),))
    groups: list[BlockGroup] = []
    if everything or diagnosis.problem_notes:  # else the problem stands just above, as it was typed
        groups.append((Formula(diagnosis.problem), *map(ReadingNote, _once(diagnosis.problem_notes))))
    groups += [_verdict(diagnosis), *_reasons(diagnosis, everything)]
    has_more = bool(diagnosis.explanations) and not everything
    return Document(_with_more(groups, more if has_more else ""))


def told_why(diagnosis: Diagnosis) -> Document:
    """Everything about the likeliest mistakes, but not the right answer: for someone who will try again."""
    likely = replace(diagnosis, explanations=diagnosis.explanations[:diagnosis.likely])
    return Document(tuple(_reasons(likely, True)))


def told_lines_judged(judged: LinesJudgement, everything: bool = False, more: str = "") -> Document:
    """Every line of a learner's derivation with what is to be said of it, and whether it is finished.

    everything, more: as for one answer.
    """
    problem = judged.problem
    groups: list[BlockGroup] = [tuple(map(Formula, problem.args if problem.head == "statements" else (problem,)))]
    for line in judged.lines:
        mark = str(line.number)
        typed = line.text.strip() if "=" in line.text else f"= {line.text.strip()}"
        written = words(typed, "strong", mark=mark) if line.expression is None else Formula(
            line.expression, continues=line.expression.head != "relation", mark=mark)
        said = [Words((line.message,), sign=sign_of_line(line.outcome))]
        if line.diagnosis is not None:
            numbers = _in_numbers(line.diagnosis)
            said += [Words(numbers)] if numbers else []
        groups.append((written, Inset(tuple(said))))
        if line.diagnosis is not None:
            groups += _reasons(line.diagnosis, everything, numbered=False)
    groups.append((words(_end(judged), "strong"),))
    has_more = not everything and any(line.diagnosis and line.diagnosis.explanations for line in judged.lines)
    return Document(_with_more(groups, more if has_more else ""))


def sign_of_line(outcome: str) -> Sign:
    """What was found of a line, as a sign."""
    from tutor.judge.lines import RIGHT_OUTCOMES  # what judges lines is loaded only where there are lines

    return "yes" if outcome in RIGHT_OUTCOMES else "unsure" if outcome in ("undecided", "unreadable") else "no"


def _end(judged: LinesJudgement) -> str:
    if judged.finished:
        return f"Finished: {judged.ending}."
    if judged.broke_at is not None:
        return f"It goes wrong at line {judged.broke_at}."
    return "Not finished yet."


def _with_more(groups: Sequence[BlockGroup], more: str) -> tuple[BlockGroup, ...]:
    """The groups with a last row on how to see more, in the last of them."""
    if not more:
        return tuple(groups)
    return (*groups[:-1], (*groups[-1], Labelled("more", words(more, "quiet"), "quiet")))


# -- the verdict -------------------------------------------------------------------------------------------------------


def _good(diagnosis: Diagnosis) -> BlockGroup:
    """That the value is right, by which rules, or what is still to be done; where that holds, and how the answer was
    read."""
    sign, label = verdict(diagnosis.outcome)
    below: list[Words | ReadingNote] = []
    if diagnosis.equivalence is not None and diagnosis.outcome != "right_on_part" and diagnosis.equivalence.domain:
        below.append(Words((diagnosis.equivalence.gap,)))
    below += map(ReadingNote, _once((*diagnosis.problem_notes, *diagnosis.notes)))
    return (*_inside(diagnosis), Labelled(label, Words(diagnosis.texts, sign=sign)),
            *[Labelled("", each) for each in below])


def _verdict(diagnosis: Diagnosis) -> BlockGroup:
    """The answer as it was read, and what the numbers say of it."""
    written = words(diagnosis.words, "strong") if diagnosis.answer is None else Formula(diagnosis.answer)
    known = {note.message for note in diagnosis.problem_notes}
    notes = [note for note in _once(diagnosis.notes) if note.message not in known]
    sign, label = verdict(diagnosis.outcome)
    return (Labelled("you wrote", written, "strong"), *[Labelled("", ReadingNote(note)) for note in notes],
            *_inside(diagnosis), Labelled(label, Words(_in_numbers(diagnosis), sign=sign)))


def _inside(diagnosis: Diagnosis) -> BlockGroup:
    """Which component of a list it is about, if it is one."""
    if not diagnosis.component:
        return ()
    return (Labelled("in", words(named_component(diagnosis.component, diagnosis.problem))),)


def _once(notes: Iterable[Note]) -> Iterable[Note]:
    """Each note once, though it may have been made for several places."""
    return {note.message: note for note in notes}.values()


def _in_numbers(diagnosis: Diagnosis) -> tuple[Text, ...]:
    """What the numbers say: where the two values differ, or that they agree."""
    found = diagnosis.equivalence
    if found is None and diagnosis.outcome == "undecided":
        return diagnosis.texts  # nothing was compared, and the sentence says why
    if found is None or (diagnosis.derivation is not None and diagnosis.derivation.undefined):
        return ()  # where there is no derivative the sentence below says all
    if found.verdict == "different" and found.left is not None and found.right is not None:
        return (_apart(diagnosis, found, found.left, found.right),)
    if found.jump is not None or (found.verdict == "equal" and diagnosis.outcome in ("unexplained", "right_on_part")):
        return ()  # it jumps, or is equal on a part only: the sentence below says where
    return tuple(text for text in (found.finding, found.gap) if text.template)


def _apart(diagnosis: Diagnosis, found: Equivalence, left: float | complex, right: float | complex) -> Text:
    """Where the two values differ. Antiderivatives are compared by derivatives, unknown functions by an example."""
    digits = digits_apart(left, right)
    right_value, own_value = in_tree(left, digits), in_tree(right, digits)
    if right_value is own_value:
        right_value, own_value = _exactly(diagnosis) or (right_value, own_value)
    slots = {"own": own_value, "right": right_value}
    counterexample = dict(found.counterexample)
    if found.up_to_constant:  # which constant it was makes no difference to a derivative
        counterexample = {letter: value for letter, value in counterexample.items() if letter in _letters_of(diagnosis)}
    place = numbers_at(counterexample)
    functions = [name(letter) for letter in _unknown_functions(diagnosis)]
    at = []
    for kind, lead, parts in (("place", "at ", place), ("function", "for one choice of ", functions)):
        named = {f"{kind}{number}": part for number, part in enumerate(parts)}
        slots |= named
        at += [lead + ", ".join(f"{{{slot}}}" for slot in named)] if named else []
    what = {"derivative": "the derivative", "integral": "the integral"}.get(diagnosis.problem.head, "the right value")
    yours = "yours"
    if found.up_to_constant:
        yours, what = "the derivative of yours", "the integrand"
    other = Text(f"{what} is {{right}}", {}) if right_value is not own_value else alike(in_digits(right, digits), what)
    return Text(f"{' and '.join(at)} {yours} is {{own}}, {other.template}".lstrip(), {**slots, **other.slots})


def _letters_of(diagnosis: Diagnosis) -> set[str]:
    return {part.value for part in postorder([diagnosis.problem]) if part.head == "name"}


def _exactly(diagnosis: Diagnosis) -> tuple[Expression, Expression] | None:
    """The right value and the answer with all their digits, where both are exact numbers."""
    if diagnosis.derivation is None or diagnosis.answer is None:
        return None
    both = diagnosis.derivation.result, diagnosis.answer
    return None if any(rational_value(each) is None for each in both) else both


def _unknown_functions(diagnosis: Diagnosis) -> list[str]:
    assert diagnosis.answer is not None
    parts = postorder((diagnosis.problem, diagnosis.answer))
    return sorted({part.value[0] for part in parts if part.head == "application"})


# -- reasons -----------------------------------------------------------------------------------------------------------


def _reasons(diagnosis: Diagnosis, everything: bool, *, numbered: bool = True) -> Iterator[BlockGroup]:
    """Why the answer is not right, as far as that is known, and what to look at.

    numbered: places are named by the steps of the derivation; beside a learner's own lines that would confuse.
    """
    if diagnosis.outcome == "undecided":
        return  # the reason is told beside the sign
    if not diagnosis.explanations:
        yield tuple([Words((text,)) for text in diagnosis.texts])
    elif everything:
        yield from _explanations(diagnosis, numbered)
    else:
        yield from _likeliest(diagnosis)
    if diagnosis.outcome in _WANTS_A_HINT and diagnosis.hint.template:
        yield (Labelled("hint", Words((diagnosis.hint,))),)


def _likeliest(diagnosis: Diagnosis) -> Iterator[BlockGroup]:
    """The most likely mistake, or two that were made together, in one statement; or both of two that are as likely."""
    likely = diagnosis.explanations[:diagnosis.likely]
    if len(likely) > 1:
        yield (Words((EITHER,), "strong"),
               *[words(statement(mistakes), mark=mark) for mark, mistakes in zip("ab", likely, strict=False)])
        yield from _test(diagnosis)
        return
    [mistakes] = likely
    texts = told(mistakes) if len({mistake.rule.name for mistake in mistakes}) == 1 else ()
    yield words(statement(mistakes), "strong"), *[Words((text,)) for text in texts]


def _test(diagnosis: Diagnosis) -> Iterator[BlockGroup]:
    """A problem whose answer tells the mistakes apart, if there is one."""
    if diagnosis.question is not None:
        yield (Words((Text("Which one? Try {problem}", {"problem": diagnosis.question}),)),)


def _explanations(diagnosis: Diagnosis, numbered: bool) -> Iterator[BlockGroup]:
    """All explanations. Each tells a mistake once, even if it was made in several places."""
    several = len(diagnosis.explanations) > 1
    if several:
        yield (words("More than one mistake would give exactly this answer.", "strong"),)
    for letter, mistakes in zip("abc", diagnosis.explanations, strict=False):
        kinds = {mistake.rule.name: mistake for mistake in reversed(mistakes)}
        for count, mistake in enumerate(reversed(kinds.values())):
            yield _mistake(mistake, letter if several and not count else "", numbered)
    yield from _test(diagnosis)


def _mistake(mistake: Mistake, mark: str, numbered: bool) -> BlockGroup:
    """The mistake in a sentence, the wrong rule beside the right one, and the parts at hand."""
    done = statement_of(mistake.rule, mistake.bindings, mistake.before, mistake.sound)
    sound = statement_of(mistake.sound, mistake.bindings, mistake.before, mistake.rule)
    step = mistake.step.number if mistake.step is not None and numbered else None
    below: list[SimpleBlock] = [
        Words((mistake.sentence,)),
        Labelled("what you did", Formula(done.formula, tone="")),
        Labelled(mistake.sound.title, Formula(sound.formula, tone="")),
    ]
    if done.known:
        below.append(Labelled("here", Words((joined(done.known, between="; " if done.terms else ", "),))))
    below += [Labelled("this part" if step is None else f"at step {step}", Formula(mistake.before, tone="")),
              Labelled("became", Formula(mistake.after, tone=""))]
    if mistake.everywhere:
        below.append(words("You did the same everywhere this rule fits."))
    return words(f"{mistake.rule.title}.", "strong", mark=mark), Inset(tuple(below))
