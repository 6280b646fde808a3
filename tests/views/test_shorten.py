"""Giants, made short enough to be looked at."""

from tutor.expression.parse import parse
from tutor.expression.tree import add, name
from tutor.expression.write import write
from tutor.views.shorten import LONG, shortened


def test_what_a_person_writes_stays_whole() -> None:
    expression = parse("+".join(f"x^{k}" for k in range(1, 100)))
    assert expression.size <= LONG
    assert shortened(expression) is expression


def test_a_deep_one_ends_in_an_ellipsis() -> None:
    text = write(shortened(parse("sin(" * 9000 + "x" + ")" * 9000)))
    assert text.startswith("sin(sin(sin(")
    assert "(...)" in text
    assert len(text) < 1000


def test_a_wide_one_keeps_its_ends() -> None:
    text = write(shortened(parse("+".join(f"x^{k}" for k in range(1, 9000)))))
    assert text.startswith("x^1 + x^2 + x^3")
    assert text.endswith("+ ... + x^8999")
    assert len(text) < 1000


def test_a_shared_part_does_not_explode() -> None:
    expression = name("x")
    for _ in range(60):
        expression = add(expression, expression)
    assert expression.size > 2**60
    assert len(write(shortened(expression))) < 1000
