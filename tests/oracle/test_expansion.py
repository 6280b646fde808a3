"""Sums with an index and parts of lists are compared for small sizes and all values of an index."""

from __future__ import annotations

import pytest

from tutor.expression.parse import parse
from tutor.expression.tree import Expression
from tutor.oracle.expansion import cases_of, written_with
from tutor.oracle.verdict import Oracle

LISTS: dict[str, tuple[Expression, ...]] = dict.fromkeys("xyzpwWXA", ())


def read(text: str) -> Expression:
    return parse(text, lists=LISTS)


@pytest.mark.parametrize(("typed", "case", "written"), [
    ("sum_{i=1}^{n} x_i^2", {"n": 3}, "x_1^2 + x_2^2 + x_3^2"),
    ("sum_{i=2}^{n - 1} i*x_i", {"n": 4}, "2*x_2 + 3*x_3"),
    ("sum_{i=1}^{n} x_i", {"n": 0}, "0"),
    ("1/n*sum_{i=1}^{n} c", {"n": 2}, "1/2*(c + c)"),
    ("d/dx_k [sum_{i=1}^{n} x_i*y_k]", {"n": 2, "k": 1}, "d/dx_1 [x_1*y_1 + x_2*y_1]"),
    ("sum_{i=1}^{n} delta_{ik}*x_i", {"n": 2, "k": 2}, "0*x_1 + 1*x_2"),
    ("sum_{i=1}^{n} sum_{j=1}^{i} x_j", {"n": 2}, "x_1 + (x_1 + x_2)"),
    ("x_i + sum_{i=1}^{n} x_i", {"n": 2, "i": 2}, "x_2 + (x_1 + x_2)"),
    ("sum_{i=1}^{2} sum_{i=1}^{2} i", {}, "(1 + 2) + (1 + 2)"),
])
def test_written_out(typed: str, case: dict[str, int], written: str) -> None:
    assert written_with(read(typed), case) is parse(written)


def test_parts_of_tables_have_names_of_their_own() -> None:
    total = written_with(read("sum_{j=1}^{2} W_{1,j}"), {})
    assert [part.value for part in total.args] == ["W_{1,1}", "W_{1,2}"]


def test_cases() -> None:
    assert cases_of([read("sum_{i=1}^{n} x_i")]) == [{"n": 1}, {"n": 2}, {"n": 3}, {"n": 4}]
    assert cases_of([read("sum_{i=1}^{n} x_i*x_k")])[:3] == [{"n": 1, "k": 1}, {"n": 2, "k": 1}, {"n": 2, "k": 2}]  # type: ignore[index]
    assert cases_of([read("sum_{i=1}^{n} x_i + x_3")])[0] == {"n": 3}  # type: ignore[index]
    assert cases_of([read("sum_{i=1}^{5} i")]) == [{}]
    assert cases_of([read("sum_{i=1}^{n} x_i + x_100")]) is None


TRUE = [
    ("sum_{i=1}^{n} x_i + sum_{i=1}^{n} y_i", "sum_{k=1}^{n} (x_k + y_k)"),
    ("d/dx_k [x_i]", "delta_[i,k]"),
    ("d/dx_k [sum_{i=1}^{n} x_i^2]", "2*x_k"),
    ("sum_{i=1}^{n} delta_{ik}*x_i", "x_k"),
    ("sum_{i=1}^{n} c", "n*c"),
    ("d/dv [1/n*sum_{i=1}^{n} (v*x_i + b - y_i)^2]", "2/n*sum_{i=1}^{n} x_i*(v*x_i + b - y_i)"),
    ("d/dz_k [ln(sum_{j=1}^{n} e^z_j)]", "e^z_k/(sum_{j=1}^{n} e^z_j)"),
    ("d/dz_k [e^z_i/(sum_{j=1}^{n} e^z_j)]",
     "e^z_i/(sum_{j=1}^{n} e^z_j)*(delta_{ik} - e^z_k/(sum_{j=1}^{n} e^z_j))"),
    ("d/dx_k [sum_{i=1}^{n} sum_{j=1}^{n} A_{ij}*x_i*x_j]", "sum_{j=1}^{n} (A_{kj} + A_{jk})*x_j"),
    ("d/dW_{kl} [sum_{i=1}^{n} sum_{j=1}^{m} W_{ij}*x_j]", "x_l"),
    ("d/dx_k [sum_{i=1}^{n} abs(x_i)]", "sign(x_k)"),
    ("d/dx_3 [sum_{i=1}^{n} x_i^2]", "2*x_3"),
    ("sum_{i=1}^{10} i^2", "385"),
    ("(sum_{i=1}^{n} i) at (n = 4)", "10"),
    ("int_0^1 sum_{i=1}^{n} x_i*t^i dt", "sum_{i=1}^{n} x_i/(i + 1)"),
    ("sum_{i=-1}^{n} i", "n*(n + 1)/2 - 1"),
    ("1/(n - 1)*sum_{i=1}^{n} (x_i - y)^2", "1/(n - 1)*sum_{i=1}^{n} (y - x_i)^2"),
]
FALSE = [
    ("(sum_{i=1}^{n} x_i)^2", "sum_{i=1}^{n} x_i^2"),
    ("d/dx_k [sum_{i=1}^{n} x_i^2]", "2*sum_{i=1}^{n} x_i"),
    ("d/dx_k [x_i]", "1"),
    ("d/dz_k [e^z_i/(sum_{j=1}^{n} e^z_j)]", "e^z_i/(sum_{j=1}^{n} e^z_j)*(1 - e^z_k/(sum_{j=1}^{n} e^z_j))"),
    ("d/dx_k [sum_{i=1}^{n} sum_{j=1}^{n} A_{ij}*x_i*x_j]", "2*sum_{j=1}^{n} A_{kj}*x_j"),
    ("sum_{i=1}^{n} c", "c"),
    ("1/n*sum_{i=1}^{n} x_i", "sum_{i=1}^{n} x_i"),
    ("sum_{i=1}^{10} i^2", "384"),
]


@pytest.mark.parametrize(("left", "right"), TRUE)
def test_equal(left: str, right: str) -> None:
    found = Oracle().compare(read(left), read(right))
    assert found.outcome == "checked", found.sentence


@pytest.mark.parametrize(("left", "right"), FALSE)
def test_different(left: str, right: str) -> None:
    found = Oracle().compare(read(left), read(right))
    assert found.outcome == "refuted", found.sentence


def test_a_counterexample_names_size_and_index() -> None:
    found = Oracle().compare(read("d/dx_k [sum_{i=1}^{n} x_i^2]"), read("2*x_1"))
    assert found.sentence.startswith("at n = 2, k = 2, x_1 = ")


@pytest.mark.parametrize(("left", "right", "assumption", "outcome"), [
    ("p_k*sum_{i=1}^{n} y_i - y_k", "p_k - y_k", "sum_{i=1}^{n} y_i = 1", "checked"),
    ("p_k*sum_{i=1}^{n} y_i - y_k", "p_k - y_k", "sum_{i=1}^{n} y_i = 2", "refuted"),
    ("sum_{i=1}^{m} delta_{ik}*x_i", "x_k", "k <= m", "checked"),
    ("sum_{i=1}^{m - 1} delta_{ik}*x_i", "x_k", "k >= 1", "refuted"),
    ("sum_{i=1}^{n} sqrt(x_i^2)", "sum_{i=1}^{n} x_i", "x_1 > 0", "refuted"),
    ("sum_{i=1}^{n} x_i", "sum_{i=1}^{n} x_i", "n > 9", "undecided"),
])
def test_assumptions(left: str, right: str, assumption: str, outcome: str) -> None:
    found = Oracle().compare(read(left), read(right), [read(assumption)])
    assert found.outcome == outcome, found.sentence


@pytest.mark.parametrize(("left", "words"), [
    ("sum_{i=1}^{1000000} i", "too many terms"), ("sum_{i=1}^{x} i/2", ""), ("sum_{i=1}^{n/2} x_i", "whole number"),
    ("sum_{i=1}^{n} x_i + x_50", "too many sizes"),
])
def test_undecided(left: str, words: str) -> None:
    found = Oracle().compare(read(left), read(f"2*({left})"))
    assert found.outcome == "undecided" if words else found.outcome == "refuted"
    assert words in found.reason


def test_values() -> None:
    assert Oracle().value(read("sum_{i=1}^{10} i^2"), {}) == 385
    assert Oracle().value(read("sum_{i=1}^{n} i*x_i"), {"n": 2, "x_1": 3.0, "x_2": 4.0}) == 11
    assert Oracle().value(read("sum_{i=1}^{n} x_i"), {"x_1": 3.0}) is None
