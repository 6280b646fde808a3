"""What nobody types by intent: giants, nonsense and traps are answered too, and never called right."""

from contextlib import suppress

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import tutor
from tutor.judge.case import prepared
from tutor.judge.diagnose import diagnose
from tutor.judge.lines import RIGHT_OUTCOMES, judge_lines

UNREADABLE = [
    "", "   ", "\n", "x\x1b[2J", "x\x00", "x\u202e", "x \ud800", "漢字", "=", "2y = 2x", "x < 2", "x; y", ";;",
    "...", "1 + 2 + ...", "sin", "sin()", "f()", "5!", "|", "(" * 10_000, "1" * 200_000, "x" * 200_000, "1e99999",
    "nan", "NaN", "no idea", "softmax(x)", "||x||", "|" * 1_000 + "x" + "|" * 1_000,
]

WITHOUT_VALUE = [
    "0/0", "1/0", "ln(-1)/0", "1/0 - 1/0", "infinity", "-infinity", "0*1/0", "0^0", "ln(0)", "cot(0)", "1/(x - x)",
    "log_1 x", "9^9^9^9", "x^(10^10)", "2^1000000000", "e^(e^(e^100))", "1e9999", "1/(sin(x)^2 + cos(x)^2 - 1)",
    "d/dx [x*int x dx]",
]

WRONG = [
    "sqrt(-1)", "i", "f(x)", "f'(x)", "f", "x_{1}", "e^(e^(e^x))", "{x} + {f}", "acos(2)",
    "x^3 at x = 2",
    "(" * 10_000 + "x" + ")" * 10_000, "[" * 10_000 + "x" + "]" * 10_000,
    "sin(" * 500 + "x" + ")" * 500, "^".join("x" * 300), "(x + 1)^1000", "d/dx " * 9 + "sin(x)^9",
    "+".join(f"{k}*x^{k}" for k in range(300)), "*".join(f"sin(x_{k})" for k in range(200)),
]

TOO_LARGE = [
    "+".join(["sin(x)"] * 7_000), "x+" * 20_000 + "x", "x " * 20_000, "-" * 10_000 + "x", "/".join("x" * 10_000),
    "^".join("x" * 10_000), "sin(" * 9_000 + "x" + ")" * 9_000, "d/dx " * 100 + "x",
    "+".join(f"x_{k}" for k in range(2_000)),
]


ABSURD = [
    ({"unreadable"}, UNREADABLE),
    ({"undecided"}, WITHOUT_VALUE + TOO_LARGE),
    ({"wrong_variable", "unexplained", "misconception"}, WRONG),
]


@pytest.mark.parametrize(("outcomes", "answers"), ABSURD, ids=["unreadable", "undecided", "wrong"])
@pytest.mark.parametrize("problem", ["d/dx sin(x^2)", "d/dx [x^2] at x = 2"])
def test_an_absurd_answer_is_an_outcome(problem: str, outcomes: set[str], answers: list[str]) -> None:
    for answer in answers:
        found = diagnose(problem, answer)
        assert found.outcome in outcomes, answer[:40]
        assert found.message


@pytest.mark.parametrize("problem", UNREADABLE + WITHOUT_VALUE + TOO_LARGE)
def test_an_absurd_problem_is_refused_or_undecided(problem: str) -> None:
    found = None
    with suppress(tutor.TutorError):
        found = diagnose(problem, "2x + 7")
    assert found is None or found.outcome in ("undecided", "unexplained")


@pytest.mark.parametrize("problem", [
    "d/dx [" + "+".join(f"{k}*x^{k}" for k in range(140)) + "]",
    "d/dx [" + "+".join(f"a_{k}*x^{k}" for k in range(400)) + "]",
    "d/dx [" + "*".join(f"(x + {k})" for k in range(2, 12)) + "]",
    "d/dx " * 9 + "sin(x)^9",
])
def test_a_large_problem_is_judged(problem: str) -> None:
    for answer in ("x^2 + 5x", "x^2 + 5q"):
        assert diagnose(problem, answer).outcome in ("unexplained", "wrong_variable")


def test_an_integral_in_an_integral_is_judged() -> None:
    assert diagnose("int_0^1 (int_0^x sin(t^2) dt) dx", "12").outcome in ("unexplained", "undecided")


def test_an_integral_that_several_wrong_rules_leave_open_is_judged() -> None:
    assert diagnose("d/dx [sin(x)*(int_0^x t^2 dt)]", "cos(x)*x^2").misconceptions == ("product_of_derivatives",)


@pytest.mark.parametrize("line", UNREADABLE + WITHOUT_VALUE + WRONG + TOO_LARGE)
def test_an_absurd_line_is_judged_and_the_next_one_too(line: str) -> None:
    *absurd, last = judge_lines("d/dx sin(x^2)", [line, "cos(x^2)*2x"]).lines
    assert not RIGHT_OUTCOMES.intersection(each.outcome for each in absurd)
    assert last.outcome in RIGHT_OUTCOMES


NOISE = st.lists(st.sampled_from([
    "x", "2", "y", "e", "i", "sin", "ln(", "(", ")", "[", "]", "|", "^", "+", "-", "*", "/", "=", ";", ",", " ", "'",
    "d/dx ", "int ", "dx", "f(x)", "...", "0", "infinity", "at x = 2", "\x1b", "<", ".", "_", "π", "²", "{x}",
]), max_size=9).map("".join)


@settings(max_examples=150, deadline=None)
@given(NOISE)
@example("d/dx [int x dx] at x = 2")
def test_noise_is_an_outcome(answer: str) -> None:
    found = diagnose("d/dx x^2*sin(x)", answer)
    assert (found.outcome == "unreadable") == (found.answer is None)
    assert found.message


@settings(max_examples=100, deadline=None)
@given(NOISE)
def test_noise_as_a_problem_is_refused_or_judged(problem: str) -> None:
    found = None
    with suppress(tutor.TutorError):
        found = diagnose(f"d/dx [{problem}]", "7x^3")
    assert found is None or found.message


def test_what_mistakes_lead_to_uses_up_a_bound_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = "d^6/dx^6 tan(x)"
    needed = tutor.explain(problem)
    assert needed.steps
    prepared.cache_clear()
    monkeypatch.setattr("tutor.limits.TIDYING", needed.tidy.work + 1)
    monkeypatch.setattr("tutor.limits.TIDYING_OF_MISTAKES", 2_000)
    found = diagnose(problem, "1")
    prepared.cache_clear()
    assert found.outcome == "unexplained"
    assert found.applies is not None
