"""Numbers for lists behind `at`: the same values as the general derivative, and words where they do not fit."""

import pytest

import tutor
from tutor.derivation.places_of_lists import split_places
from tutor.derivation.problem import read_problem
from tutor.errors import TutorError
from tutor.judge.diagnose import diagnose

LAYER = "z_i = sum_j W_{ij}*x_j; L = sum_i z_i^2"

VALUES = [
    ("d/dx_k [sum_i x_i^2] at x = (1, 2, 3)", "(2, 4, 6)"),
    ("d/dx_k [sum_i x_i^2] at (x = (1, 2, 3))", "(2, 4, 6)"),
    ("d/dx_2 [sum_i x_i^2] at x = (1, 2, 3)", "4"),
    ("d/dx_1 [sum_i x_i^2] at x_1 = 2", "4"),
    ("d/dx_k [(sum_i x_i)^2] at x_1 = 2, x_2 = 3", "(10, 10)"),
    ("d/dw [1/n*sum_{i=1}^n (w*x_i - y_i)^2] at w = 1, x = (1, 2), y = (0, 1)", "3"),
    ("d/dw [sum_i (w*x_i - y_i)^2] at x = (1, 2), w = 0", "-2*y_1 - 4*y_2"),
    ("d/dz_k [e^(z_i)/sum_j e^(z_j)] at z = (0, 0)", "((1/4, -1/4), (-1/4, 1/4))"),
    ("d/dW_{kl} [sum_i sum_j W_{ij}^2] at W = ((1, 2), (3, 4))", "(2, 4, 6, 8)"),
    ("L = sum_i x_i^2; grad L at x = (1, 2, 3)", "(2, 4, 6)"),
    (f"{LAYER}; grad L at W = ((1, 2), (3, 4)), x = (1, 2)", "(10, 20, 22, 44, 76, 108)"),
    (f"{LAYER}; dL/dW_{{1,2}} at W = ((1, 2), (3, 4)), x = (1, 2)", "20"),
    (f"{LAYER}; dL/dz_k at W = ((1, 2), (3, 4)), x = (1, 2)", "(10, 22)"),
    ("L = sum_i w*x_i; sum_i x_i = 1; dL/dw at x = (1/2, 1/2)", "1"),
    ("d/dx_1 [x_1^2*x_2] at x_1 = 2", "4*x_2"),  # names that only look like parts of a list
    ("d/dx [x^2] at x = (1 + 2)", "6"),
]


@pytest.mark.parametrize(("problem", "right"), VALUES)
def test_values(problem: str, right: str) -> None:
    found = tutor.explain(problem)
    assert found.checked
    assert diagnose(problem, right).outcome == "right"
    assert diagnose(problem, str(found.result)).outcome == "right"


REFUSED = [
    ("d/dx_1 [(sum_i x_i)^2] at x_1 = 2", "others count here too"),
    ("d/dx_k [sum_i x_i^2] at x_1 = 2", "others count here too"),
    ("d/dw [sum_i (w*x_i - y_i)^2] at w = 1, x = (1, 2), y = (1, 2, 3)", "they have the same size"),
    ("d/dw [sum_i (w*x_i - y_i)^2] at w = (1, 2)", "w is a number here, and (1, 2) is a list"),
    ("d/dx [x^2] at x = (1, 2)", "x is no list here"),
    ("d/dx_k [sum_i x_i^2] at x = (1, 2, q)", "is no number for a letter"),
    ("d/dx_k [sum_i x_i^2] at x = (1, 2), q = 3", "q does not occur in the problem"),
    ("d/dx_k [sum_i x_i^2] at x = ((1, 2), (3, 4))", "its numbers stand in one row"),
    ("d/dx_3 [sum_i x_i^2] at x = (1, 2)", "this index runs only from 1 to 2"),
    ("d/dx_k [sum_{i=1}^{3} x_i^2] at x = (1, 2)", "x has numbers for 2 places, and not for 3"),
    ("d/dx_k [sum_i x_i^2] at x = (1, 2", "never closed"),
    ("L = sum_i x_i^2; dL/dx_3 at x = (1, 2)", "this index runs only from 1 to 2"),
    (f"{LAYER}; grad L at x = (1, 2)", "It is not known how many parts"),
    (f"{LAYER}; grad L at W = ((1, 2), (3, 4)), z = (1, 2)", "z has a line"),
    ("L = sum_i w*x_i; sum_i x_i = 1; dL/dw at x = (1, 2)", "with these numbers the sum is 3"),
    (f"d/dx_k [sum_i x_i^2] at x = ({', '.join('1' * 60)})", "up to 40"),
    ("d/dx_k [sum_i x_i^2]" + " at x = (1, 2)" * 2_000, "more than 20 times"),
]


@pytest.mark.parametrize(("problem", "words"), REFUSED)
def test_refused(problem: str, words: str) -> None:
    with pytest.raises(TutorError) as caught:
        read_problem(problem)
    assert words in str(caught.value)


@pytest.mark.parametrize(("problem", "answer", "misconception"), [
    ("d/dx_k [sum_i x_i^2] at x = (1, 2, 3)", "(2, 2, 3)", "power_lost_coefficient"),
    (f"{LAYER}; dL/dz_k at W = ((1, 2), (3, 4)), x = (1, 2)", "(10, 11)", ""),
])
def test_wrong_numbers(problem: str, answer: str, misconception: str) -> None:
    found = diagnose(problem, answer)
    assert found.outcome not in ("right", "undecided")
    assert found.component == (2,)
    assert misconception in (*found.misconceptions, "")


def test_rows_may_stand_in_brackets() -> None:
    problem = f"{LAYER}; grad L at W = ((1, 2), (3, 4)), x = (1, 2)"
    assert diagnose(problem, "((10, 20), (22, 44)), (76, 108)").outcome == "right"
    assert diagnose(problem, "((10, 22), (20, 44)), (76, 108)").outcome != "right"


def test_places_are_those_behind_the_last_at_outside_brackets() -> None:
    assert split_places("(x_1 at (x_1 = 2)) + sum_i x_i") is None
    assert split_places("d/dx x^2 at x = 2") is None
    assert split_places("d/dx_k f at (x = (1, 2), w = 3)") == ("d/dx_k f", "x = (1, 2), w = 3")
    assert split_places("d/dx_k f at " + "(" * 5000) is None
