"""The picture of a backward pass in the language of Mermaid, where every sign of a formula stands for itself."""

from __future__ import annotations

import re

import pytest

from tests.telling.test_graph_drawing import drawn
from tutor.expression.write import TEXT
from tutor.views.graph_mermaid import graph_mermaid


def test_at_numbers() -> None:
    assert graph_mermaid(drawn("z = w*x; L = z^2; grad_{w} L", "w = 3, x = -2")) == """\
flowchart LR
    accTitle: The backward pass from L
    n0["w<br/>value 3<br/>gradient 24"]:::input
    n1["x<br/>value −2"]:::input
    n2["z = w·x<br/>value −6<br/>gradient −12"]
    n3["L = z²<br/>value 36<br/>gradient 1"]
    n0 -->|"−2"| n2
    n1 --> n2
    n2 -->|"−12"| n3
    classDef input stroke-dasharray: 5 3
"""


def test_in_letters() -> None:
    assert 'n2["z = w·x<br/>dL/dz = 2z"]' in graph_mermaid(drawn("z = w*x; L = z^2"))


@pytest.mark.parametrize("lines", ["u = |x|*2; L = u^(-2/3)", "u = x*w_{12}; L = max(u, 2)*relu(u) + ln(u/x)"])
@pytest.mark.parametrize("ascii", [False, True])
def test_no_sign_of_a_formula_means_anything(lines: str, ascii: bool) -> None:
    text = graph_mermaid(drawn(lines), TEXT) if ascii else graph_mermaid(drawn(lines))
    labels = [label for row in text.splitlines() for label in re.findall('"([^"]*)"', row)]
    assert len(labels) == text.count('"') / 2
    for label in labels:
        assert not re.search(r"[*_~`|\\;{}\[\]<>&#]", re.sub(r"#[0-9]+;|<br/>", "", label))
    assert text.isascii() or not ascii
