"""Which part of an integrand to call u: one that works, beside parts that do not, all found by the engine.

    with_parts(exercise).right                   # of int x*cos(x^2) dx: the number of x^2
    said_of(exercise, parse("cos(x^2)"))         # "... the rest is -cot(x^2)/2, and x is left in it. ..."
"""

from __future__ import annotations

from dataclasses import replace

from tutor.derivation.derivation import derive
from tutor.errors import TutorError
from tutor.expression.tree import Expression, derivative, divide, postorder
from tutor.integration.in_terms import base_and_exponent
from tutor.integration.integrand import Integrand
from tutor.integration.substitution import candidates, substituted_by
from tutor.judge.diagnosis import Text
from tutor.lesson.exercise import Exercise, NoExercise
from tutor.lesson.vary import shuffled

_MOST_CHOICES = 4
_FEWEST_OTHERS = 2


def with_parts(exercise: Exercise) -> Exercise:
    """The exercise with parts to choose from. Raises NoExercise if no substitution leads on, or every part would do."""
    inside = inside_of(exercise)
    if inside is None:
        raise NoExercise(f"The engine solves {exercise.problem} without a substitution, so there is no u to choose.")
    others = [part for part in _parts(exercise) if part is not inside and not _is_of_use(exercise, part)]
    if len(others) < _FEWEST_OTHERS:
        raise NoExercise(f"Nearly every part of {exercise.problem} would do as u, so there is nothing to choose.")
    parts = {str(part): part for part in (inside, *others[:_MOST_CHOICES - 1])}
    order = shuffled(list(parts), exercise.name)
    texts = tuple(Text("{part}", {"part": parts[written]}) for written in order)
    return replace(exercise, given=exercise.problem, choices=texts, right=order.index(str(inside)) + 1)


def inside_of(exercise: Exercise) -> Expression | None:
    """What the worked solution calls u first; None if it needs no substitution."""
    for goal in () if exercise.derivation is None else exercise.derivation.main_goals():
        if goal.rule is None or goal.problem.head != "integral":
            continue
        inside: Expression | None = goal.bindings.get(goal.rule.role("inside"))
        if inside is not None:
            return inside
        put_back = [part.args[2] for part in postorder([goal.opened]) if part.head == "at"]
        if put_back:
            return put_back[0]
    return None


def said_of(exercise: Exercise, part: Expression) -> Text:
    """What becomes of the integral if this part is called u."""
    integrand = _integrand(exercise)
    letter, slope = integrand.variable, integrand.slope(part)
    said = {"part": part, "slope": slope, "letter": letter, "body": integrand.body}
    if not integrand.varies(slope):
        return Text("With u = {part} the integral looks the same as before. Find a part whose derivative, apart from a "
                    "constant factor, is a factor of the rest.", said)
    rest = integrand.tidy(divide(integrand.body, slope))
    if part is inside_of(exercise):
        return Text("The derivative of {part} is {slope}. Divided by it, {body} becomes {rest}, and that can be "
                    "written with u alone.", {**said, "rest": rest})
    return Text("The derivative of {part} is {slope}. Divided by it, {body} becomes {rest}. Can you write that with u "
                "alone, so that no {letter} is left?", {**said, "rest": rest})


def hints_for(exercise: Exercise) -> tuple[Text, Text, Text]:
    """The three hints."""
    right = inside_of(exercise)
    assert right is not None
    slope = _integrand(exercise).slope(right)
    return (Text("Is there something inside a function, a power, a root or a denominator? That is a good part to "
                 "try.", {}),
            Text("One factor has to be the derivative of u, apart from a constant factor. Here it is a multiple of "
                 "{slope}.", {"slope": slope}),
            Text("Take u = {part}: its derivative is {slope}.", {"part": right, "slope": slope}))


def _integrand(exercise: Exercise) -> Integrand:
    """The integrand, without the constant factors, which go in front."""
    derivation = exercise.derivation
    assert derivation is not None
    goal = next(goal for goal in derivation.main_goals() if goal.problem.head == "integral")
    body, variable = goal.problem.args[:2]
    return Integrand(derivation.tidy(body), variable, derivation.fresh, derivation.tidy,
                     lambda part, letter: derive(derivative(part, letter)).result)


def _parts(exercise: Exercise) -> list[Expression]:
    """The parts that a learner may think of: what could be called u, and plain multiples of the variable."""
    integrand = _integrand(exercise)
    inside = [part for part in postorder([integrand.body]) if integrand.varies(part) and part is not integrand.variable]
    return list(dict.fromkeys((*candidates(integrand), *inside, integrand.variable)))


def _is_of_use(exercise: Exercise, part: Expression) -> bool:
    """Whether a part, called u, leaves an integral in u alone; the bare variable is no new letter. Of what is right,
    a power would do as well."""
    integrand, raised = _integrand(exercise), base_and_exponent(part)
    if raised is not None and raised[0] is inside_of(exercise):
        return True
    try:
        return part is not integrand.variable and integrand.varies(integrand.slope(part)) and substituted_by(
            integrand, part) is not None
    except TutorError:  # nothing can be said of a part without a derivative, so it is no choice
        return True
