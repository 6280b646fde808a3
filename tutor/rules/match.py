"""Matching and instantiation: a rule's two sides, compiled to closures.

Sums and products have any number of parts, in written order. A constant letter takes all constants. Then, from left to
right, each pattern that is more than a letter takes the first part that it fits; then each letter takes one part, and
the last one takes the rest. This takes one pass without backtracking.

    compiled = compile_rule(rulebook()["product"])
    bindings = compiled.match(parse("d/dx [x^2*sin(x)]"), name("u"))      # {"x": x, "f": x^2, "g": sin(x)}
    compiled.subgoals(bindings)                                 # (d/dx [x^2], d/dx [sin(x)])
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import lru_cache, partial
from typing import Any, NamedTuple

from tutor.expression.relations import COMPARISONS
from tutor.expression.tree import ZERO, Expression, add, derivative, negate, node, postorder, rebuilt, substitute
from tutor.rules.conditions import applies, rational_value
from tutor.rules.rule import Condition, Rule, Sort, listed_letters

Bindings = dict[str, Any]
"""Letter -> Expression; a function letter -> (node, index of the part that varies); an unknown function -> its name;
the letter of `f + ...` -> the tuple of terms. "symbol" holds the d or ∂ of the problem, "side" that of a limit, "fresh"
a letter that the problem does not have, for the new variable of a rule."""

Matcher = Callable[[Expression, Bindings], bool]
Builder = Callable[[Bindings, "Mapping[Expression, Expression] | None"], Expression]


class CompiledRule(NamedTuple):
    """What the engine runs: `match` gives bindings or None, `opened` the right side as it is stated, `subgoals` its
    open derivatives and integrals, `stated` the left side, `joined` the right side with those replaced by their
    results."""

    rule: Rule
    matcher: Matcher
    conditions: tuple[Callable[[Bindings], bool], ...]
    stated: Callable[[Bindings], Expression]
    opened: Callable[[Bindings], Expression]
    joined: Callable[[Bindings, Mapping[Expression, Expression]], Expression]
    subgoals: Callable[[Bindings], list[Expression]]
    definitions: tuple[tuple[str, Builder], ...]
    provided: tuple[Builder, ...]

    def match(self, redex: Expression, fresh: Expression) -> Bindings | None:
        bindings: Bindings = {"fresh": fresh, "symbol": "d", "side": ""}
        if not self.matcher(redex, bindings):
            return None
        for holds in self.conditions:
            if not holds(bindings):
                return None
        return bindings


@lru_cache(maxsize=2048)
def compile_rule(rule: Rule) -> CompiledRule:
    """The rule as closures; kept."""
    builder = _builder(rule.right, rule)
    confined = rule.only_where or (None,) * len(rule.provided)
    collectors = _collectors(rule.right, rule)

    def subgoals(bindings: Bindings) -> list[Expression]:
        found: list[Expression] = []
        for collect in collectors:
            collect(bindings, found)
        return found

    return CompiledRule(
        rule=rule,
        matcher=_matcher(rule.left, rule),
        conditions=tuple([partial(applies, condition) for condition in rule.where]
                         + [_not_false(relation) for relation, only in zip(rule.provided, confined, strict=True)
                            if only is None]),
        stated=lambda bindings: _builder(rule.left, rule)(bindings, None),
        opened=lambda bindings: builder(bindings, None),
        joined=builder,
        subgoals=subgoals,
        definitions=tuple((letter, _builder(body, rule)) for letter, body in rule.definitions),
        provided=tuple(_proviso(_builder(relation, rule), only)
                       for relation, only in zip(rule.provided, confined, strict=True)),
    )


def with_right_side(compiled: CompiledRule, after: Expression) -> CompiledRule:
    """A computed rule with the right side that code has made for one place: what is open in it is found like that of
    a stated one."""
    goals = [part for part in postorder([after]) if part.head in _OPEN]
    inner = {arg for goal in goals for arg in postorder(goal.args)}
    outermost = [goal for goal in goals if goal not in inner]
    return compiled._replace(
        opened=lambda _: after, subgoals=lambda _: outermost,
        joined=lambda _, results: _evaluated(after, {goal: results[goal] for goal in outermost}))


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


def _matcher(pattern: Expression, rule: Rule) -> Matcher:
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
    if head in ("sum", "product", "max", "min"):
        if args[-1].head == "ellipsis":
            return _every_term(args[0], rule)
        return _many(head, args, rule)
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


def _letter(letter: str, rule: Rule) -> Matcher:
    sort = rule.letters[letter]
    if sort == "variable":
        return lambda current, bindings: bindings.setdefault(letter, current) is current and current.head == "name"
    if sort == "constant":
        variable = rule.letter("variable")

        def constant(current: Expression, bindings: Bindings) -> bool:
            if variable in bindings and bindings[variable].value in current.free:
                return False
            return bindings.setdefault(letter, current) is current

        return constant
    return lambda current, bindings: bindings.setdefault(letter, current) is current


def _derivative(pattern: Expression, rule: Rule) -> Matcher:
    body, variable, order = pattern.args
    match_body, variable_letter = _matcher(body, rule), variable.value
    order_letter = order.value if order.head == "name" else None

    def match(current: Expression, bindings: Bindings) -> bool:
        if current.head != "derivative":
            return False
        found_body, found_variable, found_order = current.args
        bindings[variable_letter], bindings["symbol"] = found_variable, current.value
        if order_letter is not None:
            if found_order.head == "number" and found_order.value == 1:
                return False
            bindings[order_letter] = found_order
        elif found_order is not order:
            return False
        return match_body(found_body, bindings)

    return match


def _integral(pattern: Expression, rule: Rule) -> Matcher:
    """An integral or a limit: its variable, and its limits or target, before its body, whose constants are then known.

    A limit of a rule that names no side is one from any side.
    """
    head, side, variable = pattern.head, pattern.value, pattern.args[1].value
    count = len(pattern.args)
    parts = [(index, _matcher(pattern.args[index], rule)) for index in (*range(2, count), 0)]

    def match(current: Expression, bindings: Bindings) -> bool:
        if current.head != head or len(current.args) != count or (side and current.value != side):
            return False
        bindings["side"] = current.value
        if bindings.setdefault(variable, current.args[1]) is not current.args[1]:
            return False
        return all(part(current.args[index], bindings) for index, part in parts)

    return match


def _application(pattern: Expression, rule: Rule) -> Matcher:
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
        name = bindings[variable].value
        varying = [index for index, arg in enumerate(current.args) if name in arg.free]
        if len(varying) != 1:
            return False
        bindings[letter] = (current, varying[0])
        return inner(current.args[varying[0]], bindings)

    return one_step


NOT_A_STEP = frozenset(("sum", "product", "quotient", "negation", "derivative", "at", "integral", "relation", "name",
                        "limit"))
"""Heads that no F(g) matches: they have rules of their own."""


def _every_term(pattern: Expression, rule: Rule) -> Matcher:
    """Every term of a sum: the letter of `f + ...` alone, or as a part of each term, as in `f*g + ...`."""
    letter = listed_letter(rule)
    if pattern.head == "name":

        def every(current: Expression, bindings: Bindings) -> bool:
            if current.head != "sum":
                return False
            bindings[letter] = current.args
            return True

        return every
    matches = _matcher(pattern, rule)

    def every_part(current: Expression, bindings: Bindings) -> bool:
        if current.head != "sum":
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


_TURN: dict[Sort | None, int] = {"constant": 0, "expression": 2}
"""Which letters of a sum or product are matched before, and which after, the items that are more than a letter."""


def _many(head: str, args: tuple[Expression, ...], rule: Rule) -> Matcher:
    """An n-ary pattern without `...`: see the head of this module."""
    sorts = [rule.letters.get(arg.value) if arg.head == "name" else None for arg in args]
    items = sorted(zip(args, sorts, strict=True), key=lambda item: _TURN.get(item[1], 1))
    last = _matcher(items[-1][0], rule)
    firsts = [(_matcher(arg, rule), sort) for arg, sort in items[:-1]]
    variable = rule.letter("variable")

    def match(current: Expression, bindings: Bindings) -> bool:
        if current.head != head:
            return False
        rest = list(current.args)
        for part, sort in firsts:
            if sort == "constant" and variable in bindings:
                name = bindings[variable].value
                taken = [arg for arg in rest if name not in arg.free]
                if not taken or len(taken) == len(rest):
                    return False
                rest = [arg for arg in rest if name in arg.free]
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


# -- right sides ---------------------------------------------------------------------------------------------------


def _builder(template: Expression, rule: Rule) -> Builder:
    """A closure that builds `template` from bindings; with results, they take the place of what is open."""
    head, args = template.head, template.args
    if head == "name":
        letter = template.value
        if rule.letters.get(letter) == "new variable":
            return lambda bindings, results: bindings["fresh"]
        if letter in rule.letters:
            return lambda bindings, results: bindings[letter]
        return lambda bindings, results: template
    if head in ("number", "constant"):
        return lambda bindings, results: template
    if head == "application":
        return _build_application(template, rule)
    if head in _OPEN:
        return _build_open(template, rule)
    if head == "at":
        return _build_at(template, rule)
    if head == "sum" and args[-1].head == "ellipsis":
        return _build_every_term(args[0], rule)
    if head in ("product", "sum"):
        return _build_many(head, args, rule)
    parts = [_builder(arg, rule) for arg in args]
    value = template.value
    if len(parts) == 1:
        only = parts[0]
        return lambda bindings, results: node(head, (only(bindings, results),), value)
    if len(parts) == 2:
        first, second = parts
        return lambda bindings, results: node(head, (first(bindings, results), second(bindings, results)), value)
    return lambda bindings, results: node(head, tuple([part(bindings, results) for part in parts]), value)


def _build_many(head: str, args: tuple[Expression, ...], rule: Rule) -> Builder:
    """A sum or product; what is put together from results becomes one flat sum or product, as a person writes it."""
    parts = [_builder(arg, rule) for arg in args]

    def build(bindings: Bindings, results: Mapping[Expression, Expression] | None) -> Expression:
        built = [part(bindings, results) for part in parts]
        if results is not None and any(part.head == head for part in built):
            built = [inner for part in built for inner in (part.args if part.head == head else (part,))]
        return node(head, tuple(built))

    return build


def _build_application(template: Expression, rule: Rule) -> Builder:
    letter, primes = template.value
    inner = _builder(template.args[0], rule)
    if rule.letters[letter] == "unknown function":

        def unknown(bindings: Bindings, results: Any) -> Expression:
            name, found = bindings[letter]
            return node("application", (inner(bindings, results),), (name, found + primes))

        return unknown

    def schema(bindings: Bindings, results: Any) -> Expression:
        return fill(bindings[letter], inner(bindings, results))

    return schema


def fill(schema: tuple[Expression, int], part: Expression) -> Expression:
    """F(part), where the schema is a node and the position of the part that F is applied to."""
    outside, index = schema
    args = outside.args
    return node(outside.head, (*args[:index], part, *args[index + 1:]), outside.value)


_OPEN = ("derivative", "integral", "limit")
"""Heads of what a right side leaves to be found."""


def _build_open(template: Expression, rule: Rule) -> Builder:
    build = _open_part(template, rule)

    def open_part_or_result(bindings: Bindings, results: Mapping[Expression, Expression] | None) -> Expression:
        goal = build(bindings)
        return goal if results is None else results[goal]

    return open_part_or_result


def _open_part(template: Expression, rule: Rule) -> Callable[[Bindings], Expression]:
    """A closure that builds the derivative or integral `template` as it stands, with all that is open in it."""
    if template.head == "derivative":
        body, variable, order = (_builder(arg, rule) for arg in template.args)
        # d/du even where the problem has ∂: nothing else varies
        by_fresh_letter = rule.letters.get(template.args[1].value) == "new variable"
        return lambda bindings: derivative(body(bindings, None), variable(bindings, None), order(bindings, None),
                                           "d" if by_fresh_letter else bindings["symbol"])
    parts = [_builder(arg, rule) for arg in template.args]
    head, side = template.head, template.value
    return lambda bindings: node(head, tuple([part(bindings, None) for part in parts]),
                                 side or (bindings["side"] if head == "limit" else None))


def _build_at(template: Expression, rule: Rule) -> Builder:
    body, variable, point = (_builder(arg, rule) for arg in template.args)

    def build(bindings: Bindings, results: Mapping[Expression, Expression] | None) -> Expression:
        parts = body(bindings, results), variable(bindings, None), point(bindings, results)
        return node("at", parts) if results is None else substitute(parts[0], parts[1].value, parts[2])

    return build


def _build_every_term(template: Expression, rule: Rule) -> Builder:
    """`d/dx [f] + ...`: the template once a term; a minus before a term stays before it."""
    letter = listed_letter(rule)
    build = _builder(template, rule)

    def every(bindings: Bindings, results: Any) -> Expression:
        terms, each = [], dict(bindings)
        for term in bindings[letter]:
            if term.head == "negation":
                each[letter] = term.args[0]
                terms.append(negate(build(each, results)))
            else:
                each[letter] = term
                made = build(each, results)
                terms += made.args if results is not None and made.head == "sum" else (made,)
        return add(*terms)

    return every


def listed_letter(rule: Rule) -> str:
    """The letter that is another one in each term of `...`: f in `d/dx [f + ...]`; "" in a rule without `...`."""
    return _listed(rule.left, rule.right)


@lru_cache(1000)
def _listed(left: Expression, right: Expression) -> str:
    return next(iter(sorted(listed_letters(left, right))), "")


def _collectors(template: Expression, rule: Rule) -> list[Callable[[Bindings, list[Expression]], None]]:
    """One closure for each open derivative or integral of a right side."""
    if template.head in _OPEN:
        build = _open_part(template, rule)
        return [lambda bindings, found: found.append(build(bindings))]
    inner = [collect for arg in template.args for collect in _collectors(arg, rule)]
    if not inner or template.head != "sum" or template.args[-1].head != "ellipsis":
        return inner
    letter = listed_letter(rule)

    def every(bindings: Bindings, found: list[Expression]) -> None:
        each = dict(bindings)
        for term in bindings[letter]:
            each[letter] = term.args[0] if term.head == "negation" else term
            for collect in inner:
                collect(each, found)

    return [every]
