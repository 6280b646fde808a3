"""Graphs whose lines are lists: what they say, how slopes are found in them, and what is refused."""

from __future__ import annotations

import re
from math import exp

import pytest

import tutor
from tutor.derivation.backward import BackwardPass, slopes_of
from tutor.derivation.forward import at_numbers, places_of
from tutor.derivation.graph import graph_of
from tutor.derivation.lists_at_numbers import parts_at
from tutor.errors import TutorError
from tutor.expression.parse import parse
from tutor.expression.tree import ONE, negate, postorder, replace

LAYER = "z_i = sum_{j=1}^{m} W_{ij}*x_j + b_i; L = sum_{i=1}^{n} (z_i - y_i)^2"
SOFTMAX = "p_i = e^(z_i)/sum_{j=1}^{n} e^(z_j); L = -sum_{i=1}^{n} y_i*ln(p_i)"


def test_inputs_and_shapes() -> None:
    graph = graph_of(parse(LAYER).args, LAYER)
    assert graph.inputs == ("W", "x", "b", "y")
    assert {letter: [str(size) for size in sizes] for letter, sizes in graph.shapes.items()} == {
        "z": ["n"], "W": ["n", "m"], "x": ["m"], "b": ["n"], "y": ["n"]}
    assert str(graph.part("W")) == "W_[i,j]"


def test_a_line_at_another_place() -> None:
    graph = graph_of(parse(LAYER).args, LAYER)
    assert graph.says(parse("z_[k]")) is parse("sum_{j=1}^{m} W_{kj}*x_j + b_k")
    assert "z" not in graph.written_out(parse("L")).free


def test_with_numbers_for_the_sizes_every_part_is_a_line() -> None:
    graph = graph_of(parse(LAYER).args, LAYER)
    assert list(graph.in_numbers({"n": 2, "m": 1}).lines) == ["z_1", "z_2", "L"]


@pytest.mark.parametrize(("text", "slopes"), [
    (f"{LAYER}; dL/dW_{{kl}}", {"W": "2*x_[l]*(z_[k] - y_[k])"}),
    (f"{LAYER}; dL/db_2", {"b": "2*(z_[2] - y_[2])"}),
    (f"{LAYER}; grad_{{x}} L", {"x": "2*sum_{i=1}^{n} W_{ij}*(z_i - y_i)"}),
    (f"{LAYER}; dL/dz_k", {"z": "2*(z_[k] - y_[k])"}),
    ("v_i = t*x_i; L = sum_{i=1}^{n} v_i^2 + t; dL/dt", {"t": "2*sum_{i=1}^{n} v_i*x_i + 1"}),
    ("m = 1/n*sum_{i=1}^{n} x_i; d_i = x_i - m; L = sum_{i=1}^{n} d_i; dL/dx_k", {"x": "0"}),
    ("V_{ij} = t*x_i*y_j; L = sum_{i=1}^{n} sum_{j=1}^{m} V_{ij}; dL/dt",
     {"t": "(sum_{i=1}^{n} x_i)*sum_{j=1}^{m} y_j"}),
])
def test_slopes(text: str, slopes: dict[str, str]) -> None:
    found = slopes_of(text)
    assert {letter: str(found.adjoints.slope(letter)) for letter in found.wanted} == slopes
    assert found.checked is True


@pytest.mark.parametrize(("text", "slope"), [
    ("z_i = sum_{j=1}^{m} W_{ij}*x_j; h_i = z_i^2; dh_i/dx_k", "2*W_[i,k]*z_[i]"),
    ("z_i = sum_{j=1}^{m} W_{ij}*x_j; h_i = z_i^2; dh_i/dz_k", "2*z_[i]*delta_[i,k]"),
    ("z_i = sum_{j=1}^{m} W_{ij}*x_j; d/dx_k [z_i + x_i]", "W_[i,k] + delta_[i,k]"),
])
def test_the_slope_of_one_part_of_a_list(text: str, slope: str) -> None:
    found = tutor.explain(text)
    assert tutor.equivalent(found.result, parse(slope)).verdict == "equal"
    assert found.checked is True


def test_the_chain_rule_goes_over_every_part() -> None:
    found = slopes_of(f"{LAYER}; dL/dx_k")
    rules = [step.rule.name for step in found.steps]
    assert "over_every_part" in rules
    assert str(found.adjoints.adjoint("x").opened) == "sum_{i=1}^{n} dL/dz_i*∂z_i/∂x_[k]"


def test_no_index_is_called_like_a_size() -> None:
    sums = "sum_{i=1}^{n} W_{il} + sum_{j=1}^{n} sum_{p=1}^{m} W_{jp}"
    found = slopes_of(f"z_{{lk}} = x_k*({sums}); L = sum_{{k=1}}^{{n}} sum_{{l=1}}^{{m}} z_{{lk}}^2; dL/dW_{{qr}}")
    sizes = {parse("n"), parse("m")}
    opened = found.adjoints.adjoint("W").opened
    assert not any(part.head == "indexed" and sizes & {*part.args} for part in postorder([opened]))
    assert found.checked is True


def test_what_the_lines_show_is_not_assumed() -> None:
    assert slopes_of(f"{SOFTMAX}; dL/dz_k").assumptions == ()
    assert slopes_of("q_i = z_i^3; L = sum_{i=1}^{n} ln(q_i); dL/dz_k").assumptions == (parse("q_[i] > 0"),)


def test_what_is_given_of_a_sum_is_an_assumption() -> None:
    plain, given = slopes_of(f"{SOFTMAX}; dL/dz_k"), slopes_of(f"{SOFTMAX}; sum_{{i=1}}^{{n}} y_i = 1; dL/dz_k")
    assert str(plain.adjoints.slope("z")) == "p_k*sum_{i=1}^{n} y_i - y_k"
    assert str(given.adjoints.slope("z")) == "p_[k] - y_[k]"
    assert parse("sum_{i=1}^{n} y_i = 1") in given.assumptions
    assert "as_given" in [step.rule.name for step in given.steps]


@pytest.mark.parametrize(("text", "slope"), [
    (f"{SOFTMAX}; sum_k y_k = 1; sum_i y_i = 1; dL/dz_k", "p_[k] - y_[k]"),
    (f"{SOFTMAX}; sum_i p_i = 1; dL/dz_k", "p_k*sum_{i=1}^{n} y_i - y_k"),  # which follows from the lines
    ("L = sum_i x*y_i^2; sum_i y_i = 1; dL/dy_k", "2*x*y_[k]"),  # y_k alone changes
    ("L = sum_i x*y_i; sum_i y_i^2 = 1; dL/dx", "sum_{i=1}^{n} y_i"),  # what is given is not needed
])
def test_what_is_given_once_more_or_is_not_needed(text: str, slope: str) -> None:
    found = slopes_of(text)
    assert str(found.adjoints.slope(found.wanted[0])) == slope
    assert found.checked is True
    assert parse("sum_{i=1}^{n} p_i = 1") not in found.assumptions


def test_a_false_slope_by_a_list_whose_sum_is_given_is_refuted() -> None:
    found = slopes_of("L = sum_i x*y_i^2; sum_i y_i = 1; dL/dy_k")
    rate = found.adjoints.adjoint("y").rate
    assert found.compare(rate, parse("2*x*y_[k] - 2*x*y_[1]")).outcome == "refuted"


@pytest.mark.parametrize(("text", "part"), [
    ("L = sum_{i=1}^{n} x_i*A_{ii}", "A_[i,j]"), ("L = sum_{j=1}^{n} x_j*A_{1j}", "A_[i,j]")])
def test_the_part_of_a_matrix_of_which_only_some_parts_stand_on_the_lines(text: str, part: str) -> None:
    assert str(graph_of(parse(text).args if ";" in text else (parse(text),), text).part("A")) == part
    assert slopes_of(f"{text}; grad L").checked is True


def test_what_is_given_may_stand_behind_the_last_line() -> None:
    found = slopes_of(f"{SOFTMAX}; sum_{{i=1}}^{{n}} y_i = 1")
    assert found.wanted == ("z", "y")
    assert str(found.adjoints.slope("z")) == "p_[i] - y_[i]"


def test_a_name_that_looks_like_part_of_a_list_is_spoken_of() -> None:
    notes = tutor.explain("L = sum_i (v_i + w_j); dL/dv_k").notes
    assert "w_j is read as one number, since j is the index of no sum and of no list here." in [
        note.message for note in notes]


def test_a_false_slope_is_refuted() -> None:
    found = slopes_of(f"{LAYER}; dL/dW_{{kl}}")
    rate = found.adjoints.adjoint("W").rate
    assert found.compare(rate, parse("2*x_[k]*(z_[k] - y_[k])")).outcome == "refuted"
    assert found.compare(rate, parse("2*x_[l]*(z_[l] - y_[l])")).outcome == "refuted"


@pytest.mark.parametrize(("text", "said"), [
    (f"{LAYER}; dL/dW + W", "W stands here without an index"),
    (f"{LAYER}; dL/dW_k", "has 2 indices"),
    (f"{LAYER}; dL/dq_k", "stands on none of the lines"),
    (f"{LAYER}; hessian L", "By which of W, x, b, y"),
    ("A_{ii} = x_i; L = sum_i A_{ii}; dL/dx_k", "A is a list, and a line says what all of its parts are"),
    ("z_1 = x; z_2 = x^2; L = sum_i z_i; dL/dx", "z is a list, and a line says what all of its parts are"),
    (f"{SOFTMAX}; sum_i y_i = 1; sum_k y_k = 2; dL/dz_k", "only one of them can hold"),
    (f"{SOFTMAX}; sum_i p_i = 2; dL/dz_k", "the lines do not say so"),
    ("L = sum_i y_i*x; sum_i y_i = x; dL/dx", "only as a number, and x stands on a line"),
])
def test_what_is_refused(text: str, said: str) -> None:
    with pytest.raises(TutorError, match=said):
        slopes_of(text)


# -- numbers -----------------------------------------------------------------------------------------------------------


def at(text: str, places: str) -> tuple[BackwardPass, dict[str, float]]:
    found, numbers = parts_at(slopes_of(text), places_of(places))
    return found, {letter: float(value) for letter, value in at_numbers(found, numbers).slopes.items()}


def test_every_part_of_a_list_has_a_slope() -> None:
    found, slopes = at(f"{LAYER}; grad_{{W,x}} L", "W = ((1, 2), (3, 4)), x = (1, 1), b = (0, 0), y = (1, 2)")
    assert found.wanted == ("W_{1,1}", "W_{1,2}", "W_{2,1}", "W_{2,2}", "x_1", "x_2")
    assert [slopes[letter] for letter in found.wanted] == [4, 4, 10, 10, 34, 48]


@pytest.mark.parametrize(("places", "said"), [
    ("x = (1, 2)", "no numbers for the list W"),
    ("W = ((1, 2), (3, 4)), x = (1, 2, 3), b = (0, 0), y = (1, 2)", "x has numbers for 3 places, and W for 2"),
    ("W = ((1, 2), (3)), x = (1, 2), b = (0, 0), y = (1, 2)", "rows of different lengths"),
    ("W = ((1, 2), (3, 4)), x = (1, 2), b = (0, 0), y = (1, 2), n = 3", "n is a size"),
    ("W = ((1, 2), (3, 4)), x = (1, u), b = (0, 0), y = (1, 2)", "no number for a letter"),
    ("W = ((1, 2), (3, 4)), x = (1, 2), b = (0, 0), y = (1, 2), z = (1, 2)", "z has a line"),
    ("W = ((1, 2), (3, 4)), x = ((1, 2), (3, 4)), b = (0, 0), y = (1, 2)", "x has one index"),
    ("W = ((1, 2), (3, 4)), x_1 = 1, x_3 = 2, b = (0, 0), y = (1, 2)", "no number for x_2"),
])
def test_numbers_that_do_not_fit(places: str, said: str) -> None:
    with pytest.raises(TutorError, match=said):
        at(f"{LAYER}; grad_x L", places)


def test_a_list_where_a_number_is_needed() -> None:
    with pytest.raises(TutorError, match="w is a number here, and"):
        at("z_i = w*x_i; L = sum_i z_i^2; grad L", "w = (1, 2), x = (1, 2)")


def test_parts_given_one_by_one() -> None:
    slopes = at("z_i = w*x_i; L = sum_i z_i^2; grad L", "x_2 = 2, w = 2, x_1 = 1")[1]
    assert {letter: slopes[letter] for letter in ("w", "x_1", "x_2")} == {"w": 20, "x_1": 8, "x_2": 16}


@pytest.mark.parametrize(("lines", "places", "part"), [
    ("L = -ln(softmax(z)_5)", "z = (1, 2, 3)", "z_5"), ("p = softmax(z); L = -ln(p_4)", "z = (1, 2, 3)", "p_4"),
    ("L = sum_i W_{2i}*W_{i3}", "W = ((1, 2), (3, 4))", "W_{i,3}"), ("L = sum_i z_i + z_0", "z = (1, 2)", "z_0"),
])
def test_a_place_that_a_list_does_not_have(lines: str, places: str, part: str) -> None:
    with pytest.raises(TutorError, match=re.escape(f"{part} stands here, but with these numbers this index runs")):
        at(lines, places)


def test_softmax_by_name_at_numbers() -> None:
    slopes = at("p = softmax(z); L = -sum_i y_i*ln(p_i); grad_z L", "z = (1, 2, 3), y = (0, 0, 1)")[1]
    total = sum(exp(each) for each in (1, 2, 3))
    assert [slopes[f"z_{place}"] for place in (1, 2, 3)] == pytest.approx(
        [exp(1) / total, exp(2) / total, exp(3) / total - 1])


def test_numbers_that_break_what_is_given() -> None:
    text = f"{SOFTMAX}; sum_{{i=1}}^{{n}} y_i = 1; grad_z L"
    assert at(text, "z = (0, 0), y = (0, 1)")[1]["z_1"] == pytest.approx(0.5)
    with pytest.raises(TutorError, match="the sum is 2"):
        at(text, "z = (0, 0), y = (1, 1)")


# -- answers -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("answer", "outcome", "said"), [
    ("2*(z_i - y_i)*x_j", "right", ""),
    ("2*(z - y)*x^T", "right", ""),
    ("2*(sum_k W_{ik}*x_k + b_i - y_i)*x_j", "right", ""),
    ("2*x*(z - y)^T", "slip", "m rows and n columns, and not n rows and m columns"),
    ("2*(z - y)*x", "slip", "cannot be multiplied"),
    ("(z_i - y_i)*x_j", "misconception", ""),
])
def test_answers_by_parts_and_in_whole_lists(answer: str, outcome: str, said: str) -> None:
    found = tutor.diagnose(f"{LAYER}; dL/dW_{{ij}}", answer)
    assert found.outcome == outcome
    assert said in found.message


OF_SCORES = "L = -sum_i y_i*ln(softmax(z)_i); sum_i y_i = 1; dL/dz_k"
OF_LAYER = "z_i = sum_j W_{ij}*x_j; p = softmax(z); L = -sum_i y_i*ln(p_i); sum_i y_i = 1; dL/dW_{kl}"


@pytest.mark.parametrize(("problem", "answer", "outcome"), [
    (OF_SCORES, "softmax(z)_k - y_k", "right"), (OF_SCORES, r"\operatorname{softmax}(z)_k - y_k", "right"),
    (OF_SCORES, "softmax(z) - y", "right"), (OF_SCORES, "e^(z_k - logsumexp(z)) - y_k", "right"),
    (OF_SCORES, "softmax(z)_k", "slip"),
    (OF_LAYER, "(softmax(z)_k - y_k)*x_l", "right"), (OF_LAYER, "(p_k - y_k)*x_l", "right"),
    (OF_LAYER, "(softmax(z) - y)*x^T", "right"), (OF_LAYER, "x^T*(softmax(z) - y)", "slip"),
    ("d/dz_k [softmax(z)_i]", "softmax(z)_i*(delta_{ik} - softmax(z)_k)", "right"),
    ("d/dz_k [softmax(z)_i]", "softmax(z)_k*(delta_{ik} - softmax(z)_i)", "right"),
    ("d/dz_k [softmax(z)_i]", "softmax(z)_i*(1 - softmax(z)_k)", "unexplained"),
    ("d/dz_k [logsumexp(z)]", "softmax(z)_k", "right"), ("d/dz_k [logsumexp(z)]", "softmax(z)", "right"),
    ("d/dz_k [log_softmax(z)_i]", "delta_{ik} - softmax(z)_k", "right"),
    ("d/da [logsumexp(a, b)]", "softmax(a, b)_1", "right"),
    ("d/da [softmax(a, b)_1]", "sigmoid(a - b)*sigmoid(b - a)", "right"),
])
def test_answers_with_softmax_by_name(problem: str, answer: str, outcome: str) -> None:
    assert tutor.diagnose(problem, answer).outcome == outcome


def test_an_answer_that_needs_more_than_is_given() -> None:
    found = tutor.diagnose(f"{SOFTMAX}; dL/dz_k", "p_k - y_k")
    assert found.outcome == "unexplained"
    assert "right only if sum_{i=1}^{n} y_i = 1" in found.message


@pytest.mark.parametrize(("answer", "outcome"), [
    ("2*X^T*(X*w - y)", "right"), ("2*X*(X*w - y)", "slip"), ("2*(X*w - y)^T*X", "slip")])
def test_answers_in_whole_lists_without_lines(answer: str, outcome: str) -> None:
    problem = "d/dw_k sum_{i=1}^{n} (sum_{j=1}^{m} X_{ij}*w_j - y_i)^2"
    assert tutor.diagnose(problem, answer).outcome == outcome


@pytest.mark.parametrize(("words", "symbols"), [
    ("derivative of ln(sum_j e^(x_j)) with respect to x_k", "d/dx_k ln(sum_j e^(x_j))"),
    ("derivative of sum_i (sum_j W_{ij}*x_j)^2 with respect to W_{kl}", "d/dW_{kl} sum_i (sum_j W_{ij}*x_j)^2"),
    ("derivative of sum_i x_i^2 with respect to x_2", "d/dx_2 sum_i x_i^2"),
    ("derivative of w_a*x with respect to w_a", "d/dw_a [w_a*x]"),
])
def test_one_part_may_be_asked_for_in_words(words: str, symbols: str) -> None:
    assert tutor.explain(words).problem is tutor.explain(symbols).problem


@pytest.mark.parametrize("text", [
    "z_i = x_i*v_i; a_i = relu(z_i); L = sum_i (a_i - y_i)^2; dL/dx_k",
    "z_i = sum_j W_{ij}*x_j; a_i = relu(z_i); L = sum_i a_i; dL/dW_{kl}",
])
def test_kinks_of_products_are_found(text: str) -> None:
    found = slopes_of(text)
    assert found.checked
    rate = found.adjoints.adjoint(found.wanted[0]).rate
    assert found.compare(rate, negate(found.result)).outcome == "refuted"
    on_the_right = {part: ONE for part in postorder([found.result]) if part.head == "step"}
    assert found.compare(rate, replace(found.result, on_the_right)).outcome == "refuted"
