r"""The cases environment of LaTeX as the braces of the notation.

    as_notation(r"\begin{cases} x^2 & x < 1 \\ 2x & \text{otherwise} \end{cases}").text
    # "{ x^2 , x < 1 ; 2x , otherwise }"
"""

from __future__ import annotations

import re

from tutor.expression.case_by_case import WORDS_OF_CASES
from tutor.expression.latex_groups import Group, Groups

_ENVIRONMENT = re.compile(r"\s*\{\s*[dr]?cases\*?\s*\}")


def read_environment(groups: Groups, name: str, start: int, end: int) -> int | None:
    r"""\begin{cases} or \end{cases}, and where the text goes on behind it; None for another environment."""
    match = _ENVIRONMENT.match(groups.latex, end)
    if match is None:
        return None
    end = match.end()
    if name == "begin":
        before = groups.solid
        groups.append("{", start, end)
        groups.opened(Group("cases", start, "}", before=before), start)
    elif not in_cases(groups):
        groups.problem("There is no \\begin{cases} that this \\end closes.", start, end)
    else:
        groups.end_over(groups.groups.pop(), start)
        groups.append("}", start, end)
        groups.completed(end)
    return end


def in_cases(groups: Groups) -> bool:
    """Whether cases are what was opened last."""
    return bool(groups.groups) and groups.groups[-1].kind == "cases"


def between_cases(groups: Groups, text: str, start: int, end: int) -> None:
    r"""The & before a condition, the \\ behind it, or a blank."""
    sign = {"&": ",", "\\\\": ";"}.get(text, "")
    if sign and groups.last() in (",", "."):  # as books write: x^2, & x < 1, \\
        groups.pieces[groups.solid] = sign
    else:
        groups.append(f" {sign} ", start, end)


def read_words(groups: Groups, words: str, start: int, end: int) -> bool:
    r"""Whether these are words of cases, as in \text{if } x < 1; then they are written."""
    word = words.strip(" ,:.").lower()
    if not in_cases(groups) or word not in WORDS_OF_CASES:
        return False
    groups.append(f" {word} ", start, end)
    return True
