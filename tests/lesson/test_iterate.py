"""Steps of gradient descent as a table: points one after the other, and mistakes in them."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.lesson.lessons import exercise
from tests.lesson.worksheets import judged
from tutor.derivation.descent import Descent
from tutor.derivation.descent_problem import read_loss
from tutor.errors import TutorError
from tutor.lesson.hints import hints
from tutor.lesson.judging import judge
from tutor.lesson.worksheet import Worksheet

ONE = {"ask": "iterate", "given": "(w - 5)^2", "from": "w = 4", "rate": "0.25", "steps": "2"}
TWO = {"ask": "iterate", "given": "(x - 2y)^2 + y^2", "from": "x = 1, y = 1", "rate": "0.1", "steps": "2"}
KEPT = {"ask": "iterate", "given": "(w - 5)^2", "from": "w = 0", "rate": "0.1", "steps": "3", "momentum": "0.5"}


def sheet_of(item: dict[str, Any]) -> Worksheet:
    found = exercise(item).sheet
    assert found is not None
    return found


ANSWERS = [
    # item, what is typed; outcomes; the misconceptions of the last one
    (ONE, "4.5; 4.75", "right right", ()),
    (ONE, "4.5, 4.75", "right right", ()),
    (ONE, "w_0 - 0.25*2*(w_0 - 5); w_2 = 19/4", "right right", ()),
    (ONE, "3.5", "wrong", ("ascent_sign",)),
    (ONE, "3.5; 4.25", "wrong followed", ()),
    (ONE, "6", "wrong", ("step_without_rate",)),
    (ONE, "0.5", "wrong", ("change_for_the_point",)),
    (ONE, "3.75", "wrong", ("value_for_the_slope",)),
    (ONE | {"from": "w = 2"}, "3.25", "wrong", ("difference_for_the_slope",)),
    (ONE, "4.25", "wrong", ("power_lost_coefficient",)),
    (ONE, "4.5; 5.25", "right wrong", ("gradient_not_reset",)),
    (ONE, "100", "wrong", ()),
    (TWO, "(1.2, 0.4); (1.12, 0.48)", "right right", ()),
    (TWO, "x = 1.2, y = 0.4", "right", ()),
    (TWO, "y = 0.4, x = 1.2; 1.12, 0.48", "right right", ()),
    (TWO, "(1.2, 0.48)", "wrong", ("sequential_update",)),
    (TWO, "(0.8, 1.6)", "wrong", ("ascent_sign",)),
    (TWO, "(1.2, 0.5); (1.12, 0.48)", "wrong right", ()),
    (TWO, "(1.2, 0.5); (1.12, 0.48 )", "wrong right", ()),
    (KEPT, "1; 2.3; 3.49", "right right right", ()),
    (KEPT, "1; 1.8", "right wrong", ("momentum_dropped",)),
    (KEPT, "1; 1.3", "right wrong", ("momentum_sign",)),
    (KEPT, "-1", "wrong", ("uphill_with_momentum",)),
]


@pytest.mark.parametrize(("item", "typed", "outcomes", "misconceptions"), ANSWERS)
def test_what_is_found_of_points(item: dict[str, Any], typed: str, outcomes: str,
                                 misconceptions: tuple[str, ...]) -> None:
    found = judged(sheet_of(item), typed)
    assert [each.outcome for each in found] == outcomes.split()
    assert found[-1].misconceptions == misconceptions


@pytest.mark.parametrize(("item", "typed", "said"), [
    (TWO, "3", "A point with 2 numbers is asked for here, one for each of x, y: type it as (3, 3)."),
    (TWO, "x = 3, z = 4", "The coordinates are called x, y."), (TWO, "(1, 2, 3)", "A point with 2 numbers"),
    (ONE, "(1, 2)", "One value is asked for here"), (ONE, "w_1*2", "w_1 is not filled in yet"),
    (ONE, "w*2", "There is no w in this table."), (ONE, "w_3 = 2", "There is no cell w_3 in this table."),
])
def test_what_cannot_be_read(item: dict[str, Any], typed: str, said: str) -> None:
    with pytest.raises(TutorError) as caught:
        judged(sheet_of(item), typed)
    assert str(caught.value).startswith(said)


@pytest.mark.parametrize(("changed", "said"), [
    ({"steps": "7"}, "The number of steps is 7"), ({"steps": "x"}, "The number of steps, x, has to be a number."),
    ({"rate": "0"}, "The rate is 0, and it has to be more than 0."), ({"momentum": "1"}, "The momentum is 1"),
    ({"from": "b = 4"}, "This does not say where w starts."), ({"from": "w = 4, w = 5"}, "This says twice where w"),
    ({"from": "4"}, "4 does not say where a letter starts."), ({"from": "w = 4, q = 1"}, "There is no q in"),
    ({"from": "w = a"}, "w starts at a, which has to be a number."), ({"given": "ln(w)", "from": "w = -1"},
                                                               "The loss, ln(w), has no value at w = -1"),
    ({"given": "(w_1 - 5)^2", "from": "w_1 = 4"}, "w_1 has an index already"),
])
def test_a_table_that_cannot_be_made(changed: dict[str, str], said: str) -> None:
    with pytest.raises(TutorError) as caught:
        exercise(ONE | changed)
    assert said in str(caught.value)


def test_the_question_and_its_hints() -> None:
    made = exercise(KEPT)
    assert made.prompt.written() == ("Follow gradient descent on (w - 5)^2 from w = 0, with the rate 0.1 and the "
                                     "momentum 0.5. Give the point after each of 3 steps:")
    first, second, third = hints(exercise(ONE))
    assert first.written() == "Begin with the slope at the old point: d/dw [(w - 5)^2] = 2*w - 10."
    assert second.written() == "One step against the slope: new = old - rate*slope."
    assert third.written() == "w_1 = w_0 - 0.25*(2*w_0 - 10)"
    assert exercise(ONE | {"steps": "1"}).prompt.written().endswith("Give the point after one step:")


def test_numbers_may_be_drawn() -> None:
    item = {"ask": "iterate", "given": "(w - b)^2", "from": "w = p", "rate": "r", "steps": "1",
            "vary": {"b": ["2", "5"], "p": ["0", "4"], "r": ["0.1", "0.25"]}}
    prompts = {exercise(item, seed).prompt.written() for seed in range(8)}
    assert len(prompts) == 8
    assert all(judge(exercise(item, seed), "w_0 - r").outcome == "unreadable" for seed in range(2))


@settings(max_examples=20, deadline=None)
@given(st.sampled_from(["(w - 3)^2", "w^2/4 + w", "(w + 1)^2 - w"]), st.integers(-4, 4),
       st.sampled_from(["0.1", "0.5"]), st.sampled_from(["", "0.5"]))
def test_the_points_are_those_of_descent(loss: str, start: int, rate: str, momentum: str) -> None:
    item = {"ask": "iterate", "given": loss, "from": f"w = {start}", "rate": rate, "steps": "4", "momentum": momentum}
    sheet = sheet_of(item)
    descent = Descent(read_loss(loss), (Fraction(start),), Fraction(rate), 4, Fraction(momentum or 0))
    descent.advance(4)
    assert [sheet.right[cell.key] for cell in sheet.cells] == [row.point for row in descent.rows[1:]]


@pytest.mark.parametrize(("item", "said"), [
    (ONE | {"text": "Take two steps."}, "Take two steps. The loss is (w - 5)^2 and the rate is 0.25."),
    (KEPT | {"text": "Take three steps."},
     "Take three steps. The loss is (w - 5)^2, the rate is 0.1 and the momentum is 0.5."),
    (KEPT | {"text": "Take steps on $(w - 5)^2$."},
     "Take steps on (w - 5)^2. The rate is 0.1 and the momentum is 0.5."),
    (ONE | {"text": "The rate is $0.25$ and the loss $(w - 5)^2$."}, "The rate is 0.25 and the loss (w - 5)^2."),
])
def test_a_question_says_the_loss_and_the_rate(item: dict[str, Any], said: str) -> None:
    assert exercise(item).prompt.written() == said
