"""Imports point one way, and the rules and the oracle do not know each other."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import tutor

PACKAGE = Path(tutor.__file__).parent

# A package may import those to its right and itself; the single modules at the top of the package are for everyone.
ORDER = [
    "cli", "practice", "views", "telling", "lesson", "judge", "derivation", "integration", "algebra", "rules", "oracle",
    "expression",
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


ABOVE = ["cli", "practice", "views", "telling", "lesson", "judge"]


def reached_into(source: str) -> Iterator[str]:
    """What a module uses of how derivations are made, beyond their goals: the solver, compiled rules, private names."""
    for part in ast.walk(ast.parse(source)):
        if isinstance(part, ast.ImportFrom) and part.module and part.module.startswith("tutor."):
            yield from ({alias.name for alias in part.names} & {"Solver", "CompiledRule", "compile_rule"})
            yield from (alias.name for alias in part.names if alias.name.startswith("_"))
        elif isinstance(part, ast.Attribute) and part.attr in {"solver", "compiled", *private_names()} and (
                ast.unparse(part.value) != "self"):
            yield ast.unparse(part)


@cache
def private_names() -> set[str]:
    """The private attributes of the objects of a derivation."""
    return {part.attr for file in (PACKAGE / "derivation").glob("*.py")
            for part in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
            if isinstance(part, ast.Attribute) and part.attr.startswith("_") and ast.unparse(part.value) == "self"}


@pytest.mark.parametrize("package", ABOVE)
def test_derivations_are_used_through_their_goals(package: str) -> None:
    found = {file.name: names for file in (PACKAGE / package).rglob("*.py")
             if (names := set(reached_into(file.read_text(encoding="utf-8"))))}
    assert not found


def test_reaching_into_the_solver_is_noticed() -> None:
    source = ("from tutor.derivation.solve import Solver\nfrom tutor.judge.lines import _Line\n"
              "derivation.solver.tidy, goal.instance.compiled, self._further, derivation._further, line._replace\n")
    assert set(reached_into(source)) == {"Solver", "_Line", "derivation.solver", "goal.instance.compiled",
                                         "derivation._further"}
