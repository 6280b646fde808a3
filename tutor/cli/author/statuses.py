"""How the commands of the workbench end, and how they refuse.

    context.exit(refused("There is no file a.yaml."))
"""

from __future__ import annotations

from tutor.errors import TutorError

PASSED, FAILED, BAD_INPUT = range(3)
"""The exit statuses."""


def refused(reason: str | TutorError) -> int:
    """Say why something cannot be done. Returns the exit status."""
    from tutor.cli.screen import new_page
    from tutor.views.errors import show_error

    show_error(new_page(stderr=True), reason if isinstance(reason, TutorError) else TutorError(reason))
    return BAD_INPUT
