"""Practice on the screen: an exercise, what is said of an answer, a hint, how it went. Plain rows, nothing is redrawn.

    show_item(page, exercise, lines=())
    #   Differentiate with respect to x:
    #
    #       (3x + 2)⁴
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from tutor.expression.notes import Note
from tutor.expression.relations import related
from tutor.expression.text import Text
from tutor.expression.tree import ARGUMENT_COUNTS, Expression
from tutor.expression.write import PRETTY, TEXT, write
from tutor.judge.lines import LineJudgement
from tutor.lesson.choosing import LETTERS, letters_in_words
from tutor.lesson.exercise import Exercise
from tutor.lesson.judging import Judgement
from tutor.lesson.worksheet import Cell, CellJudgement
from tutor.rules.rule import Rule
from tutor.telling.document import Document, Formula
from tutor.telling.lesson import told_given_lines, told_question
from tutor.telling.practice import told_answer, told_choice, told_line
from tutor.views.blocks import show_blocks
from tutor.views.page import BAD, DOUBT, GOOD, GUIDE, MARGIN, STRONG, TITLE, Page, StyledText
from tutor.views.prose import show_remark, show_text
from tutor.views.signs import note as note_in_signs
from tutor.views.terminal import show

PROMPTS = {"answer": "  answer> ", "line": "  line>   ", "rule": "  rule>   "}
"""What stands before a line that is typed: plain ASCII, so that every terminal counts its cells alike."""

_INSET = " " * len(PROMPTS["answer"])

_HELP = (
    ("?", "a hint, the next one each time; hint does the same"),
    ("why", "what the question asks; after an answer, more about that answer"),
    ("show", "give up and see the answer, with its solution"),
    ("lesson", "read the lesson again, with its worked examples"),
    ("lines", "answer line by line"),
    ("skip", "go on to another exercise"),
    ("back", "go back to the previous exercise"),
    ("quit", "stop; your work is saved"),
)

_HELP_WHILE_READING = (
    ("Enter", "the next page; after the last page, the exercise"),
    ("skip", "straight to the exercise"),
    ("back", "the previous page"),
    ("lesson", "start again from the beginning"),
    ("quit", "stop; your work is saved"),
)


def page_prompt(number: int, pages: int, last: str, width: int) -> str:
    """What stands before the line that turns a page, in one row. last: what Enter does after the last one."""
    place = f"  page {number} of {pages}" if pages > 1 else ""
    choice = "Enter for more, skip to leave out the rest" if number < pages else f"Enter {last}"
    whole = f"{place} - {choice}: " if place else f"  {choice}: "
    return whole if len(whole) + _ROOM_TO_TYPE <= width else f"{place}, Enter: " if place else "  Enter: "


_ROOM_TO_TYPE = len("lesson")


def show_heading(page: Page, title: str, place: str, facts: str) -> None:
    """Where in the session this is. title: "" where it would give the rule away."""
    page.blank()
    bullet = f" {page.signs.bullet} "
    page.words(MARGIN, bullet.join(part for part in (title, place, facts) if part), TITLE)
    page.flush()


def welcome(page: Page) -> None:
    """A word to someone who practises for the first time."""
    page.blank()
    page.words(MARGIN, "Welcome. Type your answer to each exercise and press Enter. Your first attempt counts, but you "
                       "can keep trying. Stop whenever you like: your work is saved.")
    page.flush()


def show_commands(page: Page, reading: bool = False) -> None:
    """What can be typed in place of an answer, or while something is read."""
    page.blank()
    for name, meaning in _HELP_WHILE_READING if reading else _HELP:
        page.words(MARGIN, meaning, lead=(f"{name:<8}", STRONG))
    page.words(MARGIN, "Any other command, or an answer, is passed on to the exercise that follows." if reading else
               "Anything else is an answer.")
    page.blank()
    page.flush()


def show_item(page: Page, exercise: Exercise, lines: Sequence[tuple[Expression, Expression | None]],
              filled: Mapping[str, CellJudgement] | None = None, cell: Cell | None = None) -> None:
    """The question, and the lines of its solution that are done already, each with what has to be said beside it.

    filled, cell: of a table, what is filled in, and the cell that is asked for now.
    """
    page.blank()
    show(page, told_question(exercise, filled, cell))
    if lines:
        page.blank()
        page.words(MARGIN, "The solution begins like this. Finish it:")
        show_blocks(page, MARGIN + "    ", told_given_lines(lines))
    page.blank()
    page.flush()


def show_judgement(page: Page, judgement: Judgement, typed: str, notes: Iterable[Note], praise: Rule | None,
                   exercise: Exercise) -> None:
    """How an answer was read, if that could be doubted; whether it is right; and one or two lines on why.

    notes: those that are worth saying; praise: the rule that was used rightly, while it is still being learned.
    """
    reading = judgement.reading
    if reading is not None and reading.args and (judgement.notes or reads_otherwise(typed, reading)):
        page.math(f"{_INSET}read as ", page.text(reading), follow=_INSET)
        notes = [note for note in notes if note.doubtful]  # the others say the same
    for note in notes:
        page.words(_INSET, note_in_signs(note.message, page.signs), DOUBT)
    show_remark(page, MARGIN, told_answer(judgement, exercise, praise))
    page.flush()


_SAME = str.maketrans({"*": "", "·": "", "×": "", "−": "-", "[": "(", "]": ")", "{": "(", "}": ")"})
"""Characters that mean the same to a reader."""

_SPACES = re.compile(r"(?<!\d)\s+|\s+(?!\d)")
"""All but those between two numbers."""

_ONE_ARGUMENT = re.compile(rf"({'|'.join(sorted(ARGUMENT_COUNTS, key=len, reverse=True))})\(([^\W\d]|\d+)\)")
"""A function of one letter or number: sin x can only be sin(x)."""

_RAISED = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_LOWERED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


def reads_otherwise(typed: str, reading: Expression) -> bool:
    """Whether an expression, as it is written, differs from what was typed by more than spaces and signs."""
    plain = _plain(typed.strip().removeprefix("="))
    return all(plain != _plain(write(reading, style)) for style in (TEXT, PRETTY))


def _plain(text: str) -> str:
    text = _RAISED.sub(lambda found: "^" + found.group().translate(_LOWERED), text.replace("**", "^"))
    return _ONE_ARGUMENT.sub(r"\1\2", _SPACES.sub("", text).translate(_SAME))


def show_answer(page: Page, exercise: Exercise, explanation: Text | None, solution: Document | None) -> None:
    """The answer of an exercise, and how one gets there: what its author says of it, and its derivation."""
    derivation, answers = exercise.derivation, exercise.answers
    if len(exercise.right_choices) > 1:
        page.words(MARGIN, f"The answer is {letters_in_words(exercise.right_choices)}.", STRONG)
    elif exercise.choices:
        show_text(page, exercise.choices[exercise.right - 1], MARGIN,
                  lead=(f"The answer is {LETTERS[exercise.right - 1]}: ", STRONG))
    elif exercise.sheet is not None and exercise.right:
        cell = exercise.sheet.cells[exercise.right - 1]
        page.words(MARGIN, f"The answer is {cell.key}, in row {exercise.right}.", STRONG)
    elif exercise.listed is not None:
        show_text(page, Text.of("The answer is ", exercise.listed.told, "."), MARGIN, STRONG)
    elif exercise.lines:
        page.words(MARGIN, f"The answer is line {exercise.right}.", STRONG)
    elif answers and (derivation is None or answers[0] is not derivation.result):
        _show_right(page, answers)
    if explanation is not None:
        show_text(page, explanation, MARGIN)
    page.flush()
    if solution is not None:
        page.blank()
        show(page, solution)


def _show_right(page: Page, answers: Sequence[Expression]) -> None:
    """The right answer in a sentence, drawn as elsewhere on the page; several of them on one line."""
    lead = "The answer is "
    box = page.box(Formula(answers[0]), page.width - len(MARGIN) - len(lead) - 1) if len(answers) == 1 else None
    if box is not None:
        page.place(MARGIN, box, STRONG, leads=((lead, STRONG),), tail=((".", STRONG),))
    else:
        page.math(MARGIN, f"{lead}{' or '.join(map(page.text, answers))}.", STRONG)


def show_line(page: Page, line: LineJudgement) -> None:
    """One line of a learner's own derivation."""
    if line.expression is not None and reads_otherwise(line.text, line.expression):
        page.math(f"{_INSET}read as ", page.text(line.expression), follow=_INSET)
    show_remark(page, MARGIN, told_line(line))
    page.flush()


def show_hint(page: Page, level: int, text: Text) -> None:
    """A hint with its number."""
    show_text(page, text, MARGIN, lead=(f"hint {level}  ", TITLE))
    page.flush()


def show_rules_to_choose(page: Page, rules: Sequence[Rule], stated: bool = False) -> None:
    """The question which rule that was; stated: with what each of them says."""
    page.words(MARGIN, "Which rule was that?")
    for letter, rule in zip(LETTERS, rules, strict=False):
        page.words(MARGIN, rule.title, lead=(f"{letter}  ", STRONG))
        if stated:
            page.formula(MARGIN + "   ", Formula(related(rule.left, "=", rule.right), tone=""))
    page.flush()


def show_named_rule(page: Page, exercise: Exercise, rule: Rule, named: bool) -> None:
    """The rule of an exercise, after the question which one it was."""
    show_remark(page, MARGIN, told_choice(exercise, rule, named))
    page.flush()


def tell(page: Page, sentence: str, style: str = "") -> None:
    """A sentence of the session itself."""
    page.words(MARGIN, sentence, style)
    page.flush()


def show_summary(page: Page, sentence: str, standings: Sequence[tuple[str, str]], ahead: str) -> None:
    """How a session went: in a sentence, the rules with how they stand, and what to do next."""
    page.blank()
    page.words(MARGIN, sentence, STRONG)
    width = max((len(title) for title, _ in standings), default=0)
    for title, known in standings:
        if len(MARGIN) + width + 3 + len(known) <= page.width:
            page.row((MARGIN, ""), (title.ljust(width) + "   ", TITLE), (known, ""))
        else:
            page.words(MARGIN, known, lead=(f"{title}   ", TITLE))
    if ahead:
        page.words(MARGIN, ahead, lead=("Next   ", TITLE))
    page.flush()


_BAR = 10


def bar(page: Page, share: float) -> str:
    """A share as ten signs."""
    full, empty = ("█", "░") if page.signs.yes == "✓" else ("#", ".")
    filled = round(share * _BAR)
    return full * filled + empty * (_BAR - filled)


class RuleRow(NamedTuple):
    """A rule for the report: its title, the share of successes, the share in words, and its skills grouped by when
    they are due:
    ("tomorrow", ("a root of something like 3x + 2", ...))."""

    title: str
    share: float
    words: str
    skills: Sequence[tuple[str, Sequence[str]]]


SkillState = Literal["due", "learning", "mastered", "questions"]


def show_progress(page: Page, groups: Mapping[SkillState, Sequence[RuleRow]]) -> None:
    """How every rule stands, group by group, and what the bars mean."""
    headings: dict[SkillState, tuple[str, str]] = {
        "due": ("Due today", DOUBT), "learning": ("Being learned", GUIDE),
        "mastered": (f"Mastered {page.signs.yes}", GOOD), "questions": ("Questions in words", GUIDE)}
    every_row = [row for rows in groups.values() for row in rows]
    width = max((len(row.title) for row in every_row), default=0)
    for standing, rows in groups.items():
        if not rows:
            continue
        heading, style = headings[standing]
        page.blank()
        page.words(MARGIN, heading, STRONG)
        for row in rows:
            _show_rule(page, row, width, style)
    if any(row.words for row in every_row):
        page.blank()
        page.words(MARGIN, "Each bar shows how often you used a rule correctly at the first attempt and without "
                           "help. Recent attempts count most.", GUIDE)
    page.flush()


def _show_rule(page: Page, row: RuleRow, width: int, style: str) -> None:
    """A bar, the title and the words, side by side if there is room; below it when each of the skills is due."""
    drawn = bar(page, row.share) if row.words else ""
    inset = MARGIN + "  "
    if not row.words:
        page.words(inset, row.title, TITLE)
    elif len(inset) + width + _BAR + 6 + len(row.words) <= page.width:
        page.row((inset, ""), (row.title.ljust(width) + "   ", TITLE), (drawn, style), (f"   {row.words}", ""))
    else:
        page.words(inset, row.title, TITLE)
        page.row((inset + "  ", ""), (drawn, style), (f"   {row.words}", ""))
    for due, skills in row.skills:
        page.words(inset + "  ", "; ".join(skills), lead=(f"{due}: " if skills else due, GUIDE))


class LessonRow(NamedTuple):
    """A lesson for the list: its name, title, what it needs, how far the learner is, and in words."""

    name: str
    title: str
    needs: Sequence[str]
    state: str
    words: str


def show_course(page: Page, rows: Sequence[LessonRow]) -> None:
    """The lessons in their order, marked as done, begun and next, with those prerequisites that are not listed above.

    Where there is no room for the titles, those that say more than the names are put below.
    """
    marks = {"done": (page.signs.yes, GOOD), "begun": (page.signs.begun, DOUBT), "next": (page.signs.next, TITLE)}
    mark_width = max(len(sign) for sign, _ in marks.values())
    names = max((len(row.name) for row in rows), default=0)
    titles = max((len(row.title) for row in rows), default=0)
    digits = len(str(len(rows)))
    before = len(MARGIN) + mark_width + 2 + digits + 2
    wide = before + names + 3 + titles + 3 + max((len(row.words) for row in rows), default=0) <= page.width
    page.blank()
    above: set[str] = set()
    for number, row in enumerate(rows, 1):
        sign, style = marks.get(row.state, ("", ""))
        pieces: list[StyledText] = [(MARGIN, ""), (sign.ljust(mark_width) + "  ", style),
                                    (f"{number:>{digits}}  ", GUIDE), (row.name.ljust(names) + "   ", STRONG)]
        if wide:
            page.row(*pieces, (row.title.ljust(titles) + "   ", ""), (row.words, style))
        else:
            page.row(*pieces, (row.words, style))
            if row.title.casefold().removeprefix("the ") != row.name.replace("-", " "):
                page.words(" " * before, row.title, GUIDE)
        needed = [each for each in row.needs if each not in above]
        if needed:
            page.words(" " * before, f"after {', '.join(needed)}", GUIDE)
        above.add(row.name)
    page.flush()


def show_statistics(page: Page, items: Sequence[tuple[str, int, int]], answers: Sequence[tuple[str, int, str]]) -> None:
    """How the items do, for an author. items: name, times asked, times right; answers: exercise, times, as read."""
    page.blank()
    if not items:
        tell(page, "Nobody has practised on this computer yet, so there are no statistics.")
        return
    width = max(len(name) for name, *_ in items)
    for name, asked, right in items:
        page.row((MARGIN, ""), (name.ljust(width) + "   ", TITLE), (bar(page, right / asked), GUIDE),
                 (f"   {right} of {asked} right at the first attempt", BAD if not right else ""))
    page.blank()
    heading = ("Wrong answers without an explanation, grouped by value:" if answers else
               "Every wrong answer was explained.")
    page.words(MARGIN, heading, STRONG)
    for exercise, times, readings in answers:
        page.words(MARGIN, readings, lead=(f"{times:>3} ×  {exercise}   ", TITLE))
    page.flush()
