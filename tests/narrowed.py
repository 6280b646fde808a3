"""A value of one of several types, where a test knows of which: not_none(pick(lessons, ...)).exercise."""

from __future__ import annotations

from typing import TypeVar

Value = TypeVar("Value")


def not_none(value: Value | None) -> Value:
    """The value. Fails the test if there is none."""
    assert value is not None
    return value


def of_kind(kind: type[Value], value: object) -> Value:
    """The value, which is one of this class. Fails the test if it is another."""
    assert isinstance(value, kind)
    return value
