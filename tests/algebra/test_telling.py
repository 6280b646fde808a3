"""How one gets to the tidy form: every step that is told is its rule with the letters filled in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

import pytest
from hypothesis import given, settings

import tutor
from tests.algebra.expressions import EXPRESSIONS
from tutor import limits
from tutor.algebra.bookkeeping import Bookkeeping
from tutor.algebra.decide import Tidy
from tutor.algebra.telling import Teller, Told
from tutor.algebra.terms import Style, negated
from tutor.derivation.goal import below
from tutor.derivation.simplified import simplified
from tutor.derivation.step import Step
from tutor.expression.parse import parse
from tutor.expression.tree import Expression, negate, node, postorder
from tutor.oracle.verdict import Oracle
from tutor.rules.building import listed_letter
from tutor.rules.rule import Rule

CHAINS = [
    # before, after, the rules that lead from one to the other
    ("x^2*(2*x)", "2*x^3", "multiply_powers"),
    ("x*(-y)", "-x*y", "minus_out_of_product"),
    ("sin(x)*x", "x*sin(x)", "reorder_factors"),
    ("(-sin(x))/cos(x)", "-sin(x)/cos(x)", "minus_out_of_numerator"),
    ("2/(-x)", "-2/x", "minus_out_of_denominator"),
    ("-x*y*(1 - y)", "x*y*(y - 1)", "minus_into_factor"),
    ("2*x*y - (x^2 - 1)", "2*x*y - x^2 + 1", "minus_into_brackets"),
    ("2*3*x", "6*x", "arithmetic"),
    ("1/2 - 1", "-1/2", "arithmetic"),
    ("1 + x", "x + 1", "reorder_terms"),
    ("x*1", "x", "times_one"),
    ("x + 0", "x", "plus_zero"),
    ("x^1", "x", "first_power"),
    ("-(-x)", "x", "two_minus_signs"),
    ("(-(-sin(x)))/(-(-sin(x)))", "1", "cancel"),
    ("x^(1/2)", "sqrt(x)", "power_as_square_root"),
    ("x^-2", "1/x^2", "negative_exponent"),
    ("x/y*z", "x*z/y", "factor_into_fraction"),
    ("2*(1/x^3)", "2/x^3", "factor_into_fraction"),
    ("(-3)*(1/x^4)", "-3/x^4", "factor_into_fraction"),
    ("x/y/z", "x/(y*z)", "fraction_over"),
    ("x/(y/z)", "x*z/y", "divide_by_fraction"),
    ("x/(y*z)", "x/y/z", "split_denominator"),
    ("(2*x)^3", "8*x^3", "power_of_product"),
    ("x*y/(x*z)", "y/z", "cancel"),
    ("e^x/e^(2*x)", "e^(-x)", "cancel_powers_above like_terms"),
    ("(4*x - 12)/2", "2*x - 6", "split_fraction"),
    ("2*x + 3*x + 4*y - y - 5*x", "3*y", "like_terms like_terms"),
    ("2*(x + 1)", "2*x + 2", "multiply_out"),
    ("x*(2*x + 1) + x^2", "3*x^2 + x", "multiply_out multiply_powers like_terms"),
    ("2*x*e^x + x^2*e^x", "x*(2 + x)*e^x", "split_power take_out_common_factor"),
    ("1/(1 + 1/x)", "x/(x + 1)", "whole_and_fraction divide_by_fraction"),
    ("3*sin(2*x)^2 + x + 3*cos(2*x)^2", "3 + x", "pythagoras"),
    ("8^(1/3)*x", "2*x", "known_value"),
    ("sin(pi/6)*x", "x/2", "known_value"),
    ("(x^2 - 1)/(x - 1)", "x + 1", "difference_of_squares cancel"),
    ("(x^2 - 4)/(x^2 - x - 6)", "(x - 2)/(x - 3)", "difference_of_squares factor_quadratic cancel"),
    ("((x + 1)^2 - 2*x*(x + 1))/(x + 1)^4", "(1 - x)/(x + 1)^3",
     "split_power take_out_common_factor like_terms cancel_powers_below"),
    ("-(2*x + 2)/(x + 1)^4", "-2/(x + 1)^3", "take_out_number cancel_powers_below"),
    ("(cos(x)*(1 + cos(x)) + sin(x)*sin(x))/(1 + cos(x))^2", "1/(1 + cos(x))",
     "multiply_out multiply_powers multiply_powers pythagoras cancel_powers_below"),
    ("x*sign(x) + abs(x)", "2*abs(x)", "letter_times_sign like_terms"),
    ("cos(x)*sign(sin(x))/abs(sin(x))", "cos(x)/sin(x)", "sign_over_absolute"),
    ("1/(x - 1) + 1/(1 - x)", "0", "like_terms"),
    ("sin(x - 1) + sin(1 - x)", "0", "sine_of_minus like_terms"),
    ("(1 + x/sqrt(x^2 + 1))/(x + sqrt(x^2 + 1))", "1/sqrt(x^2 + 1)",
     "whole_and_fraction fraction_over cancel"),
    ("a*x^(a - 1)*x^b + x^a*b*x^(b - 1)", "(a + b)*x^(a + b - 1)",
     "multiply_powers multiply_powers take_out_common_factor"),
    ("(1 - x)/sqrt(1 - x)", "sqrt(1 - x)", "cancel_powers_above"),
    ("(x + 1)^3", "x^3 + 3*x^2 + 3*x + 1",
     "power_as_product square_of_sum multiply_out multiply_out multiply_powers multiply_powers like_terms like_terms"),
    ("(6*x*sqrt(x + 1) - (3*x^2 + 2)/(2*sqrt(x + 1)))/(x + 1)", "(9*x^2 + 12*x - 2)/(2*(x + 1)^(3/2))",
     "whole_and_fraction multiply_powers fraction_over multiply_powers multiply_out multiply_powers like_terms"),
    # straight on to where the decider stopped, and not on and back
    ("((x + 1)^2 - x*(2*x + 2))/(x + 1)^4", "((x + 1) - 2*x)/(x + 1)^3",
     "take_out_number split_power take_out_common_factor cancel_powers_below"),
    ("(2*x*(x + 1)^3 - 3*x^2*(x + 1)^2)/(x + 1)^6", "(2*x*(x + 1) - 3*x^2)/(x + 1)^4",
     "split_power take_out_common_factor cancel_powers_below"),
    ("12*x^3*ln(x) + 3*x^3", "x^3*(12*ln(x) + 3)", "take_out_common_factor"),
    ("2/(1 - x)^2*((1 - x)/(x + 1))", "2/((1 - x)*(x + 1))", "factor_into_fraction fraction_over cancel_powers_below"),
    ("(2*x^2 - x - 1)/(x - 1)", "2*x + 1",
     "split_term split_power take_out_common_factor take_out_common_factor cancel"),
    ("x^3 - 8", "(x - 2)*(x^2 + 2*x + 4)", "difference_of_cubes"),
    ("cos(x)/sin(x)", "cot(x)", "fraction_as_cotangent"),
    ("sin(x)*cot(x)", "cos(x)", "cotangent_as_fraction factor_into_fraction cancel"),
    ("csc(x)^2*cot(x)^2 - cot(x)^2", "cot(x)^4", "pythagoras_cotangent multiply_powers"),
    ("(-x)^(2/5)", "x^(2/5)", "even_root_power_of_minus"),
    ("(-x)^(3/5)", "-x^(3/5)", "odd_root_power_of_minus"),
    ("b*(x + a)^2*c - b^2*(x + a)*x", "b*(x + a)*(c*x + a*c - b*x)",
     "split_power split_power take_out_common_factor multiply_out"),
    ("2*x^2 + 3*x + 1", "(2*x + 1)*(x + 1)",
     "split_term split_power take_out_common_factor take_out_common_factor"),
    ("x^6 - 1", "(x^3 - 1)*(x^3 + 1)", "power_as_power difference_of_squares"),
    ("(x + 2)/(x^2 + 4*x + 4)", "1/(x + 2)", "sum_as_square cancel_powers_below"),
    ("1/(c*x^n)", "x^(-n)/c", "power_into_numerator"),
    ("2*sin(x)^2", "2 - 2*cos(x)^2", "square_of_sine_replaced"),
    ("(x - 1)^2", "(1 - x)^2", "even_power_turned"),
    ("sigmoid(x)*sigmoid(-x)", "sigmoid(x)*(1 - sigmoid(x))", "sigmoid_of_minus"),
    ("1/(sqrt(x) + 1)", "(sqrt(x) - 1)/(x - 1)", "calculation"),
]


@pytest.mark.parametrize(("before", "after", "rules"), CHAINS)
def test_chain(before: str, after: str, rules: str) -> None:
    start, end = parse(before), parse(after)
    told = Teller(Style()).tell(start, end)
    assert " ".join(each.rule.name for each in told) == rules
    assert told[0].whole_before is start
    assert told[-1].whole_after is end
    assert all(first.whole_after is second.whole_before for first, second in pairwise(told))
    for each in told:
        assert_instance(each)


def assert_instance(step: Told | Step) -> None:
    """The law: the statement with the bindings put in is the step, up to bookkeeping."""
    if step.rule.computed:
        return
    books = Bookkeeping()
    left, right = (filled(side, step.rule, step.bindings) for side in (step.rule.left, step.rule.right))
    said = f"{step.rule.name}: {step.before} = {step.after} by {left} = {right}"
    assert books.of(left) is books.of(step.before), said
    assert books.of(right) is books.of(step.after), said


def filled(side: Expression, rule: Rule, bindings: Mapping[str, Expression]) -> Expression:
    """A side of a rule with letters replaced, all at once; the terms of `f + ...` one by one."""
    made: dict[Expression, Expression] = {}
    for part in postorder([side]):
        if part.head == "name" and part.value in bindings:
            made[part] = bindings[part.value]
        elif part.head == "sum" and part.args[-1].head == "ellipsis":
            letter, terms = listed_letter(rule), []
            for term in bindings[letter].args:  # a minus before a term stays before it
                minus, each = term.head == "negation", term.args[0] if term.head == "negation" else term
                every = filled(part.args[0], rule, {**bindings, letter: each})
                terms.append(negate(every) if minus else every)
            made[part] = node("sum", tuple(terms))
        else:
            made[part] = node(part.head, tuple(made[arg] for arg in part.args), part.value)
    return made[side]


def tidy_steps(start: Expression) -> Iterator[Told]:
    style = Style(exp=any(part.head == "exp" for part in postorder([start])))
    tidy, teller = Tidy(style), Teller(style)
    tidy(start)
    for before, decision in tidy.steps(start):
        told = teller.tell(before, decision.after)
        assert told[0].whole_before is before
        assert told[-1].whole_after is decision.after
        yield from told


@settings(max_examples=200, deadline=None)
@given(EXPRESSIONS)
def test_every_told_step_is_an_instance_and_right(start: Expression) -> None:
    oracle = Oracle()
    for each in tidy_steps(start):
        assert_instance(each)
        for left, right in ((each.before, each.after), (each.whole_before, each.whole_after)):
            check = oracle.compare(left, right, each.assumptions)
            assert check.outcome != "refuted", f"{each.rule.name}: {left} = {right}: {check.sentence}"


PROBLEMS = [
    "x/(x + 1)^2", "x^2*e^x", "(3*x + 2)^4", "sin(x)^2*cos(x)", "ln(x)/x^2", "1/(1 + e^(-x))", "sqrt(x^2 + 1)",
    "(x^2 - 1)/(x^2 + 1)", "x*sqrt(1 - x^2)", "atan(x/a)", "e^(-x^2/2)", "tan(x)/x", "(x + 1)^2*(x - 1)^3",
    "x^x", "2^x*x^3", "abs(x)*x", "ln(sin(x))", "sin(x)/(1 + cos(x))", "5/x^3", "x^a*x^b", "(2 - x)^2",
]


@pytest.mark.parametrize("body", PROBLEMS)
def test_the_steps_of_derivations_are_instances(body: str) -> None:
    derivation = tutor.explain(f"d/dx [{body}]")
    assert derivation.checked is not False
    for step in derivation.steps:
        if "combine" in step.rule.tags or any("function" in sort for sort in step.rule.letters.values()):
            continue
        assert_instance(step)
        assert "calculation" not in step.rule.tags or not step.bindings


@pytest.mark.parametrize("body", [*PROBLEMS, "ln(x)/ln(x^2)", "x^2/x", "e^(3*ln(x))", "abs(x)*sign(x)",
                                  "1/(x - 1) - 1/(x - 1)", "ln(x)^2/x"])
def test_told_steps_assume_what_was_decided_to_be_assumed(body: str) -> None:
    derivation = tutor.explain(f"d/dx [{body}]")
    tidy = derivation.solver.tidy
    teller = Teller(tidy.style)
    for each in below(derivation.goal):
        for before, decision in tidy.part_of(each.part_of).steps(each.joined):
            told = teller.tell(before, decision.after, decision.kind)
            first, last = teller.books.of(before), teller.books.of(decision.after)
            decided = [relation for relation in decision.conditions
                       if teller.needed.of([teller.books.of(relation)], first, last)]
            assumed = [relation for step in told for relation in step.assumptions]
            assert set(simplified(assumed, tidy)) == set(simplified(decided, tidy)), f"{before} = {decision.after}"


@pytest.mark.parametrize("body", [
    *PROBLEMS, "(x + 1)^2*e^x", "(x + 1)^2/(x + 2)", "x*(x - 1)^2", "(3 - x)^2*(x + 1)", "(x - 1)^2*(x - 2)^2",
    "-(y*ln(sigmoid(x)) + (1 - y)*ln(1 - sigmoid(x)))", "ln((1 - x)/(1 + x))", "2*e^x - 2*x*e^x + x^2*e^x",
])
def test_nothing_is_multiplied_out_and_then_taken_out_again(body: str) -> None:
    books, done, turned = Bookkeeping(), set(), set()
    for step in tutor.explain(f"d/dx [{body}]").steps:
        if "tidy" not in step.rule.tags:
            continue
        before, after = (books.number_in_front(books.of(side))[1] for side in (step.before, step.after))
        if before is not after and any(part.head == "sum" for part in postorder([before, after])):
            assert (after, before) not in done, f"{step.rule.name}: {step.before} = {step.after}"
            done.add((before, after))
        old, new = (frozenset(frozenset(part.args) for part in postorder([side]) if part.head == "sum")
                    for side in step.change)
        for total in old - new:
            other = frozenset(map(negated, total))
            if other in new - old:
                assert (other, total) not in turned, f"{step.rule.name}: {step.before} = {step.after}"
                turned.add((total, other))


def test_what_no_rule_explains_is_told_without_a_statement() -> None:
    (told,) = Teller(Style()).tell(parse("1/(sqrt(x) + 1)"), parse("(sqrt(x) - 1)/(x - 1)"))
    assert "calculation" in told.rule.tags
    assert told.bindings == {}


def test_long_expressions_are_no_trouble() -> None:
    long = node("sum", tuple(parse(f"x^{power} + x^{power}") for power in range(2, 1_000)))
    tidy = Tidy(Style())
    (told,) = Teller(Style()).tell(long, tidy(long))
    assert "calculation" in told.rule.tags
    deep = parse("x")
    for _ in range(20_000):
        deep = node("sin", (deep,))
    start = node("product", (deep, parse("1")))
    assert [each.rule.name for each in Teller(Style()).tell(start, deep)] == ["calculation"]


def test_what_nobody_reads_is_told_as_calculations(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "STEPS_TOLD", 0)
    teller = Teller(Style())
    first = teller.tell(parse("x^2*x^3"), parse("x^5"))
    second = teller.tell(parse("y^2*y^3"), parse("y^5"))
    assert [each.rule.name for each in (*first, *second)] == ["multiply_powers", "calculation"]
