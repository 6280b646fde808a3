"""What to say of an integral that was not found: what is known of it, which terms were found, what was tried.

    report_on(search, parse("int e^(x^2) dx"))
    # ["It is known that no formula made of the functions of this course has this derivative.", ...]
"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.expression.tree import Expression, node
from tutor.integration.search import Search
from tutor.rules.instance import instance_of
from tutor.rules.rule import Rule
from tutor.rules.rulebook import rulebook

_MOST_TRIED = 6
"""Attempts that are named; the first ones are those that a person would make."""


def report_on(search: Search, problem: Expression) -> list[str]:
    """The sentences for an indefinite integral with a tidy integrand, in the order in which they are read."""
    found = [*map(str, _known(search, problem)), *_terms_found(search, problem)]
    key = search.key(problem)
    tried: dict[str, None] = {}
    for attempt in search.tried:
        if attempt.problem is key:
            tried[f"{attempt.title}: {attempt.sentence}"] = None
    return [*found, *list(tried)[:_MOST_TRIED], *(
        ["The search was cut short: it would have needed too many integrals."] if search.exhausted else [])]


def _known(search: Search, problem: Expression) -> Iterator[str]:
    """What is known of an integral that no formula made of the usual functions gives."""
    for rule in _without_formula():
        instance = instance_of(rule, problem, search.variable)
        if instance is not None:
            yield rule.say
            return


def _without_formula() -> list[Rule]:
    return [rule for rule in rulebook().values() if "no_formula" in rule.tags]


def _terms_found(search: Search, problem: Expression) -> Iterator[str]:
    """The terms of a sum whose antiderivatives were found."""
    body, variable = problem.args
    if body.head != "sum":
        return
    found: list[Expression] = []
    open_terms: list[Expression] = []
    for term in body.args:
        part = search.tidy(node("integral", (term, variable)))
        plan = search.solve(search.key(part))
        (open_terms if plan is None else found).append(term)
    if found:
        yield (f"Found for {len(found)} of its {len(body.args)} terms: {', '.join(map(str, found))}. "
               f"Not found for {', '.join(map(str, open_terms))}.")
