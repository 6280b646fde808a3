"""Every rule of the product answers for itself; nobody lists them here."""

from __future__ import annotations

import pytest

from tutor.derivation.soundness import examine
from tutor.rules.rulebook import rulebook


@pytest.mark.parametrize("name", rulebook())
def test_fires_on_its_examples_is_sound_and_prints_back(name: str) -> None:
    verdicts = list(examine(rulebook()[name]))
    wrong = [verdict for verdict in verdicts if verdict.passed is False]
    assert not wrong
    confirmed = {verdict.question for verdict in verdicts if verdict.passed}
    assert confirmed == {"fires", "prints back", "sound"}


@pytest.mark.parametrize("name", rulebook())
def test_says_what_it_does(name: str) -> None:
    rule = rulebook()[name]
    assert rule.say.endswith(".")
    assert rule.title[0].isupper()


def test_every_function_of_the_notation_has_a_derivative() -> None:
    import tutor
    from tutor.expression.tree import FUNCTIONS

    for function, (fewest, _) in FUNCTIONS.items():
        arguments = {1: "x", 2: "x, 2"}[max(fewest, 2 if function == "log" else 1)]
        derivation = tutor.explain(f"d/dx [{function}({arguments})]")
        assert derivation.checked, function
