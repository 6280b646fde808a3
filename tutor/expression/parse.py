"""Text -> tree: the token pass, then the LALR grammar of `grammar/expression.lark`, building nodes while it parses.

    read("d/dx 1/2x").expression         # the tree
    read("d/dx 1/2x").notes              # "1/2x is read as (1/2)·x ..."
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from tutor import limits
from tutor.errors import NotationError, Problem, refused
from tutor.expression import tree
from tutor.expression.automaton import Automaton, Unexpected, load_table
from tutor.expression.characters import is_latex, usual
from tutor.expression.functions import Functions, with_functions
from tutor.expression.lexemes import DEFINITION, DIGITS, LIST_CALL, PRIME_MARKS, PRIMED_CALL, SUM_CALL
from tutor.expression.names import CONSTANT_WORDS, DELTA, EVERY_NAME, UNKNOWN_FUNCTIONS, canonical_name
from tutor.expression.new_letters import new_letters
from tutor.expression.piecewise import MORE, PIECEWISE, UNREAD, Case, cases_in, piecewise
from tutor.expression.subscripts import NOTHING_KNOWN, Part
from tutor.expression.tokens import Note, Token, tokenize
from tutor.expression.tree import Expression, node

if TYPE_CHECKING:
    from tutor.expression.from_latex import Notation
    from tutor.expression.lists import Sizes


class Reading(NamedTuple):
    """How a text was read: the tree, and a note for every reading that a person could doubt.

    lines: those of a graph that are put into the tree: what it comes to may be said with their names.
    """

    expression: Expression
    notes: tuple[Note, ...]
    lines: tuple[Expression, ...] = ()

    @property
    def names(self) -> frozenset[str]:
        """The names of these lines."""
        return frozenset(line.args[0].value for line in self.lines if line.args[0].head in ("name", "indexed"))


def _number(text: str) -> Expression:
    mantissa, _, exponent = text.lower().partition("e")
    whole, _, decimals = mantissa.partition(".")
    if not decimals and not exponent:
        return node("number", (), int(whole))
    shift = int(exponent or "0") - len(decimals)
    digits = int((whole or "0") + decimals)
    return tree.number(digits * 10**shift if shift >= 0 else Fraction(digits, 10**-shift))


class TreeBuilder:
    """One method a grammar rule; each is called with the values of that rule's parts."""

    def start(self, statements: list[Expression]) -> Expression:
        return statements[0] if len(statements) == 1 else node("statements", tuple(statements))

    def number(self, parts: list[Token]) -> Expression:
        return _number(parts[0].value)

    def name(self, parts: list[Token]) -> Expression:
        return tree.name(parts[0].value)

    def part(self, parts: list[Token]) -> Expression:
        return _letter(parts[0].value)

    def constant(self, parts: list[Token]) -> Expression:
        return tree.constant(parts[0].value)

    def sum(self, parts: list[Any]) -> Expression:
        terms = [parts[0]]
        for index in range(1, len(parts), 2):
            term = parts[index + 1]
            terms.append(node("negation", (term,)) if parts[index].value == "-" else term)
        return node("sum", tuple(terms))

    def product(self, parts: list[Any]) -> Expression:
        factors, joined = [parts[0]], "*"
        for index in range(1, len(parts), 2):
            sign, factor = parts[index].value, parts[index + 1]
            if sign == joined or (sign == "*" and len(factors) == 1):
                factors.append(factor)
            elif sign == "/":
                factors = [node("quotient", (_joined(factors, joined), factor))]
            else:
                factors = [_joined(factors, joined), factor]
            joined = sign if sign != "/" else "*"
        return _joined(factors, joined)

    def negation(self, parts: list[Any]) -> Expression:
        return node("negation", (parts[-1],))

    def power(self, parts: list[Any]) -> Expression:
        return node("power", (parts[0], parts[-1]))

    def absolute(self, parts: list[Any]) -> Expression:
        return node("abs", (parts[1],))

    def call(self, parts: list[Any]) -> Expression:
        return _called(parts[0].value, parts[1:])

    def powered_call(self, parts: list[Any]) -> Expression:
        return node("power", (_called(parts[0].value, parts[2:]), parts[1]))

    def logarithm(self, parts: list[Any]) -> Expression:
        return node("log", (parts[2], parts[1]))

    def powered_logarithm(self, parts: list[Any]) -> Expression:
        return node("power", (node("log", (parts[3], parts[1])), parts[2]))

    def application(self, parts: list[Any]) -> Expression:
        return node("application", (parts[1],), parts[0].value)

    def primed(self, parts: list[Any]) -> Expression:
        return node("application", (), parts[0].value)

    def derivative(self, parts: list[Any]) -> Expression:
        return _derivative(parts[1], *parts[0].value)

    def derivative_of(self, parts: list[Any]) -> Expression:
        symbol, variables, name = parts[0].value
        (variable, order), *others = variables
        if order == "1" and not others:
            return node("rate", (_letter(name), _letter(variable)), symbol)
        return _derivative(_letter(name), symbol, variables)

    def integral(self, parts: list[Any]) -> Expression:
        return node("integral", (parts[1], tree.name(parts[2].value)))

    def definite(self, parts: list[Any]) -> Expression:
        return node("integral", (parts[3], tree.name(parts[4].value), parts[1], parts[2]))

    def limit(self, parts: list[Any]) -> Expression:
        variable, side = parts[0].value
        return node("limit", (parts[2], tree.name(variable), parts[1]), side)

    def sum_over_all(self, parts: list[Any]) -> Expression:
        return node("finite_sum", (parts[1], tree.name(parts[0].value)))

    def finite_sum(self, parts: list[Any]) -> Expression:
        return tree.finite_sum(parts[3], tree.name(parts[0].value), parts[1], parts[2])

    def at(self, parts: list[Any]) -> Expression:
        """Several places, as in at (x = 1, y = 2), all at once: see `_at_places`."""
        body, _, *places = parts
        return _at_places(body, [(tree.name(variable.value), point) for variable, point in zip(
            places[::3], places[2::3], strict=True)])

    at_end = at

    def ellipsis(self, parts: list[Any]) -> Expression:
        return node("ellipsis", ())

    def tuple(self, parts: list[Any]) -> Expression:
        return node("tuple", tuple(parts))

    def piecewise(self, parts: list[Any]) -> Expression:
        return piecewise(parts[1:-1])

    def case(self, parts: list[Any]) -> Case:
        if len(parts) < 3:
            return Case(parts[0], signs=MORE if len(parts) == 1 else ())
        value, _, *condition = parts
        return Case(value, tuple(condition[::2]), tuple([sign.value for sign in condition[1::2]]) or UNREAD)

    def relation(self, parts: list[Any]) -> Expression:
        return node("relation", (parts[0], parts[2]), parts[1].value)


def _joined(factors: list[Expression], sign: str) -> Expression:
    """Factors that `*` or `⊙` joins; of one factor that factor."""
    if len(factors) == 1:
        return factors[0]
    return node("product" if sign == "*" else "entrywise", tuple(factors))


def _called(function: str, args: list[Expression]) -> Expression:
    """A known function of its arguments; `root 4` is a power."""
    _, _, order = function.partition(" ")
    if not order:
        return tree.call(function, *args)
    return node("power", (args[0], node("quotient", (tree.number(1), tree.number(int(order))))))


def _at_places(body: Expression, places: Sequence[tuple[Expression, Expression]]) -> Expression:
    """An expression where letters have values, all at once: with x = y, y = x the two letters change places.

    The places stand one after the other in the tree, innermost first, so a value comes behind those that would be put
    into it; where each would be put into another one, a new letter stands for one of them at first.
    """
    waiting = list(places)
    while waiting:
        letters = [letter.value for letter, _ in waiting]
        found = next((place for place in waiting
                      if place[1].free.isdisjoint(each for each in letters if each != place[0].value)), None)
        letter, value = found or waiting[0]
        waiting.remove((letter, value))
        if found is None:
            stands_for = next(new_letters([body, *[part for place in (*places, *waiting) for part in place]]))
            waiting.append((stands_for, value))
            value = stands_for
        body = node("at", (body, letter, value))
    return body


def _derivative(body: Expression, symbol: str, variables: Sequence[tuple[str, str]]) -> Expression:
    """∂²/∂x∂y is ∂/∂x [∂/∂y [...]]."""
    for variable, order in reversed(variables):
        times = tree.number(int(order)) if order[0] in DIGITS else tree.name(order)
        body = tree.derivative(body, _letter(variable), times, symbol)
    return body


def _letter(text: str) -> Expression:
    """A name, part of a list, or Kronecker's delta."""
    if text.__class__ is not Part:
        return tree.name(text)
    letter, _, below = text.partition("_")
    indices = [tree.number(int(index)) if index[0] in DIGITS else tree.name(index) for index in below[1:-1].split(",")]
    return tree.same(*indices) if letter == DELTA and len(indices) == 2 else tree.indexed(letter, *indices)


def _explain_unexpected(error: Unexpected, text: str) -> Problem:
    """What the grammar did not expect, in words. The token pass has already found whatever is missing."""
    token = error.token
    if token is None:
        start = len(text.rstrip())
        return Problem("Something is missing: the text ends too early.", start, start + 1)
    start, end = token.start_pos, max(token.end_pos, token.start_pos + 1)
    if token.type == "RELATION":
        message = "A statement can have only one = (or <, >); separate statements with ;."
    elif token.type == "AT_END":
        message = "at x = ... can come only once, at the end, and not in an equation; elsewhere, type (...) at (x = 2)."
    elif token.type == "PART" and "at" in text[:start].replace("(", " ").split():
        letter = str(token.value).partition("_")[0]
        message = (f"{letter} is a list here, and numbers for lists stand behind the whole problem, as in at "
                   f"{letter} = (1, 2, 3).")
    else:
        message = f"{token.value} cannot be used here."
    return Problem(message, start, end)


@contextmanager
def collector_paused() -> Iterator[None]:
    """Pause garbage collection while many nodes are made: none of them is in a cycle."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def read(text: str, functions: frozenset[str] = UNKNOWN_FUNCTIONS, is_problem: bool = False,
         lists: Sizes | None = None) -> Reading:
    """Read `text` in the learner's notation; `functions` are names that call when they stand before a bracket.

    So do the names that the text defines (`k(x) = x^2; k(3)`) or marks as functions (`k'(x)`).
    is_problem: a d/dx that begins it takes all that follows; in answers, lines and formulas it ends at a + or -.
    lists: letters of lists besides those that the text shows to be lists, each with its sizes, or with () for unknown
    ones.
    LaTeX is read too. Raises NotationError with the position of everything that could not be read.
    """
    if is_latex(text):
        return read_latex(text, lambda latex: read(latex.text, functions | latex.functions, is_problem, lists))
    defined = read_rewritten(
        text, lambda written: read(written, functions, is_problem, lists), functions, lists)
    if defined is not None:
        return defined
    reading = read_as_typed(text, functions, is_problem, lists)
    return reading._replace(expression=without_rates(reading.expression))


def read_as_typed(text: str, functions: frozenset[str] = UNKNOWN_FUNCTIONS, is_problem: bool = False,
                  lists: Sizes | None = None) -> Reading:
    """The same, where dL/dx stays a rate of the letters L and x and does not become d/dx [L]."""
    if is_latex(text):
        return read_latex(
            text, lambda latex: read_as_typed(latex.text, functions | latex.functions, is_problem, lists))
    defined = read_rewritten(
        text, lambda written: read_as_typed(written, functions, is_problem, lists), functions, lists)
    if defined is not None:
        return defined
    if len(text) <= limits.INPUT_CHARACTERS:  # a longer text is refused by the token pass
        functions |= _defined_functions(usual(text))
    reading = _read(text, functions, is_problem, lists)
    if "{" in text:
        _refuse_conditions(text, reading.expression)
    if "..." in text or "…" in text:
        for part in tree.postorder([reading.expression]):
            if part.head == "ellipsis":
                sign = "…" if "…" in text else "..."
                message = "... belongs to the notation of rules; in a problem, write out all the terms."
                raise NotationError(text, [Problem(message, text.index(sign), text.index(sign) + len(sign))])
    return reading


def _refuse_conditions(text: str, root: Expression) -> None:
    """Refuse cases whose condition compares nothing, as only the condition of a rule does, or what has no order."""
    for part in tree.postorder([root]):
        for case in cases_in(part) if part.head == PIECEWISE else ():
            if case.signs == UNREAD:
                message = f"{case.sides[0]} is no condition: it compares nothing. Type one such as {case.sides[0]} > 0."
            elif any(tree.I in tree.postorder([side]) for side in case.sides):
                message = "i is the imaginary unit, and complex numbers have no order; choose another letter."
            else:
                continue
            raise NotationError(text, [Problem(message, text.index("{"), text.rindex("}") + 1)])


def without_rates(root: Expression) -> Expression:
    """`root` with d/dx [y] for dy/dx."""
    rates = {part: tree.derivative(part.args[0], part.args[1], symbol=part.value)
             for part in tree.postorder([root]) if part.head == "rate"}
    return tree.replace(root, rates) if rates else root


def read_latex(latex: str, read: Callable[[Notation], Reading]) -> Reading:
    """What `read` makes of LaTeX that was written in the notation; its errors and notes point into the LaTeX.

    A note says how the LaTeX was read. Notes offer no other readings, since those would be texts in the notation.
    """
    from tutor.expression.from_latex import as_notation
    from tutor.expression.write import PLAIN, write

    notation = as_notation(latex)
    try:
        reading = read(notation)
    except NotationError as error:
        found = [Problem(problem.message, *notation.span(problem.start, problem.end)) for problem in error.problems]
        raise NotationError(latex, found) from None
    notes = [*notation.notes, *[
        Note(note.message, *notation.span(note.start, note.end), usual=note.usual, kind=note.kind)
        for note in reading.notes]]
    understood = f"The LaTeX is read as {write(reading.expression, PLAIN)}."
    return reading._replace(notes=(Note(understood, 0, len(latex), usual=True, doubtful=False), *notes))


def read_rewritten(text: str, read: Callable[[str], Reading], functions: Collection[str] = (),
                   lists: Sizes | None = None) -> Reading | None:
    """What `read` makes of a text with sums with an index in place of sum(x_i, i=1..n), and of softmax(z)_i and its
    kind; None if there is none of these in it.

    functions, lists: as for `read`.
    """
    written = None
    if SUM_CALL.search(text) is not None:
        from tutor.expression.sum_calls import with_indices_below  # most texts have none

        written = with_indices_below(text)
    if written is None and LIST_CALL.search(text) is not None:
        from tutor.expression.list_functions import written_out

        written = written_out(text, functions, lists)
    if written is None:
        return None
    from tutor.expression.rewritten import read_as_rewritten

    return read_as_rewritten(text, written, read)


def _read(text: str, functions: frozenset[str], is_problem: bool = False, lists: Sizes | None = None) -> Reading:
    with collector_paused():
        found = tokenize(text, functions, is_problem, NOTHING_KNOWN if lists is None else {
            letter: len(sizes) for letter, sizes in lists.items()})
        if len(found.tokens) > limits.SUMS_WITH_INDEX and (
                sum(token.type == "SUMMATION" for token in found.tokens) > limits.SUMS_WITH_INDEX):
            raise refused(text, f"This has more than {limits.SUMS_WITH_INDEX} sums with an index. Try fewer.")
        expression = parse_tokens(text, found.tokens)
    reading = Reading(expression, tuple(found.notes))
    if found.has_open_sum:
        from tutor.expression.sum_bounds import with_bounds

        return with_bounds(text, reading, lists or {})
    return reading


def _defined_functions(text: str) -> frozenset[str]:
    """The names that `text` itself makes functions: by `k(x) = ...` at the start of a statement, or by `k'(x)`."""
    defined, primed = [
        {canonical_name(match["name"], match["subscript"] or "") for match in pattern.finditer(text)}
        if any(sign in text for sign in signs) else set()
        for pattern, signs in ((DEFINITION, "="), (PRIMED_CALL, PRIME_MARKS))
    ]
    primed.discard("sigma")  # σ(x) is the sigmoid, so σ'(x) is no function of which nothing is known
    return frozenset((defined | primed).difference(CONSTANT_WORDS))


_automaton: Automaton | None = None


def _problems() -> Automaton:
    """The parser for problems, loaded when first used."""
    global _automaton
    if _automaton is None:
        _automaton = Automaton(load_table(), TreeBuilder(), "start")
    return _automaton


def parse_tokens(text: str, tokens: list[Token], automaton: Automaton | None = None) -> Any:
    """What an automaton, by default the one for problems, makes of the tokens of `text`."""
    try:
        return (automaton or _problems()).run(tokens)
    except Unexpected as error:
        raise NotationError(text, [_explain_unexpected(error, text)]) from None


def parse(text: str, functions: Functions | None = None, lists: Sizes | None = None) -> Expression:
    """The tree of `text`, as it was typed: nothing is simplified. `str()` of it parses back to the same tree.

    functions: those that somebody defined, by name; lists: as for `read`. Raises TutorError, with `.position`, if the
    text is not in the notation.
    """
    if not functions:
        return read_as_typed(text, lists=lists).expression
    return with_functions(
        read_as_typed(text, UNKNOWN_FUNCTIONS | functions.keys(), lists=lists).expression, functions)


def read_back(text: str) -> Expression:
    """Undo `str(expression)`: every letter before a bracket calls, because `write` puts a `*` where a product is."""
    return _read(text, EVERY_NAME).expression
