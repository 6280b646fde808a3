"""What leads from one line to the next, told from what stands open in both."""

from __future__ import annotations

import pytest

import tutor
from tutor.expression.lists import shapes
from tutor.expression.parse import parse
from tutor.judge.moves import Moves


@pytest.mark.parametrize(("line", "innermost", "parts"), [
    ("x + 1", False, {}),
    ("2*d/dx [x^2] + d/dx [sin(x)]*d/dx [x^2]", False, {"d/dx [x^2]": 2, "d/dx [sin(x)]": 1}),
    ("d/dx [d/dx [x^3] + x]", False, {"d/dx [d/dx [x^3] + x]": 1}),
    ("d/dx [d/dx [x^3] + x]", True, {"d/dx [x^3]": 1}),
    ("d/du [sin(u)] at (u = x^2)", False, {"d/du [sin(u)]": 1}),
])
def test_open_parts(line: str, innermost: bool, parts: dict[str, int]) -> None:
    found = Moves(tutor.explain("d/dx x")).open_parts(parse(line), innermost)
    assert {str(part): times for part, times in found.items()} == parts
    assert [str(part) for part in found] == list(parts)


@pytest.mark.parametrize(("before", "after", "move"), [
    ("d/dx [x^2] + d/dx [x^2]*x", "2x + d/dx [x^2]*x", "expected power"),  # one of two
    ("d/dx [sin(x)*x^2]", "d/dx [x^2*sin(x)]", "unchanged"),
    ("d/dx [sin(x^2)]", "d/dt [sin(t)] at (t = x^2)*d/dx [x^2]", "expected chain"),
    ("d/dx [x^-1]", "d/dx [1/x]", "expected negative_exponent"),
    ("d/dx [1/x]", "d/dx [x^-1]", "expected one_over_variable_as_power"),
    ("1/x", "x^-1", "detour negative_exponent"),
    ("e^(-x)/(1 + e^(-x))^2", "sigmoid(x)*(1 - sigmoid(x))", "detour sigmoid_restored"),
    ("d/dx [3x^2 + 5x - 7]", "6x + 5", "expected sum constant_multiple power"),  # one line of the tutor
    ("d/dx [x^2] + d/dx [7x]", "2x + 7", "several_steps power constant_multiple variable"),
    ("x*(x + 1)", "x^2 + x", "detour multiply_out"),
    ("x^2 + x", "x*(x + 1)", "detour take_out_common_factor"),
    ("2*sin(x)*cos(x)", "sin(2x)", "off_the_way"),
    ("d/dx [x^2]", "d/dx [x^3]*2/(3x)", "off_the_way"),
    ("int x dx + d/dx [x^2]", "int x dx + 2x", "expected power"),
])
def test_between_two_lines(before: str, after: str, move: str) -> None:
    moves = Moves(tutor.explain("d/dx [x^2*sin(x^2)]"))
    outcome, rules = moves.between(parse(before), parse(after))
    assert " ".join([outcome, *(rule.name for rule in rules)]) == move


def test_depth_is_no_limit() -> None:
    moves = Moves(tutor.explain("d/dx [x^2]"))
    deep = "sin(" * 10_000 + "x" + ")" * 10_000
    outcome, _ = moves.between(parse(f"d/dx [x^2] + {deep}"), parse(f"2x + {deep}"))
    assert outcome == "expected"


@pytest.mark.parametrize(("before", "after", "move"), [
    ("int x*cos(x) dx", "x*sin(x) - int sin(x) dx", "expected parts"),
    ("int (3x^2 + cos(x)) dx", "x^3 + int cos(x) dx",
     "expected integral_of_sum integral_of_constant_multiple integral_of_power"),
    ("int_0^2 x*cos(x^2) dx", "1/2*int_0^4 cos(u) du", "detour definite_substitution"),
    ("int_0^2 x^2 dx", "8/3", "several_steps fundamental_theorem integral_of_power"),
    ("int x^2 dx", "int x^2 dx + 5", "off_the_way"),
])
def test_between_lines_with_integrals(before: str, after: str, move: str) -> None:
    found = Moves(tutor.explain(before)).between(parse(before), parse(after))
    assert " ".join([found.outcome, *(rule.name for rule in found.rules)]) == move


@pytest.mark.parametrize(("problem", "before", "after", "move"), [
    ("d/dw [sum_i w*x_i^2]", "sum_i x_i^2", "sum_j x_j^2", "expected index_renamed"),
    ("d/dw [sum_i w*x_i^2]", "sum_j x_j*x_j", "sum_m x_m^2", "expected multiply_powers"),
    ("d/dw [sum_i w*x_i^2*y_i]", "sum_i x_i^2*y_i", "sum_j y_j*x_j^2", "expected index_renamed"),
    ("d/dw [sum_i w*x_i^2]", "d/dw [sum_i w*x_i^2]", "sum_j d/dw [w*x_j^2]", "expected sum_termwise"),
    ("d/dw [sum_i w*x_i^2]", "sum_j d/dw [w*x_j^2]", "sum_m x_m^2", "expected constant_multiple"),
    ("d/dw [sum_i sum_j w*A_{ij}]", "sum_i sum_j A_{ij}", "sum_k sum_m A_{km}", "expected index_renamed"),
    ("d/dw [sum_i sum_j w*A_{ij}]", "sum_i sum_j A_{ij}", "sum_j sum_i A_{ji}", "expected index_renamed"),
    ("d/dw [sum_i w*x_i*y_i]", "sum_i x_i*y_i", "sum_j x_j*(y_j + 1) - sum_j x_j", "off_the_way"),
])
def test_indices_may_be_called_by_other_letters(problem: str, before: str, after: str, move: str) -> None:
    asked = tutor.explain(problem)
    found = Moves(asked).between(*[parse(line, lists=shapes(asked.problem)) for line in (before, after)])
    assert " ".join([found.outcome, *(rule.name for rule in found.rules)]) == move
