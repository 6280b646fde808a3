"""A learner's own derivation, judged line by line: what was done, and where it went wrong.

    judged = judge_lines("d/dx sin(x^2)", ["cos(x^2)*d/dx [x^2]", "= cos(x^2)*2x"])
    [line.outcome for line in judged.lines]        # ["expected", "expected"]
    judged.lines[0].message.written()              # "Right: Chain rule."
    judged.finished                                # True
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal

from tutor import limits
from tutor.derivation.antiderivatives import comparable, is_indefinite
from tutor.derivation.definitions import with_definitions
from tutor.derivation.derivation import Derivation, derive, derive_if_possible
from tutor.derivation.explained import explained
from tutor.derivation.goal import insides
from tutor.derivation.points import without_places
from tutor.derivation.problem import read_problem
from tutor.errors import LimitError, TutorError
from tutor.expression.functions import functions_of
from tutor.expression.latex_lines import rows
from tutor.expression.parse import parse
from tutor.expression.tree import OPEN, Expression, add, name, node, postorder, replace, substitute
from tutor.judge.answer import read_answer, repeats, sides
from tutor.judge.antiderivative import judge_antiderivative
from tutor.judge.between import occurs
from tutor.judge.components import equivalent_lists, named_component
from tutor.judge.diagnose import diagnose_expressions
from tutor.judge.diagnosis import Diagnosis, Text
from tutor.judge.equivalence import Equivalence, equivalent
from tutor.judge.moves import Move, Moves
from tutor.judge.naming import NamesInDerivation
from tutor.judge.no_value import diagnose_no_value, says_no_value
from tutor.oracle.verdict import Oracle
from tutor.rules.rule import Rule
from tutor.rules.rulebook import rulebook

LineOutcome = Literal[
    "expected", "detour", "several_steps", "unchanged", "off_the_way",
    "wrong", "follows_from_wrong", "unreadable", "undecided",
]

RIGHT_OUTCOMES = frozenset(("expected", "detour", "several_steps", "unchanged", "off_the_way"))
"""The outcomes of lines that have the value of the problem."""

_WORDS: dict[str, str] = {
    "expected": "Right: {rules}.",
    "detour": "Right, in another way: {rules}.",
    "several_steps": "Right, several steps at once: {rules}.",
    "unchanged": "This says the same as the line before.",
    "off_the_way": "The value is right, but no known rule leads from the line before to this one.",
    "follows_from_wrong": "This follows from the line before, but that line is not right.",
}


@dataclass(frozen=True)
class LineJudgement:
    """What was found about one line.

    number, text: its place among the lines that were handed in, and how it was typed; message: what to say of it;
    expression: how it was read; rules: what was used to get here, for an expected line, a detour or several steps;
    diagnosis: of a wrong line, as an answer to the line before; error: why a line could not be read.
    """

    outcome: LineOutcome
    number: int
    text: str
    message: Text
    expression: Expression | None = None
    rules: tuple[Rule, ...] = ()
    diagnosis: Diagnosis | None = None
    error: TutorError | None = None


@dataclass(frozen=True)
class LinesJudgement:
    """A whole derivation: the problem, how the tutor would solve it, and every line."""

    problem: Expression
    derivation: Derivation
    lines: tuple[LineJudgement, ...]

    @property
    def ending(self) -> str:
        """What is said of one that is finished."""
        return "the last line is the answer"

    @property
    def finished(self) -> bool:
        """Whether the last line is right with nothing left to work out in it, or rightly says that there is no
        value."""
        last = self.lines[-1] if self.lines else None
        if last is None or last.outcome not in RIGHT_OUTCOMES:
            return False
        if last.expression is None:
            return True
        return not _is_open(last.expression) and (
            not is_indefinite(self.problem) or judge_antiderivative(self.problem, last.expression).right)

    @property
    def broke_at(self) -> int | None:
        """The number of the first wrong line; None if there is none."""
        return next((line.number for line in self.lines if line.outcome == "wrong"), None)


def judge_lines(problem: str, lines: Iterable[str]) -> LinesJudgement:
    """Judge a derivation that a learner wrote for a problem, both in the learner's notation.

    A line may begin with `=` or repeat the left side, and each part of `a = b = c` is a line of its own. Empty lines
    and those that start with # are skipped; so is `u = 3x + 2`, where the right side is a part of the problem: later
    lines may have the letter. A line is judged beside the last one that could be read; a line that cannot be read is an
    outcome. A wrong line is diagnosed as an answer to the line before. Raises TutorError if the
    problem cannot be read or solved, LimitError if there are more lines than `tutor.limits` allows.
    """
    lines, reading = list(lines), read_problem(problem)
    if reading.expression.head == "relation":
        raise TutorError(_NOT_BY_LINES)
    graph = _graph_of(problem, reading.expression, lines)
    if graph is not None:
        return judge_lines_of(graph, lines)
    derivation = derive(reading.expression, reading.notes)
    return _judged(_judge_of(derivation, partial(with_definitions, problem=problem)), lines)


_NOT_BY_LINES = "What is asked of an equation is judged as one answer, and not line by line."


def _graph_of(text: str, problem: Expression, lines: Sequence[str]) -> Derivation | None:
    """The backward pass that lines are about: where the problem asks for one, or where its lines would be put in, but
    the learner goes along them."""
    if problem.head == "statements":
        found = explained(problem)
        if found.is_of_equation:
            raise TutorError(_NOT_BY_LINES)
        return found
    if ";" not in text:
        return None
    from tutor.judge.lines_on_graph import graph_meant

    return graph_meant(text, lines)


def judge_lines_of(derivation: Derivation, lines: Iterable[str], own: Sequence[Rule] = ()) -> LinesJudgement:
    """The same for a problem that was solved already. own: misconceptions besides those of the rulebook."""
    if derivation.is_backward_pass:
        from tutor.derivation.backward import BackwardPass
        from tutor.judge.lines_on_graph import judge_lines_on_graph

        assert isinstance(derivation, BackwardPass)
        return judge_lines_on_graph(derivation, lines, partial(diagnose_expressions, own=own))
    return _judged(_judge_of(derivation, own=own), lines)


def _judge_of(derivation: Derivation, defined: Callable[[Expression], Expression] = lambda line: line,
              own: Sequence[Rule] = ()) -> LineByLine:
    if derivation.problem.head != "tuple":
        return LineByLine(derivation, defined, own)
    from tutor.judge.lines_of_list import ListLineByLine

    return ListLineByLine(derivation, defined, own)


def _judged(judge: LineByLine, lines: Iterable[str]) -> LinesJudgement:
    judged: list[LineJudgement] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        for row in rows(line):
            for judgement in judge.row(number, row):
                if len(judged) == limits.DERIVATION_LINES:
                    raise LimitError(f"A derivation may have {limits.DERIVATION_LINES:,} lines; this one has more.")
                judged.append(judgement)
    return judge.whole(tuple(judged))


class LineByLine:
    """Reads and judges the lines of one derivation in turn.

    defined: puts in what the text of the problem defines; right: the last line of the right value, the problem to
    begin with; last: the last line that could be read; named: the learner's letters for parts of the problem.
    """

    def __init__(self, derivation: Derivation, defined: Callable[[Expression], Expression] = lambda line: line,
                 own: Sequence[Rule] = ()) -> None:
        self.derivation, self.defined, self.own = derivation, defined, own
        self.problem = self.right = self.last = derivation.problem
        self.places = without_places(self.problem.args[0] if self.problem.head == "tuple" else self.problem)[1]
        self.oracle, self.moves = Oracle(), Moves(derivation)
        self.known = list(postorder([self.problem]))
        self.parse = partial(parse, functions=functions_of(self.problem))
        self.functions = {part.value[0] for part in self.known if part.head == "application"}
        self.named: dict[str, Expression] = {}
        self.new_variables: list[str] = []  # those of substitutions that the last right line has
        self.names = NamesInDerivation(
            self.problem, lambda text: self.defined(read_answer(text, self.problem).expression), self.oracle)

    def row(self, number: int, text: str) -> Iterator[LineJudgement]:
        """What is to be said of one row, each part of a = b = c by itself."""
        wrong = self.names.take(text)
        if wrong is not None:
            yield from (LineJudgement("wrong", number, text.strip(), each) for each in wrong)
            return
        for part in self.parts(text):
            yield self.judge(number, part)

    def whole(self, judged: tuple[LineJudgement, ...]) -> LinesJudgement:
        """All of it."""
        return LinesJudgement(self.problem, self.derivation, judged)

    # -- reading -----------------------------------------------------------------------------------------------------

    def parts(self, line: str) -> list[str]:
        """The expressions that a line puts one after the other, without a left side that only repeats the problem."""
        first, *others = sides(line)
        if not others:
            return [first]
        if not first.strip() or self.is_left_side(first):
            return others
        if len(others) == 1 and self.is_name(first, others[0]):
            return []
        return [first, *others]

    def is_left_side(self, text: str) -> bool:
        """Whether a text only names what is asked: f'(x), dy/dx, or the problem or last line itself."""
        if repeats(text, self.problem):
            return True
        try:
            left = self.parse(text)
            meant = self.in_place(self.defined(left))
        except TutorError:
            return False
        if left.head == "application" and left.value[1] and left.value[0] not in self.functions:
            return True
        if left.head in ("derivative", "rate") and left.args[0].head == "name":  # d/dx [y], and dy/dx
            return left.args[0].value not in self.moves.letters
        same = self.moves.arrangements.of
        return same(meant) in (same(self.problem), same(self.last))

    def is_name(self, text: str, meaning: str) -> bool:
        """Whether `text = meaning` names a part of the problem; a letter is kept for the lines to come."""
        try:
            left, right = self.parse(text), self.read(meaning)
        except TutorError:
            return False
        same = self.moves.arrangements.of
        if same(right) not in map(same, self.known):
            return False
        if left.head == "name" and left.value not in self.moves.letters:
            self.named[left.value] = right
            return True
        return left.head == "application" and left.value[0] not in self.functions

    def read(self, text: str) -> Expression:
        """The expression of a line, in the letters of the problem. Raises TutorError where it cannot be read."""
        if repeats(text, self.problem):
            return self.problem
        expression = self.defined(read_answer(self.names.written_out(text), self.problem).expression)
        for letter, meaning in [*self.named.items(), *self.names.inside.items()]:
            expression = _with_meaning(expression, letter, meaning)
        return expression

    def in_place(self, expression: Expression) -> Expression:
        """Where the problem asks for a value at a point, a line that still has the letter is meant at that point."""
        if expression.head == "tuple":
            parts = tuple(map(self.in_place, expression.args))
            return expression if parts == expression.args else node("tuple", parts)
        for variable, point in self.places:
            if variable.value in expression.free and variable.value not in self.problem.free:
                expression = node("at", (expression, variable, point))
        return expression

    # -- judging -----------------------------------------------------------------------------------------------------

    def judge(self, number: int, text: str) -> LineJudgement:
        """What is to be said of the next line."""
        if says_no_value(text):
            return self.judge_no_value(number, text)
        try:
            typed = self.read(text)
        except TutorError as error:
            return LineJudgement("unreadable", number, text, Text(str(error), {}), error=error)
        typed = self.with_insides(typed)
        expression = self.in_place(typed)
        strangers = sorted(expression.free - self.moves.letters)
        if strangers and not self.are_constants(strangers, typed):
            message = Text("{letter} does not occur in the problem: first say what it is, as in {letter} = ...",
                           {"letter": name(strangers[0])})
            return LineJudgement("undecided", number, text, message, expression)
        if typed is expression and self.derivation.unsolved is not None and self.derivation.undefined and not any(
                part.head in OPEN for part in postorder([typed])):
            missing = self.derivation.unsolved
            message = Text(f"There is no derivative here: {missing.template}.", missing.slots)
            return LineJudgement("wrong", number, text, message, expression)
        found = self.beside_the_problem(typed)
        if found.verdict == "equal":
            return self.judge_right(number, text, expression)
        other = self.read_with_closing_brackets(text)
        if other is not None and self.beside_the_problem(other).verdict == "equal":
            return self.judge_right(number, text, self.in_place(other))
        why = found.why
        if found.verdict == "different":
            if self.last is self.right:
                return self.judge_wrong(number, text, typed)
            beside = self.compared(self.last, expression)
            if beside.verdict == "different":
                return self.judge_wrong(number, text, typed)
            if beside.verdict == "equal":
                self.last = expression
                return LineJudgement("follows_from_wrong", number, text, _said("follows_from_wrong"), expression)
            why = beside.why
        message = Text(f"This could not be decided: {why.template}.", why.slots)
        return LineJudgement("undecided", number, text, message, expression)

    def with_insides(self, typed: Expression) -> Expression:
        """A line in the new variable of a substitution, if that was not said, in the letters of the problem."""
        if not any(part.head == "integral" for part in postorder([self.problem])):
            return typed
        variables = {part.args[1].value for part in postorder([typed]) if is_indefinite(part)}
        for letter in sorted((typed.free | variables) - self.moves.letters):
            for inside in insides(self.derivation.goal):
                meant = _with_meaning(typed, letter, inside)
                if meant is not typed and self.beside_the_problem(meant).verdict == "equal":
                    self.names.inside[letter] = inside
                    return meant
        return typed

    def are_constants(self, strangers: Sequence[str], typed: Expression) -> bool:
        """Whether letters that the problem does not have are constants of integration."""
        return is_indefinite(self.problem) and (
            all(letter in "CcKk" for letter in strangers) or self.beside_the_problem(typed).verdict == "equal")

    def judge_no_value(self, number: int, text: str) -> LineJudgement:
        """A line that says in words that there is no derivative."""
        found = diagnose_no_value(self.problem, text)
        outcome: LineOutcome = ("expected" if found.outcome == "right" else
                                "undecided" if found.outcome == "undecided" else "wrong")
        return LineJudgement(outcome, number, text, found.texts[0])

    def beside_the_problem(self, typed: Expression) -> Equivalence:
        """Whether a line has the value of the problem.

        Where a value at a point is asked, a line that still has the letter has to be right everywhere.
        """
        return self.compared(_in_letters(self.problem, typed.free), typed)

    def compared(self, before: Expression, after: Expression) -> Equivalence:
        """Whether two lines have the same value, up to a constant where an antiderivative is asked for."""
        if is_indefinite(self.problem) and not (before is self.problem and not _is_open(after)):
            before, after = comparable(before, after, self.problem.args[1])
        if "tuple" in (before.head, after.head):
            return equivalent_lists(before, after, self.oracle)
        return equivalent(before, after, self.oracle)

    def read_with_closing_brackets(self, text: str) -> Expression | None:
        """A line with d/dx (x^2) sin(x) read as d/dx [x^2] times sin(x), as textbooks do; None if it has none."""
        changed = with_closing_brackets(text)
        if changed == text:
            return None
        try:
            return self.read(changed)
        except TutorError:
            return None

    def judge_right(self, number: int, text: str, expression: Expression) -> LineJudgement:
        move = self.moves.between(self.right, expression)
        if move.outcome == "off_the_way":
            move = self.with_constant_added(expression) or move
        repeated = move.outcome == "unchanged" and self.right is self.problem
        put_back = self.put_back(text)
        self.right = self.last = expression
        message = Text("This is the problem.", {}) if repeated else _said(move.outcome, move.rules)
        if put_back and move.outcome == "unchanged":
            move = Move("expected")
            message = Text("Right: {inside} is put back in place of {letter}.",
                           {"inside": self.names.inside[put_back[0]], "letter": name(put_back[0])})
        if is_indefinite(self.problem) and not _is_open(expression):
            missing = judge_antiderivative(self.problem, expression, self.oracle).sentence
            message = Text(" ".join(filter(None, (message.template, missing))), message.slots)
        return LineJudgement(move.outcome, number, text, message, expression, move.rules)

    def with_constant_added(self, expression: Expression) -> Move | None:
        """The move to a line that has a constant of integration where the line before had none; None for others."""
        bare = self.without_constant(expression)
        if not is_indefinite(self.problem) or bare is expression or _is_open(self.right) or (
                self.without_constant(self.right) is not self.right):
            return None
        move = self.moves.between(self.right, bare)
        outcome = "expected" if move.outcome == "unchanged" else move.outcome
        return move._replace(outcome=outcome, rules=(*move.rules, rulebook()["constant_of_integration"]))

    def without_constant(self, line: Expression) -> Expression:
        """A sum without a letter that the problem does not have."""
        terms = [term for term in line.args if term.head != "name" or term.value in self.moves.letters]
        return add(*terms) if line.head == "sum" and 0 < len(terms) < len(line.args) else line

    def put_back(self, text: str) -> list[str]:
        """The new variables of substitutions that the line before had, and that this one has no more."""
        before, self.new_variables = self.new_variables, [each for each in self.names.inside if occurs(each, text)]
        return [letter for letter in before if letter not in self.new_variables]

    def judge_wrong(self, number: int, text: str, typed: Expression) -> LineJudgement:
        before, expression = self.last, self.in_place(typed)
        if typed is not expression:  # beside the line before as it was before the value was put in
            before = _in_letters(before if before.head in ("at", "tuple") else self.problem, typed.free)
        message = Text("This step is wrong: {before} is not equal to {line}.", {"before": before, "line": typed})
        if any(part.head == "at" for part in postorder([*before.args, typed])):  # hard to read, not as it was shown
            message = Text("This step is wrong: it is not equal to the line before.", {})
        self.last = expression
        if "tuple" in (before.head, typed.head):
            diagnosis = diagnose_expressions(before, typed, own=self.own)
            if diagnosis.component:
                place = named_component(diagnosis.component, diagnosis.problem)
                message = Text(f"This step is wrong: look at {place}.", {})
            return LineJudgement("wrong", number, text, message, expression, diagnosis=diagnosis)
        answer = typed
        if is_indefinite(self.problem):  # of a line with integrals in it, only the derivative is known
            before, found = self.problem, derive_if_possible(typed) if _is_open(typed) else None
            answer = typed if found is None else found.result
        return LineJudgement("wrong", number, text, message, expression,
                             diagnosis=diagnose_expressions(before, answer, own=self.own))


def _in_letters(problem: Expression, letters: Collection[str]) -> Expression:
    """A problem without the places of letters that a line still has."""
    if problem.head == "tuple":
        return node("tuple", tuple([_in_letters(part, letters) for part in problem.args]))
    asked, places = without_places(problem)
    for letter, point in places:
        if letter.value not in letters or letter.value in problem.free:
            asked = node("at", (asked, letter, point))
    return asked


_OPENS = re.compile(r"[d∂](?:\^?[\d²³])?\s*/\s*[d∂]\w+(?:\^\d)?\s*\(")


def with_closing_brackets(text: str) -> str:
    """The text with d/dx [...] for every d/dx (...): what is differentiated then ends where that bracket closes."""
    signs = list(text)
    for found in _OPENS.finditer(text):
        opening = found.end() - 1
        depth = 0
        for place in range(opening, len(text)):
            depth += (text[place] == "(") - (text[place] == ")")
            if depth == 0:
                signs[opening], signs[place] = "[", "]"
                break
    return "".join(signs)


def _is_open(expression: Expression) -> bool:
    return any(part.head in OPEN for part in postorder([expression]))


def _with_meaning(expression: Expression, letter: str, meaning: Expression) -> Expression:
    """A letter replaced by what it stands for; d/du [...] and int ... du are meant at u = meaning."""
    parts = list(postorder([expression]))
    told = {part.args[0] for part in parts if part.head == "at" and part.args[1].value == letter}
    by_letter = {part: node("at", (part, name(letter), meaning)) for part in parts if part not in told
                 and (part.head == "derivative" or is_indefinite(part)) and part.args[1].value == letter}
    return substitute(replace(expression, by_letter), letter, meaning)


def _said(outcome: LineOutcome, rules: tuple[Rule, ...] = ()) -> Text:
    return Text(_WORDS[outcome].replace("{rules}", ", ".join(rule.title for rule in rules)), {})
