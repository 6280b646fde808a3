"""The methods of integration, in the order in which they are tried; each with what to call it where it cannot help.

What is sure and cannot hurt comes first: linearity and the table. A substitution comes before everything that makes two
integrals of one, and what makes the answer long comes last.

    [title for title, method in METHODS]
"""

from __future__ import annotations

from tutor.integration.ansatz import exponential_ansatz
from tutor.integration.exponentials import exponential_substitution
from tutor.integration.gaussians import bell_curve
from tutor.integration.half_angle import half_angle, rational_in_sine_and_cosine
from tutor.integration.integrand import Method
from tutor.integration.kinks import kinks
from tutor.integration.parts import other_parts, parts_of_logarithm, sure_parts
from tutor.integration.rational import expand_polynomial, rational, terms_apart
from tutor.integration.roots import binomial_substitution, root_substitution
from tutor.integration.roots_of_quadratics import root_of_quadratic
from tutor.integration.substitution import substitution_in_whole
from tutor.integration.table import linear_inside, linear_rules, substitution, table
from tutor.integration.trigonometric import trigonometric_powers
from tutor.integration.trigonometric_substitution import short_trigonometric_substitution

METHODS: tuple[tuple[str, Method], ...] = (
    ("Sums and constant factors", linear_rules),
    ("A bell curve", bell_curve),
    ("The table of integrals", table),
    ("A linear inner function", linear_inside),
    ("Substitution", substitution),
    ("Formulas that change at a kink", kinks),
    ("Powers of trigonometric functions", trigonometric_powers),
    ("Integration by parts of a logarithm or an inverse function", parts_of_logarithm),
    ("Substitution of the whole integrand", substitution_in_whole),
    ("Multiplying out", expand_polynomial),
    ("Rational functions", rational),
    ("Integration by parts", sure_parts),
    ("An unknown factor in front of the exponential", exponential_ansatz),
    ("Trigonometric substitution", short_trigonometric_substitution),
    ("A root of a quadratic", root_of_quadratic),
    ("Substitution of a root", root_substitution),
    ("Substitution of a root over a power", binomial_substitution),
    ("Substitution of an exponential", exponential_substitution),
    ("A fraction in sine and cosine", rational_in_sine_and_cosine),
    ("The tangent of half the angle", half_angle),
    ("Taking brackets apart", terms_apart),
    ("Other choices for integration by parts", other_parts),
)
