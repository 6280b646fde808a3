r"""A document in LaTeX: a fragment for a document of one's own, or one that stands alone.

    fragment = latex_of(told_derivation(tutor.explain("d/dx x^2*sin(x^2)")))
    standalone(fragment, "A derivation")                # \documentclass ...

A fragment needs amsmath and amssymb and defines nothing. Every formula stands between two dollar signs, in paragraphs
that are not justified, so that LaTeX can break a long one and the page. Lists nest at most as deep as LaTeX allows.
What is new in a line is not marked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from tutor.expression.tree import Expression
from tutor.telling.document import (
    Document,
    DocumentBlock,
    Formula,
    Heading,
    Inset,
    Labelled,
    ReadingNote,
    Result,
    Sign,
    SimpleBlock,
    Solution,
    Statement,
    Table,
    Words,
    joined,
    remarks_on,
    runs_of,
)
from tutor.views.latex_formulas import ROOM, boxable, rows_of, typesettable
from tutor.views.latex_prose import formula_in_words, of_note, prose, sentence
from tutor.views.outline import OutlineRow, formulas_in, outline
from tutor.views.shorten import LEFT_OUT, LONGEST_RESULT

_DEEPEST = 3
"""The last level of steps that is set in, and of insets: LaTeX has six lists within each other, and a fragment may
stand in some of them."""

_LEVEL = 5
"""Characters by which a level makes lines shorter."""

_NARROWEST_LABELS, _WIDEST_LABELS = 8, 28
"""Characters of the column of labels; a label that is longer has a row of its own."""

_LONGEST_BOX = 12
"""Rows of a result that has a box round it."""

_SIGNS: dict[Sign, str] = {"yes": "$\\checkmark$", "nearly": "$\\checkmark$", "no": "$\\times$", "unsure": "?"}

_TONES = {"": "", "strong": "\\bfseries ", "title": "\\bfseries ", "quiet": "\\small ", "doubt": "\\itshape "}

_LIST = ("\\begin{list}{}{\\setlength{\\labelwidth}{%s}\\setlength{\\leftmargin}{%s}\\setlength{\\labelsep}{0.6em}"
         "\\setlength{\\itemsep}{%s}\\setlength{\\parsep}{2pt}\\setlength{\\topsep}{%s}"
         "\\renewcommand{\\makelabel}[1]{##1\\hfil}}").replace("##", "#")
_INSET = _LIST % ("0pt", "1.6em", "0pt", "0pt")

BETWEEN = "\n\\bigskip\\hrule\\bigskip\n\n"
"""Between two fragments."""


_BEGIN = ("{\\raggedright\\setlength{\\parindent}{0pt}\\setlength{\\parskip}{3pt}"
          "\\lineskiplimit=2pt\\lineskip=3pt\n")
"""Lines that are not justified, and some space between high formulas."""


def latex_of(document: Document) -> str:
    """A document as a fragment."""
    groups = ["\n".join(_group(group)) for group in document.groups]
    return _BEGIN + "\n\n\\medskip\n".join(groups) + "\n\\par}\n"


def standalone(fragment: str, title: str) -> str:
    """A document of its own, for pdflatex and every newer LaTeX."""
    return (
        "\\documentclass[11pt]{article}\n"
        "\\usepackage[T1]{fontenc}\n"
        "\\usepackage[utf8]{inputenc}\n"
        "\\IfFileExists{lmodern.sty}{\\usepackage{lmodern}}{}\n"
        "\\usepackage{amsmath,amssymb}\n"
        "\\usepackage[margin=2.5cm]{geometry}\n"
        "\\begin{document}\n"
        f"\\section*{{{prose(title)}}}\n\n"
        f"{fragment}"
        "\\end{document}\n")


# -- blocks ---------------------------------------------------------------------------------------------


def _group(group: Sequence[DocumentBlock]) -> Iterator[str]:
    for run in runs_of(group):
        yield from _solution(run) if isinstance(run, Solution) else _blocks(run, 0)


def _blocks(blocks: Sequence[SimpleBlock], level: int) -> Iterator[str]:
    """Blocks one below the other; labels that follow each other are rows of one list."""
    for is_list, group in groupby(blocks, lambda block: isinstance(block, Labelled)):
        if is_list:
            yield from _labelled([block for block in group if isinstance(block, Labelled)], level)
            continue
        for block in group:
            match block:
                case Words():
                    yield _paragraph(_words(block))
                case ReadingNote():
                    yield _paragraph(_reading(block))
                case Formula():
                    yield _paragraph(_marked(block.mark) + _formula(block, level))
                case Heading():
                    yield f"\\medskip{{\\bfseries\\large {prose(block.text)}\\par\\nopagebreak}}\n"
                case Table():
                    yield _table(block)
                case Inset() if level < _DEEPEST:
                    yield f"{_INSET}\\item[]"
                    yield from _blocks(block.blocks, level + 1)
                    yield "\\end{list}"
                case Inset():
                    yield from _blocks(block.blocks, level)


def _table(table: Table) -> str:
    """Rows and columns; one with words takes what the others leave of a line. Rows that are left out are three dots."""
    kinds = "".join("r" if column.kind == "number" else "p{0.4\\linewidth}" for column in table.columns)
    title = " & ".join(f"\\textbf{{{sentence(column.title)}}}" for column in table.columns)
    rows = [" & ".join(map(sentence, row)) if row else "$\\vdots$" + " &" * (len(table.columns) - 1)
            for row in table.rows]
    return f"\\begin{{tabular}}{{{kinds}}}\n{title} \\\\ \\hline\n" + " \\\\\n".join(rows) + "\n\\end{tabular}\\par\n"


def _labelled(rows: Sequence[Labelled], level: int) -> Iterator[str]:
    """A list whose labels have a column."""
    labels = [_sign(row.body.sign if isinstance(row.body, Words) else None) + prose(row.label) for row in rows]
    longest = max([_NARROWEST_LABELS, *[len(row.label) + 2 for row in rows if len(row.label) <= _WIDEST_LABELS]])
    yield _LIST % (f"{longest * 0.5:.1f}em", f"{longest * 0.5 + 0.6:.1f}em", "2pt", "2pt")
    for row, label in zip(rows, labels, strict=True):
        tone = _TONES[row.tone]
        if len(row.label) <= _WIDEST_LABELS:
            begin = f"\\item[{{{tone}{label}}}] "
        elif len(row.label) <= ROOM:
            begin = f"\\item[{{\\makebox[0pt][l]{{{tone}{label}}}}}] \\mbox{{}}\\par\n"
        else:
            begin = f"\\item[] {{{tone}{label}\\par}}\n"
        match row.body:
            case Formula():
                body = _formula(row.body, level, longest)
            case ReadingNote():
                body = _reading(row.body)
            case Words():
                body = _words(Words(row.body.texts, row.body.tone))
        yield _paragraph(begin + body)
    yield "\\end{list}"


def _words(block: Words) -> str:
    said = " ".join(map(sentence, block.texts))
    tone = _TONES[block.tone]
    return _sign(block.sign) + _marked(block.mark) + (f"{{{tone}{said}\\par}}" if tone else said)


def _reading(block: ReadingNote) -> str:
    return f"\\textit{{Note:}} {of_note(block.note.message)}"


def _sign(sign: Sign | None) -> str:
    return "" if sign is None else f"{_SIGNS[sign]}\\enspace "


def _marked(mark: str) -> str:
    return f"\\textbf{{{prose(mark)}}}\\enspace " if mark else ""


def _paragraph(text: str) -> str:
    return f"{text}\n"


def _formula(formula: Formula, level: int, less: int = 0) -> str:
    """A formula in as many rows as it needs."""
    room = ROOM - _LEVEL * level - less
    rows = rows_of(typesettable(formula.expression), max(room, ROOM // 2), "= " if formula.continues else "")
    where = "" if formula.where is None else f"\\quad where {formula_in_words(formula.where)}"
    if formula.shape == "display":
        return f"\\smallskip\\hspace*{{2em}}{_in_rows(rows)}{where}\\par\\smallskip"
    return f"{_in_rows(rows)}{where}"


def _in_rows(rows: Sequence[str]) -> str:
    return "\\par\n\\hspace*{2em}".join(f"$\\displaystyle {row}$" for row in rows)


# -- derivations ----------------------------------------------------------------------------------------


def _solution(solution: Solution) -> Iterator[str]:
    for formula in (*solution.given, solution.problem):
        yield _paragraph(_formula(Formula(formula), 0))
    yield from _blocks(solution.before, 0)
    yield from _steps(solution)
    yield from _result(solution.result)
    yield from _blocks(solution.after, 0)
    if _has_giants(solution):
        yield _paragraph(prose(LEFT_OUT))


def _has_giants(solution: Solution) -> bool:
    """Whether anything was too long, or too deep, to be shown whole."""
    result = solution.result.formula
    return any(typesettable(each) is not each for each in formulas_in(solution)) or (
        result is not None and typesettable(result, LONGEST_RESULT) is not result)


def _steps(solution: Solution) -> Iterator[str]:
    """The steps in lists within each other, each with its number before it."""
    open_lists = 0
    digits = max((len(row.step.label) for row in outline(solution, _DEEPEST) if row.step is not None), default=1)
    width = 0.9 + 0.5 * digits
    for row in outline(solution, _DEEPEST):
        while open_lists > row.level + 1:
            yield "\\end{list}"
            open_lists -= 1
        while open_lists < row.level + 1:
            yield _LIST % (f"{width:.1f}em", f"{width + 0.6:.1f}em", *(["4pt"] * 2 if open_lists else ["6pt"] * 2))
            open_lists += 1
        yield from _row(row, solution.detail == "brief")
    for _ in range(open_lists):
        yield "\\end{list}"


def _row(row: OutlineRow, brief: bool) -> Iterator[str]:
    if row.opens is not None:
        level = f"\\textit{{level {row.depth}:}}\\enspace " if row.depth is not None else ""
        yield _paragraph(f"\\item[$\\triangleright$] {level}{_formula(Formula(row.opens), row.level + 1)}")
        return
    line = None if row.line is None else _formula(row.line, row.level + 1)
    step = row.step
    if step is None:
        yield _paragraph(f"\\item[] {line}")
        return
    label = f"\\textbf{{{prose(step.label)}}}" if step.label.strip() else "" if step.label else "$\\cdot$"
    through = None if row.through is None else _formula(row.through, row.level + 1)
    if not step.title:
        yield _paragraph(f"\\item[{label}] {line if through is None else through}")
        if through is not None:
            yield _paragraph(f"{line}")
    elif step.statement is None and row.short and not brief:
        yield _paragraph(f"\\item[{label}] \\textbf{{{prose(step.title)}}}\\quad {line}")
    elif brief:
        reason = prose(step.title)
        yield _paragraph(f"\\item[{label}] " + (reason if line is None else f"{line}\\qquad {reason}"))
    else:
        yield _paragraph(f"\\item[{label}] \\textbf{{{prose(step.title)}}}" + (
            "" if step.statement is None else f"\\quad {_statement(step.statement, row.level + 1)}"))
        if step.sentence is not None:
            yield _paragraph(sentence(step.sentence))
        yield from (_paragraph(sentence(line_of_work)) for line_of_work in step.working)
        for formula in (through, line):
            if formula is not None:
                yield _paragraph(formula)
    for remark in remarks_on(step):
        yield _paragraph(_words(remark))


def _statement(statement: Statement, level: int) -> str:
    """What a rule says, and what its letters stand for."""
    says = _formula(Formula(statement.formula), level)
    return f"{says}\\quad with {sentence(joined(statement.known))}" if statement.known else says


def _result(result: Result) -> Iterator[str]:
    """The result in a box, what the oracle found, and why there is no result where there is none."""
    if result.formula is None:
        shown = f"\\fbox{{{prose(result.missing)}}}"
    else:
        shown = _in_a_box(typesettable(result.formula, LONGEST_RESULT))
    findings = [*([sentence(result.why)] if result.why is not None else []), *map(_words, result.findings)]
    if len(findings) == 1:
        yield _paragraph(f"\\medskip {shown}\\qquad {findings[0]}")
        return
    yield _paragraph(f"\\medskip {shown}")
    for found in findings:
        yield _paragraph(found)


def _in_a_box(result: Expression) -> str:
    """A result with a box round it, or without one where it may be longer than a page."""
    room = ROOM - _LEVEL
    rows = rows_of(result, room)
    if len(rows) > _LONGEST_BOX:
        return f"\\textbf{{Result:}}\\enspace {_in_rows(rows)}\\par"
    return f"$\\boxed{{\\displaystyle {boxable(result, room)}}}$"
