"""What is said in practice: of an answer, of a line, and of the rule that an exercise is about.

    told_answer(judge(exercise, "4(3x+2)^3"), exercise, praise=None)      # Words "not yet." "The derivative of the ..."
"""

from __future__ import annotations

from tutor.expression.text import Text
from tutor.judge.lines import LineJudgement
from tutor.lesson.exercise import Exercise
from tutor.lesson.judging import Judgement
from tutor.rules.restate import shown_bindings, slots_of, standing_for
from tutor.rules.rule import Rule
from tutor.telling.document import Words, plain
from tutor.telling.judgement import sign_of_line, verdict


def told_answer(judgement: Judgement, exercise: Exercise, praise: Rule | None) -> Words:
    """Whether an answer is right, and one or two sentences on why. praise: the rule that was used rightly, while it is
    still being learned."""
    sign, label = verdict(judgement.outcome)
    texts = judgement.texts
    if judgement.outcome == "right" and judgement.reading is not None:
        texts = () if praise is None else (rule_used(exercise, praise),)
    return Words((plain(f"{label}."), *texts), sign=sign)


def told_line(line: LineJudgement) -> Words:
    """What is said of one line of a learner's own derivation."""
    texts = () if line.diagnosis is None else line.diagnosis.texts
    return Words((line.message, *texts), sign=sign_of_line(line.outcome))


def told_choice(exercise: Exercise, rule: Rule, named: bool) -> Words:
    """The rule of an exercise, after the question which one it was."""
    before = () if named else (plain("It was this rule."),)
    return Words((*before, rule_used(exercise, rule)), sign="yes" if named else "unsure")


def rule_used(exercise: Exercise, rule: Rule) -> Text:
    """The rule of an exercise and what it did there, in the letters of the exercise.

    "Chain rule: outer function u⁴, inner function 3x + 2."; for a rule without an outer function, what the rule says:
    "Power rule. Bring the exponent 5 down and lower it by one."
    """
    leading = exercise.leading
    if leading is None:
        return plain(f"{rule.title}.")
    outer, inner = [standing_for(rule, role, leading.bindings) for role in ("outside", "inside")]
    if outer is not None and inner is not None:
        return Text(f"{rule.title}: outer function {{outer}}, inner function {{inner}}.",
                    {"outer": outer, "inner": inner})
    return Text(f"{rule.title}. {rule.say}", slots_of(shown_bindings(rule, leading.bindings)))
