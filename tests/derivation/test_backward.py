"""The backward pass: which rules open it, what it comes to, and that every step is checked."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tutor
from tutor.derivation.backward import slopes_of
from tutor.derivation.derivation import derive
from tutor.errors import TutorError
from tutor.expression.parse import parse
from tutor.expression.tree import derivative, name, replace

NEURON = "z = w*x + b; a = sigmoid(z); L = (a - y)^2"
TWO_PATHS = "u = x^2; v = x*u; L = v + sin(u)"

SLOPES = [
    # the lines and what is asked; the slopes in the letters of the graph; the rules that open them
    (f"{NEURON}; grad_{{w,b}} L", ["2*a*x*(1 - a)*(a - y)", "2*a*(1 - a)*(a - y)"],
     "starts_at_one along_one_line along_one_line along_one_line along_one_line"),
    ("z1 = w*x1; L = z1^2; dL/dz1", ["2*z1"], "starts_at_one along_one_line"),
    ("z_1 = w*x; L = z_1^2; dL/dz_1", ["2*z_1"], "starts_at_one along_one_line"),
    ("z = max(w, 0)*x, L = z^2; dL/dz", ["2*z"], "starts_at_one along_one_line"),
    (f"{TWO_PATHS}; dL/dx", ["2*x*(x + cos(u)) + u"],
     "starts_at_one along_one_line along_every_path along_every_path"),
    ("q = x + y; f = q*z; grad f", ["z", "z", "q"],
     "starts_at_one along_one_line along_one_line along_one_line along_one_line"),
    ("z_1 = w_1*x + b_1; h = sigmoid(z_1); z_2 = w_2*h + b_2; L = 1/2*(z_2 - y)^2; grad_{w_1,b_1,w_2,b_2} L",
     ["h*w_2*x*(1 - h)*(z_2 - y)", "h*w_2*(1 - h)*(z_2 - y)", "h*(z_2 - y)", "z_2 - y"],
     "starts_at_one along_one_line along_one_line along_one_line along_one_line along_one_line along_one_line "
     "along_one_line"),
    ("a = x^2; b = a + 1; L = 3*a; dL/db", ["0"], "starts_at_one no_path"),
    ("L = x^2; dL/dL", ["1"], "starts_at_one"),
    ("u = 2*x; L = u*x; dL/dx", ["2*u"], "starts_at_one along_one_line along_every_path"),  # u + u once it is named
]


@pytest.mark.parametrize(("problem", "slopes", "rules"), SLOPES)
def test_slopes_and_the_rules_that_find_them(problem: str, slopes: list[str], rules: str) -> None:
    found = tutor.explain(problem)
    assert found.checked
    wanted = [parse(slope) for slope in slopes]
    assert found.result is (parse(slopes[0]) if len(slopes) == 1 else parse(f"({', '.join(slopes)})"))
    assert len(wanted) == len(slopes)
    opened = [step.rule.name for step in found.steps if "graph" in step.rule.tags and step.number is not None]
    assert opened == rules.split()


def test_a_slope_rests_on_the_slopes_by_the_lines() -> None:
    found = slopes_of(NEURON)
    results = {letter: str(found.adjoints.adjoint(letter).result) for letter in found.adjoints.order}
    assert results == {"L": "1", "a": "2*(a - y)", "z": "dL/da*a*(1 - a)", "w": "dL/dz*x", "x": "dL/dz*w",
                       "b": "dL/dz", "y": "2*(y - a)"}


def test_a_line_with_many_names_is_checked() -> None:
    lines = [f"a_{number} = w_{number}*x" for number in range(1, 31)]
    loss = " + ".join(f"a_{number}^2" for number in range(1, 31))
    assert tutor.explain(f"{'; '.join(lines)}; L = {loss}; grad_{{w_1,w_2}} L").checked


def test_a_slope_at_numbers() -> None:
    found = tutor.explain(f"{NEURON}; dL/dz at w = 0.5, x = 2, b = -0.3, y = 1")
    assert str(found.result) == "-2*sigmoid(0.7)*(1 - sigmoid(0.7))^2"
    assert found.checked


def test_what_was_taken_for_granted_on_a_line_is_said() -> None:
    assert [str(relation) for relation in slopes_of("z = 3*x; L = relu(z)").assumptions] == ["z != 0"]


def test_a_wrong_slope_would_be_refuted() -> None:
    found = slopes_of(TWO_PATHS)
    assert found.compare(parse("dL/dx"), parse("u*dL/dv")).outcome == "refuted"  # one path forgotten
    assert found.compare(parse("dL/dx"), parse("2*x*dL/du*u*dL/dv")).outcome == "refuted"  # multiplied
    assert found.compare(parse("dL/dx"), parse("2*x*dL/du + u*dL/dv")).outcome == "checked"


@pytest.mark.parametrize(("problem", "method", "result", "is_graph"), [
    ("z = w*q + b; L = z^2; dL/dw", "", "2*q*(q*w + b)", False),
    ("z = w*q + b; L = z^2; dL/dw", "graph", "2*q*z", True),
    ("z = w*q + b; L = z^2; dL/dw at w = 1, q = 2, b = 3", "graph", "20", True),
    ("z = w*q + b; L = z^2; dL/dw at w = 1, q = 2, b = 3", "written-out", "20", False),
    ("z = w*q; L = z^2; dL/dz", "", "2*z", True),
    ("z = w*q; L = z^2; grad L", "", "(2*q*z, 2*w*z)", True),
    ("z = w*q; L = z^2; grad L", "written-out", "(2*q^2*w, 2*q*w^2)", False),
    (f"{TWO_PATHS}; dL/dx", "", "2*x*(x + cos(u)) + u", True),
    (f"{TWO_PATHS}; dL/dx", "written_out", "3*x^2 + 2*x*cos(x^2)", False),
    ("z = w*q; L = z^2; gradient of L", "", "(2*q*z, 2*w*z)", True),
    ("z = w*q; L = z^2; derivative of L with respect to w", "", "2*q^2*w", False),
    ("z = w*q; L = z^2; slope of L with respect to z at w = 1, q = 2", "", "4", True),
    ("f(x) = x^2; z = w*q; L = f(z) + z; dL/dz", "", "2*z + 1", True),
    ("z = w*q\nL = z^2\ndL/dz", "", "2*z", True),
    ("z = w*q\n  + b;\r\nL = z^2\r\n\r\ngrad_{b} L\r\n", "", "2*z", True),
    (f"{'; '.join(f'a_{place} = {place}*x^{place}*y' for place in range(2, 60))}; L = a_3*x; grad_{{x}} L", "",
     "9*x^3*y + a_3", True),
])
def test_the_lines_are_followed_or_written_out(problem: str, method: str, result: str, is_graph: bool) -> None:
    found = tutor.explain(problem, method)
    assert (str(found.result), found.is_backward_pass, found.checked) == (result, is_graph, True)


def test_the_other_method_is_offered() -> None:
    assert tutor.explain(f"{TWO_PATHS}; dL/dx").other_methods == ("written-out",)
    assert tutor.explain(f"{TWO_PATHS}; dL/du").other_methods == ()
    notes = [note.message for note in tutor.explain("z = w*q + b; L = z^2; dL/dw").notes]
    assert notes == ["The lines are put into L first; tutor explain --method graph goes from line to line."]


@pytest.mark.parametrize(("problem", "method", "message"), [
    ("z = w*q; L = z^2; dL/dz", "written-out", "With the lines put in, z stands nowhere any more."),
    ("z = w*q; L = z^2; grad_{w,z} L", "written-out", "With the lines put in, z stands nowhere any more."),
    ("x^2", "graph", "This is not a graph."),
    ("z = w*q; L = z^2; d^2L/dw^2", "graph", "Along the lines of a graph, first derivatives of a line are found"),
    (f"{TWO_PATHS}; dL/dx", "no-such", "The method no-such does not apply to the lines of a graph."),
])
def test_where_a_method_does_not_apply(problem: str, method: str, message: str) -> None:
    with pytest.raises(TutorError) as error:
        tutor.explain(problem, method)
    assert str(error.value).startswith(message)


@pytest.mark.parametrize("text", [
    "x^2", "z = w*x; L = z^2; 3", "L = x^2; grad_{q} L", "L = x; L = 2", "e = a - y; L = e^2", "z = 1/0; L = z*x",
    "z = infinity; L = z*x", "z = ln(0)*x; L = z", "z = int x dx; L = z", "L = x^2; dL/d2", "L = x^2; d^2L/dx^2",
    "L = x^2; grad L at q = 1", "z = x; L = z; grad L at z = 1",
    "L = x^2; grad x^2", "L = x^2; L", "z = dL/dx; L = z", "f(x) = x^2", "L",
])
def test_what_has_no_backward_pass_is_refused_in_words(text: str) -> None:
    with pytest.raises(TutorError):
        slopes_of(text)


_RIGHT_SIDES = ["{0}*{1}", "{0} + {1}", "{0}^2 - {1}", "sin({0})*{1}", "sigmoid({0} - {1})", "e^({0})/2 + {1}",
                "{0}*{0}", "tanh({0}) - 3*{1}"]


@settings(max_examples=25)
@given(st.lists(st.tuples(st.sampled_from(_RIGHT_SIDES), st.integers(0, 9), st.integers(0, 9)), min_size=2, max_size=5))
def test_the_whole_slope_is_the_derivative_of_the_loss_written_out(
        lines: list[tuple[str, int, int]]) -> None:
    """Every line may use every name above it, so paths meet in all ways."""
    names = ["x", "y"]
    written = []
    for number, (side, first, second) in enumerate(lines):
        written.append(f"a_{number} = {side.format(names[first % len(names)], names[second % len(names)])}")
        names.append(f"a_{number}")
    found = slopes_of("; ".join(written))
    assert found.checked is not False
    loss = found.graph.filled[name(names[-1])]
    for letter in found.wanted:
        apart = derive(derivative(loss, name(letter)))
        assert found.compare(found.adjoints.slope(letter), apart.result).outcome == "checked"


@pytest.mark.parametrize(("problem", "message"), [
    ("z = 3x + 1; L = relu(z); dL/dz at x = -1/3", "There is no slope there: relu(z) has slope 0"),
    ("L = max(x, y); z = L^2; grad z at x = 1, y = 1", "There is no slope there: "),
    ("z = ln(x); L = z^2; dL/dz at x = -1", "There is no slope there: ln(x) has no real value"),
    ("u = x^2; L = sqrt(u) + u; dL/du at x = 0", "There is no slope there: "),
    ("z = 3x + 1; L = relu(z)*y; dL/dz at x = -1/3", "There the rules say nothing: they need z != 0"),
])
def test_a_place_without_a_slope_is_said(problem: str, message: str) -> None:
    with pytest.raises(TutorError) as error:
        tutor.explain(problem)
    assert str(error.value).startswith(message)


def test_a_slope_at_a_kink_that_two_sides_share() -> None:
    found = tutor.explain("z = x; L = z*abs(z); dL/dx at x = 2")
    assert (str(found.result), found.checked) == ("4", True)


LADDER = "a1 = w*x; a2 = a1 + x; " + "; ".join(
    f"a{number} = sin(a{number - 1}) + a{number - 2}*a{number - 1}/9" for number in range(3, 61))
LONG_SUM = "; ".join(f"a{number} = w{number}*x" for number in range(1, 41)) + "; L = " + " + ".join(
    f"a{number}^2" for number in range(1, 41))
RELUS = "; ".join(f"h{number} = relu(w{number}*x + b)" for number in range(1, 9)) + "; L = (" + " + ".join(
    f"v{number}*h{number}" for number in range(1, 9)) + " - y)^2"


@pytest.mark.parametrize("lines", [LADDER, LONG_SUM, RELUS])
def test_long_graphs_are_checked_step_by_step(lines: str) -> None:
    found = slopes_of(lines)
    assert found.checked is True
    assert not found.too_long


def test_five_hundred_lines() -> None:
    lines = "; ".join(f"a{number} = w*a{number - 1}" for number in range(2, 501))
    found = slopes_of(f"a1 = w*x; {lines}; grad_x a500")
    assert found.checked is True
    assert found.count == 502


@pytest.mark.parametrize(("lines", "letter", "wrong"), [
    (LADDER, "x", "{slope} + 1/1000"),
    (LONG_SUM, "w7", "{slope}*x"),
    (RELUS, "b", "2*(y - h1)*{slope}"),
    (RELUS, "w3", "{slope}*step(w2*x + b)"),
])
def test_a_wrong_slope_of_a_long_graph_is_not_found_right(lines: str, letter: str, wrong: str) -> None:
    found = slopes_of(f"{lines}; grad_{letter} {lines.rpartition(';')[2].partition('=')[0].strip()}")
    claim = parse(wrong.replace("{slope}", "q"))
    assert found.compare(found.adjoints.adjoint(letter).rate,
                         replace(claim, {name("q"): found.value(letter)})).outcome != "checked"


def test_many_terms_that_stay_are_left_out_in_one_step() -> None:
    rules = [step.rule.name for step in slopes_of(f"{LONG_SUM}; dL/da7").steps]
    assert rules.count("terms_that_stay") == 1
    assert "sum" not in rules
