"""What people type who want a hint, besides the command itself: question marks, or words.

    asks_for_help("??")             # True
    asks_for_help("I don't know.")  # True
"""

from __future__ import annotations

_PHRASES = frozenset((
    "idk", "i don't know", "i do not know", "don't know", "do not know", "dunno", "i dunno", "no idea",
    "i have no idea", "no clue", "i have no clue", "not sure", "i'm not sure", "i am not sure", "unsure",
    "stuck", "i'm stuck", "i am stuck", "i give up", "give up", "help me", "help please", "please help", "i need help",
    "hint please", "a hint", "a hint please", "give me a hint", "i need a hint", "what", "how", "huh", "no answer",
    "pls help", "help pls", "can't do it", "i can't", "i cannot", "i can't do this",
))

_WITHOUT_APOSTROPHES = frozenset(phrase.replace("'", "") for phrase in _PHRASES)


def asks_for_help(typed: str) -> bool:
    """Whether someone says that they do not know, in question marks alone or in words."""
    if typed.strip() and not typed.strip("? "):
        return True
    plain = " ".join(typed.casefold().replace("’", "'").replace(",", " ").strip("?!. ").split())
    return plain in _PHRASES or plain in _WITHOUT_APOSTROPHES
