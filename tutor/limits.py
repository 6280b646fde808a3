"""The limits of what the tutor accepts, in one table. They count things and never measure time.

They are far above anything a person writes, and low enough for the worst input to be refused at once.
Example: `LITERAL_EXPONENT_DIGITS = 4` refuses `1e9999999` before a number of ten million digits is made.
"""

INPUT_CHARACTERS = 1_000_000
"""Length of a text that is read as mathematics."""

LATEX_CHARACTERS = 50_000
"""Length of a text in LaTeX, which is first written in the learner's notation."""

NESTING = 20_000
"""Brackets, bars and bracketless arguments open at one time."""

LITERAL_DIGITS = 1_000
"""Digits of a number as it is typed."""

LITERAL_EXPONENT_DIGITS = 4
"""Digits after the e of a number such as 1e-3."""

JOINED_LETTERS = 1_000
"""Letters in a row that are read as a product; a longer run is not mathematics."""

COMPUTED_DIGITS = 1_000
"""Decimal digits of a number that arithmetic may make; a larger one is left as it is written."""

DERIVATIVE_ORDER = 20
"""The largest n of d^n/dx^n: the answer can double with every order."""

EXPANDED_TERMS = 60
"""Terms that multiplying out may make at one place."""

STEPS = 150_000
"""Goals that one derivation may open."""

FACTORS = 2_000_000
"""Factors and terms of all the goals that one derivation may open: each factor of a product is taken off the rest."""

SIGNS = 1_500_000
"""Size, written out, of an expression that a derivation may make or a definition may stand for: shared parts are small
in memory, but not on paper."""

SUMS_WITH_INDEX = 500
"""Sums with an index in one text."""

LINES_OF_A_GRAPH = 500
"""Lines such as z = w*x + b of which a loss may be made."""

NODES_OF_DEFINITIONS = 100_000
"""Nodes that may be made where definitions are put in."""

SIGNS_OF_A_FUNCTION = 500
"""Size of what a function of a lesson stands for, with the functions in it written out."""

SIGNS_WITH_FUNCTIONS = 2_000
"""Size of a problem in which functions of a lesson stand, with these written out."""

LIMITS_LOOKED_AT, LIMITS_DEPTH, LIMITS_SIZE = 120, 24, 160
"""Limits that are looked at to find one; how many of them may rest on each other; size of each."""

LHOPITALS = 5
"""How often L'Hôpital's rule may be used on what it has made itself."""

TIDYING = 3_500_000
"""Work that tidying the results of one derivation may take; `algebra/decide.py` says what is counted."""

TIDYING_OF_A_SIGN = 30
"""What is added to it for each number, name and operator of the problem: a long sum needs a lot of tidying, but only
once."""

TIDYING_OF_MISTAKES = 1_000_000
"""The same limit for the results of all wrong rules that are tried on the answers to one problem."""

SUB_INTEGRALS = 60
"""Integrals that the search for one antiderivative may look at; nearly all that are found need fewer than 40."""

SUB_INTEGRALS_OF_MISTAKES = 12
"""The same for an integral that only a wrong rule leads to: a learner who goes on from there finds it, or stops."""

DEPTH_OF_INTEGRALS = 14
"""Integrals inside each other, each opened by a rule for the one before it."""

GROWTH_OF_INTEGRANDS, ROOM_FOR_INTEGRANDS = 4, 200
"""An integrand that a rule makes may be so many times as long as the problem, and so much longer."""

TIDYING_OF_INTEGRALS, TIDYING_OF_A_SIGN_OF_INTEGRALS = 200_000, 1_000
"""The same for all that is tried in search of the antiderivatives of one derivation, and what is added for each number,
name and operator of the problem; nearly all that are found need less than 50,000."""

SIGNS_TOLD = 2_000_000
"""Size of all steps of a derivation that is given as data; what is shown on a screen is shortened."""

STEPS_TOLD = 8_000
"""Steps, and derivatives opened, of a derivation that is told and checked step by step; of a longer one only the whole
is checked."""

STEPS_OF_A_GRAPH = 40_000
"""The same for the backward pass over the lines of a graph, whose steps are short; 500 lines need up to 30,000."""

WORK_ON_STEPS = 2_500_000
"""Work that checking all steps of a derivation may take, in operations with numbers; `oracle/evaluate.py` says what is
counted. It is as much as one question may take; textbook problems need less than a fiftieth of it."""

ANSWER_CHARACTERS = 50_000
"""Length of a text that is judged as an answer, or as one line of a learner's derivation."""

ERRORS_SHOWN = 10
"""Problems of one text that are reported together."""

DERIVATION_LINES = 1_000
"""Lines of one derivation that a learner hands in; each `=` within a line begins another."""

LESSON_CHARACTERS = 500_000
"""Length of a lesson file."""

LESSON_NESTING = 20
"""How deeply lists and mappings may be nested in a lesson file."""

VALUES_OF_A_LETTER = 1_000
"""Values that a letter of an item may take."""

VARIANTS_CHECKED = 500
"""Variants of an item that are all examined; of more than these, VARIANTS_SAMPLED are."""

VARIANTS_SAMPLED = 200
"""Variants that are examined where there are too many for all."""

VARIANTS_WITH_MISTAKES = 20
"""Variants of an item that are checked with the answers of typical mistakes; all are checked with the right answer."""

VARIANTS_ALIKE_WITH_MISTAKES = 2
"""How many of these may differ in their numbers alone: a mistake leads to much the same answer in all of them."""

WORK_ON_MISTAKES = 15_000
"""Work that may be spent on diagnosing those answers for one item; each counts a fiftieth of the square of its size."""

COMBINATIONS_LOOKED_AT = 20_000
"""Combinations of values of an item's letters that are tested against its conditions."""
