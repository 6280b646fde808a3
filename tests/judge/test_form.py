"""Right, but: what is still to be done to an answer in the form that was asked for."""

from __future__ import annotations

import pytest

import tutor
from tests.narrowed import not_none
from tutor.expression.parse import parse
from tutor.judge.form import FORMS, form_finding

IN_FORM = {
    "": "x*x|2x + 3x|(x + 1)^2",
    "simplified":
        "5x|sin(x)*x/2|cos(x^2)*2x|1/2*x^(-1/2)|1/(2sqrt(x))|x^(1/2)|-2x^-3|x*-y|12(3x + 2)^3|(x + 1)(x - 1)|x/0|0.5x|"
        "2x*e^x + x^2*e^x|x*e^x + e^x|1/(sin(x)*x)|x - (y - 1)|e^(-x)",
    "expanded": "x^2 + x|1/(x + 1)^2|sin(x*(x + 1))|2x*sin(x + 1)|(x + 1)/2|sqrt(x + 1)|(x + 1)^(1/2)|(x + 1)^n",
    "factored":
        "e^x*(x + 1)|x^2 + 1|(x + 1)(x + 1)|1 + 1/x|x/2 + 1|1 - x|-x - 1|5|x^2 - 2|sin(x^2 + x)|(x^2 + 1)^3/(x - 1)",
    "exact": "x/2|sqrt(2)*x|2x",
}


@pytest.mark.parametrize(("form", "answer"), [(form, answer) for form, answers in IN_FORM.items()
                                              for answer in answers.split("|")])
def test_nothing_is_left_to_do(form: str, answer: str) -> None:
    assert form_finding(parse(answer), form) is None


TO_DO = [
    ("simplified", "2x + 3x", "Collect like terms: 2*x + 3*x can be written as 5*x."),
    ("simplified", "1 + 2x*(3 + 4)", "Arithmetic: 3 + 4 can be written as 7."),
    ("simplified", "3x^(3-1)", "Arithmetic: 3 - 1 can be written as 2."),
    ("simplified", "4(3x + 2)^3*3", "Arithmetic: 4*(3*x + 2)^3*3 can be written as 12*(3*x + 2)^3."),
    ("simplified", "6/4", "Arithmetic: 6/4 can be written as 3/2."),
    ("simplified", "x*x*sin(x)", "Multiply powers: x*x*sin(x) can be written as x^2*sin(x)."),
    ("simplified", "(x^2)^3", "Power of a power: (x^2)^3 can be written as x^6."),
    ("simplified", "(2x)^3", "Power of a product: (2*x)^3 can be written as 8*x^3."),
    ("simplified", "x*y/(x*z)", "Cancel: x*y/(x*z) can be written as y/z."),
    ("simplified", "x/(1/y)", "Divide by a fraction: x/(1/y) can be written as x*y."),
    ("simplified", "sin(x)*1 + x", "A factor of one: sin(x)*1 can be written as sin(x)."),
    ("simplified", "-(-x)", "Two minus signs: --x can be written as x."),
    ("simplified", "x*(2x + 1) + x^2", "Multiply out: x*(2*x + 1) + x^2 can be written as 3*x^2 + x."),
    ("simplified", "cos(0)*x", "Known value: cos(0) can be written as 1."),
    ("simplified", "ln(e^x)", "Logarithm of an exponential: ln(e^x) can be written as x."),
    ("expanded", "x(x + 1)", "x*(x + 1) can be written as x^2 + x."),
    ("expanded", "2x(x + 1)^2 + 3", "(x + 1)^2 can be written as x^2 + 2*x + 1."),
    ("expanded", "-(x + 1)", "-(x + 1) can be written as -x - 1."),
    ("expanded", "x*(y + 1)/2", "x*(y + 1) can be written as x*y + x."),
    ("expanded", "3(x - 1)*sin(x)", "3*(x - 1)*sin(x) can be written as 3*x*sin(x) - 3*sin(x)."),
    ("expanded", "(x + 1)^100", "Multiply out (x + 1)^100."),
    ("factored", "x^2 + x", "x^2 + x can be written as x*(x + 1)."),
    ("factored", "-x^2 - x", "-x^2 - x can be written as -x*(x + 1)."),
    ("factored", "(2x + 2)*(x - 1)", "2*x + 2 can be written as 2*(x + 1)."),
    ("factored", "x^2 - 1", "x^2 - 1 can be written as (x + 1)*(x - 1)."),
    ("factored", "x*e^x + e^x", "x*e^x + e^x can be written as (x + 1)*e^x."),
    ("factored", "x(x + 1) + (x + 1)", "x*(x + 1) + (x + 1) can be written as (x + 1)^2."),
    ("factored", "x - sqrt(x)", "x - sqrt(x) can be written as (sqrt(x) - 1)*sqrt(x)."),
    ("factored", "x^n + x^(n + 1)", "x^n + x^(n + 1) can be written as (x + 1)*x^n."),
    ("factored", "1/(x^2 - x)", "x^2 - x can be written as x*(x - 1)."),
    ("exact", "0.5x", "0.5 is a decimal; the exact value is 1/2."),
    ("", "x + d/dx [x^2]", "d/dx [x^2] still has to be worked out."),
    ("exact", "(2x) at (x = 3)", "(2*x) at (x = 3) still has to be worked out."),
    ("simplified", "int x dx", "int x dx still has to be worked out."),
]


@pytest.mark.parametrize(("form", "answer", "sentence"), TO_DO)
def test_says_what_is_left_to_do(form: str, answer: str, sentence: str) -> None:
    finding = form_finding(parse(answer), form)
    assert finding is not None
    assert finding.written() == sentence


def test_what_is_proposed_is_in_the_form() -> None:
    for form, answer, _ in TO_DO:
        finding = form_finding(parse(answer), form)
        assert finding is not None
        if "better" in finding.slots:
            assert form_finding(finding.slots["better"], form) is None


def test_decimals_of_the_problem_may_stay() -> None:
    assert form_finding(parse("0.5x"), "exact", parse("d/dx [0.25x^2]")) is None
    assert form_finding(parse("0.5x"), "exact", parse("d/dx [x^2/4]")) is not None


def test_an_unknown_form_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(tutor.TutorError, match=r"no form simple.*Did you mean simplified") as caught:
        form_finding(parse("x"), "simple")
    assert all(form in str(caught.value) for form in FORMS)


def test_deep_and_large_answers() -> None:
    deep = parse("sin(" * 10_000 + "x*x" + ")" * 10_000)
    assert form_finding(deep, "factored") is None
    found = not_none(form_finding(deep, "simplified"))
    assert found.written() == "Multiply powers: x*x can be written as x^2."
    assert form_finding(parse("x^9999 - 1"), "factored") is None  # too large to be split
    assert form_finding(parse("x^9999 - x"), "factored") is not None
