"""Rules that list the cases of an expression or the arguments of a function."""

from __future__ import annotations

import pytest

from tutor.errors import RulebookError
from tutor.expression.parse import parse
from tutor.expression.tree import name
from tutor.rules.instance import instance_of
from tutor.rules.reader import read_rulebook
from tutor.rules.rulebook import rulebook

FRESH = name("u")


def test_every_case_is_taken_under_its_condition() -> None:
    problem = parse("d/dx [{x^2 if x < a; -x if 1 < x <= 2; 3 otherwise}]")
    found = instance_of(rulebook()["case_by_case"], problem, FRESH)
    assert found is not None
    assert str(found.after) == "{d/dx [x^2] if x < a; d/dx [-x] if 1 < x <= 2; d/dx [3] otherwise}"
    assert [str(goal) for goal in found.opens] == ["d/dx [x^2]", "d/dx [-x]", "d/dx [3]"]
    results = dict(zip(found.opens, map(parse, ("2*x", "-1", "0")), strict=True))
    assert str(found.put_together(results)) == "{2*x if x < a; -1 if 1 < x <= 2; 0 otherwise}"


def test_a_minus_before_an_argument_belongs_to_it() -> None:
    found = instance_of(rulebook()["logsumexp_by_definition"], parse("d/dx [logsumexp(-x, y, 2*x)]"), FRESH)
    assert found is not None
    assert str(found.after) == "d/dx [ln(e^-x + e^y + e^(2*x))]"


def test_a_sum_is_no_case() -> None:
    assert instance_of(rulebook()["case_by_case"], parse("d/dx [x + 1]"), FRESH) is None
    assert instance_of(rulebook()["sum"], parse("d/dx [{x if x < 1; 2 otherwise}]"), FRESH) is None


@pytest.mark.parametrize(("statement", "message"), [
    ("d/dx [{f if c; ...}] = {d/dx [f] if c; ...}", ""),
    ("d/dx [{f if q; ...}] = {d/dx [f] if q; ...}", "the letter q is not declared"),
    ("d/dx [max(f, g, ...)] = d/dx [f]", "... stands for more terms"),
    ("d/dx [sin(f, ...)] = d/dx [f]", "takes one argument"),
])
def test_what_a_rule_may_list(statement: str, message: str) -> None:
    text = ("letters\n    x is a variable\n    f, g are expressions\n    c is a condition\n\n"
            f'rule mine "Mine" [derivative]\n    {statement}\n    say "..."\n    example d/dx [x]\n')
    if not message:
        (rule,) = read_rulebook(text, "mine.rules")
        assert rule.letters == {"x": "variable", "f": "expression", "c": "condition"}
        return
    with pytest.raises(RulebookError) as caught:
        read_rulebook(text, "mine.rules")
    assert message in str(caught.value)
