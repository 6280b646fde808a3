"""What is too large is refused at once and in words; what is only large is read, without recursion."""

from __future__ import annotations

import tracemalloc

import pytest

from tutor.errors import TutorError
from tutor.expression.parse import parse, read_back
from tutor.expression.tokens import tokenize
from tutor.expression.write import PRETTY, write

REFUSED = {
    "ten million characters": ("x" * 10_000_000, "1,000,000 characters"),
    "a hundred thousand brackets": ("(" * 100_000, "20,000 brackets"),
    "closed ones too": ("(" * 100_000 + "x" + ")" * 100_000, "20,000 brackets"),
    "bars": ("|" * 500_000, "20,000 brackets"),
    "bracketless arguments": ("sin " * 100_000 + "x", "20,000 brackets"),
    "derivatives": ("d/dx " * 100_000 + "x", "20,000 brackets"),
    "logarithms": ("log_(" * 150_000, "20,000 brackets"),
    "limits of integrals": ("int_(" * 100_000, "20,000 brackets"),
    "a long exponent of a number": ("1e9999999", "too long"),
    "a long number": ("1" * 900_000, "too long"),
    "a long small number": ("x" + "²" * 900_000, "cannot be read"),
    "letters": ("x" * 900_000, "900,000 letters"),
    "primes": ("f" + "'" * 900_000, "20 primes"),
    "powers of powers of functions": ("sin^" * 200_000, "The exponent of sin"),
    "NUL": ("\0" * 100_000, "U+0000"),
    "escape codes": ("\x1b[31mx", "U+001B"),
    "a lone surrogate": ("\ud800", "U+D800"),
    "nothing": ("", "nothing to read"),
    "only spaces": (" " * 900_000, "nothing to read"),
    "many d": ("d " * 50_000 + "/", "is missing after"),
    "a d and many spaces": ("d^" + " " * 900_000 + "n /", "is missing after"),
    "sums": ("sum_i " * 100_000 + "x", "20,000 brackets"),
    "some thousand sums": ("sum_i " * 10_000 + "x_i", "more than 500 sums"),
    "sums below sums": ("sum_{" * 100_000, "from one whole number"),
    "sums above sums": ("sum_i^(" * 100_000, "from one whole number"),
    "a long bound": ("sum_{i=" + "1+" * 100_000 + "1}^n i", "from one whole number"),
    "many commas": ("max(" + "x," * 100_000 + "x)", "at most 1,000 arguments"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refused(case: str) -> None:
    text, words = REFUSED[case]
    with pytest.raises(TutorError) as caught:
        parse(text)
    assert words in str(caught.value)
    assert caught.value.position is not None
    assert len(caught.value.problems) <= 10
    assert all(len(problem.message) < 200 and problem.message.isprintable() for problem in caught.value.problems)


@pytest.mark.parametrize("case", [
    "ten million characters", "a hundred thousand brackets", "bars", "a long number", "letters", "NUL",
    "a d and many spaces", "sums above sums", "some thousand sums",
])
def test_what_is_refused_takes_little_memory(case: str) -> None:
    """One of each kind: watching all that is allocated takes several times as long as reading it."""
    tracemalloc.start()
    try:
        with pytest.raises(TutorError):
            parse(REFUSED[case][0])
        used = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert used < 150_000_000


READ = {
    "brackets": "(" * 20_000 + "x" + ")" * 20_000,
    "functions": "sin(" * 19_999 + "x" + ")" * 19_999,
    "bracketless functions": "sin " * 20_000 + "x",
    "minus signs": "-" * 50_000 + "x",
    "powers": "x^" * 20_000 + "x",
    "negative powers": "x^-" * 20_000 + "x",
    "divisions": "x/" * 20_000 + "x",
    "derivatives": "d/dx " * 19_999 + "x",
    "integrals": "int " * 9_000 + "x" + " dx" * 9_000,
    "limits": "int_(" * 5_000 + "0" + ")^1 x dx" * 5_000,
    "bases": "log_(" * 9_000 + "2" + ")(x)" * 9_000,
    "values": "x" + " at (x = 1)" * 20_000,
    "sums of sums": "(1 + " * 19_999 + "x" + ")" * 19_999,
    "statements": "x;" * 20_000 + "x",
    "a tower that nobody computes": "9^9^9^9",
    "a division by zero": "1/0",
}


@pytest.mark.parametrize("case", READ)
def test_read_and_written(case: str) -> None:
    root = parse(READ[case])
    assert read_back(write(root)) is root
    assert write(root, PRETTY)


def test_a_long_sum_has_as_many_terms_as_were_typed() -> None:
    root = parse(" + ".join(f"{index}*x" for index in range(64_000)))
    assert root.head == "sum"
    assert len(root.args) == 64_000
    assert parse(write(root)) is root


@pytest.mark.parametrize("piece", [
    "1/2x + ", "e^2x + ", "sin x y + ", "|x|2 + ", "d x + ", "f (x) + ", "log x + ", "x₁² + ",
])
def test_the_work_grows_with_the_text(piece: str) -> None:
    """Tokens, and notes, which are said once however often they apply."""
    short, long = (tokenize(piece * count + "1") for count in (100, 1000))
    assert len(long.tokens) - 1 == 10 * (len(short.tokens) - 1)
    assert len(long.notes) == len(short.notes)
