"""The largest groups as bars, those that the claim names marked."""

from __future__ import annotations

from typing import Any

from factcheck.measures.measurement import Measurement
from factcheck.reports.escape import plain
from factcheck.reports.pictures.picture import Picture
from factcheck.reports.pictures.theme import MUTED, WIDTH
from factcheck.reports.tables import ranked
from factcheck.reports.words import say
from factcheck.verdicts.verdict import Verdict


def pictures(verdict: Verdict) -> tuple[Picture, ...]:
    """At most one, for ranks, labels and sets."""
    text, found = ranked(verdict), verdict.measurement
    if text is None or found is None:
        return ()
    return (Picture("ranking", say("picture-ranking"), text.splitlines()[0], text, lambda: _chart(found).to_dict()),)


def _chart(found: Measurement) -> Any:
    import altair as alt

    values = [{"label": plain(bar.label), "value": float(bar.value)} for bar in found.bars]
    chart = alt.Chart(alt.InlineData(values=values)).mark_bar(color=MUTED)
    return chart.encode(x="value:Q", y=alt.Y("label:N", sort=None, title=None)).properties(width=WIDTH)
