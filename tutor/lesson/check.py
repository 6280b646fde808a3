"""The author's check: every exercise of a lesson is made, and answered rightly and wrongly.

    examination = examine_lesson(read_source(Path("lessons/chain-rule.yaml")))
    examination.variants, examination.problems

It checks that the right answer is accepted in several forms; that each wrong rule opposed to a taught one leads to an
answer that is rejected and named; that no frequent mistake gives the right answer; that `expect` holds; that hints
name only what exists; and that examples can be worked out. Nobody has to write these tests.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from typing import Any, NamedTuple

from tutor import limits
from tutor.algebra.factoring import factored, multiplied
from tutor.derivation.derivation import derive
from tutor.derivation.soundness import check_rule
from tutor.errors import TutorError
from tutor.expression.functions import Functions, functions_of
from tutor.expression.parse import collector_paused
from tutor.expression.tree import Expression, add, as_tuple, multiply, negate, number, postorder
from tutor.lesson.choosing import formula_of
from tutor.lesson.claims import asks_for_what_is_wrong, untrue
from tutor.lesson.document import KeyPath, Place
from tutor.lesson.exercise import Exercise, NoExercise, UnclearVariable, worked_example
from tutor.lesson.findings import Examination
from tutor.lesson.functions import slope_line
from tutor.lesson.hints import UnknownSlot, hints
from tutor.lesson.judging import Judgement, answer_as_typed, judge, judge_expression
from tutor.lesson.reader import Source
from tutor.lesson.schema import TABLES, Item, Lesson, is_sentence
from tutor.lesson.variants import Variants, blind_to, exercises, unanswerable
from tutor.lesson.wording import other_question
from tutor.oracle.verdict import Oracle
from tutor.rules.functions import rule_of
from tutor.rules.rulebook import misconceptions


class Remark(NamedTuple):
    """Where in an item or a lesson, which code, and a sentence.

    offset: the character of the text there that is meant; None for the text, or the key of an expectation, as a whole;
    about: what is meant, such as a misconception, where one code can be about several things. What has the same place,
    code and subject in several variants is said once.
    """

    path: KeyPath
    code: str
    message: str
    offset: int | None = None
    about: str = ""


Shape = tuple[tuple[str, int, str], ...]

Judged = Callable[[Expression], Judgement]
"""Judges an answer to the variant at hand; an answer that two parts of the check ask about is judged once."""

WORKED = frozenset(("differentiate", "integrate", "evaluate", "simplify"))
"""The kinds of question for which the engine should have a worked solution."""


def count_variants(lesson: Lesson) -> int:
    """How many variants will be looked at, those that are never drawn included."""
    total = 0
    for item in lesson.items:
        combinations = len(exercises(lesson, item).choices)
        total += combinations if combinations <= limits.VARIANTS_CHECKED else limits.VARIANTS_SAMPLED
    return total


def examine_lesson(source: Source, done: Callable[[int], None] = lambda variants: None) -> Examination:
    """Look at every exercise of a lesson. done: is told how many more variants have been looked at.

    A file without a lesson has only the problems that reading it found.
    """
    lesson = source.lesson
    if lesson is None:
        return Examination(source.file, 0, 0, source.problems)
    return examination(source, *findings(lesson, done))


def examination(source: Source, variants: int, remarks: Sequence[Remark]) -> Examination:
    """The result of a check: what reading the file found, and what was found about its exercises."""
    assert source.lesson is not None
    found = Examination(source.lesson.id, len(source.lesson.items), variants, source.problems)
    return found.with_problems(
        source.problem(_place(source, remark), remark.code, remark.message) for remark in remarks)


def pieces(lesson: Lesson) -> list[Lesson]:
    """A lesson without its items, and for each item a lesson that has it alone, without words and examples.

    What is found about the pieces is what is found about the whole. An item's piece has everything that its check may
    look at and nothing else, so that a change elsewhere is no reason to check it again.
    """
    frame = lesson.model_copy(update={"items": ()})
    bare = frame.model_copy(update={"title": "-", "text": "", "examples": (), "needs": (), "formerly": (), "source": "",
                                    "license": "", "author": ""})
    return [frame, *(bare.model_copy(update={"items": (item,)}) for item in lesson.items)]


def in_lesson(remark: Remark, index: int) -> Remark:
    """A remark about the only item of a piece, as a remark about the lesson, where the item has this index."""
    path = remark.path
    return remark._replace(path=("items", index, *path[2:])) if path[:1] == ("items",) else remark


def restored(data: Sequence[Any]) -> Remark:
    """A remark that was kept as plain data."""
    path, *others = data
    return Remark(tuple(path), *others)


def findings(lesson: Lesson, done: Callable[[int], None] = lambda variants: None) -> tuple[int, list[Remark]]:
    """How many variants of a lesson, or of a piece of one, were looked at, and what is to be said."""
    wrong_slopes = dict(_untrue_slopes(lesson))
    remarks = [Remark(("functions", slope_line(lesson.functions, name)), "L207", found)
               for name, found in wrong_slopes.items()]
    remarks += _examples(lesson, wrong_slopes)
    remarks += _claims(("text",), lesson.text, None, lesson.defined, Oracle())
    variants = 0
    for index, item in enumerate(lesson.items):
        found: dict[tuple[object, ...], Remark] = {}
        drawn, effort = 0, _Effort()
        try:
            for exercise in _drawn(exercises(lesson, item), done):
                drawn += 1
                if exercise.problem is not None and not wrong_slopes.keys().isdisjoint(functions_of(exercise.problem)):
                    continue  # anything wrong with it would only follow from the slope
                with collector_paused():  # one variant is little, and what it leaves is collected before the next
                    for remark in _exercise(lesson, exercise, effort):
                        found.setdefault((remark.path, remark.offset, remark.code, remark.about), remark)
        except TutorError as error:
            code = "L113" if isinstance(error, UnclearVariable) else "L201"
            if isinstance(error, NoExercise) and error.key:
                code = "L103"
            found[(), None, code, ""] = Remark(_cause(item, error), code, str(error))
        else:
            if not drawn:
                refusal = exercises(lesson, item).why_not(0)
                found[(), None, "L201", ""] = Remark(refusal.path, "L201", "No variant is left: "
                                           f"{refusal.reason.removesuffix('.')}.")
        variants += drawn
        remarks += [remark._replace(path=("items", index, *remark.path)) for remark in found.values()]
        other = other_question(item, lesson) if drawn else None
        if other is not None:
            remarks.append(Remark(("items", index, "text"), "L309", other[1], other[0]))
    return variants, remarks


def _cause(item: Item, error: TutorError) -> KeyPath:
    """The key of an item because of which no exercise could be made."""
    if isinstance(error, UnclearVariable):
        return ("given",)
    if isinstance(error, NoExercise) and error.key:
        return (error.key,)
    if isinstance(error, NoExercise) and (item.misconception or item.use):
        return ("use",) if item.use else ("misconception",)
    if item.ask in TABLES and item.at:
        return ("at",)
    if item.method:
        return ("method",)
    return ("require",) if item.require and not isinstance(error, NoExercise) else ("given",)


def _drawn(variants: Variants, done: Callable[[int], None]) -> Iterator[Exercise]:
    """The exercises of an item, each counted when it has been looked at."""
    for exercise in variants:
        yield exercise
        done(1)


@dataclass
class _Effort:
    """A budget for trying wrong answers to an item; mistakes are much the same in every variant.

    variants: how many more variants they are tried in; alike: in how many they were tried, by their shape; work: a
    measure of time, as diagnosing takes time quadratic in the size of problem and answer.
    """

    variants: int = limits.VARIANTS_WITH_MISTAKES
    work: int = limits.WORK_ON_MISTAKES
    alike: Counter[Shape] = field(default_factory=Counter)

    def allows_variant(self, exercise: Exercise) -> bool:
        """Whether wrong answers to one more variant may be tried; it is counted then."""
        shape = shape_of(exercise)
        if self.variants <= 0 or self.alike[shape] >= limits.VARIANTS_ALIKE_WITH_MISTAKES:
            return False
        self.variants -= 1
        self.alike[shape] += 1
        return True

    def allows(self, size: int) -> bool:
        """Whether one more answer of this size may be diagnosed; it is counted then."""
        self.work -= max(size, size * size // 50)
        return self.work >= 0


def shape_of(exercise: Exercise) -> Shape:
    """What is asked, apart from the numbers in it: 3x^2 and 5x^4 have the same shape, and x^2 and -3x^2 have others.

    The answer belongs to it, since numbers decide its form: x^1 in the derivative of x^2 is no power any more.
    """
    asked = [each for each in (exercise.problem, exercise.answer) if each is not None]
    return tuple((part.head, len(part.args), "" if part.head == "number" else str(part.value))
                 for part in postorder(asked))


def _place(source: Source, remark: Remark) -> Place:
    path, document = remark.path, source.document
    if remark.offset is not None:
        return document.place(path, remark.offset)
    return document.key_place(path) if len(path) > 3 and path[2] == "expect" else document.place(path)


def _untrue_slopes(lesson: Lesson) -> Iterator[tuple[str, str]]:
    """The functions whose stated slope the oracle does not confirm, each with what it found."""
    for function in lesson.defined.values():
        if function.slope is not None:
            failed = next((each for each in check_rule(rule_of(function)) if not each.passed), None)
            if failed is not None:
                yield function.name, f"{failed.subject}: {failed.finding}."


def _examples(lesson: Lesson, untrue: dict[str, str]) -> Iterator[Remark]:
    for index, text in enumerate(lesson.examples):
        try:
            derivation = worked_example(lesson, text)
        except TutorError as error:
            yield Remark(("examples", index), "L206", str(error))
            continue
        if derivation.checked is not True and untrue.keys().isdisjoint(functions_of(derivation.problem)):
            yield Remark(("examples", index), "L206", f"The derivation of {text} could not be checked.")


# -- one exercise ----------------------------------------------------------------------------------------------------


def _exercise(lesson: Lesson, exercise: Exercise, effort: _Effort) -> Iterator[Remark]:
    """Everything that is to be said of one variant."""
    refusal = unanswerable(exercise)
    if refusal is not None:
        yield Remark(refusal.path, "L208", f"Nobody can answer this: {refusal.reason}. {_variant(exercise)}")
        return
    judged: Judged = cache(partial(judge_expression, exercise))
    try:
        hints(exercise)
    except UnknownSlot as error:
        slot = f"{{{error.slot}}}"
        index = next(index for index, words in enumerate(exercise.written.hints) if slot in words)
        yield Remark(("hints", index), "L112", str(error), exercise.written.hints[index].index(slot))
    yield from _solution(exercise)
    yield from _cells(exercise)
    if exercise.right:
        yield from _counted(exercise)
    elif exercise.answer is not None:
        yield from _right_answers(exercise, judged)
        if effort.allows_variant(exercise):
            yield from _wrong_answers(lesson, exercise, effort, judged)
    yield from _words(exercise)
    if not exercise.written.varies:
        for name in blind_to(lesson, exercise):
            title = misconceptions()[name].title
            yield Remark(("given",), "L301", f"{title} ({name}): this mistake also gives the right answer here, "
                                             f"{exercise.answer}.", about=name)
    yield from _expectations(exercise, judged)


def _variant(exercise: Exercise) -> str:
    """Which variant of an item is spoken of: its name, and what its letters stand for."""
    values = ", ".join(f"{letter} = {value}" for letter, value in exercise.values.items())
    return f"(In {exercise.name}, where {values}.)" if values else f"(In {exercise.name}.)"


def _solution(exercise: Exercise) -> Iterator[Remark]:
    derivation = exercise.derivation
    if derivation is None and exercise.ask in WORKED:
        yield Remark(("given",), "L303", f"{exercise.problem}: the engine knows no rule for this.")
    elif derivation is not None and derivation.checked is not True:
        yield Remark(("given",), "L205", f"{exercise.problem}: {derivation.check.sentence}.")


def _cells(exercise: Exercise) -> Iterator[Remark]:
    """Mistakes with the paths that give the right value of a cell, which then shows nothing."""
    sheet = exercise.sheet
    if sheet is None or exercise.written.varies:
        return
    for cell in sheet.blanks:
        for made in cell.made():
            rule = made.mistake.rule
            if rule.uses is not None and rule.uses.how_many != "the only" and "frequent" in rule.tags and sheet.gives(
                    made, cell):
                yield Remark(("at",) if exercise.written.at else ("given",), "L301",
                             f"{rule.title} ({rule.name}): this mistake also gives the right value of {cell.key}.",
                             about=f"{cell.key} {rule.name}")


def _counted(exercise: Exercise) -> Iterator[Remark]:
    texts = [choice.written() for choice in exercise.choices]
    twice = next((text for text in texts if texts.count(text) > 1), None)
    if twice is not None:
        yield Remark(("choices",), "L201", f"The choice {twice} appears twice. {_variant(exercise)}")
    elif len(texts) == 1:
        yield Remark(("choices",), "L201", "There is only one choice.")
    elif texts and len(exercise.right_choices) == len(texts):
        yield Remark(("choices",), "L201", "Every choice is right, so there is nothing to choose.")
    elif exercise.choices:
        right = formula_of(exercise.choices[exercise.right - 1])
        for number_of_choice, choice in enumerate(exercise.choices, 1):
            other = formula_of(choice)
            if (right is not None and other is not None and number_of_choice not in exercise.right_choices
                    and exercise.oracle.compare(right, other).outcome == "checked"):
                yield Remark(("choices",), "L201", f"{other} is right as well as {right}. {_variant(exercise)}")


def _words(exercise: Exercise) -> Iterator[Remark]:
    """Words of an item that give the rule away, or say something false."""
    rule, written = exercise.rule, exercise.written
    if rule is not None and "basic" in rule.tags and rule.title.casefold() in exercise.prompt.written().casefold():
        yield Remark(("text",), "L307", f"{rule.title}: recognising this rule is part of the exercise.")
    if exercise.ask in ("simplify", "evaluate") and exercise.answer is exercise.given:
        yield Remark(("given",), "L306", f"The engine finds nothing to do in {exercise.given}. "
                     f"{_variant(exercise)}")
    for path, words in _claiming(written):
        for remark in _claims(path, words, exercise.values, exercise.functions, exercise.oracle):
            yield remark._replace(message=f"{remark.message} {_variant(exercise)}") if exercise.values else remark


def _claiming(item: Item) -> Iterator[tuple[KeyPath, str]]:
    """The texts of an item that have to be true, each with its path.

    Of the choices, only the right ones have to be, unless the question is which of them is wrong.
    """
    yield ("text",), item.text
    for index, hint in enumerate(item.hints):
        yield ("hints", index), hint
    if item.ask == "choose" and not asks_for_what_is_wrong(item.text):
        for right in (item.answer, *item.also_right):
            yield ("choices", item.choices.index(right)), right
    for index, entry in enumerate(item.expect):
        for key, verdict in entry.items():
            if is_sentence(verdict):
                yield ("expect", index, key), verdict


def _claims(path: KeyPath, words: str, values: Mapping[str, Expression] | None, functions: Functions,
            oracle: Oracle) -> Iterator[Remark]:
    """The equations of a text that are stated as facts and are not true."""
    for found in untrue(words, values, functions, oracle):
        if found.surely:
            yield Remark(path, "L209", f"{found.equation} is false: {found.sentence}.", found.start)
        else:
            extent = " in general" if found.equation.free else ""  # an equation of numbers is true or it is not
            yield Remark(path, "L308", f"{found.equation} is not true{extent}: {found.sentence}.", found.start)


def right_forms(exercise: Exercise) -> Iterator[Expression]:
    """The right answer as others may write it: untidy, by another method, multiplied out, factored, in another
    order."""
    derivation, answer = exercise.derivation, exercise.answer
    assert answer is not None
    found = [answer, _in_parts(lambda part: add(part, number(0)), answer),
             _in_parts(lambda part: negate(multiply(number(1), negate(part))), answer)]
    if derivation is not None:
        style = derivation.tidy.style
        found += [goal.joined for goal in (derivation.goal, *derivation.main_goals()) if goal.result is answer]
        found += [form for form in (multiplied(answer, style), factored(answer, style)) if form is not None]
        found += [derive(derivation.problem, method=method).result for method in derivation.other_methods]
    if answer.head in ("sum", "product"):
        found.append((add if answer.head == "sum" else multiply)(*reversed(answer.args)))
    yield from dict.fromkeys(found)


def _in_parts(change: Callable[[Expression], Expression], answer: Expression) -> Expression:
    """An answer with a change; of a list of slopes each is changed."""
    return as_tuple([_in_parts(change, part) for part in answer.args]) if answer.head == "tuple" else change(answer)


def _right_answers(exercise: Exercise, judged: Judged) -> Iterator[Remark]:
    assert exercise.answer is not None
    for number_of_form, form in enumerate(right_forms(exercise)):
        found = judged(form)
        accepted = found.outcome == "right" or (found.outcome == "nearly" and number_of_form > 0)
        if not accepted:
            yield Remark(_source_of(exercise), "L202",
                         f"The right answer {form} is judged {found.outcome}. {_variant(exercise)}")


def _wrong_answers(lesson: Lesson, exercise: Exercise, effort: _Effort, judged: Judged) -> Iterator[Remark]:
    """Try the answers of learners who follow a wrong rule in place of a taught one.

    Many mistakes lead to a single letter or number, so there the mistake does not have to be named.
    """
    if exercise.derivation is None or exercise.answer is None:
        return
    for name, answer in wrong_answers(exercise, applicable(lesson, exercise)):
        if not effort.allows(exercise.derivation.problem.size + exercise.answer.size + answer.size):
            return
        if exercise.compare(answer, exercise.answer).outcome != "refuted":
            continue
        found = judged(answer)
        if found.outcome in ("right", "nearly"):
            yield Remark(_source_of(exercise), "L204",
                         f"{name} leads to {answer}, which is accepted. {_variant(exercise)}", about=name)
        elif answer.size > 1 and found.diagnosis is not None and found.diagnosis.outcome == "unexplained":
            yield Remark(_source_of(exercise), "L302",
                         f"{name} leads to {answer}, but is not recognised in it. {_variant(exercise)}", about=name)


def _source_of(exercise: Exercise) -> KeyPath:
    """The key of an item from which its answer follows."""
    return ("answer",) if exercise.written.answer else ("given",)


def applicable(lesson: Lesson, exercise: Exercise) -> set[str]:
    """The names of the misconceptions that a lesson is about: those opposed to what it teaches, and its own."""
    unlike = {rule.name for rule in misconceptions().values() if rule.unlike in lesson.teaches}
    return unlike | {rule.name for rule in exercise.own}


def wrong_answers(exercise: Exercise, names: set[str]) -> Iterator[tuple[str, Expression]]:
    """Misconceptions with the answers to which they lead, each answer once, tidied as a learner would write it."""
    assert exercise.derivation is not None
    assert exercise.prepared is not None
    if not names:
        return
    replay = exercise.prepared.replay
    seen: set[Expression] = set()
    for turn in replay.wrong_turns(names):
        answer = exercise.derivation.tidy(replay.answer([turn]))
        if answer not in seen:
            seen.add(answer)
            yield turn.rule.name, answer


# -- what the author expects -----------------------------------------------------------------------------------------


def _expectations(exercise: Exercise, judged: Judged) -> Iterator[Remark]:
    for index, entry in enumerate(exercise.written.expect):
        for written, wanted in entry.items():
            wanted = "wrong" if is_sentence(wanted) else wanted
            as_typed = bool(exercise.right) or exercise.sheet is not None or exercise.listed is not None
            found = judge(exercise, answer_as_typed(exercise, written).written()) if as_typed else judged(
                exercise.formula(written))
            outcome = "wrong" if found.outcome == "line" else found.outcome  # on the way is not yet right
            if wanted not in (outcome, *found.misconceptions):
                yield Remark(("expect", index, written), "L203", _unexpected(exercise, wanted, found), about=wanted)


def _unexpected(exercise: Exercise, wanted: str, found: Judgement) -> str:
    """What is said of an answer of which something else was expected."""
    named = " or ".join(found.misconceptions)
    finding = f"{found.outcome} ({named})" if named else found.outcome
    words = [f"{wanted} is expected, but the answer is judged {finding}."]
    if exercise.values and found.reading is not None:
        words.append(f"The answer here is {found.reading}.")
    right = exercise.choices[exercise.right - 1].written() if exercise.choices else exercise.answer
    if found.outcome != "right" and right is not None:
        words.append(f"The right answer is {right}.")
    return " ".join([*words, _variant(exercise)])

