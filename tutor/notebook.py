"""How expressions, steps and derivations show themselves in a notebook: as text, LaTeX and Markdown.

    tutor.explain("d/dx x^2")           # as the last line of a cell: the derivation, with its formulas typeset

Notebooks call the methods of `Displayed`; nothing of theirs is imported, and nothing is loaded before they do. A
derivation is the same document as everywhere, unless it is too long for a notebook: then its result is shown, and why
that is all.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tutor.derivation.derivation import Derivation
    from tutor.expression.tree import Expression
    from tutor.telling.document import Document

PLAIN, LATEX, MARKDOWN = "text/plain", "text/latex", "text/markdown"

MOST_STEPS = 150
"""Steps of a derivation that is shown whole in a notebook."""

MOST_SYMBOLS = 1_000
"""Size of a result that is shown whole there."""

_WIDTH = 100


class Displayed:
    """What a notebook can display."""

    __slots__ = ()

    def _repr_mimebundle_(self, include: Collection[str] | None = None, exclude: Collection[str] | None = None,
                          **others: Any) -> dict[str, str]:
        """The object in each of the formats that are asked for. include, exclude: their names, None for no wish."""
        wanted = [name for name in (PLAIN, LATEX, MARKDOWN)
                  if (not include or name in include) and name not in (exclude or ())]
        writers = _writers_for(self) if wanted else {}
        return {name: writers[name]() for name in wanted}


    def _repr_latex_(self) -> str:
        return self._repr_mimebundle_(include=(LATEX,))[LATEX]


_Writers = dict[str, Callable[[], str]]


def _writers_for(shown: object) -> _Writers:
    from tutor.derivation.derivation import Derivation
    from tutor.derivation.step import Step
    from tutor.expression.tree import Expression

    if isinstance(shown, Expression):
        return _of_expression(shown)
    if isinstance(shown, Step):
        from tutor.telling.steps import told_alone

        return _of_document(told_alone(shown))
    assert isinstance(shown, Derivation)
    return _of_document(_told_derivation(shown))


def displayed_formula(expression: Expression) -> str:
    """An expression between dollar signs, in the style of a displayed formula, without the inner parts of a giant."""
    from tutor.views.latex_formulas import boxable, typesettable

    return f"$\\displaystyle {boxable(typesettable(expression), _WIDTH)}$"


def _of_expression(expression: Expression) -> _Writers:
    from tutor.views.latex_formulas import typesettable
    from tutor.views.shorten import shortened

    whole = typesettable(expression) is expression
    remark = "" if whole else f"An expression of {expression.size:,} symbols; only its outer parts are shown."
    return {
        PLAIN: lambda: str(expression) if whole else f"{shortened(expression)}\n{remark}",
        LATEX: lambda: displayed_formula(expression),
        MARKDOWN: lambda: displayed_formula(expression) if whole else f"{displayed_formula(expression)}\n\n{remark}",
    }


def _of_document(document: Document) -> _Writers:
    from tutor.views.latex_document import latex_of
    from tutor.views.markdown_document import markdown_of

    return {
        PLAIN: lambda: _as_text(document),
        LATEX: lambda: latex_of(document),
        MARKDOWN: lambda: markdown_of(document),
    }


def _as_text(document: Document) -> str:
    from io import StringIO

    from rich.console import Console

    from tutor.views.page import Page
    from tutor.views.terminal import show

    stream = StringIO()
    console = Console(file=stream, width=_WIDTH, color_system=None, force_terminal=False, force_jupyter=False)
    show(Page(console), document)
    return stream.getvalue().rstrip("\n")


def _told_derivation(derivation: Derivation) -> Document:
    from tutor.telling.derivation import told_derivation, told_outcome

    if derivation.too_long or len(derivation.steps) <= MOST_STEPS:
        return _without_giant(told_derivation(derivation))
    return _without_giant(told_outcome(
        derivation, f"It takes {len(derivation.steps):,} steps, small ones counted, too many to show here. They are in "
                    ".steps, each with its .check."))


def _without_giant(document: Document) -> Document:
    """The document of a derivation, with the outer parts of its result where that would fill pages."""
    from tutor.telling.document import Document, Solution, words
    from tutor.views.shorten import shortened

    ((solution, *others),) = document.groups
    assert isinstance(solution, Solution)
    result = solution.result
    if result.formula is None or result.formula.size <= MOST_SYMBOLS:
        return document
    remark = words(f"The result has {result.formula.size:,} symbols; only its outer parts are shown. It is in .result.",
                   sign="unsure")
    result = result._replace(formula=shortened(result.formula), findings=(*result.findings, remark))
    return Document(((solution._replace(result=result), *others),))
