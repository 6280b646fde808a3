"""Documents made by hand, with every kind of block, for the views that draw them."""

from __future__ import annotations

import unicodedata

from tutor.expression.notes import Note
from tutor.expression.parse import parse
from tutor.expression.text import Text
from tutor.telling.document import (
    Column,
    Document,
    Formula,
    Heading,
    Inset,
    Labelled,
    Part,
    ReadingNote,
    Result,
    SimpleBlock,
    Solution,
    Table,
    Words,
    plain,
    words,
)

LONG_SUM = "+".join(f"{k}sin({k}x^{k})" for k in range(1, 20))

LONG_ONES = [
    LONG_SUM,
    f"({LONG_SUM})/(x + 1)",
    f"(x/2 + {LONG_SUM})^2*cos(x)",
    f"sqrt({LONG_SUM})",
    f"|{LONG_SUM}|",
    f"e^({LONG_SUM})",
    f"({LONG_SUM}) at (x = 1/2)",
    f"int_0^1 ({LONG_SUM})/x dx",
    "sin(" * 60 + "x" + ")" * 60,
    "1/(1 + " * 100 + "x" + ")" * 100,
    "sqrt(1 + " * 60 + "x" + ")" * 60,
    "9" * 300 + "*x",
    "*".join(f"(x^{k} + 1/{k})" for k in range(2, 40)),
]

MARKDOWN = """# A heading & more

The slope of **the sine** is {a}, *really*: `a_b`, a [link](https://example.org), ![a picture](b.png) <b>.

1. one
2. two
   - three
     - four {a}
       - five

| a | b_1 |
|---|-----|
| {a} | [x] |

> quoted\\
> twice

```
code  {a}
```
"""

UNUSUAL = [
    "\\input{/etc/passwd} \\write18{ls} \\def\\x{y}", "{ } $ & # % _ ^ ~ < > | \" ' ` [ ] ( ) \\", "$x$ $$y$$ \\[z\\]",
    "a\x00b\x1b[31mc\x7f\nd\te", "\u202eabc\u202c \u200f \u2066 \ufeff", "漢字 кириллица ελληνικά עברית 😀",
    "✓ ✗ “a” ‘b’ – — … x⁻¹² x₁₂ · × − ≠ ≤ √ ∞ ∂ ∫ → ½ °", "-- --- ,, << >> ?` !` ''", "<script>alert(1)</script> &amp;",
    "".join(chr(code) for code in range(0xA0, 0x180)), "  - a list\n1. another\n# a heading", "e\u0301 \u00a0x\u202fy",
    "\ue100" + "7\ue101 \U0010ffff \ud800",
]
"""Texts in which something could be taken for more than a text."""

assert all(unicodedata.category(text[0]) for text in UNUSUAL)


def solution(problem: str, result: str | None = None, why: Text | None = None) -> Solution:
    """A solution without steps."""
    read, known = parse(problem), None if result is None else parse(result)
    findings = (words("a_b & 50 %", sign="no"), words("unsure", sign="unsure"))
    told = Result(known, findings, "not decided" if known is None else "", why)
    return Solution(read, "tree", "normal", Part(read, known or read), told)


def every_block() -> Document:
    """All kinds of blocks, with every tone and sign."""
    x_squared = parse("x^2/2")
    sentence = Text("the value of {f} at {x} = 0", {"f": x_squared, "x": parse("x")})
    inner: tuple[SimpleBlock, ...] = (words("the innermost"), Formula(parse("y")))
    for _ in range(10):
        inner = (words("further in"), Inset(inner))
    return Document((
        (Heading("Rules & examples of 100 %"), words("strong words", "strong"), words("quiet words", "quiet"),
         Words((sentence, plain("A second sentence.")), "doubt"), words("a title", "title", mark="hint 1")),
        (words("yes", sign="yes"), words("nearly", sign="nearly"), words("no", sign="no"),
         words("unsure", sign="unsure")),
        (Formula(x_squared), Formula(x_squared, continues=True, mark="a"),
         Formula(x_squared, shape="line"), Formula(parse("x + a"), shape="display", where=parse("a = 2")),
         ReadingNote(Note("e^2x is read as (e^2)·x; for the other reading, type e^(2x).", 0, 4)),
         ReadingNote(Note("x_1 # is read as the name; nothing else.", 0, 4, usual=True))),
        (Labelled("you wrote", Formula(x_squared)), Labelled("not yet", words("50 % of it", sign="no")),
         Labelled("", ReadingNote(Note("x_1 # is read as the name.", 0, 4))),
         Labelled("", Formula(x_squared, shape="line")),
         Labelled("a label that is much longer than any other one, than any line of text has room", Words((sentence,))),
         Labelled("a label that is somewhat long", Words((sentence,)))),
        (Inset(inner),),
        (Table((Column(plain("a_b & %")), Column(Text.of(parse("x_1"))), Column(plain("c"), spare=1),
                Column(plain("words"), "words")),
               ((plain("1"), Text.of(parse("-5.4")), Text.of(parse("2*10^-16")), sentence), (),
                (plain("100"), Text.of(parse("2/3")), plain(""), plain("{ } $ & # % _ | \\")))),),
        (Words((Text(MARKDOWN, {"a": x_squared}, markdown=True),)), Labelled("lesson", Words((
            Text("One *word* and {a}.", {"a": x_squared}, markdown=True),)))),
        tuple(Words((plain(text),), mark=text[:9]) for text in UNUSUAL),
        tuple(Labelled(text, words(text)) for text in UNUSUAL),
        tuple(Formula(parse(typed), continues=True) for typed in LONG_ONES),
        (solution("d/dx x", "1"), solution("x", why=sentence), *[solution(typed, typed) for typed in LONG_ONES]),
    ))
