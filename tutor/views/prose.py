"""Prose on a page: sentences with formulas on one line, signs before them, and notes on how something was read.

    show_remark(page, "  ", words("7 steps, each checked", sign="yes"))      # ✓ 7 steps, each checked
"""

from __future__ import annotations

from tutor.expression.text import Text
from tutor.telling.document import ReadingNote, Sign, Words
from tutor.views.author_text import in_one_line, show_markdown
from tutor.views.page import BAD, DOUBT, GOOD, GUIDE, STRONG, STYLES, Page, StyledText
from tutor.views.signs import in_signs
from tutor.views.signs import note as note_in_signs


def said(page: Page, text: Text) -> str:
    """A sentence with its formulas written in the signs of the page."""
    if text.markdown:
        return in_one_line(page, text)
    return in_signs(text.filled(page.text), page.signs)


def styled_sign(page: Page, sign: Sign) -> StyledText:
    """A sign with its style, and a space behind it."""
    shown, style = {
        "yes": (page.signs.yes, GOOD), "nearly": (page.signs.yes, DOUBT), "no": (page.signs.no, BAD),
        "unsure": (page.signs.unsure, DOUBT),
    }[sign]
    return f"{shown} ", style


def show_remark(page: Page, prefix: str, block: Words | ReadingNote) -> None:
    """Sentences behind their sign or what marks them, or how something that could be doubted was read."""
    if isinstance(block, ReadingNote):
        style = GUIDE if block.note.usual else ""
        page.words(prefix, note_in_signs(block.note.message, page.signs), style, lead=("Note: ", style or DOUBT))
        return
    lead: StyledText = ("", "")
    if block.sign is not None:
        lead = styled_sign(page, block.sign)
    elif block.mark:
        lead = f"{block.mark}  ", STYLES[block.tone] or STRONG
    if len(block.texts) == 1:
        show_text(page, block.texts[0], prefix, STYLES[block.tone], lead=lead)
    else:
        page.words(prefix, " ".join(said(page, text) for text in block.texts), STYLES[block.tone], lead=lead)


def show_text(page: Page, text: Text, prefix: str, style: str = "", *, lead: StyledText = ("", "")) -> None:
    """A sentence, or as Markdown what an author wrote."""
    if text.markdown:
        show_markdown(page, text, prefix, lead=lead)
    else:
        page.words(prefix, said(page, text), style, lead=lead)
