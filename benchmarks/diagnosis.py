"""Whether wrong answers are understood: every misconception on every exercise where it fits, and what must not happen.

A misconception is followed once, at one place, by the engine itself: it takes the place of the sound rule, or changes
an expression of the problem or of the result, and all else is done soundly and tidied. What comes out is typed in as a
learner would type it. Three numbers: how many of these answers are named rightly, alone or among at most three; how
many right answers in another form are called wrong; how many random wrong answers get a misconception by accident.

    python -m benchmarks.diagnosis        # with what was not named, and the exercises that cannot show a mistake
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from statistics import median, quantiles
from time import process_time
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.exercises import EXERCISES, INTEGRALS

if TYPE_CHECKING:
    from tutor.expression.tree import Expression

NAMED_AMONG = 3
RANDOM_ANSWERS = 2_000


class Case(NamedTuple):
    problem: str
    answer: str
    misconception: str


def wrong_answers(problem: str, name: str) -> Iterator[str]:
    """What a learner types who follows this misconception once; each answer once, right ones included, and none in
    which a derivative or an integral is left, for that is no answer."""
    import tutor
    from tutor.algebra.decide import Tidy
    from tutor.derivation.derivation import derive, derived_with
    from tutor.derivation.ratio import ratio, work_out
    from tutor.derivation.strategy import only_at
    from tutor.expression.tree import INFINITY, OPEN, postorder, replace
    from tutor.judge.wrong_turns import fits_the_place, may_be_meant
    from tutor.oracle import Oracle
    from tutor.rules.instance import instance_of
    from tutor.rules.rulebook import misconceptions

    derivation, oracle = tutor.explain(problem), Oracle()
    rule = misconceptions()[name]
    if rule.given or "descent" in rule.tags:
        return  # about an equation, or a step of descent: it is used in no derivation
    style = derivation.tidy.style
    found: dict[Expression, None] = {}
    if rule.left.head in ("derivative", "at", "integral"):
        for goal in derivation.goals:
            wrong = instance_of(rule, goal, derivation.solver.fresh_for(goal), ratio)
            if wrong is None or not fits_the_place(rule, goal, derivation.problem):
                continue
            worked = wrong.worked_out(work_out)
            if not may_be_meant(worked, oracle) or any(_comes_back(goal, each) for each in worked.opens):
                continue
            try:
                found[derived_with(only_at(goal, wrong), derivation.problem).result] = None
            except tutor.TutorError:
                continue
    else:
        for whole, finish in ((derivation.problem, lambda made: derive(made).result),
                              (derivation.result, Tidy(style))):
            for part in postorder([whole]):
                wrong = instance_of(rule, part, derivation.fresh)
                if wrong is not None:
                    try:
                        found[finish(replace(whole, {part: wrong.after}))] = None
                    except tutor.TutorError:
                        continue
    for answer in found:
        if not any(part.head in OPEN or part is INFINITY for part in postorder([answer])):
            yield str(answer)  # nobody types a calculation with infinity


def _comes_back(goal: Expression, opened: Expression) -> bool:
    """Whether what a wrong rule opens is solved by way of the goal itself, so that the rule would be used again."""
    from tutor.derivation.derivation import derive_if_possible

    if opened is goal:
        return True
    derivation = derive_if_possible(opened)
    return derivation is not None and goal in derivation.goals


def cases(exercises: list[str]) -> tuple[list[Case], list[Case]]:
    """The wrong answers, and the drills that are blind: where the wrong rule gives the right answer."""
    import tutor
    from tutor.derivation.antiderivatives import comparable, is_indefinite
    from tutor.oracle import Oracle
    from tutor.rules.rulebook import misconceptions

    wrong: list[Case] = []
    blind: list[Case] = []
    for problem in exercises:
        oracle, asked = Oracle(), tutor.explain(problem).problem
        variable = asked.args[1] if is_indefinite(asked) else None
        of_the_whole: list[Expression] = []
        for name, rule in misconceptions().items():
            for answer in wrong_answers(problem, name):
                typed = tutor.parse(answer)
                sides = [comparable(typed, each, variable) for each in of_the_whole if "part" in rule.tags]
                if any(oracle.compare(*each).outcome == "checked" for each in sides):
                    continue  # done to a part that was all there is
                if "whole" in rule.tags:
                    of_the_whole.append(typed)
                outcome = oracle.compare(*comparable(asked, typed)).outcome
                if outcome == "refuted":
                    wrong.append(Case(problem, answer, name))
                elif outcome == "checked":
                    blind.append(Case(problem, answer, name))
    return wrong, blind


def other_forms(problem: str) -> Iterator[str]:
    """Right answers as others would write them: by other methods, factored, expanded, simplified, not tidied."""
    import sympy

    import tutor
    from tutor.derivation.antiderivatives import is_indefinite
    from tutor.expression.tree import OPEN, postorder

    derivation = tutor.explain(problem)
    yield str(derivation.result)
    if not any(part.head in OPEN for part in postorder([derivation.goal.joined])):
        yield f"{derivation.goal.joined}{' + C' if is_indefinite(derivation.problem) else ''}"
    for method in derivation.other_methods:
        yield str(tutor.explain(problem, method).result)
    text = str(derivation.result)
    if any(word in text for word in ("sigmoid", "softplus", "step", "relu", "sign", "abs", "pi", "log")):
        return  # written differently by SymPy
    names = {letter: sympy.Symbol(letter) for letter in "abcCdfghjklmnopqrstuvwxyz"} | {"e": sympy.E, "ln": sympy.log}
    result = sympy.parse_expr(text.replace("^", "**"), local_dict=names)
    for change in (sympy.expand, sympy.factor, sympy.together):
        try:
            made = change(result)
        except (NotImplementedError, sympy.PolynomialError):  # not every form exists
            continue
        yield str(made).replace("**", "^").replace("log(", "ln(").replace("E", "e")


def random_answers(count: int, exercises: list[str]) -> Iterator[tuple[str, str]]:
    """Exercises with answers that have nothing to do with them: by turns that of another one, and a random one."""
    import tutor

    chance = random.Random(2026)
    results = {problem: tutor.explain(problem).result for problem in exercises}
    while count:
        problem, other = chance.sample(exercises, 2)
        letters = sorted(results[problem].free)
        answer = results[other] if count % 2 or not letters else tutor.parse(_random_expression(chance, letters))
        if answer.free <= results[problem].free:
            count -= 1
            yield problem, str(answer)


DEPTH = 3


def _random_expression(chance: random.Random, letters: list[str], depth: int = DEPTH) -> str:
    """At least one operation, at most DEPTH of them inside each other."""
    if depth == 0 or (depth < DEPTH and chance.random() < 0.25):
        return chance.choice([*letters, str(chance.randint(1, 9))])
    first, second = (_random_expression(chance, letters, depth - 1) for _ in range(2))
    return chance.choice([
        f"({first} + {second})", f"({first} - {second})", f"({first}*{second})", f"({first})/({second})",
        f"({first})^{chance.randint(2, 4)}", f"{chance.choice(['sin', 'cos', 'ln', 'sqrt'])}({first})", f"e^({first})"])


def near_misses(count: int, exercises: list[str]) -> Iterator[tuple[str, str]]:
    """Exercises with the right answer in which one part was exchanged for a part of another answer."""
    import tutor
    from tutor.expression.tree import postorder, replace

    chance = random.Random(2026)
    results = {problem: tutor.explain(problem).result for problem in exercises}
    while count:
        problem, other = chance.sample(exercises, 2)
        part, stranger = (chance.choice(list(postorder([results[each]]))) for each in (problem, other))
        answer = replace(results[problem], {part: stranger})
        if answer.free <= results[problem].free:
            count -= 1
            yield problem, str(answer)


def compare(show: bool = False) -> list[tuple[str, str]]:
    """Lines of the table; show: print what was not named and the blind drills."""
    return [*_compared(EXERCISES, RANDOM_ANSWERS, show),
            *((f"integrals: {what}", figure) for what, figure in _compared(INTEGRALS, RANDOM_ANSWERS // 4, show))]


def _compared(exercises: list[str], count: int, show: bool) -> list[tuple[str, str]]:
    import tutor

    wrong, blind = cases(exercises)
    tutor.diagnose(exercises[0], "x")  # warm
    named, spent = 0, []
    for case in wrong:
        start = process_time()
        found = tutor.diagnose(case.problem, case.answer)
        spent.append(process_time() - start)
        if case.misconception in found.misconceptions and len(found.explanations) <= NAMED_AMONG:
            named += 1
        elif show:
            print(f"{case.misconception:34} {case.problem:30} {case.answer:34} {found.outcome} {found.misconceptions}")
    if show:
        print("\nBlind drills: the wrong rule gives the right answer")
        for case in blind:
            print(f"  {case.misconception:34} {case.problem}")
    right = [(problem, form) for problem in exercises for form in dict.fromkeys(other_forms(problem))]
    called_wrong = [(problem, form, outcome) for problem, form in right
                    if (outcome := tutor.diagnose(problem, form).outcome) != "right"]
    for problem, form, outcome in called_wrong if show else ():
        print(f"right, but {outcome}: {problem} {form}")
    strangers, by_accident = _explained(random_answers(count, exercises), show)
    misses, explained_misses = _explained(near_misses(count, exercises), show=False)
    kinds = {case.misconception for case in wrong}
    milliseconds = [1e3 * each for each in spent]
    return [
        (f"wrong answers named, of {len(wrong):,} by {len(kinds)} misconceptions", f"{100 * named / len(wrong):.1f} %"),
        (f"right answers in another form not called right, of {len(right):,}", str(len(called_wrong))),
        (f"random wrong answers with a misconception by accident, of {strangers:,}",
         f"{100 * by_accident / strangers:.1f} %"),
        (f"right answers with one part exchanged that a misconception explains, of {misses:,}",
         f"{100 * explained_misses / misses:.1f} %"),
        ("blind drills, not counted", f"{len(blind):,}"),
        ("time of a diagnosis, median and 95th percentile",
         f"{median(milliseconds):.0f} ms, {quantiles(milliseconds, n=20)[-1]:.0f} ms"),
    ]


def _explained(answers: Iterator[tuple[str, str]], show: bool) -> tuple[int, int]:
    """How many of these answers are wrong, and how many of those are explained."""
    import tutor

    wrong = explained = 0
    for problem, answer in sorted(answers):  # what is worked out for one problem is kept for its next answer
        found = tutor.diagnose(problem, answer)
        if found.equivalence is not None and found.equivalence.verdict == "equal":
            continue
        wrong += 1
        explained += bool(found.explanations)
        if found.explanations and show:
            print(f"accident: {problem} {answer} {found.misconceptions}")
    return wrong, explained


if __name__ == "__main__":
    for what, figure in compare(show=True):
        print(f"{what}: {figure}")
