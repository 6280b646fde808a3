"""Rules of algebra, matched whatever the order of terms and factors."""

from __future__ import annotations

import pytest

from tutor.algebra.bookkeeping import Bookkeeping
from tutor.algebra.matching import Match
from tutor.algebra.telling import Teller
from tutor.algebra.terms import Style
from tutor.expression.parse import parse
from tutor.expression.tree import Expression
from tutor.rules.rulebook import rulebook


def instances(rule: str, expression: str) -> tuple[Teller, list[Match]]:
    teller = Teller(Style())
    return teller, list(teller.rewriting.matcher.instances(rulebook()[rule], teller.books.of(parse(expression))))


@pytest.mark.parametrize(("rule", "expression", "after"), [
    ("multiply_powers", "y*x^2*x^3", "y*x^5"),  # y stands beside the instance
    ("multiply_powers", "x*x", "x^(1 + 1)"),  # an exponent that is not written is 1
    ("multiply_powers", "(1 - x)*sin(x)*(x - 1)^2", "-sin(x)*(x - 1)^3"),  # brackets turned round
    ("like_terms", "x + y + 3*x - x/2", "y + 7*x/2"),  # all like terms at once
    ("like_terms", "2*x^2 - 2*x^2", "0"),
    ("cancel", "2*x*y*z/(3*y*x)", "2*z/3"),  # all that is shared
    ("cancel", "x/(x*y)", "1/y"),
    ("cancel_powers_above", "a*x^5/(b*x^2)", "a*x^3/b"),
    ("cancel_powers_above", "x^(1 + m)/x", "x^m"),
    ("cancel_powers_below", "x/x^3", "1/x^2"),
    ("take_out_common_factor", "6*x*y - 4*x*z", "2*x*(3*y - 2*z)"),
    ("multiply_out", "2*x*(y + z - 1)", "2*x*y + 2*x*z - 2*x"),
    ("split_fraction", "(x + y)/(2*z)", "x/(2*z) + y/(2*z)"),
    ("add_fractions", "x/z + y/z + a", "(x + y)/z + a"),
    ("common_denominator", "1/x - 2/y", "(y - 2*x)/(x*y)"),
    ("even_power_of_minus", "(-2*x)^2", "(2*x)^2"),
    ("odd_power_of_minus", "(-x)^3", "-x^3"),
    ("negative_exponent", "x^(-1/2)", "1/sqrt(x)"),
    ("power_of_product", "(2*x)^3", "8*x^3"),
    ("square_of_difference", "(2 - x)^2", "4 - 4*x + x^2"),
    ("difference_of_squares", "9 - x^2", "(3 - x)*(3 + x)"),
    ("multiply_brackets", "(x - 1)*(x + 2)", "x^2 + x - 2"),
    ("pythagoras", "y + 3*x*sin(2*x)^2 + 3*x*cos(2*x)^2", "y + 3*x"),
    ("pythagoras_cosine", "2*sin(x)^2 - 2", "-2*cos(x)^2"),  # a sign goes into the first letter
    ("letter_over_absolute", "2*x/(3*abs(x))", "2*sign(x)/3"),
    ("exponential_of_logarithm", "e^(-2*ln(x))", "x^-2"),
    ("absolute_of_product", "abs(3*x)", "abs(3)*abs(x)"),
])
def test_what_a_rule_makes_of_the_whole(rule: str, expression: str, after: str) -> None:
    teller, found = instances(rule, expression)
    wanted = teller.books.of(parse(after))
    assert wanted in [each.after for each in found]


@pytest.mark.parametrize(("rule", "expression"), [
    ("multiply_powers", "x^2*y^3"),
    ("like_terms", "a*x + b*x"),  # a and b are no numbers
    ("cancel", "(x + y)/x"),
    ("cancel", "x*y/z"),
    ("cancel_powers_below", "x^3/x"),
    ("cancel_powers_below", "x^a/x^b"),  # which is larger is not known
    ("even_power_of_minus", "(-x)^3"),
    ("even_power_of_minus", "x^2"),
    ("power_of_product", "(x*y)^a"),
    ("power_of_power", "(x^2)^a"),  # where x is negative that is another thing
    ("negative_exponent", "x^(-a)"),
    ("pythagoras", "sin(x)^2 + cos(y)^2"),
    ("pythagoras", "2*sin(x)^2 + cos(x)^2"),
    ("take_out_common_factor", "x + y"),
    ("difference_of_squares", "x^2 - 3"),
    ("zero_exponent", "x^1"),
])
def test_where_a_rule_does_not_fit(rule: str, expression: str) -> None:
    assert instances(rule, expression)[1] == []


@pytest.mark.parametrize(("rule", "expression", "assumed"), [
    ("cancel", "x*y/(x*z)", ["x != 0"]),
    ("cancel", "(x^2 + 1)*y/(x^2 + 1)", []),  # never 0
    ("multiply_powers", "x^a*x^b", ["x > 0", "x > 0"]),
    ("multiply_powers", "e^a*e^b", []),
    ("power_of_power", "(x^(1/2))^2", ["x >= 0"]),
    ("power_of_power", "(x^2)^3", []),
    ("sine_of_arcsine", "sin(asin(x))", ["x >= -1", "x <= 1"]),
])
def test_conditions_are_decided_or_assumed(rule: str, expression: str, assumed: list[str]) -> None:
    teller, (first, *_) = instances(rule, expression)
    assert [" ".join([str(teller.writer.written(each.args[0])), each.value, str(teller.writer.written(each.args[1]))])
            for each in first.assumptions] == assumed


@pytest.mark.parametrize(("rule", "expression"), [
    ("sine_of_arcsine", "sin(asin(2))"),
    ("exponential_of_logarithm", "e^(3*ln(-2))"),
    ("cosh_of_arcosh", "cosh(acosh(0))"),
])
def test_a_rule_is_not_used_where_its_condition_is_plainly_false(rule: str, expression: str) -> None:
    assert instances(rule, expression)[1] == []


def test_the_letters_say_what_was_done() -> None:
    teller, (found, *_) = instances("like_terms", "x + y + 3*x")
    numbers, letter = found.bindings["a"], found.bindings["f"]
    assert isinstance(numbers, tuple)
    assert isinstance(letter, Expression)
    assert sorted(each.value for each in numbers) == [1, 3]
    assert letter is parse("x")
    assert found.redex is teller.books.of(parse("x + 3*x"))
    assert found.contractum is Bookkeeping().of(parse("4*x"))
