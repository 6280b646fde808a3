"""Which rules are meant by a word, a title or a piece of mathematics?

    found = search("tan", rulebook().values())
    [rule.title for rule in found.others][:2]       # ["Derivative of tangent", "Derivative of secant"]
    search("chain", rulebook().values()).exact[0].title     # "Chain rule"
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import NamedTuple

from tutor.expression.write import PRETTY, write
from tutor.rules.rule import Rule


class SearchResult(NamedTuple):
    """exact: rules with this very name or title; others: those that have something of it, the closest first."""

    exact: list[Rule]
    others: list[Rule]


def search(query: str, rules: Iterable[Rule], topic: Callable[[Rule], str] = lambda rule: "") -> SearchResult:
    """The rules in whose name, title or statement every word of a query occurs.

    topic: what a rule belongs to in words, which is searched too.
    """
    known = list(rules)
    exact, ranked = named(query, known), []
    for rule in known:
        if rule in exact:
            continue
        rank = _rank(rule, query, topic(rule))
        if rank is not None:
            ranked.append(((rank, rank == _IN_STATEMENT and not _is_about(rule, query)), rule))
    return SearchResult(exact, [rule for _, rule in sorted(ranked, key=lambda each: each[0])])


def named(query: str, rules: Iterable[Rule]) -> list[Rule]:
    """The rules with this very name or title, those with the name first."""
    wanted = plain(query)
    found = [rule for rule in rules if wanted in (plain(rule.name), plain(rule.title))]
    return sorted(found, key=lambda rule: plain(rule.name) != wanted)


def near(query: str, rules: Iterable[Rule]) -> list[str]:
    """Names, titles and words of them that are a slip away from a query which nothing matches; three at most."""
    from difflib import get_close_matches

    known: dict[str, None] = {}
    for rule in rules:
        known |= dict.fromkeys((plain(rule.name), plain(rule.title), *_words(rule)))
    close = get_close_matches(plain(query), [each for each in known if len(each) >= _SHORTEST], 3, cutoff=0.7)
    return [each for each in close if not any(each != other and each.startswith(other) for other in close)]


_SHORTEST = 3
"""Letters of a word whose beginning is enough."""


@lru_cache(maxsize=4096)  # the names and titles of all rules, which every search looks at
def plain(text: str) -> str:
    """A name or a title in small letters with single spaces."""
    return " ".join(re.sub(r"[\s_-]+", " ", text.lower()).split())


def _words(rule: Rule) -> list[str]:
    return re.findall(r"[^\W_]+", f"{rule.name} {rule.title}".lower())


def _rank(rule: Rule, query: str, topic: str) -> int | None:
    """How close the query is, 0 the closest; None if something of it does not occur."""
    if not query.strip():
        return None
    if plain(query) in plain(rule.title) and " " in plain(query):
        return _PHRASE
    statement = _statements(rule)
    whole = _of_statement(_compact(query), statement)
    ranks = [_rank_of_word(word, rule, statement, topic) for word in query.split()]
    named = max((rank for rank in ranks if rank is not None), default=None) if None not in ranks else None
    if named is None:
        return _IN_STATEMENT if whole else None
    return min(named, _IN_STATEMENT) if whole else named


def _is_about(rule: Rule, query: str) -> bool:
    """Whether a piece of mathematics is in what a rule works on, and not only in what comes out."""
    return _of_statement(_compact(query), (_compact(str(rule.left)), _compact(write(rule.left, PRETTY))))


@lru_cache(maxsize=2048)
def _statements(rule: Rule) -> tuple[str, str]:
    """The statement without blanks, as it is typed and as it is printed."""
    return _compact(rule.statement), _compact(f"{write(rule.left, PRETTY)}={write(rule.right, PRETTY)}")


_PHRASE, _WORD, _IN_STATEMENT, _BEGINS, _TOPIC = range(5)


def _rank_of_word(word: str, rule: Rule, statement: tuple[str, str], topic: str) -> int | None:
    known, asked = _words(rule), plain(word)
    one = asked[:-1] if asked.endswith("s") and len(asked) > _SHORTEST else asked  # integrals are found as integral
    if asked in known or one in known:
        return _WORD
    if _of_statement(_compact(word), statement):
        return _IN_STATEMENT
    if len(asked) >= _SHORTEST and asked.isalpha() and any(each.startswith(one) for each in known):
        return _BEGINS
    return _TOPIC if one.isalpha() and re.search(rf"\b{one}s?\b", topic.lower()) else None


def _compact(text: str) -> str:
    return "".join(text.split()).lower()


def _of_statement(asked: str, statement: Iterable[str]) -> bool:
    """Whether a piece of mathematics stands in a statement, not as a part of a name: tan in tan(x), not in tanh(x)."""
    if len(asked) == 1 or not any(map(str.isalnum, asked)):
        return False  # every statement has an x and brackets
    before = r"(?<![a-z0-9])" if asked[0].isalnum() else ""
    after = r"(?![a-z0-9])" if asked[-1].isalnum() else ""
    return any(re.search(before + re.escape(asked) + after, each) for each in statement)
