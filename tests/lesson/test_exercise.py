"""Exercises: what is asked, which variants are drawn, and that a name means the same exercise for ever."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.lesson.lessons import exercise, lesson
from tests.narrowed import not_none
from tutor.errors import TutorError
from tutor.expression.parse import parse
from tutor.lesson.course import load_course
from tutor.lesson.exercise import UnclearVariable, worked_examples
from tutor.lesson.hints import hints
from tutor.lesson.judging import judge
from tutor.lesson.variants import exercises, unanswerable
from tutor.oracle.verdict import Oracle

PROBLEMS: list[tuple[dict[str, Any], str, str]] = [
    ({"given": "sin(x^2)"}, "d/dx [sin(x^2)]", "Differentiate with respect to x:"),
    ({"given": "t^2"}, "d/dt [t^2]", "Differentiate with respect to t:"),
    ({"given": "w^2", "with_respect_to": "w"}, "d/dw [w^2]", "Differentiate with respect to w:"),
    ({"given": "a*w^2", "with_respect_to": "w", "vary": {"a": "3"}}, "d/dw [3*w^2]",
     "Differentiate with respect to w:"),
    ({"given": "a*w^2", "with_respect_to": "w"}, "∂/∂w [a*w^2]",
     "Differentiate with respect to w; the other letter is a constant:"),
    ({"given": "(w*x + b)^2", "with_respect_to": "w", "form": "expanded"}, "∂/∂w [(w*x + b)^2]",
     "Differentiate with respect to w, and multiply out the result; the other letters are constants:"),
    ({"given": "a*w^2", "with_respect_to": "w", "at": "3"}, "∂/∂w [a*w^2] at (w = 3)",
     "Differentiate with respect to w, and give the slope at w = 3; the other letter is a constant:"),
    ({"given": "sum_j e^(z_j)", "with_respect_to": "z_k"}, "∂/∂z_k [sum_{j=1}^{n} e^z_j]",
     "Differentiate with respect to z_k; everything else is constant:"),
    ({"given": "a*x^2"}, "d/dx [a*x^2]", "Differentiate with respect to x:"),
    ({"given": "d/dw [a*w^2]"}, "d/dw [a*w^2]", "Work out:"),
    ({"given": "x^2", "at": "3"}, "d/dx [x^2] at (x = 3)",
     "Differentiate with respect to x, and give the slope at x = 3:"),
    ({"given": "grad x^2*y"}, "(∂/∂x [x^2*y], ∂/∂y [x^2*y])", "Work out:"),
    ({"given": "grad_{w,b} (w*x + b - p)^2", "vary": {"p": "3"}},
     "(∂/∂w [(w*x + b - 3)^2], ∂/∂b [(w*x + b - 3)^2])", "Work out:"),
    ({"given": "∇(x*y) at x = 1, y = 2"}, "(∂/∂x [x*y] at (x = 1) at (y = 2), ∂/∂y [x*y] at (x = 1) at (y = 2))",
     "Work out:"),
    ({"given": "hessian_{x,y} (x^2*y)"},
     "((∂^2/∂x^2 [x^2*y], ∂/∂x [∂/∂y [x^2*y]]), (∂/∂y [∂/∂x [x^2*y]], ∂^2/∂y^2 [x^2*y]))", "Work out:"),
    ({"given": "softmax(z)_i", "with_respect_to": "z_k"}, "∂/∂z_k [e^z_i/(sum_{j=1}^{n} e^z_j)]",
     "Differentiate with respect to z_k; everything else is constant:"),
    ({"given": "d^2/dx^2 [x^4]"}, "d^2/dx^2 [x^4]", "Work out:"),
    ({"ask": "integrate", "given": "2x"}, "int 2*x dx", "Integrate with respect to x:"),
    ({"ask": "evaluate", "given": "d/dx [x^2] at x = 1"}, "d/dx [x^2] at (x = 1)", "Work out:"),
    ({"ask": "simplify", "given": "2x + 3x"}, "2*x + 3*x", "Simplify:"),
    ({"ask": "simplify", "given": "x^2 - 1", "form": "factored"}, "x^2 - 1", "Factor:"),
    ({"ask": "number", "text": "$1+1$?", "answer": "2"}, "2", "1 + 1?"),
    ({"ask": "name-the-rule", "given": "x*sin(x)"}, "d/dx [x*sin(x)]",
     "Suppose you differentiate this with respect to x. Which rule do you use first?"),
    ({"given": "x^2", "text": "How steep is $x^2$?\nSay it."}, "d/dx [x^2]", "How steep is x^2?\nSay it."),
]


@pytest.mark.parametrize(("item", "problem", "prompt"), PROBLEMS)
def test_what_is_asked(item: dict[str, Any], problem: str, prompt: str) -> None:
    made = exercise(item)
    assert (str(made.problem), made.prompt.written()) == (problem, prompt)


@pytest.mark.parametrize(("item", "shown"), [
    ({"given": "a*w^2", "with_respect_to": "w"}, "∂/∂w [a*w^2]"),
    ({"given": "a*w^2", "with_respect_to": "w", "at": "3"}, "∂/∂w [a*w^2]"),
    ({"given": "a*w^2", "with_respect_to": "w", "text": "The loss is below. What is its slope in $w$?"}, "a*w^2"),
    ({"given": "a*w^2", "with_respect_to": "w", "ask": "name-the-rule"}, "a*w^2"),
    ({"given": "w^2", "with_respect_to": "w"}, "w^2"),
])
def test_a_partial_derivative_is_shown(item: dict[str, Any], shown: str) -> None:
    assert str(exercise(item).shown) == shown


def test_a_partial_derivative_is_solved_in_its_own_signs() -> None:
    derivation = exercise({"given": "(w*x + b)^2", "with_respect_to": "w"}).derivation
    assert derivation is not None
    written = [str(whole) for _, whole in derivation.lines()]
    assert any("∂/∂w [w*x + b]" in line for line in written)
    assert not any("d/dw" in line for line in written)


@pytest.mark.parametrize("item", [
    {"given": "c*x", "let": {"c": "sqrt(a^2 + b^2)"}, "vary": {"a": "3", "b": "4"}},
    {"given": "c*x", "let": {"m": "a + b", "c": "m - 2"}, "vary": {"a": "3", "b": "4"}},
    {"given": "c*x", "let": {"c": "d/dx [x^2] at (x = a)"}, "vary": {"a": "5/2"}},
    {"given": "a*x", "let": {"c": "2a"}, "vary": {"a": "4..5"}, "require": "c > 8"},
])
def test_derived_letters(item: dict[str, Any]) -> None:
    made = lesson(item)
    assert {str(each.given) for each in exercises(made, made.items[0])} == {"5*x"}


def test_a_letter_may_be_derived_from_formulas() -> None:
    item = {"given": "g^2", "let": {"g": "f + b*x"}, "vary": {"f": ["sin(x)"], "b": "3"}}
    assert str(exercise(item).given) == "(sin(x) + 3*x)^2"


@pytest.mark.parametrize("derived", ["1/(a - 3)", "sqrt(3 - a)", "d/dx [|x - 4|] at (x = a)"])
def test_a_variant_without_a_derived_value_is_not_drawn(derived: str) -> None:
    item = {"given": "c*x + a", "let": {"c": derived}, "vary": {"a": "2..5"}}
    made = lesson(item)
    drawn = {str(each.values["a"]) for each in exercises(made, made.items[0])}
    assert drawn < {"2", "3", "4", "5"}
    none = lesson({**item, "vary": {"a": "3..4"}, "let": {"c": f"{derived} + 1/(a - 3) + ln(3 - a)"}})
    with pytest.raises(TutorError, match=r"c = .* has no"):
        exercises(none, none.items[0]).variant(0)


def test_words_vary_in_every_text() -> None:
    item = {
        "id": "words", "ask": "choose", "text": "{Thing} of a {thing}, $a$?", "answer": "the {thing}",
        "choices": ["the {thing}", "$a$"], "vary": {"thing": ["height", "mass"], "a": "2..3"},
        "hints": ["{Thing}!"], "expect": [{"$a$": "No {thing}."}],
    }
    made = lesson(item)
    drawn = list(exercises(made, made.items[0]))
    assert sorted(each.prompt.written() for each in drawn) == [
        "Height of a height, 2?", "Height of a height, 3?", "Mass of a mass, 2?", "Mass of a mass, 3?"]
    for each in drawn:
        word = each.words["thing"]
        assert f"the {word}" in [choice.written() for choice in each.choices]
        assert hints(each)[0].written() == f"{word.capitalize()}!"
        assert judge(each, f"the {word}").outcome == "right"
        assert judge(each, str(each.values["a"])).texts[0].written() == f"No {word}."


def test_where_only_words_vary_nothing_is_kept_from_being_drawn() -> None:
    made = lesson({"given": "(x + 5)^3", "text": "Differentiate the {thing}.", "vary": {"thing": ["height", "mass"]}},
                  teaches=("chain",))
    assert len(list(exercises(made, made.items[0]))) == 2


@pytest.mark.parametrize(("given", "rule", "form"), [
    ("sin(x^2)", "chain", "trigonometric,nonlinear"), ("(3x + 2)^4", "chain", "power,linear"),
    ("(5x + 1)^9", "chain", "power,linear"), ("5x^3 + 1", "power", "integer"), ("x^-3", "power", "negative_integer"),
    ("5/x^3", "power", "negative_integer"), ("1/(2x + 1)^3", "chain", "power,linear"),
    ("3/sin(x)", "reciprocal", "function"),
    ("x^2*sin(x)", "product", "function,polynomial"), ("sin(x)/x", "quotient", "function,polynomial"),
    ("e^(x^2)", "chain", "exponential,nonlinear"), ("cos(x)", "derivative_of_cos", "cos"),
])
def test_skills(given: str, rule: str, form: str) -> None:
    assert exercise({"given": given}).skill == (rule, form)


@pytest.mark.parametrize(("answer", "is_worked_out"), [("1", False), ("d/dx [x^3 - 3x] at (x = 2)", True)])
def test_an_answer_in_words_is_worked_out_where_something_is_open(answer: str, is_worked_out: bool) -> None:
    made = exercise({"ask": "number", "given": "x^3 - 3x", "text": "How much?", "answer": answer})
    assert (made.derivation is not None) is is_worked_out


def test_rules_on_the_way() -> None:
    assert exercise({"given": "sin(x^2)"}).rules == ("chain", "derivative_of_sin", "power")
    assert exercise({"given": "(3x + 2)^4"}).rules == ("chain", "power")  # its inside is read off


def test_which_rule_comes_first() -> None:
    made = exercise({"ask": "name-the-rule", "given": "x^2 + e^x"}, teaches=("chain",))
    titles = [choice.written() for choice in made.choices]
    assert titles[made.right - 1] == "Sum rule"
    assert "Chain rule" in titles
    assert len(set(titles)) == len(titles) == 4
    made = exercise({"ask": "name-the-rule", "given": "1/x^3"})
    assert made.rule is not None
    assert made.rule.name == "power"  # the fraction is only written in another way first


@pytest.mark.parametrize("seed", range(6))
def test_a_line_is_wrong_and_the_others_are_not(seed: int) -> None:
    made = exercise({"ask": "find-the-wrong-line", "given": "a*x^3 - x*sin(x)", "vary": {"a": "2..7"}}, seed,
                    teaches=("product", "power"))
    oracle, lines = Oracle(), [line.expression for line in made.lines]
    outcomes = [oracle.compare(before, after).outcome for before, after in itertools.pairwise(lines)]
    assert outcomes == ["refuted" if number == made.right else "checked" for number in range(2, len(lines) + 1)]
    assert made.problem is lines[0]


def test_nobody_knows_the_variable() -> None:
    with pytest.raises(UnclearVariable, match="Which letter is the variable: s, t"):
        exercise({"given": "s*t"})


DRAWN: list[tuple[dict[str, Any], tuple[str, ...], list[str]]] = [
    ({"given": "x^n", "vary": {"n": "0..3"}}, (), ["x", "x^2", "x^3"]),  # x^0 is constant
    ({"given": "1/(x*a)", "vary": {"a": "-1..1"}}, (), ["1/(-x)", "1/x"]),  # 1/0 is nothing
    ({"given": "ln(a)*x", "vary": {"a": ["-1", "3"]}}, (), ["ln(3)*x"]),
    ({"given": "(a*x + 5)^3", "vary": {"a": "1..3"}}, ("chain",), ["(2*x + 5)^3", "(3*x + 5)^3"]),  # x + 5 hides a slip
    ({"given": "(a*x + 5)^3", "vary": {"a": "1..3"}}, (), ["(2*x + 5)^3", "(3*x + 5)^3", "(x + 5)^3"]),
    ({"given": "c", "vary": {"c": "3..4"}}, (), ["3", "4"]),  # a constant is what this one is about
    ({"given": "f^2", "vary": {"f": ["sin(x)", "x + 1"]}, "require": "f != x + 1"}, (), ["sin(x)^2"]),
]


@pytest.mark.parametrize(("item", "teaches", "drawn"), DRAWN)
def test_what_is_drawn(item: dict[str, Any], teaches: tuple[str, ...], drawn: list[str]) -> None:
    made = lesson(item, teaches=teaches)
    variants = exercises(made, made.items[0])
    assert sorted(str(each.given) for each in variants) == sorted(drawn)
    assert {str(variants.variant(seed).given) for seed in range(50)} == set(drawn)


def test_nothing_is_left_to_draw() -> None:
    made = lesson({"given": "a/x", "vary": {"a": "0..0"}})
    with pytest.raises(TutorError, match="no variant that can be drawn: it is constant"):
        exercises(made, made.items[0]).variant(3)


@given(st.integers(0, 10**9))
def test_a_name_means_one_exercise(seed: int) -> None:
    item = {"id": "power", "given": "(a*x + b)^n", "vary": {"a": "2..5", "b": "1..9", "n": "3..5"}, "require": "a != b"}
    first, second = (exercise(item, seed, teaches=("chain",)) for _ in range(2))
    assert first.name == second.name == f"made/power@{seed}"
    assert first.given is second.given
    assert first.values["a"] is not first.values["b"]


def test_the_same_on_every_machine() -> None:
    item = {"given": "(a*x + b)^n", "vary": {"a": "2..5", "b": "1..9", "n": "3..5"}}
    assert [str(exercise(item, seed).given) for seed in (0, 1, 17)] == ["(2*x + 1)^3", "(5*x + 8)^4", "(5*x + 6)^4"]


def test_an_id_of_its_own_is_stable() -> None:
    names = [exercise(item).item for item in (
        {"given": "sin(x^2)"}, {"given": " sin( x^2 )"}, {"given": "sin(x)^2"},
        {"given": "sin(x^2)", "ask": "integrate"})]
    assert names[0] == "sin-x-2-5879"
    assert names[1].endswith("5879")
    assert len({name.rpartition("-")[2] for name in names}) == 3


def test_many_variants_are_sampled() -> None:
    made = lesson({"given": "a*x + b", "vary": {"a": "1..50", "b": "1..50"}})
    assert len(list(exercises(made, made.items[0]))) == 200


@pytest.mark.parametrize(("item", "reason"), [
    ({"ask": "number", "text": "?", "answer": "2x"}, "contains the letter x"),
    ({"ask": "number", "text": "?", "answer": "ln(-1)"}, "no real value"),
    *[({"ask": "number", "text": "?", "answer": answer, "within": within}, reason) for answer, within, reason in [
        ("3", "-1", "above 0"), ("3", "0%", "above 0"), ("3", "-1%", "above 0"), ("3", "x", "above 0"),
        ("3", "200%", "less than 100%"), ("0", "1%", "use a distance"), ("sin(pi)", "1%", "use a distance"),
        ("3", "99%", ""), ("0", "0.01", ""),
    ]],
    ({"ask": "number", "text": "?", "answer": "3", "expect": [{"2x": "right"}]}, "contains the letter x"),
    ({"ask": "number", "text": "?", "answer": "3", "expect": [{"ln(-1)": "right"}]}, "no real value"),
    ({"given": "ln(x)", "at": "-1"}, "no real value at x = -1"), ({"given": "sqrt(-x^2 - 1)"}, "nowhere"),
    ({"given": "x^2", "at": "3"}, ""), ({"ask": "number", "text": "?", "answer": "pi", "within": "0.1"}, ""),
])
def test_questions_that_nobody_can_answer(item: dict[str, Any], reason: str) -> None:
    found = unanswerable(exercise(item))
    assert reason in ("" if found is None else found.reason)
    assert (found is None) is not bool(reason)


@pytest.mark.parametrize("given", ["sqrt(x)", "1/x", "x", "x*x^2", "3*x^2", "x^2/3", "x^2*sin(x)", "sin(x^2)"])
def test_no_rule_is_offered_that_fits_as_well(given: str) -> None:
    made = exercise({"ask": "name-the-rule", "given": given}, teaches=("power", "product", "chain", "quotient"))
    titles = [choice.written() for choice in made.choices]
    right = titles[made.right - 1]
    assert right == not_none(made.rule).title
    if right != "Power rule" and given != "x^2*sin(x)" and given != "sin(x^2)":
        assert "Power rule" not in titles
    assert given not in ("3*x^2", "x*x^2") or right == "Product rule" or "Product rule" not in titles


def test_a_strict_condition_finds_what_it_allows() -> None:
    item = {"given": "a*x^2 + b*x", "vary": {"a": "1..100", "b": "1..100"}, "require": "a = 7b"}
    made = lesson(item)
    assert len(list(exercises(made, made.items[0]))) == 14
    assert exercises(made, made.items[0]).variant(3).values["a"] is not None


@pytest.mark.parametrize(("item", "shown"), [
    ({"given": "x^3"}, ["3*x^2"]), ({"given": "6x^2", "ask": "integrate"}, ["2*x^3 + C"]),
    ({"given": "x*cos(x)", "ask": "integrate"}, ["x*sin(x) + cos(x) + C"]), ({"given": "|x|", "at": "0"}, []),
    ({"ask": "number", "text": "$x^2 = 1$?", "answer": "1", "expect": [{"-1": "right"}]}, ["1", "-1"]),
])
def test_the_answers_that_are_shown_to_someone_who_gives_up(item: dict[str, Any], shown: list[str]) -> None:
    assert [str(answer) for answer in exercise(item).answers] == shown


def test_an_example_that_is_a_graph() -> None:
    made = lesson(examples=["u = x^2; L = x*u; dL/dx"])
    (derivation,) = worked_examples(made)
    assert (str(derivation.result), derivation.checked) == ("3*u", True)


def test_every_step_of_the_course_is_explained_by_rules() -> None:
    told = 0
    for taught in load_course():
        derivations = list(worked_examples(taught))
        derivations += filter(None, (exercises(taught, item).variant(0).derivation for item in taught.items))
        for derivation in derivations:
            told += 1
            bare = [str(step.before) for step in derivation.steps if "calculation" in step.rule.tags]
            assert bare == [], f"{taught.id}: {derivation.problem}"
    assert told > 100


@pytest.mark.parametrize(("given", "misconception", "line"), [
    ("int (x^3 + sin(x) + 4) dx", "sine_integral_sign", "x^4/4 + cos(x) + int 4 dx"),
    ("int (x^2 + cos(2x)) dx", "inner_factor_not_divided", "x^3/3 + sin(2*x)"),
    ("int_0^2 (x^3 + 4x^2) dx", "power_no_division", "(x^4/4 + 4*x^3) at (x = 2) - (x^4/4 + 4*x^3) at (x = 0)"),
])
def test_a_wrong_line_in_an_integral(given: str, misconception: str, line: str) -> None:
    made = exercise({"ask": "find-the-wrong-line", "given": given, "misconception": misconception})
    wrong = made.lines[made.right - 1]
    assert (str(wrong.expression), wrong.rule) == (line, misconception)
    assert str(made.lines[0].expression).startswith("int")


def test_a_worked_solution_by_another_method() -> None:
    item = {"ask": "evaluate", "given": "int_0^1 2x*(x^2 + 1)^n dx", "vary": {"n": "2..3"}}
    standard, other = exercise(item), exercise({**item, "method": "definite_substitution"})
    assert not_none(standard.derivation).steps[0].rule.name == "fundamental_theorem"
    assert not_none(other.derivation).steps[0].rule.name == "definite_substitution"
    assert str(standard.answer) == str(other.answer) == "7/3"


def test_a_method_that_is_not_there() -> None:
    with pytest.raises(TutorError, match=r"There is no method by_magic\. Methods: "):
        exercise({"given": "x^2", "method": "by_magic"})


@pytest.mark.parametrize(("item", "answer", "other", "outcome"), [
    ({"ask": "integrate", "given": "2x"}, "x^2 + 1", "x^2 + C", "checked"),
    ({"ask": "integrate", "given": "2x"}, "x^2", "x^3", "refuted"),
    ({"given": "x^2"}, "2x", "2x + 1", "refuted"),
])
def test_answers_are_compared_up_to_what_does_not_count(item: dict[str, Any], answer: str, other: str,
                                                        outcome: str) -> None:
    assert exercise(item).compare(parse(answer), parse(other)).outcome == outcome
