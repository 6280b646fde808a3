"""Functions of a whole list by name, such as softmax: read as their definitions in `grammar/functions.toml`.

    written_out("d/dz_k [softmax(z)_i]").text       # d/dz_k [(e^(z_i)/sum_j e^(z_j))]
    written_out("p = softmax(z)").text              # p_i = (e^(z_i)/sum_j e^(z_j))
    written_out("softmax(a, b)_1").text             # (e^(a)/((e^(a)) + (e^(b))))

The definition is put into the text, with an index of its own that stands for nothing else there. So everything behind
it, from the lists of a text to the oracle, meets nothing but sums over lists. Of several indices the last one varies:
softmax(S)_{ij} is taken along each row of S.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from tutor import limits
from tutor.errors import LimitError, NotationError, Problem
from tutor.expression.characters import usual
from tutor.expression.facts import Facts
from tutor.expression.known_functions import OF_LISTS
from tutor.expression.lexemes import DIGITS, INDEXED, LIST_CALL, NAME, SPACE, SPACES, SUBSCRIPTED
from tutor.expression.list_calls import Call, Indices, below, calls_in, statements
from tutor.expression.names import ELSEWHERE, FUNCTION_WORDS, GREEK, LIST_WORDS
from tutor.expression.notes import Note
from tutor.expression.patterns import Pattern
from tutor.expression.remarks import Remarks
from tutor.expression.rewritten import Rewritten, rewritten
from tutor.expression.subscripts import subscript_of
from tutor.expression.tree import INDICES, Expression, postorder

if TYPE_CHECKING:
    from tutor.expression.lists import Sizes

def written_out(text: str, functions: Collection[str] = (), lists: Sizes | None = None) -> Rewritten | None:
    """A text with the definition of every function of a whole list in it; None if there is none.

    functions: names that somebody defined, which mean what they were defined to be; lists: letters that are lists, for
    a text that may speak of whole lists, as an answer does.
    Raises NotationError for what is no list, and for a list where a number is needed.
    """
    if len(text) > limits.INPUT_CHARACTERS or LIST_CALL.search(text) is None:
        return None
    writer = _Writer(text, functions, lists or {})
    changes = list(writer.replacements())
    if writer.remarks.problems:
        raise NotationError(text, writer.remarks.problems[:limits.ERRORS_SHOWN])
    return rewritten(writer.text, changes, writer.notes.values()) if changes else None


Piece = str | Callable[[Indices], str]


class _List(NamedTuple):
    """What a function is of, in pieces that together make the part with certain indices, or all of it with none. own:
    the indices that it was typed with, as z_i is, of which the last one stands for all; rank: how many indices it has;
    letters: those of the lists in it; is_letter: whether it is one letter and nothing more."""

    pieces: Sequence[Piece]
    own: Indices = ()
    rank: int = 1
    letters: frozenset[str] = frozenset()
    is_letter: bool = True

    def at(self, indices: Indices) -> str:
        return "".join([piece if isinstance(piece, str) else piece(indices) for piece in self.pieces])


class _Writer:
    """Writes the definitions for one text."""

    def __init__(self, text: str, functions: Collection[str], lists: Sizes) -> None:
        self.text, self.functions, self.whole_lists = usual(text), functions, lists
        self.remarks = Remarks(self.text)
        self.notes: dict[tuple[str, str], Note] = {}
        self.all_calls = list(calls_in(self.text, functions))
        self.statements = list(statements(self.text))
        self.letters = [_letters(self.text[start:end]) for start, end in self.statements]
        self.has_lines = sum(map(bool, self.letters)) > 1
        self.anywhere = _NONE.union(*self.letters)
        self.without_indices = _letters(_BELOW.sub(" ", self.text))
        self.ranks = {**{letter: max(1, len(sizes)) for letter, sizes in lists.items()}, **_ranks(self.text)}
        self.numbered = {GREEK.get(letter, letter) for letter in _NUMBERED.findall(self.text)}
        self.open: list[str] = []  # the indices of the sums in which something is written
        self.size = 0

    # -- where what stands ---------------------------------------------------------------------------------------------

    def calls(self, begins: int, ends: int) -> Iterator[Call]:
        """The functions of lists between two places, without those in others."""
        for call in self.all_calls:
            if begins <= call.start and call.end <= ends:
                yield call
                begins = call.end

    def statement(self, call: Call) -> int:
        """The number of the statement in which a function stands."""
        return bisect_right(self.statements, call.start, key=lambda place: place[0]) - 1

    def refused(self, call: Call, message: str) -> NotationError:
        return NotationError(self.text, [Problem(message, call.start, call.end)])

    def typed(self, call: Call) -> str:
        """The function and what it is of, as typed, without an index."""
        return f"{call.function}({_without_brackets(self.remarks.quote(call.inside[0][0], call.inside[-1][1]))})"

    # -- what is written instead ---------------------------------------------------------------------------------------

    def replacements(self) -> Iterator[tuple[int, int, str]]:
        """The place of everything that is written in another way, and what is written there."""
        for call in self.calls(0, len(self.text)):
            try:
                start, written = self.replacement(call)
            except NotationError as error:
                self.remarks.problems += error.problems
                if len(self.remarks.problems) >= limits.ERRORS_SHOWN:
                    return
            else:
                yield start, call.end, written

    def replacement(self, call: Call) -> tuple[int, str]:
        """What is written for a function in the text, and where that begins: for a line with its name."""
        start, end = self.statements[self.statement(call)]
        stands_first = not self.text[start:call.start].strip(SPACES)
        is_last = not self.text[call.end:end].strip(SPACES)
        if stands_first and _DEFINES.match(self.text, call.end):
            raise self.refused(call, f"{call.function} is known by its name, so it cannot be the name of a line. "
                                     f"Choose a letter, as in p_i = {call.function}(z)_i.")
        if len(call.inside) > 1:
            return self.of_numbers(call, start, is_last)
        found = self.list_of(call)
        indices = call.indices
        if found.own and indices:
            raise self.refused(call, f"A whole list stands in the brackets of {call.function}, and behind them which "
                                     f"part is meant, as in {call.function}(z)_i.")
        if found.own and OF_LISTS[call.function].gives_list:
            indices = found.own
        elif found.own and (len(found.own) > 1 or found.own[-1] in self.letters_around(call)):
            raise self.refused(call, f"{self.typed(call)} is of one part of a list. For the whole list, type "
                                     f"{call.function}(z).")
        named = _NAMED.fullmatch(self.text, start, call.start)
        is_line = is_last and named is not None and bool(named["below"]) == bool(indices)
        if is_line and named is not None and OF_LISTS[call.function].gives_list:
            return named.start("name"), self.line(call, found, named["name"], indices)
        is_whole = bool(found.letters) and found.letters <= self.whole_lists.keys() and found.rank == 1
        if indices or is_whole or not OF_LISTS[call.function].gives_list:
            made = self.definition(call, found, indices)
            self.tell(call, f"{self.typed(call)}{'' if found.own else below(indices)} is {made}{_along(indices)}.")
            return call.start, f"({made})"
        typed = self.typed(call)
        letter = next(iter(found.letters)) if len(found.letters) == 1 else "z"
        raise self.refused(call, f"{typed} is a list. For the slopes of its parts, type p = {typed}; dp/d{letter}. In "
                                 f"a formula, say which part is meant, as in {typed}_i or {typed}_2.")

    def line(self, call: Call, of: _List, name: str, indices: Indices) -> str:
        """The line p = softmax(z) for every part of p; and before it, where there are more lines, one for what softmax
        is of, if that is more than a letter: with z/T on a line of its own, slopes are told by its parts."""
        typed = f"{name}{below(indices)} = {self.typed(call)}{'' if of.own else below(indices)}"
        for _ in range(0 if indices else of.rank):
            indices = (*indices, self.unused(call, indices))
        before = ""
        letter = next((each for each in _LETTERS_OF_LINES if each not in self.anywhere), "")
        is_of_all = not DIGITS.intersection("".join(indices))
        if letter and is_of_all and self.has_lines and not of.is_letter and not self.whole_lists:
            before = f"{letter}{below(indices)} = {_without_brackets(of.at(indices))}; "
            self.anywhere |= {letter}
            of = _List([_part_of(letter)])
        made = self.definition(call, of, indices)
        self.tell(call, f"{typed} is read as {before}{name}{below(indices)} = {made}{_along(indices)}.")
        return f"{before}{name}{below(indices)} = {made}"

    def of_numbers(self, call: Call, start: int, is_last: bool) -> tuple[int, str]:
        """softmax(a, b, c)_2, the tuple softmax(a, b, c), and p = softmax(a, b, c), a line for each part, or for those
        that are used. start: of the statement."""
        count, typed = len(call.inside), self.typed(call)
        parts = {str(place + 1): part for place, part in enumerate(self.in_numbers(call))}
        if call.indices:
            if call.indices[0] not in parts or len(call.indices) > 1:
                raise self.refused(call, f"{typed} has {count} parts: type one of {typed}_1 to {typed}_{count}.")
            (index,) = call.indices
            self.tell(call, f"{typed}_{index} is {parts[index]}.")
            return call.start, f"({parts[index]})"
        named = _NAMED.fullmatch(self.text, start, call.start)
        if named is not None and is_last and not named["below"]:
            used = [index for index in parts
                    if re.search(rf"{named['name']}_(?:{index}(?![0-9])|[{{\[]{index}[}}\]])", self.text)]
            lines = "; ".join([f"{named['name']}_{index} = {parts[index]}" for index in used or parts])
            self.tell(call, f"{named['name']} = {typed} is read as {lines}.")
            return named.start("name"), lines
        if not (is_last and _ALONE.fullmatch(self.text, start, call.start)):
            raise self.refused(call, f"{typed} is a list. Say which of its parts is meant, as in {typed}_1.")
        self.tell(call, f"{typed} is ({', '.join(parts.values())}).")
        return call.start, f"({', '.join(parts.values())})"

    def in_numbers(self, call: Call) -> Iterator[str]:
        """The parts of what a function gives for several numbers: the sum of its definition is written out."""
        values = [self.number(start, end) for start, end in call.inside]
        definition = OF_LISTS[call.function].of_list
        for value in values:
            made, done = "", 0
            for total in _SUM.finditer(definition):
                terms = " + ".join([_put_in(total["body"], {"j": each}) for each in values])
                made += f"{_put_in(definition[done:total.start()], {'i': value})}({terms})"
                done = total.end()
            made += _put_in(definition[done:], {"i": value})
            self.count(made)
            yield made

    def number(self, start: int, end: int) -> str:
        """An argument that is a number, with the definitions in it."""
        made, done = "", start
        for inner in self.calls(start, end):
            begins, written = self.replacement(inner)
            made, done = made + self.text[done:begins] + written, inner.end
        return (made + self.text[done:end]).strip()

    def definition(self, call: Call, of: _List, indices: Indices) -> str:
        """The definition of one part of what a function gives."""
        function = OF_LISTS[call.function]
        index = self.unused(call, (*indices, *of.own[:-1]), alone=True)
        values = {"i": of.at(indices)} if function.gives_list else {}
        before = indices[:-1] if function.gives_list else indices
        self.open.append(index)
        values["j"] = of.at((*before, index))
        self.open.pop()
        made = _put_in(function.of_list.replace("sum_j", f"sum_{index}"), values)
        self.count(made)
        return made

    def tell(self, call: Call, message: str) -> None:
        """Say once what a function of this list is read as."""
        shown = _ALONE_IN_BRACKETS.sub(r"\1", message)
        shown = _LISTED.sub(lambda found: f"_{{{found[0][2:-1].replace(',', '')}}}", shown)
        self.notes.setdefault((call.function, self.typed(call)), Note(
            shown, call.start, call.end, doubtful=False, kind="function-of-list"))

    def count(self, made: str) -> None:
        self.size += len(made)
        if self.size > limits.INPUT_CHARACTERS:
            raise LimitError("With the definitions of its functions of lists written out, this text is too long. Use "
                             "fewer of them.")

    # -- letters -------------------------------------------------------------------------------------------------------

    def list_of(self, call: Call) -> _List:
        """What a function is of, with the places in it where indices go."""
        (start, end), = call.inside
        is_letter = INDEXED.fullmatch(self.text[start:end].strip(SPACES)) is not None
        inner = list(self.calls(start, end))
        lists = [each for each in inner if not each.indices and OF_LISTS[each.function].gives_list]
        places: list[tuple[int, int, Piece]] = []
        for each in inner:
            if each in lists and len(each.inside) == 1:
                places.append((each.start, each.end, self.one_in_another(each)))
            else:
                places.append((each.start, each.end, self.replacement(each)[1]))
        alone = self.text[start:end]
        for each in inner:
            alone = alone[:each.start - start] + "(1)".ljust(each.end - each.start) + alone[each.end - start:]
        typed = [(start + found.start(), start + found.end(), found["name"], subscript.indices)
                 for found in SUBSCRIPTED.finditer(alone) if found["name"]
                 and (subscript := subscript_of(found["subscript"] or f"_{{{found['run']}}}")) and subscript.letters]
        own: Indices = ()
        rank, names = 1, frozenset[str]()
        if typed:
            own = max((indices for *_, indices in typed), key=len)
            if lists or any(own[-1] not in indices for *_, indices in typed):
                raise self.refused(call, f"{self.typed(call)}: it is not clear over which index the sum in it runs. "
                                         f"{_OWN_LINE.format(function=call.function)}")
            places += [(begins, ends, _with_index(letter, indices, own[-1])) for begins, ends, letter, indices in typed]
        else:
            letters = self.letters_in(call, alone, start, bool(lists))
            names = frozenset([letter for _, _, letter in letters])
            rank = max([self.ranks.get(letter, 1) for letter in names], default=1)
            places += [(begins, ends, _part_of(letter)) for begins, ends, letter in letters]
        pieces: list[Piece] = []
        for begins, ends, piece in sorted(places, key=lambda place: place[:2]):
            pieces += (self.text[start:begins], piece)
            start = ends
        return _List([*pieces, self.text[start:end]], own, rank, names, is_letter)

    def one_in_another(self, call: Call) -> Callable[[Indices], str]:
        of = self.list_of(call)
        return lambda indices: f"({self.definition(call, of, indices)})"

    def letters_in(self, call: Call, alone: str, start: int, has_list: bool) -> list[tuple[int, int, str]]:
        """The letters of lists in what a function is of, and their places. alone: that text, with nothing in it for
        other functions of lists; has_list: whether one of these gives a list."""
        from tutor.expression.parse import parse_tokens
        from tutor.expression.tokens import tokenize

        if not alone.strip():
            raise self.refused(call, f"Nothing stands in the brackets of {call.function}. It is of a whole list, as in "
                                     f"{call.function}(z).")
        try:
            tokens = tokenize(alone, frozenset(self.functions)).tokens
            found: Expression = parse_tokens(alone, tokens)
        except NotationError as error:
            raise NotationError(self.text, [Problem(problem.message, problem.start + start, problem.end + start)
                                            for problem in error.problems]) from None
        letters = [token for token in tokens if token.type == "NAME" and "_" not in token.value
                   and not DIGITS.intersection(token.value)]
        names = {token.value for token in letters}
        lists, numbered = names & self.ranks.keys(), names & self.numbered
        if lists:
            lists |= numbered  # beside a list, z is no number if there is a z_2
        elif not has_list:
            numbers = {GREEK.get(letter, letter) for letter in _VARIES.findall(self.text)}
            numbers.update(*[part.args[1].free for part in postorder([found]) if part.head == "quotient"])
            lists = names if len(names) == 1 else names - numbers
        if not names and not has_list:
            raise self.refused(call, f"{call.function} is of a whole list, as in {call.function}(z), and in "
                                     f"{self.typed(call)} there is none.")
        if (len(lists) != 1 and not (lists & self.ranks.keys()) and not has_list) or not numbered <= lists:
            named = sorted(names)
            raise self.refused(call, f"Which of the letters {', '.join(named[:-1])} and {named[-1]} in "
                                     f"{self.typed(call)} is a list? {_OWN_LINE.format(function=call.function)}")
        for part in postorder([found]):
            of_lists = [arg for arg in part.args if not lists.isdisjoint(arg.free)]
            if part.head in _JOINING and len(of_lists) > 1:
                raise self.refused(call, f"In {self.typed(call)}, {part} is made of two lists. "
                                         f"{_OWN_LINE.format(function=call.function)}")
            if part.head == "sum" and of_lists and not has_list:
                for arg in part.args:
                    if arg not in of_lists and len(arg.free) > 1:  # W*x in softmax(W*x + b) would be a number
                        raise self.refused(call, f"In {self.typed(call)}, {arg} is no list, since nothing in it has an "
                                                 f"index. {_OWN_LINE.format(function=call.function)}")
        return [(start + token.start_pos, start + token.end_pos, token.value) for token in letters
                if token.value in lists]

    def letters_around(self, call: Call) -> set[str]:
        """The letters of the statement of a function, without what stands in its brackets."""
        start, end = self.statements[self.statement(call)]
        return _letters(self.text[start:call.start]) | _letters(self.text[call.end:end])

    def unused(self, call: Call, taken: Indices, alone: bool = False) -> str:
        """A letter for an index that stands for nothing in its statement, and in others for no number or list.

        alone: whether it had better stand for nothing in any other statement either.
        """
        used = self.letters[self.statement(call)] | self.without_indices
        free = [letter for letter in INDICES if letter not in used and letter not in taken and letter not in self.open]
        if free:
            unused = [letter for letter in free if alone and letter not in self.anywhere]
            return (unused or free)[0]
        raise self.refused(call, f"{self.typed(call)} needs a letter of its own for an index, and "
                                 f"{', '.join(INDICES)} all stand for something here. Give one of them another name.")


_NONE: frozenset[str] = frozenset()
_LETTERS_OF_LINES = "uvsawcbdxyzt"
_NAMED = Pattern(rf"{SPACE}(?P<name>{NAME})(?P<below>_[^=]*)?{SPACE}:?={SPACE}")
_ALONE = Pattern(rf"{SPACE}(?i:(?:jacobian|grad)(?:{SPACE}of(?![A-Za-z]))?{SPACE})?")
_DEFINES = Pattern(rf"{SPACE}:?=(?!=)")
_VARIES = Pattern(rf"/{SPACE}[d∂]({NAME})(?![A-Za-z0-9_])")
_BELOW = Pattern(r"_(?:\{[^{}]*\}|\[[^\[\]]*\]|[A-Za-z0-9]+)")
_NUMBERED = Pattern(rf"({NAME})(?:_[0-9]|[₀₁₂₃₄₅₆₇₈₉])")
_ALONE_IN_BRACKETS = re.compile(r"(?<=[-+*/(])\(([A-Za-z0-9]+(?:_[A-Za-z0-9]|_\{[^{}]*\})?)\)(?!\()")
_LISTED = re.compile(r"_\{[A-Za-z](?:,[A-Za-z])+\}")
_WORD = Pattern("[A-Za-z]+")
_SUM = re.compile(r"sum_j (?P<body>(?:[^()]|\([^()]*\))*)")
_PART = re.compile(r"(?P<open>\^?\()?z_(?P<index>[ij])(?P<close>\))?")
_JOINING = frozenset(("product", "quotient", "power"))
_OWN_LINE = "Give the list a line of its own, as in u_i = sum_j W_{{ij}}*x_j + b_i; p = {function}(u)."


def _along(indices: Indices) -> str:
    return ", along each row" if len(indices) > 1 else ""


def _part_of(letter: str) -> Callable[[Indices], str]:
    return lambda indices: f"{letter}{below(indices)}"


def _with_index(letter: str, typed: Indices, old: str) -> Callable[[Indices], str]:
    """Part of a list that was typed with indices, with another one for the one that stands for all."""
    return lambda indices: f"{letter}{below(tuple([indices[-1] if each == old else each for each in typed]))}"


def _put_in(definition: str, values: dict[str, str]) -> str:
    """A definition with what z_i and z_j are, in brackets where they need some."""
    def value(found: re.Match[str]) -> str:
        opening, closing = found["open"] or "", found["close"] or ""
        if found["index"] not in values:
            return found[0]
        made = _without_brackets(values[found["index"]])
        if opening == "^(" and closing and len(made) == 1:
            return f"^{made}"
        bare = (opening and closing) or INDEXED.fullmatch(made)
        return f"{opening}{made if bare else f'({made})'}{closing}"

    return _PART.sub(value, definition)


def _without_brackets(text: str) -> str:
    """A text without brackets that stand round all of it."""
    text = text.strip(SPACES)
    return text[1:-1] if text.startswith("(") and Facts(text).closing.get(0) == len(text) - 1 else text


def _ranks(text: str) -> dict[str, int]:
    """The letters of a text with letters below them, which are lists where a function of lists is of them; and how many
    indices they have."""
    ranks: dict[str, int] = {}
    for found in SUBSCRIPTED.finditer(text):
        subscript = subscript_of(found["subscript"] or f"_{{{found['run']}}}") if found["name"] else None
        if subscript is not None and (subscript.letters or subscript.form == "explicit"):
            letter = GREEK.get(found["name"], found["name"])
            ranks[letter] = max(ranks.get(letter, 0), len(subscript.indices))
    return ranks


def _letters(text: str) -> set[str]:
    """The letters in a text that are no words of the notation."""
    return {letter for word in _WORD.findall(text)
            if word not in FUNCTION_WORDS and word not in LIST_WORDS and word not in ELSEWHERE and word.lower() != "sum"
            for letter in word}
