"""The installed wheel works as the checkout does: into an empty environment, run from another folder."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROBLEM = "d/dx x^2*sin(x^2)"


def run(*command: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return subprocess.run([str(part) for part in command], cwd=folder, capture_output=True, text=True, check=False,
                          env=environment | {"NO_COLOR": "1", "COLUMNS": "80", "PYTHONIOENCODING": "utf-8"})


def installed(place: Path) -> Path:
    """An empty environment with the wheel in it; what the wheel depends on is lent by the environment of the tests."""
    wheels = place / "wheels"
    built = run(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--no-cache-dir",
                "--wheel-dir", wheels, ROOT, folder=place)
    assert built.returncode == 0, built.stderr
    venv.create(place / "environment", with_pip=False)
    python = place / "environment" / "bin" / "python"
    (wheel,) = wheels.glob("*.whl")
    put = run(sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-deps", "--no-cache-dir",
              wheel, folder=place)
    assert put.returncode == 0, put.stderr
    found = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", folder=place)
    packages = Path(found.stdout.strip())
    (packages / "lent.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return python


@pytest.mark.long
def test_works_as_the_checkout_does(tmp_path: Path) -> None:
    """One test, so that the wheel is made once, however many processes there are."""
    python = installed(tmp_path)
    derives_the_same_from_another_folder(python, tmp_path)
    is_the_wheel_and_brings_its_tables(python, tmp_path)
    ships_types_grammars_and_lessons(python, tmp_path)


def derives_the_same_from_another_folder(python: Path, folder: Path) -> None:
    from_wheel = run(python.parent / "tutor", "explain", PROBLEM, folder=folder)
    from_checkout = run(sys.executable, "-m", "tutor.cli.main", "explain", PROBLEM, folder=ROOT)
    assert from_wheel.returncode == 0, from_wheel.stderr
    assert from_wheel.stdout == from_checkout.stdout
    assert "2x³·cos(x²)" in from_wheel.stdout


def is_the_wheel_and_brings_its_tables(python: Path, folder: Path) -> None:
    code = ("import tutor, tutor.compiled as c, tutor.files as f; tutor.explain('x^2');"
            "print(f.PACKAGE, f.is_checkout(), *sorted(p.name for p in f.compiled_folder().iterdir()),"
            " *map(c.file_name, ('course', 'functions', 'grammar', 'headers', 'misconceptions', 'outline', 'rules')),"
            " sep='\\n')")
    told = run(python, "-c", code, folder=folder)
    assert told.returncode == 0, told.stderr
    package, checkout, *tables = told.stdout.split()
    assert str(python.parents[1]) in package
    assert checkout == "False"
    assert tables[:7] == tables[7:]  # those that are there are those that are looked for


def ships_types_grammars_and_lessons(python: Path, folder: Path) -> None:
    told = run(python, "-c", "import tutor.files as f; print(f.PACKAGE)", folder=folder)
    package = Path(told.stdout.strip())
    for name in ("py.typed", "grammar/expression.lark", "grammar/rulebook.lark", "grammar/functions.toml",
                 "rules/derivatives.rules", "lessons"):
        assert (package / name).exists(), name
