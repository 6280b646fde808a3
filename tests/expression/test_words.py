"""Words are never products of letters, and products are never taken for words."""

from __future__ import annotations

import contextlib

import pytest

from tutor.errors import NotationError
from tutor.expression.parse import parse

WORDS = """
the and for are not you all any can one day get has how new two its let put say use try why sum end low off set fit
law yes via row key mix box fat gas red age air area back ball base best body book case cold data date deep draw each
easy edge else even ever fact fall find five flat form four from full give goal good half have help here high hold
hope idea into just keep kind know last late less life line list live long look loss make many mass mean mode more
most move much must name near need next none note once only open over page part pass path pick plan play plus point
pole rate read real rest rise role root rule same save seem self send show side since single size slow some sort spin
spot stay such sure take talk team tell test text than that them then they thin this time tiny tool tree true turn
type unit used value vary very view wait want warm wave week well what when wide will wish with word work world year
zero zone minus times divided squared cubed equals power quotient maximum minimum maximise slope derivative gradient
tangential limit function variable constant equation matrix vector norm trace mean median variance entropy softmax
argmax mish layer weights bias neuron network descent learning batch epoch respect thanks hello using signal
signs second section select secret example expand explain expect absent cosmic costs logic logs analog picture pitch
stupid music multiply number null nuts meta metal detail alphabet betas physics chip child psych rhythm myth sync und
ableitung derivada funcion pente nach idk
""".split()  # noqa: SIM905

PRODUCTS = [
    ("ab", "a*b"), ("xy", "x*y"), ("mx+b", "m*x + b"), ("wx+b", "w*x + b"), ("abc", "a*b*c"), ("xyz", "x*y*z"),
    ("abcd", "a*b*c*d"), ("uvw", "u*v*w"), ("xyuv", "x*y*u*v"), ("wxyz", "w*x*y*z"), ("kxy", "k*x*y"),
    ("axy", "a*x*y"), ("abx", "a*b*x"), ("mgh", "m*g*h"), ("pqr", "p*q*r"), ("aab", "a*a*b"), ("xxx", "x*x*x"),
    ("ABC", "A*B*C"), ("PV", "P*V"), ("mc^2", "m*c^2"), ("by", "b*y"), ("at^2", "a*t^2"), ("at", "a*t"),
    ("e^(ikx)", "e^(i*k*x)"), ("e^(iat)", "e^(i*a*t)"), ("xe^x", "x*e^x"), ("axe^x", "a*x*e^x"), ("te^(-t)", "t*e^-t"),
    ("pie^x", "pi*e^x"), ("2pir", "2*pi*r"), ("2pi r", "2*pi*r"), ("pix", "pi*x"), ("thetax", "theta*x"),
    ("theta x", "theta*x"), ("rtheta", "r*theta"), ("alphabeta", "alpha*beta"), ("omegat", "omega*t"),
    ("xsinx", "x*sin(x)"),
    ("sinxcosx", "sin(x)*cos(x)"), ("xlnx", "x*ln(x)"), ("cos2x", "cos(2*x)"), ("sinwt", "sin(w*t)"),
    ("cosat", "cos(a*t)"), ("cost", "cos(t)"), ("sinu", "sin(u)"), ("costheta", "cos(theta)"),
    ("ab(x+1)", "a*b*(x + 1)"), ("xyz(x+1)", "x*y*z*(x + 1)"), ("axf(x)", "a*x*f(x)"), ("xyf'(x)", "x*y*f'(x)"),
    ("xy'", "x*y'"), ("x(x+1)", "x*(x + 1)"),
]


@pytest.mark.parametrize("text", ["{}", "{} x", "x^2 {} 3", "{}(x)", "2{}"])
def test_words_are_refused_wherever_they_stand(text: str) -> None:
    read = []
    for word in WORDS:
        with contextlib.suppress(NotationError):
            read.append((word, str(parse(text.format(word)))))
    assert read == []


@pytest.mark.parametrize(("text", "tree"), PRODUCTS)
def test_products_stay_products(text: str, tree: str) -> None:
    assert str(parse(text)) == tree


@pytest.mark.parametrize(("text", "message"), [
    ("weight x", "weight: words are not part of the notation, and a product of so many letters needs * between them."),
    ("bat x", "bat is not part of the notation: a quantity is called by one letter, with a subscript if you like, as "
     "in b_1. For a product, type b*a*t."),
    ("loss = x^2", "loss is not part of the notation: give it a letter and a formula, as in "
                   "L = (w*x + b - y)^2; dL/dw."),
    ("ŷ - y", "ŷ is not part of the notation: for a letter with a mark, type one with a subscript, as in y_{hat}."),
    ("x\u0304", "◌\u0304 is not part of the notation: for a letter with a mark, type one with a subscript, as in "
                "y_{hat}."),
    ("p⊗h", "⊗ is not part of the notation: for the outer product of two lists, type p*h^T."),
    ("two x", "two is not part of the notation: numbers are typed in digits."),
    ("shx", "shx is not part of the notation: for the function, type sh(x); for a product, type s*h*x."),
    ("Sinx", "Sinx is not part of the notation: for the function, type sin(x); for a product, type S*i*n*x."),
    ("prelu(x)", "prelu is not part of the notation: type leaky_relu(x, a)."),
    ("Tr(x)", "There is no function Tr. There are sin, cos, tan, exp, ln, sqrt, abs, sigmoid, relu, min, max and "
              "others."),
    ("hello world", "hello world: words are not part of the notation. Type only mathematics, as in x^2 + 1."),
    ("mish(x)", "There is no function mish. There are sin, cos, tan, exp, ln, sqrt, abs, sigmoid, relu, min, max and "
                 "others."),
    ("sigmoi(x)", "There is no function sigmoi. Did you mean sigmoid?"),
    ("norm(w)", "norm is not part of the notation: lists are written part by part, as in sqrt(a^2 + b^2) or "
                "sum_i w_i*x_i."),
    ("expand x", "expand: words are not part of the notation, and a product of so many letters needs * between them."),
    ("y_hat^2", "y_hat: put a subscript of several letters in braces, as in y_{hat}."),
    ("w_new - w", "w_new: put a subscript of several letters in braces, as in w_{new}."),
    ("x_max", "x_max: put a subscript of several letters in braces, as in x_{max}."),
    ("d/dy_pred [x]", "y_pred: put a subscript of several letters in braces, as in y_{pred}."),
    ("σ'(z)", "σ(...) is the sigmoid function, and its derivative is typed d/dx [sigmoid(x)]; for another function "
              "first type σ(x) = ... ;"),
    ("x^2 at 3", "at is followed by a letter and its value, as in at x = 2."),
])
def test_what_is_said_of_a_word(text: str, message: str) -> None:
    with pytest.raises(NotationError) as caught:
        parse(text)
    assert [problem.message for problem in caught.value.problems] == [message]


@pytest.mark.parametrize("text", ["sin x dx", "xdx", "axdx", "thetadtheta", "xcosxdx", "e^xdx", "dx"])
def test_the_dx_of_an_integral_is_no_part_of_a_word(text: str) -> None:
    assert parse(f"int {text}").head == "integral"


@pytest.mark.parametrize(("text", "tree"), [
    ("w_ix_i", "w_i*x_i"), ("a_nsin(x)", "a_n*sin(x)"), ("x_ie^x", "x_i*e^x"), ("y_{hat} - y", "y_{hat} - y"),
    ("x_iy", "x_i*y"), ("sigma(x) = x^2; sigma'(2)", "sigma(x) = x^2; sigma'(2)"),
])
def test_subscripts_of_one_letter_stay_what_they_are(text: str, tree: str) -> None:
    assert str(parse(text)) == tree
