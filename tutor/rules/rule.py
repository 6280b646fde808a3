"""What a rule is: an equation with a name, conditions and a sentence.

    rule = rulebook()["product"]
    rule.left, rule.right          # d/dx [f*g]   and   d/dx [f]*g + f*d/dx [g]
    rule.say                       # "Differentiate {f} and keep {g}; ..."
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Literal, NamedTuple, TypeVar

from tutor.expression.piecewise import PIECEWISE
from tutor.expression.tree import Expression

Value = TypeVar("Value")

Sort = Literal["variable", "expression", "constant", "function", "unknown function", "new variable", "index", "list",
               "new index", "condition"]

ROLES: dict[str, Sort] = {
    "outside": "function", "inside": "expression",  # F and g of F(g)
    "exponent": "constant", "base": "constant",  # n of x^n, and a of a^x or log_a(x)
    "point": "constant",  # a of `at (x = a)`
    "loss": "variable", "line": "variable",  # L of dL/dx, and v of ∂v/∂x
    # of a minimum: halfway between two places and how far from either, or the two places themselves and what is between
    "middle": "constant", "shift": "constant", "left": "constant", "right": "constant", "joint": "constant",
    "size": "constant", "width": "constant",  # n and m of a list w_i or w_{ij}
    # of a step of gradient descent: from here to there, the slope here, the rate, the last change and how much is kept,
    # the value of the loss here and its change for a whole unit, the slope where other letters are new already, the sum
    # of all slopes so far
    "place": "variable", "next": "variable", "slope": "expression", "rate": "constant", "velocity": "expression",
    "momentum": "constant", "height": "expression", "difference": "expression", "renewed": "expression",
    "total": "expression",
}
"""What a letter of a rule can be declared to be, where something is said or done with it, and its sort then."""

OF_A_STEP = frozenset(("place", "next", "slope", "rate", "velocity", "momentum", "height", "difference",
                       "renewed", "total"))
"""Roles of letters whose meaning is known at each step of gradient descent, so that they need not be on the left."""


SIZES = frozenset(("size", "width"))
"""Roles of letters that need not stand on the left: how many rows and columns a list has is known from the problem."""


class Condition(NamedTuple):
    """`where LETTER is [not] WHAT`: about shape, decided from what a node caches."""

    letter: str
    negated: bool
    what: str  # a predicate of tutor.rules.conditions, or another letter

    def __str__(self) -> str:
        return f"{self.letter} is {'not ' if self.negated else ''}{self.what}"


class Uses(NamedTuple):
    """`for each LETTER that uses OF`: about the lines of a graph. `letter` stands for every line, the only line, one of
    several, all but one of three or more, or no line whose right side has the letter `of`."""

    how_many: Literal["each", "the only", "one", "all but one", "no"]
    letter: str
    of: str

    def __str__(self) -> str:
        return f"for {self.how_many} {self.letter} that uses {self.of}"

    def fits(self, count: int) -> bool:
        """Whether the rule is for a letter that so many lines use."""
        if self.how_many == "no":
            return count == 0
        if self.how_many == "the only":
            return count == 1
        return count >= (3 if self.how_many == "all but one" else 2)


class Rule(NamedTuple):
    """One rule of a rulebook.

    left, right: the statement; letters: what each letter of the statement may stand for; roles: role -> the letter that
    has it, such as "inside" -> "g"; where: conditions on shape;
    provided: relations that must hold (assumed, and said, where they cannot be decided); only_where: for each of them
    the shape to which it is confined, if it is (`provided x != 0 where n is negative`); definitions: letters that
    are worked out first (`with`); say: a sentence with {letter} slots; examples: problems on which it fires;
    uses: for a rule about the lines of a graph, which of them it speaks of;
    place: for a rule that reads components as a matrix, the indices at which the left side stands in the right one;
    given: for a rule about an equation, what it goes on from: the statement is what follows;
    computed: the right side is made by code of the same name; unlike: for a misconception, its sound sibling;
    file, line: where it stands.
    """

    name: str
    title: str
    kind: Literal["rule", "misconception"]
    tags: tuple[str, ...]
    left: Expression
    right: Expression
    letters: Mapping[str, Sort]
    roles: Mapping[str, str] = MappingProxyType({})
    where: tuple[Condition, ...] = ()
    provided: tuple[Expression, ...] = ()
    only_where: tuple[Condition | None, ...] = ()
    definitions: tuple[tuple[str, Expression], ...] = ()
    say: str = ""
    examples: tuple[Expression, ...] = ()
    source: str = ""
    uses: Uses | None = None
    place: tuple[str, ...] = ()
    given: tuple[Expression, ...] = ()
    computed: bool = False
    unlike: str = ""
    file: str = ""
    line: int = 0

    def __hash__(self) -> int:
        return hash((self.name, self.left, self.right))

    @property
    def varying(self) -> str:
        """The letter that its constants are free of: the variable or, in a rule without one, the index of its sum; ""
        if there is neither."""
        return self.letter("variable") or (self.left.args[1].value if self.left.head == "finite_sum" else "")

    def role(self, role: str) -> str:
        """The letter with this role; "" if no letter has it. Code asks for letters by their roles, never by name."""
        return self.roles.get(role, "")

    def letter(self, sort: Sort) -> str:
        """The first letter of this sort in the statement; "" if there is none."""
        return next((letter for letter, kind in self.letters.items() if kind == sort), "")

    @property
    def provisos(self) -> tuple[tuple[Expression, str], ...]:
        """What is provided, each with the condition to which it is confined as text, or ""."""
        only = self.only_where or (None,) * len(self.provided)
        return tuple((relation, "" if condition is None else f" where {condition}")
                     for relation, condition in zip(self.provided, only, strict=True))

    @property
    def solves(self) -> bool:
        """Whether it is about an equation: its left side is one, and its right side those equations that have the same
        solutions together, none where there is no solution."""
        return self.right.head == "alternatives"

    @property
    def sign(self) -> str:
        """What stands between its two sides."""
        return "<=>" if self.solves else "="

    @property
    def statement(self) -> str:
        """The rule as a line of mathematics, in the notation in which it was written."""
        return f"{self.left} {self.sign} {self.right}"

    @property
    def letters_met(self) -> tuple[str, ...]:
        """Its letters, in the order in which they first occur in the statement."""
        return _in_order_met(self.left, self.right)

    def bound(self, *values: Value) -> dict[str, Value]:
        """Bindings of its letters to these values, in the order in which the letters are met."""
        return dict(zip(self.letters_met, values, strict=True))


@lru_cache(1000)
def _in_order_met(left: Expression, right: Expression) -> tuple[str, ...]:
    found: dict[str, None] = {}
    stack = [right, left]
    while stack:
        part = stack.pop()
        if part.head in ("name", "indexed"):
            found[part.value] = None
        stack.extend(reversed(part.args))
    return tuple(found)


def listed_letters(left: Expression, right: Expression) -> set[str]:
    """The letters that occur in terms of `...` and nowhere else."""
    listed: set[str] = set()
    outside: set[str] = set()
    for side in (left, right):
        stack = [(side, False)]
        while stack:
            part, inside = stack.pop()
            if part.head in ("name", "indexed"):
                (listed if inside else outside).add(part.value)
            if part.head == PIECEWISE and part.args[-1].head == "ellipsis":  # {f if c; ...}: f, and not c
                stack += [(part.args[0], True), (part.args[1], inside)]
                continue
            inside = inside or bool(part.args and part.args[-1].head == "ellipsis")
            stack.extend([(arg, inside) for arg in part.args])
    return listed - outside
