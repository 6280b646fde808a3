"""The methods of integration, in the order in which they are tried; each with what to call it where it cannot help.

What is sure and cannot hurt comes first: linearity and the table. A substitution comes before everything that makes two
integrals of one, and what makes the answer long comes last.

    [title for title, method in METHODS]
"""

from __future__ import annotations

from tutor.integration.integrand import Method
from tutor.integration.table import table

METHODS: tuple[tuple[str, Method], ...] = (
    ("The table of integrals", table),
)
