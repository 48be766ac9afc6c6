"""Where the texts of an SVG stand, measured with the fonts themselves, and what is wrong with that."""

import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import combinations
from typing import NamedTuple
from xml.etree import ElementTree

from fontTools.ttLib import TTFont

from simulation.charts.drawing.typeface import face_file

SVG = "{http://www.w3.org/2000/svg}"
ELEMENTS = {"svg", "title", "desc", "g", "path", "rect", "circle", "polygon", "text"}
_ASCENT, _DESCENT = 0.72, 0.22
"""Of letters above and under the line that they stand on, in units of their size."""


class Box(NamedTuple):
    """A text and the box that it fills, px."""

    text: str
    left: float
    right: float
    top: float
    bottom: float


def parsed(svg: str) -> ElementTree.Element:
    """The root of an SVG; fails if it is not well-formed."""
    return ElementTree.fromstring(svg)


def texts(root: ElementTree.Element) -> Iterator[Box]:
    """The texts of a picture."""
    yield from _texts(root, (0.0, 0.0), float(root.get("font-size", "nan")))


def _texts(group: ElementTree.Element, origin: tuple[float, float], inherited: float) -> Iterator[Box]:
    for each in group:
        if each.tag == f"{SVG}g":
            across, down = map(float, (each.get("transform") or "").removeprefix("translate(").rstrip(")").split())
            yield from _texts(each, (origin[0] + across, origin[1] + down), inherited)
        if each.tag != f"{SVG}text":
            continue
        size = float(each.get("font-size", inherited))
        text = each.text or ""
        width = text_width(text, size, bold=each.get("font-weight") == "700")
        x, y = origin[0] + float(each.get("x", "nan")), origin[1] + float(each.get("y", "nan"))
        left = x - width * {"middle": 0.5, "end": 1.0}.get(each.get("text-anchor", "start"), 0.0)
        yield Box(text, left, left + width, y - _ASCENT * size, y + _DESCENT * size)


def mistakes(root: ElementTree.Element) -> list[str]:
    """Texts that leave the picture, overlap each other or are too small, and what a strict page does not allow."""
    width, height = float(root.get("width", "nan")), float(root.get("height", "nan"))
    boxes = sorted(texts(root), key=lambda box: box.top)
    found = [
        f"{box.text!r} leaves the picture of {width} × {height}: {box}"
        for box in boxes
        if box.left < -0.5 or box.right > width + 0.5 or box.top < -0.5 or box.bottom > height + 0.5
    ]
    for one, other in combinations(boxes, 2):
        if min(one.right, other.right) - max(one.left, other.left) > 0.5 and (
            min(one.bottom, other.bottom) - max(one.top, other.top) > 0.5
        ):
            found.append(f"{one.text!r} overlaps {other.text!r}")
    for each in root.iter():
        name = each.tag.removeprefix(SVG)
        if name not in ELEMENTS:
            found.append(f"element {name}")
        if float(each.get("font-size", "14")) < 14:
            found.append(f"small text {each.text!r}")
        found += [f"attribute {key}" for key in each.attrib if key == "style" or key.startswith("on")]
        found += [f"{key}={value} of {name}" for key, value in each.attrib.items() if value in {"NaN", "undefined"}]
    return found


@cache
def _advances(bold: bool) -> dict[int, float]:
    font = TTFont(face_file(700 if bold else 400))
    letters, advances, size = font.getBestCmap(), font["hmtx"], font["head"].unitsPerEm
    return {code: advances[name][0] / size for code, name in letters.items()}


def text_width(text: str, size: float, *, bold: bool) -> float:
    """Width of a text in the typeface, px; letters that it lacks count as half their size, and joiners as nothing."""
    advances = _advances(bold)
    drawn = (letter for letter in text if unicodedata.category(letter) not in {"Cf", "Mn"})
    return size * sum(advances.get(ord(letter), 0.5) for letter in drawn)
