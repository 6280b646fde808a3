"""Build hook: the parse table, the rules and the course are worked out once, here, and travel in the wheel."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class TablesHook(BuildHookInterface):  # type: ignore[type-arg]
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return  # a checkout makes them itself, and anew whenever a rule changes
        sys.path.insert(0, self.root)
        from tutor.compiled import file_name, packed, sealed
        from tutor.expression.automaton import dump as dump_table
        from tutor.expression.automaton import make_table
        from tutor.expression.known_functions import dump as dump_functions
        from tutor.expression.known_functions import make_functions
        from tutor.lesson.course import dump as dump_course
        from tutor.lesson.course import load_course
        from tutor.lesson.outline import dump as dump_outline
        from tutor.lesson.outline import outline_of
        from tutor.lesson.prerequisites import headers_of_product
        from tutor.rules.rulebook import dump, of_kind

        folder = Path(self.root) / "build" / "wheel"
        folder.mkdir(parents=True, exist_ok=True)
        course = load_course()
        tables = (("grammar", dump_table(make_table())), ("functions", dump_functions(make_functions())),
                  ("rules", dump(of_kind("rule"))),
                  ("misconceptions", dump(of_kind("misconception"))), ("course", dump_course(course)),
                  ("outline", dump_outline(outline_of(course))),
                  ("headers", packed(headers_of_product())))
        for kind, data in tables:
            file = folder / file_name(kind)
            file.write_bytes(sealed(data))
            build_data["force_include"][str(file)] = f"tutor/compiled/{file.name}"
