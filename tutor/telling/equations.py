"""How an equation was solved, told: each step with its number, the title of its rule, and what it leads to.

    told_steps(solve(parse("3*x^2 - 3 = 0"), name("x")), "normal", 1)

      1  Factor the left side
         3(x + 1)(x − 1) = 0
      2  Divide by the constant factor
         ...
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tutor.derivation.equation_systems import Impossible, Split, Substituted, SystemStep, WithoutSums
from tutor.derivation.equations import EquationStep, Root, SolvedEquation
from tutor.expression.relations import related
from tutor.expression.text import Text
from tutor.expression.tree import Expression, name, node
from tutor.oracle.verdict import Check
from tutor.telling.document import Detail, Formula, Inset, SimpleBlock, Words, finding_of, joined, listed, plain


class _Line(NamedTuple):
    """Steps that are told with one number: the same rule, used on equations that came up together."""

    steps: tuple[EquationStep, ...]

    @property
    def after(self) -> tuple[Expression, ...]:
        return tuple(each for step in self.steps for each in step.after)


def told_steps(solved: SolvedEquation, detail: Detail, first: int) -> Iterator[SimpleBlock]:
    """The steps of one equation, numbered from `first` on, and what is to be said of its solutions."""
    yield from told_equation(solved.equation, solved.steps, detail, first)
    yield from (Inset((each,)) for each in remarks(solved))


def told_equation(equation: Expression, steps: Sequence[EquationStep], detail: Detail,
                  first: int) -> Iterator[SimpleBlock]:
    """The steps by which an equation was rewritten, numbered from `first` on."""
    shown: tuple[Expression, ...] = (equation,)
    for number, line in enumerate(lines_of(steps), first):
        before = tuple(step.before for step in line.steps)
        yield Words((plain(line.steps[0].rule.title),), mark=str(number))
        inside: list[SimpleBlock] = []
        if detail == "full":
            inside.append(Words((line.steps[0].sentence,)))
        after = alternatives(line.after)
        goes_on = set(before) == set(shown) or not line.after
        if not line.after or not goes_on:
            inside.append(Formula(related(alternatives(before), "<=>", after)))
        else:
            inside.append(Formula(after))
        assumed = tuple(dict.fromkeys(each for step in line.steps for each in step.assumptions))
        if assumed:
            inside.append(Words((listed(assumed, "assuming "),)))
        inside += [finding_of(step.check) for step in line.steps if step.check.outcome != "checked"]
        yield Inset(tuple(inside))
        shown = line.after


def lines_of(steps: Sequence[EquationStep]) -> list[_Line]:
    """The steps, those together that use one rule on equations of one line."""
    found: list[_Line] = []
    for step in steps:
        last = found[-1] if found else None
        together = last is not None and last.steps[0].rule is step.rule and bool(step.after) and all(
            step.before not in each.after for each in last.steps)
        if last is not None and together:
            found[-1] = _Line((*last.steps, step))
        else:
            found.append(_Line((step,)))
    return found


def remarks(solved: SolvedEquation) -> Iterator[Words]:
    """Solutions that were thrown out, and those that were found without steps."""
    for each in solved.rejected:
        yield Words((Text.of(related(solved.unknown, "=", each.value), " is thrown out: ", each.why, "."),))
    closed = [root for root in solved.roots if root.how == "closed in"]
    if closed:
        counted = "exactly 1 real solution" if len(closed) == 1 else f"exactly {len(closed)} real solutions"
        yield Words((joined([_about(solved.unknown, root) for root in closed],
                            f"No rule solves what is left. It has {counted}, closed in without steps: ", after="."),))
    searched = [root for root in solved.roots if root.how == "searched"]
    if searched:
        yield Words((joined([_about(solved.unknown, root) for root in searched],
                            "Found by a search with numbers, without steps: ", after="."),))
    by_sympy = [root for root in solved.roots if root.how == "SymPy"]
    if by_sympy:
        yield Words((joined([Text.of(related(solved.unknown, "=", root.value)) for root in by_sympy],
                            "Found by SymPy, without steps, and checked by numbers: ", after="."),))


def _about(unknown: Expression, root: Root) -> Text:
    return Text.of(related(unknown, "=" if root.exact else "≈", root.value))


def alternatives(equations: Sequence[Expression]) -> Expression:
    """One equation, or several of which one has to be true."""
    return equations[0] if len(equations) == 1 else node("alternatives", tuple(equations))


def count_of(solved: SolvedEquation) -> int:
    """How many numbers its steps have."""
    return len(lines_of(solved.steps))


def told_system(steps: Sequence[SystemStep], detail: Detail) -> Iterator[SimpleBlock]:
    """How several equations were solved together."""
    number = 1
    for step in steps:
        if isinstance(step, SolvedEquation):
            if step.steps or step.roots[:1] != (Root(step.equation.args[1]),):
                yield Words((Text.of("Solve ", step.equation, " for ", step.unknown, ":"),))
            else:
                yield Words((Text.of("Take ", step.equation, ":"),))
            yield from told_steps(step, detail, number)
            number += count_of(step)
        elif isinstance(step, WithoutSums):
            yield Words((Text.of("In ", step.equation, ", bring the unknowns out of the sums:"),))
            yield from told_equation(step.equation, step.steps, detail, number)
            number += len(lines_of(step.steps))
        elif isinstance(step, Substituted):
            yield Words((Text.of("Put ", step.where, " into the others"),), mark=str(number))
            after: list[SimpleBlock] = [Formula(each) for each in step.after]
            if not after:
                after.append(Words((plain("The other equations are true then."),)))
            yield Inset((*after, *_doubts(step.check)))
            number += 1
        elif isinstance(step, Split):
            yield Words((plain("A product is 0 where a factor is 0"),), mark=str(number))
            yield Inset((Formula(related(step.before, "<=>", alternatives(step.after))), *_doubts(step.check)))
            number += 1
        elif isinstance(step, Impossible):
            if step.without_value is None:
                yield Words((Text.of(step.equation, " is never true, so this way leads to no solution."),))
            else:
                yield Words((Text.of("For ", step.equation, ", ", step.without_value, " has no value."),))
        elif len(step.values) > len(step.free):
            known = [related(name(letter), "=" if step.exact else "≈", value) for letter, value in step.values.items()
                     if value is not name(letter)]
            yield Words((listed(known, "So ", after="."),))


def _doubts(check: Check) -> Iterator[Words]:
    """What numbers found, where they did not agree."""
    if check.outcome != "checked":
        yield finding_of(check)
