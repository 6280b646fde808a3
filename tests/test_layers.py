"""Imports point one way, and the rules and the oracle do not know each other."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import tutor

PACKAGE = Path(tutor.__file__).parent

# A package may import those to its right and itself; the single modules at the top of the package are for everyone.
ORDER = [
    "cli", "practice", "views", "telling", "lesson", "judge", "derivation", "algebra", "rules", "oracle", "expression",
]
FORBIDDEN_PAIRS = {("rules", "oracle"), ("oracle", "rules")}


def imported_packages(file: Path) -> set[str]:
    found = set()
    for part in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        names = []
        if isinstance(part, ast.ImportFrom) and part.module:
            names = [part.module]
        elif isinstance(part, ast.Import):
            names = [alias.name for alias in part.names]
        found |= {name.split(".")[1] for name in names if name.startswith("tutor.")}
    return found


@pytest.mark.parametrize("package", ORDER)
def test_imports_point_down(package: str) -> None:
    allowed = set(ORDER[ORDER.index(package):])
    for file in (PACKAGE / package).rglob("*.py"):
        for other in imported_packages(file) & set(ORDER):
            assert other in allowed, f"{file.name} imports tutor.{other}"
            assert (package, other) not in FORBIDDEN_PAIRS, f"{file.name} imports tutor.{other}"


def test_no_file_has_grown_beyond_reading() -> None:
    long = {file.name: lines for file in PACKAGE.rglob("*.py")
            if (lines := len(file.read_text(encoding="utf-8").splitlines())) > 500}
    assert not long


def test_what_chooses_an_exercise_does_not_judge() -> None:
    tree = ast.parse((PACKAGE / "practice" / "schedule.py").read_text(encoding="utf-8"))
    imported = {part.module for part in ast.walk(tree) if isinstance(part, ast.ImportFrom) and part.module}
    assert not {module for module in imported if module.startswith(("tutor.judge", "tutor.lesson.judging"))}
