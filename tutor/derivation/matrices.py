"""Results in components read as matrices: sum_{i=1}^{n} X_{ik}*e_i is what stands in place k of X^T*e.

    found = as_matrices(component, (name("k"),), {"X": (n, m), "w": (m,), "y": (n,)})
    found.matrix            # 2*X^T*(X*w - y)
    found.rules             # the rules of reading.rules that say so

Only results are read in this way, and nothing is calculated with matrices. Whether a reading is right is decided by
writing both sides out, see tutor/oracle/matrices.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tutor.expression import tree
from tutor.expression.known_functions import FUNCTIONS
from tutor.expression.lists import Sizes, free_indices
from tutor.expression.names import TRANSPOSED, UNIT_MATRIX
from tutor.expression.tree import ONE, E, Expression, indexed, name, node, postorder
from tutor.rules.instance import chosen_instance
from tutor.rules.rule import Rule
from tutor.rules.rulebook import rulebook

Indices = tuple[Expression, ...]

LARGEST = 400
"""The size of an expression up to which it is read as matrices; a longer one would not be easier to grasp."""


class MatrixReading(NamedTuple):
    """component: with free indices; indices: these, in the order of rows and columns; matrix: the same in the letters
    of whole lists; rules: by which it was read; shapes: of the lists in it; sizes: how many rows and columns the matrix
    has, if that was said; part_by_part: whether it has a function, a power or a fraction of a list, which is taken of
    every part by itself."""

    component: Expression
    indices: Indices
    matrix: Expression
    rules: tuple[Rule, ...]
    shapes: Sizes
    sizes: tuple[Expression, ...]
    part_by_part: bool


def as_matrices(component: Expression, indices: Indices, shapes: Sizes,
                sizes: tuple[Expression, ...] = ()) -> MatrixReading | None:
    """A component in the letters of whole lists; None where the rules for reading do not say how it is read.

    sizes: how many rows and columns the whole has. A component without one of its indices is the same all along a row
    or column: what is read of it would be a number, and not a list, so it is not read.
    """
    if component.size > LARGEST or len(_indices_in(component, indices)) < len(indices):
        return None
    reader = _Reader(shapes, sizes)
    try:
        matrix = reader.read(component, indices)
    except _NotReadError:
        return None
    if any(part.head in ("indexed", "finite_sum", "same") for part in postorder([matrix])):
        return None
    letters = {part.value for part in postorder([component]) if part.head == "indexed"}
    if not letters and component.head != "same":
        return None
    if any(_NEEDS.get(rule.name) in component.free for rule in reader.rules):
        return None  # I and T would stand for two things in one line
    in_it = {letter: own for letter, own in shapes.items() if letter in letters}
    return MatrixReading(component, indices, matrix, tuple(dict.fromkeys(reader.rules)), in_it, sizes,
                         reader.part_by_part)


def slope_as_matrices(variable: Expression, slope: Expression, shapes: Sizes) -> MatrixReading | None:
    """The slope by one part of a list, such as W_{ij}, as the slope by all of it."""
    if variable.head != "indexed" or any(index.head != "name" for index in variable.args) or len(variable.args) > 2:
        return None
    if len({*variable.args}) < len(variable.args):
        return None  # A_{kk} is on the diagonal, and says nothing of the other entries
    return as_matrices(slope, variable.args, shapes, shapes.get(variable.value, ()))


def derivative_as_matrices(problem: Expression, result: Expression, shapes: Sizes) -> MatrixReading | None:
    """What was found for a derivative by a part of a list as what all such derivatives are together."""
    places = indices_with_sizes(problem, shapes)
    return as_matrices(result, tuple([index for index, _ in places]), shapes,
                       tuple([size for _, size in places])) if places else None


def indices_with_sizes(problem: Expression, shapes: Sizes) -> list[tuple[Expression, Expression]]:
    """The indices of a derivative by a part of a list, each with how far it runs: that of a list of slopes, or those of
    the rows and the columns of the matrix of slopes dp_i/dz_k, with a row for each i, or of second slopes. Nothing
    where it is one derivative alone, as d/dx_1 is, or where there are more indices."""
    variables: list[Expression] = []
    body = problem
    while body.head == "derivative":
        body, variable, order = body.args
        if variable.head != "indexed" or len(variable.args) != len(shapes.get(variable.value, ())) or order is not ONE:
            return []
        variables.append(variable)
    if len({variable.value for variable in variables}) == 1:
        variables.reverse()  # second slopes by one list are the same either way, so the first one has the row
    places = [(index, size) for variable in variables for index, size in zip(
        variable.args, shapes[variable.value], strict=True)]
    varying = {index.value for index, _ in places if index.head == "name"}
    in_body = free_indices([body])
    if len(places) == 1 and len(in_body - varying) == 1:  # of a body with an index of its own, this is that of the row
        (own,) = map(name, in_body - varying)
        places = [*_place_in(body, own, shapes), *places]
    elif in_body - varying or (len(places) > 1 and in_body & varying):
        return []
    if len(places) > 2 or len(varying | in_body) < len(places):
        return []  # A_{kk} is on the diagonal, and says nothing of the other entries, as x_1 says nothing of others
    return places


def _place_in(body: Expression, index: Expression, shapes: Sizes) -> list[tuple[Expression, Expression]]:
    """An index that stands below lists, with how far it runs; nothing where it stands below δ alone."""
    return [(index, shapes[part.value][part.args.index(index)]) for part in postorder([body])
            if part.head == "indexed" and index in part.args][:1]


_NEEDS = {"identity": UNIT_MATRIX, "number_as_matrix": UNIT_MATRIX, "transposed": TRANSPOSED,
          "inner_product": TRANSPOSED, "outer_product": TRANSPOSED}
"""Rules whose right side has a letter with a meaning of its own."""


class _NotReadError(Exception):
    """The rules do not say how a part is read."""


class _Factor(NamedTuple):
    """A factor that has some of the indices. form: the component where `is_component`, else what was read of it, with
    the indices as those of its rows and columns."""

    indices: Indices
    form: Expression
    is_component: bool = True


class _Reader:
    def __init__(self, shapes: Sizes, sizes: tuple[Expression, ...]) -> None:
        self.shapes, self.sizes = shapes, sizes
        self.rules: list[Rule] = []
        self.part_by_part = False

    def read(self, part: Expression, indices: Indices) -> Expression:
        """What has `part` in the place with these indices. A part without any of them is the same in every place."""
        if indices and not _indices_in(part, indices):
            indices = ()
        if part.head == "indexed":
            return self._list(part, indices)
        if part.head == "same" and indices and set(part.args) == set(indices):
            return self._told("identity")
        if part.head in ("sum", "negation"):
            if len(indices) == 2 and not all(_indices_in(arg, indices) for arg in part.args):
                raise _NotReadError  # a number in every place of a matrix has no usual way to be written
            taken_out = self._taken_out(part, indices) if part.head == "sum" and len(indices) == 1 else None
            return taken_out or node(part.head, tuple([self.read(arg, indices) for arg in part.args]))
        if part.head in ("product", "quotient", "finite_sum"):
            told, by_part = len(self.rules), self.part_by_part
            try:
                return self._product(part, indices)
            except _NotReadError:
                terms = _multiplied_out(part)
                if terms is None:
                    raise
                del self.rules[told:]
                self.part_by_part = by_part
                return self.read(terms, indices)
        if part.head == "power":
            return self._of_each_part(part, 2 if part.args[0] is E else 1, indices)
        if part.head in FUNCTIONS:
            return self._of_each_part(part, len(part.args), indices)
        if part.free.isdisjoint(self.shapes):
            return part
        raise _NotReadError

    def _taken_out(self, total: Expression, indices: Indices) -> Expression | None:
        """(A + c*I)*v for a sum of terms that are all a matrix or a number times the same list; None of others."""
        lists = {part.value for part in postorder([total]) if part.head == "indexed" and part.args == indices}
        letters = [letter for letter in total.free & self.shapes.keys() if len(self.shapes[letter]) == 1]
        for letter in sorted(letters):
            here = indexed(letter, *indices)
            numbers = [term for term in total.args if _times(term, here) is not None]
            matrices = [term for term in total.args if term not in numbers]
            if not matrices or any(letter not in term.free for term in matrices) or len(total.args) < 2 or (
                    letter in lists and not numbers) or (numbers and not self.sizes):
                continue
            told, by_part = len(self.rules), self.part_by_part
            found = [_before_list(self.read(term, indices), letter) for term in matrices]
            coefficients = [_times(term, here) for term in numbers]
            if all(each is not None for each in found) and all(
                    each is not None and each.free.isdisjoint(self.shapes) for each in coefficients):
                return self._joined(letter, [each for each in found if each is not None],
                                    [each for each in coefficients if each is not None])
            del self.rules[told:]
            self.part_by_part = by_part
        return None

    def _joined(self, letter: str, matrices: Sequence[Expression], numbers: Sequence[Expression]) -> Expression:
        """(A + B + c*I)*v, one rule after the other."""
        whole = matrices[0]
        for matrix in matrices[1:]:
            whole = self._told("list_taken_out", whole, name(letter), matrix).args[0]
        for number in numbers:
            whole = self._told("number_as_matrix", whole, name(letter), numbers=(number,)).args[0]
        terms = [_plain_term(term) for term in _flat((whole,), "sum")]
        return tree.multiply(tree.add(*terms), name(letter))

    def _list(self, part: Expression, indices: Indices) -> Expression:
        if part.args == indices:
            return name(part.value)
        if len(indices) == 2 and part.args == indices[::-1]:
            return self._told("transposed", name(part.value))
        raise _NotReadError

    def _of_each_part(self, part: Expression, varying: int, indices: Indices) -> Expression:
        """A function or a power, of every part of a list if it has an index."""
        if len(indices) > 1 or any(_indices_in(arg, indices) for arg in part.args[varying:]):
            raise _NotReadError
        self.part_by_part = self.part_by_part or bool(indices)
        return node(part.head, tuple([self.read(arg, indices) for arg in part.args]), part.value)

    # -- products and sums -------------------------------------------------------------------------------------------

    def _product(self, part: Expression, indices: Indices) -> Expression:
        """A product, perhaps summed up over some of its indices: for each of these, the factors that have it are
        multiplied as matrices."""
        is_negative, factors, divisors, bound = self._unfolded(part, indices)
        every = (*indices, *bound)
        lists: list[_Factor] = []
        numbers: list[Expression] = []
        for factor in factors:
            own = _indices_in(factor, every)
            if own:
                lists.append(_Factor(own, factor))
            else:
                numbers.append(self.read(factor, ()))
        last = {each.indices for each in lists}  # where a chain of matrices ends, it is multiplied first
        for index in sorted(bound, key=lambda index: ((index,) not in last, -bound.index(index))):
            lists = self._summed(index, lists, every)
        numbers += [factor.form for factor in lists if not factor.indices]
        matrix = self._in_order([factor for factor in lists if factor.indices], indices)
        made = tree.multiply(*_flat((*numbers, *matrix)))
        if divisors:
            made = tree.divide(made, tree.multiply(*[self.read(divisor, indices) for divisor in divisors]))
            self.part_by_part = self.part_by_part or any(_indices_in(divisor, indices) for divisor in divisors)
        return tree.negate(made) if is_negative else made

    def _unfolded(self, part: Expression, indices: Indices) -> tuple[
            bool, list[Expression], list[Expression], list[Expression]]:
        """Whether there is a minus, the factors, what they are divided by, and the indices that are summed over."""
        is_negative, factors, divisors, bound = False, list[Expression](), list[Expression](), list[Expression]()
        waiting, opens_sums = [part], True
        while waiting:
            each = waiting.pop()
            if each.head == "negation":
                is_negative = not is_negative
                waiting.append(each.args[0])
            elif each.head == "product":
                opens_sums = False
                waiting.extend(reversed(each.args))
            elif each.head == "quotient":
                divisors.append(each.args[1])
                waiting.append(each.args[0])
            elif each.head == "finite_sum" and opens_sums and not divisors:
                body, index, lower, upper = each.args
                if lower is not ONE or index in (*bound, *indices) or not self._is_whole(body, index, upper):
                    raise _NotReadError
                bound.append(index)
                waiting.append(body)
            else:
                factors.append(each)
        below: list[Expression] = []
        every = (*indices, *bound)
        for divisor in divisors if len(every) == 1 else _flat(divisors):
            own = _indices_in(divisor, every)
            if not own or (indices == every == own and len(own) == 1):
                below.append(divisor)
            elif len(own) == 1:
                factors.append(tree.divide(ONE, divisor))
            else:
                raise _NotReadError
        return is_negative, factors, below, bound

    def _is_whole(self, body: Expression, index: Expression, upper: Expression) -> bool:
        """Whether a sum runs over all places of the lists that have its index."""
        sizes = [self.shapes[part.value][place] for part in postorder([body]) if part.head == "indexed"
                 for place, each in enumerate(part.args) if each is index]
        return bool(sizes) and all(size is upper for size in sizes)

    def _oriented(self, factor: _Factor, rows_and_columns: Indices) -> Expression:
        """A factor with its rows and columns in this order."""
        if factor.is_component:
            return self.read(factor.form, rows_and_columns)
        if factor.indices == rows_and_columns:
            return factor.form
        return self._told("transposed", factor.form)

    def _summed(self, index: Expression, lists: list[_Factor], every: Indices) -> list[_Factor]:
        """The factors where their product is added up over an index. every: in the order of rows and columns."""
        others = [factor for factor in lists if index not in factor.indices]
        ends = [factor for factor in lists if factor.indices == (index,)]
        matrices = self._part_by_part([factor for factor in lists if index in factor.indices and factor not in ends])
        if not matrices and len(ends) == 2:
            first, second = sorted([self._oriented(end, (index,)) for end in ends], key=lambda form: form.size)
            return [*others, _Factor((), self._told("inner_product", first, second), False)]
        ends = self._part_by_part(ends)
        beyond = [next(each for each in matrix.indices if each is not index) for matrix in matrices]
        if len(matrices) == 1 and ends:
            made = self._told("matrix_times_list", self._oriented(matrices[0], (beyond[0], index)),
                              self._oriented(ends[0], (index,)))
            return [*others, _Factor((beyond[0],), made, False)]
        if len(matrices) == 2:
            if every.index(beyond[0]) > every.index(beyond[1]):
                matrices, beyond = matrices[::-1], beyond[::-1]
            left = self._oriented(matrices[0], (beyond[0], index))
            if ends:
                left = self._told("columns_scaled", left, self._oriented(ends[0], (index,)))
            made = self._told("matrix_times_matrix", left, self._oriented(matrices[1], (index, beyond[1])))
            return [*others, _Factor((beyond[0], beyond[1]), made, False)]
        raise _NotReadError

    def _part_by_part(self, factors: Iterable[_Factor]) -> list[_Factor]:
        """Factors of which those with the same indices are one, multiplied part by part."""
        made: dict[frozenset[Expression], _Factor] = {}
        for factor in factors:
            if len(factor.indices) > 2:
                raise _NotReadError
            key = frozenset(factor.indices)
            if key in made:
                indices = next((each.form.args for each in (made[key], factor) if each.is_component and (
                    each.form.head == "indexed" and made[key].is_component)), made[key].indices)
                both = self._oriented(made[key], indices), self._oriented(factor, indices)
                rule = "lists_part_by_part" if len(indices) == 1 else "matrices_part_by_part"
                first, second = sorted(both, key=_is_reciprocal)
                factor = _Factor(indices, tree.divide(first, second.args[1]) if _is_reciprocal(second)
                                 else self._told(rule, *both), False)
            made[key] = factor
        return list(made.values())

    def _in_order(self, lists: list[_Factor], indices: Indices) -> tuple[Expression, ...]:
        """What is left as one list or matrix with these indices; nothing where there is no index."""
        left = {frozenset(factor.indices): factor for factor in self._part_by_part(lists)}
        if len(indices) < 2:
            return tuple([self._oriented(factor, indices) for factor in left.values()])
        row, column = [left.get(frozenset((index,))) for index in indices]
        both = left.get(frozenset(indices))
        if row is not None and column is None and both is not None and both.form.head == "same":
            return (self._told("list_on_diagonal", self._oriented(row, indices[:1])),)
        if both is None:
            if row is None or column is None:
                raise _NotReadError
            return (self._told("outer_product", self._oriented(row, indices[:1]),
                               self._oriented(column, indices[1:])),)
        matrix = self._oriented(both, indices)
        if row is not None:
            matrix = self._told("rows_scaled", self._oriented(row, indices[:1]), matrix)
        if column is not None:
            matrix = self._told("columns_scaled", matrix, self._oriented(column, indices[1:]))
        return (matrix,)

    def _told(self, rule_name: str, *lists: Expression, numbers: tuple[Expression, ...] = ()) -> Expression:
        """The right side of a rule with these for its lists and numbers, in the order in which they stand on its
        left."""
        rule = rulebook()[rule_name]
        self.rules.append(rule)
        letters = dict.fromkeys(part.value for part in postorder([rule.left]) if part.head == "indexed")
        constants = dict.fromkeys(part.value for part in postorder([rule.left]) if part.head == "name" and (
            part.value in rule.right.free and rule.letters.get(part.value) == "constant"))
        bindings = dict(zip((*letters, *constants), (*lists, *numbers), strict=True))
        made = chosen_instance(rule, bindings, ONE).put_together({})
        return node(made.head, tuple(_flat(made.args, made.head))) if made.head == "entrywise" else made


def _times(term: Expression, factor: Expression) -> Expression | None:
    """What a term is times this factor; None where it does not have it once as a factor."""
    if term.head == "negation":
        inside = _times(term.args[0], factor)
        return None if inside is None else tree.negate(inside)
    if term.head == "quotient":
        above = _times(term.args[0], factor)
        return None if above is None else tree.divide(above, term.args[1])
    factors = term.args if term.head == "product" else (term,)
    others = [each for each in factors if each is not factor]
    return tree.multiply(*others) if len(others) == len(factors) - 1 else None


def _before_list(read: Expression, letter: str) -> Expression | None:
    """The matrix that stands before a list in what was read of a term; None where it does not end with the list."""
    if read.head == "negation":
        inside = _before_list(read.args[0], letter)
        return None if inside is None else tree.negate(inside)
    if read.head == "quotient" and read.args[1].head in ("name", "number"):
        above = _before_list(read.args[0], letter)
        return None if above is None else tree.divide(above, read.args[1])
    if read.head != "product" or read.args[-1] is not name(letter):
        return None
    before = tree.multiply(*read.args[:-1])
    return None if letter in before.free else before


def _plain_term(term: Expression) -> Expression:
    """A term with its minus in front, and without brackets in its product."""
    if term.head == "product" and term.args[0].head == "negation":
        return tree.negate(_plain_term(tree.multiply(term.args[0].args[0], *term.args[1:])))
    return tree.multiply(*_flat(term.args)) if term.head == "product" else term


def _is_reciprocal(form: Expression) -> bool:
    """Whether it is 1 divided by something."""
    return form.head == "quotient" and form.args[0] is ONE


def _multiplied_out(part: Expression) -> Expression | None:
    """A product with its first sum multiplied out; None if it has no sum."""
    if part.head == "product":
        for place, factor in enumerate(part.args):
            if factor.head == "sum":
                return tree.add(*[_with_minus_before(part.args[:place], term, part.args[place + 1:])
                                  for term in factor.args])
    return None


def _with_minus_before(before: Sequence[Expression], term: Expression, behind: Sequence[Expression]) -> Expression:
    if term.head == "negation":
        return tree.negate(tree.multiply(*_flat((*before, term.args[0], *behind))))
    return tree.multiply(*_flat((*before, term, *behind)))


def _indices_in(part: Expression, indices: Sequence[Expression]) -> Indices:
    """Which of these indices a part has, in their order."""
    return tuple([index for index in indices if index.value in part.free])


def _flat(factors: Iterable[Expression], head: str = "product") -> list[Expression]:
    """Factors with those of products among them; a 1 is left out."""
    return [inner for factor in factors for inner in (factor.args if factor.head == head else (factor,))
            if inner is not ONE]
