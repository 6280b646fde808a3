"""Wrong answers that question banks and studies explain by hand: are they named here, without anyone writing it down?

Each row has a problem, an answer that the documented error gives, worked out by hand, and what should be found: the
names of the misconceptions that say it, at least one of which has to be among those named, or an outcome such as
`constant_missing`. The errors are documented in STACK's sample questions, Scofield's grading codes, the lists of common
mistakes that `source` names in the rulebook, and by everyone who has corrected exams; the problems are our own.

    python -m benchmarks.question_banks        # with what was not named
"""

from __future__ import annotations

from typing import NamedTuple

ROWS = """
d/dx [x^7] | x^6 | power_lost_coefficient
d/dx [x^7] | 7x^8 | power_adds_one
d/dx [x^4] | x^5/5 | power_integrated
d/dx [x^6] | 6x^6 | power_exponent_kept
d/dx [x^-4] | -4x^(-3) | negative_power_wrong_way
d/dx [1/x^5] | 1/(5x^4) | negative_power_in_denominator
d/dx [1/x] | -1/x | reciprocal_not_squared
d/dx [1/x] | 1/x^2 | reciprocal_sign_lost
d/dx [1/x] | ln(x) | integrated_instead
d/dx [2/x] | 2 | reciprocal_of_derivative
d/dx [e^x + x^3] | x*e^(x-1) + 3x^2 | power_on_exponential
d/dx [7^x] | x*7^(x-1) | power_on_general_exponential
d/dx [e^(4x)] | 4x*e^(4x-1) | power_on_exponential, power_rule_on_whole_exponent
d/dx [7^x] | 7^x | exponential_lost_log
d/dx [x^x] | x*x^(x-1) | power_rule_on_x_to_x
d/dx [x^2 + 9] | 2x + 9 | constant_not_zero
d/dx [x^2 + 9] | 2x + 1 | constant_becomes_one
d/dx [6x^4] | 4x^3 | constant_factor_dropped
d/dx [6x^4] | 0 | constant_factor_differentiated_away
d/dx [4x^3 + 5x^2] | 3x^2 + 2x | constant_factor_dropped
d/dx [2*sin(x) + 7*e^x] | cos(x) + e^x | constant_factor_dropped
d/dx [x^5 - x^3] | 5x^4 + 3x^2 | sum_sign_lost
d/dx [x^4 + cos(x)] | 4x^3 + cos(x) | sum_one_term, part_not_differentiated
d/dx [x^3*cos(x)] | -3x^2*sin(x) | product_of_derivatives
d/dx [x^3*e^x] | x^3*3x^2 + e^x*e^x | product_mispaired
d/dx [x^4*ln(x)] | 4x^3 + 1/x | product_as_sum
d/dx [x^4*ln(x)] | 4x^3*ln(x) - x^3 | product_minus
d/dx [x^4*ln(x)] | 4x^3*ln(x) | product_one_term
d/dx [x^3/(x+1)] | 3x^2 | quotient_of_derivatives
d/dx [x^3/(x+1)] | (3x^2*(x+1) + x^3)/(x+1)^2 | quotient_plus
d/dx [x^3/(x+1)] | (x^3 - 3x^2*(x+1))/(x+1)^2 | quotient_numerator_reversed
d/dx [x^3/(x+1)] | (3x^2*(x+1) - x^3)/(x+1) | quotient_denominator_not_squared
d/dx [x^3/(x+1)] | (3x^2*(x+1) - x^3)/x^6 | quotient_wrong_denominator
d/dx [sin(x)/x^2] | (2x*sin(x) - x^2*cos(x))/sin(x)^2 | quotient_inverted
d/dx [1/cos(x)] | -sin(x) | reciprocal_forgotten
d/dx [x^3 + 2] | -3x^2/(x^3+2)^2 | reciprocal_taken_instead
d/dx [cos(x^3)] | -sin(x^3) | chain_inner_forgotten
d/dx [cos(x^3)] | -3x^2*sin(x) | chain_at_wrong_point
d/dx [cos(x^3)] | -sin(3x^2) | chain_inside_replaced
d/dx [cos(x^3)] | 3x^2 | chain_only_inner
d/dx [cos(x^3)] | -sin(x) | chain_outer_on_bare_variable
d/dx [(x^3 + 2)^5] | 5(x^3+2)^4*(x^3+2) | chain_inside_left_in_place
d/dx [sin(cos(3x))] | -cos(cos(3x))*sin(3x) | chain_inner_forgotten
d/dx [cos(7x)] | -sin(7x) | chain_inner_forgotten
d/dx [cos(7x)] | -7*sin(x) | chain_at_wrong_point
d/dx [ln(7x)] | 1/(7x) | chain_inner_forgotten
d/dx [ln(x^2 + 4)] | 1/(x^2+4) | chain_inner_forgotten
d/dx [sqrt(x)] | 1/sqrt(x) | sqrt_half_lost
d/dx [cos(x)] | sin(x) | cos_sign
d/dx [x + sin(x)] | 1 - cos(x) | sin_sign
d/dx [tan(x)] | -sec(x)^2 | tan_sign
d/dx [x*e^x] | e^x - x*e^x | exponential_sign, product_minus
d/dx [e^x] | -e^x | exponential_sign
d/dx [x^2 + ln(x)] | 2x - 1/x | log_sign, slip
d/dx [atan(x)] | -1/(1+x^2) | atan_sign
d/dz [sigmoid(z)] | -sigmoid(z)*(1-sigmoid(z)) | sigmoid_sign
d/dx [e^(-5x)] | 5e^(-5x) | exp_negative_sign
d/dx [ln(x)] | 1/ln(x) | log_derivative_of_log
d/dx [sin(5x)] | cos(5)*cos(x) | multiplicative_linearity
d/dx [cos(3x)] | sin(3x) | cos_sign
d/dx [cos(3x)] | sin(3x) | chain_inner_forgotten
d/dx [e^(-2x) + x] | e^(-2x) + 1 | chain_inner_forgotten
d/dx [x^4 - 6x^2] | x^3 - x | power_lost_coefficient
d^2/dx^2 [x^5] | 5x^4 | second_derivative_stopped
d^2/dx^2 [x^5] | 25x^8 | second_derivative_squared
d^2/dx^2 [e^(x^3)] | 6x*e^(x^3) | second_derivative_no_product_rule
d/dx [x^3 + 4] | 3*X^2 | wrong_variable
d/dx [x^3] at x = 2 | 3x^2 | value_not_put_in
d/dx [x^3] at x = 2 | 8 | value_of_the_function
d/dx [ln(x)] at x = 7 | 0.143 | slip
d/dx [x^3*y] | 3x^2*y + x^3 | partial_treats_other_as_variable
d/dx [x^3*y] | 3x^2 | partial_zeroes_coefficient
d/dw [(w*x - y)^2] | 2w*(w*x - y) | wrong_variable
d/dw [(w*x - y)^2] | x*(w*x - y) | mse_factor_two_lost
d/dw [(w*x - y)^2] | 2*(w*x - y) | chain_inner_forgotten
d/dw [(w*x - y)^2/N] | 2x*(w*x - y) | mean_lost
d/dz [(1 + e^(-z))^(-1)] | -(1 + e^(-z))^(-2) | chain_inner_forgotten
d/dz [tanh(z)] | 1 - tanh(z) | tanh_derivative
d/dz [relu(z)] | 1 | relu_at_negative
d/dp [-y*ln(p) - (1-y)*ln(1-p)] | -y/p - (1-y)/(1-p) | bce_minus_lost
d/dz [softplus(z) - y*z] | y - sigmoid(z) | logit_gradient_sign
d/dz [e^z/(e^z + e^w)] | e^z/(e^z + e^w) | softmax_independent
d/dz [e^w/(e^z + e^w)] | 0 | softmax_diagonal_only
d/dw [k*w^2] | k*w | l2_factor
d/dw [k*|w|] | k*w | l1_as_l2
d/dx [(x + 5)^2] | 2x | power_of_sum
d/dx [(x + 5)^2 + x] | 2x + 1 | square_one_term, power_of_sum
d/dx [(4x)^2] | 8x | square_of_product
d/dx [4*(x^2 + x)] | 8x + 1 | distribute_one_term
d/dx [7 - (x^2 - 3x)] | -2x - 3 | distribute_sign
d/dx [sqrt(x + 16)] | 1/(2*sqrt(x)) | root_of_sum
d/dx [1/(x + 3)] | -1/x^2 | reciprocal_of_sum
d/dx [sin(x + 2)] | cos(x) | function_of_sum
d/dx [ln(x + 5)] | 1/x | log_of_sum
d/dx [x^2*x^4] | 8x^7 | exponents_multiplied
d/dx [(x^3)^2] | 5x^4 | exponents_added
d/dx [x^-2] | 1/(2*sqrt(x)) | negative_vs_fractional_exponent
d/dx [x^-3] | -3x^2 | negative_exponent_sign
d/dx [-x^2] | 2x | minus_inside_square, negative_sign_lost
d/dx [(x + 7)/x] | 0 | cancel_terms
d/dx [sin(x)^2] | 2x*cos(x^2) | trig_power_notation
d/dx [asin(x)] | -cos(x)/sin(x)^2 | inverse_as_reciprocal
d/dx [5x^2] | 5x^2 | not_differentiated
int x^4 dx | x^5/5 | constant_missing
int x^4 dx | x^5/5 + 1 | constant_missing
int x^4 dx | 4x^3 + C | differentiated_instead
int x^4 dx | x^5 + C | power_no_division
int x^4 dx | x^5/4 + C | power_divides_by_old_exponent
int 1/(x^2 + 1) dx | ln|x^2 + 1| + C | one_over_anything_is_log
int sin(4x) dx | -cos(4x) + C | inner_factor_not_divided
int e^(5x) dx | 5e^(5x) + C | inner_factor_multiplied
int sin(x) dx | cos(x) + C | sine_integral_sign
int x*e^x dx | x^2/2*e^x + C | product_of_integrals
int x*sin(x) dx | -x*cos(x) + C | variable_factor_pulled_out
int (x^2 + 3)^2 dx | (x^2+3)^3/3 + C | chain_reversed_without_inner
int (x^2 + 3)^2 dx | (x^2+3)^3/(6x) + C | chain_reversed_divide_by_inner
int x*cos(x) dx | x*sin(x) - cos(x) + C | parts_sign
int 1/x^3 dx | 4/x^4 + C | reciprocal_of_integral
int_1^3 x^2 dx | -26/3 | limits_reversed
int_1^3 x^2 dx | 9 | lower_limit_assumed_zero
int_1^3 x^2 dx | x^3/3 | definite_left_as_function
d/dx [int_0^(x^3) cos(t) dt] | cos(x^3) | ftc_upper_limit_chain
d/dx [int_x^2 cos(t) dt] | cos(x) | ftc_lower_limit_sign
d/dx [pi^4] | 4*pi^3 | constant_by_power_rule
d/dx [x^2 + y^2] | 2x + 2y | wrong_variable, constant_by_power_rule
d/dx [x^3*y^2] | 6x^2*y | wrong_variable
d/dx [4/(x^2 + 9)] | -4/(x^2+9)^2 | reciprocal_inner_forgotten, chain_inner_forgotten
d/dx [x^(1/3)] | x^(2/3)/3 | power_exponent_turned
d/dx [x^(1/3)] | x^(-1/3)/3 | power_exponent_turned
d/dx [tan(x)] | sec(x)*tan(x) | tan_as_secant
d/dx [cos(x)^2] | -sin(x)^2 | chain_function_of_derivative, chain_inner_forgotten
d/dx [sin(x)^3] | cos(x)^3 | chain_function_of_derivative
d/dx [5*sin(x) - 4*cos(x)] | -5*cos(x) - 4*sin(x) | integrated_instead
d/dx [x*ln(x)] | 1/x | product_of_derivatives
d/dx [sqrt(1 - x)] | 1/(2*sqrt(1-x)) | chain_inner_forgotten, bce_minus_lost
d/dx [x^3] at x = 2 | 6 | power_lost_coefficient, power_exponent_kept
d^2/dx^2 [sin(3x)] | -sin(3x) | chain_inner_forgotten
int 3*x^2 + 2*x dx | 3x^3 + 2x^2 + C | power_no_division, variable_no_division
int sqrt(x) dx | x^(3/2) + C | root_no_division, power_no_division
int x^-4 dx | -x^-5/5 + C | negative_power_integral_wrong_way
int cos(3x) dx | -sin(3x)/3 + C | cosine_integral_sign
int (3x + 1)^4 dx | 3*(3x+1)^5/5 + C | inner_factor_multiplied, chain_reversed_times_inner
int e^(3x) dx | e^(3x+1)/(3x+1) + C | exponential_by_power_rule
int 2x/(x^2 + 1) dx | x^2*atan(x) + C | product_of_integrals
int x^3 + 2 dx | x^4/4 + C | constant_integral_kept
int_0^2 3x^2 dx | 12 | limits_put_into_integrand
""".strip().split("\n")


class Row(NamedTuple):
    problem: str
    answer: str
    expected: frozenset[str]


def rows() -> list[Row]:
    """The table, read."""
    parts = [[part.strip() for part in line.split(" | ")] for line in ROWS]
    return [Row(problem, answer, frozenset(names.split(", "))) for problem, answer, names in parts]


def compare(show: bool = False) -> list[tuple[str, str]]:
    """Lines of the table; show: print what was not named, and what was not even found to be wrong."""
    import tutor

    table = rows()
    named = called_right = 0
    for row in table:
        found = tutor.diagnose(row.problem, row.answer)
        hit = not row.expected.isdisjoint((found.outcome, *found.misconceptions))
        named += hit
        called_right += found.outcome == "right"
        if show and not hit:
            wanted = ", ".join(sorted(row.expected))
            print(f"{row.problem:30} {row.answer:32} {wanted:34} {found.outcome} {found.misconceptions}")
    return [
        (f"wrong answers that question banks explain by hand, named, of {len(table)}",
         f"{100 * named / len(table):.1f} %"),
        ("the same called right", str(called_right)),
    ]


if __name__ == "__main__":
    for what, figure in compare(show=True):
        print(f"{what}: {figure}")
