"""A rule said in the letters of the problem."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tutor
from tutor.derivation.derivation import derive_if_possible
from tutor.expression.tree import Expression, add, name, negate, node, postorder, substitute
from tutor.rules.restate import Restated, restated
from tutor.rules.rulebook import rulebook


def of_step(problem: str, rule: str) -> Restated:
    step = next(step for step in tutor.explain(problem).steps if step.rule.name == rule)
    return restated(step.rule, step.bindings, step.before)


@pytest.mark.parametrize(("problem", "rule", "left", "right", "bindings"), [
    ("d/dw [(y - w*x)^2]", "chain", "d/dw [F(g)]", "d/du [F(u)] at (u = g)*d/dw [g]",
     {"F(u)": "u^2", "g": "y - w*x"}),
    ("d/dx [x^4]", "power", "d/dx [x^n]", "n*x^(n - 1)", {"n": "4"}),
    ("d/dn [n^2]", "power", "d/dn [n^m]", "m*n^(m - 1)", {"m": "2"}),
    ("d/da [a^3]", "power", "d/da [a^n]", "n*a^(n - 1)", {"n": "3"}),
    ("d/da [2^a]", "general_exponential", "d/da [c^a]", "c^a*ln(c)", {"c": "2"}),
    ("d/dc [3*c]", "constant_multiple", "d/dc [a*f]", "a*d/dc [f]", {"a": "3", "f": "c"}),
    ("d/du [sin(u^2)]", "chain", "d/du [F(g)]", "d/dv [F(v)] at (v = g)*d/du [g]", {"F(v)": "sin(v)", "g": "u^2"}),
    ("d/dg [sin(g^2)]", "chain", "d/dg [F(f)]", "d/du [F(u)] at (u = f)*d/dg [f]", {"F(u)": "sin(u)", "f": "g^2"}),
    ("d/dx [(g - w*x)^2]", "chain", "d/dx [F(f)]", "d/du [F(u)] at (u = f)*d/dx [f]",
     {"F(u)": "u^2", "f": "g - w*x"}),
    ("d/dF [sin(F^2)]", "chain", "d/dF [G(g)]", "d/du [G(u)] at (u = g)*d/dF [g]", {"G(u)": "sin(u)", "g": "F^2"}),
    ("d/df [sin(f) + f^2]", "sum", "d/df [g + ...]", "d/df [g] + ...", {"g": "sin(f) + f^2"}),
    ("∂/∂w [w*x]", "constant_multiple", "∂/∂w [c*f]", "c*∂/∂w [f]", {"c": "x", "f": "w"}),
    ("d/dt [g(t)*f(t)]", "product", "d/dt [h*p]", "d/dt [h]*p + h*d/dt [p]", {"h": "f(t)", "p": "g(t)"}),
    ("d/dt [g(t)]", "unknown_function", "d/dt [g(t)]", "g'(t)", {}),
    ("d/dx [c*x^2]", "constant_multiple", "d/dx [c*f]", "c*d/dx [f]", {"f": "x^2"}),
    ("d/dx_k [sum_{i=1}^{n} x_i^2]", "sum_termwise", "d/dx_[k] [sum_{i=1}^{n} f]", "sum_{i=1}^{n} d/dx_[k] [f]",
     {"f": "x_[i]^2"}),
    ("d/dx_k [sum_{i=1}^{n} x_i^2]", "component", "d/dx_[k] [x_[i]]", "delta_[i,k]", {}),
    ("d/df_k [sum_{i=1}^{n} f_i^2]", "chain", "d/df_[k] [F(g)]", "d/du [F(u)] at (u = g)*d/df_[k] [g]",
     {"F(u)": "u^2", "g": "f_[i]"}),
    ("d/dx_2 [sum_{i=1}^{n} x_i]", "pick_between_bounds", "sum_{i=1}^{n} delta_{i,2}*f", "f at (i = 2)", {"f": "1"}),
    ("d/dx_k [sum_{k=1}^{n} x_k]", "index_renamed_first", "d/dx_k [sum_{k=1}^{n} f]",
     "d/dx_[k] [sum_{i=1}^{n} f at (k = i)]", {"f": "x_[k]"}),
])
def test_a_rule_is_said_in_the_letters_of_the_problem(problem: str, rule: str, left: str, right: str,
                                                      bindings: dict[str, str]) -> None:
    own = of_step(problem, rule)
    assert (str(own.left), str(own.right)) == (left, right) or rule == "product"
    if rule == "product":  # which of f and g is which, after both gave way, is of no matter
        assert not {"f", "g"} & {part.value for part in postorder([own.left]) if part.head == "name"}
        assert {str(bound) for bound in own.bindings.values()} == set(bindings.values())
    else:
        assert {letter: str(bound) for letter, bound in own.bindings.items()} == bindings


def test_a_rule_beside_another_one_gets_the_same_letters() -> None:
    step = tutor.explain("d/dg [sin(g^2)]").steps[0]
    chain, product = rulebook()["chain"], rulebook()["product"]
    own = restated(chain, step.bindings, step.before, product)
    assert str(own.left) == "d/dg [F(h)]"  # the product rule has an f already
    assert str(restated(product, step.bindings, step.before, chain).left) == "d/dg [f*h]"


def put_in(side: Expression, own: Restated) -> Expression:
    """The statement with what its letters stand for, put in at once."""
    values = {letter.partition("(")[0]: (letter, bound) for letter, bound in own.bindings.items()}
    made: dict[Expression, Expression] = {}
    for part in postorder([side]):
        args = tuple(made[arg] for arg in part.args)
        if part.head == "name" and part.value in values:
            made[part] = values[part.value][1]
        elif part.head == "application" and part.value[0] in values:
            written, bound = values[part.value[0]]
            made[part] = substitute(bound, written.partition("(")[2].rstrip(")"), args[0])
        elif part.head == "sum" and part.args[-1].head == "ellipsis":
            terms = []
            for term in values[own.listed][1].args:
                minus, inner = term.head == "negation", term.args[0] if term.head == "negation" else term
                every = put_in(part.args[0], one_term(own, inner))
                terms.append(negate(every) if minus else every)
            made[part] = add(*terms)
        else:
            made[part] = node(part.head, args, part.value)
    return made[side]


def one_term(own: Restated, term: Expression) -> Restated:
    return type(own)(own.left, own.right, {**own.bindings, own.listed: term}, own.sorts, own.roles)


LETTERS = st.sampled_from("abcfghklmnpqrtuvwxyzFG")
SHAPES = st.sampled_from([
    "{v}^3", "sin({v}^2)", "{a}*{v} + {b}", "({a}*{v} - {b})^2", "{v}^2*sin({v})", "{a}^{v}", "e^({a}*{v})",
    "({v} + {a})/({v}^2 + 1)", "{a}/({v} + {b})", "-{v}^2/{a}", "{v}^{v}", "max({v}, {a}*{v}^2)", "{v}^{a}",
    "sqrt({a}*{v}^2 + 1)", "ln({a}*{v})*{b}",
])


@settings(max_examples=60, deadline=None)
@given(SHAPES, LETTERS, LETTERS, LETTERS, st.sampled_from("d∂"))
def test_what_is_shown_is_what_was_done(shape: str, variable: str, first: str, second: str, symbol: str) -> None:
    """The statement, with what is said of its letters put in, is the equation of the step, whatever the letters."""
    body = tutor.parse(shape.format(v=variable, a=first, b=second))
    problem = node("derivative", (body, name(variable), tutor.parse("1")), symbol)
    derivation = derive_if_possible(problem)
    assert derivation is not None
    for step in derivation.steps:
        if step.bindings and not step.rule.computed and "combine" not in step.rule.tags:
            own = restated(step.rule, step.bindings, step.before)
            right = put_in(own.right, own)
            if "tidy" in step.rule.tags:  # the rest of algebra is tested with the teller
                assert derivation.compare(right, step.after, step.assumptions).outcome != "refuted"
                continue
            assert str(right) == str(step.after)
            left = put_in(own.left, own)  # its factors may stand in another order and in brackets of their own
            assert left is step.before or derivation.compare(left, step.before, step.assumptions).outcome == "checked"
