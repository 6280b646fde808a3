"""A rulebook that is wrong is refused, with file, line and column."""

from __future__ import annotations

import pytest

from tutor.errors import RulebookError
from tutor.expression.parse import parse
from tutor.rules import rulebook as book
from tutor.rules.reader import read_rulebook

LETTERS = "letters\n    x is a variable\n    f, g are expressions\n    c is a constant\n    F is a function\n"


def rulebook(body: str) -> str:
    return f"{LETTERS}\n{body}"


SUM = 'rule sum "Sum rule" [derivative]\n    d/dx [f + g] = d/dx [f] + d/dx [g]\n'


def test_reads_a_rule_whole() -> None:
    text = rulebook(SUM + '    where g is not x\n    provided g != 0\n    say "{f}, then {g}."  # spoken\n'
                          '    source "a book"\n    example d/dx [x + x^2]\n')
    (rule,) = read_rulebook(text, "my.rules")
    assert rule.name == "sum"
    assert rule.title == "Sum rule"
    assert rule.tags == ("derivative",)
    assert rule.statement == "d/dx [f + g] = d/dx [f] + d/dx [g]"
    assert [str(condition) for condition in rule.where] == ["g is not x"]
    assert [str(relation) for relation in rule.provided] == ["g != 0"]
    assert rule.say == "{f}, then {g}."
    assert rule.source == "a book"
    assert (rule.file, rule.line) == ("my.rules", 7)
    assert rule.letters == {"x": "variable", "f": "expression", "g": "expression"}


def test_letters_have_roles() -> None:
    (rule,) = read_rulebook(rulebook(INSIDE.format("F is the outside, g is the inside")), "my.rules")
    assert (rule.role("outside"), rule.role("inside"), rule.role("factor")) == ("F", "g", "")
    assert rule.letter("new variable") == "u"


def test_letters_may_be_lists_and_indices() -> None:
    text = ("letters\n    v is a list\n    f is an expression\n    n is a constant\n    j, k are indices\n"
            "    m is a new index\n"
            'rule r "R" [t]\n    sum_{j=1}^{n} f*v_j = sum_{m=1}^{n} (f at (j = m))*v_m\n    example sum_i x_i\n')
    (rule,) = read_rulebook(text, "my.rules")
    assert rule.letters == {"v": "list", "f": "expression", "n": "constant", "j": "index", "m": "new index"}
    assert rule.left is parse("sum_{j=1}^{n} f*v_j")
    assert rule.varying == "j"


def test_a_proviso_may_be_confined_to_a_shape() -> None:
    text = rulebook('rule r "R" [t]\n    d/dx [x^c] = c\n    provided x != 0 where c is negative\n    provided x > 0\n'
                    "    where c is not e\n    example d/dx [x]\n")
    (rule,) = read_rulebook(text, "my.rules")
    assert [str(relation) + only for relation, only in rule.provisos] == ["x != 0 where c is negative", "x > 0"]
    assert [str(condition) for condition in rule.where] == ["c is not e"]


MISCONCEPTION = 'misconception wrong "Wrong" unlike {unlike}\n    d/dx [f] = f\n    example d/dx [x]\n'

NEW = "letters\n    u is a new variable\n"
INSIDE = NEW + 'rule r "R" [t]\n    d/dx [F(g)] = d/du [F(u)] at (u = g)\n    {}\n    example d/dx [sin(x^2)]\n'

REFUSALS = [
    # what is wrong, the text, line:column, and words of the message
    ("an undeclared letter", rulebook('rule r "R" [t]\n    d/dx [q] = 0\n    example d/dx [x]\n'),
     "8:", "q is not declared"),
    ("a letter that only the right side has", rulebook('rule r "R" [t]\n    d/dx [f] = g\n    example d/dx [x]\n'),
     "8:", "g on the right does not occur"),
    ("a condition on an unbound letter", rulebook(
        'rule r "R" [t]\n    d/dx [f] = f\n    where g is a number\n    example d/dx [x]\n'),
     "8:", "does not occur in the statement"),
    ("an unknown predicate", rulebook(
        'rule r "R" [t]\n    d/dx [f] = f\n    where f is a walrus\n    example d/dx [x]\n'),
     "9:5", "a walrus is not a known condition"),
    ("an unknown predicate of a proviso", rulebook(
        'rule r "R" [t]\n    d/dx [f] = f\n    provided f > 0 where f is a walrus\n    example d/dx [x]\n'),
     "9:20", "a walrus is not a known condition"),
    ("an unbound slot", rulebook('rule r "R" [t]\n    d/dx [f] = f\n    say "Look at {g}."\n    example d/dx [x]\n'),
     "9:5", "{g}"),
    ("unlike nothing", rulebook(MISCONCEPTION.format(unlike="nobody")), "7:1", "there is none called nobody"),
    ("a misconception without a sibling", rulebook('misconception m "M"\n    d/dx [f] = f\n    example d/dx [x]\n'),
     "7:1", "has to name the sound rule"),
    ("no example", rulebook('rule r "R" [t]\n    d/dx [f] = f\n'), "7:1", "needs an example"),
    ("two rules of one name", rulebook((SUM + "    example d/dx [x + 1]\n") * 2), "10:1", "two rules called sum"),
    ("two rules of one title", rulebook(SUM + "    example d/dx [x + 1]\n" + SUM.replace("sum", "addition", 1)
                                        + "    example d/dx [x + 1]\n"), "10:1", "also that of sum"),
    ("no equation", rulebook('rule r "R" [t]\n    d/dx [f]\n    example d/dx [x]\n'), "8:", "equation"),
    ("an inequality for a rule", rulebook('rule r "R" [t]\n    d/dx [f] < f\n    example d/dx [x]\n'),
     "8:", "equation"),
    ("a slip in the mathematics", rulebook('rule r "R" [t]\n    d/dx [f] = f + \n    example d/dx [x]\n'),
     "8:", "missing"),
    ("a misspelled function", rulebook('rule r "R" [t]\n    d/dx [snh(x)] = 0\n    example d/dx [x]\n'),
     "8:11", "sinh"),
    ("an unknown word", rulebook(SUM + "    because it is so\n    example d/dx [x + 1]\n"),
     "9:5", "cannot begin with because"),
    ("a header without a title", rulebook("rule r [t]\n    d/dx [f] = f\n"), "7:1", "a header looks like this"),
    ("a sort that does not exist", "letters\n    f is a walrus\n", "2:5", "a letter cannot be a walrus"),
    ("a role that does not exist", rulebook(INSIDE.format("g is the walrus")), "11:5", "walrus is not a known role"),
    ("a role given twice", rulebook(INSIDE.format("g is the inside, x is the inside")), "11:22",
     "two letters are the inside: g and x"),
    ("a role given twice in two lines", rulebook(INSIDE.format("g is the inside\n    f is the inside")), "12:5",
     "two letters are the inside: g and f"),
    ("a role of an undeclared letter", rulebook(INSIDE.format("q is the inside")), "11:5", "q is not declared"),
    ("a role of a letter without meaning", rulebook(INSIDE.format("f is the inside")), "11:5",
     "f is the inside, but does not occur on the left"),
    ("a role of a letter that is not fit for it", rulebook(INSIDE.format("F is the outside, x is the inside")), "11:23",
     "x is declared as a letter for: variable. The inside has to be declared as a letter for: expression"),
    ("half a role", rulebook(INSIDE.format("F is the outside, inside g")), "11:23", "roles are given like this"),
    ("a role among the letters", "letters\n    g is the inside\n", "2:5", "A role belongs to one rule"),
    ("nothing in place of the new variable", rulebook(INSIDE.format("F is the outside")), "10:17",
     "what takes the place of u"),
    ("a new variable on the left", rulebook(NEW + 'rule r "R" [t]\n    d/dx [u*x] = 0\n    example d/dx [x]\n'),
     "10:16", "cannot occur on the left"),
    ("a new index on the left", rulebook(
        'letters\n    m is a new index\nrule r "R" [t]\n    sum_{m=1}^{3} f = f\n    example d/dx [x]\n'),
     "10:", "m is a new index, so it cannot occur on the left"),
    ("a list that is not declared", rulebook('rule r "R" [t]\n    d/dx [q_[1]] = 0\n    example d/dx [x]\n'),
     "8:18", "q is not declared"),
    ("a text without quotes", rulebook(SUM + "    say hello\n    example d/dx [x + 1]\n"), "9:5", "text in quotes"),
]


@pytest.mark.parametrize(("text", "place", "words"), [row[1:] for row in REFUSALS], ids=[row[0] for row in REFUSALS])
def test_refuses_with_a_place(text: str, place: str, words: str) -> None:
    with pytest.raises(RulebookError) as caught:
        read_rulebook(text, "my.rules")
    assert str(caught.value).startswith(f"my.rules:{place}")
    assert words in str(caught.value)


def test_unlike_may_name_a_rule_of_another_file() -> None:
    known = {rule.name: rule for rule in read_rulebook(rulebook(SUM + "    example d/dx [x + 1]\n"), "a.rules")}
    (rule,) = read_rulebook(rulebook(MISCONCEPTION.format(unlike="sum")), "b.rules", known)
    assert rule.kind == "misconception"
    assert rule.unlike == "sum"


def test_letters_declared_anew_count_from_there_on() -> None:
    text = rulebook('rule r "R" [t]\n    d/dx [f] = 0\n    example d/dx [x]\n\nletters\n    f is a constant\n\n'
                    'rule s "S" [t]\n    d/dx [f] = 0\n    example d/dx [x]\n')
    assert [rule.letters["f"] for rule in read_rulebook(text, "my.rules")] == ["expression", "constant"]


def test_a_letter_declared_below_a_rule_is_unknown_to_it() -> None:
    text = rulebook('rule r "R" [t]\n    d/dx [q] = 0\n    example d/dx [x]\n\nletters\n    q is a constant\n')
    with pytest.raises(RulebookError, match="q is not declared"):
        read_rulebook(text, "my.rules")


EQUATION = "letters\n    x is a variable\n    f, g are expressions\n    a is a constant\n    k is a new variable\n\n"


@pytest.mark.parametrize(("stated", "written"), [
    ("f*g = 0 <=> f = 0 or g = 0", "f*g = 0 <=> f = 0 or g = 0"),
    ("ln(f) = a <=> f = e^a", "ln(f) = a <=> f = e^a"),
    ("e^f = 0 <=> never", "e^f = 0 <=> never"),
    ("sin(f) = 0 <=> f = pi*k", "sin(f) = 0 <=> f = pi*k")])
def test_a_rule_for_equations_says_which_have_the_same_solutions_together(stated: str, written: str) -> None:
    (rule,) = read_rulebook(f'{EQUATION}rule r "R" [equation]\n    {stated}\n    example x = 1\n', "my.rules")
    assert (rule.statement, rule.solves) == (written, True)
    assert rule.letter("variable") == "x"


@pytest.mark.parametrize(("stated", "where", "said"), [
    ("f*g = 0 <=> f = 0 or q = 0", "8:", "the letter q on the right does not occur"),
    ("f = 0 <=> g = 0", "8:", "g on the right does not occur"),
    ("f*g = 0 <=> f or g = 0", "8:", ""),
    ("f*g <=> f = 0", "8:", ""),
    ("f = 0 <=>", "8:", "")])
def test_what_is_no_rule_for_equations_is_refused(stated: str, where: str, said: str) -> None:
    with pytest.raises(RulebookError) as caught:
        read_rulebook(f'{EQUATION}rule r "R" [equation]\n    {stated}\n    example x = 1\n', "my.rules")
    assert f"my.rules:{where}" in str(caught.value)
    assert said in str(caught.value)


def test_a_rule_about_an_equation_says_what_it_goes_on_from() -> None:
    (rule,) = read_rulebook("""letters
    f, g, h are expressions

rule move "Move a term" [equation]
    f = h - g
    given f + g = h
    say "Subtract {g}."
    example x + 1 = y; dy/dx
""", "own.rules")
    assert [str(each) for each in rule.given] == ["f + g = h"]
    assert rule.letters_met == ("f", "h", "g")


@pytest.mark.parametrize(("statement", "clause", "how_many"), [
    ("dL/dx = dL/dv * ∂v/∂x", "for one v that uses x", "one"),
    ("dL/dx = dL/dv * ∂v/∂x + ...", "for all but one v that uses x", "all but one"),
    ("dL/dx = ∂v/∂x * ...", "for each v that uses x", "each"),
])
def test_a_wrong_rule_about_the_lines_of_a_graph(statement: str, clause: str, how_many: str) -> None:
    (found,) = read_rulebook(
        f'letters\n    x, v, L are variables\n\nmisconception m "M" [graph] unlike along_every_path\n    {statement}\n'
        f"    L is the loss\n    {clause}\n    example u = x^2; L = u + x; dL/dx\n", "my.rules", dict(book.rulebook()))
    assert found.uses is not None
    assert found.uses.how_many == how_many


def test_factors_are_repeated_over_the_lines_of_a_graph_only() -> None:
    with pytest.raises(RulebookError, match="stands for more terms"):
        read_rulebook('letters\n    f, g are expressions\n\nrule m "M" [tidy]\n    f * g * ... = g\n    example x*2\n',
                      "my.rules", {})
