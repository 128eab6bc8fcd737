"""Where the marks of a drawn picture lie, with the shifts of the groups around them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree

from factcheck.reports.pictures import Picture
from factcheck.reports.pictures.svg import inline

_NUMBER = r"(-?[\d.]+)"
_SHIFT = re.compile(rf"translate\({_NUMBER},{_NUMBER}\)")
_BOX = re.compile(rf"M{_NUMBER},{_NUMBER}h{_NUMBER}v{_NUMBER}h-?[\d.]+Z")


@dataclass(frozen=True)
class Mark:
    """A drawn element by the class of its colour; `x` to `x2` is a box, otherwise both are its place."""

    tag: str
    look: str
    text: str
    x: float
    x2: float
    y: float
    height: float


def marks(picture: Picture) -> list[Mark]:
    return list(_marks(ElementTree.fromstring(inline(picture, "x")), 0.0, 0.0))


def _marks(element: ElementTree.Element, x: float, y: float) -> Iterator[Mark]:
    shift = _SHIFT.fullmatch(element.get("transform", ""))
    if shift:
        x, y = x + float(shift[1]), y + float(shift[2])
    tag = element.tag.rpartition("}")[2]
    if tag in ("path", "line", "text"):
        box = _BOX.fullmatch(element.get("d", ""))
        left, top, width, height = (float(one) for one in box.groups()) if box else (0.0, 0.0, 0.0, 0.0)
        look = element.get("class", "")
        yield Mark(tag, look, element.text or "", x + left, x + left + width, y + top, height)
    for child in element:
        yield from _marks(child, x, y)
