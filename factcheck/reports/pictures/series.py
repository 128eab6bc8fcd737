"""Numbers in a row: a time line with its claimed and found peaks, the hours of the day, a distribution or a curve."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from factcheck.measures.measurement import Series
from factcheck.reports.amounts import moment
from factcheck.reports.escape import plain
from factcheck.reports.locale import integer
from factcheck.reports.pictures.picture import Picture
from factcheck.reports.pictures.theme import (
    CLAIMED,
    DOUBT,
    FAINT,
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
from factcheck.reports.series_text import claimed_days, doubled, figure, highest, in_text, thinned
from factcheck.reports.words import capital, listed, say
from factcheck.verdicts.verdict import Verdict

_BARS = 170  # of a time line; of more, neighbours share one
_HEIGHT = 110  # pixels
_ROW = 20
_RIGHT = 8
_TOLD = 6  # days that the text alternative names


def pictures(verdict: Verdict) -> tuple[Picture, ...]:
    """One for each series of the measurement that has anything to show."""
    found = verdict.measurement
    if found is None or found.unmeasurable is not None:
        return ()
    texts = [(one, in_text(one, verdict)) for one in found.series]
    shown = [(one, text) for one, text in texts if text]
    return tuple(_picture(i, one, verdict, text) for i, (one, text) in enumerate(shown, 1))


def _picture(number: int, series: Series, verdict: Verdict, text: str) -> Picture:
    name, title = f"series-{number}", capital(plain(series.y_name))
    if series.kind in ("time", "hours"):
        return Picture(name, title, _told(series, verdict), text, lambda: _line(series, verdict))
    return Picture(name, title, _listed(series), text, lambda: _rows(series))


def _told(series: Series, verdict: Verdict) -> str:
    """How far it goes, where it is highest, and which days are claimed and found."""
    first, last = _name(series.x[0]), _name(series.x[-1])
    told = [say("picture-series", name=capital(plain(series.y_name)), first=first, last=last, highest=highest(series))]
    for code, marks in (("picture-days-claimed", claimed_days(verdict)), ("picture-days-found", series.marks)):
        days = [_name(x) for x in series.x if x in marks]
        if days:
            more = [say("picture-days-more", n=integer(len(days) - _TOLD))] if len(days) > _TOLD else []
            told.append(say(code, days=listed([*days[:_TOLD], *more])))
    step = _step(series)
    return " ".join([*told, *([f"{capital(_stepped(series, step))}."] if step > 1 else [])])


def _listed(series: Series) -> str:
    lines = doubled(series) if series.kind == "degrees" else thinned(series)
    told = [f"{label}: {_figure(series, value)}" for label, value in lines[:12]]
    return f"{capital(plain(series.y_name))} – {plain(series.x_name)} {'; '.join(told)}."


def _figure(series: Series, value: Fraction | int) -> str:
    share = any(isinstance(y, Fraction) and y.denominator != 1 and 0 < y < 1 for y in series.y)
    return figure(value, share=share or series.y_name == "share")


def _name(x: date | datetime | int) -> str:
    return moment(x) if isinstance(x, (date, datetime)) else f"{x:02}:00"


def _step(series: Series) -> int:
    return -(-len(series.y) // _BARS)


def _stepped(series: Series, step: int) -> str:
    return say("picture-step", n=integer(step), name=plain(series.x_name))


def _line(series: Series, verdict: Verdict) -> dict[str, Any]:
    """Bars by their number, so that a day with no row keeps its place."""
    step = _step(series)
    values = [max(series.y[at : at + step]) for at in range(0, len(series.y), step)]
    claimed = claimed_days(verdict)
    top = max(max(values), 0)
    left = room([_figure(series, top)])
    data: dict[str, Rows] = {
        "frame": [{"x": 0, "x2": len(values), "y": 0}, {"x": 0, "x2": len(values), "y": float(top) or 1.0}],
        "window": _stretches(step, _window(series)),
        "beyond": _beyond(series, step, verdict),
        "bars": [{"x": i + 0.1, "x2": i + 0.9, "y": float(max(value, 0))} for i, value in enumerate(values)],
        "claimed": _marks(series, step, claimed),
        "found": _marks(series, step, series.marks),
        "top": [{"y": float(top), "label": _figure(series, top)}] if top else [],
        "ticks": _ticks(series, step, left),
        "notes": [{"label": text, "line": i} for i, text in enumerate(_notes(series, step, verdict))],
    }
    return specification(
        _chart, data, height=_HEIGHT, left=left, right=_RIGHT, top=24, bottom=40 + 17 * len(data["notes"])
    )


def _notes(series: Series, step: int, verdict: Verdict) -> list[str]:
    """What the signs and shades mean, where they occur."""
    told = []
    if _marks(series, step, claimed_days(verdict)):
        told.append(say("picture-sign-claimed"))
    if series.marks:
        told.append(say("picture-sign-found"))
    if _window(series) is not None:
        told.append(say("picture-sign-window"))
    if _beyond(series, step, verdict):
        told.append(say("picture-sign-beyond"))
    lines = [" · ".join(told)] if told else []
    return [cut(line, 60) for line in [*lines, *([_stepped(series, step)] if step > 1 else [])]]


def _marks(series: Series, step: int, marks: Sequence[date | datetime | int]) -> Rows:
    return [{"x": place + 0.5} for place in dict.fromkeys(at // step for at, x in enumerate(series.x) if x in marks)]


def _window(series: Series) -> tuple[int, int] | None:
    """The first and the last place that the claim speaks of, where that is not all."""
    if series.window is None:
        return None
    inside = [at for at, x in enumerate(series.x) if series.window[0] <= x <= series.window[1]]  # type: ignore[operator]  # of one kind
    return (inside[0], inside[-1]) if inside and len(inside) < len(series.x) else None


def _stretches(step: int, places: tuple[int, int] | None) -> Rows:
    return [] if places is None else [{"x": places[0] // step, "x2": places[1] // step + 1}]


def _beyond(series: Series, step: int, verdict: Verdict) -> Rows:
    """The stretches that the collection does not cover."""
    if series.kind != "time" or len(verdict.datasets) != 1:
        return []
    collected, rows = verdict.datasets[0].collected, Rows()
    days = [str(x)[:10] for x in series.x]
    before = [at for at, day in enumerate(days) if collected.from_ is not None and day < collected.from_[:10]]
    after = [at for at, day in enumerate(days) if collected.to is not None and day > collected.to[:10]]
    for places in (before, after):
        if places:
            rows += _stretches(step, (places[0], places[-1]))
    return rows


def _ticks(series: Series, step: int, left: float) -> Rows:
    """Some places with their names, none over another."""
    count = -(-len(series.x) // step)
    pixels = (WIDTH - left - _RIGHT) / count
    if series.kind == "hours":
        return [{"x": at + 0.5, "label": f"{at}"} for at in range(0, count, 6)]
    first = _name(series.x[0])
    room_for = max(1, int((WIDTH - left - _RIGHT) // ((len(first) + 3) * LETTER)))
    every = -(-count // room_for)
    return [
        {"x": at + 0.5, "label": _name(series.x[at * step])}
        for at in range(every // 2, count, every)
        if len(first) * LETTER / 2 <= at * pixels + left and at * pixels + len(first) * LETTER / 2 <= WIDTH - left
    ] or [{"x": count / 2, "label": f"{first} … {_name(series.x[-1])}"}]


def _rows(series: Series) -> dict[str, Any]:
    """A bar for each x below one another."""
    lines = doubled(series) if series.kind == "degrees" else thinned(series)
    names = [cut(label, 18) for label, _ in lines]
    figures = [_figure(series, value) for _, value in lines]
    data: dict[str, Rows] = {
        "bars": [{"row": i, "y": max(0.0, float(value))} for i, (_, value) in enumerate(lines)],
        "names": [{"row": i, "label": name} for i, name in enumerate(names)],
        "figures": [
            {"row": i, "x": max(0.0, float(value)), "label": figures[i]} for i, (_, value) in enumerate(lines)
        ],
        "frame": [{"y": max([float(value) for _, value in lines if value > 0], default=1.0)}],
        "head": [{"label": cut(series.x_name, 24)}],
    }
    left, right = room([*names, cut(series.x_name, 24)]), max(map(len, figures)) * LETTER + 12
    return specification(_table, data, height=_ROW * len(lines), left=left, right=right, top=20, bottom=6)


def _chart() -> Any:
    import altair as alt

    x = alt.X("x:Q", axis=None, scale=alt.Scale(nice=False, zero=True))
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(nice=False, zero=True))

    def named(name: str) -> Any:
        return alt.Chart(alt.NamedData(name))

    below = alt.value(alt.ExprRef("height + 6"))
    note = alt.ExprRef("height + 26")
    return alt.layer(
        named("frame").mark_rule(opacity=0).encode(x=x, x2="x2:Q", y=y),
        named("window").mark_rect(color=CLAIMED, opacity=0.12).encode(x=x, x2="x2:Q"),
        named("beyond").mark_rect(color=DOUBT, opacity=0.25).encode(x=x, x2="x2:Q"),
        named("top").mark_rule(color=FAINT).encode(y=y),
        named("bars").mark_rect(color=MUTED).encode(x=x, x2="x2:Q", y=y, y2=alt.datum(0)),
        named("claimed").mark_point(filled=True, shape="triangle-down", size=70, color=CLAIMED, opacity=1).encode(
            x=x, y=alt.value(-6)
        ),
        named("found").mark_point(filled=True, size=45, color=FOUND, opacity=1).encode(x=x, y=alt.value(-17)),
        named("top").mark_text(align="right", color=MUTED, dx=-4).encode(x=alt.value(0), y=y, text="label:N"),
        named("ticks").mark_text(baseline="top", color=MUTED).encode(x=x, y=below, text="label:N"),
        named("notes")
        .transform_filter("datum.line === 0")
        .mark_text(align="left", baseline="top", color=INK)
        .encode(x=alt.value(0), y=alt.value(note), text="label:N"),
        named("notes")
        .transform_filter("datum.line === 1")
        .mark_text(align="left", baseline="top", color=INK)
        .encode(x=alt.value(0), y=alt.value(alt.ExprRef("height + 43")), text="label:N"),
    )


def _table() -> Any:
    import altair as alt

    y = alt.Y("row:O", axis=None)
    x = alt.X("y:Q", axis=None, scale=alt.Scale(nice=False, zero=True))
    left = alt.value(-6)
    return alt.layer(
        alt.Chart(alt.NamedData("frame")).mark_rule(opacity=0).encode(x=x),
        alt.Chart(alt.NamedData("bars")).mark_bar(color=MUTED, size=12).encode(x=x, y=y),
        alt.Chart(alt.NamedData("names")).mark_text(align="right", color=INK).encode(x=left, y=y, text="label:N"),
        alt.Chart(alt.NamedData("figures"))
        .mark_text(align="left", color=INK, dx=6)
        .encode(x="x:Q", y=y, text="label:N"),
        alt.Chart(alt.NamedData("head"))
        .mark_text(align="right", color=MUTED)
        .encode(x=left, y=alt.value(-8), text="label:N"),
    )
