"""How mathematics stands on paper, before anyone draws it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.expression.test_write import problems
from tutor.expression.functions import Defined, with_functions
from tutor.expression.latex import joined, latex, written
from tutor.expression.layout import Big, Evaluated, Fence, Fraction, Layout, Root, Row, Script, Symbol, layout
from tutor.expression.parse import parse, read
from tutor.expression.tree import Expression, Path, add, call, name
from tutor.expression.write import PRETTY, write

PARTS = (Symbol, Row, Fraction, Script, Root, Fence, Evaluated, Big)


def inner(part: Layout) -> Iterator[Layout]:
    for value in part.parts if isinstance(part, Row) else part:
        if isinstance(value, PARTS):
            yield value


def outermost_changed(root: Layout) -> list[Layout]:
    found: list[Layout] = []
    stack = [root]
    while stack:
        part = stack.pop()
        if part.changed:
            found.append(part)
        else:
            stack += reversed(list(inner(part)))
    return found


def places(root: Expression) -> list[tuple[Path, Expression]]:
    found: list[tuple[Path, Expression]] = [((), root)]
    for place, part in found:  # grows while it is walked
        found += [((*place, index), arg) for index, arg in enumerate(part.args)]
    return found


def test_a_fraction_line_groups_and_a_slash_does_not() -> None:
    root = layout(parse("(x^2 + 1)/x"))
    assert isinstance(root, Fraction)
    assert isinstance(root.above, Row)
    assert not any(isinstance(part, Fence) for part in inner(root))


@pytest.mark.parametrize(("typed", "tall"), [
    ("(x + 1)^2", False), ("(x/2)^2", True), ("x*(1 + 1/x)", True), ("sqrt(x/2)", True), ("sin(x)", False),
])
def test_brackets_are_as_high_as_what_they_hold(typed: str, tall: bool) -> None:
    assert layout(parse(typed)).tall is tall


def test_a_minus_stands_between_its_operands() -> None:
    root = layout(parse("a - b"))
    assert isinstance(root, Row)
    assert [part.text for part in root.parts if isinstance(part, Symbol)] == ["a", "-", "b"]


CHANGED = [
    ("x + x", [(1,)], ["x"]),
    ("x + x", [(0,), (1,)], ["x", "+", "x"]),
    ("a - x*y", [(1,)], ["-", "x \\cdot y"]),
    ("a - x*y", [(1, 0, 1)], ["y"]),
    ("a*(b + c)", [(1,)], ["(b + c)"]),
    ("a*(b + c)", [(1, 0)], ["b"]),
    ("a*(b + c)", [(1,), (1, 0)], ["(b + c)"]),
    ("sin(x)^2", [(0, 0)], ["x"]),
    ("sin(x)^2", [()], ["\\sin(x)^{2}"]),
    ("d^2/dx^2 [x]", [(2,)], ["\\frac{d^{2}}{dx^{2}}"]),
    ("d/dx [x]", [(1,)], ["x"]),
    ("x^2 at (x = y)", [(2,)], ["y"]),
    ("f'(2)", [(0,)], ["2"]),
]


@pytest.mark.parametrize(("typed", "changed", "expected"), CHANGED)
def test_what_changed_stands_out_in_its_place_alone(typed: str, changed: list[Path], expected: list[str]) -> None:
    found = outermost_changed(layout(parse(typed), changed))
    assert [joined(written(part)).strip() for part in found] == expected


def test_a_defined_function_stands_out_with_its_primes() -> None:
    swish = Defined("swish", "x", parse("x*sigmoid(x)"))
    root = with_functions(read("swish'(3x)", frozenset(["swish"])).expression, {"swish": swish})
    assert outermost_changed(layout(root, [(0, 2)])) == [layout(root)._replace(changed=True)]
    assert [joined(written(part)) for part in outermost_changed(layout(root, [(2, 0)]))] == ["3"]


@settings(max_examples=200, deadline=None)
@given(problems(["f", "g", "theta"]), st.data())
def test_any_place_can_stand_out_and_nothing_else_is_different(root: Expression, data: st.DataObject) -> None:
    everywhere = places(root)
    chosen = data.draw(st.lists(st.sampled_from(everywhere), min_size=1, max_size=3))
    marked = layout(root, [place for place, _ in chosen])
    assert joined(written(marked)) == latex(root)
    assert outermost_changed(marked)
    assert not outermost_changed(layout(root))


def test_depth_is_no_matter() -> None:
    root = name("x")
    for _ in range(3000):
        root = call("sin", root)
    assert [part.shows for part in outermost_changed(layout(root, [(0,) * 3000]))] == [name("x")]
    assert latex(root).count("sin") == 3000


def test_equal_parts_are_laid_out_once() -> None:
    root = name("x")
    for _ in range(200):  # written out, it would have 2^200 terms
        root = add(root, root)
    part = layout(root, [(1,) * 200])
    while not part.changed:
        part = list(inner(part))[-1]
    assert part == Symbol("name", "x", name("x"), changed=True)


@pytest.mark.parametrize(("typed", "pretty", "in_latex"), [
    ("(x^3/3) at (x = 2) - (x^3/3) at (x = 0)", "[x³/3]₀²", r"\left[\frac{x^{3}}{3}\right]_{0}^{2}"),
    ("sin(x) at (x = pi) - sin(x) at (x = 0)", "[sin(x)]_0^π", r"\left[\sin(x)\right]_{0}^{\pi}"),
    ("(k*x) at (x = 1) - (k*x) at (x = 0)", "[k·x]_(x = 0)^(x = 1)", r"\left[k \cdot x\right]_{x = 0}^{x = 1}"),
    ("x^2 at (x = 1) - x^2 at (x = 0) + 3", "[x²]₀¹ + 3", r"\left[x^{2}\right]_{0}^{1} + 3"),
    ("1 + (x^2 at (x = 1) - x^2 at (x = 0))", "1 + [x²]₀¹", r"1 + \left[x^{2}\right]_{0}^{1}"),
    ("(x at (x = 1) - x at (x = 0))^2", "([x]₀¹)²", r"\left(\left[x\right]_{0}^{1}\right)^{2}"),
    ("x^2 at (x = 1) - x^3 at (x = 0)", "x² at (x = 1) − x³ at (x = 0)",
     r"\left. x^{2}\right|_{x = 1} - \left. x^{3}\right|_{x = 0}"),
])
def test_a_value_minus_another_is_drawn_in_square_brackets(typed: str, pretty: str, in_latex: str) -> None:
    difference = parse(typed)
    assert write(difference, PRETTY) == pretty
    assert joined(written(layout(difference, brackets=True))) == in_latex
    assert parse(write(difference)) is difference
    assert parse(latex(difference)) is difference

