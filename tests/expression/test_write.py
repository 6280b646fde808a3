"""Writing: text that reads back to the same tree, for every tree, and lines that look like a textbook's."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.expression import tree
from tutor.expression.latex import latex
from tutor.expression.names import GREEK_LETTER
from tutor.expression.parse import parse, read_back
from tutor.expression.relations import related
from tutor.expression.tree import ARGUMENT_COUNTS, Expression, node
from tutor.expression.write import PRETTY, write

LETTERS = [*"abcdfghjklmnopqrstuvwxyzABFGXY", *GREEK_LETTER]  # e and i are constants
ENDINGS = ["", "", "", "1", "12", "_2", "_10", "_k", "_{in}", "_{1a}"]
NAMES = [letter + ending for letter in LETTERS for ending in ENDINGS]
CONSTANTS = [tree.E, tree.PI, tree.I, tree.INFINITY]


@st.composite
def trees(draw: st.DrawFn, functions: list[str], depth: int = 4) -> Expression:
    """A tree of any heads below a statement; `functions` are the names of unknown functions."""

    def name() -> Expression:
        return tree.name(draw(st.sampled_from(NAMES)))

    def number() -> Expression:
        digits = draw(st.one_of(st.integers(0, 12), st.integers(0, 10**40)))
        shift = draw(st.sampled_from([0, 0, 0, 1, 2, 5, 30]))
        return tree.number(digits * 10**shift if draw(st.booleans()) else Fraction(digits, 10**shift))

    def part() -> Expression:
        return below(draw(st.integers(0, depth - 1)))

    def several() -> list[Expression]:
        return [part() for _ in range(draw(st.integers(2, 3)))]

    def order() -> Expression:
        return tree.number(draw(st.integers(1, 20))) if draw(st.booleans()) else name()

    def known() -> Expression:
        function = draw(st.sampled_from(sorted(ARGUMENT_COUNTS)))
        return tree.call(function, *several()[: max(1, ARGUMENT_COUNTS[function][0])])

    def unknown() -> Expression:
        return node("application", (part(),), (draw(st.sampled_from(functions)), draw(st.integers(0, 3))))

    def integral() -> Expression:
        limits = (part(), part()) if draw(st.booleans()) else ()
        return node("integral", (part(), name(), *limits))

    def target() -> Expression:
        """Where a limit goes: most are numbers, names or infinity; a limit, an integral and the like are none."""
        made = part()
        kinds = {each.head for each in tree.postorder([made])}
        return made if kinds.isdisjoint(("limit", "integral", "derivative", "at")) else tree.INFINITY

    makers: list[Callable[[], Expression]] = [
        name, number, lambda: draw(st.sampled_from(CONSTANTS)),
        lambda: node("application", (), (draw(st.sampled_from(NAMES)), draw(st.integers(1, 3)))),
        lambda: tree.add(*several()), lambda: tree.multiply(*several()), lambda: tree.negate(part()),
        lambda: tree.divide(part(), part()), lambda: tree.power(part(), part()), known, unknown, integral,
        lambda: node("log", (part(), part())),
        lambda: tree.derivative(part(), name(), order(), draw(st.sampled_from("d∂"))),
        lambda: node("at", (part(), name(), part())),
        lambda: node("limit", (part(), name(), target()), draw(st.sampled_from(["", "+", "-"]))),
    ]
    leaves = 4

    def below(left: int) -> Expression:
        nonlocal depth
        depth, outer = left, depth
        made = draw(st.sampled_from(makers if left else makers[:leaves]))()
        depth = outer
        return made

    return below(depth)


@st.composite
def problems(draw: st.DrawFn, functions: list[str]) -> Expression:
    """Expressions, equations, and several of them with `;` between."""

    def statement() -> Expression:
        left = draw(trees(functions))
        sign = draw(st.sampled_from(["", "", "=", "!=", "<", "<=", ">", ">="]))
        return node("relation", (left, draw(trees(functions))), sign) if sign else left

    statements = [statement() for _ in range(draw(st.sampled_from([1, 1, 2, 3])))]
    return node("statements", tuple(statements)) if len(statements) > 1 else statements[0]


@settings(max_examples=500, deadline=None)
@given(problems(NAMES))
def test_every_tree_reads_back_as_itself(root: Expression) -> None:
    assert read_back(write(root)) is root


@settings(max_examples=300, deadline=None)
@given(problems(["f", "g", "h"]))
def test_a_tree_whose_unknown_functions_are_f_g_h_needs_only_parse(root: Expression) -> None:
    assert parse(write(root)) is root


@settings(max_examples=300, deadline=None)
@given(problems(["f", "g", "h"]))
def test_even_a_pretty_line_reads_back_as_the_same_tree(root: Expression) -> None:
    assert parse(write(root, PRETTY)) is root


def test_a_name_is_not_shown_like_the_beginning_of_a_sum() -> None:
    assert write(parse("2*Sigma_k"), PRETTY) == "2Sigma_k"
    assert write(parse("2*Sigma"), PRETTY) == "2Σ"


@pytest.mark.parametrize("exponent", [0, 19, 20, 21, 4299, 4300, 9998, 9999, 10_000, 10_900])
@pytest.mark.parametrize("digits", [1, 25, 10**15 + 7])
def test_long_numbers_read_back(digits: int, exponent: int) -> None:
    for value in (Fraction(digits * 10**exponent), Fraction(digits, 10**exponent)):
        root = tree.number(value)
        assert parse(write(root)) is root


NUMBERS = [
    (tree.number(0), "0"),
    (tree.number(1000), "1000"),
    (tree.number(10**30), "1e30"),
    (tree.number(Fraction(1, 10)), "0.1"),
    (tree.number(Fraction(25, 2)), "12.5"),
    (tree.number(Fraction(7, 10**40)), "7e-40"),
    (tree.rational(Fraction(-1, 3)), "-1/3"),
]


@pytest.mark.parametrize(("root", "text"), NUMBERS, ids=[text for _, text in NUMBERS])
def test_numbers(root: Expression, text: str) -> None:
    assert write(root) == text


PRETTY_LINES = [
    # typed, as a textbook prints it
    ("2x*sin(x^2) + 2x^3*cos(x^2)", "2x·sin(x²) + 2x³·cos(x²)"),
    ("sqrt(x+1)", "√(x + 1)"),
    ("sqrt(x)", "√x"),
    ("2sqrt(x)", "2√x"),
    ("cbrt(2x)", "∛(2x)"),
    ("sqrt(x)^3", "(√x)³"),
    ("e^(2x)", "e^(2x)"),
    ("2e^x", "2e^x"),
    ("e^-x", "e^(−x)"),
    ("x^-1", "x⁻¹"),
    ("x^(n-1)", "xⁿ⁻¹"),
    ("n*x^(n-1)", "n·xⁿ⁻¹"),
    ("x^(1/2)", "x^(1/2)"),
    ("x^y", "x^y"),
    ("e^(x^2)", "e^(x²)"),
    ("x^y^z", "x^(y^z)"),
    ("e^sin(x)", "e^sin(x)"),
    ("1/d/dx [x^2]", "1/(d/dx [x²])"),
    ("d/dx [x^2]/x", "d/dx [x²]/x"),
    ("(x^2)^3", "(x²)³"),
    ("x^12", "x¹²"),
    ("3/(2sqrt(3x+1))", "3/(2√(3x + 1))"),
    ("1/(2x)", "1/(2x)"),
    ("1/2x", "(1/2)·x"),
    ("a*b/c", "a·b/c"),
    ("a/b/c", "(a/b)/c"),
    ("x y", "x·y"),
    ("2*3", "2·3"),
    ("2*3x", "2·3x"),
    ("2pi r", "2π·r"),
    ("2(x+1)", "2(x + 1)"),
    ("4(3x+2)^3", "4(3x + 2)³"),
    ("3x^2(x+1)", "3x²·(x + 1)"),
    ("x(x+1)", "x·(x + 1)"),
    ("(x+1)(x-2)", "(x + 1)·(x − 2)"),
    ("3 sin x", "3·sin(x)"),
    ("sin^2 x", "sin(x)²"),
    ("0.5x", "0.5x"),
    ("-x^2 - -y", "−x² − (−y)"), ("--x/y", "−(−x/y)"),
    ("-(x+1)", "−(x + 1)"),
    ("2*-x", "2·(−x)"),
    ("a - (b + c)", "a − (b + c)"),
    ("|x|", "|x|"),
    ("|x|^2", "|x|²"),
    ("|x + |y||", "|x + |y||"),
    ("abs(abs(x))", "abs(|x|)"),
    ("sigmoid(x)", "σ(x)"),
    ("log_2 x", "log₂(x)"),
    ("log_b x", "log_b(x)"),
    ("log(x, a+1)", "log(x, a + 1)"),
    ("theta + w_2 + x1 + w_i", "θ + w₂ + x1 + w_i"),
    ("infinity", "∞"),
    ("x <= 3", "x ≤ 3"),
    ("x != y", "x ≠ y"),
    ("f(x) = x^2; f'(2)", "f(x) = x²; f'(2)"),
    ("d/dx [f*g]", "d/dx [f·g]"),
    ("d^2/dx^2 [x^3]", "d²/dx² [x³]"),
    ("d^n/dx^n [e^x]", "dⁿ/dxⁿ [e^x]"),
    ("∂/∂θ [θ x]", "∂/∂θ [θ·x]"),
    ("d/du [f(u)] at (u = g) * d/dx [g]", "d/du [f(u)] at (u = g) · d/dx [g]"),
    ("int x^2 dx", "∫ x² dx"),
    ("int x + 1 dx", "∫ (x + 1) dx"),
    ("int_0^1 x dx", "∫₀¹ x dx"),
    ("int_a^b x dx", "∫_a^b x dx"),
    ("int_-1^(2pi) x dx", "∫_(−1)^(2π) x dx"),
    ("2 int x dx + 3", "2·∫ x dx + 3"),
    ("(int x dx)/2", "(∫ x dx)/2"),
    ("(2 int x dx)/2", "(2·∫ x dx)/2"),
]


@pytest.mark.parametrize(("typed", "line"), PRETTY_LINES, ids=[typed for typed, _ in PRETTY_LINES])
def test_pretty(typed: str, line: str) -> None:
    root = parse(typed)
    assert write(root, PRETTY) == line
    assert parse(line) is root


def test_repr_is_short() -> None:
    assert repr(parse("x^2 + 1")) == "<Expression x^2 + 1>"
    assert len(repr(parse("+".join(["x"] * 5000)))) < 250


def test_equations_of_which_one_has_to_be_true() -> None:
    both = node("alternatives", (parse("x = 1"), parse("x = -1")))
    assert write(both) == "x = 1 or x = -1"
    assert write(related(parse("x^2 = 1"), "<=>", both), PRETTY) == "x² = 1 ⇔ x = 1 or x = −1"
    assert write(related(parse("x^2 = -1"), "<=>", node("alternatives", ()))) == "x^2 = -1 <=> never"
    assert latex(related(parse("x^2 = 1"), "<=>", both)) == "x^{2} = 1 \\iff x = 1\\text{ or }x = -1"
    assert latex(node("alternatives", ())) == "\\text{never }"
