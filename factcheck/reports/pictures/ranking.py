"""The largest groups as bars, those that the claim names in colour and marked with an arrow."""

from __future__ import annotations

from typing import Any

from factcheck.reports.escape import plain
from factcheck.reports.pictures.picture import Picture
from factcheck.reports.pictures.theme import CLAIMED, INK, LETTER, MUTED, Rows, cut, room, specification
from factcheck.reports.ranking import Ranking, ranked, ranking
from factcheck.reports.words import listed, say
from factcheck.verdicts.verdict import Verdict

_ROW = 22  # pixels
_MOST = 20  # bars
_NAMED = 4  # groups that the text alternative tells
_LABEL = 22  # letters


def pictures(verdict: Verdict) -> tuple[Picture, ...]:
    """At most one, for ranks, labels and sets."""
    found = ranking(verdict)
    if found is None:
        return ()
    return (Picture("ranking", say("picture-ranking"), _told(found), ranked(verdict), lambda: _spec(found)),)


def _told(found: Ranking) -> str:
    """The first of the groups and those that are claimed, with their figures."""
    told = []
    for i, (bar, place, value) in enumerate(zip(found.bars, found.places, found.values, strict=True)):
        if i < _NAMED or bar.label in found.named:
            code = "picture-ranked-claimed" if bar.label in found.named else "picture-ranked"
            told.append(say(code, place=place, label=cut(bar.label, 60), value=value))
    return " ".join([f"{listed(told)}.", *(f"{plain(text).rstrip('.')}." for text in found.below)])


def _spec(found: Ranking) -> dict[str, Any]:
    shown = list(zip(found.bars, found.places, found.values, strict=True))
    kept = [one for i, one in enumerate(shown) if i < _MOST or one[0].label in found.named][: _MOST + _NAMED]
    names = [
        f"{'→ ' if bar.label in found.named else ''}{place}  {cut(bar.label, _LABEL)}" for bar, place, _ in kept
    ]
    bars: Rows = [
        {"row": i, "low": min(0.0, value), "high": max(0.0, value), "named": bar.label in found.named}
        for i, (bar, value) in enumerate((bar, float(bar.value)) for bar, _, _ in kept)
    ]
    data: dict[str, Rows] = {
        "bars": bars,
        "names": [{"row": i, "label": name} for i, name in enumerate(names)],
        "figures": [{"row": i, "x": bars[i]["high"], "label": value} for i, (_, _, value) in enumerate(kept)],
        "reach": [
            {"row": i, "low": float(bar.low), "high": float(bar.high)}
            for i, (bar, _, _) in enumerate(kept)
            if bar.low is not None and bar.high is not None and bar.low < bar.high
        ],
        "notes": [{"label": text, "line": i} for i, text in enumerate(cut(text, 54) for text in found.below)],
    }
    left, right = room(names, _LABEL + 8), max(len(value) for _, _, value in kept) * LETTER + 12
    return specification(
        _chart, data, height=_ROW * len(kept), left=left, right=right, bottom=6 + 18 * len(found.below)
    )


def _chart() -> Any:
    import altair as alt

    y = alt.Y("row:O", axis=None)
    x = alt.X("low:Q", axis=None, scale=alt.Scale(nice=False, zero=True))
    bars = alt.Chart(alt.NamedData("bars"))
    named = alt.Chart(alt.NamedData("names"))
    notes = alt.Chart(alt.NamedData("notes")).mark_text(align="left", baseline="top", color=MUTED)
    return alt.layer(
        bars.transform_filter("!datum.named").mark_bar(color=MUTED, size=12).encode(x=x, x2="high:Q", y=y),
        bars.transform_filter("datum.named").mark_bar(color=CLAIMED, size=12).encode(x=x, x2="high:Q", y=y),
        alt.Chart(alt.NamedData("reach")).mark_rule(color=INK).encode(x="low:Q", x2="high:Q", y=y),
        named.mark_text(align="right", color=INK).encode(x=alt.value(-6), y=y, text="label:N"),
        alt.Chart(alt.NamedData("figures"))
        .mark_text(align="left", color=INK, dx=6)
        .encode(x="x:Q", y=y, text="label:N"),
        notes.encode(x=alt.value(0), y=alt.value(alt.ExprRef("height + 6")), text="label:N"),
    )
