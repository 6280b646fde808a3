"""Matching: left to right, constants together, the last item takes the rest."""

from __future__ import annotations

import pytest

from tutor.derivation.antiderivatives import comparable
from tutor.derivation.ratio import ratio as ratio_by_rules
from tutor.expression.parse import parse
from tutor.expression.tree import Expression, postorder
from tutor.oracle.verdict import Oracle
from tutor.rules.match import compile_rule
from tutor.rules.reader import read_rulebook
from tutor.rules.rulebook import misconceptions, rulebook

FRESH = parse("u")

MATCHES = [
    # rule, problem, what its letters stand for (None: it does not match)
    ("product", "d/dx [x^2*sin(x)*e^x]", {"f": "x^2", "g": "sin(x)*e^x"}),
    ("constant_multiple", "d/dx [2*x*a*sin(x)]", {"c": "2*a", "f": "x*sin(x)"}),
    ("constant_multiple", "d/dx [x*sin(x)]", None),
    ("constant_multiple", "d/dx [2*a]", None),
    ("constant", "d/dx [a^2]", {"c": "a^2"}),
    ("constant", "d/da [a^2]", None),
    ("power", "d/dx [x^n]", {"n": "n"}),
    ("power", "d/dx [x^x]", None),
    ("power", "d/dx [a^x]", None),
    ("general_exponential", "d/dx [a^x]", {"a": "a"}),
    ("quotient", "d/dx [x/sin(x)]", {"f": "x", "g": "sin(x)"}),
    ("reciprocal", "d/dx [x/sin(x)]", None),
    ("reciprocal", "d/dx [3/sin(x)]", None),
    ("reciprocal", "d/dx [1/sin(x)]", {"g": "sin(x)"}),
    ("constant_numerator", "d/dx [3/sin(x)]", {"c": "3", "g": "sin(x)"}),
    ("constant_over_power_as_power", "d/dx [a/x^3]", {"c": "a", "f": "x", "n": "3"}),
    ("constants_of_a_fraction", "d/dx [3/(4*x^2)]", {"c": "3", "a": "4", "f": "x^2"}),
    ("chain", "d/dx [sin(x)]", None),
    ("chain", "d/dx [sin(x^2)]", {"g": "x^2"}),
    ("chain", "d/dx [x*sin(x)]", None),
    ("chain", "d/dx [x^x]", None),
    ("chain", "d/dx [2^(3*x)]", {"g": "3*x"}),
    ("general_exponential", "d/dx [(-2)^x]", None),  # provided a > 0 is plainly false
    ("higher_derivative", "d^3/dx^3 [x^5]", {"f": "x^5", "n": "3"}),
    ("higher_derivative", "d/dx [x^5]", None),
    ("maximum", "d/dx [max(x, x^2, 1)]", {"f": "x", "g": "max(x^2, 1)"}),
    # the variable may be one part of a list; what has another part in it varies
    ("variable", "d/dx_[k] [x_[k]]", {"x": "x_[k]"}),
    ("variable", "d/dx_[k] [x_[i]]", None),
    ("power", "d/dx_[2] [x_[2]^3]", {"x": "x_[2]", "n": "3"}),
    ("constant", "d/dx_[k] [y_[k]]", {"c": "y_[k]"}),
    ("constant", "d/dx_[k] [x_[i]]", None),
    ("constant_multiple", "d/dx_[k] [y_[k]*w*x_[i]^2]", {"c": "y_[k]*w", "f": "x_[i]^2"}),
    ("chain", "d/dx_[k] [x_[i]^2]", {"g": "x_[i]"}),
    ("chain", "d/dx_[k] [sum_{i=1}^{n} x_i]", None),
    ("chain", "d/dx_[k] [delta_[i,k]]", None),
    # a list, its indices, the index of a sum and its bounds
    ("component", "d/dx_[k] [x_[2]]", {"v": "x", "i": "2", "k": "k"}),
    ("component", "d/dx_[k] [y_[k]]", None),
    ("component", "d/dW_[k,l] [W_[i,j]]", None),
    ("component_of_matrix", "d/dW_[k,l] [W_[i,j]]", {"A": "W", "i": "i", "j": "j", "k": "k", "l": "l"}),
    ("sum_termwise", "d/dw [sum_{j=2}^{m} w*x_j]", {"i": "j", "a": "2", "n": "m", "f": "w*x_[j]"}),
    ("sum_termwise", "d/dn [sum_{i=1}^{n} x_i]", None),
    ("sum_termwise", "d/dx_k [sum_{k=1}^{n} x_k]", None),
    ("index_renamed_first", "d/dx_k [sum_{k=1}^{n} x_k]", {"j": "k", "f": "x_[k]"}),
    ("pick", "sum_{i=1}^{n} x_i*delta_{ki}", {"k": "k", "j": "i", "f": "x_[i]"}),
    ("pick", "sum_{i=1}^{n} x_i*delta_{i,2}", None),
    ("pick", "sum_{i=1}^{n} x_i*delta_{jk}", None),
    ("constant_out_of_sum", "sum_{i=1}^{n} 2*w*x_i*y_[k]", {"c": "2*w*y_[k]", "f": "x_[i]"}),
    ("constant_out_of_sum", "sum_{i=1}^{n} x_i*y_i", None),
    ("count", "sum_{i=1}^{n} y_[k]", {"c": "y_[k]"}),
    ("count", "sum_{i=1}^{n} y_i", None),
]


@pytest.mark.parametrize(("name", "problem", "expected"), MATCHES)
def test_binds(name: str, problem: str, expected: dict[str, str] | None) -> None:
    bindings = compile_rule(rulebook()[name]).match(parse(problem), FRESH)
    if expected is None:
        assert bindings is None
    else:
        assert bindings is not None
        found = {letter: str(bound) for letter, bound in bindings.items() if isinstance(bound, Expression)}
        assert {letter: found[letter] for letter in expected} == expected


LETTERS = """letters
    x, t are variables
    f, g, h, k, u, v are expressions
    a, b, c, n are constants
    F is a function

"""

PATTERNS = [
    # left side and conditions, what it meets, what its letters stand for (None: it does not match)
    ("d/dx [f - g]", "d/dx [x^2 - x + 1]", {"f": "x^2 + 1", "g": "x"}),
    ("d/dx [f - g]", "d/dx [1 + x]", None),
    ("d/dx [c - g]", "d/dx [2 - x^2 - 3]", {"c": "2 - 3", "g": "x^2"}),
    ("d/dx [F(c - g)]", "d/dx [ln(1 - x)]", {"c": "1", "g": "x"}),
    ("f*(g + h)", "(x + 1)*y*z", {"f": "y*z", "g": "x", "h": "1"}),
    ("d/dx [x*c]", "d/dx [2*x*a]", {"c": "2*a"}),
    ("d/dx [x*c]", "d/dx [2*x*x]", None),
    ("d/dx [c + f]", "d/dx [x + 2 + x^2]", {"c": "2", "f": "x + x^2"}),
    ("d/dx [f + c]", "d/dx [x + 2 + x^2]", {"c": "2", "f": "x + x^2"}),
    ("(f + g)/f", "(y + x + 1)/x", {"f": "x", "g": "y + 1"}),
    ("(f + g)/f", "(y + 1)/x", None),
    ("f/f", "x/x", {"f": "x"}),
    ("f/f", "x/y", None),
    ("f/g + h/k", "x/2 + y/3", {"f": "x", "g": "2", "h": "y", "k": "3"}),
    ("f/g + h/k", "x/2 + y/3 + 1", None),
    ("d/dx [a^x] where a is not e", "d/dx [2^x]", {"a": "2"}),
    ("d/dx [a^x] where a is not e", "d/dx [e^x]", None),
    ("-(f + g) where g is not a negation", "-(x + y)", {"f": "x", "g": "y"}),
    ("-(f + g) where g is not a negation", "-(x - y)", None),
    ("int x^n dx", "int t^3 dt", {"x": "t", "n": "3"}),
    ("int x^n dx", "int a^3 dt", None),
    ("int x^n dx", "int t^t dt", None),
    ("int x^n dx", "int_0^1 x^2 dx", None),
    ("int c*f dx", "int 2*y*x*sin(x) dx", {"c": "2*y", "f": "x*sin(x)"}),
    ("int_a^b f dx", "int_0^3 x^2 dx", {"a": "0", "b": "3", "f": "x^2"}),
    ("int_a^b f dx", "int x^2 dx", None),
    ("d/dx [int_a^g f dt]", "d/dx [int_1^(x^2) sin(t) dt]", {"t": "t", "a": "1", "g": "x^2", "f": "sin(t)"}),
    ("d/dx [int_a^g f dt]", "d/dx [int_x^2 sin(t) dt]", None),
    ("d/dx [int_x^b f dt] where f is free of x", "d/dx [int_x^2 sin(t) dt]", {"b": "2"}),
    ("d/dx [int_x^b f dt] where f is free of x", "d/dx [int_x^2 sin(t*x) dt]", None),
    ("int F(x)*f dx", "int 2*x^3 dx", {"f": "2"}),
    ("d/dx [u*v]", "d/dx [x*sin(x)]", {"u": "x", "v": "sin(x)"}),  # u is a letter like any other
]


@pytest.mark.parametrize(("pattern", "problem", "expected"), PATTERNS)
def test_a_pattern_binds(pattern: str, problem: str, expected: dict[str, str] | None) -> None:
    left, where, condition = pattern.partition(" where ")
    text = f'{LETTERS}rule r "R" [t]\n    {left} = 0\n{where.strip()}{where and f" {condition}"}\n    example x\n'
    (rule,) = read_rulebook(text, "my.rules")
    bindings = compile_rule(rule).match(parse(problem), FRESH)
    if expected is None:
        assert bindings is None
    else:
        assert bindings is not None
        assert {letter: str(bindings[letter]) for letter in expected} == expected


def ratio(rest: Expression, inside: Expression, variable: Expression) -> Expression | None:
    """A ratio by a table, as good as one by derivatives: the matcher knows neither."""
    known = {("x", "x^2"): "1/2", ("2*x", "x^2"): "1", ("k*x^2", "x^3 + 1"): "k/3", ("cos(x)", "sin(x)"): "1",
             ("1/x", "ln(x)"): "1", ("(-1)*x", "x^2"): "-1/2", ("x", "x^2 + 1"): "1/2"}
    found = known.get((str(rest), str(inside)))
    return None if found is None else parse(found)


BY_VALUE = [
    # left side, integral, what its letters stand for, the left side with them (None: it does not match)
    ("int c*F(g)*d/dx [g] dx", "int x*cos(x^2) dx", {"c": "1/2", "g": "x^2"}, "int 1/2*cos(x^2)*d/dx [x^2] dx"),
    ("int c*F(g)*d/dx [g] dx", "int cos(x^2)*2*x dx", {"c": "1", "g": "x^2"}, "int cos(x^2)*d/dx [x^2] dx"),
    ("int c*F(g)*d/dx [g] dx", "int cos(x)*sin(x)^11 dx", {"c": "1", "g": "sin(x)"},
     "int sin(x)^11*d/dx [sin(x)] dx"),
    ("int c*F(g)*d/dx [g] dx", "int x/(x^2 + 1)^3 dx", {"c": "1/2", "g": "x^2 + 1"},
     "int 1/2*(1/(x^2 + 1)^3)*d/dx [x^2 + 1] dx"),
    ("int c*F(g)*d/dx [g] dx", "int x/sqrt(x^2 + 1) dx", {"c": "1/2", "g": "x^2 + 1"},
     "int 1/2*(1/sqrt(x^2 + 1))*d/dx [x^2 + 1] dx"),
    ("int c*F(g)*d/dx [g] dx", "int -(x*cos(x^2)) dx", {"c": "-1/2"}, "int (-1/2)*cos(x^2)*d/dx [x^2] dx"),
    ("int c*F(g)*d/dx [g] dx", "int x^3*cos(x^2) dx", None, ""),
    ("int c*F(g)*d/dx [g] dx", "int sin(x) dx", None, ""),
    ("int c*d/dx [g]/g dx", "int k*x^2/(x^3 + 1) dx", {"c": "k/3", "g": "x^3 + 1"},
     "int k/3*d/dx [x^3 + 1]/(x^3 + 1) dx"),
    ("int c*d/dx [g]/g dx", "int 1/(x*ln(x)) dx", {"c": "1", "g": "ln(x)"}, "int d/dx [ln(x)]/ln(x) dx"),
    ("int c*d/dx [g]/g dx", "int cos(x)*sin(x) dx", None, ""),
    ("int F(g)*d/dx [g] dx", "int cos(x^2)*2*x dx", {"g": "x^2"}, "int cos(x^2)*d/dx [x^2] dx"),
    ("int F(g)*d/dx [g] dx", "int cos(x^2)*x dx", None, ""),
    ("int_a^b c*F(g)*d/dx [g] dx", "int_0^2 x*cos(x^2) dx", {"a": "0", "b": "2", "c": "1/2"},
     "int_0^2 1/2*cos(x^2)*d/dx [x^2] dx"),
]


@pytest.mark.parametrize(("pattern", "problem", "expected", "stated"), BY_VALUE)
def test_a_derivative_in_an_integrand_is_matched_by_value(
        pattern: str, problem: str, expected: dict[str, str] | None, stated: str) -> None:
    (rule,) = read_rulebook(f'{LETTERS}rule r "R" [t]\n    {pattern} = 0\n    example x\n', "my.rules")
    bindings = compile_rule(rule).match(parse(problem), FRESH, ratio)
    if expected is None:
        assert bindings is None
    else:
        assert bindings is not None
        assert {letter: str(bindings[letter]) for letter in expected} == expected
        assert str(compile_rule(rule).stated(bindings)) == stated
    assert compile_rule(rule).match(parse(problem), FRESH) is None  # nobody says what the derivative is


LINEAR = [("3*x - 4", True), ("3 - x/2", True), ("-x", True), ("x", True), ("k*(x + 1)", True), ("2", False),
          ("x^2 + 1", False), ("1/x", False), ("x*x", False), ("sin(x) + x", False), ("k", False)]


@pytest.mark.parametrize(("inside", "is_linear"), LINEAR)
def test_linear_in_a_letter(inside: str, is_linear: bool) -> None:
    (rule,) = read_rulebook(
        f'{LETTERS}rule r "R" [t]\n    d/dx [f^n] = 0\n    where f is linear in x\n    example x\n', "my.rules")
    assert (compile_rule(rule).match(parse(f"d/dx [({inside})^3]"), FRESH) is not None) is is_linear


POLYNOMIALS = [("x^2 - k*x/3", True), ("x*(x + 1)", True), ("5", True), ("sin(k)*x^3", True), ("x^n", False),
               ("1/x", False), ("x*sin(x)", False), ("sqrt(x)", False)]


@pytest.mark.parametrize(("inside", "is_polynomial"), POLYNOMIALS)
def test_a_polynomial_in_a_letter(inside: str, is_polynomial: bool) -> None:
    text = 'rule r "R" [t]\n    d/dx [sin(f)] = 0\n    where f is a polynomial in x\n    example x\n'
    (rule,) = read_rulebook(LETTERS + text, "my.rules")
    assert (compile_rule(rule).match(parse(f"d/dx [sin({inside})]"), FRESH) is not None) is is_polynomial


OPENED = [
    # misconception, problem, its right side, what that leaves open
    ("power_of_sum", "(x - y + 1)^2", "x^2 - y^2 + 1^2", []),
    ("reciprocal_of_sum", "3/(x - 2)", "3/x - 3/2", []),
    ("log_of_sum", "ln(x + 3)", "ln(x) + ln(3)", []),
    ("chain_inside_replaced", "d/dx [sin(x^2)]", "d/du [sin(u)] at (u = d/dx [x^2])", ["d/du [sin(u)]", "d/dx [x^2]"]),
    ("second_derivative_squared", "d^2/dx^2 [x^4]", "(d/dx [x^4])^2", ["d/dx [x^4]"]),
    ("product_of_integrals", "int x*sin(x) dx", "(int x dx)*int sin(x) dx", ["int x dx", "int sin(x) dx"]),
    ("differentiated_instead", "int x^3 dx", "d/dx [x^3]", ["d/dx [x^3]"]),
    ("inner_factor_not_divided", "int cos(3*x) dx", "(int cos(u) du) at (u = 3*x)", ["int cos(u) du"]),
]


@pytest.mark.parametrize(("name", "problem", "opened", "subgoals"), OPENED)
def test_a_misconception_opens(name: str, problem: str, opened: str, subgoals: list[str]) -> None:
    rule = compile_rule(misconceptions()[name])
    bindings = rule.match(parse(problem), FRESH)
    assert bindings is not None
    assert str(rule.opened(bindings)) == opened
    assert [str(goal) for goal in rule.subgoals(bindings)] == subgoals


@pytest.mark.parametrize("name", [rule.name for rule in misconceptions().values() if "graph" not in rule.tags])
def test_the_left_side_with_its_letters_filled_in_is_what_was_met(name: str) -> None:
    rule = compile_rule(misconceptions()[name])
    for example in rule.rule.examples:
        met, bindings = next((part, found) for part in postorder([example])
                             if (found := rule.match(part, FRESH, ratio_by_rules)))
        assert Oracle().compare(*comparable(met, rule.stated(bindings))).outcome == "checked"


def test_results_take_the_place_of_what_is_open() -> None:
    rule = compile_rule(misconceptions()["inner_factor_not_divided"])
    bindings = rule.match(parse("int cos(3*x) dx"), FRESH)
    assert bindings is not None
    assert str(rule.joined(bindings, {parse("int cos(u) du"): parse("sin(u)")})) == "sin(3*x)"


def test_the_chain_rule_opens_an_outside_and_an_inside() -> None:
    chain = compile_rule(rulebook()["chain"])
    bindings = chain.match(parse("d/dx [(3*x + 2)^4]"), FRESH)
    assert bindings is not None
    assert [str(goal) for goal in chain.subgoals(bindings)] == ["d/du [u^4]", "d/dx [3*x + 2]"]
    assert str(chain.opened(bindings)) == "d/du [u^4] at (u = 3*x + 2)*d/dx [3*x + 2]"


def test_the_sum_rule_keeps_signs_and_takes_any_number_of_terms() -> None:
    rule = compile_rule(rulebook()["sum"])
    bindings = rule.match(parse("d/dx [x^2 - sin(x) + 3 - x]"), FRESH)
    assert bindings is not None
    assert str(rule.opened(bindings)) == "d/dx [x^2] - d/dx [sin(x)] + d/dx [3] - d/dx [x]"


@pytest.mark.parametrize(("name", "place", "opened"), [
    ("index_renamed_first", "d/dx_k [sum_{k=1}^{n} x_k]", "d/dx_k [sum_{i=1}^{n} x_i]"),
    ("index_renamed_first", "d/dx_k [sum_{k=1}^{n} x_k*y_[i]]", "d/dx_k [sum_{j=1}^{n} x_j*y_[i]]"),
    ("pick", "sum_{i=1}^{n} x_i*delta_{ki}", "x_[k]"),
    ("pick", "sum_{i=1}^{n} delta_{ik}*sum_{k=1}^{n} A_{ik}", "sum_{j=1}^{n} A_{kj}"),
    ("sum_termwise", "d/dw [sum_{j=2}^{m} w*x_j]", "sum_{j=2}^{m} d/dw [w*x_j]"),
])
def test_an_index_is_exchanged_at_once_and_bound_by_no_other_sum(name: str, place: str, opened: str) -> None:
    compiled = compile_rule(rulebook()[name])
    bindings = compiled.match(parse(place), FRESH)
    assert bindings is not None
    assert compiled.opened(bindings) is parse(opened)


def test_a_partial_derivative_stays_one() -> None:
    rule = compile_rule(rulebook()["product"])
    bindings = rule.match(parse("∂/∂x [x*sin(x)]"), FRESH)
    assert bindings is not None
    assert str(rule.opened(bindings)) == "∂/∂x [x]*sin(x) + x*∂/∂x [sin(x)]"
