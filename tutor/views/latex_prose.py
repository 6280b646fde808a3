r"""Words in LaTeX: prose, what somebody typed, and an author's Markdown.

    prose("50 % of f_1 ✓")                  # 50 \% of f\_1 $\checkmark$
    typed("e^(2x)")                         # \texttt{e\textasciicircum{}(2x)}

Nothing that a text contains is a command to LaTeX: `_escaped` is the one place where text enters. A sign for which
LaTeX has no letter is written as its number in Unicode, so that nothing is lost and every LaTeX can set it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from itertools import takewhile
from typing import TYPE_CHECKING

from tutor.expression.names import GREEK
from tutor.expression.text import Text
from tutor.expression.tree import Expression
from tutor.views.latex_formulas import ROOM, rows_of, typesettable

if TYPE_CHECKING:
    from markdown_it.token import Token

_SPECIAL = {
    "\\": "\\textbackslash{}", "{": "\\{", "}": "\\}", "$": "\\$", "&": "\\&", "#": "\\#", "%": "\\%", "_": "\\_",
    "^": "\\textasciicircum{}", "~": "\\textasciitilde{}", "<": "\\textless{}", ">": "\\textgreater{}",
    "|": "\\textbar{}", '"': "{\\char34}", "`": "\\textasciigrave{}", "\t": " ", "\n": " ", "[": "{[}", "]": "{]}",
    "“": "``", "”": "''", "‘": "`", "’": "'", "–": "--", "—": "---", "…": "\\dots{}", "„": ",,", "\u00a0": "~",
    "\u202f": "\\,", "ı": "\\i{}",
}
"""Signs that mean something to LaTeX, and those of printing. Square brackets could begin an option."""

_MATHEMATICAL = {
    "✓": "\\checkmark", "✗": "\\times", "·": "\\cdot", "×": "\\times", "÷": "\\div", "−": "-", "±": "\\pm",
    "≠": "\\ne", "≤": "\\le", "≥": "\\ge", "≈": "\\approx", "≡": "\\equiv", "√": "\\surd", "∞": "\\infty",
    "∂": "\\partial", "∫": "\\int", "∑": "\\sum", "∏": "\\prod", "→": "\\to", "←": "\\leftarrow", "↦": "\\mapsto",
    "⇒": "\\Rightarrow", "⇔": "\\Leftrightarrow", "∈": "\\in", "∉": "\\notin", "∇": "\\nabla", "∀": "\\forall",
    "∃": "\\exists", "⋅": "\\cdot", "∘": "\\circ", "°": "{}^{\\circ}", "′": "'", "″": "''", "¬": "\\neg",
    "∆": "\\Delta", "µ": "\\mu", "ℝ": "\\mathbb{R}", "ℕ": "\\mathbb{N}", "ℤ": "\\mathbb{Z}", "ℂ": "\\mathbb{C}",
    "½": "\\tfrac12", "¼": "\\tfrac14", "¾": "\\tfrac34",
} | {letter: f"\\{name}" if name != "omicron" else "o" for letter, name in GREEK.items()}

_RAISED = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺ⁿᵃᵇᵏᵐ", "0123456789-+nabkm", strict=True))
_LOWERED = dict(zip("₀₁₂₃₄₅₆₇₈₉", "0123456789", strict=True))

_ROOM_IN_WORDS = ROOM - 15
"""Characters that have room on a line of a sentence, which may be set in."""

_RUN = re.compile(f"[{''.join(_RAISED)}]+|[{''.join(_LOWERED)}]+|.", re.DOTALL)
_LIGATURE = re.compile(r"([-,'!?])(?=[-,'`])")

_ACCENTS = frozenset("\u0300\u0301\u0302\u0303\u0308\u030a\u030b\u030c\u0306\u0307\u0327\u0328")
_LETTERS = frozenset("ßæÆœŒøØłŁđĐþÞðÐ¡¿§¶£©«»")


def prose(text: str) -> str:
    """A text as LaTeX."""
    return _RUN.sub(lambda found: _escaped(found.group()), _LIGATURE.sub("\\1\u2060", text))


def typed(text: str) -> str:
    """What somebody typed or may type, letter by letter."""
    return f"\\texttt{{{prose(text)}}}"


def _escaped(run: str) -> str:
    """One sign, or several in a row that are all raised or all lowered."""
    if run in _SPECIAL:
        return _SPECIAL[run]
    if " " <= run <= "~":
        return run
    if run[0] in _RAISED:
        return f"$^{{{''.join(_RAISED[sign] for sign in run)}}}$"
    if run[0] in _LOWERED:
        return f"$_{{{''.join(_LOWERED[sign] for sign in run)}}}$"
    if run in _MATHEMATICAL:
        return f"${_MATHEMATICAL[run]}$"
    if run == "\u2060":
        return "{}"
    base, accents = unicodedata.normalize("NFD", run)[:1], unicodedata.normalize("NFD", run)[1:]
    if run in _LETTERS or (accents and base.isascii() and base.isalpha() and _ACCENTS.issuperset(accents)
                           and run < "\u0180"):
        return run
    if unicodedata.category(run) == "Zs":
        return " "
    return f"\\textless{{}}U+{ord(run):04X}\\textgreater{{}}"


def formula_in_words(expression: Expression) -> str:
    """A formula in a sentence: one without room on a line in parts, because LaTeX breaks no brackets."""
    shown = typesettable(expression)
    rows = rows_of(shown)
    return f"${rows[0]}$" if len(rows) == 1 else " ".join([f"${row}$" for row in rows_of(shown, _ROOM_IN_WORDS)])


def sentence(text: Text) -> str:
    """A sentence with its formulas; what an author wrote, as paragraphs."""
    if text.markdown:
        return _of_markdown(text)
    return "".join([prose(part) if isinstance(part, str) else formula_in_words(part) for part in text.parts])


_READ_AS = re.compile(r"(?P<typed>.+?)(?P<as> is read as )(?P<read>.+?)(?P<end>(?:;.*)?\.)", re.DOTALL)
_TYPE = re.compile(r"(?P<before>.*\btype )(?P<typed>.+)(?P<end>\.)", re.DOTALL)
_WORDY = re.compile(r"(?:the|one|a) ")


def of_note(message: str) -> str:
    """How something was read: what was typed, or can be, as it is typed."""
    if (found := _READ_AS.fullmatch(message)) is not None:
        wordy = _WORDY.match(found["read"])
        read = prose(found["read"]) if wordy else typed(found["read"])
        return typed(found["typed"]) + found["as"] + read + _offered(found["end"])
    return _offered(message)


def _offered(text: str) -> str:
    found = _TYPE.fullmatch(text)
    return prose(text) if found is None else prose(found["before"]) + typed(found["typed"]) + found["end"]


# -- Markdown -------------------------------------------------------------------------------------------

_FORMULA = re.compile("\ue100([0-9]+)\ue101")
"""What stands for a formula while the Markdown round it is read: its number, between two signs of private use."""

_OPENED = {
    "em_open": "\\emph{", "em_close": "}", "strong_open": "\\textbf{", "strong_close": "}", "s_open": "", "s_close": "",
    "paragraph_open": "", "paragraph_close": "\n\n", "heading_open": "{\\bfseries ", "heading_close": "\\par}\n\n",
    "bullet_list_open": "\\begin{itemize}\n", "bullet_list_close": "\\end{itemize}\n\n",
    "ordered_list_open": "\\begin{enumerate}\n", "ordered_list_close": "\\end{enumerate}\n\n",
    "list_item_open": "\\item ", "list_item_close": "", "blockquote_open": "\\begin{quote}\n",
    "blockquote_close": "\\end{quote}\n\n", "hr": "\\medskip\\hrule\\medskip\n\n", "softbreak": "\n",
    "hardbreak": "\\newline\n", "table_close": "\\end{tabular}\\par}\n\n", "thead_open": "\\hline\n",
    "thead_close": "\\hline\n", "tbody_open": "", "tbody_close": "\\hline\n", "tr_open": "", "tr_close": " \\\\\n",
    "th_open": "\\textbf{", "th_close": "}", "td_open": "", "td_close": "", "link_open": "", "link_close": "",
}
"""Tokens of markdown-it, and what LaTeX says there. A link shows its text; where it leads is of no use on paper."""

_MOST_LISTS = 3
"""Lists within each other: LaTeX has four of one kind, and what the words stand in may be one."""


def _of_markdown(text: Text) -> str:
    formulas: list[Expression] = []

    def kept_apart(formula: Expression) -> str:
        formulas.append(formula)
        return f"\ue100{len(formulas) - 1}\ue101"

    from markdown_it import MarkdownIt

    tokens = MarkdownIt("commonmark", {"html": False}).enable("table").parse(
        Text(text.template.replace("\ue100", "").replace("\ue101", ""), text.slots).filled(kept_apart))
    return "".join(_written(tokens, lambda words: _filled(words, formulas))).strip()


def _filled(words: str, formulas: list[Expression], writes: Callable[[str], str] = prose) -> str:
    pieces = _FORMULA.split(words)
    return "".join([writes(piece) if number % 2 == 0 else formula_in_words(formulas[int(piece)])
                    for number, piece in enumerate(pieces)])


def _written(tokens: list[Token], fill: Callable[[str], str]) -> list[str]:
    """LaTeX for the tokens of a text, in their order."""
    out: list[str] = []
    waiting = list(reversed(tokens))
    lists: list[str] = []  # those that are open, "" for one that is too deep to be one
    cells = 0
    while waiting:
        token = waiting.pop()
        kind = token.type
        if kind in ("bullet_list_open", "ordered_list_open"):
            lists.append(kind if len(lists) < _MOST_LISTS else "")
            out.append(_OPENED[kind] if lists[-1] else "\n")
        elif kind in ("bullet_list_close", "ordered_list_close"):
            out.append(_OPENED[kind] if lists.pop() else "\n")
        elif kind == "list_item_open" and not lists[-1]:
            out.append("-- ")
        elif kind == "inline":
            waiting.extend(reversed(token.children or []))
        elif kind == "image":
            inside = "".join(child.content for child in token.children or [])
            out.append(f"(picture: {fill(inside)})" if inside else "(picture)")
        elif kind == "table_open":
            head = takewhile(lambda each: each.type != "thead_close", reversed(waiting))
            columns = sum(each.type == "th_open" for each in head)
            out.append("{\\centering\\begin{tabular}{" + "l" * columns + "}\n")
        elif kind in ("th_open", "td_open"):
            out.append((" & " if cells else "") + _OPENED[kind])
            cells += 1
        elif kind in _OPENED:
            cells = 0 if kind == "tr_close" else cells
            out.append(_OPENED[kind])
        elif kind == "code_inline":
            out.append(f"\\texttt{{{fill(token.content)}}}")
        elif kind in ("fence", "code_block"):
            lines = [f"\\texttt{{{fill(line).replace(' ', '~')}}}" for line in token.content.rstrip("\n").split("\n")]
            out.append("\\begin{quote}\n" + "\\par\n".join(lines) + "\n\\end{quote}\n\n")
        else:
            out.append(fill(token.content))
    return out
