"""Series drawn in text: a row of bars over time or the hours of the day, a table of bars for a distribution.

    posts by day   ▁▂▁▁█▁▁▁▃▁▁▁      highest 74 on 5 June 2017
    claimed            ▲   ▲
    stand out          ●
                   1 June 2017 … 30 June 2017
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from fractions import Fraction

from factcheck.claims.figures import DateClaim, Quantity
from factcheck.measures.measurement import Series
from factcheck.reports.amounts import moment
from factcheck.reports.escape import plain
from factcheck.reports.locale import format_value, integer
from factcheck.reports.sparks import BARS
from factcheck.reports.words import say
from factcheck.verdicts.verdict import Verdict

_WIDTH = 62  # bars in a row
_BAR = 30  # columns of the longest bar in a table
_SHARE = "share"  # what a series of shares is called by
_ROWS = 12  # lines of a table
_CLAIMED, _FOUND = "▲", "●"


def series_text(verdict: Verdict) -> tuple[str, ...]:
    """A picture for every series of the measurement that has anything to show."""
    found = verdict.measurement
    if found is None or found.unmeasurable is not None:
        return ()
    return tuple(filter(None, (in_text(one, verdict) for one in found.series)))


def in_text(series: Series, verdict: Verdict) -> str:
    """One series; empty where there is nothing to show."""
    return _row(series, verdict) if series.kind in ("time", "hours") else _table(series)


def _row(series: Series, verdict: Verdict) -> str:
    """A bar for each period; where there are more than fit, each bar is the largest of its neighbours."""
    if not series.y:
        return ""
    step = -(-len(series.y) // _WIDTH)
    values = [max(series.y[at : at + step]) for at in range(0, len(series.y), step)]
    name = plain(series.y_name)
    label = max(len(name), len(say("picture-claimed")), len(say("picture-found")))
    lines = [f"{name:<{label}}  {_bars(values)}  {highest(series)}"]
    for title, marks, sign in (
        (say("picture-claimed"), claimed_days(verdict), _CLAIMED),
        (say("picture-found"), series.marks, _FOUND),
    ):
        places = {at // step for at, x in enumerate(series.x) if x in marks}
        if places:
            lines.append(f"{title:<{label}}  {''.join(sign if i in places else ' ' for i in range(len(values)))}")
    lines.append(f"{'':<{label}}  {_ends(series, len(values))}")
    if step > 1:
        lines.append(f"{'':<{label}}  {say('picture-step', n=integer(step), name=plain(series.x_name))}")
    return "\n".join(line.rstrip() for line in lines)


def _bars(values: Sequence[Fraction | int]) -> str:
    """The smallest value that is not zero has a bar, so that one row in a million is seen."""
    top = max(values)
    return "".join(BARS[-(-(value * len(BARS)) // top) - 1] if value > 0 else " " for value in values)


def highest(series: Series) -> str:
    """The largest value and where it is."""
    at = max(range(len(series.y)), key=lambda i: series.y[i])
    return say("picture-highest", value=figure(series.y[at]), at=_place(series, at))


def _place(series: Series, at: int) -> str:
    x = series.x[at]
    if series.kind == "hours":
        return say("picture-hour", hour=f"{x:02}:00" if isinstance(x, int) else str(x))
    return say("picture-on", moment=moment(x)) if isinstance(x, (date, datetime)) else str(x)


def _ends(series: Series, width: int) -> str:
    if series.kind == "hours":
        marks = [" "] * (width + 2)
        for hour in range(0, len(series.x), 6):
            marks[hour : hour + 2] = list(f"{series.x[hour]!s:<2}")
        return "".join(marks).rstrip()
    first, last = (moment(x) if isinstance(x, (date, datetime)) else str(x) for x in (series.x[0], series.x[-1]))
    return f"{first} … {last}"


def claimed_days(verdict: Verdict) -> tuple[date, ...]:
    """The days that the claim names."""
    return verdict.claimed.days() or () if isinstance(verdict.claimed, DateClaim) else ()


def _table(series: Series) -> str:
    """A line for each x, its bar and its figure; a long series in stretches that double, or thinned out."""
    lines = doubled(series) if series.kind == "degrees" else thinned(series)
    if not lines:
        return ""
    top: Fraction = max(value for _, value in lines)
    share = series.y_name == _SHARE or any(_is_share(value) for _, value in lines)
    figures = [figure(value, share=share) for _, value in lines]
    name = max(len(plain(series.x_name)), *(len(label) for label, _ in lines))
    width = max(len(figure) for figure in figures)
    head = f"{plain(series.x_name):<{name}}  {plain(series.y_name)}"
    rows = [
        f"{label:>{name}}  {_bar(value, top):<{_BAR}}  {figure:>{width}}"
        for (label, value), figure in zip(lines, figures, strict=True)
    ]
    left = len(series.x) - len(lines) if series.kind != "degrees" else 0
    return "\n".join([head, *rows, *([say("picture-thinned", n=integer(left))] if left else [])])


def _bar(value: Fraction, top: Fraction) -> str:
    return "█" * round(max(value, Fraction(0)) / top * _BAR) if top > 0 else ""


def doubled(series: Series) -> list[tuple[str, Fraction]]:
    """0, 1, 2–3, 4–7, …: degrees span orders of magnitude."""
    bins: dict[int, Fraction] = {}
    for x, y in zip(series.x, series.y, strict=True):
        assert isinstance(x, int)  # a degree is a whole number
        bins[x.bit_length()] = bins.get(x.bit_length(), Fraction(0)) + y
    return [(_stretch(bits), y) for bits, y in sorted(bins.items())]


def _stretch(bits: int) -> str:
    low, high = (1 << bits) >> 1, (1 << bits) - 1
    return integer(low) if low == high or not bits else f"{integer(low)}–{integer(high)}"


def thinned(series: Series) -> list[tuple[str, Fraction]]:
    """Some of the values, with the names of their places."""
    step = max(1, -(-len(series.x) // _ROWS))
    kept = [i for i in range(len(series.x)) if i % step == 0 or i == len(series.x) - 1]
    return [(_label(series.x[i]), Fraction(series.y[i])) for i in kept]


def _label(x: date | datetime | int) -> str:
    return integer(x) if isinstance(x, int) else moment(x)


def _is_share(value: Fraction | int) -> bool:
    return isinstance(value, Fraction) and value.denominator != 1 and 0 < value < 1


def figure(value: Fraction | int, *, share: bool | None = None) -> str:
    """A number, or percent: of nothing and of all as well where its neighbours are shares."""
    percent = _is_share(value) if share is None else share and 0 <= value <= 1
    return format_value(Fraction(value), Quantity.PROPORTION if percent else Quantity.NUMBER)
