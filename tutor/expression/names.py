"""The words of the notation: names, Greek letters, functions and what else they are called.

    FUNCTION_WORDS["arctan"]      # "atan"
    GREEK["θ"]                    # "theta"
    canonical_name("θ", "₁")      # "theta_1"
"""

from __future__ import annotations

from tutor.expression.known_functions import FUNCTIONS, OF_LISTS

_GREEK_NAMES = [
    "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu", "nu", "xi",
    "omicron", "rho", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega",
]
_GREEK_LETTERS = list("αβγδεζηθικλμνξορστυφχψω")
_CAPITAL_GREEK = {"Γ": "Gamma", "Δ": "Delta", "Θ": "Theta", "Λ": "Lambda", "Σ": "Sigma", "Φ": "Phi", "Ψ": "Psi",
                  "Ω": "Omega", "Ξ": "Xi", "Π": "Pi"}

GREEK: dict[str, str] = dict(zip(_GREEK_LETTERS, _GREEK_NAMES, strict=True)) | _CAPITAL_GREEK
GREEK |= {"ϵ": "epsilon", "ϕ": "phi", "ς": "sigma", "µ": "mu", "∆": "Delta"}
GREEK_LETTER: dict[str, str] = dict(zip(_GREEK_NAMES, _GREEK_LETTERS, strict=True)) | {
    word: letter for letter, word in _CAPITAL_GREEK.items()
}

DIAGONAL, TRANSPOSED, UNIT_MATRIX = "diag", "T", "I"
"""How matrices are written: diag(v) has the list v on its diagonal, X^T is X with rows and columns exchanged, and I has
ones on its diagonal."""

# Every way a function's name may be typed -> its name in the tree.
FUNCTION_WORDS: dict[str, str] = {function: function for function in FUNCTIONS} | {DIAGONAL: DIAGONAL} | {
    alias: name for name, function in FUNCTIONS.items() for alias in function.aliases}

LIST_WORDS: dict[str, str] = {
    word: name for name, function in OF_LISTS.items() for word in (name, *function.aliases)}
"""Every way the name of a function of whole lists may be typed -> its name in `grammar/functions.toml`."""

UNDERSCORED: dict[str, str] = {word.lower(): name for word, name in FUNCTION_WORDS.items() if "_" in word}
"""Names of functions with an underscore in them, in small letters -> the name in the tree."""

ELSEWHERE: dict[str, str] = {
    other: name for name, function in FUNCTIONS.items() for other in function.elsewhere} | {
    other: f"{name}_{base}" for name, function in FUNCTIONS.items() for base, others in function.to_base
    for other in others}
"""What functions are called in other countries and in English words; read with a note. log_10 is log with that base."""

ALSO_WORDS = frozenset(word for function in FUNCTIONS.values() for word in function.words)
"""Names of functions that are words too: those, and names of two letters, are functions only before an argument."""

INVERSE: dict[str, str] = {
    name: function.inverse for name, function in FUNCTIONS.items() if function.inverse and function.exponent_inverts}
"""Function -> the function that it is with the exponent -1."""

CONSTANT_WORDS = {"e": "e", "i": "i", "pi": "pi", "π": "pi", "∞": "infinity",
                  **dict.fromkeys(("infinity", "Infinity", "infty", "inf", "Inf", "oo"), "infinity")}

# What a run of joined letters is cut into, longest first. Two letters are mostly two factors, or in a word: list, Sinx.
_IN_RUNS = {name for name in (*FUNCTION_WORDS, *(ELSEWHERE.keys() - ALSO_WORDS))
            if len(name) > 2 or name in ("ln", "tg")}
WORDS_BY_LENGTH = sorted({*_IN_RUNS, *GREEK_LETTER, "pi", "infinity"},
                         key=lambda word: (-len(word), word))

# Functions of programming languages that end in a digit, and what to type for them.
CODE_NAMES = {
    "log1p": "ln(1 + x)", "expm1": "e^x - 1", "exp2": "2^x", "exp10": "10^x", "atan2": "atan(y/x)",
    "arctan2": "atan(y/x)", "relu6": "min(max(0, x), 6)",
}

UNKNOWN_FUNCTIONS = frozenset("fgh")

SMALL_LETTERS = dict(zip("₀₁₂₃₄₅₆₇₈₉ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", "0123456789aehijklmnoprstuvx", strict=True))
"""A figure or letter below the line -> the usual one."""

DELTA = "delta"
"""With two indices below it, this letter is no list but Kronecker's delta."""

_USUAL_SIZE = str.maketrans(SMALL_LETTERS)


ROOT_SIGNS = {"√": "sqrt", "∛": "cbrt", "∜": "root 4"}


def root_of_order(order: int) -> str:
    """The function that `³√` is: `root 4` and so on, which the tree has no name for, are read as powers."""
    return {2: "sqrt", 3: "cbrt"}.get(order, f"root {order}")


def shown_name(function: str) -> str:
    """A function as a text calls it: arcsin for asin, and arsinh for asinh."""
    name, _, base = (function, "", "") if function in FUNCTIONS else function.partition("_")
    return f"the {FUNCTIONS[name].spoken} to base {base}" if base else FUNCTIONS[name].shown or name


def canonical_name(letter: str, subscript: str = "") -> str:
    """The one spelling of a name: Greek in words, a typed subscript as `_2`; `x1` stays, x₁ is x_1, w_{12} is w_12.

    A subscript of several characters that are not all digits keeps its braces, as in w_{in}: without them it would
    read as a product.
    """
    letter = GREEK.get(letter, letter)
    if not subscript:
        return letter
    if subscript[0] in SMALL_LETTERS:
        subscript = f"_{{{subscript.translate(_USUAL_SIZE)}}}"
    inner = subscript[2:-1] if subscript.startswith("_{") else ""
    if len(inner) == 1 or (inner and all(character in "0123456789" for character in inner)):
        return f"{letter}_{inner}"
    return letter + subscript


class EveryName(frozenset[str]):
    """The set of all names: with it every name before a bracket calls."""

    def __contains__(self, item: object) -> bool:
        return True

    def __or__(self, other: object) -> EveryName:
        return self


EVERY_NAME = EveryName()
