"""Functions of whole lists: their equations, what is seen along lines, and what is not claimed."""

from __future__ import annotations

import pytest

from tests.narrowed import not_none
from tutor.derivation.critical_points import CriticalPoints, WholeLists, critical_points
from tutor.errors import TutorError

RESIDUALS = "sum_i (sum_j X_{ij}*w_j - y_i)^2"
CROSS_ENTROPY = ("-sum_i (y_i*ln(sigmoid(sum_j X_{ij}*w_j)) + (1 - y_i)*ln(1 - sigmoid(sum_j X_{ij}*w_j)))")


def lists_of(function: str, by: str = "w") -> WholeLists:
    return not_none(critical_points(function, by).lists)


def written(found: CriticalPoints) -> str:
    return " ".join(sentence.written() for sentence in found.sentences)


@pytest.mark.parametrize(("function", "by", "equation"), [
    (RESIDUALS, "w", "X^T*X*w = X^T*y"),
    ("sum_i (sum_j A_{ji}*u_j - c_i)^2", "u", "A*A^T*u = A*c"),
    (f"{RESIDUALS} + sum_i (sum_j Z_{{ij}}*w_j)^2", "w", "(X^T*X + Z^T*Z)*w = X^T*y"),
    (f"1/n*{RESIDUALS} + sum_j a_j*w_j", "w", "2*X^T*X*w = 2*X^T*y - n*a"),
    ("1/2*sum_i (y_i - sum_j X_{ij}*(w_j - c_j))^2", "w", "X^T*X*w = X^T*X*c + X^T*y"),
    (f"{RESIDUALS} - 3*mu*sum_j (w_j - c_j)^2", "w", "(X^T*X - 3*mu*I)*w = X^T*y - 3*mu*c"),
    ("sum_i sum_j w_i*A_{ij}*w_j + sum_i c_i*w_i", "w", "(A + A^T)*w = -c"),
    ("sum_i sum_k (sum_j X_{ij}*W_{jk} - Y_{ik})^2", "W", "X^T*X*W = X^T*Y"),
    (CROSS_ENTROPY, "w", "X^T*(sigmoid(X*w) - y) = 0"),
])
def test_the_equation_in_whole_lists(function: str, by: str, equation: str) -> None:
    found = critical_points(function, by)
    assert str(not_none(not_none(found.lists).equations[0].reading).equation) == equation
    assert found.checked


@pytest.mark.parametrize(("function", "second", "convex"), [
    (RESIDUALS, "2*X^T*X", True),
    (CROSS_ENTROPY, "X^T*diag(sigmoid(X*w) ⊙ (1 - sigmoid(X*w)))*X", True),
    ("sum_i sum_j w_i*A_{ij}*w_j + sum_i c_i*w_i", "A + A^T", False),
    (f"sum_j w_j^2 - {RESIDUALS}", "2*I - 2*X^T*X", False),
])
def test_second_derivatives(function: str, second: str, convex: bool) -> None:
    found = lists_of(function)
    assert str(not_none(not_none(found.second)[1]).matrix) == second
    assert not_none(found.along).is_convex is convex


@pytest.mark.parametrize(("function", "positive"), [
    (f"{RESIDUALS} + t*sum_j w_j^2", ["t > 0"]), (f"{RESIDUALS} - t*sum_j w_j^2", ["t < 0"]),
    (f"c*{RESIDUALS} + t*sum_j w_j^2", ["c > 0", "t > 0"]), (f"{RESIDUALS} + t^2*sum_j w_j^2", []),
    (f"{RESIDUALS} - t*sum_j w_j^2 assuming t < 0", []),
])
def test_conditions_for_being_convex(function: str, positive: list[str]) -> None:
    along = not_none(lists_of(function).along)
    assert (along.is_convex, list(map(str, along.positive))) == (True, positive)


@pytest.mark.parametrize("function", [
    f"{RESIDUALS} + t^2*sum_j w_j^2",  # t may be 0
    f"{RESIDUALS} + t*sum_j w_j^2 assuming t >= 0", "sum_i (sum_j X_{ij}*w_j - y_i)^2 + sum_j a_j*w_j",
    "sum_i (sum_j X_{ij}*w_j - y_i)^2 + 1",
])
def test_no_matrix_is_said_to_have_an_inverse_where_it_may_have_none(function: str) -> None:
    found = critical_points(function, "w")
    assert not not_none(not_none(found.lists).along).definite
    assert found.points == ()
    assert not found.complete
    assert "If not" in written(found)


def test_infinitely_many_only_where_there_is_one() -> None:
    assert "If not, infinitely many have." in written(critical_points(RESIDUALS, "w"))
    unbounded = written(critical_points(f"{RESIDUALS} + sum_j a_j*w_j", "w"))
    assert "If not, none has or infinitely many have." in unbounded


@pytest.mark.parametrize("function", [
    f"{RESIDUALS} + t*sum_j abs(w_j)", "sqrt(sum_j w_j^2)", "sum_i ln(sum_j X_{ij}*w_j)", "max(0, sum_j a_j*w_j)"])
def test_kinks_and_gaps_end_all_claims(function: str) -> None:
    found = critical_points(function, "w")
    assert (not_none(found.lists).along, found.convexity, found.points, found.complete) == (None, "", (), False)
    assert any("no slope" in why for why in found.why)


@pytest.mark.parametrize("function", [CROSS_ENTROPY, f"sum_j w_j^4 + {RESIDUALS}"])
def test_equations_that_are_not_linear_are_left(function: str) -> None:
    found = critical_points(function, "w")
    assert not found.complete
    assert any("tutor descend" in why for why in found.why)
    assert not_none(found.lists).solution is None


def test_numbers_beside_a_list() -> None:
    found = critical_points("1/n*sum_i (sum_j X_{ij}*w_j + b - y_i)^2", "w,b")
    first, second = not_none(found.lists).equations
    assert str(first.equation) == (
        "sum_{i=1}^{n} X_{ik}*sum_{j=1}^{m} X_{ij}*w_j = sum_{i=1}^{n} X_{ik}*y_i - b*sum_{i=1}^{n} X_{ik}")
    assert [str(root.value) for root in not_none(second.solved).roots] == [
        "(sum_{i=1}^{n} y_i - sum_{i=1}^{n} sum_{j=1}^{m} X_{ij}*w_j)/n"]
    assert found.convexity == "convex"
    assert found.checked


@pytest.mark.parametrize(("function", "place"), [
    ("sum_j (w_j - a_j)^2", "a_[k]"), ("sum_j (w_j - a_j)^2 + t*sum_j w_j^2 assuming t > 0", "a_[k]/(t + 1)"),
    ("sum_j c_j*(e^(w_j) - 2*w_j)", "ln(2)")])
def test_parts_that_do_not_meet_are_found_one_by_one(function: str, place: str) -> None:
    found = critical_points(function, "w")
    assert found.lists is None
    assert [str(point.at["w_k"]) for point in found.points] == [place]


def test_a_size_is_positive_also_where_parts_are_found_one_by_one() -> None:
    found = critical_points("1/n*sum_i (x_i*w_i - y_i)^2 + t*sum_i w_i^2, t > 0", "w")
    (point,) = found.points
    assert (str(point.at["w_k"]), point.kind, point.is_global, point.assuming) == (
        "x_[k]*y_[k]/(x_[k]^2 + n*t)", "minimum", True, ())


@pytest.mark.parametrize(("function", "independent"), [
    (RESIDUALS, "the columns of X are"), ("sum_i (sum_j A_{ji}*w_j - y_i)^2", "the columns of A^T are"),
    ("1/2*sum_{i=1}^{3} (sum_{j=1}^{2} X_{ij}*w_j - y_i)^2", "the columns of X are"),
    ("sum_{i=1}^{n-1} (sum_j X_{ij}*w_j - y_i)^2", ""), ("sum_i v_i^2*(sum_j X_{ij}*w_j - y_i)^2", ""),
    ("c^2*sum_i (sum_j X_{ij}*w_j - y_i)^2", ""), (f"{RESIDUALS} + (sum_j a_j*w_j)^2", "")])
def test_what_has_to_be_independent(function: str, independent: str) -> None:
    said = written(critical_points(function, "w"))
    assert independent in said
    assert ("columns" in said) is bool(independent)


def test_an_index_that_stands_in_the_function_is_not_taken() -> None:
    (equation,) = lists_of("sum_k (sum_l X_{kl}*w_l - y_k)^2", "w_k").equations
    assert str(equation.unknown) == "w_[j]"


@pytest.mark.parametrize(("function", "by", "said"), [
    ("sum_i (sum_j X_{ij}*w_j - y_i)^2*w_l", "w", "No sum runs over l here"),
    (RESIDUALS, "w_1", "All its parts vary together: say --by w"),
    (RESIDUALS, "", "Every letter is a list here: X, w, y. Say which of them varies, as in --by w."),
    (f"{RESIDUALS} on [0, 1]", "w", "An interval is for a number, and w is a list."),
])
def test_bad_input(function: str, by: str, said: str) -> None:
    with pytest.raises(TutorError, match=said.replace(".", r"\.")):
        critical_points(function, by)


def test_more_letters_than_the_alphabet_has() -> None:
    constants = "+".join("abcdfghjklpqrstuvxz")
    found = not_none(critical_points(f"({constants})*sum_{{m=1}}^{{n}} (w_m^2 - y_m*w_m*w_1)", "w").lists)
    assert str(found.equations[0].unknown) == "w_[k1]"
    assert "e" not in not_none(found.along).second.result.free
