"""A derivation as data."""

import dataclasses
import json
import math
from typing import Any

import pytest

import tutor
from tutor.derivation.step import Block
from tutor.judge.diagnose import diagnose
from tutor.judge.lines import judge_lines
from tutor.oracle.verdict import Check
from tutor.rules.rulebook import misconceptions, rulebook
from tutor.views.json import as_data, diagnosis_as_data, error_as_data, lines_as_data, rule_as_data

PROBLEMS = ["d/dx x^2*sin(x^2)", "d/dx sin(x)/x", "d/dx [x^3] at x = 2", "f(x) = x^2; f''(x)", "d/dt f(t)^2",
            "d/dx log_3(alpha*x)", "d/dw (y - w*x)^2", "d/dx max(x, x^2)"]


@pytest.mark.parametrize("problem", PROBLEMS)
def test_it_is_json_and_every_expression_parses_back(problem: str) -> None:
    derivation = tutor.explain(problem)
    data = json.loads(json.dumps(as_data(derivation), allow_nan=False))
    assert data["format"] == 1
    assert tutor.parse(data["problem"]) is derivation.problem
    assert tutor.parse(data["result"]) is derivation.result
    assert [tutor.parse(text) for text in data["assumptions"]] == list(derivation.assumptions)
    assert data["outcome"] == "checked"
    assert len(data["steps"]) == len(derivation.steps)
    for told, step in zip(data["steps"], derivation.steps, strict=True):
        assert tutor.parse(told["before"]) is step.before
        assert tutor.parse(told["after"]) is step.after
        assert {letter: tutor.parse(text) for letter, text in told["bindings"].items() if letter != "p"} == {
            letter: bound for letter, bound in step.bindings.items() if letter != "p"}
        assert told["rule"]["name"] == step.rule.name
        assert (told["number"], told["place"], told["minor"]) == (step.number, step.place, step.minor)
        assert told["check"]["outcome"] == "checked"
        assert told["sentence"] == step.sentence.written()


def test_blocks_tell_where_steps_belong() -> None:
    data = as_data(tutor.explain("d/dx x^2*sin(x^2)"))
    blocks = {block["id"]: block for block in data["blocks"]}
    assert blocks[0]["parent"] is None
    assert [block["depth"] for block in data["blocks"]] == [0, 1, 1, 2, 2]
    power = next(step for step in data["steps"] if step["rule"]["name"] == "power")
    assert blocks[power["block"]]["problem"] == "d/dx [x^2]"
    assert power["depth"] == 1
    again = [block for block in data["blocks"] if block["same_as"] is not None]
    assert [(block["problem"], block["same_as"]) for block in again] == [("d/dx [x^2]", power["block"])]


def test_a_refuted_step_has_its_counterexample() -> None:
    derivation = tutor.explain("d/dx x^2")
    wrong = dataclasses.replace(derivation.steps[0], after=tutor.parse("3*x"))
    derivation = tutor.explain("d/dx x^2")
    derivation.__dict__["block"] = Block(derivation.problem, (wrong,), derivation.result)
    data = as_data(derivation)
    assert data["outcome"] == "refuted"
    check = data["steps"][0]["check"]
    assert check["outcome"] == "refuted"
    place = check["counterexample"]["x"]
    assert (check["left"], check["right"]) == (pytest.approx(2 * place), pytest.approx(3 * place))


def test_numbers_that_json_does_not_have_are_text() -> None:
    derivation = tutor.explain("d/dx x^2")
    odd = Check("refuted", 1, float("inf"), {"x": 1 + 2j}, float("nan"), complex(0, float("inf")))
    step = dataclasses.replace(derivation.steps[0], compare=lambda step: odd)
    derivation = tutor.explain("d/dx x^2")
    derivation.__dict__["block"] = Block(derivation.problem, (step,), derivation.result)
    check = json.loads(json.dumps(as_data(derivation), allow_nan=False))["steps"][0]["check"]
    assert check["counterexample"] == {"x": [1.0, 2.0]}
    assert (check["largest_difference"], check["left"], check["right"]) == ("inf", "nan", [0.0, "inf"])


def test_an_error_has_its_positions() -> None:
    with pytest.raises(tutor.TutorError) as caught:
        tutor.explain("d/dx In(x)")
    data = json.loads(json.dumps(error_as_data(caught.value, "line 3")))
    assert data["place"] == "line 3"
    assert data["text"][data["problems"][0]["start"]:data["problems"][0]["end"]] == "In"


def test_every_rule_is_json() -> None:
    for rule in (*rulebook().values(), *misconceptions().values()):
        data = json.loads(json.dumps(rule_as_data(rule)))
        assert data["statement"] == rule.statement
        assert (data["kind"], data["unlike"], data["source"]) == (rule.kind, rule.unlike, rule.source)


def test_depth_does_not_matter() -> None:
    data = as_data(tutor.explain("d/dx " + "sin(" * 80 + "x" + ")" * 80))
    assert max(block["depth"] for block in data["blocks"]) == 79
    assert json.loads(json.dumps(data)) == data


# -- judging ----------------------------------------------------------------------------------------------------------

ANSWERS = {
    "right": "2x*cos(x^2)", "right_other_form": "cos(x^2)*d/dx [x^2]", "wrong_variable": "2t*cos(t^2)",
    "misconception": "cos(x^2)", "slip": "5x*cos(x^2)", "unexplained": "tan(x)^3", "unreadable": "In(x)",
    "undecided": "1/0",
}


def as_json(data: object) -> Any:
    return json.loads(json.dumps(data, allow_nan=False))


@pytest.mark.parametrize(("outcome", "answer"), ANSWERS.items())
def test_every_outcome_has_the_same_keys(outcome: str, answer: str) -> None:
    data = as_json(diagnosis_as_data(diagnose("d/dx sin(x^2)", answer)))
    assert data.keys() == as_json(diagnosis_as_data(diagnose("d/dx sin(x^2)", "2x"))).keys()
    assert (data["format"], data["outcome"]) == (1, outcome)
    assert bool(data["misconceptions"]) == bool(data["explanations"]) == (outcome == "misconception")
    assert (data["slip"] is None) == (outcome != "slip")
    assert (data["error"] is None) == (data["answer"] is not None) == (outcome != "unreadable")
    assert data["message"]


def test_the_texts_of_a_diagnosis_parse_back() -> None:
    found = diagnose("d/dx sin(x^2)", "cos(x^2)")
    data = as_json(diagnosis_as_data(found))
    assert tutor.parse(data["problem"]) is found.problem
    assert tutor.parse(data["answer"]) is found.answer
    (mistake,), = data["explanations"]
    assert mistake["misconception"]["name"] == "chain_inner_forgotten"
    assert mistake["unlike"]["name"] == "chain"
    assert tutor.parse(mistake["before"]) is found.explanations[0][0].before
    assert tutor.parse(mistake["after"]) is found.explanations[0][0].after
    place = data["equivalence"]["counterexample"]["x"]
    assert data["equivalence"]["right"] == pytest.approx(math.cos(place**2))
    assert data["equivalence"]["left"] == pytest.approx(2 * place * math.cos(place**2))


def test_a_question_among_several_mistakes() -> None:
    data = as_json(diagnosis_as_data(diagnose("d/dx x^2", "x")))
    assert data["outcome"] == "one_of"
    assert 2 <= len(data["explanations"]) <= 3
    assert data["question"] == "d/dx [x^5]"


def test_lines_are_json() -> None:
    judged = judge_lines("d/dx sin(x^2)", ["cos(x^2)*d/dx [x^2]", "In(x)", "cos(x^2)", "1/0"])
    data = as_json(lines_as_data(judged))
    assert [line["outcome"] for line in data["lines"]] == ["expected", "unreadable", "wrong", "undecided"]
    assert (data["finished"], data["broke_at"]) == (False, 3)
    assert data["lines"][0]["rules"][0]["name"] == "chain"
    assert data["lines"][1]["error"]["place"] == "line 2"
    assert data["lines"][2]["diagnosis"]["outcome"]
    assert tutor.parse(data["lines"][2]["expression"]) is tutor.parse("cos(x^2)")
