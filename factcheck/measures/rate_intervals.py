"""How far the ratio of two rates may lie from the one found."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from factcheck.claims.regions import Interval
from factcheck.evidence.patterns.rates import Day, RatesAnswer
from factcheck.measures.measurement import Note
from factcheck.measures.setting import Mode, Setting
from factcheck.measures.sides import divide
from factcheck.measures.tallies import Drawn, drawn
from factcheck.stats.bounds import between

Pair = tuple[int, int]


@dataclass(frozen=True)
class Side:
    """One of the two times: how many count for certain and perhaps, on how many days, and how many days by hours."""

    k: int
    perhaps: int
    days: int
    exact: Fraction


def side_of(found: RatesAnswer, *, first: bool) -> Side:
    """What was found in the time `during` (first) or `versus`."""
    held = [day.moments_during if first else day.moments_versus for day in found.days]
    days = sum(1 for moments in held if moments)
    parts = (Fraction(moments, whole) for moments, whole in zip(held, found.lengths, strict=True))
    exact = sum(parts, Fraction(0))
    if found.distinct is not None:
        k, most = (found.distinct[0], found.distinct[2]) if first else (found.distinct[1], found.distinct[3])
        return Side(k, most - k, days, exact)
    k = sum(day.during if first else day.versus for day in found.days)
    perhaps = sum(day.perhaps_during if first else day.perhaps_versus for day in found.days)
    return Side(k, perhaps, days, exact)


def region_of(
    low: Pair, high: Pair, sides: tuple[Side, Side], found: RatesAnswer, setting: Setting, *, overlapping: bool
) -> Drawn:
    """The region M from the least and the most that the counts of both times can be."""
    a, b = sides
    length = Fraction(b.days, a.days)
    if setting.mode is Mode.EXACT:
        ends = Fraction(low[0], low[1]) * length, Fraction(high[0], high[1]) * length
        return Drawn(None, Interval(*ends), "complete" if low == high else "bounds")
    nothing = Drawn(None, Interval(Fraction(0), None), "partial", (Note("no-interval"),))
    if setting.mode is Mode.PARTIAL:
        return replace(nothing, notes=())
    if found.distinct is not None:
        process = setting.mode is Mode.PROCESS
        return replace(nothing, method="no-interval", notes=(Note("process-open"),)) if process else nothing
    if setting.mode is Mode.PROCESS or setting.process:
        return nothing if overlapping else _by_days(low, high, found.days, setting)
    return _drawn_rows(low, high, sides, setting, overlapping=overlapping)


def _drawn_rows(low: Pair, high: Pair, sides: tuple[Side, Side], setting: Setting, *, overlapping: bool) -> Drawn:
    """Rows drawn at random from events that came as they came; rows in both times are no two events."""
    a, b = sides
    if overlapping:
        from factcheck.stats.counts import garwood

        level = float(setting.split().level)
        tops = garwood(low[0], level), garwood(high[0], level)
        bases = garwood(high[1], level), garwood(low[1], level)
        ratio = divide(_interval(tops[0].low, tops[1].high), _interval(bases[0].low, bases[1].high))
        length = Fraction(b.days, a.days)
        bottom, top = (None if end is None else end * length for end in (ratio.low, ratio.high))
        return Drawn(None, Interval(bottom, top), "bonferroni")
    from factcheck.stats.rates import rate_ratio

    level = float(setting.level)
    least, most = (rate_ratio(k, a.days, n, b.days, level) for k, n in (low, high))
    return drawn(None, between(least, most, None))


def _by_days(low: Pair, high: Pair, days: tuple[Day, ...], setting: Setting) -> Drawn:
    """The process behind the rows, by how much its days differ; rows of unknown time are dealt out evenly."""
    from factcheck.stats.rates import daily_rate_ratio

    kept = [day for day in days if day.moments_during or day.moments_versus]
    here = [day.moments_during > 0 for day in kept]
    number = [day.day.toordinal() for day in kept]
    level = float(setting.level)
    bottom, top = (daily_rate_ratio(number, _completed(kept, here, totals), here, level) for totals in (low, high))
    return drawn(None, between(bottom, top, None))


def _completed(kept: list[Day], here: list[bool], totals: Pair) -> list[float]:
    """The counts of single days, raised on each side to a total; what cannot be placed is dealt out evenly."""
    counts = [float(day.during if mine else day.versus) for day, mine in zip(kept, here, strict=True)]
    for side, total in ((True, totals[0]), (False, totals[1])):
        at = [i for i, mine in enumerate(here) if mine is side]
        known = sum(counts[i] for i in at)
        for i in at:
            counts[i] = counts[i] * total / known if known else total / len(at)
    return counts


def _interval(low: float, high: float) -> Interval:
    return Interval(Fraction(low), Fraction(high))
