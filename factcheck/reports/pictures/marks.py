"""Parts that several pictures have: the grid with its figures, names of rows, labels that stay inside.

They read data by name: `frame` (the ends of the line), `ticks`, and what the caller names.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any, Literal

from factcheck.reports.line import Axis
from factcheck.reports.pictures.theme import FAINT, INK, LETTER, MUTED, WIDTH, Rows, cut

_RIGHT = 14  # pixels beside the plot
_KEY, _LINE = 16, 18  # pixels of the key above the plot, and from line to line in it
_SIDES: dict[str, Literal["left", "center", "right"]] = {"start": "left", "middle": "center", "end": "right"}


def grid(field: str = "x") -> Any:
    """Upright lines at the ticks with their figures below, over the whole frame."""
    import altair as alt

    x = alt.X(f"{field}:Q", axis=None, scale=alt.Scale(nice=False, zero=False))
    frame = alt.Chart(alt.NamedData("frame")).mark_rule(opacity=0).encode(x=x)
    ticks = alt.Chart(alt.NamedData("ticks"))
    lines = ticks.mark_rule(color=FAINT).encode(x=x)
    below = alt.value(alt.ExprRef("height + 5"))
    figures = ticks.mark_text(baseline="top", color=MUTED).encode(x=x, y=below, text="label:N")
    return alt.layer(frame, lines, figures)


def named(data: str) -> Any:
    """Names at the left of their rows."""
    import altair as alt

    chart = alt.Chart(alt.NamedData(data)).mark_text(align="right", color=INK, yOffset=7)
    return chart.encode(x=alt.value(-8), y=alt.Y("row:O", axis=None), text="label:N")


def labels(data: str, dy: int = 0, colour: str = INK) -> list[Any]:
    """Figures at their places, as `placed` gives them."""
    import altair as alt

    return [
        alt.Chart(alt.NamedData(f"{data}-{side}"))
        .mark_text(align=align, color=colour, dy=dy)
        .encode(x="x:Q", y=alt.Y("row:O", axis=None), text="label:N")
        for side, align in _SIDES.items()
    ]


def placed(
    data: str, texts: Iterable[tuple[int, float, str]], axis: Axis, left: float, right: float = _RIGHT
) -> dict[str, Rows]:
    """(row, x, text) by how each is set, so that none runs out of the plot: around its x, or from an edge inwards."""
    low, high, width = float(axis.low), float(axis.high), WIDTH - left - right
    found: dict[str, Rows] = {f"{data}-{side}": [] for side in _SIDES}
    for row, x, text in texts:
        label = cut(text, int((width + right) / LETTER))
        at, half = (x - low) / (high - low) * width, len(label) * LETTER / 2
        if at - half < 0:
            side, x = "start", low
        elif at + half > width + right:
            side, x = "end", high
        else:
            side = "middle"
        found[f"{data}-{side}"].append({"row": row, "x": x, "label": label})
    return found


def ticked(ticks: Sequence[tuple[Fraction, str]], axis: Axis, left: float, right: float = _RIGHT) -> Rows:
    """The ticks that have room beside one another."""
    width = WIDTH - left - right
    kept: Rows = []
    free = -left
    for value, text in ticks:
        at, half = float((value - axis.low) / (axis.high - axis.low)) * width, len(text) * LETTER / 2
        if at - half >= free and at + half <= width + right:
            kept.append({"x": float(value), "label": text})
            free = at + half + 8
    return kept


def key() -> list[Any]:
    """What the marks mean, in a line above the plot; data `key` as `keyed` gives it."""
    import altair as alt

    data = alt.Chart(alt.NamedData("key"))
    x, y = alt.X("at:Q", scale=None, axis=None), alt.Y("down:Q", scale=None, axis=None)
    look = {"color": alt.Color("colour:N", scale=None), "shape": alt.Shape("shape:N", scale=None)}
    return [
        data.mark_point(filled=True, size=70, opacity=1).encode(x=x, y=y, **look),
        data.mark_text(align="left", color=INK, dx=9).encode(x=x, y=y, text="label:N"),
    ]


def keyed(marks: Iterable[tuple[str, str, str]], left: float = 0) -> Rows:
    """(label, shape, colour) of each kind of mark, one behind the other from the left edge of the picture."""
    rows: Rows = []
    at, line = 6.0, 0
    for label, shape, colour in marks:
        width = len(label) * LETTER + 12
        if at + width > WIDTH and rows:
            at, line = 6.0, line + 1
        look = {"shape": shape, "colour": colour}
        rows.append({"at": round(at - left, 1), "down": line * _LINE - _KEY, "label": label, **look})
        at += width + 12
    lowest = line * _LINE
    return [{**row, "down": row["down"] - lowest} for row in rows]


def above(key: Rows) -> float:
    """How many pixels a key needs above the plot."""
    return float(_KEY + 10 - min(row["down"] + _KEY for row in key))
