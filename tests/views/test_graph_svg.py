"""The picture of a backward pass as SVG: well-formed, complete, and readable without seeing it."""

from __future__ import annotations

import re
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest

from tests.telling.test_graph_drawing import drawn
from tutor.expression.write import TEXT
from tutor.views.graph_svg import graph_svg

SVG = "{http://www.w3.org/2000/svg}"
NEURON = "z = w*x + b; a = sigmoid(z); L = (a - y)^2"
AWKWARD = "u = x^2; v = |x|*u^(-2/3)*sqrt(x); L = max(v, u)*e^(-w_{12}) + ln(u*v); grad L"


def read(lines: str, places: str = "") -> Element:
    return ElementTree.fromstring(graph_svg(drawn(lines, places)))


def texts(svg: Element, look: str) -> list[str]:
    return [text.text or "" for text in svg.iter(f"{SVG}text") if text.get("class") == look]


def test_both_numbers_of_every_box_and_the_slope_on_every_wire() -> None:
    svg = read(NEURON, "w = 0.5, x = 2, b = -0.3, y = 1")
    assert texts(svg, "forward") == ["0.5", "2", "−0.3", "1", "0.7", "0.6682", "0.1101"]
    assert texts(svg, "backward") == ["−0.2943", "−0.07357", "−0.1471", "0.6636", "−0.1471", "−0.6636", "1"]
    assert sorted(texts(svg, "label")[:-1]) == sorted(["2", "0.5", "1", "0.2217", "−0.6636", "0.6636"])
    dashed = [box for box in svg.iter(f"{SVG}rect") if box.get("class") == "box input"]
    assert len(dashed) == 4


def test_in_letters() -> None:
    svg = read(NEURON)
    assert texts(svg, "forward") == []
    assert "dL/dz = dL/da·a·(1 − a)" in texts(svg, "backward")
    assert "a·(1 − a)" in texts(svg, "label")


@pytest.mark.parametrize(("lines", "places"), [(NEURON, ""), (AWKWARD, ""), (AWKWARD, "x = 2, w_{12} = 1")])
def test_it_can_be_read_aloud(lines: str, places: str) -> None:
    svg = read(lines, places)
    title, description = svg[0], svg[1]
    assert svg.get("role") == "img"
    assert svg.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
    assert title.text == "The backward pass from L"
    assert "dL/dL = 1" in (description.text or "")
    boxes = [group for group in svg.iter(f"{SVG}g") if group.find(f"{SVG}rect") is not None]
    assert all(group.findtext(f"{SVG}title") for group in boxes)


@pytest.mark.parametrize("places", ["", "x = 2, w_{12} = 1"])
def test_a_text_fits_its_box(places: str) -> None:
    for group in read(AWKWARD, places).iter(f"{SVG}g"):
        box = group.find(f"{SVG}rect")
        if box is not None:
            left, wide = float(box.get("x", "")), float(box.get("width", ""))
            ends = [_ends(text) for text in group.findall(f"{SVG}text")]
            assert all(left <= start and end <= left + wide for start, end in ends)
            below = [each for each, text in zip(ends, group.findall(f"{SVG}text"), strict=True) if text.get("class")]
            assert len(below) < 2 or below[0][1] < below[1][0]


def _ends(text: Element) -> tuple[float, float]:
    place, wide = float(text.get("x", "")), 8.4 * len(text.text or "")
    start = place - wide * {"start": 0, "middle": 0.5, "end": 1}[text.get("text-anchor", "")]
    return start, start + wide


def test_a_long_text_is_cut_and_whole_in_its_title() -> None:
    long = " + ".join(f"w_{number}*x_{number}" for number in range(1, 12))
    svg = read(f"z = {long}; L = z^2")
    assert any(text.endswith("…") for text in (each.text or "" for each in svg.iter(f"{SVG}text")))
    assert any("w₁₁·x₁₁" in (each.text or "") for each in svg.iter(f"{SVG}title"))


def test_it_needs_nothing_else_and_follows_the_page() -> None:
    text = graph_svg(drawn(NEURON))
    assert re.findall(r"https?://[^\"]*", text) == ["http://www.w3.org/2000/svg"]
    assert "url(" not in text
    assert "prefers-color-scheme: dark" in text


def test_in_ascii() -> None:
    text = graph_svg(drawn(AWKWARD), TEXT)
    assert text.isascii()
    ElementTree.fromstring(text)
