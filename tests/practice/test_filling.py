"""Practice with tables: what stands on the screen, what is kept of it, and what counts."""

from __future__ import annotations

from typing import Any

import pytest

from tests.lesson.lessons import lesson
from tests.practice.played import Played

NEURON = {"id": "neuron", "ask": "backprop", "given": "z = w*x + b; a = sigmoid(z); L = (a - y)^2",
          "at": {"w": "0.5", "x": "2", "b": "-0.3", "y": "1"}, "blank": ["a", "dL/da", "dL/dz", "dL/dw"],
          "within": "0.001"}
PATHS = {"id": "paths", "ask": "backprop", "given": "u = x^2; v = x*u; L = v + sin(u)",
         "blank": ["dL/dv", "dL/du", "dL/dx"]}
POINTS = {"id": "points", "ask": "iterate", "given": "(x - 2y)^2 + y^2", "from": "x = 1, y = 1", "rate": "0.1",
          "steps": "2"}
WRONG = {"id": "wrong", "ask": "which-cell-is-wrong", "given": "u = x^2; v = x*u; L = v + sin(u)", "at": {"x": "1.5"},
         "use": "only_one_path"}


def played(item: dict[str, Any], *typed: str | tuple[float, str], **how: Any) -> Played:
    return Played(typed, [lesson(item)], items=1, **how)


def screen(session: Played) -> str:
    """What stands on it from the question on, up to the summary."""
    text = session.text.split("back  quit  help\n\n", 1)[1]
    return text.partition("\n\n  1 exercise")[0]


def test_cells_are_filled_one_after_the_other() -> None:
    session = played(NEURON, "0.6682", "2*(a - y)", "-0.6636*0.2217", "-0.2943", width=60)
    assert screen(session) == """\
  Fill in the cells that are blank, one after the other:

     w = 0.5   x = 2   b = −0.3   y = 1
     z = w·x + b = 0.7
     a = σ(z) = ?
     L = (a − y)² ≈ 0.1101

     dL/dL = 1
     dL/da = ___
     dL/dz = ___
     dL/dw = ___

  a> 0.6682
  ✓ yes.
  dL/da> 2*(a - y)
  ✓ yes. Chain rule along one line: dL/da = ∂L/∂a.
  dL/dz> -0.6636*0.2217
  ✓ yes. Chain rule along one line: dL/dz = dL/da·∂a/∂z.
  dL/dw> -0.2943
  ✓ yes. Chain rule along one line: dL/dw = dL/dz·∂z/∂w."""
    assert session.outcomes == ["asked", "cell", "cell", "cell", "right"]
    assert session.grades == ["good"]
    assert "1 exercise: right at once." in session.text


def test_a_mistake_that_is_followed_on_is_one_mistake() -> None:
    session = played(NEURON, "0.7; -0.6", "-0.126", "-0.252", "", "0.6682", width=60)
    assert screen(session).split("dL/dw = ___\n\n", 1)[1] == """\
  a> 0.7; -0.6
  ✗ a: not yet. ? gives a hint.
  ✓ dL/da: yes. Right with your value of a.
  Correct it, or go on with dL/dz and come back to it later:
  what follows is judged with your value.
  a> -0.126
  ✓ dL/dz: yes. Right with your values of a and dL/da.
  a> -0.252
  ✓ dL/dw: yes. Right with your value of dL/dz.
  Left to correct: a.
  a> 

  Fill in the cells that are blank, one after the other:

     w = 0.5   x = 2   b = −0.3   y = 1
     z = w·x + b = 0.7
     a = σ(z) = 0.7  (not right yet)
     L = (a − y)² ≈ 0.1101

     dL/dL = 1
     dL/da = −0.6
     dL/dz = −0.126
     dL/dw = −0.252

  a> 0.6682
  ✓ yes.
  The cells that you worked out from it are now
  dL/da = −0.6636, dL/dz ≈ −0.1471, dL/dw ≈ −0.2943.
  The table is complete, after one mistake, in a."""
    assert session.outcomes == ["asked", "wrong", "cell", "cell", "cell", "right"]
    assert session.grades == ["good"], "the slopes were right; a line was only worked out wrongly"
    assert "1 exercise: right in the end." in session.text


def test_a_mistake_counts_for_the_rule_of_its_cell() -> None:
    session = played(PATHS, "1", "x + cos(u)", "2x*dL/du", "2x*dL/du + u", width=60)
    assert [(each.rule, each.form, each.outcome, each.grade) for each in session.log[1:]] == [
        ("along_one_line", "letters", "cell", "good"), ("along_every_path", "letters", "cell", ""),
        ("along_every_path", "letters", "wrong", "again"), ("along_every_path", "letters", "right", "")]
    assert session.log[3].misconceptions == ("only_one_path",)
    assert "Only the path through u was followed" in " ".join(session.text.split())


def test_hints_are_for_the_cell_that_is_asked_and_show_skip_and_why_work() -> None:
    session = played(NEURON, "0.6682", "?", "?", "?", "why", "show", width=60)
    assert screen(session).split("✓ yes.\n", 1)[1] == """\
  dL/da> ?
  hint 1  a stands on the line of L itself. Differentiate
          that line by a; every other name on it is a
          constant.
  dL/da> ?
  hint 2  Chain rule along one line: dL/da = ∂L/∂a
  dL/da> ?
  hint 3  dL/da = 2(a − y) = −0.6636
  dL/da> why
  Fill in the cells that are blank, one after the other:
  The lines are worked out from the top down. Then the slope
  of the loss by each name is worked out from the bottom up:
  multiply along a path, and add where paths meet.
  Each cell is a number, rounded or exact, or a formula in
  the names of the table. You can fill another cell by its
  name, as in dL/dw = ..., and several at once with
  semicolons between them. Enter alone shows the table
  again.
  dL/da> show

     w = 0.5   x = 2   b = −0.3   y = 1
     z = w·x + b = 0.7
     a = σ(z) ≈ 0.6682
     L = (a − y)² ≈ 0.1101

     dL/dL = 1
     dL/da ≈ −0.6636
     dL/dz ≈ −0.1471
     dL/dw ≈ −0.2943

  1  a = σ(z) ≈ 0.6682
  2  Chain rule along one line, chain rule, power rule:
     dL/da = ∂L/∂a = 2(a − y) ≈ −0.6636
  3  Chain rule along one line, derivative of the sigmoid:
     dL/dz = dL/da·∂a/∂z = dL/da·a·(1 − a) ≈ −0.1471
  4  Chain rule along one line: dL/dw = dL/dz·∂z/∂w
     = dL/dz·x ≈ −0.2943"""
    assert session.grades == ["again"]
    assert played(NEURON, "0.6682", "skip").outcomes == ["asked", "cell", "skipped"]


def test_points_are_typed_as_lists_or_with_the_names_of_their_letters() -> None:
    session = played(POINTS, "(1.2, 0.48)", "x = 1.2, y = 0.4", "(1.12, 0.48)", width=60)
    assert screen(session) == """\
  Follow gradient descent on (x − 2y)² + y² from x = 1 and
  y = 1, with the rate 0.1. Give the point after each of 2
  steps:

     x₀ = 1   y₀ = 1
     (x₁, y₁) = ?
     (x₂, y₂) = ___

  (x_1, y_1)> (1.2, 0.48)
  ✗ not yet. All slopes are taken at the old point. Put in
    the old value of every letter, and only then change them
    all.
  Correct it, or go on with (x_2, y_2) and come back to it
  later: what follows is judged with your value.
  (x_1, y_1)> x = 1.2, y = 0.4
  ✓ yes.
  (x_2, y_2)> (1.12, 0.48)
  ✓ yes.
  The table is complete, after one mistake, in (x_1, y_1)."""
    assert session.log[1].misconceptions == ("sequential_update",)


def test_a_wrong_cell_is_found_by_its_row_or_its_name() -> None:
    session = played(WRONG, "3", "99", "dL/dx", "7", "6", width=60)
    assert "One cell of this table is wrong" in session.text
    assert "     7  dL/dx" in session.text
    assert session.outcomes[-1] == "right"
    assert session.log[0].rule == "along_every_path"


@pytest.mark.parametrize(("typed", "said"), [
    ("q*3", "There is no q in this table."), ("dL/dq = 1", "There is no cell dL/dq"), ("2x +", "Something is missing"),
    ("shwo", "Did you mean show?"), ("1, 2, 3, 4, 5", "There are more values than cells that are blank."),
])
def test_what_cannot_be_read_counts_for_nothing(typed: str, said: str) -> None:
    session = played(NEURON, typed)
    assert said in " ".join(session.text.split())
    assert session.grades == []


def test_it_fits_sixty_and_eighty_columns_without_signs() -> None:
    for width in (60, 80):
        text = played(NEURON, "0.7", "?", "show", width=width, encoding="ascii").text
        assert all(len(row) <= width for row in text.split("\n"))
        text.encode("ascii")
