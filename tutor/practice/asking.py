"""What people type instead of an answer: a command, a misspelt command, or words that ask for a hint.

    command_named("Show!")          # "show"
    command_nearly("shwo")          # "show"
    asks_for_help("I don't know.")  # True
"""

from __future__ import annotations

from difflib import get_close_matches

_PHRASES = frozenset((
    "idk", "i don't know", "i do not know", "don't know", "do not know", "dunno", "i dunno", "no idea",
    "i have no idea", "no clue", "i have no clue", "not sure", "i'm not sure", "i am not sure", "unsure",
    "stuck", "i'm stuck", "i am stuck", "help me", "help please", "please help", "i need help",
    "hint please", "a hint", "a hint please", "give me a hint", "i need a hint", "what", "how", "huh", "no answer",
    "pls help", "help pls", "can't do it", "i can't", "i cannot", "i can't do this",
))

_WITHOUT_APOSTROPHES = frozenset(phrase.replace("'", "") for phrase in _PHRASES)

_OTHER_WORDS = {
    "next": "skip", "pass": "skip", "solution": "show", "show answer": "show",
    "show solution": "show", "answer": "show", "i give up": "show", "give up": "show",
    "exit": "quit", "q": "quit", "stop": "quit", "end": "quit", "bye": "quit", "hints": "hint", "another hint": "hint",
    "steps": "hint", "step": "hint",
    "next hint": "hint", "read": "lesson", "explain": "why", "why not": "why", "commands": "help",
    "previous": "back", "line": "lines",
}
"""What people type in place of the names of commands."""

SESSION_COMMANDS = ("hint", "why", "show", "lesson", "lines", "skip", "back", "quit", "help")

_POLITE = frozenset(("please", "pls", "now", "the", "me"))
"""Words that change nothing about a command."""

_AROUND = " /\\:;!.?'\"`()[]-,"
"""What may stand around the name of a command: /help, :q, "show", hint!"""

_FEWEST, _MOST, _LIKE = 3, 8, 0.65
"""How many letters a misspelt command has, and how similar to the right one it has to be."""


def asks_for_help(typed: str) -> bool:
    """Whether someone says that they do not know, in question marks alone or in words."""
    if typed.strip() and not typed.strip("? "):
        return True
    plain = " ".join(typed.casefold().replace("’", "'").replace(",", " ").strip("?!. ").split())
    return plain in _PHRASES or plain in _WITHOUT_APOSTROPHES


def command_named(typed: str) -> str:
    """The command that was typed, in any case and by any of its names; "" for what is none."""
    words = [word for word in typed.casefold().strip(_AROUND).split() if word not in _POLITE]
    plain = " ".join(words).strip(_AROUND)
    if asks_for_help(typed):
        return "hint"
    return plain if plain in SESSION_COMMANDS else _OTHER_WORDS.get(plain, "")


def command_nearly(typed: str) -> str:
    """The command of which a word looks like a misspelling; "" if there is none."""
    plain = typed.casefold().strip(_AROUND)
    if not (plain.isalpha() and _FEWEST <= len(plain) <= _MOST):
        return ""
    same = [command for command in SESSION_COMMANDS if sorted(command) == sorted(plain)]
    return next(iter(same or get_close_matches(plain, SESSION_COMMANDS, 1, _LIKE)), "")
