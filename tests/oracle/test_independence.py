"""The oracle is a second opinion: it must not know the rules that it judges."""

import ast
from pathlib import Path

import tutor.oracle

ALLOWED = ("tutor.expression.tree", "tutor.expression.exponents", "tutor.expression.relations", "tutor.expression.text",
           "tutor.expression.piecewise", "tutor.expression.names", "tutor.expression.new_letters",
           "tutor.expression.lists",  # which letters are lists, and how long: notation, no mathematics
           "tutor.errors", "tutor.limits", "tutor.oracle")


def imported(file: Path) -> list[str]:
    found = []
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [each.name for each in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file.name}: relative import"
            found.append(node.module or "")
    return found


def test_the_oracle_imports_no_rules() -> None:
    files = sorted(Path(tutor.oracle.__file__).parent.glob("**/*.py"))
    assert len(files) >= 6
    for file in files:
        for module in imported(file):
            assert not module.startswith("tutor") or module.startswith(ALLOWED), f"{file.name} imports {module}"
            assert not module.startswith("sympy"), f"{file.name} imports {module}"


def test_the_oracle_takes_no_mathematics_from_the_blocks_of_functions() -> None:
    for file in Path(tutor.oracle.__file__).parent.glob("**/*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module == "tutor.expression.tree":
                assert not {"PARTLY_REAL", "known_functions"} & {each.name for each in node.names}, file.name


def test_mpmath_is_imported_only_when_needed() -> None:
    for file in Path(tutor.oracle.__file__).parent.glob("**/*.py"):
        for node in ast.parse(file.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.Import | ast.ImportFrom):
                assert "mpmath" not in ast.unparse(node), file.name
