"""What a learner typed as an answer, as an expression.

    read_answer("2x sin(x)", parse("d/dx [x^2*sin(x)]")).expression         # 2*x*sin(x)
"""

from __future__ import annotations

import re

from tutor import limits
from tutor.errors import LimitError, TutorError, refused
from tutor.expression.brackets import BRACKET_DEPTH, outside_brackets
from tutor.expression.characters import is_latex
from tutor.expression.functions import functions_of, with_functions
from tutor.expression.names import UNKNOWN_FUNCTIONS
from tutor.expression.parse import Reading, read, read_latex
from tutor.expression.tree import Expression, node, postorder, replace
from tutor.judge.between import between_limits, variable_between
from tutor.judge.sizes import sizes_of, with_sizes_of

_NO_EQUATION = "An answer is an expression, not an equation: type only the right side."


def read_answer(text: str, problem: Expression, marked: frozenset[str] = frozenset()) -> Reading:
    """The expression of an answer to a problem.

    A letter of the problem that f, g or h could be as well is that letter: with a step h, h(x + 1) is a product.
    A function that the problem has, if it is defined, means the same in the answer; one that is unknown may stand
    without its argument, f and f' for f(x) and f'(x). A left side that only names what is asked, y' = or f'(x) =, is
    passed over. [F]_a^b and F|_a^b are values between limits of the integral that was asked for. marked: names of
    functions, as LaTeX may mark them.
    Raises TutorError where the text cannot be read or is something else than one value.
    """
    if len(text) > limits.ANSWER_CHARACTERS:
        raise LimitError(f"This has {len(text):,} characters; an answer can have at most {limits.ANSWER_CHARACTERS:,}.")
    if not text.strip():
        raise refused(text, "There is no answer. Type an expression, such as 2x.")
    if any(part.head == "integral" for part in postorder([problem])):
        text = between_limits(text, variable_between(problem))
    if is_latex(text):
        return read_latex(text, lambda latex: read_answer(latex.text, problem, latex.functions))
    *before, right = sides(text)
    if before and not (right.strip() and all(_names_only(side, problem) for side in before)):
        raise refused(text, _NO_EQUATION)
    letters = {part.value for part in postorder([problem]) if part.head == "name"}
    known = functions_of(problem)
    if _asks_for_list(problem):
        listed = _with_brackets(right)
        text, right = text[:len(text) - len(right)] + listed, listed
    # What comes before the right side is replaced by blanks, so that positions and notes still fit the text as typed.
    if _ENDS_A_SENTENCE.search(right):
        right = right.rstrip()[:-1]
        text = text.rstrip()[:-1]
    lists = sizes_of(problem)
    unknown = UNKNOWN_FUNCTIONS - letters - (lists or {}).keys()  # with a list h, h(p - y)^T is a product
    reading = read(" " * (len(text) - len(right)) + right, unknown | marked | known.keys(), lists=lists)
    if lists is not None:
        reading = with_sizes_of(problem, reading, text)
    expression = with_functions(reading.expression, known)
    notes = [note for note in reading.notes  # i1 is no doubtful name in an answer to a problem that has it
             if note.kind != "name-with-number" or text[note.start:note.end] not in letters]
    reading = Reading(_with_arguments(expression, problem), tuple(notes))
    head = reading.expression.head
    if head == "statements":
        raise refused(text, "One answer at a time: type one expression, without a semicolon or a second line.")
    if head == "relation":
        raise refused(text, _NO_EQUATION)
    for part in postorder([reading.expression]):
        if part.head in ("relation", "statements", "ellipsis"):
            raise refused(text, "An answer is a single expression, and something in this one has no value.")
        if part.head == "application" and not part.args:
            raise refused(text, f"{part} is not known here: write out what it stands for.")
    return reading


_ENDS_A_SENTENCE = re.compile(r"[^.\s]\s*\.\s*$")

def _asks_for_list(problem: Expression) -> bool:
    return "tuple" in (problem.head, problem.args[-1].head if problem.head == "statements" else "")


def _with_brackets(text: str) -> str:
    """A list as it is typed, (2x, 1), also if its brackets are others or were left out."""
    inner = text.strip()
    depth, commas = 0, []
    for sign in inner:
        depth += BRACKET_DEPTH.get(sign, 0)
        if sign == ",":
            commas.append(depth)
    if 0 in commas:
        return f"({inner})"
    if 1 in commas and (inner[0] + inner[-1]) in ("[]", "{}"):
        return f"({inner[1:-1]})"
    return text


_NAME = re.compile(r"\s*(?:[A-Za-zα-ω]\w*['’′]*(?:\(\s*\w+\s*\))?|"
                   r"[d∂]\^?2?²?[A-Za-zα-ω]?\w*\s*/\s*[d∂][A-Za-zα-ω]\w*\^?2?²?|"
                   r"(?:grad|∇)(?:_?\{[^{}]*\}|_\w)?\s*\w*)\s*$")


def _names_only(side: str, problem: Expression) -> bool:
    """Whether a left side only names what is asked: nothing, y', f'(x), dy/dx, w_new, or the problem itself."""
    names = side.strip()
    if names.startswith("(") and names.endswith(")") and "," in names and all(map(_NAME.match, names[1:-1].split(","))):
        return True
    if not side.strip() or _NAME.match(side):
        return True
    return repeats(side, problem)


def repeats(text: str, problem: Expression) -> bool:
    """Whether a text is the problem as one types it, where a d/dx at the beginning takes all that follows."""
    try:
        return problem in (read(text).expression, read(text, is_problem=True).expression)
    except TutorError:
        return False


def _with_arguments(expression: Expression, problem: Expression) -> Expression:
    """Unknown functions that stand in an answer without an argument, with the one that they have in the problem."""
    arguments: dict[str, set[Expression]] = {}
    for part in postorder([problem]):
        if part.head == "application" and part.args:
            arguments.setdefault(part.value[0], set()).add(part.args[0])
    changes: dict[Expression, Expression] = {}
    for part in postorder([expression]):
        letter, primes = (part.value, 0) if part.head == "name" else part.value if (
            part.head == "application" and not part.args) else ("", 0)
        if len(arguments.get(letter, ())) == 1:
            changes[part] = node("application", tuple(arguments[letter]), (letter, primes))
    return replace(expression, changes) if changes else expression


_POINT = re.compile(r"\bat\s*\(?\s*\w+\s*$")


def sides(line: str) -> list[str]:
    """The texts between the equals signs of a line: not those in brackets, of `at x = 2`, or of <=, >= and !=."""
    parts, start = [], 0
    for index, sign in outside_brackets(line):
        if (sign == "=" and line[index - 1:index] not in ("<", ">", "!", "=")
                and line[index + 1:index + 2] != "=" and not _POINT.search(line, start, index)):
            parts.append(line[start:index])
            start = index + 1
    return [*parts, line[start:]]
