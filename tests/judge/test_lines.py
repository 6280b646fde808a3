"""A learner's derivation, line by line: transcripts with what is to be said of each line."""

from __future__ import annotations

import pytest

import tutor
from tutor import limits
from tutor.judge.lines import LinesJudgement, judge_lines


def judged(problem: str, *lines: str) -> LinesJudgement:
    return judge_lines(problem, lines)


# Problem; then each line with its outcome and the rules that are named.
SOUND = [
    ("d/dx x^2*sin(x^2)", [
        ("d/dx [x^2]*sin(x^2) + x^2*d/dx [sin(x^2)]", "expected product"),
        ("= 2x*sin(x^2) + x^2*d/dx [sin(x^2)]", "expected power"),
        ("= 2x sin(x^2) + x^2*cos(x^2)*d/dx [x^2]", "expected chain"),
        ("= 2x sin(x^2) + x^2*cos(x^2)*2x", "expected power"),
        ("= 2x sin(x^2) + 2x^3 cos(x^2)", "expected multiply_powers"),
    ]),
    ("d/dx sin(x^2)", [
        ("d/dx sin(x^2)", "unchanged"),
        ("d/du [sin(u)] at (u = x^2) * d/dx [x^2]", "expected chain"),
        ("cos(u) at (u = x^2) * d/dx [x^2]", "expected derivative_of_sin"),
        ("cos(x^2)*d/dx [x^2]", "expected evaluate_at"),
        ("d/dx [x^2]*cos(x^2)", "unchanged"),
        ("cos(x^2)*2x", "expected power"),
    ]),
    ("d/dx sin(x^2)", [
        ("d/dv [sin(v)] at (v = x^2) * 2x", "several_steps chain power"),
        ("2x cos(x^2)", "expected derivative_of_sin"),
    ]),
    ("d/dx sin(sin(x^2))", [
        ("cos(sin(x^2))*d/dx [sin(x^2)]", "expected chain"),
        ("cos(sin(x^2))*cos(x^2)*2x", "several_steps chain power"),
    ]),
    ("d/dx sin(sin(x^2))", [
        ("cos(sin(x^2))*cos(x^2)*d/dx [x^2]", "several_steps chain"),
    ]),
    ("d/dx [sin(x)/x]", [
        ("(d/dx [sin(x)]*x - sin(x)*d/dx [x])/x^2", "expected quotient"),
        ("(cos(x)*x - sin(x))/x^2", "several_steps derivative_of_sin variable"),
    ]),
    ("d/dx [sin(x)/x]", [
        ("d/dx [sin(x)*x^-1]", "detour quotient_as_product"),
        ("d/dx [sin(x)]*x^-1 + sin(x)*d/dx [x^-1]", "expected product"),
        ("cos(x)/x - sin(x)/x^2", "several_steps derivative_of_sin power"),
        ("(x*cos(x) - sin(x))/x^2", "detour take_out_common_factor"),
    ]),
    ("d/dx tan(x)", [
        ("d/dx [sin(x)/cos(x)]", "detour tangent_as_quotient"),
        ("(cos(x)*cos(x) - sin(x)*d/dx [cos(x)])/cos(x)^2", "several_steps quotient derivative_of_sin"),
        ("(cos(x)^2 + sin(x)^2)/cos(x)^2", "expected derivative_of_cos"),
        ("1/cos(x)^2", "expected pythagoras"),
    ]),
    ("d/dx [x^3 + x^2 - a]", [
        ("d/dx [x^3 + x^2] - d/dx [a]", "expected sum"),
        ("d/dx [x^3] + d/dx [x^2]", "several_steps sum constant"),
        ("3x^2 + 2x", "expected power"),
        ("x*(3x + 2)", "detour take_out_common_factor"),
        ("3x^2 + 2x", "detour multiply_out"),
    ]),
    ("d/dx [3x^2]", [
        ("d/dx [3]*x^2 + 3*d/dx [x^2]", "detour product"),
        ("3*d/dx [x^2]", "expected constant"),
        ("3*2x", "expected power"),
        ("6x", "expected arithmetic"),
    ]),
    ("d/dx [x*sin(x)*e^x]", [
        ("d/dx [x*sin(x)]*e^x + x*sin(x)*d/dx [e^x]", "expected product"),
    ]),
    ("d/dx [x + x]", [
        ("d/dx [2x]", "expected like_terms"),
        ("2", "expected constant_multiple"),
    ]),
    ("d^2/dx^2 [x*sin(x)]", [
        ("d/dx [d/dx [x]*sin(x) + x*d/dx [sin(x)]]", "expected product"),
        ("d/dx [sin(x) + x*d/dx [sin(x)]]", "expected variable"),
        ("d/dx [sin(x) + x*cos(x)]", "expected derivative_of_sin"),
        ("d/dx [sin(x)] + d/dx [x*cos(x)]", "expected sum"),
        ("cos(x) + d/dx [x]*cos(x) + x*d/dx [cos(x)]", "several_steps derivative_of_sin product"),
        ("cos(x) + cos(x) - x*sin(x)", "several_steps variable derivative_of_cos"),
        ("2cos(x) - x sin(x)", "expected like_terms"),
    ]),
    ("d^2/dx^2 x^3", [
        ("d/dx [d/dx [x^3]]", "expected higher_derivative"),
        ("d/dx [3x^2]", "expected power"),
        ("6x", "expected constant_multiple power"),
    ]),
    ("d/dx [x^3] at x = 2", [
        ("f'(x) = 3x^2", "expected power"),
        ("f'(2) = 3*2^2", "expected evaluate_at"),
        ("12", "expected arithmetic"),
    ]),
    ("d/dx sqrt(x)", [
        ("d/dx [x^(1/2)]", "detour root_as_power"),
        ("1/2*x^(1/2 - 1)", "expected power"),
        ("1/2*x^(-1/2)", "expected arithmetic"),
        ("1/(2*sqrt(x))", "expected negative_exponent factor_into_fraction"),
    ]),
    ("d/dw (w*x - y)^2", [
        ("2*(w*x - y)*d/dw [w*x - y]", "expected chain"),
        ("2*(w*x - y)*(d/dw [w*x] - d/dw [y])", "expected sum"),
        ("2*(w*x - y)*x", "expected constant_multiple"),
    ]),
    ("d/dw sigmoid(w*x + b)", [
        ("z = w*x + b", ""),
        ("d/dz [sigmoid(z)]*d/dw [z]", "expected chain"),
        ("sigmoid(z)*(1 - sigmoid(z))*d/dw [z]", "expected derivative_of_sigmoid"),
        ("sigmoid(z)*(1 - sigmoid(z))*x", "expected sum constant_multiple"),
    ]),
    ("d/dx sin(2x)", [
        ("2cos(2x)", "expected chain"),
        ("2*(cos(x)^2 - sin(x)^2)", "off_the_way"),
    ]),
]


@pytest.mark.parametrize(("problem", "transcript"), SOUND)
def test_sound_derivations(problem: str, transcript: list[tuple[str, str]]) -> None:
    found = judged(problem, *[line for line, _ in transcript])
    told = [" ".join([line.outcome, *(rule.name for rule in line.rules)]) for line in found.lines]
    assert told == [outcome for _, outcome in transcript if outcome]
    assert found.broke_at is None


WRONG = [
    ("d/dx sin(x^2)", ["cos(x^2)", "cos(x^2)*1", "2*cos(x^2)", "cos(x^2)*2x"],
     ["wrong", "follows_from_wrong", "wrong", "several_steps"], 1, True),
    ("d/dx [x^2*sin(x)]", ["2x*sin(x) + x^2*d/dx [sin(x)]", "2x*sin(x) - x^2*cos(x)", "x*(2sin(x) - x*cos(x))"],
     ["several_steps", "wrong", "follows_from_wrong"], 2, False),
    ("d/dx [x^2 + x]", ["d/dx [x^2] + d/dx [x]", "2x + (", "2x + d/dx [x]", "2x + t"],
     ["expected", "unreadable", "expected", "undecided"], None, False),
    ("d/dx (3x + 2)^4", ["4*u^3*3", "u = 3x + 2", "4*u^3*d/dx [u]"], ["undecided", "expected"], None, False),
    ("d/dx [x^2]", ["2x; 3x"], ["unreadable"], None, False),
    # 6*2 is 12 too, but 6x is not the derivative
    ("d/dx [x^3] at x = 2", ["3x^2", "6x", "12"], ["expected", "wrong", "expected"], 2, True),
    ("d/dx [x^3] at x = 2", ["3x^2"], ["expected"], None, False),  # the value is still to be put in
    ("d/dx [x^2]", [], [], None, False),
]


@pytest.mark.parametrize(("problem", "lines", "outcomes", "broke_at", "finished"), WRONG)
def test_where_it_breaks(problem: str, lines: list[str], outcomes: list[str], broke_at: int | None,
                         finished: bool) -> None:
    found = judged(problem, *lines)
    assert [line.outcome for line in found.lines] == outcomes
    assert (found.broke_at, found.finished) == (broke_at, finished)


def test_a_wrong_line_is_diagnosed_beside_the_line_before_it() -> None:
    found = judged("d/dx [x^2 + x]", "d/dx [x^2] + d/dx [x]", "# think", "", "x + d/dx [x]")
    line = found.lines[-1]
    assert line.number == 4
    assert line.diagnosis is not None
    assert str(line.diagnosis.problem) == "d/dx [x^2] + d/dx [x]"
    assert str(line.diagnosis.answer) == "x + d/dx [x]"
    assert "power_lost_coefficient" in line.diagnosis.misconceptions
    assert line.message.written() == "This step is wrong: d/dx [x^2] + d/dx [x] is not equal to x + d/dx [x]."


def test_a_line_with_a_point_in_it_is_not_repeated() -> None:
    found = judged("d/dx [sin(x^2)]", "d/du [sin(u)] at (u = x^2) * d/dx [x^2]", "x*cos(x^2)")
    assert found.lines[-1].message.written() == "This step is wrong: it is not equal to the line before."


@pytest.mark.parametrize(("problem", "line", "texts"), [
    ("d/dx [x^2]", "d/dx [x^2] = 2*x^1 = 2x", ["2*x^1", "2x"]),
    ("d/dx [x^2]", "f'(x) = 2x", ["2x"]),
    ("y = x^2; y'", "dy/dx = 2x", ["2x"]),
    ("d/dx [x^2] at x = 3", "d/dx [x^2] at x = 3 = 2x at x = 3 = 6", ["2x at x = 3", "6"]),
    ("f(x) = x^2; f'(3)", "f'(3) = (2x) at (x = 3)", ["(2x) at (x = 3)"]),
    ("d/dx [x^2]", "y = x^2", []),
    ("d/dx [x^2]", "y = 2x", ["y", "2x"]),
    ("d/dx f(x^2)", "f'(x^2)*2x", ["f'(x^2)*2x"]),
])
def test_what_counts_as_a_line(problem: str, line: str, texts: list[str]) -> None:
    assert [part.text.strip() for part in judged(problem, line).lines] == texts


def test_definitions_of_the_problem_hold_in_the_lines() -> None:
    found = judged("f(x) = x^2; g(x) = f(x) + 1; g'(x)", "f'(x) + d/dx [1]", "2x")
    assert [line.outcome for line in found.lines] == ["expected", "expected"]
    assert found.finished


@pytest.mark.parametrize(("problem", "lines", "rule"), [
    ("d/dx (x^3+2)^5", ["5(x^3+2)^4 · d/dx(x^3+2)"], "chain"),
    ("d/dx (x^3+2)^5", ["d/dx(x^3+2) · 5(x^3+2)^4"], "chain"),
    ("d/dx (x^3+2)^5", ["u = x^3+2", "d/du(u^5) · du/dx"], "chain"),
    ("d/dx [x^3*ln(x)]", ["d/dx(x^3) ln(x) + x^3 d/dx(ln(x))"], "product"),
    ("d/dx [ln(x)/x^3]", ["(d/dx(ln(x)) x^3 - ln(x) d/dx(x^3))/x^6"], "quotient"),
    ("∂/∂w (w*x - y)^2", ["∂/∂w(w*x - y) * 2(w*x - y)"], "chain"),
])
def test_a_derivative_of_what_stands_in_round_brackets_ends_there(problem: str, lines: list[str], rule: str) -> None:
    (found,) = judged(problem, *lines).lines
    assert found.outcome == "expected"
    assert [each.name for each in found.rules] == [rule]


def test_a_wrong_line_is_read_as_ever() -> None:
    (found,) = judged("d/dx [x^2*sin(x)]", "d/dx(x^2) cos(x)").lines
    assert found.outcome == "wrong"
    assert str(found.expression) == "d/dx [x^2*cos(x)]"


@pytest.mark.parametrize(("line", "message"), [
    ("d/dx [x^2]*sin(x) + x^2*d/dx [sin(x)]", "Right: Product rule."),
    ("2x*sin(x) + x^2*d/dx [sin(x)]", "Right, several steps at once: Product rule, Power rule."),
    ("x^2*sin(x)*d/dx [ln(x^2) + ln(sin(x))]", "Right, in another way: Take the logarithm of a product first."),
    ("d/dx [sin(x)*x^2]", "This is the problem."),
    ("2x*sin(x) + q", "q does not occur in the problem: first say what it is, as in q = ..."),
])
def test_words(line: str, message: str) -> None:
    assert judged("d/dx [x^2*sin(x)]", line).lines[0].message.written() == message


def test_what_cannot_be_judged_is_refused() -> None:
    with pytest.raises(tutor.TutorError):
        judged("int e^(x^2) dx", "e^(x^2)")
    with pytest.raises(tutor.TutorError, match="1,000 lines"):
        judged("d/dx [x^2]", *["2x"] * (limits.DERIVATION_LINES + 1))


@pytest.mark.parametrize(("problem", "method"), [
    ("d/dx [x*sin(x)*ln(x)]", ""), ("d/dx [sin(x)/x + 1/x]", ""), ("d/dx log_2 x", ""), ("d/dx x^x", ""),
    ("d^2/dx^2 [x^2*e^x]", ""), ("d/dx [f(x)*g(x^2)]", ""), ("d/dx max(x, x^2, 1)", ""), ("2*d/dx [x^2] + x", ""),
    ("f(x) = x^3; f''(2)", ""), ("d/dw (w*x - y)^2", ""), ("d/dx tan(2x)", ""),
    ("d/dx [x^2*e^x]", "product_by_logarithm"),
    ("d/dx [x^2/(x + 1)]", "quotient_by_logarithm"), ("d/dx sigmoid(x)", "sigmoid_as_quotient"),
    ("d/dx [(x + 1)*(x - 2)]", "expand_first"),
])
def test_the_lines_of_the_tutor_are_known_steps(problem: str, method: str) -> None:
    derivation = tutor.explain(problem, method)
    found = judged(problem, *[str(line) for _, line in derivation.lines()])
    outcomes = {line.outcome for line in found.lines}
    assert outcomes <= {"expected", "unchanged", "detour", "several_steps"}
    assert found.finished
    assert not method or method in {rule.name for line in found.lines for rule in line.rules}


def test_depth_and_width() -> None:
    deep = "sin(" * 9_000 + "x" + ")" * 9_000
    found = judged(f"d/dx [x^2] + 0*{deep}", f"2x + 0*{deep}", "2x")
    assert {line.outcome for line in found.lines} <= {"expected", "undecided"}  # so large it need not be compared
    terms = range(2, 100)
    wide = judged("d/dx [" + " + ".join(f"x^{power}" for power in terms) + "]",
                  " + ".join(f"d/dx [x^{power}]" for power in terms),
                  " + ".join(f"{power}*x^{power - 1}" for power in terms))
    assert [line.outcome for line in wide.lines] == ["expected", "expected"]


def test_the_rows_of_latex_are_lines() -> None:
    result = judged(r"\frac{d}{dx} x^2\sin x", r"\begin{align*}",
                    r"\frac{d}{dx}[x^2\sin x] &= \frac{d}{dx}\left[x^2\right]\sin x + x^2\frac{d}{dx}[\sin x] \\",
                    r"&= 2x\sin x + x^2\frac{d}{dx}[\sin x] \\ &= 2x\sin x + x^2\cos x", r"\end{align*}")
    assert [(line.number, line.outcome) for line in result.lines] == [
        (2, "expected"), (3, "expected"), (3, "expected")]
    assert result.finished


INTEGRALS = [
    ("int x*cos(x) dx", ["u = x, dv = cos(x) dx", "du = dx, v = sin(x)", "x*sin(x) - int sin(x) dx",
                         "= x*sin(x) + cos(x) + C"], ["expected", "expected"]),
    ("int 2*x*cos(x^2) dx", ["u = x^2", "du = 2x dx", "int cos(u) du", "sin(u) + C", "sin(x^2) + C"],
     ["several_steps", "expected", "expected"]),
    ("int 2*x*cos(x^2) dx", ["int cos(w) dw", "sin(w) + k", "sin(x^2) + k"],
     ["several_steps", "expected", "expected"]),
    ("int x*cos(x^2) dx", ["u = x^2", "int cos(u) du", "sin(x^2) + C"], ["wrong", "follows_from_wrong"]),
    ("int x*cos(x^2) dx", ["u = x^2", "du = 2 dx"], ["wrong"]),
    ("int_0^2 x^2 dx", ["[x^3/3]_0^2", "8/3 - 0", "8/3"], ["several_steps", "expected", "expected"]),
    ("int_0^2 x^2 dx", ["F(x) = x^3/3", "F(2) - F(0)", "8/3"], ["several_steps", "expected"]),
    ("int_0^2 x^2 dx", ["F(x) = x^3", "8"], ["wrong", "wrong"]),
    ("int_0^2 x*cos(x^2) dx", ["1/2*int_0^4 cos(u) du", "sin(4)/2"], ["detour", "several_steps"]),
    ("int_0^2 x*cos(x^2) dx", ["1/2*int_0^2 cos(u) du", "sin(2)/2"], ["wrong", "follows_from_wrong"]),
    ("int x^2*e^x dx", ["x^2*e^x + int 2*x*e^x dx"], ["wrong"]),
]


@pytest.mark.parametrize(("problem", "lines", "outcomes"), INTEGRALS)
def test_lines_with_integrals(problem: str, lines: list[str], outcomes: list[str]) -> None:
    assert [line.outcome for line in judged(problem, *lines).lines] == outcomes


@pytest.mark.parametrize(("problem", "line", "name"), [
    ("int x^2*e^x dx", "x^2*e^x + int 2*x*e^x dx", "parts_sign"),
    ("int_0^2 x*cos(x^2) dx", "1/2*int_0^2 cos(u) du", "substitution_limits_not_changed"),
    ("int x*cos(x^2) dx", "int cos(u) du at (u = x^2)", "factor_of_substitution_lost"),
])
def test_a_wrong_line_with_an_integral_is_explained(problem: str, line: str, name: str) -> None:
    (found,) = judged(problem, line).lines
    assert found.diagnosis is not None
    assert name in found.diagnosis.misconceptions


def test_an_antiderivative_is_finished_with_its_constant() -> None:
    without = judged("int x^2 dx", "x^3/3")
    assert not without.finished
    assert without.lines[0].message.written().endswith("The constant of integration is missing: add + C.")
    assert judged("int x^2 dx", "x^3/3 + C").finished
