"""The backward pass over a graph told: each slope with the rule that opened it, and what it comes to.

    told_backward_pass(tutor.explain("z = w*x; L = z^2; grad L"), "normal", findings).root.items
"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.derivation.backward import BackwardPass
from tutor.derivation.several import without_places
from tutor.derivation.step import Block, Step
from tutor.expression.relations import related
from tutor.expression.tree import node
from tutor.telling.document import Detail, Formula, Part, ReadingNote, Result, SimpleBlock, Solution, Words, listed
from tutor.telling.steps import flat, look_of, steps_in, told_steps
from tutor.telling.tree import told_tree


def told_backward_pass(found: BackwardPass, detail: Detail, findings: tuple[Words, ...]) -> Solution:
    """A backward pass from the lines of its graph to the slopes that are asked for; findings: of the check."""
    places = tuple(related(letter, "=", value) for letter, value in found.places.items())
    given = (*found.graph.statements, *((node("statements", places),) if len(places) > 1 else places))
    before = tuple(ReadingNote(note) for note in found.notes if not note.usual)
    if detail == "full":
        root = told_tree(found.block, detail)
    else:
        blocks = (item for item in found.block.items if isinstance(item, Block))
        root = Part(found.problem, found.result, tuple(_told(found, block, detail) for block in blocks))
    return Solution(found.asked, "tree", detail, root, Result(found.result, findings), given, before,
                    tuple(_remarks(found)))


def _told(found: BackwardPass, block: Block, detail: Detail) -> Part:
    """One slope in one numbered step: what its rule says in the letters of the graph, and what that comes to."""
    steps = steps_in(block.items)
    first = block.items[0]
    assert isinstance(first, Step)
    opened = flat(found.without_start(first.after))
    is_seen = detail == "normal" and look_of(opened) != look_of(block.result)
    asked, _ = without_places(block.problem)  # which stand above
    equation = related(asked, "=", opened if is_seen else block.result)
    told = told_steps(steps, detail)._replace(
        statement=None, sentence=None, through=Formula(equation) if is_seen else None,
        line=Formula(block.result, continues=True) if is_seen else Formula(equation))
    return Part(block.problem, block.result, short=told)


def _remarks(found: BackwardPass) -> Iterator[SimpleBlock]:
    if found.assumptions:
        yield Words((listed(found.assumptions, "assuming "),), "doubt")
    yield from (ReadingNote(note) for note in found.notes if note.usual)
