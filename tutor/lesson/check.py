"""The author's check: every exercise of a lesson is made, and answered rightly and wrongly.

    examination = examine(read_source(Path("lessons/chain-rule.yaml")))
    examination.variants, examination.problems

The right answer is accepted in several forms; each wrong rule unlike a taught one leads to an answer that is rejected
and named; an item on which a frequent mistake gives the right answer cannot show it; `expect` holds; hints have what
they speak of; examples can be worked out. Nobody writes these tests.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial

from tutor import limits
from tutor.derivation.derivation import derive
from tutor.derivation.soundness import examine as examine_rule
from tutor.errors import TutorError
from tutor.expression.functions import functions_of
from tutor.expression.parse import collector_paused
from tutor.expression.tree import Expression, add, multiply, negate, number, postorder
from tutor.judge.diagnosis import Text
from tutor.judge.factoring import factored, multiplied
from tutor.lesson.choosing import formula_of
from tutor.lesson.document import Path, Place
from tutor.lesson.exercise import (
    Exercise,
    UnclearVariable,
    worked_example,
)
from tutor.lesson.functions import slope_line
from tutor.lesson.hints import hints
from tutor.lesson.judging import Judgement, judge, judge_expression
from tutor.lesson.reader import LessonProblem, Source
from tutor.lesson.schema import Lesson, is_sentence
from tutor.lesson.texts import text_of
from tutor.lesson.variants import Variants, blind_to, exercises, unanswerable
from tutor.rules.functions import rule_of
from tutor.rules.rulebook import misconceptions

Remark = tuple[Path, str, str]
"""Where in an item, which code, and a sentence."""

Judged = Callable[[Expression], Judgement]
"""What is said of an answer to the variant at hand; what two parts of the check ask is judged once."""

WORKED = frozenset(("differentiate", "evaluate", "simplify"))
"""What is asked where the engine is expected to have a worked solution."""


@dataclass(frozen=True)
class Examination:
    """What was found about a lesson: how much was looked at, and every problem, in the order of the file."""

    lesson: str
    items: int
    variants: int
    problems: tuple[LessonProblem, ...]

    @property
    def passed(self) -> bool:
        """Whether the lesson can be used: warnings do not count."""
        return all(problem.is_warning for problem in self.problems)


def count_variants(lesson: Lesson) -> int:
    """How many variants will be looked at, those that are never drawn included."""
    total = 0
    for item in lesson.items:
        combinations = len(exercises(lesson, item).choices)
        total += combinations if combinations <= limits.VARIANTS_CHECKED else limits.VARIANTS_SAMPLED
    return total


def examine(source: Source, done: Callable[[int], None] = lambda variants: None) -> Examination:
    """Look at every exercise of a lesson. done: is told how many more variants have been looked at.

    A file without a lesson has only the problems that reading it found.
    """
    lesson = source.lesson
    if lesson is None:
        return Examination(source.file, 0, 0, source.problems)
    untrue = dict(_untrue_slopes(lesson))
    remarks: list[Remark] = [(("functions", slope_line(lesson.functions, name)), "L207", found)
                             for name, found in untrue.items()]
    remarks += _examples(lesson, untrue)
    variants = 0
    for index, item in enumerate(lesson.items):
        found: dict[tuple[Path, str, str], str] = {}
        drawn, effort = 0, _Effort()
        try:
            for exercise in _drawn(exercises(lesson, item), done):
                drawn += 1
                if exercise.problem is not None and not untrue.keys().isdisjoint(functions_of(exercise.problem)):
                    continue  # whatever is said of it follows from the slope
                with collector_paused():  # one variant is little, and what it leaves is collected before the next
                    for path, code, message in _exercise(lesson, exercise, effort):
                        found.setdefault((path, code, _kind(code, message)), message)
        except TutorError as error:
            found[(), "L113" if isinstance(error, UnclearVariable) else "L201", ""] = str(error)
        else:
            if not drawn:
                found[(), "L201", ""] = f"No variant is left: {exercises(lesson, item).why_not(0)}."
        variants += drawn
        remarks += [(("items", index, *path), code, message) for (path, code, _), message in found.items()]
    problems = [*source.problems,
                *[source.problem(_place(source, path), code, message) for path, code, message in remarks]]
    problems.sort(key=lambda problem: (problem.line, problem.column))
    return Examination(lesson.id, len(lesson.items), variants, tuple(problems))


def _drawn(variants: Variants, done: Callable[[int], None]) -> Iterator[Exercise]:
    """The exercises of an item, each counted when it has been looked at."""
    for exercise in variants:
        yield exercise
        done(1)


def _kind(code: str, message: str) -> str:
    """What a message says apart from the variant at hand: of one kind the first is enough."""
    return message.partition(" ")[0] if code in ("L203", "L204", "L301", "L302") else ""


@dataclass
class _Effort:
    """What may still be spent on wrong answers to an item, counted: every variant has much the same mistakes.

    variants: in which they are tried; work: for sizes of problems and answers, which diagnosing feels squared.
    """

    variants: int = limits.VARIANTS_WITH_MISTAKES
    work: int = limits.WORK_ON_MISTAKES

    def allows(self, size: int) -> bool:
        """Whether one more answer of this size may be diagnosed; it is counted then."""
        self.work -= max(size, size * size // 50)
        return self.work >= 0


def _place(source: Source, path: Path) -> Place:
    is_key = len(path) > 3 and path[2] == "expect"
    return source.document.key_place(path) if is_key else source.document.place(path)


def _untrue_slopes(lesson: Lesson) -> Iterator[tuple[str, str]]:
    """The functions with a stated slope that the oracle does not find true, each with what it found."""
    for function in lesson.defined.values():
        if function.slope is not None:
            failed = next((each for each in examine_rule(rule_of(function)) if not each.passed), None)
            if failed is not None:
                yield function.name, f"{failed.subject}: {failed.finding}."


def _examples(lesson: Lesson, untrue: dict[str, str]) -> Iterator[Remark]:
    for index, text in enumerate(lesson.examples):
        try:
            derivation = worked_example(lesson, text)
        except TutorError as error:
            yield ("examples", index), "L206", str(error)
            continue
        if derivation.checked is not True and untrue.keys().isdisjoint(functions_of(derivation.problem)):
            yield ("examples", index), "L206", f"The derivation of {text} could not be checked."


# -- one exercise ----------------------------------------------------------------------------------------------------


def _exercise(lesson: Lesson, exercise: Exercise, effort: _Effort) -> Iterator[Remark]:
    """Everything that is to be said of one variant."""
    reason = unanswerable(exercise)
    if reason:
        yield (), "L208", f"{reason}: {exercise.name}."
        return
    judged: Judged = cache(partial(judge_expression, exercise))
    told: Sequence[Text] = ()
    try:
        told = hints(exercise)
    except TutorError as error:
        yield ("hints",), "L112", str(error)
    yield from _solution(exercise)
    if exercise.right:
        yield from _counted(exercise)
    elif exercise.answer is not None:
        yield from _right_answers(exercise, judged)
        if effort.variants > 0:
            effort.variants -= 1
            yield from _wrong_answers(lesson, exercise, effort, judged)
    yield from _words(exercise, told)
    if not exercise.written.vary:
        for name in blind_to(lesson, exercise):
            title = misconceptions()[name].title
            yield (), "L301", f"{title} ({name}): that gives the right answer here, {exercise.answer}."
    yield from _expectations(exercise, judged)


def _solution(exercise: Exercise) -> Iterator[Remark]:
    derivation = exercise.derivation
    if derivation is None and exercise.ask in WORKED:
        yield (), "L303", f"{exercise.problem}: no rule is known for it."
    elif derivation is not None and derivation.checked is not True:
        yield (), "L205", f"{exercise.problem}: {derivation.check.sentence}."


def _counted(exercise: Exercise) -> Iterator[Remark]:
    texts = [choice.written() for choice in exercise.choices]
    twice = next((text for text in texts if texts.count(text) > 1), None)
    if twice is not None:
        yield ("choices",), "L201", f"The choice {twice} stands there twice: {exercise.name}."
    elif len(texts) == 1:
        yield ("choices",), "L201", "There is only one choice."
    elif exercise.choices:
        right = formula_of(exercise.choices[exercise.right - 1])
        for number_of_choice, choice in enumerate(exercise.choices, 1):
            other = formula_of(choice)
            if (right is not None and other is not None and number_of_choice != exercise.right
                    and exercise.oracle.compare(right, other).outcome == "checked"):
                yield ("choices",), "L201", f"{other} is right as well as {right}: {exercise.name}."


def _words(exercise: Exercise, told: Sequence[Text]) -> Iterator[Remark]:
    """What the words of an item give away, or say that is false. told: the hints."""
    rule, prompt = exercise.rule, exercise.prompt.written()
    if rule is not None and "basic" in rule.tags and rule.title.casefold() in prompt.casefold():
        yield ("text",), "L307", f"{rule.title} is what a learner has to find out."
    if exercise.ask in ("simplify", "evaluate") and exercise.answer is exercise.given:
        yield ("given",), "L306", f"{exercise.given} is its own answer, as far as the engine knows: {exercise.name}."
    for key, texts in (("text", [exercise.prompt]), ("hints", told)):
        for claim in (part for text in texts for part in text.slots.values()):
            if claim.head == "relation" and claim.value == "=" and any(
                    part.head == "derivative" for part in postorder([claim])):
                left, right = claim.args
                check = exercise.oracle.compare(left, right)
                if check.outcome == "refuted":
                    yield (key,), "L209", f"{claim}: {check.sentence}. ({exercise.name})"


def right_forms(exercise: Exercise) -> Iterator[Expression]:
    """The right answer as others may write it: not tidied, by other methods, opened, factored, the other way round."""
    derivation, answer = exercise.derivation, exercise.answer
    assert answer is not None
    found = [answer, add(answer, number(0)), negate(multiply(number(1), negate(answer)))]
    if derivation is not None:
        style = derivation.solver.tidy.style
        found += [form for form in (derivation.goal.joined, multiplied(answer, style), factored(answer, style))
                  if form is not None]
        found += [derive(derivation.problem, method=method).result for method in derivation.other_methods]
    if answer.head in ("sum", "product"):
        found.append((add if answer.head == "sum" else multiply)(*reversed(answer.args)))
    yield from dict.fromkeys(found)


def _right_answers(exercise: Exercise, judged: Judged) -> Iterator[Remark]:
    assert exercise.answer is not None
    for number_of_form, form in enumerate(right_forms(exercise)):
        found = judged(form)
        accepted = found.outcome == "right" or (found.outcome == "nearly" and number_of_form > 0)
        if not accepted:
            yield (), "L202", f"{found.outcome} is said of a right answer: {form} to {exercise.name}."


def _wrong_answers(lesson: Lesson, exercise: Exercise, effort: _Effort, judged: Judged) -> Iterator[Remark]:
    """What a learner would answer who follows a wrong rule that is unlike a taught one.

    To a single letter or number many mistakes lead, so that nothing has to be named there.
    """
    if exercise.derivation is None or exercise.answer is None:
        return
    for name, answer in wrong_answers(exercise, applicable(lesson, exercise)):
        if not effort.allows(exercise.derivation.problem.size + exercise.answer.size + answer.size):
            return
        if exercise.oracle.compare(answer, exercise.answer).outcome != "refuted":
            continue
        found = judged(answer)
        if found.outcome in ("right", "nearly"):
            yield (), "L204", f"{name} leads to an answer that is accepted: {answer} to {exercise.name}."
        elif answer.size > 1 and found.diagnosis is not None and found.diagnosis.outcome == "unexplained":
            yield (), "L302", f"{name} is not recognised in some answer: {answer} to {exercise.name}."


def applicable(lesson: Lesson, exercise: Exercise) -> set[str]:
    """The names of the misconceptions that a lesson is about: those unlike what it teaches, and its own."""
    unlike = {rule.name for rule in misconceptions().values() if rule.unlike in lesson.teaches}
    return unlike | {rule.name for rule in exercise.own}


def wrong_answers(exercise: Exercise, names: set[str]) -> Iterator[tuple[str, Expression]]:
    """Misconceptions with the answers to which they lead, each answer once, tidied as a learner would write it."""
    assert exercise.derivation is not None
    assert exercise.prepared is not None
    if not names:
        return
    replay = exercise.prepared.replay
    tidy = exercise.derivation.solver.tidy
    seen: set[Expression] = set()
    for turn in replay.wrong_turns(names):
        answer = tidy(replay.answer([turn]))
        if answer not in seen:
            seen.add(answer)
            yield turn.rule.rule.name, answer


# -- what the author expects -----------------------------------------------------------------------------------------


def _expectations(exercise: Exercise, judged: Judged) -> Iterator[Remark]:
    for index, entry in enumerate(exercise.written.expect):
        for written, wanted in entry.items():
            wanted = "wrong" if is_sentence(wanted) else wanted
            found = _judge_counted(exercise, written) if exercise.right else judged(exercise.formula(written))
            named = " or ".join(found.misconceptions)
            outcome = "wrong" if found.outcome == "line" else found.outcome  # on the way is not yet right
            if wanted not in (outcome, *found.misconceptions):
                finding = f"{found.outcome}, {named}" if named else found.outcome
                yield ("expect", index, written), "L203", f"{wanted} is expected, but it is {finding}: {exercise.name}."


def _judge_counted(exercise: Exercise, written: str) -> Judgement:
    return judge(exercise, text_of(written, exercise.values, exercise.functions).written())

