"""Answers in words that say: there is no derivative, there is no value, the integral diverges.

    says_no_value("Does not exist.")        # True
    says_no_value("not")                    # False
    says_diverges("diverges")               # True
    infinite("-∞")                          # "-"
    diagnose_no_value(parse("int_1^infinity 1/x dx"), "diverges").outcome       # "right"
"""

from __future__ import annotations

from tutor.derivation.antiderivatives import has_definite_integral, is_indefinite
from tutor.derivation.goal import below
from tutor.expression.relations import related
from tutor.expression.tree import Expression, node, postorder
from tutor.integration.definite import NoValue
from tutor.judge.case import is_infinite, prepared
from tutor.judge.diagnosis import Diagnosis, DiagnosisOutcome, Text
from tutor.judge.hints import first_hint
from tutor.oracle.existence import existence_of
from tutor.oracle.verdict import Oracle

_PHRASES = frozenset((
    "undefined", "is undefined", "it is undefined", "undef", "not defined", "is not defined", "it is not defined",
    "isn't defined", "does not exist", "it does not exist", "doesn't exist", "it doesn't exist", "does not exist here",
    "dne", "d.n.e", "none", "no derivative", "there is none", "there is no derivative", "no derivative here",
    "there is no derivative here", "has no derivative", "not differentiable", "is not differentiable",
    "it is not differentiable", "isn't differentiable", "no value", "has no value", "there is no value", "no slope",
    "there is no slope", "not existing", "nonexistent", "non-existent",
))
"""In small letters, with plain apostrophes and without a full stop."""


_DIVERGES = frozenset((
    "diverges", "it diverges", "divergent", "is divergent", "it is divergent", "does not converge",
    "it does not converge", "doesn't converge", "it doesn't converge", "not convergent", "is not convergent",
    "infinite", "the area is infinite", "the integral diverges", "divergence",
))
_INFINITE = {"infinity": "+", "+infinity": "+", "∞": "+", "+∞": "+", "inf": "+", "plus infinity": "+",
             "-infinity": "-", "-∞": "-", "-inf": "-", "minus infinity": "-"}


def says_no_value(text: str, of_integral: bool = False) -> bool:
    """Whether an answer says that there is none; of an integral also that it diverges or is infinite."""
    return _plain(text) in _PHRASES or (of_integral and (says_diverges(text) or bool(infinite(text))))


def says_diverges(text: str) -> bool:
    """Whether an answer says in words that an integral diverges."""
    return _plain(text) in _DIVERGES


def infinite(text: str) -> str:
    """The sign of an answer that is infinity, "+" or "-"; "" of any other."""
    return _INFINITE.get(_plain(text).replace("−", "-"), "")


def _plain(text: str) -> str:
    plain = " ".join(text.casefold().replace("’", "'").replace("′", "'").split())
    return plain.rstrip(" .!")


# -- what is to be said of it ------------------------------------------------------------------------------------------


def diagnose_no_value(problem: Expression, words: str) -> Diagnosis:
    """What is to be said where the answer says in words that there is no derivative, or no value."""
    derivation = prepared(problem).derivation
    found = existence_of(problem)
    outcome: DiagnosisOutcome = "unexplained"
    no_value = None if derivation is None else derivation.no_value
    if no_value is not None:
        outcome, text = _judged_no_value(no_value, words)
    elif derivation is not None and derivation.unsolved is None and has_definite_integral(problem):
        improper = any(goal.rule is not None and "improper" in goal.rule.tags for goal in below(derivation.goal))
        text = Text("There is a value here: the limit exists, so the integral converges." if improper else
                    "There is a value here: the integral can be worked out.", {})
    elif problem.head == "limit" and derivation is not None and derivation.unsolved is None:
        outcome, text = _although_there_is_a_limit(problem, derivation.result)
    elif problem.head == "limit" and derivation is not None and derivation.unsolved is not None and (
            derivation.goal.ending == "missing"):
        outcome, text = "right", with_text("Right: there is no limit. ", _capital(derivation.unsolved), ".")
    elif found.outcome == "missing":
        outcome, text = "right", with_text(f"Right: there is no {what_is_asked(problem)} here. ", found.text, ".")
    elif found.outcome == "undecided":
        outcome, text = "undecided", with_text("This could not be decided: ", found.text, ".")
    elif is_indefinite(problem):
        text = Text("The question asks for an antiderivative, which is a function.", {})
    elif not found.values and Oracle().value(problem, {}) is None:
        outcome, text = "undecided", Text("This could not be decided: no real value was found.", {})
    elif what_is_asked(problem) == "derivative":
        text = Text("There is a derivative here: it can be worked out." if problem.free else
                    "There is a derivative here: the slopes from both sides are the same.", {})
    else:
        text = Text("There is a value here: it can be worked out.", {})
    return Diagnosis(outcome, problem, None, derivation, texts=(text,), words=words.strip(),
                     hint=first_hint(problem) if outcome == "unexplained" and no_value is None else Text("", {}))


def _although_there_is_a_limit(problem: Expression, limit: Expression) -> tuple[DiagnosisOutcome, Text]:
    """What is to be said where a limit exists, or is infinite, and the answer says that there is none."""
    if is_infinite(limit):
        return "right_other_form", Text(
            "It is true that no number is the limit. But all values here grow beyond all bounds in the same direction: "
            "give it, as infinity or as -infinity.", {})
    body, variable, target = problem.args
    text = Text("There is a limit here: it can be worked out.", {})
    if not is_infinite(target) and Oracle().value(node("at", (body, variable, target)), {}) is None:
        text = with_text("", text, " It does not matter that there is no value at {place} itself: a limit asks where "
                                   "the values go close to it.", place=related(variable, "=", target))
    return "unexplained", text


def _judged_no_value(found: NoValue, words: str) -> tuple[DiagnosisOutcome, Text]:
    """What is to be said where an integral has no value, and the answer says so in some way."""
    sign = infinite(words)
    if says_diverges(words) and not found.diverges:
        return "unexplained", with_text("It has no value, but it does not diverge: ", found.why, ".")
    if sign and (found.towards is None or (found.towards.head == "negation") is not (sign == "-")):
        return "unexplained", with_text("It has no value, but this is not why: ", found.why, ".")
    what = "the integral diverges" if found.diverges else "there is no value here"
    return "right", with_text(f"Right: {what}. ", _capital(found.why), ".")


def _capital(text: Text) -> Text:
    return text if text.template.startswith("{") else Text(text.template[:1].upper() + text.template[1:], text.slots)


def what_is_asked(problem: Expression) -> str:
    """What a problem with a point asks for."""
    return "derivative" if any(part.head == "derivative" for part in postorder([problem])) else "value"


def with_text(before: str, text: Text, after: str, **slots: Expression) -> Text:
    """A text with words around it; slots: what stands for the {slots} of these words."""
    return Text(before + text.template + after, {**text.slots, **slots})
