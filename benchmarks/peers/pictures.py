"""The pictures of the page, in the package's own style: each is light or dark as its reader's screen is."""

from __future__ import annotations

import math
from typing import Any

from benchmarks.peers.reading import Reading, Results
from benchmarks.peers.tables import LONG, in_order, seconds
from factcheck.reports.pictures.picture import Picture
from factcheck.reports.pictures.theme import (
    CLAIMED,
    FAINT,
    FOUND,
    INK,
    MUTED,
    OTHER,
    WIDTH,
    Rows,
    room,
    specification,
)

SHORT = {
    "factcheck": "factcheck", "fused": "DuckDB, FILTER", "where": "DuckDB, queries", "case": "DuckDB, CASE",
    "streaming": "Polars, streaming", "in-memory": "Polars", "pandas": "pandas", "soda": "Soda Core",
    "gx": "GX", "pointblank": "Pointblank",
}  # fmt: skip
_COLOURS = {"fused": CLAIMED, "where": CLAIMED, "case": CLAIMED, "streaming": OTHER, "in-memory": OTHER}
_LINE, _RIGHT, _LEFT, _HEIGHT = 15, 148, 56, 260  # pixels


def colour(tool: str) -> str:
    return FOUND if tool == "factcheck" else _COLOURS.get(tool, MUTED)


def pictures(results: Results) -> list[Picture]:
    """Time against claims for each number of rows, memory, and the share of a column with holes."""
    reading = Reading(results)
    drawn = [time(reading, rows) for rows in reading.rows]
    if reading.rows:
        drawn.append(memory(reading, reading.rows[-1]))
    return [*drawn, missing(results)] if any(one["case"] == "holes" for one in results["mishaps"]) else drawn


def time(reading: Reading, rows: int) -> Picture:
    """A line for each tool: seconds of the whole process, both axes logarithmic."""
    lines = {tool: _points(reading, tool, rows) for tool in SHORT if tool in reading.tools}
    lines = {tool: points for tool, points in lines.items() if points}
    title = f"Seconds against the number of claims, {rows:,} rows"
    ends = {tool: _end(reading, tool, rows, points) for tool, points in lines.items()}
    told = "; ".join(f"{text} s" if text[-1].isdigit() else text for text in ends.values())
    alt = f"With {reading.claims[-1]} claims over {rows:,} rows: {told}."
    return Picture(f"time-{rows // 1_000_000}m", title, alt, None, lambda: _time(lines, ends, reading.claims))


def _end(reading: Reading, tool: str, rows: int, points: Points) -> str:
    """What stands at the end of a line: the tool and its seconds, or why it goes no further."""
    n, value, measured = points[-1]
    if n == reading.claims[-1]:
        return f"{SHORT[tool]} {seconds(value, measured=measured)}"
    reason = next((why for more in reading.claims if (why := reading.why_not(tool, rows, more))), "stopped")
    return f"{SHORT[tool]}: {reason.replace('more than', '>')}"


Points = list[tuple[int, float, bool]]


def _points(reading: Reading, tool: str, rows: int) -> Points:
    found = [(n, reading.time(tool, rows, n)) for n in reading.claims]
    return [(n, one.seconds, one.measured) for n, one in found if one is not None]


def _time(lines: dict[str, Points], ends: dict[str, str], claims: list[int]) -> dict[str, Any]:
    values = [math.log10(value) for points in lines.values() for _, value, _ in points]
    low, high = math.floor(min(values) * 2) / 2, math.ceil(max(values))
    left, right = math.log10(claims[0]), math.log10(claims[-1])
    ticks = list(range(math.ceil(low), high + 1))
    rows: Rows = [
        {"tool": tool, "x": math.log10(n), "y": math.log10(value), "colour": colour(tool), "order": i}
        for tool, points in lines.items()
        for i, (n, value, _) in enumerate(points)
    ]
    dots: Rows = [
        {"x": math.log10(n), "y": math.log10(value), "colour": colour(tool), "measured": measured}
        for tool, points in lines.items()
        for n, value, measured in points
    ]
    data: dict[str, Rows] = {
        "frame": [{"x": left, "y": low}, {"x": right, "y": float(high)}],
        "across": [{"y": power, "label": f"{10**power:g} s"} for power in ticks],
        "upright": [{"x": math.log10(n), "label": _tick(n, claims)} for n in claims],
        "lines": rows,
        "measured": [one for one in dots if one["measured"]],
        "carried": [one for one in dots if not one["measured"]],
        "ends": _ends(lines, ends, low, float(high), right),
        "notes": [{"label": "claims; hollow: carried on from smaller runs"}],
    }
    return specification(_time_chart, data, height=_HEIGHT, left=_LEFT, right=_RIGHT, top=10, bottom=42)


def _tick(n: int, claims: list[int]) -> str:
    """The number at an upright line, unless it would touch the last one's."""
    near = n < claims[-1] and math.log10(claims[-1] / n) < 0.18 * math.log10(claims[-1] / claims[0])
    return "" if near else f"{n}"


def _ends(lines: dict[str, Points], texts: dict[str, str], low: float, high: float, right: float) -> Rows:
    """The names at the ends of the lines, moved apart where they would lie on one another."""
    step = _LINE / _HEIGHT * (high - low)
    placed, free = [], float("inf")
    for tool, points in sorted(lines.items(), key=lambda one: -one[1][-1][1]):
        free = min(math.log10(points[-1][1]), free - step)
        placed.append({"x": right, "y": free, "label": texts[tool], "colour": colour(tool)})
    below = low - placed[-1]["y"] if placed else 0.0
    return [{**one, "y": one["y"] + below} for one in placed] if below > 0 else placed


def _time_chart() -> Any:
    import altair as alt

    x = alt.X("x:Q", axis=None, scale=alt.Scale(nice=False, zero=False))
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(nice=False, zero=False))
    shade = alt.Color("colour:N", scale=None)
    across, upright = alt.Chart(alt.NamedData("across")), alt.Chart(alt.NamedData("upright"))
    below = alt.value(alt.ExprRef("height + 5"))
    lines = alt.Chart(alt.NamedData("lines")).mark_line(strokeWidth=1.5)
    points = alt.Chart(alt.NamedData("measured")).mark_point(filled=True, size=30, opacity=1)
    carried = alt.Chart(alt.NamedData("carried")).mark_point(filled=False, size=30, opacity=1)
    return alt.layer(
        alt.Chart(alt.NamedData("frame")).mark_point(opacity=0).encode(x=x, y=y),
        across.mark_rule(color=FAINT).encode(y=y),
        across.mark_text(align="right", color=MUTED, dx=-6).encode(x=alt.value(0), y=y, text="label:N"),
        upright.mark_rule(color=FAINT).encode(x=x),
        upright.mark_text(baseline="top", color=MUTED).encode(x=x, y=below, text="label:N"),
        lines.encode(x=x, y=y, color=shade, detail="tool:N", order="order:Q"),
        points.encode(x=x, y=y, color=shade),
        carried.encode(x=x, y=y, color=shade),
        alt.Chart(alt.NamedData("ends")).mark_text(align="left", dx=7, fontSize=12).encode(
            x=x, y=y, text="label:N", color=shade
        ),
        alt.Chart(alt.NamedData("notes")).mark_text(align="left", baseline="top", color=MUTED, fontSize=12).encode(
            x=alt.value(0), y=alt.value(alt.ExprRef("height + 24")), text="label:N"
        ),
    )


def memory(reading: Reading, rows: int) -> Picture:
    """A bar for each tool, of the most claims that it was measured with."""
    found = {}
    for tool in (one for one in SHORT if one in reading.tools):
        cells = [(n, one) for n in reading.claims if (one := reading.cell(tool, rows, n))]
        if cells:
            n, cell = cells[-1]
            found[tool] = (cell["peak"], f"{cell['peak']:,} MB" + ("" if n == LONG else f", {n} claims"))
    title = f"Largest memory, {rows:,} rows, {LONG} claims or as many as were measured"
    alt = f"Over {rows:,} rows: {'; '.join(f'{SHORT[tool]} {text}' for tool, (_, text) in found.items())}."
    bars: Rows = [
        {"row": i, "low": 0.0, "high": float(peak), "label": text, "colour": colour(tool), "name": SHORT[tool]}
        for i, (tool, (peak, text)) in enumerate(found.items())
    ]
    return Picture("memory", title, alt, None, lambda: _bars(bars))


def missing(results: Results) -> Picture:
    """What each tool gives for the share from Russia; factcheck a bar of what it may be."""
    found = [one for one in in_order(results["mishaps"]) if one["case"] == "holes" and one["figure"] is not None]
    bars: Rows = []
    for i, one in enumerate(found):
        low, high = one["region"] or (one["figure"], one["figure"])
        label = f"{one['figure']:.1%}" if one["region"] is None else f"{low:.1%} to {high:.1%}"
        name = SHORT[one["tool"]]
        bars.append({"row": i, "low": low, "high": high, "label": label, "colour": colour(one["tool"]), "name": name})
    told = "; ".join(f"{one['name']} {one['label']}" for one in bars)
    title = "One share, a tenth of the column missing: what each tool says"
    return Picture("missing", title, f"Share of posts from Russia: {told}.", None, lambda: _bars(bars))


def _bars(bars: Rows) -> dict[str, Any]:
    left = room([one["name"] for one in bars])
    high = max(one["high"] for one in bars)
    widest = max(len(one["label"]) for one in bars) * 7.4 / (WIDTH - left)
    data: dict[str, Rows] = {
        "frame": [{"low": 0.0}, {"low": high / max(0.2, 1 - widest - 0.04)}],
        "bars": [one for one in bars if one["high"] > one["low"]],
        "dots": [one for one in bars if one["high"] == one["low"]],
        "names": [{"row": one["row"], "label": one["name"]} for one in bars],
        "figures": bars,
    }
    return specification(_bars_chart, data, height=26 * len(bars), left=left, right=8, top=8, bottom=8)


def _bars_chart() -> Any:
    import altair as alt

    x = alt.X("low:Q", axis=None, scale=alt.Scale(nice=False, zero=True))
    y, shade = alt.Y("row:O", axis=None), alt.Color("colour:N", scale=None)
    return alt.layer(
        alt.Chart(alt.NamedData("frame")).mark_point(opacity=0).encode(x=x),
        alt.Chart(alt.NamedData("bars")).mark_bar(size=12).encode(x=x, x2="high:Q", y=y, color=shade),
        alt.Chart(alt.NamedData("dots")).mark_point(filled=True, size=70, opacity=1).encode(x=x, y=y, color=shade),
        alt.Chart(alt.NamedData("names")).mark_text(align="right", color=INK).encode(
            x=alt.value(-8), y=y, text="label:N"
        ),
        alt.Chart(alt.NamedData("figures")).mark_text(align="left", color=INK, dx=8).encode(
            x=alt.X("high:Q", axis=None), y=y, text="label:N"
        ),
    )
