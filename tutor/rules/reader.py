"""Rulebook text -> rules, and every reason to refuse it, with file, line and column.

    rules = read_rulebook(text, "my.rules")
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NoReturn

from tutor.errors import NotationError, RulebookError
from tutor.expression.automaton import Automaton, load_table
from tutor.expression.functions import Functions, with_functions
from tutor.expression.names import TRANSPOSED, UNIT_MATRIX, UNKNOWN_FUNCTIONS
from tutor.expression.parse import TreeBuilder, parse_tokens
from tutor.expression.piecewise import PIECEWISE
from tutor.expression.relations import related
from tutor.expression.subscripts import NOTHING_KNOWN
from tutor.expression.tokens import Token, tokenize
from tutor.expression.tree import ARGUMENT_COUNTS, Expression, node, postorder
from tutor.rules.conditions import PREDICATES, refers_to
from tutor.rules.rule import OF_A_STEP, ROLES, SIZES, Condition, Rule, Sort, Uses, listed_letters

_SORTS: dict[str, Sort] = {
    "a variable": "variable", "variables": "variable",
    "an expression": "expression", "expressions": "expression",
    "a constant": "constant", "constants": "constant",
    "a function": "function", "functions": "function",
    "an unknown function": "unknown function", "unknown functions": "unknown function",
    "a condition": "condition", "conditions": "condition",
    "a new variable": "new variable", "new variables": "new variable",
    "an index": "index", "indices": "index",
    "a list": "list", "lists": "list",
    "a new index": "new index", "new indices": "new index",
}
_FEW = 3
"""Arguments of a function that a rule writes out; of others it may say `f, ...`."""
_WORD = r"[A-Za-z][A-Za-z0-9_]*"
_HEADER = re.compile(rf'(?P<kind>rule|misconception)\s+(?P<name>{_WORD})\s+"(?P<title>[^"]+)"'
                     rf"(?:\s*\[(?P<tags>[a-z_, ]*)\])?(?:\s*unlike\s+(?P<unlike>{_WORD}))?\s*$")
_LETTERS = re.compile(r"(?P<letters>[A-Za-z](?:\s*,\s*[A-Za-z])*)\s+(?:is|are)\s+(?P<sort>[a-z ]+?)\s*$")
_ROLE = re.compile(r"(?P<letter>[A-Za-z])\s+is\s+the\s+(?P<role>[a-z]+)\s*$")
_WHERE = re.compile(r"where\s+(?P<letter>[A-Za-z])\s+is\s+(?P<negated>not\s+)?(?P<what>[a-zA-Z ]+?)\s*$")
_USES = re.compile(r"for\s+(?P<how_many>each|the only|one|all but one|no)\s+(?P<letter>[A-Za-z])\s+that\s+uses\s+"
                   r"(?P<of>[A-Za-z])\s*$")
_PLACE = re.compile(r"in\s+place\s+(?P<place>[A-Za-z](?:\s*,\s*[A-Za-z])?)\s*$")
_TEXT = re.compile(r'(?P<clause>say|source)\s+"(?P<text>[^"]*)"\s*$')
_SLOT = re.compile(r"\{([^{}]*)\}")
EQUIVALENT, OR, NEVER = "<=>", " or ", "never"
_MATHEMATICS = {"provided": "PROVIDED", "with": "WITH", "given": "GIVEN", "example": "EXAMPLE"}


class RulebookBuilder(TreeBuilder):
    """The callbacks of grammar/rulebook.lark."""

    def __init__(self, defined: Functions) -> None:
        self.defined = defined

    def application(self, parts: list[Any]) -> Expression:
        return with_functions(super().application(parts), self.defined)

    def rulebook(self, parts: list[Any]) -> list[Any]:
        return parts

    def letters(self, parts: list[Token]) -> list[Token]:
        return parts[1:]

    def entry(self, parts: list[Any]) -> tuple[Token, Any, list[Any]]:
        return parts[0], parts[1], parts[2:]

    def equation(self, parts: list[Any]) -> tuple[Expression, Token, Expression]:
        if len(parts) == 3:
            return parts[0], parts[1], parts[2]
        left, relation, right, equivalent, *others = parts
        found = tuple([each for each in others if isinstance(each, Expression)])
        return related(left, relation.value, right), equivalent, node("alternatives", found)

    def alternative(self, parts: list[Any]) -> Expression:
        return related(parts[0], parts[1].value, parts[2])

    def clause(self, parts: list[Any]) -> list[Any]:
        return parts


def read_rulebook(text: str, file: str, known: dict[str, Rule] | None = None,
                  defined: Functions | None = None) -> list[Rule]:
    """The rules of `text`; `known` are rules of other files that `unlike` may name, `defined` functions besides.

    Raises RulebookError for the first thing that is wrong: its message begins with file:line:column.
    """
    return _Reader(text, file, known or {}, defined or {}).read()


class _Reader:
    def __init__(self, text: str, file: str, known: dict[str, Rule], defined: Functions) -> None:
        self.text, self.file, self.known, self.defined = text, file, known, defined
        self.letters: dict[str, Sort] = {}
        self.starts = [0] + [index + 1 for index, letter in enumerate(text) if letter == "\n"]

    def refuse(self, position: int, message: str) -> NoReturn:
        line = next(n for n in range(len(self.starts), 0, -1) if self.starts[n - 1] <= position)
        raise RulebookError(self.file, line, position - self.starts[line - 1] + 1, message)

    def read(self) -> list[Rule]:
        tokens = list(self.tokens())
        try:
            builder = RulebookBuilder(self.defined)
            entries = parse_tokens(self.text, tokens, Automaton(load_table(), builder, "rulebook"))
        except NotationError as error:
            start, _ = error.position or (0, 0)
            self.refuse(start, f"{error} A rule is a header and an equation, followed by lines with say, where, "
                               "provided, with, given or example.")
        rules: dict[str, Rule] = {}
        titled = {rule.title.casefold(): rule for rule in self.known.values()}
        for entry in entries:
            if isinstance(entry, tuple):
                rule = self.rule(*entry)
                if rule.name in rules or rule.name in self.known:
                    self.refuse(entry[0].start_pos, f"there are two rules called {rule.name}")
                other = titled.setdefault(rule.title.casefold(), rule)
                if other is not rule:
                    self.refuse(entry[0].start_pos, f"the title of {rule.name} is also that of {other.name}: "
                                f"{rule.title}. A learner tells rules apart by their titles, so each needs its own")
                rules[rule.name] = rule
        for entry in entries:
            if isinstance(entry, tuple):
                header = entry[0]
                unlike = header.value["unlike"]
                if unlike and unlike not in rules and unlike not in self.known:
                    self.refuse(header.start_pos, f"unlike has to name a sound rule, and there is none called {unlike}")
        return list(rules.values())

    # -- lines to tokens ---------------------------------------------------------------------------------------

    def tokens(self) -> Iterator[Token]:
        """Every line as tokens: its first word decides how the rest is read."""
        start, in_letters, wants_equation = 0, False, False
        for raw in self.text.split("\n"):
            line = _without_comment(raw)
            body = line.strip()
            position = start + len(line) - len(line.lstrip())
            start += len(raw) + 1
            if not body:
                continue
            first = body.split()[0]
            end = position + len(body)
            if body == "letters":
                in_letters = True
                yield Token("LETTERS", body, position, end)
            elif first in ("rule", "misconception"):
                in_letters, wants_equation = False, True
                header = self.matched(_HEADER, "HEADER", body, position,
                                      f'a header looks like this: {first} name "Title" [tags]')
                header.value["letters"] = dict(self.letters)  # a later block does not change earlier rules
                yield header
            elif in_letters:
                yield self.letter_sort(body, position)
            elif wants_equation:
                wants_equation = False
                yield from self.stated(body, position)
            elif first in _MATHEMATICS:
                yield Token(_MATHEMATICS[first], first, position, position + len(first))
                functions, lists = self.functions, self.lists
                if first == "example":  # an example is a problem
                    functions, lists = UNKNOWN_FUNCTIONS | self.defined.keys(), NOTHING_KNOWN
                stated, confined, _ = body.partition(" where ") if first == "provided" else (body, "", "")
                yield from self.mathematics(stated[len(first):], position + len(first), functions, lists)
                if confined:
                    yield self.matched(_WHERE, "WORDS", body[len(stated) + 1:], position + len(stated) + 1,
                                       "a condition looks like this: provided x > 0 where n is [not] a number")
            elif first == "where":
                yield self.matched(_WHERE, "WORDS", body, position,
                                   "a condition looks like this: where f is [not] a number")
            elif first == "for":
                yield self.matched(_USES, "WORDS", body, position,
                                   "a rule says of which lines it speaks like this: for each v that uses x")
            elif first == "in":
                yield self.matched(_PLACE, "WORDS", body, position,
                                   "a rule says of which place of a matrix it speaks like this: in place i, j")
            elif body == "computed":
                yield Token("WORDS", {"clause": "computed", "text": ""}, position, end)
            elif first in ("say", "source"):
                yield self.matched(_TEXT, "WORDS", body, position, f'{first} has to be followed by a text in quotes')
            elif len(first) == 1:
                for part in re.finditer(r"[^,\s][^,]*", body):
                    yield self.matched(_ROLE, "WORDS", part.group(), position + part.start(),
                                       "roles are given like this: F is the outside, g is the inside")
            else:
                self.refuse(position, f"a line of a rulebook cannot begin with {first}; it begins with rule, "
                                      "misconception, say, where, provided, with, given, example, source or computed, "
                                      "or with the role of a letter: g is the inside")

    def matched(self, pattern: re.Pattern[str], kind: str, body: str, position: int, message: str) -> Token:
        match = pattern.match(body)
        if match is None:
            self.refuse(position, message)
        return Token(kind, match.groupdict(), position, position + len(body))

    def letter_sort(self, body: str, position: int) -> Token:
        token = self.matched(_LETTERS, "LETTER_SORT", body, position,
                             "letters are declared like this: f, g are expressions")
        sort = _SORTS.get(token.value["sort"])
        if sort is None:
            role = token.value["sort"].removeprefix("the ") in ROLES
            self.refuse(position, f"a letter cannot be {token.value['sort']}; it can be: {', '.join(_SORTS)}"
                        + (". A role belongs to one rule, and stands below its equation" if role else ""))
        for letter in re.findall(r"[A-Za-z]", token.value["letters"]):
            self.letters[letter] = sort
        return token

    def stated(self, body: str, position: int) -> Iterator[Token]:
        """The statement of a rule: left = right, or an equation and those that have the same solutions together."""
        left, equivalent, right = body.partition(EQUIVALENT)
        if not equivalent:
            yield from self.mathematics(body, position, self.functions, self.lists)
            return
        yield from self.pieces(left, position)
        place = position + len(left)
        yield Token("EQUIVALENT", equivalent, place, place + len(equivalent))
        place += len(equivalent)
        for number, piece in enumerate(right.split(OR)):
            if number:
                yield Token("OR", OR, place - len(OR), place)
            if piece.strip() == NEVER:
                yield Token("NEVER", NEVER, place, place + len(piece))
            else:
                yield from self.pieces(piece, place)
            place += len(piece) + len(OR)
        yield Token("_LINE", "\n", position + len(body), position + len(body))

    @property
    def functions(self) -> frozenset[str]:
        """The letters that call when they stand before a bracket."""
        return frozenset(letter for letter, sort in self.letters.items() if "function" in sort) | self.defined.keys()

    @property
    def lists(self) -> Mapping[str, int]:
        """The letters whose subscripts are indices; how many they have is not declared."""
        return {letter: 0 for letter, sort in self.letters.items() if sort == "list"}

    def mathematics(self, body: str, position: int, functions: frozenset[str],
                    lists: Mapping[str, int]) -> Iterator[Token]:
        yield from self.pieces(body, position, functions, lists)
        yield Token("_LINE", "\n", position + len(body), position + len(body))

    def pieces(self, body: str, position: int, functions: frozenset[str] | None = None,
               lists: Mapping[str, int] | None = None) -> Iterator[Token]:
        """The tokens of a piece of mathematics that does not end its line."""
        try:
            tokens = tokenize(body, self.functions if functions is None else functions,
                              lists=dict.fromkeys(self.lists if lists is None else lists, 0)).tokens
        except NotationError as error:
            start, _ = error.position or (0, 0)
            self.refuse(position + start, str(error))
        for token in tokens:
            yield Token(token.type, token.value, token.start_pos + position, token.end_pos + position)

    # -- one rule ----------------------------------------------------------------------------------------------

    def rule(self, header: Token, equation: tuple[Expression, Token, Expression], clauses: list[Any]) -> Rule:
        left, relation, right = equation
        declared: dict[str, Sort] = header.value["letters"]
        solves = relation.type == "EQUIVALENT"
        if not solves and relation.value != "=":
            self.refuse(relation.start_pos, "a rule needs an equation: left = right")
        words: dict[str, str] = {}
        roles: dict[str, str] = {}
        where: list[Condition] = []
        provided: list[Expression] = []
        only_where: list[Condition | None] = []
        definitions: list[tuple[str, Expression]] = []
        examples: list[Expression] = []
        uses: Uses | None = None
        place: tuple[str, ...] = ()
        given: list[Expression] = []
        for parts in clauses:
            token = parts[0]
            if token.type == "PROVIDED":
                provided.append(node("relation", (parts[1], parts[3]), parts[2].value))
                only_where.append(None)
            elif token.type == "WITH":
                if parts[1].head != "name":
                    self.refuse(token.start_pos, "with defines one letter: with G = ...")
                definitions.append((parts[1].value, parts[3]))
            elif token.type == "GIVEN":
                given.append(node("relation", (parts[1], parts[3]), parts[2].value))
            elif token.type == "EXAMPLE":
                examples.append(parts[1])
            elif "how_many" in token.value:
                uses = Uses(**token.value)
            elif "place" in token.value:
                place = tuple(re.findall("[A-Za-z]", token.value["place"]))
            elif "role" in token.value:
                roles[self.role(token, declared, roles, left)] = token.value["letter"]
            elif "letter" in token.value and self.follows_provided(token):
                only_where[-1] = self.condition(token, declared)
            elif "letter" in token.value:
                where.append(self.condition(token, declared))
            else:
                words[token.value["clause"]] = token.value["text"]
        tags = tuple(tag.strip() for tag in (header.value["tags"] or "").split(",") if tag.strip())
        in_use = _names_of(left, right, *given) | {letter for letter, _ in definitions}
        if solves:  # what an equation is solved for need not be seen in it
            in_use |= {letter for letter, sort in declared.items() if sort == "variable"}
        rule = Rule(
            name=header.value["name"], title=header.value["title"], kind=header.value["kind"], tags=tags,
            left=left, right=right,
            letters={letter: sort for letter, sort in declared.items() if letter in in_use},
            roles=roles, where=tuple(where), provided=tuple(provided), only_where=tuple(only_where),
            definitions=tuple(definitions), say=words.get("say", ""),
            examples=tuple(examples), source=words.get("source", ""), uses=uses, place=place, given=tuple(given),
            computed="computed" in words, unlike=header.value["unlike"] or "", file=self.file,
            line=self.text.count("\n", 0, header.start_pos) + 1,
        )
        self.check_letters(rule, declared, header.start_pos, relation.start_pos, clauses)
        if not rule.computed:
            self.check_shape(rule, relation.start_pos)
        return rule

    def role(self, token: Token, declared: dict[str, Sort], given: dict[str, str], left: Expression) -> str:
        """The role that a line gives to a letter. Refused unless it exists, is free, and the letter is fit for it."""
        letter: str = token.value["letter"]
        role: str = token.value["role"]
        if role not in ROLES:
            self.refuse(token.start_pos, f"{role} is not a known role; known roles: {', '.join(ROLES)}")
        if role in given:
            self.refuse(token.start_pos, f"two letters are the {role}: {given[role]} and {letter}")
        if letter not in declared:
            self.refuse(token.start_pos, _undeclared(letter))
        if letter not in _names_of(left) and role not in SIZES | OF_A_STEP:
            self.refuse(token.start_pos, f"{letter} is the {role}, but does not occur on the left")
        if declared[letter] != ROLES[role]:
            self.refuse(token.start_pos, f"{letter} is declared as a letter for: {declared[letter]}. The {role} has to "
                        f"be declared as a letter for: {ROLES[role]}")
        return role

    def follows_provided(self, token: Token) -> bool:
        """Whether a `where` stands behind a relation in its line, and not in one of its own."""
        return bool(self.text[:token.start_pos].rpartition("\n")[2].strip())

    def condition(self, token: Token, declared: dict[str, Sort]) -> Condition:
        letter, what = token.value["letter"], token.value["what"]
        if what not in PREDICATES and refers_to(what) not in declared:
            known = ", ".join([*PREDICATES, "free of a letter", "linear in a letter", "a polynomial in a letter",
                               "smaller than a letter", "a letter"])
            self.refuse(token.start_pos, f"{what} is not a known condition; known conditions: {known}")
        if letter not in declared:
            self.refuse(token.start_pos, _undeclared(letter))
        return Condition(letter, bool(token.value["negated"]), what)

    def check_shape(self, rule: Rule, equation: int) -> None:
        """Refuse a left side that cannot match anything, before it is used on a learner's answer."""
        by_variable: set[str] = set()
        for part in postorder([rule.left]):
            if part.head in ("derivative", "integral", "limit"):
                by_variable |= {inner.value[0] for inner in postorder(part.args[:1]) if inner.head == "application"}
        for part in postorder([rule.left, rule.right]):
            many = part.head == "sum" or ARGUMENT_COUNTS.get(part.head, (1, 1))[1] > _FEW
            wrong = len(part.args) != (3 if part.head == PIECEWISE else 2) or not (many or part.head == PIECEWISE)
            repeats = part.head == "product" and rule.uses is not None  # one factor for each line of a graph
            if part.args and part.args[-1].head == "ellipsis" and (
                    (wrong and not repeats) or len(listed_letters(rule.left, rule.right)) != 1):
                self.refuse(equation, "... stands for more terms like the one before it and comes after one term, in "
                                      "which one letter is another one each time: d/dx [f + ...]")
            if part.head == "application" and rule.letters.get(part.value[0]) == "function" and (
                    part.value[0] not in by_variable):
                letter = part.value[0]
                self.refuse(equation, f"{letter}(...) can stand for any function only where a derivative is on the "
                            f"left, as in d/dx [{letter}(g)]: name the function instead, as in sin(f + g) = sin(f) + "
                            "sin(g)")
            if part.head == "name" and rule.letters.get(part.value) in ("function", "unknown function"):
                self.refuse(equation, f"{part.value} is a function and needs an argument, as in {part.value}(g)")

    def check_letters(self, rule: Rule, declared: dict[str, Sort], header: int, equation: int,
                      clauses: list[Any]) -> None:
        matched, made = (rule.right, rule.left) if "backwards" in rule.tags else (rule.left, rule.right)
        bound = _names_of(matched, *rule.given) | {letter for letter, _ in rule.definitions}
        if "graph" in rule.tags:  # with v = f/g: the line of v says so
            bound |= _names_of(*(body for _, body in rule.definitions), *rule.provided)
        if rule.solves:
            bound |= {rule.letter("variable")} - {""}
        if rule.uses is not None:
            bound |= {rule.uses.letter, rule.uses.of}
        for letter in sorted(bound.difference(declared)):
            self.refuse(equation, _undeclared(letter))
        bound |= {letter for role, letter in rule.roles.items() if role in OF_A_STEP}
        side, other = ("right", "left") if made is rule.right else ("left", "right")
        for letter in sorted(_names_of(made, *rule.provided, *(body for _, body in rule.definitions))):
            if "reading" in rule.tags and letter in (TRANSPOSED, UNIT_MATRIX):
                continue
            if letter in map(rule.role, SIZES):
                continue
            if letter not in bound and declared.get(letter) not in ("new variable", "new index") and (
                    not rule.computed):
                advice = ("" if made is rule.left else ". If it takes the place of what is inside, declare it under "
                          f"letters: {letter} is a new variable")
                self.refuse(equation, f"the letter {letter} on the {side} does not occur on the {other}{advice}")
        for sort in ("new variable", "new index"):
            if rule.letter(sort) in _names_of(rule.left):
                self.refuse(equation, f"{rule.letter(sort)} is a {sort}, so it cannot occur on the left")
        new = rule.letter("new variable")
        if new and rule.kind == "rule" and rule.left.head == "derivative" and not rule.role("inside"):
            self.refuse(equation, f"the rule has to say what takes the place of {new}, as in: g is the inside")
        for condition in (*rule.where, *filter(None, rule.only_where)):
            if condition.letter not in bound:
                self.refuse(equation, f"where mentions {condition.letter}, which does not occur in the statement")
        told = bound | _names_of(made) if rule.computed else bound  # code says what these letters stand for
        told = told | {rule.letter("new variable"), rule.letter("new index")}
        for parts in clauses:
            if parts[0].type == "WORDS" and parts[0].value.get("clause") == "say":
                for slot in _SLOT.findall(parts[0].value["text"]):
                    if slot not in told:
                        self.refuse(parts[0].start_pos,
                                    f"the sentence uses {{{slot}}}, but the rule has no letter {slot}")
        if rule.kind == "misconception" and not rule.unlike:
            self.refuse(header, "a misconception has to name the sound rule that it is unlike")
        if rule.kind == "rule" and rule.unlike:
            self.refuse(header, "only a misconception can be unlike a rule")
        if not rule.examples:
            self.refuse(header, "a rule needs an example to which it applies")


def _undeclared(letter: str) -> str:
    return (f"the letter {letter} is not declared under letters: write there, for example, {letter} is a variable, "
            f"{letter} is an expression or {letter} is a constant")


def _names_of(*expressions: Expression) -> set[str]:
    """Names and letters of functions, bound ones included."""
    found: set[str] = set()
    for part in postorder(expressions):
        if part.head in ("name", "indexed"):
            found.add(part.value)
        elif part.head == "application":
            found.add(part.value[0])
    return found


def _without_comment(line: str) -> str:
    """The line without what follows a `#` outside quotes."""
    quoted = False
    for index, letter in enumerate(line):
        if letter == '"':
            quoted = not quoted
        elif letter == "#" and not quoted:
            return line[:index]
    return line
