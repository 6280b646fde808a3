"""Forms of skills: short codes, also for what former versions wrote into the log in words."""

from __future__ import annotations

import pytest

from tutor.lesson.family import current_form


@pytest.mark.parametrize(("logged", "form"), [
    ("u^n, u linear", "power,linear"), ("e^u, u more than linear", "exponential,nonlinear"),
    ("a^u, u linear", "general_exponential,linear"), ("an unknown function, u linear", "unknown_function,linear"),
    ("a trigonometric function, u more than linear", "trigonometric,nonlinear"), ("erf, u linear", "erf,linear"),
    ("swish(u), u linear", "swish(u),linear"), ("function, polynomial", "function,polynomial"),
    ("negative fraction", "negative_fraction"), ("integer", "integer"), ("chain-rule/inside-a-function",) * 2,
    ("power,linear", "power,linear"), ("negative_integer", "negative_integer"),
])
def test_a_form_of_a_former_version_has_its_code(logged: str, form: str) -> None:
    assert current_form(logged) == form
