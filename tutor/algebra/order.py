"""The order in which books write factors: 2·x·(x + 1)·√x·e^x·sin(x).

    factors = [parse("sin(x)"), parse("x^2"), parse("2")]
    in_order(factors)                                  # now 2, x^2, sin(x)
"""

from __future__ import annotations

from functools import lru_cache

from tutor.expression.tree import FUNCTIONS, E, Expression

_REMEMBERED = 4096
_RANK = {"number": 0, "constant": 1, "name": 2, "exp": 6}
_FUNCTION_RANK, _SUM_RANK, _SUM_OF_FUNCTIONS_RANK = 7, 4, 8
_FIRST_FUNCTIONS = ("sin", "cos", "sec", "csc", "tan", "cot")
_PLACES = {name: place for place, name in enumerate(dict.fromkeys((*_FIRST_FUNCTIONS, *FUNCTIONS)))}
"""sin before cos, but sec before tan, as everybody writes them."""


def in_order(factors: list[Expression]) -> None:
    """Put the factors of a product in readable order."""
    keys = [_order_key(factor) for factor in factors]
    for index in range(len(keys) - 1):
        if keys[index] >= keys[index + 1]:
            break
    else:
        return
    if len(set(keys)) < len(keys):  # equal keys are ordered by text; only these have to be written out
        factors.sort(key=lambda factor: (_order_key(factor), _text(factor) if keys.count(_order_key(factor)) > 1 else ""))
    else:
        factors.sort(key=_order_key)


@lru_cache(maxsize=_REMEMBERED)
def _text(factor: Expression) -> str:
    return str(factor)


def are_in_order(factors: tuple[Expression, ...]) -> bool:
    """Whether factors stand in readable order; False also where only their texts could tell."""
    last = _order_key(factors[0])
    for factor in factors[1:]:
        key = _order_key(factor)
        if key <= last:
            return False
        last = key
    return True


@lru_cache(maxsize=_REMEMBERED)
def _order_key(factor: Expression) -> tuple[int, int, int, str]:
    """Numbers, constants, letters, brackets, roots, exponentials, functions, brackets with functions in them; small
    before large: 2*x*(x + 1)*sin(x), but e^x*(sin(x) + cos(x))."""
    base = factor.args[0] if factor.head in ("power", "sqrt") else factor
    if base.head == "sum":
        rank = _SUM_RANK if base.size < 4 or not any(map(_is_function, base.args)) else _SUM_OF_FUNCTIONS_RANK
    else:
        rank = _RANK.get(base.head, _FUNCTION_RANK)
    if factor.head == "sqrt" and rank > 1:
        rank = 5
    elif base is E or (factor.head == "power" and factor.args[1].free):
        rank = 6
    place = _PLACES.get(base.head, 0)
    return rank, 0 if rank == 2 else factor.size, place, base.value if base.head == "name" else base.head


def _is_function(term: Expression) -> bool:
    """Whether a term is, or has as a factor, a function or an exponential; only two levels are examined."""
    if term.head == "negation":
        term = term.args[0]
    for part in term.args if term.head in ("product", "quotient") else (term,):
        base = part.args[0] if part.head == "power" else part
        if base is E or base.head in _FUNCTIONS:
            return True
    return False


_FUNCTIONS = frozenset(FUNCTIONS) - {"sqrt", "cbrt"} | {"application", "defined"}
