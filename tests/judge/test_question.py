"""A question that tells explanations apart."""

import pytest

from tutor.derivation.derivation import derive
from tutor.expression.tree import Expression
from tutor.judge.diagnose import diagnose
from tutor.judge.question import telling_apart
from tutor.judge.wrong_turns import Replay, wherever_they_fit
from tutor.oracle.verdict import Oracle
from tutor.rules.rule import Rule
from tutor.rules.rulebook import misconceptions


def rules(*names: str) -> list[Rule]:
    return [misconceptions()[name] for name in names]


def followed(problem: Expression, *names: str) -> Expression:
    """What comes out when misconceptions are followed wherever they fit."""
    replay = Replay(derive(problem))
    turns = wherever_they_fit(replay.wrong_turns(names))
    return replay.answer([turn for found in turns.values() for turn in found])


PAIRS = [
    ("exp_negative_sign", "chain_inner_forgotten"),
    ("power_lost_coefficient", "power_exponent_kept"),
    ("power_lost_coefficient", "power_coefficient_lowered"),
    ("cos_sign", "sin_sign"),
    ("product_of_derivatives", "quotient_of_derivatives"),
    ("constant_not_zero", "constant_becomes_one"),
]


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_the_answers_to_it_differ(one: str, other: str) -> None:
    problem = telling_apart([rules(one), rules(other)])
    assert problem is not None
    assert Oracle().compare(followed(problem, one), followed(problem, other)).outcome == "refuted"


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_the_order_of_explanations_does_not_matter_for_there_being_one(one: str, other: str) -> None:
    assert telling_apart([rules(other), rules(one)]) is not None


def test_nothing_tells_an_explanation_from_itself() -> None:
    assert telling_apart([rules("cos_sign"), rules("cos_sign")]) is None


@pytest.mark.parametrize("explanations", [[], [["cos_sign"]]])
def test_one_explanation_needs_no_question(explanations: list[list[str]]) -> None:
    assert telling_apart([rules(*each) for each in explanations]) is None


def test_of_three_explanations_no_two_agree() -> None:
    names = ["power_lost_coefficient", "power_adds_one", "power_exponent_kept"]
    problem = telling_apart([rules(name) for name in names])
    assert problem is not None
    oracle = Oracle()
    answers = [followed(problem, name) for name in names]
    assert all(oracle.compare(one, other).outcome == "refuted" for one in answers for other in answers
               if one is not other)


def test_two_mistakes_at_once_against_one() -> None:
    problem = telling_apart([rules("product_of_derivatives", "cos_sign"), rules("product_of_derivatives")])
    assert problem is not None
    both, one = followed(problem, "product_of_derivatives", "cos_sign"), followed(problem, "product_of_derivatives")
    assert Oracle().compare(both, one).outcome == "refuted"


@pytest.mark.parametrize(("problem", "answer"), [("d/dx x^2", "x"), ("d/dx e^(2x)", "e^(2x)"), ("d/dx (x+1)^2", "2x")])
def test_a_diagnosis_never_asks_its_own_problem_again(problem: str, answer: str) -> None:
    found = diagnose(problem, answer)
    assert found.outcome == "one_of"
    assert found.question is not None
    assert found.question is not found.problem
