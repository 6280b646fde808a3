"""`tutor` alone: what there is to do today, what can be asked, and where help is.

    tutor
"""

from __future__ import annotations

PATIENCE = 0.5
"""How many seconds to wait while another process has the log locked: the first screen should appear at once."""


def home_screen() -> None:
    """Print the first screen. Whatever is wrong with the log is said on it, and the rest is shown all the same."""
    from datetime import datetime

    from tutor.cli.screen import new_page
    from tutor.lesson.outline import course_outline
    from tutor.practice.progress import Progress
    from tutor.practice.renamed import under_present_names
    from tutor.practice.store import FILE, StoreError, home, open_store
    from tutor.practice.today import today
    from tutor.views.home import show_home

    course = course_outline()
    known, notices = Progress(), []
    try:
        with open_store(home() / FILE, PATIENCE) as store:
            known = Progress(under_present_names(store.attempts(), course))
            notices = [store.notice] if store.notice else []
        sentences = today(known, course, datetime.now().astimezone()).sentences
    except StoreError as error:
        sentences = ("Your progress could not be read, but you can still practise.",)
        notices = [str(error)]
    show_home(new_page(), sentences, notices)
