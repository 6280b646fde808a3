"""Numbers, names, operators and brackets: the part of the token pass that needs no words.

Every reading here is decided by what stands to the left; what a person could read in another way gets a note.
"""

from __future__ import annotations

import unicodedata
from math import gcd

from tutor import limits
from tutor.expression import lexemes
from tutor.expression.brackets import CLOSER, Behind, Brackets, Frame, Slot, Token
from tutor.expression.lexemes import DIGITS, LEXEME, OPERATORS, PIECE, SPACES, SUPERSCRIPTS
from tutor.expression.names import FUNCTION_WORDS, INVERSE

_TYPE = {"(": "LPAR", ")": "RPAR", "[": "LSQB", "]": "RSQB", "^": "CIRCUMFLEX", "*": "TIMES_DIVIDE",
         "/": "TIMES_DIVIDE", ",": "COMMA", ";": "SEMICOLON"}


class Operators(Brackets):
    """The token pass over what is not a word."""

    # -- operands ----------------------------------------------------------------------------------------------

    def leaf(self, kind: str, value: str, start: int, end: int) -> None:
        """A number or a name."""
        if self.operand or self.slot is not None:
            self.before_operand("name", start, end)
        self.out.append(Token(kind, value, start, end))
        self.atom = start
        self.operand = True
        if self.slot is not None:
            self.fill(self.slot, end)

    def number(self, raw: str, start: int, end: int) -> int:
        if self.operand:
            last = self.out[-1]
            if last.type == "NUMBER":
                self.after_number(last, raw, start, end)
            else:
                left, right = self.quote(self.atom, last.end_pos), self.quote(start, end)
                self.note(f"{self.quote(self.atom, end)} is read as {left}·{right}; for a power, type {left}^{right}.",
                          self.atom, end, [(last.end_pos, start, "^")])
        if len(raw) > limits.LITERAL_EXPONENT_DIGITS:
            mantissa, _, exponent = raw.replace("E", "e").partition("e")
            if len(mantissa) > limits.LITERAL_DIGITS or len(exponent.lstrip("+-0")) > limits.LITERAL_EXPONENT_DIGITS:
                self.problem(f"This number is too long: a number has at most {limits.LITERAL_DIGITS:,} digits, and "
                             f"{limits.LITERAL_EXPONENT_DIGITS} after an e.", start, end)
        if ("e-" in raw or "e+" in raw) and len(raw) < 20:
            mantissa, _, exponent = raw.partition("e")
            sum_with_e = f"{mantissa}*e {exponent[0]} {exponent[1:]}"
            self.note(f"{raw} is read as one number, {mantissa}·10^{exponent.lstrip('+')}; for the constant e, type "
                      f"{sum_with_e}.", start, end, [(start, end, sum_with_e)])
        self.leaf("NUMBER", raw, start, end)
        return end

    def after_number(self, last: Token, raw: str, start: int, end: int) -> None:
        """Two numbers in a row are a product where the first is an exponent; else nobody knows."""
        done, typed = self.text[last.start_pos:last.end_pos], self.quote(last.start_pos, end)
        if self.is_raised() and (last.end_pos < start or done[-1:] in SUPERSCRIPTS):
            if done[-1:] not in SUPERSCRIPTS:
                power = self.quote(max(self.frame.power, 0), last.end_pos)
                self.note(f"{power} {raw} is read as {power}·{raw}.", max(self.frame.power, 0), end, usual=True)
            return
        bar = lexemes.FRACTION_BAR.match(self.text, end)
        message = "There are two numbers side by side: put an operator between them, as in 2*3."
        if last.end_pos < start and DIGITS.issuperset(done + raw) and len(typed) < 20:
            if bar is not None:
                fraction = f"{raw}/{bar['below']}"
                start, end = last.start_pos, bar.end()
                message = (f"{done} {fraction} can mean two things: for the mixed number, type ({done} + {fraction}); "
                           f"for a product, type {done}*{fraction}.")
            elif len(raw) == 3:
                message = (f"There are two numbers side by side: for one number, type {done}{raw}; for a product, type "
                           f"{done}*{raw}.")
        self.problem(message, start, end)

    def is_raised(self) -> bool:
        """Whether the last token is a whole exponent, with its sign or without."""
        before = self.out[-3:-1]
        if before and before[-1].value == "-":
            before.pop()
        return bool(before) and before[-1].type == "CIRCUMFLEX"

    def fraction(self, raw: str, start: int, end: int) -> int:
        """`½`, and the mixed number `2½`."""
        above, below = unicodedata.normalize("NFKC", raw).split("⁄")
        last = self.out[-1] if self.out else None
        begin, whole = start, ""
        if (last is not None and self.operand and last.type == "NUMBER" and last.end_pos > last.start_pos
                and self.text[last.start_pos] not in SUPERSCRIPTS and not (self.is_raised() and last.end_pos < start)):
            begin, whole = last.start_pos, self.out.pop().value
            self.note(f"{self.quote(begin, end)} is read as {whole} + {above}/{below}.", begin, end, usual=True)
            if not DIGITS.issuperset(whole):
                self.problem("There are two numbers side by side: put an operator between them, as in 2*3.", start, end)
        elif self.operand or self.slot is not None:
            self.before_operand("name", start, end)
        self.emit("LPAR", "(", begin, begin)
        if whole:
            self.emit("NUMBER", whole, begin, start)
            self.emit("PLUS_MINUS", "+", start, start)
        for kind, value in (("NUMBER", above), ("TIMES_DIVIDE", "/"), ("NUMBER", below)):
            self.emit(kind, value, start, end)
        self.emit("RPAR", ")", end, end)
        self.atom, self.operand = begin, True
        if self.slot is not None:
            self.fill(self.slot, end)
        return end

    def fill(self, slot: Slot, end: int) -> None:
        """The operand that has just ended fills a slot; set what comes next."""
        self.slot, self.operand = None, False
        if slot.kind == "exponent":
            self.invert(slot, end)
        if slot.kind in ("exponent", "base"):
            slot.raised = slot.kind == "exponent"
            slot.kind, slot.word, slot.end = "argument", self.quote(slot.start, end), end
            self.slot = slot
        elif slot.kind == "lower":
            slot.kind, slot.end = "caret", end
            self.slot = slot
        else:
            self.emit("RPAR", ")", end, end)
            self.open_integral(slot.start, end)
            self.note_short_limit(slot, end)

    def note_short_limit(self, slot: Slot, end: int) -> None:
        """`int_0^2pi`: only the 2 is the limit."""
        following = LEXEME.match(self.text, end)
        if following is None or self.text[end - 1] in SUPERSCRIPTS:
            return
        piece = following[0]
        if piece == "π" or (piece[0] not in SPACES and following.lastgroup in ("word", "number")
                            and piece not in FUNCTION_WORDS):
            limit, more = self.quote(slot.end, end), self.quote(end, following.end())
            self.note(f"{limit} is read as the upper limit, and {more} as part of the integrand; for a longer "
                      f"limit, type ^({limit}{more}).", slot.start, following.end(),
                      [(slot.end, slot.end, "("), (following.end(), following.end(), ")")])

    def invert(self, slot: Slot, end: int) -> None:
        """`sin^-1`: the inverse function."""
        exponent = [token.value for token in self.out[slot.index + 1:slot.index + 7]
                    if token.type not in ("CIRCUMFLEX", "LPAR", "RPAR")]
        if exponent != ["-", "1"]:
            return
        word = slot.word
        if slot.function in INVERSE:
            del self.out[slot.index:]
            self.emit("FUNCTION", INVERSE[slot.function], slot.start, end)
            self.note(f"{word}^-1 is read as the inverse function, arc{word}; for 1/{word}, type 1/{word}(x).",
                      slot.start, end, [(slot.start, slot.start, "(1/"), (slot.end, end, ""), Behind(slot.index, ")")])
        else:
            self.note(f"{word}^-1 is read as a power, 1/{word}(...).", slot.start, end, usual=True)

    # -- operators ---------------------------------------------------------------------------------------------

    def plus_minus(self, sign: str, start: int, end: int) -> None:
        if self.operand:
            if self.frame.kind != "text":
                self.end_arguments()
                if self.frame.kind == "derivative":
                    self.note_sum_after_derivative(self.frame, sign, start, end)
                self.end_term()
            self.frame.has_sum = True
            self.frame.term = end
            self.frame.slash = self.frame.power = -1
            self.operand = False
            self.out.append(Token("PLUS_MINUS", sign, start, end))
            return
        begins = self.slot is not None or (self.frame.kind == "derivative" and len(self.out) == self.frame.first)
        if sign == "+":  # a plus that adds to nothing says nothing
            if begins:
                self.complete("+", start, end)
                self.plus_minus(sign, start, end)
            return
        if self.slot is not None:
            self.note_lost_exponent(self.slot, start, end)
            self.before_operand("name", start, start)
            if self.slot is not None and self.slot.kind == "base":
                self.complete(sign, start, end)
            if self.frame.kind == "argument" and self.text[end:end + 1] in SPACES:
                self.frame.joined = True  # sin - x
        self.emit("MINUS", "-", start, end)

    def note_lost_exponent(self, slot: Slot, start: int, end: int) -> None:
        """`sin-1 x`: the -1 stood raised before it was copied from somewhere."""
        if slot.function in INVERSE and slot.end == start and lexemes.ONE.match(self.text, end):
            word = slot.word
            self.note(f"{word}-1 is read as {word}(-1...); for the inverse function, type {word}^-1.",
                      slot.start, end + 1, [(start, start, "^")])

    def note_sum_after_derivative(self, frame: Frame, sign: str, start: int, end: int) -> None:
        """`d/dx x^2 + 3x`: the derivative ends before the plus. Whoever goes on with another d/dx knows that."""
        gap = lexemes.GAP.match(self.text, end)
        if gap is None or not lexemes.DERIVATIVE.match(self.text, gap.end()):
            operator, body = self.quote(frame.start, frame.end), self.quote(frame.end, start)
            first = self.skip_spaces(frame.end)
            self.doubt(frame, f"{operator} {body} {sign} ... is read as {operator} [{body}] {sign} ...; to "
                       f"differentiate the whole sum, type {operator} [{body} {sign} ...].", frame.start, end,
                       [(first, first, "["), Behind(len(self.out), "]", of_sum=True)])

    def times(self, sign: str, start: int, end: int) -> None:
        self.complete(sign, start, end)
        frame = self.frame
        if frame.kind == "argument":
            if (sign == "/" or self.out[-1].type == "NUMBER") and self.joined(start, end):
                frame.doubt, frame.doubt_sign = self.out[-1].end_pos, f"{sign}..."  # sin x/2, sin 2*x
            self.end_arguments()
            frame = self.frame
        if sign == "/":
            if frame.slash >= 0:
                done = self.quote(frame.term, start)
                self.note(f"{done}/... is read from the left, as ({done})/...", frame.term, end, usual=True)
            elif frame.power >= 0:
                self.note_divided_power(frame, start, end)
            frame.slash = start
        else:
            frame.slash = -1
        frame.power = -1
        self.operand = False
        self.out.append(Token("TIMES_DIVIDE", sign, start, end))

    def joined(self, start: int, end: int) -> bool:
        """Whether no space stands on either side of text[start:end], and no function follows."""
        if self.out[-1].end_pos != start:
            return False
        following = PIECE.match(self.text, end)
        after = self.text[end:end + 1]
        return after != "" and after not in SPACES and not (following and following[0] in FUNCTION_WORDS)

    def note_divided_power(self, frame: Frame, start: int, end: int) -> None:
        """`x^-1/2` and `x^1/2`: the exponent ends before the bar. Nobody means x^1 by x^3/3."""
        last, divisor = self.out[-1], lexemes.DIVISOR.match(self.text, end)
        if last.end_pos != start or last.type not in ("NUMBER", "NAME", "CONSTANT") or divisor is None:
            return
        exponent = self.quote(frame.exponent, start)
        below = divisor[0]
        negative = OPERATORS.get(exponent[0]) == "-"
        fraction = is_short_number(exponent) and is_short_number(below) and (
            int(below) > 1 and gcd(int(exponent), int(below)) == 1)
        if negative or fraction:
            base = self.quote(frame.power, frame.caret)
            shown = self.quote(divisor.start(), divisor.end())
            self.note(f"{base}^{exponent}/{shown} is read as ({base}^{exponent})/{shown}; for a fraction in the "
                      f"exponent, type {base}^({exponent}/{shown}).", frame.power, divisor.end(),
                      [(frame.exponent, frame.exponent, "("), (divisor.end(), divisor.end(), ")")])

    def raise_to(self, start: int, end: int) -> None:
        slot, frame = self.slot, self.frame
        if slot is not None and slot.kind == "argument" and not slot.raised:
            slot.kind = "exponent"
        elif slot is not None and slot.kind == "caret":
            self.emit("COMMA", ",", start, end)
            slot.kind, slot.end = "upper", end
            return
        else:
            self.complete("^", start, end)
            if frame.kind == "argument":
                frame.doubt, frame.doubt_sign = start, ""
            if frame.power < 0:
                frame.power, frame.caret, frame.exponent = self.atom, start, end
        self.operand = False
        self.out.append(Token("CIRCUMFLEX", "^", start, end))

    def separator(self, sign: str, start: int, end: int) -> None:
        """A comma, a semicolon, or the sign of a relation."""
        self.complete(sign, start, end)
        self.end_term()
        frame = self.frame
        if sign == ",":
            if frame.function:
                frame.commas += 1
            elif frame.word:
                self.problem(f"{frame.word} takes one argument.", start, end)
            else:
                self.problem("A comma separates arguments, as in max(a, b); decimal numbers have a point, as in 2.5.",
                             start, end)
        elif sign == ";":
            self.end_statement()
            self.frame.first = len(self.out) + 1
        elif frame.kind == "integral":
            self.report_unclosed()
        elif frame.kind in CLOSER and not frame.holds_equation:
            self.problem(f"{sign} cannot be used inside brackets, except in at (x = 2).", start, end)
        self.next_term(end)
        self.frame.has_sum = False
        self.emit(_TYPE.get(sign, "RELATION"), sign, start, end)

    def complete(self, sign: str, start: int, end: int) -> None:
        """`sign` stands at text[start:end] ("" for the end of the text): say so if what comes before is unfinished."""
        if self.slot is not None:
            self.report_slot(self.slot, start, end)
        elif not self.operand:
            self.report_missing(sign, start, end)
        if not self.operand:
            self.assume_operand(start)

    def report_missing(self, sign: str, start: int, end: int) -> None:
        frame = self.frame
        if len(self.out) > frame.first:
            last = self.out[-1]
            left = "at" if last.type in ("AT", "AT_END") else str(last.value)
            if sign and sign not in ")]}|,;=":
                self.problem(f"Something is missing between {left} and {sign}.", last.start_pos, end)
            else:
                self.problem(f"Something is missing after {left}: a number, a name or a bracket.",
                             last.end_pos, last.end_pos + 1)
        elif frame.kind == "derivative":
            operator = self.quote(frame.start, frame.end)
            self.problem(f"{operator} needs something to differentiate, as in {operator} [x^2].",
                         frame.end, frame.end + 1)
        elif frame.kind == "integral" and sign in ("/", "*", "^"):
            self.problem("An integral's limit is a number, a name or something in brackets, as in int_0^(pi/2) x dx.",
                         start, end)
        elif frame.kind in CLOSER and sign in (")", "]", "}"):
            self.problem("There is nothing between these brackets.", frame.start, end)
        elif sign:
            self.problem(f"Something is missing before {sign}: a number, a name or a bracket.", start, end)
        elif frame.kind == "text":
            self.problem("There is nothing to read. Type a problem, such as d/dx x^2.", 0, 1)

    # -- brackets ----------------------------------------------------------------------------------------------

    def open(self, sign: str, start: int, end: int) -> None:
        out, slot = self.out, self.slot
        if slot is not None and slot.kind == "argument":
            self.slot = None
            out.append(Token("LPAR", "(", start, end))
            frame = self.push(sign, start, end)
            frame.function, frame.word, frame.atom = slot.function, slot.word, slot.start
            return
        last = out[-1].type if out else ""
        if sign == "[" and last == "DERIVATIVE":
            out.append(Token("LSQB", "[", start, end))
            frame = self.push(sign, start, end)
            frame.of_derivative, frame.atom = True, out[-2].start_pos
            return
        self.before_operand("group", start, end)
        out.append(Token("LPAR", "(", start, end))
        frame = self.push(sign, start, end)
        frame.slot, self.slot = self.slot, None
        if last == "AT":
            frame.holds_equation, frame.atom = True, self.atom
        self.operand = False

    def close(self, sign: str, start: int, end: int) -> int:
        """A bracket closes. Returns where the text goes on."""
        empty = bool(self.out) and self.out[-1].type == "LPAR"
        if self.frame.bracket.kind != "text":
            if self.slot is not None or not self.operand:
                self.complete(sign, start, end)
            self.end_term()
            while self.frame.kind in ("integral", "|"):
                self.report_unclosed()
                self.end_term()
        if self.frame.bracket.kind == "text":
            self.problem(f"There is one {sign} too many: no bracket is open here.", start, end)
            if not self.operand and self.slot is None:
                self.assume_operand(end)
            return end
        frame = self.pop()
        if CLOSER[frame.kind] != sign:
            self.problem(f"{frame.kind} has to be closed by {CLOSER[frame.kind]}, not by {sign}.", start, end)
        if frame.function and not empty:
            self.check_arguments(frame)
        self.out.append(Token("RSQB" if frame.of_derivative else "RPAR", ")", start, end))
        if self.frame.kind == "derivative" and frame.first == self.frame.first + 1:
            self.frame.group_end = len(self.out)
        end = max(end, frame.after)
        self.ended(frame, end)
        return end

    def ended(self, frame: Frame, end: int) -> None:
        """A typed bracket or bar has closed: it is an operand, and may fill a slot."""
        self.atom, self.operand = frame.atom, True
        if frame.slot is not None:
            self.fill(frame.slot, end)

    def bar(self, start: int, end: int) -> None:
        """A bar closes if an operand precedes it and the innermost open bracket is a bar; otherwise, or where bars
        inside bars make more sense, it opens."""
        opens = self.bars is not None and start in self.bars.opening
        if self.operand and self.slot is None and self.frame.bracket.kind == "|" and not opens:
            self.end_term()
            while self.frame.kind == "integral":
                self.report_unclosed()
                self.end_term()
            frame, inner = self.pop(), self.last_bar
            if (inner is not None and (inner.start, inner.after) == (frame.start + 1, start)
                    and self.out[frame.first].type == "LBAR"):
                self.problem(f"{self.quote(frame.start, end)} is a norm, and there are no vectors yet. For a number, "
                             "type |x|; for a vector, write out its numbers, as in sqrt(a^2 + b^2).", frame.start, end)
            frame.after, self.last_bar = end, frame
            self.emit("RBAR", "|", start, end)
            self.ended(frame, end)
            return
        self.before_operand("group", start, end)
        self.emit("LBAR", "|", start, end)
        frame = self.push("|", start, end)
        frame.slot, self.slot = self.slot, None
        self.operand = False


def is_short_number(text: str) -> bool:
    return len(text) <= 4 and DIGITS.issuperset(text) and text != ""
