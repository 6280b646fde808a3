"""English round a problem: what is asked, and where the mathematics stands.

    request = understood("slope of x^2 at 3")
    request.ask                         # "derivative"
    request.text                        # "         x^2     ": positions stay those of the text as typed
    request.point.strip()               # "3"

Only phrases with a certain meaning are taken out; the reader of expressions refuses every other word.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from tutor.expression.brackets import last_statement, open_brackets, outside_brackets
from tutor.expression.characters import usual
from tutor.expression.lexemes import INDEXED, NAME, PRIME_MARKS
from tutor.expression.names import canonical_name
from tutor.expression.notes import Note
from tutor.expression.patterns import Pattern, WordedPattern

LONGEST = 500
"""Characters of a text in which English is looked for."""


Ask = Literal["", "derivative", "integral", "gradient", "hessian", "jacobian"]


class Request(NamedTuple):
    """What is asked.

    text: as typed, with blanks for what is no mathematics; ask: what the words ask for, if there are any; noun: by
    which word; method: what --method calls the method that was asked for; order: how many times to differentiate; by:
    the letter of "with respect to"; letters: those of a gradient, as in grad_{w,b}; letter, point: of "at 3" or
    "when x = 3", the letter if there is one and the value; bounds: of an integral; notes: on what was read. Values have
    blanks before them, as many as bring them to their place in the text.
    """

    text: str
    ask: Ask = ""
    noun: str = ""
    method: str = ""
    order: int = 1
    by: str = ""
    letters: tuple[str, ...] = ()
    letter: str = ""
    point: str = ""
    bounds: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()


def _pattern(text: str) -> Pattern:
    return Pattern(text, re.IGNORECASE)


def _worded(text: str, literals: str) -> WordedPattern:
    return WordedPattern(text, re.IGNORECASE, literals.split())


_NAME = rf"(?:{NAME}(?:_?[0-9]++)?)(?![A-Za-z])"
_TASK = "find|compute|calculate|determine|evaluate|work|give|show|tell|get"
_BEGINS = (rf"(?:please|can|could|would|what(?:['’]?s)?|how|{_TASK}|let(?:['’]?s)?|given|if|suppose|consider|now|then|"
           r"i\s+(?:want|need|would))")
_GOES_ON = (rf"(?:please|can|could|would|you|we|i|want|need|like|to|now|help|me|us|is|are|do|does|how|{_TASK}|out|"
            r"take|solve|the|a|an|value|that|know|of|it|there)")
_LEAD = _worded(rf"\s*(?P<words>{_BEGINS}(?=[\s,])(?:[\s,]+{_GOES_ON}(?=[\s,]))*+[\s,]+(?:the\s+)?)",
                f"please can could would what how {_TASK.replace('|', ' ')} let given if suppose consider now then "
                "want need")
_ORDERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
_BY = (rf"(?:(?:(?:with|in)\s+)?respect\s+to|w\.?\s?r\.?\s?t\.?)\s+(?:the\s+variable\s+)?"
       rf"(?P<by>{NAME}_(?:[A-Za-z]|\{{[A-Za-z0-9,]++\}})(?![A-Za-z])|{_NAME})")
_NOUN = _worded(
    rf"\s*(?:the\s+|a\s+|an\s+)?(?:(?P<order>{'|'.join(_ORDERS)})[\s-]+)?(?:order\s+)?(?:partial\s+)?"
    rf"(?P<noun>(?:slope|gradient)\s+of\s+(?:the\s+|a\s+)?tangent(?:\s+line)?(?=\s+to\s)|"
    rf"derivative|slope|gradient|rate\s+of\s+change|differential|derivation|indefinite\s+integral|"
    rf"(?:definite\s+)?integral|antiderivative)(?:\s+{_BY})?"
    rf"(?:\s*:|\s+(?:of|for)(?![A-Za-z])|(?<=tangent)\s+to\s|(?<=line)\s+to\s|(?=\s*[(\[])|(?=[\s.?!]|$))",
    "derivative slope gradient rate differential derivation integral tangent")
_VERB = _worded(r"\s*(?P<noun>differentiate|derive|diff|integrate)(?:\s*:|(?=\s*[(\[])|(?=\s))",
                "diff derive integrate")
_LETTER = rf"{NAME}(?:_?[0-9]++|_[a-z]|_\{{[A-Za-z0-9]++\}})?"
_SEVERAL = _worded(
    rf"\s*(?:the\s+)?(?:(?P<noun>grad(?:ient)?|hessian|jacobian)(?![a-z])|[∇]|nabla(?![a-z]))(?:\s+(?:matrix|vector))?"
    rf"(?:\s*_?\s*\{{\s*(?P<letters>{_LETTER}(?:\s*,\s*{_LETTER})*)\s*\}}|_(?P<one>{_LETTER})(?=[\s(\[]))?"
    rf"(?:\s+(?:of|for)(?![A-Za-z]))?", "grad hessian jacobian ∇ nabla")
_BELOW_ITS_SIGN = Pattern(rf"(?P<letter>{NAME})\s+(?P<of>[(\[].*)", re.DOTALL)
"""What follows ∇ where the letter below it was pasted beside it: θ (θ² + 3θ)."""
_OPERATOR = WordedPattern(
    rf"\s*D(?:\^?(?P<order>[0-9]{{1,2}})|\^\{{(?P<braced>[0-9]{{1,2}})\}}|(?P<raised>[²³⁴⁵⁶⁷⁸⁹]))?"
    rf"(?:_?(?P<by>{NAME}))?(?:\s*(?=[(\[])|\s+(?![-+*/^=,;:)·−]))", 0, ["D"])
_RAISED = "²³⁴⁵⁶⁷⁸⁹"
_OBJECT = _pattern(rf"\s*(?:(?:the\s+|this\s+)?(?:function|curve|graph|expression|term)s?\s+)?(?:of\s+)?"
                   rf"(?:(?:[a-z]\s*\(\s*{_NAME}\s*\)|y)\s*:?=(?!=))?")
_POLITE = _worded(r"[\s,]*(?<![A-Za-z])(?:please|pls|thanks|thank\s+you)\s*$", "please pls thank")
_RESPECT = _worded(rf"[\s,]*(?<![A-Za-z]){_BY}", "respect w")
_WHEN, _THE_POINT = r"(?:at|when|where|for|if)\s+", r"(?:the\s+)?(?:point\s+)?"
_WHERE = _worded(rf"(?:\s+{_WHEN}{_THE_POINT}|\s*,\s*(?:{_WHEN})?{_THE_POINT}|\s*\|\s*_?\s*\{{?\s*)"
                 rf"(?P<letter>{_NAME})\s*=\s*(?P<point>[^=;,|{{}}]+?)\s*\}}?\s*$", "=")
_AT = WordedPattern(r"[\s)\]]at\s+(?:the\s+)?(?:point\s+)?(?P<point>[^=;,|A-Za-z]*(?:pi|e|π)?[^=;,|A-Za-z]*?)\s*$", 0,
                    ["at"])
_LIMIT = WordedPattern(r"(?<![A-Za-z])lim", re.IGNORECASE, ["lim"])
_THE_LIMIT = _worded(r"\s*the\s+(?=lim(?:it)?(?![A-Za-z]))", "lim")
_END = Pattern(r"[^.\s]\s*\.$")
_ASKS = Pattern(r"^[^=;]*(?:/\s*[d∂]|(?<![A-Za-z])(?:D|int|∫)(?![A-Za-z]))[^=;]*[^=;:<>!]=$")
_NUMBERED = _pattern(r"\s*(?:(?:[a-h]|i{1,3}|iv|[0-9]{1,2})\)|[0-9]{1,2}\.|(?P<doubtful>\([a-h]\)))"
                     r"(?=\s+[^\s0-9+*/^-])")
_TASK_FOLLOWS = _pattern(rf"\s+(?:[d∂]\S*/|{_BEGINS}\s|differentiate\s|derivative\s)")
_BOUNDS = _pattern(rf"\s+from\s+(?:{_NAME}\s*=\s*)?(?P<lower>[^=;,]+?)\s+to\s+(?:{_NAME}\s*=\s*)?(?P<upper>[^=;,]+?)"
                   r"(?:\s+of(?![A-Za-z])|\s*$)")
_OPEN_INTEGRAL = Pattern(r"\s*(?:int(?![A-Za-z_])|∫(?!\s*[_^₀-₉]))")
_METHOD = _worded(r"[\s,]+(?:by|from|using|with)\s+(?P<method>first\s+principles|parts|partial\s+fractions)\s*$",
                  "principles parts fractions")
_BELOW = Pattern(rf"/\s*[d∂]({NAME})")
_LETTERS = Pattern(r"[A-Za-zα-ω]++")
_DIFFERENTIAL = Pattern(rf"d(?P<by>{NAME})\s*$")
_DEFINES = Pattern(rf"\s*{NAME}(?:_?[0-9]++)?\s*(?:\(\s*{_NAME}\s*\)\s*)?:?=(?!=)")
_OF_SEVERAL = Pattern(rf"(?:^|;)\s*(?P<name>{NAME})\s*"
                      rf"(?P<brackets>\(\s*(?P<letters>{_LETTER}(?:\s*,\s*{_LETTER})+)\s*\))\s*:?=(?!=)")
_GOES_ON_FROM_ABOVE = Pattern(r"\s*[-+*/^=·−)\],;]")
_GOES_ON_BELOW = Pattern(r"[-+*/^=·−(\[,;]\s*$")
_SENTENCE = _pattern(r"\.(?=\s+(?:find|what|compute|calculate|determine|evaluate)\s)")
_QUOTED = Pattern(r"\s*(?:“.*”|\".*\"|‘.*’|«.*»|`.*`)\s*", re.DOTALL)


_EXTREME = (r"(?:(?:critical|stationary|turning|extreme|saddle|flat)\s+(?:points?|values?)|minima|maxima|extrema|"
            r"(?:minimum|maximum|extremum)s?(?:\s+(?:points?|values?))?|min|max|(?:smallest|largest|lowest|highest)\s+(?:value|point)s?)")
_CRITICAL = _worded(
    rf"\s*(?:(?:{_BEGINS}|{_GOES_ON}|where)[\s,]++)*?(?:(?:all|the|a|local|global|relative|absolute)\s+)*{_EXTREME}"
    rf"(?:(?:\s*,\s*|\s+and\s+(?:the\s+)?|\s+or\s+){_EXTREME})*\s*"
    rf"(?::|(?:of|for)(?![A-Za-z]))(?:\s+(?:the\s+)?(?:function|curve|graph|expression)(?:\s+(?=\S))?)?",
    "critical stationary turning extreme saddle flat minim maxim min max extrem smallest largest lowest highest")


def without_arguments(text: str) -> str:
    """A text with blanks for the brackets of J(w, b) = ..., which says only which letters vary."""
    typed = _Typed(text)
    for defined in _OF_SEVERAL.finditer(usual(text)):
        typed.blank(*defined.span("brackets"))
    return typed.text


def critical_asked(text: str) -> str | None:
    """The function whose critical points a text asks for in words, as "minima of x^3 - 3x on [0, 2]" does, or the whole
    text where it asks for a fit; None if it asks for something else. Blanks stand for the words, so that places stay
    right."""
    if len(text) > LONGEST:
        return None
    if "fit" in text.lower() or "line" in text.lower():
        from tutor.derivation.critical_fit import asks_for_fit

        if asks_for_fit(usual(text)):
            return text
    asked = _CRITICAL.match(usual(text), 0)
    if asked is None or not text[asked.end():].strip(" ?.!"):
        return None
    return " " * asked.end() + text[asked.end():].rstrip().rstrip("?.!")


class _Typed:
    """A text while the English is taken out of it, leaving blanks."""

    def __init__(self, text: str) -> None:
        self.signs = list(text)

    @property
    def text(self) -> str:
        return "".join(self.signs)

    def blank(self, start: int, end: int) -> None:
        self.signs[start:end] = " " * (end - start)

    def value(self, match: re.Match[str], group: str) -> str:
        """A part of the text, with blanks before it."""
        return " " * match.start(group) + match[group]

    def taken(self, pattern: Pattern | WordedPattern, begins: int) -> re.Match[str] | None:
        """The match of a pattern, taken out."""
        match = pattern.search(self.text, begins)
        if match is not None:
            self.blank(match.start(), match.end())
        return match


def understood(text: str) -> Request:
    """What a text asks for, as far as English says it; in a long one, its last statement."""
    text = _with_semicolons(text)
    if len(text) > LONGEST:
        begins = last_statement(text)
        if not 0 < begins < len(text) or len(text) - begins > LONGEST:
            return Request(text)
        return _behind(understood(text[begins:]), text[:begins])
    typed = _Typed(usual(text))
    if _QUOTED.fullmatch(text):
        typed.blank(0, len(text) - len(text.lstrip()) + 1)
        typed.blank(len(text.rstrip()) - 1, len(text))
    notes: list[Note] = []
    numbered = _NUMBERED.match(typed.text)
    if numbered is not None and (not numbered["doubtful"] or _TASK_FOLLOWS.match(typed.text, numbered.end())):
        typed.blank(numbered.start(), numbered.end())
        shown = numbered[0].strip()
        if numbered["doubtful"]:
            notes.append(Note(f"{shown} is read as the number of the exercise; for a product, type {shown}*[...].",
                              numbered.end() - len(shown), numbered.end(), usual=True))
    _separate_statements(typed)
    begins = last_statement(typed.text)
    worded, ask, noun, order, by = _beginning(typed, begins)
    the_limit = _THE_LIMIT.match(typed.text, begins)
    if the_limit is not None:
        typed.blank(the_limit.start(), the_limit.end())
    letters: tuple[str, ...] = ()
    several = None if ask else _SEVERAL.match(typed.text, begins)
    if several is not None:
        ask = _ASKED[(several["noun"] or "grad").lower()]
        letters = _names_in(several["letters"] or several["one"] or "")
        beside = None if several["noun"] or letters else _BELOW_ITS_SIGN.match(typed.text, several.end())
        typed.blank(begins, several.end())
        if beside is not None and beside["letter"] in beside["of"]:
            letter = beside["letter"]
            letters = _names_in(letter)
            typed.blank(*beside.span("letter"))
            notes.append(Note(f"∇{letter} (...) is read as ∇_{letter} (...), which varies {letter}; for the gradient "
                              f"of a product, type ∇({letter}*(...)).", begins, beside.start("of")))
    of_several: dict[str, tuple[str, ...]] = {}
    for defined in _OF_SEVERAL.finditer(typed.text):
        name, brackets = defined["name"], defined["brackets"]
        of_several[name] = _names_in(defined["letters"])
        notes.append(Note(f"{name}{brackets} = ... is read as the line {name} = ...", defined.start("name"),
                          defined.end("brackets"), usual=True))
        typed.blank(*defined.span("brackets"))
    if not ask:
        operator = _OPERATOR.match(typed.text, begins)
        if operator is not None and typed.text.count("D") == 1:
            ask, by = "derivative", operator["by"] or ""
            raised = operator["raised"]
            order = int(operator["order"] or operator["braced"] or (_RAISED.index(raised) + 2 if raised else 1))
            place = typed.text.index("D")
            shown = typed.text[place:operator.end()].strip()
            notes.append(Note(f"{shown} is read as the derivative; for a letter D, type "
                              f"{shown if order > 1 else 'D'}*(...).", place, place + 1,
                              (((place + 1, place + 1, "*"),),) if not by and order == 1 else (), usual=True))
            typed.blank(place, operator.end())
    _end_of_sentence(typed, worded or bool(ask))
    asked_method = typed.taken(_METHOD, begins)
    method = "_".join(asked_method["method"].lower().split()) if asked_method else ""
    respect = typed.taken(_RESPECT, begins)
    by = respect["by"] if respect else by
    letter, point = "", ""
    bounds: tuple[str, ...] = ()
    if ask == "integral":
        limits = typed.taken(_BOUNDS, begins)
        bounds = (typed.value(limits, "lower"), typed.value(limits, "upper")) if limits else ()
        differential = typed.taken(_DIFFERENTIAL, begins)
        by = differential["by"] if differential else by
    elif _OPEN_INTEGRAL.match(typed.text, begins):
        limits = typed.taken(_BOUNDS, begins)
        bounds = (typed.value(limits, "lower"), typed.value(limits, "upper")) if limits else ()
    elif _LIMIT.search(typed.text, begins) is None:  # whose `at 0` is where its variable goes
        letter, point = _point(typed, begins)
    primes = _primes_of_a_group(typed, begins) if not ask else 0
    if primes:
        ask, order = "derivative", primes
    defines, _, body = typed.text[begins:].partition("=")
    own = of_several.get(defines.strip(" :"))
    if body and own and not ask:  # the last line is one of several letters, and nothing is asked about it
        ask, letters = "gradient", own
    elif several is not None or noun == "gradient":
        letters = letters or of_several.get(typed.text[begins:].strip(" ()"), ())
    remaining = typed.text if typed.text != usual(text) else text
    return Request(remaining, ask, noun, method, order, by, letters, letter, point, bounds, tuple(notes))


_ASKED: dict[str, Ask] = {"grad": "gradient", "gradient": "gradient", "hessian": "hessian", "jacobian": "jacobian"}


def _behind(request: Request, before: str) -> Request:
    """What is asked by the end of a text, with everything at its place in the whole."""
    shift, blanks = len(before), " " * len(before)
    notes = tuple(note._replace(start=note.start + shift, end=note.end + shift, others=tuple(
        tuple((start + shift, end + shift, put) for start, end, put in changes) for changes in note.others))
        for note in request.notes)
    return request._replace(text=before + request.text, point=request.point and blanks + request.point,
                            bounds=tuple(blanks + bound for bound in request.bounds), notes=notes)


def _with_semicolons(text: str) -> str:
    """A text in which a definition that stands in a row of its own ends with a semicolon, in place of the row's end."""
    if "\n" not in text:
        return text
    signs, place, end, is_definition = list(text), 0, 0, False
    for row in text.splitlines(keepends=True):
        if row.strip():
            if is_definition and not _GOES_ON_FROM_ABOVE.match(row):
                signs[end] = ";"
                is_definition = False
            is_definition = is_definition or bool(_DEFINES.match(row))
            end = place + len(row.rstrip())
            is_definition = is_definition and end < len(text) and not _GOES_ON_BELOW.search(row)
        place += len(row)
    return "".join(signs)


def _names_in(listed: str) -> tuple[str, ...]:
    """The letters that stand between commas."""
    found = (INDEXED.match(each.strip()) for each in listed.split(","))
    return tuple(canonical_name(each["name"], each["subscript"] or "") for each in found if each is not None)


def _beginning(typed: _Typed, begins: int) -> tuple[bool, Ask, str, int, str]:
    """Take out what comes before the mathematics: whether there was anything, what is asked, by which word, how many
    times, and by which letter."""
    text = typed.text
    lead = _LEAD.match(text, begins)
    start = lead.end() if lead else begins
    head = _NOUN.match(text, start) or _VERB.match(text, start)
    if head is None:
        if lead is not None:
            typed.blank(lead.start("words"), lead.end())
        return lead is not None, "", "", 1, ""
    found = head.groupdict()
    noun = found["noun"].lower()
    behind = _OBJECT.match(text, head.end())
    typed.blank(begins, behind.end() if behind else head.end())
    ask: Ask = (
        "integral" if noun in ("integrate", "antiderivative") or noun.endswith("integral") else "derivative")
    return True, ask, noun, _ORDERS[(found.get("order") or "first").lower()], found.get("by") or ""


def _separate_statements(typed: _Typed) -> None:
    """`f(x) = x^2, find f'(3)`: after a definition a comma, or the end of a sentence, is a semicolon."""
    for match in _SENTENCE.finditer(typed.text):
        typed.signs[match.start()] = ";"
    begins = 0
    for place, sign in outside_brackets(typed.text):
        if sign not in ",;":
            continue
        _take_lead(typed, begins)
        before, after = typed.text[place - 1:place], typed.text[place + 1:place + 2]
        if sign == "," and not (before.isdigit() and after.isdigit()) and _DEFINES.match(typed.text, begins) and not (
                _is_value(typed.text, begins, place)):
            typed.signs[place] = sign = ";"
        if sign == ";":
            begins = place + 1


def _is_value(text: str, begins: int, comma: int) -> bool:
    """Whether a comma comes before the value of a letter that stands before it, as in z = w*x, x = 3; the comma of
    z = w*x, L = z^2 comes before another line."""
    where = _WHERE.match(text, comma)
    return where is not None and where["letter"] in _LETTERS.findall(text[begins:comma])


def _take_lead(typed: _Typed, begins: int) -> None:
    """Take out `let` and `if` before a definition."""
    lead = _LEAD.match(typed.text, begins)
    if lead is not None and _DEFINES.match(typed.text, lead.end()):
        typed.blank(lead.start("words"), lead.end())


def _end_of_sentence(typed: _Typed, worded: bool) -> None:
    """Take out `please` and a question mark at the end; a full stop and an exclamation mark where there are words."""
    while True:
        text = typed.text.rstrip()
        polite = _POLITE.search(text)
        if polite is not None:
            worded = True
            typed.blank(polite.start(), polite.end())
        elif text.endswith("?") or (worded and text.endswith("!")) or _END.search(text) or _ASKS.search(text):
            typed.blank(len(text) - 1, len(text))
        else:
            return


def _point(typed: _Typed, begins: int) -> tuple[str, str]:
    """Take out the point of `when x = 3` or `at 3`: its letter and its value. `at x = 3` is notation, and stays."""
    where = _WHERE.search(typed.text, begins)
    if where is not None and (not _is_point(typed.text, where) or open_brackets(typed.text[begins:where.start()])):
        return "", ""
    if where is None:
        found = _AT.search(typed.text, begins)
        if found is None or not found["point"].strip():
            return "", ""
        typed.blank(found.start() + 1, len(typed.signs))
        return "", typed.value(found, "point")
    if where[0].lstrip().startswith("at"):
        typed.blank(where.start() + where[0].index("at") + 2, where.start("letter"))
        return "", ""
    typed.blank(where.start(), len(typed.signs))
    return where["letter"], typed.value(where, "point")


def _is_point(text: str, where: re.Match[str]) -> bool:
    """Whether `if x = 3` gives a point: `dy/dx if y = x^2` gives a definition, which has to come first."""
    letters = set(_LETTERS.findall(where["point"])) - {"pi", "π", "e"}
    by = _BELOW.findall(text[:where.start()])
    return where["letter"] in by or (not by and not letters)


def _primes_of_a_group(typed: _Typed, begins: int) -> int:
    """`(x^2)'`: the primes behind a bracket that is the whole problem, taken out."""
    text = typed.text[begins:].rstrip()
    group = text.rstrip("".join(PRIME_MARKS))
    if group == text or not group.endswith((")", "]")) or not group.lstrip().startswith(("(", "[")):
        return 0
    if any(sign in ")]" and place < len(group) - 1 for place, sign in outside_brackets(group)):
        return 0
    typed.blank(begins + len(group), begins + len(text))
    return sum(PRIME_MARKS[mark] for mark in text[len(group):])
