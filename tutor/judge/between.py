r"""Values of an antiderivative between two limits as learners write them, written out in the notation.

    between_limits("[x^3/3]_0^2", lambda body: "x")         # "(((x^3/3) at (x = 2)) - ((x^3/3) at (x = 0)))"
    between_limits("x^3/3 |_0^2", lambda body: "x")         # the same
    between_limits(r"\left.x^2\right|_0^2", lambda body: "x")
    # r"\left(\left.x^2\right|_{x = 2} - \left.x^2\right|_{x = 0}\right)"

The notation itself has no such brackets, since nothing in them says which letter the limits are for; in an answer it is
the variable of the integral that was asked for.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from tutor.expression.characters import is_latex
from tutor.expression.tree import Expression, postorder

_LIMIT = r"(?:\{[^{}]*\}|\([^()]*\)|\\[a-z]+|-?[\wα-ω.∞]+)"
_LIMITS = (rf"\s*(?:_\s*(?P<lower>{_LIMIT})\s*\^\s*(?P<upper>{_LIMIT})"
           rf"|\^\s*(?P<upper_first>{_LIMIT})\s*_\s*(?P<lower_last>{_LIMIT}))")
_SIZE = r"\\(?:left|[bB]igg?l?)\s*"
_END = r"\\(?:right|[bB]igg?r?)\s*"
_LATEX_BRACKETS = re.compile(rf"(?:{_SIZE})?\[(?P<body>[^\[\]]*?)(?:{_END})?\]{_LIMITS}")
_LATEX_BAR = re.compile(rf"{_SIZE}\.(?P<body>.*?){_END}\|{_LIMITS}")
_BRACKETS = re.compile(rf"\[(?P<body>[^\[\]]*)\](?:{_LIMITS}|\s*from\s+(?P<first>\S+)\s+to\s+(?P<last>\S+))")
_BAR = re.compile(rf"\|{_LIMITS}")
_OPENING, _CLOSING = "([{", ")]}"

LetterOf = Callable[[str], str]
"""The letter that the limits are for, from what stands between the brackets."""


def between_limits(text: str, letter_of: LetterOf) -> str:
    """A text with the values between limits written out; the same text where there are none."""
    if is_latex(text):
        for form in (_LATEX_BRACKETS, _LATEX_BAR):
            text = form.sub(lambda found: _latex(found["body"], *_limits(found), letter_of), text)
        return text
    text = _BRACKETS.sub(lambda found: _plain(found["body"], *_limits(found), letter_of), text)
    bar = _BAR.search(text)
    while bar is not None:
        start = _start_of_what_is_evaluated(text, bar.start())
        body = text[start:bar.start()].strip()
        if not body:
            return text
        text = text[:start] + _plain(body, *_limits(bar), letter_of) + text[bar.end():]
        bar = _BAR.search(text)
    return text


def variable_between(problem: Expression) -> LetterOf:
    """The letter for an answer to a problem: the variable of the integral in it whose letter occurs in the brackets."""
    variables = [part.args[1].value for part in postorder([problem]) if part.head == "integral"]
    return lambda body: next((letter for letter in variables if occurs(letter, body)), variables[0])


def occurs(letter: str, text: str) -> bool:
    """Whether a letter stands in a text by itself, also as in 2x."""
    return re.search(rf"(?<![A-Za-zα-ω]){re.escape(letter)}(?![A-Za-zα-ω])", text) is not None


def _limits(found: re.Match[str]) -> tuple[str, str]:
    """The lower limit and the upper one, without the brackets around them and without a letter as in x = 2."""
    parts = found.groupdict()
    lower = parts["lower"] or parts["lower_last"] or parts.get("first") or ""
    upper = parts["upper"] or parts["upper_first"] or parts.get("last") or ""
    return _bare(lower), _bare(upper)


def _bare(limit: str) -> str:
    inner = limit[1:-1] if limit[:1] in ("{", "(") else limit
    return inner.rpartition("=")[2].strip()


def _plain(body: str, lower: str, upper: str, letter_of: LetterOf) -> str:
    letter = letter_of(body)
    return f"((({body}) at ({letter} = {upper})) - (({body}) at ({letter} = {lower})))"


def _latex(body: str, lower: str, upper: str, letter_of: LetterOf) -> str:
    letter = letter_of(body)
    return rf"\left(\left.{body}\right|_{{{letter} = {upper}}} - \left.{body}\right|_{{{letter} = {lower}}}\right)"


def _start_of_what_is_evaluated(text: str, end: int) -> int:
    """Where the expression before a bar begins: at the bracket around it, at an equals sign, or at the beginning."""
    depth = 0
    for place in range(end - 1, -1, -1):
        sign = text[place]
        depth += (sign in _CLOSING) - (sign in _OPENING)
        if depth < 0 or (sign == "=" and depth == 0):
            return place + 1
    return 0
