"""Lists of values are compared component by component."""

from __future__ import annotations

import pytest

from tutor.expression.parse import parse
from tutor.oracle.components import compare_components
from tutor.oracle.verdict import Oracle


@pytest.mark.parametrize(("left", "right", "outcome"), [
    ("(x + x, 1)", "(2*x, 1)", "checked"),
    ("((x, 1), (0, x))", "((x, 1), (x - x, x))", "checked"),
    ("(x, y)", "(y, x)", "refuted"),
    ("(x, 1)", "(x, 1, 0)", "undecided"),
    ("(x, 1)", "x", "undecided"),
    ("x + x", "2*x", "checked"),
])
def test_components(left: str, right: str, outcome: str) -> None:
    assert compare_components(Oracle().compare, parse(left), parse(right), ()).outcome == outcome
