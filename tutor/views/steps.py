"""One step on a page: its number and rule, the rule's statement, what the letters stand for, the line it leads to.

    teller = Teller(page, "normal", digits=1)
    show_step(teller, "  ", step, "2x")
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from tutor.derivation.step import Block, Step
from tutor.expression.tree import Expression
from tutor.expression.write import write
from tutor.rules.match import listed_letter
from tutor.rules.rule import Rule
from tutor.views.outcome import finding
from tutor.views.page import GUIDE, STRONG, TITLE, Page
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


def statement(page: Page, rule: Rule) -> str:
    """The rule's line of mathematics in the signs of the page."""
    return f"{write(rule.left, page.signs.style)} = {write(rule.right, page.signs.style)}"


def letters(page: Page, rule: Rule, bindings: Mapping[str, Expression]) -> list[str]:
    """What the rule's letters stand for, without those that stand for themselves."""
    told: list[tuple[int, str]] = []
    listed = listed_letter(rule.left)
    composed = "function" in rule.letters.values()
    for written, bound in bindings.items():
        letter = written.partition("(")[0]
        sort = rule.letters[letter]
        if bound.head == "name" and bound.value == letter:
            continue
        if letter == listed:
            told.append((1, "terms " + ", ".join(page.text(term) for term in _terms(page, bound))))
            continue
        text = f"{written} = {page.text(bound)}"
        if composed and sort == "function":
            told.append((0, f"outside {text}"))
        elif composed and sort == "expression":
            told.append((1, f"inside {text}"))
        else:
            told.append((2 if sort == "variable" else 1, text))
    return [text for _, text in sorted(told, key=lambda each: each[0])]


def _terms(page: Page, bound: Expression) -> Sequence[Expression]:
    short = shortened(bound)
    page.cut = page.cut or short is not bound
    return short.args


def show_step(teller: Teller, prefix: str, step: Step, line: str, *, folded: Sequence[Step] = (),
              marks: Sequence[Row] = (), style: str = STRONG) -> None:
    """The whole step at this prefix. line: what it leads to; folded: the minor steps that this includes."""
    page, detail = teller.page, teller.detail
    inner = prefix + " " * (teller.digits + 2)
    if detail == "brief" or step.minor or "combine" in step.rule.tags:  # its statement would say nothing
        talkative = detail == "full" and not step.minor
        if show_heading(teller, prefix, step, [] if marks or talkative else [line], style) is None:
            if talkative:
                page.words(inner, step.sentence(page.signs.style))
            page.math(inner, line, style, marks=marks)
    else:
        stated, known = statement(page, step.rule), letters(page, step.rule, step.bindings)
        if step.rule.computed and not step.rule.letters:  # its line is one case of many: ln(e) = 1
            stated = f"{page.text(step.before)} = {page.text(step.after)}"
        together = "   ".join([stated, *known])
        beside = show_heading(teller, prefix, step, [together, stated])
        if beside is None:
            page.math(inner, stated)
        if beside != together:
            page.flow(inner, known)
        if detail == "full":
            page.words(inner, step.sentence(page.signs.style))
        page.math(inner, line, style, marks=marks)
    show_findings(teller, inner, (step, *folded))


def show_heading(teller: Teller, prefix: str, step: Step, beside: Sequence[str], style: str = "") -> str | None:
    """The number and the title, and the first of the texts that fits beside them; None if none does.

    In the column of statements if possible, else straight after the title.
    """
    page, title = teller.page, step.rule.title
    number = page.signs.bullet if step.number is None else str(step.number)
    lead = f"{number:<{teller.digits}}  "
    end = len(prefix) + len(lead) + len(title)
    for place in (max(teller.column, end + 2), end + 2):
        for text in beside:
            if place + len(text) <= page.width:
                page.row((prefix, GUIDE), (lead, STRONG), (title, TITLE), (" " * (place - end) + text, style))
                return text
    page.words(prefix, title, TITLE, lead=(lead, STRONG))
    return None


def show_findings(teller: Teller, inner: str, steps: Sequence[Step]) -> None:
    """What was assumed and what the oracle found: all of it in full, and in every detail what is not right."""
    page, full = teller.page, teller.detail == "full"
    for step in steps:
        if full and step.assumptions:
            page.words(inner, "assuming " + ", ".join(page.text(relation) for relation in step.assumptions))
        if full or step.check.outcome != "checked":
            sign, sentence = finding(page, step.check)
            page.words(inner, sentence, "" if step.check.outcome == "checked" else sign[1], lead=sign)
