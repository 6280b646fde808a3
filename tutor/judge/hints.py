"""The first of three hints: what kind of expression is this, or what is done to the variable last?

    first_hint(parse("d/dx (3x + 2)^4")).written()
    # "What is done to x last? Something is raised to the fourth power."

It is made from the shape of the problem alone. It names no rule, and gives nothing away that cannot be seen in the
problem. Of an integral little can be seen: `way_to_begin` names the method by which the tutor would begin.
"""

from __future__ import annotations

from collections.abc import Callable

from tutor.derivation.goal import Goal
from tutor.expression.known_functions import FUNCTIONS
from tutor.expression.piecewise import PIECEWISE
from tutor.expression.tree import ONE, Expression, node, postorder
from tutor.judge.diagnosis import Text

SPOKEN: dict[str, str] = {name: function.spoken for name, function in FUNCTIONS.items()}
"""Function -> how it is called when it is spoken of, after "the"."""

Slots = dict[str, Expression]

_RAISED = {2: "squared", 3: "cubed"} | {
    exponent: f"raised to the {word} power"
    for exponent, word in enumerate(("fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"), start=4)}

_TIMES = {2: "twice", 3: "three times", 4: "four times", 5: "five times"}


def first_hint(problem: Expression, whole: bool = False) -> Text:
    """A question, and what is to be seen, about the first derivative or integral of a problem.

    Signs, constant factors and terms that are no more than a number times the variable are passed over, unless the
    question is about the whole. A problem without a derivative or an integral only has to be worked out, or to be
    written in another way.
    """
    parts = list(postorder([problem]))
    part = next((part for head in ("derivative", "integral") for part in parts if part.head == head), None)
    limit = next((each for each in parts if each.head == "limit"), None)
    if part is None and limit is not None:
        body, variable, target = limit.args
        return Text("Where does {body} go as {variable} goes to {target}? Put the value in first. If that says "
                    "nothing, as 0/0 does, write it in another way: multiply out, cancel, or compare what grows.",
                    {"body": body, "variable": variable, "target": target})
    if part is None:
        if problem.free:
            return Text("Nothing has to be differentiated here: only write {problem} in another way, one part at a "
                        "time.", {"problem": problem})
        return Text("There is nothing to differentiate here: just work out the value.", {})
    sentences, slots = _around(problem, part)
    sentence, found = _integral(part) if part.head == "integral" else _derivative(part, whole)
    return Text(" ".join([*sentences, sentence]), slots | found)


def way_to_begin(goal: Goal) -> str:
    """The method by which an integral is taken apart first, behind signs, constant factors and limits, as a sentence;
    "" where there is none."""
    found: Goal | None = goal
    while found is not None and found.problem.head == "integral":
        instance = found.instance
        passed = instance is None or "linear" in instance.rule.tags or (
            len(found.problem.args) == 4 and not instance.opens)
        if not passed and instance is not None:
            return f"One way to begin: {instance.rule.title}."
        found = next((part for part in found.rests_on if part.problem.head == "integral"), None)
    return ""


def _around(problem: Expression, part: Expression) -> tuple[list[str], Slots]:
    """What comes before or after the part with which to begin."""
    sentences: list[str] = []
    slots: Slots = {}
    whole = problem
    if whole.head == "at":
        whole, replaced, point = whole.args
        sentences.append("At the end, substitute {point} for {replaced}.")
        slots |= {"point": point, "replaced": replaced}
    if part is not whole:
        sentences.append("Start with {part}.")
        slots["part"] = part
    if part.head == "derivative" and part.args[2] is not ONE:
        order = part.args[2]
        times = _TIMES.get(order.value, "{order} times")
        sentences.append(f"You differentiate {times} here: think of the first time.")
        slots["order"] = order
    return sentences, slots


def _integral(part: Expression) -> tuple[str, Slots]:
    body, _, *limits = part.args
    question = "Which expression has {body} as its derivative?"
    if not limits:
        return question, {"body": body}
    return question + " Then substitute the limits, {lower} and {upper}.", {
        "body": body, "lower": limits[0], "upper": limits[1]}


def _derivative(part: Expression, whole: bool) -> tuple[str, Slots]:
    body, variable = part.args[:2]
    term = body if whole else _main_term(body, variable)
    sentence, slots = "Nothing: {x} does not occur in {term}.", Slots()
    if variable.value in term.free:
        sentence, slots = _LAST.get(term.head, _function)(term, variable)
        if not whole and term is not variable and _is_plain(term, variable):
            sentence += " How much does {term} change when {x} grows by 1?"
    place = "" if term is body else "Look at {term}. "
    return f"{place}What is done to {{x}} last? {sentence}", slots | {"x": variable, "term": term}


def _main_term(body: Expression, variable: Expression) -> Expression:
    """What is left of a body without its sign, constant factors and plain terms; never the bare variable of a longer
    one, of which there is nothing to say."""
    while True:
        varying = [arg for arg in body.args if variable.value in arg.free]
        telling = [arg for arg in varying if not _is_plain(arg, variable)] if body.head == "sum" else varying
        constant_divisor = body.head == "quotient" and body.args[1] not in varying
        if not telling or telling[0] is variable or not (body.head in ("negation", "sum") or constant_divisor
                               or (body.head == "product" and len(varying) == 1)):
            return body
        body = telling[0]


def _is_plain(term: Expression, variable: Expression) -> bool:
    """Whether a term is the variable, or a constant times it."""
    if term.head == "negation":
        term = term.args[0]
    if term.head == "product":
        return [arg for arg in term.args if variable.value in arg.free] == [variable]
    return term is variable or (term.head == "quotient" and term.args[0] is variable
                                and variable.value not in term.args[1].free)


# -- what is done last, by head --------------------------------------------------------------------------------------


def _thing(part: Expression, variable: Expression) -> str:
    return "{x}" if part is variable else "something"


def _negation(term: Expression, variable: Expression) -> tuple[str, Slots]:
    return f"The sign of {_thing(term.args[0], variable)} is changed.", {}


def _product(term: Expression, variable: Expression) -> tuple[str, Slots]:
    varying = sum(variable.value in arg.free for arg in term.args)
    if variable in term.args and varying == 1:
        return "{x} is multiplied by something that does not change.", {}
    if varying == 1:
        return "Something that changes with {x} is multiplied by something that does not.", {}
    return f"{'Two' if varying == 2 else 'Several'} things that change with {{x}} are multiplied.", {}


def _quotient(term: Expression, variable: Expression) -> tuple[str, Slots]:
    above, below = term.args
    if variable.value not in below.free:
        return f"{_thing(above, variable).capitalize()} is divided by {{below}}.", {"below": below}
    if variable.value in above.free:
        return "One thing that changes with {x} is divided by another.", {}
    return f"{{above}} is divided by {_thing(below, variable)}.", {"above": above}


def _power(term: Expression, variable: Expression) -> tuple[str, Slots]:
    base, exponent = term.args
    if variable.value not in exponent.free:
        raised = _RAISED.get(exponent.value, "raised to the power {exponent}")
        return f"{_thing(base, variable).capitalize()} is {raised}.", {"exponent": exponent}
    if variable.value not in base.free:
        return f"{{base}} is raised to {_thing(exponent, variable)}.", {"base": base}
    return "Something that changes with {x} is raised to a power that also changes with {x}.", {}


def _logarithm(term: Expression, variable: Expression) -> tuple[str, Slots]:
    argument, base = term.args
    if variable.value in base.free:
        return "A logarithm is taken to a base that changes with {x}.", {}
    return f"The logarithm of {_thing(argument, variable)} to base {{base}} is taken.", {"base": base}


def _extreme(term: Expression, variable: Expression) -> tuple[str, Slots]:
    return f"The {SPOKEN[term.head]} of several things is taken.", {}


def _unknown(term: Expression, variable: Expression) -> tuple[str, Slots]:
    function = node("application", (), term.value)
    inside = _thing(term.args[0], variable)
    return f"The unknown function {{function}} is applied to {inside}.", {"function": function}


def _defined(term: Expression, variable: Expression) -> tuple[str, Slots]:
    return f"The function {term.value.name} is applied to {_thing(term.args[0], variable)}.", {}


def _inner_integral(term: Expression, variable: Expression) -> tuple[str, Slots]:
    if any(variable.value in limit.free for limit in term.args[2:]):
        return "It is used as a limit of an integral.", {}
    return "An integral is taken of something that changes with {x}.", {}


def _terms(term: Expression, variable: Expression) -> tuple[str, Slots]:
    return "Terms are added, one for each {index}. Look at the term for one of them.", {"index": term.args[1]}


def _part(term: Expression, variable: Expression) -> tuple[str, Slots]:
    return "Nothing: it is one part of a list.", {}


def _inner_limit(term: Expression, variable: Expression) -> tuple[str, Slots]:
    return "A limit is taken of something. Find the limit first.", {}


def _put_in(term: Expression, variable: Expression) -> tuple[str, Slots]:
    return "The letter {letter} is replaced by {inside}.", {"inside": term.args[2], "letter": term.args[1]}


def _function(term: Expression, variable: Expression) -> tuple[str, Slots]:
    inside = next((arg for arg in term.args if variable.value in arg.free), term.args[0])
    return f"The {SPOKEN[term.head]} of {_thing(inside, variable)} is taken.", {}


_LAST: dict[str, Callable[[Expression, Expression], tuple[str, Slots]]] = {
    "name": lambda term, variable: ("Nothing: {x} stands alone.", {}),
    "sum": lambda term, variable: ("Terms are added. Look at each of them on its own.", {}),
    "negation": _negation, "product": _product, "quotient": _quotient, "power": _power,
    "log": _logarithm, "min": _extreme, "max": _extreme, "application": _unknown, "defined": _defined,
    "integral": _inner_integral, "limit": _inner_limit, "at": _put_in, "finite_sum": _terms, "indexed": _part,
    "logsumexp": _extreme,
    PIECEWISE: lambda term, variable: ("One of several formulas counts, case by case. Look at each of them on its own.",
                                       {}),
}
"""Head -> what is said of it; every other one is a function of one argument."""
