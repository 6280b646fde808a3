"""A learner's own backward pass over lines that are lists: slopes by one part, or by whole lists.

    judged = judge_lines("p_i = e^(z_i)/sum_j e^(z_j); L = -sum_i y_i*ln(p_i); dL/dz_k",
                         ["dL/dp_i = -y_i/p_i", "dL/dz_k = sum_i dL/dp_i*dp_i/dz_k", "= p_k*sum_i y_i - y_k"])
    [line.outcome for line in judged.lines]        # ["expected", "expected", "expected"]

A line holds for every value of its free indices, and it is compared for all of them and for several sizes. An index may
have any letter, so what is found of dL/dz_k is also known of dL/dz_j. A whole list is looked at in one place:
dL/dW = delta*x^T says that dL/dW_{ij} = delta_i*x_j.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace as replace_fields

from tutor.derivation.backward import BackwardPass
from tutor.derivation.graph import with_indices
from tutor.errors import TutorError, refused
from tutor.expression.lists import Sizes, free_indices, shapes
from tutor.expression.names import TRANSPOSED, UNIT_MATRIX
from tutor.expression.new_letters import letters_in
from tutor.expression.parse import read
from tutor.expression.relations import related
from tutor.expression.tree import (
    INDICES,
    ONE,
    Expression,
    indexed,
    name,
    node,
    postorder,
    replace,
    unused_index,
)
from tutor.judge.answer import read_answer
from tutor.judge.lines import LineJudgement
from tutor.judge.lines_on_graph import LineOnGraph
from tutor.judge.on_graph import Diagnose, in_another_order
from tutor.oracle.matrices import ShapeError, component_of, has_whole_lists, shape_of


class LineOnLists(LineOnGraph):
    """Reads and judges the lines of one backward pass over lists.

    sizes: of the lists of the graph and of the learner's own; own: what the learner's own lists are; whole: what a line
    is about, as it was typed, if it is about a whole list.
    """

    def __init__(self, found: BackwardPass, diagnose: Diagnose) -> None:
        super().__init__(found, diagnose)
        self.sizes: dict[str, tuple[Expression, ...]] = dict(found.graph.shapes)
        self.own: dict[str, Expression] = {}
        self.whole: Expression | None = None

    # -- what was found before ---------------------------------------------------------------------------------------

    def known(self, values: Mapping[Expression, Expression], part: Expression) -> Expression | None:
        """What was said of this part of a list; what was said of every part, if nothing was said of it by itself."""
        if part.head not in ("rate", "indexed", "name"):
            return None
        pattern, places = _pattern(part)
        if pattern in values:
            return with_indices(values[pattern], _PLACES[:len(places)], places)
        general, places = _general(part)
        return with_indices(values[general], _PLACES[:len(places)], places) if general in values else None

    def keep(self, values: dict[Expression, Expression], about: Expression, given: Expression) -> None:
        """Keep what is said of a part of a list, whatever its indices are called."""
        pattern, places = _pattern(about)
        values[pattern] = with_indices(given, places, _PLACES[:len(places)])

    def forget(self, values: dict[Expression, Expression], about: Expression) -> None:
        """Keep no longer what was said of a part of a list."""
        values.pop(_pattern(about)[0], None)

    def is_same(self, one: Expression, other: Expression) -> bool:
        """Whether two slopes are the same but for what their indices are called."""
        return _pattern(one)[0] is _pattern(other)[0]

    # -- reading -----------------------------------------------------------------------------------------------------

    def begin(self, text: str, others: Sequence[str]) -> None:
        """See what a line is about: a slope by a part or by a whole list, the name of a line, or a letter of the
        learner's own, which is a list if what stands on the right is one."""
        if not others or not text.strip():
            return
        left = self.with_its_indices(self.meant(read(text, lists=self.sizes).expression), text)
        if left.head not in ("tuple", "rate", "name", "indexed"):
            raise self.no_beginning(text)
        self.whole, self.last = None, left
        if left.head == "name" and left.value not in self.rates:
            self.last = self.own_name(text, left, others[0])
        elif left.head == "indexed" and left.value in self.own:
            del self.own[left.value], self.sizes[left.value]
        if has_whole_lists(left, self.sizes) and not self.is_stranger(left):
            self.whole, self.last = left, self.with_indices_of_own(left)

    def own_name(self, text: str, left: Expression, right: str) -> Expression:
        """A letter of the learner's own: delta_i is a part of a list if the right side has the index i."""
        letter, _, below = left.value.partition("_")
        if not below or letter in self.rates:
            return left
        part = read(text, lists={**self.sizes, letter: ()}).expression
        if part.head != "indexed" or len({*part.args}) < len(part.args) or any(
                index.head != "name" for index in part.args):
            return left
        self.last = part
        return part if {index.value for index in part.args} <= free_indices([self.read(right)]) else left

    def with_indices_of_own(self, left: Expression) -> Expression:
        """What a line about whole lists says of one part of each: dL/dW_{ij} for dL/dW."""
        if left.head == "tuple":
            return node("tuple", tuple(map(self.with_indices_of_own, left.args)))
        taken = letters_in(self.found.graph.statements) | self.letters_of_sizes
        parts: list[Expression] = []
        for letter in left.args if left.head == "rate" else (left,):
            if letter.head == "name" and letter.value in self.sizes:
                used = {index for part in parts for index in part.args}
                own = self.found.graph.part(letter.value).args
                if used.intersection(own):
                    own = ()
                    for _ in self.sizes[letter.value]:
                        own = (*own, unused_index(taken | {index.value for index in (*used, *own)}))
                letter = indexed(letter.value, *own)
            parts.append(letter)
        return node("rate", tuple(parts), left.value) if left.head == "rate" else parts[0]

    def read(self, text: str) -> Expression:
        """A right side, whose free indices are those of the left side."""
        lists = [related(indexed(letter, *_PLACES[:len(self.sizes[letter])]), "=", meaning)
                 for letter, meaning in self.own.items()]
        problem = node("statements", (*self.found.graph.statements, *lists, self.asked, self.last))
        return self.with_its_indices(self.meant(read_answer(text, problem).expression), text)

    def with_its_indices(self, side: Expression, text: str) -> Expression:
        """A side of a line, if every list in it has as many indices as on the lines of the graph. Raises
        NotationError."""
        for part in postorder([side]):
            if part.head == "indexed" and (part.value in self.rates or part.value in self.sizes):
                count = len(self.sizes.get(part.value, ()))
                if len(part.args) != count:
                    have = "one index" if count == 1 else f"{count or 'no'} indices"
                    raise refused(text, f"{part.value} has {have} on the lines, and {len(part.args)} here.")
        return side

    def is_stranger(self, left: Expression) -> bool:
        """Whether what stands on the left is a letter of the learner's own."""
        return left.head in ("name", "indexed") and left.value not in self.rates

    def define(self, given: Expression) -> None:
        """Keep what the learner calls by a letter, or by a letter with an index."""
        left = self.last
        sizes: tuple[Expression, ...] = ()
        try:
            if has_whole_lists(given, self.sizes):
                sizes = self.shape(given)
                if left.head == "name" or left.args[0] in _PLACES:  # as one letter
                    self.last = indexed(left.value, *_PLACES[:len(sizes)]) if sizes else name(left.value)
                elif len(sizes) != len(left.args):
                    raise ShapeError(f"{left.value} has {len(left.args)} of the indices here, and what stands on the "
                                     f"right has {len(sizes)}.")
            meaning = self.in_parts(given, sizes)
        except ShapeError as error:
            raise TutorError(str(error)) from None
        if self.last.head == "indexed" and not sizes:
            statements = node("statements", (*self.found.graph.statements, related(self.last, "=", meaning)))
            sizes = shapes(statements, self.sizes)[left.value]
        self.keep(self.named, self.last, meaning)
        if sizes:
            self.sizes[left.value] = sizes
            self.own[left.value] = self.named[indexed(left.value, *_PLACES[:len(sizes)])]
        if given.head == "rate":
            self.whole = given if given is not meaning else None
            self.last = self.with_indices_of_own(given)

    def shape(self, given: Expression) -> tuple[Expression, ...]:
        """The sizes of an expression in whole lists: one of a list, two of a matrix, none of a number. Raises
        ShapeError."""
        given, slopes, _ = self.with_lists_of_slopes(given)
        found = shape_of(given, {**self.sizes, **slopes}, self.rates.keys())
        return found[:1] if found[1:] == (ONE,) else found

    # -- judging -----------------------------------------------------------------------------------------------------

    def judge(self, number: int, text: str, given: Expression) -> LineJudgement:
        """What is to be said of one equation; of one in whole lists also whether the order of its factors is wrong."""
        judged = super().judge(number, text, given)
        unclear = judged.diagnosis is None or judged.diagnosis.outcome in ("unexplained", "slip")
        if judged.outcome != "wrong" or not unclear or self.last.head == "tuple" or not has_whole_lists(
                given, self.sizes):
            return judged
        order = in_another_order(self.last, given, self.in_parts, self.found, self.sizes)
        return judged if order is None else replace_fields(judged, diagnosis=order)

    @property
    def shown(self) -> Expression:
        """What a line is about, as it was typed."""
        return self.whole or self.last

    @property
    def letters_of_sizes(self) -> set[str]:
        """The letters that say how many parts lists have."""
        return {letter for each in self.sizes.values() for size in each for letter in size.free}

    def letters_beside(self, sides_of_line: tuple[Expression, ...]) -> set[str]:
        """Indices, free ones and those of sums, the sizes of lists, the learner's own letters, and T and I beside whole
        lists."""
        found = free_indices(sides_of_line) | self.letters_of_sizes | {part.value for part in self.named} | {
            part.args[1].value for part in postorder(sides_of_line) if part.head == "finite_sum"}
        has_whole = any(has_whole_lists(side, self.sizes) for side in sides_of_line)
        return found | {TRANSPOSED, UNIT_MATRIX} if has_whole else found

    def in_parts(self, given: Expression, sizes: Sequence[Expression] | None = None) -> Expression:
        """What a right side says of the part that the left side is about, with what the learner's own letters stand
        for. sizes: of the list that the left side is a part of."""
        if given.head == "tuple":
            if self.last.head != "tuple" or len(self.last.args) != len(given.args):
                return given
            return node("tuple", tuple([self.in_one_place(about, each, None) for about, each in zip(
                self.last.args, given.args, strict=True)]))
        return self.in_one_place(self.last, given, sizes)

    def in_one_place(self, about: Expression, given: Expression, sizes: Sequence[Expression] | None) -> Expression:
        """The same of one slope, or of the name of a line."""
        given = self.found.graph.over_parts(_along_wholes(given, about))
        lists = [part for part in (about.args if about.head == "rate" else (about,)) if part.head == "indexed"]
        if sizes is None:
            sizes = tuple([size for part in lists for size in self.sizes[part.value]])
        places = tuple([index for part in lists for index in part.args])
        given, slopes, shown = self.with_lists_of_slopes(given)
        known: Sizes = {**self.sizes, **slopes}
        if has_whole_lists(given, known):
            given = component_of(given, places, known, sizes or (ONE, ONE), self.rates.keys())
            given = replace(given, {part: _filled(shown[part.value], part.args) for part in postorder([given])
                                    if part.head == "indexed" and part.value in shown})
        return self.put_in(given, self.named)

    def with_lists_of_slopes(self, given: Expression) -> tuple[
            Expression, dict[str, tuple[Expression, ...]], dict[str, Expression]]:
        """A right side in which every slope by a whole list is a list of its own; the sizes of these; and the slopes
        by their names."""
        found = {part: name(str(part)) for part in postorder([given]) if part.head == "rate" and any(
            each.head == "name" and each.value in self.sizes for each in part.args)}
        sizes = {called.value: tuple([size for each in part.args if each.head == "name"
                                      for size in self.sizes.get(each.value, ())]) for part, called in found.items()}
        return replace(given, found), sizes, {called.value: self.marked(part) for part, called in found.items()}

    def marked(self, slope: Expression) -> Expression:
        """A slope by whole lists as that by their parts, the indices of which are places to be filled."""
        parts, count = [], 0
        for each in slope.args:
            if each.head == "name" and each.value in self.sizes:
                rank = len(self.sizes[each.value])
                parts.append(indexed(each.value, *_PLACES[count:count + rank]))
                count += rank
            else:
                parts.append(each)
        return node("rate", tuple(parts), slope.value)

    def expected_after(self, about: Expression) -> list[Expression]:
        """What a slope or a name is in what other lines say of those that it rests on."""
        if about.head == "indexed":
            return [self.found.graph.says(about)] if about.value in self.found.graph.lines else []
        expected = super().expected_after(about)
        if about.head != "rate" or not expected:
            return expected
        own, places = _pattern(self.found.adjoints.adjoint(about.args[1].value).rate)
        if own is not _general(about)[0]:
            return []
        return [with_indices(each, places, _general(about)[1]) for each in expected]


_PLACES = tuple([name(f"?{letter}") for letter in INDICES])
"""What indices are called where only their places matter."""


def _pattern(part: Expression) -> tuple[Expression, tuple[Expression, ...]]:
    """A slope or a part of a list with places for the letters of its indices, and these letters, each once."""
    letters = tuple(dict.fromkeys(index for each in _lists_in(part) for index in each.args if index.head == "name"))
    return with_indices(part, letters, _PLACES[:len(letters)]), letters


def _general(part: Expression) -> tuple[Expression, tuple[Expression, ...]]:
    """The same with a place for every index, also where two are the same letter or one is a number."""
    places: list[Expression] = []

    def opened(each: Expression) -> Expression:
        if each.head != "indexed":
            return each
        places.extend(each.args)
        return indexed(each.value, *_PLACES[len(places) - len(each.args):len(places)])

    made = node("rate", tuple(map(opened, part.args)), part.value) if part.head == "rate" else opened(part)
    return made, tuple(places)


def _lists_in(part: Expression) -> list[Expression]:
    return [each for each in (part.args if part.head == "rate" else (part,)) if each.head == "indexed"]


def _filled(slope: Expression, indices: Sequence[Expression]) -> Expression:
    return with_indices(slope, _PLACES[:len(indices)], tuple(indices))


def _along_wholes(given: Expression, about: Expression) -> Expression:
    """A right side where dL/dz*∂z/∂x, the chain rule over all parts of z, ends at the part of x that a line is
    about."""
    changes: dict[Expression, Expression] = {}
    for part in postorder([given]):
        if part.head == "product" and len(part.args) == 2 and all(each.head == "rate" for each in part.args):
            above, below = part.args
            if about.head == "rate" and above.args[1] is below.args[0] and below.args[1] is name(
                    about.args[1].value):
                changes[below] = node("rate", (below.args[0], about.args[1]), below.value)
    return replace(given, changes)
