"""Problems of every kind, derived: by the rules alone, along the lines of a graph, from an equation, or of a tangent.

    explained(parse("d/dx x^2")).result                 # 2*x
    explained(read_problem("x^2 + y^2 = 25; dy/dx").expression).result          # dy/dx = -x/y

What only some kinds need is loaded when one of them is asked for: a plain derivative does without graphs and equations.
"""

from __future__ import annotations

from tutor.derivation.derivation import Derivation, derive
from tutor.expression.notes import Note
from tutor.expression.tree import Expression


def explained(problem: Expression, notes: tuple[Note, ...] = (), method: str = "",
              taken: frozenset[str] = frozenset()) -> Derivation:
    """The derivation of a problem of any kind. notes, method, taken: as for `derive`. Raises TutorError."""
    if problem.head == "relation":
        from tutor.derivation.newton import solved_newton
        from tutor.derivation.tangent_planes import solved_plane
        from tutor.derivation.tangents import solved_tangent

        return (solved_newton(problem, notes, method) or solved_plane(problem, notes, method)
                or solved_tangent(problem, notes, method))
    if problem.head != "statements":
        return derive(problem, notes, method, taken)
    from tutor.derivation.curve_tangents import solved_curve_tangent
    from tutor.derivation.implicit import solved_rate

    found = solved_curve_tangent(problem, notes, method) or solved_rate(problem, notes, method)
    if found is not None:
        return found
    from tutor.derivation.backward import solved_on_graph

    return solved_on_graph(problem, notes, method)
