"""Answers about the lines of a graph: a slope, or a list of slopes, which may use the names of the lines.

    diagnose("z = w*x; L = z^2; grad L", "(2z*x, 2z*w)").outcome                    # "right"
    diagnose("z = w*x; L = e^z; dL/dz at w = 1, x = 1", "2.718").message            # "Right to 4 digits."

What the names say is put in before two slopes are compared. Numbers that a person finds line by line are rounded, so
one that is right to a few digits is right, unless its exact value is a fraction or the exact value is asked for.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from tutor.derivation.backward import BackwardPass, NoSlope, solved_on_graph
from tutor.derivation.problem import read_problem
from tutor.derivation.several import GRAPH
from tutor.errors import TutorError
from tutor.expression.lists import Sizes
from tutor.expression.relations import related
from tutor.expression.tree import ONE, Expression, as_tuple, derivative, name, negate, node, postorder
from tutor.expression.tree import replace as replace_parts
from tutor.judge.components import diagnose_list
from tutor.judge.diagnose import rule_that_applies
from tutor.judge.diagnosis import Diagnosis, Slip, Text
from tutor.judge.equivalence import Equivalence, equivalent
from tutor.judge.form import form_finding
from tutor.judge.rounding import FEWEST_DIGITS, LEAST_DIGITS, SHORT, digits_agreed, rounded
from tutor.judge.whole_lists import in_components
from tutor.judge.wrong_slopes import wrong_slopes
from tutor.oracle.digits import in_tree
from tutor.oracle.matrices import ShapeError
from tutor.rules.conditions import rational_value
from tutor.rules.restate import shown_bindings

Diagnose = Callable[[Expression, Expression], Diagnosis]
"""What is said of an answer to a derivative by itself."""

_EXPLAINED = frozenset(("misconception", "one_of", "slip", "wrong_variable"))

MOST_LINES = 30
"""Lines of a graph up to which a wrong slope is looked at with these lines put in."""


def diagnose_on_graph(problem: Expression, answer: Expression, form: str, diagnose: Diagnose) -> Diagnosis:
    """What is to be said of an answer about the lines of a graph."""
    try:
        found = solved_on_graph(problem)
    except NoSlope as error:
        return Diagnosis("unexplained", problem, answer, texts=(Text(str(error), {}),))
    rates = tuple(found.adjoints.adjoint(letter).rate for letter in found.wanted)
    asked = as_tuple(rates)

    def judge(rate: Expression, typed: Expression) -> Diagnosis:
        def in_parts(given: Expression) -> Expression:
            return in_components(given, rate.args[1], found.graph.shapes, {*found.graph.inputs, *found.graph.lines})

        try:
            given = in_parts(typed)
        except ShapeError as error:
            order = in_another_order(rate, typed, in_parts, found, found.graph.shapes) or Diagnosis(
                "unexplained", rate, typed)
            return replace(order, texts=(Text(str(error), {}), *order.texts))
        if any(part.head in ("derivative", "rate") for part in postorder([given])):
            return Diagnosis("undecided", rate, given, texts=(Text(
                "Another slope is left in it. Put in what that slope is.", {}),), equivalence=Equivalence(
                    "undecided", reason="another slope is left in it; put in what that slope is"))
        judged = diagnose_slope(found, rate, given, form, diagnose)
        if judged.outcome in ("unexplained", "slip") and given is not typed:
            judged = in_another_order(rate, typed, in_parts, found, found.graph.shapes) or judged
        if judged.outcome == "unexplained" and found.graph.has_lists:
            judged = _right_if_symmetric(problem, rate, given, judged) or judged
        return judged

    judged = diagnose_list(asked, answer, judge) if "tuple" in (asked.head, answer.head) else judge(asked, answer)
    return replace(judged, problem=problem)


def _right_if_symmetric(problem: Expression, rate: Expression, given: Expression,
                        judged: Diagnosis) -> Diagnosis | None:
    """The diagnosis of a wrong slope that is right if a matrix of the graph is symmetric. judged: what was said."""
    from tutor.judge.symmetry import slip_of_symmetry

    def is_right(graph: Expression, slope: Expression) -> bool:
        try:
            return compared_on_graph(solved_on_graph(graph), rate, slope).verdict == "equal"
        except TutorError:
            return False  # it is longer than the graph that was solved, and may be too long

    slip = slip_of_symmetry(problem, given, is_right)
    return None if slip is None else replace(judged, outcome="slip", texts=(slip.sentence,), slip=slip)


def in_another_order(rate: Expression, typed: Expression, in_parts: Callable[[Expression], Expression],
                     found: BackwardPass, sizes: Sizes) -> Diagnosis | None:
    """What is to be said of a wrong answer in whole lists that is right with its factors in another order, or with
    others transposed. in_parts: what an answer says of one part."""
    from tutor.judge.mistakes_with_lists import diagnosed_order

    def is_right(other: Expression) -> bool:
        try:
            return compared_on_graph(found, rate, in_parts(other)).verdict == "equal"
        except ShapeError:
            return False

    return diagnosed_order(rate, typed, sizes, is_right)


def diagnose_no_slope(problem: Expression, words: str) -> Diagnosis:
    """What is to be said of an answer that there is none."""
    try:
        solved_on_graph(problem)
    except NoSlope as error:
        return Diagnosis("right", problem, words=words, texts=(Text(str(error), {}),))
    there = " there" if any(part.head == "at" for part in postorder([problem.args[-1]])) else ""
    return Diagnosis("unexplained", problem, words=words, texts=(Text(f"There is a slope{there}.", {}),))


def lines_put_in(text: str, problem: Expression) -> Expression | None:
    """A problem on its graph, where its lines were put in when it was read; None if it has none."""
    if problem.head == "statements":
        return None
    try:
        asked = read_problem(text, method=GRAPH).expression
    except TutorError:
        return None  # nothing is asked of lines here
    return asked if asked.head == "statements" else None


def names_put_in(answer: Expression, lines: Sequence[Expression]) -> Expression:
    """An answer with what the names of lines stand for: to y = e^x; y'' it may be y."""
    meanings = {line.args[0]: line.args[1] for line in lines}
    for _ in lines:  # a line may have the names of lines above it
        answer = replace_parts(answer, meanings)
    return answer


def names_lines(graph: Expression, answer: Expression) -> bool:
    """Whether an answer has the name of a line."""
    return not answer.free.isdisjoint(line.args[0].value for line in graph.args[:-1])


def right_to_some_digits(graph: Expression, judged: Diagnosis) -> Diagnosis | None:
    """The diagnosis of a number for a slope along lines that were put in, if it is right to a few digits. judged: what
    was said of it otherwise."""
    problem, answer = judged.problem, judged.answer
    if problem.head != "at" or answer is None or rational_value(answer) is None:
        return None
    try:
        found = solved_on_graph(graph)
    except TutorError:
        return None  # there is no slope there, which was said of the problem with its lines put in
    value = _value(found, found.adjoints.adjoint(found.wanted[0]).rate)
    right = None if value is None else _to_digits(found, problem, answer, value)
    return None if right is None else replace(right, equivalence=judged.equivalence)


def diagnose_slope(found: BackwardPass, rate: Expression, given: Expression, form: str,
                   diagnose: Diagnose) -> Diagnosis:
    """What is to be said of one slope: the whole effect of a name, dL/dz, or what it does on one line, ∂z/∂w."""
    compared = compared_on_graph(found, rate, given)
    if compared.verdict == "equal":
        unfinished = form_finding(given, form, found.problem) if form else None
        if unfinished is not None:
            return Diagnosis("right_other_form", rate, given, equivalence=compared, texts=(
                Text("The value is right.", {}), unfinished))
        return Diagnosis("right", rate, given, equivalence=compared, texts=(Text("Right.", {}),))
    if compared.verdict == "undecided":
        return Diagnosis("undecided", rate, given, equivalence=compared)
    if found.graph.has_lists:
        return replace(_with_lists(found, rate, given), equivalence=compared)
    value = None if form == "exact" else _value(found, rate)
    right = None if value is None else _to_digits(found, rate, given, value)
    if right is not None:
        return replace(right, equivalence=compared)
    is_known = rate.head == "rate" and is_slope_of_loss(found, rate)
    wanted = found.with_values(found.adjoints.slope(rate.args[1].value)) if is_known else rate
    if is_known and rounded(found.with_values(given), wanted):
        sentence = Text("That is rounded. Give the exact value.", {})
        return Diagnosis("slip", rate, given, equivalence=compared, texts=(sentence,), slip=Slip(
            "rounded", given, wanted, sentence))
    stranger = next(iter(sorted(given.free.difference(found.graph.lines, found.graph.inputs))), "")
    if stranger:
        return Diagnosis("wrong_variable", rate, given, equivalence=compared, texts=(
            Text("The letter {stranger} does not occur in the graph.", {"stranger": name(stranger)}),))
    explained = (_by_wrong_rules(found, rate, given) if is_known else None) or _by_rules(found, rate, given, diagnose)
    if explained is not None:
        return replace(explained, problem=rate, answer=given, equivalence=compared)
    return Diagnosis("unexplained", rate, given, equivalence=compared, texts=tuple(_rule_that_applies(found, rate)))


def _with_lists(found: BackwardPass, rate: Expression, given: Expression) -> Diagnosis:
    """What is to be said of a wrong slope along lines with lists."""
    if rate.head != "rate" or not is_slope_of_loss(found, rate):
        return Diagnosis("unexplained", rate, given, texts=tuple(_rule_that_applies(found, rate)))
    texts = tuple(_right_if_given(found, rate, given))
    if not texts:
        from tutor.judge.mistakes_with_lists import mistake_with_lists

        explained = mistake_with_lists(found, rate, given)
        if explained is not None:
            return explained
        texts = tuple(_right_if_given(found, rate, negate(given), "With the other sign, that"))
    return Diagnosis("unexplained", rate, given, texts=texts or tuple(_rule_that_applies(found, rate)))


def compared_on_graph(found: BackwardPass, left: Expression, right: Expression) -> Equivalence:
    """Whether two expressions in names of lines and slopes have the same value, at the places that are given."""
    if found.graph.has_lists:
        return _compared_in_cases(found, left, right)
    first, second = found.graph.meaning((left, right))
    return equivalent(_at_places(found, first), _at_places(found, second), found.oracle)


def _compared_in_cases(found: BackwardPass, left: Expression, right: Expression) -> Equivalence:
    """The same along lines with lists, written out for several sizes."""
    check = found.graph.compare(found.oracle.compare, (left, right, *found.graph.given))
    if check.outcome == "checked":
        return Equivalence("equal", points=check.points, digits=15)
    if check.outcome == "refuted":
        return Equivalence("different", counterexample=check.counterexample or {}, left=check.left, right=check.right)
    return Equivalence("undecided", points=check.points, reason=check.reason, parts=check.parts)


def _at_places(found: BackwardPass, expression: Expression) -> Expression:
    """An expression at the places that are given, also of the names of lines that it still has."""
    lines = found.graph.filled.items() if found.places else ()
    for letter, value in (*[each for each in lines if each[0].value in expression.free], *found.places.items()):
        expression = node("at", (expression, letter, value))
    return expression


# -- numbers -----------------------------------------------------------------------------------------------------------


def _value(found: BackwardPass, rate: Expression) -> float | None:
    """The number that a slope or the name of a line is at the places, where it is one that has to be rounded."""
    if not found.places:
        return None
    (meant,) = found.graph.meaning((rate,))
    meant = _at_places(found, meant)
    value = None if meant.free else found.oracle.value(meant, {})
    if not isinstance(value, float) or not math.isfinite(value):
        return None
    if rate.head == "rate" and is_slope_of_loss(found, rate):
        exact = found.with_values(found.adjoints.slope(rate.args[1].value))
        return None if rational_value(found.tidy(exact)) is not None else value
    return None if abs(value * SHORT - round(value * SHORT)) < _FLOAT * SHORT else value


_FLOAT = 1e-12
"""The difference up to which two floats are the same number."""


def is_slope_of_loss(found: BackwardPass, rate: Expression) -> bool:
    """Whether a slope is one that the backward pass finds: dL/dz, and not ∂z/∂w."""
    return rate.value == "d" and rate.args[0].value == found.adjoints.loss and (
        rate.args[1].value in found.adjoints.order)


def agrees_in_digits(found: BackwardPass, left: Expression, right: Expression) -> bool:
    """Whether both have the same value, if not exactly then to a few digits, as numbers on paper have it."""
    if compared_on_graph(found, left, right).verdict == "equal":
        return True
    if found.graph.has_lists:
        return False  # these have letters in them
    sides = [_at_places(found, each) for each in found.graph.meaning((left, right))]
    if any(side.free for side in sides):
        return False
    one, other = (found.oracle.value(side, {}) for side in sides)
    return isinstance(one, float) and isinstance(other, float) and digits_agreed(one, other) >= LEAST_DIGITS


def _to_digits(found: BackwardPass, rate: Expression, given: Expression, value: float) -> Diagnosis | None:
    """A number that is right to a few digits, or that is rounded to fewer."""
    (meant,) = found.graph.meaning((given,))
    meant = _at_places(found, meant)
    number = None if meant.free else found.oracle.value(meant, {})
    if not isinstance(number, float):
        return None
    agreed = digits_agreed(number, value)
    if agreed >= LEAST_DIGITS:
        text = Text(f"Right to {agreed} digits.", {})
        if rational_value(given) is not None and agreed < _digits(given):
            text = Text(f"Right to {agreed} digits. To {agreed + 1} digits it is {{value}}.",
                        {"value": in_tree(value, agreed + 1)})
        return Diagnosis("right", rate, given, texts=(text,))
    if rational_value(given) is None or not FEWEST_DIGITS <= _digits(given) <= agreed:
        return None
    sentence = Text(f"That is right as far as it goes. Give at least {LEAST_DIGITS} digits.", {})
    return Diagnosis("slip", rate, given, texts=(sentence,), slip=Slip(
        "rounded", given, in_tree(value, LEAST_DIGITS), sentence))


def _digits(given: Expression) -> int:
    """How many digits a decimal was typed with; 0 for other numbers."""
    typed = str(given).lstrip("-")
    return len(typed.replace(".", "").lstrip("0")) if typed.replace(".", "").isdecimal() else 0


# -- what went wrong ---------------------------------------------------------------------------------------------------


def _by_wrong_rules(found: BackwardPass, rate: Expression, given: Expression) -> Diagnosis | None:
    """The mistake about paths, or in the slope on one line, that leads to a slope."""
    for wrong in wrong_slopes(found.adjoints, rate.args[1].value):
        if compared_on_graph(found, wrong.joined, given).verdict == "equal":
            return Diagnosis("misconception", rate, given, texts=(wrong.mistake.sentence,),
                             explanations=((wrong.mistake,),), likely=1)
    return None


def _right_if_given(found: BackwardPass, rate: Expression, given: Expression, what: str = "That") -> Iterator[Text]:
    """What would have to be given for a slope to be right: p - y is the slope of softmax and cross-entropy only for
    targets that add up to 1."""
    for total in postorder([found.adjoints.slope(rate.args[1].value)]):
        if total.head == "finite_sum" and total.free.isdisjoint(found.graph.lines):
            condition = related(total, "=", ONE)
            check = found.graph.compare(found.oracle.compare, (rate, given, condition, *found.graph.given))
            if check.outcome == "checked":
                yield Text(f"{what} is right only if {{condition}}, and nothing says so here. If it is meant, add it "
                           "as a line.", {"condition": condition})
                return


def _rule_that_applies(found: BackwardPass, rate: Expression) -> Iterator[Text]:
    """What the rule says by which a slope is found, or what a line says."""
    if rate.head != "rate":
        yield Text("The line says {line}.", {"line": related(rate, "=", found.graph.lines.get(rate.value, rate))})
    elif is_slope_of_loss(found, rate):
        instance = found.adjoints.adjoint(rate.args[1].value).instance
        yield rule_that_applies(instance.rule, shown_bindings(instance.rule, instance.bindings))
    elif rate.args[1].value in found.graph.lines[rate.args[0].value].free:
        yield Text("Look at the line {line} alone: every other name on it stays as it is.", {
            "line": related(rate.args[0], "=", found.graph.lines[rate.args[0].value])})


def _by_rules(found: BackwardPass, rate: Expression, given: Expression, diagnose: Diagnose) -> Diagnosis | None:
    """The mistake in the rules of derivatives that leads to a slope: the loss is one expression in the name that it is
    asked by, and a slope on one line is a derivative anyway."""
    if rate.head != "rate" or found.places or len(found.graph.lines) > MOST_LINES:
        return None
    above, variable = rate.args
    if rate.value == "∂":
        problem, answer = derivative(found.graph.lines[above.value], variable, symbol="∂"), given
    else:
        slopes = {part: found.adjoints.slope(part.args[1].value) for part in postorder([given])
                  if part.head == "rate" and is_slope_of_loss(found, part)}
        answer = replace_parts(given, slopes)
        body, answer = found.graph.cut((above, answer), variable.value)
        problem = derivative(body, variable)
    if any(part.head == "rate" for part in postorder([answer])) or variable.value not in problem.args[0].free:
        return None
    explained = diagnose(problem, answer)
    return explained if explained.outcome in _EXPLAINED else None
