"""Tidying sums with an index: what becomes of them, by which rules, and that the value stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.algebra.decide import Tidy
from tutor.algebra.indices import split_up
from tutor.algebra.telling import Teller
from tutor.algebra.terms import Style
from tutor.expression.parse import parse
from tutor.expression.tree import (
    ONE,
    Expression,
    add,
    finite_sum,
    indexed,
    multiply,
    name,
    negate,
    number,
    power,
    same,
)
from tutor.oracle.verdict import Oracle


def told(start: Expression) -> list[str]:
    """The rules on the way to the tidy form."""
    tidy, teller = Tidy(Style()), Teller(Style())
    tidy(start)
    return [each.rule.name for before, decision in tidy.steps(start)
            for each in teller.tell(before, decision.after, decision.kind)]


@pytest.mark.parametrize(("text", "result", "rules"), [
    # one term is picked
    ("sum_{i=1}^{n} x_i*delta_{ik}", "x_[k]", "pick"),
    ("sum_{i=1}^{n} delta_{ik}", "1", "pick"),
    ("sum_{i=1}^{n} 2*x_i*y_k*delta_{ik}/z_i", "2*x_[k]*y_[k]/z_[k]", "pick"),
    ("sum_{i=1}^{n} x_i^2*delta_{ki}", "x_[k]^2", "delta_turned pick"),
    ("sum_{i=1}^{n} delta_{ik}*delta_{il}*x_i", "x_[k]*delta_[k,l]", "reorder_factors pick"),
    ("sum_{i=1}^{n} sum_{j=1}^{m} W_{ij}*delta_{ik}*delta_{jl}", "W_[k,l]", "pick pick"),
    ("sum_{i=1}^{n} x_i*delta_{i,2}", "x_[2]", "pick_between_bounds"),
    ("sum_{i=2}^{n} x_i*delta_{ik}", "x_[k]", "pick_between_bounds"),
    ("sum_{i=1}^{3} x_i*delta_{i,4}", "0", "after_the_last_term"),
    ("sum_{i=2}^{n} x_i*delta_{i,1}", "0", "before_the_first_term"),
    # a letter that is put in is not bound by a sum inside
    ("sum_{i=1}^{n} delta_{ik}*sum_{k=1}^{n} A_{ik}*y_k", "sum_{j=1}^{n} A_{kj}*y_j", "pick"),
    # a sum is distributed where that lets a term be picked, and only the term that can be
    ("sum_{i=1}^{n} y_i*(delta_{ik} - p_k)", "y_k - p_k*sum_{i=1}^{n} y_i",
     "multiply_out sum_of_sums reorder_factors pick minus_out_of_sum constant_out_of_sum"),
    ("sum_{i=1}^{n} (x_i + y_i + delta_{ik})", "sum_{i=1}^{n} (x_i + y_i) + 1", "sum_of_sums pick"),
    ("sum_{i=1}^{n} (w*x_i + b - y_i)", "sum_{i=1}^{n} (w*x_i + b - y_i)", ""),
    ("sum_{i=1}^{n} x_i*(w*x_i + b - y_i)", "sum_{i=1}^{n} x_i*(w*x_i + b - y_i)", ""),
    # or be counted with a divisor or a sum of its own
    ("sum_{i=1}^{n} (x_i - sum_{j=1}^{n} x_j/n)", "0",
     "divisor_out_of_sum sum_of_sums count factor_into_fraction cancel index_renamed like_terms"),
    # constants
    ("sum_{i=1}^{n} 2*x_i", "2*sum_{i=1}^{n} x_i", "constant_out_of_sum"),
    ("sum_{i=1}^{n} (-x_i)", "-sum_{i=1}^{n} x_i", "minus_out_of_sum"),
    ("sum_{i=1}^{n} x_i/n", "1/n*sum_{i=1}^{n} x_i", "divisor_out_of_sum"),
    ("sum_{i=1}^{n} 2*w*x_i*e^y_k/n", "2*w*e^y_k/n*sum_{i=1}^{n} x_i", "constant_out_of_sum"),
    ("sum_{i=1}^{n} 3", "3*n", "count reorder_factors"),
    ("sum_{i=1}^{n} 0", "0", "sum_of_zeros"),
    ("sum_{i=2}^{n} y_k", "y_k*(n - 1)", "count_between_bounds arithmetic reorder_factors"),
    # a minus goes into brackets that it turns round
    ("-sum_{i=1}^{n} x_i*(y_i - w)", "sum_{i=1}^{n} x_i*(w - y_i)", "minus_into_sum minus_into_factor"),
    ("-2/n*sum_{i=1}^{n} (x_i - b)", "2/n*sum_{i=1}^{n} (b - x_i)", "minus_into_sum minus_into_brackets"),
    ("-sum_{i=1}^{n} x_i*y_i", "-sum_{i=1}^{n} x_i*y_i", ""),
    # the letter of an index
    ("sum_{i=1}^{n} x_i + sum_{j=1}^{n} x_j", "2*sum_{i=1}^{n} x_i", "index_renamed like_terms"),
    ("sum_{i=1}^{n} x_i - sum_{j=1}^{m} x_j", "sum_{i=1}^{n} x_i - sum_{j=1}^{m} x_j", ""),
    ("sum_{i=1}^{n} sum_{j=1}^{n} A_{ij} - sum_{k=1}^{n} sum_{l=1}^{n} A_{kl}", "0",
     "index_renamed index_renamed like_terms"),
    ("sum_{k=1}^{n} y_k + x_k*sum_{i=1}^{n} y_i", "(1 + x_[k])*sum_{i=1}^{n} y_i",
     "index_renamed take_out_common_factor"),
    ("ln(sum_{i=1}^{n} x_i) - ln(sum_{j=1}^{n} x_j)", "0", "index_renamed like_terms"),
    # delta
    ("delta_[i,i]", "1", "same_index"),
    ("delta_[1,2]*x", "0", "other_number times_zero"),
    ("x*delta_[i,k]^2", "x*delta_[i,k]", "power_of_delta"),
    ("delta_[i,k]*x*delta_[k,i]", "x*delta_[i,k]", "delta_turned multiply_powers power_of_delta"),
])
def test_becomes(text: str, result: str, rules: str) -> None:
    start = parse(text)
    tidy = Tidy(Style())
    assert str(tidy(start)) == result
    assert tidy(tidy(start)) is tidy(start)
    if rules:
        assert told(start) == rules.split()


@pytest.mark.parametrize(("text", "assumed"), [
    ("sum_{i=1}^{n} x_i*delta_{ik}", []),
    ("sum_{i=1}^{n} x_i*delta_{i,2}", ["n >= 2"]),
    ("sum_{i=1}^{3} x_i*delta_{i,2}", []),
    ("sum_{i=2}^{n} x_i*delta_{ik}", ["k >= 2", "n >= k"]),
    ("sum_{i=1}^{n} y_k", []),
    ("sum_{i=3}^{n} y_k", ["n >= 3 - 1"]),
])
def test_says_what_it_takes_for_granted(text: str, assumed: list[str]) -> None:
    tidy, start = Tidy(Style()), parse(text)
    tidy(start)
    assert [str(each) for each in tidy.conditions(start, set())] == assumed


INDICES = st.sampled_from([name("i"), name("j"), name("k")])


def sums_of(parts: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    return st.one_of(
        st.lists(parts, min_size=2, max_size=3).map(lambda args: add(*args)),
        st.lists(parts, min_size=2, max_size=3).map(lambda args: multiply(*args)),
        parts.map(negate),
        parts.map(lambda part: power(part, number(2))),
        st.builds(lambda body, index: finite_sum(body, index, ONE, name("n")), parts, INDICES),
    )


LEAVES = st.one_of(
    INDICES.map(lambda index: indexed("x", index)), INDICES.map(lambda index: indexed("y", index)),
    st.builds(same, INDICES, INDICES), st.builds(lambda row, column: indexed("A", row, column), INDICES, INDICES),
    st.sampled_from([name("w"), number(2), number(3)]))


@given(st.recursive(LEAVES, sums_of, max_leaves=8))
def test_keeps_the_value(start: Expression) -> None:
    tidy = Tidy(Style())
    tidied = tidy(start)
    assert Oracle().compare(start, tidied).outcome != "refuted"
    assert tidy(tidied) is tidied


def test_one_sum_for_each_term() -> None:
    found = split_up(parse("sum_{i=1}^{n} (w*x_i + b - y_i)"))
    assert [move.instance.rule.name for move in found if move.instance is not None] == ["sum_of_sums"] * 2
    assert Oracle().compare(found[0].whole_before, found[-1].whole_after).outcome == "checked"
    assert not split_up(parse("sum_{i=1}^{n} x_i"))
