"""Bookkeeping: what is the same up to writing, and how it is written again."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from tests.algebra.expressions import EXPRESSIONS
from tutor.algebra.bookkeeping import Bookkeeping
from tutor.algebra.intermediate import Writer
from tutor.algebra.terms import Style
from tutor.algebra.view import Views
from tutor.expression.parse import parse
from tutor.expression.tree import Expression, node
from tutor.oracle.verdict import Oracle


@pytest.mark.parametrize(("left", "right"), [
    ("3*x*(-y)*2", "-6*y*x"),
    ("1*x + 0", "x"),
    ("x^1", "x"),
    ("0*x", "0"),
    ("-(-x)", "x"),
    ("-(x - y)", "y - x"),
    ("z*(x - y)", "-z*(y - x)"),
    ("a - (b - c)", "a - b + c"),
    ("(x*y)*z", "z*y*x"),
    ("(-x)/y", "-(x/y)"),
    ("x/(-y)", "-x/y"),
    ("2*x/(4*y)", "x/(2*y)"),
    ("1/2*x", "x/2"),
    ("0.5*x", "x/2"),
    ("x/1", "x"),
    ("sqrt(x)", "x^(1/2)"),
    ("exp(2*x)", "e^(2*x)"),
    ("2^3 + x", "x + 8"),
    ("2^-1*x", "x/2"),
    ("sin(y + x)", "sin(x + y)"),
    ("d/dx [x*2]", "d/dx [2*x]"),
])
def test_what_is_the_same(left: str, right: str) -> None:
    books = Bookkeeping()
    assert books.of(parse(left)) is books.of(parse(right))


@pytest.mark.parametrize(("left", "right"), [
    ("x/y*z", "x*z/y"),
    ("x*x", "x^2"),
    ("x + x", "2*x"),
    ("2*(x + 1)", "2*x + 2"),
    ("x/x", "1"),
    ("x^0", "1"),
    ("x^-1", "1/x"),
    ("(-x)^2", "x^2"),
    ("(1 - x)^2", "(x - 1)^2"),
    ("1/0", "0"),
    ("0^0", "1"),
    ("8^(1/3)", "2"),
    ("cbrt(x)", "x^(1/3)"),
    ("x - y", "y - x"),
])
def test_what_is_a_step(left: str, right: str) -> None:
    books = Bookkeeping()
    assert books.of(parse(left)) is not books.of(parse(right))


@pytest.mark.parametrize(("typed", "written"), [
    ("y*(-x)*2", "-2*x*y"),
    ("sin(x)*x*2*(x + 1)", "2*x*(x + 1)*sin(x)"),
    ("1 - x", "1 - x"),
    ("1 - x + x^2", "x^2 - x + 1"),
    ("-x/(-2)*y", "x*y/2"),
    ("x^(1/2)/3", "sqrt(x)/3"),
    ("-sin(x) + cos(x)", "cos(x) - sin(x)"),
])
def test_order_of_books(typed: str, written: str) -> None:
    books = Bookkeeping()
    assert str(Writer(books, Views(Style())).written(books.of(parse(typed)))) == written


def test_what_was_noted_is_written_as_it_was() -> None:
    books = Bookkeeping()
    writer = Writer(books, Views(Style()))
    writer.note(parse("cos(1 + x)*(2 + x)"))
    assert str(writer.written(books.of(parse("3*(x + 2)")))) == "3*(2 + x)"


@settings(max_examples=300, deadline=None)
@given(EXPRESSIONS)
def test_written_again_it_is_the_same_tree(start: Expression) -> None:
    books = Bookkeeping()
    tree = books.of(start)
    written = Writer(books, Views(Style())).written(tree)
    assert books.of(written) is tree
    assert Bookkeeping().of(written) is tree
    assert Oracle().compare(start, written).outcome != "refuted"


def test_depth_and_width_are_no_limit() -> None:
    deep = parse("x")
    for _ in range(20_000):
        deep = node("sin", (node("negation", (deep,)),))
    books = Bookkeeping()
    assert books.of(Writer(books, Views(Style())).written(books.of(deep))) is books.of(deep)
    wide = node("sum", tuple(parse(f"x^{power}") for power in range(2, 2_000)))
    assert books.of(wide) is books.of(node("sum", tuple(reversed(wide.args))))


@settings(max_examples=200, deadline=None)
@given(EXPRESSIONS, EXPRESSIONS)
def test_brackets_turned_round_to_what_is_known_are_the_same_tree(start: Expression, known: Expression) -> None:
    books = Bookkeeping()
    writer = Writer(books, Views(Style()))
    for part in known.args:
        writer.note(node("negation", (part,)))
    difference = node("sum", (start, node("negation", (known,))))
    writer.note(difference)
    for whole in (node("product", (node("negation", (difference,)), difference, start)),
                  node("quotient", (node("negation", (difference,)), node("product", (difference, parse("-x")))))):
        tree = books.of(whole)
        assert books.of(writer.written(tree)) is tree
