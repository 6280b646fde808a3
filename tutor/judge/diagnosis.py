"""What can be said of an answer: a closed type, made by `diagnose` and shown by the views.

    diagnosis = tutor.diagnose("d/dx sin(x^2)", "cos(x^2)")
    diagnosis.outcome               # "misconception"
    diagnosis.misconceptions        # ("chain_inner_forgotten",)
    diagnosis.message               # "The inner derivative is missing. ..."
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from tutor.derivation.derivation import Derivation
from tutor.derivation.step import Step
from tutor.errors import TutorError
from tutor.expression.text import Text as Text
from tutor.expression.tokens import Note
from tutor.expression.tree import Expression, substitute
from tutor.judge.equivalence import Equivalence
from tutor.judge.question import telling_apart
from tutor.rules.restate import slots_of
from tutor.rules.rule import Rule

DiagnosisOutcome = Literal[
    "unreadable", "right", "right_on_part", "right_other_form", "constant_missing", "wrong_variable",
    "misconception", "one_of", "slip", "unexplained", "undecided",
]


Observation = Literal["differentiated", "very_near", "all_but", "applies", "unidentified"]
"""What can be said of an answer that nothing explains: what its derivative is, that it is very near, which part alone
is wrong, what the rule says that applies there, or that what went wrong is not known."""

_NOTHING = Text("", {})


@dataclass(frozen=True)
class Mistake:
    """A wrong rule at one place.

    rule: the misconception; sound: the rule that it is unlike; bindings: what its letters stand for, a function
    letter as F(u); before, after: the place and what the wrong rule makes of it; step: the step of the sound
    derivation that has this place, if it is one; everywhere: the wrong rule was used wherever it fits; inside: the
    letter of a substitution and what it stands for, where the place has that letter; on_the_way: it is a derivative
    that an integral needs on the way.
    """

    rule: Rule
    sound: Rule
    bindings: Mapping[str, Expression]
    before: Expression
    after: Expression
    step: Step | None
    everywhere: bool
    inside: tuple[str, Expression] | None = None
    on_the_way: bool = False

    @property
    def sentence(self) -> Text:
        """What the misconception's rule says, of the parts at hand: of the inside, where a learner never wrote u."""
        slots = slots_of(self.bindings)
        if self.inside is not None:
            slots = {letter: substitute(bound, *self.inside) for letter, bound in slots.items()}
        if self.on_the_way:
            return Text(f"On the way, the derivative of {{needed}} is needed. {self.rule.say}",
                        {**slots, "needed": self.before.args[0]})
        return Text(self.rule.say, slots)


@dataclass(frozen=True)
class Slip:
    """A small error that no wrong rule explains: a sign, a missing term, a factor, a constant, an exponent off by one,
    a decimal in place of an exact number, the order of factors or indices of lists, a matrix taken as symmetric.

    yours, expected: the smallest parts that differ so; sentence: what to look at.
    """

    kind: Literal["sign", "term", "factor", "constant", "exponent", "rounded", "order", "symmetry"]
    yours: Expression
    expected: Expression
    sentence: Text


@dataclass(frozen=True)
class DifferingPart:
    """The smallest part in which an answer differs from the result."""

    yours: Expression
    expected: Expression


@dataclass(frozen=True)
class Diagnosis:
    """What was found about an answer.

    problem, answer: as expressions, where they could be read; problem_notes, notes: how doubtful things in them were
    read; equivalence: both in value; texts: what is said, sentence by sentence; explanations: each one a mistake, or
    several made at once, that give exactly this answer: one for "misconception", two or three for "one_of"; likely: how
    many of them, the first ones, a learner could believe and is told, one or two; observations: for "unexplained", the
    texts by what they say; slip, difference: for those outcomes; applies: for "unexplained", the step of the derivation
    that a learner may look at; hint: the first hint; error: why it could not be read; part: for "right_on_part", what
    has to hold, as relations such as a > 0; words: the answer, where it says in words that there is none; component: of
    a list, which component all this is about, counted from 1, and of a list in a list, which one there.
    """

    outcome: DiagnosisOutcome
    problem: Expression
    answer: Expression | None = None
    derivation: Derivation | None = None
    problem_notes: tuple[Note, ...] = ()
    notes: tuple[Note, ...] = ()
    equivalence: Equivalence | None = None
    texts: tuple[Text, ...] = ()
    explanations: tuple[tuple[Mistake, ...], ...] = ()
    likely: int = 0
    observations: Mapping[Observation, Text] = field(default_factory=dict)
    slip: Slip | None = None
    difference: DifferingPart | None = None
    applies: Step | None = None
    hint: Text = _NOTHING
    error: TutorError | None = None
    part: tuple[Expression, ...] = ()
    words: str = ""
    component: tuple[int, ...] = ()

    @cached_property
    def misconceptions(self) -> tuple[str, ...]:
        """The names of the misconceptions that explain the answer, each once, the likeliest first."""
        return tuple(dict.fromkeys(mistake.rule.name for each in self.explanations for mistake in each))

    @property
    def message(self) -> str:
        """All of it in a few sentences of plain text."""
        return " ".join(text.written() for text in self.texts)

    @cached_property
    def question(self) -> Expression | None:
        """A problem whose answer would tell the explanations apart; None where there is one, or no such problem."""
        return telling_apart([[mistake.rule for mistake in each] for each in self.explanations])
