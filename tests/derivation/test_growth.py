"""What is built is counted: a problem that grows without end is refused in a sentence, and soon."""

from __future__ import annotations

import pytest

import tutor
from tutor import limits
from tutor.errors import LimitError
from tutor.views.json import as_data

REFUSED = {
    "a function of itself": "f(x) = x^2 + 3; " + "f(x) = f(f(x)); " * 25 + "f'(x)",
    "two functions by turns": "f(x) = 2x + 1; " + "g(x) = f(f(x)); f(x) = g(g(x)); " * 9 + "f'(x)",
    "shared factors": "y = x + 2; " + "y = y*y; " * 40 + "y'",
    "shared terms": "f(x) = cos(x); " + "f(x) = f(x) + f(3x); " * 40 + "f'(1)",
    "places in places": "(" * 25 + "d/dx [x^3*cos(x)]" + ") at (x = x^2 + x)" * 25,
    "a high order of a quotient": "d^20/dx^20 [1/(cos(x) + x^2 + 1)]",
    "many factors": "d/dx " + "*".join(f"(x + {k})" for k in range(1, 2500)),
    "many arguments": "d/dx max(" + ", ".join(f"x^{k}" for k in range(1, 990)) + ")",
}


@pytest.mark.parametrize("problem", REFUSED.values(), ids=REFUSED)
def test_what_grows_without_end_is_refused_in_a_sentence(problem: str) -> None:
    with pytest.raises(LimitError, match=r"more than [\d,]+ .*(Use|Try) fewer|(more than|too long).*Try a lower"):
        tutor.explain(problem)


def test_tidying_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "TIDYING", 5_000)
    assert tutor.explain("d/dx x*sin(x)").checked
    for order in (7, 8):  # the same input meets the same bound, however often
        with pytest.raises(LimitError, match="too long to be simplified"):
            tutor.explain(f"d^{order}/dx^{order} x^x")


def test_a_long_result_is_given_and_only_its_steps_are_left_out() -> None:
    derivation = tutor.explain("d/dx " + "cos(" * 300 + "x" + ")" * 300)
    assert derivation.result.size > 40_000
    assert not derivation.too_long
    longer = tutor.explain("d/dx [" + "(3 - " * limits.STEPS_TOLD + "x" + ")" * limits.STEPS_TOLD + "]")
    assert str(longer.result) == "1"
    assert longer.check.outcome == "checked"
    assert longer.checked is None  # nobody looked at each step
    assert f"{limits.STEPS_TOLD:,}" in longer.too_long
    with pytest.raises(LimitError, match="too many to show and check"):
        as_data(longer)


def test_steps_of_tidying_are_counted_before_they_are_told() -> None:
    tower = tutor.explain("d/dx " + "1/(1 + " * 130 + "x" + ")" * 130)
    assert tower.too_long
    assert tower.check.outcome == "checked"


@pytest.mark.parametrize(("left", "right"), [
    ("d^20/dx^20 [" + "*".join(f"sin({k}x)" for k in range(1, 900)) + "]", "x"),
    ("+".join(f"x^{k}*cos({k}x)" for k in range(1, 4000)), "x"),
])
def test_comparing_ends(left: str, right: str) -> None:
    from tutor.oracle import Oracle

    assert Oracle().compare(tutor.parse(left), tutor.parse(right)).outcome in ("undecided", "refuted")


def test_the_work_of_checking_steps_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "WORK_ON_STEPS", 0)
    derivation = tutor.explain("d/dx x*sin(x)")
    outcomes = [step.check.outcome for step in derivation.steps]
    assert outcomes[0] == "checked"
    assert set(outcomes[1:]) == {"undecided"}
    assert "taken as much work" in derivation.steps[-1].check.sentence
    assert derivation.check.outcome == "checked"  # the whole is compared all the same
    assert derivation.checked is None
