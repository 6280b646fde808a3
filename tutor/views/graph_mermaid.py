"""The graph of a backward pass in the language of Mermaid, which GitHub and many editors draw.

    graph_mermaid(drawn_graph(slopes_of("z = w*x; L = z^2"), None))      # "flowchart LR\\n ..."
"""

from __future__ import annotations

import re

from tutor.expression.tree import Expression
from tutor.expression.write import PRETTY, WritingStyle, write
from tutor.telling.graph_drawing import DrawnGraph
from tutor.views.shorten import shortened
from tutor.views.signs import clean


def graph_mermaid(drawing: DrawnGraph, style: WritingStyle = PRETTY) -> str:
    """The drawing as a flowchart. Its nodes are numbered, because some names would be words of the language."""
    names = {node.name: f"n{number}" for number, node in enumerate(drawing.nodes)}
    rows = ["flowchart LR", f"    accTitle: {_escaped(drawing.title.written(style))}"]
    for node in drawing.nodes:
        lines = [_written(node.says, style)]
        if node.value is not None:
            lines += [f"value {_written(node.value, style)}"]
        if node.slope is not None:
            lines += [_written(node.slope, style) if node.value is None else f"gradient {_written(node.slope, style)}"]
        rows.append(f"    {names[node.name]}[\"{'<br/>'.join(lines)}\"]{':::input' if node.is_input else ''}")
    for (start, end), wire in drawing.wires.items():
        label = "" if wire.slope is None else f'|"{_written(wire.slope, style)}"|'
        rows.append(f"    {names[start]} -->{label} {names[end]}")
    rows.append("    classDef input stroke-dasharray: 5 3")
    text = "\n".join(rows) + "\n"
    return text if style.pretty else _NOT_ASCII.sub(_as_number, text)


def _written(expression: Expression, style: WritingStyle) -> str:
    return _escaped(clean(write(shortened(expression), style)))


_MEANS_SOMETHING = re.compile(r"[\"#<>&`*_~\\;{}\[\]|]")
"""Signs that end a label, or begin an entity, a tag or Markdown in it."""

_NOT_ASCII = re.compile(r"[^\x00-\x7f]")


def _escaped(text: str) -> str:
    """A text in which every sign stands for itself."""
    return _MEANS_SOMETHING.sub(_as_number, text)


def _as_number(sign: re.Match[str]) -> str:
    return f"#{ord(sign[0])};"
