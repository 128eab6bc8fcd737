"""Shares of groups: what is claimed of each and what was found, both on one line a group, joined where they differ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from factcheck.claims.figures import CompositionClaim, NumberClaim, Quantity
from factcheck.claims.regions import Interval
from factcheck.measures.measurement import Measurement
from factcheck.reports.amounts import number, part_label, part_quantity
from factcheck.reports.line import Axis, axis_over, ticks
from factcheck.reports.locale import integer
from factcheck.reports.pictures.marks import above, grid, key, keyed, ticked
from factcheck.reports.pictures.picture import Picture
from factcheck.reports.pictures.scale import stretch
from factcheck.reports.pictures.theme import CLAIMED, FOUND, INK, MUTED, Rows, cut, specification
from factcheck.reports.words import outcome_words, say
from factcheck.verdicts.verdict import Verdict

_ROW = 42  # pixels
_MARK = 10  # pixels that marks lie below the middle of their row; the figures stand above
_TALL = 16  # pixels: what is claimed is seen behind the dot
_MOST = 12  # groups that are drawn
_NAME, _TOLD = 18, 14  # letters of a group's name and of its figure as claimed
_ALT = 80  # letters of either for those who do not see it


@dataclass(frozen=True)
class Group:
    """One claimed group: what is claimed of it, what was found, and both in words."""

    claimed: Interval
    found: Interval
    dot: Fraction
    words: str
    sentence: str


def pictures(verdict: Verdict) -> tuple[Picture, ...]:
    """At most one, for shares or numbers of groups."""
    found, claimed = verdict.measurement, verdict.claimed
    if found is None or not isinstance(found.estimate, Mapping) or not isinstance(claimed, CompositionClaim):
        return ()
    known = [(name, part) for name, part in claimed.parts.items() if name in found.estimate]
    groups = [_group(verdict, found, name, part) for name, part in known[:_MOST]]
    if not groups:
        return ()
    alt = " ".join(group.sentence for group in groups)
    left_out = len(claimed.parts) - len(groups)
    if left_out:
        alt += f" {say('picture-left-out', n=integer(left_out))}"
    quantity = part_quantity(found)
    return (Picture("composition", say("picture-composition"), alt, None, lambda: _spec(groups, quantity)),)


def _group(verdict: Verdict, found: Measurement, name: str, part: NumberClaim) -> Group:
    assert isinstance(found.estimate, Mapping)
    value = found.estimate[name]
    region = found.region.get(name) if isinstance(found.region, Mapping) else None
    outcome = verdict.finding.parts.get(name)
    told = number(value, part_quantity(found), part)
    words = {"claimed": cut(part.text, _TOLD), "found": told, "name": cut(part_label(name, found), _NAME)}
    mark = f" {outcome_words(outcome).symbol}" if outcome is not None else ""
    verdict_word = f" ({outcome_words(outcome).word.lower()})" if outcome is not None else ""
    sentence = say("picture-part", name=cut(part_label(name, found), _ALT), claimed=cut(part.text, _ALT), found=told)
    return Group(
        part.region,
        region if isinstance(region, Interval) else Interval.point(value),
        value,
        say("picture-part", **words) + mark,
        f"{sentence}{verdict_word}.",
    )


def _spec(groups: list[Group], quantity: Quantity) -> dict[str, Any]:
    axis = axis_over([one for group in groups for one in (group.claimed, group.found)], (), quantity)
    claims = [{"row": i, **stretch(group.claimed, axis)} for i, group in enumerate(groups)]
    data: dict[str, Rows] = {
        "frame": [{"x": float(axis.low)}, {"x": float(axis.high)}],
        "ticks": ticked(ticks(axis, quantity, ""), axis, 0),
        "key": keyed(((say("picture-claimed"), "square", CLAIMED), (say("picture-found-here"), "circle", INK))),
        "texts": [{"row": i, "label": group.words} for i, group in enumerate(groups)],
        "gaps": [_gap(i, group, axis) for i, group in enumerate(groups) if not group.claimed.contains(group.dot)],
        "claims": claims,
        "points": [{"row": row["row"], "x": (row["low"] + row["high"]) / 2} for row in claims if _narrow(row, axis)],
        "regions": [{"row": i, **stretch(one.found, axis)} for i, one in enumerate(groups) if not one.found.is_point],
        "dots": [{"row": i, "x": float(group.dot)} for i, group in enumerate(groups)],
    }
    return specification(_chart, data, height=_ROW * len(groups), top=above(data["key"]))


def _narrow(row: dict[str, Any], axis: Axis) -> bool:
    """Whether a claim is a point, or so short a stretch that it would not be seen."""
    narrow: bool = row["high"] - row["low"] < float(axis.high - axis.low) / 80
    return narrow


def _gap(index: int, group: Group, axis: Axis) -> dict[str, Any]:
    """From the found figure to the nearest end of what is claimed."""
    ends = [end for end in (group.claimed.low, group.claimed.high) if end is not None]
    nearest = min(ends, key=lambda end: abs(end - group.dot))
    return {"row": index, **stretch(Interval(min(nearest, group.dot), max(nearest, group.dot)), axis)}


def _chart() -> Any:
    import altair as alt

    x, y = alt.X("low:Q"), alt.Y("row:O", axis=None)
    texts = alt.Chart(alt.NamedData("texts")).mark_text(align="left", color=INK, yOffset=-_MARK)
    return alt.layer(
        grid(),
        *key(),
        texts.encode(x=alt.value(0), y=y, text="label:N"),
        alt.Chart(alt.NamedData("gaps")).mark_rule(color=MUTED, yOffset=_MARK).encode(x=x, x2="high:Q", y=y),
        alt.Chart(alt.NamedData("claims")).mark_bar(color=CLAIMED, size=_TALL, yOffset=_MARK).encode(
            x=x, x2="high:Q", y=y
        ),
        alt.Chart(alt.NamedData("points"))
        .mark_tick(size=_TALL, thickness=4, color=CLAIMED, opacity=1, yOffset=_MARK)
        .encode(x="x:Q", y=y),
        alt.Chart(alt.NamedData("regions")).mark_bar(color=FOUND, size=4, yOffset=_MARK).encode(x=x, x2="high:Q", y=y),
        alt.Chart(alt.NamedData("dots"))
        .mark_point(filled=True, size=64, color=INK, opacity=1, yOffset=_MARK)
        .encode(x="x:Q", y=y),
    )
