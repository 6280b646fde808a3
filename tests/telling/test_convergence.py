"""What is proved of gradient descent on a quadratic loss."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.telling.descents import run
from tutor.telling.convergence import rounded, short_theorem, theorem
from tutor.telling.descent import Run


def said(told: Run) -> str:
    sentences = theorem(told.loss, told.descent, told.rate, told.momentum, told.known)
    return " ".join(sentence.written() for sentence in sentences)


@pytest.mark.parametrize(("rate", "factor", "what"), [
    ("0.1", "0.8", "each step comes closer, on the same side"), ("0.5", "0", "the first step lands on it"),
    ("0.9", "-0.8", "each step lands on the other side, closer"),
    ("1", "-1", "each step lands on the other side, just as far away, so it jumps between two points for ever"),
    ("1.1", "-1.2", "each step lands on the other side, further away"),
    ("sqrt(2)/2", "-0.4142", "each step lands on the other side, closer"),
])
def test_one_letter(rate: str, factor: str, what: str) -> None:
    assert said(run("(x-3)^2", "0", rate)) == (
        f"The slope is 2*x - 6, so every step multiplies the distance to 3 by 1 − rate·2 = {factor}: {what}. "
        "Rates below 1 come closer.")


@pytest.mark.parametrize(("loss", "start", "sentence"), [
    ("(x-3)^2", "3", "The slope is 0 at the start, so nothing moves."),
    ("x^4 - 2x^2", "1", "The slope is 0 at the start, so nothing moves."),
    ("2x + 1", "0", "changes x by -0.2, for ever: the slope is the same everywhere."),
    ("4 - x^2", "1", "the distance to 0 by 1 − rate·(-2) = 1.2: it moves away. There the loss is highest, not lowest, "
                     "and no rate comes closer."),
    ("x^2 - sqrt(2)*x", "1", "the distance to the lowest point by 1 − rate·2 = 0.8: each step comes closer"),
    ("x^2 + 10y^2", "x=1,y=1",
     "For x, every step multiplies the distance of x to 0 by 1 − rate·2 = 0.8: each step comes closer, on the same "
     "side. For y, every step multiplies the distance of y to 0 by 1 − rate·20 = -1: each step lands on the other "
     "side, just as far away, so it jumps between two points for ever. Rates below 0.1 converge."),
    ("x^2 + 10y^2", "x=1,y=0", "y stays where it starts, because its slope is 0 there. Rates below 0.1 converge."),
    ("x^2 + x*y + y^2", "x=1,y=2",
     "has the eigenvalues 1 and 3, so every step multiplies the distance to (0, 0), along their directions, by "
     "1 − rate·1 = 0.9 and 1 − rate·3 = 0.7. All of these are between −1 and 1, so it converges. Rates below 2/3 "
     "converge."),
    ("x*y", "x=1,y=2", "An eigenvalue is negative: in its direction the loss falls without end"),
    ("(x + y)^2", "x=1,y=2", "where the factor is 1 the loss is flat and nothing changes. Rates below 0.5 converge."),
    ("(x + y)^2 + x", "x=1,y=2", "There is no point where all slopes are 0, so it never comes to rest."),
    ("30x^2 + x*y + 30y^2", "x=1,y=2", "A factor is below −1, so it grows, unless it starts without a part in that "
                                       "direction. Rates below 2/61 converge."),
    ("a^2 + 2b^2 + 3c^2 + 4f^2 + 5g^2 + a*b", "a=1,b=1,c=1,f=1,g=1",
     "has 5 different eigenvalues, from 1.586 to 10, so every step multiplies the distance to the point where all "
     "slopes are 0, along their directions, by numbers from 1 − rate·1.586 = 0.8414 to 1 − rate·10 = 0. All of these "
     "are"),
    ("x^2 + x*y", "x=1,y=2", "eigenvalues -0.4142 and 2.414"),
    ("x^2 + x*y + y^2/2", "x=1,y=2", "Rates below 2/2.618, about 0.7639, converge."),
])
def test_sentences(loss: str, start: str, sentence: str) -> None:
    assert sentence in said(run(loss, start, "0.1"))


def test_a_rate_at_its_limit() -> None:
    assert "With the factor −1 it ends up jumping between two points" in said(run("x^2+x*y+y^2", "x=1,y=2", "2/3"))


@pytest.mark.parametrize("loss", ["x^4", "|x|", "sqrt(2)*x^2", "x^3/x"])
def test_nothing_is_proved_of_others(loss: str) -> None:
    told = run(loss, "1", "0.3")
    assert said(told) == ""
    assert short_theorem(told.descent, told.rate, told.momentum, told.known) is None


@pytest.mark.parametrize(("rate", "end"), [
    ("0.1", "This rate is one of them."), ("2", "from nearly every start it does not converge."), ("sqrt(2)", "2.")])
def test_momentum(rate: str, end: str) -> None:
    told = said(run("(x-3)^2", "0", rate, momentum="0.9"))
    assert told.startswith("The loss is quadratic, so with this momentum rates below 1.9 converge: that is "
                           "2·(1 + momentum)/2.")
    assert told.endswith(end)
    assert said(run("x*y", "x=1,y=2", rate, momentum="0.9")) == ""


RATES = st.fractions("1/20", 2, max_denominator=20)


@given(st.integers(1, 4), RATES, st.sampled_from(["0", "1/2", "9/10"]))
def test_what_is_proved_is_what_happens(a: int, rate: object, momentum: str) -> None:
    told = run(f"{a}*(x - 2)^2", "5", str(rate), 500, momentum)
    far = told.descent.ending is not None or abs(float(told.descent.rows[-1].point[0]) - 2) > 3.1
    close = told.descent.ending is None and abs(float(told.descent.rows[-1].point[0]) - 2) < 1e-3
    sentence = said(told)
    if "further away" in sentence or "does not converge" in sentence:
        assert not close
    elif "for ever" not in sentence:
        assert not far


@pytest.mark.parametrize(("value", "text"), [
    (2 / 3, "0.6667"), (-2.5e8, "-2.5*10^8"), (1.5e300, "1.5*10^300"), (81903.7, "81904"), (-1e-9, "-1*10^-9"),
    (0.0, "0"),
])
def test_rounded(value: float, text: str) -> None:
    assert str(rounded(value)) == text
