"""SymPy's answer to an integral for which no steps were found, and what the oracle says of it."""

from __future__ import annotations

import subprocess
from typing import Any

import pytest

from tutor.derivation.without_steps import SIZE, answer_without_steps
from tutor.expression.parse import parse

FOUND = [
    # problem, what SymPy gives, what is said
    ("int 2*x dx", "answer x^2", "SymPy's answer, without steps: x^2 + C. The oracle has checked it: its derivative is "
                                 "the integrand."),
    ("int_0^1 2*x dx", "answer 1", "SymPy's answer, without steps: 1. The oracle has checked it: numbers give the same "
                                   "value."),
    ("int 2*x dx", "answer x^3", "SymPy has an answer, but the oracle refutes it, so it is not shown."),
    ("int_0^1 2*x dx", "answer 2", "SymPy has an answer, but the oracle refutes it, so it is not shown."),
    ("int e^(x^2) dx", "answer sqrt(pi)*erfi(x)/2",
     "SymPy's answer cannot be written in the notation of the tutor: sqrt(pi)*erfi(x)/2"),
    ("int x^x dx", "none SymPy has no answer either.", "SymPy has no answer either."),
    ("int x^x dx", "", "SymPy ended with an error."),
]


@pytest.mark.parametrize(("problem", "written", "said"), FOUND)
def test_an_answer_is_checked(problem: str, written: str, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def run(command: list[str], **_: Any) -> subprocess.CompletedProcess[str]:
        return subprocess.CompletedProcess(command, 0, written + "\n", "")

    monkeypatch.setattr(subprocess, "run", run)
    assert answer_without_steps(parse(problem)) == said


def test_sympy_is_stopped_after_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    def run(command: list[str], timeout: float, **_: Any) -> None:
        raise subprocess.TimeoutExpired(command, timeout)

    monkeypatch.setattr(subprocess, "run", run)
    assert answer_without_steps(parse("int x^x dx")).startswith("SymPy had no answer after ")


@pytest.mark.parametrize("problem", [
    f"int {' + '.join(f'x^{count}' for count in range(2, SIZE))} dx", "int_0^1 (int_0^x e^(t^2) dt) dx",
])
def test_large_and_nested_integrals_are_not_handed_over(problem: str) -> None:
    assert "to be handed to SymPy" in answer_without_steps(parse(problem))


def test_sympy_itself_is_asked() -> None:
    said = answer_without_steps(parse("int_0^1 3*x^2 + sigmoid(x) - e^x/(1 + e^x) - |x|/2 + cbrt(8)*ln(e) dx"))
    assert said == ("SymPy's answer, without steps: 11/4. The oracle has checked it: numbers give the same value.")
