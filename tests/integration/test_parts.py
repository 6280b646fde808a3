"""Which factor is differentiated, which one integrated, and where nothing is proposed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.integration.proposed import integrand_of, proposals
from tutor.derivation.antiderivatives import comparable
from tutor.derivation.derivation import derive
from tutor.expression.parse import parse
from tutor.integration.integrand import Method
from tutor.integration.parts import other_parts, parts_of_logarithm, sure_parts
from tutor.oracle.verdict import Oracle

CHOSEN = [
    # method, integrand, rule, what is differentiated and what is integrated ("" where nothing is proposed)
    (parts_of_logarithm, "ln(x)", "parts_single", "ln(x)", ""),
    (parts_of_logarithm, "atan(x)^2", "parts_single", "atan(x)^2", ""),
    (parts_of_logarithm, "x^4*ln(x)^2", "parts_logarithm", "ln(x)^2", "x^4"),
    (parts_of_logarithm, "ln(x)/x^2", "parts_logarithm", "ln(x)", "1/x^2"),
    (parts_of_logarithm, "(x^2 + 1)*asin(x)", "parts_logarithm", "asin(x)", "x^2 + 1"),
    (parts_of_logarithm, "sqrt(x)*ln(x)", "parts_logarithm", "ln(x)", "sqrt(x)"),
    (parts_of_logarithm, "ln(x)/x", "", "", ""),
    (parts_of_logarithm, "1/ln(x)", "", "", ""),
    (sure_parts, "ln(x)/(x + 1)^2", "parts_logarithm", "ln(x)", "1/(x + 1)^2"),
    (sure_parts, "x*cos(x)", "parts", "x", "cos(x)"),
    (sure_parts, "x^2*e^x", "parts", "x^2", "e^x"),
    (sure_parts, "x*(x + 1)*e^(2*x)", "parts", "x*(x + 1)", "e^(2*x)"),
    (sure_parts, "x*sec(x)^2", "parts", "x", "sec(x)^2"),
    (sure_parts, "x*e^x*sin(x)", "parts", "x", "e^x*sin(x)"),
    (sure_parts, "x^5*e^x", "tabular_parts", "x^5", "e^x"),
    (sure_parts, "x*tan(x)", "", "", ""),
    (sure_parts, "x*e^(x^2)", "", "", ""),
    (sure_parts, "e^x*sin(x)", "", "", ""),
    (other_parts, "e^x*sin(x)", "parts_cyclic", "sin(x)", "e^x"),
    (other_parts, "e^(a*x)*cos(b*x)", "parts_cyclic", "cos(b*x)", "e^(a*x)"),
    (other_parts, "sin(ln(x))", "parts_single", "sin(ln(x))", ""),
    (other_parts, "x*cos(ln(x))", "parts_cyclic", "cos(ln(x))", "x"),
    (other_parts, "sec(x)^3", "parts_cyclic", "sec(x)", "sec(x)^2"),
    (other_parts, "1/cos(x)^5", "parts_cyclic", "1/cos(x)^3", "1/cos(x)^2"),
    (other_parts, "x*e^x/(x + 1)^2", "parts", "x*e^x", "1/(x + 1)^2"),
    (other_parts, "x^2*e^(-x^2)", "parts", "-x/2", "-2*x*e^-x^2"),
    (other_parts, "x*sqrt(x)", "", "", ""),
]


@pytest.mark.parametrize(("method", "text", "rule", "first", "second"), CHOSEN)
def test_what_is_chosen(method: Method, text: str, rule: str, first: str, second: str) -> None:
    found = proposals(method, integrand_of(text))
    if not rule:
        assert not found
        return
    letters = [letter for letter in found[0].rule.letters_met if letter in found[0].bindings]
    chosen = [str(found[0].bindings[letter]) for letter in letters if letter != found[0].rule.letter("variable")]
    assert found[0].rule.name == rule
    assert chosen == [each for each in (first, second) if each]


@settings(max_examples=10)
@given(st.integers(4, 6), st.integers(1, 4), st.sampled_from(["e^({}*x)", "sin({}*x)", "cosh({}*x)"]))
def test_a_table_is_true_and_so_is_every_line_of_it(degree: int, factor: int, other: str) -> None:
    integrand = integrand_of(f"(x^{degree} - x)*{other.format(f'({factor})')}")
    found = proposals(sure_parts, integrand)[0]
    assert found.rule.name == "tabular_parts"
    assert len(found.working) == 2 * (degree + 1)
    equations = [(integrand.problem, found.after), *[line.relation.args for line in found.working]]
    assert {Oracle().compare(*comparable(*sides)).outcome for sides in equations} == {"checked"}


@pytest.mark.parametrize("text", [
    "x^2*ln(x)", "asin(x)", "x*cosh(3*x)", "e^(a*x)*sin(b*x)", "x^14*e^(3*x)", "sin(ln(x))", "x*erf(x)", "ln(x)^4",
    "x*2^x", "x*e^x*cos(x)",
])
def test_in_a_derivation_every_step_is_checked(text: str) -> None:
    derivation = derive(parse(f"int {text} dx"))
    assert derivation.checked
    assert Oracle().compare(parse(f"d/dx [{derivation.result}]"), parse(text)).outcome == "checked"
