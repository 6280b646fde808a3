"""One step told: its number, the rules that it names, what they say in the letters of the problem, what was found.

    told = told_step(step, folded=[], detail="normal")
    told.title, told.statement.formula          # "Power rule", d/dx [x^n] = n*x^(n - 1)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from tutor.algebra.arrangement import Arrangements
from tutor.derivation.lines import turning_point
from tutor.derivation.step import Block, Step
from tutor.expression.relations import related
from tutor.expression.text import Text
from tutor.expression.tree import ONE, Expression, add, multiply, name, negate, node, postorder, rebuilt
from tutor.expression.write import write
from tutor.rules.building import has_slope
from tutor.rules.restate import restated, without_ones, without_written_ones
from tutor.rules.rule import Rule
from tutor.telling.document import Detail, Document, Formula, Letter, Statement, ToldStep, Words, joined, plain, words

LONGEST_LINE = 400
"""The size up to which whole lines are told; in giants each step is an equation of its own."""

Run = list["Step | Block"]
"""What is told as one: the steps of a line, and the parts that are folded into it; or a part alone."""


def runs(items: Iterable[Step | Block], detail: Detail) -> Iterator[Run]:
    """The items of a block as they are told: each part that is not folded, and the steps between these line by line.

    Bookkeeping that follows a part is a run of its own, and bookkeeping that makes ready for a numbered step goes with
    that. In full every step is a run, and every part.
    """
    run: Run = []
    number: int | None = None
    for item in items:
        apart = isinstance(item, Block) and not item.folded
        goes_on = item.minor or item.number == number if isinstance(item, Step) else item.folded
        ready: Run = []
        if run and (detail == "full" or apart or not goes_on):
            if detail != "full" and not apart:
                run, ready = _divided(run)
            if run:
                yield run
            run = ready
        if apart:
            yield [item]
            continue
        if isinstance(item, Step) and (run is ready or not item.minor):
            number = item.number
        run.append(item)
    if run:
        yield run


def _divided(run: Run) -> tuple[Run, Run]:
    """A run without the bookkeeping at its end that makes ready for what comes next, and that bookkeeping."""
    start = len(run)
    for place in range(len(run) - 1, -1, -1):
        item = run[place]
        if not (isinstance(item, Step) and item.number is None):
            break
        if item.makes_ready:
            start = place
    return run[:start], run[start:]


def counted(steps: Iterable[Step]) -> list[Step]:
    """Those of the steps that have a number."""
    return [step for step in steps if step.number is not None]


def steps_in(run: Iterable[Step | Block]) -> list[Step]:
    """All steps of a run in reading order."""
    found: list[Step] = []
    stack = list(run)[::-1]
    while stack:
        item = stack.pop()
        if isinstance(item, Step):
            found.append(item)
        else:
            stack.extend(reversed(item.items))
    return found


def all_checked(steps: Iterable[Step]) -> bool:
    """Whether the oracle found every one of these right."""
    return all(step.check.outcome == "checked" for step in steps)


def flat(line: Expression, signs: bool = False) -> Expression:
    """A line as one writes it: no product in a product, no sum in a sum, no factor 1, no term 0, no division by 1 or
    -1, and no exponent 1 beside an integral. signs: also without the brackets behind a minus sign in a sum."""
    made: dict[Expression, Expression] = {}
    parts = list(postorder([line]))
    beside_integral = any(part.head == "integral" for part in parts)
    for part in parts:
        args = tuple([made[arg] for arg in part.args])
        if beside_integral and part.head == "power" and args[1] is ONE:
            made[part] = args[0]
            continue
        join = _JOINS.get(part.head)
        if join is None:
            made[part] = _without_one(part, args)
            continue
        inner = [each for arg in args for each in (arg.args if arg.head == part.head else (arg,))]
        if signs and part.head == "sum":
            inner = [each for arg in inner for each in _opened(arg)]
        negative = part.head == "product" and part.args[0].head == "quotient" and inner[0] is _MINUS_ONE
        joined_parts = join(*[each for each in inner[negative:] if each is not join()])
        made[part] = negate(joined_parts) if negative else joined_parts
    return made[line]


def _without_one(part: Expression, args: tuple[Expression, ...]) -> Expression:
    """The part with these arguments: x for x/1, -x for x/(-1), and int x dx for int x^1 dx."""
    if part.head == "integral":
        return rebuilt(part, (without_written_ones(args[0]), *args[1:]))
    if part.head == "quotient" and args[1] is ONE:
        return args[0]
    if part.head == "quotient" and args[1] is _MINUS_ONE:
        return negate(args[0])
    return rebuilt(part, args)


_JOINS = {"product": multiply, "sum": add}
_MINUS_ONE = negate(ONE)


def _opened(term: Expression) -> Iterator[Expression]:
    """The terms of -(a - b): -a and b; any other term is left as it is."""
    if term.head == "negation" and term.args[0].head == "sum":
        yield from (each.args[0] if each.head == "negation" else negate(each) for each in term.args[0].args)
    else:
        yield term


def look_of(line: Expression | None) -> str:
    """How a line looks apart from its brackets: no two lines in a row look the same; "" for a giant."""
    return "" if line is None or line.size > LONGEST_LINE else write(flat(line)).translate(_BRACKETS)


_BRACKETS = str.maketrans("", "", "()[]")


def worth_seeing(lines: Sequence[tuple[Step, Expression]], before: Expression) -> Expression | None:
    """Of the lines of a run, each with its step, the one that a reader needs to see how the last one comes about; None
    where that can be done in the head. before: the line before the run.

    That is where results were put in and more than their order changed, as in 4(3x + 2)^3*3; where something else
    begins, as cancelling does once a common factor is taken out; and where bookkeeping is right only on a condition: it
    goes from -3*x^(-3 - 1) to -3/x^4.
    """
    seen = _seen_on_the_way(lines)
    return None if seen is None or look_of(seen) in (look_of(before), look_of(lines[-1][1])) else flat(seen)


def _seen_on_the_way(lines: Sequence[tuple[Step, Expression]]) -> Expression | None:
    end = lines[-1][1]
    places = [place for place, (step, _) in enumerate(lines) if step.number is not None]
    if places and "tidy" in lines[places[0]][0].rule.tags:
        turn = turning_point([lines[place][0].rule for place in places])
        return None if turn is None else lines[places[turn] - 1][1]
    read_off = {lines[place][0].after for place in places[1:]}
    joined = [place for place, (step, _) in enumerate(lines)
              if "combine" in step.rule.tags and step.before not in read_off]
    if joined and "linear" not in lines[0][0].rule.tags:
        arrangements, line = Arrangements(), lines[joined[-1]][1]
        return line if arrangements.of(flat(line, signs=True)) != arrangements.of(end) else None
    place = places[-1] if places else 0
    return lines[place][1] if any(step.rule.provided for step, _ in lines[place + 1:]) else None


def told_steps(steps: Sequence[Step], detail: Detail, line: Formula | None = None, through: Formula | None = None,
               after_part: bool = False) -> ToldStep:
    """The steps of a line, and the line that they lead to. after_part: whether bookkeeping only goes on from a part, so
    that it needs no name."""
    numbered = counted(steps)
    first = numbered[0] if numbered else steps[0]
    if first.number is None and after_part and detail != "full":
        return told_together(" ", "", steps, detail, None, line, through)
    whole_line = bool(first.names) and detail != "full" and numbered[-1].number == first.number
    label = str(first.number) if whole_line else first.label
    names = first.names if whole_line else (first.rule,)
    alone = len(names) == 1 or {"linear", "tidy"}.isdisjoint(first.rule.tags)
    says = names[0] is first.rule and alone and detail != "brief" and not is_silent(first)
    in_words = says and is_said_in_words(first.rule)
    told = told_together(label, names_of(names), steps, detail,
                         statement_of_step(first) if says and not in_words else None, line, through)
    return told._replace(sentence=first.sentence) if in_words else told


def together(first: ToldStep, second: ToldStep) -> ToldStep:
    """Two steps as one, where the second does not change the line."""
    begin, end = first.label.partition("–")[0].strip(), second.label.strip()
    label = f"{begin}–{end}" if begin and end else begin or end or first.label
    title = first.title
    if second.title and "combine" not in second.steps[0].rule.tags and second.title != title:
        title = f"{title}, {lowered(second.title)}" if title else second.title
    return first._replace(label=label, title=title, steps=(*first.steps, *second.steps))


def is_silent(step: Step) -> bool:
    """Whether the statement of its rule would say nothing that the line does not show."""
    is_seen = not {"combine", "evident"}.isdisjoint(step.rule.tags)
    return is_seen or (step.minor and (step.rule.computed or not step.bindings))


def is_said_in_words(rule: Rule) -> bool:
    """Whether the statement of a rule is only letters, as in int f dx = int g dx + int h dx, so that its sentence
    says more."""
    return rule.computed and rule.left.head in ("integral", "limit") and rule.left.args[0].head == "name"


def told_alone(step: Step) -> Document:
    """A step as a document of its own: its equation, and the rule that makes it true."""
    equation = Formula(related(step.before, "=", step.after))
    if is_silent(step):
        return Document(((equation, words(step.rule.title)),))
    statement = statement_of_step(step)
    says = Text.of(statement.formula, joined(statement.known, " with ") if statement.known else "")
    return Document(((equation, Words((plain(f"{step.rule.title}:"), says))),))


def lowered(title: str) -> str:
    """The title of a rule as it stands within a sentence; a proper name keeps its capital."""
    return title if "'" in title.partition(" ")[0] else title[:1].lower() + title[1:]


def names_of(rules: Sequence[Rule]) -> str:
    """The titles of several rules in a row: "Sum rule, power rule", or "Multiply out and collect like terms". What they
    are rules for is said once: "Sum rule for integrals, power rule"."""
    first, *others = [rule.title for rule in rules]
    _, what, kind = first.rpartition(" for ")
    others = [title.removesuffix(what + kind) for title in others]
    return (" and " if "tidy" in rules[0].tags else ", ").join([first, *map(lowered, others)])


def told_together(label: str, title: str, steps: Sequence[Step], detail: Detail, statement: Statement | None = None,
                  line: Formula | None = None, through: Formula | None = None) -> ToldStep:
    """Steps that are told with one number: of the checks all in full, and in every detail what is not right."""
    full = detail == "full"
    sentence = steps[0].sentence if full and steps and steps[0].number is not None else None
    assumptions = tuple(relation for step in steps for relation in step.assumptions) if full else ()
    checks = tuple(step.check for step in steps if full or step.check.outcome != "checked")
    working = tuple(each.told() for step in steps for each in step.working)
    return ToldStep(label, title, tuple(steps), statement, sentence, line, assumptions, checks, through, working)


def statement_of_step(step: Step) -> Statement:
    """What the rule of a step says there."""
    if step.rule.computed and not step.rule.letters:  # the statement shows only one of many values, such as ln(e) = 1
        return Statement(related(step.before, "=", step.after))
    return statement_of(step.rule, step.bindings, step.before)


_CALLED = {"outside": "outer", "inside": "inner"}
"""Role of a letter -> how what it stands for is called beside it."""


def statement_of(rule: Rule, bindings: Mapping[str, Expression], before: Expression,
                 beside: Rule | None = None) -> Statement:
    """The rule's line with the letters of `before`, and what its other letters stand for; see `restated`."""
    own = restated(rule, bindings, before, beside)
    if "tidy" in rule.tags or has_slope(rule):
        own = without_ones(own)
    known: list[tuple[int, Letter]] = []
    terms: tuple[Expression, ...] = ()
    for written, bound in own.bindings.items():
        letter, _, argument = written.partition("(")
        sort = own.sorts[letter]
        if letter == own.listed:
            terms = bound.args
            continue
        stands_for = name(letter)
        if argument:
            stands_for = node("application", (name(argument.removesuffix(")")),), (letter, 0))
        meaning = own.meanings.get(letter)
        formula = related(stands_for, "=", bound)
        place = 0 if sort == "function" else 2 if sort == "variable" or meaning is not None else 1
        known.append((place, Letter(_CALLED.get(own.roles[letter], ""), formula, meaning)))
    known.sort(key=lambda each: each[0])
    return Statement(related(own.left, "=", own.right), tuple(letter for _, letter in known), terms)
