"""A definite integral: which rule takes it apart, after a look at what the integrand does between the limits.

    decide = Definite(tidy, antiderivative, agrees, opened).decide
    decide(parse("int_0^2 x^2 dx"), name("u")).rule.name            # "fundamental_theorem"
    decide(parse("int_2^4 1/(x - 3)^2 dx"), name("u")).rule.name    # "split_where_unbounded"
    decide(parse("int_(-1)^1 sqrt(x) dx"), name("u")).why           # sqrt(x) has no real value there

The order is that of a careful person: limits that are equal or the wrong way round, places without a value, symmetry,
places where another formula begins, and only then the antiderivative. That is looked at as well: it may jump where the
integrand does not.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from tutor.algebra.decide import Tidy
from tutor.algebra.signs import sign_of
from tutor.expression.known_functions import FUNCTIONS
from tutor.expression.relations import related
from tutor.expression.text import Text
from tutor.expression.tree import (
    INFINITY,
    ONE,
    TWO,
    ZERO,
    E,
    Expression,
    add,
    divide,
    multiply,
    name,
    negate,
    node,
    number,
    postorder,
    power,
    rational,
    replace,
    substitute,
)
from tutor.integration.equations import Between, number_of
from tutor.integration.intervals import behaviour, grows_near, is_even, is_odd, resolved, value_at
from tutor.integration.intervals_with_letters import behaviour_with_letters
from tutor.integration.sites import Behaviour, Break, Site, sites
from tutor.integration.zeros import Place, zeros
from tutor.rules.instance import RuleInstance, chosen_instance, computed_instance, instance_of
from tutor.rules.rulebook import rulebook

DEFINITE_METHODS = frozenset(("even_integrand", "definite_substitution"))
"""Second methods for definite integrals, tried only where someone asks for them."""


class NoValue(NamedTuple):
    """That an integral has no value: why, as a sentence without a full stop; diverges: whether it is improper, and its
    limit is missing; towards: that limit where it is infinite."""

    why: Text
    diverges: bool = False
    towards: Expression | None = None


class Definite:
    """The decisions for definite integrals.

    antiderivative: one of an indefinite integral, None where none was found; agrees: whether an integral has a value
    where some relations hold, as numbers say, None where that is not known; opened: the rule that takes an indefinite
    integral apart; remarks: what to say of an integral for which nothing was found.
    """

    def __init__(self, tidy: Tidy, antiderivative: Callable[[Expression], Expression | None],
                 agrees: Callable[[Expression, Expression, Sequence[Expression]], bool | None],
                 opened: Callable[[Expression, Expression], RuleInstance | None]) -> None:
        self.tidy, self.antiderivative, self.agrees, self.opened = tidy, antiderivative, agrees, opened
        self.remarks: dict[Expression, str] = {}

    def decide(self, problem: Expression, fresh: Expression) -> RuleInstance | NoValue | None:
        """The rule for an integral with a tidy integrand, or that it has no value; None where nothing was found."""
        body, variable, lower, upper = problem.args
        if lower is upper:
            if _is_infinite(lower):
                return NoValue(Text("there is no interval from {a} to {a}", {"a": lower}))
            return instance_of(rulebook()["equal_limits"], problem, fresh)
        if variable.value in lower.free | upper.free:
            after = node("integral", (_put(body, variable, fresh), fresh, lower, upper))
            return computed_instance(rulebook()["letter_of_its_own"], problem, after, fresh, {"t": fresh})
        low, high = number_of(lower), number_of(upper)
        backwards = lower is INFINITY or (_is_infinite(upper) and upper is not INFINITY)
        if backwards or (low is not None and high is not None and low > high):
            return instance_of(rulebook()["swap_limits"], problem, fresh)
        look = behaviour(body, variable, lower, upper, self.tidy)
        if look.unreal is not None:
            return _unreal(look)
        if look.without is not None:
            self.remarks[problem] = (
                f"Whether {look.without} has a value all over the interval depends on its letters. Put numbers in for "
                "them." if look.without.head == "power" else f"{look.without} has no real value at one of the limits.")
            return None
        instance = self.before_integration(problem, look, fresh)
        return self.by_antiderivative(problem, look, fresh) if instance is None else instance.assuming(look.assumed)

    # -- what is looked at before anything is integrated ---------------------------------------------------------------

    def before_integration(self, problem: Expression, look: Behaviour, fresh: Expression) -> RuleInstance | None:
        """Split where there is no value or the formula changes; and what symmetry says."""
        body, variable, lower, upper = problem.args
        inside = [each for each in look.unbounded if _is_inside(each.place, lower, upper)]
        if inside:
            return self.split("split_where_unbounded", problem, inside, fresh)
        if _is_infinite(lower) and _is_infinite(upper):
            place = _beside(look.breaks)
            return self.split("split_whole_line", problem, [Break("gap", body, Place(place, number_of(place) or 0.0))],
                              fresh)
        if self.is_symmetric(problem) and look.decided and not look.breaks and not _is_infinite(upper) and is_odd(
                body, variable, self.tidy):
            return computed_instance(rulebook()["odd_integrand"], problem, ZERO, fresh)
        if look.changes and not all(each.place.exact for each in look.changes):
            self.remarks[problem] = f"Where {look.changes[0].part} changes its formula could not be found exactly."
            return None
        if look.changes:
            return self.split("split_where_formula_changes", problem, look.changes, fresh)
        formula = self.tidy(resolved(body, variable, lower, upper)) if look.decided else body
        if formula is not body:
            after = node("integral", (formula, variable, lower, upper))
            return computed_instance(rulebook()["formula_on_interval"], problem, after, fresh, {"g": formula})
        return None

    def is_symmetric(self, problem: Expression) -> bool:
        """Whether the limits are -a and a."""
        lower, upper = problem.args[2:]
        return lower.head == "negation" and self.tidy(add(lower, upper)) is ZERO

    def split(self, rule: str, problem: Expression, breaks: Sequence[Break], fresh: Expression) -> RuleInstance | None:
        """The integral as a sum of integrals from each place to the next one."""
        body, variable, lower, upper = problem.args
        ends = [lower, *[each.place.number for each in breaks], upper]
        after = add(*[node("integral", (body, variable, *between)) for between in pairwise(ends)])
        return computed_instance(rulebook()[rule], problem, after, fresh, {"c": breaks[0].place.number})

    # -- with an antiderivative ----------------------------------------------------------------------------------------

    def by_antiderivative(self, problem: Expression, look: Behaviour, fresh: Expression) -> RuleInstance | None:
        """The fundamental theorem, with limits where the antiderivative or the integrand has no value at an end."""
        body, variable, lower, upper = problem.args
        found = self.antiderivative(node("integral", (body, variable)))
        if found is None:
            return None
        numbers = number_of(lower), number_of(upper)
        at_lower, at_upper = _is_infinite(lower), _is_infinite(upper)
        if numbers[0] is not None and numbers[1] is not None and not found.free - variable.free:
            between = Between(numbers[0], numbers[1])
            jumps = self.jumps(found, variable, between)
            inside = [each for each in jumps if _is_inside(each.place, lower, upper)]
            if inside:
                return self.split("split_where_antiderivative_jumps", problem, inside, fresh)
            beside = [each.place.value for each in (*look.unbounded, *jumps)]
            at_lower = at_lower or any(abs(value - between.low) <= between.margin for value in beside)
            at_upper = at_upper or any(abs(value - between.high) <= between.margin for value in beside)
        elif (jump := self.jump_anywhere(found, problem)) is not None:
            place = related(variable, "=", jump.number)
            self.remarks[problem] = (f"The antiderivative {found} jumps at {place}, where {body} does not, and whether "
                                     "that lies between the limits depends on letters.")
            return None
        else:
            own = self.course_of_antiderivative(found, problem)
            look = look._replace(assumed=tuple(dict.fromkeys((*look.assumed, *own.assumed))))
            at_lower = at_lower or self.has_no_value(found, variable, lower)
            at_upper = at_upper or self.has_no_value(found, variable, upper)
        if at_lower and at_upper:
            middle = _between(lower, upper)
            instance = self.split("split_between_ends", problem, [Break("gap", body, Place(middle, 0.0))], fresh)
            return None if instance is None else instance.assuming(look.assumed)
        if not at_lower and not at_upper:
            value = self.tidy(add(_put(found, variable, upper), negate(_put(found, variable, lower))))
            looked_at = not problem.free or bool(found.free - variable.free)  # otherwise jumps were searched for
            if looked_at and self.agrees(problem, value, look.assumed) is False:
                self.remarks[problem] = ("An antiderivative was found, but numbers do not confirm the value that it "
                                         "gives.")
                return None
            instance = instance_of(rulebook()["fundamental_theorem"], problem, fresh)
            return None if instance is None else instance.assuming(look.assumed)
        if at_upper:
            rule = "improper_upper" if _is_infinite(upper) else "improper_end"
        else:
            rule = "improper_lower" if _is_infinite(lower) else "improper_beginning"
        letter = name("t") if "t" not in problem.free and variable.value != "t" else fresh
        bindings = {"x": variable, "f": body, "a": lower, "b": upper, "t": letter}
        instance = chosen_instance(rulebook()[rule], bindings, letter).assuming(look.assumed)
        width = self.tidy(add(upper, negate(lower)))
        if None not in numbers or _is_infinite(lower) or _is_infinite(upper) or sign_of(width) == "+":
            return instance
        return instance.assuming((related(width, ">"),))  # the limit is looked at from inside

    def jump_anywhere(self, root: Expression, problem: Expression) -> Place | None:
        """A place not far from 0 at which an antiderivative jumps and the integrand does not, if nothing else is known
        of where the limits lie."""
        body, variable = problem.args[:2]
        if root.free - variable.free:
            return None
        around = Between(-_AROUND, _AROUND)
        own = [site for site in sites(root, variable) if not _has_poles(site)]
        for each in self.jumps(root, variable, around, own):
            place = each.place
            if value_at(body, variable, Fraction(place.value)) is not None and not grows_near(
                    body, variable, place.value, around):
                return place
        return None

    def has_no_value(self, root: Expression, variable: Expression, limit: Expression) -> bool:
        """Whether an antiderivative has no value at a limit, as ln(x) at 0, whatever the letters are."""
        return any(site.need in ("not zero", "positive") and self.tidy(_put(site.argument, variable, limit)) is ZERO
                   for site in sites(root, variable))

    def course_of_antiderivative(self, root: Expression, problem: Expression) -> Behaviour:
        """What has to be assumed so that a tangent in an antiderivative, which came in with a substitution, has no pole
        between the limits. Those of the integrand were looked at before."""
        body, variable, lower, upper = problem.args
        known = {self.tidy(site.argument) for site in sites(body, variable)}
        own = [site for site in sites(root, variable) if _has_poles(site) and self.tidy(site.argument) not in known]
        return behaviour_with_letters(own, variable, lower, upper, self.tidy)

    def jumps(self, root: Expression, variable: Expression, between: Between,
              among: Iterable[Site] | None = None) -> list[Break]:
        """Where an antiderivative has no value, or other values on the two sides, from left to right. among: its parts
        that may break, if not all of them are looked at."""
        found: dict[float, Break] = {}
        for site in sites(root, variable) if among is None else among:
            if site.need == "not negative":
                continue
            for place in zeros(self.tidy(site.argument), variable, between, self.tidy).places:
                is_end = not between.low + between.margin < place.value < between.high - between.margin
                no_value = is_end and site.need != "same sign"  # there it cannot be put in, whatever it tends to
                if place.value not in found and (no_value or _breaks(root, variable, place.value, between)):
                    found[place.value] = Break("gap", root, place)
        return [found[value] for value in sorted(found)]

    # -- second methods ------------------------------------------------------------------------------------------------

    def by_method(self, method: str, problem: Expression, fresh: Expression) -> RuleInstance | None:
        """The instance of a second method, None where it does not fit."""
        if method == "even_integrand":
            body, variable, _, upper = problem.args
            if not self.is_symmetric(problem) or not is_even(body, variable, self.tidy):
                return None
            half = node("integral", (body, variable, ZERO, upper))
            return computed_instance(rulebook()[method], problem, multiply(TWO, half), fresh)
        return self.substituted(problem, fresh)

    def substituted(self, problem: Expression, fresh: Expression) -> RuleInstance | None:
        """The substitution by which the indefinite integral is found, with limits for the new letter."""
        body, variable, lower, upper = problem.args
        if behaviour(body, variable, lower, upper, self.tidy) != Behaviour():
            return None
        factors: list[Expression] = []
        integral = node("integral", (body, variable))
        while True:
            opened = self.opened(integral, fresh)
            if opened is None:
                return None
            places = [part for part in postorder([opened.after])
                      if part.head == "at" and part.args[0].head == "integral" and part.args[1] is fresh]
            if places:
                break
            inner = [part for part in postorder([opened.after]) if part.head == "integral"]
            if len(inner) != 1 or opened.after.head not in ("product", "quotient", "negation"):
                return None
            factors.append(replace(opened.after, {inner[0]: ONE}))
            integral = inner[0]
        place = places[0]
        inside = place.args[2]
        ends = [self.tidy(substitute(inside, variable.value, limit)) for limit in (lower, upper)]
        new = self.tidy(place.args[0].args[0])
        definite = node("integral", (new, fresh, *ends))
        if behaviour(new, fresh, ends[0], ends[1], self.tidy) != Behaviour():
            return None
        rest = [*factors, replace(opened.after, {place: ONE})]
        factor = self.tidy(multiply(*rest))
        after = definite if factor is ONE else multiply(factor, definite)
        return computed_instance(rulebook()["definite_substitution"], problem, after, fresh,
                                 {"g": inside, "h": new, "u": fresh}, opened.working)


Equation = tuple[Expression, Expression]


def equations_to_check(instance: RuleInstance, has_value: bool) -> list[Equation]:
    """What to ask of numbers where a rule takes an integral apart that they cannot follow: an improper one, or one that
    has no value. Empty where the equation of the rule itself will do.

    An improper integral is a limit because int_a^t f = G(t) - G(a) for every t on the way, of which a few are asked;
    and whether an interval was split into its parts, or its limits were swapped, can be seen with another integrand and
    a number for infinity.
    """
    rule, tags, before, after = instance.rule.name, instance.rule.tags, instance.before, instance.after
    body, variable, *ends = before.args
    if "improper" in tags:
        letter, (difference, *_) = instance.bindings["t"], after.args
        at_upper = rule in ("improper_upper", "improper_end")
        found = []
        for place in _on_the_way(*ends):
            limits = (ends[0], place) if at_upper else (place, ends[1])
            found.append((node("integral", (body, variable, *limits)), substitute(difference, letter.value, place)))
        return found
    if rule == "formula_on_interval" and not has_value:  # the same between numbers inside
        return [(node("integral", (body, variable, *between)), node("integral", (after.args[0], variable, *between)))
                for between in pairwise(_on_the_way(*ends))]
    if ("splitting" not in tags and rule != "swap_limits") or (has_value and not any(map(_is_infinite, ends))):
        return []
    another, far = power(E, negate(power(variable, TWO))), _beyond(after)
    one, other = [replace(side, {part: node("integral", (another, variable, *[replace(end, {INFINITY: far}) for end in
                                                                              part.args[2:]]))
                                 for part in postorder([side]) if part.head == "integral" and part.args[0] is body})
                  for side in (before, after)]
    return [(one, other)]


def _beyond(split: Expression) -> Expression:
    """A number beyond all finite ends of the intervals into which one was split."""
    ends = [number_of(end) for part in postorder([split]) if part.head == "integral" for end in part.args[2:]]
    return number(math.ceil(max([abs(end) for end in ends if end is not None and math.isfinite(end)], default=0)) + 3)


_PARTS = (Fraction(1, 3), Fraction(3, 4), Fraction(19, 20))


def _on_the_way(lower: Expression, upper: Expression) -> list[Expression]:
    """A few numbers between two limits, or expressions where these have letters in them."""
    low, high = number_of(lower), number_of(upper)
    if low is None or high is None:
        if _is_infinite(upper):
            return [add(lower, number(each)) for each in (1, 3)]
        if _is_infinite(lower):
            return [add(upper, negate(number(each))) for each in (1, 3)]
        return [divide(add(multiply(number(each), lower), upper), number(each + 1)) for each in (1, 3)]
    if math.isinf(high):
        return [_short(low + each) for each in (1, 4, 9)]
    if math.isinf(low):
        return [_short(high - each) for each in (1, 4, 9)]
    return [_short(low + (high - low) * float(part)) for part in _PARTS]


def _short(value: float) -> Expression:
    return rational(Fraction(value).limit_denominator(10**4))


def diverging(instance: RuleInstance, limit: Expression | None) -> NoValue | None:
    """That an integral diverges which an improper rule takes apart, if its limit is infinite, or there is none (None);
    else None."""
    infinite = limit is not None and (limit is INFINITY or (limit.head == "negation" and limit.args[0] is INFINITY))
    if "improper" not in instance.rule.tags or (limit is not None and not infinite):
        return None
    bindings = instance.bindings
    slots = {"f": bindings["f"]} | {"a": instance.before.args[2], "b": instance.before.args[3], "t": bindings["t"]}
    if limit is None:
        end = "b" if instance.rule.name in ("improper_upper", "improper_end") else "a"
        between = "{a} to {t}" if end == "b" else "{t} to {b}"
        return NoValue(Text(f"the integral of {{f}} from {between} approaches no number as {{t}} approaches {{{end}}}",
                            slots), True)
    end = {"improper_end": "b", "improper_beginning": "a"}.get(instance.rule.name, "")
    if not end:
        return NoValue(Text("the integral of {f} from {a} to {b} grows without bound", slots), True, limit)
    slots["place"] = related(bindings["x"], "=", slots[end])
    return NoValue(Text("{f} grows without bound at {place}, and so does its integral from {a} to {b}", slots), True,
                   limit)


def _has_poles(site: Site) -> bool:
    """Whether a part is a tangent or another function with poles of its own."""
    return site.part.head in FUNCTIONS and bool(FUNCTIONS[site.part.head].poles_at_zeros_of)


def _put(root: Expression, variable: Expression, value: Expression) -> Expression:
    return substitute(root, variable.value, value)


def _is_infinite(limit: Expression) -> bool:
    return INFINITY in postorder([limit])


def _unreal(look: Behaviour) -> NoValue:
    assert look.unreal is not None
    part, lower, upper = look.unreal
    return NoValue(Text("{f} has no real value between {a} and {b}", {"f": part, "a": lower, "b": upper}))


def _is_inside(place: Place, lower: Expression, upper: Expression) -> bool:
    """Whether a place lies between the limits and is none of them."""
    low, high = number_of(lower), number_of(upper)
    if place.number is lower or place.number is upper:
        return False
    if low is None or high is None:
        return True
    margin = Between(low, high).margin
    return low + margin < place.value < high - margin


def _beside(breaks: Iterable[Break]) -> Expression:
    """A whole number where nothing breaks, near 0."""
    taken = {each.place.value for each in breaks}
    return rational(next(each for each in (0, 1, -1, 2, -2, 3) if float(each) not in taken))


def _between(lower: Expression, upper: Expression) -> Expression:
    """A short number between the limits."""
    low, high = number_of(lower), number_of(upper)
    if low is None or high is None:
        return divide(add(lower, upper), TWO)
    if low < 0 < high:
        return ZERO
    if math.isinf(high):
        return rational(math.floor(low) + 1)
    if math.isinf(low):
        return rational(math.ceil(high) - 1)
    whole = math.floor(low) + 1
    return rational(whole if low < whole < high else Fraction(low + high).limit_denominator(10**6) / 2)


_AROUND = 10.0
"""So far from 0 is looked for jumps where the limits are not known: that is more than a full turn."""

_NEAR, _NEARER = Fraction(1, 10**9), Fraction(1, 10**14)
_JUMP = 1e-6


def _breaks(root: Expression, variable: Expression, place: float, between: Between) -> bool:
    """Whether an antiderivative is not continuous at a place: it has no value there, or another one on a side."""
    centre, size = Fraction(place), Fraction(max(1.0, abs(place)))
    sides = [side for side in (-1, 1) if between.low < place + side * 1e-6 < between.high]
    values = [value_at(root, variable, centre + side * size * _NEARER) for side in sides]
    if any(value is None for value in values):
        return True
    known = [value for value in values if value is not None]
    if len(known) == 2:
        return abs(known[0] - known[1]) > _JUMP * max(1.0, abs(known[0]))
    here = value_at(root, variable, centre)
    if here is None:
        return True
    return abs(here - known[0]) > _JUMP * max(1.0, abs(here)) if known else False
