"""`tutor critical`, as a person and as a program use it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tutor.cli.main import main


def run(*arguments: str, command: str = "critical", **options: Any) -> Result:
    """The outcome of a command, any exception but an exit being a failure of the test."""
    return CliRunner().invoke(main, [command, *arguments], catch_exceptions=False,
                              env={"COLUMNS": "80", "NO_COLOR": "1"}, **options)


TRANSCRIPTS = [
    (["fit y = w*x to (1, 2), (2, 3)"], """\
  model        y = w·x
  loss         (w − 2)² + (2w − 3)²
  slope        d/dw [(w − 2)² + (2w − 3)²] = 10w − 16
  ✓ checked    4 steps: tutor "d/dw [(w - 2)^2 + (2*w - 3)^2]"

  Where is the slope 0?
  10w − 16 = 0
  1  Solve the linear equation
     w = 8/5

  What is there?
  second derivative  d²/dw² [(w − 2)² + (2w − 3)²] = 10

    w    value    kind
  8/5      1/5    minimum: second derivative 10 > 0

  What happens towards the open ends?
  lim_(w→−∞) ((w − 2)² + (2w − 3)²) = ∞
  lim_(w→∞) ((w − 2)² + (2w − 3)²) = ∞
  ✓ checked    2 limits

  The function is convex: its second derivative is 10.
  The smallest of all values is 1/5, at w = 8/5. Towards the open ends the
  values do not become smaller.
  There is no largest value: as w goes to −∞ or to ∞, the values grow beyond
  every number.
  The best fit is y = 8x/5.
  ✓ 1 step of solving, checked by numbers that know no rules
"""),
    (["x^3 - 3x on [0, 2]"], """\
  slope        d/dx [x³ − 3x] = 3x² − 3
  ✓ checked    1 step: tutor "d/dx [x^3 - 3*x]"

  Where is the slope 0?
  3x² − 3 = 0
  1  Factor the left side
     3(x + 1)·(x − 1) = 0
  2  Divide by the constant factor
     (x + 1)·(x − 1) = 0
  3  A product is 0 where a factor is 0
     x + 1 = 0 or x − 1 = 0
  4  Solve the linear equation
     x = −1 or x = 1
  x = −1 lies outside, and does not count.

  What is there?
  second derivative  d²/dx² [x³ − 3x] = 6x

  x    value    kind
  0        0    maximum, end of the interval: it falls from here on
  1       −2    minimum: second derivative 6 > 0
  2        2    maximum, end of the interval: it rises up to here

  The function is convex on this interval: there its second derivative 6x is
  never negative.
  The smallest of all values is −2, at x = 1.
  The largest of all values is 2, at x = 2.
  ✓ 5 steps of solving, each checked by numbers that know no rules
"""),
    (["x*e^(-x)", "--detail", "brief"], """\
  slope        d/dx [x·e^(−x)] = (1 − x)·e^(−x)
  ✓ checked    4 steps: tutor "d/dx [x*e^-x]"

  What is there?
  second derivative  d²/dx² [x·e^(−x)] = (x − 2)·e^(−x)

  x    value    kind
  1      1/e    maximum: second derivative −1/e < 0

  What happens towards the open ends?
  lim_(x→−∞) x·e^(−x) = −∞
  lim_(x→∞) x·e^(−x) = 0
  ✓ checked    2 limits: tutor "lim_(x->-infinity) x*e^-x"

  There is no smallest value: as x goes to −∞, the values fall below every
  number.
  The largest of all values is 1/e, at x = 1. Towards the open ends the values
  do not become larger.
  ✓ 3 steps of solving, each checked by numbers that know no rules
"""),
    (["(x + y - 3)^2 + 2*abs(x) + abs(y)", "--detail", "brief"], """\
  All letters vary here: x, y. To hold some constant, say which vary, as in --by
  x.
  Each letter in bars lies below its corner, in it or above it, and in each of
  these cases there are no bars left. The function is convex, so a point from
  which no step in one letter leads down is the lowest of all.

  For x = 0 and y > 0
  (y − 3)² + y

  slope        d/dy [(y − 3)² + y] = 2y − 5
  ✓ checked    2 steps: tutor "d/dy [(y - 3)^2 + y]"

  What is there?
  second derivative  d²/dy² [(y − 3)² + y] = 2

    y    value    kind
  5/2     11/4    minimum: second derivative 2 > 0

  What happens towards the open ends?
  lim_(y→−∞) ((y − 3)² + y) = ∞
  lim_(y→∞) ((y − 3)² + y) = ∞
  ✓ checked    2 limits: tutor "lim_(y->-infinity) ((y - 3)^2 + y)"

  All letters together

  x    y  value  kind
  0  5/2   11/4  minimum, no slope: no step in any letter leads down, and the
                 function is convex

  At x = 0 the slope by x would be −1 without the bars, and these add a slope
  between −2 and 2: no step in x leads down.
  The smallest of all values is 11/4, at x = 0, y = 5/2.
  There is no largest value: as y goes to ∞ along the line (0, y), the values
  grow beyond every number.
  ✓ 1 step of solving, checked by numbers that know no rules
"""),
    (["e^(-1/x)", "--detail", "brief"], """\
  slope        d/dx [e^(−1/x)] = e^(−1/x)/x²
  ✓ checked    3 steps: tutor "d/dx [e^-(1/x)]"

  What happens towards the open ends?
  lim_(x→−∞) e^(−1/x) = 1
  lim_(x→0⁻) e^(−1/x) = ∞
  lim_(x→0⁺) e^(−1/x) = 0
  lim_(x→∞) e^(−1/x) = 1
  ✓ checked    4 limits: tutor "lim_(x->-infinity) e^-(1/x)"

  There is no critical point.
  There is no smallest value: as x goes to 0 from the right, the values come as
  close to 0 as you like, and all of them are larger.
  There is no largest value: as x goes to 0 from the left, the values grow
  beyond every number.
  ✓ 1 step of solving, checked by numbers that know no rules
"""),
    (["x^3 - 3x + y^2", "--detail", "brief"], """\
  All letters vary here: x, y. To hold some constant, say which vary, as in --by
  x.
  slopes       ∂/∂x [x³ − 3x + y²] = 3x² − 3
               ∂/∂y [x³ − 3x + y²] = 2y
  ✓ checked    2 steps

  What is there?
  second derivatives  of the slope by x: (6x, 0)
                      of the slope by y: (0, 2)

   x   y   value   kind
  −1   0       2   saddle: determinant −12 < 0
   1   0      −2   minimum: determinant 12 > 0 and second derivative by x 6 > 0

  There is no smallest value: as x goes to −∞ and nothing else changes, the
  values fall below every number.
  There is no largest value: as x goes to ∞ and nothing else changes, the values
  grow beyond every number.
  ✓ 6 steps of solving, each checked by numbers that know no rules
"""),
    (["(w - a)^2 + k*w^2", "--by", "w"], """\
  slope        d/dw [(w − a)² + k·w²] = 2w − 2a + 2k·w
  ✓ checked    3 steps: tutor "d/dw [(w - a)^2 + k*w^2]"

  Where is the slope 0?
  2w − 2a + 2k·w = 0
  1  Solve the linear equation
     w = a/(k + 1)
     assuming 2k + 2 ≠ 0

  What is there?
  second derivative  d²/dw² [(w − a)² + k·w²] = 2k + 2

          w         value  kind
  a/(k + 1)  a²·k/(k + 1)  not decided: minimum if k + 1 > 0, maximum if
                           k + 1 < 0; only if k + 1 ≠ 0

  ✓ 1 step of solving, checked by numbers that know no rules
"""),
    (["x*ln(x)", "--detail", "full"], """\
  slope        d/dx [x·ln(x)] = ln(x) + 1
  ✓ checked    3 steps: tutor "d/dx [x*ln(x)]"

  Where is the slope 0?
  ln(x) + 1 = 0
  1  Bring the constant to the other side
     Subtract 1 on both sides.
     ln(x) = −1
  2  Undo the logarithm
     The exponential function undoes the logarithm.
     x = 1/e

  What is there?
  second derivative  d²/dx² [x·ln(x)] = 1/x

    x    value    kind
  1/e     −1/e    minimum: second derivative e > 0

  What happens towards the open ends?
  lim_(x→0⁺) x·ln(x) = 0
  lim_(x→∞) x·ln(x) = ∞
  ✓ checked    2 limits: tutor "lim_(x->0+) x*ln(x)"

  The function is convex: its second derivative 1/x is never negative where the
  function has a value.
  The smallest of all values is −1/e, at x = 1/e. Towards the open ends the
  values do not become smaller.
  There is no largest value: as x goes to ∞, the values grow beyond every
  number.
  ✓ 2 steps of solving, each checked by numbers that know no rules
"""),
    (["abs(x - 1) + x/2"], """\
  function     |x − 1| + x/2
  slope        d/dx [1 − x/2] = −1/2 for x < 1
               d/dx [3x/2 − 1] = 3/2 for x > 1
  ✓ checked    2 steps

  Where is the slope 0?
  For x < 1:
  −1/2 = 0
  This is never true.

  For x > 1:
  3/2 = 0
  This is never true.

  What is there?

  x    value    kind
  1      1/2    minimum, no slope: it falls before and rises after

  What happens towards the open ends?
  lim_(x→−∞) (1 − x/2) = ∞
  lim_(x→∞) (3x/2 − 1) = ∞
  ✓ checked    2 limits: tutor "lim_(x->-infinity) (1 - x/2)"

  The smallest of all values is 1/2, at x = 1. Towards the open ends the values
  do not become smaller.
  There is no largest value: as x goes to −∞ or to ∞, the values grow beyond
  every number.
"""),
    (["sin(x)"], """\
  slope        d/dx [sin(x)] = cos(x)
  ✓ checked    1 step: tutor "d/dx [sin(x)]"

  Where is the slope 0?
  cos(x) = 0
  1  Where the cosine is 0
     x = π/2 + π·k

  What is there?
  second derivative  d²/dx² [sin(x)] = −sin(x)

            x    value    kind
   π/2 + 2π·k        1    maximum: second derivative −1 < 0 at each of them
  3π/2 + 2π·k       −1    minimum: second derivative 1 > 0 at each of them

  k stands for every whole number.

  The smallest of all values is −1, at x = 3π/2 + 2π·k.
  The largest of all values is 1, at x = π/2 + 2π·k.
  ✓ 1 step of solving, checked by numbers that know no rules
"""),
    (["x^2*ln(x)"], """\
  slope        d/dx [x²·ln(x)] = 2x·ln(x) + x
  ✓ checked    4 steps: tutor "d/dx [x^2*ln(x)]"

  Where is the slope 0?
  2x·ln(x) + x = 0
  1  Factor the left side
     x·(2·ln(x) + 1) = 0
  2  A product is 0 where a factor is 0
     x = 0 or 2·ln(x) + 1 = 0
  3  Bring the constant to the other side
     2·ln(x) + 1 = 0 ⇔ 2·ln(x) = −1
  4  Divide by the constant factor
     ln(x) = −1/2
  5  Undo the logarithm
     x = 1/√e
     x = 0 is thrown out: 2x·ln(x) + x has no value there.

  What is there?
  second derivative  d²/dx² [x²·ln(x)] = 2·ln(x) + 3

     x      value    kind
  1/√e    −1/(2e)    minimum: second derivative 2 > 0

  What happens towards the open ends?
  lim_(x→0⁺) x²·ln(x) = 0
  lim_(x→∞) x²·ln(x) = ∞
  ✓ checked    2 limits: tutor "lim_(x->0+) x^2*ln(x)"

  The smallest of all values is −1/(2e), at x = 1/√e. Towards the open ends the
  values do not become smaller.
  There is no largest value: as x goes to ∞, the values grow beyond every
  number.
  ✓ 5 steps of solving, each checked by numbers that know no rules
"""),
    (["x - x"], """\
  slope        d/dx [x − x] = 0
  ✓ checked    1 step: tutor "d/dx [x - x]"

  The slope is 0 everywhere: x − x is constant, so every point is critical, and
  a minimum and a maximum at once.
"""),
    (["(w + b - 2)^2 + (2w + b - 3)^2 + (3w + b - 5)^2"], """\
  All letters vary here: w, b. To hold some constant, say which vary, as in --by
  w.
  slopes       ∂/∂w [(w + b − 2)² + (2w + b − 3)² + (3w + b − 5)²]
                   = 28w + 12b − 46
               ∂/∂b [(w + b − 2)² + (2w + b − 3)² + (3w + b − 5)²]
                   = 12w + 6b − 20
  ✓ checked    10 steps

  Where are all slopes 0?
  28w + 12b − 46 = 0
  12w + 6b − 20 = 0

  Solve 28w + 12b − 46 = 0 for w:
  1  Solve the linear equation
     w = (23 − 6b)/14
  2  Put w = (23 − 6b)/14 into the others
     6b/7 − 2/7 = 0
  Solve 6b/7 − 2/7 = 0 for b:
  3  Solve the linear equation
     b = 1/3
  So w = 3/2, b = 1/3.

  What is there?
  second derivatives  of the slope by w: (28, 12)
                      of the slope by b: (12, 6)

    w    b  value  kind
  3/2  1/3    1/6  minimum: determinant 24 > 0 and second derivative by w 28 > 0

  The function is convex: the matrix of its second derivatives nowhere has an
  eigenvalue that is negative.
  The smallest of all values is 1/6, at w = 3/2, b = 1/3.
  ✓ 2 steps of solving, each checked by numbers that know no rules
"""),
    (["sum_i (sum_j X_{ij}*w_j - y_i)^2", "--by", "w_k"], """\
  slope        ∂/∂wₖ [Σᵢ₌₁ⁿ (Σⱼ₌₁ᵐ Xᵢⱼ·wⱼ − yᵢ)²]
                   = 2·Σᵢ₌₁ⁿ Xᵢₖ·(Σⱼ₌₁ᵐ Xᵢⱼ·wⱼ − yᵢ)
  ✓ checked    5 steps

  Where is the slope 0?
  2·Σᵢ₌₁ⁿ Xᵢₖ·(Σⱼ₌₁ᵐ Xᵢⱼ·wⱼ − yᵢ) = 0
  This is one equation for every k.
  1  Divide by the constant factor
     Σᵢ₌₁ⁿ Xᵢₖ·(Σⱼ₌₁ᵐ Xᵢⱼ·wⱼ − yᵢ) = 0
  2  Multiply out
     Σᵢ₌₁ⁿ (Xᵢₖ·Σⱼ₌₁ᵐ Xᵢⱼ·wⱼ − Xᵢₖ·yᵢ) = 0
  3  A sum of sums
     Σᵢ₌₁ⁿ Xᵢₖ·Σⱼ₌₁ᵐ Xᵢⱼ·wⱼ − Σᵢ₌₁ⁿ Xᵢₖ·yᵢ = 0
  4  Bring the constant to the other side
     Σᵢ₌₁ⁿ Xᵢₖ·Σⱼ₌₁ᵐ Xᵢⱼ·wⱼ = Σᵢ₌₁ⁿ Xᵢₖ·yᵢ
  In whole lists, where T exchanges rows and columns:
  Xᵀ·X·w = Xᵀ·y
  rows and columns exchanged, a matrix times a list
  with X: n×m, w: m, y: n

  What is there?
  second derivatives  ∂/∂wₗ [2·Σᵢ₌₁ⁿ Xᵢₖ·(Σⱼ₌₁ᵐ Xᵢⱼ·wⱼ − yᵢ)] = 2·Σᵢ₌₁ⁿ Xᵢₖ·Xᵢₗ
  in whole lists      2Xᵀ·X
  Along a line, at w + t·v, the second derivative by t is
  2·Σᵢ₌₁ⁿ (Σⱼ₌₁ᵐ Xᵢⱼ·vⱼ)²

  The second derivative along every line is never negative, so the function is
  convex: where its slope is 0, its value is the smallest of all.
  It is 0 only where X·v is 0. If the columns of X are independent, that is only
  for v = 0: then Xᵀ·X can be inverted, and exactly one place has slope 0:
  w = (Xᵀ·X)⁻¹·Xᵀ·y. If not, infinitely many have.
  ✓ 4 steps of solving, each checked by numbers that know no rules
"""),
    (["sum_i (sum_j X_{ij}*w_j - y_i)^2 + lambda*sum_j w_j^2 assuming lambda > 0", "--by", "w", "--detail",
      "brief"], """\
  slope        ∂/∂wₖ [Σᵢ₌₁ⁿ (Σⱼ₌₁ᵐ Xᵢⱼ·wⱼ − yᵢ)² + λ·Σⱼ₌₁ᵐ wⱼ²]
                   = 2·Σᵢ₌₁ⁿ Xᵢₖ·(Σⱼ₌₁ᵐ Xᵢⱼ·wⱼ − yᵢ) + 2λ·wₖ
  ✓ checked    10 steps

  Where is the slope 0?
  In whole lists, where T exchanges rows and columns:
  (Xᵀ·X + λ·I)·w = Xᵀ·y
  with X: n×m, w: m, y: n

  What is there?
  second derivatives  ∂/∂wₗ [2·Σᵢ₌₁ⁿ Xᵢₖ·(Σⱼ₌₁ᵐ Xᵢⱼ·wⱼ − yᵢ) + 2λ·wₖ]
                          = 2·Σᵢ₌₁ⁿ Xᵢₖ·Xᵢₗ + 2λ·δₖₗ
  in whole lists      2Xᵀ·X + 2λ·I
  Along a line, at w + t·v, the second derivative by t is
  2·Σᵢ₌₁ⁿ (Σⱼ₌₁ᵐ Xᵢⱼ·vⱼ)² + 2λ·Σⱼ₌₁ᵐ vⱼ²

  The second derivative along every line is positive unless v = 0, so the
  function is convex: where its slope is 0, its value is the smallest of all,
  and there is at most one such place.
  Then Xᵀ·X + λ·I can be inverted, so there is one: w = (Xᵀ·X + λ·I)⁻¹·Xᵀ·y.
  Assuming λ > 0.
  ✓ 5 steps of solving, each checked by numbers that know no rules
"""),
    (["1/2*(w - a)^2 + lambda*abs(w), lambda > 0", "--by", "w", "--detail", "brief"], """\
  function     (1/2)·(w − a)² + λ·|w|
  slope        d/dw [(w − a)²/2 − λ·w] = w − a − λ for w < 0
               d/dw [(w − a)²/2 + λ·w] = w − a + λ for w > 0
  ✓ checked    6 steps

  What is there?

      w          value  kind
  a + λ  −λ·(λ + 2a)/2  minimum: second derivative 1 > 0; only if a + λ < 0
      0           a²/2  minimum, no slope: it falls before and rises after; only
                        if a + λ ≥ 0 and a − λ ≤ 0
  a − λ   λ·(2a − λ)/2  minimum: second derivative 1 > 0; only if a − λ > 0

  Exactly one of these places is there, and its value is the smallest of all. In
  one formula:
    w = {a + λ if a + λ < 0; a − λ if a − λ > 0; 0 otherwise}
  = sign(a)·max(|a| − λ, 0)
  Soft threshold
  ✓ both sides agree at 18 points, to the last digit

  Assuming λ > 0.
  ✓ 2 steps of solving, each checked by numbers that know no rules
"""),
]


@pytest.mark.parametrize(("arguments", "shown"), TRANSCRIPTS, ids=[" ".join(each) for each, _ in TRANSCRIPTS])
def test_transcripts(arguments: list[str], shown: str) -> None:
    result = run(*arguments)
    assert result.output == shown
    assert result.exit_code == 0


@pytest.mark.parametrize("width", ["24", "40", "60"])
@pytest.mark.parametrize("function", ["x^3 - 3x", "x*e^(-x^2-y^2)", "x*sin(x)", "abs(x - 1) + x/2",
                                      "sum_i (sum_j X_{ij}*w_j - y_i)^2 by w", "(w - a)^2 + t*abs(w), t > 0 by w"])
def test_narrow_terminals(function: str, width: str) -> None:
    result = CliRunner().invoke(main, ["critical", function], env={"COLUMNS": width, "NO_COLOR": "1"})
    assert result.exit_code == 0
    longest = max(map(len, result.output.splitlines()))
    assert longest <= max(int(width), 40)


def test_words_and_options_say_the_same() -> None:
    asked = run("x^3 - 3x", "on", "[0,", "2]").output
    assert asked == run("x^3 - 3x on [0, 2]").output
    assert run("a*x^2", "by", "x").output == run("a*x^2", "--by", "x").output
    for words in ("critical points of x^3 - 3x on [0, 2]", "minima and maxima of x^3 - 3x on [0, 2]"):
        assert run(words, command="explain").output == asked


def test_json() -> None:
    data = json.loads(run("x^3 - 3x on [0, 2]", "--json").output)
    assert [(each["at"], each["value"], each["kind"], each["global"]) for each in data["points"]] == [
        ({"x": 0.0}, 0.0, "maximum", False), ({"x": 1.0}, -2.0, "minimum", True), ({"x": 2.0}, 2.0, "maximum", True)]
    assert data["points"][1]["exact"] == {"x": "1"}
    assert data["slopes"] == {"x": "3*x^2 - 3"}
    assert data["interval"] == {"lower": 0.0, "upper": 2.0, "has_lower": True, "has_upper": True}
    assert (data["complete"], data["checked"], data["convexity"]) == (True, True, "convex")
    assert data["steps"][0] == {
        "rule": "factored_equation", "title": "Factor the left side", "before": "3*x^2 - 3 = 0",
        "after": ["3*(x + 1)*(x - 1) = 0"], "outcome": "checked"}


def test_json_of_the_smallest_and_the_largest_value() -> None:
    data = json.loads(run("x*e^(-x)", "--json").output)
    assert data["limits"] == [{"to": "-infinity", "from": "right", "value": None, "exact": "-infinity"},
                              {"to": "infinity", "from": "left", "value": 0.0, "exact": "0"}]
    assert data["smallest"] == {"outcome": "unbounded", "value": None}
    assert data["largest"]["outcome"] == "reached"


def test_json_of_what_is_no_number() -> None:
    (point,) = json.loads(run("(w - a)^2 + k*w^2", "--by", "w", "--json").output)["points"]
    assert (point["at"], point["exact"]) == ({"w": None}, {"w": "a/(k + 1)"})
    assert point["conditions"] == [{"if": "k + 1 > 0", "kind": "minimum"}, {"if": "k + 1 < 0", "kind": "maximum"}]
    (point,) = json.loads(run("x^2 by x, y", "--json").output)["points"]
    assert (point["at"], point["for_every"], point["kind"]) == ({"x": 0.0, "y": None}, ["y"], "minimum")
    (point, *_) = json.loads(run("x*sin(x)", "--json").output)["points"]
    assert (point["exact"], point["found_by"]) == ({"x": None}, "searched")
    assert json.loads(run("x - x", "--json").output)["everywhere"] is True


def test_json_of_whole_lists() -> None:
    ridge = "sum_i (sum_j X_{ij}*w_j - y_i)^2 + mu*sum_j w_j^2"
    data = json.loads(run(ridge, "--by", "w", "--json").output)
    assert data["lists"]["equations"][0]["whole_lists"] == "(X^T*X + mu*I)*w = X^T*y"
    assert (data["lists"]["solution"], data["lists"]["positive"], data["lists"]["definite"]) == (
        "(X^T*X + mu*I)^-1*X^T*y", ["mu > 0"], True)
    (point,) = data["points"]
    assert (point["at"], point["exact"], point["assuming"]) == (
        {"w": None}, {"w": "(X^T*X + mu*I)^-1*X^T*y"}, ["mu > 0"])
    assert [step["rule"] for step in data["steps"]][-1] == "constant_over"
    assert data["checked"] is True


def test_json_of_one_formula() -> None:
    data = json.loads(run("1/2*(w - a)^2 + t*abs(w), t > 0", "--by", "w", "--json").output)
    assert data["given"] == ["t > 0"]
    assert data["formula"] == {
        "rule": "soft_threshold", "cases": "{a + t if a + t < 0; a - t if a - t > 0; 0 otherwise}",
        "formula": "sign(a)*max(abs(a) - t, 0)", "where": [], "outcome": "checked"}
    assert data["lists"] is None


@pytest.mark.parametrize(("arguments", "said"), [
    (["x^2 on [2, 1]"], "give the smaller end first"), (["5"], "no letter"), (["x^2", "--by", "y"], "There is no y"),
    (["(x"], "never closed"), ([], "Give a function"), (["x^2", "--bye", "x"], "--by")])
def test_bad_input(arguments: list[str], said: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert said in result.output
    if arguments and "--bye" not in arguments:
        assert said in json.loads(run(*arguments, "--json").output)["error"]


@pytest.mark.parametrize("form", ["text", "latex"])
def test_other_formats(form: str) -> None:
    result = run("x^3 - 3x", "--format", form)
    assert result.exit_code == 0
    assert "x + 1 = 0" in result.output
    assert "or" in result.output


@pytest.mark.parametrize(("text", "best"), [
    ("fit s = k*x to (1, 2), (2, 3)", "8*x/5"), ("line through (1, 2), (1, 3)", None), ("line through (0, 1)", None)])
def test_json_of_a_fit(text: str, best: str | None) -> None:
    fit = json.loads(run(text, "--json").output)["fit"]
    assert fit["best"] == best



@pytest.mark.parametrize("command", ["critical", "explain"])
def test_a_fit_that_is_not_unique_or_exact(command: str) -> None:
    assert "More than one curve fits" in run("line through (1, 2), (1, 3)", command=command).output
    assert "It goes through every point." in run("line through (0, 1), (2, 5)", command=command).output
