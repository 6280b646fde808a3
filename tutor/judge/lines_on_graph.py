"""A learner's own backward pass, judged line by line: every slope by itself, in the names of the graph.

    judged = judge_lines("z = w*x; L = z^2; grad_{w} L", ["dL/dz = 2z", "dL/dw = dL/dz*x"])
    [line.outcome for line in judged.lines]        # ["expected", "expected"]
    judged.finished                                # True: every slope that was asked for is found

Each line is an equation that the oracle can refute by itself: the graph is cut at the name. So a slope that is right in
the letters of others is right although these are wrong; one in which a wrong value was put in follows from that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tutor import limits
from tutor.derivation.backward import BackwardPass, solved_on_graph
from tutor.derivation.problem import read_problem
from tutor.derivation.several import GRAPH
from tutor.errors import LimitError, TutorError
from tutor.expression.latex_lines import rows
from tutor.expression.parse import parse
from tutor.expression.relations import related
from tutor.expression.tree import ONE, Expression, as_tuple, name, node, postorder, replace
from tutor.judge.answer import read_answer, sides
from tutor.judge.components import diagnose_list, named_component
from tutor.judge.diagnosis import Diagnosis, Text
from tutor.judge.lines import LineJudgement, LinesJudgement
from tutor.judge.on_graph import Diagnose, agrees_in_digits, diagnose_slope, is_slope_of_loss
from tutor.oracle.matrices import ShapeError
from tutor.rules.rule import Rule


@dataclass(frozen=True)
class LinesOnGraph(LinesJudgement):
    """A whole backward pass. complete: whether each slope that was asked for is found."""

    complete: bool = False

    @property
    def ending(self) -> str:
        """What is said of one that is finished."""
        return "every slope that was asked for is found"

    @property
    def finished(self) -> bool:
        """Whether each slope that was asked for is found, in letters or numbers of the graph or in slopes found too."""
        return self.complete


def graph_meant(problem: str, lines: Sequence[str]) -> BackwardPass | None:
    """The backward pass over the lines of a problem, if a learner goes along these and has their names."""
    try:
        asked = read_problem(problem, method=GRAPH).expression
        found = solved_on_graph(asked) if asked.head == "statements" else None
    except TutorError:
        return None  # then nothing is asked of a graph here
    return found if found is not None and _speak_of_lines(found, lines) else None


def _speak_of_lines(found: BackwardPass, lines: Sequence[str]) -> bool:
    names = found.graph.lines.keys() - {found.adjoints.loss}
    for text in (side for line in lines for row in rows(line) for side in sides(row)):
        try:
            side = parse(text)
        except TutorError:
            continue  # it is told where the line is judged
        if any(part.head == "name" and part.value in names for part in postorder([side])):
            return True
    return False


def judge_lines_on_graph(found: BackwardPass, lines: Iterable[str], diagnose: Diagnose) -> LinesOnGraph:
    """Judge the lines of a backward pass. diagnose: what is said of an answer to a derivative by itself."""
    judge = _judge_of(found, diagnose)
    judged: list[LineJudgement] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        for row in rows(line):
            for judgement in judge.judged(number, row):
                if len(judged) == limits.DERIVATION_LINES:
                    raise LimitError(f"A derivation may have {limits.DERIVATION_LINES:,} lines; this one has more.")
                judged.append(judgement)
    problem = node("statements", (*found.graph.statements, found.problem))
    return LinesOnGraph(problem, found, tuple(judged), judge.is_complete)


def _judge_of(found: BackwardPass, diagnose: Diagnose) -> LineOnGraph:
    if not found.graph.has_lists:
        return LineOnGraph(found, diagnose)
    from tutor.judge.lines_on_lists import LineOnLists

    return LineOnLists(found, diagnose)


class LineOnGraph:
    """Reads and judges the lines of one backward pass in turn.

    right: what was rightly found, by what it was said of; wrong: what was said wrongly; last: what the last line was
    about; named: the learner's own letters, with what they stand for.
    """

    def __init__(self, found: BackwardPass, diagnose: Diagnose) -> None:
        self.found, self.diagnose = found, diagnose
        self.rates = {letter: node("rate", (name(found.adjoints.loss), found.adjoints.part(letter)), "d")
                      for letter in (*found.graph.lines, *found.graph.inputs)}
        self.asked = as_tuple(self.rates[letter] for letter in found.wanted)
        self.last: Expression = self.asked
        self.right: dict[Expression, Expression] = {}
        self.wrong: dict[Expression, Expression] = {}
        self.named: dict[Expression, Expression] = {}

    @property
    def is_complete(self) -> bool:
        """Whether each slope that was asked for is found, and every slope that it was written in as well."""
        waiting, seen = [self.rates[letter] for letter in self.found.wanted], set[Expression]()
        while waiting:
            rate = waiting.pop()
            if rate in seen:
                continue
            seen.add(rate)
            known = self.known(self.right, rate)
            if known is None:
                return False
            waiting += [part for part in postorder([known]) if part.head == "rate" and part.value == "d"]
        return True

    # -- what was found before ---------------------------------------------------------------------------------------

    def known(self, values: Mapping[Expression, Expression], part: Expression) -> Expression | None:
        """What was said of a slope or a name; None if nothing was."""
        return values.get(part)

    def keep(self, values: dict[Expression, Expression], about: Expression, given: Expression) -> None:
        """Keep what is said of a slope or a name."""
        values[about] = given

    def forget(self, values: dict[Expression, Expression], about: Expression) -> None:
        """Keep no longer what was said of a slope or a name."""
        values.pop(about, None)

    # -- reading -----------------------------------------------------------------------------------------------------

    def judged(self, number: int, row: str) -> Iterator[LineJudgement]:
        """What is to be said of each right side of a line, a = b = c."""
        first, *others = sides(row)
        try:
            self.begin(first, others)
        except TutorError as error:
            yield LineJudgement("unreadable", number, row.strip(), Text(str(error), {}), error=error)
            return
        for side in others or [first]:
            try:
                given = self.read(side)
                is_definition = self.is_stranger(self.last)
                if is_definition:
                    self.define(given)
            except TutorError as error:
                yield LineJudgement("unreadable", number, side.strip(), Text(str(error), {}), error=error)
                continue
            if not is_definition:
                yield self.judge(number, side.strip(), given)

    def begin(self, text: str, others: Sequence[str]) -> None:
        """See what a line is about: what stands on its left; if nothing does, what the line before was about. others:
        the right sides."""
        if not others or not text.strip():
            return
        left = self.meant(parse(text))
        if left.head not in ("tuple", "rate", "name"):
            raise self.no_beginning(text)
        self.last = left

    def define(self, given: Expression) -> None:
        """Keep what the learner calls by a letter. In delta = dL/dz = 2z, what follows is about the slope."""
        self.named[self.last] = given
        if given.head == "rate":
            self.last = given

    def no_beginning(self, text: str) -> TutorError:
        """What is to be said of a line that begins with something else."""
        example = self.rates[self.found.adjoints.order[-1]]
        letters = "d{}/d{}".format(*example.args)
        return TutorError(f"A line begins with a slope, such as {letters} = ..., or with the name of a line.",
                          text=text)

    def read(self, text: str) -> Expression:
        """A right side, with what the learner's own letters stand for."""
        return replace(self.meant(read_answer(text, self.found.problem).expression), self.named)

    def meant(self, expression: Expression) -> Expression:
        """Every dL/dz as a slope of the graph. ∂L/∂w for a letter that is not on the line of L is dL/dw: many books
        have one sign for both."""
        changes = {}
        for part in postorder([expression]):
            if part.head == "rate" or (part.head == "derivative" and part.args[0].head in ("name", "indexed")
                                       and part.args[2] is ONE):
                rate = node("rate", part.args[:2], part.value)
                changes[part] = rate if self.is_on_line(rate) else node("rate", part.args[:2], "d")
        return replace(expression, changes)

    def is_on_line(self, rate: Expression) -> bool:
        line = self.found.graph.lines.get(rate.args[0].value)
        return line is not None and rate.args[1].value in line.free

    def is_stranger(self, left: Expression) -> bool:
        return left.head == "name" and left.value not in self.rates

    # -- judging -----------------------------------------------------------------------------------------------------

    def in_parts(self, given: Expression) -> Expression:
        """A right side without whole lists. Raises ShapeError where their sizes do not fit."""
        return given

    @property
    def shown(self) -> Expression:
        """What a line is about, as it was typed."""
        return self.last

    def judge(self, number: int, text: str, given: Expression) -> LineJudgement:
        """What is to be said of one equation."""
        equation = related(self.shown, "=", given)
        unknown = self.unknown((self.last, given))
        if unknown is None:
            try:
                given = self.in_parts(given)
            except ShapeError as error:
                return LineJudgement("wrong", number, text, Text(f"This is wrong. {error}", {}), equation)
            unknown = self.unknown((self.last, given))
        if unknown is not None:
            return LineJudgement("undecided", number, text, unknown, equation)
        about, found = self.diagnosed(self.last, given)
        if found.outcome == "undecided":
            assert found.equivalence is not None
            why = found.equivalence.why
            return LineJudgement("undecided", number, text,
                                 Text(f"This could not be decided: {why.template}.", why.slots), equation)
        if found.outcome == "right":
            repeated = self.known(self.right, about) is not None
            self.take(about, given)
            rules = () if repeated else self.rules_of(about)
            said = f"Right: {', '.join(rule.title for rule in rules)}." if rules else "Right."
            digits = found.texts[0] if found.texts and found.texts[0].template.startswith("Right to") else None
            return LineJudgement("expected", number, text, digits or Text(said, {}), equation, rules)
        if self.follows(about, given):
            self.keep(self.wrong, about, given)
            return LineJudgement("follows_from_wrong", number, text, Text(
                "This follows from what was found before, but that is not right.", {}), equation)
        self.keep(self.wrong, about, given)
        self.forget(self.right, about)
        message = Text("This is wrong: {given} is not {about}.", {"given": given, "about": about})
        if found.component:
            message = Text(f"This is wrong: look at {named_component(found.component, found.problem)}.", {})
        return LineJudgement("wrong", number, text, message, equation, diagnosis=found)

    def diagnosed(self, about: Expression, given: Expression) -> tuple[Expression, Diagnosis]:
        """What is to be said of one equation, and what it is about: ∂L/∂x may be meant along every path."""
        if "tuple" in (about.head, given.head):
            return about, diagnose_list(about, given, lambda part, own: self.diagnosed(part, own)[1])
        found = diagnose_slope(self.found, about, given, "", self.diagnose)
        if found.outcome == "right" or about.head != "rate" or about.value != "∂" or about.args[0].value != (
                self.found.adjoints.loss):
            return about, found
        whole = node("rate", about.args, "d")
        found_of_whole = diagnose_slope(self.found, whole, given, "", self.diagnose)
        return (whole, found_of_whole) if found_of_whole.outcome == "right" else (about, found)

    def letters_beside(self, sides_of_line: tuple[Expression, ...]) -> set[str]:
        """The letters that stand for none of the numbers of the graph and have a meaning all the same."""
        return set()

    def unknown(self, sides_of_line: tuple[Expression, ...]) -> Text | None:
        """What is to be said of a letter that the graph does not have, or of a slope of nothing in it."""
        beside = self.letters_beside(sides_of_line)
        for part in postorder(sides_of_line):
            if part.head in ("name", "indexed") and part.value not in self.rates and part.value not in beside:
                return Text("{letter} does not occur in the graph: first say what it is, as in {letter} = ...",
                            {"letter": part})
            if part.head == "rate" and part.args[0].value not in self.found.graph.lines:
                return Text("{rate} is no slope in this graph: {letter} has no line.",
                            {"rate": part, "letter": part.args[0]})
            if part.head == "derivative" and part.args[0].head in ("name", "indexed"):
                return Text("Only first slopes can be judged here, such as {rate}.", {"rate": self.asked_example})
        return None

    @property
    def asked_example(self) -> Expression:
        return self.rates[self.found.wanted[0]]

    def take(self, about: Expression, given: Expression) -> None:
        """Keep what was rightly found."""
        if about.head == "rate" and about.value == "∂":
            return
        pairs = zip(about.args, given.args, strict=True) if about.head == "tuple" else [(about, given)]
        for left, right in pairs:
            self.forget(self.wrong, left)
            if left.head == "rate" and left not in postorder([right]):
                self.keep(self.right, left, right)

    def rules_of(self, about: Expression) -> tuple[Rule, ...]:
        """The rule that opens a slope of the loss, and those that find a slope on a line."""
        if about.head != "rate":
            return ()
        letter = about.args[1].value
        if is_slope_of_loss(self.found, about):
            return (self.found.adjoints.adjoint(letter).instance.rule,)
        slopes = self.found.adjoints.adjoint(letter).slopes if letter in self.found.adjoints.order else ()
        derivations = [slope.derivation for slope in slopes if self.is_same(slope.rate, about)]
        return tuple(dict.fromkeys(rule for each in derivations for rules in each.rules_of_lines for rule in rules))

    def is_same(self, one: Expression, other: Expression) -> bool:
        """Whether two slopes are the same one."""
        return one is other

    def follows(self, about: Expression, given: Expression) -> bool:
        """Whether what is wrong would be right with what was wrongly found before, or says the same as before."""
        others = {each: value for each, value in self.wrong.items() if not self.is_same(each, about)}
        before = self.known(self.wrong, about)
        expected = [] if before is None else [before]
        if others:
            expected += self.expected_after(about)
        given = self.put_in(given, others)
        return any(agrees_in_digits(self.found, self.put_in(each, others), given) for each in expected)

    def expected_after(self, about: Expression) -> list[Expression]:
        """What a slope or a name is in what other lines say of those that it rests on."""
        if about.head == "name":
            return [line for line in [self.found.graph.lines.get(about.value)] if line is not None]
        if about.head != "rate" or not is_slope_of_loss(self.found, about):
            return []
        adjoint = self.found.adjoints.adjoint(about.args[1].value)
        local = {}
        for slope in adjoint.slopes:
            said = self.known(self.wrong, slope.rate)
            local[slope.rate] = slope.result if said is None else said
        return [replace(self.found.adjoints.without_start(adjoint.opened), local)]

    def put_in(self, expression: Expression, values: dict[Expression, Expression]) -> Expression:
        """An expression with what was wrongly found put in, down to slopes that were not."""
        for _ in values:
            known = {part: value for part in postorder([expression]) if (value := self.known(values, part)) is not None}
            if not known:
                break
            expression = replace(expression, known)
        return expression
