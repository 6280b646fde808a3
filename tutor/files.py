"""Where the grammars, lessons, rulebooks and compiled tables lie: the only module that knows.

In a checkout `grammar/` and `lessons/` stand beside the package; in an installed wheel they travel inside it.

    data_folder("grammar") / "expression.lark"
"""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).parent


def data_folder(name: str) -> Path:
    """The folder `name` ("grammar", "lessons"), in the wheel or in the checkout."""
    packed = PACKAGE / name
    return packed if packed.is_dir() else PACKAGE.parent / name


def rulebook_files() -> list[Path]:
    """The rulebooks of the product, in the order in which they are read."""
    return [PACKAGE / "rules" / f"{name}.rules" for name in ("functions", "derivatives", "algebra")]


def compiled_folder() -> Path:
    """Where compiled tables are kept: built with the wheel, or in the checkout's ignored build folder."""
    packed = PACKAGE / "compiled"
    return packed if (PACKAGE / "grammar").is_dir() else PACKAGE.parent / "build" / "compiled"
