"""Compares the values of two expressions numerically, without knowing any rules.

    from tutor.oracle import Oracle
    Oracle().compare(left, right).outcome        # "checked", "refuted" or "undecided"
"""

from tutor.oracle.verdict import Check, Oracle

__all__ = ["Check", "Oracle"]
