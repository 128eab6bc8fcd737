"""Rows by the period in which they fall, without gaps, for peaks and trends.

The periods run over the time that the claim speaks of (its `period`, and the ends that its conditions set to the time
column), as far as the collection covers it; an end that neither tells is that of the first or the last row that `where`
leaves. Periods without a row are there, with nothing in them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction

from factcheck.evidence.asks import Aggregate, Answer, Distinct, Extremes, Quantile, Sum
from factcheck.evidence.dataset import Family
from factcheck.evidence.expressions import Bound, truncate
from factcheck.measures.common import optional
from factcheck.measures.form import Binder, Context
from factcheck.measures.inner import Inner
from factcheck.measures.periods import PERIODS, end_of, periods_between, start_of, starts
from factcheck.measures.rows import Rows, rows_of
from factcheck.measures.window import Window, as_moment, claimed_window, covered_window, on_clock

MOST = 100_000  # periods of a series: eleven years of hours
_OTHERS = 7  # periods without which a stretch longer than all others tells little by itself
_UNLIKELY = 0.05  # an edge that chance leaves so empty less often than this is one that was not collected
_BARELY = 0.001  # where fewer periods are there to compare it with
_LEAST = 3  # other periods without which it stays in doubt
_UNEVEN = {"month": timedelta(days=3), "year": timedelta(days=1)}  # by how much one may be longer than another


@dataclass(frozen=True)
class Part:
    """What falls into one period.

    `y` is what counts for certain (rows, or a sum or another value over them), `more` the rows of which it is not known
    whether they count, `base` all rows, `numbers` those with a number. `value` is None where there is no figure.
    """

    y: Fraction = Fraction(0)
    more: Fraction = Fraction(0)
    base: Fraction = Fraction(0)
    numbers: int = 0
    numberless: int = 0
    valued: bool = False
    unitless: int = 0  # rows without the value whose different ones are counted

    def plus(self, other: Part) -> Part:
        mine, others = self.__dict__, other.__dict__
        return Part(**{key: mine[key] + others[key] if key != "valued" else mine[key] or others[key] for key in mine})


@dataclass(frozen=True)
class Periods:
    """The periods in order, and what belongs to none of them.

    `timeless` are rows without a time, which may belong to any; `outside` how many lie outside of the time that the
    claim speaks of. `cut` says whether the first and the last period are covered in part only; None is in doubt.
    """

    unit: str
    starts: tuple[datetime, ...]
    parts: tuple[Part, ...]
    timeless: Part
    outside: Fraction
    aside: int
    where_aside: int
    rows: int
    sql: str
    window: Window
    cut: tuple[bool | None, bool | None]
    untimed: Fraction = Fraction(0)  # rows known to have no time (`missing: none`)

    @property
    def n(self) -> Fraction:
        return sum((part.base for part in self.parts), Fraction(0))

    @property
    def empty(self) -> int:
        return sum(part.base == 0 for part in self.parts)

    @property
    def missing(self) -> int:
        """Rows whose time, answer or number is not known."""
        return int(self.timeless.base + sum(part.more + part.numberless for part in self.parts))

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(label_of(start, self.unit) for start in self.starts)


@dataclass(frozen=True)
class Extent:
    """The first and the last moment (naive UTC) of `n` rows."""

    low: datetime
    high: datetime
    n: int

    def plus(self, other: Extent) -> Extent:
        return Extent(min(self.low, other.low), max(self.high, other.high), self.n + other.n)


class TooMany(Exception):
    """There are more periods than a series can have."""

    def __init__(self, periods: int) -> None:
        self.periods = periods
        super().__init__(periods)


@dataclass(frozen=True)
class Periodic:
    """The question: `inner` in each period of a time column."""

    rows: Rows
    time: Bound
    name: str
    by: Bound
    unit: str
    inner: Inner
    stated: Window  # what the claim says of the time
    whole: bool = False  # whether rows outside of that are told as well

    def found(self, context: Context) -> Periods | None:
        """None where no row has a time; TooMany where the calendar is out of bounds."""
        conditions = (self.inner.that,) if self.inner.that is not None else ()
        answer = context.answer(self.rows.ask(self.by, *conditions, aggregates=(Extremes(self.time), *self._inner())))
        extent = self._extent(answer)
        lines = self._lines(answer)
        if not extent or not any(start is not None for start in lines):
            return None if not lines else self._none(lines, answer)
        first, last = min(e.low for e in extent.values()), max(e.high for e in extent.values())
        window = self.stated.within(*_ends(covered_window(self.time, self.rows.dataset, first, last)), "collection")
        if window.is_empty:
            return self._none(lines, answer)
        window = window.holding(last)
        calendar = self._calendar(window, first, last)
        inside = tuple(lines.get(start, Part()) for start in calendar)
        known = {start: part for start, part in lines.items() if start is not None}
        outside = sum((p.base for p in known.values()), Fraction(0)) - sum((p.base for p in inside), Fraction(0))
        return self._told(calendar, inside, lines, outside, window, self._cut(window, extent, calendar), answer)

    def _told(
        self, calendar: tuple[datetime, ...], inside: tuple[Part, ...], lines: dict[datetime | None, Part],
        outside: Fraction, window: Window, cut: tuple[bool | None, bool | None], answer: Answer,
    ) -> Periods:  # fmt: skip
        timeless, none = lines.get(None, Part()), self.rows.none_when_missing(self.time)
        position = 1 if self.rows.among is not None else 0
        return Periods(
            self.unit, calendar, inside, Part() if none else timeless, outside,
            int(self.rows.aside(answer, position, self.by)), answer.unknown, answer.rows, answer.sql, window, cut,
            timeless.base if none else Fraction(0),
        )  # fmt: skip

    def _none(self, lines: dict[datetime | None, Part], answer: Answer) -> Periods:
        """No period at all: there are rows, but none of them has a time within what was asked."""
        known = sum((part.base for start, part in lines.items() if start is not None), Fraction(0))
        return self._told((), (), lines, known, self.stated, (False, False), answer)

    def _inner(self) -> tuple[Aggregate, ...]:
        x, kind = self.inner.x, self.inner.kind
        if x is None:
            return ()
        if kind in ("sum", "mean"):
            return (Sum(x),)
        if kind in ("min", "max"):
            return (Extremes(x),)
        return (Distinct(x) if kind == "distinct" else Quantile(x, Fraction(1, 2)), Extremes(x))

    def _extent(self, answer: Answer) -> dict[datetime, Extent]:
        """What `where` leaves in each period; `among` only says which of these rows are counted."""
        ends, at = self.rows.values(answer, 0), 1 if self.rows.among is not None else 0
        extent: dict[datetime, Extent] = {}
        for i, by in enumerate(answer.by):
            low, high, start = as_moment(ends["min"][i]), as_moment(ends["max"][i]), as_moment(by[at])
            if low is not None and high is not None and start is not None:
                here = Extent(low, high, answer.n[i])
                extent[start] = here if start not in extent else extent[start].plus(here)
        return extent

    def _lines(self, answer: Answer) -> dict[datetime | None, Part]:
        """The rows of the base by the start of their period."""
        sizes, at = self.rows.sizes(answer), 1 if self.rows.among is not None else 0
        lines: dict[datetime | None, Part] = {}
        for i in self.rows.inside(answer):
            start = as_moment(answer.by[i][at])
            truth = answer.by[i][at + 1] if self.inner.that is not None else True
            part = self._part(answer, i, truth, Fraction(sizes[i]))
            lines[start] = lines.get(start, Part()).plus(part)
        return lines

    def _part(self, answer: Answer, i: int, truth: object, size: Fraction) -> Part:
        if truth is None:
            return Part(more=size, base=size)
        if truth is not True:
            return Part(base=size)
        if self.inner.x is None:
            return Part(size, base=size, numbers=int(size), valued=True)
        values = self.rows.values(answer, 1)
        key = {"mean": "sum", "median": "quantile"}.get(self.inner.kind, self.inner.kind)
        value = optional(values[key][i], self.rows.dataset.name, self.inner.text)
        known = int(self.rows.values(answer, 2 if self.inner.kind in ("median", "distinct") else 1)["count"][i])
        if self.inner.kind == "distinct":
            return Part(value or Fraction(0), base=size, numbers=int(size), unitless=answer.n[i] - known, valued=True)
        lost = 0 if self.rows.none_when_missing(self.inner.x) else answer.n[i] - known
        return Part(value or Fraction(0), Fraction(0), size, known, lost, value is not None)

    def _calendar(self, window: Window, first: datetime, last: datetime) -> tuple[datetime, ...]:
        begin, end = (on_clock(moment, self.time) for moment in (first, last))
        if window.start is not None:
            start = on_clock(window.start, self.time)
            begin = min(begin, start) if self.whole else start
        if window.end is not None:
            stop = on_clock(window.end, self.time) - datetime.resolution
            end = max(end, stop) if self.whole else stop
        begin, end = start_of(begin, self.unit), start_of(end, self.unit)
        if (periods := periods_between(begin, max(begin, end), self.unit)) > MOST:
            raise TooMany(periods)
        return starts(begin, max(begin, end), self.unit, self._zone)

    @property
    def _zone(self) -> str:
        return "UTC" if self.time.family is Family.DATE else self.time.zone

    def _cut(
        self, window: Window, extent: dict[datetime, Extent], calendar: tuple[datetime, ...]
    ) -> tuple[bool | None, bool | None]:
        """Whether the time begins or ends within a period: by what is said of it, or as the rows tell."""
        first, last = calendar[0], calendar[-1]
        begins: bool | None
        if window.start is not None and not self.whole:
            begins = on_clock(window.start, self.time) > first
        else:
            begins = _late(extent, first, {t: on_clock(e.low, self.time) - t for t, e in extent.items()}, self.unit)
        if window.end is not None and not self.whole:
            return begins, on_clock(window.end, self.time) < end_of(last, self.unit)
        gaps = {t: end_of(t, self.unit) - on_clock(e.high, self.time) for t, e in extent.items()}
        return begins, _late(extent, last, gaps, self.unit)


def _late(extent: dict[datetime, Extent], edge: datetime, gaps: dict[datetime, timedelta], unit: str) -> bool | None:
    """Whether the stretch without a row at the edge is longer than in every other period, and too long for chance.

    None where it is, but next to no other periods are there to compare it with.
    """
    others = [gap for start, gap in gaps.items() if start != edge]
    if not others or edge not in gaps or gaps[edge] - _UNEVEN.get(unit, timedelta(0)) <= max(others):
        return False
    left = max(0.0, 1 - gaps[edge] / (end_of(edge, unit) - edge))
    late = left ** extent[edge].n <= (_UNLIKELY if len(others) >= _OTHERS else _BARELY)
    return None if late and len(others) < _LEAST else late


def _ends(window: Window) -> tuple[datetime | None, datetime | None]:
    return window.start, window.end


def label_of(start: datetime, unit: str) -> str:
    """The ISO text of a period's first moment: 2017-06-05, for hours 2017-06-05 14:00."""
    return start.strftime("%Y-%m-%d %H:%M") if unit == "hour" else start.date().isoformat()


def periodic(
    binder: Binder, kind: str, time: str, unit: str, inner: Inner, among: str | None, *, whole: bool = False
) -> Periodic:
    """The question, with the time column and the period checked."""
    if unit not in PERIODS:
        raise binder.fail(f"unknown period '{unit}'", "per", hint=f"one of {', '.join(PERIODS)}")
    x = binder.expression(time, kind, expect="time")
    if unit == "hour" and x.family is Family.DATE:
        raise binder.fail(f"{time} holds dates, which have no hour", "per", hint="per: day")
    rows = rows_of(binder, among, "among")
    if rows.counts is not None and inner.kind not in ("count", "share"):
        message = f"'{kind}' of {inner.text} is not defined for a dataset whose rows stand for counts"
        raise binder.fail(message, "of", hint="leave `of` out, or use a share")
    # A period that the claim speaks of does not tell that the data cover it.
    stated = claimed_window(binder, kind, x, rows.where, rows.among, by_period=not whole)
    return Periodic(rows, x, time, truncate(x, unit), unit, inner, stated, whole)
