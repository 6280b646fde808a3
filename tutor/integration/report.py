"""What to say of an integral that was not found: what is known of it, which terms were found, what was tried.

    known_of(parse("e^(x^2)"), name("x"))    # "It has been proved that no formula made of the usual functions has ..."
    report_on(search, parse("int e^(x^2) dx"))
    # ["Substitution of the whole integrand: No part of it can be called u so that ...", ...]
"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.algebra.signs import sign_of
from tutor.expression.new_letters import new_letters
from tutor.expression.piecewise import PIECEWISE
from tutor.expression.tree import Expression, node, postorder
from tutor.integration.search import IntegrationSearch
from tutor.rules.instance import instance_of
from tutor.rules.rule import Rule
from tutor.rules.rulebook import rulebook

_MOST_TRIED = 6
"""Attempts that are named; the first ones are those that a person would make."""


def report_on(search: IntegrationSearch, problem: Expression) -> list[str]:
    """The sentences for an indefinite integral with a tidy integrand, in the order in which they are read."""
    found = list(_terms_found(search, problem))
    key = search.key(problem)
    tried: dict[str, str] = {}  # sentence -> the first method for which it holds
    for attempt in search.tried:
        if attempt.problem is key and not (found and "It leads to " in attempt.sentence):  # to a term that is named
            tried.setdefault(attempt.sentence, attempt.title)
    sentences = [f"{title}: {sentence}" for sentence, title in tried.items()]
    return [*found, *sentences[:_MOST_TRIED], *(
        ["The search was cut short: it would have taken too much work."] if search.exhausted else [])]


def known_of(body: Expression, variable: Expression) -> str:
    """What is known of an integrand that has no real value anywhere, or is the derivative of no formula made of the
    usual functions, in a sentence; "" where nothing is known."""
    unreal = next((part for part in postorder([body]) if part.head in ("sqrt", "ln") and sign_of(part.args[0]) == "-"),
                  None)
    if unreal is not None:
        return f"{unreal} has no real value for any {variable}, so there is nothing to integrate."
    if any(part.head == PIECEWISE and variable.value in part.free for part in postorder([body])):
        return "Its cases could not be told apart everywhere: integrate each case over its own range, and add."
    problem = node("integral", (body, variable))
    letter = next(new_letters([problem]))
    return next((rule.say for rule in _without_formula() if instance_of(rule, problem, letter) is not None), "")


def _without_formula() -> list[Rule]:
    return [rule for rule in rulebook().values() if "no_formula" in rule.tags]


def _terms_found(search: IntegrationSearch, problem: Expression) -> Iterator[str]:
    """The terms of a sum whose antiderivatives were found."""
    body, variable = problem.args
    if body.head != "sum":
        return
    found: list[str] = []
    open_terms: list[Expression] = []
    for term in body.args:
        part = search.tidy(node("integral", (term, variable)))
        result = search.antiderivative(part)
        if result is None:
            open_terms.append(term)
        else:
            found.append(f"{result} for {term}")
    if found:
        known = known_of(open_terms[0], variable) if len(open_terms) == 1 else ""
        yield (f"Found for {len(found)} of its {len(body.args)} terms: {', '.join(found)}. "
               f"Not found for {', '.join(map(str, open_terms))}. {known}".rstrip())
