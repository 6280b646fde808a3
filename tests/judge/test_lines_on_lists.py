from itertools import product

import pytest

from tutor.judge.lines import judge_lines

SOFTMAX = "p_i = e^(z_i)/sum_j e^(z_j); L = -sum_i y_i*ln(p_i)"
LAYER = "z_i = sum_j W_{ij}*x_j + b_i; h_i = tanh(z_i); L = 1/2*sum_i (h_i - y_i)^2; grad_{W,b} L"
LINEAR = "z_i = sum_j W_{ij}*x_j; L = sum_i z_i^2; dL/dx_k"

RIGHT, WRONG, FOLLOWS, UNDECIDED, UNREADABLE = "expected", "wrong", "follows_from_wrong", "undecided", "unreadable"

JUDGED: list[tuple[str, list[tuple[str, str]]]] = [
    (f"{SOFTMAX}; dL/dz_k", [
        ("dL/dp_i = -y_i/p_i", RIGHT), ("dp_i/dz_k = p_i*(delta_{ik} - p_k)", RIGHT),
        ("dL/dz_k = sum_i dL/dp_i * dp_i/dz_k", RIGHT), ("= sum_i -y_i*(delta_{ik} - p_k)", RIGHT),
        ("= p_k*sum_i y_i - y_k", RIGHT), ("= p_k - y_k", WRONG)]),
    (f"{SOFTMAX}; sum_i y_i = 1; dL/dz_k", [
        ("dL/dp_m = -y_m/p_m", RIGHT), ("dp_m/dz_l = p_m*(delta_{ml} - p_l)", RIGHT),
        ("dL/dz_k = sum_j dL/dp_j*dp_j/dz_k = p_k*sum_i y_i - y_k = p_k - y_k", RIGHT)]),
    (f"{SOFTMAX}; dL/dz_k", [  # one mistake, and what follows from it
        ("dL/dp_i = y_i/p_i", WRONG), ("dL/dz_k = sum_i y_i*(delta_{ik} - p_k)", FOLLOWS),
        ("= y_k - p_k*sum_i y_i", FOLLOWS), ("= y_k + p_k*sum_i y_i", WRONG)]),
    (f"{SOFTMAX}; dL/dz_k", [  # the sum and the δ are lost
        ("dL/dp_i = -y_i/p_i", RIGHT), ("dL/dz_k = dL/dp_k*dp_k/dz_k", WRONG), ("dp_i/dz_k = p_i*(1 - p_k)", WRONG)]),
    (LAYER, [
        ("dL/dh_i = h_i - y_i", RIGHT), ("delta_i = dL/dz_i = (h_i - y_i)*(1 - h_i^2)", RIGHT),
        ("dL/dW_{ij} = delta_i*x_j", RIGHT), ("dL/dW_{ij} = delta_j*x_i", WRONG), ("dL/db_i = delta_i", RIGHT)]),
    (LAYER, [  # whole lists
        ("dL/dh = h - y", RIGHT), ("dL/dz = dL/dh ⊙ (1 - h⊙h)", RIGHT), ("delta = dL/dz", RIGHT),
        ("dL/dW = x*delta^T", WRONG), ("dL/dW = delta*x^T", RIGHT), ("dL/db = delta", RIGHT)]),
    (LAYER, [
        ("\\frac{\\partial L}{\\partial h_i} = h_i - y_i", RIGHT), ("dL/dW_{ij} = (h_i - y_i) (1 - h_i^2) x_j", RIGHT),
        ("dL/db_k = (h_k - y_k)(1 - h_k^2)", RIGHT)]),
    (LINEAR, [
        ("dL/dz = 2z", RIGHT), ("dz_i/dx_k = W_{ik}", RIGHT), ("dz/dx = W", RIGHT), ("dL/dx = dL/dz*dz/dx", RIGHT),
        ("= W^T*dL/dz", RIGHT), ("= (dz/dx)^T*dL/dz", RIGHT), ("= 2*W^T*z", RIGHT), ("= 2*z*W", WRONG),
        ("dL/dx = dz/dx*dL/dz", WRONG), ("dL/dx_k = 2*sum_i z_i*W_{ik}", RIGHT)]),
    (LINEAR, [  # a value, one part, and every part
        ("z_1 = sum_j W_{1,j}*x_j", RIGHT), ("dL/dz_1 = 2*z_1", RIGHT), ("dL/dz_1 = 2*z_2", WRONG),
        ("dL/dx_k = sum_i 2*z_i*W_{ik}", RIGHT)]),
    ("z_i = x_i + b; L = sum_i z_i^2; dL/dx_k", [("dz_i/dx_k = delta_{ik}", RIGHT), ("dz_i/dx_k = 1", WRONG)]),
    (LINEAR, [  # what cannot be read, or is not known
        ("dL/dz_i = 2*z_k", UNREADABLE), ("dL/dz_pk = 1", UNREADABLE), ("dL/dz_i = 2*z_{ii}", UNDECIDED),
        ("dL/dL_i = 1", UNDECIDED), ("dL/dz_i = 2*q_i", UNDECIDED), ("dL/dx = delta", UNDECIDED),
        ("dL/dz_i = T*z_i", UNDECIDED), ("3 = z_1", UNREADABLE), ("dL/dx = W*dL/dz", WRONG), ("dL/dx = (", UNREADABLE),
        ("d^2L/dx_k^2 = 2", UNREADABLE), ("dL/dq_i = 1", UNDECIDED)]),
]


@pytest.mark.parametrize(("problem", "lines"), JUDGED)
def test_outcomes(problem: str, lines: list[tuple[str, str]]) -> None:
    judged = judge_lines(problem, [line for line, _ in lines])
    for number, (line, outcome) in enumerate(lines, start=1):
        found = {each.outcome for each in judged.lines if each.number == number}
        assert found <= {outcome}, (line, found)


@pytest.mark.parametrize(("lines", "finished"), [
    (["dL/dW = dL/dz*x^T", "dL/db = dL/dz"], False),
    (["dL/dW = dL/dz*x^T", "dL/db = dL/dz", "dL/dz_k = dL/dh_k*(1 - h_k^2)"], False),
    (["dL/dW = dL/dz*x^T", "dL/db = dL/dz", "dL/dz_k = dL/dh_k*(1 - h_k^2)", "dL/dh_1 = h_1 - y_1"], False),
    (["dL/dW = dL/dz*x^T", "dL/db = dL/dz", "dL/dz_k = dL/dh_k*(1 - h_k^2)", "dL/dh = h - y"], True),
    (["= ((h_i - y_i)*(1 - h_i^2)*x_j, (h_i - y_i)*(1 - h_i^2))"], True),
])
def test_a_backward_pass_is_finished_when_each_slope_is_found(lines: list[str], finished: bool) -> None:
    assert judge_lines(LAYER, lines).finished is finished


def test_what_is_said() -> None:
    judged = judge_lines(LINEAR, ["dL/dz_i = 2*z_k", "dL/dz_i = 2*q_i", "dL/dx = W*dL/dz", "dL/dx = dL/dz"])
    said = [line.message.written() for line in judged.lines]
    assert said[0].startswith("The index k means nothing here")
    assert said[1].startswith("q_i does not occur in the graph")
    assert said[2].startswith("This is wrong. These cannot be multiplied")
    assert said[3] == "This is wrong. This has n rows and one column, and not m rows and one column."


def test_any_letters_will_do_for_indices() -> None:
    for one, other in product("ijkl", repeat=2):
        if one == other:
            continue
        lines = [line.replace("1", one).replace("2", other) for line in (
            "dL/dp_1 = -y_1/p_1", "dp_1/dz_2 = p_1*(δ_{12} - p_2)", "dL/dz_2 = sum_1 dL/dp_1*dp_1/dz_2",
            "= p_2*sum_1 y_1 - y_2")]
        judged = judge_lines(f"{SOFTMAX}; dL/dz_k", lines)
        assert [line.outcome for line in judged.lines] == [RIGHT] * 4
        assert judged.finished


@pytest.mark.parametrize("lines", [
    ["g = W^T = x = x", "g = x^T*x", "dL/dx = g"], ["g_{ij} = x", "dL/dx_k = g_{kk}"], ["g_i = W"],
    ["g = g*x", "g_k = g"], ["dL/dx = dL/dx"], ["x = x", "W = W^T", "z = W*x"],
])
def test_letters_of_ones_own_in_strange_ways(lines: list[str]) -> None:
    judged = judge_lines(LINEAR, lines)
    assert all(line.outcome in ("wrong", "undecided", "unreadable", "expected") for line in judged.lines)
    assert not judged.finished
