"""The words of the notation: names, Greek letters, functions and what else they are called.

    FUNCTION_WORDS["arctan"]      # "atan"
    GREEK["θ"]                    # "theta"
    canonical_name("θ", "₁")      # "theta_1"
"""

from __future__ import annotations

from tutor.expression.tree import FUNCTIONS

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

# Every way a function's name may be typed -> its name in the tree.
FUNCTION_WORDS: dict[str, str] = {function: function for function in FUNCTIONS}
for _base in ("sin", "cos", "tan", "cot", "sec", "csc"):
    FUNCTION_WORDS |= {f"arc{_base}": f"a{_base}", f"a{_base}": f"a{_base}"}
    FUNCTION_WORDS |= {f"ar{_base}h": f"a{_base}h", f"arc{_base}h": f"a{_base}h"}
FUNCTION_WORDS |= {"cosec": "csc", "arccosec": "acsc", "sgn": "sign", "heaviside": "step", "ReLU": "relu",
                   "Relu": "relu", "logistic": "sigmoid"}

# What functions are called in other countries and in English words; read with a note. log_10 is log with that base.
_NAMES_ELSEWHERE = {
    "sin": "sen sinus sine", "cos": "cosinus cosine", "tan": "tg tang tangens tangent",
    "cot": "ctg cotg cotan ctan cotangens cotangent", "sec": "secans secant", "csc": "cosecans cosecant",
    "asin": "arcsen arsin", "acos": "arcos", "atan": "arctg atg artg", "acot": "arcctg arccotg arcctan arccotan actg",
    "sinh": "sh senh", "cosh": "ch", "tanh": "th tgh", "coth": "cth cotgh ctgh ctanh", "sech": "sch", "csch": "cosech",
    "asinh": "arsh argsh argsinh", "acosh": "arch argch argcosh", "atanh": "arth argth argtanh", "acoth": "argcoth",
    "log_10": "lg", "log_2": "lb ld", "sign": "signum",
}
ELSEWHERE: dict[str, str] = {name: function for function, names in _NAMES_ELSEWHERE.items() for name in names.split()}

ALSO_WORDS = frozenset(("sine", "cosine", "tangent", "secant", "cotangent", "cosecant", "arch", "sen", "sinus", "tang"))
"""Names of functions that are words too: those, and names of two letters, are functions only before an argument."""

INVERSE: dict[str, str] = {
    **{base: f"a{base}" for base in ("sin", "cos", "tan", "cot", "sec", "csc")},
    **{base: f"a{base}" for base in ("sinh", "cosh", "tanh", "coth", "sech", "csch")},
}

CONSTANT_WORDS = {"e": "e", "i": "i", "pi": "pi", "π": "pi", "∞": "infinity", "infinity": "infinity"}

# What a run of joined letters is cut into, longest first.
_IN_RUNS = {name for name in ELSEWHERE if name == "tg" or (len(name) > 2 and name not in ALSO_WORDS)}
WORDS_BY_LENGTH = sorted({*FUNCTION_WORDS, *_IN_RUNS, *GREEK_LETTER, "pi", "infinity"},
                         key=lambda word: (-len(word), word))

# Functions of programming languages that end in a digit, and what to type for them.
CODE_NAMES = {
    "log1p": "ln(1 + x)", "expm1": "e^x - 1", "exp2": "2^x", "exp10": "10^x", "atan2": "atan(y/x)",
    "arctan2": "atan(y/x)", "relu6": "min(max(0, x), 6)",
}

UNKNOWN_FUNCTIONS = frozenset("fgh")

_SUBSCRIPT_DIGITS = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")


ROOT_SIGNS = {"√": "sqrt", "∛": "cbrt", "∜": "root 4"}


def root_of_order(order: int) -> str:
    """The function that `³√` is: `root 4` and so on, which the tree has no name for, are read as powers."""
    return {2: "sqrt", 3: "cbrt"}.get(order, f"root {order}")


def shown_name(function: str) -> str:
    """A function as a text calls it: arcsin for asin, and arsinh for asinh."""
    if function in INVERSE.values():
        return f"{'ar' if function.endswith('h') else 'arc'}{function[1:]}"
    return {"log_10": "the logarithm to base 10", "log_2": "the logarithm to base 2"}.get(function, function)


def canonical_name(letter: str, subscript: str = "") -> str:
    """The one spelling of a name: Greek in words, a typed subscript as `_2`; `x1` stays, x₁ is x_1, w_{12} is w_12.

    A subscript of several characters that are not all digits keeps its braces, as in w_{in}: without them it would
    read as a product.
    """
    letter = GREEK.get(letter, letter)
    if not subscript:
        return letter
    if subscript[0] in "₀₁₂₃₄₅₆₇₈₉":
        return f"{letter}_{subscript.translate(_SUBSCRIPT_DIGITS)}"
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
