"""What is typed for gradient descent: a loss, a start, a rate, a number of steps, a momentum.

    loss = read_loss("(x-3)^2")             # its letters, and its slopes with their derivations
    read_start("x=0", loss)                 # (Fraction(0, 1),)
    read_rate("2*sqrt(2)").number           # 2.82...
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from tutor.derivation.definitions import is_definition, with_definitions
from tutor.derivation.derivation import Derivation, derive
from tutor.derivation.phrases import without_arguments
from tutor.errors import refused
from tutor.expression.parse import parse
from tutor.expression.tree import INFINITY, ONE, OPEN, Expression, I, derivative, name, names_in_order, postorder
from tutor.oracle.program import NO_VALUE, NotExact, Number, Program, program_of

MOST_STEPS = 1_000_000
MOST_LETTERS = 12


class Loss(NamedTuple):
    """What is to become small.

    slopes: the derivation of its slope in the direction of each letter, in the order of the letters.
    """

    expression: Expression
    letters: tuple[str, ...]
    slopes: tuple[Derivation, ...]

    def program(self, exact: bool = False) -> Program:
        """The value of the loss and its slopes, for many points. Raises NotExact."""
        return program_of([self.expression, *[each.result for each in self.slopes]], self.letters, exact)


class Amount(NamedTuple):
    """A number as it was typed, and its value."""

    expression: Expression
    number: Number


def read_loss(text: str) -> Loss:
    """The loss that a text says, with its slopes. Raises TutorError."""
    expression = _loss(text)
    letters = tuple([letter.value for letter in names_in_order(expression)])
    if not letters:
        raise refused(text, f"There is no letter in this, so nothing can descend. {_EXAMPLE}")
    if len(letters) > MOST_LETTERS:
        raise refused(text, f"This has {len(letters)} letters; descent takes up to {MOST_LETTERS}.")
    try:
        program_of([expression], letters)
    except NotExact:
        raise refused(text, f"{expression} cannot be computed with numbers alone: every function in it has to be a "
                            "known one, and every number real.") from None
    except (*NO_VALUE, OverflowError):
        raise refused(text, f"A part of {expression} has no real value, so nothing can descend there.") from None
    symbol = "d" if len(letters) == 1 else "∂"
    return Loss(expression, letters, tuple(_slope(expression, letter, symbol, text) for letter in letters))


_EXAMPLE = 'Type, for example, tutor descend "(x-3)^2" --from x=0.'


def _slope(expression: Expression, letter: str, symbol: str, text: str) -> Derivation:
    """The derivation of the slope in the direction of a letter, by the rules of the tutor."""
    found = derive(derivative(expression, name(letter), ONE, symbol))
    if found.unsolved is not None or any(part.head in OPEN for part in postorder([found.result])):
        raise refused(text, f"No formula was found for the slope of {expression} in {letter}.")
    return found


def _loss(text: str) -> Expression:
    stated = parse(without_arguments(text))
    *before, last = stated.args if stated.head == "statements" else (stated,)
    if any(not is_definition(statement) for statement in before):
        raise refused(text, f"Give one loss at a time. {_EXAMPLE}")
    if is_definition(last):
        last = last.args[1]  # as in L = (x-3)^2
    if before:
        last = with_definitions(last, text)
    return _closed(last, text)


def _closed(expression: Expression, text: str) -> Expression:
    """The loss, where it is something that has a value at every step. Raises NotationError if not."""
    if expression.head == "relation":
        raise refused(text, "An equation is not a loss. Give what is to become small: for an equation, the square of "
                            f'"left side - right side". {_EXAMPLE}')
    for part in postorder([expression]):
        if part.head in ("derivative", "at"):
            raise refused(text, f"This asks for a slope already. Give the loss itself: the tutor finds its slope. "
                                f"{_EXAMPLE}")
        if part.head in OPEN:
            raise refused(text, f"An integral or a limit cannot stand in a loss here. {_EXAMPLE}")
        if part.head in ("indexed", "finite_sum"):
            raise refused(text, "The parts of lists have no numbers here. Write the terms of the sum with numbers, as "
                                "in (2w - 3)^2 + (4w - 5)^2.")
        if part.head == "application":
            raise refused(text, f"{part} is not defined. For a definition, type it before the loss: "
                                'tutor descend "f(u) = u^2; f(x - 3)" --from x=0.')
        if part is I or part is INFINITY:
            raise refused(text, f"{part} is not a real number, and a loss has to be one. {_EXAMPLE}")
    return expression


# -- numbers ------------------------------------------------------------------------------------------------------


def read_start(text: str, loss: Loss) -> tuple[Number, ...]:
    """The numbers at which the letters of the loss start: "x=0,y=1", or "0" where there is one letter only."""
    letters = loss.letters
    example = f"Type --from {','.join(f'{letter}=0' for letter in letters)}, with numbers of your own."
    known: dict[str, Number] = {}
    for piece in filter(str.strip, re.split("[,;]", text)):
        read = parse(piece)
        if read.head != "relation":
            if len(letters) > 1:
                raise refused(text, f"Which letter starts at {piece.strip()}: {_listed(letters, 'or')}? {example}")
            letter, value = letters[0], read
        elif read.value == "=" and read.args[0].head == "name":
            letter, value = read.args[0].value, read.args[1]
        else:
            raise refused(text, f"{piece.strip()} does not say where a letter starts. {example}")
        if letter not in letters:
            raise refused(text, f"There is no {letter} in the loss: it has {_listed(letters)}. {example}")
        if letter in known:
            raise refused(text, f"{letter} is given two starts. {example}")
        known[letter] = _number(value, text, f"the start of {letter}")
    missing = [letter for letter in letters if letter not in known]
    if missing:
        raise refused(text, f"No start is given for {_listed(missing)}. {example} For a letter that is to stay as it "
                            "is, put its number into the loss.")
    return tuple(known[letter] for letter in letters)


def read_rate(text: str) -> Amount:
    """A learning rate, which is more than 0."""
    found = _amount(text, "the rate")
    if found.number <= 0:
        raise refused(text, "The rate has to be more than 0: a step goes against the slope, and the rate says how far. "
                            "Type, for example, --rate 0.1.")
    return found


def read_rates(text: str) -> tuple[Amount, ...]:
    """Several rates to compare, with commas between them."""
    pieces = [piece for piece in re.split("[,;]", text) if piece.strip()]
    if not pieces:
        raise refused(text, "Give the rates to compare, as in --compare 0.1,0.5,1.1.")
    if len(pieces) > MOST_COMPARED:
        raise refused(text, f"Up to {MOST_COMPARED} rates can be compared at once.")
    return tuple(read_rate(piece) for piece in pieces)


MOST_COMPARED = 20


def read_momentum(text: str) -> Amount:
    """The share of its last change that each step keeps."""
    found = _amount(text, "the momentum")
    if not 0 <= found.number < 1:
        raise refused(text, "The momentum has to be at least 0 and less than 1: it is the share of the last change "
                            "that a step keeps. Type, for example, --momentum 0.9.")
    return found


def read_steps(text: str) -> int:
    """How many steps are to be made."""
    try:
        steps = int(text.replace(",", ""))
    except ValueError:
        steps = 0
    if not 1 <= steps <= MOST_STEPS:
        raise refused(text, f"The number of steps has to be a whole number from 1 to {MOST_STEPS:,}. Type, for "
                            "example, --steps 10.")
    return steps


def _amount(text: str, what: str) -> Amount:
    if not text.strip():
        raise refused(text, f"{what[0].upper()}{what[1:]} has to be a number, such as 0.1.")
    expression = parse(text)
    return Amount(expression, _number(expression, text, what))


def _number(value: Expression, text: str, what: str) -> Number:
    """The value of an expression without letters: a fraction where it is made of them, else a float."""
    if value.head in ("relation", "statements") or value.free:
        raise refused(text, f"{what[0].upper()}{what[1:]} has to be a number; {text.strip()} is not one.")
    try:
        try:
            (found,) = program_of([value], (), exact=True).at(())
        except NotExact:
            (found,) = program_of([value], ()).at(())
        float(found)
    except NotExact:
        raise refused(text, f"{value} is not a number that can be computed here.") from None
    except NO_VALUE:
        raise refused(text, f"{value} has no real value.") from None
    except OverflowError:
        raise refused(text, f"{value} is too large to compute with.") from None
    return found  # type: ignore[no-any-return]


def _listed(letters: Sequence[str], conjunction: str = "and") -> str:
    *before, last = letters
    return f"{', '.join(before)} {conjunction} {last}" if before else last


def is_exact(numbers: Sequence[Number]) -> bool:
    """Whether all of these are fractions."""
    return all(isinstance(each, Fraction) for each in numbers)

