"""The parts of a plane between straight lines."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tutor.expression.parse import parse
from tutor.oracle.cells import cells, linear_form
from tutor.oracle.points import Point
from tutor.oracle.verdict import Oracle


@pytest.mark.parametrize(("arguments", "parts"), [
    (["a", "b"], 4), (["a", "b", "b - a"], 6), (["a - 1", "b", "a + b"], 7), (["a", "a - 1", "b"], 6),
    (["2*a - b", "b/2 + 3"], 4), (["a*b"], 4), (["a - b", "a - b + 1"], 3), (["b - 2*a", "b - 2*a"], 2),
    (["a", "b", "a - b", "a + b - 2"], 10),
])
def test_there_is_a_point_in_every_part(arguments: list[str], parts: int) -> None:
    found = cells([parse(text) for text in arguments], Point(0, True))
    assert found is not None
    forms = [linear_form(parse(text)) for text in arguments if "*b" not in text or text.startswith("2")]
    signs = set()
    for point in found:
        numbers = {letter: Fraction(point.number_of(letter).real) for letter in "ab"} | {"": Fraction(1)}
        values = [sum([value * numbers[letter] for letter, value in form.items()], Fraction(0))
                  for form in forms if form is not None]
        if arguments == ["a*b"]:
            values = [numbers["a"], numbers["b"]]
        assert 0 not in values
        signs.add(tuple(value > 0 for value in values))
    assert len(signs) == parts


@pytest.mark.parametrize("arguments", [
    ["a*b - 1"], ["a", "b", "c"], ["a"], ["a^2 - b"], ["sin(a)", "b"], ["a", "b/a + 1"],
    [f"a - {k}*b - {k}" for k in range(1, 8)],
])
def test_what_is_no_plane_cut_by_straight_lines(arguments: list[str]) -> None:
    assert cells([parse(text) for text in arguments], Point(0, True)) is None


@pytest.mark.parametrize(("left", "right", "outcome"), [
    ("int_a^b abs(x) dx", "b*abs(b)/2 - a*abs(a)/2", "checked"),
    ("int_0^b abs(x - a) dx", "(b - a)*abs(b - a)/2 + a*abs(a)/2", "checked"),
    ("int_a^b abs(x) dx", "b^2/2 - a^2/2", "refuted"),
    ("int_a^b relu(x) dx", "relu(b)^2/2 - relu(a)^2/2", "checked"),
    ("int_a^b relu(x) dx", "relu(b)^2/2 - relu(a)^2/2 + relu(relu(a) - relu(b) - 7)", "refuted"),
])
def test_integrals_with_kinks_between_two_letters(left: str, right: str, outcome: str) -> None:
    assert Oracle().compare(parse(left), parse(right)).outcome == outcome
