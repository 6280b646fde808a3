"""The letters of rules are only names: with other ones, everything that is done with the rules comes out the same.

Code that asks for a letter by its name, and not by its role or sort, makes a difference here.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

import tutor
from tutor.derivation.derivation import derive_if_possible
from tutor.derivation.soundness import check_rule, instance
from tutor.expression.parse import parse
from tutor.expression.tree import Expression, node, postorder
from tutor.judge.diagnose import diagnose_expressions
from tutor.lesson.exercise import Exercise, make
from tutor.lesson.hints import hints
from tutor.lesson.schema import Lesson
from tutor.practice.words import skill_in_words
from tutor.rules import rulebook as book
from tutor.rules.rule import Rule
from tutor.telling.document import Statement
from tutor.telling.practice import rule_used
from tutor.telling.steps import statement_of, statement_of_step

OTHER = {**dict(zip("xfghkGabcdmnFpuCvLijlAwB", "RqrsJHZIDEMoPQNKOSTUVYWX", strict=True)),
         "y": "alpha", "z": "beta", "t": "gamma"}
"""Every letter of the rules -> one that no rule and no problem below has."""

OWN = {other: letter for letter, other in OTHER.items()}


def in_letters(root: Expression, letters: dict[str, str]) -> Expression:
    made: dict[Expression, Expression] = {}
    for part in postorder([root]):
        value = part.value
        if part.head == "name" or part.head == "indexed":
            value = letters.get(value, value)
        elif part.head == "application":
            value = letters.get(value[0], value[0]), value[1]
        made[part] = node(part.head, tuple(made[arg] for arg in part.args), value)
    return made[root]


def renamed(rule: Rule) -> Rule:
    """The rule with other letters in its statement; its examples are problems, and stay as they are."""
    new = {letter: OTHER[letter] for letter in rule.letters} | {letter: OTHER[letter] for letter, _ in rule.definitions}

    def change(part: Expression) -> Expression:
        return in_letters(part, new)

    say = rule.say
    for letter in new:
        say = say.replace(f"{{{letter}}}", f"{{<{letter}>}}")
    for letter, other in new.items():
        say = say.replace(f"<{letter}>", other)
    where = [condition._replace(letter=new[condition.letter], what=_what(condition.what, new))
             for condition in rule.where]
    only = [condition and condition._replace(letter=new[condition.letter], what=_what(condition.what, new))
            for condition in rule.only_where]
    return rule._replace(
        left=change(rule.left), right=change(rule.right), provided=tuple(map(change, rule.provided)),
        given=tuple(map(change, rule.given)), say=say,
        uses=rule.uses and rule.uses._replace(letter=OTHER[rule.uses.letter], of=OTHER[rule.uses.of]),
        letters={new[letter]: sort for letter, sort in rule.letters.items()}, where=tuple(where),
        only_where=tuple(only), roles={role: new[letter] for role, letter in rule.roles.items()},
        definitions=tuple((new[letter], change(body)) for letter, body in rule.definitions))


def _what(what: str, new: dict[str, str]) -> str:
    before, space, last = what.rpartition(" ")
    return before + space + new.get(last, last)


@contextmanager
def rules_with_other_letters(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    def forget() -> None:
        for module in [module for key, module in sys.modules.items() if key.startswith("tutor")]:
            for each in list(vars(module).values()):
                if hasattr(each, "cache_clear"):
                    each.cache_clear()

    def made(kind: str, load: Callable[[], dict[str, Rule]], *_: Any) -> dict[str, Rule]:
        return {name: renamed(rule) for name, rule in load().items()}

    with monkeypatch.context() as patched:
        patched.setattr(book, "kept", made)
        forget()
        yield
    forget()


LESSON = Lesson.model_validate({
    "format": "1", "id": "all", "title": "All", "teaches": ["chain", "product"], "text": "All.",
    "items": [{"given": given, "ask": ask} for ask, givens in {
        "differentiate": [
            "(3x + 2)^4", "sin(x^2)", "x^2*sin(x)", "x/(x + 1)", "x^-3", "2^x", "log_2(x)", "x^x", "5x^3 - 2x"],
        "integrate": ["cos(3x)", "(2x + 1)^3", "x^3", "2^x", "2x*cos(x^2)", "x*cos(x)"],
        "name-the-rule": ["(3x + 2)^4", "x^5", "x^2*x^3"],
    }.items() for given in givens],
})


def in_own_letters(told: Statement, before: Expression) -> list[Any]:
    """What is said of a rule, in its own letters; nothing where these give way to the letters of a problem."""
    if not letters_of(before).isdisjoint({*OTHER, *OWN} - {"x"}):
        return []
    return [in_letters(told.formula, OWN), told.terms,
            [(letter.what, in_letters(letter.formula, OWN)) for letter in told.letters]]


def letters_of(root: Expression) -> set[str]:
    return {part.value[0] if part.head == "application" else part.value
            for part in postorder([root]) if part.head in ("name", "indexed", "application")}


def of_derivation(problem: Expression) -> list[Any]:
    derivation = derive_if_possible(problem)
    if derivation is None:
        return [problem]
    steps = []
    for step in derivation.steps:
        told = in_own_letters(statement_of_step(step), step.before)
        steps.append((step.label, step.rule.name, step.before, step.after, step.assumptions, step.sentence.written(),
                      told))
    return [problem, derivation.assumptions, derivation.other_methods, steps]


def of_exercise(exercise: Exercise) -> list[Any]:
    leading = exercise.rule
    used = () if leading is None else (rule_used(exercise, leading).written(),)
    found = [exercise.skill, skill_in_words(*exercise.skill), exercise.choices, *used]
    for hint in hints(exercise):
        words = [OWN.get(word, word) for word in hint.template.replace("(", " ( ").replace(")", " ) ").split()]
        found.append((words, [(slot, in_letters(bound, OWN)) for slot, bound in hint.slots.items()]))
    return found


def of_answer(problem: Expression, answer: Expression) -> list[Any]:
    found = diagnose_expressions(problem, answer)
    told = []
    for each in found.explanations:
        for mistake in each:
            done = statement_of(mistake.rule, mistake.bindings, mistake.before, mistake.sound)
            sound = statement_of(mistake.sound, mistake.bindings, mistake.before, mistake.rule)
            told.append((mistake.rule.name, mistake.sound.name, mistake.before, mistake.after, mistake.inside,
                         in_own_letters(done, mistake.before), in_own_letters(sound, mistake.before)))
    return [problem, found.outcome, [text.written() for text in found.texts], told]


def problems() -> list[Expression]:
    """The examples of all rules, and some in which conditions have to be said in the letters of the problem."""
    more = ["d/dx [ln(x^2 - 1)]", "d/dx [sqrt(sin(ln(x)))]", "d/dx [asin(2*x)^3]", "d/dx [x^3] at x = 2",
            "d/dx [x*abs(x)] at x = 0", "d^2/dx^2 [ln(3*x + 1)]", "d/dw [(w^2 - 1)^(1/2)]"]
    examples = [example for rule in book.rulebook().values() for example in rule.examples]
    return [each for each in [*examples, *map(parse, more)] if "integral" not in {p.head for p in postorder([each])}]


def answers() -> list[tuple[Expression, Expression]]:
    """Problems with the answer to which a misconception leads; all that have roles, and every eighth of the others."""
    found = [(parse("int cos(3x) dx"), parse("-sin(3x)/3"))]
    for number, rule in enumerate(book.misconceptions().values()):
        if rule.left.head in ("derivative", "integral") and (rule.roles or number % 8 == 0):
            made = instance(rule, rule.examples[0])
            assert made is not None
            right = derive_if_possible(made.right)
            found.append((rule.examples[0], made.right if right is None else right.result))
    return found


def everything(asked: list[Expression], answered: list[tuple[Expression, Expression]]) -> list[list[Any]]:
    exercises = [make(LESSON, item, 1, {}) for item in LESSON.items]
    return [*map(of_derivation, asked), *map(of_exercise, exercises), *(of_answer(*each) for each in answered)]


def test_the_letters_of_rules_make_no_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    asked, answered = problems(), answers()
    usual = everything(asked, answered)
    with rules_with_other_letters(monkeypatch):
        others = everything(asked, answered)
    for one, other in zip(usual, others, strict=True):
        assert one == other


@pytest.mark.parametrize("rule", ["chain", "power", "derivative_of_log", "sum", "unknown_function", "linear_inside"])
def test_a_rule_is_as_sound_with_other_letters(rule: str) -> None:
    assert all(verdict.passed for verdict in check_rule(renamed(book.rulebook()[rule])))


def test_every_letter_is_renamed() -> None:
    rules = [*book.rulebook().values(), *book.misconceptions().values()]
    letters = {letter for rule in rules for letter in rule.letters}
    assert letters <= OTHER.keys()
    assert letters.isdisjoint(OWN)
    chain = renamed(book.rulebook()["chain"])
    assert chain.statement == "d/dR [P(r)] = d/dN [P(N)] at (N = r)*d/dR [r]"
    assert chain.role("inside") == "r"


def of_graph() -> list[Any]:
    found = tutor.explain("u = x^2; v = x*u; L = v + sin(u); dL/dx")
    assert found.checked
    return [(step.rule.name, step.before, step.after) for step in found.steps]


def test_the_letters_of_rules_on_graphs_make_no_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    own = of_graph()
    with rules_with_other_letters(monkeypatch):
        assert of_graph() == own
