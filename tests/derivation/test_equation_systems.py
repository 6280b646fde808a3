"""Several equations solved together."""

from __future__ import annotations

import pytest

from tutor.derivation.equation_systems import SolvedSystem, Split, Substituted, solve_system
from tutor.derivation.equations import SolvedEquation
from tutor.expression.parse import parse
from tutor.expression.relations import related
from tutor.expression.tree import name


def solved(*lefts: str, letters: str = "xy") -> SolvedSystem:
    return solve_system([related(parse(each), "=") for each in lefts], [name(letter) for letter in letters])


def solutions(found: SolvedSystem) -> list[dict[str, str]]:
    return [{letter: str(value) for letter, value in each.values.items()} for each in found.solutions]


def test_linear_equations_are_solved_by_substitution() -> None:
    found = solved("2*x + y", "x + 2*y - 3")
    assert solutions(found) == [{"x": "-1", "y": "2"}]
    assert [type(step).__name__ for step in found.steps] == ["SolvedEquation", "Substituted", "SolvedEquation",
                                                             "Solution"]
    assert found.complete


def test_right_sides_count() -> None:
    found = solve_system([parse("2*x + y = 0"), parse("x + 2*y = 3")], [name("x"), name("y")])
    assert solutions(found) == [{"x": "-1", "y": "2"}]


@pytest.mark.parametrize(("lefts", "expected"), [
    (("x*(y - 1)", "y*(x - 2)"), [{"x": "0", "y": "0"}, {"x": "2", "y": "1"}]),
    (("x^2 - y", "y^2 - x"), [{"x": "0", "y": "0"}, {"x": "1", "y": "1"}]),
    (("x - 1", "x - 2"), []),
    (("x - y", "2*x - 2*y"), [{"x": "y", "y": "y"}]),
    (("x^2 + 1", "y"), []),
    (("e^x*(y - 1)", "x"), [{"x": "0", "y": "1"}]),
])
def test_systems(lefts: tuple[str, ...], expected: list[dict[str, str]]) -> None:
    found = solved(*lefts)
    assert solutions(found) == expected
    assert found.complete


def test_three_letters() -> None:
    found = solved("x + y + z - 6", "x - y", "y - z", letters="xyz")
    assert solutions(found) == [{"x": "2", "y": "2", "z": "2"}]


def test_every_step_is_checked() -> None:
    found = solved("x*(y - 1)", "y*(x - 2)")
    checks = [step.check for step in found.steps if isinstance(step, Substituted | Split)]
    checks += [step.check for each in found.steps if isinstance(each, SolvedEquation) for step in each.steps]
    assert len(checks) > 3
    assert all(check.outcome == "checked" for check in checks)


def test_letters_that_stand_for_whole_numbers_are_independent() -> None:
    (solution,) = solved("sin(x)", "cos(y)").solutions
    assert [str(value) for value in solution.values.values()] == ["pi*k", "pi/2 + pi*n"]


def test_what_the_rules_do_not_solve_is_said() -> None:
    found = solved("sin(x*y) - y", "x + e^y - 2")
    assert not found.complete
    assert found.why
