r"""The matrices of LaTeX as the lists of the notation: a row or a column is one list, a matrix a list of its rows.

    as_notation(r"\begin{pmatrix} 2x y \\ x^2 \end{pmatrix}").text             # "( 2x y , x^2 )"
    as_notation(r"\begin{bmatrix} 2y & 2x \\ 2x & 0 \end{bmatrix}").text       # "(( 2y , 2x ), ( 2x , 0 ))"
"""

from __future__ import annotations

import re

from tutor.expression.latex_groups import Group, Groups

_ENVIRONMENT = re.compile(r"\s*\{\s*(?:[pb]?matrix|[pb]?smallmatrix|array)\*?\s*\}(?:\s*\{[clr| ]*\})?")
_TRANSPOSED = re.compile(r"\s*\^\s*(?:(?:T|\\top|\\intercal)(?![A-Za-z])|\{\s*(?:T|\\top|\\intercal)\s*\})")
_ROW = "\\\\"


def read_matrix(groups: Groups, name: str, start: int, end: int) -> int | None:
    r"""\begin{pmatrix} or \end{pmatrix}, and where the text goes on behind it; None for another environment."""
    match = _ENVIRONMENT.match(groups.latex, end)
    if match is None:
        return None
    end = match.end()
    if name == "begin":
        before = groups.solid
        is_bracketed = groups.last() in ("(", "[") and groups.latex[:start].rstrip()[-1:] in ("(", "[")
        groups.append(" " if is_bracketed else "(", start, end)
        groups.opened(Group("matrix", start, " " if is_bracketed else ")", before=before), start)
    elif not in_matrix(groups):
        groups.problem("There is no \\begin that this \\end closes.", start, end)
    else:
        group = groups.groups.pop()
        groups.end_over(group, start)
        is_matrix = _write_separators(groups, group)
        groups.append(group.closing, start, end)
        groups.completed(end)
        if not is_matrix:  # a list is one list, written as a row or as a column
            turned = _TRANSPOSED.match(groups.latex, end)
            return end if turned is None else turned.end()
    return end


def in_matrix(groups: Groups) -> bool:
    """Whether a matrix is what was opened last."""
    return bool(groups.groups) and groups.groups[-1].kind == "matrix"


def between_entries(groups: Groups, text: str, start: int, end: int) -> None:
    r"""The & between two columns, the \\ between two rows, or a blank."""
    if text not in ("&", _ROW):
        groups.append(" ", start, end)
        return
    groups.groups[-1].separators.append(len(groups.pieces))
    groups.append(text, start, end)


def _write_separators(groups: Groups, group: Group) -> bool:
    """Commas, and brackets around each row of a matrix that has columns, too. Returns whether it has both."""
    pieces = groups.pieces
    if group.separators and group.separators[-1] == groups.solid and pieces[groups.solid] == _ROW:
        pieces[group.separators.pop()] = " "  # a \\ behind the last row separates nothing
        groups.step_back(group.content)
    signs = {pieces[place] for place in group.separators}
    has_both = len(signs) > 1
    for place in group.separators:
        pieces[place] = "), (" if has_both and pieces[place] == _ROW else " , "
    if has_both:
        pieces[group.content] = "("
        group.closing = ")" + group.closing
    return has_both
