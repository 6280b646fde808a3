"""`make docs`: every picture made anew. A picture that is no longer in the list is removed."""

from __future__ import annotations

import sys

from ruamel.yaml.error import YAMLError

from docs.pictures import FOLDER, LIST, pictures


def main() -> None:
    try:
        drawn = {picture.file: picture.drawn() for picture in pictures()}
    except (ValueError, YAMLError) as error:
        sys.exit(f"{LIST}: {error}\nNo picture was changed.")
    FOLDER.mkdir(exist_ok=True)
    for file in set(FOLDER.glob("*.svg")) - set(drawn):
        file.unlink()
    for file, content in drawn.items():
        file.write_text(content, encoding="utf-8", newline="\n")
    print(f"{len(drawn)} pictures in {FOLDER}")


if __name__ == "__main__":
    main()
