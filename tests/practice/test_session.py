"""Whole sessions, played from scripts: what stands on the screen and what is kept."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.practice.course import CHAIN, COURSE, NOW, POWERS, attempt
from tests.practice.played import CTRL_C, Played
from tutor.lesson.schema import Lesson
from tutor.practice.progress import Progress
from tutor.practice.settings import Settings
from tutor.practice.store import FILE, Attempt, Store, memory_only, open_store
from tutor.rules.rulebook import rulebook

QUIET = Settings(explain_share=0)
ASKING = Settings(explain_share=1)


def known(rule: str = "chain", lesson: str = "chain", item: str = "elsewhere", count: int = 4) -> Iterator[Attempt]:
    """A log after which the rule needs no example and no shown steps, and is not mastered."""
    for turn in range(count):
        yield attempt("asked", rule=rule, lesson=lesson, item=item, turn=turn)
        yield attempt("right", rule=rule, lesson=lesson, item=item, turn=turn, grade="good")


def one_item(**item: Any) -> Lesson:
    return Lesson.model_validate({"format": "1", "id": "chain", "title": "Inside and outside", "teaches": ["chain"],
                                  "items": [{"id": "only", **item}]})


SINE = one_item(given="sin(x^2)")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / FILE) as store:
        for each in known():
            store.append(each)
        yield store


def played(typed: Sequence[str | tuple[float, str]], lessons: Sequence[Lesson] = (SINE,), store: Store | None = None,
           settings: Settings = QUIET, items: int | None = 1, at_day: float = 1, **how: Any) -> Played:
    return Played(typed, lessons, store=store, settings=settings, items=items, at=NOW + timedelta(days=at_day), **how)


def new(session: Played) -> list[Attempt]:
    """What the session added to the log."""
    return [each for each in session.log if each.session == session.session.name]


def test_a_first_answer_that_is_right(store: Store) -> None:
    session = played(["2x cos(x^2)"], store=store)
    assert session.text == """
  Inside and outside · item 1 of 1 · new today 0, due 0
  ? hint  why  show  lesson  lines  skip  back  quit  help

  Differentiate with respect to x:

      sin(x²)

  answer> 2x cos(x^2)
  ✓ yes. Chain rule: outer function sin(u), inner function x².

  1 exercise: right at once.
  Chain rule   5 of 5 right without help
  Next   Nothing is due now. The next skill is due tomorrow.
"""
    kept = new(session)[-1]
    assert (kept.text, kept.reading, kept.outcome, kept.grade) == ("2x cos(x^2)", "2*x*cos(x^2)", "right", "good")
    assert (kept.rule, kept.form, kept.seconds) == ("chain", "trigonometric,nonlinear", 30)
    assert kept.rules == ("chain", "derivative_of_sin", "power")


def test_a_wrong_answer_is_explained_and_decides(store: Store) -> None:
    session = played(["cos(x^2)", "2x cos(x^2)"], store=store)
    assert "✗ not yet. The derivative of the outer function sin(u) is right." in session.text
    assert [(each.outcome, each.grade) for each in new(session)] == [("asked", ""), ("wrong", "again"), ("right", "")]
    assert new(session)[1].misconceptions == ("chain_inner_forgotten",)
    assert "1 exercise: right in the end." in session.text


def test_what_cannot_be_read_decides_nothing(store: Store) -> None:
    session = played(["2x cos", "2x cos(x^2)"], store=store)
    assert "cos needs something to act on" in session.text
    assert [each.grade for each in new(session)] == ["", "", "good"]


def test_hints_open_one_by_one(store: Store) -> None:
    session = played([(9, "?"), (9, "?"), (9, "2x cos(x^2)")], store=store)
    assert session.text.index("hint 1  What is done to x last?") < session.text.index("hint 2  Chain rule:")
    assert [(each.outcome, each.hints, each.grade) for each in new(session)][1:] == [
        ("hint", 1, ""), ("hint", 2, ""), ("right", 2, "hard")]


def test_who_asks_twice_at_once_gets_the_same_hint(store: Store) -> None:
    session = played(["?", (1, "?"), (2, "?"), (9, "?"), "skip"], store=store)
    assert session.text.count("hint 1") == 3
    assert session.text.count("hint 2") == 1
    assert [each.hints for each in new(session) if each.outcome == "hint"] == [1, 2]


def test_an_attempt_between_two_hints_opens_the_next_one(store: Store) -> None:
    session = played(["?", (1, "cos(x^2)"), (1, "?"), "skip"], store=store)
    assert "hint 2" in session.text


def test_the_last_hint_does_the_step_and_asks_for_the_rule(store: Store) -> None:
    session = played(["?", "?", "?", "chain rule", "2x cos(x^2)"], store=store)
    assert "hint 3  d/dx [sin(x²)] =" in session.text
    assert "Which rule was that?" in session.text
    assert [(each.outcome, each.grade) for each in new(session)][3:] == [
        ("hint", "again"), ("explained", ""), ("right", "")]


@pytest.mark.parametrize(("typed", "outcome", "said"), [
    ("Chain rule", "explained", "✓ Chain rule: outer function sin(u), inner function x²."),
    ("", None, "It was this rule. Chain rule:"),
    ("skip", None, "It was this rule. Chain rule:"),
    ("nonsense", None, "That is none of them."),
])
def test_the_question_which_rule_it_was(store: Store, typed: str, outcome: str | None, said: str) -> None:
    session = played(["2x cos(x^2)", typed], store=store, settings=ASKING)
    assert said in session.text
    assert [each.outcome for each in new(session)][2:] == ([outcome] if outcome else [])


@pytest.mark.parametrize("typed", ["Constant multiple rule", "power rule", "the power rule"])
def test_every_rule_that_is_used_beside_the_leading_one_is_right(store: Store, typed: str) -> None:
    session = played(["6x", typed], [one_item(given="3*x^2")], store=store, settings=ASKING)
    assert "✓ Power rule" in session.text
    assert "It was this one" not in session.text
    assert new(session)[-1].outcome == "explained"
    assert ("Constant multiple rule: that one is used here, too." in session.text) is (typed[0] == "C")


def test_a_wrong_rule_is_kept_too(store: Store) -> None:
    outcomes = {new(played(["2x cos(x^2)", "a"], store=store, settings=ASKING, seed=seed))[-1].outcome
                for seed in range(8)}
    assert outcomes == {"explained", "misexplained"}


def test_a_mastered_rule_is_neither_praised_nor_asked_for() -> None:
    log = [attempt("right", rule="chain", form=str(number), grade="good", after=timedelta(days=number % 2 - 2))
           for number in range(4)]
    played_before = played([])
    for each in log:
        played_before.store.append(each)
    session = played(["2x cos(x^2)"], store=played_before.store, settings=ASKING)
    assert "✓ yes.\n" in session.text
    assert "Which rule" not in session.text


def test_before_the_rule_is_named_it_is_not_said(store: Store) -> None:
    session = played(["2x cos(x^2)", "?", "chain rule"], store=store, settings=ASKING)
    before, after = session.text.split("Which rule was that?", 1)
    assert "✓ yes.\n" in before
    assert "Chain rule:" not in before
    assert "d/dx [F(g)] =" in after  # ? shows what each of them says


def test_rules_to_choose_from_are_known_ones(store: Store) -> None:
    known = {rule.title for rule in rulebook().values() if "basic" in rule.tags}
    for seed in range(12):
        text = played(["2x cos(x^2)", ""], store=store, settings=ASKING, seed=seed).text
        offered = re.findall(r"^  [abc]  (.*)$", text, re.MULTILINE)
        assert len(offered) == 3
        assert known.issuperset(offered)


def test_show_gives_up(store: Store) -> None:
    session = played(["show"], store=store)
    assert "│ 2x·cos(x²) │" in session.text
    assert [(each.outcome, each.grade) for each in new(session)] == [("asked", ""), ("shown", "again")]


def test_skip_shows_nothing_about_a_learner(store: Store) -> None:
    session = played(["skip"], store=store)
    assert "You did not finish an exercise this time." in session.text
    assert [(each.outcome, each.grade) for each in new(session)] == [("asked", ""), ("skipped", "")]


def test_why_tells_more(store: Store) -> None:
    session = played(["why", "cos(x^2)", "why", "skip"], store=store)
    before, after = session.text.split("✗ not yet. ", 1)
    assert "You are asked for the derivative of sin(x²): how fast it changes when x does." in before
    assert "The answer is an expression that may contain x." in before
    assert "what you did" in after


def test_why_after_an_answer_of_which_nothing_is_known_says_the_question_again(store: Store) -> None:
    session = played(["x^5 + tan(x)", "why", "skip"], store=store)
    assert "There is no more to say about your answer" in session.text
    assert "You are asked for the derivative of sin(x²)" in session.text


def test_back_asks_again_without_a_grade(store: Store) -> None:
    session = played(["back", "cos(x^2)", "skip", "back", "2x cos(x^2)", "skip"], [SINE], store=store, items=2)
    assert "This is the first exercise." in session.text
    assert session.text.count("      sin(x²)\n") == 4
    assert [each.grade for each in new(session) if each.grade] == ["again"]


def test_lines(store: Store) -> None:
    session = played(["lines", "cos(x^2)*d/dx[x]", "cos(x^2)*d/dx[x^2]", "", "lines", "cos(x^2)*d/dx[x^2]",
                      "= cos(x^2)*2x"], store=store)
    assert "✗ This step is wrong" in session.text
    assert [(each.outcome, each.grade) for each in new(session)][1:] == [
        ("wrong", "again"), ("line", ""), ("line", ""), ("right", "")]


def test_commands_work_between_lines(store: Store) -> None:
    session = played(["lines", "?", "help", "quit"], store=store)
    assert "hint 1" in session.text
    assert "go back to the previous exercise" in session.text
    assert new(session)[-1].outcome == "hint"


@pytest.mark.parametrize("item", [
    {"ask": "choose", "text": "Which?", "choices": ["a", "b"], "answer": "b"},
    {"ask": "number", "text": "How many?", "answer": "7"},
])
def test_lines_are_for_derivations(item: dict[str, Any]) -> None:
    session = played(["lines", "show"], [one_item(**item)])
    assert "This one cannot be answered line by line" in session.text or "Type one line at a time" in session.text


def test_a_choice(store: Store) -> None:
    lesson = one_item(ask="choose", text="What is the slope of $5$?", choices=["0", "1"], answer="0")
    session = played(["7", "1", "0"], [lesson])
    assert "Type the letter of a choice, a to b." in session.text
    assert "✓ yes. 0" in session.text
    assert (new(session)[1].rule, new(session)[1].form) == ("", "chain/only")


def test_a_wrong_line_is_found(store: Store) -> None:
    lesson = one_item(ask="find-the-wrong-line", given="x^3 + (3x + 2)^4", misconception="chain_inner_forgotten")
    session = played(["1", "2", "3", "quit"], [lesson], store)
    assert "Line 1 is the problem itself." in session.text
    assert "right" in session.outcomes


def test_a_new_rule_is_shown_first_and_its_steps_are_done() -> None:
    session = Played(["", "12(3x+8)^3"], items=1, settings=QUIET)
    assert "This is new. Here is an example, worked out:" in session.text
    assert "The solution begins like this. Finish it:" in session.text
    last = session.log[-1]
    assert (last.outcome, last.grade, last.given) == ("right", "hard", 2)
    assert last.seconds == 30  # the time of reading the example is not counted


def test_a_new_lesson_is_told_first() -> None:
    session = Played(["", "quit"], [POWERS], items=1)
    welcome, rest = session.text.split("A new lesson: Powers.")
    assert "Welcome." in welcome
    told, exercise = rest.split("Here is an example, worked out:")
    assert "Pull the exponent down." in told
    assert "x⁴" in exercise
    again = Played(["quit"], [POWERS], items=1, store=session.store)
    assert "A new lesson" not in again.text
    assert "Welcome." not in again.text


@pytest.mark.parametrize("typed", [["quit"], ["", "q"], ["help", "QUIT"], ["help", "lesson", "hepl", "", ":q"]])
def test_the_end_while_a_lesson_is_read(typed: list[str]) -> None:
    session = Played(typed, [POWERS], items=1, height=14)
    assert "You did not finish an exercise" in session.text
    assert session.log == []
    assert ("straight to the exercise" in session.text) is ("help" in typed)
    assert ("Did you mean help?" in session.text) is ("hepl" in typed)


def test_a_letter_of_the_exercise_is_an_answer_and_no_command(store: Store) -> None:
    lesson = one_item(given="q*x", with_respect_to="x")
    assert new(played(["q"], [lesson], store))[-1].outcome == "right"
    assert new(played(["q"], store=store, at_day=2))[-1].outcome != "right"


def test_words_are_no_attempt(store: Store) -> None:
    session = played(["hmm", "no idea", "2x cos(x^2)"], store=store)
    assert "hmm is not part of the notation" in " ".join(session.text.split())
    assert [(each.outcome, each.grade) for each in new(session)] == [
        ("asked", ""), ("unreadable", ""), ("hint", ""), ("right", "hard")]


@pytest.mark.parametrize("typed", ["??", "idk", "I don't know", "dunno"])
def test_who_does_not_know_gets_a_hint(store: Store, typed: str) -> None:
    session = played([typed, "quit"], store=store)
    assert "hint 1" in session.text
    assert [each.outcome for each in new(session)] == ["asked", "hint"]


def test_why_does_not_give_the_answer_away() -> None:
    lesson = one_item(ask="number", text="From $7$ to $15$ on $4$?", answer="2")
    session = played(["8", "why", "skip"], [lesson])
    assert "There is no more to say about your answer" in session.text
    assert " 2" not in session.text.split("answer> 8")[1].split("answer> skip")[0].replace("hint 2", "")


@pytest.mark.parametrize(("typed", "command", "outcome"), [("next", "skip", "skipped"), ("solution", "show", "shown")])
def test_other_words_for_a_command(typed: str, command: str, outcome: str) -> None:
    with memory_only() as one, memory_only() as other:
        first, second = played([typed, "quit"], store=one), played([command, "quit"], store=other)
        assert first.text.replace(f"answer> {typed}", f"answer> {command}") == second.text
        assert outcome in [each.outcome for each in new(first)]


# -- the end ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", [["quit"], ["exit"], [], [CTRL_C]])
def test_whatever_ends_it_everything_is_kept(store: Store, ending: list[str]) -> None:
    session = played(["cos(x^2)", *ending], store=store, items=5)
    assert [each.outcome for each in new(session)] == ["asked", "wrong"]
    assert "You did not finish an exercise this time." in session.text


def test_ctrl_c_while_an_example_is_read() -> None:
    session = Played([CTRL_C], items=5)
    assert "You did not finish an exercise" in session.text


def test_the_time_is_over_between_exercises(store: Store) -> None:
    session = played([(40, "skip"), (40, "skip"), "skip"], [CHAIN], store=store, items=None, minutes=1)
    assert [each.outcome for each in new(session)].count("asked") == 2


def test_an_exercise_that_was_left_is_asked_again_as_it_was(store: Store) -> None:
    first = played(["?", "cos(x^2)"], store=store)
    second = Played(["?", "2x cos(x^2)"], [SINE], store=store, items=1, settings=QUIET, at=NOW + timedelta(days=2))
    assert "(you left this one open)" in second.text
    assert "hint 2" in second.text
    assert [each.grade for each in [*new(first), *new(second)] if each.grade] == ["again"]


def test_nothing_to_practise() -> None:
    session = Played([], [Lesson.model_validate({"format": "1", "id": "empty", "title": "Empty"})])
    assert "These lessons have no exercises." in session.text


def test_the_log_is_lost_on_the_way(store: Store) -> None:
    pages = store.connection.execute("PRAGMA page_count").fetchone()[0]
    store.connection.execute(f"PRAGMA max_page_count = {pages}")
    session = played(["x" + " + 0" * 4000, "2x cos(x^2)", "skip"], store=store, items=2, width=200)
    assert session.text.count("the disk is full") == 1
    assert session.text.count("will be lost when the session ends") == 1
    assert "1 exercise: right at once." in session.text
    assert [each.outcome for each in session.log] == ["undecided", "right", "asked", "skipped"]


# -- the screen ------------------------------------------------------------------------------------------------------


def test_several_lessons_do_not_give_the_rule_away() -> None:
    session = Played(["s", "show", "", "show"], COURSE, items=2)
    assert "Powers ·" not in session.text
    assert "Differentiate with respect to x:" in session.text


@pytest.mark.parametrize("width", [40, 80, 200])
def test_nothing_is_wider_than_the_screen(width: int) -> None:
    session = Played(["", "cos(x^2)", "?", "?", "why", "show"], items=1, width=width, settings=QUIET)
    assert max(map(len, session.text.splitlines())) <= width


def test_plain_signs_where_there_are_no_others() -> None:
    session = Played(["", "cos(x^2)", "?", "?", "?", "", "why", "show"], items=1, encoding="ascii")
    assert session.text.isascii()
    assert "[x] not yet." in session.text


def test_what_was_typed_cannot_change_the_screen() -> None:
    session = Played(["", "\x1b[31mx", "[red]x", "quit"], items=1)
    assert "\x1b" not in session.text.replace("answer> \x1b[31mx", "")


def test_progress_is_what_the_log_says(store: Store) -> None:
    session = played(["cos(x^2)", "2x cos(x^2)"], store=store)
    assert Progress(session.log).standing("chain").words == session.session.progress.standing("chain").words


def test_it_is_the_same_every_time() -> None:
    script = ["", "x", "?", "show", "x", "skip", "x", "?", "?", "?", "1", "show"]
    assert Played(script, COURSE, items=4).text == Played(script, COURSE, items=4).text


def test_an_exercise_that_is_the_lessons_example_has_a_sibling_for_one() -> None:
    session = Played(["", "quit"], [POWERS], items=1)
    example, exercise = session.text.split("Enter begins the exercise:")
    assert "1  Power rule" in example
    assert "      x⁴" in exercise
    assert "d/dx [x⁴]" not in example


@pytest.mark.parametrize(("item", "typed", "shown"), [
    ({"ask": "number", "text": "Where is $x^3 - 3x$ flat?", "answer": "1", "expect": [{"-1": "right"}]},
     "x = -1 or x = 1", "✓ yes. All of them are right."),
    ({"ask": "number", "text": "Where is $x^3 - 3x$ flat?", "answer": "1", "expect": [{"-1": "right"}]},
     "show", "The answer is 1 or −1."),
    ({"ask": "number", "text": "A third, roughly?", "answer": "1/3", "within": "1%"}, "0.3",
     "not yet. That is not within 1% of the right answer."),
    ({"ask": "choose", "text": "Which {thing} is it?", "choices": ["a small {thing}", "none", "a large {thing}"],
      "answer": "none", "vary": {"thing": ["mass"]}, "expect": [{"a small {thing}": "right"}]}, "a small mass",
     "✓ yes. a small mass"),
    ({"given": "(w*x + b)^2", "with_respect_to": "w"}, "?",
     "Differentiate with respect to w; the other letters are constants:\n\n      ∂/∂w [(w·x + b)²]"),
])
def test_what_a_lesson_can_say(item: dict[str, Any], typed: str, shown: str, store: Store) -> None:
    assert shown in played([typed, "quit"], (one_item(**item),), store=store).text
