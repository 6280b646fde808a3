"""What is a command, what looks like one, and what says that someone does not know."""

from __future__ import annotations

import pytest

from tutor.practice.asking import SESSION_COMMANDS, asks_for_help, command_named, command_nearly


@pytest.mark.parametrize("typed", [
    "?", "???", " ? ?", "idk", "IDK", "I don't know", "i dont know.", "I don’t know!", "no idea", "Dunno...",
    "help me", "Hint, please", "What?", "no answer",
])
def test_help_is_asked_for(typed: str) -> None:
    assert asks_for_help(typed)


@pytest.mark.parametrize("typed", ["", "   ", "1?", "i", "known", "what is 2 + 3", "x", "the idea"])
def test_all_else_is_an_answer(typed: str) -> None:
    assert not asks_for_help(typed)


@pytest.mark.parametrize(("typed", "command"), [
    ("hint", "hint"), ("HINT", "hint"), ("Hint!", "hint"), ("?", "hint"), ("no idea", "hint"), ("/help", "help"),
    (":q", "quit"), ("Quit.", "quit"), ("quit()", "quit"), ("exit", "quit"), ("next", "skip"), ("Give up", "show"),
    ("show answer", "show"), ("Show me the answer, please.", "show"),
    ("quit please", "quit"), ("please", ""), ("lesson", "lesson"), ("Why?", "why"), ("  BACK ", "back"),
    ("", ""), ("x", ""), ("2x", ""), ("shwo", ""), ("chain rule", ""), ("-", ""),
])
def test_commands(typed: str, command: str) -> None:
    assert command_named(typed) == command


@pytest.mark.parametrize(("typed", "command"), [
    ("shwo", "show"), ("hnit", "hint"), ("hin", "hint"), ("qiut", "quit"), ("Skpi", "skip"), ("leson", "lesson"),
    ("lessn", "lesson"), ("bakc", "back"), ("hepl", "help"), ("whyy", "why"),
    ("sin", ""), ("cos", ""), ("exp", ""), ("x", ""), ("none", ""), ("2x", ""), ("sigmoid", ""), ("relu", ""),
    ("tanh", ""), ("sinh", ""), ("ln", ""), ("log", ""), ("sqrt", ""), ("chain rule", ""), ("yes", ""), ("no", ""),
])
def test_what_looks_like_a_command(typed: str, command: str) -> None:
    assert command_nearly(typed) == command


def test_every_command_is_itself() -> None:
    assert [command_named(command) for command in SESSION_COMMANDS] == list(SESSION_COMMANDS)
