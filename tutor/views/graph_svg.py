"""The graph of a backward pass as a picture: what goes forward is green and on the left, what comes back red and on the
right.

    graph_svg(drawn_graph(slopes_of("z = w*x; L = z^2"), None))      # "<svg ..."

The picture needs nothing but itself, and is light or dark as the page is. Every box and every wire has a title, which
says in full what stands there, and the description says all of it in the order of the lines.
"""

from __future__ import annotations

from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from rich.cells import cell_len

from tutor.expression.tree import Expression
from tutor.expression.write import PRETTY, WritingStyle, write
from tutor.telling.graph_drawing import DrawnGraph, DrawnNode, DrawnWire
from tutor.views.graph_layout import Layout, PlacedWire, Point, Size, layout
from tutor.views.shorten import shortened
from tutor.views.signs import clean

_CELL, _ROW, _BASELINE = 8.5, 20.0, 5.0
"""The width of a character, with what other fonts need more than the usual 0.6 of their size; the height of a row; and
how far below the middle of a row its letters stand."""

_PADDING, _BETWEEN_NUMBERS, _MARGIN, _LEGEND = 10.0, 3, 16.0, 26.0
_LABEL = 18.0
"""How far apart wires with labels have to be, as half of what the label takes."""

_LONGEST = 44
"""Characters of a text that is shown; its title has all of it."""

_STYLE = """
svg { color: #1f2328; }
.page { fill: #ffffff; stroke: #d0d7de; }
.box { fill: #f6f8fa; stroke: #57606a; }
.input { stroke-dasharray: 5 3; }
.wire { fill: none; stroke: #8c959f; stroke-width: 1.3; }
.head { fill: #8c959f; }
text { fill: currentColor; font-family: "DejaVu Sans Mono", Menlo, Consolas, "Liberation Mono", monospace;
  font-size: 14px; font-variant-ligatures: none; }
.label { fill: #57606a; font-size: 13px; }
.forward { fill: #1a7f37; }
.backward { fill: #cf222e; }
@media (prefers-color-scheme: dark) {
  svg { color: #e6edf3; }
  .page { fill: #0d1117; stroke: #30363d; }
  .box { fill: #161b22; stroke: #8b949e; }
  .wire { stroke: #6e7681; }
  .head { fill: #6e7681; }
  .label { fill: #9da7b1; }
  .forward { fill: #3fb950; }
  .backward { fill: #ff7b72; }
}
"""


def graph_svg(drawing: DrawnGraph, style: WritingStyle = PRETTY) -> str:
    """The picture as SVG. Raises LimitError where the graph is too large for one."""
    placed = layout({node.name: _size(node, style) for node in drawing.nodes},
                    {ends: Size(_CELL * cell_len(_shown(wire.slope, style)) + 4, 2 * _LABEL)
                     for ends, wire in drawing.wires.items()})
    has_numbers = any(node.value is not None for node in drawing.nodes)
    legend = _legend(has_numbers)
    wide = max(placed.size.wide, _CELL * sum(cell_len(text) + _BETWEEN_NUMBERS for _, text in legend)) + 2 * _MARGIN
    high = placed.size.high + 2 * _MARGIN + _LEGEND
    svg = Element("svg", {"xmlns": "http://www.w3.org/2000/svg", "viewBox": f"0 0 {_figures(wide, high)}",
                          "width": _figures(wide), "height": _figures(high), "role": "img",
                          "aria-labelledby": "graph-title graph-description"})
    title = SubElement(svg, "title", {"id": "graph-title"})
    title.text = clean(drawing.title.written(style))
    description = SubElement(svg, "desc", {"id": "graph-description"})
    description.text = "; ".join(_written(fact, style) for node in drawing.nodes for fact in node.facts)
    SubElement(svg, "style").text = _STYLE
    SubElement(svg, "rect", {"class": "page", "x": "0.5", "y": "0.5", "width": _figures(wide - 1),
                             "height": _figures(high - 1), "rx": "6"})
    graph = SubElement(svg, "g", {"transform": f"translate({_figures(_MARGIN, _MARGIN)})"})
    for ends, way in placed.wires.items():
        _draw_wire(graph, way, drawing.wires[ends], style)
    for node in drawing.nodes:
        _draw_box(graph, node, placed, style)
    left = 0.0
    for look, text in legend:
        _text(graph, Point(left, placed.size.high + _LEGEND), text, look)
        left += _CELL * (cell_len(text) + _BETWEEN_NUMBERS)
    ElementTree.indent(svg, "")
    signs = "utf-8" if style.pretty else "us-ascii"
    return str(ElementTree.tostring(svg, encoding=signs, xml_declaration=False), signs) + "\n"


def _legend(has_numbers: bool) -> list[tuple[str, str]]:
    """What the colours mean: how a word looks, and the word."""
    values = [("label forward", "value")] if has_numbers else []
    return [*values, ("label backward", "gradient"), ("label", "on an arrow: the slope on that line")]


def _size(node: DrawnNode, style: WritingStyle) -> Size:
    """A box has room for its text, and below it for both of its numbers."""
    value, slope = _shown(node.value, style), _shown(node.slope, style)
    numbers = cell_len(value) + (_BETWEEN_NUMBERS if value and slope else 0) + cell_len(slope)
    rows = 2 if value or slope else 1
    return Size(_CELL * max(cell_len(_shown(node.says, style)), numbers) + 2 * _PADDING, rows * _ROW + _PADDING)


def _draw_box(graph: Element, node: DrawnNode, placed: Layout, style: WritingStyle) -> None:
    size, (x, y) = _size(node, style), placed.boxes[node.name]
    box = SubElement(graph, "g")
    SubElement(box, "title").text = "; ".join(_written(fact, style) for fact in node.facts)
    SubElement(box, "rect", {"class": "box input" if node.is_input else "box", "x": _figures(x - size.wide / 2),
                             "y": _figures(y - size.high / 2), "width": _figures(size.wide),
                             "height": _figures(size.high), "rx": "5"})
    value, slope = _shown(node.value, style), _shown(node.slope, style)
    first = y - _ROW / 2 if value or slope else y
    _text(box, Point(x, first), _shown(node.says, style), anchor="middle")
    if value:
        _text(box, Point(x - size.wide / 2 + _PADDING, first + _ROW), value, "forward")
    if value and slope:
        _text(box, Point(x + size.wide / 2 - _PADDING, first + _ROW), slope, "backward", "end")
    elif slope:
        _text(box, Point(x, first + _ROW), slope, "backward", "middle")


def _draw_wire(graph: Element, way: PlacedWire, drawn: DrawnWire, style: WritingStyle) -> None:
    wire = SubElement(graph, "g")
    if drawn.fact is not None:
        SubElement(wire, "title").text = _written(drawn.fact, style)
    first, *others = way.points
    end = others[-1]._replace(x=others[-1].x - _HEAD)
    path, last = f"M{_figures(*first)}", first
    for point in (*others[:-1], end):
        middle = (last.x + point.x) / 2
        path += (f"H{_figures(point.x)}" if point.y == last.y else
                 f"C{_figures(middle, last.y)} {_figures(middle, point.y)} {_figures(*point)}")
        last = point
    SubElement(wire, "path", {"class": "wire", "d": path})
    SubElement(wire, "path", {"class": "head", "d": f"M{_figures(*others[-1])}l{_figures(-_HEAD, -4)}v8z"})
    _text(wire, way.label._replace(y=way.label.y - _LABEL / 2), _shown(drawn.slope, style), "label", "middle")


_HEAD = 8.0


def _text(parent: Element, place: Point, text: str, look: str = "", anchor: str = "start") -> None:
    if not text:
        return
    attributes = {"x": _figures(place.x), "y": _figures(place.y + _BASELINE), "text-anchor": anchor}
    SubElement(parent, "text", {**({"class": look} if look else {}), **attributes}).text = text


def _shown(expression: Expression | None, style: WritingStyle) -> str:
    """A formula as it stands in the picture, cut where it is too long for it."""
    written = "" if expression is None else _written(expression, style)
    cut = "…" if style.pretty else "..."
    return written if len(written) <= _LONGEST else written[:_LONGEST - len(cut)] + cut


def _written(expression: Expression, style: WritingStyle) -> str:
    return clean(write(shortened(expression), style))


def _figures(*numbers: float) -> str:
    """Numbers with one decimal, as short as they can be."""
    return " ".join(f"{number:.1f}".removesuffix(".0") for number in numbers)
