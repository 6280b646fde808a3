"""Numbers that know no rules: whether two expressions are equal in value.

    from tutor.oracle import Oracle
    Oracle().compare(left, right).outcome        # "checked", "refuted" or "undecided"
"""

from tutor.oracle.verdict import Check, Oracle

__all__ = ["Check", "Oracle"]
