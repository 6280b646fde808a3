"""Right answers are right, wrong ones are explained by the rule that gives them, and what nobody can explain is not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tutor
from tests.narrowed import not_none
from tutor.errors import TutorError
from tutor.judge.diagnose import diagnose

# Each wrong answer is what the documented error gives on this problem, written down without the engine.
WRONG = [
    ("d/dx x^5", "x^4", "power_lost_coefficient"),
    ("d/dx x^5", "5x^6", "power_adds_one"),
    ("d/dx x^5", "x^6/6", "power_integrated"),
    ("d/dx x^5", "5x^5", "power_exponent_kept"),
    ("d/dx e^x", "x e^(x-1)", "power_on_exponential"),
    ("d/dx 2^x", "x 2^(x-1)", "power_on_general_exponential"),
    ("d/dx 3^x", "3^x", "exponential_lost_log"),
    ("d/dx x^x", "x x^(x-1)", "power_rule_on_x_to_x"),
    ("d/dx 1/x^3", "1/(3x^2)", "negative_power_in_denominator"),
    ("d/dx x^-3", "-3x^-2", "negative_power_wrong_way"),
    ("d/dx [x^2 + 5]", "2x + 5", "constant_not_zero"),
    ("d/dx [x^2 + 5]", "2x + 1", "constant_becomes_one"),
    ("d/dx 7x^3", "3x^2", "constant_factor_dropped"),
    ("d/dx [x^3 - x^2]", "3x^2 + 2x", "sum_sign_lost"),
    ("d/dx x^2 sin(x)", "2x cos(x)", "product_of_derivatives"),
    ("d/dx x^2 e^x", "x^2*2x + e^x*e^x", "product_mispaired"),
    ("d/dx x^2 e^x", "2x + e^x", "product_as_sum"),
    ("d/dx x^2 e^x", "2x e^x - x^2 e^x", "product_minus"),
    ("d/dx [sin(x)/x]", "cos(x)", "quotient_of_derivatives"),
    ("d/dx [sin(x)/x]", "(cos(x)*x + sin(x))/x^2", "quotient_plus"),
    ("d/dx [sin(x)/x]", "(sin(x) - x cos(x))/x^2", "quotient_numerator_reversed"),
    ("d/dx [sin(x)/x]", "(x cos(x) - sin(x))/x", "quotient_denominator_not_squared"),
    ("d/dx [sin(x)/x]", "(x cos(x) - sin(x))/sin(x)^2", "quotient_wrong_denominator"),
    ("d/dx sin(x^2)", "cos(x^2)", "chain_inner_forgotten"),
    ("d/dx ln(3x)", "1/(3x)", "chain_inner_forgotten"),
    ("d/dx sin(x^2)", "cos(x)*2x", "chain_at_wrong_point"),
    ("d/dx cos(5x)", "-5 sin(x)", "chain_at_wrong_point"),
    ("d/dx sin(x^2)", "cos(2x)", "chain_inside_replaced"),
    ("d/dx sin(x^2)", "2x", "chain_only_inner"),
    ("d/dx sin(x^2)", "cos(x)", "chain_outer_on_bare_variable"),
    ("d/dx (x^2+1)^3", "3(x^2+1)^2*(x^2+1)", "chain_inside_left_in_place"),
    ("d/dx sqrt(x)", "1/sqrt(x)", "sqrt_half_lost"),
    ("d/dx cos(x)", "sin(x)", "cos_sign"),
    ("d/dx sin(x)", "-cos(x)", "sin_sign"),
    ("d/dx e^(-x)", "e^(-x)", "exp_negative_sign"),
    ("d/dx ln(x)", "1/ln(x)", "log_derivative_of_log"),
    ("d/dx sin(2x)", "cos(2) cos(x)", "multiplicative_linearity"),
    ("d^2/dx^2 x^4", "4x^3", "second_derivative_stopped"),
    ("d^2/dx^2 x^4", "16x^6", "second_derivative_squared"),
    ("d^2/dx^2 e^(x^2)", "2e^(x^2)", "second_derivative_no_product_rule"),
    ("∂/∂x x*y", "y + x", "partial_treats_other_as_variable"),
    ("∂/∂x x^2*y", "2x", "partial_zeroes_coefficient"),
    ("d/dw (w*x - y)^2", "(w*x - y)*x", "mse_factor_two_lost"),
    ("d/dw (w*x - y)^2", "2(w*x - y)", "chain_inner_forgotten"),
    ("d/dz tanh(z)", "1 - tanh(z)", "tanh_derivative"),
    ("d/dz sigmoid(z)", "sigmoid(sigmoid(z))*(1 - sigmoid(sigmoid(z)))", "sigmoid_derivative_of_activation"),
    ("d/dz relu(z)", "1", "relu_at_negative"),
    ("d/dp [-(y*ln(p) + (1-y)*ln(1-p))]", "-y/p - (1-y)/(1-p)", "bce_minus_lost"),
    ("d/dw c*w^2", "c*w", "l2_factor"),
    ("d/dw c*abs(w)", "c*w", "l1_as_l2"),
    ("d/dx (x+3)^2", "2x", "power_of_sum"),
    ("d/dx 2(x^2+x)", "4x + 1", "distribute_one_term"),
    ("d/dx sqrt(x+9)", "1/(2sqrt(x))", "root_of_sum"),
    ("d/dx 1/(x+2)", "-1/x^2", "reciprocal_of_sum"),
    ("d/dx ln(x+3)", "1/x", "log_of_sum"),
    ("d/dx x^2*x^3", "6x^5", "exponents_multiplied"),
    ("d/dx (x^2)^3", "5x^4", "exponents_added"),
    ("int x^2 dx", "x^3", "power_no_division"),
    ("int x^2 dx", "x^3/2 + C", "power_divides_by_old_exponent"),
    ("int x^3 dx", "3x^2", "differentiated_instead"),
    ("int sin(x) dx", "cos(x) + C", "sine_integral_sign"),
    ("int cos(3x) dx", "sin(3x) + C", "inner_factor_not_divided"),
    ("d/dx [x + pi^3]", "1 + 3pi^2", "constant_by_power_rule"),
    ("int x^-4 dx", "-x^-5/5 + C", "negative_power_integral_wrong_way"),
    ("int (4x+1)^3 dx", "(4x+1)^4 + C", "inner_factor_multiplied"),
    ("int 5/x^2 dx", "5ln|x^2| + C", "one_over_anything_is_log"),
    ("d/dx 3/x", "-3/x", "reciprocal_not_squared"),
    ("d/dx 1/(x^3+4)", "-1/(x^3+4)^2", "reciprocal_inner_forgotten"),
    ("d/dx 1/tan(x)", "sec(x)^2", "reciprocal_forgotten"),
    ("d/dx [x^2+x]", "-(2x+1)/(x^2+x)^2", "reciprocal_taken_instead"),
    ("d/dx x^(2/5)", "2/5*x^(3/5)", "power_exponent_turned"),
    ("d/dx tan(x)", "sec(x)*tan(x)", "tan_as_secant"),
    ("d/dx sinh(4x)", "-4cosh(4x)", "sinh_sign"),
    ("d/dx x*asin(x)", "asin(x) - x/sqrt(1-x^2)", "asin_sign"),
    ("d/dx 5^x", "-5^x*ln(5)", "general_exponential_sign"),
    ("d/dx sqrt(x)", "-1/(2sqrt(x))", "sqrt_sign"),
    ("d/dz tanh(z)", "tanh(z)^2 - 1", "tanh_sign"),
    ("d/dx e^(x^3)", "x^3*e^(x^3-1)", "power_rule_on_whole_exponent"),
    ("d/dx e^x", "e^(x-1)", "exponential_exponent_lowered"),
    ("d/dx [e^x/x]", "(x*e^x - 1)/x^2", "quotient_top_left_out"),
    ("d/dx [e^x/x]", "(e^x - e^x)/x^2", "quotient_bottom_left_out"),
    ("d/dx ln(x^2)", "ln(2x)", "chain_function_of_derivative"),
    ("int x^2 + x dx", "x^3/3 + x + C", "term_not_integrated"),
    ("int e^x + x dx", "e^x + x^2 + C", "variable_no_division"),
    ("int x^5 dx", "x^5 + C", "not_integrated"),
    ("int sqrt(x) dx", "3/2*x^(3/2) + C", "root_multiplied"),
    ("int 1/x^4 dx", "1/(3x^3) + C", "power_below_sign"),
    ("int 1/x^4 dx", "-1/(5x^5) + C", "power_below_wrong_way"),
    ("int cos(4x) dx", "-sin(4x)/4 + C", "cosine_integral_sign"),
    ("int e^x dx", "e^(x+1)/(x+1)", "exponential_by_power_rule"),
    ("int x*e^x dx", "x^2/2*e^x + C", "product_of_integrals"),
    ("int 1/x^2 dx", "3/x^3 + C", "reciprocal_of_integral"),
    ("d/dx [int_1^(x^2) cos(t) dt]", "cos(x^2)", "ftc_upper_limit_chain"),
    ("d/dx [int_x^5 t^2 dt]", "x^2", "ftc_lower_limit_sign"),
    ("int_0^2 x^2 dx", "-8/3", "limits_reversed"),
    ("int_1^2 x^2 dx", "8/3", "lower_limit_assumed_zero"),
]


@pytest.mark.parametrize(("problem", "answer", "misconception"), WRONG)
def test_a_documented_error_is_named(problem: str, answer: str, misconception: str) -> None:
    found = diagnose(problem, answer)
    assert found.outcome in ("misconception", "one_of"), found
    assert misconception in found.misconceptions
    assert len(found.explanations) <= 3


# -- right -------------------------------------------------------------------------------------------------------------

RIGHT = [
    ("d/dx x^2", ["2x", "x*2", "x + x", "6x/3", "2*x^1", "2x + 0", "(2x)", "-(-2x)", "x^2*2/x"]),
    ("d/dx [x^2*sin(x)]", ["2x sin(x) + x^2 cos(x)", "x(2sin(x) + x cos(x))", "x^2 cos x + sin(x)*2x",
                           "x^2 sin(x)*(2/x + cot(x))"]),
    ("d/dx sin(x)^2", ["2sin(x)cos(x)", "sin(2x)", "2sin(x)sqrt(1 - sin(x)^2)*sign(cos(x))", "2cos(x)sin(x)"]),
    ("d/dx tan(x)", ["sec(x)^2", "1/cos(x)^2", "1 + tan(x)^2", "2/(1 + cos(2x))"]),
    ("d/dx ln(x^2)", ["2/x", "2x/x^2", "2x^-1", "1/(x/2)"]),
    ("d/dx e^(2x)", ["2e^(2x)", "2exp(2x)", "2(e^x)^2", "e^(2x + ln(2))"]),
    ("d/dx 2^x", ["2^x ln(2)", "ln(2)*e^(x ln(2))", "2^x*ln 4/2"]),
    ("d/dx sqrt(x)", ["1/(2sqrt(x))", "x^(-1/2)/2", "0.5x^-0.5", "sqrt(x)/(2x)"]),
    ("d/dx abs(x)", ["sign(x)", "x/abs(x)", "abs(x)/x"]),
    ("d/dz sigmoid(z)", ["sigmoid(z)(1 - sigmoid(z))", "e^(-z)/(1 + e^(-z))^2", "sigmoid(z)*sigmoid(-z)"]),
    ("d/dz tanh(z)", ["1 - tanh(z)^2", "sech(z)^2", "1/cosh(z)^2", "4/(e^z + e^(-z))^2"]),
    ("d/dx (x^2-1)/(x-1)", ["1", "x/x", "cos(x)^2 + sin(x)^2"]),
    ("d/dx [x^3] at x = 2", ["12", "3*2^2", "24/2", "12.0", "sqrt(144)"]),
    ("d/dw (w*x - y)^2", ["2x(w x - y)", "2(w x - y)*x", "2w x^2 - 2x y", "-2x(y - w*x)"]),
    ("d/dx f(x)^2", ["2f(x)*f'(x)", "f'(x)*f(x)*2"]),
    ("int_0^1 x dx", ["1/2", "0.5", "2/4"]),
]


@pytest.mark.parametrize(("problem", "answer"), [(problem, answer) for problem, answers in RIGHT for answer in answers])
def test_a_right_answer_in_any_form_is_right(problem: str, answer: str) -> None:
    found = diagnose(problem, answer)
    assert found.outcome == "right", found.message
    assert found.misconceptions == ()
    assert found.message.startswith("Right: ")


PARTS = st.sampled_from(["x^2", "x^5", "sin(x)", "e^(2x)", "ln(x^2 + 1)", "(3x - 4)", "atan(x)", "7", "x^-3", "a*x"])
PROBLEMS = st.lists(st.lists(PARTS, min_size=1, max_size=2).map("*".join), min_size=1, max_size=3).map(" + ".join)

# Ways to write {0} in another form; where {0} has a value, the form has the same one.
REWRITINGS = [
    "{0} + 0", "1*({0})", "({0})/1", "-(-({0}))", "({0}) + (x - x)", "({0})*(sin(x)^2 + cos(x)^2)", "({0})*2/2",
    "(({0}) + x) - x", "({0})*e^x*e^(-x)", "2*({0}) - ({0})", "({0})^1", "({0})/3 + 2*({0})/3", "3 + ({0}) - 3",
]


@settings(max_examples=60, deadline=None)
@given(PROBLEMS, st.lists(st.sampled_from(REWRITINGS), max_size=2))
def test_what_the_tutor_would_answer_is_right_in_any_form(problem: str, rewritings: list[str]) -> None:
    answer = str(tutor.explain(f"d/dx [{problem}]").result)
    for rewriting in rewritings:
        answer = rewriting.format(answer)
    found = diagnose(f"d/dx [{problem}]", answer)
    assert found.outcome == "right", (answer, found.message)


@settings(max_examples=60, deadline=None)
@given(PROBLEMS, st.sampled_from(["({0}) + 1", "({0})*2", "-({0})", "({0}) + x", "({0})*x", "x^2", "sin({0})", "0"]))
def test_what_is_called_right_or_wrong_has_that_value(problem: str, change: str) -> None:
    """The verdict against one number that neither the rules nor the oracle made."""
    result = str(tutor.explain(f"d/dx [{problem}]").result)
    found = diagnose(f"d/dx [{problem}]", change.format(result))
    differences = [abs(_value(result, x) - _value(change.format(result), x)) for x in (0.37, 1.21, 1.83)]
    assert found.outcome != "undecided"
    assert (found.outcome == "right") == (max(differences) < 1e-9)


def _value(expression: str, x: float) -> float:
    import sympy

    return float(sympy.sympify(expression.replace("^", "**"), {"e": sympy.E}).subs({"x": x, "a": 2.3}).evalf())


@pytest.mark.parametrize(("problem", "answer", "message"), [
    ("d/dx x^2", "d/dx [x^2]", "d/dx [x^2] still has to be worked out."),
    ("d/dx sin(x^2)", "cos(x^2)*d/dx [x^2]", "d/dx [x^2] still has to be worked out."),
    ("d/dx [x^3] at x = 2", "3x^2 at x = 2", "(3*x^2) at (x = 2) still has to be worked out."),
])
def test_an_unfinished_answer_is_right_in_another_form(problem: str, answer: str, message: str) -> None:
    found = diagnose(problem, answer)
    assert found.outcome == "right_other_form"
    assert found.message == f"The value is right. {message}"


@pytest.mark.parametrize(("answer", "form", "outcome"), [
    ("2(x + 1)", "expanded", "right_other_form"), ("2x + 2", "expanded", "right"),
    ("2x + 2", "factored", "right_other_form"), ("2(x + 1)", "factored", "right"),
    ("x + x + 2", "simplified", "right_other_form"), ("2x + 2", "simplified", "right"),
    ("0.5*4x + 2", "exact", "right_other_form"), ("2x + 2", "exact", "right"),
    ("2x + 3", "expanded", "misconception"), ("2x; 2", "expanded", "unreadable"),
])
def test_a_form_can_be_asked_for(answer: str, form: str, outcome: str) -> None:
    assert diagnose("d/dx [(x + 1)^2]", answer, form).outcome == outcome


@pytest.mark.parametrize("answer", ["2x", "3x", "In(x)"])
def test_an_unknown_form_is_refused_whatever_the_answer_is(answer: str) -> None:
    with pytest.raises(TutorError, match="Did you mean factored"):
        diagnose("d/dx x^2", answer, "factord")


# -- wrong -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("problem", "answer", "message"), [
    ("d/dx x^2", "2t", "It is right except for the letter: you wrote t, but the problem has x."),
    ("d/dw (w*x - y)^2", "2x(w*x - t)", "It is right except for the letter: you wrote t, but the problem has y."),
    ("d/dx x^2", "3t", "The letter t does not occur in the problem."),
    ("d/dx x^2", "2x + C", "It is right except for C: a constant is added only where an antiderivative is asked for."),
    ("d/dx x^2", "2X", "It is right except for the letter: you wrote X, but the problem has x."),
    ("d/dx 5", "k", "The letter k does not occur in the problem."),
])
def test_a_letter_that_is_not_in_the_problem(problem: str, answer: str, message: str) -> None:
    found = diagnose(problem, answer)
    assert (found.outcome, found.message) == ("wrong_variable", message)


@pytest.mark.parametrize(("problem", "answer", "message"), [
    ("d/dw (w*x - y)^2", "2w(w*x - y)", "to x. The problem asks for the one with respect to w, with x held constant."),
    ("d/dx [x^3*y^4]", "4x^3*y^3", "to y. The problem asks for the one with respect to x, with y held constant."),
    ("d/dx [x^3 + sin(y)]", "3x^2 + cos(y)", "The letter y was differentiated as well."),
    ("d/dx [x^3*y^4] at x = 2", "32y^3", "with respect to y."),
])
def test_a_derivative_by_another_letter(problem: str, answer: str, message: str) -> None:
    found = diagnose(problem, answer)
    assert found.outcome == "wrong_variable"
    assert message in found.message


@pytest.mark.parametrize(("problem", "answer"), [
    ("d/dx [ln(x)] at x = 3", "0.33"), ("d/dx [e^x] at x = 1", "2.718"), ("d/dx [x^2/2 + pi*x] at x = 0", "3.14"),
    ("d/dx x^2/3", "0.67x"), ("d/dx [sqrt(2)*x^3 + x]", "4.243x^2 + 1"), ("int x^2 dx", "0.33x^3 + C"),
    ("d/dx [pi*x]", "3.14159265358979323846"), ("int_0^1 x^2 dx", "0.333"),
])
def test_a_rounded_value_is_told_as_rounded(problem: str, answer: str) -> None:
    found = diagnose(problem, answer)
    assert (found.outcome, found.misconceptions) == ("slip", ())
    assert found.slip is not None
    assert found.slip.kind == "rounded"
    assert found.message == "That is rounded. Give the exact value."


@pytest.mark.parametrize(("problem", "answer"), [
    ("d/dx [x^3] at x = 1", "3.0000000000000000000001"), ("d/dx [x^3] at x = 1", "3 + 10^-30"),
    ("d/dx x^2", "2x(1 + 10^-20)"), ("d/dx sin(x^2)", "2x cos(x^2) + 10^-25"),
])
def test_what_only_many_digits_refute_is_not_explained_by_what_gives_the_right_value(problem: str, answer: str) -> None:
    found = diagnose(problem, answer)
    assert (found.outcome, found.misconceptions, found.slip) == ("unexplained", (), None)
    assert found.message.startswith("It is very close to the right value, but not equal to it.")


@pytest.mark.parametrize(("problem", "answer"), [
    ("d/dx relu(2x + 1)", "2 step(2x + 2)"), ("d/dx max(x, 0)", "step(x - 10^-9)"),
    ("d/dx |x^2 - 3|", "2x sign(x^2 - 3.01)"),
])
def test_a_kink_in_the_wrong_place_is_not_called_very_close(problem: str, answer: str) -> None:
    found = diagnose(problem, answer)
    assert not_none(found.equivalence).verdict == "different"
    assert "very close" not in found.message


@pytest.mark.parametrize(("problem", "answer"), [
    ("d/dx sin(x^2)", "cos(x^2)(1 + 10^-20)"), ("d/dx 6x", "0.00000000000000000000001"), ("d/dx x^5", "x^4 + 10^-40"),
])
def test_what_is_nearly_a_mistake_is_none(problem: str, answer: str) -> None:
    assert diagnose(problem, answer).misconceptions == ()


@pytest.mark.parametrize(("problem", "answer", "misconceptions"), [
    ("d/dx e^(-x)", "e^(-x)", {"exp_negative_sign", "chain_inner_forgotten", "negative_sign_lost"}),
    ("d/dx x^2", "x", {"power_lost_coefficient", "power_coefficient_lowered"}),
    ("d/dx e^x*x^2", "e^x*2x", {"product_of_derivatives", "product_other_term"}),
])
def test_several_mistakes_that_give_the_same_answer(problem: str, answer: str, misconceptions: set[str]) -> None:
    found = diagnose(problem, answer)
    assert found.outcome == "one_of"
    assert set(found.misconceptions) == misconceptions


def test_one_mistake_is_not_told_twice_with_its_factors_exchanged() -> None:
    found = diagnose("d/dx x^2 sin(x)", "2x sin(x)")
    assert found.outcome == "misconception"
    assert len(found.explanations) == 1


@pytest.mark.parametrize(("problem", "answer", "both"), [
    ("d/dx x^2*cos(x^3)", "2x*3x^2*sin(x^3)", {"product_of_derivatives", "cos_sign"}),
    ("d/dx [x^3*cos(x) + x^7]", "3x^2 cos(x) + x^3 sin(x) + x^6", {"cos_sign", "power_lost_coefficient"}),
    ("d/dx cos(7x)", "sin(7x)", {"cos_sign", "chain_inner_forgotten"}),
    ("d/dx sin(4x)", "-cos(4x)", {"sin_sign", "chain_inner_forgotten"}),
    ("d/dx [4cos(x) + 5x^3]", "sin(x) + 3x^2", {"cos_sign", "constant_factor_dropped"}),
    ("d/dx [4x^3 + 6x^2]", "x^2 + x", {"power_lost_coefficient", "constant_factor_dropped"}),
])
def test_two_mistakes_at_once(problem: str, answer: str, both: set[str]) -> None:
    found = diagnose(problem, answer)
    assert found.outcome in ("misconception", "one_of")
    if found.outcome == "misconception":
        assert found.message.startswith("There are two things to look at.")
    assert any({mistake.rule.name for mistake in each} == both for each in found.explanations)


def test_a_mistake_made_everywhere_is_one() -> None:
    found = diagnose("d/dx [x^5 + x^3]", "x^4 + x^2")
    assert found.misconceptions == ("power_lost_coefficient",)
    assert all(mistake.everywhere for mistake in found.explanations[0])


def test_constant_factors_that_were_dropped_in_several_terms_are_told_once() -> None:
    found = diagnose("d/dx [4sin(x) + 5e^x + 6x^7]", "cos(x) + e^x + 7x^6")
    assert found.misconceptions == ("constant_factor_dropped",)
    assert [text.written() for text in found.texts] == [
        "Multiplying a function by 4 multiplies its slope by 4 too, so the factor stays.",
        "The same goes for d/dx [5*e^x], d/dx [6*x^7]."]


@pytest.mark.parametrize(("problem", "answer", "name", "sound"), [
    ("d/dx 5x^2", "5x^2", "not_differentiated", "constant_multiple"),
    ("d/dx [x^2 ln(x)]", "x^2 ln(x)", "not_differentiated", "product"),
    ("d/dx [x^2 ln(x)]", "2x ln(x) + x^2 ln(x)", "part_not_differentiated", "derivative_of_ln"),
    ("d/dx [x^3 + x]", "3x^2 + x", "part_not_differentiated", "variable"),
    ("d/dx 1/x", "ln(x)", "integrated_instead", "power"),
    ("d/dx 1/(x^2 + 1)", "arctan(x)", "integrated_instead", "reciprocal"),
    ("d/dx [x^4 + sin(3x)]", "4x^3 - cos(3x)/3", "part_integrated", "chain"),
    ("int sin(x) dx", "cos(x) + C", "differentiated_instead", "integral_of_sin"),
    ("int x^4 + sin(2x) dx", "x^4 + C - cos(2x)/2", "term_not_integrated", "integral_of_power"),
])
def test_a_wrong_operation_is_told_of_what_it_was_done_to(problem: str, answer: str, name: str, sound: str) -> None:
    found = diagnose(problem, answer)
    told = [mistake for each in found.explanations for mistake in each if mistake.rule.name == name]
    assert [mistake.sound.name for mistake in told] == [sound]
    opposite = "part" if "whole" in told[0].rule.tags else "whole"
    assert not any(opposite in mistake.rule.tags for each in found.explanations for mistake in each)


@pytest.mark.parametrize(("answer", "name"), [
    ("2x^2(3 + 2x^4)*e^(x^2)", "power_adds_one"), ("x^2(1 + x^2)*e^(x^2)", "part_not_differentiated"),
])
def test_a_mistake_that_comes_up_again_in_a_second_derivative(answer: str, name: str) -> None:
    assert diagnose("d^2/dx^2 e^(x^2)", answer).misconceptions == (name,)


@pytest.mark.parametrize(("problem", "answer", "kind"), [
    ("d/dx x^2 sin(x)", "2x sin(x) + 3x^2 cos(x)", "factor"),
    ("d/dx x^3 sin(x)", "3x^2 sin(x) + x^3 cos(x) + 4", "constant"),
    ("d/dx x^2", "-2x", "sign"),
    ("d/dx e^(3x)/x^2", "(3e^(3x) x^2 - 2x e^(3x))/x^3", "exponent"),
])
def test_a_slip_is_no_misconception(problem: str, answer: str, kind: str) -> None:
    found = diagnose(problem, answer)
    assert found.outcome == "slip"
    assert found.slip is not None
    assert found.slip.kind == kind
    assert found.misconceptions == ()


UNEXPLAINED = [
    ("d/dx x^2 sin(x)", "2x sin(x) + x^2 cos(2x)", "Everything fits except this part: cos(2*x)."),
    ("d/dx x^2 e^x sin(x)", "2x", ""),
    ("d/dx [x^2] at x = 2", "7", ""),
    ("d/dx sin(x)", "tan(x)^3", ""),
    ("int_0^1 x^2 dx", "29/7", ""),
]


@pytest.mark.parametrize(("problem", "answer", "fits"), UNEXPLAINED)
def test_what_nobody_can_explain_is_not_guessed_at(problem: str, answer: str, fits: str) -> None:
    found = diagnose(problem, answer)
    assert found.outcome == "unexplained"
    assert (found.misconceptions, found.slip, found.question) == ((), None, None)
    assert found.message
    assert found.message.startswith(fits)
    assert fits or "All fits but" not in found.message


@settings(max_examples=100, deadline=None)
@given(PROBLEMS, PROBLEMS)
def test_only_explanations_have_names_and_they_are_few(problem: str, answer: str) -> None:
    found = diagnose(f"d/dx [{problem}]", answer)
    explained = found.outcome in ("misconception", "one_of")
    assert bool(found.misconceptions) == explained
    assert len(found.explanations) == 1 if found.outcome == "misconception" else len(found.explanations) <= 3
    assert (found.slip is not None) == (found.outcome == "slip")
    assert "{" not in found.message
    again = diagnose(f"d/dx [{problem}]", answer)
    assert (again.outcome, again.misconceptions, again.message) == (found.outcome, found.misconceptions, found.message)


# -- neither -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("answer", ["1/0", "0/0", "x/(x - x)", "9^9^9^9"])
def test_an_answer_without_a_value_is_undecided(answer: str) -> None:
    found = diagnose("d/dx x^2", answer)
    assert found.outcome == "undecided"
    assert found.message.startswith("This could not be decided: ")


def test_notes_of_both_texts_are_kept() -> None:
    found = diagnose("x^2", "1/2x")
    assert found.problem_notes
    assert found.notes


@pytest.mark.parametrize("problem", ["", "In(x)", "x^2 = 2", "d/dx", "1/0", "x; y"])
def test_a_problem_that_cannot_be_read_is_an_error(problem: str) -> None:
    with pytest.raises(TutorError):
        diagnose(problem, "2x")


# -- the likeliest first ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("problem", "answer"), [
    ("d/dx (2x+1)^2", "2(2x+1)"), ("d/dt (3-4t)^2", "2(3-4t)"), ("d/dx (5x-1)^3", "3(5x-1)^2"),
    ("d/dx sqrt(3x)", "1/(2sqrt(3x))"),
])
def test_a_forgotten_inside_comes_before_a_mistake_in_a_part(problem: str, answer: str) -> None:
    found = diagnose(problem, answer)
    assert found.explanations[0][0].rule.name == "chain_inner_forgotten"


@pytest.mark.parametrize(("problem", "answer", "is_right_otherwise"), [
    ("d/dx x^2", "2x + C", True), ("int_0^1 x^2 dx", "1/3 + c", True), ("d/dx x^2", "3x + C", False),
    ("d/dx [c*x^2]", "2c*x + c", False),
])
def test_a_constant_of_integration_belongs_to_an_antiderivative(problem: str, answer: str,
                                                                is_right_otherwise: bool) -> None:
    found = diagnose(problem, answer)
    assert found.outcome != "right"
    assert ("a constant is added only where an antiderivative is asked for" in found.message) == is_right_otherwise


@pytest.mark.parametrize(("answer", "misconception"), [
    ("2x", "one_case_everywhere"), ("2", "last_case_everywhere"),
    ("{2x if x < 1; 2x - 1 otherwise}", "part_not_differentiated"),
])
def test_one_case_for_all(answer: str, misconception: str) -> None:
    found = diagnose("d/dx [{x^2 if x < 1; 2x - 1 otherwise}]", answer)
    assert found.misconceptions[0] == misconception
