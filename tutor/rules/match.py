"""Matching and instantiation: a rule's two sides, compiled to closures.

Sums and products have any number of parts, in written order. A constant letter takes all constants. Then, from left to
right, each pattern that is more than a letter takes the first part that it fits; then each letter takes one part, and
the last one takes the rest. This takes one pass without backtracking.

A derivative that is a factor of an integrand, as in `int c * F(g) * d/dx [g] dx`, is matched by value: it need not be
written there. Every factor is tried for F(g), and what the others are, divided by the derivative of g, is c.

    compiled = compile_rule(rulebook()["product"])
    bindings = compiled.match(parse("d/dx [x^2*sin(x)]"), name("u"))      # {"x": x, "f": x^2, "g": sin(x)}
    compiled.subgoals(bindings)                                 # (d/dx [x^2], d/dx [sin(x)])
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache, partial
from typing import NamedTuple

from tutor.expression.piecewise import PIECEWISE, UNREAD, cases_in, piecewise
from tutor.expression.relations import COMPARISONS
from tutor.expression.tree import (
    ONE,
    ZERO,
    Expression,
    divide,
    multiply,
    name,
    node,
    outermost,
    postorder,
    rebuilt,
    substitute,
)
from tutor.rules.building import OPENED, Bindings, Builder, builder, collectors, fill, listed_letter
from tutor.rules.conditions import applies, rational_value
from tutor.rules.factors import Factor, factors_of, joined_factors
from tutor.rules.rule import Condition, Rule, Sort

PatternMatcher = Callable[[Expression, Bindings], bool]

RatioOf = Callable[[Expression, Expression, Expression], "Expression | None"]
"""`ratio(rest, inside, variable)`: rest divided by the derivative of inside, if the variable is not left in it. Whoever
matches gives it, because rules know neither derivatives nor algebra."""


class CompiledRule(NamedTuple):
    """What the engine runs: `match` gives bindings or None, `opened` the right side as it is stated, `subgoals` its
    open derivatives and integrals, `stated` the left side, `joined` the right side with those replaced by their
    results."""

    rule: Rule
    matcher: PatternMatcher
    conditions: tuple[Callable[[Bindings], bool], ...]
    stated: Callable[[Bindings], Expression]
    opened: Callable[[Bindings], Expression]
    joined: Callable[[Bindings, Mapping[Expression, Expression]], Expression]
    subgoals: Callable[[Bindings], list[Expression]]
    definitions: tuple[tuple[str, Builder], ...]
    provided: tuple[Builder, ...]

    def match(self, redex: Expression, fresh: Expression, ratio: RatioOf | None = None,
              unknown: Expression | None = None) -> Bindings | None:
        """What the letters stand for if the left side is this expression. Without `ratio` no derivative is matched by
        value. unknown: the letter for which an equation is solved."""
        bindings: Bindings = {"fresh": fresh, "symbol": "d", "side": "", "ratio": ratio}
        if unknown is not None:
            bindings[self.rule.letter("variable")] = unknown
        if not self.matcher(redex, bindings):
            return None
        del bindings["ratio"]
        for holds in self.conditions:
            if not holds(bindings):
                return None
        return bindings


@lru_cache(maxsize=2048)
def compile_rule(rule: Rule) -> CompiledRule:
    """The rule as closures; kept."""
    build = builder(rule.right, rule)
    confined = rule.only_where or (None,) * len(rule.provided)
    collecting = collectors(rule.right, rule)

    def subgoals(bindings: Bindings) -> list[Expression]:
        found: list[Expression] = []
        for collect in collecting:
            collect(bindings, found)
        return found

    return CompiledRule(
        rule=rule,
        matcher=_matcher(rule.left, rule),
        conditions=tuple([partial(applies, condition) for condition in rule.where]
                         + [_not_false(relation) for relation, only in zip(rule.provided, confined, strict=True)
                            if only is None]),
        stated=lambda bindings: builder(rule.left, rule)(bindings, None),
        opened=lambda bindings: build(bindings, None),
        joined=build,
        subgoals=subgoals,
        definitions=tuple((letter, builder(body, rule)) for letter, body in rule.definitions),
        provided=tuple(_proviso(builder(relation, rule), only)
                       for relation, only in zip(rule.provided, confined, strict=True)),
    )


def with_right_side(compiled: CompiledRule, after: Expression) -> CompiledRule:
    """A computed rule with the right side that code has made for one place: what is open in it is found like that of
    a stated one."""
    goals = outermost(after, OPENED)
    return compiled._replace(
        opened=lambda _: after, subgoals=lambda _: goals,
        joined=lambda _, results: _evaluated(after, {goal: results[goal] for goal in goals}))


def _evaluated(root: Expression, results: Mapping[Expression, Expression]) -> Expression:
    """An expression with what is open in it replaced by results, and each `at` around one of them filled in."""
    done: dict[Expression, Expression] = dict(results)
    for part in postorder([root]):
        if part not in done:
            args = tuple([done.get(arg, arg) for arg in part.args])
            done[part] = substitute(args[0], args[1].value, args[2]) if part.head == "at" else rebuilt(part, args)
    return done[root]


# -- conditions ----------------------------------------------------------------------------------------------------


def _proviso(build: Builder, only: Condition | None) -> Builder:
    """A relation, or one that is always true where the condition to which it is confined does not hold."""
    if only is None:
        return build
    return lambda bindings, results: build(bindings, results) if applies(only, bindings) else _ALWAYS


_ALWAYS = node("relation", (ZERO, ZERO), "=")


def _not_false(relation: Expression) -> Callable[[Bindings], bool]:
    """Whether a `provided` is not plainly false: decided only where both sides are numbers, so it costs nothing."""
    left, right = relation.args
    compare = COMPARISONS[relation.value]

    def value(side: Expression, bindings: Bindings) -> int | Fraction | None:
        bound = bindings.get(side.value) if side.head == "name" else side
        return rational_value(bound) if isinstance(bound, Expression) else None

    def holds(bindings: Bindings) -> bool:
        first, second = value(left, bindings), value(right, bindings)
        return first is None or second is None or compare(first, second)

    return holds


# -- left sides ----------------------------------------------------------------------------------------------------


def _matcher(pattern: Expression, rule: Rule) -> PatternMatcher:
    """A closure that matches `pattern` and binds its letters."""
    head, args = pattern.head, pattern.args
    if head == "name" and pattern.value in rule.letters:
        return _letter(pattern.value, rule)
    if head in ("number", "constant", "name"):
        return lambda current, bindings: current is pattern
    if head == "application":
        return _application(pattern, rule)
    if head == "derivative":
        return _derivative(pattern, rule)
    if head in ("integral", "limit"):
        return _integral(pattern, rule)
    if head in ("indexed", "same"):
        return _with_indices(pattern, rule)
    if head == "finite_sum":
        return _finite_sum(pattern, rule)
    if head != PIECEWISE and args and args[-1].head == "ellipsis":
        return _every_term(head, args[0], rule)
    if head in ("sum", "product", "max", "min"):
        return _many(head, args, rule)
    if head == PIECEWISE and args[-1].head == "ellipsis":
        return _every_case(args[0], args[1].value, rule)
    if head == PIECEWISE and pattern.value == (UNREAD, ()):
        return _case_and_rest(args, rule)
    parts = [(index, _matcher(arg, rule)) for index, arg in enumerate(args)]
    if len(parts) == 1:
        only, value = parts[0][1], pattern.value
        if value is not None:  # a defined function: another one is another head
            return lambda current, bindings: (
                current.head == head and current.value == value and only(current.args[0], bindings))
        return lambda current, bindings: current.head == head and only(current.args[0], bindings)
    parts.sort(key=lambda part: args[part[0]].head in ("sum", "product"))  # f of (f + g)/f is what stands below

    def match(current: Expression, bindings: Bindings) -> bool:
        if current.head != head or len(current.args) != len(parts):
            return False
        return all(part(current.args[index], bindings) for index, part in parts)

    return match


def _letter(letter: str, rule: Rule) -> PatternMatcher:
    sort = rule.letters[letter]
    if sort == "variable":
        return lambda current, bindings: current.head in VARIABLES and bindings.setdefault(letter, current) is current
    if sort == "index":
        return lambda current, bindings: current.head in INDEX and bindings.setdefault(letter, current) is current
    if sort == "constant":
        variable = rule.varying

        def constant(current: Expression, bindings: Bindings) -> bool:
            if variable in bindings and bindings[variable].value in current.free:
                return False
            return bindings.setdefault(letter, current) is current

        return constant
    return lambda current, bindings: bindings.setdefault(letter, current) is current


VARIABLES, INDEX = frozenset(("name", "indexed")), frozenset(("name", "number"))
"""Heads of what a variable may stand for, one part of a list among them, and of what an index may."""


def _with_indices(pattern: Expression, rule: Rule) -> PatternMatcher:
    """One part of a list, whose letter is bound as well, or a delta, whose two indices may come in either order."""
    head, letter, count = pattern.head, pattern.value, len(pattern.args)
    orders = [pattern.args, pattern.args[::-1]] if head == "same" else [pattern.args]
    ways = [[_matcher(arg, rule) for arg in order] for order in orders]

    def match(current: Expression, bindings: Bindings) -> bool:
        if current.head != head or len(current.args) != count:
            return False
        if letter is not None and bindings.setdefault(letter, name(current.value)).value != current.value:
            return False
        for way in ways:
            trial = dict(bindings)
            if all(index(arg, trial) for index, arg in zip(way, current.args, strict=True)):
                bindings.update(trial)
                return True
        return False

    return match


def _finite_sum(pattern: Expression, rule: Rule) -> PatternMatcher:
    """A sum with an index: this before its body, whose constants are then known."""
    parts = [(place, _matcher(pattern.args[place], rule)) for place in (1, 2, 3, 0)]

    def match(current: Expression, bindings: Bindings) -> bool:
        return current.head == "finite_sum" and all(part(current.args[place], bindings) for place, part in parts)

    return match


def _derivative(pattern: Expression, rule: Rule) -> PatternMatcher:
    body, variable, order = pattern.args
    match_body, variable_letter = _matcher(body, rule), variable.value
    by_part = _matcher(variable, rule) if variable.head == "indexed" else None
    order_letter = order.value if order.head == "name" else None

    def match(current: Expression, bindings: Bindings) -> bool:
        if current.head != "derivative":
            return False
        found_body, found_variable, found_order = current.args
        bindings["symbol"] = current.value
        if by_part is None:
            bindings[variable_letter] = found_variable
        elif not by_part(found_variable, bindings):
            return False
        if order_letter is not None:
            if found_order.head == "number" and found_order.value == 1:
                return False
            bindings[order_letter] = found_order
        elif found_order is not order:
            return False
        return match_body(found_body, bindings)

    return match


def _integral(pattern: Expression, rule: Rule) -> PatternMatcher:
    """An integral or a limit: its variable, and its limits or target, before its body, whose constants are then known.

    A limit of a rule that names no side is one from any side.
    """
    head, side, variable = pattern.head, pattern.value, pattern.args[1].value
    count = len(pattern.args)
    body = _with_slope(pattern.args[0], rule) or _matcher(pattern.args[0], rule)
    parts = [*((index, _matcher(pattern.args[index], rule)) for index in range(2, count)), (0, body)]

    def match(current: Expression, bindings: Bindings) -> bool:
        if current.head != head or len(current.args) != count or (side and current.value != side):
            return False
        bindings["side"] = current.value
        if bindings.setdefault(variable, current.args[1]) is not current.args[1]:
            return False
        return all(part(current.args[index], bindings) for index, part in parts)

    return match


def _application(pattern: Expression, rule: Rule) -> PatternMatcher:
    letter, _ = pattern.value
    inner = _matcher(pattern.args[0], rule)
    if rule.letters[letter] == "unknown function":

        def unknown(current: Expression, bindings: Bindings) -> bool:
            if current.head != "application" or not current.args:
                return False
            bindings[letter] = current.value
            return inner(current.args[0], bindings)

        return unknown
    variable = rule.letter("variable")

    def one_step(current: Expression, bindings: Bindings) -> bool:
        """F(g): one step of structure, not + - * /, round the one part that varies."""
        if current.head in NOT_A_STEP:
            return False
        letter_of_variable = bindings[variable].value
        varying = [index for index, arg in enumerate(current.args) if letter_of_variable in arg.free]
        if len(varying) != 1:
            return False
        bindings[letter] = (current, varying[0])
        return inner(current.args[varying[0]], bindings)

    return one_step


def _with_slope(pattern: Expression, rule: Rule) -> PatternMatcher | None:
    """An integrand with the factor d/dx [g], matched by value; None for a pattern without such a factor.

    Its other factors are F(g), or g in the denominator, and perhaps a constant letter, which may come out as 1.
    """
    parts = factors_of(pattern)
    slope = next((part for part, is_below in parts if part.head == "derivative" and not is_below), None)
    if slope is None:
        return None
    constant = next((part.value for part, _ in parts if rule.letters.get(part.value) == "constant"), "")
    others = [(part, is_below) for part, is_below in parts if part is not slope and part.value != constant]
    ((key, key_is_below),) = others
    matches, letter, inside, variable = _matcher(key, rule), rule.letter("function"), *(
        part.value for part in slope.args[:2])

    def fits(part: Expression, is_below: bool, bindings: Bindings) -> bool:
        if not matches(part, bindings):
            return False
        if is_below is not key_is_below and key.head == "application":  # F(g) below: 1/F(g) is the function
            fresh = bindings["fresh"]
            bindings[letter] = divide(ONE, fill(bindings[letter], fresh)), fresh
            return True
        return is_below is key_is_below

    def match(current: Expression, bindings: Bindings) -> bool:
        ratio: RatioOf | None = bindings["ratio"]
        if ratio is None:
            return False
        tried = 0
        for part, is_below, rest in _candidates(factors_of(current), bindings[variable].value):
            trial = dict(bindings)
            if not fits(part, is_below, trial) or trial[inside] is trial[variable]:
                continue
            tried += 1
            if tried > MOST_TRIED:
                return False
            found = ratio(rest, trial[inside], trial[variable])
            if found is not None and (trial.setdefault(constant, found) if constant else ONE) is found:
                bindings.update(trial)
                return True
        return False

    return match


MOST_TRIED = 8
"""Factors that are tried for F(g)."""

def _candidates(factors: list[Factor], variable: str) -> Iterator[tuple[Expression, bool, Expression]]:
    """What may be F(g), whether it stands below, and the rest: each factor that varies, and all that stands below."""
    for index, (part, is_below) in enumerate(factors):
        if variable in part.free:
            yield part, is_below, joined_factors(factors[:index] + factors[index + 1:])
    below = [part for part, is_below in factors if is_below]
    if len(below) > 1:
        yield multiply(*below), True, joined_factors([factor for factor in factors if not factor[1]])


NOT_A_STEP = frozenset(("sum", "product", "quotient", "negation", "derivative", "at", "integral", "relation", "name",
                        "finite_sum", "indexed", "same"))
"""Heads that no F(g) matches: they have rules of their own."""


def _every_term(head: str, pattern: Expression, rule: Rule) -> PatternMatcher:
    """Every term of a sum, or argument of a function: the letter of `f + ...` alone, or as a part of each term, as in
    `f*g + ...`."""
    letter = listed_letter(rule)
    if pattern.head == "name":

        def every(current: Expression, bindings: Bindings) -> bool:
            if current.head != head:
                return False
            bindings[letter] = current.args
            return True

        return every
    matches = _matcher(pattern, rule)

    def every_part(current: Expression, bindings: Bindings) -> bool:
        if current.head != head:
            return False
        found = []
        for term in current.args:
            bindings.pop(letter, None)
            if not matches(term, bindings):
                return False
            found.append(bindings[letter])
        bindings[letter] = tuple(found)
        return True

    return every_part


def _every_case(pattern: Expression, condition: str, rule: Rule) -> PatternMatcher:
    """Every case of a piecewise expression. The letter of the condition stands for the whole, with all conditions."""
    letter = listed_letter(rule)
    matches = _matcher(pattern, rule)

    def every(current: Expression, bindings: Bindings) -> bool:
        if current.head != PIECEWISE:
            return False
        found = []
        for case in cases_in(current):
            bindings.pop(letter, None)
            if not matches(case.value, bindings):
                return False
            found.append(bindings[letter])
        bindings[letter], bindings[condition] = tuple(found), current
        return True

    return every


def _case_and_rest(args: Sequence[Expression], rule: Rule) -> PatternMatcher:
    """The first case of a piecewise expression and what all others say. The letter of the condition stands for the
    whole, as above."""
    first, condition, rest = args
    of_first, of_rest = _matcher(first, rule), _matcher(rest, rule)

    def match(current: Expression, bindings: Bindings) -> bool:
        cases = cases_in(current) if current.head == PIECEWISE else []
        if len(cases) < 2:
            return False
        others = cases[1].value if len(cases) == 2 else piecewise(cases[1:])
        bindings[condition.value] = current
        return of_first(cases[0].value, bindings) and of_rest(others, bindings)

    return match


_TURN: dict[Sort | None, int] = {"constant": 0, "expression": 2}
"""Which letters of a sum or product are matched before, and which after, the items that are more than a letter."""


def _many(head: str, args: tuple[Expression, ...], rule: Rule) -> PatternMatcher:
    """An n-ary pattern without `...`: see the head of this module."""
    sorts = [rule.letters.get(arg.value) if arg.head == "name" else None for arg in args]
    items = sorted(zip(args, sorts, strict=True), key=lambda item: _TURN.get(item[1], 1))
    last = _matcher(items[-1][0], rule)
    firsts = [(_matcher(arg, rule), sort) for arg, sort in items[:-1]]
    variable = rule.varying

    def match(current: Expression, bindings: Bindings) -> bool:
        if current.head != head:
            return False
        rest = list(current.args)
        for part, sort in firsts:
            if sort == "constant" and variable in bindings:
                varies = bindings[variable].value
                taken = [arg for arg in rest if varies not in arg.free]
                if not taken or len(taken) == len(rest):
                    return False
                rest = [arg for arg in rest if varies in arg.free]
                if not part(taken[0] if len(taken) == 1 else node(head, tuple(taken)), bindings):
                    return False
                continue
            for index, arg in enumerate(rest):
                trial = dict(bindings)
                if part(arg, trial):
                    bindings.update(trial)
                    del rest[index]
                    break
            else:
                return False
        if not rest:
            return False
        return last(rest[0] if len(rest) == 1 else node(head, tuple(rest)), bindings)

    return match
