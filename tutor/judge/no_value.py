"""Answers in words that say: there is no derivative, there is no value, the integral diverges.

    says_no_value("Does not exist.")        # True
    says_no_value("not")                    # False
    says_diverges("diverges")               # True
    infinite("-∞")                          # "-"
"""

from __future__ import annotations

_PHRASES = frozenset((
    "undefined", "is undefined", "it is undefined", "undef", "not defined", "is not defined", "it is not defined",
    "isn't defined", "does not exist", "it does not exist", "doesn't exist", "it doesn't exist", "does not exist here",
    "dne", "d.n.e", "none", "no derivative", "there is none", "there is no derivative", "no derivative here",
    "there is no derivative here", "has no derivative", "not differentiable", "is not differentiable",
    "it is not differentiable", "isn't differentiable", "no value", "has no value", "there is no value", "no slope",
    "there is no slope", "not existing", "nonexistent", "non-existent",
))
"""In small letters, with plain apostrophes and without a full stop."""


_DIVERGES = frozenset((
    "diverges", "it diverges", "divergent", "is divergent", "it is divergent", "does not converge",
    "it does not converge", "doesn't converge", "it doesn't converge", "not convergent", "is not convergent",
    "infinite", "the area is infinite", "the integral diverges", "divergence",
))
_INFINITE = {"infinity": "+", "+infinity": "+", "∞": "+", "+∞": "+", "inf": "+", "plus infinity": "+",
             "-infinity": "-", "-∞": "-", "-inf": "-", "minus infinity": "-"}


def says_no_value(text: str, of_integral: bool = False) -> bool:
    """Whether an answer says that there is none; of an integral also that it diverges or is infinite."""
    return _plain(text) in _PHRASES or (of_integral and (says_diverges(text) or bool(infinite(text))))


def says_diverges(text: str) -> bool:
    """Whether an answer says in words that an integral diverges."""
    return _plain(text) in _DIVERGES


def infinite(text: str) -> str:
    """The sign of an answer that is infinity, "+" or "-"; "" of any other."""
    return _INFINITE.get(_plain(text).replace("−", "-"), "")


def _plain(text: str) -> str:
    plain = " ".join(text.casefold().replace("’", "'").replace("′", "'").split())
    return plain.rstrip(" .!")
