"""What several tests need."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tutor.derivation import derivation, strategy
from tutor.files import rulebook_files
from tutor.rules.reader import read_rulebook
from tutor.rules.rulebook import rulebook


@pytest.fixture
def broken_product_rule(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A rulebook in which the product rule subtracts: for seeing that the check notices."""
    rules = dict(rulebook())
    (file,) = [file for file in rulebook_files() if file.name == "derivatives.rules"]
    text = file.read_text(encoding="utf-8")
    sound, wrong = "d/dx [f] * g + f * d/dx [g]\n", "d/dx [f] * g - f * d/dx [g]\n"
    assert text.count(sound) == 1
    rules |= {rule.name: rule for rule in read_rulebook(text.replace(sound, wrong), file.name)}
    for module in (derivation, strategy):
        monkeypatch.setattr(module, "rulebook", lambda: rules)
    caches = (strategy.compiled, strategy.candidates)
    for cache in caches:
        cache.cache_clear()
    yield
    for cache in caches:
        cache.cache_clear()
