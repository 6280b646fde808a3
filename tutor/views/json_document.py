"""A document as data, ready for `json.dumps`: every word and every formula that a view of it shows.

    document_as_data(told_diagnosis(tutor.diagnose("d/dx x^2", "3x")))["groups"][0][0]["label"]      # "you wrote"

The shape:
    groups          [[block]], each block with its `kind` and its `depth`: 0, or how far it is set in
    words           prose, tone, sign, mark
    formula         formula, continues, changed [[places from the root down]], tone, mark, shape ("line", "row" or
                    "display"), where (a formula: what its letter stands for)
    reading         message, start, end
    labelled        label, tone, body: a block
    heading         prose
    table           columns [{title (prose), kind: "number" or "words", spare}], rows [[prose]]; a row without cells
                    stands for rows that are left out
    solution        given [formula], problem, view, detail, before [block], items [item], result, after [block]

    prose           [{words} or {formula, latex}], in the order in which they are read; {markdown} in place of {words}
                    where an author wrote it
    formula         {formula, latex}; the first parses back
    item            of kind "step": label, title, rules [names], statement, sentence (prose), working [prose],
                    through and line (formula blocks), assumptions [formula], checks [{outcome, prose}]; or of kind
                    "part": problem, result, again, short (a step), ending (a formula block). The items of a part follow
                    it, one level deeper.
    statement       formula, letters [{what, formula}], terms [formula]
    result          formula, findings [block], missing, why (prose)

Lists are flat and say their depth, so nothing recurses, however deep a derivation nests. What is not there is null.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from tutor.expression.latex import latex
from tutor.expression.text import Text
from tutor.expression.tree import Expression
from tutor.telling.document import (
    Document,
    DocumentBlock,
    Formula,
    Heading,
    Inset,
    Labelled,
    Part,
    ReadingNote,
    Result,
    Solution,
    Statement,
    Table,
    ToldStep,
    Words,
    finding_of,
)

Data = dict[str, Any]


def document_as_data(document: Document) -> Data:
    """The groups of a document, each with its blocks."""
    return {"groups": [list(_blocks(group)) for group in document.groups]}


def _blocks(blocks: Iterable[DocumentBlock]) -> Iterator[Data]:
    """Blocks in reading order; those of an inset come one level deeper."""
    stack: list[tuple[DocumentBlock, int]] = [(block, 0) for block in reversed(list(blocks))]
    while stack:
        block, depth = stack.pop()
        if isinstance(block, Inset):
            stack.extend((inner, depth + 1) for inner in reversed(block.blocks))
        else:
            yield {**_block(block), "depth": depth}


def _block(block: Words | Formula | ReadingNote | Labelled | Heading | Table | Solution) -> Data:
    match block:
        case Words():
            return {"kind": "words", "prose": _prose(*block.texts), "tone": block.tone, "sign": block.sign,
                    "mark": block.mark}
        case Formula():
            return {"kind": "formula", **_formula(block.expression), "continues": block.continues,
                    "changed": sorted(map(list, block.changed)), "tone": block.tone, "mark": block.mark,
                    "shape": block.shape, "where": None if block.where is None else _formula(block.where)}
        case ReadingNote():
            return {"kind": "reading", "message": block.note.message, "start": block.note.start, "end": block.note.end}
        case Labelled():
            return {"kind": "labelled", "label": block.label, "tone": block.tone, "body": _block(block.body)}
        case Heading():
            return {"kind": "heading", "prose": [{"words": block.text}]}
        case Table():
            columns = [{"title": _prose(each.title), "kind": each.kind, "spare": each.spare} for each in block.columns]
            return {"kind": "table", "columns": columns, "rows": [[_prose(cell) for cell in row] for row in block.rows]}
        case Solution():
            return {"kind": "solution", "given": [_formula(each) for each in block.given],
                    "problem": _formula(block.problem), "view": block.view, "detail": block.detail,
                    "before": list(_blocks(block.before)), "items": list(_items(block.root)),
                    "result": _result(block.result), "after": list(_blocks(block.after))}


def _items(root: Part) -> Iterator[Data]:
    """The parts and steps of a solution in reading order."""
    stack: list[tuple[Part | ToldStep, int]] = [(root, 0)]
    while stack:
        item, depth = stack.pop()
        if isinstance(item, ToldStep):
            yield {**_step(item), "depth": depth}
            continue
        stack.extend((inner, depth + 1) for inner in reversed(item.items))
        yield {"kind": "part", "problem": _formula(item.problem), "result": _formula(item.result), "again": item.again,
               "short": None if item.short is None else _step(item.short),
               "ending": None if item.ending is None else _block(item.ending), "depth": depth}


def _step(step: ToldStep) -> Data:
    return {"kind": "step", "label": step.label, "title": step.title, "rules": [each.rule.name for each in step.steps],
            "statement": None if step.statement is None else _statement(step.statement),
            "sentence": None if step.sentence is None else _prose(step.sentence),
            "working": [_prose(line_of_work) for line_of_work in step.working],
            "through": None if step.through is None else _block(step.through),
            "line": None if step.line is None else _block(step.line),
            "assumptions": [_formula(relation) for relation in step.assumptions],
            "checks": [{"outcome": check.outcome, "prose": _prose(*finding_of(check).texts)} for check in step.checks]}


def _statement(statement: Statement) -> Data:
    return {**_formula(statement.formula),
            "letters": [{"what": letter.what, **_formula(letter.formula)} for letter in statement.letters],
            "terms": [_formula(term) for term in statement.terms]}


def _result(result: Result) -> Data:
    return {"formula": None if result.formula is None else _formula(result.formula),
            "findings": list(_blocks(result.findings)), "missing": result.missing,
            "why": None if result.why is None else _prose(result.why)}


def _prose(*texts: Text) -> list[Data]:
    """Words and formulas in turn. A space stands between two sentences."""
    parts: list[Data] = []
    for text in texts:
        words = "markdown" if text.markdown else "words"
        if parts:
            parts.append({"words": " "})
        parts += [{words: part} if isinstance(part, str) else _formula(part) for part in text.parts]
    return parts


def _formula(expression: Expression) -> Data:
    return {"formula": str(expression), "latex": latex(expression)}
