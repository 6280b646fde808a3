"""Keys and values that authors bring from other formats, and what to type for them in a lesson.

    about_key("tolerance", (), "item")          # "An item has no key tolerance. Type within: to say ..."
    expected("list", ("teaches",), "chain")     # "A list is expected here, such as teaches: [chain, product]."
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from tutor.lesson.document import KeyPath

_HINTS = 'Type hints: a list of at most three, such as hints: ["Look at the inside."].'
_ANSWER = ("The engine works out the answer itself, except for ask: choose, number and expression: those need "
           "answer:.")
_FEEDBACK = "What to say to a wrong answer is written under expect, such as expect: [{x^2: Do not forget the factor.}]."
_FORMER = "Type formerly: for an earlier name."
_PICTURE = "Put pictures into a text, as in ![a parabola](parabola.png)."
_NO_MARKS = "Exercises have no marks, so leave it out."

_OF_ITEM = (
    ("tolerance tol precision accuracy epsilon error", "Type within: to say how far an answer may be off."),
    ("question prompt statement body stem description title questiontext", "Type text: for the question in words."),
    ("solution result correct correct_answer answers key", _ANSWER),
    ("hint tip tips help", _HINTS),
    ("feedback message messages comment explanation wrong mistakes", _FEEDBACK),
    ("variables variable_values params parameters values random parameter",
     "Type vary: for the values of letters, such as vary: {a: 2..5}."),
    ("points marks score weight grade difficulty credit", _NO_MARKS),
    ("type kind question_type task mode action", "Type ask: for what is asked, such as ask: integrate."),
    ("expression expr formula function problem input equation f math", "Type given: for the expression."),
    ("options distractors alternatives multiple_choice", "Type choices: for what can be chosen."),
    ("constraint constraints condition conditions restrict", "Type require: for conditions on the letters of vary."),
    ("variable var by wrt respect_to", "Type with_respect_to: for the letter."),
    ("point points_at x0 where evaluate_at", "Type at: for the point."),
    ("test tests cases examples", "Type expect: for answers to be tried."),
    ("name label slug", "Type id: for the name of an item."),
    ("old_id previous previously aliases alias renamed_from", _FORMER),
    ("image picture figure img plot graph", _PICTURE),
)
_OF_LESSON = (
    ("prerequisites requires prerequisite depends after", "Type needs: for the lessons that have to come before."),
    ("rules rule skills skill topics tags objectives", "Type teaches: for the rules that the lesson teaches."),
    ("description intro introduction body content theory summary", "Type text: for what learners read."),
    ("exercises exercise questions question problems tasks item", "Type items: for the exercises."),
    ("name heading headline", "Type title: for the heading."),
    ("version schema", "Type format: 1."),
    ("old_id previous previously aliases alias renamed_from", _FORMER),
    ("image picture figure img plot graph", _PICTURE),
    ("example worked_examples", "Type examples: for problems that are worked out."),
    ("given ask vary require hints expect choices answer at within form",
     "It belongs in an item: put it under items:."),
    ("points marks score weight", _NO_MARKS),
)
_ADVICE = {owner: {key: advice for keys, advice in table for key in keys.split()}
           for owner, table in (("item", _OF_ITEM), ("lesson", _OF_LESSON))}
"""A key that other formats have -> what to type instead."""

_VALUES = {
    "differentiate": "derive derivative diff differentiation slope gradient",
    "integrate": "integral antiderivative integration", "evaluate": "compute calculate value",
    "simplify": "simplified reduce", "choose": "choice multiple-choice multiple_choice mcq select",
    "number": "numeric numerical", "choose-u": "choose_u substitution", "expression": "formula algebra algebraic",
    "find-the-wrong-line": "find_the_wrong_line wrong-line", "name-the-rule": "name_the_rule rule",
    "simplified": "simplest", "expanded": "multiplied", "factored": "factorised factorized",
    "right": "correct true yes ok", "wrong": "incorrect false no", "nearly": "almost close partial",
}
_MEANT = {word: value for value, words in _VALUES.items() for word in words.split()}

_EXAMPLES = {
    "needs": "needs: [chain-rule]", "teaches": "teaches: [chain, product]", "examples": "examples: [d/dx x^2]",
    "items": "- given: sin(x^2)", "choices": "choices: [2x, 3x]", "vary": "vary: {a: 2..5}",
    "hints": 'hints: ["Look at the inside."]', "expect": "- 2x: right",
    "functions": "functions: {swish(x): x*sigmoid(x)}",
}
"""Key -> an example of how it is typed, with a value."""


def about_key(key: str, known: Iterable[str], owner: Literal["item", "lesson", "course"]) -> str:
    """What is said of a key that an item, a lesson or a course does not have. known: those that it has."""
    advice = _ADVICE.get(owner, {}).get(key.lower().replace("-", "_").replace(" ", "_"))
    near = get_close_matches(key, list(known), 1, cutoff=0.7)
    if advice is None and near:
        advice = f"Did you mean {near[0]}?"
    name = "An item" if owner == "item" else f"A {owner}"
    return f"{name} has no key {key}. {advice or 'To see the keys there are, use tutor author schema.'}"


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """The question whether the most similar of the known names is meant, after a space; "" if none is similar."""
    near = get_close_matches(name, list(known), 1, cutoff=0.6)
    return f" Did you mean {near[0]}?" if near else ""


def meant_value(value: str, possible: Iterable[str]) -> str:
    """The one of the possible values that is meant by a word; "" if none is near."""
    possible = list(possible)
    known = _MEANT.get(value.lower())
    near = [known] if known in possible else get_close_matches(value.lower(), possible, 1, cutoff=0.5)
    return near[0] if near else ""


def no_text(found: object) -> str:
    """What is said where a text is expected. found: the list or the mapping that YAML makes of what stands there."""
    if isinstance(found, dict) and len(found) == 1:
        ((key, value),) = found.items()
        if isinstance(value, str) and value:
            quoted = f"{key}: {value}".replace("'", "''")
            return f"In YAML a colon followed by a space ends a key. Put quotes around the text: '{quoted}'."
    return ("A text is expected here, not a list or a mapping. In YAML [ ] is a list and { } a mapping: put quotes "
            "around a formula that has them.")


def expected(kind: str, path: KeyPath, found: object) -> str:
    """What is said where a list, or keys with values, are expected. found: what stands there."""
    key = next((part for part in reversed(path) if isinstance(part, str)), "")
    inside = bool(path) and isinstance(path[-1], int)  # an entry of a list
    if kind == "list":
        example = _EXAMPLES.get(key, f"{key}: [...]")
        return f"A list is expected here, such as {example}." + (
            " Each entry begins with a dash." if isinstance(found, dict) else "")
    glued = re.match(r"(\w+):(?=[^\s/])", found) if isinstance(found, str) else None
    if glued is not None:
        return f"A space is missing after the colon: {glued[1]}: {str(found)[glued.end():]}."
    example = {"items": "given: sin(x^2)"}.get(key, _EXAMPLES.get(key, "format: 1")).removeprefix("- ")
    dashes = " Leave the dashes out." if isinstance(found, list) and not inside else ""
    return f"Keys with values are expected here, such as {example}.{dashes}"
