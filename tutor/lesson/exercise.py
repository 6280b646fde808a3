"""An exercise: one variant of an item, with everything that is asked in expressions.

    exercise = make(lesson, lesson.items[0], 17, {"a": number(3), "b": number(2), "n": number(4)})
    exercise.name, str(exercise.given)          # "chain-rule/power-of-linear@17", "(3*x + 2)^4"
    exercise.derivation.result                  # the answer, where the engine knows one
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from tutor.algebra.factoring import factored, multiplied
from tutor.derivation.antiderivatives import comparable, is_indefinite
from tutor.derivation.derivation import PASSED_OVER, Derivation, derive
from tutor.derivation.explained import explained
from tutor.derivation.goal import Goal
from tutor.derivation.problem import read_problem
from tutor.derivation.ratio import ratio
from tutor.errors import TutorError
from tutor.expression.functions import Functions
from tutor.expression.lists import has_lists
from tutor.expression.tree import OPEN, Expression, derivative, name, node, postorder
from tutor.judge.case import Prepared, prepared
from tutor.judge.diagnosis import Text
from tutor.judge.lists import Listed, read_listed
from tutor.lesson.family import form_family
from tutor.lesson.fill import element_of, formula, says_what_to_do
from tutor.lesson.own_rules import misconception_named, own_misconceptions
from tutor.lesson.schema import LISTED, TABLES, Ask, Item, Lesson
from tutor.lesson.skill import Skill
from tutor.lesson.texts import text_of
from tutor.lesson.tolerance import Tolerance, tolerance
from tutor.lesson.vary import shuffled
from tutor.lesson.worksheet import Own, Worksheet
from tutor.oracle.verdict import Check, Oracle
from tutor.rules.instance import instance_of
from tutor.rules.rule import Rule
from tutor.rules.rulebook import rulebook, title_of

if TYPE_CHECKING:
    from tutor.derivation.critical_points import CriticalPoints

_IN_FORM = {"expanded": multiplied, "factored": factored}
"""Form -> what brings a result into it; that returns None for a result that has the form already."""


class DerivationLine(NamedTuple):
    """A line of a derivation that is shown to a learner, and the rule that led to it ("" for the first)."""

    expression: Expression
    rule: str


@dataclass(frozen=True, eq=False)
class Exercise:
    """One variant of an item.

    lesson, item: their ids; seed: which variant; ask: what is asked; prompt: the question in words, which never names
    the rule; given: the expression to be shown below it; problem: what an answer is compared with, such as
    d/dx [sin(x^2)]; form: the form that an answer has to be in, or ""; choices: what can be chosen, in the order in
    which it is shown; lines: a derivation with a wrong line in it; right: the number of the right choice, or of the
    wrong line, from 1 (0 where nothing is counted); also_right: the numbers of the other right choices; values: what
    the letters of `vary` and `let` stand for; words: what stands for the names in braces; written: the item itself;
    own, functions: the lesson's own misconceptions and functions; sheet: a table with cells to fill, or with a wrong
    cell; wrong: what stands in the table in place of right values; said: what is wrong there; critical: what is
    found of a function whose critical points are asked for; places: these points.
    """

    lesson: str
    item: str
    seed: int
    ask: Ask
    prompt: Text
    given: Expression | None
    problem: Expression | None
    form: str
    values: Mapping[str, Expression]
    written: Item
    choices: tuple[Text, ...] = ()
    lines: tuple[DerivationLine, ...] = ()
    right: int = 0
    also_right: frozenset[int] = frozenset()
    words: Mapping[str, str] = field(default_factory=dict)
    own: tuple[Rule, ...] = ()
    functions: Functions = field(default_factory=dict)
    sheet: Worksheet | None = None
    wrong: Own = field(default_factory=dict)
    said: tuple[Text, ...] = ()
    critical: CriticalPoints | None = None
    places: Listed | None = None

    @property
    def name(self) -> str:
        """The name from which exactly the same exercise can be made again, on any machine."""
        return f"{self.lesson}/{self.item}@{self.seed}"

    @cached_property
    def prepared(self) -> Prepared | None:
        """What all answers to the exercise share; None where there is nothing to work out."""
        return None if self.problem is None else prepared(self.problem, self.own)

    @cached_property
    def oracle(self) -> Oracle:
        """The oracle that answers every question about this exercise."""
        return Oracle() if self.prepared is None else self.prepared.oracle

    def formula(self, text: str) -> Expression:
        """What the author wrote, with the values of this variant; kept. Raises TutorError if it cannot be read."""
        found = self._formulas.get(text)
        if found is None:
            found = self._formulas[text] = formula(text, self.values, self.functions)
        return found

    def text(self, written: str) -> Text:
        """What the author says, with the values and words of this variant. Raises TutorError if it cannot be read."""
        return text_of(written, self.values, self.functions, self.words)

    @cached_property
    def listed(self) -> Listed | None:
        """The right answer, where it is more than one value. Raises TutorError if that cannot be read."""
        if self.ask not in ("numbers", "point", "interval"):
            return self.places
        return read_listed(self.ask, self.written.answer, self.formula)

    @cached_property
    def tolerance(self) -> Tolerance | None:
        """How far a number may be off; None where it has to be exact. Raises TutorError if that cannot be read."""
        return tolerance(self.written.within, self.formula) if self.written.within else None

    @cached_property
    def also_right_values(self) -> tuple[Expression, ...]:
        """Further right answers to a question in words, which its author lists in `expect`; not those that are equal to
        the answer itself."""
        if self.problem is None or self.choices:
            return ()
        found = dict.fromkeys(self.formula(each) for each in self.written.also_right)
        return tuple(each for each in found if not self._is_the_answer(each, self.problem))

    def _is_the_answer(self, typed: Expression, right: Expression) -> bool:
        """Whether what is typed is the right answer, or as near to it as it has to be."""
        if self.tolerance is not None:
            return self.tolerance.reaches(typed, right, self.oracle) is True
        return self.oracle.compare(typed, right).outcome == "checked"

    @cached_property
    def _formulas(self) -> dict[str, Expression]:
        return {}

    @property
    def shown(self) -> Expression | None:
        """What stands below the question: the given expression, behind ∂/∂w where its derivative is a partial one.

        An author's own text speaks of the expression itself, so nothing is put before it there.
        """
        if self.sheet is not None:
            return None  # the table has it
        if self.problem is None or self.ask != "differentiate" or self.written.text:
            return self.given
        asked = self.problem.args[0] if self.problem.head == "at" else self.problem
        return asked if asked.value == "∂" else self.given

    @cached_property
    def letters(self) -> frozenset[str]:
        """The letters that the learner can see, so that they may be in an answer; any other letter is a slip."""
        seen = [self.problem, self.given, *self.prompt.slots.values(), *self.also_right_values]
        return frozenset(part.value for part in postorder(each for each in seen if each is not None)
                         if part.head in ("name", "indexed"))

    @cached_property
    def derivation(self) -> Derivation | None:
        """The worked solution; None where there is nothing to derive or the rulebook has no way."""
        is_worked_out = bool(self.written.given) and self.ask not in ("number", "expression")
        if self.problem is None or self.prepared is None or not (is_worked_out or any(
                part.head in OPEN for part in postorder([self.problem]))):
            return None
        if self.written.method:
            return derive(self.problem, method=self.written.method)
        return self.prepared.derivation

    def compare(self, answer: Expression, other: Expression) -> Check:
        """Whether two answers to the problem have the same value; of antiderivatives, up to a constant."""
        if self.problem is not None and is_indefinite(self.problem):
            answer, other = comparable(answer, other, self.problem.args[1])
        return self.oracle.compare(answer, other)

    @cached_property
    def skill(self) -> Skill:
        """The leading rule, and the family of forms it is met in; without a rule, this item alone."""
        leading = self.leading
        if self.sheet is not None:
            found = self.sheet.skill(self.sheet.cells[self.right - 1]) if self.right else next(
                iter(self.sheet.skills), None)
            return found or Skill("", f"{self.lesson}/{self.item}")
        if leading is None or leading.rule is None:
            return Skill("", f"{self.lesson}/{self.item}")
        return Skill(leading.rule.name, form_family(leading.rule, leading.problem, leading.bindings))

    @property
    def skills(self) -> tuple[Skill, ...]:
        """Every skill that it trains, the leading one first: the cells of a table may need several rules."""
        return (self.skill,) if self.sheet is None else self.sheet.skills or (self.skill,)

    @cached_property
    def leading(self) -> Goal | None:
        """The goal to which the main rule of an exercise is applied: sums and constant factors are passed over, unless
        the question is which rule comes first. None where no rule is needed or known."""
        if self.derivation is None:
            return None
        goals = self.derivation.main_goals()
        if self.ask == "name-the-rule":
            goals = [self.derivation.goal]
            while goals[0].rule is not None and "rewriting" in goals[0].rule.tags:
                goals = list(goals[0].parts)
        if self.lines:
            missed = misconception_named(self.lines[self.right - 1].rule, self.own).unlike
            goals.sort(key=lambda goal: goal.rule is None or goal.rule.name != missed)
        return next((goal for goal in goals if goal.rule is not None), None)

    @property
    def rule(self) -> Rule | None:
        """The leading rule itself."""
        return None if self.leading is None else self.leading.rule

    @cached_property
    def rules_beside(self) -> tuple[Rule, ...]:
        """The leading rule and the rules used beside it or on the way to it: for sums, constant factors, other
        terms."""
        found = {} if self.rule is None else {self.rule.name: self.rule}
        stack = [] if self.derivation is None else [self.derivation.goal]
        while stack:
            goal = stack.pop()
            if goal.rule is not None:
                found.setdefault(goal.rule.name, goal.rule)
            if goal.rule is None or not PASSED_OVER.isdisjoint(goal.rule.tags):
                stack.extend(goal.parts)
        return tuple(found.values())

    @cached_property
    def rules(self) -> tuple[str, ...]:
        """The names of the rules on the way to the answer, each once."""
        if self.sheet is not None:
            return self.sheet.cells[self.right - 1].rules if self.right else self.sheet.rules
        if self.derivation is None:
            return ()
        named = [rule for line in self.derivation.rules_of_lines for rule in line]
        return tuple(dict.fromkeys(rule.name for rule in named if not {"combine", "tidy"}.intersection(rule.tags)))

    @property
    def answer(self) -> Expression | None:
        """A right answer, as an expression; None if the answer is a line or a choice, is not known, or is that there is
        no derivative."""
        if self.derivation is not None:
            if self.derivation.unsolved is not None:
                return None
            style, in_form = self.derivation.tidy.style, _IN_FORM.get(self.form)
            return (in_form and in_form(self.derivation.result, style)) or self.derivation.result
        return self.problem if self.ask in ("number", "expression") else None

    @property
    def answers(self) -> tuple[Expression, ...]:
        """Every right answer, as expressions, the one that the item names or the engine found first."""
        return (*(() if self.answer is None else (self.answer,)), *self.also_right_values)

    @property
    def right_choices(self) -> tuple[int, ...]:
        """The numbers of all right choices, in the order in which they are shown."""
        return tuple(sorted({self.right, *self.also_right} - {0}))


class NoExercise(TutorError):
    """An item of which, with these values, nothing can be asked. key: the key with a value that cannot be used; "" if
    it is not one key alone."""

    def __init__(self, message: str, key: str = "") -> None:
        super().__init__(message)
        self.key = key


class UnclearVariable(TutorError):
    """An item with several letters that does not say which of them is the variable."""


# -- making one ------------------------------------------------------------------------------------------------------


def make(lesson: Lesson, item: Item, seed: int, picked: Mapping[str, Expression],
         words: Mapping[str, str] | None = None) -> Exercise:
    """The exercise of an item with these values of its letters, and these words in its texts.

    Raises TutorError for what cannot be read or asked.
    """
    functions = lesson.defined
    given = formula(item.given, picked, functions) if item.given else None
    problem = _problem(item, given, picked, functions)
    prompt = text_of(item.text, picked, functions, words) if item.text else _prompt(item, given, problem)
    exercise = Exercise(lesson.id, item.name, seed, item.ask, prompt,
                        None if item.ask == "find-the-wrong-line" else given, problem,
                        item.form or ("simplified" if item.ask == "simplify" else ""), picked, item,
                        own=own_misconceptions(lesson), functions=functions, words=words or {})
    if item.ask in TABLES:
        from tutor.lesson.tables import with_table  # which makes exercises of this module's type

        return with_table(exercise)
    if item.ask == "critical-points":
        from tutor.lesson.critical import with_critical_points

        return with_critical_points(exercise)
    _ = exercise.listed  # what cannot be read is said now
    if item.method and exercise.derivation is None:
        raise NoExercise(f"There is no worked solution for {problem}.")
    if item.ask == "choose":
        return _with_choices(exercise, list(item.choices), item.answer, item.also_right)
    if item.ask == "name-the-rule":
        return _with_choices(exercise, *_titles(lesson, exercise))
    if item.ask == "choose-u":
        from tutor.lesson.choosing_u import with_parts  # which, like the next, makes exercises of this module's type

        return with_parts(exercise)
    if item.ask == "find-the-wrong-line":
        from tutor.lesson.wrong_line import with_wrong_line

        return with_wrong_line(lesson, exercise)
    return exercise


def _problem(item: Item, given: Expression | None, picked: Mapping[str, Expression],
             functions: Functions) -> Expression | None:
    """What an answer is compared with."""
    if item.ask in TABLES or item.ask in LISTED or item.ask == "critical-points":
        return None
    if given is None:
        return None if item.ask == "choose" else formula(item.answer, picked, functions)
    if item.ask in ("number", "expression"):
        return formula(item.answer, picked, functions)
    if given.head == "statements":
        from tutor.lesson.with_lines import slopes_with_lines_put_in  # few items have lines

        return slopes_with_lines_put_in(item, functions, picked)
    if item.ask in ("evaluate", "simplify"):
        return given
    at = item.at if isinstance(item.at, str) else ""
    if says_what_to_do(given):
        if at and given.head == "tuple":
            raise NoExercise("The point of several slopes stands behind them, as in given: grad x^2*y at x = 1, y = 2.")
        if at and given.head == "derivative":
            return node("at", (given, given.args[1], formula(at, picked, functions)))
        return given
    variable = _variable(item, given, functions)
    if item.ask in ("integrate", "choose-u"):
        return node("integral", (given, variable))
    slope = derivative(given, variable, symbol="∂" if item.with_respect_to and given.free - variable.free else "d")
    if item.with_respect_to and element_of(variable, given):  # the reader knows that z_k is an element of a list
        slope = formula(f"∂/∂{variable} [{given}]", functions=functions)
    return node("at", (slope, variable, formula(at, picked, functions))) if at else slope


def _variable(item: Item, given: Expression, functions: Functions) -> Expression:
    """The variable of an item. Raises UnclearVariable where nobody can know it."""
    if item.with_respect_to:
        return formula(item.with_respect_to)
    letters = sorted(formula(item.given, functions=functions).free - item.letters | given.free)
    if "x" in letters or not letters:
        return name("x")
    if len(letters) > 1:
        raise UnclearVariable(f"Which letter is the variable: {', '.join(letters)}?")
    return name(letters[0])


_PROMPTS = {
    "differentiate": "Differentiate with respect to {variable}:",
    "integrate": "Integrate with respect to {variable}:",
    "evaluate": "Work out:",
    "simplify": "Simplify:",
    "name-the-rule": "Suppose you differentiate this with respect to {variable}. Which rule do you use first?",
    "choose-u": "Which part do you call u, so that only u is left in the new integral?",
    "find-the-wrong-line": "One line of this derivation does not follow from the line before it. Which one?",
    "backprop": "Fill in the cells that are blank, one after the other:",
    "iterate": "Follow gradient descent for a few steps. Give the point after each one:",
    "critical-points": "Find the critical points:",
    "which-cell-is-wrong": "One cell of this table is wrong; the others are right, or follow from it. Which one?",
}
_HELD_FIXED = ("; the other letter is a constant:", "; the other letters are constants:")
"""How a question about a partial derivative ends: with one other letter, with several."""

_ALL_ELSE_FIXED = "; everything else is constant:"
"""How it ends where lists are held fixed, or the other parts of one."""

_OPEN_PROMPTS = {
    "differentiate": "Work out:", "integrate": "Work out:", "name-the-rule": "Which rule do you use first?"}
_IN_THE_FORM = {"expanded": "multiply out the result", "factored": "factor the result",
                "exact": "give the exact result", "simplified": "simplify the result"}
_AT_A_POINT = "Differentiate with respect to {variable}, and give the slope at {variable} = {point}:"
_FORM_PROMPTS = {"expanded": "Multiply out:", "factored": "Factor:"}


def _prompt(item: Item, given: Expression | None, problem: Expression | None) -> Text:
    """The question in plain words, where its author has none."""
    if item.ask in TABLES or item.ask == "critical-points":  # whose letters are known only with the points
        return Text(_PROMPTS[item.ask], {})
    assert given is not None
    assert problem is not None
    if item.ask == "simplify":
        return Text(_FORM_PROMPTS.get(item.form, _PROMPTS["simplify"]), {})
    inner = next(part for part in reversed(list(postorder([problem]))) if part.head in OPEN) if (
        "{variable}" in _PROMPTS[item.ask]) else problem
    if problem.head == "at" and item.at and item.ask == "differentiate":
        words = "Work out at {variable} = {point}:" if says_what_to_do(given) else _AT_A_POINT
        words = _with_others_fixed(words, given, problem.args[0])
        return Text(words, {"variable": problem.args[1], "point": problem.args[2]})
    prompt = _OPEN_PROMPTS.get(item.ask, _PROMPTS[item.ask]) if says_what_to_do(given) else _PROMPTS[item.ask]
    if item.form in _IN_THE_FORM:
        prompt = f"{prompt.removesuffix(':')}, and {_IN_THE_FORM[item.form]}:"
    if item.ask == "differentiate":
        prompt = _with_others_fixed(prompt, given, inner)
    return Text(prompt, {"variable": inner.args[1]} if "{variable}" in prompt else {})


def _with_others_fixed(prompt: str, given: Expression, asked: Expression) -> str:
    """The question, with the other letters named as constants if a partial derivative of what is given is asked for."""
    if says_what_to_do(given) or asked.value != "∂":
        return prompt
    fixed = _ALL_ELSE_FIXED if has_lists(given) else _HELD_FIXED[len(given.free - asked.args[1].free) > 1]
    return prompt.removesuffix(":") + fixed


def _with_choices(exercise: Exercise, words: list[str], answer: str, also_right: Sequence[str] = ()) -> Exercise:
    """The exercise with its choices in an order that its name decides."""
    order = shuffled(words, exercise.name)
    return replace(exercise, choices=tuple(exercise.text(each) for each in order), right=order.index(answer) + 1,
                   also_right=frozenset(order.index(each) + 1 for each in also_right if each in order))


_TITLES_SHOWN = 4


def _titles(lesson: Lesson, exercise: Exercise) -> tuple[list[str], str]:
    """Titles of rules to choose from, and the right one: those on the way first, then those that are taught, then
    those that everyone has heard of."""
    right = exercise.rule
    if right is None:
        raise NoExercise(f"No rule is used first in {exercise.problem}, but ask: name-the-rule needs one.")
    assert exercise.problem is not None
    known = [rule.name for rule in rulebook().values() if "integral" in rule.tags] if (
        right.left.head == "integral") else well_known()
    names = [name for name in (*exercise.rules, *lesson.teaches, *shuffled(known, exercise.name))
             if name not in rulebook() or rulebook()[name].left.head == right.left.head]
    near = [title_of(each) for each in names if not _also_fits(each, exercise)]
    return list(dict.fromkeys([right.title, *near]))[:_TITLES_SHOWN], right.title


def _also_fits(name: str, exercise: Exercise) -> bool:
    """Whether a rule would be a right answer too: its left side fits, or it is the power rule and everything is a
    power."""
    leading, rule = exercise.leading, rulebook().get(name)
    if leading is None or rule is None or exercise.derivation is None:
        return False
    if any(instance_of(rule, problem, exercise.derivation.fresh, ratio) is not None
           for problem in (leading.problem, exercise.derivation.problem)):
        return True
    if not rule.role("exponent") or leading.problem.head != "derivative":
        return False
    body = exercise.derivation.tidy(leading.problem.args[0])
    varying = [part for part in postorder([body]) if leading.problem.args[1].value in part.free]
    return all(part.head in ("name", "power", "product", "quotient", "negation", "sqrt", "cbrt") for part in varying)


def well_known() -> list[str]:
    """The names of the rules of differentiation that every course teaches."""
    return [rule.name for rule in rulebook().values() if "basic" in rule.tags]


def worked_examples(lesson: Lesson) -> Iterator[Derivation]:
    """The derivations of the examples of a lesson, in its order."""
    return (worked_example(lesson, written) for written in lesson.examples)


def worked_example(lesson: Lesson, written: str) -> Derivation:
    """An example of a lesson, worked out. Raises TutorError if it cannot be read or there is no way."""
    reading = read_problem(written, lesson.defined)
    return explained(reading.expression, reading.notes)
