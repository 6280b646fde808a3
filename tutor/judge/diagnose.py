"""What is to be said of an answer: a list of questions is asked in order, and the first that finds something decides.

    diagnose("d/dx sin(x^2)", "cos(x^2)").misconceptions        # ("chain_inner_forgotten",)

It works by doing what a learner may have done. The derivation is gone through again with a wrong rule in it, at every
place where one fits; most of what comes out is ruled out by its value at a few points, and the oracle compares the rest
with the answer. So a wrong answer to any problem can be explained, and nothing is said that the oracle did not confirm.
What it cannot explain it does not guess.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace

from tutor.derivation.antiderivatives import has_definite_integral, is_indefinite
from tutor.derivation.derivation import PASSED_OVER
from tutor.derivation.goal import insides
from tutor.derivation.problem import read_problem
from tutor.derivation.step import Step
from tutor.errors import TutorError
from tutor.expression.lists import has_lists
from tutor.expression.parse import Reading, collector_paused
from tutor.expression.piecewise import PIECEWISE
from tutor.expression.tree import (
    INFINITY,
    OPEN,
    ZERO,
    Expression,
    add,
    derivative,
    name,
    negate,
    node,
    number,
    postorder,
    substitute,
)
from tutor.judge.antiderivative import judge_antiderivative
from tutor.judge.case import MOST_DIAGNOSED, Case
from tutor.judge.components import diagnose_list
from tutor.judge.diagnosis import Diagnosis, DiagnosisOutcome, Observation, Slip, Text
from tutor.judge.difference import smallest_difference
from tutor.judge.domains import place_as_text
from tutor.judge.equations import diagnose_equation, diagnose_nothing, read_answer_to
from tutor.judge.equivalence import Equivalence, equivalent
from tutor.judge.explanations import Turns, believable, by_one, by_one_again, by_two, mistakes, says_enough
from tutor.judge.form import check_form, form_finding
from tutor.judge.hints import first_hint, way_to_begin
from tutor.judge.lists import in_brackets
from tutor.judge.no_value import diagnose_no_value, says_no_value, what_is_asked, with_text
from tutor.judge.parts import missing, right_on_part, variables_of
from tutor.judge.readings import readings_offered
from tutor.judge.rounding import rounded
from tutor.judge.sizes import letters_of
from tutor.judge.slips import Kinds, find_slip, other_slips, signs_and_terms
from tutor.judge.told import EITHER, told
from tutor.oracle.apart import relative
from tutor.oracle.closer import agree
from tutor.oracle.matrices import ShapeError
from tutor.oracle.verdict import Oracle
from tutor.rules.restate import slots_of
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
        if says_no_value(answer, has_definite_integral(asked.expression)):
            none = diagnose_nothing(asked.expression, answer)
            if none is None and asked.expression.head == "statements":
                from tutor.judge.on_graph import diagnose_no_slope

                none = diagnose_no_slope(asked.expression, answer.strip())
            return replace(none or diagnose_no_value(asked.expression, answer), problem_notes=asked.notes)
        lines = None
        if ";" in problem or "\n" in problem:  # derivatives do without what knows graphs
            from tutor.judge.on_graph import lines_put_in, names_lines, names_put_in, right_to_some_digits

            lines = lines_put_in(problem, asked.expression)
        put_in = lines is None and bool(asked.lines) and asked.expression.head == "derivative" and (
            has_lists(asked.expression))
        whole = lines or (node("statements", (*asked.lines, asked.expression)) if asked.lines else asked.expression)
        try:
            reading = read_answer_to(whole, in_brackets(answer, asked.expression))
        except TutorError as error:
            return Diagnosis("unreadable", asked.expression, problem_notes=asked.notes, error=error,
                             texts=(Text(str(error), {}),))
        if put_in:
            return replace(_with_lines_put_in(asked, reading.expression, form), problem_notes=asked.notes,
                           answer=reading.expression, notes=reading.notes)
        goes_along = lines is not None and names_lines(lines, reading.expression)
        typed = reading.expression
        if lines is None and asked.lines:
            reading = reading._replace(expression=names_put_in(typed, asked.lines))
        found = diagnose_expressions(lines if lines and goes_along else asked.expression, reading.expression, form)
        if lines is not None and not goes_along and found.outcome in NOT_RIGHT and form != "exact":
            found = right_to_some_digits(lines, found) or found
        if found.outcome in NOT_RIGHT and asked.expression.head != "relation":
            found = _right_as_read_otherwise(problem, asked, answer, reading, form) or found
        if found.outcome == "right" and any(part.head == PIECEWISE for part in postorder([reading.expression])):
            from tutor.judge.joints import at_joints

            found = replace(found, texts=(*found.texts, *at_joints(asked.expression, reading.expression)))
        return replace(found, problem_notes=asked.notes, notes=reading.notes,
                       answer=typed if found.answer is reading.expression else found.answer)


def _with_lines_put_in(asked: Reading, answer: Expression, form: str) -> Diagnosis:
    """The diagnosis of an answer that may have the names of the lines that were put into the problem."""
    from tutor.judge.whole_lists import in_inputs

    try:
        written_out = in_inputs(answer, asked.expression, asked.lines)
    except ShapeError as error:
        return Diagnosis("unexplained", asked.expression, answer, texts=(Text(str(error), {}),))
    return diagnose_expressions(asked.expression, written_out, form)


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
                         own: Sequence[Rule] = (), letters: Collection[str] = (), method: str = "") -> Diagnosis:
    """The same of expressions. Raises TutorError if there is no such form.

    own: misconceptions besides those of the rulebook; where one of them explains the answer, no other is named;
    letters: those that an answer may have besides the problem's own; method: how the problem is meant to be solved, as
    for `derive`, so that its rules are named.
    """
    check_form(form)
    of_equation = diagnose_equation(problem, answer, lambda part, given: diagnose_expressions(
        part, given, form, own, letters, method))
    if of_equation is not None:
        return of_equation
    if problem.head == "statements":
        from tutor.judge.on_graph import diagnose_on_graph  # derivatives do without

        return diagnose_on_graph(problem, answer, form, lambda part, given: diagnose_expressions(
            part, given, "", own, letters))
    if "tuple" in (problem.head, answer.head):
        return diagnose_list(problem, answer, lambda part, given: diagnose_expressions(
            part, given, form, own, letters, method))
    if problem.head == "derivative" and has_lists(problem):
        from tutor.judge.whole_lists import diagnose_in_parts  # derivatives without lists do without

        of_parts = diagnose_in_parts(problem, answer, lambda given: diagnose_expressions(
            problem, given, form, own, letters, method))
        if of_parts is not None:
            return of_parts
    case = Case(problem, answer, form, tuple(own), frozenset(letters), method)
    for question in _QUESTIONS:
        found = question(case)
        if found is not None:
            return found
    return _unexplained(case)


Question = Callable[[Case], "Diagnosis | None"]


# -- the questions, in the order in which they are asked -------------------------------------------------------------

# What explains an answer has to give it to as many digits as the verdict looked at: `oracle.closer.agree`.


def _right_up_to_a_constant(case: Case) -> Diagnosis | None:
    """Is it an antiderivative, and is its constant there?"""
    if not case.asks_for_antiderivative:
        return None
    found = judge_antiderivative(case.problem, case.answer, case.oracle)
    case.equivalence = found.equivalence
    if found.equivalence.jump is not None:
        return _conclude(case, "unexplained", Text(
            "Its derivative is right, but it jumps at {jump}, and an antiderivative of {integrand} cannot jump.",
            {"jump": found.equivalence.jump, "integrand": case.problem.args[0]}))
    if found.equivalence.verdict != "equal" or found.constant == "present":
        return None
    outcome: DiagnosisOutcome = "right" if found.right else "constant_missing"
    return _conclude(case, outcome, Text(found.sentence, {}))


def _no_derivative(case: Case) -> Diagnosis | None:
    """Is something given as a derivative where there is none?"""
    derivation = case.derivation
    if derivation is None or derivation.unsolved is None or not derivation.undefined:
        return None
    case.equivalence = Equivalence("different", reason=derivation.unsolved.template, parts=derivation.unsolved.slots)
    concluded = _conclude(case, "unexplained", with_text(
        f"There is no {what_is_asked(case.problem)} here: ", derivation.unsolved, "."))
    return replace(concluded, hint=Text("", {}))  # nothing is left to find: a hint on how to begin would mislead


def _not_integrated(case: Case) -> Diagnosis | None:
    """Is there an integral in it, where an integral was asked for?"""
    if not case.asks_for_antiderivative or not any(is_indefinite(part) for part in postorder([case.answer])):
        return None
    return _conclude(case, "unexplained", Text(
        "That is still an integral. Give a function whose derivative is {integrand}.",
        {"integrand": case.problem.args[0]}))


def _form_of_limit(case: Case) -> Diagnosis | None:
    """Is it what comes of putting the value into a limit where that says nothing, such as 0/0?"""
    if case.problem.head != "limit":
        return None
    part = next((part for part in postorder([case.answer]) if part.head == "quotient" and (
        part.args[1] is ZERO or part.args == (INFINITY, INFINITY))), None)
    if part is None:
        return None
    case.equivalence = Equivalence("different", reason="{part} is not a value", parts={"part": part})
    return _conclude(case, "unexplained", Text(
        "The value cannot simply be put in: first write in another way what the limit is taken of.", {}))


def _missing_on_part(case: Case) -> Diagnosis | None:
    """Does it lack a value where there is one? That does not matter if a letter only has to be positive."""
    if case.equivalence.verdict != "equal" or case.asks_for_antiderivative:
        return None
    place = missing(case.problem, case.answer, case.oracle)
    if place is None:
        return None
    found = _right_on_part(case)
    if found is not None:
        return found
    where = place_as_text(place.place(variables_of(case.problem)), " and ")
    said = f"where {where.template}" if where.template else "for some values of its letters"
    return _conclude(case, "unexplained", Text(
        f"It is right only in some places: {said} it has no real value, but the right answer has one.",
        where.slots))


def _right_on_part(case: Case) -> Diagnosis | None:
    """Is it right if letters are positive, though the problem does not say so?"""
    if case.equivalence.verdict == "undecided" or case.asks_for_antiderivative:
        return None
    part = right_on_part(case.problem, case.answer, case.oracle)
    if part is None:
        return None
    case.equivalence = part.equivalence
    slots = {relation.args[0].value: relation for relation in part.where}
    where = " and ".join(f"{{{letter}}}" for letter in slots)
    return _conclude(case, "right_on_part", Text(
        f"Right if {where}, but the problem does not say that.", slots), part=part.where)


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
    return _conclude(case, "undecided", with_text("This could not be decided: ", case.equivalence.why, "."))


def _rounded(case: Case) -> Diagnosis | None:
    """Is it right except for a decimal in place of an exact number?"""
    if case.size > MOST_DIAGNOSED or not rounded(case.compared, case.wanted):
        return None
    sentence = Text("That is rounded. Give the exact value.", {})
    return _conclude(case, "slip", sentence, slip=Slip("rounded", case.answer, case.expected, sentence))


def _wrong_variable(case: Case) -> Diagnosis | None:
    """Does it have letters that the problem does not have?"""
    known = letters_of(case.problem) | case.letters
    if case.asks_for_antiderivative:  # one letter is the constant; another may stand for something
        for letter in sorted(case.answer.free - known - case.constants_of_integration)[:MOST_LETTERS]:
            found = _meant_otherwise(case, letter, known)
            if found is not None:
                return found
    strangers = sorted(case.compared_by_rules.free - known)
    if not strangers:
        return None
    stranger = name(strangers[0])
    as_number = [substitute(case.answer, strangers[0], number(value)) for value in (0, 1)]
    if case.asks_for_antiderivative and strangers[0] in "CcKk" and any(
            equivalent(case.problem, each, case.oracle).verdict == "equal" for each in as_number):
        return _conclude(case, "wrong_variable", Text(
            "It is right except for {stranger}: the constant of integration is a term of its own, added at the end.",
            {"stranger": stranger}))
    if strangers[0] in ("C", "c") and not case.asks_for_antiderivative:
        without = substitute(case.answer, strangers[0], number(0))
        if equivalent(case.problem, without, case.oracle).verdict == "equal":
            return _conclude(case, "wrong_variable", Text(
                "It is right except for {stranger}: a constant is added only where an antiderivative is asked for.",
                {"stranger": stranger}))
        if has_definite_integral(case.problem):
            found = diagnose_expressions(case.problem, without, case.form, case.own, case.letters)
            if found.explanations:  # the limits were forgotten, or something else that a constant does not change
                return replace(found, answer=case.answer)
    return _meant_otherwise(case, strangers[0], known) or _conclude(case, "wrong_variable", Text(
        "The letter {stranger} does not occur in the problem.", {"stranger": stranger}))


def _meant_otherwise(case: Case, letter: str, known: Collection[str]) -> Diagnosis | None:
    """The diagnosis where the answer is right with something else in place of a letter: what the new variable of a
    substitution stands for, or a letter of the problem."""
    stranger = name(letter)
    found = [] if case.derivation is None else insides(case.derivation.goal)
    for meant, words in (
            *((inside, "It is right once {meant} is put back in place of {stranger}.") for inside in found),
            *((name(each), "It is right except for the letter: you wrote {stranger}, but the problem has {meant}.")
              for each in sorted(known)[:MOST_LETTERS])):
        if equivalent(case.problem, substitute(case.answer, letter, meant), case.oracle).verdict == "equal":
            return _conclude(case, "wrong_variable", Text(words, {"stranger": stranger, "meant": meant}))
    return None


def _another_letter(case: Case) -> Diagnosis | None:
    """Was it differentiated with respect to another letter than the one that is asked?"""
    at, slope = (case.problem, case.problem.args[0]) if case.problem.head == "at" else (None, case.problem)
    if slope.head != "derivative" or not case.can_be_explained or not says_enough(case):
        return None
    body, asked, order = slope.args
    for letter in sorted(body.free - {asked.value})[:MOST_LETTERS]:
        other = derivative(body, name(letter), order, slope.value)
        for made, words in ((other, _BY_ANOTHER), (add(slope, other), _BY_BOTH)):
            made = made if at is None else node("at", (made, *at.args[1:]))
            if case.screen.may_equal(made) and agree(case.oracle, made, case.answer):
                return _conclude(case, "wrong_variable", Text(words, {"letter": name(letter), "asked": asked}))
    return None


_BY_ANOTHER = ("That is the derivative with respect to {letter}. The problem asks for the one with respect to "
               "{asked}, with {letter} held constant.")
_BY_BOTH = ("The letter {letter} was differentiated as well. The problem asks for the derivative with respect to "
            "{asked}, with {letter} held constant.")


def _unexplained(case: Case) -> Diagnosis:
    """Nothing explains it: say where it differs and which rule applies there, without guessing."""
    said: dict[Observation, Text] = {}
    difference = None
    if case.asks_for_antiderivative:
        said["differentiated"] = Text("Differentiate your answer: that gives {slope}, and it should give {integrand}.",
                                      {"slope": case.compared_by_rules, "integrand": case.wanted})
    if _is_very_near(case):
        said["very_near"] = Text("It is very close to the right value, but not equal to it.", {})
    elif case.derivation is not None and case.answer.size <= MOST_DIAGNOSED:
        difference = smallest_difference(case.tidy_answer, case.expected)
        if 2 * difference.expected.size <= case.expected.size:
            said["all_but"] = Text("Everything fits except this part: {yours}.", {"yours": difference.yours})
    applies = _where_to_look(case, None if difference is None else difference.expected)
    if applies is not None:
        said["applies"] = rule_that_applies(applies.rule, applies.bindings)
    if not said:
        said["unidentified"] = Text("It is not right, but what went wrong could not be identified.", {})
    return _conclude(case, "unexplained", *said.values(), observations=said, difference=difference, applies=applies,
                     place=None if applies is None else applies.before)


def rule_that_applies(rule: Rule, bindings: Mapping[str, Expression]) -> Text:
    """A rule as a learner is reminded of it; of a known limit only the name, since what it says is the answer."""
    if "known" in rule.tags:
        return Text(f"There is a known limit to use here: {rule.title}.", {})
    return Text(f"{rule.title}: {rule.say}", slots_of(bindings))


def _is_very_near(case: Case) -> bool:
    """Whether an answer is so close to the right value that everything would seem to explain it.

    Also at the place where both were found to differ: between two kinks they may be far apart and agree elsewhere.
    """
    found = case.equivalence
    if found.left is not None and found.right is not None and relative(found.left, found.right) > _NEAR:
        return False
    return bool(case.screen.places) and not case.screen.differs(case.compared, case.wanted)


_NEAR = 1e-6
"""The relative difference up to which two values are called very close."""


def _slip(case: Case, kinds: Kinds) -> Diagnosis | None:
    if not case.can_be_explained or (case.asks_for_antiderivative and case.derivation is None):
        return None
    variable = case.problem.args[1] if case.asks_for_antiderivative else None
    slip = find_slip(case.expected_without_constant, case.answer, case.oracle, case.tidy, kinds, variable)
    if slip is None:
        return None
    if slip.kind == "term" and case.asks_for_antiderivative:
        lacking = case.tidy(add(case.wanted, negate(case.compared_by_rules)))
        slip = replace(slip, sentence=Text("A term is missing: nothing in your answer gives {lacking} when it is "
                                           "differentiated.", {"lacking": lacking}))
    return _conclude(case, "slip", slip.sentence, slip=slip)


def _factor_in_front_forgotten(case: Case) -> Diagnosis | None:
    """Is it the value of the integral or derivative alone, where a factor stands in front, as of an average?"""
    if case.problem.head not in ("product", "quotient") or not case.can_be_explained:
        return None
    inner = [part for part in case.problem.args if part.head in OPEN]
    if len(inner) != 1 or (case.problem.head == "quotient" and case.problem.args[1] in inner):
        return None
    if equivalent(inner[0], case.answer, case.oracle).verdict != "equal":
        return None
    sentence = Text("This is {inner} alone. What became of the factor that stands beside it?", {"inner": inner[0]})
    return _conclude(case, "slip", sentence, slip=Slip("factor", case.answer, case.expected, sentence))


_QUESTIONS: tuple[Question, ...] = (
    _no_derivative, _not_integrated, _form_of_limit, _right_up_to_a_constant, _missing_on_part, _right, _right_on_part,
    _undecided, _rounded, _wrong_variable,
    lambda case: _explained(case, by_one(case, case.own_turns)) if case.own else None,
    lambda case: _explained(case, by_one(case, case.turns)),
    _another_letter,
    _factor_in_front_forgotten,
    lambda case: _slip(case, signs_and_terms),  # one lost sign is likelier than two misconceptions
    lambda case: _explained(case, by_one_again(case)),
    lambda case: _explained(case, by_two(case)),
    lambda case: _slip(case, other_slips),
)


_MOST_RULES = 3
_NOT_OF_CALCULUS = frozenset(("combine", "tidy", "rewriting", "restoring"))


def _rules_used(case: Case) -> list[str]:
    """The titles of the rules by which the tutor would find the result, each once: what a learner has shown to know."""
    if case.taught is None:
        return ["differentiating it gives the integrand" if case.asks_for_antiderivative else "the values agree"]
    named = [rule for line in case.taught.rules_of_lines for rule in line]
    titles = dict.fromkeys(rule.title for rule in named if _NOT_OF_CALCULUS.isdisjoint(rule.tags))
    return list(titles)[:_MOST_RULES] or ["the values agree"]


# -- what is said ------------------------------------------------------------------------------------------------------


def _conclude(case: Case, outcome: DiagnosisOutcome, *texts: Text, place: Expression | None = None,
              **found: object) -> Diagnosis:
    """The diagnosis with everything that is known of the case. place: the part to look at, if not the whole."""
    hint = first_hint(place or case.problem)
    if place in (None, case.problem) and case.taught is not None:
        hint = Text(f"{hint.template} {way_to_begin(case.taught.goal)}".rstrip(), hint.slots)
    return Diagnosis(
        outcome, case.problem, case.answer, case.derivation, equivalence=case.equivalence, texts=texts,
        hint=hint, **found)  # type: ignore[arg-type]


def _explained(case: Case, found: list[Turns]) -> Diagnosis | None:
    """What to say where these wrong turns give exactly the answer."""
    if not found:
        return None
    likely = believable(case, found)
    ordered = [*likely, *(turns for turns in found if turns not in likely)]
    explanations = tuple(mistakes(case, turns) for turns in ordered)
    if len(explanations) > 1:
        texts = told(explanations[0]) if len(likely) == 1 else (
            EITHER, *(each[0].sentence for each in explanations[:len(likely)]))
        return _conclude(case, "one_of", *texts, explanations=explanations, likely=len(likely))
    goal = found[0][0].goal.problem
    place = goal if case.replay.fresh.value not in goal.free else None
    return _conclude(case, "misconception", *told(explanations[0]), place=place, explanations=explanations, likely=1)


def _where_to_look(case: Case, expected: Expression | None) -> Step | None:
    """The step that should have given this part of the result, or else the main one of the derivation."""
    if case.derivation is None:
        return None
    fitting = [goal for goal in case.derivation.goals.values()
               if goal.rule and goal.result is expected and PASSED_OVER.isdisjoint(goal.rule.tags)]
    problems = [goal.problem for goal in (*fitting, *case.derivation.main_goals())]
    steps = [step for step in case.derivation.steps if step.number is not None]
    return next((step for problem in problems for step in steps if step.before is problem), None)
