"""What the functions of the token pass hand to each other: the tokens so far, what is open, what comes next.

    state = State("sin(2x", UNKNOWN_FUNCTIONS, False)
    state.frame.kind        # "text": nothing is open yet; later "(", whose frame.function is "sin"

A `Frame` is one open thing. Typed brackets and bars are frames; so are the argument of a function without brackets,
what a `d/dx` without `[ ]` takes, and an integral that waits for its dx. A `Slot` is what the very next operand is
for: a function's argument, its exponent, a logarithm's base, a limit of an integral.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tutor import limits
from tutor.errors import NotationError
from tutor.expression.facts import Facts
from tutor.expression.leading import Leading
from tutor.expression.remarks import Remarks
from tutor.expression.subscripts import NOTHING_KNOWN, Known


class Token:
    """A token for the grammar: `type` and `value`, and the span of the text it stands for."""

    __slots__ = ("end_pos", "start_pos", "type", "value")
    line = column = end_line = end_column = 0  # Lark needs these attributes; we use only the spans

    def __init__(self, kind: str, value: Any, start: int, end: int) -> None:
        self.type, self.value, self.start_pos, self.end_pos = kind, value, start, end

    def __repr__(self) -> str:
        return f"Token({self.type!r}, {self.value!r}, {self.start_pos}, {self.end_pos})"


@dataclass
class Slot:
    """What the next operand is for."""

    kind: str  # "argument", "exponent", "base"; of an integral "lower", "caret" (between the limits), "upper"
    word: str  # as it was typed
    function: str  # as the tree calls it
    start: int
    end: int
    index: int  # of the function's token
    raised: bool = False  # its exponent is there: sin^2 ...


CLOSING_BRACKET = {"(": ")", "[": "]", "{": "}", "|": "|"}


class Frame:
    """Something open. The defaults are those of a bracket that holds nothing special."""

    slot: Slot | None = None  # what the bracket becomes when it closes
    function: str = ""  # the known function whose arguments it holds
    word: str = ""  # that function as typed
    commas = 0
    holds_equation = False  # the bracket of at (x = 2), and what follows at x = 2 without one
    is_tuple = False  # a comma separates its components
    holds_cases = False  # the { } of {x^2 if x < 1; 2x otherwise}
    in_condition = False  # of a case, behind its if
    comparisons = 0  # in that condition
    is_rest = False  # the case has no condition: behind otherwise, or before it
    of_derivative = False  # the [ ] of d/dx [...]
    after = -1  # where the text goes on behind it: known of the ( ) of d(...)/dx, and of bars that have closed
    variable = ""  # divided: the variable whose dx stood in a numerator; summation: its index
    leading = False  # derivative: it begins a problem
    group_end = 0  # derivative: number of tokens after a first bracket, d/dx (...)
    last_bars: Frame | None = None  # the bars in it that closed last
    # For quoting what is doubtful: whether a + or - stands in it, and places in its current product: the slash before
    # the current divisor; the start of the current power, its ^ and its exponent.
    has_sum = False
    slash = -1
    power = -1
    caret = -1
    exponent = -1
    # A bracketless argument that can be read in another way: where that one ends it, and how the text goes on.
    doubt = -1
    doubt_sign = ""
    joined = False  # its first name or number is joined to the function: sinx, sin2x

    def __init__(self, kind: str, start: int, end: int, first: int, parent: Frame | None) -> None:
        # "(" "[" "{" "|" are typed, "text" is the bottom; the pass opens "argument", "derivative", "integral",
        # "limit", "limit of" for one whose variable is told behind it, "summation", and "divided" for an integral whose
        # dx stood in a numerator.
        self.kind = kind
        self.start, self.end = start, end  # of what opened it
        self.atom = start  # of the operand that it becomes
        self.term = end  # of the current product
        self.first = first  # index of the first token inside
        self.parent: Frame = parent or self  # what it stands in
        self.depth: int = parent.depth + 1 if parent else 0
        self.bracket: Frame = self if parent is None or kind in CLOSING_BRACKET else parent.bracket
        self.waiting: Frame | None = None  # the innermost integral in the same bracket that still waits for its dx
        if kind == "integral":
            self.waiting = self
        elif parent is not None and kind not in CLOSING_BRACKET:
            self.waiting = parent.waiting


class State:
    """Where the pass is; nothing else is shared between its functions. `note`, `problem` and `quote` are those of
    `remarks`."""

    def __init__(self, text: str, functions: frozenset[str], is_problem: bool, lists: Known = NOTHING_KNOWN,
                 outer: State | None = None) -> None:
        self.text, self.functions, self.is_problem = text, functions, is_problem
        self.facts: Facts = Facts(text, lists, outer.facts if outer is not None else None)
        self.bound: list[str] = [] if outer is None else list(outer.bound)  # the indices of the sums that are open
        self.remarks = Remarks(text)
        self.note, self.problem, self.quote = self.remarks.note, self.remarks.problem, self.remarks.quote
        self.has_open_sum = False  # is there a sum without bounds?
        self.tokens: list[Token] = []
        self.operand = False  # does the last token end an operand?
        self.atom = 0  # where that operand begins
        self.slot: Slot | None = None
        self.frame = Frame("text", 0, 0, 0, None)  # the innermost one
        self.leading: Leading | None = None

    def emit(self, kind: str, value: Any, start: int, end: int) -> None:
        self.tokens.append(Token(kind, value, start, end))

    def assume_operand(self, at: int) -> None:
        """After a problem: go on as if there were an operand."""
        self.emit("NAME", "x", at, at)
        self.next_factor()
        self.atom, self.operand = at, True

    def next_factor(self) -> None:
        """Another factor of the current product comes next."""
        self.frame.slash = self.frame.power = -1
        self.operand = False

    def next_term(self, end: int) -> None:
        """Another product begins at `end`."""
        self.frame.term = end
        self.next_factor()

    def push(self, kind: str, start: int, end: int) -> Frame:
        """Open a frame, for what is typed as text[start:end]."""
        if self.frame.depth >= limits.NESTING:
            self.problem(f"More than {limits.NESTING:,} brackets are open at one time.", start, end)
            raise NotationError(self.text, self.remarks.problems)
        self.frame = Frame(kind, start, end, len(self.tokens), self.frame)
        return self.frame

    def pop(self) -> Frame:
        """Take the innermost frame away."""
        frame = self.frame
        self.frame = frame.parent
        return frame
