"""How pictures look: sizes and colours, in one place.

Colours are those of Okabe and Ito ("Color Universal Design", 2008), which people with any kind of colour vision can
tell apart; none carries a meaning alone. A colour has a name; `svg` turns it into a class, whose colour depends on
whether the page is light or dark.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from factcheck.reports.escape import plain

WIDTH = 380  # of a whole picture, in pixels: narrow, so that its letters are still read on a telephone
FONT = 13  # pixels
LETTER = 7.4  # pixels that a letter of that size takes, at most but for the widest

Rows = list[dict[str, Any]]


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


def specification(
    chart: Callable[[], Any],
    data: Mapping[str, Rows],
    *,
    height: int,
    left: float = 0,
    right: float = 14,
    top: float = 6,
    bottom: float = 20,
) -> dict[str, Any]:
    """The Vega-Lite specification of an Altair chart, filled with its named data.

    A chart has the same layers whatever it shows, so that it is built once. Nothing in it is measured by the width of
    its letters (`autosize: none`, no axes or legends of Vega's own): it comes out the same wherever it is drawn.
    """
    return {
        **_built(chart),
        "width": WIDTH - left - right,
        "height": height,
        "padding": {"left": left, "right": right, "top": top, "bottom": bottom},
        "datasets": dict(data),
    }


@cache
def _built(chart: Callable[[], Any]) -> dict[str, Any]:
    spec: dict[str, Any] = chart().to_dict(validate=False)  # the tests validate every form
    return {**spec, "autosize": "none", "background": "transparent", "config": CONFIG}


def room(texts: Iterable[str], most: int = 24) -> float:
    """How many pixels the longest of these texts takes, beside its mark."""
    return min(most, max(map(len, texts), default=0)) * LETTER + 10


def cut(text: object, most: int = 24) -> str:
    """A text as a label: harmless, on one line, no longer than there is room for."""
    shown = plain(text)
    return shown if len(shown) <= most else f"{shown[: most - 1].rstrip()}…"


CONFIG: dict[str, Any] = {
    "font": "sans-serif",
    "view": {"stroke": None},
    "text": {"color": INK, "fontSize": FONT},
    "scale": {"barBandPaddingInner": 0.25},
}


# Where a reader's own few colours hold, marks are told by their shapes and places.
_FORCED = (
    "@media(forced-colors:active){:root:root{--ink:CanvasText;--muted:CanvasText;--faint:GrayText;"
    "--claimed:Highlight;--found:CanvasText;--other:CanvasText;--doubt:CanvasText}}"
)


def css(*, alone: bool = False) -> str:
    """The stylesheet of pictures: of a file `alone`, which follows its reader's screen, or for a page that holds them.

    A page sets the attribute `data-theme` of its root to light or dark where its reader has chosen; paper is white.
    """
    classes = "".join(f".fill-{name}{{fill:var(--{name})}}.stroke-{name}{{stroke:var(--{name})}}" for name in COLOURS)
    light, dark = _variables("light"), _variables("dark")
    if alone:
        look = "svg{font:13px system-ui,sans-serif;fill:none}text{fill:var(--ink)}"
        return f":root{{{light}}}@media(prefers-color-scheme:dark){{:root{{{dark}}}}}{look}{classes}"
    look = (
        ".picture{font:13px system-ui,sans-serif;fill:none;max-width:min(100%,30rem);height:auto}"
        ":where(.picture) text{fill:var(--ink)}"
    )
    return (
        f":root{{{light}}}@media screen and (prefers-color-scheme:dark){{:root:not([data-theme=light]){{{dark}}}}}"
        f"@media screen{{:root[data-theme=dark]{{{dark}}}}}{_FORCED}{look}{classes}"
    )


def _variables(side: Literal["light", "dark"]) -> str:
    return "".join(f"--{name}:{getattr(colour, side)};" for name, colour in COLOURS.items()).rstrip(";")
