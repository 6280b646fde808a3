"""What is no text is refused with what was wanted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import tutor


@pytest.mark.parametrize(("call", "arguments", "wanted"), [
    (tutor.equivalent, (None, "x"), "left has to be a text or an Expression, not NoneType"),
    (tutor.equivalent, ("x", 2.5), "right has to be a text or an Expression, not float"),
    (tutor.parse, ("x", ["f"]), "functions has to be a mapping of names to functions, not list"),
    (tutor.parse, (7,), "text has to be a text in the learner's notation, not int"),
    (tutor.explain, (b"x^2",), "problem has to be a text in the learner's notation, not bytes"),
    (tutor.explain, ("x^2", None), "method has to be a name as a text, not NoneType"),
    (tutor.diagnose, (["x"], "1"), "problem has to be a text in the learner's notation, not list"),
    (tutor.diagnose, ("x", None), "answer has to be a text in the learner's notation, not NoneType"),
    (tutor.diagnose, ("x", "1", 3), "form has to be a name as a text, not int"),
])
def test_wrong_types(call: Callable[..., Any], arguments: tuple[Any, ...], wanted: str) -> None:
    with pytest.raises(TypeError) as error:
        call(*arguments)
    assert str(error.value) == wanted
