"""What is said, and what is done with whatever is typed, wherever a line is read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

import pytest

from tests.practice.course import CHAIN, NOW, POWERS
from tests.practice.played import Played
from tests.practice.test_session import ASKING, QUIET, SINE, known, new, one_item
from tutor.lesson.schema import Lesson
from tutor.practice.settings import Settings
from tutor.practice.store import Store, memory_only


@pytest.fixture
def store() -> Iterator[Store]:
    with memory_only() as store:
        for each in known():
            store.append(each)
        yield store


def played(typed: Sequence[str | tuple[float, str]], lessons: Sequence[Lesson] = (SINE,), store: Store | None = None,
           settings: Settings = QUIET, items: int | None = 1, **how: Any) -> Played:
    return Played(typed, lessons, store=store, settings=settings, items=items, at=NOW + timedelta(days=1), **how)


def tail(session: Played, after: str) -> str:
    """What stands on the screen after the first line with these words."""
    return session.text.split(after, 1)[1].split("\n", 1)[1]


TOLD = Lesson.model_validate({
    "format": "1", "id": "told", "title": "Told", "teaches": ["chain"], "text": "Outside and inside.",
    "examples": ["d/dx [cos(x^3)]"], "items": [{"id": "only", "given": "sin(x^2)"}]})

# -- where Enter is expected -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("typed", "said", "outcome"), [
    ("?", "hint 1  What is done to x last?", "hint"), ("hint", "hint 1", "hint"),
    ("why", "You are asked for the derivative of sin(x²)", "asked"), ("show", "│ 2x·cos(x²) │", "shown"),
    ("back", "This is the first exercise.", "asked"), ("lines", "Type one line at a time", "asked"),
    ("help", "straight to the exercise", None), ("quit", "You did not finish an exercise", None),
    ("skip", "sin(x²)", "asked"), ("", "sin(x²)", "asked"),
])
def test_every_command_is_done_while_a_lesson_is_read(typed: str, said: str, outcome: str | None) -> None:
    session = played([typed], [TOLD])
    assert said in tail(session, "Enter begins the exercise:")
    assert session.outcomes == [] if outcome is None else session.outcomes[-1] == outcome


def test_an_answer_typed_while_a_lesson_is_read_is_kept_for_the_exercise() -> None:
    session = played(["2x cos(x^2)", ""], [TOLD])
    assert """
  Told · item 1 of 1 · new today 0, due 0
  ? hint  why  show  lesson  lines  skip  back  quit  help

  Differentiate with respect to x:

      sin(x²)

  The solution begins like this. Finish it:
        d/dx [sin(x²)]
      = d/du [sin(u)]·d/dx [x²]   where u = x²
      = cos(u)·d/dx [x²]

  Your answer is kept: press Enter to send it.
  answer> 2x cos(x^2)
  ✓ yes. Chain rule: outer function sin(u), inner function x².
""" in session.text
    assert session.outcomes == ["asked", "right"]


def test_what_was_kept_can_be_changed() -> None:
    session = played(["2x", " cos(x^2)"], [TOLD])
    assert [each.text for each in session.log] == ["", "2x cos(x^2)"]


def test_a_misspelt_command_while_a_lesson_is_read() -> None:
    session = played(["hnit", "quit"], [TOLD])
    assert "Did you mean hint?" in session.text
    assert session.log == []


def test_back_from_an_example_goes_to_the_exercise_before() -> None:
    lesson = Lesson.model_validate({
        "format": "1", "id": "two", "title": "Two", "teaches": ["power"], "examples": ["d/dx [x^9]", "d/dx [sin(x^4)]"],
        "items": [{"id": "first", "given": "x^3"}, {"id": "second", "given": "sin(x^2)"}]})
    session = played(["", "3x^2", "back", "skip", "", "2x cos(x^2)"], [lesson], items=2)
    assert session.text.count("This is new.") == 3
    assert "Item 1 again; what you do here no longer counts." in session.text
    assert session.outcomes == ["asked", "right", "skipped", "asked", "right"]


def test_the_lesson_can_be_read_again_and_again() -> None:
    session = played(["", "lesson", "", "LESSON", "cos(x^2)", "2x cos(x^2)"], [TOLD])
    assert session.text.count("Outside and inside.") == 3
    assert session.text.count("d/dx [cos(x³)]\n\n  1  Chain rule") == 3
    assert session.text.count("Enter goes back to the exercise:") == 2
    assert session.outcomes == ["asked", "wrong", "right"]  # what was typed there is an answer to the exercise


def test_a_lesson_of_exercises_alone(store: Store) -> None:
    assert "There is nothing to read in this lesson" in played(["lesson", "quit"], store=store).text


def test_a_lesson_does_not_work_out_the_exercise() -> None:
    lesson = TOLD.model_copy(update={"examples": ("d/dx [sin(x^2)]", "d/dx [e^(x^2)]")})
    session = played(["", "lesson", "", "quit"], [lesson])
    assert "2x·cos(x²)" not in session.text


def test_the_lines_of_a_long_solution_come_page_by_page(store: Store) -> None:
    lesson = Lesson.model_validate({"format": "1", "id": "chain", "title": "Chain", "items": [
        {"id": "a", "given": "sin(x^2)"}, {"id": "b", "given": "cos(x^2)"}]})
    session = played(["show", "why", "quit"], [lesson], store, items=2, height=12)
    assert "page 1 of" in session.text
    assert "You are asked for the derivative of" in tail(session, "page 1 of")


# -- the question which rule it was ----------------------------------------------------------------------------------


def test_nobody_is_asked_for_a_rule_in_a_pipe(store: Store) -> None:
    assert "Which rule" not in played(["2x cos(x^2)"], store=store, settings=ASKING, paged=False).text


@pytest.mark.parametrize(("typed", "said", "outcomes"), [
    (["why", ""], "You are asked which rule does the main step", ["right"]),
    (["?", ""], "d/dx [F(g)] =", ["right"]), (["lesson", "", ""], "Inside and outside", ["right"]),
    (["help", ""], "give up and see the answer", ["right"]), (["quit"], "1 exercise: right at once.", ["right"]),
    (["show"], "│ 2x·cos(x²) │", ["right", "shown"]), (["back", ""], "This is the first exercise.", ["right"]),
    (["2x cos(x^2)", ""], "That is none of them.", ["right"]), (["hnit", ""], "Did you mean hint?", ["right"]),
    (["A)"], "", ["right", "explained"]),
    (["Chain rule."], "✓ Chain rule: outer function sin(u)", ["right", "explained"]),
])
def test_what_is_typed_where_a_rule_is_asked_for(store: Store, typed: list[str], said: str,
                                                 outcomes: list[str]) -> None:
    session = played(["2x cos(x^2)", *typed], store=store, settings=ASKING, seed=3)
    assert said in tail(session, "Which rule was that?")
    found = [each.outcome for each in new(session)][1:]
    assert found in (outcomes, [each.replace("explained", "misexplained") for each in outcomes])


def test_an_answer_typed_where_a_rule_is_asked_for_after_a_hint_is_judged(store: Store) -> None:
    session = played(["?", "?", "?", "cos(x^2)", "2x cos(x^2)"], store=store)
    assert [each.outcome for each in new(session)][-2:] == ["wrong", "right"]


# -- answers and commands --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("typed", "command"), [("shwo", "show"), ("hnit", "hint"), ("lessn", "lesson"),
                                                ("qiut", "quit"), ("Hlep!", "help")])
def test_a_misspelt_command_is_not_judged(store: Store, typed: str, command: str) -> None:
    session = played([typed, "quit"], store=store)
    assert f"Did you mean {command}? Nothing was judged." in session.text
    assert [each.outcome for each in new(session)] == ["asked"]


@pytest.mark.parametrize(("item", "typed"), [
    ({"given": "s*h*o*w*x", "with_respect_to": "x"}, "s*h*o*w"),
    ({"ask": "choose", "text": "Which?", "choices": ["shown", "hidden"], "answer": "shown"}, "shown"),
    ({"ask": "choose", "text": "Which?", "choices": ["lesson", "hint, or not"], "answer": "lesson"}, "a"),
])
def test_what_can_be_an_answer_is_one(item: dict[str, Any], typed: str) -> None:
    assert "Did you mean" not in played([typed, "quit"], [one_item(**item)]).text


@pytest.mark.parametrize("typed", ["SHOW", "Show", "/show", "show!", "Give up"])
def test_commands_in_any_case(store: Store, typed: str) -> None:
    assert [each.outcome for each in new(played([typed], store=store))] == ["asked", "shown"]


def test_lines_that_are_pasted_are_taken_one_by_one(store: Store) -> None:
    session = played(["cos(x^2)*d/dx[x^2]\n= cos(x^2)*2x\n"], store=store)
    assert "2 lines: here is each of them in turn." in session.text
    assert [each.outcome for each in new(session)] == ["asked", "line", "right"]


@pytest.mark.parametrize("pasted", [
    "\\begin{aligned}\n&\\cos(x^2)\\cdot\\frac{d}{dx}[x^2] \\\\\n&= 2x\\cos(x^2)\n\\end{aligned}",
    r"\cos(x^2)\cdot\frac{d}{dx}[x^2] \\ 2x\cos(x^2)",
])
def test_the_rows_of_latex_are_lines(store: Store, pasted: str) -> None:
    session = played([pasted], store=store)
    assert "2 lines: here is each of them in turn." in session.text
    assert [each.outcome for each in new(session)] == ["asked", "line", "right"]


def test_one_formula_of_latex_on_several_lines_is_one_answer(store: Store) -> None:
    session = played(["\\[\n2x\n\\cos(x^2)\n\\]"], store=store)
    assert [each.outcome for each in new(session)] == ["asked", "right"]


def test_lines_that_are_pasted_where_one_answer_is_asked_for() -> None:
    session = played(["1\n2\n7", ""], [one_item(ask="number", text="How many?", answer="7")])
    assert "You pasted 3 lines, but one answer is asked for. The last line is kept" in session.text
    assert session.outcomes == ["asked", "right"]


# -- show ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("item", "said"), [
    ({"ask": "choose", "text": "Which?", "choices": ["the $x$", "no"], "answer": "the $x$"},
     "The answer is {a}: the x"),
    ({"ask": "number", "text": "How many?", "answer": "7/2"}, "The answer is 7/2."),
    ({"ask": "number", "text": "How many?", "answer": "7", "hints": ["", "", "Three and four."]}, "Three and four."),
    ({"ask": "expression", "text": "How much?", "answer": "a*b"}, "The answer is a·b."),
    ({"ask": "name-the-rule", "given": "sin(x^2)"}, "The answer is {a}: Chain rule"),
    ({"ask": "find-the-wrong-line", "given": "x^3 + (3x + 2)^4", "misconception": "chain_inner_forgotten"},
     "The answer is line {n}."),
    ({"ask": "simplify", "given": "x*(x + 1)", "form": "expanded"}, "The answer is x² + x."),
    ({"given": "|x|", "at": "0"}, "no derivative here"),
    ({"ask": "integrate", "given": "6x^2"}, "│ 2x³ + C │"),
    ({"ask": "integrate", "given": "sin(3x)"}, "│ −cos(3x)/3 + C │"),
    ({"ask": "integrate", "given": "x*cos(x)"}, "│ x·sin(x) + cos(x) + C │"),
    ({"ask": "integrate", "given": "e^(x^2)"}, "There is no worked solution for this one"),
    ({"ask": "evaluate", "given": "d/dx [x^2] at x = 3"}, "│ 6 │"),
])
def test_show_always_shows_the_answer(store: Store, item: dict[str, Any], said: str) -> None:
    session = played(["show"], [one_item(**item)], store)
    turn = session.session.turns[0]
    right = turn.exercise.right
    assert said.format(a="_abcd"[right] if right < 5 else "", n=right) in session.text
    assert session.outcomes[-1] == "shown"


# -- what is said of an answer ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("typed", "shown"), [
    ("2x cos(x^2)", False), ("2*x * cos( x**2 )", False), ("2x·cos(x²)", False), ("= 2x cos(x^2)", False),
    ("8/2", False), ("x^12", False), ("x¹²", False), ("[2x]", True), ("2x cos x^2", True), ("1/2x", True),
    ("sin x", False), ("2 sin x cos x", False), ("sin 2x", True), ("sin x^2", True), ("x(x+1)", False), ("e^-x", False),
])
def test_a_reading_is_shown_where_it_could_be_doubted(store: Store, typed: str, shown: bool) -> None:
    session = played([typed, "quit"], store=store)
    assert ("read as" in tail(session, "answer>")) is shown


def test_how_latex_was_read_is_said_once(store: Store) -> None:
    said = tail(played([r"\frac{2x\cos(x^2)}{1}", "quit"], store=store), "answer>")
    assert "read as 2x·cos(x²)/1" in said
    assert "LaTeX" not in said


def test_a_note_is_said_once_while_all_is_right(store: Store) -> None:
    lesson = Lesson.model_validate({"format": "1", "id": "chain", "title": "Chain", "items": [
        {"id": "a", "given": "sin(x^2)"}, {"id": "b", "given": "sin(x^3)"}]})
    session = played(["2x cos x^2", "3x^2 cos x^3", "2x cos x^2", "3x^2 cos x^3"], [lesson], store, items=2)
    assert session.text.count("for the other reading") == 1
    assert "3x²·cos(x³)" in session.text  # the reading itself is shown every time


def test_a_note_is_said_again_where_something_is_wrong(store: Store) -> None:
    session = played(["cos x^2", "sin x^2", "cos x^2", "quit"], store=store)
    assert session.text.count("for the other reading") == 2


def test_the_same_explanation_is_not_given_twice(store: Store) -> None:
    session = played(["5", "7", "cos(x^2)", "cos(x^2)", "quit"], store=store)
    assert session.text.count("The outer function is sin(u)") == 1
    assert session.text.count("changes at its own rate") == 1
    assert session.text.count("The same is true of this answer. ? gives a hint.") == 2


@pytest.mark.parametrize(("item", "typed", "said"), [
    ({"given": "x^5"}, "5x^4", "Power rule. Bring the exponent 5 down as a factor,"),
    ({"given": "(3x + 2)^4"}, "12(3x+2)^3", "Chain rule: outer function u⁴, inner function 3x + 2."),
    ({"given": "softplus(z)", "with_respect_to": "z"}, "sigmoid(z)", "The derivative of softplus is the sigmoid."),
    ({"given": "w^2*sin(w)", "with_respect_to": "w"}, "2w*sin(w) + w^2*cos(w)", "Differentiate w² and keep sin(w)"),
    ({"given": "3*cos(t)", "with_respect_to": "t"}, "-3sin(t)", "The derivative of the cosine is minus the sine."),
])
def test_after_a_success_it_is_said_what_was_used(item: dict[str, str], typed: str, said: str) -> None:
    session = played(["", typed], [one_item(**item)])
    (line,) = [part for part in " ".join(session.text.split()).split("✓ ") if part.startswith("yes.")]
    assert said in line
    assert " = " not in line.split(" 1 exercise")[0]


def test_a_derivative_where_a_number_was_asked_for_costs_nothing() -> None:
    session = played(["2x", "6"], [one_item(given="x^2", at="3")])
    assert """
  answer> 2x
  ✓ right so far. That is the derivative. Now put in x = 3 to get the number.
  answer> 6
  ✓ yes. Power rule. Bring the exponent 2 down as a factor, then lower the
    exponent by one.

  1 exercise: right at once.
""" in session.text
    assert [(each.outcome, each.grade) for each in session.log] == [("asked", ""), ("line", ""), ("right", "good")]


# -- the end ---------------------------------------------------------------------------------------------------------


def test_given_lines_count_as_given() -> None:
    session = Played(["", "12(3x+8)^3"], [CHAIN], items=1, settings=QUIET)
    assert "  1 exercise: right at once, with two lines given.\n" in session.text


def test_the_end_of_a_session(store: Store) -> None:
    lesson = Lesson.model_validate({"format": "1", "id": "chain", "title": "Chain", "items": [
        {"id": "a", "given": "sin(x^2)"}, {"id": "b", "given": "cos(x^3)"}, {"id": "c", "given": "e^(x^2)"}]})
    session = played(["show", "1", "show", "?", "show"], [lesson], store, items=3)
    assert session.text.endswith("""
  3 exercises, all looked up.
  Chain rule   4 of 7 right without help
  Next   Nothing is due now. The next skill is due tomorrow.
""")


def test_an_exercise_left_open_and_finished_later(store: Store) -> None:
    first = played(["cos(x^2)"], store=store)
    second = Played(["2x cos(x^2)"], [SINE], store=first.store, items=1, settings=QUIET, at=NOW + timedelta(days=2))
    assert "1 exercise: right in the end." in second.text


@pytest.mark.parametrize("width", [40, 60, 100])
def test_the_screen_is_wide_enough_for_everything(width: int) -> None:
    script = ["", "why", "cos(x)", "?", "?", "lesson", "", "help", "lines", "x", "", "show"]
    session = Played(script, [POWERS, CHAIN], items=1, width=width, settings=QUIET)
    assert max(len(line) for line in session.text.splitlines() if "> " not in line and "Enter" not in line) <= width


@pytest.mark.parametrize(("typed", "outcomes"), [
    ("quit", ["asked", "shown"]), ("back", ["asked", "shown"]), ("skip", ["asked", "shown", "asked"]),
    ("?", ["asked", "shown", "asked", "hint"]), ("3x", ["asked", "shown", "asked"]),
])
def test_what_is_typed_while_a_solution_is_read(store: Store, typed: str, outcomes: list[str]) -> None:
    lesson = Lesson.model_validate({"format": "1", "id": "chain", "title": "Chain", "items": [
        {"id": "a", "given": "sin(x^2)"}, {"id": "b", "given": "cos(x^2)"}]})
    session = played(["show", typed], [lesson], store, items=2, height=12)
    assert "Enter for more, skip to leave out the rest: " + typed in session.text
    assert [each.outcome for each in new(session)] == outcomes
    assert ("Your answer is kept: press Enter to send it." in session.text) is (typed == "3x")


def test_the_end_of_input_while_a_lesson_is_read() -> None:
    session = played([], [TOLD])
    assert session.log == []
    assert session.text.endswith("\n  You did not finish an exercise this time.\n  Next   Begin the lesson: Told.\n")
