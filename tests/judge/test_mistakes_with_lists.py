"""What is said of wrong slopes along lines with lists: the mistake in a rule, a sign, a factor, an order."""

import pytest

from tutor.judge.diagnose import diagnose
from tutor.judge.lines import judge_lines

PROBABILITIES = "p_i = e^(z_i)/sum_j e^(z_j); L = -sum_i y_i*ln(p_i)"
SOFTMAX = f"{PROBABILITIES}; sum_i y_i = 1; dL/dz_k"
LAYER = "z_i = sum_j W_{ij}*x_j + b_i; h_i = tanh(z_i); L = 1/(2*n)*sum_{i=1}^n (h_i - y_i)^2; dL/dW_{ij}"
SQUARES = "u_i = sum_j X_{ij}*w_j; L = 1/n*sum_{i=1}^n (u_i - y_i)^2; dL/dw_k"
CLASSES = ("u_k = sum_l W_{kl}*h_l + b_k; p_i = e^(u_i)/sum_j e^(u_j); L = -sum_i y_i*ln(p_i); sum_i y_i = 1; "
           "dL/dW_{kl}")

EXPLAINED = [
    # problem, answer, the misconception or the kind of slip, words of the message
    (SOFTMAX, "y_k - p_k", "sign", "Which of the two is subtracted from the other?"),
    (SOFTMAX, "y - p", "sign", "the other sign"),
    (f"{PROBABILITIES}; dL/dz_k", "p_k - y_k", "", "right only if sum_{i=1}^{n} y_i = 1"),
    (f"{PROBABILITIES}; dL/dz_k", "y_k - p_k", "", "With the other sign, that is right only if"),
    (SOFTMAX, "-y_k*(1 - p_k)", "only_the_same_part", "add up"),
    (SOFTMAX, "-y_k", "no_component", ""),
    (SOFTMAX, "p_k + y_k", "sign", "Look at the sign of y_k"),
    (SOFTMAX, "p_k", "term", "A term is missing"),
    (SOFTMAX, "n*(p_k - y_k)", "factor", "This is n times what it should be: is a factor 1/n missing?"),
    (LAYER, "(h_i - y_i)*(1 - h_i^2)*x_j", "factor", "is a factor 1/n missing?"),
    (LAYER, "1/n*(h_i - y_i)*x_j", "chain_only_inner", ""),
    (LAYER, "1/n*(h_i - y_i)*(1 - h_i)*x_j", "tanh_derivative", ""),
    (LAYER, "1/n*(h_j - y_j)*(1 - h_j^2)*x_i", "order", "this is the slope by W_{ji}"),
    (LAYER, "1/n*x*((h - y)⊙(1 - h⊙h))^T", "order", "This is the transpose of what is asked for"),
    (SQUARES, "2*sum_i (u_i - y_i)*X_{ik}", "partial_zeroes_coefficient", "1/n"),
    (SQUARES, "1/n*sum_i (u_i - y_i)*X_{ik}", "mse_factor_two_lost", ""),
    (SQUARES, "2/n*sum_i (u_i - y_i)*sum_j X_{ij}", "every_component", ""),
    (SQUARES, "2/n*X*(u - y)", "order", "X: it has to be transposed there"),
    (SQUARES, "2/n*(u - y)*X^T", "order", "Look at the order of the factors"),
    (SQUARES, "2/n*X^T*(y - u)", "sign", "the other sign"),
    (CLASSES, "h*(p - y)^T", "order", "the transpose"),
    (CLASSES, "(p - y)*h", "order", "h: it has to be transposed there"),
    (CLASSES, "(p - y)^T*h", "order", "which factor comes first"),
    ("d/dW_{kl} [sum_i (sum_j W_{ij}*h_j - y_i)^2]", "2*h*(W*h - y)^T", "order", "the transpose"),
    (SOFTMAX, "p_k*(1 - p_k)", "", "Chain rule along one line"),
]


@pytest.mark.parametrize(("problem", "answer", "name", "words"), EXPLAINED)
def test_what_is_said(problem: str, answer: str, name: str, words: str) -> None:
    found = diagnose(problem, answer)
    kinds = (*found.misconceptions, *([found.slip.kind] if found.slip else []))
    assert kinds == ((name,) if name else ())
    assert found.outcome == ("unexplained" if not name else "slip" if found.slip else "misconception")
    assert words in found.message


def test_in_lines_too() -> None:
    judged = judge_lines(CLASSES, ["dL/du = y - p", "dL/dW = h*(p - y)^T"])
    assert [line.outcome for line in judged.lines] == ["wrong", "wrong"]
    said = [line.diagnosis.message for line in judged.lines if line.diagnosis is not None]
    assert said[0].startswith("This is the slope with the other sign")
    assert said[1].startswith("This is the transpose")
