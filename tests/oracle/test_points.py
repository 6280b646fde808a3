"""The list of points: fixed, varied, and with something for every domain."""

import pytest

from tutor.oracle.points import COMPLEX_POINTS, REAL_POINTS, Point


def at(index: int, name: str) -> float:
    """The number of a name at a real point."""
    number = Point(index, True).number_of(name)
    assert isinstance(number, float)
    return number


NAMES = ["x", "y", "t", "a", "b", "n", "theta", "x1", "w_2"]


def test_points_are_fixed() -> None:
    assert Point(0, True).number_of("x") == -1.327
    assert [Point(3, True).number_of(each) for each in ("x", "y")] == [0.3617, 0.1847]


@pytest.mark.parametrize("each", NAMES)
def test_every_name_gets_both_signs_soon_and_all_sizes(each: str) -> None:
    first = [at(index, each) for index in range(6)]
    everywhere = [at(index, each) for index in range(REAL_POINTS)]
    assert min(first) < 0 < max(first)
    assert len(set(everywhere)) >= REAL_POINTS - 3
    assert all(0.002 < abs(number) < 13 for number in everywhere)
    assert sum(0 < number < 1 for number in everywhere) >= 10
    assert sum(number > 3 for number in everywhere) >= 5
    assert all(number != round(number, 1) for number in everywhere)


def test_names_vary_independently() -> None:
    columns = [[at(index, each) for each in NAMES] for index in range(REAL_POINTS)]
    assert sum(len(set(column)) == len(NAMES) for column in columns) >= REAL_POINTS - 6
    assert sum(all(number > 0 for number in column) for column in columns) >= 15
    signs = {tuple(number > 0 for number in column) for column in columns}
    assert len(signs) >= 15


def test_complex_points() -> None:
    for index in range(COMPLEX_POINTS):
        assert complex(Point(index, False).number_of("x")).imag != 0
