"""What went wrong in a slope along lines that are lists: in a rule, in a sign or a factor, or in an order.

    found = solved_on_graph(read_problem("z_i = w*x_i; L = sum_i z_i^2; dL/dw").expression)
    mistake_with_lists(found, rate, parse("-2*sum_{i=1}^{n} x_i*z_i")).slip.kind        # "sign"
    order_mistake(parse("h*(p - y)^T"), sizes, is_right).written()     # "This is the transpose of what ..."

A mistake on one line is followed down to the slope that was asked for. What may explain an answer is looked at in one
case with numbers first; what is left is compared for all sizes, as the answer was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import permutations, product
from typing import NamedTuple

from tutor.derivation.backward import BackwardPass
from tutor.derivation.graph import with_indices
from tutor.expression.lists import Sizes
from tutor.expression.names import TRANSPOSED
from tutor.expression.tree import (
    ONE,
    Expression,
    divide,
    multiply,
    name,
    negate,
    node,
    number,
    postorder,
    power,
    replace,
)
from tutor.judge.diagnosis import Diagnosis, Slip, Text
from tutor.judge.slips import signs_and_terms
from tutor.judge.wrong_slopes import WrongSlope, wrong_slopes
from tutor.oracle.expansion import TooLarge, Unknown, cases_of
from tutor.oracle.matrices import has_whole_lists
from tutor.oracle.screen import Screen

MOST_LINES = 12
"""Lines between the loss and a name up to which a mistake is looked for on each of them."""

MOST_FACTORS = 3
"""Lists in a product that are tried in every order and transposed."""


class _Explained(NamedTuple):
    """made: what a mistake makes of the slope; diagnosis: what is to be said of an answer that is the same."""

    made: Expression
    diagnosis: Diagnosis


def mistake_with_lists(found: BackwardPass, rate: Expression, given: Expression) -> Diagnosis | None:
    """The mistake that leads to a wrong slope of the loss, or None."""
    own = found.adjoints.adjoint(rate.args[1].value).rate.args[1]
    if own is not rate.args[1] and not _is_general(own):
        return None
    may_be_meant = _screened(found, rate, given)
    for explained in _mistakes(found, rate, own, given):
        if may_be_meant(explained.made):
            check = found.graph.compare(found.oracle.compare, (explained.made, given, *found.graph.given))
            if check.outcome == "checked":
                return explained.diagnosis
    return None


def _is_general(part: Expression) -> bool:
    return len({*part.args}) == len(part.args) and all(index.head == "name" for index in part.args)


def _screened(found: BackwardPass, rate: Expression, given: Expression) -> Callable[[Expression], bool]:
    """A quick look at one case with numbers: whether an expression can be equal to an answer. Each index has a value of
    its own there, and lists have several parts."""
    cases = cases_of((rate, given), found.graph.shapes) or []
    case = max(cases, key=lambda each: (sum(each.values()) <= 3 * len(each), len({*each.values()}), sum(each.values())),
               default=None)
    if case is None:
        return lambda made: True

    def in_numbers(expression: Expression) -> Expression | None:
        try:
            return found.graph.in_case((rate, expression), case)[1]
        except (TooLarge, Unknown, KeyError):
            return None

    asked, answer = in_numbers(found.adjoints.start if rate.head != "rate" else rate), in_numbers(given)
    if asked is None or answer is None:
        return lambda made: True
    screen = Screen(answer, asked, found.oracle)

    def may_be_meant(made: Expression) -> bool:
        written = in_numbers(made)
        return written is None or screen.may_equal(written)

    return may_be_meant


def _mistakes(found: BackwardPass, rate: Expression, own: Expression, given: Expression) -> Iterator[_Explained]:
    """What may have gone wrong, the likeliest first."""
    adjoints, letter = found.adjoints, rate.args[1].value

    def here(expression: Expression) -> Expression:
        return expression if own is rate.args[1] else with_indices(expression, own.args, rate.args[1].args)

    right = here(adjoints.slope(letter))
    slots = {"loss": name(adjoints.loss), "variable": rate.args[1]}
    yield _slip(rate, given, "sign", negate(right), right, Text(
        "This is the slope with the other sign. It has to be positive where {loss} grows with {variable}."
        + (" Which of the two is subtracted from the other?" if right.head == "sum" and len(right.args) == 2 else ""),
        slots))
    on_the_way = [line for line in adjoints.order if line == letter or (
        line in found.graph.lines and letter in found.graph.reaching(line))]
    for line in reversed(on_the_way[-MOST_LINES:]):
        for wrong in wrong_slopes(adjoints, line):
            yield _Explained(here(_with_mistake(found, letter, line, wrong)), Diagnosis(
                "misconception", rate, given, texts=(wrong.mistake.sentence,), explanations=((wrong.mistake,),),
                likely=1))
    for factor, words in _factors(found):
        yield _slip(rate, given, "factor", factor(right), right, words)
    if len(rate.args[1].args) == 2 and _is_general(rate.args[1]):
        turned = with_indices(right, rate.args[1].args, rate.args[1].args[::-1])
        yield _slip(rate, given, "order", turned, right, Text(
            "The indices stand the wrong way round: this is the slope by {turned}.",
            {"turned": node("indexed", rate.args[1].args[::-1], letter)}))
    for slip, made in signs_and_terms(right, Screen(right, right, found.oracle), lambda expression: expression):
        yield _slip(rate, given, slip.kind, made, right, Text(slip.sentence.template, {
            **slip.sentence.slots, "yours": found.tidy(slip.yours)}))


def _slip(rate: Expression, given: Expression, kind: str, made: Expression, right: Expression,
          sentence: Text) -> _Explained:
    return _Explained(made, Diagnosis("slip", rate, given, texts=(sentence,), slip=Slip(
        kind, given, right, sentence)))  # type: ignore[arg-type]


def _with_mistake(found: BackwardPass, letter: str, line: str, wrong: WrongSlope) -> Expression:
    """The slope by a name where the slope by one line on the way came out wrong."""
    adjoints = found.adjoints
    if letter == line:
        return wrong.joined
    joined = adjoints.adjoint(letter).joined
    changes: dict[Expression, Expression] = {}
    for part in postorder([joined]):
        if part.head == "rate" and part.value == "d" and part.args[0].value == adjoints.loss:
            above = part.args[1]
            if above.value == line or (line in found.graph.lines and _leads_to(found, above.value, line)):
                changes[part] = with_indices(_with_mistake(found, above.value, line, wrong),
                                             adjoints.part(above.value).args, above.args)
    return replace(joined, changes)


def _leads_to(found: BackwardPass, letter: str, line: str) -> bool:
    """Whether a line rests on another one, so that the slope by that one rests on the slope by the line."""
    return letter in found.graph.reaching(line)


def _factors(found: BackwardPass) -> Iterator[tuple[Callable[[Expression], Expression], Text]]:
    """Factors that are lost or too many: the number of parts of a list, and 2."""
    sizes = dict.fromkeys(size for each in found.graph.shapes.values() for size in each if size.head == "name")
    for size in (*sizes, number(2)):
        slots = {"size": size, "one": divide(ONE, size)}
        yield (lambda right, size=size: multiply(size, right)), Text(  # type: ignore[misc]
            "This is {size} times what it should be: is a factor {one} missing?", slots)
        yield (lambda right, size=size: divide(right, size)), Text(  # type: ignore[misc]
            "This is {one} of what it should be: is a factor {size} missing?", slots)


# -- the order of factors in whole lists -------------------------------------------------------------------------------


def order_mistake(given: Expression, sizes: Sizes, is_right: Callable[[Expression], bool]) -> Text | None:
    """What is to be said of a wrong answer in whole lists which is right with its factors in another order, or with
    others of them transposed. sizes: of the lists; is_right: whether an answer is the right one, in a shape that
    fits."""
    if is_right(power(given, name(TRANSPOSED))):
        return Text("This is the transpose of what is asked for: its rows are the columns there. A slope has the shape "
                    "of the list or matrix by which it is taken.", {})
    for part in reversed(list(postorder([given]))):
        factors = [factor for factor in part.args if has_whole_lists(factor, sizes)] if part.head == "product" else []
        if 0 < len(factors) <= MOST_FACTORS:
            others = [factor for factor in part.args if factor not in factors]
            for made, words in _rearranged(part, factors):
                if is_right(replace(given, {part: multiply(*others, *made)})):
                    return words
    return None


def diagnosed_order(problem: Expression, given: Expression, sizes: Sizes,
                    is_right: Callable[[Expression], bool]) -> Diagnosis | None:
    """The same as a diagnosis; None if the order of factors is not what is wrong."""
    words = order_mistake(given, sizes, is_right)
    return None if words is None else Diagnosis("slip", problem, given, texts=(words,), slip=Slip(
        "order", given, problem, words))


def _rearranged(product_: Expression, factors: Sequence[Expression]) -> Iterator[tuple[list[Expression], Text]]:
    """The lists of a product, transposed or not and in every order; the smallest changes first."""
    choices = sorted(product((False, True), repeat=len(factors)), key=sum)
    for order in permutations(factors):
        is_same = order == tuple(factors)
        for turned in choices:
            if not is_same or any(turned):
                pairs = list(zip(order, turned, strict=True))
                yield [_transposed(factor) if is_turned else factor for factor, is_turned in pairs], _words(
                    product_, is_same, [factor for factor, is_turned in pairs if is_turned])


def _transposed(factor: Expression) -> Expression:
    if factor.head == "power" and factor.args[1] is name(TRANSPOSED):
        return factor.args[0]
    return power(factor, name(TRANSPOSED))


def _words(product_: Expression, is_same_order: bool, turned: Sequence[Expression]) -> Text:
    slots = {"product": product_, **dict(zip(("first", "second"), turned, strict=False))}
    if is_same_order and len(turned) == 1:
        is_transposed = turned[0].head == "power" and turned[0].args[1] is name(TRANSPOSED)
        return Text("Look at {first}: " + ("it must not be transposed there." if is_transposed else
                                           "it has to be transposed there."), slots)
    if not turned:
        return Text("Look at the order of the factors of {product}. With lists and matrices it matters.", slots)
    return Text("Look at {product}: which factor comes first, and which is transposed? The index that two neighbours "
                "share is the one that is summed over.", slots)
