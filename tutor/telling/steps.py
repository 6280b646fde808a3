"""One step told: its number, the rules that it names, what they say in the letters of the problem, what was found.

    told = told_step(step, folded=[], detail="normal")
    told.title, told.statement.formula          # "Power rule", d/dx [x^n] = n*x^(n - 1)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from tutor.derivation.step import Block, Step
from tutor.expression.relations import related
from tutor.expression.text import Text
from tutor.expression.tree import Expression, name, node
from tutor.rules.restate import restated
from tutor.rules.rule import Rule
from tutor.telling.document import Detail, Document, Formula, Letter, Statement, ToldStep, Words, joined, plain, words

Group = tuple[Step | None, list[Step], Block | None]
"""What is told as one: a step and the minor steps folded into it, or a block."""


def groups(items: Iterable[Step | Block], detail: Detail) -> Iterator[Group]:
    """The items of a block as they are told: a block, or a step with the minor steps that are folded into it.

    Bookkeeping that follows no step of its own is told as if it counted.
    """
    shown: Step | None = None
    folded: list[Step] = []
    for item in items:
        if isinstance(item, Step) and item.minor and shown is not None and detail != "full":
            folded.append(item)
            continue
        if shown is not None:
            yield shown, folded, None
        shown, folded = (item, []) if isinstance(item, Step) else (None, [])
        if isinstance(item, Block):
            yield None, [], item
    if shown is not None:
        yield shown, folded, None


def told_step(step: Step, folded: Sequence[Step], detail: Detail, line: Formula | None = None) -> ToldStep:
    """A step with the minor steps that are folded into it, and the line that it leads to."""
    statement = None if is_silent(step) or detail == "brief" else statement_of_step(step)
    return told_together(step.label, step.rule.title, (step, *folded), detail, statement, line)


def is_silent(step: Step) -> bool:
    """Whether the statement of its rule would say nothing that the line does not show."""
    return step.minor or "combine" in step.rule.tags


def told_alone(step: Step) -> Document:
    """A step as a document of its own: its equation, and the rule that makes it true."""
    equation = Formula(related(step.before, "=", step.after))
    if is_silent(step):
        return Document(((equation, words(step.rule.title)),))
    statement = statement_of_step(step)
    says = Text.of(statement.formula, joined(statement.known, " with ") if statement.known else "")
    return Document(((equation, Words((plain(f"{step.rule.title}:"), says))),))


def lowered(title: str) -> str:
    """The title of a rule as it stands within a sentence."""
    return title[:1].lower() + title[1:]


def names_of(rules: Sequence[Rule]) -> str:
    """The titles of several rules in a row: "Sum rule, constant multiple rule"."""
    first, *others = [rule.title for rule in rules]
    return ", ".join([first, *map(lowered, others)])


def told_together(label: str, title: str, steps: Sequence[Step], detail: Detail,
                  statement: Statement | None = None, line: Formula | None = None) -> ToldStep:
    """Steps that are told with one number: of the checks all in full, and in every detail what is not right."""
    full = detail == "full"
    sentence = steps[0].sentence if full and steps and steps[0].number is not None else None
    assumptions = tuple(relation for step in steps for relation in step.assumptions) if full else ()
    checks = tuple(step.check for step in steps if full or step.check.outcome != "checked")
    return ToldStep(label, title, tuple(steps), statement, sentence, line, assumptions, checks)


def statement_of_step(step: Step) -> Statement:
    """What the rule of a step says there."""
    if step.rule.computed and not step.rule.letters:  # its line is one case of many: ln(e) = 1
        return Statement(related(step.before, "=", step.after))
    return statement_of(step.rule, step.bindings, step.before)


_CALLED = {"outside": "outer", "inside": "inner"}
"""Role of a letter -> how what it stands for is called beside it."""


def statement_of(rule: Rule, bindings: Mapping[str, Expression], before: Expression,
                 beside: Rule | None = None) -> Statement:
    """The rule's line with the letters of `before`, and what its other letters stand for; see `restated`."""
    own = restated(rule, bindings, before, beside)
    known: list[tuple[int, Letter]] = []
    terms: tuple[Expression, ...] = ()
    for written, bound in own.bindings.items():
        letter, _, argument = written.partition("(")
        sort = own.sorts[letter]
        if letter == own.listed:
            terms = bound.args
            continue
        stands_for = name(letter)
        if argument:
            stands_for = node("application", (name(argument.removesuffix(")")),), (letter, 0))
        formula = related(stands_for, "=", bound)
        place = 0 if sort == "function" else 2 if sort == "variable" else 1
        known.append((place, Letter(_CALLED.get(own.roles[letter], ""), formula)))
    known.sort(key=lambda each: each[0])
    return Statement(related(own.left, "=", own.right), tuple(letter for _, letter in known), terms)
