"""Which rules lead from one line of a learner's derivation to the next one.

Both lines have the same value. The open derivatives show which rules were used: one that stands in the first line and
not in the second has been worked out, either by the rule that the tutor would use, or by another sound rule that opens
the derivatives which the second line has instead.

    moves = Moves(derivation)
    moves.between(parse("d/dx sin(x^2)"), parse("cos(x^2)*d/dx [x^2]"))      # Move("expected", (chain,))
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice, permutations, product
from typing import Literal, NamedTuple

from tutor.algebra.arrangement import Arrangements
from tutor.algebra.decide import Tidy
from tutor.algebra.factoring import opened
from tutor.algebra.telling import Teller
from tutor.derivation.derivation import Derivation, derive_if_possible
from tutor.derivation.goal import Goal
from tutor.derivation.ratio import ratio
from tutor.derivation.step import Block, Step
from tutor.derivation.strategy import COMPUTED, candidates, first_match, named
from tutor.expression.tree import Expression, add, derivative, multiply, name, postorder, rebuilt, replace, substitute
from tutor.integration.definite import DEFINITE_METHODS
from tutor.judge.form import style_of
from tutor.judge.sizes import letters_of
from tutor.rules.instance import RuleInstance, instance_of
from tutor.rules.rule import Rule
from tutor.rules.rulebook import rulebook

MOST_PARTS = 20
"""Open parts of one line on which other rules are tried."""

MOST_GROUPED = 8
"""Factors or terms that are tried in other groups."""

MOST_RENAMED = 24
"""Ways of calling the indices of a learner's sums that are tried."""

_STEPS = {"derivative": ("derivative", "higher", "method"), "integral": ("integral", "method")}
"""Tags of the rules that take an open derivative or integral apart."""

_INNER = name("u_{inner}")
"""Takes the place of every letter that the problem does not have, since a learner may call the u of the chain rule
something else."""

Open = Counter[Expression]
"""Open parts, each with how often it stands in a line."""


class Move(NamedTuple):
    """How two lines are related, and the rules that lead from one to the other, each once, in the order of reading."""

    outcome: Literal["expected", "detour", "several_steps", "unchanged", "off_the_way"]
    rules: tuple[Rule, ...] = ()


class _Use(NamedTuple):
    """A rule that was used; is_second: only after another one, on what that one had opened; line: the first step of the
    line in which the tutor itself uses it there, if it does."""

    rule: Rule
    is_second: bool
    line: Step | None = None


class _Visit(NamedTuple):
    """An open part of the first line, or one that was opened on the way from there; see `Moves.worked`.

    is_first: it stands in the first line; is_second: a rule had to be used before it was open; counts: the rule used on
    it is a step of its own, and not part of the step that opened it; found_before: for a derivative that can only be
    worked out when others are done, how many derivatives of the second line had been found before those (else None);
    line: the first step of the line of the tutor that this part belongs to, where it has no line of its own.
    """

    part: Expression
    is_first: bool = False
    is_second: bool = False
    counts: bool = True
    found_before: int | None = None
    line: Step | None = None


class Moves:
    """The moves in one derivation; what was worked out for one line is kept for the next."""

    def __init__(self, derivation: Derivation) -> None:
        self.goals: Mapping[Expression, Goal | None] = derivation.goals
        self.derivation, self.fresh = derivation, derivation.fresh
        worked = {problem.head for problem in derivation.goals}
        self.heads = frozenset(head for head in _STEPS if head == "derivative" or head in worked)
        self.letters = letters_of(derivation.problem)
        self.tidy = Tidy(style_of(derivation.problem))
        self.algebra = Teller(self.tidy.style)
        self.arrangements = Arrangements()
        self.lines: dict[Expression, Step] = {}  # an open part -> the first step of the line that takes it apart
        self.folded: dict[Expression, set[Expression]] = {}  # a problem -> its parts that are told in one line with it
        self.note_lines(derivation.block)

    def between(self, before: Expression, after: Expression) -> Move:
        """What leads from one line to another of equal value, whatever the indices of sums are called in them."""
        found = self.as_called(before, after)
        if found.outcome != "off_the_way" or not _indices_of_sums((before, after)):
            return found
        from tutor.derivation.line_names import alike  # most lines have no sums with an index

        if alike(before, after):
            return Move("expected", (rulebook()["index_renamed"],))
        for renamed_before, renamed_after in self.with_known_indices(before, after):
            found = self.as_called(renamed_before, renamed_after)
            if found.outcome == "unchanged":
                return Move("expected", (rulebook()["index_renamed"],))
            if found.outcome != "off_the_way":
                return found
        return Move("off_the_way")

    def with_known_indices(self, before: Expression, after: Expression) -> Iterator[tuple[Expression, Expression]]:
        """Two lines with the indices of the tutor's own sums for those that only the learner has."""
        known = list(map(name, _indices_of_sums(self.goals)))

        def renamed(line: Expression) -> list[Expression]:
            own = [letter for letter in _indices_of_sums([line]) if name(letter) not in known]
            return [_with_indices(line, dict(zip(own, letters, strict=True)))
                    for letters in islice(permutations(known, len(own)), MOST_RENAMED)]

        for first, second in islice(product(renamed(before), renamed(after)), MOST_RENAMED):
            if first is not before or second is not after:
                yield first, second

    def as_called(self, before: Expression, after: Expression) -> Move:
        """The same for lines that call the indices of sums as the tutor does, or that leave these sums alone."""
        if self.arrangements.of(before) == self.arrangements.of(after):
            return Move("unchanged")
        opened_before, opened_after = self.open_parts(before), self.open_parts(after, innermost=True)
        for key, alone in ((self.as_written, True), (self.as_tidied, False)):
            uses = self.worked(opened_before, opened_after, key)
            if uses is not None:
                uses += self.put_in(before, after, bool(uses))
                return _told(uses) if uses else self.rewritten(before, after)
            found = self.by_another_rule(opened_before, opened_after, key, alone)
            if found is not None:
                return found
        return Move("off_the_way")

    # -- open parts ------------------------------------------------------------------------------------------------

    def as_written(self, part: Expression) -> int:
        """A number that two open parts have in common if they differ in order, brackets and new letters alone."""
        body, variable, *others = part.args
        if variable.value not in self.letters:
            body, variable = substitute(body, variable.value, _INNER), _INNER
        if part.head == "derivative":
            return self.arrangements.of(derivative(body, variable, others[0]))
        return self.arrangements.of(rebuilt(part, (body, variable, *others)))

    def as_tidied(self, part: Expression) -> int:
        """A number that two open parts have in common if they do so once they are tidied."""
        return self.as_written(self.tidy(part))

    def goal(self, part: Expression) -> Goal | None:
        """How the tutor solves an open part; None where no rule applies."""
        if part not in self.goals:
            derivation = derive_if_possible(part)
            self.goals = {**({part: None} if derivation is None else derivation.goals), **self.goals}
            if derivation is not None:
                self.note_lines(derivation.block)
        return self.goals[part]

    def note_lines(self, block: Block) -> None:
        """Note in which lines the tutor takes open parts apart, and which of them are told in one line with others."""
        stack: list[Block | Step] = [block]
        line: Step | None = None
        while stack:  # in reading order
            told = stack.pop()
            if isinstance(told, Step):
                line = told if told.names else line
                if line is not None and line.number == told.number:
                    self.lines.setdefault(told.before, line)
            elif not told.again and told.problem not in self.folded:
                inner = [item for item in told.items if isinstance(item, Block)]
                self.folded[told.problem] = {item.problem for item in inner if item.folded}
                stack.extend(reversed(told.items))

    # -- derivatives that were worked --------------------------------------------------------------------------------

    def worked(self, before: Open, after: Open, key: Callable[[Expression], int],
               inner: frozenset[Expression] = frozenset()) -> list[_Use] | None:
        """The rules by which the open parts of one line become those of the next; None if that cannot be.

        Each open part of the first line either stands in the second too, or it has been worked out. Then the tutor's
        rule for it was used, and the same is asked of the parts that this rule opens. In the end, every open part of
        the second line must have been found. inner: parts whose rules are not counted, because a learner does that
        work together with the step that opens them, as with d/du [F(u)] of the chain rule.
        """
        had, left = Counter[int](), Counter[int]()
        for counted, parts in ((had, before), (left, after)):
            for part, times in parts.items():
                counted[key(part)] += times
        uses: list[_Use] = []
        found: list[int] = []
        seen: set[Expression] = set()
        stack = [_Visit(part, is_first=True, counts=part not in inner) for part in reversed(before)]
        while stack:
            visit = stack.pop()
            part = visit.part
            if visit.found_before is not None and len(found) > visit.found_before:
                continue  # what it has to wait for is still open in the second line
            if part.head in self.heads and (number := key(part)) in left:
                found.append(number)
                if not visit.is_first or left[number] >= had[number]:  # else it was worked out in one of its places
                    continue
            if part in seen:
                continue
            seen.add(part)
            goal = self.goal(part)
            if goal is None:
                return None
            line = visit.line or self.lines.get(part)
            if goal.rule is not None and visit.counts:
                uses.append(_Use(goal.rule, visit.is_second, line))
            is_second = visit.is_second or (goal.rule is not None and "higher" not in goal.rule.tags)
            if goal.continued is not None:
                again = part.head == "derivative" or visit.is_second  # an integral was only made ready
                stack.append(_Visit(goal.continued.problem, False, again, visit.counts, found_before=len(found)))
            folded = self.folded.get(part, ())
            aside = _aside(goal)
            stack.extend(_Visit(inside.problem, False, is_second, visit.counts and inside.problem not in aside
                                and _same_variable(part, inside.problem),
                                line=line if inside.problem in folded else None) for inside in reversed(goal.parts))
        return uses if left.keys() <= set(found) else None

    def by_another_rule(self, before: Open, after: Open, key: Callable[[Expression], int],
                        alone: bool) -> Move | None:
        """The move if one open part was worked out by a rule that the tutor would not use there, or with its terms or
        factors grouped in another way. alone: nothing else may have been done in the same line.
        """
        left = {key(part) for part in after}
        gone = [part for part in before if key(part) not in left][:MOST_PARTS]
        for part in gone:
            for goal in _regrouped(part):
                for rule, parts in self.openings(goal):
                    rest = Counter({other: times for other, times in before.items() if other is not part})
                    rest.update(parts)
                    inner = frozenset(opened for opened in parts if not _same_variable(part, opened))
                    uses = self.worked(rest, after, key, inner)
                    if uses is not None and not (alone and uses):
                        usual = (solved := self.goal(part)) is not None and solved.rule is rule
                        return _told([_Use(rule, False), *uses], "expected" if usual else "detour")
        return None

    def openings(self, goal: Expression) -> Iterator[tuple[Rule, Open]]:
        """Every sound rule that takes a derivative or an integral apart, with what it leaves open."""
        for instance in self.instances(goal):
            after = instance.worked_out(self.worked_out).after
            if not any(part.head == "limit" for part in postorder([after])):
                yield instance.rule, self.open_parts(after)

    def instances(self, goal: Expression) -> Iterator[RuleInstance]:
        """The rules that fit an open part, the computed ones that are methods by themselves last."""
        tags = _STEPS[goal.head]
        if goal.head == "derivative":
            rules = [candidate.rule for tag in tags for candidate in candidates(tag, goal.args[0].head)]
        else:
            rules = [rule for rule in rulebook().values() if rule.left.head == "integral" and not rule.computed
                     and not set(tags).isdisjoint(rule.tags)]
        yield from filter(None, (instance_of(rule, goal, self.fresh, ratio) for rule in rules))
        if goal.head == "derivative":
            yield from filter(None, (named(each)(goal, self.fresh) for each in COMPUTED))
        elif len(goal.args) == 4:
            yield from filter(None, (self.derivation.by_method(each, self.tidy(goal)) for each in DEFINITE_METHODS))

    def worked_out(self, part: Expression) -> Expression:
        """What a letter stands for that a rule defines."""
        goal = self.goal(part) if part.head in self.heads else None
        return self.tidy(part) if goal is None else goal.result

    def open_parts(self, line: Expression, innermost: bool = False) -> Open:
        """The outermost open parts of a line in written order, or, of one in another, the innermost. A derivative of an
        integral is one part."""
        order = list(postorder([line]))
        holding: set[Expression] = set()
        for part in order:
            if part.head in self.heads or not holding.isdisjoint(part.args):
                holding.add(part)
        times = Counter({line: 1})
        found = []
        for part in reversed(order):  # every node after all that have it
            if part not in holding or not times[part]:
                continue
            goes_in = innermost and part.args[0] in holding and not (
                part.head == "derivative" and part.args[0].head == "integral")
            if part.head in self.heads and not goes_in:
                found.append(part)
                continue
            for arg in part.args:
                times[arg] += times[part]
        return Counter({part: times[part] for part in reversed(found)})

    # -- everything else ---------------------------------------------------------------------------------------------

    def put_in(self, before: Expression, after: Expression, worked: bool) -> list[_Use]:
        """The rule for substituting a value, if that was done. Putting the inside back in place of a letter that the
        problem does not have is part of the chain rule, and is not counted beside it."""
        gone = self.places(before) - self.places(after)
        own = any(letter in self.letters for letter, _ in gone)
        return [_Use(rulebook()["evaluate_at"], False)] if own or (gone and not worked) else []

    def places(self, line: Expression) -> set[tuple[str, int]]:
        """The letters in place of which a value is still to be put, each with that value."""
        return {(part.args[1].value, self.arrangements.of(self.tidy(part.args[2])))
                for part in postorder([line]) if part.head == "at"}

    def rewritten(self, before: Expression, after: Expression) -> Move:
        """The move if the same parts are open: the line was tidied, or multiplied out, or a factor was taken out."""
        if self.arrangements.of(self.tidy(before)) == self.arrangements.of(self.tidy(after)):
            ahead, behind = self.tidying(before), self.tidying(after)
            if ahead - behind:
                return Move("expected", _telling(ahead - behind))
            return Move("detour", _telling(behind - ahead))
        restored = self.restored(before)
        if restored is not None and self.arrangements.of(restored[1]) == self.arrangements.of(self.tidy(after)):
            return Move("detour", (restored[0],))
        flat = [opened(line, self.tidy.style) for line in (before, after)]
        if self.arrangements.of(flat[0]) != self.arrangements.of(flat[1]):
            return Move("off_the_way")
        is_flat = self.arrangements.of(self.tidy(after)) == self.arrangements.of(flat[1])
        return Move("detour", (rulebook()["multiply_out" if is_flat else "take_out_common_factor"],))

    def restored(self, line: Expression) -> tuple[Rule, Expression] | None:
        """A line in which a function stands again that another method had written out, and by which rule."""
        line = self.tidy(line)
        for part in postorder([line]):
            found = first_match("restoring", part, self.fresh)
            if found is not None:
                return found.rule, self.tidy(replace(line, {part: found.after}))
        return None

    def tidying(self, line: Expression) -> Counter[str]:
        self.tidy(line)
        return Counter(told.rule.name for before, decision in self.tidy.steps(line)
                       for told in self.algebra.tell(before, decision.after))


def _indices_of_sums(roots: Iterable[Expression]) -> list[str]:
    """What the indices of sums are called, each letter once."""
    return list(dict.fromkeys(part.args[1].value for part in postorder(roots) if part.head == "finite_sum"))


def _with_indices(root: Expression, places: Mapping[str, Expression]) -> Expression:
    """An expression whose sums have other letters for their indices, where these stand for nothing else."""
    done: dict[Expression, Expression] = {}
    for part in postorder([root]):
        made = rebuilt(part, tuple([done[arg] for arg in part.args]))
        if part.head == "finite_sum" and part.args[1].value in places:
            body, index, lower, upper = made.args
            other = places[index.value]
            if other.value not in body.free:
                made = rebuilt(made, (substitute(body, index.value, other), other, lower, upper))
        done[part] = made
    return done[root]


def _aside(goal: Goal) -> frozenset[Expression]:
    """Parts of a goal that a learner works out together with its rule: the G of integration by parts."""
    if goal.instance is None or not goal.instance.opens:
        return frozenset()
    return frozenset(goal.instance.defined.values())


def _same_variable(outer: Expression, inner: Expression) -> bool:
    return outer.head != "derivative" or inner.head != "derivative" or outer.args[1] is inner.args[1]


def _regrouped(part: Expression) -> Iterator[Expression]:
    """A derivative as it stands, and then with the terms or factors in it gathered into two groups in other ways."""
    yield part
    body, *rest = part.args
    join = {"sum": add, "product": multiply}.get(body.head)
    if join is None or not 2 < len(body.args) <= MOST_GROUPED:
        return
    args = body.args
    cuts = [(args[:cut], args[cut:]) for cut in range(1, len(args))]
    singles = [((arg,), args[:index] + args[index + 1:]) for index, arg in enumerate(args)]
    for first, second in dict.fromkeys([*cuts, *singles]):
        yield rebuilt(part, (join(join(*first), join(*second)), *rest))


def _told(uses: list[_Use], single: Literal["expected", "detour"] = "expected") -> Move:
    """The move that consists of these uses of rules.

    It is a single step if one rule was used, also in several places that do not depend on each other, and if the tutor
    itself writes it all in one line. Reading d^2/dx^2 as d/dx of d/dx is not counted.
    """
    counted = [use for use in uses if "higher" not in use.rule.tags] or uses
    rules = tuple({use.rule.name: use.rule for use in counted}.values())
    line = counted[0].line
    if len(rules) > 1 and line is not None and all(use.line is line for use in counted):
        named = [rule for rule in rules if rule in line.names]
        named = named or [rule for rule in rules if rule.right.head != "number"] or [rules[0]]
        return Move(single, tuple(named))
    one = len(counted) == 1 or (len(rules) == 1 and not any(use.is_second for use in counted))
    return Move(single if one else "several_steps", rules)


def _telling(names: Iterable[str]) -> tuple[Rule, ...]:
    """The rules with these names, without the minor ones and mere bookkeeping unless there are no others."""
    rules = [rulebook()[each] for each in names]
    for left_out in ("minor", "bookkeeping"):
        rules = [rule for rule in rules if left_out not in rule.tags] or rules
    return tuple(rules)
