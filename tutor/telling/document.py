"""A document: what is told of a derivation, a judgement, a rule or a lesson, before a view has drawn it.

    document = told_derivation(tutor.explain("d/dx x^2"))
    document.groups[0][0]               # Solution(problem=d/dx [x^2], ...)

It says what belongs together and what each thing is, and knows nothing of widths and colours. In prose, words and
formulas are kept apart (`Text`), so that every view writes formulas in its own way: the terminal, LaTeX, Markdown,
JSON. Whatever had to be derived or checked is in the document already: a view computes nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from tutor.derivation.step import Step
from tutor.expression.notes import Note
from tutor.expression.relations import related
from tutor.expression.text import Text
from tutor.expression.tree import Expression, Path
from tutor.oracle.verdict import Check

DerivationView = Literal["tree", "lines"]
Detail = Literal["brief", "normal", "full"]

Sign = Literal["yes", "nearly", "no", "unsure"]
"""What is found of an answer or a check, as a sign to be seen at a glance."""

Tone = Literal["", "strong", "title", "quiet", "doubt"]
"""How prose or a formula stands out from what is round it; "" for not at all."""

Shape = Literal["line", "row", "display"]
"""How much room a formula takes: one line, as in a list; a row of its own; or apart from the words around it."""


class Words(NamedTuple):
    """Prose. texts: one sentence or several; sign: how something was found; mark: what stands before the first word,
    such as "Note:", "a" or "hint 1"."""

    texts: tuple[Text, ...]
    tone: Tone = ""
    sign: Sign | None = None
    mark: str = ""


class Formula(NamedTuple):
    """A formula that is not part of a sentence.

    continues: whether it goes on from the formula before it, as "= 2x" does; changed: the places of what that one had
    not; mark: as for words; shape: how much room it takes; where: what a letter of it stands for, said beside it.
    """

    expression: Expression
    continues: bool = False
    changed: frozenset[Path] = frozenset()
    tone: Tone = "strong"
    mark: str = ""
    shape: Shape = "row"
    where: Expression | None = None


class ReadingNote(NamedTuple):
    """How something that could be doubted was read."""

    note: Note


class Labelled(NamedTuple):
    """Words, a formula or a reading with a label before it. Those that follow each other are rows of one table; one
    with the label "" belongs to the row above it."""

    label: str
    body: Words | Formula | ReadingNote
    tone: Tone = "title"


class Heading(NamedTuple):
    """What the following is about, in a few words."""

    text: str


class Inset(NamedTuple):
    """Blocks that belong under what stands before them."""

    blocks: tuple[SimpleBlock, ...]


class Column(NamedTuple):
    """A column of a table. title: in a word or two; kind: numbers stand with their decimal points below each other,
    words begin alike, and only the last column has words; spare: 0 for what has to be shown; where there is no room,
    columns with the highest number are left out first."""

    title: Text
    kind: Literal["number", "words"] = "number"
    spare: int = 0


class Table(NamedTuple):
    """Rows with a cell for each column; a row without cells stands for rows that are left out."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Text, ...], ...]


SimpleBlock = Words | Formula | ReadingNote | Labelled | Heading | Inset | Table
"""Every block but a solution, which alone has steps."""


# -- derivations ---------------------------------------------------------------------------------------------------


class Letter(NamedTuple):
    """What a letter of a rule stands for. what: "outer", "inner" or ""; formula: F(u) = sin(u); meaning: what the rule
    says that the letter is, such as d/dx [f], where its value had to be worked out."""

    what: str
    formula: Expression
    meaning: Expression | None = None

    @property
    def known(self) -> Text:
        """The same in a few words: "inner g = x^2", "h = d/dx [f] = 2*x"."""
        what = f"{self.what} " if self.what else ""
        if self.meaning is None:
            return Text.of(what, self.formula)
        letter, value = self.formula.args
        return Text.of(what, related(letter, "=", self.meaning), " = ", value)


class Statement(NamedTuple):
    """What a rule says, in the letters of the problem. terms: what its repeated letter stands for, one by one."""

    formula: Expression
    letters: tuple[Letter, ...] = ()
    terms: tuple[Expression, ...] = ()

    @property
    def known(self) -> list[Text]:
        """What the letters stand for, each in a few words: "outer F(u) = sin(u)", "inner g = x^2"."""
        letters = [letter.known for letter in self.letters]
        return [listed(self.terms, "terms "), *letters] if self.terms else letters


class ToldStep(NamedTuple):
    """What is shown with one number.

    label: the number, "" for bookkeeping; title: the names of its rules, "" where what was found for the parts is only
    put in; steps: all that it includes; statement: what the rule says, where its name is not enough; sentence: the same
    in words; line: what it leads to, None where the line before stays; assumptions: relations that were taken for
    granted here, where that is told; checks: those of which something has to be said; through: the line before its
    bookkeeping, where that is worth seeing; working: how its right side was found, line by line.
    """

    label: str
    title: str
    steps: tuple[Step, ...]
    statement: Statement | None = None
    sentence: Text | None = None
    line: Formula | None = None
    assumptions: tuple[Expression, ...] = ()
    checks: tuple[Check, ...] = ()
    through: Formula | None = None
    working: tuple[Text, ...] = ()

    @property
    def says_more(self) -> bool:
        """Whether words belong to it, so that it is told even where the line stays as it is."""
        return self.sentence is not None or bool(self.working)


class Part(NamedTuple):
    """The derivation of an open part of a line.

    items: its steps, and the parts that they opened, in reading order; short: the step that finds it, where one does,
    or where it was told before; it leads to the equation of the part, unless it has a line of its own; again: whether
    it was told before; ending: its result, where no step of its own has led to it.
    """

    problem: Expression
    result: Expression
    items: tuple[ToldStep | Part, ...] = ()
    short: ToldStep | None = None
    again: bool = False
    ending: Formula | None = None

    @property
    def equation(self) -> Formula:
        """The problem and its result, or what the step that finds it leads to in the end."""
        own = None if self.short is None else self.short.line
        return own or Formula(related(self.problem, "=", self.result))


class Result(NamedTuple):
    """What a derivation comes to.

    formula: None where there is no result; findings: what the oracle found of the whole and of the steps, each with a
    sign; missing: in a few words that there is no result, and why.
    """

    formula: Expression | None
    findings: tuple[Words, ...]
    missing: str = ""
    why: Text | None = None


class Solution(NamedTuple):
    """A derivation from its problem to its result.

    given: what the problem begins with, such as the lines of a graph; before: what is said of the problem; root: the
    steps as a tree, or as a chain of lines whose items are steps only; after: what was taken for granted, and what else
    could be done.
    """

    problem: Expression
    view: DerivationView
    detail: Detail
    root: Part
    result: Result
    given: tuple[Expression, ...] = ()
    before: tuple[SimpleBlock, ...] = ()
    after: tuple[SimpleBlock, ...] = ()


DocumentBlock = SimpleBlock | Solution


class Document(NamedTuple):
    """Blocks in groups: a view leaves some space between two groups."""

    groups: tuple[tuple[DocumentBlock, ...], ...]


def runs_of(group: Iterable[DocumentBlock]) -> Iterator[Solution | list[SimpleBlock]]:
    """The blocks of a group in their order: each solution, and the other blocks that follow each other together."""
    waiting: list[SimpleBlock] = []
    for block in group:
        if not isinstance(block, Solution):
            waiting.append(block)
            continue
        if waiting:
            yield waiting
        yield block
        waiting = []
    if waiting:
        yield waiting


def plain(sentence: str) -> Text:
    """A sentence without formulas."""
    return Text(sentence, {})


def words(sentence: str, tone: Tone = "", *, sign: Sign | None = None, mark: str = "") -> Words:
    """Prose without formulas."""
    return Words((plain(sentence),), tone, sign, mark)


SIGN_OF_CHECK: dict[str, Sign] = {"checked": "yes", "refuted": "no", "undecided": "unsure"}
"""The outcome of a check -> the sign of it."""


def finding_of(check: Check, before: str = "") -> Words:
    """What the oracle found with its sign, without a full stop. before: what it was asked about."""
    return Words((Text.of(before, "refuted: " if check.outcome == "refuted" else "", check.text),),
                 sign=SIGN_OF_CHECK[check.outcome])


def listed(expressions: Iterable[Expression], before: str = "", between: str = ", ", after: str = "") -> Text:
    """Formulas in a sentence, one after the other: "assuming x != 0, y > 0"."""
    return joined(map(Text.of, expressions), before, between, after)


def joined(texts: Iterable[Text], before: str = "", between: str = ", ", after: str = "") -> Text:
    """Parts of a sentence, one after the other."""
    parts = [part for text in texts for part in (between, text)]
    return Text.of(before, *parts[1:], after)


def assumed(relations: Sequence[Expression], letters: Collection[str]) -> Text:
    """What was taken for granted: "assuming x != 0, y > 0". letters: those of the problem; a relation with another one,
    the variable of a definite integral, is meant for every number between its limits."""
    of_numbers = [each for each in relations if each.free <= frozenset(letters)]
    on_the_way = [each for each in relations if each not in of_numbers]
    texts = [listed(of_numbers)] if of_numbers else []
    if on_the_way:
        (variable, *_) = sorted(on_the_way[0].free - frozenset(letters))
        texts.append(listed(on_the_way, between=" and ", after=f" for every {variable} between the limits"))
    return joined(texts, "assuming ", ", and " if len(texts) > 1 else "")


def remarks_on(step: ToldStep) -> Iterator[Words]:
    """What was taken for granted in a step, and what the oracle found of it, where that is told."""
    if step.assumptions:
        letters = {letter for each in step.steps for letter in each.before.free | each.after.free}
        yield Words((assumed(step.assumptions, letters),))
    for check in step.checks:
        yield finding_of(check)
