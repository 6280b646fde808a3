"""A graph at numbers: forward values and slopes, exact where they can be."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tutor.derivation.backward import slopes_of
from tutor.derivation.forward import AtNumbers, at_numbers, places_of
from tutor.errors import TutorError

# The worked network that many courses use: two inputs, two hidden and two output neurons, one bias per layer.
MAZUR = """p_1 = w_1*x_1 + w_2*x_2 + b_1; h_1 = sigmoid(p_1); p_2 = w_3*x_1 + w_4*x_2 + b_1; h_2 = sigmoid(p_2);
q_1 = w_5*h_1 + w_6*h_2 + b_2; o_1 = sigmoid(q_1); q_2 = w_7*h_1 + w_8*h_2 + b_2; o_2 = sigmoid(q_2);
L = 1/2*(t_1 - o_1)^2 + 1/2*(t_2 - o_2)^2; grad_{w_1,w_5,h_1} L"""
MAZUR_AT = """w_1 = 0.15, w_2 = 0.2, w_3 = 0.25, w_4 = 0.3, w_5 = 0.4, w_6 = 0.45, w_7 = 0.5, w_8 = 0.55, b_1 = 0.35,
b_2 = 0.6, x_1 = 0.05, x_2 = 0.1, t_1 = 0.01, t_2 = 0.99"""
NEURON = "s = w_0*x_0 + w_1*x_1 + w_2; f = 1/(1 + e^(-s))"


def found_at(lines: str, places: str) -> AtNumbers:
    return at_numbers(slopes_of(lines), places_of(places))


def test_a_network_of_two_layers() -> None:
    found = found_at(MAZUR, MAZUR_AT)
    assert found.forward["L"] == pytest.approx(0.298371109, abs=1e-9)
    assert [found.slopes[letter] for letter in ("w_5", "w_1", "h_1")] == pytest.approx(
        [0.082167041, 0.000438568, 0.036350306], abs=1e-9)
    assert all(found.confirmed.values())


def test_one_neuron() -> None:
    found = found_at(NEURON, "w_0 = 2, w_1 = -3, w_2 = -3, x_0 = -1, x_1 = -2")
    assert found.forward["f"] == pytest.approx(0.7311, abs=5e-5)
    assert [found.slopes[letter] for letter in ("w_0", "w_1", "w_2", "x_0", "x_1")] == pytest.approx(
        [-0.197, -0.393, 0.197, 0.393, -0.590], abs=5e-4)


def test_fractions_stay_exact() -> None:
    found = found_at("q = x + y; f = q*z/3", "x = -2, y = 5, z = -4")
    assert found.forward["f"] == Fraction(-4)
    assert isinstance(found.slopes["x"], Fraction)
    assert found.slopes == {"f": 1, "q": Fraction(-4, 3), "x": Fraction(-4, 3), "y": Fraction(-4, 3), "z": 1}


@pytest.mark.parametrize(("lines", "places", "message"), [
    ("z = w*x; L = z^2", "w = 1", "There is no number for x."),
    ("z = ln(x); L = z^2", "x = -1", "z = ln(x) has no value at these numbers"),
    ("z = 3*x + 1; L = relu(z)", "x = -1/3", "dL/dz = step(z) has no value at these numbers"),
    ("z = x; L = abs(z)*z", "x = y", "x = y is no number for a letter."),
    ("z = x; L = z^2", "x = 1, x = 2", "There are two numbers for x."),
    ("z = x; L = z^2", "x", "x is no number for a letter."),
])
def test_what_has_no_value_is_said(lines: str, places: str, message: str) -> None:
    with pytest.raises(TutorError) as error:
        found_at(lines, places)
    assert str(error.value).startswith(message)


def test_a_line_that_the_loss_does_not_use_names_no_part_of_it() -> None:
    """1/(x^2 + 1) has the square that stands on the line of d, but the way to L does not pass there."""
    found = found_at("z = 2*x; d = z*z; L = z/(z^2 + 1)", "x = 1")
    assert found.slopes["x"] == Fraction(-6, 25)


def test_a_slope_where_a_part_has_a_kink() -> None:
    """The slope of z*|z| is 2|z|, also at 0."""
    assert found_at("z = x; L = z*abs(z)", "x = 0").slopes["x"] == 0


@pytest.mark.parametrize("places", ["w = 1, x = 2", "w=1;x=2", "w=1 x=2", " w = 1,\n x = 2 ", "w=2/2, x=1+1"])
def test_numbers_may_stand_in_any_way(places: str) -> None:
    assert {letter: str(value) for letter, value in places_of(places).items()}.keys() == {"w", "x"}
    assert found_at("z = w*x; L = z^2", places).slopes["w"] == 8
