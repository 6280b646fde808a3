"""Expressions, steps and derivations in a notebook."""

import subprocess
import sys

import nbformat
import pytest
from nbclient import NotebookClient

import tutor
from tutor.derivation.derivation import Derivation
from tutor.derivation.step import Step
from tutor.expression.tree import Expression, add, name, node

CELLS = {
    "an expression": "import tutor\ntutor.parse('x^2/2')",
    "a step": "derivation = tutor.explain('d/dx x^2*sin(x^2)')\nderivation.steps[0]",
    "a derivation": "derivation",
}


def shared(levels: int) -> Expression:
    """A small tree in memory, and a giant on paper."""
    grown = name("x")
    for _ in range(levels):
        grown = add(grown, node("product", (grown, grown)))
    return grown


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, str]]:
    """What each cell displays, by its format."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in CELLS.values()])
    folder = tmp_path_factory.mktemp("notebook")
    home = {"IPYTHONDIR": str(folder), "JUPYTER_DATA_DIR": str(folder), "JUPYTER_RUNTIME_DIR": str(folder),
            "JUPYTER_PREFER_ENV_PATH": "1", "JUPYTER_PLATFORM_DIRS": "1"}
    with pytest.MonkeyPatch.context() as patch:
        for variable, value in home.items():
            patch.setenv(variable, value)
        NotebookClient(notebook, timeout=60, kernel_name="python3").execute()
    return {kind: cell.outputs[0].data for kind, cell in zip(CELLS, notebook.cells, strict=True)}


@pytest.mark.parametrize(("kind", "format", "part"), [
    ("an expression", "text/plain", "x^2/2"),
    ("an expression", "text/latex", r"$\displaystyle \frac{x^{2}}{2}$"),
    ("an expression", "text/markdown", r"$\displaystyle \frac{x^{2}}{2}$"),
    ("a step", "text/plain", "Product rule: d/dx [f·g] = d/dx [f]·g + f·d/dx [g] with f = x², g = sin(x²)"),
    ("a step", "text/markdown", r"with $f = x^{2}$, $g = \sin(x^{2})$"),
    ("a step", "text/latex", r"$\displaystyle \frac{d}{dx}[x^{2} \cdot \sin(x^{2})] ="),
    ("a derivation", "text/plain", "4 steps, each checked"),
    ("a derivation", "text/markdown", "- **1 Product rule** $"),
    ("a derivation", "text/latex", r"\boxed{\displaystyle 2x \cdot \sin(x^{2})"),
])
def test_a_notebook_that_is_run_shows_mathematics(shown: dict[str, dict[str, str]], kind: str, format: str,
                                                    part: str) -> None:
    assert part in shown[kind][format]


def test_a_shell_without_notebooks_shows_what_it_did() -> None:
    assert repr(tutor.parse("x^2/2")) == "<Expression x^2/2>"


def test_a_giant_does_not_stop_a_shell() -> None:
    assert repr(shared(80)).startswith("<Expression of ")


def test_only_what_is_asked_for_is_made() -> None:
    shown = tutor.explain("d/dx x^2")
    assert list(shown._repr_mimebundle_(include={"text/plain"})) == ["text/plain"]
    assert list(shown._repr_mimebundle_(exclude={"text/plain", "text/latex"})) == ["text/markdown"]
    assert shown._repr_mimebundle_(include={"text/html"}) == {}


def test_nothing_is_loaded_for_notebooks_that_are_not_there() -> None:
    code = "import sys, tutor; tutor.explain('x')._repr_mimebundle_(); sys.exit('IPython' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(("giant", "remark"), [
    (shared(15), "An expression of 21,523,360 symbols; only its outer parts are shown."),
    (shared(80), "symbols; only its outer parts are shown."),
    (tutor.parse("1/(1 + " * 300 + "x" + ")" * 300), "only its outer parts are shown."),
    (tutor.explain("d/dx [" + "*".join(f"sin({k}x)" for k in range(1, 41)) + "]"), "too many to show here"),
    (tutor.explain("d/dx [" + " + ".join(f"{k}x^{k + 2}" for k in range(1, 30)) + "]^50*" + "cos(x + 1)*" * 5 + "x"),
     "steps"),
])
def test_a_giant_does_not_flood_a_notebook(giant: Expression | Derivation, remark: str) -> None:
    shown = giant._repr_mimebundle_()
    assert all(len(text) < 30_000 for text in shown.values())
    assert remark in " ".join(shown["text/plain"].split())
    assert remark in shown["text/markdown"]


def test_more_steps_than_are_told() -> None:
    shown = tutor.explain("d/dx [" + " + ".join(f"sin({k}x)*x^2" for k in range(1, 1501)) + "]")._repr_mimebundle_()
    assert "too many to show and check one by one" in shown["text/markdown"]
    assert "only its outer parts are shown" in shown["text/markdown"]
    assert all(len(text) < 30_000 for text in shown.values())


@pytest.mark.parametrize("shown", [tutor.parse("x/2"), tutor.explain("d/dx x^2"), tutor.explain("d/dx x^2").steps[0]])
def test_latex_alone_is_that_of_the_bundle(shown: Expression | Derivation | Step) -> None:
    assert shown._repr_latex_() == shown._repr_mimebundle_()["text/latex"]
    assert "$\\displaystyle" in shown._repr_latex_()
