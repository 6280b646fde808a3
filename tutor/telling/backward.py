"""The backward pass over a graph told: each slope with the rule that opened it, and what it comes to.

    told_backward_pass(tutor.explain("z = w*x; L = z^2; grad L"), "normal", findings).root.items
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from tutor.derivation.backward import BackwardPass
from tutor.derivation.forward import AtNumbers, Number
from tutor.derivation.matrices import slope_as_matrices
from tutor.derivation.points import without_places
from tutor.derivation.step import Block, Step
from tutor.expression.relations import related
from tutor.expression.tree import Expression, as_tuple, is_terminating, name, negate, node, number, rational, replace
from tutor.oracle.digits import in_tree
from tutor.rules.conditions import rational_value
from tutor.telling.derivation import findings_of
from tutor.telling.document import (
    Detail,
    Document,
    Formula,
    Labelled,
    Part,
    ReadingNote,
    Result,
    SimpleBlock,
    Solution,
    Words,
    listed,
    words,
)
from tutor.telling.steps import flat, look_of, names_of, steps_in, told_steps
from tutor.telling.tree import told_tree


def told_backward_pass(found: BackwardPass, detail: Detail, findings: tuple[Words, ...],
                       numbers: AtNumbers | None = None, methods: bool = False) -> Solution:
    """A backward pass from the lines of its graph to the slopes that are asked for; findings: of the check; numbers:
    what the letters stand for, said beside them; methods: whether to name another one."""
    in_rows: tuple[Expression, ...] = ()
    if numbers is None:
        places = tuple(related(letter, "=", value) for letter, value in found.places.items())
        lines = found.graph.statements
    else:
        listed_parts = {part for whole in found.lists.values() for part in whole.free}
        in_rows = tuple(_list_in_value(name(letter), whole, numbers.forward) for letter, whole in found.lists.items()
                        if letter not in found.graph.lines and whole.free <= numbers.forward.keys())
        places = tuple(equal_in_value(name(letter), value) for letter, value in numbers.forward.items()
                       if letter not in found.graph.lines and letter not in listed_parts)
        lines = tuple(related(name(line), "=", equal_in_value(right, numbers.forward[line]))
                      for line, right in found.graph.lines.items() if line in numbers.forward)
    given = (*in_rows, *((node("statements", places),) if len(places) > 1 else places), *lines)
    before = tuple(ReadingNote(note) for note in found.notes if not note.usual)
    if detail == "full":
        root = told_tree(found.block, detail)
    else:
        blocks = [item for item in found.block.items if isinstance(item, Block)]
        if numbers is not None:  # then numbers are put in, and no formulas
            blocks = blocks[:len(found.adjoints.order)]
        root = Part(found.problem, found.result, tuple(_told(found, block, detail, numbers) for block in blocks))
    asked, result = found.asked, found.result
    if numbers is not None:
        result = as_tuple(told_number(numbers.slopes[letter]) for letter in found.wanted)
        if found.lists:
            asked, result = _slopes_in_lists(found, numbers)
    return Solution(asked, "tree", detail, root, Result(result, findings), given, before,
                    (*_in_whole_lists(found, detail), *_remarks(found, numbers is None, methods)))


def _slopes_in_lists(found: BackwardPass, numbers: AtNumbers) -> tuple[Expression, Expression]:
    """The slopes that are asked for by whole lists and by single numbers, and an equation for each of them."""
    in_list = {part: letter for letter, whole in found.lists.items() for part in whole.free}
    equations: dict[Expression, Expression] = {}
    for part in found.wanted:
        letter = in_list.get(part, part)
        rate = node("rate", (name(found.adjoints.loss), name(letter)), "d")
        equations[rate] = _list_in_value(rate, found.lists.get(letter, name(letter)), numbers.slopes)
    return as_tuple(equations), (node("statements", tuple(equations.values())) if len(equations) > 1 else
                                 next(iter(equations.values())))


def _list_in_value(left: Expression, whole: Expression, values: Mapping[str, Number]) -> Expression:
    """An equation that says what all parts of a list are, in the order of the list."""
    told = {name(letter): told_number(values[letter]) for letter in whole.free}
    exact = all(rational_value(told[name(letter)]) == values[letter] for letter in whole.free)
    return related(left, "=" if exact else "≈", replace(whole, told))


def _in_whole_lists(found: BackwardPass, detail: Detail) -> Iterator[SimpleBlock]:
    if not found.graph.has_lists:
        return
    from tutor.telling.matrices import told_as_matrices

    slopes = ((letter, slope_as_matrices(found.adjoints.part(letter), found.value(letter), found.graph.shapes))
              for letter in found.wanted)
    yield from told_as_matrices([(found.adjoints.adjoint(letter).rate, reading) for letter, reading in slopes
                                 if reading is not None], found.oracle.compare, detail)


def told_backprop(found: BackwardPass, numbers: AtNumbers | None, detail: Detail) -> Document:
    """A backward pass as a document of its own, with numbers beside its letters if there are any."""
    findings = findings_of(found) if numbers is None else _findings_at_numbers(found, numbers)
    return Document(((told_backward_pass(found, detail, tuple(findings), numbers),),))


def _findings_at_numbers(found: BackwardPass, numbers: AtNumbers) -> Iterator[Words]:
    """The same of slopes that are numbers, which are compared with those of the graph that is cut."""
    doubted = [letter for letter, is_confirmed in numbers.confirmed.items() if not is_confirmed]
    for letter in doubted:
        yield words(f"numbers that know no rules find another value for d{found.adjoints.loss}/d{letter}", sign="no")
    if found.checked is not True:
        yield from findings_of(found)
    elif not doubted:
        count = len(numbers.slopes)
        yield words("1 slope, checked" if count == 1 else f"{count} slopes, each checked", sign="yes")


def _told(found: BackwardPass, block: Block, detail: Detail, numbers: AtNumbers | None) -> Part:
    """One slope in one numbered step: what its rule says in the letters of the graph, and what that comes to."""
    steps = steps_in(block.items)
    first = block.items[0]
    assert isinstance(first, Step)
    asked, _ = without_places(block.problem)  # which stand above
    opens = first.rule.uses is not None
    opened = flat(found.adjoints.without_start(
        found.adjoints.adjoint(asked.args[1].value).opened if opens else first.after))
    is_seen = detail == "normal" and look_of(opened) != look_of(block.result)
    result = block.result
    if numbers is not None and rational_value(result) is None:
        result = equal_in_value(result, numbers.slopes[asked.args[1].value])
    equation = related(asked, "=", opened if is_seen else result)
    told = told_steps(steps, detail)._replace(
        statement=None, sentence=None, through=Formula(equation) if is_seen else None,
        line=Formula(result, continues=True) if is_seen else Formula(equation))
    named = [rule for rule in first.names if "index" not in rule.tags]  # which part of a list is meant, the line shows
    return Part(block.problem, block.result, short=told._replace(title=names_of(named)) if named else told)


def equal_in_value(expression: Expression, value: Number) -> Expression:
    """An equation between an expression and its value, which is rounded if it is not a short decimal."""
    shown = told_number(value)
    return related(expression, "=" if rational_value(shown) == value else "≈", shown)


def told_number(value: Number) -> Expression:
    """A value as it is told: exact if that is short, else with four digits."""
    if isinstance(value, Fraction):
        exact = rational(value) if not is_terminating(value) else _decimal(value)
        if exact.size <= _LONGEST_EXACT and len(str(exact)) <= _MOST_SIGNS:
            return exact
    return in_tree(float(value), _DIGITS)


def _decimal(value: Fraction) -> Expression:
    return negate(number(-value)) if value < 0 else number(value)


_DIGITS, _MOST_SIGNS, _LONGEST_EXACT = 4, 8, 4


def _remarks(found: BackwardPass, in_letters: bool, methods: bool) -> Iterator[SimpleBlock]:
    """What is said below the result. in_letters: whether its letters stand for any numbers; where they are known, each
    slope was confirmed there, and nothing is left to be assumed."""
    if found.assumptions and in_letters:
        yield Words((listed(found.assumptions, "assuming "),), "doubt")
    yield from (ReadingNote(note) for note in found.notes if note.usual)
    if methods and found.other_methods:
        yield words("Another way:", "quiet")
        for method in found.other_methods:
            yield Labelled(f"--method {method}", words("the lines put into one another first", "quiet"), "quiet")
