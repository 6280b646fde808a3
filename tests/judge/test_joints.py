"""What is said of an answer in cases at the numbers at which its cases meet."""

from __future__ import annotations

import pytest

from tutor.judge.diagnose import diagnose

NONE, MORE = "There is no derivative", "There is a derivative"


@pytest.mark.parametrize(("problem", "answer", "said"), [
    ("d/dx {x^2 if x < 1; 3x - 2 otherwise}", "{2x if x < 1; 3 if x > 1}", []),
    ("d/dx {x^2 if x < 1; 3x - 2 otherwise}", "{2x if x < 1; 3 otherwise}", [(NONE, "x = 1")]),
    ("d/dx {x^2 if x < 1; 3x - 2 otherwise}", "{2x if x <= 1; 3 if x > 1}", [(NONE, "x = 1")]),
    ("d/dx {x^2 if x < 1; 2x - 1 otherwise}", "{2x if x < 1; 2 otherwise}", []),
    ("d/dx {x^2 if x < 1; 2x - 1 otherwise}", "{2x if x < 1; 2 if x > 1}", [(MORE, "x = 1")]),
    ("d/dx {x if x < 1; {x^2 if x < 2; 4x otherwise} otherwise}", "{1 if x < 1; 2x if x < 2; 4 if x > 2}",
     [(NONE, "x = 1")]),
    ("d/dz relu(z)", "{1 if z > 0; 0 otherwise}", [(NONE, "z = 0")]),
    ("d/dz relu(z)", "{1 if z > 0; 0 if z < 0}", []),
    ("d/dt huber(t)", "{t if |t| < 1; sign(t) if |t| > 1}", [(MORE, "t = -1"), (MORE, "t = 1")]),
])
def test_single_values_where_cases_meet_are_spoken_of(problem: str, answer: str, said: list[tuple[str, str]]) -> None:
    found = diagnose(problem, answer)
    assert found.outcome == "right"
    texts = [text.written() for text in found.texts[1:]]
    assert len(texts) == len(said)
    assert all(begins in text and place in text for text, (begins, place) in zip(texts, said, strict=True))
