"""What counts as an answer, and in which words anything else is refused."""

import pytest

import tutor
from tutor.judge.answer import read_answer

PROBLEM = tutor.parse("d/dx [x^2]")


@pytest.mark.parametrize(("typed", "read"), [
    ("2x sin(x)", "2*x*sin(x)"), ("  -2x\t", "-(2*x)"), ("d/dx [x^2]", "d/dx [x^2]"), ("f'(x)", "f'(x)"),
    ("x^2/2 + C", "x^2/2 + C"), ("1/0", "1/0"), ("infinity", "infinity"),
    ("2x.", "2x"), ("y' = 2x . ", "2x"), ("1.5", "1.5"),
])
def test_one_value_is_an_answer(typed: str, read: str) -> None:
    assert read_answer(typed, PROBLEM).expression is tutor.parse(read)


@pytest.mark.parametrize("left", ["y =", "y' =", "f'(x) =", "dy/dx =", "d/dx [x^2] =", "df/dx =", "=", "m =",
                                  "w_new ="])
def test_a_left_side_that_only_names_what_is_asked(left: str) -> None:
    assert read_answer(f"{left} 2x", PROBLEM).expression is tutor.parse("2x")


def test_positions_count_from_the_left_side_too() -> None:
    with pytest.raises(tutor.TutorError) as caught:
        read_answer("y' = In(x)", PROBLEM)
    assert caught.value.position == (5, 7)


@pytest.mark.parametrize(("typed", "read"), [
    ("3x^2 f + x^3 f'", "3x^2 f(2x) + x^3 f'(2x)"), ("f''", "f''(2x)"), ("f'(x)", "f'(x)"), ("g", "g"),
])
def test_an_unknown_function_may_stand_without_its_argument(typed: str, read: str) -> None:
    assert read_answer(typed, tutor.parse("d/dx [x^3*f(2x)]")).expression is tutor.parse(read)


def test_notes_say_how_it_was_read() -> None:
    assert "read as" in read_answer("1/2x", PROBLEM).notes[0].message.lower()


@pytest.mark.parametrize(("typed", "message"), [
    ("", "There is no answer."), (" \t\n", "There is no answer."),
    ("2y = 4x", "not an equation"), ("2x = x + x = 2x", "not an equation"), ("=", "not an equation"),
    ("y =", "not an equation"), ("x < 2", "not an equation"),
    ("2x; 3x", "without a semicolon"), ("f(x) = x^2; f'(x)", "without a semicolon"), (";;", "missing"),
    ("...", "belongs to the notation of rules"), ("1 + 2 + ...", "belongs to the notation of rules"),
    ("y'", "y' is not known here"), ("In(x)", "Did you mean ln"), ("sin", "needs something to act on"),
    ("f()", "nothing between these brackets"), ("x\x1b[2J", "U+001B"), ("x\x00", "U+0000"), ("\ud800", "U+D800"),
    ("(" * 10_000, "never closed"), ("1" * 40_000, "too long"), ("x" * 40_000, "cannot be read"),
    ("x" * 50_001, "an answer can have at most 50,000"),
])
def test_anything_else_is_refused_in_words(typed: str, message: str) -> None:
    with pytest.raises(tutor.TutorError) as caught:
        read_answer(typed, PROBLEM)
    assert message in str(caught.value)
    start, end = caught.value.position or (0, 0)
    assert 0 <= start <= end <= len(typed) + 1


def test_a_letter_of_the_problem_is_no_function() -> None:
    assert read_answer("h(x + 1)", tutor.parse("(x + h)^2 - x^2")).expression is tutor.parse("h*(x + 1)")
    assert read_answer("h(x + 1)", PROBLEM).expression.head == "application"
