"""What is said of an integral that was not found."""

from __future__ import annotations

import pytest

from tutor.derivation.derivation import derive
from tutor.errors import NoProgress
from tutor.expression.parse import parse
from tutor.expression.tree import name
from tutor.integration.report import known_of

KNOWN = ["e^(x^2)", "e^(3*x^2)", "x^x", "sin(x^2)", "sqrt(x^3 + 2)", "ln(sin(x))"]
NOTHING_KNOWN = ["x^2", "e^(-x^2)", "sin(sin(x))", "sqrt(x^2 + 1)"]


@pytest.mark.parametrize("body", KNOWN)
def test_that_there_is_no_formula_is_known(body: str) -> None:
    assert "It has been proved" in known_of(parse(body), name("x"))


@pytest.mark.parametrize("body", NOTHING_KNOWN)
def test_nothing_is_claimed_of_others(body: str) -> None:
    assert known_of(parse(body), name("x")) == ""


REFUSED = [
    # problem, what the message ends with, the beginnings of sentences of the report
    ("int x^x dx", "It has been proved that no formula made of the usual functions has this derivative.",
     ["Substitution of the whole integrand: "]),
    ("int sin(sin(x)) dx", "This does not mean that there is none.", []),
    ("int x^2 + x^x dx", "This does not mean that there is none.",
     ["Found for 1 of its 2 terms: x^3/3 for x^2. Not found for x^x. It has been proved that no formula made"]),
    ("int 1/ln(x^2 + 1) + sin(x) - x dx", "This does not mean that there is none.",
     ["Found for 2 of its 3 terms: -cos(x) for sin(x), -x^2/2 for -x. Not found for 1/ln(x^2 + 1)."]),
    ("int sqrt(-1 - t^2) dt", "sqrt(-t^2 - 1) has no real value for any t, so there is nothing to integrate.", []),
    ("int_0^1 e^(t^2) dt", "It has been proved that no formula made of the usual functions has this derivative.",
     ["Numbers alone give about 1.46265 for int_0^1 e^t^2 dt."]),
]


@pytest.mark.parametrize(("problem", "ending", "sentences"), REFUSED)
def test_what_was_tried_is_told(problem: str, ending: str, sentences: list[str]) -> None:
    with pytest.raises(NoProgress) as refused:
        derive(parse(problem))
    assert str(refused.value).endswith(f"was found. {ending}")
    for sentence in sentences:
        assert any(each.startswith(sentence) for each in refused.value.report), sentence
