"""Kinks and ends of domains are found, inside each other too, and every piece gets its samples."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.expression.parse import parse
from tutor.oracle import pieces
from tutor.oracle.pieces import (
    MOST_SITES,
    Arguments,
    Line,
    TooManyPlaces,
    breaks,
    cut,
    kinks,
    places_between,
    scales,
    sites_of,
)
from tutor.oracle.points import Point


def line_of(text: str, arguments: Arguments = kinks) -> Line:
    return cut([site.argument for site in sites_of([parse(text)], arguments)], "x", {})


@pytest.mark.parametrize(("text", "places"), [
    ("|x - 7|", [7]), ("|3x - 2|", [Fraction(2, 3)]), ("relu(-2x - 9)", [Fraction(-9, 2)]), ("max(x^2, 25)", [-5, 5]),
    ("max(-20, min(x, 20))", [-20, 20]), ("min(x, 3, 8 - x)", [3, 4, 5]),
    ("abs(2*abs(x) - 1)", [Fraction(-1, 2), 0, Fraction(1, 2)]),
    ("relu(relu(x) - 1)", [0, 1]), ("step(1/(x - 2))", [2]), ("cbrt(x + 6)", [-6]), ("x^(2/3)", [0]), ("|x^2 + 1|", []),
    ("d/dx |x - 4|", [4]), ("d/du [relu(u)] at (u = 2x + 1)", [Fraction(-1, 2)]), ("int_0^x |t - 3| dt", [3]),
    ("sin(|x - 1|)", [1]), ("|(x - 1)(x - 2)^2(x - 3)|", [1, 2, 3]), ("x^2", []), ("sqrt(x)", []), ("x^(1/2)", []),
    ("sqrt((x - 6)^2)", [6]),
])  # fmt: skip
def test_finds_every_kink_exactly(text: str, places: list[Fraction]) -> None:
    line = line_of(text)
    assert line.complete
    assert [each.lower for each in line.breaks] == [each.upper for each in line.breaks] == places


@pytest.mark.parametrize(("text", "places"), [
    ("1/(x - 3)", [3]), ("ln(x + 2)", [-2]), ("sqrt(9 - x^2)", [-3, 3]), ("asin(x/5)", [-5, 5]), ("acosh(x/2)", [2]),
    ("(x - 4)^(-2)", [4]), ("asec(x)", [-1, 0, 1]),
    ("coth(x)", [0]), ("acot(x - 1)", [1]), ("log(x, 2)", [0]), ("atanh(x - 1)", [0, 2]), ("x^pi", [0]),
])  # fmt: skip
def test_finds_poles_and_ends_of_domains(text: str, places: list[int]) -> None:
    line = line_of(text, breaks)
    assert [each.lower for each in line.breaks] == places
    assert line.complete


@given(st.lists(st.fractions(min_value=-99, max_value=99, max_denominator=9), min_size=1, max_size=6, unique=True))
def test_every_piece_has_samples(places: list[Fraction]) -> None:
    line = cut([parse(f"x - ({place.numerator})/({place.denominator})") for place in places], "x", {})
    ends = sorted(places)
    for lower, upper in zip([ends[0] - 10**9, *ends], [*ends, ends[-1] + 10**9], strict=True):
        assert sum(len(piece) >= 2 and all(lower < sample < upper for sample in piece) for piece in line.pieces) == 1


def test_a_number_that_is_no_fraction_has_its_place() -> None:
    (place,) = line_of("|x - sqrt(2)|").breaks
    assert abs(place.lower**2 - 2) < Fraction(1, 10**60)
    assert len(line_of("|x - sqrt(2)| + |x^2 - 2|").breaks) == 2  # sqrt(2) is one place, however it is written


@pytest.mark.parametrize(("text", "places"), [
    ("cbrt(cbrt(x - 3))", [3]),
    ("((2x + 1)^(2/5)/sqrt(x))^(1/3)", [Fraction(-1, 2), 0]),
    ("|ln(x - 4)|", [4, 5]),  # it begins to have a value at 4, and changes its sign at 5
    ("|tanh(x^3 - 8)*e^(x - 1)|", [2]),
    ("cbrt(e^x)", []),
    ("|asin(1000x)|", [Fraction(-1, 1000), 0, Fraction(1, 1000)]), ("|acosh(x - 1)|", [2]), ("|coth(x - 2)|", [2]),
])
def test_a_function_is_zero_where_its_argument_is(text: str, places: list[Fraction]) -> None:
    line = line_of(text)
    assert line.complete
    assert [each.lower for each in line.breaks] == places


@pytest.mark.parametrize("text", ["|asin(1000x) - 1|", "|atanh(x) - 1/2|", "cbrt(e^x - 2x)"])
def test_what_begins_and_ends_elsewhere_is_searched_for(text: str) -> None:
    assert not line_of(text).complete


def test_what_is_searched_for_may_be_incomplete() -> None:
    line = line_of("relu(sin(x))")
    assert not line.complete
    assert {round(float(each.lower), 6) for each in line.breaks} >= {0, 3.141593, -3.141593}


def test_several_letters_are_looked_at_along_lines() -> None:
    left, right = parse("d/dw relu(w*x + b)"), parse("x*step(w*x + b)")
    between = places_between(left, right, kinks, [Point(index, real=True) for index in range(3)])
    assert not between.complete
    moved = {letter for place in between.places for letter in "bwx" if isinstance(place.number_of(letter), Fraction)}
    assert moved == {*"bwx"}


def test_too_many_places_are_refused() -> None:
    with pytest.raises(TooManyPlaces):
        sites_of([parse("+".join(f"|x - {place}|" for place in range(MOST_SITES + 1)))], kinks)
    with pytest.raises(TooManyPlaces):
        kinks(parse("max(" + ", ".join(f"{place}*x" for place in range(MOST_SITES)) + ")"))


def test_kinks_inside_each_other_share_what_they_are_made_of() -> None:
    nested = line_of("abs(x - " * 20 + "x^2" + ")" * 20)
    alone = line_of("abs(x - " * 10 + "x^2" + ")" * 10)
    assert nested.complete
    assert nested.work < 10 * alone.work


def test_the_work_on_a_line_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = line_of("|x^2 - 2| + |x^2 - 3| + |x^2 - 5|")
    monkeypatch.setattr(pieces, "MOST_WORK_ON_A_LINE", whole.work // 2)
    cut_short = line_of("|x^2 - 2| + |x^2 - 3| + |x^2 - 5|")
    assert whole.complete
    assert not cut_short.complete
    assert 0 < len(cut_short.breaks) < len(whole.breaks)


def test_scales_follow_the_numbers() -> None:
    assert 3000 in scales([parse("sin(x/3000)")])
    assert any(abs(each - 1e-12) < 1e-20 for each in scales([parse("tanh(10^12*x)")]))
    assert scales([parse("2x + 3")]) == []
