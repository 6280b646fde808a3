"""Expressions that are given case by case: how they are read, written and refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.errors import NotationError
from tutor.expression.latex import latex
from tutor.expression.layout import layout
from tutor.expression.parse import parse, read
from tutor.expression.piecewise import Case, cases_in, piecewise
from tutor.expression.tree import Expression, name, number
from tutor.expression.write import PRETTY, write
from tutor.views.signs import ASCII, UNICODE
from tutor.views.stacked import drawn

READ = [
    ("{x^2 if x < 1; 2x - 1 otherwise}", "{x^2 if x < 1; 2*x - 1 otherwise}"),
    ("{x^2, x < 1; 2x - 1, x >= 1}", "{x^2 if x < 1; 2*x - 1 if x >= 1}"),
    ("{x^2, if x < 1, 2x otherwise}", "{x^2 if x < 1; 2*x otherwise}"),
    ("{x^2 if x < 1 else 2x}", "{x^2 if x < 1; 2*x otherwise}"),
    ("{x^2 for x < 1, else 2x;}", "{x^2 if x < 1; 2*x otherwise}"),
    ("{x^2 When x ≤ 1; 2x, Otherwise}", "{x^2 if x <= 1; 2*x otherwise}"),
    ("{x if 0 < x <= 1; 0 otherwise}", "{x if 0 < x <= 1; 0 otherwise}"),
    ("{1 if x = 0; sin x/x if x != 0}", "{1 if x = 0; sin(x)/x if x != 0}"),
    ("{x if |x| <= d; d sign x otherwise}", "{x if abs(x) <= d; d*sign(x) otherwise}"),
    ("{{1 if x < 2; 3 otherwise} if x < 5; 4 otherwise}", "{{1 if x < 2; 3 otherwise} if x < 5; 4 otherwise}"),
    ("2{x if x < 1; 1 otherwise}^2 + 1", "2*{x if x < 1; 1 otherwise}^2 + 1"),
    ("d/dx {x^2 if x < 1; 2x otherwise} at x = 3", "d/dx [{x^2 if x < 1; 2*x otherwise}] at (x = 3)"),
    ("k(x) = {x if x < 1; 1 otherwise}; k'(2)", "k(x) = {x if x < 1; 1 otherwise}; k'(2)"),
    ("{x if x < 1; 1 otherwise}; 3", "{x if x < 1; 1 otherwise}; 3"),
    (r"\begin{cases} x^2 & x < 1 \\ 2x & \text{otherwise} \end{cases}", "{x^2 if x < 1; 2*x otherwise}"),
    (r"\begin{dcases} \frac{x}{2}, & \text{if } 0 < x \le 1, \\ -1 & \text{else.} \\ \end{dcases}",
     "{x/2 if 0 < x <= 1; -1 otherwise}"),
    ("e^{2x}", "e^(2*x)"), ("{x}", "x"), ("x_{12}", "x_12"),
]


@pytest.mark.parametrize(("text", "tree"), READ)
def test_it_is_read_and_reads_back(text: str, tree: str) -> None:
    found = read(text, is_problem=True).expression
    assert str(found) == tree
    assert parse(tree) is found
    if "'" not in tree and ";" not in tree.partition("}")[2]:
        assert parse(latex(found)) is found


@pytest.mark.parametrize(("text", "message"), [
    ("{x if x < 1; }", None), ("{x; 2}", "This case has no condition."),
    ("{x if x < 1; 2}", "This case has no condition."),
    ("{x<1; 2}", "< cannot stand in the value of a case."), ("{x if x; 2 otherwise}", "x is no condition"),
    ("{x if x < 1 and x > 0; 2 otherwise}", "and cannot be read here: two conditions are written as one"),
    ("{x if x < 1 or x > 2; 2 otherwise}", "or cannot be read here: write one case for each of them"),
    ("{x if x < 1 if x < 2; 2 otherwise}", "This case has two conditions."),
    ("{x if a < b < c < d; 2 otherwise}", "A condition compares two expressions, or three"),
    ("{x if x < i; 2 otherwise}", "i is the imaginary unit"), ("{x if x < 1; 2 otherwise", "This { is never closed"),
    ("{x if x < 1; 2 otherwise)", "{ has to be closed by }, not by )."),
    ("{if x < 1}", "Something is missing before if"),
    ("{x if < 1; 2 otherwise}", "Something is missing"), ("{; x}", "Something is missing"),
    ("{,}", "Something is missing"),
    ("{otherwise}", "There is nothing between these brackets."),
    ("x^2 otherwise", "cases stand in braces, as in {x^2 if x < 1; 2x otherwise}"),
])
def test_what_cannot_be_read_is_said(text: str, message: str | None) -> None:
    if message is None:
        assert str(parse(text)) == "{x if x < 1}"
        return
    with pytest.raises(NotationError) as caught:
        parse(text)
    assert message in str(caught.value)
    assert caught.value.position is not None


def test_how_it_stands_on_paper() -> None:
    found = parse("{x^2/2 if x < 1; 2*x - 1 otherwise}")
    assert write(found, PRETTY) == "{x²/2 if x < 1; 2x − 1 otherwise}"
    assert latex(found) == (
        r"\begin{cases} \frac{x^{2}}{2} & \text{if } x < 1 \\ 2x - 1 & \text{otherwise} \end{cases}")
    rows = drawn(layout(parse("{x^2 if x < 1; x if x < 2; 1 otherwise}")), UNICODE)
    assert rows is not None
    assert rows.rows == ("⎧ x²  if x < 1 ", "⎨ x   if x < 2 ", "⎩ 1   otherwise")
    plain = drawn(layout(parse("{x if x < 1; 1 otherwise}")), ASCII)
    assert plain is not None
    assert plain.rows == ("/ x  if x < 1 ", "\\ 1  otherwise")


SIDES = st.sampled_from([name("x"), name("a"), number(1), number(2), parse("x^2 - 1"), parse("abs(x)")])
CASES = st.one_of(
    st.builds(lambda value, one, other, sign: Case(value, (one, other), (sign,)), SIDES, SIDES, SIDES,
              st.sampled_from(["<", "<=", ">", ">=", "=", "!="])),
    st.builds(lambda value, one, other, third: Case(value, (one, other, third), ("<", "<=")), SIDES, SIDES, SIDES,
              SIDES))


@given(st.lists(CASES, min_size=1, max_size=4), st.booleans())
def test_whatever_the_cases_are_it_reads_back(cases: list[Case], has_rest: bool) -> None:
    whole: Expression = piecewise([*cases, *[Case(number(7))] * has_rest])
    assert cases_in(whole) == [*cases, *[Case(number(7))] * has_rest]
    assert parse(str(whole)) is whole
    assert parse(latex(whole)) is whole
