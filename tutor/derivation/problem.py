"""From what was typed to the expression that is to be solved: definitions put in, bare expressions completed.

    read_problem("f(x) = x^2; f'(2)").expression        # d/dx [x^2] at (x = 2)
    read_problem("x^2").expression                      # d/dx [x^2], with a note
    read_problem("slope of x^2 at 3").expression        # d/dx [x^2] at (x = 3)
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tutor import limits
from tutor.derivation.antiderivatives import is_indefinite
from tutor.derivation.areas import area_asked, area_of
from tutor.derivation.definitions import (
    Definitions,
    define,
    filled_in,
    is_definition,
    refuse_late_definitions,
    with_definitions,
    without_functions,
)
from tutor.derivation.graph import is_given
from tutor.derivation.phrases import Request, critical_asked, understood, without_arguments
from tutor.derivation.points import without_places
from tutor.derivation.several import SEVERAL, asked_of_graph, in_several, lists_in
from tutor.derivation.whole_list_signs import notes_on_whole_lists, refuse_transposed
from tutor.errors import LimitError, NotationError, refused
from tutor.expression.characters import is_latex
from tutor.expression.functions import Functions, size_written_out, with_functions
from tutor.expression.known_functions import FUNCTIONS
from tutor.expression.lexemes import SUM_SIGN
from tutor.expression.lists import has_lists, letters_that_vary, shapes
from tutor.expression.names import UNKNOWN_FUNCTIONS
from tutor.expression.notes import Note
from tutor.expression.parse import Reading, read, read_as_typed, read_latex, read_rewritten
from tutor.expression.patterns import Pattern
from tutor.expression.relations import related
from tutor.expression.rewritten import read_as_rewritten
from tutor.expression.subscripts import subscript_of
from tutor.expression.tree import (
    INFINITY,
    OPEN,
    Expression,
    I,
    derivative,
    indexed,
    name,
    negate,
    node,
    number,
    postorder,
)
from tutor.oracle.existence import has_no_value, holds_there
from tutor.rules.conditions import rational_value

_NAMED_RATE = Pattern(r"d\s*(?:(?:\^\s*)?[2²]\s*)?[A-Za-z]\w*\s*/\s*d|implicit", re.IGNORECASE)

_LIKE_LISTS = re.compile(r"=\s*[(\[]|_[\d{]")

_WORDS_OF_TANGENTS = ("tangent", "normal", "linear", "first-order", "approximate", "estimate", "average", "secant")


def read_problem(text: str, functions: Functions | None = None, marked: frozenset[str] = frozenset(),
                 of_graph: bool = False, method: str = "") -> Reading:
    """The problem of `text`, and notes on how it was understood.

    functions: those that are defined elsewhere, by name; marked: names of unknown functions, as LaTeX may mark them;
    of_graph: whether a text that ends with a line, such as L = z^2, asks for the gradient of that line; method: one of
    `several.METHODS` if the lines of a problem are to be used in that way.
    Raises NotationError where the text cannot be read or does not say what is to be done.
    """
    refuse_transposed(text)
    if is_latex(text):
        return read_latex(text, lambda latex: read_problem(latex.text, functions, latex.functions, of_graph,
                                                            method))
    defined = read_rewritten(
        text, lambda written: read_problem(written, functions, marked, of_graph, method),
        marked | (functions or {}).keys())
    if defined is not None:
        return defined
    if " at" in text and _LIKE_LISTS.search(text):
        from tutor.derivation.places_of_lists import at_lists, split_places  # most problems have no lists

        found_places = split_places(text)
        if found_places is not None:
            asked_there = read_problem(found_places[0], functions, marked, of_graph, method)
            there = at_lists(asked_there.expression, found_places[1], text)
            if there is not None:
                said = [Note(there.said, 0, len(text), usual=True, kind="size-of-list")] if there.said else []
                return Reading(there.problem, (*asked_there.notes, *said))
    area = area_asked(text)
    if area is not None:
        return area_of(area, lambda part: _part(part, text, functions or {}))
    asked = critical_asked(text)
    if asked is not None:
        raise refused(text, "This asks for critical points, which are no derivation: type tutor critical "
                            f'"{asked.strip()}", or in Python tutor.critical_points.')
    if any(word in text.lower() for word in _WORDS_OF_TANGENTS):
        from tutor.derivation.tangent_phrases import tangent_asked_for, tangent_of_text  # most problems ask for none

        line = tangent_asked_for(text)
        if line is not None:
            given = line.definitions
            return tangent_of_text(line, lambda part: with_definitions(_part(part, text, functions or {}), given))
    if "newton" in text.lower():
        from tutor.derivation.newton import newton_of_text  # most problems ask for no step

        step = newton_of_text(text, lambda part, given: with_definitions(_part(part, text, functions or {}), given))
        if step is not None:
            return step
    if _NAMED_RATE.search(text) and not SUM_SIGN.search(text):  # lines with sums are a graph
        from tutor.derivation.rate_phrases import rate_asked_for, rate_of_text  # most problems have no equation

        rate = rate_asked_for(without_arguments(text))
        found = None if rate is None else rate_of_text(rate, lambda part: _statement(part, text, functions or {}))
        if found is not None:
            return found
    if "at" in text and text.rstrip(" .?!").endswith(")"):
        from tutor.derivation.points_of_gradients import at_unnamed_point  # most problems name the letter

        pointed = at_unnamed_point(text, lambda named: read_problem(named, functions, marked, of_graph, method))
        if pointed is not None:
            return pointed
    request = understood(text)
    if request.method:
        raise refused(text, f"Choose the method behind the problem: --method {request.method}.")
    reading = _read(request.text, text, UNKNOWN_FUNCTIONS | marked | (functions or {}).keys(), is_problem=True)
    if "_" in text or "ₖ" in text or "ⱼ" in text:
        from tutor.derivation.index_letters import with_explicit_indices  # most problems have no indices

        explicit = with_explicit_indices(text, reading.expression)
        if explicit is not None:
            return read_as_rewritten(text, explicit, lambda written: read_problem(
                written, functions, marked, of_graph, method))
    notes = [*reading.notes, *request.notes, *(_spelled_alike(reading.expression, text) if "_" in text else ())]
    if has_lists(reading.expression):
        from tutor.derivation.slopes_by_lists import by_parts  # most problems have no lists
        from tutor.expression.list_errors import refuse_misused_lists

        body = reading.expression
        if request.by and body.head != "statements":
            by = _named_in(body, request.by)
            if by.head == "indexed" or request.by not in lists_in([body]):
                body = derivative(body, by)  # "with respect to x_k" stands behind it
        else:
            body = by_parts(body, text, notes)
            reading = reading._replace(expression=body)
        refuse_misused_lists(body, text)
        notes += _names_beside_lists(reading.expression, text)
    stated = with_functions(reading.expression, functions or {})
    if functions and size_written_out(stated) > max(limits.SIGNS_WITH_FUNCTIONS, reading.expression.size):
        raise LimitError(f"With its functions written out, this has more than {limits.SIGNS_WITH_FUNCTIONS:,} symbols. "
                         "Use fewer nested functions.")
    *before, last = stated.args if stated.head == "statements" else (stated,)
    definitions: Definitions = {}
    for place, statement in enumerate((*before, last)):
        if statement.head == "relation" and statement.value == "=" and statement.args[0].head == "constant":
            raise refused(text, f"{statement.args[0]} is a constant, so it cannot be the name of a line. Choose "
                                 "another letter.")
        if not is_definition(statement) and not is_given(statement) and place < len(before):
            raise refused(text, "Only definitions such as f(x) = x^2 can come before the problem.")
    if of_graph and is_given(last) and before:  # what is given of a sum may stand behind the last line
        *before, last = last, *before
    if (of_graph or request.ask == "gradient") and is_definition(last) and last.args[0].head == "name":
        before, last = [*before, last], last.args[0]
        request = request._replace(ask="gradient")
    is_gradient = request.ask in SEVERAL or (
        request.noun == "gradient" and (not request.by or request.by in lists_in([last])))
    if is_definition(last) and last.args[0].head == "indexed":
        from tutor.derivation.slopes_by_lists import slope_to_ask_for  # most problems have no lists

        raise refused(text, f"Nothing is asked here. {slope_to_ask_for((*before, last))}")
    if request.point and request.letter and (before or is_gradient):  # of several places the last is told apart
        last = node("at", (last, name(request.letter), _part(request.point, text)))
        request = request._replace(letter="", point="")
    on_graph = asked_of_graph(*without_functions(before, last, text), request, text, notes, method)
    if on_graph is not None:
        for part in on_graph.args if on_graph.head == "statements" else ():
            side = part.args[1] if part.head == "relation" else part
            _refuse_infinity(part, text)
            _refuse_without_value(side, text)
            if any(is_indefinite(inner) for inner in postorder([side])):
                raise refused(text, "An indefinite integral has a value only up to a constant, so it can be no part of "
                                     "a line. Give it limits.")
        return Reading(on_graph, tuple(notes), () if on_graph.head == "statements" else tuple(before))
    refuse_late_definitions((*before, last), text)
    names_letter = bool(request.by) or without_places(last)[0].head == "derivative"
    for statement in before:
        define(statement, definitions, text, request.ask in SEVERAL or names_letter)
    if is_definition(last):
        define(last, definitions, text)
        function = next(reversed(definitions))
        variable, last = definitions[function]
        if not request.ask and not request.point:
            notes.append(Note(f"Nothing is asked about {function}, so here is its derivative.", 0, len(text),
                              usual=True))
            return Reading(derivative(last, name(variable)), tuple(notes))
        request = request._replace(by=request.by or variable)
    if last.head == "relation":
        raise _refused_relation(last, text)
    problem = filled_in(last, definitions, text)
    is_open = _is_open(problem, text)
    if request.ask in SEVERAL or (is_gradient and (
            len(without_places(problem)[0].free) > 1 or lists_in([problem]))):
        problem = in_several(problem, request, text, notes)
    elif request.ask == "derivative":
        problem = _differentiated(problem, request, text, notes)
    elif request.ask == "integral":
        problem = _integrated(problem, request, text)
    elif request.bounds:
        problem = _between_bounds(problem, request, text)
    elif request.point and not is_open and request.letter:
        letter = request.letter
        raise refused(text, f"Do you want the slope or the value there? For the slope, type d/d{letter} [...] at "
                            f"{letter} = ...; for the value, type ... at {letter} = ...")
    elif not is_open and problem is last and not request.point:
        if definitions:
            raise refused(text, f"{last} uses none of the definitions. Say what to do with "
                                f"{next(reversed(definitions))}, as in f(x) = x^2; f'(x).")
        problem = _completed(problem, text, notes)
    if request.point:
        problem = _at_point(problem, request, text)
    _note_constants(problem, notes)
    _refuse_infinity(problem, text)
    notes += notes_on_whole_lists(problem, text)
    _refuse_without_value(problem, text)
    are_lines = all(statement.args[0].head == "name" for statement in before)
    return Reading(problem, tuple(notes), tuple(before) if are_lines and request.ask != "integral" else ())


_LIKE_A_PART = re.compile("[A-Za-z]+_[a-z]")


def _names_beside_lists(stated: Expression, text: str) -> Iterator[Note]:
    """Say of w_j beside lists that it is one number, since j is no index there: it may be a slip for another index."""
    for part in dict.fromkeys(postorder([stated])):
        if part.head == "name" and _LIKE_A_PART.fullmatch(part.value):
            index = part.value[-1]
            yield Note(f"{part} is read as one number, since {index} is the index of no sum and of no list here.", 0,
                       len(text), kind="name-beside-lists")


def _spelled_alike(stated: Expression, text: str) -> Iterator[Note]:
    """Say of z1 and z_1 that they are two names: they may be meant as one."""
    found = {f"{part.value}_{part.args[0]}" if part.head == "indexed" else part.value
             for part in postorder([stated]) if part.head in ("name", "indexed")}
    for spelled in sorted(found):
        joined = spelled.replace("_", "")
        if joined != spelled and joined in found:
            yield Note(f"{joined} and {spelled} are read as two names. If they are the same number, spell them in the "
                       "same way.", 0, len(text), kind="names-spelled-alike")


def _read(mathematics: str, text: str, functions: frozenset[str] = UNKNOWN_FUNCTIONS,
          is_problem: bool = False) -> Reading:
    """The mathematics of a text, at the place where it stands there. What is wrong in it is said of the whole text."""
    try:
        return read(mathematics, functions, is_problem)
    except NotationError as error:
        raise NotationError(text, list(error.problems)) from None


def _refused_relation(relation: Expression, text: str) -> NotationError:
    asked, answer = relation.args[:2]
    if relation.value == "=" and asked.head in ("derivative", "at", "integral", "limit"):
        return refused(text, "An equation is not a problem here. To have an answer checked, give it after the "
                             f'problem: tutor check "{asked}" "{answer}".')
    return refused(text, "An equation is not a problem here. For a definition, type f(x) = ...; then f'(x).")


def _is_open(problem: Expression, text: str) -> bool:
    """Whether a problem says what is to be found. Raises NotationError for what has no meaning."""
    found = False
    for part in postorder([problem]):
        if part.head in OPEN:
            found = True
        elif part.head == "application" and not part.args:
            raise refused(text, "This letter has a prime but no definition: type, for example, y = x^2; y'.")
    return found


def _refuse_without_value(problem: Expression, text: str) -> None:
    """Raise NotationError for numbers without a real value, such as ln(0), and for a division by 0, as in x/(1 - 1)."""
    parts = list(postorder([problem]))
    if any(part.head == "at" for part in parts):
        return  # the derivation says what there is at a point
    real = not any(part is I for part in parts)
    closed: set[Expression] = set()
    for part in parts:
        if part.head == "quotient" and part.args[1] in closed and _is_zero(part.args[1]):
            raise refused(text, f"{part} has no value: nothing can be divided by 0.")
        if part.free or part.head in OPEN or part.head == "application" or not closed.issuperset(part.args):
            continue
        closed.add(part)
        if real and part.head in _PARTIAL and rational_value(part) is None and has_no_value(part):
            raise refused(text, f"{part} has no real value, so nothing that contains it has one.")


def _refuse_infinity(problem: Expression, text: str) -> None:
    """Raise NotationError for infinity where a number has to be: only limits go there, and integrals reach to it."""
    infinite = (INFINITY, negate(INFINITY))
    for part in postorder([problem]):
        is_place = part.head in ("limit", "integral")
        allowed = part is infinite[1] or (is_place and not set(infinite).intersection(part.args[:2]))
        if not allowed and not set(infinite).isdisjoint(part.args):
            raise refused(text, "Infinity is not a number. It can be where the variable of a limit goes, as in "
                                "lim_(x->infinity) 1/x, or a limit of an integral, as in int_0^infinity e^-x dx.")


def _is_zero(part: Expression) -> bool:
    """Whether an expression without letters is surely 0: only one that is no plain number has to be worked out."""
    value = rational_value(part)
    return value == 0 if value is not None else holds_there(related(part, "=")) is True


_PARTIAL = frozenset(name for name, function in FUNCTIONS.items() if not function.has_value_everywhere) | {
    "quotient", "power"}
"""Heads that have no real value for some numbers."""


def _completed(problem: Expression, text: str, notes: list[Note]) -> Expression:
    """A bare expression means its derivative."""
    variable = _varying(problem, text)
    others = [letter for letter in sorted(problem.free) if letter != variable]
    constant = f", with {', '.join(others)} constant" if others else ""
    notes.append(Note(f"Read as its derivative, d/d{variable} [...]{constant}.", 0, len(text), usual=True))
    return derivative(problem, name(variable))


def _varying(problem: Expression, text: str) -> str:
    """The variable of an expression, if the text does not say which letter it is."""
    letters = letters_that_vary(problem)
    lists = sorted({part.value for part in postorder([problem]) if part.head == "indexed"})
    if not letters and lists:
        raise refused(text, f"Which part of {lists[0]} varies? Type, for example, d/d{lists[0]}_k [...].")
    if not letters:
        raise refused(text, "There is no variable here to differentiate with respect to. Type, for example, d/dx x^2.")
    variable = "x" if "x" in letters else letters[0]
    if len(letters) > 1 and "x" not in letters:
        raise refused(text, f"Which letter varies: {', '.join(letters)}? Type, for example, d/d{variable} [...].")
    return variable


# -- what is asked in words ----------------------------------------------------------------------------------------


def _differentiated(problem: Expression, request: Request, text: str, notes: list[Note]) -> Expression:
    """The derivative of a problem, as English asks for it; with `at x = 2` the derivative there."""
    body, *point = problem.args if problem.head == "at" else (problem,)
    variable = request.by or _varying(body, text)
    others = [letter for letter in sorted(body.free) if letter != variable]
    if others and not request.by:
        notes.append(Note(f"Read as the derivative with respect to {variable}, with {', '.join(others)} constant.",
                          0, len(text), usual=True))
    opened = derivative(body, _named_in(body, variable), number(request.order))
    return node("at", (opened, *point)) if point else opened


def _named_in(body: Expression, letter: str) -> Expression:
    """What a letter with its subscript names: one part of a list, as x_k does if x is a list there, or a number."""
    stem, _, below = letter.partition("_")
    subscript = subscript_of(f"_{below}") if below and stem in shapes(body) else None
    if subscript is None:
        return name(letter)
    return indexed(stem, *[number(int(index)) if index.isdecimal() else name(index) for index in subscript.indices])


def _integrated(problem: Expression, request: Request, text: str) -> Expression:
    """The integral of a problem, as English asks for it."""
    variable = name(request.by or _varying(problem, text))
    bounds = tuple(_part(bound, text) for bound in request.bounds)
    return node("integral", (problem, variable, *bounds))


def _between_bounds(problem: Expression, request: Request, text: str) -> Expression:
    """An integral with the limits that are given after it in words."""
    if problem.head != "integral" or len(problem.args) != 2:
        raise refused(text, "Limits follow the integral sign, as in int_0^1 x^2 dx.")
    return node("integral", (*problem.args, *[_part(bound, text) for bound in request.bounds]))


def _at_point(problem: Expression, request: Request, text: str) -> Expression:
    """A problem at the point that is given after it in words."""
    letter = request.letter or (problem.args[1].value if problem.head == "derivative" else _varying(problem, text))
    return node("at", (problem, name(letter), _part(request.point, text)))


def _part(value: str, text: str, functions: Functions | None = None) -> Expression:
    """A value that stands in the text of a problem, at the place that the blanks before it say."""
    part = with_functions(_read(value, text).expression, functions or {})
    if part.head in ("relation", "statements"):
        raise refused(text, f"{part} is not a value.")
    return part


def _statement(value: str, text: str, functions: Functions) -> Expression:
    """A statement of a problem, at its place in the text, where dx/dt stays a rate."""
    try:
        return with_functions(read_as_typed(value).expression, functions)
    except NotationError as error:
        raise NotationError(text, list(error.problems)) from None


def _note_constants(problem: Expression, notes: list[Note]) -> None:
    """Note a derivative with respect to a letter that does not occur: it is zero and seldom meant. Note x2, too, which
    may be a copy of x²."""
    slope = problem.args[0] if problem.head == "at" else problem
    if slope.head != "derivative":
        return
    body, variable, _ = slope.args
    kind = "name-with-number"
    for letter in sorted(body.free):
        digits = letter.removeprefix(variable.value)
        if digits not in (letter, "0", "1") and digits.isdecimal() and all(note.kind != kind for note in notes):
            notes.append(Note(f"{letter} is read as one name, {variable} with the number {digits}; for a power, type "
                              f"{variable}^{digits}.", 0, 1, kind=kind))
    if slope is problem and body.free and variable.value not in body.free:
        notes.append(Note(f"{body} does not contain {variable}, so it is a constant here.", 0, 1, usual=True))
