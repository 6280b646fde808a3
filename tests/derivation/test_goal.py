"""Goals say how every problem of a derivation was solved, and never change."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest

from tutor.derivation.derivation import derive
from tutor.derivation.goal import below
from tutor.errors import TutorError
from tutor.expression.parse import parse

PROBLEMS = ["d/dx [x^2*sin(x)]", "d/dx [sin(x^2)]", "d/dx [(x^2 + 1)^3] at x = 2", "d^2/dx^2 [x^4]", "2*d/dx [x^2] + 1"]


def test_a_goal_has_its_rule_its_parts_and_its_result() -> None:
    goal = derive(parse("d/dx [x^2*sin(x)]")).goal
    assert goal.rule is not None
    assert goal.rule.name == "product"
    assert [(str(part.problem), str(part.result)) for part in goal.parts] == [
        ("d/dx [x^2]", "2*x"), ("d/dx [sin(x)]", "cos(x)")]
    assert str(goal.opened) == "d/dx [x^2]*sin(x) + x^2*d/dx [sin(x)]"
    assert str(goal.bindings["f"]) == "x^2"


def test_a_goal_never_changes() -> None:
    goal = derive(parse("d/dx [x^2]")).goal
    with pytest.raises(FrozenInstanceError):
        goal.result = parse("x")  # type: ignore[misc]


@pytest.mark.parametrize("problem", PROBLEMS)
def test_every_goal_is_put_together_from_the_results_of_its_parts(problem: str) -> None:
    derivation = derive(parse(problem))
    for goal, parents in below(derivation.goal).items():
        made = goal.put_together({part.problem: part.result for part in goal.rests_on})
        assert derivation.compare(made, goal.result).outcome == "checked"
        assert derivation.goals[goal.problem] is goal
        assert all(goal in parent.rests_on for parent in parents)


@pytest.mark.parametrize(("problem", "part", "substitution"), [
    ("d/dx [sin(x^2)]", "d/du [sin(u)]", ("u", "x^2")),
    ("d/dx [sin(x^2)]", "d/dx [x^2]", None),
    ("d/dx [sin(u*x^2)]", "d/dv [sin(v)]", ("v", "u*x^2")),
    ("d/dx [x^3] at x = 2", "d/dx [x^3]", ("x", "2")),
])
def test_the_letter_of_a_part_may_stand_for_something(problem: str, part: str,
                                                      substitution: tuple[str, str] | None) -> None:
    derivation = derive(parse(problem))
    found = derivation.goal.substitution(derivation.goals[parse(part)])
    assert (found and (str(found[0]), str(found[1]))) == substitution


def test_further_problems_leave_the_derivation_as_it_is() -> None:
    derivation = derive(parse("d/dx [x^2]"))
    goals = list(derivation.goals)
    assert str(derivation.further(parse("d/dx [cos(x)]")).result) == "-sin(x)"
    assert derivation.further(parse("d/dx [x^2]")) is derivation.goal
    assert str(derivation.further(parse("int x dx")).result) == "int x dx"
    for _ in range(2):  # what cannot be solved is refused again
        with pytest.raises(TutorError):
            derivation.further(parse("d/dx [x*lim_(t->0) g(x/t)]"))
    assert list(derivation.goals) == goals
