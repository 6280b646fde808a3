"""LaTeX as people paste it, and what is wrong with it."""

from __future__ import annotations

from contextlib import suppress

import pytest

from tutor.derivation.problem import read_problem
from tutor.errors import NotationError
from tutor.expression.characters import is_latex
from tutor.expression.from_latex import as_notation
from tutor.expression.latex_lines import pasted_lines
from tutor.expression.parse import parse, read
from tutor.judge.answer import read_answer


@pytest.mark.parametrize(("pasted", "typed"), [
    (r"\frac12 x", "(1/2)x"),
    (r"\frac ab", "a/b"),
    (r"\dfrac{t^2-1}{t+4}", "(t^2-1)/(t+4)"),
    (r"\tfrac{1}{3}x^{3}", "(1/3)x^3"),
    (r"\sin^{2}\theta", "sin(theta)^2"),
    (r"\cos^{-1}t", "acos(t)"),
    (r"2\sin x\cos x", "2 sin(x) cos(x)"),
    (r"\sin2x", "sin(2x)"),
    (r"\sqrt[3]{x+1}\,e^{-x^2}", "cbrt(x+1)*e^(-x^2)"),
    (r"\sqrt[4]{x}", "x^(1/4)"),
    (r"\sqrt2\,y", "sqrt(2)*y"),
    (r"\log_{10} x", "log(x, 10)"),
    (r"\ln\left(1+e^{-w x}\right)", "ln(1+e^(-w*x))"),
    (r"\lvert x-1 \rvert", "abs(x-1)"),
    (r"\left|x\right|\cdot x", "abs(x)*x"),
    (r"\operatorname{softplus}(z)", "softplus(z)"),
    (r"\mathrm{ReLU}(x)", "relu(x)"),
    (r"\sigma(x)\bigl(1-\sigma(x)\bigr)", "sigmoid(x)*(1-sigmoid(x))"),
    (r"\frac{\mathrm{d}}{\mathrm{d}x}\left(x^2\right)", "d/dx [x^2]"),
    (r"\frac{d^2}{dt^2}\left[t^5\right]", "d^2/dt^2 [t^5]"),
    (r"\frac{d\,\tan(x)}{dx}", "d/dx [tan(x)]"),
    (r"\frac{d^2(x^4)}{dx^2}", "d^2/dx^2 [x^4]"),
    (r"\frac{\partial}{\partial w}\left[(y-wx)^2\right]", "∂/∂w [(y-w*x)^2]"),
    (r"\left.\frac{d}{dx}x^2\right|_{x=3}", "d/dx [x^2] at (x = 3)"),
    (r"\frac{d}{dx} [x^3] \Big|_{x=2}", "d/dx [x^3] at (x = 2)"),
    (r"\int_{0}^{\pi} \sin x \,\mathrm{d}x", "int_0^pi sin(x) dx"),
    (r"\int \frac{dx}{x}", "int 1/x dx"),
    (r"\int \frac{x\,dx}{x^2+1}", "int x/(x^2+1) dx"),
    (r"\beta_1 x + \beta_{0}", "beta_1*x + beta_0"),
    (r"f^{\prime}(x) + g^\prime(x)", "f'(x) + g'(x)"),
    (r"$x^2 \times y$", "x^2*y"),
    (r"\[ \frac{\pi}{2} \]", "pi/2"),
    (r"x \le 3", "x <= 3"),
    (r"\frac{1}{x(y-z)}", "1/(x*(y-z))"),
    (r"x^{-\frac{1}{2}}", "x^(-1/2)"),
    (r"\arctan\frac{x}{a}", "atan(x/a)"),
    (r"\varepsilon\,{}x", "epsilon*x"),
    (r"\operatorname{arc\,tg} x", "atan(x)"),
    (r"\left.\left\{x\right\}\right.", "x"),
    (r"f^{(2)}(x) + y^{''}", "f''(x) + y''"),
])
def test_what_is_pasted_reads_as_what_one_would_type(pasted: str, typed: str) -> None:
    assert is_latex(pasted)
    assert parse(as_notation(pasted).text) is parse(typed)


@pytest.mark.parametrize(("pasted", "part", "message"), [
    (r"x + \foo y", r"\foo", r"\foo is a LaTeX command that the tutor does not know."),
    (r"\def\x{1}", r"\def", r"\def, \x are LaTeX commands that the tutor does not know: nothing is defined or loaded "
     "here; paste the formula alone."),
    (r"\input{secret}", r"\input", r"\input is a LaTeX command that the tutor does not know: nothing is defined or "
     "loaded here; paste the formula alone."),
    (r"x \write18{rm}", r"\write", r"\write is a LaTeX command that the tutor does not know: nothing is defined or "
     "loaded here; paste the formula alone."),
    (r"\pi \begin{cases}x & y > 0", r"\begin", r"This \begin{cases} has no \end{cases}."),
    (r"x \end{cases}", r"\end{cases}", r"There is no \begin{cases} that this \end closes."),
    (r"x\pm1", r"\pm", r"\pm is a LaTeX command that the tutor does not know: write one problem with + and one "
     "with -."),
    (r"x + \sinn x", r"\sinn", r"\sinn is a LaTeX command that the tutor does not know. Did you mean \sin?"),
    (r"C:\Users\anna", r"\Users", r"\Users, \anna are LaTeX commands that the tutor does not know."),
    (r"\vec{w}\cdot\vec{x}", r"\vec",
     r"\vec is a LaTeX command that the tutor does not know: lists are written part by part, as in "
     "sqrt(a^2 + b^2) or sum_i w_i*x_i."),
    (r"\hat{y}", r"\hat",
     r"\hat is a LaTeX command that the tutor does not know: for a letter with a mark, type one with a subscript, "
     "as in y_{hat}."),
    (r"x \quad y", r"\quad", r"There are two formulas with \quad between them: give one at a time."),
    (r"\pi && y", "&", "There are two formulas with & between them: give one at a time."),
    (r"\pi & y", "&", "There are two formulas with & between them: give one at a time."),
    (r"\pi + x}", "}", "There is no { that this } closes."),
    (r"\pi + {x", "{", "This { is never closed."),
    (r"\left(x", r"\left", r"This \left has no \right."),
    (r"x \right)", r"\right)", r"There is no \left that this \right closes."),
    (r"2 \frac{1}", r"\frac", "Something is missing after this command."),
    (r"\sqrt[3", r"\sqrt", r"The [ after \sqrt is never closed."),
])
def test_what_is_wrong_is_said_with_its_place(pasted: str, part: str, message: str) -> None:
    with pytest.raises(NotationError) as caught:
        as_notation(pasted)
    problem = caught.value.problems[0]
    assert (pasted[problem.start:problem.end], problem.message) == (part, message)


@pytest.mark.parametrize("pasted", [r"x\operatorname{k}(x)", r"x \operatorname{k}{\left(x \right)}", r"x\mathop{k}(x)"])
def test_a_name_that_latex_marks_as_a_function_is_one(pasted: str) -> None:
    assert str(parse(pasted)) == "x*k(x)"
    assert str(read_problem(pasted).expression) == "d/dx [x*k(x)]"
    assert str(read_answer(pasted, parse("d/dx [x]")).expression) == "x*k(x)"


@pytest.mark.parametrize(("pasted", "part", "words"), [
    (r"\left[x^2\right]_0^1", "_", "write out the difference"),
    (r"\frac{df}{dx}(x)", r"\frac{df}{dx}", "may be a value or a product"),
    (r"x^{(i)}", "^{(i)}", "a power, the order of a derivative, or an index"),
    (r"f^{(n)}(x)", "^{(n)}", "a power, the order of a derivative, or an index"),
    (r"\mathbf{x}\cdot x", "x", "in two alphabets"),
    (r"w_{i+j}\,x", "{i+j}", "letters and digits"),
    (r"w_\theta", r"\theta", "letters and digits"),
    (r"e^w_1\,x", "_", "one of the base"),
    (r"x^2\text{ for all }x", r"\text{ for all }", "give the formula alone"),
    (r"\frac12\phantom{x}\left\lfloor x\right\rfloor", r"\lfloor", "no functions that round"),
    ("\\frac12 \\", "\\", "a command follows a backslash"),
])
def test_what_could_mean_something_else_is_refused(pasted: str, part: str, words: str) -> None:
    with pytest.raises(NotationError) as caught:
        as_notation(pasted)
    (problem,) = caught.value.problems
    assert pasted[problem.start:problem.end] == part
    assert words in problem.message


@pytest.mark.parametrize(("pasted", "tree", "words"), [
    (r"\pi x^10", "pi*x^10", "The exponent 10 is read as a whole"),
    (r"2\frac12", "2*(1/2)", "for the mixed number"),
    (r"\sqrt12", "sqrt(1)*2", "takes only the digit 1"),
    (r"2\cdot{x+1}y", "2*(x + 1)*y", "LaTeX does not print braces; {x+1}"),
    (r"\sin{x+1}", "sin(x + 1)", "LaTeX does not print braces; {x+1}"),
    (r"{\sin x}^2", "sin(x)^2", r"LaTeX does not print braces; {\sin x}"),
    (r"\mathbf{w}x", "w*x", "part by part"),
    (r"\sqrt[\mathbf{a b c d k m}]2", "2^(1/(a*b*c*d*k*m))", "part by part"),
    (r"\sqrt[\mathbf{a b}]{x}\,k", "x^(1/(a*b))*k", "part by part"),
    (r"e x / w_{1} \theta", "e*x/w_1*theta", "if all of it divides"),
    (r"\frac{dy}{dx}(x+1)", "d/dx [y]*(x + 1)", "read as a product"),
    (r"5% \frac{1}{2}", "5", "a comment begins with %"),
    (r"\tan^{-1}x", "atan(x)", "inverse function"),
    (r"\log x", "ln(x)", "natural logarithm"),
    (r"\lg x", "log(x, 10)", "base 10"),
    (r"\frac{d}{dx} x^2 + 3x", "d/dx [x^2] + 3*x", "to differentiate the whole sum"),
])
def test_a_doubtful_reading_comes_with_a_note(pasted: str, tree: str, words: str) -> None:
    reading = read(pasted)
    assert str(reading.expression) == tree
    assert any(words in note.message for note in reading.notes)


@pytest.mark.parametrize("pasted", [
    r"{\displaystyle {\frac {x^{2}}{2}}}", r"\int_0^1x^2\,dx", r"{\left(x+1\right)}^{2}", r"\pi x^{2}3",
    r"\frac{d}{d x} x^{2}", r"\exp{-x}", r"\exp{(-x)}", r"f{\left(x \right)}", r"\int_{-\infty}^{+\infty}e^{-x^2}dx",
    r"2\cdot\frac12", r"\pi / 2 + y", r"\pi / 2 \cdot y", r"\pi/2 \sin y",
    r"\int x/2\,dx",
])
def test_where_there_is_no_doubt_there_is_no_note(pasted: str) -> None:
    assert [note.message for note in read(pasted).notes if note.doubtful] == []


@pytest.mark.parametrize(("pasted", "lines"), [
    ("a\n\nb", ["a", "b"]),
    (r"2x \\ 4x", ["2x", "4x"]),
    ("\\[\n2x\n+1\n\\]", ["\\[ 2x +1 \\]"]),
    (r"\begin{aligned} z &= w x, \\ L &= z^2; \\ a &= 2. \end{aligned}", ["z  = w x", "L  = z^2", "a  = 2"]),
    ("\\begin{aligned}\n&x \\\\\n&= \\frac12\n\\end{aligned}", ["x", "= ((1)/(2))"]),
    ("\\begin{align}\n\\foo x \\\\ y\n\\end{align}", [r"\begin{align} \foo x \\ y \end{align}"]),
])
def test_lines_end_where_latex_ends_them(pasted: str, lines: list[str]) -> None:
    assert pasted_lines(pasted) == lines


def test_what_is_too_long_is_refused_before_it_is_looked_at() -> None:
    with pytest.raises(NotationError, match="more than 50,000 characters"):
        parse(r"\frac{1}{2}x+" * 100_000)


def test_a_place_in_the_notation_is_a_place_in_the_latex() -> None:
    pasted = r"\frac{x}{\sin(y)}"
    notation = as_notation(pasted)
    start = notation.text.index("sin")
    first, last = notation.span(start, start + 3)
    assert pasted[first:last] == r"\sin"


@pytest.mark.parametrize("typed", ["x^2", "x^{2}", "w_{in}", "f'(x)", "|x|"])
def test_the_learners_own_notation_is_no_latex(typed: str) -> None:
    assert not is_latex(typed)


@pytest.mark.parametrize("pasted", [
    r"\frac{1}{2}x+" * 3_500 + "1", r"\frac{d " * 3_500 + "x" + r"}{dx}" * 3_500, r"\sqrt" * 9_000 + "x",
    r"\left(" * 3_500 + "x" + r"\right)" * 3_500, r"\pi" + "|_{" * 16_000, r"\sqrt[" * 8_000,
    r"\pi" + "{" * 20_000 + "x" + "}" * 20_000, r"\pi" + "{{}}" * 12_000, r"\frac" * 9_000, r"\pi" + "^" * 49_000,
    r"\left(" * 8_000, r"\pi " + "x^{" * 10_000 + "x" + "}_1" * 6_000, "$" * 49_000, r"\pi" + "\u202e" * 49_000,
    r"{x\over " * 4_000 + "y" + "}" * 4_000, r"\begin{align}" * 3_500, r"\pi" + "{ " * 16_000 + "}" * 16_000,
    r"\pi" + "&" * 49_000, r"\pi" + " & x" * 12_000, r"\pi" + "%\n" * 24_000, r"\text{" + "a b " * 12_000,
    r"\text{" + "a b " * 12_000 + "}(", r"\mathbf{" * 5_400 + "x" + "}" * 5_400, r"\pi|_{" + " " * 49_000,
    r"\pi" + "x_{" * 12_000 + "x" + "}" * 12_000, r"\pi" + "{" * 9_000 + "x" + "+1}^2" * 9_000,
])
def test_much_latex_is_read_or_refused_without_recursion(pasted: str) -> None:
    with suppress(NotationError):
        assert as_notation(pasted).text


@pytest.mark.parametrize(("pasted", "reading", "kind"), [
    (r"\sin\frac{n\pi}{L}x", "sin(n*pi/L)*x", "argument of the function ends"),
    (r"\cos^{2}\frac{t}{2}y", "cos(t/2)^2*y", "argument of the function ends"),
    (r"\ln\sqrt{t}y", "ln(sqrt(t)*y)", "argument of the function ends"),
    (r"\cos{3t}y", "cos(3*t)*y", "argument of the function ends"),
    (r"\tan{ab}^2", "tan(a*b)^2", "argument of the function ends"),
    (r"\beta{3t}^2", "beta*(3*t)^2", "does not print braces"),
    (r"\beta{ab}^{2}", "beta*(a*b)^2", "does not print braces"),
    (r"b/3\sqrt{t}", "b/3*sqrt(t)", "follows the divisor"), (r"b / \sqrt{t} y", "b/sqrt(t)*y", "follows the divisor"),
    (r"\frac13t2", "1/3*t2", "one name"), (r"\beta^{2}^{3}", "beta^(2^3)", "two exponents in a row"),
    (r"\beta f'^2(t)", "beta*f'^2*t", "read as the product"),
])
def test_what_is_printed_without_its_structure_is_noted(pasted: str, reading: str, kind: str) -> None:
    found = read(pasted)
    assert found.expression is parse(reading)
    assert any(kind in note.message for note in found.notes)


@pytest.mark.parametrize("pasted", [
    r"\sin\frac{t}{2}\cos t", r"\sin{t}\cos{t}", r"\sin{3t} + 1", r"\int\sin\frac{t}{2}dt", r"\frac{t}{2}y",
    r"\beta t_2", r"t^{2}2\beta", r"b / \sqrt{t}",
])
def test_what_is_plain_where_it_ends_gets_no_note(pasted: str) -> None:
    messages = [note.message for note in read(pasted).notes]
    assert not any(kind in each for each in messages for kind in ("argument of the function", "divisor", "one name"))


@pytest.mark.parametrize(("pasted", "reading"), [
    (r"\frac{d^{2}f}{dt dy}", "d/dt [d/dy [f]]"), (r"\frac{d^{3}}{d t^{2}d y} f", "d^2/dt^2 [d/dy [f]]"),
    (r"\frac{\partial^2}{\partial t\partial y}f", "∂/∂t [∂/∂y [f]]"),
    (r"\frac{\partial^2 (t^2 y)}{\partial t\partial y}", "∂/∂t [∂/∂y [t^2*y]]"),
    (r"\frac{\partial^2}{\partial w_k\partial w_l}\left[\sum_i w_i^2\right]",
     "∂/∂w_k [∂/∂w_l [sum_{i=1}^{n} w_i^2]]"),
])
def test_a_mixed_derivative_is_no_quotient(pasted: str, reading: str) -> None:
    assert str(read(pasted).expression) == reading


@pytest.mark.parametrize(("pasted", "reading"), [
    (r"\frac{d+1}{dt}", "(d + 1)/(d*t)"), (r"\frac{d-y}{dt}", "(d - y)/(d*t)"), (r"\frac{d\cdot y}{dt}", "d*y/(d*t)"),
])
def test_a_sum_or_product_that_begins_with_d_is_no_derivative(pasted: str, reading: str) -> None:
    assert read(pasted).expression is parse(reading)


def test_a_derivative_of_a_value_at_a_point_is_asked_about() -> None:
    with pytest.raises(NotationError, match="which is 0"):
        read(r"\frac{d}{dt}\left.t^2\right|_{t=3}")
    assert read(r"\left.\frac{d}{dt}t^2\right|_{t=3}").expression is parse("d/dt [t^2] at t = 3")
    assert read(r"\frac{d}{dt}\left.(ty)\right|_{y=3}").expression is parse("d/dt [(t*y) at (y = 3)]")
    assert read(r"\left.t^2\right|_{t=3}").expression is parse("(t^2) at t = 3")
