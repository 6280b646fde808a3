"""Unknowns brought out of sums, by which rules, and what numbers say of each step."""

from __future__ import annotations

import pytest

from tutor.algebra.decide import Tidy
from tutor.algebra.terms import Style
from tutor.derivation.equations import checked, signs_of_sizes, solve, without_sums
from tutor.derivation.equations_with_sums import same_for_all_parts, steps_apart, terms_apart
from tutor.expression.parse import parse
from tutor.expression.relations import related
from tutor.expression.tree import name
from tutor.oracle.verdict import Oracle

APART = [
    ("sum_{i=1}^{n} x_i*(w*x_i - y_i)", "w*sum_{i=1}^{n} x_i^2 - sum_{i=1}^{n} x_i*y_i",
     "multiply_out sum_of_sums constant_out_of_sum"),
    ("sum_{i=1}^{n} (w*x_i + b - y_i)", "w*sum_{i=1}^{n} x_i + b*n - sum_{i=1}^{n} y_i",
     "sum_of_sums constant_out_of_sum count"),
    ("sum_{i=1}^{n} (x_i - w)", "sum_{i=1}^{n} x_i - n*w", "sum_of_sums count"),
    ("sum_{i=2}^{n} (w - x_i)", "w*(n - 1) - sum_{i=2}^{n} x_i", "sum_of_sums count_between_bounds"),
    ("2*sum_{i=1}^{n} x_i*(w*x_i - y_i) + 2*k*w", "2*w*sum_{i=1}^{n} x_i^2 - 2*sum_{i=1}^{n} x_i*y_i + 2*k*w",
     "multiply_out sum_of_sums constant_out_of_sum multiply_out"),
]


@pytest.mark.parametrize(("left", "wanted", "rules"), APART, ids=[each[0] for each in APART])
def test_the_unknowns_come_out_by_rules(left: str, wanted: str, rules: str) -> None:
    steps = steps_apart(related(parse(left), "="), [name("w"), name("b")], Tidy(Style()))
    assert [step.rule.name for step in steps] == rules.split()
    assert str(steps[-1].after) == f"{wanted} = 0"
    for step in steps:
        assert Oracle().compare(step.before.args[0], step.after.args[0]).outcome == "checked"


@pytest.mark.parametrize("left", ["sum_{i=1}^{n} e^(w*x_i)", "sum_{i=1}^{n} (w*x_i - y_i)^3", "w*sum_{i=1}^{n} x_i",
                                  "w^2 - 1"])
def test_where_that_cannot_be_reached_nothing_is_done(left: str) -> None:
    assert steps_apart(related(parse(left), "="), [name("w")], Tidy(Style())) == ()


def test_what_is_assumed_of_a_size_is_kept() -> None:
    (root,) = solve(parse("sum_{i=2}^{n} (w - x_i) = 0"), name("w")).roots
    assert list(map(str, root.assuming)) == ["n >= 1", "n - 1 != 0"]


def test_a_constant_factor_is_divided_by_first() -> None:
    steps = without_sums(parse("2/n*sum_{i=1}^{n} (w - x_i) = 0"), (name("w"),), Tidy(Style()))
    assert [step.rule.name for step in steps] == ["divide_by_factor", "sum_of_sums", "count"]


def test_a_size_is_positive_and_nothing_is_assumed_of_it() -> None:
    solved = solve(parse("sum_{i=1}^{n} (x_i - w)/n = 0"), name("w"))
    assert [str(root.value) for root in solved.roots] == ["1/n*sum_{i=1}^{n} x_i"]
    assert solved.assumptions == ()
    assert checked(solved.steps)
    assert signs_of_sizes(parse("sum_{i=1}^{n} x_i")) == {name("n"): "+"}


def test_other_factors_are_assumed_not_to_be_0() -> None:
    solved = solve(parse("sum_{i=1}^{n} x_i*(w*x_i - y_i) = 0"), name("w"))
    assert list(map(str, solved.assumptions)) == ["sum_{i=1}^{n} x_i^2 != 0"]
    assert checked(solved.steps)


@pytest.mark.parametrize(("left", "wanted", "rules"), [
    ("sum_{i=1}^{n} X_{ik}*(sum_{j=1}^{m} X_{ij}*w_j - y_i)",
     "sum_{i=1}^{n} X_{ik}*sum_{j=1}^{m} X_{ij}*w_j - sum_{i=1}^{n} X_{ik}*y_i", "multiply_out sum_of_sums"),
    ("3*(w_[k] - a_[k])", "3*w_[k] - 3*a_[k]", "multiply_out"),
    ("b_[k] - sum_{j=1}^{n} A_{kj}*(w_j - c_j)",
     "b_k - sum_{j=1}^{n} A_{kj}*w_j + sum_{j=1}^{n} A_{kj}*c_j", "multiply_out sum_of_sums"),
])
def test_terms_with_a_list_and_without_it(left: str, wanted: str, rules: str) -> None:
    unknown = parse("w_[k]")
    steps = terms_apart(related(parse(left), "="), unknown, Tidy(Style()))
    assert [step.rule.name for step in steps] == rules.split()
    assert str(steps[-1].after) == f"{wanted} = 0"
    for step in steps:
        assert same_for_all_parts(step.before, step.after, unknown).outcome == "checked"


def test_an_equation_for_all_parts_is_refuted_where_it_is_another_one() -> None:
    before = related(parse("2*sum_{i=1}^{n} X_{ik}*(sum_{j=1}^{m} X_{ij}*w_j - y_i)"), "=")
    for wrong in ("sum_{i=1}^{n} X_{ik}*(sum_{j=1}^{m} X_{ij}*w_j + y_i)", "sum_{i=1}^{n} (X_{ik}*w_k - y_i)"):
        assert same_for_all_parts(before, related(parse(wrong), "="), parse("w_[k]")).outcome == "refuted"
