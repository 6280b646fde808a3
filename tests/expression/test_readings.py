"""The learner's notation as a table: what is typed, how it is read, and the note that a doubtful reading gets.

A row without a note is a reading that nobody should have to be told about.
"""

from __future__ import annotations

import pytest

from tests.expression.readings_of_calculus import OF_CALCULUS
from tests.expression.readings_of_functions import OF_FUNCTIONS
from tutor.expression.names import EVERY_NAME
from tutor.expression.parse import parse, read
from tutor.expression.tokens import tokenize

OF_ARITHMETIC: list[tuple[str, ...]] = [
    # numbers and constants
    ("0", "0"),
    ("007", "7"),
    ("3.14", "3.14"),
    (".5", "0.5"),
    ("0.10", "0.1"),
    ("1e3", "1000"),
    ("1.5E-3", "0.0015"),
    ("1e-3", "0.001",
     "1e-3 is read as one number, 1·10^-3; for the constant e, type 1*e - 3."),
    ("2e", "2*e"),
    ("2e^x", "2*e^x"),
    ("π", "pi"),
    ("2pi r", "2*pi*r"),
    ("i^2", "i^2"),
    ("e", "e"),
    ("infinity", "infinity"),
    ("-∞", "-infinity"),
    # names
    ("x", "x"),
    ("X", "X"),
    ("x1", "x1"),
    ("x_1", "x_1"),
    ("x₁", "x_1"),
    ("w_2", "w_2"),
    ("w_{12}", "w_12"),
    ("w_{in}", "w_{in}"),
    ("w_i", "w_i"),
    ("w_ij", "w_i*j",
     "w_ij is read as w_i·j; for one subscript, type w_{ij}."),
    ("theta", "theta"),
    ("θ", "theta"),
    ("θ_1", "theta_1"),
    ("Σ + σ", "Sigma + sigma"),
    ("αβ", "alpha*beta"),
    ("µ", "mu"),
    # sums and signs
    ("a+b-c", "a + b - c"),
    ("a - -b", "a - -b"),
    ("a + -b", "a - b"),
    ("--x", "--x"),
    ("-x^2", "-x^2"),
    ("+x", "x"),
    ("x++y", "x + y"),
    ("-(a+b)", "-(a + b)"),
    ("(a+b)+c", "(a + b) + c"),
    ("a-(b-c)", "a - (b - c)"),
    # products and quotients
    ("a*b*c", "a*b*c"),
    ("a*b/c", "a*b/c"),
    ("a/b*c", "a/b*c"),
    ("(a/b)/c", "a/b/c"),
    ("a/(b*c)", "a/(b*c)"),
    ("x/x", "x/x"),
    ("1/0", "1/0"),
    ("a*(b*c)", "a*(b*c)"),
    ("2*-x", "2*(-x)"),
    ("x/-y^2", "x/(-y^2)"),
    ("2·3×4⋅5", "2*3*4*5"),
    ("6÷3", "6/3"),
    ("a/b/c", "a/b/c",
     "a/b/... is read from the left, as (a/b)/..."),
    # powers
    ("x^y^z", "x^y^z"),
    ("(x^y)^z", "(x^y)^z"),
    ("x**2", "x^2"),
    ("2^-x", "2^-x"),
    ("e^-x^2", "e^-x^2"),
    ("x^(1/2)", "x^(1/2)"),
    ("x²", "x^2"),
    ("x⁻¹", "x^-1"),
    ("xⁿ⁺¹", "x^(n + 1)"),
    ("x²³", "x^23"),
    ("x²y", "x^2*y"),
    ("9^9^9^9", "9^9^9^9"),
    ("0^0", "0^0"),
    ("5(x^2+1)^4 2x", "5*(x^2 + 1)^4*2*x",
     "(x^2+1)^4 2 is read as (x^2+1)^4·2."),
    ("x^-2 3", "x^-2*3",
     "x^-2 3 is read as x^-2·3."),
    ("x² 3", "x^2*3"),
    # fractions in one character
    ("½x", "1/2*x"),
    ("x^½", "x^(1/2)"),
    ("¾ sin x", "3/4*sin(x)"),
    ("2½x", "(2 + 1/2)*x",
     "2½ is read as 2 + 1/2."),
    ("1 ⅔", "1 + 2/3",
     "1 ⅔ is read as 1 + 2/3."),
    ("x^2 ½", "x^2*(1/2)"),
    # brackets
    ("(x)", "x"),
    ("[x]", "x"),
    ("{x}", "x"),
    ("((x+1))", "x + 1"),
    ("2[x+{y-(z)}]", "2*(x + (y - z))"),
    ("(x+1)(x-2)", "(x + 1)*(x - 2)"),
    # side by side
    ("2x", "2*x"),
    ("x y", "x*y"),
    ("xy", "x*y"),
    ("2(x+1)", "2*(x + 1)"),
    ("x(x+1)", "x*(x + 1)"),
    ("3 sin x", "3*sin(x)"),
    ("x e^x", "x*e^x"),
    ("xe^x", "x*e^x"),
    ("xsin(x)", "x*sin(x)"),
    ("2x y z", "2*x*y*z"),
    ("(x+1)x", "(x + 1)*x"),
    ("e^x(x+1)", "e^x*(x + 1)"),
    ("x 2", "x*2",
     "x 2 is read as x·2; for a power, type x^2."),
    ("(x+1)2", "(x + 1)*2",
     "(x+1)2 is read as (x+1)·2; for a power, type (x+1)^2."),
    ("pi2", "pi*2",
     "pi2 is read as pi·2; for a power, type pi^2."),
    ("e(x+1)", "e*(x + 1)",
     "e(...) is read as the product e·(...); for a power, type e^(...)."),
    # joined letters
    ("abc", "a*b*c",
     "abc is read as the product a·b·c."),
    ("xpi", "x*pi",
     "xpi is read as the product x·pi."),
    ("thetax", "theta*x",
     "thetax is read as the product theta·x."),
    ("xsinx", "x*sin(x)",
     "sinx is read as sin(x)."),
    ("sinx", "sin(x)",
     "sinx is read as sin(x)."),
    ("arcsinhx", "asinh(x)",
     "arcsinhx is read as arcsinh(x)."),
    ("In", "I*n",
     "In is read as the product I·n; for the function, type ln(...)."),
    ("dx", "d*x",
     "dx is read as the product d·x, because no integral is open here; an integral begins with int, as in int x^2 dx."),
    # doubtful digits
    ("2x3y", "2*x3*y",
     "x3 is read as one name, x with the number 3; for a power, type x^3, and for a product x*3."),
    ("x2y", "x2*y",
     "x2 is read as one name, x with the number 2; for a power, type x^2, and for a product x*2."),
    ("3x2", "3*x2",
     "x2 is read as one name, x with the number 2; for a power, type x^2, and for a product x*2."),
    ("x2 + 1", "x2 + 1"),
    ("2e-3", "0.002",
     "2e-3 is read as one number, 2·10^-3; for the constant e, type 2*e - 3."),
    # doubtful divisors
    ("1/2x", "1/2*x",
     "1/2x is read as (1/2)·x; for the other reading, type 1/(2x)."),
    ("1/2 x", "1/2*x"),
    ("1/(2x)", "1/(2*x)"),
    ("1/xy", "1/x*y",
     "1/xy is read as (1/x)·y; for the other reading, type 1/(xy)."),
    ("(a+b)/2x", "(a + b)/2*x",
     "(a+b)/2x is read as ((a+b)/2)·x; for the other reading, type (a+b)/(2x)."),
    ("1/2(x+1)", "1/2*(x + 1)",
     "1/2(...) is read as (1/2)·(...); for the other reading, type 1/(2(...))."),
    ("1/2sin(x)", "1/2*sin(x)",
     "1/2sin(...) is read as (1/2)·sin(...); for the other reading, type 1/(2sin(...))."),
    ("1/x^2y", "1/x^2*y",
     "1/x^2y is read as (1/x^2)·y; for the other reading, type 1/(x^2y)."),
    ("1/sin x cos x", "1/sin(x)*cos(x)",
     "1/sin x cos(...) is read as (1/sin x)·cos(...); for the other reading, type 1/(sin x cos(...))."),
    ("3x^2/y", "3*x^2/y"),
    # doubtful exponents
    ("e^2x", "e^2*x",
     "e^2x is read as (e^2)·x; for the other reading, type e^(2x)."),
    ("e^(2x)", "e^(2*x)"),
    ("x^2y", "x^2*y",
     "x^2y is read as (x^2)·y; for the other reading, type x^(2y)."),
    ("x**2y", "x^2*y",
     "x**2y is read as (x**2)·y; for the other reading, type x^(2y)."),
    ("e^xy", "e^x*y",
     "e^xy is read as (e^x)·y; for the other reading, type e^(xy)."),
    ("x^2e^x", "x^2*e^x"),
    ("e^-2x", "e^-2*x",
     "e^-2x is read as (e^-2)·x; for the other reading, type e^(-2x)."),
    ("x^-1/2", "x^-1/2",
     "x^-1/2 is read as (x^-1)/2; for a fraction in the exponent, type x^(-1/2)."),
    ("x^1/2", "x^1/2",
     "x^1/2 is read as (x^1)/2; for a fraction in the exponent, type x^(1/2)."),
    ("x^3/2", "x^3/2",
     "x^3/2 is read as (x^3)/2; for a fraction in the exponent, type x^(3/2)."),
    ("x^3/3", "x^3/3"),
    ("x^2/4", "x^2/4"),
    ("e^-x/2", "e^-x/2",
     "e^-x/2 is read as (e^-x)/2; for a fraction in the exponent, type e^(-x/2)."),
    ("e^-x^2/2", "e^-x^2/2",
     "e^-x^2/2 is read as (e^-x^2)/2; for a fraction in the exponent, type e^(-x^2/2)."),
    # equations and statements
    ("y = x^2", "y = x^2"),
    ("x <= 3", "x <= 3"),
    ("x ≤ 3", "x <= 3"),
    ("x >= 3", "x >= 3"),
    ("x != 3", "x != 3"),
    ("x ≠ 3", "x != 3"),
    ("f(x) = x^2; f(2)", "f(x) = x^2; f(2)"),
    ("f(x) = x^2; f'(2);", "f(x) = x^2; f'(2)"),
    ("y = x^2; dy/dx", "y = x^2; d/dx [y]"),
    ("x < y", "x < y"),
    ("f(x) := x^2; f'(2)", "f(x) = x^2; f'(2)"),
    # characters of other keyboards and of documents
    ("5•x", "5*x"),
    ("x˄2", "x^2"),
    ("x↑2", "x^2"),
    ("５ｘ＋（ｙ）", "5*x + y"),
    ("𝑥² + 𝐲", "x^2 + y"),
    ("𝜃 + 𝛼", "theta + alpha"),
    ("f´(x) + f’(x) + f”(x)", "f'(x) + f'(x) + f''(x)"),
    ("x∣y∣", "x*abs(y)"),
    ("∆x", "Delta*x"),
    ("x\xad+\u200e1", "x + 1"),
    # white space and invisible characters
    ("  x  +  1  ", "x + 1"),
    ("x\t+\n1", "x + 1"),
    ("2\u2062x", "2*x"),
    ("sin\u2061x", "sin(x)"),
    ("x\xa0+\u20091", "x + 1"),
    ("\ufeffx", "x"),
]

READINGS = [*OF_ARITHMETIC, *OF_FUNCTIONS, *OF_CALCULUS]


@pytest.mark.parametrize("row", READINGS, ids=[row[0] for row in READINGS])
def test_reading(row: tuple[str, ...]) -> None:
    text, tree, *notes = row
    reading = read(text)
    assert str(reading.expression) == tree
    assert [note.message for note in reading.notes][: len(notes) or None] == notes


@pytest.mark.parametrize("row", READINGS, ids=[row[0] for row in READINGS])
def test_what_a_reading_shows_reads_the_same(row: tuple[str, ...]) -> None:
    reading = read(row[0]).expression
    assert parse(str(reading)) is reading


def test_a_note_points_at_what_it_speaks_of() -> None:
    text = "3 + 1/2x + e^2y"
    notes = read(text).notes
    assert [text[note.start:note.end] for note in notes] == ["1/2x", "e^2y"]


def test_what_is_doubtful_twice_is_said_once() -> None:
    assert len(read("log(x) + log(y)").notes) == 1


def test_more_names_can_be_made_to_call() -> None:
    assert str(read("F(g)", frozenset("F")).expression) == "F(g)"
    assert str(read("theta(x)", EVERY_NAME).expression) == "theta(x)"


def test_the_tree_keeps_what_was_typed() -> None:
    assert parse("x/x").head == "quotient"
    assert parse("x + (y + z)").args[1].head == "sum"
    assert parse("a - b") is parse("a + -b")
    assert parse("1/3").head == "quotient"
    assert parse("-2").head == "negation"


def test_tokens_are_what_the_grammar_reads() -> None:
    values = [token.value for token in tokenize("2 sin 3x").tokens]
    assert values == ["2", "*", "sin", "(", "3", "*", "x", ")"]


def test_tokens_carry_their_place_in_the_text() -> None:
    text = "12 + sin(theta)"
    placed = [text[token.start_pos:token.end_pos] for token in tokenize(text).tokens]
    assert placed == ["12", "+", "sin", "(", "theta", ")"]
