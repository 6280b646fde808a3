"""One step on a page: its number and rule, the rule's statement, what the letters stand for, the line it leads to.

    teller = Teller(page, "normal", digits=1)
    show_step(teller, "  ", told(step), "= 2x")
    #   2  Power rule                  d/dx [xⁿ] = n·xⁿ⁻¹   n = 2
    #      = 2x

To the right stands what the rule says, with the letters of the problem; to the left what becomes of the problem, and
every "= ..." of a part begins in the same column. In brief the line comes first, and its reason stands beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from tutor.derivation.step import Block, Step
from tutor.expression.tree import Expression
from tutor.expression.write import write
from tutor.rules.restate import Restated, restated
from tutor.rules.rule import Rule
from tutor.views.outcome import finding
from tutor.views.page import GUIDE, LETTERS, STRONG, TITLE, Page
from tutor.views.shorten import shortened
from tutor.views.wrap import Row

Detail = Literal["brief", "normal", "full"]

Group = tuple[Step | None, list[Step], Block | None]
"""What is shown as one: a step and the minor steps folded into it, or a block."""


@dataclass(frozen=True)
class Teller:
    """How much is told, and where. digits: the width of the longest step number."""

    page: Page
    detail: Detail
    digits: int

    @property
    def column(self) -> int:
        """Where statements stand, in every depth: so they can be read down the page."""
        return min(self.page.width * 2 // 5, 40)

    @property
    def reasons(self) -> int:
        """Where the names of rules stand behind the lines of a brief derivation."""
        return min(self.page.width * 3 // 5, 64)


@dataclass(frozen=True)
class Told:
    """What is shown with one number. steps: all that it includes; stated: the one whose rule is shown with what it
    says, None where names are enough."""

    label: str
    title: str
    steps: Sequence[Step]
    stated: Step | None = None


def told(step: Step, folded: Sequence[Step] = ()) -> Told:
    """A step with the minor steps that are folded into it."""
    silent = step.minor or "combine" in step.rule.tags  # its statement would say nothing
    return Told(step.label, step.rule.title, (step, *folded), None if silent else step)


def groups(items: Iterable[Step | Block], detail: Detail) -> Iterator[Group]:
    """The items of a block as they are shown: a block, or a step with the minor steps that are folded into it.

    Bookkeeping that follows no step of its own is shown as if it counted.
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


def names_of(rules: Sequence[Rule]) -> str:
    """The titles of several rules in a row: "Sum rule, constant multiple rule"."""
    first, *others = [rule.title for rule in rules]
    return ", ".join([first, *[title[:1].lower() + title[1:] for title in others]])


def statement(page: Page, rule: Rule | Restated) -> str:
    """The rule's line of mathematics in the signs of the page."""
    return f"{write(rule.left, page.signs.style)} = {write(rule.right, page.signs.style)}"


def in_own_letters(page: Page, rule: Rule, bindings: Mapping[str, Expression], before: Expression,
                   beside: Rule | None = None) -> tuple[str, list[str]]:
    """The rule's line with the letters of `before`, and what its other letters stand for; see `restated`."""
    own = restated(rule, bindings, before, beside)
    composed = "function" in own.sorts.values()
    known: list[tuple[int, str]] = []
    for written, bound in own.bindings.items():
        letter = written.partition("(")[0]
        sort = own.sorts[letter]
        if letter == own.listed:
            known.append((1, "terms " + ", ".join(page.text(term) for term in _terms(page, bound))))
            continue
        text = f"{written} = {page.text(bound)}"
        if composed and sort == "function":
            known.append((0, f"outer {text}"))
        elif composed and sort == "expression":
            known.append((1, f"inner {text}"))
        else:
            known.append((2 if sort == "variable" else 1, text))
    return statement(page, own), [text for _, text in sorted(known, key=lambda each: each[0])]


def _terms(page: Page, bound: Expression) -> Sequence[Expression]:
    short = shortened(bound)
    page.cut = page.cut or short is not bound
    return short.args


def show_step(teller: Teller, prefix: str, what: Told, line: str, *, follow: str = "", marks: Sequence[Row] = (),
              style: str = STRONG) -> None:
    """A step at this prefix. line: what it leads to, "" if nothing new; follow: the prefix of the further rows."""
    page = teller.page
    inner = (follow or prefix) + " " * (teller.digits + 2)
    if teller.detail == "brief":
        _show_with_reason(teller, prefix, inner, what, line, marks, style)
    else:
        _show_heading(teller, prefix, inner, what)
        if teller.detail == "full" and what.steps and what.steps[0].number is not None:
            page.words(inner, what.steps[0].sentence(page.signs.style))
        if line:
            page.math(inner, line, style, marks=marks)
    show_findings(teller, inner, what.steps)


def show_in_one_row(teller: Teller, prefix: str, label: str, title: str, text: str, place: int) -> None:
    """A number, the names of rules and what they give, at this column; in brief the names come last."""
    page, lead = teller.page, _lead(teller, label)
    if teller.detail == "brief":
        end = len(prefix) + len(lead) + len(text)
        page.row((prefix, GUIDE), (lead, STRONG), (text, STRONG), (" " * (place - end), ""), (title, TITLE))
    else:
        end = len(prefix) + len(lead) + len(title)
        page.row((prefix, GUIDE), (lead, STRONG), (title, TITLE), (" " * (place - end), ""), (text, STRONG))


def _lead(teller: Teller, label: str) -> str:
    return f"{label or teller.page.signs.bullet:<{teller.digits}}  "


def _show_heading(teller: Teller, prefix: str, inner: str, what: Told) -> None:
    """The number and the title, what the rule says, and what its letters stand for.

    In the column of statements if possible, else straight after the title or below it.
    """
    page, title, lead = teller.page, what.title, _lead(teller, what.label)
    end = len(prefix) + len(lead) + len(title)
    heading = ((prefix, GUIDE), (lead, STRONG), (title, TITLE))
    stated, known = _stated(page, what.stated)
    together = "   ".join(known)
    for place in (max(teller.column, end + 2), end + 2) if stated else ():
        room = page.width - place - len(stated)
        if room < 0:
            continue
        beside = bool(known) and len(together) + 3 <= room
        page.row(*heading, (" " * (place - end) + stated, ""), (f"   {together}" if beside else "", LETTERS))
        if known and not beside:
            fits = max(map(len, known)) <= page.width - place
            page.flow(inner + " " * (place - len(inner)) if fits else inner + "  ", known, LETTERS)
        return
    if end <= page.width:
        page.row(*heading)
    else:
        page.words(prefix, title, TITLE, lead=(lead, STRONG))
    if not stated:
        return
    below = inner + "  "
    if known and len(below) + len(stated) + 3 + len(together) <= page.width:
        page.row((below, GUIDE), (stated, ""), (f"   {together}", LETTERS))
    else:
        page.math(below, stated)
        page.flow(below, known, LETTERS)


def _stated(page: Page, step: Step | None) -> tuple[str, list[str]]:
    """What the rule of a step says, and what its letters stand for."""
    if step is None:
        return "", []
    if step.rule.computed and not step.rule.letters:  # its line is one case of many: ln(e) = 1
        return f"{page.text(step.before)} = {page.text(step.after)}", []
    return in_own_letters(page, step.rule, step.bindings, step.before)


def _show_with_reason(teller: Teller, prefix: str, inner: str, what: Told, line: str, marks: Sequence[Row],
                      style: str) -> None:
    """The line with the name of its rule behind it; in a row of its own where there is no room."""
    page, lead = teller.page, _lead(teller, what.label)
    end = len(inner) + len(line)
    for place in (max(teller.reasons, end + 2), end + 2):
        if place + len(what.title) <= page.width:
            page.math(prefix, line, style, lead=(lead, STRONG), marks=marks, follow=inner,
                      tail=(" " * (place - end) + what.title, TITLE))
            return
    page.math(prefix, line, style, lead=(lead, STRONG), marks=marks, follow=inner)
    place = max(len(inner) + 2, min(teller.reasons, page.width - len(what.title)))
    page.words(inner + " " * (place - len(inner)), what.title, TITLE)


def show_findings(teller: Teller, inner: str, steps: Sequence[Step]) -> None:
    """What was assumed and what the oracle found: all of it in full, and in every detail what is not right."""
    page, full = teller.page, teller.detail == "full"
    for step in steps:
        if full and step.assumptions:
            page.words(inner, "assuming " + ", ".join(page.text(relation) for relation in step.assumptions))
        if full or step.check.outcome != "checked":
            sign, sentence = finding(page, step.check)
            page.words(inner, sentence, "" if step.check.outcome == "checked" else sign[1], lead=sign)
