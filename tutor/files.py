"""Where the grammars, lessons, rulebooks and compiled tables are stored. Only this module knows.

In a checkout `grammar/` and `lessons/` stand beside the package; in an installed wheel they travel inside it.

    data_folder("grammar") / "expression.lark"
"""

from __future__ import annotations

import os
from pathlib import Path

PACKAGE = Path(__file__).parent


def data_folder(name: str) -> Path:
    """The folder `name` ("grammar", "lessons"), in the wheel or in the checkout."""
    packed = PACKAGE / name
    return packed if packed.is_dir() else PACKAGE.parent / name


def functions_file() -> Path:
    """What is said of the functions of the notation."""
    return data_folder("grammar") / "functions.toml"


def rulebook_files() -> list[Path]:
    """The rulebooks of the product, in the order in which they are read."""
    return [PACKAGE / "rules" / f"{name}.rules" for name in (
        "functions",
        "cases",
        "derivatives",
        "algebra",
        "graph",
        "indices",
        "reading",
        "equations",
        "curves",
        "descent",
        "limits",
        "integrals_table",
        "integrals",
        "integrals_definite",
        "integrals_substitution",
        "integrals_rational",
        "integrals_kinks",
        "integrals_trigonometric",
        "integrals_without_formula",
        "misconceptions_functions",
        "misconceptions_derivatives",
        "misconceptions_integrals",
        "misconceptions_limits",
        "misconceptions_equations",
        "misconceptions_algebra",
        "misconceptions_graph",
        "misconceptions_descent",
    )]


def sources(*packages: str) -> list[Path]:
    """The Python files of these packages of the tutor."""
    return [file for package in packages for file in sorted((PACKAGE / package).glob("*.py"))]


def is_checkout() -> bool:
    """Whether this is a checkout, which has a build folder of its own, and not an installed wheel."""
    return not (PACKAGE / "grammar").is_dir()


def compiled_folder() -> Path:
    """Where compiled tables are kept: built with the wheel, or in the checkout's ignored build folder."""
    return PACKAGE.parent / "build" / "compiled" if is_checkout() else PACKAGE / "compiled"


def cache_folder(name: str) -> Path | None:
    """A folder for what can be made again: below TUTOR_HOME, or where this system keeps such things; it need not exist.

    None where there is no such place.
    """
    chosen = os.environ.get("TUTOR_HOME")
    try:
        if chosen:
            return Path(chosen).expanduser() / "cache" / name
        from platformdirs import user_cache_path

        return user_cache_path("derivation-tutor", appauthor=False) / name
    except RuntimeError:  # nobody knows whose home that is
        return None
