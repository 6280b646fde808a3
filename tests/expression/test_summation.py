"""Sums with an index and parts of lists: how they are read, and that what is written reads back."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.errors import NotationError
from tutor.expression import tree
from tutor.expression.latex import latex
from tutor.expression.notes import other_texts
from tutor.expression.parse import parse, read, read_as_typed
from tutor.expression.tree import ONE, Expression, indexed, name, number
from tutor.expression.write import PRETTY, write

i, j, k, n = name("i"), name("j"), name("k"), name("n")
x_i = indexed("x", i)


@pytest.mark.parametrize("typed", [
    "sum_{i=1}^{n} x_i^2", "sum_(i=1)^n x_i^2", "sum_{i = 1}^n x_{i}^2", "sum_i=1^n x_i^2", "Sum_i^n x_i^2",
    "Σ_{i=1}^n x_i^2", "∑_(i=1)^(n) x_i²", "Σᵢ₌₁ⁿ xᵢ²", "sum_i x_i^2", "Σ_i x_i^2", "∑_i x_i^2", "Σᵢ xᵢ²",
    r"\sum_{i=1}^{n} x_i^2", r"\sum_{i=1}^n x_{i}^{2}", r"\sum\limits_{i=1}^{n}x_i^2", r"\sum_i x_i^2", r"\sum_ix_i^2",
])
def test_ways_to_type_one_sum(typed: str) -> None:
    assert parse(typed) is tree.finite_sum(tree.power(x_i, number(2)), i, ONE, n)


@pytest.mark.parametrize(("typed", "same"), [
    ("sum_i w_i*x_i + b", "(sum_i w_i*x_i) + b"),
    ("sum_i x_i * sum_j y_j", "sum_i (x_i * sum_j y_j)"),
    ("2*sum_i x_i*y_i/z", "2*(sum_i (x_i*y_i/z))"),
    ("-sum_i y_i*ln(p_i)", "-(sum_i (y_i*ln(p_i)))"),
    ("1/sum_j e^z_j", "1/(sum_j (e^z_j))"),
    ("ln sum_j e^z_j", "ln(sum_j (e^z_j))"),
    ("sum_{i,j} W_{ij}", "sum_i sum_j W_{ij}"),
    ("sum_{i,j=1}^{n} W_{ij}", "sum_{i=1}^{n} sum_{j=1}^{n} W_{ij}"),
    ("sum_i sum_j W_ij*x_j", "sum_i sum_j W_{i,j}*x_j"),
    ("sum_i x_i + sum_{j=1}^{n} x_j", "(sum_{i=1}^{n} x_i) + sum_{j=1}^{n} x_j"),
    ("1/n*sum_i (w*x_i - y_i)^2", "1/n*sum_{i=1}^{n} (w*x_i - y_i)^2"),
    ("d/dwsum_{i=1}^{n}x_i", "d/dw sum_{i=1}^{n} x_i"),
    ("1/N*sum_i (w*x_i - y_i)^2", "1/N*sum_{i=1}^{N} (w*x_i - y_i)^2"),
    ("sum_j w_j^2 + 1/n*sum_i (sum_j X_{ij}*w_j)^2",  # n belongs to the sum that it stands beside
     "sum_{j=1}^{m} w_j^2 + 1/n*sum_{i=1}^{n} (sum_{j=1}^{m} X_{ij}*w_j)^2"),
    ("sum_j w_j + (sum_i x_i - sum_i y_i)/(2n)", "sum_{j=1}^{m} w_j + (sum_{i=1}^{n} x_i - sum_{i=1}^{p} y_i)/(2*n)"),
    ("sum_j w_j + sum_i -x_i^2/n", "sum_{j=1}^{m} w_j + sum_{i=1}^{n} (-x_i^2/n)"),
    ("z_i = sum_j X_{ij}*w_j; 1/n*sum_i z_i^2", "z_i = sum_{j=1}^{m} X_{ij}*w_j; 1/n*sum_{i=1}^{n} z_i^2"),
    ("z_i = sum_j X_{ij}*w_j; s = sum_i z_i; s/n", "z_i = sum_{j=1}^{m} X_{ij}*w_j; s = sum_{i=1}^{n} z_i; s/n"),
    ("1/n*sum_i (sum_j X_{ij}*w_j)^2", "1/n*sum_{i=1}^{n} (sum_{j=1}^{m} X_{ij}*w_j)^2"),
    ("sum_{i=1}^{3} i^2", "sum_{k=1}^{3} k^2".replace("k", "i")),
])
def test_what_a_sum_takes(typed: str, same: str) -> None:
    assert parse(typed) is parse(same)


def test_lists_and_names() -> None:
    assert parse("sum_i x_i + x_1 + x_k + w_1 + w_{in}").args[1:] == (
        indexed("x", ONE), indexed("x", k), name("w_1"), name("w_{in}"))
    assert parse("x_i + x_1") is tree.add(name("x_i"), name("x_1"))
    assert parse("sum_i x_i + i").args[1] is tree.I
    assert parse("sum_{i=1}^{n} i").args[0] is i
    assert parse("sum_i W_{ik}*delta_{ik} + W_{12}").args[1] is indexed("W", ONE, number(2))
    assert parse("sum_i x_i + x_{12}").args[1] is indexed("x", number(12))
    assert parse("x_k + y", lists={"x": ()}) is tree.add(indexed("x", k), name("y"))


def test_lines_with_an_index() -> None:
    typed = "z_i = sum_j W_{ij}*x_j + b_i; p_i = e^(z_i)/sum_j e^(z_j); L = -sum_i y_i*ln(p_i); dL/dz_k"
    *lines, asked = read_as_typed(typed, is_problem=True).expression.args
    assert [line.args[0] for line in lines] == [indexed("z", i), indexed("p", i), name("L")]
    assert asked is tree.node("rate", (name("L"), indexed("z", k)), "d")
    assert parse("sum_j w_j*x_j; dp_i/dw_j").args[1] is tree.node("rate", (name("p_i"), indexed("w", j)), "d")
    assert parse("d^2/dx_k^2 [sum_i x_i^3]").args[1] is indexed("x", k)
    assert parse("∂/∂W_{kl} sum_{i,j} W_{ij}").args[1] is indexed("W", k, name("l"))


@pytest.mark.parametrize("text", [
    "d/dx_[k] [x_[i]]", "delta_[i,k]", "x_[2] + x_[i]*W_[i,1]", "sum_{i=1}^{n} delta_{ik}*x_i + delta_[1,2]",
    "(sum_{i=1}^{n} x_i)^2", "(sum_{i=1}^{n} x_i)*y", "2*sum_{i=1}^{n} x_i", "sum_{i=1}^{n} (x_i + 1)",
    "sum_{i=1}^{n} x_i + 1", "1/(sum_{i=1}^{n} x_i)", "(sum_{i=1}^{n} x_i)/n", "e^(sum_{i=1}^{n} x_i)",
    "sum_{i=1}^{n} (-x_i)", "-sum_{i=1}^{n} x_i", "sum_{i=k + 1}^{2*n} x_i", "sum_{i=1}^{n} sum_{j=1}^{i} W_{ij}",
    "d/dx_k [sum_{i=1}^{n} x_i]", "dL/dx_[k]",
])
def test_written_as_typed(text: str) -> None:
    assert str(parse(text)) == text


@pytest.mark.parametrize(("typed", "shown"), [
    ("sum_{i=1}^{n} x_i^2", "Σᵢ₌₁ⁿ xᵢ²"), ("sum_{i=1}^{n} W_{ij}*x_j", "Σᵢ₌₁ⁿ Wᵢⱼ·xⱼ"),
    ("sum_{i=1}^{N} x_i", "Σ_{i=1}^{N} xᵢ"), ("sum_{i=1}^{n} delta_{ik}*x_b*x_i*x_2", "Σᵢ₌₁ⁿ δᵢₖ·x_b·xᵢ·x₂"),
    ("sum_{i=1}^{n} 2*x_i", "Σᵢ₌₁ⁿ 2xᵢ"),
    ("2*sum_{j=1}^{n - 1} W_{1,j}*W_{j,12}", "2·Σⱼ₌₁ⁿ⁻¹ W₁ⱼ·W_{j,12}"),
])
def test_shown(typed: str, shown: str) -> None:
    assert write(parse(typed), PRETTY) == shown


@pytest.mark.parametrize(("typed", "part", "words"), [
    ("sum_i x_{i+1}", "x_{i+1}", "an index is a letter or a whole number"),
    ("sum_{i<j} x_i", "sum_{i<j}", "from one whole number to another"),
    ("2 + sum_i 1", "sum_i", "How far does i run?"),
    ("sum_{i=1} x_i", "sum_{i=1}", "upper bound is missing"),
    ("sum_e x_e", "sum_e", "e is a constant"),
    ("sum_i T_{i,j,k,l,m}", "T_{i,j,k,l,m}", "at most 4"),
    ("W_{i,j} + 1", "W_{i,j}", "no sum that makes i an index"),
    ("sum x", "sum", "a sum needs an index"),
    ("sum_{i=1}^{} x_i", "", "bound of this sum is missing"),
    ("d/dx_1 [sum_i x_i^2] at x_1 = 2", "x_1", "x is a list here, and numbers for lists"),
    ("d/dx_2 [sum_i x_i^2] at x = (1, 2)", ",", "Numbers for lists stand behind the whole problem"),
    ("sum_i sum_i x_i", "sum_i", "two sums with the index i"),
    ("sum_{i=1}^{n,m} x_i", ",", "A comma separates"), ("sum_{i=1}^{n=2} x_i", "n=2", "bounds of a sum"),
])
def test_refused(typed: str, part: str, words: str) -> None:
    with pytest.raises(NotationError) as caught:
        parse(typed)
    problem = caught.value.problems[0]
    assert words in problem.message
    assert typed[problem.start:problem.end].startswith(part)


def notes(typed: str) -> list[str]:
    return [note.kind for note in read(typed).notes]


def test_notes() -> None:
    assert notes("sum_i x_i + b") == ["sum-behind-sum", "size-of-list"]
    assert notes("z_k = sum_{i=1}^{n} x_i*y_k + x_i") == ["sum-behind-sum"]
    for plain in ("z_i = sum_{j=1}^{m} W_{ij}*x_j + b_i", "z_i = sum_{j=1}^{m} W_ij x_j - 2*b_i",
                  "sum_{i=1}^{n} (x_i - 1)^2 + c", "sum_{i=1}^{n} [x_i - y_i] - c"):
        assert notes(plain).count("sum-behind-sum") == 0
    assert notes("sum_i x_i + sum_i y_i") == ["size-of-list", "size-of-list"]
    assert [(note.start, note.end) for note in read("sum_i x_i + sum_i y_i").notes] == [(0, 5), (12, 17)]
    assert notes("sum_{i=1}^{n} x_i") == []
    assert notes("sum_{i=1}^{n} sum_{j=1}^{m} W_ij") == ["joined-indices"]


@pytest.mark.parametrize(("typed", "meant"), [
    ("sum_k W_ik*x_k", "sum_k W_{ik}*x_k"),
    ("z_i = sum_{j=1}^{m} W_ij x_j", "z_i = sum_{j=1}^{m} W_{ij}*x_j"),
    ("sum_i w*x_iy", "sum_i w*x_i*y"),  # y is no usual index
    ("sum_{i=1}^{j} x_ij", "sum_{i=1}^{j} x_i*j"),  # j is the size
])
def test_two_letters_below_another_one(typed: str, meant: str) -> None:
    assert parse(typed) is parse(meant)


def test_the_other_reading_of_a_sum() -> None:
    typed = "sum_{i=1}^{n} x_i + b"
    assert other_texts(typed, read(typed).notes) == ["sum_{i=1}^{n} (x_i + b)"]




NUMBERS = st.sampled_from([ONE, number(2), name("a"), name("b"), name("n"), tree.E])


@st.composite
def with_sums(draw: st.DrawFn, depth: int = 4, bound: tuple[str, ...] = ()) -> Expression:
    """An expression with sums, whose lists have only indices of these sums."""
    if depth == 0:
        parts = [draw(NUMBERS)]
        if bound:
            index = name(draw(st.sampled_from(bound)))
            other = name(draw(st.sampled_from(bound)))
            parts += [indexed("x", index), indexed("W", index, other), tree.same(index, other), index]
        return draw(st.sampled_from(parts))
    part = with_sums(depth=depth - 1, bound=bound)
    match draw(st.sampled_from(["sum", "finite_sum", "finite_sum", "product", "quotient", "power", "negation", "ln"])):
        case "sum":
            return tree.add(draw(part), draw(part), *draw(st.lists(part, max_size=1)))
        case "product":
            return tree.multiply(draw(part), draw(part), *draw(st.lists(part, max_size=1)))
        case "quotient":
            return tree.divide(draw(part), draw(part))
        case "power":
            return tree.power(draw(part), draw(part))
        case "negation":
            return tree.negate(draw(part))
        case "ln":
            return tree.call("ln", draw(part))
    letter = draw(st.sampled_from("ijk"))
    body = draw(with_sums(depth=depth - 1, bound=(*bound, letter)))
    return tree.finite_sum(body, name(letter), draw(part) if draw(st.booleans()) else ONE,
                           draw(st.sampled_from([n, name("N"), number(12), tree.add(n, number(1))])))


@settings(max_examples=100, deadline=None)
@given(with_sums())
def test_text_reads_back_as_the_same_tree(root: Expression) -> None:
    assert parse(str(root)) is root


@settings(max_examples=100, deadline=None)
@given(with_sums())
def test_latex_reads_back_as_the_same_tree(root: Expression) -> None:
    assert parse(latex(root)) is root


PARTS = st.builds(indexed, st.sampled_from("xW"), st.sampled_from([i, k, ONE, number(12)]))


@given(st.lists(PARTS | st.builds(indexed, st.just("A"), st.sampled_from([i, ONE]), st.sampled_from([k, number(23)]))
                | st.builds(tree.same, st.sampled_from([i, ONE]), st.sampled_from([k, number(2)])),
                min_size=1, max_size=4), st.booleans())
def test_parts_without_a_sum_read_back(parts: list[Expression], has_sum: bool) -> None:
    more = [tree.finite_sum(indexed("A", i, i), i, ONE, n)] if has_sum else []
    root = tree.derivative(tree.add(*parts, *more), indexed("x", k))
    assert parse(str(root)) is root
