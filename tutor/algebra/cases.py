"""Cases that are decided: which of them count, and whether they differ at all.

    case_that_counts(parse("{4 if 2 < 1; 3 otherwise}"))            # 3
    case_that_counts(parse("{2 if x < 1; 2 otherwise}"))            # 2
"""

from __future__ import annotations

from collections.abc import Iterable

from tutor.algebra.signs import holds
from tutor.expression.piecewise import PIECEWISE, Case, cases_in, piecewise, with_values
from tutor.expression.tree import Expression, postorder, rebuilt
from tutor.rules.conditions import rational_value

_DEFINED = frozenset(("sum", "product", "negation", "number", "name", "constant", "abs"))


def case_that_counts(part: Expression) -> Expression | None:
    """What a piecewise node is without cases that never count or that say the same as the rest; None if all of its
    cases have to stay."""
    if part.head != PIECEWISE:
        return None
    before = cases_in(part)
    cases = _without_the_same(_that_may_count(before))
    if not cases:
        return None  # it has no value, and no rule is true for it
    if not cases[0].signs:
        return cases[0].value
    return None if len(cases) == len(before) and cases[-1].signs == before[-1].signs else piecewise(cases)


def into_each_case(current: Expression) -> Expression | None:
    """A product, a quotient or a negation of cases, written case by case where numbers meet: of x*{1 if x > 0; 2 if
    x < 0} {x*1 if x > 0; x*2 if x < 0}. None for anything else."""
    places = [place for place, arg in enumerate(current.args) if arg.head == PIECEWISE]
    if len(places) != 1 or (current.head == "quotient" and places != [0]):
        return None
    (place,) = places
    part = current.args[place]
    values = [case.value for case in cases_in(part)]
    others = [arg for number, arg in enumerate(current.args) if number != place]
    if not _are_numbers(values) and not _are_numbers(others):
        return None
    if any(inner.head == PIECEWISE for inner in postorder([*values, *others])):
        return None
    return with_values(part, [rebuilt(current, (*current.args[:place], value, *current.args[place + 1:]))
                              for value in values])


def _are_numbers(parts: Iterable[Expression]) -> bool:
    return all(rational_value(part) is not None for part in parts)


def _that_may_count(cases: Iterable[Case]) -> list[Case]:
    """Those whose condition does not plainly fail, up to one whose condition plainly holds."""
    found: list[Case] = []
    for case in cases:
        decided = [_holds(relation) for relation in case.relations]
        if False in decided:
            continue
        if None not in decided:
            return [*found, Case(case.value)]
        found.append(case)
    return found


def _holds(relation: Expression) -> bool | None:
    found = holds(relation)
    if found is None and not relation.free:  # 3 < pi
        from tutor.oracle.existence import holds_there

        return holds_there(relation)
    return found


def _without_the_same(cases: list[Case]) -> list[Case]:
    """Without the cases before the last one that have the value of all the rest, where their conditions always say
    something."""
    while len(cases) > 1 and not cases[-1].signs and cases[-2].value is cases[-1].value and all(
            inner.head in _DEFINED for inner in postorder(cases[-2].sides)):
        del cases[-2]
    return cases
