"""The first hint: made from the shape of a problem, naming no rule and giving nothing away."""

from __future__ import annotations

import pytest

import tutor
from tutor.derivation.problem import read_problem
from tutor.expression.parse import parse
from tutor.expression.tree import ARGUMENT_COUNTS, call, derivative, name, power
from tutor.judge.hints import first_hint, way_to_begin
from tutor.rules.rulebook import rulebook

LAST = [
    ("(3x + 2)^4", "What is done to x last? Something is raised to the fourth power."),
    ("x^2", "What is done to x last? x is squared."),
    ("(x + 1)^n", "What is done to x last? Something is raised to the power n."),
    ("x^(1/2)", "What is done to x last? x is raised to the power 1/2."),
    ("x^-1", "What is done to x last? x is raised to the power -1."),
    ("e^(2x)", "What is done to x last? e is raised to something."),
    ("2^x", "What is done to x last? 2 is raised to x."),
    ("x^x", "What is done to x last? Something that changes with x is raised to a power that also changes with x."),
    ("sin(x^2)", "What is done to x last? The sine of something is taken."),
    ("sin(x)", "What is done to x last? The sine of x is taken."),
    ("arctan(2x)", "What is done to x last? The inverse tangent of something is taken."),
    ("log_2 x", "What is done to x last? The logarithm of x to base 2 is taken."),
    ("log(2, x)", "What is done to x last? A logarithm is taken to a base that changes with x."),
    ("max(0, x)", "What is done to x last? The largest of several things is taken."),
    ("x^2*sin(x)", "What is done to x last? Two things that change with x are multiplied."),
    ("2x*e^x*sin(x)", "What is done to x last? Several things that change with x are multiplied."),
    ("sin(x)/x", "What is done to x last? One thing that changes with x is divided by another."),
    ("5/(x + 1)", "What is done to x last? 5 is divided by something."),
    ("f(x^2)", "What is done to x last? The unknown function f is applied to something."),
    ("x", "What is done to x last? Nothing: x stands alone."),
    ("7", "What is done to x last? Nothing: x does not occur in 7."),
    ("a", "What is done to x last? Nothing: x does not occur in a."),
    ("-3*sin(2x)/4", "Look at sin(2*x). What is done to x last? The sine of something is taken."),
    ("5x", "What is done to x last? x is multiplied by something that does not change. How much does 5*x change when x "
           "grows by 1?"),
    ("x/5", "What is done to x last? x is divided by 5. How much does x/5 change when x grows by 1?"),
    ("-a*x", "Look at a*x. What is done to x last? x is multiplied by something that does not change. How much does "
             "a*x change when x grows by 1?"),
    ("3x + 5 - x^5/a", "Look at x^5. What is done to x last? x is raised to the fifth power."),
    ("3x + 5",
     "What is done to x last? Terms are added. Look at each of them on its own."),
    ("int_0^x sin(t) dt", "What is done to x last? It is used as a limit of an integral."),
    ("(t^2) at (t = 3x)", "What is done to x last? The letter t is replaced by 3*x."),
]


@pytest.mark.parametrize(("body", "hint"), LAST)
def test_what_is_done_last(body: str, hint: str) -> None:
    assert first_hint(parse(f"d/dx [{body}]")).written() == hint


AROUND = [
    ("d/dw (w*x - y)^2", "What is done to w last? Something is squared."),
    ("d/dx [x^3] at x = 2", "At the end, substitute 2 for x. What is done to x last? x is cubed."),
    ("d^2/dx^2 sin(x)",
     "You differentiate twice here: think of the first time. What is done to x last? The sine of x is taken."),
    ("d^n/dx^n e^x",
     "You differentiate n times here: think of the first time. What is done to x last? e is raised to x."),
    ("d/dx [d/dx [x^3]]", "Start with d/dx [x^3]. What is done to x last? x is cubed."),
    ("2*d/dx [ln(x)] + x", "Start with d/dx [ln(x)]. What is done to x last? The natural logarithm of x is taken."),
    ("int 2x dx", "Which expression has 2*x as its derivative?"),
    ("int_0^1 x^2 dx", "Which expression has x^2 as its derivative? Then substitute the limits, 0 and 1."),
    ("f(x) = x^2; f'(3)", "At the end, substitute 3 for x. What is done to x last? x is squared."),
]


@pytest.mark.parametrize(("problem", "hint"), AROUND)
def test_what_stands_around_it(problem: str, hint: str) -> None:
    assert first_hint(read_problem(problem).expression).written() == hint


def test_without_a_derivative() -> None:
    assert "nothing to differentiate" in first_hint(parse("2 + 3")).written()
    assert "only write 2*x + 3*x in another way" in first_hint(parse("2x + 3x")).written()


@pytest.mark.parametrize("function", ARGUMENT_COUNTS)
def test_every_function_has_words(function: str) -> None:
    inside = power(name("x"), parse("2"))
    args = [inside, *[parse("5")] * (ARGUMENT_COUNTS[function][0] - 1 or function == "log")]
    hint = first_hint(derivative(call(function, *args), name("x"))).written()
    assert "thing" in hint
    assert "{" not in hint


@pytest.mark.parametrize("body", [body for body, _ in LAST[:22]])
def test_no_rule_is_named_and_nothing_given_away(body: str) -> None:
    hint = first_hint(parse(f"d/dx [{body}]")).written()
    assert [rule.title for rule in rulebook().values() if rule.title.lower() in hint.lower()] == []
    result = tutor.explain(f"d/dx [{body}]").result
    assert result.size < 3 or str(result) not in hint


def test_depth_is_no_limit() -> None:
    problem = parse("d/dx " + "-(3*" * 5_000 + "sin(x)" + ")" * 5_000)
    assert first_hint(problem).written() == "Look at sin(x). What is done to x last? The sine of x is taken."


@pytest.mark.parametrize(("problem", "way"), [
    ("int 3*x*cos(x) dx", "Integration by parts"), ("int_0^1 x*cos(x) dx", "Integration by parts"),
    ("int x*cos(x^2) dx", "Substitution"), ("int x^4 dx", "Power rule for integrals"),
    ("int_3^3 x dx", ""), ("d/dx sin(x^2)", ""), ("int_(-1)^1 sqrt(x) dx", ""),
])
def test_the_way_to_begin_is_that_of_the_derivation(problem: str, way: str) -> None:
    assert way_to_begin(tutor.explain(problem).goal) == (way and f"One way to begin: {way}.")


def test_a_hint_after_a_wrong_answer_names_it() -> None:
    hint = tutor.diagnose("int x*cos(x) dx", "x^7 + C").hint.written()
    assert hint == "Which expression has x*cos(x) as its derivative? One way to begin: Integration by parts."


def test_a_limit_inside_has_words() -> None:
    hint = first_hint(parse("d/dx [lim_(t->x) t^2]")).template
    assert hint.endswith("A limit is taken of something. Find the limit first.")
