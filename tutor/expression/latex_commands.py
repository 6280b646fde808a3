r"""The commands of LaTeX: what each stands for in the learner's notation, and what to type for one that has none.

    SIGN_COMMANDS["leq"]                        # "<="
    about_commands([r"\pm"], "")                # "\pm is a LaTeX command that the tutor does not know: write one ..."
"""

from __future__ import annotations

from collections.abc import Sequence

from tutor.expression.names import ELSEWHERE, FUNCTION_WORDS, GREEK_LETTER, TRANSPOSED
from tutor.expression.spelling import BY_PARTS, MARKED_LETTERS, advice_on, nearest_function, printable

SIGN_COMMANDS = GREEK_LETTER | {
    "varepsilon": "ε", "vartheta": "θ", "varphi": "φ", "varrho": "ρ", "varsigma": "ς", "pi": "π", "infty": "∞",
    "lim": " lim", "nabla": "∇", "to": "→", "rightarrow": "→", "longrightarrow": "→",
    "cdot": "*", "times": "*", "ast": "*", "div": "/", "le": "<=", "leq": "<=", "leqslant": "<=", "ge": ">=",
    "geq": ">=", "geqslant": ">=", "ne": "!=", "neq": "!=", "lt": "<", "gt": ">", "int": "∫", "sum": "∑",
    "partial": "∂", "dots": "...", "ldots": "...", "cdots": "...", "vert": "|", "mid": "|", "lbrace": "{",
    "rbrace": "}", "lbrack": "[", "rbrack": "]", "prime": "'", "coloneqq": ":=", "lvert": " abs(", "rvert": ")",
    "lparen": "(", "rparen": ")",
    "Vert": "‖", "lVert": "‖", "rVert": "‖", "colon": ":", "differentialD": "d", "bullet": "*",
    "exponentialE": "e", "imaginaryI": "i", "imath": "i", "cdotp": "*", "odot": "⊙",
    "top": TRANSPOSED, "intercal": TRANSPOSED,
}
"""Commands that stand for a sign or a letter of the notation."""

FUNCTION_COMMANDS = frozenset((*FUNCTION_WORDS, *ELSEWHERE)) - {"sqrt"}
FRACTION_COMMANDS = frozenset(("frac", "dfrac", "tfrac", "cfrac", "nicefrac", "sfrac", "flatfrac", "rfrac", "xfrac"))
BOLD = frozenset(("mathbf", "boldsymbol", "bm", "textbf", "mathcal", "mathscr", "mathfrak", "pmb", "symbf", "vb"))
"""Alphabets in which a letter is often another quantity than the same letter in italics."""
STYLE_COMMANDS = BOLD | {
    "mathrm", "mathit", "mathsf", "mathnormal", "text", "textrm", "textit", "mbox", "mathop", "operatorname",
    "operatorname*", "mathup", "symup", "hbox", "textnormal", "mathtt",
}
TEXT_COMMANDS = frozenset(("text", "textrm", "textit", "mbox", "hbox", "textnormal"))
"""Commands that hold words."""
ESCAPED = {"{": "{", "}": "}", "|": "‖"}
"""What stands behind a backslash without being a letter."""

LEFT = {"(": "(", "[": "[", ".": "(", "|": " abs(", "\\{": "{", "\\lvert": " abs(", "\\vert": " abs(", "\\lbrace": "{",
        "\\lbrack": "[", "\\lparen": "(", "\\|": "‖", "\\Vert": "‖", "\\lVert": "‖"}
RIGHT = {")": ")", "]": "]", ".": ")", "|": ")", "\\}": "}", "\\rvert": ")", "\\vert": ")", "\\rbrace": "}",
         "\\rbrack": "]", "\\rparen": ")", "\\|": "‖", "\\Vert": "‖", "\\rVert": "‖"}
"""Brackets behind \\left and \\right."""

_ADVICE = {word: advice for words, advice in (
    ("pm mp", "write one problem with + and one with -"),
    ("dot ddot dv pdv dif diff derivative odv fdv DD", "for a derivative, write \\frac{d}{dt}"),
    ("iint iiint oint idotsint", "write \\int once for each integral"),
    ("star dagger ddagger", "type a letter with an index, as in x_1"),
    ("hat bar tilde overline widehat widetilde check breve acute grave mathring overbar", MARKED_LETTERS),
    ("overrightarrow langle rangle vmatrix otimes oplus", BY_PARTS),
    ("mathbb mathds Re Im", "all letters are real numbers here"),
    ("%", "write 5% as 5/100"),
    ("ell", "type another letter, such as l"),
    ("hbar", "type another letter, such as h"),
    ("def edef gdef let newcommand renewcommand providecommand input include usepackage write immediate csname "
     "endcsname catcode documentclass document openin openout require special DeclareMathOperator",
     "nothing is defined or loaded here; paste the formula alone"),
    ("lfloor rfloor lceil rceil", "there are no functions that round"),
    ("limsup liminf", "there are limits, typed \\lim_{x \\to 0}, but no upper and lower ones"),
    ("xrightarrow", "for a limit, type \\lim_{x \\to 0}"),
    ("binom dbinom tbinom choose", "write out the binomial coefficient, such as n(n-1)/2"),
    ("degree circ", "angles are in radians, so 90 degrees is \\pi/2"),
    ("underbrace overbrace stackrel overset underset in implies Rightarrow iff forall exists approx sim equiv",
     "write the condition or the words outside the formula"),
    ("cancel bcancel xcancel sout", "write out what is to stay"),
) for word in words.split()}
"""Command -> what to write instead; `advice_on` knows other words that may stand behind a backslash."""

_STRUCTURE = frozenset(("sqrt", "left", "right", "over", "begin", "end", "quad", "qquad", "displaystyle"))


def is_command(word: str) -> bool:
    """Whether a word is a command of LaTeX that one may meet in a formula."""
    tables = (SIGN_COMMANDS, FUNCTION_COMMANDS, FRACTION_COMMANDS, STYLE_COMMANDS, _STRUCTURE, _ADVICE)
    return any(word in known for known in tables)


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
