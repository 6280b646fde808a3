"""Whatever is typed, the answer is a reading or a TutorError, and a reading survives being written."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.expression.latex_samples import SAMPLES
from tutor.errors import TutorError
from tutor.expression.parse import Reading, parse, read
from tutor.expression.write import PRETTY, write

PIECES = [
    *"xyzdefghintk0123456789.,;:!?%$&\\_'\"|()[]{}+-*/^=<>~#@ \t\n", "²", "⁻¹", "ⁿ", "₁", "½", "·", "×", "÷", "−", "√",
    "∛", "∫", "π", "θ", "σ", "∂", "∞", "≤", "…", "′", "х", "sin", "cos", "ln", "log", "log_", "sqrt", "arcsin", "max(",
    "d/dx", "d/dx [", "d^2/dx^2", "∂/∂x", "dy/dx", "d/", "int", "int_", "int_0^1", " dx", " dx/", " at x = 2",
    " at (x = 2)", "f(", "f'(", "k(x) = ", "sin^-1", "e^", "1/2", "2e-3", "theta", "...", "\\frac", "==", "In(",
]

LATEX_PIECES = [
    *"{}[]()^_'|xydf2 &$%=+-/.,\\~\n²", "12", r"\frac", r"\sqrt", r"\sqrt[", r"\left", r"\right", r"\left.", r"\right|",
    "_{x=2}", r"\over", r"\int", r"\partial", "dx", r"\mathrm", r"\mathbf", r"\text{a b}", r"\operatorname{tg}",
    r"\sin", r"\log", r"\pi", r"\theta", r"\cdot", r"\,", r"\quad", r"\\", r"\begin{align}", r"\end{align}",
    r"\color{red}",
    r"\lvert", r"\rvert", r"\{", r"\}", r"\prime", "^{(2)}", r"\foo", r"\def", "\u200b", "\u202e",
]

VALID = [
    "d/dx x^2*sin(x^2)", "∫_{-∞}^{∞} e^(-x²) dx", "|x + |y|| / sin^2 2x", "f(x) = x^2; f'(2)", "log_2 (x+1) at x = 3",
    "d^n/dx^n [x^n] + ∂/∂x [x y]", "int x dx/(x^2+1) + √(3x + 1)", "max(1, x, e^-x) <= k'(x) - y''", "2 sin 3x cos x/2",
]


def reading_or_error(text: str) -> Reading | TutorError:
    try:
        return read(text)
    except TutorError as error:
        return error


def check(text: str) -> None:
    reading = reading_or_error(text)
    if isinstance(reading, TutorError):
        assert reading.position is not None
        for problem in reading.problems:
            assert problem.message.isprintable()
            assert 0 <= problem.start < problem.end <= len(text) + 1
        return
    for note in reading.notes:
        assert note.message.isprintable()
        assert 0 <= note.start < note.end <= len(text)
    assert parse(write(reading.expression)) is reading.expression
    assert write(reading.expression, PRETTY)


@settings(max_examples=400, deadline=None)
@given(st.text(max_size=60))
@example("\ud800")
@example("\x1b[31m")
def test_any_text(text: str) -> None:
    check(text)


@settings(max_examples=1000, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=16).map("".join))
def test_pieces_of_the_notation_in_any_order(text: str) -> None:
    check(text)


@settings(max_examples=1000, deadline=None)
@given(st.lists(st.sampled_from(LATEX_PIECES), max_size=12).map("".join))
@example("x^2__")
@example("(x+1)^{(2)}")
def test_pieces_of_latex_in_any_order(text: str) -> None:
    check(text)


@settings(max_examples=1000, deadline=None)
@given(st.sampled_from(SAMPLES), st.integers(0, 60), st.integers(0, 6), st.sampled_from(["", *LATEX_PIECES]))
def test_latex_with_a_mistake(sample: tuple[str, str], start: int, length: int, piece: str) -> None:
    text, _ = sample
    check(text[:start] + piece + text[start + length:])


@settings(max_examples=1000, deadline=None)
@given(st.sampled_from(VALID), st.integers(0, 60), st.integers(0, 6), st.sampled_from(["", *PIECES]))
def test_valid_text_with_a_mistake(text: str, start: int, length: int, piece: str) -> None:
    check(text[:start] + piece + text[start + length:])
