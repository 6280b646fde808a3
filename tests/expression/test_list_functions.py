"""Functions of whole lists by name: softmax, its logarithm, and log-sum-exp."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.canonical.test_sums import value
from tutor.errors import LimitError, NotationError, TutorError
from tutor.expression.latex import latex
from tutor.expression.parse import parse, read

SAME = [
    ("softmax(z)_i", "e^(z_i)/sum_j e^(z_j)"), ("softmax(z)_{i}", "e^(z_i)/sum_j e^(z_j)"),
    ("softmax(z)ᵢ", "e^(z_i)/sum_j e^(z_j)"), ("softmax(z)[i]", "e^(z_i)/sum_j e^(z_j)"),
    ("softmax_i(z)", "e^(z_i)/sum_j e^(z_j)"), ("softmax_{i} (z)", "e^(z_i)/sum_j e^(z_j)"),
    ("Softmax ( z )_i", "e^(z_i)/sum_j e^(z_j)"), ("softmax(z_i)", "e^(z_i)/sum_j e^(z_j)"),
    ("softmax(z_i/T)", "e^(z_i/T)/sum_j e^(z_j/T)"), ("softmax(z)_2", "e^(z_2)/sum_i e^(z_i)"),
    ("softmax(z)_12", "e^(z_12)/sum_i e^(z_i)"), ("softmax(μ)_i", "e^(μ_i)/sum_j e^(μ_j)"),
    ("softmax(-2z)_i", "e^(-2z_i)/sum_j e^(-2z_j)"), ("softmax(z^2)_i", "e^(z_i^2)/sum_j e^(z_j^2)"),
    ("3softmax(z)_i^2", "3*(e^(z_i)/sum_j e^(z_j))^2"),
    ("softmax(z)_i(1 - softmax(z)_i)", "(e^(z_i)/sum_j e^(z_j))*(1 - e^(z_i)/sum_j e^(z_j))"),
    ("ln softmax(z)_i", "ln(e^(z_i)/sum_j e^(z_j))"),
    ("log_softmax(z)_i", "z_i - ln(sum_j e^(z_j))"), ("2*LogSoftmax(2z)_i", "2*(2z_i - ln(sum_j e^(2z_j)))"),
    ("logsumexp(z)", "ln(sum_i e^(z_i))"), ("LogSumExp(z) - z_1", "ln(sum_i e^(z_i)) - z_1"),
    ("logsumexp(w*x_i + b)", "ln(sum_j e^(w*x_j + b))"), ("logsumexp(S)_i", "ln(sum_j e^(S_{ij}))"),
    ("softmax(S)_{ij}", "e^(S_{ij})/sum_k e^(S_{ik})"), ("softmax(S)_ij", "e^(S_{ij})/sum_k e^(S_{ik})"),
    ("softmax(S_{ij})", "e^(S_{ij})/sum_k e^(S_{ik})"),
    ("softmax(z/T)_i", "e^(z_i/T)/sum_j e^(z_j/T)"), ("softmax(b*z)_i + z_k", "e^(b*z_i)/sum_j e^(b*z_j) + z_k"),
    ("d/dT softmax(z/T)_1", "d/dT [e^(z_1/T)/sum_i e^(z_i/T)]"),
    ("softmax(z - m)_i + z_k", "e^(z_i - m)/sum_j e^(z_j - m) + z_k"),
    ("softmax(z + b)_i - z_k*b_k", "e^(z_i + b_i)/sum_j e^(z_j + b_j) - z_k*b_k"),
    ("d/dz_2 [sum_i y_i*softmax(z + y)_i]", "d/dz_2 [sum_i y_i*(e^(z_i + y_i)/sum_j e^(z_j + y_j))]"),  # z is no number
    ("d/dz₂ [sum_i y_i*softmax(z + y)_i]", "d/dz_2 [sum_i y_i*(e^(z_i + y_i)/sum_j e^(z_j + y_j))]"),
    ("softmax(softmax(z))_i", "e^(e^(z_i)/sum_j e^(z_j))/sum_j e^(e^(z_j)/sum_k e^(z_k))"),
    ("softmax(log_softmax(z)/T)_i", "e^((z_i - ln(sum_j e^(z_j)))/T)/sum_j e^((z_j - ln(sum_k e^(z_k)))/T)"),
    ("p = softmax(z)", "p_i = e^(z_i)/sum_j e^(z_j)"), ("p := softmax(z/2);", "p_i = e^(z_i/2)/sum_j e^(z_j/2)"),
    ("p = softmax(S); S_{ij}", "p_{ij} = e^(S_{ij})/sum_k e^(S_{ik}); S_{ij}"),
    ("p = softmax(z); -sum_j y_j*ln(p_j)", "p_i = e^(z_i)/sum_k e^(z_k); -sum_j y_j*ln(p_j)"),
    ("j*softmax(z)_i", "j*(e^(z_i)/sum_k e^(z_k))"),  # j stands for a number
    ("p = softmax(j*z); j*p_i*z_i", "u_i = j*z_i; p_i = e^(u_i)/sum_k e^(u_k); j*p_i*z_i"),
    ("p = softmax(z/T); p_k", "u_i = z_i/T; p_i = e^(u_i)/sum_j e^(u_j); p_k"),  # a line of its own beside others
    ("p_i = softmax(z_i - u); p_k", "v_i = z_i - u; p_i = e^(v_i)/sum_j e^(v_j); p_k"),
    ("p_2 = softmax(z/T)_2; p_2", "p_2 = e^(z_2/T)/sum_i e^(z_i/T); p_2"),
    ("z_i = sum_j W_{ij}; logsumexp(z)", "z_i = sum_j W_{ij}; ln(sum_k e^(z_k))"),
    ("sum_j y_j*ln(softmax(z)_j)", "sum_j y_j*ln(e^(z_j)/sum_i e^(z_i))"),
    ("softmax(a, b, c)_2", "e^b/(e^a + e^b + e^c)"), ("softmax(0, x)_1", "e^0/(e^0 + e^x)"),
    ("log_softmax(a, b)_1", "a - ln(e^a + e^b)"), ("softmax(a, b)", "(e^a/(e^a + e^b), e^b/(e^a + e^b))"),
    ("sum_j (z_j*softmax(z_i, z_j)_1)", "sum_j (z_j*(e^(z_i)/(e^(z_i) + e^(z_j))))"),
    ("softmax(z_1, 2x)_1", "e^(z_1)/(e^(z_1) + e^(2x))"),
    ("p = softmax(a, b); 2*p_1", "p_1 = e^a/(e^a + e^b); 2*p_1"),  # no line that nothing uses
    ("p = softmax(a, b); p_{1}*p_2", "p_1 = e^a/(e^a + e^b); p_2 = e^b/(e^a + e^b); p_1*p_2"),
    ("softmax(softmax(a, b)_1, 0)_2", "e^0/(e^(e^a/(e^a + e^b)) + e^0)"),
    ("logsumexp(a, softmax(z)_1)", "logsumexp(a, e^(z_1)/sum_i e^(z_i))"),
]


@pytest.mark.parametrize(("named", "defined"), SAME)
def test_a_name_is_read_as_its_definition(named: str, defined: str) -> None:
    assert parse(named) is parse(defined)


@pytest.mark.parametrize(("typed", "named"), [
    (r"\operatorname{softmax}(z)_i", "softmax(z)_i"), (r"\mathrm{softmax}\left(\mathbf{z}\right)_{i}", "softmax(z)_i"),
    (r"\text{softmax}(\frac{z}{2})_i", "softmax(z/2)_i"), (r"\operatorname{softmax}_i(z)", "softmax(z)_i"),
    (r"\operatorname{softmax}(\mathbf{z})_i + z_k", "softmax(z)_i + z_k"),
    (r"\operatorname{LogSumExp}(z)", "logsumexp(z)"),
    (r"\operatorname{softmax}\left(S\right)_{ij}", "softmax(S)_{ij}"),
    (r"p = \operatorname{softmax}(\mathbf z); -\sum_i y_i \ln p_i", "p = softmax(z); -sum_i y_i*ln(p_i)"),
])
def test_latex(typed: str, named: str) -> None:
    assert parse(typed) is parse(named)


@pytest.mark.parametrize("named", ["softmax(z)_i", "logsumexp(z)", "softmax(a, b)_1", "softmax(S)_{ij}"])
def test_what_was_read_is_read_back(named: str) -> None:
    found = parse(named)
    assert parse(str(found)) is parse(latex(found)) is found


@pytest.mark.parametrize(("text", "notes"), [
    ("softmax(z)_i - softmax(z)_k", ["softmax(z)_i is e^(z_i)/sum_j e^(z_j)."]),
    ("x + 2*softmax(S)_{ij}", ["softmax(S)_{ij} is e^(S_{ij})/sum_k e^(S_{ik}), along each row."]),
    ("p = softmax(z)", ["p = softmax(z) is read as p_i = e^(z_i)/sum_j e^(z_j)."]),
    ("softmax(z_i)", ["softmax(z_i) is e^(z_i)/sum_j e^(z_j)."]),
    ("logsumexp(z)", ["logsumexp(z) is ln(sum_i e^(z_i))."]),
    (r"x + \operatorname{softmax}(\frac{z}{T})_i", ["softmax(z/T)_i is e^(z_i/T)/sum_j e^(z_j/T)."]),
    ("softmax(a, b)_1", ["softmax(a, b)_1 is e^a/(e^a + e^b)."]), ("logsumexp(a, b)", []),
])
def test_a_note_says_what_a_name_is_read_as(text: str, notes: list[str]) -> None:
    found = [note for note in read(text).notes if note.kind == "function-of-list"]
    assert [note.message for note in found] == notes
    assert all(text[note.start:note.end].startswith(("softmax", "logsumexp", r"\operatorname")) for note in found)


@pytest.mark.parametrize(("text", "place", "message"), [
    ("1 + softmax(z)", "softmax(z)", "softmax(z) is a list. For the slopes of its parts, type p = softmax(z); dp/dz."),
    ("p = softmax(z)/2", "softmax(z)", "softmax(z) is a list. For the slopes of its parts, type"),
    ("y*softmax(a, b)", "softmax(a, b)", "softmax(a, b) is a list. Say which of its parts is meant"),
    ("softmax(2)_i", "softmax(2)_i", "softmax is of a whole list, as in softmax(z), and in softmax(2) there is none."),
    ("softmax()_i", "softmax()_i", "Nothing stands in the brackets of softmax."),
    ("softmax(b*z)_i", "softmax(b*z)_i", "Which of the letters b and z in softmax(b*z) is a list? Give the list"),
    ("d/dz_2 [softmax(y/z)_1]", "softmax(y/z)_1", "Which of the letters y and z in softmax(y/z) is a list?"),
    ("softmax(u*v)_i + u_i*v_i", "softmax(u*v)_i", "In softmax(u*v), u*v is made of two lists. Give the list a line"),
    ("softmax(W*x + b)_i + b_k", "softmax(W*x + b)_i", "In softmax(W*x + b), W*x is no list, since nothing in it"),
    ("softmax(a, b, c)_4", "softmax(a, b, c)_4", "softmax(a, b, c) has 3 parts: type one of softmax(a, b, c)_1 to"),
    ("softmax(a, b)_i", "softmax(a, b)_i", "softmax(a, b) has 2 parts"),
    ("softmax(z_i)_i", "softmax(z_i)_i", "A whole list stands in the brackets of softmax, and behind them which part"),
    ("softmax(x_i*y_j)", "softmax(x_i*y_j)", "softmax(x_i*y_j): it is not clear over which index the sum in it runs."),
    ("z_i + logsumexp(z_i)", "logsumexp(z_i)", "logsumexp(z_i) is of one part of a list. For the whole list, type"),
    ("softmax(z) = e^z", "softmax(z)", "softmax is known by its name, so it cannot be the name of a line."),
    ("x; softmax(z)_i = 2", "softmax(z)_i", "softmax is known by its name, so it cannot be the name of a line."),
    ("softmax z", "softmax", "softmax is not part of the notation: a list in brackets follows it"),
    ("softmax = z^2", "softmax", "softmax is not part of the notation: a list in brackets follows it"),
    ("softmax(x^)_i", ")", "Something is missing after ^"),
    ("softmax(z)_i + 3 % 2", "%", "% is not part of the notation"),
    ("2 % 3 + softmax(z)_i", "%", "% is not part of the notation"),
    ("i*j*k*l*p*q*r*s*m*softmax(z)_2", "softmax(z)_2", "softmax(z) needs a letter of its own for an index"),
    (r"\frac{1}{2} + \operatorname{softmax}(z)", r"\operatorname{softmax}(z)", "softmax(z) is a list."),
])
def test_what_is_wrong_is_said_with_its_place(text: str, place: str, message: str) -> None:
    with pytest.raises(NotationError) as caught:
        parse(text)
    assert str(caught.value).startswith(message)
    start, end = caught.value.position or (0, 0)
    assert text[start:end] == place


@pytest.mark.parametrize("text", [
    "softmax(" * 5_000 + "z" + ")" * 5_000, "softmax(a, " * 12 + "b" + ")_1" * 12, "p = softmax(z); " * 600,
    "softmax(" + "a, " * 3_000 + "b)_1 + softmax(a, b)_2", "softmax" + "(" * 50_000,
])
def test_what_is_too_long_is_refused_at_once(text: str) -> None:
    with pytest.raises(TutorError):
        parse(text)


def test_many_one_in_the_other_are_refused_in_words() -> None:
    with pytest.raises(LimitError, match="More than 8 functions of lists stand one in the other here"):
        parse("softmax(" * 9 + "z" + ")" * 9 + "_1")


# -- values ------------------------------------------------------------------------------------------------------------


def _softmax(z: Any) -> Any:
    return np.exp(z) / np.sum(np.exp(z))


ARGUMENTS: dict[str, Callable[[Any, float], Any]] = {
    "{z}": lambda z, t: z, "-{z}": lambda z, t: -z, "{z}/{t}": lambda z, t: z / t, "{t}*{z}": lambda z, t: t * z,
    "{z} - {t}": lambda z, t: z - t, "({z}^2 + 1)/{t}": lambda z, t: (z**2 + 1) / t,
    "softmax({z})": lambda z, t: _softmax(z), "{t}*softmax({z}/{t})": lambda z, t: t * _softmax(z / t),
    "log_softmax({z})": lambda z, t: np.log(_softmax(z)),
}


@given(st.sampled_from([*ARGUMENTS]), st.permutations("ijklpqrsm"), st.lists(st.floats(-3, 3), min_size=1, max_size=4))
def test_no_letter_is_captured(argument: str, letters: list[str], parts: list[float]) -> None:
    """A number, two indices of sums and a size have any of the letters that indices are taken from. As a number, i
    would be the imaginary unit."""
    number, size = [letter for letter in letters if letter != "i"][:2]
    outer, inner = [letter for letter in letters if letter not in (number, size)][:2]
    z = np.array(parts)
    softmax = _softmax(ARGUMENTS[argument](z, 1.7))
    named = argument.format(z="z", t=number)
    text = (f"{number}*sum_{{{outer}=1}}^{{{size}}} z_{outer}*softmax({named})_{outer}"
            f"*sum_{inner} z_{inner}*softmax({named})_{outer}*softmax({named})_{inner}")
    found = value(parse(text), {"z": z, number: 1.7, size: len(parts)})
    assert found == pytest.approx(1.7 * np.sum(z * softmax**2) * np.sum(z * softmax), rel=1e-9, abs=1e-12)


@given(st.lists(st.floats(-3, 3), min_size=2, max_size=5), st.data())
def test_the_parts_of_softmax_of_numbers(parts: list[float], data: st.DataObject) -> None:
    place = data.draw(st.integers(1, len(parts)))
    letters = "abcdf"[:len(parts)]
    at = dict(zip(letters, parts, strict=True))
    named = f"({', '.join(letters)})_{place}"
    assert value(parse(f"softmax{named}"), at) == pytest.approx(_softmax(np.array(parts))[place - 1])
    assert value(parse(f"log_softmax{named}"), at) == pytest.approx(np.log(_softmax(np.array(parts))[place - 1]))
