"""What the statements before a problem define, and what they define put into it.

    with_definitions(parse("f(2) + 1"), "f(x) = x^2; f'(2)")           # 2^2 + 1
    is_definition(parse("f(x) = x^2"))                                  # True
"""

from __future__ import annotations

from collections.abc import Sequence

from tutor import limits
from tutor.derivation.areas import area_asked
from tutor.derivation.phrases import understood
from tutor.errors import LimitError, refused
from tutor.expression.functions import applied
from tutor.expression.parse import read
from tutor.expression.tree import Expression, postorder, rebuilt

Definitions = dict[str, tuple[str, Expression]]
"""Function or letter -> its variable and its body."""


def is_definition(statement: Expression) -> bool:
    """Whether a statement reads f(x) = ... or y = ..."""
    if statement.head != "relation" or statement.value != "=":
        return False
    left = statement.args[0]
    return left.head in ("name", "indexed") or (
        left.head == "application" and left.value[1] == 0 and bool(left.args) and left.args[0].head == "name")


def define(statement: Expression, definitions: Definitions, text: str, all_vary: bool = False) -> None:
    """Take a definition over. all_vary: whether the problem is about all its letters, so that none has to be named."""
    left, right = statement.args
    body = filled_in(right, definitions, text)
    if left.head == "application":
        definitions[left.value[0]] = (left.args[0].value, body)
        return
    letters = sorted(body.free)
    if len(letters) > 1 and "x" not in letters and not all_vary:
        raise refused(text, f"{left.value} = ... has several letters; say which one varies: "
                             f"{left.value}({letters[0]}) = ...")
    definitions[left.value] = ("x" if "x" in letters or not letters else letters[0], body)


def refuse_late_definitions(statements: Sequence[Expression], text: str) -> None:
    """Refuse `y = u^2; u = 2x`: what is defined later is not put into what was defined before."""
    made_of: dict[str, str] = {}
    known: set[str] = set()
    for left, right in (each.args for each in statements if is_definition(each)):
        defined, bound = (left.value[0], left.args[0].value) if left.head == "application" else (left.value, "")
        if defined in made_of:
            raise refused(text, f"{made_of[defined]} depends on {defined}, so {defined} has to be defined first.")
        for part in postorder([right]):
            if part.head in ("name", "application"):
                used = part.value if part.head == "name" else part.value[0]
                if used not in known | {bound, defined}:
                    made_of.setdefault(used, defined)
        known.add(defined)


def filled_in(root: Expression, definitions: Definitions, text: str) -> Expression:
    """`root` with every defined function and letter replaced by its body. Raises LimitError if that grows too large."""
    if not definitions:
        return root
    counted: dict[str, int] = {}
    made = 0
    done: dict[Expression, Expression] = {}
    for part in postorder([root]):
        args = tuple([done[arg] for arg in part.args])
        done[part] = rebuilt(part, args)
        if part.head == "name" and part.value in definitions:
            done[part] = definitions[part.value][1]
        elif part.head == "derivative" and part.args[1].value in definitions:
            raise refused(text, f"{part.args[1].value} has a definition, so you cannot differentiate with respect "
                                "to it.")
        elif part.head == "application" and part.value[0] in definitions:
            letter = part.value[0]
            variable, body = definitions[letter]
            if letter not in counted:
                counted[letter] = sum(1 for _ in postorder([body]))
            made += counted[letter]
            if made > limits.NODES_OF_DEFINITIONS:
                raise _too_large(text)
            done[part] = applied(args, part.value[1], variable, body)
        if done[part].size > limits.SIGNS:
            raise _too_large(text)
    return done[root]


def _too_large(text: str) -> LimitError:
    return LimitError(
        f"With its definitions put in, this has more than {limits.SIGNS:,} symbols or {limits.NODES_OF_DEFINITIONS:,} "
        "different parts. Use fewer nested functions.", text=text[:limits.ANSWER_CHARACTERS])


def with_definitions(expression: Expression, problem: str) -> Expression:
    """`expression` with everything put in that the text of a problem defines, as f in f(x) = x^2; f'(2)."""
    from tutor.expression.from_latex import in_notation

    if area_asked(problem) is not None or not problem.strip():
        return expression
    stated = read(understood(in_notation(problem)).text).expression
    definitions: Definitions = {}
    for statement in stated.args if stated.head == "statements" else (stated,):
        if is_definition(statement):
            define(statement, definitions, problem, all_vary=True)
    return filled_in(expression, definitions, problem)


def without_functions(before: Sequence[Expression], last: Expression,
                       text: str) -> tuple[list[Expression], Expression]:
    """Lines and what is asked of them, with every function put in that is defined between the lines, as f(x) = x^2."""
    functions: Definitions = {}
    lines: list[Expression] = []
    for statement in before:
        if statement.args[0].head == "application" and len(before) > 1:
            define(statement, functions, text)
        else:
            lines.append(filled_in(statement, functions, text))
    return lines, filled_in(last, functions, text) if lines else last
