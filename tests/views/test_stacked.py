"""Mathematics in two dimensions, drawn cell by cell.

The files golden/stacked.* were looked at by a person. UPDATE_GOLDEN=1 writes them anew: look at the difference.
"""

from __future__ import annotations

import itertools
import os
from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from tests.expression.test_write import problems
from tests.telling.test_changes import EXPRESSIONS
from tutor.expression.layout import Big, Layout, Row, Symbol, layout
from tutor.expression.parse import parse, read_back
from tutor.expression.tree import (
    ONE,
    TWO,
    Expression,
    add,
    call,
    derivative,
    divide,
    multiply,
    name,
    negate,
    node,
    power,
)
from tutor.expression.write import PRETTY, write
from tutor.telling.changes import changed_places
from tutor.views.boxes import Box
from tutor.views.marks import write_marked
from tutor.views.shorten import shortened
from tutor.views.signs import ASCII, UNICODE, Signs
from tutor.views.stacked import drawn, stacked_rows

GOLDEN = Path(__file__).parent / "golden"

X = name("x")


def box_of(what: Expression | Layout, signs: Signs = UNICODE) -> Box:
    box = drawn(layout(what, brackets=True) if isinstance(what, Expression) else what, signs)
    assert box is not None
    return box


def as_text(box: Box) -> str:
    return "".join(f"{row.rstrip()}\n" for row in box.rows)


DRAWINGS = [
    ("(x^3/3) at (x = b) - (x^3/3) at (x = -1)", """
        ⎡ x³ ⎤b
        ⎢ ── ⎥
        ⎣ 3  ⎦−1
    """),
    ("3*(sin(x) at (x = pi/2) - sin(x) at (x = 0))", """
                 π/2
        3[sin(x)]
                 0
    """),
    ("d/dx [(x^2+1)/(x-3)]", """
        d  ⎡ x² + 1 ⎤
        ── ⎢ ────── ⎥
        dx ⎣ x − 3  ⎦
    """),
    ("(d/dx [x^2+1]*(x-3) - (x^2+1)*d/dx [x-3])/(x-3)^2", """
        d/dx [x² + 1]·(x − 3) − (x² + 1)·d/dx [x − 3]
        ─────────────────────────────────────────────
                          (x − 3)²
    """),
    ("e^(-x^2/2)/sqrt(2pi)", """
         −x²/2
        e
        ──────
        √(2π)
    """),
    ("sqrt((x+1)/(x-1))", """
         ┌──────
         │ x + 1
         │ ─────
        ╲│ x − 1
    """),
    ("cbrt(x/2)*x", """
          ┌──
          │ x
          │ ─ · x
        3╲│ 2
    """),
    ("((x+1)/(x-1))^2", """
        ⎛ x + 1 ⎞²
        ⎜ ───── ⎟
        ⎝ x − 1 ⎠
    """),
    ("((x+1)/(x-1))^x", """
                 x
        ⎛ x + 1 ⎞
        ⎜ ───── ⎟
        ⎝ x − 1 ⎠
    """),
    ("((1 + e^-x)^2)^y", """
               −x   y
        ((1 + e  )²)
    """),
    ("int_0^1 x/(x^2+1) dx", """
        1
        ⌠   x
        ⎮ ────── dx
        ⌡ x² + 1
        0
    """),
    ("int_0^(pi/2) x dx", """
        π/2
         ⌠
         ⎮  x dx
         ⌡
         0
    """),
    ("int_0^1 x^2 dx", """
        ∫₀¹ x² dx
    """),
    ("d/du [sin(u)] at (u = x^2) * d/dx [x^2]", """
        d/du [sin(u)] at (u = x²) · d/dx [x²]
    """),
    ("x^2*(e^u at (u = 2x) * (-x))", """
             u
        x²·(e  at (u = 2x) · (−x))
    """),
    ("1/(1 + 1/(1 + 1/x))", """
              1
        ─────────────
                1
         1 + ───────
                  1
              1 + ─
                  x
    """),
    ("2/3*x^3", """
        2
        ─ x³
        3
    """),
    ("-1/2*(3/4)", """
          1   3
        − ─ · ─
          2   4
    """),
    ("|x/(x+1)|", """
        │   x   │
        │ ───── │
        │ x + 1 │
    """),
    ("sigmoid(x/2)", """
         ⎛ x ⎞
        σ⎜ ─ ⎟
         ⎝ 2 ⎠
    """),
    ("log(x/2, b + 1)", """
           ⎛ x        ⎞
        log⎜ ─, b + 1 ⎟
           ⎝ 2        ⎠
    """),
]


@pytest.mark.parametrize(("typed", "picture"), DRAWINGS)
def test_it_is_drawn_as_on_paper(typed: str, picture: str) -> None:
    assert as_text(box_of(parse(typed))) == dedent(picture).strip("\n").rstrip() + "\n"


DRAWINGS_IN_ASCII = [
    ("((x^2+1)/2)^k", """
                   k
        / x^2 + 1 \\
        | ------- |
        \\    2    /
    """),
    ("-x/2 + e^(-x^2/2)*d/dx [2x]", """
           x     -x^2/2
        - --- + e      *d/dx [2*x]
           2
    """),
    ("2/3*x - sqrt(x/2)", """
         2            /  x  \\
        --- * x - sqrt| --- |
         3            \\  2  /
    """),
    ("x^(n - 1) + e^-x - e^(x^2)", """
                            x^2
        x^(n - 1) + e^-x - e
    """),
]


@pytest.mark.parametrize(("typed", "picture"), DRAWINGS_IN_ASCII)
def test_plain_ascii_draws_with_what_it_has(typed: str, picture: str) -> None:
    assert as_text(box_of(parse(typed), ASCII)) == dedent(picture).strip("\n").rstrip() + "\n"


# -- laws ------------------------------------------------------------------------------------------------------------


@settings(max_examples=300, deadline=None)
@given(problems(["f", "g", "theta"]))
def test_boxes_are_rectangles_and_one_row_is_the_line_that_is_always_shown(root: Expression) -> None:
    for signs in (UNICODE, ASCII):
        box = drawn(layout(root), signs)
        if box is None:
            continue
        assert {len(row) for row in box.rows} == {box.width}
        assert 0 <= box.baseline < box.height
        if box.height == 1 and signs is UNICODE:
            assert box.rows[0] == write(root, PRETTY)
        elif box.height == 1:
            assert read_back(box.rows[0]) is root
        if signs is ASCII and "∂" not in str(root):
            assert all(row.isascii() for row in box.rows)


def larger(trees: list[Expression]) -> list[Expression]:
    """These trees, and every tree that has one or two of them in its outermost node."""
    made = dict.fromkeys(trees)
    for part in trees:
        made |= dict.fromkeys([
            negate(part), call("sqrt", part), call("cbrt", part), call("abs", part), call("sin", part),
            derivative(part, X), derivative(part, X, TWO), node("at", (X, X, part)), node("integral", (part, X)),
            node("integral", (X, X, ONE, part)), node("application", (part,), ("f", 1))])
    for one, other in itertools.product(trees, trees):
        made |= dict.fromkeys([
            add(one, other), multiply(one, other), divide(one, other), power(one, other), node("log", (one, other)),
            node("at", (one, X, other))])
    return list(made)


def test_two_trees_never_look_the_same() -> None:
    trees = larger(larger([X, TWO])[::2])
    for signs in (UNICODE, ASCII):
        seen: dict[tuple[str, ...], Expression] = {}
        for tree in trees:
            assert seen.setdefault(box_of(tree, signs).rows, tree) is tree


# -- what changed ----------------------------------------------------------------------------------------------------


def marked(old: str, new: str, signs: Signs = UNICODE) -> list[tuple[int, str]]:
    root = parse(new)
    box = drawn(layout(root, changed_places(parse(old), root)), signs)
    assert box is not None
    return sorted((row, box.rows[row][start:end]) for row, start, end in box.marks)


MARKED = [
    ("x + d/dx [x]", "x + 1/y", [(0, "1"), (1, "─"), (2, "y")]),
    ("1/x + x", "1/x + y", [(1, "y")]),
    ("2x + d/dx [2x]", "2x + 2", [(0, "2")]),
    ("x/(x + 1)", "y/(x + 1)", [(0, "y")]),
    ("a - x/2", "a - y/2", [(0, "y")]),
    ("a + x/2", "a - y", [(0, "y"), (0, "− ")]),
    ("sqrt(x/2)", "sqrt(x/3)", [(3, "3")]),
    ("x/2 + e^(2x)", "x/2 + e^(3x)", [(0, "3")]),
    ("x/2 + e^(x/2)", "x/2 + e^(x/3)", [(0, "x/3")]),
    ("x/2 + e^2", "x/2 + e^3", [(1, "³")]),
    ("d^2/dx^2 [x]", "d/dx [x]", [(0, "d/dx")]),
    ("d^2/dx^2 [x/y]", "d/dx [x/y]", [(0, "d"), (1, "──"), (2, "dx")]),
    ("int_0^1 x dx", "int_0^2 x dx", [(0, "∫₀²")]),
    ("int_0^1 x/2 dx", "int_0^2 x/2 dx", [(0, "2")]),
    ("log(x, 2)/x", "log(x, 3)/x", [(0, "₃")]),
    ("f(x/2)", "g(x/2)", [(0, "⎛ x ⎞"), (1, "g⎜ ─ ⎟"), (2, "⎝ 2 ⎠")]),
    ("d/dx [x] at (x = 1)", "d/dx [x] at (x = 2)", [(0, "2")]),
    ("d/dx [x/y] at (x = 1)", "d/dx [x/y] at (x = 2)", [(2, "2")]),
    ("a*x/2", "b*y/2", [(0, "b·y")]),
]


@pytest.mark.parametrize(("old", "new", "expected"), MARKED)
def test_what_changed_is_marked_where_it_stands(old: str, new: str, expected: list[tuple[int, str]]) -> None:
    assert marked(old, new) == expected


def places(root: Expression) -> list[tuple[int, ...]]:
    found: list[tuple[tuple[int, ...], Expression]] = [((), root)]
    for place, part in found:  # grows while it is walked
        found += [((*place, index), arg) for index, arg in enumerate(part.args)]
    return [place for place, _ in found]


@settings(max_examples=200, deadline=None)
@given(problems(["f", "g", "theta"]), st.data())
def test_any_place_is_marked_where_something_is_drawn(root: Expression, data: st.DataObject) -> None:
    changed = [data.draw(st.sampled_from(places(root)))]
    for signs in (UNICODE, ASCII):
        box = drawn(layout(root, changed), signs)
        if box is None:
            continue
        plain = box_of(root, signs)
        assert (box.rows, box.baseline, plain.marks) == (plain.rows, plain.baseline, ())
        assert box.marks
        for row, start, end in box.marks:
            assert 0 <= start < end <= box.width
            assert box.rows[row][start:end].strip()


@settings(max_examples=300, deadline=None)
@given(EXPRESSIONS, EXPRESSIONS)
def test_on_one_row_the_marks_are_in_the_spans_of_the_line(old: str, new: str) -> None:
    before, root = parse(old), parse(new)
    for signs in (UNICODE, ASCII):
        box = drawn(layout(root, changed_places(before, root)), signs)
        text, spans = write_marked(root, changed_places(before, root), signs.style)
        assert box is not None
        assert bool(box.marks) == bool(spans)
        if box.rows == (text,):
            cells = [set(range(start, end)) for _, start, end in box.marks]
            assert all(any(place in range(start, end) for each in cells for place in each) for start, end in spans)
            if "^" not in text:  # the exponent of an exponent may be marked with it
                assert set().union(*cells) <= {place for span in spans for place in range(*span)}


# -- rows ------------------------------------------------------------------------------------------------------------


def rows_of(typed: str, first: int, rest: int) -> list[str] | None:
    boxes = stacked_rows(parse(typed), UNICODE, first, rest)
    return None if boxes is None else [as_text(box) for box in boxes]


@pytest.mark.parametrize(("typed", "first", "rest"), [
    ("x + 1", 60, 60), ("3x^2 - sin(x)", 60, 60),
    ("3/4*x^2 - 62x + 8/3", 60, 60), ("-1/2", 60, 60), ("y = 1/2*sin(2x)", 60, 60),
    ("x/(a + b + c)", 8, 60), ("y + x/(a + b + c)", 12, 8), ("x^2*(1 + 1/x)*sin(x)", 15, 15),
    # too high for a screen
    ("1/(1 + " * 11 + "x" + ")" * 11, 99, 99),
    ("1/(1 + " * 8 + "x" + ")" * 8 + " + " + "(1 + " * 8 + "x" + ")/2" * 8, 99, 99),
])
def test_one_line_is_better(typed: str, first: int, rest: int) -> None:
    assert stacked_rows(parse(typed), UNICODE, first, rest) is None


def test_rows_are_broken_before_operators() -> None:
    assert rows_of("y = 1/x + 2/(x + 1) - 3/(x + 2) + 1/2", 17, 14) == [
        "    1     2\ny = ─ + ─────\n    x   x + 1\n", "    3     1\n− ───── + ─\n  x + 2   2\n"]
    assert rows_of("a/b = c/d + e", 4, 9) == ["a\n─\nb\n", "  c\n= ─ + e\n  d\n"]
    assert rows_of("a/b - (c + d)", 9, 9) == ["a\n─\nb\n", "− (c + d)\n"]


@settings(max_examples=150, deadline=None)
@given(problems(["f", "g", "theta"]))
def test_rows_fit_and_together_they_are_the_box(root: Expression) -> None:
    for signs, (first, rest) in itertools.product((UNICODE, ASCII), ((20, 18), (18, 20), (70, 66))):
        boxes = stacked_rows(root, signs, first, rest)
        if boxes is None:
            continue
        assert boxes[0].width <= first
        assert all(box.width <= rest for box in boxes[1:])
        assert any(box.height > 1 for box in boxes)
        lines = [box.rows[box.baseline] for box in boxes]
        assert " ".join(lines) == box_of(root, signs).rows[box_of(root, signs).baseline]


def test_a_change_of_everything_marks_every_row() -> None:
    boxes = stacked_rows(parse("a/b + c/d"), UNICODE, 4, 4, [()])
    assert boxes is not None
    assert [[(row, box.rows[row][start:end]) for row, start, end in box.marks] for box in boxes] == [
        [(0, "a"), (1, "─"), (2, "b")], [(1, "+ "), (0, "c"), (1, "─"), (2, "d")]]


def test_an_ellipsis_stands_for_what_is_left_out() -> None:
    long = parse("(" + " + ".join(f"x^{k}" for k in range(1, 200)) + ")/2")
    assert box_of(shortened(long)).rows[0] == "x¹ + x² + x³ + x⁴ + x⁵ + x⁶ + x⁷ + x⁸ + x⁹ + x¹⁰ + ... + x¹⁹⁹"


def test_depth_and_length_are_no_matter() -> None:
    deep = parse("sin(" * 3000 + "x" + ")" * 3000)
    assert box_of(deep).rows == (write(deep, PRETTY),)
    nested, shared = X, X
    for _ in range(3000):
        nested = divide(ONE, add(ONE, nested))
    for _ in range(60):
        shared = add(shared, shared)
    assert stacked_rows(nested, UNICODE, 70, 70) is None
    assert stacked_rows(divide(shared, X), UNICODE, 70, 70) is None
    boxes = stacked_rows(parse(" + ".join(f"{k}/x^{k}" for k in range(1, 1001))), UNICODE, 70, 70)
    assert boxes is not None
    assert sum(box.rows[1].count("─" * 2) > 0 for box in boxes) == len(boxes)


# -- big signs -------------------------------------------------------------------------------------------------------


FROM_ONE = Row((Symbol("name", "k"), Symbol("operator", "="), Symbol("number", "1")))
SUM_OF_SQUARES = Big("sum", FROM_ONE, Symbol("name", "n"), layout(parse("1/k^2")))


def test_a_sum_has_its_limits_above_and_below() -> None:
    assert as_text(box_of(SUM_OF_SQUARES)) == "  n   1\n  ∑   ──\nk = 1 k²\n"
    assert as_text(box_of(SUM_OF_SQUARES, ASCII)) == "  n    1\n sum  ---\nk = 1 k^2\n"


@pytest.mark.parametrize(("typed", "unicode", "ascii"), [
    ("1/n*sum_{i=1}^{n} W_{ij}", "1\n─ · Σᵢ₌₁ⁿ Wᵢⱼ\nn\n", " 1\n--- * sum_{i=1}^{n} W_{ij}\n n\n"),
    ("sum_{i=1}^{n} x_i/y_i", "  n   xᵢ\n  ∑   ──\ni = 1 yᵢ\n", "  n   x_i\n sum  ---\ni = 1 y_i\n"),
    ("y_[k]/delta_[i,k]", "yₖ\n───\nδᵢₖ\n", "   y_k\n----------\ndelta_{ik}\n"),
])
def test_sums_and_parts_of_lists(typed: str, unicode: str, ascii: str) -> None:
    assert as_text(box_of(layout(parse(typed)))) == unicode
    assert as_text(box_of(layout(parse(typed)), ASCII)) == ascii


# -- golden files ----------------------------------------------------------------------------------------------------


SHOWN = [
    # derivatives
    "d/dx [x^2*sin(x)]",
    "d^2/dx^2 [x^3/(x + 1)]",
    "d^n/dx^n [e^x]",
    "∂/∂w_1 [(y - (w_1*x + w_0))^2/2]",
    "f'(x) = d/dx [(x^2 + 1)/(x - 3)]",
    "(d/dx [x^2 + 1]*(x - 3) - (x^2 + 1)*d/dx [x - 3])/(x - 3)^2",
    "(d/dx [x^2*sin(x)]*(x^2 + 3x - 3) - x^2*sin(x)*d/dx [x^2 + 3x - 3])/(x^2 + 3x - 3)^2",
    "(d/dx [(x^2 + 1)*sin(3x)]*(x^2 + 3x - 3)^2 - (x^2 + 1)*sin(3x)*d/dx [(x^2 + 3x - 3)^2])/((x^2 + 3x - 3)^2)^2",
    "d/du [sin(u)] at (u = x^2) * d/dx [x^2]",
    "d/dx [x^2/(x + 1)] at (x = 1/2)",
    "d/dx [f(x)/g(x)] = (f'(x)*g(x) - f(x)*g'(x))/g(x)^2",
    "f(x) = x/(x + 1); f'(2) = 1/9",
    # fractions
    "1/(1 + 1/(1 + 1/x))",
    "(a/b)/(c/d) + a/b/c - a/(b/c)",
    "1/2*(3/4) - x/y*z",
    "-x/y - (-x/y)",
    "3/4*x^2 - 62x + 8/3",
    "x/2 + 1e-9/x - 0.25/y",
    "1/x + 1/(x + 1) - 1/(x + 2) + 1/(x^2 + x + 1) - sin(x)/(x^2 + 4) + cos(x)/(x^2 + 9) - 1/(2*sqrt(x)) + ln(x)/x^2",
    "y = (x^2 + 1)/(x - 3) + (2x + 1)/(x + 7) - (x^3 - 4x)/(x^2 + 1) + x*(1 + 1/x)*(1 + 1/x^2) - e^(-x)*sin(x)/2",
    "ln(x + 1) = x - x^2/2 + x^3/3 - x^4/4 + x^5/5 - x^6/6 + x^7/7 - x^8/8 + x^9/9 - x^10/10 + x^11/11 - x^12/12 + "
    "x^13/13 - x^14/14 + x^15/15",
    "(x + 1)/(x - 1) <= 2 - 1/x",
    "(x^4 + 4x^3 - 7x^2 + 2x - 1)*(x^2 + 1)/(sqrt(x^2 + 1)*(x - 3)^2)",
    # exponents
    "e^(-x^2/2)/sqrt(2pi)",
    "x^(1/2) + x^(n - 1) - 2^(x + y)",
    "((x + 1)/(x - 1))^2 * ((x + 1)/(x - 1))^x",
    "(1 + e^-x)^2 + (e^x)^y - e^(x^2)",
    "1/(1 + e^-(w*x + b))",
    "sin(x/2)^2/(1 + cos(x)^2)",
    # roots, brackets, bars
    "sqrt((x + 1)/(x - 1)) - 2*sqrt(x/2)",
    "cbrt(x/(x + 1)) + sqrt(e^x)",
    "sqrt(1 + sqrt(1 + 1/x))",
    "|x/(x + 1)| + |x - |y||",
    "2*(-1/x) + (1/x + 1/y)*(a/b)",
    # functions
    "sigmoid(x/2) + ln(x/2) - log(x/2, 2) + log(x/2, b + 1)",
    "min(x/2, 3) * max(1, x)",
    "f(x/2)*g(x) + f''(x/2)*y'",
    "w_{in}*x_2/theta - w_k/x1",
    # integrals
    "int x/(x^2 + 1) dx",
    "int_0^1 x/(x^2 + 1) dx = ln(2)/2",
    "int_0^(pi/2) sin(x) dx + int_-1^1 x^2 dx",
    "int_0^infinity e^(-x^2/2) dx",
]


@pytest.mark.parametrize("signs", [UNICODE, ASCII], ids=["unicode", "ascii"])
@pytest.mark.parametrize("width", [60, 80, 120])
def test_golden(width: int, signs: Signs) -> None:
    pictures = []
    for typed in SHOWN:
        root = parse(typed)
        boxes = stacked_rows(root, signs, width, width)
        drawn_rows = [as_text(box) for box in boxes] if boxes else [f"{write(root, signs.style)}\n"]
        pictures.append("\n".join([f"# {typed}\n", *drawn_rows]))
    text = "\n\n".join(pictures)
    assert all(cell_len(row) == len(row) for row in text.split("\n"))
    golden = GOLDEN / f"stacked.{width}.{'unicode' if signs is UNICODE else 'ascii'}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


def test_what_a_variable_goes_to_stands_below_lim() -> None:
    assert as_text(box_of(parse("lim_(x->0+) sin(x)/x"))) == dedent("""\
             sin(x)
        lim  ──────
        x→0⁺   x
        """)
    assert as_text(box_of(parse("lim_(x->-infinity) (x^2 + 1)"), ASCII)) == dedent("""\
            lim      (x^2 + 1)
        x->-infinity
        """)
