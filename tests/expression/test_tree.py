"""The tree: equal trees are one object, nothing changes it, and nothing in it recurses."""

from __future__ import annotations

import copy
import gc
import pickle
from fractions import Fraction

import pytest

from tutor.expression import tree
from tutor.expression.parse import parse
from tutor.expression.tree import Expression, name, number

X, Y = name("x"), name("y")


def deep(levels: int) -> Expression:
    root = X
    for _ in range(levels):
        root = tree.call("sin", root)
    return root


# -- identity and immutability -----------------------------------------------------------------------------------


def test_equal_trees_are_one_object() -> None:
    assert tree.add(X, number(1)) is tree.add(name("x"), number(1))
    assert parse("x^2 + 1") is parse("x² + 1")
    assert tree.add(X, Y) is not tree.add(Y, X)


def test_equal_numbers_are_one_object_whatever_their_type() -> None:
    assert number(Fraction(2)) is number(2)
    assert number(Fraction(1, 2)) is parse("0.50")


def alive() -> int:
    """How many nodes there are."""
    gc.collect()
    return sum(isinstance(thing, Expression) for thing in gc.get_objects())


def test_trees_that_are_no_longer_used_are_forgotten() -> None:
    before = alive()
    for start in range(20):  # deep ones, of which each node is held by the one above it
        root = tree.call("cos", number(start + 1_000_000))
        for _ in range(10_000):
            root = tree.call("sin", root)
    del root
    assert alive() < before + 100_000


def test_a_large_tree_is_forgotten_soon_after_its_last_use() -> None:
    root = tree.negate(tree.add(*[number(value) for value in range(2_000_000, 2_340_000)]))
    before = alive()
    del root
    for value in range(3_000_000, 3_040_000):
        number(value)
    assert alive() < before - 250_000


@pytest.mark.parametrize("attribute", ["head", "args", "value", "free", "size", "anything"])
def test_a_tree_cannot_be_changed(attribute: str) -> None:
    with pytest.raises(AttributeError):
        setattr(X, attribute, None)


def test_a_node_cannot_be_made_behind_the_table() -> None:
    with pytest.raises(TypeError):
        Expression()


# -- copies ------------------------------------------------------------------------------------------------------

SAMPLES = ["x", "0.25", "pi", "x^2 sin 2x", "f'(x) + y''", "d^n/dx^n [x]", "int_0^1 x dx", "x at (x = 2)", "a = b; c"]


@pytest.mark.parametrize("text", SAMPLES)
def test_copies_are_the_tree_itself(text: str) -> None:
    root = parse(text)
    assert copy.copy(root) is root
    assert copy.deepcopy(root) is root
    assert pickle.loads(pickle.dumps(root)) is root


def test_unknown_functions_of_any_name_survive_pickling() -> None:
    root = tree.node("application", (X,), ("sigma", 0))
    assert pickle.loads(pickle.dumps([root, root]))[1] is root


def test_a_deep_tree_is_copied_without_recursion() -> None:
    root = deep(15_000)
    assert copy.deepcopy({"root": root})["root"] is root
    assert pickle.loads(pickle.dumps(root)) is root


# -- what a node knows -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("text", "free"), [
    ("2 + pi*e^i", ""), ("x y + z", "xyz"), ("f(x)", "x"), ("y'", ""),
    ("d/dx [x y]", "xy"), ("d^n/dx^n [x]", "nx"),
    ("int x y dx", "xy"), ("int_0^t x y dx", "ty"), ("int_x^1 x dx", "x"),
    ("(x y) at (x = 2)", "y"), ("x at (x = x + z)", "xz"), ("x = y; z", "xyz"),
])
def test_free_names(text: str, free: str) -> None:
    assert parse(text).free == frozenset(free)


@pytest.mark.parametrize(("text", "size"), [
    ("x", 1), ("2x", 2), ("x + y", 3), ("x - y", 3), ("a + b + c", 5), ("-x", 2), ("x/y", 3), ("x^2", 3),
    ("sin x", 2), ("2(x+1)", 4),
])
def test_size(text: str, size: int) -> None:
    assert parse(text).size == size


# -- making ------------------------------------------------------------------------------------------------------


def test_one_and_no_parts() -> None:
    assert tree.add() is tree.ZERO
    assert tree.multiply() is tree.ONE
    assert tree.add(X) is X
    assert tree.multiply(X) is X


@pytest.mark.parametrize(("value", "text"), [
    (3, "3"), (-3, "-3"), (Fraction(1, 3), "1/3"), (Fraction(-2, 3), "-2/3"), (Fraction(4, 2), "2"),
])
def test_rational(value: int | Fraction, text: str) -> None:
    assert tree.rational(value) is parse(text)


def test_which_decimals_end() -> None:
    assert tree.is_terminating(Fraction(3, 40))
    assert not tree.is_terminating(Fraction(1, 3))


def test_log_of_one_argument_is_natural() -> None:
    assert tree.call("log", X) is tree.call("ln", X)


# -- walking and changing ----------------------------------------------------------------------------------------


def test_postorder_gives_every_node_once_and_parts_first() -> None:
    root = parse("x^2 + sin(x^2)")
    assert [str(node) for node in tree.postorder([root])] == ["x", "2", "x^2", "sin(x^2)", "x^2 + sin(x^2)"]


def test_replace_changes_every_place_and_not_inside_the_new() -> None:
    root = parse("x + sin(x)")
    assert tree.replace(root, {X: parse("x + y")}) is parse("(x + y) + sin(x + y)")
    assert tree.replace(root, {Y: X}) is root
    assert tree.replace(root, {root: Y, X: Y}) is Y


@pytest.mark.parametrize(("text", "result"), [
    ("x^2 + x y", "(t+1)^2 + (t+1) y"),
    ("y", "y"),
    ("x at (x = x + 1)", "x at (x = (t+1) + 1)"),
    ("(x y) at (y = 2)", "((t+1) y) at (y = 2)"),
    ("int_0^x x dx", "int_0^(t+1) x dx"),
    ("f(x)", "f(t+1)"),
])
def test_substitute_leaves_bound_names_alone(text: str, result: str) -> None:
    assert tree.substitute(parse(text), "x", parse("t + 1")) is parse(result)


def test_the_index_of_a_sum_is_bound_and_the_letter_of_a_list_is_free() -> None:
    i, k, n = tree.name("i"), tree.name("k"), tree.name("n")
    part = tree.indexed("x", i)
    whole = tree.finite_sum(tree.multiply(part, k), i, tree.ONE, n)
    assert part.free == {"x", "i"}
    assert whole.free == {"x", "k", "n"}
    assert tree.substitute(whole, "i", k) is whole
    assert tree.substitute(whole, "k", tree.TWO) is tree.finite_sum(tree.multiply(part, tree.TWO), i, tree.ONE, n)

def weighted(letter: str, index: str, upper: str = "n") -> Expression:
    """The sum of letter*x_index."""
    i = name(index)
    return tree.finite_sum(tree.multiply(name(letter), tree.indexed("x", i)), i, tree.ONE, name(upper))


@pytest.mark.parametrize(("letter", "value", "expected"), [
    ("w", "k", weighted("k", "i")),
    ("w", "i", weighted("i", "j")),
    ("n", "i", weighted("w", "i", upper="i")),
    ("i", "k", weighted("w", "i")),
    ("x", "k", weighted("w", "i")),
])
def test_the_index_of_a_sum_binds_nothing_that_is_put_in(letter: str, value: str, expected: Expression) -> None:
    assert tree.substitute(weighted("w", "i"), letter, name(value)) is expected


def test_another_index_is_none_of_the_sums_inside() -> None:
    i, j, k, n = map(name, "ijkn")

    def total(row: Expression, index: Expression) -> Expression:
        inner = tree.finite_sum(tree.indexed("A", row, j), j, tree.ONE, n)
        return tree.finite_sum(tree.multiply(inner, tree.indexed("x", index)), index, tree.ONE, n)

    assert tree.substitute(total(i, k), "i", k) is total(k, name("l"))


def test_rebuilt_gives_the_same_node_for_the_same_parts() -> None:
    root = parse("x + y")
    assert tree.rebuilt(root, root.args) is root
    assert tree.rebuilt(root, (Y, X)) is parse("y + x")


def test_nothing_recurses() -> None:
    root = deep(50_000)
    assert sum(1 for _ in tree.postorder([root])) == 50_001
    assert tree.replace(root, {X: Y}).free == {"y"}
    assert tree.substitute(root, "x", Y) is tree.replace(root, {X: Y})
    assert str(root).count("sin") == 50_000
