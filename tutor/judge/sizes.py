"""Answers with sums: read with the sizes of the problem's lists, and compared for small sizes.

    problem = parse("d/dw [1/n*sum_{i=1}^{n} (w*x_i - y_i)^2]")
    read_answer("2/N*sum_{i=1}^{N} x_i*(w*x_i - y_i)", problem)     # N is n, with a note

An answer may call an index of its own as it likes. A free index is one of the problem's.
"""

from __future__ import annotations

from tutor.errors import refused
from tutor.expression.lists import Sizes, free_indices, has_lists, shapes
from tutor.expression.notes import Note
from tutor.expression.parse import Reading
from tutor.expression.tree import Expression, postorder, substitute
from tutor.expression.write import PLAIN, write
from tutor.oracle.expansion import case_at, usual_case, written_with
from tutor.oracle.verdict import Check


def letters_of(problem: Expression) -> set[str]:
    """The letters of a problem, bound ones and those of lists too."""
    return {part.value for part in postorder([problem]) if part.head in ("name", "indexed")}


def sizes_of(problem: Expression) -> Sizes | None:
    """The sizes of the lists of a problem; None if it has no lists."""
    return shapes(problem) if has_lists(problem) else None


def with_sizes_of(problem: Expression, reading: Reading, text: str) -> Reading:
    """An answer in which a list is as long as in the problem, whatever letter it has for that. Raises NotationError for
    an index that the problem does not have, and for a whole list where no slope by a list is asked for."""
    answer = reading.expression
    asked = problem.args[-1] if problem.head == "statements" else problem
    known = free_indices([asked])
    for index in sorted(free_indices([answer]) - known - (problem.free - free_indices([problem]))):
        if asked is not problem:
            has = f"the index {', '.join(sorted(known))}" if known else "no index"
            raise refused(text, f"The index {index} means nothing here, since {write(asked, PLAIN)} has {has}. If all "
                                f"values of {index} are meant, put a sum over {index} in front.")
        listed = f"The problem has {', '.join(sorted(known))}." if known else "Put a sum over it in front of it."
        if any(part.head == "finite_sum" and part.args[1].value == index for part in postorder([problem])):
            raise refused(text, f"The index {index} belongs to a sum of the problem and means nothing outside it."
                                + (f" Outside, the problem has {', '.join(sorted(known))}." if known else f" {listed}"))
        raise refused(text, f"The index {index} does not occur in the problem. {listed}")
    sizes = shapes(problem)
    whole = sizes.keys() & {part.value for part in postorder([answer]) if part.head == "name"}
    if any(part.head in ("derivative", "rate") for part in postorder([problem])):
        whole = set()  # a slope may be given in whole lists
    for letter in sorted(whole):
        parts = ", ".join(sorted(f"{letter}_{index}" for index in known)) or f"{letter}_1"
        raise refused(text, f"{letter} is a list in the problem: type a part of it, such as {parts}.")
    notes = list(reading.notes)
    for letter, own in shapes(answer).items():
        for size, meant in zip(own, sizes.get(letter, ()), strict=False):
            if size.head == "name" and size.value in answer.free - problem.free and meant.head == "name":
                answer = substitute(answer, size.value, meant)
                notes.append(Note(f"{size} is read as {meant}, the size of {letter} in the problem.", 0, len(text),
                                  usual=True, kind="size-of-list"))
    return reading._replace(expression=answer, notes=tuple(notes))


def in_one_case(left: Expression, right: Expression, check: Check) -> tuple[Expression, Expression, dict[str, float]]:
    """Both sides in the case in which the oracle found that they differ, or in a usual one if it did not; and the sizes
    and indices of that case."""
    case = case_at(check.counterexample, left, right) if check.counterexample else usual_case(left, right)
    shown = {letter: float(value) for letter, value in case.items() if letter in left.free | right.free}
    return written_with(left, case), written_with(right, case), shown
