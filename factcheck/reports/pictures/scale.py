"""Claim and finding on one line: the claimed region as a band, the measured one as a bar, the estimate as a dot.

What counts as close to the claim is shaded around the band. An end that belongs to its region has a cap, one that does
not has none; an end that lies nowhere, or beyond what is drawn, is an arrow. Pieces of evidence stand one below the
other.
"""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction
from typing import Any

from factcheck.claims.figures import NumberClaim, Quantity
from factcheck.claims.regions import Interval
from factcheck.measures.times import EPOCH
from factcheck.reports.amounts import moment
from factcheck.reports.line import Axis, Line, Row, line, ticks, unit_of
from factcheck.reports.pictures.marks import grid, labels, named, placed, ticked
from factcheck.reports.pictures.picture import Picture
from factcheck.reports.pictures.theme import (
    CLAIMED,
    FOUND,
    INK,
    LETTER,
    MUTED,
    WIDTH,
    Rows,
    cut,
    room,
    specification,
)
from factcheck.reports.scale import draw
from factcheck.reports.words import capital, say
from factcheck.verdicts.verdict import Verdict

_ROW = 38  # pixels
_MARK = 7  # pixels that marks lie below the middle of their row; the figure stands above
_DATES = 3  # on the axis
_RIGHT = 14  # pixels beside the plot
_ANY = 200  # letters: as many as there are
_THIN = Fraction(1, 80)  # of the axis: a bar as short as that needs a dot to be seen


def pictures(verdict: Verdict) -> tuple[Picture, ...]:
    """At most one, for figures that lie on a line."""
    drawn = line(verdict)
    if drawn is None:
        return ()
    near = verdict.claimed.near if isinstance(verdict.claimed, NumberClaim) else None
    text = draw(drawn.rows, drawn.axis, drawn.quantity)
    return (Picture("scale", say("picture-scale"), told(drawn), text, lambda: spec(drawn, near)),)


def told(drawn: Line) -> str:
    """The rows in sentences."""
    return " ".join(say("picture-scale-row", name=capital(row.name), figure=figure(row)) for row in drawn.rows)


def figure(row: Row, most: int = _ANY) -> str:
    """What is written at a row: the claim's words or the estimate, and from where to where the region reaches.

    Where so many letters do not hold both, the reach stands alone.
    """
    reach = _reach(row)
    both = reach
    if row.said and row.said.lower() != reach.lower():
        both = say("picture-said", said=row.said, reach=reach)
    elif row.figure and row.high:
        both = say("picture-figure", figure=row.figure, reach=reach)
    return both if len(both) <= most else reach


def _reach(row: Row) -> str:
    region = row.region
    if region.low is None or region.high is None:
        code = ("picture-above" if region.low_open else "picture-from") if row.low else (
            "picture-below" if region.high_open else "picture-up-to"
        )  # fmt: skip
        return say(code, low=row.low, high=row.high) if row.low or row.high else say("picture-any")
    return say("picture-span", low=row.low, high=row.high) if row.high else row.low


def spec(drawn: Line, near: Interval | None) -> dict[str, Any]:
    """The specification of such a picture; `near` is shaded around the claim."""
    axis, rows = drawn.axis, drawn.rows
    stretches = [{"row": i, **stretch(row.region, axis)} for i, row in enumerate(rows)]
    claim = rows[0].region
    shaded = near is not None and near != claim
    told, *dots = [dot(row, axis) for row in rows]  # a claim too short to be seen is marked as a point is
    left = room([row.name for row in rows])
    shade = "picture-near" if claim.is_point else "picture-shaded"
    letters = int((WIDTH - left - _RIGHT) / LETTER)
    figures = [(i, _middle(stretches[i]), figure(row, letters)) for i, row in enumerate(rows)]
    data: dict[str, Rows] = {
        "frame": [{"x": float(axis.low)}, {"x": float(axis.high)}],
        "ticks": ticked(marked(drawn), axis, left),
        "near": [stretch(near, axis)] if shaded and near is not None else [],
        "claim": stretches[:1],
        "found": stretches[1:],
        "claim-dots": [] if told is None else [{"row": 0, "x": float(told)}],
        "dots": [{"row": i, "x": float(at)} for i, at in enumerate(dots, 1) if at is not None],
        "ends": [end for i, row in enumerate(rows) for end in ends(i, row.region, axis)],
        "names": [{"row": i, "label": cut(row.name)} for i, row in enumerate(rows)],
        "notes": [{"at": -left, "label": say(shade)}] if shaded else [],
        **placed("figures", figures, axis, left),
    }
    return specification(_chart, data, height=_ROW * len(rows), left=left, bottom=40 if shaded else 20)


def stretch(region: Interval, axis: Axis) -> dict[str, Any]:
    """A region as far as it is drawn."""
    low = axis.low if region.low is None else max(region.low, axis.low)
    high = axis.high if region.high is None else min(region.high, axis.high)
    return {"low": float(min(low, axis.high)), "high": float(max(high, axis.low))}


def dot(row: Row, axis: Axis) -> Fraction | None:
    """Where the estimate lies; of one that is no number, such as a moment, the middle of a region that short."""
    low, high = row.region.low, row.region.high
    if row.dot is not None or low is None or high is None:
        return row.dot
    return (low + high) / 2 if high - low < (axis.high - axis.low) * _THIN else None


def _middle(row: dict[str, Any]) -> float:
    middle: float = (row["low"] + row["high"]) / 2
    return middle


def ends(index: int, region: Interval, axis: Axis) -> Rows:
    """A cap at an end that is reached, an arrow at one that is not drawn."""
    found: Rows = []
    for end, edge, open_, arrow in (
        (region.low, axis.low, region.low_open, "triangle-left"),
        (region.high, axis.high, region.high_open, "triangle-right"),
    ):
        inside = end is not None and axis.low <= end <= axis.high
        if not region.is_point and not (inside and open_):
            found.append({"row": index, "x": float(end if inside and end is not None else edge),
                          "shape": "cap" if inside else arrow})  # fmt: skip
    return found


def marked(drawn: Line) -> list[tuple[Fraction, str]]:
    """Round values along the axis, or days."""
    if drawn.quantity is not Quantity.DATE:
        return ticks(drawn.axis, drawn.quantity, unit_of(drawn.rows))
    low, high = drawn.axis.low, drawn.axis.high
    days = dict.fromkeys((low + (high - low) / _DATES * i) // 86_400 * 86_400 for i in range(1, _DATES + 1))
    return [
        (Fraction(day), moment((EPOCH + timedelta(seconds=int(day))).date())) for day in days if low <= day <= high
    ]


def _chart() -> Any:
    import altair as alt

    x, y = alt.X("low:Q"), alt.Y("row:O", axis=None)
    claim = alt.Chart(alt.NamedData("claim"))
    return alt.layer(
        grid(),
        alt.Chart(alt.NamedData("near")).mark_rect(color=CLAIMED, opacity=0.1).encode(x=x, x2="high:Q"),
        claim.mark_rect(color=CLAIMED, opacity=0.2).encode(x=x, x2="high:Q"),
        claim.mark_bar(color=CLAIMED, size=8, yOffset=_MARK).encode(x=x, x2="high:Q", y=y),
        alt.Chart(alt.NamedData("found")).mark_bar(color=FOUND, size=4, yOffset=_MARK).encode(x=x, x2="high:Q", y=y),
        *(_cap(which, colour) for which, colour in (("datum.row === 0", CLAIMED), ("datum.row > 0", FOUND))),
        *(_arrow(shape) for shape in ("triangle-left", "triangle-right")),
        alt.Chart(alt.NamedData("dots")).mark_point(
            filled=True, size=64, color=INK, opacity=1, yOffset=_MARK
        ).encode(x="x:Q", y=y),
        alt.Chart(alt.NamedData("claim-dots")).mark_point(
            filled=True, size=80, color=CLAIMED, shape="diamond", opacity=1, yOffset=_MARK
        ).encode(x="x:Q", y=y),
        named("names"),
        *labels("figures", dy=-8),
        alt.Chart(alt.NamedData("notes")).mark_text(align="left", baseline="top", color=MUTED).encode(
            x=alt.X("at:Q", scale=None, axis=None), y=alt.value(alt.ExprRef("height + 24")), text="label:N"
        ),
    )


def _cap(which: str, colour: str) -> Any:
    import altair as alt

    ends = alt.Chart(alt.NamedData("ends")).transform_filter(f"datum.shape === 'cap' && {which}")
    mark = ends.mark_tick(size=14, thickness=2, color=colour, yOffset=_MARK, opacity=1)
    return mark.encode(x="x:Q", y=alt.Y("row:O", axis=None))


def _arrow(shape: str) -> Any:
    import altair as alt

    ends = alt.Chart(alt.NamedData("ends")).transform_filter(f"datum.shape === '{shape}'")
    mark = ends.mark_point(filled=True, shape=shape, size=70, color=INK, yOffset=_MARK, opacity=1)
    return mark.encode(x="x:Q", y=alt.Y("row:O", axis=None))
