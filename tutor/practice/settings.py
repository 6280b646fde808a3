"""Every threshold of practice, by name. How much help is best is an open question, so all of them can be changed.

    Settings(fast_seconds=10)
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Settings:
    """fast_seconds, slow_seconds: a right answer up to here is fast, from there on slow.

    repeat_seconds: a second ? sooner than this repeats the hint instead of opening the next one; hint_that_tells: the
    level from which a hint gives the step away; first_items: how many exercises of a new rule may follow each other
    before rules are mixed; explain_share: the share of right answers after which a learner is asked for the rule, as
    long as it is being learned.

    mastery_forms, mastery_days: in how many forms and on how many days a rule has to be used, unaided and at the first
    attempt; mastery_share: the share of successes that it then takes; recent_weight: the weight of an attempt relative
    to the next one; recent: how many of the latest attempts are reported.

    return_after: exercises after which a skill that went wrong comes back; returns: how often it does in a day;
    most_of_one_item: how often an item is asked in a day while there are others.

    draws: exercises that are made, at most, to find one that is fresh and of another rule than the last.
    """

    fast_seconds: float = 20
    slow_seconds: float = 180
    repeat_seconds: float = 2
    hint_that_tells: int = 3
    first_items: int = 3
    explain_share: float = 1 / 3
    mastery_forms: int = 3
    mastery_days: int = 2
    mastery_share: float = 0.7
    recent_weight: float = 0.8
    recent: int = 8
    return_after: int = 2
    returns: int = 2
    most_of_one_item: int = 2
    draws: int = 6


DEFAULT = Settings()
