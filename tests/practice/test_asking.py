"""Who does not know asks for a hint."""

import pytest

from tutor.practice.asking import asks_for_help


@pytest.mark.parametrize("typed", [
    "?", "??", "? ?", "idk", "IDK!", "I don’t know.", "i dont know", "No idea", "no clue...", "dunno", "not sure",
    "help me", "help, please", "I give up", "what?", "stuck",
])
def test_words_and_signs_that_ask(typed):
    assert asks_for_help(typed)


@pytest.mark.parametrize("typed", [
    "", " ", "2x", "x?", "help", "show", "i", "d", "k", "0", "none", "undefined", ".", "!", "no idea what the 2 is for",
    "idk*x",
])
def test_anything_else_does_not(typed):
    assert not asks_for_help(typed)
