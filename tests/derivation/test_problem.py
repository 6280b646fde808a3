"""What a problem asks for: a d/dx at its beginning, definitions, and English round it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tutor
from tutor.derivation.derivation import derive
from tutor.derivation.problem import read_problem
from tutor.errors import NotationError, TutorError
from tutor.expression.parse import parse
from tutor.expression.tree import Expression

# A d/dx that begins a problem, and what it takes.
BEGINNINGS = [
    ("d/dx x^2 + 3x", "d/dx [x^2 + 3x]"),
    ("d/dx 5x^3 - 2x + 1", "d/dx [5x^3 - 2x + 1]"),
    ("d/dw (w*x - y)^2 + l*w^2", "d/dw [(w*x - y)^2 + l*w^2]"),
    ("d/dx (x^2) + 3x", "d/dx [(x^2) + 3x]"),
    ("d/dx (x^2)*3 + x", "d/dx [x^2*3 + x]"),
    ("d/dx -x + 3", "d/dx [-x + 3]"),
    ("d/dx sin x + cos x", "d/dx [sin(x) + cos(x)]"),
    ("d/dx x e^x - e^x/2", "d/dx [x*e^x - e^x/2]"),
    ("∂/∂x x^2 y + y", "∂/∂x [x^2*y + y]"),
    ("d^2/dt^2 t^3 + t^2", "d^2/dt^2 [t^3 + t^2]"),
    ("d/dx d/dx x^3 + x^2", "d/dx [d/dx [x^3 + x^2]]"),
    ("d/dx int_0^x t + 1 dt + x", "d/dx [int_0^x t + 1 dt + x]"),
    ("d/dx x^2 + 3x;", "d/dx [x^2 + 3x]"),
    ("d/dx x^2 + 3x at x = 2", "d/dx [x^2 + 3x] at (x = 2)"),
    ("d/dx x^2 + 3x at (x = 2)", "d/dx [x^2 + 3x] at (x = 2)"),
    ("f(x) = x^2; d/dx f(x) + 3x", "d/dx [x^2 + 3x]"),
    # it ends as anywhere else
    ("d/dx [x^2] + 3x", "d/dx [x^2] + 3x"),
    ("d/dx x^2", "d/dx [x^2]"),
    ("d/dx x^2 + d/dx x^3", "d/dx [x^2] + d/dx [x^3]"),
    ("d/dx x^2 + 3x + d/dx [x^3]", "d/dx [x^2] + 3x + d/dx [x^3]"),
    ("d/dx x d/dx x^2 + 3x", "d/dx [x*d/dx [x^2]] + 3x"),
    ("d/dx d/dx [x^2] + 3x", "d/dx [d/dx [x^2]] + 3x"),
    ("d/dx x^2 + d(x^3)/dx", "d/dx [x^2] + d/dx [x^3]"),
    ("d/dx x^2 + f'(x)", "d/dx [x^2] + f'(x)"),
    ("d/dx x^2 at (x = 2) + 3x", "d/dx [x^2] at (x = 2) + 3x"),
    ("2 d/dx x^2 + 3x", "2*d/dx [x^2] + 3x"),
    ("-d/dx x^2 + 3x", "-d/dx [x^2] + 3x"),
    ("(d/dx x^2 + 3x)", "d/dx [x^2] + 3x"),
]


@pytest.mark.parametrize(("text", "problem"), BEGINNINGS)
def test_what_a_derivative_at_the_beginning_takes(text: str, problem: str) -> None:
    assert read_problem(text).expression is parse(problem)


@pytest.mark.parametrize("text", [text for text, _ in BEGINNINGS[:10]])
def test_in_answers_and_formulas_it_ends_at_the_sum(text: str) -> None:
    assert parse(text).head == "sum"


def test_a_note_tells_the_other_reading() -> None:
    note, = read_problem("d/dx x^2 + 3x").notes
    assert note.message == "d/dx x^2 + 3x is read as d/dx [x^2 + 3x]; for the other reading, type d/dx [x^2] + 3x."
    assert read_problem("d/dx x^2 + 3x + 2x + x^4").notes[0].message.endswith("type d/dx [x^2] + 3x + 2x + x^4.")
    assert len(read_problem("d/dx (x^2)*3 + x").notes) == 1


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(["x^2", "3x", "sin x", "(x+1)^2", "1/x", "e^x", "|x|", "x y"]), min_size=2, max_size=6),
       st.lists(st.sampled_from([" + ", " - "]), min_size=6, max_size=6))
def test_it_takes_what_square_brackets_would(terms: list[str], signs: list[str]) -> None:
    body = terms[0] + "".join(sign + term for sign, term in zip(signs, terms[1:], strict=False))
    assert read_problem(f"d/dx {body}").expression is parse(f"d/dx [{body}]")


ENGLISH = [
    ("derivative of x^3", "d/dx [x^3]"),
    ("The derivative of t^3 + t.", "d/dt [t^3 + t]"),
    ("differentiate x^2 sin x", "d/dx [x^2*sin(x)]"),
    ("Differentiate the function f(x) = 3x^2 + 2x.", "d/dx [3x^2 + 2x]"),
    ("find the derivative of x^3 with respect to x", "d/dx [x^3]"),
    ("derivative with respect to y of x y^2", "d/dy [x*y^2]"),
    ("partial derivative of x^2 y w.r.t. y", "d/dy [x^2*y]"),
    ("second derivative of x^4", "d^2/dx^2 [x^4]"),
    ("what is the derivative of ln x?", "d/dx [ln(x)]"),
    ("What's d/dx x^2?", "d/dx [x^2]"),
    ("please compute d/dx x^2 + 3x", "d/dx [x^2 + 3x]"),
    ("can you show me how to differentiate x^x please", "d/dx [x^x]"),
    ("I want the derivative of 5x", "d/dx [5x]"),
    ("slope of x^2 at 3", "d/dx [x^2] at (x = 3)"),
    ("slope of x^2 at x=3", "d/dx [x^2] at (x = 3)"),
    ("slope of the tangent to x^2 at 3", "d/dx [x^2] at (x = 3)"),
    ("int x^2 dx from 0 to 2", "int_0^2 x^2 dx"), ("∫ x^2 dx from x = 0 to x = 2", "int_0^2 x^2 dx"),
    ("integral of x^2 from x=0 to x=pi", "int_0^pi x^2 dx"),
    ("slope of the curve y = x^2 at the point 3", "d/dx [x^2] at (x = 3)"),
    ("gradient of t^2 when t = 1/2", "d/dt [t^2] at (t = 1/2)"),
    ("rate of change of t^2 with respect to t at t = 3", "d/dt [t^2] at (t = 3)"),
    ("second derivative of x^4 at x = 2", "d^2/dx^2 [x^4] at (x = 2)"),
    ("d/dx x^2 at 3", "d/dx [x^2] at (x = 3)"),
    ("d/dx x^2 at 3 please", "d/dx [x^2] at (x = 3)"),
    ("d/dx x^2 + 3x at pi/2", "d/dx [x^2 + 3x] at (x = pi/2)"),
    ("d/dx x^2, x = 3", "d/dx [x^2] at (x = 3)"),
    ("d/dx x^2 where x = a", "d/dx [x^2] at (x = a)"),
    ("d/dx x^2 |_{x=3}", "d/dx [x^2] at (x = 3)"),
    ("x^2 at 3", "x^2 at (x = 3)"),
    ("f(x)=x^2, f'(3)", "d/dx [x^2] at (x = 3)"),
    ("f(x)=x^2; f'(3)", "d/dx [x^2] at (x = 3)"),
    ("Let f(x) = x^2. Find f'(3).", "d/dx [x^2] at (x = 3)"),
    ("if f(x) = x^2, what is f'(3)?", "d/dx [x^2] at (x = 3)"),
    ("y = x^2, dy/dx", "d/dx [x^2]"),
    ("f(x) = x^2, g(x) = x^3, f'(x) + g'(x)", "d/dx [x^2] + d/dx [x^3]"),
    ("f(t) = t^2; slope at 3", "d/dt [t^2] at (t = 3)"),
    ("y = x^2, find the derivative", "d/dx [x^2]"),
    ("D(x^2)", "d/dx [x^2]"),
    ("D x^2 + 3x", "d/dx [x^2 + 3x]"),
    ("D_y(x y)", "d/dy [x*y]"),
    ("(x^2)'", "d/dx [x^2]"),
    ("(t^2 + t)''", "d^2/dt^2 [t^2 + t]"),
    ("integral of x^2", "int x^2 dx"),
    ("integrate sin(x) from 0 to pi", "int_0^pi sin(x) dx"),
    ("antiderivative of t^2 dt", "int t^2 dt"),
    ("integral from 0 to 1 of x^2 dx", "int_0^1 x^2 dx"),
    ("“d/dx x^2”", "d/dx [x^2]"),
    ("d/dx(x^2) =", "d/dx [x^2]"),
    ("d/dx x^2 = ?", "d/dx [x^2]"),
    ("x^2 + 1.", "d/dx [x^2 + 1]"),
    ("d/dx x^2 at x = 3.", "d/dx [x^2] at (x = 3)"),
    ("1) d/dx x^3", "d/dx [x^3]"),
    ("2. sin(x)", "d/dx [sin(x)]"),
    ("b) differentiate x^2", "d/dx [x^2]"),
    ("(c) d/dx x^2", "d/dx [x^2]"),
    ("(c) x^2", "d/dx [c*x^2]"),
    ("(2) d/dx x^2", "2*d/dx [x^2]"),
    ("(x) d/dx x^2", "x*d/dx [x^2]"),
    ("D^2 x^3", "d^2/dx^2 [x^3]"),
    ("D²(t^3)", "d^2/dt^2 [t^3]"),
    ("D_y(x y) + 2y", "d/dy [x*y + 2y]"),
    ("D + x", "d/dx [D + x]"),
    ("D - x^2", "d/dx [D - x^2]"),
    ("d/d x x^2 + x", "d/dx [x^2 + x]"),
    ("u = 2x; y = u^2; dy/dx", "d/dx [(2x)^2]"),
    ("L = w^2; w - r*dL/dw", "w - r*d/dw [w^2]"),
    ("f(u) = u^2; u = 2x; f(u) + d/dx [x]", "(2x)^2 + d/dx [x]"),
    # no English: letters stay letters
    ("a x^2 + b", "d/dx [a*x^2 + b]"),
    ("i x", "d/dx [i*x]"),
    ("D x + d/dx [D]", "D*x + d/dx [D]"),
]


@pytest.mark.parametrize(("text", "problem"), ENGLISH)
def test_english_round_a_problem(text: str, problem: str) -> None:
    assert read_problem(text).expression is parse(problem)


@pytest.mark.parametrize(("text", "message"), [
    ("x^2, x=3", "Do you want the slope or the value there? For the slope, type d/dx [...] at x = ...; "
                 "for the value, type ... at x = ..."),
    ("derivative of x^2 from first principles", "Choose the method behind the problem: --method first_principles."),
    ("int x*e^x dx by parts", "Choose the method behind the problem: --method parts."),
    ("int x^2 dx + 1 from 0 to 2", "Limits follow the integral sign, as in int_0^1 x^2 dx."),
    ("limit of sin x / x",
     "A limit needs its variable and where that goes, as in lim_(x->0) sin(x)/x."),
    ("solve x^2 = 4", "solve: words are not part of the notation"),
    ("derivative of", "There is nothing to read. Type a problem, such as d/dx x^2."),
    ("derivative of softmax(x)", "softmax(x) is a list. For the slopes of its parts, type p = softmax(x); dp/dx."),
    ("derivative of a b", "Which letter varies: a, b? Type, for example, d/da [...]."),
    ("derivative of 5", "There is no variable here to differentiate with respect to. Type, for example, d/dx x^2."),
    ("dy/dx x^2", "y is not defined here: type d/dx [...], or begin with y = ...;"),
    ("df/dt 3t + 1", "f is not defined here: type d/dt [...], or begin with f = ...;"),
    ("d/dx x^2 = 2x", "An equation is not a problem here. To have an answer checked, give it after the problem: "
                      'tutor check "d/dx [x^2]" "2*x".'),
    ("derivative of x^2 = 3", "An equation is not a problem here. For a definition, type f(x) = ...; then f'(x)."),
    ("find f'(3) if f(x) = x^2", "if is not part of the notation: a definition comes first, as in f(x) = x^2; f'(3)."),
    ("f'(x) where f(x) = x^2", "where is not part of the notation: a definition comes first"),
    ("x^2 when x = a", "when is not part of the notation"),
    ("y = x^2, x = 3", "Do you want the slope or the value there?"),
    ("slope of x^2 at x = In(3)",
     "There is no function In. Did you mean ln, the natural logarithm (small L, small N)?"),
    ("f(x) = 2,5x, f'(3)", "A comma separates arguments, as in max(a, b); decimal numbers have a point, as in 2.5."),
    ("w - r*dL/dw", "L is not defined here: type d/dw [...], or begin with L = ...;"),
    ("s(t) = 4t^2, find v", "v uses none of the definitions. Say what to do with s, as in f(x) = x^2; f'(x)."),
    ("f(x) = x^2; 3x", "3*x uses none of the definitions."),
    ("y = u^2; u = 2x; dy/dx", "The line of y uses u before u is defined."),
    ("f(x) = g(x) + 1; g(x) = x^2; f'(x)", "f depends on g, so g has to be defined first."),
    ("d/d sin(x)", "d/d needs a variable, as in d/dx [x^2]."),
    ("d/dw Σ(w x - y)²", "∑ is not part of the notation: a sum needs an index, as in sum_{i=1}^{n} x_i."),
    ("1. 5x", ". is not part of the notation: a decimal point needs digits after it, as in 2.5."),
    ("hello world", "hello world: words are not part of the notation. Type only mathematics, as in x^2 + 1."),
    ("∇_w (w⊤x)", "⊤ exchanges rows and columns of whole lists, and problems are typed part by part: sum_i w_i*x_i"),
    (r"\nabla_w \mathbf{w}^{\top} x", r"\top exchanges rows and columns of whole lists"),
    ("w⊙x", "⊙ and diag are for whole lists, and problems are typed part by part"),
    ("x^2'", "A prime follows a letter, as in f'(x) or y'; for any other derivative, type d/dx [x^2]."),
])
def test_what_is_not_understood_is_refused(text: str, message: str) -> None:
    with pytest.raises(TutorError) as caught:
        read_problem(text)
    assert str(caught.value).startswith(message)
    assert caught.value.text == text
    start, end = caught.value.position or (-1, -1)
    assert 0 <= start < end <= len(text) + 1


@pytest.mark.parametrize(("text", "said"), [
    ("grad_w w^T*w", ["w^T is a power here, with a number T. Lists are typed part by part: sum_i w_i*x_i for w^T*x."]),
    ("d/dx e^(x/T)", []), ("d/dx (x + 1)^T", []),
    ("∇θ (θ² + 3θ)",
     ["∇θ (...) is read as ∇_θ (...), which varies θ; for the gradient of a product, type ∇(θ*(...))."]),
    ("∇x(x + 1)", []), ("∇ (x + 1)", []), ("∇a (x + 1)", []),
])
def test_what_may_have_been_meant_otherwise_is_told(text: str, said: list[str]) -> None:
    assert [note.message for note in read_problem(text).notes if not note.usual] == said


def test_positions_are_those_of_the_text_as_typed() -> None:
    text = "please find the slope of In(x) at x = 3"
    with pytest.raises(TutorError) as caught:
        read_problem(text)
    start, end = caught.value.position or (0, 0)
    assert text[start:end] == "In"


PIECES = ["derivative of ", "slope of", " at 3", ", x = 3", "find ", "what is", "?", " with respect to x", "d/dx ",
          "x^2", "+ ", "f(x) = ", "; ", ", ", "f'(3)", "please", "integral of ", " from 0 to 1", "D",
          "(", ")", "'", ".", " ", "and", "|"]


@settings(max_examples=500, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=9).map("".join))
def test_any_english_is_a_problem_or_refused_in_words(text: str) -> None:
    found = problem_or_error(text)
    if isinstance(found, TutorError):
        assert found.position is not None
    else:
        assert parse(str(found)) is found


def problem_or_error(text: str) -> Expression | TutorError:
    try:
        return read_problem(text).expression
    except TutorError as error:
        return error


@pytest.mark.parametrize(("text", "why"), [
    ("d/dx x/(3 - 3)", "divided by 0"), ("d/dx sin(x)/(2 - sqrt(4))", "divided by 0"),
    ("d/dx x^2/(cos(pi) + 1)", "divided by 0"),
    ("d/dx [x*ln(0)]", "ln(0) has no real value"), ("d/dx x*sqrt(-9)", "sqrt(-9) has no real value"),
    ("x + asin(2)", "asin(2) has no real value"), ("d/dx x*tan(pi/2)", "tan(pi/2) has no real value"),
])  # fmt: skip
def test_numbers_without_a_value_are_refused(text: str, why: str) -> None:
    with pytest.raises(NotationError, match=re.escape(why)):
        read_problem(text)


@pytest.mark.parametrize("text", ["d/dx x/(a - a)", "d/dx 1/(x - x)", "d/dx [x^2/(2x - x - x)]"])
def test_what_is_divided_by_zero_on_the_way_has_no_result(text: str) -> None:
    with pytest.raises(TutorError, match="division by 0"):
        derive(read_problem(text).expression)


@pytest.mark.parametrize("text", [
    "d/dx x*sqrt(2)", "d/dx x/(1 - 2)", "d/dx i*x*sqrt(-1)", "d/dx x*(-8)^(1/3)", "d/dx x/ln(2)",
])
def test_other_numbers_are_not(text: str) -> None:
    assert derive(read_problem(text).expression).checked


@pytest.mark.parametrize(("text", "is_doubtful"), [
    ("d/dx x2+3x", True), ("d/dx x2", True), ("d/dt t3 at t = 1", True), ("x2 + x", True), ("d/dx 2x2", True),
    ("d/dw1 (w1 x1 + w2)", False), ("d/dx x_2 + x", False), ("d/dx x1 + x", False), ("d/dx y2 + x", False),
])
def test_a_number_that_may_have_been_raised_is_told_once(text: str, is_doubtful: bool) -> None:
    told = [note.message for note in read_problem(text).notes if "is read as one name" in note.message]
    assert len(told) == is_doubtful


@pytest.mark.parametrize(("typed", "problem"), [
    ("what is the limit of (x^2 - 1)/(x - 1) as x approaches 1?", "lim_(x->1) (x^2 - 1)/(x - 1)"),
    ("the limit of sin(x)/x at 0", "lim_(x->0) sin(x)/x"),
    ("find the limit of 1/x as x goes to infinity", "lim_(x->infinity) 1/x"),
    ("lim_(x->0) x^2 + 3x", "lim_(x->0) (x^2 + 3*x)"),
    ("lim_(x->0) x + lim_(x->0) 2", "lim_(x->0) x + lim_(x->0) 2"),
    ("f(x) = x^2; lim_(h->0) (f(x+h) - f(x))/h", "lim_(h->0) ((x + h)^2 - x^2)/h"),
])
def test_limits_as_people_ask_for_them(typed: str, problem: str) -> None:
    assert str(read_problem(typed).expression) == problem


@pytest.mark.parametrize("typed", [
    "d/dx x + infinity", "lim_(x->0) infinity*x", "x^infinity", "d/dx [x] at x = infinity"])
def test_infinity_is_no_number(typed: str) -> None:
    with pytest.raises(NotationError, match="Infinity is not a number"):
        read_problem(typed)


@pytest.mark.parametrize("text", ["d/dT [softmax(z/T)_i]", "derivative of softmax(z/T)_i with respect to T"])
def test_one_part_of_softmax_by_a_letter(text: str) -> None:
    reading = read_problem(text)
    assert str(reading.expression) == "d/dT [e^(z_i/T)/(sum_{j=1}^{n} e^(z_j/T))]"
    assert tutor.diagnose(text, "softmax(z/T)_i*(sum_j z_j*softmax(z/T)_j - z_i)/T^2").outcome == "right"


@pytest.mark.parametrize(("text", "notes"), [
    ("z1 = w*x; L = z_1^2; grad L", 1), ("z_i = w_i*x; L = z1*sum_i z_i + z_1; grad L", 1),
    ("z1 = w*x; L = z1^2*z_2; grad L", 0), ("d/dz_1 [z_1 + z1]", 1),
])
def test_two_spellings_of_one_name_are_told(text: str, notes: int) -> None:
    found = [note for note in read_problem(text).notes if note.kind == "names-spelled-alike"]
    assert len(found) == notes
    assert all(note.message.startswith("z1 and z_1 are read as two names.") for note in found)


@pytest.mark.parametrize(("text", "problem"), [
    ("h1 = w1*i1 + b1; L = h1^2; grad L", "h1 = w1*i1 + b1; L = h1^2; (dL/dw1, dL/di1, dL/db1)"),
    ("h = w*i_{12}; L = h^2; grad_{i_12} L", "h = w*i_12; L = h^2; dL/di_12"),
    ("d/di1 [i1^2*i]", "d/di1 [i1^2*i]"),
])
def test_the_letter_i_with_a_number_is_a_name(text: str, problem: str) -> None:
    reading = read_problem(text)
    assert str(reading.expression) == problem
    assert (";" in text) is not any(note.kind == "name-with-number" for note in reading.notes)


@pytest.mark.parametrize("text", ["z = w*x; L = z^2; dL/dq", "A = pi*r^2; dA/dq"])
def test_a_letter_on_no_line_is_told(text: str) -> None:
    with pytest.raises(NotationError, match="q stands on none of the lines"):
        read_problem(text)
