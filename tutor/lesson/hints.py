"""Three hints for an exercise: which kind of expression is this; the rule with its parts filled in; the step done.

    [text.written() for text in hints(exercise)]
    # "What is done to x last? Something is raised to the fourth power. That is the outer function: what is inside it?"
    # "Chain rule: outer function u^4, inner function 3*x + 2: d/dx [(3*x + 2)^4] = d/du [u^4]*d/dx [3*x + 2], ..."
    # "d/dx [(3*x + 2)^4] = 4*(3*x + 2)^3*3"

They are made from the derivation; an author can replace any of the three.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import get_close_matches

from tutor.derivation.goal import Goal
from tutor.errors import TutorError
from tutor.expression.relations import related
from tutor.expression.tree import ONE, OPEN, ZERO, Expression, as_tuple, negate, postorder
from tutor.judge.diagnosis import Text
from tutor.judge.hints import first_hint
from tutor.judge.lists import Listed
from tutor.lesson.choosing import LETTERS, letters_in_words
from tutor.lesson.choosing_u import hints_for
from tutor.lesson.critical import hints_for as hints_for_critical
from tutor.lesson.exercise import Exercise
from tutor.lesson.readable import without_at
from tutor.lesson.wrong_cell import hints_for as hints_of_wrong_cell
from tutor.rules.restate import restated, shown_bindings, slots_of, standing_for

Hints = tuple[Text, Text, Text]


def hints(exercise: Exercise) -> Hints:
    """The three hints, mildest first. Raises TutorError if an author's own names a slot that there is not."""
    made = _made(exercise)
    own = [_own(exercise, words) if words else None for words in exercise.written.hints]
    first, second, third = [mine or his for mine, his in zip([*own, None, None, None], made, strict=False)]
    return first, second, third


def _made(exercise: Exercise) -> Hints:
    """The hints that need no author."""
    if exercise.sheet is not None and exercise.right:
        return hints_of_wrong_cell(exercise)
    if exercise.sheet is not None:
        cell = exercise.sheet.blanks[0]
        return (*cell.hints(), Text.of(related(cell.asked, "=", as_tuple(cell.formulas))))
    if exercise.critical is not None and exercise.listed is not None:
        return hints_for_critical(exercise.critical, exercise.listed)
    if exercise.listed is not None:
        return _of_list(exercise.listed)
    if exercise.lines:
        return _of_lines(exercise)
    if exercise.ask == "choose-u":
        return hints_for(exercise)
    if exercise.problem is None or exercise.ask in ("number", "expression"):
        return _of_answer(exercise)
    first = first_hint(exercise.problem, whole=exercise.ask == "name-the-rule")
    leading = exercise.leading
    if leading is None:
        begin = _to_begin_with(exercise.problem)
        return begin or first, *_of_result(exercise)
    if exercise.ask == "name-the-rule":
        return (first, Text("Compare it with the left sides of the rules: which one has this shape?", {}),
                rule_filled_in(leading, done=True))
    opens = leading.opened is not leading.joined
    second = rule_filled_in(leading, done=opens)
    more = _what_follows(leading) if _is_about(first, leading) else ""
    return (Text(f"{first.template} {more}".strip(), first.slots), second,
            Text("{before} = {after}", {"before": leading.problem, "after": leading.joined}))


def _is_about(hint: Text, leading: Goal) -> bool:
    """Whether a first hint is about the expression to which a rule is applied, apart from factors in front."""
    body, variable = leading.problem.args[:2]
    term = hint.slots.get("term", variable)
    return term.head == body.head and [arg for arg in term.args if variable.value in arg.free] == [
        arg for arg in body.args if variable.value in arg.free]


def _what_follows(leading: Goal) -> str:
    """What the form of the expression means for the next step, without naming the rule. (The form alone can be seen in
    the question.)"""
    rule, (body, variable) = leading.rule, leading.problem.args[:2]
    if rule is None or leading.problem.head != "derivative":
        return ""
    if _outside_of(leading) is not None:
        return "That is the outer function: what is inside it, and how fast does that change?"
    if rule.left.args[0].head == "product":
        return "Each factor adds a term to the slope, while the other factors stay as they are."
    if rule.left.args[0].head == "quotient" and variable.value in body.args[0].free:
        return "The numerator and the denominator both change, so both affect the slope."
    if rule.left.args[0].head == "quotient":
        return "The numerator is constant: only the denominator changes."
    if variable in body.args and all(arg is variable or variable.value not in arg.free for arg in body.args):
        return f"There is nothing inside but {variable} itself, so one rule is enough."
    return ""


def _to_begin_with(problem: Expression) -> Text | None:
    """The first thing to work out where there is nothing to differentiate or integrate; None where there is only one,
    or something else comes first."""
    parts = list(postorder([problem]))
    if any(part.head in OPEN for part in parts):
        return None
    inner = next((part for part in parts if part.args and not any(arg.args for arg in part.args)), problem)
    return None if inner is problem else Text("Begin with the innermost part, {inner}.", {"inner": inner})


def _outside_of(leading: Goal) -> Expression | None:
    """The function outside, of a rule that has an outside and an inside."""
    rule = leading.rule
    return None if rule is None or not rule.role("inside") else standing_for(rule, "outside", leading.bindings)


def rule_filled_in(leading: Goal, done: bool) -> Text:
    """The rule's statement in the letters of the problem, and what the letters that are left stand for here.

    done: also what the rule makes of the expression. For a rule with an outer and an inner function these two are named
    instead of the statement, which is hard to read.
    """
    rule = leading.rule
    assert rule is not None
    outside, readable = _outside_of(leading), without_at(leading.opened)
    if outside is not None and readable is not None:
        opened, beside = readable
        named = {"outside": outside, "inside": leading.bindings[rule.role("inside")], "before": leading.problem,
                 "opened": opened}
        where = "" if beside is None else ", where {beside}"
        return Text(f"{rule.title}: outer function {{outside}}, inner function {{inside}}: "
                    f"{{before}} = {{opened}}{where}", named if beside is None else {**named, "beside": beside})
    own = restated(rule, shown_bindings(rule, leading.bindings), leading.problem)
    slots = {"left": own.left, "right": own.right, "before": leading.problem, "after": leading.opened}
    parts = []
    of_cases = own.listed if "condition" in rule.letters.values() else ""  # the cases are no terms of a sum
    for number, (letter, bound) in enumerate(own.bindings.items()):
        if letter == of_cases:
            continue
        slots[f"part{number}"] = bound
        parts.append(f"{letter} = {{part{number}}}")
    here = f"; here {', '.join(parts)}" if parts else "; here"
    if done:
        return Text(f"{rule.title}: {{left}} = {{right}}{here}: {{before}} = {{after}}", slots)
    return Text(f"{rule.title}: {{left}} = {{right}}{here if parts else ''}", slots)


def _of_result(exercise: Exercise) -> tuple[Text, Text]:
    """For an exercise that needs no particular rule: advice to work it out, then the result."""
    assert exercise.problem is not None
    second = Text("Work out {problem} step by step, starting from the inside.", {"problem": exercise.problem})
    answer = exercise.answer
    if exercise.derivation is not None and exercise.derivation.unsolved is not None:
        missing, asked = exercise.derivation.unsolved, {part.head for part in postorder([exercise.problem])}
        what = next((head for head in ("derivative", "limit") if head in asked), "value")
        return second, Text(f"There is no {what} here: {missing.template}.", missing.slots)
    if answer is None:
        return second, Text("There is no worked solution for this one. To check your answer, differentiate it.", {})
    return second, Text("{problem} = {answer}", {"problem": exercise.problem, "answer": answer})


def _of_lines(exercise: Exercise) -> Hints:
    before, wrong = exercise.lines[exercise.right - 2].expression, exercise.lines[exercise.right - 1].expression
    return (Text("Compare each line with the one before it: do they have the same value?", {}),
            Text("Look at what happened to {before}.", {"before": before}),
            Text(f"{{before}} is not {{after}}: the mistake is in line {exercise.right}.",
                 {"before": before, "after": wrong}))


def _of_list(right: Listed) -> Hints:
    """For an answer that is more than one value: how many there are, then the first one, then all."""
    count = len(right.pieces or right.values)
    if right.kind == "point":
        first = Text(f"The point has {count} coordinates: find them one by one.", {})
    elif right.kind == "interval":
        first = Text("Where does it begin, where does it end, and do the ends belong to it?" if count == 1 else
                     f"It has {count} parts. Where does each begin and end?", {})
    else:
        first = Text("There is just one." if count == 1 else f"There are {count} of them." if count else
                     "Could it be that there is none?", {})
    return first, _READ_AGAIN, Text.of("The answer is ", right.told, ".")


_READ_AGAIN = Text("The lesson explains what you need: type lesson to read it again.", {})


def _of_answer(exercise: Exercise) -> Hints:
    """For a question in words there is no derivation to take hints from: say what the answer is not, or what kind of
    answer it is, and in the end the answer."""
    if exercise.choices:
        wrong = [number for number in range(1, len(exercise.choices) + 1) if number not in exercise.right_choices]
        first = Text(f"It is not {LETTERS[wrong[0] - 1]}." if len(wrong) > 1 else
                     "Go through the choices one by one: what would have to be true for each of them?", {})
        second = Text(f"It is not {LETTERS[wrong[-1] - 1]} either.", {}) if len(wrong) > 2 else _READ_AGAIN
        return first, second, _of_choices(exercise)
    assert exercise.problem is not None
    right = (exercise.answer or exercise.problem, *exercise.also_right_values)
    slots = {f"answer{number}": each for number, each in enumerate(right)}
    return (_kind_of(exercise, exercise.answer or exercise.problem), _READ_AGAIN,
            Text(f"It is {' or '.join(f'{{{slot}}}' for slot in slots)}.", slots))


def _of_choices(exercise: Exercise) -> Text:
    """The right choice with its letter, or all of them."""
    right = exercise.choices[exercise.right - 1]
    if len(exercise.right_choices) > 1:
        return Text(f"It is {letters_in_words(exercise.right_choices)}.", {})
    return Text(f"It is {LETTERS[exercise.right - 1]}: {right.template}", right.slots, markdown=right.markdown)


def _kind_of(exercise: Exercise, answer: Expression) -> Text:
    """What kind of number or expression an answer is."""
    if exercise.also_right_values:
        return Text("There is more than one right answer; one of them is enough.", {})
    if answer.free:
        letters = sorted(answer.free)
        named = f"letter{'' if len(letters) == 1 else 's'} {' and '.join(letters)}"
        return Text(f"The answer contains the {named} and no other.", {})
    value = exercise.oracle.value(answer, {})
    if not isinstance(value, float | int):
        return Text("The answer is a single number.", {})
    if exercise.oracle.compare(answer, ZERO).outcome == "checked":
        return Text("The answer is neither positive nor negative.", {})
    size = "larger" if abs(value) > 1 else "smaller"
    sign = "positive" if value > 0 else "negative"
    is_one = any(exercise.oracle.compare(answer, one).outcome == "checked" for one in (ONE, negate(ONE)))
    than_one = "" if is_one else f", and its absolute value is {size} than 1"
    return Text(f"The answer is {sign}{than_one}.", {})


class UnknownSlot(TutorError):
    """A slot in an author's hint that has no meaning. slot: its name."""

    def __init__(self, slot: str, known: Sequence[str]) -> None:
        self.slot = slot
        near = get_close_matches(slot, known, 1, cutoff=0.6)
        super().__init__(f"There is no {{{slot}}} here. "
                         + (f"Did you mean {{{near[0]}}}? " if near else "")
                         + f"You can use {', '.join(f'{{{each}}}' for each in known) or 'none'}.")


_SLOT = re.compile(r"\{([^{}]*)\}")


def _own(exercise: Exercise, words: str) -> Text:
    """An author's hint, with {g} for what the letter g of the rule stands for, {rule}, {problem} and {answer}."""
    text = exercise.text(words)
    known = slots(exercise)
    slots_used = dict(text.slots)
    template = text.template
    for slot in _SLOT.findall(text.template):
        if slot in text.slots:
            continue
        if slot == "rule" and exercise.rule is not None:
            template = template.replace("{rule}", exercise.rule.title)
        elif slot in known:
            slots_used[slot] = known[slot]
        else:
            has_rule = ["rule"] if exercise.rule is not None else []
            raise UnknownSlot(slot, [*has_rule, *known, *exercise.words])
    return Text(template, slots_used, markdown=True)


def slots(exercise: Exercise) -> dict[str, Expression]:
    """What an author's hint may name: the letters of the leading rule, the problem and the answer."""
    found: dict[str, Expression] = {}
    leading = exercise.leading
    if leading is not None and leading.rule is not None:
        found |= slots_of(shown_bindings(leading.rule, leading.bindings))
    if exercise.problem is not None:
        found["problem"] = exercise.problem
    if exercise.answer is not None:
        found["answer"] = exercise.answer
    return found
