"""Documents in LaTeX and in Markdown: every block, every sign, and nothing that runs out of the page."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

import tutor
from tests.expression.test_write import problems
from tests.views.documents import LONG_ONES, UNUSUAL, every_block
from tutor.expression.latex import latex
from tutor.expression.parse import parse
from tutor.expression.tree import Expression
from tutor.telling.derivation import told_derivation
from tutor.telling.document import DerivationView, Detail, Document, Words, plain
from tutor.views.latex_document import latex_of, standalone
from tutor.views.latex_formulas import ROOM, boxable, rows_of, typesettable
from tutor.views.latex_prose import formula_in_words, of_note, prose, typed
from tutor.views.markdown_document import escaped, markdown_of

PROBLEMS: list[tuple[str, DerivationView, Detail]] = [
    ("d/dx x^2*sin(x^2)", "tree", "full"), ("d/dx x^2*sin(x^2)", "lines", "normal"), ("d/dx sin(x)/x", "tree", "brief"),
    ("d/dx [x*|x - 1|] at x = 1", "tree", "normal"), ("e^2x", "tree", "normal"), ("w^2*x", "lines", "full"),
    ("d/dx " + "sin(" * 15 + "x" + ")" * 15, "tree", "normal"),
    ("d/dx [x^123456789012345678901234567890]", "tree", "normal"),
    ("d/dx " + " + ".join(f"{k}sin({k}x^{k})" for k in range(1, 9)), "lines", "brief"),
]


@pytest.fixture(scope="module")
def told() -> list[Document]:
    derivations = [told_derivation(tutor.explain(problem), view, detail) for problem, view, detail in PROBLEMS]
    return [*derivations, every_block()]


@pytest.mark.parametrize(("text", "written"), [
    ("50 % of f_1", r"50 \% of f\_1"), ("\\input{x}", r"\textbackslash{}input\{x\}"), ("x⁻¹²", "x$^{-12}$"),
    ("“a” – b…", r"``a'' -- b\dots{}"), ("--method", "-{}-method"), ("✓ ✗", r"$\checkmark$ $\times$"), ("é", "é"),
    ("[x]", "{[}x{]}"), ("θ", r"$\theta$"),
    ("\x1b\u202e漢", "".join(f"\\textless{{}}U+{code}\\textgreater{{}}" for code in ("001B", "202E", "6F22"))),
])
def test_words_stay_words(text: str, written: str) -> None:
    assert prose(text) == written
    assert typed(text) == f"\\texttt{{{written}}}"


def test_what_was_typed_is_told_as_it_is_typed() -> None:
    assert of_note("e^2x is read as (e^2)·x; for the other reading, type e^(2x).") == (
        r"\texttt{e\textasciicircum{}2x} is read as \texttt{(e\textasciicircum{}2)$\cdot$x}; for the other reading, "
        r"type \texttt{e\textasciicircum{}(2x)}.")
    assert of_note("x2 is read as one name, x with the number 2.") == (
        r"\texttt{x2} is read as one name, x with the number 2.")


@pytest.mark.parametrize("text", UNUSUAL)
def test_no_text_is_a_command(text: str) -> None:
    known = r"\\text[a-z]+\{\}|\\char34|\\dots\{\}|\$[^$]*\$|\\[{}$&#%_]|\\,|\\i\{\}|\{[\[\]]\}|\{\}"
    left = re.sub(known, "", prose(text)).replace("{}", "")
    assert not re.search(r"[\\{}$&#%_^<>|\"\x00-\x1f\x7f\u200b-\u206f\ue000-\uf8ff\ud800-\udfff]", left)


@pytest.mark.parametrize("text", UNUSUAL)
def test_no_text_is_markdown(text: str) -> None:
    html = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(
        markdown_of(Document(((Words((plain(text),)),),))))
    assert re.fullmatch(r"<p>[^<]*</p>\n", html)
    assert not re.search(r"(?<!\\)\$", escaped(text))


@pytest.mark.parametrize("problem", LONG_ONES)
def test_a_long_formula_has_rows_that_fit(problem: str) -> None:
    shown = typesettable(parse(problem))
    rows = rows_of(shown, lead="= ")
    assert all("\\left" not in row or row.count("\\left") == row.count("\\right") for row in rows)
    assert all(row.count("{") == row.count("}") for row in rows)
    assert all(row.count("\\begin") == row.count("\\end") for row in rows)
    assert all(row.strip("{} ") not in ("", "=", "+", "-", "\\cdot") for row in rows)
    if "\\begin" not in "".join(rows):
        widest = max(len(re.sub(r"\\[a-zA-Z]+|[{}^_ ]", "", row)) for row in rows)
        assert widest <= ROOM


@settings(max_examples=200, deadline=None)
@given(problems(["f", "g", "theta"]), st.integers(8, 40))
def test_nothing_is_lost_where_a_formula_is_broken(root: Expression, room: int) -> None:
    whole = _without_room(latex(root))
    assert _without_room("".join(rows_of(root, room))) == whole
    assert _without_room(boxable(root, room)) == whole


def _without_room(text: str) -> str:
    """LaTeX without what only says how it is set: rows, the height of brackets, spaces."""
    rows, heights = r"\\begin\{aligned\} & |\\\\ & \\quad |\\end\{aligned\}", r"\\(?:Bigl|Bigr|left|right)(?![a-z])"
    return re.sub(rf"{rows}|{heights}|\{{\}}|\s", "", text)


def test_rows_are_broken_before_outer_operators() -> None:
    rows = rows_of(parse("+".join(f"{k}sin({k}x^{k})" for k in range(1, 20))), lead="= ")
    assert rows[0].startswith("= 1 ")
    assert len(rows) > 3
    assert all(row.startswith("{} + ") for row in rows[1:])
    assert boxable(parse("x + 1")) == "x + 1"


def test_a_formula_too_long_for_a_line_of_a_sentence_stands_there_in_parts() -> None:
    nest = parse("cos(" * 25 + "x" + ")" * 25)
    found = formula_in_words(nest)
    assert len(found.split("$ $")) > 1
    assert found.count("\\cos") == 25
    assert formula_in_words(parse("cos(x) + 1")) == "$\\cos(x) + 1$"


def test_what_nests_too_deep_for_lists_says_its_level() -> None:
    text = latex_of(told_derivation(tutor.explain("d/dx " + "sin(" * 30 + "x" + ")" * 30)))
    depth = deepest = 0
    for found in re.finditer(r"\\(begin|end)\{list\}", text):
        depth += 1 if found[1] == "begin" else -1
        deepest = max(deepest, depth)
    assert (depth, deepest) == (0, 4)
    assert "\\textit{level 29:}" in text


def test_giants_are_told_with_a_remark() -> None:
    derivation = tutor.explain("d/dx " + "sin(" * 400 + "x" + ")" * 400)
    for write in (latex_of, markdown_of):
        text = write(told_derivation(derivation, detail="brief"))
        assert "left out" in text
        assert len(text) < 3_000_000
    assert "left out" not in latex_of(told_derivation(tutor.explain("d/dx x^2")))


def test_a_derivation_in_markdown() -> None:
    assert markdown_of(told_derivation(tutor.explain("d/dx x^2"))) == r"""$\displaystyle \frac{d}{dx}[x^{2}]$

- **1 Power rule** $\displaystyle \frac{d}{dx}[x^{n}] = n \cdot x^{n - 1}$ with $n = 2$\
  $\displaystyle = 2x$

$\boxed{\displaystyle 2x}$ &emsp; ✓ 1 step, checked
"""


def test_markdown_is_read_as_one_list(told: list[Document]) -> None:
    html = MarkdownIt().render(markdown_of(told[0]))
    assert html.count("<li>") == html.count("</li>") == 14
    assert "<code>" not in html


_TYPESET = """
const katex = require("katex");
const all = JSON.parse(require("fs").readFileSync(0));
for (const latex of all) katex.renderToString(latex, {throwOnError: true, strict: "error"});
"""


def test_katex_accepts_all_formulas(told: list[Document]) -> None:
    node = shutil.which("node")
    if node is None or subprocess.run([node, "-e", 'require("katex")'], capture_output=True, check=False).returncode:
        pytest.skip("KaTeX is not installed: npm install katex, and NODE_PATH says where")
    texts = [write(document) for document in told for write in (latex_of, markdown_of)]
    formulas = [found for text in texts for found in re.findall(r"(?<!\\)\$([^$]+?)(?<!\\)\$", text)]
    assert len(formulas) > 500
    subprocess.run([node, "-e", _TYPESET], input=json.dumps(formulas), text=True, check=True)


def test_latex_sets_every_document(told: list[Document], tmp_path: Path) -> None:
    if shutil.which("pdflatex") is None:
        pytest.skip("pdflatex is not installed: apt-get install texlive-latex-base")
    (tmp_path / "all.tex").write_text(standalone("\n".join(map(latex_of, told)), "A & B_1"), encoding="utf-8")
    done = subprocess.run(["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "all.tex"], cwd=tmp_path,
                          capture_output=True, encoding="utf-8", errors="replace", timeout=120, check=False)
    assert done.returncode == 0, done.stdout[-3000:]
