"""Answers in words that say: there is no derivative, there is no value.

    says_no_value("Does not exist.")        # True
    says_no_value("not")                    # False
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


def says_no_value(text: str) -> bool:
    """Whether an answer says in words that there is none."""
    plain = " ".join(text.casefold().replace("’", "'").replace("′", "'").split())
    return plain.rstrip(" .!") in _PHRASES
