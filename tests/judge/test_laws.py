"""Laws of the judge, on random expressions: never wrong about right, and no proof of what is false."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from tutor.expression.parse import parse
from tutor.expression.tree import Expression, add, call, divide, multiply, name, negate, number, power
from tutor.judge.equivalence import equivalent
from tutor.judge.proof.normal_form import proves_equal
from tutor.oracle import Oracle

LEAVES = st.sampled_from([parse(text) for text in ("x", "y", "1", "2", "3", "pi", "1/2", "0.3", "10^90", "10^200")])
UNARY = ["sin", "cos", "tan", "exp", "ln", "sqrt", "cbrt", "abs", "sign", "asin", "acos", "atan", "sinh", "tanh",
         "asinh", "acosh", "atanh", "sigmoid", "softplus", "relu", "step", "sec", "acot", "erf"]
EXPONENTS = st.sampled_from([parse(text) for text in ("2", "3", "-1", "1/2", "-2/3", "y", "90", "470", "-200")])


def grown(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    return st.one_of(
        st.builds(lambda function, arg: call(function, arg), st.sampled_from(UNARY), inner),
        st.builds(add, inner, inner), st.builds(multiply, inner, inner), st.builds(divide, inner, inner),
        st.builds(negate, inner), st.builds(power, inner, EXPONENTS))


EXPRESSIONS = st.recursive(LEAVES, grown, max_leaves=5)

Rewriting = Callable[[Expression], Expression]

REWRITINGS: list[Rewriting] = [
    lambda f: add(f, number(0)), lambda f: multiply(f, number(1)), lambda f: negate(negate(f)),
    lambda f: divide(multiply(number(2), f), number(2)), lambda f: add(add(f, name("z")), negate(name("z"))),
    lambda f: call("ln", call("exp", f)), lambda f: power(call("cbrt", f), number(3)),
    lambda f: add(call("relu", f), negate(call("relu", negate(f)))), lambda f: call("tan", call("atan", f)),
    lambda f: call("sinh", call("asinh", f)),
    lambda f: multiply(f, add(power(call("sin", f), number(2)), power(call("cos", f), number(2)))),
    lambda f: add(call("softplus", f), negate(call("softplus", negate(f)))),
    lambda f: call("atanh", call("tanh", f)), lambda f: divide(number(1), divide(number(1), f)),
    lambda f: add(f, add(call("erf", f), call("erf", negate(f)))),
    lambda f: multiply(f, add(power(call("cosh", f), number(2)), negate(power(call("sinh", f), number(2))))),
    lambda f: add(f, add(f, negate(call("tan", call("atan", f))))),
]


@settings(max_examples=150, deadline=None)
@given(EXPRESSIONS, st.lists(st.sampled_from(REWRITINGS), min_size=1, max_size=2))
def test_a_right_answer_is_never_called_different(expression: Expression, rewritings: list[Rewriting]) -> None:
    assume(Oracle().compare(expression, expression).real)  # ln(e^z) is z on one branch only
    answer = expression
    for rewrite in rewritings:
        answer = rewrite(answer)
    found = equivalent(answer, expression)
    assert found.verdict != "different", found.sentence


@settings(max_examples=150, deadline=None)
@given(EXPRESSIONS, EXPRESSIONS)
@example(parse("x/0.3"), parse("sin(cos(10^90))"))  # the second is known from 120 digits on
def test_verdicts_are_symmetric_and_repeatable(left: Expression, right: Expression) -> None:
    one, again, other = equivalent(left, right), equivalent(left, right), equivalent(right, left)
    assert one == again
    assert (one.verdict, one.proved) == (other.verdict, other.proved)


@settings(max_examples=200, deadline=None)
@given(EXPRESSIONS, EXPRESSIONS)
def test_no_number_contradicts_a_proof(left: Expression, right: Expression) -> None:
    if proves_equal(left, right):
        check = Oracle().compare(left, right)
        assert check.outcome != "refuted" or not check.real  # a proof speaks of real values only


@settings(max_examples=100, deadline=None)
@given(EXPRESSIONS, st.sampled_from(REWRITINGS))
def test_a_sum_with_one_is_never_proved(expression: Expression, rewrite: Rewriting) -> None:
    rewritten = rewrite(expression)
    if Oracle().compare(expression, expression).outcome == "checked":
        assert not proves_equal(rewritten, parse(f"({expression}) + 1"))
