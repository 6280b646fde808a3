"""Cases that are decided, that say the same, or that numbers are multiplied into."""

from __future__ import annotations

import pytest

from tutor.algebra.decide import Tidy
from tutor.algebra.terms import Style
from tutor.expression.parse import parse


@pytest.mark.parametrize(("cases", "tidy"), [
    ("{4 if 2 < 1; 3 otherwise}", "3"), ("{4 if 1 < 2; 3 otherwise}", "4"), ("{4 if 3 < pi; 3 otherwise}", "4"),
    ("{x if x^2 < 0; 2 if x < 3; 1 otherwise}", "{2 if x < 3; 1 otherwise}"), ("{2 if x < 1; 2 otherwise}", "2"),
    ("{1 if x < 0; 2 if x < 1; 2 otherwise}", "{1 if x < 0; 2 otherwise}"),
    ("{2 if ln(x) < 1; 2 otherwise}", "{2 if ln(x) < 1; 2 otherwise}"), ("{4 if 2 < 1}", "{4 if 2 < 1}"),
    ("{x + x if x < 1 + 1; x*x otherwise}", "{2*x if x < 2; x^2 otherwise}"),
    ("x*{1 if x > 0; 2 if x < 0}", "{x if x > 0; 2*x if x < 0}"),
    ("-{1 if x > 0; x otherwise}", "{-1 if x > 0; -x otherwise}"),
    ("{1 if x > 0; 3 otherwise}/2", "{1/2 if x > 0; 3/2 otherwise}"),
    ("2*{x if x > 0; 3 otherwise}", "{2*x if x > 0; 6 otherwise}"),
    ("x*{x if x > 0; 3 otherwise}", "x*{x if x > 0; 3 otherwise}"),
    ("{1 if x > 0; 3 otherwise}*{2 if x > 1; 3 otherwise}", "{1 if x > 0; 3 otherwise}*{2 if x > 1; 3 otherwise}"),
    ("step(3x)", "step(x)"), ("step(-0.5x)", "step(-x)"), ("step(2x + 2)", "step(2*x + 2)"), ("step(-x)", "step(-x)"),
])
def test_what_they_come_to(cases: str, tidy: str) -> None:
    assert str(Tidy(Style())(parse(cases))) == tidy
