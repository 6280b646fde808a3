"""The functions of the notation: what `grammar/functions.toml` says of them, a block for each.

    FUNCTIONS["asin"].aliases            # ("arcsin",)
    FUNCTIONS["asin"].range              # one Interval, from -pi/2 to pi/2, and both ends are reached
    FUNCTIONS["cosh"].sign               # "+"
    undoing("asin", "sin")               # where asin(sin(x)) = x

What is said there serves whoever reads, writes, tidies and explains. The oracle takes nothing from it but the names and
how many arguments there are: its values are its own, so that it can find a mistake in a block.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from itertools import pairwise
from typing import Any, Literal, NamedTuple

from tutor.compiled import FUNCTION_BLOCKS, kept, packed, unpacked
from tutor.errors import TutorError
from tutor.files import functions_file

_BELOW_PI, _ABOVE_PI = Fraction(333, 106), Fraction(355, 113)


class Interval(NamedTuple):
    """The numbers between two ends, None standing for infinity; with `in_pi` the ends are so many times pi."""

    low: Fraction | None = None
    high: Fraction | None = None
    has_low: bool = False
    has_high: bool = False
    in_pi: bool = False

    @property
    def is_point(self) -> bool:
        return self.low is not None and self.low == self.high

    @property
    def has_zero(self) -> bool:
        above = self.low is None or self.low < 0 or (self.low == 0 and self.has_low)
        return above and (self.high is None or self.high > 0 or (self.high == 0 and self.has_high))

    @property
    def bounds(self) -> Interval:
        """Fractions between which the numbers lie: ends that are so many times pi are moved outwards a little."""
        if not self.in_pi:
            return self
        low, high = self.low, self.high
        if low:
            low = low * (_ABOVE_PI if low < 0 else _BELOW_PI)
        if high:
            high = high * (_BELOW_PI if high < 0 else _ABOVE_PI)
        return Interval(low, high, self.has_low and low == 0, self.has_high and high == 0)


Intervals = tuple[Interval, ...]
EVERYWHERE: Intervals = (Interval(),)

FunctionFamily = Literal["trigonometric", "inverse_trigonometric", "hyperbolic", "activation", "logarithm", "root",
                         "exponential"]


class Function(NamedTuple):
    """A function of the notation; the head of the file says what the fields mean."""

    spoken: str
    shown: str = ""
    arguments: tuple[int, int] = (1, 1)
    aliases: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    second: str = ""
    to_base: tuple[tuple[str, tuple[str, ...]], ...] = ()
    latex: str = ""
    family: FunctionFamily | None = None
    definition: str = ""
    domain: Intervals = EVERYWHERE
    poles_at_zeros_of: str = ""
    range: Intervals = EVERYWHERE
    monotonic: Literal["", "increasing", "decreasing"] = ""
    parity: Literal["", "odd", "even"] = ""
    period: str = ""
    zeros: Interval | None = None
    jumps: tuple[str, ...] = ()
    kinks: tuple[str, ...] = ()
    inverse: str = ""
    exponent_inverts: bool = True
    values: tuple[str, ...] = ()
    limits: tuple[str, ...] = ()
    of_list: str = ""

    @property
    def gives_list(self) -> bool:
        """Whether it makes a list of a list, so that only its parts are numbers."""
        return "z_i" in self.of_list

    @property
    def has_gaps(self) -> bool:
        """Whether it has no real value for whole intervals of numbers."""
        low, high = self.domain[0].low, self.domain[-1].high
        return low is not None or high is not None or any(
            one.high != other.low for one, other in pairwise(self.domain))

    @property
    def has_value_everywhere(self) -> bool:
        return self.domain == EVERYWHERE and not self.poles_at_zeros_of

    @property
    def only_zero(self) -> Fraction | None:
        """The only place where it is 0; None if there is none, or there are several."""
        return self.zeros.low if self.zeros is not None and self.zeros.is_point else None

    @property
    def is_never_zero(self) -> bool:
        return not any(part.has_zero for part in self.range)

    @property
    def sign(self) -> str:
        """What is known of the sign of its values, as `algebra/signs.py` writes it: "+", "0+", "-", "0-", "!" or ""."""
        low, high = self.range[0].low, self.range[-1].high
        if low is not None and low >= 0:
            return "+" if self.is_never_zero else "0+"
        if high is not None and high <= 0:
            return "-" if self.is_never_zero else "0-"
        return "!" if self.is_never_zero else ""


# -- reading ---------------------------------------------------------------------------------------------------------


def read_functions(text: str) -> dict[str, Function]:
    """The blocks of a file, by the names of their functions. Raises TutorError, which says what is wrong where."""
    import tomllib

    from pydantic import TypeAdapter, ValidationError

    try:
        blocks = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise TutorError(f"The functions of the notation cannot be read: {error}.") from error
    adapter = TypeAdapter(dict[str, Function])
    try:
        found = adapter.validate_python({name: _with_intervals(name, block) for name, block in blocks.items()})
    except ValidationError as error:
        first = error.errors()[0]
        name, *key = [str(part) for part in first["loc"]]
        raise _wrong(name, f"{'.'.join(key)}: {first['msg'][0].lower()}{first['msg'][1:]}") from error
    _check_names(found)
    return found


def _wrong(name: str, what: str) -> TutorError:
    return TutorError(f"The block [{name}] of the functions of the notation is wrong. {what}.")


def _with_intervals(name: str, block: Any) -> Any:
    """A block whose intervals are read; whatever else it may be is left to be validated."""
    if not isinstance(block, dict):
        return block
    read = dict(block)
    for key in ("domain", "range", "zeros"):
        if isinstance(block.get(key), str):
            read[key] = intervals(name, key, block[key])
    if isinstance(read.get("zeros"), tuple):
        read["zeros"] = read["zeros"][0]
    if isinstance(block.get("to_base"), dict):
        read["to_base"] = tuple(block["to_base"].items())
    return read


def intervals(name: str, key: str, text: str) -> Intervals:
    """`[-pi/2, 0) (0, pi/2]` as two intervals; a number alone is an interval from itself to itself."""
    import re

    end = r"-?(?:inf|[0-9]+(?:/[0-9]+)?|(?:[0-9]+\*)?pi(?:/[0-9]+)?)"
    one = re.compile(rf"(?P<opening>[\[(])(?P<low>{end}), (?P<high>{end})(?P<closing>[\])])")
    if re.fullmatch(end, text):
        text = f"[{text}, {text}]"
    found = []
    for part in re.sub(r"(?<=[\])]) (?=[\[(])", "\n", text).split("\n"):
        match = one.fullmatch(part)
        if match is None:
            raise _wrong(name, f"{key}: {part} is not an interval such as [-1, 1] or (0, inf)")
        found.append(Interval(_end(match["low"]), _end(match["high"]), match["opening"] == "[", match["closing"] == "]",
                              "pi" in part))
        if "pi" in part and any(value not in ("0", "-inf", "inf") and "pi" not in value
                                for value in (match["low"], match["high"])):
            raise _wrong(name, f"{key}: in {part}, both ends have to be times pi")
    return tuple(found)


def _end(text: str) -> Fraction | None:
    if text.endswith("inf"):
        return None
    return Fraction(text.replace("*pi", "").replace("pi", "1"))


def _check_names(functions: Mapping[str, Function]) -> None:
    """Raise TutorError for a name that two functions have, or that no function has, or none above."""
    import re

    owners = {name: name for name in functions}
    above: set[str] = set()
    for name, function in functions.items():
        for word in set(re.findall("[A-Za-z]+", function.definition)) & functions.keys() - above:
            raise _wrong(name, f"definition: {word} has to stand further up, so that no definition needs itself")
        above.add(name)
        of_base = [other for _, names in function.to_base for other in names]
        for each in (*function.aliases, *function.elsewhere, *of_base):
            if owners.setdefault(each, name) != name:
                raise _wrong(name, f"{each} is a name of {owners[each]} already")
        for key, other in (("inverse", function.inverse), ("poles_at_zeros_of", function.poles_at_zeros_of)):
            if other and other not in functions:
                raise _wrong(name, f"{key}: there is no function {other}")
        for value in function.values:
            if not value.startswith(f"{name}(") or " = " not in value:
                raise _wrong(name, f"values: {value} is not of the form {name}(...) = ...")
        for limit in function.limits:
            if not re.fullmatch(rf"lim_\(x->\S+\) {name}\(x\) = \S+", limit):
                raise _wrong(name, f"limits: {limit} is not of the form lim_(x->...) {name}(x) = ...")


# -- keeping ---------------------------------------------------------------------------------------------------------


def make_functions() -> dict[str, Function]:
    """The functions, read from the file anew."""
    return read_functions(functions_file().read_text(encoding="utf-8"))


def dump(functions: Mapping[str, Function]) -> bytes:
    """The functions as plain data."""
    return packed([(name, _plain(function)) for name, function in functions.items()])


def _plain(value: Any) -> Any:
    return tuple([_plain(part) for part in value]) if isinstance(value, tuple) else value


def restore(data: bytes) -> dict[str, Function]:
    """Undo `dump`."""
    found = {}
    for name, fields in unpacked(data):
        function = Function(*fields)
        found[name] = function._replace(
            domain=_restored(function.domain), range=_restored(function.range),
            zeros=None if function.zeros is None else Interval(*function.zeros))
    return found


def _restored(parts: Iterable[Iterable[Any]]) -> Intervals:
    return tuple([Interval(*part) for part in parts])


_BLOCKS: dict[str, Function] = kept(FUNCTION_BLOCKS, make_functions, dump, restore)

FUNCTIONS: dict[str, Function] = {name: function for name, function in _BLOCKS.items() if not function.gives_list}
"""The functions of the notation by name, in the order of the file."""

OF_LISTS: dict[str, Function] = {name: function for name, function in _BLOCKS.items() if function.of_list}
"""Those that have a definition for a whole list; what gives a list stands only here."""


def undoing(outer: str, inner: str) -> Intervals | None:
    """Where outer(inner(x)) = x, for two functions of which one undoes the other; None for any others."""
    if outer in FUNCTIONS and inner in FUNCTIONS:
        if FUNCTIONS[outer].inverse == inner:
            return FUNCTIONS[inner].domain
        if FUNCTIONS[inner].inverse == outer:
            return FUNCTIONS[outer].range
    return None
