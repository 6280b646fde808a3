"""What cannot be read in one item of a lesson: formulas, values, conditions, names.

    ItemContents(document, 0, {"given": "sin(x^"}, own=set(), functions={}).faults(seen={})

`contents.py` asks for this, item by item.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from functools import partial
from typing import Any, get_args

from tutor.derivation.problem import read_problem
from tutor.errors import TutorError
from tutor.expression.functions import Functions, with_functions
from tutor.expression.names import UNKNOWN_FUNCTIONS
from tutor.expression.parse import read
from tutor.expression.tree import OPEN, Expression, name, postorder
from tutor.judge.lists import read_listed
from tutor.lesson.document import Fault, KeyPath, Place, YamlDocument
from tutor.lesson.fill import asks_for_several, asks_of_lines, element_of, formula, says_what_to_do
from tutor.lesson.formulas_in_texts import refusals, texts_under, unreadable_formulas
from tutor.lesson.keys import did_you_mean, meant_value
from tutor.lesson.naming import braces, letters_of_tests, word_list, word_names, wrong_letters
from tutor.lesson.schema import LISTED, MEANT_FOR, TABLES, VERDICTS, Ask, Item, is_sentence
from tutor.lesson.texts import formulas
from tutor.lesson.vary import Requirement, letter_of, values_of
from tutor.rules.rulebook import misconceptions

_FORMULAS = ("given", "at", "within")

_IN_WORDS = ("Only one expression can stand here. What is asked for in words or by an equation, such as a tangent, "
             "needs ask: expression, with a question under text and the right answer under answer.")

_DOUBTED = ("given", "at", "answer")
"""Formulas in which the author is warned of what can be read in two ways."""

_OTHERWISE_ANSWERED = frozenset(("choose", *LISTED))
"""Kinds of question with an answer that is not one formula."""

_NOT_ONE_VALUE = frozenset(("choose", "choose-u", "name-the-rule", "find-the-wrong-line", "critical-points", *TABLES,
                             *LISTED))
"""Kinds of question in which a learner does not type one formula."""

_BY_A_LETTER = MEANT_FOR["with_respect_to"]
"""Kinds of question that have a letter to differentiate or integrate with respect to."""


class ItemContents:
    """One item as it stands in the file. own: the names of the lesson's own misconceptions."""

    def __init__(self, document: YamlDocument, index: int, item: dict[str, Any], own: set[str],
                 functions: Functions) -> None:
        self.document, self.item, self.own, self.path = document, item, own, ("items", index)
        self.functions, self.parse = functions, partial(formula, functions=functions)

    def faults(self, seen: dict[str, int]) -> Iterator[Fault]:
        """Everything that is wrong with it. seen: the names of the items before it, with their lines."""
        yield from self._name(seen)
        yield from self._meaningless()
        yield from self._listed()
        for key in _FORMULAS if self._is_a(_OTHERWISE_ANSWERED) else (*_FORMULAS, "answer"):
            text = self.item.get(key)
            if key == "within" and isinstance(text, str) and text.strip().endswith("%"):
                text = text.rstrip()[:-1]
                if not text.strip():
                    yield Fault(self.document.place((*self.path, key)), "L105",
                                "A number is missing before the percent sign, as in 1%.")
            if isinstance(text, str) and text.strip() and not (key == "given" and self._is_a(TABLES)):
                yield from self._expression((*self.path, key), text, doubts=key in _DOUBTED)
        if self._is_a(TABLES):
            from tutor.lesson.table_contents import table_faults  # which needs the engine of graphs

            yield from table_faults(self.document, self.path, self.item, [*misconceptions(), *self.own], self.functions)
        yield from unreadable_formulas(self.document, (*self.path, "text"), self.item.get("text"), self.functions)
        for key in ("choices", "hints"):
            for path, text in texts_under(self.item, key):
                yield from unreadable_formulas(self.document, (*self.path, *path), text, self.functions)
        yield from self._vary()
        yield from self._misconceptions()

    def _is_a(self, kinds: Set[str]) -> bool:
        return isinstance(self.item.get("ask"), str) and self.item["ask"] in kinds

    def _listed(self) -> Iterator[Fault]:
        """What is wrong with an answer that is more than one value."""
        answer = self.item.get("answer")
        if self._is_a(LISTED) and isinstance(answer, str) and answer.strip():
            try:
                read_listed(self.item["ask"], answer, self.parse)
            except TutorError as error:
                yield from refusals(error, lambda offset: self.document.place((*self.path, "answer"), offset))

    def _name(self, seen: dict[str, int]) -> Iterator[Fault]:
        given, ask, written = (self.item.get(key, "") for key in ("given", "ask", "id"))
        text = self.item.get("text", "")
        if not all(isinstance(part, str) for part in (given, ask, written, text)) or not (given or text):
            return
        name = Item.model_construct(id=written, ask=ask or "differentiate", given=given, text=text).name
        line = self.document.place(self.path).line
        if name in seen:
            yield Fault(self.document.place(self.path), "L109",
                        f"The item in line {seen[name]} is also called {name}.")
        seen.setdefault(name, line)

    def _meaningless(self) -> Iterator[Fault]:
        """Keys that have no effect for this kind of question."""
        ask = self.item.get("ask", "differentiate")
        for key, asks in MEANT_FOR.items():
            if key in self.item and isinstance(ask, str) and ask in _ASKS and ask not in asks:
                place = self.document.key_place((*self.path, key))
                yield Fault(place, "L115", f"{key} has no meaning for ask: {ask}, only for {_listed(asks)}.")
        if "within" in self.item and "form" in self.item:
            yield Fault(self.document.key_place((*self.path, "form")), "L115",
                        "form has no meaning together with within: a number that need not be exact has no form.")

    def _expression(self, path: KeyPath, text: str, doubts: bool, key: bool = False) -> Iterator[Fault]:
        """What is wrong with a formula that has to be an expression. key: it is a key and not a value."""
        def place(offset: int) -> Place:
            return self.document.key_place(path) if key else self.document.place(path, offset)

        try:
            if path[-1] == "given" and asks_of_lines(text):
                formula(text, functions=self.functions)
                return
            reading = (read_problem(text, self.functions) if asks_for_several(text)
                       else read(text, UNKNOWN_FUNCTIONS | self.functions.keys()))
            expression = with_functions(reading.expression, self.functions)
        except TutorError as error:
            if path[-1] == "given" and not asks_of_lines(text) and self._is_problem(text):
                yield Fault(place(0), "L105", _IN_WORDS)
            else:
                yield from refusals(error, place)
            return
        is_graph = expression.head == "statements" and path[-1] == "given" and asks_for_several(text)
        wrong = "" if is_graph else _no_expression(expression, "" if key else str(path[-1]))
        if wrong:
            yield Fault(place(0), "L105", wrong)
        elif doubts:
            for note in (each for each in reading.notes if each.doubtful):
                yield Fault(place(note.start), "L305", note.message)

    def _is_problem(self, text: str) -> bool:
        """Whether a text that is no expression asks for something that the engine knows, such as a tangent."""
        try:
            read_problem(text, self.functions)
        except TutorError:
            return False
        return True

    def _vary(self) -> Iterator[Fault]:
        vary = self.item.get("vary")
        vary = vary if isinstance(vary, dict) else {}
        letters: dict[str, str] = {}
        used = self._letters()
        words = word_names(self.item, used or ())
        for written in vary:
            if written in words:
                yield from word_list(self.document, (*self.path, "vary", written), vary[written])
                continue
            place = self.document.key_place((*self.path, "vary", written))
            try:
                letter = letter_of(written)
            except TutorError as error:
                alone = isinstance(vary, dict) and len(vary) > 1 and vary[written] in ("", None)
                meant = f" For words, type {{{written}}} in the text." if _WORDS.fullmatch(written) else ""
                yield Fault(place, "L111", f"{error}{meant}" + (
                    " Several values of a letter are a list, such as a: [2, 3, 5]." if alone else ""))
                continue
            if letter in letters:
                yield Fault(place, "L111", f"{written} is the same letter as {letters[letter]}.")
                continue
            letters[letter] = written
        derived: dict[str, str] = {}
        yield from self._let(letters, derived, used)
        yield from braces(self.document, self.path, self.item, words, letters.keys() | derived.keys())
        free: set[str] = set()
        for letter, written in letters.items():
            path: KeyPath = (*self.path, "vary", written)
            if used is not None and letter not in used:
                yield Fault(self.document.key_place(path), "L104", self._unused(written, letter, used - set(letters)))
            yield from self._values(path, vary[written], letters.keys() | derived.keys(), free)
        yield from self._variable({letter: ("vary", written) for letter, written in letters.items()}
                                  | {letter: ("let", written) for letter, written in derived.items()}, free)
        for path, text in texts_under({"require": self.item.get("require")}, "require"):
            yield from self._condition((*self.path, *path), text, letters.keys() | derived.keys())

    def _let(self, letters: dict[str, str], derived: dict[str, str], used: set[str] | None) -> Iterator[Fault]:
        """What is wrong with derived letters; those that are right are added, with how they are written."""
        let, variable = self.item.get("let"), self.item.get("with_respect_to")
        let = let if isinstance(let, dict) else {}
        named = [(written, _name_of(written)) for written in let]
        for place, (written, letter) in enumerate(named):
            path: KeyPath = (*self.path, "let", written)
            here = self.document.key_place(path)
            if not letter:
                yield Fault(here, "L117", f"{written} cannot be the name of a derived letter.")
            elif letter in letters or letter in derived:
                yield Fault(here, "L117", f"{written} is already in {'vary' if letter in letters else 'let'}.")
            elif isinstance(let[written], str):
                wrong = list(self._expression(path, let[written], doubts=True))
                yield from wrong
                value = None if any(finding.code == "L105" for finding in wrong) else self.parse(let[written])
                known = {*letters, *derived, variable if isinstance(variable, str) and variable else "x"}
                strange = "" if value is None else wrong_letters(
                    letter, value, known, [name for _, name in named[place + 1:]])
                if strange:
                    yield Fault(self.document.place(path), "L117", strange)
                derived[letter] = written
        for letter, written in derived.items():
            if used is not None and letter not in used | letters_of_tests(self.item, self.functions):
                yield Fault(self.document.key_place((*self.path, "let", written)), "L104",
                            f"{written} is not used anywhere in the item.")

    def _unused(self, written: str, letter: str, others: set[str]) -> str:
        """What is to be said of a letter of `vary` that is in no formula of the item."""
        given = self._given()
        if given is not None and any(part.head == "application" and part.value[0] == letter
                                     for part in postorder([given])):
            return (f"{written} is an unknown function in {given}, and a function cannot vary. To vary the whole "
                    "expression, type given: g, with vary: {g: [sin(2x), cos(3x)]}.")
        for text in (self.item.get("given"), self.item.get("answer")):
            if self._binds(text, letter):
                return f"{text} is differentiated or integrated with respect to {written}, so {written} cannot vary."
        free = " or ".join(sorted(others - {"x"}))
        return (f"{written} does not occur in {self.item.get('given') or 'the item'}."
                + (f" Did you mean {free}?" if free else ""))

    def _values(self, path: KeyPath, written: Any, letters: Set[str], free: set[str]) -> Iterator[Fault]:
        """What is wrong with the values of a letter; the letters in those that are right are added to `free`."""
        if isinstance(written, str | list) and not written:
            yield Fault(self.document.key_place(path), "L111", f"{path[-1]} has no values.")
        for place, text in texts_under({"values": written}, "values"):
            where = self.document.place((*path, *place[1:]))
            if not text.strip() and (text or isinstance(written, str)):
                continue  # said already
            try:
                values = values_of(text if isinstance(written, str) else [text], self.functions)
            except TutorError as error:
                are_words = _WORDS.fullmatch(text) and not word_names({**self.item, "vary": {path[-1]: text}}, ())
                meant = f" If these are words, type {{{path[-1]}}} in the text." if are_words else ""
                dots = re.fullmatch(r"\s*(\S+?)\s*\.{3,}\s*(\S+?)\s*", text)
                if dots is not None:
                    yield Fault(where, "L111", f"A range has two dots: {dots[1]}..{dots[2]}.")
                    continue
                how = "" if ".." in str(error) else " Type a range such as 2..5, or a list such as [3, 5]."
                yield Fault(where, "L111", f"{error}{how}{meant}")
                continue
            clash = sorted(frozenset(letters).intersection(*[value.free for value in values]))
            if clash:
                yield Fault(where, "L111", f"{clash[0]} has values of its own, so it cannot be part of this value.")
            free.update(*[value.free for value in values])

    def _variable(self, letters: dict[str, tuple[str, str]], values: set[str]) -> Iterator[Fault]:
        """What is wrong with the letter to differentiate or integrate with respect to.

        letters: those that have values, each with the key under which it stands and how it is written there; values:
        the letters in the values of those that vary.
        """
        given, written = self._given(), self.item.get("with_respect_to")
        ask = self.item.get("ask", "differentiate")
        if given is None or not isinstance(ask, str) or ask not in _BY_A_LETTER:
            return
        if ask == "critical-points" and not self.item.get("with_respect_to"):
            return  # all letters that have no values vary
        free = given.free - letters.keys() | values
        bound = {part.args[1].value for part in postorder([given]) if part.head in OPEN}
        if not says_what_to_do(given) and isinstance(written, str) and written.strip():
            place = self.document.place((*self.path, "with_respect_to"))
            try:
                variable = letter_of(written)
            except TutorError:
                meant = re.fullmatch(r"\s*[d∂]\s*/\s*[d∂]\s*(\w+)\s*", written)
                yield Fault(place, "L103", f"One letter is expected here, and {written} is not a letter."
                            + (f" Type with_respect_to: {meant[1]}." if meant else ""))
                return
            bound.add(variable)
            if free and variable not in free and variable not in letters and not element_of(name(variable), given):
                yield Fault(place, "L104", f"{written} does not occur in {given}.")
        elif not says_what_to_do(given) and (not free or ("x" in given.free and not values)):
            bound.add("x")
        for letter in sorted(bound & letters.keys()):
            key, named = letters[letter]
            yield Fault(self.document.key_place((*self.path, key, named)), "L111" if key == "vary" else "L117",
                        f"{given} is differentiated or integrated with respect to {named}, so {named} cannot "
                        + ("vary. For slopes at several points, type at: p and let p vary." if key == "vary" else
                           "have a value."))

    def _binds(self, text: Any, letter: str) -> bool:
        """Whether a formula, if it can be read, differentiates or integrates by a letter."""
        try:
            found = self.parse(text) if isinstance(text, str) and text.strip() else None
        except TutorError:
            return False
        return found is not None and any(
            part.head in OPEN and part.args[1].value == letter for part in postorder([found]))

    def _given(self) -> Expression | None:
        """The expression that is given; None if there is none or it cannot be read, which is said elsewhere."""
        text = self.item.get("given")
        try:
            given = self.parse(text) if isinstance(text, str) and text.strip() else None
        except TutorError:
            return None
        return None if given is None or _no_expression(given, "given") else given

    def _condition(self, path: KeyPath, text: str, letters: Set[str]) -> Iterator[Fault]:
        try:
            strangers = sorted(Requirement(text, self.functions).letters - letters)
        except TutorError as error:
            yield Fault(self.document.place(path), "L110", str(error))
            return
        if strangers:
            yield Fault(self.document.place(path), "L110", 
                        f"{strangers[0]} is neither in vary nor in let.{did_you_mean(strangers[0], letters)}")

    def _misconceptions(self) -> Iterator[Fault]:
        known = [*misconceptions(), *self.own]
        named = self.item.get("misconception")
        if isinstance(named, str) and named and named not in known:
            yield Fault(self.document.place((*self.path, "misconception")), "L107",
                        f"There is no misconception {named}.{did_you_mean(named, known)}")
        expected = self.item.get("expect")
        for index, entry in enumerate(expected if isinstance(expected, list) else []):
            if entry == {}:
                yield Fault(self.document.place((*self.path, "expect", index)), "L102",
                            "An answer is missing here, with what is expected of it, such as 2x: right.")
            if isinstance(entry, dict) and not _WORDS_FOR_ANSWERS.isdisjoint(entry):
                word = next(key for key in entry if key in _WORDS_FOR_ANSWERS)
                yield Fault(self.document.key_place((*self.path, "expect", index, word)), "L103",
                            "An entry is an answer, a colon, and what is expected of it, such as 2x: right.")
                continue
            for answer, verdict in entry.items() if isinstance(entry, dict) else ():
                path: KeyPath = (*self.path, "expect", index, answer)
                if isinstance(verdict, str) and is_sentence(verdict):
                    yield from unreadable_formulas(self.document, path, verdict, self.functions)
                    verdict = "wrong"
                if not self._is_a(_NOT_ONE_VALUE):
                    yield from self._expression(path, answer, doubts=True, key=True)
                if isinstance(verdict, str) and verdict not in (*VERDICTS, *known):
                    meant = meant_value(verdict, (*VERDICTS, *known))
                    yield Fault(self.document.place(path), "L107", (
                        f"{verdict} is neither a verdict nor a misconception. Type right, wrong, nearly, the name of a "
                        "misconception, or a sentence." + (f" Did you mean {meant}?" if meant else "")))

    def _letters(self) -> set[str] | None:
        """Every letter of the item's formulas; None if one of them cannot be read, which is said elsewhere."""
        found: set[str] = set()
        let = self.item.get("let")
        choice = self.item.get("ask") == "choose"
        texts = [self.item.get(key) for key in (*_FORMULAS, "with_respect_to", *(() if choice else ("answer",)))]
        texts += let.values() if isinstance(let, dict) else []
        numbers = self.item.get("at")
        texts += numbers.values() if isinstance(numbers, dict) else []
        ends = self.item.get("on")
        texts += ends if isinstance(ends, list) else []
        for key in ("from", "rate", "momentum", "steps"):
            text = self.item.get(key)
            texts += text.replace(";", ",").split(",") if isinstance(text, str) else []
        words = [text for key in ("text", "choices", "hints") for _, text in texts_under(self.item, key)]
        texts += [formula.text for text in words for formula in formulas(text)]
        try:
            for text in texts:
                if isinstance(text, str) and text.strip() and "$" not in text:
                    found |= self.parse(text.rstrip().removesuffix("%")).free
        except TutorError:
            return None
        return found


_WORDS = re.compile(r"\s*[A-Za-z]{2,}( [A-Za-z]+)*\s*")

_WORDS_FOR_ANSWERS = frozenset(("input", "answer", "verdict", "text", "value", "expected", "feedback"))
"""Keys by which other formats say what is an answer and what is expected of it."""

_ASKS = frozenset(get_args(Ask))


def _name_of(written: str) -> str:
    """The name of a letter as formulas have it, "" for what is no letter."""
    try:
        return letter_of(written)
    except TutorError:
        return ""


def _listed(asks: frozenset[str]) -> str:
    *others, last = sorted(asks)
    return f"{', '.join(others)} and {last}" if others else last


def _no_expression(found: Expression, key: str) -> str:
    """Why what was read is not an expression, "" if it is one. key: of which it is the value, "" if it is a key
    itself."""
    if found.head == "statements":
        more = (" Functions are defined under functions, and slopes along several lines are asked for by ask: backprop."
                if key == "given" else "")
        return f"One expression is expected here, not several statements.{more}"
    if found.head == "relation":
        meant = f" Type only the value, {key}: {found.args[1]}." if key else f" Type only {found.args[1]}."
        return "An expression is expected here, not an equation." + meant if found.value == "=" else (
            f"An expression is expected here, not a comparison with {found.value}.")
    primed = next((part for part in postorder([found]) if part.head == "application" and not part.args), None)
    return "" if primed is None else (
        f"{primed} has a prime but is not defined: write out the function that is differentiated.")
