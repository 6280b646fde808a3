"""Runs of gradient descent that several tests tell."""

from __future__ import annotations

from tutor.derivation.descent import Descent
from tutor.derivation.descent_problem import read_loss, read_momentum, read_rate, read_start
from tutor.derivation.quadratic_loss import quadratic
from tutor.telling.descent import Run


def run(loss: str, start: str, rate: str, steps: int = 10, momentum: str = "0") -> Run:
    """What `tutor descend` would tell of."""
    read, with_rate, with_momentum = read_loss(loss), read_rate(rate), read_momentum(momentum)
    descent = Descent(read, read_start(start, read), with_rate.number, steps, with_momentum.number)
    descent.advance(steps)
    return Run(read, descent, with_rate, with_momentum, quadratic(read))
