"""A curve through points, asked for in words."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.derivation.critical_fit import fit_asked
from tutor.derivation.critical_points import critical_points
from tutor.derivation.phrases import critical_asked
from tutor.errors import TutorError


@pytest.mark.parametrize(("text", "curve", "loss"), [
    ("line through (1, 4), (3, 2)", "y = w*x + b", "(w + b - 4)^2 + (3*w + b - 2)^2"),
    ("find the best fit line through the points (1,4) and (3,2)", "y = w*x + b", "(w + b - 4)^2 + (3*w + b - 2)^2"),
    ("Fit a straight line to the data points: [1,4], [3,2].", "y = w*x + b", "(w + b - 4)^2 + (3*w + b - 2)^2"),
    ("linear regression of ((1,4), (3,2))", "y = w*x + b", "(w + b - 4)^2 + (3*w + b - 2)^2"),
    ("which is the line of best fit for (1,4)(3,2)?", None, None),
    ("what is the line of best fit for (1,4) (3,2)?", "y = w*x + b", "(w + b - 4)^2 + (3*w + b - 2)^2"),
    ("fit s = k*x to (1, 4), (2, 1/2)", "s = k*x", "(k - 4)^2 + (2*k - 1/2)^2"),
    ("fit a*x^2 + c to (0, 1), (2, 3)", "y = a*x^2 + c", "(c - 1)^2 + (4*a + c - 3)^2"),
    ("fit y = w*x to (0, 0), (1, 2)", "y = w*x", "(w - 2)^2"),
    ("x^2 - 3", None, None), ("tangent line to (1, 2)", None, None), ("line through", None, None),
])
def test_model_and_loss(text: str, curve: str | None, loss: str | None) -> None:
    found = fit_asked(text)
    assert (found and f"{found.response} = {found.model}", found and str(found.loss)) == (curve, loss)
    assert (critical_asked(text) is not None) == (curve is not None)


@pytest.mark.parametrize(("text", "said"), [
    ("line through 1,2", "in brackets"), ("line through (1,2,3), (1,2)", "(1, 2, 3) is no point"),
    ("line through (a,2), (1,2)", "a is no number"), ("fit y = x to (1,2)", "letters whose best values"),
    ("fit y = w to (1,2)", "A model has x in it"), ("fit y = w*y*x to (1,2)", "on both sides"),
    ("line through " + ", ".join(f"({i}, {i})" for i in range(21)), "up to 20"),
])
def test_what_cannot_be_fitted(text: str, said: str) -> None:
    with pytest.raises(TutorError, match=said.replace("(", r"\(").replace(")", r"\)")):
        critical_points(text)


def test_only_the_letters_of_the_model_vary() -> None:
    assert critical_points("line through (1, 2), (2, 3)", "b, w").problem.letters == ("w", "b")
    with pytest.raises(TutorError, match="letters of the model"):
        critical_points("line through (1, 2), (2, 3)", "w")


whole_points = st.lists(st.tuples(st.integers(-5, 5), st.integers(-5, 5)), min_size=2, max_size=5,
                        unique_by=lambda point: point[0])


@settings(max_examples=15, deadline=None)
@given(whole_points)
def test_best_line_is_that_of_the_formula(points: list[tuple[int, int]]) -> None:
    """w is the sum of the products of the distances from the means, over that of the squares; b = mean y - w mean x."""
    count = len(points)
    mean_x, mean_y = (Fraction(sum(point[place] for point in points), count) for place in (0, 1))
    slope = (sum((x - mean_x) * (y - mean_y) for x, y in points) / sum((x - mean_x) ** 2 for x, _ in points))
    found = critical_points("line through " + ", ".join(f"({x}, {y})" for x, y in points))
    (point,) = found.points
    assert (str(point.at["w"]), str(point.at["b"])) == (str(slope), str(mean_y - slope * mean_x))
    assert point.is_global
    assert found.checked
