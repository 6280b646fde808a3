"""The names of an item besides the letters that vary: letters derived from them, and names in braces, for words.

    word_names({"text": "The {thing} of $x$.", "vary": {"thing": ["height", "mass"]}}, in_formulas={"x"})   # {"thing"}
    wrong_letters("m", parse("a*q"), known={"a"}, below=["q"])      # "q is derived further down: move its line ..."

`item_contents.py` uses this for each item.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from difflib import get_close_matches
from typing import Any

from tutor.errors import TutorError
from tutor.expression.functions import Functions
from tutor.expression.parse import parse
from tutor.expression.tree import Expression
from tutor.lesson.document import Fault, KeyPath, YamlDocument
from tutor.lesson.schema import is_sentence, words_in
from tutor.lesson.texts import formulas, names_in_braces
from tutor.lesson.vary import Requirement, words_of

# -- words -----------------------------------------------------------------------------------------------------------


def texts_with_words(item: Mapping[str, Any]) -> Iterator[tuple[KeyPath, str, bool]]:
    """The texts of an item in which words may vary, as the file has them: path, text, and whether the text is a key.

    Hints are not among them: there braces are for the letters of a rule, too.
    """
    if isinstance(item.get("text"), str):
        yield ("text",), item["text"], False
    choices = item.get("choices")
    for index, choice in enumerate(choices if isinstance(choices, list) else []):
        if isinstance(choice, str):
            yield ("choices", index), choice, False
    expected = item.get("expect")
    for index, entry in enumerate(expected if isinstance(expected, list) else []):
        for answer, verdict in entry.items() if isinstance(entry, dict) else ():
            if item.get("ask") == "choose":
                yield ("expect", index, answer), answer, True
            if isinstance(verdict, str) and is_sentence(verdict):
                yield ("expect", index, answer), verdict, False


def word_names(item: Mapping[str, Any], in_formulas: Collection[str]) -> frozenset[str]:
    """The names of `vary` whose values are words: they stand in braces, and in no formula."""
    vary = item.get("vary")
    names = [name for name in (vary if isinstance(vary, dict) else ()) if name not in in_formulas]
    return words_in([text for _, text, _ in texts_with_words(item)], names)


def word_list(document: YamlDocument, path: KeyPath, written: Any) -> Iterator[Fault]:
    """What is wrong with the values of a name that stands in braces."""
    values = [((*path, index), each) for index, each in enumerate(written)] if isinstance(written, list) else []
    for place, text in values or [(path, written or "")]:
        try:
            if isinstance(text, str):
                words_of(str(path[-1]), text)
        except TutorError as error:
            yield Fault(document.place(place), "L118", str(error))


def braces(document: YamlDocument, path: KeyPath, item: Mapping[str, Any], words: Collection[str],
           letters: Collection[str]) -> Iterator[Fault]:
    """Names in braces that no word replaces. words: the names that words replace; letters: the names that have
    values."""
    vary = item.get("vary")
    for below, text, is_key in texts_with_words(item):
        for start, name in names_in_braces(text):
            wrong = wrong_braces(name, words, letters, vary if isinstance(vary, dict) else ())
            if wrong:
                full = (*path, *below)
                yield Fault(document.key_place(full) if is_key else document.place(full, start), "L118", wrong)


def wrong_braces(name: str, words: Collection[str], letters: Collection[str], names: Collection[str]) -> str:
    """What is wrong with a name in braces; "" if a word stands for it.

    words: the names that words replace; letters: the names that have values; names: all names in `vary`.
    """
    small = name[0].lower() + name[1:]
    if name in words or small in words:
        return ""
    if name in letters:
        return f"Braces are for words, but {name} is a letter with values: type ${name}$ for its value."
    near = get_close_matches(small, names, 1, cutoff=0.5)
    return f"There are no words for {{{name}}}. " + (
        f"Did you mean {{{near[0]}}}?" if near else
        f"Add {small} to vary, with a list of words; for a plain brace, type \\{{.")


# -- derived letters -------------------------------------------------------------------------------------------------


def letters_of_tests(item: Mapping[str, Any], functions: Functions) -> set[str]:
    """Every letter in `require` and `expect`, where a derived letter may be used; what cannot be read there is reported
    elsewhere."""
    found: set[str] = set()
    require, expected = item.get("require"), item.get("expect")
    for text in require if isinstance(require, list) else [require]:
        with suppress(TutorError):
            found |= Requirement(text, functions).letters if isinstance(text, str) else set()
    for answer, verdict in (each for entry in (expected if isinstance(expected, list) else [])
                            if isinstance(entry, dict) for each in entry.items()):
        with suppress(TutorError):
            found |= parse(answer, functions).free
        for formula in formulas(f"{answer} {verdict}"):
            with suppress(TutorError):
                found |= parse(formula.text, functions).free
    return found


def wrong_letters(letter: str, value: Expression, known: Collection[str], below: Sequence[str]) -> str:
    """What is wrong with the letters of which a derived letter is made; "" if each of them is known.

    below: the letters that are derived further down.
    """
    for other in sorted(value.free - set(known)):
        if other == letter:
            return f"{letter} cannot be derived from itself."
        if other in below:
            return f"{other} is derived further down: move its line above this one."
        near = next((each for each in sorted(known) if each.casefold() == other.casefold()), None) or next(
            iter(get_close_matches(other, known, 1, cutoff=0.5)), None)
        return f"{other} is neither in vary nor further up in let.{f' Did you mean {near}?' if near else ''}"
    return ""
