"""The words of the notation: Greek letters, function names and what else they are called.

    FUNCTION_WORDS["arctan"]      # "atan"
    GREEK["θ"]                    # "theta"
"""

from __future__ import annotations

from tutor.expression.tree import FUNCTIONS

_GREEK_NAMES = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron rho sigma tau upsilon phi chi"
    " psi omega"
).split()
_GREEK_LETTERS = "α β γ δ ε ζ η θ ι κ λ μ ν ξ ο ρ σ τ υ φ χ ψ ω".split()
_CAPITAL_GREEK = {"Γ": "Gamma", "Δ": "Delta", "Θ": "Theta", "Λ": "Lambda", "Σ": "Sigma", "Φ": "Phi", "Ψ": "Psi",
                  "Ω": "Omega", "Ξ": "Xi", "Π": "Pi"}

GREEK: dict[str, str] = dict(zip(_GREEK_LETTERS, _GREEK_NAMES, strict=True)) | _CAPITAL_GREEK
GREEK["ϵ"], GREEK["ϕ"], GREEK["ς"], GREEK["µ"] = "epsilon", "phi", "sigma", "mu"
GREEK_LETTER: dict[str, str] = dict(zip(_GREEK_NAMES, _GREEK_LETTERS, strict=True)) | {
    word: letter for letter, word in _CAPITAL_GREEK.items()
}

# Every way a function's name may be typed -> its name in the tree.
FUNCTION_WORDS: dict[str, str] = {function: function for function in FUNCTIONS}
for _base in ("sin", "cos", "tan", "cot", "sec", "csc"):
    FUNCTION_WORDS |= {f"arc{_base}": f"a{_base}", f"a{_base}": f"a{_base}"}
    FUNCTION_WORDS |= {f"ar{_base}h": f"a{_base}h", f"arc{_base}h": f"a{_base}h"}
FUNCTION_WORDS |= {"cosec": "csc", "arccosec": "acsc", "tg": "tan", "arctg": "atan", "sgn": "sign", "heaviside": "step",
                   "ReLU": "relu", "Relu": "relu", "logistic": "sigmoid"}

INVERSE: dict[str, str] = {
    **{base: f"a{base}" for base in ("sin", "cos", "tan", "cot", "sec", "csc")},
    **{base: f"a{base}" for base in ("sinh", "cosh", "tanh", "coth", "sech", "csch")},
}

CONSTANT_WORDS = {"e": "e", "i": "i", "pi": "pi", "π": "pi", "∞": "infinity", "infinity": "infinity"}

# What a run of joined letters is cut into, longest first.
WORDS_BY_LENGTH = sorted({*FUNCTION_WORDS, *GREEK_LETTER, "pi", "infinity"}, key=lambda word: (-len(word), word))

UNKNOWN_FUNCTIONS = frozenset("fgh")
