"""Periods, and families of solutions."""

from __future__ import annotations

import pytest

from tutor.algebra.decide import Tidy
from tutor.algebra.terms import Style
from tutor.derivation.equations import Root
from tutor.derivation.periods import members_between, period_of, split_family, steps_by, value_on_family
from tutor.expression.parse import parse
from tutor.expression.tree import name
from tutor.integration.equations import Between

FAMILY = Root(parse("pi/2 + pi*k"), name("k"))


@pytest.mark.parametrize(("body", "period"), [
    ("sin(x)", "2*pi"), ("tan(x)", "pi"), ("sin(3*x)", "2*pi/3"), ("sin(2*x) + cos(3*x)", "2*pi"), ("sin(x/2)", "4*pi"),
    ("e^(sin(x + 1))", "2*pi"), ("x + sin(x)", None), ("sin(x^2)", None), ("x^2", None), ("sin(pi*x)", None),
    ("y", None)])
def test_period(body: str, period: str | None) -> None:
    found = period_of(parse(body), name("x"), Tidy(Style()))
    assert (None if found is None else str(found)) == period


def test_members_in_an_interval() -> None:
    tidy = Tidy(Style())
    found = members_between(FAMILY, Between(0.0, 7.0), tidy)
    assert found is not None
    assert list(map(str, found)) == ["pi/2", "3*pi/2"]
    assert members_between(FAMILY, Between(0.0, float("inf")), tidy) is None
    assert members_between(FAMILY, Between(0.0, 1e6), tidy) is None


def test_a_family_is_split_by_a_period() -> None:
    tidy = Tidy(Style())
    assert [str(each.value) for each in split_family(FAMILY, parse("2*pi"), tidy)] == [
        "pi/2 + 2*pi*k", "3*pi/2 + 2*pi*k"]
    assert split_family(FAMILY, parse("3*pi/2"), tidy) == [FAMILY]
    assert split_family(FAMILY, None, tidy) == [FAMILY]


def test_what_repeats_itself_has_one_value_on_a_family() -> None:
    tidy = Tidy(Style())
    family = Root(parse("pi + 2*pi*k"), name("k"))
    assert str(value_on_family(parse("x + sin(x) + cos(x)"), name("x"), family, tidy)) == "pi + 2*pi*k - 1"
    assert steps_by(family, parse("2*pi"), tidy)
    assert not steps_by(family, parse("4*pi"), tidy)
