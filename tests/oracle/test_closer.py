"""What doubles cannot tell, sixty digits, far points and close ones can."""

import pytest

from tutor.expression.parse import parse
from tutor.oracle import Oracle
from tutor.oracle.closer import agree, look_closer


@pytest.mark.parametrize(("left", "right", "outcome"), [
    ("1/3", "0.3333333333333", "refuted"),
    ("x + 1e-30", "x", "refuted"),
    ("|x-100|", "100-x", "refuted"),
    ("tanh(1000x)^2+x", "1+x", "refuted"),
    ("1/3", "2/6", "checked"),
    ("sin(2x)", "2 sin x cos x", "checked"),
    ("(x+1e80)-1e80", "x", "checked"),
    ("sigmoid(1000x)", "1-sigmoid(-1000x)", "checked"),
    ("sqrt(x-4)*sqrt(6-x)", "sqrt((x-4)*(6-x))", "checked"),
    ("ln(-x^2)", "ln(x) + ln(-x)", "undecided"),
    ("int_0^inf e^(-2x) dx", "1/2", "checked"),
    ("int_0^inf 2^(-x) dx", "1/ln(2)", "checked"),
    ("int_(-inf)^inf e^(-x^2) dx", "sqrt(pi)", "checked"),
])
def test_looks_closer(left: str, right: str, outcome: str) -> None:
    found = look_closer(Oracle(), parse(left), parse(right))
    assert found.outcome == outcome
    assert bool(found.reason) == (outcome == "undecided")
    assert (found.counterexample is not None) == (outcome == "refuted")


def test_compares_in_complex_numbers_when_asked() -> None:
    left, right = parse("e^(i x)"), parse("cos x + i sin x")
    assert look_closer(Oracle(), left, right).outcome == "undecided"
    found = look_closer(Oracle(), left, right, real=False)
    assert (found.outcome, found.real) == ("checked", False)


@pytest.mark.parametrize(("left", "right", "same"), [
    ("relu(-3z - 6)", "0", False), ("max(x, 5)", "5", False), ("|x - 4|", "4 - x", False),
    ("relu(x)", "x*step(x)", True), ("2x", "x + x", True), ("2x", "3x", False),
])
def test_kinks_far_out_are_seen(left: str, right: str, same: bool) -> None:
    assert agree(Oracle(), parse(left), parse(right)) is same
