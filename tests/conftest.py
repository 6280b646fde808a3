"""What several tests need."""

from __future__ import annotations

import gc
import signal
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from tutor.derivation import derivation, strategy
from tutor.files import rulebook_files
from tutor.judge import case, equivalence
from tutor.lesson.course import load_course
from tutor.rules.reader import read_rulebook
from tutor.rules.rulebook import misconceptions, rulebook

settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("the same each time", settings.get_profile("any machine"), derandomize=True)
settings.load_profile("the same each time")  # so that a change fails for its own sake; for new examples: "any machine"


def pytest_configure(config: pytest.Config) -> None:
    """Work the tables out before there are several processes that would all do it."""
    if getattr(config.option, "numprocesses", None):
        rulebook()
        misconceptions()
        load_course()


_OF_A_PERSON = ("NO_COLOR", "FORCE_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLORTERM", "TERM",
                "TTY_COMPATIBLE", "TTY_INTERACTIVE", "PYTHONIOENCODING", "PYTHONUTF8", "LC_ALL", "LC_CTYPE")
"""Variables by which the terminal and the habits of whoever runs the tests would change what they see."""


def pytest_collection_finish() -> None:
    """Have the garbage collector run as it does in the command, and pass over what stays for all tests."""
    gc.set_threshold(50_000)
    gc.freeze()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes long, so that in the end no process works on alone."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


@pytest.fixture(scope="session", autouse=True)
def _nobodys_machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Without anyone's settings and log of practice, and with a Ctrl-C that commands notice.

    A shell that starts the tests in the background has them ignore it, and so would all that they start.
    """
    with pytest.MonkeyPatch.context() as environment:
        for name in _OF_A_PERSON:
            environment.delenv(name, raising=False)
        for name, value in (("LANG", "C.UTF-8"), ("COLUMNS", "80"), ("LINES", "25")):
            environment.setenv(name, value)
        environment.setenv("TUTOR_HOME", str(tmp_path_factory.mktemp("home")))
        if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
            signal.signal(signal.SIGINT, signal.default_int_handler)
        yield


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
    caches = (strategy.candidates, case.prepared, equivalence.solved)
    for cache in caches:
        cache.cache_clear()
    yield
    for cache in caches:
        cache.cache_clear()
