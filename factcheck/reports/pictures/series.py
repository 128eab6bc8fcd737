"""Numbers in a row: a time line with the claimed and the found peaks, the hours of the day, a distribution."""

from __future__ import annotations

from typing import Any

from factcheck.measures.measurement import Series
from factcheck.reports.pictures.picture import Picture
from factcheck.reports.pictures.theme import MUTED, WIDTH
from factcheck.reports.series_text import in_text
from factcheck.verdicts.verdict import Verdict


def pictures(verdict: Verdict) -> tuple[Picture, ...]:
    """One for each series of the measurement that has anything to show."""
    found = verdict.measurement
    if found is None or found.unmeasurable is not None:
        return ()
    texts = [(one, in_text(one, verdict)) for one in found.series]
    shown = [(one, text) for one, text in texts if text]
    return tuple(_picture(i, one, text) for i, (one, text) in enumerate(shown, 1))


def _picture(number: int, series: Series, text: str) -> Picture:
    return Picture(f"series-{number}", series.y_name, text.splitlines()[0], text, lambda: _chart(series).to_dict())


def _chart(series: Series) -> Any:
    import altair as alt

    values = [{"x": str(x), "y": float(y)} for x, y in zip(series.x, series.y, strict=True)]
    chart = alt.Chart(alt.InlineData(values=values)).mark_bar(color=MUTED)
    return chart.encode(x=alt.X("x:N", title=series.x_name, sort=None), y="y:Q").properties(width=WIDTH)
