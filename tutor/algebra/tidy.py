"""Tidying: a result is brought to the form a textbook prints, by named rules, one decision at a node.

Bottom-up with an explicit stack and a memo; what was decided at each node is kept, so that the steps can be told
afterwards. The decisions are the same whether or not the steps are shown.

    tidy = Tidy(Style())
    tidy(parse("x^2*(2*x)"))              # 2*x^3
    list(tidy.steps(parse("x^2*(2*x)")))  # [(before, Decision("multiply_powers", 2*x^3))]
"""

from __future__ import annotations

from collections.abc import Iterator

from tutor import limits
from tutor.algebra import products, terms, values
from tutor.algebra.coefficients import Style
from tutor.algebra.products import Decision
from tutor.errors import LimitError
from tutor.expression.tree import FUNCTIONS, Expression, rebuilt

_PRODUCTS = frozenset(("product", "quotient", "negation", "power", "sqrt", "exp"))
_CLOSED = frozenset(("derivative", "at", "integral", "application", "relation", "statements"))


class Tidy:
    """Tidies expressions of one derivation; equal parts are tidied once."""

    def __init__(self, style: Style, most_work: int | None = None) -> None:
        self.style, self.most_work = style, limits.TIDYING if most_work is None else most_work
        self.done: dict[Expression, Expression] = {}
        self.decisions: dict[Expression, Decision] = {}
        self.orders: terms.Orders = {}
        self.work = 0

    def for_mistakes(self) -> Tidy:
        """Another one that shares all results with this one but has its own limit on work: mistakes may lead to
        anything, and the derivation itself must still be shown."""
        other = Tidy(self.style, limits.TIDYING_OF_MISTAKES)
        other.done, other.decisions, other.orders = self.done, self.decisions, self.orders
        return other

    def __call__(self, root: Expression) -> Expression:
        """`root` in textbook form, equal in value wherever `root` has one. Raises LimitError if that is too much."""
        done, decisions = self.done, self.decisions
        found = done.get(root)
        if found is not None:
            return found
        stack = [root]
        while stack:
            current = stack.pop()
            if current in done:
                continue
            args = current.args
            waiting = [arg for arg in args if arg not in done]
            if waiting:
                stack.append(current)
                stack.extend(waiting)
                continue
            whole = rebuilt(current, tuple([done[arg] for arg in args])) if args else current
            if whole in done:
                done[current] = done[whole]
                continue
            decision = decisions.get(whole)
            if decision is None:
                self.work += work_at(whole)
                if self.work > self.most_work:
                    raise LimitError("The result gets too long to be simplified: its terms and factors multiply at "
                                     "every step. Try a lower order, fewer factors or a shorter expression.")
                decision = self.decide(whole)
                if decision is None:
                    done[current] = done[whole] = whole
                    continue
                decisions[whole] = decision
                if decision.final:
                    self.accept(decision.after)
            after = done.get(decision.after)
            if after is not None:
                done[current] = done[whole] = after
            elif decision.after in decisions:
                raise AssertionError(f"tidying goes in circles at {whole}")
            else:
                stack.append(current)
                stack.append(decision.after)
        return done[root]

    def accept(self, made: Expression) -> None:
        """Note that a node, and whatever was made for it, is tidy."""
        stack = [made]
        while stack:
            part = stack.pop()
            if part not in self.done:
                self.done[part] = part
                stack.extend(part.args)

    def decide(self, current: Expression) -> Decision | None:
        head = current.head
        if head in _PRODUCTS:
            decision = products.decide(current, self.style)
            if decision is None and head == "exp":
                decision = values.decide(current, self.style)
            return decision
        if head == "sum":
            return terms.decide(current, self.style, self.orders)
        if head in FUNCTIONS:
            return values.decide(current, self.style)
        return None

    def steps(self, root: Expression) -> Iterator[tuple[Expression, Decision]]:
        """The decisions that lead from `root`, which has been tidied, to its tidy form, in the order of reading."""
        # A part that occurs in two places is shown once. The result of a decision is a new place, so it starts with
        # nothing shown, even if some of its parts were shown elsewhere.
        stack: list[tuple[Expression, bool, set[Expression]]] = [(root, False, set())]
        while stack:
            current, parts_told, told = stack.pop()
            if current in told:
                continue
            if not parts_told:
                stack.append((current, True, told))
                stack.extend([(arg, False, told) for arg in reversed(current.args) if self.done[arg] is not arg])
                continue
            told.add(current)
            whole = rebuilt(current, tuple([self.done[arg] for arg in current.args]))
            decision = self.decisions.get(whole)
            if decision is not None:
                yield whole, decision
                stack.append((decision.after, False, set()))


def work_at(current: Expression) -> int:
    """What deciding at a node may cost, counted: its parts and their parts.

    Terms are looked into where they are few enough to be multiplied out; a sum is held against all other factors; and
    an exponent that is no number is a sum of its own that has to be collected.
    """
    args = current.args
    work = 8 + len(args)
    closely = len(args) <= limits.EXPANDED_TERMS
    for arg in args:
        work += len(arg.args)
        base = arg.args[0] if arg.head == "power" else arg
        if base.head == "sum":
            work += _SUM * len(base.args)
        if closely:
            work += 2 * min(arg.size, _LOOKED_INTO)
        if arg.head == "exp" or (arg.head == "power" and arg.args[1].free):
            work += _EXPONENT
    return work


_LOOKED_INTO, _EXPONENT, _SUM = 50, 30, 4
"""The most nodes of one term that are looked into; the cost of an exponent, and of each term of a sum among factors."""
