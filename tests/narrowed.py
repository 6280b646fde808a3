"""A value that may be missing, where a test knows that it is there: not_none(pick(lessons, ...)).exercise."""

from __future__ import annotations

from typing import TypeVar

Value = TypeVar("Value")


def not_none(value: Value | None) -> Value:
    """The value. Fails the test if there is none."""
    assert value is not None
    return value
