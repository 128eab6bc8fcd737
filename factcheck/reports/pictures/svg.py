"""Pictures as SVG: Vega's own drawing made small, with classes in the place of colours and one text alternative.

Vega describes every mark to a screen reader, repeats its look at every mark and draws frames that nobody sees; here a
picture is one image with a title and a description, and what is left is what can be seen. No element has a style of
its own, so that a page can forbid them; colours come from `theme.css`.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import Any
from xml.etree import ElementTree

from factcheck.reports.escape import plain
from factcheck.reports.pictures import theme
from factcheck.reports.pictures.picture import Picture

_NAMESPACE = "{http://www.w3.org/2000/svg}"
_VEGA_LITE = "6.4"  # the version that Altair 6 writes for
_OWN = ("width", "height", "padding")  # of each picture
_SHAPES = frozenset({"path", "rect", "line", "text"})
_KEPT = ("transform", "d", "x", "y", "x1", "y1", "x2", "y2", "width", "height", "text-anchor", "fill", "stroke")
_LOOK = ("stroke-width", "stroke-dasharray", "opacity", "fill-opacity", "stroke-opacity", "font-size", "font-weight")
_PLAIN = {("opacity", "1"), ("stroke-width", "1"), ("text-anchor", "start"), ("font-weight", "normal")}
_PLACE = re.compile(r"translate\((-?[\d.]+),(-?[\d.]+)\)")
_UNMOVED = re.compile(r"translate\(0(?:,0)?\)")
_FRACTION = re.compile(r"-?\d+\.\d+(?:e-?\d+)?")
_NAMES = {colour.light: name for name, colour in theme.COLOURS.items()}


def inline(picture: Picture, id: str) -> str:
    """The picture as an element of an HTML page; `id` is unique in it. Its colours are those of the page."""
    return _written(_small(drawn(picture)), picture, id, style=None)


def standalone(picture: Picture) -> str:
    """The picture as a file of its own, which is light or dark as its reader's screen is."""
    return _written(_small(drawn(picture)), picture, "picture", style=theme.css(alone=True)) + "\n"


def drawn(picture: Picture) -> str:
    """The picture as Vega draws it."""
    return _drawn(json.dumps(picture.spec()))


@lru_cache(maxsize=1024)  # an archive shows every picture twice, in a page and as a file
def _drawn(written: str) -> str:
    import vl_convert

    spec = json.loads(written)
    svg: str
    if "datasets" in spec and all(isinstance(spec.get(side), int | float) for side in ("width", "height")):
        svg = vl_convert.vega_to_svg(_filled(spec), allowed_base_urls=[])
    else:
        svg = vl_convert.vegalite_to_svg(spec, vl_version=_VEGA_LITE, allowed_base_urls=[])
    return svg


def _filled(spec: dict[str, Any]) -> dict[str, Any]:
    """The same in Vega's own terms: pictures of one shape are compiled once, which is half of the work of each."""
    data: dict[str, Any] = spec["datasets"]
    shape = {key: value for key, value in spec.items() if key not in ("datasets", *_OWN)}
    compiled = _compiled(json.dumps(shape), tuple(data))
    filled = [{**one, "values": data[one["name"]]} if one["name"] in data else one for one in compiled["data"]]
    return {**compiled, **{key: spec[key] for key in _OWN if key in spec}, "data": filled}


@lru_cache(maxsize=64)
def _compiled(shape: str, names: tuple[str, ...]) -> dict[str, Any]:
    import vl_convert

    empty = {**json.loads(shape), "width": 1, "height": 1, "datasets": {name: [] for name in names}}
    vega: dict[str, Any] = vl_convert.vegalite_to_vega(empty, vl_version=_VEGA_LITE)
    return vega


def _small(svg: str) -> ElementTree.Element:
    """The same drawing without what cannot be seen."""
    root = ElementTree.fromstring(svg)
    small = ElementTree.Element("svg", {"viewBox": _rounded(root.get("viewBox", ""))})
    small.extend(_visible(list(root)))
    return small


def _visible(elements: list[ElementTree.Element]) -> list[ElementTree.Element]:
    """The elements that show anything; a group that changes nothing gives way to its members."""
    kept = []
    for element in elements:
        name = element.tag.removeprefix(_NAMESPACE)
        if name == "g":
            kept += _group(element)
        elif name in _SHAPES and _shows(element, name):
            shown = ElementTree.Element(name, _attributes(element))
            shown.text = plain(element.text) if name == "text" else None
            kept.append(shown)
    return _joined(kept)


def _joined(elements: list[ElementTree.Element]) -> list[ElementTree.Element]:
    """The same with lines that follow one another and look alike as one path."""
    kept: list[ElementTree.Element] = []
    looks: list[dict[str, str] | None] = []
    for element in elements:
        look, step = _line(element)
        if look is not None and looks and looks[-1] == look:
            kept[-1].set("d", kept[-1].get("d", "") + step)
            continue
        kept.append(element if look is None else ElementTree.Element("path", {"d": step, **look}))
        looks.append(look)
    return kept


def _line(element: ElementTree.Element) -> tuple[dict[str, str] | None, str]:
    """How a line looks, and its way as a path has it; no look for what is no line from its own place."""
    place = _PLACE.fullmatch(element.get("transform", "translate(0,0)"))
    if element.tag != "line" or place is None or "x1" in element.attrib or "y1" in element.attrib:
        return None, ""
    look = {key: value for key, value in element.attrib.items() if key not in ("transform", "x2", "y2")}
    return look, f"M{place[1]},{place[2]}l{element.get('x2', '0')},{element.get('y2', '0')}"


def _group(element: ElementTree.Element) -> list[ElementTree.Element]:
    members = _visible(list(element))
    attributes = _attributes(element)
    attributes.pop("class", None)  # a group's own colours are none, or its members'
    if not members or not attributes:
        return members
    if len(members) == 1 and members[0].tag == "g" and "transform" not in members[0].attrib:
        members = list(members[0])
    group = ElementTree.Element("g", attributes)
    group.extend(members)
    return [group]


def _shows(element: ElementTree.Element, name: str) -> bool:
    if element.get("display") == "none" or element.get("opacity") == "0":
        return False
    if name == "text":
        return bool(plain(element.text or ""))
    painted = any(element.get(key) not in (None, "none", "transparent") for key in ("fill", "stroke"))
    return painted and (name != "path" or element.get("d") not in (None, ""))


def _attributes(element: ElementTree.Element) -> dict[str, str]:
    """Where and how it is drawn; a colour of the theme becomes a class."""
    found: dict[str, str] = {}
    classes = []
    for key in (*_KEPT, *_LOOK):
        value = element.get(key)
        if value is None or (key, value) in _PLAIN or (key == "transform" and _UNMOVED.fullmatch(value)):
            continue
        if key in ("fill", "stroke"):
            if value in _NAMES:
                classes.append(f"{key}-{_NAMES[value]}")
                continue
            value = value if re.fullmatch(r"none|#[0-9a-f]{3,6}", value) else "currentColor"
        found[key] = _rounded(value.removesuffix("px"))
    if classes:
        found["class"] = " ".join(classes)
    return found


def _rounded(value: str) -> str:
    """Tenths of a pixel are as much as anybody sees."""
    return _FRACTION.sub(lambda number: f"{float(number.group()):.1f}".removesuffix(".0"), value)


def _written(svg: ElementTree.Element, picture: Picture, id: str, style: str | None) -> str:
    """The element with its name for those who do not see it; the root says how large it is at most."""
    width, height = svg.attrib["viewBox"].split()[2:]
    root = ElementTree.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "class": "picture",
            "width": width,
            "height": height,
            **svg.attrib,
            "role": "img",
            "aria-labelledby": f"{id}-title {id}-desc",
        },
    )
    for name, text in (("title", picture.title), ("desc", picture.alt)):
        ElementTree.SubElement(root, name, {"id": f"{id}-{name}"}).text = plain(text)
    if style is not None:
        ElementTree.SubElement(root, "style").text = style
    root.extend(svg)
    return ElementTree.tostring(root, encoding="unicode")
