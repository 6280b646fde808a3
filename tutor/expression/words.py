"""Which runs of letters are words, and so never a product: `gradient`, `softmax`, `the`; not `abc`, `kxy` and `mgh`.

    could_be_word("norm")           # True
    could_be_word("xyz")            # False

A product of letters is short, or has its letters in the order of the alphabet, or no vowel. What looks like a word is
refused by the token pass, which costs whoever meant a product a few `*`; a word that is read as a product would give
an answer to a question that nobody asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from tutor.expression.lexemes import PIECE
from tutor.expression.names import ELSEWHERE, FUNCTION_WORDS

# Words that would pass for products or calls: of two letters, without a vowel, or with a function's name in them.
_LISTED = """
of to or on no do go so ok is hi act add all any apt arc arm ask end its und idk elu ably ally amps dry cry fly shy
sky sly spy try why gcd lcm std wrt hmm pls thx crypt gypsy hymn lynx myth nymph psych rhythm sync syzygy tryst analog
assign basin blog costs erfi exit logs secant sigmoidal sine signal signals signs sinc sings stand steps tanks using
alphas betas child chimp china chip deltas gammas meta metal much mud mug must null nuts phil pick pie pint pitch pity
spin taught taxi and expand expanded expands
"""
_WORDS = frozenset(_LISTED.split())
_CALLED = frozenset(("si", "ci", "ei", "li", "re", "im", "tr", "kl"))
"""Functions of two letters that are not here."""

_ALPHABET = "abcdefghijklmnopqrstuvwxyz"
_VOWELS = frozenset("aeiou")
_LAST_OF_ALPHABET = frozenset("tuvwxyz")
_BEFORE_A_BRACKET = frozenset("abckrtuvwxyz")
_NOT_IN_A_PRODUCT = frozenset("eiou")


def is_listed(run: str) -> bool:
    """Whether a run of letters is a word that its letters alone would not give away."""
    return run.lower() in _WORDS


def could_be_word(letters: str, called: bool = False) -> bool:
    """Whether letters, of which none belong to a name of the notation, may be a word. called: a bracket follows."""
    run = letters.lower()
    if run in _WORDS:
        return True
    if len(run) < 3:
        return called and run in _CALLED
    if len(run) == 3 and run[:2] in ELSEWHERE and run[2] in _LAST_OF_ALPHABET:
        return True  # shx, lgx
    if called and not _BEFORE_A_BRACKET.issuperset(run):
        return True
    if "o" in run:
        return True  # nobody calls a quantity o: it looks like 0
    vowels = _VOWELS.intersection(run)
    if not vowels or len(vowels) == len(set(run)) or run in _ALPHABET:
        return False
    if len(run) == 3:
        return _is_syllable(run)
    ascending = list(run) == sorted(run) and vowels <= {"a", "u"}
    return not (ascending or _LAST_OF_ALPHABET.issuperset(run))


def _is_syllable(run: str) -> bool:
    """Whether three letters read as one syllable: `cat`, `ice`, `she`, `out`; not `abc`, `axy`, `ikx`, `uvw`."""
    first, middle, last = (letter in _VOWELS for letter in run)
    if not middle:
        return last and run[2] == "e"
    if first or last:
        return run[0] != "i" and not _VOWELS.intersection(run) <= {"a"}  # e^(iat) has the number i
    return not _LAST_OF_ALPHABET.issuperset(run)


def mixed_could_be_word(run: str, pieces: Sequence[str], called: bool = False) -> bool:
    """The same of a run that was cut into pieces, of which some are functions, Greek letters or pi."""
    if run.lower() in _WORDS:
        return True
    rests: list[str] = [""]
    for piece in pieces:
        if len(piece) == 1:
            rests[-1] += piece
        else:
            rests.append("")
    if any(could_be_word(rest) or (len(rest) > 1 and _NOT_IN_A_PRODUCT.intersection(rest.lower())) for rest in rests):
        return True
    if not {"min", "max"}.isdisjoint(pieces[:-1]):
        return True  # these take brackets
    if any(piece in FUNCTION_WORDS for piece in pieces):
        return False
    if called and not _BEFORE_A_BRACKET.issuperset("".join(rests)):
        return True
    # A short Greek name between letters is an accident: stupid has a pi in it.
    return len(pieces) > 3 and any(1 < len(piece) < 4 for piece in pieces[1:-1])


@lru_cache(maxsize=2_000)
def run_could_be_word(run: str, called: bool = False) -> bool:
    """The same of any run of letters, which may have names of the notation in it."""
    pieces = _cut(run)
    if all(len(piece) == 1 for piece in pieces):
        return could_be_word(run, called)
    return mixed_could_be_word(run, pieces, called)


def _cut(run: str) -> list[str]:
    """A run as it is cut, longest first, into names and letters."""
    pieces, place = [], 0
    while place < len(run):
        match = PIECE.match(run, place)
        pieces.append(match[0] if match else run[place])
        place += len(pieces[-1])
    return pieces
