"""What LaTeX is read as has the value that a person meant, as SymPy computes it."""

from __future__ import annotations

from typing import Any

import pytest
import sympy

from tests.expression.latex_samples import SAMPLES
from tutor.expression.parse import parse
from tutor.expression.tree import Expression, postorder

_FUNCTIONS: dict[str, Any] = {
    "ln": sympy.log, "abs": sympy.Abs, "max": sympy.Max, "min": sympy.Min, "sigmoid": lambda x: 1/(1 + sympy.exp(-x)),
    "relu": lambda x: sympy.Max(0, x), "cbrt": lambda x: x**sympy.Rational(1, 3),
}
_HEADS: dict[str, Any] = {
    "sum": sympy.Add, "product": sympy.Mul, "negation": lambda x: -x, "quotient": lambda x, y: x/y,
    "power": lambda x, y: x**y, "log": lambda x, base: sympy.log(x, base), "relation": sympy.Eq,
    "derivative": lambda body, letter, order: sympy.diff(body, letter, order),
    "integral": lambda body, letter, *limits: sympy.integrate(body, (letter, *limits) if limits else letter),
    "limit": lambda body, letter, target: sympy.limit(body, letter, target),
    "at": lambda body, letter, point: body.subs(letter, point),
}
_CONSTANTS = {"e": sympy.E, "pi": sympy.pi, "i": sympy.I, "infinity": sympy.oo}


def meaning_of(root: Expression) -> Any:
    """A tree in SymPy, where all letters are positive."""
    done: dict[Expression, Any] = {}
    for part in postorder([root]):
        args = [done[arg] for arg in part.args]
        if part.head == "number":
            done[part] = sympy.Rational(str(part.value))
        elif part.head == "name":
            done[part] = letter(part.value)
        elif part.head == "constant":
            done[part] = _CONSTANTS[part.value]
        else:
            made = _HEADS.get(part.head) or _FUNCTIONS.get(part.head) or getattr(sympy, part.head)
            done[part] = made(*args)
    return done[root]


def letter(name: str) -> sympy.Symbol:
    return sympy.Symbol(name, positive=True)


class _Letters(dict[str, Any]):
    """Every word that is no name of SymPy is a letter."""

    def __missing__(self, name: str) -> Any:
        if name in ("gamma", "beta", "zeta") or not hasattr(sympy, name):
            return letter("lambda" if name == "lamda" else name)
        return getattr(sympy, name)


@pytest.mark.parametrize(("pasted", "meant"), SAMPLES, ids=[pasted for pasted, _ in SAMPLES])
def test_pasted_latex_has_the_value_that_was_meant(pasted: str, meant: str) -> None:
    found, wanted = meaning_of(parse(pasted)), eval(meant, {"__builtins__": {}}, _Letters())
    if isinstance(wanted, sympy.Eq):
        assert found == wanted
        return
    wanted = sympy.sympify(wanted)
    letters = sorted(found.free_symbols | wanted.free_symbols, key=str)
    for start in (0.6, 2.3):
        place = {each: start + 0.17 * index for index, each in enumerate(letters)}
        difference = (found - wanted).subs(place).evalf()
        assert abs(difference) < 1e-9 * (1 + abs(wanted.subs(place).evalf()))
