"""What a line of a learner gives a name to, where an integral is worked out by substitution, by parts or with limits.

    names = NamesInDerivation(parse("int 2*x*cos(x^2) dx"), parse, oracle)
    names.take("u = x^2, du = 2x dx")           # (): both are right, and later lines may have the letter u
    names.take("du = 3x dx")                    # a sentence: that is not the derivative of u
    names.take("x + 1")                         # None: it names nothing
    names.written_out("[x^3/3]_0^2")            # "(((x^3/3) at (x = 2)) - ((x^3/3) at (x = 0)))"
"""

from __future__ import annotations

import re
from collections.abc import Callable

from tutor.errors import TutorError
from tutor.expression.text import Text
from tutor.expression.tree import Expression, derivative, postorder
from tutor.judge.between import between_limits, occurs
from tutor.judge.equivalence import equivalent
from tutor.judge.sizes import letters_of
from tutor.oracle.verdict import Oracle

_SEPARATED = re.compile(r"\s*(?:[,;]|\band\b)\s*")
_LETTER = re.compile(r"([a-zα-ωA-Z])\s*=\s*([^=]+)$")
_DIFFERENTIAL = re.compile(r"d([a-zα-ω])\s*=\s*([^=]*?)\s*\*?\s*d([a-zα-ω])$")
_SLOPE = re.compile(r"d([a-zα-ω])\s*/\s*d([a-zα-ω])\s*=\s*([^=]+)$")
_ANTIDERIVATIVE = re.compile(r"([A-Z])\s*\(\s*([a-zα-ω])\s*\)\s*=\s*([^=]+)$")


class NamesInDerivation:
    """The names of one derivation.

    problem: the integral; read: reads an expression in the letters of the problem; slopes: letters of which only the
    derivative is known so far; antiderivatives: letters as F, each with its variable and what F of it is; inside: what
    the letters of substitutions and of parts stand for.
    """

    def __init__(self, problem: Expression, read: Callable[[str], Expression], oracle: Oracle) -> None:
        self.problem, self.read, self.oracle = problem, read, oracle
        self.variable: Expression | None = problem.args[1] if problem.head == "integral" else None
        self.known = letters_of(problem)
        self.slopes: dict[str, Expression] = {}
        self.inside: dict[str, Expression] = {}
        self.antiderivatives: dict[str, tuple[str, str]] = {}

    def take(self, line: str) -> tuple[Text, ...] | None:
        """What is wrong with the names that a line gives: nothing, or sentences; None for a line of another kind."""
        if self.variable is None:
            return None
        found: list[Text] = []
        kept = dict(self.inside), dict(self.slopes), dict(self.antiderivatives)
        for piece in _SEPARATED.split(line.strip().rstrip(".")):
            try:
                taken = self.named(piece)
            except TutorError:
                taken = None
            if taken is None:
                self.inside, self.slopes, self.antiderivatives = kept
                return None
            found += taken
        return tuple(found)

    def named(self, text: str) -> list[Text] | None:
        """The same of a single name. Raises TutorError where its meaning cannot be read."""
        assert self.variable is not None
        differential, slope = _DIFFERENTIAL.fullmatch(text), _SLOPE.fullmatch(text)
        if differential is not None:
            letter, meaning, by = differential.groups()
            return self.slope(letter, meaning or "1", by)
        if slope is not None:
            return self.slope(slope[1], slope[3] or "1", slope[2])
        whole = _ANTIDERIVATIVE.fullmatch(text)
        if whole and whole[2] == self.variable.value and whole[1] not in self.known:
            return self.antiderivative(whole[1], whole[3])
        given = _LETTER.fullmatch(text)
        if given and given[1] not in self.known:
            return self.letter(given[1], self.read(given[2]))
        return None

    def letter(self, letter: str, meaning: Expression) -> list[Text] | None:
        """u = x^2, or v = sin(x) once dv is known."""
        assert self.variable is not None
        if letter in self.slopes:
            if not self.equal(derivative(meaning, self.variable), self.slopes[letter]):
                return [Text("The derivative of {meaning} is not {slope}.",
                             {"meaning": meaning, "slope": self.slopes[letter]})]
        elif self.variable.value not in meaning.free or any(part.head == "integral" for part in postorder([meaning])):
            return None
        self.inside[letter] = meaning
        return []

    def slope(self, letter: str, meaning: str, by: str) -> list[Text] | None:
        """du = 2x dx: what it has to be is known if u is; otherwise it says what has to be integrated."""
        assert self.variable is not None
        if by != self.variable.value or letter in self.known:
            return None
        slope = self.read(meaning)
        if letter not in self.inside:
            self.slopes[letter] = slope
            return []
        if self.equal(derivative(self.inside[letter], self.variable), slope):
            return []
        return [Text("This is not the derivative of {inside}.", {"inside": self.inside[letter]})]

    def antiderivative(self, letter: str, meaning: str) -> list[Text]:
        """F(x) = x^3/3, of which the values at the limits are taken later."""
        assert self.variable is not None
        body, made = self.problem.args[0], self.read(meaning)
        self.antiderivatives[letter] = self.variable.value, meaning
        if self.equal(derivative(made, self.variable), body):
            return []
        return [Text("The derivative of {made} is not {body}.", {"made": made, "body": body})]

    def equal(self, left: Expression, right: Expression) -> bool:
        return equivalent(left, right, self.oracle).verdict == "equal"

    def written_out(self, text: str) -> str:
        """A line with the values of antiderivatives at the limits as the notation has them."""
        if self.variable is None:
            return text
        for letter, (variable, meaning) in self.antiderivatives.items():
            text = re.sub(rf"\b{letter}\(([^()]*)\)", rf"(({meaning}) at ({variable} = \1))", text)
        return between_limits(text, self._letter_between)

    def _letter_between(self, body: str) -> str:
        """The letter that limits behind brackets are for: that of a substitution if it stands in them."""
        assert self.variable is not None
        return next((each for each in self.inside if occurs(each, body)), self.variable.value)
