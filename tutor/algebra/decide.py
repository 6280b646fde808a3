"""Deciding: what the tidy form of an expression is, the form in which a textbook prints it.

Bottom-up with an explicit stack and a memo. What was decided at each node is kept, so that it can be told afterwards;
nothing is logged. A decision is made at a node whose parts are tidy, and what it makes is looked at again, so what
comes out is tidy by construction.

    tidy = Tidy(Style())
    tidy(parse("x^2*(2*x)"))              # 2*x^3
    list(tidy.steps(parse("x^2*(2*x)")))  # [(before, Decision("other", 2*x^3))]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

from tutor import limits
from tutor.algebra import cancelling, functions, indices, sums
from tutor.algebra.cases import case_that_counts, into_each_case
from tutor.algebra.decision import Decision, Kind
from tutor.algebra.looks import is_plain
from tutor.algebra.signs import sign_of
from tutor.algebra.terms import Exponent, PartOf, Style, scaled, split
from tutor.algebra.view import View, Views, is_below
from tutor.algebra.work import OF_A_FACTOR, work_at
from tutor.algebra.writing import degrees, in_book_order, written
from tutor.errors import LimitError
from tutor.expression.piecewise import PIECEWISE
from tutor.expression.relations import related
from tutor.expression.tree import ARGUMENT_COUNTS, ONE, ZERO, Expression, add, divide, node, rebuilt, replace

_PRODUCTS = frozenset(("product", "quotient", "negation", "power", "sqrt", "exp"))
_SKELETON = frozenset(("product", "quotient", "negation"))
_LOOKED_INTO = frozenset(("sum", "product", "quotient"))


class Tidy:
    """Tidies expressions of one derivation; equal parts are tidied once."""

    def __init__(self, style: Style, most_work: int | None = None) -> None:
        self.style, self.most_work = style, limits.TIDYING if most_work is None else most_work
        self.views = Views(style)
        self.done: dict[Expression, Expression] = {}
        self.decisions: dict[Expression, Decision] = {}
        self.across: dict[Expression, Decision | None] = {}
        self.known_factors: dict[Expression, list[Expression]] = {}
        self.orders: dict[frozenset[Expression], Expression] = {}
        self.left_apart: set[Expression] = set()
        self.for_parts: dict[PartOf, Tidy] = {}
        self.work = 0

    @cached_property
    def apart(self) -> Tidy:
        """The same, but the terms of a sum stay apart, as in an antiderivative."""
        return Tidy(self.style._replace(apart=True), self.most_work)

    def part_of(self, whole: PartOf) -> Tidy:
        """The same for results that go into a larger one."""
        if not whole:
            return self
        found = self.for_parts.get(whole)
        if found is None:
            found = self.for_parts[whole] = Tidy(self.style._replace(part_of=whole), self.most_work)
        return found

    def with_limit(self, most_work: int) -> Tidy:
        """Another one that shares all results with this one but has its own limit on work: mistakes, or what is tried
        in a search, may lead to anything, and the derivation itself must still be shown."""
        other = Tidy(self.style, most_work)
        other.views, other.done, other.decisions = self.views, self.done, self.decisions
        other.across, other.orders, other.for_parts = self.across, self.orders, self.for_parts
        return other

    def __call__(self, root: Expression) -> Expression:
        """`root` in textbook form, equal in value wherever `root` has one. Raises LimitError if that is too much."""
        done = self.done
        found = done.get(root)
        if found is not None:
            return found
        if self.style.apart:
            self.leave_apart(root)
        stack = [root]
        following: set[Expression] = set()
        opened: set[Expression] = set()
        while stack:
            current = stack.pop()
            if current in done:
                continue
            if not current.args:
                done[current] = current
                continue
            if current not in opened or current.head == "sum" or _is_fraction_of_sum(current):
                opened.add(current)
                waiting = self.waiting(self.parts(current))
                if waiting:
                    stack.append(current)
                    stack.extend(waiting)
                    continue
            whole, decision = self.at(current)
            if decision is not None and current in self.left_apart:
                self.leave_apart(decision.after)
            if whole in done:
                done[current] = done[whole]
            elif decision is None:
                done[current] = done[whole] = whole
                if whole.head == "negation":  # as a term of a sum it is looked at without its sign
                    done.setdefault(whole.args[0], whole.args[0])
            elif decision.after in done:
                done[current] = done[whole] = done[decision.after]
            elif whole in following:
                raise AssertionError(f"tidying goes in circles at {whole}")
            elif decision.final:
                self.accept(decision.after)
                done[current] = done[whole] = decision.after
            else:
                following.add(whole)
                stack.append(current)
                stack.append(decision.after)
        return done[root]

    def leave_apart(self, root: Expression) -> None:
        """Note that the terms of an antiderivative stay apart, also behind a minus sign or a constant factor."""
        stack = [root]
        while stack:
            part = stack.pop()
            self.left_apart.add(part)
            if part.head == "sum":
                stack.extend(part.args)
            elif part.head in ("negation", "product", "quotient"):
                inner = [arg for arg in part.args if arg.head in ("sum", "negation", "product", "quotient")]
                if len(inner) == 1 and not any(arg.free for arg in part.args if arg is not inner[0]):
                    stack.append(inner[0])

    def accept(self, made: Expression) -> None:
        """Note that a node is tidy, and whatever was made for it."""
        stack = [made]
        while stack:
            part = stack.pop()
            if part not in self.done:
                self.done[part] = part
                stack.extend(part.args)

    def parts(self, current: Expression) -> Sequence[Expression]:
        """What has to be tidy before a node is decided: of products and fractions in each other, the factors alone.

        Of a fraction with a sum above the line it is first the terms of the sum; if something in all of them cancels,
        that must happen before they are multiplied out, which would hide it.
        """
        if current.head not in _SKELETON:
            return [self.term(arg) for arg in current.args] if current.head == "sum" else current.args
        if _is_fraction_of_sum(current):
            early = [*map(self.term, current.args[0].args), *self.factors(current.args[1])]
            if self.waiting(early) or self.fraction_of_sum(current) is not None:
                return early
        return self.factors(current)

    def term(self, term: Expression) -> Expression:
        """What is tidied of a term of a sum: not its minus, which is the sign of the sum: a - y*(b - c)."""
        if term.head != "negation":
            return term
        inner = term.args[0]
        return term if self.done.get(inner, inner).head in ("negation", "number") else inner

    def tidy_term(self, term: Expression) -> Expression:
        part = self.term(term)
        return self.done[part] if part is term else node("negation", (self.done[part],))

    def waiting(self, parts: Sequence[Expression]) -> list[Expression]:
        """Those of them that are not tidied yet; what has no parts is tidy."""
        done = self.done
        found = []
        for part in parts:
            if part not in done:
                if part.args:
                    found.append(part)
                else:
                    done[part] = part
        return found

    def factors(self, current: Expression) -> Sequence[Expression]:
        """The factors of products, fractions and negations in each other, in written order."""
        if current.head not in _SKELETON:
            return (current,)
        if _SKELETON.isdisjoint([arg.head for arg in current.args]):
            return current.args
        found = self.known_factors.get(current)
        if found is None:
            found = self.known_factors[current] = _leaves(current)
        return found

    def with_parts(self, current: Expression) -> Expression:
        """A node with its parts tidied."""
        done = self.done
        if current.head == "sum":
            return rebuilt(current, tuple([self.tidy_term(arg) for arg in current.args]))
        parts = self.factors(current) if current.head in _SKELETON else current.args
        for part in parts:
            if done[part] is not part:
                break
        else:
            return current
        if parts is current.args:
            return rebuilt(current, tuple([done[arg] for arg in parts]))
        made: dict[Expression, Expression] = {}
        stack = [current]
        while stack:
            node = stack[-1]
            if node in made:
                stack.pop()
                continue
            if node.head not in _SKELETON:
                made[node] = done[node]
                continue
            waiting = [arg for arg in node.args if arg not in made]
            if waiting:
                stack.extend(waiting)
                continue
            made[node] = rebuilt(node, tuple([made[arg] for arg in node.args]))
        return made[current]

    def at(self, current: Expression) -> tuple[Expression, Decision | None]:
        """A node with its parts tidied, and what is decided there."""
        if _is_fraction_of_sum(current):
            early = self.fraction_of_sum(current)
            if early is not None:
                return early
        whole = self.with_parts(current)
        if current in self.left_apart:
            self.leave_apart(whole)
            multiplied = self.number_multiplied_in(whole)
            if multiplied is not None:
                return whole, multiplied
        decision = self.decisions.get(whole)
        if decision is None and whole not in self.done and not (
                whole.head in _PRODUCTS and is_plain(whole)):
            self.work += work_at(whole)
            factors = self.views.work
            if self.work > self.most_work:
                raise LimitError("The result gets too long to be simplified: its terms and factors multiply at "
                                 "every step. Try a lower order, fewer factors or a shorter expression.")
            decision = self.decide(whole)
            self.work += OF_A_FACTOR * (self.views.work - factors)
            if decision is not None:
                self.decisions[whole] = decision
        return whole, decision

    def fraction_of_sum(self, current: Expression) -> tuple[Expression, Decision] | None:
        """A fraction with tidy terms above the line and something in all of them that cancels."""
        top, bottom = current.args
        done = self.done
        below = done[bottom] if bottom.head not in _SKELETON else self.with_parts(bottom)
        above = add(*map(self.tidy_term, top.args))
        whole = current if above is top and below is bottom else divide(above, below)
        if whole not in self.across:
            self.across[whole] = self.cancelled(above, below)
        decision = self.across[whole]
        return None if decision is None else (whole, decision)

    def cancelled(self, above: Expression, below: Expression) -> Decision | None:
        views = self.views
        if len(above.args) > limits.EXPANDED_TERMS:
            return None
        divisor = views.of(below)
        seen = [views.of(term) for term in above.args]
        if divisor.undefined or not divisor.coefficient or any(view.undefined for view in seen):
            return None
        if len({views.like(view) for view in seen}) < len(seen):
            return None  # like terms are collected first, and may be nothing together
        shared: dict[Expression, Exponent] = {}
        for base, exponent in sums.common(seen).items():
            other = divisor.powers.get(base)
            if other is None:
                continue
            if isinstance(exponent, Expression) or isinstance(other, Expression):
                if isinstance(exponent, Expression) and isinstance(other, Expression):
                    shared[base] = exponent
            elif exponent > 0 and other > 0:
                shared[base] = min(exponent, other)
        if not shared:
            return self.cancelled_polynomial(above, divisor)
        terms = [written(views.without(view, shared), views) for view in seen]
        left = views.without(divisor, shared)
        gone = tuple([divisor.faces.get(base, base) for base in shared
                      if base.free and not isinstance(shared[base], Expression) and base not in left.powers])
        bottom = written(left, views)
        return Decision("cancel", add(*terms) if bottom is ONE else divide(add(*terms), bottom), gone)

    def cancelled_polynomial(self, above: Expression, divisor: View) -> Decision | None:
        """(sin(x)^2 - 1)/(sin(x) - 1), before the numerator becomes -cos(x)^2."""
        views = self.views
        found = cancelling.polynomial(above, views)
        if found is None or found[0].head == "name":
            return None
        view = views.product([(views.base(above), 1), (divisor, -1)])
        whole = [(base, exponent) for base, exponent in view.powers.items()
                 if base.head == "sum" and isinstance(exponent, int)]
        made = cancelling.common_polynomial(view, whole, views)
        return None if made is None else Decision("cancel", written(made[0], views), made[0].gone())

    def decide(self, current: Expression) -> Decision | None:
        """What becomes of a node whose parts are tidy; None if it is in the form of a textbook."""
        head = current.head
        if self.views.has_indices:
            around = indices.moves_around(current, self.views)
            if around:
                return indices.decided(around)
        if head in _PRODUCTS:
            if head in _SKELETON and (inside := into_each_case(current)) is not None:
                return Decision("into_cases", inside)
            decision = self.decide_product(current)
            if decision is not None or head != "exp":
                return decision
        if head == "sum":
            return self.decide_sum(current)
        if head == PIECEWISE:
            return None if (left := case_that_counts(current)) is None else Decision("cases", left)
        if head in indices.HEADS:
            self.views.has_indices = True
            return indices.decided(indices.moves(current))
        if head in ARGUMENT_COUNTS:
            found = functions.value_of(current, self.views)
            if found is not None:
                return Decision(found[0], found[1], provided=self.not_plain(found[2]))
        return None

    def decide_product(self, current: Expression) -> Decision | None:
        views = self.views
        view = views.of(current)
        if view.undefined:
            return None  # 1/0 stays as it is: no rule is true for it
        form = written(view, views)
        if form is not current:
            final = not views.has_indices and all(map(_is_closed, view.powers.items())) and (
                functions.joined(view, views) is None)
            return self.decided(current, _kind_of(current, view), view, form, final=final)
        joined = functions.joined(view, views)
        if joined is not None:
            made, relations = joined
            return self.decided(current, "cancel", made, written(made, views), relations)
        if any(base.head in _LOOKED_INTO for base in view.powers):
            found = cancelling.across_the_line(view, views) or cancelling.other_ways(view, views)
            if found is not None:
                return self.decided(current, found[1], found[0], written(found[0], views))
        return None

    def number_multiplied_in(self, current: Expression) -> Decision | None:
        """The terms of (x - sin(2*x)/2)/2 apart: x/2 - sin(2*x)/4; None of what is not a number times a sum, and of a
        sum that has a factor in common, as e^x."""
        if current.head not in _SKELETON or self.done.get(current) is current:
            return None
        views = self.views
        view = views.of(current)
        (base, exponent), *others = view.powers.items() or ((ONE, 1),)
        if others or view.undefined or base.head != "sum" or exponent != 1 or len(base.args) > limits.EXPANDED_TERMS:
            return None
        shared = sums.common([views.of(term) for term in base.args])
        if any(isinstance(exponent, Expression) for exponent in shared.values()):
            return None
        terms = [scaled(core, value * view.coefficient, self.style) for value, core in map(split, base.args)]
        return Decision("multiply_out", in_book_order(terms, views), view.gone())

    def decided(self, current: Expression, kind: Kind, view: View, form: Expression,
                relations: tuple[Expression, ...] = (), final: bool = False) -> Decision | None:
        """The decision that a node becomes what a view says, with what has to be true for it."""
        if form is current:
            return None
        roots = tuple([related(base, ">=") for base in dict.fromkeys(view.rooted) if base.free])
        return Decision(kind, form, view.gone(), final, self.not_plain((*relations, *roots)))

    def not_plain(self, relations: tuple[Expression, ...]) -> tuple[Expression, ...]:
        """The relations that do not hold plainly."""
        return tuple([each for each in relations if not (
            each.value == ">=" and each.args[1] is ZERO and sign_of(each.args[0]) in ("+", "0+", "0"))])

    def decide_sum(self, current: Expression) -> Decision | None:
        views = self.views
        found = degrees(current, views)
        if found is not None and len(set(found)) == len(found):
            return self.in_order(current)  # a polynomial in one letter, collected
        terms, kind = sums.collected(current.args, views)
        if kind is not None:
            after = in_book_order(terms, views) if terms else ZERO
            if after is not current:
                return Decision(kind, after, self.lost(current, after))
        terms = list(current.args)
        joined = functions.pythagoras(terms, views) if len(terms) <= limits.EXPANDED_TERMS else None
        if joined is not None:
            after = in_book_order(joined, views)
            return Decision("other", after, self.lost(current, after))
        better = sums.shortest(current, views, apart=current in self.left_apart)
        if better is not None:
            return Decision(better[0], better[1], self.lost(current, better[1]))
        return self.in_order(current)

    def in_order(self, current: Expression) -> Decision | None:
        """The same terms in the order of books, and always in the one in which they were met first."""
        terms = frozenset(current.args)
        known = self.orders.get(terms)
        if known is None:
            known = self.orders[terms] = in_book_order(list(current.args), self.views)
        return None if known is current else Decision("other", known)

    def lost(self, before: Expression, after: Expression) -> tuple[Expression, ...]:
        """Bases that a sum was divided by and is no longer."""
        views = self.views
        below = {base: view.faces.get(base, base) for view in map(views.of, before.args) for base in view.below
                 if base.free}
        if not below:
            return ()
        left = {base for term in (after.args if after.head == "sum" else (after,))
                for base, exponent in views.of(term).powers.items() if is_below(exponent)}
        return tuple([face for base, face in below.items() if base not in left])

    def conditions(self, root: Expression, seen: set[Expression]) -> Iterator[Expression]:
        """What has to be true for the decisions that lead from `root`, which has been tidied, to its tidy form.

        seen: the parts that were looked at before, for this root or for others, which is added to.
        """
        stack = [(root, False)]
        while stack:
            current, are_parts_done = stack.pop()
            if are_parts_done:
                decision = self.at(current)[1]
                if decision is not None:
                    yield from decision.conditions
                    stack.append((decision.after, False))
            elif current not in seen:
                seen.add(current)
                stack.append((current, True))
                stack.extend([(part, False) for part in reversed(self.parts(current)) if self.done[part] is not part])

    def steps(self, root: Expression) -> Iterator[tuple[Expression, Decision]]:
        """The decisions that lead from `root`, which has been tidied, to its tidy form, in the order of reading."""
        # A part that occurs in two places is shown once. The result of a decision is a new place, so it starts with
        # nothing shown, even if some of its parts were shown elsewhere.
        stack: list[tuple[Expression, bool, set[Expression], int]] = [(root, False, set(), 0)]
        changes: list[tuple[Expression, Expression]] = []
        changed: set[Expression] = set()
        while stack:
            current, parts_told, told, since = stack.pop()
            if current in told:
                continue
            if not parts_told:
                stack.append((current, True, told, since))
                stack.extend([(part, False, told, since) for part in reversed(self.parts(current))
                              if self.done[part] is not part])
                continue
            told.add(current)
            whole, decision = self.at(current)
            if decision is None:
                continue
            if not changed.isdisjoint(_passed_over(whole)):  # it stands elsewhere, too, and was tidied there
                whole = current
                for before, after in changes[since:]:
                    whole = replace(whole, {before: after})
            if whole is not decision.after:
                changes.append((whole, decision.after))
                changed.add(whole)
                yield whole, decision
            stack.append((decision.after, False, set(), len(changes)))


def _is_fraction_of_sum(current: Expression) -> bool:
    return current.head == "quotient" and current.args[0].head == "sum"


def _is_closed(power: tuple[Expression, Exponent]) -> bool:
    """Whether a power needs no look at other factors: none of a sum, a product or a symbolic exponent."""
    base, exponent = power
    return base.head not in _LOOKED_INTO and not isinstance(exponent, Expression)


def _leaves(current: Expression) -> list[Expression]:
    found = []
    stack = [current]
    while stack:
        part = stack.pop()
        if part.head in _SKELETON:
            stack.extend(reversed(part.args))
        else:
            found.append(part)
    return found


def _passed_over(current: Expression) -> Iterator[Expression]:
    """The nodes inside a node that are not tidied by themselves."""
    stack = [current]
    while stack:
        part = stack.pop()
        if part.head in _SKELETON:
            stack.extend(part.args)
        if part is not current and (part.head in _SKELETON or part.head == "sum"):
            yield part


def _kind_of(current: Expression, view: View) -> Kind:
    """What is done where a node is written as its view says."""
    if current.head == "product" and [arg.head for arg in current.args] == ["number", "sum"]:
        return "multiply_out"
    return view.kind
