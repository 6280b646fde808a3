"""What is to be said of an answer: one function that asks a list of questions, the first that knows something answers.

    diagnose("d/dx sin(x^2)", "cos(x^2)").misconceptions        # ("chain_inner_forgotten",)

It works by running. The derivation is gone through again with a wrong rule in it, at every place where one fits; most
of what comes out is ruled out by its value at a few points, and the oracle compares the rest with the answer. So a
wrong answer to any problem can be explained, and nothing is said that the oracle did not confirm. What it cannot
explain it does not guess.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace

from tutor.derivation.problem import read_problem
from tutor.derivation.step import Step
from tutor.errors import TutorError
from tutor.expression.parse import Reading, collector_paused
from tutor.expression.tree import Expression, name, postorder, substitute
from tutor.judge.answer import read_answer
from tutor.judge.antiderivative import judge_antiderivative
from tutor.judge.case import MOST_DIAGNOSED, Case
from tutor.judge.diagnosis import Diagnosis, Outcome, Text
from tutor.judge.difference import smallest_difference
from tutor.judge.equivalence import equivalent
from tutor.judge.explanations import Turns, by_one, by_two, mistakes
from tutor.judge.form import check_form, form_finding
from tutor.judge.hints import first_hint
from tutor.judge.readings import readings_offered
from tutor.judge.slips import Kinds, find_slip, other_slips, signs
from tutor.oracle.verdict import Oracle
from tutor.rules.rule import Rule

MOST_LETTERS = 20
"""Letters of a problem that are tried in place of a letter that it does not have."""


def diagnose(problem: str, answer: str, form: str = "") -> Diagnosis:
    """What is to be said of `answer` to `problem`, both in the learner's notation.

    form: one of `tutor.judge.form.FORMS` if the answer has to be in that form. Raises TutorError if the problem cannot
    be read or there is no such form; an answer that cannot be read is an outcome.
    """
    check_form(form)
    with collector_paused():
        asked = read_problem(problem)
        try:
            reading = read_answer(answer, asked.expression)
        except TutorError as error:
            return Diagnosis("unreadable", asked.expression, problem_notes=asked.notes, error=error,
                             texts=(Text(str(error), {}),))
        found = diagnose_expressions(asked.expression, reading.expression, form)
        if found.outcome in NOT_RIGHT:
            found = _right_as_read_otherwise(problem, asked, answer, reading, form) or found
        return replace(found, problem_notes=asked.notes, notes=reading.notes)


NOT_RIGHT = frozenset(("wrong_variable", "misconception", "one_of", "slip", "unexplained", "undecided"))
"""Outcomes after which the other readings are tried that the notes offer."""


def _right_as_read_otherwise(problem: str, asked: Reading, answer: str, reading: Reading,
                             form: str) -> Diagnosis | None:
    """The diagnosis by another reading of the two texts that their notes offer, if the answer is right by it."""
    oracle = Oracle()
    for other in readings_offered(problem, asked, answer, reading):
        if equivalent(other.problem, other.answer, oracle).verdict != "equal":
            continue
        found = diagnose_expressions(other.problem, other.answer, form)
        if found.outcome not in NOT_RIGHT:
            return replace(found, texts=(*found.texts, other.sentence))
    return None


def diagnose_expressions(problem: Expression, answer: Expression, form: str = "",
                         own: Sequence[Rule] = (), letters: Collection[str] = ()) -> Diagnosis:
    """The same of expressions. Raises TutorError if there is no such form.

    own: misconceptions besides those of the rulebook; where one of them explains the answer, no other is named;
    letters: those that an answer may have besides the problem's own.
    """
    check_form(form)
    case = Case(problem, answer, form, tuple(own), frozenset(letters))
    for question in _QUESTIONS:
        found = question(case)
        if found is not None:
            return found
    return _unexplained(case)


Question = Callable[[Case], "Diagnosis | None"]


# -- the questions, in the order in which they are asked -------------------------------------------------------------


def _right_up_to_a_constant(case: Case) -> Diagnosis | None:
    """Is it an antiderivative, and is its constant there?"""
    if not case.asks_for_antiderivative:
        return None
    found = judge_antiderivative(case.problem, case.answer, case.oracle)
    case.equivalence = found.equivalence
    if found.equivalence.verdict != "equal" or found.constant == "present":
        return None
    outcome: Outcome = "right" if found.right else "constant_missing"
    return _conclude(case, outcome, Text(found.sentence, {}))


def _right(case: Case) -> Diagnosis | None:
    if case.equivalence.verdict != "equal":
        return None
    unfinished = form_finding(case.answer, case.form, case.problem)
    if unfinished is not None:
        return _conclude(case, "right_other_form", Text("The value is right.", {}), unfinished)
    return _conclude(case, "right", Text(f"Right: {', '.join(_rules_used(case))}.", {}))


def _undecided(case: Case) -> Diagnosis | None:
    if case.equivalence.verdict != "undecided":
        return None
    return _conclude(case, "undecided", Text(f"This could not be decided: {case.equivalence.reason}.", {}))


def _wrong_variable(case: Case) -> Diagnosis | None:
    """Does it have letters that the problem does not have?"""
    known = {part.value for part in postorder([case.problem]) if part.head == "name"} | case.letters
    strangers = sorted(case.compared_by_rules.free - known)
    if not strangers:
        return None
    stranger = name(strangers[0])
    for letter in sorted(known)[:MOST_LETTERS]:
        renamed = substitute(case.answer, strangers[0], name(letter))
        if equivalent(case.problem, renamed, case.oracle).verdict == "equal":
            return _conclude(case, "wrong_variable", Text(
                "It is right but for its letter: you wrote {stranger}, the problem has {letter}.",
                {"stranger": stranger, "letter": name(letter)}))
    return _conclude(case, "wrong_variable", Text(
        "The letter {stranger} does not occur in the problem.", {"stranger": stranger}))


def _own_misconception(case: Case) -> Diagnosis | None:
    return _explained(case, by_one(case, case.own_turns)) if case.own else None


def _one_misconception(case: Case) -> Diagnosis | None:
    return _explained(case, by_one(case, case.turns))


def _sign(case: Case) -> Diagnosis | None:
    """One lost sign is likelier than two misconceptions."""
    return _slip(case, signs)


def _other_slip(case: Case) -> Diagnosis | None:
    return _slip(case, other_slips)


def _two_misconceptions(case: Case) -> Diagnosis | None:
    return _explained(case, by_two(case))


def _unexplained(case: Case) -> Diagnosis:
    """Nothing fits: say where it differs, and which rule applies there, and do not guess."""
    texts = []
    difference = None
    if case.asks_for_antiderivative:
        texts.append(_differentiated(case))
    if case.derivation is not None and case.answer.size <= MOST_DIAGNOSED:
        difference = smallest_difference(case.tidy_answer, case.expected)
        if 2 * difference.expected.size <= case.expected.size:
            texts.append(Text("All fits but this part: {yours}.", {"yours": difference.yours}))
    applies = _where_to_look(case, None if difference is None else difference.expected)
    if applies is not None:
        texts.append(Text(f"{applies.rule.title}: {applies.rule.say}", _slots(applies.bindings)))
    if not texts:
        texts.append(Text("It is not right, but what went wrong could not be found.", {}))
    return _conclude(case, "unexplained", *texts, place=None if applies is None else applies.before,
                         difference=difference, applies=applies)


def _differentiated(case: Case) -> Text:
    """What an antiderivative has to stand: differentiated, it gives the integrand."""
    return Text("Differentiate your answer: that gives {slope}, and it should give {integrand}.",
                {"slope": case.compared_by_rules, "integrand": case.wanted})


def _slip(case: Case, kinds: Kinds) -> Diagnosis | None:
    if not case.can_be_explained or case.asks_for_antiderivative:
        return None
    slip = find_slip(case.expected, case.answer, case.oracle, case.tidy, kinds)
    return None if slip is None else _conclude(case, "slip", slip.sentence, slip=slip)


_QUESTIONS: tuple[Question, ...] = (
    _right_up_to_a_constant, _right, _undecided, _wrong_variable, _own_misconception, _one_misconception, _sign,
    _two_misconceptions, _other_slip,
)


_MOST_RULES = 4


def _rules_used(case: Case) -> list[str]:
    """The titles of the rules by which the tutor would find the result, each once: what a learner has shown to know."""
    if case.derivation is None:
        return ["differentiating it gives the integrand" if case.asks_for_antiderivative else "the values agree"]
    steps = [step.rule for step in case.derivation.steps if step.number is not None]
    titles = dict.fromkeys(rule.title for rule in steps if not {"combine", "tidy"}.intersection(rule.tags))
    return list(titles)[:_MOST_RULES] or ["the values agree"]


# -- what is said ------------------------------------------------------------------------------------------------------


def _conclude(case: Case, outcome: Outcome, *texts: Text, place: Expression | None = None,
              **found: object) -> Diagnosis:
    """The diagnosis with everything that is known of the case. place: the part to look at, if not the whole."""
    return Diagnosis(
        outcome, case.problem, case.answer, case.derivation, equivalence=case.equivalence, texts=texts,
        hint=first_hint(place or case.problem), **found)  # type: ignore[arg-type]


def _explained(case: Case, found: list[Turns]) -> Diagnosis | None:
    """What to say where these wrong turns give exactly the answer."""
    if not found:
        return None
    explanations = tuple(mistakes(case, turns) for turns in found)
    if len(explanations) > 1:
        return _conclude(case, "one_of", Text("More than one mistake would give exactly this answer.", {}),
                         *[each[0].sentence for each in explanations], explanations=explanations)
    goal = found[0][0].goal.problem
    place = goal if case.replay.solver.fresh.value not in goal.free else None
    return _conclude(case, "misconception", *[mistake.sentence for mistake in explanations[0]],
                     place=place, explanations=explanations)


def _where_to_look(case: Case, expected: Expression | None) -> Step | None:
    """The step that should have given this part of the result, or else the main one of the derivation."""
    if case.derivation is None:
        return None
    fitting = [goal for goal in case.derivation.solver.goals.values() if goal.rule and goal.result is expected]
    problems = [goal.problem for goal in (*fitting, *case.derivation.main_goals())]
    steps = [step for step in case.derivation.steps if step.number is not None]
    return next((step for problem in problems for step in steps if step.before is problem), None)


def _slots(bindings: Mapping[str, Expression]) -> dict[str, Expression]:
    return {letter.partition("(")[0]: bound for letter, bound in bindings.items()}
