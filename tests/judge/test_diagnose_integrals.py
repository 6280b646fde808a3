"""Answers to integrals: each misconception is found in examples of its own, and right answers are right in any form."""

import pytest

import tutor
from tutor.judge.diagnose import diagnose_expressions

NAMED = [
    # at the whole
    ("int x^4 dx", "x^5 + C", "power_no_division"),
    ("int x^4 dx", "x^5/4 + C", "power_divides_by_old_exponent"),
    ("int 3^x dx", "3^x + C", "exponential_logarithm_forgotten"),
    ("int 3^x dx", "3^x*ln(3) + C", "exponential_logarithm_multiplied"),
    ("int 1/(x^2 + 4) dx", "atan(x/2) + C", "arctangent_factor_lost"),
    ("int 1/(x^2 - 9) dx", "ln|x^2 - 9| + C", "one_over_anything_is_log"),
    ("int ln(x) dx", "1/x + C", "differentiated_instead"),
    ("int (x + 3)^2 dx", "x^3/3 + 9x + C", "power_of_sum"),
    # at a term, behind a factor
    ("int (5*x^4 - cos(2*x)) dx", "x^5 - sin(2x) + C", "inner_factor_not_divided"),
    ("int (x^2 + e^(x^2)) dx", "x^3 + e^(x^2) + C", ""),
    # in a substitution
    ("int x*cos(x^2) dx", "sin(x^2) + C", "factor_of_substitution_lost"),
    ("int 3*x^2*e^(x^3) dx", "e^x + C", "inner_function_not_put_back"),
    ("int x*sin(x^2) dx", "cos(x^2)/2 + C", "sine_integral_sign"),
    ("int 2*x*(x^2 + 1)^3 dx", "(x^2 + 1)^4 + C", "power_no_division"),
    # in parts
    ("int x*e^x dx", "x^2/2*e^x + C", "product_of_integrals"),
    ("int x*e^x dx", "x*e^x + e^x + C", "parts_sign"),
    ("int x*ln(x) dx", "x^2/2*ln(x) + x^2/4 + C", "parts_sign"),
    ("int x^2*e^x dx", "x^2*e^x - 2*x*e^x - 2*e^x + C", "parts_sign"),
    ("int x*sin(x) dx", "x*cos(x) - sin(x) + C", "sine_integral_sign"),  # G is wrong in both its places
    ("int x*cos(x) dx", "x*sin(x) - cos(x) + C", "sine_integral_sign"),
    # in trigonometric identities, partial fractions, division
    ("int sin(x)^2 dx", "x/2 - sin(2*x)/2 + C", "inner_factor_not_divided"),
    # with limits
    ("int_2^3 x^2 dx", "9", "lower_limit_assumed_zero"),
    ("int_0^1 e^x dx", "e", "lower_limit_assumed_zero"),
    ("int_1^3 x^3 dx", "41/2", "limits_added"),
    ("int_1^3 x^3 dx", "-20", "limits_reversed"),
    ("int_1^3 x^3 dx", "x^4/4", "definite_left_as_function"),
    ("int_1^3 x^3 dx", "x^4/4 + C", "definite_left_as_function"),
    ("int_1^3 x^3 dx", "26", "limits_put_into_integrand"),
    ("int_1^3 x^3 dx", "80", "power_no_division"),
    ("int_0^1 2*x*(x^2 + 1)^3 dx", "1/4", "substitution_limits_not_changed"),
    ("int_0^2 x*cos(x^2) dx", "sin(2)/2", "substitution_limits_not_changed"),
    ("int_0^1 e^(3*x) dx", "(e - 1)/3", "linear_limits_not_changed"),
    ("int_0^1 e^(3*x) dx", "e^3 - 1", "inner_factor_not_divided"),
    ("int_0^1 x*e^x dx", "e/2", "product_of_integrals"),
    ("int_0^1 x*e^x dx", "2e - 1", "parts_sign"),
    ("int_0^4 (x - 1) dx", "5", "integral_is_area"),
    ("int_0^4 |x - 1| dx", "4", "area_is_integral"),
    # the derivative of what is inside, and constant factors
    ("int sin(5*x) dx", "-cos(5x) + C", "inner_factor_not_divided"),
    ("int (3*x - 2)^4 dx", "(3x - 2)^5/5 + C", "inner_factor_not_divided"),
    ("int (3*x - 2)^4 dx", "3*(3x - 2)^5/5 + C", "inner_factor_multiplied"),
    ("int e^(-3*x) dx", "e^(-3x)/3 + C", "inner_sign_lost"),
    ("int_0^oo e^(-4*x) dx", "1", "inner_sign_alone"),
    ("int 1/(7*x - 1) dx", "ln|7x - 1| + C", "slope_of_denominator_not_divided"),
    ("int 1/(7*x - 1) dx", "7*ln|7x - 1| + C", "slope_of_denominator_multiplied"),
    ("int 1/(2 - 3*x) dx", "ln|2 - 3x|/3 + C", "sign_of_denominator_lost"),
    ("int 5/x dx", "ln|x| + C", "constant_numerator_of_integral_dropped"),
    ("int cos(x)/4 dx", "sin(x) + C", "constant_divisor_of_integral_dropped"),
    ("int x^2/(x^3 + 5) dx", "ln|x^3 + 5| + C", "factor_of_logarithm_lost"),
    ("int x^2/(x^3 + 5) dx", "3*ln|x^3 + 5| + C", "factor_of_logarithm_inverted"),
    ("int x^2*cos(x^3) dx", "3*sin(x^3) + C", "factor_of_substitution_inverted"),
    ("int 1/sqrt(x) dx", "sqrt(x) + C", "root_below_no_division"),
    ("int ln(x) dx", "x*ln(x) + x + C", "parts_single_sign"),
    # once more in the integral that is left by parts
    ("int x^5*ln(x) dx", "x^6*ln(x)/5 - x^6/25 + C", "power_divides_by_old_exponent"),
    ("int x*cos(5*x) dx", "x*cos(5*x) - cos(5*x) + C", "term_not_integrated"),
    ("int 3*x^2 + 4 dx", "x^3 + 4 + C", "constant_integral_kept"),
    # inside a derivative, and where nothing is found
    ("d/dx [int_1^(x^3) cos(t) dt]", "cos(x^3)", "ftc_upper_limit_chain"),
    ("d/dx [int_x^2 cos(t) dt]", "cos(x)", "ftc_lower_limit_sign"),
    ("int e^(x^2) dx", "e^(x^2)/(2*x) + C", "chain_reversed_divide_by_inner"),
]


@pytest.mark.parametrize(("problem", "answer", "name"), NAMED)
def test_a_mistake_is_named(problem: str, answer: str, name: str) -> None:
    found = tutor.diagnose(problem, answer)
    assert found.equivalence is not None
    assert found.equivalence.verdict == "different"
    assert name in found.misconceptions if name else not found.explanations
    assert len(found.misconceptions) <= 3


@pytest.mark.parametrize(("problem", "answer", "likeliest"), [
    ("int (2*x + 1)^3 dx", "(2x + 1)^4/4 + C", "the inner function 2*x + 1 brings in its derivative 2"),
    ("int_0^oo e^(-2*x) dx", "1", "the inner function -2*x brings in the whole of its derivative -2"),
    ("int_0^3 |x - 1| dx", "3/2", "This is the integral of x - 1 without the bars."),
    ("int 1/(3*x + 2) dx", "ln|3x + 2| + C", "3*x + 2 brings in its derivative 3"),
])
def test_what_is_told_is_true_of_the_answer(problem: str, answer: str, likeliest: str) -> None:
    found = tutor.diagnose(problem, answer)
    assert found.likely == 1
    assert likeliest in found.message


@pytest.mark.parametrize(("problem", "answer", "kind", "said"), [
    ("int (2*x - 9) dx", "x^2 + 9x + C", "sign", "Look at the sign of 9*x."),
    ("int x*e^(-x^2) dx", "e^(-x^2)/2 + C", "sign", "Look at the sign of e^-x^2/2."),
    ("int tan(x) dx", "ln|cos(x)| + K", "sign", "Look at the sign of ln(abs(cos(x)))."),
    ("int 1/(x^2 - 1) dx", "ln|x - 1|/2 + ln|x + 1|/2 + C", "sign", "Look at the sign of ln(abs(x + 1))/2."),
    ("int (2*x^2 - 4*x + 1) dx", "2x^3/3 - 2x^2 + C", "term", "nothing in your answer gives 1"),
    ("int (x^3 + 2*x) dx", "x^4/4 + C", "term", "nothing in your answer gives 2*x"),
    ("int (x^2 - 4*x + 1) dx", "x^3/3 - 2x^2 + 5x + C", "factor", "5*x is 5 times what it should be."),
    ("int 1/(x^2 - 1) dx", "ln|x - 1| - ln|x + 1| + C", "factor", "is 2 times what it should be."),
    ("1/4*int_0^4 x^2 dx", "64/3", "factor", "This is int_0^4 x^2 dx alone."),
    ("d/dx [x^3 + sin(x) - 4*x^2]", "3x^2 - 8x", "term", "A term is missing."),
])
def test_a_slip(problem: str, answer: str, kind: str, said: str) -> None:
    found = tutor.diagnose(problem, answer)
    assert found.slip is not None
    assert found.slip.kind == kind
    assert said in found.message


RIGHT = [
    ("int x*cos(x) dx", "x*sin(x) + cos(x) + K"), ("int sin(x)*cos(x) dx", "-cos(x)^2/2 + C"),
    ("int 1/x dx", "ln|7x| + C"), ("int 1/x dx", "ln|k*x|"), ("int x^3 dx", "(x^4 + C)/4"),
    ("int x*e^x dx", "e^x*(x - 1) + 5*C"), ("int_0^1 2*x*(x^2 + 1)^3 dx", "15/4"), ("int_1^oo 1/x^2 dx", "1"),
    ("int 1/(x^2 - 1) dx", "ln|(x - 1)/(x + 1)|/2 + C"), ("int e^x*sin(x) dx", "e^x*(sin(x) - cos(x))/2 + C"),
]


@pytest.mark.parametrize(("problem", "answer"), RIGHT)
def test_a_right_answer_in_any_form(problem: str, answer: str) -> None:
    assert tutor.diagnose(problem, answer).outcome == "right"


@pytest.mark.parametrize(("problem", "answer", "outcome", "said"), [
    ("int x^2 dx", "int x^2 dx", "unexplained", "That is still an integral. Give a function whose derivative is x^2."),
    ("int x*cos(x) dx", "x*sin(x) - int sin(x) dx", "unexplained", "That is still an integral."),
    ("int_0^1 x^2 dx", "int_0^1 x^2 dx", "right_other_form", "int_0^1 x^2 dx still has to be worked out."),
    ("int_0^1 x*e^x dx", "e - int_0^1 e^x dx", "right_other_form", "int_0^1 e^x dx still has to be worked out."),
    ("int x^2 dx", "x^3/3", "constant_missing", "The constant of integration is missing: add + C."),
    ("int x^2 dx", "y^3/3 + C", "wrong_variable", "you wrote y, but the problem has x."),
    ("int x^3 dx", "C*x^4/4", "wrong_variable", "the constant of integration is a term of its own"),
    ("int 2*x*cos(x^2) dx", "sin(u) + C", "wrong_variable", "It is right once x^2 is put back in place of u."),
    ("int_1^2 x^2 dx", "7/3 + C", "wrong_variable", "a constant is added only where an antiderivative is asked for."),
    ("int_1^oo 1/x^2 dx", "diverges", "unexplained", "the limit exists, so the integral converges."),
    ("int_0^1 x^2 dx", "diverges", "unexplained", "There is a value here: the integral can be worked out."),
])
def test_what_is_said_besides(problem: str, answer: str, outcome: str, said: str) -> None:
    found = tutor.diagnose(problem, answer)
    assert found.outcome == outcome
    assert said in found.message


@pytest.mark.parametrize(("problem", "answer"), [
    ("int x*cos(x) dx", "x^7 + C"), ("int_0^2 x^2 dx", "17"), ("int 1/(x^2 - 1) dx", "x*ln(x) + C"),
    ("int e^x*sin(x) dx", "tan(x) + C"), ("int_0^1 2*x*(x^2 + 1)^3 dx", "11/13"),
    ("int_0^2 (3*x^2 + 2) dx", "10"), ("int x^2 dx", "x^3/3 + 2x^5 + C"),
])
def test_nothing_is_guessed(problem: str, answer: str) -> None:
    assert not tutor.diagnose(problem, answer).explanations


def test_the_rules_of_the_method_that_was_meant_are_named() -> None:
    problem, answer = tutor.parse("int_0^2 2x*(x^2 + 1)^3 dx"), tutor.parse("156")
    assert "Substitution with limits" in diagnose_expressions(problem, answer, method="definite_substitution").message
    assert "Substitution with limits" not in diagnose_expressions(problem, answer).message
