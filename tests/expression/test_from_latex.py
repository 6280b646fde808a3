"""LaTeX as people paste it, and what is wrong with it."""

from __future__ import annotations

from contextlib import suppress

import pytest

from tutor.errors import NotationError
from tutor.expression.characters import is_latex
from tutor.expression.from_latex import as_notation
from tutor.expression.parse import parse


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
])
def test_what_is_pasted_reads_as_what_one_would_type(pasted: str, typed: str) -> None:
    assert is_latex(pasted)
    assert parse(as_notation(pasted).text) is parse(typed)


@pytest.mark.parametrize(("pasted", "part", "message"), [
    (r"x + \foo y", r"\foo", r"\foo is a LaTeX command that the tutor does not know."),
    (r"\def\x{1}", r"\def", r"\def, \x are LaTeX commands that the tutor does not know."),
    (r"\input{secret}", r"\input", r"\input is a LaTeX command that the tutor does not know."),
    (r"\begin{align}x\end{align}", r"\begin", r"\begin, \end are LaTeX commands that the tutor does not know."),
    (r"\vec{w}\cdot\vec{x}", r"\vec",
     r"\vec is a LaTeX command that the tutor does not know: there are no vectors yet; write out the numbers, as in "
     "sqrt(a^2 + b^2)."),
    (r"\hat{y}", r"\hat",
     r"\hat is a LaTeX command that the tutor does not know: for a letter with a mark, type one with an index, "
     "as in y_1."),
    (r"x \\ y", r"\\", r"\\ is a LaTeX command that the tutor does not know."),  # a line ends there: no product
    (r"x \quad y", r"\quad", r"\quad is a LaTeX command that the tutor does not know."),
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
    r"\frac{1}{2}x+" * 20_000 + "1", r"\frac{d " * 20_000 + "x" + r"}{dx}" * 20_000, r"\sqrt" * 20_000 + "x",
    r"\left(" * 20_000 + "x" + r"\right)" * 20_000, r"\pi" + "|_{" * 50_000, r"\sqrt[" * 20_000,
])
def test_much_latex_is_read_or_refused_without_recursion(pasted: str) -> None:
    with suppress(NotationError):
        assert as_notation(pasted).text
