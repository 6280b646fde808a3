"""Limits: what the rules find, what they say where there is none, and that they never say what is false."""

from __future__ import annotations

import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.expression.test_latex_samples import meaning_of
from tutor.derivation.derivation import derive
from tutor.errors import NoProgress, TutorError
from tutor.expression.parse import parse
from tutor.expression.tree import ZERO, name, node

LIMITS = [
    # put in
    ("lim_(x->2) (x^2 + 3*x)", "10"), ("lim_(x->a) x^2", "a^2"), ("lim_(x->3) 7", "7"), ("lim_(x->4) sqrt(x)", "2"),
    ("lim_(x->0) x*abs(x)", "0"), ("lim_(x->0) sqrt(x)", "0"), ("lim_(x->5) x", "5"),
    # algebra first
    ("lim_(h->0) ((x+h)^2 - x^2)/h", "2*x"), ("lim_(h->0) ((x+h)^3 - x^3)/h", "3*x^2"),
    ("lim_(h->0) (1/(x+h) - 1/x)/h", "-1/x^2"), ("lim_(h->0) (sqrt(x+h) - sqrt(x))/h", "1/(2*sqrt(x))"),
    ("lim_(x->2) (x^2-4)/(x-2)", "4"), ("lim_(x->2) (x^3-8)/(x^2-4)", "3"), ("lim_(x->4) (sqrt(x)-2)/(x-4)", "1/4"),
    ("lim_(x->a) (x^2-a^2)/(x-a)", "2*a"), ("lim_(x->1) (1/(x-1) - 1/ln(x))", "-1/2"),
    # known limits
    ("lim_(x->0) sin(x)/x", "1"), ("lim_(x->0) sin(5*x)/x", "5"), ("lim_(x->0) sin(5*x)/(2*x)", "5/2"),
    ("lim_(x->0) (1-cos(x))/x^2", "1/2"), ("lim_(x->0) (2^x-1)/x", "ln(2)"), ("lim_(x->0) (a^x-1)/x", "ln(a)"),
    ("lim_(x->infinity) (1+1/x)^x", "e"), ("lim_(x->infinity) (1+2/x)^x", "e^2"), ("lim_(x->0) (1+x)^(1/x)", "e"),
    ("lim_(x->infinity) x*sin(1/x)", "1"), ("lim_(h->0) (e^(x+h) - e^x)/h", "e^x"),
    ("lim_(h->0) (sin(x+h) - sin(x))/h", "cos(x)"), ("lim_(h->0) (cos(x+h) - cos(x))/h", "-sin(x)"),
    ("lim_(h->0) (ln(x+h) - ln(x))/h", "1/x"),
    # at infinity
    ("lim_(x->infinity) 1/x", "0"), ("lim_(x->infinity) (3*x^2+x)/(2*x^2-5)", "3/2"),
    ("lim_(x->infinity) (x^3+1)/(x^2+1)", "infinity"), ("lim_(x->-infinity) (x^3+1)/(x^2+1)", "-infinity"),
    ("lim_(x->infinity) (x^3-2*x)", "infinity"), ("lim_(x->-infinity) (x^3-2*x)", "-infinity"),
    ("lim_(x->infinity) (sqrt(x^2+x)-x)", "1/2"), ("lim_(x->infinity) sqrt(x^2+1)/x", "1"),
    ("lim_(x->-infinity) sqrt(x^2+1)/x", "-1"), ("lim_(x->infinity) atan(x)", "pi/2"),
    ("lim_(x->-infinity) e^x", "0"), ("lim_(x->infinity) tanh(x)", "1"), ("lim_(x->infinity) sin(x)/x", "0"),
    ("lim_(x->infinity) (x+sin(x))/x", "1"),
    # growth, L'Hôpital
    ("lim_(x->infinity) ln(x)/x", "0"), ("lim_(x->infinity) x^2*e^(-x)", "0"),
    ("lim_(x->infinity) e^x/x^2", "infinity"),
    ("lim_(x->infinity) (x-ln(x))", "infinity"), ("lim_(x->0+) x*ln(x)", "0"), ("lim_(x->0+) x^x", "1"),
    ("lim_(x->infinity) x^(1/x)", "1"), ("lim_(x->0) (x-sin(x))/x^3", "1/6"), ("lim_(x->0) (e^x-1-x)/x^2", "1/2"),
    ("lim_(x->0) (sin(x)/x)^(1/x^2)", "1/e^(1/6)"), ("lim_(x->-infinity) x*e^x", "0"),
    ("lim_(x->infinity) x^10/e^x", "0"), ("lim_(x->infinity) e^x/x^10", "infinity"),
    ("lim_(x->infinity) x^n/e^x", "0"), ("lim_(x->infinity) (ln(x^2+1) - 2*ln(x))", "0"),
    ("lim_(x->infinity) ln(x)^10/x^(1/10)", "0"), ("lim_(x->infinity) x^100/1.01^x", "0"),
    ("lim_(x->infinity) 2^x/3^x", "0"), ("lim_(x->infinity) (10^x - 2^x)/(10^x + 1)", "1"),
    ("lim_(x->infinity) (e^(3*x) - e^(-3*x))/(e^(3*x) + e^(-3*x))", "1"), ("lim_(x->-infinity) x^10*2^x", "0"),
    ("lim_(x->0+) e^(-1/x)/x^2", "0"), ("lim_(x->0) e^(-1/x^2)/x^4", "0"),
    # far out and at the ends of domains
    ("lim_(x->infinity) Si(3*x)", "pi/2"), ("lim_(x->-infinity) Ei(x)", "0"),
    ("lim_(x->infinity) max(x, 1)", "infinity"),
    ("lim_(x->1-) atanh(x)", "infinity"), ("lim_(x->0-) coth(x)", "-infinity"), ("lim_(x->1) li(x)", "-infinity"),
    # roots
    ("lim_(x->-infinity) sqrt(x^2)/x", "-1"), ("lim_(x->0-) sqrt(x^2)/x", "-1"), ("lim_(x->0-) x^(1/3)", "0"),
    ("lim_(x->-infinity) (sqrt(4*x^2+3*x)+2*x)", "-3/4"), ("lim_(x->infinity) x*(sqrt(x^2+1)-x)", "1/2"),
    ("lim_(x->1-) acos(x)/sqrt(1-x)", "2*sqrt(1/2)"),
    # sides
    ("lim_(x->0+) abs(x)/x", "1"), ("lim_(x->0-) abs(x)/x", "-1"), ("lim_(x->0+) e^(1/x)", "infinity"),
    ("lim_(x->0-) e^(1/x)", "0"), ("lim_(x->0) 1/x^2", "infinity"), ("lim_(x->3-) 1/(x-3)", "-infinity"),
    ("lim_(x->0+) ln(x)", "-infinity"), ("lim_(x->(pi/2)-) tan(x)", "infinity"),
    ("lim_(x->0) x*sin(1/x)", "0"),
    # of integrals
    ("lim_(x->0) (int_0^x sin(t^2) dt)/x^3", "1/3"), ("lim_(x->0) (1/x)*int_0^x cos(t) dt", "1"),
    ("lim_(x->infinity) int_0^x e^(-t) dt", "1"), ("lim_(x->0) int_0^x e^(-t^2) dt", "0"),
    # among other things
    ("2*lim_(x->0) sin(x)/x + 1", "3"), ("lim_(x->0) lim_(y->0) x*y", "0"), ("2 + lim_(x->0) 1/x^2", "infinity"),
    ("lim_(x->0) d/dx [x^2]", "0"), ("d/dx [lim_(h->0) ((x+h)^2-x^2)/h]", "2"),
]


@pytest.mark.parametrize(("problem", "value"), LIMITS, ids=[problem for problem, _ in LIMITS])
def test_a_limit_is_found(problem: str, value: str) -> None:
    derivation = derive(parse(problem))
    assert derivation.unsolved is None
    assert derivation.result is parse(value)


CHECKED = LIMITS[::4]


@pytest.mark.parametrize(("problem", "value"), CHECKED, ids=[problem for problem, _ in CHECKED])
def test_every_step_of_it_is_checked(problem: str, value: str) -> None:
    assert {step.check.outcome for step in derive(parse(problem)).steps} == {"checked"}


WITHOUT = [
    ("lim_(x->0) abs(x)/x", "from the left the limit is -1, from the right it is 1"),
    ("lim_(x->0) 1/x", "from the left the limit is -infinity, from the right it is infinity"),
    ("lim_(x->0) e^(1/x)", "from the left the limit is 0, from the right it is infinity"),
    ("lim_(x->pi/2) tan(x)", "from the left the limit is infinity, from the right it is -infinity"),
    ("lim_(h->0) (abs(0+h) - abs(0))/h", "from the left the limit is -1, from the right it is 1"),
    ("lim_(x->0) sin(1/x)", "sin(1/x) never settles: its inside grows beyond all bounds"),
    ("lim_(x->infinity) sin(x)", "sin(x) never settles: its inside grows beyond all bounds"),
    ("lim_(x->infinity) x*sin(x)", "x*sin(x) swings ever wider"),
    ("lim_(x->0) sqrt(x^2)/x", "from the left the limit is -1, from the right it is 1"),
    ("lim_(x->0) (sqrt(x + 9) - 2)/x", "from the left the limit is -infinity, from the right it is infinity"),
]


@pytest.mark.parametrize(("problem", "why"), WITHOUT, ids=[problem for problem, _ in WITHOUT])
def test_where_there_is_no_limit_it_is_said_why(problem: str, why: str) -> None:
    derivation = derive(parse(problem))
    assert derivation.undefined == why
    assert derivation.check.outcome == "checked"


@pytest.mark.parametrize("problem", [
    "lim_(x->0) f(x)", "lim_(x->infinity) a^x/b^x", "lim_(x->infinity) (x+1)^(x^x)/x^(x+1)",
    "lim_(x->0) ln(-1-x^2)", "lim_(x->0) (sin(tan(x))-tan(sin(x)))/x^7",
    "lim_(x->0+) 1/x - lim_(x->0+) 1/x",
])
def test_what_the_rules_do_not_tell_is_left_open(problem: str) -> None:
    with pytest.raises(NoProgress, match=r"do not tell|says nothing"):
        derive(parse(problem))


def test_what_has_no_limit_may_depend_on_the_sign_of_a_letter() -> None:
    derivation = derive(parse("lim_(x->0) b/x"))
    assert derivation.undefined == "from the left the limit is -infinity, from the right it is infinity"
    assert [str(relation) for relation in derivation.assumptions] == ["b > 0"]


def test_where_brackets_are_missing_it_is_said() -> None:
    with pytest.raises(NoProgress, match="put brackets round it"):
        derive(parse("lim_(x->infinity) sqrt(x + 1) - sqrt(x)"))


def test_twenty_limits_in_each_other_end() -> None:
    assert derive(parse("lim_(x->0) " * 20 + "x")).result is ZERO


SYMPY = [("(x^2-9)/(x-3)", "3"), ("sin(2*x)/tan(3*x)", "0"), ("(cos(x)-1)/x", "0"), ("(3^x-2^x)/x", "0"),
         ("x^3*e^(-2*x)", "infinity"), ("(x^2+1)/(5-3*x^2)", "infinity"), ("ln(1+x)/sqrt(x)", "infinity"),
         ("(1-2/x)^(3*x)", "infinity"), ("(sqrt(1+x)-1)/x", "0"), ("(x*cos(x)-sin(x))/x^3", "0")]


@pytest.mark.parametrize(("body", "target"), SYMPY, ids=[body for body, _ in SYMPY])
def test_sympy_finds_the_same(body: str, target: str) -> None:
    letter = sympy.Symbol("x", positive=True)
    found = derive(node("limit", (parse(body), name("x"), parse(target)), "")).result
    assert sympy.simplify(meaning_of(found) - sympy.limit(meaning_of(parse(body)), letter, sympy.sympify(
        target.replace("infinity", "oo")))) == 0


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(-4, 4), min_size=2, max_size=4), st.lists(st.integers(-4, 4), min_size=2, max_size=4),
       st.sampled_from(["0", "1", "-2", "infinity", "-infinity"]))
def test_what_is_said_of_quotients_of_polynomials_is_never_refuted(above: list[int], below: list[int],
                                                                   target: str) -> None:
    sides = [" + ".join(f"({value})*x^{power}" for power, value in enumerate(side, 1)) for side in (above, below)]
    try:
        derivation = derive(parse(f"lim_(x->{target}) ({sides[0]} + 1 - 1)/({sides[1]})"))
    except TutorError:
        return
    assert derivation.check.outcome != "refuted"


@pytest.mark.parametrize(("problem", "value", "assumed"), [
    ("lim_(x->infinity) e^(-k*x)", "0", ["k > 0"]),
    ("lim_(x->infinity) e^(-x/k)", "0", ["k > 0"]),
    ("lim_(x->infinity) (x^2 - 3*x)*e^(-k*x)", "0", ["k > 0"]), ("lim_(x->infinity) e^(-k*x^2)", "0", ["k > 0"]),
    ("lim_(x->infinity) erf(k*x)", "1", ["k > 0"]), ("lim_(x->infinity) e^(-x^2/(2*s^2))", "0", ["s != 0"]),
    ("lim_(x->infinity) ln(x)/x^p", "0", ["p > 0"]), ("lim_(x->infinity) x^(1-p)", "0", ["p - 1 > 0"]),
    ("lim_(x->infinity) e^((t - k)*x)", "0", ["k - t > 0"]), ("lim_(x->infinity) a^x", "infinity", ["a > 1"]),
    ("lim_(x->0+) x^k*ln(x)", "0", ["k > 0"]), ("lim_(x->0) -k/x^2", "-infinity", ["k > 0"]),
    ("lim_(x->infinity) atan(x/k)/k", "pi/(2*k)", ["k > 0"]),
    ("lim_(x->0+) x^k", "0", ["k > 0"]),
])
def test_a_limit_may_depend_on_the_sign_of_a_letter(problem: str, value: str, assumed: list[str]) -> None:
    derivation = derive(parse(problem))
    assert str(derivation.result) == value
    assert [str(relation) for relation in derivation.assumptions] == assumed
    assert derivation.checked


@pytest.mark.parametrize(("problem", "value"), [
    ("d/dx [x^2]", "2*x"), ("d/dx [3*x^3 - x]", "9*x^2 - 1"), ("d/dx [1/x]", "-1/x^2"), ("d/dx [1/x^2]", "-2/x^3"),
    ("d/dx [sqrt(x)]", "1/(2*sqrt(x))"), ("d/dx [sin(x)]", "cos(x)"), ("d/dx [cos(x)]", "-sin(x)"),
    ("d/dx [e^x]", "e^x"), ("d/dx [e^(2*x)]", "2*e^(2*x)"), ("d/dx [ln(x)]", "1/x"),
])
def test_first_principles(problem: str, value: str) -> None:
    derivation = derive(parse(problem), method="first_principles")
    assert derivation.result is parse(value)
    assert derivation.checked
    assert not any(step.rule.name.startswith("lhopital") for step in derivation.steps)


@pytest.mark.parametrize("problem", ["d/dx [tan(x)]", "d/dx [x^x]", "d/dx [abs(x)]"])
def test_first_principles_refuses_what_needs_more(problem: str) -> None:
    with pytest.raises(NoProgress, match="do not tell"):
        derive(parse(problem), method="first_principles")
