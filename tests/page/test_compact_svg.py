"""Charts made small for the page look the same: their marks and words are kept, styles and what is outside are not."""

import re
from xml.etree import ElementTree

import pytest

from simulation.page.compact_svg import compact_svg
from tests.page.made import sight_of

pytestmark = pytest.mark.unit

BEFORE = """<?xml version="1.0"?>
<svg xmlns:xlink="http://www.w3.org/1999/xlink" width="200pt" height="100pt" viewBox="0 0 200.123 100"
 xmlns="http://www.w3.org/2000/svg" version="1.1" role="img" aria-labelledby="gap-title gap-description">
 <title id="gap-title">It closes &amp; opens</title>
 <desc id="gap-description">A line.</desc>
 <defs><style type="text/css">*{stroke-linejoin: round}</style></defs>
 <g id="gap-figure_1"><g id="gap-line">
  <defs><path id="gap-m0" d="M 0 3.14159
L 0 -0.001" style="stroke: #12436d"/></defs>
  <g clip-path="url(#gap-p1)"><use xlink:href="#gap-m0" x="10.26" y="20"
   style="fill: #12436d; stroke: #12436d; stroke-width: 1.2"/></g>
 </g></g>
 <g id="gap-text_1"><text style="font-size: 9.5px; font-family: 'A', sans-serif; text-anchor: start; fill: #1a1a1a"
  x="4" y="50" transform="rotate(-0 4 50)">inside</text></g>
 <g id="gap-text_2"><text style="font-size: 9.5px" x="4" y="120">below</text></g>
 <defs><clipPath id="gap-p1"><rect x="1" y="2" width="3.04" height="4"/></clipPath></defs>
</svg>"""


def test_a_chart_made_small_by_hand():
    assert compact_svg(BEFORE).split("\n") == [
        '<svg xmlns="http://www.w3.org/2000/svg" aria-labelledby="gap-title gap-description" fill="#1a1a1a" '
        'font-size="9.5px" role="img" stroke-linejoin="round" viewBox="0 0 200.1 100">',
        '<title id="gap-title">It closes &amp; opens</title>',
        '<desc id="gap-description">A line.</desc>',
        "<defs>",
        '<path d="M0 3.14l0-3.14" stroke="#12436d" id="g2" />',
        "</defs>",
        '<g clip-path="url(#g1)">',
        '<use x="10.3" y="20" fill="#12436d" stroke-width="1.2" href="#g2" />',
        "</g>",
        '<text x="4" y="50">inside</text>',
        "<defs>",
        '<clipPath id="g1">',
        '<rect x="1" y="2" width="3.04" height="4" />',
        "</clipPath>",
        "</defs>",
        "</svg>",
    ]


def test_the_first_pictures_are_small_and_whole():
    for picture in sight_of("mid-south-essex-partnership").pictures:
        root = ElementTree.fromstring(picture.svg)
        ids = [each.attrib["id"] for each in root.iter() if "id" in each.attrib]
        used = re.findall(r'(?:href="|url\()#([\w-]+)', picture.svg)
        assert set(used) <= set(ids), picture.name
        assert len(ids) == len(set(ids)), picture.name
        assert "style" not in picture.svg, picture.name
        assert len(picture.svg.encode()) <= 25_600, picture.name
        assert len(list(root.iter("{http://www.w3.org/2000/svg}text"))) > 5, picture.name


def test_ids_of_several_pictures_are_different():
    pictures = sight_of("mid-south-essex-partnership").pictures
    ids = [found for each in pictures for found in re.findall(r'\bid="([^"]+)"', each.svg)]
    assert len(ids) == len(set(ids))


def test_steps_along_a_path_lead_to_the_same_points():
    """A path of lines from point to point, the way back, a second part, and lengths that fall on whole numbers."""
    points = [(0, 0), (10, 0), (10, 0.5), (9.8, 0.2), (-3, -0.1), (-3, 20), (100.1, 20.3)]
    path = "M " + " L ".join(f"{x} {y}" for x, y in points) + " z M 5 5 L 6 4.9"
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="{path}" style="fill: none"/></svg>'
    (short,) = re.findall(r' d="([^"]+)"', compact_svg(svg))
    assert short == "M0 0l10 0 0 .5-.2-.3-12.8-.3 0 20.1 103.1 .3zM5 5l1-.1"


def test_curves_are_left_as_they_are():
    path = 'd="M 0 3 C 1 3 2 3 3 2 L 4 4"'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path {path} fill="none"/></svg>'
    assert path in compact_svg(svg)


def test_neighbours_that_look_the_same_are_one_path_and_others_are_not():
    """Bars of one colour are joined; those with an edge of another colour lie on each other in their order."""
    bars = [f'<path d="M 0 {y} L 9 {y}" style="{style}"/>' for y, style in enumerate([
        "fill: red", "fill: red", "fill: blue", "fill: red", "fill: red; stroke: blue", "fill: red; stroke: blue",
        "fill: red; opacity: 0.5", "fill: red; opacity: 0.5",
    ])]  # fmt: skip
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{"".join(bars)}</svg>'
    found = re.findall(r' d="([^"]+)"', compact_svg(svg))
    assert found == ["M0 0l9 0M0 1l9 0", *(f"M0 {y}l9 0" for y in range(2, 8))]
