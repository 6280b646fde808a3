"""Letters with respect to which nothing can be differentiated."""

import pytest

from tutor.derivation.derivation import derive
from tutor.derivation.unfit import why_unfit
from tutor.errors import NoProgress
from tutor.expression.parse import parse
from tutor.expression.tree import TWO, Expression, indexed, name, node


@pytest.mark.parametrize(("problem", "why"), [
    ("d/dn [sum_{i=1}^{n} x_i]", "n is a bound of a sum here, which is a whole number"),
    ("d/dx [x_[i]]", "x is a list here. Differentiate with respect to one part of it, as in d/dx_k."),
    ("d/dW [W_[i,j]]", "as in d/dW_{kl}."),
    ("d/dk [k*x_[k]]", "k is an index here, which is a whole number"),
    ("d/dk [delta_[i,k]]", "k is an index here, which is a whole number"),
])
def test_says_why(problem: str, why: str) -> None:
    assert why in why_unfit(parse(problem))
    with pytest.raises(NoProgress, match=r"list|whole number"):
        derive(parse(problem))


@pytest.mark.parametrize("problem", ["d/dw [sum_{i=1}^{n} w*x_i]", "d/dx_k [sum_{i=1}^{n} x_i]", "d/dx [x^2]"])
def test_other_letters_are_fit(problem: str) -> None:
    assert why_unfit(parse(problem)) == ""


def test_no_value_is_put_in_for_part_of_a_list() -> None:
    part: Expression = indexed("x", name("k"))
    with pytest.raises(NoProgress, match="part of a list"):
        derive(node("at", (parse("d/dx_[k] [x_[k]^2]"), part, TWO)))
