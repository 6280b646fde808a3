"""An instance of a rule: its left side is the place, its right side is what the rule makes of it."""

from __future__ import annotations

import pytest

from tutor.expression.parse import parse
from tutor.rules.instance import instance_of
from tutor.rules.rulebook import rulebook


@pytest.mark.parametrize(("rule", "place", "after", "opens", "relations"), [
    ("product", "d/dx [x^2*sin(x)]", "d/dx [x^2]*sin(x) + x^2*d/dx [sin(x)]", ["d/dx [x^2]", "d/dx [sin(x)]"], []),
    ("constant_divisor", "d/dx [x/5]", "d/dx [x]/5", ["d/dx [x]"], ["5 != 0"]),
    ("higher_derivative", "d^3/dx^3 [x^5]", "d/dx [d^2/dx^2 [x^5]]", ["d/dx [d^2/dx^2 [x^5]]"], []),
])
def test_an_instance(rule: str, place: str, after: str, opens: list[str], relations: list[str]) -> None:
    found = instance_of(rulebook()[rule], parse(place), parse("u"))
    assert found is not None
    found = found.worked_out(lambda each: parse("2") if str(each) == "3 - 1" else each)
    assert str(found.after) == after
    assert [str(each) for each in found.opens] == opens
    assert [str(each) for each in found.relations] == relations
    results = {each: parse("y") for each in found.opens}
    assert "d/dx" not in str(found.put_together(results))


def test_letters_are_found_by_their_roles() -> None:
    found = instance_of(rulebook()["chain"], parse("d/dx [sin(x^2)]"), parse("u"))
    assert found is not None
    assert found.in_role("inside") is parse("x^2")
    assert found.in_role("factor") is None


def test_where_a_rule_does_not_fit_there_is_none() -> None:
    assert instance_of(rulebook()["chain"], parse("d/dx [sin(x)]"), parse("u")) is None
