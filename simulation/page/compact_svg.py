"""A chart's SVG made small, and without styles, which the page's content-security policy forbids inside elements."""

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from functools import partial
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

_NAMESPACE = "{http://www.w3.org/2000/svg}"
_LINK = "{http://www.w3.org/1999/xlink}href"
_NUMBER = re.compile(r"-?\d+\.\d+")
_LINKED = re.compile(r"#(.+)")
_USED = re.compile(r"url\(#(.+)\)")
_STEP = re.compile(r"(z)|([ML]) (\S+) (\S+)")
_STRAIGHT = re.compile(r"(?:[ML] \S+ \S+ ?|z ?)+")
_ROTATED = re.compile(r"rotate\(-?0(?:\.0*)? ")

_LEFT_OUT = {"metadata", "style"}
_INHERITED = {"font-family"}
"""Properties that texts take from the page."""

_DEFAULTS = {"text-anchor": "start", "stroke-dashoffset": "0", "stroke-linecap": "butt"}
"""Values that hold without being written."""

_ROUNDED = ("d", "x", "y", "width", "height", "viewBox", "transform", "font-size")


def compact_svg(svg: str) -> str:
    """Return a chart's SVG without styles, a size of its own, and texts beyond its edges.

    Styles become attributes, texts have the page's typeface, and places are rounded to a tenth of a point, those of
    markers to a hundredth.

    Args:
        svg: As `svg_text` writes it with letters as text.
    """
    root = ElementTree.fromstring(svg[svg.index("<svg") :])
    _, _, _, height = map(float, root.attrib["viewBox"].split())
    for name in ("width", "height", "version"):
        root.attrib.pop(name, None)
    root.set("stroke-linejoin", "round")
    _drop(root, height)
    markers = {id(each) for part in root.iter(f"{_NAMESPACE}defs") for each in part.iter()}
    for each in root.iter():
        _plain_attributes(each, 2 if id(each) in markers else 1)
    _leave_out_overruled(root)
    _hoist(root, "font-size")
    if all("fill" in each.attrib for each in _marks(root) if id(each) not in markers):
        _hoist(root, "fill")
    _shorten_ids(root)
    _flatten(root)
    _join_paths(root)
    return _serialised(root)


def _drop(parent: Element, height: float) -> None:
    """Drop what is not seen: styles, empty groups, and texts above or below the picture."""
    for child in list(parent):
        _drop(child, height)
        name = child.tag.removeprefix(_NAMESPACE)
        outside = name == "text" and not 0 <= float(child.get("y", 0)) <= height
        is_empty = name in {"g", "defs"} and not len(child)
        if outside or is_empty or name in _LEFT_OUT:
            parent.remove(child)


def _plain_attributes(each: Element, decimals: int) -> None:
    """Write an element's style as attributes, its numbers short and its links plain."""
    for declaration in filter(None, (part.strip() for part in each.attrib.pop("style", "").split(";"))):
        name, _, value = declaration.partition(":")
        if name.strip() not in _INHERITED and _DEFAULTS.get(name.strip()) != value.strip():
            each.set(name.strip(), value.strip())
    if _LINK in each.attrib:
        each.set("href", each.attrib.pop(_LINK))
    if _ROTATED.match(each.get("transform", "")):
        del each.attrib["transform"]
    for name in set(_ROUNDED) & set(each.attrib):
        each.set(name, " ".join(_NUMBER.sub(partial(_short, decimals), each.attrib[name]).split()))
    if "d" in each.attrib:
        each.set("d", _short_steps(each.attrib["d"]))


def _short(decimals: int, number: re.Match[str]) -> str:
    rounded = f"{float(number[0]):.{decimals}f}".rstrip("0").rstrip(".")
    return "0" if rounded == "-0" else rounded


def _short_steps(path: str) -> str:
    """Write a path of straight lines as steps from one point to the next, which takes half of the letters.

    Args:
        path: Its places are rounded already, so that steps add up to the same places.
    """
    if not _STRAIGHT.fullmatch(path):
        return path
    written, last, at = "", "", (Decimal(0), Decimal(0))
    for close, command, x, y in _STEP.findall(path):
        if close:
            written += close
            continue
        point = Decimal(x), Decimal(y)
        if command == "M":
            written += f"M{x} {y}"
        else:
            across, down = (_step(to - since) for to, since in zip(point, at, strict=True))
            begin = "l" if last != "L" else "" if across.startswith("-") else " "
            written += f"{begin}{across}{'' if down.startswith('-') else ' '}{down}"
        last, at = command, point
    return written


def _step(length: Decimal) -> str:
    """Return a length without a zero that says nothing, such as -.2."""
    written = f"{length.normalize():f}"
    return written.replace("0.", ".", 1) if abs(length) < 1 else written


def _leave_out_overruled(root: Element) -> None:
    """Leave out of a use what its marker says itself."""
    marks = {f"#{each.get('id')}": each for each in root.iter() if "id" in each.attrib}
    for use in root.iter(f"{_NAMESPACE}use"):
        for name in ("stroke", "stroke-width"):
            if name in marks[use.attrib["href"]].attrib:
                use.attrib.pop(name, None)


def _marks(root: Element) -> Iterator[Element]:
    """Yield all that is drawn but for texts and what clips."""
    clips = {id(each) for part in root.iter(f"{_NAMESPACE}clipPath") for each in part.iter()}
    drawn = (f"{_NAMESPACE}{name}" for name in ("path", "rect", "use", "circle", "polygon", "polyline", "line"))
    return (each for name in drawn for each in root.iter(name) if id(each) not in clips)


def _hoist(root: Element, name: str) -> None:
    """Give the whole picture the property that most of its texts have."""
    texts = list(root.iter(f"{_NAMESPACE}text"))
    if texts and all(name in each.attrib for each in texts):
        usual = Counter(each.attrib[name] for each in texts).most_common(1)[0][0]
        root.set(name, usual)
        for each in texts:
            if each.get(name) == usual:
                del each.attrib[name]


def _shorten_ids(root: Element) -> None:
    """Number the ids that something refers to, after the initials of the chart's name, and drop the others."""
    short = {name: name for name in root.get("aria-labelledby", "").split()}
    uses = [found[1] for each in root.iter() for _, found in _references(each)]
    for number, name in enumerate(dict.fromkeys(uses), 1):
        initials = "".join(word[0] for word in name.partition("-")[0].split("_"))
        short[name] = f"{initials}{number}"
    for each in root.iter():
        own = each.attrib.pop("id", None)
        if own in short:
            each.set("id", short[own])
        for name, found in list(_references(each)):
            each.set(name, f"{each.attrib[name][: found.start(1)]}{short[found[1]]}{each.attrib[name][found.end(1) :]}")


def _references(each: Element) -> Iterator[tuple[str, re.Match[str]]]:
    """Yield the attributes that refer to an id, with where in them it stands."""
    for name, value in each.attrib.items():
        found = (_LINKED if name == "href" else _USED).match(value)
        if found:
            yield name, found


def _flatten(parent: Element) -> None:
    """Put the contents of groups without a use in the place of the group."""
    children = []
    for child in parent:
        _flatten(child)
        if child.tag == f"{_NAMESPACE}g" and not child.attrib:
            children += list(child)
        else:
            children.append(child)
        if not (child.text or "").strip():
            child.text = None
        child.tail = None
    for child in list(parent):
        parent.remove(child)
    parent.extend(children)
    if not (parent.text or "").strip():
        parent.text = None


def _join_paths(parent: Element) -> None:
    """Make one path of neighbours that look the same, where their order says nothing.

    Fill and stroke of one colour each, or a fill alone, look the same however shapes of them overlap.
    """
    before: Element | None = None
    for child in list(parent):
        _join_paths(child)
        look = {name: value for name, value in child.attrib.items() if name != "d"}
        is_plain = child.tag == f"{_NAMESPACE}path" and "id" not in look and not any("opacity" in name for name in look)
        one_paint = look.get("fill") == "none" or look.get("stroke", "none") in {"none", look.get("fill")}
        if not (is_plain and one_paint):
            before = None
        elif before is not None and look == {name: value for name, value in before.attrib.items() if name != "d"}:
            before.set("d", before.attrib["d"] + child.attrib["d"])
            parent.remove(child)
        else:
            before = child


def _serialised(root: Element) -> str:
    """Return the element as text, its names without a prefix."""
    for each in root.iter():
        each.tag = each.tag.removeprefix(_NAMESPACE)
    attributes = sorted(root.attrib.items())
    root.attrib.clear()
    root.attrib.update({"xmlns": _NAMESPACE.strip("{}")} | dict(attributes))
    return ElementTree.tostring(root, encoding="unicode").replace("><", ">\n<")
