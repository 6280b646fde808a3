"""Functions that a lesson defines: one line each, and one more to state the slope of one.

    own_functions({"swish(x)": "x*sigmoid(x)", "swish'(x)": "sigmoid(x) + swish(x)*(1 - sigmoid(x))"})["swish"].slope

Without the second line a function is differentiated as what it stands for. A stated slope becomes a rule, and the
author's check asks the oracle whether it is true.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from tutor import limits
from tutor.errors import LimitError, NotationError, Problem, TutorError
from tutor.expression.functions import Defined, size_written_out, with_functions
from tutor.expression.names import CONSTANT_WORDS, FUNCTION_WORDS, GREEK_LETTER, UNKNOWN_FUNCTIONS, canonical_name
from tutor.expression.parse import parse, read
from tutor.expression.tree import postorder

_CALL = re.compile(r"\s*(?P<name>[A-Za-z]{1,20})(?P<prime>['’′]?)\s*\(\s*(?P<variable>[^()\s]+)\s*\)\s*$")
_TAKEN = frozenset((*FUNCTION_WORDS, *GREEK_LETTER, *CONSTANT_WORDS, "at", "d", "int", "integral", "infinity"))


def own_functions(written: Mapping[str, str]) -> dict[str, Defined]:
    """The functions that these lines define, by name. Raises TutorError for a line that says something wrong."""
    functions: dict[str, Defined] = {}
    for call, body in written.items():
        define(call, body, functions)
    return functions


def define(call: str, written: str, functions: dict[str, Defined]) -> None:
    """Add what one line says to the functions of the lines before it.

    Raises TutorError if it says something wrong: with positions that point into `written`, or, with none, about `call`.
    """
    match = _CALL.match(call)
    if match is None:
        raise TutorError(
            f"{call} does not define a function. Type swish(x): x*sigmoid(x), or swish'(x): for its slope.")
    function, variable = match["name"], canonical_name(match["variable"])
    if function in _TAKEN:
        raise TutorError(f"{function} already has a meaning. Choose another name.")
    if parse(match["variable"]).head != "name":
        raise TutorError(f"{match['variable']} is not a letter, so it cannot be the variable.")
    if bool(match["prime"]) != (function in functions):
        raise TutorError(f"{function} is not defined yet: put its own line above this one." if match["prime"]
                         else f"{function} is already defined.")
    others = {name: other for name, other in functions.items() if name != function}
    body = with_functions(read(written, UNKNOWN_FUNCTIONS | functions.keys()).expression, others)
    strangers = sorted(body.free - {variable})
    if strangers:
        _refuse(written, f"{strangers[0]} is not the variable of {call}, and a function can have no other letters.")
    for part in postorder([body]):
        itself = part.head == "application" and part.value == (function, 0) and match["prime"]
        if part.head in ("application", "relation", "statements", "ellipsis") and not itself:
            _refuse(written, f"{function} has to be defined by an expression in which every function is known.")
    if size_written_out(body) > limits.SIGNS_OF_A_FUNCTION:
        raise LimitError(f"Written out, {function} has more than {limits.SIGNS_OF_A_FUNCTION:,} symbols. "
                         "Nest fewer functions inside each other.")
    if not match["prime"]:
        functions[function] = Defined(function, variable, body)
        return
    known = functions[function]
    if known.slope is not None:
        raise TutorError(f"The slope of {function} is already stated.")
    if known.variable != variable:
        raise TutorError(f"{function} is defined with the letter {known.variable}: use the same one here.")
    functions[function] = Defined(function, variable, known.body, body)


def slope_line(written: Mapping[str, str], function: str) -> str:
    """The line on which the slope of a function is stated, as it is written: swish'(x)."""
    calls = [(call, _CALL.match(call)) for call in written]
    return next(call for call, match in calls if match and match["prime"] and match["name"] == function)


def _refuse(written: str, message: str) -> None:
    raise NotationError(written, [Problem(message, 0, max(len(written), 1))])
