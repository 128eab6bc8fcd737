"""The time that a measure of silences or rates looks at: from when to when.

A claim says it by its `period` and by what its conditions leave of the time column; where it says nothing, the
collection does (`collected.from`, `to`). Moments are naive UTC; those of a column of dates are midnights of its days.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from factcheck.claims.figures import DateClaim, FigureError, Quantity, read
from factcheck.evidence.dataset import Dataset, Family
from factcheck.evidence.expressions import Bound, time_holes, time_window
from factcheck.measures.common import only_column
from factcheck.measures.form import Binder
from factcheck.measures.times import moment_text, wall

DAY = timedelta(days=1)
Source = Literal["claim", "collection", "rows"]


@dataclass(frozen=True)
class Window:
    """[start, end); None is an open end. `sources` say who set the ends, `holes` that conditions leave out times.

    `period_end` is where the claim's `period` stops: a row at that very moment lies behind it.
    """

    start: datetime | None = None
    end: datetime | None = None
    sources: tuple[Source | None, Source | None] = (None, None)
    holes: bool = False
    period_end: datetime | None = None

    @property
    def is_fixed(self) -> bool:
        return self.start is not None and self.end is not None

    @property
    def is_empty(self) -> bool:
        return self.start is not None and self.end is not None and self.start >= self.end

    @property
    def is_claimed(self) -> bool:
        """Whether the claim itself says from when to when."""
        return self.sources == ("claim", "claim")

    def within(self, start: datetime | None, end: datetime | None, source: Source) -> Window:
        """The part of it between two moments; an end that is already nearer stays."""
        later = start is not None and (self.start is None or start > self.start)
        earlier = end is not None and (self.end is None or end < self.end)
        sources = (source if later else self.sources[0], source if earlier else self.sources[1])
        return replace(self, start=start if later else self.start, end=end if earlier else self.end, sources=sources)

    def holding(self, last: datetime | None) -> Window:
        """With the last row where it lies at the very end, as `<=` and the collection leave it."""
        if last is None or last != self.end or last == self.period_end:
            return self
        return replace(self, end=last + datetime.resolution)

    def filled(self, other: Window) -> Window:
        """With the ends of another in place of those that are open."""
        first, last = self.start is None, self.end is None
        sources = (other.sources[0] if first else self.sources[0], other.sources[1] if last else self.sources[1])
        return replace(
            self, start=other.start if first else self.start, end=other.end if last else self.end, sources=sources
        )


def claimed_window(binder: Binder, key: str, time: Bound, *conditions: Bound | None, by_period: bool = True) -> Window:
    """What the claim says of the time: its period, and the moments that its conditions leave of the column.

    Without `by_period` the conditions alone. A period that cannot be read is an error at `key`: the figure would be
    another with it.
    """
    ends = period_of(binder.period, time)
    if binder.period is not None and ends == (None, None):
        message = f"'{key}' needs to know the claim's period, and '{binder.period}' cannot be read as one"
        raise binder.fail(message, key, hint="write it as 2018-04-10 to 2018-05-09, May 2017 or 2016")
    window = Window(period_end=ends[1]).within(*ends, "claim") if by_period else Window()
    column = only_column(time, binder.dataset)
    for condition in conditions:
        if condition is None or column is None:
            continue
        start, end = time_window(condition).get(column.name, (None, None))
        window = window.within(_on(start, time, condition.zone), _on(end, time, condition.zone), "claim")
        window = replace(window, holes=window.holes or time_holes(condition, column.name))
    return window


def covered_window(time: Bound, dataset: Dataset, first: datetime | None, last: datetime | None) -> Window:
    """What the collection covers; nothing is known of it where the rows tell that it speaks of another time.

    Rows that lie up to a day outside of what is stated move the end to where they are: it was stated on another clock.
    """
    start, _ = period_of(dataset.collected.from_, time)
    _, end = period_of(dataset.collected.to, time)
    early = start is not None and first is not None and first < start - DAY
    late = end is not None and last is not None and last >= end + DAY
    if early or late:
        return Window()
    start = min(filter(None, (start, first))) if start is not None else None
    end = max(filter(None, (end, last))) if end is not None else None
    return Window().within(start, end, "collection")


def period_of(text: str | None, time: Bound) -> tuple[datetime | None, datetime | None]:
    """The ends of a period as it is written in a claim or a manifest; open where it cannot be read."""
    if text is None:
        return None, None
    try:
        found = read(text, Quantity.DATE)
    except FigureError:
        return None, None
    if not isinstance(found, DateClaim):
        return None, None
    low, high = (None if end is None else to_moment(end, time) for end in (found.low, found.high))
    return low, high


def to_moment(moment: datetime, time: Bound) -> datetime:
    """What a clock shows as naive UTC."""
    if time.family is Family.DATE:
        return moment
    return moment.replace(tzinfo=ZoneInfo(time.zone)).astimezone(UTC).replace(tzinfo=None)


def _on(moment: datetime | None, time: Bound, zone: str) -> datetime | None:
    """The moment of a condition; for a column of dates the midnight that it is on the condition's clock."""
    return moment if moment is None or time.family is not Family.DATE else wall(moment, zone)


def as_moment(value: date | datetime | None) -> datetime | None:
    """What a column holds as a moment: a date as its midnight."""
    if value is None or isinstance(value, datetime):
        return value
    return datetime(value.year, value.month, value.day)


def on_clock(moment: datetime, time: Bound) -> datetime:
    return moment if time.family is Family.DATE else wall(moment, time.zone)


def window_text(window: Window, time: Bound) -> str:
    """`1 February 2016 to 31 March 2016`: the last day included, where the window ends with a day."""
    parts = []
    if window.start is not None:
        parts.append(f"from {moment_text(on_clock(window.start, time))}")
    if window.end is not None:
        end = on_clock(window.end, time)
        whole = end.time() == datetime.min.time()
        parts.append(f"to {moment_text(end - DAY if whole else end)}")
    return " ".join(parts)
