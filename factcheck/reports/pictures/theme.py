"""How pictures look: sizes and colours, in one place.

Colours are those of Okabe and Ito ("Color Universal Design", 2008), which people with any kind of colour vision can
tell apart; none carries a meaning alone. A colour has a name; `svg` turns it into a class, whose colour depends on
whether the page is light or dark.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

WIDTH = 560  # of the plot itself, in pixels


@dataclass(frozen=True)
class Colour:
    """A colour on white and on black."""

    light: str
    dark: str


COLOURS = {
    "ink": Colour("#1a1a1a", "#f2f2f2"),  # text, axes, the estimate
    "muted": Colour("#5f6368", "#a8adb3"),  # what is there for orientation
    "faint": Colour("#dadce0", "#3c4043"),  # grids
    "claimed": Colour("#0072b2", "#56b4e9"),
    "found": Colour("#d55e00", "#ff9b54"),
    "other": Colour("#009e73", "#3dd6a8"),
    "doubt": Colour("#cc79a7", "#e6a3c8"),
}
INK, MUTED, FAINT, CLAIMED, FOUND, OTHER, DOUBT = (colour.light for colour in COLOURS.values())


def specification(chart: Any) -> dict[str, Any]:
    """An Altair chart as Vega-Lite, in the look of all pictures."""
    spec: dict[str, Any] = chart.to_dict(validate=False)  # the tests validate every form
    return {**spec, "background": None, "config": CONFIG}


_TEXT = {"labelColor": INK, "titleColor": INK, "labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal"}
CONFIG: dict[str, Any] = {
    "font": "sans-serif",
    "view": {"stroke": None},
    "axis": {**_TEXT, "domainColor": MUTED, "tickColor": MUTED, "gridColor": FAINT, "labelLimit": 220},
    "legend": {**_TEXT, "orient": "top", "title": None},
    "text": {"color": INK, "fontSize": 12},
}


def css(*, alone: bool = False) -> str:
    """The stylesheet of pictures: of a file `alone`, which follows its reader's screen, or for a page that holds them.

    A page sets the attribute `data-theme` of its root to light or dark where its reader has chosen; paper is white.
    """
    classes = "".join(f".fill-{name}{{fill:var(--{name})}}.stroke-{name}{{stroke:var(--{name})}}" for name in COLOURS)
    light, dark = _variables("light"), _variables("dark")
    if alone:
        look = "svg{font:12px system-ui,sans-serif;fill:none}text{fill:var(--ink)}"
        return f":root{{{light}}}@media(prefers-color-scheme:dark){{:root{{{dark}}}}}{look}{classes}"
    look = ".picture{font:12px system-ui,sans-serif;fill:none;max-width:100%;height:auto}.picture text{fill:var(--ink)}"
    return (
        f":root{{{light}}}@media screen and (prefers-color-scheme:dark){{:root:not([data-theme=light]){{{dark}}}}}"
        f"@media screen{{:root[data-theme=dark]{{{dark}}}}}{look}{classes}"
    )


def _variables(side: Literal["light", "dark"]) -> str:
    return "".join(f"--{name}:{getattr(colour, side)};" for name, colour in COLOURS.items()).rstrip(";")
