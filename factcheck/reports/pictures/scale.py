"""Claim and finding on one line: the claimed region as a band, the measured one as a bar, the estimate as a dot."""

from __future__ import annotations

from typing import Any

from factcheck.reports.escape import plain
from factcheck.reports.pictures.picture import Picture
from factcheck.reports.pictures.theme import CLAIMED, FOUND, WIDTH
from factcheck.reports.scale import Line, Row, draw, line
from factcheck.reports.words import say
from factcheck.verdicts.verdict import Verdict


def pictures(verdict: Verdict) -> tuple[Picture, ...]:
    """At most one, for figures that lie on a line."""
    drawn = line(verdict)
    if drawn is None:
        return ()
    text = draw(drawn.rows, drawn.axis, drawn.quantity)
    return (Picture("scale", say("picture-scale"), _told(drawn), text, lambda: _chart(drawn)),)


def _told(drawn: Line) -> str:
    return " ".join(f"{row.name}: {row.low} – {row.high}." for row in drawn.rows)


def _chart(drawn: Line) -> Any:
    import altair as alt

    values = [_value(row, drawn) for row in drawn.rows]
    base = alt.Chart(alt.InlineData(values=values)).encode(y=alt.Y("name:N", title=None, sort=None))
    domain = [float(drawn.axis.low), float(drawn.axis.high)]
    x = alt.X("low:Q", title=None, scale=alt.Scale(domain=domain, nice=False))
    colour = alt.condition("datum.claimed", alt.value(CLAIMED), alt.value(FOUND))
    bars = base.mark_bar(size=12).encode(x=x, x2="high:Q", color=colour)
    dots = base.transform_filter("datum.dot !== null").mark_point(filled=True, size=90).encode(x="dot:Q")
    return (bars + dots).properties(width=WIDTH, height=30 * len(values))


def _value(row: Row, drawn: Line) -> dict[str, Any]:
    low = drawn.axis.low if row.region.low is None else row.region.low
    high = drawn.axis.high if row.region.high is None else row.region.high
    return {
        "name": plain(row.name),
        "claimed": row is drawn.rows[0],
        "low": float(low),
        "high": float(high),
        "dot": None if row.dot is None else float(row.dot),
    }
