"""What a note offers besides the reading that was taken: the text as one would type it for that."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.errors import TutorError
from tutor.expression.notes import MOST_OTHERS, MOST_RETYPED, other_texts
from tutor.expression.parse import Reading, parse, read

# A text, and the trees of the other readings that its notes offer, in their order.
OFFERED: list[tuple[str, ...]] = [
    ("1/2x", "1/(2*x)"),
    ("1/2x^3", "1/(2*x^3)"),
    ("1/2(x+1)", "1/(2*(x + 1))"),
    ("1/2sin(x)^2", "1/(2*sin(x)^2)"),
    ("1/x^2y", "1/(x^2*y)"),
    ("e^2x", "e^(2*x)"),
    ("e^-2x", "e^-(2*x)"),
    ("2e^2x + e^2x", "2*e^(2*x) + e^(2*x)"),
    ("x^-1/2", "x^-(1/2)"),
    ("5x^1/2", "5*x^(1/2)"),
    ("sin x^2", "sin(x)^2"),
    ("3secx^2", "3*sec(x)^2"),
    ("√2x", "sqrt(2)*x"),
    ("sin x y", "sin(x)*y"),
    ("sin x(x+1)", "sin(x*(x + 1))"),
    ("sin x/2", "sin(x/2)"),
    ("sin 2*x", "sin(2*x)"),
    ("log x^2", "log(x^2, 10)", "ln(x)^2", "log(x, 10)^2"),
    ("log2(x)", "ln(2*x)"),
    ("2sin^-1 x", "2*(1/sin(x))"),
    ("x·tan⁻¹(x)^2", "x*(1/tan(x)^2)"),
    ("sin-1 x", "asin(x)"),
    ("3x2", "3*x^2", "3*x*2"),
    ("x 2", "x^2"),
    ("2e-3", "2*e - 3"),
    ("e(x+1)", "e^(x + 1)"),
    ("f (x)", "f*x"),
    ("f^2(x)", "f(x)^2"),
    ("2f[x+1]", "2*f(x + 1)"),
    ("f{(x)}", "f(x)"),
    ("σ(x)", "sigma*x"),
    ("w_ij", "w_{ij}"),
    ("sh(x)", "s*h(x)"),
    ("|x|y|z|", "abs(x*abs(y)*z)"),
    ("2³√x", "2*cbrt(x)"),
    ("int_0^2pi x dx", "int_0^(2*pi) x dx"),
    ("d/dx (x^2)*3", "d/dx [x^2]*3"),
    ("2 d/dx x^2 + x", "2*d/dx [x^2 + x]"),
    ("(d/dx x^2 + x)*3", "d/dx [x^2 + x]*3"),
    ("e^2x + 1/3x", "e^(2*x) + 1/3*x", "e^2*x + 1/(3*x)", "e^(2*x) + 1/(3*x)"),
    # nothing is offered
    ("a/b/c",), ("abc",), ("sinx",), ("u(x)",), ("tg x",), ("|2|x|-1|",), ("x^2 at (x = 2) + 1",),
    ("x[y]",), ("sin^f [x]",),
]


@pytest.mark.parametrize("row", OFFERED, ids=[row[0] for row in OFFERED])
def test_what_is_offered(row: tuple[str, ...]) -> None:
    text, *trees = row
    assert [str(parse(other)) for other in other_texts(text, read(text).notes)] == trees


def test_a_bounded_number_is_offered() -> None:
    text = " + ".join(f"1/{number}x" for number in range(2, 30))
    assert len(read(text).notes) == 28
    assert len(other_texts(text, read(text).notes)) == MOST_OTHERS


def test_for_a_long_text_nothing_is_offered() -> None:
    text = "1/2x + " * MOST_RETYPED + "1"
    assert read(text).notes
    assert other_texts(text, read(text).notes) == []


PIECES = ["x", "y", "2", "e^", "1/", "sin ", "sec", "x^2", "(x+1)", "^-1", " ", "|", "log ", "d/dx ", "+", "*",
          "sh ", "f", "½", "³√", "x2", "at x = 2", "-"]


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_what_is_offered_is_another_text_and_never_a_surprise(text: str) -> None:
    """Whatever is typed: each offer is a text of its own, and reading it is an expression or an error in words."""
    reading = reading_or_error(text)
    for other in other_texts(text, reading.notes) if isinstance(reading, Reading) else ():
        assert other != text
        again = reading_or_error(other)
        if isinstance(again, Reading):
            assert parse(str(again.expression)) is again.expression
        else:
            assert again.position is not None


def reading_or_error(text: str) -> Reading | TutorError:
    try:
        return read(text, is_problem=True)
    except TutorError as error:
        return error
