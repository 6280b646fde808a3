"""Everything that can be wrong with a lesson file: a code for each, which stays the same, and what it means.

    CODES["L104"].meaning       # "a letter that is not in the item"

L0 is about the file, L1 about what is written in it, L2 about what its exercises do; L3 are warnings.
"""

from __future__ import annotations

from typing import NamedTuple


class Code(NamedTuple):
    """What a code means, and what to do about it ("" where each finding says that itself)."""

    meaning: str
    repair: str


CODES: dict[str, Code] = {
    "L001": Code("the file cannot be read", "Check its name and its permissions; a lesson is UTF-8 text."),
    "L002": Code("the file is too large or too deeply nested", "Split it into several lessons."),
    "L003": Code("this is not valid YAML", ""),
    "L004": Code("a tab", "Indent with spaces."),
    "L005": Code("a key that is used twice", "Remove one of the two: it is not clear which one counts."),
    "L006": Code("an anchor, an alias or a tag", "Write it out; a formula that begins with * & or ! needs quotes."),
    "L007": Code("several documents in one file", "Put each lesson into a file of its own: remove the line ---."),
    "L008": Code("an invisible character", "Delete it: nobody can see that it is there."),
    "L101": Code("an unknown key", ""),
    "L102": Code("something is missing", "Add it."),
    "L103": Code("a value that is not allowed here", ""),
    "L104": Code("a letter that is not in the item", "Use it in the item, or remove it."),
    "L105": Code("a formula that cannot be read", ""),
    "L106": Code("no rule with this name", "tutor rules --names lists the names."),
    "L107": Code("no misconception with this name", "tutor rules misconceptions --names lists the names."),
    "L108": Code("a misconception of the lesson that cannot be read", "See CONTRIBUTING.md for the notation."),
    "L109": Code("two items with the same name", "Give one of them another id."),
    "L110": Code("a condition in require that cannot be read", "Write comparisons such as a != b, n > 2."),
    "L111": Code("values in vary that cannot be used", ""),
    "L112": Code("a hint with an unknown slot", ""),
    "L113": Code("it is not clear which letter is the variable", "Name it under with_respect_to."),
    "L114": Code("a function of the lesson that cannot be used", "Write a line such as swish(x): x*sigmoid(x)"),
    "L115": Code("a key that does not fit this kind of question", "Remove it, or change ask."),
    "L116": Code("a picture file that does not exist", "Add the file, or change the name."),
    "L117": Code("a derived letter that cannot be used", "Write a line such as m: a*b, with letters that vary."),
    "L118": Code("a name in braces without a list of words", ""),
    "L119": Code("an earlier name that another item has",
                 "What learners did under it counts for that item: remove it here."),
    "L120": Code("needs names a lesson that does not exist", "Use the id of a lesson of the course."),
    "L121": Code("lessons that need each other", "Remove one of the needs."),
    "L122": Code("two lessons with the same id", "Rename one of them."),
    "L123": Code("an earlier id that another lesson has",
                 "What learners did under it counts for that lesson: remove it here."),
    "L124": Code("a cell that the table does not have", ""),
    "L130": Code("the order names a lesson that does not exist", "Use the id of a lesson of this folder."),
    "L131": Code("a lesson that comes before one it needs",
                 "Put the lesson it needs before it, or remove it from needs."),
    "L201": Code("no exercise can be made", "Change given, vary or require."),
    "L202": Code("the right answer is not accepted", "Please report this, with the item."),
    "L203": Code("an answer under expect is judged differently", "Change what is expected, or the item."),
    "L204": Code("a wrong answer is accepted", "Please report this, with the item."),
    "L205": Code("the worked solution could not be checked", "Change the expression."),
    "L206": Code("an example that cannot be worked out", "Change it, or remove it."),
    "L207": Code("a stated derivative that is false",
                 "Correct it, or remove the line: then the slope is worked out."),
    "L208": Code("a question that nobody can answer", "Change this, or the values in vary."),
    "L209": Code("a formula that is false",
                 "Correct it. If it is meant to be false, say so in front of it, or strike it through: ~~$2x = x$~~."),
    "L301": Code("a mistake that gives the right answer",
                 "Change the expression so that the mistake makes a difference."),
    "L302": Code("a mistake that is not recognised",
                 "Learners who make it will be told what is different, but not why."),
    "L303": Code("the engine has no worked solution", "The hints will say less; write your own under hints."),
    "L304": Code("a comment that may be meant as text",
                 "If it is text, put quotes around all of it; if it is a comment, leave two spaces before the #."),
    "L305": Code("a formula that can be read in two ways",
                 "Add brackets, or type it in another way, so that nobody has to guess."),
    "L306": Code("there is nothing to do", "Change the expression, or ask for a form: expanded or factored."),
    "L307": Code("the text names the rule", "Leave out its name, so that the learner has to recognise it."),
    "L308": Code("an equation that is not always true",
                 "If it is a condition, say so in front of it: if, where, solve. If it is meant to be false: ~~$2x = "
                 "x$~~."),
    "L309": Code("the text asks for something else",
                 "Change the text, or the key that it contradicts: ask, at or with_respect_to."),
    "L310": Code("a formula in LaTeX brackets", "Use dollar signs instead."),
    "L311": Code("a picture without a description", ""),
    "L330": Code("a lesson that is not in the course", "Add its id under order, unless it is a draft."),
}
"""Code -> what it means."""


def is_warning(code: str) -> bool:
    """Whether a lesson with this finding can still be used."""
    return code.startswith("L3")
