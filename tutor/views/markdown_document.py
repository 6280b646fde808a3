"""A document in Markdown with formulas between dollar signs, for notebooks and web pages.

    markdown_of(told_derivation(tutor.explain("d/dx x^2")))
    # $\\displaystyle \\frac{d}{dx}[x^{2}]$
    #
    # - **1 Power rule** $\\displaystyle ...$

Steps are a list, in which a part is set in under the step that opened it. Numbers are bold words, since Markdown would
count the entries of a list anew. Nothing that a text contains is Markdown, unless an author wrote it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from tutor.expression.text import Text
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
from tutor.views.latex_prose import formula_in_words
from tutor.views.outline import OutlineRow, formulas_in, outline
from tutor.views.signs import UNICODE, clean, note

_DEEPEST = 8
"""The last level of steps that is set in."""

_SIGNS: dict[Sign, str] = {"yes": UNICODE.yes, "nearly": UNICODE.yes, "no": UNICODE.no, "unsure": UNICODE.unsure}

_INSET = "  "
_BREAK = "\\\n"
"""A break of a line within a paragraph."""


def markdown_of(document: Document) -> str:
    """A document in Markdown, its paragraphs apart."""
    return "\n\n".join([text for group in document.groups for text in _group(group)]) + "\n"


def escaped(text: str, begins: bool = True) -> str:
    """A text that Markdown, HTML and the reader of formulas take for nothing but a text. begins: whether a line may."""
    shown = _SPECIAL.sub(lambda found: _ENTITIES.get(found[0], f"\\{found[0]}"), clean(text))
    return _BEGINNING.sub(r"\1\\\2", shown) if begins else shown


_SPECIAL = re.compile(r"[\\`*_{}\[\]<>#|$~&]")
_ENTITIES = {"<": "&lt;", ">": "&gt;", "&": "&amp;"}
_BEGINNING = re.compile(r"^(\s*[0-9]*)([-+=.)])(?=\s|$)")
"""What would begin a list."""


# -- blocks ---------------------------------------------------------------------------------------------


def _group(group: Sequence[DocumentBlock]) -> Iterator[str]:
    for run in runs_of(group):
        yield from _solution(run) if isinstance(run, Solution) else _blocks(run)


def _blocks(blocks: Sequence[SimpleBlock]) -> Iterator[str]:
    for is_list, group in groupby(blocks, lambda block: isinstance(block, Labelled)):
        if is_list:
            rows = [_labelled(block) for block in group if isinstance(block, Labelled)]
            yield "\n".join(rows).replace(f"\n{_INSET}{_BREAK}", f"{_BREAK}{_INSET}")
            continue
        for block in group:
            match block:
                case Words():
                    yield _words(block)
                case ReadingNote():
                    yield _reading(block)
                case Formula():
                    yield _marked(block.mark) + _formula(block)
                case Heading():
                    yield f"#### {escaped(block.text)}"
                case Table():
                    yield "\n".join(_table(block))
                case Inset():
                    # A quotation, whatever is in it, and no list: that would begin anew.
                    yield _quoted("\n\n".join(_blocks(block.blocks)))


def _table(table: Table) -> Iterator[str]:
    """Rows and columns; rows that are left out are three dots."""
    yield _row_of([_sentence(column.title) for column in table.columns])
    yield _row_of(["---:" if column.kind == "number" else ":---" for column in table.columns])
    for row in table.rows:
        yield _row_of([_sentence(cell) for cell in row] if row else ["…"] + [""] * (len(table.columns) - 1))


def _row_of(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))


def _labelled(row: Labelled) -> str:
    """An entry of a list; one without a label goes on in the entry before it."""
    sign = ""
    match row.body:
        case Formula():
            body = _formula(row.body)
        case ReadingNote():
            body = _reading(row.body)
        case Words():
            sign, body = _sign(row.body.sign), _words(Words(row.body.texts, row.body.tone))
    begin = f"- {sign}**{escaped(row.label)}** " if row.label else f"{_INSET}{_BREAK}"
    return begin + body.replace("\n", f"\n{_INSET}")


def _words(block: Words) -> str:
    said = " ".join(map(_sentence, block.texts))
    if block.tone in ("strong", "title") and "\n" not in said:
        said = f"**{said}**"
    return f"{_sign(block.sign)}{_marked(block.mark)}{said}"


def _sentence(text: Text) -> str:
    if text.markdown:
        return text.filled(formula_in_words)
    return "".join([escaped(part, begins=not number) if isinstance(part, str) else formula_in_words(part)
                    for number, part in enumerate(text.parts)])


def _reading(block: ReadingNote) -> str:
    return f"*Note:* {escaped(note(block.note.message, UNICODE))}"


def _sign(sign: Sign | None) -> str:
    return "" if sign is None else f"{_SIGNS[sign]} "


def _marked(mark: str) -> str:
    return f"**{escaped(mark)}** " if mark else ""


def _formula(formula: Formula) -> str:
    rows = rows_of(typesettable(formula.expression), ROOM, "= " if formula.continues else "")
    where = "" if formula.where is None else f" where {formula_in_words(formula.where)}"
    return f"{'&emsp;' if formula.shape == 'display' else ''}{_in_rows(rows)}{where}"


def _in_rows(rows: Sequence[str]) -> str:
    return f"{_BREAK}&emsp;".join(f"$\\displaystyle {row}$" for row in rows)


# -- derivations ----------------------------------------------------------------------------------------


def _solution(solution: Solution) -> Iterator[str]:
    yield from (_formula(Formula(formula)) for formula in (*solution.given, solution.problem))
    yield from _blocks(solution.before)
    entries = [_entry(row, solution.detail == "brief") for row in outline(solution, _DEEPEST)]
    if entries:
        yield "\n".join(entries)
    yield from _result(solution.result)
    yield from _blocks(solution.after)
    shown = [*formulas_in(solution), *([] if solution.result.formula is None else [solution.result.formula])]
    if any(typesettable(each) is not each for each in shown):
        yield "Where a formula says $\\dots$, a part too long to read is left out."


def _entry(row: OutlineRow, brief: bool) -> str:
    """A row of the list with what belongs to it."""
    inset = _INSET * row.level
    return f"{inset}- " + _BREAK.join(_lines_of(row, brief)).replace("\n", f"\n{inset}{_INSET}")


def _lines_of(row: OutlineRow, brief: bool) -> Iterator[str]:
    if row.opens is not None:
        level = f"*level {row.depth}:* " if row.depth is not None else ""
        yield f"{level}{_formula(Formula(row.opens))}"
        return
    line, step = None if row.line is None else _formula(row.line), row.step
    if step is None:
        yield line or ""
        return
    number = escaped(step.label).strip()
    if row.through is not None and not step.title:
        yield _formula(row.through)
    if not step.title:
        yield line or ""
    elif brief and line is not None:
        yield f"{f'**{number}** ' if number else ''}{line} {escaped(step.title)}"
    else:
        says = "" if step.statement is None else f" {_statement(step.statement)}"
        yield f"**{f'{number} {escaped(step.title)}'.strip()}**{says}"
        if step.sentence is not None:
            yield _sentence(step.sentence)
        yield from map(_sentence, step.working)
        if row.through is not None:
            yield _formula(row.through)
        if line is not None:
            yield line
    yield from map(_words, remarks_on(step))


def _statement(statement: Statement) -> str:
    """What a rule says, and what its letters stand for."""
    says = _formula(Formula(statement.formula))
    return f"{says} with {_sentence(joined(statement.known))}" if statement.known else says


def _result(result: Result) -> Iterator[str]:
    findings = [*([_sentence(result.why)] if result.why is not None else []), *map(_words, result.findings)]
    if result.formula is None:
        shown = f"**{escaped(result.missing)}**"
    else:
        shown = f"$\\boxed{{\\displaystyle {boxable(typesettable(result.formula))}}}$"
    yield " &emsp; ".join([shown, *findings]) if len(findings) == 1 else "\n\n".join([shown, *findings])
