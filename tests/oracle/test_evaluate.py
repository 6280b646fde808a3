"""Tables: where values live, and how much is computed."""

from typing import Any

import pytest

from tutor.expression.parse import parse
from tutor.expression.tree import ARGUMENT_COUNTS, call, name
from tutor.oracle import evaluate
from tutor.oracle.evaluate import value_of
from tutor.oracle.numbers import REAL, precise
from tutor.oracle.table import Undefined, lowest_table


def value(text: str, **names: float) -> object:
    return value_of(lowest_table(REAL, names.get), parse(text))


def test_every_function_has_a_value_somewhere() -> None:
    for function, (fewest, _) in ARGUMENT_COUNTS.items():
        node = call(function, *[name(letter) for letter in "xy"[:fewest]])
        inside_or_outside_one = 2.5 if function in ("acosh", "acoth", "asec", "acsc") else 0.5
        assert value_of(lowest_table(REAL, {"x": inside_or_outside_one, "y": 1.5}.get), node) is not None


@pytest.mark.parametrize(
    "text",
    ["ln(x)", "sqrt(x)", "x^0.5", "x^y", "asin(x-1)", "acosh(x)", "1/(x-x)", "0^x", "e^(1000*x^2)", "e^(-1000*x^2)",
     "d/dx abs(x+1)", "d/dx relu(1+x)", "step(x+1)", "log(x, 2)", "d/dx sqrt(x+1)", "d/dx max(x, -1*x^2)"],
)  # fmt: skip
def test_outside_the_domain(text: str) -> None:
    with pytest.raises(Undefined) as caught:
        value(text, x=-1.0, y=0.5)
    assert caught.value.reason == ""


def test_negative_base_with_whole_exponent() -> None:
    assert value("x^3", x=-2.0) == -8
    assert value("d/dx x^(-1)", x=-2.0) == -0.25


def test_a_direction_is_shared_and_holds_only_what_varies() -> None:
    table = lowest_table(REAL, {"x": 2.0, "y": 3.0}.get)
    for text in ("d/dx [x^2*sin(y)]", "d/dx [x^2]", "d/dx [x^2*sin(y)]*d/dx [x^2]"):
        value_of(table, parse(text))
    assert len(table.directions) == 1
    (direction,) = table.directions.values()
    assert set(direction.values) == {name("x"), parse("x^2"), parse("x^2*sin(y)")}


def test_nested_derivatives_of_one_variable_are_one_series() -> None:
    table = lowest_table(REAL, {"x": 2.0}.get)
    assert value_of(table, parse("d/dx [x*d/dx [x^3]]")) == 36
    assert sorted(order for _, order in table.directions) == [1, 2]
    assert all(direction.level == 1 for direction in table.directions.values())


def test_bound_variables_do_not_touch_outer_ones() -> None:
    assert value("x+(x^2) at (x = 3)", x=2.0) == 11
    assert value("x*(int_0^1 x dx)", x=2.0) == pytest.approx(1)
    assert value("d/dx [x*((d/dx [x^2]) at (x = 5))]", x=2.0) == 10
    assert value("(d/dx [x^2*y]) at (x = y)", x=2.0, y=3.0) == 18
    assert value("d/dy [(d/dx [x^2*y]) at (x = y)]", x=2.0, y=3.0) == 12


def test_each_node_is_computed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []
    sine = evaluate._HANDLERS["sin"]

    def counted(*args: Any) -> Any:
        calls.append(1)
        return sine(*args)

    monkeypatch.setitem(evaluate._HANDLERS, "sin", counted)
    table = lowest_table(REAL, {"x": 2.0}.get)
    for text in ("sin(x)", "sin(x)+1", "sin(x)*sin(x)", "d/dx sin(x)", "d/dx [x*sin(x)]"):
        value_of(table, parse(text))
    assert len(calls) == 2  # as a number, and as a jet in the direction of x


def test_mpmath_values_are_precise() -> None:
    found = value_of(lowest_table(precise(60, True), {"x": 2}.get), parse("d/dx [x]/3 + 0*x"))
    assert str(found)[:52] == "0.33333333333333333333333333333333333333333333333333"


def test_mpmath_refuses_numbers_that_would_never_end() -> None:
    table = lowest_table(precise(30, True), {"x": 2}.get)
    for text in ("9^9^9^9^9", "e^e^e^e^e^9", "cosh(1e40)"):
        with pytest.raises(Undefined):
            value_of(table, parse(text))
