"""What is told of an answer: what comes first, and that words and formulas are kept apart."""

import re
from collections.abc import Iterator

import pytest

import tutor
from tests.narrowed import of_kind
from tutor.expression.text import Text
from tutor.expression.tree import Expression
from tutor.judge.lines import judge_lines
from tutor.telling.document import Document, DocumentBlock, Formula, Heading, Inset, Labelled, ReadingNote, Words
from tutor.telling.judgement import told_diagnosis, told_lines_judged, told_why, verdict

PROBLEM = "d/dx sin(x^2)"

# One answer at least for every outcome, and for all that the numbers can say.
ANSWERS = [
    ("d/dx x^2*sin(x)", "x(2sin(x) + x cos(x))", ""), (PROBLEM, "cos(x^2)*d/dx [x^2]", ""),
    (PROBLEM, "2t*cos(t^2)", ""), (PROBLEM, "cos(x^2)", ""), ("d/dx x*e^x", "x e^x", ""),
    ("d/dx cos(3x)", "sin(3x)", ""), (PROBLEM, "5x*cos(x^2)", ""), (PROBLEM, "tan(x)^3", ""), (PROBLEM, "1/0", ""),
    (PROBLEM, "In(x)", ""), ("d/dx (x+1)^2", "2(x+1)", "expanded"),
    ("int 1/x dx", "ln x", ""), ("int 2x dx", "x^2 + step(x) + C", ""), ("int x dx", "x^3 + C", ""),
    ("d/dx [x^3] at x = 1", "3.0000000000000000000001", ""), ("d/dx [e^x] at x = 1", "e + 10^-30", ""),
    ("d/dx |tanh(10^12 x)|", "0", ""), ("d/dx [f(x)*x]", "f'(x)", ""), ("d/dx x^2", "i*x", ""),
    ("d/dx [|x|] at x = 0", "0", ""), ("d/dx [x^2] at x = 1", "DNE", ""), ("d/dx asin(x/a)", "1/sqrt(a^2-x^2)", ""),
    ("d/dtheta sin(theta)", "theta", ""),
]


def blocks_of(document: Document) -> Iterator[DocumentBlock]:
    stack = [block for group in document.groups for block in group][::-1]
    while stack:
        block = stack.pop()
        yield block
        if isinstance(block, Inset):
            stack.extend(reversed(block.blocks))
        elif isinstance(block, Labelled):
            stack.append(block.body)


def texts_of(document: Document) -> list[Text]:
    return [text for block in blocks_of(document) if isinstance(block, Words) for text in block.texts]


def told(problem: str, answer: str, form: str = "", everything: bool = False, more: str = "") -> Document:
    return told_diagnosis(tutor.diagnose(problem, answer, form), everything, more)


def labels(document: Document) -> list[str]:
    return [block.label for block in blocks_of(document) if isinstance(block, Labelled)]


HIDDEN = re.compile(r"[\^=*·⁰¹²³⁴-⁹⁻−√π≠≤≥\[\]{}|<>]|\w\(|\d/|/\d|\bd/d|-\d|\d\.\d")
"""What only formulas have."""


@pytest.mark.parametrize("everything", [False, True])
@pytest.mark.parametrize(("problem", "answer", "form"), ANSWERS)
def test_no_formula_hides_in_words(problem: str, answer: str, form: str, everything: bool) -> None:
    texts = texts_of(told(problem, answer, form, everything))
    assert texts
    for text in texts:
        found = [part for part in text.parts if isinstance(part, str) and HIDDEN.search(part)]
        assert not found


@pytest.mark.parametrize(("problem", "answer", "numbers"), [
    (PROBLEM, "cos(x^2)", ["x = 1", "0.5403", "1.081"]),
    ("d/dx x*e^x", "x e^x", ["x = -1", "-0.3679", "0"]),
    ("d/dx [x^3] at x = 1", "3.0000000000000000000001", ["3.0000000000000000000001", "3"]),
    ("d/dx |tanh(10^12 x)|", "0", ["x = -1.327", "0", "10^-300"]),
    ("d/dx x^2", "i*x", ["x = 4.75201 + 0.5637*i", "-0.5637 + 4.752*i", "9.504 + 1.127*i"]),
    ("d/dtheta sin(theta)", "theta", ["theta = 1", "1", "0.5403"]),
])
def test_what_the_numbers_say_is_made_of_formulas(problem: str, answer: str, numbers: list[str]) -> None:
    rows = [block for block in told(problem, answer).groups[0] if isinstance(block, Labelled)]
    text = of_kind(Words, next(row for row in rows if row.label == "not yet").body).texts[0]
    assert [str(part) for part in text.parts if isinstance(part, Expression)] == numbers


def test_an_unknown_function_is_named_and_its_number_called_an_example() -> None:
    row = of_kind(Labelled, told("d/dx [f(x)*x]", "f'(x)").groups[0][-1])
    text = of_kind(Words, row.body).texts[0]
    assert " and for one choice of f yours is " in str(text)
    assert tutor.parse("f") in list(text.parts)


@pytest.mark.parametrize(("problem", "answer", "sign", "label"), [
    ("d/dx x^2", "2x", "yes", "yes"), ("d/dx x^2", "d/dx [x^2]", "nearly", "nearly"),
    ("d/dx x^2", "3x", "no", "not yet"), ("int 2x dx", "x^2", "nearly", "nearly"),
    ("d/dx x^2", "1/0", "unsure", "undecided"),
    ("d/dx asin(x/a)", "1/sqrt(a^2-x^2)", "yes", "yes"),
])
@pytest.mark.parametrize("everything", [False, True])
def test_the_verdict_has_a_sign_and_two_words(problem: str, answer: str, sign: str, label: str,
                                              everything: bool) -> None:
    rows = [block for block in blocks_of(told(problem, answer, everything=everything)) if isinstance(block, Labelled)]
    signed = [(row.body.sign, row.label) for row in rows if isinstance(row.body, Words) and row.body.sign]
    assert signed == [(sign, label)]
    assert verdict(tutor.diagnose(problem, answer).outcome) == (sign, label)


def test_the_most_likely_mistake_is_told_first_and_one_hint_last() -> None:
    verdict_group, reason, hint = told(PROBLEM, "cos(x^2)", more="how to see more").groups
    assert [of_kind(Labelled, block).label for block in verdict_group] == ["you wrote", "not yet"]
    assert str(of_kind(Formula, of_kind(Labelled, verdict_group[0]).body).expression) == "cos(x^2)"
    assert str(of_kind(Words, reason[0]).texts[0]) == "The inner derivative is missing."
    assert [of_kind(Labelled, block).label for block in hint] == ["hint", "more"]


def test_everything_has_the_rule_that_was_used_beside_the_sound_one() -> None:
    document = told(PROBLEM, "cos(x^2)", everything=True, more="how to see more")
    inset = next(block for block in blocks_of(document) if isinstance(block, Inset))
    rows = {row.label: row.body for row in inset.blocks if isinstance(row, Labelled)}
    assert list(rows) == ["what you did", "Chain rule", "here", "at step 1", "became"]
    assert {label: str(body.expression) for label, body in rows.items() if isinstance(body, Formula)} == {
        "what you did": "d/dx [F(g)] = d/du [F(u)] at (u = g)",
        "Chain rule": "d/dx [F(g)] = d/du [F(u)] at (u = g)*d/dx [g]",
        "at step 1": "d/dx [sin(x^2)]", "became": "d/du [sin(u)] at (u = x^2)"}
    assert str(of_kind(Words, rows["here"]).texts[0]) == "outer F(u) = sin(u), inner g = x^2"
    assert "more" not in labels(document)


def test_why_tells_the_mistake_and_not_the_right_answer() -> None:
    document = told_why(tutor.diagnose(PROBLEM, "cos(x^2)"))
    assert "what you did" in labels(document)
    assert "not yet" not in labels(document)
    assert "2*x*cos(x^2)" not in str(document)


def test_each_reading_is_told_once() -> None:
    for problem, answer in (("d/dx x^2 + 3x", "d/dx x^2 + 3x"), ("1/2x", "1/2x"), ("d/dx x^2 + 3x", "2x")):
        messages = [block.note.message for block in blocks_of(told(problem, answer)) if isinstance(block, ReadingNote)]
        assert messages
        assert len(messages) == len(set(messages))


def test_an_answer_in_words_is_shown_as_it_was_typed() -> None:
    row = of_kind(Labelled, told("d/dx [x^2] at x = 1", " DNE").groups[0][0])
    assert (row.label, str(of_kind(Words, row.body).texts[0])) == ("you wrote", "DNE")


def test_every_line_has_its_number_and_what_is_said_of_it() -> None:
    judged = judge_lines(PROBLEM, ["d/dx [sin(x^2)]", "", "In(x)", "cos(x^2)"])
    document = told_lines_judged(judged, more="how to see more")
    marked = [block for group in document.groups for block in group
              if isinstance(block, Words | Formula) and block.mark]
    assert [(type(block), block.mark) for block in marked] == [(Formula, "1"), (Words, "3"), (Formula, "4")]
    signs = [block.sign for block in blocks_of(document) if isinstance(block, Words) and block.sign]
    assert signs == ["yes", "unsure", "no"]
    assert [str(block.texts[0]) for block in document.groups[-1] if isinstance(block, Words)] == [
        "It goes wrong at line 4."]
    assert labels(document)[-1] == "more"
    assert not any(isinstance(block, Heading) for block in blocks_of(document))
