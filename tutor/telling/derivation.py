"""A derivation told, from its problem to its result and what the check of it found.

    document = told_derivation(tutor.explain("d/dx x^2*sin(x^2)"), view="tree", detail="normal")
"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.derivation.derivation import Derivation
from tutor.derivation.step import Step
from tutor.expression.relations import related
from tutor.expression.text import Text
from tutor.expression.tree import call, postorder
from tutor.rules.instance import RuleInstance
from tutor.telling.document import (
    SIGN_OF_CHECK,
    DerivationView,
    Detail,
    Document,
    Labelled,
    Part,
    ReadingNote,
    Result,
    SimpleBlock,
    Solution,
    Words,
    assumed,
    finding_of,
    listed,
    plain,
    words,
)
from tutor.telling.lines import told_lines
from tutor.telling.steps import lowered
from tutor.telling.tree import told_tree

_MOST_NAMED = 3
"""Steps that are named one by one when the check did not find them right."""


_MEANINGS = {
    "sign": " is −1 where {u} is negative, and 1 where it is positive.",
    "step": " is 0 where {u} is negative, and 1 where it is positive.",
}
"""Function that many learners do not know -> what is said of it where a result contains it."""


def told_derivation(derivation: Derivation, view: DerivationView = "tree", detail: Detail = "normal",
                    methods: bool = False) -> Document:
    """A derivation as a document of its own. methods: whether to name others that `tutor explain` could use."""
    return Document(((told_solution(derivation, view, detail, methods),),))


def told_solution(derivation: Derivation, view: DerivationView = "tree", detail: Detail = "normal",
                  methods: bool = False) -> Solution:
    """A derivation as a part of a document."""
    if derivation.is_backward_pass:
        from tutor.derivation.backward import BackwardPass
        from tutor.telling.backward import told_backward_pass

        assert isinstance(derivation, BackwardPass)
        return told_backward_pass(derivation, detail, tuple(findings_of(derivation)), methods=methods)
    if derivation.is_of_equation:
        from tutor.telling.curves import told_of_equation

        return told_of_equation(derivation, detail, tuple(findings_of(derivation)))
    problem, result = derivation.problem, derivation.result
    if derivation.too_long or not derivation.steps:
        root = Part(problem, result)
    elif view == "tree":
        root = told_tree(derivation.block, detail)
    else:
        root = Part(problem, result, tuple(told_lines(derivation, detail)))
    before = tuple(ReadingNote(note) for note in derivation.notes if not note.usual)
    result_told = _result(derivation, tuple(findings_of(derivation)))
    return Solution(problem, view, detail, root, result_told, (), before, tuple(_remarks(derivation, detail, methods)))


def told_outcome(derivation: Derivation, remark: str) -> Document:
    """A derivation without its steps, of which only the whole is checked. remark: why."""
    findings = (finding_of(derivation.check), words(remark, sign="unsure"))
    root = Part(derivation.problem, derivation.result)
    return Document(((Solution(derivation.problem, "tree", "normal", root, _result(derivation, findings)),),))


def _result(derivation: Derivation, findings: tuple[Words, ...]) -> Result:
    why = derivation.unsolved
    if why is None:
        return Result(derivation.result, findings)
    if not derivation.undefined:
        return Result(None, findings, "not decided", why)
    if derivation.no_value is not None:
        return Result(None, findings, "diverges" if derivation.no_value.diverges else "no value", why)
    what = "derivative" if any(part.head == "derivative" for part in postorder([derivation.problem])) else "value"
    return Result(None, findings, f"no {what} here", why)


def findings_of(derivation: Derivation) -> Iterator[Words]:
    """A sentence for every step that was not found right, or one that says that all were."""
    if derivation.too_long:
        yield finding_of(derivation.check, "the result ")
        yield words(derivation.too_long, sign="unsure")
        return
    found = False
    for outcome in ("refuted", "undecided"):
        named = [(_name(step), step.check) for step in derivation.steps if step.check.outcome == outcome]
        if not named and derivation.check.outcome == outcome:
            named = [("the result", derivation.check)]
        for what, check in named[:_MOST_NAMED]:
            yield finding_of(check, f"{what} ")
        if len(named) > _MOST_NAMED:
            yield words(f"and {len(named) - _MOST_NAMED} more {outcome}", sign=SIGN_OF_CHECK[named[0][1].outcome])
        found = found or bool(named)
    if not found:
        count = derivation.count
        yield words({0: "checked", 1: "1 step, checked"}.get(count, f"{count} steps, each checked"), sign="yes")


def _name(step: Step) -> str:
    return f"the minor step “{step.rule.title}”" if step.number is None else f"step {step.label}"


def _in_whole_lists(derivation: Derivation, detail: Detail) -> Iterator[SimpleBlock]:
    """A slope by one part of a list as the slope by all of it, or the matrix of all second slopes."""
    from tutor.derivation.matrices import derivative_as_matrices
    from tutor.derivation.named import NamedDerivation
    from tutor.expression.lists import shapes
    from tutor.telling.matrices import told_as_matrices

    named = derivation if isinstance(derivation, NamedDerivation) else None
    sizes = shapes(derivation.problem) if named is None else named.graph.shapes
    compare = derivation.compare if named is None else named.compare_named
    reading = derivative_as_matrices(derivation.problem, derivation.result, sizes)
    if reading is not None and not derivation.too_long:
        yield from told_as_matrices([(None, reading)], compare, detail)


def _remarks(derivation: Derivation, detail: Detail, methods: bool) -> Iterator[SimpleBlock]:
    """What was taken for granted, how unusual things were read, and what else could be done."""
    if derivation.problem.head == "derivative" and derivation.problem.args[1].head == "indexed":
        yield from _in_whole_lists(derivation, detail)
    if derivation.in_names is not None:
        yield Words((Text.of("With the names of the lines: ", derivation.in_names),))
    open_ones = tuple(relation for relation in derivation.assumptions if relation not in derivation.never_true)
    if open_ones:
        yield Words((assumed(open_ones, derivation.problem.free),), "doubt")
    if derivation.never_true:
        end = " is never true, so the rules used here hold nowhere; the result is only a formula."
        yield Words((listed(derivation.never_true, between=" and ", after=end),), "doubt")
    if derivation.gap is not None:
        yield Words((Text("The formula jumps at {x} = {place}, where the integrand has a value. So it is an "
                          "antiderivative on each side of this place, but not across it.",
                          {"x": derivation.problem.args[1], "place": derivation.gap}),), "doubt")
    if derivation.without_bars is not None:
        yield Words((Text("The area is not the integral: without the bars, parts where {inside} is below 0 count as "
                          "negative, and the integral is {value}. The area is {area}.",
                          {"inside": derivation.problem.args[0].args[0], "value": derivation.without_bars,
                           "area": derivation.result}),), "doubt")
    heads = {part.head for part in postorder([derivation.result])} if derivation.unsolved is None else set()
    for function, meaning in _MEANINGS.items():
        if function in heads:
            letter = derivation.fresh
            yield Words((Text("{call}" + meaning, {"call": call(function, letter), "u": letter}),), "quiet")
    yield from (ReadingNote(note) for note in derivation.notes if note.usual)
    others = derivation.other_ways if methods else {}
    if others:
        yield words("Another way:" if len(others) == 1 else "Other ways:", "quiet")
    for name, instance in others.items():
        yield Labelled(f"--method {name}", Words((_way(instance),), "quiet"), "quiet")


def _way(instance: RuleInstance) -> Text:
    """What another method is, and of a substitution what would stand for u."""
    title = lowered(instance.rule.title)
    if instance.inside is None:
        return plain(title)
    return Text.of(title, ", with ", related(instance.bindings["fresh"], "=", instance.inside))
