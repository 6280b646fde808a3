"""What the token pass has made so far and what is still open: brackets, bars, and what it opened itself.

A `Frame` is one open thing. Typed brackets and bars are frames; so are the argument of a function without brackets,
what a `d/dx` without `[ ]` takes, and an integral that waits for its dx. A `Slot` is what the very next operand is
for: a function's argument, its exponent, a logarithm's base, a limit of an integral.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, NamedTuple

from tutor import limits
from tutor.errors import NotationError, Problem
from tutor.expression.bars import Pairs, paired_bars
from tutor.expression.lexemes import EXPONENT_ALONE, LATIN, SPACES
from tutor.expression.notes import MOST_RETYPED, Change, Note
from tutor.expression.spans import end_of_operand, end_of_sum
from tutor.expression.spelling import printable
from tutor.expression.tree import FUNCTIONS


class Token:
    """A token for the grammar: `type` and `value`, and the span of the text it stands for."""

    __slots__ = ("end_pos", "start_pos", "type", "value")
    line = column = end_line = end_column = 0  # Lark needs these attributes; we use only the spans

    def __init__(self, kind: str, value: Any, start: int, end: int) -> None:
        self.type, self.value, self.start_pos, self.end_pos = kind, value, start, end

    def __repr__(self) -> str:
        return f"Token({self.type!r}, {self.value!r}, {self.start_pos}, {self.end_pos})"


class Behind(NamedTuple):
    """Something to be typed behind an operand, whose end is known only when all tokens are made.

    place: the place in the output where the operand begins, closing brackets and a `*` before it not counted; of_sum:
    behind the whole sum that goes on there.
    """

    place: int
    text: str
    of_sum: bool = False


@dataclass
class Slot:
    """What the next operand is for."""

    kind: str  # "argument", "exponent", "base"; of an integral "lower", "caret" (between the limits), "upper"
    word: str  # as it was typed
    function: str  # as the tree calls it
    start: int
    end: int
    index: int  # of the function's token in the output
    raised: bool = False  # its exponent is there: sin^2 ...


@dataclass
class Leading:
    """A `d/dx` (or several in a row) that begins a problem: it takes all that follows, unless its end is clear.

    start, body: where it begins in the text, and what it takes; close: the place in the output where its brackets were
    closed before a + or -; brackets: how many; end: where in the text; doubts: notes on a derivative that ends there,
    which are said if it does; stays: it ends there.
    """

    start: int
    body: int
    close: int = -1
    brackets: int = 0
    end: int = -1
    doubts: list[Callable[[], None]] = field(default_factory=list)
    stays: bool = False


class Frame:
    """Something open. The defaults are those of a bracket that holds nothing special."""

    slot: Slot | None = None  # what the bracket becomes when it closes
    function: str = ""  # the known function whose arguments it holds
    word: str = ""  # that function as typed
    commas = 0
    holds_equation = False  # the bracket of at (x = 2)
    of_derivative = False  # the [ ] of d/dx [...]
    after = -1  # the ( ) of d(...)/dx: where the text goes on
    variable = ""  # divided: the variable whose dx stood in a numerator
    leading = False  # derivative: it begins a problem
    group_end = 0  # derivative: length of the output after a first bracket, d/dx (...)
    has_sum = False  # a + or - stands in it
    # Places in the current product, for quoting what is doubtful: the slash before the current divisor; the start of
    # the current power, its ^ and its exponent.
    slash = -1
    power = -1
    caret = -1
    exponent = -1
    # A bracketless argument that can be read in another way: where that one ends it, and how the text goes on.
    doubt = -1
    doubt_sign = ""
    joined = False

    def __init__(self, kind: str, start: int, end: int, first: int, parent: Frame | None) -> None:
        # "(" "[" "{" "|" are typed, "text" is the bottom; the pass opens "argument", "derivative", "integral", and
        # "divided" for an integral whose dx stood in a numerator.
        self.kind = kind
        self.start, self.end = start, end  # of what opened it
        self.atom = start  # of the operand that it becomes
        self.term = end  # of the current product
        self.first = first  # index in the output of the first token inside
        self.bracket: Frame = self if parent is None or kind in CLOSER else parent.bracket
        self.waiting: Frame | None = None  # the innermost integral in the same bracket that still waits for its dx
        if kind == "integral":
            self.waiting = self
        elif parent is not None and kind not in CLOSER:
            self.waiting = parent.waiting


CLOSER = {"(": ")", "[": "]", "{": "}", "|": "|"}
UNREAD = "?"  # the function that stands where a word cannot be read: it takes any arguments
_QUOTED = 40  # characters of a text that a message repeats
_ROOTS = {"√", "∛", "∜", "sqrt", "cbrt"}


class Brackets:
    """The output of the token pass, and the stack of what is open."""

    def __init__(self, text: str, functions: frozenset[str], is_problem: bool = False) -> None:
        self.text, self.functions, self.is_problem = text, functions, is_problem
        self.out: list[Token] = []
        self.notes: dict[str, Note] = {}  # by message, so that each is shown once
        self.others: dict[str, list[list[Change | Behind]]] = {}  # by message: the changes for each other reading
        self.problems: list[Problem] = []
        self.frame = Frame("text", 0, 0, 0, None)
        self.frames = [self.frame]
        self.operand = False  # does the last token end an operand?
        self.atom = 0  # where that operand begins
        self.slot: Slot | None = None
        self.last_word: Problem | None = None  # the problem with a word that was found last
        self.leading: Leading | None = None
        self.closings: dict[int, int] | None = None  # opening bracket -> closing one; None: not looked yet
        self.bars = paired_bars(text)
        self.last_bar: Frame | None = None  # the bars that closed last
        self.defined: set[str] | None = None  # the names that the text defines; None: not looked yet
        self.calls_h: bool | None = None  # does the text use h as a function? None: not looked yet

    # -- output ------------------------------------------------------------------------------------------------

    def emit(self, kind: str, value: Any, start: int, end: int) -> None:
        self.out.append(Token(kind, value, start, end))

    def problem(self, message: str, start: int, end: int) -> None:
        self.problems.append(Problem(message, start, max(end, start + 1)))

    def assume_operand(self, at: int) -> None:
        """After a problem: go on as if there were an operand."""
        self.out.append(Token("NAME", "x", at, at))
        self.frame.slash = self.frame.power = -1
        self.atom, self.operand = at, True

    def note(self, message: str, start: int, end: int, *others: Sequence[Change | Behind], usual: bool = False) -> None:
        """others: the changes of the text that give each of the other readings that the message tells of; usual:
        whether most people would read it so."""
        if message not in self.notes:
            self.notes[message] = Note(message, self.skip_spaces(start), end, usual=usual)
        if others and len(self.text) <= MOST_RETYPED:
            known = self.others.setdefault(message, [[] for _ in others])
            for changes, more in zip(known, others, strict=True):
                changes += more  # the same doubt in another place is resolved in the same way

    def finished_notes(self) -> list[Note]:
        """The notes in the order of the text, with the changes for the other readings in their places."""
        for message, others in self.others.items():
            placed = tuple(tuple(map(self.placed, changes)) for changes in others)
            self.notes[message] = self.notes[message]._replace(others=placed)
        return sorted(self.notes.values(), key=lambda note: note.start)

    def placed(self, change: Change | Behind) -> Change:
        if not isinstance(change, Behind):
            return change
        end = (end_of_sum if change.of_sum else end_of_operand)(self.out, change.place)
        return end, end, change.text

    def skip_spaces(self, at: int) -> int:
        begins = self.text[at:at + _QUOTED]
        return at + len(begins) - len(begins.lstrip(SPACES))

    def quote(self, start: int, end: int) -> str:
        """That part of the text as a message may repeat it: on one line, short, and without control characters."""
        part = self.text[start:end] if end - start <= _QUOTED else f"{self.text[start:start + _QUOTED]}..."
        return printable(" ".join(part.split()))

    # -- frames ------------------------------------------------------------------------------------------------

    def push(self, kind: str, start: int, end: int) -> Frame:
        if len(self.frames) > limits.NESTING:
            message = f"More than {limits.NESTING:,} brackets are open at one time."
            raise NotationError(self.text, [*self.problems, Problem(message, start, max(end, start + 1))])
        self.frame = Frame(kind, start, end, len(self.out), self.frame)
        self.frames.append(self.frame)
        return self.frame

    def pop(self) -> Frame:
        frame = self.frames.pop()
        self.frame = self.frames[-1]
        return frame

    def end_arguments(self) -> None:
        """Close the bracketless arguments that end here: before `*`, `/` and the next function."""
        while self.frame.kind == "argument":
            self.close_opened()

    def end_term(self) -> None:
        """Close what ends with the product that it stands in: bracketless arguments, `d/dx ...`, `∫ dx/x`."""
        while self.frame.kind in ("argument", "derivative", "divided"):
            self.close_opened()

    def close_opened(self) -> None:
        """Close the innermost frame, one that the pass opened itself."""
        frame, at = self.pop(), self.out[-1].end_pos
        if frame.kind == "argument":
            self.emit("RPAR", ")", at, at)
            self.check_arguments(frame)
            self.note_argument(frame, at)
        elif frame.kind == "derivative":
            if 0 < frame.group_end < len(self.out):
                self.note_group(frame, at)
            if frame.leading and self.leading is not None:
                self.leading.end = at
                self.leading.close = len(self.out) if self.leading.close < 0 else self.leading.close
                self.leading.brackets += 1
            self.emit("RSQB", "]", at, at)
        else:
            self.emit("RSQB", "]", at, at)
            self.emit("DX", frame.variable, at, at)
        self.atom, self.operand = frame.start, True

    def note_group(self, frame: Frame, at: int) -> None:
        """`d/dx (x^2)*3`: the brackets do not end the derivative."""
        operator, body = self.quote(frame.start, frame.end), self.quote(frame.end, at)
        start, end = self.out[frame.first].start_pos, self.out[frame.group_end - 1].end_pos
        if EXPONENT_ALONE.fullmatch(self.text, end, at):
            return  # nobody reads d/dx (x + 1)^2 as the square of a derivative
        self.doubt(frame, f"{operator} {body} is read as {operator} [{body}]; to differentiate only the brackets, type "
                   f"{operator} [...].", frame.start, at, [(start, start, "["), (end, end, "]")], usual=True)

    def doubt(self, frame: Frame, *note: Any, usual: bool = False) -> None:
        """Note where a derivative ends; for one that begins a problem, only if it turns out to end there."""
        if frame.leading and self.leading is not None:
            self.leading.doubts.append(partial(self.note, *note, usual=usual))
        else:
            self.note(*note, usual=usual)

    def open_integral(self, start: int, end: int) -> None:
        self.emit("LSQB", "[", end, end)
        self.push("integral", start, end)
        self.operand = False

    def end_integral(self, variable: str, start: int, end: int) -> None:
        """Close the integral that is the innermost frame."""
        frame = self.pop()
        self.emit("RSQB", "]", start, start)
        self.emit("DX", variable, start, end)
        self.atom, self.operand = frame.start, True

    def report_unclosed(self) -> None:
        """Close the innermost frame and report that it should have been closed."""
        frame = self.pop()
        if frame.kind == "integral":
            self.problem("This integral has no dx; end it with dx, as in int x^2 dx.", frame.start, frame.end)
        elif frame.kind == "|":
            self.problem("This | is never closed: another | is missing. For bars inside bars, type abs(...).",
                         frame.start, frame.start + 1)
        elif frame.kind in CLOSER:
            self.problem(f"This {frame.kind} is never closed: a {CLOSER[frame.kind]} is missing.",
                         frame.start, frame.start + 1)

    def end_statement(self) -> None:
        """Close everything that is open, and report what should have been closed."""
        while len(self.frames) > 1 and len(self.problems) < limits.ERRORS_SHOWN:
            if self.frame.kind in ("argument", "derivative", "divided"):
                self.close_opened()
            else:
                self.report_unclosed()

    # -- what stands between two operands ----------------------------------------------------------------------

    def before_operand(self, kind: str, start: int, end: int) -> None:
        """An operand begins, typed as text[start:end]: open the argument that it starts, or put a `*` before it.

        kind: "name" (a number too), "group" (a bracket or bar), or "function" (also d/dx and the integral sign).
        """
        if self.slot is not None:
            self.into_slot(self.slot, kind, start, end)
        if not self.operand:
            return
        while self.frame.kind == "argument" and not self.goes_on(self.frame, kind, start):
            self.close_opened()
        frame, last = self.frame, self.out[-1]
        if frame.slash >= 0:
            if last.end_pos == start or last.start_pos == last.end_pos:
                self.note_divisor(frame, kind, start, end)
        elif frame.power >= 0 and last.end_pos == start:
            self.note_exponent(frame, last, kind, start, end)
        self.next_factor()
        self.emit("TIMES_DIVIDE", "*", start, start)

    def next_factor(self) -> None:
        self.frame.slash = self.frame.power = -1
        self.operand = False

    def next_term(self, end: int) -> None:
        self.frame.term = end
        self.next_factor()

    def goes_on(self, frame: Frame, kind: str, start: int) -> bool:
        """Whether a bracketless argument takes the operand that begins at `start` too."""
        last = self.out[-1]
        if kind == "function" or last.type == "RBAR":
            return False  # sin x cos x; ln|x| y
        if kind == "name":
            if last.end_pos < start if last.type != "NUMBER" else _ROOTS.intersection((frame.word, frame.word[-1])):
                frame.doubt, frame.doubt_sign = last.end_pos, "*"  # sin x y; √2x
            return True
        if last.type != "NUMBER":
            frame.doubt, frame.doubt_sign = last.end_pos, "(...)"  # sin x(x + 1)
        return last.type == "NUMBER"

    def into_slot(self, slot: Slot, kind: str, start: int, end: int) -> None:
        """The operand at `start` is for a slot: it begins a function's argument; any other slot takes no function."""
        if slot.kind == "argument":
            self.slot = None
            self.emit("LPAR", "(", start, start)
            frame = self.push("argument", slot.start, start)
            frame.function, frame.word = slot.function, slot.word
            frame.joined = start == slot.end and kind == "name" and self.text[start - 1] in LATIN  # sinx, sin2x
        elif slot.kind == "caret" or kind == "function":
            self.report_slot(slot, start, end)

    def report_slot(self, slot: Slot, start: int, end: int) -> None:
        """What is at `start` cannot fill the slot; say what can, and go on as if it were filled."""
        self.slot = None
        self.assume_operand(start)
        if slot.kind == "argument":
            self.problem(f"{slot.word} needs something to act on, as in {slot.word}(x).", slot.end, slot.end + 1)
        elif slot.kind == "exponent":
            self.problem(f"The exponent of {slot.word} is a number, a name or something in brackets, as in "
                         f"{slot.word}^2(x).", start, end)
        elif slot.kind == "base":
            self.problem("The base of log is a number, a name or something in brackets, as in log_2(x).", start, end)
        else:
            if slot.kind == "caret" and not self.continues_a_limit(start):
                self.problem("An integral with a lower limit needs an upper one, as in int_0^1 x^2 dx.",
                             slot.start, slot.end)
            else:
                self.problem("An integral's limit is a number, a name or something in brackets, as in "
                             "int_0^(pi/2) x dx.", start, end)
            self.open_integral(slot.start, slot.end)

    def continues_a_limit(self, start: int) -> bool:
        return self.text[start:start + 1] in "/*+-"

    # -- notes -------------------------------------------------------------------------------------------------

    def note_argument(self, frame: Frame, at: int) -> None:
        """What a bracketless argument took in, if a person could doubt it."""
        word, start, inside = frame.word, frame.start, frame.end
        if frame.doubt < 0 and not frame.joined:
            return
        argument = self.quote(inside, at)
        if frame.doubt < 0:
            self.note(f"{self.quote(start, at)} is read as {word}({argument}).", start, at, usual=True)
        elif frame.doubt < at:  # it took more than it might have
            rest = self.quote(frame.doubt, at)
            self.note(f"{self.quote(start, at)} is read as {word}({argument}); for the other reading, type "
                      f"{word}({self.quote(inside, frame.doubt)}){frame.doubt_sign}{rest}.", start, at,
                      [(inside, inside, "("), (frame.doubt, frame.doubt, ")" + frame.doubt_sign.strip("(.)"))])
        else:  # it ended where it might have gone on
            more = frame.doubt_sign
            times = "*" if more == "(...)" else ""
            self.note(f"{self.quote(start, at)}{more} is read as {word}({argument}){times}{more}; for the other "
                      f"reading, type {word}({argument}{more}).", start, at,
                      [(inside, inside, "("), Behind(len(self.out), ")")])

    def note_bars(self) -> None:
        """Bars inside bars, if there is another way to pair them."""
        bars = self.bars
        if bars is None or (bars.plain and not bars.other):
            return
        start, end = bars.pairs[0][0], max(end for _, end in bars.pairs) + 1
        shown = self.quote(start, end)
        read = self.quoted_with_abs(bars.pairs, start, end)
        if not bars.plain:
            self.note(f"{shown} is read as {read}.", start, end, usual=True)
        else:
            other = self.quoted_with_abs(bars.other, start, end)
            self.note(f"{shown} is read as {read}; for the other reading, type {other}.", start, end,
                      self.with_abs(bars.other))

    def with_abs(self, pairs: Pairs) -> list[Change]:
        """The changes that write bars as abs(...)."""
        opening = [(place, place + 1, " abs(" if self.text[place - 1:place] in LATIN else "abs(") for place, _ in pairs]
        return sorted(opening + [(place, place + 1, ")") for _, place in pairs])

    def quoted_with_abs(self, pairs: Pairs, start: int, end: int) -> str:
        """A part of the text with its bars written as abs(...)."""
        out, done = "", start
        for place, stop, instead in self.with_abs(pairs):
            out, done = out + self.text[done:place] + instead, stop
        return printable(" ".join((out + self.text[done:end]).split()))

    def check_arguments(self, frame: Frame) -> None:
        """Check that a known function has the right number of arguments."""
        if frame.function == UNREAD:
            return
        fewest, most = FUNCTIONS.get(frame.function, (1, 1))
        given = frame.commas + 1
        if not fewest <= given <= most:
            several = "two or more arguments" if given < fewest else f"at most {most:,} arguments"
            wanted = {1: "one argument", 2: "one or two arguments"}.get(most, several)
            self.problem(f"{frame.word} takes {wanted}, but here it has {given}.",
                         frame.atom, frame.atom + len(frame.word))
        elif frame.function == "log" and given == 1:
            end = frame.atom + len(frame.word)
            self.note("log without a base is read as the natural logarithm, ln; for another base, type log_10(x).",
                      frame.atom, end, [(frame.atom, end, "log_10 ")])

    def note_divisor(self, frame: Frame, kind: str, start: int, end: int) -> None:
        """Note `1/2x`: what is joined to a divisor does not belong to the denominator."""
        done, piece = self.quote(frame.term, self.out[-1].end_pos), self.piece(kind, start, end)
        top, bottom = self.quote(frame.term, frame.slash), self.quote(frame.slash + 1, start)
        gap = " " if self.out[-1].end_pos < start else ""
        self.note(f"{done}{gap}{piece} is read as ({done})·{piece}; for the other reading, type "
                  f"{top}/({bottom}{gap}{piece}).", frame.term, end, self.bracketed(frame.slash + 1))

    def note_exponent(self, frame: Frame, last: Token, kind: str, start: int, end: int) -> None:
        """Note `e^2x`, where what is joined to an exponent does not belong to it, and `f^2(x)`."""
        done, piece = self.quote(frame.power, start), self.piece(kind, start, end)
        base, exponent = self.quote(frame.power, frame.caret), self.quote(frame.exponent, start)
        if kind == "name" and last.type in ("NUMBER", "NAME", "CONSTANT") and piece != "e":
            self.note(f"{done}{piece} is read as ({done})·{piece}; for the other reading, type "
                      f"{base}^({exponent}{piece}).", frame.power, end, self.bracketed(frame.exponent))
        elif kind == "group" and base.rstrip("'") in self.functions:
            self.note(f"{done}{piece} is read as the product {done}·{piece}; for a power of what {base} gives, type "
                      f"{base}(x)^{exponent}.", frame.power, end,
                      [(frame.caret, start, ""), Behind(len(self.out), f"^{exponent}")])

    def bracketed(self, start: int) -> list[Change | Behind]:
        """The changes that put text[start:] in brackets, up to where the next operand ends."""
        start = self.skip_spaces(start)
        return [(start, start, "("), Behind(len(self.out), ")")]

    def piece(self, kind: str, start: int, end: int) -> str:
        typed = self.quote(start, end)
        if kind == "group":
            return f"{typed}...{CLOSER[typed]}"
        return f"{typed}(...)" if kind == "function" else typed
