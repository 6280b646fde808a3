r"""The commands of LaTeX: what each stands for in the learner's notation, and what to type for one that has none.

    SIGNS["leq"]                                # "<="
    about_commands([r"\pm"], "")                # "\pm is a LaTeX command that the tutor does not know: write one ..."
"""

from __future__ import annotations

from collections.abc import Sequence

from tutor.expression.names import ELSEWHERE, FUNCTION_WORDS, GREEK_LETTER
from tutor.expression.spelling import advice_on, nearest_function, printable

SIGNS = GREEK_LETTER | {
    "varepsilon": "ε", "vartheta": "θ", "varphi": "φ", "varrho": "ρ", "varsigma": "ς", "pi": "π", "infty": "∞",
    "lim": " lim", "nabla": "∇", "to": "→", "rightarrow": "→", "longrightarrow": "→",
    "cdot": "*", "times": "*", "ast": "*", "div": "/", "le": "<=", "leq": "<=", "leqslant": "<=", "ge": ">=",
    "geq": ">=", "geqslant": ">=", "ne": "!=", "neq": "!=", "lt": "<", "gt": ">", "int": "∫", "partial": "∂",
    "dots": "...", "ldots": "...", "cdots": "...", "vert": "|", "mid": "|", "lbrace": "{", "rbrace": "}", "lbrack": "[",
    "rbrack": "]", "prime": "'", "coloneqq": ":=", "lvert": " abs(", "rvert": ")", "lparen": "(", "rparen": ")",
    "Vert": "‖", "lVert": "‖", "rVert": "‖", "colon": ":", "differentialD": "d", "bullet": "*",
    "exponentialE": "e", "imaginaryI": "i", "imath": "i", "cdotp": "*",
}
"""Commands that stand for a sign or a letter of the notation."""

FUNCTIONS = frozenset((*FUNCTION_WORDS, *ELSEWHERE)) - {"sqrt"}
FRACTIONS = frozenset(("frac", "dfrac", "tfrac", "cfrac", "nicefrac", "sfrac", "flatfrac", "rfrac", "xfrac"))
BOLD = frozenset(("mathbf", "boldsymbol", "bm", "textbf", "mathcal", "mathscr", "mathfrak", "pmb", "symbf", "vb"))
"""Alphabets in which a letter is often another quantity than the same letter in italics."""
STYLES = BOLD | {
    "mathrm", "mathit", "mathsf", "mathnormal", "text", "textrm", "textit", "mbox", "mathop", "operatorname",
    "operatorname*", "mathup", "symup", "hbox", "textnormal", "mathtt",
}
TEXT = frozenset(("text", "textrm", "textit", "mbox", "hbox", "textnormal"))
"""Commands that hold words."""
ESCAPED = {"{": "{", "}": "}", "|": "‖"}
"""What stands behind a backslash without being a letter."""

LEFT = {"(": "(", "[": "[", ".": "(", "|": " abs(", "\\{": "{", "\\lvert": " abs(", "\\vert": " abs(", "\\lbrace": "{",
        "\\lbrack": "[", "\\lparen": "(", "\\|": "‖", "\\Vert": "‖", "\\lVert": "‖"}
RIGHT = {")": ")", "]": "]", ".": ")", "|": ")", "\\}": "}", "\\rvert": ")", "\\vert": ")", "\\rbrace": "}",
         "\\rbrack": "]", "\\rparen": ")", "\\|": "‖", "\\Vert": "‖", "\\rVert": "‖"}
"""Brackets behind \\left and \\right."""

_MARKED = "for a letter with a mark, type one with an index, as in y_1"
_NOTHING_DEFINED = "nothing is defined or loaded here; paste the formula alone"
_NO_CASES = "pieces are typed with abs(x), max(0, x), or step(x), which is 0 below 0 and 1 above"
_NO_VECTORS = "there are no vectors yet; write out the numbers, as in sqrt(a^2 + b^2)"
_ADVICE = {word: advice for advice, words in {
    "write one problem with + and one with -": "pm mp",
    "for a derivative, write \\frac{d}{dt}": "dot ddot dv pdv dif diff derivative odv fdv DD",
    "write \\int once for each integral": "iint iiint oint idotsint",
    "type a letter with an index, as in x_1": "star dagger ddagger",
    _MARKED: "hat bar tilde overline widehat widetilde check breve acute grave mathring overbar",
    _NO_VECTORS: "overrightarrow langle rangle top intercal pmatrix bmatrix vmatrix matrix array smallmatrix odot "
                 "otimes oplus",
    "all letters are real numbers here": "mathbb mathds Re Im",
    "write 5% as 5/100": "%",
    "type another letter, such as l": "ell",
    "type another letter, such as h": "hbar",
    _NOTHING_DEFINED: "def edef gdef let newcommand renewcommand providecommand input include usepackage write "
                      "immediate csname endcsname catcode documentclass document openin openout require special "
                      "DeclareMathOperator",
    _NO_CASES: "cases dcases",
    "there are no functions that round": "lfloor rfloor lceil rceil",
    "there are limits, typed \\lim_{x \\to 0}, but no upper and lower ones": "limsup liminf",
    "for a limit, type \\lim_{x \\to 0}": "xrightarrow",
    "write out the binomial coefficient, such as n(n-1)/2": "binom dbinom tbinom choose",
    "angles are in radians, so 90 degrees is \\pi/2": "degree circ",
    "write the condition or the words outside the formula": "underbrace overbrace stackrel overset underset in "
                                                            "implies Rightarrow iff forall exists approx sim equiv",
    "write out what is to stay": "cancel bcancel xcancel sout",
}.items() for word in words.split()}

_STRUCTURE = frozenset(("sqrt", "left", "right", "over", "begin", "end", "quad", "qquad", "displaystyle"))


def is_command(word: str) -> bool:
    """Whether a word is a command of LaTeX that one may meet in a formula."""
    return any(word in known for known in (SIGNS, FUNCTIONS, FRACTIONS, STYLES, _STRUCTURE, _ADVICE))


MOST_NAMED = 5
"""Commands that are named in one message."""


def about_commands(commands: Sequence[str], environment: str = "") -> str:
    """One sentence on commands that are not known, with what to type for the first.

    environment: the name behind a \\begin or \\end that comes first.
    """
    names = list(dict.fromkeys(commands[:MOST_NAMED]))
    are = "is a LaTeX command" if len(names) == 1 else "are LaTeX commands"
    word = environment or commands[0][1:]
    message = f"{', '.join(names)} {are} that the tutor does not know"
    advice = _ADVICE.get(word) or advice_on(word)
    nearest = nearest_function(word)
    if advice is None and nearest is not None and not environment:
        return printable(f"{message}. Did you mean \\{nearest}?")
    return printable(f"{message}: {advice}." if advice else f"{message}.")
