"""A point behind a gradient, without the names of its coordinates."""

import pytest

from tutor import explain
from tutor.derivation.problem import read_problem
from tutor.errors import TutorError


@pytest.mark.parametrize(("text", "result", "named"), [
    ("grad (x^2*y) at (1, 2)", "(4, 1)", "x = 1, y = 2"),
    ("gradient of x^2 + y^2 at the point (1,2)?", "(2, 4)", "x = 1, y = 2"),
    ("∇(w^2*b) at (3, sqrt(4))", "(12, 9)", "w = 3, b = sqrt(4)"),
    ("grad_{b,w} (w^2*b) at (2, 3)", "(9, 12)", "b = 2, w = 3"),
    ("J(w, b) = (2w + b - 3)^2; grad J at (1, 1/2)", "(-2, -1)", "w = 1, b = 1/2"),
    ("f(x, y) = x^2*y; ∂f/∂y at (3, 2)", "9", "x = 3, y = 2"),
    ("hessian (x^2*y) at (1, 2)", "((4, 2), (2, 0))", "x = 1, y = 2"),
])
def test_the_coordinates_stand_in_the_order_of_the_slopes(text: str, result: str, named: str) -> None:
    found = explain(text)
    assert str(found.result) == result
    assert any(note.message.endswith(f"is read as at {named}.") for note in found.notes)


@pytest.mark.parametrize("text", ["grad (x^2*y) at (1, 2, 3)", "d/dx x^2 at (1, 2)", "∂/∂w (w^2*b) at (1, 2)",
                                  "grad (x^2*y) at (1, )", "grad (x^2*y) at (1, 2 +)"])
def test_other_points_are_refused(text: str) -> None:
    with pytest.raises(TutorError):
        read_problem(text)


def test_a_gradient_in_words_has_all_its_slopes_at_a_named_point_too() -> None:
    assert str(explain("gradient of x^2 + y^2 at x = 1, y = 2").result) == "(2, 4)"
    assert str(explain("gradient of x^2*y at x = 3").result) == str(explain("grad x^2*y at x = 3").result)
