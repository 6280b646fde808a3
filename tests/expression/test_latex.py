"""LaTeX that reads back to the same tree, for every tree."""

from __future__ import annotations

import json
import shutil
import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.expression.test_write import problems, trees
from tutor.expression.from_latex import as_notation
from tutor.expression.latex import joined, latex, written
from tutor.expression.layout import Big, Row, Symbol, layout
from tutor.expression.names import UNKNOWN_FUNCTIONS
from tutor.expression.parse import parse, read
from tutor.expression.tree import Expression


@settings(max_examples=400, deadline=None)
@given(problems(["f", "g", "k", "theta"]))
def test_latex_reads_back_as_the_same_tree(root: Expression) -> None:
    notation = as_notation(latex(root))
    assert read(notation.text, UNKNOWN_FUNCTIONS | notation.functions).expression is root


_DRESSES = [
    ("^{", " ^ {"), ("_{", " _ {"), ("_{", "_{ "), (r"\,d", r"\;\mathrm{d}"), (r"\,d", r"\!\mathrm {d} "),
    (r"\,d", r"\, d "), (r"\int", r"\int\limits"), (r"\frac{", r"\dfrac {"), (r"\left(", r"\left ( "),
    (r"\right)", r"\displaystyle\right)"), (" + ", "+\n"), (" + ", r"\quad+\ "), (" - ", " - % so\n"),

    (" - ", r"\\[2pt] &-"), (" = ", r"\\ &= "), (r" \cdot ", r"\,\times\,"),
    (r"\sqrt{", r"\sqrt {"), ("(", r"\bigl("), ("}{", "} {"), (r"\pi", r"{\pi}"),
]
_WRAPPED = [r"\,{}", r"{{\displaystyle {} }}", "${}$", "$$ {} $$.", r"\( {} \)", r"\[\boxed{{{}}}\]",
            r"\begin{{equation*}}\label{{a}} {} \end{{equation*}}", r"\color{{red}}{{{}}}"]


@settings(max_examples=150, deadline=None)
@given(trees(["f", "g", "h"]), st.sets(st.sampled_from(_DRESSES)), st.sampled_from(_WRAPPED))
def test_what_only_looks_different_reads_as_the_same_tree(root: Expression, dresses: set[tuple[str, str]],
                                                          wrapped: str) -> None:
    written = latex(root)
    for plain, dressed in _DRESSES:
        if (plain, dressed) in dresses:
            written = written.replace(plain, dressed)
    assert parse(wrapped.format(written)) is root


@pytest.mark.parametrize(("typed", "written"), [
    ("d/dx [x^2/2]", r"\frac{d}{dx}\left[\frac{x^{2}}{2}\right]"),
    ("2x sin(x)^2", r"2x \cdot \sin(x)^{2}"),
    ("-3/(x + 1)", r"-\frac{3}{x + 1}"),
    ("sqrt(x)^3 + cbrt(x + 1)", r"(\sqrt{x})^{3} + \sqrt[3]{x + 1}"),
    ("∂/∂w [(w*x + theta_1)^2]", r"\frac{\partial}{\partial w}[(w \cdot x + \theta_{1})^{2}]"),
    ("int_0^1 (x + 1)/x dx", r"\int_{0}^{1} \frac{x + 1}{x}\,dx"),
    ("log(x, 2) + asinh(x)", r"\log_{2}(x) + \operatorname{asinh}(x)"),
    ("(x^2/2) at (x = 1/2)", r"\left. \frac{x^{2}}{2}\right|_{x = \frac{1}{2}}"),
    ("a - -b", "a - (-b)"),
])
def test_latex_looks_as_a_person_would_write_it(typed: str, written: str) -> None:
    assert latex(parse(typed)) == written


def test_a_sum_has_its_limits_below_and_above() -> None:
    from_one = Row((Symbol("name", "k"), Symbol("operator", "="), Symbol("number", "1")))
    total = Big("sum", from_one, Symbol("name", "n"), layout(parse("1/k^2")))
    assert joined(written(total)) == r"\sum_{k = 1}^{n} \frac{1}{k^{2}}"


_TYPESET = """
const katex = require("katex");
const all = JSON.parse(require("fs").readFileSync(0));
for (const latex of all) katex.renderToString(latex, {throwOnError: true, strict: "error"});
"""


def test_katex_accepts_it() -> None:
    node = shutil.which("node")
    if node is None or subprocess.run([node, "-e", 'require("katex")'], capture_output=True, check=False).returncode:
        pytest.skip("KaTeX is not installed: npm install katex, and NODE_PATH says where")
    written = [latex(parse(typed)) for typed in (
        "d/dx [x^2/2]", "∂^2/∂x^2 [x*y]", "int_0^infinity e^-x dx", "(x^2/3) at (x = 1/2)", "1e30*x",
        "omicron + Xi + Pi", "asech(x) + log(x, b + 1) + sigmoid(z)", "x <= y; y != 2", "f''(x) + y'", "w_{in} + x_12",
        "max(x, 1, |x|)", "theta(x) = x^2; theta'(3)")]
    subprocess.run([node, "-e", _TYPESET], input=json.dumps(written), text=True, check=True)
