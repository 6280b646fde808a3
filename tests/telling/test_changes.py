"""What is new in a line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.expression.parse import parse
from tutor.expression.tree import divide
from tutor.expression.write import PRETTY, TEXT, write
from tutor.telling.changes import changed_places
from tutor.views.marks import write_marked


def marked(old: str, new: str) -> str:
    text, spans = write_marked(parse(new), changed_places(parse(old), parse(new)), TEXT)
    for start, end in reversed(spans):
        text = f"{text[:start]}«{text[start:end]}»{text[end:]}"
    return text


@pytest.mark.parametrize(("old", "new", "expected"), [
    ("x", "x", "x"),
    ("x", "y", "«y»"),
    ("x + d/dx [x^2]", "x + 2*x", "x + «2*x»"),
    ("d/dx [x^2] + x", "2*x + x", "«2*x» + x"),
    ("a - d/dx [x^2]", "a - 2*x", "a - «2*x»"),
    ("a - x", "a + x", "a + «x»"),
    ("a*d/dx [x]*c", "a*1*c", "a*«1»*c"),
    ("a*(b + c)", "a*(b + d)", "a*(b + «d»)"),
    ("a*d/dx [x]", "a*(b + c)", "a*«(b + c)»"),
    ("a + 0 + b", "a + b", "«a + b»"),
    ("a + b", "a + c + d + b", "a + «c + d» + b"),
    ("sin(x^2)", "sin(x^3)", "sin(x^«3»)"),
    ("d/dx [x + 1]", "d/dx [x + 2]", "d/dx [x + «2»]"),
    ("x + x", "y + y", "«y + y»"),
    ("(2*x)*a + x*b", "2*x*a + x*b", "2*x*a + x*b"),
    ("(2*x)*a*b", "2*x*c*b", "2*x*«c»*b"),
    ("x*a + x*b", "y*a + y*b", "«y»*a + «y»*b"),
])
def test_new_parts(old: str, new: str, expected: str) -> None:
    assert marked(old, new) == expected


def test_a_small_exponent_is_marked_with_its_base() -> None:
    text, spans = write_marked(parse("a + x^3"), changed_places(parse("a + x^2"), parse("a + x^3")), PRETTY)
    assert (text, spans) == ("a + x³", [(4, 6)])


PLACES = [
    # Equal parts are one object: only the new place counts.
    ("x + d/dx [x]", "x + 1", {(1,)}),
    ("2x + d/dx [2x]", "2x + 2", {(1,)}),
    ("x*a + x*b", "y*a + y*b", {(0, 0), (1, 0)}),
    ("x + x", "x + x", set()),
    ("x", "y", {()}),
    ("a - x", "a + x", {(1,)}),
    ("a + b", "a - c + b", {(1,)}),
    ("a - x/2", "a - x/3", {(1, 0, 1)}),
    ("a + 0 + b", "a + b", {()}),
    ("sin(x^2)", "sin(x^3)", {(0, 1)}),
    ("d^2/dx^2 [x^3]", "d/dx [3x^2]", {(0,), (2,)}),
    ("(2*x)*a*b", "2*x*c*b", {(2,)}),
]


@pytest.mark.parametrize(("old", "new", "expected"), PLACES)
def test_new_places(old: str, new: str, expected: set[tuple[int, ...]]) -> None:
    assert changed_places(parse(old), parse(new)) == expected


EXPRESSIONS = st.recursive(
    st.sampled_from(["x", "y", "2", "3", "-x", "pi"]),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["+", "-", "*", "/", "^"]), inner).map(lambda t: f"({t[0]}){t[1]}({t[2]})"),
        inner.map(lambda text: f"sin({text})"), inner.map(lambda text: f"d/dx [{text}]")),
    max_leaves=12)


@given(EXPRESSIONS, EXPRESSIONS)
def test_the_text_is_what_write_writes(old: str, new: str) -> None:
    before, after = parse(old), parse(new)
    for style in (TEXT, PRETTY):
        text, spans = write_marked(after, changed_places(before, after), style)
        assert text == write(after, style)
        assert all(0 <= start < end <= len(text) for start, end in spans)
        assert spans == sorted(spans)
        assert bool(spans) == (before is not after)


@given(EXPRESSIONS, EXPRESSIONS)
def test_no_new_place_is_inside_another(old: str, new: str) -> None:
    before, after = parse(old), parse(new)
    places = changed_places(before, after)
    assert bool(places) == (before is not after)
    assert not any(place[:length] in places for place in places for length in range(len(place)))


@given(EXPRESSIONS, EXPRESSIONS, EXPRESSIONS)
def test_a_part_that_is_replaced_is_the_only_new_place(kept: str, old: str, new: str) -> None:
    before, after, same = parse(old), parse(new), parse(kept)
    expected = {(1, *place) for place in changed_places(before, after)}
    assert changed_places(divide(same, before), divide(same, after)) == expected


def test_depth_does_not_matter() -> None:
    before, after = (parse("sin(" * 390 + leaf + ")" * 390) for leaf in ("x", "y"))
    assert write_marked(after, changed_places(before, after), TEXT)[1] == [(1_560, 1_561)]
