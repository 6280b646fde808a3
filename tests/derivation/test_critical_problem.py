"""What is typed to find critical points."""

from __future__ import annotations

import pytest

from tutor.derivation.critical_problem import read_critical
from tutor.derivation.phrases import critical_asked
from tutor.errors import TutorError


@pytest.mark.parametrize(("text", "function", "letters", "parameters"), [
    ("x^3 - 3x", "x^3 - 3*x", ("x",), ()),
    ("f(x) = x^2 - 1", "x^2 - 1", ("x",), ()),
    ("g(u) = u^2; g(x - 3)", "(x - 3)^2", ("x",), ()),
    ("(w - a)^2 + k*w^2 by w", "(w - a)^2 + k*w^2", ("w",), ("a", "k")),
    ("x^2 + c*y^2 by x, y", "x^2 + c*y^2", ("x", "y"), ("c",)),
    ("x^2 + c*y^2 by x and y", "x^2 + c*y^2", ("x", "y"), ("c",)),
    ("y^2 + x^2", "y^2 + x^2", ("y", "x"), ()),
])
def test_function_and_letters(text: str, function: str, letters: tuple[str, ...], parameters: tuple[str, ...]) -> None:
    found = read_critical(text)
    assert (str(found.function), found.letters, found.parameters) == (function, letters, parameters)


@pytest.mark.parametrize(("text", "ends", "belong"), [
    ("x^2 on [0, 2]", ("0", "2"), (True, True)), ("x^2 on (0, 2]", ("0", "2"), (False, True)),
    ("x^2 in [-pi, ln(2))", ("-pi", "ln(2)"), (True, False)),
    ("x^2 on [0, infinity)", ("0", "infinity"), (True, False)), ("x^2 by x on [0, 2]", ("0", "2"), (True, True)),
    ("x^2 on [0, 2] by x", ("0", "2"), (True, True)), ("x^2", ("-infinity", "infinity"), (False, False)),
    ("x^2 over the interval [1, max(2, 3)]", ("1", "max(2, 3)"), (True, True))])
def test_interval(text: str, ends: tuple[str, str], belong: tuple[bool, bool]) -> None:
    found = read_critical(text).interval
    assert (str(found.lower), str(found.upper)) == ends
    assert (found.has_lower, found.has_upper) == belong


def test_that_all_letters_vary_is_said() -> None:
    assert read_critical("x*y").note.startswith("All letters vary here: x, y.")
    assert not read_critical("x*y", "x").note
    assert not read_critical("x").note


@pytest.mark.parametrize(("text", "function"), [
    ("minima of x^3-3x", "x^3-3x"), ("critical points of x^2 + y^2", "x^2 + y^2"),
    ("maximum of x^2 on [0,2]", "x^2 on [0,2]"),
    ("Find all local maxima and minima of f(x) = x^3 - 3x", "f(x) = x^3 - 3x"),
    ("what are the critical points of x^2?", "x^2"), ("where is the minimum of (x-3)^2", "(x-3)^2"),
    ("find the minimum value of x^2", "x^2"), ("turning points of the curve y = x^2", "y = x^2"),
    ("saddle points for x*y", "x*y"), ("stationary points: x^2", "x^2")])
def test_asked_in_words(text: str, function: str) -> None:
    found = critical_asked(text)
    assert found is not None
    assert found.strip() == function
    assert text.startswith(function, len(found) - len(found.lstrip()))  # places stay those of the text


@pytest.mark.parametrize("text", ["max(x, 1)", "min(x, 2)*x", "d/dx x^2", "minimum", "derivative of max(x, 1)",
                                  "minima of", "x^2", "", "find " * 100, "the " * 120])
def test_not_asked(text: str) -> None:
    assert critical_asked(text) is None


@pytest.mark.parametrize(("text", "by", "indices"), [
    ("sum_i (w_i - y_i)^2", "w", {"w": ()}), ("sum_i (w_i - y_i)^2", "w_k", {"w": ("k",)}),
    ("sum_i (w_i - y_i)^2 by w_k", "", {"w": ("k",)}), ("sum_i sum_j W_{ij}^2", "W_{kl}", {"W": ("k", "l")}),
    ("sum_i sum_j W_{ij}^2", "W_{k,l}", {"W": ("k", "l")})])
def test_lists_may_vary(text: str, by: str, indices: dict[str, tuple[str, ...]]) -> None:
    found = read_critical(text, by)
    assert found.letters in (("w",), ("W",))
    assert found.indices == indices


@pytest.mark.parametrize(("text", "given"), [
    ("k*x^2 assuming k > 0", ["k > 0"]), ("k*x^2 with k > 0", ["k > 0"]), ("k*x^2 where k >= 0", ["k >= 0"]),
    ("k*x^2, k > 0", ["k > 0"]), ("k*x^2; k > 0", ["k > 0"]), ("k*x^2 assuming that 0 < k", ["k > 0"]),
    ("k*x^2, 0 < k < 1", ["k > 0", "k < 1"]), ("a*k*x^2 provided k ≥ 0 and a != 0", ["k >= 0", "a != 0"]),
    ("a*k*x^2, k > 0, a > 0", ["a > 0", "k > 0"]), ("a*k*x^2 by x given k > a", ["k > a"]),
    ("{x^2 if x < 1; 2*x - 1 otherwise}", []), ("f(x) = max(x, 1)", []), ("u = x^2; y = u + x", [])])
def test_conditions_behind_a_function(text: str, given: list[str]) -> None:
    assert sorted(map(str, read_critical(text, "x").given)) == sorted(given)


def test_what_conditions_say_of_signs() -> None:
    known = read_critical("k*x^2 + a*x - b, k > 3 and a < b", "x").known
    assert {str(of): sign for of, sign in known.items()} == {"k - 3": "+", "k": "+", "a - b": "-"}


@pytest.mark.parametrize(("text", "said"), [
    ("k*x^2, x > 0", "x varies here, so nothing can be assumed of it"),
    ("x^2 assuming x > 0", "x varies here, so nothing can be assumed of it. To look at some of its values only"),
    ("k*x^2 with 3 > 2", "There is no letter in 3 > 2"),
    ("k*x^2, k = 1", "put that into the function"), ("k*x^2, k > 0, k < 0", "cannot both be true"),
    ("k*x^2, z > 0", "There is no z in the function"), ("k*x^2 with k >", "Something is missing after >")])
def test_conditions_that_are_refused(text: str, said: str) -> None:
    with pytest.raises(TutorError) as refusal:
        read_critical(text, "x")
    assert said in str(refusal.value)


def test_a_condition_on_a_letter_that_may_be_a_constant_says_how_to_hold_it() -> None:
    with pytest.raises(TutorError) as refusal:
        read_critical("(x-a)^2 + c*abs(x) assuming c > 0")
    assert "If it is a constant, say which letters vary, as in --by x." in str(refusal.value)
    assert read_critical("(x-a)^2 + c*abs(x) assuming c > 0", "x").letters == ("x",)


@pytest.mark.parametrize("text", ["f(x, y) = x^2 + y^2", "minimum of x^2 + y^2", "minima of f(x, y) = x^2 + y^2"])
def test_what_stands_round_the_function_is_left_out(text: str) -> None:
    assert read_critical(text).function == read_critical("x^2 + y^2").function


def test_sizes_do_not_vary() -> None:
    assert read_critical("sum_i (w*x_i - y_i)^2").letters == ("w",)
    assert read_critical("sum_i (w*x_i + b - y_i)^2").letters == ("w", "b")
