"""Typical typing mistakes, and what each is told: where, what is wrong, and what to type instead."""

from __future__ import annotations

import pytest

from tutor.errors import NotationError, TutorError
from tutor.expression.parse import parse

MISTAKES: list[tuple[str, list[tuple[int, int, str]]]] = [
    # nothing there
    ("", [(0, 1, "There is nothing to read. Type a problem, such as d/dx x^2.")]),
    ("   ", [(0, 1, "There is nothing to read. Type a problem, such as d/dx x^2.")]),
    ("d/d3", [(0, 4, "d/d3: a derivative is taken with respect to a letter, as in d/dx; for a quotient, use brackets: "
                     "d/(d3).")]),
    ("()", [(0, 2, "There is nothing between these brackets.")]),
    ("sin()", [(3, 5, "There is nothing between these brackets.")]),
    ("[ ]", [(0, 3, "There is nothing between these brackets.")]),
    ("d/dx", [(4, 5, "d/dx needs something to differentiate, as in d/dx [x^2].")]),
    ("d/dx [ ]", [(5, 8, "There is nothing between these brackets.")]),
    ("sin", [(3, 4, "sin needs something to act on, as in sin(x).")]),
    ("ln + 1", [(2, 3, "ln needs something to act on, as in ln(x).")]),
    ("2 +", [(3, 4, "Something is missing after +: a number, a name or a bracket.")]),
    ("x^", [(2, 3, "Something is missing after ^: a number, a name or a bracket.")]),
    ("1/", [(2, 3, "Something is missing after /: a number, a name or a bracket.")]),
    ("x = ", [(3, 4, "Something is missing after =: a number, a name or a bracket.")]),
    ("max(x,)", [(6, 7, "Something is missing after ,: a number, a name or a bracket.")]),
    (";x", [(0, 1, "Something is missing before ;: a number, a name or a bracket.")]),
    # brackets
    ("(x+1", [(0, 1, "This ( is never closed: a ) is missing.")]),
    ("x+1)", [(3, 4, "There is one ) too many: no bracket is open here.")]),
    ("(x+1]", [(4, 5, "( has to be closed by ), not by ].")]),
    ("((x)", [(0, 1, "This ( is never closed: a ) is missing.")]),
    ("d/dx [x^2", [(5, 6, "This [ is never closed: a ] is missing.")]),
    ("d/dx [x^2)", [(9, 10, "[ has to be closed by ], not by ).")]),
    ("|x", [(0, 1, "This | is never closed: another | is missing. For bars inside bars, type abs(...).")]),
    ("||w||^2 + 1", [
        (0, 5, "||w|| is a norm. For a number, type |x|; for a list, write out its parts, as in sqrt(a^2 + b^2) or "
               "sqrt(sum_i w_i^2)."),
    ]),
    ("‖w‖", [
        (0, 1, "‖ is not part of the notation: lists are typed part by part, as in sum_i w_i^2 for ‖w‖^2 and "
               "sqrt(sum_i w_i^2) for ‖w‖; for a number, type |x|."),
        (2, 3, "‖ is not part of the notation: lists are typed part by part, as in sum_i w_i^2 for ‖w‖^2 and "
               "sqrt(sum_i w_i^2) for ‖w‖; for a number, type |x|."),
    ]),
    ("sin(x", [(3, 4, "This ( is never closed: a ) is missing.")]),
    ("f(x", [(1, 2, "This ( is never closed: a ) is missing.")]),
    ("(x; y)", [(0, 1, "This ( is never closed: a ) is missing."),
                (5, 6, "There is one ) too many: no bracket is open here.")]),
    # operators
    ("x * / 2", [(2, 5, "Something is missing between * and /.")]),
    ("* 2", [(0, 1, "Something is missing before *: a number, a name or a bracket.")]),
    ("x + * 2", [(2, 5, "Something is missing between + and *.")]),
    ("^2", [(0, 1, "Something is missing before ^: a number, a name or a bracket.")]),
    ("x^^2", [(1, 3, "Something is missing between ^ and ^.")]),
    ("/x", [(0, 1, "Something is missing before /: a number, a name or a bracket.")]),
    ("= 2", [(0, 1, "Something is missing before =: a number, a name or a bracket.")]),
    ("i_k + 2", [(0, 2, "i is a constant, so it cannot have a subscript. Choose another letter.")]),
    ("e_x", [(0, 2, "e is a constant, so it cannot have a subscript. Choose another letter.")]),
    ("x == 2", [(2, 4, "== is not part of the notation: type one =.")]),
    ("x =< 2", [(2, 4, "=< is not part of the notation: type <=.")]),
    ("sin * x", [(3, 4, "sin needs something to act on, as in sin(x).")]),
    ("sin + x", [(3, 4, "sin needs something to act on, as in sin(x).")]),
    ("d/dx + x", [(4, 5, "d/dx needs something to differentiate, as in d/dx [x^2].")]),
    ("²", [(0, 1, "The exponent ² has no base to its left.")]),
    # names of functions
    ("In(x)", [(0, 2, "There is no function In. Did you mean ln, the natural logarithm (small L, small N)?")]),
    ("1n(x)", [(0, 2, "There is no function 1n. Did you mean ln, the natural logarithm (small L, small N)?")]),
    ("In x", [(0, 2, "There is no function In. Did you mean ln, the natural logarithm (small L, small N)?")]),
    ("sinn(x)", [(0, 4, "There is no function sinn. Did you mean sin?")]),
    ("sni(x)", [(0, 3, "There is no function sni. Did you mean sin?")]),
    ("sqr(x)", [(0, 3, "There is no function sqr. Did you mean sqrt?")]),
    ("arctn(x)", [(0, 5, "There is no function arctn. Did you mean arctan?")]),
    ("cosx(y)", [(0, 4, "There is no function cosx. Did you mean cos?")]),
    ("abc(x)", [(0, 3, "There is no function abc. Did you mean abs?")]),
    ("log1p(x)", [(0, 5, "There is no function log1p: type ln(1 + x).")]),
    ("atan2(y, x)", [(0, 5, "There is no function atan2: type atan(y/x).")]),
    ("exp2(x)", [(0, 4, "There is no function exp2: type 2^x.")]),
    ("foo(x, y)", [
        (0, 3, "There is no function foo. There are sin, cos, tan, exp, ln, sqrt, abs, sigmoid, relu, min, max and "
               "others."),
    ]),
    # arguments
    ("max(x)", [(0, 3, "max takes two or more arguments, but here it has 1.")]),
    ("sin(x, y)", [(0, 3, "sin takes one argument, but here it has 2.")]),
    ("log(x, 2, 3)", [(0, 3, "log takes one or two arguments, but here it has 3.")]),
    ("sqrt(x, 3)", [(0, 4, "sqrt takes one argument, but here it has 2.")]),
    ("log_2(x, 3)", [(7, 8, "log_2 takes one argument.")]),
    ("f(x, y)", [(3, 4, "f takes one argument.")]),
    ("sin^2", [(5, 6, "sin^2 needs something to act on, as in sin^2(x).")]),
    ("sin^sin x", [(4, 7, "The exponent of sin is a number, a name or something in brackets, as in sin^2(x).")]),
    ("log_", [(4, 5, "The base of log is a number, a name or something in brackets, as in log_2(x).")]),
    ("log_-2 x", [(4, 5, "The base of log is a number, a name or something in brackets, as in log_2(x).")]),
    # numbers
    ("3,5", [(1, 2, "A comma separates arguments, as in max(a, b); decimal numbers have a point, as in 2.5.")]),
    ("1,000", [(1, 2, "A comma separates arguments, as in max(a, b); decimal numbers have a point, as in 2.5.")]),
    ("2 3", [(2, 3, "There are two numbers side by side: put an operator between them, as in 2*3.")]),
    ("1.2.3", [(3, 5, "There are two numbers side by side: put an operator between them, as in 2*3.")]),
    ("5.", [(1, 2, ". is not part of the notation: a decimal point needs digits after it, as in 2.5.")]),
    ("1e99999", [(0, 7, "This number is too long: a number has at most 1,000 digits, and 4 after an e.")]),
    ("1 2/3", [(0, 5, "1 2/3 can mean two things: for the mixed number, type (1 + 2/3); for a product, type 1*2/3.")]),
    ("10 000", [(3, 6, "There are two numbers side by side: for one number, type 10000; for a product, type 10*000.")]),
    ("2.5½", [(3, 4, "There are two numbers side by side: put an operator between them, as in 2*3.")]),
    # signs of other notations
    ("5!", [(1, 2, "! is not part of the notation: write the number itself, such as 24.")]),
    ("5%", [(1, 2, "% is not part of the notation: write 5% as 5/100.")]),
    ("90°", [(2, 3, "° is not part of the notation: angles are in radians, so 90° is pi/2.")]),
    ("x:2", [(1, 2, ": is not part of the notation: for division, type /; for a definition, type f(x) = x^2.")]),
    ("x & y", [(2, 3, "& is not part of the notation: leave it out.")]),
    ("\\foo x", [(0, 4, "\\foo is a LaTeX command that the tutor does not know.")]),
    ("x→0", [(1, 2, "→ is not part of the notation: for a limit, type lim_(x->0) sin(x)/x.")]),
    ("∑ x", [(0, 1, "∑ is not part of the notation: a sum needs an index, as in sum_{i=1}^{n} x_i.")]),
    ("х + 1", [(0, 1, "х is not part of the notation: it looks like x but is another letter; type x.")]),
    ("ŷ + 1", [(0, 1, "ŷ is not part of the notation: for a letter with a mark, type one with a subscript, as "
                      "in y_{hat}.")]),
    ("x\u0304", [(1, 2, "◌\u0304 is not part of the notation: for a letter with a mark, type one with a subscript, "
                        "as in y_{hat}.")]),
    ("⟨w⟩", [(place, place + 1, f"{sign} is not part of the notation: lists are written part by part, as in "
                                "sqrt(a^2 + b^2) or sum_i w_i*x_i.") for place, sign in ((0, "⟨"), (2, "⟩"))]),
    ("“x", [(0, 1, "“ is not part of the notation: leave it out.")]),
    ("x ± 1", [(2, 3, "± is not part of the notation: write one problem with + and one with -.")]),
    # words of other notations
    ("diff(x^2)", [(0, 4, "diff is not part of the notation: for a derivative, type d/dx [x^2].")]),
    ("integrate x^2", [
        (0, 9, "integrate is not part of the notation: for an integral, type int x^2 dx, or int_0^1 x^2 dx."),
    ]),
    # limits
    *((text, [(0, end, "A limit needs its variable and where that goes, as in lim_(x->0) sin(x)/x.")])
      for text, end in [("lim x", 3), ("lim_(x) x", 7), ("limit of x", 8), ("limit", 5), ("lim_(2->0) x", 10),
                        ("limit(sin(x)/x, x, 0)", 21), ("lim sin(x)/x", 3)]),
    *((text, [(8, 9, "Where does x go? A number, a letter or infinity is missing, as in lim_(x->0) sin(x)/x.")])
      for text in ("lim_(x->) x", "lim_(x->+) x")),
    ("lim_(x->0)", [(10, 11, "lim_(x->0) needs something to take the limit of, as in lim_(x->0) x^2.")]),
    ("lim_(x->0) *3", [(10, 11, "lim_(x->0) needs something to take the limit of, as in lim_(x->0) x^2.")]),
    ("lim_(e->0) x", [(5, 6, "e is a constant and cannot be the variable of a limit; choose another letter.")]),
    ("lim_(x->lim_(y->0) 2) x",
     [(8, 20, "A limit goes to one number, letter or infinity, as in lim_(x->0) sin(x)/x.")]),
    ("lim_(x->a=b) x", [(8, 11, "A limit goes to one number, letter or infinity, as in lim_(x->0) sin(x)/x.")]),
    ("lim_(x->2*) x", [(10, 11, "Something is missing after *: a number, a name or a bracket.")]),
    ("(limit of x)", [(1, 9, "A limit needs its variable and where that goes, as in lim_(x->0) sin(x)/x.")]),
    ("frac(1, 2)", [
        (0, 4, "frac is not part of the notation: a fraction is typed (a)/(b)."),
    ]),
    ("clip(x, 0, 1)", [(0, 4, "clip is not part of the notation: type min(max(x, 0), 1).")]),
    ("floor(x)", [(0, 5, "floor is not part of the notation: there are no functions that round.")]),
    # derivatives
    ("d x^2/dx", [(5, 8, "What is differentiated comes after d/dx, as in d/dx [x^2].")]),
    ("d(x^2)/dx^2", [(0, 11, "The orders differ: 1 above and 2 below. Type d^2/dx^2.")]),
    ("(x^2)/dx", [(5, 8, "What is differentiated comes after d/dx, as in d/dx [x^2].")]),
    ("d^2y/dx", [(0, 7, "The orders differ: 2 above and 1 below. Type d^2/dx^2.")]),
    ("d/dx^2 [x]", [(0, 6, "The orders differ: 1 above and 2 below. Type d^2/dx^2.")]),
    ("∂³f/∂x∂y", [(0, 8, "The orders differ: 3 above, and 1 + 1 below. Type ∂^2/∂x∂y.")]),
    ("d^n/dx^k dy [x]", [(0, 11, "A mixed derivative has numbers for its orders, as in ∂^3/∂x^2∂y.")]),
    ("d^0/dx^0 [x]", [(0, 8, "The order of a derivative has to be a number from 1 to 20.")]),
    ("d^21/dx^21 [x]", [(0, 10, "The order of a derivative has to be a number from 1 to 20.")]),
    ("d/de x", [(0, 4, "e is a constant and cannot be used in a derivative; choose another letter.")]),
    ("di/dt", [(0, 5, "i is a constant and cannot be used in a derivative; choose another letter.")]),
    ("sin'(x)", [(3, 4, "A prime follows a letter, as in f'(x) or y'; for any other derivative, type d/dx [sin(x)].")]),
    ("(x^2)'", [(5, 6, "A prime follows a letter, as in f'(x) or y'; for any other derivative, type d/dx [x^2].")]),
    ("d/dx [y = x]", [(8, 9, "= cannot be used inside brackets, except in at (x = 2).")]),
    ("∂x", [(0, 1, "∂ is used only in ∂/∂x: for a partial derivative, type ∂/∂x [...].")]),
    # integrals
    ("int x^2", [(0, 3, "This integral has no dx; end it with dx, as in int x^2 dx.")]),
    ("int x + 1", [(0, 3, "This integral has no dx; end it with dx, as in int x^2 dx.")]),
    ("(∫ x) dx", [(1, 2, "This integral has no dx; end it with dx, as in int x^2 dx.")]),
    ("int_0 x dx", [(0, 5, "An integral with a lower limit needs an upper one, as in int_0^1 x^2 dx.")]),
    ("int_0^ dx", [
        (7, 9, "An integral's limit is a number, a name or something in brackets, as in int_0^(pi/2) x dx."),
    ]),
    ("int_0 dx", [(0, 5, "An integral with a lower limit needs an upper one, as in int_0^1 x^2 dx.")]),
    ("int_0^1/2 x dx", [
        (7, 8, "An integral's limit is a number, a name or something in brackets, as in int_0^(pi/2) x dx."),
    ]),
    ("int_-pi/2^pi x dx", [
        (7, 8, "An integral's limit is a number, a name or something in brackets, as in int_0^(pi/2) x dx."),
    ]),
    ("∫ sin dx", [(5, 6, "sin needs something to act on, as in sin(x).")]),
    ("∫ x + dx", [(4, 8, "Something is missing between + and dx.")]),
    ("∫ x di", [(4, 6, "i is a constant and cannot be integrated over; choose another letter.")]),
    # equations and at
    ("a = b = c", [(6, 7, "A statement can have only one = (or <, >); separate statements with ;.")]),
    ("(x = 3)", [(3, 4, "= cannot be used inside brackets, except in at (x = 2).")]),
    ("(x at x = 2)", [(3, 5, "Inside brackets, at needs brackets of its own, as in at (x = 2).")]),
    ("x at x = 2 at y = 3", [
        (11, 13,
         "at x = ... can come only once, at the end, and not in an equation; elsewhere, type (...) at (x = 2)."),
    ]),
    ("x = 2 at x = 3", [
        (6, 8,
         "at x = ... can come only once, at the end, and not in an equation; elsewhere, type (...) at (x = 2)."),
    ]),
    ("f + ...", [(4, 7, "... belongs to the notation of rules; in a problem, write out all the terms.")]),
]


@pytest.mark.parametrize(("text", "problems"), MISTAKES, ids=[text for text, _ in MISTAKES])
def test_mistake(text: str, problems: list[tuple[int, int, str]]) -> None:
    with pytest.raises(NotationError) as caught:
        parse(text)
    assert [(problem.start, problem.end, problem.message) for problem in caught.value.problems] == problems
    assert caught.value.text == text
    assert caught.value.position == problems[0][:2]
    assert str(caught.value) == problems[0][2]


def test_everything_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(TutorError) as caught:
        parse("d/dx In(x) + sin + (x %")
    assert [(problem.start, problem.message) for problem in caught.value.problems] == [
        (5, "There is no function In. Did you mean ln, the natural logarithm (small L, small N)?"),
        (16, "sin needs something to act on, as in sin(x)."),
        (19, "This ( is never closed: a ) is missing."),
        (22, "% is not part of the notation: write 5% as 5/100."),
    ]


@pytest.mark.parametrize("character", ["\0", "\x1b", "\x7f", "\x9b", "\u202e", "\ud800", "\U000e0041"])
@pytest.mark.parametrize("text", ["{}x", "x + {}", "d/dx{}", "sin {}", "int_0^{} x dx", "\\{}", "e^2{}x"])
def test_a_message_never_repeats_a_control_character(text: str, character: str) -> None:
    with pytest.raises(TutorError) as caught:
        parse(text.format(character))
    messages = [problem.message for problem in caught.value.problems]
    assert all(message.isprintable() for message in messages)
    assert any(f"U+{ord(character):04X}" in message for message in messages)


def test_a_long_text_is_quoted_short() -> None:
    with pytest.raises(TutorError) as caught:
        parse("x + " + "¹" * 5000)
    assert len(str(caught.value)) < 120
