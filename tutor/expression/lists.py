"""How many parts each list has: a sum without bounds runs over all parts of the lists in it.

    found = sized(root)             # of "sum_i w_i*x_i"
    found.expression                # sum_{i=1}^{n} w_i*x_i
    found.chosen                    # that i runs to n, "the number of parts of w"
    shapes(found.expression)        # {"w": (n,), "x": (n,)}

Lists with the same index have the same size there. The places that have one size are a dimension. Its size is the upper
bound of a sum that runs over it, or else a letter that stands for nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from tutor.expression import tree
from tutor.expression.new_letters import letters_in
from tutor.expression.tree import ONE, Expression, name, postorder, rebuilt

Sizes = Mapping[str, tuple[Expression, ...]]
"""Letter of a list -> its size in each of its places; () where they are not known."""

Place = tuple[str, int]
"""A list and the place of one of its indices; or "" and the number of an index, each of which is numbered."""

_LETTERS_FOR_SIZES = "nmpqrstuv"
_COUNTS = ("n", "N")
"""Letters that stand for a number of terms where the text uses them beside a sum, as in 1/n*sum_i x_i."""


_OF_LISTS = frozenset(("finite_sum", "indexed", "same"))


class Chosen(NamedTuple):
    """What a sum without bounds runs to. letter: its index; counted: of what there are so many, such as "parts of x".
    """

    letter: str
    size: Expression
    counted: str


class Sized(NamedTuple):
    """An expression whose sums all have bounds; chosen: the sizes that no sum says; unknown: the indices of sums that
    run over no list."""

    expression: Expression
    chosen: tuple[Chosen, ...] = ()
    unknown: tuple[str, ...] = ()


class Clash(NamedTuple):
    """A list that would have two sizes; runs: the index of a sum that says the second one."""

    letter: str
    first: Expression
    second: Expression
    runs: str


class Dimensions:
    """The places that have the same size, as a forest: every place knows another one with its size, or is the root."""

    def __init__(self, known: Sizes) -> None:
        self.parent: dict[Place, Place] = {}
        self.declared: dict[Place, Expression] = {}
        self.indices = 0
        self.said: list[tuple[Place, str, Expression]] = []  # the index of each sum with bounds, and its upper one
        for letter, sizes in known.items():
            for position, size in enumerate(sizes):
                self.declare((letter, position), size)

    def new_index(self) -> Place:
        self.indices += 1
        return "", self.indices

    def root(self, place: Place) -> Place:
        self.parent.setdefault(place, place)
        while self.parent[place] != place:
            self.parent[place] = self.parent[self.parent[place]]
            place = self.parent[place]
        return place

    def unite(self, one: Place, other: Place) -> None:
        first, second = self.root(one), self.root(other)
        if first != second:
            self.parent[second] = first
            if second in self.declared:
                self.declared.setdefault(first, self.declared[second])

    def declare(self, place: Place, size: Expression) -> None:
        self.declared.setdefault(self.root(place), size)

    def lists(self) -> list[Place]:
        """The places of lists, in the order in which they were met."""
        return [place for place in self.parent if place[0]]


def has_lists(root: Expression, without: set[Expression] | None = None) -> bool:
    """Whether a sum with an index or part of a list occurs in an expression. without: parts in which there is none;
    what is found to be one is added."""
    without = set() if without is None else without
    if root in without:
        return False
    stack, seen = [root], {root}
    while stack:
        part = stack.pop()
        if part.head in _OF_LISTS:
            return True
        fresh = [arg for arg in part.args if arg.args and arg not in seen and arg not in without]
        seen.update(fresh)
        stack += fresh
    without |= seen
    return False


def occurrences_of_lists(root: Expression) -> list[Expression]:
    """The parts of lists in an expression, each once."""
    return [part for part in postorder([root]) if part.head == "indexed"]


def letters_that_vary(root: Expression) -> list[str]:
    """The free letters that stand for numbers, in the order of the alphabet: not those of lists, of sizes in the bounds
    of sums, and of free indices."""
    if not has_lists(root):
        return sorted(root.free)
    lists = {part.value for part in occurrences_of_lists(root)}
    return sorted(root.free - lists - size_letters(root) - free_indices([root]))


def size_letters(root: Expression) -> set[str]:
    """The letters in the bounds of sums that are no indices."""
    bound = {part.args[1].value for part in postorder([root]) if part.head == "finite_sum"}
    return {letter for part in postorder([root]) if part.head == "finite_sum"
            for limit in part.args[2:] for letter in limit.free - bound}


def clash_of_sizes(root: Expression) -> Clash | None:
    """A list that would have two sizes, if there is one."""
    dimensions = Dimensions({})
    _explored(root, dimensions, {})
    found: dict[Place, Expression] = {}
    for place, index, size in dimensions.said:
        dimension = dimensions.root(place)
        letters = [letter for letter, position in dimensions.lists()
                   if dimensions.root((letter, position)) == dimension]
        if letters and found.setdefault(dimension, size) is not size:
            return Clash(letters[0], found[dimension], size, index)
    return None


def free_indices(roots: Iterable[Expression]) -> set[str]:
    """The letters below lists and Kronecker's delta that no sum binds."""
    found: set[str] = set()
    for root in roots:
        inside: dict[Expression, frozenset[str]] = {}
        for part in postorder([root]):
            below = _NONE.union(*[inside[arg] for arg in part.args])
            if part.head in ("indexed", "same"):
                below |= {index.value for index in part.args if index.head == "name"}
            elif part.head == "finite_sum":
                below = (inside[part.args[0]] - {part.args[1].value}).union(*[inside[arg] for arg in part.args[2:]])
            inside[part] = below
        found |= inside[root]
    return found


_NONE: frozenset[str] = frozenset()


def sized(root: Expression, known: Sizes | None = None) -> Sized:
    """An expression with bounds for all its sums. known: the sizes of lists, where what is around it says them."""
    dimensions = Dimensions(known or {})
    opened: dict[Expression, tuple[str, Place]] = {}
    marked = _explored(root, dimensions, opened)
    if not opened:
        return Sized(root)
    listed = {dimensions.root(place) for place in dimensions.lists()}
    waiting = [place for _, place in opened.values() if dimensions.root(place) not in dimensions.declared]
    unknown = [index for index, place in opened.values()
               if place in waiting and dimensions.root(place) not in listed]
    if unknown:
        return Sized(root, (), tuple(dict.fromkeys(unknown)))
    asked = {dimensions.root(place) for place in waiting}
    count = next((letter for letter in _COUNTS if letter in root.free), None)
    if waiting and count is not None and name(count) not in dimensions.declared.values():
        beside = _beside(marked, name(count), {mark: place for mark, (_, place) in opened.items() if place in waiting})
        if beside or len(asked) == 1:  # beside none of several sums, it is any number
            dimensions.declare(beside or waiting[0], name(count))
    sizes = _sizes(root, dimensions)
    chosen = [Chosen(index, sizes[dimensions.root(place)], _counted(dimensions.root(place), dimensions))
              for index, place in opened.values() if dimensions.root(place) in asked]
    return Sized(tree.replace(marked, {mark: sizes[dimensions.root(place)] for mark, (_, place) in opened.items()}),
                 tuple(dict.fromkeys(chosen)))


def shapes(root: Expression, known: Sizes | None = None) -> dict[str, tuple[Expression, ...]]:
    """The sizes of each list of an expression, in letters: {"W": (n, m), "x": (m,)}."""
    dimensions = Dimensions(known or {})
    _explored(root, dimensions, {})
    sizes = _sizes(root, dimensions)
    found: dict[str, dict[int, Expression]] = {}
    for letter, position in dimensions.lists():
        found.setdefault(letter, {})[position] = sizes[dimensions.root((letter, position))]
    return {letter: tuple([each[position] for position in sorted(each)]) for letter, each in found.items()}


def _explored(root: Expression, dimensions: Dimensions, opened: dict[Expression, tuple[str, Place]]) -> Expression:
    """The expression with a mark as the upper bound of each sum without one, all its places united.

    opened: mark -> the index of that sum, and its place among the dimensions. An index that no sum binds is one and the
    same in its statement.
    """
    bounds = {each.value for part in postorder([root]) if part.head == "finite_sum" for bound in part.args[2:]
              for each in postorder([bound]) if each.head == "name"}
    if root.head != "statements":
        return _explored_statement(root, dimensions, opened, bounds)
    return rebuilt(root, tuple([_explored_statement(each, dimensions, opened, bounds) for each in root.args]))


def _explored_statement(root: Expression, dimensions: Dimensions, opened: dict[Expression, tuple[str, Place]],
                        bounds: Iterable[str]) -> Expression:
    free: dict[str, Place] = {}
    done: dict[object, Expression] = {}
    inside: dict[object, dict[str, Place]] = {}
    stack: list[tuple[Expression, Mapping[str, Place]]] = [(root, {})]
    while stack:
        part, bound = stack[-1]
        key = _key(part, bound)
        if key in done:
            stack.pop()
            continue
        if part.head == "finite_sum" and key not in inside:
            place = dimensions.new_index()
            inside[key] = {**bound, part.args[1].value: place}
            if len(part.args) == 2:
                opened[_mark(place)] = part.args[1].value, place
            elif part.args[3].head in ("name", "number"):
                dimensions.declare(place, part.args[3])
                dimensions.said.append((place, part.args[1].value, part.args[3]))
        below = [(arg, inside[key] if key in inside and position < 2 else bound)
                 for position, arg in enumerate(part.args)]
        waiting = [item for item in below if _key(*item) not in done]
        if waiting:
            stack.extend(reversed(waiting))
            continue
        stack.pop()
        if part.head in ("indexed", "same"):
            places = [bound.get(index.value) or free.setdefault(index.value, dimensions.new_index())
                      if index.head == "name" and (index.value in bound or index.value not in bounds) else None
                      for index in part.args]
            _unite(part, places, dimensions)
        args = tuple([done[_key(*item)] for item in below])
        if part.head == "finite_sum" and len(args) == 2:
            args = (*args, ONE, _mark(inside[key][part.args[1].value]))
        done[key] = rebuilt(part, args)
    return done[_key(root, {})]


def _mark(place: Place) -> Expression:
    """What stands for an upper bound until it is found."""
    return name(f"?{place[1]}")


def _key(part: Expression, bound: Mapping[str, Place]) -> object:
    """What a part depends on: equal parts under the same indices are looked at once."""
    return part, tuple([item for item in bound.items() if item[0] in part.free])


def _unite(part: Expression, places: list[Place | None], dimensions: Dimensions) -> None:
    if part.head == "same":
        if places[0] is not None and places[1] is not None:
            dimensions.unite(places[0], places[1])
        return
    for position, place in enumerate(places):
        dimensions.root((part.value, position))
        if place is not None:
            dimensions.unite((part.value, position), place)


def _sizes(root: Expression, dimensions: Dimensions) -> dict[Place, Expression]:
    """The size of every dimension: what a sum says, or a letter that stands for nothing yet."""
    used = letters_in([root]) | {size.value for size in dimensions.declared.values() if size.head == "name"}
    used |= {place[0] for place in dimensions.parent}
    fresh = (letter for letter in (*_LETTERS_FOR_SIZES, *(f"n_{number}" for number in range(1, 1000)))
             if letter not in used)
    sizes: dict[Place, Expression] = {}
    for place in dimensions.lists():
        dimension = dimensions.root(place)
        if dimension not in sizes:
            sizes[dimension] = dimensions.declared.get(dimension) or name(next(fresh))
    for dimension, size in dimensions.declared.items():
        sizes.setdefault(dimensions.root(dimension), size)
    return sizes


def _beside(root: Expression, count: Expression, places: Mapping[Expression, Place]) -> Place | None:
    """The place of the sum that a number of terms is a factor or divisor of, as n is in 1/n*sum_i x_i and in
    s = sum_i x_i; s/n: the first one of which it makes a mean, or else the first one. places: those of the sums that
    can be it, by the marks that are their upper bounds."""
    lines = {line.args[0]: line.args[1] for line in root.args if line.head == "relation"} if (
        root.head == "statements") else {}
    others: list[Place] = []
    waiting = [root]
    while waiting:
        part = waiting.pop()
        waiting += reversed(part.args)
        if part.head in ("finite_sum", "product", "quotient"):
            factors = list(_factors(part))
            if count in factors:
                factors += [factor for each in factors if each in lines for factor in _factors(lines[each])]
                factors += [factor for each in factors if each.head == "sum" for term in each.args
                            for factor in _factors(term)]
                bounds = [each.args[3] for each in factors if each.head == "finite_sum"]
                found = [places[bound] for bound in bounds if bound in places]
                if found and _is_divided(part, count):
                    return found[0]
                others += found
    return others[0] if others else None


def _is_divided(part: Expression, count: Expression) -> bool:
    """Whether an expression, or what it adds up, is divided by a number of terms and by nothing else."""
    body = part.args[0] if part.head == "finite_sum" else part
    divided = body.args if body.head == "product" else (body,)
    return any(each.head == "quotient" and each.args[1] is count for factor in divided
               for each in [factor.args[0] if factor.head == "negation" else factor])


def _factors(part: Expression) -> Iterator[Expression]:
    """What is multiplied and divided in an expression, also in what a sum adds up and in what a power is of."""
    waiting = [part]
    while waiting:
        each = waiting.pop()
        yield each
        if each.head in ("product", "quotient", "negation"):
            waiting += reversed(each.args)
        elif each.head in ("power", "finite_sum"):
            waiting.append(each.args[0])


def _counted(dimension: Place, dimensions: Dimensions) -> str:
    """What there are as many of as a dimension has places: parts of x, rows of W."""
    places = [place for place in dimensions.lists() if dimensions.root(place) == dimension]
    ranks: dict[str, int] = {}
    for letter, position in dimensions.lists():
        ranks[letter] = max(ranks.get(letter, 0), position + 1)
    letter, position = next((place for place in places if ranks[place[0]] == 1), places[0])
    if ranks[letter] == 1:
        return f"parts of {letter}"
    if ranks[letter] == 2:
        return f"{('rows', 'columns')[position]} of {letter}"
    return f"values of index {position + 1} of {letter}"
