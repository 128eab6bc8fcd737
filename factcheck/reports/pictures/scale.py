"""Claim and finding on one line: the claimed region as a band, the measured one as a bar, the estimate as a dot.

What counts as close to the claim is shaded around the band. An end that is open or lies beyond what is drawn is an
arrow. Several pieces of evidence stand one below the other.
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
from factcheck.reports.pictures.theme import CLAIMED, FOUND, INK, Rows, room, specification
from factcheck.reports.scale import draw
from factcheck.reports.words import capital, say
from factcheck.verdicts.verdict import Verdict

_ROW = 38  # pixels
_DATES = 3  # on the axis


def pictures(verdict: Verdict) -> tuple[Picture, ...]:
    """At most one, for figures that lie on a line."""
    drawn = line(verdict)
    if drawn is None:
        return ()
    near = verdict.claimed.near if isinstance(verdict.claimed, NumberClaim) else None
    text = draw(drawn.rows, drawn.axis, drawn.quantity)
    return (Picture("scale", say("picture-scale"), told(drawn), text, lambda: _spec(drawn, near)),)


def told(drawn: Line) -> str:
    """The rows in sentences."""
    return " ".join(say("picture-scale-row", name=capital(row.name), figure=_figure(row)) for row in drawn.rows)


def _figure(row: Row) -> str:
    """What is written at a row: its estimate, and from where to where it reaches."""
    if row.region.low is None or row.region.high is None:
        return say("picture-from", low=row.low) if row.low else say("picture-up-to", high=row.high)
    if not row.high:
        return row.low
    reach = say("picture-span", low=row.low, high=row.high)
    return say("picture-figure", figure=row.figure, reach=reach) if row.figure else reach


def _spec(drawn: Line, near: Interval | None) -> dict[str, Any]:
    rows = [_row(i, row, drawn.axis) for i, row in enumerate(drawn.rows)]
    claim = drawn.rows[0].region
    marked = dated(drawn.axis) if drawn.quantity is Quantity.DATE else ticks(
        drawn.axis, drawn.quantity, unit_of(drawn.rows)
    )  # fmt: skip
    names = [row.name for row in drawn.rows]
    left = room(names)
    figures = [(i, _middle(rows[i]), _figure(row)) for i, row in enumerate(drawn.rows)]
    data: dict[str, Rows] = {
        "frame": [{"x": float(drawn.axis.low)}, {"x": float(drawn.axis.high)}],
        "ticks": ticked(marked, drawn.axis, left),
        "near": [] if near is None or near == claim else [_stretch(near, drawn.axis)],
        "claim": rows[:1],
        "found": rows[1:],
        "claim-dots": [{"row": 0, "x": rows[0]["low"]}] if claim.is_point else [],
        "dots": [{"row": i, "x": float(row.dot)} for i, row in enumerate(drawn.rows) if row.dot is not None],
        "ends": [end for i, row in enumerate(drawn.rows) for end in _ends(i, row.region, drawn.axis)],
        "names": [{"row": i, "label": name} for i, name in enumerate(names)],
        **placed("figures", figures, drawn.axis, left),
    }
    return specification(_chart, data, height=_ROW * len(rows), left=left)


def _stretch(region: Interval, axis: Axis) -> dict[str, Any]:
    """A region as far as it is drawn."""
    low = axis.low if region.low is None else max(region.low, axis.low)
    high = axis.high if region.high is None else min(region.high, axis.high)
    return {"low": float(low), "high": float(high)}


def _row(index: int, row: Row, axis: Axis) -> dict[str, Any]:
    return {"row": index, **_stretch(row.region, axis)}


def _middle(row: dict[str, Any]) -> float:
    middle: float = (row["low"] + row["high"]) / 2
    return middle


def _ends(index: int, region: Interval, axis: Axis) -> Rows:
    """A stroke at an end that is reached, an arrow at one that is not."""
    found: Rows = []
    for end, edge, sign in ((region.low, axis.low, "triangle-left"), (region.high, axis.high, "triangle-right")):
        inside = end is not None and axis.low <= end <= axis.high
        if not region.is_point:
            found.append({"row": index, "x": float(end if inside and end is not None else edge),
                          "shape": "stroke" if inside else sign})  # fmt: skip
    return found


def dated(axis: Axis) -> list[tuple[Fraction, str]]:
    """Some days of a time line."""
    step = (axis.high - axis.low) / _DATES
    days = [(axis.low + step * i) // 86_400 * 86_400 for i in range(1, _DATES + 1)]
    return [(Fraction(day), moment((EPOCH + timedelta(seconds=int(day))).date())) for day in days]


def _chart() -> Any:
    import altair as alt

    x = alt.X("low:Q")
    band = alt.Chart(alt.NamedData("near")).mark_rect(color=CLAIMED, opacity=0.1).encode(x=x, x2="high:Q")
    claim = alt.Chart(alt.NamedData("claim"))
    y = alt.Y("row:O", axis=None)
    return alt.layer(
        grid(),
        band,
        claim.mark_rect(color=CLAIMED, opacity=0.15).encode(x=x, x2="high:Q"),
        claim.mark_bar(color=CLAIMED, size=8, yOffset=7).encode(x=x, x2="high:Q", y=y),
        alt.Chart(alt.NamedData("found")).mark_bar(color=FOUND, size=4, yOffset=7).encode(x=x, x2="high:Q", y=y),
        _stroke("datum.row === 0", CLAIMED),
        _stroke("datum.row > 0", FOUND),
        _arrow("triangle-left"),
        _arrow("triangle-right"),
        alt.Chart(alt.NamedData("dots")).mark_point(filled=True, size=64, color=INK, opacity=1, yOffset=7).encode(
            x="x:Q", y=y
        ),
        alt.Chart(alt.NamedData("claim-dots"))
        .mark_point(filled=True, size=80, color=CLAIMED, shape="diamond", opacity=1, yOffset=7)
        .encode(x="x:Q", y=y),
        named("names"),
        *labels("figures", dy=-8),
    )


def _stroke(which: str, colour: str) -> Any:
    import altair as alt

    ends = alt.Chart(alt.NamedData("ends")).transform_filter(f"datum.shape === 'stroke' && {which}")
    mark = ends.mark_tick(size=14, thickness=2, color=colour, yOffset=7, opacity=1)
    return mark.encode(x="x:Q", y=alt.Y("row:O", axis=None))


def _arrow(shape: str) -> Any:
    import altair as alt

    ends = alt.Chart(alt.NamedData("ends")).transform_filter(f"datum.shape === '{shape}'")
    mark = ends.mark_point(filled=True, shape=shape, size=70, color=INK, yOffset=7, opacity=1)
    return mark.encode(x="x:Q", y=alt.Y("row:O", axis=None))
