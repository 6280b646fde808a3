"""A skill: what an exercise trains, and what the schedule brings back when it is due.

    Skill("chain", "power,linear")         # the chain rule, for a power of something linear
    Skill("", "limits/at-a-corner")         # a question that needs no rule: its lesson and its item
"""

from __future__ import annotations

from typing import NamedTuple


class Skill(NamedTuple):
    """A rule, and the form in which it is met; a question that needs no rule is a skill of its own."""

    rule: str
    form: str
