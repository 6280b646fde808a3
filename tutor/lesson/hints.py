"""Three hints for an exercise: which kind of expression is this; the rule with its parts filled in; the step done.

    [text.written() for text in hints(exercise)]
    # "What is done to x last? Something is raised to the fourth power."
    # "Chain rule: d/dx [F(g)] = ... Here g = 3*x + 2, F(u) = u^4: d/dx [(3*x + 2)^4] = ..."
    # "d/dx [(3*x + 2)^4] = 4*(3*x + 2)^3*3"

They come from the derivation; an author may write any of the three in their place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import get_close_matches

from tutor.derivation.derivation import shown_bindings
from tutor.errors import TutorError
from tutor.expression.tree import Expression
from tutor.judge.diagnosis import Text
from tutor.judge.hints import first_hint
from tutor.lesson.choosing import LETTERS, letters_in_words
from tutor.lesson.exercise import Applied, Exercise
from tutor.rules.restate import restated

Hints = tuple[Text, Text, Text]


def hints(exercise: Exercise) -> Hints:
    """The three hints, mildest first. Raises TutorError if an author's own names a slot that there is not."""
    made = _made(exercise)
    own = [_own(exercise, words) if words else None for words in exercise.written.hints]
    first, second, third = [mine or his for mine, his in zip([*own, None, None, None], made, strict=False)]
    return first, second, third


def _made(exercise: Exercise) -> Hints:
    """The hints that need no author."""
    if exercise.lines:
        return _of_lines(exercise)
    if exercise.problem is None or exercise.ask in ("number", "expression"):
        return _of_answer(exercise)
    first = first_hint(exercise.problem, whole=exercise.ask == "name-the-rule")
    applied = exercise.leading
    if applied is None:
        return first, *_of_result(exercise)
    if exercise.ask == "name-the-rule":
        return (first, Text("Compare it with the left sides of the rules: which one has this shape?", {}),
                rule_filled_in(applied, done=True))
    opens = applied.rule.opened(applied.bindings) is not applied.after
    second = rule_filled_in(applied, done=opens)
    return first, second, Text("{before} = {after}", {"before": applied.problem, "after": applied.after})


def rule_filled_in(applied: Applied, done: bool) -> Text:
    """The rule's statement in the letters of the problem, and what the letters that are left stand for here.

    done: with what that makes of the place.
    """
    rule = applied.rule.rule
    own = restated(rule, shown_bindings(rule, applied.bindings), applied.problem)
    slots = {"left": own.left, "right": own.right, "before": applied.problem,
             "after": applied.rule.opened(applied.bindings)}
    parts = []
    for number, (letter, bound) in enumerate(own.bindings.items()):
        slots[f"part{number}"] = bound
        parts.append(f"{letter} = {{part{number}}}")
    here = f"; here {', '.join(parts)}" if parts else "; here"
    if done:
        return Text(f"{rule.title}: {{left}} = {{right}}{here}: {{before}} = {{after}}", slots)
    return Text(f"{rule.title}: {{left}} = {{right}}{here if parts else ''}", slots)


def _of_result(exercise: Exercise) -> tuple[Text, Text]:
    """For what takes no rule of its own: work it out, and the result."""
    assert exercise.problem is not None
    second = Text("Work out {problem} step by step, starting from the inside.", {"problem": exercise.problem})
    answer = exercise.answer
    if exercise.derivation is not None and exercise.derivation.unsolved is not None:
        missing = exercise.derivation.unsolved
        return second, Text(f"There is no derivative here: {missing.template}.", missing.slots)
    if answer is None:
        return second, Text("There is no worked solution for this one. To check your answer, differentiate it.", {})
    return second, Text("{problem} = {answer}", {"problem": exercise.problem, "answer": answer})


def _of_lines(exercise: Exercise) -> Hints:
    before, wrong = exercise.lines[exercise.right - 2].expression, exercise.lines[exercise.right - 1].expression
    return (Text("Compare each line with the one before it: do they have the same value?", {}),
            Text("Look at what happened to {before}.", {"before": before}),
            Text(f"{{before}} is not {{after}}: that is line {exercise.right}.", {"before": before, "after": wrong}))


def _of_answer(exercise: Exercise) -> Hints:
    """For a question in words only its author knows a way; the last hint is the answer."""
    if exercise.choices:
        answer = _of_choices(exercise)
    else:
        assert exercise.problem is not None
        right = (exercise.answer or exercise.problem, *exercise.also_right_values)
        slots = {f"answer{number}": each for number, each in enumerate(right)}
        answer = Text(f"It is {' or '.join(f'{{{slot}}}' for slot in slots)}.", slots)
    return Text("Read the question again: what do you know, and what do you have to find?", {}), Text(
        "The text of the lesson has what you need: tutor lessons " + exercise.lesson, {}), answer


def _of_choices(exercise: Exercise) -> Text:
    """The right choice with its letter, or all of them."""
    right = exercise.choices[exercise.right - 1]
    if len(exercise.right_choices) > 1:
        return Text(f"It is {letters_in_words(exercise.right_choices)}.", {})
    return Text(f"It is {LETTERS[exercise.right - 1]}: {right.template}", right.slots)


class UnknownSlot(TutorError):
    """A slot of an author's hint that stands for nothing. slot: its name."""

    def __init__(self, slot: str, known: Sequence[str]) -> None:
        self.slot = slot
        near = get_close_matches(slot, known, 1, cutoff=0.6)
        super().__init__(f"Nothing is called {{{slot}}} here. "
                         + (f"Did you mean {{{near[0]}}}? " if near else "")
                         + f"There is {', '.join(f'{{{each}}}' for each in known) or 'none'}.")


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
    applied = exercise.leading
    if applied is not None:
        found |= {letter.partition("(")[0]: bound
                  for letter, bound in shown_bindings(applied.rule.rule, applied.bindings).items()}
    if exercise.problem is not None:
        found["problem"] = exercise.problem
    if exercise.answer is not None:
        found["answer"] = exercise.answer
    return found
