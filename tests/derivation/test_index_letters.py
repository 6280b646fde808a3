"""Lists that are known by the indices of their parts alone."""

from __future__ import annotations

import pytest

import tutor
from tutor.derivation.index_letters import with_explicit_indices
from tutor.derivation.problem import read_problem
from tutor.errors import TutorError
from tutor.expression.parse import read


@pytest.mark.parametrize(("text", "result"), [
    ("d/dy_j [y_l^3]", "3*y_[l]^2*delta_[j,l]"), ("u_i = v_i; du_i/dv_k", "delta_[i,k]"),
    ("u_{i} = exp(v_{i}); du_{i}/dv_{l}", "u_[i]*delta_[i,l]"), ("uᵢ = 5vᵢ; duᵢ/dvₖ", "5*delta_[i,k]"),
    ("u_i = c*v_i; s_i = u_i^2; ds_i/dv_j", "2*c^2*v_[i]*delta_[i,j]"),
])
def test_parts_with_two_indices_may_be_one(text: str, result: str) -> None:
    found = tutor.explain(text)
    assert found.checked
    assert tutor.equivalent(str(found.result), result).verdict == "equal"
    assert [note.kind for note in found.notes].count("letter-of-list") == 1


@pytest.mark.parametrize("text", [
    "d/dy_1 [y_1*y_2]", "d/dy_i [y_i^2]", "u_i = y_i; du_i/dy_i", "d/dx [x_i*x + x_k]", "d/dy_p [y_p*y_q]"])
def test_other_letters_stay_numbers(text: str) -> None:
    assert with_explicit_indices(text, read(text, is_problem=True).expression) is None


def test_an_index_that_stands_on_one_side_only_is_told_with_its_place() -> None:
    text = "u_i = v_j + c_i; du_i/dv_k"
    with pytest.raises(TutorError, match="The index j is unknown here") as refused:
        read_problem(text)
    (problem,) = refused.value.problems
    assert text[problem.start:problem.end] == "v_j"
