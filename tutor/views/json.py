"""A derivation as data: plain dicts and lists, ready for `json.dumps`, with expressions as text that parses back.

    as_data(tutor.explain("d/dx x^2"))["steps"][0]["after"]        # "2*x^(2 - 1)"

The shape, kept as long as `format` stays the same:
    format, problem, method, other_methods, assumptions, notes [{message, start, end}]
    result                      null where there is none at the point, or where that could not be decided
    undefined                   why there is no derivative at the point, as a sentence; "" where there is one
    outcome                     "checked", "refuted" or "undecided", of the whole and all steps together
    check                       of problem = result; see below
    blocks [{id, parent, depth, problem, result, same_as}]
                                the derivations of open parts, in reading order; the first one is the problem itself;
                                `result` is null where it has none;
                                `same_as`: the block that tells the steps, if this part was told before, else null
    steps [{number, place, minor, block, depth, rule {name, title, statement}, before, after, bindings, assumptions,
            sentence, working [sentences], check {outcome, sentence, points, largest_difference, counterexample, left,
            right, reason}}]
                                in reading order, each with the id of its block; `number` is that of the line to which
                                a step belongs, null for a minor step; where several steps have the number of one line,
                                each has a `place` in it (1, 2, ...), which is null for all others
    document                    the same as it is told, with words and formulas kept apart; see `json_document`

Both lists are flat, so a derivation that nests thousands deep is written and read without recursion.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from tutor import limits
from tutor.derivation.derivation import Derivation
from tutor.derivation.step import Step
from tutor.errors import LimitError, NoProgress, TutorError
from tutor.expression.tokens import Note
from tutor.expression.tree import Expression
from tutor.lesson.codes import CODES
from tutor.oracle.verdict import Check
from tutor.rules.rule import Rule
from tutor.telling.derivation import told_derivation, told_solution
from tutor.telling.document import DerivationView, Detail, Part, ToldStep

if TYPE_CHECKING:
    from tutor.derivation.backward import BackwardPass
    from tutor.derivation.forward import AtNumbers
    from tutor.judge.diagnosis import Diagnosis, Mistake
    from tutor.judge.equivalence import Equivalence
    from tutor.judge.lines import LinesJudgement
    from tutor.lesson.findings import Examination

FORMAT = 1


def as_data(derivation: Derivation, view: DerivationView = "tree", detail: Detail = "normal") -> dict[str, Any]:
    """Everything about a derivation; the oracle is asked about the whole and every step.

    view, detail: of the document in it. Raises LimitError where the steps are too many or too long.
    """
    from tutor.views.json_document import document_as_data

    if derivation.too_long:
        raise LimitError(derivation.too_long)
    signs = sum(step.before.size + step.after.size + sum(bound.size for bound in step.bindings.values())
                for step in derivation.steps)
    if signs > limits.SIGNS_TOLD:
        raise LimitError(f"The steps of this derivation have more than {limits.SIGNS_TOLD:,} symbols in all, too "
                         "many for JSON. Try a shorter problem.")
    blocks, steps = _told(told_solution(derivation, detail="full").root)
    return {
        "format": FORMAT,
        "problem": str(derivation.problem),
        "result": str(derivation.result) if derivation.unsolved is None else None,
        "undefined": derivation.undefined,
        "method": derivation.method,
        "other_methods": list(derivation.other_methods),
        "assumptions": [str(relation) for relation in derivation.assumptions],
        "notes": _notes(derivation.notes),
        "outcome": {True: "checked", False: "refuted", None: "undecided"}[derivation.checked],
        "check": _check(derivation.check),
        "blocks": blocks,
        "steps": steps,
        "document": document_as_data(told_derivation(derivation, view, detail, methods=True)),
    }


def backward_as_data(found: BackwardPass, numbers: AtNumbers | None, detail: Detail) -> dict[str, Any]:
    """A backward pass: values and gradients as numbers where there are some, and its steps as for a derivation."""
    from tutor.telling.backward import told_backprop
    from tutor.views.json_document import document_as_data

    blocks, steps = _told(told_solution(found, detail="full").root)
    return {
        "format": FORMAT,
        "lines": [str(line) for line in found.graph.statements],
        "problem": str(found.problem),
        "result": str(found.result),
        "forward": {} if numbers is None else {letter: float(value) for letter, value in numbers.forward.items()},
        "gradients": {letter: str(found.adjoints.slope(letter)) if numbers is None else float(numbers.slopes[letter])
                      for letter in found.adjoints.order},
        "confirmed": None if numbers is None else all(numbers.confirmed.values()),
        "assumptions": [str(relation) for relation in found.assumptions],
        "notes": _notes(found.notes),
        "outcome": {True: "checked", False: "refuted", None: "undecided"}[found.checked],
        "check": _check(found.check),
        "blocks": blocks,
        "steps": steps,
        "document": document_as_data(told_backprop(found, numbers, detail)),
    }


def _told(root: Part) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The derivations of open parts, and their steps, both in reading order."""
    blocks: list[dict[str, Any]] = []
    steps: list[dict[str, Any]] = []
    first: dict[Expression, int] = {}  # problem -> the block that tells its steps
    stack: list[tuple[Part | ToldStep, int | None, int]] = [(root, None, 0)]
    while stack:
        item, parent, depth = stack.pop()
        if isinstance(item, ToldStep):
            steps += [_step(step, parent, depth) for step in item.steps]
            continue
        same = first.get(item.problem) if item.again else None
        first.setdefault(item.problem, len(blocks))
        stack.extend((part, len(blocks), depth + 1) for part in reversed(item.items))
        blocks.append({"id": len(blocks), "parent": parent, "depth": depth, "problem": str(item.problem),
                       "result": None if item.result is item.problem else str(item.result), "same_as": same})
    return blocks, steps


def error_as_data(error: TutorError, place: str = "") -> dict[str, Any]:
    """A problem that could not be read or solved: what was found, with positions in `text`; `report` says in sentences
    what was tried.

    place: where the text comes from, such as "line 3".
    """
    return {
        "format": FORMAT,
        "error": str(error),
        "place": place,
        "text": error.text,
        "problems": [{"message": each.message, "start": each.start, "end": each.end} for each in error.problems],
        "report": list(error.report) if isinstance(error, NoProgress) else [],
    }


def rule_as_data(rule: Rule) -> dict[str, Any]:
    """A rule of the rulebook; `kind` is "rule" or "misconception", and `unlike` the sound rule beside the latter."""
    return {
        "name": rule.name, "kind": rule.kind, "title": rule.title, "statement": rule.statement,
        "tags": list(rule.tags), "unlike": rule.unlike,
        "where": [str(condition) for condition in rule.where],
        "provided": [f"{relation}{only}" for relation, only in rule.provisos],
        "uses": None if rule.uses is None else str(rule.uses),
        "place": list(rule.place),
        "given": [str(relation) for relation in rule.given],
        "with": {letter: str(value) for letter, value in rule.definitions},
        "letters": dict(rule.letters), "say": rule.say, "examples": [str(example) for example in rule.examples],
        "source": rule.source, "file": rule.file, "line": rule.line,
    }


def diagnosis_as_data(diagnosis: Diagnosis, everything: bool = False) -> dict[str, Any]:
    """Everything that was found about an answer; `document` is what is told of it, with everything or not."""
    from tutor.telling.judgement import told_diagnosis  # derivations need nothing of what judges
    from tutor.views.json_document import document_as_data

    difference, applies, slip = diagnosis.difference, diagnosis.applies, diagnosis.slip
    return {
        "format": FORMAT,
        "outcome": diagnosis.outcome,
        "problem": str(diagnosis.problem),
        "answer": _text(diagnosis.answer),
        "words": diagnosis.words,
        "component": list(diagnosis.component),
        "problem_notes": _notes(diagnosis.problem_notes),
        "notes": _notes(diagnosis.notes),
        "result": None if diagnosis.derivation is None or diagnosis.derivation.unsolved is not None
        else str(diagnosis.derivation.result),
        "equivalence": None if diagnosis.equivalence is None else _equivalence(diagnosis.equivalence),
        "message": diagnosis.message,
        "misconceptions": list(diagnosis.misconceptions),
        "explanations": [[_mistake(mistake) for mistake in each] for each in diagnosis.explanations],
        "likely": diagnosis.likely,
        "slip": None if slip is None else {
            "kind": slip.kind, "yours": str(slip.yours), "expected": str(slip.expected)},
        "difference": None if difference is None else {
            "yours": str(difference.yours), "expected": str(difference.expected)},
        "part": [str(relation) for relation in diagnosis.part],
        "applies": None if applies is None else {"step": applies.number, "rule": _rule(applies.rule)},
        "hint": diagnosis.hint.written(),
        "question": _text(diagnosis.question),
        "error": None if diagnosis.error is None else error_as_data(diagnosis.error, "the answer"),
        "document": document_as_data(told_diagnosis(diagnosis, everything)),
    }


def lines_as_data(judged: LinesJudgement, everything: bool = False) -> dict[str, Any]:
    """A derivation that was judged line by line; `document` as for one answer."""
    from tutor.telling.judgement import told_lines_judged
    from tutor.views.json_document import document_as_data

    return {
        "format": FORMAT,
        "problem": str(judged.problem),
        "result": str(judged.derivation.result) if judged.derivation.unsolved is None else None,
        "finished": judged.finished,
        "broke_at": judged.broke_at,
        "lines": [{
            "number": line.number, "text": line.text, "outcome": line.outcome, "message": line.message.written(),
            "expression": _text(line.expression), "rules": [_rule(rule) for rule in line.rules],
            "diagnosis": None if line.diagnosis is None else diagnosis_as_data(line.diagnosis, everything),
            "error": None if line.error is None else error_as_data(line.error, f"line {line.number}"),
        } for line in judged.lines],
        "document": document_as_data(told_lines_judged(judged, everything)),
    }


def _mistake(mistake: Mistake) -> dict[str, Any]:
    return {
        "misconception": _rule(mistake.rule),
        "unlike": _rule(mistake.sound),
        "sentence": mistake.sentence.written(),
        "bindings": {letter: str(bound) for letter, bound in mistake.bindings.items()},
        "before": str(mistake.before), "after": str(mistake.after),
        "step": None if mistake.step is None else mistake.step.number,
        "everywhere": mistake.everywhere,
    }


def _equivalence(found: Equivalence) -> dict[str, Any]:
    place = found.counterexample
    return {
        "verdict": found.verdict, "proved": found.proved, "sentence": found.sentence, "points": found.points,
        "digits": found.digits, "reason": found.why.written(), "domain": found.domain,
        "counterexample": None if place is None else {name: _number(value) for name, value in place.items()},
        "left": _number(found.left), "right": _number(found.right),
    }


def _text(expression: Expression | None) -> str | None:
    return None if expression is None else str(expression)


def _notes(notes: tuple[Note, ...]) -> list[dict[str, Any]]:
    return [{"message": note.message, "start": note.start, "end": note.end} for note in notes]


def _rule(rule: Rule) -> dict[str, str]:
    return {"name": rule.name, "title": rule.title, "statement": rule.statement}


def _step(step: Step, block: int | None, depth: int) -> dict[str, Any]:
    return {
        "number": step.number, "place": step.place, "minor": step.minor, "block": block, "depth": depth - 1,
        "rule": _rule(step.rule),
        "before": str(step.before), "after": str(step.after),
        "bindings": {letter: str(bound) for letter, bound in step.bindings.items()},
        "assumptions": [str(relation) for relation in step.assumptions],
        "sentence": step.sentence.written(), "working": [line.told().written() for line in step.working],
        "check": _check(step.check),
    }


def _check(check: Check) -> dict[str, Any]:
    place = check.counterexample
    return {
        "outcome": check.outcome, "sentence": check.sentence, "points": check.points,
        "largest_difference": _number(check.largest_difference),
        "counterexample": None if place is None else {name: _number(value) for name, value in place.items()},
        "left": _number(check.left), "right": _number(check.right), "reason": check.why.written(),
    }


def examination_as_data(examination: Examination) -> dict[str, Any]:
    """What the author's check found about a lesson."""
    return {
        "format": FORMAT, "lesson": examination.lesson, "items": examination.items, "variants": examination.variants,
        "passed": examination.passed,
        "problems": [{
            "file": problem.file, "line": problem.line, "column": problem.column, "code": problem.code,
            "meaning": CODES[problem.code].meaning, "message": problem.message,
            "repair": CODES[problem.code].repair, "severity": "warning" if problem.is_warning else "error",
        } for problem in examination.problems],
    }


def _number(value: float | complex | None) -> float | list[float | str] | str | None:
    """A number as JSON has them: a complex one as a pair, and as text what JSON cannot say."""
    if isinstance(value, complex):
        return [_real(value.real), _real(value.imag)]
    return None if value is None else _real(value)


def _real(value: float) -> float | str:
    return value if math.isfinite(value) else str(value)
