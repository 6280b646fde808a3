"""Everything that can be wrong with a lesson file: a code for each, which stays the same, and what it means.

    CODES["L104"].meaning       # "a letter that is not in the item"

L0 the file, L1 what stands in it, L2 what its exercises do, L3 what an author may want to know: a warning.
"""

from __future__ import annotations

from typing import NamedTuple


class Code(NamedTuple):
    """What a code means, and what to do about it ("" where each finding says that itself)."""

    meaning: str
    repair: str


CODES: dict[str, Code] = {
    "L001": Code("the file cannot be read", "Check its name and its rights; a lesson is UTF-8 text."),
    "L002": Code("the file is too large or nested too deep", "Make several lessons of it."),
    "L003": Code("this is no YAML", "Put quotes round a text in which : # { } [ ] , & * | > or % stand."),
    "L004": Code("a tab", "Indent with spaces."),
    "L005": Code("a key that comes twice", "Leave one of the two out; nothing is overwritten in silence."),
    "L006": Code("an anchor, an alias or a tag", "Write it out; a formula that begins with * & or ! needs quotes."),
    "L007": Code("several documents in one file", "One file, one lesson: leave out the line ---."),
    "L008": Code("a character that cannot be seen", "Only what can be seen can be looked after."),
    "L101": Code("an unknown key", "Leave it out, or look at tutor author schema."),
    "L102": Code("something is missing", "Add it."),
    "L103": Code("a value that is not possible here", ""),
    "L104": Code("a letter that is not in the item", "Use it in the item, or leave it out."),
    "L105": Code("a formula that cannot be read", "Type it as a learner would."),
    "L106": Code("no rule of this name", "tutor rules lists them."),
    "L107": Code("no misconception of this name", "tutor rules lists them."),
    "L108": Code("a wrong rule of the lesson's own that cannot be read", "See CONTRIBUTING.md for the notation."),
    "L109": Code("two items of the same name", "Give one of them an id of its own."),
    "L110": Code("a condition in require that cannot be read", "Type comparisons such as a != b, n > 2."),
    "L111": Code("values in vary that cannot be read", "Type a range such as 2..5, or a list such as [3, 5]."),
    "L112": Code("a slot of a hint that there is not", "Use the letters of the rule, rule, problem or answer."),
    "L113": Code("nobody can know by which letter to differentiate", "Say it: with_respect_to: x"),
    "L114": Code("a function of the lesson's own that cannot be used", "Type a line such as swish(x): x*sigmoid(x)"),
    "L115": Code("a key that means nothing for this question", "Leave it out, or change ask."),
    "L120": Code("a lesson that does not exist is needed", "Use the id of a lesson of the course."),
    "L121": Code("lessons that need each other", "Leave one of the needs out."),
    "L122": Code("two lessons with the same id", "Rename one of them."),
    "L130": Code("a lesson of the order that there is not", "Use the id of a lesson of this folder."),
    "L131": Code("an order in which a lesson cannot be learned", "Put what is needed first, or leave the need out."),
    "L201": Code("no exercise can be made", "Change given, vary or require."),
    "L202": Code("the right answer is not accepted", "Please report this, with the item."),
    "L203": Code("expect does not hold", "Change what is expected, or the item."),
    "L204": Code("a wrong answer is accepted", "Please report this, with the item."),
    "L205": Code("the worked solution could not be checked", "Change the expression."),
    "L206": Code("an example that cannot be worked out", "Change it, or leave it out."),
    "L207": Code("a slope that is not true", "Correct it, or leave the line out: then the function is written out."),
    "L208": Code("a question that nobody can answer", "Change given, at, answer, within or the values in vary."),
    "L209": Code("a formula that is false", "Correct it: the oracle has looked at both sides."),
    "L301": Code("this item cannot show a mistake", "Change the expression so that the mistake has consequences."),
    "L302": Code("a mistake that is not named", "A learner will be told what differs, but not why."),
    "L303": Code("the engine has no worked solution", "Hints say less; write hints: of your own."),
    "L304": Code("a comment that may be meant as text",
                 "If it is text, put quotes round it all; if it is a comment, leave two spaces before the #."),
    "L305": Code("a formula that can be read in two ways", "Type brackets, then nobody has to guess."),
    "L306": Code("nothing is left to do", "Change the expression, or say by form: what is wanted."),
    "L307": Code("the words name the rule", "Leave the name out: to see which rule it takes is half of the work."),
    "L330": Code("a lesson that belongs to no course", "Put its id into order:, unless it is a draft."),
}
"""Code -> what it means."""


def is_warning(code: str) -> bool:
    """Whether a lesson with this finding can be used all the same."""
    return code.startswith("L3")
