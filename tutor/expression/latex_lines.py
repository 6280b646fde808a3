"""The lines of a text that was pasted: LaTeX ends them with \\, everything else with a line break.

    pasted_lines("x^2\n\n2x")           # ["x^2", "2x"]
    pasted_lines(r"\frac12 x \\ x")     # ["(1)/(2) x", "x"], each in the learner's notation
"""

from __future__ import annotations

import re

from tutor.expression.characters import is_latex

_SET_OFF = re.compile(r"\\begin\s*\{|\\\[|\$\$|\\\\")


def rows(text: str) -> list[str]:
    """The rows of a text that may be LaTeX, which end at \\\\, in the learner's notation; without the empty ones."""
    if not is_latex(text):
        return [text] if text.strip() else []
    from tutor.expression.from_latex import in_notation

    written = in_notation(text)
    found = re.split(r"[;\n]", written) if "\\\\" in text and written is not text else [written]
    return [row for row in found if row.strip()]


def pasted_lines(text: str) -> list[str]:
    """The lines of a text that was pasted, without the empty ones.

    LaTeX that is set off, by \\[ \\] or as an environment, may be broken anywhere: there a line ends at \\\\.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if is_latex(text) and _SET_OFF.search(text):
        found = [row.strip() for row in rows(text)]
        return found if len(found) > 1 else [" ".join(lines)]
    return lines
