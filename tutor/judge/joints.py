"""What an answer in cases says where its cases meet, and the function that was to be differentiated has no slope there.

    at_joints(parse("d/dx {x^2 if x < 1; 3*x otherwise}"), parse("{2*x if x < 1; 3 otherwise}"))
    # one sentence: there is no derivative at x = 1, though the answer has a value there

Such a single value does not make an answer wrong, since some are usual, such as the slope 0 of the ReLU at 0; but that
it is no derivative has to be said. Where there is one and the answer leaves it out, this is said as well.
"""

from __future__ import annotations

from tutor.expression.piecewise import PIECEWISE, cases_in
from tutor.expression.relations import related
from tutor.expression.text import Text
from tutor.expression.tree import ONE, Expression, call, negate, node, postorder, substitute
from tutor.oracle.existence import existence_of, has_no_value
from tutor.rules.conditions import rational_value


def at_joints(problem: Expression, answer: Expression) -> tuple[Text, ...]:
    """A sentence for each number at which cases of the answer meet, and the answer and the derivative do not both have
    a value, or both have none."""
    if problem.head != "derivative" or problem.args[2] is not ONE or problem.free != problem.args[1].free:
        return ()
    variable = problem.args[1]
    found: list[Text] = []
    for place in _joints(answer, variable):
        at = related(variable, "=", place)
        slope = existence_of(node("at", (problem, variable, place))).outcome
        is_left_out = has_no_value(substitute(answer, variable.value, place))
        if slope == "missing" and not is_left_out:
            found.append(Text("There is no derivative at {at}, though this answer gives a value there.", {"at": at}))
        elif slope == "exists" and is_left_out:
            found.append(Text("There is a derivative at {at}, too, which this answer leaves out.", {"at": at}))
    return tuple(found)


def _joints(answer: Expression, variable: Expression) -> list[Expression]:
    """The numbers with which the variable is compared in the cases of an answer."""
    found: dict[Expression, None] = {}
    for part in postorder([answer]):
        for case in cases_in(part) if part.head == PIECEWISE else ():
            numbers = [side for side in case.sides if rational_value(side) is not None]
            if variable in case.sides:
                found.update(dict.fromkeys(numbers))
            elif call("abs", variable) in case.sides:
                found.update(dict.fromkeys(signed for each in numbers for signed in (negate(each), each)))
    return list(found)
