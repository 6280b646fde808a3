"""A derivation gone through again: what would have come out with a wrong rule in it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tutor
from tutor.derivation.derivation import derive, derived_with
from tutor.derivation.strategy import only_at
from tutor.expression.parse import parse
from tutor.judge.wrong_turns import MOST_TURNS, Replay, WrongTurn, wherever_they_fit
from tutor.oracle.verdict import Oracle
from tutor.rules.rulebook import misconceptions

PROBLEMS = [
    "d/dx x^5", "d/dx [x^2*sin(x)]", "d/dx sin(x^2)", "d/dx [sin(x)/x]", "d/dx [e^(-x)*(x + 1)^3]", "d^2/dx^2 e^(x^2)",
    "d/dx [x^3] at x = 2", "d/dx [3*x^2 - ln(x) + 5]", "d/dx [x*d/dx [x^2]]", "d/dw (w*x - y)^2", "d/dx [f(x)*x^2]",
    "2*d/dx [x^2] + 1",
]


def replay(problem: str) -> Replay:
    return Replay(tutor.explain(problem))


@pytest.mark.parametrize(("problem", "whole", "part"), [
    ("d/dx [3*x^2]", ["d/dx [3*x^2]"], ["d/dx [x^2]"]),
    ("d/dx [x^2] at x = 2", [], []),
    ("d^2/dx^2 [x^2]", [], ["d/dx [2*x]", "d/dx [x]"]),
    ("2*d/dx [x^2]", [], ["d/dx [x^2]"]),
])
def test_a_wrong_operation_is_one_of_the_whole_or_of_a_part(problem: str, whole: list[str], part: list[str]) -> None:
    turns = {name: sorted({str(turn.goal.problem) for turn in named(replay(problem), name) if turn.outcome is None})
             for name in ("not_differentiated", "part_not_differentiated")}
    assert turns["not_differentiated"] == whole
    assert [goal for goal in turns["part_not_differentiated"] if goal != "d/dx [d/dx [x^2]]"] == part


def named(turns: Replay, name: str) -> list[WrongTurn]:
    return list(turns.wrong_turns({name}))


@pytest.mark.parametrize("problem", PROBLEMS)
def test_without_wrong_turns_nothing_changes(problem: str) -> None:
    derivation = tutor.explain(problem)
    again = Replay(derivation)
    assert Oracle().compare(again.answer([]), derivation.result).outcome == "checked"


@pytest.mark.parametrize("problem", PROBLEMS)
def test_a_replay_leaves_the_derivation_as_it_is(problem: str) -> None:
    derivation = tutor.explain(problem)
    steps, goals = [str(step.after) for step in derivation.steps], list(derivation.goals)
    again = Replay(derivation)
    for turn in again.wrong_turns():
        again.answer([turn])
    assert list(derivation.goals) == goals
    assert [str(step.after) for step in tutor.explain(problem).steps] == steps


@pytest.mark.parametrize(("problem", "name", "answer"), [
    ("d/dx x^5", "power_lost_coefficient", "x^4"),
    ("d/dx [x^2*sin(x)]", "product_of_derivatives", "2x cos(x)"),
    ("d/dx sin(x^2)", "chain_inner_forgotten", "cos(x^2)"),
    ("d/dx [sin(x)/x]", "quotient_of_derivatives", "cos(x)"),
    ("d/dx [x^2*cos(x)]", "cos_sign", "2x cos(x) + x^2 sin(x)"),
    ("d^2/dx^2 x^4", "second_derivative_stopped", "4x^3"),
    ("d/dx [x^3] at x = 2", "power_lost_coefficient", "4"),
    ("d/dx (x + 3)^2", "power_of_sum", "2x"),
])
def test_where_a_wrong_turn_leads(problem: str, name: str, answer: str) -> None:
    again = replay(problem)
    outcomes = [Oracle().compare(again.answer([turn]), parse(answer)).outcome for turn in named(again, name)]
    assert "checked" in outcomes


# Where a derivative is differentiated again the engine may meet the same goal twice, and would go wrong twice.
@pytest.mark.parametrize("problem", [each for each in PROBLEMS if each.count("d/dx") < 2 and "d^2" not in each])
def test_one_wrong_turn_is_the_wrong_rule_in_the_engine(problem: str) -> None:
    """A wrong rule of calculus, taken by the engine itself at the same goal, comes to the same value."""
    again, oracle = replay(problem), Oracle()
    compared = 0
    for turn in again.wrong_turns():
        if turn.outcome is not None or turn.only_in is not None or turn.is_turned:
            continue
        opened = turn.instance.opens
        if turn.goal.problem in opened or any(part.head == "integral" for part in opened):
            continue  # the engine would take the wrong rule again, for ever, or cannot go on
        if turn.goal.problem.head == "at":
            continue  # the engine puts values in without asking its strategy
        by_engine = derived_with(only_at(turn.goal.problem, turn.instance), again.root.problem).result
        found = oracle.compare(again.answer([turn]), by_engine).outcome
        assert found != "refuted", turn
        compared += found == "checked"
    assert compared


def test_every_turn_names_a_misconception_and_keeps_to_its_goals() -> None:
    for problem in PROBLEMS:
        again = replay(problem)
        for turn in again.wrong_turns():
            assert turn.rule.name in misconceptions()
            assert turn.goal in again.parents
            assert turn.only_in is None or turn.only_in in again.parents[turn.goal]


def test_only_the_wanted_ones() -> None:
    assert {turn.rule.name for turn in named(replay("d/dx x^5"), "power_adds_one")} == {"power_adds_one"}
    assert not named(replay("d/dx x^5"), "product_of_derivatives")


def test_a_part_that_stands_twice_can_go_wrong_once() -> None:
    again = replay("d/dx [x^5*sin(x^5)]")
    outcomes = {str(again.tidy(again.answer([turn]))) for turn in named(again, "power_lost_coefficient")}
    assert len(outcomes) == 3


def test_wherever_it_fits_is_once_for_every_goal() -> None:
    again = replay("d/dx [x^5 + x^3]")
    found = wherever_they_fit(named(again, "power_lost_coefficient"))
    assert list(found) == ["power_lost_coefficient"]
    assert str(again.tidy(again.answer(found["power_lost_coefficient"]))) == "x^4 + x^2"


def test_a_wrong_rule_followed_throughout_a_second_derivative() -> None:
    again = replay("d^2/dx^2 x^4")
    rule = named(again, "power_lost_coefficient")[0].rule
    assert str(again.followed_throughout(rule)) == "x^2"


@pytest.mark.parametrize(("problem", "answer"), [
    ("d/dx [x^4*cos(x)]", "4*x^3*cos(x) + x^4*sin(x)"),  # as a factor
    ("d/dx [(x^3 + 2*x)^5]", "5*(x^3 + 2*x)^4*(x^4/4 + x^2)"),  # term by term
    ("d/dx [x^3*sin(4*x)]", "3*x^2*sin(4*x) - x^3*cos(4*x)/4"),  # with a linear inside
    ("d/dx [sin(x)/(2*x + 7)]", "((2*x + 7)*cos(x) - (x^2 + 7*x)*sin(x))/(2*x + 7)^2"),  # below the line
])
def test_a_part_is_integrated_where_the_table_says_how(problem: str, answer: str) -> None:
    again = replay(problem)
    found = [again.answer([turn]) for turn in named(again, "part_integrated")]
    assert any(Oracle().compare(each, parse(answer)).outcome == "checked" for each in found)


def test_an_integral_of_a_part_that_takes_a_search_stays_open() -> None:
    again = replay("d/dx [x^2*(x*sin(x) + 1)]")
    found = {str(again.answer([turn])) for turn in named(again, "part_integrated")}
    assert any("int" in each for each in found)


def test_integrals_by_parts_that_wait_for_each_other_come_to_an_end() -> None:
    again = replay("int x^2*e^(2*x)*sin(x) dx")
    assert all(again.answer([turn]) is not None for turn in again.wrong_turns())


def test_no_integral_is_looked_for_with_wrong_derivatives() -> None:
    again = replay("d^2/dx^2 sin(4x)")  # with them, integration by parts would come to cos(4x)/x^2, cos(4x)/x^4, ...
    assert again.followed_throughout(misconceptions()["part_integrated"]) is parse("-16*sin(4x)")


@pytest.mark.parametrize(("problem", "main"), [
    ("d/dx [3*x^2 + 5]", True), ("d/dx [-x^2]", True), ("d/dx [x^2*sin(x)]", False), ("d/dx sin(x^2)", False),
    ("d/dx [d/dx [x^2]]", False),
])
def test_what_is_main(problem: str, main: bool) -> None:
    again = replay(problem)
    goal = next(goal for goal in again.parents if str(goal.problem) == "d/dx [x^2]")
    assert again.is_main(goal) is main


def test_the_number_of_turns_is_bounded() -> None:
    problem = "d/dx [" + " + ".join(f"x^{k}*sin(x)" for k in range(200)) + "]"
    assert MOST_TURNS <= len(list(replay(problem).wrong_turns())) <= 2 * MOST_TURNS


def test_an_integral_is_taken_apart() -> None:
    again = replay("int (3*x^2 + cos(x)) dx")
    assert "int x^2 dx" in [str(goal.problem) for goal in again.parents]
    assert any(str(again.answer([turn])).count("sin") for turn in named(again, "differentiated_instead"))


TERMS = st.lists(st.sampled_from(["x^3", "sin(x^2)", "x*e^x", "ln(x)", "2/x", "5", "-x"]), min_size=1, max_size=4)


@settings(max_examples=30, deadline=None)
@given(TERMS)
def test_the_same_turns_in_the_same_order(terms: list[str]) -> None:
    problem = f"d/dx [{' + '.join(terms)}]"
    first, second = ([(turn.rule.name, str(turn.redex), str(again.answer([turn]))) for turn in again.wrong_turns()]
                     for again in (replay(problem), Replay(derive(parse(problem)))))
    assert first == second
