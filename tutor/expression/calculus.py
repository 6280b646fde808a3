"""Derivatives and integrals: the part of the token pass that knows `d/dx`, `dy/dx`, `int ... dx` and `at`."""

from __future__ import annotations

import re

from tutor import limits
from tutor.expression import lexemes
from tutor.expression.brackets import CLOSER, Frame, Leading, Slot
from tutor.expression.lexemes import DIGITS, SPACES, SUPERSCRIPTS
from tutor.expression.names import CONSTANT_WORDS, FUNCTION_WORDS, GREEK_LETTER, canonical_name
from tutor.expression.operators import Operators
from tutor.expression.spans import CLOSING, OPENING
from tutor.expression.words import run_could_be_word

AT_FACTOR = "at (...) applies only to the factor right before it; to include more, put that in brackets."
_LIMITS = ("lower", "caret", "upper")


class Calculus(Operators):
    """The token pass over the words and signs of calculus."""

    def calculus(self, start: int, end: int) -> int | None:
        """`d/dx`, `dy/dx` or the `dx` of an integral, in a run that ends at `end`; None if it is a letter d."""
        match = lexemes.DERIVATIVE.match(self.text, start)
        if match is not None:
            return self.derivative(match)
        if self.is_problem and (bare := lexemes.WITHOUT_LETTER.match(self.text, start)):
            self.problem(f"{self.quote(start, bare.end())} needs a variable, as in d/dx [x^2].",
                         start, bare.end())
        around = lexemes.DIFFERENTIAL_OF.match(self.text, start) if start + 1 == end else None
        below = around and lexemes.BELOW.match(self.text, self.closing(around.start("open")) + 1)
        if around and below:
            return self.derivative_around(around, below)
        if (self.slot is not None and self.slot.kind in _LIMITS
                and lexemes.DIFFERENTIAL.fullmatch(self.text, start, end)):
            self.report_slot(self.slot, start, end)
        if self.frame.waiting is not None and lexemes.DIFFERENTIAL.fullmatch(self.text, start, end):
            return self.differential(self.frame.waiting, start, end)
        last = self.out[-1] if self.out else None
        if last is not None and last.value == "/" and lexemes.DIFFERENTIAL.fullmatch(self.text, start, end):
            raw = self.text[start:end]
            self.problem(f"What is differentiated comes after d/{raw}, as in d/{raw} [x^2].",
                         last.start_pos, end)
        return None

    def begins_calculus(self, start: int, end: int) -> bool:
        """Whether the d at `start`, in a run that ends at `end`, is that of a derivative or of an integral's dx."""
        waiting = self.frame.waiting is not None or (self.slot is not None and self.slot.kind in _LIMITS)
        return bool(lexemes.DERIVATIVE.match(self.text, start)
                    or (waiting and lexemes.DIFFERENTIAL.fullmatch(self.text, start, end)))

    def derivative(self, match: re.Match[str]) -> int:
        start, end = match.span()
        symbol, of = match["symbol"], match["of"]
        variable, above, end = self.operator_of(match, match, of, start, end)
        if match["subscript"] and match["subscript"][0] in DIGITS:
            digits = match.start("subscript")
            self.note(f"{self.quote(start, end)} is read as the derivative with respect to {variable}; for "
                      f"d/d{match['variable']}, put a space before the number.", start, end, [(digits, digits, " ")])
        elif match["apart"]:
            self.note(f"{self.quote(start, end)} is read as {symbol}/{symbol}{variable}.", start, end, usual=True)
        if of and self.is_problem and canonical_name(of) != variable and not self.is_defined(canonical_name(of)):
            self.problem(f"{of} is not defined here: type {symbol}/{symbol}{variable} [...], or begin with {of} = ...;",
                         start, end)
        end = max(end, self.refuse_word_below(match["variable"], match["subscript"] or "", match.end("subscript")) or 0)
        leading = self.leads(of, start, end)
        self.before_operand("function", start, end)
        if of:
            self.emit("DERIVATIVE_OF", (symbol, variable, above, canonical_name(of)), start, end)
            self.atom, self.operand = start, True
            return end
        self.emit("DERIVATIVE", (symbol, variable, above), start, end)
        self.operand = False
        if not lexemes.OPENING_SQUARE.match(self.text, end):
            self.emit("LSQB", "[", end, end)
            self.push("derivative", start, end).leading = leading
        return end

    def is_defined(self, name: str) -> bool:
        """Whether a statement of the text defines a letter or a function, as y = x^2 does."""
        if self.defined is None:
            self.defined = {canonical_name(match["name"], match["subscript"] or "")
                            for match in lexemes.DEFINED.finditer(self.text)}
        return name in self.defined

    def refuse_word_below(self, letter: str, subscript: str, end: int) -> int | None:
        """Report a subscript that is a word, of which only the first letter would be read: `y_hat`, `w_new`. Where the
        word ends; None if it is none."""
        word = lexemes.LETTERS.match(self.text, end - 1)
        if word is None or not subscript.startswith("_") or len(word[0]) < 3:
            return None
        run = word[0]
        if run not in FUNCTION_WORDS and run not in GREEK_LETTER and not run_could_be_word(run):
            return None
        self.problem(f"{letter}_{run}: put a subscript of several letters in braces, as in {letter}_{{{run}}}.",
                     end - 2 - len(letter), word.end())
        return word.end()

    # -- a derivative that begins a problem --------------------------------------------------------------------

    def leads(self, of: str | None, start: int, end: int) -> bool:
        """Whether a derivative begins a problem, or follows the d/dx that does; one elsewhere ends that at its plus."""
        closed = of or lexemes.OPENING_SQUARE.match(self.text, end)
        frame = self.frame
        if self.is_problem and not closed and not self.operand and self.slot is None:
            if frame.kind == "text" and len(self.out) == frame.first:
                self.leading = Leading(start, end)
                return True
            if frame.leading and len(self.out) == frame.first and self.leading is not None:
                self.leading.body = end
                return True
        self.other_derivative()
        return False

    def other_derivative(self) -> None:
        """There is another derivative, at the level of the one that begins the problem if it is in no bracket."""
        if self.leading is not None and self.frame.bracket.kind == "text":
            self.leading.stays = True

    def end_statement(self) -> None:
        """A d/dx that begins a problem takes all of the statement, up to `at x = ...`."""
        super().end_statement()
        leading, self.leading = self.leading, None
        if leading is None:
            return
        end = self.end_of_leading(leading)
        if end < 0:
            for doubt in leading.doubts:
                doubt()
            return
        out, notes = self.out, self.notes
        brackets = out[leading.close:leading.close + leading.brackets]
        out[leading.close:end] = out[leading.close + leading.brackets:end] + brackets
        last = out[end - leading.brackets - 1].end_pos
        operator, body = self.quote(leading.start, leading.body), self.quote(leading.body, last)
        first, rest = self.quote(leading.body, leading.end), self.quote(leading.end, last)
        begins = self.skip_spaces(leading.body)
        notes.pop(AT_FACTOR, None)
        if lexemes.EXPONENT_ALONE.fullmatch(self.text, leading.end, last):
            return  # nobody reads d/dx (x + 1)^2 as the square of a derivative
        self.note(f"{operator} {body} is read as {operator} [{body}]; for the other reading, type "
                  f"{operator} [{first}] {rest}.", leading.start, last,
                  [(begins, begins, "["), (leading.end, leading.end, "]")], usual=True)

    def end_of_leading(self, leading: Leading) -> int:
        """The place in the output up to which it takes all; -1 if it ends where it was closed."""
        if leading.stays or leading.close < 0:
            return -1
        out, place = self.out, leading.close + leading.brackets
        end, depth = len(out), 0
        while place < len(out):  # a point counts only at the end; anything after it would be left over
            kind = out[place].type
            if depth == 0 and kind == "AT":
                end = min(end, place)
            elif depth == 0 and (kind == "RELATION" or (end < place and kind in ("PLUS_MINUS", "TIMES_DIVIDE"))):
                return -1
            depth += (kind in OPENING) - (kind in CLOSING)
            place += 1
        return end if end > leading.close + leading.brackets else -1

    def operator_of(self, top: re.Match[str], bottom: re.Match[str], of: str | None, start: int,
                    end: int) -> tuple[str, str, int]:
        """The variable and the order of a derivative, examined, and where it ends."""
        variable = canonical_name(bottom["variable"], bottom["subscript"] or "")
        above, below = _order(top["order"]), _order(bottom["order_below"])
        if above != below:
            another = lexemes.NEXT_VARIABLE.match(self.text, end)
            if another is not None:
                end = another.end()
                self.problem("A mixed derivative is typed one letter at a time: ∂/∂x [∂/∂y [...]].", start, end)
            else:
                self.problem(f"The orders differ: {above} above and {below} below. Type d^2/dx^2.", start, end)
        if above[0] in DIGITS and not (len(above) < 4 and 1 <= int(above) <= limits.DERIVATIVE_ORDER):
            self.problem(f"The order of a derivative has to be a number from 1 to {limits.DERIVATIVE_ORDER}.",
                         start, end)
        for letter in (variable, of):
            if letter in CONSTANT_WORDS:
                self.problem(f"{letter} is a constant and cannot be used in a derivative; choose another letter.",
                             start, end)
        return variable, above, end

    def derivative_around(self, top: re.Match[str], bottom: re.Match[str]) -> int:
        """`d(x^2)/dx`: what is differentiated stands in the numerator."""
        start, end = top.start(), bottom.end()
        variable, above, _ = self.operator_of(top, bottom, None, start, end)
        self.other_derivative()
        self.before_operand("function", start, top.end())
        self.emit("DERIVATIVE", (top["symbol"], variable, above), start, top.start("open"))
        self.emit("LSQB", "[", top.start("open"), top.end())
        frame = self.push(top["open"], top.start("open"), top.end())
        frame.of_derivative, frame.atom, frame.after = True, start, end
        self.operand = False
        return top.end()

    def closing(self, opening: int) -> int:
        """Where the bracket closes that opens there; the end of the text if it does not."""
        if self.closings is None:
            self.closings, opened = {}, []
            for place, sign in enumerate(self.text):
                if sign in "([{":
                    opened.append(place)
                elif sign in ")]}" and opened:
                    self.closings[opened.pop()] = place
        return self.closings.get(opening, len(self.text))

    def integral(self, start: int, end: int) -> int:
        """An integral sign, with or without limits, opens an integrand that waits for its dx."""
        self.before_operand("function", start, end)
        self.emit("INTEGRAL", "int", start, end)
        self.operand = False
        match = lexemes.LIMITS.match(self.text, end)
        if match is None:
            self.open_integral(start, end)
            return end
        self.emit("LPAR", "(", end, end)
        self.slot = Slot("lower", "int", "", start, match.end(), len(self.out))
        if match["digits"]:
            return self.number(canonical_name("", match["digits"])[1:], match.start("digits"), match.end())
        return match.end()

    def differential(self, integral: Frame, start: int, end: int) -> int:
        """The dx of `integral`, the innermost one that waits for it."""
        subscript = lexemes.SUBSCRIPT.match(self.text, end)
        tail = subscript[0] if subscript else ""
        variable = canonical_name(self.text[start + 1:end], tail)
        if variable in CONSTANT_WORDS:
            self.problem(f"{variable} is a constant and cannot be integrated over; choose another letter.", start, end)
        divided = lexemes.DIVIDED.match(self.text, end + len(tail))
        if len(self.out) == integral.first or (divided and not self.operand and self.out[-1].value == "*"):
            self.emit("NUMBER", "1", start, start)  # ∫ dx, ∫ 2*dx/x
            self.operand = True
        self.complete(self.text[start:end], start, end)
        self.end_term()
        if divided:  # ∫ dx/x: the rest of the product is still under the integral
            integral.kind, integral.variable = "divided", variable
            integral.waiting = self.frames[-2].waiting
        else:
            self.end_integral(variable, start, end + len(tail))
        return end + len(tail)

    def at(self, in_brackets: bool, start: int, end: int) -> int:
        """`at (x = 2)` belongs to what stands before it, `at x = 2` to the whole statement."""
        self.complete("at", start, end)
        self.end_term()
        if in_brackets:
            frame = self.frame
            if frame.power >= 0:
                self.atom = frame.power
            before = self.text[max(frame.term, self.atom - 20):self.atom]
            if frame.has_sum or before.strip(SPACES + "-−"):
                self.note(AT_FACTOR, start, end)
            self.emit("AT", "at", start, end)
        else:
            if self.frame.kind in CLOSER:
                self.problem("Inside brackets, at needs brackets of its own, as in at (x = 2).", start, end)
                self.frame.holds_equation = True
            else:
                self.end_statement()
            self.emit("AT_END", "at", start, end)
        self.next_term(end)
        return end


def _order(typed: str | None) -> str:
    """The order of a derivative: digits or a name."""
    if not typed:
        return "1"
    if typed[0] != "^":
        return "".join(SUPERSCRIPTS[letter] for letter in typed)
    order = typed[1:].strip(SPACES)
    if order[0] in "({":
        order = order[1:-1].strip(SPACES)
    name = lexemes.INDEXED.fullmatch(order)
    return canonical_name(name["name"], name["subscript"] or "") if name else order


