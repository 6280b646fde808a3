"""The shapes of what a person types, as regular expressions: one for the next piece, a few for a look ahead.

Letters and digits are listed, never `\\w` or `\\d`: among those are `²`, `½` and the digits of other scripts. Whatever
repeats is possessive (`*+`) where it could otherwise be tried again, so that no text makes a match slow.

    LEXEME.match("  2x").lastgroup       # "number"
"""

from __future__ import annotations

import re

from tutor.expression.names import (
    CODE_NAMES,
    GREEK,
    GREEK_LETTER,
    INVERSE,
    LIST_WORDS,
    SMALL_LETTERS,
    UNDERSCORED,
    WORDS_BY_LENGTH,
)
from tutor.expression.patterns import Pattern, WordedPattern

SPACES = " \t\r\n\f\v"
"""White space; for others of its kind `usual` puts a blank."""

DIGITS = frozenset("0123456789")  # never str.isdigit, which takes ² and foreign digits
LATIN = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
SUPERSCRIPTS = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺ⁿᵃᵇᵏᵐˣᵀ⁽⁾", "0123456789-+nabkmxT()", strict=True))
PRIME_MARKS = {**dict.fromkeys("'’‘′´`ʹʼ", 1), **dict.fromkeys('″"”', 2), "‴": 3}
FRACTION_SIGNS = "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅐⅛⅜⅝⅞⅑⅒"

SPACE = f"[{SPACES}]*+"
NAME = f"(?:{'|'.join(sorted(GREEK_LETTER, key=len, reverse=True))}|[A-Za-z{''.join(GREEK)}])"
_BELOW_LINE = f"[{''.join(SMALL_LETTERS)}]"
_INDICES = f"[A-Za-z0-9]++(?:{SPACE},{SPACE}[A-Za-z0-9]++)*+"
_SUBSCRIPT = rf"(?:[0-9]++|_[0-9]++|_[A-Za-z]|_\{{{_INDICES}\}}|{_BELOW_LINE}++|_\[{_INDICES}\])"
_INDEXED = f"{NAME}{_SUBSCRIPT}?"
INDEXED = Pattern(rf"(?P<name>{NAME})(?P<subscript>{_SUBSCRIPT})?")
_TIMES = f"(?:[0-9]++|{_INDEXED})"
_ORDER = rf"(?:\^{SPACE}(?:{_TIMES}|[({{]{SPACE}{_TIMES}{SPACE}[)}}])|[⁰¹²³⁴⁵⁶⁷⁸⁹ᵃᵇᵏᵐⁿ]++)"
_PRIMES = f"[{''.join(PRIME_MARKS)}]++"

OPERATORS = {
    **{sign: sign for sign in "+-*/^()[]{}|,;=<>"}, "**": "^", "<=": "<=", ">=": ">=", "!=": "!=", "...": "...",
    ":=": "=", "≤": "<=", "⩽": "<=", "≥": ">=", "⩾": ">=", "≠": "!=", "…": "...",
    **dict.fromkeys("·×⋅∙∗•‧・●✕✖⨯", "*"), **dict.fromkeys("÷∕⁄➗", "/"), **dict.fromkeys("˄ˆ⌃∧↑", "^"),
    **dict.fromkeys("−‐‑‒–—―˗➖", "-"), "➕": "+", **dict.fromkeys("∣ǀ│❘", "|"),
    "⊙": "⊙", "√": "√", "∛": "∛", "∜": "∜", "∫": "∫", "π": "π", "∞": "∞",
}
"""Every sign that may be typed -> the sign it is read as."""
EQUALS = re.compile("(?<![<>!:])=(?!=)")
"""An equals sign that is no part of <=, >=, !=, := or ==."""
BAR_SIGNS = [sign for sign, meaning in OPERATORS.items() if meaning == "|"]
_SINGLE_SIGNS = re.escape("".join(sign for sign in OPERATORS if len(sign) == 1 and sign not in "<="))

LEXEME = Pattern(
    rf"""{SPACE}(?:
      (?P<word>[A-Za-z{''.join(GREEK)}∂]++)
    | (?P<number>(?:[0-9]++(?:\.[0-9]++)?|\.[0-9]++)(?:[eE][+-]?[0-9]++)?)
    | (?P<fraction>[{FRACTION_SIGNS}])
    | (?P<operator>\*\*|<=|>=|!=|:=|\.\.\.|<(?!>)|=(?![=<>])|[{_SINGLE_SIGNS}])
    | (?P<superscript>[{''.join(SUPERSCRIPTS)}]++)
    | (?P<primes>{_PRIMES})
    | (?P<foreign>==|=<|=>|<>|.)
    )""",
    re.VERBOSE | re.DOTALL,
)
"""The next piece of a text. `foreign` takes any one character, so there always is a match before the end."""

PIECE = Pattern("|".join(WORDS_BY_LENGTH))
AFTER_NAME = Pattern(rf"(?P<subscript>{_SUBSCRIPT})?(?P<primes>{_PRIMES})?(?P<gap>{SPACE})(?P<open>\()?")
NUMBER_BELOW = Pattern(r"_?[0-9]|_\{[0-9]++\}|[₀-₉]")
MAY_FOLLOW_NAME = frozenset(f"0123456789_({''.join(SMALL_LETTERS)}{''.join(PRIME_MARKS)}")

DERIVATIVE = Pattern(
    rf"(?P<symbol>[d∂]){SPACE}(?P<order>{_ORDER})?{SPACE}(?P<of>(?!d{SPACE}/){NAME})?(?(of)(?P<of_subscript>{_SUBSCRIPT})?){SPACE}/{SPACE}"
    rf"[d∂](?P<apart>[{SPACES}]++(?={NAME}(?![A-Za-z])))?(?P<variable>{NAME})(?P<subscript>{_SUBSCRIPT})?"
    rf"(?P<order_below>{_ORDER})?"
)
WITHOUT_LETTER = Pattern(rf"d{SPACE}/{SPACE}d(?![A-Za-z0-9_])")
SUMMED = Pattern(rf"[_₀-₉]|{SPACE}[(\[A-Za-z{''.join(GREEK)}]")
SUM_SIGN = Pattern("[Ss]um(?![A-Za-z])|[Σ∑]")
SUM_CALL = WordedPattern(rf"(?:(?<![A-Za-z])[Ss]um|[Σ∑]){SPACE}\(", 0, ["sum", "Sum", "Σ", "∑"])
_BOUND = r"[A-Za-z0-9_+\- ]+?"
_TO = rf"{SPACE}(?:\.\.\.?|…|to(?![A-Za-z])|[:,]){SPACE}"
SUM_RUNS = Pattern(rf"{SPACE}(?P<open>\({SPACE})?(?P<index>[A-Za-z])(?:{SPACE}(?:[=,∈]|(?:in|from)(?![A-Za-z])){SPACE}"
                   rf"(?P<lower>{_BOUND}){_TO}(?P<upper>{_BOUND}))?{SPACE}(?(open)\)){SPACE}")
"""sum(x_i, i=1..n): the call, and what stands behind the first comma in it."""
SUM_BELOW = Pattern(rf"{SPACE}(?:_{SPACE}(?:(?P<open>[{{(])|(?P<index>[A-Za-z])"
                    rf"(?:{SPACE}={SPACE}(?P<lower>[0-9]++|[A-Za-z])(?={SPACE}(?:\^|\*\*)))?)|(?P<small>{_BELOW_LINE[:-1]}₌₊₋]++))")
SUM_ABOVE = Pattern(rf"{SPACE}(?:(?:\^|\*\*){SPACE}(?:(?P<open>[{{(])|(?P<upper>[0-9]++|{_INDEXED}))|"
                    rf"(?P<raised>[{''.join(SUPERSCRIPTS)}]++))")
SUM_INDICES = Pattern(rf"{SPACE}(?P<indices>[A-Za-z](?:{SPACE},?{SPACE}[A-Za-z]){{0,3}}){SPACE}(?P<from>=)?")
SUBSCRIPTED = Pattern(rf"(?:[Ss]um|[Ll]im|limit|log|int|integral|grad)"
                      rf"(?={SPACE}[_{''.join(SMALL_LETTERS)}])|[Σ∑]|"
                      rf"(?P<name>{NAME})(?:_(?P<run>[A-Za-z]{{2,4}})(?![A-Za-z0-9_])|(?P<subscript>{_SUBSCRIPT}))")
"""A letter with a subscript; a word that has something else below it comes first."""
LIST_CALL = WordedPattern(rf"(?<![A-Za-z])(?P<word>{'|'.join(sorted(LIST_WORDS, key=len, reverse=True))})"
                          rf"(?P<below>_[A-Za-z0-9]|_\{{{_INDICES}\}}|{_BELOW_LINE}++)?{SPACE}(?P<open>\()", 0,
                          [*LIST_WORDS])
LIST_INDEX = Pattern(rf"{SPACE}(?:(?P<run>_[A-Za-z]{{2}}(?![A-Za-z0-9_(]))|(?P<below>_{SPACE}\{{{_INDICES}\}}|_[0-9]++|"
                     rf"_[A-Za-z]|{_BELOW_LINE}++)|(?P<square>_?\[{_INDICES}\]))")
"""What says which part of softmax(z) is meant: softmax_i(z) and softmax(z)_i."""
GAP = Pattern(SPACE)
LETTERS = Pattern("[A-Za-z]++")
DIFFERENTIAL_OF = Pattern(rf"(?P<symbol>[d∂])(?P<order>{_ORDER})?{SPACE}(?P<open>[(\[])")
BELOW = Pattern(rf"{SPACE}[/÷∕⁄]{SPACE}[d∂](?P<variable>{NAME})(?P<subscript>{_SUBSCRIPT})?"
                   rf"(?P<order_below>{_ORDER})?(?P<more>(?:{SPACE}[d∂]{NAME}(?:{_SUBSCRIPT})?(?:{_ORDER})?)*)(?![A-Za-z(])")
ONE = Pattern(rf"1{SPACE}[(\[|√A-Za-z{''.join(GREEK)}]")
FRACTION_BAR = Pattern(rf"{SPACE}/{SPACE}(?P<below>[0-9]++)(?![.])")
DIFFERENTIAL = Pattern(f"d{NAME}")
SUBSCRIPT = Pattern(_SUBSCRIPT)
NEXT_VARIABLE = Pattern(rf"{SPACE}[d∂](?P<variable>{NAME})(?P<subscript>{_SUBSCRIPT})?(?P<order_below>{_ORDER})?")
DIVIDED = Pattern(rf"{SPACE}[/÷∕⁄]")
LIMITS = Pattern(rf"{SPACE}(?:_|(?P<digits>[₀-₉]++))")
LOGARITHM_BASE = Pattern(rf"(?:{SPACE}(?:_|(?P<digits>[₀-₉]++)))|(?P<joined>2|10)(?={SPACE}[(|]|[{SPACES}])")
AT_VALUE = Pattern(rf"{SPACE}(?P<open>\(?){SPACE}{_INDEXED}{SPACE}=")
OPENING = Pattern(rf"{SPACE}\(")
_SMALL_POWER = rf"(?:{SPACE}\^{SPACE}(?:-?[0-9]++|[({{]{SPACE}-?[0-9]++{SPACE}[)}}])|[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]++)"
_OPERAND = rf"[0-9(\[{{|√A-Za-z{''.join(GREEK)}π]"
ARGUMENT = Pattern(rf"{_SMALL_POWER}{SPACE}{_OPERAND}|{SPACE}[(\[{{|√]|[{SPACES}]++{_OPERAND}")
CODE_NAME = Pattern(rf"(?P<name>{'|'.join(CODE_NAMES)}){SPACE}\(")
UNDERSCORED_NAME = Pattern(rf"(?i:{'|'.join(sorted(UNDERSCORED, key=len, reverse=True))})(?![A-Za-z0-9_])")
ARC = Pattern(rf"{SPACE}(?P<base>{'|'.join(sorted(INVERSE, key=len, reverse=True))})(?![A-Za-z])")
H_CALLED = Pattern(rf"(?<![A-Za-z])h{SPACE}(?:\(|{_PRIMES})")
POWER = Pattern(rf"{SPACE}\^|\*\*|[{''.join(SUPERSCRIPTS)}]")
CASE_SIGN = Pattern(r"[()\[\]{},;]|(?<![A-Za-z])(?i:if|when|otherwise|else)(?![A-Za-z])")
WORD_OF_CASES = Pattern(rf"{SPACE}(?i:if|when|for|where|otherwise|else)(?![A-Za-z])")
OPENING_SQUARE = Pattern(rf"{SPACE}\[")
IN_BRACKETS = Pattern(rf"\({SPACE}(?P<name>{_INDEXED}){SPACE}\)")
DIVISOR = Pattern(rf"[0-9]++|{NAME}")

_ARROW = (rf"(?:-++>|−++>|[→⟶]|=>|(?:(?:goes|tends|going|tending){SPACE})?to(?![A-Za-z])|approaches(?![A-Za-z])|"
          r"approaching(?![A-Za-z]))")
_APPROACHES = rf"(?P<variable>{NAME})(?P<subscript>{_SUBSCRIPT})?{SPACE}{_ARROW}{SPACE}"
_SIDE = r"[+\-−–➕⁺⁻]"
LIMIT_WORD = Pattern("[Ll]im(?:it)?")
LIMIT_OPENED = Pattern(rf"{SPACE}_?{SPACE}(?P<open>[({{\[]){SPACE}{_APPROACHES}")
LIMIT_AS = Pattern(rf"{SPACE},?{SPACE}as{SPACE}{_APPROACHES}(?P<target>[^;=]*?)(?<![A-Za-z])of(?![A-Za-z])")
LIMIT_PLAIN = Pattern(
    rf"{SPACE}_?{SPACE}(?:as{SPACE})?{_APPROACHES}(?P<target>[+\-−]?(?:[0-9]++(?:\.[0-9]++)?(?:\*?(?:pi|π))?|[π∞]|"
    rf"(?:infinity|infty|inf|oo|pi)(?![A-Za-z])|{NAME}(?:{_SUBSCRIPT})?)(?:/[0-9]++)?(?:\^?{_SIDE}(?=[{SPACES},]|$)|[⁺⁻])?|)"
    rf"(?:{SPACE},)?")
"""`lim x->0+ ...` without brackets: the target is one number, one letter or infinity, or stands in brackets."""
LIMIT_SIDE_BEHIND = Pattern(rf"\^?{_SIDE}(?=[{SPACES},]|$)|[⁺⁻]")
LIMIT_SIDE = Pattern(rf"{SPACE}(?:(?:\^{SPACE})?[({{]?{SPACE}(?P<sign>{_SIDE}){SPACE}[)}}]?|(?<![A-Za-z])from{SPACE}"
                     rf"(?:the{SPACE})?(?P<words>right|left|above|below)){SPACE}$", re.IGNORECASE)
LIMIT_BEHIND = Pattern(rf"[()\[\]{{}};]|(?<![A-Za-z])(?P<word>as|when|for)[{SPACES}]++{_APPROACHES}|"
                       rf"(?<![A-Za-z])(?P<at>at)[{SPACES}]++(?:the{SPACE}point{SPACE})?(?:(?P<letter>{NAME}){SPACE}={SPACE})?")
LIMIT_BELOW = Pattern(rf"{SPACE}_?{SPACE}[({{\\[]")
LIMIT_END = Pattern(r"[^;=\])}]*+")
BEHIND_TUPLE = Pattern(rf"{SPACE}(?:[,;)]|$)")
OF = Pattern(rf"(?:{SPACE}of(?![A-Za-z]))?")

DEFINITION = Pattern(rf"(?:^|;){SPACE}(?P<name>{NAME})(?P<subscript>{_SUBSCRIPT})?{SPACE}"
                        rf"\({SPACE}{_INDEXED}{SPACE}\){SPACE}:?=")
DEFINED = Pattern(rf"(?<![A-Za-z_])(?P<name>{NAME})(?P<subscript>{_SUBSCRIPT})?{SPACE}"
                     rf"(?:\({SPACE}{_INDEXED}{SPACE}\){SPACE})?:?=")
PRIMED_CALL = Pattern(rf"(?P<name>{NAME})(?P<subscript>{_SUBSCRIPT})?{_PRIMES}{SPACE}\(")

EXPONENT_ALONE = Pattern(
    rf"{SPACE}(?:(?:\^|\*\*){SPACE}(?:-?(?:[0-9]++|{_INDEXED})|[({{][^(){{}}]*+[)}}])|[⁰¹²³⁴⁵⁶⁷⁸⁹⁻ⁿ]++){SPACE}")
"""What may follow a bracket without going on behind its power."""


def is_short_number(text: str) -> bool:
    """Whether a text is a whole number of at most four digits."""
    return len(text) <= 4 and DIGITS.issuperset(text) and text != ""
