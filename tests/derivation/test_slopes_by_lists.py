"""Slopes by a whole list, as people write them."""

import pytest

from tutor import diagnose, explain
from tutor.derivation.problem import read_problem
from tutor.errors import TutorError

SOFTMAX = "p = softmax(z); "
LAYER = "z_i = sum_j W_{ij}*x_j + b_i; L = sum_i z_i^2; "


@pytest.mark.parametrize(("text", "same", "said"), [
    (LAYER + "dL/dW", LAYER + "dL/dW_{ij}", "dL/dW is read as dL/dW_{ij}, for every part of W."),
    (LAYER + "∂L/∂b", LAYER + "dL/db_i", "∂L/∂b is read as ∂L/∂b_i, for every part of b."),
    (LAYER + "dL/dz", LAYER + "dL/dz_i", "dL/dz is read as dL/dz_i, for every part of z."),
    (SOFTMAX + "dp/dz", SOFTMAX + "dp_i/dz_k", "dp/dz is read as dp_i/dz_k, for every part of z."),
    (SOFTMAX + "dp_k/dz", SOFTMAX + "dp_k/dz_i", "dp_k/dz is read as dp_k/dz_i, for every part of z."),
    ("d/dz sum_i z_i^2", "d/dz_k sum_i z_i^2", "d/dz is read as d/dz_k, for every part of z."),
    ("d/dz softmax(z)_i", "d/dz_k softmax(z)_i", "d/dz is read as d/dz_k, for every part of z."),
    ("L = sum_i sum_j A_{ii}*x_j; dL/dA", "L = sum_i sum_j A_{ii}*x_j; dL/dA_{ik}",
     "dL/dA is read as dL/dA_{ik}, for every part of A."),
])
def test_the_slope_by_a_list_is_that_by_every_part(text: str, same: str, said: str) -> None:
    found, other = explain(text), explain(same)
    assert str(found.result) == str(other.result)
    assert said in [note.message for note in found.notes]
    assert said not in [note.message for note in other.notes]


@pytest.mark.parametrize(("text", "message"), [
    (SOFTMAX + "L = p + z; dL/dz", "p stands here without an index, but it is a list elsewhere."),
    ("dp/dz", "p is not defined here: type d/dz [...], or begin with p = ...;"),
    ("p = softmax(z)", "Nothing is asked here. Ask for a slope, such as dp/dz."),
    ("z_i = sum_j W_{ij}*x_j; p = softmax(z)", "Nothing is asked here. Ask for a slope, such as dp/dW."),
])
def test_what_cannot_be_meant_is_refused(text: str, message: str) -> None:
    with pytest.raises(TutorError) as caught:
        read_problem(text)
    assert str(caught.value).startswith(message)


def test_the_answer_may_be_typed_with_the_indices_of_the_lines_or_in_whole_lists() -> None:
    for answer in ("2*z_i*x_j", "2*z*x^T"):
        assert diagnose(LAYER + "dL/dW", answer).outcome == "right"


@pytest.mark.parametrize("text", ["p = softmax(z); dp/dz", "z_i = sum_j W_{ij}*x_j; p = softmax(z); dp/dW"])
def test_what_is_proposed_can_be_asked(text: str) -> None:
    assert explain(text).result is not None
