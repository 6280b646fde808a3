"""`ask: iterate`: the points that gradient descent reaches, one cell for each step.

    given: (w - b)^2
    vary: {b: [2, 5], p: [0, 4], r: [0.1, 0.25]}
    from: w = p
    rate: r
    steps: 2
    momentum: 0.9           # if there is some

The cells are w_1 and w_2; of several letters (w_1, b_1) and (w_2, b_2). All slopes are taken at the old point.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from tutor.derivation.descent_problem import Loss, read_loss
from tutor.derivation.forward import Number
from tutor.derivation.updates import StepOf
from tutor.errors import TutorError
from tutor.expression.relations import related
from tutor.expression.text import Text
from tutor.expression.tree import ONE, Expression, derivative, name, node, replace
from tutor.judge.diagnosis import Mistake
from tutor.judge.wrong_turns import Replay
from tutor.lesson.backprop import AT_NUMBERS
from tutor.lesson.exercise import NoExercise
from tutor.lesson.tolerance import Tolerance
from tutor.lesson.worksheet import Cell, Made, Worksheet, in_tree
from tutor.oracle.program import NO_VALUE, NotExact, program_of
from tutor.rules.restate import shown_bindings
from tutor.rules.rule import Rule
from tutor.rules.rulebook import misconceptions, rulebook

MOST_STEPS = 6
_MOST_TURNS = 60

POINTS = "points"
"""The only part of the table."""


def iterate_sheet(given: Expression, start: Mapping[str, Expression], rate: Expression, steps: Expression,
                  momentum: Expression | None = None, within: Tolerance | None = None,
                  own: Sequence[Rule] = ()) -> Worksheet:
    """The table of a few steps of descent. start: the number of each letter, in the order in which points are written.

    Raises TutorError where there is no such table.
    """
    loss = _loss(given, tuple(start))
    numbers = {letter: _number(value, f"{letter} starts at {value}, which", "from") for letter, value in start.items()}
    if float(_number(rate, f"The rate, {rate},", "rate")) <= 0:
        raise NoExercise(f"The rate is {rate}, and it has to be more than 0.", "rate")
    if momentum is not None and not 0 <= float(_number(momentum, f"The momentum, {momentum},", "momentum")) < 1:
        raise NoExercise(f"The momentum is {momentum}, and it has to be at least 0 and less than 1.", "momentum")
    count = _number(steps, f"The number of steps, {steps},", "steps")
    if count not in range(1, MOST_STEPS + 1):
        raise NoExercise(f"The number of steps is {steps}, and it has to be a whole number from 1 to {MOST_STEPS}.",
                         "steps")
    step = StepOf(loss, rate, momentum)
    points = [{letter: name(_key(letter, 0)) for letter in loss.letters}]
    cells = []
    for number in range(1, int(count) + 1):
        cells.append(_cell(step, number, tuple(points), own))
        points.append({letter: name(_key(letter, number)) for letter in loss.letters})
    sheet = Worksheet({_key(letter, 0): value for letter, value in numbers.items()}, tuple(cells), tuple(cells), True,
                      within, AT_NUMBERS, _HOW if momentum is None else _HOW_WITH_MOMENTUM)
    for point in points:  # a slope may have a value where the loss has none
        here = {str(each): sheet.known(sheet.right)[str(each)] for each in point.values()}
        loss_there = replace(loss.expression, {name(letter): each for letter, each in point.items()})
        named = ", ".join(f"{letter} = {told}" for letter, told in zip(loss.letters, map(in_tree, here.values()),
                                                                      strict=True))
        sheet.worked_out(loss_there, here, f"The loss, {loss.expression}, has no value at {named}")
    return sheet


_HOW = ("Each step takes the slope at the old point, in the direction of every letter, and goes against it: the rate "
        "times the slope is taken away.")
_HOW_WITH_MOMENTUM = ("Each step keeps a part of the last change, and takes the rate times the slope at the old point "
                      "away. Before the first step there was no change.")


def prompt_of(given: Expression, start: Mapping[str, Expression], rate: Expression, steps: Expression,
              momentum: Expression | None) -> Text:
    """The question, where its author has none."""
    begin = [related(name(letter), "=", value) for letter, value in start.items()]
    places = [part for each in begin for part in (" and ", each)][1:]
    kept = () if momentum is None else (" and the momentum ", momentum)
    how_many = ("one step:",) if steps is ONE else ("each of ", steps, " steps:")
    return Text.of("Follow gradient descent on ", given, " from ", *places, ", with the rate ", rate, *kept,
                   ". Give the point after ", *how_many)


def with_facts(prompt: Text, given: Expression, rate: Expression, momentum: Expression | None) -> Text:
    """An author's question, with the loss, the rate and the momentum where it does not say them."""
    facts = [("the loss", given), ("the rate", rate), *(() if momentum is None else (("the momentum", momentum),))]
    missing = [(what, value) for what, value in facts if value not in prompt.slots.values()]
    if not missing:
        return prompt
    between = [", "] * (len(missing) - 2) + [" and "]
    told = [part for sign, (what, value) in zip(["", *between], missing, strict=False)
            for part in (f"{sign}{what} is ", value)]
    return Text.of(prompt, f" {str(told[0]).capitalize()}", *told[1:], ".")


def _loss(given: Expression, letters: tuple[str, ...]) -> Loss:
    """The loss, with its letters in this order."""
    found = read_loss(str(given))
    missing = [letter for letter in found.letters if letter not in letters]
    if missing:
        raise NoExercise(f"This does not say where {' and '.join(missing)} starts. Add it, or give a letter that stays "
                         "as it is its value under vary.", "from")
    strange = [letter for letter in letters if letter not in found.letters]
    if strange:
        raise NoExercise(f"There is no {strange[0]} in {given}.", "from")
    indexed = next((letter for letter in letters if "_" in letter), "")
    if indexed:
        raise TutorError(f"{indexed} has an index already, and the points are called by one, as in w_1. Take a letter "
                         "without an index.")
    slopes = dict(zip(found.letters, found.slopes, strict=True))
    return Loss(found.expression, letters, tuple(slopes[letter] for letter in letters))


def _number(value: Expression, what: str, key: str) -> Number:
    """The value of what stands under a key."""
    try:
        try:
            (found,) = program_of([value], (), exact=True).at(())
        except NotExact:
            (found,) = program_of([value], ()).at(())
    except (*NO_VALUE, NotExact, ValueError, OverflowError):
        raise NoExercise(f"{what} has to be a number.", key) from None
    return found  # type: ignore[no-any-return]


def _key(letter: str, step: int) -> str:
    return f"{letter}_{step}"


def _cell(step: StepOf, number: int, points: Sequence[Mapping[str, Expression]], own: Sequence[Rule]) -> Cell:
    letters = step.loss.letters
    keys = tuple(_key(letter, number) for letter in letters)
    names = tuple(map(name, keys))
    formulas = tuple(step.formula(step.rule, place, points) for place in range(len(letters)))
    slopes = [rule.name for slope in step.loss.slopes for rules in slope.rules_of_lines for rule in rules
              if "derivative" in rule.tags and "linear" not in rule.tags]
    return Cell(names[0] if len(names) == 1 else node("tuple", names), keys, formulas, POINTS, rule=step.rule,
                rules=tuple(dict.fromkeys((step.rule.name, *slopes))), made=partial(_made, step, points, own),
                hints=partial(_hints, step, number), letters=letters, aliases=(f"step{number}", str(number)))


def _made(step: StepOf, points: Sequence[Mapping[str, Expression]], own: Sequence[Rule]) -> Iterator[Made]:
    """Wrong rules for the step, then mistakes in one of the slopes."""
    places = range(len(step.loss.letters))
    for rule in (*own, *misconceptions().values()):
        if "descent" in rule.tags and rule.unlike == step.rule.name:
            instances = [step.instance(rule, place, points) for place in places]
            bindings = shown_bindings(rule, instances[-1].bindings)
            mistake = Mistake(rule, rulebook()[rule.unlike], bindings, instances[-1].before, instances[-1].after, None,
                              everywhere=False)
            yield Made(mistake, tuple(each.after for each in instances))
    right = tuple(slope.result for slope in step.loss.slopes)
    for place, slope in enumerate(step.loss.slopes):
        replay = Replay(slope, own)
        letter = name(step.loss.letters[place])
        where = Text("Look at the slope {slope}.", {"slope": derivative(step.loss.expression, letter, symbol="∂" if len(
            places) > 1 else "d")})
        for number, turn in enumerate(replay.wrong_turns()):
            if number == _MOST_TURNS:
                break
            try:
                wrong = replay.tidy(replay.answer([turn]))
            except TutorError:
                continue  # with some wrong rules there is no way to an end
            with_it = step._replace(slopes=(*right[:place], wrong, *right[place + 1:]))
            bindings = shown_bindings(turn.rule, turn.instance.bindings)
            mistake = Mistake(turn.rule, rulebook()[turn.rule.unlike], bindings, turn.redex, turn.after, None,
                              everywhere=False)
            yield Made(mistake, tuple(with_it.formula(step.rule, each, points) for each in places), where)


def _hints(step: StepOf, number: int) -> tuple[Text, Text]:
    """What the slope is; what to do with it."""
    letters = step.loss.letters
    slopes = [related(derivative(step.loss.expression, name(letter), symbol="d" if len(letters) == 1 else "∂"), "=",
                      slope.result) for letter, slope in zip(letters, step.loss.slopes, strict=True)]
    shown = [part for each in slopes for part in (" and ", each)][1:]
    first = Text.of("Begin with the slope at the old point: ", *shown, ".")
    rule = step.rule
    kept = "" if step.momentum is None else (
        " In the first step there is no last change yet." if number == 1 else " The last change is the new point minus "
        "the one before it.")
    return first, Text(f"{rule.title}: {{next}} = {{made}}.{kept}", {
        "next": name(_CALLED["next"]), "made": _in_words(rule)})


def _in_words(rule: Rule) -> Expression:
    """What the rule makes of a letter, in words: old - rate*slope."""
    return replace(rule.right, {name(letter): name(_CALLED[role]) for role, letter in rule.roles.items()})


_CALLED = {"place": "old", "next": "new", "slope": "slope", "rate": "rate", "velocity": "change",
           "momentum": "momentum"}
