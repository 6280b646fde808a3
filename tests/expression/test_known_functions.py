"""The blocks of functions: read strictly, kept as plain data, and true, as the oracle sees it."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest

from tutor.errors import TutorError
from tutor.expression.known_functions import (
    EVERYWHERE,
    FUNCTIONS,
    OF_LISTS,
    Function,
    Interval,
    Intervals,
    dump,
    intervals,
    make_functions,
    read_functions,
    restore,
    undoing,
)
from tutor.expression.parse import parse
from tutor.expression.tree import call, name
from tutor.oracle.evaluate import value_of
from tutor.oracle.functions import KNOWN
from tutor.oracle.losses import OF_SEVERAL
from tutor.oracle.numbers import precise
from tutor.oracle.table import Undefined, lowest_table
from tutor.oracle.verdict import Oracle

OF_ONE = {function: block for function, block in FUNCTIONS.items() if function in KNOWN}

# -- reading ---------------------------------------------------------------------------------------------------------


def test_a_block_is_read_with_what_is_not_said() -> None:
    (function,) = read_functions('[gd]\nspoken = "Gudermannian"\nrange = "(-pi/2, pi/2)"\nzeros = "0"').values()
    assert function == Function(
        "Gudermannian", range=(Interval(Fraction(-1, 2), Fraction(1, 2), False, False, True),),
        zeros=Interval(Fraction(0), Fraction(0), True, True))
    assert (function.domain, function.arguments, function.latex) == (EVERYWHERE, (1, 1), "")


@pytest.mark.parametrize(("block", "told"), [
    ('[gd]\nspoken = 3', "[gd] of the functions of the notation is wrong. spoken: input should be a valid string"),
    ('[gd]\nshown = "gd"', "[gd] of the functions of the notation is wrong. spoken: field required"),
    ('[gd]\nspoken = "x"\nspokn = "x"', "spokn: extra inputs are not permitted"),
    ('[gd]\nspoken = "x"\nparity = "strange"', "parity: input should be '', 'odd' or 'even'"),
    ('[gd]\nspoken = "x"\nrange = "0 to 1"', "range: 0 to 1 is not an interval such as [-1, 1] or (0, inf)"),
    ('[gd]\nspoken = "x"\nrange = "[1, pi]"', "range: in [1, pi], both ends have to be times pi"),
    ('[gd]\nspoken = "x"\ninverse = "igd"', "inverse: there is no function igd"),
    ('[gd]\nspoken = "x"\nvalues = ["0"]', "values: 0 is not of the form gd(...) = ..."),
    ('[gd]\nspoken = "x"\nlimits = ["1"]', "limits: 1 is not of the form lim_(x->...) gd(x) = ..."),
    ('[gd]\nspoken = "x"\nelsewhere = ["sin"]\n[sin]\nspoken = "sine"', "sin is a name of sin already"),
    ('[gd]\nspoken = "x"\naliases = ["a"]\n[gud]\nspoken = "y"\naliases = ["a"]', "a is a name of gd already"),
    ('[gd]\nspoken = "x"\ndefinition = "-gd(-x)"', "definition: gd has to stand further up"),
    ('gd = 1', "[gd] of the functions of the notation is wrong"),
    ('[gd', "The functions of the notation cannot be read"),
])  # fmt: skip
def test_a_wrong_block_is_refused_and_named(block: str, told: str) -> None:
    with pytest.raises(TutorError) as caught:
        read_functions(block)
    assert told in str(caught.value)


@pytest.mark.parametrize(("text", "read"), [
    ("[-1, 1]", (Interval(Fraction(-1), Fraction(1), True, True),)),
    ("(0, inf)", (Interval(Fraction(0), None, False, False),)),
    ("1/2", (Interval(Fraction(1, 2), Fraction(1, 2), True, True),)),
    ("[0, pi/2) (pi/2, 2*pi]", (Interval(Fraction(0), Fraction(1, 2), True, False, True),
                                Interval(Fraction(1, 2), Fraction(2), False, True, True))),
])  # fmt: skip
def test_intervals(text: str, read: Intervals) -> None:
    assert intervals("gd", "range", text) == read


def test_the_blocks_are_kept_as_plain_data() -> None:
    assert restore(dump(make_functions())) == {**FUNCTIONS, **OF_LISTS} == make_functions()


def test_a_function_that_makes_a_list_is_no_function_of_numbers() -> None:
    assert [name for name in OF_LISTS if name in FUNCTIONS] == ["logsumexp"]
    assert all(function.gives_list == (name not in FUNCTIONS) for name, function in OF_LISTS.items())


def test_what_undoes_what() -> None:
    assert undoing("sin", "asin") == FUNCTIONS["asin"].domain
    assert undoing("asin", "sin") == FUNCTIONS["asin"].range
    assert undoing("sin", "cos") is None


# -- whether they are true -------------------------------------------------------------------------------------------

NUMBERS = precise(60, True)
NEAR = sorted({Fraction(each, 8) for each in range(-64, 65)} | {Fraction(each, 100) for each in range(-99, 100, 7)})
FAR = [Fraction(each) for each in ("-10000", "-300", "-1/1000", "1/1000", "300", "10000")]
ANGLES = [parse(f"{each}*pi/12") for each in range(-48, 49)]


def value(function: str, place: Any) -> Any:
    """The value of a function at a number, or of another tree; None where it has none."""
    table = lowest_table(NUMBERS, {"x": place}.get)
    try:
        return value_of(table, call(function, place if hasattr(place, "head") else name("x")))
    except Undefined:
        return None


def contains(interval: Interval, number: Any) -> bool:
    unit = NUMBERS.pi if interval.in_pi else 1
    low = None if interval.low is None else NUMBERS.convert(interval.low) * unit
    high = None if interval.high is None else NUMBERS.convert(interval.high) * unit
    above = low is None or number > low or (interval.has_low and same(number, low))
    return above and (high is None or number < high or (interval.has_high and same(number, high)))


def same(one: Any, other: Any) -> bool:
    return bool(abs(one - other) <= 1e-50 * max(1, abs(one)))


def samples(function: str, places: list[Fraction]) -> list[tuple[Fraction, Any]]:
    return [(place, found) for place in places if (found := value(function, NUMBERS.convert(place))) is not None]


def places(function: Function) -> list[Fraction]:
    """Places in the domain, not on a pole."""
    return [place for place in NEAR if any(contains(part, NUMBERS.convert(place)) for part in function.domain)
            and not (function.poles_at_zeros_of and value(function.poles_at_zeros_of, NUMBERS.convert(place)) == 0)]


@pytest.mark.parametrize("function", OF_ONE)
def test_it_has_values_where_its_block_says(function: str) -> None:
    assert [place for place, _ in samples(function, NEAR)] == places(FUNCTIONS[function])


@pytest.mark.parametrize("function", OF_ONE)
def test_its_values_lie_where_its_block_says_and_reach_as_far(function: str) -> None:
    block = FUNCTIONS[function]
    at_angles = [value(function, angle) for angle in ANGLES if block.period]
    near = [found for _, found in samples(function, NEAR)] + [
        found for found in at_angles if found is not None and abs(found) < 1e20]
    assert all(any(contains(part, found) for part in block.range) for found in near)
    for part in block.range:
        for end, is_reached in ((part.low, part.has_low), (part.high, part.has_high)):
            if end is not None:
                limit = NUMBERS.convert(end) * (NUMBERS.pi if part.in_pi else 1)
                gaps = [abs(found - limit) for found in [*near, *[far for _, far in samples(function, FAR)]]]
                assert min(gaps) < 0.01, f"nothing comes near {end}"
                assert any(same(found, limit) for found in near) == is_reached
    if block.range == EVERYWHERE:
        assert min(near) < -1 < 1 < max(near)


@pytest.mark.parametrize("function", OF_ONE)
def test_its_symmetry_is_known(function: str) -> None:
    pairs = [(found, mirrored) for place, found in samples(function, NEAR)
             if (mirrored := value(function, NUMBERS.convert(-place))) is not None]
    odd, even = (len(pairs) > 2 and all(same(found, sign * mirrored) for found, mirrored in pairs) for sign in (-1, 1))
    assert FUNCTIONS[function].parity == ("odd" if odd else "even" if even else "")


@pytest.mark.parametrize("function", OF_ONE)
def test_whether_it_rises_or_falls_is_known(function: str) -> None:
    found = [value for _, value in samples(function, NEAR)]
    rises, falls = (all(sign * (after - before) >= 0 for before, after in pairwise(found)) for sign in (1, -1))
    assert FUNCTIONS[function].monotonic == ("increasing" if rises else "decreasing" if falls else "")


@pytest.mark.parametrize("function", OF_ONE)
def test_its_period_is_the_smallest(function: str) -> None:
    def repeats(period: Any) -> bool:
        pairs = [(found, again) for place, found in samples(function, NEAR)
                 if (again := value(function, NUMBERS.convert(place) + period)) is not None]
        return len(pairs) > 50 and all(same(found, again) for found, again in pairs)

    periods = [period for period in ("2*pi", "pi", "pi/2")
               if repeats(value_of(lowest_table(NUMBERS, lambda name: None), parse(period)))]
    assert FUNCTIONS[function].period == (periods[-1] if periods else "")


@pytest.mark.parametrize("function", OF_ONE)
def test_it_is_zero_where_its_block_says(function: str) -> None:
    zeros = FUNCTIONS[function].zeros
    if zeros is not None:
        for place, found in samples(function, NEAR):
            assert (found == 0) == contains(zeros, NUMBERS.convert(place))


@pytest.mark.parametrize("function", OF_ONE)
def test_the_oracle_knows_the_same_on_its_own_account(function: str) -> None:
    block, known = FUNCTIONS[function], KNOWN[function]
    ends = {end for part in block.domain for end in (part.low, part.high) if end is not None}
    assert ends <= {*known.edges, *known.kinks}
    assert set(known.kinks) == {int(place) for place in (*block.jumps, *block.kinks)}
    assert known.jumps == bool(block.jumps)
    assert known.has_gaps == block.has_gaps
    assert known.positive == (block.sign == "+")
    assert block.only_zero is None or [Fraction(zero) for zero in known.zeros or ()] == [block.only_zero]
    assert known.sides is None or known.kinks == (0,)


@pytest.mark.parametrize(("function", "inverse"), [(each, block.inverse) for each, block in OF_ONE.items()
                                                   if block.inverse])
def test_an_inverse_undoes_its_function(function: str, inverse: str) -> None:
    for outer, inner in ((function, inverse), (inverse, function)):
        where = undoing(outer, inner)
        assert where
        for place, found in samples(inner, NEAR):
            number = NUMBERS.convert(place)
            if any(contains(part, number) for part in where):
                assert abs(value(outer, found) - number) < 1e-40


@pytest.mark.parametrize("text", [value for block in FUNCTIONS.values() for value in block.values])
def test_every_known_value_is_right(text: str) -> None:
    left, right = parse(text).args
    table = lowest_table(NUMBERS, lambda name: None)
    assert same(value_of(table, left), value_of(table, right))


@pytest.mark.parametrize("function", [each for each, block in FUNCTIONS.items() if block.definition])
def test_a_definition_says_what_the_function_is(function: str) -> None:
    definition = parse(FUNCTIONS[function].definition)
    assert definition.free == {"x"}
    for place, found in samples(function, NEAR):
        table = lowest_table(NUMBERS, {"x": NUMBERS.convert(place)}.get)
        assert same(value_of(table, definition), found)


def test_poles_are_where_the_block_says() -> None:
    for function, block in OF_ONE.items():
        if block.poles_at_zeros_of:
            zeros = [angle for angle in ANGLES if abs(value(block.poles_at_zeros_of, angle)) < 1e-50]
            assert zeros
            assert all((found := value(function, angle)) is None or abs(found) > 1e40 for angle in zeros)


def test_only_the_names_of_the_blocks_are_the_oracles() -> None:
    assert {*KNOWN, *OF_SEVERAL, "log", "min", "max"} == set(FUNCTIONS)


@pytest.mark.parametrize("text", [limit for block in FUNCTIONS.values() for limit in block.limits])
def test_what_it_comes_to_far_out_and_at_ends_is_right(text: str) -> None:
    left, right = parse(text).args
    assert Oracle().compare(left, right).outcome == "checked"
