"""Functions that somebody defined: how they are read, written, differentiated and compared."""

from __future__ import annotations

import pytest

from tutor.derivation.derivation import derive
from tutor.errors import NotationError, TutorError
from tutor.expression.functions import Defined, functions_of, with_functions, written_out
from tutor.expression.parse import parse, read
from tutor.expression.tree import Expression
from tutor.judge.answer import read_answer
from tutor.judge.diagnose import diagnose_expressions
from tutor.judge.equivalence import equivalent
from tutor.judge.lines import RIGHT_OUTCOMES, judge_lines_of
from tutor.rules.functions import rule_of

SWISH = Defined("swish", "x", parse("x*sigmoid(x)"))
OWN = read("sigmoid(x) + swish(x)*(1 - sigmoid(x))", frozenset(["swish"])).expression
STATED = Defined("swish", "x", SWISH.body, OWN)
WRONG = Defined("swish", "x", SWISH.body, parse("sigmoid(x)"))


def swish(text: str, function: Defined = SWISH) -> Expression:
    return parse(text, {"swish": function})


@pytest.mark.parametrize("text", ["swish(3*x)", "2*swish(x)^2", "swish(swish(x))", "3*swish'(3*x)", "d/dx [swish(x)]",
                                  "swish''(x + 1)", "x*swish(x)"])
def test_it_prints_back_to_itself(text: str) -> None:
    assert str(swish(text)) == text
    assert swish(str(swish(text))) is swish(text)


@pytest.mark.parametrize(("text", "meaning"), [
    ("swish(3x)", "3*x*sigmoid(3*x)"), ("swish(swish(x))", "x*sigmoid(x)*sigmoid(x*sigmoid(x))"), ("x^2", "x^2"),
])
def test_what_it_stands_for(text: str, meaning: str) -> None:
    assert equivalent(written_out(swish(text)), parse(meaning)).proved


@pytest.mark.parametrize("text", ["swish", "swish x", "swish'", "swish2(x)", "3swish + 1"])
def test_it_needs_brackets(text: str) -> None:
    with pytest.raises(NotationError, match="swish needs something in brackets"):
        swish(text)


def test_without_a_definition_there_is_no_such_function() -> None:
    with pytest.raises(TutorError, match="There is no function mish"):
        parse("mish(x)")
    assert functions_of(parse("sin(x)")) == {}


def test_too_many_primes() -> None:
    with pytest.raises(TutorError):
        swish("swish" + "'" * 500 + "(x)")


@pytest.mark.parametrize("function", [SWISH, STATED])
def test_it_is_differentiated_and_checked(function: Defined) -> None:
    derivation = derive(swish("d/dx [swish(3x)]", function))
    assert derivation.checked is True
    assert derivation.steps[0].rule.name == "chain"
    assert rule_of(function).name in [step.rule.name for step in derivation.steps]
    assert equivalent(derivation.result, parse("3*(sigmoid(3x) + 3x*sigmoid(3x)*(1 - sigmoid(3x)))")).proved


def test_a_wrong_slope_is_refuted_and_proves_nothing() -> None:
    problem = swish("d/dx [swish(x)]", WRONG)
    assert derive(problem).checked is False
    assert equivalent(problem, parse("sigmoid(x)")).verdict == "different"
    assert diagnose_expressions(problem, parse("sigmoid(x) + x*sigmoid(x)*(1 - sigmoid(x))")).outcome == "right"


def test_a_function_of_another_name_is_another_function() -> None:
    gelu = Defined("gelu", "x", SWISH.body, parse("1"))
    derivation = derive(parse("d/dx [swish(x) + gelu(x)]", {"swish": STATED, "gelu": gelu}))
    assert {step.rule.name for step in derivation.steps} >= {"derivative_of_swish", "derivative_of_gelu"}


@pytest.mark.parametrize(("answer", "outcome"), [
    ("3(sigmoid(3x) + swish(3x)(1 - sigmoid(3x)))", "right"), ("3swish'(3x)", "right_other_form"),
    ("sigmoid(3x) + swish(3x)(1 - sigmoid(3x))", "one_of"), ("swish(3x)", "misconception"),
])
def test_answers(answer: str, outcome: str) -> None:
    problem = swish("d/dx [swish(3x)]", STATED)
    assert diagnose_expressions(problem, read_answer(answer, problem).expression).outcome == outcome


def test_lines() -> None:
    judged = judge_lines_of(derive(swish("d/dx [swish(x^2)]", STATED)), [
        "swish'(x^2) * d/dx [x^2]", "= (sigmoid(x^2) + swish(x^2)(1 - sigmoid(x^2))) * 2x"])
    assert all(line.outcome in RIGHT_OUTCOMES for line in judged.lines)
    assert judged.finished


def test_unknown_functions_stay_unknown() -> None:
    assert with_functions(parse("f(x)"), {"swish": SWISH}) is parse("f(x)")
