"""The session that the README shows is one that can be had."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from tests.practice.course import NOW, attempt
from tests.practice.played import Played
from tutor.lesson.course import load_course
from tutor.practice.settings import Settings
from tutor.practice.store import memory_only

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")


def test_the_session_of_the_readme() -> None:
    (shown,) = re.findall(r"```console\n\$ tutor practice chain-rule\n((?s:.*?))```", README)
    typed = re.findall(r"^  answer> (.*)$", shown, re.MULTILINE)
    (lesson,) = [lesson for lesson in load_course() if lesson.id == "chain-rule"]
    with memory_only() as store:
        for turn in range(4):  # a rule that is new begins with a worked example
            known = attempt("asked", rule="chain", form="another", lesson="chain-rule", item="another", turn=turn)
            store.append(known)
            store.append(replace(known, outcome="right", grade="good"))
        session = Played([*typed, "quit"], [lesson], store=store, at=NOW + timedelta(days=1), items=10,
                         settings=Settings(explain_share=0))
    assert session.text.strip("\n").startswith(shown.strip("\n"))
