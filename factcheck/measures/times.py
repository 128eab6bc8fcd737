"""Moments as numbers: seconds of local wall time, so that a date claimed and a date found compare exactly."""

from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

from factcheck.claims.regions import Interval

EPOCH = datetime(1970, 1, 1)


def seconds(moment: datetime) -> Fraction:
    """Seconds of wall time since 1970-01-01 00:00 on the same clock."""
    gap = moment - EPOCH
    return Fraction(gap.days * 86_400 + gap.seconds) + Fraction(gap.microseconds, 1_000_000)


def wall(moment: datetime, timezone: str) -> datetime:
    """A naive UTC moment on the clock of `timezone`."""
    if timezone == "UTC":
        return moment
    return moment.replace(tzinfo=ZoneInfo("UTC")).astimezone(ZoneInfo(timezone)).replace(tzinfo=None)


def span(value: date | datetime, timezone: str) -> tuple[datetime | date, Interval]:
    """What is known of a moment: an instant is a point, a date the whole of its day."""
    if isinstance(value, datetime):
        local = wall(value, timezone)
        return local, Interval.point(seconds(local))
    start = seconds(datetime(value.year, value.month, value.day))
    return value, Interval(start, start + 86_400, high_open=True)


def moment_text(moment: date | datetime) -> str:
    """`1 February 2016`, with the time of day where it is not midnight: `1 February 2016, 12:30`."""
    day = f"{moment.day} {moment:%B} {moment.year}"
    if not isinstance(moment, datetime) or moment.time() == datetime.min.time():
        return day
    return f"{day}, {moment:%H:%M}" + (f":{moment:%S}" if moment.second else "")
