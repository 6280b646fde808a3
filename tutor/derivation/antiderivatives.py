"""Equations between antiderivatives, made ready for the oracle.

An indefinite integral is determined only up to a constant, so the derivatives of two sides are compared. The oracle
knows the derivative of an integral, of its multiples and sums, and of one in which something was put for its variable.
Where more than that is needed, as of a product of two integrals, the integral becomes a definite one from a fixed place
to its variable, so that it has a value.

    comparable(parse("int 2x dx"), parse("x^2 + 5"))      # d/dx [int 2*x dx]  and  d/dx [x^2 + 5]
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tutor.expression.tree import ONE, Expression, derivative, name, node, postorder, rebuilt

if TYPE_CHECKING:
    from tutor.algebra.decide import Tidy
    from tutor.algebra.terms import PartOf

BEGINNING = ONE
"""The lower limit of integrals that need a value: powers, roots and logarithms have values at 1."""


def comparable(left: Expression, right: Expression,
               variable: Expression | None = None) -> tuple[Expression, Expression]:
    """The sides of `left = right` as the oracle can compare them: unchanged if no indefinite integral is in them.

    With one that the equation depends on, their derivatives by its variable, or by `variable` where that is known. It
    is not known where something in several letters was put for the variable of an integral: then nothing can be
    compared.
    """
    if variable is None:
        variables = [part.args[1] for part in postorder([left, right]) if is_indefinite(part)]
        variable = next((each for each in variables if each.value in left.free | right.free), None)
    beginning = BEGINNING
    if variable is None:
        places = _places(left, right)
        twice = next((found for found in places.values() if len(found) > 1), None)
        letters = sorted({letter for found in places.values() for place in found for letter in place.free}
                         & (left.free | right.free))
        if twice is not None:
            beginning = next(iter(twice))  # F(b) - F(a): what begins at b has a value where F has one
        elif letters and not any(part.head == "integral" and len(part.args) == 4 for part in postorder([left, right])):
            if len(letters) > 1:
                return left, right
            variable = name(letters[0])
    if variable is None:
        with_values = _Values(beginning)
        return with_values(left, frozenset(), False), with_values(right, frozenset(), False)
    with_values, varying = _Values(beginning), frozenset((variable.value,))
    return (derivative(with_values(left, varying, True), variable),
            derivative(with_values(right, varying, True), variable))


def tidy_for(problem: Expression, tidy: Tidy, part_of: PartOf = "") -> Tidy:
    """How the result of a problem is tidied: the terms of an antiderivative stay apart, and so do those of a derivative
    that is a term of a larger one."""
    return tidy.apart if is_indefinite(problem) else tidy.part_of(part_of)


class Constants(NamedTuple):
    """How the unknown constants of integrals stand in an expression.

    integrals: those of which it is a sum, perhaps with constant factors; misplaced: a part in which an integral stands
    so that its constant would not simply be added, or None.
    """

    integrals: tuple[Expression, ...] = ()
    misplaced: Expression | None = None


def constants_in(root: Expression) -> Constants:
    """Whether one + C gives all values of an expression: in 2*int x dx it does, in x*int x dx it does not."""
    found: list[Expression] = []
    stack = [root]
    while stack:
        part = stack.pop()
        holding = [arg for arg in part.args if any(map(is_indefinite, postorder([arg])))]
        if is_indefinite(part):
            found.append(part)
            if part.args[1] is not found[0].args[1]:
                return Constants(misplaced=root)
        elif part.head in ("sum", "negation", "relation", "statements"):
            stack += reversed(holding)
        elif len(holding) == 1 and part.head in ("product", "quotient"):
            inside = constants_in(holding[0])
            letters = {each.args[1].value for each in inside.integrals}
            if inside.misplaced is not None or any(
                    letters & other.free for other in part.args if other is not holding[0]) or (
                        inside.integrals and holding[0] is part.args[1] and part.head == "quotient"):
                return Constants(misplaced=inside.misplaced or part)
            stack += holding
        elif holding and part.head == "derivative":
            inside = constants_in(part.args[0])
            if inside.misplaced is not None or any(each.args[1] is not part.args[1] for each in inside.integrals):
                return Constants(misplaced=inside.misplaced or part)
        elif holding and (part.head not in ("at", "integral", "limit") or (
                root.head == "at" and not root.args[2].free)):  # of two with one between the constants cancel
            return Constants(misplaced=part)
    return Constants(tuple(found))


def is_indefinite(part: Expression) -> bool:
    """Whether an expression is an integral without bounds."""
    return part.head == "integral" and len(part.args) == 2


def _places(*sides: Expression) -> dict[Expression, dict[Expression, None]]:
    """The indefinite integrals into which something is put, and all that is put there for its variable."""
    found: dict[Expression, dict[Expression, None]] = {}
    for part in postorder(sides):
        if part.head == "at":
            body, variable, place = part.args
            for each in postorder([body]):
                if is_indefinite(each) and variable.value in each.free:
                    found.setdefault(each, {})[place] = None
    return found


class _Values:
    """Puts the integral from a fixed place to x for int f dx wherever more than its derivative is needed.

    Called with a part, the names on which the whole depends where it stands, and whether the whole is a multiple of the
    part, give or take something known.
    """

    def __init__(self, beginning: Expression) -> None:
        self.beginning = beginning
        self.done: dict[tuple[Expression, frozenset[str], bool], Expression] = {}

    def __call__(self, part: Expression, varying: frozenset[str], linear: bool) -> Expression:
        key = part, varying, linear
        if key not in self.done:
            self.done[key] = self._found(*key)
        return self.done[key]

    def _found(self, part: Expression, varying: frozenset[str], linear: bool) -> Expression:
        if not any(map(is_indefinite, postorder([part]))):
            return part
        head, args = part.head, part.args
        if is_indefinite(part):
            body = self(args[0], varying | args[1].free, False)
            return node("integral", (body, args[1]) if linear else (body, args[1], self.beginning, args[1]))
        if head == "derivative":
            return rebuilt(part, (self(args[0], varying | args[1].free, True), *args[1:]))
        if head == "at":
            inside = varying | args[1].free if args[2].free & varying else varying - args[1].free
            return rebuilt(part, (self(args[0], inside, linear), args[1], self(args[2], varying, False)))
        is_sum = head in ("sum", "negation")
        return rebuilt(part, tuple([self(arg, varying, linear and (is_sum or _is_multiple(part, arg, varying)))
                                    for arg in args]))


def _is_multiple(part: Expression, arg: Expression, varying: frozenset[str]) -> bool:
    """Whether a product or a quotient is one of its parts times something that does not vary."""
    if part.head == "quotient" and arg is part.args[1]:
        return False
    return part.head in ("product", "quotient") and not any(
        other.free & varying for other in part.args if other is not arg)


def has_definite_integral(problem: Expression) -> bool:
    """Whether a problem asks for the value of an integral, alone or with something around it."""
    return any(part.head == "integral" and len(part.args) == 4 for part in postorder([problem]))
