"""Whether the words of an item ask for what the item asks for.

    other_question(Item.model_validate({"given": "x^2", "ask": "integrate", "text": "Differentiate $x^2$."}))
    # (0, "The text asks to differentiate, and ask: says integrate.")

Words can ask in a hundred ways, so only what is plain is said: a request for something else, with no word about what
is really asked; a point of which the item knows nothing; another letter.
"""

from __future__ import annotations

import re

from tutor.errors import TutorError
from tutor.expression.tree import Expression, postorder
from tutor.lesson.fill import formula, says_what_to_do
from tutor.lesson.schema import Item, Lesson
from tutor.lesson.vary import letter_of

_FIND = r"(find|give|calculate|compute|determine|work out|what is|state)\s+(the|an?|its)\s+((first|second|general)\s+)?"

_REQUESTS = {
    "differentiate": re.compile(rf"\b(differentiate|{_FIND}(derivative|slope|gradient))\b", re.IGNORECASE),
    "integrate": re.compile(rf"\b(integrate|{_FIND}(integral|antiderivative))\b", re.IGNORECASE),
    "simplify": re.compile(r"\b(simplify|multiply out|expand|factor(ise|ize)?\s+(the|this|\$))", re.IGNORECASE),
}
"""What is asked -> a plain request for it."""

_MENTIONS = {
    "differentiate": re.compile(r"differentiat|derivative|slope|gradient|steep|\brates?\b|\bfast|chang|d/d[a-z]|\bgrow|"
                                r"speed|velocity|sensitiv", re.IGNORECASE),
    "integrate": re.compile(r"integra|antiderivative|\barea\b|\bint\b|∫", re.IGNORECASE),
    "simplify": re.compile(r"simpl|multipl|expand|factor|short|cancel|write", re.IGNORECASE),
}
"""What is asked -> what words about it have in them."""

_AT_A_POINT = re.compile(
    rf"\b({_FIND}(slope|derivative|gradient)|how steep|which slope)\b[^.?!]*?(?<!but )(?<!except )"
    r"\bat\s+\$?\s*(?P<point>[A-Za-z]\w*\s*=\s*[^\s$,.?]+)", re.IGNORECASE)
"""A request for a slope at a point."""

_LETTER = re.compile(r"\b(?:with respect to|by the letter)\s+\$?\s*(?P<letter>[A-Za-zα-ωΑ-Ω]\w*)\s*\$?(?=\W|$)")


def other_question(item: Item, lesson: Lesson) -> tuple[int, str] | None:
    """Where in its text an item asks for something else than it says under `ask`, and what; None where it does not."""
    asked = item.ask
    if asked not in ("differentiate", "integrate", "simplify", "evaluate") or not item.text:
        return None
    given = formula(item.given, functions=lesson.defined)
    return _request(item, given) or _point(item, given) or _letter(item)


def _request(item: Item, given: Expression) -> tuple[int, str] | None:
    """A request for another kind of question."""
    heads = {part.head for part in postorder([given])}
    allowed = {item.ask} | ({"differentiate"} if heads & {"derivative", "at"} else set()) | (
        {"integrate"} if "integral" in heads else set()) | ({"simplify"} if item.ask == "evaluate" else set())
    if any(_MENTIONS[each].search(item.text) for each in allowed & _MENTIONS.keys()):
        return None
    for asked, request in _REQUESTS.items():
        found = None if asked in allowed else request.search(item.text)
        if found is not None:
            return found.start(), f"The text asks to {asked} ({found[0]!r}), but ask: says {item.ask}."
    return None


def _point(item: Item, given: Expression) -> tuple[int, str] | None:
    """A point at which the derivative is asked for, where the item asks for it everywhere."""
    if item.ask != "differentiate" or item.at or says_what_to_do(given):
        return None
    found = _AT_A_POINT.search(item.text)
    if found is None:
        return None
    _, _, value = found["point"].partition("=")
    return found.start("point"), (f"The text asks for the slope at {found['point']}, but the answer is the whole "
                                  f"derivative. Type at: {value.strip()} to ask for the slope there.")


def _letter(item: Item) -> tuple[int, str] | None:
    """Another letter by which the words differentiate or integrate."""
    found = _LETTER.search(item.text)
    if found is None or not item.with_respect_to:
        return None
    try:
        same = letter_of(found["letter"]) == letter_of(item.with_respect_to)
    except TutorError:
        return None  # a word, not a letter
    return None if same else (found.start("letter"), (
        f"The text says with respect to {found['letter']}, but with_respect_to: says {item.with_respect_to}."))
