"""The list of pictures in `pictures.yaml`, and how one of them is made.

    product = pictures()[0]
    product.file, product.drawn()        # (docs/pictures/product-and-chain.svg, "<svg ...")
"""

from __future__ import annotations

import shlex
from pathlib import Path

from pydantic import ConfigDict, TypeAdapter
from pydantic.dataclasses import dataclass
from ruamel.yaml import YAML

from docs.screens import printed
from docs.svg import picture

FOLDER = Path(__file__).parent / "pictures"

LIST = Path(__file__).parent / "pictures.yaml"


@dataclass(frozen=True, kw_only=True, config=ConfigDict(extra="forbid"))
class Picture:
    """What a command shows. The fields are explained in `pictures.yaml`."""

    name: str
    shows: str
    command: str
    width: int = 80
    status: int = 0
    answers: tuple[str, ...] = ()
    is_drawn: bool = False

    @property
    def file(self) -> Path:
        return FOLDER / f"{self.name}.svg"

    def drawn(self) -> str:
        """The picture, as it has to be now. Raises ValueError if the command did not end as it should."""
        _, *arguments = shlex.split(self.command)
        module = "tutor.cli.main"
        if self.answers:
            module, arguments = "docs.session", arguments[1:]
        text, status = printed(module, arguments, self.width, self.answers)
        if status != self.status:
            raise ValueError(f"{self.command} ended with status {status}, not {self.status}:\n{text}")
        if self.is_drawn:
            return text
        return picture(f"$ {self.command}\n{text}", self.shows, self.width)


def pictures() -> list[Picture]:
    """All pictures, in the order of the list."""
    listed = YAML(typ="safe").load(LIST.read_text(encoding="utf-8"))
    return TypeAdapter(list[Picture]).validate_python(listed)
