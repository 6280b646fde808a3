"""What to say about what is not in the notation: what was probably meant, and what to type for it.

    nearest_function("In")           # "ln"
    about_character("%")             # "% is not part of the notation: write 5% as 5/100."
"""

from __future__ import annotations

import unicodedata

from tutor.expression.names import FUNCTION_WORDS

SUM_NEEDS_INDEX = "a sum needs an index, as in sum_{i=1}^{n} x_i"
MARKED_LETTERS = "for a letter with a mark, type one with a subscript, as in y_{hat}"
BY_PARTS = "lists are written part by part, as in sqrt(a^2 + b^2) or sum_i w_i*x_i"
_CHARACTERS = {
    **dict.fromkeys("⟨⟩〈〉", BY_PARTS),
    **dict.fromkeys("‖∥", "lists are typed part by part, as in sum_i w_i^2 for ‖w‖^2 and sqrt(sum_i w_i^2) for ‖w‖; "
                          "for a number, type |x|"),
    "!": "write the number itself, such as 24",
    "%": "write 5% as 5/100",
    "\\": "in LaTeX a command follows it, as in \\frac{1}{x}",
    "_": "a subscript follows a letter, as in w_2",
    "°": "angles are in radians, so 90° is pi/2",
    ":": "for division, type /; for a definition, type f(x) = x^2",
    ".": "a decimal point needs digits after it, as in 2.5",
    "∑": SUM_NEEDS_INDEX, "∏": "write out the factors of the product",
    "∬": "type int int ... dx dy", "∮": "type int ... dx",
    "∇": "a problem can begin with it, as in ∇(x^2 y); elsewhere, type one derivative for each letter: ∂/∂x [...]",
    "±": "write one problem with + and one with -",
    "==": "type one =", "=<": "type <=", "=>": "type >=", "<>": "type !=",
    "⊗": "for the outer product of two lists, type p*h^T",
    "→": "for a limit, type lim_(x->0) sin(x)/x", "&": "leave it out",
}

# Letters of other alphabets that look like Latin ones: they come from a keyboard that is set to another language.
_LOOKALIKES = dict(zip("АВЕКМНОРСТХаеорсухі" "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEKMHOPCTXaeopcyxi" "ABEZHIKMNOPTYX", strict=True))

_MARKS = {"\N{COMBINING CIRCUMFLEX ACCENT}": "{hat}", "\N{COMBINING MACRON}": "{bar}",
          "\N{COMBINING TILDE}": "{tilde}"}
"""Marks on letters -> the subscript by which people call such a letter."""

_PIECES = "cases stand in braces, as in {x^2 if x < 1; 2x otherwise}"
_WORDS = {word: advice for words, advice in (
    ("diff derivative derivatives differentiate derive differential ddx dydx", "for a derivative, type d/dx [x^2]"),
    ("integrate antiderivative antiderivatives primitive", "for an integral, type int x^2 dx, or int_0^1 x^2 dx"),
    ("from", "limits follow the integral sign, as in int_0^1 x^2 dx"),
    ("limits", "for a limit, type lim_(x->0) sin(x)/x"),
    ("hat bar tilde overline widehat", MARKED_LETTERS),
    ("norm dot cross transpose vec vector matrix trace det", BY_PARTS),
    ("floor ceil round trunc", "there are no functions that round"),
    ("grad gradient nabla jacobian hessian", "it stands first, as in grad x^2*y"),
    ("divergence curl laplacian", "type one derivative for each letter, as in ∂/∂x [x^2 y]"),
    ("sum", SUM_NEEDS_INDEX), ("prod", "write out the factors of the product"),
    ("frac", "a fraction is typed (a)/(b)"), ("root nthroot", "type sqrt(x), cbrt(x) or x^(1/n)"),
    ("piecewise cases otherwise", _PIECES),
    ("pow power squared cubed", "a power is typed x^n"),
    ("zero one two three four five six seven eight nine ten eleven twelve half", "numbers are typed in digits"),
    ("and where when if given let suppose", "a definition comes first, as in f(x) = x^2; f'(3)"),
    ("times", "type *"), ("divided over", "type /"), ("plus", "type +"), ("minus", "type -"), ("equals", "type ="),
    ("of", "leave it out, as in sin(x)"),
    ("clip clamp", "type min(max(x, 0), 1)"), ("erfc", "type 1 - erf(x)"),
    ("respect wrt", "put the variable into d/dx"),
    ("softmax", "a list in brackets follows it, as in p = softmax(z); dp/dz"),
    ("mean average", "type it as a sum, as in 1/n*sum_i x_i"),
    ("var std mse mae", "type it as a sum, as in 1/n*sum_i (x_i - y_i)^2"),
    ("kl entropy crossentropy", "type it as a sum, as in -sum_i y_i*ln(p_i)"),
    ("argmax argmin", "a place where something is largest or smallest is no formula; tutor critical finds such places"),
    ("loss error", "give it a letter and a formula, as in L = (w*x + b - y)^2; dL/dw"),
    ("prelu", "type leaky_relu(x, a)"),
) for word in words.split()}
"""Word of plain English or of another notation -> what to type instead."""


def printable(text: str) -> str:
    """`text` with every character that a screen would not print, or would obey, as its code: U+001B."""
    if text.isprintable():
        return text
    return "".join(character if character.isprintable() else f"U+{ord(character):04X}" for character in text)


def about_character(character: str) -> str:
    """A sentence on a character, or a sign of two, that the notation does not have."""
    advice = _CHARACTERS.get(character)
    if advice is None and character in _LOOKALIKES:
        advice = f"it looks like {_LOOKALIKES[character]} but is another letter; type {_LOOKALIKES[character]}"
    if advice is None and _is_marked(character):
        letter, mark, *_ = *unicodedata.normalize("NFD", character), ""
        advice = f"for a letter with a mark, type one with a subscript, as in {letter}_{_MARKS.get(mark, '1')}" if (
            "!" <= letter <= "~") else MARKED_LETTERS
    if advice is None:
        plain = unicodedata.normalize("NFKC", character)
        advice = f"type {plain}" if plain != character and "!" <= plain <= "~" else "leave it out"
    shown = f"◌{character}" if unicodedata.combining(character[0]) else character
    return f"{printable(shown)} is not part of the notation: {advice}."


def _is_marked(character: str) -> bool:
    """Whether it is a letter with a mark above it, such as ŷ, or a mark that stands behind its letter."""
    letter, *marks = list(unicodedata.normalize("NFD", character))
    return bool(unicodedata.combining(letter)) or (letter.isalpha() and any(map(unicodedata.combining, marks)))


def advice_on(word: str) -> str | None:
    """What to type for a word of other notations; None for any other."""
    return _WORDS.get(word) or _WORDS.get(word.lower())


def about_word(word: str) -> str | None:
    """A sentence on a word of other notations; None for any other."""
    advice = advice_on(word)
    return f"{word} is not part of the notation: {advice}." if advice else None


_CONFUSED = str.maketrans("i1", "ll")


def _blurred(word: str) -> str:
    return word.lower().translate(_CONFUSED)


_ALIKE = {_blurred(known): known for known in reversed(FUNCTION_WORDS)}
_LONGEST = max(map(len, FUNCTION_WORDS))


def looks_like_function(word: str) -> str | None:
    """The function that `word` is when capitals are small and i, l and 1 are one letter; None for its right name."""
    if word in FUNCTION_WORDS or len(word) > _LONGEST:
        return None
    return _ALIKE.get(_blurred(word))


def nearest_function(word: str) -> str | None:
    """The function whose name is one slip from `word`; None if there is none."""
    if len(word) > _LONGEST + 1:
        return None
    alike = looks_like_function(word)
    if alike is not None:
        return alike
    typed = word.lower()
    candidates = [known for known in FUNCTION_WORDS if _one_slip(typed, known)]
    return max(candidates, key=lambda known: _likeness(typed, known), default=None)


def _likeness(typed: str, known: str) -> tuple[bool, int]:
    """Of several candidates the one that begins as typed: sinn is sin rather than sinh."""
    return typed.startswith(known) or known.startswith(typed), _common_start(typed, known)


def _common_start(left: str, right: str) -> int:
    length = 0
    while length < min(len(left), len(right)) and left[length] == right[length]:
        length += 1
    return length


def _one_slip(typed: str, known: str) -> bool:
    """One letter too many, too few or wrong, or two neighbours swapped; words of two letters are too short for that."""
    if abs(len(typed) - len(known)) > 1 or min(len(typed), len(known)) < 3:
        return False
    start = _common_start(typed, known)
    left, right = typed[start:], known[start:]
    return left[1:] in (right[1:], right) or left == right[1:] or (
        left[:2] == right[1::-1] and left[2:] == right[2:])
